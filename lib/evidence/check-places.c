/* One place under several names; one place under several parents, as after a fill-down that went a
 * row too far. */
#include <stdlib.h>

#include "base/i18n.h"
#include "evidence/checks-internal.h"
#include "base/fold.h"
#include "table/names.h"

enum { NAME, PARENT, CODE, PARENT_CODE };
enum { LONGEST_CODE = 32 };

/* What a key went with first: compared folded, shown as it was written. */
struct partner {
    uint32_t folded;
    uint32_t shown;
    struct mig_spot spot;
};

/* Keys that should go with one text each. */
struct pairing {
    struct mig_names *keys;
    struct mig_names *texts;  /* folded and shown ones */
    struct partner *partners; /* of each key */
    size_t capacity;
    struct mig_names *reported; /* key, \x1f, text */
};

struct places {
    struct pairing by_code;
    struct pairing by_name;
    struct mig_names *strays; /* codes that do not begin with that of their parent */
    struct stray {
        struct mig_spot spot;
        struct mig_text code; /* owned by strays */
        size_t length;        /* of the code of the parent */
    } * stray_items;
    size_t stray_capacity;
    /* By the length of the parent's code, which tells levels and schemes apart: rows whose code
     * begins with it, and codes that do not. */
    size_t nested[LONGEST_CODE + 1];
    size_t stray[LONGEST_CODE + 1];
    struct mig_buffer name, parent, key;
};
const size_t mig_places_state = sizeof(struct places);

static void pairing_release(struct pairing *pairing)
{
    mig_names_free(pairing->keys);
    mig_names_free(pairing->texts);
    mig_names_free(pairing->reported);
    free(pairing->partners);
}

MIG_CHECK_RELEASE(mig_release_places)
{
    struct places *places = state;
    pairing_release(&places->by_code);
    pairing_release(&places->by_name);
    mig_names_free(places->strays);
    free(places->stray_items);
    mig_buffer_release(&places->name);
    mig_buffer_release(&places->parent);
    mig_buffer_release(&places->key);
}

static enum mig_status name_code(
    struct mig_names **names, struct mig_text text, uint32_t *code, struct mig_error *error)
{
    enum mig_status status = *names ? MIG_OK : mig_names_new(names, error);
    return status ? status : mig_names_code(*names, text, code, error);
}

static enum mig_status join(
    struct mig_buffer *out, struct mig_text a, struct mig_text b, struct mig_error *error)
{
    enum mig_status status = mig_buffer_append(out, a.data, a.length, error);
    if (!status)
        status = mig_buffer_append(out, "\x1f", 1, error);
    return status ? status : mig_buffer_append(out, b.data, b.length, error);
}

/* Whether the pair is met for the first time; notes it. */
static enum mig_status note_pair(struct pairing *pairing, struct mig_text key, struct mig_text text,
    bool *is_new, struct mig_error *error)
{
    struct mig_buffer both = {0};
    size_t before = pairing->reported ? mig_names_count(pairing->reported) : 0;
    uint32_t code;
    enum mig_status status = join(&both, key, text, error);
    if (!status)
        status = name_code(&pairing->reported, mig_buffer_text(&both), &code, error);
    *is_new = !status && mig_names_count(pairing->reported) > before;
    mig_buffer_release(&both);
    return status;
}

/* Pairs `key` with `folded`, written as `shown`. `*other` is what the key went with first when that
 * is another text and the row is the first with this one; else NULL. */
static enum mig_status pair(struct pairing *pairing, struct mig_text key, struct mig_text folded,
    struct mig_text shown, struct mig_spot spot, const struct partner **other,
    struct mig_error *error)
{
    size_t before = pairing->keys ? mig_names_count(pairing->keys) : 0;
    struct partner partner = {.spot = spot};
    uint32_t at;
    bool is_new = false;
    *other = NULL;
    enum mig_status status = name_code(&pairing->keys, key, &at, error);
    if (!status)
        status = name_code(&pairing->texts, folded, &partner.folded, error);
    if (!status)
        status = name_code(&pairing->texts, shown, &partner.shown, error);
    if (status)
        return status;
    if (mig_names_count(pairing->keys) > before) {
        struct partner *partners =
            mig_grow(pairing->partners, &pairing->capacity, before + 1, sizeof *partners);
        if (!partners)
            return mig_fail_memory(error);
        pairing->partners = partners;
        partners[before] = partner;
    } else if (pairing->partners[at].folded != partner.folded) {
        status = note_pair(pairing, key, folded, &is_new, error);
        *other = is_new ? &pairing->partners[at] : NULL;
    }
    return status;
}

static struct mig_text cell(
    const struct mig_check_group *group, const struct mig_row *row, size_t part)
{
    if (part >= group->count)
        return (struct mig_text){"", 0};
    return mig_run_name(group->run, row, group->columns[part]);
}

/* The name and parent of the row, folded; false when one is missing. */
static bool fold_place(const struct mig_check_group *group, const struct mig_row *row,
    enum mig_status *status, struct mig_error *error)
{
    struct places *places = group->state;
    struct mig_text name = cell(group, row, NAME), parent = cell(group, row, PARENT);
    if (name.length == 0 || (group->count > PARENT && parent.length == 0))
        return false;
    *status = mig_fold(name, &places->name, error);
    if (!*status)
        *status = mig_fold(parent, &places->parent, error);
    group->run->looked = true;
    return !*status;
}

static enum mig_status report(struct mig_check_group *group, enum mig_severity severity,
    const struct mig_row *row, const struct pairing *pairing, const struct partner *other,
    struct mig_error *error, const char *format)
{
    struct mig_text shown =
        mig_text_head(mig_names_text(pairing->texts, other->shown), MIG_TEXT_QUOTED);
    return mig_find_in_row(group, severity, row, group->columns,
        group->count > CODE ? CODE + 1 : group->count, error, format, MIG_TEXT_ARG(shown),
        mig_spot_file(group->run, other->spot), other->spot.line);
}

MIG_CHECK_LOOK(mig_look_place_name)
{
    struct places *places = group->state;
    enum mig_status status = MIG_OK;
    const struct partner *other;
    if (!fold_place(group, row, &status, error))
        return status;
    struct mig_spot spot = mig_spot_of(group->run, row);
    struct mig_text name = cell(group, row, NAME), code = cell(group, row, CODE);
    if (code.length > 0) {
        status =
            pair(&places->by_code, code, mig_buffer_text(&places->name), name, spot, &other, error);
        if (!status && other)
            status = report(group, MIG_SEVERITY_ERROR, row, &places->by_code, other, error,
                N_("the code belongs to another name too: '%.*s' in %s:%zu"));
    }
    mig_buffer_clear(&places->key);
    if (!status)
        status = join(
            &places->key, mig_buffer_text(&places->parent), mig_buffer_text(&places->name), error);
    if (!status)
        status =
            pair(&places->by_name, mig_buffer_text(&places->key), name, name, spot, &other, error);
    if (!status && other)
        status = report(group, MIG_SEVERITY_WARN, row, &places->by_name, other, error,
            N_("the place is also written '%.*s' in %s:%zu"));
    return status;
}

/* P-codes are nested: ML0701 lies in ML07. Codes that are not so are kept for the end. */
static enum mig_status note_nesting(
    struct mig_check_group *group, const struct mig_row *row, struct mig_error *error)
{
    struct places *places = group->state;
    struct mig_text code = cell(group, row, CODE), parent = cell(group, row, PARENT_CODE);
    size_t before = places->strays ? mig_names_count(places->strays) : 0;
    uint32_t at;
    if (code.length == 0 || parent.length == 0 || parent.length > LONGEST_CODE)
        return MIG_OK;
    struct mig_text head = {code.data, code.length < parent.length ? code.length : parent.length};
    if (mig_text_equal(head, parent)) {
        places->nested[parent.length]++;
        return MIG_OK;
    }
    enum mig_status status = name_code(&places->strays, code, &at, error);
    if (status || at < before)
        return status;
    struct stray *items =
        mig_grow(places->stray_items, &places->stray_capacity, before + 1, sizeof *items);
    if (!items)
        return mig_fail_memory(error);
    places->stray_items = items;
    places->stray[parent.length]++;
    items[before] = (struct stray){
        mig_spot_of(group->run, row), mig_names_text(places->strays, at), parent.length};
    return MIG_OK;
}

/* With a code two places of one name are told apart; without it they may be two that share a name.
 */
MIG_CHECK_LOOK(mig_look_place_parent)
{
    struct places *places = group->state;
    enum mig_status status = MIG_OK;
    const struct partner *other;
    if (group->count <= PARENT || !fold_place(group, row, &status, error))
        return status;
    struct mig_text code = cell(group, row, CODE), parent = cell(group, row, PARENT);
    struct mig_spot spot = mig_spot_of(group->run, row);
    struct pairing *pairing = code.length > 0 ? &places->by_code : &places->by_name;
    status = pair(pairing, code.length > 0 ? code : mig_buffer_text(&places->name),
        mig_buffer_text(&places->parent), parent, spot, &other, error);
    if (!status && other)
        status = report(group, code.length > 0 ? MIG_SEVERITY_ERROR : MIG_SEVERITY_WARN, row,
            pairing, other, error,
            code.length > 0
                ? N_("the code lies in another parent too: '%.*s' in %s:%zu")
                : N_("the place lies in '%.*s' too, in %s:%zu: two places, or one filled down "
                     "wrongly?"));
    return status ? status : note_nesting(group, row, error);
}

/* Where most codes begin with that of the parent, one that does not has a wrong parent or a wrong
 * code. */
MIG_CHECK_END(mig_end_place_parent)
{
    const struct places *places = group->state;
    size_t strays = places->strays ? mig_names_count(places->strays) : 0;
    enum mig_status status = MIG_OK;
    if (group->count <= PARENT && group->run->rows == 0)
        group->run->note = N_("needs a column of parents: --place NAME,PARENT");
    for (size_t i = 0; i < strays && !status; i++) {
        const struct stray *stray = &places->stray_items[i];
        size_t nested = places->nested[stray->length];
        if (nested > places->stray[stray->length])
            status = mig_find(group, MIG_SEVERITY_ERROR, stray->spot, group->columns + CODE, 2,
                stray->code, error,
                N_("the code does not begin with that of the parent, as %zu others do"), nested);
    }
    return status;
}
