/* Rows that are too short or too long. */
#include "base/i18n.h"
#include "evidence/checks-internal.h"

MIG_CHECK_LOOK(mig_look_row_length)
{
    const size_t width = mig_run_header(group->run)->count;
    group->run->looked = true;
    if (row->fault == NULL)
        return MIG_OK;
    if (row->count == width) /* it was the row's bytes, or a column that was left out as empty */
        return mig_find(group, MIG_SEVERITY_ERROR, mig_spot_of(group->run, row), NULL, 0,
            row->cells[0].text, error, "%s", row->fault->text);
    return mig_find(group, MIG_SEVERITY_ERROR, mig_spot_of(group->run, row), NULL, 0,
        row->cells[0].text, error, N_("cells of the row: %zu, of the header: %zu"), row->count,
        width);
}
