/* Frame: the columns that a method needs, whole, as codes and doubles. For methods that must see every value:
 * quantiles, survival, regression.
 */
#ifndef MIGSTAT_TABLE_FRAME_H
#define MIGSTAT_TABLE_FRAME_H

#include <stddef.h>
#include <stdint.h>

#include "keys.h"
#include "names.h"

struct mig_frame_spec {
    const struct mig_keys *keys; /* bound: become columns of codes; NULL: none */
    const size_t *numbers;       /* input columns that become columns of doubles */
    size_t n_numbers;
};

/* All columns have `rows` entries. A missing number is NaN; a missing key is the code of "". */
struct mig_frame {
    uint32_t **codes;         /* [key][row] */
    struct mig_names **names; /* [key]: texts of the codes */
    double **numbers;         /* [number][row] */
    size_t n_keys;
    size_t n_numbers;
    size_t rows;
    size_t capacity;
};

/* Reads `input` to its end. Zero-initialise before; release after, also on failure. Errors: those of the
 * input and of the keys; MIG_VALUE for a cell that is not a number, with its position. */
MIG_API enum mig_status MIG_MUST_USE mig_frame_read(struct mig_frame *frame, struct mig_input *input,
    const struct mig_frame_spec *spec, struct mig_error *error);
MIG_API void mig_frame_release(struct mig_frame *frame);

#endif
