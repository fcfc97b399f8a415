#include "table/names-internal.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/memory.h"
#include "table/order.h"

enum { FIRST_SLOTS = 64, FIRST_BLOCK_SIZE = 1024, BLOCK_SIZE = 64 * 1024 };

enum mig_status mig_names_new(struct mig_names **names, struct mig_error *error)
{
    struct mig_names *made = calloc(1, sizeof *made);
    if (made != NULL)
        made->slots = calloc(FIRST_SLOTS, sizeof *made->slots);
    if (made == NULL || made->slots == NULL) {
        free(made);
        return mig_fail_memory(error);
    }
    made->n_slots = FIRST_SLOTS;
    *names = made;
    return MIG_OK;
}

uint64_t mig_name_hash(struct mig_text text)
{
    uint64_t hash = 0;
    size_t at = 0;
    for (; at + 8 < text.length; at += 8)
        hash = mig_mix(hash, mig_load_8(text.data + at));
    at = text.length - 8;
    return mig_mix(hash, mig_load_8(text.data + at));
}

static enum mig_status double_slots(struct mig_names *names, struct mig_error *error)
{
    struct mig_name_slot *old = names->slots;
    size_t n_old = names->n_slots;
    names->slots = calloc(2 * n_old, sizeof *names->slots);
    if (names->slots == NULL) {
        names->slots = old;
        return mig_fail_memory(error);
    }
    names->n_slots *= 2;
    for (size_t i = 0; i < n_old; i++) {
        if (old[i].taken == 0)
            continue;
        size_t at = mig_name_place(names, &old[i]);
        while (names->slots[at].taken != 0)
            at = (at + 1) & (names->n_slots - 1);
        names->slots[at] = old[i];
    }
    free(old);
    return MIG_OK;
}

static enum mig_status add_block(struct mig_names *names, size_t size, struct mig_error *error)
{
    char **blocks =
        mig_grow(names->blocks, &names->block_capacity, names->n_blocks + 1, sizeof *blocks);
    if (blocks == NULL)
        return mig_fail_memory(error);
    names->blocks = blocks;
    char *block = malloc(size);
    if (block == NULL)
        return mig_fail_memory(error);
    /* Vector comparisons of short texts look beyond their end; where that is a page that was never
     * touched, each costs a microcode assist, and a tally takes twice as long. */
    memset(block, 0, size);
    names->blocks[names->n_blocks++] = block;
    names->block_size = size;
    names->block_used = 0;
    return MIG_OK;
}

static enum mig_status store(
    struct mig_names *names, struct mig_text text, struct mig_text *stored, struct mig_error *error)
{
    if (names->block_size - names->block_used < text.length + 1) {
        size_t size = names->n_blocks == 0 ? FIRST_BLOCK_SIZE : BLOCK_SIZE;
        enum mig_status status =
            add_block(names, text.length >= size ? text.length + 1 : size, error);
        if (status != MIG_OK)
            return status;
    }
    char *copy = names->blocks[names->n_blocks - 1] + names->block_used;
    if (text.length > 0)
        memcpy(copy, text.data, text.length);
    copy[text.length] = '\0';
    names->block_used += text.length + 1;
    *stored = (struct mig_text){copy, text.length};
    return MIG_OK;
}

static enum mig_status add(struct mig_names *names, struct mig_text text,
    const struct mig_name_slot *wanted, struct mig_name_slot *slot, struct mig_error *error)
{
    if (names->count >= UINT32_MAX - 1)
        return mig_fail(error, MIG_LIMIT, "%s", _("more than 4294967294 distinct names"));
    struct mig_text *texts =
        mig_grow(names->texts, &names->capacity, names->count + 1, sizeof *texts);
    if (texts == NULL)
        return mig_fail_memory(error);
    names->texts = texts;
    enum mig_status status = store(names, text, &names->texts[names->count], error);
    if (status != MIG_OK)
        return status;
    *slot = *wanted;
    slot->taken = (uint32_t)++names->count;
    return names->count > names->n_slots / 4 * 3 ? double_slots(names, error) : MIG_OK;
}

enum mig_status mig_names_code(
    struct mig_names *names, struct mig_text text, uint32_t *code, struct mig_error *error)
{
    struct mig_name_slot wanted = mig_name_slot_of(text);
    struct mig_name_slot *slot = mig_name_find(names, text, &wanted);
    if (slot->taken == 0) {
        *code = (uint32_t)names->count;
        return add(names, text, &wanted, slot, error);
    }
    *code = slot->taken - 1;
    return MIG_OK;
}

bool mig_names_find(const struct mig_names *names, struct mig_text text, uint32_t *code)
{
    return mig_names_find_fast(names, text, code);
}

struct mig_text mig_names_text(const struct mig_names *names, uint32_t code)
{
    return names->texts[code];
}

struct item {
    uint64_t prefix;
    struct mig_text text;
    uint32_t code;
};

static int compare_items(const void *a, const void *b)
{
    const struct item *left = a, *right = b;
    if (left->prefix != right->prefix)
        return left->prefix < right->prefix ? -1 : 1;
    return mig_key_compare(left->text, right->text);
}

enum mig_status mig_names_sort(struct mig_names *names, uint32_t *ranks, struct mig_error *error)
{
    struct item *items = calloc(names->count + 1, sizeof *items);
    if (items == NULL)
        return mig_fail_memory(error);
    free(names->slots);
    names->slots = NULL;
    for (size_t i = 0; i < names->count; i++)
        items[i] = (struct item){mig_key_prefix(names->texts[i]), names->texts[i], (uint32_t)i};
    qsort(items, names->count, sizeof *items, compare_items);
    for (size_t i = 0; i < names->count; i++) {
        names->texts[i] = items[i].text;
        ranks[items[i].code] = (uint32_t)i;
    }
    free(items);
    return MIG_OK;
}

size_t mig_names_count(const struct mig_names *names)
{
    return names->count;
}

void mig_names_free(struct mig_names *names)
{
    if (names == NULL)
        return;
    for (size_t i = 0; i < names->n_blocks; i++)
        free(names->blocks[i]);
    free(names->blocks);
    free(names->slots);
    free(names->texts);
    free(names);
}
