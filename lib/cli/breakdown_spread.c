/* The wide table for programs: a row a group, columns for each part. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "cli/breakdown-internal.h"

/* The names of the columns, and the table's own order. */
struct spread {
    struct mig_breakdown *breakdown;
    char **names;
    size_t count;
};

/* "F", or "F / 0-17 row_share": the part, and which figure it is unless it is the count. */
static void add_name(struct spread *spread, const struct mig_cross *cross, size_t column,
    const char *figure, const char *suffix)
{
    const struct mig_breakdown *breakdown = spread->breakdown;
    struct mig_cli *cli = breakdown->cli;
    struct mig_buffer name = {0};
    size_t of = breakdown->n_strata + breakdown->n_by;
    for (size_t key = of; key < of + breakdown->n_of; key++) {
        struct mig_text text =
            mig_breakdown_key(breakdown, cross->columns[column].group, key, false);
        mig_cli_require(cli, mig_buffer_print(&name, &cli->error, "%s%.*s", key > of ? " / " : "",
                                 MIG_TEXT_ARG(text.length > 0 ? text : mig_text_of("missing"))));
    }
    mig_cli_require(cli,
        mig_buffer_print(&name, &cli->error, "%s%s%s", *figure != '\0' ? " " : "", figure, suffix));
    spread->names[spread->count++] = name.data;
}

static bool has_interval(const struct mig_breakdown *breakdown, int kind)
{
    return breakdown->design.intervals &&
           mig_breakdown_has_interval(breakdown, (enum mig_figure_kind)kind);
}

static size_t figures_of(const struct mig_breakdown *breakdown)
{
    size_t count = 1;
    for (int kind = 0; kind < MIG_FIGURE_KINDS; kind++)
        if (breakdown->kinds[kind])
            count += has_interval(breakdown, kind) ? 3 : 1;
    return count;
}

static void open_spread(struct spread *spread, const struct mig_cross *cross)
{
    struct mig_breakdown *breakdown = spread->breakdown;
    struct mig_keys shown = breakdown->keys;
    size_t count = cross->n_columns * figures_of(breakdown);
    spread->names = mig_breakdown_allocate(breakdown->cli, count, sizeof *spread->names);
    for (size_t column = 0; column < cross->n_columns; column++) {
        add_name(spread, cross, column, "", "");
        for (int kind = 0; kind < MIG_FIGURE_KINDS; kind++) {
            const char *name = mig_figure_name((enum mig_figure_kind)kind);
            if (!breakdown->kinds[kind])
                continue;
            add_name(spread, cross, column, name, "");
            if (!has_interval(breakdown, kind))
                continue;
            add_name(spread, cross, column, name, "_low");
            add_name(spread, cross, column, name, "_high");
        }
    }
    shown.count = breakdown->n_by;
    mig_cli_open_table(breakdown->cli, &shown, (const char *const *)spread->names, spread->count);
}

static void write_spot(struct mig_breakdown_table *table, const struct mig_spot *spot)
{
    struct mig_breakdown *breakdown = table->breakdown;
    struct mig_writer *writer = breakdown->cli->writer;
    struct mig_figure figure;
    (void)mig_breakdown_figure(table, spot, MIG_TOTAL_SHARE, breakdown->methods[0], &figure);
    if (figure.numerator != NULL)
        mig_writer_sum(writer, figure.numerator);
    else
        mig_writer_empty(writer);
    mig_figure_release(&figure);
    for (int kind = 0; kind < MIG_FIGURE_KINDS; kind++) {
        if (!breakdown->kinds[kind])
            continue;
        if (!mig_breakdown_figure(
                table, spot, (enum mig_figure_kind)kind, breakdown->methods[0], &figure))
            figure.out = mig_estimate_empty("");
        double unit = figure.unit > 0 ? figure.unit : 1;
        mig_writer_double(writer, figure.out.estimate * unit);
        if (has_interval(breakdown, kind)) {
            mig_writer_double(writer, figure.out.conf_low * unit);
            mig_writer_double(writer, figure.out.conf_high * unit);
        }
        mig_figure_release(&figure);
    }
}

static void write_table(struct mig_breakdown_table *table, void *context)
{
    struct spread *spread = context;
    struct mig_breakdown *breakdown = spread->breakdown;
    struct mig_cli *cli = breakdown->cli;
    (void)mig_breakdown_dense(breakdown, table->cross.n_rows, table->cross.n_columns);
    open_spread(spread, &table->cross);
    for (size_t row = 0; row < table->cross.n_rows; row++) {
        struct mig_spot spot = {row, row + 1, breakdown->n_by, 0};
        for (size_t key = 0; key < breakdown->n_by; key++)
            mig_writer_text(cli->writer,
                mig_breakdown_key(breakdown, table->cross.rows[row].group, key, false));
        for (; spot.column < table->cross.n_columns; spot.column++)
            write_spot(table, &spot);
        mig_cli_require(cli, mig_writer_end_row(cli->writer, &cli->error));
    }
}

static void say(struct mig_breakdown *breakdown, const char *sentence, void *context)
{
    (void)context;
    mig_cli_note(breakdown->cli, "%s", sentence);
}

void mig_breakdown_write_spread(struct mig_breakdown *breakdown)
{
    struct spread spread = {.breakdown = breakdown};
    if (mig_tally_count(breakdown->tally) == 0)
        mig_cli_complain(
            breakdown->cli, "%s", _("no rows: a wide table has no columns then; leave --wide out"));
    mig_cli_settle(breakdown->cli);
    mig_breakdown_each(breakdown, write_table, &spread);
    for (size_t i = 0; i < spread.count; i++)
        free(spread.names[i]);
    free(spread.names);
    mig_breakdown_known_keys(breakdown, mig_breakdown_everything(breakdown), 0,
        mig_breakdown_shown(breakdown), say, NULL);
    mig_breakdown_left_out(breakdown, breakdown->left_out, say, NULL);
}
