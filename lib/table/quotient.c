#include "table/quotient.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"

static enum mig_status find_operand(struct mig_text name, const struct mig_header *header,
    struct mig_operands *operands, int *operand, struct mig_error *error)
{
    *operand = MIG_ROWS;
    if (mig_text_equal(name, mig_text_of("n")))
        return MIG_OK;
    char *wanted = mig_text_copy(name);
    if (wanted == NULL)
        return mig_fail_memory(error);
    size_t column = 0, i = 0;
    enum mig_status status = mig_header_find(header, wanted, &column, error);
    free(wanted);
    if (status != MIG_OK)
        return status;
    while (i < operands->count && operands->columns[i] != column)
        i++;
    if (i == MIG_MOST_SUMS)
        return mig_fail(error, MIG_LIMIT, _("more than %d columns to add up"), MIG_MOST_SUMS);
    operands->columns[i] = column;
    operands->count = i == operands->count ? i + 1 : operands->count;
    *operand = (int)i;
    return MIG_OK;
}

enum mig_status mig_quotient_parse(struct mig_quotient *quotient, const char *text,
    const struct mig_header *header, struct mig_operands *operands, struct mig_error_list *errors)
{
    struct mig_text names[2] = {{0}};
    int *places[2] = {&quotient->numerator, &quotient->denominator};
    struct mig_error error;
    enum mig_status parsed = MIG_OK;
    const char *at = mig_text_scan_name(text, "/", &names[0]);
    if (at != NULL && *at == '/')
        at = mig_text_scan_name(at + 1, "/", &names[1]);
    if (at == NULL || *at != '\0' || names[0].length == 0 || names[1].length == 0) {
        parsed = mig_fail(
            &error, MIG_SYNTAX, _("'%s': two columns with one '/' between are wanted"), text);
        return mig_error_list_add(errors, &error) == MIG_OK ? parsed : MIG_NO_MEMORY;
    }
    for (int i = 0; i < 2; i++) {
        enum mig_status status = find_operand(names[i], header, operands, places[i], &error);
        if (status != MIG_OK && mig_error_list_add(errors, &error) != MIG_OK)
            return MIG_NO_MEMORY;
        parsed = status != MIG_OK ? status : parsed;
    }
    return parsed;
}

uint64_t mig_quotient_needs(const struct mig_quotient *quotient)
{
    uint64_t needs = quotient->also_known;
    if (quotient->numerator != MIG_ROWS)
        needs |= UINT64_C(1) << quotient->numerator;
    if (quotient->denominator != MIG_ROWS)
        needs |= UINT64_C(1) << quotient->denominator;
    return needs;
}

static enum mig_status add_operand(
    const struct mig_group *group, int operand, struct mig_sum *sum, struct mig_error *error)
{
    struct mig_decimal rows = mig_decimal_of_count(group->n);
    if (operand == MIG_ROWS)
        return mig_sum_add(sum, &rows, error);
    return mig_sum_add_sum(sum, &group->sums[operand], error);
}

enum mig_status mig_quotient_add(const struct mig_quotient *quotient, const struct mig_tally *tally,
    size_t first, size_t end, struct mig_quotient_sums *sums, struct mig_error *error)
{
    enum mig_status status = MIG_OK;
    for (size_t i = first; i < end && status == MIG_OK; i++) {
        struct mig_group group = mig_tally_group(tally, i);
        bool missing = (group.missing & mig_quotient_needs(quotient)) != 0;
        sums->rows_missing += missing ? group.rows : 0;
        uint64_t *n = missing ? &sums->missing : &sums->n;
        if (__builtin_add_overflow(*n, group.n, n))
            status = mig_fail(error, MIG_LIMIT, "%s", _("a group counts more than 2^64 - 1"));
        if (status == MIG_OK && !missing)
            status = add_operand(&group, quotient->numerator, &sums->numerator, error);
        if (status == MIG_OK && !missing)
            status = add_operand(&group, quotient->denominator, &sums->denominator, error);
    }
    return status;
}

bool mig_quotient_is_missing(const struct mig_quotient_sums *sums)
{
    return sums->n == 0 && sums->missing > 0;
}

void mig_quotient_sums_release(struct mig_quotient_sums *sums)
{
    if (sums == NULL)
        return;
    mig_sum_release(&sums->numerator);
    mig_sum_release(&sums->denominator);
}
