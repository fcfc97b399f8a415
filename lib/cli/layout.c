/* The options that say where a table stands in its file, and what was found. */
#include "cli/cli-internal.h"

#include <string.h>

#include "base/i18n.h"

static void set_line(struct mig_cli *cli, const struct mig_option *option, const char *value,
    size_t lowest, size_t *line)
{
    uint64_t number;
    if (mig_option_read_count(value, &number) && number >= lowest && number <= SIZE_MAX)
        *line = (size_t)number;
    else
        mig_cli_complain(cli, _("'%s' is not a whole number from %zu (option --%s)"), value, lowest,
            option->name);
}

void mig_option_set_header_line(
    struct mig_cli *cli, const struct mig_option *option, const char *value)
{
    set_line(cli, option, value, 1, &cli->input.reader.first_line);
}

void mig_option_set_header_rows(
    struct mig_cli *cli, const struct mig_option *option, const char *value)
{
    set_line(cli, option, value, 1, &cli->input.header_rows);
}

void mig_option_set_footer(struct mig_cli *cli, const struct mig_option *option, const char *value)
{
    cli->input.keep_footer = strcmp(value, "none") == 0;
    if (!cli->input.keep_footer)
        set_line(cli, option, value, 2, &cli->input.reader.end_line);
}

void mig_option_set_quote(struct mig_cli *cli, const struct mig_option *option, const char *value)
{
    char quote = strcmp(value, "none") == 0 ? MIG_NO_QUOTE : value[0];
    bool one = quote == MIG_NO_QUOTE || strlen(value) == 1;
    if (one && (quote == MIG_NO_QUOTE || mig_reader_can_quote(quote)))
        cli->input.reader.quote = quote;
    else
        mig_cli_complain(cli,
            _("'%s' is neither a character that can quote nor none (option --%s)"), value,
            option->name);
}

void mig_option_set_invalid(struct mig_cli *cli, const struct mig_option *option, const char *value)
{
    int chosen = MIG_INVALID_FAIL;
    if (mig_option_find_choice(option, value, &chosen))
        cli->input.reader.invalid = (enum mig_invalid)chosen;
    else
        mig_option_complain_of_choice(cli, option, value);
}

void mig_cli_note_dialect(struct mig_cli *cli, bool tags_kept)
{
    struct mig_input_account account = mig_input_account(cli->table);
    const struct mig_error_list *remarks = mig_input_remarks(cli->table);
    char delimiter = mig_input_delimiter(cli->table);
    bool several = cli->n_files > 1; /* the remarks say it of each */
    if (delimiter == '\t' && !several)
        mig_cli_note(cli, "%s", _("cells are separated by tabs"));
    else if (delimiter != ',' && !several)
        mig_cli_note(cli, _("cells are separated by '%c'"), delimiter);
    if (account.title_lines > 0 && !several)
        mig_cli_note(cli, _("lines above the header left out: %zu"), account.title_lines);
    if (!tags_kept)
        mig_cli_note_tag_row(cli, cli->table);
    if (account.blank_lines > 0)
        mig_cli_note(cli, _("blank lines left out: %zu"), account.blank_lines);
    for (size_t i = 0; i < remarks->count; i++)
        mig_cli_note_error(cli, &remarks->items[i]);
}
