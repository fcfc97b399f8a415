#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "input/header.h"

#define MOST_CELLS 16

/* A record of the texts between the '|' of `texts`. */
static struct mig_record record_of(const char *texts, struct mig_cell cells[MOST_CELLS])
{
    struct mig_text rest = mig_text_of(texts);
    struct mig_record record = {cells, 0, 1, NULL};
    while (mig_text_cut(&rest, '|', &cells[record.count].text))
        record.count++;
    return record;
}

static struct mig_header header_of(const char *names, const char *tags)
{
    struct mig_cell name_cells[MOST_CELLS] = {0};
    struct mig_cell tag_cells[MOST_CELLS] = {0};
    struct mig_record name_row = record_of(names, name_cells);
    struct mig_record tag_row = {0};
    struct mig_header header;
    if (tags)
        tag_row = record_of(tags, tag_cells);
    assert_int_equal(mig_header_init(&header, &name_row, tags ? &tag_row : NULL, NULL), MIG_OK);
    return header;
}

static bool is_tag_row(const char *texts)
{
    struct mig_cell cells[MOST_CELLS] = {0};
    struct mig_record record = record_of(texts, cells);
    return mig_header_is_tag_row(&record);
}

static void knows_tag_rows(void **state)
{
    (void)state;
    assert_true(is_tag_row("#adm1+name|#adm1+code|#affected+idps+f"));
    assert_true(is_tag_row(" #adm1 +name +code ||"));
    assert_true(is_tag_row("#adm1+name|+2013"));
    assert_true(is_tag_row("#a_1|"));
    assert_false(is_tag_row("#adm1+name|+2013|x"));
    assert_false(is_tag_row("|| "));
    assert_false(is_tag_row("#1|#"));
    assert_false(is_tag_row("#adm1 name"));
    assert_false(is_tag_row("#adm1+"));
    assert_false(is_tag_row("#adm1+ name"));
    assert_false(is_tag_row("#adm1-name"));
    assert_false(is_tag_row("#*"));
    assert_false(is_tag_row("#adm1!"));
    assert_false(is_tag_row("#adm1#adm2"));
}

static void keeps_names_and_tags(void **state)
{
    (void)state;
    struct mig_header header = header_of(" a\t|b\nc|", "#x+y | ");
    assert_int_equal(header.count, 3);
    assert_string_equal(header.names[0], "a");
    assert_string_equal(header.names[1], "b\nc");
    assert_string_equal(header.names[2], "");
    assert_string_equal(header.tags[0], "#x+y");
    assert_string_equal(header.tags[1], "");
    assert_string_equal(header.tags[2], "");
    mig_header_release(&header);
    assert_int_equal(header.count, 0);
    mig_header_release(&header);
    mig_header_release(NULL);
    header = header_of("a", NULL);
    assert_null(header.tags);
    mig_header_release(&header);
}

static const char *find(const struct mig_header *header, const char *wanted)
{
    static struct mig_error error;
    size_t index;
    enum mig_status status = mig_header_find(header, wanted, &index, &error);
    if (status == MIG_OK)
        return header->names[index];
    assert_int_equal(status, MIG_NAME);
    return error.text;
}

static void finds_columns(void **state)
{
    (void)state;
    struct mig_header header = header_of("region|code|women|girls|#n|date",
        "#adm1+name|#adm1+code|#affected+f|#affected +F +children|#inneed|#date");
    assert_string_equal(find(&header, "region"), "region");
    assert_string_equal(find(&header, "#n"), "#n");
    assert_string_equal(find(&header, "#adm1+code"), "code");
    assert_string_equal(find(&header, "#ADM1 +Code"), "code");
    assert_string_equal(find(&header, "#adm1-name"), "code");
    assert_string_equal(find(&header, "#affected+children+f"), "girls");
    assert_string_equal(find(&header, "#affected+f-children"), "women");
    assert_string_equal(find(&header, "#affected+f!"), "women");
    assert_string_equal(find(&header, "#*+children"), "girls");
    assert_string_equal(find(&header, "#date!"), "date");
    assert_string_equal(
        find(&header, "#affected+f"), "'#affected+f' fits several columns: women, girls");
    assert_string_equal(find(&header, "#adm2"),
        "no column's tag fits '#adm2'; tags are #adm1+name, #adm1+code, #affected+f, "
        "#affected +F +children, #inneed, #date");
    assert_string_equal(find(&header, "#adm1!+name"),
        "'#adm1!+name' is neither a column nor an HXL pattern such as '#affected+f'");
    assert_string_equal(
        find(&header, "#"), "'#' is neither a column nor an HXL pattern such as '#affected+f'");
    mig_header_release(&header);
}

static void explains_what_is_missing(void **state)
{
    (void)state;
    struct mig_header header = header_of("region|reintegrated|year|year", NULL);
    assert_string_equal(
        find(&header, "reintegrate"), "no column 'reintegrate'; nearest is 'reintegrated'");
    assert_string_equal(find(&header, "population"),
        "no column 'population'; columns are region, reintegrated, year, year");
    assert_string_equal(find(&header, "year"), "column 'year' occurs 2 times");
    assert_string_equal(find(&header, "#adm1"), "no column '#adm1': there is no row of HXL tags");
    mig_header_release(&header);
    header = header_of("a|b|c|d|e|f|g|h|i|j|k|l|m", NULL);
    assert_string_equal(find(&header, "population"), "no column 'population'");
    mig_header_release(&header);
    header = header_of("region;year;n", NULL);
    assert_string_equal(find(&header, "region"),
        "no column 'region'; the only column is 'region;year;n': does another delimiter separate "
        "the "
        "cells (--delimiter)?");
    mig_header_release(&header);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(knows_tag_rows),
        cmocka_unit_test(keeps_names_and_tags),
        cmocka_unit_test(finds_columns),
        cmocka_unit_test(explains_what_is_missing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
