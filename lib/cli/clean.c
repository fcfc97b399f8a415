#include "cli/clean.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"

static struct mig_number_style number_style(const struct mig_wishes *wishes)
{
    const char *signs = strcmp(wishes->group, "space") == 0 ? " " : wishes->group;
    return (struct mig_number_style){
        *wishes->decimal, mig_text_of(signs), (enum mig_percent)wishes->percent};
}

static void check_style(struct mig_cli *cli, const struct mig_wishes *wishes)
{
    struct mig_number_style style = number_style(wishes);
    if (!mig_number_group_is_valid(style.group, '\0'))
        mig_cli_complain(
            cli, _("--group '%s': '.', ',', an apostrophe or space is wanted"), wishes->group);
    if (strcmp(wishes->decimal, ".") != 0 && strcmp(wishes->decimal, ",") != 0)
        mig_cli_complain(cli, _("--decimal '%s': '.' or ',' is wanted"), wishes->decimal);
    else if (strchr(wishes->group, style.decimal) != NULL)
        mig_cli_complain(
            cli, _("'%s' can't be the decimal sign and stand between thousands"), wishes->decimal);
}

static void read_schema(struct mig_cli *cli, const char *path, struct mig_schema *schema)
{
    struct mig_error_list faults = {0};
    mig_cli_protect(cli, path);
    if (mig_schema_read(schema, path, &faults) == MIG_NO_MEMORY)
        mig_cli_require(cli, mig_fail_memory(&cli->error));
    for (size_t i = 0; i < faults.count; i++)
        mig_cli_complain_error(cli, &faults.items[i]);
    mig_error_list_release(&faults);
    if (cli->input.reader.delimiter == '\0')
        cli->input.reader.delimiter = schema->delimiter;
    if (cli->input.reader.encoding == NULL)
        cli->input.reader.encoding = schema->encoding;
    if (cli->input.reader.quote == '\0')
        cli->input.reader.quote = schema->quote;
    if (cli->input.header_rows == 0)
        cli->input.header_rows = schema->header_rows;
    if (cli->input.reader.first_line == 0)
        cli->input.reader.first_line = schema->header_line;
    for (size_t i = 0; i < schema->unchecked.count; i++)
        mig_cli_note(cli, _("'%s' of the schema is not checked"), schema->unchecked.items[i]);
}

bool mig_wishes_given(const struct mig_wishes *wishes)
{
    return wishes->numbers != NULL || strcmp(wishes->decimal, ".") != 0 || *wishes->group != '\0' ||
           wishes->percent != 0 || wishes->dates != NULL || wishes->date_order != 0 ||
           wishes->labels.count > 0 || wishes->split != NULL || wishes->trim ||
           wishes->excel_safe || wishes->schema != NULL;
}

void mig_cli_read_wishes(
    struct mig_cli *cli, const struct mig_wishes *wishes, struct mig_schema *schema)
{
    check_style(cli, wishes);
    if (wishes->schema != NULL)
        read_schema(cli, wishes->schema, schema);
    mig_cli_settle(cli);
}

/* Plans. */

static void set_treatment(struct mig_cli *cli, const struct mig_wishes *wishes,
    struct mig_cleaner *cleaner, const char *list, enum mig_treatment treatment)
{
    const struct mig_header *header = mig_input_header(cli->table);
    struct mig_columns columns = {0};
    mig_cli_columns(cli, header, list, &columns);
    mig_cli_settle(cli);
    for (size_t i = 0; i < columns.count; i++) {
        struct mig_plan *plan = &cleaner->plans[columns.items[i]];
        plan->treatment = treatment;
        plan->style = number_style(wishes);
        plan->order = (enum mig_date_order)wishes->date_order;
        plan->short_year = plan->with_unit = false;
    }
    mig_columns_release(&columns);
}

/* A column of both lists is asked for two things. */
static void set_treatments(
    struct mig_cli *cli, const struct mig_wishes *wishes, struct mig_cleaner *cleaner)
{
    const struct mig_header *header = mig_input_header(cli->table);
    struct mig_columns numbers = {0}, dates = {0};
    mig_cli_columns(cli, header, wishes->numbers, &numbers);
    mig_cli_columns(cli, header, wishes->dates, &dates);
    mig_cli_settle(cli);
    for (size_t i = 0; i < numbers.count; i++)
        for (size_t j = 0; j < dates.count; j++)
            if (numbers.items[i] == dates.items[j])
                mig_cli_complain(cli, _("column '%s' is asked to be a number and a date"),
                    header->names[dates.items[j]]);
    mig_columns_release(&numbers);
    mig_columns_release(&dates);
    set_treatment(cli, wishes, cleaner, wishes->numbers, MIG_AS_NUMBER);
    set_treatment(cli, wishes, cleaner, wishes->dates, MIG_AS_DATE);
}

/* "OLD:NEW" takes OLD for NEW; "LABEL" alone takes LABEL in any letter case for it. */
static const char *add_label(struct mig_cli *cli, struct mig_plan *plan, const char *at)
{
    struct mig_text old, now;
    at = mig_text_scan_name(at, ":,", &old);
    bool any_case = at == NULL || *at != ':';
    if (any_case)
        now = old;
    else
        at = mig_text_scan_name(at + 1, ",", &now);
    if (at == NULL || old.length == 0 || now.length == 0 || (*at != ',' && *at != '\0'))
        return NULL;
    mig_cli_require(cli, mig_plan_add_label(plan, old, now, any_case, &cli->error));
    return at;
}

static void add_labels(struct mig_cli *cli, struct mig_cleaner *cleaner, const char *list)
{
    struct mig_text name;
    const char *at = mig_text_scan_name(list, "=", &name);
    if (at == NULL || *at != '=' || name.length == 0) {
        mig_cli_complain(cli, _("'%s': COL=OLD:NEW is wanted (option --labels)"), list);
        return;
    }
    char *wanted = mig_text_copy(name);
    if (wanted == NULL)
        mig_cli_require(cli, mig_fail_memory(&cli->error));
    size_t column = mig_cli_column(cli, mig_input_header(cli->table), wanted);
    free(wanted);
    if (column == SIZE_MAX)
        return;
    do
        at = add_label(cli, &cleaner->plans[column], at + 1);
    while (at != NULL && *at == ',');
    if (at == NULL)
        mig_cli_complain(cli, _("'%s': COL=OLD:NEW is wanted (option --labels)"), list);
}

/* "cause;" is the column and the sign between its values, "codes[]" a column of lists. */
static void set_split(struct mig_cli *cli, struct mig_cleaner *cleaner, const char *split)
{
    size_t length = strlen(split);
    bool list = length > 2 && strcmp(split + length - 2, "[]") == 0;
    if (!list && (length < 2 || strchr(";,|/+&:", split[length - 1]) == NULL)) {
        mig_cli_complain(cli,
            _("'%s': a column and the sign between its values is wanted, as in 'cause;', or "
              "'codes[]' "
              "(option --split)"),
            split);
        return;
    }
    char *wanted = mig_text_copy((struct mig_text){split, length - (list ? 2 : 1)});
    if (wanted == NULL)
        mig_cli_require(cli, mig_fail_memory(&cli->error));
    size_t column = mig_cli_column(cli, mig_input_header(cli->table), wanted);
    free(wanted);
    cleaner->split =
        (struct mig_split){column != SIZE_MAX, column, list ? '\0' : split[length - 1]};
}

void mig_cli_plan_cleaning(struct mig_cli *cli, const struct mig_wishes *wishes,
    const struct mig_schema *schema, struct mig_cleaner *cleaner)
{
    struct mig_error_list findings = {0};
    mig_cli_require(cli, mig_cleaner_init(cleaner, cli->table, &cli->error));
    cleaner->excel_safe = wishes->excel_safe;
    if (wishes->schema != NULL)
        mig_cli_require(cli, mig_schema_apply(schema, cleaner, &findings, &cli->error));
    mig_cli_find_all(cli, &findings);
    set_treatments(cli, wishes, cleaner);
    for (size_t i = 0; wishes->trim && i < cleaner->count; i++)
        cleaner->plans[i].trim = true;
    for (size_t i = 0; i < wishes->labels.count; i++)
        add_labels(cli, cleaner, wishes->labels.items[i].value);
    if (wishes->split != NULL)
        set_split(cli, cleaner, wishes->split);
    mig_cli_settle(cli);
}
