/* Cells of count columns that no count can have. */
#include <string.h>

#include "base/i18n.h"
#include "evidence/checks-internal.h"

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

/* 354.739 or 1.234.567, with any one of `signs` between the thousands: 1 to 3 digits, then groups
 * of 3. */
static bool is_grouped(struct mig_text text, const char *signs)
{
    size_t at = 0, groups = 0;
    while (at < text.length && at < 3 && is_digit(text.data[at]))
        at++;
    if (at == 0 || text.data[0] == '0')
        return false;
    for (; at < text.length; at += 4, groups++) {
        bool group = text.length - at >= 4 && strchr(signs, text.data[at]) &&
                     is_digit(text.data[at + 1]) && is_digit(text.data[at + 2]) &&
                     is_digit(text.data[at + 3]);
        if (!group)
            return false;
    }
    return groups > 0;
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

/* In columns that were only assumed to hold counts, words are left alone. */
MIG_CHECK_LOOK(mig_look_not_a_count)
{
    struct mig_text text = mig_run_text(group->run, row, group->columns[0]);
    struct mig_decimal number;
    if (text.length == 0 || (group->run->role->assumed && !looks_like_number(text)))
        return MIG_OK;
    group->run->looked = true;
    if (mig_decimal_parse(text, &number, NULL) == MIG_OK)
        return MIG_OK;
    return mig_find_in_row(group, MIG_SEVERITY_ERROR, row, group->columns, 1, error,
        is_grouped(text, ", '") ? N_("not a number: does a sign stand between thousands?")
                                : N_("not a number"));
}
