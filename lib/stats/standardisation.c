#include "stats/standardisation.h"

#include <math.h>

#include "base/i18n.h"
#include "stats/check-internal.h"
#include "stats/distribution.h"

const char *const mig_direct_methods[] = {[MIG_DIRECT_DOBSON] = "dobson",
    [MIG_DIRECT_DOBSON_BYAR] = "dobson-byar",
    [MIG_DIRECT_FAY_FEUER] = "fay-feuer",
    NULL};

struct sums {
    double weight, rate, variance;
    double events, squares;
    double largest; /* w/n */
    const char *note;
};

static struct sums add_up(const struct mig_stratum *strata, size_t n)
{
    struct sums sums = {0};
    for (size_t i = 0; i < n; i++) {
        const struct mig_stratum *stratum = &strata[i];
        if (!(stratum->weight > 0)) /* what does not count can make nothing surer */
            continue;
        sums.weight += stratum->weight;
        sums.events += stratum->events;
        sums.squares += stratum->squares;
        if (!(stratum->exposure > 0)) {
            sums.note = N_("a stratum of the standard has no exposure");
            continue;
        }
        double weight = stratum->weight / stratum->exposure;
        sums.rate += weight * stratum->events;
        sums.variance += weight * weight * stratum->squares;
        sums.largest = fmax(sums.largest, weight);
    }
    sums.rate /= sums.weight;
    sums.variance /= sums.weight * sums.weight;
    sums.largest /= sums.weight;
    return sums;
}

static enum mig_status dobson(enum mig_rate_method method, const struct sums *sums, double level,
    struct mig_estimate *out, struct mig_error *error)
{
    struct mig_estimate count;
    enum mig_status status = mig_rate(method, sums->events, 1, level, &count, error);
    if (status)
        return status;
    double scale = sqrt(sums->variance / sums->events);
    out->conf_low = fmax(0, sums->rate + scale * (count.conf_low - sums->events));
    out->conf_high = sums->rate + scale * (count.conf_high - sums->events);
    return MIG_OK;
}

static void fay_feuer(const struct sums *sums, double tail, struct mig_estimate *out)
{
    double rate = sums->rate, variance = sums->variance;
    double high_rate = rate + sums->largest;
    double high_variance = variance + sums->largest * sums->largest;
    if (sums->squares > sums->events) {
        out->note = N_("events are not independent: no interval by this method");
        return;
    }
    out->conf_low =
        rate > 0 ? variance / rate * mig_gamma_quantile(tail, rate / variance * rate, MIG_LOWER)
                 : 0;
    out->conf_high = high_variance / high_rate *
                     mig_gamma_quantile(tail, high_rate / high_variance * high_rate, MIG_UPPER);
}

static const char *obstacle(const struct sums *sums, double least_events)
{
    if (!(sums->weight > 0))
        return N_("the standard has no weight");
    if (sums->note != NULL)
        return sums->note;
    return sums->events < least_events ? N_("too few events to standardise") : NULL;
}

static enum mig_status check(const struct mig_stratum *strata, size_t n, struct mig_error *error)
{
    enum mig_status status = MIG_OK;
    for (size_t i = 0; i < n && !status; i++) {
        status = mig_check_count(strata[i].events, error);
        if (!status)
            status = mig_check_exposure(strata[i].exposure, error);
        if (!status)
            status = mig_check_exposure(strata[i].weight, error);
        if (!status)
            status = mig_check_exposure(strata[i].squares, error);
    }
    return status;
}

enum mig_status mig_direct_rate(enum mig_direct_method method, const struct mig_stratum *strata,
    size_t n, double least_events, double level, struct mig_estimate *out, struct mig_error *error)
{
    if ((size_t)method >= sizeof mig_direct_methods / sizeof mig_direct_methods[0] - 1)
        return mig_fail(
            error, MIG_ARGUMENT, _("'%d' is not a method for a standardised rate"), (int)method);
    enum mig_status status = mig_check_level(level, error);
    if (!status)
        status = check(strata, n, error);
    if (status)
        return status;
    struct sums sums = add_up(strata, n);
    struct mig_estimate result = mig_estimate_empty(mig_direct_methods[method]);
    result.note = obstacle(&sums, least_events);
    if (result.note == NULL) {
        result.estimate = sums.rate;
        if (sums.variance > 0)
            result.std_error = sqrt(sums.variance);
        else
            result.note = method == MIG_DIRECT_FAY_FEUER
                              ? N_("no standard error for 0 events")
                              : N_("0 events have no variance: no interval by this method");
        if (method == MIG_DIRECT_FAY_FEUER)
            fay_feuer(&sums, mig_tail(level), &result);
        else if (sums.variance > 0)
            status = dobson(method == MIG_DIRECT_DOBSON ? MIG_RATE_EXACT : MIG_RATE_BYAR, &sums,
                level, &result, error);
    }
    if (!status)
        *out = result;
    return status;
}

enum mig_status mig_indirect_ratio(enum mig_rate_method method, const struct mig_reference *strata,
    size_t n, double level, struct mig_estimate *out, double *expected, struct mig_error *error)
{
    double events = 0, total = 0;
    const char *note = NULL;
    for (size_t i = 0; i < n; i++) {
        const struct mig_reference *stratum = &strata[i];
        const double numbers[] = {
            stratum->exposure, stratum->reference_events, stratum->reference_exposure};
        for (size_t j = 0; j < sizeof numbers / sizeof numbers[0]; j++) {
            enum mig_status status = mig_check_exposure(numbers[j], error);
            if (status)
                return status;
        }
        events += stratum->events;
        if (!(stratum->exposure > 0) && stratum->events > 0)
            note = N_("events in a stratum without exposure");
        else if (stratum->reference_exposure > 0)
            total += stratum->exposure * (stratum->reference_events / stratum->reference_exposure);
        else if (stratum->exposure > 0)
            note = N_("a stratum has no exposure in the reference");
    }
    enum mig_status status = mig_rate(method, events, total, level, out, error);
    if (status)
        return status;
    *expected = note == NULL ? total : NAN;
    if (note == NULL && !(total > 0))
        note = N_("no events are expected");
    if (note != NULL) {
        *out = mig_estimate_empty(out->method);
        out->note = note;
    }
    return MIG_OK;
}
