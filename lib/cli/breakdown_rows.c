/* The long form of mig-breakdown: one row a figure. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "cli/breakdown-internal.h"

/* Totals are marked, and where coverage is there, what it is the coverage of. */
static bool has_marks(const struct mig_breakdown *breakdown)
{
    return breakdown->design.totals || breakdown->coverage.count > 0;
}

/* What a figure is over, as the column total says it: the names of the keys of --by behind the
 * first `kept`, and of those of --of; or "all". */
static void write_mark(struct mig_breakdown *breakdown, size_t kept, bool over_parts)
{
    struct mig_cli *cli = breakdown->cli;
    size_t by = breakdown->n_strata, of = by + breakdown->n_by, end = of + breakdown->n_of;
    struct mig_buffer mark = {0};
    if (!has_marks(breakdown))
        return;
    mig_cli_require(cli, mig_buffer_append(&mark, "", 0, &cli->error));
    for (size_t key = by; key < end; key++)
        if (key < of ? key - by >= kept : over_parts)
            mig_cli_require(
                cli, mig_buffer_print(&mark, &cli->error, "%s%s", mark.length > 0 ? "+" : "",
                         mig_keys_name(&breakdown->keys, key)));
    if (over_parts && kept == 0)
        mig_writer_string(cli->writer, "all");
    else
        mig_writer_text(cli->writer, mig_buffer_text(&mark));
    mig_buffer_release(&mark);
}

static void write_key(struct mig_breakdown *breakdown, size_t group, size_t key, bool total)
{
    struct mig_writer *writer = breakdown->cli->writer;
    bool for_people = mig_writer_is_for_people(writer);
    if (!total)
        mig_writer_text(writer, mig_breakdown_key(breakdown, group, key, for_people));
    else if (for_people)
        mig_writer_words(writer, N_("(total)"));
    else
        mig_writer_empty(writer);
}

static void write_spot_keys(
    struct mig_breakdown *breakdown, const struct mig_cross *cross, const struct mig_spot *spot)
{
    size_t by = breakdown->n_strata, of = by + breakdown->n_by;
    bool parts = spot->column == MIG_ALL_COLUMNS;
    size_t row = cross->rows[spot->first_row].group;
    for (size_t key = 0; key < of; key++)
        write_key(breakdown, row, key, key >= by + spot->kept);
    for (size_t key = of; key < of + breakdown->n_of; key++)
        write_key(breakdown, parts ? row : cross->columns[spot->column].group, key, parts);
    write_mark(breakdown, spot->kept, parts);
}

static bool has_tests(const struct mig_breakdown *breakdown)
{
    return breakdown->design.tests.count > 0 || breakdown->design.base != NULL;
}

static void write_sum(struct mig_writer *writer, const struct mig_sum *sum)
{
    if (sum != NULL)
        mig_writer_sum(writer, sum);
    else
        mig_writer_empty(writer);
}

/* The cells from estimate on. `note` is in place of the estimate's own. */
static void write_estimate(
    struct mig_breakdown *breakdown, const struct mig_estimate *out, double unit, const char *note)
{
    struct mig_cli *cli = breakdown->cli;
    mig_cli_write_estimate_per(cli, out, unit > 0 ? unit : 1);
    if (has_tests(breakdown)) {
        mig_writer_double(cli->writer, out->statistic);
        mig_writer_double(cli->writer, out->df);
        mig_writer_double(cli->writer, out->p_value);
    }
    if (unit > 0)
        mig_cli_write_unit(cli);
    else
        mig_writer_empty(cli->writer);
    mig_writer_string(cli->writer, out->method);
    if (note != NULL)
        mig_writer_string(cli->writer, note);
    else
        mig_writer_words(cli->writer, out->note);
    mig_cli_require(cli, mig_writer_end_row(cli->writer, &cli->error));
}

static void write_figure(
    struct mig_breakdown_table *table, const struct mig_spot *spot, const struct mig_figure *figure)
{
    struct mig_breakdown *breakdown = table->breakdown;
    struct mig_writer *writer = breakdown->cli->writer;
    write_spot_keys(breakdown, &table->cross, spot);
    mig_writer_string(writer, figure->measure);
    mig_writer_string(writer, mig_figure_name(figure->kind));
    mig_writer_count(writer, figure->n);
    write_sum(writer, figure->numerator);
    write_sum(writer, figure->denominator);
    write_estimate(breakdown, &figure->out, figure->unit, NULL);
}

static bool has_methods(enum mig_figure_kind kind)
{
    return kind <= MIG_TOTAL_SHARE || kind == MIG_LOCATION_QUOTIENT;
}

/* A figure without an interval is the same by every method. */
static bool has_interval(const struct mig_estimate *out)
{
    return out->conf_low == out->conf_low || out->conf_high == out->conf_high;
}

static void write_spot(struct mig_breakdown_table *table, const struct mig_spot *spot)
{
    struct mig_breakdown *breakdown = table->breakdown;
    for (int kind = 0; kind < MIG_FIGURE_KINDS; kind++) {
        bool more = breakdown->kinds[kind];
        for (size_t i = 0; i < breakdown->n_methods && more; i++) {
            struct mig_figure figure;
            more = mig_breakdown_figure(
                table, spot, (enum mig_figure_kind)kind, breakdown->methods[i], &figure);
            if (more)
                write_figure(table, spot, &figure);
            more = more && has_methods((enum mig_figure_kind)kind) && has_interval(&figure.out);
            mig_figure_release(&figure);
        }
    }
}

/* Whether any row of the input falls in the column, in rows first .. end - 1 of the table. */
static bool occurs(const struct mig_cross *cross, size_t first, size_t end, size_t column)
{
    bool any = first == 0 && end == cross->n_rows;
    for (size_t row = first; row < end && !any; row++)
        any = mig_cross_cell(cross, row, column) != NULL;
    return any;
}

static bool shows_zeros(const struct mig_breakdown *breakdown)
{
    return breakdown->design.zeros || breakdown->design.expected;
}

/* The cells of rows first .. end - 1 added up, column after column, and their total. */
static void write_total_row(
    struct mig_breakdown_table *table, size_t first, size_t end, size_t kept)
{
    struct mig_spot spot = {first, end, kept, 0};
    for (spot.column = 0; spot.column < table->cross.n_columns; spot.column++)
        if (shows_zeros(table->breakdown) || occurs(&table->cross, first, end, spot.column))
            write_spot(table, &spot);
    spot.column = MIG_ALL_COLUMNS;
    write_spot(table, &spot);
}

/* The columns that a row shows, in order; returns how many. */
static size_t choose_columns(struct mig_breakdown_table *table, size_t row, size_t *order)
{
    struct mig_breakdown *breakdown = table->breakdown;
    struct mig_cli *cli = breakdown->cli;
    const struct mig_cross *cross = &table->cross;
    bool by_size = breakdown->design.sort == 1, zeros = shows_zeros(breakdown);
    size_t first = cross->rows[row].first, count = cross->rows[row].end - first;
    for (size_t i = 0; i < count; i++)
        order[i] = cross->cells[first + i].column;
    if (by_size)
        mig_cli_require(cli, mig_cross_sort_columns(cross, row, order, &cli->error));
    for (size_t column = 0; column < cross->n_columns && zeros; column++) {
        if (!by_size)
            order[column] = column;
        else if (mig_cross_cell(cross, row, column) == NULL)
            order[count++] = column;
    }
    return zeros ? cross->n_columns : count;
}

static void write_cells(struct mig_breakdown_table *table, size_t row, size_t *order)
{
    struct mig_breakdown *breakdown = table->breakdown;
    struct mig_spot spot = {row, row + 1, breakdown->n_by, 0};
    size_t count = choose_columns(table, row, order);
    for (size_t i = 0; i < count; i++) {
        spot.column = order[i];
        write_spot(table, &spot);
    }
    spot.column = MIG_ALL_COLUMNS;
    if (breakdown->design.totals && breakdown->n_by > 0)
        write_spot(table, &spot);
}

/* Whether two rows of a table agree in the first `kept` keys of --by. */
static bool agree(const struct mig_breakdown_table *table, size_t a, size_t b, size_t kept)
{
    const struct mig_breakdown *breakdown = table->breakdown;
    struct mig_group one = mig_tally_group(breakdown->tally, table->cross.rows[a].group);
    struct mig_group other = mig_tally_group(breakdown->tally, table->cross.rows[b].group);
    bool same = true;
    for (size_t i = breakdown->n_strata; i < breakdown->n_strata + kept; i++)
        same = same && one.codes[i] == other.codes[i];
    return same;
}

size_t mig_breakdown_run_begin(const struct mig_breakdown_table *table, size_t row, size_t kept)
{
    while (row > 0 && agree(table, row - 1, row, kept))
        row--;
    return row;
}

bool mig_breakdown_ends_run(const struct mig_breakdown_table *table, size_t row, size_t kept)
{
    return row + 1 == table->cross.n_rows || !agree(table, row, row + 1, kept);
}

/* Subtotals of the runs that end with `row`, the smallest first. */
static void write_subtotals(struct mig_breakdown_table *table, size_t row)
{
    for (size_t kept = table->breakdown->n_by; kept-- > 1;)
        if (mig_breakdown_ends_run(table, row, kept))
            write_total_row(table, mig_breakdown_run_begin(table, row, kept), row + 1, kept);
}

static void write_finding(const struct mig_finding *finding, void *context)
{
    struct mig_breakdown *breakdown = context;
    struct mig_writer *writer = breakdown->cli->writer;
    size_t of = breakdown->n_strata + breakdown->n_by;
    for (size_t key = 0; key < of; key++)
        write_key(breakdown, finding->group, key, key >= finding->kept);
    for (size_t key = of; key < of + breakdown->n_of; key++)
        write_key(breakdown, finding->column_group, key, finding->column_group == SIZE_MAX);
    write_mark(breakdown,
        finding->kept > breakdown->n_strata ? finding->kept - breakdown->n_strata : 0,
        finding->column_group == SIZE_MAX);
    mig_writer_string(writer, finding->measure);
    mig_writer_string(writer, finding->kind);
    mig_writer_double(writer, finding->n);
    write_sum(writer, finding->numerator);
    write_sum(writer, finding->denominator);
    write_estimate(breakdown, &finding->out, finding->unit, finding->note);
}

static void write_table(struct mig_breakdown_table *table, void *context)
{
    struct mig_breakdown *breakdown = table->breakdown;
    (void)context;
    size_t *order = mig_breakdown_allocate(breakdown->cli, table->cross.n_columns, sizeof *order);
    for (size_t row = 0; row < table->cross.n_rows; row++) {
        write_cells(table, row, order);
        if (breakdown->design.totals)
            write_subtotals(table, row);
    }
    free(order);
    if (breakdown->design.totals && breakdown->n_by > 0)
        write_total_row(table, 0, table->cross.n_rows, 0);
    else if (breakdown->design.totals)
        write_spot(table, &(struct mig_spot){0, table->cross.n_rows, 0, MIG_ALL_COLUMNS});
    mig_breakdown_tests(table, write_finding, breakdown);
    mig_breakdown_indices(table, write_finding, breakdown);
    mig_breakdown_coverage(table, write_finding, breakdown);
}

static void open_table(struct mig_breakdown *breakdown)
{
    static const char *const first[] = {"total", "measure", "kind", "n", "numerator", "denominator",
        "estimate", "std_error", "conf_low", "conf_high", "conf_level"};
    static const char *const tests[] = {"statistic", "df", "p_value"};
    static const char *const last[] = {"unit", "method", "note"};
    const char *columns[17];
    size_t count = 0, skipped = has_marks(breakdown) ? 0 : 1;
    for (size_t i = skipped; i < sizeof first / sizeof *first; i++)
        columns[count++] = first[i];
    for (size_t i = 0; i < 3 && has_tests(breakdown); i++)
        columns[count++] = tests[i];
    for (size_t i = 0; i < 3; i++)
        columns[count++] = last[i];
    struct mig_keys shown = breakdown->keys;
    shown.count = breakdown->n_strata + breakdown->n_by + breakdown->n_of;
    mig_cli_open_table(breakdown->cli, &shown, columns, count);
}

static void say(struct mig_breakdown *breakdown, const char *sentence, void *context)
{
    (void)context;
    mig_cli_note(breakdown->cli, "%s", sentence);
}

void mig_breakdown_write_rows(struct mig_breakdown *breakdown)
{
    open_table(breakdown);
    mig_breakdown_each(breakdown, write_table, NULL);
    mig_breakdown_known_keys(breakdown, mig_breakdown_everything(breakdown), 0,
        mig_breakdown_shown(breakdown), say, NULL);
    mig_breakdown_left_out(breakdown, breakdown->left_out, say, NULL);
    mig_breakdown_units(breakdown, say, NULL);
}
