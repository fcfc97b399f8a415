/* Tally, private: what the files of the tally share. */
#ifndef MIGSTAT_TABLE_TALLY_INTERNAL_H
#define MIGSTAT_TABLE_TALLY_INTERNAL_H

#include "names-internal.h"
#include "result.h"
#include "tally.h"

/* A group begins with this; behind it stand codes[n_keys], sums[n_sums] and moments[n_moments]. */
struct mig_group_head {
    uint64_t n;
    uint64_t rows;
    uint64_t missing;
};

/* A slot of the hash table of groups. */
struct mig_group_slot {
    uint32_t hash;
    uint32_t taken; /* group + 1; 0: free */
};

struct mig_tally {
    size_t n_keys;
    size_t n_sums;
    size_t n_moments;
    struct mig_names **names; /* a dictionary a key */
    char **blocks;            /* groups, MIG_GROUPS_A_BLOCK in each, which never move */
    size_t n_blocks;
    size_t blocks_capacity;
    size_t count;
    size_t size; /* bytes of a group, and where its parts begin */
    size_t sums_at;
    size_t moments_at;
    uint32_t *places;             /* group + 1 at mig_group_place() of its codes; 0: none */
    size_t n_places;
    struct mig_group_slot *slots; /* of all others; open addressing, a power of two */
    size_t n_slots, n_taken;
    uint32_t *order; /* groups as they are handed out */
    struct mig_tally_account account;
    struct mig_error part_error; /* MIG_OK: none */
    size_t part_block;           /* where it stands: mig_input_block() */
    bool overflow;               /* some n has passed 2^64 - 1 */
};

enum { MIG_GROUPS_A_BLOCK = 64, MIG_PLACE_BITS = 16 };

static inline struct mig_group_head *mig_group_at(const struct mig_tally *tally, size_t group)
{
    return (struct mig_group_head *)(void *)(tally->blocks[group / MIG_GROUPS_A_BLOCK] +
                                             group % MIG_GROUPS_A_BLOCK * tally->size);
}

static inline uint32_t *mig_group_codes(const struct mig_group_head *group)
{
    return (uint32_t *)(void *)((char *)(uintptr_t)group + sizeof *group);
}

static inline struct mig_sum *mig_group_sums(
    const struct mig_tally *tally, const struct mig_group_head *group)
{
    return (struct mig_sum *)(void *)((char *)(uintptr_t)group + tally->sums_at);
}

static inline struct mig_moments *mig_group_moments(
    const struct mig_tally *tally, const struct mig_group_head *group)
{
    return (struct mig_moments *)(void *)((char *)(uintptr_t)group + tally->moments_at);
}

/* An empty tally; on failure too it is for mig_tally_free(). */
enum mig_status mig_tally_new(
    struct mig_tally **tally, const struct mig_tally_spec *spec, struct mig_error *error);

static inline bool mig_group_is(const struct mig_tally *tally, const struct mig_group_head *group,
    const uint32_t *codes, uint64_t missing)
{
    const uint32_t *own = mig_group_codes(group);
    uint64_t different = group->missing ^ missing;
    for (size_t i = 0; i < tally->n_keys; i++)
        different |= own[i] ^ codes[i];
    return different == 0;
}

static inline uint32_t mig_group_hash(
    const struct mig_tally *tally, const uint32_t *codes, uint64_t missing)
{
    uint64_t hash = missing;
    for (size_t i = 0; i < tally->n_keys; i++)
        hash = mig_mix(hash, (uint64_t)codes[i] + 1);
    return (uint32_t)hash;
}

/* Of each code in a place: with one key the code is the place. */
static inline unsigned mig_group_place_bits(const struct mig_tally *tally)
{
    return tally->n_keys == 1 ? 32 : MIG_PLACE_BITS / ((unsigned)tally->n_keys + !tally->n_keys);
}

/* Where the group of these codes, with no sum missing, stands in tally->places; SIZE_MAX: the codes are too large for it. */
static inline size_t mig_group_place(const struct mig_tally *tally, const uint32_t *codes)
{
    const unsigned bits = mig_group_place_bits(tally);
    size_t place = 0;
    uint64_t all = 0;
    for (size_t i = 0; i < tally->n_keys; i++) {
        all |= codes[i];
        place = place << bits | codes[i];
    }
    return all >> bits == 0 ? place : SIZE_MAX;
}

/* The group of these codes and missing sums, made when there is none. Errors: MIG_NO_MEMORY, MIG_LIMIT. */
enum mig_status mig_tally_find(struct mig_tally *tally, const uint32_t *codes, uint64_t missing,
    size_t *group, struct mig_error *error);

/* Whether cells of sum `sum` may be negative. */
bool mig_tally_may_be_negative(const struct mig_tally_spec *spec, size_t sum);

/* Adds what `part`, a tally of the same spec, holds. Errors: MIG_NO_MEMORY, MIG_LIMIT. */
enum mig_status mig_tally_merge(
    struct mig_tally *tally, const struct mig_tally *part, struct mig_error *error);

/* Counts `n` more of a group, and `rows` more rows. */
static inline void mig_tally_count_in(
    struct mig_tally *tally, struct mig_group_head *group, uint64_t n, uint64_t rows)
{
    group->rows += rows;
    tally->overflow |= __builtin_add_overflow(group->n, n, &group->n);
}

/* Adds moments; too many values to be counted are told at the end. Errors: MIG_NO_MEMORY. */
enum mig_status mig_tally_add_moments(struct mig_tally *tally, struct mig_moments *moments,
    const struct mig_moments *more, struct mig_error *error);

/* Asks for the columns that the tally reads. Errors: MIG_NO_MEMORY. */
void mig_tally_find_result(struct mig_result *result, const struct mig_header *header,
    const struct mig_tally_spec *spec);
enum mig_status mig_tally_want(
    struct mig_input *input, const struct mig_tally_spec *spec, struct mig_error *error);

/* Reads all rows of `input`, which may be a part of one that several threads share. */
enum mig_status mig_tally_read_rows(struct mig_tally *tally, struct mig_input *input,
    const struct mig_tally_spec *spec, struct mig_error *error);

/* The same by several threads, with the same result. */
enum mig_status mig_tally_read_shared(struct mig_tally *tally, struct mig_input *input,
    const struct mig_tally_spec *spec, size_t threads, struct mig_error *error);

/* Fills tally->order. */
enum mig_status mig_tally_sort(struct mig_tally *tally, struct mig_error *error);

#endif
