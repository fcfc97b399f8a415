/* Every way to classify 64 bytes that this machine has, held against one byte at a time. Without cmocka, so that it can be
 * built for other machines. */
#ifndef MIGSTAT_TESTS_CLASSIFY_H
#define MIGSTAT_TESTS_CLASSIFY_H

#include <stdbool.h>

#include "input/classify-internal.h"

typedef void classify(const char *bytes, char delimiter, char quote, struct mig_classes *classes);

static const struct {
    const char *name;
    classify *classify;
} classifiers[] = {
    {"plain C", mig_classify_plain},
#if defined(__SSE2__)
    {"SSE2", mig_classify_sse2},
#elif defined(__aarch64__) && defined(__ARM_NEON)
    {"NEON", mig_classify_neon},
#endif
    {"chosen", mig_classify},
};

enum { CLASSIFIERS = sizeof classifiers / sizeof *classifiers };

static inline struct mig_classes classify_by_bytes(const char *bytes, char delimiter, char quote)
{
    struct mig_classes is = {0};
    for (int i = 0; i < MIG_BLOCK; i++) {
        uint64_t bit = UINT64_C(1) << i;
        is.delimiter |= bytes[i] == delimiter ? bit : 0;
        is.feed |= bytes[i] == '\n' ? bit : 0;
        is.back |= bytes[i] == '\r' ? bit : 0;
        is.quote |= bytes[i] == quote ? bit : 0;
        is.nul |= bytes[i] == '\0' ? bit : 0;
        is.high |= (unsigned char)bytes[i] >= 0x80 ? bit : 0;
    }
    return is;
}

/* Whether classifier `i` says of these 64 bytes what each of them says. */
static inline bool classifies(int i, const char *bytes, char delimiter, char quote)
{
    struct mig_classes is, wanted = classify_by_bytes(bytes, delimiter, quote);
    classifiers[i].classify(bytes, delimiter, quote, &is);
    return is.delimiter == wanted.delimiter && is.feed == wanted.feed && is.back == wanted.back &&
           is.quote == wanted.quote && is.nul == wanted.nul && is.high == wanted.high;
}

/* Every byte at every place between bytes of another kind, then bytes at random, from any address. */
static inline bool classifies_all(int classifier)
{
    static const char around[] = {'a', ',', '\n', '\r', '"', 0, '\x7f', '\x80', '\xff'};
    char bytes[2 * MIG_BLOCK];
    uint32_t state = 17;
    for (int byte = 0; byte < 256; byte++)
        for (int place = 0; place < MIG_BLOCK; place++)
            for (unsigned j = 0; j < sizeof around; j++) {
                for (int i = 0; i < MIG_BLOCK; i++)
                    bytes[i] = i == place ? (char)byte : around[j];
                if (!classifies(classifier, bytes, ',', '"'))
                    return false;
            }
    for (int i = 0; i < 20000; i++) {
        for (int j = 0; j < 2 * MIG_BLOCK; j++) {
            state = state * 1664525u + 1013904223u;
            unsigned letter = state >> 24;
            bytes[j] = i % 2 == 0 ? (char)letter : around[letter % sizeof around];
        }
        if (!classifies(classifier, bytes + i % MIG_BLOCK, bytes[0], bytes[1]))
            return false;
    }
    return true;
}

#endif
