#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/period.h"
#include "stats/simulate.h"

static struct mig_returns_simulation started(uint64_t seed, uint64_t first_year, uint64_t last_year)
{
    struct mig_returns_simulation simulation;
    assert_int_equal(
        mig_returns_simulation_init(&simulation, seed, first_year, last_year, NULL), MIG_OK);
    return simulation;
}

/* Everything that does not follow from the dates. */
static bool same_person(const struct mig_returns_case *a, const struct mig_returns_case *b)
{
    return a->region == b->region && a->sex == b->sex && a->age == b->age &&
           a->country == b->country && a->route == b->route &&
           a->vulnerability == b->vulnerability && a->assistance == b->assistance;
}

static bool same_case(const struct mig_returns_case *a, const struct mig_returns_case *b)
{
    return same_person(a, b) && a->return_day == b->return_day &&
           a->reintegrated == b->reintegrated && a->reintegration_day == b->reintegration_day;
}

static void a_seed_repeats(void **state)
{
    (void)state;
    struct mig_returns_simulation a = started(42, 2019, 2025), b = started(42, 2019, 2025);
    for (int i = 0; i < 2000; i++) {
        struct mig_returns_case from_a = mig_returns_simulation_next(&a);
        struct mig_returns_case from_b = mig_returns_simulation_next(&b);
        assert_true(same_case(&from_a, &from_b));
    }
    mig_returns_simulation_release(&a);
    mig_returns_simulation_release(&b);
}

static void another_seed_differs(void **state)
{
    (void)state;
    struct mig_returns_simulation a = started(42, 2019, 2025), b = started(43, 2019, 2025);
    int same = 0;
    for (int i = 0; i < 2000; i++) {
        struct mig_returns_case from_a = mig_returns_simulation_next(&a);
        struct mig_returns_case from_b = mig_returns_simulation_next(&b);
        same += same_case(&from_a, &from_b);
    }
    assert_int_equal(same, 0);
    mig_returns_simulation_release(&a);
    mig_returns_simulation_release(&b);
}

/* Each variable has its stream: other years change the dates and what follows from them, no person.
 */
static void the_years_change_no_person(void **state)
{
    (void)state;
    struct mig_returns_simulation a = started(5, 2019, 2025), b = started(5, 1950, 2001);
    for (int i = 0; i < 2000; i++) {
        struct mig_returns_case from_a = mig_returns_simulation_next(&a);
        struct mig_returns_case from_b = mig_returns_simulation_next(&b);
        assert_true(same_person(&from_a, &from_b));
        assert_int_not_equal(from_a.return_day, from_b.return_day);
    }
    mig_returns_simulation_release(&a);
    mig_returns_simulation_release(&b);
}

/* 2024 was a leap year: its days have the numbers 19723 to 20088 (date -ud 2024-12-31 +%s divided
 * by 86400). */
static void every_day_of_a_leap_year_comes(void **state)
{
    (void)state;
    enum { FIRST = 19723, LAST = 20088 };
    int seen[LAST - FIRST + 1] = {0};
    struct mig_returns_simulation simulation = started(1, 2024, 2024);
    for (int i = 0; i < 20000; i++) {
        struct mig_returns_case drawn = mig_returns_simulation_next(&simulation);
        assert_in_range(drawn.return_day, FIRST, LAST);
        seen[drawn.return_day - FIRST]++;
    }
    for (int day = 0; day <= LAST - FIRST; day++)
        assert_true(seen[day] > 0);
    mig_returns_simulation_release(&simulation);
}

static void follow_up_ends_with_the_last_year(void **state)
{
    (void)state;
    const int32_t end = mig_day_number(2021, 12, 31);
    int32_t latest = 0;
    int known = 0, unknown = 0;
    struct mig_returns_simulation simulation = started(3, 2020, 2021);
    for (int i = 0; i < 20000; i++) {
        struct mig_returns_case drawn = mig_returns_simulation_next(&simulation);
        if (drawn.reintegrated == 1) {
            assert_in_range(drawn.reintegration_day - drawn.return_day, 28, 2087);
            assert_true(drawn.reintegration_day <= end);
            latest = drawn.reintegration_day > latest ? drawn.reintegration_day : latest;
            known++;
        } else {
            assert_int_equal(drawn.reintegration_day, 0);
            unknown += drawn.reintegrated == MIG_SIMULATED_UNKNOWN;
        }
    }
    assert_true(known > 0 && unknown > 0);
    assert_int_equal(
        latest, end); /* the last day itself still counts: some 10 cases a day fall there */
    mig_returns_simulation_release(&simulation);
}

static void names_are_those_of_the_model(void **state)
{
    (void)state;
    static const struct {
        enum mig_returns_variable variable;
        int count;
        const char *first, *last;
    } rows[] = {
        {MIG_RETURNS_REGIONS, 11, "Kayes", "Taoudenit"},
        {MIG_RETURNS_SEXES, 2, "M", "F"},
        {MIG_RETURNS_COUNTRIES, 11, "Algeria", "Tunisia"},
        {MIG_RETURNS_ROUTES, 5, "Central Mediterranean", "by air"},
        {MIG_RETURNS_VULNERABILITIES, 5, "none", "single parent"},
        {MIG_RETURNS_ASSISTANCES, 5, "none", "psychosocial"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assert_string_equal(mig_returns_name(rows[i].variable, 0), rows[i].first);
        assert_string_equal(mig_returns_name(rows[i].variable, rows[i].count - 1), rows[i].last);
        assert_null(mig_returns_name(rows[i].variable, rows[i].count));
        assert_null(mig_returns_name(rows[i].variable, MIG_SIMULATED_UNKNOWN));
    }
}

static void refuses_years(void **state)
{
    (void)state;
    static const struct {
        uint64_t first, last;
        const char *quoted;
    } rows[] = {
        {1899, 2025, "'1899' is not a year from 1900 to 2100"},
        {2019, 2101, "'2101' is not a year from 1900 to 2100"},
        {UINT64_MAX, 2025, "'18446744073709551615' is not a year"},
        {2025, 2024, "'2025' is the first year, but the last is 2024"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct mig_returns_simulation simulation;
        struct mig_error error;
        assert_int_equal(
            mig_returns_simulation_init(&simulation, 1, rows[i].first, rows[i].last, &error),
            MIG_ARGUMENT);
        assert_non_null(strstr(error.text, rows[i].quoted));
    }
}

static void takes_the_widest_years(void **state)
{
    (void)state;
    const int32_t first = mig_day_number(1900, 1, 1), last = mig_day_number(2100, 12, 31);
    struct mig_returns_simulation simulation = started(1, 1900, 2100);
    for (int i = 0; i < 2000; i++) {
        struct mig_returns_case drawn = mig_returns_simulation_next(&simulation);
        assert_true(drawn.return_day >= first && drawn.return_day <= last);
    }
    mig_returns_simulation_release(&simulation);
    mig_returns_simulation_release(&simulation);
    mig_returns_simulation_release(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_seed_repeats),
        cmocka_unit_test(another_seed_differs),
        cmocka_unit_test(the_years_change_no_person),
        cmocka_unit_test(every_day_of_a_leap_year_comes),
        cmocka_unit_test(follow_up_ends_with_the_last_year),
        cmocka_unit_test(names_are_those_of_the_model),
        cmocka_unit_test(refuses_years),
        cmocka_unit_test(takes_the_widest_years),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
