/* What stands below a wide table: tests, indices, for how many of its cases what is known. */
#include <math.h>
#include <string.h>

#include "base/i18n.h"
#include "cli/breakdown-internal.h"

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

static void put_results(struct mig_sheet *sheet)
{
    const struct mig_breakdown_design *design = &sheet->breakdown->design;
    if (design->tests.count + design->indices.count == 0)
        return;
    mig_sheet_gap(sheet);
    begin_results(sheet);
    mig_breakdown_tests(sheet->table, put_result, sheet);
    mig_breakdown_indices(sheet->table, put_result, sheet);
    mig_sheet_end(sheet);
}

/* The known in 100 cases. What is not all does not read 100.0, nor what is something 0.0. */
static void put_percentage(
    struct mig_sheet *sheet, const struct mig_sum *known, const struct mig_sum *all)
{
    const double least = 0.1;
    struct mig_cli *cli = sheet->breakdown->cli;
    double share = 100 * mig_sum_quotient(known, all);
    bool nearly = share < 100 && share >= 100 - least / 2;
    bool hardly = share > 0 && share < least / 2;
    if (nearly || hardly)
        mig_cli_require(cli, mig_buffer_print(&sheet->scratch, &cli->error, nearly ? ">" : "<"));
    if (mig_sum_sign(all) != 0)
        mig_people_real(cli, &sheet->scratch, nearly ? 100 - least : hardly ? least : share, 1);
    else
        mig_cli_require(cli, mig_buffer_print(&sheet->scratch, &cli->error, "\u2013"));
    mig_sheet_put_scratch(sheet);
}

/* The cases of some groups, and how many of 100 are known in each column of --coverage. */
static void put_known(struct mig_sheet *sheet, struct mig_extent extent)
{
    struct mig_breakdown *breakdown = sheet->breakdown;
    for (size_t i = 0; i < breakdown->coverage.count; i++) {
        struct mig_sum known = {0}, all = {0};
        mig_breakdown_count_known(breakdown, extent, i, &known, &all);
        if (i == 0) {
            mig_people_sum(breakdown->cli, &sheet->scratch, &all);
            mig_sheet_put_scratch(sheet);
        }
        put_percentage(sheet, &known, &all);
        mig_sum_release(&known);
        mig_sum_release(&all);
    }
}

/* "known, %" stands over all names, or in Markdown, which has one line for headings, after each. */
static void begin_coverage(struct mig_sheet *sheet)
{
    const struct mig_breakdown *breakdown = sheet->breakdown;
    struct mig_cli *cli = breakdown->cli;
    size_t n = breakdown->coverage.count, levels = cli->format == MIG_MD ? 1 : 2;
    mig_sheet_begin(sheet, &(struct mig_grid_shape){1, levels, n + 1, 1});
    mig_sheet_put(sheet, mig_keys_name(&breakdown->keys, breakdown->n_strata));
    for (size_t i = 0; i < levels; i++)
        mig_sheet_put(sheet, "");
    mig_sheet_put(sheet, _("cases"));
    for (size_t i = 0; i < n; i++) {
        const char *name = breakdown->coverage.names[i];
        if (levels > 1)
            mig_sheet_put(sheet, _("known, %"));
        mig_cli_require(cli, mig_buffer_print(&sheet->scratch, &cli->error,
                                 levels > 1 ? "%s" : "%s (%s)", name, _("known, %")));
        mig_sheet_put_scratch(sheet);
    }
}

/* The columns of --coverage, known in each group of the first key of --by, and in all. */
static void put_coverage(struct mig_sheet *sheet)
{
    struct mig_breakdown *breakdown = sheet->breakdown;
    const struct mig_breakdown_table *table = sheet->table;
    size_t key = breakdown->n_strata;
    if (breakdown->coverage.count == 0 || breakdown->n_by == 0)
        return;
    mig_sheet_gap(sheet);
    begin_coverage(sheet);
    for (size_t i = table->first, end; i < table->end; i = end) {
        end = mig_tally_run_end(breakdown->tally, i, key + 1);
        mig_sheet_put_text(sheet, mig_breakdown_key(breakdown, i, key, true));
        put_known(sheet, (struct mig_extent){i, end});
    }
    mig_cli_require(breakdown->cli, mig_grid_rule(sheet->grid, &breakdown->cli->error));
    mig_sheet_put(sheet, _("(total)"));
    put_known(sheet, (struct mig_extent){table->first, table->end});
    mig_sheet_end(sheet);
}

static void say(struct mig_breakdown *breakdown, const char *sentence, void *context)
{
    (void)breakdown;
    mig_sheet_line(context, sentence);
}

/* "sex is known for 83.1 % of 1,200 cases", for the columns of --coverage where no grid shows them.
 */
static void say_coverage(struct mig_sheet *sheet, struct mig_extent extent)
{
    struct mig_breakdown *breakdown = sheet->breakdown;
    for (size_t i = 0; i < breakdown->coverage.count && breakdown->n_by == 0; i++) {
        struct mig_sum known = {0}, all = {0};
        mig_breakdown_count_known(breakdown, extent, i, &known, &all);
        mig_breakdown_say_known(
            breakdown, breakdown->coverage.names[i], &known, &all, NULL, say, sheet);
        mig_sum_release(&known);
        mig_sum_release(&all);
    }
}

/* With --strata each table says what is known of its own cases, but for the keys that all its cases
 * share. */
static void say_what_table_knows(struct mig_sheet *sheet)
{
    struct mig_breakdown *breakdown = sheet->breakdown;
    struct mig_breakdown_table *table = sheet->table;
    struct mig_extent extent = {table->first, table->end};
    size_t before = sheet->page.length;
    if (breakdown->n_strata == 0)
        return;
    mig_sheet_gap(sheet);
    size_t begin = sheet->page.length;
    say_coverage(sheet, extent);
    mig_breakdown_known_keys(
        breakdown, extent, breakdown->n_strata, mig_breakdown_shown(breakdown), say, sheet);
    if (table->matrix != NULL)
        mig_breakdown_left_out(breakdown, table->matrix->left_out, say, sheet);
    if (sheet->page.length == begin) /* there was nothing to say */
        sheet->page.length = before;
}

void mig_breakdown_say_what_is_known(struct mig_sheet *sheet)
{
    struct mig_breakdown *breakdown = sheet->breakdown;
    struct mig_extent everything = mig_breakdown_everything(breakdown);
    bool strata = breakdown->n_strata > 0;
    if (!strata)
        say_coverage(sheet, everything);
    mig_breakdown_known_keys(breakdown, everything, 0,
        strata ? breakdown->n_strata : mig_breakdown_shown(breakdown), say, sheet);
    if (!strata)
        mig_breakdown_left_out(breakdown, breakdown->left_out, say, sheet);
}

void mig_breakdown_write_below(struct mig_sheet *sheet)
{
    put_results(sheet);
    mig_sheet_put_notes(sheet);
    put_coverage(sheet);
    say_what_table_knows(sheet);
}
