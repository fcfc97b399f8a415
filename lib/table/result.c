#include "table/result.h"

#include <string.h>

#include "base/i18n.h"

static size_t find(const struct mig_header *header, const char *name)
{
    size_t column = 0;
    while (column < header->count && strcmp(header->names[column], name) != 0)
        column++;
    return column < header->count ? column : SIZE_MAX;
}

static bool is_key(const struct mig_keys *keys, size_t column)
{
    for (size_t i = 0; keys != NULL && i < keys->count; i++)
        if (mig_keys_column(keys, i) == column)
            return true;
    return false;
}

void mig_result_find(
    struct mig_result *result, const struct mig_header *header, const struct mig_keys *keys)
{
    static const char *const names[MIG_RESULT_MARKS] = {[MIG_RESULT_MEASURE] = "measure",
        [MIG_RESULT_KIND] = "kind",
        [MIG_RESULT_METHOD] = "method"};
    size_t columns[MIG_RESULT_MARKS];
    for (size_t i = 0; i < MIG_RESULT_MARKS; i++)
        columns[i] = find(header, names[i]);
    bool results = columns[MIG_RESULT_MEASURE] != SIZE_MAX && columns[MIG_RESULT_KIND] != SIZE_MAX;
    bool quotients =
        find(header, "numerator") != SIZE_MAX && find(header, "denominator") != SIZE_MAX;
    bool figures = results && (find(header, "estimate") != SIZE_MAX || quotients);
    figures = figures || (quotients && columns[MIG_RESULT_METHOD] != SIZE_MAX);
    *result = (struct mig_result){.total_column = SIZE_MAX, .has_marks = figures};
    if (results || figures)
        result->total_column = find(header, "total");
    for (size_t i = 0; i < MIG_RESULT_MARKS; i++) {
        result->columns[i] = figures ? columns[i] : SIZE_MAX;
        result->is_key[i] = is_key(keys, result->columns[i]);
    }
}

bool mig_result_takes_all(const struct mig_result *result)
{
    return result->total_column == SIZE_MAX && !result->has_marks;
}

/* Whether a mark begins with the name of a column before its own: names may hold a '+' themselves.
 */
static bool names_columns(const struct mig_header *header, size_t end, struct mig_text mark)
{
    for (size_t i = 0; i < end; i++) {
        size_t length = strlen(header->names[i]);
        if (length > 0 && mark.length >= length &&
            memcmp(mark.data, header->names[i], length) == 0 &&
            (mark.length == length || mark.data[length] == '+'))
            return true;
    }
    return false;
}

static bool is_total(
    const struct mig_result *result, const struct mig_header *header, const struct mig_row *row)
{
    struct mig_text mark = row->cells[result->total_column].text;
    return mig_text_equal(mark, mig_text_of("all")) ||
           names_columns(header, result->total_column, mark);
}

/* FNV-1a, which tells apart the few marks of one table. 0 stands for no text. */
static uint64_t hash(struct mig_text text)
{
    uint64_t out = UINT64_C(14695981039346656037);
    for (size_t i = 0; i < text.length; i++)
        out = (out ^ (unsigned char)text.data[i]) * UINT64_C(1099511628211);
    return text.length > 0 ? out : 0;
}

/* A figure without an interval has no method of its own: it is there once, whatever the others'. */
static uint64_t mark_of(const struct mig_result *result, const struct mig_row *row, size_t mark)
{
    size_t column = result->columns[mark];
    struct mig_text text = column != SIZE_MAX ? row->cells[column].text : (struct mig_text){0};
    bool none = mark == MIG_RESULT_METHOD && mig_text_equal(text, mig_text_of("quotient"));
    return none ? 0 : hash(text);
}

/* The marks of the rows so far that agree in those that are keys; room for new ones if there are
 * none. NULL: too many to remember. */
static uint64_t *find_marks(struct mig_result *result, const uint64_t *marks)
{
    for (size_t i = 0; i < result->count; i++) {
        bool same = true;
        for (size_t j = 0; j < MIG_RESULT_MARKS; j++)
            same = same && (!result->is_key[j] || result->marks[i][j] == marks[j]);
        if (same)
            return result->marks[i];
    }
    if (result->count == MIG_RESULT_MOST)
        return NULL;
    memcpy(result->marks[result->count], marks, sizeof *result->marks);
    return result->marks[result->count++];
}

static const char *other_mark(size_t mark)
{
    if (mark == MIG_RESULT_MEASURE)
        return _(
            "is another measure than in the rows before, of cases that may be the same; choose "
            "one measure with mig-filter");
    if (mark == MIG_RESULT_METHOD)
        return _("is another method than in the rows before, of cases that may be the same; choose "
                 "one method with mig-filter, and the rows that have none: method == \"wilson\" || "
                 "method == \"quotient\"");
    return _("is another kind of figure than the rows before, of cases that may be the same; "
             "choose one kind with mig-filter");
}

static enum mig_status check_marks(struct mig_result *result, const struct mig_input *input,
    const struct mig_row *row, struct mig_error *error)
{
    if (!result->has_marks)
        return MIG_OK;
    uint64_t marks[MIG_RESULT_MARKS];
    for (size_t i = 0; i < MIG_RESULT_MARKS; i++)
        marks[i] = mark_of(result, row, i);
    uint64_t *before = find_marks(result, marks);
    if (before == NULL)
        return mig_fail(error, MIG_LIMIT, "%s", _("more measures, kinds and methods than 64"));
    for (size_t i = 0; i < MIG_RESULT_MARKS; i++) {
        bool unknown = i == MIG_RESULT_METHOD && before[i] == 0;
        if (unknown)
            before[i] = marks[i];
        bool none = i == MIG_RESULT_METHOD && marks[i] == 0;
        if (!none && before[i] != marks[i])
            return mig_input_fail(input, row, result->columns[i], other_mark(i), error);
    }
    return MIG_OK;
}

/* Kinds come first: a coverage beside the cells is marked as a total, too. */
enum mig_status mig_result_check(struct mig_result *result, const struct mig_input *input,
    const struct mig_row *row, struct mig_error *error)
{
    enum mig_status status = check_marks(result, input, row, error);
    if (status == MIG_OK && result->total_column != SIZE_MAX &&
        is_total(result, mig_input_header(input), row))
        return mig_input_fail(input, row, result->total_column,
            _("marks a total, which would be counted twice; leave --totals out"), error);
    return status;
}
