/* mig-breakdown: how groups divide into parts: cross-tables, shares, tests, indices. */
#include "base/i18n.h"
#include "cli/breakdown.h"

static struct mig_breakdown_design design = {.draws = MIG_DRAWS_BY_SIZE};
static const char *const sort_choices[] = {"name", "size", NULL};

static const struct mig_option options[] = {
    {"of", 0, "KEYS", MIG_OPTION_TEXT, &design.of,
        N_("The parts, columns of the wide table: columns and key functions, such as sex, or "
           "'sex,band(age,0,18)'."),
        NULL},
    {"by", 'b', "KEYS", MIG_OPTION_TEXT, &design.by,
        N_("The groups that are divided, rows of the wide table, as in "
           "'region,year(return_date)'. Without it all cases are one group."),
        NULL},
    {"strata", 0, "KEYS", MIG_OPTION_TEXT, &design.strata,
        N_("A table of its own, with its own shares and tests, for each of these."), NULL},
    {"sum", 's', "COL", MIG_OPTION_TEXT, &design.sum,
        N_("Divide the sum of this column instead of the number of rows."), NULL},
    {"shares", 0, "KINDS", MIG_OPTION_CHOICES, &design.shares,
        N_("A list of row (the share in the group, the default), column (the share of the group "
           "in the part), total (the share in everything), or none."),
        mig_share_names},
    {"method", 0, "NAME,..", MIG_OPTION_CHOICES, &design.methods,
        N_("Intervals of shares, a row each: wilson (the score interval, the default for cases), "
           "exact (Clopper and Pearson), wilson-cc, jeffreys, agresti-coull. A share of --sum COL "
           "has an interval only when this is given, for COL may be money, or count everybody."),
        mig_share_method_names},
    {"totals", 0, NULL, MIG_OPTION_SWITCH, &design.totals,
        N_("Add totals of each group, subtotals, totals of each part and the grand total. The "
           "column total names the keys that are added up over."),
        NULL},
    {"zeros", 0, NULL, MIG_OPTION_SWITCH, &design.zeros,
        N_("Also the cells of a group and a part that nothing falls in."), NULL},
    {"sort", 0, "name|size", MIG_OPTION_CHOICE, &design.sort,
        N_("Order of the parts: by name (the default) or the largest first."), sort_choices},
    {"expected", 0, NULL, MIG_OPTION_SWITCH, &design.expected,
        N_("The counts expected were groups and parts independent, and how far each cell is from "
           "that: Pearson's and adjusted residuals."),
        NULL},
    {"test", 0, "NAMES", MIG_OPTION_CHOICES, &design.tests,
        N_("Have groups and parts to do with each other? A list of pearson, yates, g2, fisher, "
           "cramers-v, or all. Cases whose group or part is missing are left out."),
        mig_test_names},
    {"draws", 0, "N", MIG_OPTION_COUNT, &design.draws,
        N_("Random tables, where Fisher's test is too long to compute exactly (unless given "
           "100000, "
           "or fewer for large tables and many strata, so that it ends within seconds); see "
           "--seed."),
        NULL},
    {"missing-as-category", 0, NULL, MIG_OPTION_SWITCH, &design.missing_as_category,
        N_("For tests and indices, too, a missing key is a group or part like others."), NULL},
    {"base", 0, "COL", MIG_OPTION_TEXT, &design.base,
        N_("Hold each part against the sum of COL, such as population: the location quotient, its "
           "share of the cases over its share of COL."),
        NULL},
    {"density", 0, "COL", MIG_OPTION_TEXT, &design.density,
        N_("Cases per COL, such as an area or a population, with the exact interval of a count."),
        NULL},
    {"once", 0, "COLS", MIG_OPTION_TEXT, &design.once,
        N_("The columns of --base and --density say one number for each of these, such as region, "
           "and repeat it from row to row: count it once."),
        NULL},
    {"inequality", 0, "NAMES", MIG_OPTION_CHOICES, &design.indices,
        N_("How unequally the cases of a group are spread over its parts: a list of gini, theil, "
           "hhi, or all; and dissimilarity: how differently a part and the rest (or --base) are "
           "spread over the groups."),
        mig_index_names},
    {"change", 0, "KEY", MIG_OPTION_TEXT, &design.change,
        N_("The change between the two values of KEY, such as 'year(return_date)': what growth of "
           "the whole and what a change of composition make of it. With --base: of the rate."),
        NULL},
    {"from", 0, "VALUE", MIG_OPTION_TEXT, &design.from,
        N_("The earlier of the two values of --change, where KEY has more."), NULL},
    {"to", 0, "VALUE", MIG_OPTION_TEXT, &design.to, N_("The later one."), NULL},
    {"coverage", 0, "COLS", MIG_OPTION_TEXT, &design.coverage,
        N_("For each of these columns, the share of the cases where it is known: of each table, "
           "and "
           "in it of each group of the first key of --by."),
        NULL},
    {"intervals", 0, NULL, MIG_OPTION_SWITCH, &design.intervals,
        N_("Intervals in the wide table; they are there by themselves where they fit."), NULL},
    {"long", 0, NULL, MIG_OPTION_SWITCH, &design.long_form,
        N_("One row a figure in text and md, too, as in the other formats."), NULL},
    {"wide", 0, NULL, MIG_OPTION_SWITCH, &design.wide_form,
        N_("The wide table in csv, tsv, json and jsonl, too."), NULL},
    {"width", 0, "COLUMNS", MIG_OPTION_COUNT, &design.width,
        N_("Fold the wide table at this width (that of the terminal, or 80, unless given)."), NULL},
    {0}};

static const struct mig_example examples[] = {
    {"mig-breakdown --by region --of sex --totals synthetic_returns.csv",
        N_("women and men among the returnees of each region")},
    {"mig-breakdown --by 'year(return_date)' --of country --sort size synthetic_returns.csv",
        N_("countries of return, the most frequent first, year by year")},
    {"mig-breakdown --by region --of sex --test all --shares none synthetic_returns.csv",
        N_("do regions differ in the share of women?")},
    {"mig-breakdown --of area --sum value --sort size population_2022_by_region.csv",
        N_("from published totals: the share of each region in the country")},
    {0}};

static const struct mig_command command = {
    .name = "mig-breakdown",
    .purpose = N_("break counts down into parts: cross-tables, shares, tests"),
    .synopsis = "--of KEYS [--by KEYS] [--sum COL] [--shares KINDS] [--test NAMES] [FILE]...",
    .examples = examples,
    .options = options,
    .common = MIG_TAKES_INPUT | MIG_TAKES_THREADS | MIG_TAKES_OUTPUT | MIG_TAKES_PRECISION |
              MIG_TAKES_LEVEL | MIG_TAKES_UNIT | MIG_TAKES_SEED,
    .details = N_(
        "On a terminal, and with -t text or md, a table of groups by parts with counts and shares, "
        "and below it what was tested and what is known. In the other formats one row a figure: "
        "the column kind says which, numerator is the part, denominator what it is a share of, "
        "estimate the share with its confidence interval, per 100 unless --unit says otherwise.\n\n"
        "A missing part is a part of its own, so that shares add up to the whole. Rows that miss "
        "the column to add up are left out and counted on standard error. An input with a column n "
        "is taken for a tally."),
};

int main(int argc, char **argv)
{
    struct mig_cli cli;
    mig_cli_begin(&cli, &command, argc, argv);
    struct mig_breakdown breakdown = {.cli = &cli, .design = design};
    mig_breakdown_check(&breakdown);
    mig_cli_settle(&cli);
    mig_breakdown_plan(&breakdown, mig_input_header(mig_cli_open_input(&cli)));
    mig_breakdown_read(&breakdown);
    mig_breakdown_write(&breakdown);
    mig_breakdown_account(&breakdown);
    mig_breakdown_release(&breakdown);
    return mig_cli_end(&cli);
}
