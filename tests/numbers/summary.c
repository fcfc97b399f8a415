/* Mean and deviation with weights, skewness and kurtosis. Expected values are R 4.2's, with the
 * packages named:
 *
 *   x <- c(-2, 0, 2, 3.1, 4, 7.25, 7.25, 8.125, 12, 15.5, 1000); y <- c(4, 8, 15, 16, 23, 42, 42,
 * 108) for (t in 1:3) print(c(e1071::skewness(x, type = t), e1071::kurtosis(x, type = t)), digits =
 * 17) w <- c(2, 1.5, 3, 0.5, 4, 1, 2.25, 6) d <- survey::svydesign(ids = ~1, weights = ~w, data =
 * data.frame(y, w)) r <- survey::svymean(~y, d); c(coef(r), survey::SE(r),
 * sqrt(coef(survey::svyvar(~y, d)))) coef(r) + c(-1, 1) * qt(.975, 7) * survey::SE(r); t.test(y,
 * conf.level = .99)$conf.int m <- function(r) sum(w * (y - weighted.mean(y, w))^r) / sum(w); c(m(3)
 * / m(2)^1.5, m(4) / m(2)^2 - 3)
 */
#include <stdio.h>
#include <string.h>

#include "close.h"
#include "stats/summary.h"

static const double x[] = {-2, 0, 2, 3.1, 4, 7.25, 7.25, 8.125, 12, 15.5, 1000};
static const double y[] = {4, 8, 15, 16, 23, 42, 42, 108};
static const double w[] = {2, 1.5, 3, 0.5, 4, 1, 2.25, 6};
static const char *const y_texts[] = {"4", "8", "15", "16", "23", "42", "42", "108"};
static const char *const w_texts[] = {"2", "1.5", "3", "0.5", "4", "1", "2.25", "6"};

static struct mig_decimal decimal(const char *text)
{
    struct mig_decimal out;
    assert_int_equal(mig_decimal_parse(mig_text_of(text), &out, NULL), MIG_OK);
    return out;
}

static void add(struct mig_moments *moments, const char *value, const char *weight)
{
    struct mig_decimal v = decimal(value), u = decimal(weight != NULL ? weight : "0");
    assert_int_equal(mig_moments_add(moments, &v, weight != NULL ? &u : NULL, NULL), MIG_OK);
}

static void mean_of(const struct mig_moments *moments, double level, struct mig_estimate *mean,
    struct mig_estimate *sd)
{
    assert_int_equal(mig_moments_mean(moments, level, mean, NULL), MIG_OK);
    assert_int_equal(mig_moments_deviation(moments, sd, NULL), MIG_OK);
}

static void interval_of_the_mean(void **state)
{
    (void)state;
    struct mig_moments moments = {0};
    struct mig_estimate mean, sd;
    for (size_t i = 0; i < COUNT_OF(y); i++)
        add(&moments, y_texts[i], NULL);
    mean_of(&moments, 0.99, &mean, &sd);
    assert_close("mean", mean.estimate, 32.25, 0);
    assert_close("sd", sd.estimate, 33.724725986390801, 1e-15);
    assert_close("se", mean.std_error, 11.923491219317556, 1e-15);
    assert_close("low", mean.conf_low, -9.4760583681070525, 1e-12);
    assert_close("high", mean.conf_high, 73.976058368107061, 1e-12);
    assert_close("df", mean.df, 7, 0);
    assert_string_equal(mean.method, "t");
    mig_moments_release(&moments);
}

static void weighted_mean_is_the_surveys(void **state)
{
    (void)state;
    struct mig_moments moments = {0};
    struct mig_estimate mean, sd;
    for (size_t i = 0; i < COUNT_OF(y); i++)
        add(&moments, y_texts[i], w_texts[i]);
    mean_of(&moments, 0.95, &mean, &sd);
    assert_close("mean", mean.estimate, 46.888888888888886, 1e-15);
    assert_close("se", mean.std_error, 21.370889718632352, 1e-14);
    assert_close("sd", sd.estimate, 43.961182171534823, 1e-14);
    assert_close("low", mean.conf_low, -3.645235217904073, 1e-12);
    assert_close("high", mean.conf_high, 97.423012995681844, 1e-13);
    mig_moments_release(&moments);
}

/* Weights of any one size leave the unweighted answer: the sums differ, the quotients do not. */
static void equal_weights_are_none(void **state)
{
    (void)state;
    struct mig_moments plain = {0}, weighted = {0};
    struct mig_estimate mean, sd, weighted_mean, weighted_sd;
    for (size_t i = 0; i < COUNT_OF(y); i++) {
        add(&plain, y_texts[i], NULL);
        add(&weighted, y_texts[i], "0.3");
    }
    mean_of(&plain, 0.9, &mean, &sd);
    mean_of(&weighted, 0.9, &weighted_mean, &weighted_sd);
    assert_close("mean", weighted_mean.estimate, mean.estimate, 0);
    assert_close("se", weighted_mean.std_error, mean.std_error, 0);
    assert_close("low", weighted_mean.conf_low, mean.conf_low, 0);
    assert_close("sd", weighted_sd.estimate, sd.estimate, 0);
    mig_moments_release(&plain);
    mig_moments_release(&weighted);
}

static void nothing_one_and_nonsense(void **state)
{
    (void)state;
    struct mig_moments moments = {0};
    struct mig_estimate mean, sd;
    mean_of(&moments, 0.95, &mean, &sd);
    assert_true(isnan(mean.estimate) && isnan(sd.estimate));
    assert_string_equal(mean.note, "no values");
    add(&moments, "0.1", NULL);
    mean_of(&moments, 0.95, &mean, &sd);
    assert_close("mean of one", mean.estimate, 0.1, 0);
    assert_true(isnan(mean.std_error) && isnan(mean.conf_low) && isnan(sd.estimate));
    assert_string_equal(mean.note, "one value: no interval");
    assert_string_equal(sd.note, "one value");
    add(&moments, "0.1", NULL);
    mean_of(&moments, 0.95, &mean, &sd);
    assert_close("sd of equal values", sd.estimate, 0, 0);
    assert_true(isnan(mean.std_error) && isnan(mean.conf_high));
    assert_string_equal(mean.note, "all values are equal: no interval");
    mig_sum_release(&moments.sums[MIG_MOMENT_SUM2]);
    mean_of(&moments, 0.95, &mean, &sd);
    assert_true(isnan(mean.std_error) && isnan(sd.estimate));
    assert_string_equal(sd.note, "the moments contradict one another");
    assert_int_equal(mig_moments_mean(&moments, 1, &mean, NULL), MIG_ARGUMENT);
    mig_moments_release(&moments);
    add(&moments, "5", "0.3");
    add(&moments, "6", "0");
    mean_of(&moments, 0.95, &mean, &sd);
    assert_close("mean of one with weight", mean.estimate, 5, 0);
    assert_true(isnan(mean.std_error) && isnan(mean.conf_low) && isnan(sd.estimate));
    assert_string_equal(mean.note, "one value: no interval");
    assert_string_equal(sd.note, "one value");
    mig_moments_release(&moments);
    add(&moments, "5", "0");
    add(&moments, "6", "0");
    mean_of(&moments, 0.95, &mean, &sd);
    assert_true(isnan(mean.estimate) && isnan(sd.estimate));
    assert_string_equal(mean.note, "the weights sum to 0");
    mig_moments_release(&moments);
}

static void set(struct mig_moments *moments, enum mig_moment which, const char *text)
{
    struct mig_decimal number = decimal(text);
    mig_sum_release(&moments->sums[which]);
    assert_int_equal(mig_sum_add(&moments->sums[which], &number, NULL), MIG_OK);
}

/* By hand: n values from min to max, both among them, have n S2 - S^2 of at most
 * (n max - S)(S - n min), all of them standing at the ends, and at least n (max - min)^2 / 2, all
 * others standing in the middle. Of 0, 0, 10, 10: 4 * 200 - 400 = 400 = 20 * 20; of 0, 5, 10:
 * 3 * 125 - 225 = 150 = 3 * 100 / 2. */
static void squares_fit_the_range(void **state)
{
    (void)state;
    static const struct {
        uint64_t n;
        const char *sum, *sum2, *min, *max;
        bool possible;
    } cases[] = {
        {4, "20", "200", "0", "10", true},
        {4, "20", "200.01", "0", "10", false},
        {3, "15", "125", "0", "10", true},
        {3, "15", "124.99", "0", "10", false},
        {10, "50", "1000000", "0", "10", false},
        {2, "10", "50", "0", "10", false},
        {2, "10", "100", "0", "10", true},
        {1, "5", "25", "0", "10", false},
        {1, "5", "25", "5", "5", true},
        {2, "10", "50", "5", "5", true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct mig_moments moments = {.n = cases[i].n};
        const char *note;
        set(&moments, MIG_MOMENT_SUM, cases[i].sum);
        set(&moments, MIG_MOMENT_SUM2, cases[i].sum2);
        set(&moments, MIG_MOMENT_MIN, cases[i].min);
        set(&moments, MIG_MOMENT_MAX, cases[i].max);
        assert_int_equal(mig_moments_check(&moments, &note, NULL), MIG_OK);
        assert_int_equal(note == NULL, cases[i].possible);
        mig_moments_release(&moments);
    }
}

/* A value without weight is an end of the range: its square is in no sum. By hand: of 1, 2, 2, 4
 * m = 2.25 and the squares 4.75, times 4/3 (rows) over 4 (weights). R counts the three rows with
 * weight: d <- data.frame(x = c(1, 2, 4, 9), w = c(1, 2, 1, 0));
 * coef(svyvar(~x, svydesign(~1, weights = ~w, data = d))) is 1.78125 = 4.75 * 3/2 / 4. */
static void rows_without_weight_are_rows(void **state)
{
    (void)state;
    struct mig_moments moments = {0};
    struct mig_estimate mean, sd;
    add(&moments, "1", "1");
    add(&moments, "2", "2");
    add(&moments, "4", "1");
    mean_of(&moments, 0.95, &mean, &sd);
    assert_close("sd without it", sd.estimate, sqrt(1.78125), 1e-15);
    add(&moments, "9", "0");
    mean_of(&moments, 0.95, &mean, &sd);
    assert_close("sd with it", sd.estimate, sqrt(4.75 / 3), 1e-15);
    mig_moments_release(&moments);
}

/* By hand: the mean of a and -a is 0, and the deviation sqrt(2) a. */
static void large_and_small_numbers(void **state)
{
    (void)state;
    static const char *const texts[][2] = {
        {"1e300", "-1e300"}, {"1e-300", "-1e-300"}, {"3e-150", "-3e-150"}};
    static const double deviations[] = {
        1.4142135623730951e300, 1.4142135623730951e-300, 4.2426406871192851e-150};
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        struct mig_moments moments = {0};
        struct mig_estimate mean, sd;
        add(&moments, texts[i][0], NULL);
        add(&moments, texts[i][1], NULL);
        mean_of(&moments, 0.95, &mean, &sd);
        assert_close(texts[i][0], mean.estimate, 0, 0);
        assert_close(texts[i][0], sd.estimate, deviations[i], 2e-16);
        mig_moments_release(&moments);
    }
}

/* Skewness and kurtosis of `n` values; `weights` may be NULL. */
static void shape(const double *values, const double *weights, size_t n, enum mig_shape_type type,
    struct mig_estimate *skewness, struct mig_estimate *kurtosis)
{
    struct mig_moments moments = {0};
    struct mig_powers powers = {0};
    for (size_t i = 0; i < n; i++) {
        char value[32], weight[32] = "0";
        snprintf(value, sizeof value, "%.15g", values[i]);
        if (weights != NULL)
            snprintf(weight, sizeof weight, "%.15g", weights[i]);
        struct mig_decimal v = decimal(value), u = decimal(weight);
        const struct mig_decimal *by = weights != NULL ? &u : NULL;
        assert_int_equal(mig_moments_add(&moments, &v, by, NULL), MIG_OK);
        assert_int_equal(mig_powers_add(&powers, &v, by, NULL), MIG_OK);
    }
    assert_int_equal(mig_moments_shape(&moments, &powers, type, skewness, kurtosis, NULL), MIG_OK);
    mig_moments_release(&moments);
    mig_powers_release(&powers);
}

static void shapes_are_those_of_e1071(void **state)
{
    (void)state;
    static const struct {
        const double *values;
        size_t n;
        enum mig_shape_type type;
        double skewness, kurtosis;
    } rows[] = {
        {x, COUNT_OF(x), MIG_SHAPE_1, 2.8445339439354274, 6.0948783760277259},
        {x, COUNT_OF(x), MIG_SHAPE_2, 3.3148581881331269, 10.991463960046211},
        {x, COUNT_OF(x), MIG_SHAPE_3, 2.4655969994378628, 4.5164284099402687},
        {y, COUNT_OF(y), MIG_SHAPE_1, 1.5507785753747427, 1.3027833435786471},
        {y, COUNT_OF(y), MIG_SHAPE_2, 1.9341607039338919, 4.1358450215151583},
        {y, COUNT_OF(y), MIG_SHAPE_3, 1.2692929619566165, 0.29431849742740157},
    };
    struct mig_estimate skewness, kurtosis;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        shape(rows[i].values, NULL, rows[i].n, rows[i].type, &skewness, &kurtosis);
        assert_close("skewness", skewness.estimate, rows[i].skewness, 1e-13);
        assert_close("kurtosis", kurtosis.estimate, rows[i].kurtosis, 1e-13);
    }
    assert_string_equal(kurtosis.method, "type-3");
    shape(y, w, COUNT_OF(y), MIG_SHAPE_2, &skewness, &kurtosis);
    assert_close("weighted skewness", skewness.estimate, 0.67919917147792508, 1e-13);
    assert_close("weighted kurtosis", kurtosis.estimate, -1.2947691291842987, 1e-13);
    assert_string_equal(kurtosis.method, "type-1-weighted");
}

static void shapes_of_few_and_equal_values(void **state)
{
    (void)state;
    static const double equal[] = {0.1, 0.1, 0.1, 0.1}, even[] = {1, 2, 3};
    struct mig_estimate skewness, kurtosis;
    shape(even, NULL, 3, MIG_SHAPE_2, &skewness, &kurtosis);
    assert_close("symmetric", skewness.estimate, 0, 0);
    assert_true(isnan(kurtosis.estimate));
    assert_string_equal(kurtosis.note, "too few values");
    shape(even, NULL, 2, MIG_SHAPE_2, &skewness, &kurtosis);
    assert_string_equal(skewness.note, "too few values");
    shape(equal, NULL, 4, MIG_SHAPE_1, &skewness, &kurtosis);
    assert_true(isnan(skewness.estimate) && isnan(kurtosis.estimate));
    assert_string_equal(skewness.note, "all values are equal");
    static const double ends[] = {-3, 0.1, 0.1, 7}, weights[] = {0, 0.7, 0.1, 0};
    shape(ends, weights, 4, MIG_SHAPE_1, &skewness, &kurtosis);
    assert_true(isnan(skewness.estimate) && isnan(kurtosis.estimate));
    assert_string_equal(kurtosis.note, "all values are equal");
    static const double one[] = {0, 0.7, 0, 0}, none[] = {0, 0, 0, 0};
    shape(ends, one, 4, MIG_SHAPE_1, &skewness, &kurtosis);
    assert_string_equal(skewness.note, "one value");
    assert_string_equal(kurtosis.note, "one value");
    shape(ends, none, 4, MIG_SHAPE_1, &skewness, &kurtosis);
    assert_true(isnan(skewness.estimate) && isnan(kurtosis.estimate));
    assert_string_equal(skewness.note, "the weights sum to 0");
    assert_string_equal(kurtosis.note, "the weights sum to 0");
}

/* A shift changes neither, however far it goes. R: u <- c(.2, .1, .3, .2, .7)
 * print(c(e1071::skewness(u, type = 2), e1071::kurtosis(u, type = 2)), digits = 17) */
static void shapes_of_large_values(void **state)
{
    (void)state;
    static const char *const heads[] = {"0", "-7", "1000000000000", "-1000000000000000000",
        "123456789012345678901234567890123456789012345678901234567890"};
    static const char *const tails[] = {".2", ".1", ".3", ".2", ".7"};
    for (size_t i = 0; i < COUNT_OF(heads); i++) {
        struct mig_moments moments = {0};
        struct mig_powers powers = {0};
        struct mig_estimate skewness, kurtosis;
        for (size_t j = 0; j < COUNT_OF(tails); j++) {
            char text[80];
            snprintf(text, sizeof text, "%s%s", heads[i], tails[j]);
            struct mig_decimal value = decimal(text);
            assert_int_equal(mig_moments_add(&moments, &value, NULL, NULL), MIG_OK);
            assert_int_equal(mig_powers_add(&powers, &value, NULL, NULL), MIG_OK);
        }
        assert_int_equal(
            mig_moments_shape(&moments, &powers, MIG_SHAPE_2, &skewness, &kurtosis, NULL), MIG_OK);
        double sign = heads[i][0] == '-' ? -1 : 1; /* the tails of a negative number are, too */
        assert_close(heads[i], skewness.estimate, sign * 1.7443694974549950, 1e-14);
        assert_close(heads[i], kurtosis.estimate, 3.3223140495867778, 1e-14);
        mig_moments_release(&moments);
        mig_powers_release(&powers);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(interval_of_the_mean),
        cmocka_unit_test(weighted_mean_is_the_surveys),
        cmocka_unit_test(equal_weights_are_none),
        cmocka_unit_test(nothing_one_and_nonsense),
        cmocka_unit_test(squares_fit_the_range),
        cmocka_unit_test(rows_without_weight_are_rows),
        cmocka_unit_test(large_and_small_numbers),
        cmocka_unit_test(shapes_are_those_of_e1071),
        cmocka_unit_test(shapes_of_few_and_equal_values),
        cmocka_unit_test(shapes_of_large_values),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
