#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../table.h"
#include "table/expression.h"

/* One row: cells as they would be typed, with a missing one of either kind. */
static const char csv[] = "n,m,place,day,month,year,none,dots,empty text,#tag,and\n"
                          "1.50,-3,S\303\251gou,2025-09-30,2025-09,2025,,..,x,7,yes\n";

static struct table table;
static struct mig_row row;

static int open_table(void **state)
{
    (void)state;
    static const struct mig_input_options options = {.reader = {.delimiter = ','}, .missing = ".."};
    table_open_with(&table, mig_text_of(csv), &options);
    return mig_input_next(table.input, &row, NULL) == MIG_OK ? 0 : -1;
}

static int close_table(void **state)
{
    (void)state;
    table_close(&table);
    return 0;
}

/* "true", "false", "unknown", or the error as dump_error() writes it; those of binding one a line.
 */
static void answer(const char *text, struct mig_buffer *out)
{
    static const char *const truths[] = {"false", "true", "unknown"};
    struct mig_expression *expression;
    struct mig_error error = {0};
    struct mig_error_list errors = {0};
    enum mig_truth truth;
    enum mig_status status = mig_expression_parse(&expression, text, &error);
    if (status != MIG_OK) {
        dump_error(out, status, &error);
        return;
    }
    status = mig_expression_bind(expression, table_header(&table), &errors);
    for (size_t i = 0; i < errors.count; i++) {
        dump_error(out, errors.items[i].status, &errors.items[i]);
        DUMP(out, "\n");
    }
    if (status == MIG_OK) {
        status = mig_expression_test(expression, table.input, &row, &truth, &error);
        if (status == MIG_OK)
            DUMP(out, "%s", truths[truth]);
        else
            dump_error(out, status, &error);
    }
    mig_error_list_release(&errors);
    mig_expression_free(expression);
}

struct expected {
    const char *text;
    const char *answer;
};

static void check_all(const struct expected *expected, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct mig_buffer out = {0};
        answer(expected[i].text, &out);
        if (strcmp(out.data, expected[i].answer) != 0)
            fail_msg("%s\n gives  %s\n wanted %s", expected[i].text, out.data, expected[i].answer);
        mig_buffer_release(&out);
    }
}

#define CHECK_ALL(expected) check_all(expected, sizeof(expected) / sizeof *(expected))

static void numbers_are_compared_exactly(void **state)
{
    (void)state;
    static const struct expected expected[] = {
        {"n == 1.5", "true"}, {"n == 1.500", "true"}, {"n == 15e-1", "true"},
        {"n == 1.5000000000000000000000001", "false"}, /* the same double */
        {"n < 1.5000000000000000000000001", "true"}, {"n != 1.5", "false"}, {"n < 2", "true"},
        {"n <= 1.5", "true"}, {"n > 1.5", "false"}, {"n >= 1.5", "true"}, {"m == -3", "true"},
        {"m == - 3", "true"}, {"m == --3", "false"}, {"-m == 3", "true"}, {"-m == -(-3)", "true"},
        {"2 > n", "true"}, {"m < n", "true"}, {"n == m", "false"}, {"0.1 + 0.2 == 0.3", "true"},
        {"0.1 + 0.2 > 0.3", "false"}, {"1 / 3 * 3 == 1", "true"},
        {"1 / 3 == 0.3333333333333333", "false"}, {"n * n == 2.25", "true"},
        {"n - m == 4.5", "true"}, {"n / m == -0.5", "true"}, {"1 + 2 * 3 == 7", "true"},
        {"(1 + 2) * 3 == 9", "true"}, {"10 - 4 - 3 == 3", "true"}, {"16 / 4 / 2 == 2", "true"},
        {"2025-1 == 2024", "!value 0:1 '2025-1' is not a date; to subtract, put blanks around the "
                           "minus sign"},
        {"2025 - 1 == 2024", "true"}, {"1e3 + n == 1001.5", "true"},
        {"99999999999999999999 * 99999999999999999999 + 1 == "
         "9999999999999999999800000000000000000002",
            "true"}, /* Python */
    };
    CHECK_ALL(expected);
}

static void texts_are_compared_by_bytes(void **state)
{
    (void)state;
    static const struct expected expected[] = {
        {"place == \"S\303\251gou\"", "true"},
        {"place == 'S\303\251gou'", "true"},
        {"place == \"Segou\"", "false"},
        {"place == \"s\303\251gou\"", "false"},
        {"place != \"Segou\"", "true"},
        {"lower(place) == \"s\303\251gou\"", "true"},
        {"length(place) == 5", "true"},
        {"n == \"1.5\"", "false"}, /* quotes want the cell as it stands */
        {"n == \"1.50\"", "true"},
        {"place in (\"Gao\", \"S\303\251gou\")", "true"},
        {"place in (\"Gao\")", "false"},
        {"place not in (\"Gao\", \"Kidal\")", "true"},
        {"place not in ('S\303\251gou')", "false"},
        {"m in (1, -3, 5)", "true"},
        {"n in (1.5)", "true"},
        {"day in (2025-09-29, 2025-09-30)", "true"},
        {"place == \"a\"\"b\" or place == 'it''s'", "false"},
        {"`empty text` == \"x\"", "true"},
        {"`#tag` == 7", "true"},
        {"`and` == \"yes\"", "true"},
        {"place ~ \"^S.gou$\"", "true"}, /* one character, two bytes */
        {"place ~ \"^S[\303\250\303\251]gou$\"", "true"},
        {"place ~ \"gou|Gao\"", "true"},
        {"place ~ \"^gou\"", "false"},
        {"place !~ \"^gou\"", "true"},
        {"day ~ \"^[0-9]{4}-\"", "true"},
        {"lower(place) ~ \"^s\"", "true"},
        {"year == place", "false"}, /* two columns, no numbers: as texts */
        {"year != place", "true"},
        {"band(n,0,1,2) == \"1\"", "true"},
        {"\"0\" == band(n,0,1,2)", "false"},
        {"band(n,0,1,2) in (\"<0\", \"2+\")", "false"},
        {"band(n,0,5) == \"0-4\"", "true"},
    };
    CHECK_ALL(expected);
}

static void dates_are_compared_in_time(void **state)
{
    (void)state;
    static const struct expected expected[] = {
        {"day == 2025-09-30", "true"},
        {"day > 2025-09-29", "true"},
        {"day <= 2025-09-30", "true"},
        {"day < 2025-10", "true"},
        {"day >= 2026-Q1", "false"},
        {"day == 2024-02", "false"},
        {"month == 2025-09", "true"},
        {"month < 2025-Q4", "true"},
        {"month < day", "!value 2:5 '2025-09' and '2025-09-30' overlap: neither is before the "
                        "other; see month(), quarter(), year() (column month)"},
        {"day >= 2025-09", "!value 2:4 '2025-09-30' and '2025-09' overlap: neither is before the "
                           "other; see month(), quarter(), year() (column day)"},
        {"month(day) == 2025-09", "true"},
        {"month(day) == month", "true"},
        {"quarter(day) == 2025-Q3", "true"},
        {"week(day) == 2025-W40", "true"}, /* date -d 2025-09-30 +%G-W%V */
        {"year(day) == 2025", "true"},
        {"year(day) >= 2020 && year(day) < 2026", "true"},
        {"year(day) == year", "true"},
        {"year(day) + 1 == 2026", "true"},
        {"year == 2025", "true"},
        {"year < 2025-10-01", "!value 2:6 '2025' and '2025-10-01' overlap: neither is before the "
                              "other; see month(), quarter(), year() (column year)"},
        {"year < 2026-01-01", "true"},
    };
    CHECK_ALL(expected);
}

static void missing_is_unknown(void **state)
{
    (void)state;
    static const struct expected expected[] = {
        {"missing(none)", "true"},
        {"missing(dots)", "true"},
        {"missing(n)", "false"},
        {"!missing(none)", "false"},
        {"none == 1", "unknown"},
        {"none != 1", "unknown"},
        {"none == \"x\"", "unknown"},
        {"none != \"x\"", "unknown"},
        {"!(none == \"x\")", "unknown"},
        {"dots != \"..\"", "unknown"},
        {"none == none", "unknown"},
        {"none < n", "unknown"},
        {"none in (1, 2)", "unknown"},
        {"none not in (1, 2)", "unknown"},
        {"none ~ \"x\"", "unknown"},
        {"none !~ \"x\"", "unknown"},
        {"none + 1 > 0", "unknown"},
        {"0 * none == 0", "unknown"},
        {"year(none) == 2020", "unknown"},
        {"band(none,0,1) == \"0\"", "unknown"},
        {"length(none) == 0", "unknown"},
        {"lower(none) == \"x\"", "unknown"},
        {"n / (n - n) == 1", "unknown"}, /* undefined */
        {"n / (n - n) != 1", "unknown"},
        {"1 / (n - 1.5) > 0", "unknown"},
    };
    CHECK_ALL(expected);
}

/* Kleene 1952, section 64: T, F and U stand for n == 1.5, n == 0 and none == 0. */
static void conditions_follow_kleene(void **state)
{
    (void)state;
    static const char *const operands[] = {"n == 1.5", "n == 0", "none == 0"};
    static const char *const both[3][3] = {
        {"true", "false", "unknown"}, {"false", "false", "false"}, {"unknown", "false", "unknown"}};
    static const char *const either[3][3] = {
        {"true", "true", "true"}, {"true", "false", "unknown"}, {"true", "unknown", "unknown"}};
    static const char *const opposite[3] = {"false", "true", "unknown"};
    for (int i = 0; i < 3; i++) {
        char text[64];
        snprintf(text, sizeof text, "not %s", operands[i]);
        check_all(&(struct expected){text, opposite[i]}, 1);
        for (int j = 0; j < 3; j++) {
            snprintf(text, sizeof text, "%s && %s", operands[i], operands[j]);
            check_all(&(struct expected){text, both[i][j]}, 1);
            snprintf(text, sizeof text, "%s or %s", operands[i], operands[j]);
            check_all(&(struct expected){text, either[i][j]}, 1);
        }
    }
}

static void operators_bind_as_they_should(void **state)
{
    (void)state;
    static const struct expected expected[] = {
        {"n == 1.5 or n == 0 and n == 0", "true"}, /* and before or */
        {"(n == 1.5 or n == 0) and n == 0", "false"},
        {"not n == 0 and n == 0", "false"}, /* not before and */
        {"not n == 0 or n == 0", "true"}, {"not not n == 1.5", "true"},
        {"!(n == 0) && !missing(n)", "true"}, {"!!missing(none)", "true"},
        {"n == 0 && place > 1", "false"}, /* what is decided is not looked at */
        {"n == 1.5 || place > 1", "true"}, {"n==1.5&&m==-3||none==1", "true"},
        {"n\n ==\t1.5\302\240&&\342\200\257m == -3", "true"}, /* unbreakable blanks */
    };
    CHECK_ALL(expected);
}

static void cells_of_another_type_are_errors(void **state)
{
    (void)state;
    static const struct expected expected[] = {
        {"place > 1", "!value 2:3 'S\303\251gou' is not a number (column place)"},
        {"place != 1", "!value 2:3 'S\303\251gou' is not a number (column place)"},
        {"place in (1, 2)", "!value 2:3 'S\303\251gou' is not a number (column place)"},
        {"n == 1.5 && place + 1 > 0", "!value 2:3 'S\303\251gou' is not a number (column place)"},
        {"day > 2025", "!value 2:4 '2025-09-30' is a date, not a number; see year() (column day)"},
        {"n < 2025-10-01", "!value 2:1 '1.50' is not a date (column n)"},
        {"year(place) == 1", "!value 2:3 'S\303\251gou' is not a date (column place)"},
        {"month(year) == 2025-01", "!value 2:6 '2025' lies in no one month (column year)"},
        {"n < place", "!value 2:1 '1.50' and 'S\303\251gou' are neither two numbers nor two "
                      "dates: they have no order (column n)"},
    };
    CHECK_ALL(expected);
}

static void faults_are_named_with_their_place(void **state)
{
    (void)state;
    static const struct expected expected[] = {
        {"", "!syntax 0:1 the expression is empty"},
        {"  ", "!syntax 0:3 the expression is empty"},
        {"n", "!syntax 0:1 a condition is wanted here, such as a comparison, not a column"},
        {"n + 1", "!syntax 0:3 a condition is wanted here, such as a comparison, not a number"},
        {"n = 1", "!syntax 0:3 '=' is not understood; equality is written =="},
        {"n == 1 & m == 2", "!syntax 0:8 '&' is not understood; the sign for 'and' is &&"},
        {"n == 1 | m == 2", "!syntax 0:8 '|' is not understood; the sign for 'or' is ||"},
        {"#tag == 7", "!syntax 0:1 an HXL pattern stands in backquotes: `#adm1+name`"},
        {"n == 5 %", "!syntax 0:8 '%' is not understood"},
        {"n ==", "!syntax 0:5 a column, a number, a date or a text in quotes is wanted here"},
        {"n == 1 m == 2", "!syntax 0:8 an operator is wanted here, such as && or =="},
        {"n == 1 && m",
            "!syntax 0:11 a condition is wanted here, such as a comparison, not a column"},
        {"!n == 1", "!syntax 0:2 a condition is wanted here, such as a comparison, not a column"},
        {"(n == 1", "!syntax 0:8 ')' is missing"},
        {"n == 1)", "!syntax 0:7 ')' closes no bracket"},
        {"n == 1 == 1", "!syntax 0:8 comparisons do not chain; write a < b && b < c"},
        {"0 < n < 1", "!syntax 0:7 comparisons do not chain; write a < b && b < c"},
        {"missing(n) == 1",
            "!syntax 0:12 a condition can't be compared; conditions are joined by && and ||"},
        {"place < \"x\"",
            "!syntax 0:7 texts have no order; numbers and dates are written without quotes"},
        {"lower(place) > 3", "!syntax 0:14 a text can't be compared with a number"},
        {"lower(place) == \"Gao\"",
            "!syntax 0:17 lower() gives small letters, and this text has others"},
        {"lower(place) in (\"gao\", \"\303\211\")",
            "!syntax 0:25 lower() gives small letters, and this text has others"},
        {"band(n,0,18,60) == \"18-60\"",
            "!syntax 0:20 this is none of the classes <0, 0-17, 18-59, 60+"},
        {"band(n,0,18,60) not in (\"0-17\", \"\")",
            "!syntax 0:33 no cell equals an empty text: an empty cell is missing; see missing()"},
        {"year(day) == \"2025\"", "!syntax 0:11 a number can't be compared with a text"},
        {"month(day) == 9", "!syntax 0:12 a date or period can't be compared with a number"},
        {"n + \"1\" > 2", "!syntax 0:5 a number is wanted here, not a text"},
        {"-2025-01 == day", "!syntax 0:2 a number is wanted here, not a date or period"},
        {"none == \"\"", "!syntax 0:9 no cell equals an empty text: an empty cell is missing; see "
                         "missing()"},
        {"\"place\" == \"Gao\"", "!syntax 0:1 no column is compared here; a column stands without "
                                 "quotes or in backquotes"},
        {"'place' ~ \"Gao\"", "!syntax 0:1 no column is compared here; a column stands without "
                              "quotes or in backquotes"},
        {"place in ()",
            "!syntax 0:11 a column, a number, a date or a text in quotes is wanted here"},
        {"place in \"a\"", "!syntax 0:10 a list is wanted here, as in (\"Gao\", \"Kidal\")"},
        {"place in (\"a\", 1)", "!syntax 0:16 a text can't be compared with a number"},
        {"place in (\"a\" \"b\")", "!syntax 0:15 ')' or ',' is missing"},
        {"place in (n)", "!syntax 0:11 a list holds numbers, dates or texts in quotes"},
        {"place not \"a\"", "!syntax 0:11 'in' is wanted here"},
        {"place ~ n", "!syntax 0:9 a regular expression in quotes is wanted here"},
        {"n + 1 ~ \"1\"", "!syntax 0:3 a column is wanted before ~, not a number"},
        {"place == \"a", "!syntax 0:10 a quote is not closed"},
        {"`n == 1", "!syntax 0:1 a backquote is not closed"},
        {"`` == 1", "!syntax 0:1 a name is empty"},
        {"place == \342\200\234a\342\200\235",
            "!syntax 0:10 a text stands in straight quotes: \"...\" or '...'"},
        {"n == 12a", "!value 0:6 '12a' is not a number"},
        {"n == 1.2.3", "!value 0:6 '1.2.3' is not a number"},
        {"day == 2025-13", "!value 0:8 '2025-13' is not a date; to subtract, put blanks around the "
                           "minus sign"},
        {"day == 2025-09-30T00:00", "!value 0:8 '2025-09-30T00:00' is not a date; to subtract, put "
                                    "blanks around the minus sign"},
        {"yaer(day) == 1", "!name 0:1 no function 'yaer'; nearest is 'year'"},
        {"sqrt(n) == 1", "!name 0:1 no function 'sqrt'; there are missing, year, quarter, month, "
                         "week, band, length and lower"},
        {"n == 1 && band(n) == \"1\"",
            "!syntax 0:11 'band(n)': band() needs bounds, as in band(age,0,18,60)"},
        {"missing(1)", "!syntax 0:9 a column is wanted here"},
        {"year(day", "!syntax 0:9 ')' is missing"},
        {"n == \"\377\"", "!syntax 0:7 the expression is not valid UTF-8"},
        {"plaec == 1 && year(dai) == 1 || `place ` == 'x'",
            "!name 0:1 no column 'plaec'; nearest is 'place'; a text stands in quotes, as in "
            "\"plaec\"\n"
            "!name 0:15 no column 'dai'; nearest is 'day'\n"
            "!name 0:33 no column 'place '; nearest is 'place'\n"},
    };
    CHECK_ALL(expected);
}

static void a_bad_regular_expression_is_named(void **state)
{
    (void)state;
    struct mig_expression *expression;
    struct mig_error error;
    assert_int_equal(mig_expression_parse(&expression, "a ~ \"[a\"", &error), MIG_SYNTAX);
    assert_int_equal(error.column, 5);
    assert_non_null(strstr(error.text, "this is not an extended regular expression: "));
    assert_null(expression);
    assert_int_equal(mig_expression_parse(&expression, "a ~ \"[a\"", NULL), MIG_SYNTAX);
}

/* Repeats `piece` and sees how the whole ends. */
static enum mig_status parse_repeated(
    const char *begin, const char *piece, size_t times, const char *end, struct mig_error *error)
{
    struct mig_expression *expression;
    struct mig_buffer text = {0};
    DUMP(&text, "%s", begin);
    for (size_t i = 0; i < times; i++)
        DUMP(&text, "%s", piece);
    DUMP(&text, "%s", end);
    enum mig_status status = mig_expression_parse(&expression, text.data, error);
    mig_expression_free(expression);
    mig_buffer_release(&text);
    return status;
}

static void size_is_limited(void **state)
{
    (void)state;
    struct mig_error error;
    assert_int_equal(parse_repeated("n == 1", " && n == 1", 1000, "", NULL), MIG_OK);
    assert_int_equal(parse_repeated("n == 1", " && n == 1", 2000, "", &error), MIG_LIMIT);
    assert_string_equal(error.text, "the expression has more than 4096 parts");
    assert_int_equal(parse_repeated("", "!", 100, "missing(n)", NULL), MIG_OK);
    assert_int_equal(parse_repeated("", "!", 100000, "missing(n)", &error), MIG_LIMIT);
    assert_string_equal(error.text, "brackets and signs are nested too deep");
    assert_int_equal(parse_repeated("", "(", 100000, "", &error), MIG_LIMIT);
    assert_int_equal(parse_repeated("", "not ", 100000, "", &error), MIG_LIMIT);
    assert_int_equal(parse_repeated("", "-", 100000, "", &error), MIG_LIMIT);
    mig_expression_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_compared_exactly),
        cmocka_unit_test(texts_are_compared_by_bytes),
        cmocka_unit_test(dates_are_compared_in_time),
        cmocka_unit_test(missing_is_unknown),
        cmocka_unit_test(conditions_follow_kleene),
        cmocka_unit_test(operators_bind_as_they_should),
        cmocka_unit_test(cells_of_another_type_are_errors),
        cmocka_unit_test(faults_are_named_with_their_place),
        cmocka_unit_test(a_bad_regular_expression_is_named),
        cmocka_unit_test(size_is_limited),
    };
    return cmocka_run_group_tests(tests, open_table, close_table);
}
