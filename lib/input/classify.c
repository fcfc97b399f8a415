#include "input/classify-internal.h"

#if defined(__x86_64__)
#include <immintrin.h>
#elif defined(__aarch64__) && defined(__ARM_NEON)
#include <arm_neon.h>
#endif

/* Bits of the bytes of eight that equal `byte`; their first byte is the lowest. */
static inline uint64_t equal_in_eight(uint64_t eight, unsigned char byte)
{
    const uint64_t low = UINT64_C(0x7f7f7f7f7f7f7f7f);
    uint64_t differ = eight ^ byte * UINT64_C(0x0101010101010101);
    uint64_t equal = ~((((differ & low) + low) | differ) | low);
    return ((equal >> 7) * UINT64_C(0x0102040810204080)) >> 56;
}

static inline uint64_t high_in_eight(uint64_t eight)
{
    uint64_t high = (eight & UINT64_C(0x8080808080808080)) >> 7;
    return (high * UINT64_C(0x0102040810204080)) >> 56;
}

static void classify_plain(
    const char *bytes, size_t count, char delimiter, char quote, struct mig_classes *classes)
{
    for (size_t block = 0; block < count; block++, bytes += MIG_BLOCK) {
        struct mig_classes is = {0};
        for (int i = 0; i < MIG_BLOCK; i += 8) {
            uint64_t eight = 0;
            for (int j = 0; j < 8; j++)
                eight |= (uint64_t)(unsigned char)bytes[i + j] << 8 * j;
            is.delimiter |= equal_in_eight(eight, (unsigned char)delimiter) << i;
            is.feed |= equal_in_eight(eight, '\n') << i;
            is.back |= equal_in_eight(eight, '\r') << i;
            is.quote |= equal_in_eight(eight, (unsigned char)quote) << i;
            is.nul |= equal_in_eight(eight, 0) << i;
            is.high |= high_in_eight(eight) << i;
        }
        classes[block] = is;
    }
}

#if defined(__x86_64__)

/* Loops over the parts of a block would stay loops at -O2. */
static inline uint64_t bits_of_sse2(__m128i a, __m128i b, __m128i c, __m128i d)
{
    return (uint64_t)(unsigned)_mm_movemask_epi8(a) |
           (uint64_t)(unsigned)_mm_movemask_epi8(b) << 16 |
           (uint64_t)(unsigned)_mm_movemask_epi8(c) << 32 |
           (uint64_t)(unsigned)_mm_movemask_epi8(d) << 48;
}

static inline uint64_t equal_in_sse2(const __m128i part[4], char byte)
{
    const __m128i all = _mm_set1_epi8(byte);
    return bits_of_sse2(_mm_cmpeq_epi8(part[0], all), _mm_cmpeq_epi8(part[1], all),
        _mm_cmpeq_epi8(part[2], all), _mm_cmpeq_epi8(part[3], all));
}

static void classify_sse2(
    const char *bytes, size_t count, char delimiter, char quote, struct mig_classes *classes)
{
    for (size_t block = 0; block < count; block++, bytes += MIG_BLOCK) {
        const __m128i *from = (const __m128i *)(const void *)bytes;
        const __m128i part[4] = {_mm_loadu_si128(from), _mm_loadu_si128(from + 1),
            _mm_loadu_si128(from + 2), _mm_loadu_si128(from + 3)};
        classes[block] = (struct mig_classes){.delimiter = equal_in_sse2(part, delimiter),
            .feed = equal_in_sse2(part, '\n'),
            .back = equal_in_sse2(part, '\r'),
            .quote = equal_in_sse2(part, quote),
            .nul = equal_in_sse2(part, 0),
            .high = bits_of_sse2(part[0], part[1], part[2], part[3])};
    }
}

#define AVX2 __attribute__((target("avx2")))

AVX2 static inline uint64_t bits_of_avx2(__m256i a, __m256i b)
{
    return (uint64_t)(unsigned)_mm256_movemask_epi8(a) | (uint64_t)(unsigned)_mm256_movemask_epi8(b)
                                                             << 32;
}

AVX2 static inline uint64_t equal_in_avx2(__m256i a, __m256i b, char byte)
{
    const __m256i all = _mm256_set1_epi8(byte);
    return bits_of_avx2(_mm256_cmpeq_epi8(a, all), _mm256_cmpeq_epi8(b, all));
}

AVX2 static void classify_avx2(
    const char *bytes, size_t count, char delimiter, char quote, struct mig_classes *classes)
{
    for (size_t block = 0; block < count; block++, bytes += MIG_BLOCK) {
        const __m256i *from = (const __m256i *)(const void *)bytes;
        const __m256i a = _mm256_loadu_si256(from), b = _mm256_loadu_si256(from + 1);
        classes[block] = (struct mig_classes){.delimiter = equal_in_avx2(a, b, delimiter),
            .feed = equal_in_avx2(a, b, '\n'),
            .back = equal_in_avx2(a, b, '\r'),
            .quote = equal_in_avx2(a, b, quote),
            .nul = equal_in_avx2(a, b, 0),
            .high = bits_of_avx2(a, b)};
    }
}

#elif defined(__aarch64__) && defined(__ARM_NEON)

/* Bytes that are 0 or 0xff become bits. */
static inline uint64_t bits_of_neon(uint8x16_t a, uint8x16_t b, uint8x16_t c, uint8x16_t d)
{
    static const uint8_t powers[16] = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
    const uint8x16_t power = vld1q_u8(powers);
    uint8x16_t first = vpaddq_u8(vandq_u8(a, power), vandq_u8(b, power));
    uint8x16_t second = vpaddq_u8(vandq_u8(c, power), vandq_u8(d, power));
    uint8x16_t sums = vpaddq_u8(first, second);
    return vgetq_lane_u64(vreinterpretq_u64_u8(vpaddq_u8(sums, sums)), 0);
}

static inline uint64_t equal_in_neon(const uint8x16_t part[4], char byte)
{
    const uint8x16_t all = vdupq_n_u8((uint8_t)byte);
    return bits_of_neon(vceqq_u8(part[0], all), vceqq_u8(part[1], all), vceqq_u8(part[2], all),
        vceqq_u8(part[3], all));
}

static inline uint64_t high_in_neon(const uint8x16_t part[4])
{
    const uint8x16_t all = vdupq_n_u8(0x80);
    return bits_of_neon(vcgeq_u8(part[0], all), vcgeq_u8(part[1], all), vcgeq_u8(part[2], all),
        vcgeq_u8(part[3], all));
}

static void classify_neon(
    const char *bytes, size_t count, char delimiter, char quote, struct mig_classes *classes)
{
    for (size_t block = 0; block < count; block++, bytes += MIG_BLOCK) {
        const uint8_t *from = (const uint8_t *)bytes;
        const uint8x16_t part[4] = {
            vld1q_u8(from), vld1q_u8(from + 16), vld1q_u8(from + 32), vld1q_u8(from + 48)};
        classes[block] = (struct mig_classes){.delimiter = equal_in_neon(part, delimiter),
            .feed = equal_in_neon(part, '\n'),
            .back = equal_in_neon(part, '\r'),
            .quote = equal_in_neon(part, quote),
            .nul = equal_in_neon(part, 0),
            .high = high_in_neon(part)};
    }
}

#endif

static const struct mig_classifier classifiers[] = {
#if defined(__x86_64__)
    {"AVX2", classify_avx2},
    {"SSE2", classify_sse2},
#elif defined(__aarch64__) && defined(__ARM_NEON)
    {"NEON", classify_neon},
#endif
    {"plain C", classify_plain},
    {NULL, NULL},
};

const struct mig_classifier *mig_classifiers(void)
{
#if defined(__x86_64__)
    return __builtin_cpu_supports("avx2") ? classifiers : classifiers + 1;
#else
    return classifiers;
#endif
}
