/* Folding: the one form in which two spellings of a place's name are the same.
 *
 * The name is folded as any text is (base/fold.h), and the blanks between its words go too: Ségou is SEGOU, Gourma-Rharous
 * is gourma rharous, N'Gouma is Ngouma. Also left out is what says of which level the place is, and that level is
 * told: "Bandiagara [Admin 2]", "Diboli [Admin 3: PRP]", "Cercle de Bafoulabé", "Région d'Ansongo", "Commune rurale de
 * Faléa", "Gao Region", "District de Bamako" (which tells no level). In names of countries, of level 0, such words
 * stay. Nothing else is changed: no letter is added, dropped or swapped.
 */
#ifndef MIGSTAT_PLACE_FOLD_H
#define MIGSTAT_PLACE_FOLD_H

#include "../base/memory.h"
#include "../base/text.h"

#define MIG_NO_LEVEL (-1)

/* Replaces the content of `folded` by the folded `name` of a place of about `level`, which is empty when the name has
 * no letter and no digit. `*told` is the level that the name tells (1 region, 2 cercle, 3 commune, as in [Admin N]), or
 * MIG_NO_LEVEL; may be NULL.
 * Errors: MIG_NO_MEMORY; MIG_SYNTAX for a name that is not UTF-8. */
MIG_API enum mig_status MIG_MUST_USE mig_place_fold(struct mig_text name, int level,
    struct mig_buffer *folded, int *told, struct mig_error *error);

#endif
