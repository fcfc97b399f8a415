/* Keys: what --by says. A list of columns and key functions of columns, evaluated row by row to texts.
 *
 * Grammar: KEY[,KEY]...; KEY = [NAME=]COLUMN or [NAME=]FUNCTION(COLUMN[,NUMBER]...). A column is a name or an
 * HXL pattern; one that holds a comma, a bracket or an equals sign is written in backquotes. Functions:
 * year() quarter() month() week() of a date or period; time(), a date or number as it is, but checked;
 * band(x,0,18,60) of a number: the half-open classes [0,18) [18,60) [60,..), written 0-17, 18-59, 60+ between whole
 * bounds and 0.5-<1 between others, and <0 below the first. A missing cell gives the missing key "".
 * A key's name is NAME, else the column's name, else the function's.
 */
#ifndef MIGSTAT_TABLE_KEYS_H
#define MIGSTAT_TABLE_KEYS_H

#include "../base/memory.h"
#include "../input/input.h"

struct mig_key; /* opaque */

struct mig_keys {
    struct mig_key *items;
    size_t count;
};

/* Reads a list and appends its keys; "" or NULL gives none. Zero-initialise before the first. Errors: MIG_SYNTAX,
 * MIG_NAME for an unknown function (with the nearest one), MIG_VALUE or MIG_LIMIT for a bound that is not a number. */
MIG_API enum mig_status MIG_MUST_USE mig_keys_parse(struct mig_keys *keys, const char *list,
    struct mig_error *error);

/* Finds the columns. Every unknown column is appended to `errors`. Errors: MIG_NAME when there was any, or
 * when two keys have the same name; MIG_NO_MEMORY. */
MIG_API enum mig_status MIG_MUST_USE mig_keys_bind(struct mig_keys *keys,
    const struct mig_header *header, struct mig_error_list *errors);

/* The name of key `i` in the output; valid after binding, until release. */
MIG_API const char *mig_keys_name(const struct mig_keys *keys, size_t i);

/* The column that key `i` reads. */
MIG_API size_t mig_keys_column(const struct mig_keys *keys, size_t i);

/* mig_input_want() for the columns of all keys; none when `keys` is NULL. Errors: MIG_NO_MEMORY. */
MIG_API enum mig_status MIG_MUST_USE mig_keys_want(const struct mig_keys *keys,
    struct mig_input *input, struct mig_error *error);

/* Whether key `i` is a column as it is, without a function. */
MIG_API bool mig_keys_is_plain(const struct mig_keys *keys, size_t i);

/* The classes of a band(), from the lowest; NULL for other keys and after the last. */
MIG_API const char *mig_keys_class(const struct mig_keys *keys, size_t i, size_t class);

/* Makes a key that is a column as it is a time() of that column; other keys stay. Before binding. */
MIG_API void mig_keys_make_time(struct mig_keys *keys, size_t i);

/* Moves key `i` behind all others, which keep their order. */
MIG_API void mig_keys_move_last(struct mig_keys *keys, size_t i);

/* The text of key `i` in `row`: borrowed from the row, or from `scratch` (at least MIG_KEY_TEXT bytes).
 * Errors: MIG_VALUE with position when the cell is not what the function takes. */
#define MIG_KEY_TEXT 64
MIG_API enum mig_status MIG_MUST_USE mig_keys_read(const struct mig_keys *keys, size_t i,
    const struct mig_input *input, const struct mig_row *row, char scratch[MIG_KEY_TEXT],
    struct mig_text *text, struct mig_error *error);

MIG_API void mig_keys_release(struct mig_keys *keys);

#endif
