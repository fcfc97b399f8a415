/* Coverage: for how many cases of each table, and of each group of its first key, a column is
 * known. A breakdown of the known half is no breakdown of all. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "cli/breakdown-internal.h"

/* Coverage is of cases, whatever is divided: a row without --sum counts as well. A group's counts
 * are never above its n, which the tally keeps from overflowing. */
enum mig_status mig_breakdown_observe_coverage(
    struct mig_breakdown *breakdown, const struct mig_tally_entry *entry, struct mig_error *error)
{
    size_t n = breakdown->coverage.count, before = breakdown->known_capacity;
    if (n == 0)
        return MIG_OK;
    uint64_t *known = mig_grow(
        breakdown->known, &breakdown->known_capacity, (entry->group + 1) * n, sizeof *known);
    if (known == NULL)
        return mig_fail_memory(error);
    breakdown->known = known;
    if (breakdown->known_capacity > before)
        memset(known + before, 0, (breakdown->known_capacity - before) * sizeof *known);
    for (size_t i = 0; i < n; i++) {
        struct mig_text text = entry->row->cells[breakdown->coverage.items[i]].text;
        if (!mig_input_is_missing(breakdown->cli->table, text))
            known[entry->group * n + i] += entry->n;
    }
    return MIG_OK;
}

void mig_breakdown_count_known(struct mig_breakdown *breakdown, struct mig_extent extent,
    size_t column, struct mig_sum *known, struct mig_sum *all)
{
    struct mig_cli *cli = breakdown->cli;
    for (size_t i = extent.first; i < extent.end; i++) {
        struct mig_group group = mig_tally_group(breakdown->tally, i);
        const struct mig_decimal n = mig_decimal_of_count(group.n);
        const struct mig_decimal count =
            mig_decimal_of_count(breakdown->known[group.id * breakdown->coverage.count + column]);
        mig_cli_require(cli, mig_sum_add(all, &n, &cli->error));
        mig_cli_require(cli, mig_sum_add(known, &count, &cli->error));
    }
}

/* Each column of some groups that agree in the first `kept` keys. */
static void cover(struct mig_breakdown *breakdown, struct mig_extent extent, size_t kept,
    mig_finding_sink *sink, void *context)
{
    struct mig_cli *cli = breakdown->cli;
    for (size_t i = 0; i < breakdown->coverage.count; i++) {
        struct mig_sum known = {0}, all = {0};
        mig_breakdown_count_known(breakdown, extent, i, &known, &all);
        struct mig_finding finding = {.group = extent.first,
            .kept = kept,
            .column_group = SIZE_MAX,
            .measure = breakdown->coverage.names[i],
            .kind = "coverage",
            .numerator = &known,
            .denominator = &all,
            .unit = cli->unit};
        mig_cli_require(cli, mig_sum_to_double(&all, &finding.n, &cli->error));
        /* what a file knows of its own rows is no sample of anything: no interval */
        finding.out = mig_cli_estimate(cli, MIG_PLAIN, 0, &known, &all);
        if (finding.n > 0)
            finding.out.note = NULL;
        sink(&finding, context);
        mig_sum_release(&known);
        mig_sum_release(&all);
    }
}

void mig_breakdown_coverage(
    struct mig_breakdown_table *table, mig_finding_sink *sink, void *context)
{
    struct mig_breakdown *breakdown = table->breakdown;
    size_t kept = breakdown->n_strata;
    for (size_t i = table->first, end; i < table->end && breakdown->n_by > 0; i = end) {
        end = mig_tally_run_end(breakdown->tally, i, kept + 1);
        cover(breakdown, (struct mig_extent){i, end}, kept + 1, sink, context);
    }
    cover(breakdown, (struct mig_extent){table->first, table->end}, kept, sink, context);
}
