/* Matcher, private: what it holds, and the parts that its two files share. */
#ifndef MIGSTAT_PLACE_MATCHER_INTERNAL_H
#define MIGSTAT_PLACE_MATCHER_INTERNAL_H

#include "../table/names.h"
#include "fold.h"
#include "matcher.h"

/* What is known of a place of scheme `from`. */
struct mig_matcher_source {
    bool crossed;
    enum mig_crossing crossing;
    size_t counterpart;
    size_t rows;
};

/* A name that was not found; its text and its parent's are in `unfound`. */
struct mig_matcher_missed {
    size_t name_length;
    enum mig_place_status status;
    size_t rows;
    size_t coded; /* the place of the code beside it, or of a variant in another parent, or MIG_NO_PLACE */
};

/* Names that were not found, each once. */
struct mig_matcher_room {
    struct mig_names *names; /* name, separator, parent */
    struct mig_matcher_missed *unfound;
    size_t capacity;
};

struct mig_matcher {
    struct mig_matcher_spec spec;
    struct mig_matcher_source *sources;     /* one a place of the gazetteer */
    struct mig_names *variants; /* folded name, separator, folded parent */
    size_t *variant_places;
    size_t variants_capacity;
    struct mig_matcher_room kept, further;
    size_t *agreeing; /* rows, one a scheme */
    struct mig_matcher_account account;
    struct mig_buffer name, parent, key; /* of the row */
    int told;                            /* level that the name tells */
};

/* Fills `key`: name, separator, parent. */
enum mig_status mig_matcher_join(struct mig_buffer *key, struct mig_text name, struct mig_text parent,
    struct mig_error *error);

/* Folds both into the matcher's name and parent, and joins them in its key. */
enum mig_status mig_matcher_fold(struct mig_matcher *matcher, struct mig_text name,
    struct mig_text parent, struct mig_error *error);

/* The place of `level` that a row's parent, also folded in the matcher, names by code or by a name that only one has. */
size_t mig_matcher_parent(const struct mig_matcher *matcher, struct mig_text parent, int level);

/* Keeps the row's name or code, which was not found. */
enum mig_status mig_matcher_remember(struct mig_matcher *matcher, const struct mig_place_cells *cells,
    const struct mig_place_answer *answer, struct mig_error *error);

#endif
