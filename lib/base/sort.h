/* Sorting of many numbers: in time that grows with their number alone. */
#ifndef MIGSTAT_BASE_SORT_H
#define MIGSTAT_BASE_SORT_H

#include <stddef.h>

#include "error.h"

/* Puts `n` values in ascending order; -0 and 0 in any order. None is NaN. Takes as much memory again while it sorts; without it,
 * more time. */
MIG_API void mig_sort_doubles(double *values, size_t n);

#endif
