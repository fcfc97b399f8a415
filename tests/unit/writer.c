/* Writer: the exact bytes of every format, escapes, alignment, failures. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "output/writer.h"

enum { MOST_ROWS = 8, MOST_COLUMNS = 4 };

/* A table of texts; '#' in front of a text makes it a number, NULL ends the rows. */
struct table {
    const char *names[MOST_COLUMNS];
    size_t columns;
    const char *rows[MOST_ROWS][MOST_COLUMNS];
};

static void write_rows(struct mig_writer *writer, const struct table *table)
{
    for (size_t row = 0; row < MOST_ROWS && table->rows[row][0]; row++) {
        for (size_t i = 0; i < table->columns; i++) {
            const char *cell = table->rows[row][i];
            if (cell[0] == '#')
                mig_writer_number_text(writer, mig_text_of(cell + 1));
            else
                mig_writer_string(writer, cell);
        }
        assert_int_equal(mig_writer_end_row(writer, NULL), MIG_OK);
    }
}

/* `names` are the columns that name the rows, ended by a negative one; `width` 0: not folded. */
static void expect_folded(enum mig_format format, const struct table *table, size_t width,
    const int *names, const char *wanted)
{
    char *got = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&got, &size);
    assert_non_null(stream);
    struct mig_writer *writer = NULL;
    assert_int_equal(
        mig_writer_open(&writer, stream, format, 10, table->names, table->columns, NULL), MIG_OK);
    mig_writer_fold(writer, width);
    for (size_t i = 0; names[i] >= 0; i++)
        mig_writer_names_rows(writer, (size_t)names[i]);
    write_rows(writer, table);
    assert_int_equal(mig_writer_close(writer, NULL), MIG_OK);
    mig_writer_free(writer);
    fclose(stream);
    assert_string_equal(got, wanted);
    assert_int_equal(size, strlen(wanted));
    free(got);
}

static const int none[] = {-1};

static void expect(enum mig_format format, const struct table *table, const char *wanted)
{
    expect_folded(format, table, 0, none, wanted);
}

static const struct table returns = {{"region", "n", "note"}, 3,
    {{"Gao", "#1203", ""}, {"Ségou", "#7.5", "ligne\r\nsuivante"}, {"", "", "日本"}}};

static const struct table no_rows = {{"region", "n"}, 2, {{NULL}}};

static void test_csv(void **state)
{
    (void)state;
    expect(
        MIG_CSV, &returns, "region,n,note\nGao,1203,\nSégou,7.5,\"ligne\r\nsuivante\"\n,,日本\n");
    expect(MIG_CSV, &no_rows, "region,n\n");
}

static void test_csv_quotes(void **state)
{
    (void)state;
    const struct table table = {
        {"a,b", "c"}, 2, {{"say \"no\"", "x y"}, {" x", "x\t"}, {"\r", "\n"}, {";", "'"}}};
    expect(
        MIG_CSV, &table, "\"a,b\",c\n\"say \"\"no\"\"\",x y\n\" x\",\"x\t\"\n\"\r\",\"\n\"\n;,'\n");
}

/* RFC 4180, and blanks at the ends, as simply as it can be said. */
static void append_quoted(struct mig_buffer *out, const char *cell, char delimiter)
{
    const char signs[] = {'"', '\n', '\r', delimiter, '\0'};
    bool quotes = strpbrk(cell, signs) != NULL || strchr(" \t", cell[0]) != NULL ||
                  strchr(" \t", cell[strlen(cell) - 1]) != NULL;
    assert_int_equal(mig_buffer_append(out, "\"", quotes, NULL), MIG_OK);
    for (; *cell != '\0'; cell++)
        assert_int_equal(
            mig_buffer_print(out, NULL, *cell == '"' ? "%c%c" : "%c", *cell, *cell), MIG_OK);
    assert_int_equal(mig_buffer_append(out, "\"", quotes, NULL), MIG_OK);
}

static void write_to(struct mig_writer *writer, char *cell, bool first)
{
    mig_writer_string(writer, first ? cell : "ab");
    mig_writer_string(writer, first ? "ab" : cell);
    assert_int_equal(mig_writer_end_row(writer, NULL), MIG_OK);
}

/* Every byte at every place of cells of 1 to 20 bytes. */
static void check_every_place(enum mig_format format, char delimiter)
{
    static const char *const names[] = {"x", "y"};
    enum { LONGEST = 20 };
    char *got = NULL, cell[LONGEST + 1];
    size_t size = 0;
    FILE *stream = open_memstream(&got, &size);
    struct mig_buffer wanted = {0};
    struct mig_writer *writer;
    assert_int_equal(mig_writer_open(&writer, stream, format, 10, names, 2, NULL), MIG_OK);
    for (size_t i = 0; i < 255 * LONGEST * LONGEST; i++) {
        size_t length = 1 + i / LONGEST % LONGEST, at = i % LONGEST % length;
        memset(cell, 'a', length);
        cell[length] = '\0';
        cell[at] = (char)(1 + i / (LONGEST * LONGEST));
        write_to(writer, cell, i % 2 == 0);
        append_quoted(&wanted, i % 2 == 0 ? cell : "ab", delimiter);
        assert_int_equal(mig_buffer_append(&wanted, &delimiter, 1, NULL), MIG_OK);
        append_quoted(&wanted, i % 2 == 0 ? "ab" : cell, delimiter);
        assert_int_equal(mig_buffer_append(&wanted, "\n", 1, NULL), MIG_OK);
    }
    assert_int_equal(mig_writer_close(writer, NULL), MIG_OK);
    mig_writer_free(writer);
    fclose(stream);
    assert_int_equal(size, wanted.length);
    assert_memory_equal(got, wanted.data, size);
    mig_buffer_release(&wanted);
    free(got);
}

static void test_quotes_at_every_place(void **state)
{
    (void)state;
    check_every_place(MIG_CSV_ROWS, ',');
    check_every_place(MIG_TSV_ROWS, '\t');
}

/* Rows of three cells, written one by one or at once. */
static char *write_texts(enum mig_format format, const struct mig_text (*rows)[3], size_t count,
    bool at_once, size_t *size)
{
    static const char *const names[] = {"x", "y", "z"};
    char *got = NULL;
    FILE *stream = open_memstream(&got, size);
    struct mig_writer *writer;
    assert_int_equal(mig_writer_open(&writer, stream, format, 10, names, 3, NULL), MIG_OK);
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < 3 && !at_once; j++)
            mig_writer_text(writer, rows[i][j]);
        if (at_once)
            mig_writer_texts(writer, rows[i], 3);
        assert_int_equal(mig_writer_end_row(writer, NULL), MIG_OK);
    }
    assert_int_equal(mig_writer_close(writer, NULL), MIG_OK);
    mig_writer_free(writer);
    fclose(stream);
    return got;
}

/* However the cells lie in memory: one byte apart (a 0, or what they were cut at), further apart,
 * in another order, the same one twice, empty ones among them. */
static void test_texts_at_once(void **state)
{
    (void)state;
    static const char m[] = "Gao\0\0x y\0a,b\0 c\0\0\0\"q\"\0l\nl";
    const struct mig_text rows[][3] = {{{m, 3}, {m + 4, 0}, {m + 5, 3}},
        {{m + 5, 3}, {m + 9, 3}, {m + 13, 2}}, {{m + 9, 1}, {m + 11, 1}, {m + 13, 2}},
        {{m + 16, 0}, {m + 17, 0}, {m + 18, 3}}, {{m + 18, 3}, {m + 22, 3}, {m, 3}},
        {{m, 3}, {m, 3}, {m + 4, 0}}, {{m + 5, 3}, {m + 5, 1}, {m + 7, 1}},
        {{m + 16, 0}, {m + 16, 0}, {m + 16, 0}}, {{m, 1}, {m + 2, 1}, {m + 5, 1}},
        {{m, 3}, {NULL, 0}, {m + 5, 1}}};
    for (enum mig_format format = MIG_CSV; format <= MIG_TSV_ROWS; format++) {
        size_t size, other_size, count = sizeof rows / sizeof *rows;
        char *one_by_one = write_texts(format, rows, count, false, &size);
        char *at_once = write_texts(format, rows, count, true, &other_size);
        assert_int_equal(size, other_size);
        assert_string_equal(one_by_one, at_once);
        if (format == MIG_CSV_ROWS)
            assert_string_equal(at_once, "Gao,,x y\nx y,\"a,b\",\" c\"\na,b,\" c\"\n"
                                         ",,\"\"\"q\"\"\"\n\"\"\"q\"\"\",\"l\nl\",Gao\n"
                                         "Gao,Gao,\nx y,x,y\n,,\nG,o,x\nGao,,x\n");
        free(one_by_one);
        free(at_once);
    }
}

static void test_csv_one_empty_cell(void **state)
{
    (void)state;
    const struct table one = {{"a"}, 1, {{"x"}, {""}}};
    const struct table two = {{"a", "b"}, 2, {{"", ""}}};
    expect(MIG_CSV, &one, "a\nx\n\"\"\n");
    expect(MIG_CSV, &two, "a,b\n,\n");
}

static void test_tsv(void **state)
{
    (void)state;
    const struct table table = {{"a\tb", "c"}, 2, {{"x\ny\rz", "\\n \"q\""}, {"", "#1"}}};
    expect(MIG_TSV, &table, "\"a\tb\"\tc\n\"x\ny\rz\"\t\"\\n \"\"q\"\"\"\n\t1\n");
    const struct table plain = {{"a", "b"}, 2, {{"x,y", "\\t"}, {" x", "x y"}}};
    expect(MIG_TSV, &plain, "a\tb\nx,y\t\\t\n\" x\"\tx y\n");
    const struct table one = {{"a"}, 1, {{"x"}, {""}}};
    expect(MIG_TSV, &one, "a\nx\n\"\"\n");
}

static void test_json(void **state)
{
    (void)state;
    expect(MIG_JSON, &returns,
        "[\n"
        "{\"region\": \"Gao\", \"n\": 1203, \"note\": null},\n"
        "{\"region\": \"Ségou\", \"n\": 7.5, \"note\": \"ligne\\u000d\\u000asuivante\"},\n"
        "{\"region\": null, \"n\": null, \"note\": \"日本\"}\n"
        "]\n");
    expect(MIG_JSON, &no_rows, "[\n]\n");
}

static void test_jsonl(void **state)
{
    (void)state;
    const struct table table = {
        {"\"k\"", "v"}, 2, {{"\x01\x1f\x7f/\\", "\b\t"}, {"1", "#-2"}, {"null", ""}}};
    expect(MIG_JSONL, &table,
        "{\"\\\"k\\\"\": \"\\u0001\\u001f\x7f/\\\\\", \"v\": \"\\u0008\\u0009\"}\n"
        "{\"\\\"k\\\"\": \"1\", \"v\": -2}\n"
        "{\"\\\"k\\\"\": \"null\", \"v\": null}\n");
    expect(MIG_JSONL, &no_rows, "");
}

/* RFC 8259, section 6: a JSON number has no '+', no zeros in front, and digits on both sides of the
 * point. */
static void test_json_numbers(void **state)
{
    (void)state;
    const struct table table = {{"a", "b", "c", "d"}, 4,
        {{"#+5", "#.5", "#-.5", "#007"}, {"#5.", "#-00.10", "#0", "#1.e5"},
            {"#000", "#1.5e-07", "#-0", "#10"}}};
    expect(MIG_JSONL, &table,
        "{\"a\": 5, \"b\": 0.5, \"c\": -0.5, \"d\": 7}\n"
        "{\"a\": 5, \"b\": -0.10, \"c\": 0, \"d\": 1e5}\n"
        "{\"a\": 0, \"b\": 1.5e-07, \"c\": -0, \"d\": 10}\n");
}

static void test_md(void **state)
{
    (void)state;
    expect(MIG_MD, &returns,
        "| region |    n | note              |\n"
        "| ------ | ---: | ----------------- |\n"
        "| Gao    | 1203 |                   |\n"
        "| Ségou  |  7.5 | ligne<br>suivante |\n"
        "|        |      | 日本              |\n");
    const struct table marks = {{"n", "conf_low"}, 2, {{"a|b*c", "_x_"}, {"<b>", "1\\2"}}};
    expect(MIG_MD, &marks,
        "| n       | conf_low |\n"
        "| ------- | -------- |\n"
        "| a\\|b\\*c | _x\\_     |\n"
        "| \\<b>    | 1\\\\2     |\n");
    expect(MIG_MD, &no_rows, "| region | n   |\n| ------ | --- |\n");
}

static void test_text(void **state)
{
    (void)state;
    expect(MIG_TEXT, &returns,
        "region     n  note\n"
        "──────  ────  ──────────────\n"
        "Gao     1203\n"
        "Ségou    7.5  ligne⏎suivante\n"
        "              日本\n");
    expect(MIG_TEXT, &no_rows, "region  n\n──────  ─\n");
}

/* One text among the numbers makes the column one of texts. */
static void test_text_mixed_column(void **state)
{
    (void)state;
    const struct table table = {{"age"}, 1, {{"#18"}, {"unknown"}}};
    expect(MIG_TEXT, &table, "age\n───────\n18\nunknown\n");
}

/* Terminal control sequences in a cell are shown, not sent: ESC, DEL, TAB and U+009B. */
static void test_text_control_characters(void **state)
{
    (void)state;
    const struct table table = {{"a"}, 1, {{"\x1b[2J\x7f\t\xc2\x9bx"}, {"é\n\r"}}};
    expect(MIG_TEXT, &table, "a\n────────\n␛[2J␡␉\ufffdx\né⏎⏎\n");
}

/* Wide characters take two cells of a terminal, combining ones none (Unicode Annex 11). */
static void test_text_width(void **state)
{
    (void)state;
    const struct table table = {{"a", "b"}, 2, {{"日本", "x"}, {"e\u0301", "y"}, {"abcde", "z"}}};
    expect(MIG_TEXT, &table, "a      b\n─────  ─\n日本   x\ne\u0301      y\nabcde  z\n");
}

static struct mig_writer *open_writer(FILE *stream, enum mig_format format, int precision)
{
    static const char *const names[] = {"a", "b", "c"};
    struct mig_writer *writer = NULL;
    assert_int_equal(mig_writer_open(&writer, stream, format, precision, names, 3, NULL), MIG_OK);
    return writer;
}

static void test_numbers(void **state)
{
    (void)state;
    char *got = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&got, &size);
    struct mig_writer *writer = open_writer(stream, MIG_CSV, 3);
    mig_writer_double(writer, 2.0 / 3);
    mig_writer_double(writer, NAN);
    mig_writer_double(writer, -INFINITY);
    assert_int_equal(mig_writer_end_row(writer, NULL), MIG_OK);
    struct mig_decimal decimal;
    struct mig_sum sum = {0};
    assert_int_equal(mig_decimal_parse(mig_text_of("12345.675"), &decimal, NULL), MIG_OK);
    assert_int_equal(mig_sum_add(&sum, &decimal, NULL), MIG_OK);
    mig_writer_count(writer, UINT64_MAX);
    mig_writer_sum(writer, &sum);
    mig_writer_empty(writer);
    assert_int_equal(mig_writer_end_row(writer, NULL), MIG_OK);
    assert_int_equal(mig_writer_close(writer, NULL), MIG_OK);
    mig_writer_free(writer);
    mig_sum_release(&sum);
    fclose(stream);
    assert_string_equal(got, "a,b,c\n0.667,,\n18446744073709551615,12345.675,\n");
    free(got);
}

/* A row of the wrong length is refused whole, and the next one is good. */
static void test_wrong_number_of_cells(void **state)
{
    (void)state;
    static const enum mig_format formats[] = {MIG_CSV, MIG_TEXT};
    static const char *const wanted[] = {"a,b,c\n,,\n", "a  b  c\n─  ─  ─\n\n"};
    for (size_t f = 0; f < 2; f++) {
        char *got = NULL;
        size_t size = 0;
        FILE *stream = open_memstream(&got, &size);
        struct mig_writer *writer = open_writer(stream, formats[f], 10);
        struct mig_error error;
        for (size_t cells = 0; cells <= 4; cells++) {
            for (size_t i = 0; i < cells; i++)
                mig_writer_string(writer, cells == 3 ? "" : "wrong");
            enum mig_status status = mig_writer_end_row(writer, &error);
            assert_int_equal(status, cells == 3 ? MIG_OK : MIG_ARGUMENT);
        }
        assert_string_equal(error.text, "row of 4 cells in a table of 3 columns");
        assert_int_equal(mig_writer_close(writer, NULL), MIG_OK);
        mig_writer_free(writer);
        fclose(stream);
        assert_string_equal(got, wanted[f]);
        free(got);
    }
}

/* What was written before a table was given up is not a table: a quote without its end, half an
 * object, an array without its end, nothing. */
static void test_spoiled(void **state)
{
    (void)state;
    static const char *const wanted[] = {
        [MIG_CSV] = "a,b,c\n1,2,3\n\"incomplete\n",
        [MIG_TSV] = "a\tb\tc\n1\t2\t3\n\"incomplete\n",
        [MIG_JSON] = "[\n{\"a\": 1, \"b\": 2, \"c\": 3}",
        [MIG_JSONL] = "{\"a\": 1, \"b\": 2, \"c\": 3}\n{\"incomplete\":\n",
        [MIG_MD] = "",
        [MIG_TEXT] = "",
    };
    for (int format = MIG_CSV; format <= MIG_TEXT; format++) {
        char *got = NULL;
        size_t size = 0;
        FILE *stream = open_memstream(&got, &size);
        struct mig_writer *writer = open_writer(stream, (enum mig_format)format, 10);
        for (uint64_t i = 1; i <= 3; i++)
            mig_writer_count(writer, i);
        assert_int_equal(mig_writer_end_row(writer, NULL), MIG_OK);
        mig_writer_string(writer, "begun");
        mig_writer_spoil(writer);
        mig_writer_free(writer);
        fclose(stream);
        assert_string_equal(got, wanted[format]);
        free(got);
    }
}

static void test_closed_within_a_row(void **state)
{
    (void)state;
    FILE *stream = tmpfile();
    struct mig_writer *writer = open_writer(stream, MIG_CSV, 10);
    mig_writer_string(writer, "x");
    assert_int_equal(mig_writer_close(writer, NULL), MIG_ARGUMENT);
    mig_writer_free(writer);
    fclose(stream);
}

static void test_bad_arguments(void **state)
{
    (void)state;
    static const char *const names[] = {"a"};
    struct mig_writer *writer = NULL;
    assert_int_equal(mig_writer_open(&writer, stdout, MIG_CSV, 0, names, 1, NULL), MIG_ARGUMENT);
    assert_int_equal(mig_writer_open(&writer, stdout, MIG_CSV, 18, names, 1, NULL), MIG_ARGUMENT);
    assert_int_equal(mig_writer_open(&writer, stdout, MIG_CSV, 10, names, 0, NULL), MIG_ARGUMENT);
    assert_null(writer);
}

/* A full disk is seen at the latest when the table is closed, and stays seen. */
static void test_full_disk(void **state)
{
    (void)state;
    for (int format = MIG_CSV; format <= MIG_TEXT; format++) {
        FILE *stream = fopen("/dev/full", "w");
        if (!stream)
            skip();
        struct mig_writer *writer = open_writer(stream, (enum mig_format)format, 10);
        for (int i = 0; i < 3; i++)
            mig_writer_count(writer, 1);
        assert_int_equal(mig_writer_end_row(writer, NULL), MIG_OK);
        struct mig_error error;
        assert_int_equal(mig_writer_close(writer, &error), MIG_SYSTEM);
        assert_string_equal(error.text, "No space left on device");
        assert_int_equal(mig_writer_end_row(writer, NULL), MIG_SYSTEM);
        mig_writer_free(writer);
        fclose(stream);
    }
}

/* In the formats that stream, rows fail as soon as the stream does. */
static void test_full_disk_unbuffered(void **state)
{
    (void)state;
    FILE *stream = fopen("/dev/full", "w");
    if (!stream)
        skip();
    setvbuf(stream, NULL, _IONBF, 0);
    static const char *const names[] = {"a"};
    struct mig_writer *writer = NULL;
    assert_int_equal(mig_writer_open(&writer, stream, MIG_CSV, 10, names, 1, NULL), MIG_SYSTEM);
    assert_null(writer);
    fclose(stream);
}

static void test_format_names(void **state)
{
    (void)state;
    static const char *const names[] = {
        "csv", "tsv", "json", "jsonl", "md", "text", "csv-rows", "tsv-rows"};
    for (int i = MIG_CSV; i <= MIG_TSV_ROWS; i++) {
        enum mig_format format;
        assert_int_equal(mig_format_parse(names[i], &format, NULL), MIG_OK);
        assert_int_equal(format, i);
    }
    enum mig_format format = MIG_TEXT;
    struct mig_error error;
    assert_int_equal(mig_format_parse("jsn", &format, &error), MIG_NAME);
    assert_string_equal(error.text, "'jsn' is not an output format; nearest is 'json'");
    assert_int_equal(mig_format_parse("parquet", &format, &error), MIG_NAME);
    assert_string_equal(error.text, "'parquet' is not an output format; there are csv, tsv, json, "
                                    "jsonl, md, text, csv-rows and "
                                    "tsv-rows");
    assert_int_equal(format, MIG_TEXT);
}

static void test_for_people(void **state)
{
    (void)state;
    FILE *stream = tmpfile();
    for (int format = MIG_CSV; format <= MIG_TEXT; format++) {
        struct mig_writer *writer = open_writer(stream, (enum mig_format)format, 10);
        assert_int_equal(mig_writer_is_for_people(writer), format >= MIG_MD);
        mig_writer_free(writer);
    }
    fclose(stream);
}

/* Blocks of columns no wider than the terminal, what tells the rows apart at the left of each;
 * names are broken behind underscores, long texts between words. */
static void test_text_folds(void **state)
{
    (void)state;
    static const int keys[] = {0, 1, -1};
    const struct table wide = {{"region", "kind", "conf_low", "note"}, 4,
        {{"Gao", "share", "#12345.5", ""},
            {"Ségou", "share", "#7", "too few cases to publish, and 日本"}}};
    expect_folded(MIG_TEXT, &wide, 24, keys,
        "region  kind     conf_\n"
        "                   low\n"
        "──────  ─────  ───────\n"
        "Gao     share  12345.5\n"
        "Ségou   share        7\n"
        "\n"
        "region  note\n"
        "──────  ────────────────\n"
        "Gao\n"
        "Ségou   too few cases to\n"
        "        publish, and\n"
        "        日本\n");
    expect_folded(MIG_TEXT, &wide, 50, keys,
        "region  kind     conf_  note\n"
        "                   low\n"
        "──────  ─────  ───────  ──────────────────────────\n"
        "Gao     share  12345.5\n"
        "Ségou   share        7  too few cases to publish,\n"
        "                        and 日本\n");
    expect_folded(MIG_TEXT, &wide, 59, keys,
        "region  kind   conf_low  note\n"
        "──────  ─────  ────────  ──────────────────────────────────\n"
        "Gao     share   12345.5\n"
        "Ségou   share         7  too few cases to publish, and 日本\n");
    expect_folded(MIG_MD, &returns, 5, keys,
        "| region |    n | note              |\n| ------ | ---: | ----------------- |\n"
        "| Gao    | 1203 |                   |\n| Ségou  |  7.5 | ligne<br>suivante |\n"
        "|        |      | 日本              |\n");
}

/* One row needs nothing to be told apart by; without columns that name rows the first one does; a
 * column without content is not shown; a width that nothing fits into gives a block a column. */
static void test_text_folds_anything(void **state)
{
    (void)state;
    const struct table one = {{"a", "empty", "b"}, 3, {{"x y", "", "#123456789"}}};
    expect_folded(MIG_TEXT, &one, 6, none, "a\n───\nx y\n\n        b\n─────────\n123456789\n");
    const struct table two = {{"id", "n_n", "m"}, 3, {{"#1", "#22", "#3"}, {"#2", "#22", "#3"}}};
    expect_folded(MIG_TEXT, &two, 1, none,
        "id  n_\n     n\n──  ──\n 1  22\n 2  22\n\nid  m\n──  ─\n 1  3\n 2  3\n");
    const struct table alike = {{"k", "n"}, 2, {{"same", "#1"}, {"same", "#2"}}};
    expect_folded(MIG_TEXT, &alike, 5, none, "k\n────\nsame\nsame\n\nn\n─\n1\n2\n");
    expect_folded(MIG_TEXT, &no_rows, 7, none, "region\n──────\n\nn\n─\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_csv),
        cmocka_unit_test(test_csv_quotes),
        cmocka_unit_test(test_quotes_at_every_place),
        cmocka_unit_test(test_texts_at_once),
        cmocka_unit_test(test_csv_one_empty_cell),
        cmocka_unit_test(test_tsv),
        cmocka_unit_test(test_json),
        cmocka_unit_test(test_jsonl),
        cmocka_unit_test(test_json_numbers),
        cmocka_unit_test(test_md),
        cmocka_unit_test(test_text),
        cmocka_unit_test(test_text_mixed_column),
        cmocka_unit_test(test_text_control_characters),
        cmocka_unit_test(test_text_width),
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_wrong_number_of_cells),
        cmocka_unit_test(test_spoiled),
        cmocka_unit_test(test_closed_within_a_row),
        cmocka_unit_test(test_bad_arguments),
        cmocka_unit_test(test_full_disk),
        cmocka_unit_test(test_full_disk_unbuffered),
        cmocka_unit_test(test_format_names),
        cmocka_unit_test(test_for_people),
        cmocka_unit_test(test_text_folds),
        cmocka_unit_test(test_text_folds_anything),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
