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
    static const struct example apostrophes[] = {
        {"1'234'567.5", "1234567.5"}, {"1'23", NULL}, {"1,234", NULL}};
    static const struct example typographic[] = {{"1\xE2\x80\x99"
                                                  "234",
                                                     "1234"},
        {"1'234", NULL}, {"1\xE2\x80\x99", NULL}};
    CHECK_NUMBERS(style_of('.', ","), commas);
    CHECK_NUMBERS(style_of('.', "'"), apostrophes);
    CHECK_NUMBERS(style_of('.', "\xE2\x80\x99"), typographic);
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_blank_may_stand_between_thousands),
        cmocka_unit_test(points_between_thousands_are_checked),
        cmocka_unit_test(commas_and_apostrophes_between_thousands),
        cmocka_unit_test(without_grouping_nothing_stands_between),
        cmocka_unit_test(refusals_say_what_was_wanted),
        cmocka_unit_test(days_are_read_in_the_order_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
