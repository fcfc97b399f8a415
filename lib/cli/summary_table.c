/* The two tables of mig-summary: one row a figure, and, for people, one row a column and group. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "cli/people.h"
#include "cli/summary.h"

/* The columns and groups are gone through in one way, whatever is written of them. */
struct report {
    struct mig_cli *cli;
    const struct mig_summary_plan *plan;
    const struct mig_cases *cases;
    uint64_t n;           /* rows of the group */
    double *lows, *highs; /* range of each column of numbers, for the drawings */
    struct mig_buffer text;
};

static const char *measure_of(
    const struct mig_summary_plan *plan, const struct mig_summary_subject *subject)
{
    return subject->text ? plan->texts.names[subject->column]
                         : plan->numbers.items[subject->column].name;
}

static bool applies(const struct mig_summary_kind *kind, const struct mig_summary_subject *subject)
{
    return mig_summary_is_of_text(kind) == subject->text;
}

/* In the table for people numbers are written as their language has them. */
static void write_sum(struct mig_cli *cli, const struct mig_sum *sum)
{
    struct mig_buffer text = {0};
    if (!mig_summary_is_wide(cli)) {
        mig_writer_sum(cli->writer, sum);
        return;
    }
    mig_people_sum(cli, &text, sum);
    mig_writer_number_text(cli->writer, mig_buffer_text(&text));
    mig_buffer_release(&text);
}

static void write_count(struct mig_cli *cli, uint64_t count)
{
    const struct mig_decimal decimal = mig_decimal_of_count(count);
    struct mig_sum sum = {0};
    mig_cli_require(cli, mig_sum_add(&sum, &decimal, &cli->error));
    write_sum(cli, &sum);
    mig_sum_release(&sum);
}

static void write_double(struct mig_cli *cli, double value)
{
    struct mig_buffer text = {0};
    if (!mig_summary_is_wide(cli) || !isfinite(value)) {
        mig_writer_double(cli->writer, value);
        return;
    }
    mig_people_significant(cli, &text, value, cli->precision);
    mig_writer_number_text(cli->writer, mig_buffer_text(&text));
    mig_buffer_release(&text);
}

/* n and missing: the second is empty where moments count more values than there are rows to miss
 * them. */
static void write_counts(struct report *report, const struct mig_summary_subject *subject)
{
    uint64_t known = mig_summary_count(subject);
    write_count(report->cli, known);
    if (known <= report->n)
        write_count(report->cli, report->n - known);
    else
        mig_writer_empty(report->cli->writer);
}

static void write_value(struct mig_cli *cli, const struct mig_summary_figure *figure)
{
    if (figure->exact != NULL)
        write_sum(cli, figure->exact);
    else
        write_double(cli, figure->estimate.estimate);
}

static void write_figure(struct report *report, const struct mig_summary_kind *kind,
    const struct mig_summary_subject *subject)
{
    struct mig_cli *cli = report->cli;
    struct mig_writer *writer = cli->writer;
    struct mig_summary_figure figure;
    mig_cli_summarise(cli, report->plan, kind, subject, &figure);
    const struct mig_estimate *estimate = &figure.estimate;
    mig_cli_write_keys(cli, mig_cases_tally(report->cases), subject->group);
    mig_writer_string(writer, measure_of(report->plan, subject));
    mig_writer_string(writer, kind->name);
    write_counts(report, subject);
    write_value(cli, &figure);
    mig_writer_text(writer, figure.value);
    mig_writer_double(writer, estimate->std_error);
    mig_writer_double(writer, estimate->conf_low);
    mig_writer_double(writer, estimate->conf_high);
    mig_cli_write_level(cli, isfinite(estimate->conf_low));
    mig_writer_double(writer, estimate->df);
    mig_writer_string(writer, estimate->method);
    mig_writer_words(writer, estimate->note);
    mig_cli_require(cli, mig_writer_end_row(writer, &cli->error));
    mig_summary_figure_release(&figure);
}

static void write_figures(struct report *report, const struct mig_summary_subject *subject)
{
    for (size_t i = 0; i < report->plan->count; i++)
        if (applies(&report->plan->kinds[i], subject))
            write_figure(report, &report->plan->kinds[i], subject);
}

/* Appends "KIND, KIND: NOTE" of all figures that share the note of figure `first`, unless an
 * earlier one has it. */
static void add_note(struct report *report, const struct mig_summary_subject *subject,
    const struct mig_summary_figure *figures, size_t first)
{
    const struct mig_summary_plan *plan = report->plan;
    struct mig_error *error = &report->cli->error;
    const char *note = figures[first].estimate.note, *separator = "";
    for (size_t i = 0; i < first; i++)
        if (note == NULL || figures[i].estimate.note == note)
            return;
    if (note == NULL)
        return;
    if (report->text.length > 0)
        mig_cli_require(report->cli, mig_buffer_append(&report->text, "; ", 2, error));
    for (size_t i = first; i < plan->count; i++) {
        if (!applies(&plan->kinds[i], subject) || figures[i].estimate.note != note)
            continue;
        mig_cli_require(report->cli,
            mig_buffer_print(&report->text, error, "%s%s", separator, _(plan->kinds[i].name)));
        separator = ", ";
    }
    mig_cli_require(report->cli, mig_buffer_print(&report->text, error, ": %s", _(note)));
}

static void write_drawing(struct report *report, const struct mig_summary_subject *subject)
{
    char drawing[MIG_SUMMARY_DRAWING] = "";
    if (!subject->text)
        mig_summary_draw(
            subject, report->lows[subject->column], report->highs[subject->column], drawing);
    mig_writer_string(report->cli->writer, drawing);
}

/* The cells of one kind: a mean has its standard error and interval beside it, a most frequent
 * value its frequency. */
static void write_wide_cells(struct mig_cli *cli, const struct mig_summary_kind *kind,
    const struct mig_summary_figure *figure, bool known)
{
    if (kind->statistic == MIG_STATISTIC_FREQUENT)
        mig_writer_text(cli->writer, figure->value);
    if (known)
        write_value(cli, figure);
    else
        mig_writer_empty(cli->writer);
    if (kind->statistic == MIG_STATISTIC_MEAN) {
        write_double(cli, known ? figure->estimate.std_error : NAN);
        write_double(cli, known ? figure->estimate.conf_low : NAN);
        write_double(cli, known ? figure->estimate.conf_high : NAN);
    }
}

/* Whether the wide table has the kind: some column is of its sort. */
static bool is_shown(const struct mig_summary_plan *plan, const struct mig_summary_kind *kind)
{
    return mig_summary_is_of_text(kind) ? plan->texts.count > 0 : plan->numbers.count > 0;
}

static void write_line(struct report *report, const struct mig_summary_subject *subject)
{
    struct mig_cli *cli = report->cli;
    const struct mig_summary_plan *plan = report->plan;
    struct mig_summary_figure *figures = calloc(plan->count + 1, sizeof *figures);
    if (figures == NULL)
        mig_cli_require(cli, mig_fail_memory(&cli->error));
    mig_cli_write_keys(cli, mig_cases_tally(report->cases), subject->group);
    mig_writer_string(cli->writer, measure_of(plan, subject));
    write_counts(report, subject);
    for (size_t i = 0; i < plan->count; i++) {
        bool known = applies(&plan->kinds[i], subject);
        if (known)
            mig_cli_summarise(cli, plan, &plan->kinds[i], subject, &figures[i]);
        if (is_shown(plan, &plan->kinds[i]))
            write_wide_cells(cli, &plan->kinds[i], &figures[i], known);
    }
    mig_buffer_clear(&report->text);
    for (size_t i = 0; i < plan->count; i++)
        add_note(report, subject, figures, i);
    mig_writer_text(cli->writer, mig_buffer_text(&report->text));
    if (cli->format == MIG_TEXT && plan->numbers.count > 0)
        write_drawing(report, subject);
    mig_cli_require(cli, mig_writer_end_row(cli->writer, &cli->error));
    for (size_t i = 0; i < plan->count; i++)
        mig_summary_figure_release(&figures[i]);
    free(figures);
}

static void for_each(struct report *report,
    void (*write)(struct report *report, const struct mig_summary_subject *subject))
{
    const struct mig_tally *tally = mig_cases_tally(report->cases);
    const struct mig_summary_plan *plan = report->plan;
    for (size_t i = 0, end; i < mig_tally_count(tally); i = end) {
        struct mig_group group = mig_tally_group(tally, i);
        struct mig_summary_subject subject = {.cases = report->cases, .group = &group};
        end = mig_tally_run_end(tally, i, group.n_keys);
        report->n = 0;
        for (size_t j = i; j < end; j++) /* rows without weight stand beside the others */
            report->n += mig_tally_group(tally, j).n;
        for (size_t j = 0; j < plan->numbers.count; j++) {
            subject.column = j;
            subject.merged = plan->numbers.items[j].merged;
            write(report, &subject);
        }
        subject.text = true;
        for (size_t j = 0; j < plan->texts.count; j++) {
            subject.column = j;
            write(report, &subject);
        }
    }
}

static void extend_range(struct report *report, const struct mig_summary_subject *subject)
{
    double low, high;
    if (subject->text || mig_summary_count(subject) == 0)
        return;
    const struct mig_sum *sums = subject->group->moments[subject->column].sums;
    mig_cli_require(
        report->cli, mig_sum_to_double(&sums[MIG_MOMENT_MIN], &low, &report->cli->error));
    mig_cli_require(
        report->cli, mig_sum_to_double(&sums[MIG_MOMENT_MAX], &high, &report->cli->error));
    report->lows[subject->column] = fmin(report->lows[subject->column], low);
    report->highs[subject->column] = fmax(report->highs[subject->column], high);
}

static void open_wide(struct mig_cli *cli, const struct mig_summary_plan *plan)
{
    const char **names = calloc(6 + 4 * plan->count, sizeof *names);
    size_t count = 0;
    if (names == NULL)
        mig_cli_require(cli, mig_fail_memory(&cli->error));
    names[count++] = _("measure");
    names[count++] = "n";
    names[count++] = _("missing");
    for (size_t i = 0; i < plan->count; i++) {
        if (!is_shown(plan, &plan->kinds[i]))
            continue;
        names[count++] = _(plan->kinds[i].name);
        if (plan->kinds[i].statistic == MIG_STATISTIC_FREQUENT)
            names[count++] = _("frequency");
        if (plan->kinds[i].statistic == MIG_STATISTIC_MEAN) {
            names[count++] = _("std_error");
            names[count++] = _("conf_low");
            names[count++] = _("conf_high");
        }
    }
    names[count++] = _("note");
    if (cli->format == MIG_TEXT && plan->numbers.count > 0)
        names[count++] = _("histogram");
    mig_cli_open_table(cli, &plan->keys, names, count);
    free(names);
}

static void write_wide(struct report *report)
{
    size_t count = report->plan->numbers.count;
    report->lows = calloc(count + 1, sizeof *report->lows);
    report->highs = calloc(count + 1, sizeof *report->highs);
    if (report->lows == NULL || report->highs == NULL)
        mig_cli_require(report->cli, mig_fail_memory(&report->cli->error));
    for (size_t i = 0; i < count; i++) {
        report->lows[i] = INFINITY;
        report->highs[i] = -INFINITY;
    }
    for_each(report, extend_range);
    open_wide(report->cli, report->plan);
    for_each(report, write_line);
    free(report->lows);
    free(report->highs);
}

bool mig_summary_is_wide(const struct mig_cli *cli)
{
    return cli->format == MIG_TEXT || cli->format == MIG_MD;
}

void mig_cli_write_summary(
    struct mig_cli *cli, const struct mig_summary_plan *plan, const struct mig_cases *cases)
{
    static const char *const columns[] = {"measure", "kind", "n", "missing", "estimate", "value",
        "std_error", "conf_low", "conf_high", "conf_level", "df", "method", "note"};
    struct report report = {.cli = cli, .plan = plan, .cases = cases};
    if (mig_summary_is_wide(cli)) {
        write_wide(&report);
    } else {
        mig_cli_open_table(cli, &plan->keys, columns, sizeof columns / sizeof *columns);
        for_each(&report, write_figures);
    }
    mig_buffer_release(&report.text);
}
