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

enum mig_status mig_grid_escape(
    enum mig_format format, struct mig_text text, struct mig_buffer *out, struct mig_error *error)
{
    return mig_escape_append(out, text, format == MIG_MD ? mig_escape_md : mig_escape_text, error);
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

/* What is shown of the grid, and how wide. A column or group without any content is not. */
struct plan {
    size_t *left;             /* widths of all columns at the left */
    size_t *each;             /* [group * n_each + column] */
    size_t *span;             /* of a group, its gaps among it */
    size_t *lefts, n_lefts;   /* those that are shown */
    size_t *groups, n_groups; /* the same */
    bool bare;                /* no short headings */
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
enum { UNBROKEN = 15 };

static size_t needed_by_labels(const struct mig_grid *grid, size_t group)
{
    size_t needed = 0;
    for (size_t level = 0; level < grid->shape.n_levels; level++) {
        size_t label = label_at(grid, group, level), width = grid->cells[label].width;
        if (width > UNBROKEN)
            width = longest_word(text_at(grid, label));
        needed = larger(needed, width);
    }
    return needed;
}

/* The width of a group, at least what its labels need; what is to spare goes to its first column.
 */
static void measure_group(const struct mig_grid *grid, size_t group, struct plan *plan)
{
    size_t *each = plan->each + group * grid->shape.n_each, first = 0, used = 0;
    for (size_t i = 0; i < grid->shape.n_each; i++) {
        for (size_t row = 0; row < n_rows(grid); row++)
            each[i] = larger(each[i], grid->cells[cell_at(grid, row, group, i)].width);
        if (each[i] == 0 && n_rows(grid) > 0)
            continue;
        each[i] = larger(each[i], grid->cells[grid->shape.n_left + i].width);
        first = used == 0 ? i : first;
        plan->span[group] += each[i] + (used++ > 0 ? (size_t)GAP : 0);
    }
    size_t needed = needed_by_labels(grid, group);
    if (used == 0)
        return;
    plan->groups[plan->n_groups++] = group;
    if (needed > plan->span[group]) {
        each[first] += needed - plan->span[group];
        plan->span[group] = needed;
    }
}

static void measure(const struct mig_grid *grid, struct plan *plan)
{
    const struct mig_grid_shape *shape = &grid->shape;
    for (size_t i = 0; i < shape->n_left; i++) {
        for (size_t row = 0; row < n_rows(grid); row++)
            plan->left[i] = larger(plan->left[i], grid->cells[left_at(grid, row, i)].width);
        if (plan->left[i] == 0 && n_rows(grid) > 0)
            continue;
        plan->left[i] = larger(plan->left[i], grid->cells[i].width);
        plan->lefts[plan->n_lefts++] = i;
    }
    for (size_t group = 0; group < shape->n_groups; group++)
        measure_group(grid, group, plan);
    plan->bare = shape->n_levels > 0;
    for (size_t i = 0; i < shape->n_each; i++)
        plan->bare = plan->bare && grid->cells[shape->n_left + i].length == 0;
}

static bool plan_init(const struct mig_grid *grid, struct plan *plan)
{
    const struct mig_grid_shape *shape = &grid->shape;
    plan->left = calloc(shape->n_left + 1, sizeof *plan->left);
    plan->lefts = calloc(shape->n_left + 1, sizeof *plan->lefts);
    plan->each = calloc(shape->n_groups * shape->n_each + 1, sizeof *plan->each);
    plan->span = calloc(shape->n_groups + 1, sizeof *plan->span);
    plan->groups = calloc(shape->n_groups + 1, sizeof *plan->groups);
    if (plan->left == NULL || plan->lefts == NULL || plan->each == NULL || plan->span == NULL ||
        plan->groups == NULL)
        return false;
    measure(grid, plan);
    return true;
}

static void plan_release(struct plan *plan)
{
    free(plan->left);
    free(plan->lefts);
    free(plan->each);
    free(plan->span);
    free(plan->groups);
}

static size_t left_width(const struct plan *plan)
{
    size_t width = 0;
    for (size_t i = 0; i < plan->n_lefts; i++)
        width += plan->left[plan->lefts[i]] + (i > 0 ? (size_t)GAP : 0);
    return width;
}

/* The width of shown groups number first .. end - 1. */
static size_t span_of(const struct plan *plan, size_t first, size_t end)
{
    size_t width = 0;
    for (size_t i = first; i < end; i++)
        width += plan->span[plan->groups[i]] + (i > first ? (size_t)GROUP_GAP : 0);
    return width;
}

/* What is written to, and the block under way. */
struct page {
    const struct mig_grid *grid;
    const struct plan *plan;
    size_t first, end; /* shown groups of the block, by number */
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

static void put_string(struct page *page, const char *terminated)
{
    put(page, mig_text_of(terminated));
}

static void put_repeated(struct page *page, const char *piece, size_t times)
{
    for (size_t i = 0; i < times; i++)
        put_string(page, piece);
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
    put_string(page, "\n");
}

/* The gap before shown group `i`; the first is apart from what stands at the left. */
static void put_group_gap(struct page *page, size_t i)
{
    put_repeated(page, " ", i > page->first || page->plan->n_lefts > 0 ? GROUP_GAP : 0);
}

static struct mig_text label(const struct page *page, size_t i, size_t level)
{
    return text_at(page->grid, label_at(page->grid, page->plan->groups[i], level));
}

/* The shown group behind the last that shares the labels of group `i` from the top down to `level`.
 */
static size_t run_end(const struct page *page, size_t i, size_t level)
{
    size_t end = i + 1;
    for (bool same = true; end < page->end; end += same) {
        for (size_t above = 0; above <= level; above++)
            same = same && mig_text_equal(label(page, i, above), label(page, end, above));
        if (!same)
            break;
    }
    return end;
}

static void put_names(struct page *page)
{
    for (size_t i = 0; i < page->plan->n_lefts; i++) {
        put_repeated(page, " ", i > 0 ? GAP : 0);
        size_t column = page->plan->lefts[i];
        put_padded(page, text_at(page->grid, column), page->plan->left[column], false);
    }
}

/* One line of the labels of a level; labels that need fewer lines stand at the bottom. */
static void put_label_line(struct page *page, size_t level, size_t line, size_t lines)
{
    bool last = page->plan->bare && level + 1 == page->grid->shape.n_levels;
    begin_line(page);
    if (last && line + 1 == lines)
        put_names(page);
    else
        put_repeated(page, " ", left_width(page->plan));
    for (size_t i = page->first, end; i < page->end; i = end) {
        end = run_end(page, i, level);
        size_t width = span_of(page->plan, i, end);
        struct mig_text rest = label(page, i, level), piece = {0};
        size_t needed = count_lines(rest, width);
        for (size_t at = lines - needed; at <= line && line + needed >= lines; at++)
            piece = cut_line(&rest, width);
        put_group_gap(page, i);
        put_padded(page, piece, width, last && end == i + 1);
    }
    end_line(page);
}

static void put_labels(struct page *page)
{
    for (size_t level = 0; level < page->grid->shape.n_levels; level++) {
        size_t lines = 0;
        for (size_t i = page->first, end; i < page->end; i = end) {
            end = run_end(page, i, level);
            lines = larger(lines, count_lines(label(page, i, level), span_of(page->plan, i, end)));
        }
        for (size_t line = 0; line < lines; line++)
            put_label_line(page, level, line, lines);
    }
}

/* The columns of the groups; `row` SIZE_MAX: their short headings. */
static void put_groups(struct page *page, size_t row)
{
    const struct mig_grid *grid = page->grid;
    for (size_t i = page->first; i < page->end; i++) {
        size_t group = page->plan->groups[i];
        bool begun = false;
        put_group_gap(page, i);
        for (size_t each = 0; each < grid->shape.n_each; each++) {
            size_t width = page->plan->each[group * grid->shape.n_each + each];
            size_t cell =
                row == SIZE_MAX ? grid->shape.n_left + each : cell_at(grid, row, group, each);
            if (width == 0)
                continue;
            put_repeated(page, " ", begun ? GAP : 0);
            begun = true;
            put_padded(page, text_at(grid, cell), width, true);
        }
    }
}

static void put_heading(struct page *page)
{
    put_labels(page);
    if (page->plan->bare)
        return;
    begin_line(page);
    put_names(page);
    put_groups(page, SIZE_MAX);
    end_line(page);
}

static void put_rule(struct page *page)
{
    begin_line(page);
    for (size_t i = 0; i < page->plan->n_lefts; i++) {
        put_repeated(page, " ", i > 0 ? GAP : 0);
        put_repeated(page, "\u2500", page->plan->left[page->plan->lefts[i]]);
    }
    for (size_t i = page->first; i < page->end; i++) {
        put_group_gap(page, i);
        put_repeated(page, "\u2500", page->plan->span[page->plan->groups[i]]);
    }
    end_line(page);
}

/* Whether a row says at the left what the row above said: then the eye wants it once. */
static bool repeats(const struct page *page, size_t row, size_t number)
{
    const struct mig_grid *grid = page->grid;
    bool same = row > 0 && number + 1 < page->plan->n_lefts;
    for (size_t i = 0; i <= number && same; i++) {
        size_t column = page->plan->lefts[i];
        same = mig_text_equal(text_at(grid, left_at(grid, row, column)),
            text_at(grid, left_at(grid, row - 1, column)));
    }
    return same;
}

static void put_row(struct page *page, size_t row)
{
    begin_line(page);
    for (size_t i = 0; i < page->plan->n_lefts; i++) {
        size_t column = page->plan->lefts[i];
        struct mig_text text = text_at(page->grid, left_at(page->grid, row, column));
        put_repeated(page, " ", i > 0 ? GAP : 0);
        put_padded(page, repeats(page, row, i) ? (struct mig_text){0} : text,
            page->plan->left[column], false);
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

/* The end of the block that begins with the shown group page->first. */
static size_t block_end(const struct page *page, size_t width)
{
    size_t end = page->first + 1, left = left_width(page->plan) + GROUP_GAP;
    while (end < page->plan->n_groups &&
           (width == 0 || left + span_of(page->plan, page->first, end + 1) <= width))
        end++;
    return end < page->plan->n_groups ? end : page->plan->n_groups;
}

static void put_text(struct page *page, size_t width)
{
    do {
        if (page->first > 0)
            put_string(page, "\n");
        page->end = block_end(page, width);
        put_block(page);
        page->first = page->end;
    } while (page->first < page->plan->n_groups);
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
        put_string(page, open ? "; " : " (");
        put(page, text_at(grid, first + i));
        open = true;
    }
    put_string(page, open ? ")" : "");
}

static void put_md_heading(struct page *page)
{
    const struct mig_grid *grid = page->grid;
    for (size_t i = 0; i < page->plan->n_lefts; i++) {
        put_string(page, "| ");
        put(page, text_at(grid, page->plan->lefts[i]));
        put_string(page, " ");
    }
    for (size_t i = 0; i < page->plan->n_groups; i++) {
        put_string(page, "| ");
        for (size_t level = 0; level < grid->shape.n_levels; level++) {
            put_string(page, level > 0 && label(page, i, level).length > 0 ? " / " : "");
            put(page, label(page, i, level));
        }
        if (grid->shape.n_levels == 0)
            put_joined(page, grid->shape.n_left);
        put_string(page, " ");
    }
    put_string(page, "|\n");
    put_repeated(page, "|:--", page->plan->n_lefts);
    put_repeated(page, "|--:", page->plan->n_groups);
    put_string(page, "|\n");
}

static void put_md(struct page *page)
{
    const struct mig_grid *grid = page->grid;
    put_md_heading(page);
    for (size_t row = 0; row < n_rows(grid); row++) {
        for (size_t i = 0; i < page->plan->n_lefts; i++) {
            put_string(page, "| ");
            put(page, text_at(grid, left_at(grid, row, page->plan->lefts[i])));
            put_string(page, " ");
        }
        for (size_t i = 0; i < page->plan->n_groups; i++) {
            put_string(page, "| ");
            put_joined(page, cell_at(grid, row, page->plan->groups[i], 0));
            put_string(page, " ");
        }
        put_string(page, "|\n");
    }
}

size_t mig_grid_width(const struct mig_grid *grid)
{
    struct plan plan = {0};
    size_t width = 0;
    if (plan_init(grid, &plan))
        width = left_width(&plan) + GROUP_GAP + span_of(&plan, 0, plan.n_groups);
    plan_release(&plan);
    return width;
}

enum mig_status mig_grid_write(
    const struct mig_grid *grid, size_t width, struct mig_buffer *out, struct mig_error *error)
{
    struct plan plan = {0};
    struct page page = {.grid = grid, .plan = &plan, .out = out, .error = error};
    if (grid->n_cells < n_heads(grid) || (grid->n_cells - n_heads(grid)) % row_size(grid) != 0)
        return mig_fail(error, MIG_ARGUMENT, "%s", _("a grid whose last row is not complete"));
    if (!plan_init(grid, &plan))
        page.status = mig_fail_memory(error);
    else if (grid->format == MIG_MD)
        put_md(&page);
    else
        put_text(&page, width);
    plan_release(&plan);
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
