/* Tallies of the parts of an input become that of the whole. */
#include "table/tally-internal.h"

#include <stdlib.h>

enum { AT_ONCE = 64 };

/* The codes that the texts of `part` have in `names`, for the caller to free(). */
static enum mig_status map_codes(struct mig_names *names, const struct mig_names *part,
    uint32_t **codes, struct mig_error *error)
{
    size_t count = mig_names_count(part);
    *codes = calloc(count + 1, sizeof **codes);
    enum mig_status status = *codes != NULL ? MIG_OK : mig_fail_memory(error);
    for (size_t i = 0; i < count && status == MIG_OK; i += AT_ONCE) {
        size_t some = count - i < AT_ONCE ? count - i : AT_ONCE;
        mig_names_find_all(names, part->texts + i, some, *codes + i);
        for (size_t j = i; j < i + some && status == MIG_OK; j++)
            if ((*codes)[j] == UINT32_MAX)
                status = mig_names_code(names, part->texts[j], &(*codes)[j], error);
    }
    return status;
}

static enum mig_status merge_values(struct mig_tally *tally, struct mig_group_head *group,
    const struct mig_tally *part, const struct mig_group_head *added, struct mig_error *error)
{
    enum mig_status status = MIG_OK;
    struct mig_sum *sums = mig_group_sums(tally, group);
    const struct mig_sum *more = mig_group_sums(part, added);
    struct mig_moments *moments = mig_group_moments(tally, group);
    const struct mig_moments *more_moments = mig_group_moments(part, added);
    mig_tally_count_in(tally, group, added->n, added->rows);
    for (size_t i = 0; i < tally->n_sums && status == MIG_OK; i++)
        status = mig_sum_add_sum(&sums[i], &more[i], error);
    for (size_t i = 0; i < tally->n_moments && status == MIG_OK; i++)
        status = mig_tally_add_moments(tally, &moments[i], &more_moments[i], error);
    return status;
}

/* maps[key][code of part] is the code in `tally`; `codes` has room for one a key. */
static enum mig_status find_group(struct mig_tally *tally, const struct mig_group_head *added,
    uint32_t *const *maps, uint32_t *codes, struct mig_group_head **group, struct mig_error *error)
{
    size_t found;
    for (size_t key = 0; key < tally->n_keys; key++)
        codes[key] = maps[key][mig_group_codes(added)[key]];
    enum mig_status status = mig_tally_find(tally, codes, added->missing, &found, error);
    if (status == MIG_OK)
        *group = mig_group_at(tally, found);
    return status;
}

/* Some groups are found, and fetched into the cache, before anything is added to them. */
static enum mig_status merge_groups(struct mig_tally *tally, const struct mig_tally *part,
    uint32_t *const *maps, uint32_t *codes, struct mig_error *error)
{
    enum mig_status status = MIG_OK;
    struct mig_group_head *groups[AT_ONCE];
    for (size_t i = 0; i < part->count && status == MIG_OK; i += AT_ONCE) {
        size_t some = part->count - i < AT_ONCE ? part->count - i : AT_ONCE;
        for (size_t j = 0; j < some && status == MIG_OK; j++) {
            status = find_group(tally, mig_group_at(part, i + j), maps, codes, &groups[j], error);
            __builtin_prefetch(groups[j]);
        }
        for (size_t j = 0; j < some && status == MIG_OK; j++)
            status = merge_values(tally, groups[j], part, mig_group_at(part, i + j), error);
    }
    return status;
}

static void merge_account(struct mig_tally *tally, const struct mig_tally *part)
{
    tally->account.read += part->account.read;
    tally->account.used += part->account.used;
    tally->account.missing += part->account.missing;
    tally->overflow |= part->overflow;
    bool earlier = part->part_error.status != MIG_OK &&
                   (tally->part_error.status == MIG_OK || part->part_block < tally->part_block);
    if (earlier) {
        tally->part_error = part->part_error;
        tally->part_block = part->part_block;
    }
}

enum mig_status mig_tally_merge(
    struct mig_tally *tally, const struct mig_tally *part, struct mig_error *error)
{
    enum mig_status status = MIG_OK;
    uint32_t **maps = calloc(tally->n_keys + 1, sizeof *maps);
    uint32_t *codes = calloc(tally->n_keys + 1, sizeof *codes);
    if (maps == NULL || codes == NULL)
        status = mig_fail_memory(error);
    for (size_t key = 0; key < tally->n_keys && status == MIG_OK; key++)
        status = map_codes(tally->names[key], part->names[key], &maps[key], error);
    if (status == MIG_OK)
        status = merge_groups(tally, part, maps, codes, error);
    merge_account(tally, part);
    for (size_t key = 0; key < tally->n_keys && maps != NULL; key++)
        free(maps[key]);
    free(maps);
    free(codes);
    return status;
}
