/* How unequally something is spread over its parts, or over the rows: the indices of mig-breakdown.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "cli/breakdown.h"
#include "stats/inequality.h"

/* The amounts of all cells that take part, and their sizes where there is a base. */
struct spread {
    struct mig_breakdown_table *table;
    const struct mig_cross *cross;
    double *amounts, *sizes; /* of cells, row after row; sizes NULL: all alike */
    double *cases;           /* how many rows of the input are in each */
    size_t *rows;            /* the row of each, numbered among those that have any */
    size_t *row_groups;      /* of the numbered rows: its row in the cross-table */
    size_t *firsts;          /* of the numbered rows: its first cell here */
    bool *parts;             /* columns that take part: some group whose keys are known has them */
    size_t n, n_rows;
    const char *undivided; /* why nothing can be said of all rows together, or NULL */
    mig_finding_sink *sink;
    void *context;
};

static double to_double(struct mig_cli *cli, const struct mig_sum *sum)
{
    double value;
    mig_cli_require(cli, mig_sum_to_double(sum, &value, &cli->error));
    return value;
}

/* Finds the groups and parts that take part: their keys are known, and so is something in them.
 * Otherwise what is left out would come in again as a group, or a part, with nothing. */
static void find_known(struct spread *spread, bool *groups)
{
    const struct mig_cross *cross = spread->cross;
    const struct mig_breakdown *breakdown = spread->table->breakdown;
    size_t by = breakdown->n_strata, of = by + breakdown->n_by, end = of + breakdown->n_of;
    for (size_t i = 0; i < cross->n_cells; i++) {
        const struct mig_cross_cell *cell = &cross->cells[i];
        if (mig_quotient_is_missing(&cell->sums) ||
            mig_breakdown_misses(breakdown, cross->rows[cell->row].group, by, of) ||
            mig_breakdown_misses(breakdown, cross->columns[cell->column].group, of, end))
            continue;
        groups[cell->row] = true;
        spread->parts[cell->column] = true;
    }
}

/* Takes the parts of one row: a part that others have, and this row has not, is one with nothing.
 * Of its size nothing is known: against a base it takes no part. */
static void take_row(struct spread *spread, size_t row)
{
    const struct mig_cross *cross = spread->cross;
    struct mig_cli *cli = spread->table->breakdown->cli;
    spread->row_groups[spread->n_rows] = row;
    spread->firsts[spread->n_rows] = spread->n;
    for (size_t column = 0; column < cross->n_columns; column++) {
        const struct mig_quotient_sums *sums = mig_cross_cell(cross, row, column);
        bool none = sums == NULL || mig_quotient_is_missing(sums);
        if (!spread->parts[column] || (none && spread->sizes != NULL) || (none && sums != NULL))
            continue;
        spread->rows[spread->n] = spread->n_rows;
        if (spread->sizes != NULL)
            spread->sizes[spread->n] = to_double(cli, &sums->denominator);
        spread->cases[spread->n] = none ? 0 : (double)sums->n;
        spread->amounts[spread->n++] = none ? 0 : to_double(cli, &sums->numerator);
    }
    if (spread->n > spread->firsts[spread->n_rows])
        spread->n_rows++;
}

/* Groups that have the base in common are no parts of it: added up over them it would count several
 * times. */
static const char *find_undivided(struct mig_breakdown_table *table)
{
    const struct mig_breakdown *breakdown = table->breakdown;
    size_t by = breakdown->n_strata, of = by + breakdown->n_by;
    bool shared = breakdown->base_once.count > 0
                      ? mig_breakdown_shares_once(
                            breakdown, &breakdown->base_once, table->first, table->end, by, of)
                      : mig_breakdown_belongs_to_lines(breakdown->cli, &table->base, false);
    return breakdown->n_by > 0 && shared ? N_("the base is not divided by the groups") : NULL;
}

/* `based`: with the sizes of --base, and so without the cases whose size is not known. */
static void spread_init(struct spread *spread, struct mig_breakdown_table *table, bool based)
{
    const struct mig_breakdown *breakdown = table->breakdown;
    struct mig_cli *cli = breakdown->cli;
    const struct mig_cross *cross = based ? &table->base : &table->cross;
    size_t count = mig_breakdown_dense(breakdown, cross->n_rows, cross->n_columns);
    bool *groups = mig_breakdown_allocate(cli, cross->n_rows, sizeof *groups);
    spread->table = table;
    spread->cross = cross;
    spread->amounts = mig_breakdown_allocate(cli, count, sizeof(double));
    spread->cases = mig_breakdown_allocate(cli, count, sizeof(double));
    if (based) {
        spread->sizes = mig_breakdown_allocate(cli, count, sizeof(double));
        spread->undivided = find_undivided(table);
    }
    spread->rows = mig_breakdown_allocate(cli, count, sizeof(size_t));
    spread->row_groups = mig_breakdown_allocate(cli, cross->n_rows, sizeof(size_t));
    spread->firsts = mig_breakdown_allocate(cli, cross->n_rows, sizeof(size_t));
    spread->parts = mig_breakdown_allocate(cli, cross->n_columns, sizeof *spread->parts);
    find_known(spread, groups);
    for (size_t row = 0; row < cross->n_rows; row++)
        if (groups[row])
            take_row(spread, row);
    spread->firsts[spread->n_rows] = spread->n;
    free(groups);
}

static void spread_release(struct spread *spread)
{
    free(spread->amounts);
    free(spread->cases);
    free(spread->sizes);
    free(spread->rows);
    free(spread->row_groups);
    free(spread->firsts);
    free(spread->parts);
}

static double sum_of(const double *values, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += values[i];
    return sum;
}

/* An index of one numbered row, or of all (SIZE_MAX). */
static void hand_over(
    const struct spread *spread, const char *kind, size_t row, const struct mig_estimate *out)
{
    const struct mig_breakdown *breakdown = spread->table->breakdown;
    const struct mig_cross *cross = spread->cross;
    bool all = row == SIZE_MAX;
    size_t first = all ? 0 : spread->firsts[row], end = all ? spread->n : spread->firsts[row + 1];
    const struct mig_finding finding = {
        .group = all ? spread->table->first : cross->rows[spread->row_groups[row]].group,
        .kept = breakdown->n_strata + (all ? 0 : breakdown->n_by),
        .column_group = SIZE_MAX,
        .measure = spread->sizes != NULL ? breakdown->base_measure : breakdown->measure,
        .kind = kind,
        .n = sum_of(spread->cases + first, end - first),
        .out = *out};
    spread->sink(&finding, spread->context);
}

static void gini(const struct spread *spread, size_t row)
{
    struct mig_cli *cli = spread->table->breakdown->cli;
    size_t first = spread->firsts[row], n = spread->firsts[row + 1] - first;
    const double *sizes = spread->sizes != NULL ? spread->sizes + first : NULL;
    struct mig_estimate out;
    static const enum mig_gini_method plain[] = {MIG_GINI, MIG_GINI_CORRECTED},
                                      weighted[] = {MIG_GINI_WEIGHTED};
    const enum mig_gini_method *methods = sizes != NULL ? weighted : plain;
    for (size_t i = 0; i < (sizes != NULL ? 1 : 2); i++) {
        mig_cli_require(
            cli, mig_gini(methods[i], spread->amounts + first, sizes, n, &out, &cli->error));
        hand_over(spread, "gini", row, &out);
    }
}

static void concentration(const struct spread *spread, size_t row)
{
    struct mig_cli *cli = spread->table->breakdown->cli;
    size_t first = spread->firsts[row], n = spread->firsts[row + 1] - first;
    struct mig_estimate out;
    for (int method = MIG_HERFINDAHL; method <= MIG_HERFINDAHL_NORMALISED; method++) {
        mig_cli_require(cli, mig_concentration((enum mig_concentration_method)method,
                                 spread->amounts + first, n, &out, &cli->error));
        hand_over(spread, "hhi", row, &out);
    }
}

/* Each group's own index, then those of all parts: the whole, between the groups, within them. */
static void theil(const struct spread *spread)
{
    struct mig_breakdown *breakdown = spread->table->breakdown;
    struct mig_cli *cli = breakdown->cli;
    double *own = mig_breakdown_allocate(cli, spread->n_rows, sizeof *own);
    struct mig_theil index;
    bool groups = breakdown->n_by > 0;
    mig_cli_require(
        cli, mig_theil(spread->amounts, spread->sizes, groups ? spread->rows : NULL, spread->n,
                 groups ? spread->n_rows : 0, &index, groups ? own : NULL, NULL, &cli->error));
    for (size_t row = 0; row < spread->n_rows && groups; row++) {
        struct mig_estimate out = mig_estimate_empty("theil");
        out.estimate = own[row];
        out.note = !isnan(own[row])     ? NULL
                   : index.note != NULL ? index.note
                                        : N_("all amounts are 0");
        hand_over(spread, "theil", row, &out);
    }
    const struct {
        const char *kind;
        double value;
    } parts[] = {
        {"theil", index.total}, {"theil_between", index.between}, {"theil_within", index.within}};
    for (size_t i = 0; i < (groups ? 3 : 1); i++) {
        struct mig_estimate out = mig_estimate_empty("theil");
        out.estimate = spread->undivided != NULL ? NAN : parts[i].value;
        out.note = spread->undivided != NULL ? spread->undivided : index.note;
        hand_over(spread, parts[i].kind, SIZE_MAX, &out);
    }
    free(own);
}

/* How differently two columns of numbers are spread over the same `n` places. */
static void dissimilar(const struct spread *spread, const double *amounts, const double *others,
    size_t n, double cases, size_t column_group, const char *note)
{
    const struct mig_breakdown *breakdown = spread->table->breakdown;
    struct mig_cli *cli = breakdown->cli;
    struct mig_finding finding = {.group = spread->table->first,
        .kept = breakdown->n_strata,
        .column_group = column_group,
        .measure = spread->sizes != NULL ? breakdown->base_measure : breakdown->measure,
        .kind = "dissimilarity",
        .n = cases,
        .note = note};
    mig_cli_require(cli, mig_dissimilarity(amounts, others, n, &finding.out, &cli->error));
    if (spread->sizes == NULL && sum_of(amounts, n) > 0 && !(sum_of(others, n) > 0))
        finding.out.note = N_("no other part has cases to compare it with");
    if (spread->undivided != NULL) {
        finding.out.estimate = NAN;
        finding.out.note = spread->undivided;
    }
    spread->sink(&finding, spread->context);
}

/* Over the rows: the column against all other columns, or against the base of all parts that take
 * part. */
static void dissimilar_column(const struct spread *spread, size_t column, const char *note)
{
    struct mig_cli *cli = spread->table->breakdown->cli;
    const struct mig_cross *cross = spread->cross;
    double *amounts = mig_breakdown_allocate(cli, spread->n_rows, sizeof *amounts);
    double *others = mig_breakdown_allocate(cli, spread->n_rows, sizeof *others);
    double cases = 0;
    for (size_t i = 0; i < spread->n_rows; i++) {
        size_t row = spread->row_groups[i];
        const struct mig_quotient_sums *cell = mig_cross_cell(cross, row, column);
        bool base = spread->sizes != NULL;
        amounts[i] =
            cell != NULL && !mig_quotient_is_missing(cell) ? to_double(cli, &cell->numerator) : 0;
        cases += cell != NULL ? (double)cell->n : 0;
        size_t first = spread->firsts[i], n = spread->firsts[i + 1] - first;
        others[i] = base ? sum_of(spread->sizes + first, n)
                         : sum_of(spread->amounts + first, n) - amounts[i];
    }
    dissimilar(spread, amounts, others, spread->n_rows, cases, cross->columns[column].group, note);
    free(amounts);
    free(others);
}

/* The columns that take part, in order; for people the largest where there are many. */
static size_t choose_columns(const struct spread *spread, size_t *columns, size_t *all)
{
    enum { MOST_FOR_PEOPLE = 20 };
    const struct mig_breakdown *breakdown = spread->table->breakdown;
    struct mig_cli *cli = breakdown->cli;
    const struct mig_cross *cross = spread->cross;
    size_t count = 0;
    size_t *order = mig_breakdown_allocate(cli, cross->n_columns, sizeof *order);
    mig_cli_require(cli, mig_cross_sort_columns(cross, MIG_ALL_ROWS, order, &cli->error));
    for (size_t i = 0; i < cross->n_columns; i++)
        if (spread->parts[order[i]])
            columns[count++] = order[i];
    free(order);
    *all = count;
    bool for_people = cli->format == MIG_TEXT || cli->format == MIG_MD;
    if (for_people && mig_breakdown_is_wide(breakdown) && count > MOST_FOR_PEOPLE)
        return MOST_FOR_PEOPLE;
    if (breakdown->design.sort == 0 || !for_people) /* in order of their keys */
        for (size_t i = count = 0; i < cross->n_columns; i++)
            if (spread->parts[i])
                columns[count++] = i;
    return count;
}

static void dissimilar_columns(const struct spread *spread)
{
    struct mig_cli *cli = spread->table->breakdown->cli;
    size_t *columns = mig_breakdown_allocate(cli, spread->cross->n_columns, sizeof *columns);
    size_t all, count = choose_columns(spread, columns, &all);
    struct mig_buffer note = {0};
    if (count < all)
        mig_cli_require(cli,
            mig_buffer_print(&note, &cli->error,
                _("the %zu largest of %zu parts; the other formats have them all"), count, all));
    for (size_t i = 0; i < count; i++)
        dissimilar_column(spread, columns[i], i + 1 == count ? note.data : NULL);
    free(columns);
    mig_buffer_release(&note);
}

static void run(const struct spread *spread, int index)
{
    const struct mig_breakdown *breakdown = spread->table->breakdown;
    for (size_t row = 0; row < spread->n_rows && index == MIG_INDEX_GINI; row++)
        gini(spread, row);
    if (index == MIG_INDEX_THEIL)
        theil(spread);
    for (size_t row = 0; row < spread->n_rows && index == MIG_INDEX_HHI; row++)
        concentration(spread, row);
    if (index != MIG_INDEX_DISSIMILARITY)
        return;
    if (breakdown->n_by > 0)
        dissimilar_columns(spread);
    else if (spread->sizes != NULL)
        dissimilar(spread, spread->amounts, spread->sizes, spread->n,
            sum_of(spread->cases, spread->n), SIZE_MAX, NULL);
}

void mig_breakdown_indices(struct mig_breakdown_table *table, mig_finding_sink *sink, void *context)
{
    int order[MIG_MOST_CHOICES];
    size_t count = mig_breakdown_each_once(&table->breakdown->design.indices, MIG_INDEX_ALL, order);
    for (size_t i = 0; i < count; i++) {
        /* concentration has no use for a base, and so takes all cases */
        bool based = table->breakdown->design.base != NULL && order[i] != MIG_INDEX_HHI;
        struct spread spread = {.sink = sink, .context = context};
        spread_init(&spread, table, based);
        run(&spread, order[i]);
        spread_release(&spread);
    }
}
