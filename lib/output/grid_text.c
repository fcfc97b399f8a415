/* A grid as text that folds at the width of a terminal. */
#include "output/grid-internal.h"

static size_t count_lines(struct mig_text text, size_t width)
{
    size_t lines = 0;
    while (text.length > 0) {
        (void)mig_grid_cut_line(&text, width);
        lines++;
    }
    return lines;
}

static size_t larger(size_t a, size_t b)
{
    return a > b ? a : b;
}

static void put_repeated(struct mig_grid_page *page, const char *piece, size_t times)
{
    for (size_t i = 0; i < times; i++)
        mig_grid_put_string(page, piece);
}

static void put_padded(struct mig_grid_page *page, struct mig_text text, size_t width, bool right)
{
    size_t taken = text.length > 0 ? mig_text_width(text) : 0;
    size_t blanks = width > taken ? width - taken : 0;
    put_repeated(page, " ", right ? blanks : 0);
    mig_grid_put(page, text);
    put_repeated(page, " ", right ? 0 : blanks);
}

static void begin_line(struct mig_grid_page *page)
{
    page->line = page->out->length;
}

/* Ends a line, without blanks at its end. */
static void end_line(struct mig_grid_page *page)
{
    struct mig_buffer *out = page->out;
    while (out->length > page->line && out->data[out->length - 1] == ' ')
        out->data[--out->length] = '\0';
    mig_grid_put_string(page, "\n");
}

/* The gap before shown group `i`; the first is apart from what stands at the left. */
static void put_group_gap(struct mig_grid_page *page, size_t i)
{
    put_repeated(page, " ", i > page->first || page->plan->n_lefts > 0 ? MIG_GRID_GROUP_GAP : 0);
}

/* The shown group behind the last that shares the labels of group `i` from the top down to `level`.
 */
static size_t run_end(const struct mig_grid_page *page, size_t i, size_t level)
{
    size_t end = i + 1;
    for (bool same = true; end < page->end; end += same) {
        for (size_t above = 0; above <= level; above++)
            same = same &&
                   mig_text_equal(mig_grid_label(page, i, above), mig_grid_label(page, end, above));
        if (!same)
            break;
    }
    return end;
}

static void put_names(struct mig_grid_page *page)
{
    for (size_t i = 0; i < page->plan->n_lefts; i++) {
        put_repeated(page, " ", i > 0 ? MIG_GRID_GAP : 0);
        size_t column = page->plan->lefts[i];
        put_padded(page, mig_grid_text_at(page->grid, column), page->plan->left[column], false);
    }
}

/* One line of the labels of a level; labels that need fewer lines stand at the bottom. */
static void put_label_line(struct mig_grid_page *page, size_t level, size_t line, size_t lines)
{
    bool last = page->plan->bare && level + 1 == page->grid->shape.n_levels;
    begin_line(page);
    if (last && line + 1 == lines)
        put_names(page);
    else
        put_repeated(page, " ", mig_grid_left_width(page->plan));
    for (size_t i = page->first, end; i < page->end; i = end) {
        end = run_end(page, i, level);
        size_t width = mig_grid_span(page->plan, i, end);
        struct mig_text rest = mig_grid_label(page, i, level), piece = {0};
        size_t needed = count_lines(rest, width);
        for (size_t at = lines - needed; at <= line && line + needed >= lines; at++)
            piece = mig_grid_cut_line(&rest, width);
        put_group_gap(page, i);
        put_padded(page, piece, width, last && end == i + 1);
    }
    end_line(page);
}

static void put_labels(struct mig_grid_page *page)
{
    for (size_t level = 0; level < page->grid->shape.n_levels; level++) {
        size_t lines = 0;
        for (size_t i = page->first, end; i < page->end; i = end) {
            end = run_end(page, i, level);
            lines = larger(lines,
                count_lines(mig_grid_label(page, i, level), mig_grid_span(page->plan, i, end)));
        }
        for (size_t line = 0; line < lines; line++)
            put_label_line(page, level, line, lines);
    }
}

/* The columns of the groups; `row` SIZE_MAX: their short headings. */
static void put_groups(struct mig_grid_page *page, size_t row)
{
    const struct mig_grid *grid = page->grid;
    for (size_t i = page->first; i < page->end; i++) {
        size_t group = page->plan->groups[i];
        bool begun = false;
        put_group_gap(page, i);
        for (size_t each = 0; each < grid->shape.n_each; each++) {
            size_t width = page->plan->each[group * grid->shape.n_each + each];
            size_t cell = row == SIZE_MAX ? grid->shape.n_left + each
                                          : mig_grid_cell_at(grid, row, group, each);
            if (width == 0)
                continue;
            put_repeated(page, " ", begun ? MIG_GRID_GAP : 0);
            begun = true;
            put_padded(page, mig_grid_text_at(grid, cell), width, true);
        }
    }
}

static void put_heading(struct mig_grid_page *page)
{
    put_labels(page);
    if (page->plan->bare)
        return;
    begin_line(page);
    put_names(page);
    put_groups(page, SIZE_MAX);
    end_line(page);
}

static void put_rule(struct mig_grid_page *page)
{
    begin_line(page);
    for (size_t i = 0; i < page->plan->n_lefts; i++) {
        put_repeated(page, " ", i > 0 ? MIG_GRID_GAP : 0);
        put_repeated(page, "\u2500", page->plan->left[page->plan->lefts[i]]);
    }
    for (size_t i = page->first; i < page->end; i++) {
        put_group_gap(page, i);
        put_repeated(page, "\u2500", page->plan->span[page->plan->groups[i]]);
    }
    end_line(page);
}

/* Whether a row says at the left what the row above said: then the eye wants it once. */
static bool repeats(const struct mig_grid_page *page, size_t row, size_t number)
{
    const struct mig_grid *grid = page->grid;
    bool same = row > 0 && number + 1 < page->plan->n_lefts;
    for (size_t i = 0; i <= number && same; i++) {
        size_t column = page->plan->lefts[i];
        same = mig_text_equal(mig_grid_text_at(grid, mig_grid_left_at(grid, row, column)),
            mig_grid_text_at(grid, mig_grid_left_at(grid, row - 1, column)));
    }
    return same;
}

/* Line number `line` of what a row says at the left; false when there is none. */
static bool put_left(struct mig_grid_page *page, size_t row, size_t line)
{
    bool any = false;
    for (size_t i = 0; i < page->plan->n_lefts; i++) {
        size_t column = page->plan->lefts[i];
        struct mig_text rest =
            mig_grid_text_at(page->grid, mig_grid_left_at(page->grid, row, column));
        struct mig_text piece = {0};
        size_t at = 0;
        while (at <= line && rest.length > 0 && !repeats(page, row, i)) {
            piece = mig_grid_cut_line(&rest, page->plan->left[column]);
            if (at++ < line)
                piece = (struct mig_text){0};
        }
        any = any || piece.length > 0;
        put_repeated(page, " ", i > 0 ? MIG_GRID_GAP : 0);
        put_padded(page, piece, page->plan->left[column], false);
    }
    return any;
}

static void put_row(struct mig_grid_page *page, size_t row)
{
    begin_line(page);
    (void)put_left(page, row, 0);
    put_groups(page, row);
    end_line(page);
    for (size_t line = 1;; line++) {
        begin_line(page);
        if (!put_left(page, row, line))
            break;
        end_line(page);
    }
    if (page->status == MIG_OK && page->out->length > page->line) { /* the line that held nothing */
        page->out->length = page->line;
        page->out->data[page->line] = '\0';
    }
}

static void put_block(struct mig_grid_page *page)
{
    size_t rule = 0;
    put_heading(page);
    put_rule(page);
    for (size_t row = 0; row < mig_grid_rows(page->grid); row++) {
        if (rule < page->grid->n_rules && page->grid->rules[rule] == row) {
            put_rule(page);
            rule++;
        }
        put_row(page, row);
    }
}

/* The end of the block that begins with the shown group page->first. */
static size_t block_end(const struct mig_grid_page *page, size_t width)
{
    size_t end = page->first + 1, left = mig_grid_left_width(page->plan) + MIG_GRID_GROUP_GAP;
    while (end < page->plan->n_groups &&
           (width == 0 || left + mig_grid_span(page->plan, page->first, end + 1) <= width))
        end++;
    return end < page->plan->n_groups ? end : page->plan->n_groups;
}

void mig_grid_put_text(struct mig_grid_page *page, size_t width)
{
    do {
        if (page->first > 0)
            mig_grid_put_string(page, "\n");
        page->end = block_end(page, width);
        put_block(page);
        page->first = page->end;
    } while (page->first < page->plan->n_groups);
}
