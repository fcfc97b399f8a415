#include "input/dialect.h"

#include <csv.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/i18n.h"
#include "base/memory.h"

static const struct candidate {
    char delimiter;
    const char *name;
} candidates[] = {{',', "','"}, {';', "';'"}, {'\t', N_("tab")}, {'|', "'|'"}};

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

/* An unfinished record at the end of the sample counts only when it is the first one. */
static bool count_records(struct mig_text sample, char delimiter, struct tally *tally)
{
    struct csv_parser parser;
    csv_init(&parser, 0);
    csv_set_delim(&parser, (unsigned char)delimiter);
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
};

static bool better(struct score a, struct score b)
{
    return a.records > b.records || (a.records == b.records && a.cells > b.cells);
}

static struct score most_frequent(struct tally *tally)
{
    struct score best = {0, 0};
    struct score run = {0, 0};
    if (tally->count > 0)
        qsort(tally->cells, tally->count, sizeof *tally->cells, compare_sizes);
    for (size_t i = 0; i < tally->count; i++) {
        if (tally->cells[i] != run.cells)
            run = (struct score){0, tally->cells[i]};
        run.records++;
        if (run.cells >= 2 && better(run, best))
            best = run;
    }
    return best;
}

enum mig_status mig_dialect_delimiter(
    struct mig_text sample, char *delimiter, struct mig_error *error)
{
    struct score best = {0, 0};
    const struct candidate *winner = &candidates[0];
    const struct candidate *equal = NULL;
    for (size_t i = 0; i < sizeof candidates / sizeof *candidates; i++) {
        struct tally tally = {0};
        bool counted = count_records(sample, candidates[i].delimiter, &tally);
        struct score score = counted ? most_frequent(&tally) : best;
        free(tally.cells);
        if (!counted)
            return mig_fail_memory(error);
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
