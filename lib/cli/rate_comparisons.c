/* Comparisons of mig-rate: every group of a key against one of them, or against the rest. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "cli/rates.h"
#include "stats/ratio.h"
#include "stats/strata.h"
#include "table/names.h"

/* One measure of the groups that agree in all shown keys but the last: a part for each value of
 * that, a cell for each part and stratum. */
struct block {
    struct mig_rates *rates;
    const struct mig_measure *measure;
    size_t *first; /* groups first[i] .. first[i + 1] - 1 are part i */
    size_t n_parts, n_strata;
    struct mig_names *strata;
    double *x, *n, *cases; /* [part * n_strata + stratum]; cases: what the column n counts */
    struct mig_quotient_sums *totals;        /* [stratum]: of all parts */
    double *other_x, *other_n, *other_cases; /* as x: of all other parts, where `rest` is set */
    const char **note;                       /* [part]: why its sums cannot be compared, or NULL */
    size_t first_note;                       /* the first part with a note, or n_parts */
    size_t reference;                        /* the part compared with; n_parts: none of them */
    bool rest;                               /* each part is compared with all others */
};

static struct mig_text part_name(const struct block *block, size_t part)
{
    const struct mig_rates *rates = block->rates;
    struct mig_group group = mig_tally_group(rates->tally, block->first[part]);
    return mig_tally_key(rates->tally, &group, rates->n_shown - 1);
}

/* Finds the parts among the groups first .. end - 1, and the one compared with. Groups that miss
 * the key stand last, and are no part. */
static void divide(struct block *block, size_t first, size_t end)
{
    const struct mig_rates *rates = block->rates;
    block->first = mig_rates_allocate(rates->cli, end - first + 1, sizeof *block->first);
    for (size_t i = first; i < end; i = mig_tally_run_end(rates->tally, i, rates->n_shown)) {
        block->first[block->n_parts] = i;
        if (part_name(block, block->n_parts).length == 0)
            end = i;
        else
            block->n_parts++;
    }
    block->first[block->n_parts] = end;
    block->reference = 0;
    while (block->reference < block->n_parts &&
           !mig_text_equal(part_name(block, block->reference), mig_text_of(rates->reference)))
        block->reference++;
}

/* The number of the stratum that group `i` belongs to. */
static uint32_t stratum_of(const struct block *block, size_t i, struct mig_buffer *text)
{
    const struct mig_rates *rates = block->rates;
    struct mig_group group = mig_tally_group(rates->tally, i);
    uint32_t code;
    mig_rates_join_keys(rates, &group, rates->n_shown, rates->n_shown + rates->n_strata, text);
    mig_cli_require(rates->cli,
        mig_names_code(block->strata, mig_buffer_text(text), &code, &rates->cli->error));
    return code;
}

/* What is left of a total without some of it: exactly, before it is rounded. */
static double without(struct mig_cli *cli, const struct mig_sum *total, const struct mig_sum *some)
{
    struct mig_sum left = {0};
    double out;
    mig_cli_require(cli, mig_sum_add_sum(&left, some, &cli->error));
    mig_cli_require(cli, mig_sum_negate(&left, &cli->error));
    mig_cli_require(cli, mig_sum_add_sum(&left, total, &cli->error));
    mig_cli_require(cli, mig_sum_to_double(&left, &out, &cli->error));
    mig_sum_release(&left);
    return out;
}

/* The others of a cell that holds `own`. */
static void fill_others(struct block *block, size_t cell, const struct mig_quotient_sums *own)
{
    struct mig_cli *cli = block->rates->cli;
    const struct mig_quotient_sums *total = &block->totals[cell % block->n_strata];
    block->other_x[cell] = without(cli, &total->numerator, &own->numerator);
    block->other_n[cell] = without(cli, &total->denominator, &own->denominator);
    block->other_cases[cell] = (double)(total->n - own->n);
}

static void fill_part(struct block *block, size_t part, struct mig_buffer *text)
{
    const struct mig_rates *rates = block->rates;
    for (size_t i = block->first[part], next; i < block->first[part + 1]; i = next) {
        next = mig_tally_run_end(rates->tally, i, rates->n_shown + rates->n_strata);
        size_t cell = part * block->n_strata + stratum_of(block, i, text);
        struct mig_quotient_sums sums = mig_rates_sums(rates, block->measure, i, next);
        const char *note = mig_cli_counts(rates->cli, block->measure->kind, &sums.numerator,
            &sums.denominator, &block->x[cell], &block->n[cell]);
        if (note == NULL && block->measure->kind == MIG_SHARE && block->x[cell] > block->n[cell])
            note = N_("a stratum where the part is larger than the whole");
        if (note != NULL)
            block->note[part] = note;
        block->cases[cell] = (double)sums.n;
        if (block->rest)
            fill_others(block, cell, &sums);
        mig_quotient_sums_release(&sums);
    }
}

/* Where parts are compared with the rest: the totals, and as others all that there is; parts that
 * have some of it are filled in later. */
static void add_totals(struct block *block, struct mig_buffer *text)
{
    const struct mig_rates *rates = block->rates;
    struct mig_cli *cli = rates->cli;
    size_t cells = block->n_parts * block->n_strata;
    if (!block->rest)
        return;
    block->totals = mig_rates_allocate(cli, block->n_strata, sizeof *block->totals);
    block->other_x = mig_rates_allocate(cli, cells, sizeof *block->other_x);
    block->other_n = mig_rates_allocate(cli, cells, sizeof *block->other_n);
    block->other_cases = mig_rates_allocate(cli, cells, sizeof *block->other_cases);
    for (size_t i = block->first[0], next; i < block->first[block->n_parts]; i = next) {
        next = mig_tally_run_end(rates->tally, i, rates->n_shown + rates->n_strata);
        mig_cli_require(cli, mig_quotient_add(&block->measure->quotient, rates->tally, i, next,
                                 &block->totals[stratum_of(block, i, text)], &cli->error));
    }
    for (size_t i = 0; i < cells; i++)
        fill_others(block, i, &(struct mig_quotient_sums){0});
}

static void fill(struct block *block)
{
    struct mig_cli *cli = block->rates->cli;
    struct mig_buffer text = {0};
    mig_cli_require(cli, mig_names_new(&block->strata, &cli->error));
    for (size_t i = block->first[0]; i < block->first[block->n_parts]; i++)
        (void)stratum_of(block, i, &text);
    block->n_strata = mig_names_count(block->strata);
    block->x = mig_rates_allocate(cli, block->n_parts * block->n_strata, sizeof *block->x);
    block->n = mig_rates_allocate(cli, block->n_parts * block->n_strata, sizeof *block->n);
    block->cases = mig_rates_allocate(cli, block->n_parts * block->n_strata, sizeof *block->cases);
    block->note = mig_rates_allocate(cli, block->n_parts, sizeof *block->note);
    add_totals(block, &text);
    for (size_t i = 0; i < block->n_parts; i++)
        fill_part(block, i, &text);
    mig_buffer_release(&text);
    while (block->first_note < block->n_parts && block->note[block->first_note] == NULL)
        block->first_note++;
}

static void block_release(struct block *block)
{
    free(block->first);
    free(block->x);
    free(block->n);
    free(block->cases);
    for (size_t i = 0; block->totals != NULL && i < block->n_strata; i++)
        mig_quotient_sums_release(&block->totals[i]);
    free(block->totals);
    free(block->other_x);
    free(block->other_n);
    free(block->other_cases);
    free(block->note);
    mig_names_free(block->strata);
}

/* What the part is compared with in a stratum: one part's cell, or all that is not its own. */
static double other_side(const struct block *block, const double *cells, const double *others,
    size_t part, size_t stratum)
{
    if (block->rest)
        return others[part * block->n_strata + stratum];
    return block->reference < block->n_parts ? cells[block->reference * block->n_strata + stratum]
                                             : 0;
}

/* The pairs of a part, one a stratum, and their sum. */
static struct mig_pair pair_up(const struct block *block, size_t part, struct mig_pair *pairs)
{
    struct mig_pair all = {0};
    for (size_t i = 0; i < block->n_strata; i++) {
        size_t cell = part * block->n_strata + i;
        pairs[i] = (struct mig_pair){block->x[cell], block->n[cell],
            other_side(block, block->x, block->other_x, part, i),
            other_side(block, block->n, block->other_n, part, i)};
        all.x1 += pairs[i].x1;
        all.n1 += pairs[i].n1;
        all.x2 += pairs[i].x2;
        all.n2 += pairs[i].n2;
    }
    return all;
}

/* Why a part cannot be compared, or NULL. `*whose` names the part at fault, where it is another
 * one. */
static const char *obstacle(
    const struct block *block, size_t part, const struct mig_pair *all, struct mig_text *whose)
{
    bool counts = block->measure->kind == MIG_SHARE;
    size_t other = block->rest ? block->first_note : block->reference;
    *whose = (struct mig_text){0};
    if (block->note[part] != NULL)
        return block->note[part];
    if (!block->rest && block->reference == block->n_parts)
        return N_("the group compared with is not there");
    if (other < block->n_parts && block->note[other] != NULL) {
        *whose = part_name(block, other);
        return block->note[other];
    }
    if (all->x2 > MIG_LARGEST_COUNT || (counts && all->n2 > MIG_LARGEST_COUNT))
        return N_("count above 10^15: no interval");
    return NULL;
}

/* A figure of a comparison. */
struct row {
    const char *kind;
    bool difference;       /* per --unit; ratios and tests are not */
    bool in_strata;        /* rests on the strata that take part alone */
    bool both_ways;        /* of which those where everybody is counted are none: see strata.h */
    struct mig_text whose; /* the other part that the note is about, or empty */
    struct mig_estimate out;
};

/* What a figure rests on, and the strata that take no part in it. */
struct basis {
    struct mig_pair pair;
    double n, left_out; /* cases of the group; cases of both sides that take no part */
    size_t strata_out;
};

static struct basis basis_of(const struct block *block, size_t part, const struct row *row)
{
    struct basis basis = {0};
    struct mig_pair *pairs = mig_rates_allocate(block->rates->cli, block->n_strata, sizeof *pairs);
    (void)pair_up(block, part, pairs);
    for (size_t i = 0; i < block->n_strata; i++) {
        const struct mig_pair *pair = &pairs[i];
        double cases = block->cases[part * block->n_strata + i];
        if (row->in_strata && !mig_stratum_speaks(pair, row->both_ways)) {
            basis.left_out += cases + other_side(block, block->cases, block->other_cases, part, i);
            basis.strata_out++;
            continue;
        }
        basis.n += cases;
        basis.pair.x1 += pair->x1;
        basis.pair.n1 += pair->n1;
        basis.pair.x2 += pair->x2;
        basis.pair.n2 += pair->n2;
    }
    free(pairs);
    return basis;
}

static void write_counts(const struct block *block, const struct mig_quotient_sums *sums,
    const struct basis *basis, bool in_strata)
{
    struct mig_cli *cli = block->rates->cli;
    struct mig_writer *writer = cli->writer;
    bool missing = mig_quotient_is_missing(sums);
    if (in_strata) {
        mig_writer_count(writer, (uint64_t)basis->n);
        mig_rates_write_number(writer, basis->pair.x1);
        mig_rates_write_number(writer, basis->pair.n1);
    } else {
        mig_writer_count(writer, sums->n);
        mig_cli_write_sum(cli, &sums->numerator, missing);
        mig_cli_write_sum(cli, &sums->denominator, missing);
    }
    if (block->rest || block->reference < block->n_parts) {
        mig_rates_write_number(writer, basis->pair.x2);
        mig_rates_write_number(writer, basis->pair.n2);
    } else {
        mig_writer_empty(writer);
        mig_writer_empty(writer);
    }
}

static void write_note(const struct block *block, const struct basis *basis, const struct row *row)
{
    const struct mig_rates *rates = block->rates;
    struct mig_cli *cli = rates->cli;
    bool people = mig_writer_is_for_people(cli->writer), other = row->whose.length > 0;
    const char *tiny = mig_p_value_note(row->out.p_value), *note = row->out.note;
    const char *format = N_("strata that take no part: %zu of %zu, cases in them: %.15g");
    struct mig_buffer text = {0};
    if (other)
        mig_cli_require(cli, mig_buffer_print(&text, &cli->error, "%s=%.*s: %s",
                                 mig_keys_name(&rates->keys, rates->n_shown - 1),
                                 MIG_TEXT_ARG(row->whose), people ? _(note) : note));
    if (basis->strata_out > 0)
        mig_cli_require(cli, mig_buffer_print(&text, &cli->error, people ? _(format) : format,
                                 basis->strata_out, block->n_strata, basis->left_out));
    mig_rates_write_notes(
        rates, other ? NULL : note, note != tiny ? tiny : NULL, mig_buffer_text(&text));
    mig_buffer_release(&text);
}

static void write_row(const struct block *block, size_t part, const struct mig_quotient_sums *sums,
    const struct row *row)
{
    struct mig_cli *cli = block->rates->cli;
    struct mig_writer *writer = cli->writer;
    struct mig_group group = mig_tally_group(block->rates->tally, block->first[part]);
    struct basis basis = basis_of(block, part, row);
    group.n_keys = block->rates->n_shown;
    mig_cli_write_keys(cli, block->rates->tally, &group);
    mig_writer_string(writer, block->rest ? "rest" : block->rates->reference);
    mig_writer_string(writer, block->measure->text);
    mig_writer_string(writer, row->kind);
    write_counts(block, sums, &basis, row->in_strata);
    mig_cli_write_estimate_per(cli, &row->out, row->difference ? cli->unit : 1);
    mig_writer_double(writer, row->out.statistic);
    mig_writer_double(writer, row->out.df);
    mig_writer_double(writer, row->out.p_value);
    if (row->difference)
        mig_cli_write_unit(cli);
    else
        mig_writer_empty(writer);
    mig_writer_string(writer, row->out.method);
    write_note(block, &basis, row);
    mig_cli_require(cli, mig_writer_end_row(writer, &cli->error));
}

/* What --method names, in the order of mig_share_comparisons and mig_rate_comparisons. */
enum family { SHARE_RATIO, SHARE_DIFFERENCE, ODDS_RATIO, RATE_RATIO, RATE_DIFFERENCE };
static const char *const kinds[] = {[SHARE_RATIO] = "share-ratio",
    [SHARE_DIFFERENCE] = "share-difference",
    [ODDS_RATIO] = "odds-ratio",
    [RATE_RATIO] = "rate-ratio",
    [RATE_DIFFERENCE] = "rate-difference"};

struct comparison {
    enum family family;
    int method; /* of the family's enum */
};
static const struct comparison share_comparisons[] = {{SHARE_RATIO, MIG_SHARE_RATIO_SCORE},
    {ODDS_RATIO, MIG_ODDS_RATIO_EXACT}, {SHARE_DIFFERENCE, MIG_DIFFERENCE_NEWCOMBE},
    {SHARE_RATIO, MIG_SHARE_RATIO_DELTA}, {ODDS_RATIO, MIG_ODDS_RATIO_WOOLF},
    {SHARE_DIFFERENCE, MIG_DIFFERENCE_MIETTINEN_NURMINEN}, {SHARE_DIFFERENCE, MIG_DIFFERENCE_WALD},
    {ODDS_RATIO, MIG_ODDS_RATIO_MIDP}};
static const struct comparison rate_comparisons[] = {{RATE_RATIO, MIG_RATIO_EXACT},
    {RATE_RATIO, MIG_RATIO_WILSON}, {RATE_DIFFERENCE, MIG_DIFFERENCE_MIETTINEN_NURMINEN},
    {RATE_RATIO, MIG_RATIO_MIDP}, {RATE_RATIO, MIG_RATIO_DELTA},
    {RATE_DIFFERENCE, MIG_DIFFERENCE_WALD}};

const char *const mig_share_comparisons[] = {
    "score", "fisher", "newcombe", "delta", "woolf", "miettinen-nurminen", "wald", "midp", NULL};
const char *const mig_rate_comparisons[] = {
    "exact", "wilson", "miettinen-nurminen", "midp", "delta", "wald", NULL};

/* Of each method, and over strata two ratios of each and their homogeneity. */
enum { MOST_ROWS = 3 * MIG_MOST_CHOICES + 1 };

static enum mig_status compare(const struct comparison *comparison, const struct mig_pair *pair,
    double level, struct mig_estimate *out, struct mig_error *error)
{
    int method = comparison->method;
    switch (comparison->family) {
    case SHARE_RATIO:
        return mig_share_ratio((enum mig_share_ratio_method)method, pair, level, out, error);
    case SHARE_DIFFERENCE:
        return mig_share_difference((enum mig_difference_method)method, pair, level, out, error);
    case ODDS_RATIO:
        return mig_share_odds_ratio((enum mig_odds_ratio_method)method, pair, level, out, error);
    case RATE_RATIO:
        return mig_ratio((enum mig_ratio_method)method, pair->x1, pair->n1, pair->x2, pair->n2,
            level, out, error);
    default:
        return mig_rate_difference((enum mig_difference_method)method, pair, level, out, error);
    }
}

/* The common ratios by one method, into `rows`. Returns how many there are. */
static size_t pool_strata(const struct block *block, enum mig_strata_method method,
    const struct mig_pair *pairs, struct row *rows)
{
    struct mig_cli *cli = block->rates->cli;
    struct mig_error *error = &cli->error;
    size_t n = block->n_strata;
    if (block->measure->kind != MIG_SHARE) {
        rows[0] = (struct row){.kind = "rate-ratio", .in_strata = true};
        mig_cli_require(
            cli, mig_strata_rate_ratio(method, pairs, n, cli->level, &rows[0].out, error));
        return 1;
    }
    rows[0] = (struct row){.kind = "share-ratio", .in_strata = true};
    rows[1] = (struct row){.kind = "odds-ratio", .in_strata = true, .both_ways = true};
    mig_cli_require(cli, mig_strata_share_ratio(method, pairs, n, cli->level, &rows[0].out, error));
    mig_cli_require(cli, mig_strata_odds_ratio(method, pairs, n, cli->level, &rows[1].out, error));
    return 2;
}

/* The figures over strata, into `rows`. Returns how many there are. */
static size_t compare_strata(
    const struct block *block, const struct mig_pair *pairs, struct row *rows)
{
    struct mig_cli *cli = block->rates->cli;
    const struct mig_measure *measure = block->measure;
    bool shares = measure->kind == MIG_SHARE;
    size_t count = 0;
    if (block->rates->n_strata == 0)
        return 0;
    for (size_t i = 0; i < measure->n_strata_methods; i++)
        count += pool_strata(
            block, (enum mig_strata_method)measure->strata_methods[i], pairs, rows + count);
    rows[count] = (struct row){.kind = "homogeneity", .in_strata = true, .both_ways = shares};
    mig_cli_require(cli,
        shares
            ? mig_strata_odds_homogeneity(pairs, block->n_strata, &rows[count].out, &cli->error)
            : mig_strata_rate_homogeneity(pairs, block->n_strata, &rows[count].out, &cli->error));
    return count + 1;
}

/* A figure for each method asked for, and those over strata. */
static size_t compare_all(const struct block *block, const struct mig_pair *pairs,
    const struct mig_pair *all, struct row rows[static MOST_ROWS])
{
    struct mig_cli *cli = block->rates->cli;
    const struct mig_measure *measure = block->measure;
    const struct comparison *known =
        measure->kind == MIG_SHARE ? share_comparisons : rate_comparisons;
    for (size_t i = 0; i < measure->n_methods; i++) {
        const struct comparison *comparison = &known[measure->methods[i]];
        enum family family = comparison->family;
        rows[i] = (struct row){.kind = kinds[family],
            .difference = family == SHARE_DIFFERENCE || family == RATE_DIFFERENCE};
        mig_cli_require(cli, compare(comparison, all, cli->level, &rows[i].out, &cli->error));
    }
    return measure->n_methods + compare_strata(block, pairs, rows + measure->n_methods);
}

static void write_part(const struct block *block, size_t part, struct mig_pair *pairs)
{
    struct row rows[MOST_ROWS] = {{.kind = "comparison"}};
    struct mig_pair all = pair_up(block, part, pairs);
    size_t count = 1;
    struct mig_quotient_sums sums =
        mig_rates_sums(block->rates, block->measure, block->first[part], block->first[part + 1]);
    struct mig_text whose;
    const char *note = obstacle(block, part, &all, &whose);
    if (mig_quotient_is_missing(&sums)) {
        note = N_("every value is missing");
        whose.length = 0;
    }
    if (note != NULL) {
        rows[0].out = mig_estimate_empty("quotient");
        rows[0].out.note = note;
        rows[0].whose = whose;
    } else {
        count = compare_all(block, pairs, &all, rows);
    }
    for (size_t i = 0; i < count; i++)
        write_row(block, part, &sums, &rows[i]);
    mig_quotient_sums_release(&sums);
}

static void write_block(struct mig_rates *rates, size_t first, size_t end, bool rest)
{
    for (size_t i = 0; i < rates->count; i++) {
        struct block block = {.rates = rates, .measure = &rates->measures[i], .rest = rest};
        divide(&block, first, end);
        fill(&block);
        struct mig_pair *pairs = mig_rates_allocate(rates->cli, block.n_strata, sizeof *pairs);
        for (size_t part = 0; part < block.n_parts; part++)
            if (part != block.reference)
                write_part(&block, part, pairs);
        free(pairs);
        block_release(&block);
    }
}

/* Whether the value of --compare is one of the key's; else, unless it is "total", a complaint. */
static bool find_reference(const struct mig_rates *rates)
{
    struct mig_names *names;
    struct mig_cli *cli = rates->cli;
    struct mig_text wanted = mig_text_of(rates->reference);
    size_t count = mig_tally_count(rates->tally), distinct = 0;
    bool found = false;
    uint32_t code;
    mig_cli_require(cli, mig_names_new(&names, &cli->error));
    struct mig_text *texts = mig_rates_allocate(cli, count, sizeof *texts);
    for (size_t i = 0; i < count; i++) {
        struct mig_group group = mig_tally_group(rates->tally, i);
        struct mig_text text = mig_tally_key(rates->tally, &group, rates->n_shown - 1);
        if (text.length == 0)
            continue;
        mig_cli_require(cli, mig_names_code(names, text, &code, &cli->error));
        found = found || mig_text_equal(text, wanted);
    }
    for (distinct = 0; distinct < mig_names_count(names); distinct++)
        texts[distinct] = mig_names_text(names, (uint32_t)distinct);
    size_t nearest = mig_text_nearest(wanted, texts, distinct);
    const char *key = mig_keys_name(&rates->keys, rates->n_shown - 1);
    if (!found && strcmp(rates->reference, "total") != 0 && count > 0) {
        if (nearest < distinct)
            mig_cli_complain(cli, _("'%s' is no value of %s; nearest is '%.*s'"), rates->reference,
                key, MIG_TEXT_ARG(texts[nearest]));
        else
            mig_cli_complain(cli, _("'%s' is no value of %s"), rates->reference, key);
    }
    free(texts);
    mig_names_free(names);
    mig_cli_settle(cli);
    return found;
}

void mig_rates_write_comparisons(struct mig_rates *rates)
{
    static const char *const columns[] = {"reference", "measure", "kind", "n", "numerator",
        "denominator", "reference_numerator", "reference_denominator", "estimate", "std_error",
        "conf_low", "conf_high", "conf_level", "statistic", "df", "p_value", "unit", "method",
        "note"};
    bool rest = !find_reference(rates);
    mig_rates_open(rates, false, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0, end; i < mig_tally_count(rates->tally); i = end) {
        end = mig_tally_run_end(rates->tally, i, rates->n_shown - 1);
        write_block(rates, i, end, rest);
    }
    mig_rates_note_left_out(rates);
}
