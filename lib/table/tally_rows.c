/* From the rows of an input into the groups of a tally. */
#include "table/tally-internal.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "input/share.h"
#include "table/result.h"
#include "table/tally_plain-internal.h"

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

static enum mig_status add_moments(struct mig_tally *tally, struct mig_moments *moments,
    const struct mig_tally_spec *spec, const struct entry *entry, struct mig_error *error)
{
    enum mig_status status = MIG_OK;
    for (size_t i = 0; i < spec->n_moments && status == MIG_OK; i++) {
        if (spec->moments[i].merged)
            status = mig_tally_add_moments(tally, &moments[i], &entry->parts[i], error);
        else if (entry->known[i] && spec->moments_repeat && entry->n != 1)
            status = mig_moments_add_times(&moments[i], &entry->numbers[i], entry->n, error);
        else if (entry->known[i])
            status =
                mig_moments_add(&moments[i], &entry->numbers[i], weight_of(spec, entry), error);
    }
    return status;
}

static enum mig_status add_entry(struct mig_tally *tally, const struct mig_tally_spec *spec,
    struct entry *entry, struct mig_error *error)
{
    enum mig_status status =
        mig_tally_find(tally, entry->codes, entry->missing, &entry->group, error);
    if (status != MIG_OK)
        return status;
    struct mig_group_head *group = mig_group_at(tally, entry->group);
    mig_tally_count_in(tally, group, entry->n, 1);
    if (spec->n_sums > 0)
        status = add_sums(mig_group_sums(tally, group), spec, entry, error);
    if (status == MIG_OK && spec->n_moments > 0)
        status = add_moments(tally, mig_group_moments(tally, group), spec, entry, error);
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

bool mig_tally_may_be_negative(const struct mig_tally_spec *spec, size_t sum)
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
        else if (entry->values[i].negative && !mig_tally_may_be_negative(reading->spec, i))
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
        reading->tally->part_block = mig_share_block(reading->input);
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
    bool known = !missing && (!spec->weighted || weight_of(spec, entry) != NULL);
    entry->missing_moments = entry->missing_moments || !known;
    entry->known[i] = known && entry->n > 0; /* no case, no value */
    if (status == MIG_OK && entry->known[i] && entry->n != 1 && !spec->moments_repeat)
        status = mig_input_fail(reading->input, row, reading->n_column,
            _("rows in one: their values are not known one by one; where all have this one, see "
              "mig-summary --weight n"),
            error);
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
    return spec->observe(spec->context, &seen, error);
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
    return status == MIG_OK && reading->spec->observe != NULL ? observe(reading, row, error)
                                                              : status;
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

void mig_tally_find_result(
    struct mig_result *result, const struct mig_header *header, const struct mig_tally_spec *spec)
{
    struct mig_keys keys = {0};
    if (spec->keys != NULL)
        keys = *spec->keys;
    keys.count -= spec->n_dividing;
    mig_result_find(result, header, &keys);
}

enum mig_status mig_tally_want(
    struct mig_input *input, const struct mig_tally_spec *spec, struct mig_error *error)
{
    const struct mig_header *header = mig_input_header(input);
    struct mig_result result;
    mig_tally_find_result(&result, header, spec);
    const size_t own[] = {find_n_column(header, spec), result.total_column};
    enum mig_status status = mig_input_want(input, own, 2, error);
    if (status == MIG_OK)
        status = mig_input_want(input, result.columns, MIG_RESULT_MARKS, error);
    if (status == MIG_OK)
        status = mig_input_want(input, spec->sums, spec->n_sums, error);
    if (status == MIG_OK)
        status = mig_keys_want(spec->keys, input, error);
    for (size_t i = 0; i < spec->n_moments && status == MIG_OK; i++)
        status = mig_moments_want(&spec->moments[i], input, error);
    return status;
}

/* The rows of a batch: the plain ones first, the others at length. */
static enum mig_status read_batch(struct reading *reading, struct mig_tally_plain *plain,
    const struct mig_batch *batch, struct mig_error *error)
{
    uint64_t left;
    enum mig_status status = mig_tally_add_plain(plain, batch, &left, error);
    for (size_t i = 0; left != 0 && i < batch->count && status == MIG_OK; i++) {
        if ((left >> i & 1) == 0)
            continue;
        struct mig_row row = mig_batch_row(reading->input, batch, i);
        status = read_row(reading, &row, error);
        if (status == MIG_OK)
            status = mig_tally_learn(plain, batch, i, reading->entry.codes, error);
    }
    return status;
}

enum mig_status mig_tally_read_rows(struct mig_tally *tally, struct mig_input *input,
    const struct mig_tally_spec *spec, struct mig_error *error)
{
    const struct mig_header *header = mig_input_header(input);
    struct reading reading = {
        .tally = tally, .input = input, .spec = spec, .n_column = find_n_column(header, spec)};
    struct mig_tally_plain plain = {0};
    mig_tally_find_result(&reading.result, header, spec);
    enum mig_status status = entry_init(&reading.entry, tally, error);
    if (status == MIG_OK && mig_result_takes_all(&reading.result))
        status = mig_tally_plain_init(&plain, tally, input, spec, reading.n_column, error);
    struct mig_row row = {.count = 1};
    while (status == MIG_OK && row.count > 0) {
        struct mig_batch batch = {0};
        if (mig_tally_plain_pays(&plain))
            mig_input_take_batch(input, &batch);
        if (batch.count > 0)
            status = read_batch(&reading, &plain, &batch, error);
        else if ((status = mig_input_next(input, &row, error)) == MIG_OK && row.count > 0)
            status = read_row(&reading, &row, error);
    }
    mig_tally_plain_release(&plain);
    entry_release(&reading.entry, spec->n_moments);
    return status;
}
