#include "table/selection.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "table/names.h"

enum mig_status mig_selection_init(struct mig_selection *selection, const struct mig_header *header,
    const struct mig_keys *list, struct mig_error *error)
{
    size_t count = list->count > 0 ? list->count : header->count;
    *selection = (struct mig_selection){.count = count,
        .columns = calloc(count, sizeof *selection->columns),
        .names = calloc(count, sizeof(char *)),
        .given = calloc(count, sizeof(bool))};
    bool complete =
        selection->columns != NULL && selection->names != NULL && selection->given != NULL;
    for (size_t i = 0; i < count && complete; i++) {
        bool listed = list->count > 0;
        selection->columns[i] = listed ? mig_keys_column(list, i) : i;
        selection->names[i] =
            mig_text_copy(mig_text_of(listed ? mig_keys_name(list, i) : header->names[i]));
        complete = selection->names[i] != NULL;
        selection->given[i] =
            complete && strcmp(selection->names[i], header->names[selection->columns[i]]) != 0;
    }
    if (complete)
        return MIG_OK;
    mig_selection_release(selection);
    return mig_fail_memory(error);
}

static enum mig_status rename_one(struct mig_selection *selection, const struct mig_header *header,
    struct mig_text old_name, struct mig_text new_name, struct mig_error *error)
{
    size_t column, i = 0;
    char *wanted = mig_text_copy(old_name);
    if (wanted == NULL)
        return mig_fail_memory(error);
    enum mig_status status = mig_header_find(header, wanted, &column, error);
    free(wanted);
    if (status != MIG_OK)
        return status;
    while (i < selection->count && selection->columns[i] != column)
        i++;
    if (i == selection->count)
        return mig_fail(error, MIG_NAME, _("column '%.*s' is renamed but not among those chosen"),
            MIG_TEXT_ARG(old_name));
    char *name = mig_text_copy(new_name);
    if (name == NULL)
        return mig_fail_memory(error);
    free(selection->names[i]);
    selection->names[i] = name;
    selection->given[i] = true;
    return MIG_OK;
}

enum mig_status mig_selection_rename(struct mig_selection *selection,
    const struct mig_header *header, const char *list, struct mig_error_list *errors)
{
    enum mig_status renamed = MIG_OK;
    const char *at = list;
    do {
        struct mig_error error;
        struct mig_text old_name, new_name = {0};
        enum mig_status status;
        at = mig_text_scan_name(at, "=,", &old_name);
        if (at != NULL && *at == '=')
            at = mig_text_scan_name(at + 1, ",", &new_name);
        if (at == NULL || new_name.length == 0 || (*at != ',' && *at != '\0'))
            status = mig_fail(&error, MIG_SYNTAX, _("'%s': OLD=NEW is wanted"), list);
        else
            status = rename_one(selection, header, old_name, new_name, &error);
        if (status != MIG_OK && mig_error_list_add(errors, &error) != MIG_OK)
            return MIG_NO_MEMORY;
        renamed = status != MIG_OK ? status : renamed;
    } while (renamed != MIG_SYNTAX && *at++ == ',');
    return renamed;
}

bool mig_selection_has_name(const struct mig_selection *selection, const char *name)
{
    for (size_t i = 0; i < selection->count; i++)
        if (strcmp(selection->names[i], name) == 0)
            return true;
    return false;
}

void mig_selection_drop(struct mig_selection *selection, size_t column)
{
    size_t kept = 0;
    for (size_t i = 0; i < selection->count; i++) {
        if (selection->columns[i] == column) {
            free(selection->names[i]);
            continue;
        }
        selection->columns[kept] = selection->columns[i];
        selection->names[kept++] = selection->names[i];
    }
    selection->count = kept;
}

/* The names that stand, and of each how often it was asked for. */
struct taken {
    struct mig_names *names;
    struct asked {
        size_t columns; /* of the file that have it */
        size_t suffix;  /* that was tried last */
        bool given;     /* by the user, for one of them */
    } * asked;
    size_t capacity;
};

static enum mig_status take(
    struct taken *taken, const char *name, struct asked **asked, struct mig_error *error)
{
    uint32_t code;
    size_t before = mig_names_count(taken->names);
    enum mig_status status = mig_names_code(taken->names, mig_text_of(name), &code, error);
    if (status != MIG_OK)
        return status;
    struct asked *grown = mig_grow(taken->asked, &taken->capacity, (size_t)code + 1, sizeof *grown);
    if (grown == NULL)
        return mig_fail_memory(error);
    taken->asked = grown;
    if (code >= before)
        grown[code] = (struct asked){.suffix = 1};
    *asked = &grown[code];
    return MIG_OK;
}

/* Two columns of one name, at least one of which the user named so, are an error. */
static enum mig_status take_all(
    const struct mig_selection *selection, struct taken *taken, struct mig_error *error)
{
    struct asked *asked;
    enum mig_status status = mig_names_new(&taken->names, error);
    for (size_t i = 0; i < selection->count && status == MIG_OK; i++) {
        if (*selection->names[i] == '\0')
            continue;
        status = take(taken, selection->names[i], &asked, error);
        if (status != MIG_OK)
            return status;
        asked->given = asked->given || selection->given[i];
        if (asked->columns++ > 0 && asked->given)
            return mig_fail(
                error, MIG_NAME, _("two columns would be named '%s'"), selection->names[i]);
    }
    return status;
}

/* A name for column `i`, in `made`, that no column has. */
static enum mig_status make_name(const struct mig_selection *selection, size_t i,
    struct taken *taken, struct mig_buffer *made, struct mig_error *error)
{
    struct asked *asked;
    uint32_t code;
    struct mig_buffer base = {0};
    const char *name = selection->names[i];
    enum mig_status status =
        *name != '\0' ? mig_buffer_print(&base, error, "%s", name)
                      : mig_buffer_print(&base, error, "column_%zu", selection->columns[i] + 1);
    bool is_free = status == MIG_OK && !mig_names_find(taken->names, mig_buffer_text(&base), &code);
    if (is_free)
        status = mig_buffer_print(made, error, "%s", base.data);
    if (status == MIG_OK)
        status = take(taken, base.data, &asked, error);
    while (status == MIG_OK && !is_free) {
        mig_buffer_clear(made);
        status = mig_buffer_print(made, error, "%s_%zu", base.data, ++asked->suffix);
        is_free = status == MIG_OK && !mig_names_find(taken->names, mig_buffer_text(made), &code);
    }
    mig_buffer_release(&base);
    return status == MIG_OK ? take(taken, made->data, &asked, error) : status;
}

static enum mig_status rename_column(struct mig_selection *selection, size_t i, struct taken *taken,
    struct mig_error_list *notes, struct mig_error *error)
{
    struct mig_buffer made = {0};
    struct mig_error note;
    enum mig_status status = make_name(selection, i, taken, &made, error);
    if (status != MIG_OK) {
        mig_buffer_release(&made);
        return status;
    }
    (void)mig_fail(&note, MIG_NAME, _("column %zu, '%s', is named '%s'"), selection->columns[i] + 1,
        selection->names[i], made.data);
    free(selection->names[i]);
    selection->names[i] = made.data;
    return mig_error_list_add(notes, &note) == MIG_OK ? MIG_OK : mig_fail_memory(error);
}

enum mig_status mig_selection_make_distinct(
    struct mig_selection *selection, struct mig_error_list *notes, struct mig_error *error)
{
    struct taken taken = {0};
    struct asked *asked;
    enum mig_status status = take_all(selection, &taken, error);
    for (size_t i = 0; i < selection->count && status == MIG_OK; i++) {
        bool named = *selection->names[i] != '\0';
        if (named)
            status = take(&taken, selection->names[i], &asked, error);
        if (status != MIG_OK)
            break;
        bool first = named && asked->columns > 0;
        if (first)
            asked->columns = 0; /* the first column of a name keeps it */
        else
            status = rename_column(selection, i, &taken, notes, error);
    }
    mig_names_free(taken.names);
    free(taken.asked);
    return status;
}

void mig_selection_release(struct mig_selection *selection)
{
    if (selection == NULL)
        return;
    for (size_t i = 0; i < selection->count && selection->names != NULL; i++)
        free(selection->names[i]);
    free(selection->names);
    free(selection->columns);
    free(selection->given);
    *selection = (struct mig_selection){0};
}
