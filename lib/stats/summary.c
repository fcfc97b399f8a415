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

/* The order of `bound` and the mean, sum / w: <0, 0, >0. */
static enum mig_status compare_to_mean(
    const struct mig_sum *bound, const struct terms *terms, int *order, struct mig_error *error)
{
    struct mig_sum product = {0};
    enum mig_status status = add_term(&product, 1, bound, terms->w, NULL, error);
    if (status == MIG_OK)
        status = mig_sum_compare(&product, terms->sum, order, error);
    mig_sum_release(&product);
    return status;
}

/* Whether `above` = n S2 - S^2 lies between what the range allows: at most (n max - S)(S - n min),
 * since no value is beyond its ends, and without weights at least n (max - min)^2 / 2, since both
 * ends are among the values. A single value is both ends. */
static enum mig_status check_range(const struct mig_moments *moments, const struct terms *terms,
    const struct mig_sum *above, bool *possible, struct mig_error *error)
{
    const struct mig_sum *min = &moments->sums[MIG_MOMENT_MIN],
                         *max = &moments->sums[MIG_MOMENT_MAX];
    const struct mig_sum one = {.fast = 1};
    struct mig_sum over = {0}, under = {0}, most = {0}, range = {0}, least = {0}, twice = {0};
    int high = 0, low = 0;
    enum mig_status status = add_term(&over, 1, max, terms->w, NULL, error);
    if (status == MIG_OK)
        status = add_term(&over, -1, terms->sum, &one, NULL, error);
    if (status == MIG_OK)
        status = add_term(&under, 1, terms->sum, &one, NULL, error);
    if (status == MIG_OK)
        status = add_term(&under, -1, min, terms->w, NULL, error);
    if (status == MIG_OK)
        status = add_term(&most, 1, &over, &under, NULL, error);
    if (status == MIG_OK)
        status = add_term(&range, 1, max, &one, NULL, error);
    if (status == MIG_OK)
        status = add_term(&range, -1, min, &one, NULL, error);
    if (status == MIG_OK)
        status = add_term(&least, 1, &range, &range, &terms->n, error);
    for (int i = 0; i < 2 && status == MIG_OK; i++)
        status = mig_sum_add_sum(&twice, above, error);
    if (status == MIG_OK)
        status = mig_sum_compare(above, &most, &high, error);
    if (status == MIG_OK)
        status = mig_sum_compare(&twice, &least, &low, error);
    bool may_weigh_nothing = moments->weighted && moments->n > 1; /* an end of the range */
    *possible = high <= 0 && (may_weigh_nothing || low >= 0);
    struct mig_sum *sums[] = {&over, &under, &most, &range, &least, &twice};
    for (size_t i = 0; i < sizeof sums / sizeof *sums; i++)
        mig_sum_release(sums[i]);
    return status;
}

enum mig_status mig_moments_check(
    const struct mig_moments *moments, const char **note, struct mig_error *error)
{
    struct terms terms;
    struct mig_sum above = {0};
    int low = 0, high = 0;
    bool possible = true;
    *note = NULL;
    if (moments->n == 0) {
        *note = N_("no values");
        return MIG_OK;
    }
    if (moments->weighted && mig_sum_sign(&moments->sums[MIG_MOMENT_W]) <= 0) {
        *note = N_("the weights sum to 0");
        return MIG_OK;
    }
    enum mig_status status = terms_init(&terms, moments, error);
    if (status == MIG_OK)
        status = spread(&terms, &above, error);
    if (status == MIG_OK)
        status = compare_to_mean(&moments->sums[MIG_MOMENT_MIN], &terms, &low, error);
    if (status == MIG_OK)
        status = compare_to_mean(&moments->sums[MIG_MOMENT_MAX], &terms, &high, error);
    if (status == MIG_OK)
        status = check_range(moments, &terms, &above, &possible, error);
    if (mig_sum_sign(&above) < 0 || low > 0 || high < 0 || !possible)
        *note = N_("the moments contradict one another");
    mig_sum_release(&above);
    terms_release(&terms);
    return status;
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
    status = mig_moments_check(moments, &out->note, error);
    if (status != MIG_OK || out->note != NULL)
        return status;
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
    enum mig_status status = mig_moments_check(moments, &out->note, error);
    if (status != MIG_OK || out->note != NULL)
        return status;
    struct terms terms;
    struct mig_sum above = {0};
    bool single = true;
    status = terms_init(&terms, moments, error);
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

/* W^2 S3 - 3 W S1 S2 + 2 S1^3, which is W^3 times the third
 * central moment, W being the sum of the weights and S1 to S4 those of w x to w x^4. */
static enum mig_status third_moment(const struct terms *terms, const struct mig_powers *powers,
    struct mig_sum *out, struct mig_error *error)
{
    enum mig_status status = add_term(out, 1, terms->w, terms->w, &powers->cubes, error);
    for (int i = 0; i < 3 && status == MIG_OK; i++)
        status = add_term(out, -1, terms->w, terms->sum, terms->sum2, error);
    for (int i = 0; i < 2 && status == MIG_OK; i++)
        status = add_term(out, 1, terms->sum, terms->sum, terms->sum, error);
    return status;
}

/* W^3 S4 - 4 W^2 S1 S3 + 6 W S1^2 S2 - 3 S1^4, which is W^4 times the fourth. */
static enum mig_status fourth_moment(const struct terms *terms, const struct mig_powers *powers,
    struct mig_sum *out, struct mig_error *error)
{
    struct mig_sum w2 = {0}, w_sum = {0}, sum2 = {0}; /* W^2, W S1, S1^2 */
    enum mig_status status = add_term(&w2, 1, terms->w, terms->w, NULL, error);
    if (status == MIG_OK)
        status = add_term(&w_sum, 1, terms->w, terms->sum, NULL, error);
    if (status == MIG_OK)
        status = add_term(&sum2, 1, terms->sum, terms->sum, NULL, error);
    if (status == MIG_OK)
        status = add_term(out, 1, &w2, terms->w, &powers->fourths, error);
    for (int i = 0; i < 4 && status == MIG_OK; i++)
        status = add_term(out, -1, &w_sum, terms->w, &powers->cubes, error);
    for (int i = 0; i < 6 && status == MIG_OK; i++)
        status = add_term(out, 1, &w_sum, terms->sum, terms->sum2, error);
    for (int i = 0; i < 3 && status == MIG_OK; i++)
        status = add_term(out, -1, &sum2, &sum2, NULL, error);
    mig_sum_release(&w2);
    mig_sum_release(&w_sum);
    mig_sum_release(&sum2);
    return status;
}

/* m3 / m2^(3/2), `spread` being W^2 m2: the root of its square, with its sign. Rounded once. */
static enum mig_status skewness_of(const struct terms *terms, const struct mig_powers *powers,
    const struct mig_sum *spread, double *out, struct mig_error *error)
{
    struct mig_sum third = {0}, square = {0}, cube = {0};
    enum mig_status status = third_moment(terms, powers, &third, error);
    if (status == MIG_OK)
        status = add_term(&square, 1, &third, &third, NULL, error);
    if (status == MIG_OK)
        status = add_term(&cube, 1, spread, spread, spread, error);
    if (status == MIG_OK)
        *out = mig_sum_sign(&third) * mig_sum_root_quotient(&square, &cube);
    mig_sum_release(&third);
    mig_sum_release(&square);
    mig_sum_release(&cube);
    return status;
}

/* m4 / m2^2 - 3, rounded once. */
static enum mig_status kurtosis_of(const struct terms *terms, const struct mig_powers *powers,
    const struct mig_sum *spread, double *out, struct mig_error *error)
{
    struct mig_sum above = {0}, square = {0};
    enum mig_status status = fourth_moment(terms, powers, &above, error);
    if (status == MIG_OK)
        status = add_term(&square, 1, spread, spread, NULL, error);
    for (int i = 0; i < 3 && status == MIG_OK; i++)
        status = add_term(&above, -1, spread, spread, NULL, error);
    if (status == MIG_OK)
        *out = mig_sum_quotient(&above, &square);
    mig_sum_release(&above);
    mig_sum_release(&square);
    return status;
}

/* Why the values have no shape, but for there being too few of them; or NULL. */
static enum mig_status find_no_shape(const struct terms *terms, const struct mig_sum *spread,
    const char **why, struct mig_error *error)
{
    bool single;
    enum mig_status status = check_single(terms, &single, error);
    *why = single ? N_("one value") : mig_sum_sign(spread) == 0 ? N_("all values are equal") : NULL;
    return status;
}

static enum mig_status describe_shape(const struct mig_moments *moments,
    const struct mig_powers *powers, enum mig_shape_type type, struct mig_estimate *skewness,
    struct mig_estimate *kurtosis, struct mig_error *error)
{
    struct terms terms;
    struct mig_sum spread_sum = {0};
    const char *why = NULL;
    double g1 = NAN, g2 = NAN, n = (double)moments->n;
    enum mig_status status = terms_init(&terms, moments, error);
    if (status == MIG_OK)
        status = spread(&terms, &spread_sum, error);
    if (status == MIG_OK)
        status = find_no_shape(&terms, &spread_sum, &why, error);
    if (status == MIG_OK && why == NULL)
        status = skewness_of(&terms, powers, &spread_sum, &g1, error);
    if (status == MIG_OK && why == NULL)
        status = kurtosis_of(&terms, powers, &spread_sum, &g2, error);
    skewness->note = why;
    skewness->estimate = adjust_skewness(g1, n, type);
    kurtosis->note = kurtosis->note != NULL ? kurtosis->note : why;
    if (kurtosis->note == NULL)
        kurtosis->estimate = adjust_kurtosis(g2, n, type);
    mig_sum_release(&spread_sum);
    terms_release(&terms);
    return status;
}

enum mig_status mig_moments_shape(const struct mig_moments *moments,
    const struct mig_powers *powers, enum mig_shape_type type, struct mig_estimate *skewness,
    struct mig_estimate *kurtosis, struct mig_error *error)
{
    static const char *const methods[] = {"type-1-weighted", "type-1", "type-2", "type-3"};
    bool adjusted = !moments->weighted && type == MIG_SHAPE_2;
    const char *why, *few = N_("too few values");
    enum mig_status status = mig_moments_check(moments, &why, error);
    *skewness = *kurtosis = mig_estimate_empty(methods[moments->weighted ? 0 : (int)type]);
    skewness->note = moments->n < (adjusted ? 3 : 2) ? few : why;
    kurtosis->note = moments->n < (adjusted ? 4 : 2) ? few : why;
    if (status != MIG_OK || skewness->note != NULL)
        return status;
    return describe_shape(
        moments, powers, moments->weighted ? MIG_SHAPE_1 : type, skewness, kurtosis, error);
}
