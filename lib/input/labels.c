#include "input/labels-internal.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_SLOTS = 64 };

static size_t held(const struct mig_labels *labels)
{
    return labels->texts.capacity + labels->n_slots * sizeof *labels->slots;
}

static struct mig_text label_at(const struct mig_labels *labels, const struct mig_label_slot *slot)
{
    return mig_text_of(labels->texts.data + slot->end - 1);
}

/* The slot of `text`, or the free one where it is to stand; whether one in other letters was met.
 */
static struct mig_label_slot *find(
    const struct mig_labels *labels, struct mig_text text, uint32_t hash, bool *variant)
{
    size_t at = hash & (labels->n_slots - 1);
    *variant = false;
    for (; labels->slots[at].end != 0; at = (at + 1) & (labels->n_slots - 1)) {
        struct mig_label_slot *slot = &labels->slots[at];
        if (slot->hash != hash)
            continue;
        if (mig_text_equal(label_at(labels, slot), text))
            break;
        *variant = *variant || mig_text_same_in_any_case(label_at(labels, slot), text);
    }
    return &labels->slots[at];
}

static enum mig_status make_room(struct mig_labels *labels, struct mig_error *error)
{
    size_t count = labels->n_slots > 0 ? 2 * labels->n_slots : FIRST_SLOTS;
    struct mig_label_slot *slots = calloc(count, sizeof *slots);
    if (slots == NULL)
        return mig_fail_memory(error);
    for (size_t i = 0; i < labels->n_slots; i++) {
        if (labels->slots[i].end == 0)
            continue;
        size_t at = labels->slots[i].hash & (count - 1);
        while (slots[at].end != 0)
            at = (at + 1) & (count - 1);
        slots[at] = labels->slots[i];
    }
    free(labels->slots);
    labels->slots = slots;
    labels->n_slots = count;
    return MIG_OK;
}

/* Forgets the labels but not their number. */
static void fill_up(struct mig_labels *labels)
{
    size_t count = labels->count;
    mig_labels_release(labels);
    labels->count = count;
    labels->full = true;
}

static bool fits(const struct mig_labels *labels, struct mig_text text, size_t bytes)
{
    return labels->count < MIG_LABELS_KEPT &&
           text.length < MIG_LABEL_BYTES - labels->texts.length &&
           bytes + text.length < MIG_ALL_LABEL_BYTES;
}

static enum mig_status add(struct mig_labels *labels, struct mig_text text, uint32_t hash,
    struct mig_label_slot *slot, struct mig_error *error)
{
    size_t begin = labels->texts.length;
    enum mig_status status = mig_buffer_append(&labels->texts, text.data, text.length, error);
    if (status == MIG_OK)
        status = mig_buffer_append(&labels->texts, "", 1, error);
    if (status != MIG_OK)
        return status;
    *slot = (struct mig_label_slot){hash, (uint32_t)begin + 1};
    labels->count++;
    return MIG_OK;
}

enum mig_status mig_labels_add(struct mig_labels *labels, struct mig_text text, size_t *bytes,
    bool *variant, struct mig_error *error)
{
    enum mig_status status = MIG_OK;
    size_t before = held(labels);
    *variant = false;
    if (labels->full)
        return MIG_OK;
    if (2 * labels->count >= labels->n_slots)
        status = make_room(labels, error);
    if (status != MIG_OK)
        return status;
    uint32_t hash = mig_text_hash_in_any_case(text);
    struct mig_label_slot *slot = find(labels, text, hash, variant);
    if (slot->end != 0) {
        *variant = false;
        *bytes += held(labels) - before;
        return MIG_OK;
    }
    if (fits(labels, text, *bytes))
        status = add(labels, text, hash, slot, error);
    else
        fill_up(labels);
    *bytes = *bytes - before + held(labels);
    return status;
}

void mig_labels_release(struct mig_labels *labels)
{
    mig_buffer_release(&labels->texts);
    free(labels->slots);
    *labels = (struct mig_labels){0};
}
