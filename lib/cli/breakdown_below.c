/* What stands below the wide table: tests, indices, what the headings mean, what is known of the
 * cases. */
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
        mig_cli_require(cli, mig_buffer_print(out, &cli->error, _("%s%s: %s"), i > 0 ? "; " : "",
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

static void say(struct mig_breakdown *breakdown, const char *sentence, void *context)
{
    (void)breakdown;
    mig_sheet_line(context, sentence);
}

/* "sex is known for 83.1 % of 1,200 cases", for a column of --coverage. */
static void put_coverage(const struct mig_finding *finding, void *context)
{
    struct mig_sheet *sheet = context;
    struct mig_breakdown *breakdown = sheet->breakdown;
    mig_breakdown_say_known(
        breakdown, finding->measure, finding->numerator, finding->denominator, NULL, say, sheet);
}

void mig_breakdown_say_base(
    struct mig_sheet *sheet, const struct mig_quotient *quotient, const char *column)
{
    struct mig_breakdown *breakdown = sheet->breakdown;
    struct mig_cli *cli = breakdown->cli;
    struct mig_quotient_sums sums = {0};
    mig_cli_require(cli, mig_quotient_add(quotient, breakdown->tally, 0,
                             mig_tally_count(breakdown->tally), &sums, &cli->error));
    if (sums.missing > 0) {
        struct mig_buffer known = {0}, all = {0};
        mig_people_significant(cli, &known, (double)sums.n, 15);
        mig_people_significant(cli, &all, (double)sums.n + (double)sums.missing, 15);
        mig_cli_require(cli, mig_buffer_print(&sheet->scratch, &cli->error,
                                 _("figures by %s: of %s of %s cases, those where it is known"),
                                 column, known.data, all.data));
        mig_sheet_line(sheet, sheet->scratch.data);
        mig_buffer_clear(&sheet->scratch);
        mig_buffer_release(&known);
        mig_buffer_release(&all);
    }
    mig_quotient_sums_release(&sums);
}

static void put_known_bases(struct mig_sheet *sheet)
{
    const struct mig_breakdown *breakdown = sheet->breakdown;
    const struct mig_breakdown_design *design = &breakdown->design;
    bool same = breakdown->base.denominator == breakdown->density.denominator;
    if (design->base != NULL)
        mig_breakdown_say_base(sheet, &breakdown->base, design->base);
    if (design->density != NULL && (design->base == NULL || !same))
        mig_breakdown_say_base(sheet, &breakdown->density, design->density);
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
    if (breakdown->coverage.count > 0)
        mig_breakdown_coverage(breakdown, put_coverage, sheet);
    mig_breakdown_known_keys(breakdown, say, sheet);
    mig_breakdown_left_out(breakdown, say, sheet);
    if (sheet->page.length == begin) /* there was nothing to say */
        sheet->page.length = before;
}

/* Columns of the results: each is a group of the grid, so that one without content is left out. */
enum {
    RESULT_N,
    RESULT_ESTIMATE,
    RESULT_INTERVAL,
    RESULT_STATISTIC,
    RESULT_DF,
    RESULT_P,
    N_RESULTS
};

static void begin_results(struct mig_sheet *sheet)
{
    static const char *const labels[] = {
        "n", N_("estimate"), N_("interval"), N_("statistic"), N_("df"), "p"};
    const struct mig_breakdown *breakdown = sheet->breakdown;
    mig_sheet_begin(
        sheet, &(struct mig_grid_shape){breakdown->n_by + breakdown->n_of + 2, 1, N_RESULTS, 1});
    for (size_t i = 0; i < breakdown->n_by + breakdown->n_of; i++)
        mig_sheet_put(sheet, mig_keys_name(&breakdown->keys, breakdown->n_strata + i));
    mig_sheet_put(sheet, _("result"));
    mig_sheet_put(sheet, _("method"));
    mig_sheet_put(sheet, "");
    for (size_t i = 0; i < N_RESULTS; i++)
        mig_sheet_put(sheet, i == RESULT_N || i == RESULT_P ? labels[i] : _(labels[i]));
}

static void put_number(struct mig_sheet *sheet, double value, int digits)
{
    struct mig_cli *cli = sheet->breakdown->cli;
    mig_people_significant(cli, &sheet->scratch, value, digits);
    mig_sheet_put_scratch(sheet);
}

static bool is_simulated(const struct mig_finding *finding)
{
    return !isnan(finding->out.p_value) && !isnan(finding->out.std_error) && finding->note != NULL;
}

/* "0.07", or for a simulated one "0.07 (s.e. 0.0008, 2000 draws, seed 1)". */
static void put_p_value(struct mig_sheet *sheet, const struct mig_finding *finding)
{
    double p = finding->out.p_value, std_error = finding->out.std_error;
    struct mig_cli *cli = sheet->breakdown->cli;
    const double least = 0.0001;
    if (p < least) {
        mig_cli_require(cli, mig_buffer_print(&sheet->scratch, &cli->error, "<"));
        mig_people_real(cli, &sheet->scratch, least, 4);
    } else {
        mig_people_significant(cli, &sheet->scratch, p, 3);
    }
    if (is_simulated(finding)) {
        struct mig_buffer error = {0};
        mig_people_significant(cli, &error, std_error, 1);
        mig_cli_require(cli, mig_buffer_print(&sheet->scratch, &cli->error, _(" (s.e. %s, %s)"),
                                 error.data, finding->note));
        mig_buffer_release(&error);
    }
    mig_sheet_put_scratch(sheet);
}

static void put_result_interval(struct mig_sheet *sheet, const struct mig_estimate *out)
{
    struct mig_cli *cli = sheet->breakdown->cli;
    if (!isnan(out->conf_low) || !isnan(out->conf_high)) {
        sheet->odds_intervals = true; /* nothing else below the table has one */
        mig_people_significant(cli, &sheet->scratch, out->conf_low, 4);
        mig_cli_require(cli, mig_buffer_print(&sheet->scratch, &cli->error, "\u2013"));
        mig_people_significant(cli, &sheet->scratch, out->conf_high, 4);
        if (isinf(out->conf_high))
            mig_cli_require(cli, mig_buffer_print(&sheet->scratch, &cli->error, "\u221e"));
    }
    mig_sheet_put_scratch(sheet);
}

static void put_result(const struct mig_finding *finding, void *context)
{
    struct mig_sheet *sheet = context;
    const struct mig_breakdown *breakdown = sheet->breakdown;
    size_t by = breakdown->n_strata, of = by + breakdown->n_by;
    for (size_t key = by; key < of; key++)
        mig_sheet_put_text(sheet, key < finding->kept
                                      ? mig_breakdown_key(breakdown, finding->group, key, true)
                                      : (struct mig_text){0});
    for (size_t key = of; key < of + breakdown->n_of; key++)
        mig_sheet_put_text(
            sheet, finding->column_group != SIZE_MAX
                       ? mig_breakdown_key(breakdown, finding->column_group, key, true)
                       : (struct mig_text){0});
    bool test = strcmp(finding->kind, "test") == 0; /* the method says all */
    bool same = strcmp(finding->kind, finding->out.method) == 0;
    mig_sheet_put(sheet, test ? "" : finding->kind);
    mig_sheet_put(sheet, same ? "" : finding->out.method);
    put_number(sheet, finding->n, 15);
    put_number(sheet, finding->out.estimate, 4);
    put_result_interval(sheet, &finding->out);
    put_number(sheet, finding->out.statistic, 4);
    put_number(sheet, finding->out.df, 15);
    put_p_value(sheet, finding);
    const char *note = is_simulated(finding) ? NULL : finding->note;
    if (note == NULL && finding->out.note != NULL)
        note = _(finding->out.note);
    mig_sheet_keep_note(
        sheet, *finding->out.method != '\0' ? finding->out.method : finding->kind, note);
}

void mig_breakdown_write_below(struct mig_sheet *sheet)
{
    const struct mig_breakdown_design *design = &sheet->breakdown->design;
    if (design->tests.count + design->indices.count == 0) {
        mig_sheet_put_notes(sheet);
        return;
    }
    mig_sheet_gap(sheet);
    begin_results(sheet);
    mig_breakdown_tests(sheet->table, put_result, sheet);
    mig_breakdown_indices(sheet->table, put_result, sheet);
    mig_sheet_end(sheet);
    mig_sheet_put_notes(sheet);
}
