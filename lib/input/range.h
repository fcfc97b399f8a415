/* Ranges: bytes of a file that hold whole records, so that parts of a file can be read by several programs.
 *
 * The first byte of a file is byte 0; a range has its first and its last byte, as in HTTP. It begins where a record begins
 * and ends behind one; only the scan of a whole file for quotes knows where that is (split.h).
 */
#ifndef MIGSTAT_INPUT_RANGE_H
#define MIGSTAT_INPUT_RANGE_H

#include <stddef.h>
#include <stdint.h>

#include "../base/error.h"
#include "../base/memory.h"

struct mig_range {
    uint64_t first;
    uint64_t last;
    size_t line; /* of the first byte, from 1; 0: not known */
};

/* "FIRST-LAST" or "FIRST-LAST@LINE". Errors: MIG_ARGUMENT. */
MIG_API enum mig_status MIG_MUST_USE mig_range_parse(const char *text, struct mig_range *range,
    struct mig_error *error);

/* Appends "FIRST-LAST@LINE", or "FIRST-LAST" when the line is not known. Errors: MIG_NO_MEMORY. */
MIG_API enum mig_status MIG_MUST_USE mig_range_print(const struct mig_range *range,
    struct mig_buffer *out, struct mig_error *error);

#endif
