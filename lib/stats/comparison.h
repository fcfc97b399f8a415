/* Comparisons of two groups: ratio and difference of two shares or two rates, with tests that they are equal. The ratio of
 * two rates with its tests is mig_ratio() (ratio.h).
 *
 * The two groups are independent and have no case in common: a region against a total that holds it is no such pair.
 */
#ifndef MIGSTAT_STATS_COMPARISON_H
#define MIGSTAT_STATS_COMPARISON_H

#include "estimate.h"

/* Two groups. Of shares: x cases out of n, counts. Of rates: x events, a count, in an exposure n, finite from 0 up. */
struct mig_pair {
    double x1, n1; /* the group */
    double x2, n2; /* what it is compared with */
};

/* The difference of shares x1/n1 - x2/n2, with Newcombe's interval; `method` reads "newcombe".
 *
 * With Wilson's limits l, u of each share: d - sqrt((p1 - l1)^2 + (u2 - p2)^2), d + sqrt((u1 - p1)^2 + (p2 - l2)^2).
 * `statistic` and `p_value` are those of the score test: d / sqrt(p (1 - p) (1/n1 + 1/n2)), p the pooled share; its
 * square is Pearson's chi-squared without correction. `std_error` is sqrt(p1 (1 - p1)/n1 + p2 (1 - p2)/n2).
 *
 * Missing: n1 or n2 0: all NaN. Nobody or everybody in both: no test. Both shares 0 or 1: no standard error. The
 *          first of these is named in the note; the interval stands in the last two.
 * Errors:  MIG_ARGUMENT: a level outside (0, 1), a count that is none, x > n. `*out` is then untouched.
 * Source:  method 10 of Newcombe 1998, Stat Med 17:873-890; docs/methods.md#comparisons.
 */
MIG_API enum mig_status MIG_MUST_USE mig_share_difference(const struct mig_pair *pair, double level,
    struct mig_estimate *out, struct mig_error *error);

/* The ratio of shares (x1/n1) / (x2/n2) with the score interval; `method` reads "score".
 *
 * The limits are the ratios R that the score test does not reject: the roots of |p1 - R p2| = z sqrt(q1 (1 - q1)/n1 +
 * R^2 q2 (1 - q2)/n2), with q1 = R q2 the shares that are most likely where the ratio is R. Iterated to rounding.
 * `statistic` and `p_value` as in mig_share_difference(): the two are of one mind. `std_error` is by the delta method,
 * ratio * sqrt(1/x1 - 1/n1 + 1/x2 - 1/n2).
 *
 * Missing: n1 or n2 0, or x1 and x2 0: all NaN. x2 = 0: the estimate is NaN and the high limit infinite, the low limit
 *          stands. x1 = 0: the estimate and the low limit are 0, the standard error is NaN. The note says which.
 * Source:  Koopman 1984, Biometrics 40:513-517; Miettinen & Nurminen 1985, Stat Med 4:213-226, eq. 10, without their
 *          factor N/(N - 1); docs/methods.md#comparisons.
 */
MIG_API enum mig_status MIG_MUST_USE mig_share_ratio(const struct mig_pair *pair, double level,
    struct mig_estimate *out, struct mig_error *error);

/* Fisher's exact test that two shares are equal: estimate and standard error as in mig_share_ratio(), no interval, and
 * the two-sided `p_value` (mig_fisher_two_sided()). `method` reads "fisher-exact".
 *
 * Source: Fisher 1935, JRSS 98:39-82; docs/methods.md#comparisons.
 */
MIG_API enum mig_status MIG_MUST_USE mig_share_fisher(const struct mig_pair *pair, double level,
    struct mig_estimate *out, struct mig_error *error);

/* The difference of rates x1/n1 - x2/n2 with standard error sqrt(x1/n1^2 + x2/n2^2) and normal limits; `method` reads
 * "wald". `statistic` and `p_value` are those of the conditional score test (mig_ratio() by MIG_RATIO_WILSON).
 *
 * Missing: an exposure 0: all NaN. Both counts 0: no interval and no test. The note says which.
 * Source:  Rothman, Greenland & Lash 2008, Modern Epidemiology, 3rd ed., ch. 14; docs/methods.md#comparisons.
 */
MIG_API enum mig_status MIG_MUST_USE mig_rate_difference(const struct mig_pair *pair, double level,
    struct mig_estimate *out, struct mig_error *error);

#endif
