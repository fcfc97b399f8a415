#include "table/names.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/memory.h"
#include "table/order.h"

/* A text of at most 8 bytes is its own key, so that most texts are compared within their slot. */
struct slot {
    uint64_t key;    /* the bytes, or a hash of them */
    uint32_t length; /* or the largest number, when that is too small */
    uint32_t taken;  /* code + 1; 0: free */
};

struct mig_names {
    struct mig_text *texts; /* by code; each points into a block */
    size_t count;
    size_t capacity;
    struct slot *slots; /* open addressing, a power of two */
    size_t n_slots;
    char **blocks;
    size_t n_blocks;
    size_t block_capacity;
    size_t block_used;
    size_t block_size;
};

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

static uint64_t mix(uint64_t hash, uint64_t value)
{
    hash = (hash ^ value) * UINT64_C(0x9E3779B97F4A7C15);
    return hash ^ hash >> 32;
}

/* Compilers make one load of it. */
static uint64_t load_4(const char *bytes)
{
    const unsigned char *at = (const unsigned char *)bytes;
    return at[0] | (uint64_t)at[1] << 8 | (uint64_t)at[2] << 16 | (uint64_t)at[3] << 24;
}

static uint64_t load_8(const char *bytes)
{
    return load_4(bytes) | load_4(bytes + 4) << 32;
}

/* Up to 8 bytes as a number; no two texts of one length have the same. The loads overlap. */
static uint64_t load(const char *bytes, size_t length)
{
    if (length >= 4)
        return load_4(bytes) | load_4(bytes + length - 4) << 8 * (length - 4);
    if (length == 0)
        return 0;
    const unsigned char *at = (const unsigned char *)bytes;
    size_t middle = length / 2, last = length - 1;
    return at[0] | (uint64_t)at[middle] << 8 * middle | (uint64_t)at[last] << 8 * last;
}

static struct slot slot_of(struct mig_text text)
{
    struct slot slot = {.length = text.length < UINT32_MAX ? (uint32_t)text.length : UINT32_MAX};
    if (text.length <= 8) {
        slot.key = load(text.data, text.length);
        return slot;
    }
    size_t at = 0;
    for (; at + 8 < text.length; at += 8)
        slot.key = mix(slot.key, load_8(text.data + at));
    slot.key = mix(slot.key, load_8(text.data + text.length - 8));
    return slot;
}

static size_t place_of(const struct mig_names *names, const struct slot *slot)
{
    return (size_t)mix(slot->length, slot->key) & (names->n_slots - 1);
}

/* The slot that holds `text`, or the free one where it belongs. */
static struct slot *find_slot(
    const struct mig_names *names, struct mig_text text, const struct slot *wanted)
{
    size_t at = place_of(names, wanted);
    for (;; at = (at + 1) & (names->n_slots - 1)) {
        struct slot *slot = &names->slots[at];
        if (slot->taken == 0)
            return slot;
        if (slot->key == wanted->key && slot->length == wanted->length &&
            (text.length <= 8 || mig_text_equal(names->texts[slot->taken - 1], text)))
            return slot;
    }
}

static enum mig_status double_slots(struct mig_names *names, struct mig_error *error)
{
    struct slot *old = names->slots;
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
        size_t at = place_of(names, &old[i]);
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

static enum mig_status add(struct mig_names *names, struct mig_text text, const struct slot *wanted,
    struct slot *slot, struct mig_error *error)
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
    struct slot wanted = slot_of(text);
    struct slot *slot = find_slot(names, text, &wanted);
    if (slot->taken == 0) {
        *code = (uint32_t)names->count;
        return add(names, text, &wanted, slot, error);
    }
    *code = slot->taken - 1;
    return MIG_OK;
}

bool mig_names_find(const struct mig_names *names, struct mig_text text, uint32_t *code)
{
    struct slot wanted = slot_of(text);
    const struct slot *slot = find_slot(names, text, &wanted);
    *code = slot->taken - 1;
    return slot->taken != 0;
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
