/* mig-summary: what columns are like: centre, spread, shape, range, values. */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "cli/summary.h"

static const char *by, *numbers, *texts, *statistics, *weight, *quantiles;
static uint64_t type;
static int shape_type = -1; /* not given */
static const char *const shape_types[] = {"1", "2", "3", NULL};

static const struct mig_option options[] = {
    {"numbers", 'x', "COLS", MIG_OPTION_TEXT, &numbers,
        N_("Summarise these columns of numbers, or of moments that mig-tally --moments wrote."),
        NULL},
    {"texts", 0, "COLS", MIG_OPTION_TEXT, &texts,
        N_("Count the different values of these columns, and find the most frequent."), NULL},
    {"by", 'b', "KEYS", MIG_OPTION_TEXT, &by,
        N_("Group by these columns and key functions, as in 'region,year(return_date)'."), NULL},
    {"statistics", 's', "LIST", MIG_OPTION_TEXT, &statistics,
        N_("Only these: mean, sd, min, quantiles, median, max, skewness, kurtosis, distinct, "
           "most_frequent."),
        NULL},
    {"quantiles", 0, "LIST", MIG_OPTION_TEXT, &quantiles,
        N_("Probabilities of the quantiles; 0.25,0.5,0.75 unless given. 0.5 is the median, and has "
           "an interval."),
        NULL},
    {"type", 0, "1..9", MIG_OPTION_COUNT, &type,
        N_("Type of the quantiles after Hyndman and Fan; 7 unless given. With weights 1 or 2, and "
           "2 unless given."),
        NULL},
    {"shape", 0, "1|2|3", MIG_OPTION_CHOICE, &shape_type,
        N_("Type of skewness and kurtosis: 1 as in Stata, 2 as in SAS and SPSS (the default), 3 as "
           "in Minitab. With weights always 1."),
        shape_types},
    {"weight", 'w', "COL", MIG_OPTION_TEXT, &weight,
        N_("Weight numbers and texts with this column, which is not negative. n stays the number "
           "of rows. The column n of a tally is no weight: it says how many cases have the "
           "number."),
        NULL},
    {0}};

static const struct mig_example examples[] = {
    {"mig-summary --numbers age --by region synthetic_returns.csv", N_("ages by region")},
    {"mig-summary --texts region,sex synthetic_returns.csv",
        N_("how many regions, and which is the most frequent")},
    {"mig-summary --numbers age --statistics mean --by 'year(return_date)' synthetic_returns.csv | "
     "mig-trend",
        N_("whether the mean age changes over the years")},
    {"mig-tally --moments age --by region,sex synthetic_returns.csv | mig-summary --numbers age "
     "--by region",
        N_("mean and deviation from exact moments, without the cases")},
    {0}};

static const struct mig_command command = {
    .name = "mig-summary",
    .purpose = N_("summarise columns: mean, deviation, quantiles, shape, values"),
    .synopsis = "(--numbers COLS | --texts COLS)... [--by KEYS] [--weight COL] [FILE]...",
    .examples = examples,
    .options = options,
    .common = MIG_TAKES_INPUT | MIG_TAKES_THREADS | MIG_TAKES_OUTPUT | MIG_TAKES_PRECISION |
              MIG_TAKES_LEVEL,
    .details = N_(
        "One row a figure: the column measure names the column, kind the figure, n the values that "
        "are known, missing those that are not. In text and Markdown one row a column and "
        "group, in text with a histogram between the smallest and the largest value of all "
        "groups.\n\n"
        "Mean and standard deviation (n - 1) come from exact decimal sums, rounded once: no digit "
        "is "
        "lost to large values that differ little. The interval of the mean is Student's; that of "
        "the "
        "median holds for any distribution, from two of the values themselves. Minimum and maximum "
        "are printed as they are.\n\n"
        "Columns x_n, x_sum, x_sum2, x_min, x_max, which mig-tally --moments writes, are "
        "summarised "
        "as x; quantiles, skewness and kurtosis are then empty, since they need every value."),
};

static bool has_kind(const struct mig_summary_plan *plan, bool of_text)
{
    for (size_t i = 0; i < plan->count; i++)
        if (mig_summary_is_of_text(&plan->kinds[i]) == of_text)
            return true;
    return false;
}

/* Types that would have no effect. */
static void check_types(struct mig_cli *cli, const struct mig_summary_plan *plan)
{
    if (shape_type > 0 && plan->weighted)
        mig_cli_complain(
            cli, "%s", _("weighted skewness and kurtosis are of type 1 (option --shape)"));
    if (shape_type >= 0 && !mig_summary_needs_powers(plan))
        mig_cli_complain(cli, "%s", _("no skewness or kurtosis to be of a type (option --shape)"));
    if (type > 0 && !mig_summary_needs_values(plan))
        mig_cli_complain(cli, "%s", _("no quantiles to be of a type (option --type)"));
}

static void read_options(struct mig_cli *cli, struct mig_summary_plan *plan)
{
    if (numbers == NULL && texts == NULL)
        mig_cli_complain(cli, "%s", _("nothing to summarise: give --numbers or --texts"));
    plan->counted = weight != NULL && strcmp(weight, "n") == 0; /* as in a tally */
    plan->weighted = weight != NULL && !plan->counted;
    if (type > 9 || (type > 2 && plan->weighted))
        mig_cli_complain(cli,
            plan->weighted
                ? _("no weighted quantiles of type %d; 1 and 2 are known (option --type)")
                : _("no quantiles of type %d; 1 to 9 are known (option --type)"),
            (int)(type % INT_MAX));
    mig_cli_plan_summary(cli, statistics, quantiles, plan);
    if ((numbers != NULL && !has_kind(plan, false)) || (texts != NULL && !has_kind(plan, true)))
        mig_cli_complain(cli, _("no statistic of --%s is among --statistics"),
            numbers != NULL && !has_kind(plan, false) ? "numbers" : "texts");
    plan->quantile_type = type > 0 ? (int)type : plan->weighted ? 2 : 7;
    plan->shape_type = shape_type < 0 ? MIG_SHAPE_2 : (enum mig_shape_type)(shape_type + 1);
    check_types(cli, plan);
    mig_cli_settle(cli);
}

int main(int argc, char **argv)
{
    struct mig_cli cli;
    struct mig_summary_plan plan = {0};
    struct mig_cases *cases;
    mig_cli_begin(&cli, &command, argc, argv);
    read_options(&cli, &plan);
    const struct mig_header *header = mig_input_header(mig_cli_open_input(&cli));
    mig_cli_keys(&cli, header, by, &plan.keys);
    mig_cli_moments(&cli, header, numbers, weight != NULL, &plan.numbers);
    mig_cli_columns(&cli, header, texts, &plan.texts);
    size_t weights = weight != NULL ? mig_cli_column(&cli, header, weight) : SIZE_MAX;
    mig_cli_settle(&cli);
    const struct mig_cases_spec spec = {.keys = &plan.keys,
        .numbers = plan.numbers.items,
        .n_numbers = plan.numbers.count,
        .keep_values = mig_summary_is_wide(&cli) || mig_summary_needs_values(&plan),
        .keep_powers = mig_summary_needs_powers(&plan),
        .repeat = plan.counted,
        .texts = plan.texts.items,
        .n_texts = plan.texts.count,
        .weight = plan.weighted ? &weights : NULL};
    mig_cli_require(&cli, mig_cases_read(&cases, cli.table, &spec, &cli.error));
    mig_cli_write_summary(&cli, &plan, cases);
    mig_cli_account_tally(&cli, mig_cases_tally(cases));
    mig_cases_free(cases);
    free(plan.kinds);
    mig_keys_release(&plan.keys);
    mig_moments_list_release(&plan.numbers);
    mig_columns_release(&plan.texts);
    return mig_cli_end(&cli);
}
