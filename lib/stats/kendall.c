#include "stats/kendall.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "stats/check-internal.h"
#include "stats/distribution.h"

#define EXACT_MAX 10
#define EXACT_PAIRS (EXACT_MAX * (EXACT_MAX - 1) / 2)

struct point {
    double time;
    double value;
};

/* Sums over groups of t equal entries. */
struct ties {
    double pairs;    /* t (t-1) / 2 */
    double triples;  /* t (t-1) (t-2) */
    double variance; /* t (t-1) (2t+5) */
};

static void add_group(struct ties *ties, double t)
{
    ties->pairs += t * (t - 1) / 2;
    ties->triples += t * (t - 1) * (t - 2);
    ties->variance += t * (t - 1) * (2 * t + 5);
}

static int compare_values(const void *a, const void *b)
{
    double x = ((const struct point *)a)->value;
    double y = ((const struct point *)b)->value;
    return (x > y) - (x < y);
}

static int compare_times(const void *a, const void *b)
{
    double x = ((const struct point *)a)->time;
    double y = ((const struct point *)b)->time;
    return (x > y) - (x < y);
}

static int compare_points(const void *a, const void *b)
{
    int order = compare_times(a, b);
    return order ? order : compare_values(a, b);
}

/* `points` is sorted by `compare`. */
static struct ties count_ties(
    const struct point *points, size_t n, int (*compare)(const void *, const void *))
{
    struct ties ties = {0, 0, 0};
    size_t start = 0;
    for (size_t i = 1; i <= n; i++) {
        if (i == n || compare(&points[i], &points[start])) {
            add_group(&ties, (double)(i - start));
            start = i;
        }
    }
    return ties;
}

/* Merges the halves [0, middle) and [middle, n), each sorted by value; returns how many pairs were
 * out of order. */
static uint64_t merge(struct point *points, size_t middle, size_t n, struct point *scratch)
{
    uint64_t falls = 0;
    size_t left = 0;
    size_t right = middle;
    for (size_t i = 0; i < n; i++) {
        if (right == n || (left < middle && points[left].value <= points[right].value)) {
            scratch[i] = points[left++];
        } else {
            falls += middle - left;
            scratch[i] = points[right++];
        }
    }
    memcpy(points, scratch, n * sizeof *points);
    return falls;
}

/* Sorts by value; returns the number of pairs whose later member was the smaller. */
static uint64_t sort_counting(struct point *points, size_t n, struct point *scratch)
{
    if (n < 2)
        return 0;
    size_t middle = n / 2;
    uint64_t falls = sort_counting(points, middle, scratch);
    falls += sort_counting(points + middle, n - middle, scratch);
    return falls + merge(points, middle, n, scratch);
}

/* The share of the n! orders with an S at least as far from 0 on the same side, doubled. `ways[d]`
 * counts the orders of 1..m with d falling pairs: a new largest entry adds 0 to m - 1 of them. */
static double exact_p_value(size_t n, double s)
{
    double ways[EXACT_PAIRS + 1] = {1};
    double orders = 1;
    size_t pairs = n * (n - 1) / 2;
    for (size_t m = 2; m <= n; m++) {
        orders *= (double)m;
        for (size_t d = m * (m - 1) / 2; d > 0; d--)
            for (size_t added = 1; added < m && added <= d; added++)
                ways[d] += ways[d - added];
    }
    double tail = 0;
    for (size_t d = 0; d <= (pairs - (size_t)fabs(s)) / 2; d++)
        tail += ways[d];
    return fmin(1, 2 * tail / orders);
}

static double variance(double n, const struct ties *times, const struct ties *values)
{
    if (n < 3)
        return NAN;
    double v = n * (n - 1) * (2 * n + 5) - times->variance - values->variance;
    return v / 18 + 2 * times->pairs * values->pairs / (n * (n - 1)) +
           times->triples * values->triples / (9 * n * (n - 1) * (n - 2));
}

static void test(struct mig_kendall *result, size_t n, bool tied)
{
    struct mig_estimate *out = &result->tau_b;
    double s = result->s;
    if (!tied && n <= EXACT_MAX) {
        out->method = "mann-kendall-exact";
        out->statistic = s;
        out->p_value = exact_p_value(n, s);
        return;
    }
    double sign = (double)((s > 0) - (s < 0));
    out->statistic = sign * (fabs(s) - 1) / sqrt(result->var_s);
    out->p_value = mig_normal_two_sided(out->statistic);
    if (n < EXACT_MAX)
        out->note = N_("normal approximation is rough below 10 observations");
}

/* `points` is sorted by time, then value; afterwards by value. */
static void evaluate(struct point *points, size_t n, struct point *scratch, struct mig_kendall *out)
{
    double count = (double)n;
    double pairs = count * (count - 1) / 2;
    struct ties times = count_ties(points, n, compare_times);
    struct ties both = count_ties(points, n, compare_points);
    double falls = (double)sort_counting(points, n, scratch);
    struct ties values = count_ties(points, n, compare_values);

    out->s = pairs - times.pairs - values.pairs + both.pairs - 2 * falls;
    out->var_s = variance(count, &times, &values);
    out->tau_b = mig_estimate_empty("mann-kendall");
    out->tau_a = n < 2 ? NAN : out->s / pairs;
    if (n < 3) {
        out->tau_b.note = N_("fewer than 3 observations");
    } else if (times.pairs >= pairs) {
        out->tau_b.note = N_("all times are equal");
    } else if (values.pairs >= pairs) {
        out->tau_b.note = N_("all values are equal");
    } else {
        out->tau_b.estimate = out->s / sqrt((pairs - times.pairs) * (pairs - values.pairs));
        test(out, n, times.pairs + values.pairs > 0);
    }
}

enum mig_status mig_mann_kendall(const double *times, const double *values, size_t n,
    struct mig_kendall *out, struct mig_error *error)
{
    enum mig_status status = mig_check_finite(times, n, error);
    if (!status)
        status = mig_check_finite(values, n, error);
    if (status)
        return status;

    struct point *points = calloc(n ? n : 1, sizeof *points);
    struct point *scratch = calloc(n ? n : 1, sizeof *scratch);
    if (points && scratch) {
        for (size_t i = 0; i < n; i++)
            points[i] = (struct point){times[i], values[i]};
        qsort(points, n, sizeof *points, compare_points);
        evaluate(points, n, scratch, out);
    } else {
        status = mig_fail_memory(error);
    }
    free(points);
    free(scratch);
    return status;
}
