#include "evidence/roles-internal.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"

enum { MOST_COLUMNS = 256 };

/* How each role is told. */
static const struct rule {
    const char *name;
    const char *form;
    size_t least;
    size_t most;
    bool each; /* a column is a group of its own */
} rules[MIG_N_ROLES] = {
    [MIG_ROLE_KEY] = {"key", "COLS", 1, MOST_COLUMNS, false},
    [MIG_ROLE_COUNT] = {"count", "COLS", 1, MOST_COLUMNS, true},
    [MIG_ROLE_TOTAL] = {"total", "TOTAL=A+B", 3, MOST_COLUMNS, false},
    [MIG_ROLE_SEX] = {"sex", "FEMALE,MALE,TOTAL", 3, 3, false},
    [MIG_ROLE_LEVEL] = {"level", "COL", 1, 1, false},
    [MIG_ROLE_ADMIN] = {"admin", "LARGEST,..,SMALLEST", 2, MOST_COLUMNS, false},
    [MIG_ROLE_DATE] = {"date", "COLS", 1, MOST_COLUMNS, true},
    [MIG_ROLE_SPAN] = {"dates", "START,END", 2, 2, false},
    [MIG_ROLE_POINT] = {"point", "LATITUDE,LONGITUDE", 2, 2, false},
    [MIG_ROLE_PLACE] = {"place", "NAME[,PARENT[,CODE[,PARENT_CODE]]]", 1, 4, false},
    [MIG_ROLE_TIME] = {"time", "COL", 1, 1, false},
    [MIG_ROLE_SERIES] = {"series", "COLS", 1, MOST_COLUMNS, false},
    [MIG_ROLE_AREA] = {"area", "COL", 1, 1, false},
    [MIG_ROLE_AGE] = {"age", "AGE[,PERSONS]", 1, 2, false},
};

enum mig_status mig_role_add(
    struct mig_role *role, const size_t *columns, size_t count, struct mig_error *error)
{
    struct mig_role_group *groups =
        mig_grow(role->groups, &role->capacity, role->count + 1, sizeof *groups);
    if (!groups)
        return mig_fail_memory(error);
    role->groups = groups;
    size_t *copy = calloc(count, sizeof *copy);
    if (!copy)
        return mig_fail_memory(error);
    memcpy(copy, columns, count * sizeof *copy);
    role->groups[role->count++] = (struct mig_role_group){copy, count};
    return MIG_OK;
}

/* What is being told: the columns found so far. */
struct telling {
    const struct rule *rule;
    const struct mig_header *header;
    const char *list;
    struct mig_error_list *errors;
    size_t columns[MOST_COLUMNS];
    size_t count;
    enum mig_status status; /* the last fault */
};

/* Keeps a fault; MIG_NO_MEMORY when there is no room for it. */
static enum mig_status keep_fault(struct telling *telling, const struct mig_error *fault)
{
    telling->status = fault->status;
    return mig_error_list_add(telling->errors, fault);
}

static enum mig_status refuse(struct telling *telling)
{
    struct mig_error fault;
    mig_fail(&fault, MIG_SYNTAX, _("'%s': --%s takes %s"), telling->list, telling->rule->name,
        telling->rule->form);
    return keep_fault(telling, &fault);
}

static enum mig_status find_column(struct telling *telling, struct mig_text name)
{
    struct mig_error fault = {0};
    size_t column = 0;
    char *wanted = mig_text_copy(name);
    if (!wanted)
        return MIG_NO_MEMORY;
    enum mig_status status = mig_header_find(telling->header, wanted, &column, &fault);
    free(wanted);
    if (status == MIG_NO_MEMORY)
        return status;
    if (status)
        return keep_fault(telling, &fault);
    telling->columns[telling->count++] = column;
    return MIG_OK;
}

/* Reads NAME,NAME,.. or, for a total, NAME=NAME+NAME.. */
static enum mig_status read_list(struct telling *telling)
{
    const bool total = telling->rule == &rules[MIG_ROLE_TOTAL];
    enum mig_status status = MIG_OK;
    for (const char *at = telling->list;; at++) {
        const char stop = !total ? ',' : at == telling->list ? '=' : '+';
        struct mig_text name;
        at = mig_text_scan_name(at, (const char[]){stop, '\0'}, &name);
        bool fits = at && name.length > 0 && (*at == stop || *at == '\0');
        if (!fits || telling->count == telling->rule->most)
            return refuse(telling);
        status = find_column(telling, name);
        if (status || *at == '\0')
            return status;
    }
}

/* A column compared with itself finds nothing. But a code may stand for the name of a place, and
 * one column may hold both coordinates. */
static enum mig_status refuse_twice(struct telling *telling)
{
    if (telling->rule == &rules[MIG_ROLE_PLACE] || telling->rule == &rules[MIG_ROLE_POINT])
        return MIG_OK;
    for (size_t i = 1; i < telling->count; i++)
        for (size_t j = 0; j < i; j++)
            if (telling->columns[i] == telling->columns[j]) {
                struct mig_error fault;
                mig_fail(&fault, MIG_ARGUMENT, _("'%s': column '%s' is given twice (option --%s)"),
                    telling->list, telling->header->names[telling->columns[i]],
                    telling->rule->name);
                return keep_fault(telling, &fault);
            }
    return MIG_OK;
}

static enum mig_status add_groups(struct telling *telling, struct mig_role *role)
{
    if (!telling->rule->each)
        return mig_role_add(role, telling->columns, telling->count, NULL);
    enum mig_status status = MIG_OK;
    for (size_t i = 0; i < telling->count && !status; i++)
        status = mig_role_add(role, &telling->columns[i], 1, NULL);
    return status;
}

static size_t find_rule(const char *name)
{
    size_t kind = 0;
    while (kind < MIG_N_ROLES && strcmp(rules[kind].name, name) != 0)
        kind++;
    return kind;
}

enum mig_status mig_roles_tell(struct mig_roles *roles, const struct mig_header *header,
    const char *name, const char *list, struct mig_error_list *errors)
{
    size_t kind = find_rule(name);
    if (kind == MIG_N_ROLES)
        return mig_fail(NULL, MIG_NAME, _("no role '%s'"), name);
    struct telling telling = {
        .rule = &rules[kind], .header = header, .list = list, .errors = errors};
    enum mig_status status = read_list(&telling);
    if (!status && !telling.status && telling.count < telling.rule->least)
        status = refuse(&telling);
    if (!status && !telling.status)
        status = refuse_twice(&telling);
    if (!status && !telling.status)
        status = add_groups(&telling, &roles->of[kind]);
    return status ? status : telling.status;
}

enum mig_status mig_role_describe(const struct mig_role *role, const struct mig_header *header,
    struct mig_buffer *out, struct mig_error *error)
{
    enum mig_status status = mig_buffer_append(out, "", 0, error);
    for (size_t i = 0; i < role->count; i++) {
        const struct mig_role_group *group = &role->groups[i];
        for (size_t j = 0; j < group->count && !status; j++) {
            const char *between = j > 0 ? "," : i > 0 ? " " : "";
            if (j == 0 || group->columns[j] != group->columns[0])
                status =
                    mig_buffer_print(out, error, "%s%s", between, header->names[group->columns[j]]);
        }
    }
    return status;
}

void mig_roles_release(struct mig_roles *roles)
{
    for (size_t kind = 0; kind < MIG_N_ROLES; kind++) {
        for (size_t i = 0; i < roles->of[kind].count; i++)
            free(roles->of[kind].groups[i].columns);
        free(roles->of[kind].groups);
        roles->of[kind] = (struct mig_role){0};
    }
}
