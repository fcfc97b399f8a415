#include "stats/proportion.h"

#include <math.h>

#include "base/i18n.h"
#include "stats/check-internal.h"
#include "stats/distribution.h"
#include "stats/score-internal.h"

const char *const mig_proportion_methods[] = {[MIG_PROPORTION_WILSON] = "wilson",
    [MIG_PROPORTION_EXACT] = "exact",
    [MIG_PROPORTION_WILSON_CC] = "wilson-cc",
    [MIG_PROPORTION_JEFFREYS] = "jeffreys",
    [MIG_PROPORTION_AGRESTI_COULL] = "agresti-coull",
    NULL};

typedef void limits(double x, double n, double tail, struct mig_estimate *out);

void mig_score_limits(double x, double n, double z, double *low, double *high)
{
    double centre = 2 * x + z * z;
    double spread = z * sqrt(z * z + 4 * x * ((n - x) / n));

    *low = 2 * x * x / (n * (centre + spread));
    *high = x < n ? fmin(1, (centre + spread) / (2 * (n + z * z))) : 1;
}

static void wilson(double x, double n, double tail, struct mig_estimate *out)
{
    double z = mig_normal_quantile(tail, MIG_UPPER);
    mig_score_limits(x, n, z, &out->conf_low, &out->conf_high);
}

static void wilson_cc(double x, double n, double tail, struct mig_estimate *out)
{
    double z = mig_normal_quantile(tail, MIG_UPPER), unused;
    out->conf_low = 0;
    out->conf_high = 1;
    if (x > 0)
        mig_score_limits(x - 0.5, n, z, &out->conf_low, &unused);
    if (x < n)
        mig_score_limits(x + 0.5, n, z, &unused, &out->conf_high);
}

static void jeffreys(double x, double n, double tail, struct mig_estimate *out)
{
    out->conf_low = x > 0 ? mig_beta_quantile(tail, x + 0.5, n - x + 0.5, MIG_LOWER) : 0;
    out->conf_high = x < n ? mig_beta_quantile(tail, x + 0.5, n - x + 0.5, MIG_UPPER) : 1;
}

static void agresti_coull(double x, double n, double tail, struct mig_estimate *out)
{
    double z = mig_normal_quantile(tail, MIG_UPPER);
    double cases = n + z * z;
    double share = (x + z * z / 2) / cases;
    double spread = z * sqrt(share * ((n - x + z * z / 2) / cases) / cases);
    out->conf_low = fmax(0, share - spread);
    out->conf_high = fmin(1, share + spread);
}

static void clopper_pearson(double x, double n, double tail, struct mig_estimate *out)
{
    out->conf_low = x > 0 ? mig_beta_quantile(tail, x, n - x + 1, MIG_LOWER) : 0;
    out->conf_high = x < n ? mig_beta_quantile(tail, x + 1, n - x, MIG_UPPER) : 1;
}

static const struct {
    const char *name;
    limits *limits;
} methods[] = {
    [MIG_PROPORTION_WILSON] = {"wilson", wilson},
    [MIG_PROPORTION_EXACT] = {"clopper-pearson", clopper_pearson},
    [MIG_PROPORTION_WILSON_CC] = {"wilson-cc", wilson_cc},
    [MIG_PROPORTION_JEFFREYS] = {"jeffreys", jeffreys},
    [MIG_PROPORTION_AGRESTI_COULL] = {"agresti-coull", agresti_coull},
};

static enum mig_status check(double x, double n, double level, struct mig_error *error)
{
    enum mig_status status = mig_check_level(level, error);
    if (!status)
        status = mig_check_count(x, error);
    if (!status)
        status = mig_check_count(n, error);
    if (!status && x > n)
        status =
            mig_fail(error, MIG_ARGUMENT, _("'%.15g' is more than its denominator %.15g"), x, n);
    return status;
}

static void estimate(limits *find_limits, double x, double n, double tail, struct mig_estimate *out)
{
    if (!(n > 0)) {
        out->note = N_("denominator is 0");
        return;
    }
    out->estimate = x / n;
    find_limits(x, n, tail, out);
    if (x > 0 && x < n)
        out->std_error = sqrt(x / n * ((n - x) / n) / n);
    else
        out->note = N_("no standard error for a share of 0 or 1");
}

enum mig_status mig_proportion(enum mig_proportion_method method, double x, double n, double level,
    struct mig_estimate *out, struct mig_error *error)
{
    if ((size_t)method >= sizeof methods / sizeof methods[0])
        return mig_fail(
            error, MIG_ARGUMENT, _("'%d' is not a method for a proportion"), (int)method);
    enum mig_status status = check(x, n, level, error);
    if (status)
        return status;
    *out = mig_estimate_empty(methods[method].name);
    estimate(methods[method].limits, x, n, mig_tail(level), out);
    return MIG_OK;
}

enum mig_status mig_proportion_wilson(
    double x, double n, double level, struct mig_estimate *out, struct mig_error *error)
{
    return mig_proportion(MIG_PROPORTION_WILSON, x, n, level, out, error);
}

enum mig_status mig_proportion_exact(
    double x, double n, double level, struct mig_estimate *out, struct mig_error *error)
{
    return mig_proportion(MIG_PROPORTION_EXACT, x, n, level, out, error);
}
