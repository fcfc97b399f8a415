/* The mean of values, such as months from return to reintegration. */
#ifndef MIGSTAT_STATS_MEAN_H
#define MIGSTAT_STATS_MEAN_H

#include <stddef.h>

#include "estimate.h"

/* The mean, its standard error sd / sqrt(N), `df` N - 1 and the t interval at `level`. `method` reads "t".
 *
 * The values are taken as independent and drawn from one distribution; the interval leans on the central limit theorem,
 * so it is rough for few values that are skewed.
 *
 * Shapes:  `values` has `n` entries, each occurring `counts[i]` times: whole numbers from 0 to 1e15, whose sum is N.
 * Missing: N = 0: all NaN. N = 1, or all values equal (a spread of 0 would claim certainty): the mean stands, the
 *          rest is NaN. The note says which.
 * Errors:  MIG_ARGUMENT: a level outside (0, 1), a value that is not finite, a count that is none. `*out` is then
 *          untouched.
 * Source:  sums in two passes, the second with the correction of Chan, Golub & LeVeque 1983, Am Stat 37:242-247;
 *          docs/methods.md#means.
 */
MIG_API enum mig_status MIG_MUST_USE mig_mean(const double *values, const double *counts, size_t n,
    double level, struct mig_estimate *out, struct mig_error *error);

#endif
