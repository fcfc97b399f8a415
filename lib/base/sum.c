/* GMP aborts when memory is short: it has no other way to report it. */
#include "base/sum.h"

#include <stdlib.h>
#include <string.h>

#include "base/decimal-internal.h"
#include "base/sum-internal.h"

static bool power_of_ten(int32_t exponent, mig_int128 *power)
{
    static const uint64_t small[] = {1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000};
    if (exponent > 38)
        return false;
    if (exponent < (int32_t)(sizeof small / sizeof *small)) {
        *power = small[exponent];
        return true;
    }
    *power = 1;
    while (exponent-- > 0)
        *power *= 10;
    return true;
}

/* value * 10^exponent in 128 bits, or false. */
static bool scale_fast(mig_int128 value, int32_t exponent, mig_int128 *scaled)
{
    mig_int128 power;
    if (value == 0) {
        *scaled = 0;
        return true;
    }
    return power_of_ten(exponent, &power) && !__builtin_mul_overflow(value, power, scaled);
}

static void wide_of_fast(mpz_t wide, mig_int128 value)
{
    __extension__ typedef unsigned __int128 magnitude_type;
    magnitude_type magnitude = value < 0 ? -(magnitude_type)value : (magnitude_type)value;
    uint64_t words[2] = {(uint64_t)magnitude, (uint64_t)(magnitude >> 64)};
    mpz_import(wide, 2, -1, sizeof words[0], 0, 0, words);
    if (value < 0)
        mpz_neg(wide, wide);
}

static void scale_wide(mpz_t wide, int32_t exponent)
{
    mpz_t power;
    mpz_init(power);
    mpz_ui_pow_ui(power, 10, (unsigned long)exponent);
    mpz_mul(wide, wide, power);
    mpz_clear(power);
}

/* The sum's wide integer, made from the fast one when it has none yet. */
static enum mig_status widen(struct mig_sum *sum, struct mig_error *error)
{
    if (sum->wide != NULL)
        return MIG_OK;
    mpz_t *wide = malloc(sizeof *wide);
    if (wide == NULL)
        return mig_fail_memory(error);
    mpz_init(*wide);
    wide_of_fast(*wide, sum->fast);
    sum->fast = 0;
    sum->wide = wide;
    return MIG_OK;
}

static mpz_t *wide_of(const struct mig_sum *sum)
{
    return sum->wide;
}

void mig_sum_to_wide(mpz_t wide, const struct mig_sum *sum)
{
    if (sum->wide != NULL)
        mpz_set(wide, *wide_of(sum));
    else
        wide_of_fast(wide, sum->fast);
}

/* Adds value * 10^exponent; `value` is used up. */
static enum mig_status add_wide(
    struct mig_sum *sum, mpz_t value, int32_t exponent, struct mig_error *error)
{
    enum mig_status status = widen(sum, error);
    if (status != MIG_OK)
        return status;
    if (exponent > sum->exponent) {
        scale_wide(value, exponent - sum->exponent);
    } else if (exponent < sum->exponent) {
        scale_wide(*wide_of(sum), sum->exponent - exponent);
        sum->exponent = exponent;
    }
    mpz_add(*wide_of(sum), *wide_of(sum), value);
    return MIG_OK;
}

/* Adds value * 10^exponent in 128 bits; false, and nothing changed, when it does not fit. */
static bool add_fast(struct mig_sum *sum, mig_int128 value, int32_t exponent)
{
    mig_int128 own = sum->fast, total;
    int32_t common = exponent < sum->exponent ? exponent : sum->exponent;
    if (sum->wide != NULL)
        return false;
    if (exponent != sum->exponent && (!scale_fast(value, exponent - common, &value) ||
                                         !scale_fast(own, sum->exponent - common, &own)))
        return false;
    if (__builtin_add_overflow(own, value, &total))
        return false;
    sum->fast = total;
    sum->exponent = common;
    return true;
}

enum mig_status mig_sum_add(
    struct mig_sum *sum, const struct mig_decimal *decimal, struct mig_error *error)
{
    mig_int128 value =
        decimal->negative ? -(mig_int128)decimal->magnitude : (mig_int128)decimal->magnitude;
    if (!decimal->wide && add_fast(sum, value, decimal->exponent))
        return MIG_OK;
    mpz_t wide;
    mpz_init(wide);
    char digits[MIG_DECIMAL_DIGITS];
    mig_decimal_digits(decimal, digits);
    mpz_set_str(wide, digits, 10);
    if (decimal->negative)
        mpz_neg(wide, wide);
    enum mig_status status = add_wide(sum, wide, decimal->exponent, error);
    mpz_clear(wide);
    return status;
}

enum mig_status mig_sum_add_sum(
    struct mig_sum *sum, const struct mig_sum *other, struct mig_error *error)
{
    if (other->wide == NULL && add_fast(sum, other->fast, other->exponent))
        return MIG_OK;
    mpz_t wide;
    mpz_init(wide);
    mig_sum_to_wide(wide, other);
    enum mig_status status = add_wide(sum, wide, other->exponent, error);
    mpz_clear(wide);
    return status;
}

void mig_sum_release(struct mig_sum *sum)
{
    if (sum == NULL)
        return;
    if (sum->wide != NULL) {
        mpz_clear(*wide_of(sum));
        free(sum->wide);
    }
    *sum = (struct mig_sum){0};
}

enum mig_status mig_sum_add_product(
    struct mig_sum *sum, const struct mig_sum *a, const struct mig_sum *b, struct mig_error *error)
{
    mig_int128 product;
    int32_t exponent = a->exponent + b->exponent;
    if (a->wide == NULL && b->wide == NULL && !__builtin_mul_overflow(a->fast, b->fast, &product) &&
        add_fast(sum, product, exponent))
        return MIG_OK;
    mpz_t left, right;
    mpz_init(left);
    mpz_init(right);
    mig_sum_to_wide(left, a);
    mig_sum_to_wide(right, b);
    mpz_mul(left, left, right);
    enum mig_status status = add_wide(sum, left, exponent, error);
    mpz_clear(left);
    mpz_clear(right);
    return status;
}

/* The least 128-bit number has no positive counterpart, so its negation is wide. */
enum mig_status mig_sum_negate(struct mig_sum *sum, struct mig_error *error)
{
    mig_int128 negative;
    if (sum->wide == NULL && !__builtin_sub_overflow((mig_int128)0, sum->fast, &negative)) {
        sum->fast = negative;
        return MIG_OK;
    }
    enum mig_status status = widen(sum, error);
    if (status == MIG_OK)
        mpz_neg(*wide_of(sum), *wide_of(sum));
    return status;
}

/* In 128 bits; false when they do not suffice. */
static bool compare_fast(const struct mig_sum *a, const struct mig_sum *b, int *order)
{
    mig_int128 left = a->fast, right = b->fast;
    int32_t common = a->exponent < b->exponent ? a->exponent : b->exponent;
    if (a->wide != NULL || b->wide != NULL)
        return false;
    if (a->exponent != b->exponent && (!scale_fast(left, a->exponent - common, &left) ||
                                          !scale_fast(right, b->exponent - common, &right)))
        return false;
    *order = (left > right) - (left < right);
    return true;
}

enum mig_status mig_sum_compare(
    const struct mig_sum *a, const struct mig_sum *b, int *order, struct mig_error *error)
{
    if (compare_fast(a, b, order))
        return MIG_OK;
    struct mig_sum difference = {0};
    enum mig_status status = mig_sum_add_sum(&difference, b, error);
    if (status == MIG_OK)
        status = mig_sum_negate(&difference, error);
    if (status == MIG_OK)
        status = mig_sum_add_sum(&difference, a, error);
    *order = mig_sum_sign(&difference);
    mig_sum_release(&difference);
    return status;
}

int mig_sum_sign(const struct mig_sum *sum)
{
    if (sum->wide != NULL)
        return mpz_sgn(*wide_of(sum));
    return (sum->fast > 0) - (sum->fast < 0);
}

bool mig_sum_is_integer(const struct mig_sum *sum)
{
    mig_int128 power;
    if (sum->wide == NULL && power_of_ten(-sum->exponent, &power))
        return sum->fast % power == 0;
    mpz_t wide, divisor;
    mpz_init(wide);
    mpz_init(divisor);
    mig_sum_to_wide(wide, sum);
    mpz_ui_pow_ui(divisor, 10, (unsigned long)-sum->exponent);
    bool integer = mpz_divisible_p(wide, divisor) != 0;
    mpz_clear(wide);
    mpz_clear(divisor);
    return integer;
}

/* The digits of the sum's integer, without sign, for the caller to free(). */
static char *digits_of_sum(const struct mig_sum *sum)
{
    mpz_t magnitude;
    mpz_init(magnitude);
    mig_sum_to_wide(magnitude, sum);
    mpz_abs(magnitude, magnitude);
    char *digits = malloc(mpz_sizeinbase(magnitude, 10) + 2);
    if (digits != NULL)
        mpz_get_str(digits, 10, magnitude);
    mpz_clear(magnitude);
    return digits;
}

static enum mig_status append_zeros(struct mig_buffer *out, size_t count, struct mig_error *error)
{
    enum mig_status status = MIG_OK;
    for (; count > 0 && status == MIG_OK; count--)
        status = mig_buffer_append(out, "0", 1, error);
    return status;
}

/* Lays digits * 10^-decimals out as integer part, point and decimals without zeros at the end. */
static enum mig_status format_digits(
    const char *digits, size_t decimals, struct mig_buffer *out, struct mig_error *error)
{
    size_t length = strlen(digits);
    while (decimals > 0 && length > 0 && digits[length - 1] == '0') {
        length--;
        decimals--;
    }
    size_t whole = length > decimals ? length - decimals : 0;
    enum mig_status status = whole > 0 ? mig_buffer_append(out, digits, whole, error)
                                       : mig_buffer_append(out, "0", 1, error);
    if (status == MIG_OK && decimals > 0)
        status = mig_buffer_append(out, ".", 1, error);
    if (status == MIG_OK && decimals > 0)
        status = append_zeros(out, decimals - (length - whole), error);
    if (status == MIG_OK && decimals > 0)
        status = mig_buffer_append(out, digits + whole, length - whole, error);
    return status;
}

enum mig_status mig_sum_format(
    const struct mig_sum *sum, struct mig_buffer *out, struct mig_error *error)
{
    int sign = mig_sum_sign(sum);
    if (sign == 0)
        return mig_buffer_append(out, "0", 1, error);
    char *digits = digits_of_sum(sum);
    if (digits == NULL)
        return mig_fail_memory(error);
    enum mig_status status = sign < 0 ? mig_buffer_append(out, "-", 1, error) : MIG_OK;
    if (status == MIG_OK)
        status = format_digits(digits, (size_t)-sum->exponent, out, error);
    free(digits);
    return status;
}

enum mig_status mig_sum_to_double(const struct mig_sum *sum, double *out, struct mig_error *error)
{
    const mig_int128 exact = (mig_int128)1 << 53;
    if (sum->wide == NULL && sum->exponent == 0 && sum->fast <= exact && sum->fast >= -exact) {
        *out = (double)sum->fast;
        return MIG_OK;
    }
    struct mig_buffer text = {0};
    enum mig_status status = mig_sum_format(sum, &text, error);
    if (status == MIG_OK)
        *out = mig_double_of_text(text.data);
    mig_buffer_release(&text);
    return status;
}
