/* The command line, as a command sees it: each case runs in a child process, whose output and
 * status are compared. */
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/i18n.h"
#include "cli/cli.h"

/* --- the command under test --- */

static struct mig_option_list measures;
static const char *by, *rejects;
static int method;
static uint64_t steps;
static double gap;
static bool plain, pause_at_end, find;

static const char *const methods[] = {"wilson", "exact", NULL};
static const struct mig_option options[] = {
    {"share", 0, "A/B", MIG_OPTION_LIST, &measures,
        "the share of A in B, a help text that is long enough to be wrapped", NULL},
    {"ratio", 0, "A/B", MIG_OPTION_LIST, &measures, "the ratio of A to B", NULL},
    {"by", 'b', "KEYS", MIG_OPTION_TEXT, &by, "group by", NULL},
    {"method", 0, NULL, MIG_OPTION_CHOICE, &method, "the method", methods},
    {"steps", 0, "N", MIG_OPTION_COUNT, &steps, "steps", NULL},
    {"gap", 0, "X", MIG_OPTION_REAL, &gap, "gap", NULL},
    {"rejects", 0, "FILE", MIG_OPTION_TEXT, &rejects, "rejects", NULL},
    {"plain", 'p', NULL, MIG_OPTION_SWITCH, &plain, "plain", NULL},
    {"pause", 0, NULL, MIG_OPTION_SWITCH, &pause_at_end, "wait for a signal", NULL},
    {"find", 0, NULL, MIG_OPTION_SWITCH, &find, "report findings", NULL},
    {0},
};
static const struct mig_example examples[] = {
    {"mig-try --share a/b in.csv", "first"},
    {"mig-clean in.csv | mig-try --share 'a/b'", "second"},
    {0},
};
static const struct mig_command command = {
    "mig-try",
    "tries the command line",
    "[--share A/B]... [FILE]...",
    examples,
    options,
    MIG_TAKES_INPUT | MIG_TAKES_OUTPUT | MIG_TAKES_PRECISION | MIG_TAKES_LEVEL | MIG_TAKES_UNIT |
        MIG_TAKES_SEED,
    "One paragraph.\n\n.dot of another\\one.",
};

/* Prints what was parsed. */
static int show(int argc, char **argv)
{
    struct mig_cli cli;
    mig_cli_begin(&cli, &command, argc, argv);
    for (size_t i = 0; i < measures.count; i++)
        printf("%s=%s ", measures.items[i].option, measures.items[i].value);
    printf("by=%s method=%d steps=%ju gap=%g plain=%d\n", by ? by : "", method, (uintmax_t)steps,
        gap, plain);
    printf("delimiter=%d encoding=%s max_cell=%zu missing=%s\n", cli.input.reader.delimiter,
        cli.input.reader.encoding ? cli.input.reader.encoding : "", cli.input.reader.max_cell,
        cli.input.missing ? cli.input.missing : "");
    printf("format=%d precision=%d level=%g unit=%g seed=%ju quiet=%d verbose=%d\n", cli.format,
        cli.precision, cli.level, cli.unit, (uintmax_t)cli.seed, cli.quiet, cli.verbose);
    for (size_t i = 0; i < cli.n_files; i++)
        printf("file=%s\n", cli.files[i]);
    return mig_cli_end(&cli);
}

/* Copies the input to the output; --rejects gets a line. */
static int copy(int argc, char **argv)
{
    struct mig_cli cli;
    struct mig_row row;
    size_t rows = 0;
    mig_cli_begin(&cli, &command, argc, argv);
    struct mig_input *input = mig_cli_open_input(&cli);
    const struct mig_header *header = mig_input_header(input);
    for (size_t i = 0; i < measures.count; i++)
        mig_cli_column(&cli, header, measures.items[i].value);
    mig_cli_settle(&cli);
    struct mig_writer *writer =
        mig_cli_open_writer(&cli, (const char *const *)header->names, header->count);
    if (rejects)
        fputs("rejected\n", mig_cli_open_file(&cli, rejects));
    for (;; rows++) {
        mig_cli_require(&cli, mig_input_next(input, &row, &cli.error));
        if (row.count == 0)
            break;
        for (size_t i = 0; i < row.count; i++)
            mig_writer_text(writer, row.cells[i].text);
        mig_cli_require(&cli, mig_writer_end_row(writer, &cli.error));
    }
    mig_cli_account(&cli, rows, find ? rows - 1 : rows, 0, find ? 1 : 0);
    if (find) {
        struct mig_error error;
        struct mig_position position = {"in.csv", 2, 3};
        mig_fail_at(&error, MIG_VALUE, &position, "'%s' is wrong", "a\x1b[2Jb");
        mig_cli_finding_error(&cli, &error);
    }
    while (pause_at_end) {
        FILE *ready = fopen("ready", "w");
        fclose(ready);
        pause();
    }
    return mig_cli_end(&cli);
}

/* --- running it --- */

enum { MOST = 65536, MOST_ARGUMENTS = 64 };

struct result {
    int status; /* as wait() has it */
    char out[MOST];
    char err[MOST];
};

static struct result result;

static void put_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

static void get_file(const char *path, char text[MOST])
{
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    size_t length = fread(text, 1, MOST - 1, file);
    text[length] = '\0';
    fclose(file);
}

static void expect_file(const char *path, const char *wanted)
{
    static char text[MOST];
    get_file(path, text);
    assert_string_equal(text, wanted);
}

static bool exists(const char *path)
{
    struct stat at;
    return lstat(path, &at) == 0;
}

/* Number of files that a broken run would leave behind. */
static void expect_no_temporary(void)
{
    assert_int_equal(system("! ls -A | grep -q '^\\.mig-'"), 0);
}

static void redirect(const char *path, int descriptor)
{
    int opened = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (opened < 0 || dup2(opened, descriptor) < 0)
        _exit(99);
    close(opened);
}

/* Starts a command line, split at single blanks. */
static pid_t start(int (*body)(int, char **), const char *line, const char *out)
{
    static char words[1024];
    char *arguments[MOST_ARGUMENTS] = {"mig-try"};
    int count = 1;
    snprintf(words, sizeof words, "%s", line);
    for (char *word = strtok(words, " "); word && count < MOST_ARGUMENTS; word = strtok(NULL, " "))
        arguments[count++] = word;
    fflush(NULL);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child > 0)
        return child;
    redirect(out, STDOUT_FILENO);
    redirect("err", STDERR_FILENO);
    exit(body(count, arguments));
}

static void finish(pid_t child)
{
    assert_int_equal(waitpid(child, &result.status, 0), child);
    get_file("err", result.err);
}

/* Runs it to its end, with the exit status expected. */
static void run(int (*body)(int, char **), const char *line, int status)
{
    finish(start(body, line, "out"));
    get_file("out", result.out);
    if (!WIFEXITED(result.status) || WEXITSTATUS(result.status) != status)
        fail_msg("'%s' ended with %#x, stderr: %s", line, (unsigned)result.status, result.err);
}

static void expect_error(const char *line, const char *wanted)
{
    run(show, line, 2);
    assert_string_equal(result.err, wanted);
    assert_string_equal(result.out, "");
}

/* --- options --- */

static void test_defaults(void **state)
{
    (void)state;
    run(show, "", 0);
    assert_string_equal(result.out,
        "by= method=0 steps=0 gap=0 plain=0\n"
        "delimiter=0 encoding= max_cell=0 missing=\n"
        "format=0 precision=10 level=0.95 unit=100 seed=1 quiet=0 verbose=0\n");
    assert_string_equal(result.err, "");
}

static void test_all_options(void **state)
{
    (void)state;
    run(show,
        "x.csv --share a/b --ratio=c/d --share e/f -b region,year --method exact --steps 12 --gap "
        "-1.5 -p "
        "-d; --encoding latin1 --max-cell 64K --missing NA,.. -t jsonl --precision 17 --level .5 "
        "--unit 1e5 --seed 18446744073709551615 -qv -- --share",
        0);
    assert_string_equal(result.out,
        "share=a/b ratio=c/d share=e/f by=region,year method=1 steps=12 gap=-1.5 plain=1\n"
        "delimiter=59 encoding=latin1 max_cell=65536 missing=NA,..\n"
        "format=3 precision=17 level=0.5 unit=100000 seed=18446744073709551615 quiet=1 verbose=1\n"
        "file=x.csv\nfile=--share\n");
}

static void test_delimiters(void **state)
{
    (void)state;
    static const struct {
        const char *line;
        char delimiter;
    } cases[] = {{"-d tab", '\t'}, {"-dcomma", ','}, {"--delimiter=semicolon", ';'},
        {"-d pipe", '|'}, {"-d |", '|'}, {"-d \t", '\t'}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char wanted[32];
        run(show, cases[i].line, 0);
        snprintf(wanted, sizeof wanted, "\ndelimiter=%d ", cases[i].delimiter);
        assert_non_null(strstr(result.out, wanted));
    }
}

static void test_all_faults_at_once(void **state)
{
    (void)state;
    expect_error("--shre a --level 1.5 in.csv --precision 99 --unit 0 -Z --quiet=3 --seed x --by",
        "mig-try: unknown option '--shre'; nearest is '--share'\n"
        "mig-try: '1.5' is not a level between 0 and 1 (option --level)\n"
        "mig-try: '99' is not a number of digits from 1 to 17 (option --precision)\n"
        "mig-try: '0' is not a number above 0 (option --unit)\n"
        "mig-try: unknown option '-Z'\n"
        "mig-try: option '--quiet' takes no argument\n"
        "mig-try: 'x' is not a whole number from 0 to 2^64 - 1 (option --seed)\n"
        "mig-try: option '--by' needs an argument\n"
        "try 'mig-try --help'\n");
}

static void test_one_fault(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"--level 0", "'0' is not a level between 0 and 1 (option --level)"},
        {"--level 1", "'1' is not a level between 0 and 1 (option --level)"},
        {"--level nan", "'nan' is not a level between 0 and 1 (option --level)"},
        {"--level 0,9", "'0,9' is not a level between 0 and 1 (option --level)"},
        {"--precision 0", "'0' is not a number of digits from 1 to 17 (option --precision)"},
        {"--unit -100", "'-100' is not a number above 0 (option --unit)"},
        {"--unit 1e350", "'1e350' is not a number above 0 (option --unit)"},
        {"--seed -1", "'-1' is not a whole number from 0 to 2^64 - 1 (option --seed)"},
        {"--seed 18446744073709551616",
            "'18446744073709551616' is not a whole number from 0 to 2^64 - 1 (option --seed)"},
        {"--steps 1.5", "'1.5' is not a whole number from 0 to 2^64 - 1 (option --steps)"},
        {"--gap x", "'x' is not a number (option --gap)"},
        {"--method exct", "'exct' is none of 'wilson', 'exact' (option --method)"},
        {"--lang de", "'de' is none of 'fr', 'en' (option --lang)"},
        {"-t jsn", "'jsn' is not an output format; nearest is 'json' (option --to)"},
        {"-d ab", "'ab' is not a delimiter (option --delimiter)"},
        {"-d \"", "'\"' is not a delimiter (option --delimiter)"},
        {"-d §", "'§' is not a delimiter (option --delimiter)"},
        {"--max-cell 0", "'0' is not a size such as 4096, 64K or 16M (option --max-cell)"},
        {"--max-cell 3Q", "'3Q' is not a size such as 4096, 64K or 16M (option --max-cell)"},
        {"--max-cell 1KK", "'1KK' is not a size such as 4096, 64K or 16M (option --max-cell)"},
        {"--max-cell 18446744073709551615G",
            "'18446744073709551615G' is not a size such as 4096, 64K or 16M (option --max-cell)"},
        {"-b x --by y", "option '--by' is given twice"},
        {"-o x -o y", "option '--output' is given twice"},
        {"--r x", "'--r' may be several options; write it in full"},
        {"--qwerty=3", "unknown option '--qwerty'"},
        {"-b", "option '--by' needs an argument"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char wanted[256];
        snprintf(wanted, sizeof wanted, "mig-try: %s\ntry 'mig-try --help'\n", cases[i][1]);
        expect_error(cases[i][0], wanted);
    }
}

/* --- help, version, manual --- */

static void expect_order(const char *text, const char *const *pieces)
{
    for (; *pieces; pieces++) {
        const char *found = strstr(text, *pieces);
        if (!found)
            fail_msg("'%s' is missing, or not in its place", *pieces);
        text = found + strlen(*pieces);
    }
}

static void expect_narrow(const char *text, size_t most)
{
    struct mig_text rest = mig_text_of(text), line;
    while (mig_text_cut(&rest, '\n', &line))
        if (mig_text_width(line) > most)
            fail_msg("line too wide: '%.*s'", MIG_TEXT_ARG(line));
}

static void test_help(void **state)
{
    (void)state;
    static const char *const pieces[] = {"mig-try - tries the command line\n\n",
        "usage: mig-try [--share A/B]... [FILE]...\n\n",
        "Examples:\n  mig-try --share a/b in.csv\n      first\n",
        "\nOptions:\n      --share A/B         the share of A in B, a help text that is long "
        "enough\n"
        "                          to be wrapped\n",
        "  -b, --by KEYS           group by\n", "      --method wilson|exact\n",
        "\nCommon options:\n", "  -d, --delimiter CHAR", "-o, --output FILE", "--precision",
        "--level", "--unit", "--seed", "--lang fr|en", "-q, --quiet", "-v, --verbose", "--help",
        "--version", "\n\nOne paragraph.\n\n.dot of another\\one.\n", NULL};
    run(show, "--help --nonsense --level 7", 0);
    expect_order(result.out, pieces);
    expect_narrow(result.out, 80);
    assert_null(strstr(result.out, "--man"));
    assert_string_equal(result.err, "");
}

static void test_version(void **state)
{
    (void)state;
    run(show, "--version", 0);
    assert_string_equal(result.out,
        "mig-try (migstat) " MIG_VERSION
        "\nlicence GPL-3.0-or-later: free software, without any warranty\n");
}

static void test_manual(void **state)
{
    (void)state;
    static const char *const pieces[] = {".TH MIG\\-TRY 1 ",
        ".SH NAME\nmig\\-try \\- tries the command line\n",
        ".SH SYNOPSIS\n\\fBmig\\-try\\fR [\\-\\-share A/B]... [FILE]...\n",
        ".SH DESCRIPTION\nOne paragraph.\n.PP\n\\&.dot of another\\eone.\n", ".SH EXAMPLES\n",
        "mig\\-try \\-\\-share \\(aqa/b\\(aq",
        ".SH OPTIONS\n.TP\n\\fB\\-\\-share\\fR \\fIA/B\\fR\n",
        "\\fB\\-b\\fR, \\fB\\-\\-by\\fR \\fIKEYS\\fR\n", ".SH COMMON OPTIONS\n",
        ".SH FORMATS\n.B x\n", ".SH EXIT STATUS\n", ".SH SEE ALSO\n\\fBmig\\-clean\\fR(1)\n", NULL};
    put_file("extra", ".SH FORMATS\n.B x\n");
    run(show, "--man=extra", 0);
    expect_order(result.out, pieces);
    run(show, "--man=nosuch", 2);
}

/* --- files --- */

static const char in_text[] = "region,n\nGao,1\nKayes,2\n";

static void test_copy(void **state)
{
    (void)state;
    run(copy, "in.csv", 0);
    assert_string_equal(result.out, in_text);
    assert_string_equal(result.err, "");
    run(copy, "in.csv -v", 0);
    assert_string_equal(result.err, "mig-try: note: rows: 2 read, 2 used, 0 missing, 0 rejected\n");
}

static void test_unknown_columns(void **state)
{
    (void)state;
    run(copy, "in.csv --share regio --ratio n -o made --share regin", 2);
    assert_string_equal(result.err, "mig-try: in.csv:1: no column 'regio'; nearest is 'region'\n"
                                    "mig-try: in.csv:1: no column 'regin'; nearest is 'region'\n");
    assert_false(exists("made"));
}

static void test_findings(void **state)
{
    (void)state;
    run(copy, "in.csv --find", 1);
    assert_string_equal(result.err, "mig-try: note: rows: 2 read, 1 used, 0 missing, 1 rejected\n"
                                    "mig-try: in.csv:2:3: 'a?[2Jb' is wrong\n");
    run(copy, "in.csv --find -q", 1);
    assert_string_equal(result.err, "");
}

static void test_output_file(void **state)
{
    (void)state;
    struct stat at;
    umask(027);
    run(copy, "in.csv -o made --rejects made2", 0);
    umask(022);
    assert_string_equal(result.out, "");
    expect_file("made", in_text);
    expect_file("made2", "rejected\n");
    assert_int_equal(stat("made", &at), 0);
    assert_int_equal(at.st_mode & 0777, 0640);
    expect_no_temporary();
}

static void test_output_keeps_mode_and_links(void **state)
{
    (void)state;
    struct stat at;
    put_file("target", "old");
    assert_int_equal(chmod("target", 0604), 0);
    assert_int_equal(symlink("target", "link"), 0);
    assert_int_equal(symlink("link", "link2"), 0);
    run(copy, "in.csv -o link2", 0);
    expect_file("target", in_text);
    assert_int_equal(lstat("link2", &at), 0);
    assert_true(S_ISLNK(at.st_mode));
    assert_int_equal(stat("target", &at), 0);
    assert_int_equal(at.st_mode & 0777, 0604);
}

static void test_output_is_input(void **state)
{
    (void)state;
    put_file("both", in_text);
    run(copy, "both -t tsv -o both", 0);
    expect_file("both", "region\tn\nGao\t1\nKayes\t2\n");
}

/* A failure after rows were written leaves the old file as it was. */
static void test_failure_keeps_old_output(void **state)
{
    (void)state;
    put_file("ragged", "a,b\n1,2\n3\n");
    put_file("old", "old");
    run(copy, "ragged -o old --rejects made3", 2);
    expect_file("old", "old");
    assert_false(exists("made3"));
    expect_no_temporary();
}

static void test_same_output_twice(void **state)
{
    (void)state;
    run(copy, "in.csv -o made4 --rejects ./made4", 2);
    assert_string_equal(result.err, "mig-try: './made4' is wanted for two outputs\n");
    assert_false(exists("made4"));
    run(copy, "in.csv --rejects -", 2);
    assert_string_equal(result.err, "mig-try: 'standard output' is wanted for two outputs\n");
    run(copy, "in.csv -o made4 --rejects -", 0);
    assert_string_equal(result.out, "rejected\n");
}

static void test_output_refused(void **state)
{
    (void)state;
    run(copy, "in.csv -o nosuch/x", 2);
    assert_string_equal(result.err, "mig-try: nosuch/x: No such file or directory\n");
    run(copy, "in.csv -o .", 2);
    assert_string_equal(result.err, "mig-try: .: Is a directory\n");
}

static void test_full_disk(void **state)
{
    (void)state;
    static const char *const lines[] = {"in.csv", "in.csv -t text", "--help", "--version", "--man"};
    if (access("/dev/full", W_OK) != 0)
        skip();
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        finish(start(copy, lines[i], "/dev/full"));
        assert_true(WIFEXITED(result.status));
        assert_int_equal(WEXITSTATUS(result.status), 2);
        assert_string_equal(result.err, "mig-try: standard output: No space left on device\n");
    }
    run(copy, "in.csv -o /dev/full", 2);
    assert_string_equal(result.err, "mig-try: /dev/full: No space left on device\n");
    put_file("old", "old");
    finish(start(copy, "in.csv --rejects old", "/dev/full"));
    expect_file("old", "old");
}

static int copy_closed(int argc, char **argv)
{
    close(STDOUT_FILENO);
    return copy(argc, argv);
}

/* A closed standard output must not become the descriptor of another file. */
static void test_closed_output(void **state)
{
    (void)state;
    run(copy_closed, "in.csv", 2);
    assert_string_equal(result.err, "mig-try: standard output: Bad file descriptor\n");
    run(copy_closed, "in.csv -o made5", 0);
    expect_file("made5", in_text);
}

static int copy_to_closed_pipe(int argc, char **argv)
{
    int ends[2];
    if (pipe(ends) != 0 || dup2(ends[1], STDOUT_FILENO) < 0)
        return 99;
    close(ends[0]);
    close(ends[1]);
    signal(SIGPIPE, SIG_IGN);
    return copy(argc, argv);
}

static void test_closed_pipe(void **state)
{
    (void)state;
    finish(start(copy_to_closed_pipe, "in.csv --rejects made6", "out"));
    assert_true(WIFSIGNALED(result.status));
    assert_int_equal(WTERMSIG(result.status), SIGPIPE);
    assert_string_equal(result.err, "");
    assert_false(exists("made6"));
    expect_no_temporary();
}

static void wait_until_ready(void)
{
    const struct timespec moment = {.tv_nsec = 5000000};
    for (int i = 0; i < 2000 && !exists("ready"); i++)
        nanosleep(&moment, NULL);
    assert_true(exists("ready"));
    unlink("ready");
}

static void test_signals(void **state)
{
    (void)state;
    static const int signals[] = {SIGHUP, SIGINT, SIGTERM};
    for (size_t i = 0; i < 3; i++) {
        signal(signals[i], SIG_DFL);
        put_file("old", "old");
        pid_t child = start(copy, "in.csv --pause -o old --rejects made7", "out");
        wait_until_ready();
        assert_int_equal(kill(child, signals[i]), 0);
        finish(child);
        assert_true(WIFSIGNALED(result.status));
        assert_int_equal(WTERMSIG(result.status), signals[i]);
        expect_file("old", "old");
        assert_false(exists("made7"));
        expect_no_temporary();
    }
}

/* What nohup asks for is left in force. */
static void test_ignored_signal(void **state)
{
    (void)state;
    signal(SIGHUP, SIG_IGN);
    pid_t child = start(copy, "in.csv --pause -o made8", "out");
    signal(SIGHUP, SIG_DFL);
    wait_until_ready();
    assert_int_equal(kill(child, SIGHUP), 0);
    assert_int_equal(kill(child, SIGTERM), 0);
    finish(child);
    assert_int_equal(WTERMSIG(result.status), SIGTERM);
}

/* --- arguments of a command that reads no input --- */

static int no_input(int argc, char **argv)
{
    struct mig_command other = command;
    other.common = 0;
    struct mig_cli cli;
    mig_cli_begin(&cli, &other, argc, argv);
    return mig_cli_end(&cli);
}

static void test_command_without_input(void **state)
{
    (void)state;
    run(no_input, "--delimiter x y", 2);
    assert_string_equal(result.err, "mig-try: unknown option '--delimiter'\n"
                                    "mig-try: 'x' is one argument too many\n"
                                    "mig-try: 'y' is one argument too many\n"
                                    "try 'mig-try --help'\n");
}

/* --- language --- */

/* Prints whether messages would be looked up in French. */
static int show_language(int argc, char **argv)
{
    struct mig_cli cli;
    mig_cli_begin(&cli, &command, argc, argv);
    const char *languages = getenv("LANGUAGE");
    printf("%s\n", languages && strcmp(languages, "fr") == 0 ? "fr" : "en");
    return mig_cli_end(&cli);
}

static void expect_language(
    const char *all, const char *lang, const char *list, const char *line, const char *wanted)
{
    setenv("LC_ALL", all, 1);
    setenv("LANG", lang, 1);
    setenv("LANGUAGE", list, 1);
    run(show_language, line, 0);
    setenv("LC_ALL", "C", 1);
    unsetenv("LANG");
    unsetenv("LANGUAGE");
    assert_string_equal(result.out, wanted);
}

static void test_language(void **state)
{
    (void)state;
    expect_language("fr_ML.UTF-8", "", "", "", "fr\n");
    expect_language("", "fr_FR", "", "", "fr\n");
    expect_language("", "", "de:fr_FR:en", "", "fr\n");
    expect_language("", "C.UTF-8", "fr", "", "fr\n");
    expect_language("", "", "", "", "en\n");
    expect_language("", "en_US.UTF-8", "en:fr", "", "en\n");
    expect_language("en_GB", "fr_FR", "", "", "en\n");
    expect_language("fro", "", "", "", "en\n");
    expect_language("C", "", "", "--lang fr", "fr\n");
    expect_language("fr_FR", "", "", "--lang=en", "en\n");
}

/* --- a folder to work in --- */

static char folder[] = "/tmp/mig-cli-XXXXXX";

static int enter_folder(void **state)
{
    (void)state;
    if (!mkdtemp(folder) || chdir(folder) != 0)
        return -1;
    setenv("LC_ALL", "C", 1);
    unsetenv("LANGUAGE");
    put_file("in.csv", in_text);
    return 0;
}

static int leave_folder(void **state)
{
    (void)state;
    char line[64];
    snprintf(line, sizeof line, "rm -r '%s'", folder);
    return chdir("/") == 0 ? system(line) : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_defaults),
        cmocka_unit_test(test_all_options),
        cmocka_unit_test(test_delimiters),
        cmocka_unit_test(test_all_faults_at_once),
        cmocka_unit_test(test_one_fault),
        cmocka_unit_test(test_help),
        cmocka_unit_test(test_version),
        cmocka_unit_test(test_manual),
        cmocka_unit_test(test_copy),
        cmocka_unit_test(test_unknown_columns),
        cmocka_unit_test(test_findings),
        cmocka_unit_test(test_output_file),
        cmocka_unit_test(test_output_keeps_mode_and_links),
        cmocka_unit_test(test_output_is_input),
        cmocka_unit_test(test_failure_keeps_old_output),
        cmocka_unit_test(test_same_output_twice),
        cmocka_unit_test(test_output_refused),
        cmocka_unit_test(test_full_disk),
        cmocka_unit_test(test_closed_output),
        cmocka_unit_test(test_closed_pipe),
        cmocka_unit_test(test_signals),
        cmocka_unit_test(test_ignored_signal),
        cmocka_unit_test(test_command_without_input),
        cmocka_unit_test(test_language),
    };
    return cmocka_run_group_tests(tests, enter_folder, leave_folder);
}
