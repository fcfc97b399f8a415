#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/error.h"

static void test_fail_fills_the_error(void **unused)
{
    (void)unused;
    struct mig_error error = {.line = 9, .column = 9, .file = "old", .text = "old"};
    assert_int_equal(mig_fail(&error, MIG_NAME, "'%s' is not %d", "abc", 5), MIG_NAME);
    assert_int_equal(error.status, MIG_NAME);
    assert_string_equal(error.text, "'abc' is not 5");
    assert_string_equal(error.file, "");
    assert_int_equal(error.line, 0);
    assert_int_equal(error.column, 0);
}

static void test_fail_with_position(void **unused)
{
    (void)unused;
    struct mig_position position = {"returns.csv", 1042, 7};
    struct mig_error error;
    assert_int_equal(mig_fail_at(&error, MIG_VALUE, &position, "'%s'", "x"), MIG_VALUE);
    assert_string_equal(error.file, "returns.csv");
    assert_int_equal(error.line, 1042);
    assert_int_equal(error.column, 7);
    assert_string_equal(error.text, "'x'");
    position.file = NULL;
    assert_int_equal(mig_fail_at(&error, MIG_VALUE, &position, "x"), MIG_VALUE);
    assert_string_equal(error.file, "");
    assert_int_equal(error.line, 1042);
}

static void test_error_may_be_null(void **unused)
{
    (void)unused;
    struct mig_position position = {"f", 1, 1};
    assert_int_equal(mig_fail(NULL, MIG_LIMIT, "x"), MIG_LIMIT);
    assert_int_equal(mig_fail_at(NULL, MIG_SYNTAX, &position, "x"), MIG_SYNTAX);
    assert_int_equal(mig_fail_memory(NULL), MIG_NO_MEMORY);
    assert_int_equal(mig_fail_errno(NULL, "f", ENOENT), MIG_SYSTEM);
    mig_error_locate(NULL, &position, "column");
}

static void test_memory_and_errno(void **unused)
{
    (void)unused;
    struct mig_error error;
    char expected[128];
    assert_int_equal(mig_fail_memory(&error), MIG_NO_MEMORY);
    assert_int_equal(error.status, MIG_NO_MEMORY);
    assert_string_equal(error.text, "out of memory");
    assert_int_equal(mig_fail_errno(&error, "100% sure.csv", ENOENT), MIG_SYSTEM);
    snprintf(expected, sizeof expected, "'100%% sure.csv': %s", strerror(ENOENT));
    assert_int_equal(error.status, MIG_SYSTEM);
    assert_string_equal(error.text, expected);
}

static void test_locate(void **unused)
{
    (void)unused;
    struct mig_position position = {"returns.csv", 3, 2};
    struct mig_error error;
    mig_fail(&error, MIG_VALUE, "'100%%' is not a number");
    mig_error_locate(&error, &position, "share %");
    assert_string_equal(error.file, "returns.csv");
    assert_int_equal(error.line, 3);
    assert_int_equal(error.column, 2);
    assert_int_equal(error.status, MIG_VALUE);
    assert_string_equal(error.text, "'100%' is not a number (column share %)");
}

static void test_locate_keeps_what_it_is_not_told(void **unused)
{
    (void)unused;
    struct mig_position position = {"returns.csv", 3, 2};
    struct mig_error error;
    mig_fail_at(&error, MIG_VALUE, &position, "x");
    mig_error_locate(&error, NULL, "n");
    assert_string_equal(error.file, "returns.csv");
    assert_int_equal(error.line, 3);
    assert_string_equal(error.text, "x (column n)");
    mig_error_locate(&error, &position, NULL);
    assert_string_equal(error.text, "x (column n)");
}

/* Fills `out` with `ascii` letters a and then the two bytes of e acute, again and again. */
static void letters(char *out, size_t size, size_t ascii)
{
    memset(out, 'a', ascii);
    for (size_t i = ascii; i + 2 < size; i += 2)
        memcpy(out + i, "\xc3\xa9", 3);
}

/* What is too long is cut, and never inside a character. */
static void test_long_texts_are_cut(void **unused)
{
    (void)unused;
    struct mig_error error;
    char text[2000];
    for (size_t ascii = 1; ascii <= 2; ascii++) {
        letters(text, sizeof text, ascii);
        mig_fail(&error, MIG_VALUE, "%s", text);
        /* 511 bytes fit: 1 + 2 * 255 are all of them, 2 + 2 * 254 leave one */
        size_t expected = ascii == 1 ? 511 : 510;
        assert_int_equal(strlen(error.text), expected);
        assert_memory_equal(error.text, text, expected);
        struct mig_position position = {text, 1, 1};
        mig_error_locate(&error, &position, NULL);
        expected = ascii == 1 ? 255 : 254;
        assert_int_equal(strlen(error.file), expected);
        assert_memory_equal(error.file, text, expected);
    }
}

static void test_long_column_name_is_cut(void **unused)
{
    (void)unused;
    struct mig_error error;
    char name[2000];
    letters(name, sizeof name, 1);
    mig_fail(&error, MIG_VALUE, "x");
    mig_error_locate(&error, NULL, name);
    /* "x (column a" is 11 bytes; 250 characters of two bytes follow */
    assert_int_equal(strlen(error.text), 511);
    assert_memory_equal(error.text, "x (column a\xc3\xa9", 13);
}

static void add_lines(struct mig_error_list *list, size_t count)
{
    for (size_t i = 1; i <= count; i++) {
        struct mig_error error = {.status = MIG_VALUE, .line = i};
        assert_int_equal(mig_error_list_add(list, &error), MIG_OK);
    }
}

static void test_list_keeps_all(void **unused)
{
    (void)unused;
    struct mig_error_list list = {0};
    add_lines(&list, 100);
    assert_int_equal(list.count, 100);
    assert_int_equal(list.total, 100);
    for (size_t i = 0; i < list.count; i++)
        assert_int_equal(list.items[i].line, i + 1);
    mig_error_list_release(&list);
    assert_null(list.items);
    assert_int_equal(list.total, 0);
    mig_error_list_release(&list);
    mig_error_list_release(NULL);
}

static void test_list_keeps_the_first(void **unused)
{
    (void)unused;
    struct mig_error_list list = {.keep = 3};
    add_lines(&list, 10);
    assert_int_equal(list.count, 3);
    assert_int_equal(list.total, 10);
    assert_int_equal(list.items[2].line, 3);
    mig_error_list_release(&list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fail_fills_the_error),
        cmocka_unit_test(test_fail_with_position),
        cmocka_unit_test(test_error_may_be_null),
        cmocka_unit_test(test_memory_and_errno),
        cmocka_unit_test(test_locate),
        cmocka_unit_test(test_locate_keeps_what_it_is_not_told),
        cmocka_unit_test(test_long_texts_are_cut),
        cmocka_unit_test(test_long_column_name_is_cut),
        cmocka_unit_test(test_list_keeps_all),
        cmocka_unit_test(test_list_keeps_the_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
