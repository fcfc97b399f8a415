#include "output/writer-internal.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"

static const struct {
    const char *name;
    const struct mig_writer_format *format;
} formats[] = {
    [MIG_CSV] = {"csv", &mig_format_csv},
    [MIG_TSV] = {"tsv", &mig_format_tsv},
    [MIG_JSON] = {"json", &mig_format_json},
    [MIG_JSONL] = {"jsonl", &mig_format_jsonl},
    [MIG_MD] = {"md", &mig_format_md},
    [MIG_TEXT] = {"text", &mig_format_text},
    [MIG_CSV_ROWS] = {"csv-rows", &mig_format_csv_rows},
    [MIG_TSV_ROWS] = {"tsv-rows", &mig_format_tsv_rows},
};

enum { N_FORMATS = sizeof formats / sizeof formats[0] };

enum mig_status mig_format_parse(const char *name, enum mig_format *format, struct mig_error *error)
{
    struct mig_text known[N_FORMATS];
    for (size_t i = 0; i < N_FORMATS; i++) {
        if (strcmp(name, formats[i].name) == 0) {
            *format = (enum mig_format)i;
            return MIG_OK;
        }
        known[i] = mig_text_of(formats[i].name);
    }
    size_t nearest = mig_text_nearest(mig_text_of(name), known, N_FORMATS);
    if (nearest < N_FORMATS)
        return mig_fail(error, MIG_NAME, _("'%s' is not an output format; nearest is '%s'"), name,
            formats[nearest].name);
    return mig_fail(error, MIG_NAME,
        _("'%s' is not an output format; there are csv, tsv, json, jsonl, md, text, csv-rows and "
          "tsv-rows"),
        name);
}

struct mig_text mig_writer_cell_text(const struct mig_writer *writer, size_t cell)
{
    const struct mig_written_cell *at = &writer->cells[cell];
    if (at->length == 0)
        return (struct mig_text){0};
    return (struct mig_text){writer->bytes.data + at->start, at->length};
}

/* Keeps the first failure since the row began. */
static void keep_error(struct mig_writer *writer, const struct mig_error *error)
{
    if (!writer->error.status)
        writer->error = *error;
}

void mig_writer_put(struct mig_writer *writer, struct mig_text text)
{
    struct mig_error error;
    if (mig_buffer_append(&writer->line, text.data, text.length, &error))
        keep_error(writer, &error);
}

void mig_writer_put_string(struct mig_writer *writer, const char *terminated)
{
    mig_writer_put(writer, mig_text_of(terminated));
}

enum mig_status mig_escape_append(
    struct mig_buffer *out, struct mig_text text, mig_escape_rule *rule, struct mig_error *error)
{
    enum mig_status status = MIG_OK;
    size_t plain = 0; /* where the bytes that stand for themselves begin */
    for (size_t i = 0; i < text.length && status == MIG_OK;) {
        struct mig_escape escape = rule((struct mig_text){text.data + i, text.length - i});
        if (escape.taken == 0) {
            i++;
            continue;
        }
        status = mig_buffer_append(out, text.data + plain, i - plain, error);
        if (status == MIG_OK)
            status = mig_buffer_append(out, escape.with, strlen(escape.with), error);
        i += escape.taken;
        plain = i;
    }
    if (plain < text.length && status == MIG_OK)
        status = mig_buffer_append(out, text.data + plain, text.length - plain, error);
    return status;
}

void mig_writer_put_escaped(struct mig_writer *writer, struct mig_text text, mig_escape_rule *rule)
{
    struct mig_error error;
    if (mig_escape_append(&writer->line, text, rule, &error) != MIG_OK)
        keep_error(writer, &error);
}

/* A stream may fail without saying why; then it is an input/output error. */
static void note_failure(struct mig_writer *writer)
{
    if (!writer->failure)
        writer->failure = errno ? errno : EIO;
}

void mig_writer_write(struct mig_writer *writer, struct mig_text text)
{
    if (text.length == 0 || writer->error.status || writer->failure)
        return;
    errno = 0;
    if (fwrite(text.data, 1, text.length, writer->stream) != text.length)
        note_failure(writer);
}

void mig_writer_flush_line(struct mig_writer *writer)
{
    mig_writer_write(writer, mig_buffer_text(&writer->line));
    mig_buffer_clear(&writer->line);
}

/* The stream's failure, else the first error since the row began, which is then forgotten. */
static enum mig_status report(struct mig_writer *writer, struct mig_error *error)
{
    if (!writer->failure && ferror(writer->stream))
        writer->failure = EIO;
    if (writer->failure)
        return mig_fail(error, MIG_SYSTEM, "%s", strerror(writer->failure));
    enum mig_status status = writer->error.status;
    if (status && error)
        *error = writer->error;
    writer->error = (struct mig_error){0};
    return status;
}

/* Room for the texts of cells, `length` bytes of them with their 0 bytes, and for `count` cells. */
static bool make_room(struct mig_writer *writer, size_t length, size_t count)
{
    struct mig_error error;
    struct mig_written_cell *cells = writer->cells;
    if (count > writer->capacity - writer->n_cells)
        cells = mig_grow(cells, &writer->capacity, writer->n_cells + count, sizeof *cells);
    if (cells == NULL)
        (void)mig_fail_memory(&error);
    else
        writer->cells = cells;
    if (cells == NULL || mig_buffer_reserve(&writer->bytes, length, &error) != MIG_OK) {
        keep_error(writer, &error);
        return false;
    }
    return true;
}

/* Adds a cell whose text stands in `bytes`; there is room for it. */
static void add_cell(
    struct mig_writer *writer, size_t start, size_t length, enum mig_cell_kind kind)
{
    enum mig_cell_kind none = kind == MIG_CELL_NUMBER ? MIG_CELL_NO_NUMBER : MIG_CELL_EMPTY;
    writer->cells[writer->n_cells++] =
        (struct mig_written_cell){start, length, length ? kind : none};
}

static void add_text(struct mig_writer *writer, struct mig_text text, enum mig_cell_kind kind)
{
    struct mig_buffer *bytes = &writer->bytes;
    if (!make_room(writer, text.length + 1, 1))
        return;
    add_cell(writer, bytes->length, text.length, kind);
    if (text.length > 0)
        memcpy(bytes->data + bytes->length, text.data, text.length);
    bytes->length += text.length + 1;
    bytes->data[bytes->length - 1] = bytes->data[bytes->length] = '\0';
}

/* Adds texts that stand in memory one behind the other, with a byte between them, up to `end`. */
static void add_run(
    struct mig_writer *writer, const struct mig_text *texts, size_t count, const char *end)
{
    struct mig_buffer *bytes = &writer->bytes;
    size_t start = bytes->length, length = (size_t)(end - texts[0].data);
    if (!make_room(writer, length + 1, count))
        return;
    if (length > 0)
        memcpy(bytes->data + start, texts[0].data, length);
    for (size_t i = 0; i < count; i++) {
        add_cell(writer, start, texts[i].length, MIG_CELL_TEXT);
        start += texts[i].length + 1;
        bytes->data[start - 1] = '\0';
    }
    bytes->length = start;
    bytes->data[start] = '\0';
}

void mig_writer_texts(struct mig_writer *writer, const struct mig_text *texts, size_t count)
{
    size_t next;
    for (size_t i = 0; i < count; i = next) {
        next = i + 1;
        if (texts[i].data == NULL) {
            mig_writer_empty(writer);
            continue;
        }
        const char *end = texts[i].data + texts[i].length;
        for (; next < count && texts[next].data == end + 1; next++)
            end += texts[next].length + 1;
        add_run(writer, texts + i, next - i, end);
    }
}

void mig_writer_text(struct mig_writer *writer, struct mig_text text)
{
    add_text(writer, text, MIG_CELL_TEXT);
}

void mig_writer_string(struct mig_writer *writer, const char *terminated)
{
    add_text(writer, mig_text_of(terminated ? terminated : ""), MIG_CELL_TEXT);
}

void mig_writer_number_text(struct mig_writer *writer, struct mig_text number)
{
    add_text(writer, number, MIG_CELL_NUMBER);
}

void mig_writer_empty(struct mig_writer *writer)
{
    add_text(writer, (struct mig_text){0}, MIG_CELL_EMPTY);
}

/* Rounding never goes above the unit: 412387 persons are not 412400. */
static int digits_for(const struct mig_writer *writer, double value)
{
    const int most = 17;
    int digits = writer->precision;
    for (double least = pow(10, digits); fabs(value) >= least && digits < most; least *= 10)
        digits++;
    return digits;
}

void mig_writer_double(struct mig_writer *writer, double value)
{
    char text[MIG_DOUBLE_TEXT];
    size_t length = isfinite(value) ? mig_double_format(value, digits_for(writer, value), text) : 0;
    add_text(writer, (struct mig_text){text, length}, MIG_CELL_NUMBER);
}

void mig_writer_count(struct mig_writer *writer, uint64_t value)
{
    char text[24];
    int length = snprintf(text, sizeof text, "%" PRIu64, value);
    add_text(writer, (struct mig_text){text, (size_t)length}, MIG_CELL_NUMBER);
}

void mig_writer_sum(struct mig_writer *writer, const struct mig_sum *sum)
{
    struct mig_error error;
    size_t start = writer->bytes.length;
    if (mig_sum_format(sum, &writer->bytes, &error) != MIG_OK)
        keep_error(writer, &error);
    else if (make_room(writer, 1, 1)) {
        add_cell(writer, start, writer->bytes.length - start, MIG_CELL_NUMBER);
        writer->bytes.data[++writer->bytes.length] = '\0';
    }
}

void mig_writer_words(struct mig_writer *writer, const char *message_id)
{
    bool translate = writer->format->for_people && message_id && *message_id;
    mig_writer_string(writer, translate ? _(message_id) : message_id);
}

bool mig_writer_is_for_people(const struct mig_writer *writer)
{
    return writer->format->for_people;
}

/* Ends the row in memory: kept, or forgotten. */
static void begin_row(struct mig_writer *writer, bool keep)
{
    if (keep) {
        writer->row_first = writer->n_cells;
        writer->row_bytes = writer->bytes.length;
        return;
    }
    writer->n_cells = writer->row_first;
    if (writer->bytes.length > writer->row_bytes) {
        writer->bytes.length = writer->row_bytes;
        writer->bytes.data[writer->row_bytes] = '\0';
    }
}

enum mig_status mig_writer_end_row(struct mig_writer *writer, struct mig_error *error)
{
    size_t cells = writer->n_cells - writer->row_first;
    if (!writer->error.status && cells != writer->columns)
        mig_fail(&writer->error, MIG_ARGUMENT, _("row of %zu cells in a table of %zu columns"),
            cells, writer->columns);
    bool good = !writer->error.status;
    if (good && !writer->format->whole_table) {
        writer->format->row(writer, writer->row_first);
        mig_writer_flush_line(writer);
    }
    if (good)
        writer->rows++;
    begin_row(writer, good && writer->format->whole_table);
    return report(writer, error);
}

static enum mig_status begin_table(
    struct mig_writer *writer, const char *const *names, struct mig_error *error)
{
    for (size_t i = 0; i < writer->columns; i++)
        mig_writer_string(writer, names[i]);
    if (!writer->error.status)
        writer->format->begin(writer);
    mig_writer_flush_line(writer);
    begin_row(writer, true);
    return report(writer, error);
}

enum mig_status mig_writer_open(struct mig_writer **writer, FILE *stream, enum mig_format format,
    int precision, const char *const *names, size_t count, struct mig_error *error)
{
    *writer = NULL;
    if (precision < 1 || precision > 17)
        return mig_fail(
            error, MIG_ARGUMENT, _("precision of %d digits: not from 1 to 17"), precision);
    if (count == 0)
        return mig_fail(error, MIG_ARGUMENT, _("table without columns"));
    struct mig_writer *made = calloc(1, sizeof *made);
    if (!made)
        return mig_fail_memory(error);
    made->stream = stream;
    made->format = formats[format].format;
    made->precision = precision;
    made->columns = count;
    made->naming = calloc(count, sizeof *made->naming);
    enum mig_status status =
        made->naming != NULL ? begin_table(made, names, error) : mig_fail_memory(error);
    if (status)
        mig_writer_free(made);
    else
        *writer = made;
    return status;
}

void mig_writer_fold(struct mig_writer *writer, size_t width)
{
    writer->width = width;
}

void mig_writer_names_rows(struct mig_writer *writer, size_t column)
{
    writer->naming[column] = true;
}

enum mig_status mig_writer_close(struct mig_writer *writer, struct mig_error *error)
{
    if (!writer->error.status && writer->n_cells != writer->row_first)
        mig_fail(&writer->error, MIG_ARGUMENT, _("table closed within a row"));
    if (!writer->error.status)
        writer->format->end(writer);
    mig_writer_flush_line(writer);
    errno = 0;
    if (fflush(writer->stream) != 0)
        note_failure(writer);
    return report(writer, error);
}

void mig_writer_spoil(struct mig_writer *writer)
{
    if (writer->format->spoil == NULL || writer->failure != 0)
        return;
    mig_buffer_clear(&writer->line);
    writer->format->spoil(writer);
    mig_writer_flush_line(writer);
}

void mig_writer_free(struct mig_writer *writer)
{
    if (!writer)
        return;
    mig_buffer_release(&writer->bytes);
    mig_buffer_release(&writer->line);
    free(writer->cells);
    free(writer->naming);
    free(writer);
}
