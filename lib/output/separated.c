/* CSV and TSV: the same quoting, after a comma or a tab. */
#include "output/writer-internal.h"

#include <string.h>

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* `alone`: the only cell of its row, where a reader would take other signs for the delimiter. */
static bool needs_quotes(struct mig_text cell, char delimiter, bool alone)
{
    if (cell.length == 0)
        return alone;
    bool quotes = is_blank(cell.data[0]) || is_blank(cell.data[cell.length - 1]);
    for (size_t i = 0; i < cell.length;
         i++) { /* to the end: short cells cost less without a guess */
        char c = cell.data[i];
        quotes |= (c == delimiter) | (c == '"') | (c == '\n') | (c == '\r');
        quotes |= alone & ((c == ',') | (c == ';') | (c == '\t') | (c == '|'));
    }
    return quotes;
}

/* In quotes, those inside doubled. */
static enum mig_status append_quoted(
    struct mig_buffer *out, struct mig_text rest, struct mig_error *error)
{
    enum mig_status status = mig_buffer_append(out, "\"", 1, error);
    while (rest.length > 0 && status == MIG_OK) {
        const char *quote = memchr(rest.data, '"', rest.length);
        size_t taken = quote ? (size_t)(quote - rest.data) + 1 : rest.length;
        status = mig_buffer_append(out, rest.data, taken, error);
        if (quote && status == MIG_OK)
            status = mig_buffer_append(out, "\"", 1, error);
        rest = (struct mig_text){rest.data + taken, rest.length - taken};
    }
    return status == MIG_OK ? mig_buffer_append(out, "\"", 1, error) : status;
}

static enum mig_status append(struct mig_buffer *out, struct mig_text cell, char delimiter,
    bool alone, struct mig_error *error)
{
    if (needs_quotes(cell, delimiter, alone))
        return append_quoted(out, cell, error);
    return mig_buffer_append(out, cell.data, cell.length, error);
}

enum mig_status mig_csv_append(
    struct mig_buffer *out, struct mig_text cell, bool first, struct mig_error *error)
{
    enum mig_status status = first ? MIG_OK : mig_buffer_append(out, ",", 1, error);
    return status == MIG_OK ? append(out, cell, ',', false, error) : status;
}

static void put_cell(struct mig_writer *writer, struct mig_text cell)
{
    struct mig_error error;
    bool alone = writer->columns == 1;
    if (append(&writer->line, cell, writer->format->delimiter, alone, &error) != MIG_OK &&
        writer->error.status == MIG_OK)
        writer->error = error;
}

static void row(struct mig_writer *writer, size_t first)
{
    for (size_t i = 0; i < writer->columns; i++) {
        if (i > 0)
            mig_writer_put(writer, (struct mig_text){&writer->format->delimiter, 1});
        put_cell(writer, mig_writer_cell_text(writer, first + i));
    }
    mig_writer_put_string(writer, "\n");
}

static void begin(struct mig_writer *writer)
{
    row(writer, 0);
}

static void begin_without_header(struct mig_writer *writer)
{
    (void)writer;
}

static void end(struct mig_writer *writer)
{
    (void)writer;
}

static void spoil(struct mig_writer *writer)
{
    mig_writer_put_string(writer, "\"incomplete\n");
}

const struct mig_writer_format mig_format_csv = {
    .delimiter = ',', .begin = begin, .row = row, .end = end, .spoil = spoil};
const struct mig_writer_format mig_format_tsv = {
    .delimiter = '\t', .begin = begin, .row = row, .end = end, .spoil = spoil};
const struct mig_writer_format mig_format_csv_rows = {
    .delimiter = ',', .begin = begin_without_header, .row = row, .end = end, .spoil = spoil};
const struct mig_writer_format mig_format_tsv_rows = {
    .delimiter = '\t', .begin = begin_without_header, .row = row, .end = end, .spoil = spoil};
