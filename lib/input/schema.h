/* Schema: what the columns of an export hold and how it is written, kept beside the data as JSON and applied to the
 * next export.
 *
 * The file is a Frictionless Table Schema ("fields", each with name, type, format, decimalChar, groupChar,
 * bareNumber, trueValues, falseValues, missingValues) with a dialect (delimiter, headerRows, commentRows). Beside them a
 * field may have percent ("points" or "share"), unit, labels ({"old": "new"}), trim and hxl, and the schema may have encoding.
 * docs/schema.md describes all of it.
 * Source: Frictionless Data, "Table Schema" and "Table Dialect", version 2.0.
 */
#ifndef MIGSTAT_INPUT_SCHEMA_H
#define MIGSTAT_INPUT_SCHEMA_H

#include "cleaner.h"

#define MIG_LONGEST_GROUP 4 /* signs of groupChar */

struct mig_field {
    char *name;
    char *tag; /* HXL; NULL: none */
    enum mig_treatment treatment;
    char decimal;
    char group[MIG_LONGEST_GROUP + 1];
    enum mig_percent percent;
    enum mig_date_order order;
    bool short_year;
    bool with_unit;
    char *unit; /* NULL: the first that is found */
    bool trim;
    bool has_missing; /* its own tokens instead of the schema's */
    struct mig_text_list missing;
    struct mig_text_list yes, no;
    struct mig_text_list old_labels, new_labels;
};

struct mig_schema {
    struct mig_field *fields;
    size_t count;
    size_t capacity;
    struct mig_text_list missing;
    struct mig_text_list unchecked; /* properties that are understood but not checked: "constraints" */
    char delimiter;                 /* 0: not said */
    char *encoding;                 /* NULL: not said */
    char quote;                     /* 0: not said */
    size_t header_row;              /* the first line of the header; 0: not said */
    size_t header_rows;             /* how many rows it has; 0: not said */
    size_t tag_row;                 /* 0: not said */
    size_t header_line;             /* the header begins there, whatever stands above; 0: it is looked for */
};

/* Reads a schema from text, or from a file. Every fault is appended to `faults`, with the file and the place of the
 * fault in the JSON: "'integr' is no type; nearest is 'integer' (fields[2].type)". Errors: the first fault's;
 * MIG_NO_MEMORY; MIG_SYSTEM; MIG_LIMIT. "-" is standard input. Release after, also on failure. */
MIG_API enum mig_status MIG_MUST_USE mig_schema_parse(struct mig_schema *schema, struct mig_text json,
    const char *file, struct mig_error_list *faults);
MIG_API enum mig_status MIG_MUST_USE mig_schema_read(struct mig_schema *schema, const char *file,
    struct mig_error_list *faults);

/* Gives the cleaner's columns the plans of the fields of the same names; of fields of one name the first is the
 * first column of that name. `schema` is borrowed as long as the cleaner lives. What differs is appended to
 * `findings`: columns that appeared or vanished, tags and places of header and tag row that are others.
 * Errors: MIG_NO_MEMORY. */
MIG_API enum mig_status MIG_MUST_USE mig_schema_apply(const struct mig_schema *schema,
    struct mig_cleaner *cleaner, struct mig_error_list *findings, struct mig_error *error);

/* After the last row: appends a finding for every column some of whose numbers have a percent sign and some have
 * none, and with `types` for every one with cells that do not fit its type. Errors: MIG_NO_MEMORY. */
MIG_API enum mig_status MIG_MUST_USE mig_cleaner_review(const struct mig_cleaner *cleaner, bool types,
    struct mig_error_list *findings, struct mig_error *error);

MIG_API void mig_schema_release(struct mig_schema *schema);

/* The type's name in a schema: "string", "number", ... */
MIG_API const char *mig_type_name(enum mig_treatment treatment);

#endif
