/* Change between two values of a series, such as the first and the last year's count. Descriptive: no
 * uncertainty, and what lies between is not looked at (for that see theil_sen.h).
 */
#ifndef MIGSTAT_STATS_GROWTH_H
#define MIGSTAT_STATS_GROWTH_H

#include "../base/error.h"

struct mig_growth {
    double change;      /* last - first */
    double relative;    /* change / first: 0.5 is half as much again */
    double annual;      /* the constant rate g with first * (1 + g)^(last_time - first_time) = last */
    const char *note;   /* NULL, or why a field is NaN, as in estimate.h */
};

/* Absolute, relative and average growth from `first` at `first_time` to `last` at `last_time`.
 *
 * The average rate is geometric, (last / first)^(1 / (last_time - first_time)) - 1, computed through the
 * logarithm of 1 + relative so that small growth keeps its digits. It is -1 when `last` is 0.
 *
 * Units:   `change` that of the values; `relative` a share; `annual` a share per unit of time, thus per year
 *          when times are in years (mig_period_years()).
 * Missing: `change` always stands. first <= 0: relative and annual are NaN (a share of nothing, or of a
 *          debt, says nothing). last < 0: annual is NaN. Equal times: annual is NaN. The note names the first
 *          of these that holds.
 * Errors:  MIG_ARGUMENT: an infinite or NaN argument, last_time < first_time. `*out` is then untouched.
 * Source:  docs/methods.md#growth.
 */
MIG_API enum mig_status MIG_MUST_USE mig_growth(double first, double last, double first_time,
    double last_time, struct mig_growth *out, struct mig_error *error);

#endif
