/* What breakdowns are held against: columns of --base and --density. A population that was joined
 * to cases stands in every one of their rows; added up it would count its people once for each
 * case. Such a column is refused, unless --once says for which keys it stands once. */
#include <stdlib.h>

#include "base/i18n.h"
#include "cli/breakdown.h"
#include "table/names.h"

/* What the rows of each group, by its id, have in a column. */
struct repeats {
    int operand;        /* the sum of the tally */
    const char *column; /* as asked for */
    struct mig_names *texts;
    struct group_texts {
        uint32_t first;
        bool several, varies;
    } * groups; /* `first` is a code + 1; 0: nothing yet */
    size_t capacity;
};

static void append_once_keys(struct mig_breakdown *breakdown, const struct mig_header *header,
    const char *name, size_t column)
{
    struct mig_cli *cli = breakdown->cli;
    struct mig_buffer list = {0};
    /* under a name of its own, for the key may be shown as well */
    mig_cli_require(cli, mig_buffer_print(&list, &cli->error, " %s %zu=`%s`", name,
                             breakdown->keys.count, header->names[column]));
    mig_cli_keys(cli, header, list.data, &breakdown->keys);
    mig_buffer_release(&list);
}

static void plan_once(struct mig_breakdown *breakdown, const struct mig_header *header)
{
    struct mig_cli *cli = breakdown->cli;
    struct mig_columns columns = {0};
    mig_cli_columns(cli, header, breakdown->design.once, &columns);
    mig_cli_settle(cli);
    breakdown->once = breakdown->keys.count;
    breakdown->n_once = columns.count;
    for (size_t i = 0; i < columns.count; i++)
        append_once_keys(breakdown, header, "once", columns.items[i]);
    mig_columns_release(&columns);
    const struct mig_quotient *quotients[] = {&breakdown->base, &breakdown->density};
    size_t *keys[] = {&breakdown->base_key, &breakdown->density_key};
    const char *names[] = {breakdown->design.base, breakdown->design.density};
    for (size_t i = 0; i < 2; i++) {
        *keys[i] = breakdown->keys.count;
        if (names[i] != NULL)
            append_once_keys(
                breakdown, header, "value", breakdown->operands.columns[quotients[i]->denominator]);
    }
}

void mig_breakdown_plan_base(struct mig_breakdown *breakdown, const struct mig_header *header)
{
    struct mig_cli *cli = breakdown->cli;
    if (breakdown->design.once != NULL) {
        plan_once(breakdown, header);
        return;
    }
    struct repeats *repeats = mig_breakdown_allocate(cli, 2, sizeof *repeats);
    breakdown->repeats = repeats;
    repeats[0].column = breakdown->design.base;
    repeats[0].operand = breakdown->base.denominator;
    if (breakdown->base.denominator != breakdown->density.denominator)
        repeats[1].column = breakdown->design.density; /* a column is looked at once */
    repeats[1].operand = breakdown->density.denominator;
    for (size_t i = 0; i < 2; i++)
        mig_cli_require(cli, mig_names_new(&repeats[i].texts, &cli->error));
}

static enum mig_status observe(struct mig_breakdown *breakdown, struct repeats *repeats,
    const struct mig_tally_entry *entry, struct mig_error *error)
{
    size_t column = breakdown->operands.columns[repeats->operand], before = repeats->capacity;
    struct mig_text text = mig_text_trim(entry->row->cells[column].text);
    if (mig_input_is_missing(breakdown->cli->table, text))
        return MIG_OK;
    struct group_texts *groups =
        mig_grow(repeats->groups, &repeats->capacity, entry->group + 1, sizeof *groups);
    if (groups == NULL)
        return mig_fail_memory(error);
    repeats->groups = groups;
    for (size_t i = before; i < repeats->capacity; i++)
        groups[i] = (struct group_texts){0};
    uint32_t code;
    enum mig_status status = mig_names_code(repeats->texts, text, &code, error);
    struct group_texts *group = &groups[entry->group];
    group->several = group->first != 0;
    group->varies = group->varies || (group->first != 0 && group->first != code + 1);
    group->first = code + 1;
    return status;
}

enum mig_status mig_breakdown_observe_base(
    struct mig_breakdown *breakdown, const struct mig_tally_entry *entry, struct mig_error *error)
{
    struct repeats *repeats = breakdown->repeats;
    enum mig_status status = MIG_OK;
    for (size_t i = 0; i < 2 && repeats != NULL && status == MIG_OK; i++)
        if (repeats[i].column != NULL)
            status = observe(breakdown, &repeats[i], entry, error);
    return status;
}

/* Whether every part of several rows has one and the same number in all of them, above 1 somewhere:
 * ones may be persons. */
static bool repeats_in_parts(const struct repeats *repeats)
{
    bool any = false;
    for (size_t i = 0; i < repeats->capacity; i++) {
        const struct group_texts *group = &repeats->groups[i];
        struct mig_decimal value, one = mig_decimal_of_count(1);
        if (group->varies)
            return false;
        if (group->several && mig_decimal_parse(mig_names_text(repeats->texts, group->first - 1),
                                  &value, NULL) == MIG_OK)
            any = any || mig_decimal_compare(&value, &one) > 0;
    }
    return any;
}

static void complain_of_repeats(struct mig_cli *cli, const char *column)
{
    mig_cli_complain(cli,
        _("'%s' repeats the same number in the rows of a part, and adding it up would count it "
          "once for each row; say for which key it stands once (--once region), or tally first"),
        column);
}

void mig_breakdown_settle_base(struct mig_breakdown *breakdown)
{
    struct repeats *repeats = breakdown->repeats;
    const struct mig_breakdown_design *design = &breakdown->design;
    for (size_t i = 0; i < 2 && repeats != NULL; i++)
        if (repeats[i].column != NULL && repeats_in_parts(&repeats[i]))
            complain_of_repeats(breakdown->cli, repeats[i].column);
    if (design->once != NULL && design->base != NULL)
        mig_breakdown_fill_once(
            breakdown, &breakdown->base_once, breakdown->base_key, design->base);
    /* what is wrong with a column is said once */
    bool same =
        design->base != NULL && breakdown->base.denominator == breakdown->density.denominator;
    if (design->once != NULL && design->density != NULL)
        mig_breakdown_fill_once(breakdown, &breakdown->density_once, breakdown->density_key,
            same ? NULL : design->density);
    mig_cli_settle(breakdown->cli);
}

static int compare(struct mig_cli *cli, const struct mig_sum *a, const struct mig_sum *b)
{
    int order;
    mig_cli_require(cli, mig_sum_compare(a, b, &order, &cli->error));
    return order;
}

bool mig_breakdown_belongs_to_lines(struct mig_cli *cli, const struct mig_cross *table, bool rows)
{
    size_t n_lines = rows ? table->n_rows : table->n_columns, several = 0;
    const struct mig_sum *one = NULL;
    const struct mig_sum **first = mig_breakdown_allocate(cli, n_lines, sizeof *first);
    bool *counted = mig_breakdown_allocate(cli, n_lines, sizeof *counted);
    bool alike = true, differ = false;
    for (size_t i = 0; i < table->n_cells; i++) {
        const struct mig_cross_cell *cell = &table->cells[i];
        size_t line = rows ? cell->row : cell->column;
        if (cell->sums.n == 0)
            continue;
        if (first[line] == NULL) {
            first[line] = &cell->sums.denominator;
            differ = differ || (one != NULL && compare(cli, one, first[line]) != 0);
            one = first[line];
            continue;
        }
        alike = alike && compare(cli, first[line], &cell->sums.denominator) == 0;
        several += !counted[line];
        counted[line] = true;
    }
    free(first);
    free(counted);
    return alike && differ && several >= 2;
}

/* With --once a base may be shared by the parts of a group, and then says nothing of them. */
static bool parts_share_base(const struct mig_breakdown_table *table)
{
    const struct mig_breakdown *breakdown = table->breakdown;
    size_t of = breakdown->n_strata + breakdown->n_by;
    bool shared = false;
    for (size_t i = table->first, end; i < table->end && !shared; i = end) {
        end = mig_tally_run_end(breakdown->tally, i, of);
        shared = mig_breakdown_shares_once(
            breakdown, &breakdown->base_once, i, end, of, of + breakdown->n_of);
    }
    return shared;
}

/* Parts that some groups have and others have not: there the base of the group lacks them. */
static size_t count_holes(const struct mig_cross *table)
{
    return table->n_rows * table->n_columns - table->n_cells;
}

void mig_breakdown_check_base(struct mig_breakdown_table *table)
{
    struct mig_breakdown *breakdown = table->breakdown;
    const struct mig_breakdown_design *design = &breakdown->design;
    struct mig_cli *cli = breakdown->cli;
    bool margins = design->totals || mig_breakdown_is_wide(breakdown);
    bool once = design->once != NULL;
    if (design->base != NULL &&
        (once ? parts_share_base(table) : mig_breakdown_belongs_to_lines(cli, &table->base, true)))
        mig_cli_complain(cli,
            _("'%s' is not divided by %s: all parts of a group have the same base"), design->base,
            design->of);
    if (design->base != NULL && count_holes(&table->base) > 0)
        mig_cli_note(cli,
            _("'%s': parts without a row in some group, and so not in its base: %zu; where they "
              "belong there, give them rows with 0 cases"),
            design->base, count_holes(&table->base));
    const struct mig_cross *tables[] = {&table->base, &table->density};
    const char *names[] = {design->base, design->density};
    for (size_t i = 0; i < 2 && margins && !once; i++)
        if (names[i] != NULL &&
            (mig_breakdown_belongs_to_lines(cli, tables[i], false) ||
                (i == 1 && mig_breakdown_belongs_to_lines(cli, tables[i], true))))
            mig_cli_complain(cli,
                _("'%s' repeats from row to row, and totals would count it several times; say for "
                  "which key it stands once (--once region)"),
                names[i]);
}

void mig_breakdown_release_base(struct mig_breakdown *breakdown)
{
    struct repeats *repeats = breakdown->repeats;
    for (size_t i = 0; i < 2 && repeats != NULL; i++) {
        mig_names_free(repeats[i].texts);
        free(repeats[i].groups);
    }
    free(repeats);
    mig_breakdown_release_once(&breakdown->base_once);
    mig_breakdown_release_once(&breakdown->density_once);
}
