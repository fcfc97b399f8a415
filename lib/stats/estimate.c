#include "stats/estimate.h"

#include <math.h>

struct mig_estimate mig_estimate_empty(const char *method)
{
    return (struct mig_estimate){NAN, NAN, NAN, NAN, NAN, NAN, NAN, method, NULL};
}
