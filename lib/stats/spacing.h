/* Spacing: how far apart the points of a series stand. */
#ifndef MIGSTAT_STATS_SPACING_H
#define MIGSTAT_STATS_SPACING_H

#include <stddef.h>

#include "../base/error.h"

struct mig_spacing {
    double shortest;
    double longest;
};

/* The shortest and the longest step between neighbours.
 *
 * Shapes:  `times` has `n` entries in rising order, equal ones allowed.
 * Units:   those of the times.
 * Missing: both are 0 when n < 2.
 * Source:  docs/methods.md#time.
 */
MIG_API struct mig_spacing mig_spacing(const double *times, size_t n);

#endif
