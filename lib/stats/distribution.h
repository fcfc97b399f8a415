/* Quantiles of distributions, right to about 12 digits for counts up to 1e15.
 *
 * They rest on R's C mathematics library. Where that loses digits they are polished here: a beta quantile near
 * 1 is asked for as its distance from 1, and beta and gamma quantiles get one more Newton step.
 * GSL's quantiles are not used: those of the beta and gamma distributions fail at counts of migration
 * statistics (NaN from about 1e4, wrong by a fifth and more from 3e5).
 *
 * Every quantile is asked for by the probability in one named tail, so that a tail of 1e-12 keeps its digits:
 * mig_normal_quantile(0.025, MIG_UPPER) is 1.959964, with MIG_LOWER it is -1.959964.
 *
 * Errors: none. NaN when `p` is not above 0 and below 1, or a parameter is not above 0 and finite. Nothing is
 * ever printed.
 * Source: R Core Team, nmath (qnorm: Wichura 1988, AS 241; qt: Hill 1970, CACM 396; qgamma: Best & Roberts
 * 1975, AS 91; qbeta on pbeta: Didonato & Morris 1992, TOMS 708); docs/methods.md#distributions.
 */
#ifndef MIGSTAT_STATS_DISTRIBUTION_H
#define MIGSTAT_STATS_DISTRIBUTION_H

#include "../base/error.h"

/* The tail that a probability is about: below the value, or above it. */
enum mig_tail { MIG_LOWER, MIG_UPPER };

/* The standard normal distribution. */
MIG_API double mig_normal_quantile(double p, enum mig_tail tail);

/* P(|Z| >= |z|): the two-sided p-value of a standard normal statistic. NaN of NaN. */
MIG_API double mig_normal_two_sided(double z);

/* Student's t distribution with `df` > 0 degrees of freedom, not necessarily whole. */
MIG_API double mig_t_quantile(double p, double df, enum mig_tail tail);

/* P(|T| >= |t|): the two-sided p-value of a t statistic. NaN when `df` is not above 0. */
MIG_API double mig_t_two_sided(double t, double df);

/* P(X >= x) of a chi-squared variable with `df` > 0 degrees of freedom; NaN of NaN, 1 below 0. */
MIG_API double mig_chi_squared_upper(double x, double df);

/* The gamma distribution of scale 1. A chi-squared quantile is twice that of shape df / 2. */
MIG_API double mig_gamma_quantile(double p, double shape, enum mig_tail tail);

/* The beta distribution on [0, 1] with shapes `a` and `b`. */
MIG_API double mig_beta_quantile(double p, double a, double b, enum mig_tail tail);

/* The beta prime distribution: B / (1 - B) of a beta variable B, which is the odds of a share. Keeps its digits
 * where the share is near 1, unlike odds computed from mig_beta_quantile(). */
MIG_API double mig_beta_prime_quantile(double p, double a, double b, enum mig_tail tail);

/* P(X <= x) (MIG_LOWER) or P(X >= x) (MIG_UPPER) of a binomial count out of `n`, each with probability `p`: both
 * tails hold `x` itself. `x` and `n` are whole. NaN when `p` is outside [0, 1] or `x` outside 0 .. n. */
MIG_API double mig_binomial_tail(double x, double n, double p, enum mig_tail tail);

/* Fisher's two-sided p-value of the table of x1 of n1 and x2 of n2, whole numbers: the probability, with all margins
 * fixed, of the tables that are no more probable than this one (with R's slack of 1e-7, so that ties of
 * rounding count). Time O(sqrt n) at most. */
MIG_API double mig_fisher_two_sided(double x1, double n1, double x2, double n2);

/* The mid-p tail of a binomial count: P(X < x) + P(X = x) / 2, or P(X > x) + P(X = x) / 2. NaN as above. */
MIG_API double mig_binomial_midp_tail(double x, double n, double p, enum mig_tail tail);

/* The odds of a binomial share at which `x` out of `n` (whole numbers, n above 0) stand at the mid-p tail `p`: P(X > x) + P(X
 * = x) / 2 = p for MIG_LOWER, the limit below; P(X < x) + P(X = x) / 2 = p for MIG_UPPER, the limit above. 0 for
 * MIG_LOWER at x = 0, infinite for MIG_UPPER at x = n. NaN unless 0 < p < 1/2. */
MIG_API double mig_binomial_midp_odds(double p, double x, double n, enum mig_tail tail);

/* The expectation of a Poisson count at which the observed `events` (whole, from 0) stand at the mid-p tail `p`:
 * P(X > events) + P(X = events) / 2 = p for MIG_LOWER, the limit below; P(X < events) + P(X = events) / 2 = p for
 * MIG_UPPER, the limit above. 0 for MIG_LOWER at 0 events. NaN unless 0 < p < 1/2. */
MIG_API double mig_poisson_midp_limit(double p, double events, enum mig_tail tail);

/* The binomial distribution of `n` trials, a whole number from 1 up: the smallest x with P(X <= x) >= p. */
MIG_API double mig_binomial_quantile(double p, double n, double probability);

#endif
