/* The change between two periods, private: its parts, what made them change, and the table of it. */
#ifndef MIGSTAT_CLI_BREAKDOWN_CHANGE_INTERNAL_H
#define MIGSTAT_CLI_BREAKDOWN_CHANGE_INTERNAL_H

#include "breakdown-internal.h"

/* A part: what there is of it in each period, or NULL. */
struct mig_change_part {
    size_t group; /* of the tally, that has its keys */
    const struct mig_quotient_sums *sums[2];
    struct mig_quotient_sums own[2]; /* the sums over several groups */
    bool left_out; /* over several groups: in one of them a period is not known, and so neither counts */
};

/* One group and its parts; or, for totals, the parts over several groups. */
struct mig_change {
    struct mig_breakdown *breakdown;
    struct mig_text periods[2];
    struct mig_cross cross;
    struct mig_change_part *parts;
    size_t n_parts;
    size_t kept;             /* keys of --by that are not added up over */
    struct mig_sheet *sheet; /* NULL: rows */
    bool measuring;          /* nothing is shown yet but how large the numbers are, for people: */
    double largest;
    bool broken;             /* some are not whole */
    double missing;          /* cases whose period is not known, or another one */
};

/* One part, or the whole of the block. */
struct mig_change_result {
    size_t part;                  /* or SIZE_MAX */
    double before, after;         /* counts; or rates */
    double change, first, second; /* the two effects; they add up to the change */
    const char *note;
    bool unknown;
};

/* Whether rates are compared (--base), else amounts. */
bool mig_change_is_rate(const struct mig_change *change);

/* breakdown_periods.c: the two values of --change that are compared; and which of them a group of the tally is of, 2: neither. */
void mig_change_find_periods(struct mig_change *change);
int mig_change_period(const struct mig_change *change, size_t group);

/* breakdown_effects.c: one result a part, the whole behind them, and last the parts of which nothing is known. Returns how many
 * come before the whole; to be freed. */
size_t mig_change_decompose(struct mig_change *change, struct mig_change_result **results, size_t *n_unknown);

/* breakdown_change_table.c: the heading; a block of results with its total, `group` being one of its groups in the tally;
 * and what stands behind or below. */
void mig_change_begin(struct mig_change *change);
void mig_change_show(struct mig_change *change, size_t group, const struct mig_change_result *results,
    size_t count, size_t n_unknown);
void mig_change_end(struct mig_change *change);

#endif
