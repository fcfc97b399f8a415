/* Why a figure changed between two periods: because there was more of everything, or because it is made up differently?
 *
 * Both splits are symmetric: neither period is the standard, each factor's change is weighted by the mean of the other factor over the two
 * periods. So the effects of a part add up to its change, those of all parts to the change of the whole, without a remainder.
 * They are arithmetic, not causes.
 *
 * A part that one period does not have is in the arrays with 0 there.
 */
#ifndef MIGSTAT_STATS_DECOMPOSITION_H
#define MIGSTAT_STATS_DECOMPOSITION_H

#include <stddef.h>

#include "../base/error.h"

/* The change of an amount, of one part or of the whole. */
struct mig_amount_change {
    double change;      /* after - before = size + composition */
    double size;        /* what the change of the total makes: mean share * change of the total */
    double composition; /* what the change of the share makes: mean total * change of the share; 0 of the whole */
    const char *note;   /* NULL; or why the effects are NaN; or, with the numbers in place, that the part has something in
                           one period only */
};

/* Splits the change of a count or sum of each part, before[i] to after[i].
 *
 * Shapes:  `before`, `after` and `parts` have `n` entries; `parts` or `whole` may be NULL. Amounts are finite, from 0 up.
 * Missing: a period whose amounts are all 0 has no shares: the effects are NaN, the change stands, with a note.
 * Errors:  MIG_ARGUMENT: an amount that is negative or not finite. Outputs are untouched.
 * Source:  Das Gupta 1993, Standardization and Decomposition of Rates, P23-186, US Bureau of the Census, ch. 2: two
 *          factors; docs/methods.md#decomposition.
 */
MIG_API enum mig_status MIG_MUST_USE mig_decompose_amounts(const double *before, const double *after,
    size_t n, struct mig_amount_change *parts, struct mig_amount_change *whole, struct mig_error *error);

/* What a part, such as an age group, had in one period. */
struct mig_rate_part {
    double events;
    double base; /* persons, person-years, or all the cases that the events are among */
};

/* The change of a crude rate, all of it or what one part adds to it. */
struct mig_rate_change {
    double change;      /* of the crude rate: events / base of all; of a part: what it adds to that, rate + composition */
    double rate;        /* the rate effect: mean share of the base * change of the part's rate */
    double composition; /* the composition effect: mean rate * change of the part's share of the base */
    const char *note;   /* NULL; or why they are NaN; or, with the numbers in place, that the part has a base in one
                           period only, so that its change is all composition */
};

/* Kitagawa's split of the change of a crude rate, sum after events / sum after base - the same before.
 *
 * With r the rate of a part and c its share of the base: rate effect (c1 + c0)/2 (r1 - r0), composition effect
 * (r1 + r0)/2 (c1 - c0). A part whose base is 0 in one period has no rate then: the rate of the other is taken for both,
 * which leaves all of its change to the composition. What a part adds by its composition depends on the level of its
 * rate; only the sum over the parts is to be interpreted.
 *
 * Shapes:  `before`, `after` and `parts` have `n` entries; `parts` or `whole` may be NULL. Finite numbers, from 0 up.
 * Missing: a period without any base: all NaN, with a note. Events in a part without base: NaN, with a note, but for the change
 *          of the whole.
 * Errors:  MIG_ARGUMENT: a number that is negative or not finite. Outputs are untouched.
 * Source:  Kitagawa 1955, JASA 50:1168-1194, eq. 2.3; Das Gupta 1978, Demography 15:99-112, whose method of two factors is the
 *          same; docs/methods.md#decomposition.
 */
MIG_API enum mig_status MIG_MUST_USE mig_decompose_rate(const struct mig_rate_part *before,
    const struct mig_rate_part *after, size_t n, struct mig_rate_change *parts,
    struct mig_rate_change *whole, struct mig_error *error);

#endif
