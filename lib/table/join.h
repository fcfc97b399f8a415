/* Join: a table held in memory, whose rows are found by their keys.
 *
 * Keys are equal when their texts are the same bytes: "2020" and "2020.0" are not. A row that misses a key is kept, but
 * is found by nothing.
 */
#ifndef MIGSTAT_TABLE_JOIN_H
#define MIGSTAT_TABLE_JOIN_H

#include "tuples.h"

/* Reads KEY[=KEY][,KEY[=KEY]]..., KEY as in keys.h without NAME=: the key in the one table and in the other, the same
 * in both when only one is given. Appended to `left` and `right`. Errors: those of mig_keys_parse(). */
MIG_API enum mig_status MIG_MUST_USE mig_join_parse(const char *list, struct mig_keys *left,
    struct mig_keys *right, struct mig_error *error);

struct mig_join; /* opaque */

/* Reads `input` to its end, keeping its keys (bound) and the cells of `columns`. Every row whose key an earlier row
 * has is appended to `repeats` with the lines of both. Errors: those of the input and of the keys; MIG_LIMIT past
 * 2^32 - 2 rows; MIG_NO_MEMORY. */
MIG_API enum mig_status MIG_MUST_USE mig_join_read(struct mig_join **join, struct mig_input *input,
    const struct mig_keys *keys, const size_t *columns, size_t n_columns,
    struct mig_error_list *repeats, struct mig_error *error);

/* What the held table has for a row of another one. */
struct mig_match {
    struct mig_text tuple; /* the row's keys; borrowed until the next match */
    bool misses_key;
    size_t row; /* the first row of the held table with these keys, or SIZE_MAX */
};
/* Finds the keys (bound to `input`) of `row`, and marks them as used. Errors: those of mig_keys_read(). */
MIG_API enum mig_status MIG_MUST_USE mig_join_match(struct mig_join *join,
    const struct mig_keys *keys, const struct mig_input *input, const struct mig_row *row,
    struct mig_match *match, struct mig_error *error);

/* The row with the same keys that comes after `row`, or SIZE_MAX. */
MIG_API size_t mig_join_next(const struct mig_join *join, size_t row);

MIG_API size_t mig_join_count(const struct mig_join *join);
MIG_API struct mig_text mig_join_cell(const struct mig_join *join, size_t row, size_t i);
MIG_API struct mig_text mig_join_tuple(const struct mig_join *join, size_t row);
MIG_API bool mig_join_misses_key(const struct mig_join *join, size_t row);
MIG_API bool mig_join_is_used(const struct mig_join *join, size_t row);
MIG_API size_t mig_join_line(const struct mig_join *join, size_t row);
MIG_API void mig_join_free(struct mig_join *join);

#endif
