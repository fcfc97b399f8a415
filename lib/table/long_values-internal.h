/* Long values, private: the decimals of more digits than a double tells apart, beside the doubles that stand for them. */
#ifndef MIGSTAT_TABLE_LONG_VALUES_INTERNAL_H
#define MIGSTAT_TABLE_LONG_VALUES_INTERNAL_H

#include "../base/decimal.h"

/* As many digits as every double gives back. */
#define MIG_SHORT_DIGITS 15

struct mig_long_values; /* opaque */

/* Errors: MIG_NO_MEMORY. */
enum mig_status mig_long_values_new(struct mig_long_values **out, struct mig_error *error);

/* Keeps the decimal, which `text` spells, of a value in `group` if it is long. Errors: MIG_NO_MEMORY. */
enum mig_status mig_long_values_add(struct mig_long_values *longs, uint32_t group, double value,
    const struct mig_decimal *decimal, struct mig_text text, struct mig_error *error);

/* To be called before the first search; nothing is added after it. */
void mig_long_values_sort(struct mig_long_values *longs);

/* Whether long ones are among the `count` values of the group that are `value` as doubles. `*alike`: all of them are the same
 * decimal, and that is it (borrowed). */
bool mig_long_values_find(const struct mig_long_values *longs, uint32_t group, double value,
    size_t count, struct mig_decimal *decimal, bool *alike);

/* Takes NULL too. */
void mig_long_values_free(struct mig_long_values *longs);

#endif
