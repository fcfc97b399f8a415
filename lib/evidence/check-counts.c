/* Cells of count columns that no count can have. */
#include <string.h>

#include "base/i18n.h"
#include "evidence/checks-internal.h"
#include "input/tokens.h"

MIG_CHECK_LOOK(mig_look_negative_count)
{
    struct mig_decimal number;
    if (!mig_run_number(group->run, row, group->columns[0], &number))
        return MIG_OK;
    group->run->looked = true;
    if (!mig_decimal_is_negative(&number))
        return MIG_OK;
    return mig_find_in_row(
        group, MIG_SEVERITY_ERROR, row, group->columns, 1, error, N_("a count is below 0"));
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Bytes of the sign at `at` that is one of `signs`; a blank there stands also for U+00A0, U+2009
 * and U+202F. */
static size_t sign_length(struct mig_text text, size_t at, const char *signs)
{
    static const char *const blanks[] = {"\xc2\xa0", "\xe2\x80\x89", "\xe2\x80\xaf"};
    if (text.data[at] != '\0' && strchr(signs, text.data[at]))
        return 1;
    for (size_t i = 0; i < sizeof blanks / sizeof *blanks && strchr(signs, ' '); i++) {
        size_t length = strlen(blanks[i]);
        if (text.length - at >= length && memcmp(text.data + at, blanks[i], length) == 0)
            return length;
    }
    return 0;
}

static size_t count_digits(struct mig_text text, size_t at)
{
    size_t end = at;
    while (end < text.length && is_digit(text.data[end]))
        end++;
    return end - at;
}

/* 354.739 or 1.234.567, one of `signs` between the thousands: 1 to 3 digits, then groups of 3. */
static bool is_grouped(struct mig_text text, const char *signs)
{
    size_t at = count_digits(text, 0);
    if (at == 0 || at > 3 || text.data[0] == '0' || at == text.length)
        return false;
    while (at < text.length) {
        size_t sign = sign_length(text, at, signs);
        if (sign == 0 || count_digits(text, at + sign) != 3)
            return false;
        at += sign + 3;
    }
    return true;
}

/* 80763.00 and 2.5e+07 are whole numbers; 8.0500 and 354.739 are not. */
MIG_CHECK_LOOK(mig_look_decimal_count)
{
    struct mig_decimal number;
    if (!mig_run_number(group->run, row, group->columns[0], &number))
        return MIG_OK;
    struct mig_text text = mig_run_text(group->run, row, group->columns[0]);
    group->run->looked = true;
    if (!mig_decimal_is_integer(&number))
        return mig_find_in_row(group, MIG_SEVERITY_ERROR, row, group->columns, 1, error,
            is_grouped(text, ".")
                ? N_("decimals in a count: does the point stand between thousands?")
                : N_("decimals in a count"));
    if (!memchr(text.data, '.', text.length) && !memchr(text.data, 'e', text.length) &&
        !memchr(text.data, 'E', text.length))
        return MIG_OK;
    return mig_find_in_row(group, MIG_SEVERITY_NOTE, row, group->columns, 1, error,
        N_("a whole number written with decimals or an exponent"));
}

/* "1 022", "+5", "-", "~500", "<5": meant as a number, rightly or not. */
static bool looks_like_number(struct mig_text text)
{
    return is_digit(text.data[0]) || strchr("+-~<>.,", text.data[0]);
}

/* In columns that were only assumed to hold counts, words are left alone, and so is what stands for
 * a missing value: the check of missing cells says it once a column. */
MIG_CHECK_LOOK(mig_look_not_a_count)
{
    struct mig_text text = mig_run_text(group->run, row, group->columns[0]);
    struct mig_decimal number;
    if (text.length == 0 || (group->run->role->assumed &&
                                (!looks_like_number(text) || mig_token_find(text) != SIZE_MAX)))
        return MIG_OK;
    group->run->looked = true;
    if (mig_decimal_parse(text, &number, NULL) == MIG_OK)
        return MIG_OK;
    return mig_find_in_row(group, MIG_SEVERITY_ERROR, row, group->columns, 1, error,
        is_grouped(text, ".,' ") ? N_("not a number: does a sign stand between thousands?")
                                 : N_("not a number"));
}
