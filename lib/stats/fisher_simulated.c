#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#define MATHLIB_STANDALONE
#include <Rmath.h>

#include "base/i18n.h"
#include "stats/fisher-internal.h"

/* One of `good`, in `drawn` draws out of `good` and `others`: from the mode outwards until the
 * probability drawn is used up. */
static double draw_cell(struct mig_random *random, double drawn, double good, double others)
{
    const double negligible = 1e-20;
    double least = fmax(0, drawn - others), most = fmin(good, drawn);
    if (!(least < most))
        return least;
    double mode = floor((drawn + 1) * ((good + 1) / (good + others + 2)));
    mode = fmin(most, fmax(least, mode));
    double u = mig_random_uniform(random) - dhyper(mode, good, others, drawn, false);
    double below = mode, above = mode, p = dhyper(mode, good, others, drawn, false);
    double p_below = p, p_above = p;
    while (u >= 0 && (p_below > negligible || p_above > negligible)) {
        p_above *= (good - above) / (above + 1) * ((drawn - above) / (others - drawn + above + 1));
        above++;
        u -= p_above;
        if (u < 0)
            return above;
        p_below *= below / (good - below + 1) * ((others - drawn + below) / (drawn - below + 1));
        below--;
        u -= p_below;
        if (u < 0)
            return below;
    }
    return mode;
}

void mig_random_crosstab(struct mig_random *random, const double *row_totals, size_t n_rows,
    const double *column_totals, size_t n_columns, double *counts)
{
    if (n_rows == 0)
        return;
    double *rest = &counts[(n_rows - 1) * n_columns]; /* what the rows above leave of each column */
    double below = 0;                                 /* the sum of them */
    for (size_t j = 0; j < n_columns; j++)
        below += rest[j] = column_totals[j];
    for (size_t i = 0; i + 1 < n_rows; i++) {
        double left = row_totals[i], others = below;
        for (size_t j = 0; j < n_columns; j++) {
            others -= rest[j];
            double count = draw_cell(random, left, rest[j], others);
            counts[i * n_columns + j] = count;
            rest[j] -= count;
            left -= count;
        }
        below -= row_totals[i];
    }
}

/* The sum over the cells of -log of Poisson's probability: it differs from the sum of log(x!) by
 * what the margins alone make, and keeps its digits however large the counts are. */
static double rarity(
    const double *counts, const struct mig_crosstab *table, const struct mig_margins *margins)
{
    double sum = 0;
    for (size_t i = 0; i < table->n_rows; i++) {
        for (size_t j = 0; j < table->n_columns; j++) {
            double expected = margins->rows[i] * margins->columns[j] / margins->total;
            if (expected > 0)
                sum -= dpois(counts[i * table->n_columns + j], expected, true);
        }
    }
    return sum;
}

static enum mig_status simulate(const struct mig_crosstab *table, const struct mig_margins *margins,
    size_t replicates, struct mig_random *random, size_t *n_rare, struct mig_error *error)
{
    double *counts = calloc(table->n_rows * table->n_columns, sizeof *counts);
    if (counts == NULL)
        return mig_fail_memory(error);
    double least = rarity(table->counts, table, margins) - MIG_FISHER_SLACK;
    for (size_t i = 0; i < replicates; i++) {
        mig_random_crosstab(
            random, margins->rows, table->n_rows, margins->columns, table->n_columns, counts);
        *n_rare += rarity(counts, table, margins) >= least;
    }
    free(counts);
    return MIG_OK;
}

static enum mig_status simulated_p_value(const struct mig_crosstab *table,
    const struct mig_margins *margins, size_t replicates, uint64_t seed, struct mig_estimate *out,
    struct mig_error *error)
{
    struct mig_random random;
    size_t n_rare = 0;
    enum mig_status status = mig_random_init(&random, seed, 0, error);
    if (status)
        return status;
    status = simulate(table, margins, replicates, &random, &n_rare, error);
    mig_random_release(&random);
    if (status)
        return status;
    out->p_value = ((double)n_rare + 1) / ((double)replicates + 1);
    out->std_error = sqrt(out->p_value * (1 - out->p_value) / (double)replicates);
    return MIG_OK;
}

enum mig_status mig_fisher_simulated(const struct mig_crosstab *table, size_t replicates,
    uint64_t seed, struct mig_estimate *out, struct mig_error *error)
{
    const size_t most = 1000000000;
    struct mig_margins margins;
    if (replicates < 1 || replicates > most)
        return mig_fail(error, MIG_ARGUMENT, _("'%zu' is not a number of replicates from 1 to %zu"),
            replicates, most);
    enum mig_status status = mig_margins_init(&margins, table, error);
    if (status)
        return status;
    struct mig_estimate result = mig_estimate_empty("fisher-monte-carlo");
    result.note = mig_margins_obstacle(&margins);
    if (result.note == NULL)
        status = simulated_p_value(table, &margins, replicates, seed, &result, error);
    if (!status)
        *out = result;
    mig_margins_release(&margins);
    return status;
}
