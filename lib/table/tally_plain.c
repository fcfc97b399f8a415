#include "table/tally_plain-internal.h"

#include <stdlib.h>

#include "base/decimal-inline.h"
#include "base/period-inline.h"
#include "table/keys-internal.h"

static bool may_be_plain(const struct mig_tally_spec *spec)
{
    bool plain =
        spec->n_moments == 0 && spec->n_parts == 0 && spec->observe == NULL && !spec->weighted;
    for (size_t i = 0; spec->keys != NULL && i < spec->keys->count; i++)
        plain =
            plain && (mig_keys_is_plain(spec->keys, i) || mig_keys_beginning(spec->keys, i) > 0);
    return plain;
}

enum mig_status mig_tally_plain_init(struct mig_tally_plain *plain, struct mig_tally *tally,
    const struct mig_input *input, const struct mig_tally_spec *spec, struct mig_error *error)
{
    *plain = (struct mig_tally_plain){0};
    if (!may_be_plain(spec))
        return MIG_OK;
    plain->may_be_missing = mig_input_may_be_missing(input);
    plain->keys = calloc(tally->n_keys + 1, sizeof *plain->keys);
    plain->sums = calloc(tally->n_sums + 1, sizeof *plain->sums);
    plain->codes = calloc(tally->n_keys + 1, sizeof *plain->codes);
    if (plain->keys == NULL || plain->sums == NULL || plain->codes == NULL)
        return mig_fail_memory(error);
    for (size_t i = 0; i < tally->n_keys; i++)
        plain->keys[i] = (struct mig_plain_key){
            mig_keys_column(spec->keys, i), mig_keys_beginning(spec->keys, i), tally->names[i]};
    for (size_t i = 0; i < tally->n_sums; i++)
        plain->sums[i] = (struct mig_plain_sum){
            .column = spec->sums[i], .may_be_negative = mig_tally_may_be_negative(spec, i)};
    plain->tally = tally;
    return MIG_OK;
}

/* A cell that is there, whatever it holds. */
static inline bool is_there(const struct mig_tally_plain *plain, struct mig_text cell)
{
    return cell.length > 0 && !plain->may_be_missing[(unsigned char)cell.data[0]];
}

static inline bool read_key(const struct mig_tally_plain *plain, const struct mig_plain_key *key,
    const struct mig_row *row, uint32_t *code)
{
    struct mig_text text = row->cells[key->column].text;
    if (!is_there(plain, text))
        return false;
    if (key->beginning > 0) {
        if (!mig_period_is_day(text))
            return false;
        text.length = key->beginning;
    }
    return mig_names_find_fast(key->names, text, code);
}

static inline bool read_sum(
    const struct mig_tally_plain *plain, struct mig_plain_sum *sum, const struct mig_row *row)
{
    struct mig_decimal value;
    struct mig_text text = row->cells[sum->column].text;
    if (!is_there(plain, text) || !mig_decimal_parse_plain(text, &value))
        return false;
    sum->magnitude = value.magnitude;
    sum->exponent = value.exponent;
    sum->negative = value.negative;
    return !value.negative || sum->may_be_negative;
}

/* Whether all of the sums of a group take their number as it is. */
static inline bool sums_fit(
    const struct mig_tally_plain *plain, const struct mig_sum *sums, size_t count)
{
    /* a number beyond this may not be the last one that fits */
    const mig_int128 most = (mig_int128)1 << 126;
    bool fit = true;
    for (size_t i = 0; i < count; i++)
        fit = fit && sums[i].wide == NULL && sums[i].exponent == plain->sums[i].exponent &&
              sums[i].fast < most && sums[i].fast > -most;
    return fit;
}

bool mig_tally_add_plain(struct mig_tally_plain *plain, const struct mig_row *row)
{
    struct mig_tally *tally = plain->tally;
    if (tally == NULL)
        return false;
    for (size_t i = 0; i < tally->n_keys; i++)
        if (!read_key(plain, &plain->keys[i], row, &plain->codes[i]))
            return false;
    for (size_t i = 0; i < tally->n_sums; i++)
        if (!read_sum(plain, &plain->sums[i], row))
            return false;
    struct mig_group_head *group = mig_tally_known_group(tally, plain->codes, 0);
    if (group == NULL)
        return false;
    struct mig_sum *sums = mig_group_sums(tally, group);
    if (!sums_fit(plain, sums, tally->n_sums))
        return false;
    for (size_t i = 0; i < tally->n_sums; i++) {
        const struct mig_plain_sum *sum = &plain->sums[i];
        sums[i].fast += sum->negative ? -(mig_int128)sum->magnitude : (mig_int128)sum->magnitude;
    }
    mig_tally_count_in(tally, group, 1, 1);
    tally->account.read++;
    tally->account.used++;
    return true;
}

void mig_tally_plain_release(struct mig_tally_plain *plain)
{
    free(plain->keys);
    free(plain->sums);
    free(plain->codes);
    *plain = (struct mig_tally_plain){0};
}
