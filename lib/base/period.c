#include "base/period-inline.h"

#include "base/i18n.h"

enum { EPOCH_MONDAY = -3, DAYS_IN_WEEK = 7 }; /* 1969-12-29 was a Monday */

static int floor_divide(int a, int b)
{
    return a / b - (a % b != 0 && (a < 0) != (b < 0));
}

/* Days from the civil date by eras of 400 years (Hinnant, "chrono-compatible low-level date
 * algorithms"). */
int32_t mig_day_number(int year, int month, int day)
{
    int shifted = month <= 2 ? year - 1 : year; /* years that begin in March */
    int era = floor_divide(shifted, 400);
    int year_of_era = shifted - era * 400;
    int day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

static void civil_of_day(int32_t number, int *year, int *month, int *day)
{
    int shifted = number + 719468;
    int era = floor_divide(shifted, 146097);
    int day_of_era = shifted - era * 146097;
    int year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int march_month = (5 * day_of_year + 2) / 153;
    *day = day_of_year - (153 * march_month + 2) / 5 + 1;
    *month = march_month < 10 ? march_month + 3 : march_month - 9;
    *year = year_of_era + era * 400 + (*month <= 2 ? 1 : 0);
}

static int week_of_day(int32_t day)
{
    return floor_divide(day - EPOCH_MONDAY, DAYS_IN_WEEK);
}

/* ISO week 1 of a year is the one that holds 4 January. */
static int first_week(int year)
{
    return week_of_day(mig_day_number(year, 1, 4));
}

static int32_t thursday(int32_t week)
{
    return week * DAYS_IN_WEEK + EPOCH_MONDAY + 3;
}

/* The ISO year of a week is the year of its Thursday. */
static int year_of_week(int32_t week)
{
    int year, month, day;
    civil_of_day(thursday(week), &year, &month, &day);
    return year;
}

/* `length` digits at `at` as a number, or -1. */
static int digits_at(struct mig_text text, size_t at, size_t length)
{
    if (at + length > text.length)
        return -1;
    int value = 0;
    for (size_t i = at; i < at + length; i++) {
        if (text.data[i] < '0' || text.data[i] > '9')
            return -1;
        value = 10 * value + (text.data[i] - '0');
    }
    return value;
}

/* "2020-01-01T00:00:00", also with a blank instead of the T. */
static bool has_time_of_day(struct mig_text text)
{
    enum { DAY = 10 };
    struct mig_period day;
    return text.length > DAY + 1 && (text.data[DAY] == 'T' || text.data[DAY] == ' ') &&
           text.data[DAY + 1] >= '0' && text.data[DAY + 1] <= '2' &&
           mig_day_parse((struct mig_text){text.data, DAY}, MIG_YMD, &day, NULL) == MIG_OK;
}

static enum mig_status not_a_date(struct mig_text text, struct mig_error *error)
{
    struct mig_text quoted = mig_text_head(text, MIG_TEXT_QUOTED);
    if (error == NULL) /* a question asked of many texts: no time for words */
        return MIG_VALUE;
    if (has_time_of_day(text))
        return mig_fail(error, MIG_VALUE,
            _("'%.*s' is not a date, as a time of day follows it; mig-clean --date cuts that off"),
            MIG_TEXT_ARG(quoted));
    return mig_fail(error, MIG_VALUE, _("'%.*s' is not a date"), MIG_TEXT_ARG(quoted));
}

static bool make_day(int year, int month, int day, struct mig_period *out)
{
    if (year < 1 || month < 1 || month > 12 || day < 1 || day > mig_days_in_month(year, month))
        return false;
    *out = (struct mig_period){MIG_DAY, mig_day_number(year, month, day)};
    return true;
}

static bool make_week(int year, int week, struct mig_period *out)
{
    if (week < 1)
        return false;
    *out = (struct mig_period){MIG_WEEK, first_week(year) + week - 1};
    return year_of_week(out->index) == year;
}

static bool make_month(int year, int month, struct mig_period *out)
{
    *out = (struct mig_period){MIG_MONTH, (year - 1970) * 12 + month - 1};
    return month >= 1 && month <= 12;
}

static bool make_quarter(int year, int quarter, struct mig_period *out)
{
    *out = (struct mig_period){MIG_QUARTER, (year - 1970) * 4 + quarter - 1};
    return quarter >= 1 && quarter <= 4;
}

/* The forms with a hyphen after the year. */
static bool parse_part(struct mig_text text, int year, struct mig_period *out)
{
    if (text.length == 10 && text.data[7] == '-')
        return make_day(year, digits_at(text, 5, 2), digits_at(text, 8, 2), out);
    if (text.length == 8 && text.data[5] == 'W')
        return make_week(year, digits_at(text, 6, 2), out);
    if (text.length == 7 && text.data[5] == 'Q')
        return make_quarter(year, digits_at(text, 6, 1), out);
    return text.length == 7 && make_month(year, digits_at(text, 5, 2), out);
}

enum mig_status mig_period_parse(
    struct mig_text text, struct mig_period *out, struct mig_error *error)
{
    int year = digits_at(text, 0, 4);
    if (year < 1)
        return not_a_date(text, error);
    if (text.length == 4) {
        *out = (struct mig_period){MIG_YEAR, year};
        return MIG_OK;
    }
    if (text.data[4] == '-' && parse_part(text, year, out))
        return MIG_OK;
    return not_a_date(text, error);
}

/* Cuts `text` at the two equal separators - / or . into its three fields. */
static bool cut_fields(struct mig_text text, struct mig_text fields[3])
{
    char separator = '\0';
    for (size_t i = 0; i < text.length && separator == '\0'; i++)
        if (text.data[i] == '-' || text.data[i] == '/' || text.data[i] == '.')
            separator = text.data[i];
    size_t count = 0;
    struct mig_text piece;
    while (separator != '\0' && mig_text_cut(&text, separator, &piece)) {
        if (count == 3)
            return false;
        fields[count++] = piece;
    }
    return count == 3;
}

static int field_value(struct mig_text field, size_t shortest, size_t longest)
{
    if (field.length < shortest || field.length > longest)
        return -1;
    return digits_at(field, 0, field.length);
}

enum mig_status mig_day_parse(struct mig_text text, enum mig_date_order order,
    struct mig_period *out, struct mig_error *error)
{
    static const struct {
        int year, month, day;
    } places[] = {[MIG_YMD] = {0, 1, 2}, [MIG_DMY] = {2, 1, 0}, [MIG_MDY] = {2, 0, 1}};
    struct mig_text fields[3];
    if (!cut_fields(text, fields) || !make_day(field_value(fields[places[order].year], 4, 4),
                                         field_value(fields[places[order].month], 1, 2),
                                         field_value(fields[places[order].day], 1, 2), out))
        return not_a_date(text, error);
    return MIG_OK;
}

/* printf() would take longer than all else that is done with a period. */
static char *put(char *at, int number, int digits)
{
    for (int i = digits; i-- > 0; number /= 10)
        at[i] = (char)('0' + number % 10);
    return at + digits;
}

static char *put_part(char *at, const char *mark, int number, int digits)
{
    while (*mark != '\0')
        *at++ = *mark++;
    return put(at, number, digits);
}

size_t mig_period_format(struct mig_period period, char out[MIG_PERIOD_TEXT])
{
    int year = period.index, month, day; /* years have four digits: see period.h */
    char *end = out;
    switch (period.unit) {
    case MIG_DAY:
        civil_of_day(period.index, &year, &month, &day);
        end = put_part(put_part(put(out, year, 4), "-", month, 2), "-", day, 2);
        break;
    case MIG_WEEK:
        year = year_of_week(period.index);
        end = put_part(put(out, year, 4), "-W", period.index - first_week(year) + 1, 2);
        break;
    case MIG_MONTH:
        year = 1970 + floor_divide(period.index, 12);
        end = put_part(put(out, year, 4), "-", period.index - (year - 1970) * 12 + 1, 2);
        break;
    case MIG_QUARTER:
        year = 1970 + floor_divide(period.index, 4);
        end = put_part(put(out, year, 4), "-Q", period.index - (year - 1970) * 4 + 1, 1);
        break;
    case MIG_YEAR:
        end = put(out, year, 4);
        break;
    }
    *end = '\0';
    return (size_t)(end - out);
}

/* The months that a period begins and ends in; false for weeks, which need not lie in one. */
static bool months_of(struct mig_period period, int *first, int *last)
{
    int year, month, day;
    switch (period.unit) {
    case MIG_DAY:
        civil_of_day(period.index, &year, &month, &day);
        *first = *last = (year - 1970) * 12 + month - 1;
        return true;
    case MIG_MONTH:
        *first = *last = period.index;
        return true;
    case MIG_QUARTER:
        *first = period.index * 3;
        *last = *first + 2;
        return true;
    case MIG_YEAR:
        *first = (period.index - 1970) * 12;
        *last = *first + 11;
        return true;
    case MIG_WEEK:
        break;
    }
    return false;
}

static enum mig_status no_such_part(
    struct mig_period period, enum mig_period_unit unit, struct mig_error *error)
{
    char text[MIG_PERIOD_TEXT];
    mig_period_format(period, text);
    if (period.unit == MIG_WEEK && unit != MIG_DAY)
        return mig_fail(error, MIG_VALUE,
            _("'%s' is a week, which years, quarters and months cut through"), text);
    switch (unit) {
    case MIG_DAY:
        return mig_fail(error, MIG_VALUE, _("'%s' is not a day"), text);
    case MIG_WEEK:
        return mig_fail(error, MIG_VALUE, _("'%s' lies in no one week"), text);
    case MIG_MONTH:
        return mig_fail(error, MIG_VALUE, _("'%s' lies in no one month"), text);
    case MIG_QUARTER:
    case MIG_YEAR: /* all but weeks lie in a year */
        break;
    }
    return mig_fail(error, MIG_VALUE, _("'%s' lies in no one quarter"), text);
}

enum mig_status mig_period_within(struct mig_period period, enum mig_period_unit unit,
    struct mig_period *out, struct mig_error *error)
{
    int months_in_unit = unit == MIG_YEAR ? 12 : unit == MIG_QUARTER ? 3 : 1;
    int first, last;
    *out = period;
    if (period.unit == unit)
        return MIG_OK;
    if (unit == MIG_WEEK && period.unit == MIG_DAY) {
        *out = (struct mig_period){MIG_WEEK, week_of_day(period.index)};
        return MIG_OK;
    }
    if (unit == MIG_DAY || unit == MIG_WEEK || !months_of(period, &first, &last))
        return no_such_part(period, unit, error);
    first = floor_divide(first, months_in_unit);
    last = floor_divide(last, months_in_unit);
    if (first != last)
        return no_such_part(period, unit, error);
    *out = (struct mig_period){unit, unit == MIG_YEAR ? 1970 + first : first};
    return MIG_OK;
}

void mig_period_days(struct mig_period period, int32_t *first, int32_t *last)
{
    int first_month, last_month;
    *first = *last = period.index;
    if (period.unit == MIG_WEEK) {
        *first = period.index * DAYS_IN_WEEK + EPOCH_MONDAY;
        *last = *first + DAYS_IN_WEEK - 1;
    } else if (period.unit != MIG_DAY && months_of(period, &first_month, &last_month)) {
        int begins = 1970 + floor_divide(first_month, 12);
        int ends = 1970 + floor_divide(last_month, 12);
        int ends_in = last_month - (ends - 1970) * 12 + 1;
        *first = mig_day_number(begins, first_month - (begins - 1970) * 12 + 1, 1);
        *last = mig_day_number(ends, ends_in, mig_days_in_month(ends, ends_in));
    }
}

enum mig_status mig_period_compare(
    struct mig_period a, struct mig_period b, int *order, struct mig_error *error)
{
    int32_t a_first, a_last, b_first, b_last;
    if (a.unit == b.unit) {
        *order = (a.index > b.index) - (a.index < b.index);
        return MIG_OK;
    }
    mig_period_days(a, &a_first, &a_last);
    mig_period_days(b, &b_first, &b_last);
    *order = (a_first > b_last) - (a_last < b_first);
    if (*order != 0)
        return MIG_OK;
    char a_text[MIG_PERIOD_TEXT], b_text[MIG_PERIOD_TEXT];
    mig_period_format(a, a_text);
    mig_period_format(b, b_text);
    return mig_fail(
        error, MIG_VALUE, _("'%s' and '%s' overlap: neither is before the other"), a_text, b_text);
}

/* The middle of a day on the scale of years. */
static double middle_of_day(int32_t number)
{
    int year, month, day;
    civil_of_day(number, &year, &month, &day);
    double new_year = mig_day_number(year, 1, 1);
    double length = mig_day_number(year + 1, 1, 1) - new_year;
    return year + (number + 0.5 - new_year) / length - 0.5;
}

double mig_period_years(struct mig_period period)
{
    switch (period.unit) {
    case MIG_DAY:
        return middle_of_day(period.index);
    case MIG_WEEK:
        /* noon of its Thursday is the middle of the week */
        return middle_of_day(thursday(period.index));
    case MIG_MONTH:
        return 1970 + (period.index + 0.5) / 12 - 0.5;
    case MIG_QUARTER:
        return 1970 + (period.index + 0.5) / 4 - 0.5;
    case MIG_YEAR:
        break;
    }
    return period.index;
}
