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

enum mig_ratio_method {
    MIG_RATIO_EXACT,   /* conditional on the total, Clopper-Pearson: covers at least `level` */
    MIG_RATIO_WILSON,  /* conditional on the total, Wilson: right on average */
    MIG_RATIO_DELTA,   /* normal on the log scale: for large counts, none at 0 */
    MIG_RATIO_FIELLER, /* normal on the scale of the counts: may be unbounded */
    MIG_RATIO_MIDP,    /* the exact tails with half the weight of the observed count: shorter */
};

/* The names of the methods, in the order of the enum, ended by NULL: "exact", "wilson", "delta", "fieller",
 * "midp". */
MIG_API extern const char *const mig_ratio_methods[];

/* mig_ratio_exact() by another method. With z the normal quantile, and for counts (exposures scale all):
 *
 * "conditional-wilson": Wilson's limits of the share x / (x + y), mapped by p / (1 - p).
 * "delta-log": ratio * exp(-+ z sqrt(1/x + 1/y)).
 * "conditional-midp": the ratios at which P(X > x) + P(X = x)/2, or P(X < x) + P(X = x)/2, is (1 - level)/2, X being
 * binomial given the total; iterated to rounding.
 * "fieller": the roots R of (y^2 - z^2 y) R^2 - 2xy R + (x^2 - z^2 x) = 0, a root below 0 being 0.
 *
 * `p_value` is two-sided and tests the ratio 1 as the interval does. Exact: twice the smaller binomial tail, at
 * most 1; mid-p: the same of the mid-p tails. Wilson: `statistic` is (x - mu) / sqrt(mu (1 - q)), mu = (x + y) q, q = x_exposure / (x_exposure +
 * y_exposure). Delta: `statistic` is log ratio / sqrt(1/x + 1/y). Fieller: none.
 *
 * Missing: as below, and: at x = 0 or y = 0 delta-log and fieller have no limits; fieller has none where y <= z^2, when
 *          every ratio, or all but a middle piece, would be inside. The note says so.
 * Errors:  as below, and no such method.
 * Source:  Fieller 1954, JRSS B 16:175-185; Lancaster 1961, JASA 56:223-234 (mid-p); docs/methods.md#ratios.
 */
MIG_API enum mig_status MIG_MUST_USE mig_ratio(enum mig_ratio_method method, double x, double x_exposure,
    double y, double y_exposure, double level, struct mig_estimate *out, struct mig_error *error);

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
