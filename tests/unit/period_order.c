#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/period.h"

static struct mig_period parsed(const char *text)
{
    struct mig_period period;
    if (mig_period_parse(mig_text_of(text), &period, NULL) != MIG_OK)
        fail_msg("'%s' is not read", text);
    return period;
}

/* Python: datetime.date.fromisoformat(day), and for weeks date.fromisocalendar(year, week, 1 and
 * 7). */
static const struct {
    const char *period, *first, *last;
} spans[] = {
    {"2025-09-30", "2025-09-30", "2025-09-30"},
    {"2025-W01", "2024-12-30", "2025-01-05"},
    {"2020-W53", "2020-12-28", "2021-01-03"},
    {"1969-W01", "1968-12-30", "1969-01-05"},
    {"2024-02", "2024-02-01", "2024-02-29"},
    {"2025-12", "2025-12-01", "2025-12-31"},
    {"1969-12", "1969-12-01", "1969-12-31"},
    {"1900-02", "1900-02-01", "1900-02-28"},
    {"2025-Q1", "2025-01-01", "2025-03-31"},
    {"1968-Q4", "1968-10-01", "1968-12-31"},
    {"2025", "2025-01-01", "2025-12-31"},
    {"0001", "0001-01-01", "0001-12-31"},
    {"9999", "9999-01-01", "9999-12-31"},
};

static void periods_have_their_days(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof spans / sizeof *spans; i++) {
        int32_t first, last;
        mig_period_days(parsed(spans[i].period), &first, &last);
        assert_int_equal(first, parsed(spans[i].first).index);
        assert_int_equal(last, parsed(spans[i].last).index);
    }
}

static void periods_are_ordered_when_they_do_not_overlap(void **state)
{
    (void)state;
    static const struct {
        const char *a, *b;
        int order; /* 2: none */
    } pairs[] = {
        {"2025-01", "2025-01", 0},
        {"2025-01", "2025-02", -1},
        {"2024-12-31", "2025", -1},
        {"2025-01-01", "2025", 2},
        {"2025-12-31", "2025", 2},
        {"2026-01-01", "2025", 1},
        {"2025-Q1", "2025-04", -1},
        {"2025-Q1", "2025-03", 2},
        {"2025-W01", "2024", 2},
        {"2025-W02", "2024", 1},
        {"2025-W01", "2025-W01", 0},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        struct mig_period a = parsed(pairs[i].a), b = parsed(pairs[i].b);
        struct mig_error error;
        int order, reverse;
        enum mig_status status = mig_period_compare(a, b, &order, &error);
        assert_int_equal(mig_period_compare(b, a, &reverse, NULL), status);
        assert_int_equal(status, pairs[i].order == 2 ? MIG_VALUE : MIG_OK);
        if (status == MIG_OK) {
            assert_int_equal(order, pairs[i].order);
            assert_int_equal(reverse, -pairs[i].order);
            continue;
        }
        char wanted[96];
        snprintf(wanted, sizeof wanted, "'%s' and '%s' overlap: neither is before the other",
            pairs[i].a, pairs[i].b);
        assert_string_equal(error.text, wanted);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(periods_have_their_days),
        cmocka_unit_test(periods_are_ordered_when_they_do_not_overlap),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
