#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "../table.h"
#include "table/keys.h"

/* The keys of all rows, '|' between keys and ';' after a row, up to an error. */
static void dump_keys(struct table *table, const struct mig_keys *keys, struct mig_buffer *out)
{
    struct mig_row row;
    struct mig_error error = {0};
    while (mig_input_next(table->input, &row, &error) == MIG_OK && row.count > 0) {
        for (size_t i = 0; i < keys->count; i++) {
            char scratch[MIG_KEY_TEXT];
            struct mig_text text;
            enum mig_status status =
                mig_keys_read(keys, i, table->input, &row, scratch, &text, &error);
            if (status != MIG_OK) {
                dump_error(out, status, &error);
                return;
            }
            DUMP(out, "%s%.*s", i > 0 ? "|" : "", MIG_TEXT_ARG(text));
        }
        DUMP(out, ";");
    }
}

static void check_read(const char *list, const char *csv, const char *wanted)
{
    struct table table;
    struct mig_keys keys = {0};
    struct mig_error_list errors = {0};
    struct mig_buffer out = {0};
    table_open(&table, csv);
    assert_int_equal(mig_keys_parse(&keys, list, NULL), MIG_OK);
    assert_int_equal(mig_keys_bind(&keys, table_header(&table), &errors), MIG_OK);
    dump_keys(&table, &keys, &out);
    assert_string_equal(out.data, wanted);
    mig_buffer_release(&out);
    mig_error_list_release(&errors);
    mig_keys_release(&keys);
    table_close(&table);
}

static void grammar_errors_say_what_is_wrong(void **state)
{
    (void)state;
    static const struct {
        const char *list;
        enum mig_status status;
        const char *text;
    } faults[] = {
        {" ", MIG_SYNTAX, "' ': a key is empty"},
        {",", MIG_SYNTAX, "',': a key is empty"},
        {"a,", MIG_SYNTAX, "'a,': a key is empty"},
        {"a,,b", MIG_SYNTAX, "'a,,b': a key is empty"},
        {"=a", MIG_SYNTAX, "'=a': a key is empty"},
        {"b=", MIG_SYNTAX, "'b=': a key is empty"},
        {"``", MIG_SYNTAX, "'``': a key is empty"},
        {"(a)", MIG_SYNTAX, "'(a)': a key is empty"},
        {"year()", MIG_SYNTAX, "'year()': a key is empty"},
        {"band(age,)", MIG_SYNTAX, "'band(age,)': a key is empty"},
        {"`a", MIG_SYNTAX, "'`a': a backquote is not closed"},
        {"year(`a)", MIG_SYNTAX, "'year(`a)': a backquote is not closed"},
        {"year(a", MIG_SYNTAX, "'year(a': ')' is missing"},
        {"year(a=b)", MIG_SYNTAX, "'year(a=b)': ')' is missing"},
        {"year(year(a))", MIG_SYNTAX, "'year(year(a))': ')' is missing"},
        {"year(a))", MIG_SYNTAX, "'year(a))': a comma is missing between keys"},
        {"`a`b", MIG_SYNTAX, "'`a`b': a comma is missing between keys"},
        {"a=b=c", MIG_SYNTAX, "'a=b=c': a comma is missing between keys"},
        {"a)", MIG_SYNTAX, "'a)': a comma is missing between keys"},
        {"year(a,2)", MIG_SYNTAX, "'year(a,2)': only band() takes numbers"},
        {"time(a,2)", MIG_SYNTAX, "'time(a,2)': only band() takes numbers"},
        {"band(a)", MIG_SYNTAX, "'band(a)': band() needs bounds, as in band(age,0,18,60)"},
        {"band(a,0,18,18.0)", MIG_SYNTAX, "bounds of band() must rise: '18' follows '18'"},
        {"band(a,18,-5)", MIG_SYNTAX, "bounds of band() must rise: '-5' follows '18'"},
        {"band(a,0,x)", MIG_VALUE, "'x' is not a number"},
        {"band(a,1e1500)", MIG_LIMIT, "'1e1500' has more than 1500 digits"},
        {"yaer(a)", MIG_NAME, "no key function 'yaer'; nearest is 'year'"},
        {"sum(a)", MIG_NAME,
            "no key function 'sum'; there are year, quarter, month, week, time and band"},
        {"a,b,decade(a)", MIG_NAME,
            "no key function 'decade'; there are year, quarter, month, week, time and band"},
    };
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        struct mig_keys keys = {0};
        struct mig_error error = {0};
        assert_int_equal(mig_keys_parse(&keys, faults[i].list, &error), faults[i].status);
        assert_string_equal(error.text, faults[i].text);
        mig_keys_release(&keys);
    }
}

static void no_list_gives_no_keys(void **state)
{
    (void)state;
    struct mig_keys keys = {0};
    assert_int_equal(mig_keys_parse(&keys, NULL, NULL), MIG_OK);
    assert_int_equal(mig_keys_parse(&keys, "", NULL), MIG_OK);
    assert_int_equal(keys.count, 0);
    mig_keys_release(&keys);
    mig_keys_release(NULL);
}

static void names_come_from_the_user_the_column_or_the_function(void **state)
{
    (void)state;
    static const char *const names[] = {
        "region", "sex", "cohort", "a,b", "year", "other, name", "band", "A,B(c)=d"};
    static const size_t columns[] = {0, 1, 2, 3, 2, 3, 4, 5};
    struct table table;
    struct mig_keys keys = {0};
    struct mig_error_list errors = {0};
    table_open(&table, "region,sex,date,\"a,b\",age,\"A,B(c)=d\"\n#adm1,#x+sex,#date,,#x+age,\n");
    assert_int_equal(mig_keys_parse(&keys, " region , #x+sex,cohort=year(date)", NULL), MIG_OK);
    assert_int_equal(
        mig_keys_parse(
            &keys, "`a,b`,year(`date`),`other, name`=`a,b`,band( age , 0 ,18 ),`A,B(c)=d`", NULL),
        MIG_OK);
    assert_int_equal(mig_keys_bind(&keys, table_header(&table), &errors), MIG_OK);
    assert_int_equal(keys.count, 8);
    for (size_t i = 0; i < 8; i++) {
        assert_string_equal(mig_keys_name(&keys, i), names[i]);
        assert_int_equal(mig_keys_column(&keys, i), columns[i]);
        assert_int_equal(mig_keys_is_plain(&keys, i), i != 2 && i != 4 && i != 6);
    }
    mig_error_list_release(&errors);
    mig_keys_release(&keys);
    table_close(&table);
}

static void all_unknown_columns_and_double_names_are_told(void **state)
{
    (void)state;
    static const char *const texts[] = {"no column 'regoin'; nearest is 'region'",
        "two columns of the output would be named 'year'; name one as in 'other=year(begin)'",
        "no column 'zzz'; columns are region, end, begin",
        "two columns of the output would be named 'region'; name one as in 'other=end'"};
    struct table table;
    struct mig_keys keys = {0};
    struct mig_error_list errors = {0};
    table_open(&table, "region,end,begin\n");
    assert_int_equal(
        mig_keys_parse(&keys, "regoin,year(end),year(begin),year(zzz),region,region=end", NULL),
        MIG_OK);
    assert_int_equal(mig_keys_bind(&keys, table_header(&table), &errors), MIG_NAME);
    assert_int_equal(errors.count, 4);
    for (size_t i = 0; i < 4; i++)
        assert_string_equal(errors.items[i].text, texts[i]);
    mig_error_list_release(&errors);
    mig_keys_release(&keys);
    table_close(&table);
}

static void columns_are_read_as_they_are(void **state)
{
    (void)state;
    check_read("b,a", "a,b\nx, y \n01,\n\" \",1e3\n", " y |x;|01;1e3|;");
}

static void tokens_are_missing_keys(void **state)
{
    (void)state;
    static const struct mig_input_options options = {
        .reader = {.delimiter = ','}, .missing = "NA,-"};
    struct table table;
    struct mig_keys keys = {0};
    struct mig_error_list errors = {0};
    struct mig_buffer out = {0};
    table_open_with(&table, mig_text_of("a,b,c\nNA,-,NA\n,, - \nNAN,2025,2025\n"), &options);
    assert_int_equal(mig_keys_parse(&keys, "a,year(b),band(c,0)", NULL), MIG_OK);
    assert_int_equal(mig_keys_bind(&keys, table_header(&table), &errors), MIG_OK);
    dump_keys(&table, &keys, &out);
    assert_string_equal(out.data, "||;||;NAN|2025|0+;");
    mig_buffer_release(&out);
    mig_error_list_release(&errors);
    mig_keys_release(&keys);
    table_close(&table);
}

static void classes_hold_their_lower_bound(void **state)
{
    (void)state;
    check_read("band(x,0,18,60)", "x\n-0.001\n-0\n0\n17\n17.999\n18\n1.8e1\n59.999\n60\n1e300\n",
        "<0;0-17;0-17;0-17;0-17;18-59;18-59;18-59;60+;60+;");
    check_read("band(x,0.5,1)", "x\n0.4999999999999999999\n0.5\n.50\n0.9999999999999999999\n1\n",
        "<0.5;0.5-<1;0.5-<1;0.5-<1;1+;");
    check_read("band(x,-10,-5,0,1,2)", "x\n-11\n-10\n-6\n-5\n-1\n0\n1\n2\n",
        "<-10;-10--6;-10--6;-5--1;-5--1;0;1;2+;");
    check_read("band(x,65)", "x\n64\n65\n", "<65;65+;");
    check_read("band(x,10000000000000000000,100000000000000000001)",
        "x\n9999999999999999999\n10000000000000000000\n100000000000000000000\n100000000000000000001"
        "\n",
        "<10000000000000000000;10000000000000000000-100000000000000000000;"
        "10000000000000000000-100000000000000000000;100000000000000000001+;");
}

/* However the bounds are written, the classes of one cut have one name. */
static void labels_have_one_form(void **state)
{
    (void)state;
    check_read(
        "band(x,+0,1.80e1,060,99.5)", "x\n-1\n0\n18\n60\n99.5\n", "<0;0-17;18-59;60-<99.5;99.5+;");
    check_read("band(x,.5,1)", "x\n.7\n", "0.5-<1;");
}

/* Weeks: Python, date(2021, 1, 3).isocalendar() is 2020, 53; date(2024, 12, 30) is 2025, 1. */
static void periods_are_put_in_longer_ones(void **state)
{
    (void)state;
    check_read(
        "year(d)", "d\n2025-09-30\n2025-09\n2025-Q3\n2025\n 2025 \n", "2025;2025;2025;2025;2025;");
    check_read("quarter(d)",
        "d\n2025-01-01\n2025-02-28\n2025-03-31\n2025-04-01\n2025-05-31\n2025-06-30\n2025-07-01\n"
        "2025-08-31\n2025-10-01\n2025-11-30\n2025-12-31\n",
        "2025-Q1;2025-Q1;2025-Q1;2025-Q2;2025-Q2;2025-Q2;2025-Q3;2025-Q3;2025-Q4;2025-Q4;2025-Q4;");
    check_read("quarter(d)", "d\n2025-09-30\n2025-10\n2025-Q3\n", "2025-Q3;2025-Q4;2025-Q3;");
    check_read("month(d)", "d\n2024-02-29\n2025-09\n", "2024-02;2025-09;");
    check_read("week(d)", "d\n2021-01-03\n2024-12-30\n2025-W40\n", "2020-W53;2025-W01;2025-W40;");
}

static void cells_that_do_not_fit_are_named(void **state)
{
    (void)state;
    check_read("year(d)", "x,d\n1,2025\n2,2025-W01\n",
        "2025;!value 3:2 '2025-W01' is a week, which years, quarters and months cut through "
        "(column d)");
    check_read("year(d)", "d\n2025-02-29\n", "!value 2:1 '2025-02-29' is not a date (column d)");
    check_read("year(d)", "d\n30/09/2025\n", "!value 2:1 '30/09/2025' is not a date (column d)");
    check_read("quarter(d)", "d\n2025\n", "!value 2:1 '2025' lies in no one quarter (column d)");
    check_read("month(d)", "x,y,d\n\"\n\",y,2025-Q3\n",
        "!value 3:3 '2025-Q3' lies in no one month (column d)");
    check_read("week(d)", "d\n2025-09\n", "!value 2:1 '2025-09' lies in no one week (column d)");
    check_read("band(age,0)", "age\n5\n\n12 ans\n",
        "0+;;!value 4:1 '12 ans' is not a number (column age)");
    check_read("t=time(d)", "d\n2025-Q3\n 12.5 \n\nsoon\n",
        "2025-Q3;12.5;;!value 5:1 'soon' is neither a date nor a number (column d)");
}

static void a_long_cell_leaves_room_for_the_reason(void **state)
{
    (void)state;
    struct mig_buffer csv = {0}, wanted = {0};
    DUMP(&csv, "d\n%0600d x\n", 0);
    DUMP(&wanted, "!value 2:1 '%080d' is neither a date nor a number (column d)", 0);
    check_read("time(d)", csv.data, wanted.data);
    mig_buffer_release(&csv);
    mig_buffer_release(&wanted);
}

static void a_plain_key_can_be_made_a_time(void **state)
{
    (void)state;
    struct table table;
    struct mig_keys keys = {0};
    struct mig_error_list errors = {0};
    struct mig_buffer out = {0};
    table_open(&table, "a,d\n1,2025-09\n");
    assert_int_equal(mig_keys_parse(&keys, "b=a,year(d)", NULL), MIG_OK);
    mig_keys_make_time(&keys, 0);
    mig_keys_make_time(&keys, 1);
    assert_int_equal(mig_keys_bind(&keys, table_header(&table), &errors), MIG_OK);
    assert_false(mig_keys_is_plain(&keys, 0));
    assert_string_equal(mig_keys_name(&keys, 0), "b");
    dump_keys(&table, &keys, &out);
    assert_string_equal(out.data, "1|2025;");
    mig_buffer_release(&out);
    mig_error_list_release(&errors);
    mig_keys_release(&keys);
    table_close(&table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(grammar_errors_say_what_is_wrong),
        cmocka_unit_test(no_list_gives_no_keys),
        cmocka_unit_test(names_come_from_the_user_the_column_or_the_function),
        cmocka_unit_test(all_unknown_columns_and_double_names_are_told),
        cmocka_unit_test(columns_are_read_as_they_are),
        cmocka_unit_test(tokens_are_missing_keys),
        cmocka_unit_test(classes_hold_their_lower_bound),
        cmocka_unit_test(labels_have_one_form),
        cmocka_unit_test(periods_are_put_in_longer_ones),
        cmocka_unit_test(cells_that_do_not_fit_are_named),
        cmocka_unit_test(a_long_cell_leaves_room_for_the_reason),
        cmocka_unit_test(a_plain_key_can_be_made_a_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
