/* Roles, private: what telling and assuming share. */
#ifndef MIGSTAT_EVIDENCE_ROLES_INTERNAL_H
#define MIGSTAT_EVIDENCE_ROLES_INTERNAL_H

#include "roles.h"

enum mig_status MIG_MUST_USE mig_role_add(struct mig_role *role, const size_t *columns, size_t count,
    struct mig_error *error);

#endif
