#include "base/memory.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void *mig_grow(void *items, size_t *capacity, size_t need, size_t size)
{
    if (need <= *capacity && items != NULL)
        return items;
    size_t wanted = *capacity > SIZE_MAX / 2 ? SIZE_MAX : 2 * *capacity;
    if (wanted < need)
        wanted = need;
    if (wanted < 8)
        wanted = 8;
    if (wanted > SIZE_MAX / size)
        return NULL;
    void *grown = realloc(items, wanted * size);
    if (grown != NULL)
        *capacity = wanted;
    return grown;
}

enum mig_status mig_buffer_reserve(struct mig_buffer *buffer, size_t extra, struct mig_error *error)
{
    if (extra < buffer->capacity - buffer->length)
        return MIG_OK;
    if (extra > SIZE_MAX - buffer->length - 1)
        return mig_fail_memory(error);
    char *data = mig_grow(buffer->data, &buffer->capacity, buffer->length + extra + 1, 1);
    if (data == NULL)
        return mig_fail_memory(error);
    buffer->data = data;
    buffer->data[buffer->length] = '\0';
    return MIG_OK;
}

enum mig_status mig_buffer_append(
    struct mig_buffer *buffer, const void *bytes, size_t length, struct mig_error *error)
{
    enum mig_status status = mig_buffer_reserve(buffer, length, error);
    if (status != MIG_OK)
        return status;
    if (length > 0)
        memcpy(buffer->data + buffer->length, bytes, length);
    buffer->length += length;
    buffer->data[buffer->length] = '\0';
    return MIG_OK;
}

enum mig_status mig_buffer_print(
    struct mig_buffer *buffer, struct mig_error *error, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (length < 0)
        return mig_fail_memory(error);
    enum mig_status status = mig_buffer_reserve(buffer, (size_t)length, error);
    if (status != MIG_OK)
        return status;
    va_start(arguments, format);
    vsnprintf(buffer->data + buffer->length, (size_t)length + 1, format, arguments);
    va_end(arguments);
    buffer->length += (size_t)length;
    return MIG_OK;
}

void mig_buffer_clear(struct mig_buffer *buffer)
{
    buffer->length = 0;
    if (buffer->data != NULL)
        buffer->data[0] = '\0';
}

void mig_buffer_release(struct mig_buffer *buffer)
{
    if (buffer == NULL)
        return;
    free(buffer->data);
    *buffer = (struct mig_buffer){0};
}

struct mig_text mig_buffer_text(const struct mig_buffer *buffer)
{
    return (struct mig_text){buffer->data, buffer->length};
}
