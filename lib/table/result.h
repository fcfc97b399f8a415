/* Result tables as input: what of them can be added up, and what would count the same cases twice.
 *
 * A table with the columns measure and kind is what one of the commands wrote. Its rows are added up when they are of one
 * kind, and none is a total: mig-breakdown marks these in the column total, by "all" or by the names of the columns that are
 * added up over ("sex", "region+sex").
 */
#ifndef MIGSTAT_TABLE_RESULT_H
#define MIGSTAT_TABLE_RESULT_H

#include "keys.h"

/* Filled by mig_result_find(). Holds no memory to release. */
struct mig_result {
    size_t total_column; /* SIZE_MAX: no row is a total */
    size_t kind_column;  /* SIZE_MAX: kinds are told apart by a key, or there are none */
    char kind[64];       /* of the rows so far; "": none yet */
};

/* Looks the columns up. `keys` (may be NULL) are those that the rows are grouped by. */
MIG_API void mig_result_find(struct mig_result *result, const struct mig_header *header,
    const struct mig_keys *keys);

/* Whether no row can be at fault. */
MIG_API bool mig_result_takes_all(const struct mig_result *result);

/* Errors: MIG_VALUE with the cell's position for a total, and for a row of another kind than those before. */
MIG_API enum mig_status MIG_MUST_USE mig_result_check(struct mig_result *result,
    const struct mig_input *input, const struct mig_row *row, struct mig_error *error);

#endif
