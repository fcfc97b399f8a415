/* Rows by the dozen are the rows that come one by one. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "../table.h"
#include "input/batch.h"

static void print_row(struct mig_buffer *out, const struct mig_row *row)
{
    static const size_t wanted[] = {0, 2};
    for (size_t i = 0; i < 2; i++) {
        const struct mig_cell *cell = &row->cells[wanted[i]];
        assert_int_equal(mig_buffer_print(out, NULL, "%s%s@%zu|", cell->text.data,
                             cell->quoted_empty ? "empty" : "", cell->line),
            MIG_OK);
    }
    assert_int_equal(mig_buffer_print(out, NULL, "%zu@%zu\n", row->count, row->line), MIG_OK);
}

/* Reads columns 1 and 3; returns how many rows came in batches. */
static size_t read_rows(struct mig_input *input, bool batches, struct mig_buffer *out)
{
    static const size_t wanted[] = {0, 2};
    size_t dozens = 0;
    assert_int_equal(mig_input_want(input, wanted, 2, NULL), MIG_OK);
    for (;;) {
        struct mig_batch batch = {0};
        struct mig_row row;
        if (batches)
            mig_input_take_batch(input, &batch);
        dozens += batch.count;
        for (size_t i = 0; i < batch.count; i++) {
            const struct mig_text *cell = batch.cells + mig_input_slot(input, 2) * MIG_BATCH + i;
            row = mig_batch_row(input, &batch, i);
            assert_true(mig_text_equal(row.cells[2].text, *cell));
            print_row(out, &row);
        }
        if (batch.count > 0)
            continue;
        assert_int_equal(mig_input_next(input, &row, NULL), MIG_OK);
        if (row.count == 0)
            return dozens;
        print_row(out, &row);
    }
}

static size_t check(const char *text, const struct mig_input_options *options)
{
    struct mig_buffer one_by_one = {0}, by_the_dozen = {0};
    struct table table;
    table_open_with(&table, mig_text_of(text), options);
    (void)read_rows(table.input, false, &one_by_one);
    size_t rows = mig_input_account(table.input).rows;
    table_close(&table);
    table_open_with(&table, mig_text_of(text), options);
    size_t dozens = read_rows(table.input, true, &by_the_dozen);
    assert_int_equal(mig_input_account(table.input).rows, rows);
    table_close(&table);
    assert_string_equal(by_the_dozen.data, one_by_one.data);
    mig_buffer_release(&one_by_one);
    mig_buffer_release(&by_the_dozen);
    return dozens;
}

static const char text[] = "a,b,c\n1,2,3\n4,5,6\n7,\"\",\"\"\r\n,,\n\n\"8\",9,\"10\"\r\n"
                           "11,\"two\nlines\",13\n14,15,\"1\"\"6\"\n17,18,19\n20,21,22\n";

static void same_rows(void **state)
{
    (void)state;
    struct mig_input_options options = {.reader = {.delimiter = ','}};
    (void)check(text, &options); /* near line ends within cells rows come one by one */
    options.reader.read_size = 1;
    (void)check(text, &options);
    options.reader.end_line = 8;
    assert_int_equal(check(text, &options), 0);
    options.reader.end_line = 0;
    options.reader.only_libcsv = true;
    assert_int_equal(check(text, &options), 0);
    options.reader.only_libcsv = false;
    options.find_header = true;
    assert_int_equal(check(text, &options), 0);
}

/* More rows than a batch holds. */
static void many_rows(void **state)
{
    (void)state;
    struct mig_buffer table = {0};
    const struct mig_input_options options = {.reader = {.delimiter = ','}};
    assert_int_equal(mig_buffer_print(&table, NULL, "a,b,c\n"), MIG_OK);
    for (int i = 0; i < 5000; i++)
        assert_int_equal(
            mig_buffer_print(&table, NULL, i % 9 == 0 ? "%d,\"b\",\n" : "%d,Gao,c\n", i), MIG_OK);
    assert_in_range(check(table.data, &options), 4500, 5000);
    mig_buffer_release(&table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(same_rows), cmocka_unit_test(many_rows)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
