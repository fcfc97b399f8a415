#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "../table.h"
#include "input/share.h"

static const char text[] =
    "a,b\n1,x\n2,\"y\n\ny\"\n\n3,z\n4,\"a much longer cell\nof two lines\"\n5,w\n";

static size_t threads_of(struct mig_input_options options)
{
    struct table table;
    options.reader.delimiter = ',';
    table_open_with(&table, mig_text_of(text), &options);
    size_t threads = mig_share_threads(table.input);
    table_close(&table);
    return threads;
}

static void says_how_many_threads(void **state)
{
    (void)state;
    const struct mig_input_options many = {.threads = 5, .block_size = 8};
    assert_int_equal(threads_of(many), 5);
    assert_int_equal(threads_of((struct mig_input_options){.threads = 5}), 1); /* so small a file */
    assert_int_equal(threads_of((struct mig_input_options){.block_size = 8}), 1);
    struct mig_input_options options = many;
    options.find_header = true;
    assert_int_equal(threads_of(options), 1);
    options = many;
    options.pass_ragged = true;
    assert_int_equal(threads_of(options), 1);
    options = many;
    options.reader.end_line = 9;
    assert_int_equal(threads_of(options), 1);
    options = many;
    options.reader.invalid = MIG_INVALID_REPLACE;
    assert_int_equal(threads_of(options), 1);
}

/* Takes a row from one part after the other: "row@line" in the order of the first cells, which is
 * that of the text. */
static void read_in_turn(struct mig_share *share, size_t n_parts, struct mig_buffer *rows)
{
    char found[6][64] = {""};
    size_t ended = 0, last_block[2] = {0, 0};
    for (size_t i = 0; ended < n_parts; i = (i + 1) % n_parts) {
        struct mig_row row;
        struct mig_input *part = mig_share_part(share, i);
        assert_int_equal(mig_input_next(part, &row, NULL), MIG_OK);
        assert_true(mig_share_block(part) >= last_block[i]);
        last_block[i] = mig_share_block(part);
        ended = row.count == 0 ? ended + 1 : 0;
        if (row.count == 0)
            continue;
        assert_int_equal(row.count, 2);
        char *place = found[row.cells[0].text.data[0] - '0'];
        assert_string_equal(place, "");
        snprintf(place, sizeof found[0], "%s@%zu ", row.cells[0].text.data, row.line);
    }
    for (size_t i = 0; i < 6; i++)
        DUMP(rows, "%s", found[i]);
}

static void parts_have_every_row_once(void **state)
{
    (void)state;
    for (size_t size = 1; size < sizeof text + 2; size++) {
        struct table table;
        struct mig_share *share;
        struct mig_buffer rows = {0};
        const struct mig_input_options options = {
            .reader = {.delimiter = ','}, .threads = 2, .block_size = size};
        table_open_with(&table, mig_text_of(text), &options);
        assert_int_equal(mig_share_new(&share, table.input, 2, NULL), MIG_OK);
        read_in_turn(share, 2, &rows);
        assert_string_equal(rows.data, "1@2 2@3 3@7 4@8 5@10 ");
        mig_share_free(share);
        assert_int_equal(mig_input_account(table.input).rows, 5);
        assert_int_equal(mig_input_account(table.input).blank_lines, 1);
        mig_buffer_release(&rows);
        table_close(&table);
    }
    mig_share_free(NULL);
}

static void nothing_is_handed_out_once_stopped(void **state)
{
    (void)state;
    struct table table;
    struct mig_share *share;
    struct mig_row row;
    const struct mig_input_options options = {
        .reader = {.delimiter = ','}, .threads = 2, .block_size = 1};
    table_open_with(&table, mig_text_of(text), &options);
    assert_int_equal(mig_share_new(&share, table.input, 2, NULL), MIG_OK);
    assert_int_equal(mig_input_next(mig_share_part(share, 0), &row, NULL), MIG_OK);
    assert_int_equal(row.line, 2);
    mig_share_stop(share);
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(mig_input_next(mig_share_part(share, i), &row, NULL), MIG_OK);
        assert_int_equal(row.count, 0);
    }
    mig_share_free(share);
    table_close(&table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(says_how_many_threads),
        cmocka_unit_test(parts_have_every_row_once),
        cmocka_unit_test(nothing_is_handed_out_once_stopped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
