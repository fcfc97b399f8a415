#include "stats/decomposition.h"

#include <math.h>
#include <stdbool.h>

#include "base/i18n.h"
#include "stats/check-internal.h"

static double add_up(const double *values, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += values[i];
    return sum;
}

static double middle(double one, double other)
{
    return one / 2 + other / 2;
}

static struct mig_amount_change change_of(
    double before, double after, double total_before, double total_after)
{
    struct mig_amount_change change = {after - before, NAN, NAN, NULL};
    if (!(total_before > 0) || !(total_after > 0)) {
        change.note = N_("a period has nothing: there are no shares");
        return change;
    }
    double share_before = before / total_before, share_after = after / total_after;
    change.size = middle(share_before, share_after) * (total_after - total_before);
    change.composition = middle(total_before, total_after) * (share_after - share_before);
    if (before > 0 && !(after > 0))
        change.note = N_("in the first period only");
    else if (after > 0 && !(before > 0))
        change.note = N_("in the second period only");
    return change;
}

enum mig_status mig_decompose_amounts(const double *before, const double *after, size_t n,
    struct mig_amount_change *parts, struct mig_amount_change *whole, struct mig_error *error)
{
    enum mig_status status = mig_check_amounts(before, n, error);
    if (!status)
        status = mig_check_amounts(after, n, error);
    if (status)
        return status;
    double total_before = add_up(before, n), total_after = add_up(after, n);
    for (size_t i = 0; parts != NULL && i < n; i++)
        parts[i] = change_of(before[i], after[i], total_before, total_after);
    if (whole != NULL)
        *whole = change_of(total_before, total_after, total_before, total_after);
    return MIG_OK;
}

/* One period: all its events and all its base. */
struct period {
    const struct mig_rate_part *parts;
    double events, base;
};

static enum mig_status period_init(
    struct period *period, const struct mig_rate_part *parts, size_t n, struct mig_error *error)
{
    *period = (struct period){.parts = parts};
    for (size_t i = 0; i < n; i++) {
        const double events[] = {period->events, parts[i].events};
        const double bases[] = {period->base, parts[i].base};
        enum mig_status status = mig_check_amounts(events, 2, error);
        if (!status)
            status = mig_check_amounts(bases, 2, error);
        if (status)
            return status;
        period->events += parts[i].events;
        period->base += parts[i].base;
    }
    return MIG_OK;
}

static const char *obstacle(const struct period *period, size_t n)
{
    if (!(period->base > 0))
        return N_("a period has no base");
    for (size_t i = 0; i < n; i++) {
        if (period->parts[i].events > 0 && !(period->parts[i].base > 0))
            return N_("a part has events, but no base");
    }
    return NULL;
}

static struct mig_rate_change rate_change_of(
    const struct period *before, const struct period *after, size_t i)
{
    struct mig_rate_change change = {0, 0, 0, NULL};
    const struct mig_rate_part *one = &before->parts[i], *other = &after->parts[i];
    if (!(one->base > 0) && !(other->base > 0))
        return change;
    double share_before = one->base / before->base, share_after = other->base / after->base;
    double rate_before = one->events / one->base, rate_after = other->events / other->base;
    if (!(one->base > 0)) {
        rate_before = rate_after;
        change.note = N_("in the second period only");
    } else if (!(other->base > 0)) {
        rate_after = rate_before;
        change.note = N_("in the first period only");
    }
    change.rate = middle(share_before, share_after) * (rate_after - rate_before);
    change.composition = middle(rate_before, rate_after) * (share_after - share_before);
    change.change = change.rate + change.composition;
    return change;
}

enum mig_status mig_decompose_rate(const struct mig_rate_part *before,
    const struct mig_rate_part *after, size_t n, struct mig_rate_change *parts,
    struct mig_rate_change *whole, struct mig_error *error)
{
    struct period first, second;
    enum mig_status status = period_init(&first, before, n, error);
    if (!status)
        status = period_init(&second, after, n, error);
    if (status)
        return status;
    const char *note = obstacle(&first, n);
    if (note == NULL)
        note = obstacle(&second, n);
    struct mig_rate_change none = {NAN, NAN, NAN, note}, sum = {0, 0, 0, NULL};
    for (size_t i = 0; i < n; i++) {
        struct mig_rate_change change = note == NULL ? rate_change_of(&first, &second, i) : none;
        sum.rate += change.rate;
        sum.composition += change.composition;
        if (parts != NULL)
            parts[i] = change;
    }
    if (note != NULL)
        sum = none;
    if (first.base > 0 &&
        second.base > 0) /* the crude rates are known, whatever made them change */
        sum.change = second.events / second.base - first.events / first.base;
    if (whole != NULL)
        *whole = sum;
    return MIG_OK;
}
