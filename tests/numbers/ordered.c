/* Trends over ordered groups against R. */
#include "close.h"

#include <string.h>

#include "stats/ordered.h"

/* The smokers of R's help page of prop.trend.test. R 4.2.2: prop.trend.test(x, n, scores), z its
 * root with the sign of the slope coef(lm(x/n ~ scores, weights=n))[2]. */
static void agrees_with_r_on_shares(void **state)
{
    (void)state;
    static const double x[] = {83, 90, 129, 70}, n[] = {86, 93, 136, 82};
    static const struct {
        double scores[4], chi_squared, p, slope;
    } rows[] = {
        {{1, 2, 3, 4}, 8.2249222851977102, 0.004131897477641487, -0.033415626412601429},
        {{0, 2, 7, 15}, 11.001769139125729, 0.00091024962348150353, -0.0075589987668822347},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct mig_estimate out;
        assert_int_equal(mig_trend_of_shares(x, n, rows[i].scores, 4, &out, NULL), MIG_OK);
        assert_close("slope", out.estimate, rows[i].slope, 1e-12);
        assert_close("z", out.statistic, -sqrt(rows[i].chi_squared), 1e-12);
        assert_close("p", out.p_value, rows[i].p, 1e-11);
        assert_string_equal(out.method, "cochran-armitage");
    }
}

/* R 4.2.2: S <- sum(n*s)/sum(n); D <- sum(n*(s - S)^2); r <- sum(x)/sum(n); b <- sum((s - S)*(x -
 * n*r))/D; c(b, sqrt(r/D), b/sqrt(r/D)); z^2 is the Rao statistic 6.16409645427 of anova() of
 * Poisson glm()s with offset log(n), iterated to 1e-8. */
static void agrees_with_r_on_rates(void **state)
{
    (void)state;
    static const double x[] = {10, 22, 31, 45}, n[] = {120.5, 201, 240, 260.25};
    static const double scores[] = {0, 2, 7, 15};
    struct mig_estimate out;
    assert_int_equal(mig_trend_of_rates(x, n, scores, 4, &out, NULL), MIG_OK);
    assert_close("slope", out.estimate, 0.0054257427574885926, 1e-12);
    assert_close("std_error", out.std_error, 0.0021853676269834657, 1e-12);
    assert_close("z", out.statistic, 2.4827597382221325, 1e-12);
    assert_close("rao", out.statistic * out.statistic, 6.16409645427, 1e-6);
}

/* Scores may be of any size: R 4.2.2: prop.trend.test(c(83, 90, 129, 70), c(86, 93, 136, 82), c(0,
 * 2, 7, 15)), of which the chi-squared is 11.001769139125729, p 0.00091024962348150353, does not
 * depend on their unit; the slope does, -0.0075589987668822347 by weighted lm(). */
static void scores_of_any_size_give_one_test(void **state)
{
    (void)state;
    static const double x[] = {83, 90, 129, 70}, n[] = {86, 93, 136, 82};
    static const double units[] = {1, 1e300, 1e307, 1e-300};
    for (size_t i = 0; i < COUNT_OF(units); i++) {
        const double scores[] = {0, 2 * units[i], 7 * units[i], 15 * units[i]};
        struct mig_estimate out;
        assert_int_equal(mig_trend_of_shares(x, n, scores, 4, &out, NULL), MIG_OK);
        assert_close("chi-squared", out.statistic * out.statistic, 11.001769139125729, 1e-12);
        assert_close("p", out.p_value, 0.00091024962348150353, 1e-11);
        assert_close("slope", out.estimate * units[i], -0.0075589987668822347, 1e-12);
    }
}

static void names_what_is_undefined(void **state)
{
    (void)state;
    static const double none[] = {0, 0}, some[] = {1, 2}, n[] = {4, 5}, one[] = {4, 0};
    static const double scores[] = {1, 2}, in_one[] = {1, 0};
    struct mig_estimate out;
    assert_int_equal(mig_trend_of_shares(none, n, scores, 2, &out, NULL), MIG_OK);
    assert_string_equal(out.note, "no test: the groups hold nobody else");
    assert_int_equal(mig_trend_of_shares(in_one, one, scores, 2, &out, NULL), MIG_OK);
    assert_string_equal(out.note, "fewer than 2 groups with cases");
    assert_int_equal(mig_trend_of_rates(none, none, scores, 2, &out, NULL), MIG_OK);
    assert_string_equal(out.note, "denominator is 0");
    assert_close("p", out.p_value, NAN, 0);
    assert_int_equal(mig_trend_of_shares(some, n, scores, 2, &out, NULL), MIG_OK);
    assert_null(out.note);
}

static void refuses_invalid_arguments(void **state)
{
    (void)state;
    static const double x[] = {5, 1}, n[] = {4, 5}, scores[] = {1, NAN};
    struct mig_estimate out = mig_estimate_empty("untouched");
    struct mig_error error;
    assert_int_equal(mig_trend_of_shares(x, n, n, 2, &out, &error), MIG_ARGUMENT);
    assert_non_null(strstr(error.text, "'5'"));
    assert_int_equal(mig_trend_of_rates(x, n, scores, 2, &out, &error), MIG_ARGUMENT);
    assert_string_equal(out.method, "untouched");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_r_on_shares),
        cmocka_unit_test(agrees_with_r_on_rates),
        cmocka_unit_test(scores_of_any_size_give_one_test),
        cmocka_unit_test(names_what_is_undefined),
        cmocka_unit_test(refuses_invalid_arguments),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
