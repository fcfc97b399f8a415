/* mig-tally: rows, and exact decimal sums, by key. */
#include <stdlib.h>

#include "base/i18n.h"
#include "cli/cli.h"

static const char *by, *sum;
static int where_missing = MIG_MISSING_KEEP;
static const char *const missing_choices[] = {"keep", "drop", NULL};

static const struct mig_option options[] = {
    {"by", 'b', "KEYS", MIG_OPTION_TEXT, &by,
        N_("Group by these columns and key functions, as in 'region,year(return_date)'. Without it "
           "all rows form one group."),
        NULL},
    {"sum", 's', "COLS", MIG_OPTION_TEXT, &sum, N_("Add these columns up, exactly."), NULL},
    {"where-missing", 0, "keep|drop", MIG_OPTION_CHOICE, &where_missing,
        N_("What to do with rows that miss a key or a number to add: keep them as groups of their "
           "own (the default), or drop and count them."),
        missing_choices},
    {0}};

static const struct mig_example examples[] = {
    {"mig-tally --by 'region,year(return_date)' --sum reintegrated synthetic_returns.csv",
        N_("returns and reintegrations by region and year")},
    {"mig-tally --by 'age=band(age,0,18,60)' synthetic_returns.csv",
        N_("returns by age group, the column named age")},
    {"mig-tally --by indicator,unit idps.csv idp_returnees.csv returns.csv",
        N_("files with the same columns, read as one: how many figures there are of what")},
    {0}};

static const struct mig_command command = {
    .name = "mig-tally",
    .purpose = N_("count rows and add up columns exactly, by key"),
    .synopsis = "[--by KEYS] [--sum COLS] [--where-missing keep|drop] [FILE]...",
    .examples = examples,
    .options = options,
    .common = MIG_TAKES_INPUT | MIG_TAKES_OUTPUT,
    .details = N_(
        "The output has the keys, n (the number of rows) and the sums, one row a group, sorted by "
        "key: numbers by value, other texts by bytes, missing last. Sums are exact decimals, "
        "whatever the order of the rows.\n\n"
        "When the input has a column n, it is taken for a tally: the output's n is the sum of that "
        "column. So the tally of the tallies of parts is the tally of the whole, byte for byte.\n\n"
        "A missing key is a group of its own. A row whose cell in a summed column is missing is "
        "counted in a group of its own, whose sum is empty, beside the group where it is known."),
};

static void open_table(
    struct mig_cli *cli, const struct mig_keys *keys, const struct mig_columns *sums)
{
    const char **names = calloc(sums->count + 1, sizeof *names);
    if (names == NULL)
        mig_cli_require(cli, mig_fail_memory(&cli->error));
    names[0] = "n";
    for (size_t i = 0; i < sums->count; i++)
        names[i + 1] = sums->names[i];
    mig_cli_open_table(cli, keys, names, sums->count + 1);
    free(names);
}

static void write_groups(struct mig_cli *cli, const struct mig_tally *tally)
{
    for (size_t i = 0; i < mig_tally_count(tally); i++) {
        struct mig_group group = mig_tally_group(tally, i);
        mig_cli_write_keys(cli, tally, &group);
        mig_writer_count(cli->writer, group.n);
        for (size_t j = 0; j < group.n_sums; j++)
            mig_cli_write_sum(cli, &group.sums[j], (group.missing >> j & 1) != 0);
        mig_cli_require(cli, mig_writer_end_row(cli->writer, &cli->error));
    }
}

int main(int argc, char **argv)
{
    struct mig_cli cli;
    struct mig_keys keys = {0};
    struct mig_columns sums = {0};
    struct mig_tally *tally;
    mig_cli_begin(&cli, &command, argc, argv);
    const struct mig_header *header = mig_input_header(mig_cli_open_input(&cli));
    mig_cli_keys(&cli, header, by, &keys);
    mig_cli_columns(&cli, header, sum, &sums);
    mig_cli_settle(&cli);
    const struct mig_tally_spec spec = {.keys = &keys,
        .sums = sums.items,
        .n_sums = sums.count,
        .where_missing = (enum mig_where_missing)where_missing};
    mig_cli_require(&cli, mig_tally_read(&tally, cli.table, &spec, &cli.error));
    open_table(&cli, &keys, &sums);
    write_groups(&cli, tally);
    mig_cli_account_tally(&cli, tally);
    mig_tally_free(tally);
    mig_keys_release(&keys);
    mig_columns_release(&sums);
    return mig_cli_end(&cli);
}
