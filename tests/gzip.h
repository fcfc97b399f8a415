/* gzip data made for a test. */
#ifndef MIGSTAT_TESTS_GZIP_H
#define MIGSTAT_TESTS_GZIP_H

#include <stdlib.h>
#include <zlib.h>

/* Packs into `out`, of `room` bytes; returns the packed length. */
static inline size_t gzip_pack(const void *bytes, size_t length, void *out, size_t room)
{
    z_stream stream = {0};
    if (deflateInit2(&stream, 9, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        abort();
    stream.next_in = (Bytef *)(uintptr_t)bytes;
    stream.avail_in = (uInt)length;
    stream.next_out = out;
    stream.avail_out = (uInt)room;
    if (deflate(&stream, Z_FINISH) != Z_STREAM_END)
        abort();
    deflateEnd(&stream);
    return room - stream.avail_out;
}

#endif
