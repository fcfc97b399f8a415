#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/random.h"
#include "base/sort.h"

static int compare(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

/* Against qsort(). */
static void check(double *values, size_t n)
{
    double *wanted = calloc(n + 1, sizeof *wanted);
    assert_non_null(wanted);
    memcpy(wanted, values, n * sizeof *values);
    qsort(wanted, n, sizeof *wanted, compare);
    mig_sort_doubles(values, n);
    for (size_t i = 0; i < n; i++)
        assert_true(!(values[i] < wanted[i]) && !(values[i] > wanted[i]));
    free(wanted);
}

static void many_and_few(void **state)
{
    (void)state;
    enum { MOST = 5000 };
    static const size_t sizes[] = {0, 1, 2, 299, 300, 301, 1000, MOST};
    static double values[MOST];
    struct mig_random random;
    assert_int_equal(mig_random_init(&random, 1, 1, NULL), MIG_OK);
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++)
        for (int kind = 0; kind < 4; kind++) {
            for (size_t i = 0; i < sizes[s]; i++) {
                double u = mig_random_uniform(&random), z = mig_random_normal(&random);
                values[i] = kind == 0   ? z * 1e300
                            : kind == 1 ? (double)(int)(10 * z)
                            : kind == 2 ? 42
                                        : (u < 0.5 ? -u : u) * 1e-310;
            }
            check(values, sizes[s]);
        }
    mig_random_release(&random);
}

static void ends_of_the_range(void **state)
{
    (void)state;
    double values[400];
    static const double ends[] = {0, -0.0, 1.7976931348623157e308, -1.7976931348623157e308, 5e-324,
        -5e-324, 2.2250738585072014e-308, -1};
    for (size_t i = 0; i < 400; i++)
        values[i] = ends[i % 8];
    check(values, 400);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(many_and_few), cmocka_unit_test(ends_of_the_range)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
