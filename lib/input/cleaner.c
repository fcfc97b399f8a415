#include "input/cleaner.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"

const char *mig_change_name(enum mig_change change)
{
    static const char *const names[MIG_CHANGES] = {[MIG_CHANGE_TRIMMED] = "trimmed",
        [MIG_CHANGE_MISSING] = "missing",
        [MIG_CHANGE_LABEL] = "label",
        [MIG_CHANGE_NUMBER] = "number",
        [MIG_CHANGE_PERCENT] = "percent",
        [MIG_CHANGE_UNIT] = "unit",
        [MIG_CHANGE_DATE] = "date",
        [MIG_CHANGE_TIME] = "time_cut",
        [MIG_CHANGE_CENTURY] = "century",
        [MIG_CHANGE_BOOLEAN] = "boolean",
        [MIG_CHANGE_SPLIT] = "split",
        [MIG_CHANGE_EXCEL] = "excel_safe"};
    return names[change];
}

bool mig_treatment_is_number(enum mig_treatment treatment)
{
    return treatment == MIG_AS_NUMBER || treatment == MIG_AS_INTEGER || treatment == MIG_AS_YEAR;
}

enum mig_status mig_cleaner_init(
    struct mig_cleaner *cleaner, const struct mig_input *input, struct mig_error *error)
{
    size_t count = mig_input_header(input)->count;
    *cleaner = (struct mig_cleaner){.input = input, .count = count, .parts = 1};
    cleaner->plans = calloc(count, sizeof *cleaner->plans);
    cleaner->cells = calloc(count, sizeof *cleaner->cells);
    cleaner->made = calloc(count, sizeof *cleaner->made);
    if (cleaner->plans == NULL || cleaner->cells == NULL || cleaner->made == NULL) {
        mig_cleaner_release(cleaner);
        return mig_fail_memory(error);
    }
    for (size_t i = 0; i < count; i++)
        cleaner->plans[i].style.decimal = '.';
    return MIG_OK;
}

/* Counts a change, and keeps the first one. */
static enum mig_status note_change(struct mig_plan *plan, enum mig_change change,
    struct mig_text before, struct mig_text after, struct mig_error *error)
{
    if (plan->changes == NULL)
        plan->changes = calloc(MIG_CHANGES, sizeof *plan->changes);
    if (plan->changes == NULL)
        return mig_fail_memory(error);
    struct mig_changes *changes = &plan->changes[change];
    plan->changed = true;
    changes->in_row++;
    if (changes->cells++ > 0)
        return MIG_OK;
    before = mig_text_head(before, MIG_TEXT_QUOTED);
    after = mig_text_head(after, MIG_TEXT_QUOTED);
    enum mig_status status = mig_buffer_append(&changes->before, before.data, before.length, error);
    return status == MIG_OK ? mig_buffer_append(&changes->after, after.data, after.length, error)
                            : status;
}

/* Labels. */

static enum mig_status apply_label(
    struct mig_plan *plan, struct mig_text *text, struct mig_error *error)
{
    struct mig_text bare = mig_trim_blanks(*text);
    for (size_t i = 0; i < plan->n_labels; i++) {
        struct mig_label *label = &plan->labels[i];
        bool same = label->any_case ? mig_text_same_in_any_case(bare, mig_text_of(label->old))
                                    : mig_text_equal(bare, mig_text_of(label->old));
        if (!same)
            continue;
        struct mig_text before = *text;
        label->cells++;
        *text = mig_text_of(label->now);
        return mig_text_equal(before, *text)
                   ? MIG_OK
                   : note_change(plan, MIG_CHANGE_LABEL, before, *text, error);
    }
    return MIG_OK;
}

/* Treatments: each appends the value of `text`, which has no blanks around it. */

/* Takes the unit off `*text`, which is then borrowed from the plan; what is no number with a unit
 * stays as it is. */
static enum mig_status take_unit(
    struct mig_plan *plan, struct mig_text *text, bool *taken, struct mig_error *error)
{
    struct mig_text whole = mig_text_head(*text, MIG_TEXT_QUOTED);
    enum mig_status status = mig_cut_unit(*text, &plan->number, &plan->found);
    *taken = status == MIG_OK && plan->found.length > 0;
    if (status == MIG_NO_MEMORY)
        return mig_fail_memory(error);
    if (!*taken)
        return MIG_OK;
    struct mig_text unit = mig_buffer_text(&plan->found);
    if (plan->unit.length == 0)
        status = mig_buffer_append(&plan->unit, unit.data, unit.length, error);
    else if (!mig_text_same_in_any_case(unit, mig_buffer_text(&plan->unit)))
        status = mig_fail(error, MIG_VALUE, _("'%.*s' has the unit '%.*s', the column has '%.*s'"),
            MIG_TEXT_ARG(whole), MIG_TEXT_ARG(mig_text_head(unit, MIG_TEXT_QUOTED)),
            MIG_TEXT_ARG(mig_text_head(mig_buffer_text(&plan->unit), MIG_TEXT_QUOTED)));
    *text = mig_buffer_text(&plan->number);
    return status;
}

static enum mig_status not_an_integer(
    struct mig_text text, struct mig_buffer *out, size_t begin, struct mig_error *error)
{
    out->length = begin;
    out->data[begin] = '\0';
    return mig_fail(error, MIG_VALUE, _("'%.*s' is not an integer"),
        MIG_TEXT_ARG(mig_text_head(text, MIG_TEXT_QUOTED)));
}

static bool is_plain(struct mig_text number)
{
    size_t sign = number.data[0] == '-';
    size_t whole = strspn(number.data + sign, "0123456789");
    const char *rest = number.data + sign + whole;
    bool zeros = number.data[sign] == '0' && whole > 1;
    bool minus_zero = sign == 1 && strspn(number.data + 1, "0.") + 1 == number.length;
    return whole > 0 && !zeros && !minus_zero &&
           (*rest == '\0' || (*rest == '.' && rest[1] != '\0' && strpbrk(rest, "eE") == NULL));
}

/* Rewrites the number that `out` holds from `begin` on as a plain decimal. */
static enum mig_status make_plain(struct mig_buffer *out, size_t begin, struct mig_error *error)
{
    struct mig_text number = {out->data + begin, out->length - begin};
    struct mig_buffer plain = {0};
    if (is_plain(number))
        return MIG_OK;
    enum mig_status status = mig_plain_number(number, &plain, error);
    out->length = begin;
    if (status == MIG_OK)
        status = mig_buffer_append(out, plain.data, plain.length, error);
    mig_buffer_release(&plain);
    return status;
}

static enum mig_status clean_number(
    struct mig_plan *plan, struct mig_text text, struct mig_buffer *out, struct mig_error *error)
{
    size_t begin = out->length;
    struct mig_text bare = text, written = text;
    bool unit = false, percent;
    enum mig_status status = plan->with_unit ? take_unit(plan, &bare, &unit, error) : MIG_OK;
    if (status == MIG_OK)
        status = mig_rewrite_number(unit ? bare : text, &plan->style, out, error);
    if (status != MIG_OK)
        return status;
    if (plan->treatment == MIG_AS_INTEGER && strpbrk(out->data + begin, ".eE") != NULL)
        return not_an_integer(text, out, begin, error);
    status = make_plain(out, begin, error);
    if (status != MIG_OK)
        return status;
    struct mig_text now = {out->data + begin, out->length - begin};
    percent = mig_cut_percent(&written);
    plan->percents += percent;
    plan->units += unit;
    if (percent || unit)
        return note_change(plan, unit ? MIG_CHANGE_UNIT : MIG_CHANGE_PERCENT, text, now, error);
    return mig_text_equal(text, now) ? MIG_OK
                                     : note_change(plan, MIG_CHANGE_NUMBER, text, now, error);
}

static enum mig_status not_a_period(
    const struct mig_plan *plan, struct mig_text text, struct mig_error *error)
{
    text = mig_text_head(text, MIG_TEXT_QUOTED);
    bool month = plan->treatment == MIG_AS_MONTH;
    if (plan->short_year)
        return mig_fail(error, MIG_VALUE,
            month ? _("'%.*s' is not a month with a year of two digits")
                  : _("'%.*s' is not a date with a year of two digits"),
            MIG_TEXT_ARG(text));
    return mig_fail(error, MIG_VALUE,
        month ? _("'%.*s' is not a month") : _("'%.*s' is not a date"), MIG_TEXT_ARG(text));
}

/* A day or a month, as the plan has them. */
static enum mig_status rewrite_period(
    const struct mig_plan *plan, struct mig_text text, struct mig_buffer *out)
{
    char written[MIG_LONGEST_DATE + 1];
    if (plan->short_year && !mig_expand_year(text, plan->order, written, &text))
        return MIG_VALUE;
    return plan->treatment == MIG_AS_MONTH ? mig_rewrite_month(text, plan->order, out, NULL)
                                           : mig_rewrite_date(text, plan->order, out, NULL);
}

static enum mig_status clean_period(
    struct mig_plan *plan, struct mig_text text, struct mig_buffer *out, struct mig_error *error)
{
    size_t begin = out->length;
    struct mig_text period = text;
    bool midnight, cut = plan->treatment == MIG_AS_DATE && mig_cut_time(&period, &midnight);
    enum mig_status status = rewrite_period(plan, period, out);
    if (status == MIG_VALUE)
        return not_a_period(plan, text, error);
    if (status != MIG_OK)
        return mig_fail_memory(error);
    struct mig_text now = {out->data + begin, out->length - begin};
    if (cut)
        status = note_change(plan, MIG_CHANGE_TIME, text, now, error);
    if (status == MIG_OK && plan->short_year)
        status = note_change(plan, MIG_CHANGE_CENTURY, text, now, error);
    return status != MIG_OK || mig_text_equal(period, now)
               ? status
               : note_change(plan, MIG_CHANGE_DATE, text, now, error);
}

static enum mig_status clean_basic_date(
    struct mig_plan *plan, struct mig_text text, struct mig_buffer *out, struct mig_error *error)
{
    char iso[10];
    size_t begin = out->length;
    if (text.length != 8)
        return mig_fail(error, MIG_VALUE, _("'%.*s' is not a day such as 20251231"),
            MIG_TEXT_ARG(mig_text_head(text, MIG_TEXT_QUOTED)));
    memcpy(iso, text.data, 4);
    memcpy(iso + 5, text.data + 4, 2);
    memcpy(iso + 8, text.data + 6, 2);
    iso[4] = iso[7] = '-';
    struct mig_text extended = {iso, sizeof iso};
    struct mig_period day;
    if (mig_day_parse(extended, MIG_YMD, &day, NULL) != MIG_OK)
        return mig_fail(
            error, MIG_VALUE, _("'%.*s' is not a day such as 20251231"), MIG_TEXT_ARG(text));
    enum mig_status status = mig_buffer_append(out, iso, sizeof iso, error);
    struct mig_text now = {out->data + begin, sizeof iso};
    return status == MIG_OK ? note_change(plan, MIG_CHANGE_DATE, text, now, error) : status;
}

static enum mig_status clean_year(
    struct mig_plan *plan, struct mig_text text, struct mig_buffer *out, struct mig_error *error)
{
    struct mig_period year;
    (void)plan;
    if (mig_period_parse(text, &year, NULL) != MIG_OK || year.unit != MIG_YEAR)
        return mig_fail(error, MIG_VALUE, _("'%.*s' is not a year of four digits"),
            MIG_TEXT_ARG(mig_text_head(text, MIG_TEXT_QUOTED)));
    return mig_buffer_append(out, text.data, text.length, error);
}

static enum mig_status clean_boolean(
    struct mig_plan *plan, struct mig_text text, struct mig_buffer *out, struct mig_error *error)
{
    bool yes = mig_text_list_has(&plan->yes, text);
    if (!yes && !mig_text_list_has(&plan->no, text))
        return mig_fail(error, MIG_VALUE, _("'%.*s' is neither a word for true nor for false"),
            MIG_TEXT_ARG(mig_text_head(text, MIG_TEXT_QUOTED)));
    struct mig_text now = mig_text_of(yes ? "true" : "false");
    enum mig_status status = mig_buffer_append(out, now.data, now.length, error);
    return status != MIG_OK || mig_text_equal(text, now)
               ? status
               : note_change(plan, MIG_CHANGE_BOOLEAN, text, now, error);
}

typedef enum mig_status treat(
    struct mig_plan *, struct mig_text, struct mig_buffer *, struct mig_error *);

static treat *const treatments[MIG_TREATMENTS] = {[MIG_AS_NUMBER] = clean_number,
    [MIG_AS_INTEGER] = clean_number,
    [MIG_AS_DATE] = clean_period,
    [MIG_AS_BASIC_DATE] = clean_basic_date,
    [MIG_AS_MONTH] = clean_period,
    [MIG_AS_YEAR] = clean_year,
    [MIG_AS_BOOLEAN] = clean_boolean};

static bool is_missing(
    const struct mig_cleaner *cleaner, const struct mig_plan *plan, struct mig_text bare)
{
    return bare.length > 0 &&
           (mig_input_is_missing(cleaner->input, bare) ||
               (plan->missing.count > 0 && mig_text_list_has(&plan->missing, bare)));
}

static enum mig_status prefix_formula(
    struct mig_plan *plan, struct mig_text text, struct mig_buffer *out, struct mig_error *error)
{
    size_t begin = out->length;
    enum mig_status status = mig_buffer_append(out, "'", 1, error);
    if (status == MIG_OK)
        status = mig_buffer_append(out, text.data, text.length, error);
    struct mig_text now = {out->data + begin, out->length - begin};
    return status == MIG_OK ? note_change(plan, MIG_CHANGE_EXCEL, text, now, error) : status;
}

/* Takes blanks off the text and looks up its label; what is missing becomes empty. */
static enum mig_status read_value(const struct mig_cleaner *cleaner, struct mig_plan *plan,
    struct mig_text *text, struct mig_error *error)
{
    struct mig_text whole = *text, bare = mig_trim_blanks(whole);
    bool trim = plan->trim || plan->treatment != MIG_AS_IT_IS;
    bool blank = bare.length == 0 && trim; /* as it is, a cell of blanks is a text */
    if (whole.length == 0)
        return MIG_OK;
    if (blank || is_missing(cleaner, plan, bare)) {
        *text = mig_text_of("");
        return note_change(plan, MIG_CHANGE_MISSING, whole, *text, error);
    }
    enum mig_status status = MIG_OK;
    if (trim && bare.length < whole.length)
        status = note_change(plan, MIG_CHANGE_TRIMMED, whole, bare, error);
    if (status != MIG_OK)
        return status;
    plan->filled++;
    if (trim)
        *text = bare;
    return plan->n_labels > 0 ? apply_label(plan, text, error) : MIG_OK;
}

/* Whether the text goes out as it is. */
static bool stays(
    const struct mig_cleaner *cleaner, const struct mig_plan *plan, struct mig_text text)
{
    return text.length == 0 ||
           (plan->treatment == MIG_AS_IT_IS && !(cleaner->excel_safe && mig_is_formula(text)));
}

/* Appends to `out` what becomes of a text that does not stay. */
static enum mig_status rewrite_value(
    struct mig_plan *plan, struct mig_text text, struct mig_buffer *out, struct mig_error *error)
{
    if (plan->treatment == MIG_AS_IT_IS)
        return prefix_formula(plan, text, out, error);
    enum mig_status status = treatments[plan->treatment](plan, text, out, error);
    plan->faults += status == MIG_VALUE;
    return status;
}

/* Splitting. */

/* Cuts the next item off a list such as ['a', "b", 3]; `rest` stands behind the opening bracket or
 * a comma. */
static bool cut_item(struct mig_text *rest, struct mig_text *item)
{
    *rest = mig_trim_blanks(*rest);
    if (rest->length == 0)
        return false;
    char quote = rest->data[0];
    if (quote != '\'' && quote != '"')
        return mig_text_cut(rest, ',', item);
    *item = (struct mig_text){rest->data + 1, rest->length - 1};
    const char *end = item->length > 0 ? memchr(item->data, quote, item->length) : NULL;
    if (end == NULL)
        return false;
    item->length = (size_t)(end - item->data);
    struct mig_text behind = {end + 1, rest->length - item->length - 2}, nothing;
    behind = mig_trim_blanks(behind);
    if (behind.length > 0 && behind.data[0] != ',')
        return false;
    *rest = behind;
    return behind.length == 0 || mig_text_cut(rest, ',', &nothing);
}

static enum mig_status add_part(
    struct mig_cleaner *cleaner, struct mig_text item, struct mig_error *error)
{
    struct mig_plan *plan = &cleaner->plans[cleaner->split.column];
    item = mig_trim_blanks(item);
    enum mig_status status = read_value(cleaner, plan, &item, error);
    if (status != MIG_OK || item.length == 0)
        return status;
    status = stays(cleaner, plan, item)
                 ? mig_buffer_append(&cleaner->values, item.data, item.length, error)
                 : rewrite_value(plan, item, &cleaner->values, error);
    if (status != MIG_OK)
        return status;
    cleaner->parts++;
    return mig_buffer_append(&cleaner->values, "", 1, error);
}

static enum mig_status split_list(
    struct mig_cleaner *cleaner, struct mig_text text, struct mig_error *error)
{
    struct mig_text rest = mig_trim_blanks(text), item;
    enum mig_status status = MIG_OK;
    if (rest.length < 2 || rest.data[0] != '[' || rest.data[rest.length - 1] != ']')
        return mig_fail(error, MIG_VALUE, _("'%.*s' is not a list such as ['a', 'b']"),
            MIG_TEXT_ARG(mig_text_head(text, MIG_TEXT_QUOTED)));
    rest = mig_trim_blanks((struct mig_text){rest.data + 1, rest.length - 2});
    while (status == MIG_OK && rest.length > 0) {
        if (!cut_item(&rest, &item))
            return mig_fail(error, MIG_VALUE, _("'%.*s' is not a list such as ['a', 'b']"),
                MIG_TEXT_ARG(mig_text_head(text, MIG_TEXT_QUOTED)));
        status = add_part(cleaner, item, error);
    }
    return status;
}

/* Fills cleaner->values and ->parts; a cell that is missing as a whole has one empty part. */
static enum mig_status split_cell(
    struct mig_cleaner *cleaner, struct mig_text text, struct mig_error *error)
{
    struct mig_plan *plan = &cleaner->plans[cleaner->split.column];
    struct mig_text rest = mig_trim_blanks(text), item;
    enum mig_status status = MIG_OK;
    mig_buffer_clear(&cleaner->values);
    cleaner->parts = 0;
    if (rest.length > 0 && is_missing(cleaner, plan, rest))
        status = note_change(plan, MIG_CHANGE_MISSING, text, mig_text_of(""), error);
    else if (rest.length > 0 && cleaner->split.separator == '\0')
        status = split_list(cleaner, rest, error);
    else
        while (rest.length > 0 && status == MIG_OK &&
               mig_text_cut(&rest, cleaner->split.separator, &item))
            status = add_part(cleaner, item, error);
    if (status != MIG_OK)
        return status;
    if (cleaner->parts > 1)
        status =
            note_change(plan, MIG_CHANGE_SPLIT, text, mig_text_of(cleaner->values.data), error);
    else if (cleaner->parts == 0)
        status = mig_buffer_append(&cleaner->values, "", 1, error);
    cleaner->parts += cleaner->parts == 0;
    return status;
}

static enum mig_status clean_cell(
    struct mig_cleaner *cleaner, size_t column, struct mig_text text, struct mig_error *error)
{
    struct mig_plan *plan = &cleaner->plans[column];
    struct mig_buffer *made = &cleaner->made[column];
    if (cleaner->split.wanted && cleaner->split.column == column)
        return split_cell(cleaner, text, error);
    enum mig_status status = read_value(cleaner, plan, &text, error);
    if (status == MIG_OK && !stays(cleaner, plan, text)) {
        mig_buffer_clear(made);
        status = rewrite_value(plan, text, made, error);
        text = mig_buffer_text(made);
    }
    cleaner->cells[column] = text;
    return status;
}

static enum mig_status add_fault(struct mig_error_list *faults, const struct mig_position *position,
    struct mig_error *fault, struct mig_error *error)
{
    mig_error_locate(fault, position, NULL);
    return mig_error_list_add(faults, fault) == MIG_OK ? MIG_OK : mig_fail_memory(error);
}

/* Ends the counting of a row; one that is refused changed nothing. The example of a change is of
 * this row only when nothing was counted before it. */
static void settle_changes(struct mig_cleaner *cleaner, bool refused)
{
    for (size_t i = 0; i < cleaner->count; i++) {
        struct mig_plan *plan = &cleaner->plans[i];
        if (!plan->changed)
            continue;
        for (size_t change = 0; change < MIG_CHANGES; change++) {
            struct mig_changes *changes = &plan->changes[change];
            changes->cells -= refused ? changes->in_row : 0;
            changes->in_row = 0;
            if (changes->cells == 0) {
                mig_buffer_clear(&changes->before);
                mig_buffer_clear(&changes->after);
            }
        }
        plan->changed = false;
    }
}

enum mig_status mig_cleaner_row(struct mig_cleaner *cleaner, const struct mig_row *row,
    struct mig_error_list *faults, struct mig_error *error)
{
    struct mig_error fault;
    size_t before = faults->total;
    cleaner->parts = 1;
    if (row->fault != NULL) {
        struct mig_position position = {row->file, row->fault->line, row->fault->column};
        fault = *row->fault;
        return add_fault(faults, &position, &fault, error);
    }
    enum mig_status status = MIG_OK;
    for (size_t i = 0; i < row->count && status == MIG_OK; i++) {
        status = clean_cell(cleaner, i, row->cells[i].text, &fault);
        if (status == MIG_OK)
            continue;
        struct mig_position position = mig_row_position(row, i);
        if (status == MIG_NO_MEMORY)
            return mig_fail_memory(error);
        status = add_fault(faults, &position, &fault, error);
    }
    bool refused = faults->total > before;
    settle_changes(cleaner, refused);
    if (!refused)
        cleaner->added += cleaner->parts - 1;
    return status;
}

struct mig_text mig_cleaner_cell(const struct mig_cleaner *cleaner, size_t column, size_t part)
{
    if (!cleaner->split.wanted || cleaner->split.column != column)
        return cleaner->cells[column];
    const char *value = cleaner->values.data;
    while (part-- > 0)
        value += strlen(value) + 1;
    return mig_text_of(value);
}

uint64_t mig_cleaner_changed(const struct mig_cleaner *cleaner, enum mig_change change)
{
    uint64_t cells = 0;
    for (size_t i = 0; i < cleaner->count; i++)
        if (cleaner->plans[i].changes != NULL)
            cells += cleaner->plans[i].changes[change].cells;
    return cells;
}

static void release_plan(struct mig_plan *plan)
{
    mig_buffer_release(&plan->unit);
    mig_buffer_release(&plan->number);
    mig_buffer_release(&plan->found);
    mig_text_list_release(&plan->missing);
    mig_text_list_release(&plan->yes);
    mig_text_list_release(&plan->no);
    for (size_t i = 0; i < plan->n_labels; i++) {
        free(plan->labels[i].old);
        free(plan->labels[i].now);
    }
    free(plan->labels);
    for (size_t i = 0; plan->changes != NULL && i < MIG_CHANGES; i++) {
        mig_buffer_release(&plan->changes[i].before);
        mig_buffer_release(&plan->changes[i].after);
    }
    free(plan->changes);
}

void mig_cleaner_release(struct mig_cleaner *cleaner)
{
    if (cleaner == NULL)
        return;
    for (size_t i = 0; i < cleaner->count && cleaner->made != NULL; i++)
        mig_buffer_release(&cleaner->made[i]);
    for (size_t i = 0; i < cleaner->count && cleaner->plans != NULL; i++)
        release_plan(&cleaner->plans[i]);
    mig_buffer_release(&cleaner->values);
    free(cleaner->cells);
    free(cleaner->made);
    free(cleaner->plans);
    *cleaner = (struct mig_cleaner){0};
}
