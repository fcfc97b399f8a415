#include "base/decimal.h"

#include <gmp.h>
#include <inttypes.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"

/* What the scanner finds in a written number. */
struct written {
    struct mig_text digits; /* from the first to the last significant digit, with at most one '.' */
    size_t n_digits;        /* of those, '.' not counted */
    int64_t exponent;       /* of the last digit */
    bool negative;
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Reads [+-] digits as the exponent. It stays at a large value once it is beyond what the digits of
 * any mantissa in memory could bring back within the limits. */
static bool scan_exponent(const char *at, const char *end, int64_t *exponent)
{
    bool negative = at < end && *at == '-';
    if (at < end && (*at == '-' || *at == '+'))
        at++;
    if (at == end)
        return false;
    int64_t value = 0;
    for (; at < end; at++) {
        if (!is_digit(*at))
            return false;
        if (value < INT64_C(1000000000000000))
            value = 10 * value + (*at - '0');
    }
    *exponent = negative ? -value : value;
    return true;
}

/* Drops zeros at both ends of the mantissa: what is left begins and ends with a digit that counts.
 */
static void strip_zeros(struct written *number)
{
    struct mig_text *digits = &number->digits;
    while (digits->length > 0 && (digits->data[0] == '0' || digits->data[0] == '.')) {
        digits->data++;
        digits->length--;
    }
    bool decimals = digits->length > 0 && memchr(digits->data, '.', digits->length) != NULL;
    while (digits->length > 0) {
        char last = digits->data[digits->length - 1];
        if (last != '0' && last != '.')
            break;
        if (last == '.')
            decimals = false;
        else
            number->exponent++;
        digits->length--;
    }
    number->n_digits = digits->length - (decimals ? 1 : 0);
}

static bool scan(struct mig_text text, struct written *number)
{
    if (text.length == 0)
        return false;
    const char *at = text.data, *end = text.data + text.length;
    *number = (struct written){.negative = *at == '-'};
    if (*at == '-' || *at == '+')
        at++;
    const char *mantissa = at, *point = NULL;
    size_t n_digits = 0;
    for (; at < end && (is_digit(*at) || (*at == '.' && point == NULL)); at++) {
        if (*at == '.')
            point = at;
        else
            n_digits++;
    }
    if (n_digits == 0)
        return false;
    number->digits = (struct mig_text){mantissa, (size_t)(at - mantissa)};
    if (at < end && (*at == 'e' || *at == 'E')) {
        if (!scan_exponent(at + 1, end, &number->exponent))
            return false;
    } else if (at < end) {
        return false;
    }
    if (point != NULL)
        number->exponent -= (int64_t)(mantissa + number->digits.length - point) - 1;
    strip_zeros(number);
    return true;
}

static uint64_t magnitude_of(struct mig_text digits)
{
    uint64_t magnitude = 0;
    for (size_t i = 0; i < digits.length; i++)
        if (digits.data[i] != '.')
            magnitude = 10 * magnitude + (uint64_t)(digits.data[i] - '0');
    return magnitude;
}

enum mig_status mig_decimal_parse(
    struct mig_text text, struct mig_decimal *out, struct mig_error *error)
{
    struct mig_text quoted = mig_text_head(text, MIG_TEXT_QUOTED);
    struct written number;
    if (!scan(text, &number))
        return mig_fail(error, MIG_VALUE, _("'%.*s' is not a number"), MIG_TEXT_ARG(quoted));
    *out = (struct mig_decimal){0};
    if (number.n_digits == 0)
        return MIG_OK;
    if (number.exponent < -MIG_DECIMAL_PLACES ||
        number.exponent + (int64_t)number.n_digits > MIG_DECIMAL_PLACES)
        return mig_fail(error, MIG_LIMIT, _("'%.*s' has more than %d digits"), MIG_TEXT_ARG(quoted),
            MIG_DECIMAL_PLACES);
    out->negative = number.negative;
    out->exponent = (int32_t)number.exponent;
    out->wide = number.n_digits > 19; /* 10^19 - 1 < 2^64 */
    if (out->wide)
        out->digits = number.digits;
    else
        out->magnitude = magnitude_of(number.digits);
    return MIG_OK;
}

struct mig_decimal mig_decimal_of_count(uint64_t count)
{
    return (struct mig_decimal){.magnitude = count};
}

bool mig_decimal_is_integer(const struct mig_decimal *decimal)
{
    return decimal->exponent >= 0; /* the last digit is never 0 */
}

bool mig_decimal_is_negative(const struct mig_decimal *decimal)
{
    return decimal->negative;
}

bool mig_decimal_to_count(const struct mig_decimal *decimal, uint64_t *count)
{
    if (decimal->negative || decimal->exponent < 0)
        return false;
    *count = decimal->wide ? 0 : decimal->magnitude;
    bool fits = true;
    for (size_t i = 0; decimal->wide && i < decimal->digits.length && fits; i++)
        if (decimal->digits.data[i] != '.')
            fits =
                !__builtin_mul_overflow(*count, 10u, count) &&
                !__builtin_add_overflow(*count, (uint64_t)(decimal->digits.data[i] - '0'), count);
    for (int32_t i = 0; i < decimal->exponent && fits; i++)
        fits = !__builtin_mul_overflow(*count, 10u, count);
    return fits;
}

/* The significant digits as text; returns how many. */
static int digits_of_decimal(
    const struct mig_decimal *decimal, char out[2 * MIG_DECIMAL_PLACES + 2])
{
    int length = 0;
    if (!decimal->wide)
        return decimal->magnitude == 0 ? 0 : sprintf(out, "%" PRIu64, decimal->magnitude);
    for (size_t i = 0; i < decimal->digits.length; i++)
        if (decimal->digits.data[i] != '.')
            out[length++] = decimal->digits.data[i];
    out[length] = '\0';
    return length;
}

static int compare_magnitudes(const struct mig_decimal *a, const struct mig_decimal *b)
{
    char a_digits[2 * MIG_DECIMAL_PLACES + 2] = "", b_digits[2 * MIG_DECIMAL_PLACES + 2] = "";
    int a_length = digits_of_decimal(a, a_digits), b_length = digits_of_decimal(b, b_digits);
    if (a_length == 0 || b_length == 0)
        return (a_length > 0) - (b_length > 0);
    int a_places = a_length + a->exponent, b_places = b_length + b->exponent;
    if (a_places != b_places)
        return a_places < b_places ? -1 : 1;
    /* Digits from the same place on. Zeros at the end are dropped by the parser but not by counts,
     * so the shorter text is compared as if zeros followed it. */
    for (int i = 0; i < a_length || i < b_length; i++) {
        char a_digit = i < a_length ? a_digits[i] : '0', b_digit = i < b_length ? b_digits[i] : '0';
        if (a_digit != b_digit)
            return a_digit < b_digit ? -1 : 1;
    }
    return 0;
}

int mig_decimal_compare(const struct mig_decimal *a, const struct mig_decimal *b)
{
    if (a->negative != b->negative)
        return a->negative ? -1 : 1;
    return a->negative ? compare_magnitudes(b, a) : compare_magnitudes(a, b);
}

/* strtod() in the C locale, which rounds correctly; the caller's locale is put back. */
static double double_of_text(const char *text)
{
    locale_t c_locale = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    if (c_locale == (locale_t)0)
        return NAN;
    locale_t before = uselocale(c_locale);
    double value = strtod(text, NULL);
    uselocale(before);
    freelocale(c_locale);
    return value;
}

double mig_decimal_to_double(const struct mig_decimal *decimal)
{
    static const double powers[] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
        1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    int32_t exponent = decimal->exponent;
    if (!decimal->wide && decimal->magnitude <= UINT64_C(1) << 53 && exponent >= -22 &&
        exponent <= 22) {
        /* both operands are exact, so one operation rounds once (Clinger 1990) */
        double value = (double)decimal->magnitude;
        value = exponent < 0 ? value / powers[-exponent] : value * powers[exponent];
        return decimal->negative ? -value : value;
    }
    char digits[2 * MIG_DECIMAL_PLACES + 2] = "0", text[2 * MIG_DECIMAL_PLACES + 32];
    digits_of_decimal(decimal, digits);
    snprintf(text, sizeof text, "%s%se%d", decimal->negative ? "-" : "", digits, (int)exponent);
    return double_of_text(text);
}

/* Sums. GMP aborts when memory is short: it has no other way to report it. */

static bool power_of_ten(int32_t exponent, mig_int128 *power)
{
    if (exponent > 38)
        return false;
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
    if (sum->wide != NULL || !scale_fast(value, exponent - common, &value) ||
        !scale_fast(own, sum->exponent - common, &own) ||
        __builtin_add_overflow(own, value, &total))
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
    char digits[2 * MIG_DECIMAL_PLACES + 2] = "0";
    digits_of_decimal(decimal, digits);
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
    if (other->wide != NULL)
        mpz_set(wide, *wide_of(other));
    else
        wide_of_fast(wide, other->fast);
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

/* -0x8000... has no positive counterpart, so the negation is done on the wide integer. */
static enum mig_status negate(struct mig_sum *sum, struct mig_error *error)
{
    enum mig_status status = widen(sum, error);
    if (status == MIG_OK)
        mpz_neg(*wide_of(sum), *wide_of(sum));
    return status;
}

enum mig_status mig_sum_compare(
    const struct mig_sum *a, const struct mig_sum *b, int *order, struct mig_error *error)
{
    struct mig_sum difference = {0};
    enum mig_status status = mig_sum_add_sum(&difference, b, error);
    if (status == MIG_OK)
        status = negate(&difference, error);
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
    if (sum->wide != NULL)
        mpz_set(wide, *wide_of(sum));
    else
        wide_of_fast(wide, sum->fast);
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
    if (sum->wide != NULL)
        mpz_set(magnitude, *wide_of(sum));
    else
        wide_of_fast(magnitude, sum->fast);
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
        *out = double_of_text(text.data);
    mig_buffer_release(&text);
    return status;
}

/* The significant digits of |value| and the exponent of the first; zeros at the end are dropped. */
static size_t significant_digits(double value, int digits, char out[24], int *exponent)
{
    char text[48];
    snprintf(text, sizeof text, "%.*e", digits - 1, fabs(value));
    size_t length = 0;
    const char *at = text;
    for (; *at != 'e'; at++)
        if (is_digit(*at)) /* skips the decimal sign, whatever the locale makes of it */
            out[length++] = *at;
    *exponent = (int)strtol(at + 1, NULL, 10);
    while (length > 1 && out[length - 1] == '0')
        length--;
    out[length] = '\0';
    return length;
}

size_t mig_double_format(double value, int digits, char out[MIG_DOUBLE_TEXT])
{
    char significant[24];
    int exponent;
    int length = (int)significant_digits(value, digits, significant, &exponent);
    const char *sign = value < 0 ? "-" : "";
    int written;
    if (value == 0)
        written = snprintf(out, MIG_DOUBLE_TEXT, "0");
    else if (exponent < -5 || exponent > 15)
        written = snprintf(out, MIG_DOUBLE_TEXT, "%s%.1s%s%se%+03d", sign, significant,
            length > 1 ? "." : "", significant + 1, exponent);
    else if (exponent < 0)
        written =
            snprintf(out, MIG_DOUBLE_TEXT, "%s0.%.*s%s", sign, -exponent - 1, "0000", significant);
    else if (length <= exponent + 1)
        written = snprintf(out, MIG_DOUBLE_TEXT, "%s%s%.*s", sign, significant,
            exponent + 1 - length, "000000000000000");
    else
        written = snprintf(out, MIG_DOUBLE_TEXT, "%s%.*s.%s", sign, exponent + 1, significant,
            significant + exponent + 1);
    return (size_t)written;
}
