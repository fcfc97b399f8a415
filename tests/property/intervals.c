/* What every interval has to be, over a grid of counts, sizes and levels: it holds the estimate,
 * widens with the level, moves up with the count, is the same seen from the other side, and stays
 * where the figure can be. */
#include "../numbers/close.h"

#include <stdbool.h>

#include "stats/comparison.h"
#include "stats/mean.h"
#include "stats/proportion.h"
#include "stats/quantile.h"
#include "stats/rate.h"
#include "stats/ratio.h"

static const double levels[] = {0.5, 0.8, 0.9, 0.95, 0.99, 0.998, 0.9999, 1 - 1e-9, 1 - 1e-12};
static const double sizes[] = {1, 2, 3, 7, 10, 29, 100, 1234, 1e5, 1e7, 1e9};

/* Counts out of `n`: both ends and what lies between. */
static size_t counts_of(double n, double out[static 12])
{
    const double wanted[] = {0, 1, 2, 5, floor(n / 1000), floor(n / 7), floor(n / 2), ceil(n / 2),
        n - floor(n / 7), n - 2, n - 1, n};
    size_t count = 0;
    for (size_t i = 0; i < COUNT_OF(wanted); i++)
        if (wanted[i] >= 0 && wanted[i] <= n && (count == 0 || wanted[i] > out[count - 1]))
            out[count++] = wanted[i];
    return count;
}

/* One figure at one level: what the others are compared with. */
struct limits {
    double low, high;
};

static void fail_at(const char *what, const char *method, double x, double n, double level)
{
    fail_msg("%s: %s, %.15g and %.15g at %.15g", what, method, x, n, level);
}

/* Low <= estimate <= high, each up to rounding. */
static bool holds(const struct mig_estimate *e)
{
    double slack = 1e-12 * fabs(e->estimate);
    return e->conf_low <= e->estimate + slack && e->conf_high >= e->estimate - slack;
}

static struct mig_estimate share(int method, double x, double n, double level)
{
    struct mig_estimate out;
    assert_int_equal(
        mig_proportion((enum mig_proportion_method)method, x, n, level, &out, NULL), MIG_OK);
    return out;
}

static void check_share(int method, double x, double n, double level, struct limits *inner)
{
    const char *name = mig_proportion_methods[method];
    struct mig_estimate out = share(method, x, n, level), turned = share(method, n - x, n, level);
    if (!(out.conf_low >= 0 && out.conf_high <= 1))
        fail_at("leaves 0 to 1", name, x, n, level);
    if (!holds(&out))
        fail_at("does not hold the estimate", name, x, n, level);
    if ((x == 0 && out.conf_low != 0) || (x == n && out.conf_high != 1))
        fail_at("does not reach the end", name, x, n, level);
    if (out.conf_low > inner->low + 1e-14 || out.conf_high < inner->high - 1e-14)
        fail_at("is not wider than at a lower level", name, x, n, level);
    if (fabs(1 - turned.conf_high - out.conf_low) > 1e-11 ||
        fabs(1 - turned.conf_low - out.conf_high) > 1e-11)
        fail_at("differs from the other side", name, x, n, level);
    *inner = (struct limits){out.conf_low, out.conf_high};
}

static void shares(void **state)
{
    (void)state;
    for (int method = 0; mig_proportion_methods[method] != NULL; method++)
        for (size_t i = 0; i < COUNT_OF(sizes); i++) {
            double counts[12];
            size_t count = counts_of(sizes[i], counts);
            for (size_t j = 0; j < count; j++) {
                struct limits inner = {counts[j] / sizes[i], counts[j] / sizes[i]};
                for (size_t l = 0; l < COUNT_OF(levels); l++)
                    check_share(method, counts[j], sizes[i], levels[l], &inner);
            }
        }
}

/* The limits rise with the count, and the exact interval holds Wilson's with correction no less
 * than the mid ones. */
static void limits_of_shares_rise(void **state)
{
    (void)state;
    for (int method = 0; mig_proportion_methods[method] != NULL; method++)
        for (size_t l = 0; l < COUNT_OF(levels); l++)
            for (double x = 1; x <= 60; x++) {
                struct mig_estimate less = share(method, x - 1, 60, levels[l]);
                struct mig_estimate more = share(method, x, 60, levels[l]);
                if (more.conf_low < less.conf_low || more.conf_high < less.conf_high)
                    fail_at("falls", mig_proportion_methods[method], x, 60, levels[l]);
            }
}

static struct mig_estimate rate(int method, double x, double exposure, double level)
{
    struct mig_estimate out;
    assert_int_equal(
        mig_rate((enum mig_rate_method)method, x, exposure, level, &out, NULL), MIG_OK);
    return out;
}

static void check_rate(int method, double x, double level, struct limits *inner)
{
    const char *name = mig_rate_methods[method];
    struct mig_estimate out = rate(method, x, 1, level), scaled = rate(method, x, 8, level);
    struct mig_estimate more = rate(method, x + 1, 1, level);
    if (!(out.conf_low >= 0) || !isfinite(out.conf_high))
        fail_at("is below 0 or unbounded", name, x, 1, level);
    if (!holds(&out))
        fail_at("does not hold the estimate", name, x, 1, level);
    if (out.conf_low > inner->low || out.conf_high < inner->high)
        fail_at("is not wider than at a lower level", name, x, 1, level);
    if (method != MIG_RATE_BYAR_EXACT &&
        (more.conf_low < out.conf_low || more.conf_high < out.conf_high))
        fail_at("falls", name, x, 1, level);
    assert_close("scaled low", scaled.conf_low, out.conf_low / 8, 1e-15);
    assert_close("scaled high", scaled.conf_high, out.conf_high / 8, 1e-15);
    *inner = (struct limits){out.conf_low, out.conf_high};
}

static void rates(void **state)
{
    (void)state;
    static const double events[] = {0, 1, 2, 3, 5, 9, 10, 11, 57, 1000, 3e5, 1e7, 1e9};
    for (int method = 0; mig_rate_methods[method] != NULL; method++)
        for (size_t i = 0; i < COUNT_OF(events); i++) {
            struct limits inner = {events[i], events[i]};
            for (size_t l = 0; l < COUNT_OF(levels); l++)
                check_rate(method, events[i], levels[l], &inner);
        }
}

static struct mig_estimate ratio(int method, double x, double y, double level)
{
    struct mig_estimate out;
    assert_int_equal(
        mig_ratio((enum mig_ratio_method)method, x, 3, y, 2, level, &out, NULL), MIG_OK);
    return out;
}

/* The ratio turned over has the limits turned over; Fieller's too, where both exist. */
static void check_ratio(int method, double x, double y, double level, struct limits *inner)
{
    const char *name = mig_ratio_methods[method];
    struct mig_estimate out = ratio(method, x, y, level), over;
    assert_int_equal(
        mig_ratio((enum mig_ratio_method)method, y, 2, x, 3, level, &over, NULL), MIG_OK);
    if (isnan(out.conf_low) != isnan(out.conf_high) || (isnan(out.conf_low) && out.note == NULL))
        fail_at("has half an interval, or no reason", name, x, y, level);
    if (isnan(out.conf_low))
        return;
    if (!(out.conf_low >= 0) || (y > 0 && !holds(&out)))
        fail_at("is below 0, or does not hold the estimate", name, x, y, level);
    if (out.conf_low > inner->low * (1 + 1e-12) || out.conf_high < inner->high * (1 - 1e-12))
        fail_at("is not wider than at a lower level", name, x, y, level);
    if (!isnan(over.conf_low)) {
        assert_close(name, 1 / over.conf_high, out.conf_low, 1e-9);
        assert_close(name, 1 / over.conf_low, out.conf_high, 1e-9);
    }
    *inner = (struct limits){out.conf_low, out.conf_high};
}

static void ratios(void **state)
{
    (void)state;
    static const double counts[] = {0, 1, 2, 3, 8, 30, 500, 1e5, 1e9};
    for (int method = 0; mig_ratio_methods[method] != NULL; method++)
        for (size_t i = 0; i < COUNT_OF(counts); i++)
            for (size_t j = 0; j < COUNT_OF(counts); j++) {
                struct limits inner = {INFINITY, 0};
                for (size_t l = 0; l < COUNT_OF(levels); l++)
                    check_ratio(method, counts[i], counts[j], levels[l], &inner);
            }
}

static const struct mig_pair pairs[] = {{0, 1, 1, 1}, {0, 10, 0, 20}, {1, 9, 7, 8}, {9, 10, 3, 10},
    {5, 56, 0, 29}, {10, 10, 10, 10}, {10, 10, 0, 10}, {22, 373, 24, 341}, {512, 825, 89, 108},
    {1, 1e6, 3, 1e6}, {123456, 1e6, 120000, 1e6}, {4e8, 1e9, 3e8, 1e9}, {7, 1e9, 5e8, 1e9}};

static struct mig_estimate difference(
    int method, const struct mig_pair *pair, bool of_rates, double level)
{
    struct mig_estimate out;
    enum mig_difference_method by = (enum mig_difference_method)method;
    assert_int_equal(of_rates ? mig_rate_difference(by, pair, level, &out, NULL)
                              : mig_share_difference(by, pair, level, &out, NULL),
        MIG_OK);
    return out;
}

static void check_difference(
    int method, const struct mig_pair *pair, bool of_rates, double level, struct limits *inner)
{
    static const char *const names[] = {"newcombe", "miettinen-nurminen", "wald"};
    const struct mig_pair turned = {pair->x2, pair->n2, pair->x1, pair->n1};
    const struct mig_pair others = {pair->n1 - pair->x1, pair->n1, pair->n2 - pair->x2, pair->n2};
    struct mig_estimate out = difference(method, pair, of_rates, level);
    struct mig_estimate back = difference(method, &turned, of_rates, level);
    if (isnan(out.conf_low) && out.note != NULL)
        return;
    if (!holds(&out))
        fail_at("does not hold the estimate", names[method], pair->x1, pair->x2, level);
    if (!of_rates && method != MIG_DIFFERENCE_WALD && (out.conf_low < -1 || out.conf_high > 1))
        fail_at("leaves -1 to 1", names[method], pair->x1, pair->x2, level);
    if (out.conf_low > inner->low + 1e-14 || out.conf_high < inner->high - 1e-14)
        fail_at("is not wider than at a lower level", names[method], pair->x1, pair->x2, level);
    double width = out.conf_high - out.conf_low;
    assert_true(fabs(back.conf_high + out.conf_low) <= 1e-10 * width);
    assert_true(fabs(back.conf_low + out.conf_high) <= 1e-10 * width);
    if (!of_rates) {
        struct mig_estimate rest = difference(method, &others, false, level);
        assert_true(fabs(rest.conf_high + out.conf_low) <= 1e-9 * width);
        assert_true(fabs(rest.conf_low + out.conf_high) <= 1e-9 * width);
    }
    *inner = (struct limits){out.conf_low, out.conf_high};
}

static void differences(void **state)
{
    (void)state;
    for (int method = MIG_DIFFERENCE_NEWCOMBE; method <= MIG_DIFFERENCE_WALD; method++)
        for (int of_rates = method == MIG_DIFFERENCE_NEWCOMBE ? 0 : 1; of_rates >= 0; of_rates--)
            for (size_t i = 0; i < COUNT_OF(pairs); i++) {
                struct limits inner = {INFINITY, -INFINITY};
                for (size_t l = 0; l < COUNT_OF(levels); l++)
                    check_difference(method, &pairs[i], of_rates == 1, levels[l], &inner);
            }
}

typedef struct mig_estimate quotient(const struct mig_pair *pair, double level);

static struct mig_estimate score(const struct mig_pair *pair, double level)
{
    struct mig_estimate out;
    assert_int_equal(mig_share_ratio(MIG_SHARE_RATIO_SCORE, pair, level, &out, NULL), MIG_OK);
    return out;
}

static struct mig_estimate delta(const struct mig_pair *pair, double level)
{
    struct mig_estimate out;
    assert_int_equal(mig_share_ratio(MIG_SHARE_RATIO_DELTA, pair, level, &out, NULL), MIG_OK);
    return out;
}

static struct mig_estimate woolf(const struct mig_pair *pair, double level)
{
    struct mig_estimate out;
    assert_int_equal(mig_share_odds_ratio(MIG_ODDS_RATIO_WOOLF, pair, level, &out, NULL), MIG_OK);
    return out;
}

static struct mig_estimate fisher(const struct mig_pair *pair, double level)
{
    struct mig_estimate out;
    assert_int_equal(mig_share_odds_ratio(MIG_ODDS_RATIO_EXACT, pair, level, &out, NULL), MIG_OK);
    return out;
}

static struct mig_estimate midp(const struct mig_pair *pair, double level)
{
    struct mig_estimate out;
    assert_int_equal(mig_share_odds_ratio(MIG_ODDS_RATIO_MIDP, pair, level, &out, NULL), MIG_OK);
    return out;
}

static void check_quotient(
    quotient *figure, const struct mig_pair *pair, double level, struct limits *inner)
{
    const struct mig_pair turned = {pair->x2, pair->n2, pair->x1, pair->n1};
    struct mig_estimate out = figure(pair, level), over = figure(&turned, level);
    if (isnan(out.conf_low) && out.note != NULL)
        return;
    if (!(out.conf_low >= 0) || (isfinite(out.estimate) && !holds(&out)))
        fail_at("does not hold the estimate", out.method, pair->x1, pair->x2, level);
    if (out.conf_low > inner->low * (1 + 1e-12) || out.conf_high < inner->high * (1 - 1e-12))
        fail_at("is not wider than at a lower level", out.method, pair->x1, pair->x2, level);
    assert_close(out.method, 1 / over.conf_high, out.conf_low, 1e-9);
    assert_close(out.method, 1 / over.conf_low, out.conf_high, 1e-9);
    *inner = (struct limits){out.conf_low, out.conf_high};
}

/* Odds are the same from the other side, turned over. */
static void ratios_of_shares(void **state)
{
    (void)state;
    quotient *const figures[] = {score, delta, woolf, fisher, midp};
    for (size_t f = 0; f < COUNT_OF(figures); f++)
        for (size_t i = 0; i < COUNT_OF(pairs); i++) {
            struct limits inner = {INFINITY, 0};
            for (size_t l = 0; l < COUNT_OF(levels); l++)
                check_quotient(figures[f], &pairs[i], levels[l], &inner);
        }
    for (size_t i = 0; i < COUNT_OF(pairs); i++) {
        const struct mig_pair others = {
            pairs[i].n1 - pairs[i].x1, pairs[i].n1, pairs[i].n2 - pairs[i].x2, pairs[i].n2};
        quotient *const odds[] = {woolf, fisher, midp};
        for (size_t j = 0; j < COUNT_OF(odds); j++) {
            struct mig_estimate out = odds[j](&pairs[i], 0.95), rest = odds[j](&others, 0.95);
            if (isnan(out.conf_low))
                continue;
            assert_close("odds low", 1 / rest.conf_high, out.conf_low, 1e-9);
            assert_close("odds high", 1 / rest.conf_low, out.conf_high, 1e-9);
        }
    }
}

/* A group without cases, of any size: the score limits of the groups turned over are the inverses,
 * and at the level 1 - p, p that of the test of equal shares, the limit is 1. */
static void ratios_to_a_group_without_cases(void **state)
{
    (void)state;
    static const double groups[] = {1, 2, 3, 7, 10, 29, 100, 1234, 1e5, 1e6};
    for (size_t i = 0; i < COUNT_OF(groups); i++)
        for (size_t j = 0; j < COUNT_OF(groups); j++) {
            double counts[12];
            size_t count = counts_of(groups[i], counts);
            for (size_t k = 1; k < count; k++) {
                const struct mig_pair pair = {counts[k], groups[i], 0, groups[j]};
                struct limits inner = {INFINITY, 0};
                for (size_t l = 0; l < COUNT_OF(levels); l++)
                    check_quotient(score, &pair, levels[l], &inner);
                double p = score(&pair, 0.95).p_value;
                if (p > 1e-6)
                    assert_close("end", score(&pair, 1 - p).conf_low, 1, 1e-8);
            }
        }
}

/* Mean and medians of an arithmetic sequence: hold the middle, widen with the level. */
static void means_and_medians(void **state)
{
    (void)state;
    enum { MOST = 200 };
    double values[MOST], ones[MOST];
    for (size_t i = 0; i < MOST; i++) {
        values[i] = 3 * (double)i - 100;
        ones[i] = 1;
    }
    for (size_t n = 2; n <= MOST; n += 9) {
        struct limits inner[3] = {
            {INFINITY, -INFINITY}, {INFINITY, -INFINITY}, {INFINITY, -INFINITY}};
        for (size_t l = 0; l < COUNT_OF(levels); l++) {
            struct mig_estimate out[3];
            assert_int_equal(mig_mean(values, ones, n, levels[l], &out[0], NULL), MIG_OK);
            assert_int_equal(mig_median(values, n, levels[l], 7, &out[1], NULL), MIG_OK);
            assert_int_equal(
                mig_median_weighted(values, ones, n, levels[l], 2, &out[2], NULL), MIG_OK);
            for (size_t k = 0; k < 3; k++) {
                if (isnan(out[k].conf_low) && out[k].note != NULL)
                    continue;
                if (!holds(&out[k]) || out[k].conf_low > inner[k].low ||
                    out[k].conf_high < inner[k].high)
                    fail_at("does not hold or widen", out[k].method, (double)n, 0, levels[l]);
                inner[k] = (struct limits){out[k].conf_low, out[k].conf_high};
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shares),
        cmocka_unit_test(limits_of_shares_rise),
        cmocka_unit_test(rates),
        cmocka_unit_test(ratios),
        cmocka_unit_test(differences),
        cmocka_unit_test(ratios_of_shares),
        cmocka_unit_test(ratios_to_a_group_without_cases),
        cmocka_unit_test(means_and_medians),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
