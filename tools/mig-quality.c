/* mig-quality: what is wrong with the data, one row a finding. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/i18n.h"
#include "cli/quality.h"

static struct mig_option_list told;
static const char *wanted, *unwanted, *bounds_text, *today;
static int fail_on = MIG_SEVERITY_WARN;
static uint64_t most = UINT64_MAX;
static bool summary, list_checks;
/* enum mig_severity, and one above all */
static const char *const fail_choices[] = {"note", "warn", "error", "never", NULL};

static const struct mig_option options[] = {{"checks", 'c', "CHECKS", MIG_OPTION_TEXT, &wanted,
                                                N_("Run these checks only, separated by commas. "
                                                   "One that lacks its columns is an error then, "
                                                   "but in --summary."),
                                                NULL},
    {"skip", 0, "CHECKS", MIG_OPTION_TEXT, &unwanted, N_("Run all checks but these."), NULL},
    {"list", 0, NULL, MIG_OPTION_SWITCH, &list_checks,
        N_("List the checks with what they look for, and read nothing."), NULL},
    {"summary", 's', NULL, MIG_OPTION_SWITCH, &summary,
        N_("Write one line a check instead of the findings, also for those that could not look."),
        NULL},
    {"fail-on", 0, "note|warn|error|never", MIG_OPTION_CHOICE, &fail_on,
        N_("The least severity of a finding that makes the status 1: warn unless given."),
        fail_choices},
    {"most", 'm', "N", MIG_OPTION_COUNT, &most,
        N_("Write the first N findings of each check only; how many more there are is said on "
           "standard error. All unless given."),
        NULL},
    {"key", 'k', "COLS", MIG_OPTION_LIST, &told, N_("Columns that identify a row together."), NULL},
    {"count", 0, "COLS", MIG_OPTION_LIST, &told,
        N_("Columns of counts; those with such a name or HXL tag unless given."), NULL},
    {"total", 0, "TOTAL=A+B", MIG_OPTION_LIST, &told,
        N_("A column that is the sum of others; may be repeated."), NULL},
    {"sex", 0, "FEMALE,MALE,TOTAL", MIG_OPTION_LIST, &told,
        N_("Columns of the two sexes and of all; by name unless given."), NULL},
    {"level", 0, "COL", MIG_OPTION_LIST, &told,
        N_("The column that tells the administrative level of a row; by name unless given."), NULL},
    {"admin", 0, "LARGEST,..,SMALLEST", MIG_OPTION_LIST, &told,
        N_("Columns of nested administrative units: the last that is filled tells the level of the "
           "row. adm0, adm1, .. by name or tag unless given."),
        NULL},
    {"age", 0, "AGE[,PERSONS]", MIG_OPTION_LIST, &told,
        N_("Single years of age, and how many persons the row stands for; by name unless given."),
        NULL},
    {"date", 0, "COLS", MIG_OPTION_LIST, &told,
        N_("Columns of dates; by name or tag unless given."), NULL},
    {"dates", 0, "START,END", MIG_OPTION_LIST, &told,
        N_("Columns of the start and the end of a span; by name unless given."), NULL},
    {"today", 0, "DATE", MIG_OPTION_TEXT, &today,
        N_("The day after which a date is in the future, as 2025-12-31; that of the system's clock "
           "(UTC) unless given."),
        NULL},
    {"lat", 0, "COL", MIG_OPTION_LIST, &told,
        N_("The latitude in degrees. The same column as --lon when it holds 'latitude, longitude'. "
           "By name or tag unless given."),
        NULL},
    {"lon", 0, "COL", MIG_OPTION_LIST, &told, N_("The longitude in degrees."), NULL},
    {"bounds", 0, "mali|W,S,E,N", MIG_OPTION_TEXT, &bounds_text,
        N_("The box that the places lie in, degrees; anywhere on earth unless given."), NULL},
    {"area", 0, "COL", MIG_OPTION_LIST, &told,
        N_("The column with the country, or another area, whose points lie near each other: "
           "swapped "
           "coordinates stand out there without --bounds. By name or tag unless given."),
        NULL},
    {"place", 0, "NAME[,PARENT[,CODE[,PARENT_CODE]]]", MIG_OPTION_LIST, &told,
        N_("Columns of a place, of what it lies in, and their codes; may be repeated. adm1 in "
           "adm0, "
           "a region and so on by name or tag unless given."),
        NULL},
    {"time", 0, "COL", MIG_OPTION_LIST, &told, N_("The round or period of the row, for coverage."),
        NULL},
    {"series", 0, "COLS", MIG_OPTION_LIST, &told,
        N_("Columns whose combinations are the series in which outliers are looked for."), NULL},
    {0}};

static const struct mig_example examples[] = {
    {"mig-quality --today 2026-01-01 --bounds mali examples/quality_synthetic.csv",
        N_("everything that the names of the columns tell how to check")},
    {"mig-quality --summary --today 2026-01-01 examples/quality_synthetic.csv",
        N_("one line a check: which looked, at what, and what they found")},
    {"mig-quality --checks duplicate-key,negative-count --key id --fail-on error "
     "examples/quality_synthetic.csv",
        N_("two checks; status 1 only for errors")},
    {0}};

static const struct mig_command command = {
    .name = "mig-quality",
    .purpose = N_("say what is wrong with the data"),
    .synopsis = "[--checks CHECKS | --skip CHECKS] [--summary] [--fail-on SEVERITY] [FILE]...",
    .examples = examples,
    .options = options,
    .common = MIG_TAKES_INPUT | MIG_TAKES_LAYOUT | MIG_TAKES_OUTPUT,
    .details = N_(
        "The rows are read once and looked at by every check whose columns are known. Each finding "
        "is a row of the output: check, severity, file, line, column, value, message. Nothing is "
        "repaired.\n\n"
        "Which columns are counts, dates, places and so on is told by options, and else assumed "
        "from "
        "the names and HXL tags of the columns; -v says what was assumed, and so does --summary. "
        "Keys, totals, rounds and series are never assumed. A check without its columns does not "
        "run, and a note says so: no finding is not the same as not checked.\n\n"
        "Severities: error is wrong as it stands; warn is probably wrong, or easily misread; note "
        "is "
        "worth knowing."),
};

static bool *choose_checks(struct mig_cli *cli)
{
    struct mig_error_list faults = {0};
    size_t count = mig_quality_count();
    bool *chosen = calloc(count, sizeof *chosen);
    if (!chosen)
        mig_cli_require(cli, mig_fail_memory(&cli->error));
    for (size_t i = 0; i < count; i++)
        chosen[i] = !wanted;
    if (mig_quality_choose(wanted, true, chosen, &faults) == MIG_NO_MEMORY ||
        mig_quality_choose(unwanted, false, chosen, &faults) == MIG_NO_MEMORY)
        mig_cli_require(cli, mig_fail_memory(&cli->error));
    mig_cli_complain_all(cli, &faults);
    return chosen;
}

/* What does not depend on the columns of the input. */
static void read_options(
    struct mig_cli *cli, struct mig_quality_options *how, struct mig_bounds *bounds)
{
    const time_t day = 24 * 60 * 60;
    how->today = (struct mig_period){MIG_DAY, (int32_t)(time(NULL) / day)};
    if (today && (mig_period_parse(mig_text_of(today), &how->today, &cli->error) ||
                     how->today.unit != MIG_DAY))
        mig_cli_complain(cli, _("'%s' is not a day such as 2025-12-31 (option --today)"), today);
    if (bounds_text && mig_bounds_parse(bounds_text, bounds, &cli->error))
        mig_cli_complain_error(cli, &cli->error);
    how->bounds = bounds_text ? bounds : NULL;
    how->chosen = choose_checks(cli);
}

static void check_input(struct mig_cli *cli)
{
    struct mig_quality_options how = {0};
    struct mig_bounds bounds = {0};
    struct mig_roles roles = {0};
    struct mig_finding_table table = {0};
    struct mig_quality *quality = NULL;
    read_options(cli, &how, &bounds);
    cli->input.find_header = cli->input.pass_ragged = true;
    const struct mig_header *header = mig_input_header(mig_cli_open_input(cli));
    mig_cli_roles(cli, header, &told, &roles);
    if (wanted && !summary)
        mig_cli_require_checks(cli, how.chosen, &roles);
    mig_cli_settle(cli);
    how.roles = &roles;
    if (!summary) {
        mig_cli_open_findings(cli, most, &table);
        how.found = mig_cli_write_finding;
        how.context = &table;
        how.translate = mig_writer_is_for_people(cli->writer);
    }
    mig_cli_require(cli, mig_quality_read(&quality, cli->table, &how, &cli->error));
    if (summary)
        mig_cli_write_checks(cli, quality);
    else
        mig_cli_close_findings(&table, quality);
    if (!wanted)
        mig_cli_propose_totals(cli, &roles, header);
    mig_cli_account_quality(cli, quality, fail_on);
    mig_quality_free(quality);
    mig_roles_release(&roles);
    free((void *)how.chosen);
}

int main(int argc, char **argv)
{
    struct mig_cli cli;
    mig_cli_begin(&cli, &command, argc, argv);
    if (list_checks)
        mig_cli_list_checks(&cli);
    else
        check_input(&cli);
    return mig_cli_end(&cli);
}
