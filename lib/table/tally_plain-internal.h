/* Plain rows of a tally, private: those that come in batches, of which nothing is missing, whose numbers are written as numbers
 * mostly are, and whose key functions have been asked about the same text before. They are counted in a fraction of the time, column by
 * column; all others are left to be read at length.
 */
#ifndef MIGSTAT_TABLE_TALLY_PLAIN_INTERNAL_H
#define MIGSTAT_TABLE_TALLY_PLAIN_INTERNAL_H

#include "../input/batch.h"
#include "tally-internal.h"

struct mig_plain_key {
    size_t slot;
    struct mig_names *names; /* of the tally: the key is the cell, or the beginning of a day; else NULL */
    size_t beginning;        /* bytes of a day, or 0: all of the cell */
    struct mig_names *seen;  /* else cells, and the codes of the keys that a function made from them */
    uint32_t *made;
    uint32_t *codes; /* of the rows of the batch */
};

struct mig_plain_number {
    uint64_t magnitude;
    int32_t exponent;
    bool negative;
};

struct mig_plain_column {
    size_t slot;
    bool may_be_negative;
    struct mig_plain_number *numbers; /* of the rows of the batch */
};

/* Zero-initialised takes no row for plain. */
struct mig_tally_plain {
    struct mig_tally *tally; /* NULL: no row is plain */
    const struct mig_tally_spec *spec;
    const bool *may_be_missing;
    struct mig_plain_key *keys;
    struct mig_plain_column *columns; /* of sums, then of moments, then of counts */
    size_t n_columns;
    const struct mig_plain_number *n; /* of the rows of the batch; NULL: one each */
    uint32_t *codes; /* of the keys of one row */
    uint64_t rows, left; /* that were looked at so far, and those that were not plain */
};

/* Whether rows are worth a look: not where most are found not to be plain. */
static inline bool mig_tally_plain_pays(const struct mig_tally_plain *plain)
{
    enum { SOME = 1 << 16 };
    return plain->tally != NULL && (plain->rows < SOME || 2 * plain->left < plain->rows);
}

/* For rows of an input without marked totals; `n_column` holds counts (SIZE_MAX: rows count one each). Rows that are observed one by one, those that
 * hold moments, and counts whose moments are wanted are never plain. Errors: MIG_NO_MEMORY; to be released all the same. */
enum mig_status MIG_MUST_USE mig_tally_plain_init(struct mig_tally_plain *plain,
    struct mig_tally *tally, const struct mig_input *input, const struct mig_tally_spec *spec,
    size_t n_column, struct mig_error *error);

/* Adds the rows of a batch that are plain; of the others `*left` has a bit each, row 0 being the lowest. Errors: MIG_NO_MEMORY, MIG_LIMIT. */
enum mig_status MIG_MUST_USE mig_tally_add_plain(struct mig_tally_plain *plain,
    const struct mig_batch *batch, uint64_t *left, struct mig_error *error);

/* Keeps in mind which keys were made from a row that was not plain: `codes`, one a key. Errors: MIG_NO_MEMORY, MIG_LIMIT. */
enum mig_status MIG_MUST_USE mig_tally_learn(struct mig_tally_plain *plain,
    const struct mig_batch *batch, size_t row, const uint32_t *codes, struct mig_error *error);

void mig_tally_plain_release(struct mig_tally_plain *plain);

#endif
