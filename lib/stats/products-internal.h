/* Differences of products that keep their digits where the products are nearly equal. */
#ifndef MIGSTAT_STATS_PRODUCTS_INTERNAL_H
#define MIGSTAT_STATS_PRODUCTS_INTERNAL_H

/* a b - c d. The rounding errors of both products are kept. Source: Jeannerod, Louvet & Muller 2013, Math Comp 82:2245. */
double mig_product_difference(double a, double b, double c, double d);

/* x log(x / mean) - (x - mean), with distance = x - mean: from 0 up, with its digits where x is near `mean` > 0. */
double mig_deviance(double x, double mean, double distance);

#endif
