#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"

#define LENGTH_OF(array) (sizeof(array) / sizeof(array)[0])
#define BYTES(literal)                                                                             \
    {                                                                                              \
        literal, sizeof(literal) - 1                                                               \
    }

static void assert_text(struct mig_text text, const char *expected)
{
    assert_int_equal(text.length, strlen(expected));
    assert_memory_equal(text.data, expected, text.length);
}

static void test_of_equal_compare(void **unused)
{
    (void)unused;
    static const char *const ordered[] = {"", "A", "a", "a\t", "aa", "ab", "b", "\xc3\xa9"};
    for (size_t i = 0; i < LENGTH_OF(ordered); i++)
        for (size_t j = 0; j < LENGTH_OF(ordered); j++) {
            struct mig_text a = mig_text_of(ordered[i]), b = mig_text_of(ordered[j]);
            int order = mig_text_compare(a, b);
            assert_int_equal((order > 0) - (order < 0), (i > j) - (i < j));
            assert_int_equal(mig_text_equal(a, b), i == j);
        }
}

static void test_text_without_data(void **unused)
{
    (void)unused;
    struct mig_text nothing = mig_text_of(NULL), empty = mig_text_of("");
    assert_int_equal(nothing.length, 0);
    assert_true(mig_text_equal(nothing, empty));
    assert_int_equal(mig_text_compare(nothing, empty), 0);
    assert_true(mig_text_compare(nothing, mig_text_of("a")) < 0);
    assert_int_equal(mig_text_trim(nothing).length, 0);
    assert_int_equal(mig_text_head(nothing, 3).length, 0);
    assert_int_equal(mig_text_valid_utf8(nothing), 0);
    assert_int_equal(mig_text_width(nothing), 0);
    assert_int_equal(mig_text_distance(nothing, nothing), 0);
    assert_int_equal(mig_text_distance(nothing, mig_text_of("abc")), 3);
    char *copy = mig_text_copy(nothing);
    assert_non_null(copy);
    assert_string_equal(copy, "");
    free(copy);
}

static void test_bytes_count_not_terminators(void **unused)
{
    (void)unused;
    struct mig_text a = BYTES("a\0b"), b = BYTES("a\0c");
    assert_false(mig_text_equal(a, b));
    assert_true(mig_text_compare(a, b) < 0);
    char *copy = mig_text_copy(a);
    assert_non_null(copy);
    assert_memory_equal(copy, "a\0b", 4);
    free(copy);
}

static void test_trim(void **unused)
{
    (void)unused;
    static const char *const cases[][2] = {{"", ""}, {" ", ""}, {" \t \t", ""}, {"a", "a"},
        {" a", "a"}, {"a\t", "a"}, {"\t a b \t", "a b"}, {"\na\r", "\na\r"},
        {"\xc2\xa0", "\xc2\xa0"}};
    for (size_t i = 0; i < LENGTH_OF(cases); i++)
        assert_text(mig_text_trim(mig_text_of(cases[i][0])), cases[i][1]);
}

static void test_head(void **unused)
{
    (void)unused;
    struct mig_text text = mig_text_of("a\xc3\xa9\xe2\x82\xac"); /* 1, 2 and 3 bytes */
    static const size_t lengths[] = {0, 1, 1, 3, 3, 3, 6, 6};
    for (size_t longest = 0; longest < LENGTH_OF(lengths); longest++) {
        assert_ptr_equal(mig_text_head(text, longest).data, text.data);
        assert_int_equal(mig_text_head(text, longest).length, lengths[longest]);
    }
}

static void test_cut(void **unused)
{
    (void)unused;
    static const struct {
        const char *text;
        size_t count;
        const char *pieces[4];
    } cases[] = {
        {"", 1, {""}},
        {"a", 1, {"a"}},
        {"a,b", 2, {"a", "b"}},
        {"a,,b", 3, {"a", "", "b"}},
        {",", 2, {"", ""}},
        {"a,", 2, {"a", ""}},
        {",a", 2, {"", "a"}},
        {"a;b", 1, {"a;b"}},
    };
    for (size_t i = 0; i < LENGTH_OF(cases); i++) {
        struct mig_text rest = mig_text_of(cases[i].text), piece;
        for (size_t j = 0; j < cases[i].count; j++) {
            assert_true(mig_text_cut(&rest, ',', &piece));
            assert_text(piece, cases[i].pieces[j]);
        }
        assert_null(rest.data);
        assert_false(mig_text_cut(&rest, ',', &piece));
    }
}

/* Python: len(bytes) when bytes.decode('utf-8') succeeds, else the `start` of its
 * UnicodeDecodeError */
static const struct {
    struct mig_text text;
    size_t valid;
} encoded[] = {
    {BYTES(""), 0},
    {BYTES("abc"), 3},
    {BYTES("S\303\251gou"), 6},
    {BYTES("\342\202\254"), 3},
    {BYTES("\360\237\230\200"), 4},
    {BYTES("\364\217\277\277"), 4},
    {BYTES("\355\237\277"), 3},
    {BYTES("\356\200\200"), 3},
    {BYTES("\357\277\277"), 3},
    {BYTES("a\000b"), 3},
    {BYTES("ab\200"), 2},
    {BYTES("ab\377"), 2},
    {BYTES("ab\300\257"), 2},
    {BYTES("ab\301\277"), 2},
    {BYTES("ab\340\200\257"), 2},
    {BYTES("ab\340\237\277"), 2},
    {BYTES("ab\360\200\200\257"), 2},
    {BYTES("ab\360\217\277\277"), 2},
    {BYTES("ab\355\240\200"), 2},
    {BYTES("ab\355\277\277"), 2},
    {BYTES("ab\303"), 2},
    {BYTES("ab\342\202"), 2},
    {BYTES("ab\360\237\230"), 2},
    {BYTES("ab\364\220\200\200"), 2},
    {BYTES("ab\365\200\200\200"), 2},
    {BYTES("ab\370\210\200\200\200"), 2},
    {BYTES("ab\303("), 2},
    {BYTES("ab\342\202("), 2},
    {BYTES("abcdefgh\351ijklmnop"), 8},
};

static void test_valid_utf8(void **unused)
{
    (void)unused;
    for (size_t i = 0; i < LENGTH_OF(encoded); i++) {
        char *exact = malloc(encoded[i].text.length + 1); /* so that reading too far is seen */
        assert_non_null(exact);
        char *bytes = exact + 1;
        memcpy(bytes, encoded[i].text.data, encoded[i].text.length);
        struct mig_text text = {bytes, encoded[i].text.length};
        assert_int_equal(mig_text_valid_utf8(text), encoded[i].valid);
        free(exact);
    }
}

/* The runs of ASCII are taken in blocks of eight: the bad byte is found at every place. */
static void test_bad_byte_anywhere(void **unused)
{
    (void)unused;
    char bytes[41];
    for (size_t at = 0; at < sizeof bytes; at++) {
        memset(bytes, 'a', sizeof bytes);
        bytes[at] = '\xe9';
        struct mig_text text = {bytes, sizeof bytes};
        assert_int_equal(mig_text_valid_utf8(text), at);
    }
}

/* All runs of three bytes. Valid are those of three characters of one byte (128 of them), of one
 * and one of two bytes (1920) in either order, and of one character of three: 2^16 - 2^11 less 2^11
 * surrogates. Python: 128**3 + 2 * 128 * 1920 + 61440 */
static void test_every_three_bytes(void **unused)
{
    (void)unused;
    size_t valid = 0;
    for (unsigned run = 0; run < 1U << 24; run++) {
        const char bytes[3] = {(char)(run >> 16), (char)(run >> 8 & 0xff), (char)(run & 0xff)};
        valid += mig_text_valid_utf8((struct mig_text){bytes, 3}) == 3;
    }
    assert_int_equal(valid, 2650112);
}

/* Characters of four bytes: F0 90..BF, F1..F3 80..BF and F4 80..8F begin one (Unicode 15, table
 * 3-7): 48 + 3 * 64 + 16 = 256 pairs. */
static void test_four_bytes(void **unused)
{
    (void)unused;
    static const unsigned char third_and_fourth[] = {0x00, 0x7f, 0x80, 0xbf, 0xc0, 0xff};
    size_t valid = 0;
    for (unsigned run = 0xf000; run <= 0xffff; run++)
        for (unsigned tail = 0; tail < 36; tail++) {
            const char bytes[4] = {(char)(run >> 8), (char)(run & 0xff),
                (char)third_and_fourth[tail / 6], (char)third_and_fourth[tail % 6]};
            valid += mig_text_valid_utf8((struct mig_text){bytes, 4}) == 4;
        }
    assert_int_equal(valid, 256 * 2 * 2);
}

static void test_width(void **unused)
{
    (void)unused;
    static const struct {
        const char *text;
        size_t width;
    } cases[] = {
        {"", 0}, {"Kayes", 5}, {"S\xc3\xa9gou", 5},
        {"Se\xcc\x81gou", 5},                    /* e and U+0301, combining */
        {"\xe6\x97\xa5\xe6\x9c\xac", 4},         /* two ideographs, East Asian Wide */
        {"\xef\xbc\xa1", 2},                     /* U+FF21, fullwidth A */
        {"\xf0\x9f\x98\x80", 2},                 /* U+1F600 */
        {"\xd9\x85\xd8\xa7\xd9\x84\xd9\x8a", 4}, /* Arabic */
        {"1\xe2\x80\xaf"
         "234",
            5}, /* U+202F, narrow no-break space */
    };
    for (size_t i = 0; i < LENGTH_OF(cases); i++)
        assert_int_equal(mig_text_width(mig_text_of(cases[i].text)), cases[i].width);
}

static void test_distance(void **unused)
{
    (void)unused;
    static const struct {
        const char *a, *b;
        size_t distance;
    } cases[] = {
        {"", "", 0}, {"", "abc", 3}, {"region", "region", 0}, {"Region", "rEGION", 0},
        {"region", "regio", 1}, {"region", "rregion", 1}, {"region", "rogion", 1},
        {"region", "regoin", 1}, {"Region", "erGION", 1}, {"kitten", "sitting", 3},
        {"saturday", "sunday", 3},
        {"ca", "abc", 3}, /* optimal string alignment; the unrestricted distance is 2 */
        {"abcdef", "badcfe", 3}, {"@[`{", "`{@[", 4}, /* neighbours of the letters have no case */
    };
    for (size_t i = 0; i < LENGTH_OF(cases); i++) {
        struct mig_text a = mig_text_of(cases[i].a), b = mig_text_of(cases[i].b);
        assert_int_equal(mig_text_distance(a, b), cases[i].distance);
        assert_int_equal(mig_text_distance(b, a), cases[i].distance);
    }
}

static void test_nearest(void **unused)
{
    (void)unused;
    const struct mig_text names[] = {mig_text_of("region"), mig_text_of("returned"),
        mig_text_of("return_date"), mig_text_of("returnee"), mig_text_of("n")};
    static const struct {
        const char *wanted;
        size_t nearest;
    } cases[] = {
        {"region", 0},
        {"regoin", 0},
        {"REGION", 0},
        {"gion", 0}, /* 2 away, of up to 6 bytes */
        {"ion", 5},  /* 2 away from "n", but nothing else of it is left */
        {"x", 5},
        {"N", 4},
        {"returneX", 1}, /* 1 away from two: the first */
        {"returnee", 3}, /* itself before a near one */
        {"return_dat", 2},
        {"retrn_dte", 2}, /* 2 away, of 9 bytes */
        {"re_date", 5},   /* 4 away, of 7 bytes */
        {"displacement", 5},
    };
    for (size_t i = 0; i < LENGTH_OF(cases); i++)
        assert_int_equal(
            mig_text_nearest(mig_text_of(cases[i].wanted), names, 5), cases[i].nearest);
    assert_int_equal(mig_text_nearest(mig_text_of("region"), names, 0), 0);
}

static void letter_case_alone_may_differ(void **state)
{
    (void)state;
    static const struct {
        const char *a, *b;
        bool same;
    } pairs[] = {{"", "", true}, {"Conflict", "cONFLICT", true},
        {"S\xC3\xA9gou", "S\xC3\x89GOU", true}, {"S\xC3\xA9gou", "Segou", false},
        {"a", "ab", false}, {"ab", "a", false}, {"a", "", false}, {"\xFF", "\xFF", false}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        assert_int_equal(
            mig_text_same_in_any_case(mig_text_of(pairs[i].a), mig_text_of(pairs[i].b)),
            pairs[i].same);
}

/* The Unicode Standard 15.0, section 3.9, tables 3-8 to 3-11: how many bytes one U+FFFD stands for.
 */
static void measures_what_is_invalid(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t length;
    } examples[] = {
        {"\xc0\xaf", 1},
        {"\xe0\x80\xbf", 1},
        {"\xf0\x81\x82", 1},
        {"\xed\xa0\x80", 1},
        {"\xed\xbf\xbf", 1},
        {"\xf4\x91\x92\x93", 1},
        {"\xff", 1},
        {"\x80\xbf", 1},
        {"\xe1\x80\xe2\xf0", 2},
        {"\xe2\xf0\x91", 1},
        {"\xf0\x91\x92\xf1", 3},
        {"\xf1\xbf\x41", 2},
        {"\xf1\x80\x80\xe1", 3},
        {"\xc2"
         "b",
            1},
    };
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++)
        assert_int_equal(mig_text_invalid_utf8(mig_text_of(examples[i].bytes)), examples[i].length);
    assert_int_equal(mig_text_invalid_utf8((struct mig_text){"\xe2\x80\x99", 2}), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(letter_case_alone_may_differ),
        cmocka_unit_test(test_of_equal_compare),
        cmocka_unit_test(test_text_without_data),
        cmocka_unit_test(test_bytes_count_not_terminators),
        cmocka_unit_test(test_trim),
        cmocka_unit_test(test_head),
        cmocka_unit_test(test_cut),
        cmocka_unit_test(test_valid_utf8),
        cmocka_unit_test(test_bad_byte_anywhere),
        cmocka_unit_test(test_every_three_bytes),
        cmocka_unit_test(test_four_bytes),
        cmocka_unit_test(test_width),
        cmocka_unit_test(test_distance),
        cmocka_unit_test(test_nearest),
        cmocka_unit_test(measures_what_is_invalid),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
