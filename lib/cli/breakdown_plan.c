/* From the options of mig-breakdown to its keys, columns and figures. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "cli/breakdown.h"

const char *const mig_share_names[] = {"row", "column", "total", "none", NULL};
const char *const mig_share_method_names[] = {/* in the order of enum mig_proportion_method */
    "wilson", "exact", "wilson-cc", "jeffreys", "agresti-coull", "clopper-pearson", NULL};
const char *const mig_test_names[] = {"pearson", "yates", "g2", "fisher", "cramers-v", "all", NULL};
const char *const mig_index_names[] = {"gini", "theil", "hhi", "dissimilarity", "all", NULL};

void *mig_breakdown_allocate(struct mig_cli *cli, size_t count, size_t size)
{
    void *items = calloc(count + 1, size);
    if (items == NULL)
        mig_cli_require(cli, mig_fail_memory(&cli->error));
    return items;
}

/* An option that is given or not. */
struct given {
    const char *option;
    bool given;
};

static void require_with(struct mig_cli *cli, struct given option, struct given other)
{
    if (option.given && !other.given)
        mig_cli_complain(cli, _("'--%s' needs '--%s'"), option.option, other.option);
}

static void exclude(struct mig_cli *cli, struct given first, struct given second)
{
    if (first.given && second.given)
        mig_cli_complain(
            cli, _("'--%s' and '--%s' do not go together"), first.option, second.option);
}

bool mig_breakdown_chose(const struct mig_option_choices *choices, int choice)
{
    for (size_t i = 0; i < choices->count; i++)
        if (choices->items[i] == choice)
            return true;
    return false;
}

size_t mig_breakdown_each_once(
    const struct mig_option_choices *choices, int all, int order[MIG_MOST_CHOICES])
{
    size_t count = 0;
    for (size_t i = 0; i < choices->count; i++) {
        int first = choices->items[i], end = first + 1;
        if (first == all) {
            first = 0;
            end = all;
        }
        for (int item = first; item < end; item++) {
            bool seen = false;
            for (size_t j = 0; j < count; j++)
                seen = seen || order[j] == item;
            if (!seen)
                order[count++] = item;
        }
    }
    return count;
}

static void check_change(const struct mig_breakdown *breakdown)
{
    const struct mig_breakdown_design *design = &breakdown->design;
    const struct given change = {"change", design->change != NULL};
    const struct given others[] = {{"shares", design->shares.count > 0},
        {"method", design->methods.count > 0}, {"test", design->tests.count > 0},
        {"inequality", design->indices.count > 0}, {"expected", design->expected},
        {"density", design->density != NULL}, {"strata", design->strata != NULL},
        {"coverage", design->coverage != NULL}, {"zeros", design->zeros},
        {"intervals", design->intervals}};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        exclude(breakdown->cli, change, others[i]);
    require_with(breakdown->cli, (struct given){"from", design->from != NULL}, change);
    require_with(breakdown->cli, (struct given){"to", design->to != NULL}, change);
    if ((design->from != NULL) != (design->to != NULL))
        mig_cli_complain(breakdown->cli, "%s", _("'--from' and '--to' are given together"));
}

/* A table whose columns are parts has no place for what is about no part. */
static void check_wide(const struct mig_breakdown *breakdown)
{
    const struct mig_breakdown_design *design = &breakdown->design;
    const struct mig_cli *cli = breakdown->cli;
    const struct given wide = {
        "wide", design->wide_form && cli->format != MIG_TEXT && cli->format != MIG_MD};
    const struct given others[] = {{"totals", design->totals}, {"strata", design->strata != NULL},
        {"test", design->tests.count > 0}, {"inequality", design->indices.count > 0},
        {"coverage", design->coverage != NULL}, {"change", design->change != NULL}};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        exclude(breakdown->cli, wide, others[i]);
}

/* What would have no effect. */
static void check_effect(const struct mig_breakdown *breakdown)
{
    const struct mig_breakdown_design *design = &breakdown->design;
    struct mig_cli *cli = breakdown->cli;
    const struct given fisher = {
        "test fisher", mig_breakdown_chose(&design->tests, MIG_TEST_FISHER) ||
                           mig_breakdown_chose(&design->tests, MIG_TEST_ALL)};
    require_with(cli, (struct given){"draws", design->draws != MIG_DRAWS_BY_SIZE}, fisher);
    require_with(cli, (struct given){"seed", cli->seed_given}, fisher);
    bool wide = mig_breakdown_is_wide(breakdown);
    if (wide && design->methods.count > 1)
        mig_cli_complain(cli, "%s",
            _("the wide table has intervals by one method: name one (option --method), or give "
              "--long"));
    bool nothing = design->shares.count == 1 && design->shares.items[0] == MIG_SHARES_NONE &&
                   !design->expected && design->base == NULL && design->density == NULL &&
                   design->coverage == NULL && design->tests.count + design->indices.count == 0;
    if (nothing && !wide)
        mig_cli_complain(cli, "%s",
            _("'--shares none' leaves nothing to print: give --test, --inequality, --base, "
              "--density, --expected or --coverage as well"));
}

void mig_breakdown_check(const struct mig_breakdown *breakdown)
{
    const struct mig_breakdown_design *design = &breakdown->design;
    struct mig_cli *cli = breakdown->cli;
    if (design->of == NULL)
        mig_cli_complain(cli, "%s", _("parts of what? give --of KEY"));
    if (mig_breakdown_chose(&design->shares, MIG_SHARES_NONE) && design->shares.count > 1)
        mig_cli_complain(cli, "%s", _("'none' goes with no other share (option --shares)"));
    if (mig_breakdown_chose(&design->shares, MIG_COLUMN_SHARE) && design->by == NULL)
        mig_cli_complain(cli, "%s", _("'--shares column' needs '--by'"));
    if (design->once != NULL && design->base == NULL && design->density == NULL)
        mig_cli_complain(cli, "%s", _("'--once' needs '--base' or '--density'"));
    exclude(
        cli, (struct given){"long", design->long_form}, (struct given){"wide", design->wide_form});
    bool tests = design->tests.count > 0 || design->expected;
    if (tests && design->by == NULL)
        mig_cli_complain(cli, "%s",
            _("a test of rows against columns needs rows: give --by (options --test, "
              "--expected)"));
    if (mig_breakdown_chose(&design->indices, MIG_INDEX_DISSIMILARITY) && design->by == NULL &&
        design->base == NULL)
        mig_cli_complain(cli, "%s", _("dissimilarity needs two spreads: give --by, or --base"));
    if (design->draws < 1 || (design->draws > 1000000000 && design->draws != MIG_DRAWS_BY_SIZE))
        mig_cli_complain(cli, "%s", _("--draws is a number from 1 to 1000000000"));
    check_change(breakdown);
    check_wide(breakdown);
    check_effect(breakdown);
}

static void plan_keys(struct mig_breakdown *breakdown, const struct mig_header *header)
{
    struct mig_cli *cli = breakdown->cli;
    const struct mig_breakdown_design *design = &breakdown->design;
    mig_cli_keys(cli, header, design->strata, &breakdown->keys);
    breakdown->n_strata = breakdown->keys.count;
    mig_cli_keys(cli, header, design->by, &breakdown->keys);
    breakdown->n_by = breakdown->keys.count - breakdown->n_strata;
    mig_cli_keys(cli, header, design->of, &breakdown->keys);
    breakdown->n_of = breakdown->keys.count - breakdown->n_strata - breakdown->n_by;
    if (breakdown->n_of == 0)
        mig_cli_complain(cli, "%s", _("parts of what? give --of KEY"));
    breakdown->change = SIZE_MAX;
    if (design->change == NULL)
        return;
    breakdown->change = breakdown->keys.count;
    mig_cli_keys(cli, header, design->change, &breakdown->keys);
    if (breakdown->keys.count != breakdown->change + 1)
        mig_cli_complain(cli, _("'%s': one key is wanted here"), design->change);
}

/* The column as an operand: its number among those that are added up. */
static int add_operand(
    struct mig_breakdown *breakdown, const struct mig_header *header, const char *name)
{
    struct mig_operands *operands = &breakdown->operands;
    size_t column = mig_cli_column(breakdown->cli, header, name), i = 0;
    while (i < operands->count && operands->columns[i] != column)
        i++;
    operands->columns[i] = column;
    operands->count += i == operands->count;
    return (int)i;
}

static void plan_quotients(struct mig_breakdown *breakdown, const struct mig_header *header)
{
    const struct mig_breakdown_design *design = &breakdown->design;
    struct mig_cli *cli = breakdown->cli;
    int amount = MIG_ROWS;
    breakdown->measure = "n";
    if (design->sum != NULL) {
        amount = add_operand(breakdown, header, design->sum);
        breakdown->measure = design->sum;
    }
    breakdown->amount = (struct mig_quotient){.numerator = amount, .denominator = amount};
    breakdown->base = breakdown->density = breakdown->amount;
    breakdown->base_measure = mig_cli_name(cli, breakdown->measure, "");
    breakdown->density_measure = mig_cli_name(cli, breakdown->measure, "");
    struct mig_buffer name = {0};
    const char *columns[] = {design->base, design->density};
    struct mig_quotient *quotients[] = {&breakdown->base, &breakdown->density};
    char **measures[] = {&breakdown->base_measure, &breakdown->density_measure};
    for (size_t i = 0; i < 2; i++) {
        if (columns[i] == NULL)
            continue;
        quotients[i]->denominator = add_operand(breakdown, header, columns[i]);
        mig_cli_require(
            cli, mig_buffer_print(&name, &cli->error, "%s/%s", breakdown->measure, columns[i]));
        free(*measures[i]);
        *measures[i] = name.data;
        name = (struct mig_buffer){0};
    }
}

/* The exact method has a second name, which is that of the output. */
static void add_method(struct mig_breakdown *breakdown, int choice)
{
    bool printed = strcmp(mig_share_method_names[choice], "clopper-pearson") == 0;
    int method = printed ? (int)MIG_PROPORTION_EXACT : choice;
    for (size_t i = 0; i < breakdown->n_methods; i++)
        if (breakdown->methods[i] == method)
            return;
    breakdown->methods[breakdown->n_methods++] = method;
}

static void plan_figures(struct mig_breakdown *breakdown)
{
    const struct mig_breakdown_design *design = &breakdown->design;
    bool *kinds = breakdown->kinds;
    kinds[MIG_ROW_SHARE] = design->shares.count == 0;
    for (size_t i = 0; i < design->shares.count; i++)
        if (design->shares.items[i] != MIG_SHARES_NONE)
            kinds[design->shares.items[i]] = true; /* in the order of the enum */
    kinds[MIG_EXPECTED] = kinds[MIG_PEARSON_RESIDUAL] = kinds[MIG_ADJUSTED_RESIDUAL] =
        design->expected;
    kinds[MIG_LOCATION_QUOTIENT] = design->base != NULL;
    kinds[MIG_DENSITY] = design->density != NULL;
    for (size_t i = 0; i < design->methods.count; i++)
        add_method(breakdown, design->methods.items[i]);
    if (breakdown->n_methods == 0)
        breakdown->methods[breakdown->n_methods++] = MIG_PROPORTION_WILSON;
    breakdown->counts = design->sum == NULL || design->methods.count > 0;
}

void mig_breakdown_plan(struct mig_breakdown *breakdown, const struct mig_header *header)
{
    plan_keys(breakdown, header);
    plan_quotients(breakdown, header);
    plan_figures(breakdown);
    if (breakdown->design.coverage != NULL)
        mig_cli_columns(breakdown->cli, header, breakdown->design.coverage, &breakdown->coverage);
    mig_cli_settle(breakdown->cli);
    mig_breakdown_plan_base(breakdown, header);
    mig_cli_settle(breakdown->cli);
}
