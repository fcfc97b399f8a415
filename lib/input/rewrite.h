/* Rewriting: cells as a spreadsheet wrote them into the one form that migstat reads, when the user says how they
 * were written. Nothing is guessed: a cell that does not fit what was said is an error.
 */
#ifndef MIGSTAT_INPUT_REWRITE_H
#define MIGSTAT_INPUT_REWRITE_H

#include "../base/memory.h"
#include "../base/period.h"

/* What becomes of a percent sign behind a number: refused; dropped, "49,7 %" is 49.7; or a hundredth is meant,
 * 0.497. */
enum mig_percent { MIG_PERCENT_REFUSED, MIG_PERCENT_POINTS, MIG_PERCENT_SHARE };

struct mig_number_style {
    char decimal; /* '.' or ',' */
    struct mig_text group; /* the signs that may stand between thousands, any of . , ' and the blank; empty: nothing
                              may. The blank stands for space, U+00A0, U+2009 and U+202F, ' for U+2019 too. */
    enum mig_percent percent;
};

/* Whether `signs` can be the group of a style whose decimal sign is `decimal`. */
MIG_API bool mig_number_group_is_valid(struct mig_text signs, char decimal);

/* Appends the number in `text` as digits with '.': "1 234,50" becomes "1234.50", digits kept as they are. Grouping
 * must be in threes from the decimal sign on, by one sign all along, and does not begin with 0: with '.' between thousands "354.739"
 * is 354739, and "8.0500" and "0.500" are errors. Where a sign and the blank may both group, a blank may follow the
 * sign: "391. 000". U+2212 is a minus. `out` is as it was after an error. Errors: MIG_VALUE "'8.0500' is not a number with
 * decimal sign ',', grouped in threes by '.'". */
MIG_API enum mig_status MIG_MUST_USE mig_rewrite_number(struct mig_text text,
    const struct mig_number_style *style, struct mig_buffer *out, struct mig_error *error);

/* Appends the number in `text`, as mig_decimal_parse() takes it, as a plain decimal: no exponent, no plus, no zeros before it but one
 * where it begins with the point, no point at its end, no minus before zero; 1e5 becomes 100000 and -.50 becomes -0.50.
 * Its value is the same, and decimals that are zeros stay. Errors: MIG_NO_MEMORY. */
MIG_API enum mig_status MIG_MUST_USE mig_plain_number(struct mig_text text, struct mig_buffer *out,
    struct mig_error *error);

/* Whether the text ends in a percent sign, which is then cut off with the blanks before it. */
MIG_API bool mig_cut_percent(struct mig_text *text);

/* Takes the unit off a number such as "USD 1,200", "-$5" or "1 200 FCFA": letters, currency signs, blanks, full stops,
 * strokes and degree signs before and behind it, but no percent sign, bracket or sign of comparison, which change what the number says.
 * `number` gets the rest with its minus, `unit` what was cut off, each run of blanks one space; both are cleared
 * first. Whether it is a number is not looked at; without a unit `unit` is empty. Errors: MIG_VALUE when something else
 * stands around the digits, or there are none; MIG_NO_MEMORY. */
MIG_API enum mig_status MIG_MUST_USE mig_cut_unit(struct mig_text text, struct mig_buffer *number,
    struct mig_buffer *unit);

/* Whether a unit is money: it holds a currency sign, or is one of the names of the CFA franc, the euro and the
 * dollar. */
MIG_API bool mig_is_money(struct mig_text unit);

/* Appends the day in `text` as YYYY-MM-DD: its fields stand in `order`, or the month stands in words, French or
 * English, in full or abbreviated, with or without accents: "August 31, 2021", "31 aout 2021", "1er janv. 2020",
 * "31-Aug-2021". The year has four digits. Errors: MIG_VALUE. */
MIG_API enum mig_status MIG_MUST_USE mig_rewrite_date(struct mig_text text, enum mig_date_order order,
    struct mig_buffer *out, struct mig_error *error);

/* Appends the month in `text` as YYYY-MM: in words, "août 2021", or in figures separated by - / or ., "2021-08" with
 * MIG_YMD and "08/2021" with another order. The year has four digits. Errors: MIG_VALUE. */
MIG_API enum mig_status MIG_MUST_USE mig_rewrite_month(struct mig_text text, enum mig_date_order order,
    struct mig_buffer *out, struct mig_error *error);

/* Writes a day or month whose year has two digits with a year of four, as POSIX reads %y: 69 to 99 are 1969 to 1999, 00
 * to 68 are 2000 to 2068. The year stands first with MIG_YMD, else last, and last beside a month in words. `*out` is a
 * text in `written`. False: the year has not two digits, or the text is too long for a date. */
#define MIG_LONGEST_DATE 48
MIG_API bool mig_expand_year(struct mig_text text, enum mig_date_order order,
    char written[MIG_LONGEST_DATE + 1], struct mig_text *out);

/* Whether the text may be a day or month with a year of two digits, in any order or with its month in words ("Jan-18",
 * which may be a day of January as well), or a month in figures: "12/2018". */
MIG_API bool mig_may_be_short_date(struct mig_text text);

/* Reads a day, or a month without a day, whose month stands in words. False: it does not. */
MIG_API bool mig_date_in_words(struct mig_text text, struct mig_period *out);

/* Cuts the time of day off "2017-03-30T00:00:00" (T or a blank, hours and minutes, seconds and zone where they
 * stand). False: there is none. `*midnight` tells whether it is 0 o'clock. */
MIG_API bool mig_cut_time(struct mig_text *text, bool *midnight);

/* Whether a spreadsheet would take the text for a formula: it begins with = + - @ tab or CR, and is not a number
 * as French or English write it, with percent sign or without: -49,7 %. */
MIG_API bool mig_is_formula(struct mig_text text);

/* Without blanks at both ends: space, tab, line breaks, U+00A0, U+2009, U+202F. */
MIG_API struct mig_text mig_trim_blanks(struct mig_text text);

#endif
