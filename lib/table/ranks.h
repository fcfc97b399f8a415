/* Ranks: the order of classes and of dates, where there is one. */
#ifndef MIGSTAT_TABLE_RANKS_H
#define MIGSTAT_TABLE_RANKS_H

#include "../base/text.h"

enum mig_ranks {
    MIG_RANKED,
    MIG_RANKS_UNKNOWN, /* `*fault` is neither number, class nor period */
    MIG_RANKS_OVERLAP, /* neither of `*fault` and `*other` lies before the other, or one is a date and one is none */
};

/* Sorts texts from the lowest, when all are periods of period.h (2025-01-31, 2025-03, 2025-Q1, 2025), or all are numbers and
 * classes (18-59, 60+, <18, 0.5-<1, as band() writes them). What only begins with a number, such as 31/12/2024 or 1 000, has
 * no order. Two of them may meet, as 0-18 and 18-60 do, but not overlap: 02-2024 and 11-2023 are no classes. When there is
 * no order, the texts may stand in any. */
MIG_API enum mig_ranks mig_ranks_sort(
    struct mig_text *texts, size_t count, struct mig_text *fault, struct mig_text *other);

#endif
