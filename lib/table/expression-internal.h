/* Expressions, private: tokens and the tree, what scanning, parsing and evaluation share. */
#ifndef MIGSTAT_TABLE_EXPRESSION_INTERNAL_H
#define MIGSTAT_TABLE_EXPRESSION_INTERNAL_H

#include <locale.h>
#include <regex.h>

#include "../base/memory.h"
#include "../base/period.h"
#include "../base/rational.h"
#include "expression.h"
#include "keys.h"

/* Tokens. */

enum token_kind {
    TOKEN_END,
    TOKEN_NUMBER,
    TOKEN_PERIOD,
    TOKEN_TEXT,   /* "..." */
    TOKEN_NAME,   /* a word as it is */
    TOKEN_QUOTED, /* a name in backquotes */
    TOKEN_OR,
    TOKEN_AND,
    TOKEN_NOT,  /* the word: looser than comparisons */
    TOKEN_BANG, /* '!': tighter than everything */
    TOKEN_IN,
    TOKEN_EQUAL,
    TOKEN_UNEQUAL,
    TOKEN_LESS,
    TOKEN_LESS_EQUAL,
    TOKEN_MORE,
    TOKEN_MORE_EQUAL,
    TOKEN_MATCH,
    TOKEN_NO_MATCH,
    TOKEN_PLUS,
    TOKEN_MINUS,
    TOKEN_TIMES,
    TOKEN_OVER,
    TOKEN_OPEN,
    TOKEN_CLOSE,
    TOKEN_COMMA,
};

struct token {
    enum token_kind kind;
    size_t at;            /* byte of the expression where it begins */
    size_t end;           /* and the one behind it */
    struct mig_text text; /* within the quotes, where there are any; a doubled quote is still doubled */
};

/* Fills `error` with the place `at` as its column, from 1. */
enum mig_status mig_expression_fail(struct mig_error *error, enum mig_status status, size_t at,
    const char *format, ...) MIG_PRINTF(4, 5);

/* The token that begins at or after byte `at`. */
enum mig_status MIG_MUST_USE mig_expression_scan(
    const char *text, size_t at, struct token *token, struct mig_error *error);

/* Appends `text`, valid UTF-8, in small letters, character by character. Errors: MIG_VALUE when it is not valid. */
enum mig_status MIG_MUST_USE mig_expression_lower(
    struct mig_buffer *buffer, struct mig_text text, struct mig_error *error);

/* What regcomp() found wrong, in the user's language. */
const char *mig_pattern_fault(int failure);
/* Whether an extended regular expression, its repetitions written out, has more than 20000 characters, or groups nested
 * deeper than 64: those would take minutes or all memory. */
bool mig_pattern_is_too_large(const char *pattern);

/* The tree. */

enum type {
    TYPE_CELL, /* a column: what it is compared with decides */
    TYPE_NUMBER,
    TYPE_TEXT,
    TYPE_PERIOD,
    TYPE_CONDITION,
};

enum node_kind {
    NODE_LITERAL,
    NODE_COLUMN,
    NODE_KEY, /* year() and the like */
    NODE_LENGTH,
    NODE_LOWER,
    NODE_MISSING,
    NODE_ARITHMETIC,
    NODE_COMPARE,
    NODE_IN,
    NODE_MATCH,
    NODE_NOT,
    NODE_AND,
    NODE_OR,
};

struct node {
    enum node_kind kind;
    enum type type;           /* of its value */
    enum type as;             /* what a comparison reads its operands as */
    enum token_kind sign;     /* of a comparison */
    enum mig_arithmetic arithmetic;
    size_t at;
    struct node *left; /* operands; an operand alone is the left one */
    struct node *right;
    struct node *next;    /* in the list of `in`, whose first is the right operand */
    struct node *later;   /* the node made next */
    char *text;           /* of a literal; the name of a column */
    bool quoted;          /* that name stands in backquotes */
    size_t column;
    struct mig_decimal number;
    struct mig_period period;
    struct mig_keys keys;
    regex_t regex;
    bool has_regex;
    struct mig_rational fractions[3]; /* left, right, result */
    struct mig_buffer buffer;         /* of lower() */
    char scratch[MIG_KEY_TEXT];
};

struct mig_expression {
    struct node *root;
    struct node *first; /* of all nodes, as they were made */
    struct node *last;
    size_t n_nodes;
    locale_t locale; /* of the regular expressions: UTF-8 whatever the user's is */
};

/* What a value of the type is called in messages, with its article. */
const char *mig_expression_type_name(enum type type);

/* Types. Errors: MIG_SYNTAX, with the place of what is at fault. */
enum mig_status MIG_MUST_USE mig_expression_require_condition(
    const struct node *node, struct mig_error *error);
enum mig_status MIG_MUST_USE mig_expression_require_number(
    const struct node *node, struct mig_error *error);
enum mig_status mig_expression_fail_without_column(const struct node *node, struct mig_error *error);
/* The type that two sides of a comparison at `at` are read as. */
enum mig_status MIG_MUST_USE mig_expression_settle_types(size_t at, const struct node *left,
    const struct node *right, enum type *as, struct mig_error *error);

#endif
