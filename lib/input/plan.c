/* What is asked of a column: words and labels. */
#include "input/cleaner.h"

#include <stdlib.h>

enum mig_status mig_text_list_add(
    struct mig_text_list *list, struct mig_text text, struct mig_error *error)
{
    char **items = mig_grow(list->items, &list->capacity, list->count + 1, sizeof *items);
    if (items == NULL)
        return mig_fail_memory(error);
    list->items = items;
    items[list->count] = mig_text_copy(text);
    if (items[list->count] == NULL)
        return mig_fail_memory(error);
    list->count++;
    return MIG_OK;
}

bool mig_text_list_has(const struct mig_text_list *list, struct mig_text text)
{
    for (size_t i = 0; i < list->count; i++)
        if (mig_text_equal(mig_text_of(list->items[i]), text))
            return true;
    return false;
}

void mig_text_list_release(struct mig_text_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        free(list->items[i]);
    free(list->items);
    *list = (struct mig_text_list){0};
}

enum mig_status mig_plan_add_label(struct mig_plan *plan, struct mig_text old, struct mig_text now,
    bool any_case, struct mig_error *error)
{
    for (size_t i = 0; i < plan->n_labels; i++)
        if (mig_text_equal(mig_text_of(plan->labels[i].old), old) &&
            plan->labels[i].any_case == any_case) {
            char *other = mig_text_copy(now);
            if (other == NULL)
                return mig_fail_memory(error);
            free(plan->labels[i].now);
            plan->labels[i].now = other;
            return MIG_OK;
        }
    struct mig_label *labels =
        mig_grow(plan->labels, &plan->labels_capacity, plan->n_labels + 1, sizeof *labels);
    if (labels == NULL)
        return mig_fail_memory(error);
    plan->labels = labels;
    struct mig_label *label = &labels[plan->n_labels];
    *label = (struct mig_label){
        .old = mig_text_copy(old), .now = mig_text_copy(now), .any_case = any_case};
    if (label->old == NULL || label->now == NULL) {
        free(label->old);
        free(label->now);
        return mig_fail_memory(error);
    }
    plan->n_labels++;
    return MIG_OK;
}
