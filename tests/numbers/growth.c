/* Change and growth between two values, against R. */
#include "close.h"

#include "stats/growth.h"

/* R 4.2.2: 137/100 - 1; (137/100)^(1/7) - 1; expm1(log1p(1e-6)/3) */
static void agrees_with_r(void **state)
{
    (void)state;
    struct mig_growth out;
    assert_int_equal(mig_growth(100, 137, 2015, 2022, &out, NULL), MIG_OK);
    assert_close("change", out.change, 37, 0);
    assert_close("relative", out.relative, 0.37, 1e-15);
    assert_close("annual", out.annual, 0.045999578662455853, 1e-14);
    assert_null(out.note);
    assert_int_equal(mig_growth(1000000, 1000001, 2020, 2023, &out, NULL), MIG_OK);
    assert_close("small growth", out.annual, 3.3333322222228397e-07, 1e-14);
}

/* Doubling in one year is 100 %, in two years sqrt(2) - 1; the way back loses half. */
static void has_known_values(void **state)
{
    (void)state;
    struct mig_growth out;
    assert_int_equal(mig_growth(8, 16, 2020, 2021, &out, NULL), MIG_OK);
    assert_close("doubled", out.annual, 1, 1e-15);
    assert_int_equal(mig_growth(8, 16, 2020, 2022, &out, NULL), MIG_OK);
    assert_close("in two years", out.annual, 0.41421356237309504880, 1e-15);
    assert_int_equal(mig_growth(16, 8, 2020, 2021, &out, NULL), MIG_OK);
    assert_close("halved", out.relative, -0.5, 0);
    assert_close("halved", out.annual, -0.5, 1e-15);
    assert_int_equal(mig_growth(5, 5, 2020, 2030, &out, NULL), MIG_OK);
    assert_close("unchanged", out.annual, 0, 0);
    assert_int_equal(mig_growth(5, 0, 2020, 2030, &out, NULL), MIG_OK);
    assert_close("gone", out.annual, -1, 0);
    assert_null(out.note);
}

static void names_what_is_undefined(void **state)
{
    (void)state;
    static const struct {
        double first, last, t0, t1, change, relative;
        const char *note;
    } rows[] = {
        {0, 7, 2020, 2025, 7, NAN, "first value is 0"},
        {-2, 7, 2020, 2025, 9, NAN, "first value is negative"},
        {4, -2, 2020, 2025, -6, -1.5, "last value is negative"},
        {4, 6, 2020, 2020, 2, 0.5, "first and last value have the same time"},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct mig_growth out;
        assert_int_equal(
            mig_growth(rows[i].first, rows[i].last, rows[i].t0, rows[i].t1, &out, NULL), MIG_OK);
        assert_close("change", out.change, rows[i].change, 0);
        assert_close("relative", out.relative, rows[i].relative, 0);
        assert_close("annual", out.annual, NAN, 0);
        assert_string_equal(out.note, rows[i].note);
    }
}

static void refuses_invalid_arguments(void **state)
{
    (void)state;
    struct mig_growth out;
    assert_int_equal(mig_growth(NAN, 1, 2020, 2021, &out, NULL), MIG_ARGUMENT);
    assert_int_equal(mig_growth(1, INFINITY, 2020, 2021, &out, NULL), MIG_ARGUMENT);
    assert_int_equal(mig_growth(1, 1, 2021, 2020, &out, NULL), MIG_ARGUMENT);
    assert_int_equal(mig_growth(1, 1, NAN, 2020, &out, NULL), MIG_ARGUMENT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_r),
        cmocka_unit_test(has_known_values),
        cmocka_unit_test(names_what_is_undefined),
        cmocka_unit_test(refuses_invalid_arguments),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
