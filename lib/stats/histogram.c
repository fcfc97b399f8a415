#include "stats/histogram.h"

/* The class of a value between low and high. Halves are taken first, so that no difference
 * overflows. */
static size_t class_of(double value, double low, double high, size_t bins)
{
    double share = low < high ? (value / 2 - low / 2) / (high / 2 - low / 2) : 0;
    size_t bin = (size_t)(share * (double)bins);
    return bin < bins ? bin : bins - 1;
}

void mig_histogram(const double *values, const double *weights, size_t n, double low, double high,
    size_t bins, double *out)
{
    for (size_t i = 0; i < bins; i++)
        out[i] = 0;
    for (size_t i = 0; i < n; i++)
        if (values[i] >= low && values[i] <= high)
            out[class_of(values[i], low, high, bins)] += weights != NULL ? weights[i] : 1;
}
