/* Rows and keys that occur twice. What was seen is kept as a hash of 96 bits: among a thousand
 * million rows two different ones are taken for equal with a probability of about 1 in 10^11. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/load-inline.h"
#include "evidence/checks-internal.h"

enum { FIRST_SLOTS = 64 };

struct hash {
    uint64_t a;
    uint32_t b;
};

struct seen {
    uint64_t a;
    uint64_t line;
    uint32_t file;
};

struct slot {
    uint32_t taken; /* item + 1; 0: free */
    uint32_t b;     /* also says where the slot stands */
};

struct duplicates {
    struct seen *items;
    size_t count;
    size_t capacity;
    struct slot *slots; /* open addressing, a power of two */
    size_t n_slots;
};
const size_t mig_duplicates_state = sizeof(struct duplicates);

static uint64_t finish(uint64_t h)
{
    h = (h ^ (h >> 33)) * UINT64_C(0xFF51AFD7ED558CCD);
    h = (h ^ (h >> 33)) * UINT64_C(0xC4CEB9FE1A85EC53);
    return h ^ (h >> 33);
}

/* Takes eight bytes into two hashes, which mix them in different ways. */
static inline void add_word(uint64_t state[2], uint64_t word)
{
    state[0] = finish(state[0] ^ word);
    state[1] = finish(state[1] + word);
}

/* The text of a cell and its length, which stands in the highest byte of the last word, or in one
 * of its own: the words of two different rows are never the same. */
static void add_text(uint64_t state[2], struct mig_text text)
{
    size_t at = 0;
    for (; at + 8 <= text.length; at += 8)
        add_word(state, mig_load_8(text.data + at));
    uint64_t rest = mig_load_short(text.data + at, text.length - at);
    bool is_short = text.length <= UINT8_MAX;
    add_word(state, rest | (is_short ? (uint64_t)text.length << 56 : 0));
    if (!is_short)
        add_word(state, text.length);
}

static struct hash finish_hash(const uint64_t state[2])
{
    return (struct hash){state[0], (uint32_t)state[1]};
}

/* The slot that holds the hash, or the free one where it belongs. */
static struct slot *find_slot(const struct duplicates *known, struct hash hash)
{
    size_t mask = known->n_slots - 1, at = hash.b & mask;
    for (;; at = (at + 1) & mask) {
        struct slot *slot = &known->slots[at];
        if (slot->taken == 0 || (slot->b == hash.b && known->items[slot->taken - 1].a == hash.a))
            return slot;
    }
}

static enum mig_status double_slots(struct duplicates *known, struct mig_error *error)
{
    size_t n_slots = known->n_slots > 0 ? 2 * known->n_slots : FIRST_SLOTS;
    struct slot *slots = calloc(n_slots, sizeof *slots);
    if (!slots)
        return mig_fail_memory(error);
    for (size_t i = 0; i < known->n_slots; i++) {
        size_t at = known->slots[i].b & (n_slots - 1);
        while (known->slots[i].taken != 0 && slots[at].taken != 0)
            at = (at + 1) & (n_slots - 1);
        if (known->slots[i].taken != 0)
            slots[at] = known->slots[i];
    }
    free(known->slots);
    known->slots = slots;
    known->n_slots = n_slots;
    return MIG_OK;
}

static enum mig_status make_room(struct duplicates *known, struct mig_error *error)
{
    struct seen *items = mig_grow(known->items, &known->capacity, known->count + 1, sizeof *items);
    if (!items)
        return mig_fail_memory(error);
    known->items = items;
    if (known->count >= UINT32_MAX - 1)
        return mig_fail(error, MIG_LIMIT, "%s", _("more than 4294967294 distinct rows"));
    return 3 * (known->count + 1) <= 2 * known->n_slots ? MIG_OK : double_slots(known, error);
}

/* Where the same was seen first; line 0 when never. */
static enum mig_status remember(struct duplicates *known, struct hash hash, struct mig_spot spot,
    struct mig_spot *first, struct mig_error *error)
{
    enum mig_status status = make_room(known, error);
    if (status)
        return status;
    struct slot *slot = find_slot(known, hash);
    *first = (struct mig_spot){0};
    if (slot->taken != 0) {
        const struct seen *item = &known->items[slot->taken - 1];
        *first = (struct mig_spot){item->file, item->line};
        return MIG_OK;
    }
    known->items[known->count++] = (struct seen){hash.a, spot.line, spot.file};
    *slot = (struct slot){(uint32_t)known->count, hash.b};
    return MIG_OK;
}

MIG_CHECK_LOOK(mig_look_duplicate_row)
{
    uint64_t hash[2] = {1, 2};
    struct mig_spot spot = mig_spot_of(group->run, row), first;
    for (size_t i = 0; i < row->count; i++)
        add_text(hash, row->cells[i].text);
    group->run->looked = true;
    enum mig_status status = remember(group->state, finish_hash(hash), spot, &first, error);
    if (status || first.line == 0)
        return status;
    return mig_find(group, MIG_SEVERITY_WARN, spot, NULL, 0, row->cells[0].text, error,
        N_("the whole row is the same as %s:%zu"), mig_spot_file(group->run, first), first.line);
}

MIG_CHECK_LOOK(mig_look_duplicate_key)
{
    uint64_t hash[2] = {1, 2};
    struct mig_spot spot = mig_spot_of(group->run, row), first;
    bool missing = false;
    for (size_t i = 0; i < group->count; i++) {
        struct mig_text text = mig_run_text(group->run, row, group->columns[i]);
        missing = missing || text.length == 0;
        add_text(hash, text);
    }
    group->run->looked = true;
    if (missing)
        return mig_find_in_row(group, MIG_SEVERITY_WARN, row, group->columns, group->count, error,
            N_("the key is missing"));
    enum mig_status status = remember(group->state, finish_hash(hash), spot, &first, error);
    if (status || first.line == 0)
        return status;
    return mig_find_in_row(group, MIG_SEVERITY_ERROR, row, group->columns, group->count, error,
        N_("the key stands already in %s:%zu"), mig_spot_file(group->run, first), first.line);
}

MIG_CHECK_RELEASE(mig_release_duplicates)
{
    struct duplicates *known = state;
    free(known->items);
    free(known->slots);
}
