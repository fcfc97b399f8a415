#include "stats/least_squares.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#include <gsl/gsl_blas.h>
#include <gsl/gsl_linalg.h>

#include "base/i18n.h"
#include "stats/check-internal.h"
#include "stats/distribution.h"
#include "stats/gsl-internal.h"

static const char method[] = "least-squares";

/* X P = Q R of the scaled columns, and what is computed from it. All numbers lie in one block. */
struct factors {
    size_t n, k;
    double *block;
    gsl_matrix_view qr;      /* n by k: the scaled X, then Q and R packed by GSL */
    gsl_matrix_view inverse; /* k by k: of R */
    gsl_vector_view tau, scale, norm;
    gsl_vector_view rotated; /* Q'y or Q'1 */
    gsl_permutation *order;
    int exponent; /* y is taken times 2^-exponent, so that no square overflows or vanishes */
};

static void release(struct factors *f)
{
    free(f->block);
    gsl_permutation_free(f->order);
}

/* Not more columns than rows: n (k + 1) + k (k + 3) numbers are no more than 2 n (k + 2). */
static enum mig_status allocate(struct factors *f, size_t n, size_t k, struct mig_error *error)
{
    *f = (struct factors){.n = n, .k = k};
    if (k > SIZE_MAX - 2 || n > SIZE_MAX / sizeof(double) / 2 / (k + 2))
        return mig_fail_memory(error);
    f->block = calloc(n * (k + 1) + k * (k + 3), sizeof *f->block);
    f->order = gsl_permutation_alloc(k);
    if (!f->block || !f->order) {
        release(f);
        return mig_fail_memory(error);
    }
    double *free_part = f->block;
    f->qr = gsl_matrix_view_array(free_part, n, k);
    f->rotated = gsl_vector_view_array(free_part += n * k, n);
    f->inverse = gsl_matrix_view_array(free_part += n, k, k);
    f->tau = gsl_vector_view_array(free_part += k * k, k);
    f->scale = gsl_vector_view_array(free_part += k, k);
    f->norm = gsl_vector_view_array(free_part + k, k);
    return MIG_OK;
}

static enum mig_status fail_gsl(int code, struct mig_error *error)
{
    return code == GSL_ENOMEM
               ? mig_fail_memory(error)
               : mig_fail(error, MIG_ARGUMENT, _("'%s': %s"), method, gsl_strerror(code));
}

static int scale_columns(struct factors *f, const double *x)
{
    gsl_matrix_const_view view = gsl_matrix_const_view_array(x, f->n, f->k);
    int code = gsl_matrix_memcpy(&f->qr.matrix, &view.matrix);
    for (size_t j = 0; j < f->k && !code; j++) {
        gsl_vector_view column = gsl_matrix_column(&f->qr.matrix, j);
        double length = gsl_blas_dnrm2(&column.vector);
        gsl_vector_set(&f->scale.vector, j, length);
        if (length > 0)
            code = gsl_vector_scale(&column.vector, 1 / length);
    }
    return code;
}

static bool has_full_rank(const struct factors *f)
{
    /* Pivoting sorts the diagonal of R downwards: the last entry is the distance of the last column
     * from the span of the others. */
    double tolerance = fmax(1e-12, (double)f->n * DBL_EPSILON);
    return fabs(gsl_matrix_get(&f->qr.matrix, f->k - 1, f->k - 1)) > tolerance;
}

static int decompose(struct factors *f, const double *x, bool *full_rank)
{
    int sign;
    int code = scale_columns(f, x);
    if (!code)
        code =
            gsl_linalg_QRPT_decomp(&f->qr.matrix, &f->tau.vector, f->order, &sign, &f->norm.vector);
    if (code)
        return code;
    *full_rank = has_full_rank(f);
    if (!*full_rank)
        return GSL_SUCCESS;
    for (size_t i = 0; i < f->k; i++)
        for (size_t j = i; j < f->k; j++)
            gsl_matrix_set(&f->inverse.matrix, i, j, gsl_matrix_get(&f->qr.matrix, i, j));
    return gsl_linalg_tri_invert(CblasUpper, CblasNonUnit, &f->inverse.matrix);
}

/* The squared length of what the columns leave of the rotated vector. */
static double rest_squared(const struct factors *f)
{
    if (f->n == f->k)
        return 0;
    gsl_vector_const_view rest = gsl_vector_const_subvector(&f->rotated.vector, f->k, f->n - f->k);
    double length = gsl_blas_dnrm2(&rest.vector);
    return length * length;
}

static double sum_of_squares(const double *y, size_t n, double centre, int exponent)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        double scaled = ldexp(y[i], -exponent) - ldexp(centre, -exponent);
        sum += scaled * scaled;
    }
    return sum;
}

/* The exponent of the power of two above all distances from the centre. */
static int exponent_of(const double *values, size_t n, double centre)
{
    double largest = 0;
    int exponent;
    for (size_t i = 0; i < n; i++)
        largest = fmax(largest, fabs(values[i] - centre));
    (void)frexp(largest, &exponent);
    return exponent;
}

static double mean_of(const double *y, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += y[i] / (double)n;
    return sum;
}

static int spans_constant(struct factors *f, bool *spans)
{
    gsl_vector_set_all(&f->rotated.vector, 1);
    int code = gsl_linalg_QR_QTvec(&f->qr.matrix, &f->tau.vector, &f->rotated.vector);
    *spans = rest_squared(f) <= 1e-20 * (double)f->n;
    return code;
}

/* Fills `fit` from the scaled residual sum of squares; what is within rounding of y counts as 0. */
static int summarise(struct factors *f, const double *y, double rss, struct mig_fit *fit)
{
    double ulps = 16 * DBL_EPSILON;
    double noise = ulps * ulps * sum_of_squares(y, f->n, 0, f->exponent);
    bool spans;
    int code = spans_constant(f, &spans);
    double tss = sum_of_squares(y, f->n, spans ? mean_of(y, f->n) : 0, f->exponent);
    if (rss <= noise)
        rss = 0;
    fit->df = (double)(f->n - f->k);
    fit->sigma = fit->df > 0 ? ldexp(sqrt(rss / fit->df), f->exponent) : NAN;
    fit->r_squared = tss > noise ? 1 - rss / tss : NAN;
    return code;
}

/* From estimate and standard error to test and interval. */
static void complete(struct mig_estimate *b, double df, double level)
{
    if (!(df > 0)) {
        b->note = N_("no degrees of freedom are left");
        return;
    }
    double reach = mig_t_quantile(mig_tail(level), df, MIG_UPPER) * b->std_error;
    b->df = df;
    b->conf_low = b->estimate - reach;
    b->conf_high = b->estimate + reach;
    if (b->std_error > 0) {
        b->statistic = b->estimate / b->std_error;
        b->p_value = mig_t_two_sided(b->statistic, df);
    } else {
        b->note = N_("the fit is exact and leaves nothing to test");
    }
}

/* Solves R b = Q'y and undoes pivoting and scaling. Row i of the inverse of R holds the variance of
 * b[i]. */
static int solve(struct factors *f, const double *y, double level,
    struct mig_estimate *coefficients, struct mig_fit *fit)
{
    f->exponent = exponent_of(y, f->n, 0);
    for (size_t i = 0; i < f->n; i++)
        gsl_vector_set(&f->rotated.vector, i, ldexp(y[i], -f->exponent));
    int code = gsl_linalg_QR_QTvec(&f->qr.matrix, &f->tau.vector, &f->rotated.vector);
    double rss = rest_squared(f);
    gsl_matrix_view r = gsl_matrix_submatrix(&f->qr.matrix, 0, 0, f->k, f->k);
    gsl_vector_view head = gsl_vector_subvector(&f->rotated.vector, 0, f->k);
    if (!code)
        code = gsl_blas_dtrsv(CblasUpper, CblasNoTrans, CblasNonUnit, &r.matrix, &head.vector);
    for (size_t i = 0; i < f->k && !code; i++) {
        size_t j = gsl_permutation_get(f->order, i);
        coefficients[j] = mig_estimate_empty(method);
        double scaled = gsl_vector_get(&head.vector, i) / gsl_vector_get(&f->scale.vector, j);
        coefficients[j].estimate = ldexp(scaled, f->exponent);
    }
    if (!code)
        code = summarise(f, y, rss, fit);
    for (size_t i = 0; i < f->k && !code; i++) {
        size_t j = gsl_permutation_get(f->order, i);
        gsl_vector_view row = gsl_matrix_row(&f->inverse.matrix, i);
        coefficients[j].std_error =
            fit->sigma * (gsl_blas_dnrm2(&row.vector) / gsl_vector_get(&f->scale.vector, j));
        complete(&coefficients[j], fit->df, level);
    }
    return code;
}

static void fill_undefined(
    struct mig_estimate *coefficients, size_t k, struct mig_fit *fit, const char *note)
{
    for (size_t j = 0; j < k; j++) {
        coefficients[j] = mig_estimate_empty(method);
        coefficients[j].note = note;
    }
    *fit = (struct mig_fit){NAN, NAN, NAN};
}

static enum mig_status check(
    const double *y, size_t n, const double *x, size_t k, double level, struct mig_error *error)
{
    if (!n || !k)
        return mig_fail(
            error, MIG_ARGUMENT, _("'%zu' by %zu is not a shape for a regression"), n, k);
    enum mig_status status = mig_check_level(level, error);
    if (!status)
        status = mig_check_finite(y, n, error);
    if (!status)
        status = mig_check_finite(x, n * k, error);
    return status;
}

enum mig_status mig_least_squares(const double *y, size_t n, const double *x, size_t k,
    double level, struct mig_estimate *coefficients, struct mig_fit *fit, struct mig_error *error)
{
    struct mig_fit unwanted;
    struct factors f;
    bool full_rank = false;
    if (!fit)
        fit = &unwanted;
    enum mig_status status = check(y, n, x, k, level, error);
    if (status)
        return status;
    if (n < k) {
        fill_undefined(coefficients, k, fit, N_("fewer observations than coefficients"));
        return MIG_OK;
    }
    mig_gsl_quiet();
    status = allocate(&f, n, k, error);
    if (status)
        return status;
    int code = decompose(&f, x, &full_rank);
    if (!code && full_rank)
        code = solve(&f, y, level, coefficients, fit);
    else if (!code)
        fill_undefined(coefficients, k, fit, N_("explaining columns are collinear"));
    release(&f);
    return code ? fail_gsl(code, error) : MIG_OK;
}

static bool all_equal(const double *values, size_t n)
{
    size_t i = 1;
    while (i < n && values[i] == values[0])
        i++;
    return i >= n;
}

static const char *line_undefined(const double *x, size_t n)
{
    if (n < 2)
        return N_("fewer than 2 observations");
    return all_equal(x, n) ? N_("explaining values are all equal") : NULL;
}

/* What values are measured from and in: value = centre + 2^exponent * standardised. */
struct measure {
    double centre;
    int exponent;
};

/* Writes the values, centred and scaled, to every `stride`-th place of `out`. The middle of the
 * range is taken off first: that difference is exact where an offset dwarfs the differences, which
 * a mean is not. */
static struct measure standardise(const double *values, size_t n, double *out, size_t stride)
{
    double low = values[0], high = values[0], mean = 0;
    for (size_t i = 1; i < n; i++) {
        low = fmin(low, values[i]);
        high = fmax(high, values[i]);
    }
    double middle = low / 2 + high / 2;
    int exponent = exponent_of(values, n, middle);
    for (size_t i = 0; i < n; i++) {
        out[i * stride] = ldexp(values[i] - middle, -exponent);
        mean += out[i * stride] / (double)n;
    }
    for (size_t i = 0; i < n; i++)
        out[i * stride] -= mean;
    return (struct measure){middle + ldexp(mean, exponent), exponent};
}

/* `numbers` has room for 3 n: the standardised y, then the design. */
static enum mig_status fit_standardised(const double *x, const double *y, size_t n, double level,
    double *numbers, struct mig_estimate line[2], struct mig_error *error)
{
    struct mig_estimate b[2];
    double *design = numbers + n;
    struct measure of_y = standardise(y, n, numbers, 1);
    struct measure of_x = standardise(x, n, design + 1, 2);
    for (size_t i = 0; i < n; i++)
        design[2 * i] = 1;
    enum mig_status status = mig_least_squares(numbers, n, design, 2, level, b, NULL, error);
    if (status)
        return status;

    /* The two columns are orthogonal, so the variances add. */
    double shift = ldexp(of_x.centre, -of_x.exponent);
    double at_zero = b[0].estimate - shift * b[1].estimate;
    double at_zero_error = hypot(b[0].std_error, shift * b[1].std_error);
    line[0].estimate = ldexp(b[1].estimate, of_y.exponent - of_x.exponent);
    line[0].std_error = ldexp(b[1].std_error, of_y.exponent - of_x.exponent);
    line[1].estimate = of_y.centre + ldexp(at_zero, of_y.exponent);
    line[1].std_error = ldexp(at_zero_error, of_y.exponent);
    for (int i = 0; i < 2; i++)
        complete(&line[i], (double)(n - 2), level);
    return MIG_OK;
}

enum mig_status mig_line_fit(const double *x, const double *y, size_t n, double level,
    struct mig_estimate *slope, struct mig_estimate *intercept, struct mig_error *error)
{
    struct mig_estimate line[2] = {mig_estimate_empty(method), mig_estimate_empty(method)};
    enum mig_status status = mig_check_level(level, error);
    if (!status)
        status = mig_check_finite(x, n, error);
    if (!status)
        status = mig_check_finite(y, n, error);
    if (status)
        return status;

    line[0].note = line[1].note = line_undefined(x, n);
    if (!line[0].note) {
        double *numbers =
            n <= SIZE_MAX / sizeof(double) / 3 ? malloc(n * 3 * sizeof *numbers) : NULL;
        status = numbers ? fit_standardised(x, y, n, level, numbers, line, error)
                         : mig_fail_memory(error);
        free(numbers);
        if (status)
            return status;
    }
    *slope = line[0];
    *intercept = line[1];
    return MIG_OK;
}
