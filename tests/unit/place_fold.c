#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <string.h>

#include "place/fold.h"

static void folds_at(int level, const char *name, const char *wanted, int wanted_level)
{
    struct mig_buffer folded = {0};
    int told = 99;
    assert_int_equal(mig_place_fold(mig_text_of(name), level, &folded, &told, NULL), MIG_OK);
    assert_string_equal(folded.data, wanted);
    assert_int_equal(folded.length, strlen(wanted));
    assert_int_equal(told, wanted_level);
    mig_buffer_release(&folded);
}

static void folds(const char *name, const char *wanted, int wanted_level)
{
    folds_at(1, name, wanted, wanted_level);
}

static void case_and_accents_make_no_difference(void **state)
{
    (void)state;
    folds("Ségou", "segou", MIG_NO_LEVEL);
    folds("SEGOU", "segou", MIG_NO_LEVEL);
    folds("Se\xCC\x81gou", "segou", MIG_NO_LEVEL); /* e and a combining acute */
    folds("Dioïla", "dioila", MIG_NO_LEVEL);
    folds("ÉTATS-UNIS", "etatsunis", MIG_NO_LEVEL);
    folds("Türkiye", "turkiye", MIG_NO_LEVEL);
    folds("Œuf", "oeuf", MIG_NO_LEVEL);
    folds("\xEF\xBC\xA7\xEF\xBD\x81\xEF\xBD\x8F", "gao", MIG_NO_LEVEL); /* full-width letters */
}

static void signs_and_blanks_make_no_difference(void **state)
{
    (void)state;
    folds("Gourma-Rharous", "gourmarharous", MIG_NO_LEVEL);
    folds("  gourma   rharous ", "gourmarharous", MIG_NO_LEVEL);
    folds("Gourma\xC2\xA0Rharous", "gourmarharous", MIG_NO_LEVEL);
    folds("Gourma\xE2\x80\x91Rharous", "gourmarharous", MIG_NO_LEVEL); /* non-breaking hyphen */
    folds("N'Gouma", "ngouma", MIG_NO_LEVEL);
    folds("N\xE2\x80\x99Gouma", "ngouma", MIG_NO_LEVEL);
    folds("N\xCA\xBCGouma", "ngouma", MIG_NO_LEVEL); /* U+02BC, an apostrophe that is a letter */
    folds("Cote d'Ivoire", "cotedivoire", MIG_NO_LEVEL);
    folds("Saint-Pierre & Miquelon", "saintpierremiquelon", MIG_NO_LEVEL);
    folds("Tin\xC2\xAD-Essako", "tinessako", MIG_NO_LEVEL); /* soft hyphen */
}

static void letters_do(void **state)
{
    (void)state;
    folds("Koulikouro", "koulikouro", MIG_NO_LEVEL);
    folds("Koulikoro", "koulikoro", MIG_NO_LEVEL);
    folds("Niger", "niger", MIG_NO_LEVEL);
    folds("Nigeria", "nigeria", MIG_NO_LEVEL);
    folds("Commune 1", "commune1", MIG_NO_LEVEL);
}

static void brackets_of_unhcr_tell_the_level(void **state)
{
    (void)state;
    folds("Bandiagara [Admin 2]", "bandiagara", 2);
    folds("Diboli [Admin 3: PRP]", "diboli", 3);
    folds("Bamako [ADMIN 1] ", "bamako", 1);
    folds("Bamako [Admin]", "bamakoadmin", MIG_NO_LEVEL);
    folds("Bamako [Admin 12]", "bamakoadmin12", MIG_NO_LEVEL);
    folds("Bamako [camp]", "bamakocamp", MIG_NO_LEVEL);
    folds("[Admin 2]", "", 2);
    folds("]", "", MIG_NO_LEVEL);
    folds("[", "", MIG_NO_LEVEL);
}

static void words_tell_the_level(void **state)
{
    (void)state;
    folds("Cercle de Kayes", "kayes", 2);
    folds("CERCLE D'ANSONGO", "ansongo", 2);
    folds("Cercle d\xE2\x80\x99"
          "Ansongo",
        "ansongo", 2);
    folds("Région de Ségou", "segou", 1);
    folds("Region of Gao", "gao", 1);
    folds("Gao Region", "gao", 1);
    folds("Kayes cercle", "kayes", 2);
    folds("Commune rurale de Faléa", "falea", 3);
    folds("Commune de Faléa", "falea", 3);
    folds("District de Bamako", "bamako", MIG_NO_LEVEL);
    folds("Cercle de Kayes [Admin 3]", "kayes", 3); /* the bracket is the more exact */
}

static void words_alone_are_names(void **state)
{
    (void)state;
    folds("Region", "region", MIG_NO_LEVEL);
    folds("Cercle de", "cerclede", MIG_NO_LEVEL);
    folds("Cercles", "cercles", MIG_NO_LEVEL);
    folds("Commune I", "communei", MIG_NO_LEVEL);
    folds("Decercle", "decercle", MIG_NO_LEVEL);
}

static void names_of_countries_keep_their_words(void **state)
{
    (void)state;
    folds_at(0, "China, Macao Special Administrative Region",
        "chinamacaospecialadministrativeregion", MIG_NO_LEVEL);
    folds_at(1, "Macao Region", "macao", 1);
}

static void nothing_folds_to_nothing(void **state)
{
    (void)state;
    folds("", "", MIG_NO_LEVEL);
    folds(" - ", "", MIG_NO_LEVEL);
    folds("???", "", MIG_NO_LEVEL);
    folds("\xE2\x80\x93\xE2\x80\x99", "", MIG_NO_LEVEL);
}

static void the_buffer_is_replaced(void **state)
{
    (void)state;
    struct mig_buffer folded = {0};
    assert_int_equal(mig_place_fold(mig_text_of("Tombouctou"), 1, &folded, NULL, NULL), MIG_OK);
    assert_int_equal(mig_place_fold(mig_text_of("Gao"), 1, &folded, NULL, NULL), MIG_OK);
    assert_string_equal(folded.data, "gao");
    assert_int_equal(mig_place_fold((struct mig_text){NULL, 0}, 1, &folded, NULL, NULL), MIG_OK);
    assert_int_equal(folded.length, 0);
    mig_buffer_release(&folded);
}

static void bytes_that_are_not_utf8_are_refused(void **state)
{
    (void)state;
    struct mig_buffer folded = {0};
    struct mig_error error = {0};
    assert_int_equal(mig_place_fold(mig_text_of("S\xE9gou"), 1, &folded, NULL, &error), MIG_SYNTAX);
    assert_non_null(strstr(error.text, "UTF-8"));
    mig_buffer_release(&folded);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(case_and_accents_make_no_difference),
        cmocka_unit_test(signs_and_blanks_make_no_difference),
        cmocka_unit_test(letters_do),
        cmocka_unit_test(brackets_of_unhcr_tell_the_level),
        cmocka_unit_test(words_tell_the_level),
        cmocka_unit_test(words_alone_are_names),
        cmocka_unit_test(names_of_countries_keep_their_words),
        cmocka_unit_test(nothing_folds_to_nothing),
        cmocka_unit_test(the_buffer_is_replaced),
        cmocka_unit_test(bytes_that_are_not_utf8_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
