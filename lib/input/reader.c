#include "input/reader.h"

#include <csv.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/memory.h"
#include "input/dialect.h"

#define SAMPLE_SIZE ((size_t)64 * 1024)
#define PARSER_GROWTH ((size_t)64 * 1024)

/* libcsv is fed in pieces that end behind a CR or LF, so that at most one record ends in each piece
 * and lines are counted between the pieces. It drops lines without cells: those never reach it. */
struct mig_reader {
    struct mig_source *source;
    struct csv_parser parser;
    struct mig_buffer sample; /* the first bytes, read ahead to choose delimiter and line end */
    size_t max_cell;
    char delimiter;
    char newline; /* the byte that counts lines: LF, or CR in a file of an old Macintosh */
    bool keep_blank_lines;

    const char *data; /* of the sample, then of the source */
    size_t length;
    size_t position;  /* of the first byte that is not yet taken */
    size_t next_feed; /* of the first LF at or behind `position`, or `length`; stale when before */

    size_t line;
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
};

static struct mig_position position_at(const struct mig_reader *reader, size_t line, size_t column)
{
    return (struct mig_position){mig_source_name(reader->source), line, column};
}

/* Errors of the cell that is being read. */

static enum mig_status fail_too_large(
    const struct mig_reader *reader, size_t line, size_t column, struct mig_error *error)
{
    struct mig_position position = position_at(reader, line, column);
    return mig_fail_at(error, MIG_LIMIT, &position,
        _("cell is larger than %zu bytes (--max-cell): a quote may be left open"),
        reader->max_cell);
}

static enum mig_status fail_quote(const struct mig_reader *reader, struct mig_error *error)
{
    struct mig_position position = position_at(reader, reader->line, reader->count + 1);
    if (!reader->parser.quoted)
        return mig_fail_at(
            error, MIG_SYNTAX, &position, _("quote inside a cell that does not begin with one"));
    if (reader->cell_line == reader->line)
        return mig_fail_at(error, MIG_SYNTAX, &position, _("text after a closing quote"));
    return mig_fail_at(error, MIG_SYNTAX, &position,
        _("text after the closing quote of the cell that opens on line %zu"), reader->cell_line);
}

static enum mig_status fail_unclosed(const struct mig_reader *reader, struct mig_error *error)
{
    struct mig_position position = position_at(reader, reader->cell_line, reader->count + 1);
    return mig_fail_at(
        error, MIG_SYNTAX, &position, _("unclosed quote: the cell that opens here never ends"));
}

static enum mig_status fail_nul(const struct mig_reader *reader, struct mig_error *error)
{
    struct mig_position position = position_at(reader, reader->line, reader->count + 1);
    return mig_fail_at(error, MIG_SYNTAX, &position,
        _("NUL byte: not a text, or one in UTF-16 (--encoding utf-16le)"));
}

/* Names the cell of the record that holds the byte at `offset` of its bytes. */
static enum mig_status fail_utf8(
    const struct mig_reader *reader, size_t offset, struct mig_error *error)
{
    const char *byte = reader->text + offset;
    size_t cell = 0;
    while (byte > reader->cells[cell].text.data + reader->cells[cell].text.length)
        cell++;
    struct mig_position position = position_at(reader, reader->cells[cell].line, cell + 1);
    for (const char *at = reader->cells[cell].text.data; at < byte; at++)
        position.line += *at == reader->newline;
    return mig_fail_at(error, MIG_SYNTAX, &position,
        _("byte 0x%02x is not valid UTF-8; for Windows-1252: --encoding windows-1252"),
        (unsigned)(unsigned char)*byte);
}

/* From libcsv to cells. */

static int no_space(unsigned char byte)
{
    (void)byte;
    return 0;
}

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
    reader->cell_line = reader->line;
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
    if (taken < clean)
        return csv_error(&reader->parser) == CSV_EPARSE ? fail_quote(reader, error)
                                                        : mig_fail_memory(error);
    return nul ? fail_nul(reader, error) : MIG_OK;
}

/* Lines. */

/* One search serves all the pieces before that LF: a file whose lines end in CR is not searched
 * anew for each of them. */
static void find_feed(struct mig_reader *reader)
{
    size_t left = reader->length - reader->position;
    const char *feed = left > 0 ? memchr(reader->data + reader->position, '\n', left) : NULL;
    reader->next_feed = feed ? (size_t)(feed - reader->data) : reader->length;
}

/* The length of what is left of the line, with its CR or LF when that is there already. */
static size_t line_length(struct mig_reader *reader, bool *ended)
{
    const char *line = reader->data + reader->position;
    if (reader->next_feed < reader->position)
        find_feed(reader);
    size_t to_feed = reader->next_feed - reader->position;
    const char *end = memchr(line, '\r', to_feed);
    size_t length = end ? (size_t)(end - line) : to_feed;
    *ended = reader->position + length < reader->length;
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
    reader->record_line = reader->cell_line = reader->line;
    take_cell(NULL, 0, reader);
    reader->complete = true;
    return check_cells(reader, error);
}

/* A line of which nothing but blanks has been seen. */
static enum mig_status take_blanks(struct mig_reader *reader, const char *blanks, size_t length,
    bool ended, struct mig_error *error)
{
    if (reader->blanks.length + length > reader->max_cell)
        return fail_too_large(reader, reader->line, 1, error);
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
        reader->record_line = reader->cell_line = reader->line;
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
    const char *piece = reader->data + reader->position;
    if (reader->after_return && *piece == '\n') {
        reader->after_return = false;
        reader->position++;
        reader->line += reader->newline == '\n';
        return MIG_OK;
    }
    bool ended;
    size_t length = line_length(reader, &ended);
    size_t content = length - ended;
    bool blank = !reader->begun && is_blank(reader, piece, content);
    reader->position += length;
    enum mig_status status = blank ? take_blanks(reader, piece, content, ended, error)
                                   : take_text(reader, piece, length, error);
    reader->line += ended && piece[content] == reader->newline;
    reader->after_return = ended && piece[content] == '\r' && (blank || reader->complete);
    return status;
}

static enum mig_status refill(struct mig_reader *reader, struct mig_error *error)
{
    mig_buffer_release(&reader->sample);
    enum mig_status status = mig_source_read(reader->source, &reader->data, &reader->length, error);
    if (status != MIG_OK)
        return status;
    reader->position = 0;
    find_feed(reader);
    return MIG_OK;
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
    if (csv_fini(&reader->parser, take_cell, take_record, reader) != 0)
        return fail_unclosed(reader, error);
    return check_cells(reader, error);
}

static enum mig_status hand_out(
    struct mig_reader *reader, struct mig_record *record, struct mig_error *error)
{
    const char *text = reader->text;
    for (size_t i = 0; i < reader->count; i++) {
        reader->cells[i].text.data = text;
        text += reader->cells[i].text.length + 1;
    }
    struct mig_text all = {reader->text, reader->used};
    size_t valid = mig_text_valid_utf8(all);
    if (valid < all.length)
        return fail_utf8(reader, valid, error);
    *record = (struct mig_record){reader->cells, reader->count, reader->record_line};
    return MIG_OK;
}

enum mig_status mig_reader_next(
    struct mig_reader *reader, struct mig_record *record, struct mig_error *error)
{
    enum mig_status status = MIG_OK;
    reader->begun = reader->complete = false;
    reader->count = reader->used = 0;
    while (status == MIG_OK && !reader->complete) {
        if (reader->position < reader->length) {
            status = take_piece(reader, error);
            continue;
        }
        status = refill(reader, error);
        if (status == MIG_OK && reader->length == 0) {
            status = finish(reader, error);
            break;
        }
    }
    return status == MIG_OK ? hand_out(reader, record, error) : status;
}

/* Opening. */

static enum mig_status read_sample(struct mig_reader *reader, struct mig_error *error)
{
    size_t got = 1;
    while (got > 0 && reader->sample.length < SAMPLE_SIZE) {
        const char *data;
        enum mig_status status = mig_source_read(reader->source, &data, &got, error);
        if (status == MIG_OK)
            status = mig_buffer_append(&reader->sample, data, got, error);
        if (status != MIG_OK)
            return status;
    }
    reader->data = reader->sample.data;
    reader->length = reader->sample.length;
    find_feed(reader);
    return MIG_OK;
}

static void choose_newline(struct mig_reader *reader)
{
    size_t length = reader->length < SAMPLE_SIZE ? reader->length : SAMPLE_SIZE;
    bool has_feed = reader->next_feed < length;
    /* A CR that ends the sample may be half of a CR LF. */
    bool has_return = length > 0 && memchr(reader->data, '\r', length - 1);
    reader->newline = has_return && !has_feed ? '\r' : '\n';
}

static enum mig_status choose_delimiter(
    struct mig_reader *reader, char delimiter, struct mig_error *error)
{
    struct mig_text sample = {reader->data, reader->length};
    if (delimiter == '"' || delimiter == '\n' || delimiter == '\r')
        return mig_fail(
            error, MIG_ARGUMENT, _("a quote or a line end cannot separate cells (--delimiter)"));
    reader->delimiter = delimiter;
    if (delimiter)
        return MIG_OK;
    if (sample.length >= SAMPLE_SIZE) {
        sample.length = SAMPLE_SIZE;
    } else { /* the whole file: its last record is complete */
        enum mig_status status = mig_buffer_append(&reader->sample, "\n", 1, error);
        if (status != MIG_OK)
            return status;
        reader->data = sample.data = reader->sample.data;
        sample.length++;
    }
    enum mig_status status = mig_dialect_delimiter(sample, &reader->delimiter, error);
    if (status == MIG_SYNTAX) {
        struct mig_position position = position_at(reader, 0, 0);
        mig_error_locate(error, &position, NULL);
    }
    return status;
}

enum mig_status mig_reader_open(struct mig_reader **reader, const char *path,
    const struct mig_reader_options *options, struct mig_error *error)
{
    struct mig_reader *new = calloc(1, sizeof *new);
    *reader = NULL;
    if (!new)
        return mig_fail_memory(error);
    new->line = 1;
    new->max_cell = options->max_cell ? options->max_cell : MIG_MAX_CELL;
    csv_init(&new->parser, CSV_STRICT | CSV_STRICT_FINI | CSV_EMPTY_IS_NULL);
    csv_set_space_func(&new->parser, no_space);
    csv_set_blk_size(&new->parser, PARSER_GROWTH);
    enum mig_status status =
        mig_source_open(&new->source, path, options->encoding, options->read_size, error);
    if (status == MIG_OK)
        status = read_sample(new, error);
    if (status == MIG_OK)
        status = choose_delimiter(new, options->delimiter, error);
    if (status != MIG_OK) {
        mig_reader_free(new);
        return status;
    }
    choose_newline(new);
    csv_set_delim(&new->parser, (unsigned char)new->delimiter);
    *reader = new;
    return MIG_OK;
}

void mig_reader_keep_blank_lines(struct mig_reader *reader, bool keep)
{
    reader->keep_blank_lines = keep;
}

char mig_reader_delimiter(const struct mig_reader *reader)
{
    return reader->delimiter;
}

size_t mig_reader_blank_lines(const struct mig_reader *reader)
{
    return reader->blank_lines;
}

const char *mig_reader_name(const struct mig_reader *reader)
{
    return mig_source_name(reader->source);
}

void mig_reader_progress(const struct mig_reader *reader, uint64_t *taken, uint64_t *size)
{
    mig_source_progress(reader->source, taken, size);
}

void mig_reader_free(struct mig_reader *reader)
{
    if (!reader)
        return;
    csv_free(&reader->parser);
    mig_source_free(reader->source);
    mig_buffer_release(&reader->sample);
    mig_buffer_release(&reader->blanks);
    free(reader->cells);
    free(reader->text);
    free(reader);
}
