/* What a number in figures says of the sign in it: that it is decimal, or that nobody can know. */
#include <string.h>

#include "input/propose-internal.h"

static bool is_sign(char c)
{
    return c == '.' || c == ',';
}

static size_t count_digits(struct mig_text text)
{
    size_t count = 0;
    while (count < text.length && text.data[count] >= '0' && text.data[count] <= '9')
        count++;
    return count;
}

static struct mig_text behind(struct mig_text text, size_t length)
{
    return (struct mig_text){text.data + length, text.length - length};
}

static struct mig_text without_minus(struct mig_text text)
{
    static const char minus[] = "\xE2\x88\x92"; /* U+2212 */
    if (text.length > 0 && (text.data[0] == '-' || text.data[0] == '+'))
        return behind(text, 1);
    if (text.length >= sizeof minus - 1 && memcmp(text.data, minus, sizeof minus - 1) == 0)
        return behind(text, sizeof minus - 1);
    return text;
}

/* Where the last of the two signs stands; the text's length when there is none. */
static size_t last_sign(struct mig_text text)
{
    for (size_t i = text.length; i-- > 0;)
        if (is_sign(text.data[i]))
            return i;
    return text.length;
}

/* Whether one to three digits stand before the sign as before a thousand, and nothing else. */
static bool may_count_thousands(struct mig_text whole)
{
    return whole.length >= 1 && whole.length <= 3 && whole.data[0] != '0' &&
           count_digits(whole) == whole.length;
}

struct mig_number_shape mig_number_shape(struct mig_text text)
{
    struct mig_number_shape shape = {0};
    text = without_minus(text);
    size_t at = last_sign(text);
    if (at == text.length || memchr(text.data, text.data[at], at) != NULL)
        return shape; /* no sign, or one that stands twice and so between thousands */
    struct mig_text whole = {text.data, at}, rest = behind(text, at + 1);
    size_t decimals = count_digits(rest);
    bool ends = decimals == rest.length; /* else an exponent follows */
    shape.sign = text.data[at] == ',';
    if (ends && may_count_thousands(whole) && decimals == 3)
        shape.kind = MIG_SHAPE_THOUSAND;
    else if (ends && may_count_thousands(whole) && decimals >= 4 && decimals <= 6 &&
             rest.data[decimals - 1] == '0' && rest.data[decimals - 2] == '0')
        shape.kind = MIG_SHAPE_BROKEN;
    else if (decimals > 3)
        shape.kind = MIG_SHAPE_MORE_DECIMALS;
    else if (decimals == 3 && !may_count_thousands(whole))
        shape.kind = MIG_SHAPE_THREE_DECIMALS;
    return shape;
}
