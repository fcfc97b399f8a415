#include "input/input.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/memory.h"
#include "input/input-internal.h"

#define HEAD_RECORDS 50 /* read ahead to find the header */
#define TAG_ROW_WITHIN 25
#define ROWS_PER_PROGRESS 65536

/* A record of the head of a file, kept while the header is looked for. */
struct kept_record {
    struct mig_cell *cells;
    char *text;
    size_t count;
    size_t line;
    bool blank; /* a blank line, that the reader was told to keep */
};

struct mig_input {
    char *const *files;
    size_t n_files;
    size_t file; /* which one is read */
    struct mig_input_options options;
    struct mig_text *missing;
    size_t n_missing;
    struct mig_reader *reader;
    struct mig_header header; /* of the first file */
    struct mig_input_account account;
    size_t tag_line; /* of the current file; 0: none */
    struct kept_record head[HEAD_RECORDS];
    size_t head_count;
    size_t head_next; /* the first record that is not yet handed out */
};

static struct mig_position position_at(const struct mig_input *input, size_t line, size_t column)
{
    return (struct mig_position){mig_reader_name(input->reader), line, column};
}

/* Records of the head. */

static struct mig_record as_record(const struct kept_record *kept)
{
    return (struct mig_record){kept->cells, kept->count, kept->line};
}

static void clear_head(struct mig_input *input)
{
    for (size_t i = 0; i < input->head_count; i++) {
        free(input->head[i].cells);
        free(input->head[i].text);
    }
    input->head_count = input->head_next = 0;
}

static bool is_blank_line(const struct mig_record *record)
{
    return record->count == 1 && !record->cells[0].quoted_empty &&
           mig_text_trim(record->cells[0].text).length == 0;
}

static enum mig_status keep_record(
    struct mig_input *input, const struct mig_record *record, struct mig_error *error)
{
    struct kept_record *kept = &input->head[input->head_count];
    const char *text = record->cells[0].text.data;
    const struct mig_cell *last = &record->cells[record->count - 1];
    size_t size = (size_t)(last->text.data - text) + last->text.length + 1;
    kept->cells = malloc(record->count * sizeof *kept->cells);
    kept->text = malloc(size);
    if (!kept->cells || !kept->text) {
        free(kept->cells);
        free(kept->text);
        return mig_fail_memory(error);
    }
    memcpy(kept->text, text, size);
    for (size_t i = 0; i < record->count; i++) {
        kept->cells[i] = record->cells[i];
        kept->cells[i].text.data = kept->text + (record->cells[i].text.data - text);
    }
    kept->count = record->count;
    kept->line = record->line;
    kept->blank = is_blank_line(record);
    input->head_count++;
    return MIG_OK;
}

/* Reads what is needed to know the header: two records, or the sample among which it is looked for.
 * A blank line is a row when there is one column, which is known only then: they are kept until it
 * is. */
static enum mig_status read_head(struct mig_input *input, struct mig_error *error)
{
    size_t wanted = input->options.find_header ? HEAD_RECORDS : 2;
    mig_reader_keep_blank_lines(input->reader, input->options.find_header);
    while (input->head_count < wanted) {
        struct mig_record record;
        enum mig_status status = mig_reader_next(input->reader, &record, error);
        if (status != MIG_OK)
            return status;
        if (record.count == 0)
            break;
        status = keep_record(input, &record, error);
        if (status != MIG_OK)
            return status;
        if (!input->options.find_header)
            mig_reader_keep_blank_lines(input->reader, input->head[0].count == 1);
    }
    return MIG_OK;
}

/* The header among the records of the head; SIZE_MAX in any of them: there is none. */

static size_t next_filled(const struct mig_input *input, size_t from)
{
    while (from < input->head_count && input->head[from].blank)
        from++;
    return from < input->head_count ? from : SIZE_MAX;
}

static size_t filled_above(const struct mig_input *input, size_t record)
{
    while (record-- > 0)
        if (!input->head[record].blank)
            return record;
    return SIZE_MAX;
}

static size_t find_tag_row(const struct mig_input *input)
{
    size_t within = input->options.find_header ? TAG_ROW_WITHIN : 2;
    for (size_t i = 0; i < input->head_count && i < within; i++) {
        struct mig_record record = as_record(&input->head[i]);
        if (mig_header_is_tag_row(&record))
            return i;
    }
    return SIZE_MAX;
}

/* Of equally frequent counts the first, but one cell (a title) only when there is nothing else. */
static size_t most_frequent_count(const struct mig_input *input)
{
    size_t best_count = 0;
    size_t best_records = 0;
    for (size_t i = 0; i < input->head_count; i++) {
        size_t count = input->head[i].count;
        size_t records = 0;
        for (size_t j = 0; j < input->head_count; j++)
            records += !input->head[j].blank && input->head[j].count == count;
        if (records > best_records || (records == best_records && best_count == 1)) {
            best_records = records;
            best_count = count;
        }
    }
    return best_count;
}

static size_t filled_cells(const struct kept_record *kept)
{
    size_t filled = 0;
    for (size_t i = 0; i < kept->count; i++)
        filled += mig_text_trim(kept->cells[i].text).length > 0;
    return filled;
}

static size_t find_names(const struct mig_input *input)
{
    size_t first = next_filled(input, 0);
    if (!input->options.find_header || first == SIZE_MAX)
        return first;
    size_t count = most_frequent_count(input);
    size_t fallback = SIZE_MAX;
    for (size_t i = first; i < input->head_count; i++) {
        const struct kept_record *kept = &input->head[i];
        if (kept->blank || kept->count != count)
            continue;
        if (2 * filled_cells(kept) >= count)
            return i;
        if (fallback == SIZE_MAX)
            fallback = i;
    }
    return fallback;
}

static enum mig_status fail_empty(const struct mig_input *input, struct mig_error *error)
{
    struct mig_position position = position_at(input, 0, 0);
    bool blank = input->head_count > 0 || mig_reader_blank_lines(input->reader) > 0;
    return mig_fail_at(error, MIG_SYNTAX, &position, "%s",
        blank ? _("no header: the file has only blank lines") : _("no header: the file is empty"));
}

static enum mig_status check_columns(
    const struct mig_input *input, const struct mig_header *other, struct mig_error *error)
{
    const struct mig_header *first = &input->header;
    struct mig_position position = position_at(input, input->account.header_line, 0);
    const char *first_file = input->files[0];
    if (other->count != first->count)
        return mig_fail_at(error, MIG_SYNTAX, &position,
            _("the header has %zu cells, that of '%s' has %zu"), other->count, first_file,
            first->count);
    for (size_t i = 0; i < first->count; i++) {
        position.column = i + 1;
        if (strcmp(other->names[i], first->names[i]) != 0)
            return mig_fail_at(error, MIG_SYNTAX, &position,
                _("column '%s' stands where '%s' has column '%s'"), other->names[i], first_file,
                first->names[i]);
    }
    return MIG_OK;
}

static enum mig_status set_header(
    struct mig_input *input, size_t names, size_t tags, struct mig_error *error)
{
    struct mig_record name_row = as_record(&input->head[names]);
    struct mig_record tag_row = {0};
    if (tags != SIZE_MAX)
        tag_row = as_record(&input->head[tags]);
    struct mig_header header;
    enum mig_status status =
        mig_header_init(&header, &name_row, tags != SIZE_MAX ? &tag_row : NULL, error);
    if (status != MIG_OK)
        return status;
    if (input->file == 0) {
        input->header = header;
        return MIG_OK;
    }
    status = check_columns(input, &header, error);
    mig_header_release(&header);
    return status;
}

/* Above the header every line is a title line or a blank one. */
static void account_head(struct mig_input *input, size_t names)
{
    size_t above = input->head[names].line - 1;
    size_t blank = 0;
    for (size_t i = 0; i < names; i++)
        blank += input->head[i].blank;
    input->account.blank_lines += blank;
    /* Blank lines that end in a lone CR are not counted as lines. */
    input->account.title_lines += above > blank ? above - blank : 0;
}

static enum mig_status locate_header(struct mig_input *input, struct mig_error *error)
{
    size_t tags = find_tag_row(input);
    size_t names = tags == SIZE_MAX ? find_names(input) : filled_above(input, tags);
    if (names == SIZE_MAX)
        names = tags;
    if (names == SIZE_MAX)
        return fail_empty(input, error);
    input->account.header_line = input->head[names].line;
    input->account.tag_row = tags != SIZE_MAX;
    input->tag_line = tags != SIZE_MAX ? input->head[tags].line : 0;
    if (input->options.find_header)
        account_head(input, names);
    input->head_next = (tags == SIZE_MAX ? names : tags) + 1;
    mig_reader_keep_blank_lines(input->reader, input->head[names].count == 1);
    return set_header(input, names, tags, error);
}

static enum mig_status open_file(struct mig_input *input, struct mig_error *error)
{
    const char *path = input->n_files > 0 ? input->files[input->file] : "-";
    clear_head(input);
    if (input->reader)
        input->account.blank_lines += mig_reader_blank_lines(input->reader);
    mig_reader_free(input->reader);
    enum mig_status status = mig_reader_open(&input->reader, path, &input->options.reader, error);
    if (status == MIG_OK)
        status = read_head(input, error);
    return status == MIG_OK ? locate_header(input, error) : status;
}

/* Rows. */

static enum mig_status next_record(
    struct mig_input *input, struct mig_record *record, struct mig_error *error)
{
    while (input->head_next < input->head_count) {
        const struct kept_record *kept = &input->head[input->head_next++];
        if (kept->blank && input->header.count > 1) {
            input->account.blank_lines++;
            continue;
        }
        *record = as_record(kept);
        return MIG_OK;
    }
    return mig_reader_next(input->reader, record, error);
}

enum mig_status mig_fail_ragged(
    struct mig_error *error, const struct mig_position *position, size_t cells, size_t columns)
{
    return mig_fail_at(error, MIG_SYNTAX, position,
        dngettext(MIG_TEXT_DOMAIN, "row has %zu cell, the header has %zu",
            "row has %zu cells, the header has %zu", cells),
        cells, columns);
}

static void report_progress(const struct mig_input *input)
{
    if (!input->options.progress || input->account.rows % ROWS_PER_PROGRESS != 0)
        return;
    uint64_t taken;
    uint64_t size;
    mig_reader_progress(input->reader, &taken, &size);
    input->options.progress(input->options.progress_context, taken, size, input->account.rows);
}

enum mig_status mig_input_next(
    struct mig_input *input, struct mig_row *row, struct mig_error *error)
{
    struct mig_record record;
    for (;;) {
        enum mig_status status = next_record(input, &record, error);
        if (status != MIG_OK)
            return status;
        if (record.count > 0 || input->file + 1 >= input->n_files)
            break;
        input->file++;
        status = open_file(input, error);
        if (status != MIG_OK)
            return status;
    }
    *row =
        (struct mig_row){record.cells, record.count, record.line, mig_reader_name(input->reader)};
    if (record.count == 0)
        return MIG_OK;
    if (record.count != input->header.count && !input->options.pass_ragged) {
        struct mig_position position = position_at(input, record.line, 0);
        return mig_fail_ragged(error, &position, record.count, input->header.count);
    }
    input->account.rows++;
    report_progress(input);
    return MIG_OK;
}

/* Missing values. */

static enum mig_status read_missing(struct mig_input *input, struct mig_error *error)
{
    struct mig_text rest = mig_text_of(input->options.missing);
    struct mig_text token;
    size_t capacity = 0;
    while (mig_text_cut(&rest, ',', &token)) {
        struct mig_text *missing =
            mig_grow(input->missing, &capacity, input->n_missing + 1, sizeof *missing);
        if (!missing)
            return mig_fail_memory(error);
        input->missing = missing;
        missing[input->n_missing++] = mig_text_trim(token);
    }
    return MIG_OK;
}

bool mig_input_is_missing(const struct mig_input *input, struct mig_text text)
{
    text = mig_text_trim(text);
    for (size_t i = 0; i < input->n_missing; i++)
        if (mig_text_equal(text, input->missing[i]))
            return true;
    return text.length == 0;
}

/* Life, and what is known. */

enum mig_status mig_input_open(struct mig_input **input, char *const *files, size_t n_files,
    const struct mig_input_options *options, struct mig_error *error)
{
    struct mig_input *new = calloc(1, sizeof *new);
    *input = NULL;
    if (!new)
        return mig_fail_memory(error);
    new->files = files;
    new->n_files = n_files;
    new->options = *options;
    enum mig_status status = read_missing(new, error);
    if (status == MIG_OK)
        status = open_file(new, error);
    if (status != MIG_OK) {
        mig_input_free(new);
        return status;
    }
    *input = new;
    return MIG_OK;
}

const struct mig_header *mig_input_header(const struct mig_input *input)
{
    return &input->header;
}

struct mig_position mig_row_position(const struct mig_row *row, size_t column)
{
    size_t line = column < row->count ? row->cells[column].line : row->line;
    return (struct mig_position){row->file, line, column + 1};
}

struct mig_input_account mig_input_account(const struct mig_input *input)
{
    struct mig_input_account account = input->account;
    if (input->reader)
        account.blank_lines += mig_reader_blank_lines(input->reader);
    return account;
}

const char *mig_input_name(const struct mig_input *input)
{
    return mig_reader_name(input->reader);
}

size_t mig_input_tag_line(const struct mig_input *input)
{
    return input->tag_line;
}

char mig_input_delimiter(const struct mig_input *input)
{
    return input->reader ? mig_reader_delimiter(input->reader) : '\0';
}

void mig_input_free(struct mig_input *input)
{
    if (!input)
        return;
    clear_head(input);
    mig_reader_free(input->reader);
    mig_header_release(&input->header);
    free(input->missing);
    free(input);
}
