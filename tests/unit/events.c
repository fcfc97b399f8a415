#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "../table.h"
#include "evidence/events.h"

static void check(const char *text, size_t returned, size_t reintegrated)
{
    struct table table;
    size_t column;
    table_open(&table, text);
    const struct mig_header *header = table_header(&table);
    assert_int_equal(mig_event_date(header, MIG_EVENT_RETURN, &column, NULL), MIG_OK);
    assert_int_equal(column, returned);
    assert_int_equal(mig_event_date(header, MIG_EVENT_REINTEGRATION, &column, NULL), MIG_OK);
    assert_int_equal(column, reintegrated);
    table_close(&table);
}

static void by_names(void **state)
{
    (void)state;
    check("id,return_date,reintegration_date\n", 1, 2);
    check("date_reintegration,n,date_retour\n", 2, 0);
    check("Date de réintégration,Date du retour\n", 1, 0);
    check("dateOfReturn,reintegratedOn\n", 0, 1);
    check("rapatrié le,réinséré le\n", 0, 1);
}

static void by_tags(void **state)
{
    (void)state;
    check("Jour R,Jour I\n#date+return,#date+reintegration\n2020-01-01,2020-02-01\n", 0, 1);
    check("Retour,Suite\n#date+occurred,#date+reintegrated\n2020-01-01,2020-02-01\n", 0, 1);
}

/* A count of returns, an indicator, a kind of date are no dates; a word within another is none. */
static void none(void **state)
{
    (void)state;
    check("year,returns,reintegrated\n", 3, 3);
    check("return_date_type,reintegration_status,date\n", 3, 3);
    check("returning_date,nonreintegration_date\n", 2, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(by_names), cmocka_unit_test(by_tags), cmocka_unit_test(none)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
