/* Schemas read from files. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "input/schema.h"

/* Not through mig_source, which is for tables and refuses JSON. */
static enum mig_status read_stream(
    FILE *stream, const char *file, struct mig_buffer *text, struct mig_error *error)
{
    enum { LARGEST_SCHEMA = 16 * 1024 * 1024 };
    char block[8192];
    struct mig_position position = {file, 0, 0};
    enum mig_status status = MIG_OK;
    size_t length;
    while (status == MIG_OK && (length = fread(block, 1, sizeof block, stream)) > 0)
        status = text->length + length > LARGEST_SCHEMA
                     ? mig_fail_at(error, MIG_LIMIT, &position, "%s", _("too large for a schema"))
                     : mig_buffer_append(text, block, length, error);
    return status == MIG_OK && ferror(stream) ? mig_fail_errno(error, file, errno) : status;
}

static enum mig_status read_whole(
    const char *file, struct mig_buffer *text, struct mig_error *error)
{
    bool standard = strcmp(file, "-") == 0;
    FILE *stream = standard ? stdin : fopen(file, "r");
    if (stream == NULL)
        return mig_fail_errno(error, file, errno);
    enum mig_status status = read_stream(stream, file, text, error);
    if (!standard)
        fclose(stream);
    return status;
}

/* Without the byte order mark that some editors write. */
static struct mig_text without_mark(struct mig_text text)
{
    bool marked = text.length >= 3 && memcmp(text.data, "\xEF\xBB\xBF", 3) == 0;
    return marked ? (struct mig_text){text.data + 3, text.length - 3} : text;
}

enum mig_status mig_schema_read(
    struct mig_schema *schema, const char *file, struct mig_error_list *faults)
{
    struct mig_error error;
    struct mig_buffer text = {0};
    *schema = (struct mig_schema){0};
    enum mig_status status = read_whole(file, &text, &error);
    if (status == MIG_OK)
        status = mig_schema_parse(schema, without_mark(mig_buffer_text(&text)), file, faults);
    else if (mig_error_list_add(faults, &error) != MIG_OK)
        status = MIG_NO_MEMORY;
    mig_buffer_release(&text);
    return status;
}
