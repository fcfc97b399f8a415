#include "input/rewrite.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/i18n.h"

enum { LONGEST_DATE = MIG_LONGEST_DATE, MONTHS = 12 };

/* French and English, folded; a full stop behind an abbreviation is skipped. */
static const char *const month_words[MONTHS][6] = {
    {"january", "janvier", "jan", "janv"},
    {"february", "fevrier", "feb", "fev", "fevr"},
    {"march", "mars", "mar"},
    {"april", "avril", "apr", "avr"},
    {"may", "mai"},
    {"june", "juin", "jun"},
    {"july", "juillet", "jul", "juil"},
    {"august", "aout", "aug"},
    {"september", "septembre", "sep", "sept"},
    {"october", "octobre", "oct"},
    {"november", "novembre", "nov"},
    {"december", "decembre", "dec"},
};

/* Lower case without accents, a byte a character; false when it is too long for a date. */
static bool fold(struct mig_text text, char out[LONGEST_DATE + 1])
{
    utf8proc_int32_t characters[2 * LONGEST_DATE];
    if (text.length == 0 || text.length > LONGEST_DATE)
        return false;
    utf8proc_ssize_t count = utf8proc_decompose((const utf8proc_uint8_t *)text.data,
        (utf8proc_ssize_t)text.length, characters, 2 * LONGEST_DATE,
        UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK);
    if (count < 0 || count > LONGEST_DATE)
        return false;
    for (utf8proc_ssize_t i = 0; i < count; i++) {
        utf8proc_int32_t c = characters[i];
        out[i] = c > 0 && c < 0x80 ? (char)c : '?';
    }
    out[count] = '\0';
    return true;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return c >= 'a' && c <= 'z';
}

static int month_of(const char *word, size_t length)
{
    for (int month = 0; month < MONTHS; month++)
        for (int i = 0; i < 6 && month_words[month][i] != NULL; i++)
            if (strlen(month_words[month][i]) == length &&
                memcmp(month_words[month][i], word, length) == 0)
                return month + 1;
    return 0;
}

/* The three parts of a date in words; a month alone has day 0. */
struct parts {
    int year, month, day;
};

static bool take_number(const char **at, struct parts *parts)
{
    size_t digits = strspn(*at, "0123456789");
    int value = digits <= 4 ? atoi(*at) : 0;
    *at += digits;
    if (digits == 4 && parts->year == 0 && parts->month > 0) {
        parts->year = value;
        return value > 0 && !is_letter(**at);
    }
    if (digits > 2 || parts->day > 0 || parts->year > 0)
        return false;
    parts->day = value;
    static const char *const ordinals[] = {"er", "st", "nd", "rd", "th"};
    for (size_t i = 0; i < sizeof ordinals / sizeof *ordinals; i++)
        if (strncmp(*at, ordinals[i], 2) == 0) {
            *at += 2;
            break;
        }
    return value > 0 && !is_letter(**at);
}

static bool take_word(const char **at, struct parts *parts)
{
    const char *word = *at;
    while (is_letter(**at))
        (*at)++;
    if (parts->month > 0)
        return false;
    parts->month = month_of(word, (size_t)(*at - word));
    if (**at == '.')
        (*at)++;
    return parts->month > 0;
}

/* Parts are separated by blanks, commas and hyphens; nothing else may stand between them. */
static bool take_parts(const char *at, struct parts *parts)
{
    bool separated = true;
    while (*at != '\0') {
        size_t gap = strspn(at, " ,-");
        separated = separated || gap > 0;
        at += gap;
        if (*at == '\0')
            return gap == 0;
        if (!separated || !(is_digit(*at)      ? take_number(&at, parts)
                              : is_letter(*at) ? take_word(&at, parts)
                                               : false))
            return false;
        separated = at[-1] == '.';
    }
    return parts->year > 0 && parts->month > 0;
}

/* A quick no for dates in figures: a word has two letters side by side, a T of ISO 8601 has none
 * beside it. */
static bool may_hold_word(struct mig_text text)
{
    bool letter = false;
    for (size_t i = 0; i < text.length; i++) {
        unsigned char c = (unsigned char)text.data[i];
        bool before = letter;
        letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c >= 0x80;
        if (letter && before)
            return true;
    }
    return false;
}

bool mig_date_in_words(struct mig_text text, struct mig_period *out)
{
    char folded[LONGEST_DATE + 1], written[LONGEST_DATE];
    struct parts parts = {0};
    if (!may_hold_word(text) || !fold(text, folded) ||
        (!is_digit(folded[0]) && !is_letter(folded[0])) || !take_parts(folded, &parts))
        return false;
    if (parts.day == 0) {
        *out = (struct mig_period){MIG_MONTH, (parts.year - 1970) * MONTHS + parts.month - 1};
        return true;
    }
    int length =
        snprintf(written, sizeof written, "%04d-%02d-%02d", parts.year, parts.month, parts.day);
    struct mig_text iso = {written, (size_t)length};
    return mig_period_parse(iso, out, NULL) == MIG_OK;
}

enum mig_status mig_rewrite_date(struct mig_text text, enum mig_date_order order,
    struct mig_buffer *out, struct mig_error *error)
{
    struct mig_period day;
    char written[MIG_PERIOD_TEXT];
    if (!mig_date_in_words(text, &day) || day.unit != MIG_DAY) {
        enum mig_status status = mig_day_parse(text, order, &day, error);
        if (status != MIG_OK)
            return status;
    }
    return mig_buffer_append(out, written, mig_period_format(day, written), error);
}

/* Digits of the time of day, read from `*at` on: hh:mm[:ss[.fff]][Z|+hh[:mm]]. */
static bool two_digits(const char **at, const char *end, int most, bool *zero)
{
    if (end - *at < 2 || !is_digit((*at)[0]) || !is_digit((*at)[1]))
        return false;
    int value = 10 * ((*at)[0] - '0') + ((*at)[1] - '0');
    *zero = *zero && value == 0;
    *at += 2;
    return value <= most;
}

static bool take_sign(const char **at, const char *end, const char *signs)
{
    if (*at == end || strchr(signs, **at) == NULL || **at == '\0')
        return false;
    (*at)++;
    return true;
}

static bool take_zone(const char **at, const char *end)
{
    bool zero = true;
    if (*at == end || take_sign(at, end, "Z"))
        return *at == end;
    if (!take_sign(at, end, "+-") || !two_digits(at, end, 23, &zero))
        return false;
    if (*at == end)
        return true;
    (void)take_sign(at, end, ":");
    return two_digits(at, end, 59, &zero) && *at == end;
}

static bool is_time(const char *at, const char *end, bool *midnight)
{
    *midnight = true;
    if (!two_digits(&at, end, 23, midnight) || !take_sign(&at, end, ":") ||
        !two_digits(&at, end, 59, midnight))
        return false;
    if (take_sign(&at, end, ":")) {
        if (!two_digits(&at, end, 60, midnight))
            return false;
        if (take_sign(&at, end, ".")) {
            if (at == end || !is_digit(*at))
                return false;
            for (; at < end && is_digit(*at); at++)
                *midnight = *midnight && *at == '0';
        }
    }
    return take_zone(&at, end);
}

bool mig_cut_time(struct mig_text *text, bool *midnight)
{
    enum { LONGEST_DAY = 10 };
    for (size_t i = 8; i < text->length && i <= LONGEST_DAY; i++)
        if ((text->data[i] == 'T' || text->data[i] == ' ') &&
            is_time(text->data + i + 1, text->data + text->length, midnight)) {
            text->length = i;
            return true;
        }
    return false;
}
