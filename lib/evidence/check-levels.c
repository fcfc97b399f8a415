/* Rows of several administrative levels in one table: the country, its regions, their cercles. */
#include <stdlib.h>

#include "base/i18n.h"
#include "base/sum.h"
#include "evidence/checks-internal.h"
#include "table/names.h"
#include "table/order.h"

enum { MOST_LEVELS = 12 };

struct level {
    struct mig_text name;
    size_t rows;
    struct mig_sum *sums; /* a count column */
    struct mig_spot first;
};

struct levels {
    struct mig_names *names;
    struct level items[MOST_LEVELS];
    size_t count;
    size_t n_sums;
};
const size_t mig_levels_state = sizeof(struct levels);

/* One column tells the level; of several, the name of the last that is filled does. */
static struct mig_text level_of(const struct mig_check_group *group, const struct mig_row *row)
{
    if (group->count == 1)
        return mig_run_name(group->run, row, group->columns[0]);
    size_t depth = group->count;
    while (depth > 0 && mig_run_name(group->run, row, group->columns[depth - 1]).length == 0)
        depth--;
    const struct mig_header *header = mig_run_header(group->run);
    return mig_text_of(depth > 0 ? header->names[group->columns[depth - 1]] : "");
}

static enum mig_status find_level(struct mig_check_group *group, struct mig_text name,
    struct level **level, struct mig_error *error)
{
    struct levels *levels = group->state;
    uint32_t code;
    enum mig_status status = levels->names ? MIG_OK : mig_names_new(&levels->names, error);
    *level = NULL;
    if (!status)
        status = mig_names_code(levels->names, name, &code, error);
    if (status || code >= MOST_LEVELS)
        return status;
    *level = &levels->items[code];
    if (code < levels->count)
        return MIG_OK;
    (*level)->sums = calloc(group->run->with->count, sizeof(struct mig_sum));
    if (!(*level)->sums)
        return mig_fail_memory(error);
    levels->n_sums = group->run->with->count;
    (*level)->name = mig_names_text(levels->names, code);
    levels->count++;
    return MIG_OK;
}

MIG_CHECK_LOOK(mig_look_levels)
{
    struct mig_check_run *run = group->run;
    struct mig_text name = level_of(group, row);
    struct level *level = NULL;
    enum mig_status status = name.length > 0 ? find_level(group, name, &level, error) : MIG_OK;
    if (status || !level)
        return status;
    run->looked = true;
    if (level->rows++ == 0)
        level->first = mig_spot_of(run, row);
    for (size_t i = 0; i < run->with->count && !status; i++) {
        struct mig_decimal number;
        if (mig_run_number(run, row, run->with->groups[i].columns[0], &number))
            status = mig_sum_add(&level->sums[i], &number, error);
    }
    return status;
}

/* What the levels add up to in one column. */
struct sums {
    struct mig_buffer text; /* "0: 345; 1: 345" */
    size_t filled;          /* levels whose sum is not 0 */
    size_t equal;           /* most of them that have the same sum */
};

static enum mig_status add_level(const struct levels *levels, size_t i, size_t column,
    struct sums *sums, struct mig_error *error)
{
    const struct level *level = &levels->items[i];
    size_t same = 0;
    enum mig_status status = mig_buffer_print(
        &sums->text, error, "%s%.*s: ", i > 0 ? "; " : "", MIG_TEXT_ARG(level->name));
    if (!status)
        status = mig_sum_format(&level->sums[column], &sums->text, error);
    if (status || mig_sum_sign(&level->sums[column]) == 0)
        return status;
    for (size_t j = 0; j < levels->count && !status; j++) {
        int order = 1;
        status =
            mig_sum_compare(&level->sums[column], &levels->items[j].sums[column], &order, error);
        same += order == 0;
    }
    sums->filled++;
    sums->equal = same > sums->equal ? same : sums->equal;
    return status;
}

/* One level alone says nothing; nor does a column that only one of them fills. */
static enum mig_status judge_column(
    struct mig_check_group *group, size_t column, struct mig_error *error)
{
    const struct levels *levels = group->state;
    const size_t *columns = group->run->with->groups[column].columns;
    struct sums sums = {0};
    enum mig_status status = MIG_OK;
    for (size_t i = 0; i < levels->count && !status; i++)
        status = add_level(levels, i, column, &sums, error);
    if (!status && sums.equal > 1)
        status = mig_find(group, MIG_SEVERITY_ERROR, levels->items[1].first, columns, 1,
            mig_buffer_text(&sums.text), error,
            N_("%zu administrative levels have the same sum: a sum over all rows counts everyone "
               "that many times"),
            sums.equal);
    else if (!status && sums.filled > 1)
        status = mig_find(group, MIG_SEVERITY_WARN, levels->items[1].first, columns, 1,
            mig_buffer_text(&sums.text), error,
            N_("rows of %zu administrative levels: a sum over all rows may count persons more than "
               "once"),
            sums.filled);
    mig_buffer_release(&sums.text);
    return status;
}

static int compare_levels(const void *a, const void *b)
{
    return mig_key_compare(((const struct level *)a)->name, ((const struct level *)b)->name);
}

MIG_CHECK_END(mig_end_levels)
{
    struct levels *levels = group->state;
    enum mig_status status = MIG_OK;
    if (levels->names && mig_names_count(levels->names) > MOST_LEVELS)
        group->run->note = N_("the column of levels holds more than 12 values: not judged");
    if (levels->count < 2 || group->run->note)
        return MIG_OK;
    qsort(levels->items, levels->count, sizeof *levels->items, compare_levels);
    for (size_t i = 0; i < group->run->with->count && !status; i++)
        status = judge_column(group, i, error);
    return status;
}

MIG_CHECK_RELEASE(mig_release_levels)
{
    struct levels *levels = state;
    for (size_t i = 0; i < levels->count; i++) {
        for (size_t j = 0; j < levels->n_sums; j++)
            mig_sum_release(&levels->items[i].sums[j]);
        free(levels->items[i].sums);
    }
    mig_names_free(levels->names);
}
