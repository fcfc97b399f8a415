#include "stats/spacing.h"

struct mig_spacing mig_spacing(const double *times, size_t n)
{
    struct mig_spacing spacing = {0, 0};
    for (size_t i = 1; i < n; i++) {
        double step = times[i] - times[i - 1];
        if (i == 1 || step < spacing.shortest)
            spacing.shortest = step;
        if (step > spacing.longest)
            spacing.longest = step;
    }
    return spacing;
}
