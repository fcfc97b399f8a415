#include "input/input.h"

#include <math.h>
#include <stdint.h>

#include "base/i18n.h"

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

enum mig_status mig_input_fail(const struct mig_input *input, const struct mig_row *row,
    size_t column, const char *what, struct mig_error *error)
{
    struct mig_position position = mig_row_position(row, column);
    struct mig_text text = mig_text_head(row->cells[column].text, MIG_TEXT_QUOTED);
    mig_fail_at(error, MIG_VALUE, &position, "'%.*s' %s", MIG_TEXT_ARG(text), what);
    mig_error_locate(error, NULL, mig_input_header(input)->names[column]);
    return MIG_VALUE;
}

enum mig_status mig_input_number(const struct mig_input *input, const struct mig_row *row,
    size_t column, double *number, struct mig_error *error)
{
    struct mig_decimal decimal;
    bool missing;
    enum mig_status status = mig_input_decimal(input, row, column, &decimal, &missing, error);
    if (status != MIG_OK)
        return status;
    *number = missing ? NAN : mig_decimal_to_double(&decimal);
    return isinf(*number) ? mig_input_fail(input, row, column, _("is too large"), error) : MIG_OK;
}

enum mig_status mig_input_find_columns(const struct mig_input *input, const char *const *names,
    size_t count, size_t n_required, size_t *columns, struct mig_error *error)
{
    for (size_t i = 0; i < count; i++) {
        enum mig_status status =
            mig_header_find(mig_input_header(input), names[i], &columns[i], error);
        if (status == MIG_NAME && i >= n_required) {
            columns[i] = SIZE_MAX;
        } else if (status != MIG_OK) {
            struct mig_position position = {
                mig_input_name(input), mig_input_account(input).header_line, 0};
            mig_error_locate(error, &position, NULL);
            return status;
        }
    }
    return MIG_OK;
}
