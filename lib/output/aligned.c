/* Markdown tables and aligned text: the formats for people, which need the whole table for its
 * widths. */
#include "output/aligned-internal.h"

#include <stdlib.h>
#include <string.h>

/* Line breaks and other control characters are shown, so that no cell can drive the terminal. */
struct mig_escape mig_escape_text(struct mig_text rest)
{
    unsigned char c = (unsigned char)rest.data[0];
    unsigned char next = rest.length > 1 ? (unsigned char)rest.data[1] : 0;
    if (c == '\r' && next == '\n')
        return (struct mig_escape){2, "\u23ce"};
    if (c == '\n' || c == '\r')
        return (struct mig_escape){1, "\u23ce"};
    if (c < 0x20) /* the control pictures, from U+2400 on */
        return (struct mig_escape){1, {'\xe2', '\x90', (char)(0x80 + c), '\0'}};
    if (c == 0x7f)
        return (struct mig_escape){1, "\u2421"};
    if (c == 0xc2 && next >= 0x80 && next < 0xa0) /* U+0080 to U+009F */
        return (struct mig_escape){2, "\ufffd"};
    return (struct mig_escape){0};
}

/* An underscore inside a word is plain text in GitHub's Markdown; one that could close an emphasis
 * is not. */
static bool ends_word(struct mig_text rest)
{
    unsigned char next = rest.length > 1 ? (unsigned char)rest.data[1] : 0;
    bool letter = (next >= 'A' && next <= 'Z') || (next >= 'a' && next <= 'z');
    return !letter && !(next >= '0' && next <= '9');
}

struct mig_escape mig_escape_md(struct mig_text rest)
{
    char c = rest.data[0];
    if (c == '_' && ends_word(rest))
        return (struct mig_escape){1, "\\_"};
    if (c == '\r' && rest.length > 1 && rest.data[1] == '\n')
        return (struct mig_escape){2, "<br>"};
    if (c == '\n' || c == '\r')
        return (struct mig_escape){1, "<br>"};
    if (c != '\0' && strchr("|\\`*[<&~$", c))
        return (struct mig_escape){1, {'\\', c, '\0'}};
    return mig_escape_text(rest);
}

static bool is_empty(const struct mig_writer *writer, size_t cell)
{
    return writer->cells[cell].kind <= MIG_CELL_NO_NUMBER;
}

/* Written as a number, or read as one from another command's output: for the eye it is the same. */
static bool is_number(const struct mig_writer *writer, size_t cell)
{
    struct mig_decimal decimal;
    return writer->cells[cell].kind == MIG_CELL_NUMBER ||
           mig_decimal_parse(mig_writer_cell_text(writer, cell), &decimal, NULL) == MIG_OK;
}

static void measure(
    struct mig_writer *writer, struct mig_aligned_column *columns, mig_escape_rule *rule)
{
    for (size_t i = 0; i < writer->columns; i++) {
        bool text = false, number = false, no_number = false;
        for (size_t cell = i; cell < writer->n_cells; cell += writer->columns) {
            mig_writer_put_escaped(writer, mig_writer_cell_text(writer, cell), rule);
            size_t width = mig_text_width(mig_buffer_text(&writer->line));
            mig_buffer_clear(&writer->line);
            bool name = cell < writer->columns;
            if (width > columns[i].width)
                columns[i].width = width;
            if (!name && width > columns[i].body)
                columns[i].body = width;
            text |= !name && !is_number(writer, cell) && !is_empty(writer, cell);
            number |= !name && is_number(writer, cell);
            no_number |= !name && writer->cells[cell].kind == MIG_CELL_NO_NUMBER;
        }
        columns[i].right = (number || no_number) && !text;
        columns[i].empty = !number && !text && writer->n_cells > writer->columns;
    }
}

/* Whether anything at all is left to show without the empty columns. */
static bool any_filled(const struct mig_writer *writer, const struct mig_aligned_column *columns)
{
    for (size_t i = 0; i < writer->columns; i++)
        if (!columns[i].empty)
            return true;
    return false;
}

static void put_repeated(struct mig_writer *writer, const char *piece, size_t times)
{
    for (size_t i = 0; i < times; i++)
        mig_writer_put_string(writer, piece);
}

/* Appends a cell; returns its width on a terminal. */
static size_t put_cell(struct mig_writer *writer, size_t cell, mig_escape_rule *rule)
{
    size_t start = writer->line.length;
    mig_writer_put_escaped(writer, mig_writer_cell_text(writer, cell), rule);
    struct mig_text line = mig_buffer_text(&writer->line);
    if (line.length == start)
        return 0;
    return mig_text_width((struct mig_text){line.data + start, line.length - start});
}

/* Appends blanks and the cell, or the cell and blanks, to the column's width. */
static void put_aligned(struct mig_writer *writer, size_t cell,
    const struct mig_aligned_column *column, mig_escape_rule *rule)
{
    size_t start = writer->line.length;
    size_t width = put_cell(writer, cell, rule);
    size_t blanks = column->width > width ? column->width - width : 0;
    size_t length = writer->line.length - start;
    put_repeated(writer, " ", blanks);
    if (!column->right || blanks == 0 || writer->error.status)
        return;
    memmove(writer->line.data + start + blanks, writer->line.data + start, length);
    memset(writer->line.data + start, ' ', blanks);
}

static void trim_line(struct mig_buffer *line)
{
    while (line->length > 0 && line->data[line->length - 1] == ' ')
        line->data[--line->length] = '\0';
}

/* Columns without any content would only push the others off the screen: text leaves them out. */
static void text_line(
    struct mig_writer *writer, size_t first, const struct mig_aligned_column *columns)
{
    bool begun = false;
    for (size_t i = 0; i < writer->columns; i++) {
        if (columns[i].empty)
            continue;
        put_repeated(writer, " ", begun ? MIG_ALIGNED_GAP : 0);
        begun = true;
        put_aligned(writer, first + i, &columns[i], mig_escape_text);
    }
    trim_line(&writer->line);
    mig_writer_put_string(writer, "\n");
    mig_writer_flush_line(writer);
}

static void text_rule(struct mig_writer *writer, const struct mig_aligned_column *columns)
{
    bool begun = false;
    for (size_t i = 0; i < writer->columns; i++) {
        if (columns[i].empty)
            continue;
        put_repeated(writer, " ", begun ? MIG_ALIGNED_GAP : 0);
        put_repeated(writer, "\u2500", columns[i].width);
        begun = true;
    }
    mig_writer_put_string(writer, "\n");
}

static void md_line(
    struct mig_writer *writer, size_t first, const struct mig_aligned_column *columns)
{
    for (size_t i = 0; i < writer->columns; i++) {
        mig_writer_put_string(writer, i > 0 ? " | " : "| ");
        put_aligned(writer, first + i, &columns[i], mig_escape_md);
    }
    mig_writer_put_string(writer, " |\n");
    mig_writer_flush_line(writer);
}

static void md_rule(struct mig_writer *writer, const struct mig_aligned_column *columns)
{
    for (size_t i = 0; i < writer->columns; i++) {
        mig_writer_put_string(writer, i > 0 ? " | " : "| ");
        put_repeated(writer, "-", columns[i].width - (columns[i].right ? 1 : 0));
        mig_writer_put_string(writer, columns[i].right ? ":" : "");
    }
    mig_writer_put_string(writer, " |\n");
}

/* A table under way: what md and text differ in. */
struct layout {
    mig_escape_rule *escape;
    size_t min_width;
    bool folds;
    void (*line)(struct mig_writer *writer, size_t first, const struct mig_aligned_column *columns);
    void (*rule)(struct mig_writer *writer, const struct mig_aligned_column *columns);
};

size_t mig_aligned_width(const struct mig_writer *writer, const struct mig_aligned_column *columns)
{
    size_t width = 0;
    for (size_t i = 0; i < writer->columns; i++)
        if (!columns[i].empty)
            width += columns[i].width + (width > 0 ? MIG_ALIGNED_GAP : 0);
    return width;
}

static void write_whole(struct mig_writer *writer, const struct layout *layout,
    const struct mig_aligned_column *columns)
{
    for (size_t first = 0; first < writer->n_cells; first += writer->columns) {
        layout->line(writer, first, columns);
        if (first == 0)
            layout->rule(writer, columns);
    }
}

static void write_table(struct mig_writer *writer, const struct layout *layout)
{
    struct mig_aligned_column *columns = calloc(writer->columns, sizeof *columns);
    if (!columns) {
        mig_fail_memory(&writer->error);
        return;
    }
    for (size_t i = 0; i < writer->columns; i++)
        columns[i].width = layout->min_width;
    measure(writer, columns, layout->escape);
    bool filled = any_filled(writer, columns);
    for (size_t i = 0; i < writer->columns; i++)
        columns[i].empty = columns[i].empty && filled;
    if (layout->folds && writer->width > 0 && mig_aligned_width(writer, columns) > writer->width)
        mig_folded_write(writer, columns);
    else
        write_whole(writer, layout, columns);
    free(columns);
}

static void text_end(struct mig_writer *writer)
{
    write_table(writer, &(struct layout){mig_escape_text, 1, true, text_line, text_rule});
}

static void md_end(struct mig_writer *writer)
{
    write_table(writer, &(struct layout){mig_escape_md, 3, false, md_line, md_rule});
}

/* Nothing is written before the end, when the widths are known. */
static void begin(struct mig_writer *writer)
{
    (void)writer;
}

const struct mig_writer_format mig_format_md = {
    .for_people = true, .whole_table = true, .begin = begin, .end = md_end};
const struct mig_writer_format mig_format_text = {
    .for_people = true, .whole_table = true, .begin = begin, .end = text_end};
