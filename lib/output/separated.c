/* CSV and TSV. */
#include "output/writer-internal.h"

static struct mig_escape double_quote(struct mig_text rest)
{
    return rest.data[0] == '"' ? (struct mig_escape){1, "\"\""} : (struct mig_escape){0};
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static bool needs_quotes(struct mig_text cell, size_t columns)
{
    if (cell.length == 0)
        return columns == 1;
    if (is_blank(cell.data[0]) || is_blank(cell.data[cell.length - 1]))
        return true;
    for (size_t i = 0; i < cell.length; i++) {
        char c = cell.data[i];
        if (c == ',' || c == '"' || c == '\n' || c == '\r')
            return true;
    }
    return false;
}

static void csv_row(struct mig_writer *writer, size_t first)
{
    for (size_t i = 0; i < writer->columns; i++) {
        struct mig_text cell = mig_writer_cell_text(writer, first + i);
        if (i > 0)
            mig_writer_put_string(writer, ",");
        if (!needs_quotes(cell, writer->columns)) {
            mig_writer_put(writer, cell);
            continue;
        }
        mig_writer_put_string(writer, "\"");
        mig_writer_put_escaped(writer, cell, double_quote);
        mig_writer_put_string(writer, "\"");
    }
    mig_writer_put_string(writer, "\n");
}

enum mig_status mig_csv_append(
    struct mig_buffer *out, struct mig_text cell, bool first, struct mig_error *error)
{
    enum mig_status status = first ? MIG_OK : mig_buffer_append(out, ",", 1, error);
    if (!needs_quotes(cell, 0))
        return status == MIG_OK ? mig_buffer_append(out, cell.data, cell.length, error) : status;
    if (status == MIG_OK)
        status = mig_buffer_append(out, "\"", 1, error);
    for (size_t i = 0; i < cell.length && status == MIG_OK; i++)
        status = cell.data[i] == '"' ? mig_buffer_append(out, "\"\"", 2, error)
                                     : mig_buffer_append(out, cell.data + i, 1, error);
    return status == MIG_OK ? mig_buffer_append(out, "\"", 1, error) : status;
}

static struct mig_escape tsv_escape(struct mig_text rest)
{
    switch (rest.data[0]) {
    case '\t':
        return (struct mig_escape){1, "\\t"};
    case '\n':
        return (struct mig_escape){1, "\\n"};
    case '\r':
        return (struct mig_escape){1, "\\r"};
    case '\\':
        return (struct mig_escape){1, "\\\\"};
    default:
        return (struct mig_escape){0};
    }
}

static void tsv_row(struct mig_writer *writer, size_t first)
{
    for (size_t i = 0; i < writer->columns; i++) {
        if (i > 0)
            mig_writer_put_string(writer, "\t");
        mig_writer_put_escaped(writer, mig_writer_cell_text(writer, first + i), tsv_escape);
    }
    mig_writer_put_string(writer, "\n");
}

static void csv_begin(struct mig_writer *writer)
{
    csv_row(writer, 0);
}

static void tsv_begin(struct mig_writer *writer)
{
    tsv_row(writer, 0);
}

static void end(struct mig_writer *writer)
{
    (void)writer;
}

static void csv_spoil(struct mig_writer *writer)
{
    mig_writer_put_string(writer, "\"incomplete\n");
}

static void tsv_spoil(struct mig_writer *writer)
{
    mig_writer_put_string(writer, "incomplete\n");
}

const struct mig_writer_format mig_format_csv = {
    .begin = csv_begin, .row = csv_row, .end = end, .spoil = csv_spoil};
const struct mig_writer_format mig_format_tsv = {
    .begin = tsv_begin, .row = tsv_row, .end = end, .spoil = tsv_spoil};
