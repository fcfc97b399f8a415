/* Matcher: the names that were not found, kept to be shown with what is like them. */
#include "base/i18n.h"
#include "place/matcher-internal.h"

enum { LONGEST_KEPT = 256 }; /* bytes; what is longer is no name of a place */

/* The room that has the name, or has room for it; NULL: there is none. */
static struct mig_matcher_room *find_room(struct mig_matcher *matcher, struct mig_text key)
{
    struct mig_matcher_room *const rooms[] = {&matcher->kept, &matcher->further};
    uint32_t code;
    for (size_t i = 0; i < 2; i++)
        if (mig_names_count(rooms[i]->names) < MIG_PLACES_KEPT ||
            mig_names_find(rooms[i]->names, key, &code))
            return rooms[i];
    return NULL;
}

enum mig_status mig_matcher_remember(struct mig_matcher *matcher,
    const struct mig_place_cells *cells, const struct mig_place_answer *answer,
    struct mig_error *error)
{
    struct mig_text name = mig_text_trim(cells->name.data != NULL ? cells->name : cells->code);
    struct mig_text parent = mig_text_trim(cells->parent);
    uint32_t code;
    if (name.length > LONGEST_KEPT || parent.length > LONGEST_KEPT) {
        matcher->account.too_long++;
        return MIG_OK;
    }
    enum mig_status status = mig_matcher_join(&matcher->key, name, parent, error);
    if (status != MIG_OK)
        return status;
    struct mig_matcher_room *room = find_room(matcher, mig_buffer_text(&matcher->key));
    matcher->account.not_kept += room == NULL;
    if (room == NULL)
        return MIG_OK;
    size_t known = mig_names_count(room->names);
    struct mig_matcher_missed *grown =
        mig_grow(room->unfound, &room->capacity, known + 1, sizeof *grown);
    if (grown == NULL)
        return mig_fail_memory(error);
    room->unfound = grown;
    status = mig_names_code(room->names, mig_buffer_text(&matcher->key), &code, error);
    if (status != MIG_OK)
        return status;
    if (code == known)
        grown[code] = (struct mig_matcher_missed){name.length, answer->status, 0,
            answer->coded != MIG_NO_PLACE ? answer->coded : answer->named};
    grown[code].rows++;
    return MIG_OK;
}

bool mig_matcher_is_full(const struct mig_matcher *matcher)
{
    return mig_names_count(matcher->further.names) == MIG_PLACES_KEPT;
}

enum mig_status mig_matcher_forget_further(struct mig_matcher *matcher, struct mig_error *error)
{
    mig_names_free(matcher->further.names);
    return mig_names_new(&matcher->further.names, error);
}

static bool tells_no_other_level(const struct mig_matcher *matcher)
{
    return matcher->told == MIG_NO_LEVEL || matcher->told == matcher->spec.level;
}

/* A place of the row's name at any other level of the scheme, or else at the level of another
 * scheme. */
static size_t find_elsewhere(const struct mig_matcher *matcher)
{
    const struct mig_gazetteer *gazetteer = matcher->spec.gazetteer;
    for (int level = 0; level < MIG_PLACE_LEVELS; level++) {
        const struct mig_place_scope scope = {matcher->spec.from, level, MIG_NO_PLACE};
        struct mig_place_found found =
            mig_gazetteer_by_name(gazetteer, &scope, mig_buffer_text(&matcher->name));
        if (level != matcher->spec.level && found.count > 0)
            return found.place;
    }
    for (uint32_t i = 0; i < mig_gazetteer_schemes(gazetteer) && tells_no_other_level(matcher);
         i++) {
        const struct mig_place_scope scope = {i, matcher->spec.level, MIG_NO_PLACE};
        struct mig_place_found found =
            mig_gazetteer_by_name(gazetteer, &scope, mig_buffer_text(&matcher->name));
        if (i != matcher->spec.from && found.count > 0)
            return found.place;
    }
    return MIG_NO_PLACE;
}

static size_t known_parent(const struct mig_matcher *matcher, struct mig_text parent)
{
    size_t place = MIG_NO_PLACE;
    for (int level = 0; level < matcher->spec.level && place == MIG_NO_PLACE; level++)
        place = mig_matcher_parent(matcher, parent, level);
    return place;
}

/* Only the places that have the row's name. */
static size_t keep_named(const struct mig_matcher *matcher, size_t *places, size_t count)
{
    size_t kept = 0;
    bool variant;
    for (size_t i = 0; i < count; i++)
        if (mig_gazetteer_is_named(
                matcher->spec.gazetteer, places[i], mig_buffer_text(&matcher->name), &variant))
            places[kept++] = places[i];
    return kept;
}

/* The place of the code stands behind those that are like the name, which may be the wrong one of
 * the two no less than the code; the last of three makes room for it. */
static void offer_coded(size_t coded, struct mig_place_unfound *unfound)
{
    if (coded == MIG_NO_PLACE)
        return;
    for (size_t i = 0; i < unfound->n_near; i++)
        if (unfound->near[i] == coded)
            return;
    unfound->n_near -= unfound->n_near == MIG_PLACES_OFFERED;
    unfound->near[unfound->n_near++] = coded;
}

enum mig_status mig_matcher_unfound(struct mig_matcher *matcher, size_t i,
    struct mig_place_unfound *unfound, struct mig_error *error)
{
    size_t first = mig_names_count(matcher->kept.names);
    const struct mig_matcher_room *room = i < first ? &matcher->kept : &matcher->further;
    i -= i < first ? 0 : first;
    const struct mig_matcher_missed *kept = &room->unfound[i];
    struct mig_text key = mig_names_text(room->names, (uint32_t)i);
    *unfound = (struct mig_place_unfound){.name = {key.data, kept->name_length},
        .parent = {key.data + kept->name_length + 1, key.length - kept->name_length - 1},
        .status = kept->status,
        .rows = kept->rows};
    enum mig_status status = mig_matcher_fold(matcher, unfound->name, unfound->parent, error);
    if (status != MIG_OK)
        return status;
    struct mig_place_scope scope = {
        matcher->spec.from, matcher->spec.level, known_parent(matcher, unfound->parent)};
    if (kept->status == MIG_PLACE_OTHER_PARENT) /* it has the name: where it is, is what to show */
        scope.within = MIG_NO_PLACE;
    size_t *near = unfound->near;
    if (tells_no_other_level(matcher))
        unfound->n_near = mig_gazetteer_nearest(matcher->spec.gazetteer, &scope,
            mig_buffer_text(&matcher->name), near, MIG_PLACES_OFFERED);
    if (kept->status == MIG_PLACE_AMBIGUOUS)
        unfound->n_near = keep_named(matcher, near, unfound->n_near);
    offer_coded(kept->coded, unfound);
    unfound->elsewhere = find_elsewhere(matcher);
    return MIG_OK;
}

enum mig_status mig_matcher_named_in(
    struct mig_matcher *matcher, uint32_t scheme, size_t *names, struct mig_error *error)
{
    const struct mig_place_scope scope = {scheme, matcher->spec.level, MIG_NO_PLACE};
    *names = 0;
    for (size_t i = 0; i < mig_names_count(matcher->kept.names); i++) {
        struct mig_text key = mig_names_text(matcher->kept.names, (uint32_t)i);
        struct mig_text name = {key.data, matcher->kept.unfound[i].name_length};
        enum mig_status status =
            mig_place_fold(name, matcher->spec.level, &matcher->name, &matcher->told, error);
        if (status != MIG_OK)
            return status;
        if (matcher->kept.unfound[i].status != MIG_PLACE_UNMATCHED ||
            !tells_no_other_level(matcher))
            continue;
        struct mig_place_found found =
            mig_gazetteer_by_name(matcher->spec.gazetteer, &scope, mig_buffer_text(&matcher->name));
        *names += found.count > 0;
    }
    return MIG_OK;
}
