/* Rates: events over an exposure, such as displacements over person-years or migrants over a population.
 *
 * The events are taken as a Poisson count: independent, and rare for each person. The exposure is taken as
 * known. Unlike a proportion, the events need not be a subset of what they are divided by.
 */
#ifndef MIGSTAT_STATS_RATE_H
#define MIGSTAT_STATS_RATE_H

#include "estimate.h"

enum mig_rate_method {
    MIG_RATE_EXACT,      /* Garwood: covers at least `level` */
    MIG_RATE_BYAR,       /* a formula close to the exact limits from 10 events on */
    MIG_RATE_MIDP,       /* the exact tails with half the weight of the observed count: shorter */
    MIG_RATE_BYAR_EXACT, /* exact below 10 events, Byar's from there: the rule of public health offices */
};

/* The names of the methods, in the order of the enum, ended by NULL: "exact", "byar", "midp", "byar-exact". */
MIG_API extern const char *const mig_rate_methods[];

/* mig_rate_exact() with the limits of another method, whose formula is named in `method`:
 *
 * "poisson-exact": as below. "byar", of x events: x (1 - 1/(9x) - z/(3 sqrt x))^3 and, with x' = x + 1,
 * x' (1 - 1/(9x') + z/(3 sqrt x'))^3, the low one 0 where the bracket is negative. Another formula that uses
 * x + 1/2 in both limits circulates under the same name; it is not this one. "poisson-midp": the expectations at
 * which P(X > x) + P(X = x)/2, and P(X < x) + P(X = x)/2, are a/2; iterated to rounding. MIG_RATE_BYAR_EXACT is
 * named "byar-exact", whichever of the two was used.
 *
 * Errors: as below, and no such method.
 * Source: Breslow & Day 1987, Statistical Methods in Cancer Research II, eq. 2.13; Lancaster 1961, JASA 56:223-234
 *         (mid-p); docs/methods.md#rates.
 */
MIG_API enum mig_status MIG_MUST_USE mig_rate(enum mig_rate_method method, double events, double exposure,
    double level, struct mig_estimate *out, struct mig_error *error);

/* The rate events / exposure, its standard error sqrt(events) / exposure, and the exact interval at `level`.
 * `method` reads "poisson-exact".
 *
 * With a = 1 - level and x events, the limits of the expected count are the a/2 quantile of the gamma
 * distribution of shape x and the 1 - a/2 quantile of that of shape x + 1 (half the chi-squared quantiles of
 * 2x and 2x + 2 degrees of freedom), divided by the exposure.
 *
 * Shapes:  `events` is a count in a double, a whole number from 0 to 1e15; `exposure` is any finite number
 *          from 0 up.
 * Units:   events per unit of exposure.
 * Missing: at exposure 0 all is NaN, with a note. At 0 events the low limit is exactly 0 and the standard
 *          error NaN with a note: its formula would give 0, which claims certainty.
 * Errors:  MIG_ARGUMENT: a level outside (0, 1), `events` not a count, a negative or infinite exposure. `*out`
 *          is then untouched.
 * Source:  Garwood 1936, Biometrika 28:437-442; docs/methods.md#rates.
 */
MIG_API enum mig_status MIG_MUST_USE mig_rate_exact(double events, double exposure, double level,
    struct mig_estimate *out, struct mig_error *error);

#endif
