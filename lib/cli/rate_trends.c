/* Trends of mig-rate over the ordered groups of a key. */
#include <stdlib.h>

#include "base/i18n.h"
#include "cli/rates.h"
#include "stats/ordered.h"

/* The ordered groups within the groups that agree in all other shown keys. */
struct steps {
    double *x, *n, *scores;
    size_t count;
    bool numbers;     /* every key is a number: the scores are the keys; else their ranks */
    const char *note; /* why there is nothing to test, or NULL */
    struct mig_quotient_sums sums;
};

static void steps_init(struct mig_cli *cli, struct steps *steps, size_t capacity)
{
    *steps = (struct steps){.numbers = true};
    steps->x = mig_rates_allocate(cli, capacity, sizeof *steps->x);
    steps->n = mig_rates_allocate(cli, capacity, sizeof *steps->n);
    steps->scores = mig_rates_allocate(cli, capacity, sizeof *steps->scores);
}

static void steps_release(struct steps *steps)
{
    free(steps->x);
    free(steps->n);
    free(steps->scores);
    mig_quotient_sums_release(&steps->sums);
}

/* Groups first .. end - 1 are one step, or have no place in the order. */
static void add_step(const struct mig_rates *rates, const struct mig_measure *measure, size_t first,
    size_t end, struct steps *steps)
{
    struct mig_cli *cli = rates->cli;
    struct mig_group group = mig_tally_group(rates->tally, first);
    struct mig_text key = mig_tally_key(rates->tally, &group, rates->n_shown - 1);
    struct mig_decimal score;
    if (key.length == 0)
        return;
    struct mig_quotient_sums sums = mig_rates_sums(rates, measure, first, end);
    size_t i = steps->count++;
    const char *note = mig_cli_counts(
        cli, measure->kind, &sums.numerator, &sums.denominator, &steps->x[i], &steps->n[i]);
    mig_quotient_sums_release(&sums);
    mig_cli_require(cli,
        mig_quotient_add(&measure->quotient, rates->tally, first, end, &steps->sums, &cli->error));
    if (mig_decimal_parse(key, &score, NULL) == MIG_OK)
        steps->scores[i] = mig_decimal_to_double(&score);
    else
        steps->numbers = false;
    steps->note = note != NULL ? note : steps->note;
}

static struct mig_estimate test(
    struct mig_cli *cli, const struct mig_measure *measure, struct steps *steps)
{
    struct mig_estimate out = mig_estimate_empty("");
    for (size_t i = 0; i < steps->count && !steps->numbers; i++)
        steps->scores[i] = (double)i + 1;
    out.note = steps->note;
    if (steps->note != NULL)
        return out;
    mig_cli_require(cli, measure->kind == MIG_SHARE
                             ? mig_trend_of_shares(steps->x, steps->n, steps->scores, steps->count,
                                   &out, &cli->error)
                             : mig_trend_of_rates(steps->x, steps->n, steps->scores, steps->count,
                                   &out, &cli->error));
    return out;
}

static void write_row(struct mig_rates *rates, const struct mig_measure *measure,
    const struct mig_group *group, struct steps *steps)
{
    struct mig_cli *cli = rates->cli;
    struct mig_writer *writer = cli->writer;
    struct mig_estimate out = test(cli, measure, steps);
    mig_cli_write_keys(cli, rates->tally, group);
    mig_writer_string(writer, measure->text);
    mig_writer_string(writer, "trend");
    mig_writer_count(writer, steps->sums.n);
    mig_cli_write_sum(cli, &steps->sums.numerator, false);
    mig_cli_write_sum(cli, &steps->sums.denominator, false);
    mig_writer_string(writer, mig_keys_name(&rates->keys, rates->n_shown - 1));
    mig_writer_count(writer, steps->count);
    mig_writer_string(writer, steps->numbers ? "values" : "ranks");
    mig_writer_double(writer, out.estimate * cli->unit);
    mig_writer_double(writer, out.std_error * cli->unit);
    mig_writer_double(writer, out.statistic);
    mig_writer_double(writer, out.p_value);
    mig_cli_write_unit(cli);
    mig_writer_string(writer, out.method);
    mig_writer_words(writer, out.note);
    mig_cli_require(cli, mig_writer_end_row(writer, &cli->error));
}

static void write_groups(struct mig_rates *rates, size_t first, size_t end)
{
    struct mig_group group = mig_tally_group(rates->tally, first);
    group.n_keys = rates->n_shown - 1;
    for (size_t i = 0; i < rates->count; i++) {
        struct steps steps;
        steps_init(rates->cli, &steps, end - first);
        for (size_t j = first, next; j < end; j = next) {
            next = mig_tally_run_end(rates->tally, j, rates->n_shown);
            add_step(rates, &rates->measures[i], j, next, &steps);
        }
        write_row(rates, &rates->measures[i], &group, &steps);
        steps_release(&steps);
    }
}

/* Says how much has no place in the order. */
static void note_left_out(const struct mig_rates *rates)
{
    uint64_t rows = 0;
    for (size_t i = 0; i < mig_tally_count(rates->tally); i++) {
        struct mig_group group = mig_tally_group(rates->tally, i);
        if (mig_tally_key(rates->tally, &group, rates->n_shown - 1).length == 0)
            rows += group.rows;
    }
    if (rows > 0)
        mig_cli_note(rates->cli, _("rows that miss %s, and are left out: %llu"),
            mig_keys_name(&rates->keys, rates->n_shown - 1), (unsigned long long)rows);
}

void mig_rates_write_trends(struct mig_rates *rates)
{
    static const char *const columns[] = {"measure", "kind", "n", "numerator", "denominator",
        "ordered_by", "groups", "scores", "estimate", "std_error", "statistic", "p_value", "unit",
        "method", "note"};
    mig_rates_open(rates, true, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0, end; i < mig_tally_count(rates->tally); i = end) {
        end = mig_tally_run_end(rates->tally, i, rates->n_shown - 1);
        write_groups(rates, i, end);
    }
    note_left_out(rates);
}
