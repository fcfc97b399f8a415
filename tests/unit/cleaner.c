#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <inttypes.h>

#include "../table.h"
#include "input/cleaner.h"

/* Cells of the clean rows as "a|b;", of a row with faults the faults alone; at the end the number
 * missing. */
static void dump_rows(struct table *table, struct mig_cleaner *cleaner, struct mig_buffer *out)
{
    struct mig_row row;
    while (mig_input_next(table->input, &row, NULL) == MIG_OK && row.count > 0) {
        struct mig_error_list faults = {0};
        assert_int_equal(mig_cleaner_row(cleaner, &row, &faults, NULL), MIG_OK);
        for (size_t i = 0; i < faults.count; i++) {
            assert_string_equal(faults.items[i].file, table->path);
            dump_error(out, faults.items[i].status, &faults.items[i]);
        }
        for (size_t i = 0; i < cleaner->count && faults.count == 0; i++)
            DUMP(out, "%s%.*s", i > 0 ? "|" : "", MIG_TEXT_ARG(mig_cleaner_cell(cleaner, i, 0)));
        DUMP(out, ";");
        mig_error_list_release(&faults);
    }
    DUMP(out, " %" PRIu64, mig_cleaner_changed(cleaner, MIG_CHANGE_MISSING));
}

/* The columns are treated as said by a letter each: n number, d date, . as it is. */
static void check(const char *csv, const char *treatments, struct mig_number_style style,
    enum mig_date_order order, const char *wanted)
{
    static const struct mig_input_options options = {
        .reader = {.delimiter = ','}, .missing = "NA,-", .pass_ragged = true};
    struct table table;
    struct mig_cleaner cleaner;
    struct mig_buffer out = {0};
    table_open_with(&table, mig_text_of(csv), &options);
    assert_int_equal(mig_cleaner_init(&cleaner, table.input, NULL), MIG_OK);
    for (size_t i = 0; i < cleaner.count; i++) {
        cleaner.plans[i].treatment = treatments[i] == 'n'   ? MIG_AS_NUMBER
                                     : treatments[i] == 'd' ? MIG_AS_DATE
                                                            : MIG_AS_IT_IS;
        cleaner.plans[i].style = style;
        cleaner.plans[i].order = order;
    }
    dump_rows(&table, &cleaner, &out);
    assert_string_equal(out.data, wanted);
    mig_buffer_release(&out);
    mig_cleaner_release(&cleaner);
    table_close(&table);
}

static const struct mig_number_style plain = {.decimal = '.'};
static const struct mig_number_style french = {.decimal = ',', .group = {" ", 1}};

static void cells_are_rewritten_as_told(void **state)
{
    (void)state;
    check("a,x,d\n x ,\"1 234,5\",03/04/2025\ny, 7 , 31.12.1999 \n", ".nd", french, MIG_DMY,
        " x |1234.5|2025-04-03;y|7|1999-12-31; 0");
    check("a,x\n\"1 234,5\",2\n", "..", french, MIG_DMY, "1 234,5|2; 0");
}

static void missing_cells_become_empty(void **state)
{
    (void)state;
    check("a,x,d\nNA,-,NA\n,,\n - ,NA ,-\nNAN,5,2025-01-01\n", ".nd", plain, MIG_YMD,
        "||;||;||;NAN|5|2025-01-01; 6");
}

/* What was written last must not shine through. */
static void cells_of_the_row_before_are_gone(void **state)
{
    (void)state;
    check("a,x\nlong text,1234\nb,-\nNA,5\n", ".n", plain, MIG_YMD, "long text|1234;b|;|5; 2");
}

static void all_faults_of_a_row_are_told(void **state)
{
    (void)state;
    check("a,x,d\np,1.5,29/02/2024\nq,\"8,0500\",29/02/2025\nr,2,01/01/2025\n", ".nd", plain,
        MIG_DMY,
        "p|1.5|2024-02-29;"
        "!value 3:2 '8,0500' is not a number with decimal sign '.'"
        "!value 3:3 '29/02/2025' is not a date;"
        "r|2|2025-01-01; 0");
}

static void rows_of_another_length_are_faults(void **state)
{
    (void)state;
    check("a,x\np,1\nq\nr,1,2\ns,1\n", ".n", plain, MIG_YMD,
        "p|1;!syntax 3:0 row has 1 cell, the header has 2;"
        "!syntax 4:0 row has 3 cells, the header has 2;s|1; 0");
}

static void the_defaults_are_plain(void **state)
{
    (void)state;
    struct table table;
    struct mig_cleaner cleaner;
    table_open(&table, "a,b\n");
    assert_int_equal(mig_cleaner_init(&cleaner, table.input, NULL), MIG_OK);
    assert_int_equal(cleaner.count, 2);
    assert_int_equal(cleaner.plans[1].treatment, MIG_AS_IT_IS);
    assert_int_equal(cleaner.plans[1].style.decimal, '.');
    assert_int_equal(cleaner.plans[1].style.group.length, 0);
    assert_int_equal(cleaner.plans[1].order, MIG_YMD);
    assert_false(cleaner.plans[1].trim);
    mig_cleaner_release(&cleaner);
    mig_cleaner_release(&cleaner);
    mig_cleaner_release(NULL);
    table_close(&table);
}

/* Changes are of rows that go out; a refused row's example does not stand for the others. */
static void changes_are_counted_in_rows_without_faults(void **state)
{
    (void)state;
    struct table table;
    struct mig_cleaner cleaner;
    struct mig_row row;
    struct mig_error_list faults = {0};
    table_open(&table, "a,x\n1e3,y\n +1 ,2\n+7,+8\n");
    assert_int_equal(mig_cleaner_init(&cleaner, table.input, NULL), MIG_OK);
    cleaner.plans[0].treatment = cleaner.plans[1].treatment = MIG_AS_NUMBER;
    while (mig_input_next(table.input, &row, NULL) == MIG_OK && row.count > 0)
        assert_int_equal(mig_cleaner_row(&cleaner, &row, &faults, NULL), MIG_OK);
    const struct mig_changes *changes = cleaner.plans[0].changes;
    assert_int_equal(faults.total, 1);
    assert_int_equal(changes[MIG_CHANGE_NUMBER].cells, 2);
    assert_string_equal(changes[MIG_CHANGE_NUMBER].before.data, "+1");
    assert_string_equal(changes[MIG_CHANGE_NUMBER].after.data, "1");
    assert_int_equal(changes[MIG_CHANGE_TRIMMED].cells, 1);
    assert_int_equal(mig_cleaner_changed(&cleaner, MIG_CHANGE_NUMBER), 3);
    mig_error_list_release(&faults);
    mig_cleaner_release(&cleaner);
    table_close(&table);
    table_open(&table, "a,x\n+5,y\n6,2\n");
    assert_int_equal(mig_cleaner_init(&cleaner, table.input, NULL), MIG_OK);
    cleaner.plans[0].treatment = cleaner.plans[1].treatment = MIG_AS_NUMBER;
    while (mig_input_next(table.input, &row, NULL) == MIG_OK && row.count > 0)
        assert_int_equal(mig_cleaner_row(&cleaner, &row, &faults, NULL), MIG_OK);
    assert_int_equal(mig_cleaner_changed(&cleaner, MIG_CHANGE_NUMBER), 0);
    assert_int_equal(cleaner.plans[0].changes[MIG_CHANGE_NUMBER].before.length, 0);
    mig_error_list_release(&faults);
    mig_cleaner_release(&cleaner);
    table_close(&table);
}

/* Values of a split cell are cleaned one by one. */
static void cells_are_split_as_told(void **state)
{
    (void)state;
    static const struct {
        const char *cell, *wanted;
        char separator;
    } cells[] = {{"a; b ;NA;;c", "a|b|c", ';'}, {"", "", ';'}, {"NA", "", ';'}, {" a ", "a", ';'},
        {";", "", ';'}, {"a;b", "a;b", ','}, {"[]", "", '\0'}, {"['a', 'b;c']", "a|b;c", '\0'},
        {"[1,2]", "1|2", '\0'}};
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        static const struct mig_input_options options = {
            .reader = {.delimiter = '\t'}, .missing = "NA"};
        struct table table;
        struct mig_cleaner cleaner;
        struct mig_row row;
        struct mig_error_list faults = {0};
        struct mig_buffer csv = {0}, out = {0};
        DUMP(&csv, "a\tb\n%s\tx\n", cells[i].cell);
        DUMP(&out, "%s", "");
        table_open_with(&table, mig_buffer_text(&csv), &options);
        assert_int_equal(mig_cleaner_init(&cleaner, table.input, NULL), MIG_OK);
        cleaner.split = (struct mig_split){true, 0, cells[i].separator};
        assert_int_equal(mig_input_next(table.input, &row, NULL), MIG_OK);
        assert_int_equal(mig_cleaner_row(&cleaner, &row, &faults, NULL), MIG_OK);
        assert_int_equal(faults.total, 0);
        for (size_t part = 0; part < cleaner.parts; part++)
            DUMP(&out, "%s%.*s", part > 0 ? "|" : "",
                MIG_TEXT_ARG(mig_cleaner_cell(&cleaner, 0, part)));
        assert_string_equal(out.data, cells[i].wanted);
        assert_int_equal(cleaner.added, cleaner.parts - 1);
        assert_true(
            mig_text_equal(mig_cleaner_cell(&cleaner, 1, cleaner.parts - 1), mig_text_of("x")));
        mig_buffer_release(&csv);
        mig_buffer_release(&out);
        mig_cleaner_release(&cleaner);
        table_close(&table);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_are_rewritten_as_told),
        cmocka_unit_test(missing_cells_become_empty),
        cmocka_unit_test(cells_of_the_row_before_are_gone),
        cmocka_unit_test(all_faults_of_a_row_are_told),
        cmocka_unit_test(rows_of_another_length_are_faults),
        cmocka_unit_test(changes_are_counted_in_rows_without_faults),
        cmocka_unit_test(cells_are_split_as_told),
        cmocka_unit_test(the_defaults_are_plain),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
