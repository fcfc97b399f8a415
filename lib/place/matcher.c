#include "place/matcher-internal.h"

#include <stdlib.h>

#include "base/i18n.h"

const char *mig_place_status_name(enum mig_place_status status)
{
    static const char *const names[MIG_PLACE_STATUSES] = {
        [MIG_PLACE_MATCHED] = N_("matched"),
        [MIG_PLACE_VARIANT] = N_("variant"),
        [MIG_PLACE_ROLLED_UP] = N_("rolled_up"),
        [MIG_PLACE_AMBIGUOUS] = N_("ambiguous"),
        [MIG_PLACE_OTHER_PARENT] = N_("other_parent"),
        [MIG_PLACE_UNMATCHED] = N_("unmatched"),
        [MIG_PLACE_SPLIT] = N_("split"),
        [MIG_PLACE_INEXACT] = N_("inexact"),
        [MIG_PLACE_VANISHED] = N_("vanished"),
        [MIG_PLACE_NO_PLACE] = N_("no_place"),
        [MIG_PLACE_MISSING] = N_("missing"),
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

static const char separator = '\x1f'; /* between name and parent in one text */

enum mig_status mig_matcher_join(
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

enum mig_status mig_matcher_fold(struct mig_matcher *matcher, struct mig_text name,
    struct mig_text parent, struct mig_error *error)
{
    enum mig_status status =
        mig_place_fold(name, matcher->spec.level, &matcher->name, &matcher->told, error);
    if (status == MIG_OK)
        status = mig_place_fold(parent, matcher->spec.level, &matcher->parent, NULL, error);
    if (status == MIG_OK)
        status = mig_matcher_join(&matcher->key, mig_buffer_text(&matcher->name),
            mig_buffer_text(&matcher->parent), error);
    return status;
}

/* The place that the user said the folded name and parent are, or MIG_NO_PLACE, and whether he
 * named the parent. */
static enum mig_status find_variant(
    struct mig_matcher *matcher, size_t *place, bool *in_parent, struct mig_error *error)
{
    struct mig_text name = mig_buffer_text(&matcher->name), none = {"", 0};
    uint32_t code;
    *place = MIG_NO_PLACE;
    *in_parent = false;
    if (mig_names_count(matcher->variants) == 0)
        return MIG_OK;
    enum mig_status status =
        mig_matcher_join(&matcher->key, name, mig_buffer_text(&matcher->parent), error);
    bool found = status == MIG_OK &&
                 mig_names_find(matcher->variants, mig_buffer_text(&matcher->key), &code);
    *in_parent = found;
    if (status == MIG_OK && !found) {
        status = mig_matcher_join(&matcher->key, name, none, error);
        found = status == MIG_OK &&
                mig_names_find(matcher->variants, mig_buffer_text(&matcher->key), &code);
    }
    if (found)
        *place = matcher->variant_places[code];
    return status;
}

/* ---- one row ---- */

size_t mig_matcher_parent(const struct mig_matcher *matcher, struct mig_text parent, int level)
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
        scope.within = mig_matcher_parent(matcher, parent, above);
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

/* A name that is exactly that of one place of the scheme, in the parent, is not said to be another.
 */
static enum mig_status refuse_name_of_another(
    struct mig_matcher *matcher, struct mig_text parent, size_t place, struct mig_error *error)
{
    const struct mig_gazetteer *gazetteer = matcher->spec.gazetteer;
    int level = matcher->spec.level;
    bool known = false;
    if (matcher->told != MIG_NO_LEVEL && matcher->told != level)
        return MIG_OK;
    struct mig_place_found found = find_in_parent(matcher, parent, level, &known);
    if (!known) {
        const struct mig_place_scope scope = {matcher->spec.from, level, MIG_NO_PLACE};
        found = mig_gazetteer_by_name(gazetteer, &scope, mig_buffer_text(&matcher->name));
    }
    if (found.count != 1 || found.variant || found.place == place)
        return MIG_OK;
    const struct mig_place *named = mig_gazetteer_place(gazetteer, found.place);
    return mig_fail(error, MIG_VALUE,
        _("'%.*s' is the name of '%.*s' in scheme %.*s: it is not said to be '%.*s'"),
        MIG_TEXT_ARG(named->name), MIG_TEXT_ARG(named->code),
        MIG_TEXT_ARG(mig_gazetteer_scheme_name(gazetteer, matcher->spec.from)),
        MIG_TEXT_ARG(mig_gazetteer_place(gazetteer, place)->code));
}

enum mig_status mig_matcher_variant(struct mig_matcher *matcher, struct mig_text name,
    struct mig_text parent, size_t place, struct mig_error *error)
{
    uint32_t code;
    size_t known = mig_names_count(matcher->variants);
    enum mig_status status = mig_matcher_fold(matcher, name, parent, error);
    size_t *grown =
        mig_grow(matcher->variant_places, &matcher->variants_capacity, known + 1, sizeof *grown);
    if (status == MIG_OK && grown == NULL)
        status = mig_fail_memory(error);
    if (status == MIG_OK)
        status = refuse_name_of_another(matcher, parent, place, error);
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

/* The level at which the row's place is looked up, and whether the variant told was for its parent.
 */
struct reading {
    int level;
    bool in_parent;
};

/* Folds what the row says, and finds the place of its code and the variant that the user told. */
static enum mig_status read_row(struct mig_matcher *matcher, const struct mig_place_cells *cells,
    struct reading *reading, struct mig_place_answer *answer, struct mig_error *error)
{
    struct mig_text name = cells->name.data != NULL ? cells->name : cells->code;
    struct mig_text code = mig_text_trim(cells->code);
    int wanted = matcher->spec.level;
    enum mig_status status = mig_place_fold(name, wanted, &matcher->name, &matcher->told, error);
    if (status == MIG_OK)
        status = mig_place_fold(cells->parent, wanted, &matcher->parent, NULL, error);
    if (status == MIG_OK)
        status = find_variant(matcher, &answer->source, &reading->in_parent, error);
    int level = matcher->told > wanted ? matcher->told : wanted;
    reading->level = level;
    if (status == MIG_OK && code.data != NULL)
        answer->coded =
            mig_gazetteer_by_code(matcher->spec.gazetteer, matcher->spec.from, level, code);
    if (status == MIG_OK && code.data != NULL && cells->name.data != NULL)
        count_agreement(matcher, mig_buffer_text(&matcher->name), code, level);
    return status;
}

static bool is_coded_name(
    const struct mig_matcher *matcher, const struct mig_place_answer *answer, bool *variant)
{
    return answer->coded != MIG_NO_PLACE &&
           mig_gazetteer_is_named(
               matcher->spec.gazetteer, answer->coded, mig_buffer_text(&matcher->name), variant);
}

/* A place found by its code or by a variant must lie in the row's parent too. A parent's name may
 * be that of places of several levels: one of them is enough. What was decided on for that very
 * parent stands, and is counted. */
static void check_parent(struct mig_matcher *matcher, struct mig_text parent,
    const struct reading *reading, struct mig_place_answer *answer)
{
    bool known = false;
    if (parent.data == NULL || answer->source == MIG_NO_PLACE)
        return;
    for (int above = reading->level; above-- > 0;) {
        size_t within = mig_matcher_parent(matcher, parent, above);
        if (within == MIG_NO_PLACE)
            continue;
        known = true;
        if (mig_gazetteer_lies_in(matcher->spec.gazetteer, answer->source, within))
            return;
    }
    matcher->account.unknown_parents += !known;
    matcher->account.told_elsewhere += known && reading->in_parent;
    if (!known || reading->in_parent)
        return;
    answer->named = answer->source;
    answer->source = MIG_NO_PLACE;
    answer->status = MIG_PLACE_OTHER_PARENT;
}

/* Fills all of the answer but its place. */
static enum mig_status find_source(struct mig_matcher *matcher, const struct mig_place_cells *cells,
    struct mig_place_answer *answer, struct mig_error *error)
{
    bool both = cells->name.data != NULL && cells->code.data != NULL, variant = false;
    struct reading reading = {0};
    enum mig_status status = read_row(matcher, cells, &reading, answer, error);
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
        return MIG_OK;
    } else {
        answer->status = find_name(matcher, cells->parent, reading.level, &answer->source);
        answer->contradiction = both && answer->status != MIG_PLACE_UNMATCHED;
        return MIG_OK;
    }
    if (!answer->contradiction)
        check_parent(matcher, cells->parent, &reading, answer);
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
            status = mig_matcher_remember(matcher, cells, answer, error);
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

/* ---- the other scheme ---- */

size_t mig_matcher_rows_at(const struct mig_matcher *matcher, size_t source)
{
    return matcher->sources[source].rows;
}

enum mig_crossing mig_matcher_crossing(
    const struct mig_matcher *matcher, size_t place, size_t *counterpart)
{
    struct mig_matcher_source *source = &matcher->sources[place];
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
