/* Quotients: A/B over the groups of a tally, before any statistics: what mig-rate divides.
 *
 * An operand is a column, summed within the group, or `n`: the count of the group. Where either operand is missing,
 * the rows count in neither. In use: mig_quotient_parse() for each quotient with one struct mig_operands, whose
 * columns become the sums of the tally (struct mig_tally_spec); mig_tally_read(); then mig_quotient_add() over the groups.
 */
#ifndef MIGSTAT_TABLE_QUOTIENT_H
#define MIGSTAT_TABLE_QUOTIENT_H

#include "tally.h"

/* The most sums that a tally takes. */
#define MIG_MOST_SUMS 64

/* One quotient: each operand is an index into the sums of the tally, or MIG_ROWS. */
struct mig_quotient {
    int numerator;
    int denominator;
    uint64_t also_known; /* bit i is set: rows where sum i is missing do not count either */
};

/* The columns that several quotients need summed, each once. Zero-initialise before the first use; holds no memory
 * to release. */
struct mig_operands {
    size_t columns[MIG_MOST_SUMS]; /* of the input, counted from 0 */
    size_t count;
};

/* Reads "A/B" and finds its columns, which are added to `operands`. A name that holds a slash is written in
 * backquotes. Every fault is appended to `errors`, the last one is returned. Errors: MIG_SYNTAX for other than two names
 * with a slash between; MIG_NAME for an unknown column, with the nearest; MIG_LIMIT past MIG_MOST_SUMS columns;
 * MIG_NO_MEMORY. */
MIG_API enum mig_status MIG_MUST_USE mig_quotient_parse(struct mig_quotient *quotient, const char *text,
    const struct mig_header *header, struct mig_operands *operands, struct mig_error_list *errors);

/* The sums that must be known for a row to count: bit i for sum i. */
MIG_API uint64_t mig_quotient_needs(const struct mig_quotient *quotient);

/* The sums of a quotient over some groups. Zero-initialised is empty; release after use. */
struct mig_quotient_sums {
    uint64_t n;       /* counted where both operands are known */
    uint64_t missing; /* counted where one is not */
    uint64_t rows_missing; /* the same in rows, whatever n is */
    struct mig_sum numerator;
    struct mig_sum denominator;
};

/* Adds the groups first .. end-1 to what `sums` holds already. Units: exact decimals, those of the columns.
 * Missing: rows that miss an operand are counted in `missing` and `rows_missing`, never as 0 in a sum.
 * Errors: MIG_NO_MEMORY; MIG_LIMIT when n passes 2^64 - 1. Release `sums` all the same. */
MIG_API enum mig_status MIG_MUST_USE mig_quotient_add(const struct mig_quotient *quotient,
    const struct mig_tally *tally, size_t first, size_t end, struct mig_quotient_sums *sums,
    struct mig_error *error);

/* Whether there was something to count and nothing of it is known: then the sums mean nothing. */
MIG_API bool mig_quotient_is_missing(const struct mig_quotient_sums *sums);

/* Takes NULL too. */
MIG_API void mig_quotient_sums_release(struct mig_quotient_sums *sums);

#endif
