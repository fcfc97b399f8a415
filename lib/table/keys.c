#include "table/keys-internal.h"

#include <stdlib.h>
#include <string.h>

#include "base/sum.h"
#include "base/i18n.h"
#include "base/period-inline.h"

enum function { NONE, YEAR, QUARTER, MONTH, WEEK, TIME, BAND, N_FUNCTIONS };

static const char *const function_names[N_FUNCTIONS] = {[YEAR] = "year",
    [QUARTER] = "quarter",
    [MONTH] = "month",
    [WEEK] = "week",
    [TIME] = "time",
    [BAND] = "band"};

static const enum mig_period_unit function_units[N_FUNCTIONS] = {
    [YEAR] = MIG_YEAR, [QUARTER] = MIG_QUARTER, [MONTH] = MIG_MONTH, [WEEK] = MIG_WEEK};

/* The classes of band(): class 0 lies below bounds[0], class i + 1 begins at bounds[i]. */
struct bands {
    struct mig_decimal *bounds;
    char **texts;  /* of the bounds, in the one form of sums; the bounds borrow digits from them */
    char **labels; /* count + 1 */
    size_t count;
    size_t bound_capacity;
    size_t text_capacity;
};

struct mig_key {
    char *name;   /* NULL until bound, unless said with NAME= */
    char *wanted; /* the column as written */
    enum function function;
    struct bands bands;
    bool looked_up; /* in the header, found or not */
    size_t column;
};

/* What is left of the list while it is read. */
struct scanner {
    const char *list; /* whole, for messages */
    const char *at;
    struct mig_error *error;
};

static enum mig_status syntax(const struct scanner *scanner, const char *what)
{
    return mig_fail(scanner->error, MIG_SYNTAX, _("'%s': %s"), scanner->list, what);
}

static void skip_blanks(struct scanner *scanner)
{
    while (*scanner->at == ' ' || *scanner->at == '\t')
        scanner->at++;
}

static bool accept(struct scanner *scanner, char c)
{
    skip_blanks(scanner);
    if (*scanner->at != c)
        return false;
    scanner->at++;
    return true;
}

static enum mig_status scan_word(struct scanner *scanner, struct mig_text *word)
{
    const char *after = mig_text_scan_name(scanner->at, ",()=", word);
    if (after == NULL)
        return syntax(scanner, _("a backquote is not closed"));
    scanner->at = after;
    return word->length > 0 ? MIG_OK : syntax(scanner, _("a key is empty"));
}

static enum mig_status copy_word(struct mig_text word, char **copy, struct mig_error *error)
{
    *copy = mig_text_copy(word);
    return *copy != NULL ? MIG_OK : mig_fail_memory(error);
}

static enum mig_status find_function(
    struct mig_text name, enum function *function, struct mig_error *error)
{
    struct mig_text known[N_FUNCTIONS - 1];
    for (int i = 1; i < N_FUNCTIONS; i++) {
        known[i - 1] = mig_text_of(function_names[i]);
        if (mig_text_equal(name, known[i - 1])) {
            *function = (enum function)i;
            return MIG_OK;
        }
    }
    size_t nearest = mig_text_nearest(name, known, N_FUNCTIONS - 1);
    if (nearest < N_FUNCTIONS - 1)
        return mig_fail(error, MIG_NAME, _("no key function '%.*s'; nearest is '%s'"),
            MIG_TEXT_ARG(name), function_names[nearest + 1]);
    return mig_fail(error, MIG_NAME,
        _("no key function '%.*s'; there are year, quarter, month, week, time and band"),
        MIG_TEXT_ARG(name));
}

/* `word` as a number in the one form of sums: "05", "+5" and "5.0" are "5", so that labels are too.
 */
static enum mig_status format_bound(struct mig_text word, char **text, struct mig_error *error)
{
    struct mig_decimal bound;
    struct mig_sum sum = {0};
    struct mig_buffer written = {0};
    enum mig_status status = mig_decimal_parse(word, &bound, error);
    if (status == MIG_OK)
        status = mig_sum_add(&sum, &bound, error);
    if (status == MIG_OK)
        status = mig_sum_format(&sum, &written, error);
    mig_sum_release(&sum);
    if (status != MIG_OK)
        mig_buffer_release(&written);
    *text = written.data;
    return status;
}

static enum mig_status add_bound(struct bands *bands, struct mig_text word, struct mig_error *error)
{
    struct mig_decimal *bounds =
        mig_grow(bands->bounds, &bands->bound_capacity, bands->count + 1, sizeof *bounds);
    if (bounds != NULL)
        bands->bounds = bounds;
    char **texts = mig_grow(bands->texts, &bands->text_capacity, bands->count + 1, sizeof *texts);
    if (texts != NULL)
        bands->texts = texts;
    if (bounds == NULL || texts == NULL)
        return mig_fail_memory(error);
    char *text;
    enum mig_status status = format_bound(word, &text, error);
    if (status != MIG_OK)
        return status;
    bands->texts[bands->count] = text;
    struct mig_decimal *bound = &bands->bounds[bands->count++];
    status = mig_decimal_parse(mig_text_of(text), bound, error);
    if (status == MIG_OK && bands->count > 1 && mig_decimal_compare(bound - 1, bound) >= 0)
        return mig_fail(error, MIG_SYNTAX, _("bounds of band() must rise: '%s' follows '%s'"), text,
            bands->texts[bands->count - 2]);
    return status;
}

/* "0-17" between whole bounds (completed units), "0.5-<1" between others, "60+" for the last. */
static enum mig_status label_class(
    const struct bands *bands, size_t i, struct mig_buffer *label, struct mig_error *error)
{
    const char *low = bands->texts[i];
    if (i + 1 == bands->count)
        return mig_buffer_print(label, error, "%s+", low);
    const struct mig_decimal *high = &bands->bounds[i + 1];
    if (!mig_decimal_is_integer(&bands->bounds[i]) || !mig_decimal_is_integer(high))
        return mig_buffer_print(label, error, "%s-<%s", low, bands->texts[i + 1]);
    struct mig_sum last = {0};
    struct mig_decimal minus_one = {.magnitude = 1, .negative = true};
    struct mig_buffer text = {0};
    enum mig_status status = mig_sum_add(&last, high, error);
    if (status == MIG_OK)
        status = mig_sum_add(&last, &minus_one, error);
    if (status == MIG_OK)
        status = mig_sum_format(&last, &text, error);
    if (status == MIG_OK && strcmp(text.data, low) == 0)
        status = mig_buffer_print(label, error, "%s", low);
    else if (status == MIG_OK)
        status = mig_buffer_print(label, error, "%s-%s", low, text.data);
    mig_sum_release(&last);
    mig_buffer_release(&text);
    return status;
}

static enum mig_status label_bands(struct bands *bands, struct mig_error *error)
{
    bands->labels = calloc(bands->count + 1, sizeof *bands->labels);
    if (bands->labels == NULL)
        return mig_fail_memory(error);
    struct mig_buffer label = {0};
    enum mig_status status = mig_buffer_print(&label, error, "<%s", bands->texts[0]);
    for (size_t i = 0; i <= bands->count && status == MIG_OK; i++) {
        status = copy_word(mig_buffer_text(&label), &bands->labels[i], error);
        mig_buffer_clear(&label);
        if (status == MIG_OK && i < bands->count)
            status = label_class(bands, i, &label, error);
    }
    mig_buffer_release(&label);
    return status;
}

/* What stands in the brackets of FUNCTION(COLUMN[,NUMBER]...). */
static enum mig_status scan_arguments(struct scanner *scanner, struct mig_key *key)
{
    struct mig_text word;
    enum mig_status status = scan_word(scanner, &word);
    if (status == MIG_OK)
        status = copy_word(word, &key->wanted, scanner->error);
    while (status == MIG_OK && accept(scanner, ',')) {
        status = scan_word(scanner, &word);
        if (status == MIG_OK && key->function != BAND)
            return syntax(scanner, _("only band() takes numbers"));
        if (status == MIG_OK)
            status = add_bound(&key->bands, word, scanner->error);
    }
    if (status != MIG_OK)
        return status;
    if (!accept(scanner, ')'))
        return syntax(scanner, _("')' is missing"));
    if (key->function != BAND)
        return MIG_OK;
    if (key->bands.count == 0)
        return syntax(scanner, _("band() needs bounds, as in band(age,0,18,60)"));
    return label_bands(&key->bands, scanner->error);
}

static enum mig_status scan_key(struct scanner *scanner, struct mig_key *key)
{
    struct mig_text word;
    enum mig_status status = scan_word(scanner, &word);
    if (status == MIG_OK && accept(scanner, '=')) {
        status = copy_word(word, &key->name, scanner->error);
        if (status == MIG_OK)
            status = scan_word(scanner, &word);
    }
    if (status != MIG_OK)
        return status;
    if (!accept(scanner, '('))
        return copy_word(word, &key->wanted, scanner->error);
    status = find_function(word, &key->function, scanner->error);
    return status == MIG_OK ? scan_arguments(scanner, key) : status;
}

enum mig_status mig_keys_parse(struct mig_keys *keys, const char *list, struct mig_error *error)
{
    struct scanner scanner = {list, list, error};
    size_t capacity = 0;
    if (list == NULL || *list == '\0')
        return MIG_OK;
    do {
        struct mig_key *items = mig_grow(keys->items, &capacity, keys->count + 1, sizeof *items);
        if (items == NULL)
            return mig_fail_memory(error);
        keys->items = items;
        struct mig_key *key = &keys->items[keys->count++];
        *key = (struct mig_key){0};
        enum mig_status status = scan_key(&scanner, key);
        if (status != MIG_OK)
            return status;
    } while (accept(&scanner, ','));
    skip_blanks(&scanner);
    return *scanner.at == '\0' ? MIG_OK : syntax(&scanner, _("a comma is missing between keys"));
}

static enum mig_status bind_key(
    struct mig_key *key, const struct mig_header *header, struct mig_error *error)
{
    enum mig_status status = mig_header_find(header, key->wanted, &key->column, error);
    if (status != MIG_OK || key->name != NULL)
        return status;
    const char *name =
        key->function == NONE ? header->names[key->column] : function_names[key->function];
    return copy_word(mig_text_of(name), &key->name, error);
}

static bool name_is_taken(const struct mig_keys *keys, size_t i)
{
    for (size_t j = 0; j < i; j++)
        if (keys->items[i].name != NULL && keys->items[j].name != NULL &&
            strcmp(keys->items[i].name, keys->items[j].name) == 0)
            return true;
    return false;
}

static enum mig_status two_named_alike(const struct mig_key *key, struct mig_error *error)
{
    if (key->function == NONE)
        return mig_fail(error, MIG_NAME,
            _("two columns of the output would be named '%s'; name one as in 'other=%s'"),
            key->name, key->wanted);
    return mig_fail(error, MIG_NAME,
        _("two columns of the output would be named '%s'; name one as in 'other=%s(%s%s)'"),
        key->name, function_names[key->function], key->wanted, key->function == BAND ? ",..." : "");
}

enum mig_status mig_keys_bind(
    struct mig_keys *keys, const struct mig_header *header, struct mig_error_list *errors)
{
    enum mig_status bound = MIG_OK;
    for (size_t i = 0; i < keys->count; i++) {
        struct mig_error error;
        if (keys->items[i].looked_up)
            continue;
        keys->items[i].looked_up = true;
        enum mig_status status = bind_key(&keys->items[i], header, &error);
        if (status == MIG_OK && name_is_taken(keys, i))
            status = two_named_alike(&keys->items[i], &error);
        if (status != MIG_OK) {
            bound = status;
            if (mig_error_list_add(errors, &error) != MIG_OK)
                return MIG_NO_MEMORY;
        }
    }
    return bound;
}

const char *mig_keys_name(const struct mig_keys *keys, size_t i)
{
    return keys->items[i].name;
}

size_t mig_keys_column(const struct mig_keys *keys, size_t i)
{
    return keys->items[i].column;
}

enum mig_status mig_keys_want(
    const struct mig_keys *keys, struct mig_input *input, struct mig_error *error)
{
    enum mig_status status = MIG_OK;
    for (size_t i = 0; keys != NULL && i < keys->count && status == MIG_OK; i++)
        status = mig_input_want(input, &keys->items[i].column, 1, error);
    return status;
}

bool mig_keys_is_plain(const struct mig_keys *keys, size_t i)
{
    return keys->items[i].function == NONE;
}

const char *mig_keys_class(const struct mig_keys *keys, size_t i, size_t class)
{
    const struct bands *bands = &keys->items[i].bands;
    return bands->labels != NULL && class <= bands->count ? bands->labels[class] : NULL;
}

void mig_keys_move_last(struct mig_keys *keys, size_t i)
{
    struct mig_key moved = keys->items[i];
    memmove(keys->items + i, keys->items + i + 1, (keys->count - i - 1) * sizeof moved);
    keys->items[keys->count - 1] = moved;
}

void mig_keys_make_time(struct mig_keys *keys, size_t i)
{
    if (keys->items[i].function == NONE)
        keys->items[i].function = TIME;
}

static size_t beginning_of(const struct mig_key *key)
{
    enum { YEAR_LENGTH = 4, MONTH_LENGTH = 7 };
    return key->function == YEAR ? YEAR_LENGTH : key->function == MONTH ? MONTH_LENGTH : 0;
}

size_t mig_keys_beginning(const struct mig_keys *keys, size_t i)
{
    return beginning_of(&keys->items[i]);
}

/* The year, month or quarter of a day, straight from its digits. */
static bool read_day(const struct mig_key *key, struct mig_text day, char scratch[MIG_KEY_TEXT],
    struct mig_text *text)
{
    size_t beginning = beginning_of(key);
    if ((beginning == 0 && key->function != QUARTER) || !mig_period_is_day(day))
        return false;
    *text = (struct mig_text){day.data, beginning};
    if (beginning > 0)
        return true;
    int month = 10 * (day.data[5] - '0') + day.data[6] - '0';
    memcpy(scratch, day.data, 4);
    memcpy(scratch + 4, "-Q", 2);
    scratch[6] = (char)('1' + (month - 1) / 3);
    *text = (struct mig_text){scratch, 7};
    return true;
}

static enum mig_status read_period(const struct mig_key *key, struct mig_text cell,
    char scratch[MIG_KEY_TEXT], struct mig_text *text, struct mig_error *error)
{
    struct mig_period period;
    if (read_day(key, cell, scratch, text))
        return MIG_OK;
    enum mig_status status = mig_period_parse(cell, &period, error);
    if (status == MIG_OK)
        status = mig_period_within(period, function_units[key->function], &period, error);
    if (status == MIG_OK)
        *text = (struct mig_text){scratch, mig_period_format(period, scratch)};
    return status;
}

static enum mig_status check_time(
    struct mig_text cell, struct mig_text *text, struct mig_error *error)
{
    struct mig_period period;
    struct mig_decimal number;
    struct mig_text quoted = mig_text_head(cell, MIG_TEXT_QUOTED);
    *text = cell;
    if (mig_period_is_day(cell) || mig_period_parse(cell, &period, NULL) == MIG_OK ||
        mig_decimal_parse(cell, &number, NULL) == MIG_OK)
        return MIG_OK;
    return mig_fail(
        error, MIG_VALUE, _("'%.*s' is neither a date nor a number"), MIG_TEXT_ARG(quoted));
}

static enum mig_status read_band(
    const struct mig_key *key, struct mig_text cell, struct mig_text *text, struct mig_error *error)
{
    struct mig_decimal value;
    enum mig_status status = mig_decimal_parse(cell, &value, error);
    if (status != MIG_OK)
        return status;
    size_t class = 0;
    while (class < key->bands.count && mig_decimal_compare(&key->bands.bounds[class], &value) <= 0)
        class ++;
    *text = mig_text_of(key->bands.labels[class]);
    return MIG_OK;
}

enum mig_status mig_keys_read(const struct mig_keys *keys, size_t i, const struct mig_input *input,
    const struct mig_row *row, char scratch[MIG_KEY_TEXT], struct mig_text *text,
    struct mig_error *error)
{
    const struct mig_key *key = &keys->items[i];
    struct mig_text cell = row->cells[key->column].text;
    if (mig_input_is_missing(input, cell)) {
        *text = (struct mig_text){"", 0};
        return MIG_OK;
    }
    enum mig_status status = MIG_OK;
    if (key->function == NONE)
        *text = cell;
    else if (key->function == TIME)
        status = check_time(mig_text_trim(cell), text, error);
    else if (key->function == BAND)
        status = read_band(key, mig_text_trim(cell), text, error);
    else
        status = read_period(key, mig_text_trim(cell), scratch, text, error);
    if (status != MIG_OK) {
        struct mig_position position = mig_row_position(row, key->column);
        mig_error_locate(error, &position, mig_input_header(input)->names[key->column]);
    }
    return status;
}

static void release_key(struct mig_key *key)
{
    for (size_t i = 0; i < key->bands.count; i++)
        free(key->bands.texts[i]);
    for (size_t i = 0; i <= key->bands.count && key->bands.labels != NULL; i++)
        free(key->bands.labels[i]);
    free(key->bands.bounds);
    free(key->bands.texts);
    free(key->bands.labels);
    free(key->name);
    free(key->wanted);
}

void mig_keys_release(struct mig_keys *keys)
{
    if (keys == NULL)
        return;
    for (size_t i = 0; i < keys->count; i++)
        release_key(&keys->items[i]);
    free(keys->items);
    *keys = (struct mig_keys){0};
}
