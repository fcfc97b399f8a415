#include "stats/distribution.h"

#include <math.h>
#include <stdbool.h>

#define MATHLIB_STANDALONE
#include <Rmath.h>

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
