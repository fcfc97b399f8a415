/* Ratios of two counts or rates against R. */
#include "close.h"

#include <stdbool.h>
#include <string.h>

#include "stats/ratio.h"

/* R 4.2.2: poisson.test(c(x, y), c(tx, ty), conf.level=level), its $estimate and $conf.int.
 * The first three: claims over policies by district, MASS::Insurance. */
static const struct {
    double x, tx, y, ty, level, estimate, low, high;
} r_rows[] = {
    {891, 6653, 1381, 10545, 0.95, 1.0226171834737681, 0.9389639029902902, 1.1132845591555336},
    {891, 6653, 1381, 10545, 0.9, 1.0226171834737681, 0.95184087021997155, 1.0983920372926943},
    {326, 1994, 1381, 10545, 0.95, 1.2483758298792105, 1.1030442777309819, 1.4095238260927363},
    {8, 1, 3, 1, 0.95, 2.6666666666666665, 0.64003641258245914, 15.606403640639188},
    {5, 2, 0, 3, 0.95, NAN, 1.3745337859731901, INFINITY}, /* R's estimate: Inf */
    {0, 1, 4, 1, 0.99, 0, 0, 2.7606030930863934},
    {45210, 1, 1203, 1, 0.95, 37.581047381546135, 35.488627788759636, 39.828269900593554},
};

static void agrees_with_r(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(r_rows); i++) {
        struct mig_estimate out;
        assert_int_equal(mig_ratio_exact(r_rows[i].x, r_rows[i].tx, r_rows[i].y, r_rows[i].ty,
                             r_rows[i].level, &out, NULL),
            MIG_OK);
        assert_close("estimate", out.estimate, r_rows[i].estimate, 1e-15);
        assert_close("low", out.conf_low, r_rows[i].low, 1e-12);
        assert_close("high", out.conf_high, r_rows[i].high, 1e-12);
        assert_string_equal(out.method, "conditional-exact");
    }
}

/* R 4.2.2, z <- qnorm(1 - (1 - level)/2):
 * wilson: p <- prop.test(x, x + y, conf.level=level, correct=FALSE)$conf.int; p/(1 - p).
 * delta: x/y*exp(c(-1, 1)*z*sqrt(1/x + 1/y)).
 * fieller: polyroot(c(x^2 - z^2*x, -2*x*y, y^2 - z^2*y)), 0 for a root below 0; none when y <= z^2.
 */
static const struct {
    double x, y, level;
    struct {
        double low, high;
    } limits[3];
} more_rows[] = {
    {891, 1381, 0.95,
        {{0.59308703969825394, 0.70185858599387019}, {0.59307228925214472, 0.70187604209060006},
            {0.59254123013688398, 0.70142743557245046}}},
    {326, 1381, 0.95,
        {{0.20923875864985897, 0.26632118107569375}, {0.20922345898289996, 0.26634065606857649},
            {0.20818260227911914, 0.26525598921498078}}},
    {8, 3, 0.95,
        {{0.76789234865158529, 9.26055732108567042}, {0.70746109727249007, 10.05159313851592806},
            {NAN, NAN}}},
    {7, 20, 0.95,
        {{0.15168065617532026, 0.80761781422153323}, {0.1479989392506878, 0.82770863507679282},
            {0.087876426528600698, 0.778538421485630683}}},
    {2, 12, 0.95,
        {{0.041768587739929974, 0.66503990871644314}, {0.037302061379813255, 0.744671386788566814},
            {0, 0.55773225947749194}}},
    {891, 1381, 0.9,
        {{0.60116617213016443, 0.69242623812135862}, {0.60115733271927441, 0.69243641954924218},
            {0.60078725657085441, 0.69211499050471448}}},
    {326, 1381, 0.9,
        {{0.21333193306622669, 0.26121130826271244}, {0.21332270842161502, 0.26122260373849698},
            {0.2125872153742662, 0.26046119376898347}}},
    {8, 3, 0.9,
        {{0.92126655953305447, 7.71884210658356373}, {0.87569106427360377, 8.12057059987229835},
            {0.89722448604674021, 53.44016492686977671}}},
    {7, 20, 0.9,
        {{0.17250665604485743, 0.71011752710658282}, {0.16996412849711076, 0.7207403178729116},
            {0.1274168834811639, 0.68209106276969811}}},
    {2, 12, 0.9,
        {{0.050926769452540405, 0.545445510806735645}, {0.047451972818739599, 0.585387205794062337},
            {0, 0.45798852201469165}}},
    {891, 1381, 0.998,
        {{0.56501127311964994, 0.73673438187445972}, {0.56495626289332135, 0.73680611826850095},
            {0.56358914142417704, 0.73576511627221908}}},
    {326, 1381, 0.998,
        {{0.19521303097603016, 0.28545590963794215}, {0.19515722521015827, 0.28553753657049796},
            {0.19259986786343833, 0.28280920958776828}}},
    {8, 3, 0.998,
        {{0.42900075695574363, 16.5759873282570851}, {0.3291413753518157, 21.6050355368118616},
            {NAN, NAN}}},
    {7, 20, 0.998,
        {{0.098290708391670575, 1.246302951768948342}, {0.090092965267673811, 1.359706605682720282},
            {0, 1.4006174766574284}}},
    {2, 12, 0.998,
        {{0.022413233493236887, 1.239347182375966527}, {0.015733495327116445, 1.765518545005265949},
            {0, 1.902271788120885}}},
};

static void agrees_with_r_by_other_methods(void **state)
{
    (void)state;
    static const char *const names[] = {"conditional-wilson", "delta-log", "fieller"};
    for (size_t i = 0; i < COUNT_OF(more_rows); i++) {
        for (size_t j = 0; j < COUNT_OF(names); j++) {
            struct mig_estimate out, scaled;
            enum mig_ratio_method method = (enum mig_ratio_method)(MIG_RATIO_WILSON + j);
            double x = more_rows[i].x, y = more_rows[i].y, level = more_rows[i].level;
            assert_int_equal(mig_ratio(method, x, 1, y, 1, level, &out, NULL), MIG_OK);
            assert_int_equal(mig_ratio(method, x, 4, y, 3, level, &scaled, NULL), MIG_OK);
            assert_string_equal(out.method, names[j]);
            assert_close(names[j], out.conf_low, more_rows[i].limits[j].low, 1e-12);
            assert_close(names[j], out.conf_high, more_rows[i].limits[j].high, 1e-12);
            assert_close("scaled", scaled.conf_high, out.conf_high * 0.75, 1e-15);
        }
    }
}

/* R 4.2.2, n <- x + y, p <- tx/(tx + ty): min(1, 2*min(pbinom(x, n, p), pbinom(x - 1, n, p,
 * lower=F))); z <- (x - n*p)/sqrt(n*p*(1 - p)); 2*pnorm(-abs(z)); z <- log((x/tx)/(y/ty))/sqrt(1/x
 * + 1/y); 2*pnorm(-abs(z)). */
static const struct {
    double x, tx, y, ty, exact_p, score, score_p, wald, wald_p;
} test_rows[] = {
    {891, 6653, 1381, 10545, 0.61696285123372174, 0.5204913373485458, 0.60272116407738241,
        0.5204804895457591, 0.60272872292241941},
    {326, 1994, 1381, 10545, 0.00047256079630888462, 3.6101523870592565, 0.00030601716604016893,
        3.6027600090447871, 0.00031485619992575029},
    {8, 1, 3, 1, 0.22656249999999992, 1.507556722888818, 0.13166801602281422, 1.4487808217923028,
        0.14739880123931676},
    {5, 2, 0, 3, 0.020480000000000019, 2.7386127875258306, 0.0061698993205441602, NAN, NAN},
    {0, 1, 4, 1, 0.125, -2, 0.045500263896358424, NAN, NAN},
};

static void tests_equal_rates(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(test_rows); i++) {
        struct mig_estimate out[3];
        for (int method = MIG_RATIO_EXACT; method <= MIG_RATIO_DELTA; method++)
            assert_int_equal(
                mig_ratio((enum mig_ratio_method)method, test_rows[i].x, test_rows[i].tx,
                    test_rows[i].y, test_rows[i].ty, 0.95, &out[method], NULL),
                MIG_OK);
        assert_close("exact p", out[0].p_value, test_rows[i].exact_p, 1e-12);
        assert_close("score", out[1].statistic, test_rows[i].score, 1e-12);
        assert_close("score p", out[1].p_value, test_rows[i].score_p, 1e-12);
        assert_close("wald", out[2].statistic, test_rows[i].wald, 1e-12);
        assert_close("wald p", out[2].p_value, test_rows[i].wald_p, 1e-12);
    }
}

/* At the level 1 - p, one end of the interval is the ratio 1: test and interval are of one mind. */
static void tests_as_the_interval_says(void **state)
{
    (void)state;
    for (int method = MIG_RATIO_EXACT; method <= MIG_RATIO_DELTA; method++) {
        struct mig_estimate test, at;
        assert_int_equal(
            mig_ratio((enum mig_ratio_method)method, 30, 3, 11, 2, 0.95, &test, NULL), MIG_OK);
        assert_int_equal(
            mig_ratio((enum mig_ratio_method)method, 30, 3, 11, 2, 1 - test.p_value, &at, NULL),
            MIG_OK);
        assert_close("end", at.conf_low, 1, 1e-9);
    }
}

static void says_why_there_is_no_interval(void **state)
{
    (void)state;
    struct mig_estimate out;
    assert_int_equal(mig_ratio(MIG_RATIO_FIELLER, 8, 1, 3, 1, 0.95, &out, NULL), MIG_OK);
    assert_string_equal(out.note, "unbounded: the denominator may be 0 at this level");
    assert_close("low", out.conf_low, NAN, 0);
    assert_int_equal(mig_ratio(MIG_RATIO_DELTA, 0, 1, 3, 1, 0.95, &out, NULL), MIG_OK);
    assert_string_equal(out.note, "a count of 0: no interval by this method");
    assert_close("high", out.conf_high, NAN, 0);
    assert_close("estimate", out.estimate, 0, 0);
}

/* R 4.2.2: 8/3 * sqrt(1/8 + 1/3) */
static void gives_the_standard_error(void **state)
{
    (void)state;
    struct mig_estimate out;
    assert_int_equal(mig_ratio_exact(8, 1, 3, 1, 0.95, &out, NULL), MIG_OK);
    assert_close("std_error", out.std_error, 1.80534186769688, 1e-14);
    assert_null(out.note);
}

static void names_what_is_undefined(void **state)
{
    (void)state;
    struct mig_estimate out;
    assert_int_equal(mig_ratio_exact(5, 1, 0, 1, 0.95, &out, NULL), MIG_OK);
    assert_string_equal(out.note, "denominator is 0");
    assert_close("std_error", out.std_error, NAN, 0);
    assert_int_equal(mig_ratio_exact(0, 1, 5, 1, 0.95, &out, NULL), MIG_OK);
    assert_string_equal(out.note, "no standard error for a ratio of 0");
    assert_close("std_error", out.std_error, NAN, 0);
    assert_int_equal(mig_ratio_exact(0, 1, 0, 1, 0.95, &out, NULL), MIG_OK);
    assert_string_equal(out.note, "both counts are 0");
    assert_close("conf_low", out.conf_low, NAN, 0);
    assert_close("conf_high", out.conf_high, NAN, 0);
    assert_int_equal(mig_ratio_exact(3, 0, 4, 1, 0.95, &out, NULL), MIG_OK);
    assert_string_equal(out.note, "exposure is 0");
    assert_close("conf_low", out.conf_low, NAN, 0);
    assert_int_equal(mig_ratio_exact(3, 1, 4, 0, 0.95, &out, NULL), MIG_OK);
    assert_string_equal(out.note, "exposure is 0");
}

/* The ratio y / x is the inverse of x / y, limits and all; the interval widens with the level. */
static void has_the_shape_of_an_interval(void **state)
{
    (void)state;
    static const double counts[] = {1, 3, 40, 5000, 1e7, 1e12};
    for (size_t i = 0; i < COUNT_OF(counts); i++) {
        for (size_t j = 0; j < COUNT_OF(counts); j++) {
            struct mig_estimate out, inverse, wide;
            assert_int_equal(mig_ratio_exact(counts[i], 2, counts[j], 3, 0.95, &out, NULL), MIG_OK);
            assert_int_equal(
                mig_ratio_exact(counts[j], 3, counts[i], 2, 0.95, &inverse, NULL), MIG_OK);
            assert_int_equal(
                mig_ratio_exact(counts[i], 2, counts[j], 3, 0.99, &wide, NULL), MIG_OK);
            assert_true(out.conf_low < out.estimate && out.estimate < out.conf_high);
            assert_true(wide.conf_low < out.conf_low && out.conf_high < wide.conf_high);
            assert_close("inverse low", 1 / inverse.conf_high, out.conf_low, 1e-12);
            assert_close("inverse high", 1 / inverse.conf_low, out.conf_high, 1e-12);
        }
    }
}

/* C(n, k) * 3^(n - k): the ways of k of n, where the first of two rates has a third of the other's
 * exposure; their sum is 4^n, exact up to n = 24. */
static uint64_t weighted_ways(int n, int k)
{
    uint64_t out = 1;
    for (int i = 1; i <= k; i++)
        out = out * (uint64_t)(n - k + i) / (uint64_t)i;
    for (int i = k; i < n; i++)
        out *= 3;
    return out;
}

/* Twice the smaller tail, by counting; in the mid-p tails the observed count weighs half. */
static double counted_p(int x, int n, bool midp)
{
    double below = 0, above = 0, here = (double)weighted_ways(n, x);
    for (int k = 0; k <= n; k++) {
        below += k < x ? (double)weighted_ways(n, k) : 0;
        above += k > x ? (double)weighted_ways(n, k) : 0;
    }
    double smaller = fmin(below, above) + (midp ? here / 2 : here);
    return fmin(1, 2 * smaller / pow(4, n));
}

/* Every pair of counts up to 12, also those at either end, and with the two groups exchanged. */
static void exact_tests_agree_with_counting(void **state)
{
    (void)state;
    static const enum mig_ratio_method methods[] = {MIG_RATIO_EXACT, MIG_RATIO_MIDP};
    for (int x = 0; x <= 12; x++)
        for (int y = x == 0; y <= 12; y++)
            for (size_t i = 0; i < COUNT_OF(methods); i++) {
                struct mig_estimate out, turned;
                double wanted = counted_p(x, x + y, methods[i] == MIG_RATIO_MIDP);
                assert_int_equal(mig_ratio(methods[i], x, 2, y, 6, 0.95, &out, NULL), MIG_OK);
                assert_int_equal(mig_ratio(methods[i], y, 6, x, 2, 0.95, &turned, NULL), MIG_OK);
                assert_close("p", out.p_value, wanted, 1e-12);
                assert_close("p, turned over", turned.p_value, wanted, 1e-12);
            }
}

/* Exposures that differ much. R 4.2.2, p <- ty/(tx + ty): e <- 2*pbinom(y - 1, x + y, p,
 * lower=FALSE); mid-p: e - dbinom(y, x + y, p). */
static void tests_rates_of_exposures_far_apart(void **state)
{
    (void)state;
    static const struct {
        double x, tx, y, ty, exact, midp;
    } rows[] = {
        {5, 22395489, 1, 2, 1.0716440484282831e-06, 5.3582214384134987e-07},
        {1, 1e17, 2, 7, 2.9400000000000037e-32, 1.4700000000000046e-32},
        {300, 1e12, 2, 3e9, 0.45733679934740629, 0.29179633077559375},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct mig_estimate out;
        double x = rows[i].x, tx = rows[i].tx, y = rows[i].y, ty = rows[i].ty;
        assert_int_equal(mig_ratio(MIG_RATIO_EXACT, x, tx, y, ty, 0.95, &out, NULL), MIG_OK);
        assert_close("exact", out.p_value, rows[i].exact, 1e-12);
        assert_int_equal(mig_ratio(MIG_RATIO_EXACT, y, ty, x, tx, 0.95, &out, NULL), MIG_OK);
        assert_close("exact, turned over", out.p_value, rows[i].exact, 1e-12);
        assert_int_equal(mig_ratio(MIG_RATIO_MIDP, x, tx, y, ty, 0.95, &out, NULL), MIG_OK);
        assert_close("mid-p", out.p_value, rows[i].midp, 1e-12);
        assert_int_equal(mig_ratio(MIG_RATIO_MIDP, y, ty, x, tx, 0.95, &out, NULL), MIG_OK);
        assert_close("mid-p, turned over", out.p_value, rows[i].midp, 1e-12);
    }
}

/* The same p-value with the two groups exchanged, whatever their exposures. */
static void tests_do_not_depend_on_the_order(void **state)
{
    (void)state;
    static const enum mig_ratio_method methods[] = {MIG_RATIO_EXACT, MIG_RATIO_MIDP};
    static const double counts[] = {0, 1, 2, 5, 30, 500};
    for (double exposure = 1e-3; exposure < 1e17; exposure *= 37)
        for (size_t i = 0; i < COUNT_OF(counts); i++)
            for (size_t j = i == 0; j < COUNT_OF(counts); j++)
                for (size_t k = 0; k < COUNT_OF(methods); k++) {
                    struct mig_estimate out, turned;
                    assert_int_equal(
                        mig_ratio(methods[k], counts[i], exposure, counts[j], 3, 0.95, &out, NULL),
                        MIG_OK);
                    assert_int_equal(mig_ratio(methods[k], counts[j], 3, counts[i], exposure, 0.95,
                                         &turned, NULL),
                        MIG_OK);
                    if (out.p_value > 1e-290) /* digits are lost below */
                        assert_close("turned over", turned.p_value, out.p_value, 1e-11);
                }
}

static void refuses_invalid_arguments(void **state)
{
    (void)state;
    static const struct {
        double x, tx, y, ty, level;
        const char *quoted;
    } rows[] = {
        {1, 1, 2, 1, 2, "'2'"},
        {-3, 1, 2, 1, 0.95, "'-3'"},
        {1, 1, 2.5, 1, 0.95, "'2.5'"},
        {1, -4, 2, 1, 0.95, "'-4'"},
        {1, 1, 2, NAN, 0.95, "nan'"},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct mig_estimate out = mig_estimate_empty("untouched");
        struct mig_error error;
        assert_int_equal(mig_ratio_exact(rows[i].x, rows[i].tx, rows[i].y, rows[i].ty,
                             rows[i].level, &out, &error),
            MIG_ARGUMENT);
        assert_non_null(strstr(error.text, rows[i].quoted));
        assert_string_equal(out.method, "untouched");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_r),
        cmocka_unit_test(agrees_with_r_by_other_methods),
        cmocka_unit_test(tests_equal_rates),
        cmocka_unit_test(tests_as_the_interval_says),
        cmocka_unit_test(says_why_there_is_no_interval),
        cmocka_unit_test(gives_the_standard_error),
        cmocka_unit_test(names_what_is_undefined),
        cmocka_unit_test(has_the_shape_of_an_interval),
        cmocka_unit_test(exact_tests_agree_with_counting),
        cmocka_unit_test(tests_rates_of_exposures_far_apart),
        cmocka_unit_test(tests_do_not_depend_on_the_order),
        cmocka_unit_test(refuses_invalid_arguments),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
