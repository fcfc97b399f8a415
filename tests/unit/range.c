#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "../temporary.h"
#include "input/range.h"
#include "input/source.h"

static void reads_ranges(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        struct mig_range range;
    } examples[] = {
        {"0-0", {0, 0, 0}},
        {"0-1023@1", {0, 1023, 1}},
        {"007-12@034", {7, 12, 34}},
        {"18446744073709551613-18446744073709551614@2", {UINT64_MAX - 2, UINT64_MAX - 1, 2}},
    };
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        struct mig_range range;
        assert_int_equal(mig_range_parse(examples[i].text, &range, NULL), MIG_OK);
        assert_int_equal(range.first, examples[i].range.first);
        assert_int_equal(range.last, examples[i].range.last);
        assert_int_equal(range.line, examples[i].range.line);
    }
}

static void refuses_what_is_no_range(void **state)
{
    (void)state;
    static const char *const texts[] = {"", "-", "1", "1-", "-1", "2-1", "1-2@", "1-2@0", "1-2@x",
        "1-2x", "1-2@3 ", " 1-2", "+1-2", "1--2", "1-2-3", "0x1-0x2", "1-18446744073709551615",
        "1-99999999999999999999", "1-2@99999999999999999999", "1@2-3"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct mig_range range;
        assert_int_equal(mig_range_parse(texts[i], &range, NULL), MIG_ARGUMENT);
    }
}

static void writes_ranges(void **state)
{
    (void)state;
    struct mig_buffer out = {0};
    assert_int_equal(mig_range_print(&(struct mig_range){3, 17, 2}, &out, NULL), MIG_OK);
    assert_int_equal(mig_range_print(&(struct mig_range){0, 4, 0}, &out, NULL), MIG_OK);
    assert_string_equal(out.data, "3-17@20-4");
    mig_buffer_release(&out);
}

/* Reads to the end; what came before is lost. */
static enum mig_status read_all(
    struct mig_source *source, struct mig_buffer *out, struct mig_error *error)
{
    mig_buffer_clear(out);
    for (;;) {
        const char *data;
        size_t length;
        enum mig_status status = mig_source_read(source, &data, &length, error);
        if (status != MIG_OK || length == 0)
            return status;
        assert_int_equal(mig_buffer_append(out, data, length, NULL), MIG_OK);
    }
}

static struct mig_source *open_source(const char *path, size_t read_size)
{
    struct mig_source *source;
    const char *data;
    size_t length;
    assert_int_equal(mig_source_open(&source, path, NULL, read_size, NULL), MIG_OK);
    assert_int_equal(mig_source_read(source, &data, &length, NULL), MIG_OK);
    return source;
}

/* Forwards and backwards, whatever the size of the reads. */
static void seeks(void **state)
{
    (void)state;
    static const char text[] = "0123456789";
    struct temporary file = temporary_text(text);
    for (size_t read_size = 0; read_size <= sizeof text; read_size++) {
        struct mig_source *source = open_source(file.path, read_size);
        struct mig_buffer out = {0};
        for (uint64_t first = 0; first < 10; first++)
            for (uint64_t end = first; end <= 10; end++) {
                uint64_t taken, size;
                assert_int_equal(mig_source_seek(source, first, end, NULL), MIG_OK);
                assert_int_equal(read_all(source, &out, NULL), MIG_OK);
                assert_int_equal(out.length, end - first);
                if (end > first)
                    assert_memory_equal(out.data, text + first, end - first);
                assert_int_equal(mig_source_offset(source), end);
                mig_source_progress(source, &taken, &size);
                assert_true(taken == end - first && size == end - first);
            }
        assert_int_equal(mig_source_seek(source, 0, 11, NULL), MIG_ARGUMENT);
        mig_buffer_release(&out);
        mig_source_free(source);
    }
    unlink(file.path);
}

static void tells_the_neighbours(void **state)
{
    (void)state;
    struct temporary file = temporary_text("ab");
    struct mig_source *source = open_source(file.path, 0);
    char before, at;
    assert_int_equal(mig_source_around(source, 0, &before, &at, NULL), MIG_OK);
    assert_true(before == '\0' && at == 'a');
    assert_int_equal(mig_source_around(source, 1, &before, &at, NULL), MIG_OK);
    assert_true(before == 'a' && at == 'b');
    assert_int_equal(mig_source_around(source, 2, &before, &at, NULL), MIG_OK);
    assert_true(before == 'b' && at == '\0');
    mig_source_free(source);
    unlink(file.path);
}

/* A part of a file that is cut short meanwhile is not taken for the whole part. */
static void sees_a_file_shrink(void **state)
{
    (void)state;
    struct temporary file = temporary_text("0123456789");
    struct mig_source *source = open_source(file.path, 0);
    struct mig_buffer out = {0};
    struct mig_error error;
    assert_int_equal(mig_source_seek(source, 2, 8, NULL), MIG_OK);
    assert_int_equal(truncate(file.path, 5), 0);
    assert_int_equal(read_all(source, &out, &error), MIG_SYNTAX);
    assert_string_equal(error.text, "the file became shorter while it was read");
    mig_buffer_release(&out);
    mig_source_free(source);
    unlink(file.path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_ranges),
        cmocka_unit_test(refuses_what_is_no_range),
        cmocka_unit_test(writes_ranges),
        cmocka_unit_test(seeks),
        cmocka_unit_test(tells_the_neighbours),
        cmocka_unit_test(sees_a_file_shrink),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
