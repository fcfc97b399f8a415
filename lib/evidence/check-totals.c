/* Totals against their parts; sexes that are 0 because they are not known. */
#include "base/i18n.h"
#include "base/sum.h"
#include "evidence/checks-internal.h"

MIG_CHECK_END(mig_end_compared)
{
    const struct mig_spot nowhere = {0};
    size_t rows = group->compared + group->passed_over;
    struct mig_buffer value = {0};
    if (group->passed_over == 0)
        return MIG_OK;
    enum mig_status status = mig_buffer_print(&value, error, "%zu/%zu", group->passed_over, rows);
    if (!status)
        status = mig_find(group, MIG_SEVERITY_NOTE, nowhere, group->columns, group->count,
            mig_buffer_text(&value), error,
            N_("rows that could not be compared: %zu of %zu; a cell is missing or can't be read"),
            group->passed_over, rows);
    mig_buffer_release(&value);
    return status;
}

/* The sum of the cells in `columns`; false when one is missing or no number. */
static bool add_cells(const struct mig_check_run *run, const struct mig_row *row,
    const size_t *columns, size_t n, struct mig_sum *sum, enum mig_status *status,
    struct mig_error *error)
{
    for (size_t i = 0; i < n && !*status; i++) {
        struct mig_decimal number;
        if (!mig_run_number(run, row, columns[i], &number))
            return false;
        *status = mig_sum_add(sum, &number, error);
    }
    return !*status;
}

static enum mig_status report_total(struct mig_check_group *group, const struct mig_row *row,
    const struct mig_sum *parts, struct mig_error *error)
{
    struct mig_buffer sum = {0};
    enum mig_status status = mig_sum_format(parts, &sum, error);
    if (!status)
        status = mig_find_in_row(group, MIG_SEVERITY_ERROR, row, group->columns, group->count,
            error,
            mig_sum_sign(parts) == 0
                ? N_("the parts add up to %s, not to the total: are they not known, rather than 0?")
                : N_("the parts add up to %s, not to the total"),
            sum.data);
    mig_buffer_release(&sum);
    return status;
}

MIG_CHECK_LOOK(mig_look_total)
{
    struct mig_sum total = {0}, parts = {0};
    enum mig_status status = MIG_OK;
    int order = 0;
    bool known =
        add_cells(group->run, row, group->columns, 1, &total, &status, error) &&
        add_cells(group->run, row, group->columns + 1, group->count - 1, &parts, &status, error);
    group->passed_over += !known;
    group->compared += known;
    if (known) {
        group->run->looked = true;
        status = mig_sum_compare(&total, &parts, &order, error);
    }
    if (order != 0 && !status)
        status = report_total(group, row, &parts, error);
    mig_sum_release(&total);
    mig_sum_release(&parts);
    return status;
}

static bool is_zero(const struct mig_decimal *number)
{
    const struct mig_decimal zero = mig_decimal_of_count(0);
    return mig_decimal_compare(number, &zero) == 0;
}

MIG_CHECK_LOOK(mig_look_sex_zero)
{
    struct mig_decimal cells[3];
    for (size_t i = 0; i < 3; i++)
        if (!mig_run_number(group->run, row, group->columns[i], &cells[i])) {
            group->passed_over++;
            return MIG_OK;
        }
    group->run->looked = true;
    group->compared++;
    if (!is_zero(&cells[0]) || !is_zero(&cells[1]) || is_zero(&cells[2]))
        return MIG_OK;
    return mig_find_in_row(group, MIG_SEVERITY_WARN, row, group->columns, group->count, error,
        N_("both sexes are 0 and the total is not: the sex is not known, a share of women would be "
           "wrong"));
}
