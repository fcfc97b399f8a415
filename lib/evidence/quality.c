#include "evidence/quality-internal.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "input/tokens.h"

enum { LONGEST_VALUE = 200 };

struct mig_quality {
    struct mig_input *input;
    const struct mig_quality_options *options;
    struct mig_check_run *runs; /* as many as there are checks */
    size_t n_runs;
    char **files; /* names of the files so far */
    size_t n_files;
    size_t files_capacity;
    size_t read;
    size_t ragged;
};

const struct mig_bounds mig_bounds_mali = {-12.3, 10.1, 4.3, 25.1};

enum mig_status mig_bounds_parse(
    const char *text, struct mig_bounds *bounds, struct mig_error *error)
{
    double *const out[] = {&bounds->west, &bounds->south, &bounds->east, &bounds->north};
    if (strcmp(text, "mali") == 0) {
        *bounds = mig_bounds_mali;
        return MIG_OK;
    }
    const char *at = text;
    size_t count = 0;
    for (struct mig_decimal number; at && count < 4; count++) {
        size_t length = strcspn(at, ",");
        if (mig_decimal_parse(mig_text_trim((struct mig_text){at, length}), &number, NULL))
            break;
        *out[count] = mig_decimal_to_double(&number);
        at = at[length] ? at + length + 1 : NULL;
    }
    bool on_earth =
        bounds->west >= -180 && bounds->east <= 180 && bounds->south >= -90 && bounds->north <= 90;
    if (count < 4 || at || !on_earth || bounds->west >= bounds->east ||
        bounds->south >= bounds->north)
        return mig_fail(error, MIG_SYNTAX,
            _("'%s': bounds are 'mali' or WEST,SOUTH,EAST,NORTH in degrees"), text);
    return MIG_OK;
}

const char *mig_severity_name(enum mig_severity severity)
{
    static const char *const names[MIG_N_SEVERITIES] = {"note", "warn", "error"};
    return names[severity];
}

size_t mig_quality_count(void)
{
    size_t count = 0;
    while (mig_checks[count].name)
        count++;
    return count;
}

const char *mig_quality_name(size_t check)
{
    return mig_checks[check].name;
}

const char *mig_quality_purpose(size_t check)
{
    return mig_checks[check].purpose;
}

enum mig_status mig_quality_find_check(struct mig_text name, size_t *check, struct mig_error *error)
{
    size_t count = mig_quality_count();
    struct mig_text *names = calloc(count, sizeof *names);
    if (!names)
        return mig_fail_memory(error);
    *check = count;
    for (size_t i = 0; i < count; i++) {
        names[i] = mig_text_of(mig_checks[i].name);
        if (mig_text_equal(names[i], name))
            *check = i;
    }
    size_t nearest = mig_text_nearest(name, names, count);
    free(names);
    if (*check < count)
        return MIG_OK;
    if (nearest < count)
        return mig_fail(error, MIG_NAME, _("no check '%.*s'; nearest is '%s'"), MIG_TEXT_ARG(name),
            mig_checks[nearest].name);
    return mig_fail(error, MIG_NAME, _("no check '%.*s'"), MIG_TEXT_ARG(name));
}

/* The columns that a check looks at; NULL when it looks at whole rows. */
static const struct mig_role *choose_role(
    const struct mig_check *check, const struct mig_roles *roles)
{
    if (check->role == MIG_ROLE_NONE)
        return NULL;
    bool instead = roles->of[check->role].count == 0 && check->instead > 0;
    return &roles->of[instead ? check->instead : check->role];
}

static const char *needs(const struct mig_check *check, const struct mig_roles *roles)
{
    const struct mig_role *role = choose_role(check, roles);
    bool has = !role || role->count > 0;
    bool has_with = check->with == 0 || roles->of[check->with].count > 0;
    return has && has_with ? NULL : check->needs;
}

const char *mig_quality_needs(size_t check, const struct mig_roles *roles)
{
    return needs(&mig_checks[check], roles);
}

enum mig_status mig_quality_choose(
    const char *list, bool value, bool *chosen, struct mig_error_list *errors)
{
    enum mig_status status = MIG_OK;
    for (const char *at = list; at && status != MIG_NO_MEMORY;) {
        size_t length = strcspn(at, ","), check;
        struct mig_error fault;
        enum mig_status found =
            mig_quality_find_check(mig_text_trim((struct mig_text){at, length}), &check, &fault);
        if (!found)
            chosen[check] = value;
        else
            status = found == MIG_NO_MEMORY || mig_error_list_add(errors, &fault) ? MIG_NO_MEMORY
                                                                                  : found;
        at = at[length] ? at + length + 1 : NULL;
    }
    return status;
}

/* What checks call. */

struct mig_spot mig_spot_of(const struct mig_check_run *run, const struct mig_row *row)
{
    return (struct mig_spot){(uint32_t)(run->quality->n_files - 1), row->line};
}

const char *mig_spot_file(const struct mig_check_run *run, struct mig_spot spot)
{
    return run->quality->files[spot.file];
}

const struct mig_input *mig_run_input(const struct mig_check_run *run)
{
    return run->quality->input;
}

const struct mig_header *mig_run_header(const struct mig_check_run *run)
{
    return mig_input_header(run->quality->input);
}

const struct mig_quality_options *mig_run_options(const struct mig_check_run *run)
{
    return run->quality->options;
}

struct mig_text mig_run_text(
    const struct mig_check_run *run, const struct mig_row *row, size_t column)
{
    struct mig_text text = row->cells[column].text;
    if (text.length > 0 && (text.data[0] <= ' ' || text.data[text.length - 1] <= ' '))
        text = mig_text_trim(text); /* few need it, and all checks ask */
    return mig_input_is_missing(run->quality->input, text) ? (struct mig_text){"", 0} : text;
}

struct mig_text mig_run_name(
    const struct mig_check_run *run, const struct mig_row *row, size_t column)
{
    struct mig_text text = mig_run_text(run, row, column);
    return mig_token_find(text) == SIZE_MAX ? text : (struct mig_text){"", 0};
}

bool mig_run_number(const struct mig_check_run *run, const struct mig_row *row, size_t column,
    struct mig_decimal *number)
{
    struct mig_text text = mig_run_text(run, row, column);
    return text.length > 0 && mig_decimal_parse(text, number, NULL) == MIG_OK;
}

const char *mig_brief(char out[MIG_DOUBLE_TEXT], double value)
{
    const double exact = 9007199254740992; /* 2^53: whole numbers below are in full */
    bool whole = fabs(value) < exact && value == floor(value);
    if (isfinite(value))
        mig_double_format(value, whole ? 16 : 4, out);
    return out;
}

/* Findings. */

static enum mig_status hand_out(struct mig_check_group *group, enum mig_severity severity,
    struct mig_spot spot, const char *value, const struct mig_buffer *columns, const char *format,
    va_list arguments, struct mig_error *error)
{
    struct mig_check_run *run = group->run;
    const struct mig_quality_options *options = run->quality->options;
    char message[512];
    vsnprintf(message, sizeof message, options->translate ? _(format) : format, arguments);
    message[mig_text_valid_utf8(mig_text_of(message))] = '\0';
    run->findings[severity]++;
    const struct mig_finding finding = {.check = run->check->name,
        .severity = severity,
        .file = spot.line > 0 ? mig_spot_file(run, spot) : NULL,
        .line = spot.line,
        .column = columns->data ? columns->data : "",
        .value = value,
        .message = message};
    return options->found ? options->found(options->context, &finding, error) : MIG_OK;
}

static enum mig_status name_columns(const struct mig_check_run *run, const size_t *columns,
    size_t n, struct mig_buffer *out, struct mig_error *error)
{
    enum mig_status status = MIG_OK;
    for (size_t i = 0; i < n && !status; i++)
        if (i == 0 || columns[i] != columns[0])
            status = mig_buffer_print(
                out, error, "%s%s", i > 0 ? "," : "", mig_run_header(run)->names[columns[i]]);
    return status;
}

static enum mig_status find_with(struct mig_check_group *group, enum mig_severity severity,
    struct mig_spot spot, const size_t *columns, size_t n, struct mig_text value,
    struct mig_error *error, const char *format, va_list arguments)
{
    struct mig_buffer names = {0}, shown = {0};
    struct mig_text head = mig_text_head(value, LONGEST_VALUE);
    enum mig_status status = name_columns(group->run, columns, n, &names, error);
    if (!status)
        status = mig_buffer_print(
            &shown, error, "%.*s%s", MIG_TEXT_ARG(head), head.length < value.length ? "..." : "");
    if (!status)
        status = hand_out(group, severity, spot, shown.data, &names, format, arguments, error);
    mig_buffer_release(&names);
    mig_buffer_release(&shown);
    return status;
}

enum mig_status mig_find(struct mig_check_group *group, enum mig_severity severity,
    struct mig_spot spot, const size_t *columns, size_t n, struct mig_text value,
    struct mig_error *error, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    enum mig_status status =
        find_with(group, severity, spot, columns, n, value, error, format, arguments);
    va_end(arguments);
    return status;
}

static enum mig_status join_cells(const struct mig_row *row, const size_t *columns, size_t n,
    struct mig_buffer *out, struct mig_error *error)
{
    enum mig_status status = mig_buffer_append(out, "", 0, error);
    for (size_t i = 0; i < n && !status; i++) {
        struct mig_text text = mig_text_trim(row->cells[columns[i]].text);
        if (i == 0 || columns[i] != columns[0])
            status = mig_buffer_print(out, error, "%s%.*s", i > 0 ? "; " : "", MIG_TEXT_ARG(text));
    }
    return status;
}

enum mig_status mig_find_in_row(struct mig_check_group *group, enum mig_severity severity,
    const struct mig_row *row, const size_t *columns, size_t n, struct mig_error *error,
    const char *format, ...)
{
    struct mig_buffer value = {0};
    enum mig_status status = join_cells(row, columns, n, &value, error);
    va_list arguments;
    va_start(arguments, format);
    if (!status)
        status = find_with(group, severity, mig_spot_of(group->run, row), columns, n,
            mig_buffer_text(&value), error, format, arguments);
    va_end(arguments);
    mig_buffer_release(&value);
    return status;
}

/* Running. */

static enum mig_status add_groups(struct mig_check_run *run, size_t count, struct mig_error *error)
{
    run->groups = calloc(count, sizeof *run->groups);
    if (!run->groups)
        return mig_fail_memory(error);
    run->n_groups = count;
    for (size_t i = 0; i < count; i++) {
        struct mig_check_group *group = &run->groups[i];
        group->run = run;
        if (run->role) {
            group->columns = run->role->groups[i].columns;
            group->count = run->role->groups[i].count;
        }
        group->state = calloc(1, run->check->state_size ? *run->check->state_size : 1);
        if (!group->state)
            return mig_fail_memory(error);
    }
    return MIG_OK;
}

static enum mig_status begin_run(
    struct mig_check_run *run, const struct mig_roles *roles, struct mig_error *error)
{
    const struct mig_check *check = run->check;
    run->with = check->with > 0 ? &roles->of[check->with] : NULL;
    run->role = choose_role(check, roles);
    run->note = needs(check, roles);
    run->checked = !run->note;
    enum mig_status status = mig_buffer_append(&run->columns, "", 0, error);
    if (!status && run->checked && run->role)
        status = mig_role_describe(run->role, mig_run_header(run), &run->columns, error);
    if (!status && run->checked && run->with) {
        status = mig_buffer_append(&run->columns, " + ", 3, error);
        if (!status)
            status = mig_role_describe(run->with, mig_run_header(run), &run->columns, error);
    }
    if (!status && run->checked)
        status = add_groups(run, run->role ? run->role->count : 1, error);
    return status;
}

static enum mig_status begin(struct mig_quality *quality, struct mig_error *error)
{
    quality->n_runs = mig_quality_count();
    quality->runs = calloc(quality->n_runs, sizeof *quality->runs);
    if (!quality->runs)
        return mig_fail_memory(error);
    enum mig_status status = MIG_OK;
    for (size_t i = 0; i < quality->n_runs && !status; i++) {
        struct mig_check_run *run = &quality->runs[i];
        *run = (struct mig_check_run){.check = &mig_checks[i], .quality = quality};
        if (!quality->options->chosen || quality->options->chosen[i])
            status = begin_run(run, quality->options->roles, error);
    }
    return status;
}

static enum mig_status note_file(
    struct mig_quality *quality, const char *name, struct mig_error *error)
{
    if (quality->n_files > 0 && strcmp(quality->files[quality->n_files - 1], name) == 0)
        return MIG_OK;
    char **files =
        mig_grow(quality->files, &quality->files_capacity, quality->n_files + 1, sizeof *files);
    if (!files)
        return mig_fail_memory(error);
    quality->files = files;
    files[quality->n_files] = mig_text_copy(mig_text_of(name));
    if (!files[quality->n_files])
        return mig_fail_memory(error);
    quality->n_files++;
    return MIG_OK;
}

static enum mig_status look(
    struct mig_check_run *run, const struct mig_row *row, struct mig_error *error)
{
    enum mig_status status = MIG_OK;
    run->looked = false;
    for (size_t i = 0; i < run->n_groups && !status; i++)
        status = run->check->look(&run->groups[i], row, error);
    run->rows += run->looked;
    return status;
}

static enum mig_status read_rows(struct mig_quality *quality, struct mig_error *error)
{
    struct mig_row row;
    enum mig_status status;
    while (!(status = mig_input_next(quality->input, &row, error)) && row.count > 0) {
        bool ragged = row.fault != NULL;
        status = note_file(quality, row.file, error);
        quality->read++;
        quality->ragged += ragged;
        for (size_t i = 0; i < quality->n_runs && !status; i++)
            if (!ragged || quality->runs[i].check->ragged)
                status = look(&quality->runs[i], &row, error);
        if (status)
            break;
    }
    return status;
}

static enum mig_status end(struct mig_quality *quality, struct mig_error *error)
{
    enum mig_status status = MIG_OK;
    for (size_t i = 0; i < quality->n_runs; i++) {
        struct mig_check_run *run = &quality->runs[i];
        for (size_t j = 0; j < run->n_groups && run->check->end && !status; j++)
            status = run->check->end(&run->groups[j], error);
    }
    return status;
}

enum mig_status mig_quality_read(struct mig_quality **out, struct mig_input *input,
    const struct mig_quality_options *options, struct mig_error *error)
{
    *out = NULL;
    struct mig_quality *quality = calloc(1, sizeof *quality);
    if (!quality)
        return mig_fail_memory(error);
    quality->input = input;
    quality->options = options;
    enum mig_status status = begin(quality, error);
    if (!status)
        status = read_rows(quality, error);
    if (!status)
        status = end(quality, error);
    if (status) {
        mig_quality_free(quality);
        return status;
    }
    *out = quality;
    return MIG_OK;
}

struct mig_check_account mig_quality_account(const struct mig_quality *quality, size_t check)
{
    const struct mig_check_run *run = &quality->runs[check];
    const struct mig_quality_options *options = quality->options;
    struct mig_check_account account = {.name = run->check->name,
        .chosen = !options->chosen || options->chosen[check],
        .checked = run->checked,
        .note = run->note,
        .rows = run->rows,
        .assumed = run->checked &&
                   ((run->role && run->role->assumed) || (run->with && run->with->assumed)),
        .columns = run->columns.data ? run->columns.data : ""};
    for (int severity = 0; severity < MIG_N_SEVERITIES; severity++) {
        account.findings[severity] = run->findings[severity];
        account.total += run->findings[severity];
        if (run->findings[severity] > 0)
            account.worst = mig_severity_name((enum mig_severity)severity);
    }
    return account;
}

void mig_quality_rows(const struct mig_quality *quality, size_t *read, size_t *ragged)
{
    *read = quality->read;
    *ragged = quality->ragged;
}

void mig_quality_free(struct mig_quality *quality)
{
    if (!quality)
        return;
    for (size_t i = 0; i < quality->n_runs && quality->runs; i++) {
        struct mig_check_run *run = &quality->runs[i];
        for (size_t j = 0; j < run->n_groups; j++) {
            if (run->groups[j].state && run->check->release)
                run->check->release(run->groups[j].state);
            free(run->groups[j].state);
        }
        free(run->groups);
        mig_buffer_release(&run->columns);
    }
    for (size_t i = 0; i < quality->n_files; i++)
        free(quality->files[i]);
    free(quality->files);
    free(quality->runs);
    free(quality);
}
