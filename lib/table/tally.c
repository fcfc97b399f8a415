#include "table/tally.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "table/names.h"
#include "table/order.h"
#include "table/result.h"

enum { FIRST_SLOTS = 64, MOST_SUMS = 64 };

/* Group i has codes[i * n_keys ...], missing[i], n[i], rows[i] and sums[i * n_sums ...]. */
struct mig_tally {
    size_t n_keys;
    size_t n_sums;
    size_t n_moments;
    struct mig_names **names; /* a dictionary a key */
    size_t count;
    uint32_t *codes;
    uint64_t *missing;
    uint64_t *n;
    uint64_t *rows;
    struct mig_sum *sums;
    struct mig_moments *moments; /* [group * n_moments ...] */
    size_t codes_capacity, missing_capacity, n_capacity, rows_capacity, sums_capacity,
        moments_capacity;
    size_t *slots; /* group + 1, or 0; open addressing, a power of two */
    size_t n_slots;
    size_t *order; /* groups as they are handed out */
    struct mig_tally_account account;
    struct mig_error part_error; /* MIG_OK: none */
};

/* What one row adds: filled cell by cell, then looked up. */
struct entry {
    uint32_t *codes;
    struct mig_decimal *values;
    uint64_t missing;
    uint64_t n;
    bool missing_key;
    bool missing_moments;        /* a column of moments has nothing to add */
    struct mig_decimal *numbers; /* columns of moments that hold values, and whether they do here */
    bool *known;
    struct mig_moments *parts; /* columns of moments that hold moments */
    size_t group;              /* where it went */
};

static enum mig_status tally_new(
    struct mig_tally **out, const struct mig_tally_spec *spec, struct mig_error *error)
{
    size_t n_keys = spec->keys != NULL ? spec->keys->count : 0;
    struct mig_tally *tally = calloc(1, sizeof *tally);
    if (tally == NULL)
        return mig_fail_memory(error);
    *out = tally;
    tally->n_keys = n_keys;
    tally->n_sums = spec->n_sums;
    tally->n_moments = spec->n_moments;
    tally->n_slots = FIRST_SLOTS;
    tally->slots = calloc(FIRST_SLOTS, sizeof *tally->slots);
    tally->names = calloc(n_keys + 1, sizeof(struct mig_names *));
    if (tally->slots == NULL || tally->names == NULL)
        return mig_fail_memory(error);
    enum mig_status status = MIG_OK;
    for (size_t i = 0; i < n_keys && status == MIG_OK; i++)
        status = mig_names_new(&tally->names[i], error);
    return status;
}

static uint64_t mix(uint64_t hash, uint64_t value)
{
    return (hash ^ value ^ (hash >> 29)) * UINT64_C(0x9E3779B97F4A7C15);
}

static uint64_t hash_group(const uint32_t *codes, size_t n_keys, uint64_t missing)
{
    uint64_t hash = mix(1, missing);
    for (size_t i = 0; i < n_keys; i++)
        hash = mix(hash, codes[i]);
    return hash >> 20;
}

static bool group_is(
    const struct mig_tally *tally, size_t group, const uint32_t *codes, uint64_t missing)
{
    return tally->missing[group] == missing &&
           (tally->n_keys == 0 || memcmp(tally->codes + group * tally->n_keys, codes,
                                      tally->n_keys * sizeof *codes) == 0);
}

static size_t find_slot(const struct mig_tally *tally, const uint32_t *codes, uint64_t missing)
{
    size_t mask = tally->n_slots - 1;
    size_t at = (size_t)hash_group(codes, tally->n_keys, missing) & mask;
    while (tally->slots[at] != 0 && !group_is(tally, tally->slots[at] - 1, codes, missing))
        at = (at + 1) & mask;
    return at;
}

static enum mig_status double_slots(struct mig_tally *tally, struct mig_error *error)
{
    size_t *slots = calloc(2 * tally->n_slots, sizeof *slots);
    if (slots == NULL)
        return mig_fail_memory(error);
    free(tally->slots);
    tally->slots = slots;
    tally->n_slots *= 2;
    for (size_t i = 0; i < tally->count; i++) {
        size_t slot = find_slot(tally, tally->codes + i * tally->n_keys, tally->missing[i]);
        tally->slots[slot] = i + 1;
    }
    return MIG_OK;
}

/* Room for one more group in every array. */
static bool grow(struct mig_tally *tally)
{
    size_t need = tally->count + 1;
    void *codes = mig_grow(
        tally->codes, &tally->codes_capacity, need * (tally->n_keys + 1), sizeof *tally->codes);
    tally->codes = codes != NULL ? codes : tally->codes;
    void *missing =
        mig_grow(tally->missing, &tally->missing_capacity, need, sizeof *tally->missing);
    tally->missing = missing != NULL ? missing : tally->missing;
    void *n = mig_grow(tally->n, &tally->n_capacity, need, sizeof *tally->n);
    tally->n = n != NULL ? n : tally->n;
    void *rows = mig_grow(tally->rows, &tally->rows_capacity, need, sizeof *tally->rows);
    tally->rows = rows != NULL ? rows : tally->rows;
    void *sums = mig_grow(
        tally->sums, &tally->sums_capacity, need * (tally->n_sums + 1), sizeof *tally->sums);
    tally->sums = sums != NULL ? sums : tally->sums;
    void *moments = mig_grow(tally->moments, &tally->moments_capacity,
        need * (tally->n_moments + 1), sizeof *tally->moments);
    tally->moments = moments != NULL ? moments : tally->moments;
    return codes != NULL && missing != NULL && n != NULL && rows != NULL && sums != NULL &&
           moments != NULL;
}

static enum mig_status add_group(
    struct mig_tally *tally, const struct entry *entry, size_t slot, struct mig_error *error)
{
    if (!grow(tally))
        return mig_fail_memory(error);
    size_t group = tally->count++;
    for (size_t i = 0; i < tally->n_keys; i++)
        tally->codes[group * tally->n_keys + i] = entry->codes[i];
    for (size_t i = 0; i < tally->n_sums; i++)
        tally->sums[group * tally->n_sums + i] = (struct mig_sum){0};
    for (size_t i = 0; i < tally->n_moments; i++)
        tally->moments[group * tally->n_moments + i] = (struct mig_moments){0};
    tally->missing[group] = entry->missing;
    tally->n[group] = 0;
    tally->rows[group] = 0;
    tally->slots[slot] = group + 1;
    return tally->count > tally->n_slots / 2 ? double_slots(tally, error) : MIG_OK;
}

/* The weight of the entry, or NULL. */
static const struct mig_decimal *weight_of(
    const struct mig_tally_spec *spec, const struct entry *entry)
{
    return spec->weighted && (entry->missing & 1) == 0 ? &entry->values[0] : NULL;
}

static enum mig_status add_weighted(struct mig_sum *sum, const struct mig_decimal *weight,
    const struct mig_decimal *value, struct mig_error *error)
{
    struct mig_sum w = {0}, x = {0};
    enum mig_status status = mig_sum_add(&w, weight, error);
    if (status == MIG_OK)
        status = mig_sum_add(&x, value, error);
    if (status == MIG_OK)
        status = mig_sum_add_product(sum, &w, &x, error);
    mig_sum_release(&w);
    mig_sum_release(&x);
    return status;
}

static enum mig_status add_sums(struct mig_sum *sums, const struct mig_tally_spec *spec,
    const struct entry *entry, struct mig_error *error)
{
    enum mig_status status = MIG_OK;
    const struct mig_decimal *weight = weight_of(spec, entry);
    for (size_t i = 0; i < spec->n_sums && status == MIG_OK; i++) {
        if ((entry->missing >> i & 1) != 0)
            continue;
        if (weight != NULL && i > 0)
            status = add_weighted(&sums[i], weight, &entry->values[i], error);
        else
            status = mig_sum_add(&sums[i], &entry->values[i], error);
    }
    return status;
}

static enum mig_status add_moments(struct mig_moments *moments, const struct mig_tally_spec *spec,
    const struct entry *entry, struct mig_error *error)
{
    enum mig_status status = MIG_OK;
    for (size_t i = 0; i < spec->n_moments && status == MIG_OK; i++) {
        if (spec->moments[i].merged)
            status = mig_moments_add_moments(&moments[i], &entry->parts[i], error);
        else if (entry->known[i])
            status =
                mig_moments_add(&moments[i], &entry->numbers[i], weight_of(spec, entry), error);
    }
    return status;
}

static enum mig_status add_entry(struct mig_tally *tally, const struct mig_tally_spec *spec,
    struct entry *entry, struct mig_error *error)
{
    enum mig_status status = MIG_OK;
    size_t slot = find_slot(tally, entry->codes, entry->missing);
    size_t group = tally->slots[slot] != 0 ? tally->slots[slot] - 1 : tally->count;
    entry->group = group;
    if (group == tally->count)
        status = add_group(tally, entry, slot, error);
    if (status == MIG_OK)
        tally->rows[group]++;
    if (status == MIG_OK && __builtin_add_overflow(tally->n[group], entry->n, &tally->n[group]))
        status = mig_fail(error, MIG_LIMIT, "%s", _("a group counts more than 2^64 - 1"));
    if (status == MIG_OK)
        status = add_sums(tally->sums + group * tally->n_sums, spec, entry, error);
    if (status == MIG_OK)
        status = add_moments(tally->moments + group * tally->n_moments, spec, entry, error);
    return status;
}

/* Where the columns stand while one input is read. */
struct reading {
    struct mig_tally *tally;
    struct mig_input *input;
    const struct mig_tally_spec *spec;
    size_t n_column;          /* SIZE_MAX when rows are counted */
    struct mig_result result; /* what must not be added up */
    struct entry entry;
};

/* The column that holds counts when the input is a tally itself: "n", unless it is a key or the
 * weight here. */
static size_t find_n_column(const struct mig_header *header, const struct mig_tally_spec *spec)
{
    const struct mig_keys *keys = spec->keys;
    for (size_t column = 0; column < header->count; column++) {
        bool other = spec->weighted && spec->sums[0] == column;
        for (size_t i = 0; keys != NULL && i < keys->count; i++)
            other = other || mig_keys_column(keys, i) == column;
        if (!other && strcmp(header->names[column], "n") == 0)
            return column;
    }
    return SIZE_MAX;
}

static enum mig_status read_n(
    const struct reading *reading, const struct mig_row *row, uint64_t *n, struct mig_error *error)
{
    *n = 1;
    if (reading->n_column == SIZE_MAX)
        return MIG_OK;
    struct mig_decimal value;
    bool missing;
    enum mig_status status =
        mig_input_decimal(reading->input, row, reading->n_column, &value, &missing, error);
    if (status != MIG_OK)
        return status;
    if (missing || !mig_decimal_to_count(&value, n))
        return mig_input_fail(reading->input, row, reading->n_column, _("is not a count"), error);
    return MIG_OK;
}

static enum mig_status read_keys(
    struct reading *reading, const struct mig_row *row, struct mig_error *error)
{
    struct entry *entry = &reading->entry;
    enum mig_status status = MIG_OK;
    entry->missing_key = false;
    for (size_t i = 0; i < reading->tally->n_keys && status == MIG_OK; i++) {
        char scratch[MIG_KEY_TEXT];
        struct mig_text text;
        status = mig_keys_read(reading->spec->keys, i, reading->input, row, scratch, &text, error);
        if (status == MIG_OK)
            status = mig_names_code(reading->tally->names[i], text, &entry->codes[i], error);
        entry->missing_key = entry->missing_key || (status == MIG_OK && text.length == 0);
    }
    return status;
}

static bool may_be_negative(const struct mig_tally_spec *spec, size_t sum)
{
    bool weight = spec->weighted && sum == 0;
    return !weight && (!spec->sums_not_negative || (spec->sums_any_sign >> sum & 1) != 0);
}

static enum mig_status read_values(
    struct reading *reading, const struct mig_row *row, struct mig_error *error)
{
    struct entry *entry = &reading->entry;
    entry->missing = 0;
    for (size_t i = 0; i < reading->tally->n_sums; i++) {
        bool missing;
        size_t column = reading->spec->sums[i];
        enum mig_status status =
            mig_input_decimal(reading->input, row, column, &entry->values[i], &missing, error);
        if (status != MIG_OK)
            return status;
        if (missing)
            entry->missing |= UINT64_C(1) << i;
        else if (entry->values[i].negative && !may_be_negative(reading->spec, i))
            return mig_input_fail(reading->input, row, column, _("is negative"), error);
    }
    if (reading->spec->weighted && (entry->missing & 1) != 0) /* no weighted sum without it */
        entry->missing =
            reading->tally->n_sums == 64 ? UINT64_MAX : (UINT64_C(1) << reading->tally->n_sums) - 1;
    return MIG_OK;
}

/* The operand's value in the row under way; false where it is missing. */
static bool operand_value(const struct reading *reading, int operand, struct mig_decimal *value)
{
    const struct entry *entry = &reading->entry;
    *value = operand == MIG_ROWS ? mig_decimal_of_count(entry->n) : entry->values[operand];
    return operand == MIG_ROWS || (entry->missing >> operand & 1) == 0;
}

/* Keeps the first row where a part is larger than its whole. */
static void compare_parts(struct reading *reading, const struct mig_row *row)
{
    struct mig_error *error = &reading->tally->part_error;
    for (size_t i = 0; i < reading->spec->n_parts && error->status == MIG_OK; i++) {
        struct mig_decimal part, whole;
        const struct mig_part_of *pair = &reading->spec->parts[i];
        if (!operand_value(reading, pair->part, &part) ||
            !operand_value(reading, pair->whole, &whole) || mig_decimal_compare(&part, &whole) <= 0)
            continue;
        size_t column =
            pair->part == MIG_ROWS ? reading->n_column : reading->spec->sums[pair->part];
        struct mig_position whole_row = {row->file, row->line, 0};
        if (column != SIZE_MAX)
            (void)mig_input_fail(
                reading->input, row, column, _("is more than the whole that it is part of"), error);
        else
            (void)mig_fail_at(error, MIG_VALUE, &whole_row, "%s",
                _("one row is more than the whole that it is part of"));
    }
}

/* One column of moments: its value here, or the moments that stand here. */
static enum mig_status read_moments_column(
    struct reading *reading, const struct mig_row *row, size_t i, struct mig_error *error)
{
    const struct mig_tally_spec *spec = reading->spec;
    const struct mig_moments_column *column = &spec->moments[i];
    struct entry *entry = &reading->entry;
    bool missing;
    if (column->merged) {
        mig_moments_release(&entry->parts[i]);
        entry->known[i] = false;
        enum mig_status read =
            mig_moments_read(column, reading->input, row, &entry->parts[i], error);
        entry->missing_moments = entry->missing_moments || entry->parts[i].n == 0;
        return read;
    }
    enum mig_status status =
        mig_input_decimal(reading->input, row, column->n, &entry->numbers[i], &missing, error);
    entry->known[i] = !missing && (!spec->weighted || weight_of(spec, entry) != NULL);
    entry->missing_moments = entry->missing_moments || !entry->known[i];
    if (status == MIG_OK && entry->known[i] && entry->n != 1)
        status = mig_input_fail(reading->input, row, reading->n_column,
            _("rows in one: their values are not known one by one"), error);
    return status;
}

static enum mig_status read_moments(
    struct reading *reading, const struct mig_row *row, struct mig_error *error)
{
    enum mig_status status = MIG_OK;
    reading->entry.missing_moments = false;
    for (size_t i = 0; i < reading->tally->n_moments && status == MIG_OK; i++)
        status = read_moments_column(reading, row, i, error);
    return status;
}

static enum mig_status observe(
    const struct reading *reading, const struct mig_row *row, struct mig_error *error)
{
    const struct mig_tally_spec *spec = reading->spec;
    const struct entry *entry = &reading->entry;
    const struct mig_tally_entry seen = {.row = row,
        .group = entry->group,
        .n = entry->n,
        .weight = weight_of(spec, entry),
        .values = entry->numbers,
        .known = entry->known};
    return spec->observe != NULL ? spec->observe(spec->context, &seen, error) : MIG_OK;
}

static enum mig_status read_row(
    struct reading *reading, const struct mig_row *row, struct mig_error *error)
{
    struct mig_tally_account *account = &reading->tally->account;
    enum mig_status status = mig_result_check(&reading->result, reading->input, row, error);
    if (status == MIG_OK)
        status = read_keys(reading, row, error);
    if (status == MIG_OK)
        status = read_values(reading, row, error);
    if (status == MIG_OK)
        status = read_n(reading, row, &reading->entry.n, error);
    if (status == MIG_OK)
        status = read_moments(reading, row, error);
    if (status != MIG_OK)
        return status;
    compare_parts(reading, row);
    bool drop = reading->spec->where_missing == MIG_MISSING_DROP;
    bool missing = reading->entry.missing != 0 || reading->entry.missing_moments ||
                   (drop && reading->entry.missing_key);
    account->read++;
    account->used += !missing;
    account->missing += missing;
    if (missing && drop)
        return MIG_OK;
    status = add_entry(reading->tally, reading->spec, &reading->entry, error);
    return status == MIG_OK ? observe(reading, row, error) : status;
}

static enum mig_status read_rows(struct reading *reading, struct mig_error *error)
{
    struct mig_row row;
    enum mig_status status;
    while ((status = mig_input_next(reading->input, &row, error)) == MIG_OK && row.count > 0) {
        status = read_row(reading, &row, error);
        if (status != MIG_OK)
            break;
    }
    return status;
}

/* Sorting: each dictionary is sorted once, then groups compare by rank. */

struct rank_item {
    struct mig_text text;
    uint32_t code;
};

static int compare_items(const void *a, const void *b)
{
    const struct rank_item *left = a, *right = b;
    return mig_key_compare(left->text, right->text);
}

static enum mig_status rank_names(
    const struct mig_names *names, uint32_t **ranks, struct mig_error *error)
{
    size_t count = mig_names_count(names);
    struct rank_item *items = calloc(count + 1, sizeof *items);
    *ranks = calloc(count + 1, sizeof **ranks);
    if (items == NULL || *ranks == NULL) {
        free(items);
        return mig_fail_memory(error);
    }
    for (size_t i = 0; i < count; i++)
        items[i] = (struct rank_item){mig_names_text(names, (uint32_t)i), (uint32_t)i};
    qsort(items, count, sizeof *items, compare_items);
    for (size_t i = 0; i < count; i++)
        (*ranks)[items[i].code] = (uint32_t)i;
    free(items);
    return MIG_OK;
}

/* A group as a run of numbers that compare like it: ranks of its keys, then its missing bits. */
struct sort_item {
    const uint32_t *ranks;
    size_t n_keys;
    uint64_t missing;
    size_t group;
};

static int compare_groups(const void *a, const void *b)
{
    const struct sort_item *left = a, *right = b;
    for (size_t i = 0; i < left->n_keys; i++)
        if (left->ranks[i] != right->ranks[i])
            return left->ranks[i] < right->ranks[i] ? -1 : 1;
    return (left->missing > right->missing) - (left->missing < right->missing);
}

/* Replaces every group's codes by their ranks in `ranked`, [group * n_keys + key]. */
static enum mig_status rank_codes(
    const struct mig_tally *tally, uint32_t *ranked, struct mig_error *error)
{
    enum mig_status status = MIG_OK;
    for (size_t key = 0; key < tally->n_keys && status == MIG_OK; key++) {
        uint32_t *ranks = NULL;
        status = rank_names(tally->names[key], &ranks, error);
        for (size_t i = 0; i < tally->count && status == MIG_OK; i++) {
            size_t at = i * tally->n_keys + key;
            ranked[at] = ranks[tally->codes[at]];
        }
        free(ranks);
    }
    return status;
}

static enum mig_status sort_groups(struct mig_tally *tally, struct mig_error *error)
{
    uint32_t *ranked = calloc(tally->count * tally->n_keys + 1, sizeof *ranked);
    struct sort_item *items = calloc(tally->count + 1, sizeof *items);
    tally->order = calloc(tally->count + 1, sizeof *tally->order);
    enum mig_status status = MIG_OK;
    if (ranked == NULL || items == NULL || tally->order == NULL)
        status = mig_fail_memory(error);
    if (status == MIG_OK)
        status = rank_codes(tally, ranked, error);
    for (size_t i = 0; i < tally->count && status == MIG_OK; i++)
        items[i] =
            (struct sort_item){ranked + i * tally->n_keys, tally->n_keys, tally->missing[i], i};
    if (status == MIG_OK)
        qsort(items, tally->count, sizeof *items, compare_groups);
    for (size_t i = 0; i < tally->count && status == MIG_OK; i++)
        tally->order[i] = items[i].group;
    free(items);
    free(ranked);
    return status;
}

static enum mig_status entry_init(
    struct entry *entry, const struct mig_tally *tally, struct mig_error *error)
{
    entry->codes = calloc(tally->n_keys + 1, sizeof *entry->codes);
    entry->values = calloc(tally->n_sums + 1, sizeof *entry->values);
    entry->numbers = calloc(tally->n_moments + 1, sizeof *entry->numbers);
    entry->known = calloc(tally->n_moments + 1, sizeof *entry->known);
    entry->parts = calloc(tally->n_moments + 1, sizeof *entry->parts);
    if (entry->codes == NULL || entry->values == NULL || entry->numbers == NULL ||
        entry->known == NULL || entry->parts == NULL)
        return mig_fail_memory(error);
    return MIG_OK;
}

static void entry_release(struct entry *entry, size_t n_moments)
{
    for (size_t i = 0; i < n_moments && entry->parts != NULL; i++)
        mig_moments_release(&entry->parts[i]);
    free(entry->codes);
    free(entry->values);
    free(entry->numbers);
    free(entry->known);
    free(entry->parts);
}

enum mig_status mig_tally_read(struct mig_tally **out, struct mig_input *input,
    const struct mig_tally_spec *spec, struct mig_error *error)
{
    *out = NULL;
    if (spec->n_sums > MOST_SUMS)
        return mig_fail(error, MIG_ARGUMENT, _("more than %d sums"), MOST_SUMS);
    struct mig_tally *tally = NULL;
    enum mig_status status = tally_new(&tally, spec, error);
    struct reading reading = {.tally = tally,
        .input = input,
        .spec = spec,
        .n_column = find_n_column(mig_input_header(input), spec)};
    mig_result_find(&reading.result, mig_input_header(input), spec->keys);
    if (status == MIG_OK)
        status = entry_init(&reading.entry, tally, error);
    if (status == MIG_OK)
        status = read_rows(&reading, error);
    if (status == MIG_OK)
        status = sort_groups(tally, error);
    entry_release(&reading.entry, spec->n_moments);
    if (status != MIG_OK) {
        mig_tally_free(tally);
        return status;
    }
    *out = tally;
    return MIG_OK;
}

size_t mig_tally_count(const struct mig_tally *tally)
{
    return tally->count;
}

struct mig_group mig_tally_group(const struct mig_tally *tally, size_t i)
{
    size_t group = tally->order[i];
    return (struct mig_group){
        .codes = tally->codes + group * tally->n_keys,
        .n_keys = tally->n_keys,
        .missing = tally->missing[group],
        .n = tally->n[group],
        .rows = tally->rows[group],
        .n_sums = tally->n_sums,
        .sums = tally->sums + group * tally->n_sums,
        .moments = tally->moments + group * tally->n_moments,
        .id = group,
    };
}

size_t mig_tally_run_end(const struct mig_tally *tally, size_t i, size_t n_keys)
{
    const uint32_t *first = tally->codes + tally->order[i] * tally->n_keys;
    size_t end = i + 1;
    while (end < tally->count) {
        const uint32_t *next = tally->codes + tally->order[end] * tally->n_keys;
        if (n_keys > 0 && memcmp(first, next, n_keys * sizeof *first) != 0)
            break;
        end++;
    }
    return end;
}

struct mig_text mig_tally_key(
    const struct mig_tally *tally, const struct mig_group *group, size_t key)
{
    return mig_names_text(tally->names[key], group->codes[key]);
}

struct mig_tally_account mig_tally_account(const struct mig_tally *tally)
{
    return tally->account;
}

const struct mig_error *mig_tally_part_error(const struct mig_tally *tally)
{
    return tally->part_error.status != MIG_OK ? &tally->part_error : NULL;
}

void mig_tally_free(struct mig_tally *tally)
{
    if (tally == NULL)
        return;
    for (size_t i = 0; i < tally->n_keys && tally->names != NULL; i++)
        mig_names_free(tally->names[i]);
    for (size_t i = 0; i < tally->count * tally->n_sums; i++)
        mig_sum_release(&tally->sums[i]);
    for (size_t i = 0; i < tally->count * tally->n_moments; i++)
        mig_moments_release(&tally->moments[i]);
    free(tally->names);
    free(tally->codes);
    free(tally->missing);
    free(tally->n);
    free(tally->rows);
    free(tally->sums);
    free(tally->moments);
    free(tally->slots);
    free(tally->order);
    free(tally);
}
