/* Numbers that stand once for several rows, such as the population of a region in the rows of its
 * cases (--once). */
#include <stdlib.h>

#include "base/i18n.h"
#include "cli/breakdown.h"
#include "table/names.h"

/* The numbers of a column that stand once for each item: the texts of the --once keys, and with
 * --change the period. */
struct filling {
    struct mig_breakdown *breakdown;
    struct mig_once *once;
    const char *column; /* for messages; NULL: all is said already */
    size_t value_key;   /* holds the column's texts */
    struct mig_names *names;
    struct mig_text *texts; /* by item: the number as it is spelled */
    struct mig_buffer text;
};

/* Whether the key of --change makes items of its own: unless --once names it as well. */
static bool has_period(const struct mig_breakdown *breakdown)
{
    const struct mig_keys *keys = &breakdown->keys;
    bool named = false;
    if (breakdown->change == SIZE_MAX)
        return false;
    for (size_t i = 0; i < breakdown->n_once && mig_keys_is_plain(keys, breakdown->change); i++)
        named = named || mig_keys_column(keys, breakdown->once + i) ==
                             mig_keys_column(keys, breakdown->change);
    return !named;
}

static size_t count_item_keys(const struct mig_breakdown *breakdown)
{
    return breakdown->n_once + has_period(breakdown);
}

static size_t item_key(const struct mig_breakdown *breakdown, size_t i)
{
    return i < breakdown->n_once ? breakdown->once + i : breakdown->change;
}

/* Whether none of the keys is missing: rows that miss one are not known to be of the same item. */
static bool has_item_keys(const struct mig_breakdown *breakdown, const struct mig_group *group)
{
    for (size_t i = 0; i < count_item_keys(breakdown); i++)
        if (mig_tally_key(breakdown->tally, group, item_key(breakdown, i)).length == 0)
            return false;
    return true;
}

/* Whether the group is of no period of --change: its numbers are not asked for. */
static bool is_of_no_period(const struct mig_breakdown *breakdown, const struct mig_group *group)
{
    const struct mig_breakdown_design *design = &breakdown->design;
    if (breakdown->change == SIZE_MAX)
        return false;
    struct mig_text period = mig_tally_key(breakdown->tally, group, breakdown->change);
    if (design->from == NULL)
        return period.length == 0;
    return !mig_text_equal(period, mig_text_of(design->from)) &&
           !mig_text_equal(period, mig_text_of(design->to));
}

/* The number of the group's item among the names; where a key is missing, of one that is its own.
 */
static uint32_t find_item(struct filling *filling, size_t index)
{
    const struct mig_breakdown *breakdown = filling->breakdown;
    const struct mig_group group = mig_tally_group(breakdown->tally, index);
    struct mig_cli *cli = breakdown->cli;
    uint32_t code;
    mig_buffer_clear(&filling->text);
    for (size_t i = 0; i < count_item_keys(breakdown); i++) {
        struct mig_text part = mig_tally_key(breakdown->tally, &group, item_key(breakdown, i));
        mig_cli_require(
            cli, mig_buffer_append(&filling->text, part.data, part.length, &cli->error));
        mig_cli_require(
            cli, mig_buffer_append(&filling->text, "", 1, &cli->error)); /* sets apart */
    }
    if (!has_item_keys(breakdown, &group))
        mig_cli_require(cli, mig_buffer_print(&filling->text, &cli->error, "%zu", index));
    mig_cli_require(
        cli, mig_names_code(filling->names, mig_buffer_text(&filling->text), &code, &cli->error));
    return code;
}

/* Appends "region, year" or "Gao, 2020" to `out`. */
static void print_item_keys(const struct mig_breakdown *breakdown, struct mig_buffer *out)
{
    struct mig_cli *cli = breakdown->cli;
    mig_cli_require(cli, mig_buffer_print(out, &cli->error, "%s", breakdown->design.once));
    if (has_period(breakdown))
        mig_cli_require(cli, mig_buffer_print(out, &cli->error, ", %s",
                                 mig_keys_name(&breakdown->keys, breakdown->change)));
}

static void print_item(const struct mig_breakdown *breakdown, size_t group, struct mig_buffer *out)
{
    struct mig_cli *cli = breakdown->cli;
    for (size_t i = 0; i < count_item_keys(breakdown); i++) {
        struct mig_text text = mig_breakdown_key(breakdown, group, item_key(breakdown, i), true);
        mig_cli_require(cli,
            mig_buffer_print(out, &cli->error, "%s%.*s", i > 0 ? ", " : "", MIG_TEXT_ARG(text)));
    }
}

static void complain_of_two(
    const struct filling *filling, size_t group, struct mig_text one, struct mig_text other)
{
    const struct mig_breakdown *breakdown = filling->breakdown;
    struct mig_buffer keys = {0}, item = {0};
    print_item_keys(breakdown, &keys);
    print_item(breakdown, group, &item);
    mig_cli_complain(breakdown->cli, _("'%s' is %.*s and %.*s in rows of one %s: %s"),
        filling->column, MIG_TEXT_ARG(one), MIG_TEXT_ARG(other), keys.data, item.data);
    mig_buffer_release(&keys);
    mig_buffer_release(&item);
}

/* A new item. Where a key is missing the number stands once in each row of the group. */
static void add_item(struct filling *filling, const struct mig_group *group, struct mig_text text,
    const struct mig_decimal *value)
{
    struct mig_breakdown *breakdown = filling->breakdown;
    struct mig_once *once = filling->once;
    struct mig_cli *cli = breakdown->cli;
    const struct mig_decimal times =
        mig_decimal_of_count(has_item_keys(breakdown, group) ? 1 : group->rows);
    struct mig_sum number = {0}, rows = {0};
    mig_cli_require(cli, mig_sum_add(&number, value, &cli->error));
    mig_cli_require(cli, mig_sum_add(&rows, &times, &cli->error));
    filling->texts[once->count] = text;
    mig_cli_require(
        cli, mig_sum_add_product(&once->values[once->count++], &number, &rows, &cli->error));
    mig_sum_release(&number);
    mig_sum_release(&rows);
}

/* Takes the numbers of the groups that have one; two numbers for one item are complained of. */
static void take_numbers(struct filling *filling)
{
    struct mig_breakdown *breakdown = filling->breakdown;
    struct mig_once *once = filling->once;
    struct mig_cli *cli = breakdown->cli;
    for (size_t i = 0; i < mig_tally_count(breakdown->tally); i++) {
        struct mig_group group = mig_tally_group(breakdown->tally, i);
        struct mig_text text =
            mig_text_trim(mig_tally_key(breakdown->tally, &group, filling->value_key));
        struct mig_decimal value, earlier;
        once->items[i] = UINT32_MAX;
        if (text.length == 0 || is_of_no_period(breakdown, &group))
            continue;
        uint32_t item = once->items[i] = find_item(filling, i);
        mig_cli_require(cli, mig_decimal_parse(text, &value, &cli->error));
        if (item == once->count) {
            add_item(filling, &group, text, &value);
        } else if (filling->column == NULL) {
            continue;
        } else if (mig_decimal_parse(filling->texts[item], &earlier, NULL) != MIG_OK ||
                   mig_decimal_compare(&earlier, &value) != 0) {
            complain_of_two(filling, i, filling->texts[item], text);
        }
    }
}

/* The number belongs to the item wherever it occurs: a group without it takes it from the others.
 * Lists the items that have it nowhere. */
static void share_numbers(struct filling *filling)
{
    enum { MOST_NAMES = 8 };
    struct mig_breakdown *breakdown = filling->breakdown;
    struct mig_once *once = filling->once;
    struct mig_cli *cli = breakdown->cli;
    struct mig_buffer list = {0}, keys = {0};
    for (size_t i = 0; i < mig_tally_count(breakdown->tally); i++) {
        struct mig_group group = mig_tally_group(breakdown->tally, i);
        size_t before = mig_names_count(filling->names);
        if (once->items[i] != UINT32_MAX || !has_item_keys(breakdown, &group) ||
            is_of_no_period(breakdown, &group))
            continue;
        uint32_t item = find_item(filling, i);
        if (item < once->count)
            once->items[i] = item;
        if (item < before)
            continue;
        if (item - once->count < MOST_NAMES) {
            mig_cli_require(
                cli, mig_buffer_print(&list, &cli->error, "%s", list.length > 0 ? "; " : ""));
            print_item(breakdown, i, &list);
        } else if (item - once->count == MOST_NAMES) {
            mig_cli_require(cli, mig_buffer_print(&list, &cli->error, "; ..."));
        }
    }
    print_item_keys(breakdown, &keys);
    if (list.length > 0 && filling->column != NULL)
        mig_cli_note(cli, _("'%s' is in no row of these, and its figures leave them out (%s): %s"),
            filling->column, keys.data, list.data);
    mig_buffer_release(&list);
    mig_buffer_release(&keys);
}

void mig_breakdown_fill_once(
    struct mig_breakdown *breakdown, struct mig_once *once, size_t value_key, const char *column)
{
    struct mig_cli *cli = breakdown->cli;
    size_t count = mig_tally_count(breakdown->tally);
    struct filling filling = {
        .breakdown = breakdown, .once = once, .column = column, .value_key = value_key};
    once->items = mig_breakdown_allocate(cli, count, sizeof *once->items);
    once->values = mig_breakdown_allocate(cli, count, sizeof *once->values);
    filling.texts = mig_breakdown_allocate(cli, count, sizeof *filling.texts);
    mig_cli_require(cli, mig_names_new(&filling.names, &cli->error));
    take_numbers(&filling);
    share_numbers(&filling);
    mig_names_free(filling.names);
    mig_buffer_release(&filling.text);
    free(filling.texts);
}

bool mig_breakdown_counts_group(const struct mig_breakdown *breakdown,
    const struct mig_quotient *quotient, const struct mig_once *once, size_t group)
{
    bool shared = once != NULL && once->count > 0;
    uint64_t missing = mig_tally_group(breakdown->tally, group).missing;
    if ((missing & mig_quotient_needs(shared ? &breakdown->amount : quotient)) != 0)
        return false;
    return !shared || once->items[group] != UINT32_MAX;
}

bool mig_breakdown_shares_once(const struct mig_breakdown *breakdown, const struct mig_once *once,
    size_t first, size_t end, size_t first_key, size_t end_key)
{
    const struct mig_tally *tally = breakdown->tally;
    size_t *owners = mig_breakdown_allocate(breakdown->cli, once->count, sizeof *owners);
    bool shared = false;
    for (size_t i = first; i < end && !shared && once->count > 0; i++) {
        uint32_t item = once->items[i];
        if (item == UINT32_MAX)
            continue;
        if (owners[item] == 0)
            owners[item] = i + 1;
        struct mig_group group = mig_tally_group(tally, i);
        struct mig_group owner = mig_tally_group(tally, owners[item] - 1);
        for (size_t key = first_key; key < end_key; key++)
            shared = shared || group.codes[key] != owner.codes[key];
    }
    free(owners);
    return shared;
}

void mig_breakdown_release_once(struct mig_once *once)
{
    free(once->items);
    for (size_t i = 0; i < once->count; i++)
        mig_sum_release(&once->values[i]);
    free(once->values);
}
