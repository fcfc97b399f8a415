/* Outliers of one series: values that stand far from the others, judged by the median and the quartiles, which
 * the outliers themselves do not move.
 */
#ifndef MIGSTAT_STATS_OUTLIERS_H
#define MIGSTAT_STATS_OUTLIERS_H

#include <stdbool.h>
#include <stddef.h>

#include "../base/error.h"

/* Iglewicz and Hoaglin call a value with |M| above this a potential outlier. */
#define MIG_MODIFIED_Z_LIMIT 3.5

struct mig_modified_z {
    double median;
    double mad;       /* median of the absolute deviations from the median, not scaled */
    double mean_deviation; /* mean of them */
    bool by_mean;     /* MAD is 0: the scores are by the mean deviation */
    const char *note; /* NULL, or why the scores are NaN: a constant marked N_() */
};

/* The modified z-scores M = 0.6745 (x - median) / MAD, written to scores[0 .. n-1] in the order of `values`. For normal
 * data MAD / 0.6745 estimates the standard deviation. When more than half of the values are equal, MAD is 0, and the mean of the
 * absolute deviations takes its place: M = (x - median) / (1.253314 mean deviation), 1.253314 being sqrt(pi / 2).
 *
 * Shapes:  `values` and `scores` have n entries and are not the same array.
 * Missing: n is 0, or all values are equal: all scores NaN, with a note.
 * Errors:  MIG_ARGUMENT: a value is NaN or infinite; MIG_NO_MEMORY.
 * Source:  Iglewicz & Hoaglin 1993, How to Detect and Handle Outliers, ASQC, p. 11; docs/methods.md#outliers
 */
MIG_API enum mig_status MIG_MUST_USE mig_modified_z(const double *values, size_t n, double *scores,
    struct mig_modified_z *out, struct mig_error *error);

struct mig_fences {
    double low_hinge; /* Tukey's hinges: medians of the lower and of the upper half, the median itself */
    double high_hinge; /* in both halves when n is odd (R: fivenum) */
    double low;       /* hinge minus k times the distance of the hinges */
    double high;
    const char *note; /* NULL, or why the numbers are NaN */
};

/* Tukey's fences: k = 1.5 is his inner fence ("outside" values), k = 3 the outer one ("far out").
 *
 * Missing: n is 0: NaN, with a note.
 * Errors:  MIG_ARGUMENT: a value is NaN or infinite, k negative or not finite; MIG_NO_MEMORY.
 * Source:  Tukey 1977, Exploratory Data Analysis, sec. 2D and 2E; docs/methods.md#outliers
 */
MIG_API enum mig_status MIG_MUST_USE mig_tukey_fences(const double *values, size_t n, double k,
    struct mig_fences *out, struct mig_error *error);

#endif
