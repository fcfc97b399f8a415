/* From the options of mig-rate to its keys and measures. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "cli/rates.h"
#include "evidence/events.h"
#include "stats/rate.h"
#include "stats/ratio.h"
#include "stats/standardisation.h"
#include "stats/strata.h"

const char *const mig_rate_method_names[] = {"wilson", "exact", "wilson-cc", "jeffreys",
    "agresti-coull", "byar", "midp", "byar-exact", "delta", "fieller", "dobson", "dobson-byar",
    "fay-feuer", "score", "fisher", "newcombe", "woolf", "miettinen-nurminen", "wald",
    "mantel-haenszel", "mantel-haenszel-cc", "t", "clopper-pearson", "poisson-exact",
    "poisson-midp", "conditional-exact", "conditional-wilson", "conditional-midp", "delta-log",
    "fisher-exact", "fisher-midp", NULL};

/* What is asked: figures of one family have their methods in common. */
enum family { SHARES, RATIOS, RATES, MEANS, SHARES_COMPARED, RATES_COMPARED, OTHERS };

/* What a row's column method calls a method that is asked for by a shorter name. */
static const struct {
    const char *printed, *name;
    enum family families[2];
} printed_names[] = {{"clopper-pearson", "exact", {SHARES, SHARES}},
    {"poisson-exact", "exact", {RATES, RATES}}, {"poisson-midp", "midp", {RATES, RATES}},
    {"conditional-exact", "exact", {RATIOS, RATES_COMPARED}},
    {"conditional-wilson", "wilson", {RATIOS, RATES_COMPARED}},
    {"conditional-midp", "midp", {RATIOS, RATES_COMPARED}},
    {"delta-log", "delta", {RATIOS, RATES_COMPARED}},
    {"delta-log", "delta", {SHARES_COMPARED, SHARES_COMPARED}},
    {"fisher-exact", "fisher", {SHARES_COMPARED, SHARES_COMPARED}},
    {"fisher-midp", "midp", {SHARES_COMPARED, SHARES_COMPARED}}};

static enum mig_estimate_kind kind_of(const char *option)
{
    enum mig_estimate_kind kind = MIG_SHARE;
    while (strcmp(option, mig_rates_kind(kind)) != 0)
        kind++;
    return kind;
}

static enum family family_of(const struct mig_rates *rates, enum mig_estimate_kind kind)
{
    static const enum family plain[] = {
        [MIG_SHARE] = SHARES, [MIG_RATIO] = RATIOS, [MIG_RATE] = RATES, [MIG_MEAN] = MEANS};
    if (rates->design.compare != NULL)
        return kind == MIG_SHARE ? SHARES_COMPARED : RATES_COMPARED;
    bool direct = rates->design.standard != NULL && !rates->design.indirect;
    return rates->design.trend != NULL || direct ? OTHERS : plain[kind];
}

static const char *const *methods_of(const struct mig_rates *rates, enum mig_estimate_kind kind)
{
    static const char *const none[] = {NULL}, *const of_means[] = {"t", NULL};
    const char *const *const methods[] = {[SHARES] = mig_proportion_methods,
        [RATIOS] = mig_ratio_methods,
        [RATES] = mig_rate_methods,
        [MEANS] = of_means,
        [SHARES_COMPARED] = mig_share_comparisons,
        [RATES_COMPARED] = mig_rate_comparisons,
        [OTHERS] = rates->design.trend != NULL ? none : mig_direct_methods};
    return methods[family_of(rates, kind)];
}

/* The name to ask by for what the output calls `name`. */
static const char *name_of(enum family family, const char *name)
{
    for (size_t i = 0; i < sizeof printed_names / sizeof *printed_names; i++) {
        const enum family *families = printed_names[i].families;
        if (strcmp(printed_names[i].printed, name) == 0 &&
            (families[0] == family || families[1] == family))
            return printed_names[i].name;
    }
    return name;
}

/* The number of a method among the names, or -1. */
static int find_method(const char *const *names, const char *name)
{
    for (int i = 0; names[i] != NULL; i++)
        if (strcmp(names[i], name) == 0)
            return i;
    return -1;
}

/* A ratio for all strata has methods of its own, whatever the kind. */
static bool has_strata(const struct mig_rates *rates)
{
    return rates->design.compare != NULL && rates->design.strata != NULL;
}

static bool belongs_to(const struct mig_rates *rates, enum mig_estimate_kind kind, const char *name)
{
    return find_method(methods_of(rates, kind), name_of(family_of(rates, kind), name)) >= 0;
}

static void check_methods(const struct mig_rates *rates, const struct mig_option_list *asked,
    const struct mig_option_choices *chosen)
{
    for (size_t i = 0; i < chosen->count && asked->count > 0; i++) {
        const char *name = mig_rate_method_names[chosen->items[i]];
        bool belongs = has_strata(rates) && find_method(mig_strata_methods, name) >= 0;
        for (size_t j = 0; j < asked->count; j++)
            belongs = belongs || belongs_to(rates, kind_of(asked->items[j].option), name);
        if (!belongs)
            mig_cli_complain(rates->cli, _("'%s' is a method of nothing that is asked for"), name);
    }
}

/* Two options of which only one can be given. */
static void exclude(
    struct mig_cli *cli, const char *first, bool first_given, const char *second, bool second_given)
{
    if (first_given && second_given)
        mig_cli_complain(cli, _("'--%s' and '--%s' do not go together"), first, second);
}

static void require_with(
    struct mig_cli *cli, const char *option, bool given, const char *other, bool other_given)
{
    if (given && !other_given)
        mig_cli_complain(cli, _("'--%s' needs '--%s'"), option, other);
}

/* Limits need something that they limit; those not given have the usual values. */
static void check_stability(struct mig_rates *rates)
{
    struct mig_cli *cli = rates->cli;
    struct mig_stability *limits = &rates->stability;
    bool few = limits->min_events != MIG_MIN_EVENTS_UNSET, wide = !isnan(limits->max_rse);
    bool direct = rates->design.standard != NULL && !rates->design.indirect;
    if (few && !limits->wanted && !direct)
        mig_cli_complain(cli, "%s",
            _("'--min-events' needs '--stability', or '--standard' without '--indirect'"));
    require_with(cli, "max-rse", wide, "stability", limits->wanted);
    if (limits->max_rse < 0)
        mig_cli_complain(cli, _("'%g' is below 0 (option --max-rse)"), limits->max_rse);
    if (!few)
        limits->min_events = 10;
    if (!wide)
        limits->max_rse = 30;
}

static bool has_kind(const struct mig_option_list *asked, enum mig_estimate_kind kind)
{
    for (size_t i = 0; i < asked->count; i++)
        if (kind_of(asked->items[i].option) == kind)
            return true;
    return false;
}

/* Nothing is asked for twice, and a unit needs something that it is a unit of. */
static void check_asked(struct mig_cli *cli, const struct mig_option_list *asked)
{
    bool means_only = asked->count > 0;
    for (size_t i = 0; i < asked->count; i++) {
        const struct mig_option_use *use = &asked->items[i];
        means_only = means_only && kind_of(use->option) == MIG_MEAN;
        for (size_t j = 0; j < i; j++)
            if (strcmp(asked->items[j].option, use->option) == 0 &&
                strcmp(asked->items[j].value, use->value) == 0)
                mig_cli_complain(cli, _("'--%s %s' is given twice"), use->option, use->value);
    }
    if (means_only && cli->unit_given)
        mig_cli_complain(
            cli, "%s", _("'--unit' is not for '--mean': a mean has the unit of its column"));
}

void mig_rates_check(struct mig_rates *rates, const struct mig_option_list *asked,
    const struct mig_option_choices *chosen)
{
    struct mig_cli *cli = rates->cli;
    const struct mig_rate_design *design = &rates->design;
    bool compare = design->compare != NULL, standard = design->standard != NULL;
    bool trend = design->trend != NULL, cluster = design->cluster != NULL;
    bool stability = rates->stability.wanted;
    const char *other = compare ? "compare" : trend ? "trend" : standard ? "standard" : NULL;
    exclude(cli, "compare", compare, "trend", trend);
    exclude(cli, "compare", compare, "standard", standard);
    exclude(cli, "trend", trend, "standard", standard);
    exclude(cli, "cluster", cluster, other, other != NULL);
    exclude(cli, "stability", stability, other, compare || trend);
    exclude(cli, "cluster", cluster, "exposures", design->exposures != NULL);
    require_with(cli, "exposures", design->exposures != NULL, "ratio", has_kind(asked, MIG_RATIO));
    check_asked(cli, asked);
    exclude(cli, "method", chosen->count > 0, "cluster", cluster);
    require_with(cli, "order", design->order != NULL, "trend", trend);
    require_with(cli, "standard", standard, "strata", design->strata != NULL);
    if (design->weight != NULL && !standard && has_kind(asked, MIG_MEAN))
        mig_cli_complain(cli, "%s",
            _("'--weight' is for '--standard'; a weighted mean is one of weighted moments: "
              "mig-tally --moments COL --weight W, and --mean COL of that"));
    else
        require_with(cli, "weight", design->weight != NULL, "standard", standard);
    require_with(cli, "frequency", design->frequency != NULL, "standard", standard);
    require_with(cli, "indirect", design->indirect, "standard", standard);
    if (design->strata != NULL && !standard && !compare)
        mig_cli_complain(cli, "%s", _("'--strata' needs '--compare' or '--standard'"));
    exclude(cli, "indirect", design->indirect, "weight", design->weight != NULL);
    exclude(cli, "indirect", design->indirect, "frequency", design->frequency != NULL);
    for (size_t i = 0; i < asked->count && other != NULL; i++) {
        enum mig_estimate_kind kind = kind_of(asked->items[i].option);
        if (kind != MIG_RATE && (standard || kind != MIG_SHARE))
            mig_cli_complain(cli, _("'--%s' takes no --%s"), other, mig_rates_kind(kind));
    }
    check_stability(rates);
    check_methods(rates, asked, chosen);
}

/* Those of the list that are among the names of a family, as their numbers, each once; without any,
 * the first `usual` of the names. Returns how many. */
static size_t choose_from(const char *const *names, enum family family, int usual,
    const struct mig_option_choices *chosen, int methods[static MIG_MOST_CHOICES])
{
    size_t count = 0;
    for (size_t i = 0; i < chosen->count; i++) {
        const char *name = name_of(family, mig_rate_method_names[chosen->items[i]]);
        int method = find_method(names, name);
        size_t known = 0;
        while (known < count && methods[known] != method)
            known++;
        if (method >= 0 && known == count)
            methods[count++] = method;
    }
    if (count > 0)
        return count;
    for (int i = 0; i < usual; i++)
        methods[i] = i;
    return (size_t)usual;
}

/* The methods of the list that belong to the kind, and those of its strata. */
static void choose_methods(const struct mig_rates *rates, struct mig_measure *measure,
    const struct mig_option_choices *chosen)
{
    int usual = rates->design.compare != NULL ? MIG_USUAL_COMPARISONS : 1;
    measure->n_methods = choose_from(methods_of(rates, measure->kind),
        family_of(rates, measure->kind), usual, chosen, measure->methods);
    if (has_strata(rates))
        measure->n_strata_methods =
            choose_from(mig_strata_methods, OTHERS, 1, chosen, measure->strata_methods);
}

static void parse_quotient(struct mig_rates *rates, struct mig_measure *measure, const char *text,
    const struct mig_header *header, struct mig_error_list *errors)
{
    if (mig_quotient_parse(&measure->quotient, text, header, &rates->operands, errors) ==
        MIG_NO_MEMORY)
        mig_cli_require(rates->cli, mig_fail_memory(&rates->cli->error));
}

/* A mean is a sum over a number of values: n, or the columns that a tally of moments has for both.
 */
static void plan_mean(
    struct mig_rates *rates, struct mig_measure *measure, const struct mig_header *header)
{
    struct mig_cli *cli = rates->cli;
    struct mig_buffer text = {0};
    struct mig_error_list errors = {0};
    mig_cli_moments(cli, header, measure->text, false, &measure->moments);
    mig_cli_settle(cli);
    if (measure->moments.count != 1)
        mig_cli_complain(cli, _("'%s': one column is wanted here"), measure->text);
    mig_cli_settle(cli);
    const struct mig_moments_column *column = measure->moments.items;
    size_t weight = column->merged ? column->columns[MIG_MOMENT_W] : 0;
    size_t sum = column->merged ? column->columns[MIG_MOMENT_SUM] : column->n;
    size_t values = column->weighted ? weight : column->n;
    mig_cli_require(cli, mig_buffer_print(&text, &cli->error, "`%s`/", header->names[sum]));
    mig_cli_require(cli, column->merged
                             ? mig_buffer_print(&text, &cli->error, "`%s`", header->names[values])
                             : mig_buffer_print(&text, &cli->error, "n"));
    parse_quotient(rates, measure, text.data, header, &errors);
    mig_cli_complain_all(cli, &errors);
    mig_buffer_release(&text);
    rates->any_sign |= UINT64_C(1) << measure->quotient.numerator;
    rates->moments[rates->n_moments++] = *column;
}

static void plan_measures(struct mig_rates *rates, const struct mig_header *header,
    const struct mig_option_list *asked, const struct mig_option_choices *chosen)
{
    struct mig_cli *cli = rates->cli;
    struct mig_error_list errors = {0};
    rates->measures = mig_rates_allocate(cli, asked->count, sizeof *rates->measures);
    rates->moments = mig_rates_allocate(cli, asked->count, sizeof *rates->moments);
    for (size_t i = 0; i < asked->count; i++) {
        struct mig_measure *measure = &rates->measures[rates->count++];
        measure->kind = kind_of(asked->items[i].option);
        measure->text = asked->items[i].value;
        choose_methods(rates, measure, chosen);
        if (measure->kind == MIG_MEAN)
            plan_mean(rates, measure, header);
        else
            parse_quotient(rates, measure, measure->text, header, &errors);
    }
    mig_cli_complain_all(cli, &errors);
}

/* Counts and exposures are of the same rows: those where all four are known. */
static void plan_exposures(struct mig_rates *rates, const struct mig_header *header)
{
    struct mig_measure column = {.kind = MIG_RATIO, .text = rates->design.exposures};
    struct mig_error_list errors = {0};
    if (rates->design.exposures == NULL)
        return;
    parse_quotient(rates, &column, column.text, header, &errors);
    mig_cli_complain_all(rates->cli, &errors);
    for (size_t i = 0; i < rates->count; i++) {
        struct mig_measure *measure = &rates->measures[i];
        if (measure->kind != MIG_RATIO)
            continue;
        measure->exposures = column.quotient;
        measure->exposures.also_known = mig_quotient_needs(&measure->quotient);
        measure->quotient.also_known = mig_quotient_needs(&column.quotient);
    }
}

/* The key whose values a method must see: a column that is added up too, so that its cells are
 * checked as numbers and the rows where it is missing are known. Returns the key. */
static size_t add_value_key(
    struct mig_rates *rates, const struct mig_header *header, const char *column)
{
    size_t key = rates->keys.count;
    mig_cli_keys(rates->cli, header, column, &rates->keys);
    mig_cli_settle(rates->cli);
    return key;
}

static void plan_frequency(struct mig_rates *rates, const struct mig_header *header)
{
    struct mig_measure column = {.text = rates->design.frequency};
    struct mig_error_list errors = {0};
    struct mig_buffer text = {0};
    rates->frequency = SIZE_MAX;
    if (rates->design.frequency == NULL)
        return;
    mig_cli_require(
        rates->cli, mig_buffer_print(&text, &rates->cli->error, "%s/n", rates->design.frequency));
    parse_quotient(rates, &column, text.data, header, &errors);
    mig_buffer_release(&text);
    mig_cli_complain_all(rates->cli, &errors);
    mig_cli_settle(rates->cli);
    for (size_t i = 0; i < rates->count; i++)
        rates->measures[i].quotient.also_known |= mig_quotient_needs(&column.quotient);
    rates->frequency = add_value_key(rates, header, column.text);
    rates->frequency_column = rates->operands.columns[column.quotient.numerator];
}

/* Makes `list` the last of the shown keys: it may stand in --by already. */
static void show_last(struct mig_rates *rates, const struct mig_header *header, const char *list)
{
    struct mig_cli *cli = rates->cli;
    struct mig_keys one = {0};
    mig_cli_keys(cli, header, list, &one);
    mig_cli_settle(cli);
    if (one.count != 1)
        mig_cli_complain(cli, _("'%s': one key is wanted here"), list);
    mig_cli_settle(cli);
    size_t i = 0;
    while (i < rates->keys.count &&
           strcmp(mig_keys_name(&rates->keys, i), mig_keys_name(&one, 0)) != 0)
        i++;
    if (i < rates->keys.count) {
        mig_keys_move_last(&rates->keys, i);
        rates->n_by--;
    } else {
        mig_cli_keys(cli, header, list, &rates->keys);
    }
    mig_keys_release(&one);
}

/* Whether `list` is one key of the input. */
static bool is_key(const struct mig_rates *rates, const struct mig_header *header, const char *list)
{
    struct mig_keys keys = {0};
    struct mig_error_list errors = {0};
    enum mig_status status = mig_keys_parse(&keys, list, NULL);
    if (status == MIG_OK)
        status = mig_keys_bind(&keys, header, &errors);
    bool one = status == MIG_OK && keys.count == 1;
    mig_keys_release(&keys);
    mig_error_list_release(&errors);
    if (status == MIG_NO_MEMORY)
        mig_cli_require(rates->cli, mig_fail_memory(&rates->cli->error));
    return one;
}

/* The '=' between KEY and VALUE, which may both hold one: the first with a key of the input before
 * it, else the last behind a function, or the first. */
static char *find_sign(const struct mig_rates *rates, const struct mig_header *header, char *text)
{
    for (char *sign = strchr(text, '='); sign != NULL; sign = strchr(sign + 1, '=')) {
        *sign = '\0';
        bool found = is_key(rates, header, text);
        *sign = '=';
        if (found)
            return sign;
    }
    return strchr(text, '(') != NULL ? strrchr(text, '=') : strchr(text, '=');
}

static void plan_comparison(struct mig_rates *rates, const struct mig_header *header)
{
    struct mig_cli *cli = rates->cli;
    char *key = strdup(rates->design.compare);
    if (key == NULL)
        mig_cli_require(cli, mig_fail_memory(&cli->error));
    char *sign = find_sign(rates, header, key);
    if (sign == NULL)
        mig_cli_complain(cli, _("'%s': KEY=VALUE is wanted, or KEY=total"), key);
    mig_cli_settle(cli);
    rates->reference = strdup(sign + 1);
    if (rates->reference == NULL)
        mig_cli_require(cli, mig_fail_memory(&cli->error));
    *sign = '\0';
    show_last(rates, header, key);
    free(key);
}

/* A ratio of cases whose two dates are known answers less than their cohort would. */
static void note_cohort(struct mig_rates *rates, const struct mig_header *header)
{
    struct mig_cli *cli = rates->cli;
    bool ratio = false;
    size_t returned, reintegrated;
    for (size_t i = 0; i < rates->count; i++)
        ratio = ratio || rates->measures[i].kind == MIG_RATIO;
    if (!ratio)
        return;
    mig_cli_require(cli, mig_event_date(header, MIG_EVENT_RETURN, &returned, &cli->error));
    mig_cli_require(
        cli, mig_event_date(header, MIG_EVENT_REINTEGRATION, &reintegrated, &cli->error));
    rates->cohort =
        returned < header->count && reintegrated < header->count && returned != reintegrated;
    if (rates->cohort)
        mig_cli_note(cli, "%s",
            _("the cases have dates of return and of reintegration: a ratio of a period follows "
              "nobody; for the share that was reintegrated see A PERIOD RATIO IS NO COHORT in the "
              "manual"));
}

/* A key is no count: the column n, taken as one, no longer says for how many a row stands. */
static void note_rows(const struct mig_rates *rates, const struct mig_header *header)
{
    bool is_key = false;
    for (size_t i = 0; i < rates->keys.count; i++)
        is_key = is_key || strcmp(header->names[mig_keys_column(&rates->keys, i)], "n") == 0;
    for (size_t i = 0; i < rates->count && is_key; i++) {
        const struct mig_quotient *quotient = &rates->measures[i].quotient;
        if (quotient->numerator == MIG_ROWS || quotient->denominator == MIG_ROWS)
            mig_cli_note(rates->cli,
                _("the column n is a key: n in '%s' is the number of rows, not its sum"),
                rates->measures[i].text);
    }
}

void mig_rates_plan(struct mig_rates *rates, const struct mig_header *header,
    const struct mig_option_list *asked, const struct mig_option_choices *chosen)
{
    struct mig_cli *cli = rates->cli;
    const struct mig_rate_design *design = &rates->design;
    mig_cli_keys(cli, header, design->by, &rates->keys);
    rates->n_by = rates->keys.count;
    plan_measures(rates, header, asked, chosen);
    plan_exposures(rates, header);
    mig_cli_settle(cli);
    if (design->compare != NULL)
        plan_comparison(rates, header);
    else if (design->trend != NULL)
        show_last(rates, header, design->trend);
    rates->n_shown = rates->keys.count;
    mig_cli_keys(cli, header, design->strata, &rates->keys);
    rates->n_strata = rates->keys.count - rates->n_shown;
    rates->cluster = SIZE_MAX;
    if (design->cluster != NULL) {
        rates->cluster = rates->keys.count;
        mig_cli_keys(cli, header, design->cluster, &rates->keys);
        if (rates->keys.count != rates->cluster + 1)
            mig_cli_complain(cli, _("'%s': one key is wanted here"), design->cluster);
    }
    plan_frequency(rates, header);
    mig_cli_settle(cli);
    note_cohort(rates, header);
    note_rows(rates, header);
}
