#include "base/fold.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <utf8proc.h>

#include "base/i18n.h"

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

/* A letter or digit, or one blank for whatever stands between them. */
static enum mig_status append_sign(
    utf8proc_int32_t sign, struct mig_buffer *out, struct mig_error *error)
{
    utf8proc_category_t category = utf8proc_category(sign);
    bool letter = category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
    bool number = category >= UTF8PROC_CATEGORY_ND && category <= UTF8PROC_CATEGORY_NO;
    if (!letter && !number) {
        bool wanted = out->length > 0 && out->data[out->length - 1] != ' ';
        return wanted ? mig_buffer_append(out, " ", 1, error) : MIG_OK;
    }
    if (sign == 0x153) /* oe and ae as one letter: no accent, but often written as two */
        return mig_buffer_append(out, "oe", 2, error);
    if (sign == 0xE6)
        return mig_buffer_append(out, "ae", 2, error);
    utf8proc_uint8_t bytes[4];
    return mig_buffer_append(out, bytes, (size_t)utf8proc_encode_char(sign, bytes), error);
}

static enum mig_status fold_unicode(
    struct mig_text text, struct mig_buffer *out, struct mig_error *error)
{
    /* LUMP: the apostrophe that Unicode holds for a letter, U+02BC, is one like the others */
    const int options = UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK |
                        UTF8PROC_CASEFOLD | UTF8PROC_IGNORE | UTF8PROC_LUMP;
    utf8proc_uint8_t *plain = NULL;
    utf8proc_ssize_t length = utf8proc_map((const utf8proc_uint8_t *)text.data,
        (utf8proc_ssize_t)text.length, &plain, (utf8proc_option_t)options);
    if (length == UTF8PROC_ERROR_INVALIDUTF8)
        return mig_fail(error, MIG_SYNTAX, _("'%.*s' is not UTF-8"),
            MIG_TEXT_ARG(mig_text_head(text, MIG_TEXT_QUOTED)));
    if (length < 0)
        return mig_fail_memory(error);
    enum mig_status status = MIG_OK;
    for (utf8proc_ssize_t at = 0; at < length && !status;) {
        utf8proc_int32_t sign;
        utf8proc_ssize_t size = utf8proc_iterate(plain + at, length - at, &sign);
        if (size < 1)
            break;
        status = append_sign(sign, out, error);
        at += size;
    }
    free(plain);
    return status;
}

/* What the letters from U+00C0 to U+00FF fold to, as fold_unicode() does it: two bytes each, as
 * they have themselves, at most. */
static const char latin[64][3] = {
    "a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i", "i", /* À to Ï */
    "ð", "n", "o", "o", "o", "o", "o", " ", "ø", "u", "u", "u", "u", "y", "þ", "ss", /* Ð to ß */
    "a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i", "i", /* à to ï */
    "ð", "n", "o", "o", "o", "o", "o", " ", "ø", "u", "u", "u", "u", "y", "þ", "y",  /* ð to ÿ */
};

static void put_blank(struct mig_buffer *out)
{
    if (out->length > 0 && out->data[out->length - 1] != ' ')
        out->data[out->length++] = ' ';
}

/* The same for ASCII and the letters of Western Europe, of which most names consist; false for any
 * other text. */
static bool fold_latin(struct mig_text text, struct mig_buffer *out)
{
    const unsigned char *bytes = (const unsigned char *)text.data;
    for (size_t i = 0; i < text.length; i++) {
        unsigned char c = bytes[i];
        if (is_small(c) || is_digit(c)) {
            out->data[out->length++] = (char)c;
        } else if (is_capital(c)) {
            out->data[out->length++] = (char)(c | 32);
        } else if (c < 0x80) {
            put_blank(out);
        } else if (c == 0xC3 && i + 1 < text.length && (bytes[i + 1] & 0xC0) == 0x80) {
            const char *letter = latin[bytes[++i] & 0x3F];
            if (*letter == ' ')
                put_blank(out);
            else
                while (*letter != '\0')
                    out->data[out->length++] = *letter++;
        } else {
            return false;
        }
    }
    return true;
}

enum mig_status mig_fold(struct mig_text text, struct mig_buffer *out, struct mig_error *error)
{
    mig_buffer_clear(out);
    enum mig_status status = mig_buffer_reserve(out, text.length, error);
    if (!status && !fold_latin(text, out)) {
        out->length = 0;
        status = fold_unicode(text, out, error);
    }
    if (status)
        return status;
    if (out->length > 0 && out->data[out->length - 1] == ' ')
        out->length--;
    out->data[out->length] = '\0';
    return MIG_OK;
}

/* Bytes above ASCII belong to letters. */
static bool is_word(unsigned char c)
{
    return is_digit(c) || is_capital(c) || is_small(c) || c >= 0x80;
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
