/* Every figure of a cell or margin: the one place that computes them. */
#include <math.h>
#include <string.h>

#include "base/i18n.h"
#include "cli/breakdown.h"
#include "stats/inequality.h"
#include "stats/rate.h"

static const char *const names[] = {[MIG_ROW_SHARE] = "row_share",
    [MIG_COLUMN_SHARE] = "column_share",
    [MIG_TOTAL_SHARE] = "total_share",
    [MIG_EXPECTED] = "expected",
    [MIG_PEARSON_RESIDUAL] = "pearson_residual",
    [MIG_ADJUSTED_RESIDUAL] = "adjusted_residual",
    [MIG_LOCATION_QUOTIENT] = "location_quotient",
    [MIG_DENSITY] = "density"};

const char *mig_figure_name(enum mig_figure_kind kind)
{
    return names[kind];
}

const char *const mig_breakdown_density_method = "poisson-exact";

bool mig_breakdown_has_interval(const struct mig_breakdown *breakdown, enum mig_figure_kind kind)
{
    return breakdown->counts &&
           (kind <= MIG_TOTAL_SHARE || kind == MIG_LOCATION_QUOTIENT || kind == MIG_DENSITY);
}

/* The sums of a spot, and of what it is a share of. Where one of these is the spot itself, it is
 * the same pointer. */
struct view {
    const struct mig_quotient_sums *part, *row, *column, *all;
};

static const struct mig_quotient_sums nothing;

/* The sums of the spot's rows in `column`; kept in `own` where they had to be added up. */
static const struct mig_quotient_sums *sums_of(struct mig_cli *cli, const struct mig_cross *cross,
    const struct mig_spot *spot, size_t column, struct mig_quotient_sums *own)
{
    bool all_rows = spot->first_row == 0 && spot->end_row == cross->n_rows;
    bool all = column == MIG_ALL_COLUMNS;
    if (spot->end_row == spot->first_row + 1 && !(all_rows && spot->kept == 0 && all)) {
        if (all)
            return &cross->rows[spot->first_row].sums;
        const struct mig_quotient_sums *cell = mig_cross_cell(cross, spot->first_row, column);
        return cell != NULL ? cell : &nothing;
    }
    if (all_rows)
        return all ? &cross->all : &cross->columns[column].sums;
    mig_cli_require(
        cli, mig_cross_add(cross, spot->first_row, spot->end_row, column, own, &cli->error));
    return own;
}

static struct view view_of(struct mig_cli *cli, const struct mig_cross *cross,
    const struct mig_spot *spot, size_t n_by, struct mig_figure *figure)
{
    struct view view = {.all = &cross->all};
    view.part = sums_of(cli, cross, spot, spot->column, &figure->own[0]);
    view.row = spot->column == MIG_ALL_COLUMNS
                   ? view.part
                   : sums_of(cli, cross, spot, MIG_ALL_COLUMNS, &figure->own[1]);
    view.column = spot->column == MIG_ALL_COLUMNS ? view.all : &cross->columns[spot->column].sums;
    if (spot->kept == 0 && n_by > 0) { /* over all groups */
        view.column = view.part;
        view.row = spot->column == MIG_ALL_COLUMNS ? view.part : view.all;
    }
    if (spot->kept == 0 && spot->column == MIG_ALL_COLUMNS)
        view.all = view.part;
    return view;
}

static void set_sums(struct mig_figure *figure, const struct mig_quotient_sums *part,
    const struct mig_sum *denominator, bool denominator_missing)
{
    figure->n = part->n;
    figure->numerator = mig_quotient_is_missing(part) ? NULL : &part->numerator;
    figure->denominator = denominator_missing ? NULL : denominator;
}

/* A whole is all of itself: no interval. */
static struct mig_estimate whole_of_itself(const struct mig_quotient_sums *sums)
{
    struct mig_estimate out = mig_estimate_empty("");
    if (mig_sum_sign(&sums->numerator) != 0)
        out.estimate = 1;
    else
        out.note = N_("denominator is 0");
    return out;
}

static void share(struct mig_breakdown *breakdown, const struct view *view,
    enum mig_figure_kind kind, int method, struct mig_figure *figure)
{
    const struct mig_quotient_sums *wholes[] = {[MIG_ROW_SHARE] = view->row,
        [MIG_COLUMN_SHARE] = view->column,
        [MIG_TOTAL_SHARE] = view->all};
    const struct mig_quotient_sums *whole = wholes[kind];
    figure->measure = breakdown->measure;
    figure->unit = breakdown->cli->unit;
    set_sums(figure, view->part, &whole->numerator, mig_quotient_is_missing(whole));
    if (figure->numerator == NULL)
        figure->out = mig_cli_estimate_missing();
    else if (whole == view->part)
        figure->out = whole_of_itself(whole);
    else
        figure->out = mig_cli_estimate(breakdown->cli, breakdown->counts ? MIG_SHARE : MIG_PLAIN,
            method, &view->part->numerator, &whole->numerator);
}

/* The number of an expected table's cell, or why there is none. */
static bool expected(
    struct mig_breakdown_table *table, const struct mig_spot *spot, struct mig_figure *figure)
{
    const struct mig_matrix *matrix = mig_breakdown_matrix(table);
    if (spot->column == MIG_ALL_COLUMNS || spot->end_row != spot->first_row + 1 ||
        spot->kept < table->breakdown->n_by)
        return false;
    size_t row = matrix->row_of[spot->first_row], column = matrix->column_of[spot->column];
    if (row == SIZE_MAX || column == SIZE_MAX)
        return false;
    static const char *const methods[] = {[MIG_EXPECTED] = "independence",
        [MIG_PEARSON_RESIDUAL] = "pearson",
        [MIG_ADJUSTED_RESIDUAL] = "haberman"};
    figure->out = mig_estimate_empty(methods[figure->kind]);
    figure->out.note = matrix->note;
    if (matrix->note != NULL)
        return true;
    struct mig_expected_cell cell =
        mig_crosstab_cell(matrix->counts[row * matrix->table.n_columns + column],
            matrix->row_totals[row], matrix->column_totals[column], matrix->total);
    figure->out.estimate = figure->kind == MIG_EXPECTED           ? cell.expected
                           : figure->kind == MIG_PEARSON_RESIDUAL ? cell.residual
                                                                  : cell.adjusted;
    figure->out.note = isnan(figure->out.estimate) ? cell.note : NULL;
    return true;
}

static bool residual(struct mig_breakdown_table *table, const struct mig_spot *spot,
    const struct view *view, struct mig_figure *figure)
{
    figure->measure = table->breakdown->measure;
    set_sums(figure, view->part, NULL, true);
    return expected(table, spot, figure);
}

/* Where no row of the input falls in, nothing is said of the base either. */
static const char *const no_rows = N_("no row here, and so no base is known");

static bool is_empty(const struct mig_quotient_sums *sums)
{
    return sums->n == 0 && sums->missing == 0 && mig_sum_sign(&sums->denominator) == 0;
}

static const char *const known_base_only = N_("of the cases whose base is known");

/* Whether some cases that would count, as those of `amounts` do, miss the base. */
static bool misses_base(
    const struct mig_quotient_sums *sums, const struct mig_quotient_sums *amounts)
{
    return sums->n < amounts->n;
}

/* `amounts`: the view without the base. */
static void location_quotient(struct mig_breakdown *breakdown, const struct view *view,
    const struct view *amounts, int method, struct mig_figure *figure)
{
    struct mig_cli *cli = breakdown->cli;
    const struct mig_quotient_sums *part = view->part, *whole = view->row;
    double x, all, w, base;
    figure->measure = breakdown->base_measure;
    set_sums(figure, part, &part->denominator, mig_quotient_is_missing(part));
    if (figure->numerator == NULL) {
        figure->out = mig_cli_estimate_missing();
        figure->out.method = "location-quotient";
        return;
    }
    const char *note = mig_cli_counts(cli, breakdown->counts ? MIG_SHARE : MIG_PLAIN,
        &part->numerator, &whole->numerator, &x, &all);
    mig_cli_require(cli, mig_sum_to_double(&part->denominator, &w, &cli->error));
    mig_cli_require(cli, mig_sum_to_double(&whole->denominator, &base, &cli->error));
    if (note == NULL)
        mig_cli_require(cli, mig_location_quotient((enum mig_proportion_method)method, x, all, w,
                                 base, cli->level, &figure->out, &cli->error));
    else
        mig_cli_require(
            cli, mig_location_quotient_plain(x, all, w, base, &figure->out, &cli->error));
    if (is_empty(part))
        figure->out.note = no_rows;
    if (note == NULL && misses_base(whole, amounts->row))
        note = known_base_only;
    if (note == known_base_only && figure->out.p_value == 0 && figure->out.note != NULL)
        figure->out.note = N_("of the cases whose base is known; the p-value is below 1e-307");
    else if (note != NULL && figure->out.note == NULL)
        figure->out.note = note;
}

static void density(struct mig_breakdown *breakdown, const struct view *view,
    const struct view *amounts, struct mig_figure *figure)
{
    const struct mig_quotient_sums *part = view->part;
    figure->measure = breakdown->density_measure;
    figure->unit = breakdown->cli->unit;
    set_sums(figure, part, &part->denominator, mig_quotient_is_missing(part));
    figure->out = figure->numerator == NULL
                      ? mig_cli_estimate_missing()
                      : mig_cli_estimate(breakdown->cli, breakdown->counts ? MIG_RATE : MIG_PLAIN,
                            MIG_RATE_EXACT, &part->numerator, &part->denominator);
    if (is_empty(part))
        figure->out.note = no_rows;
    if (figure->out.note == NULL && misses_base(part, amounts->part))
        figure->out.note = known_base_only;
}

bool mig_breakdown_figure(struct mig_breakdown_table *table, const struct mig_spot *spot,
    enum mig_figure_kind kind, int method, struct mig_figure *figure)
{
    struct mig_breakdown *breakdown = table->breakdown;
    const struct mig_cross *cross = kind == MIG_LOCATION_QUOTIENT ? &table->base
                                    : kind == MIG_DENSITY         ? &table->density
                                                                  : &table->cross;
    bool cell = spot->column != MIG_ALL_COLUMNS;
    *figure = (struct mig_figure){.kind = kind};
    if (kind == MIG_LOCATION_QUOTIENT && !cell)
        return false;
    struct mig_figure without_base = {0};
    struct view view = view_of(breakdown->cli, cross, spot, breakdown->n_by, figure),
                amounts = view;
    if (kind == MIG_LOCATION_QUOTIENT || kind == MIG_DENSITY)
        amounts = view_of(breakdown->cli, &table->cross, spot, breakdown->n_by, &without_base);
    if (kind <= MIG_TOTAL_SHARE)
        share(breakdown, &view, kind, method, figure);
    else if (kind == MIG_LOCATION_QUOTIENT)
        location_quotient(breakdown, &view, &amounts, method, figure);
    else if (kind == MIG_DENSITY)
        density(breakdown, &view, &amounts, figure);
    else
        return residual(table, spot, &view, figure);
    mig_figure_release(&without_base);
    return true;
}

void mig_figure_release(struct mig_figure *figure)
{
    mig_quotient_sums_release(&figure->own[0]);
    mig_quotient_sums_release(&figure->own[1]);
}
