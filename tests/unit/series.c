#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "../table.h"
#include "table/series.h"

static void dump_points(const struct mig_series *series, struct mig_buffer *out)
{
    for (size_t i = 0; i < series->n; i++) {
        char time[MIG_DOUBLE_TEXT], value[MIG_DOUBLE_TEXT];
        mig_double_format(series->times[i], 8, time);
        mig_double_format(series->values[i], 17, value);
        DUMP(out, " %s=%s", time, value);
    }
    if (series->missing + series->timeless > 0)
        DUMP(out, " -%zu,%zu,%zu", series->missing, series->missing_inside, series->timeless);
    DUMP(out, " (%.*s..%.*s);", MIG_TEXT_ARG(series->from), MIG_TEXT_ARG(series->to));
}

/* "VALUE by KEY,KEY: a|b TIME=VALUE .. -MISSING,INSIDE,TIMELESS (FROM..TO);" */
static void dump_set(const struct mig_series_set *set, struct mig_buffer *out)
{
    const struct mig_keys *keys = mig_series_keys(set);
    DUMP(out, "%s by ", mig_series_value_name(set));
    for (size_t i = 0; i < keys->count; i++)
        DUMP(out, "%s%s", i > 0 ? "," : "", mig_keys_name(keys, i));
    DUMP(out, ":");
    for (size_t i = 0; i < mig_series_count(set); i++) {
        struct mig_series series = mig_series_get(set, i);
        DUMP(out, "%s", keys->count > 0 ? " " : "");
        assert_int_equal(series.group.n_keys, keys->count);
        for (size_t key = 0; key < keys->count; key++)
            DUMP(out, "%s%.*s", key > 0 ? "|" : "",
                MIG_TEXT_ARG(mig_tally_key(mig_series_tally(set), &series.group, key)));
        dump_points(&series, out);
    }
}

static void check(struct mig_series_spec spec, const char *csv, const char *wanted)
{
    struct table table;
    struct mig_series_set *set;
    struct mig_error_list errors = {0};
    struct mig_error error = {0};
    struct mig_buffer out = {0};
    table_open(&table, csv);
    enum mig_status status = mig_series_read(&set, table.input, &spec, &errors, &error);
    if (status == MIG_OK)
        dump_set(set, &out);
    else if (errors.count == 0)
        dump_error(&out, status, &error);
    for (size_t i = 0; i < errors.count; i++)
        dump_error(&out, errors.items[i].status, &errors.items[i]);
    assert_int_equal(status == MIG_OK, set != NULL);
    assert_string_equal(out.data, wanted);
    mig_buffer_release(&out);
    mig_error_list_release(&errors);
    mig_series_free(set);
    table_close(&table);
}

static const struct mig_series_spec found = {0};

static void the_time_is_found_by_its_name(void **state)
{
    (void)state;
    static const char *const names[] = {
        "time", "period", "date", "year", "quarter", "month", "week"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct mig_buffer csv = {0};
        DUMP(&csv, "area,%s,value\np,2024,1\np,2025,3\n", names[i]);
        check(found, csv.data, "value by area: p 2024=1 2025=3 (2024..2025);");
        mig_buffer_release(&csv);
    }
    check(found, "area,Year,value\np,2024,1\n", "!name 0:0 which column is the time? give --time");
    check(found, "year,month,value\n2024,2024-01,1\n",
        "!name 0:0 'year' or 'month' could be the time; give --time");
}

static void the_value_is_found_by_its_name(void **state)
{
    (void)state;
    check(found, "year,n,x,estimate,value\n2025,9,1,2,3\n", "estimate by : 2025=2 (2025..2025);");
    check(found, "year,n,x,value\n2025,9,1,3\n", "value by : 2025=3 (2025..2025);");
    check(found, "year,n,returns\n2025,9,1\n", "returns by : 2025=1 (2025..2025);");
    check(found, "year,n\n2025,9\n", "n by : 2025=9 (2025..2025);");
    check(found, "year,n,returns,departures\n2025,9,1,2\n",
        "!name 0:0 'returns' or 'departures' could be the value; give --value");
    check(found, "year,returns\n2025,9\n", "!name 0:0 which column is the value? give --value");
}

static void the_series_are_found_before_the_figures(void **state)
{
    (void)state;
    check(found, "a,year,b,n,x\np,2024,q,1,5\np,2025,q,1,6\n",
        "x by a,b: p|q 2024=5 2025=6 (2024..2025);");
    check(found, "a,year,measure,kind,n,estimate\np,2024,m,share,1,.5\np,2024,k,share,1,.25\n",
        "estimate by a,measure: p|k 2024=0.25 (2024..2024); p|m 2024=0.5 (2024..2024);");
    check(found, "a,year,value,unit\np,2024,1,persons\n",
        "value by a,value_unit: p|persons 2024=1 (2024..2024);");
    check(found, "a,year,value,n\np,2024,7,1\n", "value by a: p 2024=7 (2024..2024);");
    check(found, "\"a,b\",year,n\np,2024,1\n", "n by a,b: p 2024=1 (2024..2024);");
    check(found, "#x,year,n\np,2024,1\n", "n by #x: p 2024=1 (2024..2024);");
}

/* The column that a key function takes the time from is no series of its own, nor is the value. */
static void what_is_named_is_not_looked_for(void **state)
{
    (void)state;
    static const char days[] = "a,d,n\np,2024-05-01,1\np,2025-02-03,2\np,2025-11-03,4\n";
    check(
        (struct mig_series_spec){.time = "year(d)"}, days, "n by a: p 2024=1 2025=6 (2024..2025);");
    check((struct mig_series_spec){.time = "y=year(`d`)"}, days,
        "n by a: p 2024=1 2025=6 (2024..2025);");
    check((struct mig_series_spec){.time = "year(d)", .by = ""}, days,
        "n by : 2024=1 2025=6 (2024..2025);");
    check((struct mig_series_spec){.time = "year(d)", .value = "n", .by = "band(n,2)"}, days,
        "n by band: <2 2024=1 (2024..2024); 2+ 2025=2 (2025..2025);");
    static const char figures[] = "a,year,x,n,value\np,2025,5,1,9\n";
    check((struct mig_series_spec){.value = "x"}, figures, "x by a: p 2025=5 (2025..2025);");
    check((struct mig_series_spec){.time = "t=year"}, figures,
        "value by a,x: p|5 2025=9 (2025..2025);");
    check((struct mig_series_spec){.time = "`my time`", .value = "n"},
        "a,my time\np,2025\np,2025\nq,2024\n", "n by : 2024=1 2025=2 (2024..2025);");
}

static void unknown_columns_are_told_together(void **state)
{
    (void)state;
    check((struct mig_series_spec){.time = "yaer", .value = "retruns", .by = "aera"},
        "area,year,returns\np,2025,5\n",
        "!name 0:0 no column 'retruns'; nearest is 'returns'"
        "!name 0:0 no column 'aera'; nearest is 'area'"
        "!name 0:0 no column 'yaer'; nearest is 'year'");
    check((struct mig_series_spec){.time = "yaer"}, "area,year,n\np,2025,5\n",
        "!name 0:0 no column 'yaer'; nearest is 'year'");
    check((struct mig_series_spec){.time = "year,area"}, "area,year,n\np,2025,5\n",
        "!syntax 0:0 'year,area': the time is one column");
    check((struct mig_series_spec){.time = "year(year"}, "area,year,n\np,2025,5\n",
        "!syntax 0:0 'year(year': ')' is missing");
}

static void counts_are_added_up_and_values_are_not(void **state)
{
    (void)state;
    check((struct mig_series_spec){.time = "year", .value = "n"}, "year\n2025\n2024\n2025\n",
        "n by : 2024=1 2025=2 (2024..2025);");
    check((struct mig_series_spec){.by = ""}, "a,year,n\np,2025,5\nq,2025,6\n",
        "n by : 2025=11 (2025..2025);");
    check((struct mig_series_spec){.by = ""}, "a,year,value\np,2025,5\nq,2025,6\n",
        "!value 0:0 '2025' has more than one value of 'value'; name what tells them apart in --by, "
        "or add them up first with mig-tally");
    check(found, "a,b,year,value\np,q,2025,5\np,q,2025,5\n",
        "!value 0:0 '2025' has more than one value of 'value' in the series a=p, b=q; name what "
        "tells them apart in --by, or add them up first with mig-tally");
}

static void what_is_missing_is_counted(void **state)
{
    (void)state;
    check(found,
        "a,year,value\np,2022,\np,2023,1\np,2024,\np,2025,0\np,2026,\nq,2024,\nq,,5\nq,,6\nq,,\n,"
        "2024,7\n",
        "value by a: p 2023=1 2025=0 -3,1,0 (2023..2025); q -1,0,2 (..);"
        "  2024=7 (2024..2024);");
    check(found, "a,year,value\n", "value by a:");
}

/* A value that is missing is no second value. */
static void a_time_known_in_part_is_known(void **state)
{
    (void)state;
    check(found, "year,value\n2023,1\n2024,\n2024,2\n2025,3\n",
        "value by : 2023=1 2024=2 2025=3 (2023..2025);");
}

static void the_account_has_rows_without_time(void **state)
{
    (void)state;
    struct table table;
    struct mig_series_set *set;
    struct mig_error_list errors = {0};
    table_open(&table, "a,year,n\np,2023,1\np,,2\np,,3\nq,2024,4\nq,,5\n");
    assert_int_equal(mig_series_read(&set, table.input, &found, &errors, NULL), MIG_OK);
    struct mig_tally_account account = mig_series_account(set);
    assert_int_equal(account.read, 5);
    assert_int_equal(account.used, 2);
    assert_int_equal(account.missing, 3);
    mig_error_list_release(&errors);
    mig_series_free(set);
    table_close(&table);
}

/* Times: the middle of the period within its year, as period.h says: 28 February 2014 is day 59 of
 * 365, so 2014 + 58.5/365 - 0.5; the first quarter 2014 + 1.5/12 - 0.5; May 2014 + 4.5/12 - 0.5. As
 * texts the day would stand before the quarter, and Q1 behind the months. */
static void mixed_periods_go_in_order_of_time(void **state)
{
    (void)state;
    check(found, "date,value\n2014-05,3\n2014-02-28,2\n2014,4\n2014-Q1,1\n",
        "value by : 2013.625=1 2013.6603=2 2013.875=3 2014=4 (2014-Q1..2014);");
}

/* `absent`: periods of the first series that lie between its points and are not in the input. */
/* The middle of 2 July, day 183 of 365, is the middle of the year. */
static void periods_with_one_middle_are_two_points(void **state)
{
    (void)state;
    check(found, "date,value\n2025-07-02,20\n2025,10\n",
        "value by : 2025=10 2025=20 (2025..2025-07-02);");
}

/* The periods without a row in the first series, and whether times are dates. */
static void check_absent(const char *csv, bool in_years, size_t absent)
{
    struct table table;
    struct mig_series_set *set;
    struct mig_error_list errors = {0};
    table_open(&table, csv);
    assert_int_equal(mig_series_read(&set, table.input, &found, &errors, NULL), MIG_OK);
    struct mig_series series = mig_series_get(set, 0);
    assert_int_equal(mig_series_in_years(set), in_years);
    assert_int_equal(mig_series_absent(set, &series), absent);
    mig_error_list_release(&errors);
    mig_series_free(set);
    table_close(&table);
}

/* 2020 has 53 ISO weeks (Python: date(2020, 12, 31).isocalendar().week). */
static void absent_periods_are_counted(void **state)
{
    (void)state;
    check_absent("date,value\n2020-W52,1\n2021-W02,1\n", true, 2);
    check_absent("date,value\n2024-11,1\n2025-03,1\n", true, 3);
    check_absent("date,value\n2024-Q4,1\n2025-Q1,1\n2025-Q4,1\n", true, 2);
    check_absent("date,value\n2013,1\n2025,1\n", true, 11);
    check_absent("date,value\n2024,1\n2025,1\n", true, 0);
    check_absent("date,value\n2024,1\n", true, 0);
    check_absent("date,value\n2019,\n2020,1\n2021,\n2023,1\n2025,\n", true, 1);
    check_absent("date,value\n2025-01-01,1\n2025-01-09,1\n", true, 0);
    check_absent("date,value\n2020,1\n2024-06,1\n2025,1\n", true, 0);
    check_absent("a,date,value\np,2020,1\np,2025,1\nq,2025-Q1,1\n", true, 0);
    check_absent("time,value\n1,1\n9,1\n", false, 0);
}

static void times_of_two_kinds_are_refused(void **state)
{
    (void)state;
    check(found, "time,value\n1,10\n10,30\n9.5,20\n", "value by : 1=10 9.5=20 10=30 (1..10);");
    check(found, "time,value\n1,10\n2025,20\n", "!value 0:0 '2025': times mix dates and numbers");
    check(found, "a,time,value\np,2025-01,10\nq,7,20\n",
        "!value 0:0 '7': times mix dates and numbers");
    check(found, "a,time,value\np,2025,1\np,then,20\n",
        "!value 3:2 'then' is neither a date nor a number (column time)");
    check(found, "a,time,value\np,2025,1\np,2026,few\n",
        "!value 3:3 'few' is not a number (column value)");
}

static void a_time_written_in_two_ways_is_refused(void **state)
{
    (void)state;
    check(found, "time,value\n1,10\n2,20\n1.0,30\n", "!value 0:0 '1' and '1.0' are the same time");
    check(found, "a,time,value\np,1,10\nq,01,20\n", "value by a: p 1=10 (1..1); q 1=20 (01..01);");
}

/* A caller that wants the status alone passes no error. */
static void the_error_may_be_absent(void **state)
{
    (void)state;
    struct table table;
    struct mig_series_set *set;
    struct mig_error_list errors = {0};
    table_open(&table, "a\n1\n");
    assert_int_equal(mig_series_read(&set, table.input, &found, &errors, NULL), MIG_NAME);
    assert_null(set);
    assert_int_equal(errors.count, 1);
    mig_error_list_release(&errors);
    mig_series_free(NULL);
    table_close(&table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_time_is_found_by_its_name),
        cmocka_unit_test(the_value_is_found_by_its_name),
        cmocka_unit_test(the_series_are_found_before_the_figures),
        cmocka_unit_test(what_is_named_is_not_looked_for),
        cmocka_unit_test(unknown_columns_are_told_together),
        cmocka_unit_test(counts_are_added_up_and_values_are_not),
        cmocka_unit_test(what_is_missing_is_counted),
        cmocka_unit_test(a_time_known_in_part_is_known),
        cmocka_unit_test(the_account_has_rows_without_time),
        cmocka_unit_test(mixed_periods_go_in_order_of_time),
        cmocka_unit_test(periods_with_one_middle_are_two_points),
        cmocka_unit_test(absent_periods_are_counted),
        cmocka_unit_test(times_of_two_kinds_are_refused),
        cmocka_unit_test(a_time_written_in_two_ways_is_refused),
        cmocka_unit_test(the_error_may_be_absent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
