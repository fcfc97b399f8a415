/* Ranks: numbers, classes and periods have an order; what only begins with a number has none. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/memory.h"
#include "table/ranks.h"

enum { MOST = 8 };

/* Sorts the values of `list`, set apart by blanks or, where it holds one, by bars. */
static enum mig_ranks sort(const char *list, struct mig_buffer *out)
{
    struct mig_text texts[MOST], fault, other, rest = mig_text_of(list);
    size_t count = 0;
    while (
        count < MOST && mig_text_cut(&rest, strchr(list, '|') != NULL ? '|' : ' ', &texts[count]))
        count++;
    enum mig_ranks answer = mig_ranks_sort(texts, count, &fault, &other);
    for (size_t i = 0; i < count && answer == MIG_RANKED; i++)
        assert_int_equal(
            mig_buffer_print(out, NULL, "%s%.*s", i > 0 ? " " : "", MIG_TEXT_ARG(texts[i])),
            MIG_OK);
    if (answer == MIG_RANKS_UNKNOWN)
        assert_int_equal(mig_buffer_print(out, NULL, "%.*s", MIG_TEXT_ARG(fault)), MIG_OK);
    if (answer == MIG_RANKS_OVERLAP)
        assert_int_equal(
            mig_buffer_print(out, NULL, "%.*s %.*s", MIG_TEXT_ARG(fault), MIG_TEXT_ARG(other)),
            MIG_OK);
    return answer;
}

static void check(const char *list, enum mig_ranks answer, const char *wanted)
{
    struct mig_buffer out = {0};
    assert_int_equal(sort(list, &out), answer);
    assert_string_equal(out.data, wanted);
    mig_buffer_release(&out);
}

static void classes_stand_by_their_bounds(void **state)
{
    (void)state;
    check("60+ 18-59 0-17", MIG_RANKED, "0-17 18-59 60+");
    check("2.5+ 0.5-<2.5 <0.5", MIG_RANKED, "<0.5 0.5-<2.5 2.5+");
    check("-1-4 5+ -10--2 <-10", MIG_RANKED, "<-10 -10--2 -1-4 5+");
    check("18-60 0-18 60-99", MIG_RANKED, "0-18 18-60 60-99");
    check("5+ 2-4 1 0", MIG_RANKED, "0 1 2-4 5+");
    check("10-19 5-9 100+", MIG_RANKED, "5-9 10-19 100+");
}

static void periods_stand_in_time(void **state)
{
    (void)state;
    check("2025-03 2024-12 2025-01", MIG_RANKED, "2024-12 2025-01 2025-03");
    check("2025-01-31 2024-02-29", MIG_RANKED, "2024-02-29 2025-01-31");
    check("2025-Q1 2025-05 2025-04", MIG_RANKED, "2025-Q1 2025-04 2025-05");
    check("2025-W10 2025-W09", MIG_RANKED, "2025-W09 2025-W10");
    check("2025-01 2024", MIG_RANKED, "2024 2025-01");
}

static void a_number_in_front_is_no_order(void **state)
{
    (void)state;
    check("31/12/2024", MIG_RANKS_UNKNOWN, "31/12/2024");
    check("12/2024 3", MIG_RANKS_UNKNOWN, "12/2024");
    check("2024-2-1 2024-02-02", MIG_RANKS_UNKNOWN, "2024-2-1");
    check("2024-2", MIG_RANKS_UNKNOWN, "2024-2");
    check("1 000|500", MIG_RANKS_UNKNOWN, "1 000");
    check("1low 2mid", MIG_RANKS_UNKNOWN, "2mid");
    check("59-18", MIG_RANKS_UNKNOWN, "59-18");
    check("+", MIG_RANKS_UNKNOWN, "+");
    check("5- -", MIG_RANKS_UNKNOWN, "-");
}

/* Months before their years look like classes, but each lies within the other. */
static void what_overlaps_has_no_order(void **state)
{
    (void)state;
    check("02-2024 11-2023", MIG_RANKS_OVERLAP, "02-2024 11-2023");
    check("0-17 5-9", MIG_RANKS_OVERLAP, "0-17 5-9");
    check("60+ 65-70", MIG_RANKS_OVERLAP, "60+ 65-70");
    check("<18 <5", MIG_RANKS_OVERLAP, "<18 <5");
    check("2025 2025-03", MIG_RANKS_OVERLAP, "2025 2025-03");
    check("2025-03 18-59", MIG_RANKS_OVERLAP, "2025-03 18-59");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(classes_stand_by_their_bounds),
        cmocka_unit_test(periods_stand_in_time),
        cmocka_unit_test(a_number_in_front_is_no_order),
        cmocka_unit_test(what_overlaps_has_no_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
