/* Variants: spellings that the user has decided on, read from the table that --suggest wrote. */
#ifndef MIGSTAT_PLACE_VARIANTS_H
#define MIGSTAT_PLACE_VARIANTS_H

#include "matcher.h"

/* Tells the matcher the variants in `file`: the columns name and place_code, and if they are there parent, scheme and level. A row
 * without a place_code says nothing. place_code is a code of the scheme that the matcher looks up in, alone or followed by the
 * place's name ("ML0405 San"). Errors: those of the reader; MIG_NAME for a missing column; MIG_VALUE, with the cell, for a code
 * that is none, a scheme or level that is not the matcher's, and a name that is given two places. */
MIG_API enum mig_status MIG_MUST_USE mig_variants_read(
    struct mig_matcher *matcher, const char *file, struct mig_error *error);

#endif
