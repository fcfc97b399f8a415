#include "input/layout-internal.h"

#include <stdlib.h>
#include <string.h>

#include "base/decimal.h"
#include "base/i18n.h"
#include "base/memory.h"

#define TAG_ROW_WITHIN 25

/* Kept records. */

static enum mig_status keep_fault(
    struct mig_kept *kept, const struct mig_error *fault, struct mig_error *error)
{
    struct mig_error *copy = malloc(sizeof *copy);
    if (!copy)
        return mig_fail_memory(error);
    *copy = *fault;
    kept->record.fault = copy;
    return MIG_OK;
}

enum mig_status mig_keep(
    struct mig_kept *kept, const struct mig_record *record, struct mig_error *error)
{
    size_t size = 0;
    for (size_t i = 0; i < record->count; i++)
        size += record->cells[i].text.length + 1;
    struct mig_cell *cells = malloc(record->count * sizeof *cells);
    *kept = (struct mig_kept){
        .record = {cells, record->count, record->line, NULL}, .text = malloc(size)};
    if (!cells || !kept->text) {
        mig_kept_release(kept);
        return mig_fail_memory(error);
    }
    char *text = kept->text;
    for (size_t i = 0; i < record->count; i++) {
        cells[i] = record->cells[i];
        memcpy(text, cells[i].text.data, cells[i].text.length + 1);
        cells[i].text.data = text;
        text += cells[i].text.length + 1;
    }
    enum mig_status status = record->fault ? keep_fault(kept, record->fault, error) : MIG_OK;
    if (status != MIG_OK)
        mig_kept_release(kept);
    return status;
}

void mig_kept_release(struct mig_kept *kept)
{
    free((void *)kept->record.cells);
    free((void *)kept->record.fault);
    free(kept->text);
    *kept = (struct mig_kept){0};
}

bool mig_record_is_blank_line(const struct mig_record *record)
{
    return record->count == 1 && !record->cells[0].quoted_empty &&
           mig_text_trim(record->cells[0].text).length == 0;
}

static bool is_filled(const struct mig_record *record, size_t cell)
{
    return cell < record->count && mig_text_trim(record->cells[cell].text).length > 0;
}

size_t mig_record_filled(const struct mig_record *record, size_t most)
{
    size_t filled = 0;
    for (size_t i = 0; i < record->count && filled < most; i++)
        filled += is_filled(record, i);
    return filled;
}

/* Searches among the records of a head; SIZE_MAX: there is none. */

struct search {
    const struct mig_kept *head;
    size_t count;
    size_t rows; /* of the header */
};

static size_t next_filled(const struct search *search, size_t from)
{
    while (from < search->count && search->head[from].blank)
        from++;
    return from < search->count ? from : SIZE_MAX;
}

static size_t filled_above(const struct search *search, size_t record)
{
    while (record-- > 0)
        if (!search->head[record].blank)
            return record;
    return SIZE_MAX;
}

static size_t find_tag_row(const struct search *search, size_t from, size_t within)
{
    for (size_t i = from; i < search->count && i < within; i++)
        if (mig_header_is_tag_row(&search->head[i].record))
            return i;
    return SIZE_MAX;
}

static bool is_spoiled(const struct search *search, size_t i)
{
    const struct mig_record *record = &search->head[i].record;
    return mig_header_spoiled_tag(record) < record->count;
}

/* Of equally frequent counts the first, but one cell (a title) only when there is nothing else. */
static size_t most_frequent_count(const struct search *search)
{
    size_t best_count = 0;
    size_t best_records = 0;
    for (size_t i = 0; i < search->count; i++) {
        size_t count = search->head[i].record.count;
        size_t records = 0;
        for (size_t j = 0; j < search->count; j++)
            records += !search->head[j].blank && search->head[j].record.count == count;
        if (records > best_records || (records == best_records && best_count == 1)) {
            best_records = records;
            best_count = count;
        }
    }
    return best_count;
}

/* A row of groups may have few cells filled, but it is no title, which stands in the first cell. */
static bool may_begin_header(const struct search *search, const struct mig_record *record)
{
    size_t filled = mig_record_filled(record, SIZE_MAX);
    if (search->rows > 1)
        return filled > 1 || !is_filled(record, 0);
    return 2 * filled >= record->count;
}

static size_t find_names(const struct search *search)
{
    size_t count = most_frequent_count(search);
    size_t fallback = SIZE_MAX;
    for (size_t i = 0; i < search->count; i++) {
        const struct mig_record *record = &search->head[i].record;
        if (search->head[i].blank || record->count != count)
            continue;
        if (may_begin_header(search, record))
            return i;
        if (fallback == SIZE_MAX)
            fallback = i;
    }
    return fallback;
}

/* Whether all records like the first of the rows end in an empty cell. */
static bool all_end_empty(const struct search *search, size_t first)
{
    size_t count = search->head[first].record.count;
    for (size_t i = first; i < search->count; i++) {
        const struct mig_record *record = &search->head[i].record;
        if (!search->head[i].blank && record->count == count && is_filled(record, count - 1))
            return false;
    }
    return true;
}

static bool is_year(struct mig_text text)
{
    return text.length == 4 && (text.data[0] == '1' || text.data[0] == '2');
}

/* Whether a cell is a number, which names of columns are not; years may be. */
static bool has_number(const struct mig_record *record)
{
    struct mig_decimal decimal;
    for (size_t i = 0; i < record->count; i++) {
        struct mig_text text = mig_text_trim(record->cells[i].text);
        if (text.length > 1 && text.data[0] == '#')
            text = (struct mig_text){text.data + 1, text.length - 1}; /* #1 numbers a case */
        if (mig_decimal_parse(text, &decimal, NULL) == MIG_OK && !is_year(text))
            return true;
    }
    return false;
}

static enum mig_status fail_two_headers(
    const struct mig_record *above, const struct mig_record *found, struct mig_error *error)
{
    struct mig_position position = {NULL, found->line, 0};
    return mig_fail_at(error, MIG_SYNTAX, &position,
        _("it can't be known whether line %zu, of %zu cells, is the header, or this line, of %zu: "
          "choose with --header-line"),
        above->line, above->count, found->count);
}

static bool any_number(const struct search *search, size_t from)
{
    for (size_t i = from; i < search->count; i++)
        if (has_number(&search->head[i].record))
            return true;
    return false;
}

/* A record directly above the one that was found, several of its cells filled but not as many: the
 * names over rows that end in a delimiter, or else it can't be known which of the two is the
 * header. Nor when what was found holds numbers, nor when nothing tells a title over names from one
 * name over texts that hold the delimiter. */
static enum mig_status check_above(
    const struct search *search, struct mig_layout *layout, struct mig_error *error)
{
    size_t names = layout->names;
    size_t filled = names == SIZE_MAX ? SIZE_MAX : filled_above(search, names);
    if (filled == SIZE_MAX)
        return MIG_OK;
    const struct mig_record *above = &search->head[filled].record;
    const struct mig_record *found = &search->head[names].record;
    if (above->count + 1 == found->count && filled + 1 == names &&
        mig_record_filled(above, SIZE_MAX) == above->count && all_end_empty(search, names)) {
        layout->names = filled;
        layout->width = found->count;
        return MIG_OK;
    }
    bool beside = filled + 1 == names && above->count != found->count;
    bool rival =
        beside && (mig_record_filled(above, 2) > 1 ||
                      (filled == 0 && names + 1 < search->count && !any_number(search, names + 1)));
    return rival || has_number(found) ? fail_two_headers(above, found, error) : MIG_OK;
}

/* Moves the end of the header (`last`: its last record) or its beginning by what further rows it is
 * to have. */
static enum mig_status take_rows(
    const struct search *search, struct mig_layout *layout, size_t last, struct mig_error *error)
{
    bool upward = last != SIZE_MAX;
    size_t at = upward ? last : layout->names;
    for (size_t i = 1; i < search->rows && at != SIZE_MAX; i++)
        at = upward ? filled_above(search, at) : next_filled(search, at + 1);
    if (at == SIZE_MAX)
        return mig_fail(error, MIG_SYNTAX,
            _("the header is to have %zu rows, but there are not so many"), search->rows);
    if (upward)
        layout->names = at;
    else
        last = at;
    layout->name_rows = last - layout->names + 1;
    layout->rows = last + 1;
    return MIG_OK;
}

static enum mig_status fail_tags(
    const struct search *search, const struct mig_layout *layout, struct mig_error *error)
{
    const struct mig_record *tags = &search->head[layout->tags].record;
    return mig_fail_at(error, MIG_SYNTAX, &(struct mig_position){NULL, tags->line, 0}, "%s",
        _("it can't be known whether this line is a row of HXL tags or one of data: choose with "
          "--header-line"));
}

/* Whether the record below looks like a tag row as well: then both may be data. */
static bool is_repeated(const struct search *search, size_t tags)
{
    size_t next = next_filled(search, tags + 1);
    return next != SIZE_MAX && mig_header_is_tag_row(&search->head[next].record);
}

/* Numbers beside the tags, tags in the next record too, or a record above the header all of whose
 * cells are filled, as in a header over rows of data: what looks like a tag row may be a row that
 * begins with hash marks. */
static enum mig_status check_tags(
    const struct search *search, const struct mig_layout *layout, struct mig_error *error)
{
    if (has_number(&search->head[layout->tags].record) || is_repeated(search, layout->tags))
        return fail_tags(search, layout, error);
    for (size_t i = 0; i < layout->names && i < layout->tags; i++) {
        const struct mig_record *record = &search->head[i].record;
        if (record->count > 1 && mig_record_filled(record, record->count) == record->count)
            return fail_tags(search, layout, error);
    }
    return MIG_OK;
}

/* All cells begin with '#', and some are tags. */
static bool may_be_tags(const struct mig_record *record)
{
    bool any = false;
    for (size_t i = 0; i < record->count; i++)
        any = any || mig_header_is_tag(record->cells[i].text);
    return any && mig_header_is_near_tag_row(record);
}

static enum mig_status fail_spoiled(
    const struct mig_record *record, size_t spoiled, struct mig_error *error)
{
    struct mig_text cell = mig_text_head(record->cells[spoiled].text, MIG_TEXT_QUOTED);
    return mig_fail_at(error, MIG_SYNTAX, &(struct mig_position){NULL, record->line, spoiled + 1},
        _("'%.*s' is not an HXL tag, but other cells of this row are: mig-clean --header-line "
          "reads it as data"),
        MIG_TEXT_ARG(cell));
}

/* Commands that compute do not decide: below the header stand tags, or data, but not both. */
static enum mig_status check_strict_tags(
    const struct search *search, const struct mig_layout *layout, struct mig_error *error)
{
    size_t tags = layout->tags, next = next_filled(search, layout->rows);
    if (tags == SIZE_MAX && (next == SIZE_MAX || !may_be_tags(&search->head[next].record)))
        return MIG_OK;
    const struct mig_record *record = &search->head[tags != SIZE_MAX ? tags : next].record;
    if (tags != SIZE_MAX && is_repeated(search, tags))
        return mig_fail_at(error, MIG_SYNTAX, &(struct mig_position){NULL, record->line, 0}, "%s",
            _("this line and the next look like rows of HXL tags: mig-clean --header-line reads "
              "them as data"));
    size_t spoiled = mig_header_spoiled_tag(record);
    if (spoiled == record->count)
        return MIG_OK;
    return fail_spoiled(record, spoiled, error);
}

/* The header ends above the tag row; a file that begins with its tag row has no other names. */
static enum mig_status find_above_tags(
    const struct search *search, struct mig_layout *layout, struct mig_error *error)
{
    size_t last = filled_above(search, layout->tags);
    layout->names = layout->tags;
    layout->name_rows = 1;
    enum mig_status status = last == SIZE_MAX ? MIG_OK : take_rows(search, layout, last, error);
    layout->rows = layout->tags + 1;
    return status == MIG_OK ? check_tags(search, layout, error) : status;
}

static enum mig_status find_first(const struct search *search, struct mig_layout *layout,
    bool begins_here, struct mig_error *error)
{
    layout->names = begins_here ? 0 : find_names(search);
    if (layout->names == SIZE_MAX || search->count == 0) {
        layout->names = SIZE_MAX;
        return MIG_OK;
    }
    enum mig_status status = MIG_OK;
    if (!begins_here && search->rows == 1)
        status = check_above(search, layout, error);
    if (status == MIG_OK)
        status = take_rows(search, layout, SIZE_MAX, error);
    if (status != MIG_OK || !begins_here)
        return status;
    size_t next = next_filled(search, layout->rows);
    if (next != SIZE_MAX)
        layout->tags = find_tag_row(search, next, next + 1);
    if (layout->tags != SIZE_MAX &&
        (is_spoiled(search, layout->tags) || is_repeated(search, layout->tags)))
        layout->tags = SIZE_MAX; /* the user said where the header is: this is data */
    if (layout->tags != SIZE_MAX)
        layout->rows = layout->tags + 1;
    return MIG_OK;
}

static size_t header_width(const struct mig_layout *layout, const struct mig_kept *head)
{
    size_t width = layout->tags != SIZE_MAX ? head[layout->tags].record.count : 0;
    for (size_t i = layout->names; i < layout->names + layout->name_rows; i++)
        if (head[i].record.count > width)
            width = head[i].record.count;
    return width;
}

/* Whether a column has neither a name, nor a tag, nor a value in any of the records. */
static bool is_surplus(
    const struct search *search, const struct mig_layout *layout, size_t width, size_t column)
{
    for (size_t i = layout->names; i < search->count; i++) {
        const struct mig_record *record = &search->head[i].record;
        bool heading = i < layout->rows;
        if ((heading || record->count == width) && is_filled(record, column))
            return false;
    }
    return true;
}

static void count_surplus(const struct search *search, struct mig_layout *layout)
{
    size_t width = header_width(layout, search->head);
    if (width < layout->width)
        width = layout->width;
    layout->width = width;
    while (layout->surplus + 1 < width &&
           is_surplus(search, layout, width, width - layout->surplus - 1))
        layout->surplus++;
}

/* Names without a name over texts, and numbers only below: the texts may be the second row of the
 * header. */
static enum mig_status check_below(const struct mig_layout *layout, const struct mig_kept *head,
    size_t count, struct mig_error *error)
{
    size_t below = mig_layout_continued(layout, head, count);
    if (below == SIZE_MAX)
        return MIG_OK;
    return mig_fail_at(error, MIG_SYNTAX, &(struct mig_position){NULL, head[below].record.line, 0},
        "%s",
        _("it can't be known whether this line belongs to the header: choose with --header-rows or "
          "--header-line"));
}

enum mig_status mig_layout_find(struct mig_layout *layout, const struct mig_kept *head,
    size_t count, const struct mig_layout_wish *wish, struct mig_error *error)
{
    struct search search = {head, count, wish->header_rows};
    *layout = (struct mig_layout){.names = SIZE_MAX, .name_rows = 1, .tags = SIZE_MAX};
    if (!wish->find || !wish->begins_here)
        layout->tags = find_tag_row(&search, 0, wish->find ? TAG_ROW_WITHIN : 2);
    if (!wish->find) {
        layout->names = next_filled(&search, 0);
        layout->rows = (layout->tags != SIZE_MAX ? layout->tags : layout->names) + 1;
        if (layout->names != SIZE_MAX)
            layout->width = head[layout->names].record.count;
        return check_strict_tags(&search, layout, error);
    }
    enum mig_status status = layout->tags != SIZE_MAX
                                 ? find_above_tags(&search, layout, error)
                                 : find_first(&search, layout, wish->begins_here, error);
    if (status == MIG_OK && layout->names != SIZE_MAX && !wish->begins_here &&
        wish->header_rows == 1)
        status = check_below(layout, head, count, error);
    if (status == MIG_OK && layout->names != SIZE_MAX)
        count_surplus(&search, layout);
    return status;
}

size_t mig_layout_continued(
    const struct mig_layout *layout, const struct mig_kept *head, size_t count)
{
    struct search search = {head, count, 1};
    const struct mig_record *names = &head[layout->names + layout->name_rows - 1].record;
    size_t next = layout->tags == SIZE_MAX ? next_filled(&search, layout->rows) : SIZE_MAX;
    if (next == SIZE_MAX || has_number(&head[next].record))
        return SIZE_MAX;
    bool names_more = false;
    for (size_t i = 0; i < names->count && i < head[next].record.count; i++)
        names_more = names_more || (!is_filled(names, i) && is_filled(&head[next].record, i));
    for (size_t i = next + 1; i < count && names_more; i++)
        if (has_number(&head[i].record))
            return next;
    return SIZE_MAX;
}

size_t mig_layout_groups(const struct mig_layout *layout, const struct mig_kept *head)
{
    size_t above = layout->names;
    if (above == 0 || head[above - 1].blank || layout->names == layout->tags)
        return SIZE_MAX;
    const struct mig_record *record = &head[above - 1].record;
    return mig_record_filled(record, 2) > 1 && record->count == head[above].record.count ? above - 1
                                                                                         : SIZE_MAX;
}

/* The header. */

/* The bytes of the blank or line end that the text begins with: ASCII's, U+00A0, U+2000 to U+200A,
 * U+202F; 0: none. */
static size_t space_length(struct mig_text text)
{
    const unsigned char *bytes = (const unsigned char *)text.data;
    if (bytes[0] == ' ' || (bytes[0] >= '\t' && bytes[0] <= '\r'))
        return 1;
    if (text.length >= 2 && bytes[0] == 0xc2 && bytes[1] == 0xa0)
        return 2;
    bool general = text.length >= 3 && bytes[0] == 0xe2 && bytes[1] == 0x80;
    return general && ((bytes[2] >= 0x80 && bytes[2] <= 0x8a) || bytes[2] == 0xaf) ? 3 : 0;
}

/* Appends the text on one line, each run of blanks and line ends one space, none at the ends;
 * whether it differs from the text without blanks at the ends. */
static enum mig_status append_tidy(
    struct mig_buffer *out, struct mig_text text, bool *differs, struct mig_error *error)
{
    struct mig_text whole = mig_text_trim(text);
    size_t begin = out->length;
    enum mig_status status = mig_buffer_append(out, "", 0, error);
    bool after_space = false;
    while (text.length > 0 && status == MIG_OK) {
        size_t space = space_length(text);
        size_t step = space > 0 ? space : 1;
        if (space == 0 && after_space && out->length > begin)
            status = mig_buffer_append(out, " ", 1, error);
        if (space == 0 && status == MIG_OK)
            status = mig_buffer_append(out, text.data, 1, error);
        after_space = space > 0;
        text.data += step;
        text.length -= step;
    }
    if (status == MIG_OK) {
        struct mig_text tidy = {out->data + begin, out->length - begin};
        *differs = !mig_text_equal(tidy, whole);
    }
    return status;
}

struct joining {
    const struct mig_kept *rows;
    size_t count;
    size_t width;
    struct mig_text *groups; /* of each row: what the merged cell that reaches this column holds */
    struct mig_buffer name;
    struct mig_buffer part;
    size_t tidied;
};

/* A cell that was merged over several columns is filled in the first of them only: it reaches up to
 * the next filled cell of its row or of a row above. The last row holds the names, which reach
 * nowhere. */
static struct mig_text cell_of(struct joining *joining, size_t row, size_t column)
{
    const struct mig_record *record = &joining->rows[row].record;
    struct mig_text *group = &joining->groups[row];
    bool begins = row + 1 == joining->count;
    for (size_t above = 0; above < row; above++)
        begins = begins || is_filled(&joining->rows[above].record, column);
    if (begins)
        *group = (struct mig_text){"", 0};
    if (is_filled(record, column))
        *group = record->cells[column].text;
    return *group;
}

static enum mig_status join_column(struct joining *joining, size_t column, struct mig_error *error)
{
    enum mig_status status = MIG_OK;
    size_t last = 0; /* where the last part begins */
    bool differs, tidied = false;
    mig_buffer_clear(&joining->name);
    for (size_t row = 0; row < joining->count && status == MIG_OK; row++) {
        struct mig_text cell = cell_of(joining, row, column);
        mig_buffer_clear(&joining->part);
        status = append_tidy(&joining->part, cell, &differs, error);
        if (status != MIG_OK)
            break;
        struct mig_text part = mig_buffer_text(&joining->part);
        struct mig_text before = mig_buffer_text(&joining->name);
        before.data = before.data ? before.data + last : NULL;
        before.length -= last;
        tidied = tidied || (differs && is_filled(&joining->rows[row].record, column));
        if (part.length == 0 || mig_text_equal(part, before))
            continue;
        if (joining->name.length > 0)
            status = mig_buffer_append(&joining->name, " / ", 3, error);
        last = joining->name.length;
        if (status == MIG_OK)
            status = mig_buffer_append(&joining->name, part.data, part.length, error);
    }
    joining->tidied += tidied;
    return status;
}

static enum mig_status join_columns(
    struct joining *joining, struct mig_cell *cells, struct mig_error *error)
{
    enum mig_status status = MIG_OK;
    for (size_t column = 0; column < joining->width && status == MIG_OK; column++) {
        status = join_column(joining, column, error);
        if (status != MIG_OK)
            break;
        struct mig_text *text = &cells[column].text;
        text->length = joining->name.length;
        text->data = mig_text_copy(mig_buffer_text(&joining->name));
        if (!text->data)
            status = mig_fail_memory(error);
    }
    return status;
}

static enum mig_status init_joined(struct mig_header *header, struct joining *joining,
    const struct mig_record *tags, struct mig_error *error)
{
    struct mig_cell *cells = calloc(joining->width, sizeof *cells);
    joining->groups = calloc(joining->count, sizeof *joining->groups);
    enum mig_status status =
        cells && joining->groups ? join_columns(joining, cells, error) : mig_fail_memory(error);
    struct mig_record names = {cells, joining->width, 0, NULL};
    if (status == MIG_OK)
        status = mig_header_init(header, &names, tags, error);
    for (size_t i = 0; cells && i < joining->width; i++)
        free((void *)cells[i].text.data);
    free(cells);
    free(joining->groups);
    mig_buffer_release(&joining->name);
    mig_buffer_release(&joining->part);
    return status;
}

enum mig_status mig_layout_header(struct mig_header *header, const struct mig_layout *layout,
    const struct mig_kept *head, bool tidy, size_t *tidied, struct mig_error *error)
{
    const struct mig_record *tags = layout->tags != SIZE_MAX ? &head[layout->tags].record : NULL;
    *tidied = 0;
    if (!tidy)
        return mig_header_init(header, &head[layout->names].record, tags, error);
    struct joining joining = {.rows = &head[layout->names],
        .count = layout->name_rows,
        .width = layout->width - layout->surplus};
    enum mig_status status = init_joined(header, &joining, tags, error);
    *tidied = joining.tidied;
    return status;
}
