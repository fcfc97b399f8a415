#include "stats/cluster.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>

#include "base/i18n.h"
#include "stats/check-internal.h"
#include "stats/distribution.h"

static void find_limits(enum mig_cluster_scale scale, double t, struct mig_estimate *out)
{
    double estimate = out->estimate, spread = t * out->std_error;
    if (scale == MIG_CLUSTER_PLAIN) {
        out->conf_low = estimate - spread;
        out->conf_high = estimate + spread;
    } else if (scale == MIG_CLUSTER_LOG) {
        out->conf_low = estimate * exp(-spread / estimate);
        out->conf_high = estimate * exp(spread / estimate);
    } else {
        double rest = 1 - estimate, factor = exp(spread / (estimate * rest));
        out->conf_low = estimate / (estimate + rest * factor);
        out->conf_high = estimate / (estimate + rest / factor);
    }
}

/* Whether no cluster's quotient differs from another's by more than the rounding of its decimals,
 * as with 0.1 of 1 and 0.3 of 3. */
static bool are_alike(const double *y, const double *x, size_t n)
{
    const double rounding = 4 * DBL_EPSILON;
    size_t first = 0;
    while (first < n && !(x[first] > 0))
        first++;
    double quotient = first < n ? y[first] / x[first] : 0;
    for (size_t i = 0; i < n; i++)
        if (!(fabs(fma(-quotient, x[i], y[i])) <= rounding * fabs(y[i])))
            return false;
    return true;
}

static const char *obstacle(enum mig_cluster_scale scale, size_t n, double estimate, bool alike)
{
    if (n < 2)
        return N_("fewer than 2 clusters: no interval");
    if (scale == MIG_CLUSTER_LOGIT && !(estimate > 0 && estimate < 1))
        return N_("no interval for a share of 0 or 1 in clusters");
    if (scale == MIG_CLUSTER_LOG && !(estimate > 0))
        return N_("no interval for a quotient of 0 in clusters");
    return alike ? N_("all clusters have the same quotient: no interval") : NULL;
}

static void estimate(enum mig_cluster_scale scale, const double *y, const double *x, size_t n,
    size_t all, double level, struct mig_estimate *out)
{
    double sum_y = 0, sum_x = 0, square = 0;
    for (size_t i = 0; i < n; i++) {
        sum_y += y[i];
        sum_x += x[i];
    }
    if (!(sum_x > 0)) {
        out->note = N_("denominator is 0");
        return;
    }
    out->estimate = sum_y / sum_x;
    for (size_t i = 0; i < n; i++) {
        double residual = y[i] - out->estimate * x[i];
        square += residual * residual;
    }
    bool alike = !(square > 0) || are_alike(y, x, n);
    out->note = obstacle(scale, n, out->estimate, alike);
    if (out->note != NULL)
        return;
    out->df = (double)n - 1;
    out->std_error = sqrt((double)all / ((double)all - 1) * square) / sum_x;
    find_limits(scale, mig_t_quantile(mig_tail(level), out->df, MIG_UPPER), out);
}

enum mig_status mig_cluster_quotient(enum mig_cluster_scale scale, const double *y, const double *x,
    size_t n, size_t all, double level, struct mig_estimate *out, struct mig_error *error)
{
    enum mig_status status = mig_check_level(level, error);
    if (!status && all < n)
        status = mig_fail(error, MIG_ARGUMENT, _("'%zu' clusters are fewer than their part"), all);
    if (!status)
        status = mig_check_finite(y, n, error);
    for (size_t i = 0; i < n && !status; i++)
        status = mig_check_exposure(x[i], error);
    if (status)
        return status;
    *out = mig_estimate_empty("cluster-robust");
    estimate(scale, y, x, n, all, level, out);
    return MIG_OK;
}
