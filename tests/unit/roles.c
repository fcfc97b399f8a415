#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <setjmp.h>
#include <cmocka.h>

#include "evidence/roles.h"
#include "../table.h"

static void check_role(const struct mig_roles *roles, enum mig_role_kind kind,
    const struct mig_header *header, const char *expected)
{
    struct mig_buffer out = {0};
    assert_int_equal(mig_role_describe(&roles->of[kind], header, &out, NULL), MIG_OK);
    assert_string_equal(out.data, expected);
    mig_buffer_release(&out);
}

/* What is assumed of a header, with a row of tags when the text has a second line. */
static void check_assumed(const char *text, enum mig_role_kind kind, const char *expected)
{
    struct table table;
    struct mig_roles roles = {0};
    table_open(&table, text);
    assert_int_equal(mig_roles_assume(&roles, table_header(&table), NULL), MIG_OK);
    check_role(&roles, kind, table_header(&table), expected);
    assert_int_equal(roles.of[kind].assumed, *expected != '\0');
    mig_roles_release(&roles);
    table_close(&table);
}

static void assumes_by_name(void **state)
{
    (void)state;
    check_assumed("year,refugees,asylum_seekers,pop_type,refugee_rate\n", MIG_ROLE_COUNT,
        "refugees asylum_seekers");
    check_assumed("f_0_4,m_60,f_total,total,n,displacementReason,total_id\n", MIG_ROLE_COUNT,
        "f_0_4 m_60 f_total total n");
    check_assumed("Nombre de réfugiés,Taux de retours\n", MIG_ROLE_COUNT, "Nombre de réfugiés");
    check_assumed("start_date,end_date,start_date_accuracy,year,update\n", MIG_ROLE_DATE,
        "start_date end_date year");
    check_assumed("start_date,start_date_accuracy,end_date,end_date_accuracy\n", MIG_ROLE_SPAN,
        "start_date,end_date");
    check_assumed("weekend,weekstart\n", MIG_ROLE_SPAN, "");
    check_assumed("date_debut,date_fin\n", MIG_ROLE_SPAN, "date_debut,date_fin");
    check_assumed("lon,lat\n", MIG_ROLE_POINT, "lat,lon");
    check_assumed("lat,x\n", MIG_ROLE_POINT, "");
    check_assumed("location_coodinates,x\n", MIG_ROLE_POINT, "location_coodinates");
    check_assumed("total,m_total,f_total\n", MIG_ROLE_SEX, "f_total,m_total,total");
    check_assumed("Admin Level,x\n", MIG_ROLE_LEVEL, "Admin Level");
    check_assumed("average,age,n\n", MIG_ROLE_AGE, "age,n");
    check_assumed("refugee_like,refugee_status,household head,taille du menage\n", MIG_ROLE_COUNT,
        "refugee_like");
    check_assumed("Date d'enquête,validOn,date_precision,Jour\n", MIG_ROLE_DATE,
        "Date d'enquête validOn Jour");
    check_assumed("Du,Au\n", MIG_ROLE_SPAN, "Du,Au");
    check_assumed("_gps_latitude,_gps_longitude,_gps_precision\n", MIG_ROLE_POINT,
        "_gps_latitude,_gps_longitude");
    check_assumed("origin lat,origin lon,lat deg,lon deg\n", MIG_ROLE_POINT, "lat deg,lon deg");
    check_assumed("home lat,home lon,lat deg,lon deg\n", MIG_ROLE_POINT, "");
    check_assumed("Femmes,Hommes,Total\n", MIG_ROLE_SEX, "Femmes,Hommes,Total");
    check_assumed("Nombre de femmes,Nombre d'hommes,Nombre total\n", MIG_ROLE_SEX,
        "Nombre de femmes,Nombre d'hommes,Nombre total");
    check_assumed("idps,idps_female,idps_male,returnees_f,returnees_m,returnees_ind\n",
        MIG_ROLE_SEX, "returnees_f,returnees_m,returnees_ind idps_female,idps_male,idps");
    check_assumed("female,male,households\n", MIG_ROLE_SEX, "");
    check_assumed("Niveau administratif,x\n", MIG_ROLE_LEVEL, "Niveau administratif");
    check_assumed("id,web_id\n", MIG_ROLE_KEY, "");
    check_assumed("year,round\n", MIG_ROLE_TIME, "");
}

static void assumes_nested_units(void **state)
{
    static const char names[] =
        "admin0Name,admin0Pcod,admin1Name,admin1Pcod,admin1RefN,idpOriginAdmin1Name\n";
    (void)state;
    check_assumed(names, MIG_ROLE_ADMIN, "admin0Name,admin1Name");
    check_assumed(names, MIG_ROLE_PLACE, "admin1Name,admin0Name,admin1Pcod,admin0Pcod");
    check_assumed("admin1Name,x\n", MIG_ROLE_ADMIN, "");
    check_assumed("Région,Cercle,Commune,n\n", MIG_ROLE_ADMIN, "Région,Cercle,Commune");
    check_assumed("Région,Cercle,Code cercle\n", MIG_ROLE_PLACE, "Région Cercle,Région,Code cercle");
    check_assumed("unhcr_region,unsd_region\n", MIG_ROLE_ADMIN, "");
    check_assumed("P-Code,Name,Parent P-Code\n", MIG_ROLE_PLACE, "Name,Parent P-Code,P-Code");
}

static void assumes_by_tag(void **state)
{
    (void)state;
    check_assumed("a,b,c\n#affected+idps,#date+reported,#geo+lat\n", MIG_ROLE_COUNT, "a");
    check_assumed("a,b,c\n#affected+idps,#date+reported,#geo+lat\n", MIG_ROLE_DATE, "b");
    check_assumed("a,b\n#geo+lon,#geo+lat\n", MIG_ROLE_POINT, "b,a");
    check_assumed(
        "a,b,c\n#affected+idps+f,#affected+idps+m,#affected+idps+ind\n", MIG_ROLE_SEX, "a,b,c");
    check_assumed(
        "a,b,c\n#affected+idps+f,#affected+idps+m,#affected+idps\n", MIG_ROLE_SEX, "a,b,c");
    check_assumed("a,b,c\n#adm1+name,#adm2+name,#adm1+name+origin\n", MIG_ROLE_ADMIN, "a,b");
}

static void told_goes_before_assumed(void **state)
{
    struct table table;
    struct mig_roles roles = {0};
    struct mig_error_list faults = {0};
    (void)state;
    table_open(&table, "refugees,total,a b,\"c,d\"\n");
    const struct mig_header *header = table_header(&table);
    assert_int_equal(mig_roles_tell(&roles, header, "count", "a b,`c,d`", &faults), MIG_OK);
    assert_int_equal(
        mig_roles_tell(&roles, header, "total", "total=refugees+`a b`", &faults), MIG_OK);
    assert_int_equal(mig_roles_assume(&roles, header, NULL), MIG_OK);
    check_role(&roles, MIG_ROLE_COUNT, header, "a b c,d");
    assert_false(roles.of[MIG_ROLE_COUNT].assumed);
    check_role(&roles, MIG_ROLE_TOTAL, header, "total,refugees,a b");
    assert_int_equal(faults.total, 0);
    mig_roles_release(&roles);
    table_close(&table);
}

static void names_every_fault(void **state)
{
    static const struct {
        const char *role, *list, *text;
    } rows[] = {
        {"count", "totl,refugees", "no column 'totl'; nearest is 'total'"},
        {"dates", "total", "'total': --dates takes START,END"},
        {"sex", "total,total", "'total,total': --sex takes FEMALE,MALE,TOTAL"},
        {"level", "total,refugees", "'total,refugees': --level takes COL"},
        {"total", "total=refugees", "'total=refugees': --total takes TOTAL=A+B"},
        {"total", "total", "'total': --total takes TOTAL=A+B"},
        {"key", "", "'': --key takes COLS"},
        {"key", "total,", "'total,': --key takes COLS"},
        {"place", "`total", "'`total': --place takes NAME[,PARENT[,CODE[,PARENT_CODE]]]"},
    };
    struct table table;
    (void)state;
    table_open(&table, "refugees,total\n");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct mig_roles roles = {0};
        struct mig_error_list faults = {0};
        assert_true(
            mig_roles_tell(&roles, table_header(&table), rows[i].role, rows[i].list, &faults));
        assert_int_equal(faults.total, 1);
        assert_string_equal(faults.items[0].text, rows[i].text);
        mig_error_list_release(&faults);
        mig_roles_release(&roles);
    }
    table_close(&table);
}

static void check_proposal(const char *text, const char *expected)
{
    struct table table;
    struct mig_buffer out = {0};
    table_open(&table, text);
    assert_int_equal(mig_roles_propose_totals(table_header(&table), &out, NULL), MIG_OK);
    assert_string_equal(out.data, expected);
    mig_buffer_release(&out);
    table_close(&table);
}

static void proposes_totals(void **state)
{
    (void)state;
    check_proposal("f_0_4,f_60,f_total,m_0_4,m_60,m_total,total\n",
        "f_total=f_0_4+f_60 m_total=m_0_4+m_60 total=f_total+m_total");
    check_proposal("total,x\n", "");
    check_proposal("subtotal,a,b\n", "");
    check_proposal("f_total,total\n", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(assumes_by_name),
        cmocka_unit_test(assumes_nested_units),
        cmocka_unit_test(assumes_by_tag),
        cmocka_unit_test(told_goes_before_assumed),
        cmocka_unit_test(names_every_fault),
        cmocka_unit_test(proposes_totals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
