#include "input/share-internal.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "input/reader-internal.h"

#define BLOCK_SIZE ((size_t)256 * 1024)

struct mig_share {
    pthread_mutex_t mutex; /* of all below, and of `whole`; a part is its thread's own */
    struct mig_input *whole;
    size_t block_size;
    struct mig_input **parts;
    size_t n_parts;
    size_t blocks; /* handed out so far */
    size_t rows;   /* read so far, as parts have told when they took blocks */
    bool stopped;
};

static size_t block_size_of(const struct mig_input *input)
{
    return input->options.block_size > 0 ? input->options.block_size : BLOCK_SIZE;
}

/* The number of blocks that are left, as far as it is known: at least one. */
static uint64_t count_blocks(const struct mig_input *input)
{
    const struct mig_window *window = &input->reader->window;
    uint64_t taken, size, left = window->length - window->position;
    mig_reader_progress(input->reader, &taken, &size);
    if (input->file + 1 < input->n_files || (!window->ended && size == 0))
        return UINT64_MAX;
    if (!window->ended && size > taken)
        left += size - taken;
    uint64_t blocks = left / block_size_of(input);
    return blocks > 0 ? blocks : 1;
}

size_t mig_share_threads(const struct mig_input *input)
{
    const struct mig_input_options *options = &input->options;
    bool can = !options->find_header && !options->pass_ragged && options->reader.end_line == 0 &&
               options->reader.invalid == MIG_INVALID_FAIL;
    if (!can || options->threads <= 1)
        return 1;
    uint64_t blocks = count_blocks(input);
    return options->threads < blocks ? options->threads : (size_t)blocks;
}

static void free_part(struct mig_input *part)
{
    if (part == NULL)
        return;
    mig_kept_clear(part->head, &part->head_count, &part->head_next);
    mig_reader_free(part->reader);
    free(part);
}

/* What a part has of the whole it borrows. */
static enum mig_status new_part(
    struct mig_share *share, struct mig_input **out, struct mig_error *error)
{
    const struct mig_input *whole = share->whole;
    struct mig_input *part = calloc(1, sizeof *part);
    *out = part;
    if (part == NULL)
        return mig_fail_memory(error);
    part->files = whole->files;
    part->n_files = whole->n_files;
    part->file = whole->file;
    part->options = whole->options;
    part->options.progress = NULL;
    part->missing = whole->missing;
    part->n_missing = whole->n_missing;
    memcpy(part->begins_missing, whole->begins_missing, sizeof part->begins_missing);
    part->header = whole->header;
    part->width = whole->width;
    part->wanted = whole->wanted;
    part->share = share;
    return mig_reader_part(&part->reader, whole->reader, error);
}

enum mig_status mig_share_new(
    struct mig_share **out, struct mig_input *input, size_t n_parts, struct mig_error *error)
{
    struct mig_share *share = calloc(1, sizeof *share);
    *out = NULL;
    if (share == NULL || pthread_mutex_init(&share->mutex, NULL) != 0) {
        free(share);
        return mig_fail_memory(error);
    }
    share->whole = input;
    share->block_size = block_size_of(input);
    share->rows = input->account.rows;
    share->parts = calloc(n_parts, sizeof *share->parts);
    enum mig_status status = share->parts != NULL ? MIG_OK : mig_fail_memory(error);
    for (; share->n_parts < n_parts && status == MIG_OK; share->n_parts++)
        status = new_part(share, &share->parts[share->n_parts], error);
    if (status != MIG_OK) {
        mig_share_free(share);
        return status;
    }
    *out = share;
    return MIG_OK;
}

struct mig_input *mig_share_part(const struct mig_share *share, size_t i)
{
    return share->parts[i];
}

size_t mig_share_block(const struct mig_input *part)
{
    return part->block;
}

void mig_share_stop(struct mig_share *share)
{
    pthread_mutex_lock(&share->mutex);
    share->stopped = true;
    pthread_mutex_unlock(&share->mutex);
}

/* Each file has a dialect and a name of its own. */
static enum mig_status follow_file(
    struct mig_input *part, const struct mig_input *whole, struct mig_error *error)
{
    if (part->file == whole->file)
        return MIG_OK;
    part->account.blank_lines += mig_reader_blank_lines(part->reader);
    mig_reader_free(part->reader);
    part->file = whole->file;
    return mig_reader_part(&part->reader, whole->reader, error);
}

/* The rows that were read ahead with the header. */
static void take_head(struct mig_input *part, struct mig_input *whole)
{
    size_t count = whole->head_count - whole->head_next;
    mig_kept_clear(part->head, &part->head_count, &part->head_next);
    memcpy(part->head, whole->head + whole->head_next, count * sizeof *part->head);
    part->head_count = count;
    whole->head_count = whole->head_next;
}

static enum mig_status take_block(
    struct mig_share *share, struct mig_input *part, struct mig_error *error)
{
    struct mig_input *whole = share->whole;
    struct mig_record record;
    enum mig_status status = follow_file(part, whole, error);
    if (status != MIG_OK)
        return status;
    take_head(part, whole);
    if (part->head_count > 0) /* errors come behind these rows */
        return MIG_OK;
    status = mig_reader_take(part->reader, whole->reader, share->block_size, &record, error);
    if (status == MIG_OK && record.count > 0) {
        status = mig_keep(&part->head[0], &record, error);
        part->head_count = status == MIG_OK;
    }
    return status;
}

static void report_progress(struct mig_share *share, struct mig_input *part)
{
    const struct mig_input_options *options = &share->whole->options;
    size_t before = share->rows / MIG_ROWS_PER_PROGRESS;
    share->rows += part->account.rows - part->reported;
    part->reported = part->account.rows;
    if (options->progress == NULL || share->rows / MIG_ROWS_PER_PROGRESS == before)
        return;
    uint64_t taken, size;
    mig_reader_progress(share->whole->reader, &taken, &size);
    options->progress(options->progress_context, taken, size, share->rows);
}

static enum mig_status take_next(
    struct mig_share *share, struct mig_input *part, bool *more, struct mig_error *error)
{
    struct mig_input *whole = share->whole;
    enum mig_status status = MIG_OK;
    bool ended = whole->reader == NULL || whole->reader->taken;
    *more = !share->stopped && (!ended || whole->file + 1 < whole->n_files);
    if (!*more)
        return MIG_OK;
    part->block = share->blocks++;
    if (ended) {
        whole->file++;
        status = mig_input_open_file(whole, error);
    }
    if (status == MIG_OK)
        status = take_block(share, part, error);
    share->stopped = share->stopped || status != MIG_OK;
    return status;
}

enum mig_status mig_share_take(struct mig_input *part, bool *more, struct mig_error *error)
{
    struct mig_share *share = part->share;
    pthread_mutex_lock(&share->mutex);
    report_progress(share, part);
    enum mig_status status = take_next(share, part, more, error);
    pthread_mutex_unlock(&share->mutex);
    return status;
}

void mig_share_free(struct mig_share *share)
{
    if (share == NULL)
        return;
    for (size_t i = 0; i < share->n_parts; i++) {
        const struct mig_input *part = share->parts[i];
        struct mig_input_account *account = &share->whole->account;
        account->rows += part != NULL ? part->account.rows : 0;
        if (part != NULL)
            account->blank_lines += mig_input_account(part).blank_lines;
        free_part(share->parts[i]);
    }
    free(share->parts);
    pthread_mutex_destroy(&share->mutex);
    free(share);
}
