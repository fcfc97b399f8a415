#include "stats/outliers.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "stats/check-internal.h"

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Median of n > 0 sorted values. */
static double middle(const double *sorted, size_t n)
{
    double below = sorted[(n - 1) / 2];
    return below + (sorted[n / 2] - below) / 2;
}

/* Of n > 0 values from the smallest up; divided first, so that no sum overflows. */
static double mean(const double *sorted, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += sorted[i] / (double)n;
    return sum;
}

static double score(double value, const struct mig_modified_z *z)
{
    return z->by_mean ? (value - z->median) / z->mean_deviation / 1.253314
                      : 0.6745 * ((value - z->median) / z->mad);
}

static enum mig_status copy_sorted(
    const double *values, size_t n, double **sorted, struct mig_error *error)
{
    enum mig_status status = mig_check_finite(values, n, error);
    if (status)
        return status;
    *sorted = calloc(n + 1, sizeof **sorted);
    if (!*sorted)
        return mig_fail_memory(error);
    if (n > 0)
        memcpy(*sorted, values, n * sizeof *values);
    qsort(*sorted, n, sizeof **sorted, compare);
    return MIG_OK;
}

enum mig_status mig_modified_z(const double *values, size_t n, double *scores,
    struct mig_modified_z *out, struct mig_error *error)
{
    double *sorted;
    enum mig_status status = copy_sorted(values, n, &sorted, error);
    if (status)
        return status;
    *out = (struct mig_modified_z){NAN, NAN, NAN, false, n > 0 ? NULL : N_("no values")};
    if (n > 0) {
        out->median = middle(sorted, n);
        for (size_t i = 0; i < n; i++)
            sorted[i] = fabs(values[i] - out->median);
        qsort(sorted, n, sizeof *sorted, compare);
        out->mad = middle(sorted, n);
        out->mean_deviation = mean(sorted, n);
        out->by_mean = !(out->mad > 0);
        if (!(out->mean_deviation > 0))
            out->note = N_("all values are equal");
    }
    for (size_t i = 0; i < n; i++)
        scores[i] = out->note ? NAN : score(values[i], out);
    free(sorted);
    return MIG_OK;
}

enum mig_status mig_tukey_fences(
    const double *values, size_t n, double k, struct mig_fences *out, struct mig_error *error)
{
    double *sorted;
    if (!(k >= 0) || !isfinite(k))
        return mig_fail(error, MIG_ARGUMENT, _("'%g' is not a factor from 0 up"), k);
    enum mig_status status = copy_sorted(values, n, &sorted, error);
    if (status)
        return status;
    *out = (struct mig_fences){NAN, NAN, NAN, NAN, n > 0 ? NULL : N_("no values")};
    if (n > 0) {
        size_t half = (n + 1) / 2;
        out->low_hinge = middle(sorted, half);
        out->high_hinge = middle(sorted + n - half, half);
        double reach = k * (out->high_hinge - out->low_hinge);
        out->low = out->low_hinge - reach;
        out->high = out->high_hinge + reach;
    }
    free(sorted);
    return MIG_OK;
}
