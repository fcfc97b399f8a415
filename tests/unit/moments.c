#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "../table.h"
#include "table/moments.h"

/* The columns found for `list` as "name@column" or "name@n:sum,sum2,..."; then the errors, each
 * after a '!'. */
static void dump_found(struct mig_buffer *out, const char *csv, const char *list)
{
    struct table table;
    struct mig_moments_list found = {0};
    struct mig_error_list errors = {0};
    table_open(&table, csv);
    enum mig_status status = mig_moments_list_init(&found, table_header(&table), list, &errors);
    assert_int_equal(status == MIG_OK, errors.count == 0);
    for (size_t i = 0; i < found.count && errors.count == 0; i++) {
        const struct mig_moments_column *column = &found.items[i];
        DUMP(out, "%s%s@%zu", i > 0 ? " " : "", column->name, column->n);
        size_t count = column->weighted ? MIG_MOMENTS : column->merged ? MIG_MOMENTS_PLAIN : 0;
        for (size_t j = 0; j < count; j++)
            DUMP(out, "%c%zu", j > 0 ? ',' : ':', column->columns[j]);
    }
    for (size_t i = 0; i < errors.count; i++)
        DUMP(out, "!%s", errors.items[i].text);
    mig_error_list_release(&errors);
    mig_moments_list_release(&found);
    table_close(&table);
}

static void assert_found(const char *csv, const char *list, const char *expected)
{
    struct mig_buffer out = {0};
    DUMP(&out, "%s", "");
    dump_found(&out, csv, list);
    assert_string_equal(out.data, expected);
    mig_buffer_release(&out);
}

static void columns_are_found(void **state)
{
    (void)state;
    assert_found("a,x\n", "", "");
    assert_found("a,x\n", NULL, "");
    assert_found("a,x\n", "x", "x@1");
    assert_found("a,x\n", "x,y=a", "x@1 y@0");
    assert_found("#geo,#affected +f\n", "f=#affected+f", "f@1");
}

static void moments_are_recognised(void **state)
{
    (void)state;
    assert_found("k,x_n,x_sum,x_sum2,x_min,x_max\n", "x", "x@1:2,3,4,5");
    assert_found("x_max,x_min,x_sum2,x_sum,x_n,k\n", "y=x", "y@4:3,2,1,0");
    assert_found(
        "x_n,x_sum,x_sum2,x_min,x_max,x_w,x_w2,x_w2sum,x_w2sum2\n", "x", "x@0:1,2,3,4,5,6,7,8");
    /* also beside a column of the same name, which is then its sum */
    assert_found("x,x_n,x_sum,x_sum2,x_min,x_max\n", "x", "x@1:2,3,4,5");
    /* a part of them is none, and x_n is then a column as any other */
    assert_found("x_n,x_sum,x_sum2,x_min\n", "x_n", "x_n@0");
    assert_found("x_n,x_sum,x_sum2,x_min\n", "x", "!no column 'x'; nearest is 'x_n'");
    assert_found("_n,_sum,_sum2,_min,_max\n", "_n", "_n@0");
    assert_found("a_n,a_sum,a_sum2,a_min,a_max,b_n,b_sum,b_sum2,b_min,b_max\n", "b,a",
        "b@5:6,7,8,9 a@0:1,2,3,4");
}

static void faults_are_all_reported(void **state)
{
    (void)state;
    assert_found("age,x\n", "agee,band(x,0,1),y",
        "!'agee,band(x,0,1),y': a column is wanted here, not a key function"
        "!no column 'agee'; nearest is 'age'!no column 'y'; columns are age, x");
    assert_found("age,x\n", "x=age,x",
        "!two columns of the output would be named 'x'; name one as in 'other=x'");
    assert_found("age,x\n", "x,", "!'x,': a key is empty");
}

/* The moments of the second row of `csv`, "n sum sum2 min max" or an error. */
static void assert_read(const char *csv, const char *expected)
{
    struct table table;
    struct mig_moments_list found = {0};
    struct mig_error_list errors = {0};
    struct mig_error error = {0};
    struct mig_moments moments = {0};
    struct mig_buffer out = {0};
    struct mig_row row;
    table_open(&table, csv);
    assert_int_equal(mig_moments_list_init(&found, table_header(&table), "x", &errors), MIG_OK);
    assert_int_equal(mig_input_next(table.input, &row, NULL), MIG_OK);
    enum mig_status status = mig_moments_read(&found.items[0], table.input, &row, &moments, &error);
    if (status != MIG_OK)
        dump_error(&out, status, &error);
    else
        DUMP(&out, "%llu", (unsigned long long)moments.n);
    for (size_t i = 0; i < MIG_MOMENTS_PLAIN && status == MIG_OK; i++) {
        DUMP(&out, "%s", " ");
        dump_sum(&out, &moments.sums[i]);
    }
    assert_string_equal(out.data, expected);
    mig_buffer_release(&out);
    mig_moments_release(&moments);
    mig_moments_list_release(&found);
    mig_error_list_release(&errors);
    table_close(&table);
}

#define HEADER "x_n,x_sum,x_sum2,x_min,x_max\n"

static void rows_are_read(void **state)
{
    (void)state;
    assert_read(HEADER "3,0.6,0.14,0.1,0.3\n", "3 0.6 0.14 0.1 0.3");
    assert_read(HEADER "0,,,,\n", "0 0 0 0 0");
    assert_read(HEADER "0,9,9,9,9\n", "0 0 0 0 0");
    assert_read(HEADER "-1,1,1,1,1\n", "!value 2:1 '-1' is not a count (column x_n)");
    assert_read(HEADER ",1,1,1,1\n", "!value 2:1 '' is not a count (column x_n)");
    assert_read(HEADER "1.5,1,1,1,1\n", "!value 2:1 '1.5' is not a count (column x_n)");
    assert_read(
        HEADER "1,1,,1,1\n", "!value 2:3 '' is empty, but its values are counted (column x_sum2)");
    assert_read(HEADER "1,1,1,one,1\n", "!value 2:4 'one' is not a number (column x_min)");
}

static struct mig_moments moments_of(const char *values)
{
    struct mig_moments moments = {0};
    struct mig_text rest = mig_text_of(values), piece;
    while (mig_text_cut(&rest, ' ', &piece)) {
        struct mig_decimal value;
        assert_int_equal(mig_decimal_parse(piece, &value, NULL), MIG_OK);
        assert_int_equal(mig_moments_add(&moments, &value, NULL, NULL), MIG_OK);
    }
    return moments;
}

/* Python: sum(Fraction(v) for v in values), sum(Fraction(v)**2 ...) */
static void moments_are_exact(void **state)
{
    (void)state;
    static const char *const expected[] = {
        "123456789012345678901234567890.0000000000000000000000001",
        ("15241578753238836750495351562536198787501905199875019052100."
         "00000000000000000000000000000000000000000000000001"),
        "0.0000000000000000000000001", "123456789012345678901234567890"};
    struct mig_moments moments = moments_of("123456789012345678901234567890 1e-25");
    for (size_t i = 0; i < MIG_MOMENTS_PLAIN; i++) {
        struct mig_buffer out = {0};
        dump_sum(&out, &moments.sums[i]);
        assert_string_equal(out.data, expected[i]);
        mig_buffer_release(&out);
    }
    mig_moments_release(&moments);
}

/* The range of a part must not be that of an empty one: 0 lies outside 5 .. 7. */
static void empty_parts_add_nothing(void **state)
{
    (void)state;
    struct mig_moments all = {0}, none = {0}, some = moments_of("7 5");
    double low, high;
    assert_int_equal(mig_moments_add_moments(&all, &none, NULL), MIG_OK);
    assert_int_equal(mig_moments_add_moments(&all, &some, NULL), MIG_OK);
    assert_int_equal(mig_moments_add_moments(&all, &none, NULL), MIG_OK);
    assert_int_equal(mig_sum_to_double(&all.sums[MIG_MOMENT_MIN], &low, NULL), MIG_OK);
    assert_int_equal(mig_sum_to_double(&all.sums[MIG_MOMENT_MAX], &high, NULL), MIG_OK);
    assert_true(all.n == 2 && low == 5 && high == 7);
    some.n = UINT64_MAX;
    assert_int_equal(mig_moments_add_moments(&all, &some, NULL), MIG_LIMIT);
    mig_moments_release(&all);
    mig_moments_release(&some);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_are_found),
        cmocka_unit_test(moments_are_recognised),
        cmocka_unit_test(faults_are_all_reported),
        cmocka_unit_test(rows_are_read),
        cmocka_unit_test(moments_are_exact),
        cmocka_unit_test(empty_parts_add_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
