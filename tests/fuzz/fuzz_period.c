/* Dates and periods: what is read is written as it was, lies in the units above it, and stands at a
 * time within its year. */
#include <stdint.h>
#include <stdlib.h>

#include "base/period.h"

static void require(bool holds)
{
    if (!holds)
        abort();
}

static void require_written_as(struct mig_period period, struct mig_text expected)
{
    char text[MIG_PERIOD_TEXT];
    struct mig_text written = {text, mig_period_format(period, text)};
    require(written.length < MIG_PERIOD_TEXT && text[written.length] == '\0');
    require(mig_text_equal(written, expected));
}

/* What a period lies in is read back from its text, and lies in itself and nothing else of its
 * unit. */
static void check_within(struct mig_period period)
{
    for (int unit = MIG_DAY; unit <= MIG_YEAR; unit++) {
        struct mig_period outer, again;
        struct mig_error error = {0};
        char text[MIG_PERIOD_TEXT];
        enum mig_status status =
            mig_period_within(period, (enum mig_period_unit)unit, &outer, &error);
        require(status == error.status);
        require(status == MIG_OK || unit != (int)period.unit);
        if (status != MIG_OK)
            continue;
        struct mig_text written = {text, mig_period_format(outer, text)};
        require(mig_period_parse(written, &again, NULL) == MIG_OK);
        require(again.unit == outer.unit && again.index == outer.index);
        if (unit == MIG_YEAR)
            require(mig_period_years(period) >= outer.index - 0.5 &&
                    mig_period_years(period) < outer.index + 0.5);
    }
}

static void check_day(struct mig_text text, enum mig_date_order order)
{
    struct mig_period day, again;
    struct mig_error error = {0};
    char written[MIG_PERIOD_TEXT];
    enum mig_status status = mig_day_parse(text, order, &day, &error);
    require(status == error.status);
    if (status != MIG_OK)
        return;
    struct mig_text iso = {written, mig_period_format(day, written)};
    require(day.unit == MIG_DAY && iso.length == 10);
    require(mig_period_parse(iso, &again, NULL) == MIG_OK);
    require(again.unit == MIG_DAY && again.index == day.index);
    require(mig_day_parse(iso, MIG_YMD, &again, NULL) == MIG_OK);
    require(again.index == day.index);
    check_within(day);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mig_text text = {(const char *)data, size};
    struct mig_period period;
    struct mig_error error = {0};
    enum mig_status status = mig_period_parse(text, &period, &error);
    require(status == error.status);
    if (status == MIG_OK) {
        require_written_as(period, text);
        check_within(period);
    }
    for (int order = MIG_YMD; order <= MIG_MDY; order++)
        check_day(text, (enum mig_date_order)order);
    return 0;
}
