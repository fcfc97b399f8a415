/* The counts of a cross-table as the kernels want them: all cells, in doubles. */
#include <stdlib.h>

#include "base/i18n.h"
#include "cli/breakdown.h"

/* A table of more cells than these has no meaning for a test, and hardly any for a reader. */
enum { MOST_CELLS = 20000000 };

bool mig_breakdown_misses(
    const struct mig_breakdown *breakdown, size_t group_index, size_t first, size_t end)
{
    struct mig_group group = mig_tally_group(breakdown->tally, group_index);
    bool missing = false;
    for (size_t key = first; key < end; key++)
        missing = missing || mig_tally_key(breakdown->tally, &group, key).length == 0;
    return missing && !breakdown->design.missing_as_category;
}

size_t mig_breakdown_dense(const struct mig_breakdown *breakdown, size_t rows, size_t columns)
{
    if (columns > 0 && rows > MOST_CELLS / columns)
        mig_cli_complain(breakdown->cli,
            _("a table of %zu rows and %zu columns is too large for this"), rows, columns);
    mig_cli_settle(breakdown->cli);
    return rows * columns;
}

/* Numbers the lines that take part; returns how many. */
static size_t number_lines(const struct mig_breakdown *breakdown,
    const struct mig_cross_line *lines, size_t count, size_t first_key, size_t end_key,
    size_t *numbers)
{
    size_t used = 0;
    for (size_t i = 0; i < count; i++)
        numbers[i] =
            mig_breakdown_misses(breakdown, lines[i].group, first_key, end_key) ? SIZE_MAX : used++;
    return used;
}

static void fill(struct mig_breakdown_table *table, struct mig_matrix *matrix)
{
    struct mig_cli *cli = table->breakdown->cli;
    const struct mig_cross *cross = &table->cross;
    size_t n_columns = matrix->table.n_columns;
    for (size_t i = 0; i < cross->n_cells; i++) {
        const struct mig_cross_cell *cell = &cross->cells[i];
        double count;
        size_t row = matrix->row_of[cell->row], column = matrix->column_of[cell->column];
        mig_cli_require(cli, mig_sum_to_double(&cell->sums.numerator, &count, &cli->error));
        if (row == SIZE_MAX || column == SIZE_MAX) {
            matrix->left_out += count;
            continue;
        }
        matrix->counts[row * n_columns + column] = count;
        matrix->row_totals[row] += count;
        matrix->column_totals[column] += count;
        matrix->total += count;
        matrix->cases += (double)cell->sums.n;
        if (!mig_sum_is_integer(&cell->sums.numerator))
            matrix->note = N_("not whole numbers: no test");
    }
    if (matrix->total > MIG_LARGEST_COUNT)
        matrix->note = N_("count above 10^15: no test");
}

static struct mig_matrix *make_matrix(struct mig_breakdown_table *table)
{
    const struct mig_breakdown *breakdown = table->breakdown;
    struct mig_cli *cli = breakdown->cli;
    const struct mig_cross *cross = &table->cross;
    struct mig_matrix *matrix = mig_breakdown_allocate(cli, 1, sizeof *matrix);
    size_t by = breakdown->n_strata, of = by + breakdown->n_by, end = of + breakdown->n_of;
    matrix->row_of = mig_breakdown_allocate(cli, cross->n_rows, sizeof(size_t));
    matrix->column_of = mig_breakdown_allocate(cli, cross->n_columns, sizeof(size_t));
    size_t rows = number_lines(breakdown, cross->rows, cross->n_rows, by, of, matrix->row_of);
    size_t columns =
        number_lines(breakdown, cross->columns, cross->n_columns, of, end, matrix->column_of);
    if (columns > 0 && rows > MOST_CELLS / columns) {
        mig_cli_complain(
            cli, _("a table of %zu rows and %zu columns is too large for this"), rows, columns);
        mig_cli_settle(cli);
    }
    matrix->counts = mig_breakdown_allocate(cli, rows * columns, sizeof(double));
    matrix->row_totals = mig_breakdown_allocate(cli, rows, sizeof(double));
    matrix->column_totals = mig_breakdown_allocate(cli, columns, sizeof(double));
    matrix->table = (struct mig_crosstab){matrix->counts, rows, columns};
    fill(table, matrix);
    return matrix;
}

const struct mig_matrix *mig_breakdown_matrix(struct mig_breakdown_table *table)
{
    if (table->matrix == NULL)
        table->matrix = make_matrix(table);
    return table->matrix;
}

void mig_matrix_free(struct mig_matrix *matrix)
{
    if (matrix == NULL)
        return;
    free(matrix->counts);
    free(matrix->row_totals);
    free(matrix->column_totals);
    free(matrix->row_of);
    free(matrix->column_of);
    free(matrix);
}
