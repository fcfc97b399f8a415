/* Classification, private: which bytes are delimiters, line feeds, quotes and the like, 64 at a time, a bit each: bit i is
 * byte i.
 *
 * SSE2 is part of every x86-64, AVX2 of most; NEON of every arm64; elsewhere words of eight bytes are compared in plain C. The
 * tests hold those that a machine can run against each other.
 * Source: for zero bytes in a word, H. S. Warren, "Hacker's Delight", 2nd ed., section 6-1 (the form without carries
 * between bytes); for bits out of NEON, the pairwise sums of G. Langdale and D. Lemire, "Parsing gigabytes of JSON per
 * second", VLDB Journal 28 (2019).
 */
#ifndef MIGSTAT_INPUT_CLASSIFY_INTERNAL_H
#define MIGSTAT_INPUT_CLASSIFY_INTERNAL_H

#include <stddef.h>
#include <stdint.h>

enum { MIG_BLOCK = 64 };

struct mig_classes {
    uint64_t delimiter;
    uint64_t feed; /* LF */
    uint64_t back; /* CR */
    uint64_t quote;
    uint64_t nul;
    uint64_t high; /* 0x80 and above */
};

/* Fills the classes of `count` blocks. */
typedef void mig_classify(const char *bytes, size_t count, char delimiter, char quote,
    struct mig_classes *classes);

struct mig_classifier {
    const char *name;
    mig_classify *classify;
};

/* Those that this machine can run, the fastest first; the last has no name. */
const struct mig_classifier *mig_classifiers(void);

static inline size_t mig_count_bits(uint64_t bits)
{
    bits -= bits >> 1 & UINT64_C(0x5555555555555555);
    bits = (bits & UINT64_C(0x3333333333333333)) + (bits >> 2 & UINT64_C(0x3333333333333333));
    bits = (bits + (bits >> 4)) & UINT64_C(0x0f0f0f0f0f0f0f0f);
    return (size_t)(bits * UINT64_C(0x0101010101010101) >> 56);
}

#endif
