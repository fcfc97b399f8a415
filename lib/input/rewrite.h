/* Rewriting: cells as a spreadsheet wrote them into the one form that migstat reads, when the user says how they
 * were written. Nothing is guessed: a cell that does not fit what was said is an error.
 */
#ifndef MIGSTAT_INPUT_REWRITE_H
#define MIGSTAT_INPUT_REWRITE_H

#include "../base/memory.h"
#include "../base/period.h"

struct mig_number_style {
    char decimal;    /* '.' or ',' */
    struct mig_text group; /* what stands between thousands; empty: nothing may; " " stands for any blank: space,
                              U+00A0, U+2009, U+202F */
};

/* Appends the number in `text` as digits with '.': "1 234,50" becomes "1234.50", digits kept as they are. Grouping
 * must be in threes from the decimal sign on, so that with '.' between thousands "354.739" is 354739 and "8.0500"
 * is an error. U+2212 is a minus. `out` is as it was after an error. Errors: MIG_VALUE "'8.0500' is not a number with
 * decimal sign ',', grouped in threes by '.'". */
MIG_API enum mig_status MIG_MUST_USE mig_rewrite_number(struct mig_text text,
    const struct mig_number_style *style, struct mig_buffer *out, struct mig_error *error);

/* Appends the day in `text`, whose fields stand in `order`, as YYYY-MM-DD. Errors: MIG_VALUE. */
MIG_API enum mig_status MIG_MUST_USE mig_rewrite_date(struct mig_text text, enum mig_date_order order,
    struct mig_buffer *out, struct mig_error *error);

#endif
