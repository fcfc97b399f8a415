#include "table/tally-internal.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "input/share.h"
#include "table/result.h"

enum { MOST_SUMS = 64 };

enum mig_status mig_tally_read(struct mig_tally **out, struct mig_input *input,
    const struct mig_tally_spec *spec, struct mig_error *error)
{
    *out = NULL;
    if (spec->n_sums > MOST_SUMS)
        return mig_fail(error, MIG_ARGUMENT,
            spec->weighted ? _("more than %d sums, of which the weight is one")
                           : _("more than %d sums"),
            MOST_SUMS);
    struct mig_tally *tally = NULL;
    enum mig_status status = mig_tally_new(&tally, spec, error);
    if (status == MIG_OK)
        status = mig_tally_want(input, spec, error);
    /* kinds of results are compared with those of the rows above */
    struct mig_result result;
    mig_tally_find_result(&result, mig_input_header(input), spec);
    bool in_order = spec->observe != NULL || result.has_marks;
    size_t threads = in_order ? 1 : mig_share_threads(input);
    if (status == MIG_OK)
        status = threads > 1 ? mig_tally_read_shared(tally, input, spec, threads, error)
                             : mig_tally_read_rows(tally, input, spec, error);
    if (status == MIG_OK && tally->overflow)
        status = mig_fail(error, MIG_LIMIT, "%s", _("a group counts more than 2^64 - 1"));
    if (status == MIG_OK)
        status = mig_tally_sort(tally, error);
    if (status != MIG_OK) {
        mig_tally_free(tally);
        return status;
    }
    *out = tally;
    return MIG_OK;
}

size_t mig_tally_count(const struct mig_tally *tally)
{
    return tally->count;
}

/* Mostly groups are asked for one after the other: fetches those into the cache that come next. */
static void fetch_next(const struct mig_tally *tally, size_t i)
{
    enum { AHEAD = 16, FAR_AHEAD = 32 };
    if (i + FAR_AHEAD < tally->count)
        __builtin_prefetch(mig_group_at(tally, tally->order[i + FAR_AHEAD]));
    if (i + AHEAD >= tally->count)
        return;
    const uint32_t *codes = mig_group_codes(mig_group_at(tally, tally->order[i + AHEAD]));
    for (size_t key = 0; key < tally->n_keys; key++)
        mig_names_prefetch(tally->names[key], codes[key]);
}

struct mig_group mig_tally_group(const struct mig_tally *tally, size_t i)
{
    fetch_next(tally, i);
    size_t group = tally->order[i];
    const struct mig_group_head *head = mig_group_at(tally, group);
    return (struct mig_group){
        .codes = mig_group_codes(head),
        .n_keys = tally->n_keys,
        .missing = head->missing,
        .n = head->n,
        .rows = head->rows,
        .n_sums = tally->n_sums,
        .sums = mig_group_sums(tally, head),
        .moments = mig_group_moments(tally, head),
        .id = group,
    };
}

size_t mig_tally_run_end(const struct mig_tally *tally, size_t i, size_t n_keys)
{
    const uint32_t *first = mig_group_codes(mig_group_at(tally, tally->order[i]));
    size_t end = i + 1;
    while (end < tally->count) {
        const uint32_t *next = mig_group_codes(mig_group_at(tally, tally->order[end]));
        if (n_keys > 0 && memcmp(first, next, n_keys * sizeof *first) != 0)
            break;
        end++;
    }
    return end;
}

struct mig_text mig_tally_key(
    const struct mig_tally *tally, const struct mig_group *group, size_t key)
{
    return mig_names_text(tally->names[key], group->codes[key]);
}

struct mig_tally_account mig_tally_account(const struct mig_tally *tally)
{
    return tally->account;
}

const struct mig_error *mig_tally_part_error(const struct mig_tally *tally)
{
    return tally->part_error.status != MIG_OK ? &tally->part_error : NULL;
}

static void release_group(const struct mig_tally *tally, const struct mig_group_head *group)
{
    struct mig_sum *sums = mig_group_sums(tally, group);
    struct mig_moments *moments = mig_group_moments(tally, group);
    for (size_t i = 0; i < tally->n_sums; i++)
        mig_sum_release(&sums[i]);
    for (size_t i = 0; i < tally->n_moments; i++)
        mig_moments_release(&moments[i]);
}

void mig_tally_free(struct mig_tally *tally)
{
    if (tally == NULL)
        return;
    for (size_t i = 0; i < tally->n_keys && tally->names != NULL; i++)
        mig_names_free(tally->names[i]);
    for (size_t i = 0; i < tally->count; i++)
        release_group(tally, mig_group_at(tally, i));
    for (size_t i = 0; i < tally->n_blocks; i++)
        free(tally->blocks[i]);
    free(tally->names);
    free(tally->blocks);
    free(tally->slots);
    free(tally->places);
    free(tally->order);
    free(tally);
}
