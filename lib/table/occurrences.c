#include "table/occurrences-internal.h"

#include <stdlib.h>

#include "base/i18n.h"
#include "base/memory.h"
#include "table/names-internal.h"
#include "table/order.h"

/* The most frequent of the texts of a group. */
struct group_values {
    uint64_t n, distinct;
    size_t frequent; /* an occurrence; meaningless while distinct is 0 */
    bool tied;       /* others are as frequent */
    struct mig_sum frequency;
};

struct mig_occurrences {
    bool weighted;
    struct mig_names *names;
    uint64_t *pairs; /* group << 32 | code of the text */
    uint64_t *counts;
    struct mig_sum *weights; /* NULL: none */
    size_t count, pairs_capacity, counts_capacity, weights_capacity;
    uint32_t *slots; /* occurrence + 1; 0: free; open addressing, a power of two */
    size_t n_slots;
    struct group_values *groups;
    size_t n_groups;
};

enum { FIRST_SLOTS = 64 };

enum mig_status mig_occurrences_new(
    struct mig_occurrences **out, bool weighted, struct mig_error *error)
{
    struct mig_occurrences *made = calloc(1, sizeof *made);
    *out = made;
    if (made == NULL)
        return mig_fail_memory(error);
    made->weighted = weighted;
    made->n_slots = FIRST_SLOTS;
    made->slots = calloc(FIRST_SLOTS, sizeof *made->slots);
    return made->slots != NULL ? mig_names_new(&made->names, error) : mig_fail_memory(error);
}

static bool grow(struct mig_occurrences *all)
{
    size_t need = all->count + 1;
    void *pairs = mig_grow(all->pairs, &all->pairs_capacity, need, sizeof *all->pairs);
    all->pairs = pairs != NULL ? pairs : all->pairs;
    void *counts = mig_grow(all->counts, &all->counts_capacity, need, sizeof *all->counts);
    all->counts = counts != NULL ? counts : all->counts;
    if (!all->weighted)
        return pairs != NULL && counts != NULL;
    void *weights = mig_grow(all->weights, &all->weights_capacity, need, sizeof *all->weights);
    all->weights = weights != NULL ? weights : all->weights;
    return pairs != NULL && counts != NULL && weights != NULL;
}

/* The slot that holds the pair, or the free one where it belongs. */
static uint32_t *find(const struct mig_occurrences *all, uint64_t pair)
{
    size_t at = (size_t)mig_mix(0, pair) & (all->n_slots - 1);
    while (all->slots[at] != 0 && all->pairs[all->slots[at] - 1] != pair)
        at = (at + 1) & (all->n_slots - 1);
    return &all->slots[at];
}

static enum mig_status double_slots(struct mig_occurrences *all, struct mig_error *error)
{
    uint32_t *slots = calloc(2 * all->n_slots, sizeof *slots);
    if (slots == NULL)
        return mig_fail_memory(error);
    free(all->slots);
    all->slots = slots;
    all->n_slots *= 2;
    for (size_t i = 0; i < all->count; i++)
        *find(all, all->pairs[i]) = (uint32_t)(i + 1);
    return MIG_OK;
}

static enum mig_status add_pair(
    struct mig_occurrences *all, uint64_t pair, uint32_t *slot, struct mig_error *error)
{
    if (all->count >= UINT32_MAX - 1)
        return mig_fail(error, MIG_LIMIT, "%s", _("more than 4294967294 distinct names"));
    if (!grow(all))
        return mig_fail_memory(error);
    all->pairs[all->count] = pair;
    all->counts[all->count] = 0;
    if (all->weighted)
        all->weights[all->count] = (struct mig_sum){0};
    *slot = (uint32_t)++all->count;
    return MIG_OK;
}

enum mig_status mig_occurrences_add(struct mig_occurrences *all, uint32_t group,
    struct mig_text text, uint64_t n, const struct mig_decimal *weight, struct mig_error *error)
{
    uint32_t code;
    enum mig_status status = mig_names_code(all->names, text, &code, error);
    if (status == MIG_OK && all->count >= all->n_slots / 2)
        status = double_slots(all, error);
    if (status != MIG_OK)
        return status;
    uint64_t pair = (uint64_t)group << 32 | code;
    uint32_t *slot = find(all, pair);
    if (*slot == 0)
        status = add_pair(all, pair, slot, error);
    if (status != MIG_OK)
        return status;
    all->counts[*slot - 1] += n;
    return all->weighted ? mig_sum_add(&all->weights[*slot - 1], weight, error) : MIG_OK;
}

static struct mig_text text_of(const struct mig_occurrences *all, size_t occurrence)
{
    return mig_names_text(all->names, (uint32_t)all->pairs[occurrence]);
}

/* Whether an occurrence goes before the most frequent one so far: by weight or count, then by text.
 * `*tied`: it is as frequent. */
static enum mig_status goes_before(const struct mig_occurrences *all, size_t occurrence,
    size_t frequent, bool *before, bool *tied, struct mig_error *error)
{
    int order = (all->counts[occurrence] > all->counts[frequent]) -
                (all->counts[occurrence] < all->counts[frequent]);
    enum mig_status status = MIG_OK;
    if (all->weighted)
        status = mig_sum_compare(&all->weights[occurrence], &all->weights[frequent], &order, error);
    *tied = order == 0;
    if (order == 0)
        order = -mig_key_compare(text_of(all, occurrence), text_of(all, frequent));
    *before = order > 0;
    return status;
}

static enum mig_status find_frequent(struct mig_occurrences *all, struct mig_error *error)
{
    for (size_t i = 0; i < all->count; i++) {
        struct group_values *group = &all->groups[all->pairs[i] >> 32];
        bool before = group->distinct == 0, tied = false;
        enum mig_status status =
            before ? MIG_OK : goes_before(all, i, group->frequent, &before, &tied, error);
        if (status != MIG_OK)
            return status;
        group->tied = tied || (group->tied && !before);
        if (before)
            group->frequent = i;
        group->n += all->counts[i];
        group->distinct++;
    }
    return MIG_OK;
}

enum mig_status mig_occurrences_conclude(
    struct mig_occurrences *all, size_t groups, struct mig_error *error)
{
    all->groups = calloc(groups + 1, sizeof *all->groups);
    if (all->groups == NULL)
        return mig_fail_memory(error);
    all->n_groups = groups;
    enum mig_status status = find_frequent(all, error);
    for (size_t i = 0; i < groups && status == MIG_OK; i++) {
        struct group_values *group = &all->groups[i];
        if (group->distinct == 0)
            continue;
        struct mig_decimal count = mig_decimal_of_count(all->counts[group->frequent]);
        status = all->weighted
                     ? mig_sum_add_sum(&group->frequency, &all->weights[group->frequent], error)
                     : mig_sum_add(&group->frequency, &count, error);
    }
    return status;
}

struct mig_text_values mig_occurrences_of(const struct mig_occurrences *all, size_t group)
{
    const struct group_values *values = &all->groups[group];
    return (struct mig_text_values){.n = values->n,
        .distinct = values->distinct,
        .tied = values->tied,
        .frequent = values->distinct > 0 ? text_of(all, values->frequent) : (struct mig_text){0},
        .frequency = &values->frequency};
}

void mig_occurrences_free(struct mig_occurrences *all)
{
    if (all == NULL)
        return;
    for (size_t i = 0; i < all->count && all->weights != NULL; i++)
        mig_sum_release(&all->weights[i]);
    for (size_t i = 0; i < all->n_groups; i++)
        mig_sum_release(&all->groups[i].frequency);
    mig_names_free(all->names);
    free(all->pairs);
    free(all->counts);
    free(all->weights);
    free(all->slots);
    free(all->groups);
    free(all);
}
