/* Breakdown, private: the page that the tables for people are written on. */
#ifndef MIGSTAT_CLI_BREAKDOWN_INTERNAL_H
#define MIGSTAT_CLI_BREAKDOWN_INTERNAL_H

#include "../output/grid.h"
#include "breakdown.h"
#include "people.h"

/* What is to be said of some figures of a table: "Gao, Kayes: TEXT". */
enum { MIG_MOST_NAMES = 8 };
struct mig_sheet_note {
    char *text;
    char *names[MIG_MOST_NAMES];
    size_t n_names;
    bool more; /* names than these */
};

struct mig_sheet {
    struct mig_breakdown *breakdown;
    struct mig_breakdown_table *table; /* under way */
    size_t *order;                     /* of its columns */
    struct mig_grid *grid;
    struct mig_buffer page;    /* all that is written so far */
    struct mig_buffer scratch; /* a cell */
    struct mig_sheet_note *notes; /* for below the table of results */
    size_t n_notes, notes_capacity;
    size_t width;
    bool intervals;     /* in the table under way */
    bool any_intervals; /* in any */
    bool odds_intervals; /* below any: those of odds ratios */
};

void mig_sheet_init(struct mig_sheet *sheet, struct mig_breakdown *breakdown);

/* A grid: begun, filled cell by cell, and ended onto the page. */
void mig_sheet_begin(struct mig_sheet *sheet, const struct mig_grid_shape *shape);
void mig_sheet_put(struct mig_sheet *sheet, const char *text);
void mig_sheet_put_text(struct mig_sheet *sheet, struct mig_text text);
void mig_sheet_put_scratch(struct mig_sheet *sheet); /* what was written to sheet->scratch, which it empties */
void mig_sheet_end(struct mig_sheet *sheet);

/* Whether a cell of the table is a list of several kinds of figures, as in Markdown. */
bool mig_sheet_lists_figures(const struct mig_sheet *sheet);

/* A line of words below a table; an empty line, unless the page is empty. */
void mig_sheet_line(struct mig_sheet *sheet, const char *text);
void mig_sheet_gap(struct mig_sheet *sheet);

/* Keeps for below the table under way that TEXT, unless NULL, is to be said of NAME; and puts there what was kept, each text
 * once, with its names before it. */
void mig_sheet_keep_note(struct mig_sheet *sheet, const char *name, const char *text);
void mig_sheet_put_notes(struct mig_sheet *sheet);

/* Writes the page to the output, and releases the sheet. */
void mig_sheet_print(struct mig_sheet *sheet);

/* Appends the heading of a column of figures: "%", "row %", "LQ". */
void mig_breakdown_heading(
    const struct mig_breakdown *breakdown, enum mig_figure_kind kind, struct mig_buffer *out);

/* Tests, indices and coverage of the table under way; and, after all tables, what the headings mean, ending with what is
 * known of all cases. */
void mig_breakdown_write_below(struct mig_sheet *sheet);
void mig_breakdown_put_results(struct mig_sheet *sheet);
void mig_breakdown_write_legend(struct mig_sheet *sheet);
void mig_breakdown_say_what_is_known(struct mig_sheet *sheet);

/* "figures by pop: of 9 of 12 cases, ...", where some have no base. */
void mig_breakdown_say_base(struct mig_sheet *sheet, const struct mig_quotient *quotient,
    const struct mig_once *once, const char *column);

/* Says "NAME is known for 83.1 % of 1,200 cases", or of 1,200 (MEASURE) unless that is NULL; "for all but 1 of 100,000" where
 * a rounded share would hide it. */
void mig_breakdown_say_known(struct mig_breakdown *breakdown, const char *name, const struct mig_sum *known,
    const struct mig_sum *all, const char *measure, mig_sentence_sink *say, void *context);

/* Adds the cases of the groups to `all`, and those where the column of --coverage is known to `known`. */
void mig_breakdown_count_known(struct mig_breakdown *breakdown, struct mig_extent extent, size_t column,
    struct mig_sum *known, struct mig_sum *all);

/* What dngettext() is to be asked for so many cases. */
unsigned long mig_breakdown_plural(double count);

/* The wide table in a format for programs. */
void mig_breakdown_write_spread(struct mig_breakdown *breakdown);

/* Rows of a table that agree in the first `kept` keys of --by: whether `row` is the last of them, and which is the first. */
bool mig_breakdown_ends_run(const struct mig_breakdown_table *table, size_t row, size_t kept);
size_t mig_breakdown_run_begin(const struct mig_breakdown_table *table, size_t row, size_t kept);

#endif
