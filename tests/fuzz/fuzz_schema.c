/* Schemas: any bytes are read or refused with a reason; what is read has names, known types, and
 * signs that go together. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "input/schema.h"

static void require(bool holds)
{
    if (!holds)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mig_schema schema;
    struct mig_error_list faults = {0};
    struct mig_text json = {(const char *)data, size};
    enum mig_status status = mig_schema_parse(&schema, json, "fuzz", &faults);
    require(status == MIG_OK || status == MIG_SYNTAX);
    require((status == MIG_OK) == (faults.count == 0));
    for (size_t i = 0; i < faults.count; i++)
        require(faults.items[i].text[0] != '\0' && strcmp(faults.items[i].file, "fuzz") == 0);
    require(status != MIG_OK || schema.count > 0);
    for (size_t i = 0; i < schema.count && status == MIG_OK; i++) {
        const struct mig_field *field = &schema.fields[i];
        require(field->name != NULL && field->treatment < MIG_TREATMENTS);
        require(mig_number_group_is_valid(mig_text_of(field->group), field->decimal));
        require(field->old_labels.count == field->new_labels.count);
        require(
            field->treatment != MIG_AS_BOOLEAN || (field->yes.count > 0 && field->no.count > 0));
    }
    mig_error_list_release(&faults);
    mig_schema_release(&schema);
    return 0;
}
