#include "stats/check-internal.h"

#include <math.h>

#include "base/i18n.h"

enum mig_status mig_check_level(double level, struct mig_error *error)
{
    if (level > 0 && level < 1)
        return MIG_OK;
    return mig_fail(error, MIG_ARGUMENT, _("'%g' is not a level between 0 and 1"), level);
}

double mig_tail(double level)
{
    const double digits = 1e15, enough = 0.2;
    double rest = (1 - level) * digits, whole = nearbyint(rest);
    return whole >= 1 && fabs(rest - whole) < enough ? whole / digits / 2 : (1 - level) / 2;
}

enum mig_status mig_check_count(double count, struct mig_error *error)
{
    if (count >= 0 && count <= MIG_LARGEST_COUNT && floor(count) == count)
        return MIG_OK;
    return mig_fail(error, MIG_ARGUMENT, _("'%g' is not a count: a whole number from 0 to %g"),
        count, MIG_LARGEST_COUNT);
}

enum mig_status mig_check_exposure(double exposure, struct mig_error *error)
{
    if (exposure >= 0 && isfinite(exposure))
        return MIG_OK;
    return mig_fail(
        error, MIG_ARGUMENT, _("'%g' is not an exposure: a finite number from 0 up"), exposure);
}

enum mig_status mig_check_amounts(const double *values, size_t n, struct mig_error *error)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        sum += values[i];
        if (!(values[i] >= 0) || !isfinite(values[i]))
            return mig_fail(error, MIG_ARGUMENT,
                _("'%g' is not an amount: a finite number from 0 up"), values[i]);
        if (!isfinite(sum))
            return mig_fail(
                error, MIG_ARGUMENT, _("'%g': the amounts add up to too much"), values[i]);
    }
    return MIG_OK;
}

enum mig_status mig_check_finite(const double *values, size_t n, struct mig_error *error)
{
    for (size_t i = 0; i < n; i++) {
        if (!isfinite(values[i]))
            return mig_fail(error, MIG_ARGUMENT, _("'%g' is not a finite number"), values[i]);
    }
    return MIG_OK;
}
