#include "stats/estimate.h"

#include <math.h>

#include "base/i18n.h"

struct mig_estimate mig_estimate_empty(const char *method)
{
    return (struct mig_estimate){NAN, NAN, NAN, NAN, NAN, NAN, NAN, method, NULL};
}

const char *mig_p_value_note(double p_value)
{
    const double least = 1e-307;
    return p_value < least ? N_("the p-value is below 1e-307") : NULL;
}
