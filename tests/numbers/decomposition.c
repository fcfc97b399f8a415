/* Decompositions of changes: Das Gupta's example in R, hand calculations, and that nothing is left
 * over. */
#include "close.h"

#include <string.h>

#include "base/random.h"
#include "stats/decomposition.h"

enum { AGES = 22 };

/* Deaths per 1000 and population by race and age, USA 1970 and 1985: example 5.3 of Das Gupta 1993.
 */
static const double size_1970[AGES] = {2968, 11484, 34614, 30992, 21983, 20314, 20928, 16897, 11339,
    5720, 1315, 535, 2162, 6120, 4781, 3096, 2718, 2363, 1767, 1149, 448, 117};
static const double size_1985[AGES] = {3041, 11577, 27450, 32711, 35480, 27411, 19555, 19795, 15254,
    8022, 2472, 707, 2692, 6473, 6841, 6547, 4352, 3034, 2540, 1749, 804, 236};
static const double rate_1970[AGES] = {18.469, 0.751, 0.391, 1.146, 1.287, 2.672, 6.636, 15.691,
    34.723, 79.763, 176.837, 36.993, 1.352, 0.541, 2.040, 3.523, 6.746, 12.967, 24.471, 45.091,
    74.902, 123.205};
static const double rate_1985[AGES] = {9.163, 0.462, 0.248, 0.929, 1.084, 1.810, 4.715, 12.187,
    27.728, 64.068, 157.570, 17.208, 0.738, 0.328, 1.103, 2.045, 3.724, 8.052, 17.812, 34.128,
    68.276, 125.161};

/* R 4.2.2: c0 <- size_1970/sum(size_1970); c1 <- size_1985/sum(size_1985); r0, r1 the rates;
 * sum(c1*r1) - sum(c0*r0); (c0 + c1)/2*(r1 - r0); (r0 + r1)/2*(c1 - c0); the sums of both, and
 * their elements 1, 12 and 22. */
static void splits_death_rates_as_r(void **state)
{
    (void)state;
    struct mig_rate_part before[AGES], after[AGES];
    struct mig_rate_change parts[AGES], whole;
    for (size_t i = 0; i < AGES; i++) {
        before[i] = (struct mig_rate_part){rate_1970[i] * size_1970[i], size_1970[i]};
        after[i] = (struct mig_rate_part){rate_1985[i] * size_1985[i], size_1985[i]};
    }
    assert_int_equal(mig_decompose_rate(before, after, AGES, parts, &whole, NULL), MIG_OK);
    assert_close("change", whole.change, 8.7356175720335258 - 9.4218333300623129, 1e-13);
    assert_close("rate", whole.rate, -2.2277253693041716, 1e-13);
    assert_close("composition", whole.composition, 1.5415096112753846, 1e-13);
    assert_null(whole.note);
    static const struct {
        size_t part;
        double rate, composition;
    } some[] = {{0, -0.12702750037391788, -0.025214705195604096},
        {11, -0.05526284110778721, 0.0091152396895991614},
        {21, 0.0015281980929753827, 0.051467219472093366}};
    for (size_t i = 0; i < COUNT_OF(some); i++) {
        assert_close("rate", parts[some[i].part].rate, some[i].rate, 1e-12);
        assert_close("composition", parts[some[i].part].composition, some[i].composition, 1e-11);
        assert_null(parts[some[i].part].note);
    }
}

/* Totals 100 and 200, shares .4 .6 0 and .5 .25 .25: size is the mean share * 100, composition 150
 * * the change of the share. */
static void splits_counts_by_hand(void **state)
{
    (void)state;
    static const double before[] = {40, 60, 0}, after[] = {100, 50, 50};
    struct mig_amount_change parts[3], whole;
    assert_int_equal(mig_decompose_amounts(before, after, 3, parts, &whole, NULL), MIG_OK);
    assert_close("change", parts[0].change, 60, 0);
    assert_close("size", parts[0].size, 45, 1e-14);
    assert_close("composition", parts[0].composition, 15, 1e-13);
    assert_null(parts[0].note);
    assert_close("size", parts[1].size, 42.5, 1e-14);
    assert_close("composition", parts[1].composition, -52.5, 1e-14);
    assert_close("size", parts[2].size, 12.5, 1e-14);
    assert_close("composition", parts[2].composition, 37.5, 1e-14);
    assert_string_equal(parts[2].note, "in the second period only");
    assert_close("change", whole.change, 100, 0);
    assert_close("size", whole.size, 100, 0);
    assert_close("composition", whole.composition, 0, 0);
    assert_null(whole.note);
    assert_int_equal(mig_decompose_amounts(after, before, 3, parts, NULL, NULL), MIG_OK);
    assert_string_equal(parts[2].note, "in the first period only");
    assert_int_equal(mig_decompose_amounts(after, before, 3, NULL, &whole, NULL), MIG_OK);
    assert_close("size", whole.size, -100, 0);
}

/* By hand: base 100 and 0, then 100 and 100; 10 events, then 20 and 30: 0.1 to 0.25. The first
 * part: mean share 3/4 times 0.1, and mean rate 0.15 times -1/2; the new part: its rate 0.3 times
 * 1/2. */
static void parts_of_one_period_are_composition(void **state)
{
    (void)state;
    static const struct mig_rate_part before[] = {{10, 100}, {0, 0}, {0, 0}};
    static const struct mig_rate_part after[] = {{20, 100}, {30, 100}, {0, 0}};
    struct mig_rate_change parts[3], whole;
    assert_int_equal(mig_decompose_rate(before, after, 3, parts, &whole, NULL), MIG_OK);
    assert_close("change", whole.change, 0.15, 1e-14);
    assert_close("rate", parts[0].rate, 0.075, 1e-14);
    assert_close("composition", parts[0].composition, -0.075, 1e-14);
    assert_close("rate", parts[1].rate, 0, 0);
    assert_close("composition", parts[1].composition, 0.15, 1e-14);
    assert_string_equal(parts[1].note, "in the second period only");
    assert_close("nothing", parts[2].change, 0, 0);
    assert_null(parts[2].note);
    assert_int_equal(mig_decompose_rate(after, before, 3, parts, &whole, NULL), MIG_OK);
    assert_string_equal(parts[1].note, "in the first period only");
    assert_close("composition", parts[1].composition, -0.15, 1e-14);
    assert_close("rate", whole.rate, -0.075, 1e-14);
}

static void names_what_is_undefined(void **state)
{
    (void)state;
    static const double nothing[2] = {0}, some[] = {3, 4};
    struct mig_amount_change amounts[2], amount;
    assert_int_equal(mig_decompose_amounts(nothing, some, 2, amounts, &amount, NULL), MIG_OK);
    assert_string_equal(amounts[0].note, "a period has nothing: there are no shares");
    assert_close("change", amounts[0].change, 3, 0);
    assert_close("size", amounts[0].size, NAN, 0);
    assert_close("composition", amount.composition, NAN, 0);
    assert_close("change", amount.change, 7, 0);
    static const struct mig_rate_part none[2] = {{0, 0}, {0, 0}}, two[] = {{1, 5}, {2, 6}};
    static const struct mig_rate_part broken[] = {{1, 5}, {2, 0}};
    struct mig_rate_change rates[2], rate;
    assert_int_equal(mig_decompose_rate(none, two, 2, rates, &rate, NULL), MIG_OK);
    assert_string_equal(rate.note, "a period has no base");
    assert_close("change", rate.change, NAN, 0);
    assert_close("rate", rates[1].rate, NAN, 0);
    assert_int_equal(mig_decompose_rate(two, broken, 2, rates, &rate, NULL), MIG_OK);
    assert_string_equal(rate.note, "a part has events, but no base");
    assert_string_equal(rates[0].note, "a part has events, but no base");
    assert_int_equal(mig_decompose_rate(NULL, NULL, 0, NULL, &rate, NULL), MIG_OK);
    assert_string_equal(rate.note, "a period has no base");
}

static void refuses_invalid_arguments(void **state)
{
    (void)state;
    static const double good[] = {1, 2}, bad[][2] = {{-1, 2}, {NAN, 2}, {1e308, 1e308}};
    struct mig_amount_change amount = {.note = "untouched"};
    struct mig_rate_change rate = {.note = "untouched"};
    struct mig_error error;
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        const struct mig_rate_part fine[] = {{1, 2}, {3, 4}};
        const struct mig_rate_part events[] = {{bad[i][0], 2}, {bad[i][1], 4}};
        const struct mig_rate_part bases[] = {{1, bad[i][0]}, {1, bad[i][1]}};
        assert_int_equal(
            mig_decompose_amounts(good, bad[i], 2, NULL, &amount, &error), MIG_ARGUMENT);
        assert_int_equal(
            mig_decompose_amounts(bad[i], good, 2, NULL, &amount, &error), MIG_ARGUMENT);
        assert_int_equal(mig_decompose_rate(fine, events, 2, NULL, &rate, &error), MIG_ARGUMENT);
        assert_int_equal(mig_decompose_rate(bases, fine, 2, NULL, &rate, &error), MIG_ARGUMENT);
    }
    assert_string_equal(amount.note, "untouched");
    assert_string_equal(rate.note, "untouched");
}

enum { MOST = 40 };

static void nothing_is_left_over(void **state)
{
    (void)state;
    struct mig_random random;
    assert_int_equal(mig_random_init(&random, 6, 0, NULL), MIG_OK);
    for (int repeat = 0; repeat < 300; repeat++) {
        size_t n = 1 + mig_random_below(&random, MOST);
        double before[MOST], after[MOST], size = 0, composition = 0;
        struct mig_rate_part first[MOST], second[MOST];
        struct mig_amount_change amounts[MOST], amount;
        struct mig_rate_change rates[MOST], rate, back;
        for (size_t i = 0; i < n; i++) {
            before[i] =
                i == 0 ? 10 : mig_random_below(&random, 4) * mig_random_uniform(&random) * 1e6;
            after[i] =
                i == 0 ? 40 : mig_random_below(&random, 4) * mig_random_uniform(&random) * 1e3;
            first[i] = (struct mig_rate_part){before[i] * mig_random_uniform(&random), before[i]};
            second[i] = (struct mig_rate_part){after[i] * mig_random_uniform(&random), after[i]};
        }
        assert_int_equal(mig_decompose_amounts(before, after, n, amounts, &amount, NULL), MIG_OK);
        double scale = fabs(amount.change) + 50;
        for (size_t i = 0; i < n; i++) {
            size += amounts[i].size;
            composition += amounts[i].composition;
            assert_true(fabs(amounts[i].size + amounts[i].composition - amounts[i].change) <=
                        1e-12 * scale);
        }
        assert_true(fabs(size - amount.change) <= 1e-12 * scale);
        assert_true(fabs(composition) <= 1e-12 * scale);
        assert_int_equal(mig_decompose_rate(first, second, n, rates, &rate, NULL), MIG_OK);
        double sum = 0;
        for (size_t i = 0; i < n; i++)
            sum += rates[i].change;
        assert_true(fabs(sum - rate.change) <= 1e-12);
        assert_true(fabs(rate.rate + rate.composition - rate.change) <= 1e-12);
        assert_int_equal(mig_decompose_rate(second, first, n, NULL, &back, NULL), MIG_OK);
        assert_true(fabs(back.rate + rate.rate) <= 1e-12);
    }
    mig_random_release(&random);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(splits_death_rates_as_r),
        cmocka_unit_test(splits_counts_by_hand),
        cmocka_unit_test(parts_of_one_period_are_composition),
        cmocka_unit_test(names_what_is_undefined),
        cmocka_unit_test(refuses_invalid_arguments),
        cmocka_unit_test(nothing_is_left_over),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
