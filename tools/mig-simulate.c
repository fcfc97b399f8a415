/* mig-simulate: invented cases from a documented model, marked as such. */
#include <inttypes.h>
#include <string.h>

#include "base/i18n.h"
#include "base/period.h"
#include "cli/cli.h"
#include "stats/simulate.h"

static uint64_t n = 1000, first_year = 2019, last_year = 2025;

static const struct mig_option options[] = {
    {"n", 'n', "N", MIG_OPTION_COUNT, &n, N_("Number of cases (1000 unless given)."), NULL},
    {"first-year", 0, "YEAR", MIG_OPTION_COUNT, &first_year,
        N_("Year of the first returns, from 1900 (2019 unless given)."), NULL},
    {"last-year", 0, "YEAR", MIG_OPTION_COUNT, &last_year,
        N_("Year of the last returns, up to 2100; follow-up ends on its last day (2025 unless "
           "given)."),
        NULL},
    {0}};

static const struct mig_example examples[] = {
    {"mig-simulate returns --n 2000 --seed 2025 -o synthetic_returns.csv",
        N_("the synthetic file among the data sets")},
    {"mig-simulate returns --n 100000 --seed 7 | mig-rate --share reintegrated/n --by region",
        N_("a large file made on the way, and never stored")},
    {0}};

static const struct mig_command command = {
    .name = "mig-simulate",
    .purpose = N_("make synthetic cases from a documented model"),
    .synopsis = "returns [--n N] [--seed NUMBER] [--first-year YEAR] [--last-year YEAR]",
    .examples = examples,
    .options = options,
    .common = MIG_TAKES_WORDS | MIG_TAKES_OUTPUT | MIG_TAKES_SEED,
    .details = N_(
        "The model 'returns' gives one row for each invented return to Mali: day, region, sex, "
        "age, "
        "country returned from, route, vulnerability, assistance, and whether and when the person "
        "was reintegrated. docs/simulation.md has every probability.\n\n"
        "No row is a person, and no figure drawn from the rows says anything about Mali. The "
        "column "
        "synthetic_case says so in the header and its S in every row; a file should say so in its "
        "name.\n\n"
        "A seed gives the same bytes on every machine. The first rows of a longer run are those of "
        "a "
        "shorter one."),
};

static const char *const model = "returns";

static void check_model(struct mig_cli *cli, const char *asked)
{
    const struct mig_text known = mig_text_of(model);
    if (strcmp(asked, model) == 0)
        return;
    if (mig_text_nearest(mig_text_of(asked), &known, 1) == 0)
        mig_cli_complain(cli, _("'%s' is not a model; nearest is '%s'"), asked, model);
    else
        mig_cli_complain(cli, _("'%s' is not a model; there is '%s'"), asked, model);
}

static void check_operands(struct mig_cli *cli)
{
    if (cli->n_files == 0)
        mig_cli_complain(cli, _("no model is named; there is '%s'"), model);
    else
        check_model(cli, cli->files[0]);
    for (size_t i = 1; i < cli->n_files; i++)
        mig_cli_complain(cli, _("'%s' is one argument too many"), cli->files[i]);
}

static void check_file_name(struct mig_cli *cli)
{
    if (cli->output_path == NULL)
        return;
    const char *slash = strrchr(cli->output_path, '/');
    if (strstr(slash ? slash + 1 : cli->output_path, "synthetic") == NULL)
        mig_cli_note(cli, _("'%s': the name of a file of synthetic cases should say 'synthetic'"),
            cli->output_path);
}

static void write_day(struct mig_writer *writer, int32_t day)
{
    char text[MIG_PERIOD_TEXT];
    mig_period_format((struct mig_period){MIG_DAY, day}, text);
    mig_writer_string(writer, text);
}

/* Ages and 0/1: a number, or an empty cell. */
static void write_number(struct mig_writer *writer, int number)
{
    if (number == MIG_SIMULATED_UNKNOWN)
        mig_writer_empty(writer);
    else
        mig_writer_count(writer, (uint64_t)number);
}

static void write_case(
    struct mig_writer *writer, uint64_t number, const struct mig_returns_case *drawn)
{
    char name[24];
    snprintf(name, sizeof name, "S%06" PRIu64, number);
    mig_writer_string(writer, name);
    write_day(writer, drawn->return_day);
    mig_writer_string(writer, mig_returns_name(MIG_RETURNS_REGIONS, drawn->region));
    mig_writer_string(writer, mig_returns_name(MIG_RETURNS_SEXES, drawn->sex));
    write_number(writer, drawn->age);
    mig_writer_string(writer, mig_returns_name(MIG_RETURNS_COUNTRIES, drawn->country));
    mig_writer_string(writer, mig_returns_name(MIG_RETURNS_ROUTES, drawn->route));
    mig_writer_string(writer, mig_returns_name(MIG_RETURNS_VULNERABILITIES, drawn->vulnerability));
    mig_writer_string(writer, mig_returns_name(MIG_RETURNS_ASSISTANCES, drawn->assistance));
    write_number(writer, drawn->reintegrated);
    if (drawn->reintegrated == 1)
        write_day(writer, drawn->reintegration_day);
    else
        mig_writer_empty(writer);
}

int main(int argc, char **argv)
{
    static const char *const columns[] = {"synthetic_case", "return_date", "region", "sex", "age",
        "country", "route", "vulnerability", "assistance", "reintegrated", "reintegration_date"};
    struct mig_cli cli;
    struct mig_returns_simulation simulation;
    mig_cli_begin(&cli, &command, argc, argv);
    check_operands(&cli);
    if (mig_returns_simulation_init(&simulation, cli.seed, first_year, last_year, &cli.error))
        mig_cli_complain_error(&cli, &cli.error);
    mig_cli_settle(&cli);
    check_file_name(&cli);
    struct mig_writer *writer =
        mig_cli_open_writer(&cli, columns, sizeof columns / sizeof *columns);
    for (uint64_t i = 1; i <= n; i++) {
        struct mig_returns_case drawn = mig_returns_simulation_next(&simulation);
        write_case(writer, i, &drawn);
        mig_cli_require(&cli, mig_writer_end_row(writer, &cli.error));
    }
    mig_returns_simulation_release(&simulation);
    return mig_cli_end(&cli);
}
