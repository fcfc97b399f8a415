/* Simulation of return cases: invented persons from a documented model, to learn, to teach and to test with.
 *
 * No case is a person and no figure drawn from them says anything about Mali. What the model is good for: its
 * truth is known, so that an estimate can be compared with it. docs/simulation.md tells it to users.
 *
 * The cases are independent of one another and come in no order. Each has its variables drawn as below, each
 * from the ones named before the colon. `1/1000` says that weights are given per 1000.
 *
 *   year             : the weight of the first year is 10000, of each further one 107/100 of the one before,
 *                      rounded to a whole number (growth of 7 % a year).                              [chosen]
 *   month            : January to December 95 90 100 85 80 70 65 65 75 85 95 95 (1/1000).             [chosen]
 *   day              : uniform over the days of the month.                                            [chosen]
 *   sex              : M 915, F 85 (1/1000): of 943 returned in December 2022, 80 were women.         [a]
 *   age, by sex      : uniform over the whole years of a class; classes (1/1000):                     [b]
 *                        0-5 6-13 14-17 18-24 25-34 35-44 45-59 60-79
 *                      M   2    4    24   330   440   130    60    10
 *                      F  60   40    50   280   360   150    50    10
 *                      so that 4 % are under 18 and 89 % are 18 to 44.
 *   region           : Kayes 350, Koulikoro 160, Bamako 150 [c]; Sikasso 120, Segou 90, Mopti 60, Tombouctou 30,
 *                      Gao 30, Kidal 4, Menaka 4, Taoudenit 2 (1/1000). The regions are those before 2023. [chosen]
 *   country, by region: west is Kayes, Koulikoro, Bamako; south is Sikasso, Segou; north the others (1/1000):
 *                            Algeria Cote d'Ivoire France Gabon Libya Mauritania Morocco Niger Senegal Spain Tunisia
 *                      west      240            40     50    30   260        110      60   110      40    25      35
 *                      south     220           170     10    20   290         40      40   140      20    10      40
 *                      north     370            30      5    10   280         30      20   220       5     5      25
 *                      so that Libya, Algeria and Niger lead.                                         [b, weights chosen]
 *   route, by country: Central Mediterranean, Western Mediterranean, West Africa Atlantic, within Africa, by air
 *                      (1/1000):                                                                      [chosen]
 *                      Algeria 200 450 0 350 0; Cote d'Ivoire 0 0 0 1000 0; France 300 300 50 0 350; Gabon 0 0 0
 *                      900 100; Libya 800 0 0 200 0; Mauritania 0 50 600 350 0; Morocco 0 700 150 120 30; Niger 700
 *                      50 0 250 0; Senegal 0 0 350 650 0; Spain 0 550 400 0 50; Tunisia 900 0 0 100 0.
 *   vulnerability, by age and sex: none, unaccompanied child, victim of trafficking, medical need, single parent
 *                      (1/1000): 0-5 900 0 40 60 0; 6-13 760 140 60 40 0; 14-17 400 500 60 40 0; men from 18
 *                      950 0 20 20 10; women from 18 620 0 120 60 200.               [b for medical need; chosen]
 *   assistance, by vulnerability: none, in cash, in kind, training, psychosocial (1/1000):            [chosen]
 *                      none 350 250 220 150 30; unaccompanied child 100 50 300 250 300; victim of trafficking
 *                      100 150 200 150 400; medical need 150 350 250 50 200; single parent 200 300 300 120 80.
 *   ever reintegrated, by region, sex, age, vulnerability, assistance, year: a logistic model.        [chosen]
 *                      The odds are 0.45 times one odds ratio each (their logarithms are the coefficients):
 *                        region        Kayes 1, Koulikoro 1.05, Bamako 1.25, Sikasso 1.20, Segou 0.95, Mopti 0.55,
 *                                      Tombouctou 0.50, Gao 0.50, Kidal 0.35, Menaka 0.35, Taoudenit 0.40
 *                        sex           M 1, F 0.80
 *                        age           under 18 0.90, 18-34 1, 35-59 1.15, from 60 0.85
 *                        vulnerability none 1, unaccompanied child 0.80, victim of trafficking 0.60, medical
 *                                      need 0.70, single parent 0.75
 *                        assistance    none 1, in cash 1.60, in kind 1.90, training 2.40, psychosocial 1.50
 *                        year          1.06 for each year after the first
 *   delay to reintegration: uniform over the whole days from one limit up to, not including, the next one:
 *                        28 76 98 133 166 201 240 287 346 433 589 759 1011 1223 2088, with the weights
 *                          50 50 100 100 100 100 100 100 100 100 50 30 10 10 (1/1000).
 *                      The limits are quantiles of a log-normal distribution with median 240 days and standard
 *                      deviation 0.7 of the logarithm.                                                [chosen]
 *   lost to follow-up: 50 (1/1000), whatever the rest.                                                [chosen]
 *
 * Follow-up ends on 31 December of the last year. `reintegrated` is unknown when lost; else 1 when ever
 * reintegrated and the day is not after the end of follow-up; else 0. Late returns were thus followed for a
 * short time: the share reintegrated falls towards the last year although the odds rise.
 *
 * Holes: each of region, sex and age is unknown in 10, 10 and 15 of 1000 cases, whatever the rest; the other
 * variables follow from the value behind the hole.                                                    [chosen]
 *
 * Units:   days since 1970-01-01; delays in days; ages in completed years.
 * Repeats: a seed gives the same cases on every machine. Choices compare whole numbers, which are exact; the
 *          probability of reintegration is made of products and one quotient, which IEEE 754 rounds in
 *          one way; no exponential, logarithm or power is computed. Every variable has its stream: one more
 *          variable changes no other. The first cases of a longer run are those of a shorter one.
 * Source:  [a] maliweb.net, article 3010504 of 2023: 943 returned in December 2022, 863 men and 80 women
 *          (datasets/mali/returns.csv). [b] kibaru.ml on 10112 migrants assisted by IOM since May 2017: most from
 *          Libya, Niger and Algeria; 90 % aged 18 to 44, 4 % minors, 2 % medical cases. [c] IOM, Mali, suivi des
 *          flux, analyse d'enquetes individuelles, July to September 2021: of the Malians asked, 35 % from
 *          Kayes, 16 % Koulikoro, 15 % Bamako (of migrants, not of returnees). [chosen]: for plausibility.
 */
#ifndef MIGSTAT_STATS_SIMULATE_H
#define MIGSTAT_STATS_SIMULATE_H

#include <stdint.h>

#include "../base/error.h"
#include "../base/random.h"

/* The first and the last year that a simulation may be about. */
enum { MIG_SIMULATION_FIRST_YEAR = 1900, MIG_SIMULATION_LAST_YEAR = 2100 };
enum { MIG_SIMULATION_YEARS = MIG_SIMULATION_LAST_YEAR - MIG_SIMULATION_FIRST_YEAR + 1 };

/* Streams of random numbers, one a variable. Their numbers are part of the output: append, never insert. */
enum mig_returns_stream {
    MIG_RETURNS_YEAR,
    MIG_RETURNS_MONTH,
    MIG_RETURNS_DAY,
    MIG_RETURNS_SEX,
    MIG_RETURNS_AGE_CLASS,
    MIG_RETURNS_AGE,
    MIG_RETURNS_REGION,
    MIG_RETURNS_COUNTRY,
    MIG_RETURNS_ROUTE,
    MIG_RETURNS_VULNERABILITY,
    MIG_RETURNS_ASSISTANCE,
    MIG_RETURNS_REINTEGRATED,
    MIG_RETURNS_DELAY_CLASS,
    MIG_RETURNS_DELAY,
    MIG_RETURNS_LOST,
    MIG_RETURNS_HOLE_REGION,
    MIG_RETURNS_HOLE_SEX,
    MIG_RETURNS_HOLE_AGE,
    MIG_RETURNS_STREAMS
};

struct mig_returns_simulation {
    struct mig_random streams[MIG_RETURNS_STREAMS]; /* owned */
    int first_year;
    int n_years;
    int32_t last_day; /* of follow-up */
    double year_weights[MIG_SIMULATION_YEARS];
    double year_odds[MIG_SIMULATION_YEARS];
};

/* What stands in a field that is not known. */
enum { MIG_SIMULATED_UNKNOWN = -1 };

struct mig_returns_case {
    int32_t return_day;
    int region, sex, age; /* or unknown; indices of the names below, but for age */
    int country, route, vulnerability, assistance;
    int reintegrated;           /* 1, 0 or unknown */
    int32_t reintegration_day; /* where reintegrated is 1; else 0 */
};

/* Begins the cases of `seed` returned from 1 January of `first_year` to 31 December of `last_year`.
 * Errors: MIG_NO_MEMORY; MIG_ARGUMENT for years outside 1900 to 2100 or in the wrong order. */
MIG_API enum mig_status MIG_MUST_USE mig_returns_simulation_init(
    struct mig_returns_simulation *simulation, uint64_t seed, uint64_t first_year, uint64_t last_year,
    struct mig_error *error);
MIG_API void mig_returns_simulation_release(struct mig_returns_simulation *simulation);

/* The next case; there is always one. */
MIG_API struct mig_returns_case mig_returns_simulation_next(struct mig_returns_simulation *simulation);

/* The names of categories, in the order in which the model above lists them (regions: Kayes is 0). */
enum mig_returns_variable {
    MIG_RETURNS_REGIONS,
    MIG_RETURNS_SEXES,
    MIG_RETURNS_COUNTRIES,
    MIG_RETURNS_ROUTES,
    MIG_RETURNS_VULNERABILITIES,
    MIG_RETURNS_ASSISTANCES
};

/* NULL when `index` is unknown or beyond the last name. */
MIG_API const char *mig_returns_name(enum mig_returns_variable variable, int index);

#endif
