#include "input/window-internal.h"

#include <stdlib.h>
#include <string.h>

enum mig_status mig_window_init(
    struct mig_window *window, struct mig_source *source, size_t capacity, struct mig_error *error)
{
    *window = (struct mig_window){.source = source, .capacity = capacity, .line = 1};
    window->bytes = malloc(capacity + MIG_BATCH_SLACK);
    return window->bytes != NULL ? MIG_OK : mig_fail_memory(error);
}

enum mig_status mig_window_refill(struct mig_window *window, struct mig_error *error)
{
    if (window->failed != MIG_OK && error != NULL)
        *error = window->fault;
    if (window->failed != MIG_OK)
        return window->failed;
    size_t left = window->length - window->position;
    if (left > 0 && window->position > 0)
        memmove(window->bytes, window->bytes + window->position, left);
    window->fetches++;
    window->position = 0;
    window->length = left;
    if (window->ended || window->source == NULL || left == window->capacity) {
        window->ended = window->ended || window->source == NULL;
        return MIG_OK;
    }
    size_t got;
    enum mig_status status =
        mig_source_fill(window->source, window->bytes + left, window->capacity - left, &got, error);
    if (status != MIG_OK)
        return status;
    window->length += got;
    window->ended = got == 0;
    return MIG_OK;
}

bool mig_window_extend(struct mig_window *window)
{
    size_t left = window->length - window->position;
    if (window->failed == MIG_OK)
        window->failed = mig_window_refill(window, &window->fault);
    return window->failed == MIG_OK && window->length > left;
}

void mig_window_release(struct mig_window *window)
{
    free(window->bytes);
    *window = (struct mig_window){0};
}
