/* Quantiles of a sample, and the median's distribution-free interval. */
#ifndef MIGSTAT_STATS_QUANTILE_H
#define MIGSTAT_STATS_QUANTILE_H

#include <stddef.h>

#include "estimate.h"

/* The quantile at probability `p`, in `out->estimate`, by one of the nine definitions of Hyndman & Fan. `method` reads
 * "type-7". 1: inverse of the empirical distribution; 2: the same, averaging at steps (SAS 5); 3: the nearest even
 * order statistic; 4: linear in the empirical distribution; 5: Hazen; 6: Weibull (SPSS, Minitab); 7: the default of R and
 * numpy; 8: median-unbiased, which the authors recommend; 9: approximately unbiased for a normal distribution.
 *
 * Shapes:  `values` ascending, `n` of them.
 * Missing: n = 0: NaN with a note.
 * Errors:  MIG_ARGUMENT: p outside [0, 1], no such type. `*out` is then untouched.
 * Source:  Hyndman & Fan 1996, The American Statistician 50:361-365; where n p + m comes within 4 epsilon of a whole
 *          number it is one (but for type 7), as R has it; docs/methods.md#quantiles.
 */
MIG_API enum mig_status MIG_MUST_USE mig_quantile(const double *values, size_t n, double p, int type,
    struct mig_estimate *out, struct mig_error *error);

/* The same where value i stands there counts[i] times: whole numbers, whose sum is below 2^53. NULL: once. */
MIG_API enum mig_status MIG_MUST_USE mig_quantile_counted(const double *values, const double *counts,
    size_t n, double p, int type, struct mig_estimate *out, struct mig_error *error);

/* The weighted quantile: the smallest value at which the weights so far, W(x), reach p times their sum W (type 1), averaged
 * with the next value that has weight where they hit it exactly (type 2; within 4 epsilon of W). `method` reads "type-2-weighted".
 *
 * Shapes:  `values` ascending, `weights` theirs: finite, from 0 up.
 * Missing: no values, or weights that sum to 0: NaN with a note.
 * Errors:  MIG_ARGUMENT: p outside [0, 1], a type that is neither 1 nor 2.
 * Source:  docs/methods.md#quantiles.
 */
MIG_API enum mig_status MIG_MUST_USE mig_quantile_weighted(const double *values,
    const double *weights, size_t n, double p, int type, struct mig_estimate *out,
    struct mig_error *error);

/* The median as mig_quantile() gives it at 1/2, with an interval that holds whatever the (continuous) distribution: the k-th
 * smallest and the k-th largest value, k the largest with P(B < k) < (1 - level) / 2 for B binomial of n and 1/2. It covers
 * the median at least as often as `level` says. `method` reads "type-7 order-statistics".
 *
 * Missing: n = 0: all NaN. Too few values for the level (at 0.95 fewer than 6): no limits. Both with a note.
 * Errors:  MIG_ARGUMENT: a level outside (0, 1), no such type.
 * Source:  Thompson 1936, Ann. Math. Stat. 7:122-128; David & Nagaraja 2003, Order Statistics, 7.1;
 *          docs/methods.md#median.
 */
MIG_API enum mig_status MIG_MUST_USE mig_median(const double *values, size_t n, double level, int type,
    struct mig_estimate *out, struct mig_error *error);

/* The same where value i stands there counts[i] times. */
MIG_API enum mig_status MIG_MUST_USE mig_median_counted(const double *values, const double *counts,
    size_t n, double level, int type, struct mig_estimate *out, struct mig_error *error);

/* The weighted median as mig_quantile_weighted() gives it at 1/2, with Woodruff's interval: F being the weighted share of
 * the values that are at most the median m, its limits F(m) -+ t s.e. are turned into the weighted quantiles at them. The
 * standard error is that of a ratio, as in mig_moments_mean(): sqrt(n / (n - 1) sum w^2 (1(x <= m) - F)^2) / sum w, and t
 * has `df` n - 1. `method` reads "type-2-weighted woodruff". It takes the weights as those of cases drawn independently,
 * with replacement.
 *
 * Shapes:  as in mig_quantile_weighted().
 * Missing: no values, or weights that sum to 0: all NaN. A limit of F outside 0 and 1, one value with weight, more than
 *          half of the weight on the largest value (F is 1): neither limits nor `df`. All with a note.
 * Errors:  MIG_ARGUMENT: a level outside (0, 1), a type that is neither 1 nor 2.
 * Source:  Woodruff 1952, JASA 47:635-646; Francisco & Fuller 1991, Ann. Stat. 19:454-469; docs/methods.md#median.
 */
MIG_API enum mig_status MIG_MUST_USE mig_median_weighted(const double *values,
    const double *weights, size_t n, double level, int type, struct mig_estimate *out,
    struct mig_error *error);

#endif
