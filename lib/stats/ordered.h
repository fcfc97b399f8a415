/* Does a share or a rate rise or fall from group to ordered group: with age, with distance, with time since return? */
#ifndef MIGSTAT_STATS_ORDERED_H
#define MIGSTAT_STATS_ORDERED_H

#include <stddef.h>

#include "estimate.h"

/* The test of Cochran and Armitage for a trend of shares x/n over `scores`. `method` reads "cochran-armitage".
 *
 * `estimate` is the weighted least-squares slope of the share, sum n (s - S)(x/n - p) / sum n (s - S)^2, S the mean score
 * and p the share of all; `statistic` is slope / sqrt(p (1 - p) / sum n (s - S)^2), normal where there is no trend
 * (its square is the usual chi-squared of 1 degree of freedom). `std_error` is that root. No interval: the error is
 * that of the hypothesis.
 *
 * Shapes:  `x`, `n` and `scores` have `groups` entries; counts, x <= n; scores are finite. Groups with n = 0 do not matter.
 * Units:   the slope is per unit of score.
 * Missing: nobody or everybody counted, or all scores of groups with cases equal: no test, with a note.
 * Errors:  MIG_ARGUMENT: a count that is none, x > n, a score that is not finite. `*out` is then untouched.
 * Source:  Armitage 1955, Biometrics 11:375-386; Cochran 1954, Biometrics 10:417-451; docs/methods.md#ordered-groups.
 */
MIG_API enum mig_status MIG_MUST_USE mig_trend_of_shares(const double *x, const double *n,
    const double *scores, size_t groups, struct mig_estimate *out, struct mig_error *error);

/* The same for rates of events x over exposures n, given their total X: the slope is sum n (s - S)(x/n - r) / sum n (s -
 * S)^2, r the rate of all, and its standard error without a trend sqrt(r / sum n (s - S)^2). `method` reads
 * "poisson-trend".
 * Source: Breslow & Day 1987, Statistical Methods in Cancer Research II, eq. 3.12. */
MIG_API enum mig_status MIG_MUST_USE mig_trend_of_rates(const double *x, const double *n,
    const double *scores, size_t groups, struct mig_estimate *out, struct mig_error *error);

#endif
