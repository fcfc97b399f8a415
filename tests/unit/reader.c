#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "../dump.h"
#include "../temporary.h"

struct example {
    const char *input;
    const char *output;
};

static void check_bytes(const void *bytes, size_t length, const struct mig_reader_options *options,
    bool keep, enum mig_status wanted, const char *output)
{
    struct temporary file = temporary_file(bytes, length);
    struct mig_buffer out = {0};
    enum mig_status status = dump_file(file.path, options, keep, &out);
    unlink(file.path);
    assert_string_equal(out.data, output);
    assert_int_equal(status, wanted);
    mig_buffer_release(&out);
}

static void check_all(
    const struct example *examples, char delimiter, bool keep, enum mig_status wanted)
{
    struct mig_reader_options options = {.delimiter = delimiter};
    for (; examples->input; examples++)
        check_bytes(
            examples->input, strlen(examples->input), &options, keep, wanted, examples->output);
}

static void reads_records(void **state)
{
    (void)state;
    static const struct example examples[] = {
        {"", "blank 0\n"},
        {"a,b\n1,2\n", "1 [a@1][b@1]\n2 [1@2][2@2]\nblank 0\n"},
        {"a,b\n1,2", "1 [a@1][b@1]\n2 [1@2][2@2]\nblank 0\n"},
        {"a,\n,", "1 [a@1][@1]\n2 [@2][@2]\nblank 0\n"},
        {" a ,\tb\n", "1 [ a @1][\tb@1]\nblank 0\n"},
        {"\"a,\"\"b\"\"\",\"\"\n", "1 [a,\"b\"@1][\"\"@1]\nblank 0\n"},
        {"\"\"", "1 [\"\"@1]\nblank 0\n"},
        {"a,b,c\n1,2\n", "1 [a@1][b@1][c@1]\n2 [1@2][2@2]\nblank 0\n"},
        {"  a,b\n", "1 [  a@1][b@1]\nblank 0\n"},
        {NULL, NULL},
    };
    check_all(examples, ',', false, MIG_OK);
}

static void counts_lines(void **state)
{
    (void)state;
    static const struct example examples[] = {
        /* A cell begins where the one before it ended. */
        {"a,\"x\ny\",b\n1,2,3\n", "1 [a@1][x\ny@1][b@2]\n3 [1@3][2@3][3@3]\nblank 0\n"},
        {"a\r\nb\r\n", "1 [a@1]\n2 [b@2]\nblank 0\n"},
        {"\"x\r\ny\"\r\nb\r\n", "1 [x\r\ny@1]\n3 [b@3]\nblank 0\n"},
        /* An old Macintosh file counts CRs; a lone CR in another file is a line end that cat -n
           does not count. */
        {"a\rb\rc", "1 [a@1]\n2 [b@2]\n3 [c@3]\nblank 0\n"},
        {"\"x\ry\"\rb\r", "1 [x\ry@1]\n3 [b@3]\nblank 0\n"},
        {"a\rb\nc\n", "1 [a@1]\n1 [b@1]\n2 [c@2]\nblank 0\n"},
        {"a\n\nb\r\n\r\nc\n", "1 [a@1]\n3 [b@3]\n5 [c@5]\nblank 2\n"},
        {NULL, NULL},
    };
    check_all(examples, ',', false, MIG_OK);
}

/* A CR at the end of the sample that is read ahead is not taken for the line end of an old
 * Macintosh. */
static void looks_behind_the_sample(void **state)
{
    (void)state;
    size_t first = 64 * 1024 - 1;
    char *bytes = malloc(first + 5);
    assert_non_null(bytes);
    memset(bytes, 'a', first);
    memcpy(bytes + first, "\r\nb\nc", 5);
    struct temporary file = temporary_file(bytes, first + 5);
    free(bytes);
    struct mig_reader *reader;
    struct mig_record record;
    assert_int_equal(
        mig_reader_open(&reader, file.path, &(struct mig_reader_options){0}, NULL), MIG_OK);
    unlink(file.path);
    for (size_t line = 1; line <= 3; line++) {
        assert_int_equal(mig_reader_next(reader, &record, NULL), MIG_OK);
        assert_int_equal(record.line, line);
    }
    mig_reader_free(reader);
}

static void skips_blank_lines(void **state)
{
    (void)state;
    static const struct example examples[] = {
        {"\n\r\n\na,b\n", "4 [a@4][b@4]\nblank 3\n"},
        {"a,b\n \t \n1,2\n  ", "1 [a@1][b@1]\n3 [1@3][2@3]\nblank 2\n"},
        {"a,b\n\"\"\n", "1 [a@1][b@1]\n2 [\"\"@2]\nblank 0\n"},
        {"\n\n", "blank 2\n"},
        {"\r\r", "blank 2\n"},
        {NULL, NULL},
    };
    check_all(examples, ',', false, MIG_OK);
    static const struct example tabs[] = {
        {"a\tb\n\t\n \n", "1 [a@1][b@1]\n2 [@2][@2]\nblank 1\n"},
        {NULL, NULL},
    };
    check_all(tabs, '\t', false, MIG_OK);
}

static void keeps_blank_lines(void **state)
{
    (void)state;
    static const struct example examples[] = {
        {"a\n\n1\n", "1 [a@1]\n2 [@2]\n3 [1@3]\nblank 0\n"},
        {"a\r\n\r\n\r\n", "1 [a@1]\n2 [@2]\n3 [@3]\nblank 0\n"},
        {"a\n  \n", "1 [a@1]\n2 [  @2]\nblank 0\n"},
        {"a\n\"\"\n", "1 [a@1]\n2 [\"\"@2]\nblank 0\n"},
        {"\n", "1 [@1]\nblank 0\n"},
        {NULL, NULL},
    };
    check_all(examples, ',', true, MIG_OK);
}

#define NOT_UTF8 " is not valid UTF-8; for Windows-1252: --encoding windows-1252\n"

static void refuses_broken_text(void **state)
{
    (void)state;
    static const struct example examples[] = {
        {"a,b\n1,x\"y\n", "1 [a@1][b@1]\n2:2: quote inside a cell that does not begin with one "
                          "(mig-clean --quote none takes it as it is)\n"},
        {"a,b\n1, \"y\"\n", "1 [a@1][b@1]\n2:2: quote inside a cell that does not begin with one "
                            "(mig-clean --quote none takes it as it is)\n"},
        {"a,b\n\"x\"y,2\n", "1 [a@1][b@1]\n2:1: text after a closing quote\n"},
        {"a,b\n\"x\" ,2\n", "1 [a@1][b@1]\n2:1: text after a closing quote\n"},
        {"a,b\n1,\"x\n2,\"y\"\n",
            "1 [a@1][b@1]\n3:2: text after the closing quote of the cell that opens on line 2\n"},
        {"a,b\n1,2\n3,\"x\n4,y\n", "1 [a@1][b@1]\n2 [1@2][2@2]\n3:2: unclosed quote: the cell that "
                                   "opens here never ends\n"},
        {"\"", "1:1: unclosed quote: the cell that opens here never ends\n"},
        {"a,S\xe9gou\n", "1:2: byte 0xe9" NOT_UTF8},
        {"a,\"x\ny\xff\"\n", "2:2: byte 0xff" NOT_UTF8},
        {"a,\"x\r\ny\",\xc3\n", "2:3: byte 0xc3" NOT_UTF8},
        {"\xed\xa0\x80", "1:1: byte 0xed" NOT_UTF8},
        {NULL, NULL},
    };
    check_all(examples, ',', false, MIG_SYNTAX);
}

static void refuses_nul(void **state)
{
    (void)state;
    struct mig_reader_options options = {.delimiter = ','};
    check_bytes("a,b\n1,\"x\n\0\"\n", 12, &options, false, MIG_SYNTAX,
        "1 [a@1][b@1]\n"
        "3:2: NUL byte: not a text, or one in another encoding (--encoding)\n");
    options.encoding = "utf-8";
    check_bytes("a\0,\0b\0\n\0", 8, &options, false, MIG_SYNTAX,
        "1:1: NUL byte: not a text, or one in another encoding (--encoding)\n");
}

#define TOO_LARGE "cell is larger than 4 bytes (--max-cell): a quote may be left open\n"

static void limits_cells(void **state)
{
    (void)state;
    struct mig_reader_options options = {.delimiter = ',', .max_cell = 4};
    check_bytes("1234,\"1\n34\"\n", 12, &options, false, MIG_OK, "1 [1234@1][1\n34@1]\nblank 0\n");
    static const struct example large[] = {
        {"a,12345\n", "1:2: " TOO_LARGE},
        {"a,12345", "1:2: " TOO_LARGE},
        {"a,b\n1,\"\n\n\n\n\n\n", "1 [a@1][b@1]\n2:2: " TOO_LARGE},
        {"a,\"12345\"x\n", "1:2: " TOO_LARGE},
        {"     \na\n", "1:1: " TOO_LARGE},
        {NULL, NULL},
    };
    for (const struct example *at = large; at->input; at++)
        check_bytes(at->input, strlen(at->input), &options, false, MIG_LIMIT, at->output);
}

/* Reading stops soon after the limit, not at the end of the file. */
static void stops_at_the_limit(void **state)
{
    (void)state;
    size_t length = 8 * 1024 * 1024;
    char *bytes = malloc(length);
    assert_non_null(bytes);
    memset(bytes, '\n', length);
    memcpy(bytes, "a,b\n1,\"x", 8);
    struct temporary file = temporary_file(bytes, length);
    free(bytes);
    struct mig_reader_options options = {.delimiter = ',', .max_cell = 1024 * 1024};
    struct mig_reader *reader;
    struct mig_record record;
    struct mig_error error;
    assert_int_equal(mig_reader_open(&reader, file.path, &options, &error), MIG_OK);
    unlink(file.path);
    assert_int_equal(mig_reader_next(reader, &record, &error), MIG_OK);
    assert_int_equal(mig_reader_next(reader, &record, &error), MIG_LIMIT);
    assert_int_equal(error.line, 2);
    assert_int_equal(error.column, 2);
    uint64_t taken;
    uint64_t size;
    mig_reader_progress(reader, &taken, &size);
    assert_int_equal(size, length);
    assert_true(taken < 2 * 1024 * 1024);
    mig_reader_free(reader);
}

static void chooses_the_delimiter(void **state)
{
    (void)state;
    struct mig_reader_options options = {0};
    check_bytes(
        "a;b\n1,5;2", 9, &options, false, MIG_OK, "1 [a@1][b@1]\n2 [1,5@2][2@2]\nblank 0\n");
    /* The last record counts although no line end follows. */
    check_bytes("a;b,c\n1;2,3,4", 13, &options, false, MIG_OK,
        "1 [a@1][b,c@1]\n2 [1@2][2,3,4@2]\nblank 0\n");
    check_bytes("a;b,c\n", 6, &options, false, MIG_SYNTAX,
        "0:0: ',' and ';' separate the cells equally well: choose with --delimiter\n");
    options.delimiter = '"';
    check_bytes("a", 1, &options, false, MIG_ARGUMENT,
        "0:0: a quote or a line end cannot separate cells (--delimiter)\n");
}

static void ends_for_good(void **state)
{
    (void)state;
    struct temporary file = temporary_text("a\n");
    struct mig_reader *reader;
    struct mig_record record;
    assert_int_equal(
        mig_reader_open(&reader, file.path, &(struct mig_reader_options){0}, NULL), MIG_OK);
    unlink(file.path);
    assert_string_equal(mig_reader_name(reader), file.path);
    assert_int_equal(mig_reader_delimiter(reader), ',');
    assert_int_equal(mig_reader_next(reader, &record, NULL), MIG_OK);
    assert_int_equal(record.count, 1);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(mig_reader_next(reader, &record, NULL), MIG_OK);
        assert_int_equal(record.count, 0);
    }
    mig_reader_free(reader);
    mig_reader_free(NULL);
}

static void reads_between_lines(void **state)
{
    (void)state;
    static const struct {
        const char *input;
        size_t first, end;
        const char *output;
    } examples[] = {
        {"\"x\na,b\n1,2\n", 2, 0, "2 [a@2][b@2]\n3 [1@3][2@3]\nblank 0\n"},
        {"a\r\nb\r\nc\r\n", 2, 3, "2 [b@2]\nblank 0\n"},
        {"a\rb\rc\r", 2, 3, "2 [b@2]\nblank 0\n"},
        {"a\nb\n\"c", 0, 3, "1 [a@1]\n2 [b@2]\nblank 0\n"},
        {"\"a\nb\"\nc\nd\n", 0, 2, "1 [a\nb@1]\nblank 0\n"},
        {"a\n\nb\n", 0, 3, "1 [a@1]\nblank 1\n"},
        {"a\n", 0, 9, "1 [a@1]\nblank 0\n"},
        {"a\n", 1, 0, "1 [a@1]\nblank 0\n"},
    };
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++)
        for (size_t read_size = 0; read_size < 4; read_size++) {
            struct mig_reader_options options = {.delimiter = ',',
                .first_line = examples[i].first,
                .end_line = examples[i].end,
                .read_size = read_size};
            check_bytes(examples[i].input, strlen(examples[i].input), &options, false, MIG_OK,
                examples[i].output);
        }
    struct mig_reader_options crossed = {.first_line = 4, .end_line = 4};
    check_bytes("a\n", 2, &crossed, false, MIG_ARGUMENT,
        "0:0: the table is to begin on line 4 and to end above line 4\n");
    struct mig_reader_options beyond = {.first_line = 4};
    check_bytes("a\nb\n", 4, &beyond, false, MIG_ARGUMENT,
        "0:0: the table is to begin on line 4, but the file ends on line 2\n");
    check_bytes("a\nb\nc", 5, &beyond, false, MIG_ARGUMENT,
        "0:0: the table is to begin on line 4, but the file ends on line 3\n");
}

/* What is not read is there: a damaged file is not taken for a whole one. */
static void counts_what_it_leaves_out(void **state)
{
    (void)state;
    struct temporary file = temporary_text("a\nb\n\"c\nd");
    struct mig_reader_options options = {.end_line = 2};
    struct mig_reader *reader;
    struct mig_record record;
    assert_int_equal(mig_reader_open(&reader, file.path, &options, NULL), MIG_OK);
    unlink(file.path);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(mig_reader_next(reader, &record, NULL), MIG_OK);
        assert_int_equal(record.count, i == 0);
    }
    assert_int_equal(mig_reader_last_left_out(reader), 4);
    mig_reader_free(reader);
}

static void quotes_as_told(void **state)
{
    (void)state;
    struct mig_reader_options options = {.delimiter = ',', .quote = '\''};
    check_bytes("'a,b',\"c\n", 9, &options, false, MIG_OK, "1 [a,b@1][\"c@1]\nblank 0\n");
    options.quote = MIG_NO_QUOTE;
    check_bytes("\"a,b\"c,'\n", 9, &options, false, MIG_OK, "1 [\"a@1][b\"c@1]['@1]\nblank 0\n");
    options.quote = ',';
    check_bytes("a\n", 2, &options, false, MIG_ARGUMENT, "0:0: ',' can't be a quote\n");
    options.quote = options.delimiter = '^';
    check_bytes("a\n", 2, &options, false, MIG_ARGUMENT,
        "0:0: a quote or a line end cannot separate cells (--delimiter)\n");
    options.quote = ' ';
    check_bytes("a\n", 2, &options, false, MIG_ARGUMENT, "0:0: ' ' can't be a quote\n");
}

static void replaces_invalid_bytes(void **state)
{
    (void)state;
    struct mig_reader_options options = {.delimiter = ',', .invalid = MIG_INVALID_REPLACE};
    check_bytes("\xff,\"\xe2\x80\",\nb\xc3\xa9\x80\n", 13, &options, false, MIG_OK,
        "1 [\xef\xbf\xbd@1][\xef\xbf\xbd@1][@1]\n2 [b\xc3\xa9\xef\xbf\xbd@2]\nblank 0\n");
    options.encoding = "windows-1252";
    check_bytes("\x81\x8d,\xe9\n", 5, &options, false, MIG_OK,
        "1 [\xef\xbf\xbd\xef\xbf\xbd@1][\xc3\xa9@1]\nblank 0\n");
    options.invalid = MIG_INVALID_FAIL;
    check_bytes("a,b\n\"x\n\x81\",1\n", 12, &options, false, MIG_SYNTAX,
        "1 [a@1][b@1]\n3:1: byte 0x81 is not valid in encoding 'windows-1252'\n");
}

static void marks_records_with_invalid_bytes(void **state)
{
    (void)state;
    struct temporary file = temporary_text("a,b\n1\\x,\xe9\n3\\,4\n");
    struct mig_reader_options options = {.invalid = MIG_INVALID_MARK};
    struct mig_reader *reader;
    struct mig_record record;
    assert_int_equal(mig_reader_open(&reader, file.path, &options, NULL), MIG_OK);
    for (size_t line = 1; line <= 3; line++) {
        assert_int_equal(mig_reader_next(reader, &record, NULL), MIG_OK);
        assert_int_equal(record.line, line);
        assert_int_equal(record.fault != NULL, line == 2);
        assert_string_equal(record.cells[0].text.data, line == 1   ? "a"
                                                       : line == 2 ? "1\\\\x"
                                                                   : "3\\");
        if (line != 2)
            continue;
        assert_string_equal(record.cells[1].text.data, "\\xE9");
        assert_int_equal(record.fault->line, 2);
        assert_int_equal(record.fault->column, 2);
        assert_string_equal(record.fault->file, file.path);
    }
    assert_int_equal(mig_reader_replaced(reader), 1);
    mig_reader_free(reader);
    unlink(file.path);
}

/* Commas alone: every cell is empty and takes 32 bytes and its end. */
static void limits_records(void **state)
{
    (void)state;
    size_t fits = (MIG_MAX_RECORD + 8) / 33 - 1;
    char *bytes = malloc(2 * fits);
    assert_non_null(bytes);
    memset(bytes, ',', 2 * fits);
    for (size_t i = 0; i < 2; i++) {
        struct temporary file = temporary_file(bytes, i == 0 ? fits : fits + 4);
        struct mig_reader_options options = {.delimiter = ',', .max_cell = 8};
        struct mig_reader *reader;
        struct mig_record record;
        struct mig_error error;
        assert_int_equal(mig_reader_open(&reader, file.path, &options, NULL), MIG_OK);
        unlink(file.path);
        assert_int_equal(mig_reader_next(reader, &record, &error), i == 0 ? MIG_OK : MIG_LIMIT);
        if (i == 0)
            assert_int_equal(record.count, fits + 1);
        else
            assert_string_equal(error.text, "record is larger than 50331656 bytes (--max-cell): "
                                            "does another character end the lines?");
        mig_reader_free(reader);
    }
    free(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_records),
        cmocka_unit_test(counts_lines),
        cmocka_unit_test(looks_behind_the_sample),
        cmocka_unit_test(skips_blank_lines),
        cmocka_unit_test(keeps_blank_lines),
        cmocka_unit_test(refuses_broken_text),
        cmocka_unit_test(refuses_nul),
        cmocka_unit_test(limits_cells),
        cmocka_unit_test(stops_at_the_limit),
        cmocka_unit_test(chooses_the_delimiter),
        cmocka_unit_test(ends_for_good),
        cmocka_unit_test(reads_between_lines),
        cmocka_unit_test(counts_what_it_leaves_out),
        cmocka_unit_test(quotes_as_told),
        cmocka_unit_test(replaces_invalid_bytes),
        cmocka_unit_test(marks_records_with_invalid_bytes),
        cmocka_unit_test(limits_records),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
