#include "cli/cli.h"

#include <string.h>

#include "base/i18n.h"

void mig_cli_open_rejects(struct mig_cli *cli, const char *path, struct mig_rejects *rejects)
{
    static const char *const names[] = {"file", "line", "column", "name", "value", "reason", "row"};
    *rejects = (struct mig_rejects){0};
    if (path != NULL && strcmp(path, "-") == 0)
        mig_cli_complain(cli, "%s", _("--rejects takes a file: standard output is for the table"));
    mig_cli_settle(cli);
    if (path != NULL)
        mig_cli_require(
            cli, mig_writer_open(&rejects->writer, mig_cli_open_file(cli, path), MIG_CSV,
                     cli->precision, names, sizeof names / sizeof *names, &cli->error));
}

/* The row as CSV in one cell, so that what was refused can be put right and read again. */
static void write_whole_row(
    struct mig_cli *cli, struct mig_writer *writer, const struct mig_row *row)
{
    struct mig_buffer whole = {0};
    for (size_t i = 0; i < row->count; i++)
        mig_cli_require(cli, mig_csv_append(&whole, row->cells[i].text, i == 0, &cli->error));
    mig_writer_text(writer, mig_buffer_text(&whole));
    mig_buffer_release(&whole);
}

static void write_cell(struct mig_writer *writer, const struct mig_header *header,
    const struct mig_row *row, size_t column)
{
    if (column == 0) {
        mig_writer_empty(writer);
        mig_writer_empty(writer);
        mig_writer_empty(writer);
        return;
    }
    mig_writer_count(writer, column);
    mig_writer_string(writer, header->names[column - 1]);
    mig_writer_text(writer, row->cells[column - 1].text);
}

void mig_cli_reject(struct mig_cli *cli, struct mig_rejects *rejects,
    const struct mig_header *header, const struct mig_row *row, const struct mig_error_list *faults)
{
    struct mig_writer *writer = rejects->writer;
    rejects->rows++;
    for (size_t i = 0; writer != NULL && i < faults->count; i++) {
        mig_writer_string(writer, row->file);
        mig_writer_count(writer, row->line);
        write_cell(writer, header, row, faults->items[i].column);
        mig_writer_string(writer, faults->items[i].text);
        write_whole_row(cli, writer, row);
        mig_cli_require(cli, mig_writer_end_row(writer, &cli->error));
    }
}

void mig_cli_close_rejects(struct mig_cli *cli, const char *path, struct mig_rejects *rejects)
{
    if (rejects->writer != NULL)
        mig_cli_require(cli, mig_writer_close(rejects->writer, &cli->error));
    if (rejects->rows > 0)
        mig_cli_finding(cli, _("rows set apart in '%s': %zu"), path, rejects->rows);
    mig_writer_free(rejects->writer);
    rejects->writer = NULL;
}
