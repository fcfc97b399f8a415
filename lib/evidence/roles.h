/* Roles: which columns are counts, dates, places and so on. The user tells them; the rest may be assumed from
 * names and HXL tags, and what was assumed is marked, so that it can be said.
 *
 * A role has groups of columns: every count is a group of one column, a key of one or more, a total of itself and
 * its parts.
 */
#ifndef MIGSTAT_EVIDENCE_ROLES_H
#define MIGSTAT_EVIDENCE_ROLES_H

#include <stdbool.h>

#include "../base/memory.h"
#include "../input/header.h"

enum mig_role_kind {
    MIG_ROLE_KEY,    /* columns that identify a row */
    MIG_ROLE_COUNT,  /* one column of counts */
    MIG_ROLE_TOTAL,  /* a total and its parts */
    MIG_ROLE_SEX,    /* female, male, total */
    MIG_ROLE_LEVEL,  /* the administrative level of the row */
    MIG_ROLE_ADMIN,  /* columns of nested units, the largest first */
    MIG_ROLE_DATE,   /* one column of dates */
    MIG_ROLE_SPAN,   /* start, end */
    MIG_ROLE_POINT,  /* latitude, longitude; twice the same column when it holds both */
    MIG_ROLE_PLACE,  /* name[, parent[, code[, code of the parent]]] */
    MIG_ROLE_TIME,   /* the round or period of the row */
    MIG_ROLE_SERIES, /* columns whose combinations are series */
    MIG_ROLE_AGE,    /* age[, persons] */
    MIG_ROLE_AREA,   /* the country, or another area whose points lie near each other */
    MIG_N_ROLES,
    MIG_ROLE_NONE = MIG_N_ROLES /* the whole row */
};

struct mig_role_group {
    size_t *columns;
    size_t count;
};

struct mig_role {
    struct mig_role_group *groups;
    size_t count;
    size_t capacity;
    bool assumed; /* from names and tags, not told */
};

/* Zero-initialised is empty. */
struct mig_roles {
    struct mig_role of[MIG_N_ROLES];
};

/* Adds what the user tells: `name` is that of the role ("count", "total", ..), `list` its columns: names or HXL
 * patterns separated by commas; "T=A+B" for a total. A count and a date make one group a column. Every fault
 * is appended to `errors`: an unknown column, too few or too many, one twice. Errors: MIG_NAME, MIG_SYNTAX,
 * MIG_ARGUMENT; MIG_NO_MEMORY. */
MIG_API enum mig_status MIG_MUST_USE mig_roles_tell(struct mig_roles *roles,
    const struct mig_header *header, const char *name, const char *list,
    struct mig_error_list *errors);

/* Fills the roles that were not told where names or HXL tags leave no doubt, and marks them as assumed: counts, sexes,
 * dates and spans, level, nested units and the places in them, points, age. Never keys, totals, times, series.
 * The rules stand in the manual of mig-quality. Errors: MIG_NO_MEMORY. */
MIG_API enum mig_status MIG_MUST_USE mig_roles_assume(struct mig_roles *roles,
    const struct mig_header *header, struct mig_error *error);

/* Appends totals that the names suggest, as "f_total=f_0_4+f_5_11 total=f_total+m_total": for the user to
 * decide. Errors: MIG_NO_MEMORY. */
MIG_API enum mig_status MIG_MUST_USE mig_roles_propose_totals(const struct mig_header *header,
    struct mig_buffer *out, struct mig_error *error);

/* Appends the names of a role's columns: "start,end"; groups are separated by blanks. */
MIG_API enum mig_status MIG_MUST_USE mig_role_describe(const struct mig_role *role,
    const struct mig_header *header, struct mig_buffer *out, struct mig_error *error);

MIG_API void mig_roles_release(struct mig_roles *roles);

#endif
