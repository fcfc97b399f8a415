/* Schema, private: the words in it. */
#ifndef MIGSTAT_INPUT_SCHEMA_INTERNAL_H
#define MIGSTAT_INPUT_SCHEMA_INTERNAL_H

#include "schema.h"

/* What a column of a type is treated as; false for what is no type. */
bool mig_type_find(const char *type, enum mig_treatment *treatment);
/* The type that is meant by the name that other programs have for it, else the nearest in spelling; NULL: none. */
const char *mig_type_nearest(const char *type);

/* The order of the fields in a strptime pattern of days, or of months, and whether its year has two digits. Beside a month in
 * words, figures are days such as 2025-09-30. False: they are no such fields. */
bool mig_date_format(const char *format, bool month, enum mig_date_order *order, bool *short_year);

#endif
