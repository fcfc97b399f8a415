/* Share, private: the state of an input, and how parts of it come by their rows. */
#ifndef MIGSTAT_INPUT_SHARE_INTERNAL_H
#define MIGSTAT_INPUT_SHARE_INTERNAL_H

#include <limits.h>

#include "layout-internal.h"
#include "share.h"

enum { MIG_HEAD_RECORDS = 50 /* read ahead to find the header */, MIG_FOOTER_RECORDS = 50 };
#define MIG_ROWS_PER_PROGRESS 65536

struct mig_input {
    char *const *files;
    size_t n_files;
    size_t file; /* which one is read */
    struct mig_input_options options;
    struct mig_text *missing;
    size_t n_missing;
    bool begins_missing[UCHAR_MAX + 1]; /* the first bytes of tokens, and blanks */
    struct mig_reader *reader;
    struct mig_header header; /* of the first file */
    struct mig_input_account account;
    size_t tag_line; /* of the current file; 0: none */
    size_t names, name_rows; /* the records of the header in `head` */
    size_t first_row;        /* behind them, and behind the tags */
    uint64_t begin;  /* where the rows of the current file begin, in a plain file, and the line */
    size_t begin_line;
    struct mig_error_list remarks;
    size_t width;   /* cells of a row */
    size_t surplus; /* of them at the end, left out */
    struct mig_error fault;
    bool *wanted; /* of the columns of the header; NULL: all */
    struct mig_kept head[MIG_HEAD_RECORDS];
    size_t head_count;
    size_t head_next;                         /* the first record that is not yet handed out */
    struct mig_kept held[MIG_FOOTER_RECORDS + 1]; /* a footer, or rows if a row follows */
    size_t held_count;
    size_t held_next;
    bool releasing;   /* they are rows */
    bool behind_blank;    /* since the last blank record only labels were handed out, which may stand above a footer */
    size_t doubtful_line; /* of what is held, when that may be rows; else 0 */
    struct mig_share *share; /* NULL, or this is a part of another input */
    size_t block;            /* of the share, from which rows are handed out */
    size_t reported;         /* rows that the share knows of */
    size_t sentences; /* the line from which on rows hold a sentence and nothing else, or 0 */
};

/* A place in the current file, for messages. */
struct mig_position mig_input_at(const struct mig_input *input, size_t line, size_t column);

/* Adds a sentence to the remarks. Errors: MIG_NO_MEMORY. */
enum mig_status mig_input_remark(struct mig_input *input, size_t line, size_t column,
    struct mig_error *error, const char *format, ...) MIG_PRINTF(5, 6);

/* Says more at the end of an error. */
void mig_input_advise(struct mig_error *error, const char *advice);

/* Whether a record is a blank line, or, where a layout is looked for, has no filled cell. */
bool mig_input_is_blank(const struct mig_input *input, const struct mig_record *record);

/* The head of the file that was opened: its first records are read, and the header found among them. Without a header
 * (is_headless) the names come from elsewhere. Errors: those of the reader and the layout. */
bool mig_input_is_headless(const struct mig_input *input);
enum mig_status mig_input_begin_headless(struct mig_input *input, struct mig_error *error);
enum mig_status mig_input_read_head(struct mig_input *input, struct mig_error *error);
enum mig_status mig_input_locate_header(struct mig_input *input, struct mig_error *error);
/* The header of options.header_from. */
enum mig_status mig_input_take_header(struct mig_input *input, struct mig_error *error);

/* Closes the file at hand, and opens the one at input->file and reads its header. */
enum mig_status mig_input_open_file(struct mig_input *input, struct mig_error *error);

/* Calls the options' progress when it is time, after `more` rows were handed out. */
void mig_input_report_progress(const struct mig_input *input, size_t more);

/* Frees the records that were kept. */
void mig_kept_clear(struct mig_kept *kept, size_t *count, size_t *next);

/* Gives a part its next rows; `*more`: there were any left. Errors: those of the input. */
enum mig_status mig_share_take(struct mig_input *part, bool *more, struct mig_error *error);

#endif
