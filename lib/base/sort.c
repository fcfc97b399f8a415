#include "base/sort.h"

#include <stdlib.h>
#include <string.h>

enum { FEW = 300, BYTES = sizeof(uint64_t), VALUES = 256 };

#define INLINE static inline __attribute__((always_inline))

/* Whole numbers in the order of the doubles: the sign bit is turned over, below 0 all bits are. */
INLINE uint64_t code_of_double(const char *value)
{
    uint64_t bits;
    memcpy(&bits, value, sizeof bits);
    return bits >> 63 != 0 ? ~bits : bits | UINT64_C(1) << 63;
}

INLINE uint64_t code_of_item(const char *item)
{
    struct mig_sort_item copy;
    memcpy(&copy, item, sizeof copy);
    return copy.key;
}

static int compare_doubles(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

/* From how many values have a byte's value to where the first of them goes. */
static void find_places(size_t counts[VALUES])
{
    size_t place = 0;
    for (size_t v = 0; v < VALUES; v++) {
        size_t count = counts[v];
        counts[v] = place;
        place += count;
    }
}

/* Byte by byte of the codes from the last, in stable steps; a byte that all share needs none. */
INLINE void sort_by_bytes(
    char *values, char *spare, size_t n, size_t size, uint64_t (*code_of)(const char *))
{
    size_t counts[BYTES][VALUES] = {{0}};
    char *from = values, *to = spare;
    for (size_t i = 0; i < n; i++)
        for (int byte = 0; byte < BYTES; byte++)
            counts[byte][code_of(values + i * size) >> 8 * byte & (VALUES - 1)]++;
    for (int byte = 0; byte < BYTES; byte++) {
        if (counts[byte][code_of(from) >> 8 * byte & (VALUES - 1)] == n)
            continue;
        find_places(counts[byte]);
        for (size_t i = 0; i < n; i++) {
            const char *value = from + i * size;
            memcpy(
                to + counts[byte][code_of(value) >> 8 * byte & (VALUES - 1)]++ * size, value, size);
        }
        char *sorted = to;
        to = from;
        from = sorted;
    }
    if (from != values)
        memcpy(values, from, n * size);
}

void mig_sort_doubles(double *values, size_t n)
{
    double *spare = n > FEW ? malloc(n * sizeof *spare) : NULL;
    if (spare != NULL)
        sort_by_bytes((char *)values, (char *)spare, n, sizeof *values, code_of_double);
    else if (n > 0)
        qsort(values, n, sizeof *values, compare_doubles);
    free(spare);
}

enum mig_status mig_sort_items(struct mig_sort_item *items, size_t n, struct mig_error *error)
{
    struct mig_sort_item *spare = calloc(n + 1, sizeof *spare);
    if (spare == NULL)
        return mig_fail_memory(error);
    if (n > 0)
        sort_by_bytes((char *)items, (char *)spare, n, sizeof *items, code_of_item);
    free(spare);
    return MIG_OK;
}
