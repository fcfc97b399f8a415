#include "output/grid-internal.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"

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
    struct mig_grid_item *cells =
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
    cells[grid->n_cells++] = (struct mig_grid_item){start, written.length, width};
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

size_t mig_grid_rows(const struct mig_grid *grid)
{
    return (grid->n_cells - n_heads(grid)) / row_size(grid);
}

size_t mig_grid_label_at(const struct mig_grid *grid, size_t group, size_t level)
{
    return grid->shape.n_left + grid->shape.n_each + group * grid->shape.n_levels + level;
}

size_t mig_grid_left_at(const struct mig_grid *grid, size_t row, size_t column)
{
    return n_heads(grid) + row * row_size(grid) + column;
}

size_t mig_grid_cell_at(const struct mig_grid *grid, size_t row, size_t group, size_t each)
{
    return mig_grid_left_at(grid, row, grid->shape.n_left + group * grid->shape.n_each + each);
}

struct mig_text mig_grid_text_at(const struct mig_grid *grid, size_t cell)
{
    const struct mig_grid_item *at = &grid->cells[cell];
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
    rules[grid->n_rules++] = mig_grid_rows(grid);
    return MIG_OK;
}

static size_t larger(size_t a, size_t b)
{
    return a > b ? a : b;
}

struct mig_text mig_grid_cut_line(struct mig_text *rest, size_t width)
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

static size_t longest_word(struct mig_text text)
{
    size_t longest = 0;
    while (text.length > 0)
        longest = larger(longest, mig_text_width(mig_grid_cut_line(&text, 1)));
    return longest;
}

/* A label narrower than this is not broken. */
enum { UNBROKEN = 15 };

static size_t needed_by_labels(const struct mig_grid *grid, size_t group)
{
    size_t needed = 0;
    for (size_t level = 0; level < grid->shape.n_levels; level++) {
        size_t label = mig_grid_label_at(grid, group, level), width = grid->cells[label].width;
        if (width > UNBROKEN)
            width = longest_word(mig_grid_text_at(grid, label));
        needed = larger(needed, width);
    }
    return needed;
}

/* The width of a group, at least what its labels need; what is to spare goes to its first column.
 */
static void measure_group(const struct mig_grid *grid, size_t group, struct mig_grid_plan *plan)
{
    size_t *each = plan->each + group * grid->shape.n_each, first = 0, used = 0;
    for (size_t i = 0; i < grid->shape.n_each; i++) {
        for (size_t row = 0; row < mig_grid_rows(grid); row++)
            each[i] = larger(each[i], grid->cells[mig_grid_cell_at(grid, row, group, i)].width);
        if (each[i] == 0 && mig_grid_rows(grid) > 0)
            continue;
        each[i] = larger(each[i], grid->cells[grid->shape.n_left + i].width);
        first = used == 0 ? i : first;
        plan->span[group] += each[i] + (used++ > 0 ? (size_t)MIG_GRID_GAP : 0);
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

static void measure(const struct mig_grid *grid, struct mig_grid_plan *plan)
{
    const struct mig_grid_shape *shape = &grid->shape;
    for (size_t i = 0; i < shape->n_left; i++) {
        for (size_t row = 0; row < mig_grid_rows(grid); row++)
            plan->left[i] =
                larger(plan->left[i], grid->cells[mig_grid_left_at(grid, row, i)].width);
        if (plan->left[i] == 0 && mig_grid_rows(grid) > 0)
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

/* Breaks the widest texts at the left until all together take no more than `most`, but no word. */
static void narrow_left(const struct mig_grid *grid, size_t most, struct mig_grid_plan *plan)
{
    for (size_t i = 0; i < plan->n_lefts; i++) {
        size_t column = plan->lefts[i], least = larger(grid->cells[column].width, UNBROKEN);
        size_t all = mig_grid_left_width(plan), *width = &plan->left[column];
        if (all <= most)
            return;
        for (size_t row = 0; row < mig_grid_rows(grid); row++)
            least = larger(
                least, longest_word(mig_grid_text_at(grid, mig_grid_left_at(grid, row, column))));
        size_t wanted = *width > all - most ? *width - (all - most) : 0;
        *width = larger(least, wanted) < *width ? larger(least, wanted) : *width;
    }
}

bool mig_grid_plan_init(const struct mig_grid *grid, size_t width, struct mig_grid_plan *plan)
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
    if (width > 0)
        narrow_left(grid, width / 2, plan);
    return true;
}

void mig_grid_plan_release(struct mig_grid_plan *plan)
{
    free(plan->left);
    free(plan->lefts);
    free(plan->each);
    free(plan->span);
    free(plan->groups);
}

size_t mig_grid_left_width(const struct mig_grid_plan *plan)
{
    size_t width = 0;
    for (size_t i = 0; i < plan->n_lefts; i++)
        width += plan->left[plan->lefts[i]] + (i > 0 ? (size_t)MIG_GRID_GAP : 0);
    return width;
}

/* The width of shown groups number first .. end - 1. */
size_t mig_grid_span(const struct mig_grid_plan *plan, size_t first, size_t end)
{
    size_t width = 0;
    for (size_t i = first; i < end; i++)
        width += plan->span[plan->groups[i]] + (i > first ? (size_t)MIG_GRID_GROUP_GAP : 0);
    return width;
}

struct mig_text mig_grid_label(const struct mig_grid_page *page, size_t i, size_t level)
{
    return mig_grid_text_at(
        page->grid, mig_grid_label_at(page->grid, page->plan->groups[i], level));
}

void mig_grid_put(struct mig_grid_page *page, struct mig_text text)
{
    if (page->status == MIG_OK)
        page->status = mig_buffer_append(page->out, text.data, text.length, page->error);
}

void mig_grid_put_string(struct mig_grid_page *page, const char *terminated)
{
    mig_grid_put(page, mig_text_of(terminated));
}

size_t mig_grid_width(const struct mig_grid *grid)
{
    struct mig_grid_plan plan = {0};
    size_t width = 0;
    if (mig_grid_plan_init(grid, 0, &plan))
        width = mig_grid_left_width(&plan) + MIG_GRID_GROUP_GAP +
                mig_grid_span(&plan, 0, plan.n_groups);
    mig_grid_plan_release(&plan);
    return width;
}

enum mig_status mig_grid_write(
    const struct mig_grid *grid, size_t width, struct mig_buffer *out, struct mig_error *error)
{
    struct mig_grid_plan plan = {0};
    struct mig_grid_page page = {.grid = grid, .plan = &plan, .out = out, .error = error};
    if (grid->n_cells < n_heads(grid) || (grid->n_cells - n_heads(grid)) % row_size(grid) != 0)
        return mig_fail(error, MIG_ARGUMENT, "%s", _("a grid whose last row is not complete"));
    if (!mig_grid_plan_init(grid, grid->format == MIG_MD ? 0 : width, &plan))
        page.status = mig_fail_memory(error);
    else if (grid->format == MIG_MD)
        mig_grid_put_md(&page);
    else
        mig_grid_put_text(&page, width);
    mig_grid_plan_release(&plan);
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
