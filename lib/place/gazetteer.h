/* Gazetteer: the places of one or more code schemes, by code and by name.
 *
 * It is read from tables of places, one row a place of a scheme:
 *
 *     scheme,code,level,name,parent,valid_from,valid_to,variants,pieces,source
 *
 * level is 0 for a country and counts up inwards. parent is the code of the place of the same scheme, of a smaller
 * level, that it lies in; empty: none is known. variants are other spellings, separated by '|'. pieces, separated by blanks,
 * are the pieces of territory that the place consists of (see crosswalk.h), or '-' for a code that is no place: unknown,
 * stateless. Columns may stand in any order;
 * scheme, code, level and name must be there; valid_from, valid_to, source and further ones are for the reader.
 */
#ifndef MIGSTAT_PLACE_GAZETTEER_H
#define MIGSTAT_PLACE_GAZETTEER_H

#include <stdint.h>

#include "../base/memory.h"

struct mig_gazetteer; /* opaque */

#define MIG_NO_PLACE SIZE_MAX
#define MIG_PLACE_LEVELS 10 /* 0 to 9 */

/* A place. The texts live as long as the gazetteer. */
struct mig_place {
    uint32_t scheme; /* from 0, in order of first appearance */
    int level;
    struct mig_text code;
    struct mig_text name; /* as the scheme writes it */
    size_t parent;        /* a place, or MIG_NO_PLACE */
    size_t first_piece;   /* the pieces are n_pieces of mig_gazetteer_pieces() from here, in rising order */
    size_t n_pieces;
    bool no_place; /* the scheme's word for people of no place */
};

/* Reads the tables in `files`. Errors: those of the reader; MIG_NAME for a missing column; MIG_VALUE, with the cell, for a
 * level that is not a digit, an empty scheme, code or name, a parent that is not a place of a smaller level in the
 * scheme, and a code or a piece that a scheme has twice at one level. */
MIG_API enum mig_status MIG_MUST_USE mig_gazetteer_read(struct mig_gazetteer **gazetteer,
    char *const *files, size_t n_files, struct mig_error *error);
MIG_API void mig_gazetteer_free(struct mig_gazetteer *gazetteer);

MIG_API size_t mig_gazetteer_count(const struct mig_gazetteer *gazetteer);
MIG_API const struct mig_place *mig_gazetteer_place(
    const struct mig_gazetteer *gazetteer, size_t place);
MIG_API const uint32_t *mig_gazetteer_pieces(const struct mig_gazetteer *gazetteer);

MIG_API uint32_t mig_gazetteer_schemes(const struct mig_gazetteer *gazetteer); /* how many */
MIG_API struct mig_text mig_gazetteer_scheme_name(
    const struct mig_gazetteer *gazetteer, uint32_t scheme);

/* The scheme of that name, which must have places of `level`. Errors: MIG_NAME, with the nearest scheme, or with the levels
 * that the scheme has. */
MIG_API enum mig_status MIG_MUST_USE mig_gazetteer_scheme(const struct mig_gazetteer *gazetteer,
    const char *name, int level, uint32_t *scheme, struct mig_error *error);

/* The place of that code (bytes equal), or MIG_NO_PLACE. */
MIG_API size_t mig_gazetteer_by_code(
    const struct mig_gazetteer *gazetteer, uint32_t scheme, int level, struct mig_text code);

/* Where a name is looked for. */
struct mig_place_scope {
    uint32_t scheme;
    int level;
    size_t within; /* only places in this one; MIG_NO_PLACE: anywhere */
};

/* What a name found: `place` is the first place found, `count` how many there are, `variant` whether the first one is found by
 * another spelling than its name. */
struct mig_place_found {
    size_t place; /* MIG_NO_PLACE when count is 0 */
    size_t count;
    bool variant;
};

/* The places whose folded name, or else one of whose folded variants, is `folded` (see fold.h). */
MIG_API struct mig_place_found mig_gazetteer_by_name(const struct mig_gazetteer *gazetteer,
    const struct mig_place_scope *scope, struct mig_text folded);

/* Whether `folded` is the name of `place`, or a variant of it. */
MIG_API bool mig_gazetteer_is_named(const struct mig_gazetteer *gazetteer, size_t place,
    struct mig_text folded, bool *variant);

/* Whether `place` is `other` or lies in it by the chain of parents. `other` MIG_NO_PLACE: true. */
MIG_API bool mig_gazetteer_lies_in(
    const struct mig_gazetteer *gazetteer, size_t place, size_t other);

/* The place of `level` in the chain of parents from `place` (itself included), or MIG_NO_PLACE. */
MIG_API size_t mig_gazetteer_ancestor(
    const struct mig_gazetteer *gazetteer, size_t place, int level);

/* Up to `most` places of the scope whose names are nearest to `folded`, the nearest first, then in the order of the table; none
 * with more than about a third of the letters changed, unless one of the two names begins with the other. `places` has room for
 * `most`, of which 8 are used at most; returns how many. */
MIG_API size_t mig_gazetteer_nearest(const struct mig_gazetteer *gazetteer,
    const struct mig_place_scope *scope, struct mig_text folded, size_t *places, size_t most);

#endif
