/* A grid in Markdown. */
#include "output/grid-internal.h"

/* The cells of a group as one: the first, and the others in brackets behind it. */
static void put_joined(struct mig_grid_page *page, size_t first)
{
    const struct mig_grid *grid = page->grid;
    bool open = false;
    mig_grid_put(page, mig_grid_text_at(grid, first));
    for (size_t i = 1; i < grid->shape.n_each; i++) {
        if (grid->cells[first + i].length == 0)
            continue;
        mig_grid_put_string(page, open ? "; " : " (");
        mig_grid_put(page, mig_grid_text_at(grid, first + i));
        open = true;
    }
    mig_grid_put_string(page, open ? ")" : "");
}

static void put_md_heading(struct mig_grid_page *page)
{
    const struct mig_grid *grid = page->grid;
    for (size_t i = 0; i < page->plan->n_lefts; i++) {
        mig_grid_put_string(page, "| ");
        mig_grid_put(page, mig_grid_text_at(grid, page->plan->lefts[i]));
        mig_grid_put_string(page, " ");
    }
    for (size_t i = 0; i < page->plan->n_groups; i++) {
        mig_grid_put_string(page, "| ");
        for (size_t level = 0; level < grid->shape.n_levels; level++) {
            mig_grid_put_string(
                page, level > 0 && mig_grid_label(page, i, level).length > 0 ? " / " : "");
            mig_grid_put(page, mig_grid_label(page, i, level));
        }
        if (grid->shape.n_levels == 0)
            put_joined(page, grid->shape.n_left);
        mig_grid_put_string(page, " ");
    }
    mig_grid_put_string(page, "|\n");
    for (size_t i = 0; i < page->plan->n_lefts; i++)
        mig_grid_put_string(page, "|:--");
    for (size_t i = 0; i < page->plan->n_groups; i++)
        mig_grid_put_string(page, "|--:");
    mig_grid_put_string(page, "|\n");
}

void mig_grid_put_md(struct mig_grid_page *page)
{
    const struct mig_grid *grid = page->grid;
    put_md_heading(page);
    for (size_t row = 0; row < mig_grid_rows(grid); row++) {
        for (size_t i = 0; i < page->plan->n_lefts; i++) {
            mig_grid_put_string(page, "| ");
            mig_grid_put(
                page, mig_grid_text_at(grid, mig_grid_left_at(grid, row, page->plan->lefts[i])));
            mig_grid_put_string(page, " ");
        }
        for (size_t i = 0; i < page->plan->n_groups; i++) {
            mig_grid_put_string(page, "| ");
            put_joined(page, mig_grid_cell_at(grid, row, page->plan->groups[i], 0));
            mig_grid_put_string(page, " ");
        }
        mig_grid_put_string(page, "|\n");
    }
}
