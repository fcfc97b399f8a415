/* What is read depends on the bytes alone: not on the sizes in which the system hands them out. And
 * it is what libcsv reads, and what was written. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <csv.h>

#include "../dump.h"
#include "../gzip.h"
#include "../temporary.h"

#define RANDOM_TEXTS 3000
#define LONGEST_RANDOM 40
#define SAMPLE ((size_t)64 * 1024) /* what the reader reads ahead, in one piece */

static const struct input {
    const char *bytes;
    size_t length;
    const char *encoding;
} inputs[] = {
#define TEXT(text)                                                                                 \
    {                                                                                              \
        text, sizeof(text) - 1, NULL                                                               \
    }
    TEXT(""),
    TEXT("\n"),
    TEXT("a,b\n1,2\n"),
    TEXT("a,b\r\n1,\"x\r\ny \"\"z\"\"\"\r\n\r\n \t\r\n,\"\"\r\n  3,4  "),
    TEXT("a;b\r1;\"2\r3\"\r\r4;5"),
    TEXT("a\rb\n\r\nc\n\rd\r\r\n"),
    TEXT("\xef\xbb\xbf"
         "r\xc3\xa9gion,n\nS\xc3\xa9gou,1\n"),
    TEXT("\xff\xfe"
         "a\0,\0\xe9\0\n\0\x3d\xd8\x00\xde,\0\n\0"),
    TEXT("\xfe\xff"
         "\0a\0,\0\xe9\0\n\0\"\0\n\0\""),
    TEXT("a,b\n1,x\"y\n3,4\n"),
    TEXT("a,b\n1,\"x\n2,\"y\"\n"),
    TEXT("a,b\n1,\"x\n2,y\n"),
    TEXT("a,b\n1,\"\"\"\n"),
    TEXT("a,b\n1,\"x\ny\xff\"\n"),
    TEXT("a,b\n1,S\xe9gou\n"),
    TEXT("a,b\n1,\"x\n\0\"\n"),
    TEXT("a\0,\0b\0\n\0"),
    TEXT("a,b\n12345678,1\n123456789,2\n"),
    TEXT("a,b\n1,\"12345678\"\n1,\"\n\n\n\n\n\n\n\n\n\n\n\n"),
    TEXT("a,b\n1,\"123456789\"x\n"),
    TEXT("a,b\n12345678\"9,\n"),
    TEXT("a,b\n         \n1,2\n"),
    TEXT("a,b\n        \n1,2\n"),
    TEXT("a,b\n1,2\n         3,4\n"),
    TEXT("a;b,c\n"),
#undef TEXT
    {"r\xe9gion;n\nS\xe9gou;1\n", 16, "windows-1252"},
    {"a,b\n1,2\n\x81,3\n", 12, "windows-1252"},
    {"a\0,\0b\0\n\0001", 9, "utf-16le"},
};

static char *dump_with(const char *path, const struct input *input, size_t read_size, bool keep)
{
    struct mig_reader_options options = {
        .encoding = input->encoding, .max_cell = 8, .read_size = read_size};
    struct mig_buffer out = {0};
    (void)dump_file(path, &options, keep, &out);
    return out.data;
}

static void check_read_sizes(const struct input *input, size_t largest, bool keep)
{
    struct temporary file = temporary_file(input->bytes, input->length);
    char *whole = dump_with(file.path, input, 0, keep);
    for (size_t size = 1; size <= largest; size++) {
        char *pieces = dump_with(file.path, input, size, keep);
        assert_string_equal(pieces, whole);
        free(pieces);
    }
    free(whole);
    unlink(file.path);
}

/* Behind the sample: it is filled with blank lines. */
static void check_behind_sample(const struct input *input, char line_end)
{
    struct input padded = {NULL, SAMPLE + input->length, NULL};
    char *bytes = malloc(padded.length);
    assert_non_null(bytes);
    memset(bytes, line_end, SAMPLE);
    memcpy(bytes + SAMPLE, input->bytes, input->length);
    padded.bytes = bytes;
    check_read_sizes(&padded, input->length, false);
    free(bytes);
}

static void read_size_does_not_matter(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof inputs / sizeof *inputs; i++) {
        char packed[512];
        struct input gzip = inputs[i];
        gzip.length = gzip_pack(inputs[i].bytes, inputs[i].length, packed, sizeof packed);
        gzip.bytes = packed;
        check_read_sizes(&inputs[i], inputs[i].length, false);
        check_read_sizes(&inputs[i], inputs[i].length, true);
        check_read_sizes(&gzip, gzip.length, false);
        gzip.length -= 3;
        check_read_sizes(&gzip, gzip.length, false);
        if (!inputs[i].encoding)
            check_behind_sample(&inputs[i], '\n');
        if (!inputs[i].encoding && memchr(inputs[i].bytes, '\r', inputs[i].length))
            check_behind_sample(&inputs[i], '\r');
    }
}

/* Around the end of the sample that is read ahead, and of the blocks behind it. */
static void sample_size_does_not_matter(void **state)
{
    (void)state;
    static const size_t sizes[] = {1, 7, 4096, 65535, 65536, 65537, 100000};
    for (size_t shift = 0; shift < 6; shift++) {
        struct mig_buffer text = {0};
        dump_check(mig_buffer_append(&text, "a,bcdef\r\n", 3 + shift, NULL));
        while (text.length < 65536 + 40)
            dump_check(mig_buffer_append(&text, "\r\n\"x\r\n\"\"\",y\r\n\r\n", 16, NULL));
        struct input input = {text.data, text.length, NULL};
        struct temporary file = temporary_file(text.data, text.length);
        char *whole = dump_with(file.path, &input, 0, false);
        for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
            char *pieces = dump_with(file.path, &input, sizes[i], false);
            assert_true(strcmp(pieces, whole) == 0);
            free(pieces);
        }
        free(whole);
        mig_buffer_release(&text);
        unlink(file.path);
    }
}

static uint32_t random_state = 2025;

static uint32_t random_below(uint32_t below)
{
    random_state = random_state * 1664525u + 1013904223u;
    return (uint32_t)(((uint64_t)random_state * below) >> 32);
}

/* libcsv's own reading of a text, written down without positions. */

static void note_cell(void *bytes, size_t length, void *context)
{
    struct mig_buffer *out = context;
    dump_check(mig_buffer_append(out, "[", 1, NULL));
    dump_check(bytes && length == 0 ? mig_buffer_append(out, "\"\"", 2, NULL)
                                    : mig_buffer_append(out, bytes, length, NULL));
    dump_check(mig_buffer_append(out, "]", 1, NULL));
}

static void note_record(int terminator, void *context)
{
    (void)terminator;
    dump_check(mig_buffer_append(context, ".", 1, NULL));
}

static int no_space(unsigned char byte)
{
    (void)byte;
    return 0;
}

static void read_with_libcsv(const char *text, size_t length, struct mig_buffer *out)
{
    struct csv_parser parser;
    csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_EMPTY_IS_NULL);
    csv_set_space_func(&parser, no_space);
    bool sound = csv_parse(&parser, text, length, note_cell, note_record, out) == length &&
                 csv_fini(&parser, note_cell, note_record, out) == 0;
    csv_free(&parser);
    /* Only whole records count. */
    while (!sound && out->length > 0 && out->data[out->length - 1] != '.')
        out->length--;
    dump_check(mig_buffer_append(out, sound ? "end" : "error", sound ? 3 : 5, NULL));
}

/* The same of our reader. Blank lines, which libcsv drops, are kept to be told from it, and left
 * out. */
static void read_with_reader(const char *text, size_t length, struct mig_buffer *out)
{
    struct temporary file = temporary_file(text, length);
    struct mig_reader_options options = {.delimiter = ','};
    struct mig_reader *reader;
    struct mig_record record;
    dump_check(mig_reader_open(&reader, file.path, &options, NULL));
    unlink(file.path);
    mig_reader_keep_blank_lines(reader, true);
    enum mig_status status;
    while ((status = mig_reader_next(reader, &record, NULL)) == MIG_OK && record.count > 0) {
        const struct mig_cell *first = record.cells;
        if (record.count == 1 && first->text.length == 0 && !first->quoted_empty)
            continue;
        for (size_t i = 0; i < record.count; i++) {
            struct mig_cell *cell = (struct mig_cell *)(uintptr_t)&record.cells[i];
            bool nothing = cell->text.length == 0 && !cell->quoted_empty;
            note_cell(nothing ? NULL : (char *)(uintptr_t)cell->text.data, cell->text.length, out);
        }
        note_record(0, out);
    }
    dump_check(
        mig_buffer_append(out, status == MIG_OK ? "end" : "error", status == MIG_OK ? 3 : 5, NULL));
    mig_reader_free(reader);
}

static void reads_as_libcsv_does(void **state)
{
    (void)state;
    static const char letters[] = "ab ,,\"\"\"\n\n\r";
    size_t sound = 0;
    for (int i = 0; i < RANDOM_TEXTS; i++) {
        char text[LONGEST_RANDOM];
        size_t length = random_below(LONGEST_RANDOM);
        for (size_t j = 0; j < length; j++)
            text[j] = letters[random_below(sizeof letters - 1)];
        struct mig_buffer wanted = {0};
        struct mig_buffer got = {0};
        read_with_libcsv(text, length, &wanted);
        read_with_reader(text, length, &got);
        assert_string_equal(got.data, wanted.data);
        sound += got.data[got.length - 1] == 'd';
        mig_buffer_release(&wanted);
        mig_buffer_release(&got);
    }
    /* Both outcomes were met often enough to mean something. */
    assert_in_range(sound, RANDOM_TEXTS / 20, RANDOM_TEXTS - RANDOM_TEXTS / 20);
}

/* Writes a cell as CSV to `text` and its dump to `dump`; moves `line` on. */
static void write_cell(struct mig_buffer *text, struct mig_buffer *dump, size_t *line)
{
    static const char letters[] = "ab ,\"\n\r";
    size_t begins = *line;
    size_t length = random_below(5);
    dump_check(mig_buffer_append(text, "\"", 1, NULL));
    dump_check(mig_buffer_append(dump, "[", 1, NULL));
    if (length == 0)
        dump_check(mig_buffer_append(dump, "\"\"", 2, NULL));
    for (size_t i = 0; i < length; i++) {
        char c = letters[random_below(sizeof letters - 1)];
        dump_check(mig_buffer_append(text, c == '"' ? "\"\"" : &c, c == '"' ? 2 : 1, NULL));
        dump_check(mig_buffer_append(dump, &c, 1, NULL));
        *line += c == '\n';
    }
    dump_check(mig_buffer_append(text, "\"", 1, NULL));
    dump_check(mig_buffer_print(dump, NULL, "@%zu]", begins));
}

/* `line` and `blank` say what stands in `text` already. */
static void write_records(
    struct mig_buffer *text, struct mig_buffer *dump, size_t line, size_t blank)
{
    for (size_t record = 0; record < 6; record++) {
        for (; random_below(4) == 0; blank++, line++)
            dump_check(mig_buffer_print(text, NULL, "%s", random_below(2) ? "\n" : " \r\n"));
        dump_check(mig_buffer_print(dump, NULL, "%zu ", line));
        size_t cells = 1 + random_below(3);
        for (size_t i = 0; i < cells; i++) {
            dump_check(mig_buffer_append(text, ",", i > 0, NULL));
            write_cell(text, dump, &line);
        }
        dump_check(mig_buffer_print(text, NULL, "%s", random_below(2) ? "\n" : "\r\n"));
        dump_check(mig_buffer_append(dump, "\n", 1, NULL));
        line++;
    }
    dump_check(mig_buffer_print(dump, NULL, "blank %zu\n", blank));
}

static void reads_what_was_written(void **state)
{
    (void)state;
    struct mig_reader_options options = {.delimiter = ','};
    char *blank_lines = malloc(SAMPLE);
    assert_non_null(blank_lines);
    memset(blank_lines, '\n', SAMPLE);
    for (int i = 0; i < RANDOM_TEXTS; i++) {
        struct mig_buffer text = {0};
        struct mig_buffer wanted = {0};
        struct mig_buffer got = {0};
        size_t blank = i % 10 == 0 ? SAMPLE : 0;
        dump_check(mig_buffer_append(&text, blank_lines, blank, NULL));
        write_records(&text, &wanted, 1 + blank, blank);
        struct temporary file = temporary_file(text.data, text.length);
        options.read_size = 1 + random_below(30);
        assert_int_equal(dump_file(file.path, &options, false, &got), MIG_OK);
        unlink(file.path);
        assert_string_equal(got.data, wanted.data);
        mig_buffer_release(&text);
        mig_buffer_release(&wanted);
        mig_buffer_release(&got);
    }
    free(blank_lines);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(read_size_does_not_matter),
        cmocka_unit_test(sample_size_does_not_matter),
        cmocka_unit_test(reads_as_libcsv_does),
        cmocka_unit_test(reads_what_was_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
