/* Files that are no text. */
#include "input/source-internal.h"

#include <string.h>
#include <strings.h>

#include "base/i18n.h"

static const struct signature {
    const char *bytes;
    size_t length;
    const char *message;
} signatures[] = {
    {"PK\3\4", 4,
        N_("a workbook (.xlsx, .ods) or a zip archive, not CSV: save the sheet as CSV, or unpack "
           "it")},
    {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8,
        N_("a workbook (.xls), not CSV: open it in a spreadsheet and save the sheet as CSV")},
    {"%PDF-", 5, N_("a PDF document, not CSV")},
    {"\x1f\x9d", 2, N_("a compressed file: unpack it first")},
    {"\xfd"
     "7zXZ",
        6, N_("a compressed file: unpack it first")},
    {"\x28\xb5\x2f\xfd", 4, N_("a compressed file: unpack it first")},
    {"7z\xbc\xaf\x27\x1c", 6, N_("a compressed file: unpack it first")},
    {"<?xml", 5, N_("an XML file, not CSV")},
    {"<html", 5, N_("a web page, not CSV: the download may have failed")},
    {"<!doctype html", 14, N_("a web page, not CSV: the download may have failed")},
};

static bool is_bzip2(struct mig_text head)
{
    return head.length >= 10 && memcmp(head.data, "BZh", 3) == 0 &&
           memcmp(head.data + 4, "1AY&SY", 6) == 0;
}

/* A brace or bracket, and behind blanks what begins a value in it. */
static bool is_json(struct mig_text head)
{
    if (head.length == 0 || (head.data[0] != '{' && head.data[0] != '['))
        return false;
    size_t next = 1;
    while (next < head.length && memchr(" \t\r\n", head.data[next], 4))
        next++;
    return next < head.length && memchr("{[\"", head.data[next], 3);
}

/* Whether a text that is said to be in UTF-16 or UTF-32 can't be: blanks, delimiters and line ends
 * have NUL bytes there, and a table has one of them somewhere in its first bytes. */
static bool is_too_narrow(const struct mig_source *source, struct mig_text head)
{
    return source->decoder != MIG_NO_DECODER && source->unit > 1 && !source->marked &&
           head.length > source->unit && memchr(head.data, '\0', head.length) == NULL;
}

enum mig_status mig_source_check_format(const struct mig_source *source, struct mig_error *error)
{
    struct mig_text head = mig_buffer_text(&source->head);
    if (is_bzip2(head))
        return mig_source_fail(source, 0, error, _("a compressed file: unpack it first"));
    if (is_json(head))
        return mig_source_fail(source, 0, error, _("a JSON file, not CSV"));
    for (size_t i = 0; i < sizeof signatures / sizeof *signatures; i++)
        if (head.length >= signatures[i].length &&
            strncasecmp(head.data, signatures[i].bytes, signatures[i].length) == 0)
            return mig_source_fail(source, 0, error, _(signatures[i].message));
    if (is_too_narrow(source, head)) {
        struct mig_position position = {source->name, 0, 0};
        return mig_fail_at(error, MIG_SYNTAX, &position,
            _("not in encoding '%s': none of the first bytes is NUL, as those of a line end would "
              "be"),
            source->encoding);
    }
    return MIG_OK;
}
