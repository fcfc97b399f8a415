#include "table/series.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"

/* Where one series lies in the arrays of points. */
struct span {
    size_t first;
    size_t n;
    size_t missing;
    size_t missing_inside;
    size_t timeless;
    size_t group; /* one of the tally's, for the keys */
};

struct point {
    double time;
    double value;
    size_t group;
};

struct mig_series_set {
    struct mig_keys keys; /* of the tally: the series' keys, then the time */
    struct mig_keys by;   /* the series' keys alone */
    struct mig_tally *tally;
    char *value_name;
    size_t value_column;
    bool counts; /* the value is n */
    bool in_years;
    bool one_unit;
    enum mig_period_unit unit;
    struct point *points; /* in order of series, then time */
    double *times;        /* the same, as the kernels want them */
    double *values;
    struct span *spans;
    size_t count;
};

static size_t find_name(const struct mig_header *header, const char *name)
{
    size_t i = 0;
    while (i < header->count && strcmp(header->names[i], name) != 0)
        i++;
    return i;
}

static bool has(const struct mig_header *header, const char *name)
{
    return find_name(header, name) < header->count;
}

static const char *const time_names[] = {
    "time", "period", "date", "year", "quarter", "month", "week"};

static enum mig_status find_time(
    const struct mig_header *header, const char **time, struct mig_error *error)
{
    const char *found = NULL;
    for (size_t i = 0; i < sizeof time_names / sizeof *time_names; i++) {
        if (!has(header, time_names[i]))
            continue;
        if (found != NULL)
            return mig_fail(error, MIG_NAME, _("'%s' or '%s' could be the time; give --time"),
                found, time_names[i]);
        found = time_names[i];
    }
    *time = found;
    return found != NULL
               ? MIG_OK
               : mig_fail(error, MIG_NAME, "%s", _("which column is the time? give --time"));
}

static enum mig_status find_value(
    const struct mig_header *header, const char **value, struct mig_error *error)
{
    *value = has(header, "estimate") ? "estimate" : has(header, "value") ? "value" : NULL;
    if (*value != NULL)
        return MIG_OK;
    size_t n = find_name(header, "n");
    if (n == header->count)
        return mig_fail(error, MIG_NAME, "%s", _("which column is the value? give --value"));
    if (n + 2 < header->count)
        return mig_fail(error, MIG_NAME, _("'%s' or '%s' could be the value; give --value"),
            header->names[n + 1], header->names[n + 2]);
    *value = header->names[header->count - 1];
    return MIG_OK;
}

/* Appends "`name`" to a list of keys. */
static enum mig_status append_key(
    struct mig_buffer *list, const char *name, struct mig_error *error)
{
    return mig_buffer_print(list, error, "%s`%s`", list->length > 0 ? "," : "", name);
}

/* The column that the time is read from; none when it can't be found, which binding the keys
 * reports. */
static size_t find_time_column(const struct mig_header *header, const char *time)
{
    struct mig_keys keys = {0};
    struct mig_error_list ignored = {0};
    size_t column = header->count;
    if (mig_keys_parse(&keys, time, NULL) == MIG_OK && keys.count == 1 &&
        mig_keys_bind(&keys, header, &ignored) == MIG_OK)
        column = mig_keys_column(&keys, 0);
    mig_error_list_release(&ignored);
    mig_keys_release(&keys);
    return column;
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* The columns before the figures, time and value left out. */
static enum mig_status find_by(const struct mig_header *header, size_t time, size_t value,
    struct mig_buffer *by, struct mig_error *error)
{
    size_t end = least(
        find_name(header, "measure"), least(find_name(header, "n"), find_name(header, "value")));
    enum mig_status status = MIG_OK;
    for (size_t i = 0; i < end && end < header->count && status == MIG_OK; i++)
        if (i != time && i != value)
            status = append_key(by, header->names[i], error);
    return status;
}

static bool uses_column(const char *by, const struct mig_header *header, size_t column)
{
    struct mig_keys keys = {0};
    struct mig_error_list ignored = {0};
    bool used = false;
    if (mig_keys_parse(&keys, by, NULL) == MIG_OK &&
        mig_keys_bind(&keys, header, &ignored) == MIG_OK)
        for (size_t i = 0; i < keys.count; i++)
            used = used || mig_keys_column(&keys, i) == column;
    mig_error_list_release(&ignored);
    mig_keys_release(&keys);
    return used;
}

/* What tells figures of different kinds apart is part of every series: the measure of a result
 * table, and the unit of a table of values. */
static enum mig_status append_kind(
    const struct mig_header *header, size_t value, struct mig_buffer *by, struct mig_error *error)
{
    size_t measure = find_name(header, "measure"), unit = find_name(header, "unit");
    enum mig_status status = MIG_OK;
    if (measure < header->count && !uses_column(by->data, header, measure))
        status = append_key(by, "measure", error);
    if (status == MIG_OK && unit < header->count && value == find_name(header, "value") &&
        !uses_column(by->data, header, unit))
        status = mig_buffer_print(by, error, "%s%s", by->length > 0 ? "," : "", "value_unit=unit");
    return status;
}

/* Appends the time as a key that is checked cell by cell. */
static enum mig_status append_time(struct mig_keys *keys, const char *time, struct mig_error *error)
{
    size_t before = keys->count;
    enum mig_status status = mig_keys_parse(keys, time, error);
    if (status == MIG_OK && keys->count != before + 1)
        status = mig_fail(error, MIG_SYNTAX, _("'%s': the time is one column"), time);
    if (status == MIG_OK)
        mig_keys_make_time(keys, before);
    return status;
}

static enum mig_status add_error(
    struct mig_error_list *errors, enum mig_status status, const struct mig_error *error)
{
    return mig_error_list_add(errors, error) == MIG_OK ? status : MIG_NO_MEMORY;
}

static enum mig_status bind_value(struct mig_series_set *set, const struct mig_header *header,
    const char *value, struct mig_error_list *errors)
{
    struct mig_error error;
    enum mig_status status = MIG_OK;
    set->value_column = header->count;
    set->counts = strcmp(value, "n") == 0;
    set->value_name = mig_text_copy(mig_text_of(value));
    if (set->value_name == NULL)
        return MIG_NO_MEMORY;
    if (!set->counts)
        status = mig_header_find(header, value, &set->value_column, &error);
    return status == MIG_OK ? MIG_OK : add_error(errors, status, &error);
}

static enum mig_status bind_keys(struct mig_series_set *set, const struct mig_header *header,
    const char *by, const char *time, struct mig_error_list *errors, struct mig_error *error)
{
    enum mig_status status = mig_keys_parse(&set->by, by, error);
    if (status == MIG_OK)
        status = mig_keys_parse(&set->keys, by, error);
    if (status == MIG_OK)
        status = append_time(&set->keys, time, error);
    if (status != MIG_OK)
        return status;
    status = mig_keys_bind(&set->keys, header, errors);
    return status == MIG_OK ? mig_keys_bind(&set->by, header, errors) : status;
}

static enum mig_status bind(struct mig_series_set *set, const struct mig_header *header,
    const struct mig_series_spec *spec, struct mig_error_list *errors, struct mig_error *error)
{
    struct mig_error fault;
    struct mig_buffer by = {0};
    const char *time = spec->time, *value = spec->value;
    enum mig_status status = MIG_OK, keys = MIG_OK;
    if (time == NULL)
        status = find_time(header, &time, &fault);
    if (status == MIG_OK && value == NULL)
        status = find_value(header, &value, &fault);
    if (status != MIG_OK)
        return add_error(errors, status, &fault);
    status = bind_value(set, header, value, errors);
    if (status == MIG_NO_MEMORY)
        return mig_fail_memory(error);
    if (spec->by != NULL)
        keys = mig_buffer_print(&by, error, "%s", spec->by);
    else
        keys = find_by(header, find_time_column(header, time), set->value_column, &by, error);
    if (keys == MIG_OK && status == MIG_OK)
        keys = append_kind(header, set->value_column, &by, error);
    if (keys == MIG_OK)
        keys = bind_keys(set, header, by.data, time, errors, error);
    mig_buffer_release(&by);
    return keys != MIG_OK ? keys : status;
}

/* Reading the times of all groups: dates of one unit, of several units, or plain numbers. */
static enum mig_status read_time(struct mig_series_set *set, struct mig_text text, bool first,
    double *time, struct mig_error *error)
{
    struct mig_period period;
    struct mig_decimal number;
    struct mig_text quoted = mig_text_head(text, MIG_TEXT_QUOTED);
    bool date = mig_period_parse(text, &period, NULL) == MIG_OK;
    if (first) {
        set->in_years = set->one_unit = date;
        set->unit = date ? period.unit : MIG_DAY;
    }
    if (date != set->in_years)
        return mig_fail(
            error, MIG_VALUE, _("'%.*s': times mix dates and numbers"), MIG_TEXT_ARG(quoted));
    if (date) {
        set->one_unit = set->one_unit && period.unit == set->unit;
        *time = mig_period_years(period);
        return MIG_OK;
    }
    enum mig_status status = mig_decimal_parse(text, &number, error);
    *time = status == MIG_OK ? mig_decimal_to_double(&number) : 0;
    return status;
}

static enum mig_status twice(const struct mig_series_set *set, struct mig_text time,
    const struct mig_group *group, struct mig_error *error)
{
    struct mig_buffer name = {0};
    enum mig_status status = MIG_OK;
    for (size_t i = 0; i < set->by.count && status == MIG_OK; i++)
        status = mig_buffer_print(&name, error, "%s%s=%.*s", i > 0 ? ", " : "",
            mig_keys_name(&set->by, i), MIG_TEXT_ARG(mig_tally_key(set->tally, group, i)));
    if (status == MIG_OK && set->by.count > 0)
        status = mig_fail(error, MIG_VALUE,
            _("'%.*s' has more than one value of '%s' in the series %s; name what tells them "
              "apart in --by, or add them up first with mig-tally"),
            MIG_TEXT_ARG(time), set->value_name, name.data);
    else if (status == MIG_OK)
        status = mig_fail(error, MIG_VALUE,
            _("'%.*s' has more than one value of '%s'; name what tells them apart in --by, or add "
              "them up first with mig-tally"),
            MIG_TEXT_ARG(time), set->value_name);
    mig_buffer_release(&name);
    return status;
}

/* Adds the point of group `i` of the tally to `span`, or counts what it lacks. The group is the
 * first of its time: where some rows of a time lack the value, the others are the point. */
static enum mig_status add_point(struct mig_series_set *set, struct span *span, size_t i,
    bool first_time, struct mig_error *error)
{
    struct mig_group group = mig_tally_group(set->tally, i);
    struct mig_text text = mig_tally_key(set->tally, &group, set->by.count);
    struct point *point = &set->points[span->first + span->n];
    if (text.length == 0 && group.missing == 0)
        span->timeless += group.rows;
    else if (group.missing != 0)
        span->missing += text.length > 0;
    if (text.length == 0 || group.missing != 0)
        return MIG_OK;
    if (group.rows > 1 && !set->counts)
        return twice(set, text, &group, error);
    *point = (struct point){.value = (double)group.n, .group = i};
    enum mig_status status = read_time(set, text, first_time, &point->time, error);
    if (status == MIG_OK && !set->counts)
        status = mig_sum_to_double(&group.sums[0], &point->value, error);
    span->n += status == MIG_OK;
    return status;
}

static struct mig_text time_text(const struct mig_series_set *set, size_t point)
{
    struct mig_group group = mig_tally_group(set->tally, set->points[point].group);
    return mig_tally_key(set->tally, &group, set->by.count);
}

static int compare_points(const void *a, const void *b)
{
    const struct point *left = a, *right = b;
    if (left->time != right->time)
        return left->time < right->time ? -1 : 1;
    return (left->group > right->group) - (left->group < right->group);
}

/* Groups come sorted as texts, where 2014-02-28 stands before 2014-Q1: points go in order of time.
 */
static enum mig_status sort_span(
    struct mig_series_set *set, const struct span *span, struct mig_error *error)
{
    qsort(set->points + span->first, span->n, sizeof *set->points, compare_points);
    for (size_t i = span->first; i < span->first + span->n; i++) {
        set->times[i] = set->points[i].time;
        set->values[i] = set->points[i].value;
        if (set->in_years || i == span->first || set->times[i] != set->times[i - 1])
            continue; /* a month and a quarter may well have one middle; 1 and 1.0 are a slip */
        struct mig_text a = mig_text_head(time_text(set, i - 1), MIG_TEXT_QUOTED);
        struct mig_text b = mig_text_head(time_text(set, i), MIG_TEXT_QUOTED);
        return mig_fail(error, MIG_VALUE, _("'%.*s' and '%.*s' are the same time"), MIG_TEXT_ARG(a),
            MIG_TEXT_ARG(b));
    }
    return MIG_OK;
}

/* Counts the times of the groups first .. end - 1 that have no value but lie between points. */
static enum mig_status count_inside(struct mig_series_set *set, struct span *span, size_t first,
    size_t end, struct mig_error *error)
{
    const double *times = set->times + span->first;
    enum mig_status status = MIG_OK;
    for (size_t i = first; i < end && span->n > 0 && status == MIG_OK;
         i = mig_tally_run_end(set->tally, i, set->keys.count)) {
        struct mig_group group = mig_tally_group(set->tally, i);
        struct mig_text text = mig_tally_key(set->tally, &group, set->by.count);
        double time;
        if (group.missing == 0 || text.length == 0)
            continue;
        status = read_time(set, text, false, &time, error);
        span->missing_inside += status == MIG_OK && time > times[0] && time < times[span->n - 1];
    }
    return status;
}

static enum mig_status build(struct mig_series_set *set, struct mig_error *error)
{
    size_t count = mig_tally_count(set->tally), used = 0;
    set->points = calloc(count + 1, sizeof *set->points);
    set->times = calloc(count + 1, sizeof *set->times);
    set->values = calloc(count + 1, sizeof *set->values);
    set->spans = calloc(count + 1, sizeof *set->spans);
    if (set->points == NULL || set->times == NULL || set->values == NULL || set->spans == NULL)
        return mig_fail_memory(error);
    enum mig_status status = MIG_OK;
    for (size_t i = 0, end; i < count && status == MIG_OK; i = end) {
        struct span *span = &set->spans[set->count++];
        *span = (struct span){.first = used, .group = i};
        end = mig_tally_run_end(set->tally, i, set->by.count);
        for (size_t j = i; j < end && status == MIG_OK;
             j = mig_tally_run_end(set->tally, j, set->keys.count))
            status = add_point(set, span, j, used + span->n == 0, error);
        if (status == MIG_OK)
            status = sort_span(set, span, error);
        if (status == MIG_OK)
            status = count_inside(set, span, i, end, error);
        used += span->n;
    }
    return status;
}

enum mig_status mig_series_read(struct mig_series_set **out, struct mig_input *input,
    const struct mig_series_spec *spec, struct mig_error_list *errors, struct mig_error *error)
{
    struct mig_series_set *set = calloc(1, sizeof *set);
    *out = NULL;
    if (set == NULL)
        return mig_fail_memory(error);
    enum mig_status status = bind(set, mig_input_header(input), spec, errors, error);
    struct mig_tally_spec tally = {.keys = &set->keys};
    if (!set->counts) {
        tally.sums = &set->value_column;
        tally.n_sums = 1;
    }
    if (status == MIG_OK)
        status = mig_tally_read(&set->tally, input, &tally, error);
    if (status == MIG_OK)
        status = build(set, error);
    if (status != MIG_OK) {
        mig_series_free(set);
        return status;
    }
    *out = set;
    return MIG_OK;
}

size_t mig_series_count(const struct mig_series_set *set)
{
    return set->count;
}

struct mig_series mig_series_get(const struct mig_series_set *set, size_t i)
{
    const struct span *span = &set->spans[i];
    struct mig_series series = {.n = span->n,
        .times = set->times + span->first,
        .values = set->values + span->first,
        .missing = span->missing,
        .missing_inside = span->missing_inside,
        .timeless = span->timeless,
        .group = mig_tally_group(set->tally, span->group)};
    series.group.n_keys = set->by.count;
    if (span->n > 0) {
        series.from = time_text(set, span->first);
        series.to = time_text(set, span->first + span->n - 1);
    }
    return series;
}

size_t mig_series_absent(const struct mig_series_set *set, const struct mig_series *series)
{
    struct mig_period from, to;
    if (!set->one_unit || set->unit == MIG_DAY || series->n < 2 ||
        mig_period_parse(series->from, &from, NULL) != MIG_OK ||
        mig_period_parse(series->to, &to, NULL) != MIG_OK)
        return 0;
    return (size_t)(to.index - from.index) + 1 - series->n - series->missing_inside;
}

const struct mig_keys *mig_series_keys(const struct mig_series_set *set)
{
    return &set->by;
}

const char *mig_series_value_name(const struct mig_series_set *set)
{
    return set->value_name;
}

bool mig_series_in_years(const struct mig_series_set *set)
{
    return set->in_years;
}

const struct mig_tally *mig_series_tally(const struct mig_series_set *set)
{
    return set->tally;
}

struct mig_tally_account mig_series_account(const struct mig_series_set *set)
{
    struct mig_tally_account account = mig_tally_account(set->tally);
    for (size_t i = 0; i < set->count; i++) {
        account.used -= set->spans[i].timeless;
        account.missing += set->spans[i].timeless;
    }
    return account;
}

void mig_series_free(struct mig_series_set *set)
{
    if (set == NULL)
        return;
    mig_keys_release(&set->keys);
    mig_keys_release(&set->by);
    mig_tally_free(set->tally);
    free(set->value_name);
    free(set->points);
    free(set->times);
    free(set->values);
    free(set->spans);
    free(set);
}
