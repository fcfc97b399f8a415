#include "input/source.h"

#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "base/i18n.h"
#include "base/memory.h"

#define BLOCK_SIZE ((size_t)256 * 1024)
#define MAX_READ_SIZE ((size_t)1024 * 1024 * 1024)
#define GZIP_MAGIC "\x1f\x8b"
#define GZIP_MAGIC_LENGTH 2
#define LONGEST_MARK 3
#define NO_DECODER ((iconv_t)-1)

struct mig_source {
    int fd;
    char *name;
    uint64_t taken;
    uint64_t size;

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

    iconv_t decoder; /* NO_DECODER: bytes pass as they are */
    char encoding[64];
    struct mig_buffer coded; /* unpacked, not yet decoded */
    char *decoded;
    size_t line;
};

static enum mig_status fail(
    const struct mig_source *source, size_t line, struct mig_error *error, const char *text)
{
    struct mig_position position = {source->name, line, 0};
    return mig_fail_at(error, MIG_SYNTAX, &position, "%s", text);
}

/* Bytes of the system. */

static enum mig_status open_file(
    struct mig_source *source, const char *path, struct mig_error *error)
{
    bool standard = strcmp(path, "-") == 0;
    source->name = mig_text_copy(mig_text_of(standard ? _("standard input") : path));
    if (!source->name)
        return mig_fail_memory(error);
    source->fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    struct stat about;
    if (source->fd < 0 || fstat(source->fd, &about) != 0)
        return mig_fail_errno(error, source->name, errno);
    if (S_ISDIR(about.st_mode))
        return mig_fail_errno(error, source->name, EISDIR);
    source->size = S_ISREG(about.st_mode) ? (uint64_t)about.st_size : 0;
    return MIG_OK;
}

/* Reads on behind raw[raw_length]. */
static enum mig_status read_more(struct mig_source *source, size_t *got, struct mig_error *error)
{
    ssize_t length;
    do
        length = read(source->fd, source->raw + source->raw_length, source->read_size);
    while (length < 0 && errno == EINTR);
    if (length < 0)
        return mig_fail_errno(error, source->name, errno);
    source->taken += (uint64_t)length;
    source->raw_length += (size_t)length;
    *got = (size_t)length;
    return MIG_OK;
}

static enum mig_status read_raw(struct mig_source *source, struct mig_error *error)
{
    size_t got;
    source->raw_length = 0;
    return read_more(source, &got, error);
}

/* gzip. */

static enum mig_status begin_gzip(struct mig_source *source, struct mig_error *error)
{
    source->unpacked = malloc(BLOCK_SIZE);
    if (!source->unpacked || inflateInit2(&source->packed, 16 + MAX_WBITS) != Z_OK)
        return mig_fail_memory(error);
    source->gzip = true;
    source->in_member = true;
    source->packed.next_in = (Bytef *)source->raw;
    source->packed.avail_in = (uInt)source->raw_length;
    return MIG_OK;
}

static enum mig_status fail_gzip(const struct mig_source *source, int code, struct mig_error *error)
{
    if (code == Z_MEM_ERROR)
        return mig_fail_memory(error);
    if (source->after_member && source->packed.total_out == 0)
        return fail(source, 0, error, _("gzip data are followed by other data"));
    return fail(source, 0, error, _("gzip data are damaged"));
}

/* Gives inflate() more to work on; *ended at the end of the file. */
static enum mig_status feed_gzip(struct mig_source *source, bool *ended, struct mig_error *error)
{
    if (source->packed.avail_in == 0) {
        enum mig_status status = read_raw(source, error);
        if (status != MIG_OK)
            return status;
        source->packed.next_in = (Bytef *)source->raw;
        source->packed.avail_in = (uInt)source->raw_length;
    }
    *ended = source->packed.avail_in == 0;
    if (*ended && source->in_member)
        return fail(source, 0, error, _("gzip data end too early"));
    if (!*ended && !source->in_member) {
        inflateReset(&source->packed);
        source->in_member = true;
    }
    return MIG_OK;
}

/* What stands before a fault is handed out first: inflate() names the fault again at the next call.
 */
static enum mig_status unpack_gzip(
    struct mig_source *source, const char **data, size_t *length, struct mig_error *error)
{
    bool ended = false;
    *data = source->unpacked;
    *length = 0;
    source->packed.next_out = (Bytef *)source->unpacked;
    source->packed.avail_out = (uInt)BLOCK_SIZE;
    while (*length == 0 && !ended) {
        if (source->in_member) {
            int code = inflate(&source->packed, Z_NO_FLUSH);
            *length = BLOCK_SIZE - source->packed.avail_out;
            source->in_member = code != Z_STREAM_END;
            source->after_member = source->after_member || code == Z_STREAM_END;
            if (*length == 0 && code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR)
                return fail_gzip(source, code, error);
        }
        if (*length == 0) {
            enum mig_status status = feed_gzip(source, &ended, error);
            if (status != MIG_OK)
                return status;
        }
    }
    return MIG_OK;
}

static enum mig_status unpack(
    struct mig_source *source, const char **data, size_t *length, struct mig_error *error)
{
    if (source->gzip)
        return unpack_gzip(source, data, length, error);
    enum mig_status status = read_raw(source, error);
    *data = source->raw;
    *length = source->raw_length;
    return status;
}

/* Encoding. */

static enum mig_status set_encoding(
    struct mig_source *source, const char *encoding, struct mig_error *error)
{
    if (source->decoder != NO_DECODER)
        iconv_close(source->decoder);
    source->decoder = NO_DECODER;
    snprintf(source->encoding, sizeof source->encoding, "%s", encoding);
    if (strcasecmp(encoding, "utf-8") == 0 || strcasecmp(encoding, "utf8") == 0)
        return MIG_OK;
    /* '/' would begin an option of iconv, such as //IGNORE, which drops bytes in silence. */
    source->decoder = strchr(encoding, '/') ? NO_DECODER : iconv_open("UTF-8", encoding);
    if (source->decoder == NO_DECODER)
        return mig_fail(error, MIG_NAME, _("encoding '%s' is not known"), encoding);
    if (!source->decoded)
        source->decoded = malloc(BLOCK_SIZE);
    return source->decoded ? MIG_OK : mig_fail_memory(error);
}

static const struct mark {
    const char *bytes;
    size_t length;
    const char *encoding;
} marks[] = {
    {"\xef\xbb\xbf", 3, "UTF-8"},
    {"\xff\xfe", 2, "UTF-16LE"},
    {"\xfe\xff", 2, "UTF-16BE"},
};

static enum mig_status obey_mark(struct mig_source *source, struct mig_error *error)
{
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (source->head.length >= marks[i].length &&
            memcmp(source->head.data, marks[i].bytes, marks[i].length) == 0) {
            source->head_used = marks[i].length;
            return set_encoding(source, marks[i].encoding, error);
        }
    }
    return MIG_OK;
}

/* Looks at the first bytes for what decides the reading of the rest. */
static enum mig_status start(struct mig_source *source, struct mig_error *error)
{
    enum mig_status status = MIG_OK;
    size_t got = 1;
    source->started = true;
    while (got > 0 && source->raw_length < GZIP_MAGIC_LENGTH && status == MIG_OK)
        status = read_more(source, &got, error);
    const char *data = source->raw;
    size_t length = source->raw_length;
    if (status == MIG_OK && length >= GZIP_MAGIC_LENGTH &&
        memcmp(data, GZIP_MAGIC, GZIP_MAGIC_LENGTH) == 0) {
        status = begin_gzip(source, error);
        if (status == MIG_OK)
            status = unpack_gzip(source, &data, &length, error);
    }
    while (status == MIG_OK && length > 0) {
        status = mig_buffer_append(&source->head, data, length, error);
        if (status != MIG_OK || source->head.length >= LONGEST_MARK)
            break;
        status = unpack(source, &data, &length, error);
    }
    return status == MIG_OK ? obey_mark(source, error) : status;
}

/* The next unpacked bytes behind the byte order mark. */
static enum mig_status next_bytes(
    struct mig_source *source, const char **data, size_t *length, struct mig_error *error)
{
    if (source->head_used == source->head.length)
        return unpack(source, data, length, error);
    *data = source->head.data + source->head_used;
    *length = source->head.length - source->head_used;
    source->head_used = source->head.length;
    return MIG_OK;
}

static enum mig_status fail_encoding(const struct mig_source *source, struct mig_error *error)
{
    struct mig_position position = {source->name, source->line, 0};
    return mig_fail_at(error, MIG_SYNTAX, &position, _("byte 0x%02x is not valid in encoding '%s'"),
        (unsigned)(unsigned char)source->coded.data[0], source->encoding);
}

/* Decodes what `coded` holds. Nothing comes out when it holds less than a character. */
static enum mig_status decode(struct mig_source *source, size_t *length, struct mig_error *error)
{
    char *in = source->coded.data;
    size_t in_left = source->coded.length;
    char *out = source->decoded;
    size_t out_left = BLOCK_SIZE;
    *length = 0;
    if (in_left == 0)
        return MIG_OK;
    bool invalid =
        iconv(source->decoder, &in, &in_left, &out, &out_left) == (size_t)-1 && errno == EILSEQ;
    memmove(source->coded.data, in, in_left);
    source->coded.length = in_left;
    *length = BLOCK_SIZE - out_left;
    for (const char *at = source->decoded; (at = memchr(at, '\n', (size_t)(out - at))); at++)
        source->line++;
    /* What stands before the fault is handed out first. */
    return invalid && *length == 0 ? fail_encoding(source, error) : MIG_OK;
}

static enum mig_status read_decoded(
    struct mig_source *source, const char **data, size_t *length, struct mig_error *error)
{
    *data = source->decoded;
    for (;;) {
        enum mig_status status = decode(source, length, error);
        if (status != MIG_OK || *length > 0)
            return status;
        const char *coded;
        size_t coded_length;
        status = next_bytes(source, &coded, &coded_length, error);
        if (status != MIG_OK)
            return status;
        if (coded_length == 0)
            return source->coded.length == 0
                       ? MIG_OK
                       : fail(source, source->line, error,
                             _("text ends in the middle of a character of its encoding"));
        status = mig_buffer_append(&source->coded, coded, coded_length, error);
        if (status != MIG_OK)
            return status;
    }
}

/* The source. */

enum mig_status mig_source_open(struct mig_source **source, const char *path, const char *encoding,
    size_t read_size, struct mig_error *error)
{
    struct mig_source *new = calloc(1, sizeof *new);
    *source = NULL;
    if (!new)
        return mig_fail_memory(error);
    new->fd = -1;
    new->line = 1;
    new->decoder = NO_DECODER;
    new->read_size = read_size == 0              ? BLOCK_SIZE
                     : read_size > MAX_READ_SIZE ? MAX_READ_SIZE
                                                 : read_size;
    new->raw = malloc(new->read_size + GZIP_MAGIC_LENGTH);
    enum mig_status status = new->raw ? open_file(new, path, error) : mig_fail_memory(error);
    if (status == MIG_OK && encoding)
        status = set_encoding(new, encoding, error);
    if (status != MIG_OK) {
        mig_source_free(new);
        return status;
    }
    *source = new;
    return MIG_OK;
}

enum mig_status mig_source_read(
    struct mig_source *source, const char **data, size_t *length, struct mig_error *error)
{
    if (!source->started) {
        enum mig_status status = start(source, error);
        if (status != MIG_OK)
            return status;
    }
    return source->decoder == NO_DECODER ? next_bytes(source, data, length, error)
                                         : read_decoded(source, data, length, error);
}

const char *mig_source_name(const struct mig_source *source)
{
    return source->name;
}

void mig_source_progress(const struct mig_source *source, uint64_t *taken, uint64_t *size)
{
    *taken = source->taken;
    *size = source->size;
}

void mig_source_free(struct mig_source *source)
{
    if (!source)
        return;
    if (source->fd > STDIN_FILENO)
        close(source->fd);
    if (source->gzip)
        inflateEnd(&source->packed);
    if (source->decoder != NO_DECODER)
        iconv_close(source->decoder);
    mig_buffer_release(&source->head);
    mig_buffer_release(&source->coded);
    free(source->decoded);
    free(source->unpacked);
    free(source->raw);
    free(source->name);
    free(source);
}
