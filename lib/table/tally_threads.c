/* One tally by several threads: each has its own, of the blocks of rows that it took. */
#include "table/tally-internal.h"

#include <pthread.h>
#include <stdlib.h>

#include "input/share.h"

struct worker {
    pthread_t thread;
    bool started;
    struct mig_share *share;
    struct mig_input *part;
    struct mig_tally *tally;
    const struct mig_tally_spec *spec;
    enum mig_status status;
    struct mig_error error;
};

static void *work(void *context)
{
    struct worker *worker = context;
    worker->status = mig_tally_read_rows(worker->tally, worker->part, worker->spec, &worker->error);
    if (worker->status != MIG_OK)
        mig_share_stop(worker->share);
    return NULL;
}

/* The first worker is this thread. One that can't be had is done without. */
static void run(struct worker *workers, size_t count)
{
    for (size_t i = 1; i < count; i++)
        workers[i].started = pthread_create(&workers[i].thread, NULL, work, &workers[i]) == 0;
    work(&workers[0]);
    for (size_t i = 1; i < count; i++)
        if (workers[i].started)
            pthread_join(workers[i].thread, NULL);
}

/* The fault that comes first in the input. */
static enum mig_status first_fault(
    const struct worker *workers, size_t count, struct mig_error *error)
{
    const struct worker *first = NULL;
    for (size_t i = 0; i < count; i++)
        if (workers[i].status != MIG_OK &&
            (first == NULL || mig_share_block(workers[i].part) < mig_share_block(first->part)))
            first = &workers[i];
    if (first != NULL && error != NULL)
        *error = first->error;
    return first != NULL ? first->status : MIG_OK;
}

static enum mig_status prepare(struct worker *workers, size_t count, struct mig_share *share,
    struct mig_tally *tally, const struct mig_tally_spec *spec, struct mig_error *error)
{
    enum mig_status status = MIG_OK;
    for (size_t i = 0; i < count && status == MIG_OK; i++) {
        workers[i] = (struct worker){
            .share = share, .part = mig_share_part(share, i), .tally = tally, .spec = spec};
        if (i > 0)
            status = mig_tally_new(&workers[i].tally, spec, error);
    }
    return status;
}

enum mig_status mig_tally_read_shared(struct mig_tally *tally, struct mig_input *input,
    const struct mig_tally_spec *spec, size_t threads, struct mig_error *error)
{
    struct mig_share *share = NULL;
    struct worker *workers = calloc(threads, sizeof *workers);
    enum mig_status status =
        workers != NULL ? mig_share_new(&share, input, threads, error) : mig_fail_memory(error);
    if (status == MIG_OK)
        status = prepare(workers, threads, share, tally, spec, error);
    if (status == MIG_OK) {
        run(workers, threads);
        status = first_fault(workers, threads, error);
    }
    for (size_t i = 1; i < threads && workers != NULL; i++) {
        if (status == MIG_OK && workers[i].started)
            status = mig_tally_merge(tally, workers[i].tally, error);
        mig_tally_free(workers[i].tally);
    }
    mig_share_free(share);
    free(workers);
    return status;
}
