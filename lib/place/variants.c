#include "place/variants.h"

#include "base/i18n.h"
#include "input/input.h"
#include "place/fold.h"

enum { N_COLUMNS = 5, N_REQUIRED = 2 };
enum column { NAME, PLACE_CODE, PARENT, SCHEME, LEVEL };
static const char *const column_names[N_COLUMNS] = {
    "name", "place_code", "parent", "scheme", "level"};

struct reading {
    struct mig_matcher *matcher;
    struct mig_matcher_spec spec;
    struct mig_input *input;
    size_t columns[N_COLUMNS]; /* SIZE_MAX: not there */
    struct mig_row row;
    struct mig_buffer folded;
    struct mig_error *error;
};

static struct mig_text cell(const struct reading *reading, enum column column)
{
    size_t at = reading->columns[column];
    return at == SIZE_MAX ? mig_text_of("") : mig_text_trim(reading->row.cells[at].text);
}

static enum mig_status fail_at(
    const struct reading *reading, enum column column, const char *format, struct mig_text wanted)
{
    struct mig_position position = mig_row_position(&reading->row, reading->columns[column]);
    (void)mig_fail_at(reading->error, MIG_VALUE, &position, format,
        MIG_TEXT_ARG(mig_text_head(cell(reading, column), MIG_TEXT_QUOTED)), MIG_TEXT_ARG(wanted));
    mig_error_locate(reading->error, &position, column_names[column]);
    return MIG_VALUE;
}

/* A table made for another scheme would give wrong places without any sign of it. */
static enum mig_status require_same(const struct reading *reading)
{
    struct mig_text scheme = mig_gazetteer_scheme_name(reading->spec.gazetteer, reading->spec.from);
    const char level[] = {(char)('0' + reading->spec.level), '\0'};
    if (cell(reading, SCHEME).length > 0 && !mig_text_equal(cell(reading, SCHEME), scheme))
        return fail_at(reading, SCHEME, _("'%.*s' is not the scheme looked up, '%.*s'"), scheme);
    if (cell(reading, LEVEL).length > 0 &&
        !mig_text_equal(cell(reading, LEVEL), mig_text_of(level)))
        return fail_at(
            reading, LEVEL, _("'%.*s' is not the level looked up, '%.*s'"), mig_text_of(level));
    return MIG_OK;
}

/* "ML0405", or "ML0405 San" as the candidates are written. */
static enum mig_status find_place(struct reading *reading, size_t *place)
{
    struct mig_text rest = cell(reading, PLACE_CODE), code;
    bool variant = false;
    *place = MIG_NO_PLACE;
    if (mig_text_cut(&rest, ' ', &code))
        *place = mig_gazetteer_by_code(
            reading->spec.gazetteer, reading->spec.from, reading->spec.level, code);
    if (*place != MIG_NO_PLACE && rest.data == NULL)
        return MIG_OK;
    if (*place != MIG_NO_PLACE) {
        enum mig_status status =
            mig_place_fold(rest, reading->spec.level, &reading->folded, NULL, reading->error);
        if (status != MIG_OK || mig_gazetteer_is_named(reading->spec.gazetteer, *place,
                                    mig_buffer_text(&reading->folded), &variant))
            return status;
    }
    return fail_at(reading, PLACE_CODE, _("'%.*s' is no place of scheme '%.*s' at this level"),
        mig_gazetteer_scheme_name(reading->spec.gazetteer, reading->spec.from));
}

static enum mig_status read_row(struct reading *reading)
{
    size_t place;
    if (cell(reading, PLACE_CODE).length == 0)
        return MIG_OK;
    enum mig_status status = require_same(reading);
    if (status == MIG_OK)
        status = find_place(reading, &place);
    if (status == MIG_OK) /* "???" folds to nothing, as every name without letters does */
        status = mig_place_fold(
            cell(reading, NAME), reading->spec.level, &reading->folded, NULL, reading->error);
    if (status == MIG_OK && reading->folded.length == 0)
        status =
            fail_at(reading, NAME, _("'%.*s' is no name of '%.*s'"), cell(reading, PLACE_CODE));
    if (status != MIG_OK)
        return status;
    status = mig_matcher_variant(
        reading->matcher, cell(reading, NAME), cell(reading, PARENT), place, reading->error);
    struct mig_position position = mig_row_position(&reading->row, reading->columns[PLACE_CODE]);
    if (status == MIG_VALUE)
        mig_error_locate(reading->error, &position, column_names[PLACE_CODE]);
    return status;
}

enum mig_status mig_variants_read(
    struct mig_matcher *matcher, const char *file, struct mig_error *error)
{
    static const struct mig_input_options options = {0};
    char *files[] = {(char *)file}; /* the input does not write there */
    struct reading reading = {
        .matcher = matcher, .spec = mig_matcher_spec_of(matcher), .error = error};
    enum mig_status status = mig_input_open(&reading.input, files, 1, &options, error);
    if (status == MIG_OK)
        status = mig_input_find_columns(
            reading.input, column_names, N_COLUMNS, N_REQUIRED, reading.columns, reading.error);
    while (status == MIG_OK) {
        status = mig_input_next(reading.input, &reading.row, error);
        if (status != MIG_OK || reading.row.count == 0)
            break;
        status = read_row(&reading);
    }
    mig_input_free(reading.input);
    mig_buffer_release(&reading.folded);
    return status;
}
