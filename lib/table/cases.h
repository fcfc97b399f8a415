/* Cases: a tally of some columns that also keeps their values, group by group: for quantiles, and for the values of texts.
 *
 * Numbers are counted and added exactly by the tally (its moments). A value that is kept takes 12 bytes while the input is
 * read and 8 after that (with weights 20 and 16). Texts are counted: each different one in a group takes 32 bytes (with
 * weights 64) and its own length, however many rows have it.
 */
#ifndef MIGSTAT_TABLE_CASES_H
#define MIGSTAT_TABLE_CASES_H

#include "tally.h"

struct mig_cases_spec {
    const struct mig_keys *keys; /* bound */
    const struct mig_moments_column *numbers;
    size_t n_numbers;
    bool keep_values;     /* else mig_cases_values() has none */
    bool keep_powers;     /* else mig_cases_powers() has none */
    bool repeat;          /* a row of a tally stands for n equal numbers; without, one of several rows is an error */
    const size_t *texts;  /* columns */
    size_t n_texts;
    const size_t *weight; /* a column, or NULL; values without weight are missing */
};

struct mig_cases; /* opaque */

/* Reads `input` to its end. Errors: those of mig_tally_read(); MIG_VALUE for a kept number that no double can hold. */
MIG_API enum mig_status MIG_MUST_USE mig_cases_read(struct mig_cases **cases, struct mig_input *input,
    const struct mig_cases_spec *spec, struct mig_error *error);

/* Its groups; the sum 0 is that of the weights, where there are any: so rows without weight are a group beside the others. */
MIG_API const struct mig_tally *mig_cases_tally(const struct mig_cases *cases);

/* The known values of column `number` in a group, ascending; and unless these are NULL, their weights, or how often each stands
 * there. Borrowed. */
struct mig_values {
    const double *values;
    const double *weights;
    const double *counts;
    size_t n;
};
MIG_API struct mig_values mig_cases_values(const struct mig_cases *cases,
    const struct mig_group *group, size_t number);

/* The decimal that one of the known values stands for, added to `out`; `*known` is false where several do, which no double
 * tells apart, and where it is none of them. Errors: MIG_NO_MEMORY. */
MIG_API enum mig_status MIG_MUST_USE mig_cases_decimal(const struct mig_cases *cases,
    const struct mig_group *group, size_t number, double value, struct mig_sum *out, bool *known,
    struct mig_error *error);

/* Their exact sums of powers. Borrowed. */
MIG_API const struct mig_powers *mig_cases_powers(const struct mig_cases *cases,
    const struct mig_group *group, size_t number);

/* The known values of column `text` in a group. Borrowed. With weights those of rows that have one; a weight of 0 is one. */
struct mig_text_values {
    uint64_t n;               /* rows with a value, or what the column n of a tally says */
    uint64_t distinct;        /* different ones among them */
    struct mig_text frequent; /* the most frequent, by weight; of several the first in mig_key_compare()'s order */
    bool tied; /* others are as frequent */
    const struct mig_sum *frequency; /* how often it stands there: rows, or the exact sum of their weights */
};
MIG_API struct mig_text_values mig_cases_texts(const struct mig_cases *cases,
    const struct mig_group *group, size_t text);

MIG_API void mig_cases_free(struct mig_cases *cases);

#endif
