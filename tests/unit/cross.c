/* Cross-tables of a tally: rows, columns, exact margins, denominators that count once. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdlib.h>
#include <cmocka.h>

#include "../table.h"
#include "table/cross.h"

struct fixture {
    struct table table;
    struct mig_keys keys;
    struct mig_tally *tally;
    struct mig_cross cross;
};

/* Tallies `csv` by `keys`, and lays it out; `once`: the last key tells the items of the
 * denominator, its text their value. */
static void fixture_open(struct fixture *fixture, const char *csv, const char *keys,
    const struct mig_cross_keys *which, bool summed, struct mig_once *once)
{
    struct mig_error_list errors = {0};
    *fixture = (struct fixture){0};
    table_open(&fixture->table, csv);
    const struct mig_header *header = table_header(&fixture->table);
    assert_int_equal(mig_keys_parse(&fixture->keys, keys, NULL), MIG_OK);
    assert_int_equal(mig_keys_bind(&fixture->keys, header, &errors), MIG_OK);
    size_t column = summed ? table_column(&fixture->table, "v") : 0;
    const struct mig_tally_spec spec = {
        .keys = &fixture->keys, .sums = &column, .n_sums = summed ? 1 : 0};
    assert_int_equal(mig_tally_read(&fixture->tally, fixture->table.input, &spec, NULL), MIG_OK);
    size_t count = mig_tally_count(fixture->tally);
    struct mig_quotient quotient = {
        .numerator = summed ? 0 : MIG_ROWS, .denominator = summed ? 0 : MIG_ROWS};
    for (size_t i = 0; i < count && once != NULL; i++) {
        struct mig_group group = mig_tally_group(fixture->tally, i);
        struct mig_decimal value;
        struct mig_text text = mig_tally_key(fixture->tally, &group, group.n_keys - 1);
        once->items[i] = UINT32_MAX;
        if (text.length == 0)
            continue;
        assert_int_equal(mig_decimal_parse(text, &value, NULL), MIG_OK);
        uint32_t item = (uint32_t)mig_decimal_to_double(&value) % 10; /* its last digit names it */
        once->items[i] = item;
        if (mig_sum_sign(&once->values[item]) == 0)
            assert_int_equal(mig_sum_add(&once->values[item], &value, NULL), MIG_OK);
    }
    assert_int_equal(
        mig_cross_read(&fixture->cross, fixture->tally, &quotient, once, 0, count, which, NULL),
        MIG_OK);
}

static void fixture_close(struct fixture *fixture)
{
    mig_cross_release(&fixture->cross);
    mig_tally_free(fixture->tally);
    mig_keys_release(&fixture->keys);
    table_close(&fixture->table);
}

static void dump_sums(struct mig_buffer *out, const struct mig_quotient_sums *sums)
{
    DUMP(out, " ");
    if (sums == NULL)
        DUMP(out, ".");
    else if (mig_quotient_is_missing(sums))
        DUMP(out, "?");
    else
        dump_sum(out, &sums->numerator);
}

/* One line a row, its total behind '=', then the columns' totals. */
static void check_cross(const char *csv, const char *keys, const struct mig_cross_keys *which,
    bool summed, const char *wanted)
{
    struct fixture fixture;
    struct mig_buffer out = {0};
    fixture_open(&fixture, csv, keys, which, summed, NULL);
    const struct mig_cross *cross = &fixture.cross;
    for (size_t row = 0; row < cross->n_rows; row++) {
        for (size_t column = 0; column < cross->n_columns; column++)
            dump_sums(&out, mig_cross_cell(cross, row, column));
        DUMP(&out, " =");
        dump_sums(&out, &cross->rows[row].sums);
        DUMP(&out, "\n");
    }
    for (size_t column = 0; column < cross->n_columns; column++)
        dump_sums(&out, &cross->columns[column].sums);
    DUMP(&out, " =");
    dump_sums(&out, &cross->all);
    assert_string_equal(out.data, wanted);
    mig_buffer_release(&out);
    fixture_close(&fixture);
}

static void cells_rows_and_columns_add_up(void **state)
{
    (void)state;
    static const char cases[] = "r,s\nGao,M\nGao,F\nGao,M\nKayes,F\n,F\nKayes,\n";
    check_cross(cases, "r,s", &(struct mig_cross_keys){0, 1, 2}, false,
        " 1 2 . = 3\n 1 . 1 = 2\n 1 . . = 1\n 3 2 1 = 6");
    check_cross(
        cases, "r,s", &(struct mig_cross_keys){0, 0, 2}, false, " 1 2 1 1 1 = 6\n 1 2 1 1 1 = 6");
    check_cross(cases, "r,s", &(struct mig_cross_keys){0, 0, 1}, false, " 3 2 1 = 6\n 3 2 1 = 6");
    check_cross(cases, "r,s", &(struct mig_cross_keys){0, 2, 2}, false,
        " 1 = 1\n 2 = 2\n 1 = 1\n 1 = 1\n 1 = 1\n 6 = 6");
}

static void columns_stand_in_order_of_their_keys(void **state)
{
    (void)state;
    check_cross("r,y\na,10\na,9\nb,2\n", "r,y", &(struct mig_cross_keys){0, 1, 2}, false,
        " . 1 1 = 2\n 1 . . = 1\n 1 1 1 = 3");
}

static void what_is_not_known_is_no_zero(void **state)
{
    (void)state;
    check_cross("r,s,v\na,x,1.5\na,y,\nb,x,\nb,x,0.25\n", "r,s", &(struct mig_cross_keys){0, 1, 2},
        true, " 1.5 ? = 1.5\n 0.25 . = 0.25\n 1.75 ? = 1.75");
}

static void an_empty_run_is_an_empty_table(void **state)
{
    (void)state;
    check_cross("r,s\n", "r,s", &(struct mig_cross_keys){0, 1, 2}, false, " = 0");
}

static void rows_can_be_added_up(void **state)
{
    (void)state;
    struct fixture fixture;
    struct mig_quotient_sums sums = {0};
    fixture_open(&fixture, "r,s\na,x\nb,x\nb,y\nc,y\n", "r,s", &(struct mig_cross_keys){0, 1, 2},
        false, NULL);
    assert_int_equal(mig_cross_add(&fixture.cross, 1, 3, 1, &sums, NULL), MIG_OK);
    assert_int_equal(sums.n, 2);
    assert_int_equal(mig_cross_add(&fixture.cross, 0, 2, MIG_ALL_COLUMNS, &sums, NULL), MIG_OK);
    assert_int_equal(sums.n, 5);
    mig_quotient_sums_release(&sums);
    fixture_close(&fixture);
}

static void sizes_sort_the_columns(void **state)
{
    (void)state;
    struct fixture fixture;
    size_t order[3];
    fixture_open(&fixture, "r,s\na,x\na,y\na,y\nb,z\nb,z\nb,z\nb,x\n", "r,s",
        &(struct mig_cross_keys){0, 1, 2}, false, NULL);
    assert_int_equal(mig_cross_sort_columns(&fixture.cross, MIG_ALL_ROWS, order, NULL), MIG_OK);
    assert_int_equal(order[0], 2); /* z 3, then x 2 before y 2 */
    assert_int_equal(order[1], 0);
    assert_int_equal(mig_cross_sort_columns(&fixture.cross, 0, order, NULL), MIG_OK);
    assert_int_equal(order[0], 1); /* y 2, x 1; z is not there */
    assert_int_equal(order[1], 0);
    fixture_close(&fixture);
}

static void check_denominator(const struct mig_sum *sum, const char *wanted)
{
    struct mig_buffer out = {0};
    dump_sum(&out, sum);
    assert_string_equal(out.data, wanted);
    mig_buffer_release(&out);
}

/* Items 101 and 202, the populations of two regions, in the rows of three and two cases; one row
 * has none. */
static void an_item_counts_once_in_each_sum(void **state)
{
    (void)state;
    struct fixture fixture;
    uint32_t items[16];
    struct mig_sum values[10] = {{0}};
    struct mig_once once = {items, values, 10};
    fixture_open(&fixture, "s,r,p\nF,a,101\nM,a,101\nM,a,101\nF,b,202\nM,b,202\nM,c,\n", "s,r,p",
        &(struct mig_cross_keys){0, 1, 2}, false, &once);
    const struct mig_cross *cross = &fixture.cross;
    check_denominator(&mig_cross_cell(cross, 1, 0)->denominator, "101");
    check_denominator(&cross->rows[1].sums.denominator, "303");
    check_denominator(&cross->columns[0].sums.denominator, "101");
    check_denominator(&cross->all.denominator, "303");
    assert_int_equal(cross->all.n, 5);
    assert_int_equal(cross->all.missing, 1);
    assert_true(mig_quotient_is_missing(mig_cross_cell(cross, 1, 2)));
    for (size_t i = 0; i < 10; i++)
        mig_sum_release(&values[i]);
    fixture_close(&fixture);
}

/* By hand: a of 101 stands in a row with a value, b of 202 in none, c of 303 in one of two. */
static void an_item_without_a_known_value_counts_not_at_all(void **state)
{
    (void)state;
    struct fixture fixture;
    uint32_t items[16];
    struct mig_sum values[10] = {{0}};
    struct mig_once once = {items, values, 10};
    fixture_open(&fixture, "s,r,v,p\nF,a,5,101\nF,b,,202\nF,c,,303\nM,c,7,303\n", "s,r,p",
        &(struct mig_cross_keys){0, 1, 2}, true, &once);
    const struct mig_cross *cross = &fixture.cross;
    check_denominator(&cross->rows[0].sums.denominator, "101");
    check_denominator(&cross->columns[1].sums.denominator, "0");
    check_denominator(&cross->columns[2].sums.denominator, "303");
    check_denominator(&cross->all.denominator, "404");
    assert_int_equal(cross->all.missing, 2);
    for (size_t i = 0; i < 10; i++)
        mig_sum_release(&values[i]);
    fixture_close(&fixture);
}

static void counts_may_overflow(void **state)
{
    (void)state;
    struct table table;
    struct mig_keys keys = {0};
    struct mig_error_list errors = {0};
    struct mig_tally *tally;
    struct mig_cross cross = {0};
    struct mig_error error = {0};
    table_open(&table, "r,n\n1,18446744073709551615\n2,1\n");
    assert_int_equal(mig_keys_parse(&keys, "r", NULL), MIG_OK);
    assert_int_equal(mig_keys_bind(&keys, table_header(&table), &errors), MIG_OK);
    assert_int_equal(
        mig_tally_read(&tally, table.input, &(struct mig_tally_spec){.keys = &keys}, NULL), MIG_OK);
    assert_int_equal(mig_cross_read(&cross, tally, &(struct mig_quotient){MIG_ROWS, MIG_ROWS, 0},
                         NULL, 0, 2, &(struct mig_cross_keys){0, 1, 1}, &error),
        MIG_LIMIT);
    mig_cross_release(&cross);
    mig_cross_release(NULL);
    mig_tally_free(tally);
    mig_keys_release(&keys);
    table_close(&table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_rows_and_columns_add_up),
        cmocka_unit_test(columns_stand_in_order_of_their_keys),
        cmocka_unit_test(what_is_not_known_is_no_zero),
        cmocka_unit_test(an_empty_run_is_an_empty_table),
        cmocka_unit_test(rows_can_be_added_up),
        cmocka_unit_test(sizes_sort_the_columns),
        cmocka_unit_test(an_item_counts_once_in_each_sum),
        cmocka_unit_test(an_item_without_a_known_value_counts_not_at_all),
        cmocka_unit_test(counts_may_overflow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
