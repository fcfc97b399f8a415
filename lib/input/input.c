#include "input/input.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/i18n.h"
#include "base/memory.h"
#include "input/input-internal.h"
#include "input/share-internal.h"

struct mig_position mig_input_at(const struct mig_input *input, size_t line, size_t column)
{
    return (struct mig_position){mig_reader_name(input->reader), line, column};
}

enum mig_status mig_input_remark(struct mig_input *input, size_t line, size_t column,
    struct mig_error *error, const char *format, ...)
{
    struct mig_position position = mig_input_at(input, line, column);
    struct mig_error said;
    char text[sizeof said.text];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    mig_fail_at(&said, MIG_OK, &position, "%s", text);
    enum mig_status status = mig_error_list_add(&input->remarks, &said);
    return status == MIG_OK ? MIG_OK : mig_fail_memory(error);
}

/* Files. */

static enum mig_status go_to_range(struct mig_input *input, struct mig_error *error)
{
    const struct mig_range *range = input->options.range;
    struct mig_position position = mig_input_at(input, 0, 0);
    enum mig_status status = mig_reader_check_plain(input->reader, error);
    if (status != MIG_OK)
        return status;
    if (range->first < input->begin && !mig_input_is_headless(input))
        return mig_fail_at(error, MIG_ARGUMENT, &position,
            _("bytes %" PRIu64 "-%" PRIu64
              ": they begin above the rows, which begin with byte %" PRIu64),
            range->first, range->last, input->begin);
    input->head_next = input->head_count;
    return mig_reader_jump(input->reader, range, error);
}

/* Titles, header and tags need all their cells: the reader is told when they are read. */
static enum mig_status want_columns(struct mig_input *input, struct mig_error *error)
{
    if (input->wanted == NULL || input->options.find_header)
        return MIG_OK;
    return mig_reader_want(input->reader, input->wanted, input->header.count, error);
}

enum mig_status mig_input_open_file(struct mig_input *input, struct mig_error *error)
{
    const char *path = input->n_files > 0 ? input->files[input->file] : "-";
    struct mig_reader_options options = input->options.reader;
    options.spoiled_titles =
        input->options.find_header && options.first_line == 0 && !mig_input_is_headless(input);
    if (mig_input_is_headless(input))
        options.first_line = 0;
    mig_kept_clear(input->head, &input->head_count, &input->head_next);
    mig_kept_clear(input->held, &input->held_count, &input->held_next);
    input->releasing = input->behind_blank = false;
    input->sentences = input->doubtful_line = input->first_row = 0;
    if (input->reader)
        input->account.blank_lines += mig_reader_blank_lines(input->reader);
    mig_reader_free(input->reader);
    enum mig_status status = mig_reader_open(&input->reader, path, &options, error);
    if (status == MIG_OK && mig_input_is_headless(input))
        status = mig_input_begin_headless(input, error);
    if (status == MIG_OK && !mig_input_is_headless(input))
        status = mig_input_read_head(input, error);
    if (status == MIG_OK && !mig_input_is_headless(input))
        status = mig_input_locate_header(input, error);
    if (status == MIG_OK && input->options.range)
        status = go_to_range(input, error);
    return status == MIG_OK ? want_columns(input, error) : status;
}

/* Missing values. */

static enum mig_status read_missing(struct mig_input *input, struct mig_error *error)
{
    struct mig_text rest = mig_text_of(input->options.missing);
    struct mig_text token;
    size_t capacity = 0;
    input->begins_missing[' '] = input->begins_missing['\t'] = true;
    while (mig_text_cut(&rest, ',', &token)) {
        struct mig_text *missing =
            mig_grow(input->missing, &capacity, input->n_missing + 1, sizeof *missing);
        if (!missing)
            return mig_fail_memory(error);
        input->missing = missing;
        token = mig_text_trim(token);
        missing[input->n_missing++] = token;
        if (token.length > 0)
            input->begins_missing[(unsigned char)token.data[0]] = true;
    }
    return MIG_OK;
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
    if (status == MIG_OK && options->header_from)
        status = mig_input_take_header(new, error);
    if (status == MIG_OK)
        status = mig_input_open_file(new, error);
    if (status != MIG_OK) {
        mig_input_free(new);
        return status;
    }
    *input = new;
    return MIG_OK;
}

enum mig_status mig_input_want(
    struct mig_input *input, const size_t *columns, size_t count, struct mig_error *error)
{
    if (input->wanted == NULL)
        input->wanted = calloc(input->header.count + 1, sizeof *input->wanted);
    if (input->wanted == NULL)
        return mig_fail_memory(error);
    for (size_t i = 0; i < count; i++)
        if (columns[i] < input->header.count)
            input->wanted[columns[i]] = true;
    return want_columns(input, error);
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

const struct mig_error_list *mig_input_remarks(const struct mig_input *input)
{
    return &input->remarks;
}

const char *mig_input_name(const struct mig_input *input)
{
    return mig_reader_name(input->reader);
}

size_t mig_input_header_line(const struct mig_input *input, size_t row)
{
    for (size_t i = input->names; i < input->names + input->name_rows; i++)
        if (!input->head[i].blank && row-- == 0)
            return input->head[i].record.line;
    return 0;
}

size_t mig_input_tag_line(const struct mig_input *input)
{
    return input->tag_line;
}

enum mig_status mig_input_place(
    const struct mig_input *input, struct mig_rows_place *place, struct mig_error *error)
{
    const struct mig_range *range = input->options.range;
    enum mig_status status = mig_reader_check_plain(input->reader, error);
    uint64_t end = range ? range->last + 1 : mig_reader_size(input->reader);
    *place = (struct mig_rows_place){.first = range ? range->first : input->begin,
        .end = end,
        .line = range ? mig_reader_line(input->reader) : input->begin_line,
        .delimiter = mig_reader_delimiter(input->reader),
        .quote = input->options.reader.quote ? input->options.reader.quote : '"',
        .newline = mig_reader_newline(input->reader),
        .one_column = input->width == 1};
    return status;
}

char mig_input_delimiter(const struct mig_input *input)
{
    return input->reader ? mig_reader_delimiter(input->reader) : '\0';
}

void mig_input_free(struct mig_input *input)
{
    if (!input)
        return;
    mig_kept_clear(input->head, &input->head_count, &input->head_next);
    mig_kept_clear(input->held, &input->held_count, &input->held_next);
    mig_error_list_release(&input->remarks);
    mig_reader_free(input->reader);
    mig_header_release(&input->header);
    free(input->wanted);
    free(input->missing);
    free(input);
}
