#include "table/parts.h"

#include <stdlib.h>

/* A part beside its size as a double, which is enough to sort by. */
struct sized_part {
    struct mig_part part;
    double size;
};

static int larger_first(const void *a, const void *b)
{
    const struct sized_part *left = a, *right = b;
    if (left->size != right->size)
        return left->size > right->size ? -1 : 1;
    return (left->part.group > right->part.group) - (left->part.group < right->part.group);
}

static enum mig_status sort_by_size(struct mig_parts *parts, struct mig_error *error)
{
    struct sized_part *sized = calloc(parts->count + 1, sizeof *sized);
    enum mig_status status = sized != NULL ? MIG_OK : mig_fail_memory(error);
    for (size_t i = 0; i < parts->count && status == MIG_OK; i++) {
        sized[i].part = parts->items[i];
        status = mig_sum_to_double(&parts->items[i].sums.numerator, &sized[i].size, error);
    }
    if (status == MIG_OK)
        qsort(sized, parts->count, sizeof *sized, larger_first);
    for (size_t i = 0; i < parts->count && status == MIG_OK; i++)
        parts->items[i] = sized[i].part;
    free(sized);
    return status;
}

enum mig_status mig_parts_read(struct mig_parts *parts, const struct mig_tally *tally,
    const struct mig_quotient *amount, size_t first, size_t end, enum mig_part_order order,
    struct mig_error *error)
{
    enum mig_status status = MIG_OK;
    parts->items = calloc(end - first + 1, sizeof *parts->items);
    if (parts->items == NULL)
        return mig_fail_memory(error);
    for (size_t i = first, next; i < end && status == MIG_OK; i = next) {
        struct mig_part *part = &parts->items[parts->count++];
        part->group = i;
        next = mig_tally_run_end(tally, i, mig_tally_group(tally, i).n_keys);
        status = mig_quotient_add(amount, tally, i, next, &part->sums, error);
    }
    if (status == MIG_OK && order == MIG_PARTS_BY_SIZE)
        status = sort_by_size(parts, error);
    return status;
}

void mig_parts_release(struct mig_parts *parts)
{
    if (parts == NULL)
        return;
    for (size_t i = 0; i < parts->count; i++)
        mig_quotient_sums_release(&parts->items[i].sums);
    free(parts->items);
    *parts = (struct mig_parts){0};
}
