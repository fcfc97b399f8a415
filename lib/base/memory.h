/* Memory: growth of arrays with overflow checked, and byte buffers.
 *
 * All of migstat grows through these two, so that no size overflows unseen and a failed growth loses nothing: what was
 * there before is still there, to be used or released.
 */
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

/* Appends `length` bytes, which may hold 0 bytes and must not lie in the buffer; NULL will do for none. After an error
 * the buffer is as it was. Errors: MIG_NO_MEMORY. */
MIG_API enum mig_status MIG_MUST_USE mig_buffer_append(struct mig_buffer *buffer, const void *bytes,
    size_t length, struct mig_error *error);

/* Makes room for `extra` bytes more and the 0 byte behind them, for whoever writes them himself. Errors: MIG_NO_MEMORY; the buffer
 * is then as it was. */
MIG_API enum mig_status MIG_MUST_USE mig_buffer_reserve(struct mig_buffer *buffer, size_t extra,
    struct mig_error *error);

/* Appends what printf() would print; no argument may lie in the buffer. Numbers with decimals follow the locale:
 * for those there is mig_double_format(). Errors: MIG_NO_MEMORY; the buffer is then as it was. */
MIG_API enum mig_status MIG_MUST_USE mig_buffer_print(struct mig_buffer *buffer,
    struct mig_error *error, const char *format, ...) MIG_PRINTF(3, 4);

/* Length 0, memory kept for what follows. */
MIG_API void mig_buffer_clear(struct mig_buffer *buffer);

/* Frees the memory and leaves an empty buffer, fit for use. Takes NULL too. */
MIG_API void mig_buffer_release(struct mig_buffer *buffer);

/* The content as a text, borrowed: valid until the buffer is appended to, cleared or released. */
MIG_API struct mig_text mig_buffer_text(const struct mig_buffer *buffer);

#endif
