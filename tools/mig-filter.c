/* mig-filter: the rows for which a condition holds. */
#include "base/i18n.h"
#include "cli/cli.h"
#include "table/expression.h"

static const char *chosen;
static int wanted = MIG_TRUE;
static const char *const truths[] = {
    [MIG_FALSE] = "false", [MIG_TRUE] = "true", [MIG_UNKNOWN] = "unknown", NULL};

static const struct mig_option options[] = {
    {"keep", 0, "true|false|unknown", MIG_OPTION_CHOICE, &wanted,
        N_("Keep the rows for which the condition is true (the default), or those for which it is "
           "false, or unknown because a value is missing. The three together are the input."),
        truths},
    {"columns", 'c', "COLS", MIG_OPTION_TEXT, &chosen,
        N_("Write these columns only, in this order. 'name=COL' gives one another name."), NULL},
    {0}};

static const struct mig_example examples[] = {
    {"mig-filter 'region == \"Gao\" && year(return_date) >= 2020 && !missing(sex)' "
     "synthetic_returns.csv",
        N_("returns to Gao since 2020 of persons whose sex is known")},
    {"mig-filter 'sex != \"F\"' --keep unknown synthetic_returns.csv",
        N_("the rows that the condition can't decide, since sex is missing")},
    {"mig-filter 'period == \"2025-12-31\" and value / 2 > 20000' -c area,value "
     "idps_by_region.csv",
        N_("arithmetic, and two columns of the rows that are kept")},
    {"mig-filter 'area in (\"Gao\", \"Kidal\", \"Menaka\") or note ~ \"Admin [12]\"' "
     "idps_by_region.csv",
        N_("a list, and a regular expression")},
    {0}};

static const struct mig_command command = {
    .name = "mig-filter",
    .purpose = N_("keep the rows for which a condition holds"),
    .synopsis = "[--keep true|false|unknown] [--columns COLS] CONDITION [FILE]...",
    .examples = examples,
    .options = options,
    .common = MIG_TAKES_INPUT | MIG_TAKES_OUTPUT,
    .details = N_(
        "A condition compares columns with numbers (1234.5), texts in quotes (\"Gao\"), dates and "
        "periods without quotes (2025-09-30, 2025-Q3) or each other, by == != < <= > >=, in (...), "
        "not in (...), and ~ or !~ for an extended regular expression. It is joined by && || ! or "
        "and, or, not, and brackets. There are + - * /, missing(x), year(x), quarter(x), "
        "month(x), week(x), band(x,0,18,60), length(x) and lower(x). Names that begin with a "
        "digit or hold anything but letters, digits and _, and HXL patterns, stand in "
        "backquotes.\n\n"
        "Numbers are compared exactly. A cell that is not of the type it is compared with stops "
        "the command and is named; it is never taken for a condition that does not hold.\n\n"
        "A comparison with a missing cell is unknown, sex != \"F\" as well as sex == \"F\"; such "
        "rows are not kept and are counted. To have them, write missing(sex) || sex != \"F\"."),
};

struct filter {
    struct mig_cli cli;
    const char *text;
    struct mig_expression *condition;
    struct mig_selection output;
    size_t found[3]; /* rows, by enum mig_truth */
};

/* The first operand is the condition. */
static void plan(struct filter *filter)
{
    struct mig_cli *cli = &filter->cli;
    const struct mig_option_list no_renames = {0};
    struct mig_error_list errors = {0};
    if (cli->n_files == 0)
        mig_cli_complain(cli, "%s", _("a condition is wanted, such as 'region == \"Gao\"'"));
    mig_cli_settle(cli);
    filter->text = *cli->files++;
    cli->n_files--;
    if (mig_expression_parse(&filter->condition, filter->text, &cli->error) != MIG_OK)
        mig_cli_complain_within(cli, &cli->error, filter->text);
    mig_cli_settle(cli);
    const struct mig_header *header = mig_input_header(mig_cli_open_input(cli));
    if (mig_expression_bind(filter->condition, header, &errors) == MIG_NO_MEMORY)
        mig_cli_require(cli, mig_fail_memory(&cli->error));
    for (size_t i = 0; i < errors.count; i++)
        mig_cli_complain_within(cli, &errors.items[i], filter->text);
    mig_error_list_release(&errors);
    mig_cli_select(cli, header, chosen, &no_renames, &filter->output);
    mig_cli_settle(cli);
}

static void write_row(struct filter *filter, const struct mig_row *row)
{
    struct mig_cli *cli = &filter->cli;
    mig_cli_write_cells(cli, row, &filter->output);
    mig_cli_require(cli, mig_writer_end_row(cli->writer, &cli->error));
}

static void filter_rows(struct filter *filter)
{
    struct mig_cli *cli = &filter->cli;
    struct mig_row row;
    for (;;) {
        enum mig_truth truth;
        mig_cli_require(cli, mig_input_next(cli->table, &row, &cli->error));
        if (row.count == 0)
            break;
        mig_cli_require(
            cli, mig_expression_test(filter->condition, cli->table, &row, &truth, &cli->error));
        filter->found[truth]++;
        if ((int)truth == wanted)
            write_row(filter, &row);
    }
}

static void account(struct filter *filter)
{
    struct mig_cli *cli = &filter->cli;
    size_t read = mig_input_account(cli->table).rows;
    if (filter->found[wanted] != read || read == 0 || cli->verbose)
        mig_cli_note(cli, _("rows: %zu read, %zu kept; condition true %zu, false %zu, unknown %zu"),
            read, filter->found[wanted], filter->found[MIG_TRUE], filter->found[MIG_FALSE],
            filter->found[MIG_UNKNOWN]);
}

int main(int argc, char **argv)
{
    struct filter filter = {0};
    mig_cli_begin(&filter.cli, &command, argc, argv);
    plan(&filter);
    mig_cli_open_writer(&filter.cli, (const char *const *)filter.output.names, filter.output.count);
    filter_rows(&filter);
    account(&filter);
    mig_selection_release(&filter.output);
    mig_expression_free(filter.condition);
    return mig_cli_end(&filter.cli);
}
