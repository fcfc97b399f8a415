/* Two groups compared within strata: one ratio for all strata, and whether one ratio fits them all. What differs between
 * the strata, such as age, then does not disturb the comparison.
 *
 * A stratum is a struct mig_pair. One that can say nothing (no case on one side; nobody or everybody counted, where shares
 * are concerned) takes no part and is not counted in the degrees of freedom.
 */
#ifndef MIGSTAT_STATS_STRATA_H
#define MIGSTAT_STATS_STRATA_H

#include <stdbool.h>
#include <stddef.h>

#include "comparison.h"

/* The strata that a comparison rests on: the others have no case on one side, or, where `both_ways`, as odds are, nobody or
 * everybody counted; without it, nobody counted. */
MIG_API bool mig_stratum_speaks(const struct mig_pair *stratum, bool both_ways);

/* The test that goes with a common ratio, that it is 1: (sum(x1 - E))^2 / sum(V), chi-squared of 1 degree of freedom, or with the
 * excess made shorter by 1/2, or to 0. The first agrees with the interval; the second with the exact test, and is the larger p-value of the two. */
enum mig_strata_method {
    MIG_STRATA_MANTEL_HAENSZEL,
    MIG_STRATA_MANTEL_HAENSZEL_CC, /* with continuity correction */
};

/* The names of the methods, in the order of the enum, ended by NULL: "mantel-haenszel", "mantel-haenszel-cc". */
MIG_API extern const char *const mig_strata_methods[];

/* The common odds ratio of Mantel and Haenszel, with a = x1, b = n1 - x1, c = x2, d = n2 - x2, N = n1 + n2:
 * sum(ad/N) / sum(bc/N), the interval of Robins, Breslow and Greenland on the log scale, and the chi-squared test of
 * Mantel and Haenszel (`statistic`, `df` 1), E = (x1 + x2) n1/N, V = n1 n2 x (N - x)/(N^2 (N - 1)) with x = x1 + x2. `method`
 * reads as its name.
 *
 * Shapes:  `strata` has `n` entries, of counts.
 * Missing: no stratum that says anything: all NaN. One of the two sums 0: the estimate is 0 or NaN, and there is no
 *          interval; nor is there where the variance is 0 (everybody counted on both sides), which would claim certainty. The
 *          note says which; the test stands in the last cases, where it is one.
 * Errors:  MIG_ARGUMENT: a level outside (0, 1), a count that is none, x > n, no such method. `*out` is then untouched.
 * Source:  Mantel & Haenszel 1959, JNCI 22:719-748; Robins, Breslow & Greenland 1986, Biometrics 42:311-323;
 *          docs/methods.md#strata.
 */
MIG_API enum mig_status MIG_MUST_USE mig_strata_odds_ratio(enum mig_strata_method method,
    const struct mig_pair *strata, size_t n, double level, struct mig_estimate *out, struct mig_error *error);

/* The common ratio of shares: sum(x1 n2/N) / sum(x2 n1/N), with the variance of Greenland and Robins of its logarithm,
 * sum((n1 n2 (x1 + x2) - x1 x2 N)/N^2) = sum((n1 x1 (n2 - x2) + n2 x2 (n1 - x1))/N^2) / (sum(x1 n2/N) sum(x2 n1/N)). The rest as above; no
 * interval also where everybody is counted in one of the groups, whose variance would be taken for 0.
 * Source: Greenland & Robins 1985, Biometrics 41:55-68. */
MIG_API enum mig_status MIG_MUST_USE mig_strata_share_ratio(enum mig_strata_method method,
    const struct mig_pair *strata, size_t n, double level, struct mig_estimate *out, struct mig_error *error);

/* The common ratio of rates, n being exposures: sum(x1 n2/N) / sum(x2 n1/N), variance of its logarithm
 * sum((x1 + x2) n1 n2/N^2) / (sum(x1 n2/N) sum(x2 n1/N)); the test is (sum(x1 - E))^2 / sum(V), E = (x1 + x2) n1/N,
 * V = (x1 + x2) n1 n2/N^2. The rest as above.
 * Source: Greenland & Robins 1985; Rothman, Greenland & Lash 2008, ch. 15. */
MIG_API enum mig_status MIG_MUST_USE mig_strata_rate_ratio(enum mig_strata_method method,
    const struct mig_pair *strata, size_t n, double level, struct mig_estimate *out, struct mig_error *error);

/* Is the odds ratio the same in all strata? Breslow and Day's chi-squared without Tarone's correction: sum of (a - A)^2 / V,
 * A the cases expected where the odds ratio of a stratum is that of Mantel and Haenszel and the margins are kept, 1/V the
 * sum of the inverse expected cells; `df` strata - 1. `method` reads "breslow-day". A small p-value says that the common
 * ratio hides differences.
 *
 * Missing: fewer than 2 strata that say anything, or a common odds ratio of 0 or none: no test, with a note. `estimate`,
 *          standard error and limits are NaN, not promised.
 * Source:  Breslow & Day 1980, Statistical Methods in Cancer Research I, eq. 4.30. */
MIG_API enum mig_status MIG_MUST_USE mig_strata_odds_homogeneity(const struct mig_pair *strata, size_t n,
    struct mig_estimate *out, struct mig_error *error);

/* The same for ratios of rates: A = (x1 + x2) q, V = A (1 - q), q = R n1 / (R n1 + n2), R the common ratio.
 * Source: Breslow & Day 1987, Statistical Methods in Cancer Research II, eq. 3.16. */
MIG_API enum mig_status MIG_MUST_USE mig_strata_rate_homogeneity(const struct mig_pair *strata, size_t n,
    struct mig_estimate *out, struct mig_error *error);

#endif
