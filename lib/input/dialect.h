/* Dialect: which byte separates the cells, and which record is the header. */
#ifndef MIGSTAT_INPUT_DIALECT_H
#define MIGSTAT_INPUT_DIALECT_H

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

/* The length of what can be nothing but titles with spoiled quotes, and the lines between them, at the beginning of a
 * sample: up to the last line that has no more than one piece between delimiters that is not blank, breaks the rules of
 * RFC 4180 for quotes within the line, and has only such lines and lines of one piece above it. 0 when there is none, and
 * for a sample most of whose records are one cell: its lines can't be told from titles. */
MIG_API enum mig_status MIG_MUST_USE mig_dialect_spoiled_titles(struct mig_text sample,
    char delimiter, char quote, size_t *length, struct mig_error *error);

#endif
