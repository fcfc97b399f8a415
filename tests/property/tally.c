/* A tally does not depend on the order of the rows, and the tally of the tallies of any parts is
 * the tally of the whole, byte for byte as CSV: with decimals of all sizes, missing keys and
 * missing values.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "../table.h"
#include "base/random.h"
#include "output/writer.h"
#include "table/tally.h"

enum { ROWS = 400, MOST_PARTS = 12, ROUNDS = 30 };

static const char cases_header[] = "region,date,age,x,y\n";
static const char cases_by[] = "region,year(date),band(age,0,18,60)";
static const char tally_by[] = "region,year,band";

static struct temporary write_file(
    const char *header, struct mig_buffer *const *rows, size_t first, size_t end)
{
    struct mig_buffer text = {0};
    DUMP(&text, "%s", header);
    for (size_t i = first; i < end; i++)
        DUMP(&text, "%s", rows[i]->data);
    struct temporary file = temporary_file(text.data, text.length);
    mig_buffer_release(&text);
    return file;
}

/* Writes the groups as mig-tally does; the caller frees the text. */
static char *write_tally(const struct mig_tally *tally, const struct mig_keys *keys)
{
    char *text = NULL;
    size_t length;
    struct mig_writer *writer;
    const char *names[8];
    size_t count = 0;
    FILE *stream = open_memstream(&text, &length);
    assert_non_null(stream);
    for (; count < keys->count; count++)
        names[count] = mig_keys_name(keys, count);
    names[count++] = "n";
    names[count++] = "x";
    names[count++] = "y";
    assert_int_equal(mig_writer_open(&writer, stream, MIG_CSV, 10, names, count, NULL), MIG_OK);
    for (size_t i = 0; i < mig_tally_count(tally); i++) {
        struct mig_group group = mig_tally_group(tally, i);
        for (size_t key = 0; key < keys->count; key++)
            mig_writer_text(writer, mig_tally_key(tally, &group, key));
        mig_writer_count(writer, group.n);
        for (size_t j = 0; j < group.n_sums; j++)
            if (group.missing >> j & 1)
                mig_writer_empty(writer);
            else
                mig_writer_sum(writer, &group.sums[j]);
        assert_int_equal(mig_writer_end_row(writer, NULL), MIG_OK);
    }
    assert_int_equal(mig_writer_close(writer, NULL), MIG_OK);
    mig_writer_free(writer);
    assert_int_equal(fclose(stream), 0);
    return text;
}

/* With `parts`, two columns are compared in every row: none is then counted the short way. */
static char *tally_files_with(
    struct temporary *files, size_t count, const char *by, const struct mig_part_of *parts)
{
    static const struct mig_input_options options = {.reader = {.delimiter = ','}};
    char *paths[MOST_PARTS];
    struct mig_input *input;
    struct mig_keys keys = {0};
    struct mig_error_list errors = {0};
    struct mig_tally *tally;
    size_t columns[2];
    for (size_t i = 0; i < count; i++)
        paths[i] = files[i].path;
    assert_int_equal(mig_input_open(&input, paths, count, &options, NULL), MIG_OK);
    const struct mig_header *header = mig_input_header(input);
    assert_int_equal(mig_keys_parse(&keys, by, NULL), MIG_OK);
    assert_int_equal(mig_keys_bind(&keys, header, &errors), MIG_OK);
    assert_int_equal(mig_header_find(header, "x", &columns[0], NULL), MIG_OK);
    assert_int_equal(mig_header_find(header, "y", &columns[1], NULL), MIG_OK);
    const struct mig_tally_spec spec = {
        .keys = &keys, .sums = columns, .n_sums = 2, .parts = parts, .n_parts = parts != NULL};
    assert_int_equal(mig_tally_read(&tally, input, &spec, NULL), MIG_OK);
    char *text = write_tally(tally, &keys);
    mig_tally_free(tally);
    mig_keys_release(&keys);
    mig_error_list_release(&errors);
    mig_input_free(input);
    for (size_t i = 0; i < count; i++)
        unlink(paths[i]);
    return text;
}

static char *tally_files(struct temporary *files, size_t count, const char *by)
{
    return tally_files_with(files, count, by, NULL);
}

static const char *pick(struct mig_random *random, const char *const *texts, size_t count)
{
    return texts[mig_random_below(random, (uint32_t)count)];
}
#define PICK(random, texts) pick(random, texts, sizeof(texts) / sizeof *(texts))

/* A value of up to 30 digits somewhere about the decimal point, or none. */
static void make_value(struct mig_random *random, struct mig_buffer *row)
{
    DUMP(row, ",");
    if (mig_random_below(random, 8) == 0)
        return;
    DUMP(row, "%s", mig_random_below(random, 2) ? "-" : "");
    uint32_t digits = 1 + mig_random_below(random, mig_random_below(random, 5) == 0 ? 30 : 6);
    for (uint32_t i = 0; i < digits; i++)
        DUMP(row, "%u", mig_random_below(random, 10));
    if (mig_random_below(random, 2))
        DUMP(row, ".%u", mig_random_below(random, 1000));
    if (mig_random_below(random, 6) == 0)
        DUMP(row, "e%d", (int)mig_random_below(random, 40) - 20);
}

static void make_row(struct mig_random *random, struct mig_buffer *row)
{
    static const char *const regions[] = {"Kayes", "\"Gao, ville\"", "\"\"\"S\xC3\xA9gou\"\"\"",
        "9", "10", "01", "1", "\"two\nlines\"", "\" Mopti\"", ""};
    static const char *const dates[] = {"2024-02-29", "2025-09", "2025-Q3", "2023", ""};
    static const char *const ages[] = {"-1", "0", "17.5", "18", "59", "60", ""};
    DUMP(row, "%s,", PICK(random, regions));
    DUMP(row, "%s,", PICK(random, dates));
    DUMP(row, "%s", PICK(random, ages));
    make_value(random, row);
    make_value(random, row);
    DUMP(row, "\n");
}

struct cases {
    struct mig_random random;
    struct mig_buffer storage[ROWS];
    struct mig_buffer *rows[ROWS];
    char *whole; /* the tally of all rows */
};

static char *tally_cases(struct cases *cases)
{
    struct temporary file = write_file(cases_header, cases->rows, 0, ROWS);
    return tally_files(&file, 1, cases_by);
}

static void make_cases(struct cases *cases, uint64_t seed)
{
    *cases = (struct cases){.whole = NULL};
    assert_int_equal(mig_random_init(&cases->random, seed, 0, NULL), MIG_OK);
    for (size_t i = 0; i < ROWS; i++) {
        make_row(&cases->random, &cases->storage[i]);
        cases->rows[i] = &cases->storage[i];
    }
    cases->whole = tally_cases(cases);
}

static void release_cases(struct cases *cases)
{
    for (size_t i = 0; i < ROWS; i++)
        mig_buffer_release(&cases->storage[i]);
    mig_random_release(&cases->random);
    free(cases->whole);
}

static void shuffle(struct cases *cases)
{
    for (size_t i = ROWS; i > 1; i--) {
        size_t other = mig_random_below(&cases->random, (uint32_t)i);
        struct mig_buffer *kept = cases->rows[i - 1];
        cases->rows[i - 1] = cases->rows[other];
        cases->rows[other] = kept;
    }
}

static void the_order_of_rows_does_not_matter(void **state)
{
    (void)state;
    static struct cases cases;
    make_cases(&cases, 1);
    for (int round = 0; round < ROUNDS; round++) {
        shuffle(&cases);
        char *shuffled = tally_cases(&cases);
        assert_string_equal(shuffled, cases.whole);
        free(shuffled);
    }
    release_cases(&cases);
}

/* Cuts the rows into parts, some perhaps empty, and leaves the tally of each in a file. */
static size_t tally_parts(struct cases *cases, struct temporary *parts)
{
    size_t count = 1 + mig_random_below(&cases->random, MOST_PARTS);
    size_t first = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t left = (uint32_t)(ROWS - first);
        size_t end = i + 1 == count ? ROWS : first + mig_random_below(&cases->random, left + 1);
        struct temporary part = write_file(cases_header, cases->rows, first, end);
        char *tally = tally_files(&part, 1, cases_by);
        parts[i] = temporary_text(tally);
        free(tally);
        first = end;
    }
    return count;
}

static void the_tally_of_tallies_is_the_tally_of_the_whole(void **state)
{
    (void)state;
    static struct cases cases;
    struct temporary parts[MOST_PARTS];
    make_cases(&cases, 2);
    for (int round = 0; round < ROUNDS; round++) {
        shuffle(&cases);
        size_t count = tally_parts(&cases, parts);
        char *merged = tally_files(parts, count, tally_by);
        assert_string_equal(merged, cases.whole);
        free(merged);
    }
    release_cases(&cases);
}

/* Parts merged two and two, and then again, as a chain of merges would. */
static void merges_may_be_nested(void **state)
{
    (void)state;
    static struct cases cases;
    struct temporary parts[MOST_PARTS];
    make_cases(&cases, 3);
    for (int round = 0; round < ROUNDS; round++) {
        size_t count = tally_parts(&cases, parts);
        while (count > 1) {
            char *merged = tally_files(parts + count - 2, 2, tally_by);
            parts[count - 2] = temporary_text(merged);
            free(merged);
            count--;
        }
        char *all = tally_files(parts, 1, tally_by);
        assert_string_equal(all, cases.whole);
        free(all);
    }
    release_cases(&cases);
}

static void rows_are_counted_alike_in_both_ways(void **state)
{
    (void)state;
    static const struct mig_part_of parts = {0, 1};
    static const char *const by[] = {"region", "year(date),region", "date,age", ""};
    static struct cases cases;
    make_cases(&cases, 4);
    for (size_t i = 0; i < sizeof by / sizeof *by; i++)
        for (size_t rows = 1; rows <= ROWS; rows += 57) {
            struct temporary file = write_file(cases_header, cases.rows, 0, rows);
            struct temporary same = write_file(cases_header, cases.rows, 0, rows);
            char *plain = tally_files(&file, 1, by[i]);
            char *at_length = tally_files_with(&same, 1, by[i], &parts);
            assert_string_equal(plain, at_length);
            free(plain);
            free(at_length);
        }
    release_cases(&cases);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_order_of_rows_does_not_matter),
        cmocka_unit_test(the_tally_of_tallies_is_the_tally_of_the_whole),
        cmocka_unit_test(merges_may_be_nested),
        cmocka_unit_test(rows_are_counted_alike_in_both_ways),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
