#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/rational.h"

static struct mig_rational rational(const char *text)
{
    struct mig_decimal decimal;
    struct mig_rational made = {0};
    assert_int_equal(mig_decimal_parse(mig_text_of(text), &decimal, NULL), MIG_OK);
    assert_int_equal(mig_rational_set(&made, &decimal, NULL), MIG_OK);
    return made;
}

/* Python: from fractions import Fraction as F; F(a) OPERATION F(b) == F(result), in whole numbers
 * and decimals that are the result exactly. */
static const struct {
    const char *a;
    enum mig_arithmetic operation;
    const char *b;
    const char *result;
} exact[] = {
    {"0.1", MIG_PLUS, "0.2", "0.3"},
    {"-5", MIG_PLUS, "5", "0"},
    {"1e30", MIG_PLUS, "1e-30", "1000000000000000000000000000000.000000000000000000000000000001"},
    {"0.3", MIG_MINUS, "0.1", "0.2"},
    {"12345678901234567890.5", MIG_TIMES, "-2", "-24691357802469135781"},
    {"99999999999999999999", MIG_TIMES, "99999999999999999999",
        "9999999999999999999800000000000000000001"},
    {"7", MIG_OVER, "-8", "-0.875"},
    {"1e-20", MIG_OVER, "4e20", "0.25e-40"},
    {"0", MIG_OVER, "3", "0"},
};

static void operations_are_exact(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof exact / sizeof *exact; i++) {
        struct mig_rational a = rational(exact[i].a), b = rational(exact[i].b);
        struct mig_rational wanted = rational(exact[i].result), result = {0};
        assert_int_equal(mig_rational_apply(&result, exact[i].operation, &a, &b, NULL), MIG_OK);
        assert_int_equal(mig_rational_compare(&result, &wanted), 0);
        assert_int_equal(mig_rational_apply(&a, exact[i].operation, &a, &b, NULL), MIG_OK);
        assert_int_equal(mig_rational_compare(&a, &wanted), 0);
        mig_rational_release(&a);
        mig_rational_release(&b);
        mig_rational_release(&wanted);
        mig_rational_release(&result);
    }
}

static void a_third_times_three_is_one(void **state)
{
    (void)state;
    struct mig_rational one = rational("1"), three = rational("3"), result = {0};
    assert_int_equal(mig_rational_apply(&result, MIG_OVER, &one, &three, NULL), MIG_OK);
    assert_true(mig_rational_compare(&result, &one) < 0);
    assert_int_equal(mig_rational_apply(&result, MIG_TIMES, &result, &three, NULL), MIG_OK);
    assert_int_equal(mig_rational_compare(&result, &one), 0);
    mig_rational_release(&one);
    mig_rational_release(&three);
    mig_rational_release(&result);
}

static void division_by_zero_changes_nothing(void **state)
{
    (void)state;
    struct mig_error error;
    struct mig_rational two = rational("2"), result = rational("5"), zero = {0};
    struct mig_rational five = rational("5"), written_zero = rational("-0.00");
    assert_int_equal(mig_rational_apply(&result, MIG_OVER, &two, &zero, &error), MIG_ARGUMENT);
    assert_string_equal(error.text, "division by 0");
    assert_int_equal(
        mig_rational_apply(&result, MIG_OVER, &two, &written_zero, NULL), MIG_ARGUMENT);
    assert_int_equal(mig_rational_compare(&result, &five), 0);
    assert_int_equal(mig_rational_compare(&zero, &written_zero), 0);
    assert_int_equal(mig_rational_compare(&zero, &zero), 0);
    assert_true(mig_rational_compare(&zero, &two) < 0);
    assert_true(mig_rational_compare(&two, &zero) > 0);
    mig_rational_release(&two);
    mig_rational_release(&five);
    mig_rational_release(&result);
    mig_rational_release(&written_zero);
    mig_rational_release(&zero);
    mig_rational_release(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(operations_are_exact),
        cmocka_unit_test(a_third_times_three_is_one),
        cmocka_unit_test(division_by_zero_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
