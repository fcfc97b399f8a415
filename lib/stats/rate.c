#include "stats/rate.h"

#include <math.h>

#include "base/i18n.h"
#include "stats/check-internal.h"
#include "stats/distribution.h"

static void estimate(double events, double exposure, double tail, struct mig_estimate *out)
{
    if (!(exposure > 0)) {
        out->note = N_("exposure is 0");
        return;
    }
    out->estimate = events / exposure;
    out->conf_low = events > 0 ? mig_gamma_quantile(tail, events, MIG_LOWER) / exposure : 0;
    out->conf_high = mig_gamma_quantile(tail, events + 1, MIG_UPPER) / exposure;
    if (events > 0)
        out->std_error = sqrt(events) / exposure;
    else
        out->note = N_("no standard error for 0 events");
}

enum mig_status mig_rate_exact(
    double events, double exposure, double level, struct mig_estimate *out, struct mig_error *error)
{
    enum mig_status status = mig_check_level(level, error);
    if (!status)
        status = mig_check_count(events, error);
    if (!status)
        status = mig_check_exposure(exposure, error);
    if (status)
        return status;
    *out = mig_estimate_empty("poisson-exact");
    estimate(events, exposure, (1 - level) / 2, out);
    return MIG_OK;
}
