/* Means against R. */
#include "close.h"

#include <string.h>

#include "stats/mean.h"

/* R 4.2.2: t <- t.test(rep(values, counts), conf.level=level); t$estimate, t$stderr, t$conf.int. */
static void agrees_with_r(void **state)
{
    (void)state;
    static const double values[] = {10, 3.5, 7, 22, 1}, counts[] = {1, 1, 2, 1, 1};
    static const double others[] = {1, 2, 3, 5, 8, 4}, others_counts[] = {2, 3, 1, 1, 1, 0};
    struct mig_estimate out;
    assert_int_equal(mig_mean(values, counts, 5, 0.95, &out, NULL), MIG_OK);
    assert_close("mean", out.estimate, 8.41666666666666607, 1e-15);
    assert_close("std_error", out.std_error, 3.00115718422818434, 1e-14);
    assert_close("low", out.conf_low, 0.70194652300026883, 1e-12);
    assert_close("high", out.conf_high, 16.13138681033306199, 1e-12);
    assert_close("df", out.df, 5, 0);
    assert_int_equal(mig_mean(others, others_counts, 6, 0.9, &out, NULL), MIG_OK);
    assert_close("mean", out.estimate, 3, 1e-15);
    assert_close("std_error", out.std_error, 0.84515425472851657, 1e-14);
    assert_close("low", out.conf_low, 1.39878883099056339, 1e-12);
    assert_close("high", out.conf_high, 4.60121116900943683, 1e-12);
    assert_string_equal(out.method, "t");
}

/* R 4.2.2: t.test(c(1, 2, 4))$stderr: moving values away from 0 does not change their spread. */
static void keeps_digits_far_from_zero(void **state)
{
    (void)state;
    static const double values[] = {1e9 + 1, 1e9 + 2, 1e9 + 4}, counts[] = {1, 1, 1};
    struct mig_estimate out;
    assert_int_equal(mig_mean(values, counts, 3, 0.95, &out, NULL), MIG_OK);
    assert_close("std_error", out.std_error, 0.88191710368819687, 1e-14);
}

static void names_what_is_undefined(void **state)
{
    (void)state;
    static const double values[] = {7, 7}, counts[] = {1, 4}, none[] = {0, 0};
    struct mig_estimate out;
    assert_int_equal(mig_mean(values, none, 2, 0.95, &out, NULL), MIG_OK);
    assert_close("none", out.estimate, NAN, 0);
    assert_string_equal(out.note, "no values");
    assert_int_equal(mig_mean(values, counts, 1, 0.95, &out, NULL), MIG_OK);
    assert_close("one", out.estimate, 7, 0);
    assert_close("one", out.std_error, NAN, 0);
    assert_string_equal(out.note, "one value: no interval");
    assert_int_equal(mig_mean(values, counts, 2, 0.95, &out, NULL), MIG_OK);
    assert_close("equal", out.conf_low, NAN, 0);
    assert_string_equal(out.note, "all values are equal: no interval");
}

static void refuses_invalid_arguments(void **state)
{
    (void)state;
    static const double values[] = {1, INFINITY}, counts[] = {1, 1}, part[] = {1.5, 1};
    struct mig_estimate out = mig_estimate_empty("untouched");
    struct mig_error error;
    assert_int_equal(mig_mean(values, counts, 2, 0.95, &out, &error), MIG_ARGUMENT);
    assert_non_null(strstr(error.text, "'inf'"));
    assert_int_equal(mig_mean(values, part, 1, 0.95, &out, &error), MIG_ARGUMENT);
    assert_non_null(strstr(error.text, "'1.5'"));
    assert_int_equal(mig_mean(values, counts, 1, 1, &out, &error), MIG_ARGUMENT);
    assert_string_equal(out.method, "untouched");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_r),
        cmocka_unit_test(keeps_digits_far_from_zero),
        cmocka_unit_test(names_what_is_undefined),
        cmocka_unit_test(refuses_invalid_arguments),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
