#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <string.h>

#include "input/rewrite.h"

struct example {
    const char *text;
    const char *wanted; /* NULL: refused */
};

static struct mig_number_style style_of(char decimal, const char *group)
{
    return (struct mig_number_style){.decimal = decimal, .group = mig_text_of(group)};
}

/* What is written stands behind what was there; a refusal leaves nothing. */
static void check_numbers(
    struct mig_number_style style, const struct example *examples, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct mig_buffer out = {0};
        struct mig_error error = {0};
        assert_int_equal(mig_buffer_append(&out, ">", 1, NULL), MIG_OK);
        enum mig_status status =
            mig_rewrite_number(mig_text_of(examples[i].text), &style, &out, &error);
        if ((status == MIG_OK) != (examples[i].wanted != NULL))
            fail_msg("'%s' gives %d, '%s'", examples[i].text, status, out.data);
        assert_string_equal(out.data + 1, examples[i].wanted != NULL ? examples[i].wanted : "");
        assert_int_equal(out.length, strlen(out.data));
        assert_int_equal(error.status, status);
        assert_true(status == MIG_OK || strstr(error.text, "is not a number with decimal sign"));
        mig_buffer_release(&out);
    }
}
#define CHECK_NUMBERS(style, examples)                                                             \
    check_numbers(style, examples, sizeof(examples) / sizeof *(examples))

static void every_blank_may_stand_between_thousands(void **state)
{
    (void)state;
    static const struct example examples[] = {
        {"1 234,5", "1234.5"},
        {"1\xC2\xA0"
         "234,5",
            "1234.5"},
        {"1\xE2\x80\x89"
         "234,5",
            "1234.5"},
        {"1\xE2\x80\xAF"
         "234,5",
            "1234.5"},
        {"12 345\xC2\xA0"
         "678\xE2\x80\xAF"
         "901,50",
            "12345678901.50"},
        {"391 000", "391000"},
        {"1234,5", "1234.5"},
        {"-1 234", "-1234"},
        {"0,5", "0.5"},
        {"7", "7"},
        {"1 23", NULL},
        {"1 2345", NULL},
        {"1234 567", NULL},
        {"1  234", NULL},
        {"1 234 ", NULL},
        {" 234", NULL},
        {"1,234 5", NULL},
        {"1 234.5", NULL},
        {"1\t234", NULL},
        {"1\xC2"
         "234",
            NULL},
    };
    CHECK_NUMBERS(style_of(',', " "), examples);
}

/* 8.0500 stood for 8,050 persons in a published table: a finding, not a number to repair. */
static void points_between_thousands_are_checked(void **state)
{
    (void)state;
    static const struct example examples[] = {
        {"354.739", "354739"},
        {"1.234.567,89", "1234567.89"},
        {"354", "354"},
        {"354739", "354739"},
        {"8.0500", NULL},
        {"8.05", NULL},
        {"391. 000", NULL},
        {"391.", NULL},
        {".391", NULL},
        {"1.234.56", NULL},
        {"1..234", NULL},
        {"0,", "0."},
    };
    CHECK_NUMBERS(style_of(',', "."), examples);
}

static void commas_and_apostrophes_between_thousands(void **state)
{
    (void)state;
    static const struct example commas[] = {
        {"1,234,567", "1234567"},
        {"1,234,567.25", "1234567.25"},
        {"12,34,567", NULL},
        {"1,23", NULL},
        {"1,234.567,8", NULL},
        {".5", ".5"},
    };
    static const struct example apostrophes[] = {{"1'234'567.5", "1234567.5"}, {"1'23", NULL},
        {"1,234", NULL},
        {"1\xE2\x80\x99"
         "234",
            "1234"},
        {"1\xE2\x80\x99", NULL}};
    CHECK_NUMBERS(style_of('.', ","), commas);
    CHECK_NUMBERS(style_of('.', "'"), apostrophes);
}

static void without_grouping_nothing_stands_between(void **state)
{
    (void)state;
    static const struct example examples[] = {
        {"1234,5", "1234.5"},
        {"+5", "5"},
        {"-0,50", "-0.50"},
        {"\xE2\x88\x92"
         "5",
            "-5"}, /* U+2212 */
        {"1,5e3", "1.5e3"},
        {"2E-2", "2E-2"},
        {"", NULL},
        {"-", NULL},
        {"\xE2\x88\x92", NULL},
        {",", NULL},
        {"--5", NULL},
        {"+-5", NULL},
        {"-+5", NULL},
        {"\xE2\x80\x93"
         "5",
            NULL}, /* an en dash */
        {"1 234", NULL},
        {"1.5", NULL},
        {"1,5,5", NULL},
        {"1,5.5", NULL},
        {"1,-5", NULL},
        {"12 %", NULL},
        {"1e", NULL},
        {"abc", NULL},
        {"0x10", NULL},
    };
    CHECK_NUMBERS(style_of(',', ""), examples);
}

/* The cells of one French column; a thousand does not begin with 0. */
static void several_signs_may_stand_between_thousands(void **state)
{
    (void)state;
    static const struct example examples[] = {{"354.739", "354739"}, {"391. 000", "391000"},
        {"78 439", "78439"}, {"228.920,5", "228920.5"}, {"1. 234. 567", "1234567"},
        {"1.234 567", NULL}, {"1 234.567", NULL}, {"391 .000", NULL}, {"391.  000", NULL},
        {"0.500", NULL}, {"012.345", NULL}, {"8.0500", NULL}};
    CHECK_NUMBERS(style_of(',', ". "), examples);
    assert_true(mig_number_group_is_valid(mig_text_of(". "), ','));
    assert_true(mig_number_group_is_valid(mig_text_of(""), '.'));
    assert_false(mig_number_group_is_valid(mig_text_of(". "), '.'));
    assert_false(mig_number_group_is_valid(mig_text_of("x"), '.'));
}

static void a_percent_sign_is_what_the_user_says(void **state)
{
    (void)state;
    static const struct example refused[] = {{"49,7 %", NULL}, {"49,7", "49.7"}};
    static const struct example points[] = {{"49,7 %", "49.7"}, {"49,7%", "49.7"},
        {"49,7\xC2\xA0%", "49.7"}, {"-5\xE2\x80\xAF%", "-5"}, {"7", "7"}, {"%", NULL},
        {"5 %%", NULL}, {"% 5", NULL}};
    static const struct example share[] = {{"49,7 %", "0.497"}, {"100 %", "1.00"}, {"5%", "0.05"},
        {"-0,5 %", "-0.005"}, {"1 234,50 %", "12.3450"}, {",5 %", "0.005"}, {"7", "7"},
        {"1e2 %", NULL}};
    struct mig_number_style style = style_of(',', " ");
    CHECK_NUMBERS(style, refused);
    style.percent = MIG_PERCENT_POINTS;
    CHECK_NUMBERS(style, points);
    style.percent = MIG_PERCENT_SHARE;
    CHECK_NUMBERS(style, share);
}

static void blanks_of_every_kind_are_trimmed(void **state)
{
    (void)state;
    struct mig_text text = mig_trim_blanks(mig_text_of(" \t\r\n\xC2\xA0 a b\xE2\x80\xAF\n"));
    assert_true(mig_text_equal(text, mig_text_of("a b")));
    assert_int_equal(mig_trim_blanks(mig_text_of(" \xE2\x80\x89\n")).length, 0);
    assert_int_equal(mig_trim_blanks((struct mig_text){NULL, 0}).length, 0);
}

static void formulas_are_known_by_their_first_character(void **state)
{
    (void)state;
    static const char *const formulas[] = {
        "=1+1", "+223 70 00", "-", "@SUM(A1)", "\tx", "\rx", "-1,5,", "-5 %x", "+1+1", "-%"};
    static const char *const others[] = {"", "-1.5", "+3", "-2e5", "a=b", "'=1", " =1", "#adm1",
        "-1,5", "-49,7 %", "-1 200",
        "-1\342\200\257200,5", "-1.200,5", "-1,200.5", "+5%", "+22376543210"};
    for (size_t i = 0; i < sizeof formulas / sizeof *formulas; i++)
        assert_true(mig_is_formula(mig_text_of(formulas[i])));
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_false(mig_is_formula(mig_text_of(others[i])));
}

static void numbers_become_plain_decimals(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {{"1e5", "100000"}, {"00012", "12"}, {".5", "0.5"},
        {"5.", "5"}, {"-0", "0"}, {"-0.00", "0.00"}, {"+7", "7"}, {"7.5173e-001", "0.75173"},
        {"12.50", "12.50"}, {"-.50", "-0.50"}, {"1.5e1", "15"}, {"1.50e1", "15.0"},
        {"1e-3", "0.001"}, {"0e99", "0"}, {"000.5", "0.5"}, {"0.0e-5", "0.0"}, {"12e-2", "0.12"},
        {"012e-2", "0.12"}, {"123e-5", "0.00123"}, {"1E2", "100"}, {"00", "0"}, {"-3.25", "-3.25"}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        struct mig_buffer out = {0};
        assert_int_equal(mig_plain_number(mig_text_of(pairs[i][0]), &out, NULL), MIG_OK);
        assert_string_equal(out.data, pairs[i][1]);
        mig_buffer_release(&out);
    }
}

static void refusals_say_what_was_wanted(void **state)
{
    (void)state;
    struct mig_buffer out = {0};
    struct mig_error error = {0};
    struct mig_number_style grouped = style_of(',', "."), plain = style_of('.', "");
    assert_int_equal(mig_rewrite_number(mig_text_of("8.0500"), &grouped, &out, &error), MIG_VALUE);
    assert_string_equal(
        error.text, "'8.0500' is not a number with decimal sign ',', grouped in threes by '.'");
    assert_int_equal(mig_rewrite_number(mig_text_of("8,5"), &plain, &out, &error), MIG_VALUE);
    assert_string_equal(error.text, "'8,5' is not a number with decimal sign '.'");
    mig_buffer_release(&out);
}

static void check_dates(enum mig_date_order order, const struct example *examples, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct mig_buffer out = {0};
        struct mig_error error = {0};
        enum mig_status status =
            mig_rewrite_date(mig_text_of(examples[i].text), order, &out, &error);
        if (examples[i].wanted == NULL) {
            assert_int_equal(status, MIG_VALUE);
            assert_null(out.data);
        } else {
            assert_int_equal(status, MIG_OK);
            assert_string_equal(out.data, examples[i].wanted);
        }
        mig_buffer_release(&out);
    }
}
#define CHECK_DATES(order, examples)                                                               \
    check_dates(order, examples, sizeof(examples) / sizeof *(examples))

static void days_are_read_in_the_order_told(void **state)
{
    (void)state;
    static const struct example dmy[] = {{"03/04/2025", "2025-04-03"}, {"3.4.2025", "2025-04-03"},
        {"31-12-1999", "1999-12-31"}, {"29/02/2024", "2024-02-29"}, {"29/02/2000", "2000-02-29"},
        {"29/02/2025", NULL}, {"29/02/1900", NULL}, {"12/31/2025", NULL}, {"2025-04-03", NULL},
        {"03/04/25", NULL}, {"03/04-2025", NULL}, {"31/04/2025", NULL}, {"00/01/2025", NULL}};
    static const struct example mdy[] = {{"03/04/2025", "2025-03-04"}, {"02/29/2024", "2024-02-29"},
        {"2/28/2025", "2025-02-28"}, {"02/29/2025", NULL}, {"31/12/2025", NULL}};
    static const struct example ymd[] = {{"2025/4/3", "2025-04-03"}, {"2024-02-29", "2024-02-29"},
        {"2025.12.31", "2025-12-31"}, {"2023-02-29", NULL}, {"2025-13-01", NULL},
        {"20250403", NULL}, {"2025-04", NULL}, {"", NULL}};
    CHECK_DATES(MIG_DMY, dmy);
    CHECK_DATES(MIG_MDY, mdy);
    CHECK_DATES(MIG_YMD, ymd);
}

static void months_in_words_are_read(void **state)
{
    (void)state;
    static const struct example days[] = {{"August 31, 2021", "2021-08-31"},
        {"31 aout 2021", "2021-08-31"}, {"31 ao\xC3\xBBt 2021", "2021-08-31"},
        {"31 AO\xC3\x9BT 2021", "2021-08-31"}, {"31 aou\xCC\x82t 2021", "2021-08-31"},
        {"1er janvier 2020", "2020-01-01"}, {"1er janv. 2020", "2020-01-01"},
        {"3 f\xC3\xA9"
         "vr. 2020",
            "2020-02-03"},
        {"d\xC3\xA9"
         "cembre 25, 2019",
            "2019-12-25"},
        {"31-Aug-2021", "2021-08-31"}, {"Sept 1st 2021", "2021-09-01"},
        {"2nd May, 2021", "2021-05-02"}, {"29 February 2024", "2024-02-29"},
        {"29 February 2023", NULL}, {"31 juin 2021", NULL}, {"31 aout 21", NULL},
        {"31 jui 2021", NULL}, {"31 aout", NULL}, {"August 2021", NULL}, {"31 32 aout 2021", NULL},
        {"aout aout 2021", NULL}, {"31aout2021", NULL}, {"31 aout 2021 ", NULL},
        {"31 aout 2021x", NULL}, {"le 31 aout 2021", NULL}, {"0 mai 2021", NULL},
        {"31 aout 20211", NULL}, {"5. mai 2021", NULL}, {"5 mai 0000", NULL}};
    CHECK_DATES(MIG_YMD, days);
    CHECK_DATES(MIG_MDY, days);
}

static void months_are_read_in_figures_and_words(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum mig_date_order order;
        const char *wanted;
    } months[] = {{"2021-08", MIG_YMD, "2021-08"}, {"2021/8", MIG_YMD, "2021-08"},
        {"ao\xC3\xBBt 2021", MIG_YMD, "2021-08"}, {"Sept. 2021", MIG_MDY, "2021-09"},
        {"mai-2021", MIG_YMD, "2021-05"}, {"08/2021", MIG_MDY, "2021-08"},
        {"8-2021", MIG_MDY, "2021-08"}, {"12.2018", MIG_MDY, "2018-12"}, {"2021-13", MIG_YMD, NULL},
        {"2021", MIG_YMD, NULL}, {"3 mai 2021", MIG_YMD, NULL}, {"08/2021", MIG_YMD, NULL},
        {"2021-08", MIG_MDY, NULL}, {"13/2021", MIG_MDY, NULL}, {"0/2021", MIG_MDY, NULL},
        {"008/2021", MIG_MDY, NULL}, {"08/0000", MIG_MDY, NULL}, {"08/21", MIG_MDY, NULL},
        {"08/2021/", MIG_MDY, NULL}, {"", MIG_YMD, NULL}};
    for (size_t i = 0; i < sizeof months / sizeof *months; i++) {
        struct mig_buffer out = {0};
        enum mig_status status =
            mig_rewrite_month(mig_text_of(months[i].text), months[i].order, &out, NULL);
        assert_int_equal(status, months[i].wanted != NULL ? MIG_OK : MIG_VALUE);
        if (status == MIG_OK)
            assert_string_equal(out.data, months[i].wanted);
        mig_buffer_release(&out);
    }
}

/* The century is that of %y in POSIX (strptime). */
static void years_of_two_digits_get_a_century(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum mig_date_order order;
        const char *wanted;
    } years[] = {{"01/02/18", MIG_DMY, "01/02/2018"}, {"1.2.69", MIG_MDY, "1.2.1969"},
        {"1-2-68", MIG_DMY, "1-2-2068"}, {"18-02-01", MIG_YMD, "2018-02-01"},
        {"99/1/1", MIG_YMD, "1999/1/1"}, {"Jan-18", MIG_YMD, "Jan-2018"},
        {"31 ao\xC3\xBBt 00", MIG_YMD, "31 ao\xC3\xBBt 2000"}, {"12/18", MIG_MDY, "12/2018"},
        {"01/02/2018", MIG_DMY, NULL}, {"2018-02-01", MIG_YMD, NULL}, {"01/02/8", MIG_DMY, NULL},
        {"1/8", MIG_DMY, NULL}, {"", MIG_DMY, NULL}, {"118", MIG_DMY, NULL}};
    for (size_t i = 0; i < sizeof years / sizeof *years; i++) {
        char written[MIG_LONGEST_DATE + 1];
        struct mig_text out;
        bool read = mig_expand_year(mig_text_of(years[i].text), years[i].order, written, &out);
        assert_int_equal(read, years[i].wanted != NULL);
        if (read)
            assert_string_equal(out.data, years[i].wanted);
    }
}

static void short_dates_are_known(void **state)
{
    (void)state;
    static const char *const dates[] = {"01/02/18", "31/12/18", "12/31/18", "18-12-31", "1.2.18",
        "Jan-18", "janv. 18", "31-Aug-21", "Aug 31, 21", "12/2018", "12-2018", "2018/12", "12/18"};
    static const char *const others[] = {"12.2018", "12-17", "13/2018", "2018-12", "32/13/18",
        "12/13/2018", "5-11", "3/4", "31/18", "ML01", "Admin 2", "12.18", "RNS 12"};
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++)
        assert_true(mig_may_be_short_date(mig_text_of(dates[i])));
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_false(mig_may_be_short_date(mig_text_of(others[i])));
}

static void units_are_cut_off(void **state)
{
    (void)state;
    static const struct {
        const char *text, *number, *unit;
    } cells[] = {{"USD 1,200", "1,200", "USD"}, {"1 200 FCFA", "1 200", "FCFA"}, {"-$5", "-5", "$"},
        {"$ -5", "-5", "$"},
        {"\xE2\x88\x92"
         "5 \xE2\x82\xAC",
            "-5", "\xE2\x82\xAC"},
        {"1\xC2\xA0"
         "200\xC2\xA0"
         "F\xE2\x80\xAF"
         "CFA",
            "1\xC2\xA0"
            "200",
            "F CFA"},
        {"US$ 1.5 m", "1.5", "US$ m"}, {"12 km/h", "12", "km/h"}, {"5", "5", ""},
        {"-.5", "-.5", ""}, {"hab. 5", "5", "hab."},
        {"21 \xC2\xB0"
         "C",
            "21",
            "\xC2\xB0"
            "C"},
        {"5 m2", "5 m2", ""}, {"(5) FCFA", NULL, NULL}, {"5 %", NULL, NULL}, {"< 5 km", NULL, NULL},
        {"5-", NULL, NULL}, {"US$.50", NULL, NULL}, {"5 .", NULL, NULL}, {"FCFA", NULL, NULL},
        {"", NULL, NULL}, {"5 \xFF", NULL, NULL}};
    struct mig_buffer number = {0}, unit = {0};
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        enum mig_status status = mig_cut_unit(mig_text_of(cells[i].text), &number, &unit);
        assert_int_equal(status, cells[i].number != NULL ? MIG_OK : MIG_VALUE);
        if (status != MIG_OK)
            continue;
        assert_string_equal(number.data, cells[i].number);
        assert_true(mig_text_equal(mig_buffer_text(&unit), mig_text_of(cells[i].unit)));
    }
    mig_buffer_release(&number);
    mig_buffer_release(&unit);
    assert_true(mig_is_money(mig_text_of("f cfa")) && mig_is_money(mig_text_of("\xE2\x82\xAC m")));
    assert_false(mig_is_money(mig_text_of("km")) || mig_is_money(mig_text_of("")));
}

static void times_of_day_are_cut(void **state)
{
    (void)state;
    static const struct {
        const char *text, *day;
        bool midnight;
    } times[] = {{"2017-03-30T00:00:00", "2017-03-30", true},
        {"2017-03-30 00:00", "2017-03-30", true}, {"30/03/2017 14:05", "30/03/2017", false},
        {"2017-03-30T00:00:00.000Z", "2017-03-30", true},
        {"2017-03-30T00:00:00.001", "2017-03-30", false},
        {"2017-03-30T23:59:60+02:00", "2017-03-30", false},
        {"2017-03-30T00:00:00-0130", "2017-03-30", true}, {"1/3/2017 00:00:00", "1/3/2017", true},
        {"2017-03-30T24:00", NULL, false}, {"2017-03-30T0:00", NULL, false},
        {"2017-03-30T", NULL, false}, {"2017-03-30T10", NULL, false},
        {"2017-03-30T10:00:00 UTC", NULL, false}, {"2017-03-30", NULL, false},
        {"2017-03-30T10:00:00.", NULL, false}, {"", NULL, false}};
    for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
        struct mig_text text = mig_text_of(times[i].text);
        bool midnight = false;
        assert_int_equal(mig_cut_time(&text, &midnight), times[i].day != NULL);
        assert_true(mig_text_equal(text, mig_text_of(times[i].day ? times[i].day : times[i].text)));
        assert_true(times[i].day == NULL || midnight == times[i].midnight);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_blank_may_stand_between_thousands),
        cmocka_unit_test(points_between_thousands_are_checked),
        cmocka_unit_test(commas_and_apostrophes_between_thousands),
        cmocka_unit_test(without_grouping_nothing_stands_between),
        cmocka_unit_test(several_signs_may_stand_between_thousands),
        cmocka_unit_test(a_percent_sign_is_what_the_user_says),
        cmocka_unit_test(blanks_of_every_kind_are_trimmed),
        cmocka_unit_test(formulas_are_known_by_their_first_character),
        cmocka_unit_test(months_in_words_are_read),
        cmocka_unit_test(months_are_read_in_figures_and_words),
        cmocka_unit_test(years_of_two_digits_get_a_century),
        cmocka_unit_test(short_dates_are_known),
        cmocka_unit_test(units_are_cut_off),
        cmocka_unit_test(times_of_day_are_cut),
        cmocka_unit_test(numbers_become_plain_decimals),
        cmocka_unit_test(refusals_say_what_was_wanted),
        cmocka_unit_test(days_are_read_in_the_order_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
