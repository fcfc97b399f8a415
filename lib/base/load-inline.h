/* Loads, within the library: bytes as numbers, the first byte lowest, whatever the machine. For hashing and comparing short texts at once. */
#ifndef MIGSTAT_BASE_LOAD_INLINE_H
#define MIGSTAT_BASE_LOAD_INLINE_H

#include <stddef.h>
#include <stdint.h>

/* Four bytes; compilers make one load of it. */
static inline uint64_t mig_load_4(const char *bytes)
{
    const unsigned char *at = (const unsigned char *)bytes;
    return at[0] | (uint64_t)at[1] << 8 | (uint64_t)at[2] << 16 | (uint64_t)at[3] << 24;
}

/* Eight bytes. */
static inline uint64_t mig_load_8(const char *bytes)
{
    return mig_load_4(bytes) | mig_load_4(bytes + 4) << 32;
}

/* `length` bytes, up to 8; no two texts of one length give the same number. The loads overlap. */
static inline uint64_t mig_load_short(const char *bytes, size_t length)
{
    if (length >= 4)
        return mig_load_4(bytes) | mig_load_4(bytes + length - 4) << 8 * (length - 4);
    if (length == 0)
        return 0;
    const unsigned char *at = (const unsigned char *)bytes;
    size_t middle = length / 2, last = length - 1;
    return at[0] | (uint64_t)at[middle] << 8 * middle | (uint64_t)at[last] << 8 * last;
}

/* The same for bytes behind which 8 can be read, without a branch. */
static inline uint64_t mig_load_padded(const char *bytes, size_t length)
{
    const unsigned half = 4 * (unsigned)length; /* twice: a shift by 64 is undefined */
    return mig_load_8(bytes) & ~(~UINT64_C(0) << half << half);
}

#endif
