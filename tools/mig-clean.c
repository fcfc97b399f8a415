/* mig-clean: any CSV export in, plain UTF-8 CSV with one header row out. */
#include <string.h>

#include "base/i18n.h"
#include "cli/cli.h"
#include "input/cleaner.h"

enum { LISTED_FAULTS = 20 };

static const char *numbers, *dates, *chosen, *rejects, *decimal_sign = ".", *group_sign = "";
static struct mig_option_list renames;
static int date_order;
static const char *const date_orders[] = {"ymd", "dmy", "mdy", NULL}; /* enum mig_date_order */

static const struct mig_option options[] = {
    {"number", 'n', "COLS", MIG_OPTION_TEXT, &numbers,
        N_("These columns hold numbers, written as --decimal and --group say; they come out as "
           "1234.5."),
        NULL},
    {"decimal", 0, "SIGN", MIG_OPTION_TEXT, &decimal_sign,
        N_("The decimal sign of the numbers, '.' (unless given) or ','."), NULL},
    {"group", 0, "SIGN", MIG_OPTION_TEXT, &group_sign,
        N_("What stands between thousands: '.', ',', an apostrophe, or the word space for any "
           "blank, the narrow and unbreakable ones included. Nothing unless given."),
        NULL},
    {"date", 0, "COLS", MIG_OPTION_TEXT, &dates,
        N_("These columns hold days, whose fields stand as --date-format says; they come out as "
           "2025-09-30."),
        NULL},
    {"date-format", 0, "ymd|dmy|mdy", MIG_OPTION_CHOICE, &date_order,
        N_("Order of day, month and year in the dates: ymd unless given. The fields are "
           "separated by '-', '/' or '.'."),
        date_orders},
    {"columns", 'c', "COLS", MIG_OPTION_TEXT, &chosen,
        N_("Keep these columns, in this order. 'name=COL' gives one another name."), NULL},
    {"rename", 0, "OLD=NEW", MIG_OPTION_LIST, &renames,
        N_("Give a column another name; several separated by commas, or the option repeated."),
        NULL},
    {"rejects", 0, "FILE", MIG_OPTION_TEXT, &rejects,
        N_("Write every row with a cell that does not fit to FILE instead, once for each such "
           "cell: file, line, column, name, value, reason, and the row as CSV."),
        NULL},
    {0}};

static const struct mig_example examples[] = {
    {"mig-clean --encoding windows-1252 --missing NA --number Retours,Montant --decimal , "
     "--group space examples/export_fr_synthetic.csv",
        N_("a French spreadsheet export: 1 234,5 becomes 1234.5")},
    {"mig-clean --encoding windows-1252 --date Date --date-format dmy --rejects rejected.csv "
     "-o clean.csv examples/export_fr_synthetic.csv",
        N_("days written 31/12/2025; rows with anything else go to rejected.csv")},
    {"mig-clean --missing 'N/A,..' --columns 'Region,idps=#affected+idps' "
     "examples/hxl_synthetic.csv",
        N_("two columns, one of them found by its HXL tag and renamed")},
    {"mig-clean --header-rows 2 examples/tracking_synthetic.csv",
        N_("a spreadsheet with groups of columns over the names: 'Place / Region'")},
    {0}};

static const struct mig_command command = {
    .name = "mig-clean",
    .purpose = N_("turn any CSV export into plain UTF-8 CSV with one header row"),
    .synopsis = "[--number COLS] [--date COLS] [--columns COLS] [--rejects FILE] [FILE]...",
    .examples = examples,
    .options = options,
    .common = MIG_TAKES_INPUT | MIG_TAKES_LAYOUT | MIG_TAKES_OUTPUT,
    .details = N_(
        "The delimiter (comma, semicolon, tab, bar or colon), a byte order mark, gzip, title lines "
        "above the header, an HXL tag row, delimiters at the ends of lines and a footer are found "
        "and removed, and notes say what was found. What can't be decided is refused. "
        "Values are not changed unless an option asks for it. Tokens of --missing become empty "
        "cells.\n\n"
        "Cells that do not fit (not a number, not a date, a row with too few or too many cells) go "
        "to --rejects FILE with their place and reason, and the status is 1. Without --rejects the "
        "first 20 are listed on standard error, with the count of all, and the status is 2; what "
        "was written to a pipe by then ends in an open quote, so that the next command refuses it "
        "instead of taking the part for the whole. Rows read are rows written and rows rejected, "
        "always."),
};

struct cleaning {
    struct mig_cli cli;
    const struct mig_header *header;
    struct mig_cleaner cleaner;
    struct mig_selection output;
    struct mig_rejects rejects;
    struct mig_error_list faults;
    size_t read;
};

static void set_treatment(struct cleaning *cleaning, const char *list, enum mig_treatment treatment)
{
    struct mig_columns columns = {0};
    mig_cli_columns(&cleaning->cli, cleaning->header, list, &columns);
    mig_cli_settle(&cleaning->cli);
    for (size_t i = 0; i < columns.count; i++) {
        enum mig_treatment *place = &cleaning->cleaner.treatments[columns.items[i]];
        if (*place != MIG_AS_IT_IS && *place != treatment)
            mig_cli_complain(&cleaning->cli, _("column '%s' is asked to be a number and a date"),
                cleaning->header->names[columns.items[i]]);
        *place = treatment;
    }
    mig_columns_release(&columns);
}

static struct mig_number_style number_style(struct mig_cli *cli)
{
    static const char *const signs[] = {"", ".", ",", "'", " "};
    const char *sign = strcmp(group_sign, "space") == 0 ? " " : group_sign;
    struct mig_number_style style = {.decimal = *decimal_sign};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (strcmp(sign, signs[i]) == 0)
            style.group = mig_text_of(signs[i]);
    if (style.group.data == NULL)
        mig_cli_complain(cli, _("--group '%s': '.', ',', an apostrophe or space is wanted"), sign);
    if (strcmp(decimal_sign, ".") != 0 && strcmp(decimal_sign, ",") != 0)
        mig_cli_complain(cli, _("--decimal '%s': '.' or ',' is wanted"), decimal_sign);
    if (strcmp(decimal_sign, sign) == 0)
        mig_cli_complain(
            cli, _("'%s' can't be the decimal sign and stand between thousands"), sign);
    return style;
}

static void plan(struct cleaning *cleaning)
{
    struct mig_cli *cli = &cleaning->cli;
    struct mig_number_style style = number_style(cli);
    mig_cli_settle(cli);
    cli->input.find_header = cli->input.pass_ragged = true;
    cleaning->header = mig_input_header(mig_cli_open_input(cli));
    mig_cli_require(cli, mig_cleaner_init(&cleaning->cleaner, cli->table, &cli->error));
    cleaning->cleaner.style = style;
    cleaning->cleaner.order = (enum mig_date_order)date_order;
    set_treatment(cleaning, numbers, MIG_AS_NUMBER);
    set_treatment(cleaning, dates, MIG_AS_DATE);
    mig_cli_select(cli, cleaning->header, chosen, &renames, &cleaning->output);
}

static void open_outputs(struct cleaning *cleaning)
{
    struct mig_cli *cli = &cleaning->cli;
    mig_cli_open_rejects(cli, rejects, &cleaning->rejects);
    mig_cli_open_writer(cli, (const char *const *)cleaning->output.names, cleaning->output.count);
    cleaning->faults.keep = rejects == NULL ? LISTED_FAULTS : 0;
}

static void write_row(struct cleaning *cleaning)
{
    struct mig_cli *cli = &cleaning->cli;
    for (size_t i = 0; i < cleaning->output.count; i++) {
        size_t column = cleaning->output.columns[i];
        struct mig_text text = mig_buffer_text(&cleaning->cleaner.cells[column]);
        if (cleaning->cleaner.treatments[column] == MIG_AS_NUMBER && text.length > 0)
            mig_writer_number_text(cli->writer, text);
        else
            mig_writer_text(cli->writer, text);
    }
    mig_cli_require(cli, mig_writer_end_row(cli->writer, &cli->error));
}

/* Reads to the end. Once a row was refused without --rejects the output is lost: faults are only
 * counted. */
static void clean_rows(struct cleaning *cleaning)
{
    struct mig_cli *cli = &cleaning->cli;
    struct mig_row row;
    for (;;) {
        mig_cli_require(cli, mig_input_next(cli->table, &row, &cli->error));
        if (row.count == 0)
            break;
        size_t before = cleaning->faults.total;
        cleaning->read++;
        mig_cli_require(
            cli, mig_cleaner_row(&cleaning->cleaner, &row, &cleaning->faults, &cli->error));
        if (cleaning->faults.total > before)
            mig_cli_reject(cli, &cleaning->rejects, cleaning->header, &row, &cleaning->faults);
        else if (rejects != NULL || cleaning->rejects.rows == 0)
            write_row(cleaning);
        if (rejects != NULL) /* written; without a file the faults are kept for the end */
            cleaning->faults.count = cleaning->faults.total = 0;
    }
}

static void say_what_was_found(struct cleaning *cleaning)
{
    struct mig_cli *cli = &cleaning->cli;
    mig_cli_note_dialect(cli, false);
    if (cleaning->cleaner.missing > 0)
        mig_cli_note(cli, _("cells read as missing: %zu"), cleaning->cleaner.missing);
}

/* Without --rejects, faults end the command: the first ones are shown and all are counted. */
static void fail_on_faults(struct cleaning *cleaning)
{
    struct mig_cli *cli = &cleaning->cli;
    size_t total = cleaning->faults.total;
    for (size_t i = 0; i < cleaning->faults.count; i++) {
        struct mig_error *fault = &cleaning->faults.items[i];
        if (fault->column > 0)
            mig_error_locate(fault, NULL, cleaning->header->names[fault->column - 1]);
    }
    mig_cli_complain_all(cli, &cleaning->faults);
    if (total > 0)
        mig_cli_complain(cli, _("rows that do not fit: %zu of %zu; --rejects FILE sets them apart"),
            cleaning->rejects.rows, cleaning->read);
    mig_cli_settle(cli);
}

static void finish(struct cleaning *cleaning)
{
    struct mig_cli *cli = &cleaning->cli;
    say_what_was_found(cleaning);
    fail_on_faults(cleaning);
    size_t rejected = cleaning->rejects.rows;
    mig_cli_account(cli, cleaning->read, cleaning->read - rejected, 0, rejected);
    mig_cli_close_rejects(cli, rejects, &cleaning->rejects);
    mig_error_list_release(&cleaning->faults);
    mig_selection_release(&cleaning->output);
    mig_cleaner_release(&cleaning->cleaner);
}

int main(int argc, char **argv)
{
    struct cleaning cleaning = {0};
    mig_cli_begin(&cleaning.cli, &command, argc, argv);
    plan(&cleaning);
    open_outputs(&cleaning);
    clean_rows(&cleaning);
    finish(&cleaning);
    return mig_cli_end(&cleaning.cli);
}
