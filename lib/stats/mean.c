#include "stats/mean.h"

#include <math.h>

#include "base/i18n.h"
#include "stats/check-internal.h"
#include "stats/distribution.h"

static enum mig_status check(
    const double *values, const double *counts, size_t n, double level, struct mig_error *error)
{
    enum mig_status status = mig_check_level(level, error);
    if (!status)
        status = mig_check_finite(values, n, error);
    for (size_t i = 0; i < n && !status; i++)
        status = mig_check_count(counts[i], error);
    return status;
}

/* In long double: values far from 0 with a small spread keep their digits. */
static void estimate(
    const double *values, const double *counts, size_t n, double level, struct mig_estimate *out)
{
    long double total = 0, sum = 0, around = 0, square = 0;
    for (size_t i = 0; i < n; i++) {
        total += counts[i];
        sum += (long double)counts[i] * values[i];
    }
    if (!(total > 0)) {
        out->note = N_("no values");
        return;
    }
    long double mean = sum / total;
    for (size_t i = 0; i < n; i++) {
        long double distance = values[i] - mean;
        around += counts[i] * distance;
        square += counts[i] * distance * distance;
    }
    mean += around / total;
    square -= around * around / total;
    out->estimate = (double)mean;
    if (total < 2)
        out->note = N_("one value: no interval");
    else if (!(square > 0))
        out->note = N_("all values are equal: no interval");
    if (out->note != NULL)
        return;
    out->df = (double)(total - 1);
    out->std_error = (double)sqrtl(square / (total - 1) / total);
    double spread = mig_t_quantile(mig_tail(level), out->df, MIG_UPPER) * out->std_error;
    out->conf_low = out->estimate - spread;
    out->conf_high = out->estimate + spread;
}

enum mig_status mig_mean(const double *values, const double *counts, size_t n, double level,
    struct mig_estimate *out, struct mig_error *error)
{
    enum mig_status status = check(values, counts, n, level, error);
    if (status)
        return status;
    *out = mig_estimate_empty("t");
    estimate(values, counts, n, level, out);
    return MIG_OK;
}
