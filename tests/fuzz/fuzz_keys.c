/* Key lists: whatever the list, it is read or refused with an error; keys that are read give every
 * cell a key or an error in that cell; and the classes of band() stand in the order of the values
 * in them. */
#include <stdint.h>

#include "../table.h"
#include "table/keys.h"
#include "table/order.h"

static void require(bool holds)
{
    if (!holds)
        abort();
}

/* In rising order as far as they are numbers. */
static const char *const values[] = {"-1e300", "-12345678901234567890", "-18", "-1.5", "-1", "-0.5",
    "0", "1e-300", "0.5", "1", "1.5", "5", "17", "17.999", "18", "60", "2025",
    "12345678901234567890", "1e300", "", "NA", "2025-09-30", "2025-W40", "2025-09", "2025-Q3",
    "word"};
enum { COUNT = sizeof values / sizeof *values, NUMBERS = 19 };

static bool read_value(const struct mig_keys *keys, size_t key, const struct mig_input *input,
    size_t value, char scratch[MIG_KEY_TEXT], struct mig_text *text)
{
    struct mig_cell cells[3];
    struct mig_error error = {0};
    for (size_t i = 0; i < 3; i++)
        cells[i] = (struct mig_cell){.text = mig_text_of(values[value]), .line = 7};
    const struct mig_row row = {.cells = cells, .count = 3, .line = 7, .file = "file"};
    enum mig_status status = mig_keys_read(keys, key, input, &row, scratch, text, &error);
    require(status == error.status);
    require(
        status == MIG_OK || (error.line == 7 && error.column == mig_keys_column(keys, key) + 1));
    require(status != MIG_OK || text->length == 0 || values[value][0] != '\0');
    return status == MIG_OK;
}

static void check_key(const struct mig_keys *keys, size_t key, const struct mig_input *input)
{
    char scratch[2][MIG_KEY_TEXT];
    struct mig_text last = {NULL, 0}, text;
    bool plain = mig_keys_is_plain(keys, key);
    for (size_t i = 0; i < COUNT; i++) {
        bool fits = read_value(keys, key, input, i, scratch[i % 2], &text);
        require(fits || !plain);
        if (i < NUMBERS && fits) {
            require(text.length > 0);
            require(last.data == NULL || mig_key_compare(last, text) <= 0);
            last = text;
        }
    }
}

static void check_keys(struct mig_keys *keys, const struct mig_input *input)
{
    struct mig_error_list errors = {0};
    enum mig_status status = mig_keys_bind(keys, mig_input_header(input), &errors);
    require((status == MIG_OK) == (errors.count == 0));
    for (size_t i = 0; i < keys->count && status == MIG_OK; i++) {
        require(mig_keys_name(keys, i)[0] != '\0');
        require(mig_keys_column(keys, i) < 3);
        check_key(keys, i, input);
    }
    mig_error_list_release(&errors);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct table table;
    struct mig_keys keys = {0};
    struct mig_error error = {0};
    char *list = mig_text_copy((struct mig_text){(const char *)data, size});
    if (table.input == NULL)
        table_open(&table, "a,year,#x\n");
    require(list != NULL);
    enum mig_status status = mig_keys_parse(&keys, list, &error);
    require(status == error.status);
    require(status != MIG_OK || (keys.count == 0) == (list[0] == '\0'));
    if (status == MIG_OK)
        check_keys(&keys, table.input);
    mig_keys_release(&keys);
    free(list);
    return 0;
}
