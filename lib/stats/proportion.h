/* Confidence intervals of one proportion: x of n, such as those assisted among those who returned.
 *
 * The n cases are taken as independent, each with the same unknown probability. A count of everybody is a
 * sample in this sense only if the question is about the process behind the count.
 */
#ifndef MIGSTAT_STATS_PROPORTION_H
#define MIGSTAT_STATS_PROPORTION_H

#include "estimate.h"

enum mig_proportion_method {
    MIG_PROPORTION_WILSON, /* the score interval: right on average, short */
    MIG_PROPORTION_EXACT,  /* Clopper-Pearson: covers at least `level`, longer */
    MIG_PROPORTION_WILSON_CC,     /* the score interval with continuity correction: near the exact one */
    MIG_PROPORTION_JEFFREYS,      /* Bayes, prior Beta(1/2, 1/2): right on average */
    MIG_PROPORTION_AGRESTI_COULL, /* centred like Wilson's, wider: for those who must compute by hand */
};

/* The names of the methods, in the order of the enum, ended by NULL: "wilson", "exact", "wilson-cc", "jeffreys", "agresti-coull". */
MIG_API extern const char *const mig_proportion_methods[];

/* The proportion x / n, its standard error, and an interval at `level`.
 *
 * Shapes:  `x` and `n` are counts held in doubles: whole numbers, 0 <= x <= n <= 1e15.
 * Units:   a share between 0 and 1. The limits never leave [0, 1]; the low one is exactly 0 at x = 0 and the
 *          high one exactly 1 at x = n.
 * Missing: at n = 0 all is NaN, with a note. `std_error` is sqrt(p (1 - p) / n); at x = 0 and x = n that
 *          formula gives 0, which would claim certainty: it is NaN there, with a note, while the interval stands.
 * Errors:  MIG_ARGUMENT: a level outside (0, 1), a count that is negative, not whole or too large, x > n, no
 *          such method. `*out` is then untouched.
 */
MIG_API enum mig_status MIG_MUST_USE mig_proportion(enum mig_proportion_method method, double x, double n,
    double level, struct mig_estimate *out, struct mig_error *error);

/* mig_proportion() with the score interval without continuity correction; `method` reads "wilson".
 *
 * (2x + z^2 -+ z sqrt(z^2 + 4x(1 - x/n))) / (2(n + z^2)), z the normal quantile; the low limit is computed as
 * 2x^2 / (n (2x + z^2 + z sqrt(..))), which is equal and does not cancel.
 * Source: Wilson 1927, JASA 22:209-212; method 3 of Newcombe 1998, Stat Med 17:857-872;
 *         docs/methods.md#proportions.
 */
MIG_API enum mig_status MIG_MUST_USE mig_proportion_wilson(double x, double n, double level,
    struct mig_estimate *out, struct mig_error *error);

/* mig_proportion() with the exact binomial interval; `method` reads "clopper-pearson".
 *
 * With a = 1 - level: the a/2 quantile of Beta(x, n-x+1), the 1 - a/2 quantile of Beta(x+1, n-x).
 * Source: Clopper & Pearson 1934, Biometrika 26:404-413; docs/methods.md#proportions.
 */
MIG_API enum mig_status MIG_MUST_USE mig_proportion_exact(double x, double n, double level,
    struct mig_estimate *out, struct mig_error *error);

/* The other methods, by mig_proportion():
 *
 * "wilson-cc": the score limits with Yates' correction, which are Wilson's low limit at x - 1/2 and his high one at
 * x + 1/2. R's prop.test() leaves the correction out where x is exactly n / 2; here it is always made.
 * Source: method 4 of Newcombe 1998, Stat Med 17:857-872.
 *
 * "jeffreys": a/2 and 1 - a/2 quantiles of Beta(x + 1/2, n - x + 1/2), with 0 at x = 0 and 1 at x = n.
 * Source: Brown, Cai & DasGupta 2001, Stat Sci 16:101-133, sec. 3.1 and 4.1.
 *
 * "agresti-coull": p~ -+ z sqrt(p~ (1 - p~) / n~), n~ = n + z^2, p~ = (x + z^2/2) / n~. Where that leaves [0, 1], as
 * it does near the ends, it is cut off there.
 * Source: Agresti & Coull 1998, Am Stat 52:119-126; Brown, Cai & DasGupta 2001. */

#endif
