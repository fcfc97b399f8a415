/* How unequally something is spread over parts: migrants over regions, remittances over districts.
 *
 * Each part has an amount x and, for most measures, a size w to hold it against: population, area, another amount.
 * s = x / sum x is its share of the amount, q = w / sum w its share of the size.
 *
 * These describe the parts given. They have no interval here: where the parts are all there are, nothing was sampled.
 * An index has the result in `estimate` and its name in `method`; the other numbers are NaN, not promised.
 *
 * Shapes:  arrays of `n` entries, one a part. Amounts and sizes are finite, from 0 up; they need not be counts.
 * Missing: a part whose amount is not known cannot be in the arrays: the caller leaves it out and says so. Amounts that
 *          are all 0: NaN, with a note, for every measure; likewise sizes.
 * Errors:  MIG_ARGUMENT: an amount or a size that is negative or not finite; no such method. Outputs are untouched.
 */
#ifndef MIGSTAT_STATS_INEQUALITY_H
#define MIGSTAT_STATS_INEQUALITY_H

#include <stddef.h>

#include "estimate.h"
#include "proportion.h"

/* The location quotient s / q of one part, for counts: 2 says that the part has twice the cases that its share of the base
 * would give it. With the interval of the share x / x_total at `level` by `method` (proportion.h), divided by q: the base is
 * taken as known. `statistic` and `p_value` are the score test of s = q, (s - q) / sqrt(q (1 - q) / x_total). std_error is that of s, divided by q.
 * `method` reads as the share's does, followed by "score" where the test is of another kind than the interval.
 *
 * Shapes:  counts 0 <= x <= x_total <= 1e15; base 0 <= w <= w_total.
 * Missing: x_total or w_total 0, w = 0: all NaN, with a note (w = 0 and x > 0 is "cases, but no base"). w = w_total: no
 *          test. x at 0 or x_total: no standard error. The note says which.
 * Errors:  MIG_ARGUMENT: as mig_proportion(); a base that is none, w > w_total. `*out` is untouched.
 * Source:  Moineddin, Beyene & Boyle 2003, Geogr Anal 35:249-256, on quotients of counts that vary; given the total
 *          count the cases of a part are binomial, which makes it a share; docs/methods.md#inequality.
 */
MIG_API enum mig_status MIG_MUST_USE mig_location_quotient(enum mig_proportion_method method, double x,
    double x_total, double w, double w_total, double level, struct mig_estimate *out,
    struct mig_error *error);

/* The location quotient of amounts that are no counts (money): s / q alone. `method` reads "location-quotient". */
MIG_API enum mig_status MIG_MUST_USE mig_location_quotient_plain(double x, double x_total, double w,
    double w_total, struct mig_estimate *out, struct mig_error *error);

enum mig_gini_method {
    MIG_GINI,           /* over parts, each counting alike whatever its size */
    MIG_GINI_CORRECTED, /* the same times n / (n - 1), so that 1 is reached when one part has all */
    MIG_GINI_WEIGHTED,  /* over the persons of the parts, each taken to have the amount per head of his part */
};

/* Their names: "gini", "gini-corrected", "gini-weighted". */
MIG_API extern const char *const mig_gini_methods[];

/* Gini's index: twice the area between the Lorenz curve of cumulated shares, parts in order of amount per size, and the line
 * of equality: sum (s_i - q_i)(Q_i + Q_(i-1)), Q the cumulated sizes. 0 where all have alike.
 *
 * Shapes:  `sizes` is NULL for the first two methods (every size then is 1), else of `n` entries.
 * Missing: a part of size 0 with an amount: NaN, with a note. A part of size 0 without one takes no part. gini-corrected
 *          of one part: NaN, with a note.
 * Errors:  also MIG_ARGUMENT: sizes given or left out against the method; MIG_NO_MEMORY.
 * Source:  Gini 1914, Atti R Ist Veneto 73:1203-1248; Deltas 2003, Rev Econ Stat 85:226-234 (correction);
 *          docs/methods.md#inequality.
 */
MIG_API enum mig_status MIG_MUST_USE mig_gini(enum mig_gini_method method, const double *amounts,
    const double *sizes, size_t n, struct mig_estimate *out, struct mig_error *error);

struct mig_theil {
    double total;   /* sum s log(s / q): natural logarithm; 0 where all have alike */
    double between; /* the same over groups of parts; NaN without groups */
    double within;  /* sum of S_g T_g: each group's own index, weighted by its share of the amount; NaN without groups */
    const char *note; /* NULL, or why all are NaN */
};

/* Theil's T, with its split over groups: total = between + within.
 *
 * Shapes:  `sizes` NULL makes every size 1. `groups` NULL, or for each part its group 0 .. n_groups - 1. `group_indices`
 *          NULL, or n_groups entries: each group's own T, NaN where it has no amount; `group_shares` NULL, or the share of the
 *          whole amount of each group.
 * Missing: a part of size 0 with an amount: NaN, with a note; without one it takes no part.
 * Errors:  also MIG_ARGUMENT: a group outside 0 .. n_groups - 1; MIG_NO_MEMORY.
 * Source:  Theil 1967, Economics and Information Theory, ch. 4; Shorrocks 1980, Econometrica 48:613-625;
 *          docs/methods.md#inequality.
 */
MIG_API enum mig_status MIG_MUST_USE mig_theil(const double *amounts, const double *sizes,
    const size_t *groups, size_t n, size_t n_groups, struct mig_theil *out, double *group_indices,
    double *group_shares, struct mig_error *error);

enum mig_concentration_method {
    MIG_HERFINDAHL,            /* sum s^2: 1/n where all have alike, 1 where one has all */
    MIG_HERFINDAHL_NORMALISED, /* (H - 1/n) / (1 - 1/n): from 0 to 1 for any n */
};

/* Their names: "herfindahl", "herfindahl-normalised". */
MIG_API extern const char *const mig_concentration_methods[];

/* Herfindahl and Hirschman's index of concentration, as a share (times 10,000 for the points of competition law). Parts
 * with nothing count in n.
 *
 * Missing: normalised, of one part: NaN, with a note.
 * Source:  Hirschman 1964, Am Econ Rev 54:761-762; docs/methods.md#inequality. */
MIG_API enum mig_status MIG_MUST_USE mig_concentration(enum mig_concentration_method method,
    const double *amounts, size_t n, struct mig_estimate *out, struct mig_error *error);

/* The index of dissimilarity of two spreads over the same parts, sum |s - q| / 2: the share of the one that would have
 * to move for both to be spread alike. Symmetric. `method` reads "dissimilarity".
 * Source: Duncan & Duncan 1955, Am Sociol Rev 20:210-217; docs/methods.md#inequality. */
MIG_API enum mig_status MIG_MUST_USE mig_dissimilarity(const double *amounts, const double *others, size_t n,
    struct mig_estimate *out, struct mig_error *error);

#endif
