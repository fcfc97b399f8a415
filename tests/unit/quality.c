#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <setjmp.h>
#include <cmocka.h>

#include "../table.h"
#include "evidence/quality.h"
#include "input/tokens.h"

static void reads_bounds(void **state)
{
    struct mig_bounds bounds;
    struct mig_error error;
    static const char *const wrong[] = {
        "", "1,2,3", "1,2,3,4,5", "3,2,1,4", "1,4,3,2", "1,2,x,4", "Mali"};
    (void)state;
    assert_int_equal(mig_bounds_parse("mali", &bounds, NULL), MIG_OK);
    assert_true(
        bounds.west == -12.3 && bounds.south == 10.1 && bounds.east == 4.3 && bounds.north == 25.1);
    assert_int_equal(mig_bounds_parse("-1.5, 2,3,4", &bounds, NULL), MIG_OK);
    assert_true(bounds.west == -1.5 && bounds.south == 2 && bounds.east == 3 && bounds.north == 4);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_int_equal(mig_bounds_parse(wrong[i], &bounds, &error), MIG_SYNTAX);
    assert_string_equal(
        error.text, "'Mali': bounds are 'mali' or WEST,SOUTH,EAST,NORTH in degrees");
}

static void finds_every_missing_word(void **state)
{
    (void)state;
    for (size_t i = 0; i < mig_token_count(); i++)
        assert_int_equal(mig_token_find(mig_text_of(mig_token_text(i))), i);
    assert_int_equal(mig_token_find(mig_text_of("")), SIZE_MAX);
    assert_int_equal(mig_token_find(mig_text_of("Nantes")), SIZE_MAX);
    assert_int_equal(mig_token_find(mig_text_of("Not available for now")), SIZE_MAX);
}

static void knows_its_checks(void **state)
{
    struct mig_error error;
    size_t check = 0;
    (void)state;
    for (size_t i = 0; i < mig_quality_count(); i++) {
        assert_int_equal(
            mig_quality_find_check(mig_text_of(mig_quality_name(i)), &check, NULL), MIG_OK);
        assert_int_equal(check, i);
        assert_true(mig_quality_purpose(i)[0] != '\0');
    }
    assert_int_equal(mig_quality_find_check(mig_text_of("mising"), &check, &error), MIG_NAME);
    assert_string_equal(error.text, "no check 'mising'; nearest is 'missing'");
}

/* Takes `left` findings, then fails. */
static enum mig_status take(
    void *context, const struct mig_finding *finding, struct mig_error *error)
{
    size_t *left = context;
    assert_string_equal(finding->check, "negative-count");
    return (*left)-- > 0 ? MIG_OK : mig_fail(error, MIG_SYSTEM, "full");
}

static enum mig_status read_table(
    size_t *left, struct mig_quality **quality, struct mig_error *error)
{
    struct table table;
    struct mig_roles roles = {0};
    const struct mig_quality_options options = {
        .roles = &roles, .today = {MIG_DAY, 0}, .found = take, .context = left};
    table_open(&table, "refugees\n-1\n7\n-2\n");
    assert_int_equal(mig_roles_assume(&roles, table_header(&table), NULL), MIG_OK);
    enum mig_status status = mig_quality_read(quality, table.input, &options, error);
    mig_roles_release(&roles);
    table_close(&table);
    return status;
}

static void counts_what_it_found(void **state)
{
    struct mig_quality *quality;
    size_t left = 2, check = 0, read = 0, ragged = 1;
    (void)state;
    assert_int_equal(read_table(&left, &quality, NULL), MIG_OK);
    assert_int_equal(left, 0);
    mig_quality_rows(quality, &read, &ragged);
    assert_int_equal(read, 3);
    assert_int_equal(ragged, 0);
    mig_quality_free(quality);
    mig_quality_free(NULL);
    assert_int_equal(mig_quality_find_check(mig_text_of("negative-count"), &check, NULL), MIG_OK);
}

static void ends_when_a_finding_is_refused(void **state)
{
    struct mig_quality *quality;
    struct mig_error error;
    size_t left = 1;
    (void)state;
    assert_int_equal(read_table(&left, &quality, &error), MIG_SYSTEM);
    assert_string_equal(error.text, "full");
    assert_null(quality);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_bounds),
        cmocka_unit_test(finds_every_missing_word),
        cmocka_unit_test(knows_its_checks),
        cmocka_unit_test(counts_what_it_found),
        cmocka_unit_test(ends_when_a_finding_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
