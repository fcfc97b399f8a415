/* From what was counted of a column to its type, or to a question. */
#include <stdlib.h>
#include <string.h>

#include "input/propose-internal.h"

const char *mig_question_name(enum mig_question question)
{
    static const char *const names[MIG_QUESTIONS] = {
        [MIG_ASK_DECIMAL_OR_GROUP] = "decimal_or_group",
        [MIG_ASK_BROKEN_GROUP] = "broken_group",
        [MIG_ASK_SIGNS_DIFFER] = "signs_differ",
        [MIG_ASK_PERCENT] = "percent",
        [MIG_ASK_UNIT] = "unit",
        [MIG_ASK_PLUS_SIGN] = "plus_sign",
        [MIG_ASK_DAY_OR_MONTH] = "day_or_month",
        [MIG_ASK_ORDERS_DIFFER] = "orders_differ",
        [MIG_ASK_DAY_OR_NUMBER] = "day_or_number",
        [MIG_ASK_SHORT_DATE] = "short_date",
        [MIG_ASK_TIME_OF_DAY] = "time_of_day",
        [MIG_ASK_SOME_NO_NUMBER] = "some_no_number",
        [MIG_ASK_SOME_NO_DATE] = "some_no_date",
        [MIG_ASK_MISSING_OR_VALUE] = "missing_or_value",
        [MIG_ASK_LETTER_CASE] = "letter_case",
        [MIG_ASK_SEVERAL_VALUES] = "several_values",
        [MIG_ASK_LIST] = "list"};
    return names[question];
}

/* The first style that reads all cells, MIG_STYLES for none; `*unlike` when two of them read a cell
 * otherwise. */
static size_t find_style(const struct mig_guess *guess, bool *unlike)
{
    size_t style = MIG_STYLES;
    *unlike = false;
    for (size_t i = MIG_STYLES; i-- > 0;) {
        if (guess->fit[i] < guess->filled)
            continue;
        style = i;
        for (size_t j = i + 1; j < MIG_STYLES; j++)
            *unlike = *unlike || (guess->fit[j] == guess->filled && guess->differ[i][j]);
    }
    return style;
}

static size_t sign_of(const struct mig_finding *finding)
{
    return mig_styles[finding->style].decimal == ',';
}

/* A cell that speaks for decimals where the sign is asked about, or NULL. */
static const struct mig_sight *shown_by(
    const struct mig_guess *guess, const struct mig_finding *finding, enum mig_question question)
{
    const struct mig_sight *three = &guess->three_decimals[sign_of(finding)];
    const struct mig_sight *more = &guess->more_decimals[sign_of(finding)];
    if (question == MIG_ASK_BROKEN_GROUP)
        return more->cells > 0 ? more : NULL;
    if (question != MIG_ASK_DECIMAL_OR_GROUP || finding->unlike)
        return NULL;
    return three->cells > 0 ? three : more->cells > 0 ? more : NULL;
}

static bool is_named_year(const char *name, const char *tag)
{
    static const char *const names[] = {"year", "annee", "ann\u00e9e"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (mig_text_same_in_any_case(mig_text_of(name), mig_text_of(names[i])))
            return true;
    return tag != NULL && strstr(tag, "+year") != NULL;
}

static void conclude_number(
    const struct mig_guess *guess, const char *name, const char *tag, struct mig_finding *finding)
{
    size_t style = find_style(guess, &finding->unlike);
    finding->tokens_are_missing = true;
    if (style == MIG_STYLES) {
        finding->asks[MIG_ASK_SIGNS_DIFFER] = true;
        return;
    }
    finding->style = style;
    size_t sign = sign_of(finding);
    finding->asks[MIG_ASK_DECIMAL_OR_GROUP] = finding->unlike || guess->thousands[sign].cells > 0;
    finding->asks[MIG_ASK_PERCENT] =
        guess->percents.cells > 0 && guess->percents.cells < guess->filled;
    finding->asks[MIG_ASK_BROKEN_GROUP] = guess->broken[sign].cells > 0;
    finding->asks[MIG_ASK_PLUS_SIGN] = guess->plus.cells > 0;
    finding->asks[MIG_ASK_DAY_OR_NUMBER] = guess->basic.cells == guess->filled;
    for (size_t i = 0; i < MIG_QUESTIONS; i++)
        if (finding->asks[i])
            return;
    finding->percent = guess->percents.cells > 0;
    finding->treatment = guess->whole[style] < guess->filled || finding->percent ? MIG_AS_NUMBER
                         : guess->years == guess->filled && is_named_year(name, tag)
                             ? MIG_AS_YEAR
                             : MIG_AS_INTEGER;
}

/* The pattern of days that stand in `order`, as strptime has it. */
static const char *pattern_of(const struct mig_guess *guess, enum mig_date_order order)
{
    static const char *const patterns[][3] = {[MIG_YMD] = {NULL, "%Y/%m/%d", "%Y.%m.%d"},
        [MIG_DMY] = {"%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y"},
        [MIG_MDY] = {"%m-%d-%Y", "%m/%d/%Y", "%m.%d.%Y"}};
    if (guess->words == guess->filled)
        return guess->month_first ? "%B %d, %Y" : "%d %B %Y";
    if (order == MIG_YMD && guess->words > 0)
        return "any"; /* in words, or as 2021-08-31 */
    if (order == MIG_YMD && guess->time.cells == guess->filled)
        return "%Y-%m-%dT%H:%M:%S";
    return patterns[order][guess->separator == '/' ? 1 : guess->separator == '.' ? 2 : 0];
}

static void conclude_date(const struct mig_guess *guess, struct mig_finding *finding)
{
    bool fits[MIG_ORDERS], in_words = guess->words == guess->filled;
    for (int i = 0; i < MIG_ORDERS; i++)
        fits[i] = guess->order[i] == guess->filled;
    finding->tokens_are_missing = true;
    finding->asks[MIG_ASK_ORDERS_DIFFER] = !fits[MIG_YMD] && !fits[MIG_DMY] && !fits[MIG_MDY];
    finding->asks[MIG_ASK_DAY_OR_MONTH] = fits[MIG_DMY] && fits[MIG_MDY] && !in_words;
    finding->asks[MIG_ASK_TIME_OF_DAY] = guess->hour.cells > 0;
    for (size_t i = 0; i < MIG_QUESTIONS; i++)
        if (finding->asks[i])
            return;
    finding->treatment = MIG_AS_DATE;
    finding->format = pattern_of(guess, fits[MIG_YMD]   ? MIG_YMD
                                        : fits[MIG_DMY] ? MIG_DMY
                                                        : MIG_MDY);
}

static void conclude_text(const struct mig_guess *guess, struct mig_finding *finding)
{
    finding->asks[MIG_ASK_MISSING_OR_VALUE] = guess->token.cells > 0;
    if (guess->filled == 0)
        return;
    bool numbers = 2 * (guess->numbers + guess->money.cells) >= guess->filled;
    finding->asks[MIG_ASK_UNIT] = numbers && guess->money.cells > 0;
    finding->asks[MIG_ASK_SOME_NO_NUMBER] = numbers && guess->not_a_number.cells > 0;
    uint64_t dates = guess->days + guess->months;
    finding->asks[MIG_ASK_SHORT_DATE] = !numbers && guess->short_date.cells > 0 &&
                                        2 * (dates + guess->short_date.cells) >= guess->filled;
    finding->asks[MIG_ASK_SOME_NO_DATE] =
        !numbers && guess->not_a_day.cells > 0 && 2 * dates >= guess->filled;
    finding->asks[MIG_ASK_LIST] = guess->lists == guess->filled;
    finding->asks[MIG_ASK_SEVERAL_VALUES] = guess->several.cells > 0;
    finding->asks[MIG_ASK_LETTER_CASE] = guess->letter_case.cells > 0;
}

struct mig_finding mig_conclude(const struct mig_guess *guess, const char *name, const char *tag)
{
    struct mig_finding finding = {.treatment = MIG_AS_IT_IS};
    bool codes = guess->zeros.cells > 0 && guess->numbers == guess->filled; /* 007 is a name */
    if (guess->filled > 0 && guess->numbers == guess->filled && !codes)
        conclude_number(guess, name, tag, &finding);
    else if (guess->filled > 0 && guess->days == guess->filled)
        conclude_date(guess, &finding);
    else if (guess->filled > 0 && guess->months == guess->filled)
        finding = (struct mig_finding){.treatment = MIG_AS_MONTH, .tokens_are_missing = true};
    else if (guess->filled > 0 && guess->booleans == guess->filled)
        finding = (struct mig_finding){.treatment = MIG_AS_BOOLEAN, .tokens_are_missing = true};
    else if (codes)
        finding.asks[MIG_ASK_MISSING_OR_VALUE] = guess->token.cells > 0;
    else
        conclude_text(guess, &finding);
    return finding;
}

/* What shows the question: the first cell that raises it. */
static struct mig_sight sight_of(
    const struct mig_guess *guess, const struct mig_finding *finding, enum mig_question question)
{
    struct mig_sight first = guess->filled_first;
    first.cells = guess->filled;
    switch (question) {
    case MIG_ASK_DECIMAL_OR_GROUP:
        return finding->unlike ? guess->ambiguous : guess->thousands[sign_of(finding)];
    case MIG_ASK_BROKEN_GROUP:
        return guess->broken[sign_of(finding)];
    case MIG_ASK_PERCENT:
        return guess->percents;
    case MIG_ASK_UNIT:
        return guess->money;
    case MIG_ASK_PLUS_SIGN:
        return guess->plus;
    case MIG_ASK_DAY_OR_MONTH:
        return guess->ambiguous_day.cells > 0 ? guess->ambiguous_day : first;
    case MIG_ASK_DAY_OR_NUMBER:
        return guess->basic;
    case MIG_ASK_SHORT_DATE:
        return guess->short_date;
    case MIG_ASK_TIME_OF_DAY:
        return guess->hour;
    case MIG_ASK_SOME_NO_NUMBER:
        return guess->not_a_number;
    case MIG_ASK_SOME_NO_DATE:
        return guess->not_a_day;
    case MIG_ASK_MISSING_OR_VALUE:
        return guess->token;
    case MIG_ASK_LETTER_CASE:
        return guess->letter_case;
    case MIG_ASK_SEVERAL_VALUES:
        return guess->several;
    case MIG_ASK_SIGNS_DIFFER:
    case MIG_ASK_ORDERS_DIFFER:
    case MIG_ASK_LIST:
    case MIG_QUESTIONS:
        break;
    }
    return first;
}

static struct mig_decision decision_of(const struct mig_guess *guess,
    const struct mig_finding *finding, size_t column, enum mig_question question)
{
    struct mig_sight sight = sight_of(guess, finding, question);
    const struct mig_sight *decimal = shown_by(guess, finding, question);
    return (struct mig_decision){.column = column,
        .question = question,
        .cells = sight.cells,
        .filled = guess->cells - guess->empty,
        .example = mig_text_of(sight.example),
        .line = sight.line,
        .shown_by = mig_text_of(decimal != NULL ? decimal->example : ""),
        .shown_line = decimal != NULL ? decimal->line : 0};
}

enum mig_status mig_proposal_decisions(const struct mig_proposal *proposal,
    struct mig_decision **decisions, size_t *count, struct mig_error *error)
{
    const struct mig_header *header = mig_input_header(proposal->input);
    size_t capacity = 0;
    *decisions = NULL;
    *count = 0;
    for (size_t i = 0; i < proposal->count; i++) {
        const struct mig_guess *guess = &proposal->guesses[i];
        struct mig_finding finding =
            mig_conclude(guess, header->names[i], header->tags ? header->tags[i] : NULL);
        for (size_t question = 0; question < MIG_QUESTIONS; question++) {
            if (!finding.asks[question])
                continue;
            struct mig_decision *items = mig_grow(*decisions, &capacity, *count + 1, sizeof *items);
            if (items == NULL) {
                free(*decisions);
                *decisions = NULL;
                return mig_fail_memory(error);
            }
            items[(*count)++] = decision_of(guess, &finding, i, (enum mig_question)question);
            *decisions = items;
        }
    }
    return MIG_OK;
}

size_t mig_proposal_uncompared(const struct mig_proposal *proposal, size_t *first)
{
    const struct mig_header *header = mig_input_header(proposal->input);
    size_t count = 0;
    for (size_t i = proposal->count; i-- > 0;) {
        const struct mig_guess *guess = &proposal->guesses[i];
        if (!guess->labels.full ||
            mig_conclude(guess, header->names[i], header->tags ? header->tags[i] : NULL)
                    .treatment != MIG_AS_IT_IS)
            continue;
        *first = i;
        count++;
    }
    return count;
}
