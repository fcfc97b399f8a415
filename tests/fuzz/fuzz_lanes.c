/* Both lanes of the reader say the same of any bytes. The first two choose delimiter, quote,
 * limits, what to do with bytes that are not valid, the columns, and the size of reads; the third
 * whether all stands behind what is read ahead. */
#include <stdint.h>

#include "../lanes.h"
#include "../temporary.h"

static struct lanes_options choose(const uint8_t choice[2])
{
    static const char delimiters[] = {',', ';', '\t', 0};
    static const char quotes[] = {0, '\'', MIG_NO_QUOTE, 0};
    static const bool wanted[] = {false, true, true, false, true};
    struct lanes_options options = {.keep = choice[0] & 16};
    options.reader = (struct mig_reader_options){.delimiter = delimiters[choice[0] & 3],
        .quote = quotes[choice[0] >> 2 & 3],
        .max_cell = choice[0] & 32 ? 10 : 0,
        .end_line = choice[0] & 64 ? 5 : 0,
        .encoding = choice[0] & 128 ? "windows-1252" : NULL,
        .invalid = (enum mig_invalid)((choice[1] & 3) % 3),
        .read_size = choice[1] >> 3};
    if (choice[1] & 4) {
        options.wanted = wanted;
        options.n_wanted = sizeof wanted;
        options.batches = true;
    }
    return options;
}

static struct temporary write_file(const uint8_t *data, size_t size, bool behind_sample)
{
    static char bytes[128 * 1024];
    size_t sample = behind_sample ? 64 * 1024 : 0;
    memset(bytes, '\n', sample);
    if (size > sizeof bytes - sample)
        size = sizeof bytes - sample;
    if (size > 0)
        memcpy(bytes + sample, data, size);
    return temporary_file(bytes, sample + size);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 3)
        return 0;
    struct lanes_options options = choose(data);
    struct temporary file = write_file(data + 3, size - 3, data[2] % 4 == 0 && !options.keep);
    bool agree = lanes_agree(file.path, &options);
    unlink(file.path);
    if (!agree)
        abort();
    return 0;
}
