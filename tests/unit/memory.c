#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"

static void test_grow_from_nothing(void **unused)
{
    (void)unused;
    size_t capacity = 0;
    int *items = mig_grow(NULL, &capacity, 1, sizeof *items);
    assert_non_null(items);
    assert_true(capacity >= 1);
    for (size_t i = 0; i < capacity; i++)
        items[i] = (int)i; /* the sanitizer checks that they are there */
    free(items);
}

static void test_grow_keeps_what_is_enough(void **unused)
{
    (void)unused;
    size_t capacity = 0;
    char *items = mig_grow(NULL, &capacity, 100, 1);
    assert_non_null(items);
    size_t before = capacity;
    assert_ptr_equal(mig_grow(items, &capacity, before, 1), items);
    assert_int_equal(capacity, before);
    free(items);
}

static void test_grow_doubles_and_keeps_the_content(void **unused)
{
    (void)unused;
    size_t capacity = 0, count = 0;
    int moves = 0;
    uint32_t *items = NULL;
    for (; count < 100000; count++) {
        size_t before = capacity;
        uint32_t *grown = mig_grow(items, &capacity, count + 1, sizeof *items);
        assert_non_null(grown);
        items = grown;
        items[count] = (uint32_t)count;
        assert_true(capacity == before || capacity >= 2 * before);
        moves += capacity != before;
    }
    for (size_t i = 0; i < count; i++)
        assert_int_equal(items[i], i);
    assert_true(moves <= 17); /* log2(100000) is 16.6 */
    free(items);
}

static void test_grow_overflow_leaves_the_array(void **unused)
{
    (void)unused;
    size_t capacity = 0;
    uint64_t *items = mig_grow(NULL, &capacity, 8, sizeof *items);
    assert_non_null(items);
    items[7] = 7;
    size_t before = capacity;
    assert_null(mig_grow(items, &capacity, SIZE_MAX / sizeof *items + 1, sizeof *items));
    assert_null(mig_grow(items, &capacity, SIZE_MAX, sizeof *items));
    assert_int_equal(capacity, before);
    assert_int_equal(items[7], 7);
    free(items);
}

static void test_buffer_append(void **unused)
{
    (void)unused;
    struct mig_buffer buffer = {0};
    assert_null(mig_buffer_text(&buffer).data);
    assert_int_equal(mig_buffer_text(&buffer).length, 0);
    assert_int_equal(mig_buffer_append(&buffer, NULL, 0, NULL), MIG_OK);
    assert_string_equal(buffer.data, "");
    assert_int_equal(mig_buffer_append(&buffer, "a\0b", 3, NULL), MIG_OK);
    assert_int_equal(mig_buffer_append(&buffer, "cd", 1, NULL), MIG_OK);
    assert_int_equal(buffer.length, 4);
    assert_memory_equal(buffer.data, "a\0bc", 5);
    assert_ptr_equal(mig_buffer_text(&buffer).data, buffer.data);
    assert_int_equal(mig_buffer_text(&buffer).length, 4);
    mig_buffer_release(&buffer);
}

/* Every length around the doublings: the terminator always has its place. */
static void test_buffer_grows_byte_by_byte(void **unused)
{
    (void)unused;
    struct mig_buffer buffer = {0};
    for (size_t i = 0; i < 1000; i++) {
        char c = (char)('a' + i % 26);
        assert_int_equal(mig_buffer_append(&buffer, &c, 1, NULL), MIG_OK);
        assert_int_equal(buffer.length, i + 1);
        assert_true(buffer.capacity > buffer.length);
        assert_int_equal(buffer.data[i + 1], '\0');
    }
    for (size_t i = 0; i < 1000; i++)
        assert_int_equal(buffer.data[i], 'a' + i % 26);
    mig_buffer_release(&buffer);
}

/* What was reserved is written without asking again. */
static void test_buffer_reserve(void **unused)
{
    (void)unused;
    struct mig_buffer buffer = {0};
    assert_int_equal(mig_buffer_reserve(&buffer, 0, NULL), MIG_OK);
    assert_string_equal(buffer.data, "");
    assert_int_equal(mig_buffer_append(&buffer, "ab", 2, NULL), MIG_OK);
    assert_int_equal(mig_buffer_reserve(&buffer, 1000, NULL), MIG_OK);
    assert_string_equal(buffer.data, "ab");
    assert_true(buffer.capacity > 1002);
    memset(buffer.data + 2, 'c', 1001); /* the sanitizer checks that it is there */
    const char *before = buffer.data;
    assert_int_equal(mig_buffer_reserve(&buffer, 1000, NULL), MIG_OK);
    assert_ptr_equal(buffer.data, before);
    assert_int_equal(mig_buffer_reserve(&buffer, SIZE_MAX, NULL), MIG_NO_MEMORY);
    assert_int_equal(buffer.length, 2);
    mig_buffer_release(&buffer);
}

static void test_buffer_print(void **unused)
{
    (void)unused;
    struct mig_buffer buffer = {0};
    char expected[400];
    assert_int_equal(mig_buffer_print(&buffer, NULL, "%s=%d;", "n", 12), MIG_OK);
    assert_string_equal(buffer.data, "n=12;");
    assert_int_equal(mig_buffer_print(&buffer, NULL, "%0300d", 7), MIG_OK);
    snprintf(expected, sizeof expected, "n=12;%0300d", 7);
    assert_string_equal(buffer.data, expected);
    assert_int_equal(buffer.length, 305);
    mig_buffer_release(&buffer);
}

static void test_buffer_clear_and_release(void **unused)
{
    (void)unused;
    struct mig_buffer buffer = {0};
    mig_buffer_clear(&buffer);
    assert_null(buffer.data);
    assert_int_equal(mig_buffer_append(&buffer, "abc", 3, NULL), MIG_OK);
    size_t capacity = buffer.capacity;
    mig_buffer_clear(&buffer);
    assert_int_equal(buffer.length, 0);
    assert_int_equal(buffer.capacity, capacity);
    assert_string_equal(buffer.data, "");
    mig_buffer_release(&buffer);
    assert_null(buffer.data);
    assert_int_equal(buffer.capacity, 0);
    mig_buffer_release(&buffer);
    mig_buffer_release(NULL);
}

static void test_buffer_overflow(void **unused)
{
    (void)unused;
    struct mig_buffer buffer = {0};
    struct mig_error error = {0};
    volatile size_t too_long = SIZE_MAX; /* hidden from the compiler, which would warn */
    assert_int_equal(mig_buffer_append(&buffer, "abc", 3, NULL), MIG_OK);
    for (size_t less = 0; less < 4; less++) {
        error = (struct mig_error){0};
        assert_int_equal(mig_buffer_append(&buffer, "x", too_long - less, &error), MIG_NO_MEMORY);
        assert_int_equal(error.status, MIG_NO_MEMORY);
        assert_string_equal(buffer.data, "abc");
        assert_int_equal(buffer.length, 3);
    }
    mig_buffer_release(&buffer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_grow_from_nothing),
        cmocka_unit_test(test_grow_keeps_what_is_enough),
        cmocka_unit_test(test_grow_doubles_and_keeps_the_content),
        cmocka_unit_test(test_grow_overflow_leaves_the_array),
        cmocka_unit_test(test_buffer_append),
        cmocka_unit_test(test_buffer_grows_byte_by_byte),
        cmocka_unit_test(test_buffer_reserve),
        cmocka_unit_test(test_buffer_print),
        cmocka_unit_test(test_buffer_clear_and_release),
        cmocka_unit_test(test_buffer_overflow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
