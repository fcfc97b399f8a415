/* Ranges: a reader that goes on elsewhere in its file. */
#include "input/reader-internal.h"

#include <inttypes.h>
#include <string.h>

#include "base/i18n.h"

static enum mig_status fail_range(const struct mig_reader *reader, const struct mig_range *range,
    const char *what, struct mig_error *error)
{
    struct mig_position position = mig_reader_position(reader, 0, 0);
    return mig_fail_at(error, MIG_ARGUMENT, &position, _("bytes %" PRIu64 "-%" PRIu64 ": %s"),
        range->first, range->last, what);
}

/* Whether a line ends between two bytes. */
static bool is_line_end(char before, char at)
{
    return before == '\n' || (before == '\r' && at != '\n');
}

static enum mig_status check_range(
    struct mig_reader *reader, const struct mig_range *range, struct mig_error *error)
{
    uint64_t end = range->last + 1;
    char before, at, last, behind;
    enum mig_status status = mig_source_seek(reader->source, range->first, end, error);
    if (status != MIG_OK)
        return status;
    status = mig_source_around(reader->source, range->first, &before, &at, error);
    if (status == MIG_OK)
        status = mig_source_around(reader->source, end, &last, &behind, error);
    if (status != MIG_OK)
        return status;
    if (range->first > reader->origin && !is_line_end(before, at))
        return fail_range(reader, range, _("the first one does not begin a line"), error);
    if (end < mig_source_size(reader->source) && !is_line_end(last, behind))
        return fail_range(reader, range, _("the last one does not end a line"), error);
    return MIG_OK;
}

/* Counts the line ends before a byte. */
static enum mig_status count_lines(struct mig_reader *reader, uint64_t end, struct mig_error *error)
{
    enum mig_status status = mig_source_seek(reader->source, 0, end, error);
    reader->window.line = 1;
    for (size_t length = 1; status == MIG_OK && length > 0;) {
        const char *at;
        status = mig_source_read(reader->source, &at, &length, error);
        if (status != MIG_OK || length == 0)
            break;
        for (const char *stop = at + length;
             (at = memchr(at, reader->window.newline, (size_t)(stop - at))); at++)
            reader->window.line++;
    }
    return status;
}

enum mig_status mig_reader_jump(
    struct mig_reader *reader, const struct mig_range *range, struct mig_error *error)
{
    enum mig_status status = check_range(reader, range, error);
    if (status == MIG_OK && range->line == 0)
        status = count_lines(reader, range->first, error);
    uint64_t first = range->first > reader->origin ? range->first : reader->origin;
    if (status == MIG_OK)
        status = mig_source_seek(reader->source, first, range->last + 1, error);
    if (status != MIG_OK)
        return status;
    if (range->line > 0)
        reader->window.line = range->line;
    mig_buffer_clear(&reader->blanks);
    reader->after_return = false;
    reader->window.length = reader->window.position = 0;
    reader->window.fetches++;
    reader->window.ended = false;
    reader->window.failed = MIG_OK;
    mig_reader_find_feed(reader);
    return MIG_OK;
}

enum mig_status mig_reader_check_plain(const struct mig_reader *reader, struct mig_error *error)
{
    return mig_source_check_plain(reader->source, error);
}

uint64_t mig_reader_size(const struct mig_reader *reader)
{
    return mig_source_size(reader->source);
}

uint64_t mig_reader_offset(const struct mig_reader *reader)
{
    return mig_source_offset(reader->source) - (reader->window.length - reader->window.position);
}

size_t mig_reader_line(const struct mig_reader *reader)
{
    return reader->window.line;
}

char mig_reader_newline(const struct mig_reader *reader)
{
    return reader->window.newline;
}
