/* The coverage that an interval really has: the probability, for a given truth, of the counts whose
 * interval holds that truth. It is added up over all counts, so it has no error but rounding. The
 * intervals are those of the library.
 */
#ifndef MIGSTAT_TESTS_ACTUAL_H
#define MIGSTAT_TESTS_ACTUAL_H

#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include "stats/distribution.h"
#include "stats/proportion.h"
#include "stats/rate.h"
#include "stats/ratio.h"

struct interval {
    double low, high; /* NaN: there is none */
};

/* What a method does at one truth. The first two are of the counts that have an interval; the
 * length may be infinite. */
struct actual {
    double coverage, length;
    double without; /* probability of the counts that have no interval */
};

static inline void *allocate(size_t count, size_t size)
{
    void *items = calloc(count, size);
    if (items == NULL)
        abort();
    return items;
}

/* A kernel failed on an argument that it should take: a mistake in these programs. */
static inline void must(enum mig_status status)
{
    if (status != MIG_OK)
        abort();
}

static inline struct interval interval_of(const struct mig_estimate *estimate)
{
    return (struct interval){estimate->conf_low, estimate->conf_high};
}

/* Adds counts of probability `p`, whose interval is `interval`, where the truth is `truth`. */
static inline void actual_add(struct actual *sums, double p, struct interval interval, double truth)
{
    if (isnan(interval.low) || isnan(interval.high)) {
        sums->without += p;
    } else {
        sums->coverage += interval.low <= truth && truth <= interval.high ? p : 0;
        sums->length += p > 0 ? p * (interval.high - interval.low) : 0;
    }
}

/* From sums over all counts to means over those with an interval. */
static inline void actual_settle(struct actual *sums)
{
    double with = 1 - sums->without;
    sums->coverage = with > 0 ? sums->coverage / with : NAN;
    sums->length = with > 0 ? sums->length / with : NAN;
}

/* The textbook interval p -+ z sqrt(p (1 - p) / n), which the library does not offer, from its
 * standard error. */
enum { WALD = -1 };

/* out[x] for x of 0 .. n. */
static inline void share_intervals(int method, size_t n, double level, struct interval *out)
{
    double z = mig_normal_quantile((1 - level) / 2, MIG_UPPER);
    for (size_t x = 0; x <= n; x++) {
        struct mig_estimate e;
        enum mig_proportion_method by =
            method == WALD ? MIG_PROPORTION_WILSON : (enum mig_proportion_method)method;
        must(mig_proportion(by, (double)x, (double)n, level, &e, NULL));
        double reach = z * (isnan(e.std_error) ? 0 : e.std_error);
        out[x] = method == WALD ? (struct interval){e.estimate - reach, e.estimate + reach}
                                : interval_of(&e);
    }
}

/* out[x] for x of 0 .. most: of the expected count. */
static inline void rate_intervals(
    enum mig_rate_method method, size_t most, double level, struct interval *out)
{
    for (size_t x = 0; x <= most; x++) {
        struct mig_estimate e;
        must(mig_rate(method, (double)x, 1, level, &e, NULL));
        out[x] = interval_of(&e);
    }
}

/* The probabilities of 0 .. n, binomial. */
static inline void binomial_weights(size_t n, double p, double *out)
{
    for (size_t x = 0; x <= n; x++)
        out[x] = gsl_ran_binomial_pdf((unsigned)x, p, (unsigned)n);
}

/* A count that a Poisson variable of this mean passes with a probability below 1e-16. */
static inline size_t poisson_most(double mean)
{
    return (size_t)(mean + 9 * sqrt(mean) + 30);
}

static inline void poisson_weights(size_t most, double mean, double *out)
{
    for (size_t x = 0; x <= most; x++)
        out[x] = gsl_ran_poisson_pdf((unsigned)x, mean);
}

/* The coverage of `truth` where count x has probability weights[x] and interval intervals[x], x of
 * 0 .. most. */
static inline struct actual actual_of(
    const struct interval *intervals, const double *weights, size_t most, double truth)
{
    struct actual sums = {0};
    for (size_t x = 0; x <= most; x++)
        actual_add(&sums, weights[x], intervals[x], truth);
    actual_settle(&sums);
    return sums;
}

/* The same in one step, for a single truth. */
static inline struct actual share_actual(int method, size_t n, double p, double level)
{
    struct interval *intervals = allocate(n + 1, sizeof *intervals);
    double *weights = allocate(n + 1, sizeof *weights);
    share_intervals(method, n, level, intervals);
    binomial_weights(n, p, weights);
    struct actual actual = actual_of(intervals, weights, n, p);
    free(intervals);
    free(weights);
    return actual;
}

/* Intervals and probabilities of pairs: cell x * (most_y + 1) + y. */
struct pairs {
    size_t most_x, most_y;
    struct interval *intervals;
};

static inline struct pairs pairs_new(size_t most_x, size_t most_y)
{
    return (struct pairs){
        most_x, most_y, allocate((most_x + 1) * (most_y + 1), sizeof(struct interval))};
}

static inline struct actual pairs_actual(
    const struct pairs *pairs, const double *weights_x, const double *weights_y, double truth)
{
    struct actual sums = {0};
    for (size_t x = 0; x <= pairs->most_x; x++)
        for (size_t y = 0; y <= pairs->most_y; y++)
            actual_add(&sums, weights_x[x] * weights_y[y],
                pairs->intervals[x * (pairs->most_y + 1) + y], truth);
    actual_settle(&sums);
    return sums;
}

static inline void ratio_intervals(
    enum mig_ratio_method method, double level, const struct pairs *pairs)
{
    for (size_t x = 0; x <= pairs->most_x; x++)
        for (size_t y = 0; y <= pairs->most_y; y++) {
            struct mig_estimate e;
            must(mig_ratio(method, (double)x, 1, (double)y, 1, level, &e, NULL));
            pairs->intervals[x * (pairs->most_y + 1) + y] = interval_of(&e);
        }
}

#endif
