/* What made the parts change: growth of the whole and composition; or rates and composition. */
#include <math.h>
#include <stdlib.h>

#include "base/i18n.h"
#include "cli/breakdown-change-internal.h"
#include "stats/decomposition.h"

bool mig_change_is_rate(const struct mig_change *change)
{
    return change->breakdown->design.base != NULL;
}

static double number(
    struct mig_change *change, const struct mig_quotient_sums *sums, bool denominator)
{
    struct mig_cli *cli = change->breakdown->cli;
    double value = 0;
    if (sums != NULL)
        mig_cli_require(cli, mig_sum_to_double(denominator ? &sums->denominator : &sums->numerator,
                                 &value, &cli->error));
    return value;
}

/* Whether it is not known in one of the periods, and so cannot be compared. */
static bool is_unknown(const struct mig_change_part *part)
{
    bool counted = false, unknown = part->left_out;
    for (int period = 0; period < 2; period++) {
        const struct mig_quotient_sums *sums = part->sums[period];
        counted = counted || (sums != NULL && sums->n > 0);
        unknown = unknown || (sums != NULL && !part->left_out && mig_quotient_is_missing(sums));
    }
    return unknown && !(part->left_out && counted);
}

/* Whether some of its cases miss a value. */
static bool misses_some(const struct mig_change_part *part)
{
    return part->left_out || (part->sums[0] != NULL && part->sums[0]->missing > 0) ||
           (part->sums[1] != NULL && part->sums[1]->missing > 0);
}

static const char *why_unknown(const struct mig_change_part *part)
{
    bool known = part->left_out ||
                 (part->sums[0] != NULL && !mig_quotient_is_missing(part->sums[0])) ||
                 (part->sums[1] != NULL && !mig_quotient_is_missing(part->sums[1]));
    return known ? N_("every value of one period is missing: left out of both")
                 : N_("every value is missing");
}

/* What is left out is said of the part, and of the total. */
static void note_missing(
    const struct mig_change *change, struct mig_change_result *results, size_t count)
{
    const char *note = N_("some cases miss a value and are left out");
    for (size_t i = 0; i < count; i++)
        if (results[i].note == NULL && misses_some(&change->parts[results[i].part]))
            results[i].note = note;
    for (size_t i = 0; i < change->n_parts; i++)
        if (results[count].note == NULL && misses_some(&change->parts[i]))
            results[count].note = note;
}

static void decompose_amounts(
    struct mig_change *change, struct mig_change_result *results, size_t count)
{
    struct mig_cli *cli = change->breakdown->cli;
    double *before = mig_breakdown_allocate(cli, count, sizeof *before);
    double *after = mig_breakdown_allocate(cli, count, sizeof *after);
    struct mig_amount_change *parts = mig_breakdown_allocate(cli, count, sizeof *parts), whole;
    for (size_t i = 0; i < count; i++) {
        before[i] = results[i].before =
            number(change, change->parts[results[i].part].sums[0], false);
        after[i] = results[i].after = number(change, change->parts[results[i].part].sums[1], false);
        results[count].before += before[i];
        results[count].after += after[i];
    }
    mig_cli_require(cli, mig_decompose_amounts(before, after, count, parts, &whole, &cli->error));
    parts[count] = whole;
    for (size_t i = 0; i <= count; i++) {
        results[i].change = parts[i].change;
        results[i].first = parts[i].size;
        results[i].second = parts[i].composition;
        /* a count of 0 says by itself that the part is in one period only */
        bool plain = change->sheet != NULL && !isnan(parts[i].size);
        results[i].note = plain ? NULL : parts[i].note;
    }
    free(before);
    free(after);
    free(parts);
}

static double rate_of(struct mig_rate_part part)
{
    return part.base > 0 ? part.events / part.base : NAN;
}

static void decompose_rates(
    struct mig_change *change, struct mig_change_result *results, size_t count)
{
    struct mig_cli *cli = change->breakdown->cli;
    struct mig_rate_part *before = mig_breakdown_allocate(cli, count, sizeof *before);
    struct mig_rate_part *after = mig_breakdown_allocate(cli, count, sizeof *after);
    struct mig_rate_change *parts = mig_breakdown_allocate(cli, count, sizeof *parts), whole;
    struct mig_rate_part *periods[] = {before, after};
    for (size_t i = 0; i < count; i++) {
        for (int period = 0; period < 2; period++) {
            const struct mig_quotient_sums *sums = change->parts[results[i].part].sums[period];
            struct mig_rate_part *part = &periods[period][i];
            part->events = number(change, sums, false);
            part->base = number(change, sums, true);
            periods[period][count].events += part->events;
            periods[period][count].base += part->base;
        }
    }
    mig_cli_require(cli, mig_decompose_rate(before, after, count, parts, &whole, &cli->error));
    parts[count] = whole;
    for (size_t i = 0; i <= count; i++) {
        results[i].before = rate_of(before[i]) * cli->unit;
        results[i].after = rate_of(after[i]) * cli->unit;
        results[i].change = parts[i].change * cli->unit;
        results[i].first = parts[i].rate * cli->unit;
        results[i].second = parts[i].composition * cli->unit;
        results[i].note = parts[i].note;
    }
    free(before);
    free(after);
    free(parts);
}

/* The results that can be compared, in the order of the parts, and room for all others. */
static size_t list_known(struct mig_change *change, struct mig_change_result *results)
{
    size_t count = 0;
    for (size_t i = 0; i < change->n_parts; i++) {
        const struct mig_change_part *part = &change->parts[i];
        if ((part->sums[0] != NULL || part->sums[1] != NULL) && !is_unknown(part))
            results[count++].part = i;
    }
    results[count].part = SIZE_MAX;
    return count;
}

size_t mig_change_decompose(
    struct mig_change *change, struct mig_change_result **results, size_t *n_unknown)
{
    struct mig_change_result *all =
        mig_breakdown_allocate(change->breakdown->cli, change->n_parts, sizeof *all);
    size_t count = list_known(change, all), end = count + 1;
    if (mig_change_is_rate(change))
        decompose_rates(change, all, count);
    else
        decompose_amounts(change, all, count);
    note_missing(change, all, count);
    for (size_t i = 0; i < change->n_parts; i++)
        if (is_unknown(&change->parts[i]))
            all[end++] = (struct mig_change_result){
                i, NAN, NAN, NAN, NAN, NAN, why_unknown(&change->parts[i]), true};
    *results = all;
    *n_unknown = end - count - 1;
    return count;
}
