#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/random.h"
#include "table/order.h"

/* Each text stands before all that follow it. */
static void assert_rising(const char *const *texts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < count; j++) {
            int order = mig_key_compare(mig_text_of(texts[i]), mig_text_of(texts[j]));
            if ((order > 0) - (order < 0) != (i > j) - (i < j))
                fail_msg("'%s' against '%s' gives %d", texts[i], texts[j], order);
        }
}
#define ASSERT_RISING(texts) assert_rising(texts, sizeof(texts) / sizeof *(texts))

static void numbers_stand_by_value(void **state)
{
    (void)state;
    static const char *const texts[] = {"-1e3", "-10", "-9.5", "-0.5", "-.25", "0", ".5", "1",
        "1.25", "9", "10", "1e2", "2e2", "1000"};
    ASSERT_RISING(texts);
}

static void classes_stand_by_their_lower_bound(void **state)
{
    (void)state;
    static const char *const ages[] = {"<0", "0-4", "5-17", "18-59", "60+", ""};
    static const char *const wide[] = {"<18", "18", "18-59", "60-<99.5", "99.5+"};
    static const char *const halves[] = {"<-5", "-5--1", "0-<0.5", "0.5-<1", "1+"};
    ASSERT_RISING(ages);
    ASSERT_RISING(wide);
    ASSERT_RISING(halves);
}

static void dates_stand_in_time(void **state)
{
    (void)state;
    static const char *const days[] = {
        "1999-12-31", "2024-09-30", "2025-01-02", "2025-01-10", "2025-12-01", "2026-01-01"};
    static const char *const quarters[] = {"2024-Q4", "2025-Q1", "2025-Q2"};
    static const char *const weeks[] = {"2024-W52", "2025-W01", "2025-W10"};
    ASSERT_RISING(days);
    ASSERT_RISING(quarters);
    ASSERT_RISING(weeks);
}

static void words_stand_by_bytes_and_missing_last(void **state)
{
    (void)state;
    static const char *const texts[] = {"7", "7 days", "70", " 8", "+", "-", "-x", "<", "<x", "Gao",
        "Kayes", "S\xC3\xA9gou", "gao", "\xC3\x89gypte", ""};
    ASSERT_RISING(texts);
}

/* Texts of one value are still two keys: codes such as 01 must not fall together with 1. */
static void equal_numbers_are_told_apart(void **state)
{
    (void)state;
    static const char *const texts[] = {"+1", "01", "1", "1.0", "1e0"};
    for (size_t i = 0; i < 5; i++)
        for (size_t j = 0; j < 5; j++)
            assert_int_equal(
                mig_key_compare(mig_text_of(texts[i]), mig_text_of(texts[j])) == 0, i == j);
    static const char *const between[] = {"0", "01", "1", "2"};
    ASSERT_RISING(between);
}

/* Doubles would take the neighbours for equal. */
static void long_numbers_are_exact(void **state)
{
    (void)state;
    static const char *const texts[] = {"-12345678901234567891", "-12345678901234567890",
        "9007199254740992", "9007199254740993", "12345678901234567890", "12345678901234567891",
        "12345678901234567891.0000000000000000000001", "12345678901234567892"};
    ASSERT_RISING(texts);
}

/* Digits beyond what a decimal holds make a word, which stands behind the numbers. */
static void numbers_beyond_the_limit_are_words(void **state)
{
    (void)state;
    static const char *const texts[] = {"9e1499", "1e1501", "A"};
    ASSERT_RISING(texts);
}

enum { MANY = 300, LONGEST = 7 };

struct generated {
    char bytes[LONGEST + 1];
};

static struct generated generate(struct mig_random *random)
{
    static const char alphabet[] = "000111259-+.<eEQW a\xC3\xFF";
    struct generated text = {{0}};
    uint32_t length = mig_random_below(random, LONGEST + 1);
    for (uint32_t i = 0; i < length; i++)
        text.bytes[i] = alphabet[mig_random_below(random, sizeof alphabet - 1)];
    return text;
}

static int compare(const struct generated *a, const struct generated *b)
{
    int order = mig_key_compare(mig_text_of(a->bytes), mig_text_of(b->bytes));
    return (order > 0) - (order < 0);
}

static int compare_items(const void *a, const void *b)
{
    return compare(a, b);
}

/* A relation that was not transitive would leave some pair of a sorted list in the wrong order. */
static void the_order_is_total(void **state)
{
    (void)state;
    struct mig_random random;
    struct generated texts[MANY];
    assert_int_equal(mig_random_init(&random, 7, 0, NULL), MIG_OK);
    for (int repeat = 0; repeat < 10; repeat++) {
        for (size_t i = 0; i < MANY; i++)
            texts[i] = generate(&random);
        qsort(texts, MANY, sizeof *texts, compare_items);
        for (size_t i = 0; i < MANY; i++)
            for (size_t j = i; j < MANY; j++) {
                int order = compare(&texts[i], &texts[j]);
                assert_int_equal(order, -compare(&texts[j], &texts[i]));
                assert_true(order <= 0);
                assert_int_equal(order == 0, strcmp(texts[i].bytes, texts[j].bytes) == 0);
            }
    }
    mig_random_release(&random);
}

/* Where the prefixes differ they say what the comparison says; and mostly they do differ. */
static void prefixes_order_alike(void **state)
{
    (void)state;
    static const char *const numbers[] = {"-1e400", "-123456789012345678901234567890", "-1000",
        "-999.5", "-1", "-0.1", "-1e-400", "0", "1e-400", "0.1", "0.12345678901234567890123", "1",
        "1.5", "2", "9", "9.99", "10", "999999999999999999999", "1e300", "1e1400"};
    struct mig_random random;
    size_t differ = 0;
    assert_int_equal(mig_random_init(&random, 8, 0, NULL), MIG_OK);
    for (size_t i = 1; i < sizeof numbers / sizeof *numbers; i++)
        assert_true(
            mig_key_prefix(mig_text_of(numbers[i - 1])) < mig_key_prefix(mig_text_of(numbers[i])));
    for (int i = 0; i < 100000; i++) {
        struct generated a = generate(&random), b = generate(&random);
        uint64_t a_prefix = mig_key_prefix(mig_text_of(a.bytes));
        uint64_t b_prefix = mig_key_prefix(mig_text_of(b.bytes));
        if (a_prefix != b_prefix)
            assert_int_equal(a_prefix < b_prefix ? -1 : 1, compare(&a, &b));
        differ += a_prefix != b_prefix;
    }
    assert_true(differ > 80000);
    mig_random_release(&random);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_stand_by_value),
        cmocka_unit_test(classes_stand_by_their_lower_bound),
        cmocka_unit_test(dates_stand_in_time),
        cmocka_unit_test(words_stand_by_bytes_and_missing_last),
        cmocka_unit_test(equal_numbers_are_told_apart),
        cmocka_unit_test(long_numbers_are_exact),
        cmocka_unit_test(numbers_beyond_the_limit_are_words),
        cmocka_unit_test(the_order_is_total),
        cmocka_unit_test(prefixes_order_alike),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
