#include "table/result.h"

#include <stdio.h>
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
    bool results = find(header, "measure") != SIZE_MAX && find(header, "kind") != SIZE_MAX;
    bool figures = find(header, "numerator") != SIZE_MAX && find(header, "denominator") != SIZE_MAX;
    *result = (struct mig_result){.total_column = SIZE_MAX, .kind_column = SIZE_MAX};
    if (results)
        result->total_column = find(header, "total");
    if (results && figures && !is_key(keys, find(header, "kind")) &&
        !is_key(keys, find(header, "measure")))
        result->kind_column = find(header, "kind");
}

bool mig_result_takes_all(const struct mig_result *result)
{
    return result->total_column == SIZE_MAX && result->kind_column == SIZE_MAX;
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

/* Whether the row is of another kind than those before; the first one says which kind that is. */
static bool is_other_kind(struct mig_result *result, const struct mig_row *row)
{
    if (result->kind_column == SIZE_MAX)
        return false;
    struct mig_text kind = row->cells[result->kind_column].text;
    if (result->kind[0] == '\0')
        snprintf(result->kind, sizeof result->kind, "%.*s", MIG_TEXT_ARG(kind));
    return !mig_text_equal(mig_text_head(kind, sizeof result->kind - 1), mig_text_of(result->kind));
}

/* Kinds come first: a coverage beside the cells is marked as a total, too. */
enum mig_status mig_result_check(struct mig_result *result, const struct mig_input *input,
    const struct mig_row *row, struct mig_error *error)
{
    if (is_other_kind(result, row))
        return mig_input_fail(input, row, result->kind_column,
            _("is another kind of figure than the rows before, of cases that may be the same; "
              "choose one kind with mig-filter"),
            error);
    if (result->total_column != SIZE_MAX && is_total(result, mig_input_header(input), row))
        return mig_input_fail(input, row, result->total_column,
            _("marks a total, which would be counted twice; leave --totals out"), error);
    return MIG_OK;
}
