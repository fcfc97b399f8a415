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

static void takes_a_colon_last(void **state)
{
    (void)state;
    assert_int_equal(choose("a:b\n1:2\n"), ':');
    assert_int_equal(choose("time\n12:30\n13:45\n"), ',');
    assert_int_equal(choose("a,b\n12:30:10,1\n13:45:10,2\n"), ',');
    assert_int_equal(choose("a:b\n1:2\n1,2\n"), ',');
}

static void takes_another_quote_or_none(void **state)
{
    (void)state;
    char delimiter;
    struct mig_text apostrophes = mig_text_of("a;b\n'1,2,3';4\n'1,2,3';4\n");
    assert_int_equal(mig_dialect_delimiter(apostrophes, '\'', &delimiter, NULL), MIG_OK);
    assert_int_equal(delimiter, ';');
    struct mig_text open = mig_text_of("a;b\n\"x;1,5\ny;2\n");
    assert_int_equal(mig_dialect_delimiter(open, '\n', &delimiter, NULL), MIG_OK);
    assert_int_equal(delimiter, ';');
}

static size_t spoiled(const char *sample)
{
    return mig_dialect_spoiled_titles(mig_text_of(sample), ',', '"');
}

static void finds_spoiled_titles(void **state)
{
    (void)state;
    assert_int_equal(spoiled("x \"y\"\na,b\n"), 6);
    assert_int_equal(spoiled("x \"y\",,\r\n\na,b\n"), 9);
    assert_int_equal(spoiled("t\n\nx \"y\"\rmore\na,b\n"), 9);
    assert_int_equal(spoiled("\"x\" y\n"), 6);
    assert_int_equal(spoiled("\"x\" y"), 5);
    /* Sound lines, lines of several pieces, and cells that go on are none. */
    assert_int_equal(spoiled("t\n\"x \"\"y\"\"\"\na,b\n"), 0);
    assert_int_equal(spoiled("x \"y\",z\n"), 0);
    assert_int_equal(spoiled("a,b\nx \"y\"\n"), 0);
    assert_int_equal(spoiled("\"x\ny \"z\"\n"), 0);
    assert_int_equal(spoiled(""), 0);
}

static void knows_tables(void **state)
{
    (void)state;
    bool is_table;
    const char *const tables[] = {"a,b\n", "t\na,b\n1,2\n"};
    const char *const others[] = {"", "a\nb\n", "t\na,b\n", "a,b\n1,2,3\n"};
    for (size_t i = 0; i < 2; i++) {
        struct mig_text text = mig_text_of(tables[i]);
        assert_int_equal(mig_dialect_is_table(text, ',', '"', &is_table, NULL), MIG_OK);
        assert_true(is_table);
    }
    for (size_t i = 0; i < 4; i++) {
        struct mig_text text = mig_text_of(others[i]);
        assert_int_equal(mig_dialect_is_table(text, ',', '"', &is_table, NULL), MIG_OK);
        assert_false(is_table);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chooses_the_most_regular),
        cmocka_unit_test(respects_quotes),
        cmocka_unit_test(has_a_default),
        cmocka_unit_test(leaves_out_an_unfinished_record),
        cmocka_unit_test(asks_when_in_doubt),
        cmocka_unit_test(takes_a_colon_last),
        cmocka_unit_test(takes_another_quote_or_none),
        cmocka_unit_test(finds_spoiled_titles),
        cmocka_unit_test(knows_tables),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
