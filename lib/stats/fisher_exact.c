#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/i18n.h"
#include "stats/distribution.h"
#include "stats/fisher-internal.h"

/* The totals above 0. */
static size_t copy_positive(const double *totals, size_t n, uint32_t *out)
{
    size_t count = 0;
    for (size_t i = 0; i < n; i++) {
        if (totals[i] > 0)
            out[count++] = (uint32_t)totals[i];
    }
    return count;
}

static size_t first_positive(const double *totals)
{
    size_t i = 0;
    while (!(totals[i] > 0))
        i++;
    return i;
}

/* The p-value of a table of which two rows and two columns hold cases. */
static double two_by_two(const struct mig_crosstab *table, const struct mig_margins *margins)
{
    size_t row = first_positive(margins->rows), column = first_positive(margins->columns);
    double count = table->counts[row * table->n_columns + column];
    double row_total = margins->rows[row], column_total = margins->columns[column];
    return mig_fisher_two_sided(count, row_total, column_total - count, margins->total - row_total);
}

static enum mig_status by_network(const struct mig_crosstab *table,
    const struct mig_margins *margins, uint64_t effort, const struct mig_fisher_watch *watch,
    double *p_value, struct mig_error *error)
{
    const double most_cases = 1e5;
    if (margins->total > most_cases)
        return mig_fail(
            error, MIG_LIMIT, _("'%.15g' cases are too many for an exact test"), margins->total);
    uint32_t *totals = calloc(table->n_rows + table->n_columns, sizeof *totals);
    if (totals == NULL)
        return mig_fail_memory(error);
    size_t n_rows = copy_positive(margins->rows, table->n_rows, totals);
    size_t n_columns = copy_positive(margins->columns, table->n_columns, totals + n_rows);
    struct mig_network_margins part = {totals, totals + n_rows, n_rows, n_columns};
    if (n_rows > n_columns) /* the fewer totals a node has, the fewer nodes */
        part = (struct mig_network_margins){totals + n_rows, totals, n_columns, n_rows};
    enum mig_status status = mig_fisher_network(
        &part, table->counts, table->n_rows * table->n_columns, effort, watch, p_value, error);
    free(totals);
    return status;
}

enum mig_status mig_fisher_exact(const struct mig_crosstab *table, uint64_t effort,
    const struct mig_fisher_watch *watch, struct mig_estimate *out, struct mig_error *error)
{
    struct mig_margins margins;
    enum mig_status status = mig_margins_init(&margins, table, error);
    if (status)
        return status;
    bool is_small = margins.n_rows == 2 && margins.n_columns == 2;
    struct mig_estimate result = mig_estimate_empty(is_small ? "fisher-exact" : "fisher-network");
    result.note = mig_margins_obstacle(&margins);
    if (result.note == NULL) {
        if (is_small)
            result.p_value = two_by_two(table, &margins);
        else
            status = by_network(table, &margins, effort, watch, &result.p_value, error);
        result.note = mig_p_value_note(result.p_value);
    }
    if (!status)
        *out = result;
    mig_margins_release(&margins);
    return status;
}
