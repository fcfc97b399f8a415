#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "../table.h"
#include "input/propose.h"
#include "input/schema.h"

/* The faults of a schema, each followed by ';'. */
static void check_faults(const char *json, const char *wanted)
{
    struct mig_schema schema;
    struct mig_error_list faults = {0};
    struct mig_buffer out = {0};
    enum mig_status status = mig_schema_parse(&schema, mig_text_of(json), "s.json", &faults);
    assert_int_equal(status != MIG_OK, faults.count > 0);
    DUMP(&out, "%s", "");
    for (size_t i = 0; i < faults.count; i++) {
        assert_string_equal(faults.items[i].file, "s.json");
        DUMP(&out, "%s;", faults.items[i].text);
    }
    assert_string_equal(out.data, wanted);
    mig_buffer_release(&out);
    mig_error_list_release(&faults);
    mig_schema_release(&schema);
}

#define FIELD(text) "{\"fields\": [{\"name\": \"a\", " text "}]}"

static void faults_name_their_place(void **state)
{
    (void)state;
    check_faults(FIELD("\"type\": \"integr\""),
        "'integr' is no type; nearest is 'integer' (fields[0].type);");
    check_faults(
        FIELD("\"typ\": \"date\""), "'typ' is no property; nearest is 'type' (fields[0].typ);");
    check_faults(
        FIELD("\"decimalChar\": \";\""), "';': '.' or ',' is wanted (fields[0].decimalChar);");
    check_faults(
        FIELD("\"groupChar\": \".\""), "'.' can't be decimalChar and in groupChar (fields[0]);");
    check_faults(FIELD("\"type\": \"date\", \"format\": \"%d/%m\""),
        "'%d/%m': a pattern of %d, %m or %B, and %Y or %y is wanted, such as %d/%m/%Y "
        "(fields[0].format);");
    check_faults(FIELD("\"type\": \"date\", \"format\": \"%Y/%d/%m\""),
        "'%Y/%d/%m': a pattern of %d, %m or %B, and %Y or %y is wanted, such as %d/%m/%Y "
        "(fields[0].format);");
    check_faults(FIELD("\"type\": \"yearmonth\", \"format\": \"%d/%m/%Y\""),
        "'%d/%m/%Y': a pattern of %m or %B, and %Y or %y is wanted, such as %m/%Y "
        "(fields[0].format);");
    check_faults(FIELD("\"missingValues\": [\"NA\", 9]"),
        "a string is wanted (fields[0].missingValues[1]);");
    check_faults(FIELD("\"labels\": {\"x\": 1}"), "a string is wanted (fields[0].labels.x);");
    check_faults(FIELD("\"unit\": \"FCFA\""),
        "unit wants bareNumber false beside it, and no percent (fields[0]);");
    check_faults(
        FIELD("\"bareNumber\": false, \"unit\": \"%\""), "'%' is not a unit (fields[0].unit);");
    check_faults("{\"fields\": [{\"type\": \"string\"}, 7]}",
        "'name' is wanted (fields[0]);an object is wanted (fields[1]);");
    check_faults("{}", "a list of fields is wanted (fields);");
    check_faults("[]", "an object is wanted;");
    check_faults(
        FIELD("\"type\": \"int\""), "'int' is no type; nearest is 'integer' (fields[0].type);");
    check_faults(
        FIELD("\"type\": \"Text\""), "'Text' is no type; nearest is 'string' (fields[0].type);");
    check_faults(
        "{\"fields\": [{\"name\": \"a\"}], \"dialect\": {\"delimiter\": \"ab\", \"header\": false, "
        "\"headerRows\": [0]}}",
        "'ab' is not a delimiter (dialect.delimiter);a file without a header can't be read "
        "(dialect.header);a row number from 1 is wanted (dialect.headerRows[0]);");
}

static void what_is_no_json_is_refused_with_its_line(void **state)
{
    (void)state;
    static const char *const broken[] = {
        "", "{", "{\"fields\": [}", "{\"fields\": 1, \"fields\": 2}", "\xFF"};
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        struct mig_schema schema;
        struct mig_error_list faults = {0};
        assert_int_equal(
            mig_schema_parse(&schema, mig_text_of(broken[i]), "s.json", &faults), MIG_SYNTAX);
        assert_int_equal(faults.count, 1);
        assert_int_equal(faults.items[0].line, 1);
        assert_int_equal(strncmp(faults.items[0].text, "not JSON: ", 10), 0);
        mig_error_list_release(&faults);
        mig_schema_release(&schema);
    }
}

static void patterns_give_the_order_of_a_day(void **state)
{
    (void)state;
    static const struct {
        const char *pattern;
        enum mig_treatment treatment;
        enum mig_date_order order;
    } patterns[] = {{"default", MIG_AS_DATE, MIG_YMD}, {"%Y-%m-%d", MIG_AS_DATE, MIG_YMD},
        {"%d/%m/%Y", MIG_AS_DATE, MIG_DMY}, {"%m.%d.%Y", MIG_AS_DATE, MIG_MDY},
        {"%d/%m/%y", MIG_AS_DATE, MIG_DMY}, {"%y-%m-%d", MIG_AS_DATE, MIG_YMD},
        {"%d-%b-%y", MIG_AS_DATE, MIG_YMD}, {"%B %d, %Y", MIG_AS_DATE, MIG_YMD},
        {"%Y%m%d", MIG_AS_BASIC_DATE, MIG_YMD}, {"%Y-%m-%dT%H:%M:%S", MIG_AS_DATE, MIG_YMD},
        {"%d/%m/%Y %H:%M", MIG_AS_DATE, MIG_DMY}};
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
        struct mig_schema schema;
        struct mig_error_list faults = {0};
        struct mig_buffer json = {0};
        DUMP(&json, FIELD("\"type\": \"date\", \"format\": \"%s\""), patterns[i].pattern);
        assert_int_equal(mig_schema_parse(&schema, mig_buffer_text(&json), "s", &faults), MIG_OK);
        assert_int_equal(schema.fields[0].treatment, patterns[i].treatment);
        assert_int_equal(schema.fields[0].order, patterns[i].order);
        assert_int_equal(schema.fields[0].short_year, strstr(patterns[i].pattern, "%y") != NULL);
        mig_buffer_release(&json);
        mig_schema_release(&schema);
    }
}

/* The type of the one column of these cells, a letter each of its questions in brackets. */
static void check_proposal(const char *csv, const char *wanted)
{
    static const struct mig_input_options options = {.reader = {.delimiter = '\t'}};
    struct table table;
    struct mig_row row;
    struct mig_proposal *proposal;
    struct mig_decision *decisions;
    struct mig_schema schema;
    struct mig_error_list faults = {0};
    struct mig_buffer json = {0}, out = {0};
    size_t count;
    table_open_with(&table, mig_text_of(csv), &options);
    assert_int_equal(mig_proposal_new(&proposal, table.input, NULL), MIG_OK);
    while (mig_input_next(table.input, &row, NULL) == MIG_OK && row.count > 0)
        assert_int_equal(mig_proposal_row(proposal, &row, NULL), MIG_OK);
    assert_int_equal(mig_proposal_write(proposal, &options, &json, NULL), MIG_OK);
    assert_int_equal(mig_schema_parse(&schema, mig_buffer_text(&json), "s", &faults), MIG_OK);
    assert_int_equal(schema.count, 1);
    const struct mig_field *field = &schema.fields[0];
    static const char *const orders[] = {"", " dmy", " mdy"};
    DUMP(&out, "%s%s", mig_type_name(field->treatment), orders[field->order]);
    if (field->decimal != '.' || field->group[0] != '\0')
        DUMP(&out, " %c'%s'", field->decimal, field->group);
    if (field->percent != MIG_PERCENT_REFUSED)
        DUMP(&out, " %%");
    for (size_t i = 1; i < field->missing.count; i++)
        DUMP(&out, " -%s", field->missing.items[i]);
    assert_int_equal(mig_proposal_decisions(proposal, &decisions, &count, NULL), MIG_OK);
    for (size_t i = 0; i < count; i++)
        DUMP(&out, " %s%s:%d/%d", decisions[i].shown_by.length > 0 ? "=" : "?",
            mig_question_name(decisions[i].question), (int)decisions[i].cells,
            (int)decisions[i].filled);
    if (strcmp(out.data, wanted) != 0)
        fail_msg("%s: %s instead of %s", csv, out.data, wanted);
    free(decisions);
    mig_buffer_release(&out);
    mig_buffer_release(&json);
    mig_schema_release(&schema);
    mig_proposal_free(proposal);
    table_close(&table);
}

static void numbers_are_proposed_when_there_is_one_reading(void **state)
{
    (void)state;
    check_proposal("v\n1\n20\n-3\n", "integer");
    check_proposal("v\n1\n2.5\n", "number");
    check_proposal("v\n2.5e+07\n3\n", "number");
    check_proposal("v\n12.5\n1,022\n", "number .','");
    check_proposal("v\n12,5\n1.022\n", "number ,'.'");
    check_proposal("v\n12.50\n8.00\n1250\n", "number");
    check_proposal("v\n1 234\n5\n", "integer .' '");
    check_proposal("v\n1 234,5\n5\n", "number ,' '");
    check_proposal("v\n354.739\n391. 000\n78 439\n", "integer ,'. '");
    check_proposal("v\n1,234.5\n2,000\n", "number .','");
    check_proposal("v\n49,7 %\n5 %\n", "number ,'' %");
    check_proposal("v\nNA\n1\n..\n", "integer -NA -..");
    check_proposal("year\n1999\n2025\n", "year");
    check_proposal("v\n1999\n2025\n", "integer");
    check_proposal("v\n007\n12\n", "string");
    check_proposal("v\n0,123\n0,5\n", "number ,''");
}

/* Decimals of the same length that no thousand has are shown, but do not decide. */
static void other_cells_speak_for_a_decimal_sign(void **state)
{
    (void)state;
    check_proposal("v\n14.6311046000001\n8.0500\n", "string =broken_group:1/2");
    check_proposal("v\n14.6311046000001\n8.050\n", "string =decimal_or_group:1/2");
    check_proposal("v\n0,512\n1,022\n", "string =decimal_or_group:1/2");
    check_proposal("v\n-0.512\n1.022\n-1.022\n", "string =decimal_or_group:2/3");
    check_proposal("v\n1 234.567\n1.022\n", "string =decimal_or_group:1/2");
    check_proposal("v\n7.5173e-001\n1.022\n", "string =decimal_or_group:1/2");
    check_proposal("v\n12.5\n1.022\n0.5\n", "string ?decimal_or_group:1/3");
    check_proposal("v\n12,5\n1,022\n", "string ?decimal_or_group:1/2");
    check_proposal("v\n12.25\n8.0500\n", "string ?broken_group:1/2");
    check_proposal("v\n0.512\n8.0500\n1.022\n", "string =decimal_or_group:1/3 ?broken_group:1/3");
    check_proposal("v\n12.345\n14.500\n", "string ?decimal_or_group:2/2");
    check_proposal("v\n0.0500\n8.0500\n", "string =broken_group:1/2");
}

static void what_has_two_readings_is_asked(void **state)
{
    (void)state;
    check_proposal("v\n1.022\n5\n", "string ?decimal_or_group:1/2");
    check_proposal("v\n1,022\n750\n\n", "string ?decimal_or_group:1/2");
    check_proposal("v\n354.739\n78 439\n", "string ?decimal_or_group:1/2");
    check_proposal("v\n8.0500\n4500\n", "string ?broken_group:1/2");
    check_proposal("v\n12.5\n12,5\n", "string ?signs_differ:2/2");
    check_proposal("v\n5 %\n5\n", "string ?percent:1/2");
    check_proposal("v\n+22376543210\n12\n", "string ?plus_sign:1/2");
    check_proposal("v\n+12\n-12\n+1234567.5\n", "number");
    check_proposal("v\n1\n2\nx\n", "string ?some_no_number:1/3");
    check_proposal("v\n20150408\n20150409\n", "string ?day_or_number:2/2");
    check_proposal("v\nNA\nNE\n", "string ?missing_or_value:1/2");
    check_proposal("v\nConflict\nconflict\n", "string ?letter_case:1/2");
    check_proposal("v\nConflict; Flood\nFlood\n", "string ?several_values:1/2");
    check_proposal("v\nAn account of more than forty-eight bytes, which say nothing\nFlood; Fire\n",
        "string ?several_values:1/2");
    check_proposal(
        "v\nAn account of more than forty-eight bytes, which say nothing\nFlood\nflood\n",
        "string ?letter_case:1/3");
    check_proposal("v\n[]\n['a']\n", "string ?list:2/2");
    check_proposal("v\n1 200 FCFA\nUSD 5\n7\n", "string ?unit:2/3");
    check_proposal("v\nRound 1\nRound 2\n", "string");
}

/* `count` different labels, and then the second of them in other letters. */
static void check_many_labels(size_t count, const char *wanted)
{
    struct mig_buffer csv = {0};
    DUMP(&csv, "v\n");
    for (size_t i = 0; i < count; i++)
        DUMP(&csv, "Zone \xC3\x89%zu\n", i);
    DUMP(&csv, "zone \xC3\xA9%d\nzone \xC3\xA9%d\n", 1, 1);
    check_proposal(csv.data, wanted);
    mig_buffer_release(&csv);
}

static void labels_are_compared_within_a_bound(void **state)
{
    (void)state;
    check_many_labels(30, "string ?letter_case:1/32");
    check_many_labels(4095, "string ?letter_case:1/4097");
    check_many_labels(4097, "string");
}

static void dates_are_proposed_when_one_order_reads_all(void **state)
{
    (void)state;
    check_proposal("v\n2025-01-31\n2025-02-01\n", "date");
    check_proposal("v\n31/01/2025\n03/02/2018\n", "date dmy");
    check_proposal("v\n01/31/2025\n03/02/2018\n", "date mdy");
    check_proposal("v\nAugust 31, 2021\n3 mai 2021\n", "date");
    check_proposal("v\n2017-03-30T00:00:00\n", "date");
    check_proposal("v\n2021-08\nmai 2021\n", "yearmonth");
    check_proposal("v\nTrue\nfalse\n", "boolean");
    check_proposal("v\n03/02/2018\n04/05/2018\n", "string ?day_or_month:2/2");
    check_proposal("v\n31/12/2018\n12/31/2018\n", "string ?orders_differ:2/2");
    check_proposal("v\n2017-03-30T14:05:00\n2017-03-30\n", "string ?time_of_day:1/2");
    check_proposal("v\n2017-03-30\n2017-03-31\nspring\n", "string ?some_no_date:1/3");
    check_proposal("v\n\n\n", "string");
    check_proposal("v\n01/02/18\n31/12/18\n", "string ?short_date:2/2");
    check_proposal("v\nJan-18\nmars 2018\n", "string ?short_date:1/2");
    check_proposal("v\n12/2018\n01/2019\nx\n", "string ?short_date:2/3");
    check_proposal("v\n31/12/2018\n31/12/18\n", "string ?short_date:1/2");
    check_proposal("v\nML01\n3/4\n", "string");
}

static void check_changes(const char *json, const char *csv, const char *wanted)
{
    static const struct mig_input_options options = {
        .reader = {.delimiter = ','}, .pass_ragged = true};
    struct table table;
    struct mig_schema schema;
    struct mig_cleaner cleaner;
    struct mig_error_list faults = {0}, findings = {0};
    struct mig_row row;
    struct mig_buffer out = {0};
    table_open_with(&table, mig_text_of(csv), &options);
    assert_int_equal(mig_schema_parse(&schema, mig_text_of(json), "s", &faults), MIG_OK);
    assert_int_equal(mig_cleaner_init(&cleaner, table.input, NULL), MIG_OK);
    assert_int_equal(mig_schema_apply(&schema, &cleaner, &findings, NULL), MIG_OK);
    while (mig_input_next(table.input, &row, NULL) == MIG_OK && row.count > 0) {
        assert_int_equal(mig_cleaner_row(&cleaner, &row, &faults, NULL), MIG_OK);
        for (size_t i = 0; i < cleaner.count; i++)
            DUMP(&out, "%s%.*s", i > 0 ? "|" : "", MIG_TEXT_ARG(mig_cleaner_cell(&cleaner, i, 0)));
        DUMP(&out, ";");
    }
    assert_int_equal(mig_cleaner_review(&cleaner, true, &findings, NULL), MIG_OK);
    for (size_t i = 0; i < findings.count; i++)
        DUMP(&out, "!%s", findings.items[i].text);
    assert_string_equal(out.data, wanted);
    mig_buffer_release(&out);
    mig_error_list_release(&faults);
    mig_error_list_release(&findings);
    mig_cleaner_release(&cleaner);
    mig_schema_release(&schema);
    table_close(&table);
}

static void columns_that_changed_are_named(void **state)
{
    (void)state;
    static const char schema[] =
        "{\"missingValues\": [\"\", \"-\"], \"fields\": ["
        "{\"name\": \"a\", \"type\": \"integer\"}, {\"name\": \"gone\"}, "
        "{\"name\": \"a\", \"type\": \"date\", \"format\": \"%d/%m/%Y\"}]}";
    check_changes(schema, "a,b,a\n1,x,3/4/2025\n-,-,4/4/2025\n",
        "1|x|2025-04-03;|-|2025-04-04;"
        "!column 'gone' of the schema has vanished from the file"
        "!column 'b' is new: the schema does not have it, and it goes out as it is");
    check_changes("{\"fields\": [{\"name\": \"a\", \"type\": \"integer\"}]}", "a\nx\n1.5\n",
        ";;"
        "!column 'a' is no longer of type integer: none of its 2 cells fits");
    check_changes("{\"fields\": [{\"name\": \"a\", \"type\": \"integer\"}]}", "a\nx\n15\n",
        ";15;!column 'a': cells that are not of type integer: 1 of 2");
    check_changes("{\"fields\": [{\"name\": \"a\", \"type\": \"number\", \"bareNumber\": false, "
                  "\"percent\": \"points\"}]}",
        "a\n5 %\n7\n", "5;7;!column 'a': numbers with a percent sign: 1, without: 1");
    check_changes("{\"fields\": [{\"name\": \"a\", \"type\": \"integer\", \"groupChar\": \" \", "
                  "\"bareNumber\": false}]}",
        "a\n1 200 FCFA\n-5 fcfa\n6\n7 EUR\n8.5 FCFA\n5 %\n",
        "1200;-5;6;;;;!column 'a': cells that are not of type integer: 3 of 6"
        "!column 'a': numbers with the unit 'FCFA': 2, without: 1");
    check_changes("{\"fields\": [{\"name\": \"a\", \"type\": \"number\", \"groupChar\": \",\", "
                  "\"bareNumber\": false, \"unit\": \"US$\"}]}",
        "a\n\"-US$1,200.50\"\nUSD 5\nUS$ 7\n",
        "-1200.50;;7;"
        "!column 'a': cells that are not of type number: 1 of 3");
    check_changes("{\"fields\": [{\"name\": \"a\", \"hxl\": \"#adm1\"}]}", "a\n#adm2\nx\n",
        "x;!column 'a' has the tag '#adm2', in the schema '#adm1'");
    check_changes("{\"fields\": [{\"name\": \"a\"}], \"dialect\": {\"headerRows\": [3]}}", "a\nx\n",
        "x;!the header is line 1, in the schema 3");
}

static void every_type_is_applied(void **state)
{
    (void)state;
    check_changes(
        "{\"fields\": [{\"name\": \"b\", \"type\": \"boolean\", \"trueValues\": [\"oui\"], "
        "\"falseValues\": [\"non\"]}, {\"name\": \"y\", \"type\": \"year\"}, {\"name\": \"m\", "
        "\"type\": \"yearmonth\"}, {\"name\": \"d\", \"type\": \"date\", \"format\": \"%Y%m%d\"}, "
        "{\"name\": \"t\", \"trim\": true, \"labels\": {\"x\": \"X\"}, \"missingValues\": "
        "[{\"value\": \"-9\", \"label\": \"refused\"}]}]}",
        "b,y,m,d,t\noui,2025,mai 2025,20150408, x \nnon, 1999 ,2025-01,20240229,-9\n",
        "true|2025|2025-05|2015-04-08|X;false|1999|2025-01|2024-02-29|;");
    check_changes(
        "{\"fields\": [{\"name\": \"a\", \"type\": \"yearmonth\", \"format\": \"%m/%Y\"}, "
        "{\"name\": \"b\", \"type\": \"yearmonth\", \"format\": \"%b-%y\"}, {\"name\": \"c\", "
        "\"type\": \"date\", \"format\": \"%d/%m/%y\"}]}",
        "a,b,c\n12/2018,Jan-18,01/02/69\n1/2019,f\303\251vr. 68,31/12/68\n",
        "2018-12|2018-01|1969-02-01;2019-01|2068-02|2068-12-31;");
    check_changes("{\"fields\": [{\"name\": \"c\", \"type\": \"date\", \"format\": \"%d/%m/%y\"}]}",
        "c\n01/02/18\n01/02/2018\n",
        "2018-02-01;;!column 'c': cells that are not of type date: 1 of 2");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(faults_name_their_place),
        cmocka_unit_test(what_is_no_json_is_refused_with_its_line),
        cmocka_unit_test(patterns_give_the_order_of_a_day),
        cmocka_unit_test(numbers_are_proposed_when_there_is_one_reading),
        cmocka_unit_test(other_cells_speak_for_a_decimal_sign),
        cmocka_unit_test(what_has_two_readings_is_asked),
        cmocka_unit_test(labels_are_compared_within_a_bound),
        cmocka_unit_test(dates_are_proposed_when_one_order_reads_all),
        cmocka_unit_test(columns_that_changed_are_named),
        cmocka_unit_test(every_type_is_applied),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
