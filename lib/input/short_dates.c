/* Dates that lack something: months in figures, and years of two digits. */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "input/rewrite.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t digits_from(struct mig_text text, size_t at)
{
    size_t count = 0;
    while (at + count < text.length && is_digit(text.data[at + count]))
        count++;
    return count;
}

/* The number in up to four digits at `at`. */
static int value_at(struct mig_text text, size_t at, size_t digits)
{
    int value = 0;
    for (size_t i = at; i < at + digits; i++)
        value = 10 * value + (text.data[i] - '0');
    return value;
}

/* Two numbers with one sign between them; `digits` how many each has. */
static bool cut_two(struct mig_text text, const char *signs, size_t digits[2], int values[2])
{
    digits[0] = digits_from(text, 0);
    if (digits[0] == 0 || digits[0] > 4 || digits[0] == text.length ||
        strchr(signs, text.data[digits[0]]) == NULL || text.data[digits[0]] == '\0')
        return false;
    digits[1] = digits_from(text, digits[0] + 1);
    if (digits[1] == 0 || digits[1] > 4 || digits[0] + 1 + digits[1] != text.length)
        return false;
    values[0] = value_at(text, 0, digits[0]);
    values[1] = value_at(text, digits[0] + 1, digits[1]);
    return true;
}

static bool month_in_figures(
    struct mig_text text, const char *signs, bool year_first, struct mig_period *out)
{
    char written[16];
    size_t digits[2];
    int values[2];
    if (!cut_two(text, signs, digits, values) || digits[!year_first] != 4 || digits[year_first] > 2)
        return false;
    int length =
        snprintf(written, sizeof written, "%04d-%02d", values[!year_first], values[year_first]);
    return mig_period_parse((struct mig_text){written, (size_t)length}, out, NULL) == MIG_OK;
}

enum mig_status mig_rewrite_month(struct mig_text text, enum mig_date_order order,
    struct mig_buffer *out, struct mig_error *error)
{
    struct mig_period month;
    char written[MIG_PERIOD_TEXT];
    bool fits =
        mig_date_in_words(text, &month) || month_in_figures(text, "-/.", order == MIG_YMD, &month);
    if (fits && month.unit == MIG_MONTH)
        return mig_buffer_append(out, written, mig_period_format(month, written), error);
    struct mig_text quoted = mig_text_head(text, MIG_TEXT_QUOTED);
    return mig_fail(error, MIG_VALUE, _("'%.*s' is not a month"), MIG_TEXT_ARG(quoted));
}

static bool has_letter(struct mig_text text)
{
    for (size_t i = 0; i < text.length; i++) {
        unsigned char c = (unsigned char)text.data[i];
        if ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c >= 0x80)
            return true;
    }
    return false;
}

bool mig_expand_year(struct mig_text text, enum mig_date_order order,
    char written[MIG_LONGEST_DATE + 1], struct mig_text *out)
{
    enum { FIRST_OF_1900S = 69 };
    bool last = order != MIG_YMD || has_letter(text);
    if (text.length < 4 || text.length > MIG_LONGEST_DATE - 2)
        return false;
    size_t at = last ? text.length - 2 : 0;
    bool two = digits_from(text, at) == 2 && (!last || !is_digit(text.data[at - 1]));
    if (!two)
        return false;
    memcpy(written, text.data, at);
    memcpy(written + at, value_at(text, at, 2) < FIRST_OF_1900S ? "20" : "19", 2);
    memcpy(written + at + 2, text.data + at, text.length - at);
    written[text.length + 2] = '\0';
    *out = (struct mig_text){written, text.length + 2};
    return true;
}

bool mig_may_be_short_date(struct mig_text text)
{
    char written[MIG_LONGEST_DATE + 1];
    struct mig_text expanded;
    struct mig_period read;
    if (month_in_figures(text, "-/", false, &read) || month_in_figures(text, "/", true, &read))
        return read.unit == MIG_MONTH;
    for (int order = MIG_YMD; order <= MIG_MDY; order++)
        if (mig_expand_year(text, (enum mig_date_order)order, written, &expanded) &&
            (mig_day_parse(expanded, (enum mig_date_order)order, &read, NULL) == MIG_OK ||
                mig_date_in_words(expanded, &read) ||
                month_in_figures(expanded, "/", order == MIG_YMD, &read)))
            return true;
    return false;
}
