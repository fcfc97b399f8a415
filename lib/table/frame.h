/* Frame: the columns that a method needs, whole, as codes and doubles. For methods that must see every value:
 * quantiles, survival, regression. What can be had from counts and sums should come from a tally (tally.h), which
 * needs memory for the groups alone; a frame takes at least 8 bytes a number and 4 a key for every row.
 */
#ifndef MIGSTAT_TABLE_FRAME_H
#define MIGSTAT_TABLE_FRAME_H

#include <stddef.h>
#include <stdint.h>

#include "keys.h"
#include "names.h"

/* What to read. Borrowed for the call of mig_frame_read() alone. */
struct mig_frame_spec {
    const struct mig_keys *keys; /* bound: become columns of codes; NULL: none */
    const size_t *numbers;       /* input columns that become columns of doubles */
    size_t n_numbers;
};

/* All columns have `rows` entries, in the order of the input. Owns all of them. Codes are in order of first
 * appearance, not sorted: mig_key_compare() sorts their texts.
 * Missing: a missing number is NaN; a missing key is the code of "". No row is left out. */
struct mig_frame {
    uint32_t **codes;         /* [key][row] */
    struct mig_names **names; /* [key]: texts of the codes */
    double **numbers;         /* [number][row] */
    size_t n_keys;
    size_t n_numbers;
    size_t rows;
    size_t capacity; /* rows there is room for */
};

/* Reads `input` to its end. Zero-initialise `frame` before; release after, also on failure. The frame does not need
 * the input or the keys any more. Units: numbers are the doubles nearest to the cells.
 * Errors: those of the input and of the keys; MIG_VALUE for a cell that is not a number, with its position. */
MIG_API enum mig_status MIG_MUST_USE mig_frame_read(struct mig_frame *frame, struct mig_input *input,
    const struct mig_frame_spec *spec, struct mig_error *error);
/* Takes NULL too. */
MIG_API void mig_frame_release(struct mig_frame *frame);

#endif
