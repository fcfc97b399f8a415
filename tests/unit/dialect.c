#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "input/dialect.h"

static char choose(const char *sample)
{
    char delimiter = 0;
    struct mig_error error = {0};
    enum mig_status status = mig_dialect_delimiter(mig_text_of(sample), '"', &delimiter, &error);
    return status == MIG_OK ? delimiter : (char)status;
}

static void chooses_the_most_regular(void **state)
{
    (void)state;
    assert_int_equal(choose("a,b\n1,2\n"), ',');
    assert_int_equal(choose("a;b\n1;2\n"), ';');
    assert_int_equal(choose("a\tb\n1\t2\n"), '\t');
    assert_int_equal(choose("a|b\n1|2\n"), '|');
    /* Decimal commas, and a title above. */
    assert_int_equal(choose("region;taux\nGao;1,5\nKidal;2,5\n"), ';');
    assert_int_equal(choose("Returns; by region; 2025\n\na,b\n1,2\n3,4\n"), ',');
    /* Equally regular: the larger number of cells. */
    assert_int_equal(choose("a|b,c|d\n1|2,3|4\n"), '|');
}

static void respects_quotes(void **state)
{
    (void)state;
    assert_int_equal(choose("a;b\n\"1,2,3\";4\n\"1,2,3\";4\n\"x\n,y\";5\n"), ';');
}

static void has_a_default(void **state)
{
    (void)state;
    assert_int_equal(choose(""), ',');
    assert_int_equal(choose("a\nb\n"), ',');
    assert_int_equal(choose("\n\n"), ',');
    assert_int_equal(
        mig_dialect_delimiter((struct mig_text){NULL, 0}, '"', &(char){0}, NULL), MIG_OK);
}

static void leaves_out_an_unfinished_record(void **state)
{
    (void)state;
    assert_int_equal(choose("a;b,c\n1;2,3\n1;2,3,4,5\n1;2"), ';');
    assert_int_equal(choose("a;b"), ';');
}

static void asks_when_in_doubt(void **state)
{
    (void)state;
    struct mig_error error;
    char delimiter;
    enum mig_status status =
        mig_dialect_delimiter(mig_text_of("a\tb,c\n1\t2,3\n"), '"', &delimiter, &error);
    assert_int_equal(status, MIG_SYNTAX);
    assert_string_equal(
        error.text, "',' and tab separate the cells equally well: choose with --delimiter");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chooses_the_most_regular),
        cmocka_unit_test(respects_quotes),
        cmocka_unit_test(has_a_default),
        cmocka_unit_test(leaves_out_an_unfinished_record),
        cmocka_unit_test(asks_when_in_doubt),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
