#include "input/rewrite.h"

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

/* Skips one sign between thousands. */
static bool skip_group(struct mig_text *text, struct mig_text group)
{
    static const char *const blanks[] = {" ", "\xC2\xA0", "\xE2\x80\x89", "\xE2\x80\xAF"};
    if (!mig_text_equal(group, mig_text_of(" "))) {
        if (group.length == 0 || text->length < group.length ||
            memcmp(text->data, group.data, group.length) != 0)
            return false;
        text->data += group.length;
        text->length -= group.length;
        return true;
    }
    for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++)
        if (skip(text, blanks[i]))
            return true;
    return false;
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

/* The digits before the decimal sign; `*fits` tells whether the grouping is in threes. */
static enum mig_status rewrite_whole(struct mig_text *text, struct mig_text group,
    struct mig_buffer *out, bool *fits, struct mig_error *error)
{
    size_t digits = count_digits(*text), first = digits;
    bool grouped = false;
    enum mig_status status = move_digits(text, digits, out, error);
    while (status == MIG_OK && skip_group(text, group)) {
        grouped = true;
        digits = count_digits(*text);
        if (digits != 3)
            break;
        status = move_digits(text, digits, out, error);
    }
    *fits = !grouped || (digits == 3 && first >= 1 && first <= 3);
    return status;
}

static enum mig_status not_a_number(
    struct mig_text text, const struct mig_number_style *style, struct mig_error *error)
{
    struct mig_text head = mig_text_head(text, MIG_TEXT_QUOTED);
    if (style->group.length > 0)
        return mig_fail(error, MIG_VALUE,
            _("'%.*s' is not a number with decimal sign '%c', grouped in threes by '%.*s'"),
            MIG_TEXT_ARG(head), style->decimal, MIG_TEXT_ARG(style->group));
    return mig_fail(error, MIG_VALUE, _("'%.*s' is not a number with decimal sign '%c'"),
        MIG_TEXT_ARG(head), style->decimal);
}

enum mig_status mig_rewrite_number(struct mig_text text, const struct mig_number_style *style,
    struct mig_buffer *out, struct mig_error *error)
{
    struct mig_text rest = text;
    size_t begin = out->length;
    bool fits;
    enum mig_status status = MIG_OK;
    if (skip(&rest, "-") || skip(&rest, "\xE2\x88\x92"))
        status = mig_buffer_append(out, "-", 1, error);
    else
        (void)skip(&rest, "+");
    if (status == MIG_OK)
        status = rewrite_whole(&rest, style->group, out, &fits, error);
    if (status == MIG_OK && rest.length > 0 && rest.data[0] == style->decimal) {
        rest.data++;
        rest.length--;
        status = mig_buffer_append(out, ".", 1, error);
    } else if (rest.length > 0 && rest.data[0] != 'e' && rest.data[0] != 'E') {
        fits = false;
    }
    if (status == MIG_OK)
        status = mig_buffer_append(out, rest.data, rest.length, error);
    if (status != MIG_OK)
        return status;
    struct mig_text written = {out->data + begin, out->length - begin};
    struct mig_decimal decimal;
    if (fits && mig_decimal_parse(written, &decimal, NULL) == MIG_OK)
        return MIG_OK;
    out->length = begin;
    out->data[begin] = '\0';
    return not_a_number(text, style, error);
}

enum mig_status mig_rewrite_date(struct mig_text text, enum mig_date_order order,
    struct mig_buffer *out, struct mig_error *error)
{
    struct mig_period day;
    char written[MIG_PERIOD_TEXT];
    enum mig_status status = mig_day_parse(text, order, &day, error);
    if (status != MIG_OK)
        return status;
    return mig_buffer_append(out, written, mig_period_format(day, written), error);
}
