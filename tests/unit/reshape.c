#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../table.h"
#include "table/reshape.h"
#include "table/tuples.h"

/* Names in a row, then each row: its ids, and its values, '.' where there is none. */
static void dump_wide(const struct mig_wide *wide, struct mig_buffer *out)
{
    struct mig_text text;
    for (size_t i = 0; i < mig_wide_names(wide); i++)
        DUMP(out, "%s ", mig_wide_name(wide, i));
    for (size_t row = 0; row < mig_wide_rows(wide); row++) {
        struct mig_text ids = mig_wide_ids(wide, row);
        DUMP(out, "|");
        while (mig_tuple_cut(&ids, &text))
            DUMP(out, "%.*s:", MIG_TEXT_ARG(text));
        for (size_t i = 0; i < mig_wide_names(wide); i++)
            if (mig_wide_value(wide, row, i, &text))
                DUMP(out, " %.*s", MIG_TEXT_ARG(text));
            else
                DUMP(out, " .");
    }
}

/* Columns i and j are the ids, k the names, v the values. */
static struct mig_wide *read_wide(
    struct table *table, const char *csv, struct mig_error_list *faults)
{
    static const struct mig_input_options options = {.reader = {.delimiter = ','}, .missing = "NA"};
    struct mig_wide *wide;
    table_open_with(table, mig_text_of(csv), &options);
    const size_t ids[] = {table_column(table, "i"), table_column(table, "j")};
    const struct mig_wide_spec spec = {.name = table_column(table, "k"),
        .value = table_column(table, "v"),
        .ids = ids,
        .n_ids = 2};
    assert_int_equal(mig_wide_read(&wide, table->input, &spec, faults, NULL), MIG_OK);
    return wide;
}

static void rows_become_columns(void **state)
{
    (void)state;
    struct table table;
    struct mig_error_list faults = {0};
    struct mig_buffer out = {0};
    struct mig_wide *wide = read_wide(&table,
        "i,k,v,j\nb,10,1,x\na,9,2.5,x\nb,9,NA,x\nb,10,text,y\na, 10 ,-0.5,x\nNA,9,1,\n,z,0,\n",
        &faults);
    dump_wide(wide, &out);
    assert_string_equal(out.data, "9 10 z |b:x:  1 .|a:x: 2.5 -0.5 .|b:y: . text .|:: 1 . 0");
    assert_int_equal(faults.total, 0);
    assert_int_equal(mig_wide_cells(wide), 7);
    const struct mig_totals *totals = mig_wide_totals(wide);
    assert_int_equal(totals->numbers, 5);
    assert_int_equal(totals->texts, 1);
    assert_int_equal(totals->missing, 1);
    mig_buffer_clear(&out);
    assert_int_equal(mig_sum_format(&totals->sum, &out, NULL), MIG_OK);
    assert_string_equal(out.data, "4"); /* 1 + 2.5 - 0.5 + 1 + 0 */
    mig_wide_free(wide);
    mig_wide_free(NULL);
    mig_buffer_release(&out);
    table_close(&table);
}

static void repeated_and_nameless_values_are_faults(void **state)
{
    (void)state;
    struct table table;
    struct mig_error_list faults = {0};
    struct mig_wide *wide = read_wide(
        &table, "i,k,v,j\na,p,1,x\na,q,1,x\na,p,1,x\na,,1,x\na,p,2,x\nb,p,1,x\n", &faults);
    static const size_t lines[] = {5, 4, 6}; /* the nameless one is seen first */
    assert_int_equal(faults.total, 3);
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(faults.items[i].line, lines[i]);
    assert_string_equal(faults.items[0].text, "the name of the new column is missing (column k)");
    assert_non_null(strstr(faults.items[2].text, "a second value of 'p' for the same row"));
    assert_non_null(strstr(faults.items[2].text, ":2"));
    mig_error_list_release(&faults);
    mig_wide_free(wide);
    table_close(&table);
}

static void add(struct mig_totals *totals, const struct table *table, const char *value)
{
    assert_int_equal(mig_totals_add(totals, table->input, mig_text_of(value), NULL), MIG_OK);
}

static void lost_values_are_noticed(void **state)
{
    (void)state;
    static const char *const others[][4] = {
        {"0.1", "0.2", "x", NULL},     /* one less is missing */
        {"0.1", "0.2", "", NULL},      /* a text less */
        {"0.1", "0.2000001", "x", ""}, /* another sum */
        {"0.3", "x", "y", ""},         /* the same sum of less numbers */
    };
    struct table table;
    struct mig_totals before = {0}, same = {0};
    struct mig_error error;
    table_open(&table, "a\n");
    add(&before, &table, "0.1");
    add(&before, &table, "0.2");
    add(&before, &table, "x");
    add(&before, &table, "");
    add(&same, &table, "");
    add(&same, &table, "0.30");
    add(&same, &table, "z");
    add(&same, &table, "0");
    assert_int_equal(mig_totals_check(&before, &same, NULL), MIG_OK);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        struct mig_totals after = {0};
        for (size_t j = 0; j < 4 && others[i][j] != NULL; j++)
            add(&after, &table, others[i][j]);
        assert_int_equal(mig_totals_check(&before, &after, &error), MIG_VALUE);
        mig_totals_release(&after);
    }
    assert_string_equal(error.text, "values got lost: 2 numbers (sum 0.3), 1 texts, 1 missing "
                                    "before; 1 (sum 0.3), 2, 1 after");
    mig_totals_release(&before);
    mig_totals_release(&same);
    table_close(&table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_become_columns),
        cmocka_unit_test(repeated_and_nameless_values_are_faults),
        cmocka_unit_test(lost_values_are_noticed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
