/* Names, private: the look-up, which is done for every key of every row. */
#ifndef MIGSTAT_TABLE_NAMES_INTERNAL_H
#define MIGSTAT_TABLE_NAMES_INTERNAL_H

#include "../base/load-inline.h"
#include "names.h"

/* A text of at most 16 bytes is its own key, so that most texts are compared within their slot. */
struct mig_name_slot {
    uint64_t low, high; /* the bytes, with zeros above them; or a hash of them */
    uint32_t length;    /* or the largest number, when that is too small */
    uint32_t taken;     /* code + 1; 0: free */
};

struct mig_names {
    struct mig_text *texts; /* by code; each points into a block */
    size_t count;
    size_t capacity;
    struct mig_name_slot *slots; /* open addressing, a power of two */
    size_t n_slots;
    char **blocks;
    size_t n_blocks;
    size_t block_capacity;
    size_t block_used;
    size_t block_size;
};

/* Both halves of a product of 128 bits: what differs in a few high bits only must tell in the low ones too. */
static inline uint64_t mig_mix(uint64_t hash, uint64_t value)
{
    __extension__ typedef unsigned __int128 product_type;
    product_type product = (product_type)(hash ^ value) * UINT64_C(0x9E3779B97F4A7C15);
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

uint64_t mig_name_hash(struct mig_text text); /* of more than 16 bytes */

static inline struct mig_name_slot mig_name_slot_of(struct mig_text text)
{
    enum { HALF = 8, WHOLE = 16 };
    uint32_t length = text.length < UINT32_MAX ? (uint32_t)text.length : UINT32_MAX;
    if (text.length > WHOLE)
        return (struct mig_name_slot){mig_name_hash(text), 0, length, 0};
    if (text.length <= HALF)
        return (struct mig_name_slot){mig_load_short(text.data, text.length), 0, length, 0};
    uint64_t last = mig_load_8(text.data + text.length - HALF);
    return (struct mig_name_slot){
        mig_load_8(text.data), last >> 8 * (WHOLE - text.length), length, 0};
}

/* The same where 16 bytes can be read: without a branch on the length, which no processor guesses. */
static inline struct mig_name_slot mig_name_slot_of_padded(struct mig_text text)
{
    if (text.length > 16)
        return mig_name_slot_of(text);
    size_t low = text.length < 8 ? text.length : 8, high = text.length - low;
    return (struct mig_name_slot){mig_load_padded(text.data, low),
        mig_load_padded(text.data + 8, high), (uint32_t)text.length, 0};
}

static inline uint64_t mig_name_slot_hash(const struct mig_name_slot *slot)
{
    return mig_mix(slot->low, slot->high * UINT64_C(0xC2B2AE3D27D4EB4F));
}

/* The slot that holds `text`, or the free one where it belongs. */
static inline struct mig_name_slot *mig_name_find(const struct mig_names *names,
    struct mig_text text, const struct mig_name_slot *wanted, uint64_t hash)
{
    size_t at = (size_t)hash & (names->n_slots - 1);
    for (;; at = (at + 1) & (names->n_slots - 1)) {
        struct mig_name_slot *slot = &names->slots[at];
        if (slot->taken == 0)
            return slot;
        if (slot->low == wanted->low && slot->high == wanted->high &&
            slot->length == wanted->length &&
            (text.length <= 16 || mig_text_equal(names->texts[slot->taken - 1], text)))
            return slot;
    }
}

/* The codes of texts, 16 bytes of each of which can be read; UINT32_MAX where there is none. Whether all have
 * one. */
bool mig_names_find_all(
    const struct mig_names *names, const struct mig_text *texts, size_t count, uint32_t *codes);

/* Fetches a text into the cache, before it is needed. */
static inline void mig_names_prefetch(const struct mig_names *names, uint32_t code)
{
    __builtin_prefetch(names->texts[code].data);
}

#endif
