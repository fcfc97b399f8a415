/* Days and months in figures and words: what is accepted is an ISO day or month, which reads as
 * itself. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "input/rewrite.h"

static void require(bool holds)
{
    if (!holds)
        abort();
}

static void check_day(struct mig_text text, enum mig_date_order order)
{
    struct mig_buffer out = {0};
    struct mig_error error = {0};
    struct mig_period day;
    enum mig_status status = mig_rewrite_date(text, order, &out, &error);
    require(status == MIG_OK || (status == MIG_VALUE && out.length == 0 && error.status == status));
    if (status == MIG_OK) {
        require(out.length == 10);
        require(
            mig_period_parse(mig_buffer_text(&out), &day, NULL) == MIG_OK && day.unit == MIG_DAY);
    }
    mig_buffer_release(&out);
}

static void check_month(struct mig_text text, enum mig_date_order order)
{
    struct mig_buffer out = {0}, again = {0};
    enum mig_status status = mig_rewrite_month(text, order, &out, NULL);
    require(status == MIG_OK || out.length == 0);
    if (status == MIG_OK) {
        require(out.length == 7);
        require(mig_rewrite_month(mig_buffer_text(&out), MIG_YMD, &again, NULL) == MIG_OK);
        require(strcmp(out.data, again.data) == 0);
    }
    mig_buffer_release(&out);
    mig_buffer_release(&again);
}

/* A year that was expanded has four digits, so that it is not expanded again. */
static void check_year(struct mig_text text, enum mig_date_order order)
{
    char written[MIG_LONGEST_DATE + 1], again[MIG_LONGEST_DATE + 1];
    struct mig_text expanded, twice;
    (void)mig_may_be_short_date(text);
    if (mig_expand_year(text, order, written, &expanded)) {
        require(expanded.length == text.length + 2 && written[expanded.length] == 0);
        require(!mig_expand_year(expanded, order, again, &twice));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mig_text text = {(const char *)data, size}, day = text;
    bool midnight;
    if (mig_cut_time(&day, &midnight))
        require(day.data == text.data && day.length >= 8 && day.length + 6 <= size);
    else
        require(day.length == size);
    for (int order = MIG_YMD; order <= MIG_MDY; order++) {
        check_day(text, (enum mig_date_order)order);
        check_day(day, (enum mig_date_order)order);
        check_month(text, (enum mig_date_order)order);
        check_year(text, (enum mig_date_order)order);
    }
    return 0;
}
