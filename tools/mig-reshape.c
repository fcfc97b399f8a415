/* mig-reshape: columns into rows (--long), rows into columns (--wide). */
#include <stdlib.h>

#include "base/i18n.h"
#include "cli/cli.h"
#include "table/reshape.h"

enum { LISTED_FAULTS = 20 };

static const char *long_columns, *names_to, *values_to, *wide_name, *wide_value;

static const struct mig_option options[] = {
    {"long", 0, "COLS", MIG_OPTION_TEXT, &long_columns,
        N_("Write a row for each of these columns: its name in one column, its value in another, "
           "all other columns repeated. 'men=m_total' gives a column another name."),
        NULL},
    {"names-to", 0, "NAME", MIG_OPTION_TEXT, &names_to,
        N_("With --long: the column for the names (name unless given)."), NULL},
    {"values-to", 0, "NAME", MIG_OPTION_TEXT, &values_to,
        N_("With --long: the column for the values (value unless given)."), NULL},
    {"wide", 0, "COL", MIG_OPTION_TEXT, &wide_name,
        N_("Make a column of each text that stands in this column; rows that agree in all other "
           "columns become one."),
        NULL},
    {"values", 0, "COL", MIG_OPTION_TEXT, &wide_value,
        N_("With --wide: the column whose values fill the new ones (value unless given)."), NULL},
    {0}};

static const struct mig_example examples[] = {
    {"mig-reshape --long returned_refugees,returned_idps --names-to indicator "
     "examples/mali_yearly.csv",
        N_("two indicators in one column")},
    {"mig-clean -c area,period,value malian_refugees_by_country.csv | mig-reshape --wide period",
        N_("a row a country, a column a year")},
    {0}};

static const struct mig_command command = {
    .name = "mig-reshape",
    .purpose = N_("turn columns into rows, or rows into columns"),
    .synopsis = "(--long COLS [--names-to NAME] [--values-to NAME] | --wide COL [--values COL]) "
                "[FILE]...",
    .examples = examples,
    .options = options,
    .common = MIG_TAKES_INPUT | MIG_TAKES_OUTPUT,
    .details = N_(
        "The values are counted and their numbers added up, exactly, as they are read and again "
        "as they are written; a difference is a failure.\n\n"
        "--long writes rows in the order of the input and, within a row, of the columns. A missing "
        "value is written as a row, too.\n\n"
        "--wide holds the table in memory and writes rows in the order in which they first "
        "appear, the new columns in key order: numbers, periods and classes by value, then other "
        "texts by bytes. Two values for the same row and column are an error that names both "
        "lines; choose the columns that tell rows apart with mig-clean --columns first. A "
        "combination that the input does not have is an empty cell."),
};

struct reshaping {
    struct mig_cli cli;
    struct mig_selection ids; /* the columns that stay */
    struct mig_wide *wide;    /* NULL with --long */
    struct mig_totals before, after;
    size_t written;
};

static void check_options(struct mig_cli *cli)
{
    if ((long_columns == NULL) == (wide_name == NULL))
        mig_cli_complain(cli, "%s", _("either --long or --wide is wanted"));
    if (long_columns == NULL && (names_to != NULL || values_to != NULL))
        mig_cli_complain(cli, "%s", _("--names-to and --values-to go with --long"));
    if (wide_name == NULL && wide_value != NULL)
        mig_cli_complain(cli, "%s", _("--values goes with --wide"));
    if ((names_to != NULL && *names_to == '\0') || (values_to != NULL && *values_to == '\0'))
        mig_cli_complain(cli, "%s", _("a name is empty"));
    mig_cli_settle(cli);
}

static void write_value(struct reshaping *reshaping, struct mig_text value)
{
    struct mig_cli *cli = &reshaping->cli;
    mig_cli_require(cli, mig_totals_add(&reshaping->after, cli->table, value, &cli->error));
    mig_writer_text(cli->writer, value);
}

static void end_row(struct reshaping *reshaping)
{
    mig_cli_require(
        &reshaping->cli, mig_writer_end_row(reshaping->cli.writer, &reshaping->cli.error));
    reshaping->written++;
}

static void write_long_rows(
    struct reshaping *reshaping, const struct mig_columns *columns, const struct mig_row *row)
{
    struct mig_cli *cli = &reshaping->cli;
    for (size_t i = 0; i < columns->count; i++)
        mig_cli_require(cli, mig_totals_add(&reshaping->before, cli->table,
                                 row->cells[columns->items[i]].text, &cli->error));
    for (size_t i = 0; i < columns->count; i++) {
        mig_cli_write_cells(cli, row, &reshaping->ids);
        mig_writer_string(cli->writer, columns->names[i]);
        write_value(reshaping, row->cells[columns->items[i]].text);
        end_row(reshaping);
    }
}

static void reshape_long(struct reshaping *reshaping)
{
    struct mig_cli *cli = &reshaping->cli;
    const char *const more[] = {
        names_to != NULL ? names_to : "name", values_to != NULL ? values_to : "value"};
    struct mig_columns columns = {0};
    struct mig_row row;
    mig_cli_columns(cli, mig_input_header(cli->table), long_columns, &columns);
    mig_cli_settle(cli);
    for (size_t i = 0; i < columns.count; i++)
        mig_selection_drop(&reshaping->ids, columns.items[i]);
    mig_cli_open_selected(cli, &reshaping->ids, more, sizeof more / sizeof *more);
    for (;;) {
        mig_cli_require(cli, mig_input_next(cli->table, &row, &cli->error));
        if (row.count == 0)
            break;
        write_long_rows(reshaping, &columns, &row);
    }
    mig_columns_release(&columns);
}

static void read_wide(struct reshaping *reshaping)
{
    struct mig_cli *cli = &reshaping->cli;
    struct mig_error_list faults = {.keep = LISTED_FAULTS};
    const struct mig_header *header = mig_input_header(cli->table);
    struct mig_wide_spec spec = {.name = mig_cli_column(cli, header, wide_name),
        .value = mig_cli_column(cli, header, wide_value != NULL ? wide_value : "value")};
    mig_cli_settle(cli);
    if (spec.name == spec.value)
        mig_cli_complain(cli, "%s", _("--wide and --values name the same column"));
    mig_cli_settle(cli);
    mig_selection_drop(&reshaping->ids, spec.name);
    mig_selection_drop(&reshaping->ids, spec.value);
    spec.ids = reshaping->ids.columns;
    spec.n_ids = reshaping->ids.count;
    mig_cli_require(cli, mig_wide_read(&reshaping->wide, cli->table, &spec, &faults, &cli->error));
    mig_cli_complain_all(cli, &faults);
    mig_cli_settle(cli);
}

static void write_wide_row(struct reshaping *reshaping, size_t row)
{
    struct mig_writer *writer = reshaping->cli.writer;
    struct mig_text ids = mig_wide_ids(reshaping->wide, row), text;
    while (mig_tuple_cut(&ids, &text))
        mig_writer_text(writer, text);
    for (size_t i = 0; i < mig_wide_names(reshaping->wide); i++)
        if (mig_wide_value(reshaping->wide, row, i, &text))
            write_value(reshaping, text);
        else
            mig_writer_empty(writer);
    end_row(reshaping);
}

static void reshape_wide(struct reshaping *reshaping)
{
    struct mig_cli *cli = &reshaping->cli;
    read_wide(reshaping);
    size_t n_names = mig_wide_names(reshaping->wide), n_rows = mig_wide_rows(reshaping->wide);
    size_t combinations = n_rows * n_names, n_cells = mig_wide_cells(reshaping->wide);
    const char **names = calloc(n_names + 1, sizeof *names);
    if (names == NULL)
        mig_cli_require(cli, mig_fail_memory(&cli->error));
    for (size_t i = 0; i < n_names; i++)
        names[i] = mig_wide_name(reshaping->wide, i);
    mig_cli_open_selected(cli, &reshaping->ids, names, n_names);
    free(names);
    for (size_t i = 0; i < n_rows; i++)
        write_wide_row(reshaping, i);
    if (combinations > n_cells)
        mig_cli_note(cli, _("combinations that the input does not have, left empty: %zu"),
            combinations - n_cells);
}

static void account(struct reshaping *reshaping)
{
    struct mig_cli *cli = &reshaping->cli;
    const struct mig_totals *after = &reshaping->after;
    struct mig_buffer sum = {0};
    mig_cli_require(cli, mig_totals_check(reshaping->wide != NULL ? mig_wide_totals(reshaping->wide)
                                                                  : &reshaping->before,
                             after, &cli->error));
    mig_cli_require(cli, mig_sum_format(&after->sum, &sum, &cli->error));
    mig_cli_note(cli,
        _("rows: %zu read, %zu written; values, the same before and after: numbers %zu (sum %s), "
          "texts %zu, missing %zu"),
        mig_input_account(cli->table).rows, reshaping->written, after->numbers, sum.data,
        after->texts, after->missing);
    mig_buffer_release(&sum);
}

int main(int argc, char **argv)
{
    struct reshaping reshaping = {0};
    struct mig_cli *cli = &reshaping.cli;
    const struct mig_option_list no_renames = {0};
    mig_cli_begin(cli, &command, argc, argv);
    check_options(cli);
    mig_cli_select(
        cli, mig_input_header(mig_cli_open_input(cli)), NULL, &no_renames, &reshaping.ids);
    if (wide_name != NULL)
        reshape_wide(&reshaping);
    else
        reshape_long(&reshaping);
    account(&reshaping);
    mig_wide_free(reshaping.wide);
    mig_selection_release(&reshaping.ids);
    mig_totals_release(&reshaping.before);
    mig_totals_release(&reshaping.after);
    return mig_cli_end(cli);
}
