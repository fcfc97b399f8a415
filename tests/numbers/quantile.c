/* Quantiles and the median's interval. Expected values are R 4.2's:
 *
 *   x <- c(3.1, -2, 7.25, 7.25, 0, 15.5, 4, 1e3, 12, 8.125, 2); y <- c(4, 8, 15, 16, 23, 42, 42,
 * 108) p <- c(0, .05, .1, .25, 1/3, .5, .75, .9, .99, 1) for (type in 1:9) print(quantile(x, p,
 * type = type, names = FALSE), digits = 17) qbinom((1 - level) / 2, n, .5)
 */
#include <stdio.h>
#include <string.h>

#include "close.h"
#include "stats/quantile.h"

static const double x[] = {-2, 0, 2, 3.1, 4, 7.25, 7.25, 8.125, 12, 15.5, 1000};
static const double y[] = {4, 8, 15, 16, 23, 42, 42, 108};
static const double probabilities[] = {0, .05, .1, .25, 1.0 / 3, .5, .75, .9, .99, 1};

static const struct {
    const double *values;
    int type;
    double expected[COUNT_OF(probabilities)];
} quantiles[] = {
    {x, 1, {-2, -2, 0, 2, 3.1000000000000001, 7.25, 12, 15.5, 1000, 1000}},
    {x, 2, {-2, -2, 0, 2, 3.1000000000000001, 7.25, 12, 15.5, 1000, 1000}},
    {x, 3, {-2, -2, -2, 2, 3.1000000000000001, 7.25, 8.125, 15.5, 1000, 1000}},
    {x, 4,
        {-2, -2, -1.7999999999999998, 1.5, 2.7333333333333334, 5.625, 9.09375, 15.150000000000002,
            891.70500000000061, 1000}},
    {x, 5,
        {-2, -1.8999999999999999, -0.79999999999999982, 2.2749999999999999, 3.2499999999999996,
            7.25, 11.03125, 409.30000000000035, 1000, 1000}},
    {x, 6,
        {-2, -2, -1.5999999999999996, 2, 3.1000000000000001, 7.25, 12, 803.1000000000007, 1000,
            1000}},
    {x, 7,
        {-2, -1, 0, 2.5499999999999998, 3.3999999999999999, 7.25, 10.0625, 15.5, 901.5500000000003,
            1000}},
    {x, 8,
        {-2, -2, -1.0666666666666669, 2.1833333333333331, 3.1999999999999997, 7.25,
            11.35416666666667, 540.56666666666661, 1000, 1000}},
    {x, 9,
        {-2, -2, -1, 2.2062499999999998, 3.2124999999999999, 7.25, 11.2734375, 507.75, 1000, 1000}},
    {y, 1, {4, 4, 4, 8, 15, 16, 42, 108, 108, 108}},
    {y, 2, {4, 4, 4, 11.5, 15, 19.5, 42, 108, 108, 108}},
    {y, 3, {4, 4, 4, 8, 15, 16, 42, 42, 108, 108}},
    {y, 4, {4, 4, 4, 8, 12.666666666666666, 16, 42, 55.200000000000017, 102.71999999999998, 108}},
    {y, 5,
        {4, 4, 5.2000000000000002, 11.5, 15.166666666666666, 19.5, 42, 88.200000000000017, 108,
            108}},
    {y, 6, {4, 4, 4, 9.75, 15, 19.5, 42, 108, 108, 108}},
    {y, 7,
        {4, 5.4000000000000004, 6.8000000000000007, 13.25, 15.333333333333332, 19.5, 42,
            61.799999999999983, 103.37999999999998, 108}},
    {y, 8,
        {4, 4, 4.6666666666666661, 10.916666666666666, 15.111111111111111, 19.499999999999993, 42,
            96.999999999999915, 108, 108}},
    {y, 9, {4, 4, 4.8000000000000007, 11.0625, 15.125, 19.5, 42, 94.799999999999983, 108, 108}},
};

static void nine_types_are_those_of_r(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(quantiles); i++) {
        size_t n = quantiles[i].values == x ? COUNT_OF(x) : COUNT_OF(y);
        for (size_t j = 0; j < COUNT_OF(probabilities); j++) {
            struct mig_estimate out;
            char what[32];
            snprintf(what, sizeof what, "type %d, p %g", quantiles[i].type, probabilities[j]);
            assert_int_equal(mig_quantile(quantiles[i].values, n, probabilities[j],
                                 quantiles[i].type, &out, NULL),
                MIG_OK);
            assert_close(what, out.estimate, quantiles[i].expected[j], 2e-14);
            assert_int_equal(out.method[strlen("type-")], '0' + quantiles[i].type);
        }
    }
}

/* 0.3 * 10 and 0.7 * 10 must count as 3 and 7, though 0.7 is no binary number: the step is hit, and
 * type 2 averages. */
static void steps_are_hit_in_spite_of_rounding(void **state)
{
    (void)state;
    static const double ten[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    struct mig_estimate out;
    for (int tenth = 1; tenth < 10; tenth++) {
        assert_int_equal(mig_quantile(ten, 10, tenth / 10.0, 1, &out, NULL), MIG_OK);
        assert_close("type 1", out.estimate, tenth, 0);
        assert_int_equal(mig_quantile(ten, 10, tenth / 10.0, 2, &out, NULL), MIG_OK);
        assert_close("type 2", out.estimate, tenth + 0.5, 0);
    }
}

/* The interval of n values 1..n is (k, n + 1 - k); k as R's qbinom() gives it, 0: there is none. */
static void median_interval(void **state)
{
    (void)state;
    static const struct {
        size_t n;
        double level;
        size_t k;
    } rows[] = {{1, .95, 0}, {5, .9, 1}, {5, .95, 0}, {6, .95, 1}, {6, .99, 0}, {8, .9, 2},
        {8, .95, 1}, {11, .95, 2}, {20, .95, 6}, {20, .99, 4}, {100, .95, 40}, {101, .9, 42},
        {1000, .95, 469}, {1000, .99, 459}};
    double values[1000];
    for (size_t i = 0; i < COUNT_OF(values); i++)
        values[i] = (double)i + 1;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct mig_estimate out;
        double n = (double)rows[i].n, k = (double)rows[i].k;
        assert_int_equal(mig_median(values, rows[i].n, rows[i].level, 7, &out, NULL), MIG_OK);
        assert_close("median", out.estimate, (n + 1) / 2, 0);
        assert_string_equal(out.method, "type-7 order-statistics");
        assert_close("low", out.conf_low, k > 0 ? k : NAN, 0);
        assert_close("high", out.conf_high, k > 0 ? n + 1 - k : NAN, 0);
        assert_true((out.note != NULL) == (k == 0));
    }
}

/* Weights that are whole numbers repeat the values: types 1 and 2 are those of the longer sample. A
 * value without weight is as if it were not there, also where a step is hit. By hand: of 1 (w .5),
 * 2 (w .25), 9 (w 0), 3 (w .25) half the weight is reached at 1 exactly, so type 2 gives 1.5. */
static void weights_repeat_values(void **state)
{
    (void)state;
    static const double values[] = {1, 4, 6, 7}, weights[] = {3, 0, 2, 5};
    static const double longer[] = {1, 1, 1, 6, 6, 7, 7, 7, 7, 7};
    static const double halves[] = {1, 2, 9, 30}, shares[] = {0.5, 0.25, 0, 0.25};
    struct mig_estimate weighted, plain;
    for (int type = 1; type <= 2; type++)
        for (int percent = 0; percent <= 100; percent += 5) {
            double p = percent / 100.0;
            assert_int_equal(
                mig_quantile_weighted(values, weights, 4, p, type, &weighted, NULL), MIG_OK);
            assert_int_equal(mig_quantile(longer, 10, p, type, &plain, NULL), MIG_OK);
            assert_close("weighted", weighted.estimate, plain.estimate, 0);
        }
    assert_int_equal(mig_quantile_weighted(halves, shares, 4, 0.5, 2, &weighted, NULL), MIG_OK);
    assert_close("hit", weighted.estimate, 1.5, 0);
    assert_int_equal(mig_quantile_weighted(halves, shares, 4, 0.75, 2, &weighted, NULL), MIG_OK);
    assert_close("beyond no weight", weighted.estimate, 16, 0);
}

/* R 4.2.2, survey 4.1.1: svyquantile(~x, svydesign(~1, weights = ~w, data = data.frame(x, w)), 0.5,
 * alpha = 1 - level, qrule = "hf1" or "hf2", interval.type = "mean"); the first 20 or 12 cases, in
 * ascending order here; then 1:30 and 1:20 with weights 2. */
static void weighted_median_interval(void **state)
{
    (void)state;
    static const double v20[] = {4.2, 4.3, 5.5, 6.5, 8.1, 8.4, 8.7, 8.8, 9.7, 10, 11.3, 15.2, 16.8,
        17.3, 19.4, 22.3, 24.7, 26.6, 28.9, 35.9};
    static const double w20[] = {1.91, 3.7, 1.69, 3.01, 2.12, 1.2, 1.03, 3.38, 2.6, 0.64, 1.26,
        1.59, 1.64, 3.37, 0.78, 1.03, 2.83, 2.96, 0.77, 3.37};
    static const double v12[] = {4.2, 4.3, 5.5, 8.7, 10, 15.2, 16.8, 19.4, 22.3, 26.6, 28.9, 35.9};
    static const double w12[] = {
        1.91, 3.7, 1.69, 1.03, 0.64, 1.59, 1.64, 0.78, 1.03, 2.96, 0.77, 3.37};
    double steps[30], twos[30];
    for (size_t i = 0; i < 30; i++) {
        steps[i] = (double)i + 1;
        twos[i] = 2;
    }
    const struct {
        const double *values, *weights;
        size_t n;
        double level;
        int type;
        double median, low, high;
    } rows[] = {{v20, w20, 20, 0.9, 1, 9.7, 8.1, 19.4}, {v20, w20, 20, 0.9, 2, 9.7, 8.1, 19.4},
        {v20, w20, 20, 0.95, 1, 9.7, 6.5, 24.7}, {v20, w20, 20, 0.95, 2, 9.7, 6.5, 24.7},
        {v12, w12, 12, 0.9, 2, 15.2, 4.3, 28.9}, {v12, w12, 12, 0.95, 1, 15.2, 4.3, 35.9},
        {steps, twos, 20, 0.9, 1, 10, 7, 14}, {steps, twos, 20, 0.9, 2, 10.5, 7, 14},
        {steps, twos, 20, 0.95, 1, 10, 6, 15}, {steps, twos, 20, 0.95, 2, 10.5, 6, 15},
        {steps, twos, 30, 0.9, 1, 15, 11, 20}, {steps, twos, 30, 0.9, 2, 15.5, 11, 20},
        {steps, twos, 30, 0.95, 1, 15, 10, 21}, {steps, twos, 30, 0.95, 2, 15.5, 10, 21}};
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct mig_estimate out;
        assert_int_equal(mig_median_weighted(rows[i].values, rows[i].weights, rows[i].n,
                             rows[i].level, rows[i].type, &out, NULL),
            MIG_OK);
        assert_close("median", out.estimate, rows[i].median, 0);
        assert_close("low", out.conf_low, rows[i].low, 0);
        assert_close("high", out.conf_high, rows[i].high, 0);
        assert_string_equal(out.method,
            rows[i].type == 1 ? "type-1-weighted woodruff" : "type-2-weighted woodruff");
        assert_close("df", out.df, (double)rows[i].n - 1, 0);
        assert_null(out.note);
    }
}

/* No interval: one value with weight; more than half of the weight on the largest value; a limit of
 * the share beyond 0 or 1 (R has NaN there). */
static void weighted_median_without_interval(void **state)
{
    (void)state;
    static const double values[] = {1, 2, 3}, one[] = {0, 2, 0}, last[] = {1, 1, 3},
                        few[] = {1, 1, 1};
    static const char *const notes[] = {"no spread of the weights below and above: no interval",
        "no spread of the weights below and above: no interval", "too few values for an interval"};
    const double *weights[] = {one, last, few};
    for (size_t i = 0; i < COUNT_OF(weights); i++) {
        struct mig_estimate out;
        assert_int_equal(mig_median_weighted(values, weights[i], 3, 0.95, 2, &out, NULL), MIG_OK);
        assert_true(!isnan(out.estimate));
        assert_true(isnan(out.conf_low) && isnan(out.conf_high));
        assert_string_equal(out.note, notes[i]);
    }
    struct mig_estimate out;
    assert_int_equal(mig_median_weighted(values, few, 3, 1.5, 2, &out, NULL), MIG_ARGUMENT);
    assert_int_equal(mig_median_weighted(values, few, 3, 0.95, 7, &out, NULL), MIG_ARGUMENT);
}

static void nothing_and_nonsense(void **state)
{
    (void)state;
    static const double zero[] = {0, 0};
    struct mig_estimate out;
    struct mig_error error;
    assert_int_equal(mig_quantile(x, 0, 0.5, 7, &out, NULL), MIG_OK);
    assert_true(isnan(out.estimate));
    assert_string_equal(out.note, "no values");
    assert_int_equal(mig_quantile_weighted(x, zero, 2, 0.5, 2, &out, NULL), MIG_OK);
    assert_true(isnan(out.estimate));
    assert_string_equal(out.note, "the weights sum to 0");
    assert_int_equal(mig_quantile(x, 2, 1.5, 7, &out, &error), MIG_ARGUMENT);
    assert_string_equal(error.text, "'1.5' is not a probability between 0 and 1");
    assert_int_equal(mig_quantile(x, 2, NAN, 7, &out, NULL), MIG_ARGUMENT);
    assert_int_equal(mig_quantile(x, 2, 0.5, 10, &out, &error), MIG_ARGUMENT);
    assert_string_equal(error.text, "'10' is not a type of quantile");
    assert_int_equal(mig_quantile_weighted(x, y, 2, 0.5, 7, &out, NULL), MIG_ARGUMENT);
    assert_int_equal(mig_median(x, 2, 1, 7, &out, NULL), MIG_ARGUMENT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nine_types_are_those_of_r),
        cmocka_unit_test(steps_are_hit_in_spite_of_rounding),
        cmocka_unit_test(median_interval),
        cmocka_unit_test(weights_repeat_values),
        cmocka_unit_test(weighted_median_interval),
        cmocka_unit_test(weighted_median_without_interval),
        cmocka_unit_test(nothing_and_nonsense),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
