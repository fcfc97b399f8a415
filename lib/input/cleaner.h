/* Cleaner: the rows of an input, each cell kept, rewritten as the user said, or found not to fit; every change is
 * counted.
 *
 * A cell goes through these steps: blanks at its ends (always before a missing token, a number or a date is
 * read; in text only on request); missing tokens; labels; number, date, or what else the column holds.
 */
#ifndef MIGSTAT_INPUT_CLEANER_H
#define MIGSTAT_INPUT_CLEANER_H

#include <stdint.h>

#include "input.h"
#include "rewrite.h"

enum mig_treatment {
    MIG_AS_IT_IS,
    MIG_AS_NUMBER,
    MIG_AS_INTEGER, /* a number without decimals or exponent */
    MIG_AS_DATE,
    MIG_AS_BASIC_DATE, /* a day written 20150408 */
    MIG_AS_MONTH,
    MIG_AS_YEAR,    /* four digits */
    MIG_AS_BOOLEAN, /* one of two lists of words; comes out as true or false */
    MIG_TREATMENTS,
};

/* What was done to a cell; one cell may be counted under several. */
enum mig_change {
    MIG_CHANGE_TRIMMED,
    MIG_CHANGE_MISSING,
    MIG_CHANGE_LABEL,
    MIG_CHANGE_NUMBER,
    MIG_CHANGE_PERCENT,
    MIG_CHANGE_UNIT,
    MIG_CHANGE_DATE,
    MIG_CHANGE_TIME,    /* a time of day was cut off */
    MIG_CHANGE_CENTURY, /* a year of two digits got its century */
    MIG_CHANGE_BOOLEAN,
    MIG_CHANGE_SPLIT,
    MIG_CHANGE_EXCEL,   /* an apostrophe was put before it */
    MIG_CHANGES,
};
/* "trimmed", "missing", ...: the words of the log, not translated. */
MIG_API const char *mig_change_name(enum mig_change change);

struct mig_changes {
    uint64_t cells;
    struct mig_buffer before, after; /* the first such cell, at most MIG_TEXT_QUOTED bytes of it */
    uint32_t in_row;                 /* private: of the cells, those in the row at hand */
};

/* "old" becomes "now"; with `any_case` so does "old" in other letter cases. */
struct mig_label {
    char *old;
    char *now;
    bool any_case;
    uint64_t cells; /* that held it */
};

/* A list of texts that is owned. */
struct mig_text_list {
    char **items;
    size_t count;
    size_t capacity;
};
/* Errors: MIG_NO_MEMORY. */
MIG_API enum mig_status MIG_MUST_USE mig_text_list_add(struct mig_text_list *list,
    struct mig_text text, struct mig_error *error);
MIG_API bool mig_text_list_has(const struct mig_text_list *list, struct mig_text text);
MIG_API void mig_text_list_release(struct mig_text_list *list);

/* What is done with one column; the first part is for the caller to set, the second is counted. */
struct mig_plan {
    enum mig_treatment treatment;
    struct mig_number_style style;
    enum mig_date_order order;             /* of days and months */
    bool short_year;                       /* their years have two digits, see mig_expand_year() */
    bool trim;
    bool with_unit;                        /* numbers may have a unit, the same in all cells: the first one, or `unit` */
    struct mig_buffer unit;
    struct mig_text_list missing;          /* tokens beside those of the input */
    struct mig_text_list yes, no;          /* words of a boolean */
    struct mig_label *labels;
    size_t n_labels, labels_capacity;

    uint64_t filled;      /* cells that are not missing */
    uint64_t faults;      /* of them, those that do not fit */
    uint64_t percents;    /* numbers with a percent sign; the others have none */
    uint64_t units;       /* numbers with the unit; the others have none */
    struct mig_changes *changes; /* of rows without faults, by enum mig_change; NULL: nothing was changed */
    bool changed;                /* private: in the row at hand */
    struct mig_buffer number, found;         /* private: a cell without its unit, and the unit */
};

/* Takes cells of `old` for `now`, instead of what `old` was taken for before. Errors: MIG_NO_MEMORY. */
MIG_API enum mig_status MIG_MUST_USE mig_plan_add_label(struct mig_plan *plan, struct mig_text old,
    struct mig_text now, bool any_case, struct mig_error *error);

/* The column whose cells hold several values. `separator` stands between them; 0: cells are lists such as
 * ['a', 'b']. Empty values are left out; a cell without any is one empty value. */
struct mig_split {
    bool wanted;
    size_t column;
    char separator;
};

struct mig_cleaner {
    const struct mig_input *input;
    size_t count; /* columns of the input */
    struct mig_plan *plans;
    struct mig_split split;
    bool excel_safe; /* text that a spreadsheet would take for a formula gets an apostrophe before it */
    struct mig_text *cells;   /* of the row that was cleaned last, one a column; empty where missing */
    size_t parts;             /* values in its cell of the split column, at least 1; else 1 */
    size_t added;             /* rows that splitting added so far */
    struct mig_buffer *made;  /* private: what was rewritten of them, one a column */
    struct mig_buffer values; /* private: the split cell's values, each with its 0 byte */
};

/* `input` is borrowed until release. Errors: MIG_NO_MEMORY; nothing is then left to release. */
MIG_API enum mig_status MIG_MUST_USE mig_cleaner_init(struct mig_cleaner *cleaner,
    const struct mig_input *input, struct mig_error *error);

/* Cleans one row into cleaner->cells, which stand until the next call, and what is not changed no longer than the row. What does not fit is appended to `faults` with
 * its position, column 0 for a row with too few or too many cells; after a fault the row's cells mean nothing.
 * Errors: MIG_NO_MEMORY only. */
MIG_API enum mig_status MIG_MUST_USE mig_cleaner_row(struct mig_cleaner *cleaner,
    const struct mig_row *row, struct mig_error_list *faults, struct mig_error *error);

/* The text of a cell of the row: in the split column its value number `part`, from 0. Valid as long as the row is. */
MIG_API struct mig_text mig_cleaner_cell(const struct mig_cleaner *cleaner, size_t column,
    size_t part);

/* Whether what comes out of a column with this treatment are numbers. */
MIG_API bool mig_treatment_is_number(enum mig_treatment treatment);

/* Cells so far, of all columns. */
MIG_API uint64_t mig_cleaner_changed(const struct mig_cleaner *cleaner, enum mig_change change);

MIG_API void mig_cleaner_release(struct mig_cleaner *cleaner);

#endif
