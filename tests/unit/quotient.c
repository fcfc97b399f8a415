#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "../table.h"
#include "table/quotient.h"

/* "numerator/denominator" as places among the operands, n as 'n'; or the errors. */
static void check_parse(const char *text, const char *wanted)
{
    struct table table;
    struct mig_quotient quotient;
    struct mig_operands operands = {.columns = {3}, .count = 1};
    struct mig_error_list errors = {0};
    struct mig_buffer out = {0};
    table_open(&table, "a,b,a/b,known,n\n#x+f,#y,,,\n");
    enum mig_status status =
        mig_quotient_parse(&quotient, text, table_header(&table), &operands, &errors);
    if (status == MIG_OK)
        DUMP(&out, "%d/%d of %zu:", quotient.numerator, quotient.denominator, operands.count);
    for (size_t i = 0; i < operands.count && status == MIG_OK; i++)
        DUMP(&out, " %zu", operands.columns[i]);
    for (size_t i = 0; i < errors.count; i++)
        dump_error(&out, errors.items[i].status, &errors.items[i]);
    assert_int_equal(status == MIG_OK, errors.count == 0);
    assert_string_equal(out.data, wanted);
    mig_buffer_release(&out);
    mig_error_list_release(&errors);
    table_close(&table);
}

static void operands_are_columns_or_n(void **state)
{
    (void)state;
    check_parse("a/b", "1/2 of 3: 3 0 1");
    check_parse(" b / known ", "1/0 of 2: 3 1");
    check_parse("a/n", "1/-1 of 2: 3 0");
    check_parse("n/n", "-1/-1 of 1: 3");
    check_parse("a/a", "1/1 of 2: 3 0");
    check_parse("`a/b`/#x+f", "1/2 of 3: 3 2 0");
}

static void faults_are_told_together(void **state)
{
    (void)state;
    static const char *const malformed[] = {"", "a", "/", "a/", "/b", "a/b/n", "`a/b", "`a`b/n"};
    for (size_t i = 0; i < sizeof malformed / sizeof *malformed; i++) {
        struct mig_buffer wanted = {0};
        DUMP(
            &wanted, "!syntax 0:0 '%s': two columns with one '/' between are wanted", malformed[i]);
        check_parse(malformed[i], wanted.data);
        mig_buffer_release(&wanted);
    }
    check_parse("knwon/n", "!name 0:0 no column 'knwon'; nearest is 'known'");
    check_parse("x/a", "!name 0:0 no column 'x'; columns are a, b, a/b, known, n");
    check_parse("knwon/knonw", "!name 0:0 no column 'knwon'; nearest is 'known'"
                               "!name 0:0 no column 'knonw'; nearest is 'known'");
}

static void operands_are_limited(void **state)
{
    (void)state;
    struct table table;
    struct mig_quotient quotient;
    struct mig_operands operands = {.count = MIG_MOST_SUMS - 1};
    struct mig_error_list errors = {0};
    for (size_t i = 0; i < operands.count; i++)
        operands.columns[i] = 100 + i;
    table_open(&table, "a,b\n");
    const struct mig_header *header = table_header(&table);
    assert_int_equal(mig_quotient_parse(&quotient, "a/a", header, &operands, &errors), MIG_OK);
    assert_int_equal(quotient.numerator, MIG_MOST_SUMS - 1);
    assert_int_equal(mig_quotient_parse(&quotient, "a/b", header, &operands, &errors), MIG_LIMIT);
    assert_int_equal(operands.count, MIG_MOST_SUMS);
    assert_string_equal(errors.items[0].text, "more than 64 columns to add up");
    mig_error_list_release(&errors);
    table_close(&table);
}

/* The quotient over all groups as "numerator/denominator n missing", '?' when nothing is known. */
static void check_sums(const char *csv, const char *text, const char *wanted)
{
    struct table table;
    struct mig_quotient quotient;
    struct mig_operands operands = {0};
    struct mig_error_list errors = {0};
    struct mig_tally *tally;
    struct mig_quotient_sums sums = {0};
    struct mig_error error = {0};
    struct mig_buffer out = {0};
    table_open(&table, csv);
    assert_int_equal(
        mig_quotient_parse(&quotient, text, table_header(&table), &operands, &errors), MIG_OK);
    struct mig_tally_spec spec = {.sums = operands.columns, .n_sums = operands.count};
    struct mig_keys keys = {0};
    assert_int_equal(mig_keys_parse(&keys, "g", NULL), MIG_OK);
    assert_int_equal(mig_keys_bind(&keys, table_header(&table), &errors), MIG_OK);
    spec.keys = &keys;
    assert_int_equal(mig_tally_read(&tally, table.input, &spec, NULL), MIG_OK);
    enum mig_status status =
        mig_quotient_add(&quotient, tally, 0, mig_tally_count(tally), &sums, &error);
    if (status == MIG_OK) {
        dump_sum(&out, &sums.numerator);
        DUMP(&out, "/");
        dump_sum(&out, &sums.denominator);
        DUMP(&out, " %ju %ju%s", (uintmax_t)sums.n, (uintmax_t)sums.missing,
            mig_quotient_is_missing(&sums) ? " ?" : "");
    } else {
        dump_error(&out, status, &error);
    }
    assert_string_equal(out.data, wanted);
    mig_buffer_release(&out);
    mig_quotient_sums_release(&sums);
    mig_keys_release(&keys);
    mig_error_list_release(&errors);
    mig_tally_free(tally);
    table_close(&table);
}

static void rows_with_a_missing_operand_count_in_neither(void **state)
{
    (void)state;
    static const char cases[] = "g,a,b\n1,1,2\n1,0,0.5\n2,,7\n2,5,\n1,,\n2,1,1\n";
    check_sums(cases, "a/b", "2/3.5 3 3");
    check_sums(cases, "a/n", "7/4 4 2");
    check_sums(cases, "n/b", "4/10.5 4 2");
    check_sums(cases, "n/n", "6/6 6 0");
    check_sums("g,a,n\n1,3,10\n1,,5\n2,4,20\n", "a/n", "7/30 30 5");
}

static void nothing_known_is_not_zero(void **state)
{
    (void)state;
    check_sums("g,a\n1,\n2,\n", "a/n", "0/0 0 2 ?");
    check_sums("g,a\n1,0\n2,\n", "a/n", "0/1 1 1");
    check_sums("g,a\n", "a/n", "0/0 0 0");
}

static void counts_of_several_groups_may_overflow(void **state)
{
    (void)state;
    check_sums("g,a,n\n1,0,18446744073709551615\n2,0,1\n", "a/n",
        "!limit 0:0 a group counts more than 2^64 - 1");
    check_sums("g,a,n\n1,0,18446744073709551615\n2,,1\n", "a/n",
        "0/18446744073709551615 18446744073709551615 1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(operands_are_columns_or_n),
        cmocka_unit_test(faults_are_told_together),
        cmocka_unit_test(operands_are_limited),
        cmocka_unit_test(rows_with_a_missing_operand_count_in_neither),
        cmocka_unit_test(nothing_known_is_not_zero),
        cmocka_unit_test(counts_of_several_groups_may_overflow),
    };
    mig_quotient_sums_release(NULL);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
