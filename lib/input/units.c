/* Units around numbers. */
#include <string.h>
#include <utf8proc.h>

#include "input/rewrite.h"

/* What a character around the digits of a number is. */
enum kind { KIND_UNIT, KIND_BLANK, KIND_BETWEEN, KIND_MINUS, KIND_DIGIT, KIND_OTHER };

struct character {
    enum kind kind;
    size_t length;
};

static bool is_letter(utf8proc_category_t category)
{
    switch (category) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_SC:
        return true;
    default:
        return false;
    }
}

static struct character first_of(struct mig_text text)
{
    enum { MINUS = 0x2212, DEGREE = 0xB0 };
    utf8proc_int32_t code;
    utf8proc_ssize_t length =
        utf8proc_iterate((const utf8proc_uint8_t *)text.data, (utf8proc_ssize_t)text.length, &code);
    if (length <= 0)
        return (struct character){KIND_OTHER, 1};
    utf8proc_category_t category = utf8proc_category(code);
    enum kind kind = code >= '0' && code <= '9'              ? KIND_DIGIT
                     : code == '-' || code == MINUS          ? KIND_MINUS
                     : code == '.' || code == '/'            ? KIND_BETWEEN
                     : is_letter(category) || code == DEGREE ? KIND_UNIT
                     : category == UTF8PROC_CATEGORY_ZS      ? KIND_BLANK
                                                             : KIND_OTHER;
    return (struct character){kind, (size_t)length};
}

static struct mig_text behind(struct mig_text text, size_t length)
{
    return (struct mig_text){text.data + length, text.length - length};
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Where the number begins: at its first digit, or the sign before that. */
static size_t begin_of(struct mig_text text)
{
    size_t at = 0;
    while (at < text.length && !is_digit(text.data[at]))
        at++;
    bool sign = at > 0 && at < text.length && memchr("-+.,", text.data[at - 1], 4) != NULL;
    return sign ? at - 1 : at;
}

/* US$.50 is half a dollar, and no.5 is not: nobody can know. */
static bool begins_unclearly(struct mig_text text, size_t begin)
{
    bool sign = text.data[begin] == '.' || text.data[begin] == ',';
    return sign && begin > 0 && text.data[begin - 1] != ' ';
}

static size_t end_of(struct mig_text text)
{
    size_t end = text.length;
    while (end > 0 && !is_digit(text.data[end - 1]))
        end--;
    return end;
}

/* Appends a part of the unit, its runs of blanks one space, none at the ends. */
static enum mig_status append_unit(struct mig_buffer *unit, struct mig_text part)
{
    bool blank = unit->length > 0;
    enum mig_status status = MIG_OK;
    while (part.length > 0 && status == MIG_OK) {
        struct character character = first_of(part);
        if (character.kind != KIND_UNIT && character.kind != KIND_BETWEEN &&
            character.kind != KIND_BLANK)
            return MIG_VALUE;
        if (character.kind == KIND_BLANK) {
            blank = unit->length > 0;
        } else {
            if (blank)
                status = mig_buffer_append(unit, " ", 1, NULL);
            blank = false;
            if (status == MIG_OK)
                status = mig_buffer_append(unit, part.data, character.length, NULL);
        }
        part = behind(part, character.length);
    }
    return status;
}

static bool is_named(struct mig_text unit)
{
    while (unit.length > 0) {
        struct character character = first_of(unit);
        if (character.kind == KIND_UNIT)
            return true;
        unit = behind(unit, character.length);
    }
    return false;
}

enum mig_status mig_cut_unit(
    struct mig_text text, struct mig_buffer *number, struct mig_buffer *unit)
{
    mig_buffer_clear(number);
    mig_buffer_clear(unit);
    text = mig_trim_blanks(text);
    enum mig_status status = MIG_OK;
    if (text.length > 0 && first_of(text).kind == KIND_MINUS) {
        status = mig_buffer_append(number, "-", 1, NULL);
        text = behind(text, first_of(text).length);
    }
    size_t begin = begin_of(text), end = end_of(text);
    if (begin >= end || begins_unclearly(text, begin))
        return MIG_VALUE;
    if (status == MIG_OK)
        status = append_unit(unit, (struct mig_text){text.data, begin});
    if (status == MIG_OK)
        status = append_unit(unit, behind(text, end));
    if (status == MIG_OK && unit->length > 0 && !is_named(mig_buffer_text(unit)))
        return MIG_VALUE;
    return status == MIG_OK ? mig_buffer_append(number, text.data + begin, end - begin, NULL)
                            : status;
}

bool mig_is_money(struct mig_text unit)
{
    static const char *const names[] = {
        "FCFA", "F CFA", "F.CFA", "CFA", "XOF", "EUR", "euro", "euros", "USD", "dollar", "dollars"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (mig_text_same_in_any_case(unit, mig_text_of(names[i])))
            return true;
    while (unit.length > 0) {
        utf8proc_int32_t code;
        utf8proc_ssize_t length = utf8proc_iterate(
            (const utf8proc_uint8_t *)unit.data, (utf8proc_ssize_t)unit.length, &code);
        if (length <= 0)
            return false;
        if (utf8proc_category(code) == UTF8PROC_CATEGORY_SC)
            return true;
        unit = behind(unit, (size_t)length);
    }
    return false;
}
