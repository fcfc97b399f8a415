#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <utf8proc.h>

#include "base/i18n.h"
#include "table/expression-internal.h"

enum mig_status mig_expression_fail(
    struct mig_error *error, enum mig_status status, size_t at, const char *format, ...)
{
    struct mig_position position = {NULL, 0, at + 1};
    char text[sizeof error->text];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    return mig_fail_at(error, status, &position, "%s", text);
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool begins_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (unsigned char)c >= 0x80;
}

/* Blanks, also the unbreakable ones that French keyboards give beside | and &. */
static size_t skip_blanks(const char *text, size_t at)
{
    static const char *const blanks[] = {" ", "\t", "\n", "\r", "\xc2\xa0", "\xe2\x80\xaf"};
    size_t length;
    do {
        length = 0;
        for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++)
            if (strncmp(text + at, blanks[i], strlen(blanks[i])) == 0)
                length = strlen(blanks[i]);
        at += length;
    } while (length > 0);
    return at;
}

static bool goes_on_word(const char *text)
{
    return is_digit(*text) || (begins_word(*text) && skip_blanks(text, 0) == 0);
}

static size_t digits_at(const char *text)
{
    size_t length = 0;
    while (is_digit(text[length]))
        length++;
    return length;
}

/* A date or period: four digits and a hyphen with something of a date behind it. */
static bool begins_period(const char *text)
{
    return digits_at(text) == 4 && text[4] == '-' &&
           (is_digit(text[5]) || text[5] == 'Q' || text[5] == 'W');
}

static enum mig_status scan_period(const char *text, struct token *token, struct mig_error *error)
{
    const char *begin = text + token->at;
    struct mig_period period;
    size_t length = 4;
    while (goes_on_word(begin + length) || begin[length] == '-' || begin[length] == ':')
        length++;
    token->kind = TOKEN_PERIOD;
    token->text = (struct mig_text){begin, length};
    if (mig_period_parse(token->text, &period, NULL) == MIG_OK)
        return MIG_OK;
    struct mig_text quoted = mig_text_head(token->text, MIG_TEXT_QUOTED);
    return mig_expression_fail(error, MIG_VALUE, token->at,
        _("'%.*s' is not a date; to subtract, put blanks around the minus sign"),
        MIG_TEXT_ARG(quoted));
}

/* The length of 03/02/2018 or 2018/02/03, which arithmetic would divide; 0: something else. */
static size_t stroked_date(const char *text)
{
    size_t lengths[3], at = 0;
    for (size_t i = 0; i < 3; i++) {
        lengths[i] = digits_at(text + at);
        at += lengths[i];
        if (lengths[i] == 0 || (i < 2 && text[at++] != '/'))
            return 0;
    }
    bool year_last = lengths[0] <= 2 && (lengths[2] == 4 || lengths[2] == 2);
    bool year_first = lengths[0] == 4 && lengths[2] <= 2;
    bool ends = text[at] != '.' && text[at] != '/' && !goes_on_word(text + at);
    return ends && lengths[1] <= 2 && (year_last || year_first) ? at : 0;
}

static enum mig_status scan_number(const char *text, struct token *token, struct mig_error *error)
{
    const char *begin = text + token->at;
    struct mig_decimal number;
    size_t length = digits_at(begin), date = stroked_date(begin);
    if (date > 0)
        return mig_expression_fail(error, MIG_SYNTAX, token->at,
            _("'%.*s' is no date here: dates are written 2018-02-03; to divide, put blanks around "
              "the strokes"),
            (int)date, begin);
    if (begin[length] == '.')
        length += 1 + digits_at(begin + length + 1);
    if (begin[length] == 'e' || begin[length] == 'E') {
        size_t sign = begin[length + 1] == '-' || begin[length + 1] == '+' ? 1 : 0;
        size_t exponent = digits_at(begin + length + 1 + sign);
        length += exponent > 0 ? 1 + sign + exponent : 0;
    }
    while (goes_on_word(begin + length) || begin[length] == '.')
        length++;
    token->kind = TOKEN_NUMBER;
    token->text = (struct mig_text){begin, length};
    enum mig_status status = mig_decimal_parse(token->text, &number, error);
    if (status != MIG_OK && error != NULL)
        error->column = token->at + 1;
    return status;
}

/* What stands between two quotes `quote`, of which two in a row are one. */
static enum mig_status scan_quoted(const char *text, struct token *token, struct mig_error *error)
{
    const char *begin = text + token->at;
    char quote = *begin;
    size_t length = 1;
    while (begin[length] != '\0' && (begin[length] != quote || begin[length + 1] == quote))
        length += begin[length] == quote ? 2 : 1;
    if (begin[length] == '\0')
        return mig_expression_fail(error, MIG_SYNTAX, token->at,
            quote == '`' ? _("a backquote is not closed") : _("a quote is not closed"));
    token->kind = quote == '`' ? TOKEN_QUOTED : TOKEN_TEXT;
    token->text = (struct mig_text){begin + 1, length - 1};
    if (quote == '`' && length == 1)
        return mig_expression_fail(error, MIG_SYNTAX, token->at, _("a name is empty"));
    return MIG_OK;
}

/* Quotation marks of a word processor, which would pass for letters. */
static bool begins_typographic_quote(const char *text)
{
    static const char *const quotes[] = {"\xe2\x80\x9c", "\xe2\x80\x9d", "\xe2\x80\x9e",
        "\xe2\x80\x98", "\xe2\x80\x99", "\xc2\xab", "\xc2\xbb"};
    for (size_t i = 0; i < sizeof quotes / sizeof *quotes; i++)
        if (strncmp(text, quotes[i], strlen(quotes[i])) == 0)
            return true;
    return false;
}

static enum mig_status scan_word(const char *text, struct token *token, struct mig_error *error)
{
    static const struct {
        const char *word;
        enum token_kind kind;
    } words[] = {{"or", TOKEN_OR}, {"and", TOKEN_AND}, {"not", TOKEN_NOT}, {"in", TOKEN_IN}};
    const char *begin = text + token->at;
    size_t length = 0;
    while (goes_on_word(begin + length)) {
        if (begins_typographic_quote(begin + length))
            return mig_expression_fail(error, MIG_SYNTAX, token->at + length,
                _("a text stands in straight quotes: \"...\" or '...'"));
        length++;
    }
    token->kind = TOKEN_NAME;
    token->text = (struct mig_text){begin, length};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (mig_text_equal(token->text, mig_text_of(words[i].word)))
            token->kind = words[i].kind;
    return MIG_OK;
}

static enum mig_status fail_on_sign(const char *text, size_t at, struct mig_error *error)
{
    static const struct {
        char sign;
        const char *advice;
    } signs[] = {{'=', N_("'=' is not understood; equality is written ==")},
        {'&', N_("'&' is not understood; the sign for 'and' is &&")},
        {'|', N_("'|' is not understood; the sign for 'or' is ||")},
        {'#', N_("an HXL pattern stands in backquotes: `#adm1+name`")}};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (text[at] == signs[i].sign)
            return mig_expression_fail(error, MIG_SYNTAX, at, "%s", _(signs[i].advice));
    return mig_expression_fail(error, MIG_SYNTAX, at, _("'%c' is not understood"), text[at]);
}

static enum mig_status scan_sign(const char *text, struct token *token, struct mig_error *error)
{
    /* the longer ones first */
    static const struct {
        const char *sign;
        enum token_kind kind;
    } signs[] = {{"||", TOKEN_OR}, {"&&", TOKEN_AND}, {"==", TOKEN_EQUAL}, {"!=", TOKEN_UNEQUAL},
        {"<=", TOKEN_LESS_EQUAL}, {">=", TOKEN_MORE_EQUAL}, {"!~", TOKEN_NO_MATCH},
        {"<", TOKEN_LESS}, {">", TOKEN_MORE}, {"~", TOKEN_MATCH}, {"!", TOKEN_BANG},
        {"+", TOKEN_PLUS}, {"-", TOKEN_MINUS}, {"*", TOKEN_TIMES}, {"/", TOKEN_OVER},
        {"(", TOKEN_OPEN}, {")", TOKEN_CLOSE}, {",", TOKEN_COMMA}};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        size_t length = strlen(signs[i].sign);
        if (strncmp(text + token->at, signs[i].sign, length) != 0)
            continue;
        token->kind = signs[i].kind;
        token->text = (struct mig_text){text + token->at, length};
        return MIG_OK;
    }
    return fail_on_sign(text, token->at, error);
}

static enum mig_status scan(const char *text, struct token *token, struct mig_error *error)
{
    size_t at = token->at;
    char c = text[at];
    if (c == '\0')
        return MIG_OK;
    if (begins_period(text + at))
        return scan_period(text, token, error);
    if (is_digit(c) || (c == '.' && is_digit(text[at + 1])))
        return scan_number(text, token, error);
    if (c == '"' || c == '\'' || c == '`')
        return scan_quoted(text, token, error);
    if (begins_word(c))
        return scan_word(text, token, error);
    return scan_sign(text, token, error);
}

enum mig_status mig_expression_scan(
    const char *text, size_t at, struct token *token, struct mig_error *error)
{
    at = skip_blanks(text, at);
    *token = (struct token){.kind = TOKEN_END, .at = at, .text = {text + at, 0}};
    enum mig_status status = scan(text, token, error);
    bool quoted = token->kind == TOKEN_TEXT || token->kind == TOKEN_QUOTED;
    token->end = (size_t)(token->text.data - text) + token->text.length + (quoted ? 1 : 0);
    return status;
}

enum mig_status mig_expression_lower(
    struct mig_buffer *buffer, struct mig_text text, struct mig_error *error)
{
    enum mig_status status = mig_buffer_append(buffer, "", 0, error);
    for (size_t at = 0; at < text.length && status == MIG_OK;) {
        utf8proc_int32_t character;
        utf8proc_uint8_t bytes[4];
        utf8proc_ssize_t size = utf8proc_iterate((const utf8proc_uint8_t *)text.data + at,
            (utf8proc_ssize_t)(text.length - at), &character);
        if (size <= 0)
            return mig_fail(error, MIG_VALUE, "%s", _("the cell is not valid UTF-8"));
        utf8proc_ssize_t written = utf8proc_encode_char(utf8proc_tolower(character), bytes);
        status = mig_buffer_append(buffer, bytes, (size_t)written, error);
        at += (size_t)size;
    }
    return status;
}
