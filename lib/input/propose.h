/* Propose: what the columns of an export seem to hold, with the evidence, as a schema for the user to correct.
 *
 * All rows are read; per column only counts and a few examples are kept. A column gets a type when every cell that is
 * not missing fits it in one reading. What can be read in two ways stays a string and is a decision for the user; so do
 * decimals that look like thousands, 1.022 and 8.0500, whatever other cells hold.
 */
#ifndef MIGSTAT_INPUT_PROPOSE_H
#define MIGSTAT_INPUT_PROPOSE_H

#include "schema.h"

/* Why a column is left for the user to decide; the names stand in the schema, see mig_question_name(). */
enum mig_question {
    MIG_ASK_DECIMAL_OR_GROUP,   /* 1.022 is a thousand or one */
    MIG_ASK_BROKEN_GROUP,       /* 8.0500 */
    MIG_ASK_SIGNS_DIFFER,       /* 12.5 and 12,5 */
    MIG_ASK_PERCENT,            /* some numbers have the sign, some have none */
    MIG_ASK_UNIT,               /* 1 200 FCFA */
    MIG_ASK_PLUS_SIGN,          /* +22376543210 is a telephone number, or a number that loses its + */
    MIG_ASK_DAY_OR_MONTH,       /* 03/02/2018 */
    MIG_ASK_ORDERS_DIFFER,      /* 31/12/2020 and 12/31/2020 */
    MIG_ASK_DAY_OR_NUMBER,      /* 20150408 */
    MIG_ASK_SHORT_DATE,         /* 01/02/18, Jan-18, 12/2018 */
    MIG_ASK_TIME_OF_DAY,        /* 2017-03-30T14:05:00: cutting would lose the hour */
    MIG_ASK_SOME_NO_NUMBER,     /* at least half of the cells are numbers */
    MIG_ASK_SOME_NO_DATE,       /* at least half are dates */
    MIG_ASK_MISSING_OR_VALUE,   /* NA in a column of text */
    MIG_ASK_LETTER_CASE,        /* Conflict and conflict */
    MIG_ASK_SEVERAL_VALUES,     /* Conflict; Natural disaster */
    MIG_ASK_LIST,               /* ['a', 'b'] */
    MIG_QUESTIONS,
};
MIG_API const char *mig_question_name(enum mig_question question); /* "decimal_or_group" */

struct mig_decision {
    size_t column;
    enum mig_question question;
    uint64_t cells;  /* that raise it */
    uint64_t filled; /* cells that are not empty */
    struct mig_text example; /* borrowed from the proposal */
    size_t line;             /* where it stands */
    struct mig_text shown_by; /* borrowed; a cell that speaks for decimals; empty: none does */
    size_t shown_line;
};

struct mig_proposal; /* opaque */

/* `input` is borrowed. Errors: MIG_NO_MEMORY. */
MIG_API enum mig_status MIG_MUST_USE mig_proposal_new(struct mig_proposal **proposal,
    const struct mig_input *input, struct mig_error *error);

/* Takes a row in, which must be one without a fault. Errors: MIG_NO_MEMORY. */
MIG_API enum mig_status MIG_MUST_USE mig_proposal_row(struct mig_proposal *proposal,
    const struct mig_row *row, struct mig_error *error);

/* What the user has to decide, in order of the columns; an array of *count to be freed. Errors: MIG_NO_MEMORY. */
MIG_API enum mig_status MIG_MUST_USE mig_proposal_decisions(const struct mig_proposal *proposal,
    struct mig_decision **decisions, size_t *count, struct mig_error *error);

/* How many columns of text have more different texts than are compared in letter case (4096, or 1 MiB of them; 12 MiB in
 * all columns); `*first` is the first of them. */
MIG_API size_t mig_proposal_uncompared(const struct mig_proposal *proposal, size_t *first);

/* Appends the schema as JSON, with a line feed behind it. `options` are those of the input: their missing tokens and
 * encoding are written down. Errors: MIG_NO_MEMORY. */
MIG_API enum mig_status MIG_MUST_USE mig_proposal_write(const struct mig_proposal *proposal,
    const struct mig_input_options *options, struct mig_buffer *out, struct mig_error *error);

MIG_API void mig_proposal_free(struct mig_proposal *proposal);

#endif
