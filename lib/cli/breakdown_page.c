/* The page that the tables for people are written on. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "cli/breakdown-internal.h"

void mig_sheet_put(struct mig_sheet *sheet, const char *text)
{
    struct mig_cli *cli = sheet->breakdown->cli;
    mig_cli_require(cli, mig_grid_cell(sheet->grid, mig_text_of(text), &cli->error));
}

void mig_sheet_put_text(struct mig_sheet *sheet, struct mig_text text)
{
    struct mig_cli *cli = sheet->breakdown->cli;
    mig_cli_require(cli, mig_grid_cell(sheet->grid, text, &cli->error));
}

/* Puts what was written to sheet->scratch, and empties it. */
void mig_sheet_put_scratch(struct mig_sheet *sheet)
{
    mig_sheet_put_text(sheet, mig_buffer_text(&sheet->scratch));
    mig_buffer_clear(&sheet->scratch);
}

void mig_sheet_begin(struct mig_sheet *sheet, const struct mig_grid_shape *shape)
{
    struct mig_cli *cli = sheet->breakdown->cli;
    mig_grid_free(sheet->grid);
    sheet->grid = NULL;
    enum mig_format format = cli->format == MIG_MD ? MIG_MD : MIG_TEXT;
    mig_cli_require(cli, mig_grid_new(&sheet->grid, format, shape, &cli->error));
}

void mig_sheet_end(struct mig_sheet *sheet)
{
    struct mig_cli *cli = sheet->breakdown->cli;
    mig_cli_require(cli, mig_grid_write(sheet->grid, sheet->width, &sheet->page, &cli->error));
    mig_grid_free(sheet->grid);
    sheet->grid = NULL;
}

/* As many words as fit into `width` cells, at least one. Returns where they end. */
static size_t cut_words(struct mig_text text, size_t width)
{
    size_t end = 0;
    for (size_t next = 1; next <= text.length; next++) {
        if (next < text.length && text.data[next] != ' ')
            continue;
        if (end > 0 && mig_text_width((struct mig_text){text.data, next}) > width)
            break;
        end = next;
    }
    return end;
}

/* Lines no wider than the page, those after the first a little further in. */
static void put_wrapped(struct mig_sheet *sheet, struct mig_text text)
{
    enum { INDENT = 2 };
    struct mig_cli *cli = sheet->breakdown->cli;
    size_t indent = 0;
    while (text.length > 0) {
        size_t room = sheet->width > indent ? sheet->width - indent : 1;
        size_t end = cut_words(text, room), next = end + (end < text.length);
        mig_cli_require(cli, mig_buffer_append(&sheet->page, "  ", indent, &cli->error));
        mig_cli_require(cli, mig_buffer_append(&sheet->page, text.data, end, &cli->error));
        mig_cli_require(cli, mig_buffer_append(&sheet->page, "\n", 1, &cli->error));
        text = (struct mig_text){text.data + next, text.length - next};
        indent = INDENT;
    }
}

void mig_sheet_line(struct mig_sheet *sheet, const char *text)
{
    struct mig_cli *cli = sheet->breakdown->cli;
    struct mig_buffer line = {0};
    bool md = cli->format == MIG_MD;
    mig_cli_require(cli, mig_buffer_append(&line, "- ", md ? 2 : 0, &cli->error));
    mig_cli_require(
        cli, mig_grid_escape(md ? MIG_MD : MIG_TEXT, mig_text_of(text), &line, &cli->error));
    if (md) {
        mig_cli_require(cli, mig_buffer_append(&line, "\n", 1, &cli->error));
        mig_cli_require(cli, mig_buffer_append(&sheet->page, line.data, line.length, &cli->error));
    } else {
        put_wrapped(sheet, mig_buffer_text(&line));
    }
    mig_buffer_release(&line);
}

void mig_sheet_gap(struct mig_sheet *sheet)
{
    struct mig_cli *cli = sheet->breakdown->cli;
    if (sheet->page.length > 0)
        mig_cli_require(cli, mig_buffer_append(&sheet->page, "\n", 1, &cli->error));
}

static struct mig_sheet_note *find_note(struct mig_sheet *sheet, const char *text)
{
    struct mig_cli *cli = sheet->breakdown->cli;
    for (size_t i = 0; i < sheet->n_notes; i++)
        if (strcmp(sheet->notes[i].text, text) == 0)
            return &sheet->notes[i];
    struct mig_sheet_note *notes =
        mig_grow(sheet->notes, &sheet->notes_capacity, sheet->n_notes + 1, sizeof *notes);
    if (notes == NULL)
        mig_cli_require(cli, mig_fail_memory(&cli->error));
    sheet->notes = notes;
    notes[sheet->n_notes] = (struct mig_sheet_note){.text = mig_cli_name(cli, text, "")};
    return &notes[sheet->n_notes++];
}

void mig_sheet_keep_note(struct mig_sheet *sheet, const char *name, const char *text)
{
    if (text == NULL)
        return;
    struct mig_sheet_note *note = find_note(sheet, text);
    for (size_t i = 0; i < note->n_names; i++)
        if (strcmp(note->names[i], name) == 0)
            return;
    if (note->n_names < MIG_MOST_NAMES)
        note->names[note->n_names++] = mig_cli_name(sheet->breakdown->cli, name, "");
    else
        note->more = true;
}

static void put_note(struct mig_sheet *sheet, const struct mig_sheet_note *note)
{
    struct mig_cli *cli = sheet->breakdown->cli;
    struct mig_buffer names = {0};
    for (size_t i = 0; i < note->n_names; i++)
        mig_cli_require(
            cli, mig_buffer_print(&names, &cli->error, "%s%s", i > 0 ? ", " : "", note->names[i]));
    if (note->more)
        mig_cli_require(cli, mig_buffer_print(&names, &cli->error, ", \u2026"));
    mig_cli_require(
        cli, mig_buffer_print(&sheet->scratch, &cli->error, _("%s: %s"), names.data, note->text));
    mig_sheet_line(sheet, sheet->scratch.data);
    mig_buffer_clear(&sheet->scratch);
    mig_buffer_release(&names);
}

void mig_sheet_put_notes(struct mig_sheet *sheet)
{
    if (sheet->breakdown->cli->format == MIG_MD && sheet->n_notes > 0)
        mig_sheet_gap(sheet);
    for (size_t i = 0; i < sheet->n_notes; i++) {
        struct mig_sheet_note *note = &sheet->notes[i];
        put_note(sheet, note);
        free(note->text);
        for (size_t name = 0; name < note->n_names; name++)
            free(note->names[name]);
    }
    sheet->n_notes = 0;
}

void mig_sheet_init(struct mig_sheet *sheet, struct mig_breakdown *breakdown)
{
    *sheet = (struct mig_sheet){.breakdown = breakdown};
    sheet->width = breakdown->design.width > 0 && breakdown->design.width < SIZE_MAX
                       ? (size_t)breakdown->design.width
                       : mig_people_width();
}

void mig_sheet_print(struct mig_sheet *sheet)
{
    struct mig_cli *cli = sheet->breakdown->cli;
    FILE *stream = mig_cli_open_output(cli);
    if (sheet->page.length > 0) /* a failure stays with the stream, and is seen when it is closed */
        (void)!fwrite(sheet->page.data, 1, sheet->page.length, stream);
    mig_buffer_release(&sheet->page);
    mig_buffer_release(&sheet->scratch);
    mig_grid_free(sheet->grid);
    free(sheet->notes);
}
