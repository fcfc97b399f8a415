/* Status codes and errors: how every fallible function of migstat reports what went wrong.
 *
 * A fallible function returns an `enum mig_status` (0 is success) and, on failure, fills the
 * `struct mig_error` that its last parameter points to. That pointer may be NULL when the caller
 * wants the status alone. The library never prints and never exits: whoever called decides.
 *
 * Texts are lower case without a full stop, name the thing at fault first and in quotes, and are
 * translated through gettext (text domain "migstat").
 */
#ifndef MIGSTAT_BASE_ERROR_H
#define MIGSTAT_BASE_ERROR_H

#include <stddef.h>

/* Marks what the shared library exports, whose status must not be ignored, and whose arguments are checked as those
 * of printf(). */
#define MIG_API __attribute__((visibility("default")))
#define MIG_MUST_USE __attribute__((warn_unused_result))
#define MIG_PRINTF(at, first) __attribute__((__format__(__printf__, at, first)))

enum mig_status {
    MIG_OK = 0,
    MIG_NO_MEMORY, /* an allocation failed */
    MIG_SYSTEM,    /* the operating system refused: open, read, write, rename */
    MIG_SYNTAX,    /* input that is not CSV, not UTF-8, truncated, or an option that does not parse */
    MIG_VALUE,     /* a cell that does not fit its use: not a number, not a date, negative count */
    MIG_NAME,      /* no such column, key function, format or method */
    MIG_ARGUMENT,  /* an argument outside its domain: level 1.5, n < 0 */
    MIG_LIMIT,     /* larger than a stated limit: cell size, number of digits */
};

/* Where in an input something stands. `file` is borrowed. Lines count from 1 as `cat -n` counts them;
 * `column` is the number of the cell in its record, from 1; 0 in either means "not known". */
struct mig_position {
    const char *file;
    size_t line;
    size_t column;
};

/* One error. It owns its texts (no release is needed) and truncates what does not fit. */
struct mig_error {
    enum mig_status status;
    size_t line;
    size_t column;
    char file[256]; /* empty when the error is not about an input */
    char text[512];
};

/* Fills `error` (may be NULL) with the text and no position, and returns `status`, so that `return mig_fail(...)` ends
 * a function. The arguments may lie in `error` itself. */
MIG_API enum mig_status mig_fail(struct mig_error *error, enum mig_status status, const char *format,
    ...) MIG_PRINTF(3, 4);

/* The same, with the position of the cell or line at fault, which is copied. */
MIG_API enum mig_status mig_fail_at(struct mig_error *error, enum mig_status status,
    const struct mig_position *position, const char *format, ...) MIG_PRINTF(4, 5);

/* MIG_NO_MEMORY with its text. */
MIG_API enum mig_status mig_fail_memory(struct mig_error *error);

/* MIG_SYSTEM: "'subject': " and the text of `errno_value`. */
MIG_API enum mig_status mig_fail_errno(struct mig_error *error, const char *subject, int errno_value);

/* Gives `error` (already filled, may be NULL) the position of the cell that caused it, and appends
 * " (column NAME)" when `column_name` is not NULL. Used where a value parser that knows no file fails. */
MIG_API void mig_error_locate(struct mig_error *error, const struct mig_position *position,
    const char *column_name);

/* Several errors kept for one report: unknown columns, rejected cells. Zero-initialised is empty and keeps all; the
 * caller may set `keep` before the first is added. Owns its copies until release. */
struct mig_error_list {
    struct mig_error *items;
    size_t count;    /* errors kept in `items` */
    size_t total;    /* errors seen, kept or not */
    size_t keep;     /* at most this many are kept; 0 means all */
    size_t capacity;
};

/* Appends a copy of `error`, or only counts it in `total` when `keep` are kept already. Errors: MIG_NO_MEMORY, told
 * by the status alone. */
MIG_API enum mig_status MIG_MUST_USE mig_error_list_add(struct mig_error_list *list,
    const struct mig_error *error);

/* Frees the copies and leaves an empty list. Takes NULL too. */
MIG_API void mig_error_list_release(struct mig_error_list *list);

#endif
