#include "stats/comparison.h"

#include <math.h>
#include <stdbool.h>

#include "base/i18n.h"
#include "stats/check-internal.h"
#include "stats/distribution.h"
#include "stats/fisher.h"
#include "stats/products-internal.h"
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

/* x1/n1 - x2/n2, with its digits where the two are nearly equal. */
static double difference_of(const struct mig_pair *pair)
{
    return mig_product_difference(pair->x1, pair->n2, pair->x2, pair->n1) / pair->n1 / pair->n2;
}

static void test(double statistic, struct mig_estimate *out)
{
    out->statistic = statistic;
    out->p_value = mig_normal_two_sided(statistic);
}

/* The score test that two shares are equal, its variance times `factor`. */
static void test_shares(const struct mig_pair *pair, double factor, struct mig_estimate *out)
{
    double n = pair->n1 + pair->n2, x = pair->x1 + pair->x2;
    double variance = x / n * ((n - x) / n) * (1 / pair->n1 + 1 / pair->n2);
    if (variance > 0)
        test(difference_of(pair) / sqrt(factor * variance), out);
    else
        out->note = x > 0 ? N_("everybody is counted in both groups: no test")
                          : N_("nobody is counted in either group: no test");
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
    out->conf_low = out->estimate - hypot(p1 - l1, u2 - p2);
    out->conf_high = out->estimate + hypot(u1 - p1, p2 - l2);
}

/* The slope of the log-likelihood of the second share, where the first is `d` above it. */
static double slope_at(const struct mig_pair *pair, double d, double share)
{
    double slope = 0;
    if (pair->x1 > 0)
        slope += pair->x1 / (share + d);
    if (pair->x1 < pair->n1)
        slope -= (pair->n1 - pair->x1) / (1 - share - d);
    if (pair->x2 > 0)
        slope += pair->x2 / share;
    if (pair->x2 < pair->n2)
        slope -= (pair->n2 - pair->x2) / (1 - share);
    return slope;
}

/* The second share that is most likely where the first is `d` above it. */
static double likely_share(const struct mig_pair *pair, double d)
{
    enum { ENOUGH = 100 };
    double low = fmax(0, -d), high = fmin(1, 1 - d);
    for (int i = 0; i < ENOUGH; i++) {
        double middle = (low + high) / 2;
        if (middle <= low || middle >= high)
            break;
        if (slope_at(pair, d, middle) > 0)
            low = middle;
        else
            high = middle;
    }
    return (low + high) / 2;
}

/* The distance of the observed difference from `d` in standard errors where `d` is true. */
typedef double score_of_difference(const struct mig_pair *pair, double d);

static double in_errors(double distance, double variance)
{
    if (variance > 0)
        return distance / sqrt(variance);
    return distance > 0 ? INFINITY : (distance < 0 ? -INFINITY : 0);
}

static double score_of_shares(const struct mig_pair *pair, double d)
{
    double n = pair->n1 + pair->n2, q2 = likely_share(pair, d);
    double q1 = fmin(1, fmax(0, q2 + d));
    double variance = q1 * (1 - q1) / pair->n1 + q2 * (1 - q2) / pair->n2;
    return in_errors(difference_of(pair) - d, n / (n - 1) * variance);
}

static double score_of_rates(const struct mig_pair *pair, double d)
{
    double x = pair->x1 + pair->x2, n = pair->n1 + pair->n2, b = n * d - x;
    double root = sqrt(fmax(0, b * b + 4 * n * pair->x2 * d));
    double r2 = b < 0 ? (root - b) / (2 * n) : (b + root > 0 ? 2 * pair->x2 * d / (b + root) : 0);
    double r1 = fmax(0, r2 + d);
    return in_errors(difference_of(pair) - d, r1 / pair->n1 + fmax(0, r2) / pair->n2);
}

/* The difference between `inside` and `outside` at which the score is `z`, by halving. */
static double find_difference(score_of_difference *score, const struct mig_pair *pair,
    double inside, double outside, double z)
{
    enum { ENOUGH = 200 };
    for (int i = 0; i < ENOUGH; i++) {
        double middle = (inside + outside) / 2;
        if (middle == inside || middle == outside)
            break;
        if (fabs(score(pair, middle)) < z)
            inside = middle;
        else
            outside = middle;
    }
    return inside;
}

/* A difference of rates so far beyond the observed one that it is rejected. */
static double far(const struct mig_pair *pair, double z, double sign)
{
    double d = difference_of(pair);
    double step = (z + 1) * (z + 1) * (1 / pair->n1 + 1 / pair->n2);
    while (fabs(score_of_rates(pair, d + sign * step)) < z)
        step *= 2;
    return d + sign * step;
}

/* Interval and test of the standard error, where there is one. */
static void wald(double z, struct mig_estimate *out)
{
    out->conf_low = out->estimate - z * out->std_error;
    out->conf_high = out->estimate + z * out->std_error;
    if (!isnan(out->std_error))
        test(out->estimate / out->std_error, out);
}

/* A share of 0 or 1 has no variance to estimate: by wald that leaves nothing. */
static void find_error_of_shares(
    enum mig_difference_method method, const struct mig_pair *pair, struct mig_estimate *out)
{
    double first = share_variance(pair->x1, pair->n1), second = share_variance(pair->x2, pair->n2);
    if (method == MIG_DIFFERENCE_WALD && !(first > 0 && second > 0))
        out->note = N_("a share of 0 or 1: no interval by this method");
    else if (first > 0 && second > 0)
        out->std_error = sqrt(first + second);
    else
        out->note = N_("no standard error where a share is 0 or 1");
}

static void differ_shares(enum mig_difference_method method, const struct mig_pair *pair, double z,
    struct mig_estimate *out)
{
    double n = pair->n1 + pair->n2;
    out->estimate = difference_of(pair);
    find_error_of_shares(method, pair, out);
    if (method == MIG_DIFFERENCE_NEWCOMBE) {
        newcombe(pair, z, out);
    } else if (method == MIG_DIFFERENCE_WALD) {
        wald(z, out);
    } else {
        out->conf_low = find_difference(score_of_shares, pair, out->estimate, -1, z);
        out->conf_high = find_difference(score_of_shares, pair, out->estimate, 1, z);
        test_shares(pair, n / (n - 1), out);
    }
}

static const char *const difference_methods[] = {"newcombe", "miettinen-nurminen", "wald"};

static enum mig_status check_difference(
    enum mig_difference_method method, bool rates, struct mig_error *error)
{
    if ((size_t)method < sizeof difference_methods / sizeof *difference_methods &&
        !(rates && method == MIG_DIFFERENCE_NEWCOMBE))
        return MIG_OK;
    return mig_fail(error, MIG_ARGUMENT, _("'%d' is not a method for a difference"), (int)method);
}

enum mig_status mig_share_difference(enum mig_difference_method method, const struct mig_pair *pair,
    double level, struct mig_estimate *out, struct mig_error *error)
{
    enum mig_status status = check_difference(method, false, error);
    if (!status)
        status = check_shares(pair, level, error);
    if (status)
        return status;
    *out = mig_estimate_empty(difference_methods[method]);
    if (pair->n1 > 0 && pair->n2 > 0)
        differ_shares(method, pair, mig_normal_quantile(mig_tail(level), MIG_UPPER), out);
    else
        out->note = N_("denominator is 0");
    return MIG_OK;
}

/* The score statistic of a ratio up to 1. The discriminant b^2 - 4 n ratio x is a sum of squares.
 */
static double score_below(const struct mig_pair *pair, double ratio)
{
    double first = ratio * (pair->n1 + pair->x2), second = pair->x1 + pair->n2;
    double rest = (pair->n1 - pair->x1) * (pair->n2 - pair->x2);
    double root = hypot(first - second, 2 * sqrt(ratio * rest));
    double q2 = 2 * (pair->x1 + pair->x2) / (first + second + root), q1 = ratio * q2;
    double variance = q1 * fmax(0, 1 - q1) / pair->n1 + ratio * q1 * fmax(0, 1 - q2) / pair->n2;
    return in_errors(pair->x1 / pair->n1 - ratio * (pair->x2 / pair->n2), variance);
}

/* The score statistic of any ratio: above 1 that of the groups turned over, where nothing grows
 * with the ratio. It falls as the ratio rises. */
static double score_at(const struct mig_pair *pair, double log_ratio)
{
    const struct mig_pair turned = {pair->x2, pair->n2, pair->x1, pair->n1};
    return log_ratio > 0 ? -score_below(&turned, exp(-log_ratio))
                         : score_below(pair, exp(log_ratio));
}

/* The ratio at which the statistic is `z`, by halving on the log scale. */
static double find_ratio(const struct mig_pair *pair, double z)
{
    enum { ENOUGH = 200 };
    double low = -200, high = 200; /* variances stay above the smallest double */
    for (int i = 0; i < ENOUGH && high - low > 1e-16 * fabs(high); i++) {
        double middle = (low + high) / 2;
        if (score_at(pair, middle) > z)
            low = middle;
        else
            high = middle;
    }
    return exp((low + high) / 2);
}

/* Estimate and standard error, with the reasons why they are missing; false where nothing can be
 * said. */
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
    else if (pair->x1 < pair->n1 && pair->x2 < pair->n2)
        out->std_error = out->estimate * sqrt(variance);
    else
        out->note = N_("no standard error where a share is 0 or 1");
    return true;
}

/* Limits on the log scale, and the test of a ratio of 1, where there is a standard error. */
static void delta_log(double z, struct mig_estimate *out)
{
    double error = out->std_error / out->estimate, factor = exp(z * error);
    if (isnan(factor))
        return;
    test(log(out->estimate) / error, out);
    out->conf_low = out->estimate / factor;
    out->conf_high = out->estimate * factor;
}

enum mig_status mig_share_ratio(enum mig_share_ratio_method method, const struct mig_pair *pair,
    double level, struct mig_estimate *out, struct mig_error *error)
{
    if (method != MIG_SHARE_RATIO_SCORE && method != MIG_SHARE_RATIO_DELTA)
        return mig_fail(error, MIG_ARGUMENT, _("'%d' is not a method for a ratio"), (int)method);
    enum mig_status status = check_shares(pair, level, error);
    if (status)
        return status;
    *out = mig_estimate_empty(method == MIG_SHARE_RATIO_SCORE ? "score" : "delta-log");
    if (!estimate_ratio(pair, out))
        return MIG_OK;
    double z = mig_normal_quantile(mig_tail(level), MIG_UPPER);
    if (method == MIG_SHARE_RATIO_DELTA) {
        if (!(pair->x1 > 0))
            out->note = N_("a count of 0: no interval by this method");
        else if (pair->x2 > 0 && isnan(out->std_error))
            out->note = N_("a share of 0 or 1: no interval by this method");
        delta_log(z, out);
    } else {
        out->conf_low = pair->x1 > 0 ? find_ratio(pair, z) : 0;
        out->conf_high = pair->x2 > 0 ? find_ratio(pair, -z) : INFINITY;
        test_shares(pair, 1, out);
    }
    return MIG_OK;
}

/* Why two groups have no odds to compare, or NULL. */
static const char *odds_obstacle(const struct mig_pair *pair)
{
    double x = pair->x1 + pair->x2;
    if (!(pair->n1 > 0) || !(pair->n2 > 0))
        return N_("denominator is 0");
    if (!(x > 0))
        return N_("nobody is counted in either group: no odds ratio");
    return x < pair->n1 + pair->n2 ? NULL
                                   : N_("everybody is counted in both groups: no odds ratio");
}

/* Why the odds ratio is infinite, or NULL. */
static const char *infinite_odds(const struct mig_pair *pair)
{
    bool everybody = !(pair->x1 < pair->n1), nobody = !(pair->x2 > 0);
    if (everybody && nobody)
        return N_(
            "the odds ratio is infinite: everybody is counted in the group, and nobody in the "
            "one compared with");
    if (everybody)
        return N_("the odds ratio is infinite: everybody is counted in the group");
    return nobody ? N_("the odds ratio is infinite: nobody is counted in the group compared with")
                  : NULL;
}

static enum mig_status conditional_odds_ratio(const struct mig_pair *pair, bool midp, double level,
    struct mig_estimate *out, struct mig_error *error)
{
    const double counts[] = {pair->x1, pair->n1 - pair->x1, pair->x2, pair->n2 - pair->x2};
    if (pair->n1 + pair->n2 > MIG_LARGEST_COUNT) {
        *out = mig_estimate_empty(midp ? "fisher-midp" : "fisher-exact");
        out->note = N_("too many cases for the exact interval");
        if (!midp)
            out->p_value = mig_fisher_two_sided(pair->x1, pair->n1, pair->x2, pair->n2);
        return MIG_OK;
    }
    enum mig_status status = midp ? mig_fisher_midp(counts, level, out, error)
                                  : mig_fisher_odds_ratio(counts, MIG_TWO_SIDED, level, out, error);
    if (!status && isinf(out->estimate))
        out->note = infinite_odds(pair);
    return status;
}

static void woolf(const struct mig_pair *pair, double level, struct mig_estimate *out)
{
    *out = mig_estimate_empty("woolf");
    double a = pair->x1, b = pair->n1 - a, c = pair->x2, d = pair->n2 - c;
    double variance = 1 / a + 1 / b + 1 / c + 1 / d;
    if (b > 0 && c > 0)
        out->estimate = a / b * (d / c);
    if (isfinite(variance))
        out->std_error = out->estimate * sqrt(variance);
    else if (a > 0 && d > 0)
        out->note = infinite_odds(pair);
    else
        out->note = N_("a count of 0: no interval by this method");
    delta_log(mig_normal_quantile(mig_tail(level), MIG_UPPER), out);
}

enum mig_status mig_share_odds_ratio(enum mig_odds_ratio_method method, const struct mig_pair *pair,
    double level, struct mig_estimate *out, struct mig_error *error)
{
    static const char *const names[] = {[MIG_ODDS_RATIO_EXACT] = "fisher-exact",
        [MIG_ODDS_RATIO_WOOLF] = "woolf",
        [MIG_ODDS_RATIO_MIDP] = "fisher-midp"};
    if ((size_t)method >= sizeof names / sizeof *names)
        return mig_fail(error, MIG_ARGUMENT, _("'%d' is not a method for a ratio"), (int)method);
    enum mig_status status = check_shares(pair, level, error);
    if (status)
        return status;
    const char *obstacle = odds_obstacle(pair);
    if (obstacle == NULL && method != MIG_ODDS_RATIO_WOOLF)
        return conditional_odds_ratio(pair, method == MIG_ODDS_RATIO_MIDP, level, out, error);
    if (obstacle == NULL) {
        woolf(pair, level, out);
    } else {
        *out = mig_estimate_empty(names[method]);
        out->note = obstacle;
    }
    return MIG_OK;
}

static double error_of_rates(const struct mig_pair *pair)
{
    return hypot(sqrt(pair->x1) / pair->n1, sqrt(pair->x2) / pair->n2);
}

static void differ_rates_by_score(const struct mig_pair *pair, double z, struct mig_estimate *out)
{
    double events = pair->x1 + pair->x2, n = pair->n1 + pair->n2;
    double excess = mig_product_difference(pair->x1, pair->n2, pair->x2, pair->n1) / n;
    if (events > 0)
        test(excess / sqrt(events * (pair->n1 / n) * (pair->n2 / n)), out);
    if (pair->x1 > 0 && pair->x2 > 0)
        out->std_error = error_of_rates(pair);
    else
        out->note =
            events > 0 ? N_("no standard error where a count is 0") : N_("both counts are 0");
    out->conf_low = find_difference(score_of_rates, pair, out->estimate, far(pair, z, -1), z);
    out->conf_high = find_difference(score_of_rates, pair, out->estimate, far(pair, z, 1), z);
}

/* No events have no variance to estimate. */
static void differ_rates_by_wald(const struct mig_pair *pair, double z, struct mig_estimate *out)
{
    if (pair->x1 > 0 && pair->x2 > 0)
        out->std_error = error_of_rates(pair);
    else
        out->note = N_("a count of 0: no interval by this method");
    wald(z, out);
}

enum mig_status mig_rate_difference(enum mig_difference_method method, const struct mig_pair *pair,
    double level, struct mig_estimate *out, struct mig_error *error)
{
    enum mig_status status = check_difference(method, true, error);
    if (!status)
        status = mig_check_level(level, error);
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
    *out = mig_estimate_empty(difference_methods[method]);
    if (!(pair->n1 > 0) || !(pair->n2 > 0)) {
        out->note = N_("exposure is 0");
        return MIG_OK;
    }
    double z = mig_normal_quantile(mig_tail(level), MIG_UPPER);
    out->estimate = difference_of(pair);
    if (method == MIG_DIFFERENCE_WALD)
        differ_rates_by_wald(pair, z, out);
    else
        differ_rates_by_score(pair, z, out);
    return MIG_OK;
}
