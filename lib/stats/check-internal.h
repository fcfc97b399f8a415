/* Checks of arguments that the kernels share. Each returns MIG_OK, or MIG_ARGUMENT with a text that quotes
 * the value. NaN fails every check: a missing value is the caller's to count and to leave out. */
#ifndef MIGSTAT_STATS_CHECK_INTERNAL_H
#define MIGSTAT_STATS_CHECK_INTERNAL_H

#include <stddef.h>

#include "estimate.h"

/* A confidence level: above 0 and below 1. */
enum mig_status MIG_MUST_USE mig_check_level(double level, struct mig_error *error);

/* (1 - level) / 2 of the decimal number that `level` was typed as, where that has at most 15 decimals: the double nearest to
 * 0.9999999 is off by 5e-10 of what it leaves. */
double mig_tail(double level);

/* A count: a whole number from 0 to MIG_LARGEST_COUNT. */
enum mig_status MIG_MUST_USE mig_check_count(double count, struct mig_error *error);

/* An exposure (person-years, population): finite, 0 or more, not necessarily whole. */
enum mig_status MIG_MUST_USE mig_check_exposure(double exposure, struct mig_error *error);

/* All `n` values are amounts, 0 or more, and their sum is finite. */
enum mig_status MIG_MUST_USE mig_check_amounts(const double *values, size_t n, struct mig_error *error);

/* All `n` values are finite. */
enum mig_status MIG_MUST_USE mig_check_finite(const double *values, size_t n, struct mig_error *error);

#endif
