/* Rows that are no records: too short or long, totals, footers. */
#include <string.h>

#include "base/i18n.h"
#include "evidence/checks-internal.h"
#include "base/fold.h"

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

/* The column of the row's first cell that is not missing, and how many there are. */
static size_t first_filled(const struct mig_check_run *run, const struct mig_row *row, size_t *n)
{
    size_t first = SIZE_MAX;
    *n = 0;
    for (size_t i = 0; i < row->count; i++)
        if (mig_run_text(run, row, i).length > 0) {
            first = first == SIZE_MAX ? i : first;
            ++*n;
        }
    return first;
}

static bool begins_with(const struct mig_buffer *folded, const char *const *words)
{
    for (size_t i = 0; words[i]; i++) {
        size_t length = strlen(words[i]);
        if (strncmp(folded->data, words[i], length) == 0 &&
            (folded->data[length] == '\0' || folded->data[length] == ' '))
            return true;
    }
    return false;
}

MIG_CHECK_LOOK(mig_look_total_row)
{
    static const char *const totals[] = {"total", "grand total", "total general", "sous total",
        "subtotal", "sub total", "ensemble", "all regions", NULL};
    static const char *const footers[] = {
        "source", "sources", "note", "notes", "nb", "data from database", "last updated", NULL};
    enum { FEW = 2, MANY = 4 };
    size_t filled, column = first_filled(group->run, row, &filled);
    struct mig_buffer folded = {0};
    group->run->looked = true;
    if (column == SIZE_MAX)
        return MIG_OK;
    enum mig_status status = mig_fold(row->cells[column].text, &folded, error);
    bool lonely = filled == 1 && row->count >= MANY;
    if (!status && begins_with(&folded, totals))
        status = mig_find_in_row(group, MIG_SEVERITY_ERROR, row, &column, 1, error,
            N_("a row of totals among the rows: sums count its persons twice"));
    else if (!status && (lonely || (filled <= FEW && begins_with(&folded, footers))))
        status = mig_find_in_row(group, MIG_SEVERITY_WARN, row, &column, 1, error,
            N_("only %zu of %zu cells are filled: a title or a footer, not a record?"), filled,
            row->count);
    mig_buffer_release(&folded);
    return status;
}
