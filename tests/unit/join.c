#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../table.h"
#include "table/join.h"
#include "table/selection.h"

static void bind(const struct table *table, struct mig_keys *keys)
{
    struct mig_error_list errors = {0};
    assert_int_equal(mig_keys_bind(keys, table_header(table), &errors), MIG_OK);
    mig_error_list_release(&errors);
}

/* Two tables and the keys between them. */
struct tables {
    struct table table, other;
    struct mig_keys keys, other_keys;
    struct mig_join *join;
    struct mig_error_list repeats;
};

static void open_tables(
    struct tables *tables, const char *on, const char *csv, const char *other, const char *column)
{
    *tables = (struct tables){0};
    table_open(&tables->table, csv);
    table_open(&tables->other, other);
    assert_int_equal(mig_join_parse(on, &tables->keys, &tables->other_keys, NULL), MIG_OK);
    bind(&tables->table, &tables->keys);
    bind(&tables->other, &tables->other_keys);
    const size_t columns[] = {table_column(&tables->other, column)};
    assert_int_equal(mig_join_read(&tables->join, tables->other.input, &tables->other_keys, columns,
                         1, &tables->repeats, NULL),
        MIG_OK);
}

static void close_tables(struct tables *tables)
{
    mig_join_free(tables->join);
    mig_keys_release(&tables->keys);
    mig_keys_release(&tables->other_keys);
    mig_error_list_release(&tables->repeats);
    table_close(&tables->table);
    table_close(&tables->other);
}

/* "a,b;" for the partners of each row; "?;" when it misses a key. */
static void dump_partners(struct tables *tables, struct mig_buffer *out)
{
    struct mig_row row;
    struct mig_match match;
    while (mig_input_next(tables->table.input, &row, NULL) == MIG_OK && row.count > 0) {
        assert_int_equal(
            mig_join_match(tables->join, &tables->keys, tables->table.input, &row, &match, NULL),
            MIG_OK);
        DUMP(out, "%s", match.misses_key ? "?" : "");
        for (size_t i = match.row; i != SIZE_MAX; i = mig_join_next(tables->join, i))
            DUMP(out, "%s%.*s", i != match.row ? "," : "",
                MIG_TEXT_ARG(mig_join_cell(tables->join, i, 0)));
        DUMP(out, ";");
    }
}

static void rows_find_their_partners(void **state)
{
    (void)state;
    struct tables tables;
    struct mig_buffer out = {0};
    open_tables(&tables, "k=c,year(d)=y",
        "k,d\na,2020-01-01\nb,2021-12\n,2020\na,2021\nc,\nA,2020\n",
        "x,c,y\n1,a,2020\n2,b,2021\n3,,2020\n4,a,2022\n5,c,\n", "x");
    dump_partners(&tables, &out);
    assert_string_equal(out.data, "1;2;?;;?;;");
    assert_int_equal(tables.repeats.total, 0);
    assert_int_equal(mig_join_count(tables.join), 5);
    static const bool used[] = {true, true, false, false, false};
    static const bool misses[] = {false, false, true, false, true};
    for (size_t i = 0; i < 5; i++) {
        assert_int_equal(mig_join_is_used(tables.join, i), used[i]);
        assert_int_equal(mig_join_misses_key(tables.join, i), misses[i]);
        assert_int_equal(mig_join_line(tables.join, i), i + 2);
    }
    mig_buffer_release(&out);
    close_tables(&tables);
}

/* "a" "bc" is not "ab" "c". */
static void tuples_do_not_run_together(void **state)
{
    (void)state;
    struct tables tables;
    struct mig_buffer out = {0};
    open_tables(&tables, "k,l", "k,l\na,bc\nab,c\n", "k,l,x\nab,c,1\n", "x");
    dump_partners(&tables, &out);
    assert_string_equal(out.data, ";1;");
    mig_buffer_release(&out);
    close_tables(&tables);
}

static void repeated_keys_are_named_with_both_lines(void **state)
{
    (void)state;
    struct tables tables;
    struct mig_buffer out = {0};
    open_tables(
        &tables, "k,l", "k,l\na,1\nb,1\n", "k,l,x\na,1,p\nb,1,q\na,1,r\n,1,s\n,1,t\na,1,u\n", "x");
    assert_int_equal(tables.repeats.total, 2); /* rows that miss a key repeat nothing */
    assert_string_equal(
        tables.repeats.items[0].text, "key 'k=a, l=1' occurs again; first on line 2");
    assert_int_equal(tables.repeats.items[0].line, 4);
    assert_int_equal(tables.repeats.items[1].line, 7);
    dump_partners(&tables, &out);
    assert_string_equal(out.data, "p,r,u;q;");
    mig_buffer_release(&out);
    close_tables(&tables);
}

static void lists_of_keys(void **state)
{
    (void)state;
    static const struct {
        const char *list, *fault; /* NULL: none */
        size_t count;
    } lists[] = {
        {"a", NULL, 1},
        {"a,b=c,year(d)=e", NULL, 3},
        {"`a,b`=`c=d`", NULL, 1},
        {"band(a,0,18)=band(b,0,18),c", NULL, 2},
        {"", "a key to join on is empty", 0},
        {"a,", "a key to join on is empty", 0},
        {"=a", "a key to join on is empty", 0},
        {"a=", "a key to join on is empty", 0},
        {"a=b=c", "'a=b=c': KEY or KEY=KEY is wanted", 0},
        {"year(a", "'year(a': ')' is missing", 0},
        {"a=`b", "'`b': a backquote is not closed", 0},
    };
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        struct mig_keys left = {0}, right = {0};
        struct mig_error error = {0};
        enum mig_status status = mig_join_parse(lists[i].list, &left, &right, &error);
        assert_int_equal(status == MIG_OK, lists[i].fault == NULL);
        assert_string_equal(error.text, lists[i].fault != NULL ? lists[i].fault : "");
        if (status == MIG_OK) {
            assert_int_equal(left.count, lists[i].count);
            assert_int_equal(right.count, lists[i].count);
        }
        mig_keys_release(&left);
        mig_keys_release(&right);
    }
}

static void tuples_are_counted_within_limits(void **state)
{
    (void)state;
    struct table table;
    struct mig_keys keys = {0};
    struct mig_tuple_counts counts = {0};
    struct mig_buffer out = {0}, tuple = {0};
    table_open(&table, "k\n");
    assert_int_equal(mig_keys_parse(&keys, "k", NULL), MIG_OK);
    bind(&table, &keys);
    for (int i = 0; i < 50; i++) {
        char name[16];
        snprintf(name, sizeof name, "n%d", i % 25);
        mig_buffer_clear(&tuple);
        assert_int_equal(mig_tuple_append(&tuple, mig_text_of(name), NULL), MIG_OK);
        assert_int_equal(
            mig_tuple_count(&counts, mig_buffer_text(&tuple), i % 25 == 24, NULL), MIG_OK);
    }
    assert_int_equal(counts.missing, 2);
    assert_int_equal(counts.total, 48);
    assert_int_equal(mig_tuple_counts_describe(&counts, &keys, &out, NULL), MIG_OK);
    assert_string_equal(out.data,
        "k=n0 (2); k=n1 (2); k=n2 (2); k=n3 (2); k=n4 (2); k=n5 (2); k=n6 (2); k=n7 (2); k=n8 (2); "
        "k=n9 (2); k=n10 (2); k=n11 (2); k=n12 (2); k=n13 (2); k=n14 (2); k=n15 (2); k=n16 (2); "
        "k=n17 (2); k=n18 (2); k=n19 (2); others (8)");
    mig_buffer_release(&out);
    mig_buffer_release(&tuple);
    mig_tuple_counts_release(&counts);
    mig_keys_release(&keys);
    table_close(&table);
}

static void selected_columns_are_dropped(void **state)
{
    (void)state;
    struct table table;
    const struct mig_keys all = {0};
    struct mig_selection selection;
    table_open(&table, "a,b,c\n");
    assert_int_equal(mig_selection_init(&selection, table_header(&table), &all, NULL), MIG_OK);
    assert_true(mig_selection_has_name(&selection, "b"));
    mig_selection_drop(&selection, 1);
    mig_selection_drop(&selection, 7);
    assert_false(mig_selection_has_name(&selection, "b"));
    assert_int_equal(selection.count, 2);
    assert_int_equal(selection.columns[1], 2);
    assert_string_equal(selection.names[1], "c");
    mig_selection_release(&selection);
    table_close(&table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_find_their_partners),
        cmocka_unit_test(tuples_do_not_run_together),
        cmocka_unit_test(repeated_keys_are_named_with_both_lines),
        cmocka_unit_test(lists_of_keys),
        cmocka_unit_test(tuples_are_counted_within_limits),
        cmocka_unit_test(selected_columns_are_dropped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
