/* A proposal as JSON. */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "input/propose-internal.h"

/* Sets a property; `value` is taken over, and NULL (memory is short) is remembered in `complete`.
 */
static void set(json_t *object, const char *name, json_t *value, bool *complete)
{
    *complete = json_object_set_new(object, name, value) == 0 && *complete;
}

static void append(json_t *array, json_t *value, bool *complete)
{
    *complete = json_array_append_new(array, value) == 0 && *complete;
}

static json_t *count_of(uint64_t count)
{
    return json_integer((json_int_t)count);
}

static json_t *text_of(struct mig_text text)
{
    return json_stringn(text.data != NULL ? text.data : "", text.length);
}

/* The tokens of the options, and with `guess` those that were found in its column. */
static json_t *missing_of(const char *options, const struct mig_guess *guess, bool *complete)
{
    json_t *list = json_array();
    struct mig_text rest = mig_text_of(options), token;
    append(list, json_string(""), complete);
    while (mig_text_cut(&rest, ',', &token))
        if (mig_text_trim(token).length > 0)
            append(list, text_of(mig_text_trim(token)), complete);
    for (size_t i = 0; guess != NULL && i < MIG_TOKENS; i++)
        if (guess->tokens[i] > 0)
            append(list, json_string(mig_tokens[i]), complete);
    return list;
}

static json_t *evidence_of(
    const struct mig_guess *guess, const struct mig_finding *finding, bool *complete)
{
    json_t *evidence = json_object();
    uint64_t tokens = finding->tokens_are_missing ? guess->token.cells : 0;
    set(evidence, "cells", count_of(guess->cells), complete);
    set(evidence, "missing", count_of(guess->empty + tokens), complete);
    set(evidence, "fit", count_of(guess->cells - guess->empty - tokens), complete);
    if (finding->treatment == MIG_AS_IT_IS && guess->numbers > 0)
        set(evidence, "numbers", count_of(guess->numbers), complete);
    if (finding->treatment == MIG_AS_IT_IS && guess->days + guess->months > 0)
        set(evidence, "dates", count_of(guess->days + guess->months), complete);
    if (guess->zeros.cells > 0)
        set(evidence, "leadingZeros", count_of(guess->zeros.cells), complete);
    if (guess->time.cells > 0)
        set(evidence, "timesOfDay", count_of(guess->time.cells), complete);
    if (guess->labels.full && finding->treatment == MIG_AS_IT_IS)
        set(evidence, "labelsCompared", count_of(guess->labels.count), complete);
    if (guess->filled_first.cells > 0)
        set(evidence, "example", json_string(guess->filled_first.example), complete);
    return evidence;
}

static json_t *decision_of(const struct mig_decision *decision, bool *complete)
{
    json_t *object = json_object();
    set(object, "question", json_string(mig_question_name(decision->question)), complete);
    set(object, "cells", count_of(decision->cells), complete);
    set(object, "of", count_of(decision->filled), complete);
    set(object, "example", text_of(decision->example), complete);
    set(object, "line", count_of(decision->line), complete);
    if (decision->shown_by.length > 0) {
        set(object, "shownBy", text_of(decision->shown_by), complete);
        set(object, "shownLine", count_of(decision->shown_line), complete);
    }
    return object;
}

static void describe_number(json_t *field, const struct mig_finding *finding, bool *complete)
{
    const struct mig_number_style *style = &mig_styles[finding->style];
    if (style->decimal != '.')
        set(field, "decimalChar", json_stringn(&style->decimal, 1), complete);
    if (style->group.length > 0)
        set(field, "groupChar", text_of(style->group), complete);
    if (finding->percent) {
        set(field, "bareNumber", json_false(), complete);
        set(field, "percent", json_string("points"), complete);
    }
}

static json_t *field_of(const struct mig_proposal *proposal, size_t column,
    const struct mig_input_options *options, bool *complete)
{
    const struct mig_header *header = mig_input_header(proposal->input);
    const struct mig_guess *guess = &proposal->guesses[column];
    const char *tag = header->tags != NULL ? header->tags[column] : "";
    struct mig_finding finding = mig_conclude(guess, header->names[column], tag);
    json_t *field = json_object();
    set(field, "name", json_string(header->names[column]), complete);
    bool times = finding.treatment == MIG_AS_DATE && guess->time.cells > 0;
    const char *type = times ? "datetime" : mig_type_name(finding.treatment);
    set(field, "type", json_string(type), complete);
    if (finding.format != NULL)
        set(field, "format", json_string(finding.format), complete);
    if (mig_treatment_is_number(finding.treatment))
        describe_number(field, &finding, complete);
    if (finding.tokens_are_missing && guess->token.cells > 0)
        set(field, "missingValues", missing_of(options->missing, guess, complete), complete);
    if (tag[0] != '\0')
        set(field, "hxl", json_string(tag), complete);
    set(field, "evidence", evidence_of(guess, &finding, complete), complete);
    return field;
}

static void add_decisions(
    const struct mig_decision *decisions, size_t count, json_t *fields, bool *complete)
{
    for (size_t i = 0; i < count; i++) {
        json_t *field = json_array_get(fields, decisions[i].column);
        if (json_object_get(field, "decide") == NULL)
            set(field, "decide", json_array(), complete);
        append(json_object_get(field, "decide"), decision_of(&decisions[i], complete), complete);
    }
}

static json_t *dialect_of(
    const struct mig_input *input, const struct mig_input_options *options, bool *complete)
{
    size_t tags = mig_input_tag_line(input), rows = 0, line;
    char delimiter = mig_input_delimiter(input), quote = options->reader.quote;
    json_t *dialect = json_object(), *header = json_array(), *comments = json_array();
    set(dialect, "delimiter", json_stringn(&delimiter, 1), complete);
    if (quote != '\0' && quote != MIG_NO_QUOTE)
        set(dialect, "quoteChar", json_stringn(&quote, 1), complete);
    while ((line = mig_input_header_line(input, rows)) > 0) {
        append(header, count_of(line), complete);
        rows++;
    }
    set(dialect, "headerRows", header, complete);
    if (options->reader.first_line > 0)
        set(dialect, "headerLine", count_of(options->reader.first_line), complete);
    if (rows > 1)
        set(dialect, "headerJoin", json_string(" / "), complete);
    if (tags > 0) {
        append(comments, count_of(tags), complete);
        set(dialect, "commentRows", json_incref(comments), complete);
    }
    json_decref(comments);
    return dialect;
}

static json_t *schema_of(const struct mig_proposal *proposal,
    const struct mig_input_options *options, const struct mig_decision *decisions, size_t count,
    bool *complete)
{
    json_t *schema = json_object(), *fields = json_array();
    set(schema, "$schema", json_string("https://datapackage.org/profiles/2.0/tableschema.json"),
        complete);
    if (options->reader.encoding != NULL)
        set(schema, "encoding", json_string(options->reader.encoding), complete);
    set(schema, "dialect", dialect_of(proposal->input, options, complete), complete);
    set(schema, "missingValues", missing_of(options->missing, NULL, complete), complete);
    for (size_t i = 0; i < proposal->count; i++)
        append(fields, field_of(proposal, i, options, complete), complete);
    add_decisions(decisions, count, fields, complete);
    set(schema, "fields", fields, complete);
    return schema;
}

static int append_bytes(const char *bytes, size_t length, void *out)
{
    return mig_buffer_append(out, bytes, length, NULL) == MIG_OK ? 0 : -1;
}

enum mig_status mig_proposal_write(const struct mig_proposal *proposal,
    const struct mig_input_options *options, struct mig_buffer *out, struct mig_error *error)
{
    struct mig_decision *decisions;
    size_t count;
    bool complete = true;
    enum mig_status status = mig_proposal_decisions(proposal, &decisions, &count, error);
    if (status != MIG_OK)
        return status;
    json_t *schema = schema_of(proposal, options, decisions, count, &complete);
    free(decisions);
    complete = complete && json_dump_callback(schema, append_bytes, out, JSON_INDENT(2)) == 0 &&
               append_bytes("\n", 1, out) == 0;
    json_decref(schema);
    return complete ? MIG_OK : mig_fail_memory(error);
}
