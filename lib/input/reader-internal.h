/* Reader, private: what its parts share. reader.c gives out records, reader_open.c finds out about the text, lane.c reads
 * sound records, and reader_libcsv.c all others. */
#ifndef MIGSTAT_INPUT_READER_INTERNAL_H
#define MIGSTAT_INPUT_READER_INTERNAL_H

#include <csv.h>

#include "../base/memory.h"
#include "batch.h"
#include "input-internal.h"
#include "lane-internal.h"
#include "reader.h"
#include "window-internal.h"

/* libcsv is fed in pieces that end behind a CR or LF, so that at most one record ends in each piece
 * and lines are counted between the pieces. It drops lines without cells: those never reach it. */
struct mig_reader {
    struct mig_source *source;
    struct mig_window window;
    struct mig_lane lane;
    bool in_lane; /* records are looked for there first */
    struct csv_parser parser;
    size_t max_cell;
    char delimiter;
    char quote;
    enum mig_invalid invalid;
    size_t end_line;
    bool keep_blank_lines;
    bool *wanted; /* NULL: all columns */
    size_t n_wanted;

    uint64_t origin;  /* of the file's text, behind a byte order mark; of plain files */
    size_t next_feed; /* of the first LF at or behind the position, or the length; stale when before */
    size_t blank_lines;
    bool after_return;        /* an LF that comes next belongs to the line end before it */
    struct mig_buffer blanks; /* with which a line begins, while it may still be a blank line */

    bool begun;       /* the record has bytes */
    bool complete;    /* the record has ended */
    size_t cell_line; /* where the cell after the last complete one begins */
    size_t record_line;
    struct mig_cell *cells;
    size_t count;
    size_t capacity;
    char *text; /* the cells' bytes, a 0 behind each */
    size_t used;
    size_t text_capacity;
    size_t too_large; /* number of the first cell above max_cell, or 0 */
    bool no_memory;
    bool misquoted;

    struct mig_error fault;   /* of the record's first byte that is not valid */
    struct mig_buffer mended; /* the record's text with its bytes replaced */
    size_t replaced;
    size_t last_left_out;
    bool taken; /* its last block was: see mig_reader_take() */
};

struct mig_position mig_reader_position(const struct mig_reader *reader, size_t line, size_t column);

/* Finds the next LF of a window that was filled or moved. */
void mig_reader_find_feed(struct mig_reader *reader);

/* The next records of `width` cells, as far as the fast lane has them by the dozen. */
void mig_reader_take_batch(struct mig_reader *reader, size_t width, struct mig_batch *batch);

/* The next record through libcsv, whatever it is. */
enum mig_status MIG_MUST_USE mig_reader_next_of_libcsv(
    struct mig_reader *reader, struct mig_record *record, struct mig_error *error);

/* The parser of a reader whose delimiter and quote are known. */
void mig_reader_init_parser(struct mig_reader *reader);

/* A reader that is to be given blocks of the records that `whole` has not yet read. It has nothing to read at first.
 * Errors: MIG_NO_MEMORY; *part is then NULL. */
enum mig_status MIG_MUST_USE mig_reader_part(
    struct mig_reader **part, const struct mig_reader *whole, struct mig_error *error);

/* Gives a part the next records that end within `size` bytes (at most the window's capacity), or what is left at the end of
 * the text, when whole->taken becomes true. A record that ends nowhere there is read at once, and is the only one;
 * else record->count is 0. Errors of reading that record only: others are met when the part reads on. */
enum mig_status MIG_MUST_USE mig_reader_take(struct mig_reader *part, struct mig_reader *whole,
    size_t size, struct mig_record *record, struct mig_error *error);

#endif
