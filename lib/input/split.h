/* Split: a file cut into ranges of whole rows, for programs that read a part each (mig-split, --bytes).
 *
 * The file is scanned once for its quotes, in constant memory. A range begins where a row begins, so line ends in
 * quoted cells cut nothing, and ends before the next one does: blank lines belong to the range above them. The ranges cover all rows,
 * each once, and neither header nor tag row.
 */
#ifndef MIGSTAT_INPUT_SPLIT_H
#define MIGSTAT_INPUT_SPLIT_H

#include "input.h"
#include "range.h"

/* One of the two is not 0. */
struct mig_split_size {
    uint64_t ranges; /* so many, of about the same number of bytes; fewer where rows are few or long. At most 2^32 - 1 */
    uint64_t rows;   /* so many rows in each, the last one has the rest */
};

struct mig_split_part {
    struct mig_range range; /* with its line */
    uint64_t rows;          /* records that are not blank lines */
};

/* Hands the parts of the current file of `input`, just opened, to `take` one by one; a range that the input is limited
 * to is cut. Errors: those of `take`; those of mig_source_seek(); MIG_SYNTAX for quotes that the reader would not take either;
 * MIG_ARGUMENT for a size. */
typedef enum mig_status (*mig_split_take)(
    void *context, const struct mig_split_part *part, struct mig_error *error);
MIG_API enum mig_status MIG_MUST_USE mig_split(const struct mig_input *input,
    const struct mig_split_size *size, mig_split_take take, void *context, struct mig_error *error);

#endif
