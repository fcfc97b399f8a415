/* Heaping: how far ages, or any counts, gather on preferred final digits.
 *
 * Persons who do not know their age, and forms filled in by somebody else, round to 0 and 5. The indices below
 * assume that without rounding the numbers fall smoothly with age; they say nothing about a population whose
 * true ages are uneven (a school, an army, a wave of births).
 */
#ifndef MIGSTAT_STATS_HEAPING_H
#define MIGSTAT_STATS_HEAPING_H

#include <stddef.h>

#include "../base/error.h"

/* An index, and the share of each final digit that it rests on. */
struct mig_heaping {
    double index;
    double digits[10]; /* per 100: 10 each where no digit is preferred */
    const char *note;  /* NULL, or why the numbers are NaN: a constant marked N_() */
};

/* Whipple's index of the digits 0 and 5:
 *     100 * 5 * (persons of 25, 30, .. 60) / (persons of 23 to 62).
 * 100 is no preference, 500 all on 0 and 5. `digits` are the shares of the final digits of 23 to 62. The United
 * Nations call the data highly accurate below 105, fairly accurate to 110, approximate to 125, rough to 175, very rough above.
 *
 * Shapes:  counts[a] is the number of persons of age a, for a = 0 .. n-1; n is at least 63.
 * Missing: nobody of 23 to 62: NaN, with a note.
 * Errors:  MIG_ARGUMENT: n too small, a count negative or not finite.
 * Source:  United Nations 1955, Manual II, p. 41; Shryock & Siegel 1976, The Methods and Materials of Demography, ch. 8; docs/methods.md#heaping
 */
MIG_API enum mig_status MIG_MUST_USE mig_whipple(const double *counts, size_t n,
    struct mig_heaping *out, struct mig_error *error);

/* Myers' blended index over the ages 10 to 89. For each final digit d the persons of 10+d, 20+d, .. 80+d weigh
 * d + 1 and those of 20+d, .. 80+d once more 9 - d, so that every digit leads once; the index is half the sum
 * of the absolute deviations of the ten shares from 10 per cent. 0 is no preference, 90 all on one digit: the
 * least percentage of persons whose age is reported with a wrong final digit. The spreadsheet SINGAGE of the US Census Bureau
 * prints the whole sum, twice this index. As the second range is shorter, the same number of persons at every age gives 1.66
 * rather than 0: the index is meant for numbers that fall with age.
 *
 * Shapes:  as mig_whipple(); n is at least 90.
 * Missing: nobody in a weighted age: NaN, with a note.
 * Errors:  as mig_whipple().
 * Source:  Myers 1940, Trans. Actuarial Soc. America 41:395-415; Shryock & Siegel 1976, ch. 8; docs/methods.md#heaping
 */
MIG_API enum mig_status MIG_MUST_USE mig_myers(const double *counts, size_t n,
    struct mig_heaping *out, struct mig_error *error);

/* Bachi's index over the ages 23 to 77: Whipple's method applied to each digit in turn. For digit d, l is the age in
 * 23 .. 27 that differs from d by a multiple of 5; the share of d is the mean of the persons of that digit in l .. l+49
 * and in l+1 .. l+50, over the mean of all persons in the two. The index is half the sum of the absolute
 * deviations of the ten shares from 10 per cent: 0 to 90.
 *
 * Shapes:  as mig_whipple(); n is at least 78.
 * Missing: nobody in one of the ranges: NaN, with a note.
 * Errors:  as mig_whipple().
 * Source:  Bachi 1951, Bull. Int. Stat. Inst. 33(4):195-222; Shryock & Siegel 1976, ch. 8; docs/methods.md#heaping
 */
MIG_API enum mig_status MIG_MUST_USE mig_bachi(const double *counts, size_t n,
    struct mig_heaping *out, struct mig_error *error);

/* Pearson's test that the ten final digits are equally frequent: chi-squared on 9 degrees of freedom. It rejects
 * any real data when they are many; look at the shares too. */
struct mig_final_digits {
    double total;
    double chi_squared;
    double p_value;        /* of a chi-squared distribution with 9 degrees of freedom */
    double zero_five;      /* share of the digits 0 and 5, 0 to 1 */
    const char *note;      /* NULL, or why numbers are NaN */
};

/* Shapes:  counts[d] is the number of values that end in d, d = 0 .. 9.
 * Missing: no values: NaN, with a note. The p-value is an approximation below 50 values (expected counts under 5).
 * Errors:  MIG_ARGUMENT: a count negative or not finite.
 * Source:  Pearson 1900, Phil. Mag. 50:157-175.
 */
MIG_API enum mig_status MIG_MUST_USE mig_final_digits(const double counts[10],
    struct mig_final_digits *out, struct mig_error *error);

#endif
