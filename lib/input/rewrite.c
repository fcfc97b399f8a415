#include "input/rewrite.h"

#include <stdlib.h>
#include <string.h>

#include "base/decimal.h"
#include "base/i18n.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool skip(struct mig_text *text, const char *bytes)
{
    size_t length = strlen(bytes);
    if (length == 0 || text->length < length || memcmp(text->data, bytes, length) != 0)
        return false;
    text->data += length;
    text->length -= length;
    return true;
}

static const char *const blanks[] = {" ", "\xC2\xA0", "\xE2\x80\x89", "\xE2\x80\xAF"};

static bool skip_blank(struct mig_text *text)
{
    for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++)
        if (skip(text, blanks[i]))
            return true;
    return false;
}

static bool may_group(struct mig_text group, char sign)
{
    return group.length > 0 && memchr(group.data, sign, group.length) != NULL;
}

/* Skips what stands between two thousands and tells its sign, ' ' for every blank; 0: nothing does.
 */
static char skip_group(struct mig_text *text, struct mig_text group)
{
    char sign = '\0';
    if (may_group(group, '\'') && (skip(text, "'") || skip(text, "\xE2\x80\x99")))
        sign = '\'';
    else if (may_group(group, '.') && skip(text, "."))
        sign = '.';
    else if (may_group(group, ',') && skip(text, ","))
        sign = ',';
    if (may_group(group, ' ') && skip_blank(text) && sign == '\0')
        sign = ' ';
    return sign;
}

bool mig_number_group_is_valid(struct mig_text signs, char decimal)
{
    for (size_t i = 0; i < signs.length; i++)
        if (signs.data[i] == decimal || signs.data[i] == '\0' || !strchr(".,' ", signs.data[i]))
            return false;
    return true;
}

static size_t count_digits(struct mig_text text)
{
    size_t count = 0;
    while (count < text.length && is_digit(text.data[count]))
        count++;
    return count;
}

static enum mig_status move_digits(
    struct mig_text *text, size_t count, struct mig_buffer *out, struct mig_error *error)
{
    enum mig_status status = mig_buffer_append(out, text->data, count, error);
    text->data += count;
    text->length -= count;
    return status;
}

/* The digits before the decimal sign; `*fits` tells whether the grouping is in threes by one sign.
 */
static enum mig_status rewrite_whole(struct mig_text *text, struct mig_text group,
    struct mig_buffer *out, bool *fits, struct mig_error *error)
{
    size_t digits = count_digits(*text), first = digits;
    bool begins_with_zero = digits > 0 && text->data[0] == '0';
    char sign, grouped = '\0';
    enum mig_status status = move_digits(text, digits, out, error);
    *fits = true;
    while (status == MIG_OK && (sign = skip_group(text, group)) != '\0') {
        digits = count_digits(*text);
        *fits = *fits && digits == 3 && (grouped == '\0' || grouped == sign);
        grouped = sign;
        if (!*fits)
            break;
        status = move_digits(text, digits, out, error);
    }
    if (grouped != '\0')
        *fits = *fits && first >= 1 && first <= 3 && !begins_with_zero;
    return status;
}

static enum mig_status not_a_number(
    struct mig_text text, const struct mig_number_style *style, struct mig_error *error)
{
    struct mig_text head = mig_text_head(text, MIG_TEXT_QUOTED);
    if (error == NULL) /* asked of many cells, where a message would cost most of the time */
        return MIG_VALUE;
    if (style->group.length > 0)
        return mig_fail(error, MIG_VALUE,
            _("'%.*s' is not a number with decimal sign '%c', grouped in threes by '%.*s'"),
            MIG_TEXT_ARG(head), style->decimal, MIG_TEXT_ARG(style->group));
    return mig_fail(error, MIG_VALUE, _("'%.*s' is not a number with decimal sign '%c'"),
        MIG_TEXT_ARG(head), style->decimal);
}

/* Appends the number as it is written, without a percent sign. */
static enum mig_status rewrite_plain(struct mig_text rest, const struct mig_number_style *style,
    struct mig_buffer *out, bool *fits, struct mig_error *error)
{
    enum mig_status status = MIG_OK;
    if (skip(&rest, "-") || skip(&rest, "\xE2\x88\x92"))
        status = mig_buffer_append(out, "-", 1, error);
    else
        (void)skip(&rest, "+");
    if (status == MIG_OK)
        status = rewrite_whole(&rest, style->group, out, fits, error);
    if (status == MIG_OK && rest.length > 0 && rest.data[0] == style->decimal) {
        rest.data++;
        rest.length--;
        status = mig_buffer_append(out, ".", 1, error);
    } else if (rest.length > 0 && rest.data[0] != 'e' && rest.data[0] != 'E') {
        *fits = false;
    }
    return status == MIG_OK ? mig_buffer_append(out, rest.data, rest.length, error) : status;
}

bool mig_cut_percent(struct mig_text *text)
{
    if (text->length == 0 || text->data[text->length - 1] != '%')
        return false;
    text->length--;
    *text = mig_trim_blanks(*text);
    return true;
}

/* Divides the number that `out` holds from `begin` on by 100, exactly: its point moves two places.
 */
static enum mig_status divide_by_hundred(
    struct mig_buffer *out, size_t begin, struct mig_error *error)
{
    const char *number = out->data + begin;
    size_t sign = number[0] == '-', whole = strspn(number + sign, "0123456789");
    const char *decimals = number + sign + whole;
    struct mig_buffer moved = {0};
    enum mig_status status = mig_buffer_append(&moved, number, sign, error);
    if (status == MIG_OK && whole < 3)
        status = mig_buffer_append(&moved, "000", 3 - whole, error);
    if (status == MIG_OK)
        status = mig_buffer_append(&moved, number + sign, whole, error);
    size_t point = moved.length - 2;
    if (status == MIG_OK)
        status = mig_buffer_print(&moved, error, "%s", decimals + (*decimals == '.'));
    out->length = begin;
    if (status == MIG_OK)
        status = mig_buffer_append(out, moved.data, point, error);
    if (status == MIG_OK)
        status = mig_buffer_print(out, error, ".%s", moved.data + point);
    mig_buffer_release(&moved);
    return status;
}

static enum mig_status rewrite_percent(const struct mig_number_style *style, size_t begin,
    struct mig_buffer *out, bool *fits, struct mig_error *error)
{
    bool has_exponent = strpbrk(out->data + begin, "eE") != NULL;
    *fits = style->percent == MIG_PERCENT_POINTS ||
            (style->percent == MIG_PERCENT_SHARE && !has_exponent);
    return *fits && style->percent == MIG_PERCENT_SHARE ? divide_by_hundred(out, begin, error)
                                                        : MIG_OK;
}

enum mig_status mig_rewrite_number(struct mig_text text, const struct mig_number_style *style,
    struct mig_buffer *out, struct mig_error *error)
{
    struct mig_text rest = text;
    size_t begin = out->length;
    bool fits, percent = mig_cut_percent(&rest);
    enum mig_status status = rewrite_plain(rest, style, out, &fits, error);
    if (status != MIG_OK)
        return status;
    struct mig_text written = {out->data + begin, out->length - begin};
    struct mig_decimal decimal;
    fits = fits && mig_decimal_parse(written, &decimal, NULL) == MIG_OK;
    if (fits && percent)
        status = rewrite_percent(style, begin, out, &fits, error);
    if (fits || status != MIG_OK)
        return status;
    out->length = begin;
    out->data[begin] = '\0';
    return not_a_number(text, style, error);
}

static enum mig_status append_zeros(struct mig_buffer *out, size_t count, struct mig_error *error)
{
    enum mig_status status = MIG_OK;
    while (count-- > 0 && status == MIG_OK)
        status = mig_buffer_append(out, "0", 1, error);
    return status;
}

/* Appends `digits` with the point behind the first `whole` of them, without zeros before them. */
static enum mig_status append_plain(
    struct mig_text digits, size_t whole, struct mig_buffer *out, struct mig_error *error)
{
    enum mig_status status = MIG_OK;
    for (; whole > 1 && digits.data[0] == '0'; whole--)
        digits = (struct mig_text){digits.data + 1, digits.length - 1};
    if (whole == 0)
        status = mig_buffer_append(out, "0", 1, error);
    if (status == MIG_OK)
        status = mig_buffer_append(out, digits.data, whole, error);
    if (status == MIG_OK && digits.length > whole)
        status = mig_buffer_append(out, ".", 1, error);
    return status == MIG_OK
               ? mig_buffer_append(out, digits.data + whole, digits.length - whole, error)
               : status;
}

enum mig_status mig_plain_number(
    struct mig_text text, struct mig_buffer *out, struct mig_error *error)
{
    struct mig_buffer digits = {0};
    bool negative = skip(&text, "-");
    if (!negative)
        (void)skip(&text, "+");
    size_t whole = count_digits(text);
    enum mig_status status = move_digits(&text, whole, &digits, error);
    if (skip(&text, ".") && status == MIG_OK)
        status = move_digits(&text, count_digits(text), &digits, error);
    bool zero = status == MIG_OK && strspn(digits.data, "0") == digits.length;
    /* What is not zero has an exponent within MIG_DECIMAL_PLACES of its digits. */
    long exponent = text.length > 1 && !zero ? strtol(text.data + 1, NULL, 10) : 0;
    long point = (long)whole + exponent;
    if (status == MIG_OK && negative && !zero)
        status = mig_buffer_append(out, "-", 1, error);
    if (status == MIG_OK && point < 0) {
        status = mig_buffer_append(out, "0.", 2, error);
        if (status == MIG_OK)
            status = append_zeros(out, (size_t)-point, error);
        if (status == MIG_OK)
            status = mig_buffer_append(out, digits.data, digits.length, error);
    } else if (status == MIG_OK) {
        if ((size_t)point > digits.length)
            status = append_zeros(&digits, (size_t)point - digits.length, error);
        if (status == MIG_OK)
            status = append_plain(mig_buffer_text(&digits), (size_t)point, out, error);
    }
    mig_buffer_release(&digits);
    return status;
}

/* Whether the byte may be of one: other ASCII is not. */
static bool may_be_blank(char c)
{
    return (unsigned char)c <= ' ' || (unsigned char)c >= 0x80;
}

/* A blank at `at`, forwards or backwards: its length, 0 when there is none. */
static size_t blank_at(struct mig_text text, bool at_end)
{
    static const char *const others[] = {
        "\t", "\n", "\r", " ", "\xC2\xA0", "\xE2\x80\x89", "\xE2\x80\xAF"};
    if (text.length == 0 || !may_be_blank(text.data[at_end ? text.length - 1 : 0]))
        return 0;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        size_t length = strlen(others[i]);
        if (length <= text.length &&
            memcmp(text.data + (at_end ? text.length - length : 0), others[i], length) == 0)
            return length;
    }
    return 0;
}

struct mig_text mig_trim_blanks(struct mig_text text)
{
    size_t length;
    if (text.length == 0 ||
        (!may_be_blank(text.data[0]) && !may_be_blank(text.data[text.length - 1])))
        return text;
    while ((length = blank_at(text, false)) > 0) {
        text.data += length;
        text.length -= length;
    }
    while ((length = blank_at(text, true)) > 0)
        text.length -= length;
    return text;
}

/* With either decimal sign, any grouping and a percent sign. */
static bool is_number_in_some_style(struct mig_text text)
{
    static const struct mig_number_style styles[] = {
        {'.', {", '", 3}, MIG_PERCENT_POINTS}, {',', {". '", 3}, MIG_PERCENT_POINTS}};
    struct mig_buffer written = {0};
    bool is_number = false;
    for (size_t i = 0; i < sizeof styles / sizeof *styles && !is_number; i++)
        is_number = mig_rewrite_number(text, &styles[i], &written, NULL) == MIG_OK;
    mig_buffer_release(&written);
    return is_number;
}

bool mig_is_formula(struct mig_text text)
{
    return text.length > 0 && memchr("=+-@\t\r", text.data[0], 6) != NULL &&
           !is_number_in_some_style(text);
}
