/* Grid: a table for people with headings over groups of columns, which folds where the terminal ends.
 *
 *     region      F               M
 *                 n       %       n       %
 *     ──────────  ─────────────   ─────────────
 *     Gao         1    25.0 %     3    75.0 %
 *
 * At the left stand columns that name the row; they are repeated in each block when the groups do not fit side by side. Then
 * come groups of columns, all alike: each has labels, one for each line of the heading, and the same short headings of its
 * own columns below. A label that neighbours share is written once over all of them; one that is too long is broken between words.
 * Where the short headings are all empty, the labels stand in their line, to the right. Columns and groups without any content
 * are left out, however they are headed.
 *
 * All texts are given as they are to be read: the grid escapes what could drive a terminal or be taken for Markdown, aligns by
 * the width that a terminal shows, and knows nothing of numbers.
 */
#ifndef MIGSTAT_OUTPUT_GRID_H
#define MIGSTAT_OUTPUT_GRID_H

#include "writer.h"

struct mig_grid; /* opaque */

struct mig_grid_shape {
    size_t n_left;   /* columns that name the row, aligned to the left */
    size_t n_levels; /* labels of a group, from the top */
    size_t n_groups;
    size_t n_each;   /* columns of each group, aligned to the right; at least 1 */
};

/* An empty grid for MIG_TEXT or MIG_MD. Errors: MIG_NO_MEMORY. */
MIG_API enum mig_status MIG_MUST_USE mig_grid_new(struct mig_grid **grid, enum mig_format format,
    const struct mig_grid_shape *shape, struct mig_error *error);

/* The next cell. First come the headings: n_left names, n_each short headings, then the labels, group after group. Then
 * row after row: n_left texts, and n_each of every group. Errors: MIG_NO_MEMORY. */
MIG_API enum mig_status MIG_MUST_USE mig_grid_cell(struct mig_grid *grid, struct mig_text text,
    struct mig_error *error);

/* Appends `text` to `out` as the cells of such a grid are written, for what stands beside it. Errors: MIG_NO_MEMORY. */
MIG_API enum mig_status MIG_MUST_USE mig_grid_escape(enum mig_format format, struct mig_text text,
    struct mig_buffer *out, struct mig_error *error);

/* Draws a line above the row that begins now (text only). Errors: MIG_NO_MEMORY. */
MIG_API enum mig_status MIG_MUST_USE mig_grid_rule(struct mig_grid *grid, struct mig_error *error);

/* The number of terminal cells that the whole takes side by side. */
MIG_API size_t mig_grid_width(const struct mig_grid *grid);

/* Appends the grid to `out`. As text it is folded into blocks no wider than `width` (0: never), an empty line between
 * them; a single group that is wider still stands as it is. In Markdown a group is one column whose cells are joined,
 * "12 (25.0 %; ...)", and nothing is folded. Errors: MIG_NO_MEMORY; MIG_ARGUMENT when the last row is not complete. */
MIG_API enum mig_status MIG_MUST_USE mig_grid_write(const struct mig_grid *grid, size_t width,
    struct mig_buffer *out, struct mig_error *error);

MIG_API void mig_grid_free(struct mig_grid *grid);

#endif
