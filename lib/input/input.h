/* Input: one or more files of the same columns, read as one table, every row accounted for.
 *
 * Row = record after the header and the tag row. A row that has not the header's number of cells (ragged) is an
 * error. The columns of every file must have the same names in the same order as the first file's.
 *
 * The header is the first record, and the record below it may be a tag row. With `find_header` the table is looked
 * for among the first 50 records (as many as 4 MiB hold), as docs/reading.md says at length:
 *
 * - A record without a filled cell is blank, no row.
 * - The header is the record above the tag row, when one stands within the first 25 records; else the first record of
 *   the most frequent number of cells (of equally frequent ones the first, but one cell only when there is
 *   nothing else) whose cells are at least half filled. What stands above it are title lines. A file that begins with its
 *   tag row has no other names: the tags are the names. A record right above the header with several filled cells, but
 *   not as many cells, is an error: it may be the header. So is a header with a number below a title.
 * - With reader.first_line the header begins there. With `header_rows` above 1 it has as many records, and a column's name is
 *   'group / name', where a group reaches to the right up to the next one.
 * - Runs of blanks and line ends in names are one space. A header shorter than its tag row has nameless columns.
 * - Columns at the end that have no name, no tag and no value among the first records come from delimiters at the ends
 *   of lines: they are left out, and a row with a value there does not fit.
 * - Behind the last row, a blank record and records that are known by their words (too few cells for a row; or one filled cell
 *   that begins as sources and notes do, or is a sentence) are a footer, no rows. One filled cell with a label like those above
 *   is a row; what may be either is an error. Lines from reader.end_line on are no rows either.
 */
#ifndef MIGSTAT_INPUT_INPUT_H
#define MIGSTAT_INPUT_INPUT_H

#include "../base/decimal.h"
#include "header.h"
#include "reader.h"

struct mig_input_options {
    struct mig_reader_options reader;
    const char *missing;    /* comma-separated tokens that mean missing, besides the empty cell; NULL: none */
    bool find_header;       /* look for the header below title rows (mig-clean); else it is the first record */
    size_t header_rows;     /* find_header: records of the header; 0: one */
    bool keep_footer;       /* find_header: what looks like a footer are rows */
    const char *header_from; /* a file whose header names the columns, with its tags; NULL: none. Files then have no header, and
                              * the delimiter too is that file's unless it is given. reader.first_line and header_rows are about it. */
    bool no_header;         /* files have no header: columns are named column_1, column_2, ... unless header_from names them */
    const struct mig_range *range; /* read these rows of the one file only; the header is that of the file all the same. NULL: all */
    bool pass_ragged;       /* hand rows that do not fit out, with their fault, instead of failing (mig-clean) */
    size_t threads;         /* that may read the rows at once, where whoever reads them can do so; 0: one */
    size_t block_size;      /* bytes that a thread takes at a time; 0: chosen */
    /* Called every 65536 rows with the bytes taken of the current file, its size (0: not known) and the rows
     * handed out so far; may be NULL. */
    void (*progress)(void *context, uint64_t taken, uint64_t size, size_t rows);
    void *progress_context;
};

struct mig_input; /* opaque */

/* A row: borrowed until the next call. Cells are cells[0 .. count-1]; count is the header's when `fault` is NULL.
 * Otherwise the row does not fit (pass_ragged only), and `fault` says why: too few or too many cells, a value in a column
 * that was left out (both without a column), or a byte that is not valid (reader.invalid is MIG_INVALID_MARK). */
struct mig_row {
    const struct mig_cell *cells;
    size_t count;
    size_t line;
    const char *file;
    const struct mig_error *fault;
};

/* Opens the first file and reads its header. `files` (0 of them: standard input) and the strings in
 * `options` are borrowed until mig_input_free(). Errors: those of the reader; MIG_SYNTAX for an empty
 * file (no header). */
MIG_API enum mig_status MIG_MUST_USE mig_input_open(struct mig_input **input,
    char *const *files, size_t n_files, const struct mig_input_options *options, struct mig_error *error);

/* Valid until mig_input_free(). */
MIG_API const struct mig_header *mig_input_header(const struct mig_input *input);

/* From now on only the cells of these columns, and of those that were wanted before, need be filled, which saves time; the others
 * may be empty, but are counted and checked as before. For whoever looks at few columns and hands no row on as a whole.
 * With find_header, where any cell may tell a row from a footer, nothing changes. SIZE_MAX in `columns` is no column.
 * Errors: MIG_NO_MEMORY. */
MIG_API enum mig_status MIG_MUST_USE mig_input_want(struct mig_input *input, const size_t *columns,
    size_t count, struct mig_error *error);

/* The next row; count is 0 at the end of the last file. Errors: those of the reader; MIG_SYNTAX for a
 * ragged row and for a further file whose columns differ (both names are given). */
MIG_API enum mig_status MIG_MUST_USE mig_input_next(struct mig_input *input, struct mig_row *row,
    struct mig_error *error);

/* Whether the text of a cell means "missing": empty, or one of the tokens (blanks around it ignored). */
MIG_API bool mig_input_is_missing(const struct mig_input *input, struct mig_text text);

/* By first byte: whether a cell that begins with it may be missing. Any other cell that is not empty is not. */
MIG_API const bool *mig_input_may_be_missing(const struct mig_input *input);

/* The columns of `names`, of which the first `n_required` must be there; SIZE_MAX in `columns` for another one that is not.
 * Errors: those of mig_header_find(), with the place of the header. */
MIG_API enum mig_status MIG_MUST_USE mig_input_find_columns(const struct mig_input *input,
    const char *const *names, size_t count, size_t n_required, size_t *columns,
    struct mig_error *error);

/* The cell of `row` in `column` as an exact decimal, or as the nearest double. A missing cell gives
 * `*missing` true, and NaN. Errors: MIG_VALUE (also too large for a double), MIG_LIMIT, with the cell's position and column name. */
MIG_API enum mig_status MIG_MUST_USE mig_input_decimal(const struct mig_input *input,
    const struct mig_row *row, size_t column, struct mig_decimal *decimal, bool *missing,
    struct mig_error *error);
MIG_API enum mig_status MIG_MUST_USE mig_input_number(const struct mig_input *input,
    const struct mig_row *row, size_t column, double *number, struct mig_error *error);

/* The error "'CELL' WHAT" with the cell's position and column name; `what` is translated. Returns MIG_VALUE. */
MIG_API enum mig_status mig_input_fail(const struct mig_input *input, const struct mig_row *row,
    size_t column, const char *what, struct mig_error *error);

/* The position of cell `column` (an index from 0, as mig_header_find() gives it), for messages. */
MIG_API struct mig_position mig_row_position(const struct mig_row *row, size_t column);

struct mig_input_account {
    size_t rows;        /* handed out so far */
    size_t blank_lines; /* skipped, all files; with find_header also records of empty cells */
    size_t title_lines; /* lines above the header that are not blank, all files (find_header) */
    size_t header_line; /* of the current file */
    bool tag_row;       /* the current file has one */
};
MIG_API struct mig_input_account mig_input_account(const struct mig_input *input);
/* What else was found and left out so far (find_header): sentences with their places, complete at the end. */
MIG_API const struct mig_error_list *mig_input_remarks(const struct mig_input *input);

/* The name of the current file, for messages. */
MIG_API const char *mig_input_name(const struct mig_input *input);

/* The line of a row of the current file's header, from 0, blank ones between them left out; 0: it has not so many. */
MIG_API size_t mig_input_header_line(const struct mig_input *input, size_t row);

/* Where the rows of the current file stand, for mig_split(); before the first row is read. Errors: those of
 * mig_source_check_plain(). */
struct mig_rows_place {
    uint64_t first; /* the byte they begin with; with CR LF it may be the header's LF */
    uint64_t end;   /* the byte behind them */
    size_t line;    /* of the first byte */
    char delimiter;
    char quote;
    char newline;    /* counts lines */
    bool one_column; /* blank lines are rows */
};
MIG_API enum mig_status MIG_MUST_USE mig_input_place(const struct mig_input *input,
    struct mig_rows_place *place, struct mig_error *error);

/* The line of the current file's tag row; 0: it has none. */
MIG_API size_t mig_input_tag_line(const struct mig_input *input);

MIG_API char mig_input_delimiter(const struct mig_input *input); /* of the current file; 0: did not open */

MIG_API void mig_input_free(struct mig_input *input);

#endif
