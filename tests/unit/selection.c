#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "../table.h"
#include "table/selection.h"

/* Chooses `list`, applies `renames` (may be NULL) and makes names distinct: "column:name|...", then
 * notes or errors. */
static void check(const char *csv, const char *list, const char *renames, const char *wanted)
{
    struct table table;
    struct mig_keys keys = {0};
    struct mig_error_list errors = {0};
    struct mig_selection selection;
    struct mig_buffer out = {0};
    table_open(&table, csv);
    const struct mig_header *header = table_header(&table);
    assert_int_equal(mig_keys_parse(&keys, list, NULL), MIG_OK);
    assert_int_equal(mig_keys_bind(&keys, header, &errors), MIG_OK);
    assert_int_equal(mig_selection_init(&selection, header, &keys, NULL), MIG_OK);
    enum mig_status status = MIG_OK;
    if (renames != NULL)
        status = mig_selection_rename(&selection, header, renames, &errors);
    assert_int_equal(status, errors.count > 0 ? errors.items[errors.count - 1].status : MIG_OK);
    struct mig_error fault;
    if (status == MIG_OK && mig_selection_make_distinct(&selection, &errors, &fault) != MIG_OK)
        assert_int_equal(mig_error_list_add(&errors, &fault), MIG_OK);
    for (size_t i = 0; i < selection.count; i++)
        DUMP(&out, "%s%zu:%s", i > 0 ? "|" : "", selection.columns[i], selection.names[i]);
    for (size_t i = 0; i < errors.count; i++)
        dump_error(&out, errors.items[i].status, &errors.items[i]);
    assert_string_equal(out.data, wanted);
    mig_buffer_release(&out);
    mig_selection_release(&selection);
    mig_error_list_release(&errors);
    mig_keys_release(&keys);
    table_close(&table);
}

static void all_columns_or_those_listed(void **state)
{
    (void)state;
    check("a,b,c\n", NULL, NULL, "0:a|1:b|2:c");
    check("a,b,c\n", "c,x=a", NULL, "2:c|0:x");
    check("a,b,c\n#x,#y+f,#z\n", "#y+f,a", NULL, "1:b|0:a");
    check("a,b,c\n", "a,again=a", NULL, "0:a|0:again");
}

static void columns_are_renamed(void **state)
{
    (void)state;
    check("a,b,c\n", NULL, "b=B", "0:a|1:B|2:c");
    check("a,b,c\n", NULL, " b = B , a=`x,y` ", "0:x,y|1:B|2:c");
    check("a,b,c\n#x,#y+f,#z\n", NULL, "#y+f=women", "0:a|1:women|2:c");
    check("\"a=1\",b\n", NULL, "`a=1`=a", "0:a|1:b");
    check("a,b\n", NULL, "a=b,b=a", "0:b|1:a");
    check("a,b\n", NULL, "a=x=y", "0:x=y|1:b");
    check("a,,c\n", NULL, "=middle", "0:a|1:middle|2:c");
}

static void faults_in_renames_are_told_together(void **state)
{
    (void)state;
    static const char *const malformed[] = {
        "", "a", "a=", "a=x,", "a=x,,", "`a=x", "a=``", "a=`x`y"};
    for (size_t i = 0; i < sizeof malformed / sizeof *malformed; i++) {
        struct mig_buffer wanted = {0};
        DUMP(&wanted, "0:%s|1:b!syntax 0:0 '%s': OLD=NEW is wanted", i == 3 || i == 4 ? "x" : "a",
            malformed[i]);
        check("a,b\n", NULL, malformed[i], wanted.data);
        mig_buffer_release(&wanted);
    }
    check("a,region\n", NULL, "regoin=x,a=y,zzz=z",
        "0:y|1:region!name 0:0 no column 'regoin'; nearest is 'region'"
        "!name 0:0 no column 'zzz'; columns are a, region");
    check("a,b\n", "a", "b=x,a=y", "0:y!name 0:0 column 'b' is renamed but not among those chosen");
}

static void names_are_made_distinct(void **state)
{
    (void)state;
    check("a,,a,,a\n", NULL, NULL,
        "0:a|1:column_2|2:a_2|3:column_4|4:a_3"
        "!name 0:0 column 2, '', is named 'column_2'"
        "!name 0:0 column 3, 'a', is named 'a_2'"
        "!name 0:0 column 4, '', is named 'column_4'"
        "!name 0:0 column 5, 'a', is named 'a_3'");
    check("a,a,a_2\n", NULL, NULL,
        "0:a|1:a_3|2:a_2"
        "!name 0:0 column 2, 'a', is named 'a_3'");
    check("a,,a_2,a,column_2,a_2\n", NULL, NULL,
        "0:a|1:column_2_2|2:a_2|3:a_3|4:column_2|5:a_2_2"
        "!name 0:0 column 2, '', is named 'column_2_2'"
        "!name 0:0 column 4, 'a', is named 'a_3'"
        "!name 0:0 column 6, 'a_2', is named 'a_2_2'");
    check("column_2,\n", NULL, NULL,
        "0:column_2|1:column_2_2!name 0:0 column 2, '', is named 'column_2_2'");
    check("a,b\n", NULL, "b=a", "0:a|1:a!name 0:0 two columns would be named 'a'");
    check("a,b\n", "b,a", "a=b", "1:b|0:b!name 0:0 two columns would be named 'b'");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_columns_or_those_listed),
        cmocka_unit_test(columns_are_renamed),
        cmocka_unit_test(faults_in_renames_are_told_together),
        cmocka_unit_test(names_are_made_distinct),
    };
    mig_selection_release(NULL);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
