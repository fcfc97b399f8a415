/* Rows that are no records: totals, titles, footers, the header once more. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/fold.h"
#include "base/i18n.h"
#include "base/sum.h"
#include "evidence/checks-internal.h"

enum { LISTED = 20 };        /* rows of a column that are reported one by one */
enum { LONGEST_LABEL = 60 }; /* bytes; what is longer is a sentence, not a label */

/* A cell that says that its row is a total. */
struct label {
    struct mig_spot spot;
    size_t column;
    bool first; /* of its column */
    char *text;
};

/* What the rows add up to in a column of counts, and the cell of the row whose counts are the
 * largest. */
struct count {
    struct mig_sum sum;
    size_t filled; /* cells that are not 0 */
    struct mig_sum largest;
    bool has_largest;
};

struct total_rows {
    size_t rows;
    size_t *labelled; /* rows, a column */
    struct label *labels;
    size_t n_labels;
    size_t labels_capacity;
    struct count *counts; /* as many as there are columns of counts */
    size_t n_counts;
    double largest;
    struct mig_spot largest_spot;
    size_t largest_column; /* the first filled one, with its text */
    char *largest_text;
    struct mig_buffer folded; /* a cell of the row under way */
};
const size_t mig_total_rows_state = sizeof(struct total_rows);

MIG_CHECK_RELEASE(mig_release_total_rows)
{
    struct total_rows *totals = state;
    for (size_t i = 0; i < totals->n_labels; i++)
        free(totals->labels[i].text);
    for (size_t i = 0; i < totals->n_counts; i++) {
        mig_sum_release(&totals->counts[i].sum);
        mig_sum_release(&totals->counts[i].largest);
    }
    free(totals->labels);
    free(totals->labelled);
    free(totals->counts);
    free(totals->largest_text);
    mig_buffer_release(&totals->folded);
}

static enum mig_status begin(
    const struct mig_check_group *group, size_t width, struct mig_error *error)
{
    struct total_rows *totals = group->state;
    const struct mig_role *role = &mig_run_options(group->run)->roles->of[MIG_ROLE_COUNT];
    totals->labelled = calloc(width, sizeof *totals->labelled);
    totals->counts = calloc(role->count + 1, sizeof *totals->counts);
    if (!totals->labelled || !totals->counts)
        return mig_fail_memory(error);
    totals->n_counts = role->count;
    return MIG_OK;
}

/* The column of the row's first cell that is not missing, and how many there are. */
static size_t first_filled(const struct mig_check_run *run, const struct mig_row *row, size_t *n)
{
    size_t first = SIZE_MAX;
    *n = 0;
    for (size_t i = 0; i < row->count; i++)
        if (mig_run_text(run, row, i).length > 0) {
            first = first == SIZE_MAX ? i : first;
            ++*n;
        }
    return first;
}

/* Four cells of five are the names of their columns. */
static bool is_header(const struct mig_check_run *run, const struct mig_row *row)
{
    const struct mig_header *header = mig_run_header(run);
    size_t others = 0;
    for (size_t i = 0; i < header->count && 5 * others <= header->count; i++)
        others += i >= row->count || !mig_text_equal(mig_text_trim(row->cells[i].text),
                                         mig_text_trim(mig_text_of(header->names[i])));
    return 5 * others <= header->count;
}

static bool begins_with(const struct mig_buffer *folded, const char *const *words)
{
    for (size_t i = 0; words[i]; i++) {
        if (words[i][0] != folded->data[0])
            continue;
        size_t length = strlen(words[i]);
        if (strncmp(folded->data, words[i], length) == 0 &&
            (folded->data[length] == '\0' || folded->data[length] == ' '))
            return true;
    }
    return false;
}

/* ---- labels ---- */

static const char *const total_words[] = {"total", "grand total", "total general", "sous total",
    "subtotal", "sub total", "ensemble", "all regions", NULL};

/* Cheap, before anything is folded: whether it may say "total" or "ensemble". A comma makes it the
 * name of a measure, as in "Migrant stock, total". */
static bool may_be_label(struct mig_text text)
{
    bool may = false;
    if (text.length < 5 || text.length > LONGEST_LABEL || memchr(text.data, ',', text.length))
        return false;
    for (size_t i = 0; i + 3 < text.length && !may; i++) {
        char c = (char)tolower((unsigned char)text.data[i]);
        char next = (char)tolower((unsigned char)text.data[i + 1]);
        char last = (char)tolower((unsigned char)text.data[i + 3]);
        may = (c == 'o' && next == 't' && last == 'l') ||
              (c == 'e' && next == 'm' && last == 'l') || (c == 'e' && next == 'n' && last == 'e');
    }
    return may || (tolower((unsigned char)text.data[0]) == 'a');
}

/* "Total", "Gao Total", "Mali (total)"; not "persons in total". */
static bool is_label(const struct mig_buffer *folded)
{
    static const char *const not_before[] = {
        " in total", " au total", " en total", " of total", " du total", NULL};
    const char *text = folded->data;
    size_t length = strlen(text), words = 1;
    for (size_t i = 0; total_words[i]; i++)
        if (strcmp(text, total_words[i]) == 0)
            return true;
    for (size_t i = 0; i < length; i++)
        words += text[i] == ' ';
    for (size_t i = 0; not_before[i]; i++)
        if (length >= strlen(not_before[i]) &&
            strcmp(text + length - strlen(not_before[i]), not_before[i]) == 0)
            return false;
    const char end[] = " total";
    return words <= 4 && length > strlen(end) && strcmp(text + length - strlen(end), end) == 0;
}

static enum mig_status keep_label(struct total_rows *totals, struct mig_spot spot, size_t column,
    struct mig_text text, struct mig_error *error)
{
    bool first = totals->labelled[column] == 0;
    if (totals->labelled[column]++ >= LISTED)
        return MIG_OK;
    struct label *labels =
        mig_grow(totals->labels, &totals->labels_capacity, totals->n_labels + 1, sizeof *labels);
    if (!labels)
        return mig_fail_memory(error);
    totals->labels = labels;
    labels[totals->n_labels] = (struct label){spot, column, first, mig_text_copy(text)};
    if (!labels[totals->n_labels].text)
        return mig_fail_memory(error);
    totals->n_labels++;
    return MIG_OK;
}

/* Whether a cell from column `from` on says that the row is a total; the first that does is kept.
 */
static enum mig_status look_for_label(struct mig_check_group *group, const struct mig_row *row,
    size_t from, bool *labelled, struct mig_error *error)
{
    struct mig_buffer *folded = &((struct total_rows *)group->state)->folded;
    enum mig_status status = MIG_OK;
    *labelled = false;
    for (size_t i = from; i < row->count && !status && !*labelled; i++) {
        struct mig_text text = mig_run_text(group->run, row, i);
        if (!may_be_label(text))
            continue;
        status = mig_fold(text, folded, error);
        *labelled = !status && is_label(folded);
        if (*labelled)
            status = keep_label(group->state, mig_spot_of(group->run, row), i, text, error);
    }
    return status;
}

/* ---- a row that is the sum of the others ---- */

static enum mig_status keep_largest(
    struct mig_check_group *group, const struct mig_row *row, size_t first, struct mig_error *error)
{
    struct total_rows *totals = group->state;
    const struct mig_role *role = &mig_run_options(group->run)->roles->of[MIG_ROLE_COUNT];
    enum mig_status status = MIG_OK;
    totals->largest_spot = mig_spot_of(group->run, row);
    totals->largest_column = first;
    free(totals->largest_text);
    totals->largest_text = mig_text_copy(mig_run_text(group->run, row, first));
    for (size_t i = 0; i < totals->n_counts && !status; i++) {
        struct count *count = &totals->counts[i];
        struct mig_decimal number;
        mig_sum_release(&count->largest);
        count->has_largest = mig_run_number(group->run, row, role->groups[i].columns[0], &number);
        if (count->has_largest)
            status = mig_sum_add(&count->largest, &number, error);
    }
    return status || totals->largest_text ? status : mig_fail_memory(error);
}

static enum mig_status add_counts(
    struct mig_check_group *group, const struct mig_row *row, size_t first, struct mig_error *error)
{
    struct total_rows *totals = group->state;
    const struct mig_role *role = &mig_run_options(group->run)->roles->of[MIG_ROLE_COUNT];
    const struct mig_decimal zero = mig_decimal_of_count(0);
    enum mig_status status = MIG_OK;
    double together = 0;
    struct mig_decimal number;
    for (size_t i = 0; i < totals->n_counts && !status; i++) {
        if (!mig_run_number(group->run, row, role->groups[i].columns[0], &number))
            continue;
        totals->counts[i].filled += mig_decimal_compare(&number, &zero) != 0;
        together += mig_decimal_to_double(&number);
        status = mig_sum_add(&totals->counts[i].sum, &number, error);
    }
    if (status || !(together > totals->largest))
        return status;
    totals->largest = together;
    return keep_largest(group, row, first, error);
}

/* Whether the largest row holds half of the sum of all: 1 yes, 0 no, -1 nothing to compare. */
static enum mig_status compare_halves(
    const struct count *count, int *equal, struct mig_error *error)
{
    struct mig_sum twice = {0};
    int order = 0;
    enum { FEWEST = 3 };
    *equal = -1;
    if (!count->has_largest || mig_sum_sign(&count->sum) == 0)
        return MIG_OK;
    enum mig_status status = mig_sum_add_sum(&twice, &count->largest, error);
    if (!status)
        status = mig_sum_add_sum(&twice, &count->largest, error);
    if (!status)
        status = mig_sum_compare(&twice, &count->sum, &order, error);
    mig_sum_release(&twice);
    *equal = order != 0 ? 0 : count->filled < FEWEST ? -1 : 1;
    return status;
}

static enum mig_status report_sum(struct mig_check_group *group, struct mig_error *error)
{
    const struct total_rows *totals = group->state;
    const double least = 10; /* small numbers add up by chance: 1, 2, 3 */
    enum mig_status status = MIG_OK;
    size_t agree = 0;
    if (!(totals->largest >= least))
        return MIG_OK;
    for (size_t i = 0; i < totals->n_counts && !status; i++) {
        int equal;
        status = compare_halves(&totals->counts[i], &equal, error);
        if (status || equal == 0)
            return status;
        agree += equal == 1;
    }
    if (status || agree == 0)
        return status;
    return mig_find(group, MIG_SEVERITY_WARN, totals->largest_spot, &totals->largest_column, 1,
        mig_text_of(totals->largest_text), error,
        N_("the row is the sum of all others in every column of counts: sums over all rows count "
           "everyone twice"));
}

/* ---- the check ---- */

MIG_CHECK_LOOK(mig_look_total_row)
{
    static const char *const footers[] = {
        "source", "sources", "note", "notes", "nb", "data from database", "last updated", NULL};
    enum { FEW = 2, MANY = 4 };
    struct total_rows *totals = group->state;
    size_t filled, column = first_filled(group->run, row, &filled);
    struct mig_buffer *folded = &totals->folded;
    group->run->looked = true;
    enum mig_status status = totals->counts ? MIG_OK : begin(group, row->count, error);
    totals->rows++;
    if (column == SIZE_MAX || status)
        return status;
    if (is_header(group->run, row))
        return mig_find_in_row(group, MIG_SEVERITY_ERROR, row, &column, 1, error,
            N_("the header once more, not a record"));
    status = mig_fold(row->cells[column].text, folded, error);
    bool lonely = filled == 1 && row->count >= MANY, labelled = false;
    if (!status && begins_with(folded, total_words)) {
        labelled = true;
        status = mig_find_in_row(group, MIG_SEVERITY_ERROR, row, &column, 1, error,
            N_("a row of totals among the rows: sums count its persons twice"));
    } else if (!status && (lonely || (filled <= FEW && begins_with(folded, footers)))) {
        status = mig_find_in_row(group, MIG_SEVERITY_WARN, row, &column, 1, error,
            N_("only %zu of %zu cells are filled: a title or a footer, not a record?"), filled,
            row->count);
    } else if (!status) {
        status = look_for_label(group, row, column, &labelled, error);
    }
    return status || labelled ? status : add_counts(group, row, column, error);
}

/* A word that all rows have tells what is counted, not that a row is a total. */
MIG_CHECK_END(mig_end_total_row)
{
    const struct total_rows *totals = group->state;
    enum mig_status status = MIG_OK;
    for (size_t i = 0; i < totals->n_labels && !status; i++) {
        const struct label *label = &totals->labels[i];
        size_t rows = totals->labelled[label->column];
        if (rows == totals->rows && rows > 1)
            continue;
        if (rows <= LISTED)
            status = mig_find(group, MIG_SEVERITY_ERROR, label->spot, &label->column, 1,
                mig_text_of(label->text), error,
                N_("a row of totals among the rows: sums count its persons twice"));
        else if (label->first)
            status = mig_find(group, MIG_SEVERITY_ERROR, label->spot, &label->column, 1,
                mig_text_of(label->text), error,
                N_("rows of totals among the rows: %zu of %zu; sums count their persons twice"),
                rows, totals->rows);
    }
    return status ? status : report_sum(group, error);
}
