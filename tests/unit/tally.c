#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "../table.h"
#include "table/tally.h"

/* What a test asks for; `sums` is a list of columns, or NULL. */
struct question {
    const char *csv;
    const char *by;
    const char *sums;
    bool sums_not_negative;
    enum mig_where_missing where_missing;
};

struct answer {
    struct table table;
    struct mig_keys keys, sums;
    size_t columns[8];
    struct mig_tally *tally;
    enum mig_status status;
    struct mig_error error;
};

static void ask(const struct question *question, struct answer *answer)
{
    struct mig_error_list errors = {0};
    *answer = (struct answer){0};
    table_open(&answer->table, question->csv);
    assert_int_equal(mig_keys_parse(&answer->keys, question->by, NULL), MIG_OK);
    assert_int_equal(mig_keys_parse(&answer->sums, question->sums, NULL), MIG_OK);
    const struct mig_header *header = table_header(&answer->table);
    assert_int_equal(mig_keys_bind(&answer->keys, header, &errors), MIG_OK);
    assert_int_equal(mig_keys_bind(&answer->sums, header, &errors), MIG_OK);
    for (size_t i = 0; i < answer->sums.count; i++)
        answer->columns[i] = mig_keys_column(&answer->sums, i);
    const struct mig_tally_spec spec = {.keys = &answer->keys,
        .sums = answer->columns,
        .n_sums = answer->sums.count,
        .sums_not_negative = question->sums_not_negative,
        .where_missing = question->where_missing};
    answer->status = mig_tally_read(&answer->tally, answer->table.input, &spec, &answer->error);
    assert_int_equal(answer->status == MIG_OK, answer->tally != NULL);
    mig_error_list_release(&errors);
}

static void release(struct answer *answer)
{
    mig_tally_free(answer->tally);
    mig_keys_release(&answer->keys);
    mig_keys_release(&answer->sums);
    table_close(&answer->table);
}

/* A group as "key|key n/rows sum sum;", '-' where a sum is missing; then the account. */
static void dump_tally(const struct mig_tally *tally, struct mig_buffer *out)
{
    struct mig_tally_account account = mig_tally_account(tally);
    for (size_t i = 0; i < mig_tally_count(tally); i++) {
        struct mig_group group = mig_tally_group(tally, i);
        for (size_t key = 0; key < group.n_keys; key++)
            DUMP(
                out, "%s%.*s", key > 0 ? "|" : "", MIG_TEXT_ARG(mig_tally_key(tally, &group, key)));
        DUMP(out, " %ju/%ju", (uintmax_t)group.n, (uintmax_t)group.rows);
        for (size_t j = 0; j < group.n_sums; j++) {
            DUMP(out, " ");
            if (group.missing >> j & 1)
                DUMP(out, "-");
            else
                dump_sum(out, &group.sums[j]);
        }
        DUMP(out, ";");
    }
    DUMP(out, " %ju=%ju+%ju", (uintmax_t)account.read, (uintmax_t)account.used,
        (uintmax_t)account.missing);
}

static void check(struct question question, const char *wanted)
{
    struct answer answer;
    struct mig_buffer out = {0};
    ask(&question, &answer);
    if (answer.status == MIG_OK)
        dump_tally(answer.tally, &out);
    else
        dump_error(&out, answer.status, &answer.error);
    assert_string_equal(out.data, wanted);
    mig_buffer_release(&out);
    release(&answer);
}

static void rows_are_counted_by_key(void **state)
{
    (void)state;
    check((struct question){.csv = "a,b\nx,1\ny,10\nx,9\nx,1\n", .by = "a,b"},
        "x|1 2/2;x|9 1/1;y|10 1/1; 4=4+0");
    check((struct question){.csv = "a,b\nx,1\ny,10\nx,9\nx,1\n", .by = "b"},
        "1 2/2;9 1/1;10 1/1; 4=4+0");
    check((struct question){.csv = "d\n2025-03-01\n2024\n2025-Q4\n", .by = "year(d)"},
        "2024 1/1;2025 2/2; 3=3+0");
    check((struct question){.csv = "a\nx\ny\n"}, " 2/2; 2=2+0");
    check((struct question){.csv = "a\n"}, " 0=0+0");
}

/* In doubles 0.1 + 0.2 is not 0.3, and 1e20 + 1 - 1e20 is 0. */
static void sums_are_exact(void **state)
{
    (void)state;
    check((struct question){.csv = "x\n.1\n0.2\n", .sums = "x"}, " 2/2 0.3; 2=2+0");
    check((struct question){.csv = "x\n1e20\n1\n-1e20\n", .sums = "x"}, " 3/3 1; 3=3+0");
    check((struct question){.csv = "x\n123456789012345678901234567890.5\n0.50\n", .sums = "x"},
        " 2/2 123456789012345678901234567891; 2=2+0");
    check((struct question){.csv = "a,x,y\np,1, 2 \nq,3,-4\np,5,6\n", .by = "a", .sums = "y,x"},
        "p 2/2 8 6;q 1/1 -4 3; 3=3+0");
}

/* A cell that is not known makes a group of its own, behind the one where it is. */
static void missing_values_are_kept_apart(void **state)
{
    (void)state;
    static const char csv[] = "a,x,y\np,1,\np,,\n,3,1\np,2,2\n,,5\np,,1\nq,,\n";
    check((struct question){.csv = csv, .by = "a", .sums = "x"},
        "p 2/2 3;p 2/2 -;q 1/1 -; 1/1 3; 1/1 -; 7=3+4");
    check((struct question){.csv = csv, .by = "a", .sums = "x,y"},
        "p 1/1 2 2;p 1/1 - 1;p 1/1 1 -;p 1/1 - -;q 1/1 - -; 1/1 3 1; 1/1 - 5; 7=2+5");
    check((struct question){.csv = csv, .by = "a"}, "p 4/4;q 1/1; 2/2; 7=7+0");
}

static void missing_values_are_dropped_and_counted(void **state)
{
    (void)state;
    static const char csv[] = "a,x,y\np,1,\np,,\n,3,1\np,2,2\n,,5\np,,1\nq,,\n";
    struct question question = {
        .csv = csv, .by = "a", .sums = "x", .where_missing = MIG_MISSING_DROP};
    check(question, "p 2/2 3; 7=2+5");
    question.sums = NULL;
    check(question, "p 4/4;q 1/1; 7=5+2");
    question.by = NULL;
    question.sums = "y";
    check(question, " 4/4 9; 7=4+3");
}

static void a_column_n_counts(void **state)
{
    (void)state;
    check((struct question){.csv = "a,n,x\np,3,1.5\nq,0,0\np,4,2\n", .by = "a", .sums = "x"},
        "p 7/2 3.5;q 0/1 0; 3=3+0");
    check((struct question){.csv = "a,n\np,1e3\np,2.0\n", .by = "a", .sums = "n"},
        "p 1002/2 1002; 2=2+0");
    check((struct question){.csv = "a,N\np,3\n", .by = "a"}, "p 1/1; 1=1+0");
}

static void a_key_n_does_not_count(void **state)
{
    (void)state;
    check((struct question){.csv = "a,n\np,3\nq,3\n", .by = "n"}, "3 2/2; 2=2+0");
    check(
        (struct question){.csv = "a,n\np,3\nq,8\n", .by = "band(n,0,5)"}, "0-4 1/1;5+ 1/1; 2=2+0");
}

static void cells_that_do_not_fit_are_named(void **state)
{
    (void)state;
    static const char *const counts[] = {"-1", "1.5", "18446744073709551616", "", " "};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        struct mig_buffer csv = {0}, wanted = {0};
        DUMP(&csv, "a,n\np,1\nq,%s\n", counts[i]);
        DUMP(&wanted, "!value 3:2 '%s' is not a count (column n)", counts[i]);
        check((struct question){.csv = csv.data, .by = "a"}, wanted.data);
        mig_buffer_release(&csv);
        mig_buffer_release(&wanted);
    }
    check(
        (struct question){.csv = "a,n\np,many\n"}, "!value 2:2 'many' is not a number (column n)");
    check((struct question){.csv = "a,x\np,1\np,1 234\n", .sums = "x"},
        "!value 3:2 '1 234' is not a number (column x)");
    check((struct question){.csv = "a,d\np,soon\n", .by = "year(d)"},
        "!value 2:2 'soon' is not a date (column d)");
}

static void negative_values_are_refused_when_asked(void **state)
{
    (void)state;
    struct question question = {
        .csv = "a,x,y\np,-0,1\np,0,1\np,-0.5,1\n", .sums = "y,x", .sums_not_negative = true};
    check(question, "!value 4:2 '-0.5' is negative (column x)");
    question.sums_not_negative = false;
    check(question, " 3/3 3 -0.5; 3=3+0");
}

static void a_long_cell_leaves_room_for_the_reason(void **state)
{
    (void)state;
    struct mig_buffer csv = {0}, wanted = {0};
    DUMP(&csv, "x\n-1%0300d\n", 0);
    DUMP(&wanted, "!value 2:1 '-1%078d' is negative (column x)", 0);
    check((struct question){.csv = csv.data, .sums = "x", .sums_not_negative = true}, wanted.data);
    mig_buffer_release(&csv);
    mig_buffer_release(&wanted);
}

static void a_count_that_overflows_is_an_error(void **state)
{
    (void)state;
    check(
        (struct question){.csv = "n\n18446744073709551614\n1\n"}, " 18446744073709551615/2; 2=2+0");
    check((struct question){.csv = "n\n18446744073709551614\n2\n"},
        "!limit 0:0 a group counts more than 2^64 - 1");
    check((struct question){.csv = "a,n\np,18446744073709551615\nq,1\n", .by = "a"},
        "p 18446744073709551615/1;q 1/1; 2=2+0");
}

/* The sum of 0 .. 59999 in thousands of groups: group g holds g, g + 20000, g + 40000. */
static void many_groups_are_sorted(void **state)
{
    (void)state;
    enum { GROUPS = 20000, ROWS = 3 * GROUPS };
    struct mig_buffer csv = {0};
    struct answer answer;
    DUMP(&csv, "a,b,x\n");
    for (int i = ROWS; i-- > 0;)
        DUMP(&csv, "%d,%d,%d\n", i % GROUPS, i % 7, i);
    ask(&(struct question){.csv = csv.data, .by = "a", .sums = "x"}, &answer);
    assert_int_equal(answer.status, MIG_OK);
    assert_int_equal(mig_tally_count(answer.tally), GROUPS);
    for (size_t i = 0; i < GROUPS; i++) {
        struct mig_group group = mig_tally_group(answer.tally, i);
        struct mig_buffer text = {0}, sum = {0};
        DUMP(&text, "%zu", i);
        assert_true(mig_text_equal(mig_tally_key(answer.tally, &group, 0), mig_buffer_text(&text)));
        mig_buffer_clear(&text);
        DUMP(&text, "%zu", 3 * i + 3 * (size_t)GROUPS);
        dump_sum(&sum, &group.sums[0]);
        assert_string_equal(sum.data, text.data);
        assert_int_equal(group.n, 3);
        mig_buffer_release(&text);
        mig_buffer_release(&sum);
    }
    release(&answer);
    mig_buffer_release(&csv);
}

static void runs_agree_in_their_first_keys(void **state)
{
    (void)state;
    struct answer answer;
    ask(
        &(struct question){
            .csv = "a,b,x\np,1,1\np,1,\np,2,1\nq,2,1\nq,2,\n,2,1\n", .by = "a,b", .sums = "x"},
        &answer);
    static const size_t ends[3][6] = {{6, 6, 6, 6, 6, 6}, {3, 3, 3, 5, 5, 6}, {2, 2, 3, 5, 5, 6}};
    assert_int_equal(mig_tally_count(answer.tally), 6);
    for (size_t n_keys = 0; n_keys <= 2; n_keys++)
        for (size_t i = 0; i < 6; i++)
            assert_int_equal(mig_tally_run_end(answer.tally, i, n_keys), ends[n_keys][i]);
    release(&answer);
}

static void more_sums_than_bits_are_refused(void **state)
{
    (void)state;
    static const size_t columns[65] = {0};
    struct table table;
    struct mig_tally *tally;
    struct mig_error error = {0};
    table_open(&table, "x\n1\n\n");
    struct mig_tally_spec spec = {.sums = columns, .n_sums = 65};
    assert_int_equal(mig_tally_read(&tally, table.input, &spec, &error), MIG_ARGUMENT);
    assert_null(tally);
    assert_string_equal(error.text, "more than 64 sums");
    spec.n_sums = 64;
    assert_int_equal(mig_tally_read(&tally, table.input, &spec, &error), MIG_OK);
    assert_int_equal(mig_tally_count(tally), 2);
    assert_true(mig_tally_group(tally, 0).missing == 0);
    assert_true(mig_tally_group(tally, 1).missing == UINT64_MAX);
    mig_tally_free(tally);
    mig_tally_free(NULL);
    table_close(&table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_counted_by_key),
        cmocka_unit_test(sums_are_exact),
        cmocka_unit_test(missing_values_are_kept_apart),
        cmocka_unit_test(missing_values_are_dropped_and_counted),
        cmocka_unit_test(a_column_n_counts),
        cmocka_unit_test(a_key_n_does_not_count),
        cmocka_unit_test(cells_that_do_not_fit_are_named),
        cmocka_unit_test(negative_values_are_refused_when_asked),
        cmocka_unit_test(a_long_cell_leaves_room_for_the_reason),
        cmocka_unit_test(a_count_that_overflows_is_an_error),
        cmocka_unit_test(many_groups_are_sorted),
        cmocka_unit_test(runs_agree_in_their_first_keys),
        cmocka_unit_test(more_sums_than_bits_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
