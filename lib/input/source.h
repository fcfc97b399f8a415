/* Sources: the bytes of a file or of standard input, unpacked and decoded to UTF-8.
 *
 * gzip is recognised by its first two bytes, whatever the file's name; several members are read as one. A byte
 * order mark (UTF-8, UTF-16 LE or BE) decides the encoding and is removed, even when another encoding was named: no
 * text of another encoding begins with those bytes. Without a mark, bytes are decoded from the encoding that
 * was named. Without either it is UTF-16 when, of the first 128 pairs of bytes, at least two and at least half have a
 * NUL in one and the same place (second: LE, first: BE) and no more than one in eight has one in the other (U+0100); no text of another
 * encoding looks so. Otherwise bytes pass as they are: 8-bit encodings are never guessed.
 */
#ifndef MIGSTAT_INPUT_SOURCE_H
#define MIGSTAT_INPUT_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../base/error.h"
#include "../base/text.h"

struct mig_source; /* opaque */

/* Opens `path`, or standard input when it is "-". `encoding` is an iconv name or NULL. `read_size` is the
 * number of bytes asked of the system at a time, from 1 up; 0 chooses. `path` is copied.
 * Errors: MIG_SYSTEM (also for a directory), MIG_NAME for an encoding that iconv does not know, MIG_NO_MEMORY. */
MIG_API enum mig_status MIG_MUST_USE mig_source_open(struct mig_source **source, const char *path,
    const char *encoding, size_t read_size, struct mig_error *error);

/* A source that has the name and the encoding of `whole`, for messages, and no bytes of its own.
 * Errors: MIG_NO_MEMORY; *part is then NULL. */
MIG_API enum mig_status MIG_MUST_USE mig_source_part(struct mig_source **part,
    const struct mig_source *whole, struct mig_error *error);

/* The next decoded bytes: `*data` is borrowed until the next call; `*length` is 0 at the end only. Each byte of a
 * character that is not valid in the encoding comes out as three bytes that no UTF-8 holds, see mig_source_undecoded(); UTF-8 itself is not
 * checked here.
 * Errors: MIG_SYSTEM; MIG_SYNTAX for a truncated or damaged gzip stream or data behind it, a text that ends in the middle of
 * a character of its encoding (with the line, counted in line feeds). */
MIG_API enum mig_status MIG_MUST_USE mig_source_read(struct mig_source *source, const char **data,
    size_t *length, struct mig_error *error);

/* The same into memory of the caller: at most `size` bytes, which must not be 0. A source is read in one of the two ways. */
MIG_API enum mig_status MIG_MUST_USE mig_source_fill(struct mig_source *source, char *bytes,
    size_t size, size_t *length, struct mig_error *error);

/* After the first read: whether the first bytes are those of a format that is often taken for CSV (workbooks, archives, PDF,
 * XML, JSON, web pages), or a text that can not be in the UTF-16 or UTF-32 that was named. Errors: MIG_SYNTAX, with what to do. */
MIG_API enum mig_status MIG_MUST_USE mig_source_check_format(const struct mig_source *source,
    struct mig_error *error);

/* The byte that could not be decoded, when `text` begins with the three bytes that stand for one; else -1. */
#define MIG_UNDECODED_LENGTH 3
MIG_API int mig_source_undecoded(const struct mig_source *source, struct mig_text text);
/* The length of what stands for the bytes of one character that could not be decoded, three for each byte, when `text` begins
 * with it; else 0. */
MIG_API size_t mig_source_undecoded_length(const struct mig_source *source, struct mig_text text);

/* The encoding that bytes are decoded from, NULL for none, and whether it was found from NUL bytes alone. Known after the
 * first read. */
MIG_API const char *mig_source_encoding(const struct mig_source *source, bool *found);

/* The name for messages: the path, or "standard input". */
MIG_API const char *mig_source_name(const struct mig_source *source);

/* Bytes taken from the system so far (before unpacking; after mig_source_seek(): since then), and how many there are or 0
 * when that is not known. */
MIG_API void mig_source_progress(const struct mig_source *source, uint64_t *taken, uint64_t *size);

/* Where the bytes handed out so far end in the file: for sources that mig_source_seek() takes. */
MIG_API uint64_t mig_source_offset(const struct mig_source *source);

/* After the first read: whether bytes can be chosen in it, a file that is neither packed nor decoded. Errors: MIG_ARGUMENT for standard
 * input, pipes, gzip and encodings that are decoded. */
MIG_API enum mig_status MIG_MUST_USE mig_source_check_plain(const struct mig_source *source,
    struct mig_error *error);

/* After the first read: the bytes that come next are those from `first` up to, and without, `end`. Then the source has
 * ended; one that ends before is an error of the read. Errors: those of mig_source_check_plain(); MIG_ARGUMENT for an
 * `end` behind the end of the file; MIG_SYSTEM. */
MIG_API enum mig_status MIG_MUST_USE mig_source_seek(struct mig_source *source, uint64_t first,
    uint64_t end, struct mig_error *error);

/* The size of the file; 0 when it is not known. */
MIG_API uint64_t mig_source_size(const struct mig_source *source);

/* The bytes of a plain file that stand around `offset`: before and at it; NUL where there is none. What is read next stays the
 * same. Errors: MIG_SYSTEM. */
MIG_API enum mig_status MIG_MUST_USE mig_source_around(const struct mig_source *source, uint64_t offset,
    char *before, char *at, struct mig_error *error);

MIG_API void mig_source_free(struct mig_source *source);

#endif
