/* Expressions: conditions on a row, as mig-filter takes them: region == "Gao" && year(date) >= 2020.
 *
 * Grammar, the loosest first:
 *     a || b, a or b      a && b, a and b      not a
 *     x == y, !=, <, <=, >, >=      x in (y, ...), x not in (y, ...)      x ~ "regex", x !~ "regex"
 *     x + y, x - y      x * y, x / y      -x, !a
 *     columns: letters, digits (not first) and _ as they are, other names and HXL patterns in backquotes
 *     numbers (1234.5); texts in "..." or '...', a quote within is doubled; dates and periods without quotes
 *     (2025-09-30, 2025-W40, 2025-09, 2025-Q3); brackets
 *     missing(x)      year(x), quarter(x), month(x), week(x), band(x,0,18,60) of a column, as in table/keys.h
 *     length(x), the number of characters; lower(x), in small letters
 * Comparisons do not chain.
 *
 * Types: a cell is read as what it is compared with: a number, a text (as it stands, by bytes), a date or period. A
 * cell that can't be read so is an error, never a false condition. Two columns are compared as numbers when both
 * cells are numbers, as periods when both are periods; else, for == and != only, as texts. Texts have no order.
 * Periods of different units are compared when they do not overlap; when they do it is an error. Arithmetic is exact
 * (1/3*3 == 1); a division by 0 is undefined and counts as missing.
 *
 * Missing: a comparison with a missing cell is neither true nor false but unknown, also with !=, `not in` and !~;
 * && || ! follow Kleene's three-valued logic: unknown && false is false, unknown || true is true, !unknown is
 * unknown. missing(x) is always true or false. What stands to the right of && and || is not looked at when the
 * left side decides.
 * Source: Kleene 1952, Introduction to Metamathematics, section 64.
 */
#ifndef MIGSTAT_TABLE_EXPRESSION_H
#define MIGSTAT_TABLE_EXPRESSION_H

#include "../input/input.h"

struct mig_expression; /* opaque */

enum mig_truth { MIG_FALSE, MIG_TRUE, MIG_UNKNOWN };

/* Reads a condition. Errors: MIG_SYNTAX (grammar, types, a regular expression), MIG_NAME for an unknown
 * function, MIG_VALUE, MIG_LIMIT (numbers; brackets nested too deep, more than 4096 parts), MIG_NO_MEMORY. The
 * error has no file; its column is the byte of `text`, from 1, where the fault stands. */
MIG_API enum mig_status MIG_MUST_USE mig_expression_parse(struct mig_expression **expression,
    const char *text, struct mig_error *error);

/* Finds the columns. Every unknown one is appended to `errors`, with its place in the text as above. Errors:
 * MIG_NAME when there was any; MIG_NO_MEMORY. */
MIG_API enum mig_status MIG_MUST_USE mig_expression_bind(struct mig_expression *expression,
    const struct mig_header *header, struct mig_error_list *errors);

/* Whether the condition holds in `row`. Errors: MIG_VALUE, MIG_LIMIT for a cell that is not what it is compared
 * with, with its position; MIG_NO_MEMORY. */
MIG_API enum mig_status MIG_MUST_USE mig_expression_test(struct mig_expression *expression,
    const struct mig_input *input, const struct mig_row *row, enum mig_truth *truth,
    struct mig_error *error);

MIG_API void mig_expression_free(struct mig_expression *expression);

#endif
