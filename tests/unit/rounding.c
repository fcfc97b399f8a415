/* Quotients of sums are rounded once. Expected values are Python's, which are too:
 *   float(Fraction(a) / Fraction(b)).hex()
 *   getcontext().prec = 1200; f = Fraction(a) / Fraction(b)
 *   float((Decimal(f.numerator) / Decimal(f.denominator)).sqrt()).hex()
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/sum.h"

static const struct {
    const char *a, *b;
    double quotient, root; /* NAN: the quotient is negative */
} rows[] = {
    {"1", "3", 0x1.5555555555555p-2, 0x1.279a74590331cp-1},
    {"-1", "3", -0x1.5555555555555p-2, NAN},
    {"2", "3", 0x1.5555555555555p-1, 0x1.a20bd700c2c3ep-1},
    {"10", "4", 0x1.4000000000000p+1, 0x1.94c583ada5b53p+0},
    {"0", "7", 0, 0},
    {"9007199254740993", "1", 0x1.0000000000000p+53, 0x1.6a09e667f3bcdp+26},
    {"9007199254740995", "1", 0x1.0000000000002p+53, 0x1.6a09e667f3bcep+26},
    {"9007199254740993.0000000000000000000000000001", "1", 0x1.0000000000001p+53,
        0x1.6a09e667f3bcdp+26},
    {"-9007199254740993", "1", -0x1.0000000000000p+53, NAN},
    {"1e-300", "3e300", 0, 0x1.8bed496221c06p-998},
    {"1e300", "3e-300", INFINITY, 0x1.b966be8dc6acap+995},
    {"0.1", "0.3", 0x1.5555555555555p-2, 0x1.279a74590331cp-1},
    {"123456789012345678901234567890", "987654321", 0x1.b1ae4d2c9bde2p+66, 0x1.4d33393e8f0bap+33},
    {"1e-160", "7e160", 0x0.0000000000121p-1022, 0x1.1011987cf9483p-533},
    {"4.9406564584124654e-324", "1", 0x0.0000000000001p-1022, 0x1.0000000000000p-537},
    {"1e400", "1e399", 0x1.4000000000000p+3, 0x1.94c583ada5b53p+1},
    {"1", "-8", -0x1.0000000000000p-3, NAN},
};

static struct mig_sum sum_of(const char *text)
{
    struct mig_decimal decimal;
    struct mig_sum sum = {0};
    assert_int_equal(mig_decimal_parse(mig_text_of(text), &decimal, NULL), MIG_OK);
    assert_int_equal(mig_sum_add(&sum, &decimal, NULL), MIG_OK);
    return sum;
}

static void quotients_and_roots(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct mig_sum a = sum_of(rows[i].a), b = sum_of(rows[i].b);
        if (mig_sum_quotient(&a, &b) != rows[i].quotient)
            fail_msg("%s / %s: %a", rows[i].a, rows[i].b, mig_sum_quotient(&a, &b));
        if (!isnan(rows[i].root) && mig_sum_root_quotient(&a, &b) != rows[i].root)
            fail_msg("root of %s / %s: %a", rows[i].a, rows[i].b, mig_sum_root_quotient(&a, &b));
        mig_sum_release(&a);
        mig_sum_release(&b);
    }
}

/* (10^19 - 1)^2 leaves 128 bits once it is added to a small decimal; by hand 10^38 - 2 10^19 + 1 +
 * 10^-40. */
static void products(void **state)
{
    (void)state;
    struct mig_sum a = sum_of("9999999999999999999"), small = sum_of("1e-20"), sum = {0};
    struct mig_buffer out = {0};
    assert_int_equal(mig_sum_add_product(&sum, &a, &a, NULL), MIG_OK);
    assert_int_equal(mig_sum_add_product(&sum, &small, &small, NULL), MIG_OK);
    assert_int_equal(mig_sum_format(&sum, &out, NULL), MIG_OK);
    assert_string_equal(out.data,
        "99999999999999999980000000000000000001.0000000000000000000000000000000000000001");
    assert_int_equal(mig_sum_negate(&sum, NULL), MIG_OK);
    assert_int_equal(mig_sum_sign(&sum), -1);
    assert_int_equal(mig_sum_add_product(&sum, &a, &a, NULL), MIG_OK);
    assert_int_equal(mig_sum_add_product(&sum, &small, &small, NULL), MIG_OK);
    assert_int_equal(mig_sum_sign(&sum), 0);
    mig_buffer_release(&out);
    mig_sum_release(&sum);
    mig_sum_release(&a);
    mig_sum_release(&small);
}

/* The least 128-bit number, -2^127, has no positive counterpart in 128 bits. */
static void least_number(void **state)
{
    (void)state;
    struct mig_sum sum = sum_of("-170141183460469231731687303715884105727"), one = sum_of("-1");
    struct mig_buffer out = {0};
    assert_int_equal(mig_sum_add_sum(&sum, &one, NULL), MIG_OK);
    assert_int_equal(mig_sum_negate(&sum, NULL), MIG_OK);
    assert_int_equal(mig_sum_format(&sum, &out, NULL), MIG_OK);
    assert_string_equal(out.data, "170141183460469231731687303715884105728");
    mig_buffer_release(&out);
    mig_sum_release(&sum);
    mig_sum_release(&one);
    struct mig_sum fast = {.fast = (mig_int128)1 << 126};
    struct mig_sum two = sum_of("-2"), least = {0};
    assert_int_equal(mig_sum_add_product(&least, &fast, &two, NULL), MIG_OK);
    assert_null(least.wide);
    assert_int_equal(mig_sum_negate(&least, NULL), MIG_OK);
    assert_int_equal(mig_sum_sign(&least), 1);
    mig_sum_release(&least);
    mig_sum_release(&two);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quotients_and_roots),
        cmocka_unit_test(products),
        cmocka_unit_test(least_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
