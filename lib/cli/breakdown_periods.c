/* The two periods of a change. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "cli/breakdown-change-internal.h"
#include "table/names.h"
#include "table/order.h"

/* The distinct known values of the key, in order of the tally's groups. */
static size_t find_values(const struct mig_breakdown *breakdown, struct mig_text *values)
{
    struct mig_cli *cli = breakdown->cli;
    struct mig_names *names;
    uint32_t code;
    mig_cli_require(cli, mig_names_new(&names, &cli->error));
    for (size_t i = 0; i < mig_tally_count(breakdown->tally); i++) {
        struct mig_group group = mig_tally_group(breakdown->tally, i);
        struct mig_text text = mig_tally_key(breakdown->tally, &group, breakdown->change);
        size_t count = mig_names_count(names);
        if (text.length == 0)
            continue;
        mig_cli_require(cli, mig_names_code(names, text, &code, &cli->error));
        if (code == count)
            values[count] = text;
    }
    size_t count = mig_names_count(names);
    mig_names_free(names);
    return count;
}

static struct mig_text choose(struct mig_breakdown *breakdown, const char *wanted,
    const struct mig_text *values, size_t count)
{
    struct mig_cli *cli = breakdown->cli;
    const char *key = mig_keys_name(&breakdown->keys, breakdown->change);
    for (size_t i = 0; i < count; i++)
        if (mig_text_equal(values[i], mig_text_of(wanted)))
            return values[i];
    size_t nearest = mig_text_nearest(mig_text_of(wanted), values, count);
    if (nearest < count)
        mig_cli_complain(cli, _("'%s' is no value of %s; nearest is '%.*s'"), wanted, key,
            MIG_TEXT_ARG(values[nearest]));
    else
        mig_cli_complain(cli, _("'%s' is no value of %s"), wanted, key);
    return (struct mig_text){0};
}

static int in_order(const void *a, const void *b)
{
    return mig_key_compare(*(const struct mig_text *)a, *(const struct mig_text *)b);
}

/* Other than two values, and none of them named. */
static void complain_of_count(
    const struct mig_breakdown *breakdown, const struct mig_text *values, size_t count)
{
    struct mig_cli *cli = breakdown->cli;
    const char *key = mig_keys_name(&breakdown->keys, breakdown->change);
    if (count == 0)
        mig_cli_complain(
            cli, _("'%s' is missing in all rows: a change is between two values of it"), key);
    else if (count == 1)
        mig_cli_complain(cli,
            _("'%s' is '%.*s' in all rows where it is known: a change is between two values of it"),
            key, MIG_TEXT_ARG(values[0]));
    else
        mig_cli_complain(cli,
            _("'%s' has %zu values, from '%.*s' to '%.*s': a change is between two; name them with "
              "--from and --to"),
            key, count, MIG_TEXT_ARG(values[0]), MIG_TEXT_ARG(values[count - 1]));
}

void mig_change_find_periods(struct mig_change *change)
{
    struct mig_breakdown *breakdown = change->breakdown;
    struct mig_cli *cli = breakdown->cli;
    size_t groups = mig_tally_count(breakdown->tally);
    struct mig_text *values = mig_breakdown_allocate(cli, groups, sizeof *values);
    size_t count = find_values(breakdown, values);
    if (breakdown->design.from != NULL) {
        change->periods[0] = choose(breakdown, breakdown->design.from, values, count);
        change->periods[1] = choose(breakdown, breakdown->design.to, values, count);
        if (strcmp(breakdown->design.from, breakdown->design.to) == 0)
            mig_cli_complain(cli, "%s", _("'--from' and '--to' are the same value"));
    } else if (count == 2) {
        qsort(values, 2, sizeof *values, in_order);
        memcpy(change->periods, values, sizeof change->periods);
    } else {
        qsort(values, count, sizeof *values, in_order);
        complain_of_count(breakdown, values, count);
    }
    free(values);
    mig_cli_settle(cli);
}

int mig_change_period(const struct mig_change *change, size_t group_index)
{
    const struct mig_breakdown *breakdown = change->breakdown;
    struct mig_group group = mig_tally_group(breakdown->tally, group_index);
    struct mig_text text = mig_tally_key(breakdown->tally, &group, breakdown->change);
    return mig_text_equal(text, change->periods[0])   ? 0
           : mig_text_equal(text, change->periods[1]) ? 1
                                                      : 2;
}
