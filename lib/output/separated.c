/* CSV and TSV: the same quoting, after a comma or a tab. */
#include "output/writer-internal.h"

#include <string.h>

#include "base/load-inline.h"

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* The highest bit of each byte of `word` that is `sign`; perhaps also of bytes above one. */
static inline uint64_t mark(uint64_t word, char sign)
{
    const uint64_t ones = UINT64_C(0x0101010101010101);
    uint64_t zero = word ^ ones * (unsigned char)sign;
    return (zero - ones) & ~zero & ones << 7;
}

static inline uint64_t mark_signs(uint64_t word, char delimiter)
{
    return mark(word, delimiter) | mark(word, '"') | mark(word, '\n') | mark(word, '\r');
}

/* Whether a delimiter, quote, CR or LF stands in the text; eight bytes are looked at at once. */
static bool has_sign(struct mig_text text, char delimiter)
{
    size_t at = 0;
    uint64_t found = 0;
    for (; at + 8 <= text.length; at += 8)
        found |= mark_signs(mig_load_8(text.data + at), delimiter);
    return (found | mark_signs(mig_load_short(text.data + at, text.length - at), delimiter)) != 0;
}

/* `alone`: the only cell of its row, where a reader would take other signs for the delimiter. */
static bool needs_quotes(struct mig_text cell, char delimiter, bool alone)
{
    if (cell.length == 0)
        return alone;
    if (is_blank(cell.data[0]) || is_blank(cell.data[cell.length - 1]) || has_sign(cell, delimiter))
        return true;
    for (size_t i = 0; alone && i < cell.length; i++)
        if (memchr(",;\t|", cell.data[i], 4) != NULL)
            return true;
    return false;
}

/* In quotes, those inside doubled. */
static enum mig_status append_quoted(
    struct mig_buffer *out, struct mig_text rest, struct mig_error *error)
{
    enum mig_status status = mig_buffer_append(out, "\"", 1, error);
    while (rest.length > 0 && status == MIG_OK) {
        const char *quote = memchr(rest.data, '"', rest.length);
        size_t taken = quote ? (size_t)(quote - rest.data) + 1 : rest.length;
        status = mig_buffer_append(out, rest.data, taken, error);
        if (quote && status == MIG_OK)
            status = mig_buffer_append(out, "\"", 1, error);
        rest = (struct mig_text){rest.data + taken, rest.length - taken};
    }
    return status == MIG_OK ? mig_buffer_append(out, "\"", 1, error) : status;
}

static enum mig_status append(struct mig_buffer *out, struct mig_text cell, char delimiter,
    bool alone, struct mig_error *error)
{
    if (needs_quotes(cell, delimiter, alone))
        return append_quoted(out, cell, error);
    return mig_buffer_append(out, cell.data, cell.length, error);
}

enum mig_status mig_csv_append(
    struct mig_buffer *out, struct mig_text cell, bool first, struct mig_error *error)
{
    enum mig_status status = first ? MIG_OK : mig_buffer_append(out, ",", 1, error);
    return status == MIG_OK ? append(out, cell, ',', false, error) : status;
}

static void put_cell(struct mig_writer *writer, struct mig_text cell)
{
    struct mig_error error;
    bool alone = writer->columns == 1;
    if (append(&writer->line, cell, writer->format->delimiter, alone, &error) != MIG_OK &&
        writer->error.status == MIG_OK)
        writer->error = error;
}

/* The row's cells, each with its 0 byte. */
static struct mig_text row_bytes(const struct mig_writer *writer, size_t first)
{
    const struct mig_written_cell *cells = writer->cells + first;
    const struct mig_written_cell *last = cells + writer->columns - 1;
    return (struct mig_text){
        writer->bytes.data + cells->start, last->start + last->length + 1 - cells->start};
}

/* Whether no cell of the row needs quotes. */
static bool is_plain(const struct mig_writer *writer, size_t first)
{
    const struct mig_written_cell *cell = writer->cells + first;
    const char *bytes = writer->bytes.data;
    bool blanks = false;
    for (size_t i = 0; i < writer->columns; i++, cell++) {
        size_t last = cell->length > 0 ? cell->length - 1 : 0;
        blanks |= is_blank(bytes[cell->start]);
        blanks |= is_blank(bytes[cell->start + last]);
    }
    return !blanks && !has_sign(row_bytes(writer, first), writer->format->delimiter);
}

/* Puts the delimiters where the 0 bytes stand. */
static void write_plain(struct mig_writer *writer, size_t first)
{
    const struct mig_written_cell *cell = writer->cells + first;
    char *bytes = writer->bytes.data, delimiter = writer->format->delimiter;
    for (size_t i = 0; i < writer->columns; i++, cell++)
        bytes[cell->start + cell->length] = i + 1 < writer->columns ? delimiter : '\n';
    mig_writer_write(writer, row_bytes(writer, first));
}

static void row(struct mig_writer *writer, size_t first)
{
    if (writer->columns > 1 && is_plain(writer, first)) {
        write_plain(writer, first);
        return;
    }
    for (size_t i = 0; i < writer->columns; i++) {
        if (i > 0)
            mig_writer_put(writer, (struct mig_text){&writer->format->delimiter, 1});
        put_cell(writer, mig_writer_cell_text(writer, first + i));
    }
    mig_writer_put_string(writer, "\n");
}

static void begin(struct mig_writer *writer)
{
    row(writer, 0);
}

static void begin_without_header(struct mig_writer *writer)
{
    (void)writer;
}

static void end(struct mig_writer *writer)
{
    (void)writer;
}

static void spoil(struct mig_writer *writer)
{
    mig_writer_put_string(writer, "\"incomplete\n");
}

const struct mig_writer_format mig_format_csv = {
    .delimiter = ',', .begin = begin, .row = row, .end = end, .spoil = spoil};
const struct mig_writer_format mig_format_tsv = {
    .delimiter = '\t', .begin = begin, .row = row, .end = end, .spoil = spoil};
const struct mig_writer_format mig_format_csv_rows = {
    .delimiter = ',', .begin = begin_without_header, .row = row, .end = end, .spoil = spoil};
const struct mig_writer_format mig_format_tsv_rows = {
    .delimiter = '\t', .begin = begin_without_header, .row = row, .end = end, .spoil = spoil};
