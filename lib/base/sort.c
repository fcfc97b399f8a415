#include "base/sort.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { FEW = 300, BYTES = sizeof(double), VALUES = 256 };

static int compare(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

/* Whole numbers in the order of the doubles: the sign bit is turned over, below 0 all bits are. */
static uint64_t code_of(double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits >> 63 != 0 ? ~bits : bits | UINT64_C(1) << 63;
}

static unsigned byte_of(double value, int byte)
{
    return (unsigned)(code_of(value) >> 8 * byte) & (VALUES - 1);
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

/* Byte by byte from the last, in stable steps; a byte that all share needs none. */
static void sort(double *values, double *spare, size_t n)
{
    size_t counts[BYTES][VALUES] = {{0}};
    double *from = values, *to = spare;
    for (size_t i = 0; i < n; i++)
        for (int byte = 0; byte < BYTES; byte++)
            counts[byte][byte_of(values[i], byte)]++;
    for (int byte = 0; byte < BYTES; byte++) {
        if (counts[byte][byte_of(from[0], byte)] == n)
            continue;
        find_places(counts[byte]);
        for (size_t i = 0; i < n; i++)
            to[counts[byte][byte_of(from[i], byte)]++] = from[i];
        double *sorted = to;
        to = from;
        from = sorted;
    }
    if (from != values)
        memcpy(values, from, n * sizeof *values);
}

void mig_sort_doubles(double *values, size_t n)
{
    double *spare = n > FEW ? malloc(n * sizeof *spare) : NULL;
    if (spare != NULL)
        sort(values, spare, n);
    else if (n > 0)
        qsort(values, n, sizeof *values, compare);
    free(spare);
}
