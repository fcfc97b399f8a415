#include "input/source-internal.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/i18n.h"

#define MAX_READ_SIZE ((size_t)1024 * 1024 * 1024)
#define GZIP_MAGIC "\x1f\x8b"
#define GZIP_MAGIC_LENGTH 2
#define HEAD_SIZE 256 /* looked at for a mark, signatures and NULs; not so much as to wait for */

enum mig_status mig_source_fail(
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
    source->plain = S_ISREG(about.st_mode) && !standard;
    source->size = S_ISREG(about.st_mode) ? (uint64_t)about.st_size : 0;
    source->left = UINT64_MAX;
    return MIG_OK;
}

static enum mig_status read_system(
    struct mig_source *source, char *bytes, size_t size, size_t *got, struct mig_error *error)
{
    size_t wanted = source->left < size ? (size_t)source->left : size;
    ssize_t length;
    do
        length = read(source->fd, bytes, wanted);
    while (length < 0 && errno == EINTR);
    if (length < 0)
        return mig_fail_errno(error, source->name, errno);
    if (length == 0 && wanted > 0 && source->left != UINT64_MAX)
        return mig_source_fail(source, 0, error, _("the file became shorter while it was read"));
    if (source->left != UINT64_MAX)
        source->left -= (uint64_t)length;
    source->taken += (uint64_t)length;
    *got = (size_t)length;
    return MIG_OK;
}

/* Reads on behind raw[raw_length]. */
static enum mig_status read_more(struct mig_source *source, size_t *got, struct mig_error *error)
{
    *got = 0;
    enum mig_status status =
        read_system(source, source->raw + source->raw_length, source->read_size, got, error);
    source->raw_length += *got;
    return status;
}

enum mig_status mig_source_read_raw(struct mig_source *source, struct mig_error *error)
{
    size_t got;
    source->raw_length = 0;
    return read_more(source, &got, error);
}

static enum mig_status unpack(
    struct mig_source *source, const char **data, size_t *length, struct mig_error *error)
{
    if (source->gzip)
        return mig_source_unpack_gzip(source, data, length, error);
    enum mig_status status = mig_source_read_raw(source, error);
    *data = source->raw;
    *length = source->raw_length;
    return status;
}

/* Encoding. */

static size_t unit_of(const char *encoding)
{
    static const struct {
        const char *prefix;
        size_t unit;
    } wide[] = {{"utf-16", 2}, {"utf16", 2}, {"ucs-2", 2}, {"ucs2", 2}, {"utf-32", 4}, {"utf32", 4},
        {"ucs-4", 4}, {"ucs4", 4}};
    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
        if (strncasecmp(encoding, wide[i].prefix, strlen(wide[i].prefix)) == 0)
            return wide[i].unit;
    return 1;
}

static enum mig_status set_encoding(
    struct mig_source *source, const char *encoding, struct mig_error *error)
{
    if (source->decoder != MIG_NO_DECODER)
        iconv_close(source->decoder);
    source->decoder = MIG_NO_DECODER;
    source->decodes = false;
    source->unit = unit_of(encoding);
    snprintf(source->encoding, sizeof source->encoding, "%s", encoding);
    if (strcasecmp(encoding, "utf-8") == 0 || strcasecmp(encoding, "utf8") == 0)
        return MIG_OK;
    /* '/' would begin an option of iconv, such as //IGNORE, which drops bytes in silence. */
    source->decoder = strchr(encoding, '/') ? MIG_NO_DECODER : iconv_open("UTF-8", encoding);
    if (source->decoder == MIG_NO_DECODER)
        return mig_fail(error, MIG_NAME, _("encoding '%s' is not known"), encoding);
    source->decodes = true;
    if (!source->decoded)
        source->decoded = malloc(MIG_SOURCE_BLOCK);
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

/* Whether a byte order mark was there. */
static bool find_mark(struct mig_source *source, const char **encoding)
{
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (source->head.length >= marks[i].length &&
            memcmp(source->head.data, marks[i].bytes, marks[i].length) == 0) {
            source->head_used = marks[i].length;
            source->marked = true;
            *encoding = marks[i].encoding;
            return true;
        }
    }
    return false;
}

/* The encoding of a text in UTF-16 without a mark, or NULL. */
static const char *utf16_of_nuls(struct mig_text head)
{
    size_t pairs = head.length / 2 < HEAD_SIZE / 2 ? head.length / 2 : HEAD_SIZE / 2;
    size_t first = 0;
    size_t second = 0;
    for (size_t i = 0; i < pairs; i++) {
        first += head.data[2 * i] == '\0';
        second += head.data[2 * i + 1] == '\0';
    }
    size_t more = first > second ? first : second;
    size_t less = first > second ? second : first;
    if (more < 2 || 2 * more < pairs || 8 * less > pairs)
        return NULL;
    return more == second ? "UTF-16LE" : "UTF-16BE";
}

static enum mig_status choose_encoding(struct mig_source *source, struct mig_error *error)
{
    const char *encoding = NULL;
    if (find_mark(source, &encoding))
        return set_encoding(source, encoding, error);
    if (source->encoding[0] == '\0')
        encoding = utf16_of_nuls(mig_buffer_text(&source->head));
    source->found_encoding = encoding != NULL;
    return encoding ? set_encoding(source, encoding, error) : MIG_OK;
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
        status = mig_source_begin_gzip(source, error);
        if (status == MIG_OK)
            status = mig_source_unpack_gzip(source, &data, &length, error);
    }
    while (status == MIG_OK && length > 0) {
        status = mig_buffer_append(&source->head, data, length, error);
        if (status != MIG_OK || source->head.length >= HEAD_SIZE)
            break;
        status = unpack(source, &data, &length, error);
        if (status != MIG_OK) { /* met again by the read that comes after these bytes */
            status = MIG_OK;
            break;
        }
    }
    return status == MIG_OK ? choose_encoding(source, error) : status;
}

/* The next unpacked bytes behind the byte order mark. */
static enum mig_status next_bytes(
    struct mig_source *source, const char **data, size_t *length, struct mig_error *error)
{
    enum mig_status status = MIG_OK;
    if (source->head_used == source->head.length) {
        status = unpack(source, data, length, error);
    } else {
        source->offset = source->head_used; /* behind a mark */
        *data = source->head.data + source->head_used;
        *length = source->head.length - source->head_used;
        source->head_used = source->head.length;
    }
    if (status == MIG_OK)
        source->offset += *length;
    return status;
}

/* Sets the bytes aside of a character that cannot be decoded. iconv leaves room for them: it is
 * called with less than the block. */
static void pass_undecoded(struct mig_source *source, char **in, size_t *in_left, char **out)
{
    size_t unit = source->unit < *in_left ? source->unit : *in_left;
    for (size_t i = 0; i < unit; i++) {
        unsigned byte = (unsigned char)(*in)[i];
        *(*out)++ = (char)((i == 0 ? 0xf8 : 0xfc) | byte >> 6);
        *(*out)++ = (char)(0xf8 | (byte >> 3 & 7));
        *(*out)++ = (char)(0xf8 | (byte & 7));
    }
    *in += unit;
    *in_left -= unit;
}

/* Decodes what `coded` holds. Nothing comes out when it holds less than a character. */
static size_t decode(struct mig_source *source)
{
    enum { LARGEST_UNIT = 4 };
    char *in = source->coded.data;
    size_t in_left = source->coded.length;
    char *out = source->decoded;
    bool undecoded = in_left > 0;
    while (undecoded && in_left > 0) {
        size_t room = MIG_SOURCE_BLOCK - (size_t)(out - source->decoded);
        if (room <= 2 * LARGEST_UNIT * MIG_UNDECODED_LENGTH)
            break;
        room -= LARGEST_UNIT * MIG_UNDECODED_LENGTH;
        undecoded =
            iconv(source->decoder, &in, &in_left, &out, &room) == (size_t)-1 && errno == EILSEQ;
        if (undecoded)
            pass_undecoded(source, &in, &in_left, &out);
    }
    if (in_left > 0)
        memmove(source->coded.data, in, in_left);
    source->coded.length = in_left;
    for (const char *at = source->decoded; (at = memchr(at, '\n', (size_t)(out - at))); at++)
        source->line++;
    return (size_t)(out - source->decoded);
}

static enum mig_status read_decoded(
    struct mig_source *source, const char **data, size_t *length, struct mig_error *error)
{
    *data = source->decoded;
    for (;;) {
        *length = decode(source);
        if (*length > 0)
            return MIG_OK;
        const char *coded;
        size_t coded_length;
        enum mig_status status = next_bytes(source, &coded, &coded_length, error);
        if (status != MIG_OK)
            return status;
        if (coded_length == 0)
            return source->coded.length == 0
                       ? MIG_OK
                       : mig_source_fail(source, source->line, error,
                             _("text ends in the middle of a character of its encoding"));
        status = mig_buffer_append(&source->coded, coded, coded_length, error);
        if (status != MIG_OK)
            return status;
    }
}

enum mig_status mig_source_open(struct mig_source **source, const char *path, const char *encoding,
    size_t read_size, struct mig_error *error)
{
    struct mig_source *new = calloc(1, sizeof *new);
    *source = NULL;
    if (!new)
        return mig_fail_memory(error);
    new->fd = -1;
    new->line = 1;
    new->decoder = MIG_NO_DECODER;
    new->read_size = read_size == 0              ? MIG_SOURCE_BLOCK
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

enum mig_status mig_source_part(
    struct mig_source **part, const struct mig_source *whole, struct mig_error *error)
{
    struct mig_source *new = calloc(1, sizeof *new);
    *part = new;
    if (new != NULL) {
        new->fd = -1;
        new->decoder = MIG_NO_DECODER;
        new->decodes = whole->decodes;
        new->name = mig_text_copy(mig_text_of(whole->name));
        memcpy(new->encoding, whole->encoding, sizeof new->encoding);
    }
    if (new != NULL &&new->name != NULL)
        return MIG_OK;
    mig_source_free(new);
    *part = NULL;
    return mig_fail_memory(error);
}

enum mig_status mig_source_read(
    struct mig_source *source, const char **data, size_t *length, struct mig_error *error)
{
    if (!source->started) {
        enum mig_status status = start(source, error);
        if (status != MIG_OK)
            return status;
    }
    return source->decoder == MIG_NO_DECODER ? next_bytes(source, data, length, error)
                                             : read_decoded(source, data, length, error);
}

/* Whether the bytes of the system come out as they are. */
static bool is_plain(const struct mig_source *source)
{
    return source->started && source->head_used == source->head.length && !source->gzip &&
           source->decoder == MIG_NO_DECODER;
}

enum mig_status mig_source_fill(
    struct mig_source *source, char *bytes, size_t size, size_t *length, struct mig_error *error)
{
    *length = 0;
    if (source->rest_length == 0 && is_plain(source)) {
        enum mig_status status = read_system(
            source, bytes, size < source->read_size ? size : source->read_size, length, error);
        source->offset += *length;
        return status;
    }
    if (source->rest_length == 0) {
        enum mig_status status =
            mig_source_read(source, &source->rest, &source->rest_length, error);
        if (status != MIG_OK)
            return status;
    }
    *length = size < source->rest_length ? size : source->rest_length;
    if (*length > 0)
        memcpy(bytes, source->rest, *length);
    source->rest += *length;
    source->rest_length -= *length;
    return MIG_OK;
}

/* Ranges. */

enum mig_status mig_source_check_plain(const struct mig_source *source, struct mig_error *error)
{
    struct mig_position position = {source->name, 0, 0};
    if (!source->plain)
        return mig_fail_at(error, MIG_ARGUMENT, &position, "%s",
            _("ranges of bytes can be read from a file only, not from what comes through a pipe"));
    if (source->gzip)
        return mig_fail_at(error, MIG_ARGUMENT, &position, "%s",
            _("ranges of bytes can't be read from gzip data: unpack the file first"));
    if (source->decoder != MIG_NO_DECODER)
        return mig_fail_at(error, MIG_ARGUMENT, &position,
            _("ranges of bytes can't be read from %s, only from UTF-8: mig-clean writes it"),
            source->encoding);
    return MIG_OK;
}

enum mig_status mig_source_seek(
    struct mig_source *source, uint64_t first, uint64_t end, struct mig_error *error)
{
    enum mig_status status = mig_source_check_plain(source, error);
    if (status != MIG_OK)
        return status;
    if (end > source->size) {
        struct mig_position position = {source->name, 0, 0};
        return mig_fail_at(error, MIG_ARGUMENT, &position,
            _("byte %" PRIu64 " is wanted (--bytes), but the file has %" PRIu64 " bytes"), end - 1,
            source->size);
    }
    if (lseek(source->fd, (off_t)first, SEEK_SET) < 0)
        return mig_fail_errno(error, source->name, errno);
    source->left = end - first;
    source->taken = 0;
    source->offset = first;
    source->rest_length = 0;
    source->head_used = source->head.length;
    return MIG_OK;
}

enum mig_status mig_source_around(const struct mig_source *source, uint64_t offset, char *before,
    char *at, struct mig_error *error)
{
    *before = *at = '\0';
    if ((offset > 0 && pread(source->fd, before, 1, (off_t)(offset - 1)) < 0) ||
        pread(source->fd, at, 1, (off_t)offset) < 0)
        return mig_fail_errno(error, source->name, errno);
    return MIG_OK;
}

uint64_t mig_source_size(const struct mig_source *source)
{
    return source->size;
}

uint64_t mig_source_offset(const struct mig_source *source)
{
    return source->offset - source->rest_length;
}

/* The source. */

int mig_source_undecoded(const struct mig_source *source, struct mig_text text)
{
    const unsigned char *bytes = (const unsigned char *)text.data;
    if (!source->decodes || text.length < MIG_UNDECODED_LENGTH || bytes[0] < 0xf8)
        return -1;
    return (bytes[0] & 3) << 6 | (bytes[1] & 7) << 3 | (bytes[2] & 7);
}

size_t mig_source_undecoded_length(const struct mig_source *source, struct mig_text text)
{
    size_t length = 0;
    while (mig_source_undecoded(source, text) >= 0 &&
           (length == 0 || (unsigned char)text.data[0] >= 0xfc)) {
        length += MIG_UNDECODED_LENGTH;
        text.data += MIG_UNDECODED_LENGTH;
        text.length -= MIG_UNDECODED_LENGTH;
    }
    return length;
}

const char *mig_source_encoding(const struct mig_source *source, bool *found)
{
    *found = source->found_encoding;
    return source->decodes ? source->encoding : NULL;
}

const char *mig_source_name(const struct mig_source *source)
{
    return source->name;
}

void mig_source_progress(const struct mig_source *source, uint64_t *taken, uint64_t *size)
{
    *taken = source->taken;
    *size = source->left == UINT64_MAX ? source->size : source->taken + source->left;
}

void mig_source_free(struct mig_source *source)
{
    if (!source)
        return;
    if (source->fd > STDIN_FILENO)
        close(source->fd);
    if (source->gzip)
        inflateEnd(&source->packed);
    if (source->decoder != MIG_NO_DECODER)
        iconv_close(source->decoder);
    mig_buffer_release(&source->head);
    mig_buffer_release(&source->coded);
    free(source->decoded);
    free(source->unpacked);
    free(source->raw);
    free(source->name);
    free(source);
}
