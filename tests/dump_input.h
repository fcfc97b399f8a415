/* What an input gives, written down: the header's names, a line for each row with the reason when
 * it does not fit, what was said of the file, and the error that ended it. Aborts when a promise of
 * input.h is broken. */
#ifndef MIGSTAT_TESTS_DUMP_INPUT_H
#define MIGSTAT_TESTS_DUMP_INPUT_H

#include "dump.h"
#include "input/input.h"

static inline void dump_error(struct mig_buffer *out, const struct mig_error *error)
{
    dump_check(
        mig_buffer_print(out, NULL, "%zu:%zu %s\n", error->line, error->column, error->text));
}

static inline void dump_row(
    struct mig_buffer *out, const struct mig_header *header, const struct mig_row *row)
{
    if (row->fault)
        dump_error(out, row->fault);
    else if (row->count != header->count)
        abort();
    if (row->fault && row->fault->column > header->count)
        abort();
    dump_check(mig_buffer_print(out, NULL, "%zu ", row->line));
    for (size_t i = 0; i < row->count; i++) {
        struct mig_text text = row->cells[i].text;
        if (text.data[text.length] != '\0' || mig_text_valid_utf8(text) != text.length)
            abort();
        dump_check(mig_buffer_append(out, "[", 1, NULL));
        dump_check(mig_buffer_append(out, text.data, text.length, NULL));
        dump_check(mig_buffer_append(out, "]", 1, NULL));
    }
    dump_check(mig_buffer_append(out, "\n", 1, NULL));
}

static inline enum mig_status dump_rows_of(
    struct mig_input *input, struct mig_buffer *out, struct mig_error *error)
{
    const struct mig_header *header = mig_input_header(input);
    struct mig_row row;
    size_t rows = 0;
    for (size_t i = 0; i < header->count; i++)
        dump_check(mig_buffer_print(out, NULL, "%s|", header->names[i]));
    dump_check(mig_buffer_append(out, "\n", 1, NULL));
    enum mig_status status;
    while ((status = mig_input_next(input, &row, error)) == MIG_OK && row.count > 0) {
        dump_row(out, header, &row);
        rows++;
    }
    struct mig_input_account account = mig_input_account(input);
    if (account.rows != rows)
        abort();
    dump_check(mig_buffer_print(out, NULL, "blank %zu titles %zu header %zu tags %d\n",
        account.blank_lines, account.title_lines, account.header_line, account.tag_row));
    const struct mig_error_list *remarks = mig_input_remarks(input);
    for (size_t i = 0; i < remarks->count; i++)
        dump_error(out, &remarks->items[i]);
    return status;
}

/* Returns the status with which reading ended; the caller releases `out`. */
static inline enum mig_status dump_input(
    char *path, const struct mig_input_options *options, struct mig_buffer *out)
{
    struct mig_input *input;
    struct mig_error error = {0};
    enum mig_status status = mig_input_open(&input, &path, 1, options, &error);
    if (status == MIG_OK)
        status = dump_rows_of(input, out, &error);
    if (status != MIG_OK)
        dump_error(out, &error);
    mig_input_free(input);
    return status;
}

#endif
