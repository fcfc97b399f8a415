#include "table/order.h"

#include "base/decimal.h"

enum kind { NUMBER, WORDS, MISSING };

struct place {
    enum kind kind;
    struct mig_decimal number;
    bool at_or_after; /* "<18" is not */
    struct mig_text rest;
};

static size_t digits_from(struct mig_text text, size_t at)
{
    size_t end = at;
    while (end < text.length && text.data[end] >= '0' && text.data[end] <= '9')
        end++;
    return end - at;
}

static size_t sign_at(struct mig_text text, size_t at)
{
    return at < text.length && (text.data[at] == '-' || text.data[at] == '+') ? 1 : 0;
}

/* Length of the longest beginning of `text` that is a number, or 0. */
static size_t number_length(struct mig_text text)
{
    size_t at = sign_at(text, 0);
    size_t whole = digits_from(text, at);
    size_t decimals = at + whole < text.length && text.data[at + whole] == '.'
                          ? digits_from(text, at + whole + 1)
                          : 0;
    if (whole + decimals == 0)
        return 0;
    at += whole + (decimals > 0 ? 1 + decimals : 0);
    if (at < text.length && (text.data[at] == 'e' || text.data[at] == 'E')) {
        size_t sign = sign_at(text, at + 1);
        size_t digits = digits_from(text, at + 1 + sign);
        at += digits > 0 ? 1 + sign + digits : 0;
    }
    return at;
}

static struct place place_of(struct mig_text text)
{
    struct place place = {.kind = text.length == 0 ? MISSING : WORDS, .at_or_after = true};
    struct mig_text rest = text;
    if (rest.length > 0 && rest.data[0] == '<') {
        rest.data++;
        rest.length--;
    }
    struct mig_text number = {rest.data, number_length(rest)};
    if (number.length > 0 && mig_decimal_parse(number, &place.number, NULL) == MIG_OK) {
        place.kind = NUMBER;
        place.at_or_after = rest.length == text.length;
        place.rest = (struct mig_text){rest.data + number.length, rest.length - number.length};
    }
    return place;
}

/* The first 19 digits of a number that is not 0 as a whole number, and the place of the first: 1
 * for units, 0 for tenths. */
static uint64_t leading_digits(const struct mig_decimal *number, int *place)
{
    const uint64_t least = UINT64_C(1000000000000000000);
    uint64_t digits = number->wide ? 0 : number->magnitude;
    int count = 19;
    if (number->wide) {
        count = 0;
        for (size_t i = 0; i < number->digits.length; i++) {
            bool digit = number->digits.data[i] != '.';
            if (digit && count < 19)
                digits = 10 * digits + (uint64_t)(number->digits.data[i] - '0');
            count += digit;
        }
    }
    for (; digits < least; count--)
        digits *= 10;
    *place = count + number->exponent;
    return digits;
}

/* Sign, place of the first digit and first digits, from high to low, in 61 bits. */
static uint64_t number_prefix(const struct mig_decimal *number)
{
    const uint64_t zero = UINT64_C(1) << 60;
    int place;
    if (!number->wide && number->magnitude == 0)
        return zero;
    uint64_t digits = leading_digits(number, &place) >> 16;  /* 48 bits */
    uint64_t size = (uint64_t)(place + 2048) << 48 | digits; /* a place lies within 1500 */
    return number->negative ? zero - size : zero + size;
}

uint64_t mig_key_prefix(struct mig_text text)
{
    struct place place = place_of(text);
    uint64_t prefix = 0;
    if (place.kind == NUMBER)
        prefix = number_prefix(&place.number);
    for (size_t i = 0; i < 8 && place.kind == WORDS; i++)
        prefix = prefix << 8 | (i < text.length ? (unsigned char)text.data[i] : 0);
    return (uint64_t)place.kind << 62 | (place.kind == WORDS ? prefix >> 2 : prefix);
}

int mig_key_compare(struct mig_text a, struct mig_text b)
{
    struct place a_place = place_of(a), b_place = place_of(b);
    if (a_place.kind != b_place.kind)
        return a_place.kind < b_place.kind ? -1 : 1;
    int order = 0;
    if (a_place.kind == NUMBER) {
        order = mig_decimal_compare(&a_place.number, &b_place.number);
        if (order == 0)
            order = (int)a_place.at_or_after - (int)b_place.at_or_after;
        if (order == 0)
            order = mig_text_compare(a_place.rest, b_place.rest);
    }
    return order != 0 ? order : mig_text_compare(a, b);
}
