#include <inttypes.h>
#include <stdlib.h>

#include "base/i18n.h"
#include "cli/clean.h"
#include "input/propose.h"

/* Each takes the example, the cells that raise the question, and the cells that are not empty. */
static const char *const questions[MIG_QUESTIONS] = {
    [MIG_ASK_DECIMAL_OR_GROUP] = N_("'%.*s': is the sign decimal, or between thousands? %" PRIu64
                                    " of %" PRIu64 " cells can be read in two ways"),
    [MIG_ASK_BROKEN_GROUP] = N_("'%.*s': is this a decimal, or a thousand written wrongly? %" PRIu64
                                " of %" PRIu64 " cells"),
    [MIG_ASK_SIGNS_DIFFER] =
        N_("'%.*s': no one decimal sign and no one sign between thousands reads "
           "all numbers: %" PRIu64 " of %" PRIu64 " cells"),
    [MIG_ASK_PERCENT] = N_("'%.*s': some numbers have a percent sign and some have none: %" PRIu64
                           " of %" PRIu64 " cells have it"),
    [MIG_ASK_UNIT] = N_("'%.*s': is this a number with a unit? %" PRIu64 " of %" PRIu64 " cells"),
    [MIG_ASK_PLUS_SIGN] =
        N_("'%.*s': is this a number, or a code such as a telephone number? A number loses "
           "its plus sign: %" PRIu64 " of %" PRIu64 " cells"),
    [MIG_ASK_DAY_OR_MONTH] =
        N_("'%.*s': does the day stand first, or the month? %" PRIu64 " of %" PRIu64
           " cells can be read in two ways, all cells in either"),
    [MIG_ASK_ORDERS_DIFFER] = N_(
        "'%.*s': no one order of day, month and year reads all %" PRIu64 " of %" PRIu64 " dates"),
    [MIG_ASK_DAY_OR_NUMBER] =
        N_("'%.*s': is this a day or a number? %" PRIu64 " of %" PRIu64 " cells"),
    [MIG_ASK_SHORT_DATE] =
        N_("'%.*s': is this a date, a year of two digits or a month of a year? %" PRIu64
           " of %" PRIu64 " cells"),
    [MIG_ASK_TIME_OF_DAY] =
        N_("'%.*s': as a date it loses its time of day: %" PRIu64 " of %" PRIu64 " cells"),
    [MIG_ASK_SOME_NO_NUMBER] =
        N_("'%.*s' is not a number, while most cells are: %" PRIu64 " of %" PRIu64 " cells"),
    [MIG_ASK_SOME_NO_DATE] =
        N_("'%.*s' is not a date, while most cells are: %" PRIu64 " of %" PRIu64 " cells"),
    [MIG_ASK_MISSING_OR_VALUE] = N_("'%.*s': is this a missing value, or a text? %" PRIu64
                                    " of %" PRIu64 " cells hold this or its like"),
    [MIG_ASK_LETTER_CASE] =
        N_("'%.*s': another label differs in letter case alone; such labels: %" PRIu64
           ", in %" PRIu64 " cells"),
    [MIG_ASK_SEVERAL_VALUES] =
        N_("'%.*s': are these several values? %" PRIu64 " of %" PRIu64 " cells"),
    [MIG_ASK_LIST] = N_("'%.*s': a list; --split can cut it: %" PRIu64 " of %" PRIu64 " cells"),
};

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
static void ask(struct mig_cli *cli, const struct mig_decision *decision)
{
    const struct mig_header *header = mig_input_header(cli->table);
    struct mig_error error;
    struct mig_position position = {
        mig_input_name(cli->table), cli->n_files > 1 ? 0 : decision->line, decision->column + 1};
    (void)mig_fail(&error, MIG_VALUE, _(questions[decision->question]),
        MIG_TEXT_ARG(decision->example), decision->cells, decision->filled);
    mig_error_locate(&error, &position, header->names[decision->column]);
    mig_cli_finding_error(cli, &error);
}
#pragma GCC diagnostic pop

/* What another cell says is told, but does not decide. */
static void say_shown(struct mig_cli *cli, const struct mig_decision *decision)
{
    const struct mig_header *header = mig_input_header(cli->table);
    struct mig_error error;
    struct mig_position position = {mig_input_name(cli->table),
        cli->n_files > 1 ? 0 : decision->shown_line, decision->column + 1};
    (void)mig_fail(&error, MIG_VALUE,
        _("'%.*s' has decimals that no thousand has: that speaks for decimals in '%.*s', too, but "
          "does not prove them"),
        MIG_TEXT_ARG(decision->shown_by), MIG_TEXT_ARG(decision->example));
    mig_error_locate(&error, &position, header->names[decision->column]);
    mig_cli_note_error(cli, &error);
}

static void ask_all(struct mig_cli *cli, const struct mig_proposal *proposal)
{
    struct mig_decision *decisions;
    size_t count, first = 0;
    size_t uncompared = mig_proposal_uncompared(proposal, &first);
    mig_cli_require(cli, mig_proposal_decisions(proposal, &decisions, &count, &cli->error));
    for (size_t i = 0; i < count; i++) {
        ask(cli, &decisions[i]);
        if (decisions[i].shown_by.length > 0)
            say_shown(cli, &decisions[i]);
    }
    if (count > 0)
        mig_cli_note(
            cli, _("questions left to you: %zu; such columns are proposed as strings"), count);
    if (uncompared > 0)
        mig_cli_note(cli,
            _("columns with too many different texts to look for labels that differ in letter case "
              "alone: %zu, the first is '%s'"),
            uncompared, mig_input_header(cli->table)->names[first]);
    free(decisions);
}

/* Takes all rows in; those that do not fit the header are counted. */
static void take_rows(struct mig_cli *cli, struct mig_proposal *proposal)
{
    struct mig_row row;
    size_t read = 0, unfit = 0;
    for (;;) {
        mig_cli_require(cli, mig_input_next(cli->table, &row, &cli->error));
        if (row.count == 0)
            break;
        read++;
        if (row.fault == NULL)
            mig_cli_require(cli, mig_proposal_row(proposal, &row, &cli->error));
        else if (unfit++ == 0)
            mig_cli_finding_error(cli, row.fault);
    }
    mig_cli_account(cli, read, read - unfit, 0, unfit);
}

void mig_cli_propose(struct mig_cli *cli)
{
    struct mig_proposal *proposal;
    struct mig_buffer json = {0};
    FILE *stream = mig_cli_open_file(cli, cli->output_path != NULL ? cli->output_path : "-");
    mig_cli_open_input(cli);
    mig_cli_require(cli, mig_proposal_new(&proposal, cli->table, &cli->error));
    take_rows(cli, proposal);
    mig_cli_note_dialect(cli, false);
    mig_cli_require(cli, mig_proposal_write(proposal, &cli->input, &json, &cli->error));
    ask_all(cli, proposal);
    fwrite(json.data, 1, json.length, stream); /* mig_cli_end() sees a failure */
    mig_buffer_release(&json);
    mig_proposal_free(proposal);
}
