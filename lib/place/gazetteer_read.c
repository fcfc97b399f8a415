/* Gazetteer: reading its tables, and what must hold in them. */
#include "place/gazetteer-internal.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "input/input.h"
#include "place/fold.h"

enum { N_COLUMNS = 7, N_REQUIRED = 4 };
enum column { SCHEME, CODE, LEVEL, NAME, PARENT, VARIANTS, PIECES };
static const char *const column_names[N_COLUMNS] = {
    "scheme", "code", "level", "name", "parent", "variants", "pieces"};

/* What is asked of a place when all are read. */
struct pending {
    uint32_t code, parent; /* numbers of their texts; that of "": it has no parent */
    struct mig_position position;
};

/* A table being read. */
struct reading {
    struct mig_gazetteer *gazetteer;
    struct mig_input *input;
    size_t columns[N_COLUMNS]; /* MIG_NO_PLACE: not there */
    struct mig_row row;
    struct mig_text file;    /* kept */
    struct pending *pending; /* one a place */
    size_t pending_capacity;
    struct mig_buffer folded;
    struct mig_error *error;
};

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
    uint32_t text;
    enum mig_status status = mig_place_fold(name, level, &reading->folded, NULL, reading->error);
    if (status != MIG_OK || reading->folded.length == 0)
        return status;
    status =
        mig_names_code(gazetteer->texts, mig_buffer_text(&reading->folded), &text, reading->error);
    if (status != MIG_OK)
        return status;
    struct mig_spelling *grown = mig_grow(gazetteer->spellings, &gazetteer->spellings_capacity,
        gazetteer->n_spellings + 1, sizeof *grown);
    if (grown == NULL)
        return mig_fail_memory(reading->error);
    gazetteer->spellings = grown;
    grown[gazetteer->n_spellings++] =
        (struct mig_spelling){gazetteer->count, MIG_CHAIN_END, text, variant};
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

/* Room for one place more. */
static enum mig_status grow(struct reading *reading)
{
    struct mig_gazetteer *gazetteer = reading->gazetteer;
    size_t need = gazetteer->count + 1;
    struct mig_place *places =
        mig_grow(gazetteer->places, &gazetteer->capacity, need, sizeof *places);
    if (places != NULL)
        gazetteer->places = places;
    struct pending *pending =
        mig_grow(reading->pending, &reading->pending_capacity, need, sizeof *pending);
    if (pending != NULL)
        reading->pending = pending;
    return places != NULL && pending != NULL ? MIG_OK : mig_fail_memory(reading->error);
}

static enum mig_status keep(
    struct reading *reading, struct mig_text text, uint32_t *number, struct mig_text *kept)
{
    struct mig_names *texts = reading->gazetteer->texts;
    enum mig_status status = mig_names_code(texts, text, number, reading->error);
    if (status == MIG_OK)
        *kept = mig_names_text(texts, *number);
    return status;
}

/* The name of the file is kept too: some faults are found when it is closed. */
static enum mig_status keep_file(struct reading *reading)
{
    uint32_t number;
    struct mig_text file = mig_text_of(reading->row.file);
    return reading->file.data != NULL && mig_text_equal(reading->file, file)
               ? MIG_OK
               : keep(reading, file, &number, &reading->file);
}

/* The texts of the place that is added next. */
static enum mig_status keep_texts(
    struct reading *reading, struct mig_place *place, struct pending *pending)
{
    uint32_t number;
    struct mig_text parent;
    enum mig_status status = keep(reading, cell(reading, CODE), &pending->code, &place->code);
    if (status == MIG_OK)
        status = keep(reading, cell(reading, NAME), &number, &place->name);
    if (status == MIG_OK)
        status = keep(reading, cell(reading, PARENT), &pending->parent, &parent);
    if (status == MIG_OK)
        status = keep_file(reading);
    pending->position = (struct mig_position){reading->file.data, reading->row.line, 0};
    return status;
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
        status = grow(reading);
    if (status == MIG_OK)
        status = mig_names_code(
            gazetteer->schemes, cell(reading, SCHEME), &place.scheme, reading->error);
    if (status == MIG_OK)
        status = keep_texts(reading, &place, &reading->pending[gazetteer->count]);
    if (status == MIG_OK)
        status = add_pieces(reading, &place);
    if (status == MIG_OK)
        status = add_spellings(reading, place.level);
    if (status == MIG_OK)
        gazetteer->places[gazetteer->count++] = place;
    return status;
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

/* ---- chains ---- */

static size_t *new_chains(size_t count)
{
    size_t *chains = calloc(count + 1, sizeof *chains);
    for (size_t i = 0; chains != NULL && i < count; i++)
        chains[i] = MIG_CHAIN_END;
    return chains;
}

static enum mig_status fail_twice(const struct reading *reading, size_t earlier, size_t later)
{
    const struct mig_gazetteer *gazetteer = reading->gazetteer;
    const struct mig_place *place = &gazetteer->places[later];
    return mig_fail_at(reading->error, MIG_VALUE, &reading->pending[later].position,
        _("'%.*s' is a code of '%.*s' already, in scheme '%.*s', level %d"),
        MIG_TEXT_ARG(place->code), MIG_TEXT_ARG(gazetteer->places[earlier].name),
        MIG_TEXT_ARG(mig_gazetteer_scheme_name(gazetteer, place->scheme)), place->level);
}

/* Chains the places by their codes, which a scheme has once at each level. */
static enum mig_status chain_codes(struct reading *reading)
{
    struct mig_gazetteer *gazetteer = reading->gazetteer;
    gazetteer->first_place = new_chains(mig_names_count(gazetteer->texts));
    gazetteer->next_place = new_chains(gazetteer->count);
    if (gazetteer->first_place == NULL || gazetteer->next_place == NULL)
        return mig_fail_memory(reading->error);
    for (size_t i = 0; i < gazetteer->count; i++) {
        size_t *first = &gazetteer->first_place[reading->pending[i].code];
        for (size_t at = *first; at != MIG_CHAIN_END; at = gazetteer->next_place[at])
            if (mig_place_is_beside(&gazetteer->places[at], &gazetteer->places[i]))
                return fail_twice(reading, at, i);
        gazetteer->next_place[i] = *first;
        *first = i;
    }
    return MIG_OK;
}

/* Chains the spellings by their texts. */
static enum mig_status chain_spellings(struct reading *reading)
{
    struct mig_gazetteer *gazetteer = reading->gazetteer;
    gazetteer->first_spelling = new_chains(mig_names_count(gazetteer->texts));
    if (gazetteer->first_spelling == NULL)
        return mig_fail_memory(reading->error);
    for (int variants = 1; variants >= 0; variants--)
        for (size_t i = gazetteer->n_spellings; i-- > 0;) {
            struct mig_spelling *spelling = &gazetteer->spellings[i];
            if (spelling->variant != (variants == 1))
                continue;
            spelling->next = gazetteer->first_spelling[spelling->text];
            gazetteer->first_spelling[spelling->text] = i;
        }
    return MIG_OK;
}

/* ---- what must hold ---- */

static enum mig_status fail_overlap(
    const struct reading *reading, uint32_t piece, size_t earlier, size_t later)
{
    const struct mig_gazetteer *gazetteer = reading->gazetteer;
    const struct mig_place *place = &gazetteer->places[later];
    return mig_fail_at(reading->error, MIG_VALUE, &reading->pending[later].position,
        _("'%.*s' is a piece of '%.*s' and of '%.*s', in scheme '%.*s', level %d"),
        MIG_TEXT_ARG(mig_names_text(gazetteer->texts, piece)),
        MIG_TEXT_ARG(gazetteer->places[earlier].code), MIG_TEXT_ARG(place->code),
        MIG_TEXT_ARG(mig_gazetteer_scheme_name(gazetteer, place->scheme)), place->level);
}

/* A piece as it stands in the list of a place; `next` in that of another one. */
struct owned {
    size_t place, next;
};

/* Adds the pieces of a place to the chains that begin at `first`, by number of the piece. */
static enum mig_status add_owned(
    const struct reading *reading, size_t place, size_t *first, struct owned *owned)
{
    const struct mig_gazetteer *gazetteer = reading->gazetteer;
    const struct mig_place *here = &gazetteer->places[place];
    for (size_t i = here->first_piece; i < here->first_piece + here->n_pieces; i++) {
        uint32_t piece = gazetteer->pieces[i];
        for (size_t at = first[piece]; at != MIG_CHAIN_END; at = owned[at].next)
            if (mig_place_is_beside(&gazetteer->places[owned[at].place], here))
                return fail_overlap(reading, piece, owned[at].place, place);
        owned[i] = (struct owned){place, first[piece]};
        first[piece] = i;
    }
    return MIG_OK;
}

/* Where places overlap, what lies in which could not be told. */
static enum mig_status refuse_overlaps(const struct reading *reading)
{
    const struct mig_gazetteer *gazetteer = reading->gazetteer;
    size_t *first = new_chains(mig_names_count(gazetteer->texts));
    struct owned *owned = calloc(gazetteer->n_pieces + 1, sizeof *owned);
    enum mig_status status =
        first != NULL && owned != NULL ? MIG_OK : mig_fail_memory(reading->error);
    for (size_t i = 0; i < gazetteer->count && status == MIG_OK; i++)
        status = add_owned(reading, i, first, owned);
    free(first);
    free(owned);
    return status;
}

/* The place of that code in the scheme of `place` whose level is the nearest above it. */
static size_t find_parent(const struct mig_gazetteer *gazetteer, size_t place, uint32_t code)
{
    const struct mig_place *here = &gazetteer->places[place];
    size_t parent = MIG_NO_PLACE;
    for (size_t at = gazetteer->first_place[code]; at != MIG_CHAIN_END;
         at = gazetteer->next_place[at]) {
        const struct mig_place *other = &gazetteer->places[at];
        if (other->scheme == here->scheme && other->level < here->level &&
            (parent == MIG_NO_PLACE || other->level > gazetteer->places[parent].level))
            parent = at;
    }
    return parent;
}

static enum mig_status find_parents(const struct reading *reading)
{
    struct mig_gazetteer *gazetteer = reading->gazetteer;
    for (size_t i = 0; i < gazetteer->count; i++) {
        struct mig_place *place = &gazetteer->places[i];
        struct mig_text parent = mig_names_text(gazetteer->texts, reading->pending[i].parent);
        place->parent = find_parent(gazetteer, i, reading->pending[i].parent);
        if (place->parent == MIG_NO_PLACE && parent.length > 0)
            return mig_fail_at(reading->error, MIG_VALUE, &reading->pending[i].position,
                _("'%.*s', the parent of '%.*s', is no place of scheme '%.*s' above level %d"),
                MIG_TEXT_ARG(parent), MIG_TEXT_ARG(place->code),
                MIG_TEXT_ARG(mig_gazetteer_scheme_name(gazetteer, place->scheme)), place->level);
    }
    return MIG_OK;
}

static enum mig_status read_all(struct reading *reading, char *const *files, size_t n_files)
{
    enum { READ_SIZE = 16 * 1024 }; /* tables are small: little memory is touched */
    static const struct mig_input_options options = {
        .reader = {.delimiter = ',', .read_size = READ_SIZE}};
    struct mig_gazetteer *gazetteer = reading->gazetteer;
    enum mig_status status = mig_names_new(&gazetteer->texts, reading->error);
    if (status == MIG_OK)
        status = mig_names_new(&gazetteer->schemes, reading->error);
    if (status == MIG_OK)
        status = mig_input_open(&reading->input, files, n_files, &options, reading->error);
    if (status == MIG_OK)
        status = read_places(reading);
    if (status == MIG_OK)
        status = chain_codes(reading);
    if (status == MIG_OK)
        status = refuse_overlaps(reading);
    if (status == MIG_OK)
        status = find_parents(reading);
    if (status == MIG_OK)
        status = chain_spellings(reading);
    return status;
}

enum mig_status mig_gazetteer_read(
    struct mig_gazetteer **gazetteer, char *const *files, size_t n_files, struct mig_error *error)
{
    struct reading reading = {.error = error};
    *gazetteer = NULL;
    reading.gazetteer = calloc(1, sizeof *reading.gazetteer);
    if (reading.gazetteer == NULL)
        return mig_fail_memory(error);
    enum mig_status status = read_all(&reading, files, n_files);
    mig_input_free(reading.input);
    mig_buffer_release(&reading.folded);
    free(reading.pending);
    if (status == MIG_OK)
        *gazetteer = reading.gazetteer;
    else
        mig_gazetteer_free(reading.gazetteer);
    return status;
}
