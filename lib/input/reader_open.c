/* Opening: what is found out from the first 64 KiB. */
#include "input/reader-internal.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "input/dialect.h"

#define SAMPLE_SIZE ((size_t)64 * 1024)
#define WINDOW_SIZE ((size_t)256 * 1024)
#define PARSER_GROWTH ((size_t)64 * 1024)

static enum mig_status read_sample(struct mig_reader *reader, struct mig_error *error)
{
    struct mig_window *window = &reader->window;
    while (!window->ended && window->length < SAMPLE_SIZE) {
        enum mig_status status = mig_window_refill(window, error);
        if (status != MIG_OK)
            return status;
    }
    mig_reader_find_feed(reader);
    reader->origin = mig_reader_offset(reader);
    return mig_source_check_format(reader->source, error);
}

static void choose_newline(struct mig_reader *reader)
{
    size_t length = reader->window.length < SAMPLE_SIZE ? reader->window.length : SAMPLE_SIZE;
    bool has_feed = reader->next_feed < length;
    /* A CR that ends the sample may be half of a CR LF. */
    bool has_return = length > 0 && memchr(reader->window.bytes, '\r', length - 1);
    reader->window.newline = has_return && !has_feed ? '\r' : '\n';
}

/* What the dialect is chosen from: what stands from the first line on in the first 64 KiB. A whole
 * file's last record is made complete. */
static struct mig_text take_sample(struct mig_reader *reader)
{
    struct mig_window *window = &reader->window;
    size_t size = window->length < SAMPLE_SIZE ? window->length : SAMPLE_SIZE;
    if (size < SAMPLE_SIZE)
        window->bytes[size++] = '\n';
    return (struct mig_text){window->bytes + window->position, size - window->position};
}

static enum mig_status choose_delimiter(struct mig_reader *reader, struct mig_text sample,
    const struct mig_reader_options *options, struct mig_error *error)
{
    char delimiter = options->delimiter;
    if (delimiter == reader->quote || delimiter == '\n' || delimiter == '\r')
        return mig_fail(
            error, MIG_ARGUMENT, _("a quote or a line end cannot separate cells (--delimiter)"));
    reader->delimiter = delimiter;
    if (delimiter)
        return MIG_OK;
    enum mig_status status =
        mig_dialect_delimiter(sample, reader->quote, &reader->delimiter, error);
    if (status == MIG_SYNTAX) {
        struct mig_position position = mig_reader_position(reader, 0, 0);
        mig_error_locate(error, &position, NULL);
    }
    return status;
}

/* Moves on to `position`, counting lines. */
static void skip_to(struct mig_reader *reader, size_t position)
{
    for (; reader->window.position < position; reader->window.position++)
        reader->window.line +=
            reader->window.bytes[reader->window.position] == reader->window.newline;
}

static enum mig_status skip_to_line(
    struct mig_reader *reader, size_t first_line, struct mig_error *error)
{
    bool whole = reader->window.length < SAMPLE_SIZE;
    size_t end = whole ? reader->window.length : SAMPLE_SIZE;
    while (reader->window.line < first_line && reader->window.position < end)
        skip_to(reader, reader->window.position + 1);
    if (reader->window.position < end || first_line <= 1)
        return MIG_OK;
    struct mig_position position = mig_reader_position(reader, 0, 0);
    bool ended = end > 0 && reader->window.bytes[end - 1] == reader->window.newline;
    return mig_fail_at(error, MIG_ARGUMENT, &position,
        whole ? _("the table is to begin on line %zu, but the file ends on line %zu")
              : _("the table is to begin on line %zu, but that is looked for in the first 64 KiB, "
                  "which end on line %zu"),
        first_line, reader->window.line - (whole && ended));
}

/* Titles are what stands above a table: without one the lines are left to be read. Their quotes may
 * have misled the choice of the delimiter, so it is chosen again. */
static enum mig_status skip_spoiled_titles(struct mig_reader *reader, struct mig_text sample,
    const struct mig_reader_options *options, struct mig_error *error)
{
    char before = reader->delimiter;
    size_t length = mig_dialect_spoiled_titles(sample, reader->delimiter, reader->quote);
    if (length == 0 || length > reader->window.length - reader->window.position)
        return MIG_OK;
    struct mig_text rest = {sample.data + length, sample.length - length};
    bool is_table = false;
    enum mig_status status = choose_delimiter(reader, rest, options, error);
    if (status == MIG_OK)
        status = mig_dialect_is_table(rest, reader->delimiter, reader->quote, &is_table, error);
    if (is_table)
        skip_to(reader, reader->window.position + length);
    else
        reader->delimiter = before;
    return status;
}

void mig_reader_init_parser(struct mig_reader *reader)
{
    csv_init(&reader->parser, CSV_STRICT | CSV_STRICT_FINI | CSV_EMPTY_IS_NULL);
    csv_set_space_func(&reader->parser, mig_dialect_no_space);
    csv_set_blk_size(&reader->parser, PARSER_GROWTH);
    csv_set_delim(&reader->parser, (unsigned char)reader->delimiter);
    csv_set_quote(&reader->parser, mig_dialect_quote(reader->quote));
}

/* Delimiter, line end, and where the records begin. */
static enum mig_status choose_dialect(
    struct mig_reader *reader, const struct mig_reader_options *options, struct mig_error *error)
{
    choose_newline(reader);
    enum mig_status status = skip_to_line(reader, options->first_line, error);
    if (status != MIG_OK)
        return status;
    struct mig_text sample = take_sample(reader);
    status = choose_delimiter(reader, sample, options, error);
    if (status == MIG_OK && options->spoiled_titles)
        status = skip_spoiled_titles(reader, sample, options, error);
    if (status != MIG_OK)
        return status;
    mig_reader_init_parser(reader);
    mig_reader_find_feed(reader);
    reader->in_lane = !options->only_libcsv && reader->window.newline == '\n' &&
                      (unsigned char)reader->delimiter < 0x80;
    return mig_lane_init(&reader->lane, reader->delimiter, reader->quote, reader->max_cell, error);
}

/* Small reads are asked for by tests: small windows then show their seams. */
static size_t window_size(const struct mig_reader_options *options)
{
    return options->read_size > 0 && options->read_size < SAMPLE_SIZE
               ? SAMPLE_SIZE + options->read_size
               : WINDOW_SIZE;
}

bool mig_reader_can_quote(char quote)
{
    return quote > ' ' && quote < 0x7f && !strchr(",;|:", quote);
}

enum mig_status mig_reader_open(struct mig_reader **reader, const char *path,
    const struct mig_reader_options *options, struct mig_error *error)
{
    struct mig_reader *new = calloc(1, sizeof *new);
    *reader = NULL;
    if (!new)
        return mig_fail_memory(error);
    new->max_cell = options->max_cell ? options->max_cell : MIG_MAX_CELL;
    new->quote = options->quote ? options->quote : '"';
    new->invalid = options->invalid;
    new->end_line = options->end_line;
    enum mig_status status =
        mig_source_open(&new->source, path, options->encoding, options->read_size, error);
    if (status == MIG_OK && options->end_line > 0 && options->end_line <= options->first_line)
        status = mig_fail(error, MIG_ARGUMENT,
            _("the table is to begin on line %zu and to end above line %zu"), options->first_line,
            options->end_line);
    if (status == MIG_OK && new->quote != MIG_NO_QUOTE && !mig_reader_can_quote(new->quote))
        status = mig_fail(error, MIG_ARGUMENT, _("'%c' can't be a quote"), new->quote);
    if (status == MIG_OK)
        status = mig_window_init(&new->window, new->source, window_size(options), error);
    if (status == MIG_OK)
        status = read_sample(new, error);
    if (status == MIG_OK)
        status = choose_dialect(new, options, error);
    if (status != MIG_OK) {
        mig_reader_free(new);
        return status;
    }
    *reader = new;
    return MIG_OK;
}
