#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "table/names-internal.h"

static uint32_t code_of(struct mig_names *names, struct mig_text text)
{
    uint32_t code = UINT32_MAX;
    assert_int_equal(mig_names_code(names, text, &code, NULL), MIG_OK);
    return code;
}

static void codes_count_up_from_first_appearance(void **state)
{
    (void)state;
    static const char *const texts[] = {"Kayes", "", "kayes", "Kayes ", "Kaye", "Gao"};
    struct mig_names *names;
    assert_int_equal(mig_names_new(&names, NULL), MIG_OK);
    assert_int_equal(mig_names_count(names), 0);
    for (int repeat = 0; repeat < 2; repeat++)
        for (uint32_t i = 0; i < 6; i++)
            assert_int_equal(code_of(names, mig_text_of(texts[i])), i);
    assert_int_equal(mig_names_count(names), 6);
    for (uint32_t i = 0; i < 6; i++)
        assert_true(mig_text_equal(mig_names_text(names, i), mig_text_of(texts[i])));
    mig_names_free(names);
}

static void copies_what_it_keeps(void **state)
{
    (void)state;
    struct mig_names *names;
    char text[] = "Mopti";
    assert_int_equal(mig_names_new(&names, NULL), MIG_OK);
    assert_int_equal(code_of(names, mig_text_of(text)), 0);
    memset(text, 'x', sizeof text - 1);
    assert_true(mig_text_equal(mig_names_text(names, 0), mig_text_of("Mopti")));
    assert_int_equal(code_of(names, (struct mig_text){NULL, 0}), 1);
    assert_int_equal(code_of(names, mig_text_of("")), 1);
    mig_names_free(names);
}

/* Texts handed out early stay where they are while the set grows by four orders of magnitude. */
static void holds_many_names(void **state)
{
    (void)state;
    enum { MANY = 100000 };
    struct mig_names *names;
    char text[32];
    assert_int_equal(mig_names_new(&names, NULL), MIG_OK);
    assert_int_equal(code_of(names, mig_text_of("0")), 0);
    struct mig_text first = mig_names_text(names, 0);
    for (uint32_t i = 1; i < MANY; i++) {
        snprintf(text, sizeof text, "%u", i);
        assert_int_equal(code_of(names, mig_text_of(text)), i);
    }
    assert_int_equal(mig_names_count(names), MANY);
    assert_ptr_equal(mig_names_text(names, 0).data, first.data);
    for (uint32_t i = MANY; i-- > 0;) {
        snprintf(text, sizeof text, "%u", i);
        assert_int_equal(code_of(names, mig_text_of(text)), i);
        assert_true(mig_text_equal(mig_names_text(names, i), mig_text_of(text)));
    }
    mig_names_free(names);
}

/* Around the size of the blocks that texts are stored in, 64 KiB. */
static void holds_long_names(void **state)
{
    (void)state;
    static const size_t lengths[] = {1, 65534, 65535, 65536, 65537, 2, 200000, 3};
    enum { COUNT = sizeof lengths / sizeof *lengths };
    struct mig_names *names;
    char *text = malloc(200000);
    assert_non_null(text);
    memset(text, 'a', 200000);
    assert_int_equal(mig_names_new(&names, NULL), MIG_OK);
    for (uint32_t i = 0; i < COUNT; i++)
        assert_int_equal(code_of(names, (struct mig_text){text, lengths[i]}), i);
    for (uint32_t i = 0; i < COUNT; i++) {
        struct mig_text kept = mig_names_text(names, i);
        assert_true(mig_text_equal(kept, (struct mig_text){text, lengths[i]}));
        assert_int_equal(kept.data[kept.length], '\0');
    }
    free(text);
    mig_names_free(names);
}

/* Texts of every length about the eight bytes that are compared at once, each with each byte
 * changed. */
static void tells_every_byte(void **state)
{
    (void)state;
    enum { LONGEST = 20 };
    struct mig_names *names;
    char text[LONGEST];
    uint32_t expected = 0;
    assert_int_equal(mig_names_new(&names, NULL), MIG_OK);
    for (int repeat = 0; repeat < 2; repeat++, expected = 0)
        for (size_t length = 0; length <= LONGEST; length++)
            for (size_t i = 0; i <= length; i++) {
                memset(text, '\0', sizeof text);
                if (i < length)
                    text[i] = '\1';
                assert_int_equal(code_of(names, (struct mig_text){text, length}), expected++);
            }
    mig_names_free(names);
}

/* Some of these have a code, the others none; all together, and one by one. */
static void finds_many_at_once(void **state)
{
    (void)state;
    enum { TEXTS = 3 * 41 };
    static char bytes[TEXTS][64];
    struct mig_text texts[TEXTS];
    uint32_t codes[TEXTS], code;
    struct mig_names *names;
    assert_int_equal(mig_names_new(&names, NULL), MIG_OK);
    for (size_t i = 0; i < TEXTS; i++) {
        size_t length = i / 3;
        memset(bytes[i], 'x', sizeof bytes[i]); /* what stands behind the text does not count */
        memset(bytes[i], (int)('a' + i % 3), length);
        texts[i] = (struct mig_text){bytes[i], length};
        if (i % 3 < 2)
            (void)code_of(names, texts[i]);
    }
    assert_false(mig_names_find_all(names, texts, TEXTS, codes));
    for (size_t i = 0; i < TEXTS; i++) {
        bool known = mig_names_find(names, texts[i], &code);
        assert_int_equal(known, i % 3 < 2 || i == 2); /* the empty text is one */
        assert_int_equal(codes[i], known ? code : UINT32_MAX);
    }
    assert_true(mig_names_find_all(names, texts, 3, codes));
    mig_names_free(names);
}

/* Prefixes of these are the same. */
static void sorts_long_texts(void **state)
{
    (void)state;
    static const char *const sorted[] = {"12345678901234567890123", "12345678901234567890124",
        "Tombouctou", "Tombouctou 1", "Tombouctou 2", "Tombouctou b"};
    static const int order[] = {4, 1, 5, 0, 3, 2};
    struct mig_names *names;
    uint32_t ranks[6];
    assert_int_equal(mig_names_new(&names, NULL), MIG_OK);
    for (uint32_t i = 0; i < 6; i++)
        assert_int_equal(code_of(names, mig_text_of(sorted[order[i]])), i);
    assert_int_equal(mig_names_sort(names, ranks, NULL), MIG_OK);
    for (uint32_t i = 0; i < 6; i++) {
        assert_string_equal(mig_names_text(names, i).data, sorted[i]);
        assert_int_equal(ranks[i], order[i]);
    }
    mig_names_free(names);
}

/* Texts that differ in their last two bytes only are spread over a small table too. */
static void spreads_similar_texts(void **state)
{
    (void)state;
    enum { PLACES = 4096, TEXTS = 62 * 62 };
    static const char begin[] = "ML-2025-HOUSEHOLD";
    for (size_t length = 3; length <= sizeof begin - 1; length++) {
        bool taken[PLACES] = {false};
        char text[sizeof begin];
        size_t places = 0;
        memcpy(text, begin, sizeof begin);
        for (int i = 0; i < TEXTS; i++) {
            text[length - 2] = (char)('A' + i / 62);
            text[length - 1] = (char)('A' + i % 62);
            struct mig_name_slot slot = mig_name_slot_of((struct mig_text){text, length});
            size_t place = (size_t)mig_name_slot_hash(&slot) % PLACES;
            places += !taken[place];
            taken[place] = true;
        }
        assert_true(places > TEXTS / 2); /* by chance there would be 2493 */
    }
}

static void sorts_its_texts(void **state)
{
    (void)state;
    static const char *const texts[] = {"Kayes", "", "10", "9", "Gao", "9.0", "2025-01", "<9"};
    static const char *const sorted[] = {"<9", "9", "9.0", "10", "2025-01", "Gao", "Kayes", ""};
    struct mig_names *names;
    uint32_t ranks[8];
    assert_int_equal(mig_names_new(&names, NULL), MIG_OK);
    for (uint32_t i = 0; i < 8; i++)
        assert_int_equal(code_of(names, mig_text_of(texts[i])), i);
    assert_int_equal(mig_names_sort(names, ranks, NULL), MIG_OK);
    assert_int_equal(mig_names_count(names), 8);
    for (uint32_t i = 0; i < 8; i++) {
        assert_string_equal(mig_names_text(names, i).data, sorted[i]);
        assert_string_equal(mig_names_text(names, ranks[i]).data, texts[i]);
    }
    mig_names_free(names);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codes_count_up_from_first_appearance),
        cmocka_unit_test(copies_what_it_keeps),
        cmocka_unit_test(holds_many_names),
        cmocka_unit_test(holds_long_names),
        cmocka_unit_test(tells_every_byte),
        cmocka_unit_test(finds_many_at_once),
        cmocka_unit_test(spreads_similar_texts),
        cmocka_unit_test(sorts_its_texts),
        cmocka_unit_test(sorts_long_texts),
    };
    mig_names_free(NULL);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
