/* Numbers: whatever is read is written in one form, which is read as the same number. The input is
 * one number, or two of them with a newline between. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/sum.h"

static void require(bool holds)
{
    if (!holds)
        abort();
}

static struct mig_buffer format_sum(const struct mig_sum *sum)
{
    struct mig_buffer text = {0};
    require(mig_sum_format(sum, &text, NULL) == MIG_OK);
    return text;
}

static void require_same_text(const struct mig_sum *a, const struct mig_sum *b)
{
    struct mig_buffer text_a = format_sum(a), text_b = format_sum(b);
    require(mig_text_equal(mig_buffer_text(&text_a), mig_buffer_text(&text_b)));
    mig_buffer_release(&text_a);
    mig_buffer_release(&text_b);
}

static struct mig_sum sum_of(const struct mig_decimal *a, const struct mig_decimal *b)
{
    struct mig_sum sum = {0};
    require(mig_sum_add(&sum, a, NULL) == MIG_OK);
    if (b != NULL)
        require(mig_sum_add(&sum, b, NULL) == MIG_OK);
    return sum;
}

static void check_double(const struct mig_decimal *decimal)
{
    double value = mig_decimal_to_double(decimal);
    char text[MIG_DOUBLE_TEXT];
    struct mig_decimal again;
    require(!isnan(value));
    if (isinf(value))
        return;
    struct mig_text written = {text, mig_double_format(value, 17, text)};
    require(text[written.length] == '\0');
    require(mig_decimal_parse(written, &again, NULL) == MIG_OK);
    require(mig_decimal_to_double(&again) == value);
    for (int digits = 1; digits < 17; digits++) {
        written.length = mig_double_format(value, digits, text);
        require(mig_decimal_parse(written, &again, NULL) == MIG_OK);
        require(mig_decimal_is_negative(&again) == (value < 0));
    }
}

/* parse, write, parse, write */
static void check_round_trip(const struct mig_decimal *decimal)
{
    struct mig_decimal again;
    double of_sum;
    struct mig_sum sum = sum_of(decimal, NULL);
    struct mig_buffer text = format_sum(&sum);
    require(mig_decimal_parse(mig_buffer_text(&text), &again, NULL) == MIG_OK);
    struct mig_sum sum_again = sum_of(&again, NULL);
    require_same_text(&sum, &sum_again);
    require(mig_decimal_is_integer(decimal) == mig_sum_is_integer(&sum));
    require(mig_decimal_is_integer(decimal) == (memchr(text.data, '.', text.length) == NULL));
    require(mig_decimal_is_negative(decimal) == (mig_sum_sign(&sum) < 0));
    require(mig_sum_to_double(&sum, &of_sum, NULL) == MIG_OK);
    require(mig_decimal_to_double(decimal) == of_sum);
    require(mig_decimal_to_double(&again) == of_sum);
    mig_sum_release(&sum);
    mig_sum_release(&sum_again);
    mig_buffer_release(&text);
}

/* a + b = b + a = (a) + (b), and a + b - b - a = 0 */
static void check_pair(struct mig_decimal a, struct mig_decimal b)
{
    struct mig_sum ab = sum_of(&a, &b), ba = sum_of(&b, &a);
    struct mig_sum parts = sum_of(&a, NULL), part = sum_of(&b, NULL);
    require(mig_sum_add_sum(&parts, &part, NULL) == MIG_OK);
    require_same_text(&ab, &ba);
    require_same_text(&ab, &parts);
    a.negative = !a.negative;
    b.negative = !b.negative;
    require(mig_sum_add(&ab, &b, NULL) == MIG_OK);
    require(mig_sum_add(&ab, &a, NULL) == MIG_OK);
    require(mig_sum_sign(&ab) == 0);
    mig_sum_release(&ab);
    mig_sum_release(&ba);
    mig_sum_release(&parts);
    mig_sum_release(&part);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mig_text rest = {(const char *)data, size}, piece;
    struct mig_decimal numbers[2] = {{0}, {0}};
    struct mig_error error = {0};
    for (size_t i = 0; i < 2 && mig_text_cut(&rest, '\n', &piece); i++) {
        enum mig_status status = mig_decimal_parse(piece, &numbers[i], &error);
        require(status == error.status);
        if (status != MIG_OK)
            return 0;
        check_round_trip(&numbers[i]);
        check_double(&numbers[i]);
    }
    check_pair(numbers[0], numbers[1]);
    return 0;
}
