/* Recursive descent, one function a level of the grammar. Types are settled here: what is left for
 * evaluation is what only the cells can tell. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "table/expression-internal.h"

enum { MOST_DEPTH = 200, MOST_NODES = 4096 };

struct parser {
    const char *text;
    struct mig_expression *expression;
    struct token token; /* the next one */
    size_t depth;
    struct mig_error *error;
};

typedef enum mig_status parse_level(struct parser *parser, struct node **node);
static parse_level parse_or;

/* Tokens and nodes. */

static enum mig_status advance(struct parser *parser)
{
    return mig_expression_scan(parser->text, parser->token.end, &parser->token, parser->error);
}

static bool is_next(const struct parser *parser, enum token_kind kind)
{
    return parser->token.kind == kind;
}

static enum mig_status fail_here(const struct parser *parser, const char *message)
{
    return mig_expression_fail(parser->error, MIG_SYNTAX, parser->token.at, "%s", message);
}

static enum mig_status expect(struct parser *parser, enum token_kind kind, const char *message)
{
    return is_next(parser, kind) ? advance(parser) : fail_here(parser, message);
}

static enum mig_status make_node(
    struct parser *parser, enum node_kind kind, enum type type, size_t at, struct node **node)
{
    struct mig_expression *expression = parser->expression;
    if (expression->n_nodes == MOST_NODES)
        return mig_expression_fail(parser->error, MIG_LIMIT, at,
            _("the expression has more than %d parts"), (int)MOST_NODES);
    struct node *made = calloc(1, sizeof *made);
    if (made == NULL)
        return mig_fail_memory(parser->error);
    made->kind = kind;
    made->type = type;
    made->at = at;
    if (expression->last != NULL)
        expression->last->later = made;
    else
        expression->first = made;
    expression->last = made;
    expression->n_nodes++;
    *node = made;
    return MIG_OK;
}

static enum mig_status make_pair(struct parser *parser, enum node_kind kind, enum type type,
    size_t at, struct node *left, struct node *right, struct node **node)
{
    enum mig_status status = make_node(parser, kind, type, at, node);
    if (status == MIG_OK) {
        (*node)->left = left;
        (*node)->right = right;
    }
    return status;
}

/* A copy of the token's text, two quotes in a row made one. */
static enum mig_status copy_text(struct parser *parser, char **copy)
{
    const struct token *token = &parser->token;
    *copy = mig_text_copy(token->text);
    if (*copy == NULL)
        return mig_fail_memory(parser->error);
    if (!is_next(parser, TOKEN_TEXT) && !is_next(parser, TOKEN_QUOTED))
        return MIG_OK;
    char quote = parser->text[token->at], *to = *copy;
    for (const char *from = *copy; *from != '\0'; from++) {
        if (from[0] == quote && from[1] == quote)
            from++;
        *to++ = *from;
    }
    *to = '\0';
    return MIG_OK;
}

/* Literals. */

static enum mig_status parse_literal(struct parser *parser, struct node **node)
{
    enum type type = is_next(parser, TOKEN_NUMBER)   ? TYPE_NUMBER
                     : is_next(parser, TOKEN_PERIOD) ? TYPE_PERIOD
                                                     : TYPE_TEXT;
    enum mig_status status = make_node(parser, NODE_LITERAL, type, parser->token.at, node);
    if (status == MIG_OK)
        status = copy_text(parser, &(*node)->text);
    if (status == MIG_OK && type == TYPE_NUMBER)
        status = mig_decimal_parse(mig_text_of((*node)->text), &(*node)->number, parser->error);
    if (status == MIG_OK && type == TYPE_PERIOD)
        status = mig_period_parse(mig_text_of((*node)->text), &(*node)->period, parser->error);
    return status == MIG_OK ? advance(parser) : status;
}

/* Functions. */

static enum mig_status parse_column(struct parser *parser, struct node **node)
{
    if (!is_next(parser, TOKEN_NAME) && !is_next(parser, TOKEN_QUOTED))
        return fail_here(parser, _("a column is wanted here"));
    enum mig_status status = make_node(parser, NODE_COLUMN, TYPE_CELL, parser->token.at, node);
    if (status == MIG_OK)
        status = copy_text(parser, &(*node)->text);
    if (status != MIG_OK)
        return status;
    (*node)->quoted = is_next(parser, TOKEN_QUOTED);
    return advance(parser);
}

/* The brackets of missing(x), length(x) and lower(x). */
static enum mig_status parse_simple_call(
    struct parser *parser, enum node_kind kind, size_t at, struct node **node)
{
    static const enum type types[] = {
        [NODE_MISSING] = TYPE_CONDITION, [NODE_LENGTH] = TYPE_NUMBER, [NODE_LOWER] = TYPE_TEXT};
    struct node *column;
    enum mig_status status = advance(parser);
    if (status == MIG_OK)
        status = parse_column(parser, &column);
    if (status == MIG_OK)
        status = expect(parser, TOKEN_CLOSE, _("')' is missing"));
    return status == MIG_OK ? make_pair(parser, kind, types[kind], at, column, NULL, node) : status;
}

/* The brackets of a key function, which the keys read themselves. */
static enum mig_status parse_key_call(
    struct parser *parser, enum type type, size_t at, struct node **node)
{
    enum mig_status status = MIG_OK;
    while (status == MIG_OK && !is_next(parser, TOKEN_CLOSE)) {
        if (is_next(parser, TOKEN_END))
            return fail_here(parser, _("')' is missing"));
        status = advance(parser);
    }
    if (status == MIG_OK)
        status = make_node(parser, NODE_KEY, type, at, node);
    if (status != MIG_OK)
        return status;
    char *call = mig_text_copy((struct mig_text){parser->text + at, parser->token.end - at});
    if (call == NULL)
        return mig_fail_memory(parser->error);
    status = mig_keys_parse(&(*node)->keys, call, parser->error);
    free(call);
    if (status != MIG_OK && parser->error != NULL)
        parser->error->column = at + 1;
    return status == MIG_OK ? advance(parser) : status;
}

static enum mig_status fail_no_function(
    struct parser *parser, const struct token *name, const struct mig_text *known, size_t count)
{
    size_t nearest = mig_text_nearest(name->text, known, count);
    struct mig_text quoted = mig_text_head(name->text, MIG_TEXT_QUOTED);
    if (nearest < count)
        return mig_expression_fail(parser->error, MIG_NAME, name->at,
            _("no function '%.*s'; nearest is '%.*s'"), MIG_TEXT_ARG(quoted),
            MIG_TEXT_ARG(known[nearest]));
    return mig_expression_fail(parser->error, MIG_NAME, name->at,
        _("no function '%.*s'; there are missing, year, quarter, month, week, band, length and "
          "lower"),
        MIG_TEXT_ARG(quoted));
}

/* `name` has been read, '(' is next. */
static enum mig_status parse_call(
    struct parser *parser, const struct token *name, struct node **node)
{
    static const struct {
        const char *name;
        enum node_kind kind;
        enum type type; /* of a key function */
    } functions[] = {{"missing", NODE_MISSING, TYPE_CONDITION}, {"year", NODE_KEY, TYPE_NUMBER},
        {"quarter", NODE_KEY, TYPE_PERIOD}, {"month", NODE_KEY, TYPE_PERIOD},
        {"week", NODE_KEY, TYPE_PERIOD}, {"band", NODE_KEY, TYPE_TEXT},
        {"length", NODE_LENGTH, TYPE_NUMBER}, {"lower", NODE_LOWER, TYPE_TEXT}};
    enum { N_FUNCTIONS = sizeof functions / sizeof *functions };
    struct mig_text known[N_FUNCTIONS];
    for (size_t i = 0; i < N_FUNCTIONS; i++) {
        known[i] = mig_text_of(functions[i].name);
        if (!mig_text_equal(name->text, known[i]))
            continue;
        return functions[i].kind == NODE_KEY
                   ? parse_key_call(parser, functions[i].type, name->at, node)
                   : parse_simple_call(parser, functions[i].kind, name->at, node);
    }
    return fail_no_function(parser, name, known, N_FUNCTIONS);
}

/* A column, or the name of a function when a bracket follows. */
static enum mig_status parse_name(struct parser *parser, struct node **node)
{
    struct token name = parser->token, after;
    enum mig_status status = mig_expression_scan(parser->text, name.end, &after, parser->error);
    if (status != MIG_OK || name.kind != TOKEN_NAME || after.kind != TOKEN_OPEN)
        return status == MIG_OK ? parse_column(parser, node) : status;
    status = advance(parser);
    return status == MIG_OK ? parse_call(parser, &name, node) : status;
}

/* Values. */

static enum mig_status parse_brackets(struct parser *parser, struct node **node)
{
    enum mig_status status = advance(parser);
    if (status == MIG_OK)
        status = parse_or(parser, node);
    return status == MIG_OK ? expect(parser, TOKEN_CLOSE, _("')' is missing")) : status;
}

static enum mig_status parse_primary(struct parser *parser, struct node **node)
{
    switch (parser->token.kind) {
    case TOKEN_NUMBER:
    case TOKEN_PERIOD:
    case TOKEN_TEXT:
        return parse_literal(parser, node);
    case TOKEN_NAME:
    case TOKEN_QUOTED:
        return parse_name(parser, node);
    case TOKEN_OPEN:
        return parse_brackets(parser, node);
    default:
        return fail_here(
            parser, _("a column, a number, a date or a text in quotes is wanted here"));
    }
}

static enum mig_status parse_unary(struct parser *parser, struct node **node);

static enum mig_status deepen(struct parser *parser)
{
    if (parser->depth == MOST_DEPTH)
        return mig_expression_fail(parser->error, MIG_LIMIT, parser->token.at, "%s",
            _("brackets and signs are nested too deep"));
    parser->depth++;
    return MIG_OK;
}

/* !a, or `not a`: what follows is of level `operand`. */
static enum mig_status parse_negation(
    struct parser *parser, parse_level *parse_operand, struct node **node)
{
    struct node *operand;
    size_t at = parser->token.at;
    enum mig_status status = deepen(parser);
    if (status == MIG_OK)
        status = advance(parser);
    if (status == MIG_OK)
        status = parse_operand(parser, &operand);
    if (status == MIG_OK)
        status = mig_expression_require_condition(operand, parser->error);
    parser->depth--;
    return status == MIG_OK ? make_pair(parser, NODE_NOT, TYPE_CONDITION, at, operand, NULL, node)
                            : status;
}

/* -x is 0 - x. */
static enum mig_status negate_value(struct parser *parser, size_t at, struct node **node)
{
    struct node *operand = *node, *zero;
    enum mig_status status = mig_expression_require_number(operand, parser->error);
    if (status != MIG_OK)
        return status;
    if (operand->kind == NODE_LITERAL) {
        operand->number.negative =
            !operand->number.negative && (operand->number.wide || operand->number.magnitude > 0);
        return MIG_OK;
    }
    status = make_node(parser, NODE_LITERAL, TYPE_NUMBER, at, &zero);
    if (status == MIG_OK)
        status = make_pair(parser, NODE_ARITHMETIC, TYPE_NUMBER, at, zero, operand, node);
    if (status == MIG_OK)
        (*node)->arithmetic = MIG_MINUS;
    return status;
}

static enum mig_status parse_unary(struct parser *parser, struct node **node)
{
    if (is_next(parser, TOKEN_BANG))
        return parse_negation(parser, parse_unary, node);
    if (!is_next(parser, TOKEN_MINUS))
        return parse_primary(parser, node);
    size_t at = parser->token.at;
    enum mig_status status = deepen(parser);
    if (status == MIG_OK)
        status = advance(parser);
    if (status == MIG_OK)
        status = parse_unary(parser, node);
    parser->depth--;
    return status == MIG_OK ? negate_value(parser, at, node) : status;
}

/* A row may divide by 0, and its condition is then unknown; a condition that always does is a
 * mistake. */
static enum mig_status refuse_zero(
    const struct parser *parser, enum mig_arithmetic operation, const struct node *divisor)
{
    bool zero = operation == MIG_OVER && divisor->kind == NODE_LITERAL && !divisor->number.wide &&
                divisor->number.magnitude == 0;
    return zero ? mig_expression_fail(
                      parser->error, MIG_SYNTAX, divisor->at, "%s", _("division by 0"))
                : MIG_OK;
}

/* A chain of `parse_operand`, joined by the operators `first` and `first` + 1. */
static enum mig_status parse_chain(struct parser *parser, parse_level *parse_operand,
    enum token_kind first, enum mig_arithmetic arithmetic, struct node **node)
{
    enum mig_status status = parse_operand(parser, node);
    while (status == MIG_OK && (is_next(parser, first) || is_next(parser, first + 1))) {
        struct node *left = *node, *right;
        size_t at = parser->token.at;
        enum mig_arithmetic operation = arithmetic + (is_next(parser, first) ? 0 : 1);
        status = mig_expression_require_number(left, parser->error);
        if (status == MIG_OK)
            status = advance(parser);
        if (status == MIG_OK)
            status = parse_operand(parser, &right);
        if (status == MIG_OK)
            status = mig_expression_require_number(right, parser->error);
        if (status == MIG_OK)
            status = make_pair(parser, NODE_ARITHMETIC, TYPE_NUMBER, at, left, right, node);
        if (status == MIG_OK)
            status = refuse_zero(parser, operation, right);
        if (status == MIG_OK)
            (*node)->arithmetic = operation;
    }
    return status;
}

static enum mig_status parse_product(struct parser *parser, struct node **node)
{
    return parse_chain(parser, parse_unary, TOKEN_TIMES, MIG_TIMES, node);
}

static enum mig_status parse_sum(struct parser *parser, struct node **node)
{
    return parse_chain(parser, parse_product, TOKEN_PLUS, MIG_PLUS, node);
}

/* Comparisons. */

static enum mig_status parse_comparison(
    struct parser *parser, struct node *left, struct node **node)
{
    struct token sign = parser->token;
    struct node *right;
    enum type as;
    enum mig_status status = advance(parser);
    if (status == MIG_OK)
        status = parse_sum(parser, &right);
    if (status == MIG_OK)
        status = mig_expression_settle_types(sign.at, left, right, &as, parser->error);
    if (status != MIG_OK)
        return status;
    if (as == TYPE_TEXT && sign.kind != TOKEN_EQUAL && sign.kind != TOKEN_UNEQUAL)
        return mig_expression_fail(parser->error, MIG_SYNTAX, sign.at, "%s",
            _("texts have no order; numbers and dates are written without quotes"));
    status = make_pair(parser, NODE_COMPARE, TYPE_CONDITION, left->at, left, right, node);
    if (status == MIG_OK) {
        (*node)->sign = sign.kind;
        (*node)->as = as;
    }
    return status;
}

static enum mig_status parse_item(
    struct parser *parser, struct node *left, enum type *as, struct node **item)
{
    size_t at = parser->token.at;
    enum mig_status status = parse_unary(parser, item);
    if (status == MIG_OK && (*item)->kind != NODE_LITERAL)
        return mig_expression_fail(parser->error, MIG_SYNTAX, at, "%s",
            _("a list holds numbers, dates or texts in quotes"));
    enum type before = *as;
    if (status == MIG_OK)
        status = mig_expression_settle_types(at, left, *item, as, parser->error);
    if (status == MIG_OK && before != TYPE_CELL && before != *as)
        return mig_expression_fail(parser->error, MIG_SYNTAX, at, _("%s can't be compared with %s"),
            mig_expression_type_name(before), mig_expression_type_name(*as));
    return status;
}

/* The list of `in`, whose bracket is next. */
static enum mig_status parse_list(struct parser *parser, struct node *in)
{
    struct node **end = &in->right;
    enum mig_status status =
        expect(parser, TOKEN_OPEN, _("a list is wanted here, as in (\"Gao\", \"Kidal\")"));
    in->as = TYPE_CELL;
    while (status == MIG_OK) {
        status = parse_item(parser, in->left, &in->as, end);
        if (status != MIG_OK || !is_next(parser, TOKEN_COMMA))
            break;
        end = &(*end)->next;
        status = advance(parser);
    }
    return status == MIG_OK ? expect(parser, TOKEN_CLOSE, _("')' or ',' is missing")) : status;
}

/* Makes `node` its negation, for `not in` and !~. */
static enum mig_status negate_condition(struct parser *parser, bool negated, struct node **node)
{
    struct node *operand = *node;
    return negated ? make_pair(parser, NODE_NOT, TYPE_CONDITION, operand->at, operand, NULL, node)
                   : MIG_OK;
}

static enum mig_status parse_in(struct parser *parser, struct node *left, struct node **node)
{
    bool negated = is_next(parser, TOKEN_NOT);
    enum mig_status status = negated ? advance(parser) : MIG_OK;
    if (status == MIG_OK)
        status = expect(parser, TOKEN_IN, _("'in' is wanted here"));
    if (status == MIG_OK)
        status = make_pair(parser, NODE_IN, TYPE_CONDITION, left->at, left, NULL, node);
    if (status == MIG_OK)
        status = parse_list(parser, *node);
    return status == MIG_OK ? negate_condition(parser, negated, node) : status;
}

static enum mig_status compile_regex(struct parser *parser, struct node *node)
{
    const struct node *pattern = node->right;
    if (mig_pattern_is_too_large(pattern->text))
        return mig_expression_fail(parser->error, MIG_LIMIT, pattern->at, "%s",
            _("this expression repeats too much: numbers in braces within each other multiply"));
    locale_t before = uselocale(parser->expression->locale);
    int failure = regcomp(&node->regex, pattern->text, REG_EXTENDED | REG_NOSUB);
    uselocale(before);
    node->has_regex = failure == 0;
    if (failure == REG_ESPACE)
        return mig_fail_memory(parser->error);
    return failure == 0 ? MIG_OK
                        : mig_expression_fail(parser->error, MIG_SYNTAX, pattern->at,
                              _("this is not an extended regular expression: %s"),
                              mig_pattern_fault(failure));
}

static enum mig_status parse_match(struct parser *parser, struct node *left, struct node **node)
{
    bool negated = is_next(parser, TOKEN_NO_MATCH);
    struct node *pattern;
    if (left->type != TYPE_CELL && left->type != TYPE_TEXT)
        return mig_expression_fail(parser->error, MIG_SYNTAX, left->at,
            _("a column is wanted before ~, not %s"), mig_expression_type_name(left->type));
    if (left->kind == NODE_LITERAL)
        return mig_expression_fail_without_column(left, parser->error);
    enum mig_status status = advance(parser);
    if (status == MIG_OK && !is_next(parser, TOKEN_TEXT))
        return fail_here(parser, _("a regular expression in quotes is wanted here"));
    if (status == MIG_OK)
        status = parse_literal(parser, &pattern);
    if (status == MIG_OK)
        status = make_pair(parser, NODE_MATCH, TYPE_CONDITION, left->at, left, pattern, node);
    if (status == MIG_OK)
        status = compile_regex(parser, *node);
    return status == MIG_OK ? negate_condition(parser, negated, node) : status;
}

/* Conditions. */

static bool is_comparison(enum token_kind kind)
{
    return kind >= TOKEN_EQUAL && kind <= TOKEN_MORE_EQUAL;
}

static enum mig_status parse_relation(struct parser *parser, struct node **node)
{
    struct node *left;
    enum mig_status status = parse_sum(parser, &left);
    if (status != MIG_OK)
        return status;
    *node = left;
    if (is_comparison(parser->token.kind))
        status = parse_comparison(parser, left, node);
    else if (is_next(parser, TOKEN_IN) || is_next(parser, TOKEN_NOT))
        status = parse_in(parser, left, node);
    else if (is_next(parser, TOKEN_MATCH) || is_next(parser, TOKEN_NO_MATCH))
        status = parse_match(parser, left, node);
    if (status == MIG_OK && is_comparison(parser->token.kind))
        return fail_here(parser, _("comparisons do not chain; write a < b && b < c"));
    return status;
}

static enum mig_status parse_not(struct parser *parser, struct node **node)
{
    return is_next(parser, TOKEN_NOT) ? parse_negation(parser, parse_not, node)
                                      : parse_relation(parser, node);
}

/* Operands of level `parse_operand`, joined by the word `joint`. */
static enum mig_status parse_joined(struct parser *parser, parse_level *parse_operand,
    enum token_kind joint, enum node_kind kind, struct node **node)
{
    enum mig_status status = parse_operand(parser, node);
    while (status == MIG_OK && is_next(parser, joint)) {
        struct node *left = *node, *right;
        status = mig_expression_require_condition(left, parser->error);
        if (status == MIG_OK)
            status = advance(parser);
        if (status == MIG_OK)
            status = parse_operand(parser, &right);
        if (status == MIG_OK)
            status = mig_expression_require_condition(right, parser->error);
        if (status == MIG_OK)
            status = make_pair(parser, kind, TYPE_CONDITION, left->at, left, right, node);
    }
    return status;
}

static enum mig_status parse_and(struct parser *parser, struct node **node)
{
    return parse_joined(parser, parse_not, TOKEN_AND, NODE_AND, node);
}

static enum mig_status parse_or(struct parser *parser, struct node **node)
{
    enum mig_status status = deepen(parser);
    if (status != MIG_OK)
        return status;
    status = parse_joined(parser, parse_and, TOKEN_OR, NODE_OR, node);
    parser->depth--;
    return status;
}

static enum mig_status parse_whole(struct parser *parser)
{
    size_t valid = mig_text_valid_utf8(mig_text_of(parser->text));
    if (parser->text[valid] != '\0')
        return mig_expression_fail(
            parser->error, MIG_SYNTAX, valid, "%s", _("the expression is not valid UTF-8"));
    enum mig_status status = advance(parser);
    if (status == MIG_OK && is_next(parser, TOKEN_END))
        return fail_here(parser, _("the expression is empty"));
    if (status == MIG_OK)
        status = parse_or(parser, &parser->expression->root);
    if (status == MIG_OK && !is_next(parser, TOKEN_END))
        return fail_here(parser, is_next(parser, TOKEN_CLOSE)
                                     ? _("')' closes no bracket")
                                     : _("an operator is wanted here, such as && or =="));
    return status == MIG_OK
               ? mig_expression_require_condition(parser->expression->root, parser->error)
               : status;
}

enum mig_status mig_expression_parse(
    struct mig_expression **expression, const char *text, struct mig_error *error)
{
    *expression = NULL;
    struct mig_expression *made = calloc(1, sizeof *made);
    if (made == NULL)
        return mig_fail_memory(error);
    made->locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    struct parser parser = {.text = text, .expression = made, .error = error};
    enum mig_status status = made->locale != (locale_t)0
                                 ? parse_whole(&parser)
                                 : mig_fail(error, MIG_SYSTEM, "%s", _("no locale 'C.UTF-8'"));
    if (status == MIG_OK)
        *expression = made;
    else
        mig_expression_free(made);
    return status;
}
