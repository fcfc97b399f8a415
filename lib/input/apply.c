/* Schemas applied: fields become plans of columns, and what differs is named. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "input/schema.h"

/* The column of the k-th field of a name is the k-th column of that name; SIZE_MAX: there is none.
 */
static size_t column_of(
    const struct mig_schema *schema, size_t field, const struct mig_header *header)
{
    size_t earlier = 0;
    for (size_t i = 0; i < field; i++)
        earlier += strcmp(schema->fields[i].name, schema->fields[field].name) == 0;
    for (size_t i = 0; i < header->count; i++)
        if (strcmp(header->names[i], schema->fields[field].name) == 0 && earlier-- == 0)
            return i;
    return SIZE_MAX;
}

static enum mig_status copy_list(
    struct mig_text_list *to, const struct mig_text_list *from, struct mig_error *error)
{
    enum mig_status status = MIG_OK;
    for (size_t i = 0; i < from->count && status == MIG_OK; i++)
        status = mig_text_list_add(to, mig_text_of(from->items[i]), error);
    return status;
}

static enum mig_status set_plan(struct mig_plan *plan, const struct mig_schema *schema,
    const struct mig_field *field, struct mig_error *error)
{
    plan->treatment = field->treatment;
    plan->style =
        (struct mig_number_style){field->decimal, mig_text_of(field->group), field->percent};
    plan->order = field->order;
    plan->short_year = field->short_year;
    plan->trim = field->trim;
    plan->with_unit = field->with_unit;
    enum mig_status status =
        copy_list(&plan->missing, field->has_missing ? &field->missing : &schema->missing, error);
    if (status == MIG_OK && field->unit != NULL)
        status = mig_buffer_append(&plan->unit, field->unit, strlen(field->unit), error);
    if (status == MIG_OK)
        status = copy_list(&plan->yes, &field->yes, error);
    if (status == MIG_OK)
        status = copy_list(&plan->no, &field->no, error);
    for (size_t i = 0; i < field->old_labels.count && status == MIG_OK; i++)
        status = mig_plan_add_label(plan, mig_text_of(field->old_labels.items[i]),
            mig_text_of(field->new_labels.items[i]), false, error);
    return status;
}

static enum mig_status add(
    struct mig_error_list *findings, const struct mig_error *finding, struct mig_error *error)
{
    return mig_error_list_add(findings, finding) == MIG_OK ? MIG_OK : mig_fail_memory(error);
}

static enum mig_status compare_tag(const struct mig_field *field, const struct mig_header *header,
    size_t column, struct mig_error_list *findings, struct mig_error *error)
{
    struct mig_error finding;
    if (field->tag == NULL || header->tags == NULL || strcmp(field->tag, header->tags[column]) == 0)
        return MIG_OK;
    (void)mig_fail(&finding, MIG_NAME, _("column '%s' has the tag '%s', in the schema '%s'"),
        field->name, header->tags[column], field->tag);
    return add(findings, &finding, error);
}

static enum mig_status compare_places(const struct mig_schema *schema,
    const struct mig_input *input, struct mig_error_list *findings, struct mig_error *error)
{
    struct mig_error finding;
    struct mig_input_account account = mig_input_account(input);
    if (schema->header_row > 0 && account.header_line != schema->header_row) {
        (void)mig_fail(&finding, MIG_NAME, _("the header is line %zu, in the schema %zu"),
            account.header_line, schema->header_row);
        return add(findings, &finding, error);
    }
    return MIG_OK;
}

static enum mig_status name_new_columns(const struct mig_header *header, const bool *known,
    struct mig_error_list *findings, struct mig_error *error)
{
    enum mig_status status = MIG_OK;
    struct mig_error finding;
    for (size_t i = 0; i < header->count && status == MIG_OK; i++)
        if (!known[i]) {
            (void)mig_fail(&finding, MIG_NAME,
                _("column '%s' is new: the schema does not have it, and it goes out as it is"),
                header->names[i]);
            status = add(findings, &finding, error);
        }
    return status;
}

enum mig_status mig_schema_apply(const struct mig_schema *schema, struct mig_cleaner *cleaner,
    struct mig_error_list *findings, struct mig_error *error)
{
    const struct mig_header *header = mig_input_header(cleaner->input);
    bool *known = calloc(header->count, sizeof *known);
    if (known == NULL)
        return mig_fail_memory(error);
    enum mig_status status = compare_places(schema, cleaner->input, findings, error);
    for (size_t i = 0; i < schema->count && status == MIG_OK; i++) {
        const struct mig_field *field = &schema->fields[i];
        size_t column = column_of(schema, i, header);
        struct mig_error finding;
        if (column == SIZE_MAX) {
            (void)mig_fail(&finding, MIG_NAME,
                _("column '%s' of the schema has vanished from the file"), field->name);
            status = add(findings, &finding, error);
            continue;
        }
        known[column] = true;
        status = set_plan(&cleaner->plans[column], schema, field, error);
        if (status == MIG_OK)
            status = compare_tag(field, header, column, findings, error);
    }
    if (status == MIG_OK)
        status = name_new_columns(header, known, findings, error);
    free(known);
    return status;
}

static enum mig_status review_type(const char *name, const struct mig_plan *plan,
    struct mig_error_list *findings, struct mig_error *error)
{
    struct mig_error finding;
    if (plan->faults == 0)
        return MIG_OK;
    if (plan->faults == plan->filled)
        (void)mig_fail(&finding, MIG_VALUE,
            _("column '%s' is no longer of type %s: none of its %" PRIu64 " cells fits"), name,
            mig_type_name(plan->treatment), plan->filled);
    else
        (void)mig_fail(&finding, MIG_VALUE,
            _("column '%s': cells that are not of type %s: %" PRIu64 " of %" PRIu64), name,
            mig_type_name(plan->treatment), plan->faults, plan->filled);
    return add(findings, &finding, error);
}

static enum mig_status review_percents(const char *name, const struct mig_plan *plan,
    struct mig_error_list *findings, struct mig_error *error)
{
    struct mig_error finding;
    uint64_t bare = plan->filled - plan->faults - plan->percents;
    if (plan->percents == 0 || bare == 0)
        return MIG_OK;
    (void)mig_fail(&finding, MIG_VALUE,
        _("column '%s': numbers with a percent sign: %" PRIu64 ", without: %" PRIu64), name,
        plan->percents, bare);
    return add(findings, &finding, error);
}

static enum mig_status review_units(const char *name, const struct mig_plan *plan,
    struct mig_error_list *findings, struct mig_error *error)
{
    struct mig_error finding;
    uint64_t bare = plan->filled - plan->faults - plan->units;
    if (plan->units == 0 || bare == 0)
        return MIG_OK;
    (void)mig_fail(&finding, MIG_VALUE,
        _("column '%s': numbers with the unit '%.*s': %" PRIu64 ", without: %" PRIu64), name,
        MIG_TEXT_ARG(mig_text_head(mig_buffer_text(&plan->unit), MIG_TEXT_QUOTED)), plan->units,
        bare);
    return add(findings, &finding, error);
}

enum mig_status mig_cleaner_review(const struct mig_cleaner *cleaner, bool types,
    struct mig_error_list *findings, struct mig_error *error)
{
    const struct mig_header *header = mig_input_header(cleaner->input);
    enum mig_status status = MIG_OK;
    for (size_t i = 0; i < cleaner->count && status == MIG_OK; i++) {
        if (types)
            status = review_type(header->names[i], &cleaner->plans[i], findings, error);
        if (status == MIG_OK)
            status = review_percents(header->names[i], &cleaner->plans[i], findings, error);
        if (status == MIG_OK)
            status = review_units(header->names[i], &cleaner->plans[i], findings, error);
    }
    return status;
}
