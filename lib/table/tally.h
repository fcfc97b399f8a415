/* Tally: counts and exact decimal sums by key, in the memory of the groups.
 *
 * A tally is a map from (key texts, which sums are missing) to (n, sums). A row whose cell in a summed column is missing
 * belongs to a group of its own beside the rows of the same key where it is known: so n always counts
 * the rows that its sums are taken over, nothing missing turns into 0, and adding up tallies of parts gives
 * the tally of the whole, byte for byte.
 *
 * Moments are not split in this way: x_n says how many values they are taken over, and a missing value adds nothing to them.
 *
 * n is the number of rows, unless the input has a column named "n" (it is a tally itself) that is neither key nor
 * weight: then it is the sum of that column, whose cells must be whole numbers, 0 or above. A row that mig-breakdown marked
 * as a total (columns measure, kind and total, and the last says group or all) is an error: it would count its parts twice.
 */
#ifndef MIGSTAT_TABLE_TALLY_H
#define MIGSTAT_TABLE_TALLY_H

#include <stdbool.h>
#include <stdint.h>

#include "../base/sum.h"
#include "keys.h"
#include "moments.h"

enum mig_where_missing {
    MIG_MISSING_KEEP, /* missing keys and missing sums form groups of their own */
    MIG_MISSING_DROP, /* rows with a missing key or a missing sum are left out, and counted */
};

/* One operand of a comparison: the index of a sum, or MIG_ROWS for n. */
#define MIG_ROWS (-1)
struct mig_part_of {
    int part;
    int whole;
};

/* A row on its way into its group, for those who keep more of it than the tally does. */
struct mig_tally_entry {
    const struct mig_row *row;
    size_t group; /* id of the group, see struct mig_group */
    uint64_t n;
    const struct mig_decimal *weight; /* NULL: none, or missing */
    const struct mig_decimal *values; /* one a column of moments */
    const bool *known;                /* one a column of moments: it has values, and this one is not missing */
};

struct mig_tally_spec {
    const struct mig_keys *keys;  /* bound; NULL or none: one group */
    size_t n_dividing;            /* keys, of the last, that only divide cases which are then taken together: figures that
                                   * differ in them are about the same cases all the same (see result.h) */
    const size_t *sums;           /* columns to add up */
    size_t n_sums;
    bool sums_not_negative;       /* a negative cell is an error (counts, exposures), but where */
    uint64_t sums_any_sign;       /* bit i is set: sum i may hold cells of any sign */
    bool weighted;                /* sums[0] is a weight, not negative: the other sums, and moments, are weighted */
    const struct mig_moments_column *moments;
    size_t n_moments;
    bool moments_repeat; /* a row that counts for n holds the number n times: else that is an error */
    enum mig_where_missing where_missing;
    const struct mig_part_of *parts; /* pairs to compare row by row: see mig_tally_part_error() */
    size_t n_parts;
    /* Called for every row that is not dropped; may be NULL. Of the row's cells only those that the tally reads are filled, and
     * those asked for before with mig_input_want(). */
    enum mig_status (*observe)(void *context, const struct mig_tally_entry *entry, struct mig_error *error);
    void *context;
};

struct mig_group {
    const uint32_t *codes;      /* one a key; text by mig_tally_key() */
    size_t n_keys;
    uint64_t missing;           /* bit i: sum i is missing in this group */
    uint64_t n;                 /* rows, or the sum of column n */
    uint64_t rows;              /* rows, whatever n is */
    size_t n_sums;
    const struct mig_sum *sums; /* one a sum; meaningless where missing */
    const struct mig_moments *moments; /* one a column of moments */
    size_t id;                  /* 0 .. mig_tally_count() - 1; where rows are observed, in order of first appearance */
};

/* read = used + missing. */
struct mig_tally_account {
    uint64_t read;    /* rows (records, not the sum of column n) */
    uint64_t used;    /* rows that count where all is known */
    uint64_t missing; /* rows that miss a number to add: kept apart, or dropped; and, when dropped, a key */
};

struct mig_tally; /* opaque */

/* Reads `input` to its end, by as many threads as its options say, unless rows are observed; the result is the same. At
 * most 64 sums. Errors: those of the input and of the keys; MIG_VALUE for a
 * cell that is not a number (or negative, or not a count in column n), or whose moments are
 * wanted in a row that counts for several, with its position; MIG_LIMIT when n passes 2^64 - 1. */
MIG_API enum mig_status MIG_MUST_USE mig_tally_read(struct mig_tally **tally, struct mig_input *input,
    const struct mig_tally_spec *spec, struct mig_error *error);

/* Groups, sorted by mig_key_compare() key after key, the known before the missing. */
MIG_API size_t mig_tally_count(const struct mig_tally *tally);
MIG_API struct mig_group mig_tally_group(const struct mig_tally *tally, size_t i);

/* The index after the last group that agrees with group `i` in its first `n_keys` keys. With all keys that is
 * `i` + 1, or more when some of the group's sums are missing. */
MIG_API size_t mig_tally_run_end(const struct mig_tally *tally, size_t i, size_t n_keys);

MIG_API struct mig_text mig_tally_key(const struct mig_tally *tally, const struct mig_group *group,
    size_t key);

/* The first row where a part of spec->parts is larger than its whole, as an error with the part's position; or
 * NULL. Such rows are counted like others: whoever asked decides. */
MIG_API const struct mig_error *mig_tally_part_error(const struct mig_tally *tally);
MIG_API struct mig_tally_account mig_tally_account(const struct mig_tally *tally);
MIG_API void mig_tally_free(struct mig_tally *tally);

#endif
