/* What stands below all wide tables: what the headings mean, what the figures are based on. */
#include <math.h>
#include <string.h>

#include "base/i18n.h"
#include "cli/breakdown-internal.h"

/* "%", or "/1,000" where --unit says so. */
static void append_unit(const struct mig_breakdown *breakdown, struct mig_buffer *out)
{
    struct mig_cli *cli = breakdown->cli;
    bool percent = fabs(cli->unit - 100) < 1e-12;
    mig_cli_require(cli, mig_buffer_print(out, &cli->error, percent ? "%%" : "/"));
    if (!percent)
        mig_people_significant(cli, out, cli->unit, 15);
}

static size_t count_shares(const struct mig_breakdown *breakdown)
{
    return (size_t)breakdown->kinds[MIG_ROW_SHARE] + breakdown->kinds[MIG_COLUMN_SHARE] +
           breakdown->kinds[MIG_TOTAL_SHARE];
}

void mig_breakdown_heading(
    const struct mig_breakdown *breakdown, enum mig_figure_kind kind, struct mig_buffer *out)
{
    static const char *const words[] = {[MIG_ROW_SHARE] = N_("row"),
        [MIG_COLUMN_SHARE] = N_("column"),
        [MIG_TOTAL_SHARE] = N_("total"),
        [MIG_EXPECTED] = N_("expected"),
        [MIG_PEARSON_RESIDUAL] = N_("residual"),
        [MIG_ADJUSTED_RESIDUAL] = N_("adjusted"),
        [MIG_LOCATION_QUOTIENT] = N_("LQ"),
        [MIG_DENSITY] = N_("density")};
    struct mig_cli *cli = breakdown->cli;
    bool share = kind <= MIG_TOTAL_SHARE;
    if (!share || count_shares(breakdown) > 1)
        mig_cli_require(
            cli, mig_buffer_print(out, &cli->error, share ? "%s " : "%s", _(words[kind])));
    if (share)
        append_unit(breakdown, out);
}

static const char *meaning(const struct mig_breakdown *breakdown, enum mig_figure_kind kind)
{
    bool rows = breakdown->n_by > 0;
    switch (kind) {
    case MIG_ROW_SHARE:
        return rows ? _("share of its row") : _("share of all");
    case MIG_COLUMN_SHARE:
        return _("share of its column");
    case MIG_TOTAL_SHARE:
        return _("share of all");
    case MIG_EXPECTED:
        return _("what would be expected were rows and columns independent");
    case MIG_PEARSON_RESIDUAL:
        return _("Pearson's residual");
    default:
        return _("adjusted residual; beyond 2 either way it stands out");
    }
}

static void put_meaning(struct mig_sheet *sheet, enum mig_figure_kind kind)
{
    struct mig_breakdown *breakdown = sheet->breakdown;
    struct mig_cli *cli = breakdown->cli;
    struct mig_buffer heading = {0}, unit = {0};
    mig_breakdown_heading(breakdown, kind, &heading);
    mig_people_significant(cli, &unit, cli->unit, 15);
    if (kind == MIG_DENSITY)
        mig_cli_require(cli, mig_buffer_print(&sheet->scratch, &cli->error, _("%s: per %s %s"),
                                 heading.data, unit.data, breakdown->design.density));
    else if (kind == MIG_LOCATION_QUOTIENT)
        mig_cli_require(cli, mig_buffer_print(&sheet->scratch, &cli->error,
                                 _("%s: location quotient, its share over its share of %s"),
                                 heading.data, breakdown->design.base));
    else
        mig_cli_require(cli, mig_buffer_print(&sheet->scratch, &cli->error, _("%s: %s"),
                                 heading.data, meaning(breakdown, kind)));
    mig_sheet_line(sheet, sheet->scratch.data);
    mig_buffer_clear(&sheet->scratch);
    mig_buffer_release(&heading);
    mig_buffer_release(&unit);
}

/* The intervals of one kind: its heading in the table, and the method that made them. */
struct interval_kind {
    struct mig_buffer heading;
    const char *method;
};

static size_t find_intervals(struct mig_sheet *sheet, struct interval_kind *intervals)
{
    struct mig_breakdown *breakdown = sheet->breakdown;
    size_t count = 0;
    for (int kind = 0; kind < MIG_FIGURE_KINDS; kind++) {
        if (!sheet->any_intervals || !breakdown->kinds[kind] ||
            !mig_breakdown_has_interval(breakdown, (enum mig_figure_kind)kind))
            continue;
        mig_breakdown_heading(breakdown, (enum mig_figure_kind)kind, &intervals[count].heading);
        intervals[count++].method = kind == MIG_DENSITY
                                        ? mig_breakdown_density_method
                                        : mig_proportion_methods[breakdown->methods[0]];
    }
    if (sheet->odds_intervals) {
        mig_cli_require(breakdown->cli, mig_buffer_print(&intervals[count].heading,
                                            &breakdown->cli->error, "%s", _("odds ratio")));
        intervals[count++].method = "fisher-exact";
    }
    return count;
}

/* "wilson", or where methods differ "%: wilson; density: poisson-exact". */
static void append_interval_methods(struct mig_cli *cli, const struct interval_kind *intervals,
    size_t count, struct mig_buffer *out)
{
    bool alike = true;
    for (size_t i = 1; i < count; i++)
        alike = alike && strcmp(intervals[i].method, intervals[0].method) == 0;
    for (size_t i = 0; i < count && !alike; i++)
        mig_cli_require(cli, mig_buffer_print(out, &cli->error, _("%s%s: %s"), i > 0 ? _("; ") : "",
                                 intervals[i].heading.data, intervals[i].method));
    if (alike)
        mig_cli_require(cli, mig_buffer_print(out, &cli->error, "%s", intervals[0].method));
}

static void put_interval_meaning(struct mig_sheet *sheet)
{
    struct mig_cli *cli = sheet->breakdown->cli;
    struct interval_kind intervals[MIG_FIGURE_KINDS + 1] = {0};
    struct mig_buffer level = {0}, methods = {0};
    size_t count = find_intervals(sheet, intervals);
    if (count == 0)
        return;
    append_interval_methods(cli, intervals, count, &methods);
    mig_people_significant(cli, &level, 100 * cli->level, 8);
    mig_cli_require(
        cli, mig_buffer_print(&sheet->scratch, &cli->error,
                 _("interval: confidence interval at %s %% (%s)"), level.data, methods.data));
    mig_sheet_line(sheet, sheet->scratch.data);
    mig_buffer_clear(&sheet->scratch);
    for (size_t i = 0; i < count; i++)
        mig_buffer_release(&intervals[i].heading);
    mig_buffer_release(&methods);
    mig_buffer_release(&level);
}

void mig_breakdown_say_base(struct mig_sheet *sheet, const struct mig_quotient *quotient,
    const struct mig_once *once, const char *column)
{
    struct mig_breakdown *breakdown = sheet->breakdown;
    struct mig_cli *cli = breakdown->cli;
    double known = 0, all = 0;
    for (size_t i = 0; i < mig_tally_count(breakdown->tally); i++) {
        enum mig_group_role role = mig_breakdown_role(breakdown, i);
        double n = (double)mig_tally_group(breakdown->tally, i).n;
        bool counts = mig_breakdown_counts_group(breakdown, quotient, once, i);
        if (!mig_breakdown_counts_group(breakdown, &breakdown->amount, NULL, i))
            continue; /* what is to be divided is missing, whatever the base */
        all += role != MIG_GROUP_OUTSIDE ? n : 0;
        known += role == MIG_GROUP_COMPARED && counts ? n : 0;
    }
    if (!(known < all))
        return;
    struct mig_buffer part = {0}, whole = {0};
    mig_people_significant(cli, &part, known, 15);
    mig_people_significant(cli, &whole, all, 15);
    mig_cli_require(cli, mig_buffer_print(&sheet->scratch, &cli->error,
                             _("figures by %s: of %s of %s cases, those where it is known"), column,
                             part.data, whole.data));
    mig_sheet_line(sheet, sheet->scratch.data);
    mig_buffer_clear(&sheet->scratch);
    mig_buffer_release(&part);
    mig_buffer_release(&whole);
}

static void put_known_bases(struct mig_sheet *sheet)
{
    const struct mig_breakdown *breakdown = sheet->breakdown;
    const struct mig_breakdown_design *design = &breakdown->design;
    bool same = breakdown->base.denominator == breakdown->density.denominator;
    if (design->base != NULL)
        mig_breakdown_say_base(sheet, &breakdown->base, &breakdown->base_once, design->base);
    if (design->density != NULL && (design->base == NULL || !same))
        mig_breakdown_say_base(
            sheet, &breakdown->density, &breakdown->density_once, design->density);
}

/* "cells: n (%; interval; density; interval)". */
static void put_cell_meaning(struct mig_sheet *sheet)
{
    struct mig_breakdown *breakdown = sheet->breakdown;
    struct mig_cli *cli = breakdown->cli;
    struct mig_buffer list = {0};
    if (!mig_sheet_lists_figures(sheet))
        return;
    for (int kind = 0; kind < MIG_FIGURE_KINDS; kind++) {
        if (!breakdown->kinds[kind])
            continue;
        mig_cli_require(
            cli, mig_buffer_print(&list, &cli->error, "%s", list.length > 0 ? "; " : ""));
        mig_breakdown_heading(breakdown, (enum mig_figure_kind)kind, &list);
        if (sheet->any_intervals &&
            mig_breakdown_has_interval(breakdown, (enum mig_figure_kind)kind))
            mig_cli_require(cli, mig_buffer_print(&list, &cli->error, "; %s", _("interval")));
    }
    mig_cli_require(cli, mig_buffer_print(&sheet->scratch, &cli->error, _("cells: %s (%s)"),
                             breakdown->measure, list.data));
    mig_sheet_line(sheet, sheet->scratch.data);
    mig_buffer_clear(&sheet->scratch);
    mig_buffer_release(&list);
}

void mig_breakdown_write_legend(struct mig_sheet *sheet)
{
    struct mig_breakdown *breakdown = sheet->breakdown;
    size_t before = sheet->page.length;
    mig_sheet_gap(sheet);
    size_t begin = sheet->page.length;
    put_cell_meaning(sheet);
    for (int kind = 0; kind < MIG_FIGURE_KINDS; kind++)
        if (breakdown->kinds[kind])
            put_meaning(sheet, (enum mig_figure_kind)kind);
    put_interval_meaning(sheet);
    put_known_bases(sheet);
    mig_breakdown_say_what_is_known(sheet);
    if (sheet->page.length == begin) /* there was nothing to say */
        sheet->page.length = before;
}
