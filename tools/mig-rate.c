/* mig-rate: shares, ratios and rates, with intervals. */
#include <math.h>

#include "base/i18n.h"
#include "cli/rates.h"

static struct mig_rate_design design;
static struct mig_option_list asked;
static struct mig_option_choices methods;
static struct mig_stability stability = {.min_events = MIG_MIN_EVENTS_UNSET, .max_rse = NAN};

static const struct mig_option options[] = {
    {"share", 0, "A/B", MIG_OPTION_LIST, &asked,
        N_("A is part of B: those reintegrated among the returned. A group or a row where A is "
           "larger than B is an error."),
        NULL},
    {"ratio", 0, "A/B", MIG_OPTION_LIST, &asked,
        N_("A and B are two separate counts: reintegrations and returns of the same year."), NULL},
    {"rate", 0, "A/T", MIG_OPTION_LIST, &asked,
        N_("Events A over an exposure T, such as persons or person-years."), NULL},
    {"by", 'b', "KEYS", MIG_OPTION_TEXT, &design.by,
        N_("Group by these columns and key functions, as in 'region,year(return_date)'."), NULL},
    {"mean", 0, "COL", MIG_OPTION_LIST, &asked, N_("The mean of a column."), NULL},
    {"method", 0, "NAME,..", MIG_OPTION_CHOICES, &methods,
        N_("Intervals, a row each. Share: wilson (the score interval, the default), exact (Clopper "
           "and Pearson), wilson-cc, jeffreys, agresti-coull. Ratio: exact (the default), wilson, "
           "delta, fieller, midp. Rate: exact (the default), byar, midp, byar-exact (exact "
           "below 10 events). Mean: Student's, always. With --compare: of shares score, fisher, "
           "newcombe (these unless others are named), delta, woolf, midp, miettinen-nurminen, "
           "wald; "
           "of rates exact, wilson, miettinen-nurminen (these), midp, delta, wald; within --strata "
           "mantel-haenszel (the default), mantel-haenszel-cc (the test with continuity "
           "correction)."),
        mig_rate_method_names},
    {"exposures", 0, "TA/TB", MIG_OPTION_TEXT, &design.exposures,
        N_("For --ratio: the ratio of A per TA to B per TB, two rates."), NULL},
    {"compare", 0, "KEY=VALUE", MIG_OPTION_TEXT, &design.compare,
        N_("Compare the shares or rates of every other group of KEY with those of the group VALUE, "
           "or, KEY=total, with the rest: ratio and difference, with tests."),
        NULL},
    {"trend", 0, "KEY", MIG_OPTION_TEXT, &design.trend,
        N_("Do shares or rates rise or fall over the ordered groups of KEY?"), NULL},
    {"order", 0, "VALUE,..", MIG_OPTION_TEXT, &design.order,
        N_("For --trend: the values of KEY from the lowest, where they are no numbers, classes or "
           "dates."),
        NULL},
    {"strata", 0, "KEYS", MIG_OPTION_TEXT, &design.strata,
        N_("For --compare: one ratio within these strata (Mantel and Haenszel), and whether it is "
           "the same in all. For --standard: the strata that FILE has."),
        NULL},
    {"standard", 0, "FILE", MIG_OPTION_TEXT, &design.standard,
        N_("Rates standardised to the population in FILE: columns named as the strata, and weight. "
           "Methods: dobson (the default), dobson-byar, fay-feuer."),
        NULL},
    {"weight", 0, "COL", MIG_OPTION_TEXT, &design.weight,
        N_("The column of FILE that holds the standard population (weight unless given)."), NULL},
    {"indirect", 0, NULL, MIG_OPTION_SWITCH, &design.indirect,
        N_("Standardise indirectly: events over those expected at the rates of FILE, which has "
           "columns named as the strata and as A and T."),
        NULL},
    {"frequency", 0, "COL", MIG_OPTION_TEXT, &design.frequency,
        N_("For --standard: events come together, COL of them to a person or household; A counts "
           "all events."),
        NULL},
    {"cluster", 0, "KEY", MIG_OPTION_TEXT, &design.cluster,
        N_("Cases of one KEY, such as a household, are not independent: take the variance between "
           "clusters."),
        NULL},
    {"stability", 0, NULL, MIG_OPTION_SWITCH, &stability.wanted,
        N_("Add the relative standard error and whether the figure is too uncertain to publish."),
        NULL},
    {"min-events", 0, "N", MIG_OPTION_COUNT, &stability.min_events,
        N_("For --stability: too uncertain with fewer events in the numerator (10 unless given). "
           "Below it --standard gives no direct rate."),
        NULL},
    {"max-rse", 0, "PERCENT", MIG_OPTION_REAL, &stability.max_rse,
        N_("For --stability: too uncertain with a relative standard error above this (30 unless "
           "given)."),
        NULL},
    {0}};

static const struct mig_example examples[] = {
    {"mig-rate --share reintegrated/n --by region synthetic_returns.csv",
        N_("per 100 returnees, how many of them were reintegrated (case data: one row a person)")},
    {"mig-rate --ratio reintegrations/returns --by year examples/yearly_synthetic.csv",
        N_("reintegrations of a year per 100 returns of that year, two separate counts")},
    {"mig-rate --rate returned_refugees/refugees_from --unit 1000 --by year "
     "examples/mali_yearly.csv",
        N_("refugees of Mali who returned, per 1,000 still abroad")},
    {"mig-rate --share reintegrated/n --by sex --compare sex=F --strata 'band(age,0,18,30,45)' "
     "synthetic_returns.csv",
        N_("are men reintegrated more often than women, all of them and age by age?")},
    {0}};

static const struct mig_command command = {
    .name = "mig-rate",
    .purpose = N_("compute shares, ratios and rates with confidence intervals"),
    .synopsis = "(--share A/B | --ratio A/B | --rate A/T | --mean COL)... [--by KEYS] [FILE]...",
    .examples = examples,
    .options = options,
    .common = MIG_TAKES_INPUT | MIG_TAKES_THREADS | MIG_TAKES_OUTPUT | MIG_TAKES_PRECISION |
              MIG_TAKES_LEVEL | MIG_TAKES_UNIT,
    .details = N_(
        "A, B and T are columns, summed within each group, or n: the number of rows (or the sum of "
        "the column n of a tally).\n\n"
        "The three differ on purpose. Reintegration per return is a share when each row is a "
        "returnee and the column says whether that very person was reintegrated: it lies between 0 "
        "and 100 per 100. It is a ratio when a yearly report counts the reintegrations and the "
        "returns of the same year, which may be about different persons: it may pass 100, and both "
        "counts are uncertain. It is a rate when events are set against an exposure known without "
        "error, such as a population.\n\n"
        "With --compare, --trend or --standard the answer is a table of its own: see the manual. "
        "Cases are taken as independent, but with --cluster and --frequency.\n\n"
        "Rows where A or B is missing are left out of both and counted on standard error. A figure "
        "that is not defined is an empty cell, and the column note says why. Estimates are per "
        "100 unless --unit says otherwise; the column unit repeats it."),
};

int main(int argc, char **argv)
{
    struct mig_cli cli;
    mig_cli_begin(&cli, &command, argc, argv);
    if (asked.count == 0)
        mig_cli_complain(
            &cli, "%s", _("nothing to compute: give --share, --ratio, --rate or --mean"));
    struct mig_rates rates = {.cli = &cli, .design = design, .stability = stability};
    mig_rates_check(&rates, &asked, &methods);
    mig_cli_settle(&cli);
    mig_rates_plan(&rates, mig_input_header(mig_cli_open_input(&cli)), &asked, &methods);
    mig_rates_read(&rates);
    mig_rates_write(&rates);
    mig_rates_account(&rates);
    mig_rates_release(&rates);
    return mig_cli_end(&cli);
}
