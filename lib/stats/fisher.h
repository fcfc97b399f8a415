/* Fisher's exact test of a cross-table: no large counts are needed, as they are for chi-squared.
 *
 * All tables with the same margins are compared with the one observed. The p-value is the probability of those that are
 * no more probable than it, with the slack of R's fisher.test(): a table counts when its probability is at most
 * (1 + 1e-7) times the observed one, so that ties are not lost by rounding.
 *
 * Rows and columns that are all 0 take no part.
 */
#ifndef MIGSTAT_STATS_FISHER_H
#define MIGSTAT_STATS_FISHER_H

#include <stdint.h>

#include "../base/random.h"
#include "contingency.h"

enum mig_alternative {
    MIG_TWO_SIDED,
    MIG_LESS,    /* the odds ratio is below 1 */
    MIG_GREATER, /* above 1 */
};

/* The 2 x 2 table [a b; c d]: p-value, the odds ratio as its conditional maximum likelihood estimate (not ad/bc), and its
 * exact interval: the odds ratios at which neither tail is below (1 - level)/2. For a one-sided alternative the interval is
 * one-sided too, from 0 or to infinity. `method` reads "fisher-exact". std_error, statistic and df are not promised.
 *
 * Given all margins, a follows Fisher's noncentral hypergeometric distribution, weights C(a+b, x) C(c+d, a+c-x) psi^x.
 *
 * Shapes:  four whole numbers from 0, their sum at most 1e15. The interval is solved to 1e-10 or better, in time that grows with the
 *          square root of the sum; above 1e12 the p-value is given alone, with a note.
 * Missing: a margin of 0: all NaN, with a note. a at its least possible value: estimate and low limit 0; at its
 *          greatest: estimate and high limit infinite, with a note.
 * Errors:  MIG_ARGUMENT: a level outside (0, 1), a count that is none, no such alternative. `*out` is untouched.
 * Source:  Fisher 1935, JRSS 98:39-82; Cornfield 1956, Proc 3rd Berkeley Symp 4:135-148; docs/methods.md#fishers-test.
 */
MIG_API enum mig_status MIG_MUST_USE mig_fisher_odds_ratio(const double counts[4],
    enum mig_alternative alternative, double level, struct mig_estimate *out, struct mig_error *error);

/* The same with mid-p tails, two-sided: the observed value is counted by half in both tails. The limits are the odds ratios
 * at which P(X > a) + P(X = a)/2, or P(X < a) + P(X = a)/2, is (1 - level)/2: shorter than the exact ones, covering the level
 * on average. `p_value` is twice the smaller of these tails at an odds ratio of 1, so that it is of one mind with the
 * interval. `method` reads "fisher-midp". The rest is as above; the estimate is the same.
 *
 * Source:  Lancaster 1961, JASA 56:223-234; Berry & Armitage 1995, The Statistician 44:417-423;
 *          docs/methods.md#fishers-test. */
MIG_API enum mig_status MIG_MUST_USE mig_fisher_midp(const double counts[4], double level,
    struct mig_estimate *out, struct mig_error *error);

/* Somebody who wants to know how far a test has come; NULL: nobody. `progress` is called now and then, some hundred times a
 * second, with the part that is done, from 0 to 1: of the random tables, or of the effort that an exact test may take,
 * which mostly ends before. It has no say in the result. */
struct mig_fisher_watch {
    void (*progress)(void *context, double part);
    void *context;
};

/* An effort that ends within seconds and takes at most some 200 MB. */
#define MIG_FISHER_EFFORT UINT64_C(500000000)

/* The exact p-value of a table of any size. `p_value` alone is promised; `method` reads "fisher-exact" for 2 x 2 and
 * "fisher-network" for others.
 *
 * The table is filled column by column. What the filled part leaves of the row totals is a node; ways to one node whose
 * cells have the same product of factorials are one. A way is settled, and its whole probability counted or dropped, once the most and
 * the least probable ends that it can still come to lie on the same side of the observed table.
 *
 * Shapes:  as mig_crosstab_test(). `effort` bounds the time (about 50 million of it are a second) and the memory (less than
 *          a byte each).
 * Missing: a table with fewer than 2 rows or columns that hold cases: NaN, with a note. p below 1e-307: a note.
 * Errors:  MIG_LIMIT: more effort would be needed, or the table holds more than 100,000 cases: mig_fisher_simulated() does it.
 *          MIG_ARGUMENT, MIG_NO_MEMORY. `*out` is untouched.
 * Source:  Mehta & Patel 1983, JASA 78:427-434; Clarkson, Fan & Joe 1993, ACM TOMS 19:484-488;
 *          docs/methods.md#fishers-test.
 */
MIG_API enum mig_status MIG_MUST_USE mig_fisher_exact(const struct mig_crosstab *table, uint64_t effort,
    const struct mig_fisher_watch *watch, struct mig_estimate *out, struct mig_error *error);

/* The same p-value by simulation: `replicates` random tables with the margins of this one, of which k are no more
 * probable than it; p = (k + 1) / (replicates + 1). `std_error` is that of the p-value, sqrt(p (1 - p) / replicates).
 * `method` reads "fisher-monte-carlo". The same seed gives the same tables.
 *
 * Shapes:  `replicates` from 1 to 1e9. Time grows with replicates, and with the cells or the cases, whichever is less.
 * Missing: as mig_fisher_exact().
 * Errors:  MIG_ARGUMENT, MIG_NO_MEMORY. `*out` is untouched.
 * Source:  Patefield 1981, AS 159, Applied Statistics 30:91-97; Davison & Hinkley 1997, Bootstrap Methods, eq. 4.11;
 *          docs/methods.md#fishers-test.
 */
MIG_API enum mig_status MIG_MUST_USE mig_fisher_simulated(const struct mig_crosstab *table, size_t replicates,
    uint64_t seed, const struct mig_fisher_watch *watch, struct mig_estimate *out, struct mig_error *error);

/* How many replicates this effort lets do: at most 100,000, but never under 1,000. With MIG_FISHER_EFFORT they end within some
 * five seconds. It depends on the margins alone, so that a table has the same number on every machine. Errors: MIG_ARGUMENT,
 * MIG_NO_MEMORY. */
MIG_API enum mig_status MIG_MUST_USE mig_fisher_draws(const struct mig_crosstab *table, uint64_t effort,
    size_t *draws, struct mig_error *error);

/* One random table with these margins: each has the probability that it has when rows and columns are independent and
 * the margins given.
 *
 * Shapes:  `row_totals` (n_rows) and `column_totals` (n_columns) are whole numbers from 0 with the same sum, at most 1e15;
 *          `counts` takes n_rows * n_columns numbers, row by row. Not checked.
 * Source:  Patefield 1981; cells that vary much: Stadlober 1989, Computing 42:279-296, algorithm HRUA. */
MIG_API void mig_random_crosstab(struct mig_random *random, const double *row_totals, size_t n_rows,
    const double *column_totals, size_t n_columns, double *counts);

#endif
