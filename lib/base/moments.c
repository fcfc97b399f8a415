#include "base/moments.h"

#include "base/i18n.h"

static enum mig_status count(struct mig_moments *moments, uint64_t n, struct mig_error *error)
{
    if (__builtin_add_overflow(moments->n, n, &moments->n))
        return mig_fail(error, MIG_LIMIT, "%s", _("a group counts more than 2^64 - 1"));
    return MIG_OK;
}

/* Makes `bound` the value when it lies on the wanted side of it (sign -1: below, 1: above), or is
 * `first`. */
static enum mig_status widen_range(struct mig_sum *bound, const struct mig_sum *value, int sign,
    bool first, struct mig_error *error)
{
    int order = sign;
    if (!first) {
        enum mig_status status = mig_sum_compare(value, bound, &order, error);
        if (status != MIG_OK || order != sign)
            return status;
    }
    mig_sum_release(bound);
    return mig_sum_add_sum(bound, value, error);
}

static enum mig_status add_unweighted(
    struct mig_moments *moments, const struct mig_sum *value, struct mig_error *error)
{
    struct mig_sum *sums = moments->sums;
    enum mig_status status = mig_sum_add_sum(&sums[MIG_MOMENT_SUM], value, error);
    if (status == MIG_OK)
        status = mig_sum_add_product(&sums[MIG_MOMENT_SUM2], value, value, error);
    return status;
}

static enum mig_status add_weighted(struct mig_moments *moments, const struct mig_sum *value,
    const struct mig_sum *weight, struct mig_error *error)
{
    struct mig_sum *sums = moments->sums;
    struct mig_sum product = {0}; /* w x */
    enum mig_status status = mig_sum_add_product(&product, weight, value, error);
    const struct {
        const struct mig_sum *a, *b;
        enum mig_moment to;
    } terms[] = {
        {&product, value, MIG_MOMENT_SUM2},
        {weight, weight, MIG_MOMENT_W2},
        {&product, weight, MIG_MOMENT_W2_SUM},
        {&product, &product, MIG_MOMENT_W2_SUM2},
    };
    if (status == MIG_OK)
        status = mig_sum_add_sum(&sums[MIG_MOMENT_SUM], &product, error);
    if (status == MIG_OK)
        status = mig_sum_add_sum(&sums[MIG_MOMENT_W], weight, error);
    for (size_t i = 0; i < sizeof terms / sizeof *terms && status == MIG_OK; i++)
        status = mig_sum_add_product(&sums[terms[i].to], terms[i].a, terms[i].b, error);
    mig_sum_release(&product);
    return status;
}

enum mig_status mig_moments_add(struct mig_moments *moments, const struct mig_decimal *value,
    const struct mig_decimal *weight, struct mig_error *error)
{
    struct mig_sum x = {0}, w = {0};
    bool first = moments->n == 0;
    moments->weighted = weight != NULL;
    enum mig_status status = count(moments, 1, error);
    if (status == MIG_OK)
        status = mig_sum_add(&x, value, error);
    if (status == MIG_OK && weight != NULL)
        status = mig_sum_add(&w, weight, error);
    if (status == MIG_OK)
        status = weight != NULL ? add_weighted(moments, &x, &w, error)
                                : add_unweighted(moments, &x, error);
    if (status == MIG_OK)
        status = widen_range(&moments->sums[MIG_MOMENT_MIN], &x, -1, first, error);
    if (status == MIG_OK)
        status = widen_range(&moments->sums[MIG_MOMENT_MAX], &x, 1, first, error);
    mig_sum_release(&x);
    mig_sum_release(&w);
    return status;
}

enum mig_status mig_moments_add_moments(
    struct mig_moments *moments, const struct mig_moments *part, struct mig_error *error)
{
    if (part->n == 0)
        return MIG_OK;
    bool first = moments->n == 0;
    moments->weighted = part->weighted;
    enum mig_status status = count(moments, part->n, error);
    for (int i = 0; i < MIG_MOMENTS && status == MIG_OK; i++) {
        if (i == MIG_MOMENT_MIN || i == MIG_MOMENT_MAX)
            status = widen_range(
                &moments->sums[i], &part->sums[i], i == MIG_MOMENT_MIN ? -1 : 1, first, error);
        else
            status = mig_sum_add_sum(&moments->sums[i], &part->sums[i], error);
    }
    return status;
}

enum mig_status mig_moments_add_times(struct mig_moments *moments, const struct mig_decimal *value,
    uint64_t times, struct mig_error *error)
{
    const struct mig_decimal count_of = mig_decimal_of_count(times);
    struct mig_moments part = {.n = times};
    struct mig_sum x = {0}, n = {0};
    enum mig_status status = mig_sum_add(&x, value, error);
    if (status == MIG_OK)
        status = mig_sum_add(&n, &count_of, error);
    if (status == MIG_OK)
        status = mig_sum_add_product(&part.sums[MIG_MOMENT_SUM], &n, &x, error);
    if (status == MIG_OK)
        status =
            mig_sum_add_product(&part.sums[MIG_MOMENT_SUM2], &part.sums[MIG_MOMENT_SUM], &x, error);
    for (int i = MIG_MOMENT_MIN; i <= MIG_MOMENT_MAX && status == MIG_OK; i++)
        status = mig_sum_add_sum(&part.sums[i], &x, error);
    if (status == MIG_OK)
        status = mig_moments_add_moments(moments, &part, error);
    mig_moments_release(&part);
    mig_sum_release(&x);
    mig_sum_release(&n);
    return status;
}

void mig_moments_release(struct mig_moments *moments)
{
    if (moments == NULL)
        return;
    for (int i = 0; i < MIG_MOMENTS; i++)
        mig_sum_release(&moments->sums[i]);
    *moments = (struct mig_moments){0};
}

enum mig_status mig_powers_add(struct mig_powers *powers, const struct mig_decimal *value,
    const struct mig_decimal *weight, struct mig_error *error)
{
    struct mig_sum x = {0}, w = {0}, square = {0}, cube = {0}, weighted = {0};
    const struct mig_decimal one = mig_decimal_of_count(1);
    enum mig_status status = mig_sum_add(&x, value, error);
    if (status == MIG_OK)
        status = mig_sum_add(&w, weight != NULL ? weight : &one, error);
    if (status == MIG_OK)
        status = mig_sum_add_product(&square, &x, &x, error);
    if (status == MIG_OK)
        status = mig_sum_add_product(&cube, &square, &x, error);
    if (status == MIG_OK)
        status = mig_sum_add_product(&powers->cubes, &cube, &w, error);
    if (status == MIG_OK)
        status = mig_sum_add_product(&weighted, &square, &w, error);
    if (status == MIG_OK)
        status = mig_sum_add_product(&powers->fourths, &square, &weighted, error);
    mig_sum_release(&x);
    mig_sum_release(&w);
    mig_sum_release(&square);
    mig_sum_release(&cube);
    mig_sum_release(&weighted);
    return status;
}

void mig_powers_release(struct mig_powers *powers)
{
    if (powers == NULL)
        return;
    mig_sum_release(&powers->cubes);
    mig_sum_release(&powers->fourths);
}
