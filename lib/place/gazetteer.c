#include "place/gazetteer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "input/input.h"
#include "place/fold.h"
#include "table/names.h"

enum { N_COLUMNS = 7, N_REQUIRED = 4 };
enum column { SCHEME, CODE, LEVEL, NAME, PARENT, VARIANTS, PIECES };
static const char *const column_names[N_COLUMNS] = {
    "scheme", "code", "level", "name", "parent", "variants", "pieces"};

/* A spelling by which a place is found. */
struct spelling {
    struct mig_text folded;
    size_t place;
    bool variant;
};

struct mig_gazetteer {
    struct mig_names *texts; /* every text that is kept, once */
    struct mig_names *schemes;
    struct mig_place *places;
    size_t count, capacity;
    struct mig_text *parents; /* codes, one a place, and where they stand; only while reading */
    size_t parents_capacity;
    struct mig_position *positions;
    size_t positions_capacity;
    uint32_t *pieces;
    size_t n_pieces, pieces_capacity;
    struct spelling *spellings; /* by scheme, level, text, variants last, place */
    size_t n_spellings, spellings_capacity;
    size_t *codes; /* places by scheme, level, code, place */
};

/* A table being read. */
struct reading {
    struct mig_gazetteer *gazetteer;
    struct mig_input *input;
    size_t columns[N_COLUMNS]; /* MIG_NO_PLACE: not there */
    struct mig_row row;
    struct mig_buffer folded;
    struct mig_error *error;
};

static enum mig_status keep(struct mig_gazetteer *gazetteer, struct mig_text text,
    struct mig_text *kept, struct mig_error *error)
{
    uint32_t code;
    enum mig_status status = mig_names_code(gazetteer->texts, text, &code, error);
    if (status == MIG_OK)
        *kept = mig_names_text(gazetteer->texts, code);
    return status;
}

/* ---- reading ---- */

static struct mig_text cell(const struct reading *reading, enum column column)
{
    size_t at = reading->columns[column];
    return at == MIG_NO_PLACE ? mig_text_of("") : mig_text_trim(reading->row.cells[at].text);
}

static struct mig_position position_of(const struct reading *reading, enum column column)
{
    return mig_row_position(&reading->row, reading->columns[column]);
}

static enum mig_status require_filled(const struct reading *reading, enum column column)
{
    if (cell(reading, column).length > 0)
        return MIG_OK;
    struct mig_position position = position_of(reading, column);
    return mig_fail_at(reading->error, MIG_VALUE, &position, _("a place without a %s (column %s)"),
        column_names[column], column_names[column]);
}

static enum mig_status read_level(const struct reading *reading, int *level)
{
    struct mig_text text = cell(reading, LEVEL);
    if (text.length == 1 && text.data[0] >= '0' && text.data[0] <= '9') {
        *level = text.data[0] - '0';
        return MIG_OK;
    }
    struct mig_position position = position_of(reading, LEVEL);
    return mig_fail_at(reading->error, MIG_VALUE, &position,
        _("'%.*s' is not a level from 0 to 9 (column %s)"),
        MIG_TEXT_ARG(mig_text_head(text, MIG_TEXT_QUOTED)), column_names[LEVEL]);
}

static enum mig_status add_spelling(
    struct reading *reading, struct mig_text name, int level, bool variant)
{
    struct mig_gazetteer *gazetteer = reading->gazetteer;
    struct mig_text folded;
    enum mig_status status = mig_place_fold(name, level, &reading->folded, NULL, reading->error);
    if (status == MIG_OK)
        status = keep(gazetteer, mig_buffer_text(&reading->folded), &folded, reading->error);
    if (status != MIG_OK || folded.length == 0)
        return status;
    struct spelling *grown = mig_grow(gazetteer->spellings, &gazetteer->spellings_capacity,
        gazetteer->n_spellings + 1, sizeof *grown);
    if (grown == NULL)
        return mig_fail_memory(reading->error);
    gazetteer->spellings = grown;
    grown[gazetteer->n_spellings++] = (struct spelling){folded, gazetteer->count, variant};
    return MIG_OK;
}

/* Of the place that is added next. */
static enum mig_status add_spellings(struct reading *reading, int level)
{
    struct mig_text variants = cell(reading, VARIANTS), variant;
    enum mig_status status = add_spelling(reading, cell(reading, NAME), level, false);
    while (status == MIG_OK && mig_text_cut(&variants, '|', &variant))
        status = add_spelling(reading, variant, level, true);
    return status;
}

static int compare_numbers(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static enum mig_status add_pieces(struct reading *reading, struct mig_place *place)
{
    struct mig_gazetteer *gazetteer = reading->gazetteer;
    struct mig_text pieces = cell(reading, PIECES), piece;
    place->first_piece = gazetteer->n_pieces;
    place->no_place = mig_text_equal(pieces, mig_text_of("-"));
    while (!place->no_place && mig_text_cut(&pieces, ' ', &piece)) {
        if (piece.length == 0)
            continue;
        uint32_t *grown = mig_grow(
            gazetteer->pieces, &gazetteer->pieces_capacity, gazetteer->n_pieces + 1, sizeof *grown);
        if (grown == NULL)
            return mig_fail_memory(reading->error);
        gazetteer->pieces = grown;
        enum mig_status status =
            mig_names_code(gazetteer->texts, piece, &grown[gazetteer->n_pieces], reading->error);
        if (status != MIG_OK)
            return status;
        gazetteer->n_pieces++;
    }
    place->n_pieces = gazetteer->n_pieces - place->first_piece;
    if (place->n_pieces > 0)
        qsort(gazetteer->pieces + place->first_piece, place->n_pieces, sizeof *gazetteer->pieces,
            compare_numbers);
    return MIG_OK;
}

/* Room for one place more in the three arrays that go with each other. */
static enum mig_status grow(struct mig_gazetteer *gazetteer, struct mig_error *error)
{
    size_t need = gazetteer->count + 1;
    struct mig_place *places =
        mig_grow(gazetteer->places, &gazetteer->capacity, need, sizeof *places);
    if (places != NULL)
        gazetteer->places = places;
    struct mig_text *parents =
        mig_grow(gazetteer->parents, &gazetteer->parents_capacity, need, sizeof *parents);
    if (parents != NULL)
        gazetteer->parents = parents;
    struct mig_position *positions =
        mig_grow(gazetteer->positions, &gazetteer->positions_capacity, need, sizeof *positions);
    if (positions != NULL)
        gazetteer->positions = positions;
    return places && parents && positions ? MIG_OK : mig_fail_memory(error);
}

static enum mig_status read_place(struct reading *reading)
{
    struct mig_gazetteer *gazetteer = reading->gazetteer;
    struct mig_place place = {.parent = MIG_NO_PLACE};
    enum mig_status status = MIG_OK;
    for (enum column column = SCHEME; column <= NAME && status == MIG_OK; column++)
        status = require_filled(reading, column);
    if (status == MIG_OK)
        status = read_level(reading, &place.level);
    if (status == MIG_OK)
        status = grow(gazetteer, reading->error);
    if (status == MIG_OK)
        status = mig_names_code(
            gazetteer->schemes, cell(reading, SCHEME), &place.scheme, reading->error);
    if (status == MIG_OK)
        status = keep(gazetteer, cell(reading, CODE), &place.code, reading->error);
    if (status == MIG_OK)
        status = keep(gazetteer, cell(reading, NAME), &place.name, reading->error);
    if (status == MIG_OK)
        status = keep(gazetteer, cell(reading, PARENT), &gazetteer->parents[gazetteer->count],
            reading->error);
    if (status == MIG_OK)
        status = add_pieces(reading, &place);
    if (status == MIG_OK)
        status = add_spellings(reading, place.level);
    struct mig_text file;
    if (status == MIG_OK)
        status = keep(gazetteer, mig_text_of(reading->row.file), &file, reading->error);
    if (status != MIG_OK)
        return status;
    gazetteer->positions[gazetteer->count] = (struct mig_position){file.data, reading->row.line, 0};
    gazetteer->places[gazetteer->count++] = place;
    return MIG_OK;
}

static enum mig_status read_places(struct reading *reading)
{
    enum mig_status status = mig_input_find_columns(
        reading->input, column_names, N_COLUMNS, N_REQUIRED, reading->columns, reading->error);
    while (status == MIG_OK) {
        status = mig_input_next(reading->input, &reading->row, reading->error);
        if (status != MIG_OK || reading->row.count == 0)
            return status;
        status = read_place(reading);
    }
    return status;
}

/* ---- order ---- */

/* qsort() hands no context to its comparison, so what is sorted carries it. */
struct ordered {
    struct mig_place key; /* scheme, level, code; or for a spelling, code is the spelling */
    size_t item;
    bool variant;
};

static int compare_keys(const struct mig_place *a, const struct mig_place *b)
{
    if (a->scheme != b->scheme)
        return a->scheme < b->scheme ? -1 : 1;
    if (a->level != b->level)
        return a->level < b->level ? -1 : 1;
    return mig_text_compare(a->code, b->code);
}

static int compare_ordered(const void *first, const void *second)
{
    const struct ordered *a = first, *b = second;
    int order = compare_keys(&a->key, &b->key);
    if (order == 0)
        order = a->variant - b->variant;
    return order != 0 ? order : (a->item > b->item) - (a->item < b->item);
}

static enum mig_status sort_codes(struct mig_gazetteer *gazetteer, struct mig_error *error)
{
    size_t count = gazetteer->count;
    struct ordered *items = calloc(count + 1, sizeof *items);
    gazetteer->codes = calloc(count + 1, sizeof *gazetteer->codes);
    if (items == NULL || gazetteer->codes == NULL) {
        free(items);
        return mig_fail_memory(error);
    }
    for (size_t i = 0; i < count; i++)
        items[i] = (struct ordered){gazetteer->places[i], i, false};
    qsort(items, count, sizeof *items, compare_ordered);
    for (size_t i = 0; i < count; i++)
        gazetteer->codes[i] = items[i].item;
    free(items);
    return MIG_OK;
}

static enum mig_status sort_spellings(struct mig_gazetteer *gazetteer, struct mig_error *error)
{
    size_t count = gazetteer->n_spellings;
    struct ordered *items = calloc(count + 1, sizeof *items);
    if (items == NULL)
        return mig_fail_memory(error);
    for (size_t i = 0; i < count; i++) {
        const struct spelling *spelling = &gazetteer->spellings[i];
        items[i] = (struct ordered){
            gazetteer->places[spelling->place], spelling->place, spelling->variant};
        items[i].key.code = spelling->folded;
    }
    qsort(items, count, sizeof *items, compare_ordered);
    for (size_t i = 0; i < count; i++)
        gazetteer->spellings[i] =
            (struct spelling){items[i].key.code, items[i].item, items[i].variant};
    free(items);
    return MIG_OK;
}

static enum mig_status refuse_duplicates(
    const struct mig_gazetteer *gazetteer, struct mig_error *error)
{
    for (size_t i = 1; i < gazetteer->count; i++) {
        size_t place = gazetteer->codes[i];
        const struct mig_place *a = &gazetteer->places[gazetteer->codes[i - 1]];
        const struct mig_place *b = &gazetteer->places[place];
        if (compare_keys(a, b) == 0)
            return mig_fail_at(error, MIG_VALUE, &gazetteer->positions[place],
                _("'%.*s' is a code of '%.*s' already, in scheme '%.*s', level %d"),
                MIG_TEXT_ARG(b->code), MIG_TEXT_ARG(a->name),
                MIG_TEXT_ARG(mig_gazetteer_scheme_name(gazetteer, b->scheme)), b->level);
    }
    return MIG_OK;
}

/* A piece of territory, as a key of its place. */
struct ordered_piece {
    uint32_t scheme, piece;
    int level;
    size_t place;
};

static int compare_pieces(const void *first, const void *second)
{
    const struct ordered_piece *a = first, *b = second;
    if (a->scheme != b->scheme)
        return a->scheme < b->scheme ? -1 : 1;
    if (a->level != b->level)
        return a->level < b->level ? -1 : 1;
    if (a->piece != b->piece)
        return a->piece < b->piece ? -1 : 1;
    return (a->place > b->place) - (a->place < b->place);
}

static enum mig_status fail_overlap(const struct mig_gazetteer *gazetteer,
    const struct ordered_piece *a, const struct ordered_piece *b, struct mig_error *error)
{
    return mig_fail_at(error, MIG_VALUE, &gazetteer->positions[b->place],
        _("'%.*s' is a piece of '%.*s' and of '%.*s', in scheme '%.*s', level %d"),
        MIG_TEXT_ARG(mig_names_text(gazetteer->texts, a->piece)),
        MIG_TEXT_ARG(gazetteer->places[a->place].code),
        MIG_TEXT_ARG(gazetteer->places[b->place].code),
        MIG_TEXT_ARG(mig_gazetteer_scheme_name(gazetteer, a->scheme)), a->level);
}

/* Where places overlap, what lies in which could not be told. */
static enum mig_status refuse_overlaps(
    const struct mig_gazetteer *gazetteer, struct mig_error *error)
{
    enum mig_status status = MIG_OK;
    size_t count = 0;
    struct ordered_piece *all = calloc(gazetteer->n_pieces + 1, sizeof *all);
    if (all == NULL)
        return mig_fail_memory(error);
    for (size_t i = 0; i < gazetteer->count; i++) {
        const struct mig_place *place = &gazetteer->places[i];
        for (size_t j = 0; j < place->n_pieces; j++)
            all[count++] = (struct ordered_piece){
                place->scheme, gazetteer->pieces[place->first_piece + j], place->level, i};
    }
    qsort(all, count, sizeof *all, compare_pieces);
    for (size_t i = 1; i < count && status == MIG_OK; i++)
        if (all[i].scheme == all[i - 1].scheme && all[i].level == all[i - 1].level &&
            all[i].piece == all[i - 1].piece)
            status = fail_overlap(gazetteer, &all[i - 1], &all[i], error);
    free(all);
    return status;
}

static enum mig_status find_parents(struct mig_gazetteer *gazetteer, struct mig_error *error)
{
    for (size_t i = 0; i < gazetteer->count; i++) {
        struct mig_place *place = &gazetteer->places[i];
        struct mig_text parent = gazetteer->parents[i];
        for (int level = place->level; level-- > 0 && place->parent == MIG_NO_PLACE;)
            place->parent = mig_gazetteer_by_code(gazetteer, place->scheme, level, parent);
        if (place->parent == MIG_NO_PLACE && parent.length > 0)
            return mig_fail_at(error, MIG_VALUE, &gazetteer->positions[i],
                _("'%.*s', the parent of '%.*s', is no place of scheme '%.*s' above level %d"),
                MIG_TEXT_ARG(parent), MIG_TEXT_ARG(place->code),
                MIG_TEXT_ARG(mig_gazetteer_scheme_name(gazetteer, place->scheme)), place->level);
    }
    return MIG_OK;
}

static enum mig_status arrange(struct mig_gazetteer *gazetteer, struct mig_error *error)
{
    enum mig_status status = sort_codes(gazetteer, error);
    if (status == MIG_OK)
        status = refuse_duplicates(gazetteer, error);
    if (status == MIG_OK)
        status = refuse_overlaps(gazetteer, error);
    if (status == MIG_OK)
        status = find_parents(gazetteer, error);
    if (status == MIG_OK)
        status = sort_spellings(gazetteer, error);
    return status;
}

enum mig_status mig_gazetteer_read(
    struct mig_gazetteer **gazetteer, char *const *files, size_t n_files, struct mig_error *error)
{
    static const struct mig_input_options options = {.reader = {.delimiter = ','}};
    struct reading reading = {.error = error};
    *gazetteer = NULL;
    struct mig_gazetteer *made = calloc(1, sizeof *made);
    if (made == NULL)
        return mig_fail_memory(error);
    reading.gazetteer = made;
    enum mig_status status = mig_names_new(&made->texts, error);
    if (status == MIG_OK)
        status = mig_names_new(&made->schemes, error);
    if (status == MIG_OK)
        status = mig_input_open(&reading.input, files, n_files, &options, error);
    if (status == MIG_OK)
        status = read_places(&reading);
    if (status == MIG_OK)
        status = arrange(made, error);
    mig_input_free(reading.input);
    mig_buffer_release(&reading.folded);
    free(made->parents);
    free(made->positions);
    made->parents = NULL;
    made->positions = NULL;
    if (status == MIG_OK)
        *gazetteer = made;
    else
        mig_gazetteer_free(made);
    return status;
}

void mig_gazetteer_free(struct mig_gazetteer *gazetteer)
{
    if (gazetteer == NULL)
        return;
    mig_names_free(gazetteer->texts);
    mig_names_free(gazetteer->schemes);
    free(gazetteer->places);
    free(gazetteer->pieces);
    free(gazetteer->spellings);
    free(gazetteer->codes);
    free(gazetteer);
}

/* ---- looking up ---- */

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
    const struct mig_place key = {.scheme = scheme, .level = level, .code = code};
    size_t low = 0, high = gazetteer->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = compare_keys(&gazetteer->places[gazetteer->codes[middle]], &key);
        if (order == 0)
            return gazetteer->codes[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return MIG_NO_PLACE;
}

static int compare_spelling(
    const struct mig_gazetteer *gazetteer, size_t at, const struct mig_place *key)
{
    struct mig_place here = gazetteer->places[gazetteer->spellings[at].place];
    here.code = gazetteer->spellings[at].folded;
    return compare_keys(&here, key);
}

/* The first spelling that is not before `key`, whose code is the folded text. */
static size_t first_spelling(const struct mig_gazetteer *gazetteer, const struct mig_place *key)
{
    size_t low = 0, high = gazetteer->n_spellings;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_spelling(gazetteer, middle, key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

struct mig_place_found mig_gazetteer_by_name(const struct mig_gazetteer *gazetteer,
    const struct mig_place_scope *scope, struct mig_text folded)
{
    const struct mig_place key = {.scheme = scope->scheme, .level = scope->level, .code = folded};
    struct mig_place_found found = {.place = MIG_NO_PLACE};
    for (size_t i = first_spelling(gazetteer, &key);
         i < gazetteer->n_spellings && compare_spelling(gazetteer, i, &key) == 0; i++) {
        const struct spelling *spelling = &gazetteer->spellings[i];
        if (!mig_gazetteer_lies_in(gazetteer, spelling->place, scope->within))
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
    struct mig_place key = gazetteer->places[place];
    key.code = folded;
    for (size_t i = first_spelling(gazetteer, &key);
         i < gazetteer->n_spellings && compare_spelling(gazetteer, i, &key) == 0; i++)
        if (gazetteer->spellings[i].place == place) {
            *variant = gazetteer->spellings[i].variant;
            return true;
        }
    return false;
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
        const struct spelling *spelling = &gazetteer->spellings[i];
        const struct mig_place *place = &gazetteer->places[spelling->place];
        if (place->scheme != scope->scheme || place->level != scope->level ||
            !mig_gazetteer_lies_in(gazetteer, spelling->place, scope->within))
            continue;
        size_t distance = nearness(folded, spelling->folded);
        if (distance != SIZE_MAX)
            count = insert(places, distances, count, most, spelling->place, distance);
    }
    return count;
}
