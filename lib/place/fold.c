#include "place/fold.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <utf8proc.h>

#include "base/i18n.h"

/* What a name may begin with before "de", or end with, and the level it tells. */
static const struct {
    const char *words;
    int level;
} kinds[] = {
    {"region", 1},
    {"cercle", 2},
    {"commune rurale", 3},
    {"commune urbaine", 3},
    {"commune", 3},
    {"district", MIG_NO_LEVEL},
};

static const char *const connectors[] = {"de la", "de l", "de", "du", "d", "of"};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Cuts "[Admin 2]" or "[Admin 3: PRP]" off the end of a name. */
static struct mig_text cut_bracket(struct mig_text name, int *level)
{
    static const char word[] = "admin ";
    const size_t length = sizeof word - 1;
    size_t at = name.length;
    if (at == 0 || name.data[at - 1] != ']')
        return name;
    while (at > 0 && name.data[at - 1] != '[')
        at--;
    struct mig_text inside = {name.data + at, name.length - at - 1};
    if (at == 0 || inside.length <= length || strncasecmp(inside.data, word, length) != 0 ||
        !is_digit(inside.data[length]))
        return name;
    if (inside.length > length + 1 && inside.data[length + 1] != ':')
        return name;
    *level = inside.data[length] - '0';
    return (struct mig_text){name.data, at - 1};
}

/* Appends a letter or digit; what stands between them becomes one blank. */
static enum mig_status append_sign(
    struct mig_buffer *out, utf8proc_int32_t sign, struct mig_error *error)
{
    utf8proc_category_t category = utf8proc_category(sign);
    bool letter = (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO) ||
                  (category >= UTF8PROC_CATEGORY_ND && category <= UTF8PROC_CATEGORY_NO);
    if (!letter) {
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

/* The name as words of lower-case letters without accents, one blank between them. */
static enum mig_status fold_words(
    struct mig_text name, struct mig_buffer *out, struct mig_error *error)
{
    utf8proc_uint8_t *plain = NULL;
    utf8proc_ssize_t length =
        utf8proc_map((const utf8proc_uint8_t *)name.data, (utf8proc_ssize_t)name.length, &plain,
            UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK |
                UTF8PROC_IGNORE);
    if (length == UTF8PROC_ERROR_NOMEM)
        return mig_fail_memory(error);
    if (length < 0)
        return mig_fail(error, MIG_SYNTAX, _("'%.*s' is not UTF-8"),
            MIG_TEXT_ARG(mig_text_head(name, MIG_TEXT_QUOTED)));
    enum mig_status status = mig_buffer_append(out, "", 0, error);
    for (utf8proc_ssize_t at = 0; at < length && status == MIG_OK;) {
        utf8proc_int32_t sign;
        utf8proc_ssize_t size = utf8proc_iterate(plain + at, length - at, &sign);
        if (size < 1)
            break;
        status = append_sign(out, sign, error);
        at += size;
    }
    free(plain);
    return status;
}

/* The same for plain ASCII, where most names are. Returns false, and appends nothing, for anything
 * else. */
static bool fold_ascii(
    struct mig_text name, struct mig_buffer *out, enum mig_status *status, struct mig_error *error)
{
    for (size_t i = 0; i < name.length; i++)
        if ((unsigned char)name.data[i] >= 0x80)
            return false;
    *status = mig_buffer_append(out, name.data, name.length, error);
    if (*status != MIG_OK)
        return true;
    size_t length = 0;
    for (size_t i = 0; i < name.length; i++) {
        char c = name.data[i];
        if (c >= 'A' && c <= 'Z')
            c = (char)(c + ('a' - 'A'));
        bool letter = (c >= 'a' && c <= 'z') || is_digit(c);
        if (letter)
            out->data[length++] = c;
        else if (length > 0 && out->data[length - 1] != ' ')
            out->data[length++] = ' ';
    }
    out->length = length;
    out->data[length] = '\0';
    return true;
}

/* Skips `words` and the blank behind them. */
static bool skip_words(struct mig_text *text, const char *words)
{
    size_t length = strlen(words);
    if (text->length <= length + 1 || memcmp(text->data, words, length) != 0 ||
        text->data[length] != ' ')
        return false;
    text->data += length + 1;
    text->length -= length + 1;
    return true;
}

static bool skip_kind_before(struct mig_text *text, const char *kind)
{
    struct mig_text rest = *text;
    if (!skip_words(&rest, kind))
        return false;
    for (size_t i = 0; i < sizeof connectors / sizeof *connectors; i++)
        if (skip_words(&rest, connectors[i])) {
            *text = rest;
            return true;
        }
    return false;
}

static bool skip_kind_behind(struct mig_text *text, const char *kind)
{
    size_t length = strlen(kind);
    if (text->length <= length + 1 || text->data[text->length - length - 1] != ' ' ||
        memcmp(text->data + text->length - length, kind, length) != 0)
        return false;
    text->length -= length + 1;
    return true;
}

static struct mig_text cut_kind(struct mig_text words, int *level)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (!skip_kind_before(&words, kinds[i].words) && !skip_kind_behind(&words, kinds[i].words))
            continue;
        if (*level == MIG_NO_LEVEL)
            *level = kinds[i].level;
        break;
    }
    return words;
}

enum mig_status mig_place_fold(
    struct mig_text name, int level, struct mig_buffer *folded, int *told, struct mig_error *error)
{
    int by_name = MIG_NO_LEVEL;
    enum mig_status status = MIG_OK;
    mig_buffer_clear(folded);
    name = cut_bracket(mig_text_trim(name), &by_name);
    if (!fold_ascii(name, folded, &status, error))
        status = fold_words(name, folded, error);
    if (status != MIG_OK)
        return status;
    struct mig_text words = mig_text_trim(mig_buffer_text(folded));
    if (level > 0)
        words = cut_kind(words, &by_name);
    size_t length = 0;
    for (size_t i = 0; i < words.length; i++)
        if (words.data[i] != ' ')
            folded->data[length++] = words.data[i];
    folded->length = length;
    if (folded->data != NULL)
        folded->data[length] = '\0';
    if (told != NULL)
        *told = by_name;
    return MIG_OK;
}
