#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <math.h>

#include "../table.h"
#include "table/frame.h"

static void bind(struct table *table, const char *by, struct mig_keys *keys)
{
    struct mig_error_list errors = {0};
    assert_int_equal(mig_keys_parse(keys, by, NULL), MIG_OK);
    assert_int_equal(mig_keys_bind(keys, table_header(table), &errors), MIG_OK);
    mig_error_list_release(&errors);
}

static void assert_key(const struct mig_frame *frame, size_t key, size_t row, const char *wanted)
{
    struct mig_text text = mig_names_text(frame->names[key], frame->codes[key][row]);
    assert_true(mig_text_equal(text, mig_text_of(wanted)));
}

static void columns_are_read_whole(void **state)
{
    (void)state;
    struct table table;
    struct mig_keys keys = {0};
    struct mig_frame frame = {0};
    table_open(&table, "d,x,y\n2024-05-06,0.1,1\n2025,,-2e3\n2024-12-31,7,3\n,1,2\n");
    bind(&table, "year(d)", &keys);
    const size_t numbers[] = {table_column(&table, "y"), table_column(&table, "x")};
    const struct mig_frame_spec spec = {.keys = &keys, .numbers = numbers, .n_numbers = 2};
    assert_int_equal(mig_frame_read(&frame, table.input, &spec, NULL), MIG_OK);
    assert_int_equal(frame.rows, 4);
    assert_int_equal(frame.codes[0][0], frame.codes[0][2]);
    assert_int_equal(mig_names_count(frame.names[0]), 3);
    assert_key(&frame, 0, 0, "2024");
    assert_key(&frame, 0, 1, "2025");
    assert_key(&frame, 0, 3, "");
    assert_true(frame.numbers[0][1] == -2000 && frame.numbers[0][3] == 2);
    assert_true(frame.numbers[1][0] == 0.1 && isnan(frame.numbers[1][1]));
    mig_frame_release(&frame);
    assert_int_equal(frame.rows, 0);
    mig_frame_release(&frame);
    mig_frame_release(NULL);
    mig_keys_release(&keys);
    table_close(&table);
}

static void columns_grow(void **state)
{
    (void)state;
    enum { ROWS = 5000 };
    struct table table;
    struct mig_keys keys = {0};
    struct mig_frame frame = {0};
    struct mig_buffer csv = {0};
    DUMP(&csv, "a,b,x\n");
    for (int i = 0; i < ROWS; i++)
        DUMP(&csv, "%d,%d,%d\n", i % 3, i, i);
    table_open(&table, csv.data);
    bind(&table, "a,b", &keys);
    const size_t x = table_column(&table, "x");
    const struct mig_frame_spec spec = {.keys = &keys, .numbers = &x, .n_numbers = 1};
    assert_int_equal(mig_frame_read(&frame, table.input, &spec, NULL), MIG_OK);
    assert_int_equal(frame.rows, ROWS);
    for (uint32_t i = 0; i < ROWS; i++) {
        assert_int_equal(frame.codes[0][i], i % 3);
        assert_int_equal(frame.codes[1][i], i);
        assert_true(frame.numbers[0][i] == i);
    }
    mig_frame_release(&frame);
    mig_keys_release(&keys);
    table_close(&table);
    mig_buffer_release(&csv);
}

static void check_error(const char *csv, const char *wanted)
{
    struct table table;
    struct mig_keys keys = {0};
    struct mig_frame frame = {0};
    struct mig_error error = {0};
    struct mig_buffer out = {0};
    table_open(&table, csv);
    bind(&table, "year(d)", &keys);
    const size_t x = table_column(&table, "x");
    const struct mig_frame_spec spec = {.keys = &keys, .numbers = &x, .n_numbers = 1};
    enum mig_status status = mig_frame_read(&frame, table.input, &spec, &error);
    dump_error(&out, status, &error);
    assert_string_equal(out.data, wanted);
    assert_string_equal(error.file, table.path);
    mig_buffer_release(&out);
    mig_frame_release(&frame);
    mig_keys_release(&keys);
    table_close(&table);
}

static void errors_name_the_cell(void **state)
{
    (void)state;
    check_error("d,x\n2025,1\n2025,1e\n", "!value 3:2 '1e' is not a number (column x)");
    check_error("d,x\n2025,1\nlate,1\n", "!value 3:1 'late' is not a date (column d)");
    check_error("d,x\n2025,1\n2025\n", "!syntax 3:0 row has 1 cell, the header has 2");
}

static void nothing_asked_counts_the_rows(void **state)
{
    (void)state;
    struct table table;
    struct mig_frame frame = {0};
    const struct mig_frame_spec spec = {0};
    table_open(&table, "a\n1\n2\n");
    assert_int_equal(mig_frame_read(&frame, table.input, &spec, NULL), MIG_OK);
    assert_int_equal(frame.rows, 2);
    mig_frame_release(&frame);
    table_close(&table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_are_read_whole),
        cmocka_unit_test(columns_grow),
        cmocka_unit_test(errors_name_the_cell),
        cmocka_unit_test(nothing_asked_counts_the_rows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
