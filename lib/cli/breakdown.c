#include "cli/breakdown.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"

static enum mig_status observe(
    void *context, const struct mig_tally_entry *entry, struct mig_error *error)
{
    struct mig_breakdown *breakdown = context;
    enum mig_status status = mig_breakdown_observe_coverage(breakdown, entry, error);
    return status == MIG_OK ? mig_breakdown_observe_base(breakdown, entry, error) : status;
}

void mig_breakdown_read(struct mig_breakdown *breakdown)
{
    struct mig_cli *cli = breakdown->cli;
    const struct mig_breakdown_design *design = &breakdown->design;
    bool watched = design->coverage != NULL || design->base != NULL || design->density != NULL;
    const struct mig_tally_spec spec = {.keys = &breakdown->keys,
        .sums = breakdown->operands.columns,
        .n_sums = breakdown->operands.count,
        .sums_not_negative = true,
        .observe = watched ? observe : NULL,
        .context = breakdown};
    if (breakdown->coverage.count > 0)
        mig_cli_require(cli, mig_input_want(cli->table, breakdown->coverage.items,
                                 breakdown->coverage.count, &cli->error));
    mig_cli_require(cli, mig_tally_read(&breakdown->tally, cli->table, &spec, &cli->error));
    for (size_t i = 0; i < mig_tally_count(breakdown->tally); breakdown->n_tables++)
        i = mig_tally_run_end(breakdown->tally, i, breakdown->n_strata);
    mig_breakdown_settle_base(breakdown);
}

static void read_cross(struct mig_breakdown_table *table, struct mig_cross *cross,
    const struct mig_quotient *quotient, const struct mig_once *once)
{
    struct mig_breakdown *breakdown = table->breakdown;
    struct mig_cli *cli = breakdown->cli;
    size_t by = breakdown->n_strata, of = by + breakdown->n_by;
    const struct mig_cross_keys keys = {by, of, of + breakdown->n_of};
    mig_cli_require(
        cli, mig_cross_read(cross, breakdown->tally, quotient, once->count > 0 ? once : NULL,
                 table->first, table->end, &keys, &cli->error));
}

void mig_breakdown_each(struct mig_breakdown *breakdown,
    void (*visit)(struct mig_breakdown_table *table, void *context), void *context)
{
    static const struct mig_once none;
    for (size_t i = 0, end, number = 1; i < mig_tally_count(breakdown->tally); i = end, number++) {
        end = mig_tally_run_end(breakdown->tally, i, breakdown->n_strata);
        struct mig_breakdown_table table = {
            .breakdown = breakdown, .number = number, .first = i, .end = end};
        read_cross(&table, &table.cross, &breakdown->amount, &none);
        if (breakdown->design.base != NULL)
            read_cross(&table, &table.base, &breakdown->base, &breakdown->base_once);
        if (breakdown->design.density != NULL)
            read_cross(&table, &table.density, &breakdown->density, &breakdown->density_once);
        visit(&table, context);
        if (breakdown->design.tests.count + breakdown->design.indices.count > 0 ||
            breakdown->design.expected)
            breakdown->left_out += mig_breakdown_matrix(&table)->left_out;
        mig_matrix_free(table.matrix);
        mig_cross_release(&table.cross);
        mig_cross_release(&table.base);
        mig_cross_release(&table.density);
    }
}

enum mig_group_role mig_breakdown_role(const struct mig_breakdown *breakdown, size_t group)
{
    return breakdown->roles != NULL ? (enum mig_group_role)breakdown->roles[group]
                                    : MIG_GROUP_COMPARED;
}

bool mig_breakdown_is_wide(const struct mig_breakdown *breakdown)
{
    const struct mig_cli *cli = breakdown->cli;
    bool for_people = cli->format == MIG_TEXT || cli->format == MIG_MD;
    return breakdown->design.wide_form || (for_people && !breakdown->design.long_form);
}

struct mig_text mig_breakdown_key(
    const struct mig_breakdown *breakdown, size_t group_index, size_t key, bool for_people)
{
    struct mig_group group = mig_tally_group(breakdown->tally, group_index);
    struct mig_text text = mig_tally_key(breakdown->tally, &group, key);
    if (!for_people)
        return text;
    if (text.length == 0)
        return mig_text_of(_("(missing)"));
    if (mig_text_equal(text, mig_text_of(_("(missing)"))))
        return mig_text_of(_("'(missing)'"));
    if (mig_text_equal(text, mig_text_of(_("(total)"))))
        return mig_text_of(_("'(total)'"));
    return text;
}

static void check_base(struct mig_breakdown_table *table, void *context)
{
    (void)context;
    mig_breakdown_check_base(table);
}

void mig_breakdown_write(struct mig_breakdown *breakdown)
{
    bool held_against = breakdown->design.base != NULL || breakdown->design.density != NULL;
    if (held_against && breakdown->design.change == NULL) /* before anything is printed */
        mig_breakdown_each(breakdown, check_base, NULL);
    mig_cli_settle(breakdown->cli);
    breakdown->left_out = 0;
    if (breakdown->design.change != NULL)
        mig_breakdown_write_change(breakdown);
    else if (mig_breakdown_is_wide(breakdown))
        mig_breakdown_write_wide(breakdown);
    else
        mig_breakdown_write_rows(breakdown);
}

/* Rows that miss what `quotient` needs, or where it is what a change compares, whose other period
 * does. */
static size_t rows_missing(const struct mig_breakdown *breakdown,
    const struct mig_quotient *quotient, const struct mig_once *once, bool compared)
{
    size_t rows = 0;
    for (size_t i = 0; i < mig_tally_count(breakdown->tally); i++)
        if (!mig_breakdown_counts_group(breakdown, quotient, once, i) ||
            (compared && mig_breakdown_role(breakdown, i) == MIG_GROUP_ALONE))
            rows += (size_t)mig_tally_group(breakdown->tally, i).rows;
    return rows;
}

void mig_breakdown_account(struct mig_breakdown *breakdown)
{
    struct mig_cli *cli = breakdown->cli;
    size_t read = (size_t)mig_tally_account(breakdown->tally).read;
    bool rates = breakdown->design.base != NULL;
    size_t missing = rows_missing(breakdown, &breakdown->amount, NULL, !rates);
    mig_cli_account(cli, read, read - missing, missing, 0);
    const struct mig_quotient *quotients[] = {&breakdown->base, &breakdown->density};
    const struct mig_once *onces[] = {&breakdown->base_once, &breakdown->density_once};
    const char *measures[] = {breakdown->base_measure, breakdown->density_measure};
    bool asked[] = {breakdown->design.base != NULL, breakdown->design.density != NULL};
    for (size_t i = 0; i < 2; i++) {
        missing = rows_missing(breakdown, quotients[i], onces[i], rates);
        if (asked[i] && (i == 0 || !asked[0] || strcmp(measures[0], measures[1]) != 0))
            mig_cli_account_of(cli, measures[i], read, read - missing, missing);
    }
}

void mig_breakdown_release(struct mig_breakdown *breakdown)
{
    mig_breakdown_release_base(breakdown);
    free(breakdown->known);
    free(breakdown->roles);
    mig_columns_release(&breakdown->coverage);
    free(breakdown->base_measure);
    free(breakdown->density_measure);
    mig_tally_free(breakdown->tally);
    mig_keys_release(&breakdown->keys);
}
