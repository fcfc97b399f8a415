#include "table/names-internal.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/memory.h"
#include "base/sort.h"
#include "table/order.h"

enum { FIRST_SLOTS = 256, FIRST_BLOCK_SIZE = 1024, BLOCK_SIZE = 64 * 1024, SLACK = 16 };

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

/* Slots that are read before they are written would first be a page of zeros that many share, and
 * be copied later: that stops all threads. */
static struct mig_name_slot *new_slots(size_t count)
{
    struct mig_name_slot *slots = malloc(count * sizeof *slots);
    if (slots != NULL)
        memset(slots, 0, count * sizeof *slots);
    return slots;
}

static enum mig_status double_slots(struct mig_names *names, struct mig_error *error)
{
    struct mig_name_slot *old = names->slots;
    size_t n_old = names->n_slots;
    names->slots = new_slots(2 * n_old);
    if (names->slots == NULL) {
        names->slots = old;
        return mig_fail_memory(error);
    }
    names->n_slots *= 2;
    for (size_t i = 0; i < n_old; i++) {
        if (old[i].taken == 0)
            continue;
        size_t at = (size_t)mig_name_slot_hash(&old[i]) & (names->n_slots - 1);
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
    size_t need = text.length + 1 + SLACK; /* of the last text too 16 bytes can be read */
    if (names->block_size - names->block_used < need) {
        size_t size = names->n_blocks == 0 ? FIRST_BLOCK_SIZE : BLOCK_SIZE;
        enum mig_status status = add_block(names, need > size ? need : size, error);
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

/* Few names are found at once, without a second look that no processor foresees: their table costs
 * little. */
static size_t most_in(size_t slots)
{
    enum { FEW = 4096 };
    return slots <= FEW ? slots / 8 : slots / 4 * 3;
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
    return names->count > most_in(names->n_slots) ? double_slots(names, error) : MIG_OK;
}

enum mig_status mig_names_code(
    struct mig_names *names, struct mig_text text, uint32_t *code, struct mig_error *error)
{
    struct mig_name_slot wanted = mig_name_slot_of(text);
    struct mig_name_slot *slot = mig_name_find(names, text, &wanted, mig_name_slot_hash(&wanted));
    if (slot->taken == 0) {
        *code = (uint32_t)names->count;
        return add(names, text, &wanted, slot, error);
    }
    *code = slot->taken - 1;
    return MIG_OK;
}

bool mig_names_find(const struct mig_names *names, struct mig_text text, uint32_t *code)
{
    struct mig_name_slot wanted = mig_name_slot_of(text);
    uint32_t taken = mig_name_find(names, text, &wanted, mig_name_slot_hash(&wanted))->taken;
    *code = taken - 1;
    return taken != 0;
}

static uint32_t find_code(const struct mig_names *names, struct mig_text text,
    const struct mig_name_slot *wanted, uint64_t hash)
{
    return mig_name_find(names, text, wanted, hash)->taken - 1;
}

/* Where all slots are in the cache. */
static bool find_among_few(
    const struct mig_names *names, const struct mig_text *texts, size_t count, uint32_t *codes)
{
    bool all = true;
    for (size_t i = 0; i < count; i++) {
        const struct mig_name_slot wanted = mig_name_slot_of_padded(texts[i]);
        codes[i] = find_code(names, texts[i], &wanted, mig_name_slot_hash(&wanted));
        all = all && codes[i] != UINT32_MAX;
    }
    return all;
}

/* The slots are fetched into the cache all at once: of many names each stands in a line of its own.
 */
static bool find_among_many(
    const struct mig_names *names, const struct mig_text *texts, size_t count, uint32_t *codes)
{
    enum { AT_ONCE = 64 };
    struct mig_name_slot wanted[AT_ONCE];
    uint64_t hashes[AT_ONCE];
    bool all = true;
    for (size_t done = 0; done < count; done += AT_ONCE, texts += AT_ONCE, codes += AT_ONCE) {
        size_t some = count - done < AT_ONCE ? count - done : AT_ONCE;
        for (size_t i = 0; i < some; i++) {
            wanted[i] = mig_name_slot_of_padded(texts[i]);
            hashes[i] = mig_name_slot_hash(&wanted[i]);
            __builtin_prefetch(&names->slots[hashes[i] & (names->n_slots - 1)]);
        }
        for (size_t i = 0; i < some; i++) {
            codes[i] = find_code(names, texts[i], &wanted[i], hashes[i]);
            all = all && codes[i] != UINT32_MAX;
        }
    }
    return all;
}

bool mig_names_find_all(
    const struct mig_names *names, const struct mig_text *texts, size_t count, uint32_t *codes)
{
    enum { FEW = 2048 };
    return names->n_slots <= FEW ? find_among_few(names, texts, count, codes)
                                 : find_among_many(names, texts, count, codes);
}

struct mig_text mig_names_text(const struct mig_names *names, uint32_t code)
{
    return names->texts[code];
}

/* A text on its way to its place. */
struct item {
    struct mig_text text;
    uint64_t code;
};

static int compare_items(const void *a, const void *b)
{
    const struct item *left = a, *right = b;
    return mig_key_compare(left->text, right->text);
}

/* Codes whose texts have the same prefix, sorted by the texts. */
static enum mig_status sort_run(
    const struct mig_names *names, struct mig_sort_item *run, size_t n, struct mig_error *error)
{
    struct item *items = calloc(n, sizeof *items);
    if (items == NULL)
        return mig_fail_memory(error);
    for (size_t i = 0; i < n; i++)
        items[i] = (struct item){names->texts[run[i].value], run[i].value};
    qsort(items, n, sizeof *items, compare_items);
    for (size_t i = 0; i < n; i++)
        run[i].value = items[i].code;
    free(items);
    return MIG_OK;
}

/* The codes in the order of their texts: by the prefixes, and where these are the same by all. */
static enum mig_status sort_codes(
    const struct mig_names *names, struct mig_sort_item *codes, struct mig_error *error)
{
    for (size_t i = 0; i < names->count; i++)
        codes[i] = (struct mig_sort_item){mig_key_prefix(names->texts[i]), i};
    enum mig_status status = mig_sort_items(codes, names->count, error);
    for (size_t i = 0, end; i < names->count && status == MIG_OK; i = end) {
        for (end = i + 1; end < names->count && codes[end].key == codes[i].key;)
            end++;
        if (end - i > 1)
            status = sort_run(names, codes + i, end - i, error);
    }
    return status;
}

static enum mig_status move_texts(struct mig_names *names, const struct mig_sort_item *codes,
    uint32_t *ranks, struct mig_error *error)
{
    struct mig_text *texts = calloc(names->count + 1, sizeof *texts);
    if (texts == NULL)
        return mig_fail_memory(error);
    for (size_t i = 0; i < names->count; i++) {
        texts[i] = names->texts[codes[i].value];
        ranks[codes[i].value] = (uint32_t)i;
    }
    free(names->texts);
    names->texts = texts;
    return MIG_OK;
}

enum mig_status mig_names_sort(struct mig_names *names, uint32_t *ranks, struct mig_error *error)
{
    free(names->slots); /* nothing is looked for any more */
    names->slots = NULL;
    struct mig_sort_item *codes = calloc(names->count + 1, sizeof *codes);
    enum mig_status status =
        codes != NULL ? sort_codes(names, codes, error) : mig_fail_memory(error);
    if (status == MIG_OK)
        status = move_texts(names, codes, ranks, error);
    free(codes);
    return status;
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
