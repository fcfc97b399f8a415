/* What the tests of cross-tables share. */
#ifndef MIGSTAT_STATS_CONTINGENCY_INTERNAL_H
#define MIGSTAT_STATS_CONTINGENCY_INTERNAL_H

#include <stdbool.h>

#include "contingency.h"

/* Sums of a table. `rows` has as many entries as the table has rows, `columns` as it has columns, in one block owned
 * by `rows`; n_rows and n_columns count those above 0. */
struct mig_margins {
    double *rows, *columns;
    double total;
    size_t n_rows, n_columns;
};

/* Errors: as mig_crosstab_margins(), MIG_NO_MEMORY; there is nothing to release then. */
enum mig_status MIG_MUST_USE mig_margins_init(
    struct mig_margins *margins, const struct mig_crosstab *table, struct mig_error *error);
void mig_margins_release(struct mig_margins *margins);

/* NULL, or why no test is possible. */
const char *mig_margins_obstacle(const struct mig_margins *margins);

#endif
