/* Aligned text that folds where the terminal ends: blocks of columns, one below the other. */
#include <stdlib.h>

#include "output/aligned-internal.h"
#include "output/grid-internal.h"

/* A text gets a column narrower than this only where there is no other block for it. */
enum { UNBROKEN = 24 };

/* The table, and the block under way: shown[0 .. n_names - 1] are repeated in all blocks. */
struct page {
    struct mig_writer *writer;
    struct mig_aligned_column *columns;
    size_t *shown, n_names, n_shown;
    bool *done; /* [column]: it names the rows, or stood in a block */
    struct mig_buffer cell;
};

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* What stands beside what takes `used` cells already, and its gap. */
static size_t beside(size_t used, size_t width)
{
    return used + (used > 0 ? MIG_ALIGNED_GAP : 0) + width;
}

/* The next line of the name of a column, which is broken behind underscores: as many pieces as fit,
 * at least one. */
static struct mig_text cut_name(struct mig_text *rest, size_t width)
{
    size_t end = 0;
    for (size_t next = 1; next <= rest->length; next++) {
        if (next < rest->length && rest->data[next - 1] != '_')
            continue;
        if (end > 0 && mig_text_width((struct mig_text){rest->data, next}) > width)
            break;
        end = next;
    }
    struct mig_text line = {rest->data, end};
    *rest = (struct mig_text){rest->data + end, rest->length - end};
    return line;
}

/* Names that are wider than what stands below them are broken. */
static void narrow(struct page *page)
{
    for (size_t i = 0; i < page->writer->columns; i++) {
        size_t width = page->columns[i].body;
        struct mig_text rest = mig_writer_cell_text(page->writer, i);
        while (rest.length > 0) {
            size_t piece = mig_text_width(cut_name(&rest, 1));
            width = piece > width ? piece : width;
        }
        page->columns[i].width = width > 0 ? width : 1;
    }
}

static bool varies(const struct mig_writer *writer, size_t column)
{
    for (size_t cell = column + 2 * writer->columns; cell < writer->n_cells;
         cell += writer->columns)
        if (!mig_text_equal(mig_writer_cell_text(writer, cell),
                mig_writer_cell_text(writer, cell - writer->columns)))
            return true;
    return false;
}

/* The columns that tell the rows apart, as many as fit into half of the width, but the first in any
 * case. Returns the cells that they take. */
static size_t choose_names(struct page *page)
{
    const struct mig_writer *writer = page->writer;
    bool any = false;
    size_t used = 0, most = writer->width / 2;
    for (size_t i = 0; i < writer->columns; i++)
        any = any || writer->naming[i];
    for (size_t i = 0; i < writer->columns; i++) {
        struct mig_aligned_column *column = &page->columns[i];
        if (column->empty || !(any ? writer->naming[i] : i == 0) || !varies(writer, i))
            continue;
        if (page->n_names == 0 && !column->right)
            column->width = smaller(column->width, most);
        else if (page->n_names > 0 && beside(used, column->width) > most)
            continue;
        used = beside(used, column->width);
        page->shown[page->n_names++] = i;
        page->done[i] = true;
    }
    return used;
}

/* Takes the next columns into the block; false when there are none left. */
static bool fill_block(struct page *page, size_t used)
{
    const struct mig_writer *writer = page->writer;
    page->n_shown = page->n_names;
    for (size_t i = 0; i < writer->columns; i++) {
        struct mig_aligned_column *column = &page->columns[i];
        if (column->empty || page->done[i])
            continue;
        size_t end = beside(used, 0), left = end < writer->width ? writer->width - end : 0;
        bool alone = page->n_shown == page->n_names;
        bool broken = column->width > left && !column->right && (left >= UNBROKEN || alone);
        if (column->width > left && !broken && !alone)
            return true;
        if (broken)
            column->width = left > 0 ? left : 1;
        used = beside(used, column->width);
        page->shown[page->n_shown++] = i;
        page->done[i] = true;
    }
    return page->n_shown > page->n_names;
}

static void put_repeated(struct mig_writer *writer, const char *piece, size_t times)
{
    for (size_t i = 0; i < times; i++)
        mig_writer_put_string(writer, piece);
}

/* Line number `line` of a text in a column of this width; the whole where it fits. */
static struct mig_text piece_of(struct mig_text text, size_t width, size_t line, bool name)
{
    struct mig_text piece = {0};
    if (text.length > 0 && mig_text_width(text) <= width)
        return line == 0 ? text : piece;
    for (size_t i = 0; i <= line; i++) {
        if (text.length == 0)
            return (struct mig_text){0};
        piece = name ? cut_name(&text, width) : mig_grid_cut_line(&text, width);
    }
    return piece;
}

/* Line number `line` of a cell, padded; false when it has none. */
static bool put_piece(struct page *page, size_t column, size_t cell, size_t line)
{
    const struct mig_aligned_column *at = &page->columns[column];
    struct mig_text text = mig_writer_cell_text(page->writer, cell);
    mig_buffer_clear(&page->cell);
    if (mig_escape_append(&page->cell, text, mig_escape_text, &page->writer->error) != MIG_OK)
        return false;
    text = text.length > 0 ? mig_buffer_text(&page->cell) : text;
    struct mig_text piece = piece_of(text, at->width, line, cell < page->writer->columns);
    size_t taken = piece.length > 0 ? mig_text_width(piece) : 0;
    size_t blanks = at->width > taken ? at->width - taken : 0;
    put_repeated(page->writer, " ", at->right ? blanks : 0);
    if (piece.length > 0)
        mig_writer_put(page->writer, piece);
    put_repeated(page->writer, " ", at->right ? 0 : blanks);
    return piece.length > 0;
}

static void end_line(struct mig_writer *writer)
{
    struct mig_buffer *line = &writer->line;
    while (line->length > 0 && line->data[line->length - 1] == ' ')
        line->data[--line->length] = '\0';
    mig_writer_put_string(writer, "\n");
    mig_writer_flush_line(writer);
}

/* The cells of the block in the row that begins at cell `first`, as many lines as its longest one
 * needs. */
static void put_row(struct page *page, size_t first)
{
    for (size_t line = 0;; line++) {
        bool any = line == 0;
        for (size_t i = 0; i < page->n_shown; i++) {
            size_t column = page->shown[i];
            put_repeated(page->writer, " ", i > 0 ? MIG_ALIGNED_GAP : 0);
            any = put_piece(page, column, first + column, line) || any;
        }
        if (!any)
            break;
        end_line(page->writer);
    }
    mig_buffer_clear(&page->writer->line); /* the line that held nothing */
}

static void put_rule(struct page *page)
{
    for (size_t i = 0; i < page->n_shown; i++) {
        put_repeated(page->writer, " ", i > 0 ? MIG_ALIGNED_GAP : 0);
        put_repeated(page->writer, "\u2500", page->columns[page->shown[i]].width);
    }
    end_line(page->writer);
}

static void put_block(struct page *page)
{
    for (size_t first = 0; first < page->writer->n_cells; first += page->writer->columns) {
        put_row(page, first);
        if (first == 0)
            put_rule(page);
    }
}

void mig_folded_write(struct mig_writer *writer, struct mig_aligned_column *columns)
{
    struct page page = {.writer = writer, .columns = columns};
    page.shown = calloc(writer->columns + 1, sizeof *page.shown);
    page.done = calloc(writer->columns + 1, sizeof *page.done);
    if (page.shown == NULL || page.done == NULL) {
        mig_fail_memory(&writer->error);
    } else {
        narrow(&page);
        size_t used = choose_names(&page);
        for (bool begun = false; fill_block(&page, used); begun = true) {
            if (begun)
                end_line(writer);
            put_block(&page);
        }
    }
    mig_buffer_release(&page.cell);
    free(page.shown);
    free(page.done);
}
