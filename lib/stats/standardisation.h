/* Standardisation: rates of groups whose ages, or other strata, differ, made comparable.
 *
 * Directly: what the rate would be if the group had the strata of a standard population. Indirectly: how many times the
 * events that the rates of a reference population would give.
 */
#ifndef MIGSTAT_STATS_STANDARDISATION_H
#define MIGSTAT_STATS_STANDARDISATION_H

#include <stddef.h>

#include "rate.h"

/* One stratum of a group. */
struct mig_stratum {
    double weight;   /* of the standard population, 0 or above, in any unit */
    double exposure; /* of the group */
    double events;   /* of the group, a count */
    double squares;  /* events when they are independent; else the sum over units (persons, families) of the square of
                        their events */
};

enum mig_direct_method {
    MIG_DIRECT_DOBSON,      /* Dobson et al., on the exact limits of the number of events */
    MIG_DIRECT_DOBSON_BYAR, /* the same on Byar's limits: English public health offices */
    MIG_DIRECT_FAY_FEUER,   /* gamma limits: cover at least `level` where weights differ much; independent events only */
};

/* The names of the methods, in the order of the enum, ended by NULL: "dobson", "dobson-byar", "fay-feuer". */
MIG_API extern const char *const mig_direct_methods[];

/* The directly standardised rate D = sum(w x/n) / sum(w), with variance v = sum(w^2 squares/n^2) / (sum w)^2 and interval.
 * `method` reads as the name.
 *
 * Strata of weight 0 take no part: their events are neither in D nor in O, and need no exposure.
 *
 * dobson: D + sqrt(v/O) (limit of O - O), O the events. fay-feuer: a/2 quantile of the gamma distribution of shape D^2/v
 * and scale v/D; 1 - a/2 quantile of that of shape (D + m)^2/(v + m^2) and scale (v + m^2)/(D + m), m the largest w/n
 * over sum(w).
 *
 * Shapes:  `strata` has `n` entries. Units: events per unit of exposure.
 * Missing: fewer than `least_events` events (10 is the rule of public health offices: the variance is then a guess), no
 *          weights, or a stratum of weight above 0 without exposure: all NaN. No interval: fay-feuer where squares are
 *          not the events, the others where there are no events. The note says which.
 * Errors:  MIG_ARGUMENT: a level outside (0, 1), events that are no count, another number below 0 or not finite, no such
 *          method. `*out` is then untouched.
 * Source:  Dobson, Kuulasmaa, Eberle & Scherer 1991, Stat Med 10:457-462; Fay & Feuer 1997, Stat Med 16:791-801;
 *          docs/methods.md#standardisation.
 */
MIG_API enum mig_status MIG_MUST_USE mig_direct_rate(enum mig_direct_method method,
    const struct mig_stratum *strata, size_t n, double least_events, double level,
    struct mig_estimate *out, struct mig_error *error);

/* A stratum of a group with the reference population. */
struct mig_reference {
    double events, exposure;               /* of the group */
    double reference_events, reference_exposure;
};

/* The standardised ratio O / E (SMR), E = sum(exposure * reference rate) the events expected, with the interval that
 * mig_rate() gives for O events: E is taken as known. `*expected` is E. For the indirectly standardised rate
 * multiply all by the reference population's crude rate.
 *
 * Missing: E = 0, a stratum with exposure where the reference has none, or with events and no exposure: all NaN, with a
 *          note. `*expected` is NaN as well, but where it is 0.
 * Errors:  as above; `*out` and `*expected` are then untouched.
 * Source:  Breslow & Day 1987, ch. 2; docs/methods.md#standardisation. */
MIG_API enum mig_status MIG_MUST_USE mig_indirect_ratio(enum mig_rate_method method,
    const struct mig_reference *strata, size_t n, double level, struct mig_estimate *out,
    double *expected, struct mig_error *error);

#endif
