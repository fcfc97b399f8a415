/* Aligned text, private: what whole tables and folded ones share. */
#ifndef MIGSTAT_OUTPUT_ALIGNED_INTERNAL_H
#define MIGSTAT_OUTPUT_ALIGNED_INTERNAL_H

#include "writer-internal.h"

struct mig_aligned_column {
    size_t width;
    size_t body; /* without the name of the column */
    bool right; /* numbers, or room for them, and nothing else */
    bool empty; /* in every row */
};

enum { MIG_ALIGNED_GAP = 2 }; /* between columns */

/* The terminal cells that the columns with any content take, gaps among them. */
size_t mig_aligned_width(const struct mig_writer *writer, const struct mig_aligned_column *columns);

/* Writes the table in blocks no wider than writer->width. The widths of columns that are broken are changed. */
void mig_folded_write(struct mig_writer *writer, struct mig_aligned_column *columns);

#endif
