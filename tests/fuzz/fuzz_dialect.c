/* Any bytes are read as a table to the end or to an error, and to the same whatever the read size,
 * with every option that says where the table stands. The first two bytes choose them. */
#include <stdint.h>

#include "../dump_input.h"
#include "../temporary.h"
#include "input/dialect.h"

static struct mig_input_options choose(const uint8_t choice[2])
{
    static const char delimiters[] = {0, 0, ',', ';'};
    static const char quotes[] = {0, 0, MIG_NO_QUOTE, '\''};
    static const char *const encodings[] = {NULL, NULL, "windows-1252", "utf-16le"};
    struct mig_input_options options = {.find_header = true,
        .header_rows = choice[1] & 3,
        .keep_footer = choice[1] & 4,
        .pass_ragged = choice[1] & 8};
    options.reader = (struct mig_reader_options){.delimiter = delimiters[choice[0] & 3],
        .quote = quotes[choice[0] >> 2 & 3],
        .encoding = encodings[choice[0] >> 4 & 3],
        .invalid = (enum mig_invalid)((choice[0] >> 6) % 3),
        .first_line = choice[1] & 16 ? 2 : 0,
        .end_line = choice[1] & 32 ? 5 : 0,
        .max_cell = 64};
    return options;
}

static void check_dialect(struct mig_text sample, char quote)
{
    char delimiter = ',';
    bool is_table;
    if (mig_dialect_delimiter(sample, quote, &delimiter, NULL) == MIG_OK &&
        mig_dialect_spoiled_titles(sample, delimiter, quote) > sample.length)
        abort();
    dump_check(mig_dialect_is_table(sample, delimiter, quote, &is_table, NULL));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2)
        return 0;
    struct mig_input_options options = choose(data);
    struct temporary file = temporary_file(data + 2, size - 2);
    struct mig_buffer pieces = {0};
    struct mig_buffer whole = {0};
    enum mig_status all = dump_input(file.path, &options, &whole);
    options.reader.read_size = 1;
    enum mig_status one = dump_input(file.path, &options, &pieces);
    if (one != all || !mig_text_equal(mig_buffer_text(&pieces), mig_buffer_text(&whole)))
        abort();
    mig_buffer_release(&pieces);
    mig_buffer_release(&whole);
    unlink(file.path);
    check_dialect((struct mig_text){(const char *)data + 2, size - 2},
        options.reader.quote ? options.reader.quote : '"');
    return 0;
}
