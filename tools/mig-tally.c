/* mig-tally: rows, and exact decimal sums, by key. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "cli/cli.h"

static const char *by, *sum, *moments, *weight;
static int where_missing = MIG_MISSING_KEEP;
static const char *const missing_choices[] = {"keep", "drop", NULL};

static const struct mig_option options[] = {
    {"by", 'b', "KEYS", MIG_OPTION_TEXT, &by,
        N_("Group by these columns and key functions, as in 'region,year(return_date)'. Without it "
           "all rows form one group."),
        NULL},
    {"sum", 's', "COLS", MIG_OPTION_TEXT, &sum, N_("Add these columns up, exactly."), NULL},
    {"moments", 'm', "COLS", MIG_OPTION_TEXT, &moments,
        N_("Write the moments of these columns, exactly: of x the columns x_n, x_sum, x_sum2, "
           "x_min, x_max, from which mig-summary computes mean and standard deviation."),
        NULL},
    {"weight", 'w', "COL", MIG_OPTION_TEXT, &weight,
        N_("Weight sums and moments with this column, which is not negative; its own sum is the "
           "column weight. n stays the number of rows."),
        NULL},
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
    {"mig-tally --by region --moments age synthetic_returns.csv | mig-summary --by region "
     "--numbers age",
        N_("what mean and standard deviation of age need, by region, and the two themselves")},
    {0}};

static const struct mig_command command = {
    .name = "mig-tally",
    .purpose = N_("count rows and add up columns exactly, by key"),
    .synopsis = "[--by KEYS] [--sum COLS] [--moments COLS] [--weight COL] [FILE]...",
    .examples = examples,
    .options = options,
    .common = MIG_TAKES_INPUT | MIG_TAKES_THREADS | MIG_TAKES_OUTPUT,
    .details = N_(
        "The output has the keys, n (the number of rows) and the sums, one row a group, sorted by "
        "key: numbers by value, other texts by bytes, missing last. Sums are exact decimals, "
        "whatever the order of the rows.\n\n"
        "When the input has a column n, it is taken for a tally: the output's n is the sum of that "
        "column. So the tally of the tallies of parts is the tally of the whole, byte for byte.\n\n"
        "A missing key is a group of its own. A row whose cell in a summed column is missing is "
        "counted in a group of its own, whose sum is empty, beside the group where it is known.\n\n"
        "Moments of x are taken over the x_n rows where x is known: x_sum is their sum, x_sum2 "
        "that "
        "of their squares. An input with these five is a tally of moments, "
        "and they are added up (of x_min and x_max the smallest and the largest stay). With "
        "weights "
        "w, x_sum and x_sum2 are the sums of w x and w x^2, and x_w, x_w2, x_w2sum and x_w2sum2 "
        "those of w, w^2, w^2 x and w^2 x^2."),
};

/* What is asked for, found in the input. */
struct plan {
    struct mig_keys keys;
    struct mig_columns sums; /* the weight, if any, before the others */
    struct mig_moments_list moments;
};

static bool is_weighted(const struct mig_moments_column *column)
{
    return column->merged ? column->weighted : weight != NULL;
}

static size_t width_of(const struct mig_moments_column *column)
{
    return is_weighted(column) ? MIG_MOMENTS : MIG_MOMENTS_PLAIN;
}

static void find_columns(struct mig_cli *cli, const struct mig_header *header, struct plan *plan)
{
    struct mig_buffer list = {0};
    mig_cli_keys(cli, header, by, &plan->keys);
    if (weight != NULL)
        mig_cli_require(cli, mig_buffer_print(&list, &cli->error, "weight=`%s`%s", weight,
                                 sum != NULL && sum[0] != '\0' ? "," : ""));
    if (sum != NULL)
        mig_cli_require(cli, mig_buffer_append(&list, sum, strlen(sum), &cli->error));
    mig_cli_columns(cli, header, list.data, &plan->sums);
    mig_cli_moments(cli, header, moments, weight != NULL, &plan->moments);
    mig_cli_settle(cli);
    mig_buffer_release(&list);
}

static void open_table(struct mig_cli *cli, const struct plan *plan)
{
    size_t count = 1 + plan->sums.count, at = 0;
    for (size_t i = 0; i < plan->moments.count; i++)
        count += 1 + width_of(&plan->moments.items[i]);
    char **names = calloc(count, sizeof *names);
    if (names == NULL)
        mig_cli_require(cli, mig_fail_memory(&cli->error));
    names[at++] = mig_cli_name(cli, "n", "");
    for (size_t i = 0; i < plan->sums.count; i++)
        names[at++] = mig_cli_name(cli, plan->sums.names[i], "");
    for (size_t i = 0; i < plan->moments.count; i++) {
        const struct mig_moments_column *column = &plan->moments.items[i];
        names[at++] = mig_cli_name(cli, column->name, "_n");
        for (size_t j = 0; j < width_of(column); j++)
            names[at++] = mig_cli_name(cli, column->name, mig_moment_suffixes[j]);
    }
    mig_cli_open_table(cli, &plan->keys, (const char *const *)names, count);
    for (size_t i = 0; i < count; i++)
        free(names[i]);
    free(names);
}

static void write_moments(
    struct mig_cli *cli, const struct mig_moments_column *column, const struct mig_moments *values)
{
    mig_writer_count(cli->writer, values->n);
    for (size_t i = 0; i < width_of(column); i++)
        mig_cli_write_sum(
            cli, &values->sums[i], values->n == 0 && (i == MIG_MOMENT_MIN || i == MIG_MOMENT_MAX));
}

static void write_groups(
    struct mig_cli *cli, const struct plan *plan, const struct mig_tally *tally)
{
    for (size_t i = 0; i < mig_tally_count(tally); i++) {
        struct mig_group group = mig_tally_group(tally, i);
        mig_cli_write_keys(cli, tally, &group);
        mig_writer_count(cli->writer, group.n);
        for (size_t j = 0; j < group.n_sums; j++)
            mig_cli_write_sum(cli, &group.sums[j], (group.missing >> j & 1) != 0);
        for (size_t j = 0; j < plan->moments.count; j++)
            write_moments(cli, &plan->moments.items[j], &group.moments[j]);
        mig_cli_require(cli, mig_writer_end_row(cli->writer, &cli->error));
    }
}

int main(int argc, char **argv)
{
    struct mig_cli cli;
    struct plan plan = {0};
    struct mig_tally *tally;
    mig_cli_begin(&cli, &command, argc, argv);
    find_columns(&cli, mig_input_header(mig_cli_open_input(&cli)), &plan);
    const struct mig_tally_spec spec = {.keys = &plan.keys,
        .sums = plan.sums.items,
        .n_sums = plan.sums.count,
        .weighted = weight != NULL,
        .moments = plan.moments.items,
        .n_moments = plan.moments.count,
        .where_missing = (enum mig_where_missing)where_missing};
    mig_cli_require(&cli, mig_tally_read(&tally, cli.table, &spec, &cli.error));
    open_table(&cli, &plan);
    write_groups(&cli, &plan, tally);
    mig_cli_account_tally(&cli, tally);
    mig_tally_free(tally);
    mig_keys_release(&plan.keys);
    mig_columns_release(&plan.sums);
    mig_moments_list_release(&plan.moments);
    return mig_cli_end(&cli);
}
