#include "table/ranks.h"

#include <stdlib.h>

#include "base/decimal.h"
#include "base/period.h"

/* Numbers from `low` to `high`, either of which may have no end. */
struct class
{
    struct mig_decimal low, high;
    bool from_below, to_above;
};

static struct mig_text part_of(struct mig_text text, size_t from, size_t end)
{
    return (struct mig_text){text.data + from, end - from};
}

static bool is_number(struct mig_text text, struct mig_decimal *out)
{
    return mig_decimal_parse(text, out, NULL) == MIG_OK;
}

static bool is_class(struct mig_text text, struct class *out)
{
    const size_t end = text.length;
    *out = (struct class){0};
    if (end == 0)
        return false;
    if (is_number(text, &out->low)) {
        out->high = out->low;
        return true;
    }
    out->from_below = text.data[0] == '<';
    if (out->from_below)
        return is_number(part_of(text, 1, end), &out->high);
    out->to_above = text.data[end - 1] == '+';
    if (out->to_above)
        return is_number(part_of(text, 0, end - 1), &out->low);
    for (size_t i = 1; i + 1 < end; i++) {
        size_t second = i + 1 + (text.data[i + 1] == '<');
        if (text.data[i] == '-' && is_number(part_of(text, 0, i), &out->low) &&
            is_number(part_of(text, second, end), &out->high))
            return mig_decimal_compare(&out->low, &out->high) <= 0;
    }
    return false;
}

static bool is_period(struct mig_text text, struct mig_period *out)
{
    return mig_period_parse(text, out, NULL) == MIG_OK;
}

static int compare_classes(const void *a, const void *b)
{
    struct class first, second;
    (void)is_class(*(const struct mig_text *)a, &first);
    (void)is_class(*(const struct mig_text *)b, &second);
    if (first.from_below || second.from_below)
        return second.from_below - first.from_below;
    int order = mig_decimal_compare(&first.low, &second.low);
    if (order == 0 && (first.to_above || second.to_above))
        return first.to_above - second.to_above;
    return order != 0 ? order : mig_decimal_compare(&first.high, &second.high);
}

static int compare_periods(const void *a, const void *b)
{
    struct mig_period first, second;
    int32_t first_day, second_day, last;
    (void)is_period(*(const struct mig_text *)a, &first);
    (void)is_period(*(const struct mig_text *)b, &second);
    mig_period_days(first, &first_day, &last);
    mig_period_days(second, &second_day, &last);
    return (first_day > second_day) - (first_day < second_day);
}

static bool classes_overlap(struct mig_text low, struct mig_text high)
{
    struct class first, second;
    (void)is_class(low, &first);
    (void)is_class(high, &second);
    return first.to_above || second.from_below || mig_decimal_compare(&first.high, &second.low) > 0;
}

static bool periods_overlap(struct mig_text low, struct mig_text high)
{
    struct mig_period first, second;
    int order;
    (void)is_period(low, &first);
    (void)is_period(high, &second);
    return mig_period_compare(first, second, &order, NULL) != MIG_OK;
}

enum mig_ranks mig_ranks_sort(
    struct mig_text *texts, size_t count, struct mig_text *fault, struct mig_text *other)
{
    size_t periods = 0, classes = 0, first_period = 0, first_class = 0;
    for (size_t i = count; i-- > 0;) {
        struct mig_period period;
        struct class class;
        bool is_date = is_period(texts[i], &period), is_range = is_class(texts[i], &class);
        periods += is_date;
        classes += is_range;
        first_period = is_date ? i : first_period;
        first_class = is_range ? i : first_class;
        *fault = texts[i];
        if (!is_date && !is_range)
            return MIG_RANKS_UNKNOWN;
    }
    bool dates = periods == count;
    if (!dates && classes < count) {
        *fault = texts[first_period];
        *other = texts[first_class];
        return MIG_RANKS_OVERLAP;
    }
    qsort(texts, count, sizeof *texts, dates ? compare_periods : compare_classes);
    for (size_t i = 1; i < count; i++) {
        *fault = texts[i - 1];
        *other = texts[i];
        if ((dates ? periods_overlap : classes_overlap)(*fault, *other))
            return MIG_RANKS_OVERLAP;
    }
    return MIG_RANKED;
}
