/* Share: the rows of one input, read by several threads.
 *
 * The text is cut into blocks of whole rows, whatever the quoting: a block is read, and its quotes and line ends counted,
 * by one thread at a time; its rows are then found by the thread that took it. Each thread reads its part with
 * mig_input_next(), as if it were an input of its own: block after block until there is none left. Rows keep their lines,
 * and errors their words and places. Blocks are numbered in the order of the text and handed out in that order: when
 * reading stops at a fault in one, all blocks before it are read to their end. So of the faults that the parts met, the
 * one in the block of the lowest number is the one that reading in one piece meets.
 */
#ifndef MIGSTAT_INPUT_SHARE_H
#define MIGSTAT_INPUT_SHARE_H

#include "input.h"

struct mig_share; /* opaque */

/* How many threads may share the rows that `input` has not yet handed out: the option's number; 1 where they are too few to be
 * worth it, and where a header is looked for, lines are left out, or bytes replaced. */
MIG_API size_t mig_share_threads(const struct mig_input *input);

/* Shares them among `n_parts`. `input` is borrowed until mig_share_free() and must not be read meanwhile.
 * Errors: MIG_NO_MEMORY; *share is then NULL. */
MIG_API enum mig_status MIG_MUST_USE mig_share_new(struct mig_share **share, struct mig_input *input,
    size_t n_parts, struct mig_error *error);

/* The input that thread `i` reads; valid until mig_share_free(). Its account and its name are those of the part. The
 * options' progress is called for the whole, by one thread at a time. */
MIG_API struct mig_input *mig_share_part(const struct mig_share *share, size_t i);

/* The number of the block that the part has read from last. */
MIG_API size_t mig_share_block(const struct mig_input *part);

/* Hands out no more blocks: after a fault in a part. Any thread may call it. */
MIG_API void mig_share_stop(struct mig_share *share);

/* Adds the parts' accounts to that of the input, and frees the parts. Takes NULL too. */
MIG_API void mig_share_free(struct mig_share *share);

#endif
