/* Quality, private: what a check is, and what it may call. */
#ifndef MIGSTAT_EVIDENCE_QUALITY_INTERNAL_H
#define MIGSTAT_EVIDENCE_QUALITY_INTERNAL_H

#include "quality.h"

struct mig_check_run;

/* The group of columns under way, and the state that the check keeps for it: zero at first. */
struct mig_check_group {
    struct mig_check_run *run;
    const size_t *columns;
    size_t count;
    size_t compared;    /* rows; counted by checks that end with mig_end_compared() */
    size_t passed_over; /* rows in which a cell is missing or can't be read */
    void *state;
};

struct mig_check {
    const char *name;
    const char *purpose;       /* N_() */
    enum mig_role_kind role;   /* each group of it is looked at on its own; MIG_ROLE_NONE: the row as one */
    enum mig_role_kind instead; /* taken when the role is empty; 0 (key): none */
    enum mig_role_kind with;   /* must have a column too; 0: none */
    const char *needs;         /* N_(): what to say when the columns are not there */
    const size_t *state_size;  /* NULL: none */
    bool ragged;               /* looks at rows of a wrong number of cells, and at no others */
    /* Each may be NULL. `look` is called for each row, `end` once after the last; both call mig_find(). */
    enum mig_status (*look)(struct mig_check_group *group, const struct mig_row *row,
        struct mig_error *error);
    enum mig_status (*end)(struct mig_check_group *group, struct mig_error *error);
    void (*release)(void *state);
};

/* A check at work on one input. */
struct mig_check_run {
    const struct mig_check *check;
    struct mig_quality *quality;
    const struct mig_role *role;
    const struct mig_role *with;
    struct mig_check_group *groups;
    size_t n_groups;
    bool checked;
    bool looked; /* set by `look` when the row had something to look at */
    const char *note;
    size_t rows;
    size_t findings[MIG_N_SEVERITIES];
    struct mig_buffer columns;
};

extern const struct mig_check mig_checks[]; /* ends with a NULL name */

/* Where a row stands, for findings at the end. */
struct mig_spot {
    uint32_t file;
    size_t line; /* 0: no row */
};
struct mig_spot mig_spot_of(const struct mig_check_run *run, const struct mig_row *row);
const char *mig_spot_file(const struct mig_check_run *run, struct mig_spot spot);

const struct mig_input *mig_run_input(const struct mig_check_run *run);
const struct mig_header *mig_run_header(const struct mig_check_run *run);
const struct mig_quality_options *mig_run_options(const struct mig_check_run *run);

/* The text of a cell without blanks around it; empty when it is missing. */
struct mig_text mig_run_text(const struct mig_check_run *run, const struct mig_row *row, size_t column);

/* The same of a name or a code; empty also when it is a word for a missing value (NA, nan, -), which names nothing. */
struct mig_text mig_run_name(const struct mig_check_run *run, const struct mig_row *row, size_t column);

/* The cell as a number; false when it is missing or no number. */
bool mig_run_number(const struct mig_check_run *run, const struct mig_row *row, size_t column,
    struct mig_decimal *number);

/* Hands out a finding on `columns` (n of them) with `value` and a message: N_("format"), arguments. */
enum mig_status MIG_MUST_USE mig_find(struct mig_check_group *group, enum mig_severity severity,
    struct mig_spot spot, const size_t *columns, size_t n, struct mig_text value,
    struct mig_error *error, const char *format, ...) MIG_PRINTF(8, 9);

/* The same on a row; the value is the cells of the columns. */
enum mig_status MIG_MUST_USE mig_find_in_row(struct mig_check_group *group,
    enum mig_severity severity, const struct mig_row *row, const size_t *columns, size_t n,
    struct mig_error *error, const char *format, ...) MIG_PRINTF(7, 8);

/* `value` with few digits, for messages. */
#define MIG_BRIEF(value) mig_brief((char[MIG_DOUBLE_TEXT]){0}, value)
const char *mig_brief(char out[MIG_DOUBLE_TEXT], double value);

#endif
