#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "../table.h"
#include "table/cases.h"

struct question {
    const char *csv, *by, *numbers, *weight, *text;
    bool forget; /* values are not kept */
};

struct answer {
    struct table table;
    struct mig_keys keys;
    struct mig_moments_list numbers;
    struct mig_cases *cases;
    enum mig_status status;
    struct mig_error error;
};

static void ask(const struct question *question, struct answer *answer)
{
    struct mig_error_list errors = {0};
    *answer = (struct answer){0};
    table_open(&answer->table, question->csv);
    const struct mig_header *header = table_header(&answer->table);
    assert_int_equal(mig_keys_parse(&answer->keys, question->by, NULL), MIG_OK);
    assert_int_equal(mig_keys_bind(&answer->keys, header, &errors), MIG_OK);
    assert_int_equal(
        mig_moments_list_init(&answer->numbers, header, question->numbers, &errors), MIG_OK);
    size_t weight = question->weight ? table_column(&answer->table, question->weight) : 0;
    size_t text = question->text ? table_column(&answer->table, question->text) : 0;
    const struct mig_cases_spec spec = {.keys = &answer->keys,
        .numbers = answer->numbers.items,
        .n_numbers = answer->numbers.count,
        .keep_values = !question->forget,
        .texts = &text,
        .n_texts = question->text != NULL,
        .weight = question->weight ? &weight : NULL};
    answer->status = mig_cases_read(&answer->cases, answer->table.input, &spec, &answer->error);
    assert_int_equal(answer->status == MIG_OK, answer->cases != NULL);
    mig_error_list_release(&errors);
}

/* Each group as "key n: values;" with weights behind a '*', and texts as "distinct/n text*times".
 */
static void assert_cases(const struct question *question, const char *expected)
{
    struct answer answer;
    struct mig_buffer out = {0};
    ask(question, &answer);
    if (answer.status != MIG_OK)
        dump_error(&out, answer.status, &answer.error);
    const struct mig_tally *tally = answer.status == MIG_OK ? mig_cases_tally(answer.cases) : NULL;
    for (size_t i = 0; tally != NULL && i < mig_tally_count(tally); i++) {
        struct mig_group group = mig_tally_group(tally, i);
        DUMP(&out, "%.*s %llu:", MIG_TEXT_ARG(mig_tally_key(tally, &group, 0)),
            (unsigned long long)group.n);
        for (size_t j = 0; j < answer.numbers.count; j++) {
            struct mig_values values = mig_cases_values(answer.cases, &group, j);
            for (size_t k = 0; k < values.n; k++) {
                DUMP(&out, " %g", values.values[k]);
                if (values.weights != NULL)
                    DUMP(&out, "*%g", values.weights[k]);
            }
        }
        if (question->text != NULL) {
            struct mig_text_values texts = mig_cases_texts(answer.cases, &group, 0);
            DUMP(&out, " %llu/%llu %.*s*", (unsigned long long)texts.distinct,
                (unsigned long long)texts.n, MIG_TEXT_ARG(texts.frequent));
            assert_int_equal(mig_sum_format(texts.frequency, &out, NULL), MIG_OK);
        }
        DUMP(&out, "%s", ";");
    }
    assert_string_equal(out.data, expected);
    mig_buffer_release(&out);
    mig_cases_free(answer.cases);
    mig_keys_release(&answer.keys);
    mig_moments_list_release(&answer.numbers);
    table_close(&answer.table);
}

#define CASES "k,x,y,w,t\nb,3,,1,u\na,2,9,0.5,v\nb,1,8,,w\na,,7,2,v\nb,-2,6,0,\nc,,,1,\n"

static void values_are_sorted_in_their_groups(void **state)
{
    (void)state;
    assert_cases(
        &(struct question){.csv = CASES, .by = "k", .numbers = "x"}, "a 2: 2;b 3: -2 1 3;c 1:;");
    assert_cases(&(struct question){.csv = CASES, .by = "k", .numbers = "x,y"},
        "a 2: 2 7 9;b 3: -2 1 3 6 8;c 1:;");
    assert_cases(&(struct question){.csv = CASES, .by = "k", .numbers = "x", .forget = true},
        "a 2:;b 3:;c 1:;");
}

/* A row without weight has no values, and stands beside its group. */
static void weights_go_with_their_values(void **state)
{
    (void)state;
    assert_cases(&(struct question){.csv = CASES, .by = "k", .numbers = "x", .weight = "w"},
        "a 2: 2*0.5;b 2: -2*0 3*1;b 1:;c 1:;");
    assert_cases(
        &(struct question){.csv = "k,x,w\na,1,-1\n", .by = "k", .numbers = "x", .weight = "w"},
        "!value 2:3 '-1' is negative (column w)");
}

static void texts_are_counted(void **state)
{
    (void)state;
    assert_cases(&(struct question){.csv = CASES, .by = "k", .text = "t"},
        "a 2: 1/2 v*2;b 3: 2/2 u*1;c 1: 0/0 *0;");
    /* a row of a tally counts for several */
    assert_cases(
        &(struct question){
            .csv = "k,n,t\na,2,u\na,1,v\na,0,w\na,1,v\na,1,v\n", .by = "k", .text = "t"},
        "a 5: 2/5 v*3;");
    /* of equally frequent ones the first in the order of keys, whatever the order of the rows */
    assert_cases(&(struct question){.csv = "k,t\na,10\na,9\na,x\n", .by = "k", .text = "t"},
        "a 3: 3/3 9*1;");
}

/* By the exact sum of the weights: 0.1 + 0.2 is 0.3, which in binary it is not. */
static void texts_are_weighed(void **state)
{
    (void)state;
    assert_cases(&(struct question){.csv = CASES, .by = "k", .weight = "w", .text = "t"},
        "a 2: 1/2 v*2.5;b 2: 1/1 u*1;b 1: 0/0 *0;c 1: 0/0 *0;");
    assert_cases(
        &(struct question){
            .csv = "k,t,w\na,u,0.1\na,v,0.3\na,u,0.2\n", .by = "k", .weight = "w", .text = "t"},
        "a 3: 2/3 u*0.3;");
    assert_cases(
        &(struct question){.csv = "k,t,w\na,v,0\na,u,0.0\n", .by = "k", .weight = "w", .text = "t"},
        "a 2: 2/2 u*0;");
}

/* More texts and groups than a table of few slots holds; text i stands in group i % 7, i % 5 + 1
 * times. */
static void many_texts_are_counted(void **state)
{
    (void)state;
    struct mig_buffer csv = {0};
    struct answer answer;
    DUMP(&csv, "%s", "k,t\n");
    for (int i = 0; i < 5 * 3000; i++)
        if (i / 3000 <= i % 3000 % 5)
            DUMP(&csv, "%d,text %d\n", i % 3000 % 7, i % 3000);
    ask(&(struct question){.csv = csv.data, .by = "k", .text = "t"}, &answer);
    for (size_t i = 0; i < 7; i++) {
        struct mig_group group = mig_tally_group(mig_cases_tally(answer.cases), i);
        struct mig_text_values texts = mig_cases_texts(answer.cases, &group, 0);
        double frequency;
        assert_int_equal(mig_sum_to_double(texts.frequency, &frequency, NULL), MIG_OK);
        assert_int_equal(frequency, 5);
        assert_int_equal(texts.distinct, i < 4 ? 429 : 428);
        assert_int_equal(texts.n, group.n);
    }
    mig_buffer_release(&csv);
    mig_cases_free(answer.cases);
    mig_keys_release(&answer.keys);
    mig_moments_list_release(&answer.numbers);
    table_close(&answer.table);
}

static void rows_that_count_for_several_have_no_values(void **state)
{
    (void)state;
    assert_cases(
        &(struct question){.csv = "k,n,x\na,1,5\na,2,\n", .by = "k", .numbers = "x"}, "a 3: 5;");
    assert_cases(&(struct question){.csv = "k,n,x\na,1,5\na,2,6\n", .by = "k", .numbers = "x"},
        "!value 3:2 '2' rows in one: their values are not known one by one; where all have this "
        "one, see mig-summary --weight n (column n)");
    assert_cases(
        &(struct question){.csv = "k,n,x\na,2,6\n", .by = "k", .numbers = "x", .weight = "n"},
        "a 1: 6*2;");
}

static void numbers_must_fit_a_double(void **state)
{
    (void)state;
    static const char csv[] = "k,x\na,1e309\n";
    assert_cases(&(struct question){.csv = csv, .by = "k", .numbers = "x"},
        "!value 2:2 '1e309' is too large (column x)");
    assert_cases(
        &(struct question){.csv = csv, .by = "k", .numbers = "x", .forget = true}, "a 1:;");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_sorted_in_their_groups),
        cmocka_unit_test(weights_go_with_their_values),
        cmocka_unit_test(texts_are_counted),
        cmocka_unit_test(texts_are_weighed),
        cmocka_unit_test(many_texts_are_counted),
        cmocka_unit_test(rows_that_count_for_several_have_no_values),
        cmocka_unit_test(numbers_must_fit_a_double),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
