#include "stats/heaping.h"

#include <math.h>

#include "base/i18n.h"
#include "stats/check-internal.h"
#include "stats/distribution.h"

/* Persons of first, first + step, .. up to last. */
static double sum_ages(const double *counts, size_t first, size_t last, size_t step)
{
    double sum = 0;
    for (size_t age = first; age <= last; age += step)
        sum += counts[age];
    return sum;
}

static enum mig_status check_ages(
    const double *counts, size_t n, size_t least, struct mig_error *error)
{
    if (n < least)
        return mig_fail(error, MIG_ARGUMENT, _("'%zu' ages are given, %zu are wanted"), n, least);
    for (size_t age = 0; age < n; age++) {
        enum mig_status status = mig_check_exposure(counts[age], error);
        if (status)
            return status;
    }
    return MIG_OK;
}

static void set_empty(struct mig_heaping *out, const char *note)
{
    *out = (struct mig_heaping){.index = NAN, .note = note};
    for (size_t digit = 0; digit < 10; digit++)
        out->digits[digit] = NAN;
}

/* Half the sum of the absolute deviations of ten percentages from 10. */
static double half_deviation(const double digits[10])
{
    double sum = 0;
    for (size_t digit = 0; digit < 10; digit++)
        sum += fabs(digits[digit] - 10);
    return sum / 2;
}

enum mig_status mig_whipple(
    const double *counts, size_t n, struct mig_heaping *out, struct mig_error *error)
{
    enum mig_status status = check_ages(counts, n, 63, error);
    if (status)
        return status;
    double all = sum_ages(counts, 23, 62, 1);
    set_empty(out, all > 0 ? NULL : N_("nobody is aged 23 to 62"));
    if (out->note)
        return MIG_OK;
    out->index = 500 * sum_ages(counts, 25, 60, 5) / all;
    for (size_t age = 23; age <= 32; age++)
        out->digits[age % 10] = 100 * sum_ages(counts, age, 62, 10) / all;
    return MIG_OK;
}

enum mig_status mig_myers(
    const double *counts, size_t n, struct mig_heaping *out, struct mig_error *error)
{
    enum mig_status status = check_ages(counts, n, 90, error);
    if (status)
        return status;
    double blended[10], all = 0;
    for (size_t digit = 0; digit < 10; digit++) {
        blended[digit] = (double)(digit + 1) * sum_ages(counts, 10 + digit, 89, 10) +
                         (double)(9 - digit) * sum_ages(counts, 20 + digit, 89, 10);
        all += blended[digit];
    }
    set_empty(out, all > 0 ? NULL : N_("nobody is aged 10 to 89"));
    if (out->note)
        return MIG_OK;
    for (size_t digit = 0; digit < 10; digit++)
        out->digits[digit] = 100 * blended[digit] / all;
    out->index = half_deviation(out->digits);
    return MIG_OK;
}

enum mig_status mig_bachi(
    const double *counts, size_t n, struct mig_heaping *out, struct mig_error *error)
{
    enum mig_status status = check_ages(counts, n, 78, error);
    if (status)
        return status;
    set_empty(out, NULL);
    for (size_t digit = 0; digit < 10; digit++) {
        size_t low = 23 + (digit + 2) % 5; /* in 23 .. 27, congruent to digit modulo 5 */
        size_t first = low % 10 == digit ? low : low + 5;
        size_t second = low % 10 == digit ? low + 10 : low + 5;
        double those =
            sum_ages(counts, first, low + 49, 10) + sum_ages(counts, second, low + 50, 10);
        double all = sum_ages(counts, low, low + 49, 1) + sum_ages(counts, low + 1, low + 50, 1);
        if (!(all > 0)) {
            set_empty(out, N_("nobody is aged 23 to 77"));
            return MIG_OK;
        }
        out->digits[digit] = 100 * those / all;
    }
    out->index = half_deviation(out->digits);
    return MIG_OK;
}

enum mig_status mig_final_digits(
    const double counts[10], struct mig_final_digits *out, struct mig_error *error)
{
    double all = 0, chi_squared = 0;
    for (size_t digit = 0; digit < 10; digit++) {
        enum mig_status status = mig_check_exposure(counts[digit], error);
        if (status)
            return status;
        all += counts[digit];
    }
    *out = (struct mig_final_digits){all, NAN, NAN, NAN, NULL};
    if (!(all > 0)) {
        out->note = N_("no values");
        return MIG_OK;
    }
    for (size_t digit = 0; digit < 10; digit++)
        chi_squared += pow(counts[digit] - all / 10, 2) / (all / 10);
    out->chi_squared = chi_squared;
    out->p_value = mig_chi_squared_upper(chi_squared, 9);
    out->zero_five = (counts[0] + counts[5]) / all;
    return MIG_OK;
}
