/* Summaries: the statistics of a column in a group, as mig-summary prints them. */
#ifndef MIGSTAT_CLI_SUMMARY_H
#define MIGSTAT_CLI_SUMMARY_H

#include "../stats/summary.h"
#include "../table/cases.h"
#include "cli.h"

enum mig_statistic {
    MIG_STATISTIC_MEAN,
    MIG_STATISTIC_SD,
    MIG_STATISTIC_MIN,
    MIG_STATISTIC_QUANTILES,
    MIG_STATISTIC_MAX,
    MIG_STATISTIC_SKEWNESS,
    MIG_STATISTIC_KURTOSIS,
    MIG_STATISTIC_DISTINCT, /* from here on of texts */
    MIG_STATISTIC_FREQUENT,
    MIG_STATISTICS
};

/* One figure that is computed for every column of its sort: a statistic, or one of the quantiles. */
struct mig_summary_kind {
    char name[32]; /* column kind: "mean", "p25"; the quantile at 0.5 is "median" */
    enum mig_statistic statistic;
    double p; /* of a quantile */
};

/* What is wanted of which columns; what stands behind `count` is the caller's to fill in and to release. */
struct mig_summary_plan {
    struct mig_summary_kind *kinds;
    size_t count;
    int quantile_type;
    enum mig_shape_type shape_type;
    struct mig_keys keys;
    struct mig_moments_list numbers;
    struct mig_columns texts;
    bool weighted;
    bool counted; /* the rows are those of a tally, and stand for as many values as its n says */
};

/* The kinds that the options ask for: `statistics` "mean,quantiles" (NULL: all), `quantiles` "0.25,0.5" (NULL: the
 * quartiles). Faults are complaints. Release plan->kinds with free(). */
void mig_cli_plan_summary(struct mig_cli *cli, const char *statistics, const char *quantiles,
    struct mig_summary_plan *plan);

/* Whether the kind is about texts rather than numbers. */
bool mig_summary_is_of_text(const struct mig_summary_kind *kind);

/* Whether any kind needs every value, not only sums over them; and whether any is a shape. */
bool mig_summary_needs_values(const struct mig_summary_plan *plan);
bool mig_summary_needs_powers(const struct mig_summary_plan *plan);

/* One column in one group. Borrowed from the cases. */
struct mig_summary_subject {
    const struct mig_cases *cases;
    const struct mig_group *group;
    size_t column; /* index among the numbers, or among the texts */
    bool text;
    bool merged; /* only moments are known */
};

/* One figure. `exact` is an exact decimal to be printed instead of the estimate; `value` a text. Release after use. */
struct mig_summary_figure {
    struct mig_estimate estimate;
    const struct mig_sum *exact;
    struct mig_text value;
    struct mig_sum own; /* `exact`, where nobody else has it */
};
void mig_summary_figure_release(struct mig_summary_figure *figure);

/* The figure of `kind`, which is one for the subject's sort of column, in `out`. */
void mig_cli_summarise(struct mig_cli *cli, const struct mig_summary_plan *plan,
    const struct mig_summary_kind *kind, const struct mig_summary_subject *subject,
    struct mig_summary_figure *out);

/* The number of known values of the subject. */
uint64_t mig_summary_count(const struct mig_summary_subject *subject);

/* A histogram of the subject's values between low and high, drawn in block characters, with its 0 byte; "" when there are no
 * values. */
#define MIG_SUMMARY_BARS 12
#define MIG_SUMMARY_DRAWING (3 * MIG_SUMMARY_BARS + 1)
void mig_summary_draw(const struct mig_summary_subject *subject, double low, double high,
    char out[MIG_SUMMARY_DRAWING]);

/* Whether the format is written with one row a column and group, for people, rather than one row a figure. */
bool mig_summary_is_wide(const struct mig_cli *cli);

/* Opens the result table and writes all figures of all columns and groups. */
void mig_cli_write_summary(struct mig_cli *cli, const struct mig_summary_plan *plan,
    const struct mig_cases *cases);

#endif
