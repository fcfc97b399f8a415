#include "table/selection.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"

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

static bool is_taken(const struct mig_selection *selection, size_t before, const char *name)
{
    for (size_t i = 0; i < before; i++)
        if (strcmp(selection->names[i], name) == 0)
            return true;
    return false;
}

bool mig_selection_has_name(const struct mig_selection *selection, const char *name)
{
    return is_taken(selection, selection->count, name);
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

/* The name that column `i` can have, in `made`. */
static enum mig_status make_name(
    const struct mig_selection *selection, size_t i, struct mig_buffer *made)
{
    const char *name = selection->names[i];
    size_t suffix = 1;
    enum mig_status status;
    do {
        mig_buffer_clear(made);
        status = *name != '\0'
                     ? mig_buffer_print(made, NULL, "%s", name)
                     : mig_buffer_print(made, NULL, "column_%zu", selection->columns[i] + 1);
        if (status == MIG_OK && suffix > 1)
            status = mig_buffer_print(made, NULL, "_%zu", suffix);
        suffix++;
    } while (status == MIG_OK && is_taken(selection, i, made->data));
    return status;
}

/* Two columns of one name, at least one of which the user named so. */
static enum mig_status check_given(const struct mig_selection *selection, struct mig_error *error)
{
    for (size_t i = 1; i < selection->count; i++)
        for (size_t j = 0; j < i; j++)
            if ((selection->given[i] || selection->given[j]) &&
                strcmp(selection->names[i], selection->names[j]) == 0)
                return mig_fail(
                    error, MIG_NAME, _("two columns would be named '%s'"), selection->names[i]);
    return MIG_OK;
}

enum mig_status mig_selection_make_distinct(
    struct mig_selection *selection, struct mig_error_list *notes, struct mig_error *error)
{
    enum mig_status status = check_given(selection, error);
    for (size_t i = 0; i < selection->count && status == MIG_OK; i++) {
        struct mig_buffer made = {0};
        struct mig_error note;
        status = make_name(selection, i, &made);
        if (status != MIG_OK || strcmp(made.data, selection->names[i]) == 0) {
            mig_buffer_release(&made);
            continue;
        }
        (void)mig_fail(&note, MIG_NAME, _("column %zu, '%s', is named '%s'"),
            selection->columns[i] + 1, selection->names[i], made.data);
        free(selection->names[i]);
        selection->names[i] = made.data;
        status = mig_error_list_add(notes, &note);
    }
    return status == MIG_NO_MEMORY ? mig_fail_memory(error) : status;
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
