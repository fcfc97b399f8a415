#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <string.h>

#include "base/fold.h"

static void check(enum mig_status (*fold)(struct mig_text, struct mig_buffer *, struct mig_error *),
    const char *text, const char *expected)
{
    struct mig_buffer out = {0};
    assert_int_equal(fold(mig_text_of(text), &out, NULL), MIG_OK);
    assert_string_equal(out.data, expected);
    mig_buffer_release(&out);
}

static void makes_spellings_equal(void **state)
{
    (void)state;
    check(mig_fold, "Ségou", "segou");
    check(mig_fold, "SEGOU", "segou");
    check(mig_fold, "  Gourma-Rharous ", "gourma rharous");
    check(mig_fold, "Gourma  Rharous", "gourma rharous");
    check(mig_fold, "N\xe2\x80\x99Gouma", "n gouma"); /* U+2019 */
    check(mig_fold, "N'Gouma", "n gouma");
    check(mig_fold,
        "Gao\xc2\xa0"
        "2",
        "gao 2");                                    /* U+00A0 */
    check(mig_fold, "Se\xcc\x81gou", "segou");       /* a combining accent */
    check(mig_fold, "N\xca\xbcGouma", "n gouma");    /* U+02BC, an apostrophe that is a letter */
    check(mig_fold, "\xc2\xab Gao \xc2\xbb", "gao"); /* quotation marks */
    check(mig_fold, "Gao\xe2\x80\xa6", "gao");       /* an ellipsis */
    check(mig_fold, "\xc5\x92uf, \xc3\x86gypte", "oeuf aegypte");
    check(mig_fold, "km\xc2\xb2", "km2");
    check(mig_fold, "\xd0\x9a\xd0\xb0\xd0\xb5\xd1\x81",
        "\xd0\xba\xd0\xb0\xd0\xb5\xd1\x81"); /* Cyrillic */
    check(mig_fold, "", "");
    check(mig_fold, "--", "");
}

/* The letters of Western Europe have a table of their own, which an a with a macron, U+0101, is not
 * in: beside it they fold as Unicode's tables say. */
static void folds_western_letters_as_unicode_does(void **state)
{
    (void)state;
    struct mig_buffer one = {0}, both = {0};
    for (unsigned low = 0x80; low <= 0xBF; low++) {
        char text[] = "G\xC3_K.", beside[] = "\xC4\x81 G\xC3_K.";
        text[2] = (char)low;
        beside[5] = (char)low;
        assert_int_equal(mig_fold(mig_text_of(text), &one, NULL), MIG_OK);
        assert_int_equal(mig_fold(mig_text_of(beside), &both, NULL), MIG_OK);
        assert_memory_equal(both.data, "a g", 3);
        assert_string_equal(one.data, both.data + 2);
    }
    mig_buffer_release(&one);
    mig_buffer_release(&both);
    check(mig_fold, "\xC3\x97", ""); /* a sign of multiplication */
    check(mig_fold, "\xC3\x97 2 \xC3\xB7 3", "2 3");
    check(mig_fold,
        "Stra\xC3\x9F"
        "e",
        "strasse");
    check(mig_fold, "\xC3\x85LAND", "aland");
    check(mig_fold, "e\xC3\xA9\xCC\x81", "ee"); /* with a combining accent more */
}

static void cuts_names_of_columns(void **state)
{
    (void)state;
    check(mig_fold_name, "admin1Name", "admin 1 name");
    check(mig_fold_name, "#adm1+name", "adm 1 name");
    check(mig_fold_name, "f_0_4", "f 0 4");
    check(mig_fold_name, "numPresentIdpInd", "num present idp ind");
    check(mig_fold_name, "P-Code", "p code");
    check(mig_fold_name, "Réfugiés", "refugies");
}

static void replaces_what_was_there(void **state)
{
    struct mig_buffer out = {0};
    (void)state;
    assert_int_equal(mig_fold(mig_text_of("Tombouctou"), &out, NULL), MIG_OK);
    assert_int_equal(mig_fold(mig_text_of("Gao "), &out, NULL), MIG_OK);
    assert_string_equal(out.data, "gao");
    assert_int_equal(out.length, 3);
    assert_int_equal(mig_fold((struct mig_text){NULL, 0}, &out, NULL), MIG_OK);
    assert_string_equal(out.data, "");
    assert_int_equal(out.length, 0);
    mig_buffer_release(&out);
}

static void refuses_what_is_not_utf8(void **state)
{
    struct mig_buffer out = {0};
    struct mig_error error = {0};
    (void)state;
    assert_int_equal(mig_fold(mig_text_of("S\xe9gou"), &out, &error), MIG_SYNTAX);
    assert_non_null(strstr(error.text, "UTF-8"));
    assert_int_equal(mig_fold(mig_text_of("Gao\xc3"), &out, &error), MIG_SYNTAX);
    assert_int_equal(mig_fold(mig_text_of("Ga\xc3o"), &out, &error), MIG_SYNTAX);
    assert_int_equal(mig_fold(mig_text_of("\xc3\xc3\xa9"), &out, &error), MIG_SYNTAX);
    mig_buffer_release(&out);
}

static void finds_whole_words(void **state)
{
    struct mig_buffer words = {0};
    (void)state;
    assert_int_equal(mig_fold(mig_text_of("Total of idps"), &words, NULL), MIG_OK);
    assert_true(mig_fold_has(&words, "total"));
    assert_true(mig_fold_has(&words, "idps"));
    assert_true(mig_fold_has(&words, "of idps"));
    assert_false(mig_fold_has(&words, "idp"));
    assert_false(mig_fold_has(&words, "otal"));
    mig_buffer_release(&words);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(makes_spellings_equal),
        cmocka_unit_test(folds_western_letters_as_unicode_does),
        cmocka_unit_test(cuts_names_of_columns),
        cmocka_unit_test(replaces_what_was_there),
        cmocka_unit_test(refuses_what_is_not_utf8),
        cmocka_unit_test(finds_whole_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
