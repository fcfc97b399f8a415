/* Sorting of many numbers: in time that grows with their number alone. */
#ifndef MIGSTAT_BASE_SORT_H
#define MIGSTAT_BASE_SORT_H

#include <stddef.h>
#include <stdint.h>

#include "error.h"

/* Puts `n` values in ascending order; -0 and 0 in any order. None is NaN. Takes as much memory again while it sorts; without it,
 * more time. */
MIG_API void mig_sort_doubles(double *values, size_t n);

struct mig_sort_item {
    uint64_t key;
    uint64_t value;
};

/* Puts `n` items in ascending order of their keys; items of one key stay as they stand. Errors: MIG_NO_MEMORY. */
MIG_API enum mig_status MIG_MUST_USE mig_sort_items(struct mig_sort_item *items, size_t n,
    struct mig_error *error);

#endif
