#include "input/range.h"

#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <string.h>

#include "base/i18n.h"

/* Reads digits, then one of the characters `ends` or the end of the text; *at is what follows. */
static bool read_number(const char **at, const char *ends, uint64_t *number)
{
    size_t digits = strspn(*at, "0123456789");
    char *end;
    errno = 0;
    uintmax_t read = strtoumax(*at, &end, 10);
    if (digits == 0 || errno != 0 || read >= UINT64_MAX || (*end && !strchr(ends, *end)))
        return false;
    *number = read;
    *at = end;
    return true;
}

static bool read_range(const char *at, struct mig_range *range)
{
    uint64_t line = 0;
    if (!read_number(&at, "-", &range->first) || *at++ != '-')
        return false;
    if (!read_number(&at, "@", &range->last) || range->last < range->first)
        return false;
    bool known = *at == '@';
    if (known && (at++, !read_number(&at, "", &line) || line == 0 || line > SIZE_MAX))
        return false;
    range->line = (size_t)line;
    return true;
}

enum mig_status mig_range_parse(const char *text, struct mig_range *range, struct mig_error *error)
{
    if (read_range(text, range))
        return MIG_OK;
    return mig_fail(error, MIG_ARGUMENT,
        _("'%s' is not a range of bytes such as 0-1023, or 0-1023@1 with its line"), text);
}

enum mig_status mig_range_print(
    const struct mig_range *range, struct mig_buffer *out, struct mig_error *error)
{
    enum mig_status status =
        mig_buffer_print(out, error, "%" PRIu64 "-%" PRIu64, range->first, range->last);
    if (status == MIG_OK && range->line > 0)
        status = mig_buffer_print(out, error, "@%zu", range->line);
    return status;
}
