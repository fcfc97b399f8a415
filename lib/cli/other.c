#include <string.h>

#include "base/i18n.h"
#include "cli/cli.h"

enum { LISTED_REPEATS = 20 };

static void bind_keys(struct mig_cli *cli, const struct mig_header *header, struct mig_keys *keys)
{
    struct mig_error_list errors = {0};
    if (mig_keys_bind(keys, header, &errors) == MIG_NO_MEMORY)
        mig_cli_require(cli, mig_fail_memory(&cli->error));
    mig_cli_complain_all(cli, &errors);
}

/* OTHER is first opened as the command's input, so that faults name it; then comes FILE. */
static void open_both(struct mig_cli *cli, const char *columns_list, struct mig_other *other)
{
    const struct mig_option_list no_renames = {0};
    struct mig_columns columns = {0};
    size_t n_files = cli->n_files;
    const struct mig_input_options options = cli->input;
    other->path = cli->files[0];
    mig_cli_protect(cli, other->path);
    cli->n_files = 1;
    cli->input = mig_cli_other_options(cli);
    other->input = mig_cli_open_input(cli);
    other->path = mig_input_name(other->input); /* "standard input" for - */
    const struct mig_header *header = mig_input_header(other->input);
    bind_keys(cli, header, &other->other_keys);
    mig_cli_columns(cli, header, columns_list, &columns);
    if (cli->complaints == 0)
        mig_cli_require(
            cli, mig_selection_init(&other->attached, header, &columns.keys, &cli->error));
    mig_columns_release(&columns);
    cli->table = NULL;
    cli->files++;
    cli->n_files = n_files - 1;
    cli->input = options;
    header = mig_input_header(mig_cli_open_input(cli));
    bind_keys(cli, header, &other->keys);
    mig_cli_select(cli, header, NULL, &no_renames, &other->output);
}

/* Without --columns all of OTHER is attached, but for the keys that are columns of FILE as well. */
static void choose_attached(struct mig_cli *cli, const char *columns_list, struct mig_other *other)
{
    struct mig_selection *attached = &other->attached;
    for (size_t i = 0; columns_list == NULL && i < other->keys.count; i++)
        if (mig_keys_is_plain(&other->keys, i) && mig_keys_is_plain(&other->other_keys, i))
            mig_selection_drop(attached, mig_keys_column(&other->other_keys, i));
    for (size_t i = 0; i < attached->count; i++)
        if (mig_selection_has_name(&other->output, attached->names[i]))
            mig_cli_complain(cli,
                _("'%s': column '%s' would be named as a column of the other table; choose and "
                  "name what is attached, as in --columns other_%s=%s"),
                other->path, attached->names[i], attached->names[i],
                mig_input_header(other->input)->names[attached->columns[i]]);
    mig_cli_settle(cli);
}

/* Keys that occur again end the command, unless --many is given. */
static void read_other(struct mig_cli *cli, bool many, struct mig_other *other)
{
    struct mig_error_list repeats = {.keep = LISTED_REPEATS};
    mig_cli_require(
        cli, mig_join_read(&other->table, other->input, &other->other_keys, other->attached.columns,
                 other->attached.count, &repeats, &cli->error));
    size_t total = repeats.total;
    if (!many && total > 0) {
        mig_cli_complain_all(cli, &repeats);
        mig_cli_complain(
            cli, _("'%s': rows whose key occurs again: %zu; see --many"), other->path, total);
    }
    mig_error_list_release(&repeats);
    mig_cli_settle(cli);
}

static bool is_standard_input(const struct mig_cli *cli, size_t file)
{
    return strcmp(cli->files[file], "-") == 0;
}

void mig_cli_open_other(
    struct mig_cli *cli, const char *on, const char *columns, bool many, struct mig_other *other)
{
    *other = (struct mig_other){0};
    if (on == NULL)
        mig_cli_complain(cli, "%s", _("--on is wanted: the keys that rows must agree in"));
    else if (mig_join_parse(on, &other->keys, &other->other_keys, &cli->error) != MIG_OK)
        mig_cli_complain_error(cli, &cli->error);
    if (cli->n_files == 0)
        mig_cli_complain(cli, "%s", _("a file to join is wanted"));
    else if (is_standard_input(cli, 0) && (cli->n_files == 1 || is_standard_input(cli, 1)))
        mig_cli_complain(cli, "%s", _("standard input can't be both tables"));
    mig_cli_settle(cli);
    open_both(cli, columns, other);
    choose_attached(cli, columns, other);
    read_other(cli, many, other);
}

void mig_other_release(struct mig_other *other)
{
    mig_join_free(other->table);
    mig_input_free(other->input);
    mig_selection_release(&other->output);
    mig_selection_release(&other->attached);
    mig_keys_release(&other->keys);
    mig_keys_release(&other->other_keys);
}
