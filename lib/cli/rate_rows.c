/* The plain answer of mig-rate: a row for each group, measure and method. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "cli/rates.h"
#include "stats/cluster.h"
#include "stats/ratio.h"
#include "stats/summary.h"

/* One number for each run of groups: of a cluster, or of one value. */
struct pairs {
    double *first;
    double *second;
    size_t count;
};

static struct pairs pairs_new(struct mig_cli *cli, size_t capacity)
{
    struct pairs pairs = {mig_rates_allocate(cli, capacity, sizeof(double)),
        mig_rates_allocate(cli, capacity, sizeof(double)), 0};
    return pairs;
}

static void pairs_release(struct pairs *pairs)
{
    free(pairs->first);
    free(pairs->second);
}

/* Why these sums are no counts of cases, or NULL. A mean has a sum of any kind above. */
static const char *numbers(struct mig_cli *cli, const struct mig_measure *measure,
    const struct mig_quotient_sums *sums, double *x, double *y)
{
    const char *note =
        mig_cli_counts(cli, measure->kind, &sums->numerator, &sums->denominator, x, y);
    return measure->kind == MIG_MEAN ? NULL : note;
}

static struct mig_estimate estimate_in_clusters(
    const struct mig_rates *rates, const struct mig_measure *measure, size_t first, size_t end)
{
    static const enum mig_cluster_scale scales[] = {[MIG_SHARE] = MIG_CLUSTER_LOGIT,
        [MIG_RATIO] = MIG_CLUSTER_LOG,
        [MIG_RATE] = MIG_CLUSTER_LOG,
        [MIG_MEAN] = MIG_CLUSTER_PLAIN};
    struct mig_cli *cli = rates->cli;
    enum { ENOUGH = 30 };
    struct mig_estimate out;
    struct pairs pairs = pairs_new(cli, end - first);
    for (size_t i = first, next; i < end; i = next) {
        next = mig_tally_run_end(rates->tally, i, rates->cluster + 1);
        struct mig_quotient_sums sums = mig_rates_sums(rates, measure, i, next);
        (void)numbers(cli, measure, &sums, &pairs.first[pairs.count], &pairs.second[pairs.count]);
        pairs.count += sums.n > 0;
        mig_quotient_sums_release(&sums);
    }
    mig_cli_require(cli, mig_cluster_quotient(scales[measure->kind], pairs.first, pairs.second,
                             pairs.count, rates->n_clusters, cli->level, &out, &cli->error));
    if (out.note == NULL && pairs.count < ENOUGH)
        out.note = N_("fewer than 30 clusters: a rough interval");
    pairs_release(&pairs);
    return out;
}

/* Which of the tally's moments are those of a mean. */
static size_t moments_of(const struct mig_rates *rates, const struct mig_measure *measure)
{
    size_t moments = 0;
    for (const struct mig_measure *other = rates->measures; other != measure; other++)
        moments += other->kind == MIG_MEAN;
    return moments;
}

static struct mig_moments add_moments(
    const struct mig_rates *rates, const struct mig_measure *measure, size_t first, size_t end)
{
    struct mig_moments all = {0};
    size_t moments = moments_of(rates, measure);
    for (size_t i = first; i < end; i++) {
        struct mig_group group = mig_tally_group(rates->tally, i);
        mig_cli_require(
            rates->cli, mig_moments_add_moments(&all, &group.moments[moments], &rates->cli->error));
    }
    return all;
}

static struct mig_estimate estimate_mean(
    const struct mig_rates *rates, const struct mig_measure *measure, size_t first, size_t end)
{
    struct mig_cli *cli = rates->cli;
    struct mig_estimate out;
    struct mig_moments moments = add_moments(rates, measure, first, end);
    mig_cli_require(cli, mig_moments_mean(&moments, cli->level, &out, &cli->error));
    mig_moments_release(&moments);
    return out;
}

/* In a tally of moments n counts the cases without a value too: here they are missing. */
static void count_values(const struct mig_rates *rates, const struct mig_measure *measure,
    size_t first, size_t end, struct mig_quotient_sums *sums)
{
    struct mig_moments moments = add_moments(rates, measure, first, end);
    sums->missing += sums->n - moments.n;
    sums->n = moments.n;
    mig_moments_release(&moments);
}

/* The exposures of a ratio's two counts. */
static void find_exposures(const struct mig_rates *rates, const struct mig_measure *measure,
    size_t first, size_t end, double exposures[2])
{
    struct mig_cli *cli = rates->cli;
    struct mig_quotient_sums sums = mig_rates_sums_of(rates, &measure->exposures, first, end);
    mig_cli_require(cli, mig_sum_to_double(&sums.numerator, &exposures[0], &cli->error));
    mig_cli_require(cli, mig_sum_to_double(&sums.denominator, &exposures[1], &cli->error));
    mig_quotient_sums_release(&sums);
}

static struct mig_estimate estimate_ratio(const struct mig_rates *rates,
    const struct mig_measure *measure, const struct mig_quotient_sums *sums, int method,
    const double exposures[2])
{
    struct mig_cli *cli = rates->cli;
    struct mig_estimate out = mig_estimate_empty("quotient");
    double x, y;
    out.note = numbers(cli, measure, sums, &x, &y);
    if (out.note == NULL)
        mig_cli_require(cli, mig_ratio((enum mig_ratio_method)method, x, exposures[0], y,
                                 exposures[1], cli->level, &out, &cli->error));
    else if (y > 0 && exposures[0] > 0 && exposures[1] > 0)
        out.estimate = x / exposures[0] / (y / exposures[1]);
    return out;
}

static struct mig_estimate estimate(const struct mig_rates *rates,
    const struct mig_measure *measure, const struct mig_quotient_sums *sums, int method,
    size_t first, size_t end)
{
    if (mig_quotient_is_missing(sums))
        return mig_cli_estimate_missing();
    if (rates->cluster != SIZE_MAX)
        return estimate_in_clusters(rates, measure, first, end);
    if (measure->kind == MIG_MEAN)
        return estimate_mean(rates, measure, first, end);
    if (rates->design.exposures != NULL && measure->kind == MIG_RATIO) {
        double exposures[2];
        find_exposures(rates, measure, first, end, exposures);
        return estimate_ratio(rates, measure, sums, method, exposures);
    }
    return mig_cli_estimate(
        rates->cli, measure->kind, method, &sums->numerator, &sums->denominator);
}

/* The events that a figure rests on: of a mean its values. NaN without any. */
static double events_of(const struct mig_rates *rates, const struct mig_measure *measure,
    const struct mig_quotient_sums *sums)
{
    double events = NAN;
    if (mig_quotient_is_missing(sums))
        return events;
    mig_cli_require(rates->cli, mig_sum_to_double(&sums->numerator, &events, &rates->cli->error));
    return measure->kind == MIG_MEAN ? (double)sums->n : events;
}

static void write_exposures(
    const struct mig_rates *rates, const struct mig_measure *measure, size_t first, size_t end)
{
    struct mig_quotient_sums sums = mig_rates_sums_of(rates, &measure->exposures, first, end);
    bool none = measure->kind != MIG_RATIO || mig_quotient_is_missing(&sums);
    mig_cli_write_sum(rates->cli, &sums.numerator, none);
    mig_cli_write_sum(rates->cli, &sums.denominator, none);
    mig_quotient_sums_release(&sums);
}

/* The cells of a figure, without the last ones that some options add. */
static void write_figure(const struct mig_rates *rates, const struct mig_measure *measure,
    const struct mig_quotient_sums *sums, const struct mig_estimate *out, const char *uncertain,
    const char *more)
{
    struct mig_cli *cli = rates->cli;
    struct mig_writer *writer = cli->writer;
    bool missing = mig_quotient_is_missing(sums), mean = measure->kind == MIG_MEAN;
    mig_writer_string(writer, measure->text);
    mig_writer_string(writer, mig_rates_kind(measure->kind));
    mig_writer_count(writer, sums->n);
    mig_cli_write_sum(cli, &sums->numerator, missing);
    mig_cli_write_sum(cli, &sums->denominator, missing);
    mig_cli_write_estimate_per(cli, out, mean ? 1 : cli->unit);
    if (mean)
        mig_writer_empty(writer);
    else
        mig_cli_write_unit(cli);
    mig_writer_string(writer, out->method);
    mig_rates_write_notes(rates, out->note, uncertain, mig_text_of(more));
}

static const char *for_reader(const struct mig_rates *rates, const char *note)
{
    return mig_writer_is_for_people(rates->cli->writer) ? _(note) : note;
}

const char *mig_rates_limits_note(
    const struct mig_rates *rates, const struct mig_estimate *figure, double events)
{
    if (strcmp(figure->method, "byar-exact") == 0 && events < 10 && !isnan(figure->conf_high))
        return for_reader(rates, N_("fewer than 10 events: the exact limits"));
    return "";
}

/* What the name of a measure or of a method leaves open. */
static const char *more_of(const struct mig_rates *rates, const struct mig_measure *measure,
    const struct mig_estimate *out, double events)
{
    if (measure->kind == MIG_RATIO && rates->cohort)
        return for_reader(
            rates, N_("a ratio of a period follows nobody: with both dates take the cohort"));
    return mig_rates_limits_note(rates, out, events);
}

static void write_row(const struct mig_rates *rates, const struct mig_measure *measure,
    const struct mig_quotient_sums *sums, const struct mig_estimate *out)
{
    double rse, events = events_of(rates, measure, sums);
    char rule[MIG_STABILITY_RULE];
    const char *uncertain = mig_rates_judge(rates, events, out, &rse, rule);
    write_figure(rates, measure, sums, out, uncertain, more_of(rates, measure, out, events));
    mig_rates_write_stability(rates, rse, rule);
}

static void write_group(const struct mig_rates *rates, size_t first, size_t end)
{
    struct mig_group group = mig_tally_group(rates->tally, first);
    group.n_keys = rates->n_shown;
    for (size_t i = 0; i < rates->count; i++) {
        const struct mig_measure *measure = &rates->measures[i];
        struct mig_quotient_sums sums = mig_rates_sums(rates, measure, first, end);
        if (measure->kind == MIG_MEAN)
            count_values(rates, measure, first, end, &sums);
        bool once = false; /* a figure without an interval is the same by every method */
        for (size_t j = 0; j < measure->n_methods && !once; j++) {
            struct mig_estimate out =
                estimate(rates, measure, &sums, measure->methods[j], first, end);
            once = strcmp(out.method, "quotient") == 0;
            mig_cli_write_keys(rates->cli, rates->tally, &group);
            write_row(rates, measure, &sums, &out);
            if (rates->design.exposures != NULL)
                write_exposures(rates, measure, first, end);
            mig_cli_require(rates->cli, mig_writer_end_row(rates->cli->writer, &rates->cli->error));
        }
        mig_quotient_sums_release(&sums);
    }
}

void mig_rates_write_plain(struct mig_rates *rates)
{
    static const char *const figure[] = {"measure", "kind", "n", "numerator", "denominator",
        "estimate", "std_error", "conf_low", "conf_high", "conf_level", "unit", "method", "note"};
    static const char *const stability[] = {"rse", "stability"};
    static const char *const exposures[] = {"numerator_exposure", "denominator_exposure"};
    const char *columns[sizeof figure / sizeof *figure + 4];
    size_t count = sizeof figure / sizeof *figure;
    memcpy(columns, figure, sizeof figure);
    for (size_t i = 0; i < 2 && rates->stability.wanted; i++)
        columns[count++] = stability[i];
    for (size_t i = 0; i < 2 && rates->design.exposures != NULL; i++)
        columns[count++] = exposures[i];
    mig_rates_open(rates, false, columns, count);
    for (size_t i = 0, end; i < mig_tally_count(rates->tally); i = end) {
        end = mig_tally_run_end(rates->tally, i, rates->n_shown);
        write_group(rates, i, end);
    }
}
