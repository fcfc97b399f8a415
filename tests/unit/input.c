#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "../temporary.h"
#include "base/memory.h"
#include "input/input.h"

#define MOST_FILES 3

/* Rows as "line:cell|cell;"; an error as "!line:column text". */
static void dump_rows(struct mig_input *input, struct mig_buffer *out)
{
    struct mig_row row;
    struct mig_error error = {0};
    enum mig_status status;
    while ((status = mig_input_next(input, &row, &error)) == MIG_OK && row.count > 0) {
        assert_int_equal(mig_buffer_print(out, NULL, "%zu:", row.line), MIG_OK);
        for (size_t i = 0; i < row.count; i++)
            assert_int_equal(mig_buffer_print(out, NULL, "%s%.*s", i ? "|" : "",
                                 MIG_TEXT_ARG(row.cells[i].text)),
                MIG_OK);
        assert_int_equal(mig_buffer_append(out, ";", 1, NULL), MIG_OK);
    }
    if (status != MIG_OK)
        assert_int_equal(
            mig_buffer_print(out, NULL, "!%zu:%zu %s", error.line, error.column, error.text),
            MIG_OK);
}

struct example {
    const char *text;
    const char *names; /* between '|' */
    const char *rows;
    struct mig_input_account account;
};

static void check_names(const struct mig_header *header, const char *wanted)
{
    struct mig_buffer names = {0};
    for (size_t i = 0; i < header->count; i++)
        assert_int_equal(
            mig_buffer_print(&names, NULL, "%s%s", i ? "|" : "", header->names[i]), MIG_OK);
    assert_string_equal(names.data, wanted);
    mig_buffer_release(&names);
}

static void check_account(struct mig_input_account got, struct mig_input_account wanted)
{
    assert_int_equal(got.rows, wanted.rows);
    assert_int_equal(got.blank_lines, wanted.blank_lines);
    assert_int_equal(got.title_lines, wanted.title_lines);
    assert_int_equal(got.header_line, wanted.header_line);
    assert_int_equal(got.tag_row, wanted.tag_row);
}

static void check_all(const struct example *examples, const struct mig_input_options *options)
{
    for (; examples->text; examples++) {
        struct temporary file = temporary_text(examples->text);
        char *path = file.path;
        struct mig_input *input;
        struct mig_error error = {0};
        struct mig_buffer rows = {0};
        assert_int_equal(mig_input_open(&input, &path, 1, options, &error), MIG_OK);
        unlink(path);
        check_names(mig_input_header(input), examples->names);
        dump_rows(input, &rows);
        assert_string_equal(rows.data ? rows.data : "", examples->rows);
        check_account(mig_input_account(input), examples->account);
        mig_buffer_release(&rows);
        mig_input_free(input);
    }
}

static void reads_rows_below_the_first_record(void **state)
{
    (void)state;
    static const struct example examples[] = {
        {"a,b\n1,2\n3,4\n", "a|b", "2:1|2;3:3|4;", {2, 0, 0, 1, false}},
        {"a,b\n", "a|b", "", {0, 0, 0, 1, false}},
        {"\n a ,b\n\n1,2\n", "a|b", "4:1|2;", {1, 2, 0, 2, false}},
        {"a,b\n#x,#y+f\n1,2\n", "a|b", "3:1|2;", {1, 0, 0, 1, true}},
        {"#x,#y+f\n1,2\n", "#x|#y+f", "2:1|2;", {1, 0, 0, 1, true}},
        {"a,b\n1,2,3\n", "a|b", "!2:0 row has 3 cells, the header has 2", {0, 0, 0, 1, false}},
        {"a,b\n1,2\n3\n", "a|b", "2:1|2;!3:0 row has 1 cell, the header has 2",
            {1, 0, 0, 1, false}},
        {"a,b\n1,2\n3,\"x\n", "a|b",
            "2:1|2;!3:2 unclosed quote: the cell that opens here never ends", {1, 0, 0, 1, false}},
        {NULL, NULL, NULL, {0, 0, 0, 0, false}},
    };
    check_all(examples, &(struct mig_input_options){0});
}

/* In a file of one column a blank line is a missing value. */
static const struct example one_column[] = {
    {"a\n\n1\n\n", "a", "2:;3:1;4:;", {3, 0, 0, 1, false}},
    {"\n\na\n1\n", "a", "4:1;", {1, 2, 0, 3, false}},
    {"a\n#x\n\n1\n", "a", "3:;4:1;", {2, 0, 0, 1, true}},
    {"a\n\"\"\n", "a", "2:;", {1, 0, 0, 1, false}},
    {"a\n", "a", "", {0, 0, 0, 1, false}},
    {NULL, NULL, NULL, {0, 0, 0, 0, false}},
};

static void keeps_missing_values_of_one_column(void **state)
{
    (void)state;
    check_all(one_column, &(struct mig_input_options){.find_header = false});
    check_all(one_column, &(struct mig_input_options){.find_header = true});
}

static void finds_the_header(void **state)
{
    (void)state;
    static const struct example examples[] = {
        {"a,b\n1,2\n", "a|b", "2:1|2;", {1, 0, 0, 1, false}},
        {"Returns by region\n\n2025,\"two\nlines\",x\n\na,b\n1,2\n3,4\n", "a|b", "7:1|2;8:3|4;",
            {2, 2, 3, 6, false}},
        {"Returns,,\n,,\na,b,c\n1,,\n2,,\n", "a|b|c", "4:1||;5:2||;", {2, 1, 1, 3, false}},
        /* Groups, names, tags, as in displacement tracking. */
        {"Title,,\n\nplace,,people\nregion,code,n\n#adm1+name,#adm1+code,#affected\nGao,ML07,5\n",
            "region|code|n", "6:Gao|ML07|5;", {1, 1, 2, 4, true}},
        {"\n#x,#y\n1,2\n", "#x|#y", "3:1|2;", {1, 1, 0, 2, true}},
        {"a,b\n\n1,2\n \n3,4\n", "a|b", "3:1|2;5:3|4;", {2, 2, 0, 1, false}},
        {"a,b,c\n1,2,3,4\n", "a|b|c", "!2:0 row has 4 cells, the header has 3",
            {0, 0, 0, 1, false}},
        {"Title\na,b\n", "a|b", "", {0, 0, 1, 2, false}},
        {NULL, NULL, NULL, {0, 0, 0, 0, false}},
    };
    check_all(examples, &(struct mig_input_options){.find_header = true});
}

/* What is said of a file beside its rows, "line:column text;". */
static void check_remarks(const struct mig_input *input, const char *wanted)
{
    const struct mig_error_list *remarks = mig_input_remarks(input);
    struct mig_buffer said = {0};
    assert_int_equal(mig_buffer_append(&said, "", 0, NULL), MIG_OK);
    for (size_t i = 0; i < remarks->count; i++)
        assert_int_equal(mig_buffer_print(&said, NULL, "%zu:%zu %s;", remarks->items[i].line,
                             remarks->items[i].column, remarks->items[i].text),
            MIG_OK);
    assert_string_equal(said.data, wanted);
    mig_buffer_release(&said);
}

struct table {
    const char *text;
    const char *names;
    const char *rows;
    const char *remarks;
};

static void check_tables(const struct table *tables, const struct mig_input_options *options)
{
    for (; tables->text; tables++) {
        struct temporary file = temporary_text(tables->text);
        char *path = file.path;
        struct mig_input *input;
        struct mig_error error = {0};
        struct mig_buffer rows = {0};
        assert_int_equal(mig_input_open(&input, &path, 1, options, &error), MIG_OK);
        unlink(path);
        check_names(mig_input_header(input), tables->names);
        dump_rows(input, &rows);
        assert_string_equal(rows.data ? rows.data : "", tables->rows);
        check_remarks(input, tables->remarks);
        mig_buffer_release(&rows);
        mig_input_free(input);
    }
}

#define FOOTER(first, text) first ":0 footer left out: " text ";"
#define SURPLUS(column, count)                                                                     \
    "1:" column " columns at the end without names and values left out: " count ";"

#define DOUBTFUL(rows, line)                                                                       \
    rows "!" line ":0 it can't be known whether this line is a row or a footer: --footer " line    \
         " leaves it and what follows out, --footer none takes all for rows"

static void leaves_footers_out(void **state)
{
    (void)state;
    static const struct table tables[] = {
        {"a,b,c\n1,2,3\n\nSource: x\n", "a|b|c", "2:1|2|3;", FOOTER("4", "this line")},
        {"a,b,c\n1,2,3\n,,\nSource: x,,\n\n,Note,\n", "a|b|c", "2:1|2|3;",
            FOOTER("4", "up to line 6")},
        {"a,b,c\n1,2,3\n\nSource:,x\n", "a|b|c", "2:1|2|3;", FOOTER("4", "this line")},
        /* A row follows: what was held back is handed out in its place. */
        {"a,b,c\n\nx,,\n,y,\n1,2,3\n", "a|b|c", "3:x||;4:|y|;5:1|2|3;", ""},
        {"a,b,c\n\nx,,\n1,2,3\n\n* x,,\n", "a|b|c", "3:x||;4:1|2|3;", FOOTER("6", "this line")},
        /* By their words: beginnings of notes in both languages, marks, sentences, two cells. */
        {"a,b,c\nGao,2,3\n\nMis \xC3\xA0 jour,,\nNota\xC2\xA0: x,,\n(1) sans Kidal,,\n", "a|b|c",
            "2:Gao|2|3;", FOOTER("4", "up to line 6")},
        {"a,b,c\nGao,2,3\n\nOnly what was seen is counted,,\nKidal,,\n", "a|b|c", "2:Gao|2|3;",
            FOOTER("4", "up to line 5")},
        {"a,b,c\nGao,2,3\n\nLast updated:,2025,\n", "a|b|c", "2:Gao|2|3;",
            FOOTER("4", "this line")},
        {"a,b\nGao,2\n,\nSource: x,\n", "a|b", "2:Gao|2;", FOOTER("4", "this line")},
        {"a,b,c\nGao,2,3\n\nKidal,,\nSource: x,,\n", "a|b|c", "2:Gao|2|3;4:Kidal||;",
            FOOTER("5", "this line")},
        /* No footers: labels like those above, also of several words. */
        {"a,b,c\nGao,2,3\n\nKidal,,\nMenaka,,\n", "a|b|c", "2:Gao|2|3;4:Kidal||;5:Menaka||;", ""},
        {"a,b,c\nLe Nord,2,3\n\nLe Sud,,\n", "a|b|c", "2:Le Nord|2|3;4:Le Sud||;",
            "4:0 from here on rows fill their first cell only: if they are a footer, --footer 4 "
            "leaves them out;"},
        {"a,b,c\nGao,2,3\n\n,x,\n", "a|b|c", DOUBTFUL("2:Gao|2|3;", "4"), ""},
        /* Doubtful: more words than above, no text above, notes among the rows. */
        {"a,b,c\nGao,2,3\n\nSource Bleue,,\n", "a|b|c", DOUBTFUL("2:Gao|2|3;", "4"), ""},
        {"a,b,c\n1,2,3\n\nx,,\n", "a|b|c", DOUBTFUL("2:1|2|3;", "4"), ""},
        {"a,b,c\nNote: x,2,3\n\nNote: y,,\n", "a|b|c", DOUBTFUL("2:Note: x|2|3;", "4"), ""},
        /* No footers: a number, two cells of a row, a row of two columns, too many cells, no blank
           line, one column. */
        {"a,b,c\n1,2,3\n\n5,,\n", "a|b|c", "2:1|2|3;4:5||;", ""},
        {"a,b,c\n1,2,3\n\nx,y,\n", "a|b|c", "2:1|2|3;4:x|y|;", ""},
        {"a,b\ny,2\n\nx,\n", "a|b", "2:y|2;4:x|;", ""},
        {"a,b\n1,2\n\nx,,\n", "a|b", "2:1|2;!4:0 row has 3 cells, the header has 2", ""},
        {"a,b,c\n1,2,3\nx,,\n", "a|b|c", "2:1|2|3;3:x||;", ""},
        {"a\nb\n\nc\n", "a", "2:b;3:;4:c;", ""},
        {NULL, NULL, NULL, NULL},
    };
    check_tables(tables, &(struct mig_input_options){.find_header = true});
    static const struct table kept[] = {
        {"a,b,c\n1,2,3\n\nSource: x,,\n", "a|b|c", "2:1|2|3;4:Source: x||;", ""},
        {NULL, NULL, NULL, NULL},
    };
    check_tables(kept, &(struct mig_input_options){.find_header = true, .keep_footer = true});
    static const struct table ended[] = {
        {"a,b\n1,2\nx \"y\n\n", "a|b", "2:1|2;", FOOTER("3", "up to line 4")},
        {"a,b\n1,2\n", "a|b", "2:1|2;",
            "0:0 no line stands there to leave out: the file ends above line 3 (--footer);"},
        {NULL, NULL, NULL, NULL},
    };
    check_tables(
        ended, &(struct mig_input_options){.find_header = true, .reader = {.end_line = 3}});
}

/* More sentences than are held back are rows. */
static void holds_no_more_than_a_footer(void **state)
{
    (void)state;
    for (size_t sentences = 50; sentences <= 51; sentences++) {
        struct mig_buffer text = {0};
        assert_int_equal(mig_buffer_print(&text, NULL, "a,b,c\n1,2,3\n\n"), MIG_OK);
        for (size_t i = 0; i < sentences; i++)
            assert_int_equal(mig_buffer_print(&text, NULL, "Note: x,,\n"), MIG_OK);
        struct temporary file = temporary_text(text.data);
        char *path = file.path;
        struct mig_input *input;
        struct mig_row row;
        struct mig_input_options options = {.find_header = true};
        assert_int_equal(mig_input_open(&input, &path, 1, &options, NULL), MIG_OK);
        unlink(path);
        do
            assert_int_equal(mig_input_next(input, &row, NULL), MIG_OK);
        while (row.count > 0);
        assert_int_equal(mig_input_account(input).rows, sentences == 50 ? 1 : 52);
        mig_input_free(input);
        mig_buffer_release(&text);
    }
}

static void leaves_columns_of_delimiters_out(void **state)
{
    (void)state;
    static const struct table tables[] = {
        {"a,b,\n1,2,\n,3,\n", "a|b", "2:1|2;3:|3;", SURPLUS("3", "1")},
        {"a,b,, \n1,2,,\n", "a|b", "2:1|2;", SURPLUS("3", "2")},
        {"a,b,\n1,2,\n1,2\n", "a|b", "2:1|2;!3:0 row has 2 cells, the header has 3",
            SURPLUS("3", "1")},
        {"a,b\n1,2,\n3,4,\n", "a|b", "2:1|2;3:3|4;", SURPLUS("3", "1")},
        {"a,,b\n1,2,\n", "a||b", "2:1|2|;", ""},
        {"a,b,\n1,2,3\n", "a|b|", "2:1|2|3;", ""},
        {"a,b,\n#x,#y,#z\n1,2,\n", "a|b|", "3:1|2|;", ""},
        {NULL, NULL, NULL, NULL},
    };
    check_tables(tables, &(struct mig_input_options){.find_header = true});
    /* Not for the other commands. */
    static const struct table strict[] = {
        {"a,b,\n1,2,\n", "a|b|", "2:1|2|;", ""},
        {"a,b\n,\n1,2\n", "a|b", "2:|;3:1|2;", ""},
        {"a \n b,c\n", "a",
            "!2:0 row has 2 cells, the header has 1: if that is a title, mig-clean "
            "leaves it out",
            ""},
        {NULL, NULL, NULL, NULL},
    };
    check_tables(strict, &(struct mig_input_options){.reader = {.delimiter = ','}});
}

#define ROWS_END(first, last) first ":0 the header's rows end on line " last ";"

static void joins_header_rows(void **state)
{
    (void)state;
    static const struct table two[] = {
        {"g,,h\na,b,c\n1,2,3\n", "g / a|g / b|h / c", "3:1|2|3;", ROWS_END("1", "2")},
        {"Title,,\n,h,\na,b,c\n1,2,3\n", "a|h / b|h / c", "4:1|2|3;", ROWS_END("2", "3")},
        {"a,g,\n,b,c\n1,2,3\n", "a|g / b|g / c", "3:1|2|3;", ROWS_END("1", "2")},
        {"t\n\ng,\na,b\n#x,#y\n1,2\n", "g / a|g / b", "6:1|2;", ROWS_END("3", "4")},
        {"g,\n\na,b\n#x,#y\n1,2\n", "g / a|g / b", "5:1|2;", ROWS_END("1", "3")},
        {"#x,#y\n1,2\n", "#x|#y", "2:1|2;", ""},
        {NULL, NULL, NULL, NULL},
    };
    check_tables(two, &(struct mig_input_options){.find_header = true, .header_rows = 2});
    static const struct table from_line_2[] = {
        {"\"t\na,b\n1,2\n", "a|b", "3:1|2;", ""},
        {"x,y\na\nb,c\n", "a", "!3:0 row has 2 cells, the header has 1", ""},
        {"t\na,b\n#x,#y\n1,2\n", "a|b", "4:1|2;", ""},
        {"t\na,b\n1,2\n#x,#y\n", "a|b", "3:1|2;4:#x|#y;", ""},
        {NULL, NULL, NULL, NULL},
    };
    check_tables(
        from_line_2, &(struct mig_input_options){.find_header = true, .reader = {.first_line = 2}});
}

static void says_what_may_be_wrong(void **state)
{
    (void)state;
    static const struct table tables[] = {
        {"g,,h,,\na,b,c,d,e\n1,2,3,4,5\n", "a|b|c|d|e", "3:1|2|3|4|5;",
            "1:0 this line may name groups of columns: --header-rows 2 joins it to the names;"},
        {"a,b\n#x,y\n1,2\n", "a|b", "3:1|2;", "2:2 'y' is not an HXL tag: the column has none;"},
        {"\"a\n  b\",c\n1,2\n", "a b|c", "3:1|2;",
            "1:0 names of columns with line breaks or several blanks, each now one space: 1;"},
        {"a\xc2\xa0"
         "b,\xe2\x80\xaf"
         "c\n1,2\n",
            "a b|c", "2:1|2;",
            "1:0 names of columns with line breaks or several blanks, each now one space: 2;"},
        {"a,b,c\n1,2,3\nNote: x,,\n", "a|b|c", "2:1|2|3;3:Note: x||;",
            "3:0 from here on rows fill their first cell only: if they are a footer, --footer 3 "
            "leaves "
            "them out;"},
        {"a,g,\n,b,c\nx,y,z\n", "a|g|", "2:|b|c;3:x|y|z;", ""},
        {"a,g,\n,2,c\nx,1,2\n", "a|g|", "2:|2|c;3:x|1|2;", ""},
        {"a,b,c\nNote: x,,\n1,2,3\n", "a|b|c", "2:Note: x||;3:1|2|3;", ""},
        {NULL, NULL, NULL, NULL},
    };
    check_tables(tables, &(struct mig_input_options){.find_header = true});
}

static void refuses_to_guess_the_header(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t rows, line;
        const char *message;
    } examples[] = {
        {"a,b\n1,2,3\n4,5,6\n", 1, 2,
            "it can't be known whether line 1, of 2 cells, is the header, or this line, of 3: "
            "choose "
            "with --header-line"},
        {"a,b,c,\n1,2,3\n4,5,6\n", 1, 2,
            "it can't be known whether line 1, of 4 cells, is the header, or this line, of 3: "
            "choose "
            "with --header-line"},
        {"Title,,,\nGao,5,6,7\nKidal,6,7,8\n", 1, 2,
            "it can't be known whether line 1, of 4 cells, is the header, or this line, of 4: "
            "choose "
            "with --header-line"},
        {"Title\n\nGao,5,6,7\nKidal,6,7,8\n", 1, 3,
            "it can't be known whether line 1, of 1 cells, is the header, or this line, of 4: "
            "choose "
            "with --header-line"},
        {"name\nDoe, J\nRoe, K\n", 1, 2,
            "it can't be known whether line 1, of 1 cells, is the header, or this line, of 2: "
            "choose "
            "with --header-line"},
        {"a,g,\n,b,c\nx,1,2\n", 1, 2,
            "it can't be known whether this line belongs to the header: choose with --header-rows "
            "or "
            "--header-line"},
        {"Code,Note\n#A1,#x\n#B2,ok\n", 1, 2,
            "it can't be known whether this line is a row of HXL tags or one of data: choose with "
            "--header-line"},
        {"a,b\n1,2\n", 3, 0, "the header is to have 3 rows, but there are not so many"},
        {"a,b\n#x,#y\n1,2\n", 2, 0, "the header is to have 2 rows, but there are not so many"},
        {"\"t\na,b\n", 1, 1,
            "unclosed quote: the cell that opens here never ends; if this is a title, "
            "--header-line L "
            "begins to read on line L"},
    };
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        struct temporary file = temporary_text(examples[i].text);
        char *path = file.path;
        struct mig_input *input;
        struct mig_error error = {0};
        struct mig_input_options options = {.find_header = true, .header_rows = examples[i].rows};
        assert_int_equal(mig_input_open(&input, &path, 1, &options, &error), MIG_SYNTAX);
        assert_string_equal(error.text, examples[i].message);
        assert_int_equal(error.line, examples[i].line);
        assert_string_equal(error.file, path);
        unlink(path);
    }
}

/* Rows that do not fit are handed out with the reason. */
static void gives_reasons(void **state)
{
    (void)state;
    struct mig_buffer text = {0};
    assert_int_equal(mig_buffer_print(&text, NULL, "a,b,\n"), MIG_OK);
    for (int i = 0; i < 50; i++)
        assert_int_equal(mig_buffer_print(&text, NULL, "1,2,\n"), MIG_OK);
    assert_int_equal(mig_buffer_print(&text, NULL, "1,2,3\n1,2\n1,\xe9,\n1,2,\n"), MIG_OK);
    static const char *const reasons[] = {
        "'3' stands in column 3, which has no name and was left out as empty",
        "row has 2 cells, the header has 3",
        "byte 0xe9 is not valid UTF-8; for Windows-1252: --encoding windows-1252",
        NULL,
    };
    struct temporary file = temporary_text(text.data);
    char *path = file.path;
    struct mig_input *input;
    struct mig_row row;
    struct mig_input_options options = {
        .find_header = true, .pass_ragged = true, .reader = {.invalid = MIG_INVALID_MARK}};
    assert_int_equal(mig_input_open(&input, &path, 1, &options, NULL), MIG_OK);
    unlink(path);
    for (size_t i = 0; i < 54; i++) {
        assert_int_equal(mig_input_next(input, &row, NULL), MIG_OK);
        const char *reason = i < 50 ? NULL : reasons[i - 50];
        assert_int_equal(row.fault != NULL, reason != NULL);
        if (!reason) {
            assert_int_equal(row.count, 2);
            continue;
        }
        assert_string_equal(row.fault->text, reason);
        assert_int_equal(row.fault->line, i + 2);
        assert_int_equal(row.fault->column, i == 52 ? 2 : 0);
    }
    assert_int_equal(mig_input_account(input).rows, 54);
    mig_input_free(input);
    mig_buffer_release(&text);
}

static void passes_ragged_rows(void **state)
{
    (void)state;
    static const struct example examples[] = {
        {"a,b\n1\n2,3,4\n5,6\n", "a|b", "2:1;3:2|3|4;4:5|6;", {3, 0, 0, 1, false}},
        {NULL, NULL, NULL, {0, 0, 0, 0, false}},
    };
    check_all(examples, &(struct mig_input_options){.pass_ragged = true});
}

/* Rows beyond what is read ahead for the header. */
static void reads_on_behind_the_head(void **state)
{
    (void)state;
    struct mig_buffer text = {0};
    assert_int_equal(mig_buffer_print(&text, NULL, "Title\na,b\n"), MIG_OK);
    for (int i = 0; i < 300; i++)
        assert_int_equal(mig_buffer_print(&text, NULL, "%d,x\n\n", i), MIG_OK);
    struct temporary file = temporary_text(text.data);
    char *path = file.path;
    struct mig_input *input;
    struct mig_row row;
    struct mig_input_options options = {.find_header = true};
    assert_int_equal(mig_input_open(&input, &path, 1, &options, NULL), MIG_OK);
    unlink(path);
    for (size_t i = 0; i < 300; i++) {
        char number[16];
        snprintf(number, sizeof number, "%zu", i);
        assert_int_equal(mig_input_next(input, &row, NULL), MIG_OK);
        assert_int_equal(row.line, 3 + 2 * i);
        assert_string_equal(row.cells[0].text.data, number);
    }
    for (int i = 0; i < 2; i++) {
        assert_int_equal(mig_input_next(input, &row, NULL), MIG_OK);
        assert_int_equal(row.count, 0);
    }
    check_account(mig_input_account(input), (struct mig_input_account){300, 300, 1, 2, false});
    mig_input_free(input);
    mig_buffer_release(&text);
}

/* Reads several files as one; the rows and then the error, if any, go to `out`. */
static void read_files(const char *const *texts, size_t count, struct mig_buffer *out,
    struct mig_input_account *account, char first[64], char last[64])
{
    struct temporary files[MOST_FILES];
    char *paths[MOST_FILES];
    for (size_t i = 0; i < count; i++) {
        files[i] = temporary_text(texts[i]);
        paths[i] = files[i].path;
    }
    struct mig_input *input;
    assert_int_equal(
        mig_input_open(&input, paths, count, &(struct mig_input_options){0}, NULL), MIG_OK);
    dump_rows(input, out);
    *account = mig_input_account(input);
    mig_input_free(input);
    memcpy(first, files[0].path, sizeof files[0].path);
    memcpy(last, files[count - 1].path, sizeof files[0].path);
    for (size_t i = 0; i < count; i++)
        unlink(paths[i]);
}

static void reads_files_as_one(void **state)
{
    (void)state;
    static const char *const texts[] = {"a,b\n\n1,2\n", "a;b\n#x;#y\n3;4\n\n", "a,b\n"};
    struct mig_buffer rows = {0};
    struct mig_input_account account;
    char first[64];
    char last[64];
    read_files(texts, 3, &rows, &account, first, last);
    assert_string_equal(rows.data, "3:1|2;3:3|4;");
    check_account(account, (struct mig_input_account){2, 2, 0, 1, false});
    mig_buffer_release(&rows);
}

static void check_second_file(const char *text, const char *format)
{
    const char *texts[] = {"a,b\n1,2\n", text};
    struct mig_buffer rows = {0};
    struct mig_input_account account;
    char first[64];
    char last[64];
    char wanted[256] = "2:1|2;!";
    read_files(texts, 2, &rows, &account, first, last);
    strncat(wanted, format, sizeof wanted - 8);
    char *at = strstr(wanted, "FIRST");
    if (at) {
        char rest[128];
        snprintf(rest, sizeof rest, "%s", at + 5);
        snprintf(at, sizeof wanted - (size_t)(at - wanted), "%s%s", first, rest);
    }
    assert_string_equal(rows.data, wanted);
    mig_buffer_release(&rows);
}

static void refuses_files_that_differ(void **state)
{
    (void)state;
    check_second_file("a,c\n1,2\n", "1:2 column 'c' stands where 'FIRST' has column 'b'");
    check_second_file("\na,b,c\n1,2,3\n", "2:0 the header has 3 cells, that of 'FIRST' has 2");
    check_second_file("", "0:0 no header: the file is empty");
}

static void refuses_files_without_a_header(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *message;
    } examples[] = {
        {"", "no header: the file is empty"},
        {"\n \r\n", "no header: the file has only blank lines"},
    };
    for (size_t i = 0; i < 4; i++) {
        struct temporary file = temporary_text(examples[i / 2].text);
        char *path = file.path;
        struct mig_input *input;
        struct mig_error error = {0};
        struct mig_input_options options = {.find_header = i % 2 == 1};
        assert_int_equal(mig_input_open(&input, &path, 1, &options, &error), MIG_SYNTAX);
        assert_null(input);
        assert_string_equal(error.text, examples[i / 2].message);
        assert_string_equal(error.file, path);
        unlink(path);
    }
    char *directory = "/";
    struct mig_input *input;
    assert_int_equal(
        mig_input_open(&input, &directory, 1, &(struct mig_input_options){0}, NULL), MIG_SYSTEM);
    mig_input_free(NULL);
}

static bool is_missing(const struct mig_input *input, const char *text)
{
    return mig_input_is_missing(input, mig_text_of(text));
}

static void knows_missing_values(void **state)
{
    (void)state;
    struct temporary file = temporary_text("a\n");
    char *path = file.path;
    struct mig_input *input;
    struct mig_input_options options = {.missing = "NA, ..,not available"};
    assert_int_equal(mig_input_open(&input, &path, 1, &options, NULL), MIG_OK);
    assert_true(is_missing(input, ""));
    assert_true(is_missing(input, " \t"));
    assert_true(is_missing(input, " NA"));
    assert_true(is_missing(input, ".."));
    assert_true(is_missing(input, "not available"));
    assert_false(is_missing(input, "na"));
    assert_false(is_missing(input, "N"));
    assert_false(is_missing(input, "0"));
    assert_false(is_missing(input, "not"));
    mig_input_free(input);
    options.missing = NULL;
    assert_int_equal(mig_input_open(&input, &path, 1, &options, NULL), MIG_OK);
    assert_true(is_missing(input, " "));
    assert_false(is_missing(input, "NA"));
    mig_input_free(input);
    unlink(path);
}

static void names_positions(void **state)
{
    (void)state;
    struct temporary file = temporary_text("a,b\n\"x\ny\",2\n");
    char *path = file.path;
    struct mig_input *input;
    struct mig_row row;
    assert_int_equal(
        mig_input_open(&input, &path, 1, &(struct mig_input_options){0}, NULL), MIG_OK);
    assert_int_equal(mig_input_next(input, &row, NULL), MIG_OK);
    struct mig_position position = mig_row_position(&row, 1);
    assert_string_equal(position.file, path);
    assert_int_equal(position.line, 3);
    assert_int_equal(position.column, 2);
    assert_int_equal(mig_row_position(&row, 0).line, 2);
    assert_int_equal(mig_row_position(&row, 7).line, 2);
    assert_int_equal(mig_input_delimiter(input), ',');
    mig_input_free(input);
    unlink(path);
}

struct progress {
    size_t calls;
    size_t rows;
    uint64_t taken;
    uint64_t size;
};

static void note_progress(void *context, uint64_t taken, uint64_t size, size_t rows)
{
    *(struct progress *)context =
        (struct progress){((struct progress *)context)->calls + 1, rows, taken, size};
}

static void reports_progress(void **state)
{
    (void)state;
    size_t lines = 2 * 65536 + 10;
    char *text = malloc(2 * lines);
    assert_non_null(text);
    for (size_t i = 0; i < lines; i++)
        memcpy(text + 2 * i, "1\n", 2);
    struct temporary file = temporary_file(text, 2 * lines);
    free(text);
    char *path = file.path;
    struct progress progress = {0};
    struct mig_input_options options = {.progress = note_progress, .progress_context = &progress};
    struct mig_input *input;
    struct mig_row row;
    assert_int_equal(mig_input_open(&input, &path, 1, &options, NULL), MIG_OK);
    do
        assert_int_equal(mig_input_next(input, &row, NULL), MIG_OK);
    while (row.count > 0);
    assert_int_equal(progress.calls, 2);
    assert_int_equal(progress.rows, 2 * 65536);
    assert_int_equal(progress.size, 2 * lines);
    assert_in_range(progress.taken, 1, 2 * lines);
    mig_input_free(input);
    unlink(path);
}

/* Of what is not wanted nothing is filled, but all is checked: the number of cells, quotes, bytes.
 */
static void fills_what_is_wanted(void **state)
{
    (void)state;
    struct mig_input *input;
    struct mig_row row;
    struct mig_error error;
    const size_t last[] = {2, SIZE_MAX}, first[] = {0};
    struct temporary file =
        temporary_text("a,b,c\n0,0,0\n1,x,\"y\"\n2,\"x\nx\",\"y\"\"y\"\n\"3\",x,y\n4,x\n");
    char *path = file.path;
    struct mig_input_options options = {.reader = {.delimiter = ','}};
    assert_int_equal(mig_input_open(&input, &path, 1, &options, NULL), MIG_OK);
    assert_int_equal(mig_input_want(input, last, 2, NULL), MIG_OK);
    assert_int_equal(mig_input_next(input, &row, NULL), MIG_OK);
    assert_int_equal(mig_input_next(input, &row, NULL), MIG_OK);
    assert_int_equal(row.count, 3);
    assert_int_equal(row.cells[0].text.length, 0);
    assert_string_equal(row.cells[2].text.data, "y");
    assert_int_equal(mig_input_next(input, &row, NULL), MIG_OK);
    assert_int_equal(row.cells[1].text.length, 0);
    assert_string_equal(row.cells[2].text.data, "y\"y");
    assert_int_equal(row.cells[2].line, 5);
    assert_int_equal(mig_input_want(input, first, 1, NULL), MIG_OK);
    assert_int_equal(mig_input_next(input, &row, NULL), MIG_OK);
    assert_string_equal(row.cells[0].text.data, "3");
    assert_int_equal(row.cells[1].text.length, 0);
    assert_string_equal(row.cells[2].text.data, "y");
    assert_int_equal(mig_input_next(input, &row, &error), MIG_SYNTAX);
    assert_string_equal(error.text, "row has 2 cells, the header has 3");
    assert_int_equal(error.line, 7);
    mig_input_free(input);
    unlink(file.path);
}

/* So it is in every file, and where any cell may tell a row from a footer, all are filled. */
static void fills_what_is_wanted_of_all_files(void **state)
{
    (void)state;
    struct temporary one = temporary_text("a,b\n0,0\n1,x\n"),
                     two = temporary_text("a,b\n2,x\n3,x\n");
    char *paths[] = {one.path, two.path};
    const size_t columns[] = {1};
    for (int layout = 0; layout < 2; layout++) {
        struct mig_input *input;
        struct mig_row row;
        struct mig_input_options options = {
            .reader = {.delimiter = ','}, .find_header = layout == 1};
        assert_int_equal(mig_input_open(&input, paths, 2, &options, NULL), MIG_OK);
        assert_int_equal(mig_input_want(input, columns, 1, NULL), MIG_OK);
        for (int i = 0; i < 4; i++)
            assert_int_equal(mig_input_next(input, &row, NULL), MIG_OK);
        assert_string_equal(row.cells[0].text.data, layout == 1 ? "3" : "");
        assert_string_equal(row.cells[1].text.data, "x");
        mig_input_free(input);
    }
    unlink(one.path);
    unlink(two.path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_rows_below_the_first_record),
        cmocka_unit_test(keeps_missing_values_of_one_column),
        cmocka_unit_test(finds_the_header),
        cmocka_unit_test(leaves_footers_out),
        cmocka_unit_test(holds_no_more_than_a_footer),
        cmocka_unit_test(leaves_columns_of_delimiters_out),
        cmocka_unit_test(joins_header_rows),
        cmocka_unit_test(says_what_may_be_wrong),
        cmocka_unit_test(refuses_to_guess_the_header),
        cmocka_unit_test(gives_reasons),
        cmocka_unit_test(passes_ragged_rows),
        cmocka_unit_test(reads_on_behind_the_head),
        cmocka_unit_test(reads_files_as_one),
        cmocka_unit_test(refuses_files_that_differ),
        cmocka_unit_test(refuses_files_without_a_header),
        cmocka_unit_test(knows_missing_values),
        cmocka_unit_test(names_positions),
        cmocka_unit_test(reports_progress),
        cmocka_unit_test(fills_what_is_wanted),
        cmocka_unit_test(fills_what_is_wanted_of_all_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
