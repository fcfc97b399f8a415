#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <string.h>

#include "../gazetteer.h"
#include "place/crosswalk.h"
#include "place/fold.h"

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

static uint32_t scheme_of(const char *name, int level)
{
    uint32_t scheme = UINT32_MAX;
    assert_int_equal(mig_gazetteer_scheme(schemes, name, level, &scheme, NULL), MIG_OK);
    return scheme;
}

static size_t coded(const char *scheme, int level, const char *code)
{
    return mig_gazetteer_by_code(schemes, scheme_of(scheme, level), level, mig_text_of(code));
}

static void is_place(size_t place, const char *code, const char *name)
{
    assert_int_not_equal(place, MIG_NO_PLACE);
    const struct mig_place *found = mig_gazetteer_place(schemes, place);
    assert_true(mig_text_equal(found->code, mig_text_of(code)));
    assert_true(mig_text_equal(found->name, mig_text_of(name)));
}

static void codes_are_found_in_their_scheme_and_level(void **state)
{
    (void)state;
    is_place(coded("old", 1, "R1"), "R1", "West");
    is_place(coded("new", 1, "R1"), "R1", "Oak");
    is_place(coded("old", 2, "D1"), "D1", "Mill");
    assert_int_equal(coded("old", 2, "R1"), MIG_NO_PLACE);
    assert_int_equal(coded("new", 1, "R4"), MIG_NO_PLACE);
    assert_int_equal(coded("old", 1, "r1"), MIG_NO_PLACE);
    assert_int_equal(coded("old", 1, ""), MIG_NO_PLACE);
}

static struct mig_place_found named(
    const char *scheme, int level, size_t within, const char *folded)
{
    const struct mig_place_scope scope = {scheme_of(scheme, level), level, within};
    return mig_gazetteer_by_name(schemes, &scope, mig_text_of(folded));
}

static void names_are_found_by_folded_name_or_variant(void **state)
{
    (void)state;
    struct mig_place_found found = named("old", 1, MIG_NO_PLACE, "west");
    assert_int_equal(found.count, 1);
    assert_false(found.variant);
    is_place(found.place, "R1", "West");
    found = named("old", 1, MIG_NO_PLACE, "ouest");
    assert_int_equal(found.count, 1);
    assert_true(found.variant);
    is_place(found.place, "R1", "West");
    is_place(named("new", 1, MIG_NO_PLACE, "west").place, "R2", "Wést");
    assert_int_equal(named("old", 1, MIG_NO_PLACE, "wes").count, 0);
    assert_int_equal(named("old", 1, MIG_NO_PLACE, "").count, 0);
    assert_int_equal(named("old", 1, MIG_NO_PLACE, "mill").count, 0); /* of level 2 */
}

/* Whatever stands first in the table: a name before variants, of either the first place first. */
static void names_go_before_variants_of_others(void **state)
{
    (void)state;
    struct mig_gazetteer *gazetteer;
    assert_int_equal(read_gazetteer(&gazetteer,
                         "scheme,code,level,name,variants\n"
                         "a,A,1,Fox,Elm|Oak\na,B,1,Ash,Oak|Bay\na,C,1,Oak,\na,D,1,Elm,\n"
                         "a,E,1,Elm,\nb,F,1,Bay,\n",
                         NULL),
        MIG_OK);
    const struct mig_place_scope scope = {0, 1, MIG_NO_PLACE};
    struct mig_place_found found = mig_gazetteer_by_name(gazetteer, &scope, mig_text_of("oak"));
    assert_int_equal(found.count, 1);
    assert_int_equal(found.place, 2);
    assert_false(found.variant);
    found = mig_gazetteer_by_name(gazetteer, &scope, mig_text_of("elm"));
    assert_int_equal(found.count, 2);
    assert_int_equal(found.place, 3);
    found = mig_gazetteer_by_name(gazetteer, &scope, mig_text_of("bay"));
    assert_int_equal(found.count, 1);
    assert_int_equal(found.place, 1);
    assert_true(found.variant);
    bool variant = false;
    assert_true(mig_gazetteer_is_named(gazetteer, 1, mig_text_of("oak"), &variant));
    assert_true(variant);
    assert_true(mig_gazetteer_is_named(gazetteer, 2, mig_text_of("oak"), &variant));
    assert_false(variant);
    assert_false(mig_gazetteer_is_named(gazetteer, 3, mig_text_of("oak"), &variant));
    mig_gazetteer_free(gazetteer);
}

static void names_are_found_within_a_place(void **state)
{
    (void)state;
    assert_int_equal(named("old", 3, MIG_NO_PLACE, "elm").count, 2);
    struct mig_place_found found = named("old", 3, coded("old", 2, "D1"), "elm");
    assert_int_equal(found.count, 1);
    is_place(found.place, "C2", "Elm");
    assert_int_equal(named("old", 3, coded("old", 1, "R1"), "elm").count, 2);
    assert_int_equal(named("old", 3, coded("old", 1, "R2"), "elm").count, 0);
}

static void parents_form_a_chain(void **state)
{
    (void)state;
    size_t elm = coded("old", 3, "C1");
    is_place(mig_gazetteer_ancestor(schemes, elm, 3), "C1", "Elm");
    is_place(mig_gazetteer_ancestor(schemes, elm, 2), "D2", "Oak");
    is_place(mig_gazetteer_ancestor(schemes, elm, 1), "R1", "West");
    assert_int_equal(mig_gazetteer_ancestor(schemes, elm, 0), MIG_NO_PLACE);
    assert_true(mig_gazetteer_lies_in(schemes, elm, MIG_NO_PLACE));
    assert_true(mig_gazetteer_lies_in(schemes, elm, elm));
    assert_true(mig_gazetteer_lies_in(schemes, elm, coded("old", 1, "R1")));
    assert_false(mig_gazetteer_lies_in(schemes, elm, coded("old", 1, "R2")));
}

static void schemes_are_known_by_name_and_level(void **state)
{
    (void)state;
    struct mig_error error = {0};
    uint32_t scheme;
    assert_int_equal(mig_gazetteer_schemes(schemes), 2);
    assert_int_equal(mig_gazetteer_scheme(schemes, "odl", 1, &scheme, &error), MIG_NAME);
    assert_string_equal(error.text, "no scheme 'odl'; schemes are old, new");
    assert_int_equal(mig_gazetteer_scheme(schemes, "old", 0, &scheme, &error), MIG_NAME);
    assert_string_equal(error.text, "scheme 'old' has no places of level 0; its levels: 1, 2, 3");
}

static void the_nearest_names_come_first(void **state)
{
    (void)state;
    size_t places[3];
    const struct mig_place_scope regions = {scheme_of("old", 1), 1, MIG_NO_PLACE};
    assert_int_equal(mig_gazetteer_nearest(schemes, &regions, mig_text_of("wesst"), places, 3), 1);
    is_place(places[0], "R1", "West");
    assert_int_equal(mig_gazetteer_nearest(schemes, &regions, mig_text_of("xyzzy"), places, 3), 0);
    assert_int_equal(
        mig_gazetteer_nearest(schemes, &regions, mig_text_of("westerland"), places, 3), 1);
    const struct mig_place_scope communes = {scheme_of("old", 3), 3, MIG_NO_PLACE};
    assert_int_equal(mig_gazetteer_nearest(schemes, &communes, mig_text_of("elm"), places, 3), 2);
    is_place(places[0], "C1", "Elm");
    is_place(places[1], "C2", "Elm");
    assert_int_equal(mig_gazetteer_nearest(schemes, &communes, mig_text_of("elm"), places, 1), 1);
    assert_int_equal(mig_gazetteer_nearest(schemes, &communes, mig_text_of("elm"), places, 0), 0);
}

static void crosses(const char *from, const char *code, const char *to, enum mig_crossing wanted,
    const char *wanted_code)
{
    size_t counterpart;
    assert_int_equal(
        mig_place_cross(schemes, coded(from, 1, code), scheme_of(to, 1), &counterpart), wanted);
    if (wanted_code == NULL)
        assert_int_equal(counterpart, MIG_NO_PLACE);
    else
        assert_true(mig_text_equal(
            mig_gazetteer_place(schemes, counterpart)->code, mig_text_of(wanted_code)));
}

/* By hand, from the pieces in gazetteer.h. */
static void places_are_compared_by_their_pieces(void **state)
{
    (void)state;
    crosses("old", "R1", "new", MIG_CROSS_SAME, "R2");
    crosses("new", "R2", "old", MIG_CROSS_SAME, "R1");
    crosses("old", "R2", "new", MIG_CROSS_SPLIT, NULL);
    crosses("new", "R1", "old", MIG_CROSS_WITHIN, "R2");
    crosses("new", "R6", "old", MIG_CROSS_WITHIN, "R2");
    crosses("old", "R3", "new", MIG_CROSS_INEXACT, NULL);
    crosses("new", "R3", "old", MIG_CROSS_INEXACT, NULL);
    crosses("old", "R4", "new", MIG_CROSS_NONE, NULL);
    crosses("old", "R5", "new", MIG_CROSS_WITHIN, "R5");
    crosses("new", "R5", "old", MIG_CROSS_INEXACT, NULL);
    crosses("old", "R1", "old", MIG_CROSS_SAME, "R1");
    assert_int_equal(mig_place_shared(schemes, coded("old", 1, "R1"), coded("new", 1, "R2")), 2);
    assert_int_equal(mig_place_shared(schemes, coded("old", 1, "R1"), coded("new", 1, "R1")), 0);
}

static void refused(const char *text, enum mig_status status, size_t line, const char *wanted)
{
    struct mig_gazetteer *gazetteer;
    struct mig_error error = {0};
    assert_int_equal(read_gazetteer(&gazetteer, text, &error), status);
    assert_null(gazetteer);
    assert_int_equal(error.line, line);
    assert_string_equal(error.text, wanted);
}

static void tables_with_faults_are_refused(void **state)
{
    (void)state;
    refused("scheme,code,name\n", MIG_NAME, 1, "no column 'level'; columns are scheme, code, name");
    refused("scheme,code,level,name\na,A,one,X\n", MIG_VALUE, 2,
        "'one' is not a level from 0 to 9 (column level)");
    refused("scheme,code,level,name\na,A,1,X\na,,1,Y\n", MIG_VALUE, 3,
        "a place without a code (column code)");
    refused("scheme,code,level,name\na,A,1,X\na,B,1,Y\na,A,1,Z\n", MIG_VALUE, 4,
        "'A' is a code of 'X' already, in scheme 'a', level 1");
    refused("scheme,code,level,name,parent\na,A,1,X,\na,B,2,Y,C\n", MIG_VALUE, 3,
        "'C', the parent of 'B', is no place of scheme 'a' above level 2");
    refused("scheme,code,level,name,parent\na,A,1,X,\na,B,1,Y,A\n", MIG_VALUE, 3,
        "'A', the parent of 'B', is no place of scheme 'a' above level 1");
    refused("scheme,code,level,name,pieces\na,A,1,X,p q\nb,A,1,X,q\na,A,2,X,q\na,B,1,Y,r q\n",
        MIG_VALUE, 5, "'q' is a piece of 'A' and of 'B', in scheme 'a', level 1");
    refused("scheme,code,level,name,pieces\na,A,1,X,p p\n", MIG_VALUE, 2,
        "'p' is a piece of 'A' and of 'A', in scheme 'a', level 1");
}

static void a_code_may_be_used_at_several_levels(void **state)
{
    (void)state;
    struct mig_gazetteer *gazetteer;
    assert_int_equal(read_gazetteer(&gazetteer,
                         "name,level,code,scheme,parent\nX,0,A,a,\nY,1,A,a,A\nZ,1,A,b,\n", NULL),
        MIG_OK);
    assert_int_equal(mig_gazetteer_count(gazetteer), 3);
    assert_int_equal(mig_gazetteer_place(gazetteer, 1)->parent, 0);
    mig_gazetteer_free(gazetteer);
}

/* ---- the tables that are shipped ---- */

static char shipped_places[] = "datasets/mali/places.csv";
static char shipped_countries[] = "datasets/countries.csv";
static struct mig_gazetteer *shipped;

static int open_shipped(void **state)
{
    (void)state;
    char *files[] = {shipped_places, shipped_countries};
    return (int)mig_gazetteer_read(&shipped, files, 2, NULL);
}

static int close_shipped(void **state)
{
    (void)state;
    mig_gazetteer_free(shipped);
    return 0;
}

static uint32_t shipped_scheme(const char *name)
{
    for (uint32_t i = 0; i < mig_gazetteer_schemes(shipped); i++)
        if (mig_text_equal(mig_gazetteer_scheme_name(shipped, i), mig_text_of(name)))
            return i;
    fail_msg("no scheme %s", name);
    return 0;
}

/* Within its parent every place is the only one of its folded name. */
static void every_name_is_the_only_one_in_its_parent(void **state)
{
    (void)state;
    struct mig_buffer folded = {0};
    for (size_t i = 0; i < mig_gazetteer_count(shipped); i++) {
        const struct mig_place *place = mig_gazetteer_place(shipped, i);
        const struct mig_place_scope scope = {place->scheme, place->level, place->parent};
        assert_int_equal(mig_place_fold(place->name, place->level, &folded, NULL, NULL), MIG_OK);
        struct mig_place_found found =
            mig_gazetteer_by_name(shipped, &scope, mig_buffer_text(&folded));
        assert_int_equal(found.count, 1);
        assert_int_equal(found.place, i);
        assert_false(found.variant);
    }
    mig_buffer_release(&folded);
}

static void counts(const char *scheme, int level, size_t wanted)
{
    size_t count = 0;
    for (size_t i = 0; i < mig_gazetteer_count(shipped); i++) {
        const struct mig_place *place = mig_gazetteer_place(shipped, i);
        count +=
            place->scheme == shipped_scheme(scheme) && place->level == level && !place->no_place;
    }
    assert_int_equal(count, wanted);
}

/* From the standards themselves: ISO 3166-1 has 249 countries; of the 232 codes that UNHCR lists
 * two have no name and three are no countries. */
static void there_are_as_many_as_the_standards_have(void **state)
{
    (void)state;
    counts("cod2015", 1, 9);
    counts("cod2021", 1, 10);
    counts("iso", 1, 11);
    counts("law2023", 1, 20);
    counts("cod2015", 2, 50);
    counts("cod2021", 2, 53);
    counts("cod2015", 3, 701);
    counts("iso", 0, 249);
    counts("iso2", 0, 249);
    counts("unhcr", 0, 227);
}

static void codes_of_no_place_are_marked(void **state)
{
    (void)state;
    static const struct {
        const char *scheme, *code;
    } codes[] = {{"unhcr", "STA"}, {"unhcr", "TIB"}, {"unhcr", "UKN"}, {"unhcr", "VAR"},
        {"iso", "UNK"}, {"iso", "XXA"}, {"iso", "XXX"}, {"iso", "TIB"}};
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        size_t place = mig_gazetteer_by_code(
            shipped, shipped_scheme(codes[i].scheme), 0, mig_text_of(codes[i].code));
        assert_int_not_equal(place, MIG_NO_PLACE);
        assert_true(mig_gazetteer_place(shipped, place)->no_place);
        assert_int_equal(mig_gazetteer_place(shipped, place)->n_pieces, 0);
    }
}

/* The crosswalk of the two standards, made from their own files, has 41 codes that were given to
 * another cercle, 8 that were kept and one that was dropped, ML0704. */
static void codes_of_41_cercles_are_those_of_others_now(void **state)
{
    (void)state;
    size_t reassigned = 0, same = 0, dropped = 0;
    for (size_t i = 0; i < mig_gazetteer_count(shipped); i++) {
        const struct mig_place *place = mig_gazetteer_place(shipped, i);
        if (place->scheme != shipped_scheme("cod2015") || place->level != 2)
            continue;
        size_t now = mig_gazetteer_by_code(shipped, shipped_scheme("cod2021"), 2, place->code);
        if (now == MIG_NO_PLACE)
            dropped++;
        else if (mig_place_shared(shipped, i, now) > 0)
            same++;
        else
            reassigned++;
    }
    assert_int_equal(reassigned, 41);
    assert_int_equal(same, 8);
    assert_int_equal(dropped, 1);
}

static void shipped_crosses(const char *from, int level, const char *code, const char *to,
    enum mig_crossing wanted, const char *wanted_code)
{
    size_t counterpart;
    size_t place = mig_gazetteer_by_code(shipped, shipped_scheme(from), level, mig_text_of(code));
    assert_int_equal(mig_place_cross(shipped, place, shipped_scheme(to), &counterpart), wanted);
    if (wanted_code != NULL)
        assert_true(mig_text_equal(
            mig_gazetteer_place(shipped, counterpart)->code, mig_text_of(wanted_code)));
}

/* From the crosswalk of 2015 and 2021, and from the pages named in places.csv. */
static void known_changes_are_told(void **state)
{
    (void)state;
    shipped_crosses("cod2015", 2, "ML0101", "cod2021", MIG_CROSS_SAME, "ML0103"); /* Kayes */
    shipped_crosses("cod2015", 2, "ML0407", "cod2021", MIG_CROSS_SAME, "ML0403"); /* Macina */
    shipped_crosses("cod2015", 2, "ML0704", "cod2021", MIG_CROSS_SPLIT, NULL);    /* Menaka */
    shipped_crosses("cod2021", 2, "ML1003", "cod2015", MIG_CROSS_WITHIN, "ML0704");
    shipped_crosses("cod2015", 1, "ML07", "cod2021", MIG_CROSS_SPLIT, NULL); /* Gao, Menaka */
    shipped_crosses("cod2021", 1, "ML10", "cod2015", MIG_CROSS_WITHIN, "ML07");
    shipped_crosses("cod2021", 1, "ML10", "iso", MIG_CROSS_SAME, "ML-9");
    shipped_crosses("iso", 1, "ML-10", "cod2021", MIG_CROSS_WITHIN, "ML06"); /* Taoudenit */
    shipped_crosses("cod2021", 1, "ML06", "iso", MIG_CROSS_SPLIT, NULL);
    shipped_crosses("law2023", 1, "CA13", "cod2021", MIG_CROSS_WITHIN, "ML01"); /* Nioro */
    shipped_crosses("law2023", 1, "CA17", "cod2015", MIG_CROSS_WITHIN, "ML05"); /* Bandiagara */
    shipped_crosses("law2023", 1, "CA11", "cod2021", MIG_CROSS_SPLIT, NULL);    /* Bougouni */
    shipped_crosses("law2023", 1, "CA18", "cod2021", MIG_CROSS_INEXACT, NULL);  /* San */
    shipped_crosses("cod2021", 1, "ML01", "law2023", MIG_CROSS_SPLIT, NULL);    /* Kayes */
    shipped_crosses("cod2021", 1, "ML08", "law2023", MIG_CROSS_SAME, "CA08");   /* Kidal */
    shipped_crosses("law2023", 1, "CA06", "iso", MIG_CROSS_SPLIT, NULL);        /* Tombouctou */
    shipped_crosses("unhcr", 0, "AUS", "iso", MIG_CROSS_SAME, "AUT");           /* Austria */
    shipped_crosses("unhcr", 0, "ALG", "iso2", MIG_CROSS_SAME, "DZ");
    shipped_crosses("unhcr", 0, "UKN", "iso", MIG_CROSS_NONE, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codes_are_found_in_their_scheme_and_level),
        cmocka_unit_test(names_are_found_by_folded_name_or_variant),
        cmocka_unit_test(names_go_before_variants_of_others),
        cmocka_unit_test(names_are_found_within_a_place),
        cmocka_unit_test(parents_form_a_chain),
        cmocka_unit_test(schemes_are_known_by_name_and_level),
        cmocka_unit_test(the_nearest_names_come_first),
        cmocka_unit_test(places_are_compared_by_their_pieces),
        cmocka_unit_test(tables_with_faults_are_refused),
        cmocka_unit_test(a_code_may_be_used_at_several_levels),
    };
    const struct CMUnitTest shipped_tests[] = {
        cmocka_unit_test(every_name_is_the_only_one_in_its_parent),
        cmocka_unit_test(there_are_as_many_as_the_standards_have),
        cmocka_unit_test(codes_of_no_place_are_marked),
        cmocka_unit_test(codes_of_41_cercles_are_those_of_others_now),
        cmocka_unit_test(known_changes_are_told),
    };
    int failed = cmocka_run_group_tests(tests, open_schemes, close_schemes);
    return failed + cmocka_run_group_tests(shipped_tests, open_shipped, close_shipped);
}
