/* Dates and periods: a day, an ISO week, a month, a quarter or a year.
 *
 * Written forms, ISO 8601 where it has one: 2025-09-30, 2025-W40, 2025-09, 2025-Q3, 2025. Years 0001 to
 * 9999 of the Gregorian calendar. Day and month order is never guessed: other forms are for mig-clean,
 * which is told the order.
 */
#ifndef MIGSTAT_BASE_PERIOD_H
#define MIGSTAT_BASE_PERIOD_H

#include <stdbool.h>
#include <stdint.h>

#include "error.h"
#include "text.h"

enum mig_period_unit { MIG_DAY, MIG_WEEK, MIG_MONTH, MIG_QUARTER, MIG_YEAR };

/* `index` counts units: days since 1970-01-01; weeks since the one of 1969-12-29; months since 1970-01;
 * quarters since 1970-Q1; years by their number (2025). */
struct mig_period {
    enum mig_period_unit unit;
    int32_t index;
};

/* Order in which fields stand in a written day. */
enum mig_date_order { MIG_YMD, MIG_DMY, MIG_MDY };

/* Reads one of the written forms above. Errors: MIG_VALUE "'31/02/2025' is not a date". */
MIG_API enum mig_status MIG_MUST_USE mig_period_parse(struct mig_text text, struct mig_period *out,
    struct mig_error *error);

/* Reads a day whose fields stand in `order`, separated by one of - / . (the same twice); the year has
 * four digits, day and month one or two. Errors: MIG_VALUE. */
MIG_API enum mig_status MIG_MUST_USE mig_day_parse(struct mig_text text, enum mig_date_order order,
    struct mig_period *out, struct mig_error *error);

#define MIG_PERIOD_TEXT 16
/* Writes the form above, terminated; returns its length. */
MIG_API size_t mig_period_format(struct mig_period period, char out[MIG_PERIOD_TEXT]);

/* The period of unit `unit` that `period` lies in: the month of a day, the year of a quarter. A month
 * lies in no one week, nor a year in one month; a week is put in no longer unit, since its days may lie
 * in two. Errors: MIG_VALUE "'2025' lies in no one month". */
MIG_API enum mig_status MIG_MUST_USE mig_period_within(struct mig_period period,
    enum mig_period_unit unit, struct mig_period *out, struct mig_error *error);

/* The days, since 1970-01-01, that a period begins and ends with. */
MIG_API void mig_period_days(struct mig_period period, int32_t *first, int32_t *last);

/* Order in time: `*order` is 0 for the same period, <0 when all of `a` lies before all of `b`, >0 when after.
 * Errors: MIG_VALUE for periods of different units that overlap, such as a month and a day of it: neither is
 * before the other, nor are they the same. */
MIG_API enum mig_status MIG_MUST_USE mig_period_compare(struct mig_period a, struct mig_period b,
    int *order, struct mig_error *error);

/* Time in years at which the period is centred, on a scale where the year 2025 is 2025 exactly:
 * its middle in calendar years, less one half. 2025-07 is 2025 + 6.5/12 - 0.5. A week and a day take
 * their place in the days of their year. Slopes over periods of any unit are thus per year. */
MIG_API double mig_period_years(struct mig_period period);

/* Days since 1970-01-01 of a date of the Gregorian calendar (month 1 to 12, any day of it). */
MIG_API int32_t mig_day_number(int year, int month, int day);

#endif
