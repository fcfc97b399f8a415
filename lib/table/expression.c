#include "table/expression.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "table/expression-internal.h"

/* Life. */

void mig_expression_free(struct mig_expression *expression)
{
    if (expression == NULL)
        return;
    for (struct node *node = expression->first, *later; node != NULL; node = later) {
        later = node->later;
        if (node->has_regex)
            regfree(&node->regex);
        for (size_t i = 0; i < sizeof node->fractions / sizeof *node->fractions; i++)
            mig_rational_release(&node->fractions[i]);
        mig_keys_release(&node->keys);
        mig_buffer_release(&node->buffer);
        free(node->text);
        free(node);
    }
    if (expression->locale != (locale_t)0)
        freelocale(expression->locale);
    free(expression);
}

/* Binding. */

/* The errors of `found` with the place of `node`. */
static enum mig_status add_placed(
    const struct node *node, const struct mig_error_list *found, struct mig_error_list *errors)
{
    enum mig_status status = MIG_OK;
    for (size_t i = 0; i < found->count && status == MIG_OK; i++) {
        struct mig_error error = found->items[i];
        error.column = node->at + 1;
        status = mig_error_list_add(errors, &error);
    }
    return status;
}

/* An unknown word without quotes may have been meant as a text: region == Gao. */
static enum mig_status bind_column(
    struct node *node, const struct mig_header *header, struct mig_error_list *found)
{
    struct mig_error error = {0};
    enum mig_status status = mig_header_find(header, node->text, &node->column, &error);
    if (status == MIG_OK)
        return MIG_OK;
    if (status == MIG_NAME && !node->quoted) {
        struct mig_error plain = error;
        (void)mig_fail(
            &error, status, _("%s; a text stands in quotes, as in \"%s\""), plain.text, node->text);
    }
    return mig_error_list_add(found, &error) == MIG_OK ? status : MIG_NO_MEMORY;
}

enum mig_status mig_expression_bind(struct mig_expression *expression,
    const struct mig_header *header, struct mig_error_list *errors)
{
    enum mig_status bound = MIG_OK;
    for (struct node *node = expression->first; node != NULL; node = node->later) {
        struct mig_error_list found = {0};
        enum mig_status status = MIG_OK;
        if (node->kind == NODE_COLUMN)
            status = bind_column(node, header, &found);
        else if (node->kind == NODE_KEY)
            status = mig_keys_bind(&node->keys, header, &found);
        if (add_placed(node, &found, errors) != MIG_OK)
            status = MIG_NO_MEMORY;
        mig_error_list_release(&found);
        if (status == MIG_NO_MEMORY)
            return status;
        bound = status != MIG_OK ? status : bound;
    }
    return bound;
}

/* Evaluation. */

struct scope {
    const struct mig_expression *expression;
    const struct mig_input *input;
    const struct mig_row *row;
    struct mig_error *error;
};

/* A value; its texts and fraction are borrowed from the row or the node. */
struct value {
    bool missing;
    enum type type;
    struct mig_text text; /* of a text, and of a cell as it stands */
    struct mig_decimal number;
    const struct mig_rational *fraction; /* the number, when it was calculated */
    struct mig_period period;
};

static enum mig_status calculate(const struct scope *scope, struct node *node, struct value *value);
static enum mig_status test(const struct scope *scope, struct node *node, enum mig_truth *truth);

static enum mig_status locate(const struct scope *scope, size_t column, enum mig_status status)
{
    struct mig_position position = mig_row_position(scope->row, column);
    mig_error_locate(scope->error, &position, mig_input_header(scope->input)->names[column]);
    return status;
}

static enum mig_status read_number(const struct scope *scope, size_t column, struct value *value)
{
    struct mig_text text = mig_text_trim(value->text);
    struct mig_period period;
    enum mig_status status = mig_decimal_parse(text, &value->number, scope->error);
    if (status == MIG_OK)
        return MIG_OK;
    if (mig_period_parse(text, &period, NULL) == MIG_OK)
        (void)mig_fail(scope->error, status, _("'%.*s' is a date, not a number; see year()"),
            MIG_TEXT_ARG(text));
    return locate(scope, column, status);
}

/* The cell of `column` as the type that is wanted of it. */
static enum mig_status read_cell(
    const struct scope *scope, size_t column, enum type as, struct value *value)
{
    *value = (struct value){.type = as, .text = scope->row->cells[column].text};
    value->missing = mig_input_is_missing(scope->input, value->text);
    if (value->missing)
        return MIG_OK;
    if (as == TYPE_NUMBER)
        return read_number(scope, column, value);
    if (as != TYPE_PERIOD)
        return MIG_OK;
    enum mig_status status =
        mig_period_parse(mig_text_trim(value->text), &value->period, scope->error);
    return status == MIG_OK ? MIG_OK : locate(scope, column, status);
}

/* A key function gives a text, which is read as the type of the function. */
static enum mig_status read_key(const struct scope *scope, struct node *node, struct value *value)
{
    *value = (struct value){.type = node->type};
    enum mig_status status = mig_keys_read(
        &node->keys, 0, scope->input, scope->row, node->scratch, &value->text, scope->error);
    value->missing = value->text.length == 0;
    if (status != MIG_OK || value->missing)
        return status;
    if (node->type == TYPE_NUMBER)
        return mig_decimal_parse(value->text, &value->number, scope->error);
    return node->type == TYPE_PERIOD ? mig_period_parse(value->text, &value->period, scope->error)
                                     : MIG_OK;
}

static uint64_t count_characters(struct mig_text text)
{
    uint64_t count = 0;
    for (size_t i = 0; i < text.length; i++)
        count += ((unsigned char)text.data[i] & 0xC0) != 0x80;
    return count;
}

static enum mig_status calculate_on_text(
    const struct scope *scope, struct node *node, struct value *value)
{
    enum mig_status status = read_cell(scope, node->left->column, TYPE_TEXT, value);
    value->type = node->type;
    if (status != MIG_OK || value->missing)
        return status;
    if (node->kind == NODE_LENGTH) {
        value->number = mig_decimal_of_count(count_characters(value->text));
        return MIG_OK;
    }
    mig_buffer_clear(&node->buffer);
    status = mig_expression_lower(&node->buffer, value->text, scope->error);
    value->text = mig_buffer_text(&node->buffer);
    return status == MIG_OK ? MIG_OK : locate(scope, node->left->column, status);
}

/* The value of an operand of type `as`. */
static enum mig_status calculate_as(
    const struct scope *scope, struct node *node, enum type as, struct value *value)
{
    return node->kind == NODE_COLUMN ? read_cell(scope, node->column, as, value)
                                     : calculate(scope, node, value);
}

/* A number as a fraction: its own, or made in `made`. */
static enum mig_status fraction_of(const struct scope *scope, const struct value *value,
    struct mig_rational *made, const struct mig_rational **fraction)
{
    *fraction = value->fraction != NULL ? value->fraction : made;
    return value->fraction != NULL ? MIG_OK : mig_rational_set(made, &value->number, scope->error);
}

static enum mig_status calculate_arithmetic(
    const struct scope *scope, struct node *node, struct value *value)
{
    struct value left, right;
    const struct mig_rational *a, *b;
    enum mig_status status = calculate_as(scope, node->left, TYPE_NUMBER, &left);
    if (status == MIG_OK)
        status = calculate_as(scope, node->right, TYPE_NUMBER, &right);
    if (status != MIG_OK)
        return status;
    *value = (struct value){.type = TYPE_NUMBER,
        .missing = left.missing || right.missing,
        .fraction = &node->fractions[2]};
    if (value->missing)
        return MIG_OK;
    status = fraction_of(scope, &left, &node->fractions[0], &a);
    if (status == MIG_OK)
        status = fraction_of(scope, &right, &node->fractions[1], &b);
    if (status == MIG_OK)
        status = mig_rational_apply(&node->fractions[2], node->arithmetic, a, b, NULL);
    value->missing = status == MIG_ARGUMENT; /* division by 0 */
    return status == MIG_NO_MEMORY ? mig_fail_memory(scope->error) : MIG_OK;
}

static enum mig_status calculate(const struct scope *scope, struct node *node, struct value *value)
{
    switch (node->kind) {
    case NODE_KEY:
        return read_key(scope, node, value);
    case NODE_LENGTH:
    case NODE_LOWER:
        return calculate_on_text(scope, node, value);
    case NODE_ARITHMETIC:
        return calculate_arithmetic(scope, node, value);
    default:
        *value = (struct value){.type = node->type,
            .text = mig_text_of(node->text),
            .number = node->number,
            .period = node->period};
        return MIG_OK;
    }
}

/* Comparisons: `*order` is <0, 0, >0. */

static enum mig_status compare_numbers(const struct scope *scope, struct node *node,
    const struct value *left, const struct value *right, int *order)
{
    if (left->fraction == NULL && right->fraction == NULL) {
        *order = mig_decimal_compare(&left->number, &right->number);
        return MIG_OK;
    }
    const struct mig_rational *a, *b;
    enum mig_status status = fraction_of(scope, left, &node->fractions[0], &a);
    if (status == MIG_OK)
        status = fraction_of(scope, right, &node->fractions[1], &b);
    if (status == MIG_OK)
        *order = mig_rational_compare(a, b);
    return status;
}

/* The column of the cell that an error about `node` names. */
static size_t column_of(const struct node *node)
{
    const struct node *operand =
        node->left->kind == NODE_COLUMN || node->left->kind == NODE_KEY ? node->left : node->right;
    return operand->kind == NODE_KEY ? mig_keys_column(&operand->keys, 0) : operand->column;
}

static enum mig_status compare_periods(const struct scope *scope, const struct node *node,
    const struct value *left, const struct value *right, int *order)
{
    struct mig_error overlap;
    enum mig_status status = mig_period_compare(left->period, right->period, order, &overlap);
    if (status == MIG_OK)
        return MIG_OK;
    (void)mig_fail(scope->error, status, _("%s; see month(), quarter(), year()"), overlap.text);
    return locate(scope, column_of(node), status);
}

static bool both_are(enum type type, struct value *left, struct value *right)
{
    struct mig_text a = mig_text_trim(left->text), b = mig_text_trim(right->text);
    if (type == TYPE_NUMBER)
        return mig_decimal_parse(a, &left->number, NULL) == MIG_OK &&
               mig_decimal_parse(b, &right->number, NULL) == MIG_OK;
    return mig_period_parse(a, &left->period, NULL) == MIG_OK &&
           mig_period_parse(b, &right->period, NULL) == MIG_OK;
}

/* Two columns. */
static enum mig_status compare_cells(const struct scope *scope, struct node *node,
    struct value *left, struct value *right, int *order)
{
    if (both_are(TYPE_NUMBER, left, right))
        return compare_numbers(scope, node, left, right, order);
    if (both_are(TYPE_PERIOD, left, right))
        return compare_periods(scope, node, left, right, order);
    *order = mig_text_compare(left->text, right->text);
    if (node->sign == TOKEN_EQUAL || node->sign == TOKEN_UNEQUAL)
        return MIG_OK;
    struct mig_text a = mig_text_head(left->text, MIG_TEXT_QUOTED);
    struct mig_text b = mig_text_head(right->text, MIG_TEXT_QUOTED);
    (void)mig_fail(scope->error, MIG_VALUE,
        _("'%.*s' and '%.*s' are neither two numbers nor two dates: they have no order"),
        MIG_TEXT_ARG(a), MIG_TEXT_ARG(b));
    return locate(scope, column_of(node), MIG_VALUE);
}

static enum mig_status compare(const struct scope *scope, struct node *node, struct value *left,
    struct value *right, int *order)
{
    switch (node->as) {
    case TYPE_NUMBER:
        return compare_numbers(scope, node, left, right, order);
    case TYPE_PERIOD:
        return compare_periods(scope, node, left, right, order);
    case TYPE_TEXT:
        *order = mig_text_compare(left->text, right->text);
        return MIG_OK;
    default:
        return compare_cells(scope, node, left, right, order);
    }
}

static bool agrees(enum token_kind sign, int order)
{
    switch (sign) {
    case TOKEN_EQUAL:
        return order == 0;
    case TOKEN_UNEQUAL:
        return order != 0;
    case TOKEN_LESS:
        return order < 0;
    case TOKEN_LESS_EQUAL:
        return order <= 0;
    case TOKEN_MORE:
        return order > 0;
    default:
        return order >= 0;
    }
}

static enum mig_truth truth_of(bool holds)
{
    return holds ? MIG_TRUE : MIG_FALSE;
}

static enum mig_status test_comparison(
    const struct scope *scope, struct node *node, enum mig_truth *truth)
{
    struct value left, right;
    int order = 0;
    enum mig_status status = calculate_as(scope, node->left, node->as, &left);
    if (status == MIG_OK)
        status = calculate_as(scope, node->right, node->as, &right);
    *truth = MIG_UNKNOWN;
    if (status != MIG_OK || left.missing || right.missing)
        return status;
    status = compare(scope, node, &left, &right, &order);
    *truth = truth_of(agrees(node->sign, order));
    return status;
}

static enum mig_status test_in(const struct scope *scope, struct node *node, enum mig_truth *truth)
{
    struct value value = {0}, item;
    enum mig_status status = calculate_as(scope, node->left, node->as, &value);
    *truth = value.missing ? MIG_UNKNOWN : MIG_FALSE;
    for (struct node *at = node->right; at != NULL && *truth == MIG_FALSE && status == MIG_OK;
         at = at->next) {
        int order = 0;
        status = calculate(scope, at, &item);
        if (status == MIG_OK)
            status = compare(scope, node, &value, &item, &order);
        if (order == 0)
            *truth = MIG_TRUE;
    }
    return status;
}

static enum mig_status test_match(
    const struct scope *scope, struct node *node, enum mig_truth *truth)
{
    struct value value;
    enum mig_status status = calculate_as(scope, node->left, TYPE_TEXT, &value);
    *truth = MIG_UNKNOWN;
    if (status != MIG_OK || value.missing)
        return status;
    locale_t before = uselocale(scope->expression->locale);
    int result = regexec(&node->regex, value.text.data, 0, NULL, 0);
    uselocale(before);
    *truth = truth_of(result == 0);
    return result == 0 || result == REG_NOMATCH ? MIG_OK : mig_fail_memory(scope->error);
}

/* Kleene: `decides` (false for &&, true for ||) wins on either side; else unknown wins. */
static enum mig_status test_joined(
    const struct scope *scope, struct node *node, enum mig_truth decides, enum mig_truth *truth)
{
    enum mig_truth right = MIG_UNKNOWN;
    enum mig_status status = test(scope, node->left, truth);
    if (status != MIG_OK || *truth == decides)
        return status;
    status = test(scope, node->right, &right);
    if (right == decides || right == MIG_UNKNOWN)
        *truth = right;
    return status;
}

static enum mig_status test(const struct scope *scope, struct node *node, enum mig_truth *truth)
{
    enum mig_status status = MIG_OK;
    switch (node->kind) {
    case NODE_COMPARE:
        return test_comparison(scope, node, truth);
    case NODE_IN:
        return test_in(scope, node, truth);
    case NODE_MATCH:
        return test_match(scope, node, truth);
    case NODE_AND:
        return test_joined(scope, node, MIG_FALSE, truth);
    case NODE_OR:
        return test_joined(scope, node, MIG_TRUE, truth);
    case NODE_NOT:
        status = test(scope, node->left, truth);
        if (*truth != MIG_UNKNOWN)
            *truth = truth_of(*truth == MIG_FALSE);
        return status;
    default: /* missing() */
        *truth = truth_of(
            mig_input_is_missing(scope->input, scope->row->cells[node->left->column].text));
        return MIG_OK;
    }
}

enum mig_status mig_expression_test(struct mig_expression *expression,
    const struct mig_input *input, const struct mig_row *row, enum mig_truth *truth,
    struct mig_error *error)
{
    struct scope scope = {expression, input, row, error};
    *truth = MIG_UNKNOWN;
    return test(&scope, expression->root, truth);
}
