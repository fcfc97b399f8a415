/* The Mann-Kendall test: does a series tend up or down? Uses only which of two values is larger, so it needs
 * no normal errors and no straight line. It assumes that values are independent: yearly series that carry over
 * from year to year make it find too many trends.
 */
#ifndef MIGSTAT_STATS_KENDALL_H
#define MIGSTAT_STATS_KENDALL_H

#include <stddef.h>

#include "estimate.h"

struct mig_kendall {
    /* Kendall's tau-b of values against times, in `estimate`; `statistic` and `p_value` as below. The other
     * fields are NaN: not promised. */
    struct mig_estimate tau_b;
    double tau_a; /* S / (n (n - 1) / 2): tau without regard to ties */
    double s;     /* S: pairs that rise with time less pairs that fall */
    double var_s; /* variance of S where there is no trend, corrected for ties */
};

/* S, its variance, tau and the two-sided test of no trend, in time O(n log n).
 *
 * var S = (v0 - sum over ties of t (t-1) (2t+5)) / 18, with v0 = n (n-1) (2n+5); the sum runs over groups of
 * equal values and over groups of equal times, and when both occur, Kendall's two terms for their products are added.
 * - No ties and n <= 10: `method` is "mann-kendall-exact", `statistic` is S, and `p_value` is exact: twice the
 *   share of the n! orders with an S as far from 0, at most 1.
 * - Else: "mann-kendall", `statistic` is z = (|S| - 1) sgn(S) / sqrt(var S) (0 at S = 0), `p_value` normal.
 *   When ties force this at n < 10, a note says that the approximation is rough.
 *
 * Shapes:  `times` and `values` have `n` entries, in any order of time. Pairs of equal time do not count.
 * Missing: n < 3, all values equal, or all times equal: tau-b, statistic and p-value are NaN, with a note;
 *          S is 0 or what it is, var S is NaN below 3.
 * Errors:  MIG_ARGUMENT: a NaN or infinite entry; MIG_NO_MEMORY. `*out` is then untouched.
 * Source:  Mann 1945, Econometrica 13:245-259; Kendall 1975, Rank Correlation Methods, 4th ed., ch. 4 and 5;
 *          exact up to n = 10: Gilbert 1987, Statistical Methods for Environmental Pollution Monitoring,
 *          sec. 16.4; counting by merge sort: Knight 1966, JASA 61:436-439; docs/methods.md#mann-kendall.
 */
MIG_API enum mig_status MIG_MUST_USE mig_mann_kendall(const double *times, const double *values, size_t n,
    struct mig_kendall *out, struct mig_error *error);

#endif
