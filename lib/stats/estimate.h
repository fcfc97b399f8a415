/* What a statistical method returns: one struct for all, so that every command prints the same columns.
 *
 * A field that does not apply or is undefined is NaN; a limit that does not exist because an interval is
 * unbounded is infinite. Both are printed as empty cells. Whenever a field that the method promises is
 * one or the other, `note` says why: a constant marked N_() (base/i18n.h), not translated here.
 */
#ifndef MIGSTAT_STATS_ESTIMATE_H
#define MIGSTAT_STATS_ESTIMATE_H

#include "../base/error.h"

struct mig_estimate {
    double estimate;
    double std_error;
    double conf_low;
    double conf_high;
    double statistic;
    double df;
    double p_value;
    const char *method; /* the exact formula, as printed: "wilson", "poisson-exact" */
    const char *note;   /* NULL, or why a promised field is empty */
};

/* The largest count that the kernels take, in a double: whole numbers up to it, and sums of a few of them, are exact. */
#define MIG_LARGEST_COUNT 1e15

/* All numbers NaN, `method` as given, no note. */
MIG_API struct mig_estimate mig_estimate_empty(const char *method);

#endif
