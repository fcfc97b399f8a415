/* Cleaner: the rows of an input, each cell kept, rewritten as the user said, or found not to fit.
 *
 * The loop of mig-clean: mig_input_next() with pass_ragged, mig_cleaner_row(), and then the caller writes the row when
 * no fault was appended, or sets it aside. Nothing is repaired that the user did not describe.
 */
#ifndef MIGSTAT_INPUT_CLEANER_H
#define MIGSTAT_INPUT_CLEANER_H

#include "input.h"
#include "rewrite.h"

/* What becomes of the cells of a column, but for those that mean "missing" (mig_input_is_missing()): these go out
 * empty. Blanks around numbers and dates are dropped, those of a cell as it is are kept. */
enum mig_treatment {
    MIG_AS_IT_IS,  /* byte for byte, a cell of blanks too */
    MIG_AS_NUMBER, /* mig_rewrite_number() in the cleaner's style */
    MIG_AS_DATE,   /* mig_rewrite_date() in the cleaner's order */
};

/* After mig_cleaner_init() every column is MIG_AS_IT_IS, the decimal sign '.', without grouping, and the order MIG_YMD;
 * the caller sets what is to be otherwise. The text of `style` is borrowed as long as rows are cleaned. */
struct mig_cleaner {
    const struct mig_input *input;
    size_t count; /* columns of the input */
    enum mig_treatment *treatments; /* one a column */
    struct mig_number_style style;
    enum mig_date_order order;
    struct mig_buffer *cells; /* the row that was cleaned last, one a column; empty where missing */
    size_t missing;           /* cells so far whose token was read as missing */
};

/* `input` is borrowed until release. Errors: MIG_NO_MEMORY; nothing is then left to release. */
MIG_API enum mig_status MIG_MUST_USE mig_cleaner_init(struct mig_cleaner *cleaner,
    const struct mig_input *input, struct mig_error *error);

/* Cleans one row into cleaner->cells, which stand until the next call. What does not fit is appended to `faults` with
 * its position, column 0 for a row with too few or too many cells; after a fault the row's cells mean nothing.
 * Errors: MIG_NO_MEMORY only. */
MIG_API enum mig_status MIG_MUST_USE mig_cleaner_row(struct mig_cleaner *cleaner,
    const struct mig_row *row, struct mig_error_list *faults, struct mig_error *error);

/* Takes NULL too. */
MIG_API void mig_cleaner_release(struct mig_cleaner *cleaner);

#endif
