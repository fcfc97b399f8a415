/* What a reader gives, written down: one line a record, its line, then [text@line] for every cell,
 * with "" for a quoted empty one; at the end "blank N", or the error as line:column: text. */
#ifndef MIGSTAT_TESTS_DUMP_H
#define MIGSTAT_TESTS_DUMP_H

#include <stdlib.h>

#include "base/memory.h"
#include "input/reader.h"

static inline void dump_check(enum mig_status status)
{
    if (status != MIG_OK)
        abort();
}

static inline void dump_record(struct mig_buffer *out, const struct mig_record *record)
{
    dump_check(mig_buffer_print(out, NULL, "%zu ", record->line));
    for (size_t i = 0; i < record->count; i++) {
        const struct mig_cell *cell = &record->cells[i];
        if (cell->text.data[cell->text.length] != '\0')
            abort();
        dump_check(mig_buffer_append(out, "[", 1, NULL));
        dump_check(cell->quoted_empty
                       ? mig_buffer_append(out, "\"\"", 2, NULL)
                       : mig_buffer_append(out, cell->text.data, cell->text.length, NULL));
        dump_check(mig_buffer_print(out, NULL, "@%zu]", cell->line));
    }
    dump_check(mig_buffer_append(out, "\n", 1, NULL));
}

/* Returns the status with which reading ended; the caller releases `out`. */
static inline enum mig_status dump_file(
    const char *path, const struct mig_reader_options *options, bool keep, struct mig_buffer *out)
{
    struct mig_reader *reader;
    struct mig_error error = {0};
    struct mig_record record = {0};
    enum mig_status status = mig_reader_open(&reader, path, options, &error);
    if (status == MIG_OK)
        mig_reader_keep_blank_lines(reader, keep);
    while (status == MIG_OK) {
        status = mig_reader_next(reader, &record, &error);
        if (status == MIG_OK && record.count == 0)
            break;
        if (status == MIG_OK)
            dump_record(out, &record);
    }
    if (status == MIG_OK)
        dump_check(mig_buffer_print(out, NULL, "blank %zu\n", mig_reader_blank_lines(reader)));
    else
        dump_check(
            mig_buffer_print(out, NULL, "%zu:%zu: %s\n", error.line, error.column, error.text));
    mig_reader_free(reader);
    return status;
}

#endif
