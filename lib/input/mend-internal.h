/* Mending, private: records with bytes that are not valid are written anew. */
#ifndef MIGSTAT_INPUT_MEND_INTERNAL_H
#define MIGSTAT_INPUT_MEND_INTERNAL_H

#include "../base/memory.h"
#include "reader.h"

struct mig_mending {
    const struct mig_source *source;
    bool escape; /* \xE9 for each byte and \\ for a backslash, so that none is lost; else U+FFFD for each character */
};

struct mig_cells {
    struct mig_cell *cells;
    size_t count;
};

/* Fills `out` with the texts of the cells, a 0 byte behind each, sets their new lengths, and counts what is not valid.
 * Errors: MIG_NO_MEMORY. */
enum mig_status MIG_MUST_USE mig_mend(const struct mig_mending *mending, const struct mig_cells *cells,
    struct mig_buffer *out, size_t *count, struct mig_error *error);

#endif
