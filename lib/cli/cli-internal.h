/* Command line, private: what the files of cli/ share. */
#ifndef MIGSTAT_CLI_CLI_INTERNAL_H
#define MIGSTAT_CLI_CLI_INTERNAL_H

#include <stdio.h>

#include "cli.h"

/* cli.c */

/* Releases everything, removes unfinished files and exits. */
_Noreturn void mig_cli_leave(struct mig_cli *cli, int status);

/* common.c */

/* An option that several commands share. `taken_with` is 0 (always) or one of enum mig_common; `set` is called instead of
 * storing to option.value. An option without help is hidden; an argument in [brackets] may be left out. */
struct mig_common_option {
    struct mig_option option;
    unsigned taken_with;
    void (*set)(struct mig_cli *cli, const struct mig_option *option, const char *value);
};
extern const struct mig_common_option mig_common_options[]; /* ends with a NULL name */
bool mig_common_is_taken(const struct mig_common_option *common, const struct mig_command *command);

/* The name of an option's argument: a choice without one shows its choices, a|b|c. Appends nothing for a switch. */
enum mig_status MIG_MUST_USE mig_option_argument(const struct mig_option *option,
    struct mig_buffer *out, struct mig_error *error);

/* Values as options are given them: false when `value` is not a whole number up to 2^64 - 1, a finite number, one
 * of the choices; then `out` is not to be used. */
bool mig_option_read_count(const char *value, uint64_t *out);
bool mig_option_read_real(const char *value, double *out);
bool mig_option_find_choice(const struct mig_option *option, const char *value, int *out);
void mig_option_complain_of_count(
    struct mig_cli *cli, const struct mig_option *option, const char *value);
void mig_option_complain_of_choice(
    struct mig_cli *cli, const struct mig_option *option, const char *value);

/* layout.c: options of MIG_TAKES_LAYOUT. */
void mig_option_set_header_line(
    struct mig_cli *cli, const struct mig_option *option, const char *value);
void mig_option_set_header_rows(
    struct mig_cli *cli, const struct mig_option *option, const char *value);
void mig_option_set_footer(
    struct mig_cli *cli, const struct mig_option *option, const char *value);
void mig_option_set_quote(struct mig_cli *cli, const struct mig_option *option, const char *value);
void mig_option_set_invalid(struct mig_cli *cli, const struct mig_option *option, const char *value);

/* threads.c: the option of MIG_TAKES_THREADS, and what holds without it. */
void mig_option_set_threads(struct mig_cli *cli, const struct mig_option *option, const char *value);
size_t mig_threads_by_itself(void);

/* options.c */

/* Parses the whole command line into `cli`, complaining of what is wrong. What ends the program at once (--help) is left in
 * `request`, and then nothing is complained of. */
struct mig_cli_request {
    bool help;
    bool version;
    bool manual;
    const char *manual_extra; /* file of roff sections, or NULL */
};
void mig_cli_parse(struct mig_cli *cli, int argc, char **argv, struct mig_cli_request *request);

/* help.c, manual.c: printed on standard output. */
enum mig_status MIG_MUST_USE mig_help_print(const struct mig_command *command, struct mig_error *error);
void mig_version_print(const struct mig_command *command);
enum mig_status MIG_MUST_USE mig_manual_print(const struct mig_command *command, const char *extra,
    struct mig_error *error);

/* Cuts the next paragraph off `text`: up to an empty line. Returns false when nothing is left. */
bool mig_paragraph_cut(const char **text, struct mig_text *paragraph);

/* Cuts the next word off `rest`: what stands between blanks and line ends. */
bool mig_word_cut(struct mig_text *rest, struct mig_text *word);

/* language.c: from --lang (NULL: not given), else from the environment. */
void mig_choose_language(const char *option);

/* installed.c: the path of share/NAME beside the directory of the program, where it was built or installed; false when
 * the program's own place cannot be told or `size` is too small. */
bool mig_beside_program(const char *name, char *path, size_t size);

/* messages.c */

/* Prints "COMMAND: KIND: FILE:LINE:COLUMN: TEXT"; `kind` may be NULL. */
void mig_message(const struct mig_cli *cli, const char *kind, const struct mig_error *error);

/* Progress, for mig_input_options: on a terminal, after a second. */
void mig_progress_begin(struct mig_cli *cli);
void mig_progress(void *context, uint64_t taken, uint64_t size, size_t rows);
void mig_progress_stop(void);

/* spare.c: both end the command when the output at `path` would replace a file that is read. */

/* For -o, which may replace an input: spares what mig_cli_protect() was told of. */
void mig_cli_spare_protected(struct mig_cli *cli, const char *path);

/* For every other output: spares the operands and the file on standard input as well, and refuses the file that standard
 * output goes to. */
void mig_cli_spare_all(struct mig_cli *cli, const char *path);

void mig_cli_release_protected(struct mig_cli *cli);

/* files.c */

/* Keeps descriptors 0 to 2 from being given to other files, and removes unfinished files when a signal ends the program. */
void mig_outputs_prepare(void);

/* Opens `path` for writing ("-": standard output). The stream lives until one of the two below. */
enum mig_status MIG_MUST_USE mig_outputs_open(const char *path, FILE **stream, struct mig_error *error);

/* Gives `error` the name of the output that failed, if one did. */
void mig_outputs_blame(struct mig_error *error);

/* Closes all outputs and standard output, and only when all of them are good renames files into place. */
enum mig_status MIG_MUST_USE mig_outputs_finish(struct mig_error *error);

/* Closes all outputs and removes unfinished files; does nothing when there are none. */
void mig_outputs_abandon(void);

#endif
