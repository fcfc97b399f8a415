/* The wide table of mig-breakdown: groups by parts, for people. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "cli/breakdown-internal.h"

/* Digits behind the decimal sign: as many as --precision leaves to the unit itself. */
static int decimals(const struct mig_breakdown *breakdown, double largest)
{
    int before = largest >= 1 ? (int)floor(log10(largest)) + 1 : 1;
    int places = breakdown->cli->precision - before;
    return places < 0 ? 0 : places > 12 ? 12 : places;
}

bool mig_sheet_lists_figures(const struct mig_sheet *sheet)
{
    const struct mig_breakdown *breakdown = sheet->breakdown;
    size_t kinds = 0;
    for (int kind = 0; kind < MIG_FIGURE_KINDS; kind++)
        kinds += breakdown->kinds[kind];
    return breakdown->cli->format == MIG_MD && breakdown->n_by > 0 && kinds > 1;
}

static void print_value(struct mig_sheet *sheet, const struct mig_figure *figure, double value)
{
    struct mig_breakdown *breakdown = sheet->breakdown;
    struct mig_cli *cli = breakdown->cli;
    if (figure->kind <= MIG_TOTAL_SHARE)
        mig_people_real(cli, &sheet->scratch, value * cli->unit, decimals(breakdown, cli->unit));
    else if (figure->kind == MIG_DENSITY)
        mig_people_significant(cli, &sheet->scratch, value * cli->unit, cli->precision);
    else
        mig_people_real(cli, &sheet->scratch, value, figure->kind == MIG_EXPECTED ? 1 : 2);
}

/* Why there is no figure, "– (LQ): ...", or only no interval, "%: ...". */
static void keep_reason(struct mig_sheet *sheet, const struct mig_figure *figure, bool none)
{
    struct mig_cli *cli = sheet->breakdown->cli;
    struct mig_buffer heading = {0}, name = {0};
    mig_breakdown_heading(sheet->breakdown, figure->kind, &heading);
    mig_cli_require(
        cli, mig_buffer_print(&name, &cli->error, none ? "\u2013 (%s)" : "%s", heading.data));
    mig_sheet_keep_note(sheet, name.data, figure->out.note != NULL ? _(figure->out.note) : NULL);
    mig_buffer_release(&heading);
    mig_buffer_release(&name);
}

static void put_value(struct mig_sheet *sheet, const struct mig_figure *figure)
{
    if (!isnan(figure->out.estimate)) {
        print_value(sheet, figure, figure->out.estimate);
        mig_sheet_put_scratch(sheet);
        return;
    }
    mig_sheet_put(sheet, "\u2013");
    keep_reason(sheet, figure, true);
}

/* In a cell of Markdown figures are told apart by their order. */
static const char *no_figure(const struct mig_sheet *sheet)
{
    return mig_sheet_lists_figures(sheet) ? "\u2013" : "";
}

static void put_interval(struct mig_sheet *sheet, const struct mig_figure *figure)
{
    struct mig_cli *cli = sheet->breakdown->cli;
    if (isnan(figure->out.conf_low) && isnan(figure->out.conf_high)) {
        mig_sheet_put(sheet, no_figure(sheet));
        if (!isnan(figure->out.estimate)) /* else the figure itself has the reason */
            keep_reason(sheet, figure, false);
        return;
    }
    print_value(sheet, figure, figure->out.conf_low);
    mig_cli_require(cli, mig_buffer_print(&sheet->scratch, &cli->error, "\u2013"));
    print_value(sheet, figure, figure->out.conf_high);
    if (isinf(figure->out.conf_high))
        mig_cli_require(cli, mig_buffer_print(&sheet->scratch, &cli->error, "\u221e"));
    mig_sheet_put_scratch(sheet);
}

/* The cells of a spot: how many, and every figure that is asked for. */
static void put_spot(struct mig_sheet *sheet, const struct mig_spot *spot)
{
    struct mig_breakdown *breakdown = sheet->breakdown;
    struct mig_figure figure;
    (void)mig_breakdown_figure(sheet->table, spot, MIG_TOTAL_SHARE, breakdown->methods[0], &figure);
    if (figure.numerator != NULL)
        mig_people_sum(breakdown->cli, &sheet->scratch, figure.numerator);
    if (figure.numerator != NULL)
        mig_sheet_put_scratch(sheet);
    else
        mig_sheet_put(sheet, "\u2026"); /* not known */
    mig_figure_release(&figure);
    for (int kind = 0; kind < MIG_FIGURE_KINDS; kind++) {
        if (!breakdown->kinds[kind])
            continue;
        bool interval =
            sheet->intervals && mig_breakdown_has_interval(breakdown, (enum mig_figure_kind)kind);
        if (mig_breakdown_figure(
                sheet->table, spot, (enum mig_figure_kind)kind, breakdown->methods[0], &figure)) {
            put_value(sheet, &figure);
            if (interval)
                put_interval(sheet, &figure);
        } else {
            mig_sheet_put(sheet, no_figure(sheet));
            if (interval)
                mig_sheet_put(sheet, no_figure(sheet));
        }
        mig_figure_release(&figure);
    }
}

static size_t count_each(const struct mig_sheet *sheet)
{
    const struct mig_breakdown *breakdown = sheet->breakdown;
    size_t count = 1;
    for (int kind = 0; kind < MIG_FIGURE_KINDS; kind++)
        if (breakdown->kinds[kind])
            count += sheet->intervals &&
                             mig_breakdown_has_interval(breakdown, (enum mig_figure_kind)kind)
                         ? 2
                         : 1;
    return count;
}

static void put_headings(struct mig_sheet *sheet)
{
    struct mig_breakdown *breakdown = sheet->breakdown;
    mig_sheet_put(sheet, breakdown->design.sum != NULL ? breakdown->design.sum : "n");
    for (int kind = 0; kind < MIG_FIGURE_KINDS; kind++) {
        if (!breakdown->kinds[kind])
            continue;
        mig_breakdown_heading(breakdown, (enum mig_figure_kind)kind, &sheet->scratch);
        mig_sheet_put_scratch(sheet);
        if (sheet->intervals && mig_breakdown_has_interval(breakdown, (enum mig_figure_kind)kind))
            mig_sheet_put(sheet, _("interval"));
    }
}

static void put_names(struct mig_sheet *sheet, size_t first, size_t count)
{
    for (size_t key = first; key < first + count; key++)
        mig_sheet_put(sheet, mig_keys_name(&sheet->breakdown->keys, key));
}

static void put_keys(struct mig_sheet *sheet, size_t group, size_t first, size_t count, size_t kept)
{
    for (size_t i = 0; i < count; i++) {
        if (i < kept)
            mig_sheet_put_text(sheet, mig_breakdown_key(sheet->breakdown, group, first + i, true));
        else
            mig_sheet_put(sheet, i == kept ? _("(total)") : "");
    }
}

static void rule(struct mig_sheet *sheet)
{
    struct mig_cli *cli = sheet->breakdown->cli;
    mig_cli_require(cli, mig_grid_rule(sheet->grid, &cli->error));
}

/* One line of the table: all parts, and their total where there are several. */
static void put_row(struct mig_sheet *sheet, size_t first, size_t end, size_t kept)
{
    const struct mig_breakdown *breakdown = sheet->breakdown;
    const struct mig_cross *cross = &sheet->table->cross;
    struct mig_spot spot = {first, end, kept, 0};
    put_keys(sheet, cross->rows[first].group, breakdown->n_strata, breakdown->n_by, kept);
    for (size_t i = 0; i < cross->n_columns; i++) {
        spot.column = sheet->order[i];
        put_spot(sheet, &spot);
    }
    spot.column = MIG_ALL_COLUMNS;
    if (cross->n_columns > 1)
        put_spot(sheet, &spot);
}

/* Groups are rows, parts are columns. */
static void lay_out_both(struct mig_sheet *sheet)
{
    const struct mig_breakdown *breakdown = sheet->breakdown;
    const struct mig_cross *cross = &sheet->table->cross;
    size_t of = breakdown->n_strata + breakdown->n_by;
    bool totals = cross->n_columns > 1;
    mig_sheet_begin(sheet, &(struct mig_grid_shape){breakdown->n_by, breakdown->n_of,
                               cross->n_columns + totals, count_each(sheet)});
    put_names(sheet, breakdown->n_strata, breakdown->n_by);
    put_headings(sheet);
    for (size_t i = 0; i < cross->n_columns; i++)
        put_keys(
            sheet, cross->columns[sheet->order[i]].group, of, breakdown->n_of, breakdown->n_of);
    if (totals)
        put_keys(sheet, 0, of, breakdown->n_of, 0);
    for (size_t row = 0; row < cross->n_rows; row++) {
        put_row(sheet, row, row + 1, breakdown->n_by);
        for (size_t kept = breakdown->n_by; breakdown->design.totals && kept-- > 1;)
            if (mig_breakdown_ends_run(sheet->table, row, kept))
                put_row(sheet, mig_breakdown_run_begin(sheet->table, row, kept), row + 1, kept);
    }
    rule(sheet);
    put_row(sheet, 0, cross->n_rows, 0);
}

/* Without groups the parts are the rows. */
static void lay_out_parts(struct mig_sheet *sheet)
{
    const struct mig_breakdown *breakdown = sheet->breakdown;
    const struct mig_cross *cross = &sheet->table->cross;
    size_t of = breakdown->n_strata;
    struct mig_spot spot = {0, cross->n_rows, 0, 0};
    mig_sheet_begin(sheet, &(struct mig_grid_shape){breakdown->n_of, 0, 1, count_each(sheet)});
    put_names(sheet, of, breakdown->n_of);
    put_headings(sheet);
    for (size_t i = 0; i < cross->n_columns; i++) {
        spot.column = sheet->order[i];
        put_keys(sheet, cross->columns[spot.column].group, of, breakdown->n_of, breakdown->n_of);
        put_spot(sheet, &spot);
    }
    rule(sheet);
    spot.column = MIG_ALL_COLUMNS;
    put_keys(sheet, 0, of, breakdown->n_of, 0);
    put_spot(sheet, &spot);
}

static void lay_out(struct mig_sheet *sheet)
{
    if (sheet->breakdown->n_by > 0)
        lay_out_both(sheet);
    else
        lay_out_parts(sheet);
}

static void put_stratum(struct mig_sheet *sheet)
{
    struct mig_breakdown *breakdown = sheet->breakdown;
    struct mig_cli *cli = breakdown->cli;
    struct mig_group group = mig_tally_group(breakdown->tally, sheet->table->first);
    if (breakdown->n_strata == 0)
        return;
    group.n_keys = breakdown->n_strata;
    mig_cli_describe_group(cli, &breakdown->keys, breakdown->tally, &group, &sheet->scratch);
    const char *mark = cli->format == MIG_MD ? "**" : "";
    mig_cli_require(cli, mig_buffer_print(&sheet->page, &cli->error, "%s", mark));
    mig_cli_require(cli,
        mig_grid_escape(cli->format, mig_buffer_text(&sheet->scratch), &sheet->page, &cli->error));
    mig_cli_require(cli, mig_buffer_print(&sheet->page, &cli->error, "%s\n\n", mark));
    mig_buffer_clear(&sheet->scratch);
}

/* Intervals are there when asked for, or where the table with them is no wider than the page. */
static void write_table(struct mig_breakdown_table *table, void *context)
{
    struct mig_sheet *sheet = context;
    struct mig_breakdown *breakdown = sheet->breakdown;
    struct mig_cli *cli = breakdown->cli;
    size_t columns = table->cross.n_columns;
    sheet->table = table;
    (void)mig_breakdown_dense(breakdown, table->cross.n_rows, columns);
    sheet->order = mig_breakdown_allocate(cli, columns, sizeof *sheet->order);
    for (size_t i = 0; i < columns; i++)
        sheet->order[i] = i;
    if (breakdown->design.sort == 1)
        mig_cli_require(
            cli, mig_cross_sort_columns(&table->cross, MIG_ALL_ROWS, sheet->order, &cli->error));
    mig_sheet_gap(sheet);
    put_stratum(sheet);
    sheet->intervals = breakdown->design.intervals || cli->format == MIG_TEXT;
    lay_out(sheet);
    if (!breakdown->design.intervals && mig_grid_width(sheet->grid) > sheet->width) {
        sheet->intervals = false;
        lay_out(sheet);
    }
    sheet->any_intervals = sheet->any_intervals || sheet->intervals;
    mig_sheet_end(sheet);
    mig_breakdown_write_below(sheet);
    free(sheet->order);
    sheet->order = NULL;
}

void mig_breakdown_write_wide(struct mig_breakdown *breakdown)
{
    struct mig_sheet sheet;
    if (breakdown->cli->format != MIG_TEXT && breakdown->cli->format != MIG_MD) {
        mig_breakdown_write_spread(breakdown);
        return;
    }
    mig_sheet_init(&sheet, breakdown);
    mig_breakdown_each(breakdown, write_table, &sheet);
    if (mig_tally_count(breakdown->tally) > 0)
        mig_breakdown_write_legend(&sheet);
    mig_sheet_print(&sheet);
}
