/* Memory: growth of arrays with overflow checked, and byte buffers. */
#ifndef MIGSTAT_BASE_MEMORY_H
#define MIGSTAT_BASE_MEMORY_H

#include "error.h"
#include "text.h"

/* Grows an array of `*capacity` items of `size` bytes to hold at least `need`, at least doubling.
 * Returns the new address, or NULL when memory or size_t is exhausted; then the old array is
 * untouched and still owned by the caller. The caller frees the array with free(). */
MIG_API void *mig_grow(void *items, size_t *capacity, size_t need, size_t size) MIG_MUST_USE;

/* Bytes that grow. Zero-initialised is empty. `data` is always terminated by a 0 byte that `length`
 * does not count, except that it is NULL while nothing was ever appended. */
struct mig_buffer {
    char *data;
    size_t length;
    size_t capacity;
};

MIG_API enum mig_status MIG_MUST_USE mig_buffer_append(struct mig_buffer *buffer, const void *bytes,
    size_t length, struct mig_error *error);
MIG_API enum mig_status MIG_MUST_USE mig_buffer_print(struct mig_buffer *buffer,
    struct mig_error *error, const char *format, ...) MIG_PRINTF(3, 4);
MIG_API void mig_buffer_clear(struct mig_buffer *buffer); /* length 0, memory kept */
MIG_API void mig_buffer_release(struct mig_buffer *buffer);

/* The content as a text; valid until the buffer changes. */
MIG_API struct mig_text mig_buffer_text(const struct mig_buffer *buffer);

#endif
