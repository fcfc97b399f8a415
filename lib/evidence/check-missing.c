/* Shares of missing cells, column by column, and words that seem to stand for one. */
#include <stdlib.h>

#include "base/i18n.h"
#include "evidence/checks-internal.h"
#include "input/tokens.h"

/* From this share on a column is more absent than present. */
static const double many = 0.5;

struct column {
    size_t missing;
    size_t *tokens; /* cells that hold each; NULL: no cell holds any */
};

struct missing {
    struct column *columns;
    size_t count;
    size_t rows;
};
const size_t mig_missing_state = sizeof(struct missing);

static enum mig_status look_at_token(
    struct column *column, struct mig_text text, struct mig_error *error)
{
    size_t token = mig_token_find(text);
    if (token == SIZE_MAX)
        return MIG_OK;
    if (!column->tokens)
        column->tokens = calloc(mig_token_count(), sizeof *column->tokens);
    if (!column->tokens)
        return mig_fail_memory(error);
    column->tokens[token]++;
    return MIG_OK;
}

MIG_CHECK_LOOK(mig_look_missing)
{
    struct missing *missing = group->state;
    enum mig_status status = MIG_OK;
    if (!missing->columns)
        missing->columns = calloc(row->count, sizeof *missing->columns);
    if (!missing->columns)
        return mig_fail_memory(error);
    missing->count = row->count;
    group->run->looked = true;
    missing->rows++;
    for (size_t i = 0; i < row->count && !status; i++) {
        struct mig_text text = mig_run_text(group->run, row, i);
        missing->columns[i].missing += text.length == 0;
        status = look_at_token(&missing->columns[i], text, error);
    }
    return status;
}

static enum mig_status report_share(
    struct mig_check_group *group, size_t column, struct mig_error *error)
{
    const struct missing *missing = group->state;
    const struct mig_spot nowhere = {0};
    size_t cells = missing->columns[column].missing;
    double share = (double)cells / (double)missing->rows;
    struct mig_buffer value = {0};
    if (cells == 0)
        return MIG_OK;
    enum mig_status status = mig_buffer_print(&value, error, "%zu/%zu", cells, missing->rows);
    if (!status)
        status = mig_find(group, share >= many ? MIG_SEVERITY_WARN : MIG_SEVERITY_NOTE, nowhere,
            &column, 1, mig_buffer_text(&value), error, N_("%s %% of the cells are missing"),
            MIG_BRIEF(100 * share));
    mig_buffer_release(&value);
    return status;
}

/* "nan (178); NA (3)", and as --missing takes them: "nan,NA". */
static enum mig_status report_tokens(
    struct mig_check_group *group, size_t column, struct mig_error *error)
{
    const size_t *tokens = ((const struct missing *)group->state)->columns[column].tokens;
    const struct mig_spot nowhere = {0};
    struct mig_buffer value = {0}, list = {0};
    enum mig_status status = MIG_OK;
    size_t cells = 0;
    for (size_t i = 0; i < mig_token_count() && !status; i++) {
        bool first = cells == 0;
        if (tokens[i] == 0)
            continue;
        cells += tokens[i];
        status = mig_buffer_print(
            &value, error, "%s%s (%zu)", first ? "" : "; ", mig_token_text(i), tokens[i]);
        if (!status)
            status = mig_buffer_print(&list, error, "%s%s", first ? "" : ",", mig_token_text(i));
    }
    if (!status)
        status = mig_find(group, MIG_SEVERITY_WARN, nowhere, &column, 1, mig_buffer_text(&value),
            error,
            N_("cells that look like a missing value: %zu of %zu; --missing '%s' reads them so"),
            cells, ((const struct missing *)group->state)->rows, list.data);
    mig_buffer_release(&value);
    mig_buffer_release(&list);
    return status;
}

MIG_CHECK_END(mig_end_missing)
{
    const struct missing *missing = group->state;
    enum mig_status status = MIG_OK;
    for (size_t i = 0; i < missing->count && !status; i++) {
        status = report_share(group, i, error);
        if (!status && missing->columns[i].tokens)
            status = report_tokens(group, i, error);
    }
    return status;
}

MIG_CHECK_RELEASE(mig_release_missing)
{
    struct missing *missing = state;
    for (size_t i = 0; i < missing->count; i++)
        free(missing->columns[i].tokens);
    free(missing->columns);
}
