#include "cli/summary.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "stats/histogram.h"
#include "stats/quantile.h"

static const char *const names[MIG_STATISTICS] = {N_("mean"), N_("sd"), N_("min"), "quantiles",
    N_("max"), N_("skewness"), N_("kurtosis"), N_("distinct"), N_("most_frequent")};
static const char median[] = N_("median");
enum { MEDIAN = MIG_STATISTICS, CHOICES }; /* the quantile at 1/2 has a name of its own */

static void add_kind(struct mig_cli *cli, struct mig_summary_plan *plan,
    enum mig_statistic statistic, const char *name, double p)
{
    struct mig_summary_kind *kinds = realloc(plan->kinds, (plan->count + 1) * sizeof *kinds);
    if (kinds == NULL)
        mig_cli_require(cli, mig_fail_memory(&cli->error));
    plan->kinds = kinds;
    struct mig_summary_kind *kind = &kinds[plan->count++];
    *kind = (struct mig_summary_kind){.statistic = statistic, .p = p};
    snprintf(kind->name, sizeof kind->name, "%s", name);
}

static void add_quantile(struct mig_cli *cli, struct mig_summary_plan *plan, struct mig_text text)
{
    char percent[MIG_DOUBLE_TEXT], name[MIG_DOUBLE_TEXT + 1];
    struct mig_decimal decimal;
    struct mig_text number = mig_text_trim(text);
    double p =
        mig_decimal_parse(number, &decimal, NULL) == MIG_OK ? mig_decimal_to_double(&decimal) : NAN;
    if (!(p >= 0 && p <= 1)) {
        mig_cli_complain(cli, _("'%.*s' is not a probability between 0 and 1 (option --quantiles)"),
            MIG_TEXT_ARG(number));
        return;
    }
    mig_double_format(100 * p, 15, percent);
    snprintf(name, sizeof name, p != 0.5 ? "p%s" : "%s", p != 0.5 ? percent : median);
    for (size_t i = 0; i < plan->count; i++)
        if (strcmp(plan->kinds[i].name, name) == 0) {
            mig_cli_complain(
                cli, _("'%.*s' is given twice (option --quantiles)"), MIG_TEXT_ARG(number));
            return;
        }
    add_kind(cli, plan, MIG_STATISTIC_QUANTILES, name, p);
}

/* The statistics of a list, as a bit set. */
static unsigned read_statistics(struct mig_cli *cli, const char *list)
{
    struct mig_text candidates[CHOICES], rest = mig_text_of(list), piece;
    unsigned wanted = 0;
    for (size_t i = 0; i < MIG_STATISTICS; i++)
        candidates[i] = mig_text_of(names[i]);
    candidates[MEDIAN] = mig_text_of(median);
    while (mig_text_cut(&rest, ',', &piece)) {
        size_t i = 0;
        piece = mig_text_trim(piece);
        while (i < CHOICES && !mig_text_equal(piece, candidates[i]))
            i++;
        if (i < CHOICES) {
            wanted |= 1U << i;
            continue;
        }
        i = mig_text_nearest(piece, candidates, CHOICES);
        if (i < CHOICES)
            mig_cli_complain(cli, _("no statistic '%.*s'; nearest is '%.*s' (option --statistics)"),
                MIG_TEXT_ARG(piece), MIG_TEXT_ARG(candidates[i]));
        else
            mig_cli_complain(
                cli, _("no statistic '%.*s' (option --statistics)"), MIG_TEXT_ARG(piece));
    }
    return wanted;
}

static bool has_median(const struct mig_summary_plan *plan)
{
    for (size_t i = 0; i < plan->count; i++)
        if (strcmp(plan->kinds[i].name, median) == 0)
            return true;
    return false;
}

/* Those of --quantiles; the quartiles where only the statistic is named. */
static void add_quantiles(
    struct mig_cli *cli, struct mig_summary_plan *plan, unsigned wanted, const char *quantiles)
{
    bool all = (wanted >> MIG_STATISTIC_QUANTILES & 1) != 0;
    struct mig_text rest = mig_text_of(quantiles != NULL ? quantiles : "0.25,0.5,0.75"), piece;
    while ((all || quantiles != NULL) && mig_text_cut(&rest, ',', &piece))
        add_quantile(cli, plan, piece);
    if ((wanted >> MEDIAN & 1) != 0 && !has_median(plan))
        add_kind(cli, plan, MIG_STATISTIC_QUANTILES, median, 0.5);
}

void mig_cli_plan_summary(struct mig_cli *cli, const char *statistics, const char *quantiles,
    struct mig_summary_plan *plan)
{
    unsigned wanted =
        statistics != NULL ? read_statistics(cli, statistics) : (1U << MIG_STATISTICS) - 1;
    for (size_t i = 0; i < MIG_STATISTICS; i++)
        if (i == MIG_STATISTIC_QUANTILES)
            add_quantiles(cli, plan, wanted, quantiles);
        else if ((wanted >> i & 1) != 0)
            add_kind(cli, plan, (enum mig_statistic)i, names[i], 0);
}

bool mig_summary_is_of_text(const struct mig_summary_kind *kind)
{
    return kind->statistic >= MIG_STATISTIC_DISTINCT;
}

static bool has_statistic(const struct mig_summary_plan *plan, enum mig_statistic statistic)
{
    for (size_t i = 0; i < plan->count; i++)
        if (plan->kinds[i].statistic == statistic)
            return true;
    return false;
}

bool mig_summary_needs_values(const struct mig_summary_plan *plan)
{
    return has_statistic(plan, MIG_STATISTIC_QUANTILES);
}

bool mig_summary_needs_powers(const struct mig_summary_plan *plan)
{
    return has_statistic(plan, MIG_STATISTIC_SKEWNESS) ||
           has_statistic(plan, MIG_STATISTIC_KURTOSIS);
}

static const struct mig_moments *moments_of(const struct mig_summary_subject *subject)
{
    return &subject->group->moments[subject->column];
}

static struct mig_values values_of(const struct mig_summary_subject *subject)
{
    return mig_cases_values(subject->cases, subject->group, subject->column);
}

static struct mig_estimate quantile_of(struct mig_cli *cli, const struct mig_summary_plan *plan,
    double p, const struct mig_values *values)
{
    struct mig_estimate out;
    if (values->weights != NULL && p == 0.5) {
        mig_cli_require(cli, mig_median_weighted(values->values, values->weights, values->n,
                                 cli->level, plan->quantile_type, &out, &cli->error));
        return out;
    }
    if (values->weights != NULL) {
        mig_cli_require(cli, mig_quantile_weighted(values->values, values->weights, values->n, p,
                                 plan->quantile_type, &out, &cli->error));
        return out;
    }
    if (p == 0.5)
        mig_cli_require(cli, mig_median_counted(values->values, values->counts, values->n,
                                 cli->level, plan->quantile_type, &out, &cli->error));
    else
        mig_cli_require(cli, mig_quantile_counted(values->values, values->counts, values->n, p,
                                 plan->quantile_type, &out, &cli->error));
    return out;
}

static struct mig_estimate shape_of(struct mig_cli *cli, const struct mig_summary_plan *plan,
    bool skewness, const struct mig_summary_subject *subject)
{
    struct mig_estimate both[2];
    mig_cli_require(cli, mig_moments_shape(moments_of(subject),
                             mig_cases_powers(subject->cases, subject->group, subject->column),
                             plan->shape_type, &both[0], &both[1], &cli->error));
    return both[skewness ? 0 : 1];
}

static struct mig_estimate needs_values(void)
{
    struct mig_estimate out = mig_estimate_empty(NULL);
    out.note = N_("moments alone do not tell");
    return out;
}

/* Weights do not change it. */
static struct mig_summary_figure bound_of(
    struct mig_cli *cli, const struct mig_moments *moments, enum mig_moment which)
{
    struct mig_summary_figure out = {.estimate = mig_estimate_empty("observed")};
    const char *note;
    mig_cli_require(cli, mig_moments_check(moments, &note, &cli->error));
    bool weightless = moments->weighted && mig_sum_sign(&moments->sums[MIG_MOMENT_W]) == 0;
    if (note != NULL && (moments->n == 0 || !weightless))
        out.estimate.note = note;
    else
        out.exact = &moments->sums[which];
    return out;
}

static struct mig_summary_figure distinct_of(const struct mig_text_values *values)
{
    struct mig_summary_figure out = {.estimate = mig_estimate_empty("observed")};
    out.estimate.estimate = (double)values->distinct;
    return out;
}

/* Values that weigh nothing are there, but none of them more often than another. */
static struct mig_summary_figure frequent_of(const struct mig_text_values *values, bool weighted)
{
    struct mig_summary_figure out = {
        .estimate = mig_estimate_empty(weighted ? "observed-weighted" : "observed")};
    if (values->n == 0) {
        out.estimate.note = N_("no values");
    } else if (mig_sum_sign(values->frequency) == 0) {
        out.estimate.note = N_("the weights sum to 0");
    } else {
        out.exact = values->frequency;
        out.value = values->frequent;
        if (values->tied)
            out.estimate.note = N_("others are as frequent: the first of them");
    }
    return out;
}

/* A quantile that is one of the values is that number, whatever its digits. */
static void make_exact(struct mig_cli *cli, const struct mig_summary_subject *subject,
    struct mig_summary_figure *figure)
{
    bool known;
    if (isnan(figure->estimate.estimate))
        return;
    mig_cli_require(cli, mig_cases_decimal(subject->cases, subject->group, subject->column,
                             figure->estimate.estimate, &figure->own, &known, &cli->error));
    if (known)
        figure->exact = &figure->own;
}

static void summarise_numbers(struct mig_cli *cli, const struct mig_summary_plan *plan,
    const struct mig_summary_kind *kind, const struct mig_summary_subject *subject,
    struct mig_summary_figure *out)
{
    const struct mig_moments *moments = moments_of(subject);
    enum mig_statistic statistic = kind->statistic;
    if (statistic == MIG_STATISTIC_MEAN) {
        mig_cli_require(cli, mig_moments_mean(moments, cli->level, &out->estimate, &cli->error));
    } else if (statistic == MIG_STATISTIC_SD) {
        mig_cli_require(cli, mig_moments_deviation(moments, &out->estimate, &cli->error));
    } else if (statistic == MIG_STATISTIC_MIN || statistic == MIG_STATISTIC_MAX) {
        *out = bound_of(
            cli, moments, statistic == MIG_STATISTIC_MIN ? MIG_MOMENT_MIN : MIG_MOMENT_MAX);
    } else if (subject->merged) {
        out->estimate = needs_values();
    } else if (statistic == MIG_STATISTIC_QUANTILES) {
        struct mig_values values = values_of(subject);
        out->estimate = quantile_of(cli, plan, kind->p, &values);
        make_exact(cli, subject, out);
    } else {
        out->estimate = shape_of(cli, plan, statistic == MIG_STATISTIC_SKEWNESS, subject);
    }
}

void mig_cli_summarise(struct mig_cli *cli, const struct mig_summary_plan *plan,
    const struct mig_summary_kind *kind, const struct mig_summary_subject *subject,
    struct mig_summary_figure *out)
{
    *out = (struct mig_summary_figure){0};
    if (!subject->text) {
        summarise_numbers(cli, plan, kind, subject, out);
        return;
    }
    struct mig_text_values values =
        mig_cases_texts(subject->cases, subject->group, subject->column);
    *out = kind->statistic == MIG_STATISTIC_DISTINCT ? distinct_of(&values)
                                                     : frequent_of(&values, plan->weighted);
}

void mig_summary_figure_release(struct mig_summary_figure *figure)
{
    mig_sum_release(&figure->own);
}

uint64_t mig_summary_count(const struct mig_summary_subject *subject)
{
    if (subject->text)
        return mig_cases_texts(subject->cases, subject->group, subject->column).n;
    return moments_of(subject)->n;
}

void mig_summary_draw(const struct mig_summary_subject *subject, double low, double high,
    char out[MIG_SUMMARY_DRAWING])
{
    static const char *const blocks[] = {" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    double bars[MIG_SUMMARY_BARS], most = 0;
    struct mig_values values = values_of(subject);
    const double *heights = values.counts != NULL ? values.counts : values.weights;
    mig_histogram(values.values, heights, values.n, low, high, MIG_SUMMARY_BARS, bars);
    out[0] = '\0';
    for (size_t i = 0; i < MIG_SUMMARY_BARS; i++)
        most = bars[i] > most ? bars[i] : most;
    for (size_t i = 0; i < MIG_SUMMARY_BARS && most > 0; i++)
        strcat(out, blocks[(size_t)ceil(8 * bars[i] / most)]);
}
