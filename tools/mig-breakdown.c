/* mig-breakdown: how each group divides into parts, with shares. */
#include <math.h>

#include "base/i18n.h"
#include "cli/estimates.h"
#include "table/parts.h"

static const char *by, *of, *sum;
static bool totals;
enum { NO_METHOD = -1 };
static int sort_by, share_method = NO_METHOD;
static const char *const sort_choices[] = {"name", "size", NULL}; /* enum mig_part_order */

static const struct mig_option options[] = {
    {"of", 0, "KEY", MIG_OPTION_TEXT, &of, N_("The parts: a column or key function, such as sex."),
        NULL},
    {"by", 'b', "KEYS", MIG_OPTION_TEXT, &by,
        N_("The groups that are divided, as in 'region,year(return_date)'. Without it all rows are "
           "one group."),
        NULL},
    {"sum", 's', "COL", MIG_OPTION_TEXT, &sum,
        N_("Divide the sum of this column instead of the number of rows."), NULL},
    {"totals", 0, NULL, MIG_OPTION_SWITCH, &totals,
        N_("Add a row for each group and one for all, marked in the column total."), NULL},
    {"sort", 0, "name|size", MIG_OPTION_CHOICE, &sort_by,
        N_("Order of the parts within a group: by name (the default) or the largest first."),
        sort_choices},
    {"method", 0, NULL, MIG_OPTION_CHOICE, &share_method,
        N_("Interval of a share: Wilson's score interval (the default for rows), the exact one of "
           "Clopper and Pearson, or one of the others of mig-rate. A share of --sum COL has an "
           "interval only when this is given, for "
           "COL may be money, or count everybody."),
        mig_proportion_methods},
    {0}};

static const struct mig_example examples[] = {
    {"mig-breakdown --by region --of sex --totals synthetic_returns.csv",
        N_("women and men among the returnees of each region")},
    {"mig-breakdown --by 'year(return_date)' --of country --sort size synthetic_returns.csv",
        N_("countries of return, the most frequent first, year by year")},
    {"mig-breakdown --of area --sum value --sort size population_2022_by_region.csv",
        N_("from published totals: the share of each region in the country")},
    {0}};

static const struct mig_command command = {
    .name = "mig-breakdown",
    .purpose = N_("break counts and sums down into parts, with shares and intervals"),
    .synopsis = "--of KEY [--by KEYS] [--sum COL] [--totals] [--sort name|size] [FILE]...",
    .examples = examples,
    .options = options,
    .common =
        MIG_TAKES_INPUT | MIG_TAKES_THREADS | MIG_TAKES_OUTPUT | MIG_TAKES_PRECISION | MIG_TAKES_LEVEL | MIG_TAKES_UNIT,
    .details = N_(
        "One row a part: numerator is the part, denominator its group, estimate the share of the "
        "part in the group with its confidence interval, and share_of_total the share in all "
        "groups together, per 100 unless --unit says otherwise.\n\n"
        "A missing part is a part of its own, so that shares add up to the whole. Rows that miss "
        "the column to add up are left out and counted on standard error. An input with a column n "
        "is taken for a tally."),
};

/* What all functions below need. */
struct breakdown {
    struct mig_cli cli;
    struct mig_keys keys; /* by, then of */
    struct mig_tally *tally;
    struct mig_quotient amount; /* both operands: the sum, or the rows */
    struct mig_quotient_sums whole;
};

static struct mig_quotient_sums add_up(struct breakdown *breakdown, size_t first, size_t end)
{
    struct mig_quotient_sums sums = {0};
    mig_cli_require(&breakdown->cli, mig_quotient_add(&breakdown->amount, breakdown->tally, first,
                                         end, &sums, &breakdown->cli.error));
    return sums;
}

/* Sums have an interval only on demand: they may be money, or a register that holds everybody. */
static struct mig_estimate share_of(struct breakdown *breakdown,
    const struct mig_quotient_sums *part, const struct mig_quotient_sums *group)
{
    bool cases = sum == NULL || share_method != NO_METHOD;
    enum mig_proportion_method method = share_method != NO_METHOD
                                            ? (enum mig_proportion_method)share_method
                                            : MIG_PROPORTION_WILSON;
    if (mig_quotient_is_missing(part))
        return mig_cli_estimate_missing();
    return mig_cli_estimate(&breakdown->cli, cases ? MIG_SHARE : MIG_PLAIN, (int)method,
        &part->numerator, &group->numerator);
}

/* The cells after the keys. `total` is "", "group" or "all". */
static void write_figures(struct breakdown *breakdown, const char *total,
    const struct mig_quotient_sums *part, const struct mig_quotient_sums *group)
{
    struct mig_cli *cli = &breakdown->cli;
    struct mig_writer *writer = cli->writer;
    bool missing = mig_quotient_is_missing(part);
    struct mig_estimate out = share_of(breakdown, part, group);
    struct mig_estimate of_all = share_of(breakdown, part, &breakdown->whole);
    if (*total != '\0') /* a whole is all of itself, without any uncertainty */
        out.conf_low = out.conf_high = out.std_error = NAN;
    if (totals)
        mig_writer_string(writer, total);
    mig_writer_string(writer, sum != NULL ? sum : "n");
    mig_writer_string(writer, "share");
    mig_writer_count(writer, part->n);
    mig_cli_write_sum(cli, &part->numerator, missing);
    mig_cli_write_sum(cli, &group->numerator, mig_quotient_is_missing(group));
    mig_cli_write_estimate(cli, &out);
    mig_writer_double(writer, of_all.estimate * cli->unit);
    mig_cli_write_unit(cli);
    mig_writer_string(writer, *total != '\0' ? "" : out.method);
    mig_writer_words(writer, *total != '\0' ? NULL : out.note);
    mig_cli_require(cli, mig_writer_end_row(writer, &cli->error));
}

/* A total's keys: those that it is a total over are empty, for people "total". */
static void write_total_keys(
    struct breakdown *breakdown, const struct mig_group *group, size_t n_kept)
{
    struct mig_group kept = *group;
    kept.n_keys = n_kept;
    mig_cli_write_keys(&breakdown->cli, breakdown->tally, &kept);
    for (size_t i = n_kept; i < breakdown->keys.count; i++) {
        if (mig_writer_is_for_people(breakdown->cli.writer))
            mig_writer_words(breakdown->cli.writer, N_("(total)"));
        else
            mig_writer_empty(breakdown->cli.writer);
    }
}

/* Writes the parts of the groups first .. end - 1, which agree in all keys of --by. */
static void write_group(struct breakdown *breakdown, size_t first, size_t end)
{
    struct mig_cli *cli = &breakdown->cli;
    const struct mig_tally *tally = breakdown->tally;
    struct mig_group group = mig_tally_group(tally, first);
    struct mig_quotient_sums whole = add_up(breakdown, first, end);
    struct mig_parts parts = {0};
    mig_cli_require(cli, mig_parts_read(&parts, tally, &breakdown->amount, first, end,
                             (enum mig_part_order)sort_by, &cli->error));
    for (size_t i = 0; i < parts.count; i++) {
        struct mig_group part = mig_tally_group(tally, parts.items[i].group);
        mig_cli_write_keys(cli, tally, &part);
        write_figures(breakdown, "", &parts.items[i].sums, &whole);
    }
    if (totals && breakdown->keys.count > 1) {
        write_total_keys(breakdown, &group, breakdown->keys.count - 1);
        write_figures(breakdown, "group", &whole, &whole);
    }
    mig_parts_release(&parts);
    mig_quotient_sums_release(&whole);
}

static void read_tally(struct breakdown *breakdown)
{
    struct mig_cli *cli = &breakdown->cli;
    const struct mig_header *header = mig_input_header(mig_cli_open_input(cli));
    struct mig_tally_spec spec = {.keys = &breakdown->keys, .sums_not_negative = true};
    size_t column = 0;
    mig_cli_keys(cli, header, by, &breakdown->keys);
    size_t n_by = breakdown->keys.count;
    mig_cli_keys(cli, header, of, &breakdown->keys);
    if (breakdown->keys.count != n_by + 1)
        mig_cli_complain(cli, _("'%s': --of takes one key; groups are for --by"), of);
    breakdown->amount = (struct mig_quotient){.numerator = MIG_ROWS, .denominator = MIG_ROWS};
    if (sum != NULL) {
        column = mig_cli_column(cli, header, sum);
        breakdown->amount = (struct mig_quotient){.numerator = 0, .denominator = 0};
        spec.sums = &column;
        spec.n_sums = 1;
    }
    mig_cli_settle(cli);
    mig_cli_require(cli, mig_tally_read(&breakdown->tally, cli->table, &spec, &cli->error));
}

int main(int argc, char **argv)
{
    static const char *const columns[] = {"total", "measure", "kind", "n", "numerator",
        "denominator", "estimate", "std_error", "conf_low", "conf_high", "conf_level",
        "share_of_total", "unit", "method", "note"};
    struct breakdown breakdown = {0};
    mig_cli_begin(&breakdown.cli, &command, argc, argv);
    if (of == NULL)
        mig_cli_complain(&breakdown.cli, "%s", _("parts of what? give --of KEY"));
    mig_cli_settle(&breakdown.cli);
    read_tally(&breakdown);
    size_t skipped = totals ? 0 : 1; /* the column total is there on request */
    mig_cli_open_table(&breakdown.cli, &breakdown.keys, columns + skipped,
        sizeof columns / sizeof *columns - skipped);
    size_t count = mig_tally_count(breakdown.tally);
    breakdown.whole = add_up(&breakdown, 0, count);
    for (size_t i = 0, end; i < count; i = end) {
        end = mig_tally_run_end(breakdown.tally, i, breakdown.keys.count - 1);
        write_group(&breakdown, i, end);
    }
    if (totals && count > 0) {
        struct mig_group first = mig_tally_group(breakdown.tally, 0);
        write_total_keys(&breakdown, &first, 0);
        write_figures(&breakdown, "all", &breakdown.whole, &breakdown.whole);
    }
    mig_cli_account_tally(&breakdown.cli, breakdown.tally);
    mig_quotient_sums_release(&breakdown.whole);
    mig_tally_free(breakdown.tally);
    mig_keys_release(&breakdown.keys);
    return mig_cli_end(&breakdown.cli);
}
