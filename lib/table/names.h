/* Names: texts as small whole numbers, so that groups are compared and stored by code. */
#ifndef MIGSTAT_TABLE_NAMES_H
#define MIGSTAT_TABLE_NAMES_H

#include <stdbool.h>
#include <stdint.h>

#include "../base/error.h"
#include "../base/text.h"

struct mig_names; /* opaque: a set of distinct texts, coded 0, 1, 2, ... in order of first appearance */

MIG_API enum mig_status MIG_MUST_USE mig_names_new(struct mig_names **names, struct mig_error *error);

/* The code of `text`, which is copied when it is new. Errors: MIG_NO_MEMORY; MIG_LIMIT past 2^32 - 2 names. */
MIG_API enum mig_status MIG_MUST_USE mig_names_code(struct mig_names *names, struct mig_text text,
    uint32_t *code, struct mig_error *error);

/* Whether `text` has a code, which is not made; `*code` is it. */
MIG_API bool mig_names_find(const struct mig_names *names, struct mig_text text, uint32_t *code);

/* The text of a code below mig_names_count(); lives as long as `names`. */
MIG_API struct mig_text mig_names_text(const struct mig_names *names, uint32_t code);
MIG_API size_t mig_names_count(const struct mig_names *names);
MIG_API void mig_names_free(struct mig_names *names);

#endif
