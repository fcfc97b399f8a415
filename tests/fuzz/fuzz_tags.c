/* Rows of tags and HXL patterns: lines of any bytes are the tag row, and each of them is looked up
 * as a name or pattern. A tag finds its own column, or one of several that it fits, as it stands,
 * in capitals, with a '!' behind it, and as #* with its attributes. */
#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "input/header.h"

enum { MOST_CELLS = 16 };

static void require(bool holds)
{
    if (!holds)
        abort();
}

/* Cuts `text` at line ends, the rest being the last cell. */
static size_t cut_cells(struct mig_text text, struct mig_cell *cells)
{
    size_t count = 0;
    for (const char *at = text.data, *end = text.data + text.length; count < MOST_CELLS;) {
        size_t left = (size_t)(end - at);
        const char *stop = count + 1 < MOST_CELLS ? memchr(at, '\n', left) : NULL;
        cells[count++].text = (struct mig_text){at, stop != NULL ? (size_t)(stop - at) : left};
        if (stop == NULL)
            break;
        at = stop + 1;
    }
    return count;
}

/* The header finds one column, or says which fit; `column` is among them. */
static void require_found(const struct mig_header *header, const char *wanted, size_t column)
{
    struct mig_error error = {0};
    size_t index = SIZE_MAX;
    enum mig_status status = mig_header_find(header, wanted, &index, &error);
    if (status == MIG_OK)
        require(index == column);
    else
        require(status == MIG_NAME && strstr(error.text, "several columns") != NULL);
}

static void check_pattern(const struct mig_header *header, size_t column, struct mig_text start,
    const char *more, const char *end)
{
    struct mig_buffer pattern = {0};
    require(mig_buffer_append(&pattern, start.data, start.length, NULL) == MIG_OK);
    require(mig_buffer_append(&pattern, more, strlen(more), NULL) == MIG_OK);
    require(mig_buffer_append(&pattern, end, strlen(end), NULL) == MIG_OK);
    require_found(header, pattern.data, column);
    for (size_t i = 0; i < pattern.length; i++)
        pattern.data[i] = (char)toupper((unsigned char)pattern.data[i]);
    require_found(header, pattern.data, column);
    mig_buffer_release(&pattern);
}

static void check_tag(const struct mig_header *header, size_t column)
{
    const char *tag = strchr(header->tags[column], '#'); /* a pattern begins with it */
    const char *attributes = tag + strcspn(tag, "+");
    check_pattern(header, column, mig_text_of(tag), "", "");
    check_pattern(header, column, mig_text_of(tag), "", "!");
    check_pattern(header, column, mig_text_of("#*"), attributes, "");
    check_pattern(header, column, mig_text_of("#*"), attributes, "!");
}

/* Whatever is wanted, the answer is a column or an error with a text. */
static void look_up(const struct mig_header *header, struct mig_text wanted)
{
    struct mig_error error = {0};
    size_t index = SIZE_MAX;
    char *text = mig_text_copy(wanted);
    require(text != NULL);
    if (mig_header_find(header, text, &index, &error) == MIG_OK)
        require(index < header->count);
    else
        require(error.status == MIG_NAME && error.text[0] != '\0');
    free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    /* Longer patterns would push what is looked for out of the error's text. */
    if (size > 256 || memchr(data, '\0', size))
        return 0;
    struct mig_cell tags[MOST_CELLS] = {0}, names[MOST_CELLS] = {0};
    struct mig_record row = {.cells = tags, .line = 2};
    row.count = cut_cells((struct mig_text){(const char *)data, size}, tags);
    static const char *const letters = "abcdefghijklmnop";
    for (size_t i = 0; i < row.count; i++)
        names[i].text = (struct mig_text){letters + i, 1};
    const struct mig_record named = {.cells = names, .count = row.count, .line = 1};
    struct mig_header header;
    require(mig_header_init(&header, &named, &row, NULL) == MIG_OK);
    size_t spoiled = mig_header_spoiled_tag(&row), found = 0;
    for (size_t i = 0; i < row.count; i++) {
        bool is_tag = mig_header_is_tag(tags[i].text);
        found += is_tag;
        require(!(is_tag && i == spoiled));
        look_up(&header, tags[i].text);
        if (is_tag)
            check_tag(&header, i);
    }
    bool is_row = mig_header_is_tag_row(&row);
    require(!is_row || found > 0);
    require(is_row || found == 0 || spoiled < row.count);
    mig_header_release(&header);
    return 0;
}
