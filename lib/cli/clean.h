/* What mig-clean is asked to do, turned into the plans of a cleaner; its proposal, its log. */
#ifndef MIGSTAT_CLI_CLEAN_H
#define MIGSTAT_CLI_CLEAN_H

#include "../input/schema.h"
#include "cli.h"

/* The values of the options, as they were written; NULL and 0: not given. */
struct mig_wishes {
    const char *numbers, *decimal, *group; /* decimal and group have defaults */
    int percent;                           /* enum mig_percent */
    const char *dates;
    int date_order; /* enum mig_date_order */
    struct mig_option_list labels;
    const char *split;
    bool trim, excel_safe;
    const char *schema;
};

/* Whether any of them was given. */
bool mig_wishes_given(const struct mig_wishes *wishes);

/* Checks what can be checked without the input, reads the schema, and takes delimiter, quote, encoding and header rows from it unless
 * they were given as options. Every fault is a complaint; ends the program when there are any. */
void mig_cli_read_wishes(struct mig_cli *cli, const struct mig_wishes *wishes,
    struct mig_schema *schema);

/* Gives the columns of the open input their plans: those of the schema, then the options, which go before it. What
 * differs from the schema is a finding; every fault a complaint, fatal here. */
void mig_cli_plan_cleaning(struct mig_cli *cli, const struct mig_wishes *wishes,
    const struct mig_schema *schema, struct mig_cleaner *cleaner);

/* After the last row: columns that no longer have the type of the schema, numbers with and without a percent sign
 * (findings); labels that never occurred, rows that were split, times cut off, missing tokens (notes). */
void mig_cli_review_cleaning(struct mig_cli *cli, const struct mig_wishes *wishes,
    const struct mig_cleaner *cleaner);

/* Writes `stream` with a row for each column and kind of change: column, change, cells, example, becomes. */
void mig_cli_write_changes(struct mig_cli *cli, FILE *stream, const struct mig_cleaner *cleaner);

/* With a column to split, adds its columns COL_part and COL_parts to the selection, which must hold it. */
void mig_cli_add_parts(struct mig_cli *cli, const struct mig_cleaner *cleaner,
    struct mig_selection *selection);

/* Puts an apostrophe before names that a spreadsheet would take for formulas, and notes it. */
void mig_cli_protect_names(struct mig_cli *cli, struct mig_selection *selection);

/* Writes the row of HXL tags of the selected columns: the input's, else the schema's. Where there are none, or the
 * format is neither csv nor tsv, that is a failure. */
void mig_cli_write_tags(struct mig_cli *cli, const struct mig_selection *selection,
    const struct mig_schema *schema);

/* Writes the row that was cleaned last: one for each value of a split cell. */
void mig_cli_write_cleaned(struct mig_cli *cli, const struct mig_cleaner *cleaner,
    const struct mig_selection *selection);

/* Shows the faults that were kept, counts the others, and ends the command if there are any. */
void mig_cli_fail_on_faults(struct mig_cli *cli, struct mig_error_list *faults, size_t rejected,
    size_t read);

/* Reads the whole input and writes the proposed schema to the output; what is left to decide is a finding each. */
void mig_cli_propose(struct mig_cli *cli);

#endif
