/* The order in which the groups of a tally are handed out: by key, each dictionary being sorted
 * once. */
#include "table/tally-internal.h"

#include <stdlib.h>

/* Makes the codes of all groups ranks: numbers that compare like the texts. */
static enum mig_status rank_codes(struct mig_tally *tally, size_t key, struct mig_error *error)
{
    uint32_t *ranks = calloc(mig_names_count(tally->names[key]) + 1, sizeof *ranks);
    enum mig_status status =
        ranks != NULL ? mig_names_sort(tally->names[key], ranks, error) : mig_fail_memory(error);
    for (size_t i = 0; i < tally->count && status == MIG_OK; i++) {
        uint32_t *codes = mig_group_codes(mig_group_at(tally, i));
        codes[key] = ranks[codes[key]];
    }
    free(ranks);
    return status;
}

/* Two orders of the groups, and the places of the classes among them: each step puts the groups of
 * one class behind those of the class before, and leaves them as they stand within it. */
struct sorting {
    uint32_t *order;
    uint32_t *other;
    size_t *ends;
};

static void swap(struct sorting *sorting)
{
    uint32_t *order = sorting->order;
    sorting->order = sorting->other;
    sorting->other = order;
}

static void sort_by_key(struct sorting *sorting, const struct mig_tally *tally, size_t key)
{
    size_t classes = mig_names_count(tally->names[key]);
    for (size_t i = 0; i <= classes; i++)
        sorting->ends[i] = 0;
    for (size_t i = 0; i < tally->count; i++)
        sorting->ends[mig_group_codes(mig_group_at(tally, i))[key] + 1]++;
    for (size_t i = 1; i <= classes; i++)
        sorting->ends[i] += sorting->ends[i - 1];
    for (size_t i = 0; i < tally->count; i++) {
        uint32_t group = sorting->order[i];
        sorting->other[sorting->ends[mig_group_codes(mig_group_at(tally, group))[key]]++] = group;
    }
    swap(sorting);
}

/* The known before the missing; sum 0 weighs least. */
static void sort_by_missing(struct sorting *sorting, const struct mig_tally *tally, size_t sum)
{
    size_t at[2] = {0, tally->count};
    for (size_t i = 0; i < tally->count; i++)
        at[1] -= mig_group_at(tally, i)->missing >> sum & 1;
    for (size_t i = 0; i < tally->count; i++) {
        uint32_t group = sorting->order[i];
        sorting->other[at[mig_group_at(tally, group)->missing >> sum & 1]++] = group;
    }
    swap(sorting);
}

/* From the part of a group that weighs least in the order to the one that weighs most. */
static void sort_groups(struct sorting *sorting, const struct mig_tally *tally)
{
    uint64_t missing = 0;
    for (size_t i = 0; i < tally->count; i++) {
        sorting->order[i] = (uint32_t)i;
        missing |= mig_group_at(tally, i)->missing;
    }
    for (size_t sum = 0; sum < tally->n_sums; sum++)
        if ((missing >> sum & 1) != 0)
            sort_by_missing(sorting, tally, sum);
    for (size_t key = tally->n_keys; key-- > 0;)
        sort_by_key(sorting, tally, key);
}

enum mig_status mig_tally_sort(struct mig_tally *tally, struct mig_error *error)
{
    size_t most_classes = 0;
    free(tally->slots); /* nothing is looked for any more */
    free(tally->places);
    tally->slots = NULL;
    tally->places = NULL;
    enum mig_status status = MIG_OK;
    for (size_t key = 0; key < tally->n_keys && status == MIG_OK; key++) {
        size_t classes = mig_names_count(tally->names[key]);
        most_classes = classes > most_classes ? classes : most_classes;
        status = rank_codes(tally, key, error);
    }
    if (status != MIG_OK)
        return status;
    struct sorting sorting = {calloc(tally->count + 1, sizeof *sorting.order),
        calloc(tally->count + 1, sizeof *sorting.other),
        calloc(most_classes + 2, sizeof *sorting.ends)};
    if (sorting.order == NULL || sorting.other == NULL || sorting.ends == NULL)
        status = mig_fail_memory(error);
    else
        sort_groups(&sorting, tally);
    tally->order = sorting.order;
    free(sorting.other);
    free(sorting.ends);
    return status;
}
