/* Occurrences, private: how often each text stands in each group, in the memory of the different ones. */
#ifndef MIGSTAT_TABLE_OCCURRENCES_INTERNAL_H
#define MIGSTAT_TABLE_OCCURRENCES_INTERNAL_H

#include "cases.h"

struct mig_occurrences; /* opaque */

/* Errors: MIG_NO_MEMORY. */
enum mig_status mig_occurrences_new(
    struct mig_occurrences **out, bool weighted, struct mig_error *error);

/* Counts `text` in `group` for `n` rows, and with weights adds `weight`. Errors: MIG_NO_MEMORY, MIG_LIMIT. */
enum mig_status mig_occurrences_add(struct mig_occurrences *occurrences, uint32_t group,
    struct mig_text text, uint64_t n, const struct mig_decimal *weight, struct mig_error *error);

/* Finds the most frequent text of each of `groups` groups; nothing is added after it. Errors: MIG_NO_MEMORY. */
enum mig_status mig_occurrences_conclude(
    struct mig_occurrences *occurrences, size_t groups, struct mig_error *error);

struct mig_text_values mig_occurrences_of(const struct mig_occurrences *occurrences, size_t group);

/* Takes NULL too. */
void mig_occurrences_free(struct mig_occurrences *occurrences);

#endif
