/* Grid, private: what the model, the text and the Markdown of a grid share. */
#ifndef MIGSTAT_OUTPUT_GRID_INTERNAL_H
#define MIGSTAT_OUTPUT_GRID_INTERNAL_H

#include "grid.h"
#include "writer-internal.h"

struct mig_grid_item {
    size_t start, length; /* in `bytes` */
    size_t width;
};

struct mig_grid {
    struct mig_grid_shape shape;
    enum mig_format format;
    mig_escape_rule *escape;
    struct mig_buffer bytes;
    struct mig_grid_item *cells;
    size_t n_cells, capacity;
    size_t *rules; /* the rows that a line is above of, rising */
    size_t n_rules, rules_capacity;
};

/* Where things stand among the cells. */
size_t mig_grid_rows(const struct mig_grid *grid);
size_t mig_grid_label_at(const struct mig_grid *grid, size_t group, size_t level);
size_t mig_grid_left_at(const struct mig_grid *grid, size_t row, size_t column);
size_t mig_grid_cell_at(const struct mig_grid *grid, size_t row, size_t group, size_t each);
struct mig_text mig_grid_text_at(const struct mig_grid *grid, size_t cell);

/* What is shown of the grid, and how wide. A column or group without any content is not. */
struct mig_grid_plan {
    size_t *left; /* widths of all columns at the left */
    size_t *each; /* [group * n_each + column] */
    size_t *span; /* of a group, its gaps among it */
    size_t *lefts, n_lefts;   /* those that are shown */
    size_t *groups, n_groups; /* the same */
    bool bare;                /* no short headings */
};

/* False without memory. With a `width` (else 0) long texts at the left are to be broken between words, so that they leave half of it to
 * the groups. */
bool mig_grid_plan_init(const struct mig_grid *grid, size_t width, struct mig_grid_plan *plan);
void mig_grid_plan_release(struct mig_grid_plan *plan);
size_t mig_grid_left_width(const struct mig_grid_plan *plan);
size_t mig_grid_span(const struct mig_grid_plan *plan, size_t first, size_t end); /* of shown groups, by number */

/* The next line of a text: as many words as fit into `width`, at least one. */
struct mig_text mig_grid_cut_line(struct mig_text *rest, size_t width);

/* What is written to, and the block under way. */
struct mig_grid_page {
    const struct mig_grid *grid;
    const struct mig_grid_plan *plan;
    size_t first, end; /* shown groups of the block, by number */
    struct mig_buffer *out;
    struct mig_error *error;
    enum mig_status status;
    size_t line; /* where the line begins in `out` */
};
/* The label of shown group `i`. */
struct mig_text mig_grid_label(const struct mig_grid_page *page, size_t i, size_t level);
void mig_grid_put(struct mig_grid_page *page, struct mig_text text);
void mig_grid_put_string(struct mig_grid_page *page, const char *terminated);

enum { MIG_GRID_GAP = 2, MIG_GRID_GROUP_GAP = 3 };

void mig_grid_put_text(struct mig_grid_page *page, size_t width);
void mig_grid_put_md(struct mig_grid_page *page);

#endif
