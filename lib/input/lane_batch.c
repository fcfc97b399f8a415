/* Records of the fast lane by the dozen. */
#include "input/input-internal.h"
#include "input/lane-internal.h"

/* Whether no record in the index needs a closer look. */
static bool is_all_sound(const struct mig_lane *lane, size_t width)
{
    size_t length = lane->indexed - lane->begin;
    return lane->doubt == SIZE_MAX && lane->invalid == SIZE_MAX && lane->begin >= lane->inner &&
           lane->shyness == 0 && length <= lane->max_cell &&
           length + width * MIG_CELL_COST <= MIG_MAX_RECORD;
}

/* A record of one cell that begins like this may be a blank line. */
static bool may_be_blank(char first)
{
    return first == ' ' || first == '\t' || first == '\r' || first == '\n';
}

/* The next records in the index that have `width` cells. */
static size_t count_records(const struct mig_lane *lane, const char *bytes, size_t width)
{
    const uint32_t *before = lane->ends + lane->cell - 1, *ends = before + 1;
    const uint32_t *feeds = lane->feeds + lane->record;
    size_t most = lane->n_feeds - lane->record;
    size_t whole = (lane->n_ends - lane->cell) / width, count = 0;
    most = most < whole ? most : whole;
    most = most < MIG_BATCH ? most : MIG_BATCH;
    while (count < most && ends[(count + 1) * width - 1] == feeds[count] &&
           (width > 1 || !may_be_blank(bytes[(uint32_t)(before[count] + 1)])))
        count++;
    return count;
}

/* The texts of a column of the next records; behind the last one there may be a CR. */
static inline void take_column(const struct mig_lane *lane, char *bytes, size_t column,
    size_t width, bool last, struct mig_text *texts, size_t count)
{
    const uint32_t *ends = lane->ends + lane->cell + column;
    const char quote = lane->quote;
    for (size_t i = 0; i < count; i++, ends += width) {
        char *begin = bytes + (uint32_t)(ends[-1] + 1), *end = bytes + ends[0];
        if (last)
            end -= end > begin && end[-1] == '\r';
        texts[i] = mig_lane_unquote(begin, end, quote);
    }
}

static void take_columns(const struct mig_lane *lane, char *bytes, size_t width, size_t count)
{
    struct mig_text *texts = lane->batch;
    for (size_t slot = 0; slot < lane->n_wanted; slot++, texts += MIG_BATCH) {
        size_t column = lane->wanted[slot];
        if (column + 1 < width)
            take_column(lane, bytes, column, width, false, texts, count);
        else
            take_column(lane, bytes, column, width, true, texts, count);
    }
}

/* Goes on behind records of `width` cells. */
static void pass_all(struct mig_lane *lane, struct mig_window *window, size_t width, size_t count)
{
    lane->cell += count * width;
    lane->record += count;
    lane->begin = (size_t)lane->ends[lane->cell - 1] + 1;
    lane->width = width;
    window->position = lane->begin;
    window->line += count;
}

void mig_lane_take_batch(
    struct mig_lane *lane, struct mig_window *window, size_t width, struct mig_batch *batch)
{
    bool ready = lane->shy == 0 && lane->begin == window->position &&
                 lane->fetches == window->fetches && width <= lane->capacity &&
                 lane->n_wanted > 0 && lane->wanted[lane->n_wanted - 1] < width;
    if (!ready || mig_lane_find_record(lane, window) != MIG_LANE_RECORD ||
        !is_all_sound(lane, width))
        return;
    size_t count = count_records(lane, window->bytes, width);
    take_columns(lane, window->bytes, width, count);
    *batch = (struct mig_batch){count, window->line, lane->batch};
    if (count > 0)
        pass_all(lane, window, width, count);
}

const struct mig_cell *mig_lane_row(const struct mig_lane *lane, const struct mig_window *window,
    const struct mig_text *texts, size_t line)
{
    for (size_t slot = 0; slot < lane->n_wanted; slot++) {
        struct mig_text text = texts[slot * MIG_BATCH];
        bool quoted_empty = text.length == 0 && lane->quote != '\0' && text.data > window->bytes &&
                            text.data[-1] == lane->quote;
        lane->cells[lane->wanted[slot]] = (struct mig_cell){text, line, quoted_empty};
    }
    return lane->cells;
}
