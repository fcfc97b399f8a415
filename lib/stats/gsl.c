#include "stats/gsl-internal.h"

#include <gsl/gsl_errno.h>
#include <pthread.h>

static void turn_handler_off(void)
{
    (void)gsl_set_error_handler_off();
}

void mig_gsl_quiet(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;

    (void)pthread_once(&once, turn_handler_off);
}
