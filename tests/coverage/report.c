/* What the intervals really cover: usage: report TABLE.csv REPORT.md [DRAWS [SEED]]
 *
 * Exact sums where there are any: shares, rates, ratios of counts, comparisons. Means, medians,
 * standardised rates and clusters are simulated, from a seed that the report names. TABLE.csv holds
 * every point, for a plot.
 */
#include <inttypes.h>
#include <string.h>

#include "actual.h"
#include "base/random.h"
#include "comparisons.h"
#include "points.h"
#include "stats/cluster.h"
#include "stats/mean.h"
#include "stats/quantile.h"
#include "stats/standardisation.h"

/* ---- shares ---- */

static void share_points(
    const struct report *report, int method, const char *name, size_t n, double level)
{
    enum { STEPS = 1000 };
    struct interval *intervals = allocate(n + 1, sizeof *intervals);
    double *weights = allocate(n + 1, sizeof *weights);
    struct digest digest = {0};
    share_intervals(method, n, level, intervals);
    for (size_t i = 1; i < STEPS; i++) {
        double p = (double)i / STEPS;
        binomial_weights(n, p, weights);
        struct actual actual = actual_of(intervals, weights, n, p);
        write_point(report, (struct point){"share", name, (double)n, p, NAN, NAN, level}, actual,
            "exact sum");
        digest_add(&digest, actual, p);
    }
    char size[32];
    snprintf(size, sizeof size, "%zu", n);
    if (level == 0.95)
        write_digest(report, size, name, &digest);
    free(intervals);
    free(weights);
}

static void shares(const struct report *report)
{
    static const size_t sizes[] = {5, 10, 20, 50, 100, 500};
    fputs(
        "## Shares\n\nOver p of 0.001, 0.002, .. 0.999, at the level 0.95; `textbook` is p -+ z "
        "s.e., "
        "which no command offers.\n\n"
        "| n | method | mean coverage | least | at p | mean length |\n|---|---|---|---|---|---|\n",
        report->text);
    for (size_t i = 0; i < COUNT_OF(sizes); i++)
        for (int method = WALD; method < 0 || mig_proportion_methods[method] != NULL; method++)
            for (size_t j = 0; j < COUNT_OF(levels); j++)
                share_points(report, method,
                    method == WALD ? "textbook" : mig_proportion_methods[method], sizes[i],
                    levels[j]);
}

/* ---- rates ---- */

static void rate_points(const struct report *report, int method, double level)
{
    enum { STEPS = 500, PER_EVENT = 10 };
    const char *name = mig_rate_methods[method];
    size_t most = poisson_most((double)STEPS / PER_EVENT);
    struct interval *intervals = allocate(most + 1, sizeof *intervals);
    double *weights = allocate(most + 1, sizeof *weights);
    struct digest few = {0}, many = {0};
    rate_intervals((enum mig_rate_method)method, most, level, intervals);
    for (size_t i = 1; i <= STEPS; i++) {
        double mean = (double)i / PER_EVENT;
        poisson_weights(most, mean, weights);
        struct actual actual = actual_of(intervals, weights, most, mean);
        write_point(
            report, (struct point){"rate", name, NAN, mean, NAN, NAN, level}, actual, "exact sum");
        digest_add(mean < 10 ? &few : &many, actual, mean);
    }
    if (level == 0.95) {
        write_digest(report, "0.1 to 9.9", name, &few);
        write_digest(report, "10 to 50", name, &many);
    }
    free(intervals);
    free(weights);
}

static void rates(const struct report *report)
{
    fputs("\n## Rates\n\nOver expected events of 0.1, 0.2, .. 50, at the level 0.95; lengths in "
          "events.\n\n"
          "| expected events | method | mean coverage | least | at | mean length |\n"
          "|---|---|---|---|---|---|\n",
        report->text);
    for (int method = 0; mig_rate_methods[method] != NULL; method++)
        for (size_t j = 0; j < COUNT_OF(levels); j++)
            rate_points(report, method, levels[j]);
}

/* ---- published figures ---- */

static void published(const struct report *report)
{
    static const struct {
        size_t n;
        double p, printed;
        const char *source;
    } rows[] = {{591, 0.005, 0.945, "table 1"}, {592, 0.005, 0.792, "table 1"},
        {953, 0.005, 0.948, "table 1"}, {954, 0.005, 0.852, "table 1"},
        {1278, 0.005, 0.948, "table 1"}, {1279, 0.005, 0.875, "table 1"},
        {30, 0.2, 0.946, "example 1"}, {98, 0.2, 0.928, "example 1"}, {17, 0.5, 0.951, "example 2"},
        {40, 0.5, 0.919, "example 2"}, {100, 0.106, 0.952, "section 1"},
        {100, 0.107, 0.911, "section 1"}};
    fputs("\n## Published figures\n\nThe textbook interval at 0.95 as Brown, Cai & DasGupta 2001 "
          "(Stat Sci "
          "16:101-133) print it, and the sum made here.\n\n"
          "| where | n | p | printed | here |\n|---|---|---|---|---|\n",
        report->text);
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct actual actual = share_actual(WALD, rows[i].n, rows[i].p, 0.95);
        fprintf(report->text, "| %s | %zu | %g | %.3f | %.4f |\n", rows[i].source, rows[i].n,
            rows[i].p, rows[i].printed, actual.coverage);
        write_point(report,
            (struct point){"share", "textbook", (double)rows[i].n, rows[i].p, NAN, NAN, 0.95},
            (struct actual){rows[i].printed, NAN, NAN}, "Brown Cai DasGupta 2001");
    }
}

/* ---- simulated: what is added up, draw by draw ---- */

static void write_simulated(
    const struct report *report, struct point point, struct actual sums, const char *what)
{
    char source[64];
    sums.without /= (double)report->draws;
    sums.coverage /= (double)report->draws;
    sums.length /= (double)report->draws;
    actual_settle(&sums);
    snprintf(source, sizeof source, "simulation seed %" PRIu64 " draws %zu", report->seed,
        report->draws);
    write_point(report, point, sums, source);
    fprintf(report->text, "| %s | %s | %s | %g | %.4f | %.4f |\n", point.kind, what, point.method,
        point.n, sums.coverage, sums.without);
}

static struct mig_random begin(const struct report *report, uint64_t stream)
{
    struct mig_random random;
    must(mig_random_init(&random, report->seed, stream, NULL));
    return random;
}

/* Normal, or exponential with mean 1, which is skewed to the right as amounts of money and months
 * of waiting are. */
static double draw(struct mig_random *random, bool skewed)
{
    return skewed ? -log1p(-mig_random_uniform(random)) : mig_random_normal(random);
}

static unsigned draw_poisson(struct mig_random *random, double mean)
{
    double u = mig_random_uniform(random), p = exp(-mean), sum = p;
    unsigned x = 0;
    while (u > sum && p > 0)
        sum += p *= mean / ++x;
    return x;
}

static void means(const struct report *report, bool skewed, size_t n)
{
    struct mig_random random = begin(report, 1);
    struct actual sums = {0};
    double values[200], ones[200];
    for (size_t i = 0; i < report->draws; i++) {
        struct mig_estimate out;
        for (size_t j = 0; j < n; j++) {
            values[j] = draw(&random, skewed);
            ones[j] = 1;
        }
        must(mig_mean(values, ones, n, 0.95, &out, NULL));
        actual_add(&sums, 1, interval_of(&out), skewed ? 1 : 0);
    }
    write_simulated(report, (struct point){"mean", "t", (double)n, NAN, NAN, NAN, 0.95}, sums,
        skewed ? "exponential values" : "normal values");
    mig_random_release(&random);
}

struct weighted_value {
    double value, weight;
};

static int by_value(const void *a, const void *b)
{
    double left = ((const struct weighted_value *)a)->value;
    double right = ((const struct weighted_value *)b)->value;
    return (left > right) - (left < right);
}

static void medians(const struct report *report, bool weighted, size_t n)
{
    struct mig_random random = begin(report, 2);
    struct actual sums = {0};
    struct weighted_value drawn[200];
    double values[200], weights[200];
    for (size_t i = 0; i < report->draws; i++) {
        struct mig_estimate out;
        for (size_t j = 0; j < n; j++)
            drawn[j] = (struct weighted_value){
                draw(&random, true), 0.5 + 2.5 * mig_random_uniform(&random)};
        qsort(drawn, n, sizeof *drawn, by_value);
        for (size_t j = 0; j < n; j++) {
            values[j] = drawn[j].value;
            weights[j] = drawn[j].weight;
        }
        if (weighted)
            must(mig_median_weighted(values, weights, n, 0.95, 2, &out, NULL));
        else
            must(mig_median(values, n, 0.95, 7, &out, NULL));
        actual_add(&sums, 1, interval_of(&out), log(2));
    }
    write_simulated(report,
        (struct point){
            "median", weighted ? "woodruff" : "order-statistics", (double)n, NAN, NAN, NAN, 0.95},
        sums, weighted ? "exponential values, weights 0.5 to 3" : "exponential values");
    mig_random_release(&random);
}

/* Five ages whose rates rise steeply, in a young population set against an old standard. */
static void standardised(const struct report *report, int method, double events)
{
    static const double exposures[] = {3000, 2500, 2000, 1500, 1000};
    static const double rates_of_ages[] = {1, 2, 4, 8, 16}, standard[] = {1, 1, 1, 2, 3};
    struct mig_random random = begin(report, 3);
    struct actual sums = {0};
    struct mig_stratum strata[COUNT_OF(exposures)];
    double expected = 0, truth = 0, scale;
    for (size_t i = 0; i < COUNT_OF(exposures); i++)
        expected += exposures[i] * rates_of_ages[i];
    scale = events / expected;
    for (size_t i = 0; i < COUNT_OF(exposures); i++)
        truth += standard[i] * rates_of_ages[i] * scale / 8;
    for (size_t i = 0; i < report->draws; i++) {
        struct mig_estimate out;
        for (size_t j = 0; j < COUNT_OF(strata); j++) {
            double x = draw_poisson(&random, exposures[j] * rates_of_ages[j] * scale);
            strata[j] = (struct mig_stratum){standard[j], exposures[j], x, x};
        }
        must(mig_direct_rate(
            (enum mig_direct_method)method, strata, COUNT_OF(strata), 10, 0.95, &out, NULL));
        actual_add(&sums, 1, interval_of(&out), truth);
    }
    write_simulated(report,
        (struct point){"direct-rate", mig_direct_methods[method], events, NAN, NAN, NAN, 0.95},
        sums, "events in five ages (n: expected)");
    mig_random_release(&random);
}

/* Households of 1 to 7; half of them decide as one, in the others everybody alone. The truth is
 * 0.3. */
static void clusters(const struct report *report, bool robust, size_t households)
{
    const double truth = 0.3;
    struct mig_random random = begin(report, 4);
    struct actual sums = {0};
    double y[200], x[200];
    for (size_t i = 0; i < report->draws; i++) {
        struct mig_estimate out;
        double cases = 0, counted = 0;
        for (size_t j = 0; j < households; j++) {
            bool together = mig_random_uniform(&random) < 0.5, first = false;
            x[j] = 1 + mig_random_below(&random, 7);
            y[j] = 0;
            for (double k = 0; k < x[j]; k++) {
                bool yes = mig_random_uniform(&random) < truth;
                first = k > 0 ? first : yes;
                y[j] += together ? first : yes;
            }
            cases += x[j];
            counted += y[j];
        }
        if (robust)
            must(mig_cluster_quotient(
                MIG_CLUSTER_LOGIT, y, x, households, households, 0.95, &out, NULL));
        else
            must(mig_proportion_wilson(counted, cases, 0.95, &out, NULL));
        actual_add(&sums, 1, interval_of(&out), truth);
    }
    write_simulated(report,
        (struct point){"share", robust ? "cluster-robust" : "wilson", (double)households, truth,
            NAN, NAN, 0.95},
        sums, "persons in households (n: households)");
    mig_random_release(&random);
}

static void simulate(const struct report *report)
{
    static const size_t sizes[] = {5, 10, 30, 100};
    static const double events[] = {15, 30, 100, 300};
    fprintf(report->text,
        "\n## Simulated\n\nNo exact sum exists here: %zu draws from seed %" PRIu64
        ", so that the coverage has a standard error of %.4f. Level 0.95; coverage as above.\n\n"
        "| figure | of | method | n | coverage | no interval |\n|---|---|---|---|---|---|\n",
        report->draws, report->seed, sqrt(0.95 * 0.05 / (double)report->draws));
    for (int skewed = 0; skewed < 2; skewed++)
        for (size_t i = 0; i < COUNT_OF(sizes); i++)
            means(report, skewed == 1, sizes[i]);
    for (int weighted = 0; weighted < 2; weighted++)
        for (size_t i = 1; i < COUNT_OF(sizes); i++)
            medians(report, weighted == 1, sizes[i]);
    for (int method = 0; mig_direct_methods[method] != NULL; method++)
        for (size_t i = 0; i < COUNT_OF(events); i++)
            standardised(report, method, events[i]);
    for (int robust = 0; robust < 2; robust++)
        for (size_t i = 1; i < COUNT_OF(sizes); i++)
            clusters(report, robust == 1, sizes[i]);
}

static FILE *open_file(const char *path)
{
    FILE *file = fopen(path, "w");
    if (file == NULL) {
        perror(path);
        exit(2);
    }
    return file;
}

int main(int argc, char **argv)
{
    if (argc < 3 || argc > 5) {
        fprintf(stderr, "usage: %s TABLE.csv REPORT.md [DRAWS [SEED]]\n", argv[0]);
        return 2;
    }
    struct report report = {.table = open_file(argv[1]),
        .text = open_file(argv[2]),
        .draws = argc > 3 ? strtoul(argv[3], NULL, 10) : 20000,
        .seed = argc > 4 ? strtoul(argv[4], NULL, 10) : 1};
    fputs(
        "kind,method,n,p,n2,p2,level,coverage,expected_length,no_interval,source\n", report.table);
    fputs("# Coverage of the intervals\n\nHow often an interval of level 0.95 holds the truth, "
          "whatever the truth "
          "is: the probability is added up over all counts.\n\n",
        report.text);
    shares(&report);
    rates(&report);
    ratios(&report);
    compare(&report);
    rate_differences(&report);
    published(&report);
    simulate(&report);
    bool failed = ferror(report.table) != 0 || ferror(report.text) != 0;
    failed = fclose(report.table) != 0 || failed;
    return fclose(report.text) != 0 || failed ? 2 : 0;
}
