/* What stands below a wide table: results, and for how many of its cases what is known. */
#include "base/i18n.h"
#include "cli/breakdown-internal.h"

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
    mig_breakdown_units(breakdown, say, sheet);
}

void mig_breakdown_write_below(struct mig_sheet *sheet)
{
    mig_breakdown_put_results(sheet);
    mig_sheet_put_notes(sheet);
    put_coverage(sheet);
    say_what_table_knows(sheet);
}
