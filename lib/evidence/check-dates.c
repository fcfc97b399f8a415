/* Dates: spans that end before they start, dates in the future, forms and orders that are mixed. */
#include <ctype.h>
#include <string.h>

#include "base/i18n.h"
#include "evidence/checks-internal.h"

/* How a date is written. */
enum form {
    FORM_NONE, /* like no date */
    FORM_DAY,
    FORM_WEEK,
    FORM_MONTH,
    FORM_QUARTER,
    FORM_YEAR,
    FORM_DAY_TIME,   /* 2017-03-30T00:00:00 */
    FORM_COMPACT,    /* 20170330 */
    FORM_YEAR_FIRST, /* 2017/03/30 */
    FORM_DAY_FIRST,  /* 30/03/2017: no month 30 */
    FORM_MONTH_FIRST,
    FORM_EITHER, /* 03/04/2017 */
    FORM_WORDS,  /* March 30, 2017 */
    N_FORMS
};

/* The days that a date covers. */
struct days {
    enum form form;
    int32_t first;
    int32_t last;
};

static struct days days_of(enum form form, int32_t first, int32_t last)
{
    return (struct days){form, first, last};
}

static struct days days_of_months(enum form form, int32_t months, int32_t count)
{
    int32_t end = months + count;
    int32_t first_year = months >= 0 ? months / 12 : -((11 - months) / 12);
    int32_t end_year = end >= 0 ? end / 12 : -((11 - end) / 12);
    return days_of(form, mig_day_number(1970 + first_year, months - 12 * first_year + 1, 1),
        mig_day_number(1970 + end_year, end - 12 * end_year + 1, 1) - 1);
}

static struct days days_of_period(struct mig_period period)
{
    const int32_t monday = 3; /* 1970-01-01 was a Thursday, its week began 3 days before */
    switch (period.unit) {
    case MIG_WEEK:
        return days_of(FORM_WEEK, 7 * period.index - monday, 7 * period.index - monday + 6);
    case MIG_MONTH:
        return days_of_months(FORM_MONTH, period.index, 1);
    case MIG_QUARTER:
        return days_of_months(FORM_QUARTER, 3 * period.index, 3);
    case MIG_YEAR:
        return days_of_months(FORM_YEAR, 12 * (period.index - 1970), 12);
    default:
        return days_of(FORM_DAY, period.index, period.index);
    }
}

static bool read_day(struct mig_text text, enum mig_date_order order, int32_t *day)
{
    struct mig_period period;
    if (mig_day_parse(text, order, &period, NULL) != MIG_OK)
        return false;
    *day = period.index;
    return true;
}

static bool is_compact(struct mig_text text, int32_t *day)
{
    char dashed[11];
    if (text.length != 8)
        return false;
    for (size_t i = 0; i < 8; i++)
        if (!isdigit((unsigned char)text.data[i]))
            return false;
    memcpy(dashed, text.data, 4);
    memcpy(dashed + 5, text.data + 4, 2);
    memcpy(dashed + 8, text.data + 6, 2);
    dashed[4] = dashed[7] = '-';
    return read_day((struct mig_text){dashed, 10}, MIG_YMD, day);
}

/* A day with letters in it, and a number: "August 31, 2021". What it says is not read. */
static bool is_in_words(struct mig_text text)
{
    size_t letters = 0, digits = 0;
    for (size_t i = 0; i < text.length; i++) {
        letters += isalpha((unsigned char)text.data[i]) || (unsigned char)text.data[i] >= 0x80;
        digits += isdigit((unsigned char)text.data[i]) != 0;
    }
    return letters >= 3 && digits >= 4;
}

/* Written as 30/03/2017, in one order or the other. When both read it, the days span both. */
static struct days read_ambiguous(struct mig_text text)
{
    int32_t day = 0, other = 0;
    bool day_first = read_day(text, MIG_DMY, &day);
    bool month_first = read_day(text, MIG_MDY, &other);
    if (day_first && month_first && day != other)
        return days_of(FORM_EITHER, day < other ? day : other, day > other ? day : other);
    if (day_first)
        return days_of(month_first ? FORM_EITHER : FORM_DAY_FIRST, day, day);
    return days_of(month_first ? FORM_MONTH_FIRST : FORM_NONE, other, other);
}

static struct days read_days(struct mig_text text)
{
    struct mig_period period;
    int32_t day;
    const size_t day_length = 10;
    if (mig_period_parse(text, &period, NULL) == MIG_OK)
        return days_of_period(period);
    if (text.length > day_length && strchr("T ", text.data[day_length]) &&
        mig_period_parse((struct mig_text){text.data, day_length}, &period, NULL) == MIG_OK &&
        period.unit == MIG_DAY)
        return days_of(FORM_DAY_TIME, period.index, period.index);
    if (is_compact(text, &day))
        return days_of(FORM_COMPACT, day, day);
    if (read_day(text, MIG_YMD, &day))
        return days_of(FORM_YEAR_FIRST, day, day);
    struct days days = read_ambiguous(text);
    if (days.form == FORM_NONE && is_in_words(text))
        days.form = FORM_WORDS;
    return days;
}

static bool is_readable(struct days days)
{
    return days.form != FORM_NONE && days.form != FORM_WORDS;
}

MIG_CHECK_LOOK(mig_look_date_span)
{
    struct days start = read_days(mig_run_text(group->run, row, group->columns[0]));
    struct days end = read_days(mig_run_text(group->run, row, group->columns[1]));
    if (!is_readable(start) || !is_readable(end)) {
        group->passed_over++;
        return MIG_OK;
    }
    group->run->looked = true;
    group->compared++;
    if (end.last >= start.first)
        return MIG_OK;
    return mig_find_in_row(group, MIG_SEVERITY_ERROR, row, group->columns, 2, error,
        N_("it ends before it starts; days between: %d"), (int)(start.first - end.last));
}

MIG_CHECK_LOOK(mig_look_future_date)
{
    struct mig_period today = mig_run_options(group->run)->today;
    struct days days = read_days(mig_run_text(group->run, row, group->columns[0]));
    char text[MIG_PERIOD_TEXT];
    if (!is_readable(days))
        return MIG_OK;
    group->run->looked = true;
    if (days.first <= today.index)
        return MIG_OK;
    mig_period_format(today, text);
    return mig_find_in_row(
        group, MIG_SEVERITY_WARN, row, group->columns, 1, error, N_("later than %s"), text);
}

/* How often each form was met in a column, and where first. */
struct date_forms {
    struct {
        size_t count;
        struct mig_spot first;
        char example[24];
    } of[N_FORMS];
};
const size_t mig_date_forms_state = sizeof(struct date_forms);

MIG_CHECK_LOOK(mig_look_date_form)
{
    struct date_forms *forms = group->state;
    struct mig_text text = mig_run_text(group->run, row, group->columns[0]);
    (void)error;
    if (text.length == 0)
        return MIG_OK;
    group->run->looked = true;
    enum form form = read_days(text).form;
    if (forms->of[form].count++ == 0) {
        struct mig_text head = mig_text_head(text, sizeof forms->of[form].example - 1);
        forms->of[form].first = mig_spot_of(group->run, row);
        memcpy(forms->of[form].example, head.data, head.length);
    }
    return MIG_OK;
}

/* Reports one form at its first cell; %zu in the message is the number of its cells. */
static enum mig_status report_form(struct mig_check_group *group, enum form form,
    enum mig_severity severity, struct mig_error *error, const char *format)
{
    const struct date_forms *forms = group->state;
    return mig_find(group, severity, forms->of[form].first, group->columns, 1,
        mig_text_of(forms->of[form].example), error, format, forms->of[form].count);
}

/* Day first, month first and either are one way of writing; their order is judged apart. */
static size_t count_forms(const struct date_forms *forms, struct mig_buffer *examples,
    struct mig_spot *latest, enum mig_status *status, struct mig_error *error)
{
    size_t found = 0;
    for (size_t form = FORM_DAY; form < N_FORMS && !*status; form++) {
        if (forms->of[form].count == 0)
            continue;
        found += form != FORM_MONTH_FIRST && form != FORM_EITHER;
        if (forms->of[form].first.line > latest->line || forms->of[form].first.file > latest->file)
            *latest = forms->of[form].first;
        *status = mig_buffer_print(examples, error, "%s%s (%zu)", examples->length > 0 ? "; " : "",
            forms->of[form].example, forms->of[form].count);
    }
    bool slashes_only_else = forms->of[FORM_DAY_FIRST].count == 0 &&
                             forms->of[FORM_MONTH_FIRST].count + forms->of[FORM_EITHER].count > 0;
    return found + slashes_only_else;
}

static enum mig_status report_mixture(struct mig_check_group *group, struct mig_error *error)
{
    const struct date_forms *forms = group->state;
    struct mig_buffer examples = {0};
    struct mig_spot latest = {0};
    enum mig_status status = mig_buffer_append(&examples, "", 0, error);
    size_t found = count_forms(forms, &examples, &latest, &status, error);
    if (!status && found > 1)
        status = mig_find(group, MIG_SEVERITY_WARN, latest, group->columns, 1,
            mig_buffer_text(&examples), error, N_("dates are written in %zu ways"), found);
    mig_buffer_release(&examples);
    return status;
}

MIG_CHECK_END(mig_end_date_form)
{
    const struct date_forms *forms = group->state;
    size_t day_first = forms->of[FORM_DAY_FIRST].count;
    size_t month_first = forms->of[FORM_MONTH_FIRST].count;
    enum mig_status status = report_mixture(group, error);
    if (!status && day_first > 0 && month_first > 0)
        status = report_form(group, day_first < month_first ? FORM_DAY_FIRST : FORM_MONTH_FIRST,
            MIG_SEVERITY_ERROR, error,
            N_("dates with day and month in the other order than the rest of the column: %zu"));
    else if (!status && forms->of[FORM_EITHER].count > 0 && day_first + month_first == 0)
        status = report_form(group, FORM_EITHER, MIG_SEVERITY_WARN, error,
            N_("neither these dates nor others of the column tell whether the day or the month "
               "stands first: %zu"));
    if (!status && forms->of[FORM_NONE].count > 0)
        status = report_form(group, FORM_NONE, MIG_SEVERITY_ERROR, error,
            N_("cells of a column of dates that are no dates: %zu"));
    return status;
}
