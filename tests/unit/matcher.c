#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "../gazetteer.h"
#include "place/variants.h"

static struct mig_gazetteer *schemes;

static int open_schemes(void **state)
{
    (void)state;
    return (int)read_gazetteer(&schemes, two_schemes, NULL);
}

static int close_schemes(void **state)
{
    (void)state;
    mig_gazetteer_free(schemes);
    return 0;
}

static struct mig_matcher *matcher_of(const char *from, const char *to, int level)
{
    struct mig_matcher *matcher;
    struct mig_matcher_spec spec = {.gazetteer = schemes, .level = level};
    assert_int_equal(mig_gazetteer_scheme(schemes, from, level, &spec.from, NULL), MIG_OK);
    assert_int_equal(mig_gazetteer_scheme(schemes, to, level, &spec.to, NULL), MIG_OK);
    assert_int_equal(mig_matcher_new(&matcher, &spec, NULL), MIG_OK);
    return matcher;
}

static struct mig_place_answer ask(
    struct mig_matcher *matcher, const char *name, const char *code, const char *parent)
{
    struct mig_place_answer answer;
    const struct mig_place_cells cells = {
        mig_text_of(name), mig_text_of(code), mig_text_of(parent)};
    assert_int_equal(mig_matcher_match(matcher, &cells, &answer, NULL), MIG_OK);
    return answer;
}

/* The answer to a row: "CODE status", or "CODE!" where name and code contradict each other. */
static void answers(struct mig_matcher *matcher, const char *name, const char *code,
    const char *parent, const char *wanted)
{
    struct mig_place_answer answer = ask(matcher, name, code, parent);
    char got[64];
    struct mig_text place = {"-", 1};
    if (answer.place != MIG_NO_PLACE)
        place = mig_gazetteer_place(schemes, answer.place)->code;
    snprintf(got, sizeof got, "%.*s %s%s", MIG_TEXT_ARG(place),
        mig_place_status_name(answer.status), answer.contradiction ? "!" : "");
    assert_string_equal(got, wanted);
}

static void names_are_matched_after_folding_only(void **state)
{
    (void)state;
    struct mig_matcher *matcher = matcher_of("old", "old", 1);
    answers(matcher, "West", NULL, NULL, "R1 matched");
    answers(matcher, "WÉST", NULL, NULL, "R1 matched");
    answers(matcher, "Région de West", NULL, NULL, "R1 matched");
    answers(matcher, "Occident", NULL, NULL, "R1 variant");
    answers(matcher, "Wesst", NULL, NULL, "- unmatched");
    answers(matcher, "?", NULL, NULL, "- unmatched");
    answers(matcher, "R1", NULL, NULL, "- unmatched"); /* a code is not a name */
    answers(matcher, NULL, NULL, NULL, "- missing");
    struct mig_matcher_account account = mig_matcher_account(matcher);
    assert_int_equal(account.rows, 8);
    assert_int_equal(account.by_status[MIG_PLACE_MATCHED], 3);
    assert_int_equal(account.by_status[MIG_PLACE_VARIANT], 1);
    assert_int_equal(account.by_status[MIG_PLACE_UNMATCHED], 3);
    assert_int_equal(account.by_status[MIG_PLACE_MISSING], 1);
    mig_matcher_free(matcher);
}

static void a_name_of_a_smaller_place_is_rolled_up(void **state)
{
    (void)state;
    struct mig_matcher *matcher = matcher_of("old", "old", 1);
    answers(matcher, "Oak", NULL, NULL, "R2 matched");
    answers(matcher, "Oak [Admin 1]", NULL, NULL, "R2 matched");
    answers(matcher, "Oak [Admin 2]", NULL, NULL, "R1 rolled_up");
    answers(matcher, "Cercle de Dale", NULL, NULL, "R2 rolled_up");
    answers(matcher, "Cercle de Sea", NULL, NULL, "- unmatched");
    answers(matcher, "Elm [Admin 3: PRP]", NULL, NULL, "- ambiguous");
    mig_matcher_free(matcher);
    matcher = matcher_of("old", "old", 2);
    answers(matcher, "Oak [Admin 1]", NULL, NULL, "- unmatched"); /* it is larger */
    answers(matcher, "Oak", NULL, NULL, "D2 matched");
    mig_matcher_free(matcher);
}

static void a_parent_decides_between_places_of_one_name(void **state)
{
    (void)state;
    struct mig_matcher *matcher = matcher_of("old", "old", 3);
    answers(matcher, "Elm", NULL, NULL, "- ambiguous");
    answers(matcher, "Elm", NULL, "Mill", "C2 matched");
    answers(matcher, "Elm", NULL, "Cercle de MILL", "C2 matched");
    answers(matcher, "Elm", NULL, "D2", "C1 matched");  /* by code */
    answers(matcher, "Elm", NULL, "R1", "- ambiguous"); /* both lie in West */
    answers(matcher, "Elm", NULL, "Dale", "- other_parent");
    answers(matcher, "Ash", NULL, "Mill", "- other_parent");
    answers(matcher, "Ash", NULL, "Nowhere", "C3 matched");
    answers(matcher, "Fir", NULL, "Mill", "- unmatched");
    assert_int_equal(mig_matcher_account(matcher).unknown_parents, 1);
    mig_matcher_free(matcher);
}

/* Oak is a district of West, where there is an Elm, and a region, where there is an Ash: the name
 * means both. */
static void a_parent_s_name_means_all_levels(void **state)
{
    (void)state;
    struct mig_matcher *matcher = matcher_of("old", "old", 3);
    answers(matcher, "Elm", NULL, "Oak", "C1 matched");
    answers(matcher, "Ash", NULL, "Oak", "C3 matched");
    answers(matcher, "Ash", NULL, "D2", "- other_parent");
    mig_matcher_free(matcher);
}

static void codes_are_checked_against_names(void **state)
{
    (void)state;
    struct mig_matcher *matcher = matcher_of("old", "old", 1);
    answers(matcher, "West", "R1", NULL, "R1 matched");
    answers(matcher, "Ouest", "R1", NULL, "R1 variant");
    answers(matcher, NULL, "R2", NULL, "R2 matched");
    answers(matcher, NULL, "R9", NULL, "- unmatched");
    answers(matcher, "West", "R2", NULL, "- unmatched!"); /* R2 is Oak; in scheme new it is West */
    answers(matcher, "Oak", "R9", NULL, "- unmatched!");
    answers(matcher, "Nowhere", "R1", NULL, "- unmatched");
    struct mig_matcher_account account = mig_matcher_account(matcher);
    assert_int_equal(account.both, 5);
    assert_int_equal(account.contradictions, 2);
    assert_int_equal(account.strange_codes, 1);
    assert_int_equal(account.coded_only, 1);
    assert_int_equal(account.reused, 1); /* R2, which is another place in scheme new */
    assert_int_equal(mig_matcher_agreeing(matcher, 0), 2);
    assert_int_equal(mig_matcher_agreeing(matcher, 1), 1);
    mig_matcher_free(matcher);
}

static void a_code_decides_between_places_of_one_name(void **state)
{
    (void)state;
    struct mig_matcher *matcher = matcher_of("old", "old", 3);
    answers(matcher, "Elm", "C2", NULL, "C2 matched");
    answers(matcher, "Elm", "C3", NULL, "- unmatched!");
    answers(matcher, "Ash", "C3", "Dale", "C3 matched");
    answers(matcher, "Ash", "C3", "Mill", "- other_parent");
    answers(matcher, NULL, "C3", "Mill", "- other_parent");
    answers(matcher, NULL, "C3", "Oak", "C3 matched"); /* Dale lies in the region Oak */
    mig_matcher_free(matcher);
}

static void places_are_translated_where_that_is_exact(void **state)
{
    (void)state;
    struct mig_matcher *matcher = matcher_of("old", "new", 1);
    answers(matcher, "West", "R1", NULL, "R2 matched");
    answers(matcher, "Ouest", NULL, NULL, "R2 variant");
    answers(matcher, "Oak", NULL, NULL, "- split");
    answers(matcher, "Isle", NULL, NULL, "- inexact");
    answers(matcher, "Sea", NULL, NULL, "- vanished");
    answers(matcher, "Bay", NULL, NULL, "R5 rolled_up");
    answers(matcher, "Mill [Admin 2]", NULL, NULL, "R2 rolled_up");
    answers(matcher, "Dale [Admin 2]", NULL, NULL, "- split");
    mig_matcher_free(matcher);
    matcher = matcher_of("new", "old", 1);
    answers(matcher, "East", NULL, NULL, "R2 rolled_up");
    answers(matcher, "Oak", "R1", NULL, "R2 rolled_up");
    answers(matcher, "Sea", NULL, NULL, "- unmatched");
    assert_int_equal(
        mig_matcher_rows_at(matcher, mig_gazetteer_by_code(schemes, 1, 1, mig_text_of("R6"))), 1);
    mig_matcher_free(matcher);
}

static void unfound_names_are_kept_once_with_what_is_near(void **state)
{
    (void)state;
    struct mig_matcher *matcher = matcher_of("old", "old", 1);
    struct mig_place_unfound unfound;
    for (int i = 0; i < 3; i++)
        (void)ask(matcher, " Wesst ", NULL, NULL);
    (void)ask(matcher, "Mill", NULL, NULL);
    (void)ask(matcher, "Nowhere", "R3", NULL);
    assert_int_equal(mig_matcher_account(matcher).kept, 3);
    assert_int_equal(mig_matcher_unfound(matcher, 0, &unfound, NULL), MIG_OK);
    assert_true(mig_text_equal(unfound.name, mig_text_of("Wesst")));
    assert_int_equal(unfound.parent.length, 0);
    assert_int_equal(unfound.rows, 3);
    assert_int_equal(unfound.n_near, 1);
    assert_int_equal(unfound.near[0], 0);
    assert_int_equal(unfound.elsewhere, MIG_NO_PLACE);
    assert_int_equal(mig_matcher_unfound(matcher, 1, &unfound, NULL), MIG_OK);
    assert_int_equal(unfound.elsewhere, mig_gazetteer_by_code(schemes, 0, 2, mig_text_of("D1")));
    assert_int_equal(mig_matcher_unfound(matcher, 2, &unfound, NULL), MIG_OK);
    assert_int_equal(unfound.n_near, 1); /* the place of the code beside the name */
    assert_int_equal(unfound.near[0], mig_gazetteer_by_code(schemes, 0, 1, mig_text_of("R3")));
    mig_matcher_free(matcher);
}

static void ask_for_many(struct mig_matcher *matcher, int first, int end)
{
    char name[16];
    for (int i = first; i < end; i++) {
        snprintf(name, sizeof name, "x%d", i);
        (void)ask(matcher, name, NULL, NULL);
    }
}

static void further_names_are_held_until_they_are_taken(void **state)
{
    (void)state;
    struct mig_matcher *matcher = matcher_of("old", "old", 1);
    struct mig_place_unfound unfound;
    char name[600];
    ask_for_many(matcher, 0, MIG_PLACES_KEPT + 10);
    assert_false(mig_matcher_is_full(matcher));
    ask_for_many(matcher, MIG_PLACES_KEPT + 5, 2 * MIG_PLACES_KEPT + 10);
    assert_true(mig_matcher_is_full(matcher));
    (void)ask(matcher, "x0", NULL, NULL); /* known: still counted at its name */
    memset(name, 'y', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    (void)ask(matcher, name, NULL, NULL);
    struct mig_matcher_account account = mig_matcher_account(matcher);
    assert_int_equal(account.kept, MIG_PLACES_KEPT);
    assert_int_equal(account.further, MIG_PLACES_KEPT);
    assert_int_equal(account.not_kept, 10); /* nobody took the further ones */
    assert_int_equal(account.too_long, 1);
    assert_int_equal(account.by_status[MIG_PLACE_UNMATCHED], 2 * MIG_PLACES_KEPT + 17);
    assert_int_equal(mig_matcher_unfound(matcher, 0, &unfound, NULL), MIG_OK);
    assert_int_equal(unfound.rows, 2);
    assert_int_equal(mig_matcher_unfound(matcher, MIG_PLACES_KEPT + 5, &unfound, NULL), MIG_OK);
    assert_int_equal(unfound.rows, 2);
    assert_true(mig_text_equal(unfound.name, mig_text_of("x4101")));
    assert_int_equal(mig_matcher_forget_further(matcher, NULL), MIG_OK);
    assert_false(mig_matcher_is_full(matcher));
    (void)ask(matcher, "x4101", NULL, NULL);
    account = mig_matcher_account(matcher);
    assert_int_equal(account.kept, MIG_PLACES_KEPT);
    assert_int_equal(account.further, 1);
    mig_matcher_free(matcher);
}

static void names_of_another_scheme_are_counted(void **state)
{
    (void)state;
    struct mig_matcher *matcher = matcher_of("old", "old", 1);
    size_t names;
    (void)ask(matcher, "East", NULL, NULL);
    (void)ask(matcher, "Nowhere", NULL, NULL);
    (void)ask(matcher, "East [Admin 2]", NULL, NULL);
    assert_int_equal(mig_matcher_named_in(matcher, 1, &names, NULL), MIG_OK);
    assert_int_equal(names, 1);
    assert_int_equal(mig_matcher_named_in(matcher, 0, &names, NULL), MIG_OK);
    assert_int_equal(names, 0);
    mig_matcher_free(matcher);
}

static enum mig_status read_variants(
    struct mig_matcher *matcher, const char *text, struct mig_error *error)
{
    struct temporary file = temporary_text(text);
    enum mig_status status = mig_variants_read(matcher, file.path, error);
    unlink(file.path);
    return status;
}

static void variants_go_before_everything(void **state)
{
    (void)state;
    struct mig_matcher *matcher = matcher_of("old", "old", 3);
    assert_int_equal(read_variants(matcher,
                         "scheme,level,name,parent,rows,place_code,candidate_1\n"
                         "old,3,Élme,,4,C1,C1 Elm\n"
                         "old,3,Elme,Mill,4,C2 Elm,\n"
                         "old,3,Fir,,1,,C3 Ash\n"
                         "old,3,Élme,,4,C1,C1 Elm\n",
                         NULL),
        MIG_OK);
    answers(matcher, "ELME", NULL, NULL, "C1 variant");
    answers(matcher, "Elme", NULL, "Mill", "C2 variant");
    answers(matcher, "Elme", NULL, "Dale", "- other_parent");
    answers(matcher, "Elme", NULL, "Oak", "C1 variant");
    answers(matcher, "Elme", NULL, "Nowhere", "C1 variant");
    answers(matcher, "Elme", "C2", NULL, "- unmatched!");
    answers(matcher, "Elme", "C1", NULL, "C1 variant");
    answers(
        matcher, "Fir", NULL, NULL, "- unmatched"); /* not filled in: a candidate is not taken */
    mig_matcher_free(matcher);
}

static void variants_are_translated_too(void **state)
{
    (void)state;
    struct mig_matcher *matcher = matcher_of("old", "new", 1);
    assert_int_equal(
        read_variants(matcher, "name,place_code\nFar west,R1\nOaken,R2\n", NULL), MIG_OK);
    answers(matcher, "far-west", NULL, NULL, "R2 variant");
    answers(matcher, "Oaken", NULL, NULL, "- split");
    mig_matcher_free(matcher);
}

static void refused(const char *text, enum mig_status status, size_t line, const char *wanted)
{
    struct mig_matcher *matcher = matcher_of("old", "old", 1);
    struct mig_error error = {0};
    assert_int_equal(read_variants(matcher, text, &error), status);
    assert_int_equal(error.line, line);
    assert_string_equal(error.text, wanted);
    mig_matcher_free(matcher);
}

static void variants_with_faults_are_refused(void **state)
{
    (void)state;
    refused("name,code\n", MIG_NAME, 1, "no column 'place_code'; columns are name, code");
    refused("name,place_code\nX,R1\nY,R9\n", MIG_VALUE, 3,
        "'R9' is no place of scheme 'old' at this level (column place_code)");
    refused("name,place_code\nX,R1 Oak\n", MIG_VALUE, 2,
        "'R1 Oak' is no place of scheme 'old' at this level (column place_code)");
    refused("name,place_code,scheme\nX,R1,new\n", MIG_VALUE, 2,
        "'new' is not the scheme looked up, 'old' (column scheme)");
    refused("name,place_code,level\nX,R1,2\n", MIG_VALUE, 2,
        "'2' is not the level looked up, '1' (column level)");
    refused("name,place_code\n,R1\n", MIG_VALUE, 2, "'' is no name of 'R1' (column name)");
    refused("name,place_code\nWest,R2\n", MIG_VALUE, 2,
        "'West' is the name of 'R1' in scheme old: it is not said to be 'R2' (column place_code)");
    refused("name,place_code\nX,R1\nx,R2\n", MIG_VALUE, 3,
        "'x' was said to be 'R1' before (column place_code)");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_matched_after_folding_only),
        cmocka_unit_test(a_name_of_a_smaller_place_is_rolled_up),
        cmocka_unit_test(a_parent_decides_between_places_of_one_name),
        cmocka_unit_test(a_parent_s_name_means_all_levels),
        cmocka_unit_test(codes_are_checked_against_names),
        cmocka_unit_test(a_code_decides_between_places_of_one_name),
        cmocka_unit_test(places_are_translated_where_that_is_exact),
        cmocka_unit_test(unfound_names_are_kept_once_with_what_is_near),
        cmocka_unit_test(further_names_are_held_until_they_are_taken),
        cmocka_unit_test(names_of_another_scheme_are_counted),
        cmocka_unit_test(variants_go_before_everything),
        cmocka_unit_test(variants_are_translated_too),
        cmocka_unit_test(variants_with_faults_are_refused),
    };
    return cmocka_run_group_tests(tests, open_schemes, close_schemes);
}
