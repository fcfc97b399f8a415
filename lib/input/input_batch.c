#include "input/batch.h"

#include "input/reader-internal.h"
#include "input/share-internal.h"

void mig_input_take_batch(struct mig_input *input, struct mig_batch *batch)
{
    *batch = (struct mig_batch){0};
    if (input->options.find_header || input->head_next < input->head_count || input->reader == NULL)
        return;
    mig_reader_take_batch(input->reader, input->width, batch);
    input->account.rows += batch->count;
    mig_input_report_progress(input, batch->count);
}

size_t mig_input_slot(const struct mig_input *input, size_t column)
{
    size_t slot = 0;
    for (size_t i = 0; i < column; i++)
        slot += input->wanted[i];
    return slot;
}

struct mig_row mig_batch_row(const struct mig_input *input, const struct mig_batch *batch, size_t i)
{
    size_t line = batch->line + i;
    const struct mig_reader *reader = input->reader;
    const struct mig_cell *cells =
        mig_lane_row(&reader->lane, &reader->window, batch->cells + i, line);
    return (struct mig_row){cells, input->width, line, mig_reader_name(reader), NULL};
}
