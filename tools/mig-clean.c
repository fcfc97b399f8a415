/* mig-clean: any CSV export in, plain UTF-8 CSV with one header row out. */
#include "base/i18n.h"
#include "cli/clean.h"

enum { LISTED_FAULTS = 20 };

static struct mig_wishes wishes = {.decimal = ".", .group = ""};
static const char *chosen, *rejects, *log_path;
static struct mig_option_list renames;
static bool propose, restore_tags;
static const char *const date_orders[] = {"ymd", "dmy", "mdy", NULL};      /* enum mig_date_order */
static const char *const percents[] = {"refuse", "points", "share", NULL}; /* enum mig_percent */

static const struct mig_option options[] = {{"propose", 0, NULL, MIG_OPTION_SWITCH, &propose,
                                                N_("Write no data but a proposed schema: what each "
                                                   "column seems to hold, with the evidence. "
                                                   "What can be read in two ways is left to you."),
                                                NULL},
    {"schema", 0, "FILE", MIG_OPTION_TEXT, &wishes.schema,
        N_("Read the columns as this schema says, and name the columns that appeared, vanished or "
           "changed their type. The options below go before it."),
        NULL},
    {"number", 'n', "COLS", MIG_OPTION_TEXT, &wishes.numbers,
        N_("These columns hold numbers, written as --decimal and --group say; they come out as "
           "plain decimals, 1234.5: 1e5 is 100000, and .5 is 0.5."),
        NULL},
    {"decimal", 0, "SIGN", MIG_OPTION_TEXT, &wishes.decimal,
        N_("The decimal sign of the numbers, '.' (unless given) or ','."), NULL},
    {"group", 0, "SIGN", MIG_OPTION_TEXT, &wishes.group,
        N_("What stands between thousands: '.', ',', an apostrophe, or the word space for any "
           "blank, the narrow and unbreakable ones included; or several of these signs: '. '. "
           "Nothing unless given."),
        NULL},
    {"percent", 0, NULL, MIG_OPTION_CHOICE, &wishes.percent,
        N_("A number with a percent sign: 49,7 % becomes 49.7 (points) or 0.497 (share); refused "
           "unless given."),
        percents},
    {"date", 0, "COLS", MIG_OPTION_TEXT, &wishes.dates,
        N_("These columns hold days, whose fields stand as --date-format says, or with the month "
           "in "
           "words, French or English; they come out as 2025-09-30. A time of day is cut off."),
        NULL},
    {"date-format", 0, "ymd|dmy|mdy", MIG_OPTION_CHOICE, &wishes.date_order,
        N_("Order of day, month and year in the dates: ymd unless given. The fields are "
           "separated by '-', '/' or '.'."),
        date_orders},
    {"trim", 0, NULL, MIG_OPTION_SWITCH, &wishes.trim,
        N_("Remove blanks and line ends at both ends of text."), NULL},
    {"labels", 0, "COL=OLD:NEW", MIG_OPTION_LIST, &wishes.labels,
        N_("Take one label for another; several separated by commas, or the option repeated. "
           "COL=LABEL takes LABEL in any letter case."),
        NULL},
    {"split", 0, "'COL;'", MIG_OPTION_TEXT, &wishes.split,
        N_("Cells of this column hold several values with this sign between them, or lists "
           "('COL[]'): "
           "a row for each, numbered in COL_part, of COL_parts."),
        NULL},
    {"columns", 'c', "COLS", MIG_OPTION_TEXT, &chosen,
        N_("Keep these columns, in this order. 'name=COL' gives one another name."), NULL},
    {"rename", 0, "OLD=NEW", MIG_OPTION_LIST, &renames,
        N_("Give a column another name; several separated by commas, or the option repeated."),
        NULL},
    {"restore-tags", 0, NULL, MIG_OPTION_SWITCH, &restore_tags,
        N_("Write the row of HXL tags below the header again."), NULL},
    {"excel-safe", 0, NULL, MIG_OPTION_SWITCH, &wishes.excel_safe,
        N_("Put an apostrophe before text that a spreadsheet would take for a formula: that begins "
           "with = + - @, tab or CR and is not a number, written in French or English."),
        NULL},
    {"rejects", 0, "FILE", MIG_OPTION_TEXT, &rejects,
        N_("Write every row with a cell that does not fit to FILE instead, once for each such "
           "cell: file, line, column, name, value, reason, and the row as CSV."),
        NULL},
    {"log", 0, "FILE", MIG_OPTION_TEXT, &log_path,
        N_("Write to FILE how many cells of each column were changed, and how: column, change, "
           "cells, example, becomes."),
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
    {"mig-clean --propose -o hxl.schema.json examples/hxl_synthetic.csv",
        N_("a schema to look through, correct and keep")},
    {"mig-clean --header-rows 2 examples/tracking_synthetic.csv",
        N_("a spreadsheet with groups of columns over the names: 'Place / Region'")},
    {0}};

static const struct mig_command command = {
    .name = "mig-clean",
    .purpose = N_("turn any CSV export into plain UTF-8 CSV with one header row"),
    .synopsis =
        "[--schema FILE] [--number COLS] [--date COLS] [--columns COLS] [--rejects FILE] [FILE]...",
    .examples = examples,
    .options = options,
    .common = MIG_TAKES_INPUT | MIG_TAKES_LAYOUT | MIG_TAKES_OUTPUT,
    .details = N_(
        "The delimiter (comma, semicolon, tab, bar or colon), a byte order mark, gzip, title lines "
        "above the header, an HXL tag row, delimiters at the ends of lines and a footer are found "
        "and removed, and notes say what was found. What can't be decided is refused. "
        "Values are not changed unless an option or a schema asks for it. Tokens of --missing "
        "become empty "
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
    struct mig_schema schema;
    struct mig_cleaner cleaner;
    struct mig_selection output;
    struct mig_rejects rejects;
    FILE *log; /* NULL without --log */
    struct mig_error_list faults;
    size_t read;
};

static void plan(struct cleaning *cleaning)
{
    struct mig_cli *cli = &cleaning->cli;
    mig_cli_read_wishes(cli, &wishes, &cleaning->schema);
    cleaning->header = mig_input_header(mig_cli_open_input(cli));
    mig_cli_plan_cleaning(cli, &wishes, &cleaning->schema, &cleaning->cleaner);
    mig_cli_select(cli, cleaning->header, chosen, &renames, &cleaning->output);
    mig_cli_add_parts(cli, &cleaning->cleaner, &cleaning->output);
}

static void open_outputs(struct cleaning *cleaning)
{
    struct mig_cli *cli = &cleaning->cli;
    if (wishes.excel_safe)
        mig_cli_protect_names(cli, &cleaning->output);
    mig_cli_open_rejects(cli, rejects, &cleaning->rejects);
    if (log_path != NULL)
        cleaning->log = mig_cli_open_file(cli, log_path);
    mig_cli_open_writer(cli, (const char *const *)cleaning->output.names, cleaning->output.count);
    cleaning->faults.keep = rejects == NULL ? LISTED_FAULTS : 0;
    if (restore_tags)
        mig_cli_write_tags(cli, &cleaning->output, &cleaning->schema);
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
            mig_cli_write_cleaned(cli, &cleaning->cleaner, &cleaning->output);
        if (rejects != NULL) /* written; without a file the faults are kept for the end */
            cleaning->faults.count = cleaning->faults.total = 0;
    }
}

static void finish(struct cleaning *cleaning)
{
    struct mig_cli *cli = &cleaning->cli;
    size_t rejected = cleaning->rejects.rows;
    mig_cli_note_dialect(cli, restore_tags);
    mig_cli_review_cleaning(cli, &wishes, &cleaning->cleaner);
    mig_cli_fail_on_faults(cli, &cleaning->faults, rejected, cleaning->read);
    mig_cli_account(cli, cleaning->read, cleaning->read - rejected, 0, rejected);
    if (log_path != NULL)
        mig_cli_write_changes(cli, cleaning->log, &cleaning->cleaner);
    mig_cli_close_rejects(cli, rejects, &cleaning->rejects);
    mig_error_list_release(&cleaning->faults);
    mig_selection_release(&cleaning->output);
    mig_cleaner_release(&cleaning->cleaner);
    mig_schema_release(&cleaning->schema);
}

int main(int argc, char **argv)
{
    struct cleaning cleaning = {0};
    mig_cli_begin(&cleaning.cli, &command, argc, argv);
    cleaning.cli.input.find_header = cleaning.cli.input.pass_ragged = true;
    if (propose) {
        if (mig_wishes_given(&wishes) || chosen != NULL || rejects != NULL || log_path != NULL ||
            restore_tags || renames.count > 0)
            mig_cli_complain(&cleaning.cli, "%s",
                _("--propose goes with options of the input and --output only"));
        mig_cli_settle(&cleaning.cli);
        mig_cli_propose(&cleaning.cli);
        return mig_cli_end(&cleaning.cli);
    }
    plan(&cleaning);
    open_outputs(&cleaning);
    clean_rows(&cleaning);
    finish(&cleaning);
    return mig_cli_end(&cleaning.cli);
}
