/* Moments: what mean, variance and range of a column need, exact and in the memory of a few numbers.
 *
 * The moments of a whole are those of its parts added up (minimum and maximum taken), in any order; no digit is lost
 * until a statistic is computed from them (stats/summary.h). With weights w the sums are weighted: sum is that of
 * w x, sum2 that of w x^2; and those of w, w^2, w^2 x and w^2 x^2 are kept, which the standard error of a weighted mean
 * needs.
 */
#ifndef MIGSTAT_BASE_MOMENTS_H
#define MIGSTAT_BASE_MOMENTS_H

#include "sum.h"

enum mig_moment {
    MIG_MOMENT_SUM,
    MIG_MOMENT_SUM2,
    MIG_MOMENT_MIN, /* of the values; not meaningful while n is 0 */
    MIG_MOMENT_MAX,
    MIG_MOMENT_W, /* from here on only with weights */
    MIG_MOMENT_W2,
    MIG_MOMENT_W2_SUM,
    MIG_MOMENT_W2_SUM2,
    MIG_MOMENTS
};
#define MIG_MOMENTS_PLAIN MIG_MOMENT_W /* how many there are without weights */

/* Zero-initialised is the moments of nothing; release after use. */
struct mig_moments {
    uint64_t n;    /* values, whatever their weight */
    bool weighted; /* set by the first value; the same for all */
    struct mig_sum sums[MIG_MOMENTS];
};

/* Adds one value; `weight` is NULL without weights. Errors: MIG_NO_MEMORY; MIG_LIMIT when n passes 2^64 - 1. */
MIG_API enum mig_status MIG_MUST_USE mig_moments_add(struct mig_moments *moments,
    const struct mig_decimal *value, const struct mig_decimal *weight, struct mig_error *error);

/* Adds the moments of another part. Errors: as mig_moments_add(). */
MIG_API enum mig_status MIG_MUST_USE mig_moments_add_moments(struct mig_moments *moments,
    const struct mig_moments *part, struct mig_error *error);

/* Adds one value `times` times, without weight. Errors: as mig_moments_add(). */
MIG_API enum mig_status MIG_MUST_USE mig_moments_add_times(struct mig_moments *moments,
    const struct mig_decimal *value, uint64_t times, struct mig_error *error);

MIG_API void mig_moments_release(struct mig_moments *moments);

/* What skewness and kurtosis need beside the moments, as exact: the sums of x^3 and x^4, or of w x^3 and w x^4.
 * Zero-initialised is that of nothing; release after use. */
struct mig_powers {
    struct mig_sum cubes, fourths;
};

/* Adds one value; `weight` is NULL without weights, or says how often the value stands there. Errors: MIG_NO_MEMORY. */
MIG_API enum mig_status MIG_MUST_USE mig_powers_add(struct mig_powers *powers,
    const struct mig_decimal *value, const struct mig_decimal *weight, struct mig_error *error);

/* Takes NULL too. */
MIG_API void mig_powers_release(struct mig_powers *powers);

#endif
