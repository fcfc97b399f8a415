#include "cli/cli-internal.h"
#include "cli/people.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/i18n.h"

enum { EXIT_FINDING = 1, EXIT_FAULT = 2 };

static void release_lists(const struct mig_command *command)
{
    for (const struct mig_option *option = command->options; option->name; option++) {
        if (option->type != MIG_OPTION_LIST)
            continue;
        struct mig_option_list *list = option->value;
        free(list->items);
        *list = (struct mig_option_list){0};
    }
}

static void release(struct mig_cli *cli)
{
    mig_progress_clear();
    mig_writer_free(cli->writer);
    cli->writer = NULL;
    mig_input_free(cli->table);
    cli->table = NULL;
    mig_outputs_abandon();
    mig_cli_release_protected(cli);
    release_lists(cli->command);
}

void mig_cli_leave(struct mig_cli *cli, int status)
{
    if (cli->writer)
        mig_writer_spoil(cli->writer);
    release(cli);
    exit(status);
}

static void print_hint(const struct mig_cli *cli)
{
    fprintf(stderr, _("try '%s --help'"), cli->command->name);
    fputc('\n', stderr);
}

static void answer(struct mig_cli *cli, const struct mig_cli_request *request)
{
    if (request->help)
        mig_cli_require(cli, mig_help_print(cli->command, &cli->error));
    else if (request->version)
        mig_version_print(cli->command);
    else if (request->manual)
        mig_cli_require(cli, mig_manual_print(cli->command, request->manual_extra, &cli->error));
    else
        return;
    exit(mig_cli_end(cli));
}

void mig_cli_begin(struct mig_cli *cli, const struct mig_command *command, int argc, char **argv)
{
    *cli = (struct mig_cli){
        .command = command, .precision = 10, .level = 0.95, .unit = 100, .seed = 1};
    cli->input.threads = command->common & MIG_TAKES_THREADS ? mig_threads_by_itself() : 1;
    mig_outputs_prepare();
    struct mig_cli_request request = {0};
    mig_cli_parse(cli, argc, argv, &request);
    answer(cli, &request);
    mig_cli_settle(cli);
    mig_progress_begin(cli);
}

void mig_cli_require(struct mig_cli *cli, enum mig_status status)
{
    if (status == MIG_OK)
        return;
    if (status == MIG_SYSTEM && !cli->error.file[0])
        mig_outputs_blame(&cli->error);
    mig_message(cli, NULL, &cli->error);
    mig_cli_leave(cli, EXIT_FAULT);
}

void mig_cli_settle(struct mig_cli *cli)
{
    if (cli->complaints == 0)
        return;
    mig_progress_clear();
    if (!cli->table) /* once the columns are known, the help cannot help */
        print_hint(cli);
    mig_cli_leave(cli, EXIT_FAULT);
}

/* A range is one of the bytes of one file, and an output that replaced the file would lose all its
 * other rows. */
static void check_range(struct mig_cli *cli)
{
    if (!cli->input.range)
        return;
    if (cli->n_files != 1)
        mig_cli_complain(cli, _("--bytes wants one file, and %zu are given"), cli->n_files);
    else
        mig_cli_protect(cli, cli->files[0]);
}

static void check_header(struct mig_cli *cli)
{
    const struct mig_input_options *input = &cli->input;
    if (input->header_from)
        mig_cli_protect(cli, input->header_from);
    else if (input->no_header && (input->reader.first_line > 0 || input->header_rows > 0))
        mig_cli_complain(cli, "%s", _("--no-header contradicts --header-line and --header-rows"));
}

struct mig_input_options mig_cli_other_options(const struct mig_cli *cli)
{
    struct mig_input_options options = cli->input;
    options.range = NULL;
    options.header_from = NULL;
    options.no_header = false;
    return options;
}

struct mig_input *mig_cli_open_input(struct mig_cli *cli)
{
    size_t complaints = cli->complaints;
    check_range(cli);
    check_header(cli);
    if (cli->complaints > complaints) /* else those there are wait for the ones about columns */
        mig_cli_settle(cli);
    mig_cli_require(
        cli, mig_input_open(&cli->table, cli->files, cli->n_files, &cli->input, &cli->error));
    if (!cli->input.find_header) /* else what was found is told together, at the end */
        mig_cli_note_tag_row(cli, cli->table);
    return cli->table;
}

void mig_cli_note_tag_row(struct mig_cli *cli, const struct mig_input *input)
{
    if (mig_input_account(input).tag_row)
        mig_cli_note(cli, "%s", _("the HXL tag row is left out"));
}

size_t mig_cli_column(struct mig_cli *cli, const struct mig_header *header, const char *wanted)
{
    size_t index;
    struct mig_error error;
    if (mig_header_find(header, wanted, &index, &error) == MIG_OK)
        return index;
    mig_cli_complain_column(cli, &error);
    return SIZE_MAX;
}

void mig_cli_account(struct mig_cli *cli, size_t read, size_t used, size_t missing, size_t rejected)
{
    if (used != read || read == 0 || cli->verbose)
        mig_cli_note(cli, _("rows: %zu read, %zu used, %zu missing, %zu rejected"), read, used,
            missing, rejected);
}

FILE *mig_cli_open_output(struct mig_cli *cli)
{
    FILE *stream = NULL;
    const char *path = cli->output_path ? cli->output_path : "-";
    mig_cli_spare_protected(cli, path);
    mig_cli_require(cli, mig_outputs_open(path, &stream, &cli->error));
    if (stream == stdout && isatty(STDOUT_FILENO))
        mig_progress_stop();
    return stream;
}

struct mig_writer *mig_cli_open_writer(struct mig_cli *cli, const char *const *names, size_t count)
{
    FILE *stream = mig_cli_open_output(cli);
    mig_cli_require(cli, mig_writer_open(&cli->writer, stream, cli->format, cli->precision, names,
                             count, &cli->error));
    if (stream == stdout && mig_people_fold())
        mig_writer_fold(cli->writer, mig_people_width());
    return cli->writer;
}

FILE *mig_cli_open_file(struct mig_cli *cli, const char *path)
{
    FILE *stream = NULL;
    mig_cli_spare_all(cli, path);
    mig_cli_require(cli, mig_outputs_open(path, &stream, &cli->error));
    return stream;
}

int mig_cli_end(struct mig_cli *cli)
{
    mig_cli_settle(cli);
    if (cli->writer)
        mig_cli_require(cli, mig_writer_close(cli->writer, &cli->error));
    mig_cli_require(cli, mig_outputs_finish(&cli->error));
    release(cli);
    return cli->finding ? EXIT_FINDING : 0;
}
