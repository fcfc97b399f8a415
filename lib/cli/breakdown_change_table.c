/* The table of a change: rows of effects, or a page for people. */
#include <math.h>
#include <stdlib.h>

#include "base/i18n.h"
#include "cli/breakdown-change-internal.h"

static void write_keys(struct mig_change *change, size_t group_index, bool total)
{
    struct mig_breakdown *breakdown = change->breakdown;
    size_t of = breakdown->n_by;
    for (size_t key = 0; key < of + breakdown->n_of; key++) {
        bool over = key < of ? key >= change->kept : total;
        if (change->sheet != NULL && over)
            mig_sheet_put(change->sheet, key == change->kept || key == of ? _("(total)") : "");
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
static void write_mark(const struct mig_change *change, bool total)
{
    const struct mig_breakdown *breakdown = change->breakdown;
    struct mig_cli *cli = breakdown->cli;
    size_t of = breakdown->n_by, end = of + breakdown->n_of;
    struct mig_buffer mark = {0};
    mig_cli_require(cli, mig_buffer_append(&mark, "", 0, &cli->error));
    for (size_t key = change->kept; key < (total ? end : of); key++)
        mig_cli_require(cli, mig_buffer_print(&mark, &cli->error, "%s%s",
                                 mark.length > 0 ? "+" : "", mig_keys_name(&breakdown->keys, key)));
    if (total && change->kept == 0)
        mig_writer_string(cli->writer, "all");
    else
        mig_writer_text(cli->writer, mig_buffer_text(&mark));
    mig_buffer_release(&mark);
}

/* One row an effect. */
static void write_effects(
    struct mig_change *change, size_t group, const struct mig_change_result *result)
{
    struct mig_breakdown *breakdown = change->breakdown;
    struct mig_writer *writer = breakdown->cli->writer;
    bool total = result->part == SIZE_MAX, rate = mig_change_is_rate(change);
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

/* Digits behind the decimal sign: counts stay whole, and effects have one more; rates have as many
 * as --precision leaves to the largest. */
static int decimals_of(const struct mig_change *change)
{
    int places =
        change->breakdown->cli->precision - 1 - (int)floor(log10(fmax(1, change->largest)));
    bool whole = !change->broken && !mig_change_is_rate(change);
    return whole || places < 0 ? 0 : places;
}

static void measure(
    struct mig_change *change, const struct mig_change_result *results, size_t count)
{
    for (size_t i = 0; i <= count; i++) {
        change->largest = fmax(change->largest, fmax(results[i].before, results[i].after));
        change->broken =
            change->broken || fmod(results[i].before, 1) != 0 || fmod(results[i].after, 1) != 0;
    }
}

/* "Gao / F": which result a note is about. */
static void keep_note(
    struct mig_change *change, size_t group, const struct mig_change_result *result)
{
    struct mig_breakdown *breakdown = change->breakdown;
    struct mig_cli *cli = breakdown->cli;
    struct mig_buffer name = {0};
    bool total = result->part == SIZE_MAX;
    for (size_t key = 0; key < breakdown->n_by + breakdown->n_of; key++) {
        bool over = key < breakdown->n_by ? key >= change->kept : total;
        struct mig_text text = mig_breakdown_key(breakdown, group, key, true);
        if (over)
            text = mig_text_of(_("(total)"));
        if (!over || key == change->kept || key == breakdown->n_by)
            mig_cli_require(cli, mig_buffer_print(&name, &cli->error, "%s%.*s",
                                     name.length > 0 ? " / " : "", MIG_TEXT_ARG(text)));
    }
    mig_sheet_keep_note(change->sheet, name.data, result->note != NULL ? _(result->note) : NULL);
    mig_buffer_release(&name);
}

static void put_result(
    struct mig_change *change, size_t group, const struct mig_change_result *result)
{
    struct mig_sheet *sheet = change->sheet;
    int places = decimals_of(change);
    int effects = mig_change_is_rate(change) || places > 0 ? places : 1;
    write_keys(change, group, result->part == SIZE_MAX);
    put_number(sheet, result->before, places, false);
    put_number(sheet, result->after, places, false);
    put_number(sheet, result->change, places, true);
    put_number(sheet, result->first, effects, true);
    put_number(sheet, result->second, effects, true);
    keep_note(change, group, result);
}

static void show(struct mig_change *change, size_t group, const struct mig_change_result *result)
{
    if (change->sheet != NULL)
        put_result(change, group, result);
    else
        write_effects(change, group, result);
}

static void rule(struct mig_change *change)
{
    struct mig_cli *cli = change->breakdown->cli;
    if (change->sheet != NULL)
        mig_cli_require(cli, mig_grid_rule(change->sheet->grid, &cli->error));
}

void mig_change_show(struct mig_change *change, size_t group,
    const struct mig_change_result *results, size_t count, size_t n_unknown)
{
    bool empty = count + n_unknown == 0; /* in both periods */
    if (change->measuring)
        measure(change, results, count);
    if (change->measuring || (empty && change->kept > 0))
        return;
    if (change->kept < change->breakdown->n_by)
        rule(change);
    const struct mig_change_result *known = results, *unknown = results + count + 1;
    for (size_t i = 0; i < count + n_unknown; i++) { /* both in the order of the parts */
        bool next_is_known =
            known < results + count &&
            (unknown == results + count + 1 + n_unknown || known->part < unknown->part);
        const struct mig_change_result *next = next_is_known ? known++ : unknown++;
        show(change, change->parts[next->part].group, next);
    }
    rule(change);
    show(change, group, &results[count]);
}

static void open_rows(struct mig_breakdown *breakdown)
{
    static const char *const columns[] = {"total", "measure", "kind", "from", "to", "before",
        "after", "estimate", "unit", "method", "note"};
    struct mig_keys shown = breakdown->keys;
    shown.count = breakdown->n_by + breakdown->n_of;
    mig_cli_open_table(breakdown->cli, &shown, columns, sizeof columns / sizeof *columns);
}

static void open_sheet(struct mig_change *change)
{
    struct mig_breakdown *breakdown = change->breakdown;
    struct mig_sheet *sheet = change->sheet;
    size_t left = breakdown->n_by + breakdown->n_of;
    bool rate = mig_change_is_rate(change);
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

static void say_missing(struct mig_change *change, mig_sentence_sink *say, void *context)
{
    struct mig_breakdown *breakdown = change->breakdown;
    struct mig_cli *cli = breakdown->cli;
    struct mig_buffer count = {0}, sentence = {0};
    if (!(change->missing > 0))
        return;
    mig_people_significant(cli, &count, change->missing, 15);
    mig_cli_require(cli,
        mig_buffer_print(&sentence, &cli->error,
            dngettext(MIG_TEXT_DOMAIN, "%s case is of neither %.*s nor %.*s (%s): it is left out",
                "%s cases are of neither %.*s nor %.*s (%s): they are left out",
                mig_breakdown_plural(change->missing)),
            count.data, MIG_TEXT_ARG(change->periods[0]), MIG_TEXT_ARG(change->periods[1]),
            mig_keys_name(&breakdown->keys, breakdown->change)));
    say(breakdown, sentence.data, context);
    mig_buffer_release(&count);
    mig_buffer_release(&sentence);
}

/* The key of --change as well. */
static void say_known_keys(struct mig_change *change, mig_sentence_sink *say, void *context)
{
    struct mig_breakdown *breakdown = change->breakdown;
    mig_breakdown_known_keys(breakdown, mig_breakdown_everything(breakdown), 0,
        mig_breakdown_shown(breakdown) + 1, say, context);
}

void mig_change_begin(struct mig_change *change)
{
    if (change->sheet != NULL)
        open_sheet(change);
    else
        open_rows(change->breakdown);
}

static void write_below(struct mig_change *change)
{
    struct mig_breakdown *breakdown = change->breakdown;
    struct mig_sheet *sheet = change->sheet;
    bool rate = mig_change_is_rate(change);
    mig_sheet_end(sheet);
    mig_sheet_put_notes(sheet);
    mig_sheet_gap(sheet);
    mig_sheet_line(sheet, rate ? _("by rates: as if composition had stayed; by composition: as if "
                                   "rates had stayed; both add up")
                               : _("by size: as if all parts had grown alike; by composition: the "
                                   "rest; both add up"));
    if (rate)
        mig_breakdown_say_base(
            sheet, &breakdown->base, &breakdown->base_once, breakdown->design.base);
    say_missing(change, say_below, sheet);
    say_known_keys(change, say_below, sheet);
    mig_sheet_print(sheet);
}

void mig_change_end(struct mig_change *change)
{
    if (change->sheet != NULL) {
        write_below(change);
        return;
    }
    say_missing(change, say_in_note, NULL);
    say_known_keys(change, say_in_note, NULL);
}
