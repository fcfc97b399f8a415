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
    check("r,measure,kind,n,estimate\na,age,mean,9,30\na,age,sd,9,2\n", "r", "3:3");
    check("r,measure,kind,n,estimate\na,age,mean,9,30\nb,age,mean,9,2\n", "r", "");
    check("r,measure,kind,numerator,denominator\na,n,x,1,2\na,m,y,1,2\n", "measure", "");
    check("r,measure,kind,v\na,n,x,1\na,n,y,1\n", "r", "");
}

/* What mig-rate writes for several measures, and for several methods of one. */
static void several_measures_and_methods_are_refused(void **state)
{
    (void)state;
#define HEAD "r,measure,kind,numerator,denominator,method\n"
    check(HEAD "a,x/n,share,1,2,wilson\nb,x/n,share,1,2,wilson\n", "r", "");
    check(HEAD "a,x/n,share,1,2,wilson\na,y/n,share,1,2,wilson\n", "r", "3:2");
    check(HEAD "a,x/n,share,1,2,wilson\na,x/n,share,1,2,jeffreys\n", "r", "3:6");
    check(HEAD "a,x/n,share,1,2,wilson\na,x/n,share,1,2,jeffreys\n", "r,method", "");
    check(HEAD "a,x/n,share,1,2,wilson\na,y/n,share,1,2,wilson\n", "measure", "");
    check(HEAD "a,x/n,share,1,2,wilson\na,x/n,ratio,1,2,exact\n", "measure", "3:3");
    check(HEAD "a,x/n,share,1,2,wilson\na,y/t,rate,1,2,exact\na,y/t,rate,1,2,byar\n", "measure",
        "4:6");
}

/* A decimal numerator has no interval, and so no method: it is there once. */
static void figures_without_an_interval_go_with_any_method(void **state)
{
    (void)state;
    check(HEAD "a,x/n,share,1.5,2,quotient\nb,x/n,share,1,2,wilson\nc,x/n,share,,2,\n", "r", "");
    check(HEAD "b,x/n,share,1,2,wilson\na,x/n,share,1.5,2,quotient\nc,x/n,share,1,2,wilson\n", "r",
        "");
    check(HEAD "a,x/n,share,1.5,2,quotient\nb,x/n,share,1,2,wilson\nb,x/n,share,1,2,exact\n", "r",
        "4:6");
}

/* A table that lost its measure or kind still holds every case once for each method. */
static void methods_alone_are_refused(void **state)
{
    (void)state;
    check("r,numerator,denominator,method\na,1,2,wilson\na,1,2,jeffreys\n", "r", "3:4");
    check("r,kind,numerator,denominator,method\na,share,1,2,wilson\na,ratio,1,2,wilson\n", "r",
        "3:2");
    check("r,numerator,denominator,method\na,1,2,wilson\na,1,2,jeffreys\n", "method", "");
    check("r,numerator,denominator,method\na,1.5,2,quotient\nb,1,2,jeffreys\n", "r", "");
    check("r,total,numerator,denominator,method\na,,1,2,wilson\n,all,1,2,wilson\n", "r", "3:2");
    check("r,persons,method\na,1,phone\na,1,visit\n", "r", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(marked_totals_are_refused),
        cmocka_unit_test(other_columns_of_that_name_are_not),
        cmocka_unit_test(several_kinds_are_refused),
        cmocka_unit_test(several_measures_and_methods_are_refused),
        cmocka_unit_test(figures_without_an_interval_go_with_any_method),
        cmocka_unit_test(methods_alone_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
