/* Records through libcsv, which decides what the quotes mean. */
#include "input/reader-internal.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "input/mend-internal.h"

struct mig_position mig_reader_position(const struct mig_reader *reader, size_t line, size_t column)
{
    return (struct mig_position){mig_source_name(reader->source), line, column};
}

/* Errors of the cell that is being read. */

static enum mig_status fail_too_large(
    const struct mig_reader *reader, size_t line, size_t column, struct mig_error *error)
{
    struct mig_position position = mig_reader_position(reader, line, column);
    return mig_fail_at(error, MIG_LIMIT, &position,
        _("cell is larger than %zu bytes (--max-cell): a quote may be left open"),
        reader->max_cell);
}

static enum mig_status fail_quote(const struct mig_reader *reader, struct mig_error *error)
{
    struct mig_position position =
        mig_reader_position(reader, reader->window.line, reader->count + 1);
    if (!reader->parser.quoted)
        return mig_fail_at(error, MIG_SYNTAX, &position,
            _("quote inside a cell that does not begin with one (mig-clean --quote none takes it "
              "as it is)"));
    if (reader->cell_line == reader->window.line)
        return mig_fail_at(error, MIG_SYNTAX, &position, _("text after a closing quote"));
    return mig_fail_at(error, MIG_SYNTAX, &position,
        _("text after the closing quote of the cell that opens on line %zu"), reader->cell_line);
}

static enum mig_status fail_unclosed(const struct mig_reader *reader, struct mig_error *error)
{
    struct mig_position position =
        mig_reader_position(reader, reader->cell_line, reader->count + 1);
    return mig_fail_at(
        error, MIG_SYNTAX, &position, _("unclosed quote: the cell that opens here never ends"));
}

static enum mig_status fail_nul(const struct mig_reader *reader, struct mig_error *error)
{
    struct mig_position position =
        mig_reader_position(reader, reader->window.line, reader->count + 1);
    return mig_fail_at(error, MIG_SYNTAX, &position,
        _("NUL byte: not a text, or one in another encoding (--encoding)"));
}

/* Bytes that are not valid: names the cell of the record that holds the one at `offset` of its
 * bytes. */
static enum mig_status fail_invalid(
    const struct mig_reader *reader, size_t offset, struct mig_error *error)
{
    const char *byte = reader->text + offset;
    size_t cell = 0;
    while (byte > reader->cells[cell].text.data + reader->cells[cell].text.length)
        cell++;
    struct mig_position position = mig_reader_position(reader, reader->cells[cell].line, cell + 1);
    for (const char *at = reader->cells[cell].text.data; at < byte; at++)
        position.line += *at == reader->window.newline;
    struct mig_text rest = {byte, reader->used - offset};
    int undecoded = mig_source_undecoded(reader->source, rest);
    bool found;
    if (undecoded >= 0)
        return mig_fail_at(error, MIG_SYNTAX, &position,
            _("byte 0x%02x is not valid in encoding '%s'"), (unsigned)undecoded,
            mig_source_encoding(reader->source, &found));
    return mig_fail_at(error, MIG_SYNTAX, &position,
        _("byte 0x%02x is not valid UTF-8; for Windows-1252: --encoding windows-1252"),
        (unsigned)(unsigned char)*byte);
}

/* From libcsv to cells. */

/* libcsv gives NULL for a cell with nothing between its delimiters, not for "". */
static void take_cell(void *bytes, size_t length, void *context)
{
    struct mig_reader *reader = context;
    if (reader->count == reader->capacity) {
        struct mig_cell *cells =
            mig_grow(reader->cells, &reader->capacity, reader->count + 1, sizeof *reader->cells);
        if (!cells) {
            reader->no_memory = true;
            return;
        }
        reader->cells = cells;
    }
    struct mig_cell *cell = &reader->cells[reader->count++];
    cell->text.length = length;
    cell->line = reader->cell_line;
    cell->quoted_empty = bytes && length == 0;
    if (length > 0)
        memcpy(reader->text + reader->used, bytes, length);
    reader->text[reader->used + length] = '\0';
    reader->used += length + 1;
    reader->cell_line = reader->window.line;
    if (length > reader->max_cell && reader->too_large == 0)
        reader->too_large = reader->count;
}

static void take_record(int terminator, void *context)
{
    struct mig_reader *reader = context;
    (void)terminator;
    reader->complete = true;
}

/* Room for all that libcsv may hand out of what it holds and `length` bytes more: each complete
 * cell took at least one byte more than it has, its delimiter, but for the last one of the file. */
static bool reserve(struct mig_reader *reader, size_t length)
{
    size_t need = reader->used + reader->parser.entry_pos + length + 1;
    if (need <= reader->text_capacity)
        return true;
    char *text = mig_grow(reader->text, &reader->text_capacity, need, 1);
    if (text)
        reader->text = text;
    return text != NULL;
}

/* Which of the limits was passed, in the order in which the bytes stand. A cell that is being read
 * may hold one byte of libcsv's own, its closing quote. */
static enum mig_status check_cells(const struct mig_reader *reader, struct mig_error *error)
{
    if (reader->no_memory)
        return mig_fail_memory(error);
    if (reader->too_large > 0)
        return fail_too_large(
            reader, reader->cells[reader->too_large - 1].line, reader->too_large, error);
    if (reader->used + reader->count * MIG_CELL_COST > reader->max_cell + MIG_MAX_RECORD) {
        struct mig_position position = mig_reader_position(reader, reader->record_line, 0);
        return mig_fail_at(error, MIG_LIMIT, &position,
            _("record is larger than %zu bytes (--max-cell): does another character end the "
              "lines?"),
            reader->max_cell + MIG_MAX_RECORD);
    }
    if (reader->parser.entry_pos > 1 && reader->parser.entry_pos - 1 > reader->max_cell)
        return fail_too_large(reader, reader->cell_line, reader->count + 1, error);
    return MIG_OK;
}

static enum mig_status parse(
    struct mig_reader *reader, const char *bytes, size_t length, struct mig_error *error)
{
    const char *nul = memchr(bytes, 0, length);
    size_t clean = nul ? (size_t)(nul - bytes) : length;
    if (!reserve(reader, clean))
        return mig_fail_memory(error);
    size_t taken = csv_parse(&reader->parser, bytes, clean, take_cell, take_record, reader);
    enum mig_status status = check_cells(reader, error);
    if (status != MIG_OK)
        return status;
    reader->misquoted = taken < clean && csv_error(&reader->parser) == CSV_EPARSE;
    if (taken < clean)
        return reader->misquoted ? fail_quote(reader, error) : mig_fail_memory(error);
    return nul ? fail_nul(reader, error) : MIG_OK;
}

/* Lines. */

/* One search serves all the pieces before that LF: a file whose lines end in CR is not searched
 * anew for each of them. */
void mig_reader_find_feed(struct mig_reader *reader)
{
    size_t left = reader->window.length - reader->window.position;
    const char *feed =
        left > 0 ? memchr(reader->window.bytes + reader->window.position, '\n', left) : NULL;
    reader->next_feed = feed ? (size_t)(feed - reader->window.bytes) : reader->window.length;
}

/* The length of what is left of the line, with its CR or LF when that is there already. */
static size_t line_length(struct mig_reader *reader, bool *ended)
{
    const char *line = reader->window.bytes + reader->window.position;
    if (reader->next_feed < reader->window.position)
        mig_reader_find_feed(reader);
    size_t to_feed = reader->next_feed - reader->window.position;
    const char *end = memchr(line, '\r', to_feed);
    size_t length = end ? (size_t)(end - line) : to_feed;
    *ended = reader->window.position + length < reader->window.length;
    return length + *ended;
}

static bool is_blank(const struct mig_reader *reader, const char *line, size_t length)
{
    if (reader->keep_blank_lines)
        return length == 0;
    for (size_t i = 0; i < length; i++)
        if ((line[i] != ' ' && line[i] != '\t') || line[i] == reader->delimiter)
            return false;
    return true;
}

static enum mig_status take_empty_record(struct mig_reader *reader, struct mig_error *error)
{
    if (!reserve(reader, 0))
        return mig_fail_memory(error);
    reader->record_line = reader->cell_line = reader->window.line;
    take_cell(NULL, 0, reader);
    reader->complete = true;
    return check_cells(reader, error);
}

/* A line of which nothing but blanks has been seen. */
static enum mig_status take_blanks(struct mig_reader *reader, const char *blanks, size_t length,
    bool ended, struct mig_error *error)
{
    if (reader->blanks.length + length > reader->max_cell)
        return fail_too_large(reader, reader->window.line, 1, error);
    if (!ended)
        return mig_buffer_append(&reader->blanks, blanks, length, error);
    mig_buffer_clear(&reader->blanks);
    if (reader->keep_blank_lines)
        return take_empty_record(reader, error);
    reader->blank_lines++;
    return MIG_OK;
}

static enum mig_status take_text(
    struct mig_reader *reader, const char *bytes, size_t length, struct mig_error *error)
{
    if (!reader->begun) {
        reader->begun = true;
        reader->record_line = reader->cell_line = reader->window.line;
        if (reader->blanks.length > 0) {
            enum mig_status status =
                parse(reader, reader->blanks.data, reader->blanks.length, error);
            if (status != MIG_OK)
                return status;
            mig_buffer_clear(&reader->blanks);
        }
    }
    return parse(reader, bytes, length, error);
}

/* Takes the next piece of the data: up to a line end, or all that is there. */
static enum mig_status take_piece(struct mig_reader *reader, struct mig_error *error)
{
    const char *piece = reader->window.bytes + reader->window.position;
    if (reader->after_return && *piece == '\n') {
        reader->after_return = false;
        reader->window.position++;
        reader->window.line += reader->window.newline == '\n';
        return MIG_OK;
    }
    bool ended;
    size_t length = line_length(reader, &ended);
    size_t content = length - ended;
    bool blank = !reader->begun && is_blank(reader, piece, content);
    reader->window.position += length;
    enum mig_status status = blank ? take_blanks(reader, piece, content, ended, error)
                                   : take_text(reader, piece, length, error);
    reader->window.line += ended && piece[content] == reader->window.newline;
    reader->after_return = ended && piece[content] == '\r' && (blank || reader->complete);
    return status;
}

static enum mig_status refill(struct mig_reader *reader, struct mig_error *error)
{
    enum mig_status status = mig_window_refill(&reader->window, error);
    if (status == MIG_OK)
        mig_reader_find_feed(reader);
    return status;
}

/* Whether the lines to read have ended. What stands below is read by nobody, but it must be there:
 * a file that is cut short is not taken for a whole one. */
static enum mig_status leave_out_rest(
    struct mig_reader *reader, bool *ended, struct mig_error *error)
{
    *ended = reader->end_line > 0 && !reader->begun && reader->blanks.length == 0 &&
             !(reader->after_return && reader->window.newline == '\n') &&
             reader->window.line >= reader->end_line;
    enum mig_status status = MIG_OK;
    while (*ended && reader->window.length > 0 && status == MIG_OK) {
        bool newline = false;
        for (size_t i = reader->window.position; i < reader->window.length; i++) {
            newline = reader->window.bytes[i] == reader->window.newline;
            reader->last_left_out = reader->window.line;
            reader->window.line += newline;
        }
        reader->window.position = reader->window.length;
        status = refill(reader, error);
    }
    return status;
}

/* The end of the file: a last record without a line end, or none. */
static enum mig_status finish(struct mig_reader *reader, struct mig_error *error)
{
    if (reader->blanks.length > 0) {
        mig_buffer_clear(&reader->blanks);
        reader->blank_lines++;
    }
    if (!reader->begun)
        return MIG_OK;
    if (!reserve(reader, 0))
        return mig_fail_memory(error);
    reader->misquoted = csv_fini(&reader->parser, take_cell, take_record, reader) != 0;
    if (reader->misquoted)
        return fail_unclosed(reader, error);
    return check_cells(reader, error);
}

static void place_cells(struct mig_reader *reader, const char *text)
{
    for (size_t i = 0; i < reader->count; i++) {
        reader->cells[i].text.data = text;
        text += reader->cells[i].text.length + 1;
    }
}

static enum mig_status hand_out(
    struct mig_reader *reader, struct mig_record *record, struct mig_error *error)
{
    struct mig_text all = {reader->text, reader->used};
    size_t valid = mig_text_valid_utf8(all);
    place_cells(reader, reader->text);
    *record = (struct mig_record){reader->cells, reader->count, reader->record_line, NULL};
    if (valid == all.length)
        return MIG_OK;
    enum mig_status status = fail_invalid(reader, valid, &reader->fault);
    if (reader->invalid != MIG_INVALID_FAIL)
        status =
            mig_mend(&(struct mig_mending){reader->source, reader->invalid == MIG_INVALID_MARK},
                &(struct mig_cells){reader->cells, reader->count}, &reader->mended,
                &reader->replaced, error);
    else if (error)
        *error = reader->fault;
    if (status != MIG_OK)
        return status;
    place_cells(reader, reader->mended.data);
    if (reader->invalid == MIG_INVALID_MARK)
        record->fault = &reader->fault;
    return MIG_OK;
}

enum mig_status mig_reader_next_of_libcsv(
    struct mig_reader *reader, struct mig_record *record, struct mig_error *error)
{
    enum mig_status status = MIG_OK;
    reader->begun = reader->complete = false;
    reader->count = reader->used = 0;
    while (status == MIG_OK && !reader->complete) {
        bool ended;
        status = leave_out_rest(reader, &ended, error);
        if (status != MIG_OK || ended)
            break;
        if (reader->window.position < reader->window.length) {
            status = take_piece(reader, error);
            continue;
        }
        status = refill(reader, error);
        if (status == MIG_OK && reader->window.length == 0) {
            status = finish(reader, error);
            break;
        }
    }
    return status == MIG_OK ? hand_out(reader, record, error) : status;
}
