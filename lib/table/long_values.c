#include "table/long_values-internal.h"

#include <stdlib.h>

#include "base/i18n.h"
#include "table/names.h"

struct long_value {
    double value;
    uint32_t group;
    uint32_t text;
};

struct mig_long_values {
    struct long_value *items;
    size_t count, capacity;
    struct mig_names *texts;
};

enum mig_status mig_long_values_new(struct mig_long_values **out, struct mig_error *error)
{
    *out = calloc(1, sizeof **out);
    return *out != NULL ? mig_names_new(&(*out)->texts, error) : mig_fail_memory(error);
}

static bool is_long(const struct mig_decimal *decimal)
{
    static const uint64_t least = 1000000000000000; /* of MIG_SHORT_DIGITS + 1 digits */
    return decimal->wide || decimal->magnitude >= least;
}

enum mig_status mig_long_values_add(struct mig_long_values *longs, uint32_t group, double value,
    const struct mig_decimal *decimal, struct mig_text text, struct mig_error *error)
{
    if (!is_long(decimal))
        return MIG_OK;
    struct long_value *items =
        mig_grow(longs->items, &longs->capacity, longs->count + 1, sizeof *items);
    if (items == NULL)
        return mig_fail_memory(error);
    longs->items = items;
    uint32_t code;
    enum mig_status status = mig_names_code(longs->texts, mig_text_trim(text), &code, error);
    if (status == MIG_OK)
        items[longs->count++] = (struct long_value){value, group, code};
    return status;
}

static int compare(const void *a, const void *b)
{
    const struct long_value *left = a, *right = b;
    if (left->group != right->group)
        return left->group < right->group ? -1 : 1;
    return (left->value > right->value) - (left->value < right->value);
}

void mig_long_values_sort(struct mig_long_values *longs)
{
    if (longs->count > 0)
        qsort(longs->items, longs->count, sizeof *longs->items, compare);
}

/* The number of the first item that is not before `wanted`. */
static size_t find_first(const struct mig_long_values *longs, const struct long_value *wanted)
{
    size_t low = 0, high = longs->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare(&longs->items[middle], wanted) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool mig_long_values_find(const struct mig_long_values *longs, uint32_t group, double value,
    size_t count, struct mig_decimal *decimal, bool *alike)
{
    const struct long_value wanted = {value, group, 0};
    size_t first = find_first(longs, &wanted), end = first;
    *alike = true;
    for (; end < longs->count && compare(&longs->items[end], &wanted) == 0; end++) {
        struct mig_decimal other;
        struct mig_text text = mig_names_text(longs->texts, longs->items[end].text);
        if (mig_decimal_parse(text, &other, NULL) != MIG_OK)
            *alike = false;
        else if (end == first)
            *decimal = other;
        else if (mig_decimal_compare(decimal, &other) != 0)
            *alike = false;
    }
    if (end == first)
        return false;
    *alike = *alike && end - first == count;
    return true;
}

void mig_long_values_free(struct mig_long_values *longs)
{
    if (longs == NULL)
        return;
    mig_names_free(longs->texts);
    free(longs->items);
    free(longs);
}
