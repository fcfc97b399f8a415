/* Plain rows of a tally, private: those of which nothing is missing, each key of which is a column or the year or month of a
 * day and has occurred before, and whose numbers have at most 19 digits. They are counted in a fraction of the time; all
 * others are left to be read at length.
 */
#ifndef MIGSTAT_TABLE_TALLY_PLAIN_INTERNAL_H
#define MIGSTAT_TABLE_TALLY_PLAIN_INTERNAL_H

#include "tally-internal.h"

struct mig_plain_key {
    size_t column;
    size_t beginning; /* bytes of a day, or 0: all of the cell */
    const struct mig_names *names;
};

struct mig_plain_sum {
    size_t column;
    uint64_t magnitude;
    int32_t exponent;
    bool negative;
    bool may_be_negative;
};

/* Zero-initialised takes no row for plain. */
struct mig_tally_plain {
    struct mig_tally *tally; /* NULL: no row is plain */
    const bool *may_be_missing;
    struct mig_plain_key *keys;
    struct mig_plain_sum *sums;
    uint32_t *codes; /* of the row at hand */
};

/* For rows of an input without a column of counts, and without marked totals. Where the spec asks for more than counts and
 * sums by such keys, no row is plain. Errors: MIG_NO_MEMORY; to be released all the same. */
enum mig_status MIG_MUST_USE mig_tally_plain_init(struct mig_tally_plain *plain,
    struct mig_tally *tally, const struct mig_input *input, const struct mig_tally_spec *spec,
    struct mig_error *error);

/* Whether the row was plain; it is then counted, and else nothing is changed. */
bool mig_tally_add_plain(struct mig_tally_plain *plain, const struct mig_row *row);

void mig_tally_plain_release(struct mig_tally_plain *plain);

#endif
