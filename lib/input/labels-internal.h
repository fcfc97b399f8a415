/* Labels, private: the distinct texts of a column, within a bound of memory, to tell those that differ in letter case
 * alone. */
#ifndef MIGSTAT_INPUT_LABELS_INTERNAL_H
#define MIGSTAT_INPUT_LABELS_INTERNAL_H

#include <stdint.h>

#include "../base/memory.h"

enum { MIG_LABELS_KEPT = 4096 };
#define MIG_LABEL_BYTES ((size_t)1024 * 1024)          /* of one column */
#define MIG_ALL_LABEL_BYTES ((size_t)12 * 1024 * 1024) /* of all columns */

struct mig_label_slot {
    uint32_t hash;
    uint32_t end; /* one behind where the label begins; 0: free */
};

/* Zero-initialised is empty. */
struct mig_labels {
    struct mig_buffer texts; /* each with its 0 byte */
    struct mig_label_slot *slots;
    size_t n_slots; /* a power of two, or 0 */
    size_t count;
    bool full; /* there were more than fit: those that were there are counted, and forgotten */
};

/* Takes `text` in, unless it is known or the labels are full; `*variant` tells whether it is new and differs from a known one
 * in letter case alone. `*bytes` is what the labels of all columns hold. Errors: MIG_NO_MEMORY. */
enum mig_status MIG_MUST_USE mig_labels_add(struct mig_labels *labels, struct mig_text text, size_t *bytes,
    bool *variant, struct mig_error *error);
void mig_labels_release(struct mig_labels *labels);

#endif
