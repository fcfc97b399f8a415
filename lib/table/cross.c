#include "table/cross.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "table/names.h"
#include "table/order.h"

/* What a table is made from; the columns are numbered as they appear, until they are sorted. */
struct making {
    struct mig_cross *table;
    const struct mig_cross_keys *keys;
    size_t first, end;
    struct mig_names *columns; /* the codes of a column's keys, as bytes */
};

static struct mig_text column_codes(const struct making *making, const struct mig_group *group)
{
    return (struct mig_text){(const char *)(group->codes + making->keys->rows),
        (making->keys->columns - making->keys->rows) * sizeof *group->codes};
}

/* Cells and rows with their keys, without sums. */
static enum mig_status find_cells(struct making *making, struct mig_error *error)
{
    struct mig_cross *table = making->table;
    const struct mig_tally *tally = table->tally;
    size_t row_end = making->first;
    for (size_t i = making->first, next; i < making->end; i = next) {
        next = mig_tally_run_end(tally, i, making->keys->columns);
        struct mig_group group = mig_tally_group(tally, i);
        uint32_t column;
        enum mig_status status =
            mig_names_code(making->columns, column_codes(making, &group), &column, error);
        if (status != MIG_OK)
            return status;
        if (column == table->n_columns)
            table->columns[table->n_columns++].group = i;
        if (i == row_end) {
            row_end = mig_tally_run_end(tally, i, making->keys->rows);
            table->rows[table->n_rows++] =
                (struct mig_cross_line){.group = i, .first = table->n_cells, .end = table->n_cells};
        }
        table->rows[table->n_rows - 1].end++;
        table->cells[table->n_cells++] = (struct mig_cross_cell){
            .row = table->n_rows - 1, .column = column, .first = i, .end = next};
    }
    return MIG_OK;
}

/* A column beside what it is sorted by. */
struct sorted_column {
    const struct making *making;
    size_t group;
    size_t number; /* before it was sorted */
};

static int by_keys(const void *a, const void *b)
{
    const struct sorted_column *left = a, *right = b;
    const struct mig_tally *tally = left->making->table->tally;
    struct mig_group first = mig_tally_group(tally, left->group);
    struct mig_group second = mig_tally_group(tally, right->group);
    int order = 0;
    for (size_t key = left->making->keys->rows; key < left->making->keys->columns && order == 0;
         key++)
        order =
            mig_key_compare(mig_tally_key(tally, &first, key), mig_tally_key(tally, &second, key));
    return order;
}

/* Puts the columns in order of their keys. The cells of a row are then in order, too: so is the
 * tally. */
static enum mig_status sort_columns(struct making *making, struct mig_error *error)
{
    struct mig_cross *table = making->table;
    size_t *place = calloc(table->n_columns + 1, sizeof *place);
    struct sorted_column *sorted = calloc(table->n_columns + 1, sizeof *sorted);
    enum mig_status status = place != NULL && sorted != NULL ? MIG_OK : mig_fail_memory(error);
    for (size_t i = 0; i < table->n_columns && status == MIG_OK; i++)
        sorted[i] = (struct sorted_column){making, table->columns[i].group, i};
    if (status == MIG_OK)
        qsort(sorted, table->n_columns, sizeof *sorted, by_keys);
    for (size_t i = 0; i < table->n_columns && status == MIG_OK; i++) {
        table->columns[i].group = sorted[i].group;
        place[sorted[i].number] = i;
    }
    for (size_t i = 0; i < table->n_cells && status == MIG_OK; i++)
        table->cells[i].column = place[table->cells[i].column];
    free(place);
    free(sorted);
    return status;
}

static enum mig_status add_sums(
    struct mig_quotient_sums *to, const struct mig_quotient_sums *from, struct mig_error *error)
{
    bool overflow = __builtin_add_overflow(to->n, from->n, &to->n) ||
                    __builtin_add_overflow(to->missing, from->missing, &to->missing);
    to->rows_missing += from->rows_missing;
    enum mig_status status =
        overflow ? mig_fail(error, MIG_LIMIT, "%s", _("a group counts more than 2^64 - 1"))
                 : mig_sum_add_sum(&to->numerator, &from->numerator, error);
    return status == MIG_OK ? mig_sum_add_sum(&to->denominator, &from->denominator, error) : status;
}

/* Adds the groups of a cell, those without an item of `once` as missing, and marks the items of
 * those that count. The denominator is left to the caller. */
static enum mig_status add_groups_once(const struct mig_cross *table,
    const struct mig_cross_cell *cell, bool *seen, struct mig_quotient_sums *sums,
    struct mig_error *error)
{
    struct mig_quotient counted = {table->quotient.numerator, MIG_ROWS, table->quotient.also_known};
    enum mig_status status = MIG_OK;
    for (size_t i = cell->first; i < cell->end && status == MIG_OK; i++) {
        struct mig_group group = mig_tally_group(table->tally, i);
        uint32_t item = table->once->items[i];
        if (item == UINT32_MAX) {
            sums->missing += group.n;
            sums->rows_missing += group.rows;
            continue;
        }
        seen[item] = seen[item] || (group.missing & mig_quotient_needs(&counted)) == 0;
        status = mig_quotient_add(&counted, table->tally, i, i + 1, sums, error);
    }
    return status;
}

/* The cells of row `row` in `column`, or all of them. */
static void find_range(
    const struct mig_cross *table, size_t row, size_t column, size_t *first, size_t *end)
{
    size_t low = table->rows[row].first, high = table->rows[row].end, last = high;
    while (low < high && column != MIG_ALL_COLUMNS) {
        size_t middle = low + (high - low) / 2;
        if (table->cells[middle].column < column)
            low = middle + 1;
        else
            high = middle;
    }
    *first = low;
    *end = column == MIG_ALL_COLUMNS                          ? last
           : low < last && table->cells[low].column == column ? low + 1
                                                              : low;
}

/* Rows first .. end - 1; of these only the `wanted`, unless that is NULL. */
static enum mig_status add_once(const struct mig_cross *table, size_t first, size_t end,
    const bool *wanted, size_t column, struct mig_quotient_sums *sums, struct mig_error *error)
{
    bool *seen = calloc(table->once->count + 1, sizeof *seen);
    enum mig_status status = seen != NULL ? MIG_OK : mig_fail_memory(error);
    struct mig_quotient_sums added = {0};
    for (size_t row = first; row < end; row++) {
        size_t cell, last;
        find_range(table, row, column, &cell, &last);
        for (; (wanted == NULL || wanted[row]) && cell < last && status == MIG_OK; cell++)
            status = add_groups_once(table, &table->cells[cell], seen, &added, error);
    }
    mig_sum_release(&added.denominator); /* so far it holds the rows */
    for (size_t item = 0; item < table->once->count && status == MIG_OK; item++)
        if (seen[item])
            status = mig_sum_add_sum(&added.denominator, &table->once->values[item], error);
    if (status == MIG_OK)
        status = add_sums(sums, &added, error);
    mig_quotient_sums_release(&added);
    free(seen);
    return status;
}

static enum mig_status add(const struct mig_cross *table, size_t first, size_t end,
    const bool *wanted, size_t column, struct mig_quotient_sums *sums, struct mig_error *error)
{
    enum mig_status status = MIG_OK;
    if (table->once != NULL)
        return add_once(table, first, end, wanted, column, sums, error);
    for (size_t row = first; row < end && status == MIG_OK; row++) {
        size_t cell, last;
        find_range(table, row, column, &cell, &last);
        for (; (wanted == NULL || wanted[row]) && cell < last && status == MIG_OK; cell++)
            status = add_sums(sums, &table->cells[cell].sums, error);
    }
    return status;
}

enum mig_status mig_cross_add(const struct mig_cross *table, size_t first, size_t end,
    size_t column, struct mig_quotient_sums *sums, struct mig_error *error)
{
    return add(table, first, end, NULL, column, sums, error);
}

enum mig_status mig_cross_add_rows(const struct mig_cross *table, const bool *wanted, size_t column,
    struct mig_quotient_sums *sums, struct mig_error *error)
{
    return add(table, 0, table->n_rows, wanted, column, sums, error);
}

static enum mig_status add_cells(struct mig_cross *table, struct mig_error *error)
{
    enum mig_status status = MIG_OK;
    for (size_t i = 0; i < table->n_cells && status == MIG_OK; i++) {
        struct mig_cross_cell *cell = &table->cells[i];
        if (table->once != NULL)
            status =
                mig_cross_add(table, cell->row, cell->row + 1, cell->column, &cell->sums, error);
        else
            status = mig_quotient_add(
                &table->quotient, table->tally, cell->first, cell->end, &cell->sums, error);
    }
    return status;
}

static enum mig_status add_margins(struct mig_cross *table, struct mig_error *error)
{
    enum mig_status status = MIG_OK;
    for (size_t i = 0; i < table->n_rows && status == MIG_OK; i++)
        status = mig_cross_add(table, i, i + 1, MIG_ALL_COLUMNS, &table->rows[i].sums, error);
    if (table->once == NULL) { /* each column in one pass over all cells */
        for (size_t i = 0; i < table->n_cells && status == MIG_OK; i++)
            status = add_sums(
                &table->columns[table->cells[i].column].sums, &table->cells[i].sums, error);
    } else {
        for (size_t i = 0; i < table->n_columns && status == MIG_OK; i++)
            status = mig_cross_add(table, 0, table->n_rows, i, &table->columns[i].sums, error);
    }
    return status == MIG_OK
               ? mig_cross_add(table, 0, table->n_rows, MIG_ALL_COLUMNS, &table->all, error)
               : status;
}

enum mig_status mig_cross_read(struct mig_cross *table, const struct mig_tally *tally,
    const struct mig_quotient *quotient, const struct mig_once *once, size_t first, size_t end,
    const struct mig_cross_keys *keys, struct mig_error *error)
{
    struct making making = {table, keys, first, end, NULL};
    table->tally = tally;
    table->quotient = *quotient;
    table->once = once;
    table->cells = calloc(end - first + 1, sizeof *table->cells);
    table->rows = calloc(end - first + 1, sizeof *table->rows);
    table->columns = calloc(end - first + 1, sizeof *table->columns);
    if (table->cells == NULL || table->rows == NULL || table->columns == NULL)
        return mig_fail_memory(error);
    enum mig_status status = mig_names_new(&making.columns, error);
    if (status == MIG_OK)
        status = find_cells(&making, error);
    if (status == MIG_OK)
        status = sort_columns(&making, error);
    if (status == MIG_OK)
        status = add_cells(table, error);
    if (status == MIG_OK)
        status = add_margins(table, error);
    mig_names_free(making.columns);
    return status;
}

const struct mig_quotient_sums *mig_cross_cell(
    const struct mig_cross *table, size_t row, size_t column)
{
    size_t first, end;
    find_range(table, row, column, &first, &end);
    return first < end ? &table->cells[first].sums : NULL;
}

/* A column beside its size as a double, which is enough to sort by. */
struct sized {
    size_t column;
    double size;
};

static int larger_first(const void *a, const void *b)
{
    const struct sized *left = a, *right = b;
    if (left->size > right->size || left->size < right->size)
        return left->size > right->size ? -1 : 1;
    return (left->column > right->column) - (left->column < right->column);
}

enum mig_status mig_cross_sort_columns(
    const struct mig_cross *table, size_t row, size_t *order, struct mig_error *error)
{
    bool all = row == MIG_ALL_ROWS;
    size_t first = all ? 0 : table->rows[row].first;
    size_t count = all ? table->n_columns : table->rows[row].end - first;
    struct sized *sized = calloc(count + 1, sizeof *sized);
    enum mig_status status = sized != NULL ? MIG_OK : mig_fail_memory(error);
    for (size_t i = 0; i < count && status == MIG_OK; i++) {
        const struct mig_quotient_sums *sums =
            all ? &table->columns[i].sums : &table->cells[first + i].sums;
        sized[i].column = all ? i : table->cells[first + i].column;
        status = mig_sum_to_double(&sums->numerator, &sized[i].size, error);
    }
    if (status == MIG_OK)
        qsort(sized, count, sizeof *sized, larger_first);
    for (size_t i = 0; i < count && status == MIG_OK; i++)
        order[i] = sized[i].column;
    free(sized);
    return status;
}

void mig_cross_release(struct mig_cross *table)
{
    if (table == NULL)
        return;
    for (size_t i = 0; i < table->n_cells; i++)
        mig_quotient_sums_release(&table->cells[i].sums);
    for (size_t i = 0; i < table->n_rows; i++)
        mig_quotient_sums_release(&table->rows[i].sums);
    for (size_t i = 0; i < table->n_columns; i++)
        mig_quotient_sums_release(&table->columns[i].sums);
    mig_quotient_sums_release(&table->all);
    free(table->cells);
    free(table->rows);
    free(table->columns);
    *table = (struct mig_cross){0};
}
