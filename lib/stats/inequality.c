#include "stats/inequality.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/i18n.h"
#include "stats/check-internal.h"
#include "stats/contingency-internal.h"
#include "stats/distribution.h"
#include "stats/products-internal.h"

const char *const mig_gini_methods[] = {[MIG_GINI] = "gini",
    [MIG_GINI_CORRECTED] = "gini-corrected",
    [MIG_GINI_WEIGHTED] = "gini-weighted",
    NULL};

const char *const mig_concentration_methods[] = {
    [MIG_HERFINDAHL] = "herfindahl", [MIG_HERFINDAHL_NORMALISED] = "herfindahl-normalised", NULL};

static double add_up(const double *values, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += values[i];
    return sum;
}

/* A part's share of all amounts, and of all sizes. */
struct share {
    double amount, size;
};

/* Amounts over sizes; without sizes all parts are alike. */
struct spread {
    const double *amounts, *sizes;
    size_t n;
    double amount, size; /* sums */
};

static struct share share_of(const struct spread *spread, size_t i)
{
    double size = spread->sizes != NULL ? spread->sizes[i] : 1;
    return (struct share){spread->amounts[i] / spread->amount, size / spread->size};
}

static enum mig_status spread_init(struct spread *spread, const double *amounts,
    const double *sizes, size_t n, struct mig_error *error)
{
    enum mig_status status = mig_check_amounts(amounts, n, error);
    if (!status && sizes != NULL)
        status = mig_check_amounts(sizes, n, error);
    *spread = (struct spread){.amounts = amounts, .sizes = sizes, .n = n};
    if (status)
        return status;
    spread->amount = add_up(amounts, n);
    spread->size = sizes != NULL ? add_up(sizes, n) : (double)n;
    return MIG_OK;
}

/* NULL, or why there are no shares. */
static const char *no_shares(const struct spread *spread)
{
    if (!(spread->amount > 0))
        return N_("all amounts are 0");
    return spread->size > 0 ? NULL : N_("all sizes are 0");
}

/* NULL, or why amounts cannot be held against sizes. */
static const char *no_ratios(const struct spread *spread)
{
    const char *note = no_shares(spread);
    for (size_t i = 0; i < spread->n && note == NULL; i++) {
        struct share part = share_of(spread, i);
        if (part.amount > 0 && !(part.size > 0))
            note = N_("a part of size 0 has an amount");
    }
    return note;
}

static enum mig_status check_base(double w, double w_total, struct mig_error *error)
{
    const double base[] = {w, w_total};
    enum mig_status status = mig_check_amounts(base, 2, error);
    if (!status && w > w_total)
        status = mig_fail(
            error, MIG_ARGUMENT, _("'%.15g' is more than the whole base %.15g"), w, w_total);
    return status;
}

static const char *quotient_obstacle(double x, double x_total, double w, double w_total)
{
    if (!(x_total > 0))
        return N_("there are no cases");
    if (!(w_total > 0))
        return N_("the base is 0");
    if (!(w > 0))
        return x > 0 ? N_("cases, but no base") : N_("no base");
    return NULL;
}

enum mig_status mig_location_quotient(enum mig_proportion_method method, double x, double x_total,
    double w, double w_total, double level, struct mig_estimate *out, struct mig_error *error)
{
    static const char *const tested[] = {
        [MIG_PROPORTION_WILSON] = "wilson", /* which inverts the test */
        [MIG_PROPORTION_EXACT] = "clopper-pearson score",
        [MIG_PROPORTION_WILSON_CC] = "wilson-cc score",
        [MIG_PROPORTION_JEFFREYS] = "jeffreys score",
        [MIG_PROPORTION_AGRESTI_COULL] = "agresti-coull score"};
    struct mig_estimate share;
    enum mig_status status = check_base(w, w_total, error);
    if (!status)
        status = mig_proportion(method, x, x_total, level, &share, error);
    if (status)
        return status;
    *out = mig_estimate_empty(share.method);
    out->note = quotient_obstacle(x, x_total, w, w_total);
    if (out->note != NULL)
        return MIG_OK;
    double base = w / w_total, variance = base * ((w_total - w) / w_total) / x_total;
    out->estimate = share.estimate / base;
    out->std_error = share.std_error / base;
    out->conf_low = share.conf_low / base;
    out->conf_high = share.conf_high / base;
    out->note = share.note;
    if (variance > 0) {
        out->statistic = (share.estimate - base) / sqrt(variance);
        out->p_value = mig_normal_two_sided(out->statistic);
        out->method = tested[method];
        if (out->note == NULL)
            out->note = mig_p_value_note(out->p_value);
    } else {
        out->note = N_("the part is the whole base: no test");
    }
    return MIG_OK;
}

enum mig_status mig_location_quotient_plain(double x, double x_total, double w, double w_total,
    struct mig_estimate *out, struct mig_error *error)
{
    const double amounts[] = {x, x_total};
    enum mig_status status = mig_check_amounts(amounts, 2, error);
    if (!status && x > x_total)
        status =
            mig_fail(error, MIG_ARGUMENT, _("'%.15g' is more than the whole %.15g"), x, x_total);
    if (!status)
        status = check_base(w, w_total, error);
    if (status)
        return status;
    *out = mig_estimate_empty("location-quotient");
    out->note = quotient_obstacle(x, x_total, w, w_total);
    if (out->note == NULL)
        out->estimate = x / x_total / (w / w_total);
    return MIG_OK;
}

static int by_ratio(const void *left, const void *right)
{
    const struct share *a = left, *b = right;
    double one = a->amount / a->size, other = b->amount / b->size;
    return (one > other) - (one < other);
}

static double gini_of(struct share *parts, size_t n)
{
    double index = 0, below = 0;
    qsort(parts, n, sizeof *parts, by_ratio);
    for (size_t i = 0; i < n; i++) {
        double above = below + parts[i].size;
        index += (parts[i].amount - parts[i].size) * (below + above);
        below = above;
    }
    return fmax(0, index);
}

static enum mig_status gini(const struct spread *spread, double *index, struct mig_error *error)
{
    struct share *parts = calloc(spread->n, sizeof *parts);
    size_t n = 0;
    if (parts == NULL)
        return mig_fail_memory(error);
    for (size_t i = 0; i < spread->n; i++) {
        struct share part = share_of(spread, i);
        if (part.size > 0)
            parts[n++] = part;
    }
    *index = gini_of(parts, n);
    free(parts);
    return MIG_OK;
}

enum mig_status mig_gini(enum mig_gini_method method, const double *amounts, const double *sizes,
    size_t n, struct mig_estimate *out, struct mig_error *error)
{
    struct spread spread;
    if ((size_t)method >= sizeof mig_gini_methods / sizeof mig_gini_methods[0] - 1)
        return mig_fail(error, MIG_ARGUMENT, _("'%d' is not a form of Gini's index"), (int)method);
    if ((method == MIG_GINI_WEIGHTED) != (sizes != NULL))
        return mig_fail(error, MIG_ARGUMENT, _("'%s': sizes are for the weighted index alone"),
            mig_gini_methods[method]);
    enum mig_status status = spread_init(&spread, amounts, sizes, n, error);
    if (status)
        return status;
    struct mig_estimate result = mig_estimate_empty(mig_gini_methods[method]);
    result.note = no_ratios(&spread);
    if (result.note == NULL && method == MIG_GINI_CORRECTED && n < 2)
        result.note = N_("there is one part only");
    if (result.note == NULL)
        status = gini(&spread, &result.estimate, error);
    if (status)
        return status;
    if (method == MIG_GINI_CORRECTED)
        result.estimate *= (double)n / ((double)n - 1);
    *out = result;
    return MIG_OK;
}

enum mig_status mig_concentration(enum mig_concentration_method method, const double *amounts,
    size_t n, struct mig_estimate *out, struct mig_error *error)
{
    struct spread spread;
    if ((size_t)method >=
        sizeof mig_concentration_methods / sizeof mig_concentration_methods[0] - 1)
        return mig_fail(
            error, MIG_ARGUMENT, _("'%d' is not an index of concentration"), (int)method);
    enum mig_status status = spread_init(&spread, amounts, NULL, n, error);
    if (status)
        return status;
    *out = mig_estimate_empty(mig_concentration_methods[method]);
    out->note = no_shares(&spread);
    if (out->note == NULL && method == MIG_HERFINDAHL_NORMALISED && n < 2)
        out->note = N_("there is one part only");
    if (out->note != NULL)
        return MIG_OK;
    double even = 1 / (double)n, excess = 0; /* sum s^2 = 1/n + sum (s - 1/n)^2 */
    for (size_t i = 0; i < n; i++) {
        double distance = share_of(&spread, i).amount - even;
        excess += distance * distance;
    }
    if (method == MIG_HERFINDAHL)
        out->estimate = fmin(1, even + excess);
    else
        out->estimate = fmin(1, excess / (1 - even));
    return MIG_OK;
}

enum mig_status mig_dissimilarity(const double *amounts, const double *others, size_t n,
    struct mig_estimate *out, struct mig_error *error)
{
    struct spread spread;
    enum mig_status status = spread_init(&spread, amounts, others, n, error);
    if (status)
        return status;
    *out = mig_estimate_empty("dissimilarity");
    out->note = no_shares(&spread);
    double sum = 0;
    for (size_t i = 0; i < n && out->note == NULL; i++) {
        struct share part = share_of(&spread, i);
        sum += fabs(part.amount - part.size);
    }
    if (out->note == NULL)
        out->estimate = fmin(1, sum / 2);
    return MIG_OK;
}

/* s log(s / q) - (s - q): the distances add up to 0. */
static double theil_part(struct share part)
{
    return part.size > 0 ? mig_deviance(part.amount, part.size, part.amount - part.size) : 0;
}

static struct share within_group(struct share part, struct share group)
{
    return (struct share){part.amount / group.amount, part.size / group.size};
}

/* Adds up the parts' shares by group. */
static void sum_groups(const struct spread *spread, const size_t *groups, struct share *sums)
{
    for (size_t i = 0; i < spread->n; i++) {
        struct share part = share_of(spread, i);
        sums[groups[i]].amount += part.amount;
        sums[groups[i]].size += part.size;
    }
}

/* Fills in `between` and `within` and, of each group, its own index. */
static void split_theil(const struct spread *spread, const size_t *groups, size_t n_groups,
    const struct share *sums, double *indices, struct mig_theil *out)
{
    for (size_t g = 0; g < n_groups; g++)
        indices[g] = sums[g].amount > 0 ? 0 : NAN;
    for (size_t i = 0; i < spread->n; i++) {
        struct share group = sums[groups[i]];
        if (group.amount > 0)
            indices[groups[i]] += theil_part(within_group(share_of(spread, i), group));
    }
    out->between = out->within = 0;
    for (size_t g = 0; g < n_groups; g++) {
        out->between += theil_part(sums[g]);
        if (sums[g].amount > 0)
            out->within += sums[g].amount * indices[g];
    }
}

static enum mig_status check_groups(
    const size_t *groups, size_t n, size_t n_groups, struct mig_error *error)
{
    for (size_t i = 0; groups != NULL && i < n; i++) {
        if (groups[i] >= n_groups)
            return mig_fail(
                error, MIG_ARGUMENT, _("'%zu' is not a group below %zu"), groups[i], n_groups);
    }
    return MIG_OK;
}

static enum mig_status theil_by_groups(const struct spread *spread, const size_t *groups,
    size_t n_groups, struct mig_theil *out, double *group_indices, double *group_shares,
    struct mig_error *error)
{
    struct share *sums = calloc(n_groups + 1, sizeof *sums);
    double *indices = calloc(n_groups + 1, sizeof *indices);
    enum mig_status status = sums == NULL || indices == NULL ? mig_fail_memory(error) : MIG_OK;
    if (!status) {
        sum_groups(spread, groups, sums);
        split_theil(spread, groups, n_groups, sums, indices, out);
    }
    for (size_t g = 0; g < n_groups && !status; g++) {
        if (group_indices != NULL)
            group_indices[g] = indices[g];
        if (group_shares != NULL)
            group_shares[g] = sums[g].amount;
    }
    free(sums);
    free(indices);
    return status;
}

enum mig_status mig_theil(const double *amounts, const double *sizes, const size_t *groups,
    size_t n, size_t n_groups, struct mig_theil *out, double *group_indices, double *group_shares,
    struct mig_error *error)
{
    struct spread spread;
    struct mig_theil result = {NAN, NAN, NAN, NULL};
    enum mig_status status = spread_init(&spread, amounts, sizes, n, error);
    if (!status)
        status = check_groups(groups, n, n_groups, error);
    if (status)
        return status;
    result.note = no_ratios(&spread);
    if (result.note == NULL) {
        result.total = 0;
        for (size_t i = 0; i < n; i++)
            result.total += theil_part(share_of(&spread, i));
        if (groups != NULL)
            status = theil_by_groups(
                &spread, groups, n_groups, &result, group_indices, group_shares, error);
    }
    for (size_t g = 0; result.note != NULL && groups != NULL && g < n_groups; g++) {
        if (group_indices != NULL)
            group_indices[g] = NAN;
        if (group_shares != NULL)
            group_shares[g] = NAN;
    }
    if (!status)
        *out = result;
    return status;
}
