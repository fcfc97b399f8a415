/* Types and formats of schemas. */
#include <string.h>

#include "input/schema-internal.h"

static const struct {
    const char *name;
    enum mig_treatment treatment;
} types[] = {{"string", MIG_AS_IT_IS}, {"number", MIG_AS_NUMBER}, {"integer", MIG_AS_INTEGER},
    {"date", MIG_AS_DATE}, {"datetime", MIG_AS_DATE}, {"year", MIG_AS_YEAR},
    {"yearmonth", MIG_AS_MONTH}, {"boolean", MIG_AS_BOOLEAN}, {"any", MIG_AS_IT_IS}};
enum { TYPES = sizeof types / sizeof *types };

/* What other programs call them; the spelling says less than they do. */
static const struct {
    const char *name, *type;
} other_names[] = {{"int", "integer"}, {"int64", "integer"}, {"count", "integer"},
    {"float", "number"}, {"double", "number"}, {"real", "number"}, {"decimal", "number"},
    {"numeric", "number"}, {"text", "string"}, {"str", "string"}, {"char", "string"},
    {"character", "string"}, {"bool", "boolean"}, {"logical", "boolean"}, {"day", "date"},
    {"timestamp", "datetime"}, {"month", "yearmonth"}};

const char *mig_type_nearest(const char *type)
{
    struct mig_text names[TYPES];
    for (size_t i = 0; i < sizeof other_names / sizeof *other_names; i++)
        if (mig_text_same_in_any_case(mig_text_of(type), mig_text_of(other_names[i].name)))
            return other_names[i].type;
    for (size_t i = 0; i < TYPES; i++)
        names[i] = mig_text_of(types[i].name);
    size_t nearest = mig_text_nearest(mig_text_of(type), names, TYPES);
    return nearest < TYPES ? types[nearest].name : NULL;
}

bool mig_type_find(const char *type, enum mig_treatment *treatment)
{
    for (size_t i = 0; i < TYPES; i++)
        if (strcmp(type, types[i].name) == 0) {
            *treatment = types[i].treatment;
            return true;
        }
    return false;
}

const char *mig_type_name(enum mig_treatment treatment)
{
    for (size_t i = 0; i < TYPES; i++)
        if (types[i].treatment == treatment)
            return types[i].name;
    return "date";
}

/* The fields of a strptime pattern, in their order: Y also for %y, which `*short_year` tells, B
 * also for %b. Those of a time of day are left out; false for more than three. */
static bool fields_of_format(const char *format, char fields[4], bool *short_year)
{
    size_t count = 0;
    *short_year = false;
    memset(fields, 0, 4);
    for (const char *at = format; *at != '\0'; at++) {
        if (*at != '%')
            continue;
        at++;
        if (*at == '\0')
            return false;
        if (strchr("YymdBb", *at) == NULL)
            continue;
        if (count == 3)
            return false;
        *short_year = *short_year || *at == 'y';
        fields[count++] = *at == 'b' ? 'B' : *at == 'y' ? 'Y' : *at;
    }
    return true;
}

static bool order_of_format(const char *fields, bool month, enum mig_date_order *order)
{
    static const struct {
        const char *fields;
        bool month;
        enum mig_date_order order;
    } orders[] = {{"Ymd", false, MIG_YMD}, {"dmY", false, MIG_DMY}, {"mdY", false, MIG_MDY},
        {"dBY", false, MIG_YMD}, {"BdY", false, MIG_YMD}, {"Ym", true, MIG_YMD},
        {"mY", true, MIG_MDY}, {"BY", true, MIG_YMD}};
    for (size_t i = 0; i < sizeof orders / sizeof *orders; i++)
        if (orders[i].month == month && strcmp(fields, orders[i].fields) == 0) {
            *order = orders[i].order;
            return true;
        }
    return false;
}

bool mig_date_format(const char *format, bool month, enum mig_date_order *order, bool *short_year)
{
    char fields[4];
    return fields_of_format(format, fields, short_year) && order_of_format(fields, month, order);
}
