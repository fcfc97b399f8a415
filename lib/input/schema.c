#include "input/schema-internal.h"

#include <jansson.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"

/* What is read, with the place in it: "fields[2].type". */
struct reading {
    struct mig_schema *schema;
    struct mig_field *field; /* NULL outside of fields */
    struct mig_error_list *faults;
    const char *file;
    char place[160];
    const char *format; /* of the field, or NULL */
    bool bare_number;
    enum mig_status status;
};

static void fault(struct reading *reading, const char *format, ...) MIG_PRINTF(2, 3);

static void fault(struct reading *reading, const char *format, ...)
{
    char text[384];
    struct mig_error error;
    struct mig_position position = {reading->file, 0, 0};
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    text[mig_text_valid_utf8(mig_text_of(text))] = '\0';
    enum mig_status status =
        reading->place[0] == '\0'
            ? mig_fail_at(&error, MIG_SYNTAX, &position, "%s", text)
            : mig_fail_at(&error, MIG_SYNTAX, &position, "%s (%s)", text, reading->place);
    if (mig_error_list_add(reading->faults, &error) != MIG_OK)
        status = MIG_NO_MEMORY;
    if (reading->status != MIG_NO_MEMORY)
        reading->status = status;
}

static void need_memory(struct reading *reading, bool granted)
{
    if (!granted)
        reading->status = MIG_NO_MEMORY;
}

/* Adds ".key" or "[3]" to the place; what is returned takes it off again. */
static size_t enter(struct reading *reading, const char *key, size_t index)
{
    size_t length = strlen(reading->place), room = sizeof reading->place - length;
    if (key != NULL)
        snprintf(reading->place + length, room, "%s%s", length > 0 ? "." : "", key);
    else
        snprintf(reading->place + length, room, "[%zu]", index);
    reading->place[mig_text_valid_utf8(mig_text_of(reading->place))] = '\0';
    return length;
}

static void leave(struct reading *reading, size_t length)
{
    reading->place[length] = '\0';
}

/* Values of one kind, or a fault. */

static const char *string_of(struct reading *reading, json_t *value)
{
    const char *string = json_string_value(value);
    if (string == NULL)
        fault(reading, "%s", _("a string is wanted"));
    return string;
}

static bool boolean_of(struct reading *reading, json_t *value, bool *out)
{
    *out = json_is_true(value);
    if (!json_is_boolean(value))
        fault(reading, "%s", _("true or false is wanted"));
    return json_is_boolean(value);
}

static void read_copy(struct reading *reading, json_t *value, char **out)
{
    const char *string = string_of(reading, value);
    if (string == NULL)
        return;
    free(*out);
    *out = mig_text_copy(mig_text_of(string));
    need_memory(reading, *out != NULL);
}

/* A list of strings; of objects {"value": "-9", "label": "refused"} their values. */
static void read_strings(struct reading *reading, json_t *value, struct mig_text_list *list)
{
    size_t i;
    json_t *item;
    mig_text_list_release(list);
    if (!json_is_array(value))
        fault(reading, "%s", _("a list of strings is wanted"));
    json_array_foreach(value, i, item)
    {
        size_t length = enter(reading, NULL, i);
        const char *string =
            string_of(reading, json_is_object(item) ? json_object_get(item, "value") : item);
        if (string != NULL)
            need_memory(reading,
                mig_text_list_add(list, mig_text_trim(mig_text_of(string)), NULL) == MIG_OK);
        leave(reading, length);
    }
}

/* A list of row numbers: the first of them, and how many there are. */
static void read_rows(struct reading *reading, json_t *value, size_t *first, size_t *count)
{
    size_t i;
    json_t *item;
    *count = json_array_size(value);
    if (!json_is_array(value))
        fault(reading, "%s", _("a list of row numbers is wanted"));
    json_array_foreach(value, i, item)
    {
        size_t length = enter(reading, NULL, i);
        if (!json_is_integer(item) || json_integer_value(item) < 1)
            fault(reading, "%s", _("a row number from 1 is wanted"));
        else if (i == 0)
            *first = (size_t)json_integer_value(item);
        leave(reading, length);
    }
}

/* Properties: a table says which there are and how each is read. */

typedef void read_property(struct reading *reading, json_t *value);

struct property {
    const char *name;
    read_property *read; /* NULL: understood, and of no effect here */
    bool unchecked;      /* it restricts the data, and nobody checks that */
};

static void complain_of_property(
    struct reading *reading, const char *key, const struct property *properties)
{
    struct mig_text names[40];
    size_t count = 0;
    for (; properties[count].name != NULL; count++)
        names[count] = mig_text_of(properties[count].name);
    size_t nearest = mig_text_nearest(mig_text_of(key), names, count);
    if (nearest < count)
        fault(reading, _("'%s' is no property; nearest is '%s'"), key, properties[nearest].name);
    else
        fault(reading, _("'%s' is no property"), key);
}

static void read_object(struct reading *reading, json_t *object, const struct property *properties)
{
    const char *key;
    json_t *value;
    if (!json_is_object(object))
        fault(reading, "%s", _("an object is wanted"));
    json_object_foreach(object, key, value)
    {
        const struct property *property = properties;
        size_t length = enter(reading, key, 0);
        while (property->name != NULL && strcmp(property->name, key) != 0)
            property++;
        if (property->name == NULL)
            complain_of_property(reading, key, properties);
        else if (property->unchecked &&
                 !mig_text_list_has(&reading->schema->unchecked, mig_text_of(key)))
            need_memory(reading,
                mig_text_list_add(&reading->schema->unchecked, mig_text_of(key), NULL) == MIG_OK);
        else if (property->read != NULL)
            property->read(reading, value);
        leave(reading, length);
    }
}

/* Fields. */

static void read_name(struct reading *reading, json_t *value)
{
    read_copy(reading, value, &reading->field->name);
}

static void read_tag(struct reading *reading, json_t *value)
{
    read_copy(reading, value, &reading->field->tag);
}

static void read_type(struct reading *reading, json_t *value)
{
    const char *type = string_of(reading, value);
    if (type == NULL || mig_type_find(type, &reading->field->treatment))
        return;
    const char *nearest = mig_type_nearest(type);
    if (nearest != NULL)
        fault(reading, _("'%s' is no type; nearest is '%s'"), type, nearest);
    else
        fault(reading,
            _("'%s' is no type; types are string, number, integer, date, datetime, year, "
              "yearmonth and boolean"),
            type);
}

static void read_format(struct reading *reading, json_t *value)
{
    reading->format = string_of(reading, value);
}

static void read_decimal(struct reading *reading, json_t *value)
{
    const char *sign = string_of(reading, value);
    if (sign == NULL)
        return;
    if (strcmp(sign, ".") != 0 && strcmp(sign, ",") != 0)
        fault(reading, _("'%s': '.' or ',' is wanted"), sign);
    else
        reading->field->decimal = *sign;
}

/* U+00A0 and U+202F stand for the blank, as a spreadsheet's schema may have them. */
static void read_group(struct reading *reading, json_t *value)
{
    const char *signs = string_of(reading, value);
    if (signs == NULL)
        return;
    bool blank = strcmp(signs, "\xC2\xA0") == 0 || strcmp(signs, "\xE2\x80\xAF") == 0;
    if (blank)
        signs = " ";
    if (strlen(signs) > MIG_LONGEST_GROUP || !mig_number_group_is_valid(mig_text_of(signs), '\0'))
        fault(reading, _("'%s': '.', ',', an apostrophe or a blank is wanted, or several of them"),
            signs);
    else
        strcpy(reading->field->group, signs);
}

static void read_bare(struct reading *reading, json_t *value)
{
    (void)boolean_of(reading, value, &reading->bare_number);
}

static void read_percent(struct reading *reading, json_t *value)
{
    const char *percent = string_of(reading, value);
    if (percent == NULL)
        return;
    if (strcmp(percent, "points") == 0)
        reading->field->percent = MIG_PERCENT_POINTS;
    else if (strcmp(percent, "share") == 0)
        reading->field->percent = MIG_PERCENT_SHARE;
    else
        fault(reading, _("'%s': 'points' or 'share' is wanted"), percent);
}

static void read_unit(struct reading *reading, json_t *value)
{
    const char *unit = string_of(reading, value);
    struct mig_buffer number = {0}, tidy = {0}, sample = {0};
    if (unit == NULL)
        return;
    enum mig_status status = mig_buffer_print(&sample, NULL, "0 %s", unit);
    if (status == MIG_OK)
        status = mig_cut_unit(mig_buffer_text(&sample), &number, &tidy);
    if (status == MIG_OK && tidy.length > 0) {
        free(reading->field->unit);
        reading->field->unit = mig_text_copy(mig_buffer_text(&tidy));
        status = reading->field->unit != NULL ? MIG_OK : MIG_NO_MEMORY;
    } else if (status != MIG_NO_MEMORY) {
        fault(reading, _("'%s' is not a unit"), unit);
    }
    need_memory(reading, status != MIG_NO_MEMORY);
    mig_buffer_release(&sample);
    mig_buffer_release(&number);
    mig_buffer_release(&tidy);
}

static void read_trim(struct reading *reading, json_t *value)
{
    (void)boolean_of(reading, value, &reading->field->trim);
}

static void read_missing(struct reading *reading, json_t *value)
{
    reading->field->has_missing = true;
    read_strings(reading, value, &reading->field->missing);
}

static void read_yes(struct reading *reading, json_t *value)
{
    read_strings(reading, value, &reading->field->yes);
}

static void read_no(struct reading *reading, json_t *value)
{
    read_strings(reading, value, &reading->field->no);
}

static void read_labels(struct reading *reading, json_t *value)
{
    const char *old;
    json_t *now;
    if (!json_is_object(value))
        fault(reading, "%s", _("an object such as {\"old\": \"new\"} is wanted"));
    json_object_foreach(value, old, now)
    {
        size_t length = enter(reading, old, 0);
        const char *label = string_of(reading, now);
        if (label != NULL)
            need_memory(reading,
                mig_text_list_add(&reading->field->old_labels, mig_text_of(old), NULL) == MIG_OK &&
                    mig_text_list_add(&reading->field->new_labels, mig_text_of(label), NULL) ==
                        MIG_OK);
        leave(reading, length);
    }
}

static const struct property field_properties[] = {{"name", read_name, false},
    {"type", read_type, false}, {"format", read_format, false},
    {"decimalChar", read_decimal, false}, {"groupChar", read_group, false},
    {"bareNumber", read_bare, false}, {"percent", read_percent, false}, {"unit", read_unit, false},
    {"trueValues", read_yes, false}, {"falseValues", read_no, false},
    {"missingValues", read_missing, false}, {"labels", read_labels, false},
    {"trim", read_trim, false}, {"hxl", read_tag, false}, {"evidence", NULL, false},
    {"decide", NULL, false}, {"title", NULL, false}, {"description", NULL, false},
    {"example", NULL, false}, {"rdfType", NULL, false}, {"constraints", NULL, true},
    {"categories", NULL, true}, {"categoriesOrdered", NULL, true}, {NULL, NULL, false}};

static void check_date_format(struct reading *reading)
{
    struct mig_field *field = reading->field;
    bool month = field->treatment == MIG_AS_MONTH;
    size_t length = enter(reading, "format", 0);
    if (!month && strcmp(reading->format, "%Y%m%d") == 0)
        field->treatment = MIG_AS_BASIC_DATE;
    else if (strcmp(reading->format, "default") == 0 || strcmp(reading->format, "any") == 0 ||
             mig_date_format(reading->format, month, &field->order, &field->short_year))
        ;
    else if (month)
        fault(reading,
            _("'%s': a pattern of %%m or %%B, and %%Y or %%y is wanted, such as %%m/%%Y"),
            reading->format);
    else
        fault(reading,
            _("'%s': a pattern of %%d, %%m or %%B, and %%Y or %%y is wanted, such as %%d/%%m/%%Y"),
            reading->format);
    leave(reading, length);
}

static void add_words(struct reading *reading, struct mig_text_list *list, const char *const *words)
{
    for (size_t i = 0; list->count == i && words[i] != NULL; i++)
        need_memory(reading, mig_text_list_add(list, mig_text_of(words[i]), NULL) == MIG_OK);
}

/* What depends on several properties. */
static void finish_field(struct reading *reading)
{
    static const char *const yes[] = {"true", "True", "TRUE", "1", NULL};
    static const char *const no[] = {"false", "False", "FALSE", "0", NULL};
    struct mig_field *field = reading->field;
    if (field->name == NULL)
        fault(reading, "%s", _("'name' is wanted"));
    if (!mig_number_group_is_valid(mig_text_of(field->group), field->decimal))
        fault(reading, _("'%c' can't be decimalChar and in groupChar"), field->decimal);
    field->with_unit = !reading->bare_number && field->percent == MIG_PERCENT_REFUSED;
    if (field->unit != NULL && !field->with_unit)
        fault(reading, "%s", _("unit wants bareNumber false beside it, and no percent"));
    bool period = field->treatment == MIG_AS_DATE || field->treatment == MIG_AS_MONTH;
    if (period && reading->format != NULL)
        check_date_format(reading);
    if (field->treatment == MIG_AS_BOOLEAN && field->yes.count == 0)
        add_words(reading, &field->yes, yes);
    if (field->treatment == MIG_AS_BOOLEAN && field->no.count == 0)
        add_words(reading, &field->no, no);
}

static void read_field(struct reading *reading, json_t *value)
{
    struct mig_schema *schema = reading->schema;
    struct mig_field *fields =
        mig_grow(schema->fields, &schema->capacity, schema->count + 1, sizeof *fields);
    need_memory(reading, fields != NULL);
    if (fields == NULL)
        return;
    schema->fields = fields;
    reading->field = &fields[schema->count++];
    *reading->field = (struct mig_field){.decimal = '.'};
    reading->format = NULL;
    reading->bare_number = true;
    read_object(reading, value, field_properties);
    if (json_is_object(value))
        finish_field(reading);
    reading->field = NULL;
}

static void read_fields(struct reading *reading, json_t *value)
{
    size_t i;
    json_t *item;
    if (!json_is_array(value) || json_array_size(value) == 0)
        fault(reading, "%s", _("a list of fields is wanted"));
    json_array_foreach(value, i, item)
    {
        size_t length = enter(reading, NULL, i);
        read_field(reading, item);
        leave(reading, length);
    }
}

/* The dialect and the schema as a whole. */

static void read_delimiter(struct reading *reading, json_t *value)
{
    const char *delimiter = string_of(reading, value);
    if (delimiter == NULL)
        return;
    if (strlen(delimiter) != 1 || (unsigned char)*delimiter >= 0x80 || strchr("\"\r\n", *delimiter))
        fault(reading, _("'%s' is not a delimiter"), delimiter);
    else
        reading->schema->delimiter = *delimiter;
}

static void read_header(struct reading *reading, json_t *value)
{
    bool header;
    if (boolean_of(reading, value, &header) && !header)
        fault(reading, "%s", _("a file without a header can't be read"));
}

static void read_header_rows(struct reading *reading, json_t *value)
{
    read_rows(reading, value, &reading->schema->header_row, &reading->schema->header_rows);
}

static void read_comment_rows(struct reading *reading, json_t *value)
{
    size_t rows;
    read_rows(reading, value, &reading->schema->tag_row, &rows);
}

static void read_quote(struct reading *reading, json_t *value)
{
    const char *quote = string_of(reading, value);
    if (quote == NULL)
        return;
    if (strlen(quote) != 1 || !mig_reader_can_quote(*quote))
        fault(reading, _("'%s' is not a character that can quote"), quote);
    else
        reading->schema->quote = *quote;
}

static void read_double_quote(struct reading *reading, json_t *value)
{
    bool doubled;
    if (boolean_of(reading, value, &doubled) && !doubled)
        fault(reading, "%s", _("quotes inside quotes must be doubled"));
}

static void read_header_line(struct reading *reading, json_t *value)
{
    if (!json_is_integer(value) || json_integer_value(value) < 1)
        fault(reading, "%s", _("a row number from 1 is wanted"));
    else
        reading->schema->header_line = (size_t)json_integer_value(value);
}

static void read_initial_space(struct reading *reading, json_t *value)
{
    bool skipped;
    if (boolean_of(reading, value, &skipped) && skipped)
        fault(
            reading, "%s", _("blanks before a cell are part of it; the field's trim removes them"));
}

static const struct property dialect_properties[] = {{"delimiter", read_delimiter, false},
    {"header", read_header, false}, {"headerRows", read_header_rows, false},
    {"headerLine", read_header_line, false}, {"commentRows", read_comment_rows, false},
    {"headerJoin", NULL, false}, {"lineTerminator", NULL, false}, {"quoteChar", read_quote, false},
    {"doubleQuote", read_double_quote, false}, {"skipInitialSpace", read_initial_space, false},
    {"$schema", NULL, false}, {"title", NULL, false}, {"description", NULL, false},
    {"name", NULL, false}, {NULL, NULL, false}};

static void read_dialect(struct reading *reading, json_t *value)
{
    read_object(reading, value, dialect_properties);
}

static void read_encoding(struct reading *reading, json_t *value)
{
    read_copy(reading, value, &reading->schema->encoding);
}

static void read_all_missing(struct reading *reading, json_t *value)
{
    read_strings(reading, value, &reading->schema->missing);
}

static const struct property schema_properties[] = {{"fields", read_fields, false},
    {"missingValues", read_all_missing, false}, {"dialect", read_dialect, false},
    {"encoding", read_encoding, false}, {"$schema", NULL, false}, {"name", NULL, false},
    {"title", NULL, false}, {"description", NULL, false}, {"primaryKey", NULL, true},
    {"uniqueKeys", NULL, true}, {"foreignKeys", NULL, true}, {"fieldsMatch", NULL, true},
    {NULL, NULL, false}};

static enum mig_status add_json_error(
    const json_error_t *json, const char *file, struct mig_error_list *faults)
{
    struct mig_error error;
    struct mig_position position = {file, json->line > 0 ? (size_t)json->line : 0,
        json->line > 0 && json->column > 0 ? (size_t)json->column : 0};
    enum mig_status status =
        mig_fail_at(&error, MIG_SYNTAX, &position, _("not JSON: %s"), json->text);
    return mig_error_list_add(faults, &error) == MIG_OK ? status : MIG_NO_MEMORY;
}

enum mig_status mig_schema_parse(struct mig_schema *schema, struct mig_text json, const char *file,
    struct mig_error_list *faults)
{
    json_error_t wrong;
    struct reading reading = {.schema = schema, .faults = faults, .file = file};
    *schema = (struct mig_schema){0};
    json_t *root =
        json_loadb(json.length > 0 ? json.data : "", json.length, JSON_REJECT_DUPLICATES, &wrong);
    if (root == NULL)
        return add_json_error(&wrong, file, faults);
    strcpy(reading.place, "");
    if (json_is_object(root) && json_object_get(root, "fields") == NULL) {
        strcpy(reading.place, "fields");
        fault(&reading, "%s", _("a list of fields is wanted"));
    } else {
        read_object(&reading, root, schema_properties);
    }
    json_decref(root);
    return reading.status;
}

static void release_field(struct mig_field *field)
{
    free(field->name);
    free(field->tag);
    free(field->unit);
    mig_text_list_release(&field->missing);
    mig_text_list_release(&field->yes);
    mig_text_list_release(&field->no);
    mig_text_list_release(&field->old_labels);
    mig_text_list_release(&field->new_labels);
}

void mig_schema_release(struct mig_schema *schema)
{
    if (schema == NULL)
        return;
    for (size_t i = 0; i < schema->count; i++)
        release_field(&schema->fields[i]);
    free(schema->fields);
    mig_text_list_release(&schema->missing);
    mig_text_list_release(&schema->unchecked);
    free(schema->encoding);
    *schema = (struct mig_schema){0};
}
