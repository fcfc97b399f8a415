/* Shares of missing cells, column by column. */
#include <stdlib.h>

#include "base/i18n.h"
#include "evidence/checks-internal.h"

/* From this share on a column is more absent than present. */
static const double many = 0.5;

struct missing {
    size_t *counts; /* a column */
    size_t rows;
};
const size_t mig_missing_state = sizeof(struct missing);

MIG_CHECK_LOOK(mig_look_missing)
{
    struct missing *missing = group->state;
    if (!missing->counts)
        missing->counts = calloc(row->count, sizeof *missing->counts);
    if (!missing->counts)
        return mig_fail_memory(error);
    group->run->looked = true;
    missing->rows++;
    for (size_t i = 0; i < row->count; i++)
        missing->counts[i] += mig_input_is_missing(mig_run_input(group->run), row->cells[i].text);
    return MIG_OK;
}

MIG_CHECK_END(mig_end_missing)
{
    const struct missing *missing = group->state;
    const struct mig_spot nowhere = {0};
    enum mig_status status = MIG_OK;
    for (size_t i = 0; i < mig_run_header(group->run)->count && missing->counts && !status; i++) {
        if (missing->counts[i] == 0)
            continue;
        double share = (double)missing->counts[i] / (double)missing->rows;
        struct mig_buffer value = {0};
        status = mig_buffer_print(&value, error, "%zu/%zu", missing->counts[i], missing->rows);
        if (!status)
            status = mig_find(group, share >= many ? MIG_SEVERITY_WARN : MIG_SEVERITY_NOTE, nowhere,
                &i, 1, mig_buffer_text(&value), error, N_("%s %% of the cells are missing"),
                MIG_BRIEF(100 * share));
        mig_buffer_release(&value);
    }
    return status;
}

MIG_CHECK_RELEASE(mig_release_missing)
{
    free(((struct missing *)state)->counts);
}
