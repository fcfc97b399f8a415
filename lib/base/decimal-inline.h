/* Decimals, within the library: numbers as they stand in nearly every cell. */
#ifndef MIGSTAT_BASE_DECIMAL_INLINE_H
#define MIGSTAT_BASE_DECIMAL_INLINE_H

#include "decimal.h"

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
