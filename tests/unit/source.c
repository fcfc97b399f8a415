#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "../gzip.h"
#include "../temporary.h"
#include "base/memory.h"
#include "input/source.h"

#define ABOVE_A_BLOCK ((size_t)700 * 1000)

/* Reads all of `bytes` with one read size. */
static enum mig_status read_with(const void *bytes, size_t length, const char *encoding,
    size_t read_size, struct mig_buffer *out, struct mig_error *error)
{
    struct temporary file = temporary_file(bytes, length);
    struct mig_source *source;
    enum mig_status status = mig_source_open(&source, file.path, encoding, read_size, error);
    unlink(file.path);
    while (status == MIG_OK) {
        const char *data;
        size_t got;
        status = mig_source_read(source, &data, &got, error);
        if (status != MIG_OK || got == 0)
            break;
        status = mig_buffer_append(out, data, got, error);
    }
    mig_source_free(source);
    return status;
}

static void check(const void *bytes, size_t length, const char *encoding, enum mig_status wanted,
    const char *output, const char *message)
{
    for (size_t read_size = 0; read_size <= length; read_size++) {
        struct mig_buffer out = {0};
        struct mig_error error = {0};
        assert_int_equal(read_with(bytes, length, encoding, read_size, &out, &error), wanted);
        assert_string_equal(out.data ? out.data : "", output);
        if (wanted != MIG_OK)
            assert_string_equal(error.text, message);
        mig_buffer_release(&out);
    }
}

static void passes_bytes(void **state)
{
    (void)state;
    check("", 0, NULL, MIG_OK, "", NULL);
    check("a", 1, NULL, MIG_OK, "a", NULL);
    check("a,b\r\n\xe9\n", 7, NULL, MIG_OK, "a,b\r\n\xe9\n", NULL);
    check("\xe9", 1, "UTF8", MIG_OK, "\xe9", NULL);
}

static void obeys_marks(void **state)
{
    (void)state;
    check("\xef\xbb\xbf"
          "a,b\n",
        7, NULL, MIG_OK, "a,b\n", NULL);
    check("\xef\xbb\xbf", 3, NULL, MIG_OK, "", NULL);
    check("\xef\xbb", 2, NULL, MIG_OK, "\xef\xbb", NULL);
    check("\xff\xfe"
          "a\0\xe9\0\n\0",
        8, NULL, MIG_OK, "a\xc3\xa9\n", NULL);
    check("\xfe\xff"
          "\0a\0\xe9\0\n",
        8, NULL, MIG_OK, "a\xc3\xa9\n", NULL);
    /* Against a named encoding. */
    check("\xef\xbb\xbf\xc3\xa9", 5, "windows-1252", MIG_OK, "\xc3\xa9", NULL);
    check("\xff\xfe\xe9\0", 4, "utf-8", MIG_OK, "\xc3\xa9", NULL);
}

static void decodes(void **state)
{
    (void)state;
    check("S\xe9gou\x80\n", 7, "windows-1252", MIG_OK, "S\xc3\xa9gou\xe2\x82\xac\n", NULL);
    /* U+1F600 needs two units of UTF-16. */
    check("a\0\x3d\xd8\x00\xde\n\0", 8, "utf-16le", MIG_OK, "a\xf0\x9f\x98\x80\n", NULL);
    /* A byte b that is not valid becomes F8 + b / 64, F8 + b / 8 % 8, F8 + b % 8. */
    check("a\nb\n\x81\n", 6, "windows-1252", MIG_OK, "a\nb\n\xfa\xf8\xf9\n", NULL);
    check("\xff", 1, "ascii", MIG_OK, "\xfb\xff\xff", NULL);
    check("a\0\n\0b", 5, "utf-16le", MIG_SYNTAX, "a\n",
        "text ends in the middle of a character of its encoding");
    check("\xff\xfe"
          "a\0\x3d\xd8",
        6, NULL, MIG_SYNTAX, "a", "text ends in the middle of a character of its encoding");
    /* The second byte of a unit begins with FC + b / 64. */
    check("\x00\xde\x62\0", 4, "utf-16le", MIG_OK,
        "\xf8\xf8\xf8\xff\xfb\xfe"
        "b",
        NULL);
}

static void names_the_line(void **state)
{
    (void)state;
    struct mig_buffer out = {0};
    struct mig_error error;
    assert_int_equal(read_with("a\0\n\0b", 5, "utf-16le", 0, &out, &error), MIG_SYNTAX);
    assert_int_equal(error.line, 2);
    mig_buffer_release(&out);
}

/* Far more of them than one read or one block holds. */
static void passes_many_undecoded(void **state)
{
    (void)state;
    char *bytes = malloc(ABOVE_A_BLOCK);
    struct mig_buffer out = {0};
    struct mig_error error;
    assert_non_null(bytes);
    memset(bytes, '\x81', ABOVE_A_BLOCK);
    assert_int_equal(read_with(bytes, ABOVE_A_BLOCK, "windows-1252", 0, &out, &error), MIG_OK);
    assert_int_equal(out.length, MIG_UNDECODED_LENGTH * ABOVE_A_BLOCK);
    assert_memory_equal(out.data + out.length - 6, "\xfa\xf8\xf9\xfa\xf8\xf9", 6);
    mig_buffer_release(&out);
    free(bytes);
}

static void knows_utf16_by_its_nuls(void **state)
{
    (void)state;
    check("a\0,\0\xe9\0\n\0", 8, NULL, MIG_OK, "a,\xc3\xa9\n", NULL);
    check("\0a\0,\0\xe9\0\n", 8, NULL, MIG_OK, "a,\xc3\xa9\n", NULL);
    /* An apostrophe U+2019 has no NUL; U+0100 has one in the other place. */
    check("l\0\x19\x20"
          "a\0",
        6, NULL, MIG_OK,
        "l\xe2\x80\x99"
        "a",
        NULL);
    check("a\0b\0c\0d\0e\0f\0g\0\0\1", 16, NULL, MIG_OK, "abcdefg\xc4\x80", NULL);
    /* One pair, NULs in both places (UTF-32), a NUL here and there, a named encoding: none. */
    check("a\0", 2, NULL, MIG_OK, "a", NULL);
    check("a,b,c\n\0,2,3\n", 13, NULL, MIG_OK, "a,b,c\n", NULL);
    struct mig_buffer out = {0};
    assert_int_equal(read_with("a\0\0\0b\0\0\0", 8, NULL, 0, &out, NULL), MIG_OK);
    assert_int_equal(out.length, 8);
    assert_memory_equal(out.data, "a\0\0\0b\0\0\0", 8);
    mig_buffer_clear(&out);
    assert_int_equal(read_with("a\0b\0", 4, "utf-8", 0, &out, NULL), MIG_OK);
    assert_int_equal(out.length, 4);
    mig_buffer_release(&out);
}

static void refuses_files_that_are_no_text(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        const char *message;
    } examples[] = {
        {"PK\3\4x", "a workbook (.xlsx, .ods) or a zip archive, not CSV: save the sheet as CSV, or "
                    "unpack it"},
        {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            "a workbook (.xls), not CSV: open it in a spreadsheet and save the sheet as CSV"},
        {"%PDF-1.7", "a PDF document, not CSV"},
        {"BZh91AY&SY\1", "a compressed file: unpack it first"},
        {"\xfd"
         "7zXZ",
            NULL},
        {"\x28\xb5\x2f\xfd", "a compressed file: unpack it first"},
        {"<?xml version", "an XML file, not CSV"},
        {"<HTML>", "a web page, not CSV: the download may have failed"},
        {"<!DOCTYPE html>", "a web page, not CSV: the download may have failed"},
        {"{\"a\": 1}", "a JSON file, not CSV"},
        {"[\n  {", "a JSON file, not CSV"},
        /* Texts that only begin so. */
        {"PK,b\n", NULL},
        {"BZh,b\n", NULL},
        {"[a],b\n", NULL},
        {"{a},b\n", NULL},
        {"[", NULL},
        {"<tag>,b\n", NULL},
    };
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        struct temporary file = temporary_text(examples[i].bytes);
        struct mig_source *source;
        struct mig_error error = {0};
        const char *data;
        size_t length;
        assert_int_equal(mig_source_open(&source, file.path, NULL, 1, NULL), MIG_OK);
        unlink(file.path);
        assert_int_equal(mig_source_read(source, &data, &length, NULL), MIG_OK);
        assert_int_equal(
            mig_source_check_format(source, &error), examples[i].message ? MIG_SYNTAX : MIG_OK);
        if (examples[i].message)
            assert_string_equal(error.text, examples[i].message);
        mig_source_free(source);
    }
}

static void unpacks(void **state)
{
    (void)state;
    unsigned char packed[256];
    size_t first = gzip_pack("a,b\n", 4, packed, sizeof packed);
    check(packed, first, NULL, MIG_OK, "a,b\n", NULL);
    for (size_t cut = 2; cut < first; cut++) {
        struct mig_buffer out = {0};
        struct mig_error error;
        assert_int_equal(read_with(packed, cut, NULL, 0, &out, &error), MIG_SYNTAX);
        assert_string_equal(error.text, "gzip data end too early");
        mig_buffer_release(&out);
    }
    size_t empty = gzip_pack("", 0, packed + first, sizeof packed - first);
    size_t second = gzip_pack("\xe9", 1, packed + first + empty, sizeof packed - first - empty);
    size_t all = first + empty + second;
    check(packed, all, "windows-1252", MIG_OK, "a,b\n\xc3\xa9", NULL);
    check(packed, all - 1, NULL, MIG_SYNTAX, "a,b\n\xe9", "gzip data end too early");
    memcpy(packed + all, "1,2\n", 4);
    check(packed, all + 4, NULL, MIG_SYNTAX, "a,b\n\xe9", "gzip data are followed by other data");
    packed[all - 8] ^= 1; /* the last member's check sum */
    check(packed, all, NULL, MIG_SYNTAX, "a,b\n\xe9", "gzip data are damaged");
}

static void unpacks_a_mark(void **state)
{
    (void)state;
    unsigned char packed[64];
    size_t length = gzip_pack("\xff\xfe\xe9\0", 4, packed, sizeof packed);
    check(packed, length, NULL, MIG_OK, "\xc3\xa9", NULL);
}

static void fill_bytes(unsigned char *bytes, size_t length)
{
    uint32_t x = 1;
    for (size_t i = 0; i < length; i++) {
        x = x * 1664525u + 1013904223u;
        bytes[i] = (unsigned char)('A' + (x >> 28));
    }
}

/* More than a block in, and far more than a block out. */
static void passes_blocks(void **state)
{
    (void)state;
    unsigned char *bytes = malloc(ABOVE_A_BLOCK);
    unsigned char *packed = malloc(2 * ABOVE_A_BLOCK);
    struct mig_error error;
    assert_non_null(bytes);
    assert_non_null(packed);
    for (int kind = 0; kind < 2; kind++) {
        if (kind == 0)
            memset(bytes, 'a', ABOVE_A_BLOCK);
        else
            fill_bytes(bytes, ABOVE_A_BLOCK);
        size_t length = gzip_pack(bytes, ABOVE_A_BLOCK, packed, 2 * ABOVE_A_BLOCK);
        for (size_t read_size = 0; read_size < 3; read_size++) {
            struct mig_buffer out = {0};
            assert_int_equal(read_with(packed, length, NULL, read_size, &out, &error), MIG_OK);
            assert_int_equal(out.length, ABOVE_A_BLOCK);
            assert_memory_equal(out.data, bytes, ABOVE_A_BLOCK);
            mig_buffer_clear(&out);
            assert_int_equal(
                read_with(bytes, ABOVE_A_BLOCK, "latin1", read_size, &out, &error), MIG_OK);
            assert_int_equal(out.length, ABOVE_A_BLOCK);
            assert_memory_equal(out.data, bytes, ABOVE_A_BLOCK);
            mig_buffer_release(&out);
        }
    }
    free(bytes);
    free(packed);
}

static void refuses_what_is_no_file(void **state)
{
    (void)state;
    struct mig_source *source;
    struct mig_error error;
    assert_int_equal(mig_source_open(&source, "/", NULL, 0, &error), MIG_SYSTEM);
    assert_null(source);
    assert_non_null(strstr(error.text, "Is a directory"));
    assert_int_equal(mig_source_open(&source, "/nowhere/x.csv", NULL, 0, &error), MIG_SYSTEM);
    assert_non_null(strstr(error.text, "'/nowhere/x.csv'"));
    assert_int_equal(mig_source_open(&source, "/dev/null", "klingon", 0, &error), MIG_NAME);
    assert_string_equal(error.text, "encoding 'klingon' is not known");
    assert_int_equal(mig_source_open(&source, "/dev/null", "latin1//IGNORE", 0, &error), MIG_NAME);
    mig_source_free(NULL);
}

static void reports_progress(void **state)
{
    (void)state;
    struct temporary file = temporary_text("abc");
    struct mig_source *source;
    const char *data;
    size_t length;
    uint64_t taken;
    uint64_t size;
    assert_int_equal(mig_source_open(&source, file.path, NULL, 0, NULL), MIG_OK);
    unlink(file.path);
    assert_string_equal(mig_source_name(source), file.path);
    mig_source_progress(source, &taken, &size);
    assert_int_equal(taken, 0);
    assert_int_equal(size, 3);
    assert_int_equal(mig_source_read(source, &data, &length, NULL), MIG_OK);
    mig_source_progress(source, &taken, &size);
    assert_int_equal(taken, 3);
    mig_source_free(source);
    assert_int_equal(mig_source_open(&source, "-", NULL, 0, NULL), MIG_OK);
    assert_string_equal(mig_source_name(source), "standard input");
    mig_source_free(source);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(passes_bytes),
        cmocka_unit_test(obeys_marks),
        cmocka_unit_test(decodes),
        cmocka_unit_test(names_the_line),
        cmocka_unit_test(passes_many_undecoded),
        cmocka_unit_test(knows_utf16_by_its_nuls),
        cmocka_unit_test(refuses_files_that_are_no_text),
        cmocka_unit_test(unpacks),
        cmocka_unit_test(unpacks_a_mark),
        cmocka_unit_test(passes_blocks),
        cmocka_unit_test(refuses_what_is_no_file),
        cmocka_unit_test(reports_progress),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
