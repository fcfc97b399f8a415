#include "place/gazetteer-internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"

void mig_gazetteer_free(struct mig_gazetteer *gazetteer)
{
    if (gazetteer == NULL)
        return;
    mig_names_free(gazetteer->texts);
    mig_names_free(gazetteer->schemes);
    free(gazetteer->places);
    free(gazetteer->pieces);
    free(gazetteer->spellings);
    free(gazetteer->first_place);
    free(gazetteer->next_place);
    free(gazetteer->first_spelling);
    free(gazetteer);
}

size_t mig_gazetteer_count(const struct mig_gazetteer *gazetteer)
{
    return gazetteer->count;
}

const struct mig_place *mig_gazetteer_place(const struct mig_gazetteer *gazetteer, size_t place)
{
    return &gazetteer->places[place];
}

const uint32_t *mig_gazetteer_pieces(const struct mig_gazetteer *gazetteer)
{
    return gazetteer->pieces;
}

uint32_t mig_gazetteer_schemes(const struct mig_gazetteer *gazetteer)
{
    return (uint32_t)mig_names_count(gazetteer->schemes);
}

struct mig_text mig_gazetteer_scheme_name(const struct mig_gazetteer *gazetteer, uint32_t scheme)
{
    return mig_names_text(gazetteer->schemes, scheme);
}

static enum mig_status fail_no_scheme(
    const struct mig_gazetteer *gazetteer, const char *name, struct mig_error *error)
{
    uint32_t count = mig_gazetteer_schemes(gazetteer);
    struct mig_buffer list = {0};
    enum mig_status status = mig_buffer_append(&list, "", 0, error);
    for (uint32_t i = 0; i < count && status == MIG_OK; i++)
        status = mig_buffer_print(&list, error, "%s%.*s", i > 0 ? ", " : "",
            MIG_TEXT_ARG(mig_gazetteer_scheme_name(gazetteer, i)));
    if (status == MIG_OK)
        status = mig_fail(error, MIG_NAME, _("no scheme '%s'; schemes are %s"), name, list.data);
    mig_buffer_release(&list);
    return status;
}

static enum mig_status require_level(
    const struct mig_gazetteer *gazetteer, uint32_t scheme, int level, struct mig_error *error)
{
    bool has[MIG_PLACE_LEVELS] = {false};
    char list[3 * MIG_PLACE_LEVELS + 1] = "";
    size_t length = 0;
    for (size_t i = 0; i < gazetteer->count; i++)
        if (gazetteer->places[i].scheme == scheme)
            has[gazetteer->places[i].level] = true;
    if (level >= 0 && level < MIG_PLACE_LEVELS && has[level])
        return MIG_OK;
    for (int i = 0; i < MIG_PLACE_LEVELS; i++)
        if (has[i])
            length += (size_t)snprintf(
                list + length, sizeof list - length, "%s%d", length > 0 ? ", " : "", i);
    return mig_fail(error, MIG_NAME, _("scheme '%.*s' has no places of level %d; its levels: %s"),
        MIG_TEXT_ARG(mig_gazetteer_scheme_name(gazetteer, scheme)), level, list);
}

enum mig_status mig_gazetteer_scheme(const struct mig_gazetteer *gazetteer, const char *name,
    int level, uint32_t *scheme, struct mig_error *error)
{
    for (uint32_t i = 0; i < mig_gazetteer_schemes(gazetteer); i++)
        if (mig_text_equal(mig_gazetteer_scheme_name(gazetteer, i), mig_text_of(name))) {
            *scheme = i;
            return require_level(gazetteer, i, level, error);
        }
    return fail_no_scheme(gazetteer, name, error);
}

size_t mig_gazetteer_by_code(
    const struct mig_gazetteer *gazetteer, uint32_t scheme, int level, struct mig_text code)
{
    const struct mig_place key = {.scheme = scheme, .level = level};
    uint32_t text;
    size_t at = MIG_CHAIN_END;
    if (mig_names_find(gazetteer->texts, code, &text))
        at = gazetteer->first_place[text];
    while (at != MIG_CHAIN_END && !mig_place_is_beside(&gazetteer->places[at], &key))
        at = gazetteer->next_place[at];
    return at;
}

/* The first spelling that is this folded text; NULL: there is none. */
static const struct mig_spelling *first_spelling(
    const struct mig_gazetteer *gazetteer, struct mig_text folded)
{
    uint32_t text;
    if (!mig_names_find(gazetteer->texts, folded, &text) ||
        gazetteer->first_spelling[text] == MIG_CHAIN_END)
        return NULL;
    return &gazetteer->spellings[gazetteer->first_spelling[text]];
}

static const struct mig_spelling *next_spelling(
    const struct mig_gazetteer *gazetteer, const struct mig_spelling *spelling)
{
    return spelling->next != MIG_CHAIN_END ? &gazetteer->spellings[spelling->next] : NULL;
}

struct mig_place_found mig_gazetteer_by_name(const struct mig_gazetteer *gazetteer,
    const struct mig_place_scope *scope, struct mig_text folded)
{
    const struct mig_place key = {.scheme = scope->scheme, .level = scope->level};
    struct mig_place_found found = {.place = MIG_NO_PLACE};
    const struct mig_spelling *spelling = first_spelling(gazetteer, folded);
    for (; spelling != NULL; spelling = next_spelling(gazetteer, spelling)) {
        if (!mig_place_is_beside(&gazetteer->places[spelling->place], &key) ||
            !mig_gazetteer_lies_in(gazetteer, spelling->place, scope->within))
            continue;
        if (found.count > 0 && spelling->variant && !found.variant)
            break; /* a name goes before the variants of others */
        if (found.count++ == 0) {
            found.place = spelling->place;
            found.variant = spelling->variant;
        }
    }
    return found;
}

bool mig_gazetteer_is_named(
    const struct mig_gazetteer *gazetteer, size_t place, struct mig_text folded, bool *variant)
{
    const struct mig_spelling *spelling = first_spelling(gazetteer, folded);
    while (spelling != NULL && spelling->place != place)
        spelling = next_spelling(gazetteer, spelling);
    if (spelling != NULL)
        *variant = spelling->variant;
    return spelling != NULL;
}

bool mig_gazetteer_lies_in(const struct mig_gazetteer *gazetteer, size_t place, size_t other)
{
    if (other == MIG_NO_PLACE)
        return true;
    while (place != MIG_NO_PLACE && place != other)
        place = gazetteer->places[place].parent;
    return place == other;
}

size_t mig_gazetteer_ancestor(const struct mig_gazetteer *gazetteer, size_t place, int level)
{
    while (place != MIG_NO_PLACE && gazetteer->places[place].level != level)
        place = gazetteer->places[place].parent;
    return place;
}

/* Puts a place into the list of the nearest, unless it is there already, nearer. */
static size_t insert(
    size_t *places, size_t *distances, size_t count, size_t most, size_t place, size_t distance)
{
    for (size_t i = 0; i < count; i++)
        if (places[i] == place) {
            if (distances[i] <= distance)
                return count;
            memmove(places + i, places + i + 1, (count - i - 1) * sizeof *places);
            memmove(distances + i, distances + i + 1, (count - i - 1) * sizeof *distances);
            count--;
        }
    size_t at = count;
    while (at > 0 && (distances[at - 1] > distance ||
                         (distances[at - 1] == distance && places[at - 1] > place)))
        at--;
    if (at == most)
        return count;
    if (count == most)
        count--;
    memmove(places + at + 1, places + at, (count - at) * sizeof *places);
    memmove(distances + at + 1, distances + at, (count - at) * sizeof *distances);
    places[at] = place;
    distances[at] = distance;
    return count + 1;
}

/* How far a spelling is from `folded`; SIZE_MAX when it is too far to be offered. A name that
 * begins with the other one, or the other way round, is near: Gourma, Nioro du Sahel. */
static size_t nearness(struct mig_text folded, struct mig_text spelling)
{
    enum { LONGEST_NAME = 128, SHORTEST_NAME = 3, SHORTEST_BEGINNING = 4, NEAR = 2 };
    if (folded.length > LONGEST_NAME || spelling.length > LONGEST_NAME)
        return SIZE_MAX;
    size_t shorter = folded.length < spelling.length ? folded.length : spelling.length;
    if (shorter < SHORTEST_NAME) /* every other word is near to UK */
        return SIZE_MAX;
    size_t distance = mig_text_distance(folded, spelling);
    if (distance > NEAR && shorter >= SHORTEST_BEGINNING &&
        memcmp(folded.data, spelling.data, shorter) == 0)
        return NEAR;
    return 3 * distance <= shorter + 2 && distance < shorter ? distance : SIZE_MAX;
}

size_t mig_gazetteer_nearest(const struct mig_gazetteer *gazetteer,
    const struct mig_place_scope *scope, struct mig_text folded, size_t *places, size_t most)
{
    enum { MOST_OFFERED = 8 };
    size_t distances[MOST_OFFERED], count = 0;
    if (most > MOST_OFFERED)
        most = MOST_OFFERED;
    for (size_t i = 0; i < gazetteer->n_spellings && most > 0; i++) {
        const struct mig_spelling *spelling = &gazetteer->spellings[i];
        const struct mig_place *place = &gazetteer->places[spelling->place];
        if (place->scheme != scope->scheme || place->level != scope->level ||
            !mig_gazetteer_lies_in(gazetteer, spelling->place, scope->within))
            continue;
        size_t distance = nearness(folded, mig_names_text(gazetteer->texts, spelling->text));
        if (distance != SIZE_MAX)
            count = insert(places, distances, count, most, spelling->place, distance);
    }
    return count;
}
