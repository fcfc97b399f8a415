#include "stats/products-internal.h"

#include <math.h>

#define MATHLIB_STANDALONE
#include <Rmath.h>

double mig_product_difference(double a, double b, double c, double d)
{
    double first = a * b, second = c * d;
    double rest = fma(a, b, -first) - fma(c, d, -second);
    return first - second + rest;
}

/* With t = distance / mean it is mean ((1 + t)(log(1 + t) - t) + t^2). */
double mig_deviance(double x, double mean, double distance)
{
    double t = distance / mean;
    if (fabs(t) < 0.5)
        return mean * ((1 + t) * log1pmx(t) + t * t);
    return x > 0 ? x * log(x / mean) - distance : mean;
}
