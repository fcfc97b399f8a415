#include "place/matcher.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "place/fold.h"
#include "table/names.h"

enum { LONGEST_KEPT = 256 };          /* bytes; what is longer is no name of a place */
static const char separator = '\x1f'; /* between name and parent in one text */

/* What is known of a place of scheme `from`. */
struct source {
    bool crossed;
    enum mig_crossing crossing;
    size_t counterpart;
    size_t rows;
};

/* A name that was not found; its text and its parent's are in `unfound`. */
struct unfound {
    size_t name_length;
    enum mig_place_status status;
    size_t rows;
    size_t coded; /* the place of the code beside it, or MIG_NO_PLACE */
};

/* Names that were not found, each once. */
struct room {
    struct mig_names *names; /* name, separator, parent */
    struct unfound *unfound;
    size_t capacity;
};

struct mig_matcher {
    struct mig_matcher_spec spec;
    struct source *sources;     /* one a place of the gazetteer */
    struct mig_names *variants; /* folded name, separator, folded parent */
    size_t *variant_places;
    size_t variants_capacity;
    struct room kept, further;
    size_t *agreeing; /* rows, one a scheme */
    struct mig_matcher_account account;
    struct mig_buffer name, parent, key; /* of the row */
    int told;                            /* level that the name tells */
};

const char *mig_place_status_name(enum mig_place_status status)
{
    static const char *const names[MIG_PLACE_STATUSES] = {
        [MIG_PLACE_MATCHED] = "matched",
        [MIG_PLACE_VARIANT] = "variant",
        [MIG_PLACE_ROLLED_UP] = "rolled_up",
        [MIG_PLACE_AMBIGUOUS] = "ambiguous",
        [MIG_PLACE_OTHER_PARENT] = "other_parent",
        [MIG_PLACE_UNMATCHED] = "unmatched",
        [MIG_PLACE_SPLIT] = "split",
        [MIG_PLACE_INEXACT] = "inexact",
        [MIG_PLACE_VANISHED] = "vanished",
        [MIG_PLACE_NO_PLACE] = "no_place",
        [MIG_PLACE_MISSING] = "missing",
    };
    return names[status];
}

enum mig_status mig_matcher_new(
    struct mig_matcher **matcher, const struct mig_matcher_spec *spec, struct mig_error *error)
{
    *matcher = NULL;
    struct mig_matcher *made = calloc(1, sizeof *made);
    if (made == NULL)
        return mig_fail_memory(error);
    made->spec = *spec;
    made->sources = calloc(mig_gazetteer_count(spec->gazetteer) + 1, sizeof *made->sources);
    made->agreeing = calloc(mig_gazetteer_schemes(spec->gazetteer) + 1, sizeof *made->agreeing);
    enum mig_status status = made->sources && made->agreeing ? MIG_OK : mig_fail_memory(error);
    if (status == MIG_OK)
        status = mig_names_new(&made->variants, error);
    if (status == MIG_OK)
        status = mig_names_new(&made->kept.names, error);
    if (status == MIG_OK)
        status = mig_names_new(&made->further.names, error);
    if (status == MIG_OK)
        *matcher = made;
    else
        mig_matcher_free(made);
    return status;
}

void mig_matcher_free(struct mig_matcher *matcher)
{
    if (matcher == NULL)
        return;
    free(matcher->sources);
    free(matcher->agreeing);
    mig_names_free(matcher->variants);
    free(matcher->variant_places);
    mig_names_free(matcher->kept.names);
    free(matcher->kept.unfound);
    mig_names_free(matcher->further.names);
    free(matcher->further.unfound);
    mig_buffer_release(&matcher->name);
    mig_buffer_release(&matcher->parent);
    mig_buffer_release(&matcher->key);
    free(matcher);
}

struct mig_matcher_spec mig_matcher_spec_of(const struct mig_matcher *matcher)
{
    return matcher->spec;
}

static enum mig_status join(
    struct mig_buffer *key, struct mig_text name, struct mig_text parent, struct mig_error *error)
{
    mig_buffer_clear(key);
    enum mig_status status = mig_buffer_append(key, name.data, name.length, error);
    if (status == MIG_OK)
        status = mig_buffer_append(key, &separator, 1, error);
    if (status == MIG_OK)
        status = mig_buffer_append(key, parent.data, parent.length, error);
    return status;
}

/* ---- variants ---- */

static enum mig_status fold_key(struct mig_matcher *matcher, struct mig_text name,
    struct mig_text parent, struct mig_error *error)
{
    enum mig_status status =
        mig_place_fold(name, matcher->spec.level, &matcher->name, &matcher->told, error);
    if (status == MIG_OK)
        status = mig_place_fold(parent, matcher->spec.level, &matcher->parent, NULL, error);
    if (status == MIG_OK)
        status = join(&matcher->key, mig_buffer_text(&matcher->name),
            mig_buffer_text(&matcher->parent), error);
    return status;
}

enum mig_status mig_matcher_variant(struct mig_matcher *matcher, struct mig_text name,
    struct mig_text parent, size_t place, struct mig_error *error)
{
    uint32_t code;
    size_t known = mig_names_count(matcher->variants);
    enum mig_status status = fold_key(matcher, name, parent, error);
    size_t *grown =
        mig_grow(matcher->variant_places, &matcher->variants_capacity, known + 1, sizeof *grown);
    if (status == MIG_OK && grown == NULL)
        status = mig_fail_memory(error);
    if (grown != NULL)
        matcher->variant_places = grown;
    if (status == MIG_OK)
        status = mig_names_code(matcher->variants, mig_buffer_text(&matcher->key), &code, error);
    if (status != MIG_OK)
        return status;
    if (code == known)
        grown[code] = place;
    if (grown[code] == place)
        return MIG_OK;
    const struct mig_place *before = mig_gazetteer_place(matcher->spec.gazetteer, grown[code]);
    return mig_fail(error, MIG_VALUE, _("'%.*s' was said to be '%.*s' before"),
        MIG_TEXT_ARG(mig_text_head(name, MIG_TEXT_QUOTED)), MIG_TEXT_ARG(before->code));
}

/* The place that the user said the folded name and parent are, or MIG_NO_PLACE. */
static enum mig_status find_variant(
    struct mig_matcher *matcher, size_t *place, struct mig_error *error)
{
    struct mig_text name = mig_buffer_text(&matcher->name), none = {"", 0};
    uint32_t code;
    *place = MIG_NO_PLACE;
    if (mig_names_count(matcher->variants) == 0)
        return MIG_OK;
    enum mig_status status = join(&matcher->key, name, mig_buffer_text(&matcher->parent), error);
    bool found = status == MIG_OK &&
                 mig_names_find(matcher->variants, mig_buffer_text(&matcher->key), &code);
    if (status == MIG_OK && !found) {
        status = join(&matcher->key, name, none, error);
        found = status == MIG_OK &&
                mig_names_find(matcher->variants, mig_buffer_text(&matcher->key), &code);
    }
    if (found)
        *place = matcher->variant_places[code];
    return status;
}

/* ---- one row ---- */

/* The place of `level` that the row's parent names, by code or by a name that only one has. */
static size_t find_parent(const struct mig_matcher *matcher, struct mig_text parent, int level)
{
    const struct mig_gazetteer *gazetteer = matcher->spec.gazetteer;
    const struct mig_place_scope scope = {matcher->spec.from, level, MIG_NO_PLACE};
    size_t place =
        mig_gazetteer_by_code(gazetteer, matcher->spec.from, level, mig_text_trim(parent));
    if (place != MIG_NO_PLACE)
        return place;
    struct mig_place_found found =
        mig_gazetteer_by_name(gazetteer, &scope, mig_buffer_text(&matcher->parent));
    return found.count == 1 ? found.place : MIG_NO_PLACE;
}

/* The places of the row's name within its parent. A parent's name may be that of places of several
 * levels (Kayes is a region and a cercle): the name must then mean one place in all of them. */
static struct mig_place_found find_in_parent(
    const struct mig_matcher *matcher, struct mig_text parent, int level, bool *parent_known)
{
    struct mig_place_found all = {.place = MIG_NO_PLACE};
    struct mig_place_scope scope = {matcher->spec.from, level, MIG_NO_PLACE};
    *parent_known = false;
    for (int above = level; above-- > 0;) {
        scope.within = find_parent(matcher, parent, above);
        if (scope.within == MIG_NO_PLACE)
            continue;
        *parent_known = true;
        struct mig_place_found found =
            mig_gazetteer_by_name(matcher->spec.gazetteer, &scope, mig_buffer_text(&matcher->name));
        if (found.count > 0 && (all.count == 0 || found.count > all.count))
            all = found;
    }
    return all;
}

static enum mig_place_status find_name(
    struct mig_matcher *matcher, struct mig_text parent, int level, size_t *place)
{
    const struct mig_place_scope scope = {matcher->spec.from, level, MIG_NO_PLACE};
    struct mig_place_found found =
        mig_gazetteer_by_name(matcher->spec.gazetteer, &scope, mig_buffer_text(&matcher->name));
    bool known = false, anywhere = found.count > 0;
    if (parent.data != NULL) {
        struct mig_place_found inside = find_in_parent(matcher, parent, level, &known);
        matcher->account.unknown_parents += !known;
        if (known)
            found = inside;
    }
    *place = found.count == 1 ? found.place : MIG_NO_PLACE;
    if (found.count == 1)
        return found.variant ? MIG_PLACE_VARIANT : MIG_PLACE_MATCHED;
    if (found.count > 1)
        return MIG_PLACE_AMBIGUOUS;
    return anywhere ? MIG_PLACE_OTHER_PARENT : MIG_PLACE_UNMATCHED;
}

static void count_agreement(
    struct mig_matcher *matcher, struct mig_text name, struct mig_text code, int level)
{
    const struct mig_gazetteer *gazetteer = matcher->spec.gazetteer;
    matcher->account.both++;
    for (uint32_t i = 0; i < mig_gazetteer_schemes(gazetteer); i++) {
        size_t place = mig_gazetteer_by_code(gazetteer, i, level, code);
        bool variant;
        matcher->agreeing[i] +=
            place != MIG_NO_PLACE && mig_gazetteer_is_named(gazetteer, place, name, &variant);
    }
}

/* Whether another scheme gives the code of `place` to a place of another name. */
static bool is_reused(const struct mig_matcher *matcher, size_t place)
{
    const struct mig_gazetteer *gazetteer = matcher->spec.gazetteer;
    const struct mig_place *here = mig_gazetteer_place(gazetteer, place);
    for (uint32_t i = 0; i < mig_gazetteer_schemes(gazetteer); i++) {
        size_t other = mig_gazetteer_by_code(gazetteer, i, here->level, here->code);
        if (other != MIG_NO_PLACE && mig_place_shared(gazetteer, place, other) == 0 &&
            mig_gazetteer_place(gazetteer, other)->n_pieces > 0)
            return true;
    }
    return false;
}

static void find_code(
    struct mig_matcher *matcher, struct mig_text code, struct mig_place_answer *answer)
{
    answer->source = answer->coded;
    answer->status = answer->coded == MIG_NO_PLACE ? MIG_PLACE_UNMATCHED : MIG_PLACE_MATCHED;
    if (code.data == NULL) {
        answer->status = MIG_PLACE_MISSING;
    } else if (answer->coded != MIG_NO_PLACE) {
        matcher->account.coded_only++;
        matcher->account.reused += is_reused(matcher, answer->coded);
    }
}

/* Folds what the row says, and finds the place of its code and the variant that the user told. */
static enum mig_status read_row(struct mig_matcher *matcher, const struct mig_place_cells *cells,
    int *level, struct mig_place_answer *answer, struct mig_error *error)
{
    struct mig_text name = cells->name.data != NULL ? cells->name : cells->code;
    struct mig_text code = mig_text_trim(cells->code);
    int wanted = matcher->spec.level;
    enum mig_status status = mig_place_fold(name, wanted, &matcher->name, &matcher->told, error);
    if (status == MIG_OK)
        status = mig_place_fold(cells->parent, wanted, &matcher->parent, NULL, error);
    if (status == MIG_OK)
        status = find_variant(matcher, &answer->source, error);
    *level = matcher->told > wanted ? matcher->told : wanted;
    if (status == MIG_OK && code.data != NULL)
        answer->coded =
            mig_gazetteer_by_code(matcher->spec.gazetteer, matcher->spec.from, *level, code);
    if (status == MIG_OK && code.data != NULL && cells->name.data != NULL)
        count_agreement(matcher, mig_buffer_text(&matcher->name), code, *level);
    return status;
}

static bool is_coded_name(
    const struct mig_matcher *matcher, const struct mig_place_answer *answer, bool *variant)
{
    return answer->coded != MIG_NO_PLACE &&
           mig_gazetteer_is_named(
               matcher->spec.gazetteer, answer->coded, mig_buffer_text(&matcher->name), variant);
}

/* Fills all of the answer but its place. */
static enum mig_status find_source(struct mig_matcher *matcher, const struct mig_place_cells *cells,
    struct mig_place_answer *answer, struct mig_error *error)
{
    bool both = cells->name.data != NULL && cells->code.data != NULL, variant = false;
    int level;
    enum mig_status status = read_row(matcher, cells, &level, answer, error);
    if (status != MIG_OK)
        return status;
    if (answer->source != MIG_NO_PLACE) {
        answer->status = MIG_PLACE_VARIANT;
        answer->contradiction = both && answer->coded != answer->source;
    } else if (cells->name.data == NULL) {
        find_code(matcher, cells->code, answer);
    } else if (is_coded_name(matcher, answer, &variant)) {
        answer->source = answer->coded;
        answer->status = variant ? MIG_PLACE_VARIANT : MIG_PLACE_MATCHED;
    } else if (matcher->told != MIG_NO_LEVEL && matcher->told < matcher->spec.level) {
        answer->status = MIG_PLACE_UNMATCHED;
    } else {
        answer->status = find_name(matcher, cells->parent, level, &answer->source);
        answer->contradiction = both && answer->status != MIG_PLACE_UNMATCHED;
    }
    return MIG_OK;
}

/* From the place found to one of the level, and to one of scheme `to`. */
static void answer_in_scheme(struct mig_matcher *matcher, struct mig_place_answer *answer)
{
    static const enum mig_place_status refused[] = {[MIG_CROSS_SPLIT] = MIG_PLACE_SPLIT,
        [MIG_CROSS_INEXACT] = MIG_PLACE_INEXACT,
        [MIG_CROSS_NONE] = MIG_PLACE_VANISHED};
    size_t found = answer->source;
    answer->source =
        mig_gazetteer_ancestor(matcher->spec.gazetteer, answer->source, matcher->spec.level);
    if (answer->source == MIG_NO_PLACE) {
        answer->status = MIG_PLACE_UNMATCHED;
        return;
    }
    if (mig_gazetteer_place(matcher->spec.gazetteer, answer->source)->no_place) {
        answer->status = MIG_PLACE_NO_PLACE;
        if (matcher->spec.from == matcher->spec.to)
            answer->place = answer->source;
        return;
    }
    enum mig_crossing crossing = mig_matcher_crossing(matcher, answer->source, &answer->place);
    matcher->sources[answer->source].rows++;
    if (crossing > MIG_CROSS_WITHIN)
        answer->status = refused[crossing];
    else if (crossing == MIG_CROSS_WITHIN || found != answer->source)
        answer->status = MIG_PLACE_ROLLED_UP;
}

/* ---- what was not found ---- */

/* The room that has the name, or has room for it; NULL: there is none. */
static struct room *find_room(struct mig_matcher *matcher, struct mig_text key)
{
    struct room *const rooms[] = {&matcher->kept, &matcher->further};
    uint32_t code;
    for (size_t i = 0; i < 2; i++)
        if (mig_names_count(rooms[i]->names) < MIG_PLACES_KEPT ||
            mig_names_find(rooms[i]->names, key, &code))
            return rooms[i];
    return NULL;
}

static enum mig_status remember(struct mig_matcher *matcher, const struct mig_place_cells *cells,
    const struct mig_place_answer *answer, struct mig_error *error)
{
    struct mig_text name = mig_text_trim(cells->name.data != NULL ? cells->name : cells->code);
    struct mig_text parent = mig_text_trim(cells->parent);
    uint32_t code;
    if (name.length > LONGEST_KEPT || parent.length > LONGEST_KEPT) {
        matcher->account.too_long++;
        return MIG_OK;
    }
    enum mig_status status = join(&matcher->key, name, parent, error);
    if (status != MIG_OK)
        return status;
    struct room *room = find_room(matcher, mig_buffer_text(&matcher->key));
    matcher->account.not_kept += room == NULL;
    if (room == NULL)
        return MIG_OK;
    size_t known = mig_names_count(room->names);
    struct unfound *grown = mig_grow(room->unfound, &room->capacity, known + 1, sizeof *grown);
    if (grown == NULL)
        return mig_fail_memory(error);
    room->unfound = grown;
    status = mig_names_code(room->names, mig_buffer_text(&matcher->key), &code, error);
    if (status != MIG_OK)
        return status;
    if (code == known)
        grown[code] = (struct unfound){name.length, answer->status, 0, answer->coded};
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

enum mig_status mig_matcher_match(struct mig_matcher *matcher, const struct mig_place_cells *cells,
    struct mig_place_answer *answer, struct mig_error *error)
{
    struct mig_matcher_account *account = &matcher->account;
    *answer = (struct mig_place_answer){.place = MIG_NO_PLACE,
        .source = MIG_NO_PLACE,
        .named = MIG_NO_PLACE,
        .coded = MIG_NO_PLACE};
    enum mig_status status = find_source(matcher, cells, answer, error);
    if (status != MIG_OK)
        return status;
    account->rows++;
    if (answer->contradiction) {
        account->contradictions++;
        account->strange_codes += answer->coded == MIG_NO_PLACE;
        answer->named = answer->source;
        answer->source = MIG_NO_PLACE;
        answer->status = MIG_PLACE_UNMATCHED;
    } else {
        if (answer->source != MIG_NO_PLACE)
            answer_in_scheme(matcher, answer);
        if (answer->source == MIG_NO_PLACE && answer->status != MIG_PLACE_MISSING)
            status = remember(matcher, cells, answer, error);
    }
    account->by_status[answer->status]++;
    return status;
}

struct mig_matcher_account mig_matcher_account(const struct mig_matcher *matcher)
{
    struct mig_matcher_account account = matcher->account;
    account.kept = mig_names_count(matcher->kept.names);
    account.further = mig_names_count(matcher->further.names);
    return account;
}

size_t mig_matcher_agreeing(const struct mig_matcher *matcher, uint32_t scheme)
{
    return matcher->agreeing[scheme];
}

/* A place of the row's name at any other level. */
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
    return MIG_NO_PLACE;
}

static size_t known_parent(const struct mig_matcher *matcher, struct mig_text parent)
{
    size_t place = MIG_NO_PLACE;
    for (int level = 0; level < matcher->spec.level && place == MIG_NO_PLACE; level++)
        place = find_parent(matcher, parent, level);
    return place;
}

static bool tells_no_other_level(const struct mig_matcher *matcher)
{
    return matcher->told == MIG_NO_LEVEL || matcher->told == matcher->spec.level;
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

enum mig_status mig_matcher_unfound(struct mig_matcher *matcher, size_t i,
    struct mig_place_unfound *unfound, struct mig_error *error)
{
    size_t first = mig_names_count(matcher->kept.names);
    const struct room *room = i < first ? &matcher->kept : &matcher->further;
    i -= i < first ? 0 : first;
    const struct unfound *kept = &room->unfound[i];
    struct mig_text key = mig_names_text(room->names, (uint32_t)i);
    *unfound = (struct mig_place_unfound){.name = {key.data, kept->name_length},
        .parent = {key.data + kept->name_length + 1, key.length - kept->name_length - 1},
        .status = kept->status,
        .rows = kept->rows};
    enum mig_status status = fold_key(matcher, unfound->name, unfound->parent, error);
    if (status != MIG_OK)
        return status;
    struct mig_place_scope scope = {
        matcher->spec.from, matcher->spec.level, known_parent(matcher, unfound->parent)};
    if (kept->status == MIG_PLACE_OTHER_PARENT) /* it has the name: where it is, is what to show */
        scope.within = MIG_NO_PLACE;
    size_t *near = unfound->near;
    if (kept->coded != MIG_NO_PLACE)
        near[unfound->n_near++] = kept->coded;
    else if (tells_no_other_level(matcher))
        unfound->n_near = mig_gazetteer_nearest(matcher->spec.gazetteer, &scope,
            mig_buffer_text(&matcher->name), near, MIG_PLACES_OFFERED);
    if (kept->status == MIG_PLACE_AMBIGUOUS)
        unfound->n_near = keep_named(matcher, near, unfound->n_near);
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

/* ---- the other scheme ---- */

size_t mig_matcher_rows_at(const struct mig_matcher *matcher, size_t source)
{
    return matcher->sources[source].rows;
}

enum mig_crossing mig_matcher_crossing(
    const struct mig_matcher *matcher, size_t place, size_t *counterpart)
{
    struct source *source = &matcher->sources[place];
    if (!source->crossed && matcher->spec.from == matcher->spec.to) {
        source->crossing = MIG_CROSS_SAME;
        source->counterpart = place;
    } else if (!source->crossed) {
        source->crossing =
            mig_place_cross(matcher->spec.gazetteer, place, matcher->spec.to, &source->counterpart);
    }
    source->crossed = true;
    *counterpart = source->counterpart;
    return source->crossing;
}
