#include "input/input.h"

#include <inttypes.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/memory.h"
#include "input/footer-internal.h"
#include "input/input-internal.h"
#include "input/share-internal.h"

#define HEAD_SIZE ((size_t)4 * 1024 * 1024)
static struct mig_position position_at(const struct mig_input *input, size_t line, size_t column)
{
    return (struct mig_position){mig_reader_name(input->reader), line, column};
}

static enum mig_status remark(struct mig_input *input, size_t line, size_t column,
    struct mig_error *error, const char *format, ...) MIG_PRINTF(5, 6);

static enum mig_status remark(struct mig_input *input, size_t line, size_t column,
    struct mig_error *error, const char *format, ...)
{
    struct mig_position position = position_at(input, line, column);
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

/* Records of the head. */

void mig_kept_clear(struct mig_kept *kept, size_t *count, size_t *next)
{
    while (*count > 0)
        mig_kept_release(&kept[--*count]);
    *next = 0;
}

static bool is_blank(const struct mig_input *input, const struct mig_record *record)
{
    if (!input->options.find_header || (record->count == 1 && record->cells[0].quoted_empty))
        return mig_record_is_blank_line(record);
    return mig_record_filled(record, 1) == 0;
}

static void append_advice(struct mig_error *error, const char *advice)
{
    size_t length = strlen(error->text);
    snprintf(error->text + length, sizeof error->text - length, "%s", advice);
}

/* A title or a footer may hold quotes that can't be read as CSV. */
static enum mig_status fail_in_head(const struct mig_input *input, struct mig_error *error)
{
    bool title = input->options.find_header && error;
    for (size_t i = 0; i < input->head_count; i++)
        title = title && mig_record_filled(&input->head[i].record, 2) < 2;
    bool below_blank =
        input->options.find_header && error && !title && input->head[input->head_count - 1].blank;
    if (title)
        append_advice(error, _("; if this is a title, --header-line L begins to read on line L"));
    if (below_blank)
        append_advice(error, _("; if this is a footer, --footer L ends the table above line L"));
    return MIG_SYNTAX;
}

static void mark_end(const struct mig_input *input, struct mig_kept *kept)
{
    kept->end = mig_reader_offset(input->reader);
    kept->end_line = mig_reader_line(input->reader);
}

/* Reads what is needed to know the header: two records, one more below a tag row, or the sample
 * among which it is looked for. A blank line is a row when there is one column, which is known only
 * then: they are kept until it is. */
static enum mig_status read_head(struct mig_input *input, struct mig_error *error)
{
    size_t wanted = input->options.find_header ? MIG_HEAD_RECORDS : 2;
    size_t size = 0;
    mig_reader_keep_blank_lines(input->reader, input->options.find_header);
    while (input->head_count < wanted && size < HEAD_SIZE) {
        struct mig_record record;
        enum mig_status status = mig_reader_next(input->reader, &record, error);
        if (status != MIG_OK)
            return mig_reader_is_misquoted(input->reader) ? fail_in_head(input, error) : status;
        if (record.count == 0)
            break;
        struct mig_kept *kept = &input->head[input->head_count];
        status = mig_keep(kept, &record, error);
        if (status != MIG_OK)
            return status;
        mark_end(input, kept);
        kept->blank = is_blank(input, &kept->record);
        input->head_count++;
        if (input->head_count == 2 && mig_header_is_tag_row(&kept->record))
            wanted = wanted > 3 ? wanted : 3;
        for (size_t i = 0; i < record.count; i++)
            size += record.cells[i].text.length + sizeof *record.cells;
        if (!input->options.find_header)
            mig_reader_keep_blank_lines(input->reader, input->head[0].record.count == 1);
    }
    return MIG_OK;
}

/* The header. */

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

/* Bytes that are not valid can't be rejected with their row in what names the columns. */
static enum mig_status check_heading(
    const struct mig_input *input, const struct mig_layout *layout, struct mig_error *error)
{
    for (size_t i = layout->names; i < layout->rows; i++) {
        const struct mig_error *fault = input->head[i].record.fault;
        if (fault && error)
            *error = *fault;
        if (fault)
            return fault->status;
    }
    return MIG_OK;
}

static enum mig_status set_header(struct mig_input *input, const struct mig_layout *layout,
    size_t *tidied, struct mig_error *error)
{
    struct mig_header header;
    enum mig_status status =
        mig_layout_header(&header, layout, input->head, input->options.find_header, tidied, error);
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
    size_t above = input->head[names].record.line - 1;
    size_t blank = 0;
    for (size_t i = 0; i < names; i++)
        blank += input->head[i].blank;
    input->account.blank_lines += blank;
    /* Blank lines that end in a lone CR are not counted as lines. */
    input->account.title_lines += above > blank ? above - blank : 0;
}

static enum mig_status remark_on_tags(
    struct mig_input *input, const struct mig_record *tags, struct mig_error *error)
{
    enum mig_status status = MIG_OK;
    for (size_t i = 0; i < tags->count && status == MIG_OK; i++) {
        struct mig_text text = mig_text_trim(tags->cells[i].text);
        if (text.length > 0 && !mig_header_is_tag(text))
            status = remark(input, tags->cells[i].line, i + 1, error,
                _("'%.*s' is not an HXL tag: the column has none"),
                MIG_TEXT_ARG(mig_text_head(text, MIG_TEXT_QUOTED)));
    }
    return status;
}

/* Rows that seem to be tags, but are spoiled or stand too far below: read as rows, and spoken of.
 */
static enum mig_status remark_on_near_tags(
    struct mig_input *input, const struct mig_layout *layout, struct mig_error *error)
{
    enum mig_status status = MIG_OK;
    bool told = input->options.reader.first_line > 0; /* where the header is: below it is data */
    for (size_t i = layout->rows; i < input->head_count && !told && status == MIG_OK; i++) {
        const struct mig_record *row = &input->head[i].record;
        if (input->head[i].blank || !mig_header_is_near_tag_row(row))
            continue;
        size_t spoiled = mig_header_spoiled_tag(row);
        struct mig_text text = {"", 0};
        if (spoiled < row->count)
            text = mig_text_head(mig_text_trim(row->cells[spoiled].text), MIG_TEXT_QUOTED);
        status =
            spoiled < row->count
                ? remark(input, row->cells[spoiled].line, spoiled + 1, error,
                      _("'%.*s' is not an HXL tag: this line is read as a row, though it looks "
                        "like a row of tags"),
                      MIG_TEXT_ARG(text))
                : remark(input, row->line, 0, error,
                      _("this line is read as a row, though it looks like a row of HXL tags: "
                        "those stand in the first 25 records"));
    }
    return status;
}

/* Lines beside the header that may belong to it. */
static enum mig_status remark_on_neighbours(
    struct mig_input *input, const struct mig_layout *layout, struct mig_error *error)
{
    size_t above = mig_layout_groups(layout, input->head);
    size_t below = mig_layout_continued(layout, input->head, input->head_count);
    enum mig_status status = MIG_OK;
    if (above != SIZE_MAX)
        status = remark(input, input->head[above].record.line, 0, error,
            _("this line may name groups of columns: --header-rows %zu joins it to the names"),
            layout->name_rows + 1);
    if (status == MIG_OK && below != SIZE_MAX)
        status = remark(input, input->head[below].record.line, 0, error,
            _("this line, read as a row, may be part of the header: --header-rows %zu joins it to "
              "the names"),
            layout->name_rows + 1);
    return status;
}

/* Says of the layout what the account does not. */
static enum mig_status remark_on_layout(struct mig_input *input, const struct mig_layout *layout,
    size_t tidied, struct mig_error *error)
{
    size_t line = input->account.header_line;
    size_t last = layout->names + layout->name_rows - 1;
    const char *encoding = mig_reader_found_encoding(input->reader);
    enum mig_status status = MIG_OK;
    if (encoding)
        status = remark(input, 0, 0, error, _("the text is %s, known by its NUL bytes"), encoding);
    if (status == MIG_OK)
        status = remark_on_neighbours(input, layout, error);
    if (status == MIG_OK && layout->name_rows > 1)
        status = remark(input, line, 0, error, _("the header's rows end on line %zu"),
            input->head[last].record.line);
    if (status == MIG_OK && tidied > 0)
        status = remark(input, line, 0, error,
            _("names of columns with line breaks or several blanks, each now one space: %zu"),
            tidied);
    if (status == MIG_OK && layout->surplus > 0)
        status = remark(input, line, layout->width - layout->surplus + 1, error,
            _("columns at the end without names and values left out: %zu"), layout->surplus);
    if (status == MIG_OK && layout->tags != SIZE_MAX)
        status = remark_on_tags(input, &input->head[layout->tags].record, error);
    else if (status == MIG_OK)
        status = remark_on_near_tags(input, layout, error);
    return status;
}

/* Of several files each is described in its place; one file the command describes. */
static enum mig_status remark_on_dialect(
    struct mig_input *input, size_t titles, struct mig_error *error)
{
    char delimiter = mig_reader_delimiter(input->reader);
    enum mig_status status = MIG_OK;
    if (input->n_files < 2)
        return MIG_OK;
    if (delimiter == '\t')
        status = remark(input, 0, 0, error, "%s", _("cells are separated by tabs"));
    else if (delimiter != ',')
        status = remark(input, 0, 0, error, _("cells are separated by '%c'"), delimiter);
    if (status == MIG_OK && titles > 0)
        status = remark(input, 0, 0, error, _("lines above the header left out: %zu"), titles);
    return status;
}

static enum mig_status find_layout(
    struct mig_input *input, struct mig_layout *layout, struct mig_error *error)
{
    const struct mig_input_options *options = &input->options;
    struct mig_layout_wish wish = {options->find_header, options->reader.first_line > 0,
        options->header_rows > 0 ? options->header_rows : 1};
    struct mig_position position = position_at(input, 0, 0);
    enum mig_status status = mig_layout_find(layout, input->head, input->head_count, &wish, error);
    if (status != MIG_OK && error) {
        position.line = error->line;
        position.column = error->column;
        mig_error_locate(error, &position, NULL);
    }
    if (status == MIG_OK && layout->names == SIZE_MAX)
        return fail_empty(input, error);
    if (status != MIG_OK || !options->find_header || !wish.begins_here || !input->head[0].blank)
        return status;
    position.line = input->head[0].record.line;
    return mig_fail_at(
        error, MIG_SYNTAX, &position, _("the header is to begin here, but the line is blank"));
}

static enum mig_status locate_header(struct mig_input *input, struct mig_error *error)
{
    struct mig_layout layout;
    size_t tidied;
    enum mig_status status = find_layout(input, &layout, error);
    if (status == MIG_OK)
        status = check_heading(input, &layout, error);
    if (status != MIG_OK)
        return status;
    input->account.header_line = input->head[layout.names].record.line;
    input->names = layout.names;
    input->name_rows = layout.name_rows;
    input->first_row = layout.rows;
    input->account.tag_row = layout.tags != SIZE_MAX;
    input->tag_line = layout.tags != SIZE_MAX ? input->head[layout.tags].record.line : 0;
    size_t titles = input->account.title_lines;
    if (input->options.find_header)
        account_head(input, layout.names);
    titles = input->account.title_lines - titles;
    input->head_next = layout.rows;
    input->begin = input->head[layout.rows - 1].end;
    input->begin_line = input->head[layout.rows - 1].end_line;
    input->width = layout.width;
    input->surplus = layout.surplus;
    mig_reader_keep_blank_lines(input->reader, layout.width == 1);
    status = set_header(input, &layout, &tidied, error);
    if (status == MIG_OK && input->options.find_header)
        status = remark_on_dialect(input, titles, error);
    if (status == MIG_OK && input->options.find_header)
        status = remark_on_layout(input, &layout, tidied, error);
    return status;
}

/* Files without a header. */

static bool is_headless(const struct mig_input *input)
{
    return input->options.no_header || input->options.header_from;
}

/* Reads up to the first record that is not a blank line; NULL where there is none. */
static enum mig_status read_first(
    struct mig_input *input, const struct mig_record **first, struct mig_error *error)
{
    *first = NULL;
    mig_reader_keep_blank_lines(input->reader, true);
    while (*first == NULL && input->head_count < MIG_HEAD_RECORDS) {
        struct mig_record record;
        struct mig_kept *kept = &input->head[input->head_count];
        enum mig_status status = mig_reader_next(input->reader, &record, error);
        if (status == MIG_OK && record.count == 0)
            break;
        if (status == MIG_OK)
            status = mig_keep(kept, &record, error);
        if (status != MIG_OK)
            return status;
        input->head_count++;
        kept->blank = mig_record_is_blank_line(&kept->record);
        *first = kept->blank ? NULL : &kept->record;
    }
    return MIG_OK;
}

/* How many columns there are is known from the names, or from the first row. */
static enum mig_status begin_headless(struct mig_input *input, struct mig_error *error)
{
    const struct mig_record *first;
    struct mig_position position = position_at(input, 0, 0);
    input->begin = mig_reader_offset(input->reader);
    input->begin_line = mig_reader_line(input->reader);
    enum mig_status status = read_first(input, &first, error);
    if (status == MIG_OK && first && input->options.header_from &&
        mig_header_is(&input->header, first)) {
        position.line = first->line;
        return mig_fail_at(error, MIG_SYNTAX, &position, "%s",
            _("the first row is a header, and with --header-from there is to be none"));
    }
    bool unnamed = input->header.count == 0;
    if (status == MIG_OK && unnamed && input->head_count == 0)
        return mig_fail_at(error, MIG_SYNTAX, &position, "%s",
            _("no rows to count the columns of: the file is empty"));
    if (status == MIG_OK && unnamed)
        status = mig_header_by_position(&input->header, first ? first->count : 1, error);
    input->width = input->header.count;
    mig_reader_keep_blank_lines(input->reader, input->width == 1);
    return status;
}

/* The names, the tags and the delimiter of the file that gives them. */
static enum mig_status take_header(struct mig_input *input, struct mig_error *error)
{
    char *path = (char *)input->options.header_from;
    struct mig_input_options options = input->options;
    struct mig_input *giver;
    options.header_from = NULL;
    options.no_header = false;
    options.range = NULL;
    options.progress = NULL;
    enum mig_status status = mig_input_open(&giver, &path, 1, &options, error);
    if (status != MIG_OK)
        return status;
    input->header = giver->header;
    giver->header = (struct mig_header){0};
    input->options.reader.delimiter = mig_reader_delimiter(giver->reader);
    mig_input_free(giver);
    return MIG_OK;
}

/* Files. */

static enum mig_status go_to_range(struct mig_input *input, struct mig_error *error)
{
    const struct mig_range *range = input->options.range;
    struct mig_position position = position_at(input, 0, 0);
    enum mig_status status = mig_reader_check_plain(input->reader, error);
    if (status != MIG_OK)
        return status;
    if (range->first < input->begin && !is_headless(input))
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
        input->options.find_header && options.first_line == 0 && !is_headless(input);
    if (is_headless(input))
        options.first_line = 0;
    mig_kept_clear(input->head, &input->head_count, &input->head_next);
    mig_kept_clear(input->held, &input->held_count, &input->held_next);
    input->releasing = input->behind_blank = false;
    input->sentences = input->doubtful_line = input->first_row = 0;
    if (input->reader)
        input->account.blank_lines += mig_reader_blank_lines(input->reader);
    mig_reader_free(input->reader);
    enum mig_status status = mig_reader_open(&input->reader, path, &options, error);
    if (status == MIG_OK && is_headless(input))
        status = begin_headless(input, error);
    if (status == MIG_OK && !is_headless(input))
        status = read_head(input, error);
    if (status == MIG_OK && !is_headless(input))
        status = locate_header(input, error);
    if (status == MIG_OK && input->options.range)
        status = go_to_range(input, error);
    return status == MIG_OK ? want_columns(input, error) : status;
}

/* Rows. */

/* The next record of head and reader, blank ones left out; whether any was. */
static enum mig_status next_record(
    struct mig_input *input, struct mig_record *record, bool *separated, struct mig_error *error)
{
    size_t before = mig_reader_blank_lines(input->reader);
    size_t blank = 0;
    bool skipping = true;
    while (skipping) {
        if (input->head_next < input->head_count) {
            const struct mig_kept *kept = &input->head[input->head_next++];
            *record = kept->record;
            skipping = kept->blank && input->width > 1;
        } else {
            enum mig_status status = mig_reader_next(input->reader, record, error);
            if (status != MIG_OK) {
                *separated = blank > 0 || mig_reader_blank_lines(input->reader) > before;
                return status;
            }
            skipping = record->count > 0 && input->width > 1 && is_blank(input, record);
        }
        blank += skipping;
    }
    input->account.blank_lines += blank;
    *separated = blank > 0 || mig_reader_blank_lines(input->reader) > before;
    return MIG_OK;
}

/* Footers. */

static bool has_letter(struct mig_text text)
{
    for (size_t i = 0; i < text.length; i++)
        if ((text.data[i] | 32) >= 'a' && (text.data[i] | 32) <= 'z')
            return true;
    return false;
}

static enum mig_status hold(struct mig_input *input, const struct mig_record *record,
    enum mig_footer judged, struct mig_error *error)
{
    if (input->held_count == 0)
        input->doubtful_line = judged == MIG_FOOTER_DOUBTFUL ? record->line : 0;
    enum mig_status status = mig_keep(&input->held[input->held_count], record, error);
    input->held_count += status == MIG_OK;
    return status;
}

static enum mig_status remark_on_lines(
    struct mig_input *input, size_t first, size_t last, struct mig_error *error)
{
    return remark(input, first, 0, error,
        first == last ? _("footer left out: this line") : _("footer left out: up to line %zu"),
        last);
}

/* Rows that look like a footer but for the blank line above it are kept, and spoken of. */
static void watch_for_sentences(struct mig_input *input, const struct mig_record *record)
{
    struct mig_text text = mig_text_trim(record->cells[0].text);
    bool sentence = input->width > 2 && mig_record_filled(record, 2) == 1 && has_letter(text) &&
                    memchr(text.data, ' ', text.length);
    if (!sentence)
        input->sentences = 0;
    else if (input->sentences == 0)
        input->sentences = record->line;
}

static enum mig_status end_file(struct mig_input *input, struct mig_error *error)
{
    enum mig_status status = MIG_OK;
    size_t last = mig_reader_last_left_out(input->reader);
    if (input->held_count > 0 && input->doubtful_line > 0) {
        struct mig_position position = position_at(input, input->doubtful_line, 0);
        return mig_fail_at(error, MIG_SYNTAX, &position,
            _("it can't be known whether this line is a row or a footer: --footer %zu leaves it "
              "and "
              "what follows out, --footer none takes all for rows"),
            input->doubtful_line);
    }
    if (input->held_count > 0)
        status = remark_on_lines(input, input->held[0].record.line,
            input->held[input->held_count - 1].record.line, error);
    mig_kept_clear(input->held, &input->held_count, &input->held_next);
    if (status == MIG_OK && input->sentences > 0 && !input->options.keep_footer)
        status = remark(input, input->sentences, 0, error,
            _("from here on rows fill their first cell only: if they are a footer, --footer %zu "
              "leaves them out"),
            input->sentences);
    if (status == MIG_OK && last > 0)
        status = remark_on_lines(input, input->options.reader.end_line, last, error);
    else if (status == MIG_OK && input->options.reader.end_line > 0)
        status = remark(input, 0, 0, error,
            _("no line stands there to leave out: the file ends above line %zu (--footer)"),
            input->options.reader.end_line);
    size_t replaced = mig_reader_replaced(input->reader);
    if (status == MIG_OK && replaced > 0 && input->options.reader.invalid == MIG_INVALID_REPLACE)
        status = remark(
            input, 0, 0, error, _("bytes that are not valid, each now U+FFFD: %zu"), replaced);
    return status;
}

/* Whether what is read ends above the file's end: a footer stands nowhere else. */
static bool rows_follow(const struct mig_input *input)
{
    const struct mig_range *range = input->options.range;
    return range && range->last + 1 < mig_reader_size(input->reader);
}

/* The next record that is a row. What may be a footer is held back until it is known whether a row
 * follows. */
static enum mig_status next_row(
    struct mig_input *input, struct mig_record *record, struct mig_error *error)
{
    bool footers = input->options.find_header && !input->options.keep_footer && input->width > 1;
    if (!input->options.find_header && input->head_next == input->head_count) {
        enum mig_status status = mig_reader_next(input->reader, record, error);
        return status == MIG_OK && record->count == 0 ? end_file(input, error) : status;
    }
    for (;;) {
        if (input->releasing && input->held_next < input->held_count) {
            *record = input->held[input->held_next++].record;
            return MIG_OK;
        }
        if (input->releasing)
            mig_kept_clear(input->held, &input->held_count, &input->held_next);
        input->releasing = false;
        bool blank;
        enum mig_status status = next_record(input, record, &blank, error);
        if (status != MIG_OK && error && footers && blank && mig_reader_is_misquoted(input->reader))
            append_advice(
                error, _("; if this is a footer, --footer L ends the table above line L"));
        if (status != MIG_OK)
            return status;
        if (record->count == 0 && input->held_count > 0 && rows_follow(input)) {
            input->releasing = true;
            continue;
        }
        if (record->count == 0)
            return end_file(input, error);
        enum mig_footer judged = MIG_FOOTER_ROW;
        input->behind_blank = footers && (blank || input->behind_blank);
        if (input->behind_blank)
            judged = mig_footer_judge(input, record);
        input->behind_blank = judged != MIG_FOOTER_ROW;
        if (judged <= MIG_FOOTER_LABEL && input->held_count == 0)
            return MIG_OK;
        status = hold(input, record, judged, error);
        if (status != MIG_OK)
            return status;
        input->releasing = judged == MIG_FOOTER_ROW || input->held_count > MIG_FOOTER_RECORDS;
    }
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
    if (!input->options.progress || input->account.rows % MIG_ROWS_PER_PROGRESS != 0)
        return;
    uint64_t taken;
    uint64_t size;
    mig_reader_progress(input->reader, &taken, &size);
    input->options.progress(input->options.progress_context, taken, size, input->account.rows);
}

/* The first cell of those that are left out as empty and is not; 0: there is none. */
static size_t surplus_value(const struct mig_input *input, const struct mig_record *record)
{
    for (size_t i = input->width - input->surplus; i < input->width; i++)
        if (mig_text_trim(record->cells[i].text).length > 0)
            return i + 1;
    return 0;
}

static enum mig_status fail_below_title(
    struct mig_error *error, const struct mig_position *position, size_t cells)
{
    return mig_fail_at(error, MIG_SYNTAX, position,
        _("row has %zu cells, the header has 1: if that is a title, mig-clean leaves it out"),
        cells);
}

static enum mig_status fail_uneven(
    struct mig_error *error, const struct mig_position *position, size_t cells, size_t columns)
{
    return mig_fail_at(error, MIG_SYNTAX, position,
        dngettext(MIG_TEXT_DOMAIN, "row has %zu cell, the first one has %zu",
            "row has %zu cells, the first one has %zu", cells),
        cells, columns);
}

/* Whether the record is a row of the table; MIG_OK when it is. */
static enum mig_status check_row(
    const struct mig_input *input, const struct mig_record *record, struct mig_error *error)
{
    struct mig_position position = position_at(input, record->line, 0);
    if (record->count != input->width && input->options.no_header && !input->options.header_from)
        return fail_uneven(error, &position, record->count, input->width);
    if (record->count != input->width)
        return input->width == 1 && !input->options.find_header
                   ? fail_below_title(error, &position, record->count)
                   : mig_fail_ragged(error, &position, record->count, input->width);
    size_t column = surplus_value(input, record);
    if (column > 0)
        return mig_fail_at(error, MIG_SYNTAX, &position,
            _("'%.*s' stands in column %zu, which has no name and was left out as empty"),
            MIG_TEXT_ARG(mig_text_head(record->cells[column - 1].text, MIG_TEXT_QUOTED)), column);
    if (record->fault)
        *error = *record->fault;
    return record->fault ? record->fault->status : MIG_OK;
}

/* Behind the last row of a file, or of a block of the share. */
static enum mig_status go_on(struct mig_input *input, bool *more, struct mig_error *error)
{
    if (input->share != NULL)
        return mig_share_take(input, more, error);
    *more = input->file + 1 < input->n_files;
    input->file += *more;
    return *more ? mig_input_open_file(input, error) : MIG_OK;
}

/* Where nothing is looked for, a record of the right width needs no closer look. */
static bool is_plain_row(const struct mig_input *input, const struct mig_record *record)
{
    return record->count == input->width && record->fault == NULL && !input->options.find_header;
}

enum mig_status mig_input_next(
    struct mig_input *input, struct mig_row *row, struct mig_error *error)
{
    struct mig_record record;
    bool more = true;
    for (;;) {
        enum mig_status status = next_row(input, &record, error);
        if (status == MIG_OK && record.count == 0)
            status = go_on(input, &more, error);
        if (status != MIG_OK)
            return status;
        if (record.count > 0 || !more)
            break;
    }
    *row = (struct mig_row){
        record.cells, record.count, record.line, mig_reader_name(input->reader), NULL};
    if (record.count == 0)
        return MIG_OK;
    if (is_plain_row(input, &record)) {
        input->account.rows++;
        report_progress(input);
        return MIG_OK;
    }
    enum mig_status status = check_row(input, &record, &input->fault);
    if (status != MIG_OK && !input->options.pass_ragged) {
        if (error)
            *error = input->fault;
        return status;
    }
    if (status != MIG_OK)
        row->fault = &input->fault;
    else
        row->count -= input->surplus;
    input->account.rows++;
    if (input->options.find_header)
        watch_for_sentences(input, &record);
    report_progress(input);
    return MIG_OK;
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
        status = take_header(new, error);
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
