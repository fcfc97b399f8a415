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
#include "points.h"
#include "stats/cluster.h"
#include "stats/comparison.h"
#include "stats/mean.h"
#include "stats/quantile.h"
#include "stats/standardisation.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

static const double levels[] = {0.9, 0.95, 0.99};

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

/* ---- ratios of two counts ---- */

static void ratio_points(const struct report *report, int method)
{
    static const double means[] = {2, 5, 10, 20, 50}, ratios[] = {0.2, 0.5, 1, 2, 5};
    enum { MOST = 430 };
    const char *name = mig_ratio_methods[method];
    struct pairs pairs = pairs_new(MOST, MOST);
    double weights_x[MOST + 1], weights_y[MOST + 1];
    ratio_intervals((enum mig_ratio_method)method, 0.95, &pairs);
    for (size_t i = 0; i < COUNT_OF(means); i++) {
        struct digest digest = {0};
        char text[32];
        poisson_weights(MOST, means[i], weights_y);
        for (size_t j = 0; j < COUNT_OF(ratios); j++) {
            poisson_weights(MOST, means[i] * ratios[j], weights_x);
            struct actual actual = pairs_actual(&pairs, weights_x, weights_y, ratios[j]);
            write_point(report,
                (struct point){"ratio", name, NAN, means[i] * ratios[j], NAN, means[i], 0.95},
                actual, "exact sum");
            digest_add(&digest, actual, ratios[j]);
        }
        snprintf(text, sizeof text, "%g", means[i]);
        fprintf(report->text, "| %s | %s | %.4f | %.4f | %g | %.4f |\n", text, name,
            digest.sum / (double)digest.count, digest.least, digest.at,
            digest.without / (double)digest.count);
    }
    free(pairs.intervals);
}

static void ratios(const struct report *report)
{
    fputs("\n## Ratios of two counts\n\nOver ratios of 0.2, 0.5, 1, 2, 5, at the level 0.95. "
          "Coverage is that of "
          "the pairs of counts that have an interval; the last column is the probability of the "
          "others.\n\n"
          "| expected denominator | method | mean coverage | least | at ratio | no interval |\n"
          "|---|---|---|---|---|---|\n",
        report->text);
    for (int method = 0; mig_ratio_methods[method] != NULL; method++)
        ratio_points(report, method);
}

/* ---- comparisons of two shares ---- */

typedef double truth_of(double p1, double p2);

static double difference(double p1, double p2)
{
    return p1 - p2;
}

static double quotient(double p1, double p2)
{
    return p1 / p2;
}

static double odds_quotient(double p1, double p2)
{
    return p1 / (1 - p1) / (p2 / (1 - p2));
}

static struct mig_estimate newcombe(const struct mig_pair *pair)
{
    struct mig_estimate out;
    must(mig_share_difference(MIG_DIFFERENCE_NEWCOMBE, pair, 0.95, &out, NULL));
    return out;
}

static struct mig_estimate miettinen_nurminen(const struct mig_pair *pair)
{
    struct mig_estimate out;
    must(mig_share_difference(MIG_DIFFERENCE_MIETTINEN_NURMINEN, pair, 0.95, &out, NULL));
    return out;
}

static struct mig_estimate wald(const struct mig_pair *pair)
{
    struct mig_estimate out;
    must(mig_share_difference(MIG_DIFFERENCE_WALD, pair, 0.95, &out, NULL));
    return out;
}

static struct mig_estimate score(const struct mig_pair *pair)
{
    struct mig_estimate out;
    must(mig_share_ratio(MIG_SHARE_RATIO_SCORE, pair, 0.95, &out, NULL));
    return out;
}

static struct mig_estimate delta(const struct mig_pair *pair)
{
    struct mig_estimate out;
    must(mig_share_ratio(MIG_SHARE_RATIO_DELTA, pair, 0.95, &out, NULL));
    return out;
}

static struct mig_estimate woolf(const struct mig_pair *pair)
{
    struct mig_estimate out;
    must(mig_share_odds_ratio(MIG_ODDS_RATIO_WOOLF, pair, 0.95, &out, NULL));
    return out;
}

static struct mig_estimate fisher(const struct mig_pair *pair)
{
    struct mig_estimate out;
    must(mig_share_odds_ratio(MIG_ODDS_RATIO_EXACT, pair, 0.95, &out, NULL));
    return out;
}

static const struct comparison {
    const char *kind, *method;
    truth_of *truth;
    struct mig_estimate (*estimate)(const struct mig_pair *pair);
} comparisons[] = {{"share-difference", "newcombe", difference, newcombe},
    {"share-difference", "miettinen-nurminen", difference, miettinen_nurminen},
    {"share-difference", "wald", difference, wald}, {"share-ratio", "score", quotient, score},
    {"share-ratio", "delta", quotient, delta}, {"odds-ratio", "fisher", odds_quotient, fisher},
    {"odds-ratio", "woolf", odds_quotient, woolf}};

static void comparison_points(
    const struct report *report, const struct comparison *comparison, size_t n1, size_t n2)
{
    enum { STEPS = 20 };
    struct pairs pairs = pairs_new(n1, n2);
    struct digest digest = {0};
    double *weights_x = allocate(n1 + 1, sizeof *weights_x);
    double *weights_y = allocate(n2 + 1, sizeof *weights_y);
    for (size_t x = 0; x <= n1; x++)
        for (size_t y = 0; y <= n2; y++) {
            const struct mig_pair pair = {(double)x, (double)n1, (double)y, (double)n2};
            struct mig_estimate out = comparison->estimate(&pair);
            pairs.intervals[x * (n2 + 1) + y] = interval_of(&out);
        }
    for (size_t i = 1; i < STEPS; i++)
        for (size_t j = 1; j < STEPS; j++) {
            double p1 = (double)i / STEPS, p2 = (double)j / STEPS;
            binomial_weights(n1, p1, weights_x);
            binomial_weights(n2, p2, weights_y);
            struct actual actual =
                pairs_actual(&pairs, weights_x, weights_y, comparison->truth(p1, p2));
            write_point(report,
                (struct point){
                    comparison->kind, comparison->method, (double)n1, p1, (double)n2, p2, 0.95},
                actual, "exact sum");
            digest_add(&digest, actual, p1);
        }
    fprintf(report->text, "| %s | %s | %zu and %zu | %.4f | %.4f | %.4f |\n", comparison->kind,
        comparison->method, n1, n2, digest.sum / (double)digest.count, digest.least,
        digest.without / (double)digest.count);
    free(pairs.intervals);
    free(weights_x);
    free(weights_y);
}

static void compare(const struct report *report)
{
    static const size_t sizes[][2] = {{10, 10}, {20, 20}, {15, 60}, {50, 50}};
    fputs("\n## Comparisons of two shares\n\nOver shares of 0.05, 0.10, .. 0.95 in both groups, at "
          "the level 0.95; "
          "coverage as above.\n\n"
          "| figure | method | cases | mean coverage | least | no interval "
          "|\n|---|---|---|---|---|---|\n",
        report->text);
    for (size_t i = 0; i < COUNT_OF(comparisons); i++)
        for (size_t j = 0; j < COUNT_OF(sizes); j++)
            comparison_points(report, &comparisons[i], sizes[j][0], sizes[j][1]);
}

/* ---- differences of two rates: over a truncated grid of counts ---- */

static void difference_points(
    const struct report *report, enum mig_difference_method method, const char *name, double mean)
{
    static const double ratios[] = {0.2, 0.5, 1, 2, 5};
    enum { MOST = 200 };
    struct pairs pairs = pairs_new(MOST, MOST);
    struct digest digest = {0};
    double weights_x[MOST + 1], weights_y[MOST + 1];
    for (size_t x = 0; x <= MOST; x++)
        for (size_t y = 0; y <= MOST; y++) {
            struct mig_estimate out;
            const struct mig_pair pair = {(double)x, 1, (double)y, 1};
            must(mig_rate_difference(method, &pair, 0.95, &out, NULL));
            pairs.intervals[x * (MOST + 1) + y] = interval_of(&out);
        }
    poisson_weights(MOST, mean, weights_y);
    for (size_t i = 0; i < COUNT_OF(ratios); i++) {
        poisson_weights(MOST, mean * ratios[i], weights_x);
        struct actual actual = pairs_actual(&pairs, weights_x, weights_y, mean * (ratios[i] - 1));
        write_point(report,
            (struct point){"rate-difference", name, NAN, mean * ratios[i], NAN, mean, 0.95}, actual,
            "exact sum");
        digest_add(&digest, actual, ratios[i]);
    }
    fprintf(report->text, "| %g | %s | %.4f | %.4f | %g | %.4f |\n", mean, name,
        digest.sum / (double)digest.count, digest.least, digest.at,
        digest.without / (double)digest.count);
    free(pairs.intervals);
}

static void rate_differences(const struct report *report)
{
    static const double means[] = {2, 5, 10, 20};
    fputs("\n## Differences of two rates\n\nOver ratios of 0.2, 0.5, 1, 2, 5 of the expected "
          "events, at the level 0.95; coverage as above. Their ratio: see ratios of two counts.\n\n"
          "| expected events | method | mean coverage | least | at ratio | no interval |\n"
          "|---|---|---|---|---|---|\n",
        report->text);
    for (size_t i = 0; i < COUNT_OF(means); i++) {
        difference_points(
            report, MIG_DIFFERENCE_MIETTINEN_NURMINEN, "miettinen-nurminen", means[i]);
        difference_points(report, MIG_DIFFERENCE_WALD, "wald", means[i]);
    }
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
