/* What mig-clean writes: cleaned rows, tags, the log, and words about them. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "cli/clean.h"

/* The tag of a column in the schema, of the k-th field of its name for the k-th column; NULL: none.
 */
static const char *tag_in_schema(
    const struct mig_schema *schema, const struct mig_header *header, size_t column)
{
    size_t earlier = 0;
    for (size_t i = 0; i < column; i++)
        earlier += strcmp(header->names[i], header->names[column]) == 0;
    for (size_t i = 0; i < schema->count; i++)
        if (strcmp(schema->fields[i].name, header->names[column]) == 0 && earlier-- == 0)
            return schema->fields[i].tag;
    return NULL;
}

void mig_cli_write_tags(
    struct mig_cli *cli, const struct mig_selection *selection, const struct mig_schema *schema)
{
    const struct mig_header *header = mig_input_header(cli->table);
    bool any = false;
    if (cli->format != MIG_CSV && cli->format != MIG_TSV)
        mig_cli_complain(cli, "%s", _("--restore-tags is for csv and tsv"));
    for (size_t i = 0; i < selection->count; i++) {
        size_t column = selection->columns[i];
        const char *tag = column >= header->count ? NULL
                          : header->tags != NULL  ? header->tags[column]
                                                  : tag_in_schema(schema, header, column);
        if (tag != NULL && !mig_header_is_tag(mig_text_of(tag)))
            tag = NULL; /* a spoiled one, which would make its row doubtful again */
        any = any || tag != NULL;
        mig_writer_string(cli->writer, tag);
    }
    if (!any)
        mig_cli_complain(
            cli, "%s", _("--restore-tags: neither the input nor a schema has HXL tags"));
    mig_cli_settle(cli);
    mig_cli_require(cli, mig_writer_end_row(cli->writer, &cli->error));
}

/* Rows. */

static void add_column(struct mig_cli *cli, struct mig_selection *selection, size_t column,
    const char *name, const char *suffix)
{
    size_t count = selection->count;
    size_t *columns = realloc(selection->columns, (count + 1) * sizeof *columns);
    selection->columns = columns != NULL ? columns : selection->columns;
    char **names = realloc(selection->names, (count + 1) * sizeof *names);
    selection->names = names != NULL ? names : selection->names;
    struct mig_buffer made = {0};
    if (columns == NULL || names == NULL)
        mig_cli_require(cli, mig_fail_memory(&cli->error));
    mig_cli_require(cli, mig_buffer_print(&made, &cli->error, "%s%s", name, suffix));
    for (size_t i = 0; i < count; i++)
        if (strcmp(names[i], made.data) == 0)
            mig_cli_complain(cli, _("two columns of the output would be named '%s'"), made.data);
    columns[count] = column;
    names[count] = made.data;
    selection->count++;
}

void mig_cli_add_parts(
    struct mig_cli *cli, const struct mig_cleaner *cleaner, struct mig_selection *selection)
{
    size_t place = 0;
    if (!cleaner->split.wanted)
        return;
    while (place < selection->count && selection->columns[place] != cleaner->split.column)
        place++;
    if (place == selection->count)
        mig_cli_complain(cli, _("column '%s' is split but not among those chosen"),
            mig_input_header(cli->table)->names[cleaner->split.column]);
    mig_cli_settle(cli);
    add_column(cli, selection, cleaner->count, selection->names[place], "_part");
    add_column(cli, selection, cleaner->count + 1, selection->names[place], "_parts");
    mig_cli_settle(cli);
}

void mig_cli_protect_names(struct mig_cli *cli, struct mig_selection *selection)
{
    for (size_t i = 0; i < selection->count; i++) {
        struct mig_buffer made = {0};
        if (!mig_is_formula(mig_text_of(selection->names[i])))
            continue;
        mig_cli_require(cli, mig_buffer_print(&made, &cli->error, "'%s", selection->names[i]));
        mig_cli_note(
            cli, _("column %zu, '%s', is named '%s'"), i + 1, selection->names[i], made.data);
        free(selection->names[i]);
        selection->names[i] = made.data;
    }
}

/* Whether the column is written as text: neither a number nor one that splitting added. */
static bool is_text(const struct mig_cleaner *cleaner, size_t column)
{
    return column < cleaner->count && !mig_treatment_is_number(cleaner->plans[column].treatment);
}

static void write_number(
    struct mig_cli *cli, const struct mig_cleaner *cleaner, size_t column, size_t part)
{
    if (column < cleaner->count)
        mig_writer_number_text(cli->writer, mig_cleaner_cell(cleaner, column, part));
    else
        mig_writer_count(cli->writer, column == cleaner->count ? part + 1 : cleaner->parts);
}

static void write_part(struct mig_cli *cli, const struct mig_cleaner *cleaner,
    const struct mig_selection *selection, size_t part)
{
    enum { AT_ONCE = 32 };
    struct mig_text texts[AT_ONCE];
    size_t count;
    for (size_t i = 0; i < selection->count;) {
        for (count = 0;
             count < AT_ONCE && i < selection->count && is_text(cleaner, selection->columns[i]);
             i++)
            texts[count++] = mig_cleaner_cell(cleaner, selection->columns[i], part);
        if (count > 0)
            mig_writer_texts(cli->writer, texts, count);
        else
            write_number(cli, cleaner, selection->columns[i++], part);
    }
    mig_cli_require(cli, mig_writer_end_row(cli->writer, &cli->error));
}

void mig_cli_write_cleaned(
    struct mig_cli *cli, const struct mig_cleaner *cleaner, const struct mig_selection *selection)
{
    for (size_t part = 0; part < cleaner->parts; part++)
        write_part(cli, cleaner, selection, part);
}

void mig_cli_write_changes(struct mig_cli *cli, FILE *stream, const struct mig_cleaner *cleaner)
{
    static const char *const names[] = {"column", "change", "cells", "example", "becomes"};
    const struct mig_header *header = mig_input_header(cli->table);
    struct mig_writer *writer;
    mig_cli_require(cli, mig_writer_open(&writer, stream, MIG_CSV, cli->precision, names,
                             sizeof names / sizeof *names, &cli->error));
    for (size_t i = 0; i < cleaner->count; i++)
        for (int change = 0; change < MIG_CHANGES && cleaner->plans[i].changes; change++) {
            const struct mig_changes *changes = &cleaner->plans[i].changes[change];
            if (changes->cells == 0)
                continue;
            mig_writer_string(writer, header->names[i]);
            mig_writer_string(writer, mig_change_name((enum mig_change)change));
            mig_writer_count(writer, changes->cells);
            mig_writer_text(writer, mig_buffer_text(&changes->before));
            mig_writer_text(writer, mig_buffer_text(&changes->after));
            mig_cli_require(cli, mig_writer_end_row(writer, &cli->error));
        }
    mig_cli_require(cli, mig_writer_close(writer, &cli->error));
    mig_writer_free(writer);
}

/* Words. */

static void note_labels(struct mig_cli *cli, const struct mig_cleaner *cleaner)
{
    const struct mig_header *header = mig_input_header(cli->table);
    for (size_t i = 0; i < cleaner->count; i++)
        for (size_t j = 0; j < cleaner->plans[i].n_labels; j++)
            if (cleaner->plans[i].labels[j].cells == 0)
                mig_cli_note(cli, _("label '%s' occurs in no cell of column '%s'"),
                    cleaner->plans[i].labels[j].old, header->names[i]);
}

void mig_cli_review_cleaning(
    struct mig_cli *cli, const struct mig_wishes *wishes, const struct mig_cleaner *cleaner)
{
    struct mig_error_list findings = {0};
    uint64_t missing = mig_cleaner_changed(cleaner, MIG_CHANGE_MISSING);
    uint64_t times = mig_cleaner_changed(cleaner, MIG_CHANGE_TIME);
    uint64_t short_years = mig_cleaner_changed(cleaner, MIG_CHANGE_CENTURY);
    if (missing > 0)
        mig_cli_note(cli, _("cells read as missing: %" PRIu64), missing);
    if (times > 0)
        mig_cli_note(cli, _("times of day cut off: %" PRIu64), times);
    if (short_years > 0)
        mig_cli_note(cli, _("years of two digits read as 1969 to 2068: %" PRIu64), short_years);
    if (cleaner->added > 0) {
        const char *name = mig_input_header(cli->table)->names[cleaner->split.column];
        mig_cli_note(cli,
            _("rows added, one for each further value of '%s': %zu; '%s_part' 1 counts each row "
              "once"),
            name, cleaner->added, name);
    }
    note_labels(cli, cleaner);
    mig_cli_require(
        cli, mig_cleaner_review(cleaner, wishes->schema != NULL, &findings, &cli->error));
    mig_cli_find_all(cli, &findings);
}

void mig_cli_fail_on_faults(
    struct mig_cli *cli, struct mig_error_list *faults, size_t rejected, size_t read)
{
    const struct mig_header *header = mig_input_header(cli->table);
    size_t total = faults->total;
    for (size_t i = 0; i < faults->count; i++)
        if (faults->items[i].column > 0)
            mig_error_locate(&faults->items[i], NULL, header->names[faults->items[i].column - 1]);
    mig_cli_complain_all(cli, faults);
    if (total > 0)
        mig_cli_complain(cli, _("rows that do not fit: %zu of %zu; --rejects FILE sets them apart"),
            rejected, read);
    mig_cli_settle(cli);
}
