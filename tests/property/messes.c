/* A table is the same table whatever stands around it: title lines, tags, delimiters at the ends of
 * lines, blank lines, footers, line ends, encodings, and the sizes in which the system hands the
 * bytes out. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <iconv.h>

#include "../dump_input.h"
#include "../temporary.h"

#define TABLES 1500

static uint32_t random_state = 2026;

static uint32_t random_below(uint32_t below)
{
    random_state = random_state * 1664525u + 1013904223u;
    return (uint32_t)(((uint64_t)random_state * below) >> 32);
}

static bool one_in(uint32_t n)
{
    return random_below(n) == 0;
}

struct mess {
    char delimiter;
    const char *line_end;
    bool trailing, tags, spoiled_title, titles, footer, blank_rows;
    size_t columns, rows;
};

static struct mess draw_mess(void)
{
    static const char *const line_ends[] = {"\n", "\r\n"};
    return (struct mess){",;\t|"[random_below(4)], line_ends[random_below(2)], one_in(2), one_in(3),
        one_in(4), one_in(2), one_in(2), one_in(3), 3 + random_below(4), 3 + random_below(60)};
}

static void put(struct mig_buffer *out, const char *text)
{
    dump_check(mig_buffer_append(out, text, strlen(text), NULL));
}

static void end_line(struct mig_buffer *out, const struct mess *mess)
{
    if (mess->trailing)
        dump_check(mig_buffer_append(out, &mess->delimiter, 1, NULL));
    put(out, mess->line_end);
}

static void put_titles(struct mig_buffer *out, const struct mess *mess)
{
    if (mess->spoiled_title) {
        put(out, "Report \"five\" of the round");
        put(out, mess->line_end);
    }
    if (mess->titles) {
        put(out, "A synthetic excerpt");
        put(out, mess->line_end);
    }
    if (mess->titles || mess->spoiled_title)
        put(out, mess->line_end);
}

/* Writes the row of the table to both: as CSV, and as dump_input() shows it, without its line. */
static void put_row(struct mig_buffer *out, struct mig_buffer *wanted, const struct mess *mess)
{
    static const char *const cells[] = {"Gao", "12", "Ségou", "x y", "7.5", "l’eau"};
    for (size_t i = 0; i < mess->columns; i++) {
        const char *cell = i > 0 && one_in(4) ? "" : cells[random_below(6)];
        if (i == 1)
            cell = "5"; /* more than a sentence */
        if (i > 0)
            dump_check(mig_buffer_append(out, &mess->delimiter, 1, NULL));
        put(out, cell);
        dump_check(mig_buffer_print(wanted, NULL, "[%s]", cell));
    }
    end_line(out, mess);
    put(wanted, "\n");
}

static void put_heading(struct mig_buffer *out, const struct mess *mess, const char *name)
{
    for (size_t i = 0; i < mess->columns; i++) {
        if (i > 0)
            dump_check(mig_buffer_append(out, &mess->delimiter, 1, NULL));
        dump_check(mig_buffer_print(out, NULL, name, i));
    }
    end_line(out, mess);
}

static void put_footer(struct mig_buffer *out, const struct mess *mess)
{
    put(out, mess->line_end);
    put(out, "Source: a synthetic excerpt");
    put(out, mess->line_end);
    put(out, "Last updated in January");
    put(out, mess->line_end);
}

static void write_table(struct mig_buffer *out, struct mig_buffer *wanted, const struct mess *mess)
{
    put_titles(out, mess);
    put_heading(out, mess, "c%zu");
    for (size_t i = 0; i < mess->columns; i++)
        dump_check(mig_buffer_print(wanted, NULL, "c%zu|", i));
    put(wanted, "\n");
    if (mess->tags)
        put_heading(out, mess, "#affected+c%zu");
    for (size_t i = 0; i < mess->rows; i++) {
        if (mess->blank_rows && one_in(5))
            end_line(out, mess);
        put_row(out, wanted, mess);
    }
    if (mess->footer)
        put_footer(out, mess);
}

/* The names and rows of a dump, the lines where they stand left out. */
static void strip_lines(const struct mig_buffer *dump, struct mig_buffer *rows)
{
    struct mig_text rest = mig_buffer_text(dump);
    struct mig_text line;
    for (bool names = true; mig_text_cut(&rest, '\n', &line); names = false) {
        const char *cells = names ? line.data : memchr(line.data, '[', line.length);
        if (!cells || (!names && (line.data[0] < '0' || line.data[0] > '9')))
            continue;
        dump_check(mig_buffer_append(rows, cells, (size_t)(line.data + line.length - cells), NULL));
        put(rows, "\n");
    }
}

static void check_table(
    const struct mig_buffer *text, const char *wanted, const struct mig_input_options *options)
{
    struct temporary file = temporary_file(text->data, text->length);
    struct mig_buffer dump = {0};
    struct mig_buffer rows = {0};
    assert_int_equal(dump_input(file.path, options, &dump), MIG_OK);
    unlink(file.path);
    strip_lines(&dump, &rows);
    if (strcmp(rows.data, wanted) != 0)
        fail_msg("%s\nread as\n%s\nwanted\n%s", text->data, dump.data, wanted);
    mig_buffer_release(&dump);
    mig_buffer_release(&rows);
}

static void encode(struct mig_buffer *text, const char *encoding)
{
    iconv_t encoder = iconv_open(encoding, "UTF-8");
    struct mig_buffer coded = {0};
    size_t left = text->length, room = 4 * text->length;
    dump_check(mig_buffer_append(&coded, "", 0, NULL));
    coded.data = realloc(coded.data, room + 1);
    assert_non_null(coded.data);
    char *in = text->data, *out = coded.data;
    assert_int_equal(iconv(encoder, &in, &left, &out, &room), 0);
    iconv_close(encoder);
    coded.length = (size_t)(out - coded.data);
    coded.data[coded.length] = '\0';
    mig_buffer_release(text);
    *text = coded;
}

static void what_stands_around_does_not_matter(void **state)
{
    (void)state;
    static const char *const encodings[] = {NULL, "UTF-16LE", "UTF-16BE", "windows-1252"};
    for (int i = 0; i < TABLES; i++) {
        struct mess mess = draw_mess();
        struct mig_buffer text = {0};
        struct mig_buffer wanted = {0};
        write_table(&text, &wanted, &mess);
        const char *encoding = encodings[random_below(4)];
        if (encoding)
            encode(&text, encoding);
        struct mig_input_options options = {.find_header = true};
        options.reader.read_size = one_in(2) ? 1 + random_below(50) : 0;
        options.reader.encoding = encoding && encoding[0] == 'w' ? encoding : NULL;
        check_table(&text, wanted.data, &options);
        mig_buffer_release(&text);
        mig_buffer_release(&wanted);
    }
}

static const char *const texts[] = {
    "t \"x\"\n\na,b,\n1,2,\n\nSource: x\n",
    "g,,h,\na,b,c,d\n#x,#y,z,#w\n1,2,3,4\n5,\xe9,7,8\n,,,\nSource: x,,,\n\"x\n\",y\n",
    "a,b\n1,2\n\n3\n\n4\n5,6,7\n",
    "\"a\nb\";c;;\n1;2;;\n;;;\n;;;3\n",
    "a\rb\r\rc\r",
    "a\0,\0b\0\n\0001\0,\0\0\xdc\n\0",
    "a\0,\0b\0\n\0001\0,\0\0",
    "",
};

static void read_size_does_not_matter(void **state)
{
    (void)state;
    static const size_t lengths[] = {0, 0, 0, 0, 0, 14, 13, 0};
    for (size_t i = 0; i < 8 * sizeof texts / sizeof *texts; i++) {
        const char *text = texts[i / 8];
        size_t length = lengths[i / 8] ? lengths[i / 8] : strlen(text);
        struct temporary file = temporary_file(text, length);
        struct mig_input_options options = {.find_header = true,
            .pass_ragged = i & 1,
            .header_rows = i & 2 ? 2 : 0,
            .reader = {.invalid = i & 1 ? MIG_INVALID_MARK : MIG_INVALID_REPLACE,
                .first_line = i & 4 ? 2 : 0,
                .end_line = i & 4 ? 4 : 0}};
        struct mig_buffer whole = {0};
        (void)dump_input(file.path, &options, &whole);
        for (size_t size = 1; size <= length + 1; size++) {
            struct mig_buffer pieces = {0};
            options.reader.read_size = size;
            (void)dump_input(file.path, &options, &pieces);
            assert_string_equal(pieces.data, whole.data);
            mig_buffer_release(&pieces);
        }
        mig_buffer_release(&whole);
        unlink(file.path);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_stands_around_does_not_matter),
        cmocka_unit_test(read_size_does_not_matter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
