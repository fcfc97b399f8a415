#include "stats/strata.h"

#include <math.h>
#include <stdbool.h>

#include "base/i18n.h"
#include "stats/check-internal.h"
#include "stats/distribution.h"
#include "stats/products-internal.h"

const char *const mig_strata_methods[] = {"mantel-haenszel", "mantel-haenszel-cc", NULL};

/* The sums over strata from which a common ratio is made. */
struct sums {
    double over, under; /* the ratio is over / under */
    double variance;    /* of its logarithm */
    double excess; /* cases of the first group above those expected where the groups are equal */
    double spread; /* variance of the excess */
};

static enum mig_status check(
    const struct mig_pair *strata, size_t n, bool shares, double level, struct mig_error *error)
{
    enum mig_status status = mig_check_level(level, error);
    for (size_t i = 0; i < n && !status; i++) {
        const struct mig_pair *pair = &strata[i];
        struct mig_estimate unused;
        status = shares ? mig_share_difference(MIG_DIFFERENCE_NEWCOMBE, pair, level, &unused, error)
                        : mig_rate_difference(MIG_DIFFERENCE_WALD, pair, level, &unused, error);
    }
    return status;
}

bool mig_stratum_speaks(const struct mig_pair *pair, bool both_ways)
{
    double x = pair->x1 + pair->x2, n = pair->n1 + pair->n2;
    return pair->n1 > 0 && pair->n2 > 0 && x > 0 && (!both_ways || x < n);
}

static void add_excess(const struct mig_pair *pair, bool shares, struct sums *sums)
{
    double x = pair->x1 + pair->x2, n = pair->n1 + pair->n2;
    sums->excess += mig_product_difference(pair->x1, pair->n2, pair->x2, pair->n1) / n;
    double spread = x * (pair->n1 / n) * (pair->n2 / n);
    sums->spread += shares ? spread * ((n - x) / (n - 1)) : spread;
}

static struct sums add_odds(const struct mig_pair *strata, size_t n)
{
    struct sums sums = {0};
    double pr = 0, ps_qr = 0, qs = 0;
    for (size_t i = 0; i < n; i++) {
        double total = strata[i].n1 + strata[i].n2;
        if (!mig_stratum_speaks(&strata[i], true))
            continue;
        double a = strata[i].x1, b = strata[i].n1 - a, c = strata[i].x2, d = strata[i].n2 - c;
        double r = a * d / total, s = b * c / total, p = (a + d) / total, q = (b + c) / total;
        sums.over += r;
        sums.under += s;
        pr += p * r;
        ps_qr += p * s + q * r;
        qs += q * s;
        add_excess(&strata[i], true, &sums);
    }
    sums.variance = pr / (2 * sums.over * sums.over) + ps_qr / (2 * sums.over * sums.under) +
                    qs / (2 * sums.under * sums.under);
    return sums;
}

static struct sums add_ratios(const struct mig_pair *strata, size_t n, bool shares)
{
    struct sums sums = {0};
    double numerator = 0, others1 = 0, others2 = 0; /* who is not counted */
    for (size_t i = 0; i < n; i++) {
        const struct mig_pair *pair = &strata[i];
        double total = pair->n1 + pair->n2;
        if (!mig_stratum_speaks(pair, false)) /* everybody counted on both sides still says: 1 */
            continue;
        double share1 = pair->n1 / total, share2 = pair->n2 / total;
        sums.over += pair->x1 * share2;
        sums.under += pair->x2 * share1;
        numerator += shares ? share1 * pair->x1 * ((pair->n2 - pair->x2) / total) +
                                  share2 * pair->x2 * ((pair->n1 - pair->x1) / total)
                            : (pair->x1 + pair->x2) * share1 * share2;
        if (mig_stratum_speaks(pair, shares))
            add_excess(pair, shares, &sums);
        others1 += pair->n1 - pair->x1;
        others2 += pair->n2 - pair->x2;
    }
    bool certain = shares && (!(others1 > 0) || !(others2 > 0)); /* a group without any variance */
    sums.variance = certain ? 0 : numerator / (sums.over * sums.under);
    return sums;
}

static void test(const struct sums *sums, bool corrected, struct mig_estimate *out)
{
    double excess = fabs(sums->excess);
    if (corrected)
        excess = fmax(0, excess - 0.5);
    out->statistic = excess * (excess / sums->spread);
    out->df = 1;
    out->p_value = mig_chi_squared_upper(out->statistic, 1);
}

static void estimate(
    const struct sums *sums, enum mig_strata_method method, double level, struct mig_estimate *out)
{
    *out = mig_estimate_empty(mig_strata_methods[method]);
    if (sums->spread > 0)
        test(sums, method == MIG_STRATA_MANTEL_HAENSZEL_CC, out);
    if (!(sums->over > 0) && !(sums->under > 0)) {
        out->note = N_("no stratum in which both groups have cases to compare");
        return;
    }
    if (sums->under > 0)
        out->estimate = sums->over / sums->under;
    if (!(sums->over > 0) || !(sums->under > 0)) {
        out->note = N_("the cases are all on one side: no interval");
        return;
    }
    if (!(sums->variance > 0)) {
        out->note = N_("no variance within the strata: no interval");
        return;
    }
    double error = sqrt(sums->variance);
    double factor = exp(mig_normal_quantile(mig_tail(level), MIG_UPPER) * error);
    out->std_error = out->estimate * error;
    out->conf_low = out->estimate / factor;
    out->conf_high = out->estimate * factor;
}

static enum mig_status check_all(enum mig_strata_method method, const struct mig_pair *strata,
    size_t n, bool shares, double level, struct mig_error *error)
{
    if (method != MIG_STRATA_MANTEL_HAENSZEL && method != MIG_STRATA_MANTEL_HAENSZEL_CC)
        return mig_fail(error, MIG_ARGUMENT, _("'%d' is not a method for a ratio"), (int)method);
    return check(strata, n, shares, level, error);
}

enum mig_status mig_strata_odds_ratio(enum mig_strata_method method, const struct mig_pair *strata,
    size_t n, double level, struct mig_estimate *out, struct mig_error *error)
{
    enum mig_status status = check_all(method, strata, n, true, level, error);
    if (status)
        return status;
    struct sums sums = add_odds(strata, n);
    estimate(&sums, method, level, out);
    return MIG_OK;
}

static enum mig_status common_ratio(enum mig_strata_method method, const struct mig_pair *strata,
    size_t n, bool shares, double level, struct mig_estimate *out, struct mig_error *error)
{
    enum mig_status status = check_all(method, strata, n, shares, level, error);
    if (status)
        return status;
    struct sums sums = add_ratios(strata, n, shares);
    estimate(&sums, method, level, out);
    return MIG_OK;
}

enum mig_status mig_strata_share_ratio(enum mig_strata_method method, const struct mig_pair *strata,
    size_t n, double level, struct mig_estimate *out, struct mig_error *error)
{
    return common_ratio(method, strata, n, true, level, out, error);
}

enum mig_status mig_strata_rate_ratio(enum mig_strata_method method, const struct mig_pair *strata,
    size_t n, double level, struct mig_estimate *out, struct mig_error *error)
{
    return common_ratio(method, strata, n, false, level, out, error);
}

/* The cases of the first group expected in a table with the pair's margins and this odds ratio: the
 * root of (1 - odds) A^2 + (n2 - x + odds (n1 + x)) A - odds n1 x = 0 that fits. */
static double expected_cases(const struct mig_pair *pair, double odds)
{
    double x = pair->x1 + pair->x2;
    double middle = pair->n2 - x + odds * (pair->n1 + x), last = odds * pair->n1 * x;
    double root = sqrt(fmax(0, middle * middle + 4 * (1 - odds) * last));
    return middle > 0 ? 2 * last / (middle + root) : (root - middle) / (2 * (1 - odds));
}

/* (x1 - A)^2 / V of one stratum. */
static double odds_distance(const struct mig_pair *pair, double odds)
{
    double x = pair->x1 + pair->x2, a = expected_cases(pair, odds);
    double inverse = 1 / a + 1 / (pair->n1 - a) + 1 / (x - a) + 1 / (pair->n2 - x + a);
    return (pair->x1 - a) * (pair->x1 - a) * inverse;
}

static double rate_distance(const struct mig_pair *pair, double ratio)
{
    double x = pair->x1 + pair->x2, n2 = pair->n2 / (ratio * pair->n1 + pair->n2);
    double expected = x * (1 - n2);
    return (pair->x1 - expected) * (pair->x1 - expected) / (expected * n2);
}

static void homogeneity(const struct mig_pair *strata, size_t n, bool shares,
    const struct sums *sums, struct mig_estimate *out)
{
    size_t counted = 0;
    double total = 0, ratio = sums->over / sums->under;
    if (!(sums->over > 0) || !(sums->under > 0)) {
        out->note = N_("no common ratio to compare the strata with");
        return;
    }
    for (size_t i = 0; i < n; i++) {
        if (!mig_stratum_speaks(&strata[i], shares))
            continue;
        counted++;
        total += shares ? odds_distance(&strata[i], ratio) : rate_distance(&strata[i], ratio);
    }
    if (counted < 2) {
        out->note = N_("fewer than 2 strata that can be compared");
        return;
    }
    out->statistic = total;
    out->df = (double)counted - 1;
    out->p_value = mig_chi_squared_upper(total, out->df);
}

enum mig_status mig_strata_odds_homogeneity(
    const struct mig_pair *strata, size_t n, struct mig_estimate *out, struct mig_error *error)
{
    enum mig_status status = check(strata, n, true, 0.5, error);
    if (status)
        return status;
    *out = mig_estimate_empty("breslow-day");
    struct sums sums = add_odds(strata, n);
    homogeneity(strata, n, true, &sums, out);
    return MIG_OK;
}

enum mig_status mig_strata_rate_homogeneity(
    const struct mig_pair *strata, size_t n, struct mig_estimate *out, struct mig_error *error)
{
    enum mig_status status = check(strata, n, false, 0.5, error);
    if (status)
        return status;
    *out = mig_estimate_empty("breslow-day");
    struct sums sums = add_ratios(strata, n, false);
    homogeneity(strata, n, false, &sums, out);
    return MIG_OK;
}
