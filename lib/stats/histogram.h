/* Histogram: how much lies in each of some classes of equal width. */
#ifndef MIGSTAT_STATS_HISTOGRAM_H
#define MIGSTAT_STATS_HISTOGRAM_H

#include <stddef.h>

#include "../base/error.h"

/* Fills out[0 .. bins-1] with the number (or, unless `weights` is NULL, the weight) of the values in each of `bins` classes between
 * `low` and `high`; a class holds its lower bound, the last one also `high`. Values outside are left out. When low is not
 * below high, all values that equal them are in the first class.
 */
MIG_API void mig_histogram(const double *values, const double *weights, size_t n, double low,
    double high, size_t bins, double *out);

#endif
