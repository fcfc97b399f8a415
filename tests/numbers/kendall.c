/* The Mann-Kendall test against R. */
#include "close.h"

#include "series.h"
#include "stats/kendall.h"

struct expected {
    double s, var_s, tau_b, statistic, p_value;
};

static void check(const double *times, const double *values, size_t n,
    const struct expected *expected, const char *method)
{
    struct mig_kendall out;
    assert_int_equal(mig_mann_kendall(times, values, n, &out, NULL), MIG_OK);
    assert_close("S", out.s, expected->s, 0);
    assert_close("var S", out.var_s, expected->var_s, 1e-14);
    assert_close("tau-b", out.tau_b.estimate, expected->tau_b, 1e-14);
    assert_close("statistic", out.tau_b.statistic, expected->statistic, 1e-13);
    assert_close("p", out.tau_b.p_value, expected->p_value, 1e-12);
    assert_close("tau-a", out.tau_a, expected->s / ((double)n * (double)(n - 1) / 2), 1e-15);
    assert_string_equal(out.tau_b.method, method);
}

/* R 4.2.2: cor.test(as.numeric(time(Nile)), as.numeric(Nile), method = "kendall", exact = FALSE,
 * continuity = TRUE) for tau-b, z and p; S = sum over i < j of sign(x[j] - x[i]); 338185/3 is
 * (n(n-1)(2n+5) - sum(t(t-1)(2t+5)))/18 with t <- table(Nile). LakeHuron the same. */
static void agrees_with_r_on_series(void **state)
{
    (void)state;
    static const struct expected nile_row = {
        -1387, 338185.0 / 3, -0.28074133472461299, -4.1280665228441, 3.6582629216643412e-05};
    static const struct expected huron_row = {
        -1682, 318410.0 / 3, -0.35436670750282578, -5.1598252260303878, 2.4718048377257708e-07};
    double years[NILE_LENGTH];
    fill_years(years, NILE_LENGTH, 1871);
    check(years, nile, NILE_LENGTH, &nile_row, "mann-kendall");
    fill_years(years, HURON_LENGTH, 1875);
    check(years, huron, HURON_LENGTH, &huron_row, "mann-kendall");
}

/* R 4.2.2: cor.test(tx, ty, method = "kendall", exact = FALSE, continuity = TRUE); S and
 * var S from their definitions over table(tx), table(ty). */
static const double tied_times[] = {1, 1, 2, 2, 2, 3, 4, 5, 5, 6, 7, 8};
static const double tied_values[] = {2, 3, 3, 1, 3, 4, 4, 4, 6, 5, 6, 6};
static const struct expected tied_row = {
    47, 196.69090909090909, 0.79706825473323173, 3.2799384037973565, 0.0010382975296033274};

static void agrees_with_r_on_ties(void **state)
{
    (void)state;
    check(tied_times, tied_values, COUNT_OF(tied_times), &tied_row, "mann-kendall");
}

/* R 4.2.2: cor.test(seq_along(y), y, method = "kendall", exact = TRUE)$estimate and $p.value. S = 2
 * T - n(n-1)/2 of its statistic T; var S = n(n-1)(2n+5)/18. */
static void is_exact_for_short_series(void **state)
{
    (void)state;
    static const double times[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    static const double up[] = {3, 1, 4, 2, 6, 5, 8, 7};
    static const double down[] = {10, 9, 7, 8, 6, 5, 3, 4, 2, 1};
    static const double three[] = {1, 3, 2};
    static const struct expected rows[] = {
        {18, 196.0 / 3, 0.6428571428571429, 18, 0.03115079365079354},
        {-41, 125, -0.91111111111111109, -41, 2.9761904761904762e-05},
        {1, 11.0 / 3, 0.33333333333333337, 1, 1},
    };
    check(times, up, COUNT_OF(up), &rows[0], "mann-kendall-exact");
    check(times, down, COUNT_OF(down), &rows[1], "mann-kendall-exact");
    check(times, three, COUNT_OF(three), &rows[2], "mann-kendall-exact");
}

/* Of the n! orders exactly one rises throughout: p = 2 / n!. From 11 on the approximation is used.
 */
static void knows_the_straight_rise(void **state)
{
    (void)state;
    static const double rise[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
    double factorial = 2;
    for (size_t n = 3; n <= 10; n++) {
        struct mig_kendall out;
        factorial *= (double)n;
        assert_int_equal(mig_mann_kendall(rise, rise, n, &out, NULL), MIG_OK);
        assert_close("p", out.tau_b.p_value, 2 / factorial, 1e-15);
        assert_close("tau", out.tau_b.estimate, 1, 0);
        assert_null(out.tau_b.note);
    }
    struct mig_kendall out;
    assert_int_equal(mig_mann_kendall(rise, rise, 11, &out, NULL), MIG_OK);
    assert_string_equal(out.tau_b.method, "mann-kendall");
    assert_close("z", out.tau_b.statistic, 54 / sqrt(165), 1e-15);
}

static void names_what_is_undefined(void **state)
{
    (void)state;
    static const double times[] = {1, 2, 3, 4};
    static const double same[] = {5, 5, 5, 5};
    const struct {
        const double *times, *values;
        size_t n;
        const char *note;
    } rows[] = {
        {times, same, 4, "all values are equal"},
        {same, times, 4, "all times are equal"},
        {times, times, 2, "fewer than 3 observations"},
        {times, times, 0, "fewer than 3 observations"},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct mig_kendall out;
        assert_int_equal(
            mig_mann_kendall(rows[i].times, rows[i].values, rows[i].n, &out, NULL), MIG_OK);
        assert_close("tau-b", out.tau_b.estimate, NAN, 0);
        assert_close("statistic", out.tau_b.statistic, NAN, 0);
        assert_close("p", out.tau_b.p_value, NAN, 0);
        assert_string_equal(out.tau_b.note, rows[i].note);
    }
}

/* By hand: pairs rise 3, fall 2, one tie: S = 1, |S| - 1 = 0; var S = (4*3*13 - 2*1*9)/18 = 23/3.
 */
static void warns_of_a_rough_approximation(void **state)
{
    (void)state;
    static const double times[] = {1, 2, 3, 4};
    static const double values[] = {1, 3, 3, 2};
    struct mig_kendall out;
    assert_int_equal(mig_mann_kendall(times, values, 4, &out, NULL), MIG_OK);
    assert_close("S", out.s, 1, 0);
    assert_close("z", out.tau_b.statistic, 0, 0);
    assert_close("p", out.tau_b.p_value, 1, 0);
    assert_close("var S", out.var_s, 23.0 / 3, 1e-15);
    assert_string_equal(out.tau_b.note, "normal approximation is rough below 10 observations");
}

/* The order of the rows does not matter; turning the values round turns the sign. */
static void has_symmetries(void **state)
{
    (void)state;
    enum { N = COUNT_OF(tied_times) };
    double times[N], values[N], negative[N];
    struct expected falling = tied_row;
    for (size_t i = 0; i < N; i++) {
        size_t from = i * 5 % N;
        times[i] = tied_times[from];
        values[i] = tied_values[from];
        negative[i] = -values[i];
    }
    check(times, values, N, &tied_row, "mann-kendall");
    falling.s = -falling.s;
    falling.tau_b = -falling.tau_b;
    falling.statistic = -falling.statistic;
    check(times, negative, N, &falling, "mann-kendall");
}

static void refuses_invalid_arguments(void **state)
{
    (void)state;
    static const double good[] = {1, 2, 3};
    static const double holed[] = {1, NAN, 3};
    static const double endless[] = {1, INFINITY, 3};
    struct mig_kendall out;
    assert_int_equal(mig_mann_kendall(good, holed, 3, &out, NULL), MIG_ARGUMENT);
    assert_int_equal(mig_mann_kendall(holed, good, 3, &out, NULL), MIG_ARGUMENT);
    assert_int_equal(mig_mann_kendall(good, endless, 3, &out, NULL), MIG_ARGUMENT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_r_on_series),
        cmocka_unit_test(agrees_with_r_on_ties),
        cmocka_unit_test(is_exact_for_short_series),
        cmocka_unit_test(knows_the_straight_rise),
        cmocka_unit_test(names_what_is_undefined),
        cmocka_unit_test(warns_of_a_rough_approximation),
        cmocka_unit_test(has_symmetries),
        cmocka_unit_test(refuses_invalid_arguments),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
