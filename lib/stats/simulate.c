#include "stats/simulate.h"

#include <stdbool.h>
#include <stddef.h>

#include "base/i18n.h"
#include "base/period.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

enum { REGIONS = 11, SEXES = 2, AGES = 8, COUNTRIES = 11, ROUTES = 5, NEEDS = 5, ASSISTANCES = 5 };
enum { AREAS = 3, PROFILES = 5, MONTHS = 12, DELAYS = 14 };
enum { FEMALE = 1 };

/* --- names --- */

static const char *const region_names[REGIONS] = {"Kayes", "Koulikoro", "Bamako", "Sikasso",
    "Segou", "Mopti", "Tombouctou", "Gao", "Kidal", "Menaka", "Taoudenit"};
static const char *const sex_names[SEXES] = {"M", "F"};
static const char *const country_names[COUNTRIES] = {"Algeria", "Cote d'Ivoire", "France", "Gabon",
    "Libya", "Mauritania", "Morocco", "Niger", "Senegal", "Spain", "Tunisia"};
static const char *const route_names[ROUTES] = {"Central Mediterranean", "Western Mediterranean",
    "West Africa Atlantic", "within Africa", "by air"};
static const char *const need_names[NEEDS] = {
    "none", "unaccompanied child", "victim of trafficking", "medical need", "single parent"};
static const char *const assistance_names[ASSISTANCES] = {
    "none", "in cash", "in kind", "training", "psychosocial"};

const char *mig_returns_name(enum mig_returns_variable variable, int index)
{
    static const struct {
        const char *const *names;
        int count;
    } lists[] = {
        [MIG_RETURNS_REGIONS] = {region_names, REGIONS},
        [MIG_RETURNS_SEXES] = {sex_names, SEXES},
        [MIG_RETURNS_COUNTRIES] = {country_names, COUNTRIES},
        [MIG_RETURNS_ROUTES] = {route_names, ROUTES},
        [MIG_RETURNS_VULNERABILITIES] = {need_names, NEEDS},
        [MIG_RETURNS_ASSISTANCES] = {assistance_names, ASSISTANCES},
    };
    return index >= 0 && index < lists[variable].count ? lists[variable].names[index] : NULL;
}

/* --- weights, of 1000 --- */

static const double month_weights[MONTHS] = {95, 90, 100, 85, 80, 70, 65, 65, 75, 85, 95, 95};
static const double sex_weights[SEXES] = {915, 85};
static const double age_weights[SEXES][AGES] = {
    {2, 4, 24, 330, 440, 130, 60, 10},
    {60, 40, 50, 280, 360, 150, 50, 10},
};
static const int age_limits[AGES + 1] = {0, 6, 14, 18, 25, 35, 45, 60, 80};
static const double region_weights[REGIONS] = {350, 160, 150, 120, 90, 60, 30, 30, 4, 4, 2};
static const int area_of_region[REGIONS] = {0, 0, 0, 1, 1, 2, 2, 2, 2, 2, 2};
static const double country_weights[AREAS][COUNTRIES] = {
    {240, 40, 50, 30, 260, 110, 60, 110, 40, 25, 35},
    {220, 170, 10, 20, 290, 40, 40, 140, 20, 10, 40},
    {370, 30, 5, 10, 280, 30, 20, 220, 5, 5, 25},
};
static const double route_weights[COUNTRIES][ROUTES] = {
    {200, 450, 0, 350, 0},
    {0, 0, 0, 1000, 0},
    {300, 300, 50, 0, 350},
    {0, 0, 0, 900, 100},
    {800, 0, 0, 200, 0},
    {0, 50, 600, 350, 0},
    {0, 700, 150, 120, 30},
    {700, 50, 0, 250, 0},
    {0, 0, 350, 650, 0},
    {0, 550, 400, 0, 50},
    {900, 0, 0, 100, 0},
};
static const double need_weights[PROFILES][NEEDS] = {
    {900, 0, 40, 60, 0},
    {760, 140, 60, 40, 0},
    {400, 500, 60, 40, 0},
    {950, 0, 20, 20, 10},
    {620, 0, 120, 60, 200},
};
static const double assistance_weights[NEEDS][ASSISTANCES] = {
    {350, 250, 220, 150, 30},
    {100, 50, 300, 250, 300},
    {100, 150, 200, 150, 400},
    {150, 350, 250, 50, 200},
    {200, 300, 300, 120, 80},
};
static const double delay_weights[DELAYS] = {
    50, 50, 100, 100, 100, 100, 100, 100, 100, 100, 50, 30, 10, 10};
static const int delay_limits[DELAYS + 1] = {
    28, 76, 98, 133, 166, 201, 240, 287, 346, 433, 589, 759, 1011, 1223, 2088};
enum { LOST = 50, HOLE_REGION = 10, HOLE_SEX = 10, HOLE_AGE = 15 };

/* --- odds ratios of reintegration --- */

static const double odds_of_reference = 0.45;
static const double odds_growth = 1.06;
static const double odds_by_region[REGIONS] = {
    1, 1.05, 1.25, 1.20, 0.95, 0.55, 0.50, 0.50, 0.35, 0.35, 0.40};
static const double odds_by_sex[SEXES] = {1, 0.80};
static const double odds_by_age[AGES] = {0.90, 0.90, 0.90, 1, 1, 1.15, 1.15, 0.85};
static const double odds_by_need[NEEDS] = {1, 0.80, 0.60, 0.70, 0.75};
static const double odds_by_assistance[ASSISTANCES] = {1, 1.60, 1.90, 2.40, 1.50};

/* --- drawing --- */

static int choose(struct mig_returns_simulation *simulation, enum mig_returns_stream stream,
    const double *weights, size_t count)
{
    return (int)mig_random_choice(&simulation->streams[stream], weights, count);
}

/* A whole number from `from` up to, not including, `to`. */
static int between(
    struct mig_returns_simulation *simulation, enum mig_returns_stream stream, int from, int to)
{
    return from + (int)mig_random_below(&simulation->streams[stream], (uint32_t)(to - from));
}

static bool happens(
    struct mig_returns_simulation *simulation, enum mig_returns_stream stream, uint32_t per_1000)
{
    return mig_random_below(&simulation->streams[stream], 1000) < per_1000;
}

/* The year is left in `year` as an index. */
static int32_t draw_return_day(struct mig_returns_simulation *simulation, int *year)
{
    *year =
        choose(simulation, MIG_RETURNS_YEAR, simulation->year_weights, (size_t)simulation->n_years);
    int month = 1 + choose(simulation, MIG_RETURNS_MONTH, month_weights, MONTHS);
    int number = simulation->first_year + *year;
    int32_t first = mig_day_number(number, month, 1);
    int32_t next =
        month < MONTHS ? mig_day_number(number, month + 1, 1) : mig_day_number(number + 1, 1, 1);
    return between(simulation, MIG_RETURNS_DAY, first, next);
}

static int profile(int sex, int age_class)
{
    return age_class < 3 ? age_class : 3 + (sex == FEMALE);
}

/* No function of the mathematics library: see "Repeats" in the header. */
static bool draw_reintegrated(struct mig_returns_simulation *simulation,
    const struct mig_returns_case *drawn, int age_class, int year)
{
    double odds = odds_of_reference * odds_by_region[drawn->region] * odds_by_sex[drawn->sex] *
                  odds_by_age[age_class] * odds_by_need[drawn->vulnerability] *
                  odds_by_assistance[drawn->assistance] * simulation->year_odds[year];
    double probability = odds / (1 + odds);
    return mig_random_uniform(&simulation->streams[MIG_RETURNS_REINTEGRATED]) < probability;
}

/* Every draw is made whether it is needed or not, so that the streams stay in step with the cases.
 */
static void follow_up(struct mig_returns_simulation *simulation, struct mig_returns_case *drawn,
    int age_class, int year)
{
    bool ever = draw_reintegrated(simulation, drawn, age_class, year);
    bool lost = happens(simulation, MIG_RETURNS_LOST, LOST);
    int class = choose(simulation, MIG_RETURNS_DELAY_CLASS, delay_weights, DELAYS);
    int32_t day = drawn->return_day + between(simulation, MIG_RETURNS_DELAY, delay_limits[class],
                                          delay_limits[class + 1]);
    drawn->reintegrated = lost ? MIG_SIMULATED_UNKNOWN : ever && day <= simulation->last_day;
    drawn->reintegration_day = drawn->reintegrated == 1 ? day : 0;
}

static void make_holes(struct mig_returns_simulation *simulation, struct mig_returns_case *drawn)
{
    if (happens(simulation, MIG_RETURNS_HOLE_REGION, HOLE_REGION))
        drawn->region = MIG_SIMULATED_UNKNOWN;
    if (happens(simulation, MIG_RETURNS_HOLE_SEX, HOLE_SEX))
        drawn->sex = MIG_SIMULATED_UNKNOWN;
    if (happens(simulation, MIG_RETURNS_HOLE_AGE, HOLE_AGE))
        drawn->age = MIG_SIMULATED_UNKNOWN;
}

struct mig_returns_case mig_returns_simulation_next(struct mig_returns_simulation *simulation)
{
    struct mig_returns_case drawn = {0};
    int year;
    drawn.return_day = draw_return_day(simulation, &year);
    drawn.sex = choose(simulation, MIG_RETURNS_SEX, sex_weights, SEXES);
    int age_class = choose(simulation, MIG_RETURNS_AGE_CLASS, age_weights[drawn.sex], AGES);
    drawn.age =
        between(simulation, MIG_RETURNS_AGE, age_limits[age_class], age_limits[age_class + 1]);
    drawn.region = choose(simulation, MIG_RETURNS_REGION, region_weights, REGIONS);
    drawn.country = choose(
        simulation, MIG_RETURNS_COUNTRY, country_weights[area_of_region[drawn.region]], COUNTRIES);
    drawn.route = choose(simulation, MIG_RETURNS_ROUTE, route_weights[drawn.country], ROUTES);
    drawn.vulnerability = choose(
        simulation, MIG_RETURNS_VULNERABILITY, need_weights[profile(drawn.sex, age_class)], NEEDS);
    drawn.assistance = choose(
        simulation, MIG_RETURNS_ASSISTANCE, assistance_weights[drawn.vulnerability], ASSISTANCES);
    follow_up(simulation, &drawn, age_class, year);
    make_holes(simulation, &drawn);
    return drawn;
}

/* --- beginning and end --- */

static enum mig_status check_year(uint64_t year, struct mig_error *error)
{
    if (year >= MIG_SIMULATION_FIRST_YEAR && year <= MIG_SIMULATION_LAST_YEAR)
        return MIG_OK;
    return mig_fail(error, MIG_ARGUMENT, _("'%llu' is not a year from %d to %d"),
        (unsigned long long)year, MIG_SIMULATION_FIRST_YEAR, MIG_SIMULATION_LAST_YEAR);
}

static enum mig_status check_years(uint64_t first, uint64_t last, struct mig_error *error)
{
    enum mig_status status = check_year(first, error);
    if (!status)
        status = check_year(last, error);
    if (!status && first > last)
        status = mig_fail(error, MIG_ARGUMENT, _("'%d' is the first year, but the last is %d"),
            (int)first, (int)last);
    return status;
}

static void fill_years(struct mig_returns_simulation *simulation)
{
    uint64_t weight = 10000;
    double odds = 1;
    for (int i = 0; i < simulation->n_years; i++) {
        simulation->year_weights[i] = (double)weight;
        simulation->year_odds[i] = odds;
        weight = (107 * weight + 50) / 100;
        odds *= odds_growth;
    }
}

enum mig_status mig_returns_simulation_init(struct mig_returns_simulation *simulation,
    uint64_t seed, uint64_t first_year, uint64_t last_year, struct mig_error *error)
{
    *simulation = (struct mig_returns_simulation){0};
    enum mig_status status = check_years(first_year, last_year, error);
    for (size_t i = 0; !status && i < COUNT_OF(simulation->streams); i++)
        status = mig_random_init(&simulation->streams[i], seed, i, error);
    if (status) {
        mig_returns_simulation_release(simulation);
        return status;
    }
    simulation->first_year = (int)first_year;
    simulation->n_years = (int)(last_year - first_year) + 1;
    simulation->last_day = mig_day_number((int)last_year, 12, 31);
    fill_years(simulation);
    return MIG_OK;
}

void mig_returns_simulation_release(struct mig_returns_simulation *simulation)
{
    if (simulation == NULL)
        return;
    for (size_t i = 0; i < COUNT_OF(simulation->streams); i++)
        mig_random_release(&simulation->streams[i]);
}
