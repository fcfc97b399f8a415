/* Every way to classify 64 bytes that this machine has, held against one byte at a time. Without cmocka, so that it can be
 * built for other machines. */
#ifndef MIGSTAT_TESTS_CLASSIFY_H
#define MIGSTAT_TESTS_CLASSIFY_H

#include <stdbool.h>

#include "input/classify-internal.h"

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

/* Whether these two blocks are classified as each of their bytes is. */
static inline bool classifies(mig_classify *classify, const char *bytes, char delimiter, char quote)
{
    struct mig_classes is[2];
    classify(bytes, 2, delimiter, quote, is);
    for (int i = 0; i < 2; i++) {
        struct mig_classes wanted = classify_by_bytes(bytes + i * MIG_BLOCK, delimiter, quote);
        if (is[i].delimiter != wanted.delimiter || is[i].feed != wanted.feed ||
            is[i].back != wanted.back || is[i].quote != wanted.quote || is[i].nul != wanted.nul ||
            is[i].high != wanted.high)
            return false;
    }
    return true;
}

/* Every byte at every place between bytes of another kind, then bytes at random, from any address. */
static inline bool classifies_all(mig_classify *classify)
{
    static const char around[] = {'a', ',', '\n', '\r', '"', 0, '\x7f', '\x80', '\xff'};
    enum { SIZE = 3 * MIG_BLOCK };
    char bytes[SIZE];
    uint32_t state = 17;
    for (int byte = 0; byte < 256; byte++)
        for (int place = 0; place < 2 * MIG_BLOCK; place++)
            for (unsigned j = 0; j < sizeof around; j++) {
                for (int i = 0; i < SIZE; i++)
                    bytes[i] = i == place ? (char)byte : around[j];
                if (!classifies(classify, bytes, ',', '"'))
                    return false;
            }
    for (int i = 0; i < 20000; i++) {
        for (int j = 0; j < SIZE; j++) {
            state = state * 1664525u + 1013904223u;
            unsigned letter = state >> 24;
            bytes[j] = i % 2 == 0 ? (char)letter : around[letter % sizeof around];
        }
        if (!classifies(classify, bytes + i % MIG_BLOCK, bytes[0], bytes[1]))
            return false;
    }
    return true;
}

#endif
