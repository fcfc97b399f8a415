#include "stats/contingency.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/i18n.h"
#include "stats/check-internal.h"
#include "stats/contingency-internal.h"
#include "stats/distribution.h"
#include "stats/products-internal.h"

const char *const mig_crosstab_methods[] = {[MIG_CROSSTAB_PEARSON] = "pearson",
    [MIG_CROSSTAB_LIKELIHOOD_RATIO] = "likelihood-ratio",
    [MIG_CROSSTAB_YATES] = "pearson-yates",
    NULL};

const char *const mig_cramer_methods[] = {
    [MIG_CRAMER_V] = "cramer-v", [MIG_CRAMER_CORRECTED] = "cramer-v-corrected", NULL};

enum mig_status mig_crosstab_margins(const struct mig_crosstab *table, double *row_totals,
    double *column_totals, double *total, struct mig_error *error)
{
    double sum = 0;
    for (size_t j = 0; column_totals != NULL && j < table->n_columns; j++)
        column_totals[j] = 0;
    for (size_t i = 0; i < table->n_rows; i++) {
        double row = 0;
        for (size_t j = 0; j < table->n_columns; j++) {
            double count = table->counts[i * table->n_columns + j];
            enum mig_status status = mig_check_count(count, error);
            if (!status)
                status = mig_check_count(sum += count, error);
            if (status)
                return status;
            row += count;
            if (column_totals != NULL)
                column_totals[j] += count;
        }
        if (row_totals != NULL)
            row_totals[i] = row;
    }
    if (total != NULL)
        *total = sum;
    return MIG_OK;
}

static size_t count_positive(const double *values, size_t n)
{
    size_t count = 0;
    for (size_t i = 0; i < n; i++)
        count += values[i] > 0;
    return count;
}

enum mig_status mig_margins_init(
    struct mig_margins *margins, const struct mig_crosstab *table, struct mig_error *error)
{
    size_t most = SIZE_MAX / sizeof(double) - 1;
    if (table->n_rows > most || table->n_columns > most - table->n_rows)
        return mig_fail_memory(error);
    double *rows = malloc((table->n_rows + table->n_columns + 1) * sizeof *rows);
    if (rows == NULL)
        return mig_fail_memory(error);
    *margins = (struct mig_margins){.rows = rows, .columns = rows + table->n_rows};
    enum mig_status status =
        mig_crosstab_margins(table, margins->rows, margins->columns, &margins->total, error);
    if (status) {
        mig_margins_release(margins);
        return status;
    }
    margins->n_rows = count_positive(margins->rows, table->n_rows);
    margins->n_columns = count_positive(margins->columns, table->n_columns);
    return MIG_OK;
}

void mig_margins_release(struct mig_margins *margins)
{
    free(margins->rows);
    *margins = (struct mig_margins){0};
}

const char *mig_margins_obstacle(const struct mig_margins *margins)
{
    if (!(margins->total > 0))
        return N_("the table is empty");
    return margins->n_rows < 2 || margins->n_columns < 2
               ? N_("fewer than 2 rows or columns hold cases")
               : NULL;
}

static double expected_count(double row, double column, double total)
{
    return row * column / total;
}

static double deviation(double count, double row, double column, double total)
{
    return mig_product_difference(count, total, row, column) / total;
}

struct mig_expected_cell mig_crosstab_cell(
    double count, double row_total, double column_total, double total)
{
    struct mig_expected_cell cell = {NAN, NAN, NAN, NULL};
    if (!(total > 0)) {
        cell.note = N_("the table is empty");
        return cell;
    }
    cell.expected = expected_count(row_total, column_total, total);
    if (!(cell.expected > 0)) {
        cell.note = N_("the row or column holds no cases");
        return cell;
    }
    cell.residual = deviation(count, row_total, column_total, total) / sqrt(cell.expected);
    double others = (total - row_total) / total * ((total - column_total) / total);
    if (others > 0)
        cell.adjusted = cell.residual / sqrt(others);
    else
        cell.note = N_("the row or column holds all cases");
    return cell;
}

static struct mig_crosstab_look look_at(
    const struct mig_crosstab *table, const struct mig_margins *margins)
{
    struct mig_crosstab_look look = {.total = margins->total,
        .n_rows = margins->n_rows,
        .n_columns = margins->n_columns,
        .least_expected = NAN,
        .note = mig_margins_obstacle(margins)};
    size_t n_cells = look.n_rows * look.n_columns;
    for (size_t i = 0; i < table->n_rows; i++) {
        for (size_t j = 0; j < table->n_columns; j++) {
            double expected = expected_count(margins->rows[i], margins->columns[j], margins->total);
            if (!(expected > 0))
                continue;
            look.least_expected = fmin(look.least_expected, expected);
            look.n_small += expected < 5;
        }
    }
    if (look.note == NULL && (look.least_expected < 1 || 5 * look.n_small > n_cells))
        look.warning = N_("expected counts are too small for chi-squared: an exact test is better");
    return look;
}

enum mig_status mig_crosstab_look(
    const struct mig_crosstab *table, struct mig_crosstab_look *out, struct mig_error *error)
{
    struct mig_margins margins;
    enum mig_status status = mig_margins_init(&margins, table, error);
    if (status)
        return status;
    *out = look_at(table, &margins);
    mig_margins_release(&margins);
    return MIG_OK;
}

static double part_of_statistic(
    enum mig_crosstab_method method, double count, double expected, double distance)
{
    switch (method) {
    case MIG_CROSSTAB_LIKELIHOOD_RATIO:
        return 2 * mig_deviance(count, expected, distance);
    case MIG_CROSSTAB_YATES:
        distance = fabs(distance) - fmin(0.5, fabs(distance));
        break;
    case MIG_CROSSTAB_PEARSON:
        break;
    }
    return distance / expected * distance;
}

static double chi_squared(enum mig_crosstab_method method, const struct mig_crosstab *table,
    const struct mig_margins *margins)
{
    double statistic = 0;
    for (size_t i = 0; i < table->n_rows; i++) {
        for (size_t j = 0; j < table->n_columns; j++) {
            double count = table->counts[i * table->n_columns + j];
            double row = margins->rows[i], column = margins->columns[j];
            if (row > 0 && column > 0)
                statistic +=
                    part_of_statistic(method, count, expected_count(row, column, margins->total),
                        deviation(count, row, column, margins->total));
        }
    }
    return statistic;
}

enum mig_status mig_crosstab_test(enum mig_crosstab_method method, const struct mig_crosstab *table,
    struct mig_estimate *out, struct mig_error *error)
{
    struct mig_margins margins;
    if ((size_t)method >= sizeof mig_crosstab_methods / sizeof mig_crosstab_methods[0] - 1)
        return mig_fail(
            error, MIG_ARGUMENT, _("'%d' is not a method for a cross-table"), (int)method);
    enum mig_status status = mig_margins_init(&margins, table, error);
    if (status)
        return status;
    struct mig_crosstab_look look = look_at(table, &margins);
    *out = mig_estimate_empty(mig_crosstab_methods[method]);
    if (look.note != NULL) {
        out->note = look.note;
    } else if (method == MIG_CROSSTAB_YATES && (look.n_rows != 2 || look.n_columns != 2)) {
        out->note = N_("Yates' correction is for tables of 2 rows and 2 columns");
    } else {
        out->statistic = chi_squared(method, table, &margins);
        out->df = (double)(look.n_rows - 1) * (double)(look.n_columns - 1);
        out->p_value = mig_chi_squared_upper(out->statistic, out->df);
        out->note = mig_p_value_note(out->p_value);
        if (look.warning != NULL)
            out->note = out->note == NULL
                            ? look.warning
                            : N_("the p-value is below 1e-307; expected counts are too small "
                                 "for chi-squared: an exact test is better");
    }
    mig_margins_release(&margins);
    return MIG_OK;
}

static double cramer_plain(double phi2, double rows, double columns)
{
    return fmin(1, sqrt(phi2 / (fmin(rows, columns) - 1)));
}

static double without_bias(double levels, double total)
{
    return levels - (levels - 1) * (levels - 1) / (total - 1);
}

static void cramer(enum mig_cramer_method method, double phi2, const struct mig_margins *margins,
    struct mig_estimate *out)
{
    double rows = (double)margins->n_rows, columns = (double)margins->n_columns;
    double others = margins->total - 1;
    if (method == MIG_CRAMER_V) {
        out->estimate = cramer_plain(phi2, rows, columns);
        return;
    }
    phi2 = fmax(0, phi2 - (rows - 1) * (columns - 1) / others);
    rows = without_bias(rows, margins->total);
    columns = without_bias(columns, margins->total);
    if (rows > 1 && columns > 1)
        out->estimate = cramer_plain(phi2, rows, columns);
    else
        out->note = N_("too few cases to correct the bias");
}

enum mig_status mig_crosstab_cramer(enum mig_cramer_method method, const struct mig_crosstab *table,
    struct mig_estimate *out, struct mig_error *error)
{
    struct mig_margins margins;
    if ((size_t)method >= sizeof mig_cramer_methods / sizeof mig_cramer_methods[0] - 1)
        return mig_fail(error, MIG_ARGUMENT, _("'%d' is not a form of Cramer's V"), (int)method);
    enum mig_status status = mig_margins_init(&margins, table, error);
    if (status)
        return status;
    *out = mig_estimate_empty(mig_cramer_methods[method]);
    out->note = mig_margins_obstacle(&margins);
    if (out->note == NULL)
        cramer(method, chi_squared(MIG_CROSSTAB_PEARSON, table, &margins) / margins.total, &margins,
            out);
    mig_margins_release(&margins);
    return MIG_OK;
}
