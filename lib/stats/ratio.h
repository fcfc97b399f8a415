/* The ratio of two separate counts or rates: returns over departures of a year, one district's rate over
 * another's.
 *
 * The numerator is no subset of the denominator: both are Poisson counts and both are uncertain. For a subset
 * see proportion.h. When the two counts are about the same persons at different times, the ratio of a period
 * is not the share that ever returns.
 */
#ifndef MIGSTAT_STATS_RATIO_H
#define MIGSTAT_STATS_RATIO_H

#include "estimate.h"

/* The ratio (x / x_exposure) / (y / y_exposure), its standard error, and the exact interval at `level`. For a
 * plain ratio of counts pass 1 for both exposures. `method` reads "conditional-exact".
 *
 * Given the total x + y, x is binomial with probability p, and p / (1 - p) is the ratio of the expected
 * counts: the interval is Clopper and Pearson's for p, mapped by p / (1 - p). `std_error` is on the scale of
 * the ratio, by the delta method: ratio * sqrt(1/x + 1/y).
 *
 * Shapes:  `x` and `y` are counts in doubles, whole numbers from 0 to 1e15; exposures are finite, from 0 up.
 * Missing: `note` says which of these holds. x and y both 0, or an exposure 0: all NaN. y = 0: the estimate and
 *          its standard error are NaN, the high limit is infinite, the low limit stands. x = 0: the
 *          estimate is 0 and the low limit exactly 0, the standard error is NaN.
 * Errors:  MIG_ARGUMENT: a level outside (0, 1), a count or an exposure that is none. `*out` is then untouched.
 * Source:  Przyborowski & Wilenski 1940, Biometrika 31:313-323; Clopper & Pearson 1934, Biometrika 26:404-413;
 *          docs/methods.md#ratios.
 */
MIG_API enum mig_status MIG_MUST_USE mig_ratio_exact(double x, double x_exposure, double y,
    double y_exposure, double level, struct mig_estimate *out, struct mig_error *error);

#endif
