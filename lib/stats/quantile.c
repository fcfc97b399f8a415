#include "stats/quantile.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>

#include "base/i18n.h"
#include "stats/check-internal.h"
#include "stats/distribution.h"

enum { TYPES = 9 };

static const double FUZZ = 4 * DBL_EPSILON;

static enum mig_status check(double p, int type, int types, struct mig_error *error)
{
    if (!(p >= 0 && p <= 1))
        return mig_fail(error, MIG_ARGUMENT, _("'%g' is not a probability between 0 and 1"), p);
    if (type < 1 || type > types)
        return mig_fail(error, MIG_ARGUMENT, _("'%d' is not a type of quantile"), type);
    return MIG_OK;
}

/* Values, ascending; with `counts` (else NULL) value i stands there counts[i] times. */
struct sample {
    const double *values;
    const double *counts;
    size_t n;
};

/* How many values there are. */
static double size_of(const struct sample *sample)
{
    double size = 0;
    if (sample->counts == NULL)
        return (double)sample->n;
    for (size_t i = 0; i < sample->n; i++)
        size += sample->counts[i];
    return size;
}

/* The i-th smallest value, i from 1, the ends repeated beyond them. */
static double at(const struct sample *sample, double i)
{
    size_t last = sample->n - 1, place = 0;
    if (sample->counts == NULL)
        return sample->values[i < 1 ? 0 : i > (double)sample->n ? last : (size_t)i - 1];
    for (double sum = sample->counts[0]; sum < i && place < last;)
        sum += sample->counts[++place];
    return sample->values[place];
}

/* (1 - share) a + share b, which is a when both are equal. */
static double between(double a, double b, double share)
{
    if (share == 0 || a == b)
        return a;
    return share == 1 ? b : (1 - share) * a + share * b;
}

/* Types 1 to 3 step from one value to another; 4 to 9 are linear between (k - alpha) / (n + 1 -
 * alpha - beta). */
static double quantile(const struct sample *sample, double size, double p, int type)
{
    static const double alphas[] = {
        0, 0.5, 0, 1, 1.0 / 3, 3.0 / 8}; /* of types 4 to 9; beta is the same */
    if (type == 7) {
        double place = 1 + (size - 1) * p, below = floor(place);
        return between(at(sample, below), at(sample, below + 1), place - below);
    }
    double alpha = type > 4 ? alphas[type - 4] : 0, beta = type == 4 ? 1 : alpha;
    double place =
        type <= 3 ? size * p - (type == 3 ? 0.5 : 0) : alpha + p * (size + 1 - alpha - beta);
    double below = floor(place + FUZZ), share = place - below;
    if (fabs(share) < FUZZ)
        share = 0;
    if (type == 1)
        share = share > 0;
    else if (type == 2)
        share = share > 0 ? 1 : 0.5;
    else if (type == 3)
        share = share > 0 || fmod(below, 2) != 0;
    return between(at(sample, below), at(sample, below + 1), share);
}

static enum mig_status quantile_of(const struct sample *sample, double p, int type,
    struct mig_estimate *out, struct mig_error *error)
{
    static const char *const methods[] = {
        "type-1", "type-2", "type-3", "type-4", "type-5", "type-6", "type-7", "type-8", "type-9"};
    enum mig_status status = check(p, type, TYPES, error);
    if (status != MIG_OK)
        return status;
    *out = mig_estimate_empty(methods[type - 1]);
    double size = size_of(sample);
    if (!(size > 0))
        out->note = N_("no values");
    else
        out->estimate = quantile(sample, size, p, type);
    return MIG_OK;
}

enum mig_status mig_quantile(const double *values, size_t n, double p, int type,
    struct mig_estimate *out, struct mig_error *error)
{
    return mig_quantile_counted(values, NULL, n, p, type, out, error);
}

enum mig_status mig_quantile_counted(const double *values, const double *counts, size_t n, double p,
    int type, struct mig_estimate *out, struct mig_error *error)
{
    return quantile_of(&(struct sample){values, counts, n}, p, type, out, error);
}

/* The next value after `i` that has weight, or the same one when there is none. */
static size_t next_weighted(const double *weights, size_t n, size_t i)
{
    for (size_t j = i + 1; j < n; j++)
        if (weights[j] > 0)
            return j;
    return i;
}

static double weighted_quantile(
    const double *values, const double *weights, size_t n, long double total, double p, int type)
{
    long double target = p * total, tolerance = FUZZ * total, sum = 0;
    size_t last = 0;
    for (size_t i = 0; i < n; i++) {
        if (!(weights[i] > 0))
            continue;
        sum += weights[i];
        last = i;
        if (sum < target - tolerance)
            continue;
        bool hit = type == 2 && sum <= target + tolerance;
        return between(values[i], values[next_weighted(weights, n, i)], hit ? 0.5 : 0);
    }
    return values[last];
}

enum mig_status mig_quantile_weighted(const double *values, const double *weights, size_t n,
    double p, int type, struct mig_estimate *out, struct mig_error *error)
{
    enum mig_status status = check(p, type, 2, error);
    if (status != MIG_OK)
        return status;
    *out = mig_estimate_empty(type == 1 ? "type-1-weighted" : "type-2-weighted");
    long double total = 0;
    for (size_t i = 0; i < n; i++)
        total += weights[i];
    if (n == 0)
        out->note = N_("no values");
    else if (!(total > 0))
        out->note = N_("the weights sum to 0");
    else
        out->estimate = weighted_quantile(values, weights, n, total, p, type);
    return MIG_OK;
}

enum mig_status mig_median(const double *values, size_t n, double level, int type,
    struct mig_estimate *out, struct mig_error *error)
{
    return mig_median_counted(values, NULL, n, level, type, out, error);
}

enum mig_status mig_median_counted(const double *values, const double *counts, size_t n,
    double level, int type, struct mig_estimate *out, struct mig_error *error)
{
    const struct sample sample = {values, counts, n};
    static const char *const methods[] = {"type-1 order-statistics", "type-2 order-statistics",
        "type-3 order-statistics", "type-4 order-statistics", "type-5 order-statistics",
        "type-6 order-statistics", "type-7 order-statistics", "type-8 order-statistics",
        "type-9 order-statistics"};
    enum mig_status status = mig_check_level(level, error);
    if (status == MIG_OK)
        status = quantile_of(&sample, 0.5, type, out, error);
    double size = size_of(&sample);
    if (status != MIG_OK || !(size > 0))
        return status;
    out->method = methods[type - 1];
    double k = mig_binomial_quantile(mig_tail(level), size, 0.5);
    if (k > 0) {
        out->conf_low = at(&sample, k);
        out->conf_high = at(&sample, size - k + 1);
    } else {
        out->note = N_("too few values for an interval");
    }
    return MIG_OK;
}

/* The weighted share of values up to `m`, and its standard error. */
static double share_up_to(
    const double *values, const double *weights, size_t n, double m, double *std_error)
{
    long double below = 0, total = 0, squares = 0;
    for (size_t i = 0; i < n; i++) {
        total += weights[i];
        below += values[i] <= m ? weights[i] : 0;
    }
    long double share = below / total;
    for (size_t i = 0; i < n; i++) {
        long double distance = weights[i] * ((values[i] <= m) - share);
        squares += distance * distance;
    }
    long double size = (long double)n;
    *std_error = (double)(sqrtl(size / (size - 1) * squares) / total);
    return (double)share;
}

/* Fills in Woodruff's limits, or the note why there are none. */
static void woodruff(const double *values, const double *weights, size_t n, double level, int type,
    struct mig_estimate *out)
{
    double std_error, share = share_up_to(values, weights, n, out->estimate, &std_error);
    double size = (double)n;
    if (n < 2 || !(std_error > 0)) {
        out->note = N_("no spread of the weights below and above: no interval");
        return;
    }
    double reach = mig_t_quantile(mig_tail(level), size - 1, MIG_UPPER) * std_error;
    if (!(share - reach >= 0) || !(share + reach <= 1)) {
        out->note = N_("too few values for an interval");
        return;
    }
    long double total = 0;
    for (size_t i = 0; i < n; i++)
        total += weights[i];
    out->df = size - 1;
    out->conf_low = weighted_quantile(values, weights, n, total, share - reach, type);
    out->conf_high = weighted_quantile(values, weights, n, total, share + reach, type);
}

enum mig_status mig_median_weighted(const double *values, const double *weights, size_t n,
    double level, int type, struct mig_estimate *out, struct mig_error *error)
{
    enum mig_status status = mig_check_level(level, error);
    if (status == MIG_OK)
        status = mig_quantile_weighted(values, weights, n, 0.5, type, out, error);
    if (status != MIG_OK)
        return status;
    out->method = type == 1 ? "type-1-weighted woodruff" : "type-2-weighted woodruff";
    if (out->note == NULL)
        woodruff(values, weights, n, level, type, out);
    return MIG_OK;
}
