/* Result tables as input: what of them can be added up, and what would count the same cases twice.
 *
 * A table with the columns measure and kind, or with numerator, denominator and method, is what one of the commands wrote. Its rows are added up when they are of one
 * measure, kind and method, as far as these are no keys of the sum, and none is a total: mig-breakdown marks these in the column total, by "all" or by the names of the columns that are
 * added up over ("sex", "region+sex").
 */
#ifndef MIGSTAT_TABLE_RESULT_H
#define MIGSTAT_TABLE_RESULT_H

#include "keys.h"

/* Filled by mig_result_find(). Holds no memory to release. */
enum { MIG_RESULT_KIND, MIG_RESULT_MEASURE, MIG_RESULT_METHOD, MIG_RESULT_MARKS, MIG_RESULT_MOST = 64 };
struct mig_result {
    size_t total_column; /* SIZE_MAX: no row is a total */
    bool has_marks;      /* else no rows can be about the same cases */
    size_t columns[MIG_RESULT_MARKS]; /* measure, kind and method; SIZE_MAX: none such */
    bool is_key[MIG_RESULT_MARKS];    /* told apart by a key */
    uint64_t marks[MIG_RESULT_MOST][MIG_RESULT_MARKS]; /* of the rows so far, one for each combination of keys */
    size_t count;
};

/* Looks the columns up. `keys` (may be NULL) are those that the rows are grouped by. */
MIG_API void mig_result_find(struct mig_result *result, const struct mig_header *header,
    const struct mig_keys *keys);

/* Whether no row can be at fault. */
MIG_API bool mig_result_takes_all(const struct mig_result *result);

/* The columns result->columns and total_column of `row` must be filled. A figure without an interval (method quotient, or
 * none) goes with every method. Errors: MIG_VALUE with the cell's position for a total, and for a row of another measure, kind or
 * method than those before; MIG_LIMIT. */
MIG_API enum mig_status MIG_MUST_USE mig_result_check(struct mig_result *result,
    const struct mig_input *input, const struct mig_row *row, struct mig_error *error);

#endif
