#include "table/names.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/memory.h"

struct mig_names {
    struct mig_text *texts; /* by code; each points into a block */
    size_t count;
    size_t capacity;
    uint32_t *slots; /* code + 1, or 0; open addressing, a power of two */
    size_t n_slots;
    char **blocks;
    size_t n_blocks;
    size_t block_capacity;
    size_t block_used;
    size_t block_size;
};

enum { FIRST_SLOTS = 64, BLOCK_SIZE = 64 * 1024 };

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

/* FNV-1a, finished by a multiplication so that the low bits depend on all of the text. */
static uint64_t hash(struct mig_text text)
{
    uint64_t h = UINT64_C(0xCBF29CE484222325);
    for (size_t i = 0; i < text.length; i++)
        h = (h ^ (unsigned char)text.data[i]) * UINT64_C(0x100000001B3);
    return (h ^ (h >> 32)) * UINT64_C(0x9E3779B97F4A7C15) >> 16;
}

/* The slot that holds `text`, or the free one where it belongs. */
static size_t find_slot(const struct mig_names *names, struct mig_text text)
{
    size_t mask = names->n_slots - 1;
    size_t at = (size_t)hash(text) & mask;
    while (names->slots[at] != 0 && !mig_text_equal(names->texts[names->slots[at] - 1], text))
        at = (at + 1) & mask;
    return at;
}

static enum mig_status double_slots(struct mig_names *names, struct mig_error *error)
{
    uint32_t *old = names->slots;
    names->slots = calloc(2 * names->n_slots, sizeof *names->slots);
    if (names->slots == NULL) {
        names->slots = old;
        return mig_fail_memory(error);
    }
    names->n_slots *= 2;
    for (size_t i = 0; i < names->count; i++)
        names->slots[find_slot(names, names->texts[i])] = (uint32_t)i + 1;
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
        size_t size = text.length >= BLOCK_SIZE ? text.length + 1 : BLOCK_SIZE;
        enum mig_status status = add_block(names, size, error);
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

static enum mig_status add(
    struct mig_names *names, struct mig_text text, size_t slot, struct mig_error *error)
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
    names->slots[slot] = (uint32_t)++names->count;
    return names->count > names->n_slots / 2 ? double_slots(names, error) : MIG_OK;
}

enum mig_status mig_names_code(
    struct mig_names *names, struct mig_text text, uint32_t *code, struct mig_error *error)
{
    size_t slot = find_slot(names, text);
    if (names->slots[slot] == 0) {
        *code = (uint32_t)names->count;
        return add(names, text, slot, error);
    }
    *code = names->slots[slot] - 1;
    return MIG_OK;
}

bool mig_names_find(const struct mig_names *names, struct mig_text text, uint32_t *code)
{
    uint32_t slot = names->slots[find_slot(names, text)];
    *code = slot - 1;
    return slot != 0;
}

struct mig_text mig_names_text(const struct mig_names *names, uint32_t code)
{
    return names->texts[code];
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
