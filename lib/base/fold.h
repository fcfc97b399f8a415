/* Fold: texts that differ only in accents, letter case, hyphens, apostrophes or blanks become equal.
 *
 * "Ségou", "SEGOU" and " segou" fold to "segou"; "Gourma-Rharous" to "gourma rharous". For comparing, never for
 * printing: "Kéla" and "Kela" may be two villages, so what folding finds is to be looked at.
 */
#ifndef MIGSTAT_BASE_FOLD_H
#define MIGSTAT_BASE_FOLD_H

#include <stdbool.h>

#include "memory.h"

/* Replaces the content of `out` by the folded text: letters and digits in lower case without accents, the letters
 * oe and ae that are written as one as two, and one blank for anything else between them. out->data is never NULL
 * then. Errors: MIG_NO_MEMORY; MIG_SYNTAX for a text that is not UTF-8. */
MIG_API enum mig_status MIG_MUST_USE mig_fold(struct mig_text text, struct mig_buffer *out,
    struct mig_error *error);

/* The same for the name of a column, whose words are also cut where digits meet letters and a capital follows
 * a small letter: "admin1Name" and "#adm1+name" give "admin 1 name" and "adm 1 name". */
MIG_API enum mig_status MIG_MUST_USE mig_fold_name(struct mig_text name, struct mig_buffer *out,
    struct mig_error *error);

/* Whether `word`, itself one or more folded words, stands in the folded text `folded`. */
MIG_API bool mig_fold_has(const struct mig_buffer *folded, const char *word);

#endif
