/* Ordinary least squares, by QR decomposition with column pivoting: the normal equations, which lose half the
 * digits, are never formed.
 */
#ifndef MIGSTAT_STATS_LEAST_SQUARES_H
#define MIGSTAT_STATS_LEAST_SQUARES_H

#include <stddef.h>

#include "estimate.h"

struct mig_fit {
    double df;        /* n - k */
    double sigma;     /* residual standard deviation, sqrt(RSS / df) */
    double r_squared; /* 1 - RSS / TSS; TSS about the mean when the columns span a constant, else about 0 */
};

/* Fits y = X b + error, with independent errors of one variance.
 *
 * Every coefficient gets its estimate, standard error, t statistic, `df`, two-sided p-value and t interval at
 * `level`. `method` reads "least-squares". Columns are scaled to length 1 before the decomposition, and y by a power
 * of two, so units do not matter. An intercept is a column of ones, which the caller provides.
 *
 * Shapes:  `y` has `n` entries, `x` is n rows of `k` columns, row after row; n and k at least 1;
 *          `coefficients` takes `k` entries. `fit` may be NULL.
 * Units:   coefficient j is in units of y per unit of column j.
 * Missing: n < k, or collinear columns (one is within 1e-12, or n rounding errors, of a combination of others): all
 *          NaN with a note on every coefficient. n = k: the coefficients stand, the rest is NaN, with a note. When
 *          residuals are no larger than rounding (16 units in the last place of y's root mean square) the
 *          fit is exact: sigma and the standard errors are 0 and statistic and p-value are NaN, with a note.
 *          `r_squared` is NaN when TSS is 0 in the same sense.
 * Errors:  MIG_ARGUMENT: n or k 0, a level outside (0, 1), a NaN or infinite entry; MIG_NO_MEMORY. The outputs
 *          are then untouched.
 * Source:  Golub & Van Loan 2013, Matrix Computations, 4th ed., sec. 5.3 and 5.4;
 *          docs/methods.md#least-squares.
 */
MIG_API enum mig_status MIG_MUST_USE mig_least_squares(const double *y, size_t n, const double *x,
    size_t k, double level, struct mig_estimate *coefficients, struct mig_fit *fit,
    struct mig_error *error);

/* The straight line y = intercept + slope * x by mig_least_squares(), on x and y both centred and scaled. So
 * neither years about 2000, nor an offset as large as doubles can tell the values apart at, nor huge or tiny values
 * cost digits, and the fit counts as exact only when residuals are rounding errors of the differences between the y.
 *
 * Shapes:  `x` and `y` have `n` entries.
 * Missing: n < 2 or all x equal: all NaN, with a note. n = 2: the line stands, the rest is NaN, with a note.
 * Errors:  MIG_ARGUMENT: a level outside (0, 1), a NaN or infinite entry; MIG_NO_MEMORY. The outputs are then
 *          untouched.
 */
MIG_API enum mig_status MIG_MUST_USE mig_line_fit(const double *x, const double *y, size_t n, double level,
    struct mig_estimate *slope, struct mig_estimate *intercept, struct mig_error *error);

#endif
