/* mig-rate: shares, ratios and rates, with intervals. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "cli/estimates.h"

static const char *by;
static struct mig_option_list asked;
static int share_method;

static const struct mig_option options[] = {
    {"share", 0, "A/B", MIG_OPTION_LIST, &asked,
        N_("A is part of B: those reintegrated among the returned. A group or a row where A is "
           "larger than B is an error."),
        NULL},
    {"ratio", 0, "A/B", MIG_OPTION_LIST, &asked,
        N_("A and B are two separate counts: reintegrations and returns of the same year."), NULL},
    {"rate", 0, "A/T", MIG_OPTION_LIST, &asked,
        N_("Events A over an exposure T, such as persons or person-years."), NULL},
    {"by", 'b', "KEYS", MIG_OPTION_TEXT, &by,
        N_("Group by these columns and key functions, as in 'region,year(return_date)'."), NULL},
    {"method", 0, "wilson|exact", MIG_OPTION_CHOICE, &share_method,
        N_("Interval of a share: Wilson's score interval (the default) or the exact one of Clopper "
           "and Pearson. Ratios and rates have the exact interval always."),
        mig_proportion_methods},
    {0}};

static const struct mig_example examples[] = {
    {"mig-rate --share reintegrated/n --by region synthetic_returns.csv",
        N_("per 100 returnees, how many of them were reintegrated (case data: one row a person)")},
    {"mig-rate --ratio reintegrations/returns --by year examples/yearly_synthetic.csv",
        N_("reintegrations of a year per 100 returns of that year, two separate counts")},
    {"mig-rate --rate returned_refugees/refugees_from --unit 1000 --by year "
     "examples/mali_yearly.csv",
        N_("refugees of Mali who returned, per 1,000 still abroad")},
    {0}};

static const struct mig_command command = {
    .name = "mig-rate",
    .purpose = N_("compute shares, ratios and rates with confidence intervals"),
    .synopsis = "(--share A/B | --ratio A/B | --rate A/T)... [--by KEYS] [FILE]...",
    .examples = examples,
    .options = options,
    .common =
        MIG_TAKES_INPUT | MIG_TAKES_OUTPUT | MIG_TAKES_PRECISION | MIG_TAKES_LEVEL | MIG_TAKES_UNIT,
    .details = N_(
        "A, B and T are columns, summed within each group, or n: the number of rows (or the sum of "
        "the column n of a tally).\n\n"
        "The three differ on purpose. Reintegration per return is a share when each row is a "
        "returnee and the column says whether that very person was reintegrated: it lies between 0 "
        "and 100 per 100. It is a ratio when a yearly report counts the reintegrations and the "
        "returns of the same year, which may be about different persons: it may pass 100, and both "
        "counts are uncertain. It is a rate when events are set against an exposure known without "
        "error, such as a population.\n\n"
        "Rows where A or B is missing are left out of both and counted on standard error. A figure "
        "that is not defined is an empty cell, and the column note says why. Estimates are per "
        "100 unless --unit says otherwise; the column unit repeats it."),
};

/* The options, and column kind. */
static const char *const kinds[] = {
    [MIG_SHARE] = "share", [MIG_RATIO] = "ratio", [MIG_RATE] = "rate"};

struct measure {
    enum mig_estimate_kind kind;
    const char *text;
    struct mig_quotient quotient;
    size_t rows_missing;
};

static enum mig_estimate_kind kind_of(const char *option)
{
    enum mig_estimate_kind kind = MIG_SHARE;
    while (strcmp(option, kinds[kind]) != 0)
        kind++;
    return kind;
}

static struct measure *plan_measures(struct mig_cli *cli, struct mig_operands *operands)
{
    struct mig_error_list errors = {0};
    struct measure *measures = calloc(asked.count + 1, sizeof *measures);
    if (measures == NULL)
        mig_cli_require(cli, mig_fail_memory(&cli->error));
    for (size_t i = 0; i < asked.count; i++) {
        measures[i] =
            (struct measure){.kind = kind_of(asked.items[i].option), .text = asked.items[i].value};
        if (mig_quotient_parse(&measures[i].quotient, measures[i].text,
                mig_input_header(cli->table), operands, &errors) == MIG_NO_MEMORY)
            mig_cli_require(cli, mig_fail_memory(&cli->error));
    }
    mig_cli_complain_all(cli, &errors);
    return measures;
}

static struct mig_quotient_sums add_up(struct mig_cli *cli, const struct measure *measure,
    const struct mig_tally *tally, size_t first, size_t end)
{
    struct mig_quotient_sums sums = {0};
    mig_cli_require(
        cli, mig_quotient_add(&measure->quotient, tally, first, end, &sums, &cli->error));
    return sums;
}

/* A share above 1 is no share: every such group is named before anything is printed. */
static void check_share(struct mig_cli *cli, const struct measure *measure,
    const struct mig_keys *keys, const struct mig_tally *tally)
{
    struct mig_buffer name = {0};
    for (size_t i = 0, end; i < mig_tally_count(tally); i = end) {
        end = mig_tally_run_end(tally, i, keys->count);
        struct mig_quotient_sums sums = add_up(cli, measure, tally, i, end);
        struct mig_group group = mig_tally_group(tally, i);
        int order;
        mig_cli_require(
            cli, mig_sum_compare(&sums.numerator, &sums.denominator, &order, &cli->error));
        if (order > 0) {
            mig_cli_describe_group(cli, keys, tally, &group, &name);
            mig_cli_complain(cli,
                _("'%s' is no share in %s: the part is larger than the whole; see --ratio"),
                measure->text, name.data);
        }
        mig_quotient_sums_release(&sums);
    }
    mig_buffer_release(&name);
}

static void write_measure(
    struct mig_cli *cli, const struct measure *measure, const struct mig_quotient_sums *sums)
{
    struct mig_writer *writer = cli->writer;
    bool missing = mig_quotient_is_missing(sums);
    struct mig_estimate out =
        missing ? mig_cli_estimate_missing()
                : mig_cli_estimate(cli, measure->kind, (enum mig_proportion_method)share_method,
                      &sums->numerator, &sums->denominator);
    mig_writer_string(writer, measure->text);
    mig_writer_string(writer, kinds[measure->kind]);
    mig_writer_count(writer, sums->n);
    mig_cli_write_sum(cli, &sums->numerator, missing);
    mig_cli_write_sum(cli, &sums->denominator, missing);
    mig_cli_write_estimate(cli, &out);
    mig_cli_write_unit(cli);
    mig_writer_string(writer, out.method);
    mig_writer_words(writer, out.note);
    mig_cli_require(cli, mig_writer_end_row(writer, &cli->error));
}

static void write_groups(
    struct mig_cli *cli, struct measure *measures, const struct mig_tally *tally)
{
    for (size_t i = 0, end; i < mig_tally_count(tally); i = end) {
        struct mig_group group = mig_tally_group(tally, i);
        end = mig_tally_run_end(tally, i, group.n_keys);
        for (size_t j = 0; j < asked.count; j++) {
            struct mig_quotient_sums sums = add_up(cli, &measures[j], tally, i, end);
            mig_cli_write_keys(cli, tally, &group);
            write_measure(cli, &measures[j], &sums);
            measures[j].rows_missing += sums.rows_missing;
            mig_quotient_sums_release(&sums);
        }
    }
}

/* Several measures may rest on different rows: each has its own account. */
static void account(
    struct mig_cli *cli, const struct measure *measures, const struct mig_tally *tally)
{
    size_t read = mig_tally_account(tally).read;
    if (asked.count == 1)
        mig_cli_account_tally(cli, tally);
    for (size_t i = 0; i < asked.count && asked.count > 1; i++)
        mig_cli_account_of(
            cli, measures[i].text, read, read - measures[i].rows_missing, measures[i].rows_missing);
}

/* The shares as pairs for the tally to compare row by row. */
static struct mig_part_of *parts_of(
    struct mig_cli *cli, const struct measure *measures, size_t *count)
{
    struct mig_part_of *parts = calloc(asked.count + 1, sizeof *parts);
    if (parts == NULL)
        mig_cli_require(cli, mig_fail_memory(&cli->error));
    *count = 0;
    for (size_t i = 0; i < asked.count; i++)
        if (measures[i].kind == MIG_SHARE)
            parts[(*count)++] = (struct mig_part_of){
                measures[i].quotient.numerator, measures[i].quotient.denominator};
    return parts;
}

/* Nothing is printed when a share is none: the groups are named, else the first row. */
static void check_shares(struct mig_cli *cli, const struct measure *measures,
    const struct mig_keys *keys, const struct mig_tally *tally)
{
    for (size_t i = 0; i < asked.count; i++)
        if (measures[i].kind == MIG_SHARE)
            check_share(cli, &measures[i], keys, tally);
    mig_cli_settle(cli);
    if (mig_tally_part_error(tally) != NULL)
        mig_cli_complain_error(cli, mig_tally_part_error(tally));
    mig_cli_settle(cli);
}

int main(int argc, char **argv)
{
    static const char *const columns[] = {"measure", "kind", "n", "numerator", "denominator",
        "estimate", "std_error", "conf_low", "conf_high", "conf_level", "unit", "method", "note"};
    struct mig_cli cli;
    struct mig_keys keys = {0};
    struct mig_operands operands = {0};
    struct mig_tally *tally;
    mig_cli_begin(&cli, &command, argc, argv);
    if (asked.count == 0)
        mig_cli_complain(&cli, "%s", _("nothing to compute: give --share, --ratio or --rate"));
    mig_cli_settle(&cli);
    mig_cli_keys(&cli, mig_input_header(mig_cli_open_input(&cli)), by, &keys);
    struct measure *measures = plan_measures(&cli, &operands);
    mig_cli_settle(&cli);
    size_t n_parts;
    struct mig_part_of *parts = parts_of(&cli, measures, &n_parts);
    const struct mig_tally_spec spec = {.keys = &keys,
        .sums = operands.columns,
        .n_sums = operands.count,
        .sums_not_negative = true,
        .parts = parts,
        .n_parts = n_parts};
    mig_cli_require(&cli, mig_tally_read(&tally, cli.table, &spec, &cli.error));
    check_shares(&cli, measures, &keys, tally);
    mig_cli_open_table(&cli, &keys, columns, sizeof columns / sizeof *columns);
    write_groups(&cli, measures, tally);
    account(&cli, measures, tally);
    mig_tally_free(tally);
    mig_keys_release(&keys);
    free(parts);
    free(measures);
    return mig_cli_end(&cli);
}
