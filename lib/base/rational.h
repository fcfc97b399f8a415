/* Exact fractions: decimal numbers added, subtracted, multiplied and divided without any rounding. */
#ifndef MIGSTAT_BASE_RATIONAL_H
#define MIGSTAT_BASE_RATIONAL_H

#include "decimal.h"

enum mig_arithmetic { MIG_PLUS, MIG_MINUS, MIG_TIMES, MIG_OVER };

/* Zero-initialised is 0. Release frees what it holds. */
struct mig_rational {
    void *value; /* a GMP fraction, or NULL for 0 */
};

MIG_API enum mig_status MIG_MUST_USE mig_rational_set(struct mig_rational *rational,
    const struct mig_decimal *decimal, struct mig_error *error);

/* result = a OPERATION b; `result` may be one of the two. Errors: MIG_ARGUMENT for a division by 0, which leaves
 * `result` as it was; MIG_NO_MEMORY. */
MIG_API enum mig_status MIG_MUST_USE mig_rational_apply(struct mig_rational *result,
    enum mig_arithmetic operation, const struct mig_rational *a, const struct mig_rational *b,
    struct mig_error *error);

/* By exact value: <0, 0, >0. */
MIG_API int mig_rational_compare(const struct mig_rational *a, const struct mig_rational *b);
MIG_API void mig_rational_release(struct mig_rational *rational);

#endif
