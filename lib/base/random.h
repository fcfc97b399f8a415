/* Random streams: reproducible from a seed, on every machine.
 *
 * A stream is the Mersenne twister of GSL (gsl_rng_mt19937), seeded with 32 bits of (seed, stream) through
 * SplitMix64, so that streams of one seed serve different purposes without disturbing each other:
 * drawing more ages does not change the dates.
 * Source: Matsumoto & Nishimura 1998, ACM TOMACS 8:3-30; Steele, Lea & Flood 2014, OOPSLA, p. 453;
 * docs/methods.md#random-streams.
 */
#ifndef MIGSTAT_BASE_RANDOM_H
#define MIGSTAT_BASE_RANDOM_H

#include <stddef.h>
#include <stdint.h>

#include "error.h"

struct mig_random {
    void *generator; /* owned */
};

/* Errors: MIG_NO_MEMORY. */
MIG_API enum mig_status MIG_MUST_USE mig_random_init(struct mig_random *random, uint64_t seed,
    uint64_t stream, struct mig_error *error);
MIG_API void mig_random_release(struct mig_random *random);

/* Uniform on [0, 1), 32 bits. */
MIG_API double mig_random_uniform(struct mig_random *random);

/* Uniform on 0 .. below-1, without modulo bias; below is at least 1 and under 2^32. */
MIG_API uint32_t mig_random_below(struct mig_random *random, uint32_t below);

/* An index 0 .. count-1 with probability weights[i] / sum of weights (each >= 0, sum > 0). */
MIG_API size_t mig_random_choice(struct mig_random *random, const double *weights, size_t count);

/* Standard normal (Box & Muller 1958, Ann. Math. Stat. 29:610). */
MIG_API double mig_random_normal(struct mig_random *random);

#endif
