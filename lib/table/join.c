#include "table/join.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"

#define NO_ROW UINT32_MAX

struct joined_row {
    size_t line;
    uint32_t key; /* code of its tuple */
    uint32_t next;
    bool misses_key;
};

/* The rows of one tuple. */
struct joined_key {
    uint32_t first; /* NO_ROW for tuples that miss a key */
    uint32_t last;
    bool used;
};

struct mig_join {
    struct mig_names *tuples;
    struct mig_names *texts; /* of cells */
    struct joined_key *keys; /* by code of the tuple */
    size_t n_keys;
    size_t key_capacity;
    struct joined_row *rows;
    size_t count;
    size_t row_capacity;
    uint32_t *cells; /* codes, n_columns a row */
    size_t n_columns;
    size_t cell_capacity;
    struct mig_buffer sought; /* the tuple that is looked for */
};

/* The list of --on. */

/* Length of the text before the first of `stops` outside brackets and backquotes. */
static size_t length_before(const char *text, const char *stops)
{
    size_t length = 0, depth = 0;
    bool quoted = false;
    for (; text[length] != '\0'; length++) {
        char c = text[length];
        if (c == '`')
            quoted = !quoted;
        else if (!quoted && depth == 0 && strchr(stops, c) != NULL)
            break;
        else if (!quoted && c == '(')
            depth++;
        else if (!quoted && c == ')' && depth > 0)
            depth--;
    }
    return length;
}

static enum mig_status parse_piece(
    struct mig_keys *keys, struct mig_text piece, struct mig_error *error)
{
    size_t before = keys->count;
    char *copy = mig_text_copy(piece);
    if (copy == NULL)
        return mig_fail_memory(error);
    enum mig_status status = mig_keys_parse(keys, copy, error);
    free(copy);
    if (status == MIG_OK && keys->count == before)
        return mig_fail(error, MIG_SYNTAX, "%s", _("a key to join on is empty"));
    return status;
}

enum mig_status mig_join_parse(
    const char *list, struct mig_keys *left, struct mig_keys *right, struct mig_error *error)
{
    enum mig_status status;
    const char *at = list;
    do {
        struct mig_text first = {at, length_before(at, "=,")}, second = first;
        at += first.length;
        if (*at == '=') {
            second = (struct mig_text){at + 1, length_before(at + 1, "=,")};
            at += 1 + second.length;
        }
        if (*at == '=')
            return mig_fail(error, MIG_SYNTAX, _("'%s': KEY or KEY=KEY is wanted"), list);
        status = parse_piece(left, first, error);
        if (status == MIG_OK)
            status = parse_piece(right, second, error);
    } while (status == MIG_OK && *at++ == ',');
    return status;
}

/* Reading. */

static enum mig_status note_repeat(struct mig_join *join, const struct mig_keys *keys,
    const struct mig_row *row, struct mig_text tuple, struct mig_error_list *repeats)
{
    struct mig_error error;
    struct mig_buffer key = {0};
    struct mig_position position = {row->file, row->line, 0};
    uint32_t code = join->rows[join->count - 1].key;
    enum mig_status status = mig_tuple_describe(keys, tuple, &key, &error);
    if (status == MIG_OK) {
        (void)mig_fail_at(&error, MIG_VALUE, &position,
            _("key '%s' occurs again; first on line %zu"), key.data,
            join->rows[join->keys[code].first].line);
        status = mig_error_list_add(repeats, &error);
    }
    mig_buffer_release(&key);
    return status;
}

/* Gives `tuple` a place among the keys; `*code` is its own. */
static enum mig_status code_tuple(
    struct mig_join *join, struct mig_text tuple, uint32_t *code, struct mig_error *error)
{
    struct joined_key *keys =
        mig_grow(join->keys, &join->key_capacity, join->n_keys + 1, sizeof *keys);
    if (keys == NULL)
        return mig_fail_memory(error);
    join->keys = keys;
    enum mig_status status = mig_names_code(join->tuples, tuple, code, error);
    if (status == MIG_OK && *code == join->n_keys)
        join->keys[join->n_keys++] = (struct joined_key){NO_ROW, NO_ROW, false};
    return status;
}

static enum mig_status add_cells(struct mig_join *join, const size_t *columns,
    const struct mig_row *row, struct mig_error *error)
{
    size_t begin = join->count * join->n_columns;
    uint32_t *cells =
        mig_grow(join->cells, &join->cell_capacity, begin + join->n_columns + 1, sizeof *cells);
    if (cells == NULL)
        return mig_fail_memory(error);
    join->cells = cells;
    enum mig_status status = MIG_OK;
    for (size_t i = 0; i < join->n_columns && status == MIG_OK; i++)
        status = mig_names_code(
            join->texts, row->cells[columns[i]].text, &join->cells[begin + i], error);
    return status;
}

/* Appends a row; `*repeats` says whether its key was there before. */
static enum mig_status add_row(struct mig_join *join, const struct mig_row *row,
    struct mig_text tuple, bool misses_key, bool *repeats, struct mig_error *error)
{
    uint32_t code, number = (uint32_t)join->count;
    if (join->count >= NO_ROW - 1)
        return mig_fail(error, MIG_LIMIT, "%s", _("more than 4294967294 rows to join"));
    struct joined_row *rows =
        mig_grow(join->rows, &join->row_capacity, join->count + 1, sizeof *rows);
    if (rows == NULL)
        return mig_fail_memory(error);
    join->rows = rows;
    enum mig_status status = code_tuple(join, tuple, &code, error);
    if (status != MIG_OK)
        return status;
    struct joined_key *key = &join->keys[code];
    join->rows[join->count++] = (struct joined_row){row->line, code, NO_ROW, misses_key};
    *repeats = !misses_key && key->first != NO_ROW;
    if (misses_key)
        return MIG_OK;
    if (*repeats)
        join->rows[key->last].next = number;
    else
        key->first = number;
    key->last = number;
    return MIG_OK;
}

static enum mig_status read_row(struct mig_join *join, const struct mig_keys *keys,
    const size_t *columns, const struct mig_input *input, const struct mig_row *row,
    struct mig_buffer *tuple, struct mig_error_list *repeats, struct mig_error *error)
{
    bool misses_key, repeats_key = false;
    enum mig_status status = mig_tuple_read(tuple, keys, input, row, &misses_key, error);
    if (status == MIG_OK)
        status = add_cells(join, columns, row, error);
    if (status == MIG_OK)
        status = add_row(join, row, mig_buffer_text(tuple), misses_key, &repeats_key, error);
    if (status == MIG_OK && repeats_key &&
        note_repeat(join, keys, row, mig_buffer_text(tuple), repeats) != MIG_OK)
        return mig_fail_memory(error);
    return status;
}

static enum mig_status read_rows(struct mig_join *join, const struct mig_keys *keys,
    const size_t *columns, struct mig_input *input, struct mig_error_list *repeats,
    struct mig_error *error)
{
    struct mig_buffer tuple = {0};
    struct mig_row row = {0};
    enum mig_status status = mig_names_new(&join->tuples, error);
    if (status == MIG_OK)
        status = mig_names_new(&join->texts, error);
    while (status == MIG_OK) {
        status = mig_input_next(input, &row, error);
        if (status != MIG_OK || row.count == 0)
            break;
        status = read_row(join, keys, columns, input, &row, &tuple, repeats, error);
    }
    mig_buffer_release(&tuple);
    return status;
}

enum mig_status mig_join_read(struct mig_join **join, struct mig_input *input,
    const struct mig_keys *keys, const size_t *columns, size_t n_columns,
    struct mig_error_list *repeats, struct mig_error *error)
{
    *join = NULL;
    struct mig_join *made = calloc(1, sizeof *made);
    if (made == NULL)
        return mig_fail_memory(error);
    made->n_columns = n_columns;
    enum mig_status status = read_rows(made, keys, columns, input, repeats, error);
    if (status == MIG_OK)
        *join = made;
    else
        mig_join_free(made);
    return status;
}

/* Asking. */

enum mig_status mig_join_match(struct mig_join *join, const struct mig_keys *keys,
    const struct mig_input *input, const struct mig_row *row, struct mig_match *match,
    struct mig_error *error)
{
    uint32_t code;
    *match = (struct mig_match){.row = SIZE_MAX};
    enum mig_status status =
        mig_tuple_read(&join->sought, keys, input, row, &match->misses_key, error);
    if (status != MIG_OK)
        return status;
    match->tuple = mig_buffer_text(&join->sought);
    if (match->misses_key || !mig_names_find(join->tuples, match->tuple, &code))
        return MIG_OK;
    join->keys[code].used = true;
    match->row = join->keys[code].first;
    return MIG_OK;
}

size_t mig_join_next(const struct mig_join *join, size_t row)
{
    return join->rows[row].next == NO_ROW ? SIZE_MAX : join->rows[row].next;
}

size_t mig_join_count(const struct mig_join *join)
{
    return join->count;
}

struct mig_text mig_join_cell(const struct mig_join *join, size_t row, size_t i)
{
    return mig_names_text(join->texts, join->cells[row * join->n_columns + i]);
}

struct mig_text mig_join_tuple(const struct mig_join *join, size_t row)
{
    return mig_names_text(join->tuples, join->rows[row].key);
}

bool mig_join_misses_key(const struct mig_join *join, size_t row)
{
    return join->rows[row].misses_key;
}

bool mig_join_is_used(const struct mig_join *join, size_t row)
{
    return join->keys[join->rows[row].key].used;
}

size_t mig_join_line(const struct mig_join *join, size_t row)
{
    return join->rows[row].line;
}

void mig_join_free(struct mig_join *join)
{
    if (join == NULL)
        return;
    mig_names_free(join->tuples);
    mig_names_free(join->texts);
    free(join->keys);
    free(join->rows);
    free(join->cells);
    mig_buffer_release(&join->sought);
    free(join);
}
