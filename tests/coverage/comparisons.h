/* The part of the coverage report on two groups: ratios of two counts, comparisons of two shares,
 * differences of two rates, each at all levels. */
#ifndef MIGSTAT_TESTS_COMPARISONS_H
#define MIGSTAT_TESTS_COMPARISONS_H

#include "points.h"
#include "stats/comparison.h"

#define LEVEL_HEADINGS                                                                             \
    "mean at 0.90 | least | mean at 0.95 | least | mean at 0.99 | least | no interval |\n"         \
    "|---|---|---|---|---|---|---|---|---|"

/* One row of the text: a digest for each level, and the probability of no interval at 0.95. */
static inline void write_levels(const struct report *report, const char *first, const char *second,
    const struct digest digests[COUNT_OF(levels)])
{
    fprintf(report->text, "| %s | %s ", first, second);
    for (size_t l = 0; l < COUNT_OF(levels); l++)
        fprintf(report->text, "| %.4f | %.4f ", digests[l].sum / (double)digests[l].count,
            digests[l].least);
    fprintf(report->text, "| %.4f |\n", digests[1].without / (double)digests[1].count);
}

/* The interval of a pair of counts. */
typedef struct mig_estimate pair_estimate(const struct mig_pair *pair, double level);

static inline void fill_pairs(
    pair_estimate *estimate, double n1, double n2, double level, const struct pairs *pairs)
{
    for (size_t x = 0; x <= pairs->most_x; x++)
        for (size_t y = 0; y <= pairs->most_y; y++) {
            const struct mig_pair pair = {(double)x, n1, (double)y, n2};
            struct mig_estimate out = estimate(&pair, level);
            pairs->intervals[x * (pairs->most_y + 1) + y] = interval_of(&out);
        }
}

/* ---- ratios of two counts, differences of two rates: over a truncated grid of counts ---- */

struct rates {
    const char *kind, *method;
    pair_estimate *estimate;
    bool ratio; /* the truth is a ratio, not a difference */
};

static inline struct mig_estimate ratio_by(
    enum mig_ratio_method method, const struct mig_pair *pair, double level)
{
    struct mig_estimate out;
    must(mig_ratio(method, pair->x1, pair->n1, pair->x2, pair->n2, level, &out, NULL));
    return out;
}

static inline struct mig_estimate rate_difference_by(
    enum mig_difference_method method, const struct mig_pair *pair, double level)
{
    struct mig_estimate out;
    must(mig_rate_difference(method, pair, level, &out, NULL));
    return out;
}

#define ESTIMATE_BY(name, by, method)                                                              \
    static inline struct mig_estimate name(const struct mig_pair *pair, double level)              \
    {                                                                                              \
        return by(method, pair, level);                                                            \
    }
ESTIMATE_BY(exact_ratio, ratio_by, MIG_RATIO_EXACT)
ESTIMATE_BY(wilson_ratio, ratio_by, MIG_RATIO_WILSON)
ESTIMATE_BY(delta_ratio, ratio_by, MIG_RATIO_DELTA)
ESTIMATE_BY(fieller_ratio, ratio_by, MIG_RATIO_FIELLER)
ESTIMATE_BY(midp_ratio, ratio_by, MIG_RATIO_MIDP)
ESTIMATE_BY(score_rates, rate_difference_by, MIG_DIFFERENCE_MIETTINEN_NURMINEN)
ESTIMATE_BY(wald_rates, rate_difference_by, MIG_DIFFERENCE_WALD)

/* All levels of a method, where the second count is expected to be `mean`. */
static inline void rates_points(const struct report *report, const struct rates *rates,
    const struct pairs pairs[COUNT_OF(levels)], double mean)
{
    static const double ratios[] = {0.2, 0.5, 1, 2, 5};
    struct digest digests[COUNT_OF(levels)] = {{0}};
    size_t most = pairs[0].most_x;
    double *weights_x = allocate(most + 1, sizeof *weights_x);
    double *weights_y = allocate(most + 1, sizeof *weights_y);
    char text[32];
    poisson_weights(most, mean, weights_y);
    for (size_t i = 0; i < COUNT_OF(ratios); i++) {
        double other = mean * ratios[i], truth = rates->ratio ? ratios[i] : other - mean;
        poisson_weights(most, other, weights_x);
        for (size_t l = 0; l < COUNT_OF(levels); l++) {
            struct actual actual = pairs_actual(&pairs[l], weights_x, weights_y, truth);
            write_point(report,
                (struct point){rates->kind, rates->method, NAN, other, NAN, mean, levels[l]},
                actual, "exact sum");
            digest_add(&digests[l], actual, ratios[i]);
        }
    }
    snprintf(text, sizeof text, "%g", mean);
    write_levels(report, text, rates->method, digests);
    free(weights_x);
    free(weights_y);
}

static inline void compare_rates(const struct report *report, const struct rates *rates,
    const double *means, size_t n_means, size_t most)
{
    struct pairs pairs[COUNT_OF(levels)];
    for (size_t l = 0; l < COUNT_OF(levels); l++) {
        pairs[l] = pairs_new(most, most);
        fill_pairs(rates->estimate, 1, 1, levels[l], &pairs[l]);
    }
    for (size_t i = 0; i < n_means; i++)
        rates_points(report, rates, pairs, means[i]);
    for (size_t l = 0; l < COUNT_OF(levels); l++)
        free(pairs[l].intervals);
}

static inline void ratios(const struct report *report)
{
    static const struct rates methods[] = {{"ratio", "exact", exact_ratio, true},
        {"ratio", "wilson", wilson_ratio, true}, {"ratio", "delta", delta_ratio, true},
        {"ratio", "fieller", fieller_ratio, true}, {"ratio", "midp", midp_ratio, true}};
    static const double means[] = {2, 5, 10, 20, 50};
    fputs("\n## Ratios of two counts\n\nOver ratios of 0.2, 0.5, 1, 2, 5. Coverage is that of the "
          "pairs of "
          "counts that have an interval; the last column is the probability of the others at "
          "0.95.\n\n"
          "| expected denominator | method | " LEVEL_HEADINGS "\n",
        report->text);
    for (size_t i = 0; i < COUNT_OF(methods); i++)
        compare_rates(report, &methods[i], means, COUNT_OF(means), 430);
}

static inline void rate_differences(const struct report *report)
{
    static const struct rates methods[] = {
        {"rate-difference", "miettinen-nurminen", score_rates, false},
        {"rate-difference", "wald", wald_rates, false}};
    static const double means[] = {2, 5, 10, 20};
    fputs("\n## Differences of two rates\n\nOver ratios of 0.2, 0.5, 1, 2, 5 of the expected "
          "events; coverage "
          "as above. Their ratio: see ratios of two counts.\n\n"
          "| expected events | method | " LEVEL_HEADINGS "\n",
        report->text);
    for (size_t i = 0; i < COUNT_OF(methods); i++)
        compare_rates(report, &methods[i], means, COUNT_OF(means), 200);
}

/* ---- comparisons of two shares ---- */

static inline struct mig_estimate share_difference_by(
    enum mig_difference_method method, const struct mig_pair *pair, double level)
{
    struct mig_estimate out;
    must(mig_share_difference(method, pair, level, &out, NULL));
    return out;
}

static inline struct mig_estimate share_ratio_by(
    enum mig_share_ratio_method method, const struct mig_pair *pair, double level)
{
    struct mig_estimate out;
    must(mig_share_ratio(method, pair, level, &out, NULL));
    return out;
}

static inline struct mig_estimate odds_ratio_by(
    enum mig_odds_ratio_method method, const struct mig_pair *pair, double level)
{
    struct mig_estimate out;
    must(mig_share_odds_ratio(method, pair, level, &out, NULL));
    return out;
}

ESTIMATE_BY(newcombe, share_difference_by, MIG_DIFFERENCE_NEWCOMBE)
ESTIMATE_BY(miettinen_nurminen, share_difference_by, MIG_DIFFERENCE_MIETTINEN_NURMINEN)
ESTIMATE_BY(wald, share_difference_by, MIG_DIFFERENCE_WALD)
ESTIMATE_BY(score, share_ratio_by, MIG_SHARE_RATIO_SCORE)
ESTIMATE_BY(delta, share_ratio_by, MIG_SHARE_RATIO_DELTA)
ESTIMATE_BY(fisher, odds_ratio_by, MIG_ODDS_RATIO_EXACT)
ESTIMATE_BY(midp, odds_ratio_by, MIG_ODDS_RATIO_MIDP)
ESTIMATE_BY(woolf, odds_ratio_by, MIG_ODDS_RATIO_WOOLF)

typedef double truth_of(double p1, double p2);

static inline double difference(double p1, double p2)
{
    return p1 - p2;
}

static inline double quotient(double p1, double p2)
{
    return p1 / p2;
}

static inline double odds_quotient(double p1, double p2)
{
    return p1 / (1 - p1) / (p2 / (1 - p2));
}

struct comparison {
    const char *kind, *method;
    truth_of *truth;
    pair_estimate *estimate;
};

static inline struct digest comparison_points(const struct report *report,
    const struct comparison *comparison, size_t n1, size_t n2, double level)
{
    enum { STEPS = 20 };
    struct pairs pairs = pairs_new(n1, n2);
    struct digest digest = {0};
    double *weights_x = allocate(n1 + 1, sizeof *weights_x);
    double *weights_y = allocate(n2 + 1, sizeof *weights_y);
    fill_pairs(comparison->estimate, (double)n1, (double)n2, level, &pairs);
    for (size_t i = 1; i < STEPS; i++)
        for (size_t j = 1; j < STEPS; j++) {
            double p1 = (double)i / STEPS, p2 = (double)j / STEPS;
            binomial_weights(n1, p1, weights_x);
            binomial_weights(n2, p2, weights_y);
            struct actual actual =
                pairs_actual(&pairs, weights_x, weights_y, comparison->truth(p1, p2));
            write_point(report,
                (struct point){
                    comparison->kind, comparison->method, (double)n1, p1, (double)n2, p2, level},
                actual, "exact sum");
            digest_add(&digest, actual, p1);
        }
    free(pairs.intervals);
    free(weights_x);
    free(weights_y);
    return digest;
}

static inline void compare(const struct report *report)
{
    static const struct comparison comparisons[] = {
        {"share-difference", "newcombe", difference, newcombe},
        {"share-difference", "miettinen-nurminen", difference, miettinen_nurminen},
        {"share-difference", "wald", difference, wald}, {"share-ratio", "score", quotient, score},
        {"share-ratio", "delta", quotient, delta}, {"odds-ratio", "fisher", odds_quotient, fisher},
        {"odds-ratio", "midp", odds_quotient, midp}, {"odds-ratio", "woolf", odds_quotient, woolf}};
    static const size_t sizes[][2] = {{10, 10}, {20, 20}, {15, 60}, {50, 50}};
    fputs("\n## Comparisons of two shares\n\nOver shares of 0.05, 0.10, .. 0.95 in both groups; "
          "coverage as "
          "above.\n\n| figure and method | cases | " LEVEL_HEADINGS "\n",
        report->text);
    for (size_t i = 0; i < COUNT_OF(comparisons); i++)
        for (size_t j = 0; j < COUNT_OF(sizes); j++) {
            struct digest digests[COUNT_OF(levels)];
            char first[64], second[48];
            for (size_t l = 0; l < COUNT_OF(levels); l++)
                digests[l] =
                    comparison_points(report, &comparisons[i], sizes[j][0], sizes[j][1], levels[l]);
            snprintf(first, sizeof first, "%s %s", comparisons[i].kind, comparisons[i].method);
            snprintf(second, sizeof second, "%zu and %zu", sizes[j][0], sizes[j][1]);
            write_levels(report, first, second, digests);
        }
}

#endif
