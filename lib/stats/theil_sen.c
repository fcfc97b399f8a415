#include "stats/theil_sen.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "stats/check-internal.h"
#include "stats/distribution.h"
#include "stats/kendall.h"

#define SIGN (UINT64_C(1) << 63)

struct series {
    const double *times;
    const double *values;
    size_t n;
};

static double pair_slope(const struct series *series, size_t i, size_t j)
{
    return (series->values[j] - series->values[i]) / (series->times[j] - series->times[i]);
}

/* Whole numbers in the order of the doubles, so that a slope is found by its digits without storing
 * any. */
static uint64_t key_of(double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits & SIGN ? ~bits : bits | SIGN;
}

static double value_of(uint64_t key)
{
    uint64_t bits = key & SIGN ? key & ~SIGN : ~key;
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static uint64_t count_pairs(const struct series *series)
{
    uint64_t pairs = 0;
    for (size_t i = 0; i < series->n; i++)
        for (size_t j = i + 1; j < series->n; j++)
            pairs += series->times[i] != series->times[j];
    return pairs;
}

/* Of the slopes whose key agrees with `prefix` above its byte at `shift`: how many have each value
 * there. */
static void count_byte(
    const struct series *series, uint64_t prefix, int shift, uint64_t counts[256])
{
    memset(counts, 0, 256 * sizeof *counts);
    for (size_t i = 0; i < series->n; i++) {
        for (size_t j = i + 1; j < series->n; j++) {
            double slope = pair_slope(series, i, j);
            uint64_t key = key_of(slope);
            if (series->times[i] != series->times[j] && (key ^ prefix) >> shift >> 8 == 0)
                counts[key >> shift & 0xff]++;
        }
    }
}

/* The slope of `rank` (from 1 to the number of pairs), by radix selection from the highest byte
 * down. */
static double slope_at(const struct series *series, uint64_t rank)
{
    uint64_t key = 0;
    for (int shift = 56; shift >= 0; shift -= 8) {
        uint64_t counts[256];
        uint64_t digit = 0;
        count_byte(series, key, shift, counts);
        while (rank > counts[digit])
            rank -= counts[digit++];
        key |= digit << shift;
    }
    return value_of(key) + 0.0; /* -0 becomes 0 */
}

/* A rank between two whole ones is interpolated. 1 <= rank <= pairs. */
static double slope_at_real(const struct series *series, double rank)
{
    double below = floor(rank);
    double part = rank - below;
    double slope = slope_at(series, (uint64_t)below);
    if (part > 0)
        slope += part * (slope_at(series, (uint64_t)below + 1) - slope);
    return slope;
}

static enum mig_status find_limits(const struct series *series, double pairs, double level,
    struct mig_estimate *slope, struct mig_error *error)
{
    struct mig_kendall kendall;
    enum mig_status status =
        mig_mann_kendall(series->times, series->values, series->n, &kendall, error);
    if (status)
        return status;
    if (!(kendall.var_s > 0)) {
        slope->note = kendall.tau_b.note;
        return MIG_OK;
    }
    double c = mig_normal_quantile(mig_tail(level), MIG_UPPER) * sqrt(kendall.var_s);
    double low = (pairs - c) / 2;
    if (low < 1) {
        slope->note = N_("too few observations for an interval at this level");
        return MIG_OK;
    }
    slope->conf_low = slope_at_real(series, low);
    slope->conf_high = slope_at_real(series, (pairs + c) / 2 + 1);
    return MIG_OK;
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

static enum mig_status find_intercept(
    const struct series *series, double slope, double *intercept, struct mig_error *error)
{
    size_t n = series->n;
    double *rests = calloc(n, sizeof *rests);
    if (!rests)
        return mig_fail_memory(error);
    for (size_t i = 0; i < n; i++)
        rests[i] = series->values[i] - slope * series->times[i];
    qsort(rests, n, sizeof *rests, compare);
    *intercept = rests[(n - 1) / 2] + (rests[n / 2] - rests[(n - 1) / 2]) / 2;
    free(rests);
    return MIG_OK;
}

static enum mig_status check(const struct series *series, double level, struct mig_error *error)
{
    enum mig_status status = mig_check_level(level, error);
    if (!status)
        status = mig_check_finite(series->times, series->n, error);
    if (!status)
        status = mig_check_finite(series->values, series->n, error);
    return status;
}

enum mig_status mig_theil_sen(const double *times, const double *values, size_t n, double level,
    struct mig_estimate *slope, struct mig_estimate *intercept, struct mig_error *error)
{
    const struct series series = {times, values, n};
    struct mig_estimate b = mig_estimate_empty("theil-sen");
    struct mig_estimate a = b;
    enum mig_status status = check(&series, level, error);
    if (status)
        return status;

    uint64_t pairs = count_pairs(&series);
    if (pairs) {
        b.estimate = slope_at_real(&series, ((double)pairs + 1) / 2);
        status = find_limits(&series, (double)pairs, level, &b, error);
        if (!status)
            status = find_intercept(&series, b.estimate, &a.estimate, error);
        if (status)
            return status;
    } else {
        b.note = n < 2 ? N_("fewer than 2 observations") : N_("all times are equal");
        a.note = b.note;
    }
    *slope = b;
    *intercept = a;
    return MIG_OK;
}
