/* Exact decimal numbers: read once, summed exactly (sum.h), turned into a double only where a method needs one.
 *
 * Grammar: [+-] digits [. digits] [e [+-] digits], at least one digit, '.' alone as decimal sign, no
 * blanks, no grouping: the form that mig-clean writes. What a spreadsheet wrote otherwise (1 234,5) is
 * for mig-clean, which is told the signs; nothing here guesses. A number may need at most
 * MIG_DECIMAL_PLACES digits on either side of the decimal point; beyond that is MIG_LIMIT. The limit leaves room for
 * what sums of products write: the square of a number of 60 digits between 1e-300 and 1e300, times a squared weight
 * of that kind.
 */
#ifndef MIGSTAT_BASE_DECIMAL_H
#define MIGSTAT_BASE_DECIMAL_H

#include <stdbool.h>
#include <stdint.h>

#include "error.h"
#include "memory.h"
#include "text.h"

#define MIG_DECIMAL_PLACES 1500

/* (-1)^negative * magnitude * 10^exponent. When the digits do not fit 64 bits, `wide` is set, magnitude
 * is meaningless and the number is (-1)^negative * digits * 10^exponent, where `digits` is borrowed from
 * the text that was parsed (it may hold one '.', to be skipped) and lives as long as that text. */
struct mig_decimal {
    uint64_t magnitude;
    struct mig_text digits;
    int32_t exponent;
    bool negative;
    bool wide;
};

/* Reads `text` whole. Errors: MIG_VALUE "'abc' is not a number", MIG_LIMIT; without a position. */
MIG_API enum mig_status MIG_MUST_USE mig_decimal_parse(struct mig_text text, struct mig_decimal *out,
    struct mig_error *error);

MIG_API struct mig_decimal mig_decimal_of_count(uint64_t count);
MIG_API bool mig_decimal_is_integer(const struct mig_decimal *decimal);
MIG_API bool mig_decimal_is_negative(const struct mig_decimal *decimal); /* -0 is not */

/* True, and the value in `*count`, when the decimal is a whole number from 0 to 2^64 - 1. */
MIG_API bool mig_decimal_to_count(const struct mig_decimal *decimal, uint64_t *count);

/* By exact value: <0, 0, >0. */
MIG_API int mig_decimal_compare(const struct mig_decimal *a, const struct mig_decimal *b);

/* The double nearest to the decimal value (ties to even), whatever the locale. */
MIG_API double mig_decimal_to_double(const struct mig_decimal *decimal);

/* Writes `value` with `digits` significant digits (1 to 17), trailing zeros removed, '.' as decimal sign
 * in every locale; plain notation for exponents -5 to 15, else as 1.5e-07. Not for NaN or infinity.
 * Returns the length. */
#define MIG_DOUBLE_TEXT 32
MIG_API size_t mig_double_format(double value, int digits, char out[MIG_DOUBLE_TEXT]);

#endif
