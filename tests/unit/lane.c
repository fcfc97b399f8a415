/* The fast lane by itself: which records it reads, which it leaves to libcsv, and where it goes on.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "input/lane-internal.h"

/* A window on a copy of `text`, of just its size: what is read beyond it is found by the
 * sanitizers. */
static struct mig_window window_of(struct mig_text text)
{
    struct mig_window window = {
        .capacity = text.length, .length = text.length, .line = 1, .newline = '\n'};
    window.bytes = mig_text_copy(text);
    assert_non_null(window.bytes);
    return window;
}

static struct mig_lane lane_of(char delimiter, char quote, size_t max_cell)
{
    struct mig_lane lane;
    assert_int_equal(mig_lane_init(&lane, delimiter, quote, max_cell, NULL), MIG_OK);
    return lane;
}

/* Writes what the lane does, one piece a record: its cells as a|b, "blank" or "declined". What is
 * declined is passed over up to the next LF. */
static void check_with(struct mig_lane *lane, struct mig_text text, const char *wanted)
{
    struct mig_window window = window_of(text);
    struct mig_record record;
    struct mig_buffer out = {0};
    enum mig_lane_answer answer;
    while ((answer = mig_lane_next(lane, &window, &record)) != MIG_LANE_MORE) {
        if (answer == MIG_LANE_BLANK) {
            assert_int_equal(mig_buffer_print(&out, NULL, "blank; "), MIG_OK);
            continue;
        }
        if (answer == MIG_LANE_DECLINED) {
            size_t position = window.position;
            const char *feed = memchr(text.data + position, '\n', text.length - position);
            assert_int_equal(mig_buffer_print(&out, NULL, "declined; "), MIG_OK);
            if (feed == NULL)
                break;
            window.position = (size_t)(feed - text.data) + 1;
            window.line++;
            continue;
        }
        for (size_t i = 0; i < record.count; i++)
            assert_int_equal(
                mig_buffer_print(&out, NULL, "%s%s%s", i > 0 ? "|" : "", record.cells[i].text.data,
                    record.cells[i].quoted_empty ? "empty" : ""),
                MIG_OK);
        assert_int_equal(mig_buffer_print(&out, NULL, " @%zu; ", record.line), MIG_OK);
    }
    if (answer == MIG_LANE_MORE)
        assert_int_equal(
            mig_buffer_print(&out, NULL, "%zu left", text.length - window.position), MIG_OK);
    assert_string_equal(out.data, wanted);
    mig_buffer_release(&out);
    free(window.bytes);
}

static void append(struct mig_buffer *buffer, const char *text)
{
    assert_int_equal(mig_buffer_append(buffer, text, strlen(text), NULL), MIG_OK);
}

static void check(const char *text, const char *wanted)
{
    struct mig_lane lane = lane_of(',', '"', 1000);
    check_with(&lane, mig_text_of(text), wanted);
    mig_lane_release(&lane);
}

static void reads_sound_records(void **state)
{
    (void)state;
    check("", "0 left");
    check("a,b\n1,\n,\n", "a|b @1; 1| @2; | @3; 0 left");
    check("a\r\n\"\"\r\n", "a @1; empty @2; 0 left");
    check("\"a,b\",\"\"\"\",\"c\r\nd\"\n\"e\"\n", "a,b|\"|c\r\nd @1; e @3; 0 left");
    check("S\xc3\xa9gou, x \n", "S\xc3\xa9gou| x  @1; 0 left");
    check("a,b\n1,\"2\n3", "a|b @1; 6 left");
    check("a\n\nb\n \t\r\nc\n", "a @1; blank; b @3; blank; c @5; 0 left");
}

static void leaves_the_rest_to_libcsv(void **state)
{
    (void)state;
    check("a\"b,c\nd\n", "declined; d @2; 0 left");
    check("\"a\"b,c\nd\n", "declined; d @2; 0 left");
    check("\"a\" ,c\nd\n", "declined; d @2; 0 left");
    check("a\rb\nd\n", "declined; d @2; 0 left");
    check("\"a\"\rb\nd\n", "declined; d @2; 0 left");
    check("\xe9\nd\n\xc3\n", "declined; d @2; declined; 0 left");
    struct mig_lane lane = lane_of(',', '"', 3);
    check_with(&lane, (struct mig_text){"a\0\nb\n1234\n123\n", 14},
        "declined; b @2; declined; 123 @4; 0 left");
    mig_lane_release(&lane);
}

/* Where blank lines are records. */
static void leaves_blank_lines_to_libcsv(void **state)
{
    (void)state;
    struct mig_lane lane = lane_of(',', '"', 1000);
    lane.keep_blank_lines = true;
    check_with(
        &lane, mig_text_of("a\n\nb\n \nc\n"), "a @1; declined; b @3; declined; c @5; 0 left");
    mig_lane_release(&lane);
}

/* One doubt after the other: more and more is left out unseen, until a record is sound. */
static void shies_away(void **state)
{
    (void)state;
    check("a\rb\na\rb\nc\nd\na\rb\ne\nf\ng\nh\n",
        "declined; declined; declined; d @4; declined; declined; declined; declined; h @9; 0 left");
}

/* After 64 sound records a doubt is as if it were the first. */
static void forgets_doubts(void **state)
{
    (void)state;
    struct mig_buffer text = {0}, wanted = {0};
    append(&text, "a\rb\na\rb\nc\n");
    append(&wanted, "declined; declined; declined; ");
    for (int line = 4; line < 4 + 64; line++) {
        append(&text, "d\n");
        assert_int_equal(mig_buffer_print(&wanted, NULL, "d @%d; ", line), MIG_OK);
    }
    append(&text, "a\rb\ne\n");
    append(&wanted, "declined; e @69; 0 left");
    check(text.data, wanted.data);
    mig_buffer_release(&text);
    mig_buffer_release(&wanted);
}

static void knows_other_quotes(void **state)
{
    (void)state;
    struct mig_lane lane = lane_of(';', '\'', 1000);
    check_with(&lane, mig_text_of("'a;''';\"b\n"), "a;'|\"b @1; 0 left");
    mig_lane_release(&lane);
    lane = lane_of(',', MIG_NO_QUOTE, 1000);
    check_with(&lane, mig_text_of("\"a,b\"c,\"\"\n,\n"), "\"a|b\"c|\"\" @1; | @2; 0 left");
    mig_lane_release(&lane);
}

/* Columns that are not wanted, or not there. */
static void fills_what_is_wanted(void **state)
{
    (void)state;
    const bool wanted[] = {false, true, false, true};
    struct mig_lane lane = lane_of(',', '"', 1000);
    check_with(&lane, mig_text_of("a,b,c\n"), "a|b|c @1; 0 left");
    assert_int_equal(mig_lane_want(&lane, wanted, 4, NULL), MIG_OK);
    check_with(&lane, mig_text_of("a,b,c\n\"\n\",\"\"\"\"\n1,2,3,4,5\n6\n"),
        "|b| @1; |\" @2; |2||4| @4;  @5; 0 left");
    mig_lane_release(&lane);
}

/* What a record's cells cost is limited too. */
static void declines_what_costs_too_much(void **state)
{
    (void)state;
    size_t most = MIG_MAX_RECORD / 33;
    char *bytes = malloc(2 * most + 4);
    assert_non_null(bytes);
    memset(bytes, ',', 2 * most + 4);
    bytes[most - 2] = bytes[2 * most + 2] = '\n';
    struct mig_window window = {.bytes = bytes, .length = 2 * most + 3, .line = 1, .newline = '\n'};
    struct mig_record record;
    struct mig_lane lane = lane_of(',', '"', SIZE_MAX);
    assert_int_equal(mig_lane_next(&lane, &window, &record), MIG_LANE_RECORD);
    assert_int_equal(record.count, most - 1);
    assert_int_equal(mig_lane_next(&lane, &window, &record), MIG_LANE_DECLINED);
    mig_lane_release(&lane);
    free(bytes);
}

/* A window with other bytes in it, read on at the very place where the lane stands. */
static void begins_anew_in_other_bytes(void **state)
{
    (void)state;
    struct mig_lane lane = lane_of(',', '"', 1000);
    struct mig_window window = window_of(mig_text_of("a,b\nc,d\ne,f\n"));
    struct mig_record record;
    assert_int_equal(mig_lane_next(&lane, &window, &record), MIG_LANE_RECORD);
    memcpy(window.bytes, "____g\nh\n____", 12);
    window.fetches++;
    assert_int_equal(mig_lane_next(&lane, &window, &record), MIG_LANE_RECORD);
    assert_int_equal(record.count, 1);
    assert_string_equal(record.cells[0].text.data, "g");
    mig_lane_release(&lane);
    free(window.bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_sound_records),
        cmocka_unit_test(leaves_the_rest_to_libcsv),
        cmocka_unit_test(leaves_blank_lines_to_libcsv),
        cmocka_unit_test(shies_away),
        cmocka_unit_test(forgets_doubts),
        cmocka_unit_test(knows_other_quotes),
        cmocka_unit_test(fills_what_is_wanted),
        cmocka_unit_test(declines_what_costs_too_much),
        cmocka_unit_test(begins_anew_in_other_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
