#include "input/cleaner.h"

#include <stdlib.h>

enum mig_status mig_cleaner_init(
    struct mig_cleaner *cleaner, const struct mig_input *input, struct mig_error *error)
{
    size_t count = mig_input_header(input)->count;
    *cleaner = (struct mig_cleaner){
        .input = input, .count = count, .style = {.decimal = '.'}, .order = MIG_YMD};
    cleaner->treatments = calloc(count, sizeof *cleaner->treatments);
    cleaner->cells = calloc(count, sizeof *cleaner->cells);
    if (cleaner->treatments != NULL && cleaner->cells != NULL)
        return MIG_OK;
    mig_cleaner_release(cleaner);
    return mig_fail_memory(error);
}

static enum mig_status clean_cell(
    struct mig_cleaner *cleaner, size_t column, struct mig_text text, struct mig_error *error)
{
    struct mig_buffer *out = &cleaner->cells[column];
    mig_buffer_clear(out);
    bool blank = mig_text_trim(text).length == 0;
    bool kept = blank && cleaner->treatments[column] == MIG_AS_IT_IS;
    if (!kept && mig_input_is_missing(cleaner->input, text)) {
        cleaner->missing += text.length > 0;
        return MIG_OK;
    }
    if (cleaner->treatments[column] == MIG_AS_NUMBER)
        return mig_rewrite_number(mig_text_trim(text), &cleaner->style, out, error);
    if (cleaner->treatments[column] == MIG_AS_DATE)
        return mig_rewrite_date(mig_text_trim(text), cleaner->order, out, error);
    return mig_buffer_append(out, text.data, text.length, error);
}

static enum mig_status add_fault(struct mig_error_list *faults, const struct mig_position *position,
    struct mig_error *fault, struct mig_error *error)
{
    mig_error_locate(fault, position, NULL);
    return mig_error_list_add(faults, fault) == MIG_OK ? MIG_OK : mig_fail_memory(error);
}

enum mig_status mig_cleaner_row(struct mig_cleaner *cleaner, const struct mig_row *row,
    struct mig_error_list *faults, struct mig_error *error)
{
    struct mig_error fault;
    if (row->fault != NULL) {
        struct mig_position position = {row->file, row->fault->line, row->fault->column};
        fault = *row->fault;
        return add_fault(faults, &position, &fault, error);
    }
    enum mig_status status = MIG_OK;
    for (size_t i = 0; i < row->count && status == MIG_OK; i++) {
        struct mig_position position = mig_row_position(row, i);
        status = clean_cell(cleaner, i, row->cells[i].text, &fault);
        if (status == MIG_NO_MEMORY)
            return mig_fail_memory(error);
        if (status != MIG_OK)
            status = add_fault(faults, &position, &fault, error);
    }
    return status;
}

void mig_cleaner_release(struct mig_cleaner *cleaner)
{
    if (cleaner == NULL)
        return;
    for (size_t i = 0; i < cleaner->count && cleaner->cells != NULL; i++)
        mig_buffer_release(&cleaner->cells[i]);
    free(cleaner->cells);
    free(cleaner->treatments);
    *cleaner = (struct mig_cleaner){0};
}
