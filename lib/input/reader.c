#include "input/reader.h"

#include <csv.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/memory.h"
#include "input/dialect.h"
#include "input/input-internal.h"
#include "input/mend-internal.h"

#define SAMPLE_SIZE ((size_t)64 * 1024)
#define PARSER_GROWTH ((size_t)64 * 1024)
#define CELL_COST ((size_t)32) /* of a cell beside its text */

/* libcsv is fed in pieces that end behind a CR or LF, so that at most one record ends in each piece
 * and lines are counted between the pieces. It drops lines without cells: those never reach it. */
struct mig_reader {
    struct mig_source *source;
    struct csv_parser parser;
    struct mig_buffer sample; /* the first bytes, read ahead to choose delimiter and line end */
    size_t max_cell;
    char delimiter;
    char quote;
    enum mig_invalid invalid;
    size_t end_line;
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
    bool misquoted;

    struct mig_error fault;   /* of the record's first byte that is not valid */
    struct mig_buffer mended; /* the record's text with its bytes replaced */
    size_t replaced;
    size_t last_left_out;
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
        return mig_fail_at(error, MIG_SYNTAX, &position,
            _("quote inside a cell that does not begin with one (mig-clean --quote none takes it "
              "as it is)"));
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
    struct mig_position position = position_at(reader, reader->cells[cell].line, cell + 1);
    for (const char *at = reader->cells[cell].text.data; at < byte; at++)
        position.line += *at == reader->newline;
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
    if (reader->used + reader->count * CELL_COST > reader->max_cell + MIG_MAX_RECORD) {
        struct mig_position position = position_at(reader, reader->record_line, 0);
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
    reader->misquoted = taken < clean && csv_error(&reader->parser) == CSV_EPARSE;
    enum mig_status status = check_cells(reader, error);
    if (status != MIG_OK)
        return status;
    if (taken < clean)
        return reader->misquoted ? fail_quote(reader, error) : mig_fail_memory(error);
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

/* Whether the lines to read have ended. What stands below is read by nobody, but it must be there:
 * a file that is cut short is not taken for a whole one. */
static enum mig_status leave_out_rest(
    struct mig_reader *reader, bool *ended, struct mig_error *error)
{
    *ended = reader->end_line > 0 && !reader->begun && reader->blanks.length == 0 &&
             !(reader->after_return && reader->newline == '\n') && reader->line >= reader->end_line;
    enum mig_status status = MIG_OK;
    while (*ended && reader->length > 0 && status == MIG_OK) {
        bool newline = false;
        for (size_t i = reader->position; i < reader->length; i++) {
            newline = reader->data[i] == reader->newline;
            reader->last_left_out = reader->line;
            reader->line += newline;
        }
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

enum mig_status mig_reader_next(
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
    return mig_source_check_format(reader->source, error);
}

static void choose_newline(struct mig_reader *reader)
{
    size_t length = reader->length < SAMPLE_SIZE ? reader->length : SAMPLE_SIZE;
    bool has_feed = reader->next_feed < length;
    /* A CR that ends the sample may be half of a CR LF. */
    bool has_return = length > 0 && memchr(reader->data, '\r', length - 1);
    reader->newline = has_return && !has_feed ? '\r' : '\n';
}

/* What the dialect is chosen from: what stands from the first line on in the first 64 KiB. A whole
 * file's last record is made complete. */
static enum mig_status take_sample(
    struct mig_reader *reader, struct mig_text *sample, struct mig_error *error)
{
    size_t size = reader->length < SAMPLE_SIZE ? reader->length : SAMPLE_SIZE;
    if (size < SAMPLE_SIZE) {
        enum mig_status status = mig_buffer_append(&reader->sample, "\n", 1, error);
        if (status != MIG_OK)
            return status;
        reader->data = reader->sample.data;
        size++;
    }
    *sample = (struct mig_text){reader->data + reader->position, size - reader->position};
    return MIG_OK;
}

static enum mig_status choose_delimiter(struct mig_reader *reader, struct mig_text sample,
    const struct mig_reader_options *options, struct mig_error *error)
{
    char delimiter = options->delimiter;
    if (delimiter == reader->quote || delimiter == '\n' || delimiter == '\r')
        return mig_fail(
            error, MIG_ARGUMENT, _("a quote or a line end cannot separate cells (--delimiter)"));
    reader->delimiter = delimiter;
    if (delimiter)
        return MIG_OK;
    enum mig_status status =
        mig_dialect_delimiter(sample, reader->quote, &reader->delimiter, error);
    if (status == MIG_SYNTAX) {
        struct mig_position position = position_at(reader, 0, 0);
        mig_error_locate(error, &position, NULL);
    }
    return status;
}

/* Moves on to `position`, counting lines. */
static void skip_to(struct mig_reader *reader, size_t position)
{
    for (; reader->position < position; reader->position++)
        reader->line += reader->data[reader->position] == reader->newline;
}

static enum mig_status skip_to_line(
    struct mig_reader *reader, size_t first_line, struct mig_error *error)
{
    bool whole = reader->length < SAMPLE_SIZE;
    size_t end = whole ? reader->length : SAMPLE_SIZE;
    while (reader->line < first_line && reader->position < end)
        skip_to(reader, reader->position + 1);
    if (reader->position < end || first_line <= 1)
        return MIG_OK;
    struct mig_position position = position_at(reader, 0, 0);
    bool ended = end > 0 && reader->data[end - 1] == reader->newline;
    return mig_fail_at(error, MIG_ARGUMENT, &position,
        whole ? _("the table is to begin on line %zu, but the file ends on line %zu")
              : _("the table is to begin on line %zu, but that is looked for in the first 64 KiB, "
                  "which end on line %zu"),
        first_line, reader->line - (whole && ended));
}

/* Titles are what stands above a table: without one the lines are left to be read. Their quotes may
 * have misled the choice of the delimiter, so it is chosen again. */
static enum mig_status skip_spoiled_titles(struct mig_reader *reader, struct mig_text sample,
    const struct mig_reader_options *options, struct mig_error *error)
{
    char before = reader->delimiter;
    size_t length = mig_dialect_spoiled_titles(sample, reader->delimiter, reader->quote);
    if (length == 0 || length > reader->length - reader->position)
        return MIG_OK;
    struct mig_text rest = {sample.data + length, sample.length - length};
    bool is_table = false;
    enum mig_status status = choose_delimiter(reader, rest, options, error);
    if (status == MIG_OK)
        status = mig_dialect_is_table(rest, reader->delimiter, reader->quote, &is_table, error);
    if (is_table)
        skip_to(reader, reader->position + length);
    else
        reader->delimiter = before;
    return status;
}

/* Delimiter, line end, and where the records begin. */
static enum mig_status choose_dialect(
    struct mig_reader *reader, const struct mig_reader_options *options, struct mig_error *error)
{
    struct mig_text sample;
    choose_newline(reader);
    enum mig_status status = skip_to_line(reader, options->first_line, error);
    if (status == MIG_OK)
        status = take_sample(reader, &sample, error);
    if (status == MIG_OK)
        status = choose_delimiter(reader, sample, options, error);
    if (status == MIG_OK && options->spoiled_titles)
        status = skip_spoiled_titles(reader, sample, options, error);
    if (status != MIG_OK)
        return status;
    csv_set_delim(&reader->parser, (unsigned char)reader->delimiter);
    csv_set_quote(&reader->parser, mig_dialect_quote(reader->quote));
    find_feed(reader);
    return MIG_OK;
}

bool mig_reader_can_quote(char quote)
{
    return quote > ' ' && quote < 0x7f && !strchr(",;|:", quote);
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
    new->quote = options->quote ? options->quote : '"';
    new->invalid = options->invalid;
    new->end_line = options->end_line;
    csv_init(&new->parser, CSV_STRICT | CSV_STRICT_FINI | CSV_EMPTY_IS_NULL);
    csv_set_space_func(&new->parser, mig_dialect_no_space);
    csv_set_blk_size(&new->parser, PARSER_GROWTH);
    enum mig_status status =
        mig_source_open(&new->source, path, options->encoding, options->read_size, error);
    if (status == MIG_OK && options->end_line > 0 && options->end_line <= options->first_line)
        status = mig_fail(error, MIG_ARGUMENT,
            _("the table is to begin on line %zu and to end above line %zu"), options->first_line,
            options->end_line);
    if (status == MIG_OK && new->quote != MIG_NO_QUOTE && !mig_reader_can_quote(new->quote))
        status = mig_fail(error, MIG_ARGUMENT, _("'%c' can't be a quote"), new->quote);
    if (status == MIG_OK)
        status = read_sample(new, error);
    if (status == MIG_OK)
        status = choose_dialect(new, options, error);
    if (status != MIG_OK) {
        mig_reader_free(new);
        return status;
    }
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

size_t mig_reader_replaced(const struct mig_reader *reader)
{
    return reader->replaced;
}

size_t mig_reader_last_left_out(const struct mig_reader *reader)
{
    return reader->last_left_out;
}

bool mig_reader_is_misquoted(const struct mig_reader *reader)
{
    return reader->misquoted;
}

const char *mig_reader_found_encoding(const struct mig_reader *reader)
{
    bool found;
    const char *encoding = mig_source_encoding(reader->source, &found);
    return found ? encoding : NULL;
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
    mig_buffer_release(&reader->mended);
    free(reader->cells);
    free(reader->text);
    free(reader);
}
