/* Standardised rates of mig-rate: strata of the input set against those of a standard population in
 * another file. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "cli/rates.h"
#include "stats/standardisation.h"
#include "table/names.h"

/* The standard population: a stratum for each of its keys' texts. */
struct standard {
    struct mig_input *input;
    struct mig_keys keys;
    struct mig_operands operands;
    struct mig_quotient
        *quotients; /* one a measure; numerator and denominator of the reference, or the weight */
    struct mig_tally *tally;
    struct mig_names *strata; /* code i: groups first[i] .. first[i + 1] - 1 of the tally */
    size_t *first;
    size_t count;
};

static void complain_all(
    struct mig_cli *cli, const struct standard *standard, struct mig_error_list *errors)
{
    struct mig_position header = {
        mig_input_name(standard->input), mig_input_account(standard->input).header_line, 0};
    for (size_t i = 0; i < errors->count; i++) {
        mig_error_locate(&errors->items[i], &header, NULL);
        mig_cli_complain_error(cli, &errors->items[i]);
    }
    mig_error_list_release(errors);
}

/* The keys of the standard are columns with the names of the strata. */
static void plan_keys(
    const struct mig_rates *rates, struct standard *standard, struct mig_error_list *errors)
{
    struct mig_cli *cli = rates->cli;
    struct mig_buffer list = {0};
    for (size_t i = 0; i < rates->n_strata; i++)
        mig_cli_require(cli, mig_buffer_print(&list, &cli->error, "%s`%s`", i > 0 ? "," : "",
                                 mig_keys_name(&rates->keys, rates->n_shown + i)));
    mig_cli_require(cli, mig_keys_parse(&standard->keys, list.data, &cli->error));
    if (mig_keys_bind(&standard->keys, mig_input_header(standard->input), errors) == MIG_NO_MEMORY)
        mig_cli_require(cli, mig_fail_memory(&cli->error));
    mig_buffer_release(&list);
}

static void plan_quotients(
    const struct mig_rates *rates, struct standard *standard, struct mig_error_list *errors)
{
    struct mig_cli *cli = rates->cli;
    const char *weight = rates->design.weight != NULL ? rates->design.weight : "weight";
    struct mig_buffer text = {0};
    standard->quotients = mig_rates_allocate(cli, rates->count, sizeof *standard->quotients);
    for (size_t i = 0; i < rates->count; i++) {
        mig_buffer_clear(&text);
        mig_cli_require(
            cli, rates->design.indirect
                     ? mig_buffer_print(&text, &cli->error, "%s", rates->measures[i].text)
                     : mig_buffer_print(&text, &cli->error, "%s/n", weight));
        if (i > 0 && !rates->design.indirect)
            standard->quotients[i] = standard->quotients[0];
        else if (mig_quotient_parse(&standard->quotients[i], text.data,
                     mig_input_header(standard->input), &standard->operands,
                     errors) == MIG_NO_MEMORY)
            mig_cli_require(cli, mig_fail_memory(&cli->error));
    }
    mig_buffer_release(&text);
}

/* The strata that were read: each may stand in one row. */
struct seen {
    const struct standard *standard;
    size_t count; /* ids are given in the order of appearance */
};

/* A stratum without a name belongs to nobody, and one without a number weighs an unknown amount. */
static enum mig_status require_all(
    const struct standard *standard, const struct mig_row *row, struct mig_error *error)
{
    struct mig_input *input = standard->input;
    for (size_t i = 0; i < standard->keys.count; i++) {
        size_t column = mig_keys_column(&standard->keys, i);
        if (mig_input_is_missing(input, row->cells[column].text))
            return mig_input_fail(
                input, row, column, _("is no stratum of a standard: it is missing"), error);
    }
    for (size_t i = 0; i < standard->operands.count; i++) {
        size_t column = standard->operands.columns[i];
        if (mig_input_is_missing(input, row->cells[column].text))
            return mig_input_fail(
                input, row, column, _("is no number of a standard: it is missing"), error);
    }
    return MIG_OK;
}

static enum mig_status see(
    void *context, const struct mig_tally_entry *entry, struct mig_error *error)
{
    struct seen *seen = context;
    enum mig_status status = require_all(seen->standard, entry->row, error);
    if (status != MIG_OK)
        return status;
    if (entry->group < seen->count)
        return mig_input_fail(seen->standard->input, entry->row,
            mig_keys_column(&seen->standard->keys, 0), _("is a stratum that stood there before"),
            error);
    seen->count = entry->group + 1;
    return MIG_OK;
}

/* Without any weight nothing can be standardised. */
static void check_weights(const struct mig_rates *rates, const struct standard *standard)
{
    struct mig_quotient_sums sums = {0};
    if (rates->design.indirect)
        return;
    mig_cli_require(rates->cli, mig_quotient_add(&standard->quotients[0], standard->tally, 0,
                                    mig_tally_count(standard->tally), &sums, &rates->cli->error));
    if (mig_sum_sign(&sums.numerator) <= 0)
        mig_cli_complain(rates->cli, _("'%s': all weights are 0"), rates->design.standard);
    mig_quotient_sums_release(&sums);
}

static void name_strata(const struct mig_rates *rates, struct standard *standard)
{
    struct mig_rates view = {.cli = rates->cli, .tally = standard->tally};
    struct mig_buffer text = {0};
    size_t count = mig_tally_count(standard->tally);
    standard->first = mig_rates_allocate(rates->cli, count + 1, sizeof *standard->first);
    mig_cli_require(rates->cli, mig_names_new(&standard->strata, &rates->cli->error));
    for (size_t i = 0; i < count; i = mig_tally_run_end(standard->tally, i, rates->n_strata)) {
        struct mig_group group = mig_tally_group(standard->tally, i);
        uint32_t code;
        mig_rates_join_keys(&view, &group, 0, rates->n_strata, &text);
        mig_cli_require(rates->cli,
            mig_names_code(standard->strata, mig_buffer_text(&text), &code, &rates->cli->error));
        standard->first[standard->count++] = i;
    }
    standard->first[standard->count] = count;
    mig_buffer_release(&text);
    mig_cli_settle(rates->cli);
}

static void standard_read(const struct mig_rates *rates, struct standard *standard)
{
    struct mig_cli *cli = rates->cli;
    struct mig_error_list errors = {0};
    char *path = strdup(rates->design.standard);
    if (path == NULL)
        mig_cli_require(cli, mig_fail_memory(&cli->error));
    mig_cli_protect(cli, path);
    const struct mig_input_options options = mig_cli_other_options(cli);
    mig_cli_require(cli, mig_input_open(&standard->input, &path, 1, &options, &cli->error));
    plan_keys(rates, standard, &errors);
    plan_quotients(rates, standard, &errors);
    complain_all(cli, standard, &errors);
    mig_cli_settle(cli);
    const struct mig_tally_spec spec = {.keys = &standard->keys,
        .sums = standard->operands.columns,
        .n_sums = standard->operands.count,
        .sums_not_negative = true,
        .observe = see,
        .context = &(struct seen){.standard = standard}};
    mig_cli_require(cli, mig_tally_read(&standard->tally, standard->input, &spec, &cli->error));
    check_weights(rates, standard);
    name_strata(rates, standard);
    free(path);
}

static void standard_release(struct standard *standard)
{
    mig_tally_free(standard->tally);
    mig_names_free(standard->strata);
    mig_keys_release(&standard->keys);
    mig_input_free(standard->input);
    free(standard->quotients);
    free(standard->first);
}

/* A group's stratum: its number in the standard, or standard->count when the standard has none
 * such; SIZE_MAX when a key is missing. */
static size_t find_stratum(const struct mig_rates *rates, const struct standard *standard, size_t i,
    struct mig_buffer *text)
{
    struct mig_group group = mig_tally_group(rates->tally, i);
    uint32_t code;
    for (size_t key = rates->n_shown; key < rates->n_shown + rates->n_strata; key++)
        if (mig_tally_key(rates->tally, &group, key).length == 0)
            return SIZE_MAX;
    mig_rates_join_keys(rates, &group, rates->n_shown, rates->n_shown + rates->n_strata, text);
    mig_cli_require(rates->cli,
        mig_names_code(standard->strata, mig_buffer_text(text), &code, &rates->cli->error));
    return code < standard->count ? code : standard->count;
}

/* Names every stratum of the input that the standard does not have, and says how many rows have
 * none. */
static void check_strata(const struct mig_rates *rates, const struct standard *standard)
{
    struct mig_buffer text = {0};
    uint64_t without = 0;
    for (size_t i = 0, end; i < mig_tally_count(rates->tally); i = end) {
        size_t known = mig_names_count(standard->strata);
        size_t stratum = find_stratum(rates, standard, i, &text);
        end = mig_tally_run_end(rates->tally, i, rates->n_shown + rates->n_strata);
        for (size_t j = i; j < end && stratum == SIZE_MAX; j++)
            without += mig_tally_group(rates->tally, j).rows;
        if (mig_names_count(standard->strata) == known)
            continue;
        struct mig_group group = mig_tally_group(rates->tally, i);
        mig_buffer_clear(&text);
        for (size_t key = rates->n_shown; key < rates->n_shown + rates->n_strata; key++)
            mig_cli_require(
                rates->cli, mig_buffer_print(&text, &rates->cli->error, "%s%s=%.*s",
                                key > rates->n_shown ? ", " : "", mig_keys_name(&rates->keys, key),
                                MIG_TEXT_ARG(mig_tally_key(rates->tally, &group, key))));
        mig_cli_complain(
            rates->cli, _("'%s' has no stratum %s"), rates->design.standard, text.data);
    }
    mig_buffer_release(&text);
    mig_cli_settle(rates->cli);
    if (without > 0)
        mig_cli_note(rates->cli, _("rows without a stratum, left out of standardised rates: %llu"),
            (unsigned long long)without);
}

/* What a group has in the strata of the standard. */
struct figures {
    struct mig_stratum *direct;
    struct mig_reference *indirect;
    uint64_t n;
    double events, exposure;
    double aside;             /* events that take no part; NaN: there are none such */
    const char *aside_format; /* what they are, with room for their number */
    const char *note;
};

static void figures_init(const struct mig_rates *rates, const struct standard *standard,
    size_t measure, struct figures *out)
{
    struct mig_cli *cli = rates->cli;
    *out = (struct figures){
        .aside = NAN, .aside_format = N_("strata of weight 0 take no part, events in them: %.15g")};
    out->direct = mig_rates_allocate(cli, standard->count, sizeof *out->direct);
    out->indirect = mig_rates_allocate(cli, standard->count, sizeof *out->indirect);
    for (size_t i = 0; i < standard->count; i++) {
        struct mig_quotient_sums sums = {0};
        double *events = &out->indirect[i].reference_events;
        double *exposure = &out->indirect[i].reference_exposure;
        mig_cli_require(cli, mig_quotient_add(&standard->quotients[measure], standard->tally,
                                 standard->first[i], standard->first[i + 1], &sums, &cli->error));
        mig_cli_require(cli, mig_sum_to_double(&sums.numerator, events, &cli->error));
        mig_cli_require(cli, mig_sum_to_double(&sums.denominator, exposure, &cli->error));
        out->direct[i].weight = *events;
        mig_quotient_sums_release(&sums);
    }
}

/* Events per unit in group `i`: 1 where events are independent. */
static double frequency_of(const struct mig_rates *rates, size_t i)
{
    struct mig_group group = mig_tally_group(rates->tally, i);
    struct mig_decimal value;
    if (rates->frequency == SIZE_MAX)
        return 1;
    struct mig_text text = mig_tally_key(rates->tally, &group, rates->frequency);
    return mig_decimal_parse(text, &value, NULL) == MIG_OK ? mig_decimal_to_double(&value) : 0;
}

/* Adds the groups first .. end - 1, which agree in all keys that matter here. */
static void add_groups(const struct mig_rates *rates, const struct mig_measure *measure,
    size_t first, size_t end, size_t stratum, struct figures *out)
{
    double events, exposure, frequency = frequency_of(rates, first);
    struct mig_quotient_sums sums = mig_rates_sums(rates, measure, first, end);
    uint64_t n = sums.n;
    const char *note = mig_cli_counts(
        rates->cli, measure->kind, &sums.numerator, &sums.denominator, &events, &exposure);
    bool weightless = !rates->design.indirect && !(out->direct[stratum].weight > 0);
    if (note == NULL && frequency > 1 && fmod(events, frequency) > 0)
        note = N_("events are no whole number of those that come together");
    if (weightless && sums.n > 0)
        out->aside = (isnan(out->aside) ? 0 : out->aside) + events;
    mig_quotient_sums_release(&sums);
    if (weightless)
        return;
    out->note = note != NULL ? note : out->note;
    out->n += n;
    out->events += events;
    out->exposure += exposure;
    out->direct[stratum].events += events;
    out->direct[stratum].exposure += exposure;
    out->direct[stratum].squares += events * frequency;
    out->indirect[stratum].events += events;
    out->indirect[stratum].exposure += exposure;
}

/* Where the groups end that are of the stratum of group `i`, and of as many events per unit: 3
 * and 3.0 are as many, and stand side by side. */
static size_t size_end(const struct mig_rates *rates, size_t i)
{
    size_t keys = rates->n_shown + rates->n_strata;
    size_t end = mig_tally_run_end(rates->tally, i, keys), next = i + 1;
    const double size = frequency_of(rates, i);
    while (next < end && !(frequency_of(rates, next) < size || frequency_of(rates, next) > size))
        next++;
    return next;
}

static void gather(const struct mig_rates *rates, const struct standard *standard, size_t measure,
    size_t first, size_t end, struct figures *out)
{
    struct mig_buffer text = {0};
    figures_init(rates, standard, measure, out);
    for (size_t i = first, next; i < end; i = next) {
        size_t stratum = find_stratum(rates, standard, i, &text);
        next = size_end(rates, i);
        if (stratum < standard->count)
            add_groups(rates, &rates->measures[measure], i, next, stratum, out);
    }
    mig_buffer_release(&text);
}

struct row {
    const struct mig_measure *measure;
    struct mig_group group;
    const char *kind;
    bool ratio; /* not per --unit */
    double denominator;
};

static void write_notes(const struct mig_rates *rates, const struct figures *figures,
    const struct mig_estimate *out, const char *uncertain)
{
    struct mig_cli *cli = rates->cli;
    const char *format = figures->aside_format;
    struct mig_buffer text = {0};
    const char *limits = mig_rates_limits_note(rates, out, figures->events);
    if (!isnan(figures->aside))
        mig_cli_require(
            cli, mig_buffer_print(&text, &cli->error,
                     mig_writer_is_for_people(cli->writer) ? _(format) : format, figures->aside));
    mig_cli_require(cli, mig_buffer_print(&text, &cli->error, "%s%s",
                             text.length > 0 && limits[0] != '\0' ? "; " : "", limits));
    mig_rates_write_notes(rates, out->note, uncertain, mig_buffer_text(&text));
    mig_buffer_release(&text);
}

static void write_row(const struct mig_rates *rates, const struct row *row,
    const struct figures *figures, const struct mig_estimate *out)
{
    struct mig_cli *cli = rates->cli;
    double rse;
    char rule[MIG_STABILITY_RULE];
    const char *uncertain = mig_rates_judge(rates, figures->events, out, &rse, rule);
    mig_cli_write_keys(cli, rates->tally, &row->group);
    mig_writer_string(cli->writer, row->measure->text);
    mig_writer_string(cli->writer, row->kind);
    mig_writer_count(cli->writer, figures->n);
    mig_rates_write_number(cli->writer, figures->events);
    mig_rates_write_number(cli->writer, row->denominator);
    mig_cli_write_estimate_per(cli, out, row->ratio ? 1 : cli->unit);
    if (row->ratio)
        mig_writer_empty(cli->writer);
    else
        mig_cli_write_unit(cli);
    mig_writer_string(cli->writer, out->method);
    write_notes(rates, figures, out, uncertain);
    mig_rates_write_stability(rates, rse, rule);
    mig_cli_require(cli, mig_writer_end_row(cli->writer, &cli->error));
}

static void write_direct(const struct mig_rates *rates, const struct standard *standard, int method,
    const struct figures *figures, struct row row)
{
    struct mig_cli *cli = rates->cli;
    struct mig_estimate out = mig_estimate_empty("quotient");
    out.note = figures->note;
    if (figures->note == NULL)
        mig_cli_require(
            cli, mig_direct_rate((enum mig_direct_method)method, figures->direct, standard->count,
                     (double)rates->stability.min_events, cli->level, &out, &cli->error));
    row.kind = "direct-rate";
    row.denominator = figures->exposure;
    write_row(rates, &row, figures, &out);
}

/* That of the reference. Its events without exposure have no rate: they are set aside. */
static double crude_rate(struct figures *figures, size_t n_strata)
{
    double events = 0, exposure = 0, stranded = 0;
    for (size_t i = 0; i < n_strata; i++) {
        const struct mig_reference *stratum = &figures->indirect[i];
        exposure += stratum->reference_exposure;
        *(stratum->reference_exposure > 0 ? &events : &stranded) += stratum->reference_events;
    }
    if (stranded > 0) {
        figures->aside = stranded;
        figures->aside_format =
            N_("strata of the reference without exposure take no part, events in them: %.15g");
    }
    return events / exposure;
}

static void write_indirect(const struct mig_rates *rates, const struct standard *standard,
    int method, const struct figures *figures, struct row row)
{
    struct mig_cli *cli = rates->cli;
    struct mig_estimate out = mig_estimate_empty("quotient");
    struct figures rated = *figures;
    out.note = figures->note;
    row.denominator = NAN;
    if (figures->note == NULL)
        mig_cli_require(cli, mig_indirect_ratio((enum mig_rate_method)method, figures->indirect,
                                 standard->count, cli->level, &out, &row.denominator, &cli->error));
    row.kind = "indirect-ratio";
    row.ratio = true;
    write_row(rates, &row, figures, &out);
    double rate = crude_rate(&rated, standard->count);
    out.estimate *= rate;
    out.std_error *= rate;
    out.conf_low *= rate;
    out.conf_high *= rate;
    if (isnan(out.estimate))
        rated.aside = NAN;
    row.kind = "indirect-rate";
    row.ratio = false;
    row.denominator = figures->exposure;
    write_row(rates, &row, &rated, &out);
}

static void write_group(
    const struct mig_rates *rates, const struct standard *standard, size_t first, size_t end)
{
    for (size_t i = 0; i < rates->count; i++) {
        const struct mig_measure *measure = &rates->measures[i];
        struct row row = {.measure = measure, .group = mig_tally_group(rates->tally, first)};
        struct figures figures;
        gather(rates, standard, i, first, end, &figures);
        row.group.n_keys = rates->n_shown;
        for (size_t j = 0; j < measure->n_methods; j++)
            (rates->design.indirect ? write_indirect : write_direct)(
                rates, standard, measure->methods[j], &figures, row);
        free(figures.direct);
        free(figures.indirect);
    }
}

void mig_rates_write_standardised(struct mig_rates *rates)
{
    static const char *const columns[] = {"measure", "kind", "n", "numerator", "denominator",
        "estimate", "std_error", "conf_low", "conf_high", "conf_level", "unit", "method", "note",
        "rse", "stability"};
    const size_t count = sizeof columns / sizeof *columns - (rates->stability.wanted ? 0 : 2);
    struct standard standard = {0};
    standard_read(rates, &standard);
    check_strata(rates, &standard);
    mig_rates_open(rates, false, columns, count);
    for (size_t i = 0, end; i < mig_tally_count(rates->tally); i = end) {
        end = mig_tally_run_end(rates->tally, i, rates->n_shown);
        write_group(rates, &standard, i, end);
    }
    standard_release(&standard);
}
