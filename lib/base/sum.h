/* Exact sums of decimal numbers: 0.1 and 0.2 make 0.3, however many numbers there are and in whatever order they come.
 *
 * Units: those of the numbers. Overflow: none; a sum that leaves 128 bits goes on in GMP, which ends the program when
 * memory is short, since it has no other way to report it.
 */
#ifndef MIGSTAT_BASE_SUM_H
#define MIGSTAT_BASE_SUM_H

#include "decimal.h"

/* The exact sum of any number of decimals. Zero-initialised is 0; release frees what a sum that left the
 * 128-bit fast lane holds. The result depends on the multiset of what was added, never on its order. A struct
 * that was copied by assignment shares that memory: release one of the two only. */
__extension__ typedef __int128 mig_int128;
struct mig_sum {
    mig_int128 fast;  /* fast * 10^exponent, while wide is NULL */
    void *wide;       /* a GMP integer, times 10^exponent */
    int32_t exponent; /* 0 or below */
};

/* Adds one number to the sum. Errors: MIG_NO_MEMORY; the sum is then still to be released. */
MIG_API enum mig_status MIG_MUST_USE mig_sum_add(struct mig_sum *sum, const struct mig_decimal *decimal,
    struct mig_error *error);

/* Adds `other`, which stays as it is and may be `sum` itself. Errors: as mig_sum_add(). */
MIG_API enum mig_status MIG_MUST_USE mig_sum_add_sum(struct mig_sum *sum, const struct mig_sum *other,
    struct mig_error *error);

/* Adds a * b. `sum` is neither of the two. */
MIG_API enum mig_status MIG_MUST_USE mig_sum_add_product(struct mig_sum *sum, const struct mig_sum *a,
    const struct mig_sum *b, struct mig_error *error);
MIG_API enum mig_status MIG_MUST_USE mig_sum_negate(struct mig_sum *sum, struct mig_error *error);

/* Leaves the sum 0, fit for use. Takes NULL too. */
MIG_API void mig_sum_release(struct mig_sum *sum);

/* By exact value: <0, 0, >0; `*order` is the answer. Errors: MIG_NO_MEMORY. */
MIG_API enum mig_status MIG_MUST_USE mig_sum_compare(const struct mig_sum *a, const struct mig_sum *b,
    int *order, struct mig_error *error);

/* -1, 0 or 1. */
MIG_API int mig_sum_sign(const struct mig_sum *sum);

/* Whether the exact sum is a whole number: 0.5 + 0.5 is one. */
MIG_API bool mig_sum_is_integer(const struct mig_sum *sum);

/* Appends the sum in its one canonical form: no exponent, no '+', no zeros at the end of the decimals,
 * "0" for zero. So equal sums are written with the same bytes. mig_decimal_parse() reads it back to the same value, unless adding made it longer than
 * MIG_DECIMAL_PLACES digits before the point. Errors: MIG_NO_MEMORY. */
MIG_API enum mig_status MIG_MUST_USE mig_sum_format(const struct mig_sum *sum, struct mig_buffer *out,
    struct mig_error *error);

/* The double nearest to the sum, rounded once, ties to even; infinite where the sum is beyond all doubles. Errors: MIG_NO_MEMORY. */
MIG_API enum mig_status MIG_MUST_USE mig_sum_to_double(const struct mig_sum *sum, double *out,
    struct mig_error *error);

/* The doubles nearest to a / b and to its square root: one rounding, ties to even (below the normal doubles, from
 * 2.2e-308 down, two). Infinite beyond the largest double. `b` is not 0; for the root a / b is not negative. */
MIG_API double mig_sum_quotient(const struct mig_sum *a, const struct mig_sum *b);
MIG_API double mig_sum_root_quotient(const struct mig_sum *a, const struct mig_sum *b);

#endif
