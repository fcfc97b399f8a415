/* The fast lane and libcsv make the same of every text: cells, lines, faults, errors and counts.
 *
 * With the argument -, the files whose paths come on standard input are read in both lanes instead,
 * and what was found is counted (make check-lanes FILES=folder). */
#include <glob.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "../gzip.h"
#include "../lanes.h"
#include "../temporary.h"

#define SAMPLE ((size_t)64 * 1024) /* what the reader reads ahead */
#define WINDOW ((size_t)256 * 1024)
#define RANDOM_TEXTS 12000

static const bool every_third[] = {true, false, false, true, false, false, true};
static const bool none[] = {false};

static size_t texts, sound; /* compared so far, and those without an error */

static void print_case(const char *bytes, size_t length, const struct lanes_options *options)
{
    fprintf(stderr, "delimiter %d quote %d max %zu invalid %d lines %zu-%zu read %zu keep %d\n",
        options->reader.delimiter, options->reader.quote, options->reader.max_cell,
        (int)options->reader.invalid, options->reader.first_line, options->reader.end_line,
        options->reader.read_size, options->keep);
    for (size_t i = 0; i < length && i < 400; i++)
        fprintf(stderr, "\\x%02x", (unsigned)(unsigned char)bytes[i]);
    fputc('\n', stderr);
}

/* Writes the text over the one file that serves all; returns its path. */
static const char *write_text(const char *bytes, size_t length)
{
    static struct temporary file;
    static FILE *stream;
    if (stream == NULL) {
        file = temporary_text("");
        stream = fopen(file.path, "r+");
        assert_non_null(stream);
    }
    rewind(stream);
    assert_int_equal(fwrite(bytes, 1, length, stream), length);
    assert_int_equal(fflush(stream), 0);
    assert_int_equal(ftruncate(fileno(stream), (off_t)length), 0);
    return file.path;
}

static void check_text(const char *bytes, size_t length, const struct lanes_options *options)
{
    const char *path = write_text(bytes, length);
    struct mig_buffer fast = {0}, slow = {0};
    (void)lanes_dump(path, options, false, &fast);
    bool is_sound = lanes_dump(path, options, true, &slow) == MIG_OK;
    bool agree = fast.length == slow.length && memcmp(fast.data, slow.data, fast.length) == 0;
    if (!agree) {
        print_case(bytes, length, options);
        fprintf(stderr, "fast lane:\n%s\nlibcsv:\n%s\n", fast.data, slow.data);
    }
    texts++;
    sound += is_sound;
    mig_buffer_release(&fast);
    mig_buffer_release(&slow);
    assert_true(agree);
}

static uint32_t random_state = 64;

static uint32_t random_below(uint32_t below)
{
    random_state = random_state * 1664525u + 1013904223u;
    return (uint32_t)(((uint64_t)random_state * below) >> 32);
}

/* Every text of up to five of these letters, alone, and where blocks of 64 bytes meet. */
static void check_all_short(const char *prefix)
{
    static const char letters[] = {'a', ',', '"', '\n', '\r', ' ', '\xe9'};
    enum { LETTERS = sizeof letters, LONGEST = 5 };
    struct lanes_options options = {.reader = {.delimiter = ','}};
    char text[128];
    size_t before = strlen(prefix);
    memcpy(text, prefix, before);
    size_t number = 1;
    for (size_t length = 0; length <= LONGEST; length++, number *= LETTERS)
        for (size_t i = 0; i < number; i++) {
            size_t rest = i;
            for (size_t j = 0; j < length; j++, rest /= LETTERS)
                text[before + j] = letters[rest % LETTERS];
            options.keep = i % 2 == 1;
            check_text(text, before + length, &options);
        }
}

static void short_texts(void **state)
{
    (void)state;
    check_all_short("");
    check_all_short("b\n");
    check_all_short("0123456789,0123456789,0123456789,0123456789\n012345,\"\"\n0,1,2,3");
    check_all_short("0123456789,0123456789,0123456789,0123456789\n012345,\"\"\n0,1,2,\"");
}

/* Pieces that texts are made of; those at the front are the more frequent the smaller `mess` is. */
static void append_piece(struct mig_buffer *text, uint32_t mess)
{
    static const struct mig_text pieces[] = {{"a", 1}, {"12.5", 4}, {",", 1}, {",", 1}, {"\n", 1},
        {"\r\n", 2}, {",\"b\"", 4}, {"\n\"c\",", 5}, {",\"\",", 4}, {"Gao", 3}, {"\xc3\xa9", 2},
        {",\"x\"\"y\",", 8}, {",\"x\ny\",", 7}, {"\n\n", 2}, {" ", 1}, {"\t", 1}, {";", 1},
        {"'", 1}, {"\"", 1}, {"\"\"", 2}, {"\r", 1}, {"\xef\xbb\xbf", 3}, {"\xe9", 1}, {"\0", 1},
        {"\xf0\x9f\x98\x80", 4}, {"\xed\xa0\x80", 3}};
    struct mig_text piece = pieces[random_below(mess)];
    dump_check(mig_buffer_append(text, piece.data, piece.length, NULL));
}

enum { MOST_MESS = 26 };

static void choose_options(struct lanes_options *options)
{
    static const char delimiters[] = ",,,,;\t ";
    static const char quotes[] = {0, 0, 0, '\'', MIG_NO_QUOTE};
    *options = (struct lanes_options){.keep = random_below(4) == 0};
    options->reader.delimiter = delimiters[random_below(sizeof delimiters - 1)];
    options->reader.quote = quotes[random_below(sizeof quotes)];
    options->reader.invalid = (enum mig_invalid)random_below(3);
    options->reader.max_cell = random_below(4) == 0 ? 1 + random_below(12) : 0;
    options->reader.end_line = random_below(8) == 0 ? 2 + random_below(8) : 0;
    options->reader.first_line = random_below(8) == 0 ? 1 + random_below(3) : 0;
    options->reader.read_size = random_below(2) == 0 ? 1 + random_below(200) : 0;
    options->reader.encoding = random_below(6) == 0 ? "windows-1252" : NULL;
    if (random_below(3) == 0) {
        options->wanted = every_third;
        options->n_wanted = random_below(sizeof every_third + 1);
        options->batches = random_below(4) > 0;
    }
}

static void random_texts(void **state)
{
    (void)state;
    texts = sound = 0;
    for (int i = 0; i < RANDOM_TEXTS; i++) {
        struct mig_buffer text = {0};
        struct lanes_options options;
        uint32_t mess = 10 + random_below(MOST_MESS - 9);
        choose_options(&options);
        dump_check(mig_buffer_append(&text, "k\n", random_below(4) > 0 ? 2 : 0, NULL));
        for (uint32_t pieces = random_below(i % 3 == 0 ? 12 : 150); pieces > 0; pieces--)
            append_piece(&text, mess);
        check_text(text.data != NULL ? text.data : "", text.length, &options);
        mig_buffer_release(&text);
    }
    /* Both outcomes were met often enough to mean something. */
    assert_in_range(sound, texts / 10, texts - texts / 10);
}

/* Packed, and cut short: what stands before the cut is read, then the error is met. */
static void packed_texts(void **state)
{
    (void)state;
    for (int i = 0; i < RANDOM_TEXTS / 20; i++) {
        struct mig_buffer text = {0};
        struct lanes_options options;
        char packed[8 * 1024];
        choose_options(&options);
        for (uint32_t pieces = 1 + random_below(300); pieces > 0; pieces--)
            append_piece(&text, 20);
        size_t length = gzip_pack(text.data, text.length, packed, sizeof packed);
        check_text(packed, length - random_below(12), &options);
        mig_buffer_release(&text);
    }
}

/* A text as long as `length`, in which any quotes are sound. */
static void append_table(struct mig_buffer *text, size_t length)
{
    for (size_t row = 0; text->length < length; row++)
        dump_check(mig_buffer_print(text, NULL,
            row % 7 == 3    ? "%zu,\"Gao, \"\"ville\"\"\",,\"a\nb\",x%s"
            : row % 5 == 1  ? "%zu,S\xc3\xa9gou,\"\",12.5,\"y\"%s"
            : row % 11 == 2 ? "%zu,,,,\n\n%s"
                            : "%zu,Mopti,2024-05-17,0.25,refugee%s",
            row, row % 3 == 0 ? "\r\n" : "\n"));
}

static void append_ascii(struct mig_buffer *text, size_t length)
{
    while (text->length < length)
        dump_check(mig_buffer_append(text, "1,Gao,2\n", 8, NULL));
}

/* Where the pieces meet that are indexed at a time, and cells longer than one. */
static void piece_seams(void **state)
{
    (void)state;
    enum { PIECE = 8192 };
    for (int i = 0; i < 3000; i++) {
        struct mig_buffer text = {0};
        struct lanes_options options = {.reader = {.delimiter = ',',
                                            .invalid = (enum mig_invalid)random_below(3),
                                            .max_cell = random_below(4) == 0 ? 300 : 0},
            .wanted = i % 3 > 0 ? every_third : NULL,
            .n_wanted = 7,
            .batches = i % 3 == 2};
        size_t seam = PIECE * (1 + random_below(2));
        append_ascii(&text, seam - 200);
        while (text.length < seam - random_below(60))
            dump_check(mig_buffer_append(&text, "a", 1, NULL));
        for (uint32_t pieces = random_below(6); pieces > 0; pieces--)
            append_piece(&text, MOST_MESS);
        for (uint32_t rest = random_below(3) * 2300; rest > 0; rest--)
            dump_check(mig_buffer_append(&text, "b", 1, NULL));
        append_piece(&text, MOST_MESS);
        dump_check(mig_buffer_append(&text, "\n", 1, NULL));
        append_ascii(&text, text.length + PIECE);
        check_text(text.data, text.length, &options);
        mig_buffer_release(&text);
    }
}

/* Behind what is read ahead, every size in which the system may hand out the bytes. */
static void read_sizes(void **state)
{
    (void)state;
    struct mig_buffer text = {0};
    append_table(&text, SAMPLE + 500);
    for (int i = 0; i < 60; i++)
        append_piece(&text, 16);
    for (size_t size = 1; size <= 200; size++) {
        struct lanes_options options = {.reader = {.delimiter = ',', .read_size = size},
            .wanted = size % 2 == 0 ? every_third : NULL,
            .n_wanted = 4,
            .batches = true};
        check_text(text.data, text.length, &options);
    }
    mig_buffer_release(&text);
}

/* Records across the seams of the window, and longer ones. */
static void windows(void **state)
{
    (void)state;
    static const size_t lengths[] = {1, 100, 5000, SAMPLE, WINDOW - 10, WINDOW, WINDOW + 77};
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        struct mig_buffer text = {0};
        append_table(&text, WINDOW - 40);
        dump_check(mig_buffer_append(&text, "k,\"", 3, NULL));
        for (size_t j = 0; j < lengths[i]; j += 2)
            dump_check(mig_buffer_append(&text, j % 400 == 0 ? "\"\"" : "l,", 2, NULL));
        dump_check(mig_buffer_append(&text, "\"\n", 2, NULL));
        append_table(&text, text.length + 3 * WINDOW);
        struct lanes_options options = {.reader = {.delimiter = ','}};
        check_text(text.data, text.length, &options);
        options.wanted = none;
        options.n_wanted = 1;
        check_text(text.data, text.length, &options);
        options.wanted = every_third;
        options.n_wanted = 5;
        options.batches = true;
        check_text(text.data, text.length, &options);
        mig_buffer_release(&text);
    }
}

/* More than one cell in eight bytes, so many that a record is refused for what its cells cost. */
static void wide_records(void **state)
{
    (void)state;
    struct mig_buffer text = {0};
    for (size_t i = 0; i < 200000; i++)
        dump_check(
            mig_buffer_append(&text, i % 50000 == 0 ? "\n1," : ",", i % 50000 == 0 ? 3 : 1, NULL));
    struct lanes_options options = {.reader = {.delimiter = ','}};
    check_text(text.data, text.length, &options);
    mig_buffer_release(&text);
}

/* Whether the lanes agree on a file, whatever is asked of it. */
static bool check_file(const char *path)
{
    static const struct lanes_options choices[] = {
        {.keep = false},
        {.reader = {.delimiter = ','}, .keep = true},
        {.reader = {.delimiter = ',', .quote = MIG_NO_QUOTE}},
        {.reader = {.invalid = MIG_INVALID_MARK}, .wanted = every_third, .n_wanted = 7},
        {.wanted = every_third, .n_wanted = 7, .batches = true},
        {.reader = {.invalid = MIG_INVALID_REPLACE, .delimiter = ';', .max_cell = 30}},
        {.reader = {.encoding = "windows-1252", .spoiled_titles = true}},
        {.reader = {.read_size = 61, .end_line = 300}},
    };
    bool agree = true;
    for (size_t i = 0; i < sizeof choices / sizeof *choices; i++)
        agree = lanes_agree(path, &choices[i]) && agree;
    return agree;
}

/* Tables, and texts that are none. */
static void own_files(void **state)
{
    (void)state;
    static const char *const patterns[] = {"datasets/*.csv", "datasets/*/*.csv",
        "datasets/*/*/*.csv", "tests/cli/*.test", "docs/*.md", "po/*.po", "lib/input/*.c"};
    glob_t files;
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
        int found = glob(patterns[i], i > 0 ? GLOB_APPEND : 0, NULL, &files);
        assert_int_equal(found, 0);
    }
    for (size_t i = 0; i < files.gl_pathc; i++)
        if (!check_file(files.gl_pathv[i]))
            fail_msg("%s is not read alike", files.gl_pathv[i]);
    globfree(&files);
}

static int check_listed_files(void)
{
    char path[4096];
    size_t files = 0, differ = 0;
    while (fgets(path, sizeof path, stdin) != NULL) {
        path[strcspn(path, "\n")] = '\0';
        files++;
        if (!check_file(path)) {
            differ++;
            printf("%s is not read alike\n", path);
        }
    }
    printf("%zu files, %zu read alike in both lanes\n", files, files - differ);
    return differ > 0;
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(short_texts),
        cmocka_unit_test(random_texts),
        cmocka_unit_test(packed_texts),
        cmocka_unit_test(piece_seams),
        cmocka_unit_test(read_sizes),
        cmocka_unit_test(windows),
        cmocka_unit_test(wide_records),
        cmocka_unit_test(own_files),
    };
    if (argc > 1 && strcmp(argv[1], "-") == 0)
        return check_listed_files();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
