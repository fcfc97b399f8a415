/* Classification, private: which of 64 bytes are delimiters, line feeds, quotes and the like, a bit each: bit i is byte i.
 *
 * SSE2 is part of every x86-64, NEON of every arm64; elsewhere words of eight bytes are compared in plain C. The tests
 * hold those that a machine can run against each other.
 * Source: for zero bytes in a word, H. S. Warren, "Hacker's Delight", 2nd ed., section 6-1 (the form without carries
 * between bytes); for bits out of NEON, the pairwise sums of G. Langdale and D. Lemire, "Parsing gigabytes of JSON per
 * second", VLDB Journal 28 (2019).
 */
#ifndef MIGSTAT_INPUT_CLASSIFY_INTERNAL_H
#define MIGSTAT_INPUT_CLASSIFY_INTERNAL_H

#include <stddef.h>
#include <stdint.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#elif defined(__aarch64__) && defined(__ARM_NEON)
#include <arm_neon.h>
#endif

enum { MIG_BLOCK = 64 };

struct mig_classes {
    uint64_t delimiter;
    uint64_t feed;  /* LF */
    uint64_t back;  /* CR */
    uint64_t quote;
    uint64_t nul;
    uint64_t high;  /* 0x80 and above */
};

/* Bits of the bytes of eight that equal `byte`; their first byte is the lowest. */
static inline uint64_t mig_eight_equal(uint64_t eight, unsigned char byte)
{
    const uint64_t low = UINT64_C(0x7f7f7f7f7f7f7f7f);
    uint64_t differ = eight ^ byte * UINT64_C(0x0101010101010101);
    uint64_t equal = ~((((differ & low) + low) | differ) | low);
    return ((equal >> 7) * UINT64_C(0x0102040810204080)) >> 56;
}

static inline void mig_classify_plain(
    const char *bytes, char delimiter, char quote, struct mig_classes *classes)
{
    *classes = (struct mig_classes){0};
    for (int i = 0; i < MIG_BLOCK; i += 8) {
        uint64_t eight = 0;
        for (int j = 0; j < 8; j++)
            eight |= (uint64_t)(unsigned char)bytes[i + j] << 8 * j;
        uint64_t high = (eight & UINT64_C(0x8080808080808080)) >> 7;
        classes->delimiter |= mig_eight_equal(eight, (unsigned char)delimiter) << i;
        classes->feed |= mig_eight_equal(eight, '\n') << i;
        classes->back |= mig_eight_equal(eight, '\r') << i;
        classes->quote |= mig_eight_equal(eight, (unsigned char)quote) << i;
        classes->nul |= mig_eight_equal(eight, 0) << i;
        classes->high |= (high * UINT64_C(0x0102040810204080) >> 56) << i;
    }
}

#if defined(__SSE2__)

/* Loops over the four parts would stay loops at -O2. */
static inline uint64_t mig_sse2_bits(__m128i a, __m128i b, __m128i c, __m128i d)
{
    return (uint64_t)(unsigned)_mm_movemask_epi8(a) |
           (uint64_t)(unsigned)_mm_movemask_epi8(b) << 16 |
           (uint64_t)(unsigned)_mm_movemask_epi8(c) << 32 |
           (uint64_t)(unsigned)_mm_movemask_epi8(d) << 48;
}

static inline uint64_t mig_sse2_equal(const __m128i bytes[4], char byte)
{
    const __m128i all = _mm_set1_epi8(byte);
    return mig_sse2_bits(_mm_cmpeq_epi8(bytes[0], all), _mm_cmpeq_epi8(bytes[1], all),
        _mm_cmpeq_epi8(bytes[2], all), _mm_cmpeq_epi8(bytes[3], all));
}

static inline void mig_classify_sse2(
    const char *bytes, char delimiter, char quote, struct mig_classes *classes)
{
    const __m128i *from = (const __m128i *)(const void *)bytes;
    const __m128i parts[4] = {_mm_loadu_si128(from), _mm_loadu_si128(from + 1),
        _mm_loadu_si128(from + 2), _mm_loadu_si128(from + 3)};
    classes->delimiter = mig_sse2_equal(parts, delimiter);
    classes->feed = mig_sse2_equal(parts, '\n');
    classes->back = mig_sse2_equal(parts, '\r');
    classes->quote = mig_sse2_equal(parts, quote);
    classes->nul = mig_sse2_equal(parts, 0);
    classes->high = mig_sse2_bits(parts[0], parts[1], parts[2], parts[3]);
}

#elif defined(__aarch64__) && defined(__ARM_NEON)

/* Bytes that are 0 or 0xff become bits. */
static inline uint64_t mig_neon_bits(const uint8x16_t masks[4])
{
    static const uint8_t powers[16] = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
    const uint8x16_t power = vld1q_u8(powers);
    uint8x16_t first = vpaddq_u8(vandq_u8(masks[0], power), vandq_u8(masks[1], power));
    uint8x16_t second = vpaddq_u8(vandq_u8(masks[2], power), vandq_u8(masks[3], power));
    uint8x16_t sums = vpaddq_u8(first, second);
    return vgetq_lane_u64(vreinterpretq_u64_u8(vpaddq_u8(sums, sums)), 0);
}

static inline uint64_t mig_neon_equal(const uint8x16_t bytes[4], char byte)
{
    const uint8x16_t all = vdupq_n_u8((uint8_t)byte);
    uint8x16_t masks[4];
    for (int i = 0; i < 4; i++)
        masks[i] = vceqq_u8(bytes[i], all);
    return mig_neon_bits(masks);
}

static inline void mig_classify_neon(
    const char *bytes, char delimiter, char quote, struct mig_classes *classes)
{
    uint8x16_t parts[4], high[4];
    for (int i = 0; i < 4; i++) {
        parts[i] = vld1q_u8((const uint8_t *)bytes + 16 * i);
        high[i] = vcgeq_u8(parts[i], vdupq_n_u8(0x80));
    }
    classes->delimiter = mig_neon_equal(parts, delimiter);
    classes->feed = mig_neon_equal(parts, '\n');
    classes->back = mig_neon_equal(parts, '\r');
    classes->quote = mig_neon_equal(parts, quote);
    classes->nul = mig_neon_equal(parts, 0);
    classes->high = mig_neon_bits(high);
}

#endif

/* The fastest of them. */
static inline void mig_classify(
    const char *bytes, char delimiter, char quote, struct mig_classes *classes)
{
#if defined(__SSE2__)
    mig_classify_sse2(bytes, delimiter, quote, classes);
#elif defined(__aarch64__) && defined(__ARM_NEON)
    mig_classify_neon(bytes, delimiter, quote, classes);
#else
    mig_classify_plain(bytes, delimiter, quote, classes);
#endif
}

static inline size_t mig_count_bits(uint64_t bits)
{
    bits -= bits >> 1 & UINT64_C(0x5555555555555555);
    bits = (bits & UINT64_C(0x3333333333333333)) + (bits >> 2 & UINT64_C(0x3333333333333333));
    bits = (bits + (bits >> 4)) & UINT64_C(0x0f0f0f0f0f0f0f0f);
    return (size_t)(bits * UINT64_C(0x0101010101010101) >> 56);
}

#endif
