#include "table/tally_plain-internal.h"

#include <stdlib.h>

#include "base/decimal-inline.h"
#include "base/period-inline.h"
#include "base/sum-inline.h"
#include "table/keys-internal.h"

/* Of texts that are short, so that a key takes little memory in each thread. */
enum { MOST_SEEN = 4096, LONGEST_SEEN = 16 };

static bool may_be_plain(const struct mig_tally_spec *spec, size_t n_column)
{
    bool plain = spec->observe == NULL && (n_column == SIZE_MAX || spec->n_moments == 0);
    for (size_t i = 0; i < spec->n_moments; i++)
        plain = plain && !spec->moments[i].merged;
    return plain;
}

static enum mig_status init_key(
    struct mig_tally_plain *plain, const struct mig_input *input, size_t i, struct mig_error *error)
{
    struct mig_plain_key *key = &plain->keys[i];
    key->slot = mig_input_slot(input, mig_keys_column(plain->spec->keys, i));
    key->codes = calloc(MIG_BATCH, sizeof *key->codes);
    if (key->codes == NULL)
        return mig_fail_memory(error);
    key->beginning = mig_keys_beginning(plain->spec->keys, i);
    if (mig_keys_is_plain(plain->spec->keys, i) || key->beginning > 0) {
        key->names = plain->tally->names[i];
        return MIG_OK;
    }
    key->made = calloc(MOST_SEEN, sizeof *key->made);
    return key->made != NULL ? mig_names_new(&key->seen, error) : mig_fail_memory(error);
}

static enum mig_status init_column(struct mig_tally_plain *plain, const struct mig_input *input,
    size_t column, bool may_be_negative, struct mig_error *error)
{
    struct mig_plain_column *made = &plain->columns[plain->n_columns++];
    made->slot = mig_input_slot(input, column);
    made->may_be_negative = may_be_negative;
    made->numbers = calloc(MIG_BATCH, sizeof *made->numbers);
    return made->numbers != NULL ? MIG_OK : mig_fail_memory(error);
}

enum mig_status mig_tally_plain_init(struct mig_tally_plain *plain, struct mig_tally *tally,
    const struct mig_input *input, const struct mig_tally_spec *spec, size_t n_column,
    struct mig_error *error)
{
    *plain = (struct mig_tally_plain){.spec = spec};
    if (!may_be_plain(spec, n_column))
        return MIG_OK;
    plain->tally = tally;
    plain->may_be_missing = mig_input_may_be_missing(input);
    plain->keys = calloc(tally->n_keys + 1, sizeof *plain->keys);
    plain->columns = calloc(tally->n_sums + tally->n_moments + 2, sizeof *plain->columns);
    plain->codes = calloc(tally->n_keys + 1, sizeof *plain->codes);
    if (plain->keys == NULL || plain->columns == NULL || plain->codes == NULL)
        return mig_fail_memory(error);
    enum mig_status status = MIG_OK;
    for (size_t i = 0; i < tally->n_keys && status == MIG_OK; i++)
        status = init_key(plain, input, i, error);
    for (size_t i = 0; i < tally->n_sums && status == MIG_OK; i++)
        status =
            init_column(plain, input, spec->sums[i], mig_tally_may_be_negative(spec, i), error);
    for (size_t i = 0; i < tally->n_moments && status == MIG_OK; i++)
        status = init_column(plain, input, spec->moments[i].n, true, error);
    if (status == MIG_OK && n_column != SIZE_MAX)
        status = init_column(plain, input, n_column, false, error);
    if (status == MIG_OK && n_column != SIZE_MAX)
        plain->n = plain->columns[plain->n_columns - 1].numbers;
    return status;
}

/* A cell that is there, whatever it holds. */
static inline bool is_there(const struct mig_tally_plain *plain, struct mig_text cell)
{
    return cell.length > 0 && !plain->may_be_missing[(unsigned char)cell.data[0]];
}

/* The texts of a key: its cells, or how they begin. A cell that is missing, or no day, is left. */
static const struct mig_text *take_texts(const struct mig_tally_plain *plain,
    const struct mig_plain_key *key, const struct mig_batch *batch,
    struct mig_text beginnings[MIG_BATCH], uint64_t *left)
{
    const struct mig_text *cells = batch->cells + key->slot * MIG_BATCH;
    for (size_t i = 0; i < batch->count; i++)
        *left |= (uint64_t)!is_there(plain, cells[i]) << i;
    if (key->beginning == 0)
        return cells;
    for (size_t i = 0; i < batch->count; i++) {
        *left |= (uint64_t)!mig_period_is_day(cells[i]) << i;
        beginnings[i] = (struct mig_text){cells[i].data, key->beginning};
    }
    return beginnings;
}

/* What find_all() has not found: a name that is new gets a code, a cell that a function has not
 * seen is left. */
static enum mig_status add_unknown(const struct mig_plain_key *key, const struct mig_text *texts,
    size_t count, uint64_t *left, struct mig_error *error)
{
    enum mig_status status = MIG_OK;
    for (size_t i = 0; i < count && status == MIG_OK; i++) {
        if (key->codes[i] != UINT32_MAX || (*left >> i & 1) != 0)
            continue;
        if (key->names != NULL)
            status = mig_names_code(key->names, texts[i], &key->codes[i], error);
        else
            *left |= UINT64_C(1) << i;
    }
    return status;
}

/* Finds the codes of a key. */
static enum mig_status take_key(const struct mig_tally_plain *plain,
    const struct mig_plain_key *key, const struct mig_batch *batch, uint64_t *left,
    struct mig_error *error)
{
    struct mig_text beginnings[MIG_BATCH];
    const struct mig_text *texts = take_texts(plain, key, batch, beginnings, left);
    enum mig_status status = MIG_OK;
    if (!mig_names_find_all(
            key->names != NULL ? key->names : key->seen, texts, batch->count, key->codes))
        status = add_unknown(key, texts, batch->count, left, error);
    for (uint64_t rest = *left; rest != 0; rest &= rest - 1)
        key->codes[__builtin_ctzll(rest)] = 0; /* as good as any, and small */
    for (size_t i = 0; key->names == NULL && i < batch->count; i++)
        key->codes[i] = key->made[key->codes[i]];
    return status;
}

/* Any number that fits 64 bits. */
static bool read_number(struct mig_text text, struct mig_plain_number *number)
{
    struct mig_decimal value;
    if (!mig_decimal_parse_plain(text, &value))
        return false;
    *number = (struct mig_plain_number){value.magnitude, value.exponent, value.negative};
    return true;
}

/* Reads the numbers of a column. */
static void take_numbers(const struct mig_tally_plain *plain, const struct mig_plain_column *column,
    const struct mig_batch *batch, uint64_t *left)
{
    const struct mig_text *cells = batch->cells + column->slot * MIG_BATCH;
    for (size_t i = 0; i < batch->count; i++) {
        struct mig_plain_number *number = &column->numbers[i];
        struct mig_text text = cells[i];
        int32_t decimals;
        bool read = text.length <= 8 && mig_decimal_parse_bytes(mig_load_8(text.data), text.length,
                                            &number->magnitude, &decimals);
        if (read)
            *number = (struct mig_plain_number){number->magnitude, -decimals, false};
        if (!is_there(plain, text) || (!read && !read_number(text, number)) ||
            (number->negative && !column->may_be_negative))
            *left |= UINT64_C(1) << i;
    }
}

/* A count is a whole number that is written as one. */
static void check_counts(
    const struct mig_tally_plain *plain, const struct mig_batch *batch, uint64_t *left)
{
    for (size_t i = 0; plain->n != NULL && i < batch->count; i++)
        *left |= (uint64_t)(plain->n[i].exponent != 0) << i;
}

static struct mig_plain_number operand(const struct mig_tally_plain *plain, int operand, size_t row)
{
    static const struct mig_plain_number one = {1, 0, false};
    if (operand != MIG_ROWS)
        return plain->columns[operand].numbers[row];
    return plain->n != NULL ? plain->n[row] : one;
}

/* Whether part <= whole is plain to see. */
static bool is_within(
    const struct mig_tally_plain *plain, const struct mig_part_of *pair, size_t row)
{
    struct mig_plain_number part = operand(plain, pair->part, row);
    struct mig_plain_number whole = operand(plain, pair->whole, row);
    return part.exponent == whole.exponent && !part.negative && !whole.negative &&
           part.magnitude <= whole.magnitude;
}

static void compare_parts(
    const struct mig_tally_plain *plain, const struct mig_batch *batch, uint64_t *left)
{
    for (size_t pair = 0; pair < plain->spec->n_parts; pair++)
        for (size_t i = 0; i < batch->count; i++)
            if ((*left >> i & 1) == 0 && !is_within(plain, &plain->spec->parts[pair], i))
                *left |= UINT64_C(1) << i;
}

static enum mig_status find_group(
    struct mig_tally_plain *plain, size_t row, size_t *group, struct mig_error *error)
{
    for (size_t key = 0; key < plain->tally->n_keys; key++)
        plain->codes[key] = plain->keys[key].codes[row];
    return mig_tally_find(plain->tally, plain->codes, 0, group, error);
}

/* Where the groups of the rows stand, as mig_group_place() says for one. */
static void find_places(const struct mig_tally_plain *plain, size_t count, size_t *places)
{
    const struct mig_tally *tally = plain->tally;
    const unsigned bits = mig_group_place_bits(tally);
    uint64_t all = 0;
    for (size_t i = 0; i < count; i++)
        places[i] = 0;
    for (size_t key = 0; key < tally->n_keys; key++)
        for (size_t i = 0; i < count; i++) {
            uint32_t code = plain->keys[key].codes[i];
            all |= code;
            places[i] = places[i] << bits | code;
        }
    if (all >> bits != 0)
        for (size_t i = 0; i < count; i++)
            places[i] = SIZE_MAX;
}

/* The group of each row that is not left. The groups are fetched into the cache all at once. */
static enum mig_status find_groups(struct mig_tally_plain *plain, size_t count, uint64_t left,
    struct mig_group_head **groups, struct mig_error *error)
{
    struct mig_tally *tally = plain->tally;
    size_t places[MIG_BATCH];
    find_places(plain, count, places);
    for (size_t i = 0; i < count; i++) {
        enum mig_status status = MIG_OK;
        size_t group = places[i] < tally->n_places ? tally->places[places[i]] : 0;
        if ((left >> i & 1) != 0)
            continue;
        if (group-- == 0)
            status = find_group(plain, i, &group, error);
        if (status != MIG_OK)
            return status;
        groups[i] = mig_group_at(tally, group);
        __builtin_prefetch(groups[i]);
    }
    return MIG_OK;
}

static struct mig_decimal decimal_of(const struct mig_plain_number *number)
{
    return (struct mig_decimal){
        .magnitude = number->magnitude, .exponent = number->exponent, .negative = number->negative};
}

static enum mig_status add_number(
    struct mig_sum *sum, const struct mig_plain_number *number, struct mig_error *error)
{
    if (mig_sum_add_fast(sum, number->magnitude, number->exponent, number->negative))
        return MIG_OK;
    struct mig_decimal decimal = decimal_of(number);
    return mig_sum_add(sum, &decimal, error);
}

static struct mig_sum sum_of(const struct mig_plain_number *number)
{
    struct mig_sum sum = {.fast = (mig_int128)number->magnitude, .exponent = number->exponent};
    sum.fast = number->negative ? -sum.fast : sum.fast;
    return sum;
}

static enum mig_status add_weighted(struct mig_sum *sum, const struct mig_plain_number *weight,
    const struct mig_plain_number *number, struct mig_error *error)
{
    const struct mig_sum w = sum_of(weight), x = sum_of(number);
    return mig_sum_add_product(sum, &w, &x, error);
}

static enum mig_status add_row(struct mig_tally_plain *plain, size_t row,
    struct mig_group_head *group, struct mig_error *error)
{
    struct mig_tally *tally = plain->tally;
    struct mig_sum *sums = mig_group_sums(tally, group);
    struct mig_moments *moments = mig_group_moments(tally, group);
    const struct mig_plain_column *column = plain->columns;
    const struct mig_plain_number *weight = plain->spec->weighted ? &column->numbers[row] : NULL;
    enum mig_status status = MIG_OK;
    mig_tally_count_in(tally, group, plain->n != NULL ? plain->n[row].magnitude : 1, 1);
    for (size_t i = 0; i < tally->n_sums && status == MIG_OK; i++, column++)
        status = weight != NULL && i > 0
                     ? add_weighted(&sums[i], weight, &column->numbers[row], error)
                     : add_number(&sums[i], &column->numbers[row], error);
    for (size_t i = 0; i < tally->n_moments && status == MIG_OK; i++, column++) {
        struct mig_decimal value = decimal_of(&column->numbers[row]), by = {0};
        if (weight != NULL)
            by = decimal_of(weight);
        status = mig_moments_add(&moments[i], &value, weight != NULL ? &by : NULL, error);
    }
    return status;
}

enum mig_status mig_tally_add_plain(struct mig_tally_plain *plain, const struct mig_batch *batch,
    uint64_t *left, struct mig_error *error)
{
    struct mig_tally *tally = plain->tally;
    struct mig_group_head *groups[MIG_BATCH];
    enum mig_status status = MIG_OK;
    *left = 0;
    for (size_t i = 0; i < tally->n_keys && status == MIG_OK; i++)
        status = take_key(plain, &plain->keys[i], batch, left, error);
    for (size_t i = 0; i < plain->n_columns; i++)
        take_numbers(plain, &plain->columns[i], batch, left);
    check_counts(plain, batch, left);
    compare_parts(plain, batch, left);
    if (status == MIG_OK)
        status = find_groups(plain, batch->count, *left, groups, error);
    plain->rows += batch->count;
    for (size_t i = 0; i < batch->count && status == MIG_OK; i++) {
        plain->left += *left >> i & 1;
        if ((*left >> i & 1) != 0)
            continue;
        status = add_row(plain, i, groups[i], error);
        tally->account.read++;
        tally->account.used++;
    }
    return status;
}

enum mig_status mig_tally_learn(struct mig_tally_plain *plain, const struct mig_batch *batch,
    size_t row, const uint32_t *codes, struct mig_error *error)
{
    enum mig_status status = MIG_OK;
    for (size_t i = 0; i < plain->tally->n_keys && status == MIG_OK; i++) {
        const struct mig_plain_key *key = &plain->keys[i];
        const struct mig_text cell = batch->cells[key->slot * MIG_BATCH + row];
        uint32_t code;
        if (key->seen == NULL || cell.length > LONGEST_SEEN ||
            mig_names_count(key->seen) == MOST_SEEN)
            continue;
        status = mig_names_code(key->seen, cell, &code, error);
        if (status == MIG_OK)
            key->made[code] = codes[i];
    }
    return status;
}

void mig_tally_plain_release(struct mig_tally_plain *plain)
{
    for (size_t i = 0; plain->keys != NULL && i < plain->tally->n_keys; i++) {
        mig_names_free(plain->keys[i].seen);
        free(plain->keys[i].made);
        free(plain->keys[i].codes);
    }
    for (size_t i = 0; i < plain->n_columns; i++)
        free(plain->columns[i].numbers);
    free(plain->keys);
    free(plain->columns);
    free(plain->codes);
    *plain = (struct mig_tally_plain){0};
}
