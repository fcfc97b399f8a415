/* Parts: readers that are given a text's records block by block. */
#include "input/reader-internal.h"

#include <stdlib.h>
#include <string.h>

#include "input/classify-internal.h"

/* What is found in a block on the way to the end of its last record. */
struct counts {
    uint64_t quotes; /* an odd number of bits is set when there is an odd number of quotes */
    size_t newlines;
};

static void count_blocks(
    const struct mig_reader *reader, const char *bytes, size_t blocks, struct counts *counts)
{
    enum { AT_ONCE = 16 };
    struct mig_classes classes[AT_ONCE];
    mig_classify *classify = mig_classifiers()[0].classify;
    bool feeds = reader->window.newline == '\n';
    while (blocks > 0) {
        size_t some = blocks < AT_ONCE ? blocks : AT_ONCE;
        classify(bytes, some, reader->delimiter, (char)mig_dialect_quote(reader->quote), classes);
        for (size_t i = 0; i < some; i++) {
            counts->quotes ^= classes[i].quote;
            counts->newlines += mig_count_bits(feeds ? classes[i].feed : classes[i].back);
        }
        bytes += some * MIG_BLOCK;
        blocks -= some;
    }
}

static struct counts count(const struct mig_reader *reader, const char *bytes, size_t length)
{
    struct counts counts = {0};
    char rest[MIG_BLOCK] = {0}; /* NUL is no quote but where there is none */
    size_t whole = length / MIG_BLOCK * MIG_BLOCK;
    memcpy(rest, bytes + whole, length - whole);
    count_blocks(reader, bytes, length / MIG_BLOCK, &counts);
    count_blocks(reader, rest, 1, &counts);
    return counts;
}

/* Where the last record ends that ends among `length` bytes, which begin with a record; 0: there is
 * none. `*newlines` counts those up to there. What stands inside quotes is known from their number,
 * the two of a pair being an end and a beginning, as far as they are sound. Where they are not, the
 * record is found at fault by whoever reads it, before anything behind it is of interest. */
static size_t last_end(
    const struct mig_reader *reader, const char *bytes, size_t length, size_t *newlines)
{
    struct counts counts = count(reader, bytes, length);
    bool quotes = reader->quote != MIG_NO_QUOTE;
    bool inside = quotes && mig_count_bits(counts.quotes) % 2 == 1;
    *newlines = counts.newlines;
    for (size_t end = length; end > 0; end--) {
        char last = bytes[end - 1];
        if (quotes && last == reader->quote)
            inside = !inside;
        else if (!inside && (last == '\n' || last == '\r'))
            return end;
        *newlines -= last == reader->window.newline;
    }
    return 0;
}

/* Moves bytes that the whole has at hand to the part, and reads more from the source behind them.
 */
static void fill(struct mig_reader *part, struct mig_reader *whole, size_t size)
{
    struct mig_window *to = &part->window, *from = &whole->window;
    size_t left = from->length - from->position;
    to->position = 0;
    to->length = left < size ? left : size;
    to->fetches++;
    memcpy(to->bytes, from->bytes + from->position, to->length);
    from->position += to->length;
    while (to->length < size && !from->ended && from->failed == MIG_OK) {
        size_t got;
        from->failed = mig_source_fill(
            from->source, to->bytes + to->length, size - to->length, &got, &from->fault);
        to->length += from->failed == MIG_OK ? got : 0;
        from->ended = from->failed == MIG_OK && got == 0;
    }
}

/* Hands what stands behind `end` back. It is what was moved last, or fits where that came from. */
static void give_back(struct mig_reader *part, struct mig_reader *whole, size_t end)
{
    struct mig_window *from = &part->window, *to = &whole->window;
    size_t length = from->length - end;
    from->length = end;
    from->fetches++; /* what was indexed behind it is there no more */
    if (to->position >= length) {
        to->position -= length;
    } else {
        memmove(to->bytes + length, to->bytes + to->position, to->length - to->position);
        to->length += length - to->position;
        to->position = 0;
    }
    memcpy(to->bytes + to->position, from->bytes + end, length);
    mig_reader_find_feed(part);
}

/* A record that does not end within a block is read at once, on and on from the source. */
static enum mig_status read_long_record(struct mig_reader *part, struct mig_reader *whole,
    struct mig_record *record, struct mig_error *error)
{
    struct mig_window *window = &part->window;
    give_back(part, whole, 0);
    fill(part, whole, window->capacity);
    window->source = whole->source;
    window->ended = whole->window.ended;
    window->failed = whole->window.failed;
    window->fault = whole->window.fault;
    mig_reader_find_feed(part);
    enum mig_status status = mig_reader_next(part, record, error);
    whole->window.line = window->line;
    whole->window.ended = window->ended;
    whole->window.failed = window->failed;
    whole->window.fault = window->fault;
    whole->after_return = part->after_return;
    part->after_return = false;
    window->source = NULL;
    window->failed = MIG_OK;
    window->ended = true;
    give_back(part, whole, window->position);
    return status;
}

enum mig_status mig_reader_take(struct mig_reader *part, struct mig_reader *whole, size_t size,
    struct mig_record *record, struct mig_error *error)
{
    struct mig_window *window = &part->window;
    size_t newlines;
    *record = (struct mig_record){0};
    fill(part, whole, size < window->capacity ? size : window->capacity);
    window->line = whole->window.line;
    window->ended = true;
    part->after_return = whole->after_return;
    if (whole->window.position == whole->window.length &&
        (whole->window.ended || whole->window.failed != MIG_OK)) {
        window->failed = whole->window.failed;
        window->fault = whole->window.fault;
        whole->taken = true;
        mig_reader_find_feed(part);
        return MIG_OK;
    }
    size_t end = last_end(part, window->bytes, window->length, &newlines);
    if (end == 0)
        return read_long_record(part, whole, record, error);
    whole->window.line += newlines;
    whole->after_return = window->bytes[end - 1] == '\r';
    give_back(part, whole, end);
    return MIG_OK;
}

/* As large as the window of the whole, so that what is given back fits there. */
enum mig_status mig_reader_part(
    struct mig_reader **part, const struct mig_reader *whole, struct mig_error *error)
{
    struct mig_reader *new = calloc(1, sizeof *new);
    *part = NULL;
    if (new == NULL)
        return mig_fail_memory(error);
    new->max_cell = whole->max_cell;
    new->delimiter = whole->delimiter;
    new->quote = whole->quote;
    new->invalid = whole->invalid;
    new->in_lane = whole->in_lane;
    mig_reader_init_parser(new);
    enum mig_status status = mig_source_part(&new->source, whole->source, error);
    if (status == MIG_OK)
        status = mig_window_init(&new->window, NULL, whole->window.capacity, error);
    if (status == MIG_OK)
        status = mig_lane_init(&new->lane, new->delimiter, new->quote, new->max_cell, error);
    if (status == MIG_OK && whole->wanted != NULL)
        status = mig_reader_want(new, whole->wanted, whole->n_wanted, error);
    if (status != MIG_OK) {
        mig_reader_free(new);
        return status;
    }
    mig_reader_keep_blank_lines(new, whole->keep_blank_lines);
    new->window.newline = whole->window.newline;
    new->window.ended = true;
    *part = new;
    return MIG_OK;
}
