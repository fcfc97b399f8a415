/* Decimals, private: what numbers and sums share. */
#ifndef MIGSTAT_BASE_DECIMAL_INTERNAL_H
#define MIGSTAT_BASE_DECIMAL_INTERNAL_H

#include "decimal.h"

#define MIG_DECIMAL_DIGITS (2 * MIG_DECIMAL_PLACES + 2)

/* The significant digits as terminated text. Returns how many there are; of 0, which is written "0", none. */
int mig_decimal_digits(const struct mig_decimal *decimal, char out[MIG_DECIMAL_DIGITS]);

/* strtod() in the C locale, which rounds correctly; the caller's locale is put back. */
double mig_double_of_text(const char *text);

#endif
