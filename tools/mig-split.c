/* mig-split: ranges of a file, whole rows each, for programs that read a part of it. */
#include <inttypes.h>

#include "base/i18n.h"
#include "cli/cli.h"
#include "input/split.h"

static struct mig_split_size size;

static const struct mig_option options[] = {{"ranges", 'n', "N", MIG_OPTION_COUNT, &size.ranges,
                                                N_("Split into N ranges of about the same number "
                                                   "of bytes, fewer where there are too few rows."),
                                                NULL},
    {"rows", 0, "N", MIG_OPTION_COUNT, &size.rows,
        N_("Split into ranges of N rows, the last one with the rest."), NULL},
    {0}};

static const struct mig_example examples[] = {
    {"mig-split --ranges 4 synthetic_returns.csv", N_("four parts of the file, by bytes")},
    {"mig-split -n 4 -t tsv-rows synthetic_returns.csv | cut -f 2 | "
     "xargs -P 2 -I{} mig-tally --by region --bytes {} -o part_{}.csv synthetic_returns.csv && "
     "mig-tally --by region part_*.csv",
        N_("each part tallied by a process of its own, two at a time, and the tallies added up")},
    {0}};

static const struct mig_command command = {
    .name = "mig-split",
    .purpose = N_("find ranges of a file that hold whole rows, to be read in parallel"),
    .synopsis = "(--ranges N | --rows N) FILE",
    .examples = examples,
    .options = options,
    .common = MIG_TAKES_INPUT | MIG_TAKES_PLACE | MIG_TAKES_OUTPUT,
    .details =
        N_("The output has a row for each range: its number, its bytes as --bytes of every command "
           "takes "
           "them, the first and the last byte (the first of the file is 0), the line of the first "
           "byte, and "
           "the number of rows. The file itself is left as it is, and no part of it is copied.\n\n"
           "Together the ranges cover all rows, each once, and not the header or the tag row. They "
           "are found "
           "in one pass over the quotes of the file: a line end in a quoted cell ends no range. "
           "Blank lines belong "
           "to the range above them, and are not counted as rows.\n\n"
           "The header is the first line that is not blank, as for the commands that compute; with "
           "--header-line or "
           "--header-rows it is where mig-clean finds it."),
};

struct output {
    struct mig_cli *cli;
    uint64_t ranges;
};

/* Begins once it is known that ranges of the input can be read. */
static void begin_table(struct mig_cli *cli)
{
    static const char *const names[] = {
        "range", "bytes", "first_byte", "last_byte", "first_line", "rows"};
    if (cli->writer == NULL)
        mig_cli_open_writer(cli, names, sizeof names / sizeof names[0]);
}

static enum mig_status write_part(
    void *context, const struct mig_split_part *part, struct mig_error *error)
{
    struct output *output = context;
    struct mig_buffer bytes = {0};
    const struct mig_range *range = &part->range;
    enum mig_status status = mig_range_print(range, &bytes, error);
    begin_table(output->cli);
    struct mig_writer *writer = output->cli->writer;
    if (status == MIG_OK) {
        mig_writer_count(writer, ++output->ranges);
        mig_writer_text(writer, mig_buffer_text(&bytes));
        mig_writer_count(writer, range->first);
        mig_writer_count(writer, range->last);
        mig_writer_count(writer, range->line);
        mig_writer_count(writer, part->rows);
        status = mig_writer_end_row(writer, error);
    }
    mig_buffer_release(&bytes);
    return status;
}

int main(int argc, char **argv)
{
    struct mig_cli cli;
    mig_cli_begin(&cli, &command, argc, argv);
    struct output output = {.cli = &cli};
    if ((size.ranges == 0) == (size.rows == 0))
        mig_cli_complain(&cli, "%s", _("one of --ranges and --rows is wanted, above 0"));
    if (cli.n_files != 1)
        mig_cli_complain(&cli, _("one file is wanted, and %zu are given"), cli.n_files);
    mig_cli_settle(&cli);
    mig_cli_protect(&cli, cli.files[0]);
    cli.input.find_header = cli.input.reader.first_line > 0 || cli.input.header_rows > 0;
    struct mig_input *input = mig_cli_open_input(&cli);
    mig_cli_require(&cli, mig_split(input, &size, write_part, &output, &cli.error));
    begin_table(&cli);
    if (output.ranges < size.ranges)
        mig_cli_note(
            &cli, _("ranges: %" PRIu64 " wanted, %" PRIu64 " written"), size.ranges, output.ranges);
    return mig_cli_end(&cli);
}
