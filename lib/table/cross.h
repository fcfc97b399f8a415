/* Cross-table: the groups of a tally laid out in rows and columns, with exact margins: what mig-breakdown prints.
 *
 * A run of groups that agree in the tally's first keys becomes one table: the next keys make its rows, those behind them
 * its columns, and what is behind those too is added up. Only cells that some row of the input falls in are stored, so that a
 * table of a thousand districts by a hundred countries costs what it holds. Rows where a summed column is missing stay in
 * the cell of their keys, among the missing of its sums (struct mig_quotient_sums).
 */
#ifndef MIGSTAT_TABLE_CROSS_H
#define MIGSTAT_TABLE_CROSS_H

#include "quotient.h"

/* Which keys of the tally do what: keys 0 .. before-1 are the same in the whole run, before .. rows-1 make rows, rows ..
 * columns-1 make columns. before <= rows <= columns <= keys of the tally. */
struct mig_cross_keys {
    size_t before;
    size_t rows;
    size_t columns;
};

/* A denominator that stands once for several rows of the input, as the population of a region does in the rows of all its
 * cases. A sum over groups counts each item that occurs in them once. Borrowed; must outlive the table. */
struct mig_once {
    uint32_t *items;        /* one a group of the tally: its item, or UINT32_MAX where it is missing */
    struct mig_sum *values; /* one an item */
    size_t count;                 /* items */
};

struct mig_cross_cell {
    size_t row;
    size_t column;
    size_t first, end; /* its groups in the tally */
    struct mig_quotient_sums sums;
};

/* A row or a column as a whole. */
struct mig_cross_line {
    size_t group;             /* a group of the tally that has its keys */
    size_t first, end;        /* cells of a row; meaningless for a column */
    struct mig_quotient_sums sums;
};

/* Zero-initialised is empty. Owns everything but the tally and `once`. */
struct mig_cross {
    const struct mig_tally *tally;
    struct mig_quotient quotient;
    const struct mig_once *once;
    struct mig_cross_cell *cells; /* row after row, columns rising */
    size_t n_cells;
    struct mig_cross_line *rows; /* in order of their keys */
    size_t n_rows;
    struct mig_cross_line *columns; /* the same */
    size_t n_columns;
    struct mig_quotient_sums all;
};

/* Lays out the groups first .. end-1. With `once` (else NULL) the denominators are its values, whatever
 * quotient->denominator says; a group without one counts as missing,
 * and an item stands only where a group that has it counts.
 *
 * Shapes:  first <= end <= mig_tally_count(); the groups agree in keys 0 .. before-1. Zero-initialise `table` before; release
 *          after, also on failure.
 * Missing: a missing key (the empty text) is a row or column like others, behind them.
 * Errors:  those of mig_quotient_add(); MIG_NO_MEMORY.
 */
MIG_API enum mig_status MIG_MUST_USE mig_cross_read(struct mig_cross *table,
    const struct mig_tally *tally, const struct mig_quotient *quotient, const struct mig_once *once,
    size_t first, size_t end, const struct mig_cross_keys *keys, struct mig_error *error);

/* The sums of a cell; NULL where no row of the input falls in it. */
MIG_API const struct mig_quotient_sums *mig_cross_cell(const struct mig_cross *table, size_t row,
    size_t column);

/* Adds the rows first .. end-1 of one column to what `sums` holds, or of all columns (MIG_ALL_COLUMNS). With a `once` the
 * sums must be empty before, for its items are counted once within a call. Errors: as mig_cross_read(). */
#define MIG_ALL_COLUMNS SIZE_MAX
MIG_API enum mig_status MIG_MUST_USE mig_cross_add(const struct mig_cross *table, size_t first,
    size_t end, size_t column, struct mig_quotient_sums *sums, struct mig_error *error);

/* The same of the rows that `wanted` says, one a row. */
MIG_API enum mig_status MIG_MUST_USE mig_cross_add_rows(const struct mig_cross *table, const bool *wanted,
    size_t column, struct mig_quotient_sums *sums, struct mig_error *error);

/* Numbers of the columns, the largest numerator first, equal ones in order of their keys: of the columns that have a cell in `row`,
 * by that cell, or of all (MIG_ALL_ROWS), by their totals. Numerators are compared as doubles.
 *
 * Shapes:  `order` has room for the cells of the row, or for n_columns. Errors: MIG_NO_MEMORY. */
#define MIG_ALL_ROWS SIZE_MAX
MIG_API enum mig_status MIG_MUST_USE mig_cross_sort_columns(const struct mig_cross *table, size_t row,
    size_t *order, struct mig_error *error);

/* Takes NULL too. */
MIG_API void mig_cross_release(struct mig_cross *table);

#endif
