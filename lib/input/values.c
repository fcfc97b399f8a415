#include "input/input.h"

#include <math.h>
#include <stdint.h>

#include "base/i18n.h"
#include "input/share-internal.h"

static bool is_token(const struct mig_input *input, struct mig_text text)
{
    text = mig_text_trim(text);
    for (size_t i = 0; i < input->n_missing; i++)
        if (mig_text_equal(text, input->missing[i]))
            return true;
    return text.length == 0;
}

/* Nearly every cell is seen not to be missing from its first byte. */
static inline bool is_missing(const struct mig_input *input, struct mig_text text)
{
    return text.length == 0 ||
           (input->begins_missing[(unsigned char)text.data[0]] && is_token(input, text));
}

bool mig_input_is_missing(const struct mig_input *input, struct mig_text text)
{
    return is_missing(input, text);
}

const bool *mig_input_may_be_missing(const struct mig_input *input)
{
    return input->begins_missing;
}

/* A number with blanks around it, or none. */
static enum mig_status read_decimal(const struct mig_input *input, const struct mig_row *row,
    size_t column, struct mig_decimal *decimal, struct mig_error *error)
{
    struct mig_text text = mig_text_trim(row->cells[column].text);
    enum mig_status status = mig_decimal_parse(text, decimal, error);
    if (status != MIG_OK) {
        struct mig_position position = mig_row_position(row, column);
        mig_error_locate(error, &position, mig_input_header(input)->names[column]);
    }
    return status;
}

enum mig_status mig_input_decimal(const struct mig_input *input, const struct mig_row *row,
    size_t column, struct mig_decimal *decimal, bool *missing, struct mig_error *error)
{
    struct mig_text text = row->cells[column].text;
    *missing = is_missing(input, text);
    if (*missing || mig_decimal_parse(text, decimal, NULL) == MIG_OK)
        return MIG_OK;
    return read_decimal(input, row, column, decimal, error);
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
