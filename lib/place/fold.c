#include "place/fold.h"

#include <string.h>
#include <strings.h>

#include "base/fold.h"

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
    if (memchr(words.data, ' ', words.length) == NULL)
        return words;
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
    enum mig_status status = mig_fold(cut_bracket(mig_text_trim(name), &by_name), folded, error);
    if (status != MIG_OK)
        return status;
    struct mig_text words = mig_buffer_text(folded);
    if (level > 0)
        words = cut_kind(words, &by_name);
    folded->length = 0;
    for (size_t i = 0; i < words.length; i++)
        if (words.data[i] != ' ')
            folded->data[folded->length++] = words.data[i];
    folded->data[folded->length] = '\0';
    if (told != NULL)
        *told = by_name;
    return MIG_OK;
}
