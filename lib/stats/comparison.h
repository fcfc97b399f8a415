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

enum mig_difference_method {
    MIG_DIFFERENCE_NEWCOMBE,           /* of shares: from Wilson's limits of the two */
    MIG_DIFFERENCE_MIETTINEN_NURMINEN, /* of shares or rates: the score interval */
    MIG_DIFFERENCE_WALD,               /* estimate -+ z s.e.: for large counts only */
};

/* The difference of shares x1/n1 - x2/n2; `method` reads "newcombe", "miettinen-nurminen" or "wald".
 *
 * newcombe, with Wilson's limits l, u of each share: d - sqrt((p1 - l1)^2 + (u2 - p2)^2), d + sqrt((u1 - p1)^2 + (p2 - l2)^2).
 * It belongs to no test. miettinen-nurminen: the differences D that the score test does not
 * reject, |d - D| = z sqrt(N/(N-1) (q1 (1 - q1)/n1 + q2 (1 - q2)/n2)), q1 = q2 + D the shares that are most likely where the
 * difference is D; `statistic` and `p_value` are of D = 0. wald: d -+ z s.e., with the test d / s.e.; it may leave [-1, 1].
 * `std_error` is sqrt(p1 (1 - p1)/n1 + p2 (1 - p2)/n2). The difference is that of exact products: no digit is lost where
 * the shares are nearly equal.
 *
 * Missing: n1 or n2 0: all NaN. Nobody or everybody in both: no test. A share of 0 or 1: no standard error, for it has no
 *          variance to estimate; by wald there are then neither limits nor test. The first of these is named in the note; the
 *          other intervals stand.
 * Errors:  MIG_ARGUMENT: a level outside (0, 1), a count that is none, x > n, no such method. `*out` is then untouched.
 * Source:  newcombe: method 10 of Newcombe 1998, Stat Med 17:873-890; Miettinen & Nurminen 1985, Stat Med 4:213-226, eq.
 *          7 and 9; docs/methods.md#comparisons.
 */
MIG_API enum mig_status MIG_MUST_USE mig_share_difference(enum mig_difference_method method,
    const struct mig_pair *pair, double level, struct mig_estimate *out, struct mig_error *error);

enum mig_share_ratio_method {
    MIG_SHARE_RATIO_SCORE, /* right on average, also for small counts */
    MIG_SHARE_RATIO_DELTA, /* normal on the log scale: for large counts, none at 0 */
};

/* The ratio of shares (x1/n1) / (x2/n2) ; `method` reads "score" or "delta-log".
 *
 * score: the limits are the ratios R that the score test does not reject: the roots of |p1 - R p2| = z sqrt(q1 (1 - q1)/n1 +
 * R^2 q2 (1 - q2)/n2), with q1 = R q2 the shares that are most likely where the ratio is R. Iterated to rounding.
 * delta-log: ratio * exp(-+ z sqrt(1/x1 - 1/n1 + 1/x2 - 1/n2)).
 * `statistic` and `p_value` of score: d / sqrt(p (1 - p) (1/n1 + 1/n2)), p the pooled share, of one mind with the interval; its
 * square is Pearson's chi-squared without correction. Of delta-log: log(ratio) over its standard error. `std_error` is by the delta method,
 * ratio * sqrt(1/x1 - 1/n1 + 1/x2 - 1/n2).
 *
 * Missing: n1 or n2 0, or x1 and x2 0: all NaN. x2 = 0: the estimate is NaN and the high limit infinite, the low limit
 *          stands. x1 = 0: the estimate and the low limit are 0, the standard error is NaN; so it is where a share
 *          is 1. By delta-log there are no limits and no test in any of these cases. The note says which.
 * Errors:  as above.
 * Source:  Koopman 1984, Biometrics 40:513-517; Miettinen & Nurminen 1985, Stat Med 4:213-226, eq. 10, without their
 *          factor N/(N - 1); delta-log: Katz, Baptista, Azen & Pike 1978, Biometrics 34:469-474; docs/methods.md#comparisons.
 */
MIG_API enum mig_status MIG_MUST_USE mig_share_ratio(enum mig_share_ratio_method method,
    const struct mig_pair *pair, double level, struct mig_estimate *out, struct mig_error *error);

enum mig_odds_ratio_method {
    MIG_ODDS_RATIO_EXACT, /* conditional on all margins, with Fisher's test: covers at least `level` */
    MIG_ODDS_RATIO_WOOLF, /* normal on the log scale: for large counts, none at 0 */
    MIG_ODDS_RATIO_MIDP,  /* the exact tails with half the weight of the observed count: shorter */
};

/* The ratio of the odds x1/(n1 - x1) and x2/(n2 - x2); `method` reads "fisher-exact", "woolf" or "fisher-midp".
 *
 * fisher-exact: mig_fisher_odds_ratio() of the four counts, two-sided. fisher-midp: mig_fisher_midp(). woolf: ratio * exp(-+ z s), s the square root of the
 * sum of the inverses of the four counts, `std_error` ratio * s, `statistic` log(ratio) / s.
 *
 * Missing: n1 or n2 0, or nobody or everybody counted in both groups: all NaN. By woolf, where one of the four counts is 0,
 *          no limits and no standard error; the estimate stands where it is finite. By the others, x1 = n1 or x2 = 0: estimate
 *          and high limit infinite; a sum n1 + n2 above 1e12: the p-value alone. The note says which.
 * Errors:  as above.
 * Source:  Woolf 1955, Ann. Hum. Genet. 19:251-253; fisher.h; docs/methods.md#comparisons.
 */
MIG_API enum mig_status MIG_MUST_USE mig_share_odds_ratio(enum mig_odds_ratio_method method,
    const struct mig_pair *pair, double level, struct mig_estimate *out, struct mig_error *error);

/* The difference of rates x1/n1 - x2/n2 with standard error sqrt(x1/n1^2 + x2/n2^2); `method` reads "wald" or
 * "miettinen-nurminen".
 *
 * wald: normal limits, and the test estimate / s.e. miettinen-nurminen: the differences D that the score test does not reject, |d - D| = z sqrt(r1/n1 +
 * r2/n2), r1 = r2 + D the rates that are most likely where the difference is D. `statistic` and `p_value` are those
 * of the score test of D = 0, which is the conditional one (mig_ratio() by MIG_RATIO_WILSON).
 *
 * Missing: an exposure 0: all NaN. Both counts 0: no test. One count of 0, which has no variance to estimate: no
 *          standard error, and by wald neither limits nor test. The note says which.
 * Errors:  as above; MIG_DIFFERENCE_NEWCOMBE is no method for rates.
 * Source:  Rothman, Greenland & Lash 2008, Modern Epidemiology, 3rd ed., ch. 14; Miettinen & Nurminen 1985, eq. 11;
 *          docs/methods.md#comparisons.
 */
MIG_API enum mig_status MIG_MUST_USE mig_rate_difference(enum mig_difference_method method,
    const struct mig_pair *pair, double level, struct mig_estimate *out, struct mig_error *error);

#endif
