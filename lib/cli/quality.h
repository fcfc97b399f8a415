/* Command line of mig-quality: what columns are, and how findings are written and summed up.
 */
#ifndef MIGSTAT_CLI_QUALITY_H
#define MIGSTAT_CLI_QUALITY_H

#include "../evidence/quality.h"
#include "cli.h"

/* Reads the options in `told`, each named after a role (evidence/roles.h), "lat" and "lon" being the halves of a
 * point, and assumes the roles that were not told; every fault is a complaint. Release with mig_roles_release(). */
void mig_cli_roles(struct mig_cli *cli, const struct mig_header *header,
    const struct mig_option_list *told, struct mig_roles *roles);

/* Complains of each chosen check whose columns are not among `roles`. */
void mig_cli_require_checks(struct mig_cli *cli, const bool *chosen, const struct mig_roles *roles);

/* The table of findings: `context` of mig_cli_write_finding(). */
struct mig_finding_table {
    struct mig_cli *cli;
    uint64_t most;     /* rows of each check */
    uint64_t *written; /* by check, owned */
};
void mig_cli_open_findings(struct mig_cli *cli, uint64_t most, struct mig_finding_table *table);

/* Writes a finding as the next row: for struct mig_quality_options. */
enum mig_status mig_cli_write_finding(void *context, const struct mig_finding *finding,
    struct mig_error *error);

/* Notes which checks could not look and which findings were held back; with -v also what each looked at. Releases the
 * table. */
void mig_cli_close_findings(struct mig_finding_table *table, const struct mig_quality *quality);

/* The table of one line a check, in place of the findings. */
void mig_cli_write_checks(struct mig_cli *cli, const struct mig_quality *quality);

/* The names of the checks and what they look for. */
void mig_cli_list_checks(struct mig_cli *cli);

/* Counts the findings and the rows; a finding (status 1) when one is of `fail_on` or above. */
void mig_cli_account_quality(struct mig_cli *cli, const struct mig_quality *quality, int fail_on);

/* Notes totals that the names suggest, when none was told. */
void mig_cli_propose_totals(struct mig_cli *cli, const struct mig_roles *roles,
    const struct mig_header *header);

#endif
