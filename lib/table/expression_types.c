/* Which values may stand where: what can be told from the expression alone. */
#include <string.h>

#include "base/i18n.h"
#include "table/expression-internal.h"

const char *mig_expression_type_name(enum type type)
{
    switch (type) {
    case TYPE_NUMBER:
        return _("a number");
    case TYPE_TEXT:
        return _("a text");
    case TYPE_PERIOD:
        return _("a date or period");
    case TYPE_CONDITION:
        return _("a condition");
    case TYPE_CELL:
        break;
    }
    return _("a column");
}

enum mig_status mig_expression_require_condition(const struct node *node, struct mig_error *error)
{
    if (node->type == TYPE_CONDITION)
        return MIG_OK;
    return mig_expression_fail(error, MIG_SYNTAX, node->at,
        _("a condition is wanted here, such as a comparison, not %s"),
        mig_expression_type_name(node->type));
}

enum mig_status mig_expression_require_number(const struct node *node, struct mig_error *error)
{
    if (node->type == TYPE_NUMBER || node->type == TYPE_CELL)
        return MIG_OK;
    return mig_expression_fail(error, MIG_SYNTAX, node->at, _("a number is wanted here, not %s"),
        mig_expression_type_name(node->type));
}

static bool is_empty_text(const struct node *node)
{
    return node->kind == NODE_LITERAL && node->type == TYPE_TEXT && node->text[0] == '\0';
}

/* "region" == "Gao" compares two words, whatever the row holds. */
enum mig_status mig_expression_fail_without_column(const struct node *node, struct mig_error *error)
{
    return mig_expression_fail(error, MIG_SYNTAX, node->at, "%s",
        _("no column is compared here; a column stands without quotes or in backquotes"));
}

/* lower(x) == "Gao" could never be true. */
static enum mig_status check_lower(const struct node *literal, struct mig_error *error)
{
    struct mig_buffer lower = {0};
    enum mig_status status = mig_expression_lower(&lower, mig_text_of(literal->text), error);
    if (status == MIG_OK && strcmp(lower.data, literal->text) != 0)
        status = mig_expression_fail(error, MIG_SYNTAX, literal->at, "%s",
            _("lower() gives small letters, and this text has others"));
    mig_buffer_release(&lower);
    return status;
}

/* band(age,0,18) == "0-18" could not either. */
static enum mig_status check_class(
    const struct node *value, const struct node *literal, struct mig_error *error)
{
    struct mig_buffer classes = {0};
    enum mig_status status = MIG_OK;
    const char *class;
    for (size_t i = 0; (class = mig_keys_class(&value->keys, 0, i)) != NULL; i++) {
        if (strcmp(class, literal->text) == 0) {
            mig_buffer_release(&classes);
            return MIG_OK;
        }
        if (status == MIG_OK)
            status = mig_buffer_print(&classes, error, "%s%s", i > 0 ? ", " : "", class);
    }
    if (status == MIG_OK)
        status = mig_expression_fail(
            error, MIG_SYNTAX, literal->at, _("this is none of the classes %s"), classes.data);
    mig_buffer_release(&classes);
    return status;
}

/* A text that the function it is compared with never gives is a slip. */
static enum mig_status check_text(
    const struct node *value, const struct node *literal, struct mig_error *error)
{
    if (literal->kind != NODE_LITERAL || literal->type != TYPE_TEXT)
        return MIG_OK;
    if (value->kind == NODE_LOWER)
        return check_lower(literal, error);
    return value->kind == NODE_KEY && value->type == TYPE_TEXT ? check_class(value, literal, error)
                                                               : MIG_OK;
}

enum mig_status mig_expression_settle_types(size_t at, const struct node *left,
    const struct node *right, enum type *as, struct mig_error *error)
{
    if (left->type == TYPE_CONDITION || right->type == TYPE_CONDITION)
        return mig_expression_fail(error, MIG_SYNTAX, at, "%s",
            _("a condition can't be compared; conditions are joined by && and ||"));
    if (left->kind == NODE_LITERAL && right->kind == NODE_LITERAL)
        return mig_expression_fail_without_column(left, error);
    if (is_empty_text(left) || is_empty_text(right))
        return mig_expression_fail(error, MIG_SYNTAX, is_empty_text(left) ? left->at : right->at,
            "%s", _("no cell equals an empty text: an empty cell is missing; see missing()"));
    enum mig_status status = check_text(left, right, error);
    if (status == MIG_OK)
        status = check_text(right, left, error);
    if (status != MIG_OK)
        return status;
    *as = left->type == TYPE_CELL ? right->type : left->type;
    if (left->type == right->type || left->type == TYPE_CELL || right->type == TYPE_CELL)
        return MIG_OK;
    return mig_expression_fail(error, MIG_SYNTAX, at, _("%s can't be compared with %s"),
        mig_expression_type_name(left->type), mig_expression_type_name(right->type));
}
