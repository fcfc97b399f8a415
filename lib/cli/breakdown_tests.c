/* Do rows and columns have to do with each other? The tests of mig-breakdown. */
#include <math.h>
#include <stdlib.h>

#include "base/i18n.h"
#include "cli/breakdown.h"
#include "stats/fisher.h"

/* The table under test, and where results go. */
struct testing {
    struct mig_breakdown_table *table;
    const struct mig_matrix *matrix;
    struct mig_crosstab_look look;
    mig_finding_sink *sink;
    void *context;
};

static void hand_over(
    const struct testing *testing, const struct mig_estimate *out, const char *note)
{
    const struct mig_breakdown *breakdown = testing->table->breakdown;
    const struct mig_finding finding = {.group = testing->table->first,
        .kept = breakdown->n_strata,
        .column_group = SIZE_MAX,
        .measure = breakdown->measure,
        .kind = "test",
        .n = testing->matrix->cases,
        .out = *out,
        .note = note};
    testing->sink(&finding, testing->context);
}

static void chi_squared(const struct testing *testing, enum mig_crosstab_method method)
{
    struct mig_cli *cli = testing->table->breakdown->cli;
    struct mig_estimate out;
    mig_cli_require(cli, mig_crosstab_test(method, &testing->matrix->table, &out, &cli->error));
    hand_over(testing, &out, NULL);
}

/* The four counts of a table where only two rows and two columns hold cases. */
static void find_four(const struct mig_matrix *matrix, double counts[static 4])
{
    size_t used = 0;
    for (size_t row = 0; row < matrix->table.n_rows; row++)
        for (size_t column = 0; column < matrix->table.n_columns; column++)
            if (matrix->row_totals[row] > 0 && matrix->column_totals[column] > 0)
                counts[used++] = matrix->counts[row * matrix->table.n_columns + column];
}

/* The tables share the work that ends within seconds: so do many of them, and what one of them gets
 * depends neither on the clock nor on what the others hold. Less than what the fewest random tables
 * cost, which would come in its place, saves no time. */
static uint64_t share_of_effort(const struct mig_breakdown *breakdown)
{
    const uint64_t share = MIG_FISHER_EFFORT / breakdown->n_tables, least = 100000;
    return share > least ? share : least;
}

static void tell_simulated(void *context, double part)
{
    const struct testing *testing = context;
    const struct mig_breakdown *breakdown = testing->table->breakdown;
    mig_cli_progress(breakdown->cli, _("table %zu of %zu: Fisher's test, %.0f %% of random tables"),
        testing->table->number, breakdown->n_tables, 100 * part);
}

static void tell_exact(void *context, double part)
{
    const struct testing *testing = context;
    const struct mig_breakdown *breakdown = testing->table->breakdown;
    mig_cli_progress(breakdown->cli,
        _("table %zu of %zu: Fisher's test, exact, %.0f %% of the work it may take"),
        testing->table->number, breakdown->n_tables, 100 * part);
}

static void simulated_fisher(struct testing *testing)
{
    const struct mig_breakdown *breakdown = testing->table->breakdown;
    struct mig_cli *cli = breakdown->cli;
    struct mig_estimate out;
    struct mig_buffer note = {0};
    size_t draws = (size_t)breakdown->design.draws;
    if (breakdown->design.draws == MIG_DRAWS_BY_SIZE)
        mig_cli_require(cli, mig_fisher_draws(&testing->matrix->table, share_of_effort(breakdown),
                                 &draws, &cli->error));
    const struct mig_fisher_watch watch = {tell_simulated, testing};
    mig_cli_require(cli,
        mig_fisher_simulated(&testing->matrix->table, draws, cli->seed, &watch, &out, &cli->error));
    mig_progress_clear();
    bool for_people = cli->format == MIG_TEXT || cli->format == MIG_MD;
    const char *format = N_("%zu draws, seed %llu");
    mig_cli_require(cli, mig_buffer_print(&note, &cli->error, for_people ? _(format) : format,
                             draws, (unsigned long long)cli->seed));
    hand_over(testing, &out, note.data);
    mig_buffer_release(&note);
}

static void fisher(struct testing *testing)
{
    struct mig_cli *cli = testing->table->breakdown->cli;
    struct mig_estimate out;
    if (testing->look.n_rows == 2 && testing->look.n_columns == 2) {
        double counts[4] = {0};
        find_four(testing->matrix, counts);
        mig_cli_require(
            cli, mig_fisher_odds_ratio(counts, MIG_TWO_SIDED, cli->level, &out, &cli->error));
        hand_over(testing, &out, NULL);
        return;
    }
    const struct mig_fisher_watch watch = {tell_exact, testing};
    enum mig_status status = mig_fisher_exact(&testing->matrix->table,
        share_of_effort(testing->table->breakdown), &watch, &out, &cli->error);
    mig_progress_clear();
    if (status == MIG_LIMIT) {
        simulated_fisher(testing);
        return;
    }
    mig_cli_require(cli, status);
    hand_over(testing, &out, NULL);
}

static void cramer(const struct testing *testing)
{
    struct mig_cli *cli = testing->table->breakdown->cli;
    struct mig_estimate out;
    for (int method = MIG_CRAMER_V; method <= MIG_CRAMER_CORRECTED; method++) {
        mig_cli_require(cli, mig_crosstab_cramer((enum mig_cramer_method)method,
                                 &testing->matrix->table, &out, &cli->error));
        hand_over(testing, &out, NULL);
    }
}

static void run(struct testing *testing, int test)
{
    switch (test) {
    case MIG_TEST_PEARSON:
        chi_squared(testing, MIG_CROSSTAB_PEARSON);
        break;
    case MIG_TEST_YATES:
        chi_squared(testing, MIG_CROSSTAB_YATES);
        break;
    case MIG_TEST_G2:
        chi_squared(testing, MIG_CROSSTAB_LIKELIHOOD_RATIO);
        break;
    case MIG_TEST_FISHER:
        fisher(testing);
        break;
    default:
        cramer(testing);
    }
}

/* The correction of Yates is for four cells: among all tests it is left out elsewhere. */
static bool suits(const struct testing *testing, int test)
{
    return test != MIG_TEST_YATES || (testing->look.n_rows == 2 && testing->look.n_columns == 2) ||
           mig_breakdown_chose(&testing->table->breakdown->design.tests, MIG_TEST_YATES);
}

void mig_breakdown_tests(struct mig_breakdown_table *table, mig_finding_sink *sink, void *context)
{
    const struct mig_breakdown *breakdown = table->breakdown;
    const struct mig_option_choices *tests = &breakdown->design.tests;
    struct mig_cli *cli = breakdown->cli;
    if (tests->count == 0)
        return;
    struct testing testing = {
        .table = table, .matrix = mig_breakdown_matrix(table), .sink = sink, .context = context};
    if (testing.matrix->note != NULL) {
        struct mig_estimate none = mig_estimate_empty("");
        none.note = testing.matrix->note;
        hand_over(&testing, &none, NULL);
        return;
    }
    mig_cli_require(cli, mig_crosstab_look(&testing.matrix->table, &testing.look, &cli->error));
    int order[MIG_MOST_CHOICES];
    size_t count = mig_breakdown_each_once(tests, MIG_TEST_ALL, order);
    for (size_t i = 0; i < count; i++)
        if (suits(&testing, order[i]))
            run(&testing, order[i]);
}
