/* Batch: rows by the dozen, their wanted cells column by column.
 *
 * What mig_input_next() would hand out one by one, for those who do the same with every row and want it done fast: the rows
 * of a batch come straight from the reader's fast lane, are checked as all rows are, have no line end within a cell, and
 * stand on lines one below the other. There is a batch only where there are such rows; whatever comes next in all other cases, and the
 * end, is for mig_input_next().
 *
 *     while ((status = ...) == MIG_OK) {
 *         mig_input_take_batch(input, &batch);
 *         if (batch.count == 0) ... mig_input_next() ...
 */
#ifndef MIGSTAT_INPUT_BATCH_H
#define MIGSTAT_INPUT_BATCH_H

#include "input.h"

enum {
    MIG_BATCH = 64,           /* rows at most */
    MIG_BATCH_SLACK = 16,     /* bytes from the beginning of a text on may be read, though they are not of it */
};

/* Valid until the input is read on. */
struct mig_batch {
    size_t count;                 /* of rows; 0: none */
    size_t line;                  /* of the first one */
    const struct mig_text *cells; /* cells[slot * MIG_BATCH + i] of row i: slots are the wanted columns, ascending */
};

/* The next rows. None where no columns were asked for (mig_input_want()). */
MIG_API void mig_input_take_batch(struct mig_input *input, struct mig_batch *batch);

/* The slot of a wanted column. */
MIG_API size_t mig_input_slot(const struct mig_input *input, size_t column);

/* Row `i` as mig_input_next() hands it out. Valid until the input is read on, or asked for another one. */
MIG_API struct mig_row mig_batch_row(const struct mig_input *input, const struct mig_batch *batch, size_t i);

#endif
