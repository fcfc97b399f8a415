#include "output/grid.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "output/writer-internal.h"

enum { GAP = 2, GROUP_GAP = 3 };

struct cell {
    size_t start, length; /* in `bytes` */
    size_t width;
};

struct mig_grid {
    struct mig_grid_shape shape;
    enum mig_format format;
    mig_escape_rule *escape;
    struct mig_buffer bytes;
    struct cell *cells;
    size_t n_cells, capacity;
    size_t *rules; /* the rows that a line is above of, rising */
    size_t n_rules, rules_capacity;
};

enum mig_status mig_grid_new(struct mig_grid **grid, enum mig_format format,
    const struct mig_grid_shape *shape, struct mig_error *error)
{
    struct mig_grid *made = calloc(1, sizeof *made);
    if (made == NULL)
        return mig_fail_memory(error);
    made->shape = *shape;
    made->format = format;
    made->escape = format == MIG_MD ? mig_escape_md : mig_escape_text;
    *grid = made;
    return MIG_OK;
}

enum mig_status mig_grid_cell(struct mig_grid *grid, struct mig_text text, struct mig_error *error)
{
    struct cell *cells =
        mig_grow(grid->cells, &grid->capacity, grid->n_cells + 1, sizeof *grid->cells);
    if (cells == NULL)
        return mig_fail_memory(error);
    grid->cells = cells;
    size_t start = grid->bytes.length;
    enum mig_status status = mig_escape_append(&grid->bytes, text, grid->escape, error);
    if (status != MIG_OK)
        return status;
    struct mig_text written = {grid->bytes.data + start, grid->bytes.length - start};
    size_t width = written.length > 0 ? mig_text_width(written) : 0;
    cells[grid->n_cells++] = (struct cell){start, written.length, width};
    return MIG_OK;
}

/* Where the parts of the grid begin among its cells. */
static size_t n_heads(const struct mig_grid *grid)
{
    const struct mig_grid_shape *shape = &grid->shape;
    return shape->n_left + shape->n_each + shape->n_groups * shape->n_levels;
}

static size_t row_size(const struct mig_grid *grid)
{
    return grid->shape.n_left + grid->shape.n_groups * grid->shape.n_each;
}

static size_t n_rows(const struct mig_grid *grid)
{
    return (grid->n_cells - n_heads(grid)) / row_size(grid);
}

static size_t label_at(const struct mig_grid *grid, size_t group, size_t level)
{
    return grid->shape.n_left + grid->shape.n_each + group * grid->shape.n_levels + level;
}

static size_t left_at(const struct mig_grid *grid, size_t row, size_t column)
{
    return n_heads(grid) + row * row_size(grid) + column;
}

static size_t cell_at(const struct mig_grid *grid, size_t row, size_t group, size_t each)
{
    return left_at(grid, row, grid->shape.n_left + group * grid->shape.n_each + each);
}

static struct mig_text text_at(const struct mig_grid *grid, size_t cell)
{
    const struct cell *at = &grid->cells[cell];
    return at->length == 0 ? (struct mig_text){0}
                           : (struct mig_text){grid->bytes.data + at->start, at->length};
}

enum mig_status mig_grid_rule(struct mig_grid *grid, struct mig_error *error)
{
    size_t *rules =
        mig_grow(grid->rules, &grid->rules_capacity, grid->n_rules + 1, sizeof *grid->rules);
    if (rules == NULL)
        return mig_fail_memory(error);
    grid->rules = rules;
    rules[grid->n_rules++] = n_rows(grid);
    return MIG_OK;
}

/* Widths of the columns: a column without any content has none and is left out. */
struct widths {
    size_t *left;
    size_t *each; /* [group * n_each + column] */
    size_t *span; /* of a group, its gaps among it */
};

static size_t larger(size_t a, size_t b)
{
    return a > b ? a : b;
}

/* The next line of a label: as many words as fit into `width`, at least one. */
static struct mig_text cut_line(struct mig_text *rest, size_t width)
{
    struct mig_text line = {rest->data, 0};
    size_t end = 0;
    while (end < rest->length) {
        size_t next = end + 1;
        while (next < rest->length && rest->data[next] != ' ')
            next++;
        if (line.length > 0 && mig_text_width((struct mig_text){rest->data, next}) > width)
            break;
        line.length = end = next;
    }
    size_t skipped = end < rest->length ? end + 1 : end;
    *rest = (struct mig_text){rest->data + skipped, rest->length - skipped};
    return line;
}

static size_t count_lines(struct mig_text text, size_t width)
{
    size_t lines = 0;
    while (text.length > 0) {
        (void)cut_line(&text, width);
        lines++;
    }
    return lines;
}

static size_t longest_word(struct mig_text text)
{
    size_t longest = 0;
    while (text.length > 0)
        longest = larger(longest, mig_text_width(cut_line(&text, 1)));
    return longest;
}

/* A label narrower than this is not broken. */
enum { UNBROKEN = 12 };

/* The width of a group, at least what its labels need; what is to spare goes to its first column.
 */
static void find_span(const struct mig_grid *grid, size_t group, struct widths *widths)
{
    size_t *each = widths->each + group * grid->shape.n_each, first = 0, needed = 0, used = 0;
    widths->span[group] = 0;
    for (size_t i = 0; i < grid->shape.n_each; i++) {
        if (each[i] == 0)
            continue;
        first = used == 0 ? i : first;
        widths->span[group] += each[i] + (used++ > 0 ? (size_t)GAP : 0);
    }
    for (size_t level = 0; level < grid->shape.n_levels; level++) {
        size_t label = label_at(grid, group, level), width = grid->cells[label].width;
        if (width > UNBROKEN)
            width = longest_word(text_at(grid, label));
        needed = larger(needed, width);
    }
    if (needed > widths->span[group]) {
        each[first] += needed - widths->span[group];
        widths->span[group] = needed;
    }
}

static void measure(const struct mig_grid *grid, struct widths *widths)
{
    const struct mig_grid_shape *shape = &grid->shape;
    size_t rows = n_rows(grid);
    for (size_t i = 0; i < shape->n_left; i++) {
        widths->left[i] = grid->cells[i].width;
        for (size_t row = 0; row < rows; row++)
            widths->left[i] = larger(widths->left[i], grid->cells[left_at(grid, row, i)].width);
    }
    for (size_t group = 0; group < shape->n_groups; group++) {
        for (size_t i = 0; i < shape->n_each; i++) {
            size_t *width = &widths->each[group * shape->n_each + i];
            for (size_t row = 0; row < rows; row++)
                *width = larger(*width, grid->cells[cell_at(grid, row, group, i)].width);
            if (*width > 0 || rows == 0)
                *width = larger(*width, grid->cells[shape->n_left + i].width);
        }
        find_span(grid, group, widths);
    }
}

static bool widths_init(const struct mig_grid *grid, struct widths *widths)
{
    const struct mig_grid_shape *shape = &grid->shape;
    widths->left = calloc(shape->n_left + 1, sizeof *widths->left);
    widths->each = calloc(shape->n_groups * shape->n_each + 1, sizeof *widths->each);
    widths->span = calloc(shape->n_groups + 1, sizeof *widths->span);
    if (widths->left == NULL || widths->each == NULL || widths->span == NULL)
        return false;
    measure(grid, widths);
    return true;
}

static void widths_release(struct widths *widths)
{
    free(widths->left);
    free(widths->each);
    free(widths->span);
}

static size_t left_width(const struct mig_grid *grid, const struct widths *widths)
{
    size_t width = 0;
    for (size_t i = 0; i < grid->shape.n_left; i++)
        width += widths->left[i] + (i > 0 ? (size_t)GAP : 0);
    return width;
}

static size_t span_of(const struct widths *widths, size_t first, size_t end)
{
    size_t width = 0;
    for (size_t group = first; group < end; group++)
        width += widths->span[group] + (group > first ? (size_t)GROUP_GAP : 0);
    return width;
}

/* What is written to, and how wide the line under way is. */
struct page {
    const struct mig_grid *grid;
    const struct widths *widths;
    size_t first, end; /* groups of the block */
    struct mig_buffer *out;
    struct mig_error *error;
    enum mig_status status;
    size_t line; /* where the line begins in `out` */
};

static void put(struct page *page, struct mig_text text)
{
    if (page->status == MIG_OK)
        page->status = mig_buffer_append(page->out, text.data, text.length, page->error);
}

static void put_repeated(struct page *page, const char *piece, size_t times)
{
    for (size_t i = 0; i < times; i++)
        put(page, mig_text_of(piece));
}

static void put_padded(struct page *page, struct mig_text text, size_t width, bool right)
{
    size_t taken = text.length > 0 ? mig_text_width(text) : 0;
    size_t blanks = width > taken ? width - taken : 0;
    put_repeated(page, " ", right ? blanks : 0);
    put(page, text);
    put_repeated(page, " ", right ? 0 : blanks);
}

static void begin_line(struct page *page)
{
    page->line = page->out->length;
}

/* Ends a line, without blanks at its end. */
static void end_line(struct page *page)
{
    struct mig_buffer *out = page->out;
    while (out->length > page->line && out->data[out->length - 1] == ' ')
        out->data[--out->length] = '\0';
    put(page, mig_text_of("\n"));
}

static void put_gap(struct page *page, bool group)
{
    put_repeated(page, " ", group ? GROUP_GAP : GAP);
}

/* The left end of a line that has nothing there, up to the first group. */
static void put_left_blank(struct page *page)
{
    size_t width = left_width(page->grid, page->widths);
    put_repeated(page, " ", width + (width > 0 ? (size_t)GROUP_GAP : 0));
}

/* Whether two groups share the labels from the top down to `level`. */
static bool share_labels(const struct mig_grid *grid, size_t a, size_t b, size_t level)
{
    for (size_t i = 0; i <= level; i++)
        if (!mig_text_equal(
                text_at(grid, label_at(grid, a, i)), text_at(grid, label_at(grid, b, i))))
            return false;
    return true;
}

static size_t run_end(const struct page *page, size_t group, size_t level)
{
    size_t end = group + 1;
    while (end < page->end && share_labels(page->grid, group, end, level))
        end++;
    return end;
}

/* One line of the labels of a level; labels that need fewer lines stand at the bottom. */
static void put_label_line(struct page *page, size_t level, size_t line, size_t lines)
{
    begin_line(page);
    put_left_blank(page);
    for (size_t group = page->first, end; group < page->end; group = end) {
        end = run_end(page, group, level);
        size_t width = span_of(page->widths, group, end);
        struct mig_text rest = text_at(page->grid, label_at(page->grid, group, level)), piece = {0};
        size_t needed = count_lines(rest, width);
        for (size_t i = lines - needed; i <= line && line + needed >= lines; i++)
            piece = cut_line(&rest, width);
        put_padded(page, piece, width, false);
        if (end < page->end)
            put_gap(page, true);
    }
    end_line(page);
}

static void put_labels(struct page *page)
{
    for (size_t level = 0; level < page->grid->shape.n_levels; level++) {
        size_t lines = 0;
        for (size_t group = page->first, end; group < page->end; group = end) {
            end = run_end(page, group, level);
            lines =
                larger(lines, count_lines(text_at(page->grid, label_at(page->grid, group, level)),
                                  span_of(page->widths, group, end)));
        }
        for (size_t line = 0; line < lines; line++)
            put_label_line(page, level, line, lines);
    }
}

/* The columns of the groups; `row` SIZE_MAX: their short headings. */
static void put_groups(struct page *page, size_t row)
{
    const struct mig_grid *grid = page->grid;
    for (size_t group = page->first; group < page->end; group++) {
        bool begun = false;
        put_gap(page, true);
        for (size_t i = 0; i < grid->shape.n_each; i++) {
            size_t width = page->widths->each[group * grid->shape.n_each + i];
            size_t cell = row == SIZE_MAX ? grid->shape.n_left + i : cell_at(grid, row, group, i);
            if (width == 0)
                continue;
            if (begun)
                put_gap(page, false);
            begun = true;
            put_padded(page, text_at(grid, cell), width, true);
        }
    }
}

static void put_heading(struct page *page)
{
    put_labels(page);
    begin_line(page);
    for (size_t i = 0; i < page->grid->shape.n_left; i++) {
        put_padded(page, text_at(page->grid, i), page->widths->left[i], false);
        put_repeated(page, " ", i + 1 < page->grid->shape.n_left ? GAP : 0);
    }
    put_groups(page, SIZE_MAX);
    end_line(page);
}

static void put_rule(struct page *page)
{
    begin_line(page);
    for (size_t i = 0; i < page->grid->shape.n_left; i++) {
        put_repeated(page, "\u2500", page->widths->left[i]);
        put_repeated(page, " ", i + 1 < page->grid->shape.n_left ? GAP : 0);
    }
    for (size_t group = page->first; group < page->end; group++) {
        put_gap(page, true);
        put_repeated(page, "\u2500", page->widths->span[group]);
    }
    end_line(page);
}

/* Whether a row says at the left what the row above said: then the eye wants it once. */
static bool repeats(const struct page *page, size_t row, size_t column)
{
    const struct mig_grid *grid = page->grid;
    bool same = row > 0 && column + 1 < grid->shape.n_left;
    for (size_t i = 0; i <= column && same; i++)
        same = mig_text_equal(
            text_at(grid, left_at(grid, row, i)), text_at(grid, left_at(grid, row - 1, i)));
    return same;
}

static void put_row(struct page *page, size_t row)
{
    begin_line(page);
    for (size_t i = 0; i < page->grid->shape.n_left; i++) {
        struct mig_text text = text_at(page->grid, left_at(page->grid, row, i));
        put_padded(page, repeats(page, row, i) ? (struct mig_text){0} : text, page->widths->left[i],
            false);
        put_repeated(page, " ", i + 1 < page->grid->shape.n_left ? GAP : 0);
    }
    put_groups(page, row);
    end_line(page);
}

static void put_block(struct page *page)
{
    size_t rule = 0;
    put_heading(page);
    put_rule(page);
    for (size_t row = 0; row < n_rows(page->grid); row++) {
        if (rule < page->grid->n_rules && page->grid->rules[rule] == row) {
            put_rule(page);
            rule++;
        }
        put_row(page, row);
    }
}

/* The end of the block that begins with the group page->first. */
static size_t block_end(const struct page *page, size_t width)
{
    size_t end = page->first + 1, left = left_width(page->grid, page->widths);
    while (end < page->grid->shape.n_groups &&
           (width == 0 || left + GROUP_GAP + span_of(page->widths, page->first, end + 1) <= width))
        end++;
    return end;
}

static void put_text(struct page *page, size_t width)
{
    do {
        if (page->first > 0)
            put(page, mig_text_of("\n"));
        page->end = block_end(page, width);
        put_block(page);
        page->first = page->end;
    } while (page->first < page->grid->shape.n_groups);
}

/* The cells of a group as one: the first, and the others in brackets behind it. */
static void put_joined(struct page *page, size_t first)
{
    const struct mig_grid *grid = page->grid;
    bool open = false;
    put(page, text_at(grid, first));
    for (size_t i = 1; i < grid->shape.n_each; i++) {
        if (grid->cells[first + i].length == 0)
            continue;
        put(page, mig_text_of(open ? "; " : " ("));
        put(page, text_at(grid, first + i));
        open = true;
    }
    put(page, mig_text_of(open ? ")" : ""));
}

static void put_md_heading(struct page *page)
{
    const struct mig_grid *grid = page->grid;
    for (size_t i = 0; i < grid->shape.n_left; i++) {
        put(page, mig_text_of("| "));
        put(page, text_at(grid, i));
        put(page, mig_text_of(" "));
    }
    for (size_t group = 0; group < grid->shape.n_groups; group++) {
        put(page, mig_text_of("|"));
        for (size_t level = 0; level < grid->shape.n_levels; level++) {
            put(page, mig_text_of(level > 0 ? " / " : " "));
            put(page, text_at(grid, label_at(grid, group, level)));
        }
        if (grid->shape.n_levels == 0) {
            put(page, mig_text_of(" "));
            put_joined(page, grid->shape.n_left);
        }
        put(page, mig_text_of(" "));
    }
    put(page, mig_text_of("|\n"));
    put_repeated(page, "|:--", grid->shape.n_left);
    put_repeated(page, "|--:", grid->shape.n_groups);
    put(page, mig_text_of("|\n"));
}

static void put_md(struct page *page)
{
    const struct mig_grid *grid = page->grid;
    put_md_heading(page);
    for (size_t row = 0; row < n_rows(grid); row++) {
        for (size_t i = 0; i < grid->shape.n_left; i++) {
            put(page, mig_text_of("| "));
            put(page, text_at(grid, left_at(grid, row, i)));
            put(page, mig_text_of(" "));
        }
        for (size_t group = 0; group < grid->shape.n_groups; group++) {
            put(page, mig_text_of("| "));
            put_joined(page, cell_at(grid, row, group, 0));
            put(page, mig_text_of(" "));
        }
        put(page, mig_text_of("|\n"));
    }
}

size_t mig_grid_width(const struct mig_grid *grid)
{
    struct widths widths = {0};
    size_t width = 0;
    if (widths_init(grid, &widths))
        width = left_width(grid, &widths) + GROUP_GAP + span_of(&widths, 0, grid->shape.n_groups);
    widths_release(&widths);
    return width;
}

enum mig_status mig_grid_write(
    const struct mig_grid *grid, size_t width, struct mig_buffer *out, struct mig_error *error)
{
    struct widths widths = {0};
    struct page page = {.grid = grid, .widths = &widths, .out = out, .error = error};
    if (grid->n_cells < n_heads(grid) || (grid->n_cells - n_heads(grid)) % row_size(grid) != 0)
        return mig_fail(error, MIG_ARGUMENT, "%s", _("a grid whose last row is not complete"));
    if (!widths_init(grid, &widths))
        page.status = mig_fail_memory(error);
    else if (grid->format == MIG_MD)
        put_md(&page);
    else
        put_text(&page, width);
    widths_release(&widths);
    return page.status;
}

void mig_grid_free(struct mig_grid *grid)
{
    if (grid == NULL)
        return;
    mig_buffer_release(&grid->bytes);
    free(grid->cells);
    free(grid->rules);
    free(grid);
}
