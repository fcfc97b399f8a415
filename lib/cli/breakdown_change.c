/* The change between two periods: what growth of the whole makes of it, and what a change of
 * composition (--base: what rates make of it, and what composition). */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "cli/breakdown-internal.h"
#include "stats/decomposition.h"
#include "table/names.h"
#include "table/order.h"

/* A part: what there is of it in each period, or NULL. */
struct part {
    size_t group; /* of the tally, that has its keys */
    const struct mig_quotient_sums *sums[2];
};

/* One group and its parts; or, for totals, the parts over all groups. */
struct change {
    struct mig_breakdown *breakdown;
    struct mig_text periods[2];
    struct mig_cross cross;
    struct part *parts;
    size_t n_parts;
    bool over_groups;
    struct mig_sheet *sheet; /* NULL: rows */
    int decimals;            /* of its numbers, for people */
    double missing;          /* cases whose period is not known, or another one */
};

/* One part, or the whole of a group. */
struct result {
    size_t part;                  /* or SIZE_MAX */
    double before, after;         /* counts; or rates */
    double change, first, second; /* the two effects; they add up to the change */
    const char *note;
    bool unknown;
};

static bool is_rate(const struct change *change)
{
    return change->breakdown->design.base != NULL;
}

/* The distinct known values of the key, in order of the tally's groups. */
static size_t find_values(const struct mig_breakdown *breakdown, struct mig_text *values)
{
    struct mig_cli *cli = breakdown->cli;
    struct mig_names *names;
    uint32_t code;
    mig_cli_require(cli, mig_names_new(&names, &cli->error));
    for (size_t i = 0; i < mig_tally_count(breakdown->tally); i++) {
        struct mig_group group = mig_tally_group(breakdown->tally, i);
        struct mig_text text = mig_tally_key(breakdown->tally, &group, breakdown->change);
        size_t count = mig_names_count(names);
        if (text.length == 0)
            continue;
        mig_cli_require(cli, mig_names_code(names, text, &code, &cli->error));
        if (code == count)
            values[count] = text;
    }
    size_t count = mig_names_count(names);
    mig_names_free(names);
    return count;
}

static struct mig_text choose(struct mig_breakdown *breakdown, const char *wanted,
    const struct mig_text *values, size_t count)
{
    struct mig_cli *cli = breakdown->cli;
    const char *key = mig_keys_name(&breakdown->keys, breakdown->change);
    for (size_t i = 0; i < count; i++)
        if (mig_text_equal(values[i], mig_text_of(wanted)))
            return values[i];
    size_t nearest = mig_text_nearest(mig_text_of(wanted), values, count);
    if (nearest < count)
        mig_cli_complain(cli, _("'%s' is no value of %s; nearest is '%.*s'"), wanted, key,
            MIG_TEXT_ARG(values[nearest]));
    else
        mig_cli_complain(cli, _("'%s' is no value of %s"), wanted, key);
    return (struct mig_text){0};
}

static int in_order(const void *a, const void *b)
{
    return mig_key_compare(*(const struct mig_text *)a, *(const struct mig_text *)b);
}

static void find_periods(struct change *change)
{
    struct mig_breakdown *breakdown = change->breakdown;
    struct mig_cli *cli = breakdown->cli;
    size_t groups = mig_tally_count(breakdown->tally);
    struct mig_text *values = mig_breakdown_allocate(cli, groups, sizeof *values);
    size_t count = find_values(breakdown, values);
    if (breakdown->design.from != NULL) {
        change->periods[0] = choose(breakdown, breakdown->design.from, values, count);
        change->periods[1] = choose(breakdown, breakdown->design.to, values, count);
        if (strcmp(breakdown->design.from, breakdown->design.to) == 0)
            mig_cli_complain(cli, "%s", _("'--from' and '--to' are the same value"));
    } else if (count == 2) {
        qsort(values, 2, sizeof *values, in_order);
        memcpy(change->periods, values, sizeof change->periods);
    } else {
        mig_cli_complain(cli,
            _("'%s' has %zu values: a change is between two; name them with --from and --to"),
            breakdown->design.change, count);
    }
    free(values);
    mig_cli_settle(cli);
}

static double number(struct change *change, const struct mig_quotient_sums *sums, bool denominator)
{
    struct mig_cli *cli = change->breakdown->cli;
    double value = 0;
    if (sums != NULL)
        mig_cli_require(cli, mig_sum_to_double(denominator ? &sums->denominator : &sums->numerator,
                                 &value, &cli->error));
    return value;
}

/* A part of which nothing is known in one of the periods can't be compared. */
static bool is_unknown(const struct part *part)
{
    return (part->sums[0] != NULL && mig_quotient_is_missing(part->sums[0])) ||
           (part->sums[1] != NULL && mig_quotient_is_missing(part->sums[1]));
}

/* Whether some of its cases miss a value. */
static bool misses_some(const struct part *part)
{
    return (part->sums[0] != NULL && part->sums[0]->missing > 0) ||
           (part->sums[1] != NULL && part->sums[1]->missing > 0);
}

static const char *why_unknown(const struct part *part)
{
    bool known = (part->sums[0] != NULL && !mig_quotient_is_missing(part->sums[0])) ||
                 (part->sums[1] != NULL && !mig_quotient_is_missing(part->sums[1]));
    return known ? N_("every value of one period is missing: left out of both")
                 : N_("every value is missing");
}

/* What is left out is said of the part, and of the total. */
static void note_missing(const struct change *change, struct result *results, size_t count)
{
    const char *note = N_("some cases miss a value and are left out");
    for (size_t i = 0; i < count; i++)
        if (results[i].note == NULL && misses_some(&change->parts[results[i].part]))
            results[i].note = note;
    for (size_t i = 0; i < change->n_parts; i++)
        if (results[count].note == NULL && misses_some(&change->parts[i]))
            results[count].note = note;
}

static void decompose_amounts(struct change *change, struct result *results, size_t count)
{
    struct mig_cli *cli = change->breakdown->cli;
    double *before = mig_breakdown_allocate(cli, count, sizeof *before);
    double *after = mig_breakdown_allocate(cli, count, sizeof *after);
    struct mig_amount_change *parts = mig_breakdown_allocate(cli, count, sizeof *parts), whole;
    for (size_t i = 0; i < count; i++) {
        before[i] = results[i].before =
            number(change, change->parts[results[i].part].sums[0], false);
        after[i] = results[i].after = number(change, change->parts[results[i].part].sums[1], false);
        results[count].before += before[i];
        results[count].after += after[i];
    }
    mig_cli_require(cli, mig_decompose_amounts(before, after, count, parts, &whole, &cli->error));
    parts[count] = whole;
    for (size_t i = 0; i <= count; i++) {
        results[i].change = parts[i].change;
        results[i].first = parts[i].size;
        results[i].second = parts[i].composition;
        results[i].note = parts[i].note;
    }
    free(before);
    free(after);
    free(parts);
}

static double rate_of(struct mig_rate_part part)
{
    return part.base > 0 ? part.events / part.base : NAN;
}

static void decompose_rates(struct change *change, struct result *results, size_t count)
{
    struct mig_cli *cli = change->breakdown->cli;
    struct mig_rate_part *before = mig_breakdown_allocate(cli, count, sizeof *before);
    struct mig_rate_part *after = mig_breakdown_allocate(cli, count, sizeof *after);
    struct mig_rate_change *parts = mig_breakdown_allocate(cli, count, sizeof *parts), whole;
    struct mig_rate_part *periods[] = {before, after};
    for (size_t i = 0; i < count; i++) {
        for (int period = 0; period < 2; period++) {
            const struct mig_quotient_sums *sums = change->parts[results[i].part].sums[period];
            struct mig_rate_part *part = &periods[period][i];
            part->events = number(change, sums, false);
            part->base = number(change, sums, true);
            periods[period][count].events += part->events;
            periods[period][count].base += part->base;
        }
    }
    mig_cli_require(cli, mig_decompose_rate(before, after, count, parts, &whole, &cli->error));
    parts[count] = whole;
    for (size_t i = 0; i <= count; i++) {
        results[i].before = rate_of(before[i]) * cli->unit;
        results[i].after = rate_of(after[i]) * cli->unit;
        results[i].change = parts[i].change * cli->unit;
        results[i].first = parts[i].rate * cli->unit;
        results[i].second = parts[i].composition * cli->unit;
        results[i].note = parts[i].note;
    }
    free(before);
    free(after);
    free(parts);
}

static void write_keys(struct change *change, size_t group_index, bool total)
{
    struct mig_breakdown *breakdown = change->breakdown;
    size_t of = breakdown->n_by;
    for (size_t key = 0; key < of + breakdown->n_of; key++) {
        bool over = key < of ? change->over_groups : total;
        if (change->sheet != NULL && over)
            mig_sheet_put(change->sheet, key == 0 || key == of ? _("(total)") : "");
        else if (change->sheet != NULL)
            mig_sheet_put_text(change->sheet, mig_breakdown_key(breakdown, group_index, key, true));
        else
            mig_writer_text(breakdown->cli->writer,
                over ? (struct mig_text){0}
                     : mig_breakdown_key(breakdown, group_index, key,
                           mig_writer_is_for_people(breakdown->cli->writer)));
    }
}

/* What is added up over: the names of those keys, or all. */
static void write_mark(const struct change *change, bool total)
{
    const struct mig_breakdown *breakdown = change->breakdown;
    struct mig_cli *cli = breakdown->cli;
    size_t of = breakdown->n_by, end = of + breakdown->n_of;
    struct mig_buffer mark = {0};
    mig_cli_require(cli, mig_buffer_append(&mark, "", 0, &cli->error));
    for (size_t key = change->over_groups ? 0 : of; key < (total ? end : of); key++)
        mig_cli_require(cli, mig_buffer_print(&mark, &cli->error, "%s%s",
                                 mark.length > 0 ? "+" : "", mig_keys_name(&breakdown->keys, key)));
    if (total && (change->over_groups || of == 0))
        mig_writer_string(cli->writer, "all");
    else
        mig_writer_text(cli->writer, mig_buffer_text(&mark));
    mig_buffer_release(&mark);
}

/* One row an effect. */
static void write_effects(struct change *change, size_t group, const struct result *result)
{
    struct mig_breakdown *breakdown = change->breakdown;
    struct mig_writer *writer = breakdown->cli->writer;
    bool total = result->part == SIZE_MAX, rate = is_rate(change);
    const struct {
        const char *kind;
        double value;
    } effects[] = {{rate && !total ? "contribution" : "change", result->change},
        {rate ? "rate_effect" : "size_effect", result->first},
        {"composition_effect", result->second}};
    for (size_t i = 0; i < (result->unknown ? 1 : 3); i++) {
        write_keys(change, group, total);
        write_mark(change, total);
        mig_writer_string(writer, rate ? breakdown->base_measure : breakdown->measure);
        mig_writer_string(writer, effects[i].kind);
        mig_writer_text(writer, change->periods[0]);
        mig_writer_text(writer, change->periods[1]);
        mig_writer_double(writer, result->before);
        mig_writer_double(writer, result->after);
        mig_writer_double(writer, effects[i].value);
        if (rate)
            mig_cli_write_unit(breakdown->cli);
        else
            mig_writer_empty(writer);
        mig_writer_string(writer, rate ? "kitagawa" : "size-composition");
        mig_writer_words(writer, result->note);
        mig_cli_require(breakdown->cli, mig_writer_end_row(writer, &breakdown->cli->error));
    }
}

static void put_number(struct mig_sheet *sheet, double value, int decimals, bool sign)
{
    struct mig_cli *cli = sheet->breakdown->cli;
    if (isnan(value)) {
        mig_sheet_put(sheet, "\u2013");
        return;
    }
    if (sign && value > 0)
        mig_cli_require(cli, mig_buffer_append(&sheet->scratch, "+", 1, &cli->error));
    mig_people_real(cli, &sheet->scratch, value, decimals);
    mig_sheet_put_scratch(sheet);
}

/* Counts stay whole, and effects have one digit more; rates have as many as --precision leaves to
 * the largest. */
static void put_result(struct change *change, size_t group, const struct result *result)
{
    struct mig_sheet *sheet = change->sheet;
    int places = change->decimals, effects = is_rate(change) || places > 0 ? places : 1;
    write_keys(change, group, result->part == SIZE_MAX);
    put_number(sheet, result->before, places, false);
    put_number(sheet, result->after, places, false);
    put_number(sheet, result->change, places, true);
    put_number(sheet, result->first, effects, true);
    put_number(sheet, result->second, effects, true);
    struct mig_text part =
        mig_breakdown_key(change->breakdown, group, change->breakdown->n_by, true);
    char *name = mig_text_copy(part);
    if (name == NULL)
        mig_cli_require(sheet->breakdown->cli, mig_fail_memory(&sheet->breakdown->cli->error));
    mig_sheet_keep_note(sheet, result->part == SIZE_MAX ? _("(total)") : name,
        result->note != NULL ? _(result->note) : NULL);
    free(name);
}

static void find_decimals(struct change *change, const struct result *results, size_t count)
{
    double largest = 1;
    bool whole = true;
    for (size_t i = 0; i <= count; i++) {
        largest = fmax(largest, fmax(results[i].before, results[i].after));
        whole = whole && fmod(results[i].before, 1) == 0 && fmod(results[i].after, 1) == 0;
    }
    int places = change->breakdown->cli->precision - 1 - (int)floor(log10(largest));
    change->decimals = (whole && !is_rate(change)) || places < 0 ? 0 : places;
}

static void show(struct change *change, size_t group, const struct result *result)
{
    if (change->sheet != NULL)
        put_result(change, group, result);
    else
        write_effects(change, group, result);
}

/* Which of the periods the group of the tally is of; 2: neither. */
static int period_of(const struct change *change, size_t group_index)
{
    const struct mig_breakdown *breakdown = change->breakdown;
    struct mig_group group = mig_tally_group(breakdown->tally, group_index);
    struct mig_text text = mig_tally_key(breakdown->tally, &group, breakdown->change);
    return mig_text_equal(text, change->periods[0])   ? 0
           : mig_text_equal(text, change->periods[1]) ? 1
                                                      : 2;
}

/* The rows of the cross-table, whose columns are periods. */
static void find_parts(struct change *change)
{
    const struct mig_cross *cross = &change->cross;
    change->parts =
        mig_breakdown_allocate(change->breakdown->cli, cross->n_rows, sizeof *change->parts);
    change->n_parts = cross->n_rows;
    for (size_t row = 0; row < cross->n_rows; row++)
        change->parts[row].group = cross->rows[row].group;
    for (size_t column = 0; column < cross->n_columns; column++) {
        int period = period_of(change, cross->columns[column].group);
        if (period == 2)
            change->missing += (double)cross->columns[column].sums.n;
        for (size_t row = 0; row < cross->n_rows && period < 2; row++)
            change->parts[row].sums[period] = mig_cross_cell(cross, row, column);
    }
}

static bool is_same_part(const struct mig_breakdown *breakdown, size_t one, size_t other)
{
    struct mig_group a = mig_tally_group(breakdown->tally, one);
    struct mig_group b = mig_tally_group(breakdown->tally, other);
    bool same = true;
    for (size_t key = breakdown->n_by; key < breakdown->n_by + breakdown->n_of; key++)
        same = same && a.codes[key] == b.codes[key];
    return same;
}

/* The columns of the cross-table are the parts, each in its periods; its rows are groups. */
static void find_parts_over_groups(struct change *change)
{
    const struct mig_breakdown *breakdown = change->breakdown;
    const struct mig_cross *cross = &change->cross;
    change->parts = mig_breakdown_allocate(breakdown->cli, cross->n_columns, sizeof *change->parts);
    change->n_parts = 0;
    for (size_t column = 0; column < cross->n_columns; column++) {
        size_t group = cross->columns[column].group;
        int period = period_of(change, group);
        if (change->n_parts == 0 ||
            !is_same_part(breakdown, change->parts[change->n_parts - 1].group, group))
            change->parts[change->n_parts++].group = group;
        if (period < 2)
            change->parts[change->n_parts - 1].sums[period] = &cross->columns[column].sums;
    }
}

/* The parts, those of which nothing is known apart, and their total. */
static void write_parts(struct change *change, size_t first)
{
    struct mig_cli *cli = change->breakdown->cli;
    struct result *results = mig_breakdown_allocate(cli, change->n_parts, sizeof *results);
    size_t count = 0;
    for (size_t i = 0; i < change->n_parts; i++) {
        const struct part *part = &change->parts[i];
        if ((part->sums[0] != NULL || part->sums[1] != NULL) && !is_unknown(part))
            results[count++].part = i;
    }
    results[count].part = SIZE_MAX;
    if (is_rate(change))
        decompose_rates(change, results, count);
    else
        decompose_amounts(change, results, count);
    note_missing(change, results, count);
    find_decimals(change, results, count);
    for (size_t i = 0; i < count; i++)
        show(change, change->parts[results[i].part].group, &results[i]);
    for (size_t i = 0; i < change->n_parts; i++)
        if (is_unknown(&change->parts[i]))
            show(change, change->parts[i].group,
                &(struct result){i, NAN, NAN, NAN, NAN, NAN, why_unknown(&change->parts[i]), true});
    if (change->sheet != NULL)
        mig_cli_require(cli, mig_grid_rule(change->sheet->grid, &cli->error));
    show(change, first, &results[count]);
    free(results);
}

static void write_cross(
    struct change *change, size_t first, size_t end, const struct mig_cross_keys *keys)
{
    struct mig_breakdown *breakdown = change->breakdown;
    struct mig_cli *cli = breakdown->cli;
    change->cross = (struct mig_cross){0};
    mig_cli_require(cli, mig_cross_read(&change->cross, breakdown->tally,
                             is_rate(change) ? &breakdown->base : &breakdown->amount, NULL, first,
                             end, keys, &cli->error));
    if (change->over_groups)
        find_parts_over_groups(change);
    else
        find_parts(change);
    write_parts(change, first);
    free(change->parts);
    mig_cross_release(&change->cross);
}

/* Each group; with --totals then each part over all groups, and everything. */
static void write_groups(struct change *change)
{
    const struct mig_breakdown *breakdown = change->breakdown;
    size_t by = breakdown->n_by, of = by + breakdown->n_of;
    size_t count = mig_tally_count(breakdown->tally);
    for (size_t i = 0, end; i < count; i = end) {
        end = mig_tally_run_end(breakdown->tally, i, by);
        write_cross(change, i, end, &(struct mig_cross_keys){by, of, of + 1});
    }
    change->over_groups = true;
    if (breakdown->design.totals && by > 0 && count > 0) {
        if (change->sheet != NULL)
            mig_cli_require(
                breakdown->cli, mig_grid_rule(change->sheet->grid, &breakdown->cli->error));
        write_cross(change, 0, count, &(struct mig_cross_keys){0, by, of + 1});
    }
}

static void open_rows(struct mig_breakdown *breakdown)
{
    static const char *const columns[] = {"total", "measure", "kind", "from", "to", "before",
        "after", "estimate", "unit", "method", "note"};
    struct mig_keys shown = breakdown->keys;
    shown.count = breakdown->n_by + breakdown->n_of;
    mig_cli_open_table(breakdown->cli, &shown, columns, sizeof columns / sizeof *columns);
}

static void open_sheet(struct change *change)
{
    struct mig_breakdown *breakdown = change->breakdown;
    struct mig_sheet *sheet = change->sheet;
    size_t left = breakdown->n_by + breakdown->n_of;
    bool rate = is_rate(change);
    mig_sheet_begin(sheet, &(struct mig_grid_shape){left, 1, 5, 1});
    for (size_t key = 0; key < left; key++)
        mig_sheet_put(sheet, mig_keys_name(&breakdown->keys, key));
    mig_sheet_put(sheet, "");
    mig_sheet_put_text(sheet, change->periods[0]);
    mig_sheet_put_text(sheet, change->periods[1]);
    mig_sheet_put(sheet, rate ? _("contribution") : _("change"));
    mig_sheet_put(sheet, rate ? _("by rates") : _("by size"));
    mig_sheet_put(sheet, _("by composition"));
}

static void say_in_note(struct mig_breakdown *breakdown, const char *sentence, void *context)
{
    (void)context;
    mig_cli_note(breakdown->cli, "%s", sentence);
}

static void say_below(struct mig_breakdown *breakdown, const char *sentence, void *context)
{
    (void)breakdown;
    mig_sheet_line(context, sentence);
}

static void say_missing(struct change *change, mig_sentence_sink *say, void *context)
{
    struct mig_breakdown *breakdown = change->breakdown;
    struct mig_cli *cli = breakdown->cli;
    struct mig_buffer count = {0}, sentence = {0};
    if (!(change->missing > 0))
        return;
    mig_people_significant(cli, &count, change->missing, 15);
    mig_cli_require(
        cli, mig_buffer_print(&sentence, &cli->error,
                 _("%s cases are of neither %.*s nor %.*s (%s): they are left out"), count.data,
                 MIG_TEXT_ARG(change->periods[0]), MIG_TEXT_ARG(change->periods[1]),
                 mig_keys_name(&breakdown->keys, breakdown->change)));
    say(breakdown, sentence.data, context);
    mig_buffer_release(&count);
    mig_buffer_release(&sentence);
}

void mig_breakdown_write_change(struct mig_breakdown *breakdown)
{
    struct mig_sheet sheet;
    struct change change = {.breakdown = breakdown};
    bool wide = mig_breakdown_is_wide(breakdown) &&
                (breakdown->cli->format == MIG_TEXT || breakdown->cli->format == MIG_MD);
    bool any = mig_tally_count(breakdown->tally) > 0;
    if (any)
        find_periods(&change);
    if (wide) {
        mig_sheet_init(&sheet, breakdown);
        change.sheet = &sheet;
        open_sheet(&change);
    } else {
        open_rows(breakdown);
    }
    write_groups(&change);
    if (!wide) {
        say_missing(&change, say_in_note, NULL);
        mig_breakdown_known_keys(breakdown, say_in_note, NULL);
        return;
    }
    mig_sheet_end(&sheet);
    mig_sheet_put_notes(&sheet);
    mig_sheet_gap(&sheet);
    mig_sheet_line(&sheet, is_rate(&change)
                               ? _("by rates: as if composition had stayed; by composition: as if "
                                   "rates had stayed; both add up")
                               : _("by size: as if all parts had grown alike; by composition: the "
                                   "rest; both add up"));
    if (is_rate(&change))
        mig_breakdown_say_base(&sheet, &breakdown->base, breakdown->design.base);
    say_missing(&change, say_below, &sheet);
    mig_breakdown_known_keys(breakdown, say_below, &sheet);
    mig_sheet_print(&sheet);
}
