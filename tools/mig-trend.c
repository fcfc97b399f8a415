/* mig-trend: does a series rise or fall, how fast, and how sure is it? */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "cli/cli.h"
#include "stats/growth.h"
#include "stats/kendall.h"
#include "stats/least_squares.h"
#include "stats/spacing.h"
#include "stats/theil_sen.h"
#include "table/series.h"

static struct mig_series_spec spec;

static const struct mig_option options[] = {
    {"time", 0, "COL", MIG_OPTION_TEXT, &spec.time,
        N_("The time: dates, months, quarters, years or numbers, or a key function as in "
           "'year(return_date)'. Found by its name unless given."),
        NULL},
    {"value", 0, "COL", MIG_OPTION_TEXT, &spec.value,
        N_("The value, or n to count rows. Found by its name unless given."), NULL},
    {"by", 'b', "KEYS", MIG_OPTION_TEXT, &spec.by,
        N_("One series for each of these. The columns before the figures unless given."), NULL},
    {0}};

static const struct mig_example examples[] = {
    {"mig-trend --by indicator,area unhcr_yearly.csv",
        N_("refugees, displaced persons and returns of eight countries: each trend")},
    {"mig-rate --share reintegrated/n --by 'region,year(return_date)' synthetic_returns.csv | "
     "mig-trend --by region",
        N_("the trend of a share, from case data")},
    {"mig-trend --time 'quarter(return_date)' --value n synthetic_returns.csv",
        N_("the number of returns by quarter")},
    {0}};

static const struct mig_command command = {
    .name = "mig-trend",
    .purpose = N_("measure and test the trend of series in time"),
    .synopsis = "[--time COL] [--value COL] [--by KEYS] [FILE]...",
    .examples = examples,
    .options = options,
    .common = MIG_TAKES_INPUT | MIG_TAKES_THREADS | MIG_TAKES_OUTPUT | MIG_TAKES_PRECISION |
              MIG_TAKES_LEVEL,
    .details = N_(
        "For each series: the first and the last value, the change, the change per 100 of the "
        "first value, the average growth per year; the slope of Theil and Sen (the median of the "
        "slopes between all pairs, which a few wild values do not move) with its interval; the "
        "test of Mann and Kendall (tau-b, and how likely so steady a rise or fall is without any "
        "trend); and the least-squares slope, for comparison.\n\n"
        "Slopes of dates are per year, whatever the unit of the dates: a year stands at its "
        "number, a month at its middle. Values need not be evenly spaced. Uneven steps, absent "
        "periods and missing values are said in the column note, and nothing is filled in.\n\n"
        "The output of mig-rate, mig-tally and mig-breakdown is read without options: the time is "
        "the column time, period, date, year, quarter, month or week; the value is estimate, else "
        "value, else the one column after n, else n; a series is what stands before the figures."),
};

/* What the rows of one series share. */
struct report {
    struct mig_cli *cli;
    const struct mig_series_set *set;
    const struct mig_series *series;
    bool name_value; /* the column measure is not one of the keys */
    struct mig_buffer note;
};

static void write_row(struct report *report, const char *kind, const struct mig_estimate *estimate,
    const char *unit, const char *note)
{
    struct mig_cli *cli = report->cli;
    struct mig_writer *writer = cli->writer;
    mig_cli_write_keys(cli, mig_series_tally(report->set), &report->series->group);
    if (report->name_value)
        mig_writer_string(writer, mig_series_value_name(report->set));
    mig_writer_string(writer, kind);
    mig_writer_count(writer, report->series->n);
    mig_writer_text(writer, report->series->from);
    mig_writer_text(writer, report->series->to);
    mig_writer_double(writer, estimate->estimate);
    mig_writer_double(writer, estimate->std_error);
    mig_writer_double(writer, estimate->conf_low);
    mig_writer_double(writer, estimate->conf_high);
    mig_cli_write_level(cli, !isnan(estimate->conf_low) || !isnan(estimate->conf_high));
    mig_writer_double(writer, estimate->statistic);
    mig_writer_double(writer, estimate->df);
    mig_writer_double(writer, estimate->p_value);
    mig_writer_string(writer, unit);
    mig_writer_string(writer, estimate->method);
    mig_writer_words(writer, note);
    mig_cli_require(cli, mig_writer_end_row(writer, &cli->error));
}

static void write_observed(
    struct report *report, const char *kind, double value, const char *unit, const char *note)
{
    struct mig_estimate observed = mig_estimate_empty("observed");
    observed.estimate = value;
    write_row(report, kind, &observed, unit, isnan(value) ? note : NULL);
}

/* Text of a note: translated for people, as it is for programs. */
static const char *words(const struct report *report, const char *message_id)
{
    return mig_writer_is_for_people(report->cli->writer) ? _(message_id) : message_id;
}

static void add_words(struct report *report, const char *text)
{
    struct mig_buffer *note = &report->note;
    mig_cli_require(report->cli,
        mig_buffer_print(note, &report->cli->error, "%s%s", note->length > 0 ? "; " : "", text));
}

/* What a reader must know before he believes a slope: gaps, uneven steps, times without a value. */
static void describe_spacing(struct report *report)
{
    const struct mig_series *series = report->series;
    char text[160], shortest[MIG_DOUBLE_TEXT], longest[MIG_DOUBLE_TEXT];
    struct mig_spacing spacing = mig_spacing(series->times, series->n);
    size_t absent = mig_series_absent(report->set, series);
    if (series->missing > 0) {
        snprintf(
            text, sizeof text, words(report, N_("times without a value: %zu")), series->missing);
        add_words(report, text);
    }
    if (series->timeless > 0) {
        snprintf(
            text, sizeof text, words(report, N_("values without a time: %zu")), series->timeless);
        add_words(report, text);
    }
    if (absent > 0) {
        snprintf(text, sizeof text, words(report, N_("absent periods: %zu of %zu")), absent,
            absent + series->n + series->missing_inside);
        add_words(report, text);
    } else if (spacing.longest > 1.5 * spacing.shortest) {
        mig_double_format(spacing.shortest, 2, shortest);
        mig_double_format(spacing.longest, 2, longest);
        snprintf(text, sizeof text,
            words(report, mig_series_in_years(report->set) ? N_("uneven steps: %s to %s years")
                                                           : N_("uneven steps: %s to %s")),
            shortest, longest);
        add_words(report, text);
    }
}

/* A row whose figure rests on all points: with what its method and the spacing have to say. */
static void write_result(
    struct report *report, const char *kind, const struct mig_estimate *estimate, const char *unit)
{
    mig_buffer_clear(&report->note);
    if (estimate->note != NULL)
        add_words(report, words(report, estimate->note));
    describe_spacing(report);
    write_row(report, kind, estimate, unit, report->note.data);
}

static void write_change(struct report *report)
{
    const struct mig_series *series = report->series;
    double first = NAN, last = NAN;
    struct mig_growth growth = {NAN, NAN, NAN, N_("no time has a value")};
    if (series->n > 0) {
        size_t end = series->n - 1;
        first = series->values[0];
        last = series->values[end];
        mig_cli_require(report->cli, mig_growth(first, last, series->times[0], series->times[end],
                                         &growth, &report->cli->error));
    }
    const char *per_time =
        mig_series_in_years(report->set) ? "per 100 per year" : "per 100 per unit";
    write_observed(report, "first", first, "", growth.note);
    write_observed(report, "last", last, "", growth.note);
    write_observed(report, "change", growth.change, "", growth.note);
    write_observed(report, "relative_change", 100 * growth.relative, "per 100", growth.note);
    write_observed(report, "growth", 100 * growth.annual, per_time, growth.note);
}

static void write_series(struct report *report)
{
    const struct mig_series *series = report->series;
    struct mig_cli *cli = report->cli;
    struct mig_estimate theil_sen, least_squares, intercept;
    struct mig_kendall kendall;
    const char *per_time = mig_series_in_years(report->set) ? "per year" : "per unit";
    write_change(report);
    mig_cli_require(cli, mig_theil_sen(series->times, series->values, series->n, cli->level,
                             &theil_sen, &intercept, &cli->error));
    mig_cli_require(
        cli, mig_mann_kendall(series->times, series->values, series->n, &kendall, &cli->error));
    mig_cli_require(cli, mig_line_fit(series->times, series->values, series->n, cli->level,
                             &least_squares, &intercept, &cli->error));
    write_result(report, "slope", &theil_sen, per_time);
    write_result(report, "trend", &kendall.tau_b, "tau-b");
    write_result(report, "slope", &least_squares, per_time);
}

static struct mig_series_set *read_series(struct mig_cli *cli)
{
    struct mig_series_set *set = NULL;
    struct mig_error_list errors = {0};
    struct mig_input *input = mig_cli_open_input(cli);
    enum mig_status status = mig_series_read(&set, input, &spec, &errors, &cli->error);
    mig_cli_complain_all(cli, &errors);
    mig_cli_settle(cli);
    mig_cli_require(cli, status);
    return set;
}

static bool has_key(const struct mig_keys *keys, const char *name)
{
    for (size_t i = 0; i < keys->count; i++)
        if (strcmp(mig_keys_name(keys, i), name) == 0)
            return true;
    return false;
}

int main(int argc, char **argv)
{
    static const char *const columns[] = {"measure", "kind", "n", "from", "to", "estimate",
        "std_error", "conf_low", "conf_high", "conf_level", "statistic", "df", "p_value", "unit",
        "method", "note"};
    struct mig_cli cli;
    mig_cli_begin(&cli, &command, argc, argv);
    struct mig_series_set *set = read_series(&cli);
    const struct mig_keys *keys = mig_series_keys(set);
    struct report report = {.cli = &cli, .set = set, .name_value = !has_key(keys, "measure")};
    size_t skipped = report.name_value ? 0 : 1;
    mig_cli_open_table(&cli, keys, columns + skipped, sizeof columns / sizeof *columns - skipped);
    for (size_t i = 0; i < mig_series_count(set); i++) {
        struct mig_series series = mig_series_get(set, i);
        report.series = &series;
        write_series(&report);
    }
    struct mig_tally_account account = mig_series_account(set);
    mig_cli_account(&cli, account.read, account.used, account.missing, 0);
    mig_buffer_release(&report.note);
    mig_series_free(set);
    return mig_cli_end(&cli);
}
