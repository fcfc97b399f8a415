/* What Fisher's tests share. */
#ifndef MIGSTAT_STATS_FISHER_INTERNAL_H
#define MIGSTAT_STATS_FISHER_INTERNAL_H

#include "contingency-internal.h"
#include "fisher.h"

/* The 2 x 2 table with the row and the column first that hold fewer cases: there R's hypergeometric functions keep the most
 * digits. True where that turns the odds ratio over. */
bool mig_smaller_margins_first(const double counts[static 4], double out[static 4]);

/* The probability that at least x of `drawn` cases are among the `good` ones; the rest is `bad`. */
double mig_hypergeometric_at_least(double x, double good, double bad, double drawn);

/* A table is no more probable than the observed one when its sum of log(x!) is at least the observed sum less this. */
#define MIG_FISHER_SLACK 1e-7

/* Steps of 10 to 20 nanoseconds between two calls of a watch. */
enum { MIG_STEPS_PER_PROGRESS = 1000000 };

/* Row and column totals above 0, with the same sum of at most 100,000; at least 2 of each. */
struct mig_network_margins {
    uint32_t *rows, *columns; /* the network brings both into descending order */
    size_t n_rows, n_columns;
};

/* The probability of the tables with these margins whose sum of log(x!) is at least that of `n` counts, with slack.
 * Errors: MIG_LIMIT when `effort` does not suffice, MIG_NO_MEMORY. */
enum mig_status MIG_MUST_USE mig_fisher_network(const struct mig_network_margins *margins,
    const double *counts, size_t n, uint64_t effort, const struct mig_fisher_watch *watch, double *p_value,
    struct mig_error *error);

#endif
