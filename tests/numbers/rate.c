/* Exact Poisson intervals of a rate against R. */
#include "close.h"

#include <string.h>

#include "stats/rate.h"

/* R 4.2.2: poisson.test(events, exposure, conf.level=level)$conf.int
 * 137 in 24.19893: the first example of R's help page of poisson.test. */
static const struct {
    double events, exposure, level, low, high;
} r_rows[] = {
    {0, 10, 0.95, 0, 0.36888794541139353},
    {1, 1, 0.95, 0.025317807984289897, 5.5716433909388989},
    {9, 100, 0.95, 0.041153730973783331, 0.1708480345141917},
    {9, 100, 0.99, 0.031324023422532307, 0.19998423156469322},
    {137, 24.19893, 0.95, 4.7531248048487482, 6.6927093341760706},
    {1381, 10545, 0.9, 0.12522029746095625, 0.13690953784764134},
    {250000, 38247690, 0.95, 0.0065107452372763228, 0.0065620153991254671},
};

static void agrees_with_r(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(r_rows); i++) {
        struct mig_estimate out;
        assert_int_equal(
            mig_rate_exact(r_rows[i].events, r_rows[i].exposure, r_rows[i].level, &out, NULL),
            MIG_OK);
        assert_close("low", out.conf_low, r_rows[i].low, 1e-12);
        assert_close("high", out.conf_high, r_rows[i].high, 1e-12);
        assert_close("estimate", out.estimate, r_rows[i].events / r_rows[i].exposure, 0);
        assert_string_equal(out.method, "poisson-exact");
    }
}

/* Garwood's limits at counts where other libraries fail. mpmath 1.3.0, 40 digits: the root of the
 * integral of the gamma density, lower tail 0.025 of shape x and upper tail 0.025 of shape x + 1.
 */
static const struct {
    double events, low, high;
} large_rows[] = {
    {10000, 9804.9524672601831491, 10197.951624661472973},
    {1000000, 998040.98334029390302, 1001961.9119454321939},
    {1e9, 999938021.44392792191, 1000061981.4504089482},
    {1e15, 999999938020497.7167, 1000000061979505.1776},
};

static void agrees_with_mpmath_at_large_counts(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(large_rows); i++) {
        struct mig_estimate out;
        assert_int_equal(mig_rate_exact(large_rows[i].events, 1, 0.95, &out, NULL), MIG_OK);
        assert_close("low", out.conf_low, large_rows[i].low, 1e-15);
        assert_close("high", out.conf_high, large_rows[i].high, 1e-15);
    }
}

/* R 4.2.2: sqrt(137) / 24.19893 */
static void gives_the_standard_error(void **state)
{
    (void)state;
    struct mig_estimate out;
    assert_int_equal(mig_rate_exact(137, 24.19893, 0.95, &out, NULL), MIG_OK);
    assert_close("std_error", out.std_error, 0.48368667171315533, 1e-14);
    assert_null(out.note);
    assert_int_equal(mig_rate_exact(0, 24.19893, 0.95, &out, NULL), MIG_OK);
    assert_close("std_error of none", out.std_error, NAN, 0);
    assert_close("estimate of none", out.estimate, 0, 0);
    assert_non_null(out.note);
}

static void leaves_no_exposure_undefined(void **state)
{
    (void)state;
    struct mig_estimate out;
    assert_int_equal(mig_rate_exact(3, 0, 0.95, &out, NULL), MIG_OK);
    assert_close("estimate", out.estimate, NAN, 0);
    assert_close("std_error", out.std_error, NAN, 0);
    assert_close("conf_low", out.conf_low, NAN, 0);
    assert_close("conf_high", out.conf_high, NAN, 0);
    assert_string_equal(out.note, "exposure is 0");
}

/* The interval holds the rate, widens with the level, and scales with the unit of exposure. */
static void has_the_shape_of_an_interval(void **state)
{
    (void)state;
    static const double counts[] = {0, 1, 2, 17, 300, 1e5, 1e9};
    for (size_t i = 0; i < COUNT_OF(counts); i++) {
        struct mig_estimate narrow, wide, scaled;
        assert_int_equal(mig_rate_exact(counts[i], 2.5, 0.9, &narrow, NULL), MIG_OK);
        assert_int_equal(mig_rate_exact(counts[i], 2.5, 0.99, &wide, NULL), MIG_OK);
        assert_int_equal(mig_rate_exact(counts[i], 5, 0.9, &scaled, NULL), MIG_OK);
        assert_true(narrow.conf_low <= narrow.estimate && narrow.estimate < narrow.conf_high);
        assert_true(counts[i] > 0 ? 0 < wide.conf_low && wide.conf_low < narrow.conf_low
                                  : wide.conf_low == 0);
        assert_true(wide.conf_high > narrow.conf_high);
        assert_close("scaled", scaled.conf_high, narrow.conf_high / 2, 1e-15);
    }
}

static void refuses_invalid_arguments(void **state)
{
    (void)state;
    static const struct {
        double events, exposure, level;
        const char *quoted;
    } rows[] = {
        {1, 2, 1.5, "'1.5'"},
        {1, 2, -0.1, "'-0.1'"},
        {-1, 2, 0.95, "'-1'"},
        {0.5, 2, 0.95, "'0.5'"},
        {1, -2, 0.95, "'-2'"},
        {1, INFINITY, 0.95, "'inf'"},
        {1, NAN, 0.95, "nan'"},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct mig_estimate out = mig_estimate_empty("untouched");
        struct mig_error error;
        assert_int_equal(
            mig_rate_exact(rows[i].events, rows[i].exposure, rows[i].level, &out, &error),
            MIG_ARGUMENT);
        assert_non_null(strstr(error.text, rows[i].quoted));
        assert_string_equal(out.method, "untouched");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_r),
        cmocka_unit_test(agrees_with_mpmath_at_large_counts),
        cmocka_unit_test(gives_the_standard_error),
        cmocka_unit_test(leaves_no_exposure_undefined),
        cmocka_unit_test(has_the_shape_of_an_interval),
        cmocka_unit_test(refuses_invalid_arguments),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
