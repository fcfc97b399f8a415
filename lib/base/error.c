#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"

/* Cuts an over-long text at the start of a UTF-8 character, so that messages stay valid. */
static void copy_cut(char *out, size_t size, const char *text)
{
    size_t length = mig_text_head(mig_text_of(text), size - 1).length;
    memcpy(out, text, length);
    out[length] = '\0';
}

static void fill(struct mig_error *error, enum mig_status status,
    const struct mig_position *position, const char *format, va_list arguments) MIG_PRINTF(4, 0);

static void fill(struct mig_error *error, enum mig_status status,
    const struct mig_position *position, const char *format, va_list arguments)
{
    char text[2 * sizeof error->text];
    vsnprintf(text, sizeof text, format, arguments);
    *error = (struct mig_error){.status = status};
    copy_cut(error->text, sizeof error->text, text);
    mig_error_locate(error, position, NULL);
}

enum mig_status mig_fail(struct mig_error *error, enum mig_status status, const char *format, ...)
{
    if (error != NULL) {
        va_list arguments;
        va_start(arguments, format);
        fill(error, status, NULL, format, arguments);
        va_end(arguments);
    }
    return status;
}

enum mig_status mig_fail_at(struct mig_error *error, enum mig_status status,
    const struct mig_position *position, const char *format, ...)
{
    if (error != NULL) {
        va_list arguments;
        va_start(arguments, format);
        fill(error, status, position, format, arguments);
        va_end(arguments);
    }
    return status;
}

enum mig_status mig_fail_memory(struct mig_error *error)
{
    return mig_fail(error, MIG_NO_MEMORY, "%s", _("out of memory"));
}

enum mig_status mig_fail_errno(struct mig_error *error, const char *subject, int errno_value)
{
    return mig_fail(error, MIG_SYSTEM, "'%s': %s", subject, strerror(errno_value));
}

void mig_error_locate(
    struct mig_error *error, const struct mig_position *position, const char *column_name)
{
    if (error == NULL)
        return;
    if (position != NULL) {
        copy_cut(error->file, sizeof error->file, position->file != NULL ? position->file : "");
        error->line = position->line;
        error->column = position->column;
    }
    if (column_name != NULL) {
        char text[2 * sizeof error->text];
        snprintf(text, sizeof text, _("%s (column %s)"), error->text, column_name);
        copy_cut(error->text, sizeof error->text, text);
    }
}

enum mig_status mig_error_list_add(struct mig_error_list *list, const struct mig_error *error)
{
    list->total++;
    if (list->keep != 0 && list->count >= list->keep)
        return MIG_OK;
    struct mig_error *items =
        mig_grow(list->items, &list->capacity, list->count + 1, sizeof *items);
    if (items == NULL)
        return MIG_NO_MEMORY;
    list->items = items;
    list->items[list->count++] = *error;
    return MIG_OK;
}

void mig_error_list_release(struct mig_error_list *list)
{
    if (list == NULL)
        return;
    free(list->items);
    *list = (struct mig_error_list){0};
}
