/* Quotients of cases that come in clusters: persons who return as a family, cases of one village or one programme.
 * They are alike, so that the intervals for independent cases are too short.
 */
#ifndef MIGSTAT_STATS_CLUSTER_H
#define MIGSTAT_STATS_CLUSTER_H

#include <stddef.h>

#include "estimate.h"

enum mig_cluster_scale {
    MIG_CLUSTER_PLAIN, /* limits estimate -+ t s.e.: means */
    MIG_CLUSTER_LOG,   /* of the logarithm: rates and ratios, never below 0 */
    MIG_CLUSTER_LOGIT, /* of the log odds: shares, never outside 0 and 1 */
};

/* The quotient R = sum y / sum x over clusters, with the variance that holds whatever the cases of a cluster have to do
 * with each other: m / (m - 1) * sum (y_c - R x_c)^2 / (sum x)^2 over m clusters. `method` reads "cluster-robust".
 *
 * A part of the cases (a region, a sex) is a domain: clusters without a case in it are zeros, drawn like the others, and count
 * in m. The limits are t limits on the scale named, mapped back, with `df` one less than the clusters that have cases. The
 * clusters are taken as independent draws; with fewer than about 30 of them the interval is rough.
 *
 * Shapes:  `y` and `x` have `n` entries, one for each cluster that has cases: a share has the cases in x and those counted in
 *          y. `all` is m: `n`, or more where these are a part.
 * Missing: sum x = 0: all NaN. n < 2, a variance of 0 (every cluster has the same quotient, up to the rounding of decimals
 *          to doubles), or a quotient at the end of its scale (0, or a share of 1): the estimate stands, the rest is NaN.
 *          The note says which.
 * Errors:  MIG_ARGUMENT: a level outside (0, 1), an entry that is not finite, an x below 0, `all` < `n`. `*out` is then untouched.
 * Source:  Cochran 1977, Sampling Techniques, 3rd ed., sec. 2.11 and 9A.1 (ratio to size); Binder 1983, Int Stat
 *          Rev 51:279-292; domains: Cochran 1977, sec. 2.13, as survey's svyby() in R; docs/methods.md#clusters.
 */
MIG_API enum mig_status MIG_MUST_USE mig_cluster_quotient(enum mig_cluster_scale scale, const double *y,
    const double *x, size_t n, size_t all, double level, struct mig_estimate *out, struct mig_error *error);

#endif
