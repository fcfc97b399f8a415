/* Rates: what mig-rate is asked for, from the options to the rows of its table. One struct holds the question; each kind
 * of answer is a function that opens the table and writes all of it.
 */
#ifndef MIGSTAT_CLI_RATES_H
#define MIGSTAT_CLI_RATES_H

#include "../base/moments.h"
#include "estimates.h"

/* One --share, --ratio, --rate or --mean. */
struct mig_measure {
    enum mig_estimate_kind kind;
    const char *text; /* as asked for */
    struct mig_quotient quotient;
    struct mig_quotient exposures; /* of a ratio, where --exposures is given */
    int methods[MIG_MOST_CHOICES]; /* of the enum or list that belongs to the kind; one row each */
    size_t n_methods;
    int strata_methods[MIG_MOST_CHOICES]; /* enum mig_strata_method: of comparisons within strata */
    size_t n_strata_methods;
    struct mig_moments_list moments; /* of a mean: one column */
};

/* When a figure is too uncertain to publish. */
#define MIG_MIN_EVENTS_UNSET UINT64_MAX
struct mig_stability {
    bool wanted;
    uint64_t min_events; /* fewer events in the numerator; MIG_MIN_EVENTS_UNSET: not given */
    double max_rse;      /* relative standard error above this, in per cent; NaN: not given */
};

/* How groups are divided and set against each other, as the options say; NULL: not asked for. */
struct mig_rate_design {
    const char *by;
    const char *exposures; /* TA/TB */
    const char *compare;   /* KEY=VALUE */
    const char *trend;     /* KEY */
    const char *order;     /* its values, from the lowest: A,B,.. */
    const char *strata;    /* KEYS */
    const char *standard;  /* a file */
    const char *weight;    /* its column */
    const char *frequency; /* column of events per unit that are not independent */
    const char *cluster;   /* KEY */
    bool indirect;
};

struct mig_rates {
    struct mig_cli *cli;
    struct mig_rate_design design;
    struct mig_measure *measures;
    size_t count;
    struct mig_operands operands;
    struct mig_moments_column *moments; /* those of the means, in their order; borrowed from the measures */
    size_t n_moments;
    uint64_t any_sign;      /* the operands that may be negative, as mig_tally_spec wants them */
    struct mig_keys keys;   /* of the tally: those that are shown, then those that divide further */
    size_t n_by;            /* keys of --by alone */
    size_t n_shown;         /* keys in the table */
    size_t n_strata;        /* keys behind them that divide into strata */
    size_t cluster;         /* the key that holds the cluster, or SIZE_MAX */
    size_t n_clusters;      /* clusters in all groups together */
    size_t frequency;       /* the key that holds events per unit, or SIZE_MAX */
    size_t frequency_column; /* of the input */
    bool cohort;             /* cases have both dates: a ratio of a period says less than their cohort */
    char *reference;        /* the value that --compare names */
    struct mig_stability stability;
    struct mig_tally *tally;
};

/* The names that --method takes, of all kinds; NULL-terminated. */
extern const char *const mig_rate_method_names[];

/* Those for --compare, of shares and of rates; the first MIG_USUAL_COMPARISONS are made unless others are asked for. */
extern const char *const mig_share_comparisons[];
extern const char *const mig_rate_comparisons[];
#define MIG_USUAL_COMPARISONS 3

/* Complains of options that do not go together, and of every method in `chosen` (indices of mig_rate_method_names) that
 * belongs to nothing that is asked for. Limits of stability that were not given get their usual values. */
void mig_rates_check(struct mig_rates *rates, const struct mig_option_list *asked,
    const struct mig_option_choices *chosen);

/* Plans keys and measures on the columns of `header`. Faults are complaints, or end the command. */
void mig_rates_plan(struct mig_rates *rates, const struct mig_header *header,
    const struct mig_option_list *asked, const struct mig_option_choices *chosen);

/* Reads the input into the tally, and complains of shares that are none in a group of the shown keys. */
void mig_rates_read(struct mig_rates *rates);

/* The account of rows read, used and missing, of each measure where there are several. */
void mig_rates_account(const struct mig_rates *rates);

/* The sums of a measure over the groups first .. end - 1; to be released. */
struct mig_quotient_sums mig_rates_sums(
    const struct mig_rates *rates, const struct mig_measure *measure, size_t first, size_t end);
struct mig_quotient_sums mig_rates_sums_of(
    const struct mig_rates *rates, const struct mig_quotient *quotient, size_t first, size_t end);

/* share, ratio, rate or mean: the options, and the column kind. */
const char *mig_rates_kind(enum mig_estimate_kind kind);

/* A buffer with the texts of the group's keys first .. end - 1, set apart so that different keys give different texts. */
void mig_rates_join_keys(const struct mig_rates *rates, const struct mig_group *group, size_t first,
    size_t end, struct mig_buffer *out);

/* Why a figure that rests on `events` (NaN: on nothing) is too uncertain to publish, or NULL. `*rse` is the relative standard
 * error in per cent, NaN without one; `rule` "stable", or the limits that the figure breaks: "events<10;rse>30%". For a share
 * of 1, which has no standard error, the distance of Wilson's lower limit at 95 % in z stands in, whatever the interval. A figure without either is not known to
 * be stable: "rse undefined". */
#define MIG_STABILITY_RULE 96
const char *mig_rates_judge(const struct mig_rates *rates, double events,
    const struct mig_estimate *figure, double *rse, char rule[static MIG_STABILITY_RULE]);

/* Notes how many rows have no value of the last shown key, and are left out. */
void mig_rates_note_left_out(const struct mig_rates *rates);

/* What the method byar-exact did with so few `events` that its name leaves open, in the reader's language, or "". */
const char *mig_rates_limits_note(
    const struct mig_rates *rates, const struct mig_estimate *figure, double events);

/* The cells rse and stability of that figure. */
void mig_rates_write_stability(const struct mig_rates *rates, double rse, const char *rule);

/* The cell note: message ids, NULL or not, translated where people read them, and a text that is written as it stands. */
void mig_rates_write_notes(
    const struct mig_rates *rates, const char *first, const char *second, struct mig_text text);

/* Zeroed items, one more than `count`; to be freed. Never NULL: without memory the command ends. */
void *mig_rates_allocate(struct mig_cli *cli, size_t count, size_t size);

/* The cell of a count or an exposure that was added up in doubles; NaN: empty. */
void mig_rates_write_number(struct mig_writer *writer, double value);

/* Opens the table of the shown keys, the last of them left out when `fewer`, and `columns`. */
void mig_rates_open(
    struct mig_rates *rates, bool fewer, const char *const *columns, size_t count);

/* The answers. Plain: a row for each group, measure and method. Comparisons: rows for each group but the one compared
 * with. Trend: a row for all values of the last shown key. Standardised: a row for each group, measure and method. */
void mig_rates_write_plain(struct mig_rates *rates);
void mig_rates_write_comparisons(struct mig_rates *rates);
void mig_rates_write_trends(struct mig_rates *rates);
void mig_rates_write_standardised(struct mig_rates *rates);
void mig_rates_write(struct mig_rates *rates); /* the one that the design asks for */

void mig_rates_release(struct mig_rates *rates);

#endif
