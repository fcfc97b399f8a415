/* The Theil-Sen line: the median of the slopes between all pairs of points. A few wild values, such as one
 * year of crisis, do not move it.
 */
#ifndef MIGSTAT_STATS_THEIL_SEN_H
#define MIGSTAT_STATS_THEIL_SEN_H

#include <stddef.h>

#include "estimate.h"

/* Slope and intercept of values against times, and an interval of the slope at `level`. `method` reads
 * "theil-sen".
 *
 * With N slopes b(1) <= .. <= b(N) between pairs of different time, the slope is their median. The limits are
 * the slopes of rank (N - C) / 2 and (N + C) / 2 + 1, where C = z sqrt(var S), z is the normal quantile and
 * var S the variance of Kendall's S, corrected for ties of values and of times (kendall.h). A rank between
 * two whole numbers is interpolated linearly, as Gilbert (1987) does; R's trend::sens.slope rounds instead. The
 * intercept is the median of value - slope * time.
 *
 * Shapes:  `times` and `values` have `n` entries, in any order; times need not be equally spaced.
 * Units:   the slope is per unit of time. `std_error`, `statistic` and `p_value` are NaN, not promised: the
 *          test that belongs to it is mig_mann_kendall(). Of the intercept only `estimate` is given.
 * Missing: n < 2 or all times equal: all NaN, with a note. The limits are NaN with a note when all values are
 *          equal, n < 3, or a rank falls outside 1 .. N (too few observations).
 * Limits:  memory O(n). Time O(n^2): well under a second to n = 1000, minutes at n = 50000.
 * Errors:  MIG_ARGUMENT: a level outside (0, 1), a NaN or infinite entry; MIG_NO_MEMORY. The outputs are then
 *          untouched.
 * Source:  Theil 1950, Proc. Kon. Ned. Akad. Wet. A 53:386-392; Sen 1968, JASA 63:1379-1389; Gilbert 1987,
 *          Statistical Methods for Environmental Pollution Monitoring, sec. 16.5; docs/methods.md#theil-sen.
 */
MIG_API enum mig_status MIG_MUST_USE mig_theil_sen(const double *times, const double *values, size_t n,
    double level, struct mig_estimate *slope, struct mig_estimate *intercept, struct mig_error *error);

#endif
