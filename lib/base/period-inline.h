/* Periods, within the library: days, which may be read in every row. */
#ifndef MIGSTAT_BASE_PERIOD_INLINE_H
#define MIGSTAT_BASE_PERIOD_INLINE_H

#include "load-inline.h"
#include "period.h"

/* The days of a month from 1 to 12. */
static inline int mig_days_in_month(int year, int month)
{
    static const char days[] = {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return days[month] + (month == 2 && leap);
}

/* Two digits as mig_load_8() gives them. */
static inline int mig_two_digits(uint64_t bytes)
{
    return (int)(10 * (bytes & 0xf) + (bytes >> 8 & 0xf));
}

/* Whether `text` is a day of the calendar written 2025-09-30, which begins with its year and its month: the same answer
 * as mig_period_parse() gives, in a fraction of its time. */
static inline bool mig_period_is_day(struct mig_text text)
{
    /* Each byte of "YYYY-MM-" without the zeros and hyphens, and beside it what makes it reach 0x80
     * when it is more than a digit, or than nothing. */
    const uint64_t form = UINT64_C(0x2d30302d30303030), most = UINT64_C(0x7f76767f76767676);
    const uint64_t low = UINT64_C(0x7f7f7f7f7f7f7f7f);
    if (text.length != 10)
        return false;
    uint64_t begin = mig_load_8(text.data) ^ form;
    unsigned tens = (unsigned char)text.data[8] - (unsigned)'0';
    unsigned units = (unsigned char)text.data[9] - (unsigned)'0';
    if ((((begin & low) + most) | begin) & ~low || tens > 9 || units > 9)
        return false;
    int month = mig_two_digits(begin >> 40), day = (int)(10 * tens + units);
    if (month < 1 || month > 12 || day < 1 || (begin & 0xffffffff) == 0)
        return false;
    int year = 100 * mig_two_digits(begin) + mig_two_digits(begin >> 16);
    return day <= 28 || day <= mig_days_in_month(year, month);
}

#endif
