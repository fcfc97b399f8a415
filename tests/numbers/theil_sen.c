/* The Theil-Sen line against its definition in R. */
#include "close.h"

#include <string.h>

#include "series.h"
#include "stats/theil_sen.h"

/* R 4.2.2, with v = var S of the Mann-Kendall test (tests/numbers/kendall.c):
 *   sen <- function(t, y, level, v) {
 *     n <- length(y); d <- c()
 *     for (i in 1:(n - 1)) for (j in (i + 1):n) if (t[i] != t[j]) d <- c(d, (y[j] - y[i]) / (t[j] -
 * t[i])) d <- sort(d); N <- length(d); C <- qnorm((1 + level) / 2) * sqrt(v); b <- median(d) c(b,
 * approx(1:N, d, xout = c((N - C) / 2, (N + C) / 2 + 1))$y, median(y - b * t))
 *   }
 * The slope -2.6 of the Nile is also that of R's package trend, sens.slope(). */
struct expected {
    double level, slope, low, high, intercept;
};

static void check(
    const double *times, const double *values, size_t n, const struct expected *expected)
{
    struct mig_estimate slope, intercept;
    assert_int_equal(
        mig_theil_sen(times, values, n, expected->level, &slope, &intercept, NULL), MIG_OK);
    assert_close("slope", slope.estimate, expected->slope, 1e-14);
    assert_close("low", slope.conf_low, expected->low, 1e-12);
    assert_close("high", slope.conf_high, expected->high, 1e-12);
    assert_close("intercept", intercept.estimate, expected->intercept, 1e-13);
    assert_string_equal(slope.method, "theil-sen");
    assert_null(slope.note);
}

static void agrees_with_r_on_series(void **state)
{
    (void)state;
    static const struct expected rows[] = {
        {0.95, -2.6, -3.6279264778448708, -1.4284443759457544, 5890.3},
        {0.9, -2.6, -3.428857438088579, -1.6576121098829153, 5890.3},
        {0.95, -0.025124999999999887, -0.034929097034576799, -0.01657619092559829,
            627.34162499999979},
    };
    double years[NILE_LENGTH];
    fill_years(years, NILE_LENGTH, 1871);
    check(years, nile, NILE_LENGTH, &rows[0]);
    check(years, nile, NILE_LENGTH, &rows[1]);
    fill_years(years, HURON_LENGTH, 1875);
    check(years, huron, HURON_LENGTH, &rows[2]);
}

static void agrees_with_r_on_ties_and_gaps(void **state)
{
    (void)state;
    static const double tied_times[] = {1, 1, 2, 2, 2, 3, 4, 5, 5, 6, 7, 8};
    static const double tied_values[] = {2, 3, 3, 1, 3, 4, 4, 4, 6, 5, 6, 6};
    static const double times[] = {2001, 2002, 2003.5, 2005, 2006, 2010, 2011, 2013};
    static const double values[] = {12.5, 11, 17, 16, 21, 19.5, 30, 27};
    static const struct expected rows[] = {
        {0.95, 0.5, 0.38373946713489676, 1, 2},
        {0.9, 0.5, 0.42759282329305603, 1, 2},
        {0.95, 1.5272727272727273, 0.70613665589186214, 2.3158000307851561, -3044.8772727272726},
    };
    check(tied_times, tied_values, COUNT_OF(tied_times), &rows[0]);
    check(tied_times, tied_values, COUNT_OF(tied_times), &rows[1]);
    check(times, values, COUNT_OF(times), &rows[2]);
}

static void names_what_is_undefined(void **state)
{
    (void)state;
    static const double times[] = {2020, 2021, 2022, 2023};
    static const double values[] = {3, 4, 8, 6};
    static const double same[] = {7, 7, 7, 7};
    const struct {
        const double *times, *values;
        size_t n;
        double slope, intercept;
        const char *note;
    } rows[] = {
        {times, values, 0, NAN, NAN, "fewer than 2 observations"},
        {times, values, 1, NAN, NAN, "fewer than 2 observations"},
        {same, values, 4, NAN, NAN, "all times are equal"},
        {times, values, 2, 1, -2017, "fewer than 3 observations"},
        {times, same, 4, 0, 7, "all values are equal"},
        {times, values, 4, 1, -2017, "too few observations for an interval at this level"},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct mig_estimate slope, intercept;
        assert_int_equal(
            mig_theil_sen(rows[i].times, rows[i].values, rows[i].n, 0.95, &slope, &intercept, NULL),
            MIG_OK);
        assert_close("slope", slope.estimate, rows[i].slope, 1e-15);
        assert_close("intercept", intercept.estimate, rows[i].intercept, 1e-15);
        assert_close("low", slope.conf_low, NAN, 0);
        assert_close("high", slope.conf_high, NAN, 0);
        assert_string_equal(slope.note, rows[i].note);
    }
}

/* A wild last value moves no median; the slope scales with the values; a higher level widens. */
static void withstands_a_wild_value(void **state)
{
    (void)state;
    double years[NILE_LENGTH], line[NILE_LENGTH];
    struct mig_estimate slope, intercept, wide;
    fill_years(years, NILE_LENGTH, 1871);
    for (size_t i = 0; i < NILE_LENGTH; i++)
        line[i] = 4 * (years[i] - 1900);
    line[NILE_LENGTH - 1] = 1e9;
    assert_int_equal(
        mig_theil_sen(years, line, NILE_LENGTH, 0.95, &slope, &intercept, NULL), MIG_OK);
    assert_close("slope", slope.estimate, 4, 0);
    assert_close("intercept", intercept.estimate, -7600, 0);
    for (size_t i = 0; i < NILE_LENGTH; i++)
        line[i] = -nile[i] * 8;
    assert_int_equal(
        mig_theil_sen(years, line, NILE_LENGTH, 0.95, &slope, &intercept, NULL), MIG_OK);
    assert_close("slope", slope.estimate, 20.8, 1e-14);
    assert_close("low", slope.conf_low, 8 * 1.4284443759457544, 1e-12);
    assert_int_equal(
        mig_theil_sen(years, line, NILE_LENGTH, 0.99, &wide, &intercept, NULL), MIG_OK);
    assert_true(wide.conf_low < slope.conf_low && slope.conf_high < wide.conf_high);
}

static void refuses_invalid_arguments(void **state)
{
    (void)state;
    static const double good[] = {1, 2, 3};
    static const double holed[] = {1, NAN, 3};
    struct mig_estimate slope, intercept;
    struct mig_error error;
    assert_int_equal(mig_theil_sen(good, good, 3, 95, &slope, &intercept, &error), MIG_ARGUMENT);
    assert_non_null(strstr(error.text, "'95'"));
    assert_int_equal(mig_theil_sen(good, holed, 3, 0.95, &slope, &intercept, NULL), MIG_ARGUMENT);
    assert_int_equal(mig_theil_sen(holed, good, 3, 0.95, &slope, &intercept, NULL), MIG_ARGUMENT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_r_on_series),
        cmocka_unit_test(agrees_with_r_on_ties_and_gaps),
        cmocka_unit_test(names_what_is_undefined),
        cmocka_unit_test(withstands_a_wild_value),
        cmocka_unit_test(refuses_invalid_arguments),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
