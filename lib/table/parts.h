/* Parts: how a run of groups of a tally divides by its last key: what mig-breakdown prints. The rows where a sum
 * is missing, which the tally keeps apart, belong to the part of their keys, among the missing of its sums.
 */
#ifndef MIGSTAT_TABLE_PARTS_H
#define MIGSTAT_TABLE_PARTS_H

#include "quotient.h"

/* One part: the groups that agree in all keys. */
struct mig_part {
    size_t group; /* index of the first of them: mig_tally_group() and mig_tally_key() give its keys */
    struct mig_quotient_sums sums;
};

/* Zero-initialised is empty. Owns its items and their sums, but nothing of the tally, which must outlive it only
 * for the keys to be read. */
struct mig_parts {
    struct mig_part *items;
    size_t count;
};

enum mig_part_order { MIG_PARTS_BY_NAME, MIG_PARTS_BY_SIZE };

/* The parts among the groups first .. end-1, in order of their keys, or the largest numerator first (then by
 * keys); numerators are compared as doubles.
 *
 * Shapes:  first <= end <= mig_tally_count(). Zero-initialise `parts` before; release after, also on failure.
 * Missing: a part of which nothing is known has the sum 0 there: ask mig_quotient_is_missing() of its sums.
 * Errors:  those of mig_quotient_add().
 */
MIG_API enum mig_status MIG_MUST_USE mig_parts_read(struct mig_parts *parts,
    const struct mig_tally *tally, const struct mig_quotient *amount, size_t first, size_t end,
    enum mig_part_order order, struct mig_error *error);
/* Takes NULL too. */
MIG_API void mig_parts_release(struct mig_parts *parts);

#endif
