/* A table that is written and read back is the same table, as CSV and as TSV, whatever its cells
 * hold. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "../table.h"
#include "base/random.h"
#include "output/writer.h"

enum { MOST_COLUMNS = 5, MOST_ROWS = 12, LONGEST = 6, TABLES = 2000 };

struct example {
    size_t columns, rows;
    struct mig_buffer names[MOST_COLUMNS];
    struct mig_buffer cells[MOST_ROWS][MOST_COLUMNS];
};

static void make_text(
    struct mig_random *random, const char *const *letters, uint32_t count, struct mig_buffer *text)
{
    uint32_t length = mig_random_below(random, LONGEST + 1);
    DUMP(text, "%s", "");
    for (uint32_t i = 0; i < length; i++)
        DUMP(text, "%s", letters[mig_random_below(random, count)]);
}

static void make_table(
    struct mig_random *random, const char *const *letters, uint32_t count, struct example *table)
{
    *table = (struct example){.columns = 1 + mig_random_below(random, MOST_COLUMNS),
        .rows = mig_random_below(random, MOST_ROWS + 1)};
    for (size_t i = 0; i < table->columns; i++) {
        DUMP(&table->names[i], "<"); /* blanks around names are not kept */
        make_text(random, letters, count, &table->names[i]);
        DUMP(&table->names[i], ">");
    }
    for (size_t row = 0; row < table->rows; row++)
        for (size_t i = 0; i < table->columns; i++)
            make_text(random, letters, count, &table->cells[row][i]);
}

static void release_table(struct example *table)
{
    for (size_t i = 0; i < table->columns; i++)
        mig_buffer_release(&table->names[i]);
    for (size_t row = 0; row < table->rows; row++)
        for (size_t i = 0; i < table->columns; i++)
            mig_buffer_release(&table->cells[row][i]);
}

static void write_table(const struct example *table, enum mig_format format, struct mig_buffer *out)
{
    char *text = NULL;
    size_t length;
    const char *names[MOST_COLUMNS];
    struct mig_writer *writer;
    FILE *stream = open_memstream(&text, &length);
    assert_non_null(stream);
    for (size_t i = 0; i < table->columns; i++)
        names[i] = table->names[i].data;
    assert_int_equal(
        mig_writer_open(&writer, stream, format, 10, names, table->columns, NULL), MIG_OK);
    for (size_t row = 0; row < table->rows; row++) {
        for (size_t i = 0; i < table->columns; i++)
            mig_writer_text(writer, mig_buffer_text(&table->cells[row][i]));
        assert_int_equal(mig_writer_end_row(writer, NULL), MIG_OK);
    }
    assert_int_equal(mig_writer_close(writer, NULL), MIG_OK);
    mig_writer_free(writer);
    assert_int_equal(fclose(stream), 0);
    assert_int_equal(mig_buffer_append(out, text, length, NULL), MIG_OK);
    free(text);
}

static void assert_text(struct mig_text got, const struct mig_buffer *wanted)
{
    assert_int_equal(got.length, wanted->length);
    assert_memory_equal(got.data, wanted->data, wanted->length);
}

static void check_table(const struct example *example, enum mig_format format, char delimiter)
{
    const struct mig_input_options options = {.reader = {.delimiter = delimiter}};
    struct table table;
    struct mig_buffer text = {0};
    struct mig_row row;
    write_table(example, format, &text);
    table_open_with(&table, mig_buffer_text(&text), &options);
    const struct mig_header *header = table_header(&table);
    assert_int_equal(header->count, example->columns);
    for (size_t i = 0; i < example->columns; i++)
        assert_text(mig_text_of(header->names[i]), &example->names[i]);
    for (size_t at = 0; at < example->rows; at++) {
        assert_int_equal(mig_input_next(table.input, &row, NULL), MIG_OK);
        assert_int_equal(row.count, example->columns);
        for (size_t i = 0; i < example->columns; i++)
            assert_text(row.cells[i].text, &example->cells[at][i]);
    }
    assert_int_equal(mig_input_next(table.input, &row, NULL), MIG_OK);
    assert_int_equal(row.count, 0);
    mig_buffer_release(&text);
    table_close(&table);
}

static void check_tables(enum mig_format format, char delimiter)
{
    static const char *const letters[] = {"\"", "\"\"", ",", ";", "\n", "\r", "\r\n", " ", "\t",
        "a", "n", "t", "0", "\\", "\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x98\x80", "\xE2\x80\xAF"};
    struct mig_random random;
    static struct example example;
    assert_int_equal(mig_random_init(&random, 5, 0, NULL), MIG_OK);
    for (int i = 0; i < TABLES; i++) {
        make_table(&random, letters, sizeof letters / sizeof *letters, &example);
        check_table(&example, format, delimiter);
        release_table(&example);
    }
    mig_random_release(&random);
}

static void csv_holds_every_text(void **state)
{
    (void)state;
    check_tables(MIG_CSV, ',');
}

static void tsv_holds_every_text(void **state)
{
    (void)state;
    check_tables(MIG_TSV, '\t');
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(csv_holds_every_text),
        cmocka_unit_test(tsv_holds_every_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
