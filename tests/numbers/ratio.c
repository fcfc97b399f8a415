/* Ratios of two counts or rates against R. */
#include "close.h"

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
        cmocka_unit_test(gives_the_standard_error),
        cmocka_unit_test(names_what_is_undefined),
        cmocka_unit_test(has_the_shape_of_an_interval),
        cmocka_unit_test(refuses_invalid_arguments),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
