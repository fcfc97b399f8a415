/* Regular expressions: what regcomp() would say, and what it would never finish. */
#include <regex.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "table/expression-internal.h"

const char *mig_pattern_fault(int failure)
{
    switch (failure) {
    case REG_ECOLLATE:
        return _("no such collating element");
    case REG_ECTYPE:
        return _("no such class of characters; there are [:alpha:], [:digit:] and others");
    case REG_EESCAPE:
        return _("a backslash stands at the end");
    case REG_ESUBREG:
        return _("there is no such group to refer back to");
    case REG_EBRACK:
        return _("'[' without ']'");
    case REG_EPAREN:
        return _("'(' without ')', or ')' without '('");
    case REG_EBRACE:
        return _("'{' without '}'");
    case REG_BADBR:
        return _("what stands in braces is no number of times, from 0 to 32767");
    case REG_ERANGE:
        return _("the end of a range comes before its beginning");
    case REG_BADRPT:
        return _("nothing stands before the sign that repeats");
    default:
        return _("it ends before it is whole");
    }
}

/* Behind the bracket expression that begins at `at`. */
static const char *skip_set(const char *at)
{
    at++;
    at += *at == '^';
    at += *at == ']';
    while (*at != '\0' && *at != ']') {
        bool class = *at == '[' && at[1] != '\0' && strchr(":.=", at[1]) != NULL;
        const char *end = class ? strchr(at + 2, ']') : NULL;
        at = end != NULL ? end + 1 : at + 1;
    }
    return *at == ']' ? at + 1 : at;
}

/* The larger number of "{2,5}", of which `*at` is moved to the end; 1 for what is none. */
static size_t read_times(const char **at)
{
    char *end;
    const char *begin = *at + 1;
    if (strchr("0123456789,", *begin) == NULL || *begin == '\0')
        return 1;
    unsigned long least = strtoul(begin, &end, 10), most = 0;
    if (*end == ',')
        most = strtoul(end + 1, &end, 10);
    *at = end;
    size_t times = most > least ? most : least;
    return times > 0 ? times : 1;
}

bool mig_pattern_is_too_large(const char *pattern)
{
    enum { MOST_DEPTH = 64, MOST_SIZE = 20000 };
    size_t sums[MOST_DEPTH] = {0}, depth = 0, atom = 0; /* the last thing that may be repeated */
    for (const char *at = pattern; *at != '\0';) {
        if (*at == '{') {
            size_t times = read_times(&at);
            if (times > MOST_SIZE || atom * times > MOST_SIZE)
                return true;
            atom *= times;
            at += *at != '\0';
            continue;
        }
        bool repeats = strchr("*+?", *at) != NULL;
        if (!repeats) {
            sums[depth] += atom;
            atom = 1;
        }
        if (*at == '(') {
            if (++depth == MOST_DEPTH)
                return true;
            sums[depth] = atom = 0;
        } else if (*at == ')' && depth > 0) {
            atom = sums[depth--] + 1;
        }
        if (sums[depth] > MOST_SIZE)
            return true;
        at = *at == '[' ? skip_set(at) : at + 1 + (*at == '\\' && at[1] != '\0');
    }
    return sums[depth] + atom > MOST_SIZE;
}
