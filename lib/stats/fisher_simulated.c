/* Fisher's test by random tables. A table is made in the cheaper of two ways: where cases are few
 * for its cells, by dealing the cases out in a random order; else cell by cell. */
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#define MATHLIB_STANDALONE
#include <Rmath.h>

#include "base/i18n.h"
#include "stats/fisher-internal.h"

/* Logarithms of factorials are tabulated for so many cases: beyond, their sums lose the digits that
 * tell tables apart. */
static const double most_tabulated = 1e6;

/* What one random table costs, in steps of some 10 nanoseconds. */
enum { STEPS_OF_CASE = 2, STEPS_OF_CELL = 12, STEPS_OF_UNTABULATED_CELL = 80 };

/* One of `good`, in `drawn` draws out of `good` and `others`; from least to most. */
struct urn {
    double good, others, drawn;
    double least, most, mode;
};

/* The value that uses the probability `u` up, from the mode outwards; `p` is that of the mode. */
static double search_from_mode(const struct urn *urn, double u, double p)
{
    const double negligible = 1e-20;
    double good = urn->good, others = urn->others, drawn = urn->drawn;
    double below = urn->mode, above = urn->mode, p_below = p, p_above = p;
    u -= p;
    while (u >= 0 && (p_below > negligible || p_above > negligible)) {
        p_above *= (good - above) * (drawn - above) / ((above + 1) * (others - drawn + above + 1));
        above++;
        u -= p_above;
        if (u < 0)
            return above;
        p_below *= below * (others - drawn + below) / ((good - below + 1) * (drawn - below + 1));
        below--;
        u -= p_below;
        if (u < 0)
            return below;
    }
    return urn->mode;
}

/* Ratio of uniforms, in a time that does not depend on the counts: Stadlober 1989, algorithm HRUA;
 * probabilities are taken relative to that of the mode. */
static double by_ratio_of_uniforms(struct mig_random *random, const struct urn *urn, double spread)
{
    const double d1 = 1.7155277699214135,
                 d2 = 0.8989161620588988; /* 2 sqrt(2/e), 3 - 2 sqrt(3/e) */
    double all = urn->good + urn->others, centre = urn->drawn * (urn->good / all) + 0.5;
    double width = d1 * sqrt(spread * spread + 0.5) + d2;
    double peak = dhyper(urn->mode, urn->good, urn->others, urn->drawn, true);
    for (;;) {
        double x = 1 - mig_random_uniform(random), y = mig_random_uniform(random);
        double value = floor(centre + width * (y - 0.5) / x);
        if (!(value >= urn->least && value <= urn->most))
            continue;
        double height = dhyper(value, urn->good, urn->others, urn->drawn, true) - peak;
        if (2 * log(x) <= height)
            return value;
    }
}

/* `log_factorials` holds log(x!) for x from 0, or is NULL. */
static double probability_of_mode(const struct urn *urn, const double *log_factorials)
{
    if (log_factorials == NULL)
        return dhyper(urn->mode, urn->good, urn->others, urn->drawn, false);
    size_t good = (size_t)urn->good, others = (size_t)urn->others, drawn = (size_t)urn->drawn;
    size_t x = (size_t)urn->mode;
    const double *f = log_factorials;
    return exp(f[good] + f[others] + f[drawn] + f[good + others - drawn] - f[good + others] - f[x] -
               f[good - x] - f[drawn - x] - f[others + x - drawn]);
}

static double draw_cell(struct mig_random *random, double drawn, double good, double others,
    const double *log_factorials)
{
    const double wide = 200; /* from where on searching takes longer */
    struct urn urn = {good, others, drawn, fmax(0, drawn - others), fmin(good, drawn), 0};
    if (!(urn.least < urn.most))
        return urn.least;
    double all = good + others;
    urn.mode = floor((drawn + 1) * ((good + 1) / (all + 2)));
    urn.mode = fmin(urn.most, fmax(urn.least, urn.mode));
    double variance = drawn * (good / all) * (others / all) * ((all - drawn) / (all - 1));
    if (variance > wide * wide)
        return by_ratio_of_uniforms(random, &urn, sqrt(variance));
    return search_from_mode(
        &urn, mig_random_uniform(random), probability_of_mode(&urn, log_factorials));
}

static void draw_table(struct mig_random *random, const double *row_totals, size_t n_rows,
    const double *column_totals, size_t n_columns, const double *log_factorials, double *counts)
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
            double count = draw_cell(random, left, rest[j], others, log_factorials);
            counts[i * n_columns + j] = count;
            rest[j] -= count;
            left -= count;
        }
        below -= row_totals[i];
    }
}

void mig_random_crosstab(struct mig_random *random, const double *row_totals, size_t n_rows,
    const double *column_totals, size_t n_columns, double *counts)
{
    draw_table(random, row_totals, n_rows, column_totals, n_columns, NULL, counts);
}

/* What the random tables are made of: totals above 0, the largest row last. */
struct urns {
    struct mig_random random;
    double *rows, *columns;
    size_t n_rows, n_columns;
    double total;
    double *log_factorials; /* to `total`; NULL above the most that are tabulated */
    double *logs;           /* log(x), where cases are dealt out */
    uint32_t *cases;        /* the column of each; NULL: tables are drawn cell by cell */
    double *counts;         /* of a table, or of a row where cases are dealt out */
};

static size_t copy_positive(const double *totals, size_t n, double *out)
{
    size_t count = 0;
    for (size_t i = 0; i < n; i++)
        if (totals[i] > 0)
            out[count++] = totals[i];
    return count;
}

static void put_largest_last(double *totals, size_t n)
{
    size_t largest = 0;
    for (size_t i = 1; i < n; i++)
        if (totals[i] > totals[largest])
            largest = i;
    double most = totals[largest];
    totals[largest] = totals[n - 1];
    totals[n - 1] = most;
}

static double cells_of(const struct mig_margins *margins)
{
    return (double)margins->n_rows * (double)margins->n_columns;
}

static bool deals_out(const struct mig_margins *margins)
{
    return margins->total <= most_tabulated &&
           margins->total * STEPS_OF_CASE <= cells_of(margins) * STEPS_OF_CELL;
}

static enum mig_status tabulate(struct urns *urns, bool dealt, struct mig_error *error)
{
    if (urns->total > most_tabulated)
        return MIG_OK;
    size_t total = (size_t)urns->total;
    urns->log_factorials = calloc(total + 1, sizeof *urns->log_factorials);
    urns->logs = calloc(total + 1, sizeof *urns->logs);
    if (dealt)
        urns->cases = calloc(total + 1, sizeof *urns->cases);
    if (urns->log_factorials == NULL || urns->logs == NULL || (dealt && urns->cases == NULL))
        return mig_fail_memory(error);
    for (size_t x = 1; x <= total; x++) {
        urns->log_factorials[x] = lgammafn((double)x + 1);
        urns->logs[x] = log((double)x);
    }
    size_t at = 0;
    for (size_t j = 0; j < urns->n_columns && dealt; j++)
        for (double i = 0; i < urns->columns[j]; i++)
            urns->cases[at++] = (uint32_t)j;
    return MIG_OK;
}

static void urns_release(struct urns *urns)
{
    mig_random_release(&urns->random);
    free(urns->rows);
    free(urns->columns);
    free(urns->log_factorials);
    free(urns->logs);
    free(urns->cases);
    free(urns->counts);
}

static enum mig_status urns_init(struct urns *urns, const struct mig_crosstab *table,
    const struct mig_margins *margins, uint64_t seed, struct mig_error *error)
{
    bool dealt = deals_out(margins);
    size_t cells = dealt ? margins->n_columns : margins->n_rows * margins->n_columns;
    *urns = (struct urns){.total = margins->total};
    enum mig_status status = mig_random_init(&urns->random, seed, 0, error);
    if (status)
        return status;
    urns->rows = calloc(table->n_rows, sizeof *urns->rows);
    urns->columns = calloc(table->n_columns, sizeof *urns->columns);
    urns->counts = calloc(cells, sizeof *urns->counts);
    if (urns->rows == NULL || urns->columns == NULL || urns->counts == NULL)
        return mig_fail_memory(error);
    urns->n_rows = copy_positive(margins->rows, table->n_rows, urns->rows);
    urns->n_columns = copy_positive(margins->columns, table->n_columns, urns->columns);
    put_largest_last(urns->rows, urns->n_rows);
    return tabulate(urns, dealt, error);
}

/* The sum of log(x!). Beyond the tabulated cases that of -log of Poisson's probability: it differs
 * by what the margins alone make, and keeps its digits however large the counts are. */
static double rarity(const struct urns *urns, const double *counts, const double *rows,
    size_t n_rows, const double *columns, size_t n_columns)
{
    double sum = 0;
    for (size_t i = 0; i < n_rows; i++) {
        for (size_t j = 0; j < n_columns; j++) {
            double count = counts[i * n_columns + j], expected = rows[i] * columns[j] / urns->total;
            if (urns->log_factorials != NULL)
                sum += urns->log_factorials[(size_t)count];
            else if (expected > 0)
                sum -= dpois(count, expected, true);
        }
    }
    return sum;
}

/* Deals the cases out to the rows in a random order; the last row takes what is left. A cell that
 * goes from x - 1 to x adds log(x) to the sum of log(x!). */
static double rarity_of_dealt(struct urns *urns)
{
    size_t total = (size_t)urns->total, first = 0;
    uint32_t *cases = urns->cases;
    double sum = 0;
    for (size_t row = 0; row < urns->n_rows; row++) {
        size_t end = first + (size_t)urns->rows[row];
        for (size_t i = first; i < end; i++) {
            if (row + 1 < urns->n_rows) {
                size_t other = i + mig_random_below(&urns->random, (uint32_t)(total - i));
                uint32_t taken = cases[other];
                cases[other] = cases[i];
                cases[i] = taken;
            }
            sum += urns->logs[(size_t)++urns->counts[cases[i]]];
        }
        for (size_t i = first; i < end; i++)
            urns->counts[cases[i]] = 0;
        first = end;
    }
    return sum;
}

static double rarity_of_random_table(struct urns *urns)
{
    if (urns->cases != NULL)
        return rarity_of_dealt(urns);
    draw_table(&urns->random, urns->rows, urns->n_rows, urns->columns, urns->n_columns,
        urns->log_factorials, urns->counts);
    return rarity(urns, urns->counts, urns->rows, urns->n_rows, urns->columns, urns->n_columns);
}

/* Steps that one random table takes. */
static double cost_of(const struct mig_margins *margins)
{
    double steps = deals_out(margins) ? margins->total * STEPS_OF_CASE
                                      : cells_of(margins) * (margins->total <= most_tabulated
                                                                    ? STEPS_OF_CELL
                                                                    : STEPS_OF_UNTABULATED_CELL);
    return fmax(1, steps);
}

/* How many of the random tables are at least as rare as `least`. */
static size_t count_rare(struct urns *urns, double least, size_t replicates, size_t pause,
    const struct mig_fisher_watch *watch)
{
    size_t n_rare = 0;
    for (size_t i = 0; i < replicates; i++) {
        n_rare += rarity_of_random_table(urns) >= least;
        if (watch != NULL && (i + 1) % pause == 0)
            watch->progress(watch->context, (double)(i + 1) / (double)replicates);
    }
    return n_rare;
}

static enum mig_status simulated_p_value(const struct mig_crosstab *table,
    const struct mig_margins *margins, size_t replicates, uint64_t seed,
    const struct mig_fisher_watch *watch, struct mig_estimate *out, struct mig_error *error)
{
    struct urns urns;
    enum mig_status status = urns_init(&urns, table, margins, seed, error);
    if (status == MIG_OK) {
        size_t pause = (size_t)fmax(1, MIG_STEPS_PER_PROGRESS / cost_of(margins));
        double least = rarity(&urns, table->counts, margins->rows, table->n_rows, margins->columns,
                           table->n_columns) -
                       MIG_FISHER_SLACK;
        size_t n_rare = count_rare(&urns, least, replicates, pause, watch);
        out->p_value = ((double)n_rare + 1) / ((double)replicates + 1);
        out->std_error = sqrt(out->p_value * (1 - out->p_value) / (double)replicates);
    }
    urns_release(&urns);
    return status;
}

/* The number without all digits but its first two. */
static double round_down(double number)
{
    double step = pow(10, floor(log10(number)) - 1);
    return floor(number / step) * step;
}

enum mig_status mig_fisher_draws(
    const struct mig_crosstab *table, uint64_t effort, size_t *draws, struct mig_error *error)
{
    const double least = 1000, most = 100000;
    struct mig_margins margins;
    enum mig_status status = mig_margins_init(&margins, table, error);
    if (status)
        return status;
    *draws = (size_t)round_down(fmax(least, fmin(most, (double)effort / cost_of(&margins))));
    mig_margins_release(&margins);
    return MIG_OK;
}

enum mig_status mig_fisher_simulated(const struct mig_crosstab *table, size_t replicates,
    uint64_t seed, const struct mig_fisher_watch *watch, struct mig_estimate *out,
    struct mig_error *error)
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
        status = simulated_p_value(table, &margins, replicates, seed, watch, &result, error);
    if (!status)
        *out = result;
    mig_margins_release(&margins);
    return status;
}
