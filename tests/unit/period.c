#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <zlib.h>

#include "base/period-inline.h"

#define LENGTH_OF(array) (sizeof(array) / sizeof(array)[0])

static struct mig_period parsed(const char *text)
{
    struct mig_period period;
    if (mig_period_parse(mig_text_of(text), &period, NULL) != MIG_OK)
        fail_msg("'%s' is not read", text);
    return period;
}

static void assert_period_text(struct mig_period period, const char *expected)
{
    char text[MIG_PERIOD_TEXT];
    assert_int_equal(mig_period_format(period, text), strlen(expected));
    assert_string_equal(text, expected);
}

/* Python: d = datetime.date.fromisoformat(day); n = (d - datetime.date(1970, 1, 1)).days
 *         '%04d-W%02d' % d.isocalendar()[:2], (n + 3) // 7 */
static const struct {
    const char *day;
    int32_t number;
    const char *week;
    int32_t week_number;
} days[] = {
    {"0001-01-01", -719162, "0001-W01", -102737},
    {"0001-12-31", -718798, "0002-W01", -102685},
    {"1583-01-01", -141349, "1582-W52", -20193},
    {"1899-12-31", -25568, "1899-W52", -3653},
    {"1900-02-28", -25509, "1900-W09", -3644},
    {"1900-03-01", -25508, "1900-W09", -3644},
    {"1969-12-29", -3, "1970-W01", 0},
    {"1969-12-31", -1, "1970-W01", 0},
    {"1970-01-01", 0, "1970-W01", 0},
    {"2000-02-29", 11016, "2000-W09", 1574},
    {"2004-12-31", 12783, "2004-W53", 1826},
    {"2005-01-01", 12784, "2004-W53", 1826},
    {"2005-01-02", 12785, "2004-W53", 1826},
    {"2005-12-31", 13148, "2005-W52", 1878},
    {"2007-01-01", 13514, "2007-W01", 1931},
    {"2008-12-29", 14242, "2009-W01", 2035},
    {"2008-12-31", 14244, "2009-W01", 2035},
    {"2009-12-31", 14609, "2009-W53", 2087},
    {"2010-01-03", 14612, "2009-W53", 2087},
    {"2015-12-31", 16800, "2015-W53", 2400},
    {"2020-12-31", 18627, "2020-W53", 2661},
    {"2021-01-03", 18630, "2020-W53", 2661},
    {"2021-01-04", 18631, "2021-W01", 2662},
    {"2024-02-29", 19782, "2024-W09", 2826},
    {"2024-12-30", 20087, "2025-W01", 2870},
    {"2025-09-30", 20361, "2025-W40", 2909},
    {"2026-12-31", 20818, "2026-W53", 2974},
    {"2027-01-03", 20821, "2026-W53", 2974},
    {"9999-12-31", 2932896, "9999-W52", 418985},
};

static void test_days_and_their_weeks(void **unused)
{
    (void)unused;
    for (size_t i = 0; i < LENGTH_OF(days); i++) {
        struct mig_period day = parsed(days[i].day), week;
        assert_int_equal(day.unit, MIG_DAY);
        assert_int_equal(day.index, days[i].number);
        assert_period_text(day, days[i].day);
        assert_int_equal(mig_period_within(day, MIG_WEEK, &week, NULL), MIG_OK);
        assert_int_equal(week.unit, MIG_WEEK);
        assert_int_equal(week.index, days[i].week_number);
        assert_period_text(week, days[i].week);
        assert_int_equal(parsed(days[i].week).index, days[i].week_number);
    }
}

static int month_length(int year, int month)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return month == 2 ? 28 + leap : lengths[month - 1];
}

/* Reads and writes one day, puts it in its week, and adds "DAY WEEK\n" to the checksum. */
static void check_day(int32_t number, int year, int month, int day, uLong *checksum)
{
    char line[2 * MIG_PERIOD_TEXT], text[MIG_PERIOD_TEXT];
    struct mig_period period = {MIG_DAY, number}, again, week;
    assert_int_equal(mig_day_number(year, month, day), number);
    size_t length = mig_period_format(period, line);
    assert_int_equal(mig_period_parse((struct mig_text){line, length}, &again, NULL), MIG_OK);
    assert_int_equal(again.unit, MIG_DAY);
    assert_int_equal(again.index, number);
    assert_int_equal(mig_period_within(period, MIG_WEEK, &week, NULL), MIG_OK);
    size_t week_length = mig_period_format(week, text);
    line[length] = ' ';
    memcpy(line + length + 1, text, week_length);
    line[length + 1 + week_length] = '\n';
    *checksum = crc32(*checksum, (const Bytef *)line, (uInt)(length + week_length + 2));
}

/* Every day from 0001-01-01 to 9999-12-31. Python:
 *   d = datetime.date.min; c = 0
 *   while True:
 *       c = zlib.crc32(b'%s %04d-W%02d\n' % (d.isoformat().encode(), *d.isocalendar()[:2]), c)
 *       if d == datetime.date.max: break
 *       d += datetime.timedelta(1)
 *   hex(c) */
static void test_every_day(void **unused)
{
    (void)unused;
    uLong checksum = 0;
    int32_t number = -719162; /* Python: (date(1, 1, 1) - date(1970, 1, 1)).days */
    for (int year = 1; year <= 9999; year++)
        for (int month = 1; month <= 12; month++)
            for (int day = 1; day <= month_length(year, month); day++)
                check_day(number++, year, month, day, &checksum);
    assert_int_equal(checksum, 0x82a5fa60);
}

/* Python: [y for y in range(1990, 2031) if date(y, 12, 28).isocalendar()[1] == 53], and the number
 * of such years from 1 to 9999 */
static void test_years_of_53_weeks(void **unused)
{
    (void)unused;
    static const int recent[] = {1992, 1998, 2004, 2009, 2015, 2020, 2026};
    int count = 0;
    for (int year = 1; year <= 9999; year++) {
        char text[MIG_PERIOD_TEXT];
        struct mig_period week;
        snprintf(text, sizeof text, "%04d-W53", year);
        int has_it = mig_period_parse(mig_text_of(text), &week, NULL) == MIG_OK;
        int expected = 0;
        for (size_t i = 0; i < LENGTH_OF(recent); i++)
            expected |= recent[i] == year;
        if (year >= 1990 && year <= 2030)
            assert_int_equal(has_it, expected);
        if (has_it)
            assert_period_text(week, text);
        count += has_it;
    }
    assert_int_equal(count, 1775);
}

static void test_other_units(void **unused)
{
    (void)unused;
    static const struct {
        const char *text;
        enum mig_period_unit unit;
        int32_t index;
    } cases[] = {
        {"1970-01", MIG_MONTH, 0},
        {"1969-12", MIG_MONTH, -1},
        {"2025-09", MIG_MONTH, 668},
        {"0001-01", MIG_MONTH, -23628},
        {"9999-12", MIG_MONTH, 96359},
        {"1970-Q1", MIG_QUARTER, 0},
        {"1969-Q4", MIG_QUARTER, -1},
        {"2025-Q3", MIG_QUARTER, 222},
        {"0001-Q1", MIG_QUARTER, -7876},
        {"9999-Q4", MIG_QUARTER, 32119},
        {"2025", MIG_YEAR, 2025},
        {"0001", MIG_YEAR, 1},
        {"9999", MIG_YEAR, 9999},
    };
    for (size_t i = 0; i < LENGTH_OF(cases); i++) {
        struct mig_period period = parsed(cases[i].text);
        assert_int_equal(period.unit, cases[i].unit);
        assert_int_equal(period.index, cases[i].index);
        assert_period_text(period, cases[i].text);
    }
}

static void test_not_a_date(void **unused)
{
    (void)unused;
    static const char *const wrong[] = {"", "1", "25", "202", "0000", "20255", "-2025", "+202",
        "0000-01", "0000-01-01", "0000-W01", "0000-Q1", "2025-", "2025-1", "2025-00", "2025-13",
        "2025/09", "202509", "20250930", "2025-9-30", "2025-09-3", "2025-09-", "2025-09-00",
        "2025-09-31", "2025-02-29", "1900-02-29", "2100-02-29", "2025-13-01", "2025-00-01",
        "2025/09/30", "2025-09/30", "2025-09-30 ", " 2025-09-30", "30-09-2025", "31/02/2025",
        "2025-Q0", "2025-Q5", "2025-q1", "2025-Q", "2025-Q11", "2025Q1", "2025-W00", "2025-W53",
        "2025-W54", "2025-W99", "2025-W1", "2025-w01", "2025W01", "2025-W01-1", "2025-W0x", "202x",
        "2025-0x", "2025-Qx", "2025-09-3x", "2025--9", "2025-+9", "abc"};
    for (size_t i = 0; i < LENGTH_OF(wrong); i++) {
        struct mig_period period;
        struct mig_error error = {0};
        char expected[64];
        snprintf(expected, sizeof expected, "'%s' is not a date", wrong[i]);
        if (mig_period_parse(mig_text_of(wrong[i]), &period, &error) != MIG_VALUE)
            fail_msg("'%s' is read", wrong[i]);
        assert_int_equal(error.status, MIG_VALUE);
        assert_string_equal(error.text, expected);
    }
    static const char *const timed[] = {"2025-09-30T00:00", "2025-09-30 14:05:00"};
    for (size_t i = 0; i < LENGTH_OF(timed); i++) {
        struct mig_period period;
        struct mig_error error = {0};
        assert_int_equal(mig_period_parse(mig_text_of(timed[i]), &period, &error), MIG_VALUE);
        assert_non_null(
            strstr(error.text, "a time of day follows it; mig-clean --date cuts that off"));
    }
}

static void test_leap_years(void **unused)
{
    (void)unused;
    static const char *const leap[] = {
        "0004-02-29", "1600-02-29", "2000-02-29", "2024-02-29", "2400-02-29"};
    for (size_t i = 0; i < LENGTH_OF(leap); i++)
        assert_period_text(parsed(leap[i]), leap[i]);
}

static void test_text_without_data_and_length(void **unused)
{
    (void)unused;
    struct mig_period period;
    struct mig_text nothing = {0};
    assert_int_equal(mig_period_parse(nothing, &period, NULL), MIG_VALUE);
    assert_int_equal(mig_day_parse(nothing, MIG_DMY, &period, NULL), MIG_VALUE);
    struct mig_text month = {"2025-09-30", 7};
    assert_int_equal(mig_period_parse(month, &period, NULL), MIG_OK);
    assert_period_text(period, "2025-09");
}

static void test_day_parse(void **unused)
{
    (void)unused;
    static const struct {
        const char *text;
        enum mig_date_order order;
        const char *day; /* NULL: not a date */
    } cases[] = {
        {"2025-09-30", MIG_YMD, "2025-09-30"},
        {"2025/9/3", MIG_YMD, "2025-09-03"},
        {"2025.09.30", MIG_YMD, "2025-09-30"},
        {"30/09/2025", MIG_DMY, "2025-09-30"},
        {"3.9.2025", MIG_DMY, "2025-09-03"},
        {"03-04-2025", MIG_DMY, "2025-04-03"},
        {"03-04-2025", MIG_MDY, "2025-03-04"},
        {"09/30/2025", MIG_MDY, "2025-09-30"},
        {"29/02/2024", MIG_DMY, "2024-02-29"},
        {"29/02/2025", MIG_DMY, NULL},
        {"09/30/2025", MIG_DMY, NULL},
        {"30/09/2025", MIG_MDY, NULL},
        {"30/09/2025", MIG_YMD, NULL},
        {"2025-09-30", MIG_DMY, NULL},
        {"30/09/25", MIG_DMY, NULL},
        {"30/09/02025", MIG_DMY, NULL},
        {"030/09/2025", MIG_DMY, NULL},
        {"30/009/2025", MIG_DMY, NULL},
        {"30/09-2025", MIG_DMY, NULL},
        {"30 09 2025", MIG_DMY, NULL},
        {"30//09/2025", MIG_DMY, NULL},
        {"/09/2025", MIG_DMY, NULL},
        {"30/09/", MIG_DMY, NULL},
        {"30/09/2025/", MIG_DMY, NULL},
        {"30/09/2025 ", MIG_DMY, NULL},
        {"0/09/2025", MIG_DMY, NULL},
        {"30/0/2025", MIG_DMY, NULL},
        {"30/09/0000", MIG_DMY, NULL},
        {"30/09", MIG_DMY, NULL},
        {"30092025", MIG_DMY, NULL},
        {"", MIG_DMY, NULL},
        {"//", MIG_DMY, NULL},
        {"3x/09/2025", MIG_DMY, NULL},
    };
    for (size_t i = 0; i < LENGTH_OF(cases); i++) {
        struct mig_period period;
        struct mig_error error = {0};
        char expected[64];
        enum mig_status status =
            mig_day_parse(mig_text_of(cases[i].text), cases[i].order, &period, &error);
        assert_int_equal(status, cases[i].day != NULL ? MIG_OK : MIG_VALUE);
        if (cases[i].day != NULL) {
            assert_period_text(period, cases[i].day);
        } else {
            snprintf(expected, sizeof expected, "'%s' is not a date", cases[i].text);
            assert_string_equal(error.text, expected);
        }
    }
}

static void test_long_text_leaves_room_for_the_fault(void **unused)
{
    (void)unused;
    struct mig_period period;
    struct mig_error error = {0};
    char text[3000];
    memset(text, 'x', sizeof text);
    assert_int_equal(
        mig_period_parse((struct mig_text){text, sizeof text}, &period, &error), MIG_VALUE);
    assert_non_null(strstr(error.text, "x' is not a date"));
}

/* Every unit into every unit: what it lies in, or why it does not. */
static void test_within_all_pairs(void **unused)
{
    (void)unused;
    static const enum mig_period_unit units[] = {
        MIG_DAY, MIG_WEEK, MIG_MONTH, MIG_QUARTER, MIG_YEAR};
    static const struct {
        const char *text, *within[LENGTH_OF(units)];
    } cases[] = {
        {"2025-09-30", {"2025-09-30", "2025-W40", "2025-09", "2025-Q3", "2025"}},
        {"2024-12-31", {"2024-12-31", "2025-W01", "2024-12", "2024-Q4", "2024"}},
        {"1969-02-01", {"1969-02-01", "1969-W05", "1969-02", "1969-Q1", "1969"}},
        {"0001-01-01", {"0001-01-01", "0001-W01", "0001-01", "0001-Q1", "0001"}},
        {"2025-W40", {"'2025-W40' is not a day", "2025-W40",
                         "'2025-W40' is a week, which years, quarters and months cut through",
                         "'2025-W40' is a week, which years, quarters and months cut through",
                         "'2025-W40' is a week, which years, quarters and months cut through"}},
        {"2025-09", {"'2025-09' is not a day", "'2025-09' lies in no one week", "2025-09",
                        "2025-Q3", "2025"}},
        {"1969-12", {"'1969-12' is not a day", "'1969-12' lies in no one week", "1969-12",
                        "1969-Q4", "1969"}},
        {"2025-Q3", {"'2025-Q3' is not a day", "'2025-Q3' lies in no one week",
                        "'2025-Q3' lies in no one month", "2025-Q3", "2025"}},
        {"1969-Q1", {"'1969-Q1' is not a day", "'1969-Q1' lies in no one week",
                        "'1969-Q1' lies in no one month", "1969-Q1", "1969"}},
        {"2025", {"'2025' is not a day", "'2025' lies in no one week",
                     "'2025' lies in no one month", "'2025' lies in no one quarter", "2025"}},
    };
    for (size_t i = 0; i < LENGTH_OF(cases); i++)
        for (size_t u = 0; u < LENGTH_OF(units); u++) {
            struct mig_period out;
            struct mig_error error = {0};
            const char *expected = cases[i].within[u];
            enum mig_status status =
                mig_period_within(parsed(cases[i].text), units[u], &out, &error);
            assert_int_equal(status, expected[0] == '\'' ? MIG_VALUE : MIG_OK);
            if (status != MIG_OK) {
                assert_string_equal(error.text, expected);
                continue;
            }
            assert_int_equal(out.unit, units[u]);
            assert_period_text(out, expected);
        }
}

/* By hand: the middle of the period in years since the new year, less one half. */
static void test_years(void **unused)
{
    (void)unused;
    static const struct {
        const char *text;
        double years;
    } cases[] = {
        {"2025", 2025}, {"0001", 1}, {"2025-Q1", 2024.625}, /* 0.5/4 - 0.5 = -0.375 */
        {"2025-Q3", 2025.125},                              /* 2.5/4 - 0.5 */
        {"1969-Q4", 1969.375},                              /* 3.5/4 - 0.5 */
        {"2025-01", 2025 - 11.0 / 24},                      /* 0.5/12 - 0.5 */
        {"2025-07", 2025 + 1.0 / 24},                       /* 6.5/12 - 0.5 */
        {"1960-12", 1960 + 11.0 / 24},                      /* 11.5/12 - 0.5 */
        {"2025-07-02", 2025},                               /* day 183 of 365 is the middle one */
        {"2024-07-01", 2024 - 0.5 / 366},                   /* day 183 of 366 ends at the middle */
        {"2024-07-02", 2024 + 0.5 / 366}, {"2025-01-01", 2025 + 0.5 / 365 - 0.5},
        {"1900-12-31", 1900 + 364.5 / 365 - 0.5}, {"2000-12-31", 2000 + 365.5 / 366 - 0.5},
        {"2025-W27", 2025 + 1.0 / 365},         /* its Thursday is 3 July, day 184 */
        {"2025-W01", 2025 + 1.5 / 365 - 0.5},   /* from 2024-12-30; Thursday 2 January */
        {"2020-W53", 2020 + 365.5 / 366 - 0.5}, /* to 2021-01-03; Thursday 31 December */
    };
    for (size_t i = 0; i < LENGTH_OF(cases); i++)
        assert_true(fabs(mig_period_years(parsed(cases[i].text)) - cases[i].years) < 1e-12);
}

static void assert_same_answer(const char *text)
{
    struct mig_period period;
    bool day =
        mig_period_parse(mig_text_of(text), &period, NULL) == MIG_OK && period.unit == MIG_DAY;
    if (mig_period_is_day(mig_text_of(text)) != day)
        fail_msg("'%s' is a day: %d", text, day);
}

/* What is asked of every row gives the answer of the parser, for all days and any byte in them. */
static void test_is_day(void **unused)
{
    (void)unused;
    static const int years[] = {0, 1, 4, 100, 400, 1900, 2000, 2023, 2024, 9999};
    char text[32];
    for (size_t i = 0; i < LENGTH_OF(years); i++)
        for (int month = 0; month < 100; month++)
            for (int day = 0; day < 100; day++) {
                snprintf(text, sizeof text, "%04d-%02d-%02d", years[i], month, day);
                assert_same_answer(text);
            }
    for (size_t i = 0; i < 10; i++)
        for (int byte = 1; byte < 256; byte++) {
            snprintf(text, sizeof text, "2024-11-12");
            text[i] = (char)byte;
            assert_same_answer(text);
        }
    assert_false(mig_period_is_day((struct mig_text){"2024-11-12", 9}));
    assert_false(mig_period_is_day((struct mig_text){NULL, 0}));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_days_and_their_weeks),
        cmocka_unit_test(test_every_day),
        cmocka_unit_test(test_years_of_53_weeks),
        cmocka_unit_test(test_other_units),
        cmocka_unit_test(test_not_a_date),
        cmocka_unit_test(test_leap_years),
        cmocka_unit_test(test_text_without_data_and_length),
        cmocka_unit_test(test_day_parse),
        cmocka_unit_test(test_long_text_leaves_room_for_the_fault),
        cmocka_unit_test(test_within_all_pairs),
        cmocka_unit_test(test_years),
        cmocka_unit_test(test_is_day),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
