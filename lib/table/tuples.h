/* Tuples: the texts of several keys as one text, each ended by a 0 byte, which no cell holds. So rows are found and
 * told apart by all their keys at once, by bytes, through a mig_names.
 */
#ifndef MIGSTAT_TABLE_TUPLES_H
#define MIGSTAT_TABLE_TUPLES_H

#include "keys.h"
#include "names.h"

MIG_API enum mig_status MIG_MUST_USE mig_tuple_append(struct mig_buffer *tuple, struct mig_text text,
    struct mig_error *error);

/* Makes `tuple` that of the keys of `row`. `*missing` says whether one of them is missing (and is ""). Errors:
 * those of mig_keys_read(). */
MIG_API enum mig_status MIG_MUST_USE mig_tuple_read(struct mig_buffer *tuple,
    const struct mig_keys *keys, const struct mig_input *input, const struct mig_row *row,
    bool *missing, struct mig_error *error);

/* Cuts the first text off `rest`; false when nothing is left. */
MIG_API bool mig_tuple_cut(struct mig_text *rest, struct mig_text *text);

/* Appends "region=Gao, year=2021" for messages, from a tuple of `keys`. */
MIG_API enum mig_status MIG_MUST_USE mig_tuple_describe(const struct mig_keys *keys,
    struct mig_text tuple, struct mig_buffer *out, struct mig_error *error);

/* How often tuples occur, the first distinct ones by name and the others together: for lists of limited length and
 * memory. Zero-initialised is empty. */
#define MIG_TUPLES_LISTED 20
struct mig_tuple_counts {
    struct mig_names *names; /* code i: the tuple of counts[i] */
    size_t counts[MIG_TUPLES_LISTED];
    size_t others;
    size_t total;   /* of all these */
    size_t missing; /* tuples that miss a key; not in total */
};
MIG_API enum mig_status MIG_MUST_USE mig_tuple_count(struct mig_tuple_counts *counts,
    struct mig_text tuple, bool misses_key, struct mig_error *error);

/* Appends "region=Gao (12); region=Kidal (1); others (7)", of a few hundred bytes at most: what does not fit is among
 * the others. */
MIG_API enum mig_status MIG_MUST_USE mig_tuple_counts_describe(const struct mig_tuple_counts *counts,
    const struct mig_keys *keys, struct mig_buffer *out, struct mig_error *error);
MIG_API void mig_tuple_counts_release(struct mig_tuple_counts *counts);

#endif
