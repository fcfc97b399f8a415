/* Fisher's exact test against R, exact enumeration and published values. */
#include "close.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "stats/distribution.h"
#include "stats/fisher.h"

/* Fisher's tea tasting; convictions of twins (Fisher 1970, p. 48); R's UCBAdmissions over
 * departments. */
static const double tea[] = {3, 1, 1, 3}, twins[] = {2, 15, 10, 3};
static const double berkeley[] = {1198, 557, 1493, 1278};
/* Job satisfaction by income: Agresti 2002, p. 57. */
static const double job[] = {1, 3, 10, 6, 2, 3, 10, 7, 1, 6, 14, 12, 0, 1, 9, 11};

/* R 4.2.2: p by fisher.test(t, alternative=)$p.value; odds ratio and limits by the functions that
 * fisher.test() has inside, solved closer than its 1e-4: with t the table, x <- t[1,1]; m <-
 * sum(t[,1]); n <- sum(t[,2]); k <- sum(t[1,]); s <- max(0,k-n):min(k,m); logdc <-
 * dhyper(s,m,n,k,log=TRUE); dn <- function(l) {d <- logdc + l*s; d <- exp(d-max(d)); d/sum(d)}; u
 * <- function(f) exp(uniroot(f, c(-60,60), tol=1e-15, maxiter=10000)$root); u(function(l)
 * sum(s*dn(l)) - x); u(function(l) sum(dn(l)[s>=x]) - a); u(function(l) sum(dn(l)[s<=x]) - a) */
static const struct {
    double table[4];
    enum mig_alternative alternative;
    double level, p, odds_ratio, low, high;
} odds[] = {
    {{3, 1, 1, 3}, MIG_TWO_SIDED, 0.95, 0.48571428571428582, 6.4083196581996678,
        0.21173559544657869, 626.24353058881275},
    {{3, 1, 1, 3}, MIG_LESS, 0.95, 0.98571428571428577, 6.4083196581996678, 0, 306.23680785863809},
    {{3, 1, 1, 3}, MIG_GREATER, 0.95, 0.24285714285714288, 6.4083196581996678, 0.31357376750498522,
        INFINITY},
    {{2, 15, 10, 3}, MIG_TWO_SIDED, 0.95, 0.00053672411914343636, 0.046936639049680005,
        0.0033171639506573668, 0.36318960235668052},
    {{2, 15, 10, 3}, MIG_LESS, 0.95, 0.0004651809433629053, 0.046936639049680005, 0,
        0.28495954561969666},
    {{2, 15, 10, 3}, MIG_GREATER, 0.95, 0.99998451901868612, 0.046936639049680005,
        0.0049944948340822594, INFINITY},
    {{0, 7, 5, 4}, MIG_TWO_SIDED, 0.95, 0.033653846153846152, 0, 0, 1.0666864054906033},
    {{6, 3, 0, 9}, MIG_TWO_SIDED, 0.95, 0.009049773755656099, INFINITY, 1.9004176866388536,
        INFINITY},
    {{1198, 557, 1493, 1278}, MIG_TWO_SIDED, 0.95, 4.835903179337277e-22, 1.8408323042942736,
        1.6213596688474441, 2.0912356570115067},
    {{3, 1, 1, 3}, MIG_TWO_SIDED, 0.998, 0.48571428571428582, 6.4083196581996678,
        0.048834626411546039, 15986.249745902585},
    {{120, 95, 80, 130}, MIG_TWO_SIDED, 0.99, 0.00031516166866798557, 2.0490879837718845,
        1.2133993469954734, 3.4864146100688225},
    {{12345, 11111, 6789, 7000}, MIG_TWO_SIDED, 0.95, 2.555064496020116e-10, 1.1455883576631705,
        1.0981229090526983, 1.1951125527367075},
    {{300000, 200000, 299000, 201000}, MIG_TWO_SIDED, 0.95, 0.041514349107515842,
        1.0083611956172949, 1.0003199521194854, 1.0164670987582134},
    {{1, 300000, 20, 200000}, MIG_TWO_SIDED, 0.999, 1.430210408772183e-07, 0.033333486771302719,
        1.5877121618503782e-05, 0.41978448198671131},
};

static void odds_ratios_agree_with_r(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(odds); i++) {
        struct mig_estimate out;
        assert_int_equal(
            mig_fisher_odds_ratio(odds[i].table, odds[i].alternative, odds[i].level, &out, NULL),
            MIG_OK);
        assert_close("p", out.p_value, odds[i].p, 1e-11);
        assert_close("odds ratio", out.estimate, odds[i].odds_ratio, 1e-11);
        assert_close("low", out.conf_low, odds[i].low, 1e-11);
        assert_close("high", out.conf_high, odds[i].high, 1e-11);
        assert_string_equal(out.method, "fisher-exact");
        assert_true((out.note != NULL) == isinf(out.estimate));
    }
}

static double exact_p(const double *counts, size_t n_rows, size_t n_columns)
{
    const struct mig_crosstab table = {counts, n_rows, n_columns};
    struct mig_estimate out;
    assert_int_equal(mig_fisher_exact(&table, MIG_FISHER_EFFORT, NULL, &out, NULL), MIG_OK);
    return out.p_value;
}

/* As printed in R's ?fisher.test: Fisher 1970; Agresti 2002, p. 57 and 91. */
static void agrees_with_published_values(void **state)
{
    (void)state;
    struct mig_estimate less;
    assert_int_equal(mig_fisher_odds_ratio(twins, MIG_LESS, 0.95, &less, NULL), MIG_OK);
    assert_close("tea", exact_p(tea, 2, 2), 0.4857, 1e-4);
    assert_close("twins", exact_p(twins, 2, 2), 0.0005367, 1e-4);
    assert_close("twins, less", less.p_value, 0.0004652, 1e-4);
    assert_close("job", exact_p(job, 4, 4), 0.7827, 1e-4);
}

/* By counting all tables in whole numbers, in Python:
 *
 *   from fractions import Fraction as F
 *   from math import factorial as f, prod
 *   from collections import Counter
 *   def fills(left, total):
 *       if len(left) == 1:
 *           if total <= left[0]: yield (total,)
 *           return
 *       for x in range(max(0, total - sum(left[1:])), min(left[0], total) + 1):
 *           for r in fills(left[1:], total - x): yield (x,) + r
 *   def p_value(t):
 *       rows = tuple(map(sum, t)); cols = [*map(sum, zip(*t))]; now = {rows: Counter({1: 1})}
 *       for c in cols:
 *           after = {}
 *           for left, ways in now.items():
 *               for x in fills(left, c):
 *                   m = prod(map(f, x))
 *                   to = after.setdefault(tuple(a - b for a, b in zip(left, x)), Counter())
 *                   for w, n in ways.items(): to[w * m] += n
 *           now = after
 *       seen = prod(f(x) for r in t for x in r); (ends,) = now.values()
 *       k = F(prod(map(f, rows)) * prod(map(f, cols)), f(sum(rows)))
 *       return float(k * sum(F(n, w) for w, n in ends.items() if w * (10**7 + 1) >= seen * 10**7))
 */
static void agrees_with_exact_counting(void **state)
{
    (void)state;
    static const struct {
        size_t n_rows, n_columns;
        double p, counts[25];
    } tables[] = {
        {3, 3, 0.015534452779243922, {7, 2, 1, 3, 5, 6, 1, 4, 9}},
        {3, 4, 0.015403632569210294, {0, 3, 1, 4, 5, 1, 2, 0, 2, 2, 6, 1}},
        {2, 5, 0.0052822507173937933, {12, 4, 3, 0, 6, 5, 9, 4, 7, 2}},
        {3, 3, 0.0050305922338946072, {4, 1, 0, 1, 5, 2, 0, 2, 6}},
        {3, 3, 1, {2, 1, 1, 1, 2, 1, 1, 1, 2}},
        {3, 4, 0.97493958184257834, {1, 3, 10, 6, 2, 3, 10, 7, 1, 6, 14, 12}},
        {4, 4, 0.78268493896639479, {1, 3, 10, 6, 2, 3, 10, 7, 1, 6, 14, 12, 0, 1, 9, 11}},
        {5, 5, 0.018120968160314041,
            {2, 0, 1, 0, 3, 0, 3, 0, 1, 0, 1, 0, 2, 1, 0, 0, 1, 1, 3, 0, 2, 0, 0, 0, 1}},
    };
    for (size_t i = 0; i < COUNT_OF(tables); i++)
        assert_close("p", exact_p(tables[i].counts, tables[i].n_rows, tables[i].n_columns),
            tables[i].p, 1e-12);
}

/* R 4.2.2: fisher.test(t, workspace=2e8)$p.value, which keeps some 11 digits. */
static void agrees_with_r(void **state)
{
    (void)state;
    static const struct {
        size_t n_rows, n_columns;
        double p, counts[30];
    } tables[] = {
        {5, 5, 2.7391796417028609e-02,
            {2, 0, 0, 3, 0, 2, 0, 1, 5, 0, 0, 0, 1, 0, 1, 0, 0, 2, 5, 0, 0, 0, 5, 13, 0}},
        {5, 4, 5.8188065767068875e-01,
            {1, 0, 1, 5, 0, 0, 0, 0, 2, 0, 0, 0, 4, 0, 1, 4, 5, 0, 1, 6}},
        {4, 5, 8.6889653758691207e-16,
            {0, 0, 0, 1, 1, 0, 5, 0, 26, 3, 1, 2, 8, 4, 0, 1, 22, 0, 0, 6}},
        {3, 4, 5.0642534500743713e-04, {0, 0, 0, 1, 1, 1, 1, 20, 2, 12, 10, 12}},
        {3, 6, 2.3890084619729218e-01, {3, 1, 3, 2, 5, 6, 1, 0, 5, 0, 6, 1, 3, 0, 2, 0, 10, 2}},
        {4, 5, 7.3184711617080022e-07,
            {21, 5, 3, 3, 2, 1, 5, 0, 1, 0, 5, 19, 6, 0, 1, 0, 2, 6, 0, 0}},
        {3, 2, 6.467725846779702e-196,
            {825, 108, 560, 25, 325, 593}}, /* Berkeley, departments A to C */
    };
    for (size_t i = 0; i < COUNT_OF(tables); i++)
        assert_close("p", exact_p(tables[i].counts, tables[i].n_rows, tables[i].n_columns),
            tables[i].p, 5e-11);
}

/* R's fisher.test() gives 0.0058666 for this table and 0.0081280 for its transpose: its whole
 * numbers overflow. By simulation, fisher.test(t, simulate.p.value=TRUE, B=1e6) after set.seed(1),
 * it is 0.03583996, with a standard error of 0.000186. */
static void is_right_where_r_overflows(void **state)
{
    (void)state;
    static const double table[] = {1, 3, 0, 1, 4, 0, 0, 2, 0, 2, 1, 0, 0, 0, 0, 1, 2, 5, 2, 1, 0, 0,
        0, 0, 4, 6, 0, 1, 0, 0, 0, 0, 3, 4, 0, 0, 0, 3, 3, 2, 0, 1, 1, 0, 0, 0, 2, 0, 0, 2, 1, 0, 0,
        0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0};
    double p = exact_p(table, 8, 8);
    assert_true(fabs(p - 0.03583996) < 4 * 0.000186);
}

enum { MOST = 5 };

static void transpose(const double *counts, size_t n_rows, size_t n_columns, double *out)
{
    for (size_t i = 0; i < n_rows; i++) {
        for (size_t j = 0; j < n_columns; j++)
            out[(n_columns - 1 - j) * n_rows + i] = counts[i * n_columns + j];
    }
}

static double sum_of_logs(const double *counts, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += lgamma(counts[i] + 1);
    return sum;
}

/* The tables of 3 x 3 with the margins of `seen`, each with its probability; returns their number.
 */
static size_t all_tables(
    const double *seen, double (*tables)[9], double *probabilities, size_t most)
{
    double r[3], c[3], n, k = 0;
    size_t count = 0;
    const struct mig_crosstab table = {seen, 3, 3};
    assert_int_equal(mig_crosstab_margins(&table, r, c, &n, NULL), MIG_OK);
    for (int i = 0; i < 3; i++)
        k += lgamma(r[i] + 1) + lgamma(c[i] + 1);
    for (double w = 0; w <= r[0]; w++) {
        for (double x = 0; w + x <= r[0]; x++) {
            for (double y = 0; y <= r[1]; y++) {
                for (double z = 0; y + z <= r[1]; z++) {
                    double t[9] = {
                        w, x, r[0] - w - x, y, z, r[1] - y - z, c[0] - w - y, c[1] - x - z, 0};
                    t[8] = r[2] - t[6] - t[7];
                    if (t[6] < 0 || t[7] < 0 || t[8] < 0)
                        continue;
                    assert_true(count < most);
                    memcpy(tables[count], t, sizeof t);
                    probabilities[count++] = exp(k - lgamma(n + 1) - sum_of_logs(t, 9));
                }
            }
        }
    }
    return count;
}

enum { MOST_TABLES = 20000 };

/* Each table with these margins, one by one. */
static double brute_force(const double *seen)
{
    static double tables[MOST_TABLES][9], probabilities[MOST_TABLES];
    size_t count = all_tables(seen, tables, probabilities, MOST_TABLES);
    double p = 0, all = 0, least = sum_of_logs(seen, 9) - 1e-7;
    for (size_t i = 0; i < count; i++) {
        all += probabilities[i];
        if (sum_of_logs(tables[i], 9) >= least)
            p += probabilities[i];
    }
    assert_close("all", all, 1, 1e-11);
    return p;
}

static void agrees_with_every_table(void **state)
{
    (void)state;
    struct mig_random random;
    assert_int_equal(mig_random_init(&random, 3, 0, NULL), MIG_OK);
    for (int repeat = 0; repeat < 200; repeat++) {
        double counts[9];
        for (size_t i = 0; i < 9; i++)
            counts[i] = mig_random_below(&random, 5) * mig_random_below(&random, 2);
        counts[0] = counts[4] = 3;
        assert_close("p", exact_p(counts, 3, 3), brute_force(counts), 1e-11);
    }
    mig_random_release(&random);
}

/* Rows for columns, another order, empty rows and columns: the same p-value. */
static void does_not_depend_on_order(void **state)
{
    (void)state;
    struct mig_random random;
    assert_int_equal(mig_random_init(&random, 4, 0, NULL), MIG_OK);
    for (int repeat = 0; repeat < 200; repeat++) {
        size_t n_rows = 2 + mig_random_below(&random, MOST - 1);
        size_t n_columns = 2 + mig_random_below(&random, MOST - 1);
        double counts[MOST * MOST] = {0}, turned[MOST * MOST], padded[MOST * MOST + MOST] = {0};
        for (size_t i = 0; i < n_rows * n_columns; i++)
            counts[i] = mig_random_below(&random, 5);
        counts[0] = counts[n_columns + 1] = 3;
        transpose(counts, n_rows, n_columns, turned);
        memcpy(padded + n_columns, counts, n_rows * n_columns * sizeof *counts);
        double p = exact_p(counts, n_rows, n_columns);
        assert_true(p > 0 && p <= 1);
        assert_close("turned", exact_p(turned, n_columns, n_rows), p, 1e-11);
        assert_close("padded", exact_p(padded, n_rows + 1, n_columns), p, 1e-11);
    }
    mig_random_release(&random);
}

/* Tables whose most probable value is the least or the greatest one: p by R 4.2.2,
 * fisher.test(matrix(c(a, b, c, d), 2, byrow=TRUE))$p.value, whose sums are right to some 14
 * digits. */
static void agrees_with_r_where_the_mode_is_at_an_end(void **state)
{
    (void)state;
    static const struct {
        double counts[4], p;
    } rows[] = {
        {{3, 7, 2, 98}, 0.0050269168153657014},
        {{1, 4, 0, 30}, 0.14285714285714288},
        {{2, 3, 1, 50}, 0.018759018759018746},
        {{5, 95, 1, 2}, 0.1663038376938778},
        {{9, 1, 990, 10}, 0.10416767137962309},
        {{1, 1, 0, 8}, 0.19999999999999996},
        {{4, 6, 3, 200}, 8.220867689649885e-05},
        {{20, 3000, 2, 10}, 0.0031750045619446808},
        {{3, 12, 0, 9}, 0.26630434782608697},
        {{1, 999999, 3, 9}, 5.2797901253355e-15},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        const double *t = rows[i].counts;
        struct mig_estimate out;
        assert_close("p", exact_p(t, 2, 2), rows[i].p, 1e-12);
        assert_int_equal(mig_fisher_odds_ratio(t, MIG_TWO_SIDED, 0.95, &out, NULL), MIG_OK);
        assert_close("with the odds ratio", out.p_value, rows[i].p, 1e-12);
    }
}

/* Counts of ways: C(n, k) of n up to 12, exact in whole numbers. */
enum { MOST_DRAWN = 12 };
static uint64_t ways(int n, int k)
{
    uint64_t out = 1;
    for (int i = 1; i <= k; i++)
        out = out * (uint64_t)(n - k + i) / (uint64_t)i;
    return out;
}

/* Of the tables with x1 + x2 of n1 + n2, those with at most as many ways as this one. */
static double counted_p(int x1, int n1, int x2, int n2)
{
    uint64_t seen = ways(n1, x1) * ways(n2, x2), rare = 0, all = 0;
    for (int x = 0; x <= n1; x++) {
        int rest = x1 + x2 - x;
        uint64_t here = rest >= 0 && rest <= n2 ? ways(n1, x) * ways(n2, rest) : 0;
        all += here;
        rare += here <= seen ? here : 0;
    }
    return (double)rare / (double)all;
}

/* Every table of 2 x 2 with rows of up to 12, against the ways counted one by one; the same p-value
 * with rows or columns in another order, and with rows for columns. */
static void agrees_with_every_small_table(void **state)
{
    (void)state;
    int at_an_end = 0;
    for (int n1 = 1; n1 <= MOST_DRAWN; n1++)
        for (int n2 = 1; n2 <= MOST_DRAWN; n2++)
            for (int x1 = 0; x1 <= n1; x1++)
                for (int x2 = 0; x2 <= n2; x2++) {
                    double wanted = counted_p(x1, n1, x2, n2);
                    at_an_end += (x1 + x2 + 1) * (n1 + 1) < n1 + n2 + 2;
                    assert_close("p", mig_fisher_two_sided(x1, n1, x2, n2), wanted, 1e-12);
                    assert_close("rows", mig_fisher_two_sided(x2, n2, x1, n1), wanted, 1e-12);
                    assert_close(
                        "columns", mig_fisher_two_sided(n1 - x1, n1, n2 - x2, n2), wanted, 1e-12);
                    assert_close("turned",
                        mig_fisher_two_sided(x1, x1 + x2, n1 - x1, n1 + n2 - x1 - x2), wanted,
                        1e-12);
                }
    assert_true(at_an_end > 50);
}

/* The same p-value with rows or columns in another order, and with rows for columns, for tables of
 * any shape. */
static void does_not_depend_on_the_corner(void **state)
{
    (void)state;
    static const uint64_t sizes[] = {3, 10, 100, 1000};
    struct mig_random random;
    assert_int_equal(mig_random_init(&random, 5, 0, NULL), MIG_OK);
    for (int repeat = 0; repeat < 2000; repeat++) {
        double t[4];
        for (size_t i = 0; i < 4; i++)
            t[i] = (double)mig_random_below(
                &random, (uint32_t)sizes[mig_random_below(&random, COUNT_OF(sizes))]);
        double a = t[0], b = t[1], c = t[2], d = t[3];
        double p = mig_fisher_two_sided(a, a + b, c, c + d);
        assert_true(p >= 0 && p <= 1);
        if (p < 1e-290) /* digits are lost */
            continue;
        assert_close("rows", mig_fisher_two_sided(c, c + d, a, a + b), p, 1e-9);
        assert_close("columns", mig_fisher_two_sided(b, a + b, d, c + d), p, 1e-9);
        assert_close("turned", mig_fisher_two_sided(a, a + c, b, b + d), p, 1e-9);
    }
    mig_random_release(&random);
}

static struct mig_estimate simulated(
    const double *counts, size_t n_rows, size_t n_columns, size_t replicates, uint64_t seed)
{
    const struct mig_crosstab table = {counts, n_rows, n_columns};
    struct mig_estimate out;
    assert_int_equal(mig_fisher_simulated(&table, replicates, seed, NULL, &out, NULL), MIG_OK);
    assert_string_equal(out.method, "fisher-monte-carlo");
    return out;
}

static void simulation_agrees_with_the_exact_test(void **state)
{
    (void)state;
    static const double nine[] = {7, 2, 1, 3, 5, 6, 1, 4, 9};
    static const struct {
        const double *counts;
        size_t n_rows, n_columns;
        double p;
    } tables[] = {{job, 4, 4, 0.78268493896639479}, {nine, 3, 3, 0.015534452779243922},
        {tea, 2, 2, 0.48571428571428571}, {twins, 2, 2, 0.00053672411914343636}};
    for (size_t i = 0; i < COUNT_OF(tables); i++) {
        double p = tables[i].p, error = sqrt(p * (1 - p) / 20000);
        struct mig_estimate out =
            simulated(tables[i].counts, tables[i].n_rows, tables[i].n_columns, 20000, 5);
        assert_true(fabs(out.p_value - p) < 3.5 * error);
        assert_close("error", out.std_error, sqrt(out.p_value * (1 - out.p_value) / 20000), 1e-12);
        struct mig_estimate again =
            simulated(tables[i].counts, tables[i].n_rows, tables[i].n_columns, 20000, 5);
        assert_close("again", again.p_value, out.p_value, 0);
    }
    struct mig_estimate far = simulated(berkeley, 2, 2, 999, 1);
    assert_close("none as rare", far.p_value, 0.001, 1e-15);
    assert_true(simulated(job, 4, 4, 20000, 6).p_value != simulated(job, 4, 4, 20000, 5).p_value);
}

/* Every table of 3 x 3 comes as often as it should: chi-squared over all those with these margins.
 */
static void random_tables_have_their_probabilities(void **state)
{
    (void)state;
    enum { DRAWS = 100000 };
    static const double seen[] = {3, 1, 1, 1, 3, 0, 0, 1, 2};
    static double tables[MOST_TABLES][9], probabilities[MOST_TABLES], drawn[MOST_TABLES];
    double rows[3], columns[3], counts[9], statistic = 0;
    const struct mig_crosstab table = {seen, 3, 3};
    struct mig_random random;
    size_t n = all_tables(seen, tables, probabilities, MOST_TABLES);
    assert_int_equal(mig_crosstab_margins(&table, rows, columns, NULL, NULL), MIG_OK);
    assert_int_equal(mig_random_init(&random, 2, 0, NULL), MIG_OK);
    for (int draw = 0; draw < DRAWS; draw++) {
        mig_random_crosstab(&random, rows, 3, columns, 3, counts);
        size_t i = 0;
        while (i < n && memcmp(tables[i], counts, sizeof counts) != 0)
            i++;
        assert_true(i < n);
        drawn[i]++;
    }
    mig_random_release(&random);
    double pooled = 0, pooled_drawn = 0;
    size_t classes = 1; /* those expected less than 10 times are one */
    for (size_t i = 0; i < n; i++) {
        double expected = probabilities[i] * DRAWS;
        if (expected < 10) {
            pooled += expected;
            pooled_drawn += drawn[i];
        } else {
            statistic += (drawn[i] - expected) * (drawn[i] - expected) / expected;
            classes++;
        }
    }
    statistic += (pooled_drawn - pooled) * (pooled_drawn - pooled) / pooled;
    assert_true(classes > 50);
    double p = mig_chi_squared_upper(statistic, (double)classes - 1);
    assert_true(p > 0.01 && p < 0.99);
}

/* Large margins are kept, and the cells vary as they should: variance of the hypergeometric
 * distribution. */
static void random_tables_of_many_cases(void **state)
{
    (void)state;
    enum { DRAWS = 4000 };
    static const double rows[] = {6e7, 4e7}, columns[] = {3e7, 5e7, 2e7};
    double counts[6], sum = 0, squares = 0, mean = 1.8e7;
    double variance = 3e7 * 0.6 * 0.4 * (1e8 - 3e7) / (1e8 - 1);
    struct mig_random random;
    assert_int_equal(mig_random_init(&random, 2, 0, NULL), MIG_OK);
    for (int draw = 0; draw < DRAWS; draw++) {
        mig_random_crosstab(&random, rows, 2, columns, 3, counts);
        assert_close("row", counts[0] + counts[1] + counts[2], 6e7, 0);
        assert_close("row", counts[3] + counts[4] + counts[5], 4e7, 0);
        for (size_t j = 0; j < 3; j++)
            assert_close("column", counts[j] + counts[3 + j], columns[j], 0);
        sum += counts[0] - mean;
        squares += (counts[0] - mean) * (counts[0] - mean);
    }
    mig_random_release(&random);
    assert_true(fabs(sum / DRAWS) < 3 * sqrt(variance / DRAWS));
    assert_true(fabs(squares / DRAWS / variance - 1) < 3 * sqrt(2.0 / DRAWS));
}

/* Cells that vary much, by ratio of uniforms: the share of them in ten classes. R 4.2.2: q <-
 * qhyper(1:9/10, 3e5, 5e5, 4e5); phyper(q, 3e5, 5e5, 4e5). */
static void wide_cells_have_their_probabilities(void **state)
{
    (void)state;
    enum { DRAWS = 40000, CLASSES = 10 };
    static const double rows[] = {4e5, 4e5}, columns[] = {3e5, 5e5};
    static const double limits[] = {
        149723, 149818, 149886, 149945, 150000, 150055, 150114, 150182, 150277};
    static const double below[] = {0, 0.100783666277332, 0.200927592391692, 0.300057899761106,
        0.400626937209841, 0.50092131679141, 0.601157189874992, 0.701546215276267,
        0.800366583495249, 0.900029154322684, 1};
    double drawn[CLASSES] = {0}, counts[4], statistic = 0;
    struct mig_random random;
    assert_int_equal(mig_random_init(&random, 2, 0, NULL), MIG_OK);
    for (int draw = 0; draw < DRAWS; draw++) {
        size_t i = 0;
        mig_random_crosstab(&random, rows, 2, columns, 2, counts);
        while (i < CLASSES - 1 && counts[0] > limits[i])
            i++;
        drawn[i]++;
    }
    mig_random_release(&random);
    for (size_t i = 0; i < CLASSES; i++) {
        double expected = (below[i + 1] - below[i]) * DRAWS;
        statistic += (drawn[i] - expected) * (drawn[i] - expected) / expected;
    }
    double p = mig_chi_squared_upper(statistic, CLASSES - 1);
    assert_true(p > 0.01 && p < 0.99);
}

/* Large tables have fewer draws, by what one of them costs; explicit ones are not touched. */
static void draws_suit_the_table(void **state)
{
    (void)state;
    enum { ROWS = 100, COLUMNS = 200 };
    static double sparse[ROWS * COLUMNS], full[ROWS * COLUMNS], vast[ROWS * COLUMNS];
    for (size_t i = 0; i < ROWS * COLUMNS; i++) {
        sparse[i] = 1;
        full[i] = 40;
        vast[i] = 1e6;
    }
    const struct {
        struct mig_crosstab table;
        size_t draws;
    } cases[] = {{{job, 4, 4}, 100000}, {{sparse, ROWS, COLUMNS}, 12000},
        {{full, ROWS, COLUMNS}, 2000}, {{vast, ROWS, COLUMNS}, 1000}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        size_t draws = 0;
        assert_int_equal(
            mig_fisher_draws(&cases[i].table, MIG_FISHER_EFFORT, &draws, NULL), MIG_OK);
        assert_int_equal(draws, cases[i].draws);
    }
}

/* With so many cases the test is Pearson's. R 4.2.2: chisq.test(t)$p.value. */
static void simulation_takes_large_counts(void **state)
{
    (void)state;
    static const double many[] = {
        300000, 200000, 100000, 301000, 200000, 100000, 300000, 200300, 100200};
    struct mig_estimate out = simulated(many, 3, 3, 4000, 1);
    assert_true(fabs(out.p_value - 0.7444892760) < 4 * out.std_error);
}

/* 100 million cases. R: phyper(29990000, 5e7, 5e7, 59990000) + phyper(29999999, 5e7, 5e7, 59990000,
 * lower=FALSE), the table being as likely as its mirror image. With so many cases the interval is
 * near the one of the delta method. */
static void takes_large_counts(void **state)
{
    (void)state;
    static const double table[] = {30000000, 20000000, 29990000, 20010000};
    struct mig_estimate out;
    assert_int_equal(mig_fisher_odds_ratio(table, MIG_TWO_SIDED, 0.95, &out, NULL), MIG_OK);
    assert_close("p", out.p_value, 0.041255564688079817, 1e-10);
    double se = sqrt(1 / 3e7 + 1 / 2e7 + 1 / 2.999e7 + 1 / 2.001e7);
    assert_close("odds ratio", out.estimate, 3e7 * 2.001e7 / (2e7 * 2.999e7), 1e-9);
    assert_close("low", log(out.conf_low), log(out.estimate) - 1.959964 * se, 0.01);
    assert_close("high", log(out.conf_high), log(out.estimate) + 1.959964 * se, 0.01);
    static const double vast[] = {3e14, 2e14, 2.9e14, 2e14};
    assert_int_equal(mig_fisher_odds_ratio(vast, MIG_TWO_SIDED, 0.95, &out, NULL), MIG_OK);
    assert_string_equal(out.note, "too many cases for the exact interval");
}

static void gives_up_in_time(void **state)
{
    (void)state;
    static double table[10 * 10];
    for (size_t i = 0; i < COUNT_OF(table); i++)
        table[i] = (double)(i * 7 % 11 + 5);
    const struct mig_crosstab large = {table, 10, 10}, small = {job, 4, 4};
    static const double many[] = {50000, 40000, 30000, 20000, 10000, 1};
    const struct mig_crosstab crowd = {many, 2, 3};
    struct mig_estimate out = mig_estimate_empty("untouched");
    struct mig_error error;
    assert_int_equal(mig_fisher_exact(&large, 1000000, NULL, &out, &error), MIG_LIMIT);
    assert_string_equal(error.text, "too many tables have the same margins for an exact test");
    assert_int_equal(mig_fisher_exact(&small, 0, NULL, &out, &error), MIG_LIMIT);
    assert_int_equal(mig_fisher_exact(&crowd, MIG_FISHER_EFFORT, NULL, &out, &error), MIG_LIMIT);
    assert_string_equal(error.text, "'150001' cases are too many for an exact test");
    assert_string_equal(out.method, "untouched");
}

static void names_what_is_undefined(void **state)
{
    (void)state;
    static const double nothing[4] = {0}, row[] = {5, 3, 0, 0};
    const struct mig_crosstab empty = {nothing, 2, 2}, single = {row, 2, 2};
    struct mig_estimate out;
    assert_int_equal(mig_fisher_exact(&empty, 1, NULL, &out, NULL), MIG_OK);
    assert_string_equal(out.note, "the table is empty");
    assert_close("p", out.p_value, NAN, 0);
    assert_int_equal(mig_fisher_exact(&single, 1, NULL, &out, NULL), MIG_OK);
    assert_string_equal(out.note, "fewer than 2 rows or columns hold cases");
    assert_int_equal(mig_fisher_simulated(&single, 10, 1, NULL, &out, NULL), MIG_OK);
    assert_string_equal(out.note, "fewer than 2 rows or columns hold cases");
    assert_close("p", out.p_value, NAN, 0);
    assert_int_equal(mig_fisher_odds_ratio(row, MIG_TWO_SIDED, 0.95, &out, NULL), MIG_OK);
    assert_string_equal(out.note, "fewer than 2 rows or columns hold cases");
    assert_close("p", out.p_value, NAN, 0);
    assert_int_equal(mig_fisher_odds_ratio(nothing, MIG_LESS, 0.95, &out, NULL), MIG_OK);
    assert_string_equal(out.note, "the table is empty");
    static const struct {
        double table[4];
        const char *note;
    } infinite[] = {
        {{5, 0, 2, 4}, "the odds ratio is infinite: the second count of the first row is 0"},
        {{5, 3, 0, 4}, "the odds ratio is infinite: the first count of the second row is 0"},
        {{5, 0, 0, 4}, "the odds ratio is infinite: both counts off the diagonal are 0"},
    };
    for (size_t i = 0; i < COUNT_OF(infinite); i++) {
        assert_int_equal(
            mig_fisher_odds_ratio(infinite[i].table, MIG_TWO_SIDED, 0.95, &out, NULL), MIG_OK);
        assert_string_equal(out.note, infinite[i].note);
    }
}

struct told {
    size_t times;
    double last;
    bool rises;
};

static void tell(void *context, double part)
{
    struct told *told = context;
    told->rises = told->rises && part >= told->last && part <= 1;
    told->last = part;
    told->times++;
}

/* Those who watch are told, and change nothing. */
static void says_how_far_it_has_come(void **state)
{
    (void)state;
    static double table[10 * 10];
    for (size_t i = 0; i < COUNT_OF(table); i++)
        table[i] = (double)(i * 7 % 11 + 5);
    const struct mig_crosstab large = {table, 10, 10};
    struct told told = {.rises = true};
    const struct mig_fisher_watch watch = {tell, &told};
    struct mig_estimate seen, unseen;
    assert_int_equal(mig_fisher_exact(&large, 5000000, &watch, &seen, NULL), MIG_LIMIT);
    assert_true(told.times > 1 && told.rises && told.last > 0.5);
    told = (struct told){.rises = true};
    assert_int_equal(mig_fisher_simulated(&large, 3000, 1, &watch, &seen, NULL), MIG_OK);
    assert_true(told.times > 1 && told.rises && told.last > 0.5);
    assert_int_equal(mig_fisher_simulated(&large, 3000, 1, NULL, &unseen, NULL), MIG_OK);
    assert_true(seen.p_value == unseen.p_value && seen.std_error == unseen.std_error);
}

/* The draws of a share of the effort are that share of the draws, down to 1,000. */
static void draws_suit_the_effort(void **state)
{
    (void)state;
    static double table[100];
    for (size_t i = 0; i < COUNT_OF(table); i++)
        table[i] = 20;
    const struct mig_crosstab crosstab = {table, 10, 10};
    const struct {
        uint64_t effort;
        size_t draws;
    } cases[] = {{MIG_FISHER_EFFORT, 100000}, {MIG_FISHER_EFFORT / 10, 41000},
        {MIG_FISHER_EFFORT / 100, 4100}, {0, 1000}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        size_t draws = 0;
        assert_int_equal(mig_fisher_draws(&crosstab, cases[i].effort, &draws, NULL), MIG_OK);
        assert_int_equal(draws, cases[i].draws);
    }
}

static void refuses_invalid_arguments(void **state)
{
    (void)state;
    static const double bad[] = {1, 2, -3, 4};
    const struct mig_crosstab table = {bad, 2, 2}, good = {tea, 2, 2};
    struct mig_estimate out = mig_estimate_empty("untouched");
    struct mig_error error;
    assert_int_equal(mig_fisher_exact(&table, 1, NULL, &out, &error), MIG_ARGUMENT);
    assert_non_null(strstr(error.text, "'-3'"));
    assert_int_equal(mig_fisher_simulated(&table, 1, 1, NULL, &out, &error), MIG_ARGUMENT);
    assert_int_equal(mig_fisher_simulated(&good, 0, 1, NULL, &out, &error), MIG_ARGUMENT);
    assert_int_equal(mig_fisher_odds_ratio(bad, MIG_LESS, 0.95, &out, &error), MIG_ARGUMENT);
    assert_int_equal(mig_fisher_odds_ratio(tea, MIG_LESS, 1, &out, &error), MIG_ARGUMENT);
    assert_int_equal(
        mig_fisher_odds_ratio(tea, (enum mig_alternative)3, 0.95, &out, &error), MIG_ARGUMENT);
    assert_string_equal(out.method, "untouched");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(odds_ratios_agree_with_r),
        cmocka_unit_test(agrees_with_published_values),
        cmocka_unit_test(agrees_with_exact_counting),
        cmocka_unit_test(agrees_with_r),
        cmocka_unit_test(is_right_where_r_overflows),
        cmocka_unit_test(agrees_with_every_table),
        cmocka_unit_test(agrees_with_r_where_the_mode_is_at_an_end),
        cmocka_unit_test(agrees_with_every_small_table),
        cmocka_unit_test(does_not_depend_on_the_corner),
        cmocka_unit_test(does_not_depend_on_order),
        cmocka_unit_test(simulation_agrees_with_the_exact_test),
        cmocka_unit_test(random_tables_have_their_probabilities),
        cmocka_unit_test(random_tables_of_many_cases),
        cmocka_unit_test(wide_cells_have_their_probabilities),
        cmocka_unit_test(draws_suit_the_table),
        cmocka_unit_test(draws_suit_the_effort),
        cmocka_unit_test(says_how_far_it_has_come),
        cmocka_unit_test(simulation_takes_large_counts),
        cmocka_unit_test(takes_large_counts),
        cmocka_unit_test(gives_up_in_time),
        cmocka_unit_test(names_what_is_undefined),
        cmocka_unit_test(refuses_invalid_arguments),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
