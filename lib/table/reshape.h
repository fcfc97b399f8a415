/* Reshaping: values that stand in several columns of a row, or in several rows of a column, and the account that
 * nothing got lost on the way.
 */
#ifndef MIGSTAT_TABLE_RESHAPE_H
#define MIGSTAT_TABLE_RESHAPE_H

#include <stdbool.h>
#include <stddef.h>

#include "../base/sum.h"
#include "../input/input.h"

/* What went in, or came out: how many values of which kind, and the exact sum of the numbers. Zero-initialised is
 * nothing; release after use. */
struct mig_totals {
    struct mig_sum sum;
    size_t numbers;
    size_t texts; /* known, but no numbers */
    size_t missing;
};

/* Errors: MIG_NO_MEMORY. */
MIG_API enum mig_status MIG_MUST_USE mig_totals_add(struct mig_totals *totals,
    const struct mig_input *input, struct mig_text value, struct mig_error *error);

/* Errors: MIG_VALUE when the two are not the same, with both; MIG_NO_MEMORY. */
MIG_API enum mig_status MIG_MUST_USE mig_totals_check(const struct mig_totals *before,
    const struct mig_totals *after, struct mig_error *error);
MIG_API void mig_totals_release(struct mig_totals *totals);

struct mig_wide_spec {
    size_t name;       /* the column whose texts become columns */
    size_t value;      /* the column whose cells fill them */
    const size_t *ids; /* columns that tell rows apart */
    size_t n_ids;
};

struct mig_wide; /* opaque: a table with a column for each name, held in memory */

/* Reads `input` to its end. Rows are those of distinct ids, by bytes, a missing one "", in order of first appearance;
 * names, without blanks at their ends, are in order of mig_key_compare(). Every row without a name, and every second
 * value of a row and name, is appended to `faults`, the latter with the places of both. Errors: those of the input;
 * MIG_LIMIT past 2^32 - 2 rows or names; MIG_NO_MEMORY. */
MIG_API enum mig_status MIG_MUST_USE mig_wide_read(struct mig_wide **wide, struct mig_input *input,
    const struct mig_wide_spec *spec, struct mig_error_list *faults, struct mig_error *error);

MIG_API size_t mig_wide_rows(const struct mig_wide *wide);
MIG_API size_t mig_wide_names(const struct mig_wide *wide);
MIG_API size_t mig_wide_cells(const struct mig_wide *wide); /* combinations that the input has */
MIG_API const char *mig_wide_name(const struct mig_wide *wide, size_t name);

/* The ids of a row, as a tuple (tuples.h). */
MIG_API struct mig_text mig_wide_ids(const struct mig_wide *wide, size_t row);

/* The value, "" when it is missing; false when the input has no such combination. */
MIG_API bool mig_wide_value(
    const struct mig_wide *wide, size_t row, size_t name, struct mig_text *value);

MIG_API const struct mig_totals *mig_wide_totals(const struct mig_wide *wide); /* as they were read */
MIG_API void mig_wide_free(struct mig_wide *wide);

#endif
