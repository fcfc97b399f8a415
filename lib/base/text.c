#include "base/text.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

struct mig_text mig_text_of(const char *terminated)
{
    return (struct mig_text){terminated, terminated != NULL ? strlen(terminated) : 0};
}

bool mig_text_equal(struct mig_text a, struct mig_text b)
{
    return a.length == b.length && (a.length == 0 || memcmp(a.data, b.data, a.length) == 0);
}

int mig_text_compare(struct mig_text a, struct mig_text b)
{
    size_t shared = a.length < b.length ? a.length : b.length;
    int order = shared > 0 ? memcmp(a.data, b.data, shared) : 0;
    if (order != 0)
        return order;
    return (a.length > b.length) - (a.length < b.length);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

struct mig_text mig_text_trim(struct mig_text text)
{
    while (text.length > 0 && is_blank(text.data[0])) {
        text.data++;
        text.length--;
    }
    while (text.length > 0 && is_blank(text.data[text.length - 1]))
        text.length--;
    return text;
}

struct mig_text mig_text_head(struct mig_text text, size_t longest)
{
    if (text.length <= longest)
        return text;
    text.length = longest;
    while (text.length > 0 && ((unsigned char)text.data[text.length] & 0xC0) == 0x80)
        text.length--;
    return text;
}

bool mig_text_cut(struct mig_text *rest, char separator, struct mig_text *piece)
{
    if (rest->data == NULL)
        return false;
    *piece = *rest;
    const char *end = rest->length > 0 ? memchr(rest->data, separator, rest->length) : NULL;
    if (end == NULL) {
        *rest = (struct mig_text){NULL, 0};
        return true;
    }
    piece->length = (size_t)(end - rest->data);
    rest->data = end + 1;
    rest->length -= piece->length + 1;
    return true;
}

const char *mig_text_scan_name(const char *at, const char *stops, struct mig_text *name)
{
    while (is_blank(*at))
        at++;
    bool quoted = *at == '`';
    at += quoted;
    *name = (struct mig_text){at, strcspn(at, quoted ? "`" : stops)};
    at += name->length;
    if (!quoted) {
        *name = mig_text_trim(*name);
        return at;
    }
    if (*at != '`')
        return NULL;
    do
        at++;
    while (is_blank(*at));
    return at;
}

char *mig_text_copy(struct mig_text text)
{
    char *copy = malloc(text.length + 1);
    if (copy == NULL)
        return NULL;
    if (text.length > 0)
        memcpy(copy, text.data, text.length);
    copy[text.length] = '\0';
    return copy;
}

/* The bytes of the character that begins at `data`, or a value < 1 when it is not valid UTF-8. */
static utf8proc_ssize_t next_character(const char *data, size_t left, utf8proc_int32_t *character)
{
    utf8proc_ssize_t limit = left > 4 ? 4 : (utf8proc_ssize_t)left;
    return utf8proc_iterate((const utf8proc_uint8_t *)data, limit, character);
}

bool mig_text_same_in_any_case(struct mig_text a, struct mig_text b)
{
    while (a.length > 0 && b.length > 0) {
        utf8proc_int32_t x, y;
        utf8proc_ssize_t size_a = next_character(a.data, a.length, &x);
        utf8proc_ssize_t size_b = next_character(b.data, b.length, &y);
        if (size_a < 1 || size_b < 1 || utf8proc_tolower(x) != utf8proc_tolower(y))
            return false;
        a = (struct mig_text){a.data + size_a, a.length - (size_t)size_a};
        b = (struct mig_text){b.data + size_b, b.length - (size_t)size_b};
    }
    return a.length == 0 && b.length == 0;
}

uint32_t mig_text_hash_in_any_case(struct mig_text text)
{
    uint32_t hash = UINT32_C(2166136261); /* FNV-1a, by characters instead of bytes */
    while (text.length > 0) {
        unsigned char byte = (unsigned char)text.data[0];
        utf8proc_int32_t character = byte;
        utf8proc_ssize_t size = 1;
        if (byte >= 0x80)
            size = next_character(text.data, text.length, &character);
        if (size < 1)
            break;
        bool capital = byte >= 'A' && byte <= 'Z';
        character = byte >= 0x80 ? utf8proc_tolower(character) : capital ? byte | 32 : byte;
        hash = (hash ^ (uint32_t)character) * UINT32_C(16777619);
        text = (struct mig_text){text.data + size, text.length - (size_t)size};
    }
    return hash;
}

static size_t ascii_run(const char *data, size_t length)
{
    size_t i = 0;
    for (; i + sizeof(uint64_t) <= length; i += sizeof(uint64_t)) {
        uint64_t block;
        memcpy(&block, data + i, sizeof block);
        if (block & UINT64_C(0x8080808080808080))
            break;
    }
    while (i < length && (unsigned char)data[i] < 0x80)
        i++;
    return i;
}

size_t mig_text_valid_utf8(struct mig_text text)
{
    size_t at = 0;
    while (at < text.length) {
        at += ascii_run(text.data + at, text.length - at);
        if (at == text.length)
            break;
        utf8proc_int32_t character;
        utf8proc_ssize_t size = next_character(text.data + at, text.length - at, &character);
        if (size < 1)
            break;
        at += (size_t)size;
    }
    return at;
}

/* The number of bytes that follow a lead byte, and the range of the first of them; 0 for what leads
 * nothing. */
static size_t followers(unsigned char lead, unsigned char *low, unsigned char *high)
{
    *low = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
    *high = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
    if (lead < 0xc2 || lead > 0xf4)
        return 0;
    return lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
}

size_t mig_text_invalid_utf8(struct mig_text text)
{
    const unsigned char *bytes = (const unsigned char *)text.data;
    unsigned char low, high;
    size_t most = followers(bytes[0], &low, &high);
    size_t length = 1;
    while (
        length <= most && length < text.length && bytes[length] >= low && bytes[length] <= high) {
        length++;
        low = 0x80;
        high = 0xbf;
    }
    return length;
}

size_t mig_text_width(struct mig_text text)
{
    size_t width = 0;
    for (size_t at = 0; at < text.length;) {
        utf8proc_int32_t character;
        utf8proc_ssize_t size = next_character(text.data + at, text.length - at, &character);
        if (size < 1)
            return width + (text.length - at);
        width += (size_t)utf8proc_charwidth(character);
        at += (size_t)size;
    }
    return width;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

static size_t smallest(size_t a, size_t b, size_t c)
{
    size_t least = a < b ? a : b;
    return least < c ? least : c;
}

/* Fills row `i` of the table of distances between beginnings of `a` and of `b`; `rows` holds the
 * rows i, i-1 and i-2. */
static void distance_row(size_t *rows[3], size_t i, struct mig_text a, struct mig_text b)
{
    rows[0][0] = i;
    for (size_t j = 1; j <= b.length; j++) {
        bool same = lower(a.data[i - 1]) == lower(b.data[j - 1]);
        size_t best = smallest(rows[1][j] + 1, rows[0][j - 1] + 1, rows[1][j - 1] + (same ? 0 : 1));
        bool swapped = i > 1 && j > 1 && lower(a.data[i - 1]) == lower(b.data[j - 2]) &&
                       lower(a.data[i - 2]) == lower(b.data[j - 1]);
        if (swapped && rows[2][j - 2] + 1 < best)
            best = rows[2][j - 2] + 1;
        rows[0][j] = best;
    }
}

size_t mig_text_distance(struct mig_text a, struct mig_text b)
{
    size_t width = b.length + 1;
    size_t *cells = calloc(3 * width, sizeof *cells);
    if (cells == NULL)
        return SIZE_MAX;
    size_t *rows[3] = {cells, cells + width, cells + 2 * width};
    for (size_t j = 0; j < width; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= a.length; i++) {
        size_t *oldest = rows[2];
        rows[2] = rows[1];
        rows[1] = rows[0];
        rows[0] = oldest;
        distance_row(rows, i, a, b);
    }
    size_t distance = rows[0][b.length];
    free(cells);
    return distance;
}

size_t mig_text_nearest(struct mig_text wanted, const struct mig_text *candidates, size_t count)
{
    enum { LONGEST_NAME = 256 }; /* keeps the quadratic distance out of reach of odd headers */
    size_t nearest = count;
    size_t best = wanted.length <= 6 ? 2 : wanted.length / 3;
    if (wanted.length > LONGEST_NAME)
        return count;
    for (size_t i = 0; i < count; i++) {
        if (candidates[i].length > LONGEST_NAME)
            continue;
        size_t distance = mig_text_distance(wanted, candidates[i]);
        bool shared = distance < candidates[i].length || distance == 0;
        if (shared && distance <= best && (nearest == count || distance < best)) {
            nearest = i;
            best = distance;
        }
    }
    return nearest;
}
