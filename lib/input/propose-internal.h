/* Propose, private: what is counted of a column. */
#ifndef MIGSTAT_INPUT_PROPOSE_INTERNAL_H
#define MIGSTAT_INPUT_PROPOSE_INTERNAL_H

#include "labels-internal.h"
#include "propose.h"

enum { MIG_STYLES = 9, MIG_ORDERS = 3, MIG_TOKENS = 24 };

/* Ways to write a number; of those that read a column alike the first is proposed. */
extern const struct mig_number_style mig_styles[MIG_STYLES];
/* What often stands for a missing value; proposed only where all other cells are numbers, days or months. */
extern const char *const mig_tokens[MIG_TOKENS + 1];

/* How many cells do something, and the first of them. */
struct mig_sight {
    uint64_t cells;
    char *example; /* at most MIG_TEXT_QUOTED bytes; NULL: none */
    size_t line;
};

/* What a number says of the sign in it. Where a sign is decimal in some cells it may still stand between thousands in
 * others that were typed by hand; decimals of the same length, which no thousand has, speak against it. */
enum mig_shape {
    MIG_SHAPE_OTHER,          /* 12, 12.5, 1 234: says nothing of the cells below */
    MIG_SHAPE_THOUSAND,       /* 1.022: three digits behind one to three */
    MIG_SHAPE_BROKEN,         /* 8.0500: four to six, the last two of them zeros, as if a thousand were written wrongly */
    MIG_SHAPE_THREE_DECIMALS, /* 0.512, 1 234.567 */
    MIG_SHAPE_MORE_DECIMALS,  /* 14.6311, 7.5173e-001 */
};
struct mig_number_shape {
    enum mig_shape kind;
    size_t sign; /* 0: the point, 1: the comma */
};
/* Of a number without its percent sign. */
struct mig_number_shape mig_number_shape(struct mig_text text);

struct mig_guess {
    uint64_t cells, empty, tokens[MIG_TOKENS];
    uint64_t filled; /* neither empty nor a token */
    uint64_t fit[MIG_STYLES];            /* numbers in each style */
    bool differ[MIG_STYLES][MIG_STYLES]; /* some cell has another value in the other style */
    uint64_t whole[MIG_STYLES];          /* of them, without decimals and exponent */
    uint64_t numbers;
    uint64_t order[MIG_ORDERS], words, days, months, years, basic_days, booleans, lists;
    char separator; /* of the first day written in figures */
    bool month_first; /* the first day in words begins with the month */
    struct mig_sight filled_first, ambiguous, percents, zeros, not_a_number, ambiguous_day, not_a_day,
        short_date, money, time, hour, token, basic, letter_case, several, plus;
    /* By sign, the point and the comma: */
    struct mig_sight thousands[2], broken[2], three_decimals[2], more_decimals[2];
    struct mig_labels labels; /* of cells that are no numbers */
};

struct mig_proposal {
    const struct mig_input *input;
    size_t count;
    struct mig_guess *guesses;
    struct mig_buffer read[MIG_STYLES]; /* the cell at hand in each style */
    struct mig_buffer number, unit;     /* its number and unit */
    size_t label_bytes;                 /* that the labels of all columns hold */
};

/* What is proposed for a column. */
struct mig_finding {
    enum mig_treatment treatment;
    size_t style;
    bool percent;
    const char *format; /* of days, or NULL */
    bool tokens_are_missing;
    bool asks[MIG_QUESTIONS];
    bool unlike; /* two styles read the cells otherwise */
};
struct mig_finding mig_conclude(const struct mig_guess *guess, const char *name, const char *tag);

#endif
