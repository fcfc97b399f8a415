/* Tests and indices below a wide table. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "cli/breakdown-internal.h"

/* Columns of the results: each is a group of the grid, so that one without content is left out. */
enum {
    RESULT_N,
    RESULT_ESTIMATE,
    RESULT_INTERVAL,
    RESULT_STATISTIC,
    RESULT_DF,
    RESULT_P,
    N_RESULTS
};

static void begin_results(struct mig_sheet *sheet, bool with_kind)
{
    static const char *const labels[] = {
        "n", N_("estimate"), N_("interval"), N_("statistic"), N_("df"), "p"};
    mig_sheet_begin(sheet, &(struct mig_grid_shape){with_kind ? 2 : 1, 1, N_RESULTS, 1});
    if (with_kind)
        mig_sheet_put(sheet, _("result"));
    mig_sheet_put(sheet, _("method"));
    mig_sheet_put(sheet, "");
    for (size_t i = 0; i < N_RESULTS; i++)
        mig_sheet_put(sheet, i == RESULT_N || i == RESULT_P ? labels[i] : _(labels[i]));
}

static void put_number(struct mig_sheet *sheet, double value, int digits)
{
    struct mig_cli *cli = sheet->breakdown->cli;
    mig_people_significant(cli, &sheet->scratch, value, digits);
    mig_sheet_put_scratch(sheet);
}

static bool is_simulated(const struct mig_finding *finding)
{
    return !isnan(finding->out.p_value) && !isnan(finding->out.std_error) && finding->note != NULL;
}

static void put_p_value(struct mig_sheet *sheet, double p)
{
    struct mig_cli *cli = sheet->breakdown->cli;
    const double least = 0.0001;
    if (p < least) {
        mig_cli_require(cli, mig_buffer_print(&sheet->scratch, &cli->error, "<"));
        mig_people_real(cli, &sheet->scratch, least, 4);
    } else {
        mig_people_significant(cli, &sheet->scratch, p, 3);
    }
    mig_sheet_put_scratch(sheet);
}

/* "fisher-monte-carlo: standard error of p 0.0008; 2000 draws, seed 1" */
static void keep_simulation(struct mig_sheet *sheet, const struct mig_finding *finding)
{
    struct mig_cli *cli = sheet->breakdown->cli;
    struct mig_buffer error = {0}, note = {0};
    mig_people_significant(cli, &error, finding->out.std_error, 1);
    mig_cli_require(cli, mig_buffer_print(&note, &cli->error, _("standard error of p %s; %s"),
                             error.data, finding->note));
    mig_sheet_keep_note(sheet, finding->out.method, note.data);
    mig_buffer_release(&error);
    mig_buffer_release(&note);
}

static void put_result_interval(struct mig_sheet *sheet, const struct mig_estimate *out)
{
    struct mig_cli *cli = sheet->breakdown->cli;
    if (!isnan(out->conf_low) || !isnan(out->conf_high)) {
        sheet->odds_intervals = true; /* nothing else below the table has one */
        mig_people_significant(cli, &sheet->scratch, out->conf_low, 4);
        mig_cli_require(cli, mig_buffer_print(&sheet->scratch, &cli->error, "\u2013"));
        mig_people_significant(cli, &sheet->scratch, out->conf_high, 4);
        if (isinf(out->conf_high))
            mig_cli_require(cli, mig_buffer_print(&sheet->scratch, &cli->error, "\u221e"));
    }
    mig_sheet_put_scratch(sheet);
}

static void put_numbers(struct mig_sheet *sheet, const struct mig_finding *finding)
{
    put_number(sheet, finding->n, 15);
    put_number(sheet, finding->out.estimate, 4);
    put_result_interval(sheet, &finding->out);
    put_number(sheet, finding->out.statistic, 4);
    put_number(sheet, finding->out.df, 15);
    put_p_value(sheet, finding->out.p_value);
}

static const char *note_of(const struct mig_finding *finding)
{
    return finding->note != NULL       ? finding->note
           : finding->out.note != NULL ? _(finding->out.note)
                                       : NULL;
}

static void put_test(const struct mig_finding *finding, void *context)
{
    struct mig_sheet *sheet = context;
    mig_sheet_put(sheet, finding->out.method);
    put_numbers(sheet, finding);
    if (is_simulated(finding))
        keep_simulation(sheet, finding);
    else
        mig_sheet_keep_note(sheet,
            *finding->out.method != '\0' ? finding->out.method : finding->kind, note_of(finding));
}

/* An index of the whole table, where there are no groups. */
static void put_index(const struct mig_finding *finding, void *context)
{
    struct mig_sheet *sheet = context;
    bool same = strcmp(finding->kind, finding->out.method) == 0;
    mig_sheet_put(sheet, finding->kind);
    mig_sheet_put(sheet, same ? "" : finding->out.method);
    put_numbers(sheet, finding);
    mig_sheet_keep_note(sheet, finding->out.method, note_of(finding));
}

/* Indices of groups stand side by side: a row a group, then all together, then the components of
 * Theil's index. */
enum { MOST_INDICES = 8, ROWS_OF_ALL = 3 };
static const size_t all_groups = SIZE_MAX - 2, between_groups = SIZE_MAX - 1,
                    within_groups = SIZE_MAX;

struct index_row {
    size_t group; /* of the tally; or one of those three */
    bool has[MOST_INDICES];
    double n[MOST_INDICES], value[MOST_INDICES];
};

struct indices {
    struct mig_sheet *sheet;
    const char *names[MOST_INDICES];
    size_t n_names;
    size_t run_end[MOST_INDICES]; /* behind the last index of the same cases, at the first */
    struct index_row *rows;
    size_t n_rows, capacity;
    size_t *row_of; /* by group of the table, then of all: the number of its row from 1, or 0 */
    bool parts;     /* some are about the parts: dissimilarity */
};

static bool is_about_part(const struct mig_finding *finding)
{
    return strcmp(finding->kind, mig_index_names[MIG_INDEX_DISSIMILARITY]) == 0;
}

static size_t find_index(struct indices *indices, const char *method)
{
    size_t i = 0;
    while (i < indices->n_names && strcmp(indices->names[i], method) != 0)
        i++;
    indices->names[i] = method;
    indices->n_names += i == indices->n_names;
    return i;
}

static struct index_row *find_row(struct indices *indices, size_t group)
{
    struct mig_cli *cli = indices->sheet->breakdown->cli;
    const struct mig_breakdown_table *table = indices->sheet->table;
    size_t *row =
        &indices->row_of[group >= all_groups ? table->end - table->first + (group - all_groups)
                                             : group - table->first];
    if (*row > 0)
        return &indices->rows[*row - 1];
    struct index_row *rows =
        mig_grow(indices->rows, &indices->capacity, indices->n_rows + 1, sizeof *rows);
    if (rows == NULL)
        mig_cli_require(cli, mig_fail_memory(&cli->error));
    indices->rows = rows;
    rows[indices->n_rows] = (struct index_row){.group = group};
    *row = ++indices->n_rows;
    return &rows[indices->n_rows - 1];
}

/* "Gao (gini)", or "theil" of all groups. */
static void keep_index_note(
    struct mig_sheet *sheet, const struct mig_finding *finding, size_t group, const char *index)
{
    const struct mig_breakdown *breakdown = sheet->breakdown;
    struct mig_cli *cli = breakdown->cli;
    struct mig_buffer name = {0};
    for (size_t i = 0; i < breakdown->n_by && group < all_groups; i++) {
        struct mig_text text = mig_breakdown_key(breakdown, group, breakdown->n_strata + i, true);
        mig_cli_require(cli,
            mig_buffer_print(&name, &cli->error, "%s%.*s", i > 0 ? " / " : "", MIG_TEXT_ARG(text)));
    }
    mig_cli_require(
        cli, mig_buffer_print(&name, &cli->error, group < all_groups ? " (%s)" : "%s", index));
    mig_sheet_keep_note(sheet, name.data, note_of(finding));
    mig_buffer_release(&name);
}

static void collect(const struct mig_finding *finding, void *context)
{
    struct indices *indices = context;
    const struct mig_breakdown *breakdown = indices->sheet->breakdown;
    if (is_about_part(finding)) {
        indices->parts = true;
        return;
    }
    size_t i = find_index(indices, finding->out.method);
    size_t group = strcmp(finding->kind, "theil_between") == 0  ? between_groups
                   : strcmp(finding->kind, "theil_within") == 0 ? within_groups
                   : finding->kept == breakdown->n_strata       ? all_groups
                                                                : finding->group;
    struct index_row *row = find_row(indices, group);
    row->has[i] = true;
    row->n[i] = finding->n;
    row->value[i] = finding->out.estimate;
    keep_index_note(indices->sheet, finding, group, indices->names[i]);
}

static int by_group(const void *a, const void *b)
{
    const struct index_row *left = a, *right = b;
    return (left->group > right->group) - (left->group < right->group);
}

/* How many cases the row's indices first .. end - 1 are of; NaN where it has none of them. */
static double cases_of(const struct index_row *row, size_t first, size_t end)
{
    for (size_t i = first; i < end; i++)
        if (row->has[i])
            return row->n[i];
    return NAN;
}

/* Whether index `i` of the row is of the cases that its indices first .. end - 1 are of. */
static bool is_of_same_cases(const struct index_row *row, size_t first, size_t end, size_t i)
{
    double n = cases_of(row, first, end);
    if (row->has[i] && !isnan(n))
        return !(n < row->n[i]) && !(n > row->n[i]);
    return row->group >= all_groups || row->has[i] == !isnan(n);
}

static void find_runs(struct indices *indices)
{
    for (size_t first = 0, end; first < indices->n_names; first = end) {
        bool same = true;
        for (end = first + 1; end < indices->n_names && same; end += same)
            for (size_t i = 0; i < indices->n_rows && same; i++)
                same = is_of_same_cases(&indices->rows[i], first, end, end);
        indices->run_end[first] = end;
    }
}

static void put_index_headings(struct mig_sheet *sheet, const struct indices *indices)
{
    const struct mig_breakdown *breakdown = sheet->breakdown;
    size_t n_groups = indices->n_names;
    for (size_t first = 0; first < indices->n_names; first = indices->run_end[first])
        n_groups++;
    mig_sheet_begin(sheet, &(struct mig_grid_shape){breakdown->n_by, 1, n_groups, 1});
    for (size_t i = 0; i < breakdown->n_by; i++)
        mig_sheet_put(sheet, mig_keys_name(&breakdown->keys, breakdown->n_strata + i));
    mig_sheet_put(sheet, "");
    for (size_t first = 0, end; first < indices->n_names; first = end) {
        end = indices->run_end[first];
        mig_sheet_put(sheet, "n");
        for (size_t i = first; i < end; i++)
            mig_sheet_put(sheet, indices->names[i]);
    }
}

static const char *name_of_all(size_t group)
{
    return group == all_groups       ? _("(total)")
           : group == between_groups ? _("(between groups)")
                                     : _("(within groups)");
}

static void put_index_row(
    struct mig_sheet *sheet, const struct indices *indices, const struct index_row *row)
{
    const struct mig_breakdown *breakdown = sheet->breakdown;
    for (size_t i = 0; i < breakdown->n_by; i++)
        if (row->group >= all_groups)
            mig_sheet_put(sheet, i == 0 ? name_of_all(row->group) : "");
        else
            mig_sheet_put_text(
                sheet, mig_breakdown_key(breakdown, row->group, breakdown->n_strata + i, true));
    for (size_t first = 0, end; first < indices->n_names; first = end) {
        end = indices->run_end[first];
        put_number(sheet, cases_of(row, first, end), 15);
        for (size_t i = first; i < end; i++)
            if (row->has[i] && isnan(row->value[i]))
                mig_sheet_put(sheet, "\u2013");
            else
                put_number(sheet, row->has[i] ? row->value[i] : NAN, 4);
    }
}

static void put_part(const struct mig_finding *finding, void *context)
{
    struct mig_sheet *sheet = context;
    const struct mig_breakdown *breakdown = sheet->breakdown;
    size_t of = breakdown->n_strata + breakdown->n_by;
    if (!is_about_part(finding))
        return;
    for (size_t key = of; key < of + breakdown->n_of; key++)
        mig_sheet_put_text(sheet, mig_breakdown_key(breakdown, finding->column_group, key, true));
    put_number(sheet, finding->n, 15);
    if (isnan(finding->out.estimate))
        mig_sheet_put(sheet, "\u2013");
    else
        put_number(sheet, finding->out.estimate, 4);
    mig_sheet_keep_note(sheet, finding->kind, note_of(finding));
}

static void put_parts(struct mig_sheet *sheet)
{
    const struct mig_breakdown *breakdown = sheet->breakdown;
    size_t of = breakdown->n_strata + breakdown->n_by;
    mig_sheet_gap(sheet);
    mig_sheet_begin(sheet, &(struct mig_grid_shape){breakdown->n_of, 1, 2, 1});
    for (size_t key = of; key < of + breakdown->n_of; key++)
        mig_sheet_put(sheet, mig_keys_name(&breakdown->keys, key));
    mig_sheet_put(sheet, "");
    mig_sheet_put(sheet, "n");
    mig_sheet_put(sheet, mig_index_names[MIG_INDEX_DISSIMILARITY]);
    mig_breakdown_indices(sheet->table, put_part, sheet);
    mig_sheet_end(sheet);
}

static void put_indices_of_groups(struct mig_sheet *sheet)
{
    const struct mig_breakdown_table *table = sheet->table;
    struct indices indices = {.sheet = sheet};
    indices.row_of = mig_breakdown_allocate(
        sheet->breakdown->cli, table->end - table->first + ROWS_OF_ALL, sizeof *indices.row_of);
    mig_breakdown_indices(sheet->table, collect, &indices);
    if (indices.n_rows > 0) {
        qsort(indices.rows, indices.n_rows, sizeof *indices.rows, by_group);
        find_runs(&indices);
        mig_sheet_gap(sheet);
        put_index_headings(sheet, &indices);
        for (size_t i = 0; i < indices.n_rows; i++) {
            if (indices.rows[i].group == all_groups)
                mig_cli_require(sheet->breakdown->cli,
                    mig_grid_rule(sheet->grid, &sheet->breakdown->cli->error));
            put_index_row(sheet, &indices, &indices.rows[i]);
        }
        mig_sheet_end(sheet);
    }
    if (indices.parts)
        put_parts(sheet);
    free(indices.rows);
    free(indices.row_of);
}

void mig_breakdown_put_results(struct mig_sheet *sheet)
{
    const struct mig_breakdown *breakdown = sheet->breakdown;
    const struct mig_breakdown_design *design = &breakdown->design;
    if (design->tests.count > 0) {
        mig_sheet_gap(sheet);
        begin_results(sheet, false);
        mig_breakdown_tests(sheet->table, put_test, sheet);
        mig_sheet_end(sheet);
    }
    if (design->indices.count > 0 && breakdown->n_by > 0) {
        put_indices_of_groups(sheet);
    } else if (design->indices.count > 0) {
        mig_sheet_gap(sheet);
        begin_results(sheet, true);
        mig_breakdown_indices(sheet->table, put_index, sheet);
        mig_sheet_end(sheet);
    }
}
