/* What the tests of numbers share: comparison with a relative tolerance. */
#ifndef MIGSTAT_TESTS_CLOSE_H
#define MIGSTAT_TESTS_CLOSE_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* Fails unless |actual - expected| <= tolerance * |expected|. NaN is close to NaN alone, 0 and the
 * infinities to themselves alone. */
static inline void assert_close(const char *what, double actual, double expected, double tolerance)
{
    double distance = fabs(actual - expected);
    if (isnan(expected) ? isnan(actual) : actual == expected)
        return;
    if (isfinite(expected) && distance <= tolerance * fabs(expected))
        return;
    fail_msg("%s: %.17g, expected %.17g within %g", what, actual, expected, tolerance);
}

#endif
