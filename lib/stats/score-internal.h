/* Wilson's limits, which several methods are built on. */
#ifndef MIGSTAT_STATS_SCORE_INTERNAL_H
#define MIGSTAT_STATS_SCORE_INTERNAL_H

/* The score limits of x of n, n above 0, at the normal quantile `z`: see proportion.h. x need not be whole. */
void mig_score_limits(double x, double n, double z, double *low, double *high);

#endif
