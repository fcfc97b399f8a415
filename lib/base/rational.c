#include "base/rational.h"

#include <gmp.h>
#include <stdlib.h>

#include "base/decimal-internal.h"
#include "base/i18n.h"

typedef __mpq_struct *fraction;

/* The fraction that `rational` holds, made when it has none yet; NULL when memory is short. */
static fraction hold(struct mig_rational *rational)
{
    if (rational->value == NULL) {
        fraction made = malloc(sizeof *made);
        if (made != NULL)
            mpq_init(made);
        rational->value = made;
    }
    return rational->value;
}

enum mig_status mig_rational_set(
    struct mig_rational *rational, const struct mig_decimal *decimal, struct mig_error *error)
{
    char digits[MIG_DECIMAL_DIGITS];
    fraction value = hold(rational);
    if (value == NULL)
        return mig_fail_memory(error);
    mig_decimal_digits(decimal, digits);
    mpq_set_ui(value, 0, 1);
    mpz_set_str(mpq_numref(value), digits, 10);
    if (decimal->negative)
        mpq_neg(value, value);
    mpz_t power;
    mpz_init(power);
    mpz_ui_pow_ui(power, 10, (unsigned long)abs(decimal->exponent));
    if (decimal->exponent >= 0)
        mpz_mul(mpq_numref(value), mpq_numref(value), power);
    else
        mpz_set(mpq_denref(value), power);
    mpz_clear(power);
    mpq_canonicalize(value);
    return MIG_OK;
}

static void calculate(fraction result, enum mig_arithmetic operation, fraction a, fraction b)
{
    switch (operation) {
    case MIG_PLUS:
        mpq_add(result, a, b);
        break;
    case MIG_MINUS:
        mpq_sub(result, a, b);
        break;
    case MIG_TIMES:
        mpq_mul(result, a, b);
        break;
    case MIG_OVER:
        mpq_div(result, a, b);
        break;
    }
}

enum mig_status mig_rational_apply(struct mig_rational *result, enum mig_arithmetic operation,
    const struct mig_rational *a, const struct mig_rational *b, struct mig_error *error)
{
    mpq_t zero;
    fraction value = hold(result);
    if (value == NULL)
        return mig_fail_memory(error);
    mpq_init(zero);
    fraction left = a->value != NULL ? a->value : zero;
    fraction right = b->value != NULL ? b->value : zero;
    bool divides_by_zero = operation == MIG_OVER && mpq_sgn(right) == 0;
    if (!divides_by_zero)
        calculate(value, operation, left, right);
    mpq_clear(zero);
    return divides_by_zero ? mig_fail(error, MIG_ARGUMENT, "%s", _("division by 0")) : MIG_OK;
}

int mig_rational_compare(const struct mig_rational *a, const struct mig_rational *b)
{
    if (a->value != NULL && b->value != NULL)
        return mpq_cmp((fraction)a->value, (fraction)b->value);
    int a_sign = a->value != NULL ? mpq_sgn((fraction)a->value) : 0;
    int b_sign = b->value != NULL ? mpq_sgn((fraction)b->value) : 0;
    return a_sign - b_sign;
}

void mig_rational_release(struct mig_rational *rational)
{
    if (rational == NULL || rational->value == NULL)
        return;
    mpq_clear((fraction)rational->value);
    free(rational->value);
    rational->value = NULL;
}
