/* Trends of mig-rate over the ordered groups of a key. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "cli/rates.h"
#include "stats/ordered.h"
#include "table/names.h"
#include "table/ranks.h"

/* The values of the key in their order: the same for all groups of the other keys. */
struct order {
    const char *kind; /* of the scores: "values" of keys that are numbers, "ranks", or "order" */
    struct mig_names *names;
    double *scores; /* [code]; 0: not in --order */
    size_t count;   /* values in the input */
    struct mig_buffer text;
};

static struct mig_text last_key(const struct mig_rates *rates, size_t i)
{
    struct mig_group group = mig_tally_group(rates->tally, i);
    return mig_tally_key(rates->tally, &group, rates->n_shown - 1);
}

static uint32_t code_of(const struct mig_rates *rates, struct order *order, struct mig_text text)
{
    uint32_t code;
    mig_cli_require(rates->cli, mig_names_code(order->names, text, &code, &rates->cli->error));
    return code;
}

/* The order that --order says; it must hold every value of the input. */
static void order_as_told(const struct mig_rates *rates, struct order *order)
{
    struct mig_cli *cli = rates->cli;
    struct mig_text rest = mig_text_of(rates->design.order), piece;
    double rank = 0;
    while (mig_text_cut(&rest, ',', &piece)) {
        struct mig_text value = mig_text_trim(piece);
        uint32_t code = code_of(rates, order, value);
        if (order->scores[code] > 0)
            mig_cli_complain(cli, _("'%.*s' is given twice (option --order)"), MIG_TEXT_ARG(value));
        order->scores[code] = ++rank;
    }
    for (size_t i = 0; i < order->count; i++)
        if (!(order->scores[i] > 0))
            mig_cli_complain(cli, _("'%.*s' is a value of %s and has no place in --order"),
                MIG_TEXT_ARG(mig_names_text(order->names, (uint32_t)i)),
                mig_keys_name(&rates->keys, rates->n_shown - 1));
    mig_cli_settle(cli);
    order->kind = "order";
}

/* Complains of values whose order is not plain: the alphabet is none. */
static void check_ranks(const struct mig_rates *rates, struct mig_text *texts, size_t count)
{
    struct mig_cli *cli = rates->cli;
    const char *key = mig_keys_name(&rates->keys, rates->n_shown - 1);
    struct mig_text fault, other;
    switch (mig_ranks_sort(texts, count, &fault, &other)) {
    case MIG_RANKED:
        break;
    case MIG_RANKS_UNKNOWN:
        mig_cli_complain(cli,
            _("'%.*s' is neither number, class (18-59) nor date (2025-01-31): the order of %s is "
              "not known (give --order, from the lowest)"),
            MIG_TEXT_ARG(fault), key);
        break;
    case MIG_RANKS_OVERLAP:
        mig_cli_complain(cli,
            _("neither of '%.*s' and '%.*s' lies before the other: the order of %s is not known "
              "(give --order, from the lowest)"),
            MIG_TEXT_ARG(fault), MIG_TEXT_ARG(other), key);
    }
    mig_cli_settle(cli);
}

/* The order of numbers, classes and dates. */
static void order_by_number(const struct mig_rates *rates, struct order *order)
{
    struct mig_cli *cli = rates->cli;
    struct mig_text *texts = mig_rates_allocate(cli, order->count, sizeof *texts);
    struct mig_decimal value;
    order->kind = "values";
    for (size_t i = 0; i < order->count; i++) {
        texts[i] = mig_names_text(order->names, (uint32_t)i);
        if (mig_decimal_parse(texts[i], &value, NULL) != MIG_OK)
            order->kind = "ranks";
    }
    if (strcmp(order->kind, "ranks") == 0)
        check_ranks(rates, texts, order->count);
    for (size_t i = 0; i < order->count; i++) {
        double *score = &order->scores[code_of(rates, order, texts[i])];
        *score = (double)i + 1;
        if (strcmp(order->kind, "values") == 0 &&
            mig_decimal_parse(texts[i], &value, NULL) == MIG_OK)
            *score = mig_decimal_to_double(&value);
    }
    free(texts);
}

/* Which rank stands for what, from the lowest, for the note. */
static void describe_order(const struct mig_rates *rates, struct order *order)
{
    enum { MOST = 20 };
    struct mig_error *error = &rates->cli->error;
    size_t names = mig_names_count(order->names), shown = 0;
    if (strcmp(order->kind, "values") == 0)
        return;
    for (size_t rank = 1; rank <= names && shown < MOST; rank++)
        for (uint32_t i = 0; i < names; i++)
            if (order->scores[i] == (double)rank) {
                mig_cli_require(rates->cli,
                    mig_buffer_print(&order->text, error, "%s%zu=%.*s", shown++ > 0 ? "; " : "",
                        rank, MIG_TEXT_ARG(mig_names_text(order->names, i))));
                break;
            }
    if (names > MOST)
        mig_cli_require(rates->cli, mig_buffer_print(&order->text, error, "; .."));
}

static void order_init(const struct mig_rates *rates, struct order *order)
{
    struct mig_cli *cli = rates->cli;
    size_t told = 1;
    *order = (struct order){0};
    mig_cli_require(cli, mig_names_new(&order->names, &cli->error));
    for (size_t i = 0; i < mig_tally_count(rates->tally); i++)
        if (last_key(rates, i).length > 0)
            (void)code_of(rates, order, last_key(rates, i));
    order->count = mig_names_count(order->names);
    for (const char *at = rates->design.order; at != NULL && *at != '\0'; at++)
        told += *at == ',';
    order->scores = mig_rates_allocate(cli, order->count + told, sizeof *order->scores);
    if (rates->design.order != NULL)
        order_as_told(rates, order);
    else
        order_by_number(rates, order);
    describe_order(rates, order);
}

static void order_release(struct order *order)
{
    mig_names_free(order->names);
    mig_buffer_release(&order->text);
    free(order->scores);
}

/* The ordered groups within the groups that agree in all other shown keys. */
struct steps {
    double *x, *n, *scores;
    size_t count;
    size_t missing;  /* groups of which every value is missing: they are not tested, nor counted */
    size_t left_out; /* nor are those with nothing to divide by */
    double events_out;
    const char *note; /* why there is nothing to test, or NULL */
    struct mig_quotient_sums sums;
};

static void steps_init(struct mig_cli *cli, struct steps *steps, size_t capacity)
{
    *steps = (struct steps){0};
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
static void add_step(const struct mig_rates *rates, const struct mig_measure *measure,
    struct order *order, size_t first, size_t end, struct steps *steps)
{
    struct mig_cli *cli = rates->cli;
    struct mig_text key = last_key(rates, first);
    if (key.length == 0)
        return;
    struct mig_quotient_sums sums = mig_rates_sums(rates, measure, first, end);
    bool missing = mig_quotient_is_missing(&sums);
    size_t i = steps->count++;
    const char *note = mig_cli_counts(
        cli, measure->kind, &sums.numerator, &sums.denominator, &steps->x[i], &steps->n[i]);
    mig_quotient_sums_release(&sums);
    if (!(steps->n[i] > 0)) {
        steps->events_out += steps->x[i];
        *(missing ? &steps->missing : &steps->left_out) += 1;
        steps->count--;
        return;
    }
    mig_cli_require(cli,
        mig_quotient_add(&measure->quotient, rates->tally, first, end, &steps->sums, &cli->error));
    steps->scores[i] = order->scores[code_of(rates, order, key)];
    steps->note = note != NULL ? note : steps->note;
}

static struct mig_estimate test(
    struct mig_cli *cli, const struct mig_measure *measure, struct steps *steps)
{
    struct mig_estimate out = mig_estimate_empty("quotient");
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

static void separate(struct mig_cli *cli, struct mig_buffer *text)
{
    if (text->length > 0)
        mig_cli_require(cli, mig_buffer_print(text, &cli->error, "; "));
}

static void write_notes(const struct mig_rates *rates, const char *note, const struct order *order,
    const struct steps *steps)
{
    struct mig_cli *cli = rates->cli;
    bool people = mig_writer_is_for_people(cli->writer);
    const char *missing = N_("groups of which every value is missing take no part: %zu");
    const char *format =
        N_("groups with nothing to divide by take no part: %zu, events in them: %.15g");
    struct mig_buffer text = {0};
    if (steps->missing > 0)
        mig_cli_require(cli,
            mig_buffer_print(&text, &cli->error, people ? _(missing) : missing, steps->missing));
    if (steps->left_out > 0) {
        separate(cli, &text);
        mig_cli_require(cli, mig_buffer_print(&text, &cli->error, people ? _(format) : format,
                                 steps->left_out, steps->events_out));
    }
    if (order->text.length > 0)
        separate(cli, &text);
    mig_cli_require(cli,
        mig_buffer_print(&text, &cli->error, "%.*s", MIG_TEXT_ARG(mig_buffer_text(&order->text))));
    mig_rates_write_notes(rates, note, NULL, mig_buffer_text(&text));
    mig_buffer_release(&text);
}

static void write_row(struct mig_rates *rates, const struct mig_measure *measure,
    const struct mig_group *group, const struct order *order, struct steps *steps)
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
    mig_writer_string(writer, order->kind);
    mig_writer_double(writer, out.estimate * cli->unit);
    mig_writer_double(writer, out.std_error * cli->unit);
    mig_writer_double(writer, out.statistic);
    mig_writer_double(writer, out.p_value);
    mig_cli_write_unit(cli);
    mig_writer_string(writer, out.method);
    write_notes(rates, out.note, order, steps);
    mig_cli_require(cli, mig_writer_end_row(writer, &cli->error));
}

static void write_groups(struct mig_rates *rates, struct order *order, size_t first, size_t end)
{
    struct mig_group group = mig_tally_group(rates->tally, first);
    group.n_keys = rates->n_shown - 1;
    for (size_t i = 0; i < rates->count; i++) {
        struct steps steps;
        steps_init(rates->cli, &steps, end - first);
        for (size_t j = first, next; j < end; j = next) {
            next = mig_tally_run_end(rates->tally, j, rates->n_shown);
            add_step(rates, &rates->measures[i], order, j, next, &steps);
        }
        write_row(rates, &rates->measures[i], &group, order, &steps);
        steps_release(&steps);
    }
}

void mig_rates_write_trends(struct mig_rates *rates)
{
    static const char *const columns[] = {"measure", "kind", "n", "numerator", "denominator",
        "ordered_by", "groups", "scores", "estimate", "std_error", "statistic", "p_value", "unit",
        "method", "note"};
    struct order order;
    order_init(rates, &order);
    mig_rates_open(rates, true, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0, end; i < mig_tally_count(rates->tally); i = end) {
        end = mig_tally_run_end(rates->tally, i, rates->n_shown - 1);
        write_groups(rates, &order, i, end);
    }
    order_release(&order);
    mig_rates_note_left_out(rates);
}
