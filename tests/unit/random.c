#include <gsl/gsl_rng.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/random.h"

static struct mig_random started(uint64_t seed, uint64_t stream)
{
    struct mig_random random;
    assert_int_equal(mig_random_init(&random, seed, stream, NULL), MIG_OK);
    return random;
}

/* Python:
 *   M = 2**64 - 1
 *   def mix(s):
 *       z = s + 0x9E3779B97F4A7C15 & M
 *       z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9 & M
 *       z = (z ^ z >> 27) * 0x94D049BB133111EB & M
 *       return z ^ z >> 31
 *   mix(mix(seed) ^ stream) >> 32
 * mix(1234567) is 6457827717110365317, as published for SplitMix64. */
static const struct {
    uint64_t seed, stream;
    uint32_t mixed;
} seeds[] = {
    {0, 0, 0xa706dd2f},
    {0, 1, 0x08b4fda8},
    {1, 0, 0x5e41ab08},
    {1, 1, 0xe9fd6049},
    {2025, 3, 0xd3b9c938},
    {UINT64_MAX, 0, 0x5dc20aa7},
    {UINT64_MAX, UINT64_MAX, 0x6309143e},
};

static void test_numbers_are_those_of_gsl(void **unused)
{
    (void)unused;
    gsl_rng *expected = gsl_rng_alloc(gsl_rng_mt19937);
    assert_non_null(expected);
    for (size_t i = 0; i < sizeof seeds / sizeof seeds[0]; i++) {
        struct mig_random random = started(seeds[i].seed, seeds[i].stream);
        gsl_rng_set(expected, seeds[i].mixed);
        for (int draw = 0; draw < 1000; draw++)
            assert_true(mig_random_uniform(&random) == gsl_rng_uniform(expected));
        mig_random_release(&random);
    }
    gsl_rng_free(expected);
}

static void test_same_seed_same_numbers(void **unused)
{
    (void)unused;
    const double weights[] = {1, 2, 3};
    struct mig_random a = started(42, 7), b = started(42, 7);
    for (int i = 0; i < 1000; i++) {
        assert_true(mig_random_uniform(&a) == mig_random_uniform(&b));
        assert_true(mig_random_normal(&a) == mig_random_normal(&b));
        assert_int_equal(mig_random_below(&a, 1000), mig_random_below(&b, 1000));
        assert_int_equal(mig_random_choice(&a, weights, 3), mig_random_choice(&b, weights, 3));
    }
    mig_random_release(&a);
    mig_random_release(&b);
}

/* Two independent streams of 32 bits agree in one of 2^32 draws. */
static void test_streams_and_seeds_differ(void **unused)
{
    (void)unused;
    static const uint64_t others[][2] = {
        {42, 1}, {43, 0}, {UINT64_C(42) << 32, 0}, {42, UINT64_C(1) << 32}, {0, 42}};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        struct mig_random a = started(42, 0), b = started(others[i][0], others[i][1]);
        int equal = 0;
        for (int draw = 0; draw < 1000; draw++)
            equal += mig_random_uniform(&a) == mig_random_uniform(&b);
        assert_int_equal(equal, 0);
        mig_random_release(&a);
        mig_random_release(&b);
    }
}

static double chi_square(const int *observed, const double *expected, size_t count)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += (observed[i] - expected[i]) * (observed[i] - expected[i]) / expected[i];
    return sum;
}

static void test_below_is_even(void **unused)
{
    (void)unused;
    struct mig_random random = started(1, 0);
    int observed[7] = {0};
    const double expected[7] = {1e4, 1e4, 1e4, 1e4, 1e4, 1e4, 1e4};
    for (int i = 0; i < 70000; i++) {
        uint32_t value = mig_random_below(&random, 7);
        assert_true(value < 7);
        observed[value]++;
    }
    assert_true(chi_square(observed, expected, 7) < 22.457744); /* R: qchisq(0.999, 6) */
    mig_random_release(&random);
}

/* A remainder of 32 bits by 3 * 2^30 would put half of the draws in the first third. */
static void test_below_has_no_modulo_bias(void **unused)
{
    (void)unused;
    const uint32_t third = UINT32_C(1) << 30;
    struct mig_random random = started(2, 0);
    int observed[3] = {0};
    const double expected[3] = {1e4, 1e4, 1e4};
    for (int i = 0; i < 30000; i++) {
        uint32_t value = mig_random_below(&random, 3 * third);
        assert_true(value < 3 * third);
        observed[value / third]++;
    }
    assert_true(chi_square(observed, expected, 3) < 13.815511); /* R: qchisq(0.999, 2) */
    mig_random_release(&random);
}

static void test_below_ends(void **unused)
{
    (void)unused;
    struct mig_random random = started(3, 0);
    uint32_t highest = 0;
    for (int i = 0; i < 1000; i++) {
        assert_int_equal(mig_random_below(&random, 1), 0);
        uint32_t value = mig_random_below(&random, UINT32_MAX);
        assert_true(value < UINT32_MAX);
        highest = value > highest ? value : highest;
    }
    assert_true(highest > UINT32_MAX / 100 * 98); /* missed with probability 0.98^1000, 2e-9 */
    mig_random_release(&random);
}

static void test_choice_follows_the_weights(void **unused)
{
    (void)unused;
    const double weights[] = {0, 0.25, 0, 0.75, 1.5, 0};
    const double expected[] = {1e4, 3e4, 6e4};
    struct mig_random random = started(4, 0);
    int observed[6] = {0};
    for (int i = 0; i < 100000; i++)
        observed[mig_random_choice(&random, weights, 6)]++;
    assert_int_equal(observed[0] + observed[2] + observed[5], 0);
    const int chosen[] = {observed[1], observed[3], observed[4]};
    assert_true(chi_square(chosen, expected, 3) < 13.815511); /* R: qchisq(0.999, 2) */
    mig_random_release(&random);
}

static void test_choice_of_one(void **unused)
{
    (void)unused;
    const double weights[] = {0, 0, 1e-300, 0};
    struct mig_random random = started(5, 0);
    for (int i = 0; i < 1000; i++) {
        assert_int_equal(mig_random_choice(&random, weights, 4), 2);
        assert_int_equal(mig_random_choice(&random, weights + 2, 1), 0);
    }
    mig_random_release(&random);
}

/* Draws counted between the quartiles of the standard normal and beyond its 2.5 % points.
 * R: qnorm(c(0.025, 0.25, 0.5, 0.75, 0.975)) */
static void test_normal(void **unused)
{
    (void)unused;
    const double ends[] = {-1.959963984540054, -0.6744897501960817, 0, 0.6744897501960817,
        1.959963984540054, INFINITY};
    const double expected[] = {2500, 22500, 25000, 25000, 22500, 2500};
    struct mig_random random = started(6, 0);
    int observed[6] = {0};
    for (int i = 0; i < 100000; i++) {
        double value = mig_random_normal(&random);
        size_t part = 0;
        assert_true(isfinite(value));
        while (value >= ends[part])
            part++;
        observed[part]++;
    }
    assert_true(chi_square(observed, expected, 6) < 20.515006); /* R: qchisq(0.999, 5) */
    mig_random_release(&random);
}

static void test_release(void **unused)
{
    (void)unused;
    struct mig_random random = started(1, 1);
    mig_random_release(&random);
    assert_null(random.generator);
    mig_random_release(&random);
    mig_random_release(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers_are_those_of_gsl),
        cmocka_unit_test(test_same_seed_same_numbers),
        cmocka_unit_test(test_streams_and_seeds_differ),
        cmocka_unit_test(test_below_is_even),
        cmocka_unit_test(test_below_has_no_modulo_bias),
        cmocka_unit_test(test_below_ends),
        cmocka_unit_test(test_choice_follows_the_weights),
        cmocka_unit_test(test_choice_of_one),
        cmocka_unit_test(test_normal),
        cmocka_unit_test(test_release),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
