/* Decimals, private: what numbers and sums share. */
#ifndef MIGSTAT_BASE_DECIMAL_INTERNAL_H
#define MIGSTAT_BASE_DECIMAL_INTERNAL_H

#include "decimal.h"

#define MIG_DECIMAL_DIGITS (2 * MIG_DECIMAL_PLACES + 2)

/* The significant digits as terminated text. Returns how many there are; of 0, which is written "0", none. */
int mig_decimal_digits(const struct mig_decimal *decimal, char out[MIG_DECIMAL_DIGITS]);

/* strtod() in the C locale, which rounds correctly; the caller's locale is put back. */
double mig_double_of_text(const char *text);

/* Nearly all numbers: at most 19 characters behind the sign, digits and perhaps a point, which fit
 * 64 bits. False, with nothing said, for all others. */
static inline bool mig_decimal_parse_plain(struct mig_text text, struct mig_decimal *out)
{
    if (text.length == 0 || text.length > 20)
        return false;
    const char *at = text.data, *end = text.data + text.length, *point = NULL;
    bool negative = *at == '-';
    at += negative;
    size_t length = (size_t)(end - at);
    uint64_t magnitude = 0;
    if (length == 0 || length > 19)
        return false;
    for (; at < end; at++) {
        unsigned digit = (unsigned char)*at - (unsigned)'0';
        if (digit <= 9)
            magnitude = 10 * magnitude + digit;
        else if (*at == '.' && point == NULL && length > 1)
            point = at;
        else
            return false;
    }
    int32_t decimals = point != NULL ? (int32_t)(end - point) - 1 : 0;
    for (; decimals > 0 && magnitude % 10 == 0; decimals--)
        magnitude /= 10;
    *out = (struct mig_decimal){
        .magnitude = magnitude, .exponent = -decimals, .negative = negative && magnitude != 0};
    return true;
}

#endif
