#include "stats/growth.h"

#include <math.h>

#include "base/i18n.h"
#include "stats/check-internal.h"

static const char *undefined(double first, double last, double years)
{
    if (!(first > 0))
        return first < 0 ? N_("first value is negative") : N_("first value is 0");
    if (last < 0)
        return N_("last value is negative");
    return years > 0 ? NULL : N_("first and last value have the same time");
}

enum mig_status mig_growth(double first, double last, double first_time, double last_time,
    struct mig_growth *out, struct mig_error *error)
{
    const double arguments[] = {first, last, first_time, last_time};
    enum mig_status status = mig_check_finite(arguments, 4, error);
    if (status)
        return status;
    if (last_time < first_time)
        return mig_fail(
            error, MIG_ARGUMENT, _("'%g' is before the first time %g"), last_time, first_time);

    double years = last_time - first_time;
    *out = (struct mig_growth){last - first, NAN, NAN, undefined(first, last, years)};
    if (first > 0)
        out->relative = out->change / first;
    if (!out->note)
        out->annual = expm1(log1p(out->relative) / years);
    return MIG_OK;
}
