/* Series: values in time, one series a group, from case rows, tallies or result tables.
 *
 * Columns that are not named are found by the names that the commands of migstat write:
 * - time: the one column named time, period, date, year, quarter, month or week;
 * - value: estimate, else value, else the one column after n, else n;
 * - series: the columns before the figures (before the first of measure, n and value), without the time's and the
 *   value's, and measure itself.
 */
#ifndef MIGSTAT_TABLE_SERIES_H
#define MIGSTAT_TABLE_SERIES_H

#include "../base/period.h"
#include "tally.h"

struct mig_series_spec {
    const char *time;  /* a key: a column, or year(return_date); NULL: found */
    const char *value; /* a column, or n; NULL: found */
    const char *by;    /* keys; NULL: found */
};

/* One series: its points in order of time. Borrowed from the collection. */
struct mig_series {
    size_t n;             /* points with a value */
    const double *times;  /* years (mig_period_years()), or the numbers themselves */
    const double *values;
    struct mig_text from; /* first and last time as written; empty when n is 0 */
    struct mig_text to;
    size_t missing;       /* times without a value */
    size_t missing_inside; /* those of them between `from` and `to` */
    size_t timeless;      /* rows with a value but without a time */
    struct mig_group group; /* its keys: mig_tally_key(mig_series_tally(), &group, i) */
};

struct mig_series_set; /* opaque */

/* Reads `input` to its end. Counts of rows with the same keys and time are added up; of any other value there may
 * be only one. Every column that is unknown or can't be found by its name is appended to `errors`, with MIG_NAME;
 * `error` is then not filled. Errors: those of keys and tally; MIG_VALUE for a time that is neither a date nor a
 * number, with its position; for times of both kinds; for two values at one time of a series, also where it
 * is written in two ways: 1 and 1.0. */
MIG_API enum mig_status MIG_MUST_USE mig_series_read(struct mig_series_set **set,
    struct mig_input *input, const struct mig_series_spec *spec, struct mig_error_list *errors,
    struct mig_error *error);

MIG_API size_t mig_series_count(const struct mig_series_set *set);
MIG_API struct mig_series mig_series_get(const struct mig_series_set *set, size_t i);
MIG_API const struct mig_keys *mig_series_keys(const struct mig_series_set *set); /* without the time */
MIG_API const char *mig_series_value_name(const struct mig_series_set *set);
MIG_API bool mig_series_in_years(const struct mig_series_set *set); /* else times are plain numbers */

/* Periods between the first and the last point of a series of which the input has nothing. 0 for plain numbers, days,
 * and dates of several units, which have no rhythm to be absent from. */
MIG_API size_t mig_series_absent(const struct mig_series_set *set, const struct mig_series *series);
MIG_API const struct mig_tally *mig_series_tally(const struct mig_series_set *set);

/* The account of the tally, with the rows that have no time among the missing. */
MIG_API struct mig_tally_account mig_series_account(const struct mig_series_set *set);
MIG_API void mig_series_free(struct mig_series_set *set);

#endif
