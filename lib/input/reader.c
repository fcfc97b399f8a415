#include "input/reader-internal.h"

#include <stdlib.h>
#include <string.h>

/* Whether the fast lane may look for a record: at the start of one that is to be read. */
static bool may_try_lane(struct mig_reader *reader)
{
    struct mig_window *window = &reader->window;
    if (!reader->in_lane || (reader->after_return && window->position == window->length))
        return false;
    if (reader->after_return && window->bytes[window->position] == '\n') {
        window->position++;
        window->line++;
        reader->after_return = false;
    }
    if (reader->end_line > 0 && window->line >= reader->end_line)
        return false;
    reader->after_return = false;
    return true;
}

/* What the lane finds, blank lines being counted. A record that goes on behind the window is looked
 * for again with more of the text. */
static bool take_from_lane(struct mig_reader *reader, struct mig_record *record)
{
    struct mig_window *window = &reader->window;
    bool extended = false;
    while (may_try_lane(reader)) {
        enum mig_lane_answer answer = mig_lane_next(&reader->lane, window, record);
        if (answer == MIG_LANE_BLANK) {
            reader->blank_lines++;
            extended = false;
            continue;
        }
        if (answer != MIG_LANE_MORE || window->ended || extended)
            return answer == MIG_LANE_RECORD;
        extended = mig_window_extend(window);
        mig_reader_find_feed(reader);
        if (!extended)
            return false;
    }
    return false;
}

void mig_reader_take_batch(struct mig_reader *reader, size_t width, struct mig_batch *batch)
{
    if (reader->wanted != NULL && reader->end_line == 0 && may_try_lane(reader))
        mig_lane_take_batch(&reader->lane, &reader->window, width, batch);
}

enum mig_status mig_reader_next(
    struct mig_reader *reader, struct mig_record *record, struct mig_error *error)
{
    if (take_from_lane(reader, record))
        return MIG_OK;
    enum mig_status status = mig_reader_next_of_libcsv(reader, record, error);
    for (size_t i = 0; status == MIG_OK && reader->wanted != NULL && i < record->count; i++)
        if (i >= reader->n_wanted || !reader->wanted[i])
            reader->cells[i] = (struct mig_cell){{"", 0}, 0, false};
    return status;
}

enum mig_status mig_reader_want(
    struct mig_reader *reader, const bool *wanted, size_t count, struct mig_error *error)
{
    bool *copy = calloc(count + 1, sizeof *copy);
    if (copy == NULL)
        return mig_fail_memory(error);
    if (count > 0)
        memcpy(copy, wanted, count * sizeof *copy);
    free(reader->wanted);
    reader->wanted = copy;
    reader->n_wanted = count;
    return mig_lane_want(&reader->lane, wanted, count, error);
}

void mig_reader_keep_blank_lines(struct mig_reader *reader, bool keep)
{
    reader->keep_blank_lines = keep;
    reader->lane.keep_blank_lines = keep;
}

char mig_reader_delimiter(const struct mig_reader *reader)
{
    return reader->delimiter;
}

size_t mig_reader_blank_lines(const struct mig_reader *reader)
{
    return reader->blank_lines;
}

size_t mig_reader_replaced(const struct mig_reader *reader)
{
    return reader->replaced;
}

size_t mig_reader_last_left_out(const struct mig_reader *reader)
{
    return reader->last_left_out;
}

bool mig_reader_is_misquoted(const struct mig_reader *reader)
{
    return reader->misquoted;
}

const char *mig_reader_found_encoding(const struct mig_reader *reader)
{
    bool found;
    const char *encoding = mig_source_encoding(reader->source, &found);
    return found ? encoding : NULL;
}

const char *mig_reader_name(const struct mig_reader *reader)
{
    return mig_source_name(reader->source);
}

void mig_reader_progress(const struct mig_reader *reader, uint64_t *taken, uint64_t *size)
{
    mig_source_progress(reader->source, taken, size);
}

void mig_reader_free(struct mig_reader *reader)
{
    if (!reader)
        return;
    csv_free(&reader->parser);
    mig_source_free(reader->source);
    mig_window_release(&reader->window);
    mig_lane_release(&reader->lane);
    free(reader->wanted);
    mig_buffer_release(&reader->blanks);
    mig_buffer_release(&reader->mended);
    free(reader->cells);
    free(reader->text);
    free(reader);
}
