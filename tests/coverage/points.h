/* The points of the coverage report: a row of its table each, and their mean and minimum in its
 * text. */
#ifndef MIGSTAT_TESTS_POINTS_H
#define MIGSTAT_TESTS_POINTS_H

#include <inttypes.h>

#include "actual.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

static const double levels[] = {0.9, 0.95, 0.99};

struct report {
    FILE *table, *text;
    size_t draws;
    uint64_t seed;
};

/* Where a point stands: sizes and truths of one or two groups; NaN where there is none. */
struct point {
    const char *kind, *method;
    double n, p, n2, p2, level;
};

static inline void put(FILE *file, double number)
{
    if (isfinite(number))
        fprintf(file, "%.10g", number);
    fputc(',', file);
}

static inline void write_point(
    const struct report *report, struct point point, struct actual actual, const char *source)
{
    fprintf(report->table, "%s,%s,", point.kind, point.method);
    put(report->table, point.n);
    put(report->table, point.p);
    put(report->table, point.n2);
    put(report->table, point.p2);
    put(report->table, point.level);
    put(report->table, actual.coverage);
    put(report->table, actual.length);
    put(report->table, actual.without);
    fprintf(report->table, "%s\n", source);
}

/* Mean and minimum over truths. */
struct digest {
    double sum, least, at, length, without;
    size_t count;
};

static inline void digest_add(struct digest *digest, struct actual actual, double at)
{
    digest->sum += actual.coverage;
    digest->length += actual.length;
    digest->without += actual.without;
    if (digest->count++ == 0 || actual.coverage < digest->least) {
        digest->least = actual.coverage;
        digest->at = at;
    }
}

static inline void write_digest(
    const struct report *report, const char *first, const char *second, const struct digest *digest)
{
    double count = (double)digest->count;
    fprintf(report->text, "| %s | %s | %.4f | %.4f | %.4g | ", first, second, digest->sum / count,
        digest->least, digest->at);
    if (isfinite(digest->length))
        fprintf(report->text, "%.4g |\n", digest->length / count);
    else
        fprintf(report->text, "infinite |\n");
}

#endif
