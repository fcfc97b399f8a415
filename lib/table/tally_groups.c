/* The groups of a tally: a hash table of keys, and what is known of each. */
#include "table/tally-internal.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/memory.h"

enum { FIRST_SLOTS = 256 };

/* The next offset at which a struct whose size is a multiple of `alignment` may stand. */
static size_t align(size_t offset, size_t alignment)
{
    return (offset + alignment - 1) / alignment * alignment;
}

static void lay_out(struct mig_tally *tally)
{
    size_t alignment = _Alignof(struct mig_sum);
    size_t codes_end = sizeof(struct mig_group_head) + tally->n_keys * sizeof(uint32_t);
    bool sums = tally->n_sums > 0 || tally->n_moments > 0;
    tally->sums_at = align(codes_end, sums ? alignment : sizeof(uint64_t));
    tally->moments_at = tally->sums_at + tally->n_sums * sizeof(struct mig_sum);
    tally->size = tally->moments_at + tally->n_moments * sizeof(struct mig_moments);
}

enum mig_status mig_tally_new(
    struct mig_tally **out, const struct mig_tally_spec *spec, struct mig_error *error)
{
    struct mig_tally *tally = calloc(1, sizeof *tally);
    *out = tally;
    if (tally == NULL)
        return mig_fail_memory(error);
    tally->n_keys = spec->keys != NULL ? spec->keys->count : 0;
    tally->n_sums = spec->n_sums;
    tally->n_moments = spec->n_moments;
    lay_out(tally);
    tally->n_slots = FIRST_SLOTS;
    tally->slots = calloc(FIRST_SLOTS, sizeof *tally->slots);
    tally->n_places = tally->n_keys == 1 ? FIRST_SLOTS : (size_t)1 << MIG_PLACE_BITS;
    tally->places = calloc(tally->n_places, sizeof *tally->places);
    tally->names = calloc(tally->n_keys + 1, sizeof(struct mig_names *));
    if (tally->slots == NULL || tally->places == NULL || tally->names == NULL)
        return mig_fail_memory(error);
    enum mig_status status = MIG_OK;
    for (size_t i = 0; i < tally->n_keys && status == MIG_OK; i++)
        status = mig_names_new(&tally->names[i], error);
    return status;
}

/* Few groups are found at once: their table costs little. */
static size_t most_in(size_t slots)
{
    enum { FEW = 2048 };
    return slots <= FEW ? slots / 4 : slots / 4 * 3;
}

static enum mig_status double_slots(struct mig_tally *tally, struct mig_error *error)
{
    struct mig_group_slot *old = tally->slots;
    struct mig_group_slot *slots = calloc(2 * tally->n_slots, sizeof *slots);
    if (slots == NULL)
        return mig_fail_memory(error);
    size_t mask = 2 * tally->n_slots - 1;
    for (size_t i = 0; i < tally->n_slots; i++) {
        size_t at = old[i].hash & mask;
        while (old[i].taken != 0 && slots[at].taken != 0)
            at = (at + 1) & mask;
        if (old[i].taken != 0)
            slots[at] = old[i];
    }
    free(old);
    tally->slots = slots;
    tally->n_slots *= 2;
    return MIG_OK;
}

static enum mig_status add_block(struct mig_tally *tally, struct mig_error *error)
{
    char **blocks =
        mig_grow(tally->blocks, &tally->blocks_capacity, tally->n_blocks + 1, sizeof *blocks);
    if (blocks == NULL)
        return mig_fail_memory(error);
    tally->blocks = blocks;
    blocks[tally->n_blocks] = calloc(MIG_GROUPS_A_BLOCK, tally->size);
    if (blocks[tally->n_blocks] == NULL)
        return mig_fail_memory(error);
    tally->n_blocks++;
    return MIG_OK;
}

static enum mig_status add_group(struct mig_tally *tally, const uint32_t *codes, uint64_t missing,
    uint32_t *taken, struct mig_error *error)
{
    if (tally->count >= UINT32_MAX - 1)
        return mig_fail(error, MIG_LIMIT, "%s", _("more than 4294967294 groups"));
    enum mig_status status = MIG_OK;
    if (tally->count == tally->n_blocks * MIG_GROUPS_A_BLOCK)
        status = add_block(tally, error);
    if (status != MIG_OK)
        return status;
    struct mig_group_head *group = mig_group_at(tally, tally->count);
    group->missing = missing;
    if (tally->n_keys > 0)
        memcpy(mig_group_codes(group), codes, tally->n_keys * sizeof *codes);
    *taken = (uint32_t)++tally->count;
    return MIG_OK;
}

/* With one key there is a place for each of its names. */
static enum mig_status grow_places(struct mig_tally *tally, size_t need, struct mig_error *error)
{
    size_t before = tally->n_places;
    uint32_t *places = mig_grow(tally->places, &tally->n_places, need, sizeof *places);
    if (places == NULL)
        return mig_fail_memory(error);
    memset(places + before, 0, (tally->n_places - before) * sizeof *places);
    tally->places = places;
    return MIG_OK;
}

/* The slot of a group, or the free one where it belongs. */
static struct mig_group_slot *find_slot(
    const struct mig_tally *tally, const uint32_t *codes, uint64_t missing)
{
    const uint32_t hash = mig_group_hash(tally, codes, missing);
    size_t at = hash & (tally->n_slots - 1);
    for (;; at = (at + 1) & (tally->n_slots - 1)) {
        struct mig_group_slot *slot = &tally->slots[at];
        if (slot->taken == 0)
            slot->hash = hash;
        if (slot->taken == 0 ||
            (slot->hash == hash &&
                mig_group_is(tally, mig_group_at(tally, slot->taken - 1), codes, missing)))
            return slot;
    }
}

static enum mig_status find_in_slots(struct mig_tally *tally, const uint32_t *codes,
    uint64_t missing, size_t *group, struct mig_error *error)
{
    struct mig_group_slot *slot = find_slot(tally, codes, missing);
    enum mig_status status = MIG_OK;
    bool found = slot->taken > 0;
    if (!found)
        status = add_group(tally, codes, missing, &slot->taken, error);
    *group = slot->taken - 1;
    if (status != MIG_OK || found)
        return status;
    return ++tally->n_taken > most_in(tally->n_slots) ? double_slots(tally, error) : MIG_OK;
}

enum mig_status mig_tally_find(struct mig_tally *tally, const uint32_t *codes, uint64_t missing,
    size_t *group, struct mig_error *error)
{
    enum mig_status status = MIG_OK;
    size_t place = missing == 0 ? mig_group_place(tally, codes) : SIZE_MAX;
    if (place == SIZE_MAX)
        return find_in_slots(tally, codes, missing, group, error);
    if (place >= tally->n_places)
        status = grow_places(tally, place + 1, error);
    if (status == MIG_OK && tally->places[place] == 0)
        status = add_group(tally, codes, missing, &tally->places[place], error);
    if (status == MIG_OK)
        *group = tally->places[place] - 1;
    return status;
}

enum mig_status mig_tally_add_moments(struct mig_tally *tally, struct mig_moments *moments,
    const struct mig_moments *more, struct mig_error *error)
{
    enum mig_status status = mig_moments_add_moments(moments, more, error);
    if (status != MIG_LIMIT)
        return status;
    tally->overflow = true;
    return MIG_OK;
}
