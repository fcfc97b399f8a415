/* Sums, within the library: what nearly every number is added by. */
#ifndef MIGSTAT_BASE_SUM_INLINE_H
#define MIGSTAT_BASE_SUM_INLINE_H

#include "sum.h"

/* Adds magnitude * 10^exponent, when that leaves the sum's exponent and its 128 bits as they are; else false, with nothing
 * changed. */
static inline bool mig_sum_add_fast(
    struct mig_sum *sum, uint64_t magnitude, int32_t exponent, bool negative)
{
    static const uint64_t powers[] = {1, 10, 100, 1000, 10000, 100000, 1000000};
    uint32_t zeros = (uint32_t)exponent - (uint32_t)sum->exponent;
    if (sum->wide != NULL || zeros >= sizeof powers / sizeof *powers)
        return false;
    mig_int128 value = (mig_int128)magnitude, total;
    if (zeros > 0)
        value *= (mig_int128)powers[zeros];
    if (__builtin_add_overflow(sum->fast, negative ? -value : value, &total))
        return false;
    sum->fast = total;
    return true;
}

#endif
