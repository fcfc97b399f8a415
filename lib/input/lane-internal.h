/* Fast lane, private: records of sound CSV straight out of memory, without copying.
 *
 * Blocks of 64 bytes are classified, and from the bits follows what stands inside quotes (a running exclusive or) and
 * where cells and records end. A record is handed out when no doubt is left about it; any other is declined as a whole,
 * and libcsv reads it: quotes that RFC 4180 does not allow, NUL, a CR without LF, bytes that are no UTF-8, a cell or record
 * near the limits, and one whose end is not in the window.
 */
#ifndef MIGSTAT_INPUT_LANE_INTERNAL_H
#define MIGSTAT_INPUT_LANE_INTERNAL_H

#include <stdint.h>

#include "classify-internal.h"
#include "batch.h"
#include "reader.h"
#include "window-internal.h"

struct mig_lane;

/* Takes classified blocks into the index. */
typedef uint64_t mig_index(struct mig_lane *lane, const struct mig_classes *classes, size_t count,
    size_t at, uint64_t valid);

struct mig_lane {
    mig_classify *classify;
    mig_index *index;
    char delimiter;
    char quote; /* NUL: none */
    size_t max_cell;

    /* The index: places in the window, ascending. */
    uint32_t *ends;  /* where cells end; ends[cell - 1] stands one before the record that comes next */
    uint32_t *feeds; /* where records end; each is also the end of a cell */
    size_t n_ends, n_feeds;
    size_t cell, record; /* the first that are not yet handed out */
    size_t ends_capacity, feeds_capacity;
    size_t indexed;  /* the window's bytes up to here */
    size_t begin;    /* of the record that comes next; SIZE_MAX: not known */
    size_t fetches;  /* of the window, as it was when the index was begun */
    size_t inner;    /* records that begin before this may hold quotes or line ends within quotes */
    size_t checked;  /* up to the byte before this one, the last end in the index, UTF-8 was looked for */
    bool high;       /* there are bytes above it that are not ASCII */
    size_t invalid;  /* the first byte up to there that is not valid in UTF-8, or SIZE_MAX */
    size_t doubt;    /* the first byte in the index about which there is another doubt, or SIZE_MAX */
    uint64_t inside; /* at `indexed`: all ones within quotes, else 0 */
    uint64_t after_end, after_closing, after_back; /* what the byte before `indexed` is: 1 or 0 */

    struct mig_cell *cells; /* those that are not wanted stay empty */
    size_t capacity;        /* of `cells` */
    size_t width;           /* cells of the last record */
    size_t *wanted;         /* columns, ascending; NULL: all */
    size_t n_wanted;
    struct mig_text *batch; /* of the wanted columns, MIG_BATCH texts each */
    bool keep_blank_lines; /* as records: those are declined */
    size_t shyness;        /* records that are declined unseen after the next doubt */
    size_t shy;            /* those that still are, after the last one */
    size_t sound;          /* records handed out since then */
};

enum mig_lane_answer {
    MIG_LANE_RECORD,   /* handed out; window->position and window->line are behind it */
    MIG_LANE_BLANK,    /* so they are behind a blank line */
    MIG_LANE_DECLINED, /* libcsv must read the record */
    MIG_LANE_MORE,     /* the record does not end in the window */
};

/* `quote` may be MIG_NO_QUOTE. Errors: MIG_NO_MEMORY. */
enum mig_status MIG_MUST_USE mig_lane_init(struct mig_lane *lane, char delimiter, char quote,
    size_t max_cell, struct mig_error *error);

/* From now on only the cells of these columns are filled; the others are empty. `wanted` is copied. Errors: MIG_NO_MEMORY. */
enum mig_status MIG_MUST_USE mig_lane_want(struct mig_lane *lane, const bool *wanted, size_t count,
    struct mig_error *error);

/* Passes over the blank line or hands out the record at the window's position, which is a record's start. Its cells stand until the next call or the window's next
 * refill; the bytes behind them are overwritten with 0. */
enum mig_lane_answer mig_lane_next(
    struct mig_lane *lane, struct mig_window *window, struct mig_record *record);

/* Whether the end of the record at the window's position, where the index goes on, is in the index, or comes to be. */
enum mig_lane_answer mig_lane_find_record(struct mig_lane *lane, const struct mig_window *window);

/* What stands between `begin` and `end`, its quotes taken off. Where there are none `quote` is NUL,
 * with which no cell begins. */
static inline struct mig_text mig_lane_unquote(char *begin, char *end, char quote)
{
    bool quoted = *begin == quote;
    begin += quoted;
    end -= quoted;
    *end = '\0';
    return (struct mig_text){begin, (size_t)(end - begin)};
}

/* Hands out the next records as far as all is plain about them: each has `width` cells and is no blank line, and all that the index
 * holds is sound. */
void mig_lane_take_batch(
    struct mig_lane *lane, struct mig_window *window, size_t width, struct mig_batch *batch);

/* The cells of the record on `line` whose wanted texts stand at `texts`, MIG_BATCH apart. */
const struct mig_cell *mig_lane_row(const struct mig_lane *lane, const struct mig_window *window,
    const struct mig_text *texts, size_t line);

void mig_lane_release(struct mig_lane *lane);

#endif
