/* The change between two periods: what growth of the whole makes of it, and what a change of
 * composition (--base: what rates make of it, and what composition). Each group of --by is a block
 * of parts and their total; --totals adds blocks over several groups. */
#include <stdlib.h>

#include "base/i18n.h"
#include "cli/breakdown-change-internal.h"

/* The rows of the cross-table, whose columns are periods. */
static void find_parts(struct mig_change *change)
{
    const struct mig_cross *cross = &change->cross;
    change->parts =
        mig_breakdown_allocate(change->breakdown->cli, cross->n_rows, sizeof *change->parts);
    change->n_parts = cross->n_rows;
    for (size_t row = 0; row < cross->n_rows; row++)
        change->parts[row].group = cross->rows[row].group;
    for (size_t column = 0; column < cross->n_columns; column++) {
        int period = mig_change_period(change, cross->columns[column].group);
        for (size_t row = 0; row < cross->n_rows && period < 2; row++)
            change->parts[row].sums[period] = mig_cross_cell(cross, row, column);
    }
}

static bool is_same_part(const struct mig_breakdown *breakdown, size_t one, size_t other)
{
    struct mig_group a = mig_tally_group(breakdown->tally, one);
    struct mig_group b = mig_tally_group(breakdown->tally, other);
    bool same = true;
    for (size_t key = breakdown->n_by; key < breakdown->n_by + breakdown->n_of; key++)
        same = same && a.codes[key] == b.codes[key];
    return same;
}

/* Adds the part, whose periods are these columns (or SIZE_MAX), of all groups. Where one of its
 * periods is not known in a group, neither counts, as in the group's own block. */
static void add_groups(
    struct mig_change *change, const size_t columns[2], struct mig_change_part *part)
{
    struct mig_cli *cli = change->breakdown->cli;
    const struct mig_cross *cross = &change->cross;
    bool *known = mig_breakdown_allocate(cli, cross->n_rows, sizeof *known);
    for (size_t row = 0; row < cross->n_rows; row++) {
        known[row] = true;
        for (int period = 0; period < 2; period++) {
            const struct mig_quotient_sums *cell =
                columns[period] != SIZE_MAX ? mig_cross_cell(cross, row, columns[period]) : NULL;
            known[row] = known[row] && (cell == NULL || !mig_quotient_is_missing(cell));
        }
        part->left_out = part->left_out || !known[row];
    }
    for (int period = 0; period < 2; period++)
        if (columns[period] != SIZE_MAX)
            mig_cli_require(cli,
                mig_cross_add_rows(cross, known, columns[period], &part->own[period], &cli->error));
    free(known);
}

/* The columns of the cross-table are the parts, each in its periods; its rows are groups. */
static void find_parts_over_groups(struct mig_change *change)
{
    const struct mig_breakdown *breakdown = change->breakdown;
    const struct mig_cross *cross = &change->cross;
    change->parts = mig_breakdown_allocate(breakdown->cli, cross->n_columns, sizeof *change->parts);
    change->n_parts = 0;
    for (size_t column = 0, end; column < cross->n_columns; column = end) {
        size_t columns[2] = {SIZE_MAX, SIZE_MAX};
        struct mig_change_part *part = &change->parts[change->n_parts++];
        part->group = cross->columns[column].group;
        for (end = column; end < cross->n_columns &&
                           is_same_part(breakdown, part->group, cross->columns[end].group);
             end++) {
            int period = mig_change_period(change, cross->columns[end].group);
            if (period < 2) {
                columns[period] = end;
                part->sums[period] = &part->own[period];
            }
        }
        add_groups(change, columns, part);
    }
}

static void release_parts(struct mig_change *change)
{
    for (size_t i = 0; i < change->n_parts; i++)
        for (int period = 0; period < 2; period++)
            mig_quotient_sums_release(&change->parts[i].own[period]);
    free(change->parts);
}

/* What the part counts in one period is left out with the other period. */
static void leave_alone(struct mig_change *change, size_t part)
{
    const struct mig_cross *cross = &change->cross;
    for (size_t i = cross->rows[part].first; i < cross->rows[part].end; i++)
        for (size_t group = cross->cells[i].first; group < cross->cells[i].end; group++)
            if (change->breakdown->roles[group] == MIG_GROUP_COMPARED)
                change->breakdown->roles[group] = MIG_GROUP_ALONE;
}

static void read_block(
    struct mig_change *change, size_t first, size_t end, const struct mig_cross_keys *keys)
{
    struct mig_breakdown *breakdown = change->breakdown;
    struct mig_cli *cli = breakdown->cli;
    bool rate = mig_change_is_rate(change);
    const struct mig_once *once =
        rate && breakdown->base_once.count > 0 ? &breakdown->base_once : NULL;
    change->cross = (struct mig_cross){0};
    mig_cli_require(cli,
        mig_cross_read(&change->cross, breakdown->tally,
            rate ? &breakdown->base : &breakdown->amount, once, first, end, keys, &cli->error));
}

/* The groups first .. end - 1 of the tally, which agree in the first `kept` keys of --by: a block
 * of parts and their total. */
static void write_block(struct mig_change *change, size_t first, size_t end, size_t kept)
{
    const struct mig_breakdown *breakdown = change->breakdown;
    size_t by = breakdown->n_by, of = by + breakdown->n_of;
    struct mig_change_result *results;
    size_t n_unknown;
    const struct mig_cross_keys keys = {kept, kept < by ? by : of, of + 1};
    change->kept = kept;
    read_block(change, first, end, &keys);
    if (kept < by)
        find_parts_over_groups(change);
    else
        find_parts(change);
    size_t count = mig_change_decompose(change, &results, &n_unknown);
    for (size_t i = 0; i < n_unknown && kept == by; i++)
        leave_alone(change, results[count + 1 + i].part);
    mig_change_show(change, first, results, count, n_unknown);
    free(results);
    release_parts(change);
    mig_cross_release(&change->cross);
}

/* Blocks over the groups that end before `end`, the fewest keys added up over first. begins[kept]
 * is where the run of groups under way that agree in their first `kept` keys begins. */
static void write_subtotals(struct mig_change *change, size_t *begins, size_t end)
{
    const struct mig_breakdown *breakdown = change->breakdown;
    for (size_t kept = breakdown->n_by; kept-- > 1;) {
        if (mig_tally_run_end(breakdown->tally, end - 1, kept) != end)
            continue;
        write_block(change, begins[kept], end, kept);
        begins[kept] = end;
    }
}

/* Each group; with --totals then each part over the groups that agree in the first keys of --by,
 * and over all groups. */
static void write_groups(struct mig_change *change)
{
    const struct mig_breakdown *breakdown = change->breakdown;
    size_t by = breakdown->n_by, count = mig_tally_count(breakdown->tally);
    size_t *begins = mig_breakdown_allocate(breakdown->cli, by, sizeof *begins);
    for (size_t i = 0, end; i < count; i = end) {
        end = mig_tally_run_end(breakdown->tally, i, by);
        write_block(change, i, end, by);
        if (breakdown->design.totals)
            write_subtotals(change, begins, end);
    }
    if (breakdown->design.totals && by > 0 && count > 0)
        write_block(change, 0, count, 0);
    free(begins);
}

static void find_roles(struct mig_change *change)
{
    struct mig_breakdown *breakdown = change->breakdown;
    size_t count = mig_tally_count(breakdown->tally);
    breakdown->roles = mig_breakdown_allocate(breakdown->cli, count, sizeof *breakdown->roles);
    for (size_t i = 0; i < count; i++) {
        if (mig_change_period(change, i) < 2)
            continue;
        breakdown->roles[i] = MIG_GROUP_OUTSIDE;
        change->missing += (double)mig_tally_group(breakdown->tally, i).n;
    }
}

/* Parts that have the base in common have no rates, and no composition, of their own. */
static void check_base(struct mig_change *change)
{
    struct mig_breakdown *breakdown = change->breakdown;
    struct mig_cli *cli = breakdown->cli;
    size_t by = breakdown->n_by, of = by + breakdown->n_of;
    bool shared = false;
    if (!mig_change_is_rate(change))
        return;
    for (size_t i = 0, end; i < mig_tally_count(breakdown->tally) && !shared; i = end) {
        end = mig_tally_run_end(breakdown->tally, i, by);
        read_block(change, i, end, &(struct mig_cross_keys){by, of, of + 1});
        shared = breakdown->base_once.count > 0
                     ? mig_breakdown_shares_once(breakdown, &breakdown->base_once, i, end, by, of)
                     : mig_breakdown_belongs_to_lines(cli, &change->cross, false);
        mig_cross_release(&change->cross);
    }
    if (shared)
        mig_cli_complain(cli,
            _("'%s' is not divided by %s: all parts of a group have the same base"),
            breakdown->design.base, breakdown->design.of);
    mig_cli_settle(cli);
}

void mig_breakdown_write_change(struct mig_breakdown *breakdown)
{
    struct mig_sheet sheet;
    struct mig_change change = {.breakdown = breakdown};
    bool wide = mig_breakdown_is_wide(breakdown) &&
                (breakdown->cli->format == MIG_TEXT || breakdown->cli->format == MIG_MD);
    if (mig_tally_count(breakdown->tally) > 0) {
        mig_change_find_periods(&change);
        find_roles(&change);
        check_base(&change);
    }
    if (wide) {
        mig_sheet_init(&sheet, breakdown);
        change.sheet = &sheet;
    }
    mig_change_begin(&change);
    change.measuring = wide; /* numbers of one column have the same number of decimals */
    if (wide)
        write_groups(&change);
    change.measuring = false;
    write_groups(&change);
    mig_change_end(&change);
}
