/* Sums, private: what adding and rounding share. */
#ifndef MIGSTAT_BASE_SUM_INTERNAL_H
#define MIGSTAT_BASE_SUM_INTERNAL_H

#include <gmp.h>

#include "sum.h"

/* Sets `wide`, which is initialised, to the integer of `sum`: the sum is wide * 10^sum->exponent. */
void mig_sum_to_wide(mpz_t wide, const struct mig_sum *sum);

#endif
