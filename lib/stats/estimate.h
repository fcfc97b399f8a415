/* What a statistical method returns: one struct for all, so that every command prints the same columns.
 *
 * A field that does not apply or is undefined is NaN; a limit that does not exist because an interval is
 * unbounded is infinite. Both are printed as empty cells. Whenever a field that the method promises is
 * one or the other, `note` says why: a constant in English that lives as long as the program, which the caller
 * translates where people read it: dgettext("migstat", note).
 */
#ifndef MIGSTAT_STATS_ESTIMATE_H
#define MIGSTAT_STATS_ESTIMATE_H

#include "../base/error.h"

struct mig_estimate {
    double estimate;
    double std_error; /* in units of the estimate */
    double conf_low;  /* the interval of the level that was asked for; need not be symmetric */
    double conf_high;
    double statistic; /* of the test that gave the p-value */
    double df;        /* its degrees of freedom; NaN where the distribution has none */
    double p_value;   /* two-sided unless the function says otherwise */
    const char *method; /* the exact formula, as printed: "wilson", "poisson-exact" */
    const char *note;   /* NULL, or why a promised field is empty */
};

/* The largest count that the kernels take, in a double: whole numbers up to it, and sums of a few of them, are exact. */
#define MIG_LARGEST_COUNT 1e15

/* All numbers NaN, `method` as given (borrowed: in migstat a constant), no note. */
MIG_API struct mig_estimate mig_estimate_empty(const char *method);

/* NULL, or the note on a p-value below 1e-307, which has lost digits or is 0. */
MIG_API const char *mig_p_value_note(double p_value);

#endif
