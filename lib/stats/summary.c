#include "stats/summary.h"

#include <math.h>

#include "base/i18n.h"
#include "stats/check-internal.h"
#include "stats/distribution.h"

/* The moments as one formula wants them, weighted or not: without weights every w is 1. Borrows the
 * sums. */
struct terms {
    struct mig_sum n, n_less_1; /* owned */
    const struct mig_sum *sum, *sum2, *w, *w2, *w2_sum, *w2_sum2;
};

static enum mig_status terms_init(
    struct terms *terms, const struct mig_moments *moments, struct mig_error *error)
{
    const struct mig_sum *sums = moments->sums;
    bool weighted = moments->weighted;
    struct mig_decimal n = mig_decimal_of_count(moments->n);
    struct mig_decimal n_less_1 = mig_decimal_of_count(moments->n - (moments->n > 0));
    *terms = (struct terms){.sum = &sums[MIG_MOMENT_SUM],
        .sum2 = &sums[MIG_MOMENT_SUM2],
        .w = weighted ? &sums[MIG_MOMENT_W] : &terms->n,
        .w2 = weighted ? &sums[MIG_MOMENT_W2] : &terms->n,
        .w2_sum = &sums[weighted ? MIG_MOMENT_W2_SUM : MIG_MOMENT_SUM],
        .w2_sum2 = &sums[weighted ? MIG_MOMENT_W2_SUM2 : MIG_MOMENT_SUM2]};
    enum mig_status status = mig_sum_add(&terms->n, &n, error);
    if (status == MIG_OK)
        status = mig_sum_add(&terms->n_less_1, &n_less_1, error);
    return status;
}

static void terms_release(struct terms *terms)
{
    mig_sum_release(&terms->n);
    mig_sum_release(&terms->n_less_1);
}

/* out += sign * a * b * c, exactly; `c` may be NULL. */
static enum mig_status add_term(struct mig_sum *out, int sign, const struct mig_sum *a,
    const struct mig_sum *b, const struct mig_sum *c, struct mig_error *error)
{
    const struct mig_decimal one = {.magnitude = 1, .negative = sign < 0};
    struct mig_sum signed_one = {0}, ab = {0}, abc = {0};
    enum mig_status status = mig_sum_add(&signed_one, &one, error);
    if (status == MIG_OK)
        status = mig_sum_add_product(&ab, a, b, error);
    if (status == MIG_OK)
        status = c != NULL ? mig_sum_add_product(&abc, &ab, c, error)
                           : mig_sum_add_sum(&abc, &ab, error);
    if (status == MIG_OK)
        status = mig_sum_add_product(out, &abc, &signed_one, error);
    mig_sum_release(&ab);
    mig_sum_release(&abc);
    return status;
}

/* Whether no more than one value has weight: then (sum w)^2 is sum w^2, weights not being negative.
 */
static enum mig_status check_single(
    const struct terms *terms, bool *single, struct mig_error *error)
{
    struct mig_sum difference = {0};
    enum mig_status status = add_term(&difference, 1, terms->w, terms->w, NULL, error);
    int order = 0;
    if (status == MIG_OK)
        status = mig_sum_compare(&difference, terms->w2, &order, error);
    *single = order == 0;
    mig_sum_release(&difference);
    return status;
}

/* sum w sum wx^2 - (sum wx)^2, which is sum w sum w (x - m)^2. */
static enum mig_status spread(
    const struct terms *terms, struct mig_sum *out, struct mig_error *error)
{
    enum mig_status status = add_term(out, 1, terms->w, terms->sum2, NULL, error);
    if (status == MIG_OK)
        status = add_term(out, -1, terms->sum, terms->sum, NULL, error);
    return status;
}

/* (sum w)^2 sum w^2 (x - m)^2, m = sum wx / sum w. */
static enum mig_status spread_of_mean(
    const struct terms *terms, struct mig_sum *out, struct mig_error *error)
{
    enum mig_status status = add_term(out, 1, terms->w, terms->w, terms->w2_sum2, error);
    for (int i = 0; i < 2 && status == MIG_OK; i++)
        status = add_term(out, -1, terms->w, terms->sum, terms->w2_sum, error);
    if (status == MIG_OK)
        status = add_term(out, 1, terms->sum, terms->sum, terms->w2, error);
    return status;
}

/* sqrt(n / (n - 1) * above / w^power), rounded once. Moments that are no one's give an `above`
 * below 0: NaN. */
static enum mig_status root(const struct terms *terms, const struct mig_sum *above, int power,
    double *out, struct mig_error *error)
{
    struct mig_sum numerator = {0}, squared = {0}, denominator = {0};
    enum mig_status status = add_term(&numerator, 1, above, &terms->n, NULL, error);
    if (status == MIG_OK)
        status = add_term(&squared, 1, terms->w, terms->w, NULL, error);
    if (status == MIG_OK)
        status = add_term(
            &denominator, 1, &squared, &terms->n_less_1, power == 4 ? &squared : NULL, error);
    if (status == MIG_OK)
        *out = mig_sum_sign(&numerator) < 0 ? NAN : mig_sum_root_quotient(&numerator, &denominator);
    mig_sum_release(&numerator);
    mig_sum_release(&squared);
    mig_sum_release(&denominator);
    return status;
}

static const char *obstacle(const struct mig_moments *moments)
{
    if (moments->n == 0)
        return N_("no values");
    if (moments->weighted && mig_sum_sign(&moments->sums[MIG_MOMENT_W]) <= 0)
        return N_("the weights sum to 0");
    return NULL;
}

/* Why a figure that was computed can't be printed, or NULL. */
static const char *flaw(double figure)
{
    if (isnan(figure))
        return N_("the moments contradict one another");
    return isinf(figure) ? N_("too large for a floating-point number") : NULL;
}

static enum mig_status describe_mean(
    const struct terms *terms, double level, struct mig_estimate *out, struct mig_error *error)
{
    struct mig_sum above = {0};
    out->df = mig_sum_quotient(&terms->n_less_1, &(struct mig_sum){.fast = 1});
    enum mig_status status = spread_of_mean(terms, &above, error);
    if (status == MIG_OK)
        status = root(terms, &above, 4, &out->std_error, error);
    if (out->std_error == 0) { /* which would claim certainty */
        out->std_error = NAN;
        out->note = N_("all values are equal: no interval");
    }
    double reach = mig_t_quantile(mig_tail(level), out->df, MIG_UPPER) * out->std_error;
    out->conf_low = out->estimate - reach;
    out->conf_high = out->estimate + reach;
    if (out->note == NULL)
        out->note = isnan(out->std_error) ? flaw(out->std_error)
                                          : flaw(out->conf_high / 2 - out->conf_low / 2);
    mig_sum_release(&above);
    return status;
}

enum mig_status mig_moments_mean(const struct mig_moments *moments, double level,
    struct mig_estimate *out, struct mig_error *error)
{
    enum mig_status status = mig_check_level(level, error);
    if (status != MIG_OK)
        return status;
    *out = mig_estimate_empty(moments->weighted ? "t-weighted" : "t");
    out->note = obstacle(moments);
    if (out->note != NULL)
        return MIG_OK;
    struct terms terms;
    bool single = true;
    status = terms_init(&terms, moments, error);
    if (status == MIG_OK)
        status = check_single(&terms, &single, error);
    if (status == MIG_OK) {
        out->estimate = mig_sum_quotient(terms.sum, terms.w);
        out->note = flaw(out->estimate);
    }
    if (status == MIG_OK && single && out->note == NULL)
        out->note = N_("one value: no interval");
    if (status == MIG_OK && !single)
        status = describe_mean(&terms, level, out, error);
    terms_release(&terms);
    return status;
}

enum mig_status mig_moments_deviation(
    const struct mig_moments *moments, struct mig_estimate *out, struct mig_error *error)
{
    *out = mig_estimate_empty(moments->weighted ? "n-1-weighted" : "n-1");
    out->note = obstacle(moments);
    if (out->note != NULL)
        return MIG_OK;
    struct terms terms;
    struct mig_sum above = {0};
    bool single = true;
    enum mig_status status = terms_init(&terms, moments, error);
    if (status == MIG_OK)
        status = check_single(&terms, &single, error);
    if (status == MIG_OK && !single)
        status = spread(&terms, &above, error);
    if (status == MIG_OK && !single)
        status = root(&terms, &above, 2, &out->estimate, error);
    out->note = single ? N_("one value") : flaw(out->estimate);
    mig_sum_release(&above);
    terms_release(&terms);
    return status;
}

/* Means of the powers of the deviations, by two passes in extended precision. */
struct central {
    long double weight, m2, m3, m4;
};

static struct central central_moments(const double *values, const double *weights, size_t n)
{
    struct central out = {0};
    long double sum = 0, rest = 0;
    for (size_t i = 0; i < n; i++) {
        long double w = weights != NULL ? weights[i] : 1;
        out.weight += w;
        sum += w * values[i];
    }
    long double mean = sum / out.weight;
    for (size_t i = 0; i < n; i++) /* what rounding left in the mean */
        rest += (weights != NULL ? weights[i] : 1) * (values[i] - mean);
    mean += rest / out.weight;
    for (size_t i = 0; i < n; i++) {
        long double w = weights != NULL ? weights[i] : 1, d = values[i] - mean;
        out.m2 += w * d * d;
        out.m3 += w * d * d * d;
        out.m4 += w * d * d * d * d;
    }
    out.m2 /= out.weight;
    out.m3 /= out.weight;
    out.m4 /= out.weight;
    return out;
}

static double adjust_skewness(double g1, double n, enum mig_shape_type type)
{
    if (type == MIG_SHAPE_2)
        return g1 * sqrt(n * (n - 1)) / (n - 2);
    return type == MIG_SHAPE_3 ? g1 * pow((n - 1) / n, 1.5) : g1;
}

static double adjust_kurtosis(double g2, double n, enum mig_shape_type type)
{
    double shrink = (n - 1) / n;
    if (type == MIG_SHAPE_2)
        return ((n + 1) * g2 + 6) * (n - 1) / ((n - 2) * (n - 3));
    return type == MIG_SHAPE_3 ? (g2 + 3) * shrink * shrink - 3 : g2;
}

/* Values without weight are none. */
static bool are_equal(const double *values, const double *weights, size_t n)
{
    size_t first = 0, last = n - 1;
    while (weights != NULL && first < last && !(weights[first] > 0))
        first++;
    while (weights != NULL && last > first && !(weights[last] > 0))
        last--;
    return !(values[first] < values[last]);
}

static const char *shape_obstacle(
    const double *values, const double *weights, size_t n, size_t least)
{
    if (n < least)
        return N_("too few values");
    return are_equal(values, weights, n) ? N_("all values are equal") : NULL;
}

void mig_shape(const double *values, const double *weights, size_t n, enum mig_shape_type type,
    struct mig_estimate *skewness, struct mig_estimate *kurtosis)
{
    static const char *const methods[] = {"type-1-weighted", "type-1", "type-2", "type-3"};
    const char *method = methods[weights != NULL ? 0 : (int)type];
    bool adjusted = weights == NULL && type == MIG_SHAPE_2;
    *skewness = *kurtosis = mig_estimate_empty(method);
    skewness->note = shape_obstacle(values, weights, n, adjusted ? 3 : 2);
    kurtosis->note = shape_obstacle(values, weights, n, adjusted ? 4 : 2);
    if (skewness->note != NULL)
        return;
    struct central central = central_moments(values, weights, n);
    double g1 = (double)(central.m3 / (central.m2 * sqrtl(central.m2)));
    double g2 = (double)(central.m4 / (central.m2 * central.m2) - 3);
    enum mig_shape_type as = weights != NULL ? MIG_SHAPE_1 : type;
    skewness->estimate = adjust_skewness(g1, (double)n, as);
    if (kurtosis->note == NULL)
        kurtosis->estimate = adjust_kurtosis(g2, (double)n, as);
}
