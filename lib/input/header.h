/* Header: the names of the columns, and their HXL tags where the file has a tag row.
 *
 * A column is chosen by its name, or by an HXL pattern that begins with '#': `#affected+f-children`
 * wants tag #affected with attribute +f and without +children; `#*` is any tag; a trailing '!' wants exactly the
 * attributes given. Letter case and the order of attributes do not matter.
 * Source: HXL standard 1.1, "hashtags and attributes"; libhxl's rule for finding the tag row.
 */
#ifndef MIGSTAT_INPUT_HEADER_H
#define MIGSTAT_INPUT_HEADER_H

#include <stdbool.h>
#include <stddef.h>

#include "reader.h"

struct mig_header {
    char **names;   /* count of them, 0-terminated, blanks at both ends removed */
    char **tags;    /* NULL without a tag row; else count of them, "" where a column has no tag */
    size_t count;
};

/* Fills `header` from the record of names and, when `tags` is not NULL, the tag row (missing cells at its
 * end are ""). Errors: MIG_NO_MEMORY. */
MIG_API enum mig_status MIG_MUST_USE mig_header_init(struct mig_header *header,
    const struct mig_record *names, const struct mig_record *tags, struct mig_error *error);
/* The names column_1, column_2, ... of a file without a header. Errors: MIG_NO_MEMORY; the header is to be released then too. */
MIG_API enum mig_status MIG_MUST_USE mig_header_by_position(
    struct mig_header *header, size_t count, struct mig_error *error);
MIG_API void mig_header_release(struct mig_header *header);

/* Whether the cells of a record are the names. */
MIG_API bool mig_header_is(const struct mig_header *header, const struct mig_record *record);

/* Whether a record is a tag row: at least one cell is not empty, and at least half of those match
 * #TOKEN(+TOKEN)*, TOKEN = [A-Za-z][_0-9A-Za-z]*, blanks allowed around the parts. */
MIG_API bool mig_header_is_tag_row(const struct mig_record *record);

/* Whether a record of several filled cells seems to be a row of tags that are spoiled: all begin with '#', and none of them
 * numbers something (#1). */
MIG_API bool mig_header_is_near_tag_row(const struct mig_record *record);

/* The first filled cell of a tag row that is not a tag, or record->count. */
MIG_API size_t mig_header_spoiled_tag(const struct mig_record *record);

/* Whether a cell is a tag as a tag row has them. */
MIG_API bool mig_header_is_tag(struct mig_text text);

/* The index of the one column that `wanted` names (a name, or a pattern beginning with '#' when no
 * column has that very name). Errors: MIG_NAME: no such column (with the nearest name), or more than
 * one (the error lists them). The error carries no position. */
MIG_API enum mig_status MIG_MUST_USE mig_header_find(const struct mig_header *header,
    const char *wanted, size_t *index, struct mig_error *error);

#endif
