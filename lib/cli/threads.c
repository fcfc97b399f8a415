/* The number of threads that read a table. */
#ifdef __linux__
#define _GNU_SOURCE /* sched_getaffinity(): a batch system gives a job some of the cores */
#include <sched.h>
#endif

#include <unistd.h>

#include "base/i18n.h"
#include "cli/cli-internal.h"

/* One thread at a time cuts the text into pieces for the others: more have nothing to do. */
enum { MOST_BY_ITSELF = 8, MOST = 1024 };

static long count_cores(void)
{
#ifdef __linux__
    cpu_set_t cores;
    if (sched_getaffinity(0, sizeof cores, &cores) == 0)
        return CPU_COUNT(&cores);
#endif
    return sysconf(_SC_NPROCESSORS_ONLN);
}

size_t mig_threads_by_itself(void)
{
    long cores = count_cores();
    return cores < 1 ? 1 : cores < MOST_BY_ITSELF ? (size_t)cores : MOST_BY_ITSELF;
}

void mig_option_set_threads(struct mig_cli *cli, const struct mig_option *option, const char *value)
{
    uint64_t threads;
    if (mig_option_read_count(value, &threads) && threads >= 1 && threads <= MOST)
        cli->input.threads = (size_t)threads;
    else
        mig_cli_complain(cli, _("'%s' is not a number of threads from 1 to %d (option --%s)"),
            value, MOST, option->name);
}
