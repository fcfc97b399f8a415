/* What both lanes of the reader make of the same bytes, compared: records with lines, faults, and
 * which cells were a quoted nothing; the error; the counts. */
#ifndef MIGSTAT_TESTS_LANES_H
#define MIGSTAT_TESTS_LANES_H

#include <string.h>

#include "dump.h"
#include "input/reader-internal.h"

struct lanes_options {
    struct mig_reader_options reader;
    bool keep;          /* blank lines are records */
    const bool *wanted; /* NULL: all columns */
    size_t n_wanted;
    bool batches; /* the fast lane: records are taken by the dozen where they can be */
};

/* Records that have as many cells as the one before them. */
static inline void lanes_read_batches(
    struct mig_reader *reader, size_t width, struct mig_buffer *out)
{
    for (;;) {
        struct mig_batch batch = {0};
        mig_reader_take_batch(reader, width, &batch);
        for (size_t i = 0; i < batch.count; i++) {
            const struct mig_cell *cells =
                mig_lane_row(&reader->lane, &reader->window, batch.cells + i, batch.line + i);
            dump_record(out, &(struct mig_record){cells, width, batch.line + i, NULL});
        }
        if (batch.count == 0)
            return;
    }
}

static inline enum mig_status lanes_read_on(
    struct mig_reader *reader, bool batches, struct mig_buffer *out)
{
    struct mig_error error = {0};
    struct mig_record record = {0};
    enum mig_status status;
    while ((status = mig_reader_next(reader, &record, &error)) == MIG_OK && record.count > 0) {
        dump_record(out, &record);
        if (record.fault != NULL)
            dump_check(mig_buffer_print(out, NULL, "fault %zu:%zu: %s\n", record.fault->line,
                record.fault->column, record.fault->text));
        if (batches)
            lanes_read_batches(reader, record.count, out);
    }
    if (status != MIG_OK)
        dump_check(mig_buffer_print(
            out, NULL, "%d %zu:%zu: %s\n", (int)status, error.line, error.column, error.text));
    dump_check(mig_buffer_print(out, NULL, "blank %zu, replaced %zu, left out %zu, misquoted %d\n",
        mig_reader_blank_lines(reader), mig_reader_replaced(reader),
        mig_reader_last_left_out(reader), mig_reader_is_misquoted(reader)));
    return status;
}

/* Everything that one lane says about a file; the caller releases `out`. Returns the status with
 * which reading ended. */
static inline enum mig_status lanes_dump(
    const char *path, const struct lanes_options *options, bool libcsv, struct mig_buffer *out)
{
    struct mig_reader *reader;
    struct mig_error error = {0};
    struct mig_reader_options own = options->reader;
    own.only_libcsv = libcsv;
    enum mig_status status = mig_reader_open(&reader, path, &own, &error);
    if (status != MIG_OK) {
        dump_check(mig_buffer_print(
            out, NULL, "%d %zu:%zu: %s\n", (int)status, error.line, error.column, error.text));
        return status;
    }
    mig_reader_keep_blank_lines(reader, options->keep);
    if (options->wanted != NULL)
        dump_check(mig_reader_want(reader, options->wanted, options->n_wanted, NULL));
    status = lanes_read_on(reader, options->batches && !libcsv, out);
    mig_reader_free(reader);
    return status;
}

/* Whether both say the same. */
static inline bool lanes_agree(const char *path, const struct lanes_options *options)
{
    struct mig_buffer fast = {0}, slow = {0};
    (void)lanes_dump(path, options, false, &fast);
    (void)lanes_dump(path, options, true, &slow);
    bool agree = fast.length == slow.length && memcmp(fast.data, slow.data, fast.length) == 0;
    mig_buffer_release(&fast);
    mig_buffer_release(&slow);
    return agree;
}

#endif
