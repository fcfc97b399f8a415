#include "stats/ratio.h"

#include <math.h>

#include "base/i18n.h"
#include "stats/check-internal.h"
#include "stats/distribution.h"

/* All of it for counts, to be multiplied by `scale`, the inverse ratio of the exposures. */
static void estimate(double x, double y, double scale, double tail, struct mig_estimate *out)
{
    out->conf_low = x > 0 ? scale * mig_beta_prime_quantile(tail, x, y + 1, MIG_LOWER) : 0;
    if (!(y > 0)) {
        out->conf_high = INFINITY;
        out->note = N_("denominator is 0");
        return;
    }
    out->conf_high = scale * mig_beta_prime_quantile(tail, x + 1, y, MIG_UPPER);
    out->estimate = scale * (x / y);
    if (x > 0)
        out->std_error = out->estimate * sqrt(1 / x + 1 / y);
    else
        out->note = N_("no standard error for a ratio of 0");
}

static enum mig_status check(
    double x, double x_exposure, double y, double y_exposure, double level, struct mig_error *error)
{
    enum mig_status status = mig_check_level(level, error);
    if (!status)
        status = mig_check_count(x, error);
    if (!status)
        status = mig_check_count(y, error);
    if (!status)
        status = mig_check_exposure(x_exposure, error);
    if (!status)
        status = mig_check_exposure(y_exposure, error);
    return status;
}

enum mig_status mig_ratio_exact(double x, double x_exposure, double y, double y_exposure,
    double level, struct mig_estimate *out, struct mig_error *error)
{
    enum mig_status status = check(x, x_exposure, y, y_exposure, level, error);
    if (status)
        return status;
    *out = mig_estimate_empty("conditional-exact");
    if (!(x_exposure > 0) || !(y_exposure > 0))
        out->note = N_("exposure is 0");
    else if (!(x > 0) && !(y > 0))
        out->note = N_("both counts are 0");
    else
        estimate(x, y, y_exposure / x_exposure, (1 - level) / 2, out);
    return MIG_OK;
}
