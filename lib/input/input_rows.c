/* Rows, one after the other, and the footer that may stand below them. */
#include "input/share-internal.h"

#include <string.h>

#include "base/i18n.h"
#include "base/memory.h"
#include "input/footer-internal.h"
#include "input/input-internal.h"

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
            skipping = record->count > 0 && input->width > 1 && mig_input_is_blank(input, record);
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
    return mig_input_remark(input, first, 0, error,
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
        struct mig_position position = mig_input_at(input, input->doubtful_line, 0);
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
        status = mig_input_remark(input, input->sentences, 0, error,
            _("from here on rows fill their first cell only: if they are a footer, --footer %zu "
              "leaves them out"),
            input->sentences);
    if (status == MIG_OK && last > 0)
        status = remark_on_lines(input, input->options.reader.end_line, last, error);
    else if (status == MIG_OK && input->options.reader.end_line > 0)
        status = mig_input_remark(input, 0, 0, error,
            _("no line stands there to leave out: the file ends above line %zu (--footer)"),
            input->options.reader.end_line);
    size_t replaced = mig_reader_replaced(input->reader);
    if (status == MIG_OK && replaced > 0 && input->options.reader.invalid == MIG_INVALID_REPLACE)
        status = mig_input_remark(
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
            mig_input_advise(
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

void mig_input_report_progress(const struct mig_input *input, size_t more)
{
    size_t rows = input->account.rows;
    if (!input->options.progress ||
        rows / MIG_ROWS_PER_PROGRESS == (rows - more) / MIG_ROWS_PER_PROGRESS)
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
    struct mig_position position = mig_input_at(input, record->line, 0);
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
        mig_input_report_progress(input, 1);
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
    mig_input_report_progress(input, 1);
    return MIG_OK;
}
