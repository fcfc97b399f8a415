/* Source, private: what its files share. source.c reads and decodes, source_gzip.c unpacks, source_format.c knows files that are no
 * text. */
#ifndef MIGSTAT_INPUT_SOURCE_INTERNAL_H
#define MIGSTAT_INPUT_SOURCE_INTERNAL_H

#include <iconv.h>
#include <zlib.h>

#include "../base/memory.h"
#include "source.h"

#define MIG_SOURCE_BLOCK ((size_t)256 * 1024)
#define MIG_NO_DECODER ((iconv_t)-1)

struct mig_source {
    int fd;
    char *name;
    uint64_t taken;
    uint64_t size;
    bool plain;    /* a file, not standard input */
    uint64_t left; /* bytes to read up to the end of a range */
    uint64_t
        offset; /* of the first byte not handed out, where it is plain and nothing is decoded */

    char *raw; /* what the last read of the system gave */
    size_t read_size;
    size_t raw_length;

    bool gzip;
    bool in_member; /* the gzip member that is being read has not ended */
    bool after_member;
    z_stream packed;
    char *unpacked;

    bool started;           /* gzip and byte order mark have been looked for */
    struct mig_buffer head; /* the first unpacked bytes */
    size_t head_used;

    iconv_t decoder; /* MIG_NO_DECODER: bytes pass as they are */
    bool decodes; /* bytes come from a decoder, here or in the source that this one is a part of */
    char encoding[64];
    size_t unit;             /* bytes of its smallest character */
    bool marked;             /* a byte order mark named it */
    bool found_encoding;     /* from NUL bytes */
    struct mig_buffer coded; /* unpacked, not yet decoded */
    char *decoded;
    size_t line;

    const char *rest; /* read, and not yet handed out by mig_source_fill() */
    size_t rest_length;
};

/* The error of what stands on `line` (0: none in particular). Returns MIG_SYNTAX. */
enum mig_status mig_source_fail(
    const struct mig_source *source, size_t line, struct mig_error *error, const char *text);

/* Fills raw with what the system gives next. Errors: MIG_SYSTEM. */
enum mig_status MIG_MUST_USE mig_source_read_raw(struct mig_source *source, struct mig_error *error);

/* From now on raw holds gzip data. Errors: MIG_NO_MEMORY. */
enum mig_status MIG_MUST_USE mig_source_begin_gzip(struct mig_source *source, struct mig_error *error);

/* The next unpacked bytes, none at the end. What stands before a fault is handed out first: inflate() names the fault again at
 * the next call. Errors: those of reading; MIG_SYNTAX for damaged data. */
enum mig_status MIG_MUST_USE mig_source_unpack_gzip(
    struct mig_source *source, const char **data, size_t *length, struct mig_error *error);

#endif
