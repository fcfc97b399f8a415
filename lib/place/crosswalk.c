#include "place/crosswalk.h"

size_t mig_place_shared(const struct mig_gazetteer *gazetteer, size_t a, size_t b)
{
    const struct mig_place *first = mig_gazetteer_place(gazetteer, a);
    const struct mig_place *second = mig_gazetteer_place(gazetteer, b);
    const uint32_t *pieces = mig_gazetteer_pieces(gazetteer);
    size_t shared = 0;
    for (size_t i = 0, j = 0; i < first->n_pieces && j < second->n_pieces;) {
        uint32_t x = pieces[first->first_piece + i], y = pieces[second->first_piece + j];
        shared += x == y;
        i += x <= y;
        j += y <= x;
    }
    return shared;
}

enum mig_crossing mig_place_cross(
    const struct mig_gazetteer *gazetteer, size_t place, uint32_t scheme, size_t *counterpart)
{
    const struct mig_place *from = mig_gazetteer_place(gazetteer, place);
    size_t touched = 0;
    *counterpart = MIG_NO_PLACE;
    for (size_t i = 0; i < mig_gazetteer_count(gazetteer); i++) {
        const struct mig_place *to = mig_gazetteer_place(gazetteer, i);
        if (to->scheme != scheme || to->level != from->level)
            continue;
        size_t shared = mig_place_shared(gazetteer, place, i);
        if (shared > 0 && shared == from->n_pieces) {
            *counterpart = i;
            return shared == to->n_pieces ? MIG_CROSS_SAME : MIG_CROSS_WITHIN;
        }
        touched += shared > 0;
    }
    if (touched == 0)
        return MIG_CROSS_NONE;
    return touched > 1 ? MIG_CROSS_SPLIT : MIG_CROSS_INEXACT;
}
