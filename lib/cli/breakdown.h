/* Breakdown: what mig-breakdown is asked for, from the options to its tables. One struct holds the question. The input becomes
 * one tally, each stratum of it one cross-table (table/cross.h); every figure of a cell or margin comes from one function,
 * whether it is then written as a row of its own or as a cell of the wide table that people read.
 */
#ifndef MIGSTAT_CLI_BREAKDOWN_H
#define MIGSTAT_CLI_BREAKDOWN_H

#include "../stats/contingency.h"
#include "../table/cross.h"
#include "estimates.h"

/* Figures of a cell, in the order they are written in. */
enum mig_figure_kind {
    MIG_ROW_SHARE,
    MIG_COLUMN_SHARE,
    MIG_TOTAL_SHARE,
    MIG_EXPECTED,
    MIG_PEARSON_RESIDUAL,
    MIG_ADJUSTED_RESIDUAL,
    MIG_LOCATION_QUOTIENT,
    MIG_DENSITY,
    MIG_FIGURE_KINDS,
};

/* What --shares, --test and --inequality take; NULL-terminated, in the order of these. */
enum { MIG_SHARES_NONE = 3 };
enum { MIG_TEST_PEARSON, MIG_TEST_YATES, MIG_TEST_G2, MIG_TEST_FISHER, MIG_TEST_CRAMER, MIG_TEST_ALL };
enum { MIG_INDEX_GINI, MIG_INDEX_THEIL, MIG_INDEX_HHI, MIG_INDEX_DISSIMILARITY, MIG_INDEX_ALL };
extern const char *const mig_share_names[], *const mig_test_names[], *const mig_index_names[];

/* What --method takes: the methods of shares, in the order of their enum, and what the output calls one of them. */
extern const char *const mig_share_method_names[];

/* As many draws as the size of the table lets end within seconds. */
#define MIG_DRAWS_BY_SIZE UINT64_MAX

/* As the options say; NULL: not asked for. */
struct mig_breakdown_design {
    const char *by, *of, *strata; /* KEYS */
    const char *sum, *base, *density; /* columns */
    const char *once;                 /* KEYS: base and density stand once for each of them */
    const char *coverage;             /* columns */
    const char *change, *from, *to;   /* KEY and two of its values */
    struct mig_option_choices shares, methods, tests, indices;
    bool totals, zeros, expected, missing_as_category;
    bool intervals, long_form, wide_form;
    int sort; /* 0: by name, 1: by size */
    uint64_t draws; /* of a simulated test, or MIG_DRAWS_BY_SIZE */
    uint64_t width; /* of the terminal; 0: as it is */
};

struct mig_breakdown {
    struct mig_cli *cli;
    struct mig_breakdown_design design;
    struct mig_keys keys; /* strata, by, of; then those that are not shown: of --change and --once */
    size_t n_strata, n_by, n_of;
    size_t change;            /* the key of --change, or SIZE_MAX */
    size_t once, n_once;      /* the keys of --once */
    size_t base_key, density_key; /* with --once: the keys that hold the columns' texts */
    struct mig_operands operands;
    struct mig_quotient amount, base, density;
    const char *measure;  /* n, or the column of --sum */
    char *base_measure, *density_measure; /* n/COL */
    bool kinds[MIG_FIGURE_KINDS];
    int methods[MIG_MOST_CHOICES]; /* of enum mig_proportion_method */
    size_t n_methods;
    bool counts; /* what is divided are cases: intervals without being asked for */
    struct mig_columns coverage;
    uint64_t *known; /* by id of the tally's group, and by column of coverage: the cases where it is known */
    size_t known_capacity;
    double left_out; /* cases that tests and indices left out, their keys missing */
    struct mig_tally *tally;
    size_t n_tables; /* one a stratum */
    struct mig_once base_once, density_once;
    unsigned char *roles; /* with --change, by group of the tally: enum mig_group_role */
    void *repeats; /* how base and density repeat: breakdown_base.c */
};

/* Which groups of the tally a change is of. */
enum mig_group_role {
    MIG_GROUP_COMPARED,
    MIG_GROUP_OUTSIDE, /* of neither period */
    MIG_GROUP_ALONE,   /* left out, since the other period of its part is not known */
};

/* The cross-table of one stratum. */
struct mig_breakdown_table {
    struct mig_breakdown *breakdown;
    size_t number;     /* from 1 */
    size_t first, end; /* its groups in the tally */
    struct mig_cross cross, base, density; /* the last two only where they are asked for */
    struct mig_matrix *matrix;             /* its counts; NULL until they are wanted */
};

/* The counts of a table as tests want them: rows and columns whose keys are known, unless --missing-as-category. */
struct mig_matrix {
    struct mig_crosstab table;
    double *counts, *row_totals, *column_totals;
    double total;
    double cases; /* how many these are, whatever is added up */
    size_t *row_of, *column_of; /* of the cross-table: its number here, or SIZE_MAX */
    double left_out;            /* cases in rows and columns that are not here */
    const char *note;           /* NULL, or why these are no counts that can be tested */
};

/* A place in a table: a cell, or a total over some of its keys. */
struct mig_spot {
    size_t first_row, end_row; /* rows of the cross-table that it adds up */
    size_t kept;               /* keys of --by that are not added up over */
    size_t column;             /* or MIG_ALL_COLUMNS */
};

/* A figure of a spot. Its sums are borrowed until mig_figure_release(). */
struct mig_figure {
    enum mig_figure_kind kind;
    const char *measure;
    uint64_t n;
    const struct mig_sum *numerator, *denominator; /* NULL: none, or not known */
    struct mig_estimate out;
    double unit;                     /* 0: the figure has none */
    struct mig_quotient_sums own[2]; /* sums over several rows */
};

/* breakdown_plan.c: complains of options that do not go together; then finds keys and columns. */
void mig_breakdown_check(const struct mig_breakdown *breakdown);
void mig_breakdown_plan(struct mig_breakdown *breakdown, const struct mig_header *header);

bool mig_breakdown_chose(const struct mig_option_choices *choices, int choice);
/* The choices below `all` that are asked for, `all` standing for each of them: each once, in the order named. Returns how many. */
size_t mig_breakdown_each_once(const struct mig_option_choices *choices, int all, int order[MIG_MOST_CHOICES]);

/* breakdown.c: reads the input; writes the answer that the design asks for; accounts for the rows. */
void mig_breakdown_read(struct mig_breakdown *breakdown);
void mig_breakdown_write(struct mig_breakdown *breakdown);
void mig_breakdown_account(struct mig_breakdown *breakdown);
void mig_breakdown_release(struct mig_breakdown *breakdown);

/* Calls `visit` with the table of each stratum, in order. */
void mig_breakdown_each(struct mig_breakdown *breakdown,
    void (*visit)(struct mig_breakdown_table *table, void *context), void *context);

/* MIG_GROUP_COMPARED without --change. */
enum mig_group_role mig_breakdown_role(const struct mig_breakdown *breakdown, size_t group);

/* Whether the wide table is what is written. */
bool mig_breakdown_is_wide(const struct mig_breakdown *breakdown);

/* The text of key `key` of the table: as it is; or for people with a word where it is missing, and quoted where the data spell
 * such a word. */
struct mig_text mig_breakdown_key(
    const struct mig_breakdown *breakdown, size_t group, size_t key, bool for_people);

/* Zeroed items, one more than `count`; to be freed. Never NULL: without memory the command ends. */
void *mig_breakdown_allocate(struct mig_cli *cli, size_t count, size_t size);

/* breakdown_figures.c: the figure of `kind` at a spot, by the method; false where there is none of its kind. */
bool mig_breakdown_figure(struct mig_breakdown_table *table, const struct mig_spot *spot,
    enum mig_figure_kind kind, int method, struct mig_figure *figure);
void mig_figure_release(struct mig_figure *figure);
const char *mig_figure_name(enum mig_figure_kind kind);
/* Whether figures of this kind have confidence intervals; those of a density are made by this method. */
bool mig_breakdown_has_interval(const struct mig_breakdown *breakdown, enum mig_figure_kind kind);
extern const char *const mig_breakdown_density_method;

/* breakdown_matrix.c: made when first asked for. Ends the command when the table is too large for memory. */
const struct mig_matrix *mig_breakdown_matrix(struct mig_breakdown_table *table);
void mig_matrix_free(struct mig_matrix *matrix);
/* Whether a key among first .. end - 1 of the group is missing, and missing is no category. */
bool mig_breakdown_misses(
    const struct mig_breakdown *breakdown, size_t group, size_t first, size_t end);
/* rows * columns; ends the command where that is too many to hold or to read. */
size_t mig_breakdown_dense(const struct mig_breakdown *breakdown, size_t rows, size_t columns);

/* breakdown_base.c: the columns of --base and --density that repeat a number in several rows. */
void mig_breakdown_plan_base(struct mig_breakdown *breakdown, const struct mig_header *header);
enum mig_status mig_breakdown_observe_base(
    struct mig_breakdown *breakdown, const struct mig_tally_entry *entry, struct mig_error *error);
void mig_breakdown_settle_base(struct mig_breakdown *breakdown);
void mig_breakdown_check_base(struct mig_breakdown_table *table);

/* breakdown_once.c: what --once makes of a column, whose texts are the key `value_key`; `column` is its name for messages, or
 * NULL, when all is said already. */
void mig_breakdown_fill_once(
    struct mig_breakdown *breakdown, struct mig_once *once, size_t value_key, const char *column);
void mig_breakdown_release_once(struct mig_once *once);
/* Whether an item stands in groups, among first .. end - 1, that differ in the keys first_key .. end_key - 1. */
bool mig_breakdown_shares_once(const struct mig_breakdown *breakdown, const struct mig_once *once, size_t first,
    size_t end, size_t first_key, size_t end_key);
/* Whether what the quotient needs is known of the group; with --once (else `once` has no items, or is NULL) from any of its rows. */
bool mig_breakdown_counts_group(const struct mig_breakdown *breakdown, const struct mig_quotient *quotient,
    const struct mig_once *once, size_t group);
/* Whether the denominators are all alike within each row (or column), at least two of which have several cells, and not alike
 * between them: then they belong to the rows, and are not divided by the other keys. */
bool mig_breakdown_belongs_to_lines(struct mig_cli *cli, const struct mig_cross *table, bool rows);
void mig_breakdown_release_base(struct mig_breakdown *breakdown);

/* A result beside the cells: a test, an index, what is known. */
struct mig_finding {
    size_t group; /* whose first `kept` keys it is about, beginning with the strata; */
    size_t kept;
    size_t column_group; /* and whose keys of --of, or SIZE_MAX */
    const char *measure;
    const char *kind;
    double n;
    const struct mig_sum *numerator, *denominator; /* or NULL */
    struct mig_estimate out;
    double unit; /* 0: none */
    const char *note; /* in place of out.note, translated already; or NULL */
};
typedef void mig_finding_sink(const struct mig_finding *finding, void *context);

/* breakdown_tests.c, breakdown_indices.c, breakdown_coverage.c: hand the results of a table to `sink`. Those of coverage are
 * about each group of the first key of --by, and about the table. */
void mig_breakdown_tests(struct mig_breakdown_table *table, mig_finding_sink *sink, void *context);
void mig_breakdown_indices(struct mig_breakdown_table *table, mig_finding_sink *sink, void *context);
void mig_breakdown_coverage(struct mig_breakdown_table *table, mig_finding_sink *sink, void *context);
enum mig_status mig_breakdown_observe_coverage(
    struct mig_breakdown *breakdown, const struct mig_tally_entry *entry, struct mig_error *error);

/* Groups of the tally, first .. end - 1; and all of them. */
struct mig_extent {
    size_t first, end;
};
struct mig_extent mig_breakdown_everything(const struct mig_breakdown *breakdown);
/* How many keys are shown: of --strata, --by and --of. */
size_t mig_breakdown_shown(const struct mig_breakdown *breakdown);

/* breakdown_known.c: sentences on each shown key among first_key .. end_key - 1 that is not known everywhere ("sex is known for
 * 83.1 % of 1,200 cases"); on what tests of a sum take for granted; and on the cases that tests, expected counts
 * and indices left out. */
typedef void mig_sentence_sink(struct mig_breakdown *breakdown, const char *sentence, void *context);
void mig_breakdown_known_keys(struct mig_breakdown *breakdown, struct mig_extent extent, size_t first_key,
    size_t end_key, mig_sentence_sink *say, void *context);
void mig_breakdown_units(struct mig_breakdown *breakdown, mig_sentence_sink *say, void *context);
void mig_breakdown_left_out(struct mig_breakdown *breakdown, double count, mig_sentence_sink *say, void *context);

/* breakdown_rows.c, breakdown_wide.c, breakdown_change.c: the answers. */
void mig_breakdown_write_rows(struct mig_breakdown *breakdown);
void mig_breakdown_write_wide(struct mig_breakdown *breakdown);
void mig_breakdown_write_change(struct mig_breakdown *breakdown);

#endif
