#include "cli/quality.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"

static void tell(struct mig_cli *cli, struct mig_roles *roles, const struct mig_header *header,
    const char *role, const char *list)
{
    struct mig_error_list faults = {0};
    if (mig_roles_tell(roles, header, role, list, &faults) == MIG_NO_MEMORY)
        mig_cli_require(cli, mig_fail_memory(&cli->error));
    mig_cli_complain_all(cli, &faults);
}

static void tell_point(struct mig_cli *cli, struct mig_roles *roles,
    const struct mig_header *header, const char *latitude, const char *longitude)
{
    struct mig_buffer both = {0};
    if (!latitude || !longitude) {
        mig_cli_complain(cli, "%s", _("--lat and --lon are wanted together"));
        return;
    }
    mig_cli_require(cli, mig_buffer_print(&both, &cli->error, "`%s`,`%s`", latitude, longitude));
    tell(cli, roles, header, "point", both.data);
    mig_buffer_release(&both);
}

void mig_cli_roles(struct mig_cli *cli, const struct mig_header *header,
    const struct mig_option_list *told, struct mig_roles *roles)
{
    const char *latitude = NULL, *longitude = NULL;
    for (size_t i = 0; i < told->count; i++) {
        const struct mig_option_use *use = &told->items[i];
        if (strcmp(use->option, "lat") == 0)
            latitude = use->value;
        else if (strcmp(use->option, "lon") == 0)
            longitude = use->value;
        else
            tell(cli, roles, header, use->option, use->value);
    }
    if (latitude || longitude)
        tell_point(cli, roles, header, latitude, longitude);
    mig_cli_require(cli, mig_roles_assume(roles, header, &cli->error));
}

void mig_cli_require_checks(struct mig_cli *cli, const bool *chosen, const struct mig_roles *roles)
{
    for (size_t i = 0; i < mig_quality_count(); i++) {
        const char *needs = chosen[i] ? mig_quality_needs(i, roles) : NULL;
        if (needs)
            mig_cli_complain(cli, _("check '%s': %s"), mig_quality_name(i), _(needs));
    }
}

void mig_cli_open_findings(struct mig_cli *cli, uint64_t most, struct mig_finding_table *table)
{
    static const char *const names[] = {
        "check", "severity", "file", "line", "column", "value", "message"};
    *table = (struct mig_finding_table){cli, most, calloc(mig_quality_count(), sizeof(uint64_t))};
    if (!table->written)
        mig_cli_require(cli, mig_fail_memory(&cli->error));
    mig_cli_open_writer(cli, names, sizeof names / sizeof *names);
}

enum mig_status mig_cli_write_finding(
    void *context, const struct mig_finding *finding, struct mig_error *error)
{
    struct mig_finding_table *table = context;
    struct mig_writer *writer = table->cli->writer;
    size_t check;
    enum mig_status status = mig_quality_find_check(mig_text_of(finding->check), &check, error);
    if (status || table->written[check] >= table->most)
        return status;
    table->written[check]++;
    mig_writer_string(writer, finding->check);
    mig_writer_string(writer, mig_severity_name(finding->severity));
    mig_writer_string(writer, finding->file);
    if (finding->line > 0)
        mig_writer_count(writer, finding->line);
    else
        mig_writer_empty(writer);
    mig_writer_string(writer, finding->column);
    mig_writer_string(writer, finding->value);
    mig_writer_string(writer, finding->message);
    return mig_writer_end_row(writer, error);
}

/* Appends "NAME (WHY)" to a list. */
static void list_check(
    struct mig_cli *cli, struct mig_buffer *list, const struct mig_check_account *account)
{
    mig_cli_require(cli, mig_buffer_print(list, &cli->error, "%s%s (%s)",
                             list->length > 0 ? ", " : "", account->name, _(account->note)));
}

static void note_what_it_saw(struct mig_cli *cli, const struct mig_check_account *account)
{
    const char *columns = *account->columns ? account->columns : _("all columns");
    if (!cli->verbose || !account->checked)
        return;
    if (account->assumed)
        mig_cli_note(cli, _("%s looked at %zu rows, columns assumed from their names: %s"),
            account->name, account->rows, columns);
    else
        mig_cli_note(cli, _("%s looked at %zu rows: %s"), account->name, account->rows, columns);
}

void mig_cli_close_findings(struct mig_finding_table *table, const struct mig_quality *quality)
{
    struct mig_cli *cli = table->cli;
    struct mig_buffer idle = {0}, part = {0};
    for (size_t i = 0; i < mig_quality_count(); i++) {
        struct mig_check_account account = mig_quality_account(quality, i);
        note_what_it_saw(cli, &account);
        if (account.note)
            list_check(cli, account.checked ? &part : &idle, &account);
        if (table->written[i] < account.total)
            mig_cli_note(cli, _("%s: findings not written: %zu (--most)"), account.name,
                account.total - (size_t)table->written[i]);
    }
    if (part.length > 0)
        mig_cli_note(cli, _("checked in part: %s"), part.data);
    if (idle.length > 0)
        mig_cli_note(cli, _("not checked: %s"), idle.data);
    mig_buffer_release(&idle);
    mig_buffer_release(&part);
    free(table->written);
}

static void write_check(struct mig_cli *cli, const struct mig_check_account *account)
{
    struct mig_writer *writer = cli->writer;
    mig_writer_string(writer, account->name);
    mig_writer_words(writer, account->checked ? N_("checked") : N_("not checked"));
    mig_writer_string(writer, account->worst);
    if (account->checked) {
        mig_writer_count(writer, account->total);
        mig_writer_count(writer, account->rows);
    } else {
        mig_writer_empty(writer);
        mig_writer_empty(writer);
    }
    mig_writer_words(writer, !account->checked || !*account->columns ? NULL
                             : account->assumed                      ? N_("assumed")
                                                                     : N_("told"));
    mig_writer_string(writer, account->columns);
    mig_writer_words(writer, account->note);
    mig_cli_require(cli, mig_writer_end_row(writer, &cli->error));
}

void mig_cli_write_checks(struct mig_cli *cli, const struct mig_quality *quality)
{
    static const char *const names[] = {
        "check", "status", "severity", "findings", "rows", "basis", "columns", "note"};
    mig_cli_open_writer(cli, names, sizeof names / sizeof *names);
    for (size_t i = 0; i < mig_quality_count(); i++) {
        struct mig_check_account account = mig_quality_account(quality, i);
        if (account.chosen)
            write_check(cli, &account);
    }
}

void mig_cli_list_checks(struct mig_cli *cli)
{
    static const char *const names[] = {"check", "purpose"};
    mig_cli_open_writer(cli, names, 2);
    for (size_t i = 0; i < mig_quality_count(); i++) {
        mig_writer_string(cli->writer, mig_quality_name(i));
        mig_writer_words(cli->writer, mig_quality_purpose(i));
        mig_cli_require(cli, mig_writer_end_row(cli->writer, &cli->error));
    }
}

void mig_cli_account_quality(struct mig_cli *cli, const struct mig_quality *quality, int fail_on)
{
    size_t read, ragged, sums[MIG_N_SEVERITIES] = {0};
    bool fails = false;
    mig_cli_note_dialect(cli, false);
    for (size_t i = 0; i < mig_quality_count(); i++)
        for (int severity = 0; severity < MIG_N_SEVERITIES; severity++) {
            sums[severity] += mig_quality_account(quality, i).findings[severity];
            fails = fails || (sums[severity] > 0 && severity >= fail_on);
        }
    const char *format = _("findings: %zu error, %zu warn, %zu note");
    (fails ? mig_cli_finding : mig_cli_note)(
        cli, format, sums[MIG_SEVERITY_ERROR], sums[MIG_SEVERITY_WARN], sums[MIG_SEVERITY_NOTE]);
    mig_quality_rows(quality, &read, &ragged);
    mig_cli_account(cli, read, read - ragged, 0, ragged);
}

void mig_cli_propose_totals(
    struct mig_cli *cli, const struct mig_roles *roles, const struct mig_header *header)
{
    struct mig_buffer totals = {0};
    if (roles->of[MIG_ROLE_TOTAL].count > 0)
        return;
    mig_cli_require(cli, mig_roles_propose_totals(header, &totals, &cli->error));
    if (totals.length > 0)
        mig_cli_note(cli, _("not checked unless told with --total: %s"), totals.data);
    mig_buffer_release(&totals);
}
