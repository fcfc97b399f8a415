/* Names, private: the look-up, which is done for every key of every row. */
#ifndef MIGSTAT_TABLE_NAMES_INTERNAL_H
#define MIGSTAT_TABLE_NAMES_INTERNAL_H

#include "../base/load-inline.h"
#include "names.h"

/* A text of at most 8 bytes is its own key, so that most texts are compared within their slot. */
struct mig_name_slot {
    uint64_t key;    /* the bytes, or a hash of them */
    uint32_t length; /* or the largest number, when that is too small */
    uint32_t taken;  /* code + 1; 0: free */
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

static inline uint64_t mig_mix(uint64_t hash, uint64_t value)
{
    hash = (hash ^ value) * UINT64_C(0x9E3779B97F4A7C15);
    return hash ^ hash >> 32;
}

uint64_t mig_name_hash(struct mig_text text); /* of more than 8 bytes */

static inline struct mig_name_slot mig_name_slot_of(struct mig_text text)
{
    bool is_short = text.length <= 8;
    return (struct mig_name_slot){
        .key = is_short ? mig_load_short(text.data, text.length) : mig_name_hash(text),
        .length = text.length < UINT32_MAX ? (uint32_t)text.length : UINT32_MAX};
}

static inline size_t mig_name_place(
    const struct mig_names *names, const struct mig_name_slot *slot)
{
    return (size_t)mig_mix(slot->length, slot->key) & (names->n_slots - 1);
}

/* The slot that holds `text`, or the free one where it belongs. */
static inline struct mig_name_slot *mig_name_find(
    const struct mig_names *names, struct mig_text text, const struct mig_name_slot *wanted)
{
    size_t at = mig_name_place(names, wanted);
    for (;; at = (at + 1) & (names->n_slots - 1)) {
        struct mig_name_slot *slot = &names->slots[at];
        if (slot->taken == 0)
            return slot;
        if (slot->key == wanted->key && slot->length == wanted->length &&
            (text.length <= 8 || mig_text_equal(names->texts[slot->taken - 1], text)))
            return slot;
    }
}

/* The same as mig_names_find(). */
static inline bool mig_names_find_fast(
    const struct mig_names *names, struct mig_text text, uint32_t *code)
{
    struct mig_name_slot wanted = mig_name_slot_of(text);
    uint32_t taken = mig_name_find(names, text, &wanted)->taken;
    *code = taken - 1;
    return taken != 0;
}

#endif
