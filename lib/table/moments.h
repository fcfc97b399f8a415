/* Moments columns: the columns that mig-tally --moments writes, and the finding of them in an input.
 *
 * The moments of x stand in x_n, x_sum, x_sum2, x_min, x_max; with weights also in x_w, x_w2, x_w2sum, x_w2sum2. An
 * input that has the first five is a tally of moments: they are added up, even when a column x (its sum) stands beside them.
 */
#ifndef MIGSTAT_TABLE_MOMENTS_H
#define MIGSTAT_TABLE_MOMENTS_H

#include "../base/moments.h"
#include "keys.h"

/* The names are the column's followed by "_n" and by these, in the order of enum mig_moment. */
MIG_API extern const char *const mig_moment_suffixes[MIG_MOMENTS];

/* One column whose moments are wanted. */
struct mig_moments_column {
    char *name;  /* in the output, without suffix */
    bool merged; /* the input has moments: `n` and `columns` are theirs, else `n` is the column of values */
    bool weighted; /* merged: the moments are weighted ones */
    size_t n;
    size_t columns[MIG_MOMENTS];
};

struct mig_moments_list {
    struct mig_moments_column *items;
    size_t count;
};

/* Reads "COL[,NAME=COL]..." and finds the columns. Every fault is appended to `errors`: those of mig_keys_bind(), and a
 * key function where a column is wanted. "" or NULL gives none. Zero-initialise before; release after, also on failure. Errors:
 * the last of them; MIG_NO_MEMORY. */
MIG_API enum mig_status MIG_MUST_USE mig_moments_list_init(struct mig_moments_list *list,
    const struct mig_header *header, const char *columns, struct mig_error_list *errors);
MIG_API void mig_moments_list_release(struct mig_moments_list *list);

/* mig_input_want() for what a column of moments reads. Errors: MIG_NO_MEMORY. */
MIG_API enum mig_status MIG_MUST_USE mig_moments_want(const struct mig_moments_column *column,
    struct mig_input *input, struct mig_error *error);

/* Reads the moments in one row of a merged column into `out`, which is empty; release after, also on failure. Errors:
 * MIG_VALUE, MIG_LIMIT with position: a cell that is no number, no count, or empty beside a count. */
MIG_API enum mig_status MIG_MUST_USE mig_moments_read(const struct mig_moments_column *column,
    const struct mig_input *input, const struct mig_row *row, struct mig_moments *out,
    struct mig_error *error);

#endif
