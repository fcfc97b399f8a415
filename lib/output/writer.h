/* Writer: a table written cell by cell as CSV, TSV, JSON, JSON lines, Markdown or aligned text.
 *
 * csv is RFC 4180 with LF line ends; a cell is quoted when it holds the delimiter, a quote, CR or LF, begins or ends with a blank,
 * and the only cell of a one-column row also when it holds any sign that could be taken for a delimiter, or is empty (a blank line would be lost by many readers).
 * tsv is the same with a tab as delimiter, so that the reader (input/reader.h) gives back every text from either.
 * csv-rows and tsv-rows are the same two without the header, for programs that sort or shuffle rows.
 * json is an array of objects, jsonl an object a line; an empty cell is null,
 * numbers stand unquoted. md is a GitHub table with | escaped. text is aligned by the width that a terminal shows,
 * numbers to the right, and needs the whole table in memory, as md does; the others stream.
 */
#ifndef MIGSTAT_OUTPUT_WRITER_H
#define MIGSTAT_OUTPUT_WRITER_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "../base/sum.h"
#include "../base/error.h"
#include "../base/text.h"

enum mig_format { MIG_CSV, MIG_TSV, MIG_JSON, MIG_JSONL, MIG_MD, MIG_TEXT, MIG_CSV_ROWS, MIG_TSV_ROWS };

/* Errors: MIG_NAME with the nearest format. */
MIG_API enum mig_status MIG_MUST_USE mig_format_parse(const char *name, enum mig_format *format,
    struct mig_error *error);

struct mig_writer; /* opaque */

/* Begins a table of `count` columns on `stream` (borrowed, never closed). `precision` is the number of
 * significant digits of doubles, 1 to 17; digits before the decimal point are never rounded away. The header is written at once in the formats that stream.
 * Errors: MIG_NO_MEMORY, MIG_SYSTEM, MIG_ARGUMENT for a precision out of range and for no columns. A MIG_SYSTEM
 * error has the system's words alone: the writer knows no name of its stream. */
MIG_API enum mig_status MIG_MUST_USE mig_writer_open(struct mig_writer **writer, FILE *stream,
    enum mig_format format, int precision, const char *const *names, size_t count,
    struct mig_error *error);

/* For text, before the table is closed: a table wider than `width` terminal cells (0: none is) is folded into blocks of columns, an
 * empty line between them. The columns that name the rows, and do not say the same in all of them, are repeated at the left of each block
 * as far as they leave half of the width; a text that does not fit beside them is broken between words. Other formats stay as they are. */
MIG_API void mig_writer_fold(struct mig_writer *writer, size_t width);

/* Says that a column names the rows; without any the first one does. */
MIG_API void mig_writer_names_rows(struct mig_writer *writer, size_t column);

/* The next cell of the row. The first failure is kept and returned by mig_writer_end_row(). */
MIG_API void mig_writer_text(struct mig_writer *writer, struct mig_text text);
MIG_API void mig_writer_string(struct mig_writer *writer, const char *terminated); /* NULL: empty */
MIG_API void mig_writer_double(struct mig_writer *writer, double value); /* NaN and infinities: empty */
MIG_API void mig_writer_count(struct mig_writer *writer, uint64_t value);
MIG_API void mig_writer_sum(struct mig_writer *writer, const struct mig_sum *sum); /* exact */
MIG_API void mig_writer_number_text(struct mig_writer *writer, struct mig_text number); /* already written as a number */
MIG_API void mig_writer_empty(struct mig_writer *writer);

/* The next `count` cells of the row: as mig_writer_text() for each. Where texts stand one behind the other with one byte between
 * them, as a reader leaves the cells of a record, they are copied at once. */
MIG_API void mig_writer_texts(
    struct mig_writer *writer, const struct mig_text *texts, size_t count);

/* Words for a reader (notes): translated in md and text, as they are in the formats that programs read. */
MIG_API void mig_writer_words(struct mig_writer *writer, const char *message_id);
/* Whether words are translated in this format. */
MIG_API bool mig_writer_is_for_people(const struct mig_writer *writer);

/* Appends a cell of a CSV row to `out`, quoted where it must be, after a comma unless it is the `first`. */
MIG_API enum mig_status MIG_MUST_USE mig_csv_append(struct mig_buffer *out, struct mig_text cell,
    bool first, struct mig_error *error);

/* Ends the row, which must have `count` cells. Errors: the first one since the row began; MIG_SYSTEM
 * when the stream failed; MIG_ARGUMENT when cells are too few or too many. */
MIG_API enum mig_status MIG_MUST_USE mig_writer_end_row(struct mig_writer *writer,
    struct mig_error *error);

/* Ends the table and flushes the stream. Errors: as mig_writer_end_row(). */
MIG_API enum mig_status MIG_MUST_USE mig_writer_close(struct mig_writer *writer,
    struct mig_error *error);

/* Gives up a table that can't be completed, so that no reader takes the part that was written for the whole: csv and tsv
 * end in a quote that is never closed, jsonl in half an object, json without its bracket; md and text write nothing. */
MIG_API void mig_writer_spoil(struct mig_writer *writer);
MIG_API void mig_writer_free(struct mig_writer *writer);

#endif
