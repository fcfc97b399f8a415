/* mig-join: columns of another table attached to the rows that have the same key. */
#include "base/i18n.h"
#include "cli/cli.h"

enum keep { LEFT, INNER, FULL };

static const char *on, *chosen, *unmatched_path;
static int keep = LEFT;
static bool many;
static const char *const keeps[] = {[LEFT] = "left", [INNER] = "inner", [FULL] = "full", NULL};

static const struct mig_option options[] = {
    {"on", 0, "KEYS", MIG_OPTION_TEXT, &on,
        N_("The keys that rows must agree in: 'region,year'; 'region=adm1' when OTHER names it "
           "otherwise; 'region,year(return_date)=year' with a key function."),
        NULL},
    {"columns", 'c', "COLS", MIG_OPTION_TEXT, &chosen,
        N_("Attach these columns of OTHER; 'population=value' gives one another name. All but the "
           "keys unless given."),
        NULL},
    {"keep", 0, NULL, MIG_OPTION_CHOICE, &keep,
        N_("Which rows are written: all of FILE (left, the default), those that matched (inner), "
           "or all of FILE and then those of OTHER that nothing matched (full)."),
        keeps},
    {"many", 0, NULL, MIG_OPTION_SWITCH, &many,
        N_("A key may occur several times in OTHER; a row of FILE is then written once for each."),
        NULL},
    {"unmatched", 0, "FILE", MIG_OPTION_TEXT, &unmatched_path,
        N_("Write file, line, reason and keys of every row of either table without a partner to "
           "FILE."),
        NULL},
    {0}};

static const struct mig_example examples[] = {
    {"mig-join --on area --columns population=value population_2022_by_region.csv "
     "idps_by_region.csv",
        N_("the census population beside each count of displaced persons")},
    {"mig-join --on 'year(return_date)=year' --columns returned_refugees --keep inner "
     "examples/mali_yearly.csv synthetic_returns.csv",
        N_("a figure of the year beside each case, rows of other years left out")},
    {0}};

static const struct mig_command command = {
    .name = "mig-join",
    .purpose = N_("attach columns of another table by key"),
    .synopsis = "--on KEYS [--keep left|inner|full] [--columns COLS] [--many] OTHER [FILE]...",
    .examples = examples,
    .options = options,
    .common = MIG_TAKES_INPUT | MIG_TAKES_OUTPUT,
    .details = N_(
        "Each row of FILE goes out once, in its order, with the columns of the row of OTHER that "
        "has the same keys. Keys are compared as texts: Segou is not S\303\251gou, 1 is not 1.0. A "
        "missing key matches nothing. OTHER is held in memory, FILE is not.\n\n"
        "A key that occurs twice in OTHER is an error that names both lines, unless --many is "
        "given. A column that both tables have is an error, too: nothing is overwritten; choose "
        "and name what is attached by --columns.\n\n"
        "Keys without a partner are listed, the first 20 of either table, and their rows counted. "
        "When a row of FILE with a known key finds none, and --keep is left, the status is 1."),
};

struct joining {
    struct mig_cli cli;
    struct mig_other other;
    struct mig_writer *unmatched;
    struct mig_tuple_counts lost, unused; /* without a partner, of FILE and of OTHER */
    size_t written;
};

static void open_outputs(struct joining *joining)
{
    struct mig_cli *cli = &joining->cli;
    const struct mig_selection *attached = &joining->other.attached;
    if (unmatched_path != NULL)
        joining->unmatched = mig_cli_open_unmatched(cli, unmatched_path, &joining->other.keys);
    mig_cli_open_selected(
        cli, &joining->other.output, (const char *const *)attached->names, attached->count);
}

/* The cell of `column` of FILE for a row of OTHER alone: known when it is a key. */
static struct mig_text key_cell(const struct joining *joining, size_t column, struct mig_text tuple)
{
    struct mig_text key;
    for (size_t i = 0; mig_tuple_cut(&tuple, &key); i++)
        if (mig_keys_is_plain(&joining->other.keys, i) &&
            mig_keys_column(&joining->other.keys, i) == column)
            return key;
    return (struct mig_text){0};
}

/* The keys of OTHER's row `partner` in the columns of FILE that hold them. */
static void write_keys(struct joining *joining, size_t partner)
{
    struct mig_text tuple = mig_join_tuple(joining->other.table, partner);
    for (size_t i = 0; i < joining->other.output.count; i++)
        mig_writer_text(
            joining->cli.writer, key_cell(joining, joining->other.output.columns[i], tuple));
}

/* One of `row` (of FILE) and `partner` (of OTHER) may be NULL or SIZE_MAX. */
static void write_row(struct joining *joining, const struct mig_row *row, size_t partner)
{
    struct mig_cli *cli = &joining->cli;
    if (row != NULL)
        mig_cli_write_cells(cli, row, &joining->other.output);
    else
        write_keys(joining, partner);
    for (size_t i = 0; i < joining->other.attached.count; i++)
        mig_writer_text(cli->writer, partner != SIZE_MAX
                                         ? mig_join_cell(joining->other.table, partner, i)
                                         : (struct mig_text){0});
    mig_cli_require(cli, mig_writer_end_row(cli->writer, &cli->error));
    joining->written++;
}

static void join_row(struct joining *joining, const struct mig_row *row)
{
    struct mig_cli *cli = &joining->cli;
    struct mig_match match;
    mig_cli_require(cli, mig_join_match(joining->other.table, &joining->other.keys, cli->table, row,
                             &match, &cli->error));
    if (match.row == SIZE_MAX) {
        struct mig_position position = {row->file, row->line, 0};
        mig_cli_unmatched(
            cli, joining->unmatched, &joining->lost, &position, match.tuple, match.misses_key);
        if (keep != INNER)
            write_row(joining, row, SIZE_MAX);
    }
    for (; match.row != SIZE_MAX; match.row = mig_join_next(joining->other.table, match.row))
        write_row(joining, row, match.row);
}

static void add_unused(struct joining *joining)
{
    for (size_t i = 0; i < mig_join_count(joining->other.table); i++) {
        struct mig_position position = {
            joining->other.path, mig_join_line(joining->other.table, i), 0};
        if (mig_join_is_used(joining->other.table, i))
            continue;
        mig_cli_unmatched(&joining->cli, joining->unmatched, &joining->unused, &position,
            mig_join_tuple(joining->other.table, i), mig_join_misses_key(joining->other.table, i));
        if (keep == FULL)
            write_row(joining, NULL, i);
    }
}

static void join_rows(struct joining *joining)
{
    struct mig_cli *cli = &joining->cli;
    struct mig_row row;
    for (;;) {
        mig_cli_require(cli, mig_input_next(cli->table, &row, &cli->error));
        if (row.count == 0)
            break;
        join_row(joining, &row);
    }
    add_unused(joining);
    if (joining->unmatched != NULL)
        mig_cli_require(cli, mig_writer_close(joining->unmatched, &cli->error));
}

static void account(struct joining *joining)
{
    struct mig_cli *cli = &joining->cli;
    const struct mig_tuple_counts *lost = &joining->lost, *unused = &joining->unused;
    struct mig_buffer list = {0}, unused_list = {0};
    size_t read = mig_input_account(cli->table).rows, apart = lost->total + lost->missing;
    mig_cli_require(cli, mig_tuple_counts_describe(lost, &joining->other.keys, &list, &cli->error));
    mig_cli_require(
        cli, mig_tuple_counts_describe(unused, &joining->other.keys, &unused_list, &cli->error));
    if (apart > 0 || joining->written != read || read == 0 || cli->verbose)
        mig_cli_note(cli,
            _("rows: %zu read, %zu matched, %zu unmatched, %zu with a missing key; %zu written"),
            read, read - apart, lost->total, lost->missing, joining->written);
    if (unused->missing > 0)
        mig_cli_note(
            cli, _("rows of '%s' with a missing key: %zu"), joining->other.path, unused->missing);
    if (unused->total > 0)
        mig_cli_note(cli, _("rows of '%s' that match nothing: %zu: %s"), joining->other.path,
            unused->total, unused_list.data);
    if (lost->total > 0)
        (keep == LEFT ? mig_cli_finding : mig_cli_note)(cli,
            _("rows whose key is not in '%s': %zu: %s"), joining->other.path, lost->total,
            list.data);
    mig_buffer_release(&list);
    mig_buffer_release(&unused_list);
}

int main(int argc, char **argv)
{
    struct joining joining = {0};
    mig_cli_begin(&joining.cli, &command, argc, argv);
    mig_cli_open_other(&joining.cli, on, chosen, many, &joining.other);
    open_outputs(&joining);
    join_rows(&joining);
    account(&joining);
    mig_writer_free(joining.unmatched);
    mig_tuple_counts_release(&joining.lost);
    mig_tuple_counts_release(&joining.unused);
    mig_other_release(&joining.other);
    return mig_cli_end(&joining.cli);
}
