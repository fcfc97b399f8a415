/* Names: texts as small whole numbers, so that groups are compared and stored by code.
 *
 * A code stands for its text from the call that gave it until mig_names_free(); texts are never changed or
 * forgotten. Two texts have one code only when all their bytes are the same: blanks and letter case count, and the
 * empty text (a missing key) is a name like others.
 */
#ifndef MIGSTAT_TABLE_NAMES_H
#define MIGSTAT_TABLE_NAMES_H

#include <stdbool.h>
#include <stdint.h>

#include "../base/error.h"
#include "../base/text.h"

/* Opaque: a set of distinct texts, coded 0, 1, 2, ... in order of first appearance. mig_key_compare() (order.h) sorts
 * the texts; the codes say nothing of their order. */
struct mig_names;

/* An empty set, for the caller to free. Errors: MIG_NO_MEMORY; `*names` is then untouched. */
MIG_API enum mig_status MIG_MUST_USE mig_names_new(struct mig_names **names, struct mig_error *error);

/* The code of `text`, which is copied when it is new; the time does not grow with the number of names.
 * Errors: MIG_NO_MEMORY; MIG_LIMIT past 2^32 - 2 names. `*code` then means nothing. */
MIG_API enum mig_status MIG_MUST_USE mig_names_code(struct mig_names *names, struct mig_text text,
    uint32_t *code, struct mig_error *error);

/* Whether `text` has a code, which is not made; `*code` is it. */
MIG_API bool mig_names_find(const struct mig_names *names, struct mig_text text, uint32_t *code);

/* The text of a code below mig_names_count(); borrowed, lives as long as `names`; data[length] is 0. */
MIG_API struct mig_text mig_names_text(const struct mig_names *names, uint32_t code);

/* The number of distinct texts so far; codes run from 0 to one less. */
MIG_API size_t mig_names_count(const struct mig_names *names);

/* Gives the texts new codes, in the order of mig_key_compare(); ranks[i], of mig_names_count(), is the new code of what had
 * code i. The set is then closed: texts are found by their code only. Errors: MIG_NO_MEMORY; the
 * set is then to be freed. */
MIG_API enum mig_status MIG_MUST_USE mig_names_sort(struct mig_names *names, uint32_t *ranks,
    struct mig_error *error);

/* Frees the set and all texts. Takes NULL too. */
MIG_API void mig_names_free(struct mig_names *names);

#endif
