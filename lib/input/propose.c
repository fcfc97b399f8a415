#include "input/propose-internal.h"

#include <stdlib.h>
#include <string.h>

#include "input/tokens.h"

#define STYLE(sign, groups)                                                                        \
    {                                                                                              \
        .decimal = sign, .group = {groups, sizeof groups - 1}, .percent = MIG_PERCENT_POINTS       \
    }

const struct mig_number_style mig_styles[MIG_STYLES] = {STYLE('.', ""), STYLE('.', ","),
    STYLE('.', " "), STYLE('.', "'"), STYLE('.', ", "), STYLE(',', ""), STYLE(',', "."),
    STYLE(',', " "), STYLE(',', ". ")};

const char *const mig_tokens[MIG_TOKENS + 1] = {"NA", "N/A", "na", "n/a", "N.A.", "NaN", "nan",
    "NULL", "null", "#N/A", "..", "...", "-", "--", "\xE2\x80\x94", "?", "ND", "nd", "n.d.",
    "Not available", "not available", "Non disponible", "non disponible", "None", NULL};

/* Counts a sight, and keeps the first. */
static enum mig_status see(
    struct mig_sight *sight, struct mig_text text, size_t line, struct mig_error *error)
{
    if (sight->cells++ > 0)
        return MIG_OK;
    sight->example = mig_text_copy(mig_text_head(text, MIG_TEXT_QUOTED));
    sight->line = line;
    return sight->example != NULL ? MIG_OK : mig_fail_memory(error);
}

/* Numbers. */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool has_digit(struct mig_text text)
{
    for (size_t i = 0; i < text.length; i++)
        if (is_digit(text.data[i]))
            return true;
    return false;
}

static size_t digits_of(struct mig_text text)
{
    size_t count = 0;
    while (count < text.length && is_digit(text.data[count]))
        count++;
    return count;
}

static int number_at(struct mig_text text, size_t at, size_t length)
{
    int value = 0;
    for (size_t i = at; i < at + length; i++)
        value = 10 * value + (text.data[i] - '0');
    return value;
}

static bool is_basic_day(struct mig_text digits)
{
    int year = number_at(digits, 0, 4), month = number_at(digits, 4, 2),
        day = number_at(digits, 6, 2);
    return year >= 1900 && year <= 2100 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

static enum mig_status look_at_digits(
    struct mig_guess *guess, struct mig_text text, size_t line, struct mig_error *error)
{
    enum mig_status status = MIG_OK;
    guess->numbers++;
    for (size_t i = 0; i < MIG_STYLES; i++) {
        guess->fit[i]++;
        guess->whole[i]++;
    }
    if (text.length == 4) {
        int year = number_at(text, 0, 4);
        guess->years += year >= 1800 && year <= 2200;
    }
    if (text.length == 8 && is_basic_day(text))
        status = see(&guess->basic, text, line, error);
    if (text.length > 1 && text.data[0] == '0' && status == MIG_OK)
        status = see(&guess->zeros, text, line, error);
    return status;
}

/* Keeps what the number says of its sign. */
static enum mig_status look_at_shape(
    struct mig_guess *guess, struct mig_text text, size_t line, struct mig_error *error)
{
    struct mig_number_shape shape = mig_number_shape(text);
    switch (shape.kind) {
    case MIG_SHAPE_THOUSAND:
        return see(&guess->thousands[shape.sign], text, line, error);
    case MIG_SHAPE_BROKEN:
        return see(&guess->broken[shape.sign], text, line, error);
    case MIG_SHAPE_MORE_DECIMALS:
        return see(&guess->more_decimals[shape.sign], text, line, error);
    case MIG_SHAPE_THREE_DECIMALS:
        return see(&guess->three_decimals[shape.sign], text, line, error);
    case MIG_SHAPE_OTHER:
        break;
    }
    return MIG_OK;
}

/* Reads the cell in every style; `*read` tells whether any fits, `*unlike` whether two give other
 * values. */
static enum mig_status read_in_styles(struct mig_proposal *proposal, struct mig_guess *guess,
    struct mig_text text, bool *read, bool *unlike, struct mig_error *error)
{
    bool fits[MIG_STYLES];
    *read = *unlike = false;
    for (size_t i = 0; i < MIG_STYLES; i++) {
        mig_buffer_clear(&proposal->read[i]);
        enum mig_status status = mig_rewrite_number(text, &mig_styles[i], &proposal->read[i], NULL);
        if (status == MIG_NO_MEMORY)
            return mig_fail_memory(error);
        fits[i] = status == MIG_OK;
        if (!fits[i])
            continue;
        *read = true;
        guess->fit[i]++;
        guess->whole[i] += strpbrk(proposal->read[i].data, ".eE") == NULL;
        for (size_t j = 0; j < i; j++)
            if (fits[j] && strcmp(proposal->read[i].data, proposal->read[j].data) != 0)
                *unlike = guess->differ[j][i] = true;
    }
    return MIG_OK;
}

/* A cell that is no number as it stands: an amount of money is asked about. */
static enum mig_status look_at_unit(struct mig_proposal *proposal, struct mig_guess *guess,
    struct mig_text text, size_t line, struct mig_error *error)
{
    bool money = false;
    enum mig_status status = mig_cut_unit(text, &proposal->number, &proposal->unit);
    if (status == MIG_NO_MEMORY)
        return mig_fail_memory(error);
    if (status == MIG_OK && mig_is_money(mig_buffer_text(&proposal->unit)))
        for (size_t i = 0; i < MIG_STYLES && !money; i++) {
            mig_buffer_clear(&proposal->read[i]);
            status = mig_rewrite_number(
                mig_buffer_text(&proposal->number), &mig_styles[i], &proposal->read[i], NULL);
            if (status == MIG_NO_MEMORY)
                return mig_fail_memory(error);
            money = status == MIG_OK;
        }
    return see(money ? &guess->money : &guess->not_a_number, text, line, error);
}

/* "+22376543210": digits enough for a telephone number. */
static bool is_international(struct mig_text text)
{
    enum { FEWEST_DIGITS = 7 };
    return text.data[0] == '+' && text.length > FEWEST_DIGITS &&
           digits_of((struct mig_text){text.data + 1, text.length - 1}) == text.length - 1;
}

static enum mig_status look_at_number(struct mig_proposal *proposal, struct mig_guess *guess,
    struct mig_text text, size_t line, struct mig_error *error)
{
    struct mig_text bare = text;
    bool read = false, unlike = false;
    enum mig_status status = MIG_OK;
    if (text.length > 0 && digits_of(text) == text.length)
        return look_at_digits(guess, text, line, error);
    if (text.length == 0 || text.length > MIG_DECIMAL_PLACES || !has_digit(text))
        return see(&guess->not_a_number, text, line, error);
    if (is_digit(text.data[0]) || strchr("+-.,\xE2", text.data[0]) != NULL)
        status = read_in_styles(proposal, guess, text, &read, &unlike, error);
    if (status != MIG_OK || !read)
        return status == MIG_OK ? look_at_unit(proposal, guess, text, line, error) : status;
    guess->numbers++;
    if (mig_cut_percent(&bare))
        status = see(&guess->percents, text, line, error);
    if (bare.length > 1 && bare.data[0] == '0' && is_digit(bare.data[1]) && status == MIG_OK)
        status = see(&guess->zeros, text, line, error);
    if (is_international(text) && status == MIG_OK)
        status = see(&guess->plus, text, line, error);
    if (unlike && status == MIG_OK)
        status = see(&guess->ambiguous, text, line, error);
    return status == MIG_OK ? look_at_shape(guess, bare, line, error) : status;
}

/* Dates. */

static enum mig_status look_at_figures(
    struct mig_guess *guess, struct mig_text text, size_t line, struct mig_error *error)
{
    struct mig_period read[MIG_ORDERS];
    bool fits[MIG_ORDERS], any = false;
    for (int order = 0; order < MIG_ORDERS; order++) {
        fits[order] = mig_day_parse(text, (enum mig_date_order)order, &read[order], NULL) == MIG_OK;
        guess->order[order] += fits[order];
        any = any || fits[order];
    }
    if (!any)
        return see(mig_may_be_short_date(text) ? &guess->short_date : &guess->not_a_day, text, line,
            error);
    guess->days++;
    if (guess->separator == '\0')
        guess->separator = text.data[digits_of(text)];
    if (fits[MIG_DMY] && fits[MIG_MDY] && read[MIG_DMY].index != read[MIG_MDY].index)
        return see(&guess->ambiguous_day, text, line, error);
    return MIG_OK;
}

static enum mig_status look_at_date(
    struct mig_guess *guess, struct mig_text text, size_t line, struct mig_error *error)
{
    enum mig_status status = MIG_OK;
    struct mig_text day = text;
    struct mig_period period;
    bool midnight;
    if (mig_cut_time(&day, &midnight)) {
        status = see(&guess->time, text, line, error);
        if (!midnight && status == MIG_OK)
            status = see(&guess->hour, text, line, error);
    }
    if (status != MIG_OK)
        return status;
    bool in_words = mig_date_in_words(day, &period);
    if (!in_words && (mig_period_parse(day, &period, NULL) != MIG_OK || period.unit != MIG_MONTH))
        return look_at_figures(guess, day, line, error);
    if (period.unit == MIG_MONTH) {
        guess->months++;
        return MIG_OK;
    }
    if (guess->words++ == 0)
        guess->month_first = !is_digit(day.data[0]);
    guess->days++;
    for (int order = 0; order < MIG_ORDERS; order++)
        guess->order[order]++;
    return MIG_OK;
}

/* Texts. */

static enum mig_status look_at_text(struct mig_proposal *proposal, struct mig_guess *guess,
    struct mig_text text, size_t line, struct mig_error *error)
{
    static const char *const booleans[] = {"true", "false", "TRUE", "FALSE", "True", "False"};
    enum mig_status status = MIG_OK;
    bool variant = false;
    bool may_be_boolean = memchr("tfTF", text.data[0], 4) != NULL;
    for (size_t i = 0; i < sizeof booleans / sizeof *booleans && may_be_boolean; i++)
        guess->booleans += mig_text_equal(text, mig_text_of(booleans[i]));
    guess->lists += text.data[0] == '[' && text.data[text.length - 1] == ']';
    if (memchr(text.data, ';', text.length) != NULL)
        status = see(&guess->several, text, line, error);
    if (status == MIG_OK)
        status = mig_labels_add(&guess->labels, text, &proposal->label_bytes, &variant, error);
    return variant && status == MIG_OK ? see(&guess->letter_case, text, line, error) : status;
}

static enum mig_status look_at_filled(struct mig_proposal *proposal, struct mig_guess *guess,
    struct mig_text text, size_t line, struct mig_error *error)
{
    enum { LONGEST_DATE = 48 };
    guess->filled++;
    enum mig_status status =
        guess->filled == 1 ? see(&guess->filled_first, text, line, error) : MIG_OK;
    if (status == MIG_OK)
        status = look_at_number(proposal, guess, text, line, error);
    bool may_be_date =
        text.length <= LONGEST_DATE && digits_of(text) < text.length && has_digit(text);
    if (status == MIG_OK)
        status = may_be_date ? look_at_date(guess, text, line, error)
                             : see(&guess->not_a_day, text, line, error);
    if (status == MIG_OK && guess->numbers < guess->filled)
        status = look_at_text(proposal, guess, text, line, error);
    return status;
}

static enum mig_status look_at_cell(struct mig_proposal *proposal, struct mig_guess *guess,
    const struct mig_cell *cell, struct mig_error *error)
{
    struct mig_text text = mig_trim_blanks(cell->text);
    guess->cells++;
    if (text.length == 0 || mig_input_is_missing(proposal->input, text)) {
        guess->empty++;
        return MIG_OK;
    }
    size_t token = mig_token_find(text);
    if (token != SIZE_MAX) {
        guess->tokens[token]++;
        return see(&guess->token, text, cell->line, error);
    }
    return look_at_filled(proposal, guess, text, cell->line, error);
}

/* Life. */

enum mig_status mig_proposal_new(
    struct mig_proposal **proposal, const struct mig_input *input, struct mig_error *error)
{
    size_t count = mig_input_header(input)->count;
    struct mig_proposal *new = calloc(1, sizeof *new);
    *proposal = NULL;
    if (new == NULL)
        return mig_fail_memory(error);
    new->input = input;
    new->guesses = calloc(count, sizeof *new->guesses);
    if (new->guesses == NULL) {
        free(new);
        return mig_fail_memory(error);
    }
    new->count = count;
    *proposal = new;
    return MIG_OK;
}

enum mig_status mig_proposal_row(
    struct mig_proposal *proposal, const struct mig_row *row, struct mig_error *error)
{
    enum mig_status status = MIG_OK;
    for (size_t i = 0; i < row->count && status == MIG_OK; i++)
        status = look_at_cell(proposal, &proposal->guesses[i], &row->cells[i], error);
    return status;
}

static void release_guess(struct mig_guess *guess)
{
    struct mig_sight *const sights[] = {&guess->filled_first, &guess->ambiguous, &guess->percents,
        &guess->zeros, &guess->not_a_number, &guess->ambiguous_day, &guess->not_a_day,
        &guess->short_date, &guess->money, &guess->time, &guess->hour, &guess->token, &guess->basic,
        &guess->letter_case, &guess->several, &guess->plus};
    for (size_t i = 0; i < sizeof sights / sizeof *sights; i++)
        free(sights[i]->example);
    for (size_t sign = 0; sign < 2; sign++) {
        free(guess->thousands[sign].example);
        free(guess->broken[sign].example);
        free(guess->three_decimals[sign].example);
        free(guess->more_decimals[sign].example);
    }
    mig_labels_release(&guess->labels);
}

void mig_proposal_free(struct mig_proposal *proposal)
{
    if (proposal == NULL)
        return;
    for (size_t i = 0; i < proposal->count; i++)
        release_guess(&proposal->guesses[i]);
    for (size_t i = 0; i < MIG_STYLES; i++)
        mig_buffer_release(&proposal->read[i]);
    mig_buffer_release(&proposal->number);
    mig_buffer_release(&proposal->unit);
    free(proposal->guesses);
    free(proposal);
}
