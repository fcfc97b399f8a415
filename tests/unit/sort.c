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

/* Keys that differ in one byte or another; items of one key keep their order. */
static void items_by_key(void **state)
{
    (void)state;
    enum { ITEMS = 4000 };
    static struct mig_sort_item items[ITEMS];
    struct mig_random random;
    assert_int_equal(mig_random_init(&random, 2, 1, NULL), MIG_OK);
    for (size_t i = 0; i < ITEMS; i++) {
        uint64_t digit = (uint64_t)(mig_random_uniform(&random) * 200);
        items[i] = (struct mig_sort_item){digit << 8 * (i % 8), i};
    }
    assert_int_equal(mig_sort_items(items, ITEMS, NULL), MIG_OK);
    uint64_t sum = 0;
    for (size_t i = 0; i < ITEMS; i++) {
        sum += items[i].value;
        if (i > 0 && items[i - 1].key == items[i].key)
            assert_true(items[i - 1].value < items[i].value);
        else if (i > 0)
            assert_true(items[i - 1].key < items[i].key);
    }
    assert_int_equal(sum, (uint64_t)ITEMS * (ITEMS - 1) / 2);
    assert_int_equal(mig_sort_items(NULL, 0, NULL), MIG_OK);
    mig_random_release(&random);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(many_and_few),
        cmocka_unit_test(ends_of_the_range), cmocka_unit_test(items_by_key)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
