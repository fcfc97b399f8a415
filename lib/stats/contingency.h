/* Cross-tables of counts: does the one key have to do with the other, where, and how strongly?
 *
 * A row or column whose counts are all 0 can say nothing: it is left out of the degrees of freedom and of all
 * that is measured here, as if it did not stand in the table. mig_crosstab_look() says how many there are.
 *
 * The cases are taken as independent: for cases that come in clusters the p-values are too small.
 */
#ifndef MIGSTAT_STATS_CONTINGENCY_H
#define MIGSTAT_STATS_CONTINGENCY_H

#include <stddef.h>

#include "estimate.h"

/* A table of counts, row by row: that of row i and column j is counts[i * n_columns + j]. `counts` is borrowed. */
struct mig_crosstab {
    const double *counts; /* whole numbers from 0; their sum is at most 1e15 */
    size_t n_rows, n_columns;
};

/* What a table looks like before any test. */
struct mig_crosstab_look {
    double total;
    size_t n_rows, n_columns; /* those that hold anything */
    size_t n_small;           /* cells of these with an expected count under 5 */
    double least_expected;    /* the smallest of their expected counts; NaN where there is none */
    const char *note; /* NULL, or why no test is possible: "the table is empty", "fewer than 2 rows or columns hold cases" */
    const char *warning; /* NULL, or that the expected counts are too small for a chi-squared test by Cochran's
                            rule: more than 20 % of them under 5, or one under 1 */
};

/* Sums of the rows, the columns and the whole of a table.
 *
 * Shapes:  `row_totals` has n_rows entries, `column_totals` n_columns; each may be NULL, as may `total`.
 * Errors:  MIG_ARGUMENT: a count that is none, or a sum above 1e15. What was written by then is not to be used.
 */
MIG_API enum mig_status MIG_MUST_USE mig_crosstab_margins(const struct mig_crosstab *table, double *row_totals,
    double *column_totals, double *total, struct mig_error *error);

/* Errors: MIG_ARGUMENT as above; MIG_NO_MEMORY. `*out` is then untouched.
 * Source: Cochran 1954, Biometrics 10:417-451; docs/methods.md#cross-tables. */
MIG_API enum mig_status MIG_MUST_USE mig_crosstab_look(const struct mig_crosstab *table,
    struct mig_crosstab_look *out, struct mig_error *error);

/* One cell beside what would be expected were rows and columns independent. */
struct mig_expected_cell {
    double expected; /* row total * column total / total */
    double residual; /* Pearson's: (count - expected) / sqrt(expected) */
    double adjusted; /* (count - expected) / sqrt(expected (1 - row total / total) (1 - column total / total)), which is
                        about standard normal where rows and columns are independent */
    const char *note; /* NULL, or why one of them is NaN */
};

/* Shapes:  four whole numbers, 0 <= count <= either margin <= total <= 1e15; not checked: NaN or nonsense comes out as NaN.
 * Missing: total 0: all NaN. A margin of 0: expected 0, residuals NaN. A margin that is the whole: no adjusted residual.
 * Source:  Haberman 1973, Biometrics 29:205-220; Agresti 2002, Categorical Data Analysis, sec. 3.3.1;
 *          docs/methods.md#cross-tables. */
MIG_API struct mig_expected_cell mig_crosstab_cell(double count, double row_total, double column_total, double total);

enum mig_crosstab_method {
    MIG_CROSSTAB_PEARSON,          /* sum (count - expected)^2 / expected */
    MIG_CROSSTAB_LIKELIHOOD_RATIO, /* G2 = 2 sum count log(count / expected), a count of 0 adding 0 */
    MIG_CROSSTAB_YATES, /* Pearson's with continuity correction: 2 x 2 only (where two rows and columns hold cases) */
};

/* Their names, in the order of the enum, ended by NULL: "pearson", "likelihood-ratio", "pearson-yates". */
MIG_API extern const char *const mig_crosstab_methods[];

/* The chi-squared test that rows and columns are independent: `statistic`, `df` and `p_value`; the other numbers are NaN, not
 * promised. The correction of Yates takes min(1/2, |count - expected|) off each distance, as R's chisq.test() does.
 *
 * Units:   the p-value is the upper tail and keeps its digits to 1e-307; one too small for a double is 0, with a note.
 * Missing: a table that mig_crosstab_look() has a `note` for, or Yates on another table than 2 x 2: all NaN, with a
 *          note. Its `warning` is in the `note` of a result that has numbers.
 * Errors:  MIG_ARGUMENT: a count that is none, a sum above 1e15, no such method; MIG_NO_MEMORY. `*out` is untouched.
 * Source:  Pearson 1900, Phil Mag 50:157-175; Wilks 1938, Ann Math Stat 9:60-62; Yates 1934, Suppl JRSS 1:217-235;
 *          docs/methods.md#cross-tables.
 */
MIG_API enum mig_status MIG_MUST_USE mig_crosstab_test(enum mig_crosstab_method method,
    const struct mig_crosstab *table, struct mig_estimate *out, struct mig_error *error);

enum mig_cramer_method {
    MIG_CRAMER_V,         /* sqrt(X2 / (n min(r - 1, c - 1))), X2 Pearson's without correction */
    MIG_CRAMER_CORRECTED, /* without the bias that makes V of a small table large: Bergsma 2013 */
};

/* Their names: "cramer-v", "cramer-v-corrected". */
MIG_API extern const char *const mig_cramer_methods[];

/* How strongly rows and columns hang together, from 0 to 1: Cramer's V in `estimate`, the rest NaN, not promised.
 *
 * Corrected: with phi2 = max(0, X2/n - (r-1)(c-1)/(n-1)), r' = r - (r-1)^2/(n-1), c' likewise,
 * sqrt(phi2 / min(r' - 1, c' - 1)).
 *
 * Missing: as the tests; and the corrected form where min(r', c') is at most 1, as in a table of very few cases. The note
 *          says so.
 * Errors:  as the tests.
 * Source:  Cramer 1946, Mathematical Methods of Statistics, p. 443; Bergsma 2013, J Korean Stat Soc 42:323-328.
 */
MIG_API enum mig_status MIG_MUST_USE mig_crosstab_cramer(enum mig_cramer_method method,
    const struct mig_crosstab *table, struct mig_estimate *out, struct mig_error *error);

#endif
