/* What every notebook needs: a name for what a cell prints, an end for what fails, and tables of
 * text. */
#ifndef NOTEBOOK_H
#define NOTEBOOK_H

#include <stdio.h>
#include <stdlib.h>

#include <migstat/migstat.h>

/* Where every call puts its error. */
static struct mig_error error;

/* What follows belongs to the cell that says so: weave.sh puts it below that cell. */
static inline void cell(const char *title)
{
    printf("\n%%%% %s\n\n", title);
}

static inline void complain(const struct mig_error *fault)
{
    if (fault->line > 0)
        fprintf(stderr, "%s:%zu:%zu: ", fault->file, fault->line, fault->column);
    fprintf(stderr, "%s\n", fault->text);
}

/* A notebook has no use for what could not be done: it says why and ends. */
static inline void require(enum mig_status status)
{
    if (status == MIG_OK)
        return;
    complain(&error);
    exit(EXIT_FAILURE);
}

/* The same for calls that look up names and report all that are unknown at once. */
static inline void require_names(enum mig_status status, struct mig_error_list *faults)
{
    for (size_t i = 0; i < faults->count; i++)
        complain(&faults->items[i]);
    mig_error_list_release(faults);
    if (status != MIG_OK)
        exit(EXIT_FAILURE);
}

/* A table on standard output, with three digits that count. */
static inline struct mig_writer *begin_table(const char *const *names, size_t count)
{
    struct mig_writer *table;
    require(mig_writer_open(&table, stdout, MIG_TEXT, 3, names, count, &error));
    return table;
}

static inline void end_table(struct mig_writer *table)
{
    require(mig_writer_close(table, &error));
    mig_writer_free(table);
}

#endif
