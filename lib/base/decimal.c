#include "base/decimal-internal.h"

#include <inttypes.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/decimal-inline.h"
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

static enum mig_status parse_any(
    struct mig_text text, struct mig_decimal *out, struct mig_error *error)
{
    struct mig_text quoted = mig_text_head(text, MIG_TEXT_QUOTED);
    struct written number;
    if (!scan(text, &number))
        return error == NULL
                   ? MIG_VALUE /* a question asked of many texts: no time for words */
                   : mig_fail(error, MIG_VALUE, _("'%.*s' is not a number"), MIG_TEXT_ARG(quoted));
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

enum mig_status mig_decimal_parse(
    struct mig_text text, struct mig_decimal *out, struct mig_error *error)
{
    return mig_decimal_parse_plain(text, out) ? MIG_OK : parse_any(text, out, error);
}

struct mig_decimal mig_decimal_of_count(uint64_t count)
{
    return (struct mig_decimal){.magnitude = count};
}

bool mig_decimal_is_integer(const struct mig_decimal *decimal)
{
    return decimal->exponent >= 0; /* the last decimal is never 0 */
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

int mig_decimal_digits(const struct mig_decimal *decimal, char out[MIG_DECIMAL_DIGITS])
{
    int length = 0;
    if (!decimal->wide) {
        int written = sprintf(out, "%" PRIu64, decimal->magnitude);
        return decimal->magnitude == 0 ? 0 : written;
    }
    for (size_t i = 0; i < decimal->digits.length; i++)
        if (decimal->digits.data[i] != '.')
            out[length++] = decimal->digits.data[i];
    out[length] = '\0';
    return length;
}

static int compare_magnitudes(const struct mig_decimal *a, const struct mig_decimal *b)
{
    if (!a->wide && !b->wide && a->exponent == b->exponent)
        return (a->magnitude > b->magnitude) - (a->magnitude < b->magnitude);
    char a_digits[MIG_DECIMAL_DIGITS], b_digits[MIG_DECIMAL_DIGITS];
    int a_length = mig_decimal_digits(a, a_digits), b_length = mig_decimal_digits(b, b_digits);
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

double mig_double_of_text(const char *text)
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
    char digits[MIG_DECIMAL_DIGITS], text[MIG_DECIMAL_DIGITS + 32];
    mig_decimal_digits(decimal, digits);
    snprintf(text, sizeof text, "%s%se%d", decimal->negative ? "-" : "", digits, (int)exponent);
    return mig_double_of_text(text);
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
