/* Sources: the bytes of a file or of standard input, unpacked and decoded to UTF-8.
 *
 * gzip is recognised by its first two bytes, whatever the file's name; several members are read as one. A byte
 * order mark (UTF-8, UTF-16 LE or BE) decides the encoding and is removed, even when another encoding was named: no
 * text of another encoding begins with those bytes. Without a mark, bytes are decoded from the encoding that
 * was named, or pass as they are. Encodings are never guessed.
 */
#ifndef MIGSTAT_INPUT_SOURCE_H
#define MIGSTAT_INPUT_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../base/error.h"

struct mig_source; /* opaque */

/* Opens `path`, or standard input when it is "-". `encoding` is an iconv name or NULL. `read_size` is the
 * number of bytes asked of the system at a time, from 1 up; 0 chooses. `path` is copied.
 * Errors: MIG_SYSTEM (also for a directory), MIG_NAME for an encoding that iconv does not know, MIG_NO_MEMORY. */
MIG_API enum mig_status MIG_MUST_USE mig_source_open(struct mig_source **source, const char *path,
    const char *encoding, size_t read_size, struct mig_error *error);

/* The next decoded bytes: `*data` is borrowed until the next call; `*length` is 0 at the end only.
 * Errors: MIG_SYSTEM; MIG_SYNTAX for a truncated or damaged gzip stream or data behind it, and for bytes that are not valid
 * in the named encoding (with the line, counted in line feeds). */
MIG_API enum mig_status MIG_MUST_USE mig_source_read(struct mig_source *source, const char **data,
    size_t *length, struct mig_error *error);

/* The name for messages: the path, or "standard input". */
MIG_API const char *mig_source_name(const struct mig_source *source);

/* Bytes taken from the system so far (before unpacking), and the file's size or 0 when not known. */
MIG_API void mig_source_progress(const struct mig_source *source, uint64_t *taken, uint64_t *size);

MIG_API void mig_source_free(struct mig_source *source);

#endif
