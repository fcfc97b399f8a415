/* Places that enter or leave between rounds: a sum over all places is then no like-for-like trend.
 */
#include <stdlib.h>

#include "base/i18n.h"
#include "evidence/checks-internal.h"
#include "base/fold.h"
#include "table/names.h"
#include "table/order.h"

/* A place in a round, and the first row that says so. */
struct presence {
    uint32_t place;
    uint32_t time;
    struct mig_spot spot;
};

struct coverage {
    struct mig_names *places; /* the code, or parent and name, folded */
    struct mig_names *times;
    struct mig_names *pairs;
    struct mig_names *shown; /* names as written, one a place */
    struct presence *items;  /* in order of appearance, each pair once */
    size_t count;
    size_t capacity;
    uint32_t *shown_codes;
    size_t shown_capacity;
    struct mig_buffer key, name;
};
const size_t mig_coverage_state = sizeof(struct coverage);

MIG_CHECK_RELEASE(mig_release_coverage)
{
    struct coverage *coverage = state;
    mig_names_free(coverage->places);
    mig_names_free(coverage->times);
    mig_names_free(coverage->pairs);
    mig_names_free(coverage->shown);
    free(coverage->items);
    free(coverage->shown_codes);
    mig_buffer_release(&coverage->key);
    mig_buffer_release(&coverage->name);
}

static enum mig_status begin(struct coverage *coverage, struct mig_error *error)
{
    struct mig_names **const all[] = {
        &coverage->places, &coverage->times, &coverage->pairs, &coverage->shown};
    enum mig_status status = MIG_OK;
    for (size_t i = 0; i < sizeof all / sizeof *all && !status; i++)
        if (!*all[i])
            status = mig_names_new(all[i], error);
    return status;
}

/* Fills `key`: the place's code, or else its parent and name, folded. */
static enum mig_status fill_key(
    const struct mig_check_group *group, const struct mig_row *row, struct mig_error *error)
{
    enum { NAME, PARENT, CODE };
    struct coverage *coverage = group->state;
    struct mig_text name = mig_run_name(group->run, row, group->columns[NAME]);
    struct mig_text parent = {"", 0}, code = {"", 0};
    if (group->count > PARENT)
        parent = mig_run_name(group->run, row, group->columns[PARENT]);
    if (group->count > CODE)
        code = mig_run_name(group->run, row, group->columns[CODE]);
    mig_buffer_clear(&coverage->key);
    if (code.length > 0)
        return mig_buffer_append(&coverage->key, code.data, code.length, error);
    enum mig_status status = mig_fold(parent, &coverage->key, error);
    if (!status)
        status = mig_fold(name, &coverage->name, error);
    return status ? status
                  : mig_buffer_print(
                        &coverage->key, error, "\x1f%s", mig_buffer_text(&coverage->name).data);
}

static enum mig_status note_place(
    struct coverage *coverage, struct mig_text name, uint32_t *place, struct mig_error *error)
{
    size_t before = mig_names_count(coverage->places);
    enum mig_status status =
        mig_names_code(coverage->places, mig_buffer_text(&coverage->key), place, error);
    if (status || *place < before)
        return status;
    uint32_t *codes =
        mig_grow(coverage->shown_codes, &coverage->shown_capacity, before + 1, sizeof *codes);
    if (!codes)
        return mig_fail_memory(error);
    coverage->shown_codes = codes;
    return mig_names_code(coverage->shown, name, &codes[before], error);
}

static enum mig_status note_presence(
    struct coverage *coverage, struct presence presence, struct mig_error *error)
{
    const uint32_t pair[2] = {presence.place, presence.time};
    size_t before = mig_names_count(coverage->pairs);
    uint32_t code;
    enum mig_status status = mig_names_code(
        coverage->pairs, (struct mig_text){(const char *)pair, sizeof pair}, &code, error);
    if (status || code < before)
        return status;
    struct presence *items =
        mig_grow(coverage->items, &coverage->capacity, coverage->count + 1, sizeof *items);
    if (!items)
        return mig_fail_memory(error);
    coverage->items = items;
    items[coverage->count++] = presence;
    return MIG_OK;
}

MIG_CHECK_LOOK(mig_look_coverage)
{
    struct coverage *coverage = group->state;
    const struct mig_role *times = group->run->with;
    struct mig_text name = mig_run_name(group->run, row, group->columns[0]);
    struct mig_text time = mig_run_name(group->run, row, times->groups[0].columns[0]);
    struct presence presence = {.spot = mig_spot_of(group->run, row)};
    if (name.length == 0 || time.length == 0)
        return MIG_OK;
    group->run->looked = true;
    enum mig_status status = begin(coverage, error);
    if (!status)
        status = fill_key(group, row, error);
    if (!status)
        status = note_place(coverage, name, &presence.place, error);
    if (!status)
        status = mig_names_code(coverage->times, time, &presence.time, error);
    return status ? status : note_presence(coverage, presence, error);
}

struct round {
    struct mig_text text;
    uint32_t code;
};

static int compare_rounds(const void *a, const void *b)
{
    return mig_key_compare(((const struct round *)a)->text, ((const struct round *)b)->text);
}

static int compare_presences(const void *a, const void *b)
{
    const struct presence *x = a, *y = b;
    if (x->place != y->place)
        return x->place < y->place ? -1 : 1;
    return (x->time > y->time) - (x->time < y->time);
}

/* Sorts the rounds, and numbers them in that order in `items`. */
static enum mig_status sort_rounds(
    struct coverage *coverage, struct round **rounds, struct mig_error *error)
{
    size_t count = mig_names_count(coverage->times);
    uint32_t *ranks = calloc(count + 1, sizeof *ranks);
    *rounds = calloc(count + 1, sizeof **rounds);
    if (!ranks || !*rounds) {
        free(ranks);
        return mig_fail_memory(error);
    }
    for (size_t i = 0; i < count; i++)
        (*rounds)[i] = (struct round){mig_names_text(coverage->times, (uint32_t)i), (uint32_t)i};
    qsort(*rounds, count, sizeof **rounds, compare_rounds);
    for (size_t i = 0; i < count; i++)
        ranks[(*rounds)[i].code] = (uint32_t)i;
    for (size_t i = 0; i < coverage->count; i++)
        coverage->items[i].time = ranks[coverage->items[i].time];
    qsort(coverage->items, coverage->count, sizeof *coverage->items, compare_presences);
    free(ranks);
    return MIG_OK;
}

/* `at` and `absent` are neighbouring rounds: the place is in the first and not in the second. */
static enum mig_status report(struct mig_check_group *group, const struct presence *presence,
    struct mig_text at, struct mig_text absent, bool enters, struct mig_error *error)
{
    const struct coverage *coverage = group->state;
    const size_t columns[2] = {group->columns[0], group->run->with->groups[0].columns[0]};
    struct mig_buffer value = {0};
    struct mig_text name = mig_names_text(coverage->shown, coverage->shown_codes[presence->place]);
    enum mig_status status =
        mig_buffer_print(&value, error, "%.*s; %.*s", MIG_TEXT_ARG(name), MIG_TEXT_ARG(at));
    if (!status)
        status = mig_find(group, MIG_SEVERITY_WARN, presence->spot, columns, 2,
            mig_buffer_text(&value), error,
            enters ? N_("the place enters in %.*s; it has no row for %.*s")
                   : N_("the place is last seen in %.*s; it has no row for %.*s"),
            MIG_TEXT_ARG(mig_text_head(at, MIG_TEXT_QUOTED)),
            MIG_TEXT_ARG(mig_text_head(absent, MIG_TEXT_QUOTED)));
    mig_buffer_release(&value);
    return status;
}

MIG_CHECK_END(mig_end_coverage)
{
    struct coverage *coverage = group->state;
    struct round *rounds = NULL;
    enum mig_status status = coverage->count > 0 ? sort_rounds(coverage, &rounds, error) : MIG_OK;
    size_t last = coverage->count > 0 ? mig_names_count(coverage->times) - 1 : 0;
    for (size_t i = 0; i < coverage->count && !status; i++) {
        const struct presence *now = &coverage->items[i];
        bool first_of_place = i == 0 || now[-1].place != now->place;
        bool last_of_place = i + 1 == coverage->count || now[1].place != now->place;
        bool enters = now->time > 0 && (first_of_place || now[-1].time + 1 != now->time);
        bool leaves = now->time < last && (last_of_place || now[1].time != now->time + 1);
        if (enters)
            status =
                report(group, now, rounds[now->time].text, rounds[now->time - 1].text, true, error);
        if (leaves && !status)
            status = report(
                group, now, rounds[now->time].text, rounds[now->time + 1].text, false, error);
    }
    free(rounds);
    return status;
}
