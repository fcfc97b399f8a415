#include "table/frame.h"

#include <math.h>
#include <stdlib.h>

#include "base/decimal.h"

static enum mig_status allocate_columns(
    struct mig_frame *frame, const struct mig_frame_spec *spec, struct mig_error *error)
{
    frame->n_keys = spec->keys != NULL ? spec->keys->count : 0;
    frame->n_numbers = spec->n_numbers;
    frame->codes = calloc(frame->n_keys + 1, sizeof *frame->codes);
    frame->names = calloc(frame->n_keys + 1, sizeof *frame->names);
    frame->numbers = calloc(frame->n_numbers + 1, sizeof *frame->numbers);
    if (frame->codes == NULL || frame->names == NULL || frame->numbers == NULL)
        return mig_fail_memory(error);
    enum mig_status status = MIG_OK;
    for (size_t i = 0; i < frame->n_keys && status == MIG_OK; i++)
        status = mig_names_new(&frame->names[i], error);
    return status;
}

/* Grows one column to hold a further row; `capacity` is each column's own until all have grown. */
static enum mig_status grow_column(
    void **column, size_t rows, size_t *capacity, size_t size, struct mig_error *error)
{
    void *grown = mig_grow(*column, capacity, rows + 1, size);
    if (grown == NULL)
        return mig_fail_memory(error);
    *column = grown;
    return MIG_OK;
}

static enum mig_status grow(struct mig_frame *frame, struct mig_error *error)
{
    if (frame->rows < frame->capacity)
        return MIG_OK;
    size_t capacity = frame->capacity;
    enum mig_status status = MIG_OK;
    for (size_t i = 0; i < frame->n_keys && status == MIG_OK; i++) {
        void *column = frame->codes[i];
        capacity = frame->capacity;
        status = grow_column(&column, frame->rows, &capacity, sizeof(uint32_t), error);
        frame->codes[i] = column;
    }
    for (size_t i = 0; i < frame->n_numbers && status == MIG_OK; i++) {
        void *column = frame->numbers[i];
        capacity = frame->capacity;
        status = grow_column(&column, frame->rows, &capacity, sizeof(double), error);
        frame->numbers[i] = column;
    }
    if (status == MIG_OK)
        frame->capacity = capacity;
    return status;
}

static enum mig_status add_row(struct mig_frame *frame, const struct mig_frame_spec *spec,
    const struct mig_input *input, const struct mig_row *row, struct mig_error *error)
{
    enum mig_status status = grow(frame, error);
    for (size_t i = 0; i < frame->n_keys && status == MIG_OK; i++) {
        char scratch[MIG_KEY_TEXT];
        struct mig_text text;
        status = mig_keys_read(spec->keys, i, input, row, scratch, &text, error);
        if (status == MIG_OK)
            status = mig_names_code(frame->names[i], text, &frame->codes[i][frame->rows], error);
    }
    for (size_t i = 0; i < frame->n_numbers && status == MIG_OK; i++)
        status =
            mig_input_number(input, row, spec->numbers[i], &frame->numbers[i][frame->rows], error);
    frame->rows += status == MIG_OK;
    return status;
}

enum mig_status mig_frame_read(struct mig_frame *frame, struct mig_input *input,
    const struct mig_frame_spec *spec, struct mig_error *error)
{
    enum mig_status status = allocate_columns(frame, spec, error);
    if (status == MIG_OK)
        status = mig_keys_want(spec->keys, input, error);
    if (status == MIG_OK)
        status = mig_input_want(input, spec->numbers, spec->n_numbers, error);
    while (status == MIG_OK) {
        struct mig_row row;
        status = mig_input_next(input, &row, error);
        if (status != MIG_OK || row.count == 0)
            break;
        status = add_row(frame, spec, input, &row, error);
    }
    return status;
}

void mig_frame_release(struct mig_frame *frame)
{
    if (frame == NULL)
        return;
    for (size_t i = 0; i < frame->n_keys; i++) {
        if (frame->codes != NULL)
            free(frame->codes[i]);
        if (frame->names != NULL)
            mig_names_free(frame->names[i]);
    }
    for (size_t i = 0; i < frame->n_numbers && frame->numbers != NULL; i++)
        free(frame->numbers[i]);
    free(frame->codes);
    free(frame->names);
    free(frame->numbers);
    *frame = (struct mig_frame){0};
}
