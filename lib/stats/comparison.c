#include "stats/comparison.h"

#include <math.h>
#include <stdbool.h>

#include "base/i18n.h"
#include "stats/check-internal.h"
#include "stats/distribution.h"
#include "stats/score-internal.h"

static enum mig_status check_share(double x, double n, struct mig_error *error)
{
    enum mig_status status = mig_check_count(x, error);
    if (!status)
        status = mig_check_count(n, error);
    if (!status && x > n)
        status =
            mig_fail(error, MIG_ARGUMENT, _("'%.15g' is more than its denominator %.15g"), x, n);
    return status;
}

static enum mig_status check_shares(
    const struct mig_pair *pair, double level, struct mig_error *error)
{
    enum mig_status status = mig_check_level(level, error);
    if (!status)
        status = check_share(pair->x1, pair->n1, error);
    return status ? status : check_share(pair->x2, pair->n2, error);
}

/* Fills in the score test that two shares are equal; false where there is none. */
static bool test_shares(const struct mig_pair *pair, struct mig_estimate *out)
{
    double n = pair->n1 + pair->n2, x = pair->x1 + pair->x2;
    double variance = x / n * ((n - x) / n) * (1 / pair->n1 + 1 / pair->n2);
    if (!(variance > 0))
        return false;
    out->statistic = (pair->x1 / pair->n1 - pair->x2 / pair->n2) / sqrt(variance);
    out->p_value = mig_normal_two_sided(out->statistic);
    return true;
}

static double share_variance(double x, double n)
{
    return x / n * ((n - x) / n) / n;
}

static void newcombe(const struct mig_pair *pair, double z, struct mig_estimate *out)
{
    double l1, u1, l2, u2, p1 = pair->x1 / pair->n1, p2 = pair->x2 / pair->n2;
    mig_score_limits(pair->x1, pair->n1, z, &l1, &u1);
    mig_score_limits(pair->x2, pair->n2, z, &l2, &u2);
    double variance = share_variance(pair->x1, pair->n1) + share_variance(pair->x2, pair->n2);
    out->estimate = p1 - p2;
    out->conf_low = out->estimate - hypot(p1 - l1, u2 - p2);
    out->conf_high = out->estimate + hypot(u1 - p1, p2 - l2);
    if (variance > 0)
        out->std_error = sqrt(variance);
    else
        out->note = N_("no standard error where both shares are 0 or 1");
    if (!test_shares(pair, out))
        out->note = N_("no test: the groups hold nobody else");
}

enum mig_status mig_share_difference(
    const struct mig_pair *pair, double level, struct mig_estimate *out, struct mig_error *error)
{
    enum mig_status status = check_shares(pair, level, error);
    if (status)
        return status;
    *out = mig_estimate_empty("newcombe");
    if (pair->n1 > 0 && pair->n2 > 0)
        newcombe(pair, mig_normal_quantile((1 - level) / 2, MIG_UPPER), out);
    else
        out->note = N_("denominator is 0");
    return MIG_OK;
}

/* The score statistic of the ratio `ratio`; it falls as the ratio rises. */
static double score_at(const struct mig_pair *pair, double ratio)
{
    double p1 = pair->x1 / pair->n1, p2 = pair->x2 / pair->n2, n = pair->n1 + pair->n2;
    double x = pair->x1 + pair->x2;
    double b = ratio * (pair->n1 + pair->x2) + pair->x1 + pair->n2;
    double root = sqrt(fmax(0, b * b - 4 * n * ratio * x));
    double q2 = 2 * x / (b + root), q1 = ratio * q2;
    double variance = q1 * fmax(0, 1 - q1) / pair->n1 + ratio * q1 * fmax(0, 1 - q2) / pair->n2;
    double distance = p1 - ratio * p2;
    if (variance > 0)
        return distance / sqrt(variance);
    return distance > 0 ? INFINITY : (distance < 0 ? -INFINITY : 0);
}

/* The ratio at which the statistic is `z`, by halving on the log scale. */
static double find_ratio(const struct mig_pair *pair, double z)
{
    enum { ENOUGH = 200 };
    double low = -700, high = 700;
    for (int i = 0; i < ENOUGH && high - low > 1e-16 * fabs(high); i++) {
        double middle = (low + high) / 2;
        if (score_at(pair, exp(middle)) > z)
            low = middle;
        else
            high = middle;
    }
    return exp((low + high) / 2);
}

/* Estimate and standard error; false where nothing can be said. */
static bool estimate_ratio(const struct mig_pair *pair, struct mig_estimate *out)
{
    if (!(pair->n1 > 0) || !(pair->n2 > 0))
        out->note = N_("denominator is 0");
    else if (!(pair->x1 > 0) && !(pair->x2 > 0))
        out->note = N_("both counts are 0");
    if (out->note != NULL)
        return false;
    if (!(pair->x2 > 0)) {
        out->note = N_("the share compared with is 0");
        return true;
    }
    out->estimate = pair->x1 / pair->n1 / (pair->x2 / pair->n2);
    double variance = 1 / pair->x1 - 1 / pair->n1 + 1 / pair->x2 - 1 / pair->n2;
    if (!(pair->x1 > 0))
        out->note = N_("no standard error for a ratio of 0");
    else if (variance > 0)
        out->std_error = out->estimate * sqrt(variance);
    else
        out->note = N_("no standard error where both shares are 0 or 1");
    return true;
}

enum mig_status mig_share_ratio(
    const struct mig_pair *pair, double level, struct mig_estimate *out, struct mig_error *error)
{
    enum mig_status status = check_shares(pair, level, error);
    if (status)
        return status;
    *out = mig_estimate_empty("score");
    if (!estimate_ratio(pair, out))
        return MIG_OK;
    double z = mig_normal_quantile((1 - level) / 2, MIG_UPPER);
    out->conf_low = pair->x1 > 0 ? find_ratio(pair, z) : 0;
    out->conf_high = pair->x2 > 0 ? find_ratio(pair, -z) : INFINITY;
    if (!test_shares(pair, out))
        out->note = N_("no test: the groups hold nobody else");
    return MIG_OK;
}

enum mig_status mig_share_fisher(
    const struct mig_pair *pair, double level, struct mig_estimate *out, struct mig_error *error)
{
    enum mig_status status = check_shares(pair, level, error);
    if (status)
        return status;
    *out = mig_estimate_empty("fisher-exact");
    if (!estimate_ratio(pair, out))
        return MIG_OK;
    out->p_value = mig_fisher_two_sided(pair->x1, pair->n1, pair->x2, pair->n2);
    if (out->note == NULL)
        out->note = N_("a test without an interval");
    return MIG_OK;
}

static void wald(const struct mig_pair *pair, double z, struct mig_estimate *out)
{
    double variance = pair->x1 / (pair->n1 * pair->n1) + pair->x2 / (pair->n2 * pair->n2);
    double events = pair->x1 + pair->x2, share = pair->n1 / (pair->n1 + pair->n2);
    out->estimate = pair->x1 / pair->n1 - pair->x2 / pair->n2;
    if (!(variance > 0)) {
        out->note = N_("both counts are 0");
        return;
    }
    out->std_error = sqrt(variance);
    out->conf_low = out->estimate - z * out->std_error;
    out->conf_high = out->estimate + z * out->std_error;
    out->statistic = (pair->x1 - events * share) / sqrt(events * share * (1 - share));
    out->p_value = mig_normal_two_sided(out->statistic);
}

enum mig_status mig_rate_difference(
    const struct mig_pair *pair, double level, struct mig_estimate *out, struct mig_error *error)
{
    enum mig_status status = mig_check_level(level, error);
    if (!status)
        status = mig_check_count(pair->x1, error);
    if (!status)
        status = mig_check_count(pair->x2, error);
    if (!status)
        status = mig_check_exposure(pair->n1, error);
    if (!status)
        status = mig_check_exposure(pair->n2, error);
    if (status)
        return status;
    *out = mig_estimate_empty("wald");
    if (pair->n1 > 0 && pair->n2 > 0)
        wald(pair, mig_normal_quantile((1 - level) / 2, MIG_UPPER), out);
    else
        out->note = N_("exposure is 0");
    return MIG_OK;
}
