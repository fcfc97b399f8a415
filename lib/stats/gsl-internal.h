/* The one place where the library changes a setting of GSL. */
#ifndef MIGSTAT_STATS_GSL_INTERNAL_H
#define MIGSTAT_STATS_GSL_INTERNAL_H

/* Turns GSL's error handler, which aborts the process, off: once, for the whole process. Every kernel calls it
 * before its first call into GSL, and checks every status that GSL returns. Safe from any thread. */
void mig_gsl_quiet(void);

#endif
