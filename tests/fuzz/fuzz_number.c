/* Numbers as spreadsheets write them: what is accepted is a plain number, reads the same a second
 * time, and a refusal leaves nothing behind. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/decimal.h"
#include "input/rewrite.h"

static void require(bool holds)
{
    if (!holds)
        abort();
}

static void check(struct mig_text text, const struct mig_number_style *style)
{
    static const struct mig_number_style plain = {.decimal = '.'};
    struct mig_buffer out = {0}, again = {0};
    struct mig_error error = {0};
    struct mig_decimal decimal;
    require(mig_buffer_append(&out, ">", 1, NULL) == MIG_OK);
    enum mig_status status = mig_rewrite_number(text, style, &out, &error);
    require(status == MIG_OK || status == MIG_VALUE);
    require(out.data[0] == '>' && out.length == strlen(out.data));
    require(mig_rewrite_number(text, style, &again, NULL) == status);
    if (status == MIG_VALUE) {
        require(out.length == 1 && error.status == MIG_VALUE);
    } else {
        struct mig_text number = {out.data + 1, out.length - 1};
        require(mig_decimal_parse(number, &decimal, NULL) == MIG_OK);
        mig_buffer_clear(&again);
        require(mig_rewrite_number(number, &plain, &again, NULL) == MIG_OK);
        require(strcmp(again.data, number.data) == 0);
        require(!mig_is_formula(number));
    }
    mig_buffer_release(&out);
    mig_buffer_release(&again);
}

/* Nothing is lost but blanks: the number begins and ends with what makes numbers, a unit has none,
 * and taken off once more there is nothing to take. */
static void check_unit(struct mig_text text)
{
    struct mig_buffer number = {0}, unit = {0}, again = {0}, nothing = {0};
    enum mig_status status = mig_cut_unit(text, &number, &unit);
    require(status == MIG_OK || status == MIG_VALUE);
    if (status == MIG_OK) {
        require(number.length > 0 && number.length + unit.length <= text.length + 1);
        require(unit.length == 0 || strpbrk(unit.data, "0123456789%()<>-") == NULL);
        require(mig_text_valid_utf8(mig_buffer_text(&unit)) == unit.length);
        (void)mig_is_money(mig_buffer_text(&unit));
        require(mig_cut_unit(mig_buffer_text(&number), &again, &nothing) == MIG_OK);
        require(nothing.length == 0 && strcmp(again.data, number.data) == 0);
    }
    mig_buffer_release(&number);
    mig_buffer_release(&unit);
    mig_buffer_release(&again);
    mig_buffer_release(&nothing);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const groups[] = {"", ",", ".", " ", "'", ". ", ", ", "' "};
    struct mig_text text = {(const char *)data, size}, trimmed = mig_trim_blanks(text);
    require(trimmed.length <= size && mig_trim_blanks(trimmed).length == trimmed.length);
    if (memchr(size > 0 ? (const char *)data : "", '\0', size > 0 ? size : 1) != NULL && size > 0)
        return 0; /* the reader lets no NUL through */
    check_unit(text);
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++)
        for (int percent = 0; percent <= MIG_PERCENT_SHARE; percent++)
            for (const char *sign = ".,"; *sign != '\0'; sign++) {
                struct mig_number_style style = {
                    *sign, mig_text_of(groups[i]), (enum mig_percent)percent};
                if (mig_number_group_is_valid(style.group, *sign))
                    check(text, &style);
            }
    return 0;
}
