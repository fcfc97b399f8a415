/* An input over given bytes, for one test. Its lines and cells are named in errors as of a file. */
#ifndef MIGSTAT_TESTS_TABLE_H
#define MIGSTAT_TESTS_TABLE_H

#include "base/sum.h"
#include "base/memory.h"
#include "input/input.h"
#include "temporary.h"

struct table {
    struct temporary file; /* removed at once; the input still names it */
    char *path;
    struct mig_input *input;
};

static inline void table_open_with(
    struct table *table, struct mig_text text, const struct mig_input_options *options)
{
    struct mig_error error = {0};
    table->file = temporary_file(text.data, text.length);
    table->path = table->file.path;
    if (mig_input_open(&table->input, &table->path, 1, options, &error) != MIG_OK) {
        fprintf(stderr, "%s\n", error.text);
        abort();
    }
    unlink(table->path);
}

static inline void table_open(struct table *table, const char *text)
{
    static const struct mig_input_options options = {.reader = {.delimiter = ','}};
    table_open_with(table, mig_text_of(text), &options);
}

static inline void table_close(struct table *table)
{
    mig_input_free(table->input);
}

static inline const struct mig_header *table_header(const struct table *table)
{
    return mig_input_header(table->input);
}

static inline size_t table_column(const struct table *table, const char *name)
{
    size_t column;
    if (mig_header_find(table_header(table), name, &column, NULL) != MIG_OK)
        abort();
    return column;
}

/* printf into a buffer that can't fail. */
#define DUMP(buffer, ...)                                                                          \
    do {                                                                                           \
        if (mig_buffer_print((buffer), NULL, __VA_ARGS__) != MIG_OK)                               \
            abort();                                                                               \
    } while (0)

/* "!STATUS LINE:COLUMN TEXT" */
static inline void dump_error(
    struct mig_buffer *out, enum mig_status status, const struct mig_error *error)
{
    static const char *const names[] = {
        "ok", "no_memory", "system", "syntax", "value", "name", "argument", "limit"};
    DUMP(out, "!%s %zu:%zu %s", names[status], error->line, error->column, error->text);
}

static inline void dump_sum(struct mig_buffer *out, const struct mig_sum *sum)
{
    if (mig_sum_format(sum, out, NULL) != MIG_OK)
        abort();
}

#endif
