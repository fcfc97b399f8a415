/* The ranges of a file, read one by one, give the rows of the file, each once, with their lines;
 * and a file that can't be read can't be read in ranges either. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "../temporary.h"
#include "base/random.h"
#include "input/split.h"

#define RANDOM_TEXTS 4000
#define LONGEST 60

struct parts {
    struct mig_split_part items[256];
    size_t count;
};

static enum mig_status keep_part(
    void *context, const struct mig_split_part *part, struct mig_error *error)
{
    struct parts *parts = context;
    (void)error;
    assert_true(parts->count < sizeof parts->items / sizeof *parts->items);
    parts->items[parts->count++] = *part;
    return MIG_OK;
}

/* Appends the rows, 'LINE[cell][cell]', and counts them. */
static enum mig_status read_rows(
    char *path, const struct mig_input_options *options, struct mig_buffer *out, size_t *rows)
{
    struct mig_input *input;
    struct mig_row row;
    enum mig_status status = mig_input_open(&input, &path, 1, options, NULL);
    while (status == MIG_OK) {
        status = mig_input_next(input, &row, NULL);
        if (status != MIG_OK || row.count == 0)
            break;
        assert_int_equal(mig_buffer_print(out, NULL, "%zu", row.line), MIG_OK);
        for (size_t i = 0; i < row.count; i++)
            assert_int_equal(mig_buffer_print(out, NULL, "[%s%s@%zu]", row.cells[i].text.data,
                                 row.cells[i].quoted_empty ? "\"\"" : "", row.cells[i].line),
                MIG_OK);
        ++*rows;
    }
    mig_input_free(input);
    return status;
}

static enum mig_status split(char *path, const struct mig_input_options *options,
    const struct mig_split_size *size, struct parts *parts)
{
    struct mig_input *input;
    parts->count = 0;
    enum mig_status status = mig_input_open(&input, &path, 1, options, NULL);
    if (status == MIG_OK)
        status = mig_split(input, size, keep_part, parts, NULL);
    mig_input_free(input);
    return status;
}

/* Reads all the parts; the line of every other one is left to be counted. */
static enum mig_status read_parts(char *path, const struct mig_input_options *options,
    const struct parts *parts, struct mig_buffer *out)
{
    enum mig_status status = MIG_OK;
    for (size_t i = 0; i < parts->count && status == MIG_OK; i++) {
        struct mig_input_options of_part = *options;
        struct mig_range range = parts->items[i].range;
        size_t rows = 0;
        if (i % 2 == 1)
            range.line = 0;
        of_part.range = &range;
        status = read_rows(path, &of_part, out, &rows);
        if (status == MIG_OK)
            assert_int_equal(rows, parts->items[i].rows);
    }
    return status;
}

static void check_sizes(
    const struct parts *parts, const struct mig_split_size *size, size_t rows, size_t length)
{
    if (size->ranges > 0)
        assert_true(parts->count <= size->ranges);
    assert_int_equal(parts->count > 0, rows > 0);
    for (size_t i = 0; i < parts->count; i++) {
        const struct mig_split_part *part = &parts->items[i];
        assert_true(part->rows > 0 && part->range.first <= part->range.last);
        if (i + 1 < parts->count && size->rows > 0)
            assert_int_equal(part->rows, size->rows);
        if (i > 0)
            assert_int_equal(part->range.first, parts->items[i - 1].range.last + 1);
    }
    if (parts->count > 0)
        assert_int_equal(parts->items[parts->count - 1].range.last, length - 1);
}

/* Whether the file can be read. */
static bool check(const char *text, size_t length, const struct mig_input_options *options)
{
    static const struct mig_split_size sizes[] = {
        {.ranges = 1}, {.ranges = 2}, {.ranges = 3}, {.ranges = 50}, {.rows = 1}, {.rows = 2}};
    struct temporary file = temporary_file(text, length);
    struct mig_buffer whole = {0};
    size_t rows = 0;
    enum mig_status status = read_rows(file.path, options, &whole, &rows);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct mig_buffer pieces = {0};
        struct parts parts;
        enum mig_status of_parts = split(file.path, options, &sizes[i], &parts);
        if (of_parts == MIG_OK)
            of_parts = read_parts(file.path, options, &parts, &pieces);
        assert_int_equal(of_parts == MIG_OK, status == MIG_OK);
        if (status == MIG_OK) {
            check_sizes(&parts, &sizes[i], rows, length);
            assert_int_equal(pieces.length, whole.length);
            if (whole.length > 0)
                assert_memory_equal(pieces.data, whole.data, whole.length);
        }
        mig_buffer_release(&pieces);
    }
    mig_buffer_release(&whole);
    unlink(file.path);
    return status == MIG_OK;
}

static void splits_given_texts(void **state)
{
    (void)state;
    static const char *const texts[] = {"a,b\n", "a,b", "a,b\r\n", "a,b\n1,2",
        "a,b\n\n1,2\n \t\n3,4\n\n", "a,b\r\n1,2\r\n3,4\r\n", "a,b\r1,2\r3,4\r", "a,b\r1,2\n3,4\r\n",
        "a,b\n#x,#y\n1,2\n", "a\n\n1\n\n2\n\n", "a\r\n\r\n\r\n",
        "\357\273\277a,b\n1,\"x\ny\"\n\"\"\"\n\",4\n", "a,b\n1,\"x\r\ny\"\r\n\"\n\",4",
        "a,b\n1,\"\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\"\n3,4\n", "\"a\nb\",c\n1,2\n3,4\n",
        "a\n \n\t\n  x\n \r\n", "a\n1\n "};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_true(check(
            texts[i], strlen(texts[i]), &(struct mig_input_options){.reader.delimiter = ','}));
}

static void splits_without_header(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "1,2\n3,4\n5,6\n", "1\n\n3\n", "\n\n1,2\n", "\357\273\2771,2\n3,4\n"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_true(check(texts[i], strlen(texts[i]),
            &(struct mig_input_options){.reader.delimiter = ',', .no_header = true}));
}

/* Where quotes are characters like others. */
static void splits_without_quotes(void **state)
{
    (void)state;
    static const char text[] = "a,b\n1,2\"\n\"3,4\n5,\"\n";
    assert_true(check(text, sizeof text - 1,
        &(struct mig_input_options){
            .reader = {.delimiter = ',', .quote = MIG_NO_QUOTE}, .find_header = true}));
}

/* Rows of two cells for the most part, with quotes, blanks and line ends of all kinds. */
static size_t random_text(struct mig_random *random, char *text)
{
    static const char *const pieces[] = {"a", "b", ",", ",", ",", "\n", "\n", "\r\n", "\r", " ",
        "\t", "\"x\ny\"", "\"\"", "\"\r\n\"", "\"\"\"\"", "\"", "1,2\n", "1,2\n", ",\"x\"\n"};
    size_t wanted = mig_random_below(random, LONGEST), length = 0;
    while (length < wanted) {
        const char *piece = pieces[mig_random_below(random, sizeof pieces / sizeof *pieces)];
        memcpy(text + length, piece, strlen(piece));
        length += strlen(piece);
    }
    return length;
}

static void splits_random_texts(void **state)
{
    (void)state;
    struct mig_random random;
    size_t good = 0;
    assert_int_equal(mig_random_init(&random, 7, 1, NULL), MIG_OK);
    for (size_t i = 0; i < RANDOM_TEXTS; i++) {
        char text[LONGEST + 16] = "a,b\n";
        size_t head = i % 3 == 0 ? 0 : 4;
        size_t length = head + random_text(&random, text + head);
        good += check(text, length,
            &(struct mig_input_options){.reader.delimiter = ',', .no_header = i % 5 == 0});
    }
    mig_random_release(&random);
    assert_true(good > RANDOM_TEXTS / 50 && good < RANDOM_TEXTS);
}

/* A text of many blocks, whose quoted cells hold line ends, cut at many places. */
static void splits_many_blocks(void **state)
{
    (void)state;
    struct mig_buffer text = {0};
    assert_int_equal(mig_buffer_print(&text, NULL, "a,b\r\n"), MIG_OK);
    for (int i = 0; i < 60000; i++)
        assert_int_equal(mig_buffer_print(&text, NULL,
                             i % 20 == 0 ? "%d,\"x\n\"\"%d\"\"\n\"\r\n" : "%d,%d\r\n", i, i),
            MIG_OK);
    struct temporary file = temporary_file(text.data, text.length);
    struct mig_input_options options = {0};
    struct mig_buffer whole = {0}, pieces = {0};
    struct parts parts;
    size_t rows = 0;
    assert_int_equal(read_rows(file.path, &options, &whole, &rows), MIG_OK);
    assert_int_equal(
        split(file.path, &options, &(struct mig_split_size){.ranges = 200}, &parts), MIG_OK);
    assert_int_equal(parts.count, 200);
    assert_int_equal(read_parts(file.path, &options, &parts, &pieces), MIG_OK);
    assert_int_equal(pieces.length, whole.length);
    assert_memory_equal(pieces.data, whole.data, whole.length);
    unlink(file.path);
    mig_buffer_release(&whole);
    mig_buffer_release(&pieces);
    mig_buffer_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(splits_given_texts),
        cmocka_unit_test(splits_without_header),
        cmocka_unit_test(splits_without_quotes),
        cmocka_unit_test(splits_random_texts),
        cmocka_unit_test(splits_many_blocks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
