#include "cli/cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"

void mig_cli_keys(
    struct mig_cli *cli, const struct mig_header *header, const char *list, struct mig_keys *keys)
{
    struct mig_error_list errors = {0};
    if (mig_keys_parse(keys, list, &cli->error) != MIG_OK) {
        mig_cli_complain_error(cli, &cli->error);
        mig_cli_settle(cli);
    }
    if (mig_keys_bind(keys, header, &errors) == MIG_NO_MEMORY)
        mig_cli_require(cli, mig_fail_memory(&cli->error));
    mig_cli_complain_all(cli, &errors);
}

/* An empty list is a variable of the shell that was never set rather than a wish for no columns. */
static void require_filled(struct mig_cli *cli, const char *list)
{
    if (list != NULL && strspn(list, " ") == strlen(list))
        mig_cli_complain(cli, _("'%s': a list of columns is empty"), list);
}

void mig_cli_columns(struct mig_cli *cli, const struct mig_header *header, const char *list,
    struct mig_columns *columns)
{
    require_filled(cli, list);
    mig_cli_keys(cli, header, list, &columns->keys);
    columns->count = columns->keys.count;
    columns->items = calloc(columns->count + 1, sizeof *columns->items);
    columns->names = calloc(columns->count + 1, sizeof *columns->names);
    if (columns->items == NULL || columns->names == NULL)
        mig_cli_require(cli, mig_fail_memory(&cli->error));
    for (size_t i = 0; i < columns->count; i++) {
        columns->items[i] = mig_keys_column(&columns->keys, i);
        columns->names[i] = mig_keys_name(&columns->keys, i);
        if (!mig_keys_is_plain(&columns->keys, i))
            mig_cli_complain(cli, _("'%s': a column is wanted here, not a key function"), list);
    }
}

void mig_columns_release(struct mig_columns *columns)
{
    free(columns->items);
    free(columns->names);
    mig_keys_release(&columns->keys);
}

void mig_cli_moments(struct mig_cli *cli, const struct mig_header *header, const char *list,
    bool weighted, struct mig_moments_list *moments)
{
    struct mig_error_list errors = {0};
    require_filled(cli, list);
    if (mig_moments_list_init(moments, header, list, &errors) == MIG_NO_MEMORY)
        mig_cli_require(cli, mig_fail_memory(&cli->error));
    mig_cli_complain_all(cli, &errors);
    for (size_t i = 0; i < moments->count; i++)
        if (weighted && moments->items[i].merged)
            mig_cli_complain(cli, _("'%s': moments can't be weighted afterwards (option --weight)"),
                header->names[moments->items[i].n]);
}

enum { LISTED_NAMES = 1000 };

static void note_all(struct mig_cli *cli, struct mig_error_list *notes)
{
    for (size_t i = 0; i < notes->count; i++)
        mig_cli_note(cli, "%s", notes->items[i].text);
    mig_error_list_release(notes);
}

void mig_cli_select(struct mig_cli *cli, const struct mig_header *header, const char *list,
    const struct mig_option_list *renames, struct mig_selection *selection)
{
    struct mig_columns columns = {0};
    struct mig_error_list errors = {0}, notes = {0};
    mig_cli_columns(cli, header, list, &columns);
    mig_cli_settle(cli);
    mig_cli_require(cli, mig_selection_init(selection, header, &columns.keys, &cli->error));
    mig_columns_release(&columns);
    for (size_t i = 0; i < renames->count; i++)
        if (mig_selection_rename(selection, header, renames->items[i].value, &errors) ==
            MIG_NO_MEMORY)
            mig_cli_require(cli, mig_fail_memory(&cli->error));
    mig_cli_complain_all(cli, &errors);
    mig_cli_settle(cli);
    notes.keep = LISTED_NAMES;
    mig_cli_require(cli, mig_selection_make_distinct(selection, &notes, &cli->error));
    size_t more = notes.total - notes.count;
    note_all(cli, &notes);
    if (more > 0)
        mig_cli_note(cli, _("further columns given a name: %zu"), more);
}

void mig_cli_require_distinct(struct mig_cli *cli, const char *const *names, size_t count)
{
    struct mig_names *seen;
    mig_cli_require(cli, mig_names_new(&seen, &cli->error));
    for (size_t i = 0; i < count; i++) {
        uint32_t code;
        struct mig_text name = mig_text_of(names[i]);
        if (mig_names_find(seen, name, &code))
            mig_cli_complain(cli, _("two columns of the output would be named '%s'"), names[i]);
        mig_cli_require(cli, mig_names_code(seen, name, &code, &cli->error));
    }
    mig_names_free(seen);
    mig_cli_settle(cli);
}

/* Columns of results that, with the keys, say what a row is about. */
static bool names_rows(const char *column)
{
    static const char *const names[] = {"reference", "measure", "kind", "method"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(column, names[i]) == 0)
            return true;
    return false;
}

/* Begins the table with `count` names that end in `more`. */
static void open_joined(
    struct mig_cli *cli, const char **names, size_t count, const char *const *more, size_t n_more)
{
    for (size_t i = 0; i < n_more; i++)
        names[count - n_more + i] = more[i];
    mig_cli_require_distinct(cli, names, count);
    mig_cli_open_writer(cli, names, count);
    for (size_t i = 0; i < count; i++)
        if (i < count - n_more || names_rows(names[i]))
            mig_writer_names_rows(cli->writer, i);
    free(names);
}

static const char **make_names(struct mig_cli *cli, size_t count)
{
    const char **names = calloc(count + 1, sizeof *names);
    if (names == NULL)
        mig_cli_require(cli, mig_fail_memory(&cli->error));
    return names;
}

void mig_cli_open_table(
    struct mig_cli *cli, const struct mig_keys *keys, const char *const *names, size_t count)
{
    const char **all = make_names(cli, keys->count + count);
    for (size_t i = 0; i < keys->count; i++)
        all[i] = mig_keys_name(keys, i);
    open_joined(cli, all, keys->count + count, names, count);
}

void mig_cli_open_selected(struct mig_cli *cli, const struct mig_selection *selection,
    const char *const *names, size_t count)
{
    const char **all = make_names(cli, selection->count + count);
    for (size_t i = 0; i < selection->count; i++)
        all[i] = selection->names[i];
    open_joined(cli, all, selection->count + count, names, count);
}

void mig_cli_write_cells(
    struct mig_cli *cli, const struct mig_row *row, const struct mig_selection *selection)
{
    enum { AT_ONCE = 32 };
    struct mig_text texts[AT_ONCE];
    for (size_t i = 0; i < selection->count;) {
        size_t count = 0;
        while (i < selection->count && count < AT_ONCE)
            texts[count++] = row->cells[selection->columns[i++]].text;
        mig_writer_texts(cli->writer, texts, count);
    }
}

char *mig_cli_name(struct mig_cli *cli, const char *stem, const char *suffix)
{
    struct mig_buffer name = {0};
    mig_cli_require(cli, mig_buffer_print(&name, &cli->error, "%s%s", stem, suffix));
    return name.data;
}

void mig_cli_write_keys(
    struct mig_cli *cli, const struct mig_tally *tally, const struct mig_group *group)
{
    for (size_t i = 0; i < group->n_keys; i++) {
        struct mig_text key = mig_tally_key(tally, group, i);
        if (key.length == 0 && mig_writer_is_for_people(cli->writer))
            mig_writer_words(cli->writer, N_("(missing)"));
        else
            mig_writer_text(cli->writer, key);
    }
}

void mig_cli_describe_group(struct mig_cli *cli, const struct mig_keys *keys,
    const struct mig_tally *tally, const struct mig_group *group, struct mig_buffer *out)
{
    mig_buffer_clear(out);
    for (size_t i = 0; i < group->n_keys; i++) {
        struct mig_text key = mig_tally_key(tally, group, i);
        if (key.length == 0)
            key = mig_text_of(_("(missing)"));
        mig_cli_require(cli, mig_buffer_print(out, &cli->error, "%s%s=%.*s", i > 0 ? ", " : "",
                                 mig_keys_name(keys, i), MIG_TEXT_ARG(key)));
    }
    if (group->n_keys == 0)
        mig_cli_require(cli, mig_buffer_print(out, &cli->error, "%s", _("all rows")));
}

void mig_cli_write_sum(struct mig_cli *cli, const struct mig_sum *sum, bool missing)
{
    if (missing)
        mig_writer_empty(cli->writer);
    else
        mig_writer_sum(cli->writer, sum);
}

void mig_cli_write_level(struct mig_cli *cli, bool interval)
{
    enum { FEWEST = 15, MOST = 17 };
    char text[MIG_DOUBLE_TEXT];
    size_t length = 0;
    double back = 0;
    for (int digits = FEWEST; interval && digits <= MOST && back != cli->level; digits++) {
        struct mig_decimal decimal;
        length = mig_double_format(cli->level, digits, text);
        if (mig_decimal_parse((struct mig_text){text, length}, &decimal, NULL) == MIG_OK)
            back = mig_decimal_to_double(&decimal);
    }
    mig_writer_number_text(cli->writer, (struct mig_text){text, length});
}

void mig_cli_write_unit(struct mig_cli *cli)
{
    char number[MIG_DOUBLE_TEXT], text[MIG_DOUBLE_TEXT + 8];
    mig_double_format(cli->unit, 10, number);
    snprintf(text, sizeof text, "per %s", number);
    mig_writer_string(cli->writer, text);
}

void mig_cli_account_of(
    struct mig_cli *cli, const char *what, size_t read, size_t used, size_t missing)
{
    if (used != read || cli->verbose)
        mig_cli_note(
            cli, _("%s: rows: %zu read, %zu used, %zu missing"), what, read, used, missing);
}

void mig_cli_account_tally(struct mig_cli *cli, const struct mig_tally *tally)
{
    struct mig_tally_account account = mig_tally_account(tally);
    mig_cli_account(cli, account.read, account.used, account.missing, 0);
}
