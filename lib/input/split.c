#include "input/split.h"

#include <stdbool.h>
#include <string.h>

#include "base/i18n.h"

enum state {
    LINE_START, /* of a line of which nothing but blanks has been seen */
    PLAIN,
    QUOTED,
    AFTER_QUOTE, /* which closes the cell, or is the first of two that stand for one */
    AFTER_RETURN,
};

struct scan {
    const struct mig_rows_place *place;
    const struct mig_split_size *size;
    const char *file;
    mig_split_take take;
    void *context;

    enum state state;
    const char *at;          /* the first byte of the block not yet scanned */
    const char *end;         /* of the block */
    const char *next_return; /* the first CR and the first quote at or behind `at`, or `end`; stale
                                when before */
    const char *next_quote;
    char before;     /* the byte before `at` */
    uint64_t offset; /* of `end` in the file */
    size_t line;
    size_t cell_line;    /* where the quoted cell opens */
    uint64_t line_first; /* where the line that `state` is about begins */

    uint64_t parts; /* handed out */
    struct mig_split_part part;
};

/* Parts. */

/* Whether a part ends before a row that begins at `first`. */
static bool is_full(const struct scan *scan, uint64_t first)
{
    if (scan->part.rows == 0)
        return false;
    if (scan->size->rows > 0)
        return scan->part.rows == scan->size->rows;
    uint64_t bytes = scan->place->end - scan->place->first;
    uint64_t ranges = scan->size->ranges;
    uint64_t next = scan->parts + 1;
    return next < ranges &&
           first - scan->place->first >= bytes / ranges * next + bytes % ranges * next / ranges;
}

static enum mig_status end_part(struct scan *scan, uint64_t end, struct mig_error *error)
{
    scan->part.range.last = end - 1;
    scan->parts++;
    enum mig_status status = scan->take(scan->context, &scan->part, error);
    scan->part = (struct mig_split_part){.range = {.first = end, .line = scan->line}};
    return status;
}

static enum mig_status begin_row(struct scan *scan, struct mig_error *error)
{
    enum mig_status status = MIG_OK;
    if (is_full(scan, scan->line_first))
        status = end_part(scan, scan->line_first, error);
    scan->part.rows++;
    return status;
}

/* Bytes. */

static uint64_t offset_of(const struct scan *scan, const char *at)
{
    return scan->offset - (uint64_t)(scan->end - at);
}

static void go_to(struct scan *scan, const char *at)
{
    if (at > scan->at)
        scan->before = at[-1];
    scan->at = at;
}

static const char *find(const struct scan *scan, char byte, const char *end)
{
    const char *found = memchr(scan->at, byte, (size_t)(end - scan->at));
    return found ? found : end;
}

static const char *find_quote(const struct scan *scan)
{
    char quote = scan->place->quote;
    return quote == MIG_NO_QUOTE ? scan->end : find(scan, quote, scan->end);
}

static enum mig_status fail_at_line(
    const struct scan *scan, size_t line, const char *what, struct mig_error *error)
{
    struct mig_position position = {scan->file, line, 0};
    return mig_fail_at(error, MIG_SYNTAX, &position, "%s", what);
}

/* Takes the line end at scan->at. The LF of a CR LF belongs to it. */
static void end_line(struct scan *scan)
{
    char byte = *scan->at;
    scan->line += byte == scan->place->newline;
    go_to(scan, scan->at + 1);
    scan->line_first = offset_of(scan, scan->at);
    scan->state = byte == '\r' ? AFTER_RETURN : LINE_START;
}

static bool is_blank(const struct scan *scan, char byte)
{
    return !scan->place->one_column && (byte == ' ' || byte == '\t') &&
           byte != scan->place->delimiter;
}

static enum mig_status scan_line_start(struct scan *scan, struct mig_error *error)
{
    while (scan->at < scan->end && is_blank(scan, *scan->at))
        go_to(scan, scan->at + 1);
    if (scan->at == scan->end)
        return MIG_OK;
    bool ends = *scan->at == '\n' || *scan->at == '\r';
    enum mig_status status = MIG_OK;
    if (!ends || scan->place->one_column)
        status = begin_row(scan, error);
    if (ends)
        end_line(scan);
    else
        scan->state = PLAIN;
    return status;
}

/* Goes on to the end of the line or to the next quote in it, whichever comes first. */
static enum mig_status scan_plain(struct scan *scan, struct mig_error *error)
{
    if (scan->next_return < scan->at)
        scan->next_return = find(scan, '\r', scan->end);
    if (scan->next_quote < scan->at)
        scan->next_quote = find_quote(scan);
    const char *stop = scan->next_return < scan->next_quote ? scan->next_return : scan->next_quote;
    const char *feed = find(scan, '\n', stop);
    bool opens = feed == scan->next_quote && feed < scan->end;
    go_to(scan, feed);
    if (feed == scan->end)
        return MIG_OK;
    if (!opens) {
        end_line(scan);
        return MIG_OK;
    }
    bool begins = offset_of(scan, feed) == scan->line_first;
    if (!begins && scan->before != scan->place->delimiter)
        return fail_at_line(
            scan, scan->line, _("quote inside a cell that does not begin with one"), error);
    scan->cell_line = scan->line;
    go_to(scan, feed + 1);
    scan->state = QUOTED;
    return MIG_OK;
}

static enum mig_status scan_quoted(struct scan *scan)
{
    const char *quote = find(scan, scan->place->quote, scan->end);
    while ((scan->at = memchr(scan->at, scan->place->newline, (size_t)(quote - scan->at)))) {
        scan->line++;
        scan->at++;
    }
    scan->at = quote;
    if (quote < scan->end) {
        go_to(scan, quote + 1);
        scan->state = AFTER_QUOTE;
    }
    return MIG_OK;
}

static enum mig_status scan_after_quote(struct scan *scan, struct mig_error *error)
{
    char byte = *scan->at;
    if (byte == '\n' || byte == '\r')
        end_line(scan);
    else if (byte == scan->place->quote || byte == scan->place->delimiter)
        scan->state = byte == scan->place->quote ? QUOTED : PLAIN;
    else
        return fail_at_line(scan, scan->line, _("text after a closing quote"), error);
    if (scan->state == QUOTED || scan->state == PLAIN)
        go_to(scan, scan->at + 1);
    return MIG_OK;
}

static void scan_after_return(struct scan *scan)
{
    if (*scan->at == '\n')
        end_line(scan);
    scan->state = LINE_START;
}

static enum mig_status scan_block(struct scan *scan, struct mig_error *error)
{
    enum mig_status status = MIG_OK;
    while (scan->at < scan->end && status == MIG_OK) {
        switch (scan->state) {
        case LINE_START:
            status = scan_line_start(scan, error);
            break;
        case PLAIN:
            status = scan_plain(scan, error);
            break;
        case QUOTED:
            status = scan_quoted(scan);
            break;
        case AFTER_QUOTE:
            status = scan_after_quote(scan, error);
            break;
        case AFTER_RETURN:
            scan_after_return(scan);
            break;
        }
    }
    return status;
}

static enum mig_status scan_source(
    struct scan *scan, struct mig_source *source, struct mig_error *error)
{
    enum mig_status status = MIG_OK;
    for (size_t length = 1; status == MIG_OK && length > 0;) {
        status = mig_source_read(source, &scan->at, &length, error);
        if (status != MIG_OK || length == 0)
            break;
        scan->end = scan->at + length;
        scan->next_return = find(scan, '\r', scan->end);
        scan->next_quote = find_quote(scan);
        scan->offset = mig_source_offset(source);
        status = scan_block(scan, error);
    }
    if (status == MIG_OK && scan->state == QUOTED)
        return fail_at_line(
            scan, scan->cell_line, _("unclosed quote: the cell that opens here never ends"), error);
    if (status == MIG_OK && scan->part.rows > 0)
        status = end_part(scan, scan->place->end, error);
    return status;
}

/* Opens a file whose header has just been read by another source. What stands between the CR and
 * the LF of the header's end is no row's beginning. */
static enum mig_status open_at(struct mig_source **source, const char *file,
    struct mig_rows_place *place, struct mig_error *error)
{
    const char *data;
    size_t length;
    char before, at;
    enum mig_status status = mig_source_open(source, file, NULL, 0, error);
    if (status == MIG_OK)
        status = mig_source_read(*source, &data, &length, error);
    if (status == MIG_OK)
        status = mig_source_around(*source, place->first, &before, &at, error);
    if (status == MIG_OK && before == '\r' && at == '\n') {
        place->first++;
        place->line += place->newline == '\n';
    }
    if (status == MIG_OK)
        status = mig_source_seek(*source, place->first, place->end, error);
    return status;
}

enum mig_status mig_split(const struct mig_input *input, const struct mig_split_size *size,
    mig_split_take take, void *context, struct mig_error *error)
{
    struct mig_rows_place place;
    struct mig_source *source = NULL;
    if ((size->ranges == 0) == (size->rows == 0) || size->ranges > UINT32_MAX)
        return mig_fail(error, MIG_ARGUMENT, "%s",
            _("a file is split into 1 to 4294967295 ranges, or into ranges of 1 row or more"));
    enum mig_status status = mig_input_place(input, &place, error);
    if (status == MIG_OK)
        status = open_at(&source, mig_input_name(input), &place, error);
    struct scan scan = {.place = &place,
        .size = size,
        .file = mig_input_name(input),
        .take = take,
        .context = context,
        .line = place.line,
        .line_first = place.first,
        .part = {.range = {.first = place.first, .line = place.line}}};
    if (status == MIG_OK)
        status = scan_source(&scan, source, error);
    mig_source_free(source);
    return status;
}
