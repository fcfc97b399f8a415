/* What one column of numbers is like: mean, standard deviation, skewness, kurtosis. */
#ifndef MIGSTAT_STATS_SUMMARY_H
#define MIGSTAT_STATS_SUMMARY_H

#include <stddef.h>

#include "../base/moments.h"
#include "estimate.h"

/* Why the moments tell nothing, in `*note`, or NULL: no values, weights that sum to 0, or moments that are no one's, such as
 * n S2 < S^2, a mean that is not between minimum and maximum, or squares that values from minimum to maximum, both among
 * them, can not have. Errors: MIG_NO_MEMORY. */
MIG_API enum mig_status MIG_MUST_USE mig_moments_check(const struct mig_moments *moments,
    const char **note, struct mig_error *error);

/* The mean, its standard error, and Student's interval at `level` (df = n - 1). `method` reads "t"; with weights
 * "t-weighted".
 *
 * From exact moments, by integers, with one rounding each: S / n and sqrt((n S2 - S^2) / (n^2 (n - 1))), where S and S2
 * are the sums of x and x^2. With weights w the mean m is sum wx / sum w, and its standard error that of a ratio, by
 * linearisation: sqrt(n / (n - 1) sum w^2 (x - m)^2) / sum w, as for a survey with probability weights drawn with
 * replacement.
 *
 * Missing: where mig_moments_check() has a note: all NaN. n = 1, one value with weight, or all equal: no standard error, no
 *          interval. Beyond the largest
 *          double: infinite. All with a note.
 * Errors:  MIG_ARGUMENT: a level outside (0, 1); MIG_NO_MEMORY.
 * Source:  docs/methods.md#moments; weights: Cochran 1977, Sampling Techniques, 6.4; Särndal, Swensson & Wretman
 *          1992, 5.7.
 */
MIG_API enum mig_status MIG_MUST_USE mig_moments_mean(const struct mig_moments *moments, double level,
    struct mig_estimate *out, struct mig_error *error);

/* The standard deviation with n - 1, in `out->estimate`: sqrt((n S2 - S^2) / (n (n - 1))); `method` reads "n-1". With
 * weights sqrt(n / (n - 1) sum w (x - m)^2 / sum w), which does not depend on the scale of the weights; "n-1-weighted".
 *
 * Missing: n < 2, one value with weight, or a note of mig_moments_check(): NaN with a note.
 * Errors:  MIG_NO_MEMORY.
 */
MIG_API enum mig_status MIG_MUST_USE mig_moments_deviation(const struct mig_moments *moments,
    struct mig_estimate *out, struct mig_error *error);

/* Three definitions circulate, with m_r the mean of (x - mean)^r and s the standard deviation with n - 1:
 * type 1 (Stata, moments): g1 = m3 / m2^(3/2) and g2 = m4 / m2^2 - 3;
 * type 2 (SAS, SPSS, Excel): G1 = g1 sqrt(n (n-1)) / (n-2) and G2 = ((n+1) g2 + 6) (n-1) / ((n-2)(n-3));
 * type 3 (Minitab, R e1071's default): b1 = m3 / s^3 and b2 = m4 / s^4 - 3. */
enum mig_shape_type { MIG_SHAPE_1 = 1, MIG_SHAPE_2, MIG_SHAPE_3 };

/* Skewness and excess kurtosis (0 for a normal distribution), in `estimate`; `method` reads "type-2". With weights there
 * is type 1 alone, m_r being weighted means, and `method` reads "type-1-weighted".
 *
 * From exact sums: type 1 is rounded once, with S1 to S4 the sums of x to x^4 it is B / A^(3/2) and C / A^2 - 3, where
 * A = n S2 - S1^2, B = n^2 S3 - 3 n S1 S2 + 2 S1^3, C = n^3 S4 - 4 n^2 S1 S3 + 6 n S1^2 S2 - 3 S1^4.
 *
 * Missing: too few values (1 for types 1 and 3, 2 for the skewness and 3 for the kurtosis of type 2), all equal, one with
 *          weight, or weights that sum to 0: NaN with a note.
 * Errors:  MIG_NO_MEMORY.
 * Source:  Joanes & Gill 1998, The Statistician 47:183-189; docs/methods.md#skewness-and-kurtosis.
 */
MIG_API enum mig_status MIG_MUST_USE mig_moments_shape(const struct mig_moments *moments,
    const struct mig_powers *powers, enum mig_shape_type type, struct mig_estimate *skewness,
    struct mig_estimate *kurtosis, struct mig_error *error);

#endif
