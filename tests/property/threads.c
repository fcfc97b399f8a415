/* A tally does not depend on the number of threads that read it, nor on the places where the text
 * is cut into blocks for them, nor on whether rows are read by the dozen or, with libcsv, one by
 * one: groups, accounts, and the error of a bad file, with its place. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "../gzip.h"
#include "../table.h"
#include "base/random.h"
#include "table/tally.h"

enum { LONGEST_RANDOM = 60, RANDOM_TEXTS = 80, KINDS = 5 };
#define SAMPLE ((size_t)64 * 1024) /* what the reader reads ahead */

#define HEADER "a,d,x,y\n"

static const struct text {
    const char *bytes;
    size_t length;
    const char *encoding;
    char quote;
} texts[] = {
#define TEXT_AS(text, encoding, quote)                                                             \
    {                                                                                              \
        text, sizeof(text) - 1, encoding, quote                                                    \
    }
#define TEXT(text) TEXT_AS(text, NULL, 0)
    TEXT(""),
    TEXT(HEADER),
    TEXT("a,d,x,y"),
    TEXT(HEADER "g,2024-02-29,1,2\nh,2023-01-31,-3,4.50\ng,2024-03,.5,\n,,7,8\n"),
    TEXT(HEADER "g,2024-02-29,1,2"),
    TEXT(HEADER "g,2024,1,2\r\nh,2024,3,4\r\n\r\n\r\ng,2025,5,6\r\nh,2024,7,8"),
    TEXT("a,d,x,y\rg,2024,1,2\rh,2024,3,4\r\rg,2025,5,6\r"),
    TEXT("a,d,x,y\rg,2024,1,2\r\"h\ri\",2024,3,4\r\n\rg,2025,5,6\rk,2024,z,2\r"),
    TEXT(HEADER "g,2024,1,2\rh,2024,3,4\r\rg,2025,5,6\n\rh,2024,7,8\r\n\ni,2024,9,8\n"),
    TEXT(HEADER "\"g\nh\",2024,1,2\n\"\n\",2024,3,4\n\"\"\"\n\"\"\",2025,5,6\n\"\",2024,7,8\n"),
    TEXT(
        HEADER "\"a long cell\nwith \"\"many\"\"\r\nlines\n\n\n\n\nin it\",2024,1,2\ng,2024,3,4\n"),
    TEXT(HEADER "g,2024,1,2\nh,2024,1,2\n\"h\n\n\ni\",2024,3,4\ng,2024,1,2\nh,2024,abc,4\n"),
    TEXT(HEADER "g,2024,1,2\n\n \t\n\nh,2024,3,4\n\n"),
    TEXT("#tag\n"),
    TEXT("a,d,x,y\n#adm1,#date,#affected,#population\ng,2024,1,2\nh,2024,3,4\n"),
    /* rows that fail */
    TEXT(HEADER "g,2024,1,2\nh,2024,abc,4\ng,2025,5,6\n"),
    TEXT(HEADER "g,2024,1,2\nh,2024,3,4\ng,2025-13,5,6\n"),
    TEXT(HEADER "g,2024,1,2\nh,2024,abc,4\ng,2025,def,6\nh,2024,1\n"),
    TEXT(HEADER "g,2024,1,2\nh,2024,3\ng,2025,def,6\n"),
    TEXT(HEADER "g,2024,1,2\nh,2024,3,4,5\n\"\n\",2025,def,6\n"),
    TEXT(HEADER "g,2024,1,2\nh,2024,3,4\"\ng,2025,\"x\",6\nh,2024,abc,4\n"),
    TEXT(HEADER "g,2024,1,2\nh\",2024,3,4\ng,2025,5,6\nh,2024,7,8\ni,2024,9,1\n"),
    TEXT(HEADER "g,2024,1,2\n\"h\"x,2024,3,4\ng,2025,5,6\nh,2024,abc,4\n"),
    TEXT(HEADER "g,2024,1,2\n\"h\n\nx,2024,3,4\ng,2025,5,6\nh,2024,7,8\n"),
    TEXT(HEADER "g,2024,1,2\n\"h,2024,3,4\ng,2025,\"5,6\nh,2024,7,8\n"),
    TEXT(HEADER "g,2024,1,2\nh,2024,3,\0\ng,2025,abc,6\n"),
    TEXT(HEADER "g,2024,1,2\nh\xff,2024,3,4\ng,2025,abc,6\n"),
    TEXT(HEADER "g,2024,1,2\nh,2024,\"\xc3\n\xc3\",4\ng,2025,abc,6\n"),
    TEXT(HEADER "g,2024,1,2\n\"12345678901234567890123456789012345678901234567890\",2024,1,2\nh,"
                "2024,x,2\n"),
    TEXT(HEADER
        "g,2024,1,2\nh,2024,9,4\ng,2025,8,6\nh,2024,7,8\n"
        "h,2024,91,4\ni,2025,81,6\nj,2024,9,1\nk,2024,9,4\nl,2025,8,6\nm,2024,9,1\n"
        "h,2024,91,4\ni,2025,81,6\nj,2024,9,1\nk,2024,9,4\nl,2025,8,6\nm,2024,9,1\n"), /* parts
                                                                                          above
                                                                                          their
                                                                                          wholes */
    TEXT("a,d,x,y,n\ng,2024,1,2,18446744073709551615\ng,2024,3,4,1\nh,2024,1,2,x\n"),
    TEXT("a,d,x,y,n\ng,2024,1,2,18446744073709551615\ng,2024,3,4,1\nh,2024,1,2,3\n"),
    TEXT("a,d,x,y,n\ng,2024,1,2,18446744073709551615\nh,2024,3,4,1\nh,2024,1,2,3\n"),
    TEXT("measure,kind,total,a,d,x,y\nm,k,,g,2024,1,2\nm,k,,h,2024,3,4\nm,k,all,,2024,4,6\n"),
    TEXT("\xff\xfe"
         "a\0,\0d\0,\0x\0,\0y\0\n\0g\0,\0002\0000\0002\0004\0,\0001\0,\0002\0\n\0\"\0\n\0\"\0,\0,"
         "\0,\0\n\0"),
    TEXT_AS(HEADER "g,2024,1,2\nh\x81,2024,1,2\ng,2024,x,2\n", "windows-1252", 0),
    TEXT_AS(HEADER "r\xe9gion,2024,1,2\n\x93h,2024,1,2\ng,2024,1,2\n", "windows-1252", 0),
    TEXT_AS(HEADER "\"g,2024,1,2\n\"h\",2024,1,2\ng\",2024,1,2\n", NULL, MIG_NO_QUOTE),
    TEXT_AS(HEADER "'g\n',2024,1,2\n'''',2024,1,2\ng,2024,1,2\n", NULL, '\''),
#undef TEXT
#undef TEXT_AS
};

/* Reading. */

static const struct mig_moments_column moments_of_x = {.n = 2}, moments_of_y = {.n = 3};

static void prepare(int kind, struct mig_tally_spec *spec)
{
    static const struct mig_part_of parts[] = {{0, 1}};
    static const size_t columns[] = {2, 3};
    spec->sums = columns;
    spec->n_sums = 2;
    if (kind == 1) {
        spec->parts = parts;
        spec->n_parts = 1;
    }
    if (kind == 2) {
        spec->moments = &moments_of_x;
        spec->n_moments = 1;
        spec->where_missing = MIG_MISSING_DROP;
    }
    if (kind == 3) {
        spec->weighted = true;
        spec->moments = &moments_of_y;
        spec->n_moments = 1;
    }
    if (kind == 4)
        spec->sums_not_negative = true;
}

static void dump_group(
    struct mig_buffer *out, const struct mig_tally *tally, const struct mig_group *group)
{
    for (size_t i = 0; i < group->n_keys; i++) {
        struct mig_text text = mig_tally_key(tally, group, i);
        DUMP(out, "[%.*s]", MIG_TEXT_ARG(text));
    }
    DUMP(out, " n %ju rows %ju", (uintmax_t)group->n, (uintmax_t)group->rows);
    for (size_t i = 0; i < group->n_sums; i++) {
        DUMP(out, " ");
        if (group->missing >> i & 1)
            DUMP(out, "-");
        else
            dump_sum(out, &group->sums[i]);
    }
    for (int i = 0; i < MIG_MOMENTS && group->moments->n > 0; i++) {
        DUMP(out, " ");
        dump_sum(out, &group->moments->sums[i]);
    }
    DUMP(out, "\n");
}

static void dump_tally(struct mig_buffer *out, const struct mig_tally *tally, int kind)
{
    struct mig_tally_account account = mig_tally_account(tally);
    for (size_t i = 0; i < mig_tally_count(tally); i++) {
        struct mig_group group = mig_tally_group(tally, i);
        static const struct mig_moments none;
        if (kind != 2 && kind != 3)
            group.moments = &none;
        dump_group(out, tally, &group);
    }
    DUMP(out, "read %ju used %ju missing %ju\n", (uintmax_t)account.read, (uintmax_t)account.used,
        (uintmax_t)account.missing);
    const struct mig_error *error = mig_tally_part_error(tally);
    if (error != NULL)
        DUMP(out, "%s:", error->file);
    if (error != NULL)
        dump_error(out, error->status, error);
}

static void dump_input(struct mig_buffer *out, const struct mig_input *input)
{
    struct mig_input_account account = mig_input_account(input);
    DUMP(out, "%s: rows %zu blank %zu header %zu\n", mig_input_name(input), account.rows,
        account.blank_lines, account.header_line);
}

static void read_tally(
    struct mig_buffer *out, struct mig_input *input, int kind, struct mig_error *error)
{
    struct mig_keys keys = {0};
    struct mig_error_list errors = {0};
    struct mig_tally *tally = NULL;
    const char *by = kind == 4 ? "week(d),band(y,0,2.5,5),quarter(d)" : "a,year(d)";
    enum mig_status status = mig_keys_parse(&keys, by, error);
    assert_int_equal(status, MIG_OK);
    struct mig_tally_spec spec = {.keys = &keys};
    prepare(kind, &spec);
    if (mig_keys_bind(&keys, mig_input_header(input), &errors) == MIG_OK) {
        status = mig_tally_read(&tally, input, &spec, error);
        if (status == MIG_OK) {
            dump_tally(out, tally, kind);
            dump_input(out, input);
        } else {
            DUMP(out, "%s:", error->file);
            dump_error(out, status, error);
        }
    }
    mig_tally_free(tally);
    mig_keys_release(&keys);
    mig_error_list_release(&errors);
}

/* What comes of reading the files, as a text for the caller to free. */
static char *tally_of(
    char *const *paths, size_t n_paths, int kind, const struct mig_input_options *options)
{
    struct mig_input *input;
    struct mig_error error = {0};
    struct mig_buffer out = {0};
    enum mig_status status = mig_input_open(&input, paths, n_paths, options, &error);
    if (status == MIG_OK)
        read_tally(&out, input, kind, &error);
    else
        dump_error(&out, status, &error);
    mig_input_free(input);
    DUMP(&out, ".");
    return out.data;
}

static void compare(char *const *paths, size_t n_paths, struct mig_input_options options,
    size_t largest, size_t step)
{
    static const size_t threads[] = {2, 3, 7};
    for (int kind = 0; kind < KINDS; kind++) {
        struct mig_input_options slowly = options;
        slowly.reader.only_libcsv = true;
        char *expected = tally_of(paths, n_paths, kind, &slowly);
        char *found = tally_of(paths, n_paths, kind, &options);
        assert_string_equal(found, expected);
        free(found);
        for (size_t size = 1; size <= largest; size += step)
            for (size_t i = kind == 0 ? 0 : size % 3; i < 3; i += kind == 0 ? 1 : 3) {
                options.threads = threads[i];
                options.block_size = size;
                found = tally_of(paths, n_paths, kind, &options);
                assert_string_equal(found, expected);
                free(found);
            }
        free(expected);
    }
}

static struct mig_input_options options_of(const struct text *text)
{
    return (struct mig_input_options){
        .reader = {
            .delimiter = ',', .encoding = text->encoding, .quote = text->quote, .max_cell = 40}};
}

static void compare_text(const struct text *text, size_t largest, size_t step)
{
    struct temporary file = temporary_file(text->bytes, text->length);
    char *path = file.path;
    compare(&path, 1, options_of(text), largest, step);
    unlink(file.path);
}

/* Properties. */

static void seams_do_not_matter(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        compare_text(&texts[i], texts[i].length, texts[i].length < 40 ? 1 : 3);
}

static void without_the_fast_lane_too(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct temporary file = temporary_file(texts[i].bytes, texts[i].length);
        char *path = file.path;
        struct mig_input_options options = options_of(&texts[i]);
        options.reader.only_libcsv = true;
        compare(&path, 1, options, texts[i].length, 7);
        unlink(file.path);
    }
}

static void packed_too(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        char packed[512];
        struct text gzip = texts[i];
        gzip.length = gzip_pack(texts[i].bytes, texts[i].length, packed, sizeof packed);
        gzip.bytes = packed;
        compare_text(&gzip, 40, 13);
        gzip.length -= 3;
        compare_text(&gzip, 40, 13);
    }
}

/* gzip data that end too early, or are damaged, far behind the sample; the last rows are good, or
 * not. */
static void sources_that_fail_too(void **state)
{
    (void)state;
    static const char *const ends[] = {"", "g,2024,abc,2\n", "\"g,2024", "g,20\"24"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        struct mig_buffer rows = {0};
        DUMP(&rows, "%s", HEADER);
        for (unsigned j = 0; j < 20000; j++)
            DUMP(&rows, "g,2024,%u,%u\n", j * 7919 % 1000, j * 104729 % 997);
        DUMP(&rows, "%s", ends[i]);
        char *packed = malloc(rows.length);
        assert_non_null(packed);
        struct text gzip = {
            packed, gzip_pack(rows.data, rows.length, packed, rows.length), NULL, 0};
        packed[gzip.length - 5] ^= 1;
        compare_text(&gzip, 100000, 33333);
        gzip.length -= 3;
        compare_text(&gzip, 100000, 33333);
        gzip.length = gzip.length / 3 * 2;
        compare_text(&gzip, 100000, 33333);
        free(packed);
        mig_buffer_release(&rows);
    }
}

/* The text stands behind the sample, which is filled with rows, in whole or in part. */
static void behind_the_sample_too(void **state)
{
    (void)state;
    static const char row[] = "g,2024,1,2\n";
    static const size_t before[] = {SAMPLE - 30, SAMPLE};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        const struct text *text = &texts[i];
        const char *rows = memchr(text->bytes, '\n', text->length);
        if (rows == NULL || strncmp(text->bytes, HEADER, sizeof HEADER - 1) != 0)
            continue;
        for (size_t j = 0; j < 2; j++) {
            struct mig_buffer padded = {0};
            DUMP(&padded, "%s", HEADER);
            while (padded.length < before[j])
                DUMP(&padded, "%s", row);
            size_t length = text->length - (size_t)(rows + 1 - text->bytes);
            if (mig_buffer_append(&padded, rows + 1, length, NULL) != MIG_OK)
                abort();
            struct text whole = *text;
            whole.bytes = padded.data;
            whole.length = padded.length;
            compare_text(&whole, 3000, 997);
            mig_buffer_release(&padded);
        }
    }
}

static void several_files_too(void **state)
{
    (void)state;
    static const size_t sets[][4] = {{3, 5, 4, 1}, {5, 2, 9, 3}, {3, 0, 3, 3}, {3, 15, 3, 20},
        {3, 14, 6, 24}, {10, 3, 30, 3}, {3, 29, 3, 29}};
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
        struct temporary files[4];
        char *paths[4];
        struct mig_input_options options = options_of(&texts[3]);
        options.reader.delimiter = 0;
        for (size_t j = 0; j < 4; j++) {
            const struct text *text = &texts[sets[i][j]];
            files[j] = temporary_file(text->bytes, text->length);
            paths[j] = files[j].path;
        }
        compare(paths, 4, options, 60, 7);
        char missing[] = "/nonexistent/file.csv";
        paths[2] = missing;
        compare(paths, 4, options, 60, 13);
        for (size_t j = 0; j < 4; j++)
            unlink(files[j].path);
    }
}

static void random_texts_too(void **state)
{
    (void)state;
    static const char alphabet[] = "\"\"\"\n\n\r,,,a1\xc3\xa9";
    struct mig_random random;
    assert_int_equal(mig_random_init(&random, 20, 0, NULL), MIG_OK);
    for (int i = 0; i < RANDOM_TEXTS; i++) {
        char bytes[sizeof HEADER + 8 * LONGEST_RANDOM] = HEADER;
        size_t length = sizeof HEADER - 1;
        for (uint32_t j = mig_random_below(&random, LONGEST_RANDOM); j > 0; j--) {
            char one = alphabet[mig_random_below(&random, sizeof alphabet - 1)];
            bool row = mig_random_below(&random, 6) == 0;
            length += (size_t)sprintf(bytes + length, "%s%c", row ? "g,,1," : "", one);
        }
        compare_text(&(struct text){bytes, length, NULL, 0}, 40, 9);
    }
    mig_random_release(&random);
}

/* Rows of all sorts of cells, most of which need no closer look. */
static void append_rows(struct mig_buffer *text, struct mig_random *random, bool counts)
{
    static const char *const names[] = {
        "g", "h", "", "Tombouctou", " g", "a name of over 16 bytes"};
    static const char *const days[] = {
        "2024-02-29", "2024-12-30", "2024-03", "", "2023-01-01", "2024-13-01"};
    static const char *const numbers[] = {"1", "2.50", "0", "12345678", "2.5", "-3", ".5", "",
        "123456789.25", "99999999999999999999", "1e3", "0.000001", "-0", "x"};
    for (uint32_t rows = 1 + mig_random_below(random, 200); rows > 0; rows--) {
        uint32_t most = mig_random_below(random, 200) == 0 ? 14 : 13;
        uint32_t day = mig_random_below(random, mig_random_below(random, 100) == 0 ? 6 : 5);
        DUMP(text, "%s,%s,%s,%s", names[mig_random_below(random, 6)], days[day],
            numbers[mig_random_below(random, rows % 5 == 0 ? most : 5)],
            numbers[mig_random_below(random, rows % 7 == 0 ? most : 5)]);
        DUMP(text, counts ? ",%u\n" : "\n", mig_random_below(random, 1000));
    }
}

static void all_sorts_of_cells_too(void **state)
{
    (void)state;
    struct mig_random random;
    assert_int_equal(mig_random_init(&random, 21, 0, NULL), MIG_OK);
    for (int i = 0; i < RANDOM_TEXTS; i++) {
        struct mig_buffer text = {0};
        DUMP(&text, "%s", i % 3 == 0 ? "a,d,x,y,n\n" : HEADER);
        append_rows(&text, &random, i % 3 == 0);
        compare_text(&(struct text){text.data, text.length, NULL, 0}, text.length, 977);
        mig_buffer_release(&text);
    }
    mig_random_release(&random);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(seams_do_not_matter),
        cmocka_unit_test(without_the_fast_lane_too),
        cmocka_unit_test(packed_too),
        cmocka_unit_test(sources_that_fail_too),
        cmocka_unit_test(behind_the_sample_too),
        cmocka_unit_test(several_files_too),
        cmocka_unit_test(random_texts_too),
        cmocka_unit_test(all_sorts_of_cells_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
