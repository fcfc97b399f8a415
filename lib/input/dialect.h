/* Dialect: which byte separates the cells, and which record is the header. */
#ifndef MIGSTAT_INPUT_DIALECT_H
#define MIGSTAT_INPUT_DIALECT_H

#include <stddef.h>

#include "../base/error.h"
#include "../base/text.h"

/* Chooses the delimiter among , ; tab | from a sample, the beginning of a file (at least its first record
 * whole, unless the sample is the whole file). Quoted cells are respected. A delimiter's score is the number of
 * records of the sample that it cuts into the same number of cells, two or more, as most records; the
 * highest score wins, then the larger number of cells. No delimiter at all gives ','. An unfinished record at the
 * end of the sample is left out, unless it is the only one.
 * Errors: MIG_SYNTAX when two delimiters do equally well: the user must say which. */
MIG_API enum mig_status MIG_MUST_USE mig_dialect_delimiter(struct mig_text sample, char *delimiter,
    struct mig_error *error);

#endif
