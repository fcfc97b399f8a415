#include "table/reshape.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "table/order.h"
#include "table/tuples.h"

/* Totals. */

enum mig_status mig_totals_add(struct mig_totals *totals, const struct mig_input *input,
    struct mig_text value, struct mig_error *error)
{
    struct mig_decimal number;
    if (mig_input_is_missing(input, value)) {
        totals->missing++;
        return MIG_OK;
    }
    if (mig_decimal_parse(mig_text_trim(value), &number, NULL) != MIG_OK) {
        totals->texts++;
        return MIG_OK;
    }
    totals->numbers++;
    return mig_sum_add(&totals->sum, &number, error);
}

enum mig_status mig_totals_check(
    const struct mig_totals *before, const struct mig_totals *after, struct mig_error *error)
{
    int order;
    struct mig_buffer sum_before = {0}, sum_after = {0};
    enum mig_status status = mig_sum_compare(&before->sum, &after->sum, &order, error);
    if (status == MIG_OK && order == 0 && before->numbers == after->numbers &&
        before->texts == after->texts && before->missing == after->missing)
        return MIG_OK;
    if (status == MIG_OK)
        status = mig_sum_format(&before->sum, &sum_before, error);
    if (status == MIG_OK)
        status = mig_sum_format(&after->sum, &sum_after, error);
    if (status == MIG_OK)
        status = mig_fail(error, MIG_VALUE,
            _("values got lost: %zu numbers (sum %s), %zu texts, %zu missing before; %zu (sum %s), "
              "%zu, %zu after"),
            before->numbers, sum_before.data, before->texts, before->missing, after->numbers,
            sum_after.data, after->texts, after->missing);
    mig_buffer_release(&sum_before);
    mig_buffer_release(&sum_after);
    return status;
}

void mig_totals_release(struct mig_totals *totals)
{
    mig_sum_release(&totals->sum);
    *totals = (struct mig_totals){0};
}

/* Wide. */

struct cell {
    uint32_t row;
    uint32_t name; /* first the code of its text, then its place in the order */
    uint32_t value;
    uint32_t file;
    size_t line;
    size_t number; /* of the cell, as it was read */
};

struct mig_wide {
    struct mig_names *ids; /* tuples; the code is the row */
    struct mig_names *names;
    struct mig_names *values;
    struct mig_names *files;
    uint32_t *order; /* [place]: the code of a name */
    struct cell *cells;
    size_t count;
    size_t capacity;
    struct mig_totals totals;
};

static enum mig_status fail_without_name(const struct mig_input *input, const struct mig_row *row,
    size_t column, struct mig_error_list *faults)
{
    struct mig_error error;
    struct mig_position position = mig_row_position(row, column);
    (void)mig_fail(&error, MIG_VALUE, "%s", _("the name of the new column is missing"));
    mig_error_locate(&error, &position, mig_input_header(input)->names[column]);
    return mig_error_list_add(faults, &error);
}

/* The text of an id or value, "" when it is missing. */
static struct mig_text known_text(const struct mig_input *input, struct mig_text text)
{
    return mig_input_is_missing(input, text) ? (struct mig_text){"", 0} : text;
}

static enum mig_status read_ids(struct mig_buffer *tuple, const struct mig_input *input,
    const struct mig_wide_spec *spec, const struct mig_row *row, struct mig_error *error)
{
    enum mig_status status = mig_buffer_append(tuple, "", 0, error);
    mig_buffer_clear(tuple);
    for (size_t i = 0; i < spec->n_ids && status == MIG_OK; i++)
        status = mig_tuple_append(tuple, known_text(input, row->cells[spec->ids[i]].text), error);
    return status;
}

static enum mig_status add_cell(struct mig_wide *wide, const struct mig_input *input,
    const struct mig_wide_spec *spec, const struct mig_row *row, struct mig_text ids,
    struct mig_error *error)
{
    struct cell *cells = mig_grow(wide->cells, &wide->capacity, wide->count + 1, sizeof *cells);
    if (cells == NULL)
        return mig_fail_memory(error);
    wide->cells = cells;
    struct cell *cell = &wide->cells[wide->count];
    *cell = (struct cell){.line = row->line, .number = wide->count};
    struct mig_text value = row->cells[spec->value].text;
    enum mig_status status = mig_names_code(wide->ids, ids, &cell->row, error);
    if (status == MIG_OK)
        status = mig_names_code(
            wide->names, mig_text_trim(row->cells[spec->name].text), &cell->name, error);
    if (status == MIG_OK)
        status = mig_names_code(wide->values, known_text(input, value), &cell->value, error);
    if (status == MIG_OK)
        status = mig_names_code(wide->files, mig_text_of(row->file), &cell->file, error);
    if (status == MIG_OK)
        status = mig_totals_add(&wide->totals, input, value, error);
    wide->count += status == MIG_OK;
    return status;
}

static enum mig_status read_cells(struct mig_wide *wide, struct mig_input *input,
    const struct mig_wide_spec *spec, struct mig_error_list *faults, struct mig_error *error)
{
    struct mig_buffer ids = {0};
    struct mig_row row;
    enum mig_status status;
    for (;;) {
        status = mig_input_next(input, &row, error);
        if (status != MIG_OK || row.count == 0)
            break;
        if (mig_input_is_missing(input, row.cells[spec->name].text)) {
            if (fail_without_name(input, &row, spec->name, faults) != MIG_OK)
                status = mig_fail_memory(error);
        } else {
            status = read_ids(&ids, input, spec, &row, error);
            if (status == MIG_OK)
                status = add_cell(wide, input, spec, &row, mig_buffer_text(&ids), error);
        }
        if (status != MIG_OK)
            break;
    }
    mig_buffer_release(&ids);
    return status;
}

struct named {
    struct mig_text text;
    uint32_t code;
};

static int compare_named(const void *a, const void *b)
{
    return mig_key_compare(((const struct named *)a)->text, ((const struct named *)b)->text);
}

/* Puts the names in order, and writes the place of its name into every cell. */
static enum mig_status order_names(struct mig_wide *wide, struct mig_error *error)
{
    size_t count = mig_names_count(wide->names);
    struct named *named = calloc(count + 1, sizeof *named);
    uint32_t *places = calloc(count + 1, sizeof *places);
    wide->order = calloc(count + 1, sizeof *wide->order);
    bool complete = named != NULL && places != NULL && wide->order != NULL;
    for (size_t i = 0; i < count && complete; i++)
        named[i] = (struct named){mig_names_text(wide->names, (uint32_t)i), (uint32_t)i};
    if (complete)
        qsort(named, count, sizeof *named, compare_named);
    for (size_t i = 0; i < count && complete; i++) {
        wide->order[i] = named[i].code;
        places[named[i].code] = (uint32_t)i;
    }
    for (size_t i = 0; i < wide->count && complete; i++)
        wide->cells[i].name = places[wide->cells[i].name];
    free(named);
    free(places);
    return complete ? MIG_OK : mig_fail_memory(error);
}

static int compare_places(const struct cell *a, const struct cell *b)
{
    int order = (a->row > b->row) - (a->row < b->row);
    return order != 0 ? order : (a->name > b->name) - (a->name < b->name);
}

static int compare_cells(const void *a, const void *b)
{
    const struct cell *left = a, *right = b;
    int order = compare_places(left, right);
    return order != 0 ? order : (left->number > right->number) - (left->number < right->number);
}

/* Cells of one row and name stand side by side by now. */
static enum mig_status find_repeats(const struct mig_wide *wide, struct mig_error_list *faults)
{
    enum mig_status status = MIG_OK;
    size_t first = 0;
    for (size_t i = 1; i < wide->count && status == MIG_OK; i++) {
        const struct cell *cell = &wide->cells[i], *before = &wide->cells[first];
        if (compare_places(before, cell) != 0) {
            first = i;
            continue;
        }
        struct mig_error error;
        struct mig_position position = {
            mig_names_text(wide->files, cell->file).data, cell->line, 0};
        (void)mig_fail_at(&error, MIG_VALUE, &position,
            _("a second value of '%s' for the same row; the first is in %s:%zu"),
            mig_wide_name(wide, cell->name), mig_names_text(wide->files, before->file).data,
            before->line);
        status = mig_error_list_add(faults, &error);
    }
    return status;
}

static enum mig_status make_wide(struct mig_wide *wide, struct mig_input *input,
    const struct mig_wide_spec *spec, struct mig_error_list *faults, struct mig_error *error)
{
    struct mig_names **const all[] = {&wide->ids, &wide->names, &wide->values, &wide->files};
    enum mig_status status = MIG_OK;
    for (size_t i = 0; i < sizeof all / sizeof *all && status == MIG_OK; i++)
        status = mig_names_new(all[i], error);
    if (status == MIG_OK)
        status = read_cells(wide, input, spec, faults, error);
    if (status == MIG_OK)
        status = order_names(wide, error);
    if (status != MIG_OK)
        return status;
    if (wide->count > 0)
        qsort(wide->cells, wide->count, sizeof *wide->cells, compare_cells);
    return find_repeats(wide, faults) == MIG_OK ? MIG_OK : mig_fail_memory(error);
}

enum mig_status mig_wide_read(struct mig_wide **wide, struct mig_input *input,
    const struct mig_wide_spec *spec, struct mig_error_list *faults, struct mig_error *error)
{
    *wide = NULL;
    struct mig_wide *made = calloc(1, sizeof *made);
    if (made == NULL)
        return mig_fail_memory(error);
    enum mig_status status = make_wide(made, input, spec, faults, error);
    if (status == MIG_OK)
        *wide = made;
    else
        mig_wide_free(made);
    return status;
}

size_t mig_wide_rows(const struct mig_wide *wide)
{
    return mig_names_count(wide->ids);
}

size_t mig_wide_names(const struct mig_wide *wide)
{
    return mig_names_count(wide->names);
}

size_t mig_wide_cells(const struct mig_wide *wide)
{
    return wide->count;
}

const char *mig_wide_name(const struct mig_wide *wide, size_t name)
{
    return mig_names_text(wide->names, wide->order[name]).data;
}

struct mig_text mig_wide_ids(const struct mig_wide *wide, size_t row)
{
    return mig_names_text(wide->ids, (uint32_t)row);
}

bool mig_wide_value(const struct mig_wide *wide, size_t row, size_t name, struct mig_text *value)
{
    size_t low = 0, high = wide->count;
    const struct cell wanted = {.row = (uint32_t)row, .name = (uint32_t)name};
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_places(&wide->cells[middle], &wanted) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low < wide->count && compare_places(&wide->cells[low], &wanted) == 0;
    *value =
        found ? mig_names_text(wide->values, wide->cells[low].value) : (struct mig_text){"", 0};
    return found;
}

const struct mig_totals *mig_wide_totals(const struct mig_wide *wide)
{
    return &wide->totals;
}

void mig_wide_free(struct mig_wide *wide)
{
    if (wide == NULL)
        return;
    mig_names_free(wide->ids);
    mig_names_free(wide->names);
    mig_names_free(wide->values);
    mig_names_free(wide->files);
    mig_totals_release(&wide->totals);
    free(wide->order);
    free(wide->cells);
    free(wide);
}
