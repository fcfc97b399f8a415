#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "stats/histogram.h"

enum { BINS = 4 };

static void assert_bins(const double *values, const double *weights, size_t n, double low,
    double high, const double expected[BINS])
{
    double bins[BINS];
    mig_histogram(values, weights, n, low, high, BINS, bins);
    for (size_t i = 0; i < BINS; i++)
        assert_true(bins[i] == expected[i]);
}

/* R: table(cut(v, 0:4, right = FALSE, include.lowest = TRUE)) */
static void classes_hold_their_lower_bound(void **state)
{
    (void)state;
    static const double values[] = {0, 0.99, 1, 2, 2.5, 3, 3.999, 4},
                        weights[] = {1, 2, 3, 4, 5, 6, 7, 0.5};
    assert_bins(values, NULL, 8, 0, 4, (double[]){2, 1, 2, 3});
    assert_bins(values, weights, 8, 0, 4, (double[]){3, 3, 9, 13.5});
}

static void what_lies_outside_is_left_out(void **state)
{
    (void)state;
    static const double values[] = {-1, 0, 5, NAN, 4.0001};
    assert_bins(values, NULL, 5, 0, 4, (double[]){1, 0, 0, 0});
}

static void equal_and_extreme_bounds(void **state)
{
    (void)state;
    static const double equal[] = {7, 7}, extreme[] = {-1.7e308, 0, 1.7e308};
    assert_bins(equal, NULL, 2, 7, 7, (double[]){2, 0, 0, 0});
    assert_bins(extreme, NULL, 3, -1.7e308, 1.7e308, (double[]){1, 0, 1, 1});
    assert_bins(extreme, NULL, 0, 0, 1, (double[]){0, 0, 0, 0});
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(classes_hold_their_lower_bound),
        cmocka_unit_test(what_lies_outside_is_left_out),
        cmocka_unit_test(equal_and_extreme_bounds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
