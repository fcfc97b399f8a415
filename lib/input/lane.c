#include "input/lane-internal.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "input/classify-internal.h"
#include "input/input-internal.h"

#define PIECE ((size_t)8192) /* bytes that are indexed at a time */
#define MOST_SHYNESS ((size_t)1024)
#define MANY_SOUND ((size_t)64) /* records without a doubt, after which it is forgotten */
#define FOUR_FIT ((size_t)4)    /* places are written by fours */

/* The index. */

/* These are compiled twice: see index_newer(). */
#define INLINE static inline __attribute__((always_inline))

INLINE uint64_t exclusive_or_so_far(uint64_t bits)
{
    for (int shift = 1; shift < 64; shift *= 2)
        bits ^= bits << shift;
    return bits;
}

INLINE uint32_t place_of(uint64_t bits)
{
    return (uint32_t)__builtin_ctzll(bits | UINT64_C(1) << 63);
}

/* Writes the places of the bits, and up to three places more that mean nothing: a loop of fours
 * ends where the processor expects it to. */
INLINE size_t write_places(uint64_t bits, size_t at, uint32_t *places)
{
    size_t count = (size_t)__builtin_popcountll(bits);
    for (uint32_t *place = places; bits != 0; place += 4) {
        place[0] = (uint32_t)at + place_of(bits);
        bits &= bits - 1;
        place[1] = (uint32_t)at + place_of(bits);
        bits &= bits - 1;
        place[2] = (uint32_t)at + place_of(bits);
        bits &= bits - 1;
        place[3] = (uint32_t)at + place_of(bits);
        bits &= bits - 1;
    }
    return count;
}

/* Follows the quotes through a block: takes delimiters and line feeds within them, and bits that
 * are not `valid`, out of `is`, and notes what is not plain. */
INLINE void follow_quotes(struct mig_lane *lane, struct mig_classes *is, size_t at, uint64_t valid)
{
    uint64_t quotes = lane->quote != '\0' ? is->quote & valid : 0;
    uint64_t inside = quotes != 0 ? exclusive_or_so_far(quotes) ^ lane->inside : lane->inside;
    uint64_t feeds = is->feed & ~inside & valid;
    uint64_t ends = (is->delimiter & ~inside & valid) | feeds;
    uint64_t backs = is->back & ~inside;
    uint64_t opening = quotes & inside;
    uint64_t closing = quotes & ~inside;
    uint64_t after_end = ends << 1 | lane->after_end;
    uint64_t after_closing = closing << 1 | lane->after_closing;
    uint64_t after_back = backs << 1 | lane->after_back;
    uint64_t doubts = (opening & ~(after_end | after_closing)) |
                      (after_closing & ~(ends | backs | opening)) | (after_back & ~feeds) | is->nul;
    uint64_t inner = (is->feed & inside) | (opening & after_closing);
    lane->inside = (uint64_t)0 - (inside >> 63);
    lane->after_closing = closing >> 63;
    lane->after_back = backs >> 63;
    if ((doubts & valid) != 0 && lane->doubt == SIZE_MAX)
        lane->doubt = at + (size_t)__builtin_ctzll(doubts & valid);
    if ((inner & valid) != 0)
        lane->inner = at + MIG_BLOCK;
    is->delimiter = ends;
    is->feed = feeds;
}

/* Takes blocks into the index; of the last one `valid` has a bit for each byte, the others are NUL.
 * Returns the bits of those that are not ASCII, of all blocks together. */
INLINE uint64_t index_any(struct mig_lane *lane, const struct mig_classes *classes, size_t count,
    size_t at, uint64_t valid)
{
    uint32_t *ends = lane->ends + lane->n_ends, *feeds = lane->feeds + lane->n_feeds;
    uint64_t high = 0;
    for (size_t i = 0; i < count; i++, at += MIG_BLOCK) {
        struct mig_classes is = classes[i];
        high |= is.high;
        uint64_t open = lane->inside | lane->after_closing | lane->after_back;
        uint64_t last = i + 1 < count ? ~UINT64_C(0) : valid;
        if ((is.quote | is.back | is.nul | open) != 0)
            follow_quotes(lane, &is, at, last);
        is.delimiter |= is.feed;
        lane->after_end = is.delimiter >> 63;
        ends += write_places(is.delimiter, at, ends);
        feeds += write_places(is.feed, at, feeds);
    }
    lane->n_ends = (size_t)(ends - lane->ends);
    lane->n_feeds = (size_t)(feeds - lane->feeds);
    return high;
}

static uint64_t index_plain(struct mig_lane *lane, const struct mig_classes *classes, size_t count,
    size_t at, uint64_t valid)
{
    return index_any(lane, classes, count, at, valid);
}

#if defined(__x86_64__)
/* Where bits are counted, found and cleared in one instruction each. */
__attribute__((target("bmi,popcnt"))) static uint64_t index_newer(struct mig_lane *lane,
    const struct mig_classes *classes, size_t count, size_t at, uint64_t valid)
{
    return index_any(lane, classes, count, at, valid);
}
#endif

static mig_index *choose_index(void)
{
#if defined(__x86_64__)
    if (__builtin_cpu_supports("bmi") && __builtin_cpu_supports("popcnt"))
        return index_newer;
#endif
    return index_plain;
}

/* Moves what is not yet handed out to the front, with the end before it, and makes room. */
static bool make_room(struct mig_lane *lane)
{
    size_t ends = lane->n_ends - (lane->cell - 1);
    size_t feeds = lane->n_feeds - lane->record;
    if (lane->cell > 1)
        memmove(lane->ends, lane->ends + lane->cell - 1, ends * sizeof *lane->ends);
    if (lane->record > 0)
        memmove(lane->feeds, lane->feeds + lane->record, feeds * sizeof *lane->feeds);
    lane->n_ends = ends;
    lane->n_feeds = feeds;
    lane->cell = 1;
    lane->record = 0;
    size_t need = PIECE + FOUR_FIT;
    uint32_t *grown = lane->ends;
    if (ends + need > lane->ends_capacity)
        grown = mig_grow(lane->ends, &lane->ends_capacity, ends + need, sizeof *grown);
    if (grown != NULL)
        lane->ends = grown;
    uint32_t *more = lane->feeds;
    if (feeds + need > lane->feeds_capacity)
        more = mig_grow(lane->feeds, &lane->feeds_capacity, feeds + need, sizeof *more);
    if (more != NULL)
        lane->feeds = more;
    return grown != NULL && more != NULL;
}

/* The window as far as places can be written down. */
static size_t reach_of(const struct mig_window *window)
{
    return window->length < UINT32_MAX - MIG_BLOCK ? window->length : UINT32_MAX - MIG_BLOCK;
}

/* Looks for what is no UTF-8 from `from` on, up to the last end: there no character is cut. `high`:
 * what was indexed last has bytes that are not ASCII. */
static void check_utf8(struct mig_lane *lane, const char *bytes, size_t from, bool high)
{
    size_t end = lane->n_ends > 1 ? lane->ends[lane->n_ends - 1] : from;
    lane->invalid = SIZE_MAX;
    if (end > from && (high || lane->high)) {
        struct mig_text text = {bytes + from, end - from};
        size_t valid = mig_text_valid_utf8(text);
        lane->invalid = valid < text.length ? from + valid : SIZE_MAX;
    }
    lane->high = high || (lane->high && end <= from);
    lane->checked = end > from ? end : from;
}

/* Takes the next piece of the window into the index. */
static void extend_index(struct mig_lane *lane, const struct mig_window *window)
{
    struct mig_classes classes[PIECE / MIG_BLOCK];
    size_t left = reach_of(window) - lane->indexed;
    size_t length = left < PIECE ? left : PIECE;
    size_t blocks = length / MIG_BLOCK;
    const char *bytes = window->bytes + lane->indexed;
    lane->classify(bytes, blocks, lane->delimiter, lane->quote, classes);
    uint64_t high = lane->index(lane, classes, blocks, lane->indexed, ~UINT64_C(0));
    size_t rest = length % MIG_BLOCK;
    if (rest > 0) {
        char last[MIG_BLOCK] = {0};
        memcpy(last, bytes + blocks * MIG_BLOCK, rest);
        lane->classify(last, 1, lane->delimiter, lane->quote, classes);
        high |= lane->index(
            lane, classes, 1, lane->indexed + blocks * MIG_BLOCK, (UINT64_C(1) << rest) - 1);
    }
    lane->indexed += length;
    if (lane->invalid == SIZE_MAX)
        check_utf8(lane, window->bytes, lane->checked, high != 0);
}

/* Begins anew at the window's position. */
static void reset(struct mig_lane *lane, const struct mig_window *window)
{
    lane->ends[0] = (uint32_t)window->position - 1;
    lane->n_ends = lane->cell = 1;
    lane->n_feeds = lane->record = 0;
    lane->begin = lane->indexed = window->position;
    lane->fetches = window->fetches;
    lane->inner = 0;
    lane->checked = window->position;
    lane->high = false;
    lane->invalid = lane->doubt = SIZE_MAX;
    lane->inside = lane->after_closing = lane->after_back = 0;
    lane->after_end = 1;
}

/* Behind a doubt about quotes the index is not to be trusted. Where one follows another, in a file
 * with bare CRs, say, more and more records are left to libcsv before the next is looked at. */
static enum mig_lane_answer shy_away(struct mig_lane *lane)
{
    lane->begin = SIZE_MAX;
    lane->sound = 0;
    lane->shy = lane->shyness;
    lane->shyness = lane->shyness < MOST_SHYNESS ? 2 * lane->shyness + 1 : MOST_SHYNESS;
    return MIG_LANE_DECLINED;
}

enum mig_lane_answer mig_lane_find_record(struct mig_lane *lane, const struct mig_window *window)
{
    while (lane->record == lane->n_feeds) {
        if (lane->doubt != SIZE_MAX)
            return shy_away(lane);
        if (lane->indexed >= reach_of(window))
            return MIG_LANE_MORE;
        if (!make_room(lane))
            return MIG_LANE_DECLINED;
        extend_index(lane, window);
    }
    return MIG_LANE_RECORD;
}

/* Records. */

/* The number of cells of the record that ends at `feed`: mostly that of the one before it. */
static size_t count_cells(const struct mig_lane *lane, uint32_t feed)
{
    const uint32_t *ends = lane->ends + lane->cell;
    size_t most = lane->n_ends - lane->cell;
    if (lane->width > 0 && lane->width <= most && ends[lane->width - 1] == feed)
        return lane->width;
    size_t count = 1;
    while (ends[count - 1] != feed)
        count++;
    return count;
}

static bool is_blank(const char *text, size_t length)
{
    while (length > 0 && (*text == ' ' || *text == '\t')) {
        text++;
        length--;
    }
    return length == 0;
}

/* Room for cells, empty ones. */
static bool grow_cells(struct mig_lane *lane, size_t count)
{
    size_t before = lane->capacity;
    struct mig_cell *cells = mig_grow(lane->cells, &lane->capacity, count, sizeof *cells);
    if (cells == NULL)
        return false;
    lane->cells = cells;
    for (size_t i = before; i < lane->capacity; i++)
        cells[i] = (struct mig_cell){{"", 0}, 0, false};
    return true;
}

static inline void set_cell(struct mig_cell *cell, char *begin, char *end, char quote, size_t line)
{
    cell->text = mig_lane_unquote(begin, end, quote);
    cell->line = line;
    cell->quoted_empty = cell->text.length == 0 && cell->text.data > begin;
}

/* Fills the wanted cells of the record: cell i stands between ends[i] and ends[i + 1]. (What the
 * lane holds is taken out of it first: to the compiler any byte that is written may change it.) */
static void set_cells(const struct mig_lane *lane, char *bytes, const uint32_t *ends, size_t line)
{
    struct mig_cell *cells = lane->cells;
    const size_t *wanted = lane->wanted;
    const size_t width = lane->width, n_wanted = lane->n_wanted;
    const char quote = lane->quote;
    if (wanted == NULL)
        for (size_t i = 0; i < width; i++)
            set_cell(&cells[i], bytes + (uint32_t)(ends[i] + 1), bytes + ends[i + 1], quote, line);
    for (size_t i = 0; i < n_wanted && wanted[i] < width; i++) {
        const uint32_t *end = ends + wanted[i];
        set_cell(&cells[wanted[i]], bytes + (uint32_t)(end[0] + 1), bytes + end[1], quote, line);
    }
}

/* Records with line ends or quotes within quotes. */

static size_t count_feeds(const char *begin, const char *end)
{
    size_t count = 0;
    while (begin < end && (begin = memchr(begin, '\n', (size_t)(end - begin))) != NULL) {
        begin++;
        count++;
    }
    return count;
}

/* Of two quotes one is left. */
static void halve_quotes(struct mig_text *text, char *bytes, char quote)
{
    char *quoted = memchr(bytes, quote, text->length);
    if (quoted == NULL)
        return;
    char *out = quoted;
    for (char *in = quoted; in < bytes + text->length; in++) {
        *out++ = *in;
        in += *in == quote;
    }
    *out = '\0';
    text->length = (size_t)(out - bytes);
}

static struct mig_cell *wanted_cell(const struct mig_lane *lane, size_t i)
{
    size_t column = lane->wanted != NULL && i < lane->n_wanted ? lane->wanted[i] : i;
    bool there = (lane->wanted == NULL || i < lane->n_wanted) && column < lane->width;
    return there ? &lane->cells[column] : NULL;
}

/* Puts right what set_cells() took for one line without quotes inside. */
static void look_closely(struct mig_lane *lane, char *bytes, size_t line)
{
    const char *at = bytes + lane->begin;
    struct mig_cell *cell;
    for (size_t i = 0; (cell = wanted_cell(lane, i)) != NULL; i++) {
        line += count_feeds(at, cell->text.data);
        at = cell->text.data;
        cell->line = line;
    }
    for (size_t i = 0; lane->quote != '\0' && (cell = wanted_cell(lane, i)) != NULL; i++)
        halve_quotes(&cell->text, bytes + (cell->text.data - bytes), lane->quote);
}

/* Whether there is a doubt about the record up to `feed`, of `width` cells. */
static bool is_doubtful(const struct mig_lane *lane, size_t feed, size_t width)
{
    size_t length = feed - lane->begin;
    return feed > lane->doubt || feed > lane->invalid || length > lane->max_cell ||
           length + width * MIG_CELL_COST > MIG_MAX_RECORD;
}

/* Goes on behind the record. */
static void pass(struct mig_lane *lane, uint32_t feed, size_t width)
{
    lane->cell += width;
    lane->ends[lane->cell - 1] = feed;
    lane->record++;
    lane->begin = (size_t)feed + 1;
}

static enum mig_lane_answer decline(
    struct mig_lane *lane, const char *bytes, uint32_t feed, size_t width)
{
    if (feed > lane->doubt)
        return shy_away(lane);
    pass(lane, feed, width);
    if (feed > lane->invalid)
        check_utf8(lane, bytes, lane->begin, true);
    return MIG_LANE_DECLINED;
}

static void hand_out(struct mig_lane *lane, struct mig_window *window, const uint32_t *ends,
    size_t width, struct mig_record *record)
{
    size_t line = window->line++;
    bool inner = lane->begin < lane->inner;
    if (inner)
        window->line += count_feeds(window->bytes + lane->begin, window->bytes + ends[width]);
    lane->width = width;
    if (lane->shyness > 0 && ++lane->sound == MANY_SOUND)
        lane->shyness = 0;
    set_cells(lane, window->bytes, ends, line);
    if (inner)
        look_closely(lane, window->bytes, line);
    *record = (struct mig_record){lane->cells, width, line, NULL};
}

/* The record of `width` cells whose LF stands at `feed`. */
static enum mig_lane_answer take_record(struct mig_lane *lane, struct mig_window *window,
    uint32_t feed, size_t width, struct mig_record *record)
{
    char *bytes = window->bytes;
    uint32_t *ends = lane->ends + lane->cell - 1; /* of its cells, from 1 on */
    enum mig_lane_answer answer = MIG_LANE_RECORD;
    ends[width] = feed - (feed > lane->begin && bytes[feed - 1] == '\r');
    if (width == 1 && is_blank(bytes + lane->begin, ends[1] - lane->begin)) {
        if (lane->keep_blank_lines)
            return decline(lane, bytes, feed, width);
        window->line++;
        answer = MIG_LANE_BLANK;
    } else {
        hand_out(lane, window, ends, width, record);
    }
    pass(lane, feed, width);
    window->position = lane->begin;
    return answer;
}

enum mig_lane_answer mig_lane_next(
    struct mig_lane *lane, struct mig_window *window, struct mig_record *record)
{
    if (lane->shy > 0) {
        lane->shy--;
        return MIG_LANE_DECLINED;
    }
    if (lane->begin != window->position || lane->fetches != window->fetches)
        reset(lane, window);
    if (lane->record == lane->n_feeds) {
        enum mig_lane_answer answer = mig_lane_find_record(lane, window);
        if (answer != MIG_LANE_RECORD)
            return answer;
    }
    uint32_t feed = lane->feeds[lane->record];
    size_t width = count_cells(lane, feed);
    if (is_doubtful(lane, feed, width) || (width > lane->capacity && !grow_cells(lane, width)))
        return decline(lane, window->bytes, feed, width);
    return take_record(lane, window, feed, width, record);
}

/* Life. */

enum mig_status mig_lane_init(
    struct mig_lane *lane, char delimiter, char quote, size_t max_cell, struct mig_error *error)
{
    *lane = (struct mig_lane){.classify = mig_classifiers()->classify,
        .index = choose_index(),
        .delimiter = delimiter,
        .quote = (char)mig_dialect_quote(quote),
        .max_cell = max_cell,
        .begin = SIZE_MAX,
        .cell = 1};
    return make_room(lane) ? MIG_OK : mig_fail_memory(error);
}

enum mig_status mig_lane_want(
    struct mig_lane *lane, const bool *wanted, size_t count, struct mig_error *error)
{
    free(lane->wanted);
    lane->n_wanted = 0;
    lane->wanted = calloc(count + 1, sizeof *lane->wanted);
    if (lane->wanted == NULL)
        return mig_fail_memory(error);
    for (size_t i = 0; i < count; i++)
        if (wanted[i])
            lane->wanted[lane->n_wanted++] = i;
    free(lane->batch);
    lane->batch = calloc(lane->n_wanted + 1, MIG_BATCH * sizeof *lane->batch);
    if (lane->batch == NULL)
        return mig_fail_memory(error);
    for (size_t i = 0; i < lane->capacity; i++)
        lane->cells[i] = (struct mig_cell){{"", 0}, 0, false};
    return MIG_OK;
}

void mig_lane_release(struct mig_lane *lane)
{
    free(lane->ends);
    free(lane->feeds);
    free(lane->cells);
    free(lane->wanted);
    free(lane->batch);
    *lane = (struct mig_lane){0};
}
