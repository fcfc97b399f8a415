/* Input, private: what the files of input/ share. */
#ifndef MIGSTAT_INPUT_INPUT_INTERNAL_H
#define MIGSTAT_INPUT_INPUT_INTERNAL_H

#include "reader.h"

#define MIG_CELL_COST ((size_t)32) /* of a cell beside its text, as MIG_MAX_RECORD counts it */

/* The error of a row that has another number of cells than the header; returns MIG_SYNTAX. */
enum mig_status mig_fail_ragged(struct mig_error *error, const struct mig_position *position,
    size_t cells, size_t columns);

/* The quote as libcsv takes it: for none, NUL, which the reader never hands to it. */
unsigned char mig_dialect_quote(char quote);
/* libcsv's answer to which bytes are blanks to strip: none. */
int mig_dialect_no_space(unsigned char byte);

#endif
