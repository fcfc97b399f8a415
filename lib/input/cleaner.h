/* Cleaner: the rows of an input, each cell kept, rewritten as the user said, or found not to fit. */
#ifndef MIGSTAT_INPUT_CLEANER_H
#define MIGSTAT_INPUT_CLEANER_H

#include "input.h"
#include "rewrite.h"

enum mig_treatment { MIG_AS_IT_IS, MIG_AS_NUMBER, MIG_AS_DATE };

/* After mig_cleaner_init() the caller sets the treatment of each column and, where they matter, style and order. */
struct mig_cleaner {
    const struct mig_input *input;
    size_t count; /* columns of the input */
    enum mig_treatment *treatments;
    struct mig_number_style style;
    enum mig_date_order order;
    struct mig_buffer *cells; /* the row that was cleaned last, one a column; empty where missing */
    size_t missing;           /* cells so far whose token was read as missing */
};

/* `input` is borrowed until release. Errors: MIG_NO_MEMORY. */
MIG_API enum mig_status MIG_MUST_USE mig_cleaner_init(struct mig_cleaner *cleaner,
    const struct mig_input *input, struct mig_error *error);

/* Cleans one row into cleaner->cells. What does not fit is appended to `faults` with its position, column 0 for
 * a row with too few or too many cells. Errors: MIG_NO_MEMORY only. */
MIG_API enum mig_status MIG_MUST_USE mig_cleaner_row(struct mig_cleaner *cleaner,
    const struct mig_row *row, struct mig_error_list *faults, struct mig_error *error);

MIG_API void mig_cleaner_release(struct mig_cleaner *cleaner);

#endif
