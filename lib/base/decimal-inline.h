/* Decimals, within the library: numbers as they stand in nearly every cell. */
#ifndef MIGSTAT_BASE_DECIMAL_INLINE_H
#define MIGSTAT_BASE_DECIMAL_INLINE_H

#include "decimal.h"
#include "load-inline.h"

/* A number of at most 8 characters, digits and perhaps one point among or beside them, which stand in `bytes` with zeros
 * above them; false for anything else. All at once, without a branch for each: in a column of numbers of mixed lengths no
 * processor guesses where they end. The number is magnitude * 10^-decimals. */
static inline bool mig_decimal_parse_bytes(
    uint64_t bytes, size_t length, uint64_t *magnitude, int32_t *decimals)
{
    const uint64_t zeros = UINT64_C(0x3030303030303030), points = UINT64_C(0x2e2e2e2e2e2e2e2e);
    const uint64_t ones = UINT64_C(0x0101010101010101), tops = UINT64_C(0x8080808080808080);
    const uint64_t high = UINT64_C(0xf0f0f0f0f0f0f0f0);
    if (length - 1 > 7)
        return false;
    unsigned half = 4 * (unsigned)length; /* twice: a shift by 64 is undefined */
    uint64_t digits = bytes << (32 - half) << (32 - half) | zeros >> half >> half;
    uint64_t other = digits ^ points, point = (other - ones) & ~other & tops;
    *decimals = 0;
    if (point != 0) { /* the digits before it move into its place */
        uint64_t before = ((point & (0 - point)) >> 7) - 1;
        digits = (digits & ~(before << 8 | 0xff)) | (digits & before) << 8 | '0';
        *decimals = 7 - __builtin_ctzll(point) / 8;
    }
    if (((digits ^ zeros) & high) != 0 || ((digits + 6 * ones) & high) != zeros ||
        (point != 0 && length == 1))
        return false;
    digits -= zeros;
    digits = 10 * digits + (digits >> 8); /* pairs, in every second byte */
    uint64_t fours = (digits & UINT64_C(0x000000ff000000ff)) * (100 + (UINT64_C(1000000) << 32));
    uint64_t others = (digits >> 16 & UINT64_C(0x000000ff000000ff)) * (1 + (UINT64_C(10000) << 32));
    *magnitude = (fours + others) >> 32;
    return true;
}

/* Moves the point, without zeros at the end. */
static inline void mig_decimal_set_decimals(struct mig_decimal *decimal, int32_t decimals)
{
    for (; decimals > 0 && decimal->magnitude % 10 == 0; decimals--)
        decimal->magnitude /= 10;
    decimal->exponent = -decimals;
}

/* Nearly all numbers: at most 19 characters behind the sign, digits and perhaps a point, which fit
 * 64 bits. False, with nothing said, for all others. */
static inline bool mig_decimal_parse_plain(struct mig_text text, struct mig_decimal *out)
{
    *out = (struct mig_decimal){0};
    if (text.length == 0 || text.length > 20)
        return false;
    int32_t decimals;
    if (text.length <= 8 && mig_decimal_parse_bytes(mig_load_short(text.data, text.length),
                                text.length, &out->magnitude, &decimals)) {
        mig_decimal_set_decimals(out, decimals);
        return true;
    }
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
    out->magnitude = magnitude;
    out->negative = negative && magnitude != 0;
    mig_decimal_set_decimals(out, point != NULL ? (int32_t)(end - point) - 1 : 0);
    return true;
}

#endif
