/* Reader: records of a CSV text, with the position of every cell. libcsv decides what the quotes mean.
 *
 * RFC 4180 strictly: a quote inside an unquoted cell, text after a closing quote and an unclosed quote are
 * errors. Blanks around cells are kept. Lines may end in LF, CR LF or CR. A blank line (nothing, or only
 * spaces and tabs that are not the delimiter) is counted and skipped; while blank lines are kept, a line
 * without any character is a record of one empty cell and one of blanks a record of one cell. NUL bytes are
 * errors that name their cell, and so are bytes that are not valid in UTF-8 or the encoding that was named, unless they
 * are to be replaced: then U+FFFD stands for each of them.
 *
 * A record whose quotes are sound comes out of a fast lane, which finds its cells in blocks of 64 bytes; any other, and
 * whatever is not plain about it, goes through libcsv, whose word counts: cells, lines and errors are the same in both.
 *
 * Lines are counted in line feeds, as `cat -n` counts them; only in a file without any LF in its first
 * 64 KiB but with CRs, as old Macintosh programs wrote, the CRs count.
 */
#ifndef MIGSTAT_INPUT_READER_H
#define MIGSTAT_INPUT_READER_H

#include "range.h"
#include "source.h"
#include "../base/text.h"

struct mig_cell {
    struct mig_text text; /* unquoted, unescaped; data[length] is 0 */
    size_t line;          /* where the cell begins */
    bool quoted_empty;    /* "" rather than nothing between two delimiters */
};

/* One record. Borrowed from the reader until its next call. The texts of its cells stand in memory one
 * behind the other, each with its 0 byte, perhaps with bytes between them that mean nothing. */
struct mig_record {
    const struct mig_cell *cells;
    size_t count; /* number of cells, at least 1 */
    size_t line;  /* where the record begins */
    const struct mig_error *fault; /* MIG_INVALID_MARK: its first byte that is not valid; else NULL */
};

#define MIG_MAX_CELL ((size_t)16 * 1024 * 1024)
/* A record may take max_cell bytes and this many, a cell counting 32 bytes beside its text. */
#define MIG_MAX_RECORD ((size_t)48 * 1024 * 1024)
#define MIG_NO_QUOTE '\n'

enum mig_invalid {
    MIG_INVALID_FAIL,    /* a byte that is not valid is an error */
    MIG_INVALID_REPLACE, /* U+FFFD stands for it */
    MIG_INVALID_MARK,    /* the record has a fault, and in its cells \xE9 stands for a byte and \\ for a backslash */
};

struct mig_reader_options {
    char delimiter;        /* 0: chosen by mig_dialect_delimiter() from the first 64 KiB; no quote, CR, LF */
    const char *encoding;  /* NULL: UTF-8; a byte order mark goes before what is named here */
    size_t max_cell;       /* bytes; 0: MIG_MAX_CELL */
    char quote;            /* 0: '"'; MIG_NO_QUOTE: quotes are characters like others */
    enum mig_invalid invalid;
    size_t first_line;     /* lines above it are left out unread; 0: none. It must stand in the first 64 KiB. */
    size_t end_line;       /* it and what stands below are left out unread; 0: none */
    bool spoiled_titles;   /* leaves out what mig_dialect_spoiled_titles() finds */
    bool only_libcsv;      /* no fast lane: every record goes through libcsv */
    size_t read_size;      /* 0: chosen */
};

/* Whether a character can be the quote: ASCII, no blank or line end, and none of the delimiters that are looked for. */
MIG_API bool mig_reader_can_quote(char quote);

struct mig_reader; /* opaque */

/* Errors: those of the source and of mig_dialect_delimiter(); MIG_ARGUMENT for the delimiter, the quote, a first line
 * that is not there, and an end line that is not below it. On an error
 * *reader is NULL. */
MIG_API enum mig_status MIG_MUST_USE mig_reader_open(struct mig_reader **reader, const char *path,
    const struct mig_reader_options *options, struct mig_error *error);

/* The next record, or `*record` with count 0 at the end. After an error the reader is spent: only
 * mig_reader_free() may follow. Errors: those of the source; MIG_SYNTAX for the quotes, NUL and UTF-8;
 * MIG_LIMIT for a cell above max_cell, and for a record above MIG_MAX_RECORD. */
MIG_API enum mig_status MIG_MUST_USE mig_reader_next(struct mig_reader *reader,
    struct mig_record *record, struct mig_error *error);

/* Between records: goes on with those of a range of the file, and ends behind them. The line of a range that does not say it
 * is counted from the beginning of the file. A byte order mark is not read again.
 * Errors: those of mig_source_seek(); MIG_ARGUMENT for a range that begins at no line's start or ends at no line's end;
 * more than that only the quotes of the whole file could tell. */
MIG_API enum mig_status MIG_MUST_USE mig_reader_jump(struct mig_reader *reader,
    const struct mig_range *range, struct mig_error *error);

/* From now on only the cells of the columns that are `wanted`, from the first one on, are filled, which saves time: the others
 * of every record are empty and of line 0. Records are checked as a whole all the same, and have all their cells.
 * Errors: MIG_NO_MEMORY. */
MIG_API enum mig_status MIG_MUST_USE mig_reader_want(struct mig_reader *reader, const bool *wanted,
    size_t count, struct mig_error *error);

/* From now on blank lines are records (`keep`: a file of one column, where they are missing values) or are
 * skipped, as they are at first. */
MIG_API void mig_reader_keep_blank_lines(struct mig_reader *reader, bool keep);

MIG_API char mig_reader_delimiter(const struct mig_reader *reader);
MIG_API size_t mig_reader_blank_lines(const struct mig_reader *reader); /* skipped so far */
MIG_API size_t mig_reader_replaced(const struct mig_reader *reader);    /* bytes, so far */
/* At the end: the last line that was left out unread because of end_line; 0: none was. */
MIG_API size_t mig_reader_last_left_out(const struct mig_reader *reader);
/* Whether the error that ended the reading was one of quotes. */
MIG_API bool mig_reader_is_misquoted(const struct mig_reader *reader);
/* Whether ranges can be read: those of mig_source_check_plain(). */
MIG_API enum mig_status MIG_MUST_USE mig_reader_check_plain(const struct mig_reader *reader,
    struct mig_error *error);
/* Where the next record is looked for, in a plain file: behind the record that was handed out
 * last, or between the CR and the LF at its end. */
MIG_API uint64_t mig_reader_offset(const struct mig_reader *reader);
MIG_API size_t mig_reader_line(const struct mig_reader *reader);     /* and its line, likewise */
MIG_API uint64_t mig_reader_size(const struct mig_reader *reader);   /* of the file */
MIG_API char mig_reader_newline(const struct mig_reader *reader);    /* the byte that counts lines: LF or CR */
/* The encoding that was found from NUL bytes alone, or NULL. */
MIG_API const char *mig_reader_found_encoding(const struct mig_reader *reader);
MIG_API const char *mig_reader_name(const struct mig_reader *reader);
MIG_API void mig_reader_progress(const struct mig_reader *reader, uint64_t *taken, uint64_t *size);
MIG_API void mig_reader_free(struct mig_reader *reader);

#endif
