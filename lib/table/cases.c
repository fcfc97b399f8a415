#include "table/cases.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/sort.h"
#include "table/long_values-internal.h"
#include "table/occurrences-internal.h"

/* One column of numbers: while reading, value i belongs to groups[i]; after that the values of
 * group g are values[starts[g] .. starts[g + 1] - 1], ascending. */
struct number_column {
    uint32_t *groups;
    double *values;
    double *weights; /* or counts */
    size_t *starts;
    size_t count, groups_capacity, values_capacity, weights_capacity;
    struct mig_powers *powers; /* by group */
    size_t powers_capacity;
    struct mig_long_values *longs;
};

struct mig_cases {
    struct mig_tally *tally;
    struct mig_input *input; /* while it is read */
    struct mig_cases_spec spec;
    struct number_column *numbers;
    struct mig_occurrences **texts;
};

static enum mig_status read_double(const struct mig_cases *cases, const struct mig_row *row,
    size_t column, const struct mig_decimal *decimal, double *out, struct mig_error *error)
{
    *out = mig_decimal_to_double(decimal);
    return isinf(*out) ? mig_input_fail(cases->input, row, column, _("is too large"), error)
                       : MIG_OK;
}

static bool grow_numbers(struct number_column *column, bool weighted)
{
    size_t need = column->count + 1;
    void *groups = mig_grow(column->groups, &column->groups_capacity, need, sizeof *column->groups);
    column->groups = groups != NULL ? groups : column->groups;
    void *values = mig_grow(column->values, &column->values_capacity, need, sizeof *column->values);
    column->values = values != NULL ? values : column->values;
    if (!weighted)
        return groups != NULL && values != NULL;
    void *weights =
        mig_grow(column->weights, &column->weights_capacity, need, sizeof *column->weights);
    column->weights = weights != NULL ? weights : column->weights;
    return groups != NULL && values != NULL && weights != NULL;
}

static enum mig_status keep_number(struct mig_cases *cases, size_t number,
    const struct mig_tally_entry *entry, struct mig_error *error)
{
    struct number_column *column = &cases->numbers[number];
    const struct mig_cases_spec *spec = &cases->spec;
    if (spec->repeat && entry->n == 0)
        return MIG_OK;
    if (!grow_numbers(column, spec->weight != NULL || spec->repeat))
        return mig_fail_memory(error);
    enum mig_status status = read_double(cases, entry->row, spec->numbers[number].n,
        &entry->values[number], &column->values[column->count], error);
    if (status == MIG_OK && spec->weight != NULL)
        status = read_double(cases, entry->row, *spec->weight, entry->weight,
            &column->weights[column->count], error);
    else if (status == MIG_OK && spec->repeat)
        column->weights[column->count] = (double)entry->n;
    if (status == MIG_OK)
        status = mig_long_values_add(column->longs, (uint32_t)entry->group,
            column->values[column->count], &entry->values[number],
            entry->row->cells[spec->numbers[number].n].text, error);
    column->groups[column->count] = (uint32_t)entry->group;
    column->count += status == MIG_OK;
    return status;
}

/* Adds the number to what its group's shape is computed from. */
static enum mig_status keep_powers(struct mig_cases *cases, size_t number,
    const struct mig_tally_entry *entry, struct mig_error *error)
{
    struct number_column *column = &cases->numbers[number];
    size_t before = column->powers_capacity;
    const struct mig_decimal n = mig_decimal_of_count(entry->n);
    struct mig_powers *powers = mig_grow(
        column->powers, &column->powers_capacity, entry->group + 1, sizeof *column->powers);
    if (powers == NULL)
        return mig_fail_memory(error);
    column->powers = powers;
    for (size_t i = before; i < column->powers_capacity; i++)
        powers[i] = (struct mig_powers){0};
    return mig_powers_add(&powers[entry->group], &entry->values[number],
        cases->spec.repeat ? &n : entry->weight, error);
}

static enum mig_status keep_text(struct mig_cases *cases, size_t text,
    const struct mig_tally_entry *entry, struct mig_error *error)
{
    struct mig_text value = entry->row->cells[cases->spec.texts[text]].text;
    bool nobody = entry->n == 0 && entry->weight == NULL; /* a row of a tally */
    if (nobody || mig_input_is_missing(cases->input, value))
        return MIG_OK;
    return mig_occurrences_add(
        cases->texts[text], (uint32_t)entry->group, value, entry->n, entry->weight, error);
}

static enum mig_status keep(
    void *context, const struct mig_tally_entry *entry, struct mig_error *error)
{
    struct mig_cases *cases = context;
    enum mig_status status = MIG_OK;
    if (cases->spec.weight != NULL && entry->weight == NULL)
        return MIG_OK;
    for (size_t i = 0; i < cases->spec.n_numbers && status == MIG_OK; i++) {
        if (cases->spec.keep_values && entry->known[i])
            status = keep_number(cases, i, entry, error);
        if (cases->spec.keep_powers && entry->known[i] && status == MIG_OK)
            status = keep_powers(cases, i, entry, error);
    }
    for (size_t i = 0; i < cases->spec.n_texts && status == MIG_OK; i++)
        status = keep_text(cases, i, entry, error);
    return status;
}

/* Turns the numbers of rows in starts[g + 1] into places: the values of g begin at starts[g]. */
static enum mig_status count_groups(
    struct number_column *column, size_t groups, struct mig_error *error)
{
    column->starts = calloc(groups + 2, sizeof *column->starts);
    if (column->starts == NULL)
        return mig_fail_memory(error);
    for (size_t i = 0; i < column->count; i++)
        column->starts[column->groups[i] + 2]++;
    for (size_t g = 2; g < groups + 2; g++)
        column->starts[g] += column->starts[g - 1];
    return MIG_OK;
}

/* Puts `from` in order of groups: starts[g + 1] is where the next value of g goes, and so ends as
 * where g + 1 begins. */
static double *distribute(const struct number_column *column, const double *from, size_t *next)
{
    double *to = malloc((column->count + 1) * sizeof *to);
    for (size_t i = 0; to != NULL && i < column->count; i++)
        to[next[column->groups[i] + 1]++] = from[i];
    return to;
}

static int compare_doubles(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

struct weighted_value {
    double value, weight;
};

static int compare_weighted(const void *a, const void *b)
{
    const struct weighted_value *left = a, *right = b;
    int order = compare_doubles(&left->value, &right->value);
    return order != 0 ? order : compare_doubles(&left->weight, &right->weight);
}

static enum mig_status sort_weighted(
    double *values, double *weights, size_t n, struct mig_error *error)
{
    struct weighted_value *pairs = malloc((n + 1) * sizeof *pairs);
    if (pairs == NULL)
        return mig_fail_memory(error);
    for (size_t i = 0; i < n; i++)
        pairs[i] = (struct weighted_value){values[i], weights[i]};
    qsort(pairs, n, sizeof *pairs, compare_weighted);
    for (size_t i = 0; i < n; i++) {
        values[i] = pairs[i].value;
        weights[i] = pairs[i].weight;
    }
    free(pairs);
    return MIG_OK;
}

static enum mig_status order_weights(
    struct number_column *column, size_t groups, struct mig_error *error)
{
    size_t *next = malloc((groups + 2) * sizeof *next);
    if (next == NULL)
        return mig_fail_memory(error);
    memcpy(next, column->starts, (groups + 2) * sizeof *next);
    double *weights = distribute(column, column->weights, next);
    free(next);
    free(column->weights);
    column->weights = weights;
    return weights != NULL ? MIG_OK : mig_fail_memory(error);
}

static enum mig_status order_numbers(
    struct number_column *column, size_t groups, struct mig_error *error)
{
    enum mig_status status = count_groups(column, groups, error);
    if (status == MIG_OK && column->weights != NULL)
        status = order_weights(column, groups, error);
    if (status != MIG_OK)
        return status;
    double *values = distribute(column, column->values, column->starts);
    free(column->values);
    free(column->groups);
    column->groups = NULL;
    column->values = values;
    if (values == NULL)
        return mig_fail_memory(error);
    for (size_t g = 0; g < groups && status == MIG_OK; g++) {
        size_t first = column->starts[g], n = column->starts[g + 1] - first;
        if (column->weights != NULL)
            status = sort_weighted(values + first, column->weights + first, n, error);
        else
            mig_sort_doubles(values + first, n);
    }
    return status;
}

static enum mig_status order_all(struct mig_cases *cases, struct mig_error *error)
{
    size_t groups = mig_tally_count(cases->tally);
    enum mig_status status = MIG_OK;
    for (size_t i = 0; i < cases->spec.n_numbers && status == MIG_OK; i++) {
        status = order_numbers(&cases->numbers[i], groups, error);
        mig_long_values_sort(cases->numbers[i].longs);
    }
    for (size_t i = 0; i < cases->spec.n_texts && status == MIG_OK; i++)
        status = mig_occurrences_conclude(cases->texts[i], groups, error);
    return status;
}

static enum mig_status cases_new(struct mig_cases **out, struct mig_input *input,
    const struct mig_cases_spec *spec, struct mig_error *error)
{
    struct mig_cases *cases = calloc(1, sizeof *cases);
    if (cases == NULL)
        return mig_fail_memory(error);
    *out = cases;
    cases->input = input;
    cases->spec = *spec;
    cases->numbers = calloc(spec->n_numbers + 1, sizeof *cases->numbers);
    cases->texts = calloc(spec->n_texts + 1, sizeof *cases->texts);
    if (cases->numbers == NULL || cases->texts == NULL)
        return mig_fail_memory(error);
    enum mig_status status = MIG_OK;
    for (size_t i = 0; i < spec->n_numbers && status == MIG_OK; i++)
        status = mig_long_values_new(&cases->numbers[i].longs, error);
    for (size_t i = 0; i < spec->n_texts && status == MIG_OK; i++)
        status = mig_occurrences_new(&cases->texts[i], spec->weight != NULL, error);
    return status;
}

enum mig_status mig_cases_read(struct mig_cases **out, struct mig_input *input,
    const struct mig_cases_spec *spec, struct mig_error *error)
{
    struct mig_cases *cases = NULL;
    *out = NULL;
    enum mig_status status = cases_new(&cases, input, spec, error);
    const struct mig_tally_spec tally = {.keys = spec->keys,
        .sums = spec->weight,
        .n_sums = spec->weight != NULL,
        .weighted = spec->weight != NULL,
        .moments = spec->numbers,
        .n_moments = spec->n_numbers,
        .moments_repeat = spec->repeat,
        .observe = spec->keep_values || spec->keep_powers || spec->n_texts > 0 ? keep : NULL,
        .context = cases};
    if (status == MIG_OK)
        status = mig_input_want(input, spec->texts, spec->n_texts, error);
    if (status == MIG_OK)
        status = mig_tally_read(&cases->tally, input, &tally, error);
    if (status == MIG_OK)
        status = order_all(cases, error);
    if (status != MIG_OK) {
        mig_cases_free(cases);
        return status;
    }
    *out = cases;
    return MIG_OK;
}

const struct mig_tally *mig_cases_tally(const struct mig_cases *cases)
{
    return cases->tally;
}

struct mig_values mig_cases_values(
    const struct mig_cases *cases, const struct mig_group *group, size_t number)
{
    const struct number_column *column = &cases->numbers[number];
    size_t first = column->starts[group->id];
    const double *beside = column->weights != NULL ? column->weights + first : NULL;
    return (struct mig_values){.values = column->values + first,
        .weights = cases->spec.repeat ? NULL : beside,
        .counts = cases->spec.repeat ? beside : NULL,
        .n = column->starts[group->id + 1] - first};
}

/* How many of the values are below `value`; or not above it. */
static size_t count_below(const struct mig_values *values, double value, bool also_equal)
{
    size_t low = 0, high = values->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        double at = values->values[middle];
        if (at < value || (also_equal && !(at > value)))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

enum mig_status mig_cases_decimal(const struct mig_cases *cases, const struct mig_group *group,
    size_t number, double value, struct mig_sum *out, bool *known, struct mig_error *error)
{
    struct mig_values values = mig_cases_values(cases, group, number);
    size_t equal = count_below(&values, value, true) - count_below(&values, value, false);
    struct mig_decimal decimal;
    char digits[MIG_DOUBLE_TEXT];
    *known = equal > 0;
    if (!*known)
        return MIG_OK;
    if (!mig_long_values_find(
            cases->numbers[number].longs, (uint32_t)group->id, value, equal, &decimal, known)) {
        size_t length = mig_double_format(value, MIG_SHORT_DIGITS, digits);
        enum mig_status status =
            mig_decimal_parse((struct mig_text){digits, length}, &decimal, error);
        if (status != MIG_OK)
            return status;
    }
    return *known ? mig_sum_add(out, &decimal, error) : MIG_OK;
}

const struct mig_powers *mig_cases_powers(
    const struct mig_cases *cases, const struct mig_group *group, size_t number)
{
    static const struct mig_powers none;
    const struct number_column *column = &cases->numbers[number];
    return group->id < column->powers_capacity ? &column->powers[group->id] : &none;
}

struct mig_text_values mig_cases_texts(
    const struct mig_cases *cases, const struct mig_group *group, size_t text)
{
    return mig_occurrences_of(cases->texts[text], group->id);
}

void mig_cases_free(struct mig_cases *cases)
{
    if (cases == NULL)
        return;
    for (size_t i = 0; i < cases->spec.n_numbers && cases->numbers != NULL; i++) {
        free(cases->numbers[i].groups);
        free(cases->numbers[i].values);
        free(cases->numbers[i].weights);
        free(cases->numbers[i].starts);
        for (size_t g = 0; g < cases->numbers[i].powers_capacity; g++)
            mig_powers_release(&cases->numbers[i].powers[g]);
        free(cases->numbers[i].powers);
        mig_long_values_free(cases->numbers[i].longs);
    }
    for (size_t i = 0; i < cases->spec.n_texts && cases->texts != NULL; i++)
        mig_occurrences_free(cases->texts[i]);
    free(cases->numbers);
    free(cases->texts);
    mig_tally_free(cases->tally);
    free(cases);
}
