#include "input/dialect.h"

#include <csv.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/i18n.h"
#include "base/memory.h"
#include "input/input-internal.h"

static const struct candidate {
    char delimiter;
    const char *name;
} candidates[] = {{',', "','"}, {';', "';'"}, {'\t', N_("tab")}, {'|', "'|'"}, {':', "':'"}};
enum { N_CANDIDATES = sizeof candidates / sizeof *candidates, COLON = N_CANDIDATES - 1 };

/* The cells of each record of the sample under one delimiter. */
struct tally {
    size_t *cells;
    size_t count;
    size_t capacity;
    size_t cells_so_far;
    bool no_memory;
};

static void count_cell(void *bytes, size_t length, void *context)
{
    struct tally *tally = context;
    (void)bytes;
    (void)length;
    tally->cells_so_far++;
}

static void count_record(int terminator, void *context)
{
    struct tally *tally = context;
    (void)terminator;
    if (tally->count == tally->capacity) {
        size_t *cells =
            mig_grow(tally->cells, &tally->capacity, tally->count + 1, sizeof *tally->cells);
        if (!cells) {
            tally->no_memory = true;
            return;
        }
        tally->cells = cells;
    }
    tally->cells[tally->count++] = tally->cells_so_far;
    tally->cells_so_far = 0;
}

unsigned char mig_dialect_quote(char quote)
{
    return quote == MIG_NO_QUOTE ? 0 : (unsigned char)quote;
}

int mig_dialect_no_space(unsigned char byte)
{
    (void)byte;
    return 0;
}

/* An unfinished record at the end of the sample counts only when it is the first one. */
static bool count_records(struct mig_text sample, char delimiter, char quote, struct tally *tally)
{
    struct csv_parser parser;
    csv_init(&parser, 0);
    csv_set_delim(&parser, (unsigned char)delimiter);
    csv_set_quote(&parser, mig_dialect_quote(quote));
    size_t taken = csv_parse(&parser, sample.data, sample.length, count_cell, count_record, tally);
    if (tally->count == 0)
        csv_fini(&parser, count_cell, count_record, tally);
    csv_free(&parser);
    return taken == sample.length && !tally->no_memory;
}

static int compare_sizes(const void *a, const void *b)
{
    size_t x = *(const size_t *)a;
    size_t y = *(const size_t *)b;
    return (x > y) - (x < y);
}

struct score {
    size_t records; /* with the most frequent number of cells */
    size_t cells;   /* that number, two or more */
    size_t all;     /* records of any kind */
};

static bool better(struct score a, struct score b)
{
    return a.records > b.records || (a.records == b.records && a.cells > b.cells);
}

static struct score most_frequent(struct tally *tally)
{
    struct score best = {0, 0, tally->count};
    struct score run = {0, 0, tally->count};
    if (tally->count > 0)
        qsort(tally->cells, tally->count, sizeof *tally->cells, compare_sizes);
    for (size_t i = 0; i < tally->count; i++) {
        if (tally->cells[i] != run.cells)
            run = (struct score){0, tally->cells[i], tally->count};
        run.records++;
        if (run.cells >= 2 && better(run, best))
            best = run;
    }
    return best;
}

static enum mig_status score_delimiter(struct mig_text sample, char delimiter, char quote,
    struct score *score, struct mig_error *error)
{
    struct tally tally = {0};
    bool counted = count_records(sample, delimiter, quote, &tally);
    if (counted)
        *score = most_frequent(&tally);
    free(tally.cells);
    return counted ? MIG_OK : mig_fail_memory(error);
}

enum mig_status mig_dialect_delimiter(
    struct mig_text sample, char quote, char *delimiter, struct mig_error *error)
{
    struct score best = {0, 0, 0};
    const struct candidate *winner = &candidates[0];
    const struct candidate *equal = NULL;
    for (size_t i = 0; i < N_CANDIDATES; i++) {
        struct score score;
        enum mig_status status =
            score_delimiter(sample, candidates[i].delimiter, quote, &score, error);
        if (status != MIG_OK)
            return status;
        if (i == COLON && (best.records > 0 || score.records < score.all))
            break;
        if (better(score, best)) {
            best = score;
            winner = &candidates[i];
            equal = NULL;
        } else if (score.records > 0 && !better(best, score)) {
            equal = &candidates[i];
        }
    }
    if (equal)
        return mig_fail(error, MIG_SYNTAX,
            _("%s and %s separate the cells equally well: choose with --delimiter"),
            _(winner->name), _(equal->name));
    *delimiter = winner->delimiter;
    return MIG_OK;
}

/* Titles with spoiled quotes. */

/* Cuts the next line off `rest`, without its end. */
static struct mig_text cut_line(struct mig_text *rest)
{
    struct mig_text line = {rest->data, 0};
    while (line.length < rest->length && line.data[line.length] != '\n' &&
           line.data[line.length] != '\r')
        line.length++;
    size_t end = line.length + (line.length < rest->length);
    if (end < rest->length && rest->data[end - 1] == '\r' && rest->data[end] == '\n')
        end++;
    rest->data += end;
    rest->length -= end;
    return line;
}

static size_t filled_pieces(struct mig_text line, char delimiter)
{
    struct mig_text piece;
    size_t filled = 0;
    while (mig_text_cut(&line, delimiter, &piece))
        filled += mig_text_trim(piece).length > 0;
    return filled;
}

static void ignore_cell(void *bytes, size_t length, void *context)
{
    (void)bytes, (void)length, (void)context;
}

static void ignore_record(int terminator, void *context)
{
    (void)terminator, (void)context;
}

enum quoting { SOUND, OPEN, BROKEN };

/* A cell that a line leaves open may go on in the next one. */
static enum quoting quoting_of(struct mig_text line, char delimiter, char quote)
{
    struct csv_parser parser;
    csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI);
    csv_set_delim(&parser, (unsigned char)delimiter);
    csv_set_quote(&parser, mig_dialect_quote(quote));
    csv_set_space_func(&parser, mig_dialect_no_space);
    enum quoting quoting = BROKEN;
    if (csv_parse(&parser, line.data, line.length, ignore_cell, ignore_record, NULL) == line.length)
        quoting = csv_fini(&parser, ignore_cell, ignore_record, NULL) == 0 ? SOUND : OPEN;
    csv_free(&parser);
    return quoting;
}

size_t mig_dialect_spoiled_titles(struct mig_text sample, char delimiter, char quote)
{
    size_t length = 0;
    for (struct mig_text rest = sample; rest.length > 0;) {
        struct mig_text line = cut_line(&rest);
        enum quoting quoting = quoting_of(line, delimiter, quote);
        if (quoting == OPEN || filled_pieces(line, delimiter) > 1)
            break;
        if (quoting == BROKEN)
            length = (size_t)(rest.data - sample.data);
    }
    return length;
}

enum mig_status mig_dialect_is_table(
    struct mig_text sample, char delimiter, char quote, bool *is_table, struct mig_error *error)
{
    struct score score = {0, 0, 0};
    enum mig_status status = score_delimiter(sample, delimiter, quote, &score, error);
    *is_table = 2 * score.records > score.all;
    return status;
}
