#include "stats/ratio.h"

#include <math.h>
#include <stdbool.h>

#include "base/i18n.h"
#include "stats/check-internal.h"
#include "stats/distribution.h"
#include "stats/score-internal.h"

const char *const mig_ratio_methods[] = {[MIG_RATIO_EXACT] = "exact",
    [MIG_RATIO_WILSON] = "wilson",
    [MIG_RATIO_DELTA] = "delta",
    [MIG_RATIO_FIELLER] = "fieller",
    [MIG_RATIO_MIDP] = "midp",
    NULL};

/* Limits of the ratio of the counts x and y, not both 0. `odds` is the ratio of the expected counts
 * that the test of equal rates supposes. */
typedef void limits(double x, double y, double odds, double tail, struct mig_estimate *out);

typedef double binomial_tail(double x, double n, double p, enum mig_tail tail);

/* Twice the smaller tail. The group with the smaller exposure is counted: its share keeps its
 * digits where the other's is near 1. */
static double two_sided(binomial_tail *tail, double x, double y, double odds)
{
    bool turned = odds > 1;
    double share = turned ? 1 / (1 + odds) : odds / (1 + odds), count = turned ? y : x;
    double below = tail(count, x + y, share, MIG_LOWER),
           above = tail(count, x + y, share, MIG_UPPER);
    return fmin(1, 2 * fmin(below, above));
}

static void conditional_exact(
    double x, double y, double odds, double tail, struct mig_estimate *out)
{
    out->conf_low = x > 0 ? mig_beta_prime_quantile(tail, x, y + 1, MIG_LOWER) : 0;
    out->conf_high = y > 0 ? mig_beta_prime_quantile(tail, x + 1, y, MIG_UPPER) : INFINITY;
    out->p_value = two_sided(mig_binomial_tail, x, y, odds);
}

static void conditional_wilson(
    double x, double y, double odds, double tail, struct mig_estimate *out)
{
    double z = mig_normal_quantile(tail, MIG_UPPER), n = x + y;
    double low, high, rest_low, rest_high;
    mig_score_limits(x, n, z, &low, &high);
    mig_score_limits(y, n, z, &rest_low, &rest_high);
    out->conf_low = low / rest_high;
    out->conf_high = y > 0 ? high / rest_low : INFINITY;
    out->statistic = (x - y * odds) / sqrt(n * odds);
    out->p_value = mig_normal_two_sided(out->statistic);
}

static bool both_positive(double x, double y, struct mig_estimate *out)
{
    if (x > 0 && y > 0)
        return true;
    out->note = N_("a count of 0: no interval by this method");
    return false;
}

static void delta_log(double x, double y, double odds, double tail, struct mig_estimate *out)
{
    if (!both_positive(x, y, out))
        return;
    double error = sqrt(1 / x + 1 / y);
    double factor = exp(mig_normal_quantile(tail, MIG_UPPER) * error);
    out->conf_low = x / y / factor;
    out->conf_high = x / y * factor;
    out->statistic = log(x / y / odds) / error;
    out->p_value = mig_normal_two_sided(out->statistic);
}

static void fieller(double x, double y, double odds, double tail, struct mig_estimate *out)
{
    (void)odds;
    double z = mig_normal_quantile(tail, MIG_UPPER);
    double square = z * z;
    if (!both_positive(x, y, out))
        return;
    if (y <= square) {
        out->note = N_("unbounded: the denominator may be 0 at this level");
        return;
    }
    out->conf_high = (x + z * sqrt(x / y * (x + y - square))) / (y - square);
    out->conf_low = fmax(0, x / y * ((x - square) / (y - square)) / out->conf_high);
}

static void conditional_midp(double x, double y, double odds, double tail, struct mig_estimate *out)
{
    out->conf_low = mig_binomial_midp_odds(tail, x, x + y, MIG_LOWER);
    out->conf_high = mig_binomial_midp_odds(tail, x, x + y, MIG_UPPER);
    out->p_value = two_sided(mig_binomial_midp_tail, x, y, odds);
}

static const struct {
    const char *name;
    limits *limits;
} methods[] = {
    [MIG_RATIO_EXACT] = {"conditional-exact", conditional_exact},
    [MIG_RATIO_WILSON] = {"conditional-wilson", conditional_wilson},
    [MIG_RATIO_DELTA] = {"delta-log", delta_log},
    [MIG_RATIO_FIELLER] = {"fieller", fieller},
    [MIG_RATIO_MIDP] = {"conditional-midp", conditional_midp},
};

/* All of it for counts, to be multiplied by `scale`, the inverse ratio of the exposures. */
static void estimate(
    limits *find_limits, double x, double y, double scale, double tail, struct mig_estimate *out)
{
    find_limits(x, y, 1 / scale, tail, out);
    out->conf_low *= scale;
    out->conf_high *= scale;
    if (!(y > 0)) {
        out->note = N_("denominator is 0");
        return;
    }
    out->estimate = scale * (x / y);
    if (x > 0)
        out->std_error = out->estimate * sqrt(1 / x + 1 / y);
    else if (out->note == NULL)
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

enum mig_status mig_ratio(enum mig_ratio_method method, double x, double x_exposure, double y,
    double y_exposure, double level, struct mig_estimate *out, struct mig_error *error)
{
    if ((size_t)method >= sizeof methods / sizeof methods[0])
        return mig_fail(error, MIG_ARGUMENT, _("'%d' is not a method for a ratio"), (int)method);
    enum mig_status status = check(x, x_exposure, y, y_exposure, level, error);
    if (status)
        return status;
    *out = mig_estimate_empty(methods[method].name);
    if (!(x_exposure > 0) || !(y_exposure > 0))
        out->note = N_("exposure is 0");
    else if (!(x > 0) && !(y > 0))
        out->note = N_("both counts are 0");
    else
        estimate(methods[method].limits, x, y, y_exposure / x_exposure, mig_tail(level), out);
    return MIG_OK;
}

enum mig_status mig_ratio_exact(double x, double x_exposure, double y, double y_exposure,
    double level, struct mig_estimate *out, struct mig_error *error)
{
    return mig_ratio(MIG_RATIO_EXACT, x, x_exposure, y, y_exposure, level, out, error);
}
