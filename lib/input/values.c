#include "input/input.h"

#include <math.h>

enum mig_status mig_input_decimal(const struct mig_input *input, const struct mig_row *row,
    size_t column, struct mig_decimal *decimal, bool *missing, struct mig_error *error)
{
    struct mig_text text = row->cells[column].text;
    *missing = mig_input_is_missing(input, text);
    if (*missing)
        return MIG_OK;
    enum mig_status status = mig_decimal_parse(mig_text_trim(text), decimal, error);
    if (status != MIG_OK) {
        struct mig_position position = mig_row_position(row, column);
        mig_error_locate(error, &position, mig_input_header(input)->names[column]);
    }
    return status;
}

enum mig_status mig_input_number(const struct mig_input *input, const struct mig_row *row,
    size_t column, double *number, struct mig_error *error)
{
    struct mig_decimal decimal;
    bool missing;
    enum mig_status status = mig_input_decimal(input, row, column, &decimal, &missing, error);
    if (status == MIG_OK)
        *number = missing ? NAN : mig_decimal_to_double(&decimal);
    return status;
}
