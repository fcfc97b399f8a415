#include "input/header.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/i18n.h"
#include "base/memory.h"

#define MOST_COLUMNS_LISTED 12

/* Tags and patterns are read part by part: a sign, one of # + - !, and a token. */
struct part {
    char sign;
    struct mig_text token;
};

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static void skip(struct mig_text *rest, size_t length)
{
    rest->data += length;
    rest->length -= length;
}

static void skip_spaces(struct mig_text *rest)
{
    while (rest->length > 0 && is_space(rest->data[0]))
        skip(rest, 1);
}

static size_t token_length(struct mig_text text)
{
    size_t length = 0;
    if (text.length == 0 || !is_letter(text.data[0]))
        return 0;
    while (length < text.length && (is_letter(text.data[length]) || text.data[length] == '_' ||
                                       (text.data[length] >= '0' && text.data[length] <= '9')))
        length++;
    return length;
}

/* Cuts the next part off; false at the end and where no part can be read, which leaves `rest`. */
static bool next_part(struct mig_text *rest, struct part *part)
{
    skip_spaces(rest);
    if (rest->length == 0 || !memchr("#+-!", rest->data[0], 4))
        return false;
    struct mig_text behind = {rest->data + 1, rest->length - 1};
    size_t length = token_length(behind);
    part->sign = rest->data[0];
    if (part->sign == '#' && behind.length > 0 && behind.data[0] == '*')
        length = 1;
    if ((length == 0) != (part->sign == '!'))
        return false;
    part->token = (struct mig_text){behind.data, length};
    skip(rest, 1 + length);
    skip_spaces(rest);
    return true;
}

/* Whether the text is #TOKEN followed by parts whose signs are among `signs`, and nothing else. */
static bool is_tag(struct mig_text text, const char *signs, bool any_tag)
{
    struct part part;
    if (!next_part(&text, &part) || part.sign != '#' || (part.token.data[0] == '*' && !any_tag))
        return false;
    while (next_part(&text, &part))
        if (!strchr(signs, part.sign) || (part.sign == '!' && text.length > 0))
            return false;
    return text.length == 0;
}

static bool same_token(struct mig_text a, struct mig_text b)
{
    return a.length == b.length && strncasecmp(a.data, b.data, a.length) == 0;
}

static bool has_part(struct mig_text text, char sign, struct mig_text token)
{
    struct part part;
    while (next_part(&text, &part))
        if (part.sign == sign && same_token(part.token, token))
            return true;
    return false;
}

static bool has_only(struct mig_text tag, struct mig_text pattern)
{
    struct part part;
    while (next_part(&tag, &part))
        if (part.sign == '+' && !has_part(pattern, '+', part.token))
            return false;
    return true;
}

/* Both are well formed. */
static bool tag_fits(struct mig_text tag, struct mig_text pattern)
{
    struct mig_text rest = pattern;
    struct part part;
    while (next_part(&rest, &part)) {
        bool any = part.sign == '#' && part.token.data[0] == '*';
        bool fits = part.sign == '!'   ? has_only(tag, pattern)
                    : part.sign == '-' ? !has_part(tag, '+', part.token)
                                       : any || has_part(tag, part.sign, part.token);
        if (!fits)
            return false;
    }
    return true;
}

bool mig_header_is_tag(struct mig_text text)
{
    return is_tag(text, "+", false);
}

bool mig_header_is_tag_row(const struct mig_record *record)
{
    size_t filled = 0;
    size_t tags = 0;
    for (size_t i = 0; i < record->count; i++) {
        struct mig_text text = record->cells[i].text;
        tags += mig_header_is_tag(text);
        skip_spaces(&text);
        filled += text.length > 0;
    }
    return filled > 0 && 2 * tags >= filled;
}

bool mig_header_is_near_tag_row(const struct mig_record *record)
{
    size_t filled = 0;
    for (size_t i = 0; i < record->count; i++) {
        struct mig_text text = mig_text_trim(record->cells[i].text);
        if (text.length == 0)
            continue;
        filled++;
        if (text.length < 2 || text.data[0] != '#' || (text.data[1] >= '0' && text.data[1] <= '9'))
            return false;
    }
    return filled > 1;
}

size_t mig_header_spoiled_tag(const struct mig_record *record)
{
    for (size_t i = 0; i < record->count; i++) {
        struct mig_text text = record->cells[i].text;
        if (mig_header_is_tag(text))
            continue;
        skip_spaces(&text);
        if (text.length > 0)
            return i;
    }
    return record->count;
}

/* The header. */

static char **copy_texts(const struct mig_record *record, size_t count)
{
    char **texts = calloc(count ? count : 1, sizeof *texts);
    for (size_t i = 0; texts && i < count; i++) {
        struct mig_text text = {"", 0};
        if (i < record->count)
            text = mig_text_trim(record->cells[i].text);
        texts[i] = mig_text_copy(text);
        if (!texts[i]) {
            while (i > 0)
                free(texts[--i]);
            free(texts);
            return NULL;
        }
    }
    return texts;
}

enum mig_status mig_header_init(struct mig_header *header, const struct mig_record *names,
    const struct mig_record *tags, struct mig_error *error)
{
    *header = (struct mig_header){0};
    header->names = copy_texts(names, names->count);
    if (!header->names)
        return mig_fail_memory(error);
    header->count = names->count;
    if (tags)
        header->tags = copy_texts(tags, names->count);
    if (tags && !header->tags) {
        mig_header_release(header);
        return mig_fail_memory(error);
    }
    return MIG_OK;
}

enum mig_status mig_header_by_position(
    struct mig_header *header, size_t count, struct mig_error *error)
{
    *header = (struct mig_header){.names = calloc(count, sizeof *header->names)};
    if (!header->names)
        return mig_fail_memory(error);
    while (header->count < count) {
        char name[40];
        int length = snprintf(name, sizeof name, "column_%zu", header->count + 1);
        char *copy = mig_text_copy((struct mig_text){name, (size_t)length});
        if (!copy)
            return mig_fail_memory(error);
        header->names[header->count++] = copy;
    }
    return MIG_OK;
}

bool mig_header_is(const struct mig_header *header, const struct mig_record *record)
{
    bool same = record->count == header->count;
    for (size_t i = 0; same && i < record->count; i++)
        same = mig_text_equal(mig_text_trim(record->cells[i].text), mig_text_of(header->names[i]));
    return same;
}

void mig_header_release(struct mig_header *header)
{
    if (!header)
        return;
    for (size_t i = 0; i < header->count; i++) {
        free(header->names[i]);
        if (header->tags)
            free(header->tags[i]);
    }
    free(header->names);
    free(header->tags);
    *header = (struct mig_header){0};
}

/* Finding columns. */

/* Which columns are meant: those of one name, or those whose tags fit a pattern. */
struct choice {
    const struct mig_header *header;
    const char *wanted;
    bool by_tag;
};

static bool is_meant(const struct choice *choice, size_t column)
{
    const struct mig_header *header = choice->header;
    if (!choice->by_tag)
        return strcmp(header->names[column], choice->wanted) == 0;
    struct mig_text tag = mig_text_of(header->tags[column]);
    return mig_header_is_tag(tag) && tag_fits(tag, mig_text_of(choice->wanted));
}

static size_t count_meant(const struct choice *choice, size_t *first)
{
    size_t count = 0;
    for (size_t i = choice->header->count; i-- > 0;) {
        if (is_meant(choice, i)) {
            *first = i;
            count++;
        }
    }
    return count;
}

static enum mig_status list_texts(
    char *const *texts, size_t count, struct mig_buffer *list, struct mig_error *error)
{
    enum mig_status status = mig_buffer_append(list, "", 0, error);
    for (size_t i = 0; i < count && status == MIG_OK; i++)
        if (texts[i][0] != '\0')
            status = mig_buffer_print(list, error, "%s%s", list->length ? ", " : "", texts[i]);
    return status;
}

static enum mig_status fail_with_list(const char *format, const char *wanted, char *const *texts,
    size_t count, struct mig_error *error)
{
    struct mig_buffer list = {0};
    enum mig_status status = list_texts(texts, count, &list, error);
    if (status == MIG_OK)
        status = mig_fail(error, MIG_NAME, format, wanted, list.data);
    mig_buffer_release(&list);
    return status;
}

static enum mig_status nearest_name(
    const struct mig_header *header, const char *wanted, size_t *nearest, struct mig_error *error)
{
    struct mig_text *names = calloc(header->count, sizeof *names);
    *nearest = header->count;
    if (!names)
        return mig_fail_memory(error);
    for (size_t i = 0; i < header->count; i++)
        names[i] = mig_text_of(header->names[i]);
    *nearest = mig_text_nearest(mig_text_of(wanted), names, header->count);
    free(names);
    return MIG_OK;
}

static size_t count_named(const struct mig_header *header)
{
    size_t named = 0;
    for (size_t i = 0; i < header->count; i++)
        named += header->names[i][0] != '\0';
    return named;
}

static enum mig_status fail_no_name(
    const struct mig_header *header, const char *wanted, struct mig_error *error)
{
    size_t nearest;
    enum mig_status status = nearest_name(header, wanted, &nearest, error);
    if (status != MIG_OK)
        return status;
    if (nearest < header->count)
        return mig_fail(
            error, MIG_NAME, _("no column '%s'; nearest is '%s'"), wanted, header->names[nearest]);
    if (header->count > 1 && count_named(header) == 1)
        return mig_fail(error, MIG_NAME,
            _("no column '%s'; the first line names one column of %zu: if it is a title, mig-clean "
              "leaves it out"),
            wanted, header->count);
    if (header->count == 1 && strpbrk(header->names[0], ",;\t|"))
        return mig_fail(error, MIG_NAME,
            _("no column '%s'; the only column is '%s': does another delimiter separate the cells "
              "(--delimiter)?"),
            wanted, header->names[0]);
    if (header->count == 1)
        return mig_fail(error, MIG_NAME,
            _("no column '%s'; the only column is '%s': if that is a title, mig-clean leaves it "
              "out"),
            wanted, header->names[0]);
    if (header->count > MOST_COLUMNS_LISTED)
        return mig_fail(error, MIG_NAME, _("no column '%s'"), wanted);
    return fail_with_list(
        _("no column '%s'; columns are %s"), wanted, header->names, header->count, error);
}

static enum mig_status fail_no_tag(
    const struct mig_header *header, const char *wanted, struct mig_error *error)
{
    if (!header->tags)
        return mig_fail(error, MIG_NAME, _("no column '%s': there is no row of HXL tags"), wanted);
    return fail_with_list(
        _("no column's tag fits '%s'; tags are %s"), wanted, header->tags, header->count, error);
}

static enum mig_status fail_several(
    const struct choice *choice, size_t count, struct mig_error *error)
{
    if (!choice->by_tag)
        return mig_fail(error, MIG_NAME, _("column '%s' occurs %zu times"), choice->wanted, count);
    const struct mig_header *header = choice->header;
    char **names = calloc(count, sizeof *names);
    if (!names)
        return mig_fail_memory(error);
    size_t found = 0;
    for (size_t i = 0; i < header->count; i++)
        if (is_meant(choice, i))
            names[found++] = header->names[i];
    enum mig_status status =
        fail_with_list(_("'%s' fits several columns: %s"), choice->wanted, names, count, error);
    free(names);
    return status;
}

enum mig_status mig_header_find(
    const struct mig_header *header, const char *wanted, size_t *index, struct mig_error *error)
{
    struct choice choice = {header, wanted, false};
    size_t count = count_meant(&choice, index);
    if (count == 0 && wanted[0] == '#') {
        if (!is_tag(mig_text_of(wanted), "+-!", true))
            return mig_fail(error, MIG_NAME,
                _("'%s' is neither a column nor an HXL pattern such as '#affected+f'"), wanted);
        choice.by_tag = header->tags != NULL;
        count = choice.by_tag ? count_meant(&choice, index) : 0;
    }
    if (count == 0)
        return wanted[0] == '#' ? fail_no_tag(header, wanted, error)
                                : fail_no_name(header, wanted, error);
    return count == 1 ? MIG_OK : fail_several(&choice, count, error);
}
