/* Sentences on what is known of the cases, and on what was left out. */
#include <stdlib.h>

#include "base/i18n.h"
#include "cli/breakdown-internal.h"

struct mig_extent mig_breakdown_everything(const struct mig_breakdown *breakdown)
{
    return (struct mig_extent){0, mig_tally_count(breakdown->tally)};
}

unsigned long mig_breakdown_plural(double count)
{
    return count > 2 ? 2 : (unsigned long)count;
}

size_t mig_breakdown_shown(const struct mig_breakdown *breakdown)
{
    return breakdown->n_strata + breakdown->n_by + breakdown->n_of;
}

/* Adds up what is divided over the groups, and over those where the key is known. With --change
 * they are those of its periods, but for its own key. */
static void add_known(struct mig_breakdown *breakdown, struct mig_extent extent, size_t key,
    struct mig_quotient_sums *known, struct mig_quotient_sums *all)
{
    struct mig_cli *cli = breakdown->cli;
    for (size_t i = extent.first; i < extent.end; i++) {
        struct mig_group group = mig_tally_group(breakdown->tally, i);
        if (key != breakdown->change && mig_breakdown_role(breakdown, i) == MIG_GROUP_OUTSIDE)
            continue;
        mig_cli_require(cli,
            mig_quotient_add(&breakdown->amount, breakdown->tally, i, i + 1, all, &cli->error));
        if (mig_tally_key(breakdown->tally, &group, key).length > 0)
            mig_cli_require(cli, mig_quotient_add(&breakdown->amount, breakdown->tally, i, i + 1,
                                     known, &cli->error));
    }
}

/* What the share of the known rounds to would hide the few that are known, or the few that are not.
 */
static bool hides_few(const struct mig_sum *known, const struct mig_sum *all)
{
    const double half_digit = 0.0005;
    double share = mig_sum_quotient(known, all);
    return (share < half_digit && mig_sum_sign(known) > 0) || (share >= 1 - half_digit);
}

/* "83.1 %", "all but 1", or "2": of all. */
static void print_known(struct mig_cli *cli, const struct mig_sum *known, const struct mig_sum *all,
    struct mig_buffer *out)
{
    struct mig_sum unknown = {0};
    struct mig_buffer count = {0};
    mig_cli_require(cli, mig_sum_add_sum(&unknown, known, &cli->error));
    mig_cli_require(cli, mig_sum_negate(&unknown, &cli->error));
    mig_cli_require(cli, mig_sum_add_sum(&unknown, all, &cli->error));
    bool few = mig_sum_sign(&unknown) > 0 && hides_few(known, all);
    if (!few) {
        mig_people_real(cli, &count, 100 * mig_sum_quotient(known, all), 1);
        mig_cli_require(cli, mig_buffer_print(out, &cli->error, _("%s %%"), count.data));
    } else if (mig_sum_quotient(known, all) < 0.5) {
        mig_people_sum(cli, out, known);
    } else {
        mig_people_sum(cli, &count, &unknown);
        mig_cli_require(cli, mig_buffer_print(out, &cli->error, _("all but %s"), count.data));
    }
    mig_sum_release(&unknown);
    mig_buffer_release(&count);
}

void mig_breakdown_say_known(struct mig_breakdown *breakdown, const char *name,
    const struct mig_sum *known, const struct mig_sum *all, const char *measure,
    mig_sentence_sink *say, void *context)
{
    struct mig_cli *cli = breakdown->cli;
    struct mig_buffer sentence = {0}, share = {0}, count = {0};
    if (mig_sum_sign(all) == 0)
        return;
    double cases;
    mig_cli_require(cli, mig_sum_to_double(all, &cases, &cli->error));
    print_known(cli, known, all, &share);
    mig_people_sum(cli, &count, all);
    if (measure == NULL)
        mig_cli_require(cli, mig_buffer_print(&sentence, &cli->error,
                                 dngettext(MIG_TEXT_DOMAIN, "%s is known for %s of %s case",
                                     "%s is known for %s of %s cases", mig_breakdown_plural(cases)),
                                 name, share.data, count.data));
    else
        mig_cli_require(
            cli, mig_buffer_print(&sentence, &cli->error, _("%s is known for %s of %s (%s)"), name,
                     share.data, count.data, measure));
    say(breakdown, sentence.data, context);
    mig_buffer_release(&sentence);
    mig_buffer_release(&share);
    mig_buffer_release(&count);
}

/* Whether --coverage speaks of the same column. */
static bool is_covered(const struct mig_breakdown *breakdown, size_t key)
{
    for (size_t i = 0; i < breakdown->coverage.count; i++)
        if (mig_keys_is_plain(&breakdown->keys, key) &&
            breakdown->coverage.items[i] == mig_keys_column(&breakdown->keys, key))
            return true;
    return false;
}

void mig_breakdown_known_keys(struct mig_breakdown *breakdown, struct mig_extent extent,
    size_t first_key, size_t end_key, mig_sentence_sink *say, void *context)
{
    for (size_t key = first_key; key < end_key; key++) {
        struct mig_quotient_sums known = {0}, all = {0};
        int order;
        add_known(breakdown, extent, key, &known, &all);
        mig_cli_require(breakdown->cli,
            mig_sum_compare(&known.numerator, &all.numerator, &order, &breakdown->cli->error));
        if (order < 0 && !is_covered(breakdown, key))
            mig_breakdown_say_known(breakdown, mig_keys_name(&breakdown->keys, key),
                &known.numerator, &all.numerator,
                breakdown->design.sum != NULL ? breakdown->measure : NULL, say, context);
        mig_quotient_sums_release(&known);
        mig_quotient_sums_release(&all);
    }
}

void mig_breakdown_units(struct mig_breakdown *breakdown, mig_sentence_sink *say, void *context)
{
    struct mig_cli *cli = breakdown->cli;
    struct mig_buffer sentence = {0};
    if (breakdown->design.sum == NULL || breakdown->design.tests.count == 0)
        return;
    mig_cli_require(
        cli, mig_buffer_print(&sentence, &cli->error,
                 _("tests take each unit of %s as an independent case, which families, and "
                   "published counts of everybody, are not"),
                 breakdown->design.sum));
    say(breakdown, sentence.data, context);
    mig_buffer_release(&sentence);
}

void mig_breakdown_left_out(
    struct mig_breakdown *breakdown, double left_out, mig_sentence_sink *say, void *context)
{
    struct mig_cli *cli = breakdown->cli;
    struct mig_buffer sentence = {0}, count = {0};
    if (!(left_out > 0))
        return;
    mig_people_significant(cli, &count, left_out, 15);
    if (breakdown->design.sum == NULL)
        mig_cli_require(
            cli, mig_buffer_print(&sentence, &cli->error,
                     dngettext(MIG_TEXT_DOMAIN,
                         "tests, expected counts and indices leave out %s case whose group or "
                         "part is missing",
                         "tests, expected counts and indices leave out %s cases whose group or "
                         "part is missing",
                         mig_breakdown_plural(left_out)),
                     count.data));
    else
        mig_cli_require(
            cli, mig_buffer_print(&sentence, &cli->error,
                     _("tests, expected counts and indices leave out %s (%s) whose group or "
                       "part is missing"),
                     count.data, breakdown->measure));
    say(breakdown, sentence.data, context);
    mig_buffer_release(&sentence);
    mig_buffer_release(&count);
}
