/* Estimates of exact sums: the step from a tally's numbers to a method of stats/, which wants doubles that are counts. */
#ifndef MIGSTAT_CLI_ESTIMATES_H
#define MIGSTAT_CLI_ESTIMATES_H

#include "../stats/proportion.h"
#include "../table/quotient.h"
#include "cli.h"

enum mig_estimate_kind {
    MIG_SHARE, /* the numerator is part of the denominator */
    MIG_RATIO, /* two separate counts */
    MIG_RATE,  /* events over an exposure */
    MIG_MEAN,  /* of a column */
    MIG_PLAIN, /* a quotient of sums that are no counts of cases: no interval */
};

/* numerator / denominator with its interval at cli->level; `method` is of enum mig_proportion_method, mig_ratio_method
 * or mig_rate_method, as `kind` says (not MIG_MEAN). Where the sums do not allow an interval (not whole numbers,
 * above 10^15) or a quotient, the note says so. Other faults end the command. */
struct mig_estimate mig_cli_estimate(struct mig_cli *cli, enum mig_estimate_kind kind, int method,
    const struct mig_sum *numerator, const struct mig_sum *denominator);

/* Why these sums can have no interval of their kind, or NULL; and their values. */
const char *mig_cli_counts(struct mig_cli *cli, enum mig_estimate_kind kind,
    const struct mig_sum *numerator, const struct mig_sum *denominator, double *x, double *y);

/* The one for rows of which nothing is known. */
struct mig_estimate mig_cli_estimate_missing(void);

/* Its cells estimate, std_error, conf_low and conf_high, per --unit, and conf_level where there is an interval. */
void mig_cli_write_estimate(struct mig_cli *cli, const struct mig_estimate *estimate);
/* The same, per `unit`, for what --unit is no matter of. */
void mig_cli_write_estimate_per(struct mig_cli *cli, const struct mig_estimate *estimate, double unit);

#endif
