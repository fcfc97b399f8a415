#include "cli/rates.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "stats/distribution.h"
#include "table/names.h"

static const char *const kinds[] = {
    [MIG_SHARE] = "share", [MIG_RATIO] = "ratio", [MIG_RATE] = "rate", [MIG_MEAN] = "mean"};

const char *mig_rates_kind(enum mig_estimate_kind kind)
{
    return kinds[kind];
}

struct mig_quotient_sums mig_rates_sums_of(
    const struct mig_rates *rates, const struct mig_quotient *quotient, size_t first, size_t end)
{
    struct mig_quotient_sums sums = {0};
    mig_cli_require(rates->cli,
        mig_quotient_add(quotient, rates->tally, first, end, &sums, &rates->cli->error));
    return sums;
}

struct mig_quotient_sums mig_rates_sums(
    const struct mig_rates *rates, const struct mig_measure *measure, size_t first, size_t end)
{
    return mig_rates_sums_of(rates, &measure->quotient, first, end);
}

/* A share above 1 is no share: every such group is named before anything is printed. */
static void check_share(const struct mig_rates *rates, const struct mig_measure *measure)
{
    struct mig_cli *cli = rates->cli;
    struct mig_buffer name = {0};
    for (size_t i = 0, end; i < mig_tally_count(rates->tally); i = end) {
        end = mig_tally_run_end(rates->tally, i, rates->n_shown);
        struct mig_quotient_sums sums = mig_rates_sums(rates, measure, i, end);
        struct mig_group group = mig_tally_group(rates->tally, i);
        int order;
        mig_cli_require(
            cli, mig_sum_compare(&sums.numerator, &sums.denominator, &order, &cli->error));
        if (order > 0) {
            group.n_keys = rates->n_shown;
            mig_cli_describe_group(cli, &rates->keys, rates->tally, &group, &name);
            mig_cli_complain(cli,
                _("'%s' is no share in %s: the part is larger than the whole; see --ratio"),
                measure->text, name.data);
        }
        mig_quotient_sums_release(&sums);
    }
    mig_buffer_release(&name);
}

/* The shares as pairs for the tally to compare row by row. */
static struct mig_part_of *parts_of(const struct mig_rates *rates, size_t *count)
{
    struct mig_part_of *parts = mig_rates_allocate(rates->cli, rates->count, sizeof *parts);
    *count = 0;
    for (size_t i = 0; i < rates->count; i++)
        if (rates->measures[i].kind == MIG_SHARE)
            parts[(*count)++] = (struct mig_part_of){
                rates->measures[i].quotient.numerator, rates->measures[i].quotient.denominator};
    return parts;
}

/* The clusters of a group are a part of all clusters: see stats/cluster.h. */
static void count_clusters(struct mig_rates *rates)
{
    struct mig_cli *cli = rates->cli;
    struct mig_names *names;
    uint32_t code;
    mig_cli_require(cli, mig_names_new(&names, &cli->error));
    for (size_t i = 0; i < mig_tally_count(rates->tally) && rates->cluster != SIZE_MAX; i++) {
        struct mig_group group = mig_tally_group(rates->tally, i);
        struct mig_text text = mig_tally_key(rates->tally, &group, rates->cluster);
        mig_cli_require(cli, mig_names_code(names, text, &code, &cli->error));
    }
    rates->n_clusters = mig_names_count(names);
    mig_names_free(names);
}

/* Fails on events that do not come together as the row says: 20 are no whole number of threes. */
static enum mig_status check_events(const struct mig_rates *rates, const struct mig_row *row,
    size_t column, uint64_t together, struct mig_error *error)
{
    struct mig_decimal decimal;
    uint64_t events;
    bool missing;
    char what[128];
    enum mig_status status =
        mig_input_decimal(rates->cli->table, row, column, &decimal, &missing, error);
    if (status != MIG_OK || missing || !mig_decimal_to_count(&decimal, &events) || events == 0)
        return status;
    if (together == 0)
        return mig_input_fail(rates->cli->table, row, rates->frequency_column,
            _("is no number of events that come together: there are some"), error);
    if (events < together || events % together == 0) /* fewer: a row of one of them */
        return MIG_OK;
    snprintf(what, sizeof what, _("is no multiple of %llu, the events that come together"),
        (unsigned long long)together);
    return mig_input_fail(rates->cli->table, row, column, what, error);
}

static enum mig_status check_family(
    void *context, const struct mig_tally_entry *entry, struct mig_error *error)
{
    const struct mig_rates *rates = context;
    struct mig_decimal decimal;
    uint64_t together;
    bool missing;
    enum mig_status status = mig_input_decimal(
        rates->cli->table, entry->row, rates->frequency_column, &decimal, &missing, error);
    if (status != MIG_OK || missing)
        return status;
    if (!mig_decimal_to_count(&decimal, &together))
        return mig_input_fail(rates->cli->table, entry->row, rates->frequency_column,
            _("is no number of events that come together: it is not whole"), error);
    for (size_t i = 0; i < rates->count && status == MIG_OK; i++) {
        int operand = rates->measures[i].quotient.numerator;
        if (operand != MIG_ROWS)
            status =
                check_events(rates, entry->row, rates->operands.columns[operand], together, error);
    }
    return status;
}

void mig_rates_read(struct mig_rates *rates)
{
    struct mig_cli *cli = rates->cli;
    size_t n_parts;
    struct mig_part_of *parts = parts_of(rates, &n_parts);
    const struct mig_tally_spec spec = {.keys = &rates->keys,
        .n_dividing = rates->keys.count - rates->n_by,
        .sums = rates->operands.columns,
        .n_sums = rates->operands.count,
        .sums_not_negative = true,
        .sums_any_sign = rates->any_sign,
        .moments = rates->moments,
        .n_moments = rates->n_moments,
        .parts = parts,
        .n_parts = n_parts,
        .observe = rates->frequency != SIZE_MAX ? check_family : NULL,
        .context = rates};
    mig_cli_require(cli, mig_tally_read(&rates->tally, cli->table, &spec, &cli->error));
    free(parts);
    count_clusters(rates);
    for (size_t i = 0; i < rates->count; i++)
        if (rates->measures[i].kind == MIG_SHARE)
            check_share(rates, &rates->measures[i]);
    mig_cli_settle(cli);
    if (mig_tally_part_error(rates->tally) != NULL)
        mig_cli_complain_error(cli, mig_tally_part_error(rates->tally));
    mig_cli_settle(cli);
}

/* Whether a group has no place in the answer, for it misses a key: the one that is compared, the
 * one of a trend's order, or a stratum of the standard. */
static bool has_no_place(const struct mig_rates *rates, const struct mig_group *group)
{
    bool of_last = rates->design.trend != NULL || rates->design.compare != NULL;
    size_t first = of_last ? rates->n_shown - 1 : rates->n_shown;
    size_t end = of_last ? rates->n_shown : rates->n_shown + rates->n_strata;
    bool missing = false;
    if (!of_last && rates->design.standard == NULL)
        return false;
    for (size_t key = first; key < end; key++)
        missing = missing || mig_tally_key(rates->tally, group, key).length == 0;
    return missing;
}

static size_t rows_missing(const struct mig_rates *rates, const struct mig_measure *measure)
{
    size_t rows = 0;
    for (size_t i = 0; i < mig_tally_count(rates->tally); i++) {
        struct mig_group group = mig_tally_group(rates->tally, i);
        if ((group.missing & mig_quotient_needs(&measure->quotient)) != 0 ||
            has_no_place(rates, &group))
            rows += group.rows;
    }
    return rows;
}

/* Several measures may rest on different rows: each has its own account. */
void mig_rates_account(const struct mig_rates *rates)
{
    size_t read = mig_tally_account(rates->tally).read;
    for (size_t i = 0; i < rates->count; i++) {
        size_t missing = rows_missing(rates, &rates->measures[i]);
        if (rates->count == 1)
            mig_cli_account(rates->cli, read, read - missing, missing, 0);
        else
            mig_cli_account_of(rates->cli, rates->measures[i].text, read, read - missing, missing);
    }
}

void mig_rates_join_keys(const struct mig_rates *rates, const struct mig_group *group, size_t first,
    size_t end, struct mig_buffer *out)
{
    mig_buffer_clear(out);
    mig_cli_require(rates->cli, mig_buffer_append(out, "", 0, &rates->cli->error));
    for (size_t i = first; i < end; i++) {
        struct mig_text key = mig_tally_key(rates->tally, group, i);
        mig_cli_require(rates->cli,
            mig_buffer_print(out, &rates->cli->error, "%zu:%.*s", key.length, MIG_TEXT_ARG(key)));
    }
}

void *mig_rates_allocate(struct mig_cli *cli, size_t count, size_t size)
{
    void *items = calloc(count + 1, size);
    if (items == NULL)
        mig_cli_require(cli, mig_fail_memory(&cli->error));
    return items;
}

static void add_note(struct mig_cli *cli, struct mig_buffer *out, struct mig_text note)
{
    if (note.length > 0)
        mig_cli_require(cli, mig_buffer_print(out, &cli->error, "%s%.*s",
                                 out->length > 0 ? "; " : "", MIG_TEXT_ARG(note)));
}

void mig_rates_write_notes(
    const struct mig_rates *rates, const char *first, const char *second, struct mig_text text)
{
    struct mig_cli *cli = rates->cli;
    const char *const notes[] = {first, second};
    struct mig_buffer out = {0};
    for (size_t i = 0; i < 2; i++)
        if (notes[i] != NULL)
            add_note(cli, &out,
                mig_text_of(mig_writer_is_for_people(cli->writer) ? _(notes[i]) : notes[i]));
    add_note(cli, &out, text);
    mig_writer_string(cli->writer, out.length > 0 ? out.data : NULL);
    mig_buffer_release(&out);
}

void mig_rates_write_number(struct mig_writer *writer, double value)
{
    char text[MIG_DOUBLE_TEXT];
    size_t length = isnan(value) ? 0 : mig_double_format(value, 15, text);
    mig_writer_number_text(writer, (struct mig_text){text, length});
}

/* A share of 1 has no standard error of its own: how far off it may be says Wilson's lower limit, n
 * / (n + z^2), its distance being one of z. The same limit for every figure, so that the rule does
 * not hang on the interval. */
static double relative_error(const struct mig_estimate *figure, double events)
{
    const double z = mig_normal_quantile(0.025, MIG_UPPER);
    double error = figure->std_error;
    if (!(fabs(figure->estimate) > 0))
        return NAN;
    if (isnan(error) && !isnan(figure->conf_low))
        error = z / (events + z * z);
    return 100 * error / fabs(figure->estimate);
}

const char *mig_rates_judge(const struct mig_rates *rates, double events,
    const struct mig_estimate *figure, double *rse, char rule[static MIG_STABILITY_RULE])
{
    const struct mig_stability *limits = &rates->stability;
    char number[MIG_DOUBLE_TEXT];
    rule[0] = '\0';
    *rse = relative_error(figure, events);
    if (!limits->wanted)
        return NULL;
    bool few = events<(double)limits->min_events, wide = *rse> limits->max_rse;
    bool nothing = isnan(figure->estimate) && isnan(figure->conf_low);
    bool undefined = isnan(*rse) && !nothing;
    if (few)
        snprintf(rule, MIG_STABILITY_RULE, "events<%llu", (unsigned long long)limits->min_events);
    size_t length = strlen(rule);
    mig_double_format(limits->max_rse, 6, number);
    if (wide)
        snprintf(rule + length, MIG_STABILITY_RULE - length, "%srse>%s%%", few ? ";" : "", number);
    if (undefined)
        snprintf(rule + length, MIG_STABILITY_RULE - length, "%srse undefined", few ? ";" : "");
    if (nothing)
        return NULL;
    if (few || wide || undefined)
        return N_("too uncertain to publish");
    snprintf(rule, MIG_STABILITY_RULE, "stable");
    return NULL;
}

void mig_rates_note_left_out(const struct mig_rates *rates)
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

void mig_rates_write_stability(const struct mig_rates *rates, double rse, const char *rule)
{
    if (!rates->stability.wanted)
        return;
    mig_writer_double(rates->cli->writer, rse);
    mig_writer_string(rates->cli->writer, rule);
}

void mig_rates_open(struct mig_rates *rates, bool fewer, const char *const *columns, size_t count)
{
    struct mig_keys shown = rates->keys;
    shown.count = rates->n_shown - fewer;
    mig_cli_open_table(rates->cli, &shown, columns, count);
}

void mig_rates_write(struct mig_rates *rates)
{
    if (rates->design.compare != NULL)
        mig_rates_write_comparisons(rates);
    else if (rates->design.trend != NULL)
        mig_rates_write_trends(rates);
    else if (rates->design.standard != NULL)
        mig_rates_write_standardised(rates);
    else
        mig_rates_write_plain(rates);
}

void mig_rates_release(struct mig_rates *rates)
{
    mig_tally_free(rates->tally);
    mig_keys_release(&rates->keys);
    for (size_t i = 0; i < rates->count; i++)
        mig_moments_list_release(&rates->measures[i].moments);
    free(rates->measures);
    free(rates->moments);
    free(rates->reference);
}
