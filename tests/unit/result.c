/* Result tables as input: totals and several kinds are not added up. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdlib.h>
#include <cmocka.h>

#include "../table.h"
#include "table/result.h"

/* The first fault of `csv` read with these keys, or "" */
static void check(const char *csv, const char *list, const char *wanted)
{
    struct table table;
    struct mig_keys keys = {0};
    struct mig_error_list errors = {0};
    struct mig_result result;
    struct mig_row row;
    struct mig_error error = {0};
    struct mig_buffer out = {0};
    enum mig_status status = MIG_OK;
    table_open(&table, csv);
    assert_int_equal(mig_keys_parse(&keys, list, NULL), MIG_OK);
    assert_int_equal(mig_keys_bind(&keys, table_header(&table), &errors), MIG_OK);
    mig_result_find(&result, table_header(&table), &keys);
    while (status == MIG_OK) {
        assert_int_equal(mig_input_next(table.input, &row, NULL), MIG_OK);
        if (row.count == 0)
            break;
        status = mig_result_check(&result, table.input, &row, &error);
    }
    DUMP(&out, "%s", "");
    if (status != MIG_OK)
        DUMP(&out, "%zu:%zu", error.line, error.column);
    assert_string_equal(out.data, wanted);
    mig_buffer_release(&out);
    mig_keys_release(&keys);
    mig_error_list_release(&errors);
    table_close(&table);
}

static void marked_totals_are_refused(void **state)
{
    (void)state;
    check("r,total,measure,kind\na,,n,x\n,all,n,x\n", "r", "3:2");
    check("r,s,total,measure,kind\na,F,,n,x\na,,s,n,x\n", "r", "3:3");
    check("r,s,total,measure,kind\n,,r+s,n,x\n", "r", "2:3");
    check("#a+b,total,measure,kind\n1,#a+b,n,x\n", "", "2:2");
}

static void other_columns_of_that_name_are_not(void **state)
{
    (void)state;
    check("r,total\na,all\n", "r", "");
    check("total,measure,kind\ngroup,n,x\n", "total", "");
    check("r,total,measure,kind\na,12,n,x\na,rest,n,x\n", "r", "");
}

static void several_kinds_are_refused(void **state)
{
    (void)state;
    check("r,measure,kind,numerator,denominator\na,n,x,1,2\na,n,x,1,2\na,n,y,1,2\n", "r", "4:3");
    check("r,measure,kind,numerator,denominator\na,n,x,1,2\na,n,y,1,2\n", "kind", "");
    check("r,measure,kind,numerator,denominator\na,n,x,1,2\na,m,y,1,2\n", "measure", "");
    check("r,measure,kind,v\na,n,x,1\na,n,y,1\n", "r", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(marked_totals_are_refused),
        cmocka_unit_test(other_columns_of_that_name_are_not),
        cmocka_unit_test(several_kinds_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
