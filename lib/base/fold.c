#include "base/fold.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <utf8proc.h>

static bool is_digit(unsigned char c)
{
    return c >= '0' && c <= '9';
}

static bool is_capital(unsigned char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_small(unsigned char c)
{
    return c >= 'a' && c <= 'z';
}

/* Bytes above ASCII belong to letters. */
static bool is_word(unsigned char c)
{
    return is_digit(c) || is_capital(c) || is_small(c) || c >= 0x80;
}

static enum mig_status append_words(
    const char *text, size_t length, struct mig_buffer *out, struct mig_error *error)
{
    enum mig_status status = mig_buffer_append(out, "", 0, error);
    for (size_t at = 0; at < length && !status;) {
        size_t end = at;
        while (end < length && is_word((unsigned char)text[end]))
            end++;
        if (end > at && out->length > 0)
            status = mig_buffer_append(out, " ", 1, error);
        if (!status)
            status = mig_buffer_append(out, text + at, end - at, error);
        at = end + 1;
    }
    return status;
}

enum mig_status mig_fold(struct mig_text text, struct mig_buffer *out, struct mig_error *error)
{
    const int options = UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK |
                        UTF8PROC_CASEFOLD | UTF8PROC_IGNORE | UTF8PROC_LUMP;
    utf8proc_uint8_t *folded = NULL;
    mig_buffer_clear(out);
    if (text.length == 0)
        return mig_buffer_append(out, "", 0, error);
    utf8proc_ssize_t length = utf8proc_map((const utf8proc_uint8_t *)text.data,
        (utf8proc_ssize_t)text.length, &folded, (utf8proc_option_t)options);
    if (length < 0)
        return mig_fail_memory(error);
    enum mig_status status = append_words((const char *)folded, (size_t)length, out, error);
    free(folded);
    return status;
}

static bool is_seam(unsigned char before, unsigned char c)
{
    return (is_small(before) && is_capital(c)) ||
           (is_word(before) && is_word(c) && is_digit(before) != is_digit(c));
}

enum mig_status mig_fold_name(struct mig_text name, struct mig_buffer *out, struct mig_error *error)
{
    struct mig_buffer cut = {0};
    enum mig_status status = MIG_OK;
    for (size_t i = 0; i < name.length && !status; i++) {
        if (i > 0 && is_seam((unsigned char)name.data[i - 1], (unsigned char)name.data[i]))
            status = mig_buffer_append(&cut, " ", 1, error);
        if (!status)
            status = mig_buffer_append(&cut, &name.data[i], 1, error);
    }
    if (!status)
        status = mig_fold(mig_buffer_text(&cut), out, error);
    mig_buffer_release(&cut);
    return status;
}

bool mig_fold_has(const struct mig_buffer *folded, const char *word)
{
    size_t length = strlen(word);
    for (const char *at = folded->data; at && (at = strstr(at, word)); at++)
        if ((at == folded->data || at[-1] == ' ') && (at[length] == '\0' || at[length] == ' '))
            return true;
    return false;
}
