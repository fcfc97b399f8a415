/* Parts: how a run of groups divides by its last key. */
#ifndef MIGSTAT_TABLE_PARTS_H
#define MIGSTAT_TABLE_PARTS_H

#include "quotient.h"

/* One part: the groups that agree in all keys. */
struct mig_part {
    size_t group; /* the first of them, for the keys */
    struct mig_quotient_sums sums;
};

struct mig_parts {
    struct mig_part *items;
    size_t count;
};

enum mig_part_order { MIG_PARTS_BY_NAME, MIG_PARTS_BY_SIZE };

/* The parts among the groups first .. end-1, in order of their keys, or the largest numerator first (then by
 * keys). Zero-initialise before; release after, also on failure. Errors: those of mig_quotient_add(). */
MIG_API enum mig_status MIG_MUST_USE mig_parts_read(struct mig_parts *parts,
    const struct mig_tally *tally, const struct mig_quotient *amount, size_t first, size_t end,
    enum mig_part_order order, struct mig_error *error);
MIG_API void mig_parts_release(struct mig_parts *parts);

#endif
