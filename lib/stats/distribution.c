#include "stats/distribution.h"

#include <math.h>
#include <stdbool.h>

#define MATHLIB_STANDALONE
#include <Rmath.h>

#include "stats/fisher-internal.h"

/* R's functions print a warning on stdout when they are asked for what does not exist: never ask.
 */
static bool is_probability(double p)
{
    return p > 0 && p < 1;
}

static bool is_parameter(double parameter)
{
    return parameter > 0 && isfinite(parameter);
}

double mig_normal_quantile(double p, enum mig_tail tail)
{
    return is_probability(p) ? qnorm(p, 0, 1, tail == MIG_LOWER, false) : NAN;
}

double mig_normal_two_sided(double z)
{
    return isnan(z) ? NAN : 2 * pnorm(-fabs(z), 0, 1, true, false);
}

double mig_t_quantile(double p, double df, enum mig_tail tail)
{
    return is_probability(p) && is_parameter(df) ? qt(p, df, tail == MIG_LOWER, false) : NAN;
}

double mig_t_two_sided(double t, double df)
{
    return !isnan(t) && is_parameter(df) ? 2 * pt(-fabs(t), df, true, false) : NAN;
}

double mig_chi_squared_upper(double x, double df)
{
    return !isnan(x) && is_parameter(df) ? pchisq(x, df, false, false) : NAN;
}

/* One Newton step from the quantile `q`: qgamma() stops at 8 digits in tails below 1e-13, qbeta()
 * at 13 for some large shapes; the step doubles them. */
static double polish(double q, double p, double probability, double density, bool lower)
{
    double step = (probability - p) / (lower ? density : -density);
    return isfinite(step) && fabs(step) < q ? q - step : q;
}

double mig_gamma_quantile(double p, double shape, enum mig_tail tail)
{
    if (!is_probability(p) || !is_parameter(shape))
        return NAN;
    bool lower = tail == MIG_LOWER;
    double q = qgamma(p, shape, 1, lower, false);
    return polish(q, p, pgamma(q, shape, 1, lower, false), dgamma(q, shape, 1, false), lower);
}

static double beta_quantile(double p, double a, double b, bool lower)
{
    double q = qbeta(p, a, b, lower, false);
    return polish(q, p, pbeta(q, a, b, lower, false), dbeta(q, a, b, false), lower);
}

/* A beta variable or its distance from 1, whichever is at most 1/2. */
struct share {
    double small;
    bool from_one;
};

static struct share beta_share(double p, double a, double b, bool lower)
{
    double below_half = pbeta(0.5, a, b, lower, false);
    bool from_one = lower ? below_half < p : below_half > p;
    double small = from_one ? beta_quantile(p, b, a, !lower) : beta_quantile(p, a, b, lower);
    return (struct share){small, from_one};
}

double mig_beta_quantile(double p, double a, double b, enum mig_tail tail)
{
    if (!is_probability(p) || !is_parameter(a) || !is_parameter(b))
        return NAN;
    struct share share = beta_share(p, a, b, tail == MIG_LOWER);
    return share.from_one ? 1 - share.small : share.small;
}

double mig_beta_prime_quantile(double p, double a, double b, enum mig_tail tail)
{
    if (!is_probability(p) || !is_parameter(a) || !is_parameter(b))
        return NAN;
    struct share share = beta_share(p, a, b, tail == MIG_LOWER);
    return share.from_one ? (1 - share.small) / share.small : share.small / (1 - share.small);
}

double mig_binomial_tail(double x, double n, double p, enum mig_tail tail)
{
    if (!(p >= 0 && p <= 1) || !(x >= 0 && x <= n) || !isfinite(n))
        return NAN;
    return tail == MIG_LOWER ? pbinom(x, n, p, true, false) : pbinom(x - 1, n, p, false, false);
}

/* The whole number nearest to `inside` on the way to `outside`, where the probability is at most
 * `limit`, or one `step` beyond `outside` if there is none. Probabilities fall from `inside` to
 * `outside`, which may be the same. */
static double fisher_bound(
    double inside, double outside, double step, double limit, double n1, double n2, double total)
{
    if (dhyper(outside, n1, n2, total, false) > limit)
        return outside + step;
    while (fabs(outside - inside) > 1) {
        double middle = floor((inside + outside) / 2);
        if (dhyper(middle, n1, n2, total, false) > limit)
            inside = middle;
        else
            outside = middle;
    }
    return outside;
}

/* Of the values just above the mean, R takes the upper tail as 1 less the lower: x itself is taken
 * apart. */
double mig_hypergeometric_at_least(double x, double good, double bad, double drawn)
{
    double above = phyper(x, good, bad, drawn, false, false);
    return fmin(1, dhyper(x, good, bad, drawn, false) + above);
}

/* mig_fisher_two_sided() of a table with its smaller margins first. */
static double fisher_of(double x1, double n1, double x2, double n2)
{
    double total = x1 + x2;
    double lowest = fmax(0, total - n2), highest = fmin(n1, total);
    double limit = dhyper(x1, n1, n2, total, false) * (1 + 1e-7);
    double mode = fmin(highest, fmax(lowest, floor((total + 1) * ((n1 + 1) / (n1 + n2 + 2)))));
    if (dhyper(mode, n1, n2, total, false) <= limit)
        return 1;
    double below = fisher_bound(mode, lowest, -1, limit, n1, n2, total);
    double above = fisher_bound(mode, highest, 1, limit, n1, n2, total);
    double p = 0;
    if (below >= lowest)
        p += phyper(below, n1, n2, total, true, false);
    if (above <= highest)
        p += mig_hypergeometric_at_least(above, n1, n2, total);
    return fmin(1, p);
}

/* Bit 0 of an index is the column, bit 1 the row. */
bool mig_smaller_margins_first(const double counts[static 4], double out[static 4])
{
    size_t column = counts[1] + counts[3] < counts[0] + counts[2] ? 1 : 0;
    size_t row = counts[2] + counts[3] < counts[0] + counts[1] ? 2 : 0;
    for (size_t i = 0; i < 4; i++)
        out[i] = counts[i ^ (row | column)];
    return (row > 0) != (column > 0);
}

double mig_fisher_two_sided(double x1, double n1, double x2, double n2)
{
    if (!(x1 >= 0 && x1 <= n1 && x2 >= 0 && x2 <= n2) || !isfinite(n1) || !isfinite(n2))
        return NAN;
    double counts[4];
    (void)mig_smaller_margins_first((const double[4]){x1, n1 - x1, x2, n2 - x2}, counts);
    return fisher_of(counts[0], counts[0] + counts[1], counts[2], counts[2] + counts[3]);
}

/* Half the sum of the probabilities of the gamma distributions of shapes `events` and `events` + 1,
 * and its slope; the one of shape 0 is all at 0. */
static double midp_tail(double mean, double events, bool lower, double *slope)
{
    double p = pgamma(mean, events + 1, 1, lower, false);
    *slope = dgamma(mean, events + 1, 1, false);
    if (events > 0) {
        p += pgamma(mean, events, 1, lower, false);
        *slope += dgamma(mean, events, 1, false);
    }
    *slope = (lower ? *slope : -*slope) / 2;
    return p / 2;
}

double mig_poisson_midp_limit(double p, double events, enum mig_tail tail)
{
    enum { ENOUGH = 100 };
    bool lower = tail == MIG_LOWER;
    if (!(p > 0 && p < 0.5) || !(events >= 0) || !isfinite(events))
        return NAN;
    if (!(events > 0))
        return lower ? 0 : -log(2 * p);
    double low = mig_gamma_quantile(p, events, tail),
           high = mig_gamma_quantile(p, events + 1, tail);
    double mean = (low + high) / 2;
    for (int i = 0; i < ENOUGH; i++) {
        double slope, excess = midp_tail(mean, events, lower, &slope) - p;
        if ((excess > 0) == lower)
            high = mean;
        else
            low = mean;
        double next = mean - excess / slope;
        if (!(next > low && next < high))
            next = (low + high) / 2;
        if (fabs(next - mean) <= 1e-15 * mean)
            return next;
        mean = next;
    }
    return mean;
}

double mig_binomial_midp_tail(double x, double n, double p, enum mig_tail tail)
{
    if (!(p >= 0 && p <= 1) || !(x >= 0 && x <= n) || !isfinite(n))
        return NAN;
    bool lower = tail == MIG_LOWER;
    return (pbinom(x, n, p, lower, false) + pbinom(x - 1, n, p, lower, false)) / 2;
}

/* P(B <= share) of a beta variable, and its slope over the log odds of the share. */
static double beta_at(double log_odds, double a, double b, double *slope)
{
    bool small = log_odds <= 0;
    double share = 1 / (1 + exp(small ? -log_odds : log_odds));
    *slope = dbeta(share, small ? a : b, small ? b : a, false) * share * (1 - share);
    return small ? pbeta(share, a, b, true, false) : pbeta(share, b, a, false, false);
}

/* The lower limit on the log scale, between those of the exact tails; 0 < x < n. */
static double midp_log_odds(double p, double x, double n)
{
    enum { ENOUGH = 100 };
    double low = log(mig_beta_prime_quantile(p, x, n - x + 1, MIG_LOWER));
    double high = log(mig_beta_prime_quantile(p, x + 1, n - x, MIG_LOWER));
    double at = (low + high) / 2;
    for (int i = 0; i < ENOUGH; i++) {
        double slope, slope_above;
        double tail = beta_at(at, x, n - x + 1, &slope) + beta_at(at, x + 1, n - x, &slope_above);
        double excess = tail / 2 - p;
        if (excess > 0)
            high = at;
        else
            low = at;
        double next = at - 2 * excess / (slope + slope_above);
        if (!(next > low && next < high))
            next = (low + high) / 2;
        if (fabs(next - at) <= 1e-15 * fmax(1, fabs(at)))
            return next;
        at = next;
    }
    return at;
}

double mig_binomial_midp_odds(double p, double x, double n, enum mig_tail tail)
{
    if (!(p > 0 && p < 0.5) || !(x >= 0 && x <= n) || !(n > 0) || !isfinite(n))
        return NAN;
    if (tail == MIG_UPPER) /* that of the others, turned over */
        return x < n ? 1 / mig_binomial_midp_odds(p, n - x, n, MIG_LOWER) : INFINITY;
    if (!(x > 0))
        return 0;
    return x < n ? exp(midp_log_odds(p, x, n)) : 1 / expm1(-log(2 * p) / n);
}

double mig_binomial_quantile(double p, double n, double probability)
{
    return is_probability(p) && is_probability(probability) && n >= 1 && isfinite(n) &&
                   n == floor(n)
               ? qbinom(p, n, probability, true, false)
               : NAN;
}
