#include "input/footer-internal.h"

#include <string.h>

#include "input/rewrite.h"

static bool has_letter(struct mig_text text)
{
    for (size_t i = 0; i < text.length; i++)
        if ((text.data[i] | 32) >= 'a' && (text.data[i] | 32) <= 'z')
            return true;
    return false;
}

/* Cuts the word off the beginning of the text, in any letter case. */
static bool cut_word(struct mig_text *text, const char *word)
{
    size_t length = strlen(word);
    if (text->length < length ||
        !mig_text_same_in_any_case((struct mig_text){text->data, length}, mig_text_of(word)))
        return false;
    *text = (struct mig_text){text->data + length, text->length - length};
    return true;
}

static bool begins_with_any(struct mig_text text, const char *const *words, struct mig_text *rest)
{
    for (; *words != NULL; words++) {
        *rest = text;
        if (cut_word(rest, *words) &&
            (rest->length == 0 || !has_letter((struct mig_text){rest->data, 1})))
            return true;
    }
    return false;
}

static size_t count_words(struct mig_text text)
{
    size_t words = 0;
    for (size_t i = 0; i < text.length; i++)
        words += text.data[i] != ' ' && (i == 0 || text.data[i - 1] == ' ');
    return words;
}

/* What no cell of data begins with. */
static bool begins_like_a_note(struct mig_text text)
{
    static const char *const phrases[] = {"last updated", "last update", "date of update",
        "mis \xC3\xA0 jour", "mise \xC3\xA0 jour", "mis a jour", "mise a jour",
        "derni\xC3\xA8re mise \xC3\xA0 jour", "derniere mise a jour", "data from", "data source",
        "data sources", "\xC2\xA9", "copyright", "n.b.", NULL};
    static const char *const words[] = {"source", "sources", "note", "notes", "nota", "nb",
        "remark", "remarks", "remarque", "remarques", "disclaimer", "avertissement", "champ",
        "lecture", "licence", "license", "citation", NULL};
    struct mig_text rest;
    if (begins_with_any(text, phrases, &rest) || cut_word(&text, "http://") ||
        cut_word(&text, "https://") || cut_word(&text, "www."))
        return true;
    if (!begins_with_any(text, words, &rest))
        return false;
    rest = mig_trim_blanks(rest);
    return rest.length == 0 || rest.data[0] == ':' || rest.data[0] == '.' || rest.data[0] == '-';
}

/* "* provisional", "(1) without Kidal": a mark and a text. */
static bool begins_with_mark(struct mig_text text)
{
    size_t length = strspn(text.data, "*");
    char open = text.data[0];
    if (open == '(' || open == '[') {
        const char *end = memchr(text.data, open == '(' ? ')' : ']', text.length);
        length = end != NULL && end - text.data <= 3 ? (size_t)(end - text.data) + 1 : 0;
    }
    return length > 0 && has_letter((struct mig_text){text.data + length, text.length - length});
}

static bool says_footer(struct mig_text text)
{
    return begins_like_a_note(text) || begins_with_mark(text);
}

/* What the cells above have in this column, as far as they were read ahead. */
struct above {
    bool has_text;
    bool says_footer; /* so that the words settle nothing */
    size_t words;     /* of the cell with the most */
};

static struct above look_above(
    const struct mig_input *input, const struct mig_record *record, size_t column)
{
    struct above above = {0};
    for (size_t i = input->first_row; i < input->head_count; i++) {
        const struct mig_record *row = &input->head[i].record;
        if (row->line >= record->line)
            break;
        if (row->count != input->width || mig_record_filled(row, 2) < 2)
            continue;
        struct mig_text text = mig_trim_blanks(row->cells[column].text);
        size_t words = count_words(text);
        if (text.length == 0)
            continue;
        above.has_text = above.has_text || has_letter(text);
        above.says_footer = above.says_footer || says_footer(text);
        above.words = words > above.words ? words : above.words;
    }
    return above;
}

static size_t first_filled(const struct mig_record *record)
{
    size_t i = 0;
    while (mig_trim_blanks(record->cells[i].text).length == 0)
        i++;
    return i;
}

/* A record of as many cells as a row with one of them filled, or two that begin with a note's word.
 */
static enum mig_footer judge_padded(
    const struct mig_input *input, const struct mig_record *record, size_t filled)
{
    enum { SENTENCE = 5 }; /* words, at least */
    size_t column = first_filled(record);
    struct mig_text text = mig_trim_blanks(record->cells[column].text);
    struct above above = look_above(input, record, column);
    size_t words = count_words(text);
    bool stops = text.data[text.length - 1] == '.' && words > 1;
    bool sentence = words > above.words && (words >= SENTENCE || stops);
    if (filled > 1)
        return begins_like_a_note(text) && text.data[text.length - 1] == ':' && !above.says_footer
                   ? MIG_FOOTER_IS
                   : MIG_FOOTER_ROW;
    if (says_footer(text) || (sentence && has_letter(text)))
        return above.says_footer ? MIG_FOOTER_DOUBTFUL : MIG_FOOTER_IS;
    if (!has_letter(text))
        return MIG_FOOTER_ROW;
    return above.has_text && words <= above.words ? MIG_FOOTER_LABEL : MIG_FOOTER_DOUBTFUL;
}

enum mig_footer mig_footer_judge(const struct mig_input *input, const struct mig_record *record)
{
    size_t filled = mig_record_filled(record, 3);
    if (record->count > input->width || filled == 0 || filled > 2)
        return MIG_FOOTER_ROW;
    if (record->count == input->width)
        return judge_padded(input, record, filled);
    if (begins_like_a_note(mig_trim_blanks(record->cells[first_filled(record)].text)))
        return MIG_FOOTER_IS;
    for (size_t i = 0; i < record->count; i++) {
        struct mig_text text = mig_trim_blanks(record->cells[i].text);
        if (text.length > 0 && !has_letter(text))
            return MIG_FOOTER_ROW;
    }
    return MIG_FOOTER_IS;
}
