/* Conditions: whatever is read, binds or names its faults within the text, and is true, false or
 * unknown of a row; a condition, its negation and its double negation agree, as do both sides of De
 * Morgan's law. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "table/expression.h"

#include "../table.h"

static struct table table;
static struct mig_row row;

static void require(bool holds)
{
    if (!holds)
        abort();
}

static void open_table(void)
{
    struct mig_input_options options = {.reader = {.delimiter = ','}, .missing = "NA"};
    table_open_with(
        &table, mig_text_of("a,b,c,d,e,f\n1.5,S\303\251gou,2025-09-30,2025-09,,NA\n"), &options);
    require(mig_input_next(table.input, &row, NULL) == MIG_OK && row.count == 6);
}

static void require_place(const struct mig_error *error, size_t length)
{
    require(error->status == MIG_NO_MEMORY || (error->column >= 1 && error->column <= length + 1));
}

/* False when the text is no condition on the table. */
static bool evaluate(const char *text, enum mig_status *tested, enum mig_truth *truth)
{
    struct mig_expression *expression;
    struct mig_error error = {0};
    struct mig_error_list errors = {0};
    enum mig_status status = mig_expression_parse(&expression, text, &error);
    require(status == error.status && (status == MIG_OK) == (expression != NULL));
    if (status != MIG_OK) {
        require_place(&error, strlen(text));
        return false;
    }
    status = mig_expression_bind(expression, table_header(&table), &errors);
    require((status == MIG_OK) == (errors.count == 0));
    for (size_t i = 0; i < errors.count; i++)
        require_place(&errors.items[i], strlen(text));
    if (status == MIG_OK) {
        *tested = mig_expression_test(expression, table.input, &row, truth, &error);
        require(*tested == error.status);
        require(*tested == MIG_OK || (error.line == 2 && error.column >= 1 && error.column <= 6));
    }
    mig_error_list_release(&errors);
    mig_expression_free(expression);
    return status == MIG_OK;
}

static void check_negated(const char *format, const char *text, enum mig_truth truth)
{
    struct mig_buffer negated = {0};
    enum mig_status tested;
    enum mig_truth answer;
    DUMP(&negated, format, text);
    if (evaluate(negated.data, &tested, &answer)) /* brackets may be too deep now */
        require(tested == MIG_OK && answer == truth);
    mig_buffer_release(&negated);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    /* Repetitions make regular expressions as large as they like. */
    if (size > 4096 || memchr(data, '\0', size) || memchr(data, '{', size))
        return 0;
    if (table.input == NULL)
        open_table();
    struct mig_buffer text = {0};
    enum mig_status tested;
    enum mig_truth truth;
    require(mig_buffer_append(&text, data, size, NULL) == MIG_OK);
    require(mig_buffer_append(&text, "", 0, NULL) == MIG_OK);
    if (evaluate(text.data, &tested, &truth) && tested == MIG_OK) {
        enum mig_truth opposite = truth == MIG_UNKNOWN ? MIG_UNKNOWN
                                  : truth == MIG_TRUE  ? MIG_FALSE
                                                       : MIG_TRUE;
        check_negated("not (%s)", text.data, opposite);
        check_negated("!!(%s)", text.data, truth);
        check_negated("(%1$s) && (%1$s) || (%1$s)", text.data, truth);
    }
    mig_buffer_release(&text);
    return 0;
}
