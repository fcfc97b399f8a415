/* Any bytes are read to the end or to an error, and to the same whatever the read size. The first
 * byte chooses delimiter, encoding, blank lines, and whether the rest stands behind what the reader
 * reads ahead. */
#include <stdint.h>

#include "../dump.h"
#include "../temporary.h"
#include "input/input.h"

static void read_as_table(char *path, struct mig_input_options options)
{
    struct mig_input *input;
    struct mig_row row;
    struct mig_error error;
    if (mig_input_open(&input, &path, 1, &options, &error) != MIG_OK)
        return;
    while (mig_input_next(input, &row, &error) == MIG_OK && row.count > 0)
        (void)mig_input_is_missing(input, row.cells[0].text);
    size_t index;
    (void)!mig_header_find(mig_input_header(input), "#adm1+f!", &index, &error);
    mig_input_free(input);
}

static struct temporary write_file(const uint8_t *data, size_t size, bool behind_sample)
{
    static char bytes[128 * 1024];
    size_t sample = behind_sample ? 64 * 1024 : 0;
    if (size > sizeof bytes - sample)
        size = sizeof bytes - sample;
    memset(bytes, '\n', sample);
    if (size > 0)
        memcpy(bytes + sample, data, size);
    return temporary_file(bytes, sample + size);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char delimiters[] = {0, ',', ';', '\t'};
    static const char *const encodings[] = {NULL, "windows-1252", "utf-16le", "utf-8"};
    if (size == 0)
        return 0;
    bool behind_sample = data[0] & 128;
    struct temporary file = write_file(data + 1, size - 1, behind_sample);
    struct mig_reader_options options = {.delimiter = delimiters[data[0] & 3],
        .encoding = encodings[data[0] >> 2 & 3],
        .max_cell = 20,
        .read_size = behind_sample ? 5 : 1};
    bool keep = data[0] & 16;
    struct mig_buffer pieces = {0};
    struct mig_buffer whole = {0};
    enum mig_status one = dump_file(file.path, &options, keep, &pieces);
    options.read_size = 0;
    enum mig_status all = dump_file(file.path, &options, keep, &whole);
    if (one != all || pieces.length != whole.length ||
        memcmp(pieces.data, whole.data, whole.length) != 0)
        abort();
    mig_buffer_release(&pieces);
    mig_buffer_release(&whole);
    read_as_table(file.path, (struct mig_input_options){.reader = options,
                                 .missing = "NA",
                                 .find_header = data[0] & 32,
                                 .pass_ragged = data[0] & 64});
    unlink(file.path);
    return 0;
}
