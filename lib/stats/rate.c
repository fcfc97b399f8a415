#include "stats/rate.h"

#include <math.h>
#include <stdbool.h>

#include "base/i18n.h"
#include "stats/check-internal.h"
#include "stats/distribution.h"

const char *const mig_rate_methods[] = {[MIG_RATE_EXACT] = "exact",
    [MIG_RATE_BYAR] = "byar",
    [MIG_RATE_MIDP] = "midp",
    [MIG_RATE_BYAR_EXACT] = "byar-exact",
    NULL};

enum { BYAR_FROM = 10 };

/* The limits of the expected count. */
typedef void limits(double events, double tail, struct mig_estimate *out);

static void garwood(double events, double tail, struct mig_estimate *out)
{
    out->conf_low = events > 0 ? mig_gamma_quantile(tail, events, MIG_LOWER) : 0;
    out->conf_high = mig_gamma_quantile(tail, events + 1, MIG_UPPER);
}

static void byar(double events, double tail, struct mig_estimate *out)
{
    double z = mig_normal_quantile(tail, MIG_UPPER), next = events + 1;
    double low = events > 0 ? fmax(0, 1 - 1 / (9 * events) - z / (3 * sqrt(events))) : 0;
    double high = 1 - 1 / (9 * next) + z / (3 * sqrt(next));
    out->conf_low = events * low * low * low;
    out->conf_high = next * high * high * high;
}

static void midp(double events, double tail, struct mig_estimate *out)
{
    out->conf_low = mig_poisson_midp_limit(tail, events, MIG_LOWER);
    out->conf_high = mig_poisson_midp_limit(tail, events, MIG_UPPER);
}

static const struct {
    const char *name;
    limits *limits;
} methods[] = {
    [MIG_RATE_EXACT] = {"poisson-exact", garwood},
    [MIG_RATE_BYAR] = {"byar", byar},
    [MIG_RATE_MIDP] = {"poisson-midp", midp},
};

static void estimate(
    limits *find_limits, double events, double exposure, double tail, struct mig_estimate *out)
{
    if (!(exposure > 0)) {
        out->note = N_("exposure is 0");
        return;
    }
    out->estimate = events / exposure;
    find_limits(events, tail, out);
    out->conf_low /= exposure;
    out->conf_high /= exposure;
    if (events > 0)
        out->std_error = sqrt(events) / exposure;
    else
        out->note = N_("no standard error for 0 events");
}

enum mig_status mig_rate(enum mig_rate_method method, double events, double exposure, double level,
    struct mig_estimate *out, struct mig_error *error)
{
    bool either = method == MIG_RATE_BYAR_EXACT;
    if (either)
        method = events < BYAR_FROM ? MIG_RATE_EXACT : MIG_RATE_BYAR;
    if ((size_t)method >= sizeof methods / sizeof methods[0])
        return mig_fail(error, MIG_ARGUMENT, _("'%d' is not a method for a rate"), (int)method);
    enum mig_status status = mig_check_level(level, error);
    if (!status)
        status = mig_check_count(events, error);
    if (!status)
        status = mig_check_exposure(exposure, error);
    if (status)
        return status;
    *out = mig_estimate_empty(either ? "byar-exact" : methods[method].name);
    estimate(methods[method].limits, events, exposure, mig_tail(level), out);
    return MIG_OK;
}

enum mig_status mig_rate_exact(
    double events, double exposure, double level, struct mig_estimate *out, struct mig_error *error)
{
    return mig_rate(MIG_RATE_EXACT, events, exposure, level, out, error);
}
