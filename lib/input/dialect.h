/* Dialect: which byte separates the cells, and which record is the header. */
#ifndef MIGSTAT_INPUT_DIALECT_H
#define MIGSTAT_INPUT_DIALECT_H

#include <stdbool.h>
#include <stddef.h>

#include "../base/error.h"
#include "../base/text.h"

/* Chooses the delimiter among , ; tab | : from a sample, the beginning of a file (at least its first record
 * whole, unless the sample is the whole file). Cells in `quote` ('\n': there is none) are respected. A delimiter's score
 * is the number of records of the sample that it cuts into the same number of cells, two or more, as most records; the
 * highest score wins, then the larger number of cells. The colon, which stands in times and addresses, is taken only
 * when none of the others cuts any record and it cuts all of them alike. No delimiter at all gives ','. An unfinished
 * record at the end of the sample is left out, unless it is the only one.
 * Errors: MIG_SYNTAX when two delimiters do equally well: the user must say which. */
MIG_API enum mig_status MIG_MUST_USE mig_dialect_delimiter(struct mig_text sample, char quote,
    char *delimiter, struct mig_error *error);

/* The length of what may be titles with spoiled quotes, and the lines between them, at the beginning of a sample: up to
 * the last line that breaks the rules of RFC 4180 for quotes, with nothing above it but lines that have no more than one
 * piece between delimiters that is not blank. 0 when there is none. */
MIG_API size_t mig_dialect_spoiled_titles(struct mig_text sample, char delimiter, char quote);

/* Whether most records of a sample have the same number of cells, two or more. Errors: MIG_NO_MEMORY. */
MIG_API enum mig_status MIG_MUST_USE mig_dialect_is_table(struct mig_text sample, char delimiter,
    char quote, bool *is_table, struct mig_error *error);

#endif
