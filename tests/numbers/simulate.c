/* The model of return cases: what is drawn against the probabilities that docs/simulation.md
 * documents.
 *
 * They are typed again here, from there. Where they come from a publication:
 *   8.5 % women: 80 of the 943 returned in December 2022 (maliweb.net, article 3010504 of 2023).
 *   4 % under 18, 90 % from 18 to 44: 10112 migrants assisted by IOM since May 2017 (kibaru.ml).
 *   Kayes 35 %, Koulikoro 16 %, Bamako 15 %: Malians asked by IOM, Mali, suivi des flux, July to
 * September 2021. The others are chosen, as the header says: a test of the code, not of the world.
 *
 * The seed is fixed. About 80 sums of squares are compared, each with the quantile that one in
 * 10,000 passes.
 */
#include "close.h"

#include <stdbool.h>
#include <string.h>

#include "base/period.h"
#include "stats/simulate.h"

enum { SEED = 20260101, CASES = 1000000, FIRST_YEAR = 2011, LAST_YEAR = 2030 };
enum { YEARS = LAST_YEAR - FIRST_YEAR + 1, MOST = 31 };

/* R 4.2.2: qchisq(1e-4, 1:30, lower.tail=FALSE) */
static const double critical[MOST] = {0, 15.136705, 18.420681, 21.107513, 23.512742, 25.744832,
    27.856341, 29.877504, 31.827628, 33.719948, 35.564014, 37.366986, 39.134404, 40.870655,
    42.579289, 44.263225, 45.924899, 47.56637, 49.189394, 50.79549, 52.385973, 53.962, 55.524589,
    57.074643, 58.61297, 60.140292, 61.657261, 63.164467, 64.662446, 66.151685, 67.6326};

static const char *const regions[] = {"Kayes", "Koulikoro", "Bamako", "Sikasso", "Segou", "Mopti",
    "Tombouctou", "Gao", "Kidal", "Menaka", "Taoudenit"};
static const char *const countries[] = {"Algeria", "Cote d'Ivoire", "France", "Gabon", "Libya",
    "Mauritania", "Morocco", "Niger", "Senegal", "Spain", "Tunisia"};
static const char *const needs[] = {
    "none", "unaccompanied child", "victim of trafficking", "medical need", "single parent"};
static const char *const aids[] = {"none", "in cash", "in kind", "training", "psychosocial"};

/* A case with what the tests count by; -1 is unknown. */
struct row {
    struct mig_returns_case is;
    int year; /* from 0 */
    int month, day;
    int age_class; /* 0-5 6-13 14-17 18-24 25-34 35-44 45-59 60-79 */
};
static struct row rows[CASES];
static int32_t last_day;

static int class_of(int age)
{
    static const int ends[] = {5, 13, 17, 24, 34, 44, 59, 79};
    for (int i = 0; i < 8; i++)
        if (age >= 0 && age <= ends[i])
            return i;
    return -1;
}

static int number_at(const char *digits, int count)
{
    int number = 0;
    for (int i = 0; i < count; i++)
        number = 10 * number + (digits[i] - '0');
    return number;
}

static int draw_rows(void **state)
{
    (void)state;
    struct mig_returns_simulation simulation;
    if (mig_returns_simulation_init(&simulation, SEED, FIRST_YEAR, LAST_YEAR, NULL))
        return -1;
    for (int i = 0; i < CASES; i++) {
        char text[MIG_PERIOD_TEXT];
        struct row *row = &rows[i];
        row->is = mig_returns_simulation_next(&simulation);
        mig_period_format((struct mig_period){MIG_DAY, row->is.return_day}, text);
        row->year = number_at(text, 4) - FIRST_YEAR;
        row->month = number_at(text + 5, 2) - 1;
        row->day = number_at(text + 8, 2) - 1;
        row->age_class = class_of(row->is.age);
    }
    last_day = mig_day_number(LAST_YEAR, 12, 31);
    mig_returns_simulation_release(&simulation);
    return 0;
}

/* Pearson's sum of squares over the cells of weight > 0; nothing may fall into the others. */
static void assert_drawn_as(const char *what, const int *observed, const double *weights, int count)
{
    double total = 0, weight = 0, sum = 0;
    int df = -1;
    for (int i = 0; i < count; i++) {
        total += observed[i];
        weight += weights[i];
    }
    for (int i = 0; i < count; i++) {
        double expected = total * weights[i] / weight;
        if (weights[i] > 0) {
            sum += (observed[i] - expected) * (observed[i] - expected) / expected;
            df++;
        } else if (observed[i] > 0) {
            fail_msg("%s: %d in cell %d, whose weight is 0", what, observed[i], i);
        }
        if (weights[i] > 0 && expected < 5)
            fail_msg("%s: only %g expected in cell %d", what, expected, i);
    }
    if (df > 0 && !(sum < critical[df]))
        fail_msg("%s: sum of squares %g with %d degrees of freedom", what, sum, df);
}

static void years_and_months(void **state)
{
    (void)state;
    static const double months[12] = {95, 90, 100, 85, 80, 70, 65, 65, 75, 85, 95, 95};
    double years[YEARS];
    int by_year[YEARS] = {0}, by_month[12] = {0};
    for (int i = 0; i < YEARS; i++)
        years[i] = pow(1.07, i);
    for (int i = 0; i < CASES; i++) {
        assert_in_range(rows[i].year, 0, YEARS - 1);
        by_year[rows[i].year]++;
        by_month[rows[i].month]++;
    }
    assert_drawn_as("year", by_year, years, YEARS);
    assert_drawn_as("month", by_month, months, 12);
}

static void days_of_the_months(void **state)
{
    (void)state;
    static const int lengths[12] = {31, 0 /* 28 or 29 */, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    for (int month = 0; month < 12; month++) {
        int observed[31] = {0};
        double even[31] = {0};
        for (int day = 0; day < lengths[month]; day++)
            even[day] = 1;
        for (int i = 0; i < CASES; i++)
            if (rows[i].month == month)
                observed[rows[i].day]++;
        if (lengths[month] > 0)
            assert_drawn_as("day", observed, even, 31);
    }
}

static void sexes_and_ages(void **state)
{
    (void)state;
    static const double sexes[2] = {915, 85};
    static const double ages[2][8] = {
        {2, 4, 24, 330, 440, 130, 60, 10}, {60, 40, 50, 280, 360, 150, 50, 10}};
    int by_sex[2] = {0}, by_age[2][8] = {{0}};
    for (int i = 0; i < CASES; i++) {
        if (rows[i].is.sex < 0)
            continue;
        by_sex[rows[i].is.sex]++;
        if (rows[i].is.age >= 0)
            by_age[rows[i].is.sex][rows[i].age_class]++;
    }
    assert_drawn_as("sex", by_sex, sexes, 2);
    assert_drawn_as("age of men", by_age[0], ages[0], 8);
    assert_drawn_as("age of women", by_age[1], ages[1], 8);
}

static void ages_within_their_classes(void **state)
{
    (void)state;
    static const int firsts[9] = {0, 6, 14, 18, 25, 35, 45, 60, 80};
    static const double even[20] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
    int by_age[80] = {0};
    for (int i = 0; i < CASES; i++)
        if (rows[i].is.age >= 0)
            by_age[rows[i].is.age]++;
    for (int i = 0; i < 8; i++)
        assert_drawn_as("age in its class", by_age + firsts[i], even, firsts[i + 1] - firsts[i]);
}

/* Published: 4 % minors, 90 % from 18 to 44. By the classes above 4.02 % and 89.1 %. */
static void shares_of_ages_are_those_published(void **state)
{
    (void)state;
    double known = 0, minors = 0, young = 0;
    for (int i = 0; i < CASES; i++) {
        known += rows[i].is.age >= 0;
        minors += rows[i].is.age >= 0 && rows[i].is.age < 18;
        young += rows[i].is.age >= 18 && rows[i].is.age < 45;
    }
    assert_true(fabs(100 * minors / known - 4) < 0.5);
    assert_true(fabs(100 * young / known - 90) < 1.5);
}

static void regions_and_countries(void **state)
{
    (void)state;
    static const double region[11] = {350, 160, 150, 120, 90, 60, 30, 30, 4, 4, 2};
    static const double country[3][11] = {{240, 40, 50, 30, 260, 110, 60, 110, 40, 25, 35},
        {220, 170, 10, 20, 290, 40, 40, 140, 20, 10, 40},
        {370, 30, 5, 10, 280, 30, 20, 220, 5, 5, 25}};
    int by_region[11] = {0}, by_country[3][11] = {{0}};
    for (int i = 0; i < CASES; i++) {
        int at = rows[i].is.region;
        if (at < 0)
            continue;
        by_region[at]++;
        by_country[at < 3 ? 0 : at < 5 ? 1 : 2][rows[i].is.country]++;
    }
    assert_drawn_as("region", by_region, region, 11);
    for (int area = 0; area < 3; area++)
        assert_drawn_as("country", by_country[area], country[area], 11);
}

static void routes(void **state)
{
    (void)state;
    static const double route[11][5] = {{200, 450, 0, 350, 0}, {0, 0, 0, 1000, 0},
        {300, 300, 50, 0, 350}, {0, 0, 0, 900, 100}, {800, 0, 0, 200, 0}, {0, 50, 600, 350, 0},
        {0, 700, 150, 120, 30}, {700, 50, 0, 250, 0}, {0, 0, 350, 650, 0}, {0, 550, 400, 0, 50},
        {900, 0, 0, 100, 0}};
    int observed[11][5] = {{0}};
    for (int i = 0; i < CASES; i++)
        observed[rows[i].is.country][rows[i].is.route]++;
    for (int country = 0; country < 11; country++)
        assert_drawn_as(countries[country], observed[country], route[country], 5);
}

static void vulnerabilities_and_assistance(void **state)
{
    (void)state;
    static const double need[5][5] = {{900, 0, 40, 60, 0}, {760, 140, 60, 40, 0},
        {400, 500, 60, 40, 0}, {950, 0, 20, 20, 10}, {620, 0, 120, 60, 200}};
    static const double aid[5][5] = {{350, 250, 220, 150, 30}, {100, 50, 300, 250, 300},
        {100, 150, 200, 150, 400}, {150, 350, 250, 50, 200}, {200, 300, 300, 120, 80}};
    static const char *const profiles[5] = {"0-5", "6-13", "14-17", "men", "women"};
    int by_profile[5][5] = {{0}}, by_need[5][5] = {{0}};
    for (int i = 0; i < CASES; i++) {
        const struct mig_returns_case *is = &rows[i].is;
        by_need[is->vulnerability][is->assistance]++;
        if (is->sex >= 0 && is->age >= 0)
            by_profile[is->age < 6    ? 0
                       : is->age < 14 ? 1
                       : is->age < 18 ? 2
                                      : 3 + is->sex][is->vulnerability]++;
    }
    for (int i = 0; i < 5; i++) {
        assert_drawn_as(profiles[i], by_profile[i], need[i], 5);
        assert_drawn_as(needs[i], by_need[i], aid[i], 5);
    }
}

static const int limits[15] = {
    28, 76, 98, 133, 166, 201, 240, 287, 346, 433, 589, 759, 1011, 1223, 2088};
static const double weights_of_delay[14] = {
    50, 50, 100, 100, 100, 100, 100, 100, 100, 100, 50, 30, 10, 10};

/* R 4.2.2: round(qlnorm(c(.001,.05,.1,.2,.3,.4,.5,.6,.7,.8,.9,.95,.98,.99,.999), log(240), 0.7))
 * gives the limits. Counted where 2088 days were left. */
static void delays(void **state)
{
    (void)state;
    int observed[14] = {0};
    for (int i = 0; i < CASES; i++) {
        const struct mig_returns_case *is = &rows[i].is;
        int class = 0, delay = is->reintegration_day - is->return_day;
        if (is->reintegrated != 1 || last_day - is->return_day < 2088)
            continue;
        assert_in_range(delay, 28, 2087);
        while (delay >= limits[class + 1])
            class ++;
        observed[class]++;
    }
    assert_drawn_as("delay", observed, weights_of_delay, 14);
}

/* The probability that a delay is at most `days`. */
static double within(int days)
{
    double below = 0;
    for (int i = 0; i < 14; i++) {
        double part = (days + 1.0 - limits[i]) / (limits[i + 1] - limits[i]);
        below += weights_of_delay[i] / 1000 * (part < 0 ? 0 : part > 1 ? 1 : part);
    }
    return below;
}

static double probability_of_reintegration(const struct row *row)
{
    static const double region[11] = {
        1, 1.05, 1.25, 1.20, 0.95, 0.55, 0.50, 0.50, 0.35, 0.35, 0.40};
    static const double sex[2] = {1, 0.80};
    static const double need[5] = {1, 0.80, 0.60, 0.70, 0.75};
    static const double aid[5] = {1, 1.60, 1.90, 2.40, 1.50};
    int age = row->is.age;
    double logit = log(0.45) + log(region[row->is.region]) + log(sex[row->is.sex]) +
                   log(age < 18   ? 0.90
                       : age < 35 ? 1
                       : age < 60 ? 1.15
                                  : 0.85) +
                   log(need[row->is.vulnerability]) + log(aid[row->is.assistance]) +
                   row->year * log(1.06);
    return within(last_day - row->is.return_day) / (1 + exp(-logit));
}

/* Reintegrations of one level of a factor: observed, expected and variance of the observed. */
struct level {
    double observed, expected, variance;
};

/* Given the covariates the expectations are known: every level is compared by itself. */
static void assert_expected(const char *what, const struct level *levels, int count)
{
    for (int i = 0; i < count; i++) {
        double distance = levels[i].observed - levels[i].expected;
        if (!(levels[i].variance > 25))
            fail_msg("%s: too few of level %d", what, i);
        if (!(distance * distance / levels[i].variance < critical[1]))
            fail_msg("%s: %g of level %d, expected %g with a variance of %g", what,
                levels[i].observed, i, levels[i].expected, levels[i].variance);
    }
}

static void count_in(struct level *level, const struct row *row, double p)
{
    level->observed += row->is.reintegrated;
    level->expected += p;
    level->variance += p * (1 - p);
}

static void reintegration(void **state)
{
    (void)state;
    struct level all = {0}, year[YEARS] = {{0}}, region[11] = {{0}}, sex[2] = {{0}}, age[8] = {{0}};
    struct level need[5] = {{0}}, aid[5] = {{0}};
    for (int i = 0; i < CASES; i++) {
        const struct mig_returns_case *is = &rows[i].is;
        if (is->region < 0 || is->sex < 0 || is->age < 0 || is->reintegrated < 0)
            continue;
        double p = probability_of_reintegration(&rows[i]);
        count_in(&all, &rows[i], p);
        count_in(&year[rows[i].year], &rows[i], p);
        count_in(&region[is->region], &rows[i], p);
        count_in(&sex[is->sex], &rows[i], p);
        count_in(&age[rows[i].age_class], &rows[i], p);
        count_in(&need[is->vulnerability], &rows[i], p);
        count_in(&aid[is->assistance], &rows[i], p);
    }
    assert_expected("all", &all, 1);
    assert_expected("year", year, YEARS);
    assert_expected("region", region, 11);
    assert_expected("sex", sex, 2);
    assert_expected("age", age, 8);
    assert_expected("vulnerability", need, 5);
    assert_expected("assistance", aid, 5);
}

static void holes_and_losses(void **state)
{
    (void)state;
    static const double per_1000[4][2] = {{10, 990}, {10, 990}, {15, 985}, {50, 950}};
    static const char *const what[4] = {"region", "sex", "age", "reintegrated"};
    int observed[4][2] = {{0}};
    for (int i = 0; i < CASES; i++) {
        observed[0][rows[i].is.region >= 0]++;
        observed[1][rows[i].is.sex >= 0]++;
        observed[2][rows[i].is.age >= 0]++;
        observed[3][rows[i].is.reintegrated >= 0]++;
    }
    for (int i = 0; i < 4; i++)
        assert_drawn_as(what[i], observed[i], per_1000[i], 2);
}

/* Two variables that the model draws apart: neither follows the stream of the other. */
static void apart_means_independent(void **state)
{
    (void)state;
    int by_month[12][11] = {{0}}, by_loss[2][11] = {{0}};
    double margin[11] = {0};
    for (int i = 0; i < CASES; i++) {
        if (rows[i].is.region < 0)
            continue;
        by_month[rows[i].month][rows[i].is.region]++;
        by_loss[rows[i].is.reintegrated < 0][rows[i].is.region]++;
        margin[rows[i].is.region]++;
    }
    for (int month = 0; month < 12; month++)
        assert_drawn_as("region of a month", by_month[month], margin, 11);
    for (int lost = 0; lost < 2; lost++)
        assert_drawn_as("region of the lost", by_loss[lost], margin, 11);
}

/* The weights above stand in the order of these names. */
static void names_stand_in_order(void **state)
{
    (void)state;
    for (int i = 0; i < 11; i++) {
        assert_string_equal(mig_returns_name(MIG_RETURNS_REGIONS, i), regions[i]);
        assert_string_equal(mig_returns_name(MIG_RETURNS_COUNTRIES, i), countries[i]);
    }
    for (int i = 0; i < 5; i++) {
        assert_string_equal(mig_returns_name(MIG_RETURNS_VULNERABILITIES, i), needs[i]);
        assert_string_equal(mig_returns_name(MIG_RETURNS_ASSISTANCES, i), aids[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(years_and_months),
        cmocka_unit_test(days_of_the_months),
        cmocka_unit_test(sexes_and_ages),
        cmocka_unit_test(ages_within_their_classes),
        cmocka_unit_test(shares_of_ages_are_those_published),
        cmocka_unit_test(regions_and_countries),
        cmocka_unit_test(routes),
        cmocka_unit_test(vulnerabilities_and_assistance),
        cmocka_unit_test(delays),
        cmocka_unit_test(reintegration),
        cmocka_unit_test(holes_and_losses),
        cmocka_unit_test(apart_means_independent),
        cmocka_unit_test(names_stand_in_order),
    };
    return cmocka_run_group_tests(tests, draw_rows, NULL);
}
