/* Values that stand far from the rest of their series. */
#include "stats/outliers.h"

#include <math.h>
#include <stdlib.h>

#include "base/i18n.h"
#include "evidence/checks-internal.h"
#include "table/names.h"

enum { LEAST = 5 }; /* values of a series, below which none is judged */

struct observation {
    uint32_t series;
    uint32_t column; /* number of the count */
    double value;
    size_t order; /* in the input */
    struct mig_spot spot;
};

struct outliers {
    struct mig_names *series;
    struct observation *items;
    size_t count;
    size_t capacity;
    struct mig_buffer key;
};
const size_t mig_outliers_state = sizeof(struct outliers);

MIG_CHECK_RELEASE(mig_release_outliers)
{
    struct outliers *outliers = state;
    mig_names_free(outliers->series);
    free(outliers->items);
    mig_buffer_release(&outliers->key);
}

/* The number of the row's series: the combination of its columns. */
static enum mig_status find_series(const struct mig_check_group *group, const struct mig_row *row,
    uint32_t *series, struct mig_error *error)
{
    struct outliers *outliers = group->state;
    enum mig_status status = outliers->series ? MIG_OK : mig_names_new(&outliers->series, error);
    mig_buffer_clear(&outliers->key);
    for (size_t i = 0; i < group->count && !status; i++) {
        struct mig_text text = mig_run_text(group->run, row, group->columns[i]);
        status = mig_buffer_print(
            &outliers->key, error, "%s%.*s", i > 0 ? "; " : "", MIG_TEXT_ARG(text));
    }
    return status
               ? status
               : mig_names_code(outliers->series, mig_buffer_text(&outliers->key), series, error);
}

MIG_CHECK_LOOK(mig_look_outliers)
{
    struct outliers *outliers = group->state;
    const struct mig_role *counts = group->run->with;
    struct observation observation = {.spot = mig_spot_of(group->run, row)};
    enum mig_status status = find_series(group, row, &observation.series, error);
    for (size_t i = 0; i < counts->count && !status; i++) {
        struct mig_decimal number;
        if (!mig_run_number(group->run, row, counts->groups[i].columns[0], &number) ||
            !isfinite(mig_decimal_to_double(&number)))
            continue;
        struct observation *items =
            mig_grow(outliers->items, &outliers->capacity, outliers->count + 1, sizeof *items);
        if (!items)
            return mig_fail_memory(error);
        outliers->items = items;
        observation.column = (uint32_t)i;
        observation.value = mig_decimal_to_double(&number);
        observation.order = outliers->count;
        items[outliers->count++] = observation;
        group->run->looked = true;
    }
    return status;
}

static int compare_observations(const void *a, const void *b)
{
    const struct observation *x = a, *y = b;
    if (x->series != y->series)
        return x->series < y->series ? -1 : 1;
    if (x->column != y->column)
        return x->column < y->column ? -1 : 1;
    return (x->order > y->order) - (x->order < y->order);
}

static enum mig_status report(struct mig_check_group *group, const struct observation *item,
    double score, const struct mig_modified_z *z, const struct mig_fences *fences,
    struct mig_error *error)
{
    const struct outliers *outliers = group->state;
    const size_t *column = group->run->with->groups[item->column].columns;
    bool outside = item->value < fences->low || item->value > fences->high;
    struct mig_buffer value = {0};
    struct mig_text series = mig_names_text(outliers->series, item->series);
    enum mig_status status =
        mig_buffer_print(&value, error, "%s (%.*s)", MIG_BRIEF(item->value), MIG_TEXT_ARG(series));
    if (!status && z->by_mean)
        status = mig_find(group, z->median == 0 ? MIG_SEVERITY_NOTE : MIG_SEVERITY_WARN, item->spot,
            column, 1, mig_buffer_text(&value), error,
            N_("far from its series, of which more than half is %s: modified z %s by the mean "
               "deviation (limit 3.5)"),
            MIG_BRIEF(z->median), MIG_BRIEF(score));
    else if (!status)
        status = mig_find(group, outside ? MIG_SEVERITY_WARN : MIG_SEVERITY_NOTE, item->spot,
            column, 1, mig_buffer_text(&value), error,
            outside
                ? N_("far from its series: modified z %s (limit 3.5), median %s; outside Tukey's "
                     "fences %s to %s")
                : N_("far from its series: modified z %s (limit 3.5), median %s; within Tukey's "
                     "fences %s to %s"),
            MIG_BRIEF(score), MIG_BRIEF(z->median), MIG_BRIEF(fences->low),
            MIG_BRIEF(fences->high));
    mig_buffer_release(&value);
    return status;
}

/* Judges one series of n values. */
static enum mig_status judge(struct mig_check_group *group, const struct observation *items,
    size_t n, double *values, struct mig_error *error)
{
    double *scores = values + n;
    struct mig_modified_z z;
    struct mig_fences fences;
    if (n < LEAST)
        return MIG_OK;
    for (size_t i = 0; i < n; i++)
        values[i] = items[i].value;
    enum mig_status status = mig_modified_z(values, n, scores, &z, error);
    if (!status)
        status = mig_tukey_fences(values, n, 1.5, &fences, error);
    for (size_t i = 0; i < n && !status && !z.note; i++)
        if (fabs(scores[i]) > MIG_MODIFIED_Z_LIMIT)
            status = report(group, &items[i], scores[i], &z, &fences, error);
    return status;
}

MIG_CHECK_END(mig_end_outliers)
{
    struct outliers *outliers = group->state;
    enum mig_status status = MIG_OK;
    double *values = calloc(2 * outliers->count + 1, sizeof *values);
    if (!values)
        return mig_fail_memory(error);
    if (outliers->count > 0)
        qsort(outliers->items, outliers->count, sizeof *outliers->items, compare_observations);
    for (size_t from = 0, to; from < outliers->count && !status; from = to) {
        const struct observation *first = &outliers->items[from];
        for (to = from + 1; to < outliers->count && outliers->items[to].series == first->series &&
                            outliers->items[to].column == first->column;)
            to++;
        status = judge(group, first, to - from, values, error);
    }
    free(values);
    return status;
}
