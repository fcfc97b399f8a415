/* The head of a file: title lines, header, tags; or none of them. */
#include "input/share-internal.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/memory.h"
#include "input/input-internal.h"

#define HEAD_SIZE ((size_t)4 * 1024 * 1024)

/* Records of the head. */

void mig_kept_clear(struct mig_kept *kept, size_t *count, size_t *next)
{
    while (*count > 0)
        mig_kept_release(&kept[--*count]);
    *next = 0;
}

bool mig_input_is_blank(const struct mig_input *input, const struct mig_record *record)
{
    if (!input->options.find_header || (record->count == 1 && record->cells[0].quoted_empty))
        return mig_record_is_blank_line(record);
    return mig_record_filled(record, 1) == 0;
}

void mig_input_advise(struct mig_error *error, const char *advice)
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
        mig_input_advise(
            error, _("; if this is a title, --header-line L begins to read on line L"));
    if (below_blank)
        mig_input_advise(error, _("; if this is a footer, --footer L ends the table above line L"));
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
enum mig_status mig_input_read_head(struct mig_input *input, struct mig_error *error)
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
        kept->blank = mig_input_is_blank(input, &kept->record);
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
    struct mig_position position = mig_input_at(input, 0, 0);
    bool blank = input->head_count > 0 || mig_reader_blank_lines(input->reader) > 0;
    return mig_fail_at(error, MIG_SYNTAX, &position, "%s",
        blank ? _("no header: the file has only blank lines") : _("no header: the file is empty"));
}

static enum mig_status check_columns(
    const struct mig_input *input, const struct mig_header *other, struct mig_error *error)
{
    const struct mig_header *first = &input->header;
    struct mig_position position = mig_input_at(input, input->account.header_line, 0);
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
            status = mig_input_remark(input, tags->cells[i].line, i + 1, error,
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
                ? mig_input_remark(input, row->cells[spoiled].line, spoiled + 1, error,
                      _("'%.*s' is not an HXL tag: this line is read as a row, though it looks "
                        "like a row of tags"),
                      MIG_TEXT_ARG(text))
                : mig_input_remark(input, row->line, 0, error,
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
        status = mig_input_remark(input, input->head[above].record.line, 0, error,
            _("this line may name groups of columns: --header-rows %zu joins it to the names"),
            layout->name_rows + 1);
    if (status == MIG_OK && below != SIZE_MAX)
        status = mig_input_remark(input, input->head[below].record.line, 0, error,
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
        status = mig_input_remark(
            input, 0, 0, error, _("the text is %s, known by its NUL bytes"), encoding);
    if (status == MIG_OK)
        status = remark_on_neighbours(input, layout, error);
    if (status == MIG_OK && layout->name_rows > 1)
        status = mig_input_remark(input, line, 0, error, _("the header's rows end on line %zu"),
            input->head[last].record.line);
    if (status == MIG_OK && tidied > 0)
        status = mig_input_remark(input, line, 0, error,
            _("names of columns with line breaks or several blanks, each now one space: %zu"),
            tidied);
    if (status == MIG_OK && layout->surplus > 0)
        status = mig_input_remark(input, line, layout->width - layout->surplus + 1, error,
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
        status = mig_input_remark(input, 0, 0, error, "%s", _("cells are separated by tabs"));
    else if (delimiter != ',')
        status = mig_input_remark(input, 0, 0, error, _("cells are separated by '%c'"), delimiter);
    if (status == MIG_OK && titles > 0)
        status =
            mig_input_remark(input, 0, 0, error, _("lines above the header left out: %zu"), titles);
    return status;
}

static enum mig_status find_layout(
    struct mig_input *input, struct mig_layout *layout, struct mig_error *error)
{
    const struct mig_input_options *options = &input->options;
    struct mig_layout_wish wish = {options->find_header, options->reader.first_line > 0,
        options->header_rows > 0 ? options->header_rows : 1};
    struct mig_position position = mig_input_at(input, 0, 0);
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

enum mig_status mig_input_locate_header(struct mig_input *input, struct mig_error *error)
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

bool mig_input_is_headless(const struct mig_input *input)
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
enum mig_status mig_input_begin_headless(struct mig_input *input, struct mig_error *error)
{
    const struct mig_record *first;
    struct mig_position position = mig_input_at(input, 0, 0);
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
enum mig_status mig_input_take_header(struct mig_input *input, struct mig_error *error)
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
