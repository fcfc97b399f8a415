/* Crosswalk: what a place of one scheme is in another.
 *
 * Two places are compared by the pieces of territory that they consist of (the column pieces of the gazetteer's
 * tables), within one level. The same pieces are the same territory; a part of the pieces lies within; nothing else has an
 * answer that is exact. A piece whose name ends in '?' stands for what a place may
 * hold besides and no source tells: give it to that place alone, and the place is never taken for the same as another, nor
 * for a part of it. A place without pieces has no known counterpart.
 */
#ifndef MIGSTAT_PLACE_CROSSWALK_H
#define MIGSTAT_PLACE_CROSSWALK_H

#include "gazetteer.h"

enum mig_crossing {
    MIG_CROSS_SAME,    /* one place of the other scheme is the same territory */
    MIG_CROSS_WITHIN,  /* it lies within one place of the other scheme, which holds more */
    MIG_CROSS_SPLIT,   /* it shares territory with several */
    MIG_CROSS_INEXACT, /* it shares territory with one, but is not known to lie within it */
    MIG_CROSS_NONE,    /* it shares territory with none */
};

/* Compares `place` with the places of `scheme` of the same level. `*counterpart` is the one place of SAME and WITHIN, else
 * MIG_NO_PLACE. */
MIG_API enum mig_crossing mig_place_cross(const struct mig_gazetteer *gazetteer, size_t place,
    uint32_t scheme, size_t *counterpart);

/* How many pieces two places share. */
MIG_API size_t mig_place_shared(const struct mig_gazetteer *gazetteer, size_t a, size_t b);

#endif
