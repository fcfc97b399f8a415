/* The command line of every migstat command: options, help, messages, files, exit status.
 *
 * Linked into the commands, not part of the library: this is the one place that prints and exits. A
 * command reads like a recipe:
 *
 *     mig_cli_begin(&cli, &command, argc, argv);           usage errors end here, all of them at once
 *     struct mig_input *input = mig_cli_open_input(&cli);  messages carry file, line, column
 *     mig_cli_require(&cli, mig_tally_read(..., &cli.error));
 *     struct mig_writer *writer = mig_cli_open_writer(&cli, names, count);
 *     ...
 *     return mig_cli_end(&cli);                            stdout is checked, -o is renamed into place
 *
 * Statuses: 0 done; 1 done, with a finding; 2 usage, input or output failure.
 */
#ifndef MIGSTAT_CLI_CLI_H
#define MIGSTAT_CLI_CLI_H

#include <stdbool.h>
#include <stdint.h>

#include "../input/input.h"
#include "../output/writer.h"
#include "../table/join.h"
#include "../table/names.h"
#include "../table/selection.h"
#include "../table/tally.h"

enum mig_option_type {
    MIG_OPTION_SWITCH, /* value: bool *, set to true */
    MIG_OPTION_TEXT,   /* value: const char **; given twice is a usage error */
    MIG_OPTION_LIST,   /* value: struct mig_option_list *; may be repeated; several options may share one list */
    MIG_OPTION_CHOICE, /* value: int *, the index in `choices` */
    MIG_OPTION_CHOICES, /* value: struct mig_option_choices *, from a list 'a,b' and repeated uses */
    MIG_OPTION_COUNT,  /* value: uint64_t * */
    MIG_OPTION_REAL,   /* value: double * */
};

struct mig_option_list {
    struct mig_option_use {
        const char *option; /* its long name */
        const char *value;
    } *items;
    size_t count;
    size_t capacity;
};

#define MIG_MOST_CHOICES 40
struct mig_option_choices {
    int items[MIG_MOST_CHOICES]; /* indices in `choices`, each once, in the order given */
    size_t count;
};

struct mig_option {
    const char *name;     /* long name, without dashes */
    char letter;          /* or 0 */
    const char *argument; /* "KEYS"; NULL for a switch, and for a choice whose help shows a|b|c */
    enum mig_option_type type;
    void *value;
    const char *help;           /* N_(): one or more sentences; the help printer wraps them */
    const char *const *choices; /* NULL-terminated, for MIG_OPTION_CHOICE and _CHOICES (at most MIG_MOST_CHOICES) */
};

struct mig_example {
    const char *command; /* as typed, without a prompt */
    const char *purpose; /* N_() */
};

/* Which of the options that all commands share this one takes; --help, --version, --lang, -q, -v always. */
enum mig_common {
    MIG_TAKES_INPUT = 1,     /* FILE..., --delimiter, --encoding, --max-cell, --reader, --missing, --header-from, --no-header, --bytes */
    MIG_TAKES_OUTPUT = 2,    /* -o, -t */
    MIG_TAKES_PRECISION = 4, /* --precision */
    MIG_TAKES_LEVEL = 8,     /* --level */
    MIG_TAKES_UNIT = 16,     /* --unit */
    MIG_TAKES_SEED = 32,     /* --seed */
    MIG_TAKES_LAYOUT = 128,  /* --header-line, --header-rows, --footer, --quote, --invalid: how a table is found */
    MIG_TAKES_PLACE = 512,   /* of those, --header-line, --header-rows and --quote */
    MIG_TAKES_THREADS = 256, /* --threads */
    MIG_TAKES_WORDS = 64,    /* operands that are no files, such as a model; left in cli->files */
};

struct mig_command {
    const char *name;                   /* "mig-rate" */
    const char *purpose;                /* N_(): one line, no full stop */
    const char *synopsis;               /* "(--share A/B | --ratio A/B)... [--by KEYS] [FILE]..." */
    const struct mig_example *examples; /* ends with a NULL command; at least two */
    const struct mig_option *options;   /* ends with a NULL name */
    unsigned common;                    /* of enum mig_common */
    const char *details;                /* N_(): paragraphs separated by an empty line, or NULL */
};

struct mig_cli {
    const struct mig_command *command;
    char **files; /* operands */
    size_t n_files;
    struct mig_input_options input;
    struct mig_range range; /* of --bytes */
    enum mig_format format;
    int precision; /* 10; for people 4 */
    double level;  /* 0.95 */
    double unit;   /* 100 */
    bool unit_given;
    uint64_t seed;
    bool seed_given;
    bool quiet;
    bool verbose;
    struct mig_error error; /* for the calls that are passed to mig_cli_require() */
    const char *output_path; /* of -o; NULL is standard output */
    /* private to cli/ */
    struct mig_input *table;
    struct mig_writer *writer;
    struct mig_protected *protected;
    size_t complaints;
    bool finding;
};

/* Parses the command line, chooses the language, answers --help and --version. Every fault of usage is
 * reported, with the nearest known option, and then the program exits with 2. */
void mig_cli_begin(struct mig_cli *cli, const struct mig_command *command, int argc, char **argv);

/* Goes on when `status` is MIG_OK; otherwise prints cli->error and exits with 2, leaving no partial file. */
void mig_cli_require(struct mig_cli *cli, enum mig_status status);

/* A usage or column fault: printed now, fatal at the next mig_cli_settle(), so that all are shown at once. */
void mig_cli_complain(struct mig_cli *cli, const char *format, ...) MIG_PRINTF(2, 3);
void mig_cli_complain_error(struct mig_cli *cli, const struct mig_error *error);
void mig_cli_complain_column(struct mig_cli *cli, struct mig_error *error); /* about the header */
/* A fault within a `text` of the command line, such as an expression: error->column is the byte of it, from 1, where the
 * fault stands. That line of the text is shown, with a mark below the place. About the header when it is MIG_NAME. */
void mig_cli_complain_within(struct mig_cli *cli, struct mig_error *error, const char *text);
/* Also says how many errors the list saw and did not keep; releases the list. */
void mig_cli_complain_all(struct mig_cli *cli, struct mig_error_list *errors);
void mig_cli_settle(struct mig_cli *cli);

/* A line on standard error on how far work has come that takes more than a second: on a terminal only, in place of the line before;
 * it goes when anything else is said. Cheap enough to be called a thousand times a second. mig_progress_clear() takes it away. */
void mig_cli_progress(struct mig_cli *cli, const char *format, ...) MIG_PRINTF(2, 3);
void mig_progress_clear(void);

/* Words on standard error, unless -q. A note changes no status; a finding makes the status 1. */
void mig_cli_note(struct mig_cli *cli, const char *format, ...) MIG_PRINTF(2, 3);
void mig_cli_note_error(struct mig_cli *cli, const struct mig_error *error); /* with a position */
void mig_cli_finding(struct mig_cli *cli, const char *format, ...) MIG_PRINTF(2, 3);
/* The same as a finding, for an error with a position. */
void mig_cli_finding_error(struct mig_cli *cli, const struct mig_error *error);
/* The same for a list of errors about the input at hand, which is released. */
void mig_cli_find_all(struct mig_cli *cli, struct mig_error_list *findings);

/* Notes what was found in the input beside rows, and left out: delimiter, titles, tag row (unless it is kept), blank lines,
 * and the remarks of the input. */
void mig_cli_note_dialect(struct mig_cli *cli, bool tags_kept);

/* Opens FILE... (or standard input) with the common options. Freed by mig_cli_end(). */
struct mig_input *mig_cli_open_input(struct mig_cli *cli);

/* The options with which another file than FILE... is read: whole, and with its own header. */
struct mig_input_options mig_cli_other_options(const struct mig_cli *cli);

/* Notes that an HXL tag row of `input` is not in the output, when there was one. */
void mig_cli_note_tag_row(struct mig_cli *cli, const struct mig_input *input);

/* The index of a column, or a complaint and SIZE_MAX. */
size_t mig_cli_column(struct mig_cli *cli, const struct mig_header *header, const char *wanted);

/* Parses and binds a list of keys (--by), appending to `keys`; every fault is a complaint. Release with
 * mig_keys_release(). */
void mig_cli_keys(struct mig_cli *cli, const struct mig_header *header, const char *list,
    struct mig_keys *keys);

/* A list of columns (--sum) with the names they take in the output: 'COL,NAME=COL'. */
struct mig_columns {
    struct mig_keys keys;
    size_t *items;      /* keys.count columns of the input */
    const char **names; /* and their names in the output, owned by keys */
    size_t count;
};
void mig_cli_columns(struct mig_cli *cli, const struct mig_header *header, const char *list,
    struct mig_columns *columns);
void mig_columns_release(struct mig_columns *columns);

/* Columns whose moments are wanted (--moments): 'COL,NAME=COL', each a column of numbers or the moments that a
 * tally of it has. Where `weighted`, moments in the input are a fault: they are weighted already, or not. Faults are complaints.
 * Release with mig_moments_list_release(). */
void mig_cli_moments(struct mig_cli *cli, const struct mig_header *header, const char *list,
    bool weighted, struct mig_moments_list *moments);

/* The columns of --columns `list` (NULL: all) under their new names, those of --rename applied, and made distinct:
 * what had to be renamed for that is noted. Faults end the command. Release with mig_selection_release(). */
void mig_cli_select(struct mig_cli *cli, const struct mig_header *header, const char *list,
    const struct mig_option_list *renames, struct mig_selection *selection);

/* Rows that do not fit, set apart: a table of --rejects FILE with a row for each fault. */
struct mig_rejects {
    struct mig_writer *writer; /* NULL without a file */
    size_t rows;
};
void mig_cli_open_rejects(struct mig_cli *cli, const char *path, struct mig_rejects *rejects);
/* Writes `row` once for each of `faults`, which stand at cells of it (column 0: the whole row). */
void mig_cli_reject(struct mig_cli *cli, struct mig_rejects *rejects,
    const struct mig_header *header, const struct mig_row *row, const struct mig_error_list *faults);
/* Says how many rows were set apart (a finding) and closes the table. */
void mig_cli_close_rejects(struct mig_cli *cli, const char *path, struct mig_rejects *rejects);

/* A second table, whose columns are attached to the rows of FILE by key. */
struct mig_other {
    const char *path;
    struct mig_input *input;
    struct mig_join *table;
    struct mig_keys keys;          /* of FILE */
    struct mig_keys other_keys;    /* of the second table */
    struct mig_selection output;   /* the columns of FILE */
    struct mig_selection attached; /* those of the second table, in the order of its cells */
};

/* Takes the first operand off cli->files as the second table, opens both tables (cli->table is FILE) and reads the
 * second whole. `on` is its --on; `columns` the list of what is attached (NULL: all but keys that are columns in both);
 * `many` allows keys that occur again. Faults of options and columns, names that both tables have, and keys that occur
 * again end the command. Release with mig_other_release(). */
void mig_cli_open_other(struct mig_cli *cli, const char *on, const char *columns, bool many,
    struct mig_other *other);
void mig_other_release(struct mig_other *other);

/* Rows without a partner in another table: counted by key in `counts`, and written to `writer` (of --unmatched FILE,
 * NULL without one; closed by the caller) with their place, reason and keys. */
struct mig_writer *mig_cli_open_unmatched(struct mig_cli *cli, const char *path,
    const struct mig_keys *keys);
void mig_cli_unmatched(struct mig_cli *cli, struct mig_writer *writer,
    struct mig_tuple_counts *counts, const struct mig_position *position, struct mig_text tuple,
    bool misses_key);

/* Complains of every name that occurs twice among the columns of an output. */
void mig_cli_require_distinct(struct mig_cli *cli, const char *const *names, size_t count);

/* Begins the result table with the keys' names followed by `names`; two columns of one name are a failure. */
void mig_cli_open_table(struct mig_cli *cli, const struct mig_keys *keys, const char *const *names,
    size_t count);

/* The same with the names of a selection first. */
void mig_cli_open_selected(struct mig_cli *cli, const struct mig_selection *selection,
    const char *const *names, size_t count);

/* Writes the cells of a row that the selection has, the first of an output row. */
void mig_cli_write_cells(struct mig_cli *cli, const struct mig_row *row,
    const struct mig_selection *selection);

/* A name of an output column: `stem` and `suffix`, for the caller to free(). */
char *mig_cli_name(struct mig_cli *cli, const char *stem, const char *suffix);

/* The keys of a group as the next cells of the row; for people a missing key is shown as "(missing)". */
void mig_cli_write_keys(struct mig_cli *cli, const struct mig_tally *tally,
    const struct mig_group *group);

/* A sum, or an empty cell when it is missing. */
void mig_cli_write_sum(struct mig_cli *cli, const struct mig_sum *sum, bool missing);

/* The cell conf_level: --level with all its digits, whatever --precision says; empty without an interval. */
void mig_cli_write_level(struct mig_cli *cli, bool interval);

/* The cell "per 100" of the column unit, from --unit. */
void mig_cli_write_unit(struct mig_cli *cli);

/* The account of a tally: rows with a missing key or sum, and those that were dropped. */
void mig_cli_account_tally(struct mig_cli *cli, const struct mig_tally *tally);

/* "region=Gao, year=2021" for messages, in `out`. */
void mig_cli_describe_group(struct mig_cli *cli, const struct mig_keys *keys,
    const struct mig_tally *tally, const struct mig_group *group, struct mig_buffer *out);

/* Rows read, used, missing, rejected: a note when used differs from read or nothing was
 * read, or always with -v. */
void mig_cli_account(struct mig_cli *cli, size_t read, size_t used, size_t missing, size_t rejected);

/* The same for one of several figures that rest on different rows. */
void mig_cli_account_of(
    struct mig_cli *cli, const char *what, size_t read, size_t used, size_t missing);

/* Begins the result table on standard output or on the temporary file of -o. Freed by mig_cli_end(). */
struct mig_writer *mig_cli_open_writer(struct mig_cli *cli, const char *const *names, size_t count);

/* The same stream for a result that is no table, written with stdio: its failures are seen by mig_cli_end(). */
FILE *mig_cli_open_output(struct mig_cli *cli);

/* A file that is read beside FILE..., such as --schema: no output, not even -o, may replace it. To be called before outputs
 * are opened. */
void mig_cli_protect(struct mig_cli *cli, const char *path);

/* A further output file, such as --rejects: written beside its final place and renamed by mig_cli_end(). One that would
 * replace what is read ends the command; so it is opened before the result table begins. */
FILE *mig_cli_open_file(struct mig_cli *cli, const char *path);

/* Closes the table, checks and closes every output, renames temporary files into place, releases the
 * context. Returns the exit status. */
int mig_cli_end(struct mig_cli *cli);

#endif
