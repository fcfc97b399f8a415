/* Propose, private: what is counted of a column. */
#ifndef MIGSTAT_INPUT_PROPOSE_INTERNAL_H
#define MIGSTAT_INPUT_PROPOSE_INTERNAL_H

#include "propose.h"

enum { MIG_STYLES = 9, MIG_ORDERS = 3, MIG_TOKENS = 24, MIG_LABELS_KEPT = 24, MIG_LABEL_LENGTH = 48 };

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

struct mig_guess {
    uint64_t cells, empty, tokens[MIG_TOKENS];
    uint64_t filled; /* neither empty nor a token */
    uint64_t fit[MIG_STYLES];            /* numbers in each style */
    bool differ[MIG_STYLES][MIG_STYLES]; /* some cell has another value in the other style */
    uint64_t whole[MIG_STYLES];          /* of them, without decimals and exponent */
    uint64_t numbers, percents, clear_decimals;
    uint64_t order[MIG_ORDERS], words, days, months, years, basic_days, booleans, lists;
    char separator; /* of the first day written in figures */
    bool month_first; /* the first day in words begins with the month */
    struct mig_sight filled_first, ambiguous, broken, zeros, not_a_number, ambiguous_day, not_a_day,
        time, hour, token, basic, letter_case, several;
    char *labels[MIG_LABELS_KEPT]; /* distinct texts, while there are few */
    size_t n_labels;
    bool many_labels;
};

struct mig_proposal {
    const struct mig_input *input;
    size_t count;
    struct mig_guess *guesses;
    struct mig_buffer read[MIG_STYLES]; /* the cell at hand in each style */
};

/* What is proposed for a column. */
struct mig_finding {
    enum mig_treatment treatment;
    size_t style;
    bool percent;
    const char *format; /* of days, or NULL */
    bool tokens_are_missing;
    bool asks[MIG_QUESTIONS];
};
struct mig_finding mig_conclude(const struct mig_guess *guess, const char *name, const char *tag);

#endif
