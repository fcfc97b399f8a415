/* Decimals, within the library: numbers as they stand in nearly every cell. */
#ifndef MIGSTAT_BASE_DECIMAL_INLINE_H
#define MIGSTAT_BASE_DECIMAL_INLINE_H

#include "decimal.h"
#include "load-inline.h"

/* A whole number of 1 to 8 digits; false for anything else. All digits at once, without a branch
 * for each: in a column of numbers of mixed lengths no processor guesses where they end. */
static inline bool mig_decimal_parse_short(struct mig_text text, uint64_t *magnitude)
{
    const uint64_t zeros = UINT64_C(0x3030303030303030), high = UINT64_C(0xf0f0f0f0f0f0f0f0);
    if (text.length - 1 > 7)
        return false;
    unsigned half = 4 * (unsigned)text.length; /* twice: a shift by 64 is undefined */
    uint64_t digits = mig_load_short(text.data, text.length) << (32 - half) << (32 - half);
    digits |= zeros >> half >> half;
    if ((digits & high) != zeros || ((digits + UINT64_C(0x0606060606060606)) & high) != zeros)
        return false;
    digits -= zeros;
    digits = 10 * digits + (digits >> 8); /* pairs, in every second byte */
    uint64_t fours = (digits & UINT64_C(0x000000ff000000ff)) * (100 + (UINT64_C(1000000) << 32));
    uint64_t others = (digits >> 16 & UINT64_C(0x000000ff000000ff)) * (1 + (UINT64_C(10000) << 32));
    *magnitude = (fours + others) >> 32;
    return true;
}

/* Nearly all numbers: at most 19 characters behind the sign, digits and perhaps a point, which fit
 * 64 bits. False, with nothing said, for all others. */
static inline bool mig_decimal_parse_plain(struct mig_text text, struct mig_decimal *out)
{
    *out = (struct mig_decimal){0};
    if (mig_decimal_parse_short(text, &out->magnitude))
        return true;
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
