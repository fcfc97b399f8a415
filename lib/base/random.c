#include "base/random.h"

#include <gsl/gsl_rng.h>
#include <math.h>

static uint64_t splitmix(uint64_t state)
{
    uint64_t z = state + UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

enum mig_status mig_random_init(
    struct mig_random *random, uint64_t seed, uint64_t stream, struct mig_error *error)
{
    gsl_rng *generator = gsl_rng_alloc(gsl_rng_mt19937);
    if (generator == NULL)
        return mig_fail_memory(error);
    uint32_t mixed = (uint32_t)(splitmix(splitmix(seed) ^ stream) >> 32);
    gsl_rng_set(generator, mixed != 0 ? mixed : 1); /* GSL gives 0 a meaning of its own */
    random->generator = generator;
    return MIG_OK;
}

void mig_random_release(struct mig_random *random)
{
    if (random == NULL)
        return;
    gsl_rng_free(random->generator);
    random->generator = NULL;
}

double mig_random_uniform(struct mig_random *random)
{
    return gsl_rng_uniform(random->generator);
}

uint32_t mig_random_below(struct mig_random *random, uint32_t below)
{
    return (uint32_t)gsl_rng_uniform_int(random->generator, below);
}

size_t mig_random_choice(struct mig_random *random, const double *weights, size_t count)
{
    double total = 0;
    for (size_t i = 0; i < count; i++)
        total += weights[i];
    double left = mig_random_uniform(random) * total;
    size_t chosen = 0;
    for (size_t i = 0; i < count; i++) {
        if (weights[i] > 0)
            chosen = i; /* rounding may leave a rest after the last one */
        left -= weights[i];
        if (left < 0)
            break;
    }
    return chosen;
}

double mig_random_normal(struct mig_random *random)
{
    const double two_pi = 6.283185307179586476925286766559;
    double radius = sqrt(-2 * log(1 - mig_random_uniform(random)));
    return radius * cos(two_pi * mig_random_uniform(random));
}
