/* Selection: which columns of an input go out, in which order, under which names.
 *
 * Made in this order: mig_selection_init(), then any mig_selection_rename(), then mig_selection_make_distinct(), after
 * which all names are distinct and none is empty, so that the table that goes out can be read again.
 */
#ifndef MIGSTAT_TABLE_SELECTION_H
#define MIGSTAT_TABLE_SELECTION_H

#include "keys.h"

/* Owns all it points to. The three arrays have `count` entries, one a column of the output. */
struct mig_selection {
    size_t *columns; /* of the input, counted from 0 */
    char **names;    /* in the output */
    bool *given;     /* the name is the user's, by NAME=COL or OLD=NEW */
    size_t count;
};

/* All columns of the header when the list is empty, else those of the list, in its order: a bound list of plain keys
 * ("a,name=b"). Copies what it needs of both. Errors: MIG_NO_MEMORY; nothing is then left to release. */
MIG_API enum mig_status MIG_MUST_USE mig_selection_init(struct mig_selection *selection,
    const struct mig_header *header, const struct mig_keys *list, struct mig_error *error);

/* Applies "OLD=NEW[,OLD=NEW]...", OLD being a name or HXL pattern of the header. Every fault is appended to `errors`:
 * a list that does not parse, an unknown column, one that is not selected. Errors: the last of them; MIG_NO_MEMORY. */
MIG_API enum mig_status MIG_MUST_USE mig_selection_rename(struct mig_selection *selection,
    const struct mig_header *header, const char *list, struct mig_error_list *errors);

/* Whether a column of the output has this name. */
MIG_API bool mig_selection_has_name(const struct mig_selection *selection, const char *name);

/* Takes a column of the input out, wherever it is selected. */
MIG_API void mig_selection_drop(struct mig_selection *selection, size_t column);

/* Gives a column without a name the name column_N (N its number in the input), and one whose name an earlier one
 * has a suffix: name_2, or the first higher number that makes a name which no column of the selection has. What was done is appended to `notes`. A name that the user gave is never changed, nor
 * given to two: that is MIG_NAME. Errors: also MIG_NO_MEMORY. */
MIG_API enum mig_status MIG_MUST_USE mig_selection_make_distinct(struct mig_selection *selection,
    struct mig_error_list *notes, struct mig_error *error);

/* Takes NULL and a zero-initialised selection too. */
MIG_API void mig_selection_release(struct mig_selection *selection);

#endif
