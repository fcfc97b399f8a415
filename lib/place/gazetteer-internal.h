/* Gazetteer, private: what it holds, filled by gazetteer_read.c and asked by gazetteer.c.
 *
 * Every text is kept once and has a number, so that the places of a code, and those of a name, are chains that begin at the
 * number of the text: nothing is sorted, and a look-up takes as long as its text has places.
 */
#ifndef MIGSTAT_PLACE_GAZETTEER_INTERNAL_H
#define MIGSTAT_PLACE_GAZETTEER_INTERNAL_H

#include "../table/names.h"
#include "gazetteer.h"

#define MIG_CHAIN_END MIG_NO_PLACE

/* A spelling by which a place is found. */
struct mig_spelling {
    size_t place;
    size_t next; /* of the same text: names before variants, each in the order of their places */
    uint32_t text; /* folded */
    bool variant;
};

struct mig_gazetteer {
    struct mig_names *texts; /* every text that is kept, once */
    struct mig_names *schemes;
    struct mig_place *places;
    size_t count, capacity;
    uint32_t *pieces; /* numbers of texts */
    size_t n_pieces, pieces_capacity;
    struct mig_spelling *spellings;
    size_t n_spellings, spellings_capacity;
    size_t *first_place;      /* of a code, by number of its text */
    size_t *next_place;       /* of the same code, by place */
    size_t *first_spelling;   /* by number of the text */
};

/* Whether the two are of one scheme and level. */
static inline bool mig_place_is_beside(const struct mig_place *a, const struct mig_place *b)
{
    return a->scheme == b->scheme && a->level == b->level;
}

#endif
