#include "table/moments.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"

const char *const mig_moment_suffixes[MIG_MOMENTS] = {
    "_sum", "_sum2", "_min", "_max", "_w", "_w2", "_w2sum", "_w2sum2"};

/* The column named `stem` and `suffix`, or SIZE_MAX. */
static size_t find(const struct mig_header *header, struct mig_text stem, const char *suffix)
{
    size_t length = strlen(suffix);
    for (size_t i = 0; i < header->count; i++) {
        struct mig_text name = mig_text_of(header->names[i]);
        if (name.length == stem.length + length &&
            memcmp(name.data + stem.length, suffix, length) == 0 &&
            (stem.length == 0 || memcmp(name.data, stem.data, stem.length) == 0))
            return i;
    }
    return SIZE_MAX;
}

/* How many of the moments of `stem` the header has, in their order, beside a column "_n". */
static size_t count_moments(const struct mig_header *header, struct mig_text stem)
{
    size_t count = 0;
    if (stem.length == 0 || find(header, stem, "_n") == SIZE_MAX)
        return 0;
    while (count < MIG_MOMENTS && find(header, stem, mig_moment_suffixes[count]) != SIZE_MAX)
        count++;
    return count >= MIG_MOMENTS_PLAIN ? count : 0;
}

/* Whether a column is the x_n of moments; `stem` is then x. */
static bool is_moments(const struct mig_header *header, size_t column, struct mig_text *stem)
{
    *stem = mig_text_of(header->names[column]);
    if (stem->length < 3 || memcmp(stem->data + stem->length - 2, "_n", 2) != 0)
        return false;
    stem->length -= 2;
    return count_moments(header, *stem) > 0;
}

/* The header as it looks when moments stand under the name of their column: in place of x_n a
 * column x, and no name where a column x stands beside it. Release with release_view(), also on
 * failure. */
static enum mig_status make_view(const struct mig_header *header, struct mig_header *view)
{
    *view = *header;
    view->names = calloc(header->count + 1, sizeof *view->names);
    if (view->names == NULL)
        return MIG_NO_MEMORY;
    for (size_t i = 0; i < header->count; i++) {
        struct mig_text stem, name = mig_text_of(header->names[i]);
        if (is_moments(header, i, &stem))
            name = stem;
        else if (count_moments(header, name) > 0)
            name.length = 0;
        view->names[i] = mig_text_copy(name);
        if (view->names[i] == NULL)
            return MIG_NO_MEMORY;
    }
    return MIG_OK;
}

static void release_view(struct mig_header *view)
{
    for (size_t i = 0; view->names != NULL && i < view->count; i++)
        free(view->names[i]);
    free(view->names);
}

static enum mig_status fill(struct mig_moments_column *column, const struct mig_keys *keys,
    size_t key, const struct mig_header *header)
{
    struct mig_text stem;
    column->n = mig_keys_column(keys, key);
    column->name = mig_text_copy(mig_text_of(mig_keys_name(keys, key)));
    if (column->name == NULL)
        return MIG_NO_MEMORY;
    column->merged = is_moments(header, column->n, &stem);
    size_t count = column->merged ? count_moments(header, stem) : 0;
    column->weighted = count == MIG_MOMENTS;
    for (size_t i = 0; i < count; i++)
        column->columns[i] = find(header, stem, mig_moment_suffixes[i]);
    return MIG_OK;
}

static enum mig_status fail(struct mig_error_list *errors, const struct mig_error *error)
{
    return mig_error_list_add(errors, error) == MIG_OK ? error->status : MIG_NO_MEMORY;
}

/* Key functions are no columns: each is a fault. */
static enum mig_status check_plain(
    const struct mig_keys *keys, const char *columns, struct mig_error_list *errors)
{
    struct mig_error error;
    for (size_t i = 0; i < keys->count; i++)
        if (!mig_keys_is_plain(keys, i)) {
            mig_fail(&error, MIG_SYNTAX, _("'%s': a column is wanted here, not a key function"),
                columns);
            return fail(errors, &error);
        }
    return MIG_OK;
}

static enum mig_status fill_list(
    struct mig_moments_list *list, const struct mig_keys *keys, const struct mig_header *header)
{
    list->items = calloc(keys->count + 1, sizeof *list->items);
    enum mig_status status = list->items != NULL ? MIG_OK : MIG_NO_MEMORY;
    for (size_t i = 0; i < keys->count && status == MIG_OK; i++)
        status = fill(&list->items[list->count++], keys, i, header);
    return status;
}

enum mig_status mig_moments_list_init(struct mig_moments_list *list,
    const struct mig_header *header, const char *columns, struct mig_error_list *errors)
{
    struct mig_keys keys = {0};
    struct mig_header view = {0};
    struct mig_error error;
    enum mig_status status = mig_keys_parse(&keys, columns, &error);
    if (status != MIG_OK) {
        mig_keys_release(&keys);
        return fail(errors, &error);
    }
    enum mig_status plain = check_plain(&keys, columns, errors);
    status = make_view(header, &view);
    if (status == MIG_OK)
        status = mig_keys_bind(&keys, &view, errors);
    if (status == MIG_OK)
        status = plain;
    if (status == MIG_OK)
        status = fill_list(list, &keys, header);
    release_view(&view);
    mig_keys_release(&keys);
    return status;
}

void mig_moments_list_release(struct mig_moments_list *list)
{
    if (list == NULL)
        return;
    for (size_t i = 0; i < list->count; i++)
        free(list->items[i].name);
    free(list->items);
    *list = (struct mig_moments_list){0};
}

enum mig_status mig_moments_want(
    const struct mig_moments_column *column, struct mig_input *input, struct mig_error *error)
{
    size_t count = !column->merged ? 0 : column->weighted ? MIG_MOMENTS : MIG_MOMENTS_PLAIN;
    enum mig_status status = mig_input_want(input, &column->n, 1, error);
    return status == MIG_OK ? mig_input_want(input, column->columns, count, error) : status;
}

enum mig_status mig_moments_read(const struct mig_moments_column *column,
    const struct mig_input *input, const struct mig_row *row, struct mig_moments *out,
    struct mig_error *error)
{
    struct mig_decimal value;
    bool missing;
    enum mig_status status = mig_input_decimal(input, row, column->n, &value, &missing, error);
    if (status != MIG_OK)
        return status;
    if (missing || !mig_decimal_to_count(&value, &out->n))
        return mig_input_fail(input, row, column->n, _("is not a count"), error);
    out->weighted = column->weighted;
    size_t count = column->weighted ? MIG_MOMENTS : MIG_MOMENTS_PLAIN;
    for (size_t i = 0; i < count && out->n > 0; i++) {
        status = mig_input_decimal(input, row, column->columns[i], &value, &missing, error);
        if (status == MIG_OK && missing)
            status = mig_input_fail(
                input, row, column->columns[i], _("is empty, but its values are counted"), error);
        if (status == MIG_OK)
            status = mig_sum_add(&out->sums[i], &value, error);
        if (status != MIG_OK)
            return status;
    }
    return MIG_OK;
}
