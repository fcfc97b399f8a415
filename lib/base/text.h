/* Text: borrowed runs of bytes, UTF-8, and nearness of names. */
#ifndef MIGSTAT_BASE_TEXT_H
#define MIGSTAT_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "error.h"

/* A run of bytes that somebody else owns. Not terminated. `data` may be NULL when `length` is 0. */
struct mig_text {
    const char *data;
    size_t length;
};

/* printf("%.*s", MIG_TEXT_ARG(text)) */
#define MIG_TEXT_ARG(text) (int)(text).length, (text).data ? (text).data : ""

MIG_API struct mig_text mig_text_of(const char *terminated);
MIG_API bool mig_text_equal(struct mig_text a, struct mig_text b);

/* Whether they differ in nothing but the case of letters, accented ones included. */
MIG_API bool mig_text_same_in_any_case(struct mig_text a, struct mig_text b);
/* A hash that is the same for such texts. */
MIG_API uint32_t mig_text_hash_in_any_case(struct mig_text text);

/* Order by bytes, the shorter first when one begins the other: <0, 0, >0. */
MIG_API int mig_text_compare(struct mig_text a, struct mig_text b);

/* Without the ASCII blanks (space, tab) at both ends. */
MIG_API struct mig_text mig_text_trim(struct mig_text text);

/* The first bytes of `text`, at most `longest`, cut where a UTF-8 character begins. */
MIG_API struct mig_text mig_text_head(struct mig_text text, size_t longest);

/* How much of a cell an error quotes, so that a long cell leaves room for what is wrong with it. */
#define MIG_TEXT_QUOTED 80

/* Cuts the next piece off `rest`: what stands before the first `separator`, which is skipped. After the last
 * piece rest->data is NULL; then the answer is false. "a,,b" gives "a", "", "b"; "" gives one "". */
MIG_API bool mig_text_cut(struct mig_text *rest, char separator, struct mig_text *piece);

/* Reads a column's name out of an option: up to one of the characters `stops` or the end, blanks around it
 * removed; or anything between backquotes. Returns what follows the name, or NULL when a backquote
 * is not closed. */
MIG_API const char *mig_text_scan_name(const char *at, const char *stops, struct mig_text *name);

/* A 0-terminated copy for the caller to free(); NULL when memory is short. */
MIG_API char *mig_text_copy(struct mig_text text) MIG_MUST_USE;

/* Number of leading bytes that are valid UTF-8 (RFC 3629: no surrogates, nothing overlong);
 * equals text.length when all of it is. */
MIG_API size_t mig_text_valid_utf8(struct mig_text text);

/* Number of bytes at the beginning of `text`, which is not valid there, that one U+FFFD stands for: the longest run that
 * could have begun a character, or one byte (Unicode, "substitution of maximal subparts"). At least 1. */
MIG_API size_t mig_text_invalid_utf8(struct mig_text text);

/* Cells of a terminal that valid UTF-8 text takes: wide characters count 2, combining ones 0. */
MIG_API size_t mig_text_width(struct mig_text text);

/* Number of single-byte insertions, deletions, replacements and swaps of neighbours that turn `a`
 * into `b`, letter case ignored (optimal string alignment). SIZE_MAX when memory is short. */
MIG_API size_t mig_text_distance(struct mig_text a, struct mig_text b);

/* The index of the candidate nearest to `wanted`, or `count` when none is near enough to be offered
 * (distance above 2 for names up to 6 bytes, above a third of the length for longer ones, or as large
 * as the candidate is long). */
MIG_API size_t mig_text_nearest(struct mig_text wanted, const struct mig_text *candidates,
    size_t count);

#endif
