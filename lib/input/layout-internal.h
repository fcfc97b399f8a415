/* Layout, private: where the table stands among the first records of a file. */
#ifndef MIGSTAT_INPUT_LAYOUT_INTERNAL_H
#define MIGSTAT_INPUT_LAYOUT_INTERNAL_H

#include "header.h"

/* A record that outlives the reader's next call. */
struct mig_kept {
    struct mig_record record; /* its fault too is a copy */
    char *text;
    uint64_t end;    /* the byte behind it, and that byte's line: see mig_reader_offset() */
    size_t end_line;
    bool blank; /* no row: a blank line, or cells all of which are empty */
};

/* Copies `record` to `kept`, which mig_kept_release() releases; `blank` is left to the caller. Errors: MIG_NO_MEMORY. */
enum mig_status MIG_MUST_USE mig_keep(struct mig_kept *kept, const struct mig_record *record,
    struct mig_error *error);
void mig_kept_release(struct mig_kept *kept);

/* A line with nothing but blanks. */
bool mig_record_is_blank_line(const struct mig_record *record);
/* Cells that hold more than blanks, counted up to `most` of them. */
size_t mig_record_filled(const struct mig_record *record, size_t most);

struct mig_layout_wish {
    bool find;          /* look for the header; else it is the first record that is not blank */
    bool begins_here;   /* the header begins with the first record (find) */
    size_t header_rows; /* 1 or more (find) */
};

struct mig_layout {
    size_t names;     /* the first record of the header; SIZE_MAX: there is none */
    size_t name_rows; /* records of the header, blank ones between them included */
    size_t tags;      /* the tag row; SIZE_MAX: there is none */
    size_t rows;      /* the first record behind header and tag row */
    size_t width;     /* cells of a row that fits */
    size_t surplus;   /* columns at the end that have no name and no tag and are empty in all the records: left
                         * out */
};

/* Finds the table in `count` records of a head. The rules are those of input.h. Errors (find): MIG_SYNTAX when the record
 * above the header may be the header as well, and when fewer records are there than the header is to have; with the line,
 * but not the file. */
enum mig_status MIG_MUST_USE mig_layout_find(struct mig_layout *layout, const struct mig_kept *head,
    size_t count, const struct mig_layout_wish *wish, struct mig_error *error);

/* The header of a layout. With `tidy`, rows are joined and names put on one line, of which `*tidied` is the number; the
 * header is as wide as the tag row at least, less the surplus. Errors: MIG_NO_MEMORY. */
enum mig_status MIG_MUST_USE mig_layout_header(struct mig_header *header, const struct mig_layout *layout,
    const struct mig_kept *head, bool tidy, size_t *tidied, struct mig_error *error);

/* The record directly above the header when it may hold the names of groups of columns; else SIZE_MAX. */
size_t mig_layout_groups(const struct mig_layout *layout, const struct mig_kept *head);

/* The record below the header when it may name columns that have no name: it fills such columns and holds no number, as
 * records below do. Else SIZE_MAX. */
size_t mig_layout_continued(
    const struct mig_layout *layout, const struct mig_kept *head, size_t count);

#endif
