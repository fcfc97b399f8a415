/* Any bytes that can be split are, read range by range, what they are as a whole; and what can't be
 * read as a whole can't be read so. The first byte chooses how the table is read, and how many
 * ranges are wanted. */
#include <stdint.h>

#include "../dump.h"
#include "../temporary.h"
#include "input/split.h"

/* Appends the rows with their lines. */
static enum mig_status read_rows(
    char *path, const struct mig_input_options *options, struct mig_buffer *out)
{
    struct mig_input *input;
    struct mig_row row;
    enum mig_status status = mig_input_open(&input, &path, 1, options, NULL);
    while (status == MIG_OK) {
        status = mig_input_next(input, &row, NULL);
        if (status != MIG_OK || row.count == 0)
            break;
        struct mig_record record = {row.cells, row.count, row.line, NULL};
        dump_record(out, &record);
    }
    mig_input_free(input);
    return status;
}

struct reading {
    char *path;
    struct mig_input_options options;
    struct mig_buffer rows;
};

static enum mig_status read_part(
    void *context, const struct mig_split_part *part, struct mig_error *error)
{
    struct reading *reading = context;
    struct mig_input_options options = reading->options;
    options.range = &part->range;
    (void)error;
    return read_rows(reading->path, &options, &reading->rows);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char delimiters[] = {0, ',', ';', '\t'};
    if (size == 0)
        return 0;
    struct temporary file = temporary_file(data + 1, size - 1);
    struct reading reading = {.path = file.path,
        .options = {.reader = {.delimiter = delimiters[data[0] & 3],
                        .quote = data[0] & 4 ? MIG_NO_QUOTE : '"',
                        .max_cell = 1000},
            .no_header = data[0] & 8}};
    struct mig_split_size wanted = {.ranges = data[0] & 16 ? 1 + (data[0] >> 5) : 0,
        .rows = data[0] & 16 ? 0 : 1 + (data[0] >> 5)};
    struct mig_rows_place place;
    struct mig_input *input;
    bool plain = false;
    enum mig_status status = mig_input_open(&input, &reading.path, 1, &reading.options, NULL);
    if (status == MIG_OK)
        plain = mig_input_place(input, &place, NULL) == MIG_OK;
    if (plain)
        status = mig_split(input, &wanted, read_part, &reading, NULL);
    mig_input_free(input);
    struct mig_buffer whole = {0};
    enum mig_status of_whole = read_rows(file.path, &reading.options, &whole);
    if (plain && (status == MIG_OK) != (of_whole == MIG_OK))
        abort();
    if (plain && status == MIG_OK &&
        (whole.length != reading.rows.length ||
            (whole.length > 0 && memcmp(whole.data, reading.rows.data, whole.length) != 0)))
        abort();
    mig_buffer_release(&whole);
    mig_buffer_release(&reading.rows);
    unlink(file.path);
    return 0;
}
