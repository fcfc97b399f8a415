/* The actual coverage of intervals against published figures, and what the exact ones promise. */
#include "close.h"

#include "../coverage/actual.h"
#include "stats/comparison.h"

/* Brown, Cai & DasGupta 2001, Stat Sci 16:101-133: the textbook interval at nominal 0.95. Table 1,
 * p = 0.005, lucky and unlucky n; examples in the text of sections 1 and 2: p = 0.2, p = 0.5 and n
 * = 100. To the three decimals printed. */
static void textbook_interval_covers_as_published(void **state)
{
    (void)state;
    static const struct {
        size_t n;
        double p, printed;
    } rows[] = {{591, 0.005, 0.945}, {592, 0.005, 0.792}, {953, 0.005, 0.948}, {954, 0.005, 0.852},
        {1278, 0.005, 0.948}, {1279, 0.005, 0.875}, {1583, 0.005, 0.889}, {1876, 0.005, 0.898},
        {30, 0.2, 0.946}, {98, 0.2, 0.928}, {17, 0.5, 0.951}, {40, 0.5, 0.919}, {100, 0.106, 0.952},
        {100, 0.107, 0.911}};
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        double actual = share_actual(WALD, rows[i].n, rows[i].p, 0.95).coverage;
        if (!(fabs(actual - rows[i].printed) <= 0.0005))
            fail_msg(
                "n %zu, p %g: %.6f, printed %.3f", rows[i].n, rows[i].p, actual, rows[i].printed);
    }
}

/* Brown, Cai & DasGupta 2001, sec. 4.1.1: for large n Wilson's interval sinks to 0.800, 0.838 and
 * 0.889 at the levels 0.9, 0.95 and 0.99, just below the low limit of x = 1. */
static void wilson_sinks_as_published(void **state)
{
    (void)state;
    static const double levels[] = {0.9, 0.95, 0.99}, printed[] = {0.800, 0.838, 0.889};
    for (size_t i = 0; i < COUNT_OF(levels); i++) {
        const size_t n = 20000;
        struct mig_estimate one;
        assert_int_equal(mig_proportion_wilson(1, (double)n, levels[i], &one, NULL), MIG_OK);
        double p = one.conf_low * (1 - 1e-9);
        double actual = share_actual(MIG_PROPORTION_WILSON, n, p, levels[i]).coverage;
        assert_true(fabs(actual - printed[i]) <= 0.0006);
    }
}

/* Newcombe 1998, Stat Med 17:857-872, table II: mean coverage at 0.95 over n = 5 .. 100 and shares
 * drawn uniformly, methods 1 (textbook) 0.8814 and 3 (Wilson) 0.9521. Here over evenly spaced
 * shares, so to 0.0005. */
static void mean_coverage_is_newcombes(void **state)
{
    (void)state;
    enum { POINTS = 250 };
    static const int methods[] = {WALD, MIG_PROPORTION_WILSON};
    static const double printed[] = {0.8814, 0.9521};
    double sums[2] = {0, 0}, weights[101];
    struct interval intervals[101];
    for (size_t n = 5; n <= 100; n++)
        for (size_t j = 0; j < 2; j++) {
            share_intervals(methods[j], n, 0.95, intervals);
            for (size_t i = 0; i < POINTS; i++) {
                double p = ((double)i + 0.5) / (2.0 * POINTS);
                binomial_weights(n, p, weights);
                sums[j] += actual_of(intervals, weights, n, p).coverage;
            }
        }
    for (size_t j = 0; j < 2; j++)
        assert_true(fabs(sums[j] / (96.0 * POINTS) - printed[j]) <= 0.0005);
}

/* Computed again in R 4.2.2 with other code: the mean coverage of each interval of a share over p =
 * 0.0025, 0.0075, .. 0.9975, in the order of mig_proportion_methods. With a <- 1 - level, z <-
 * qnorm(1 - a/2), e <- x/n, q <- 1 - e, limits L of x = 0:n: wilson: m <- (e + z^2/(2*n))/(1 +
 * z^2/n); m + c(-1, 1)*z*sqrt(e*q/n + z^2/(4*n^2))/(1 + z^2/n) exact: binom.test(x, n, conf.level =
 * level)$conf.int wilson-cc (0 at x = 0, 1 at x = n): (2*n*e + z^2 - 1 - z*sqrt(z^2 - 2 - 1/n +
 * 4*e*(n*q + 1)))/(2*(n + z^2)), (2*n*e + z^2 + 1 + z*sqrt(z^2 + 2 - 1/n + 4*e*(n*q - 1)))/(2*(n +
 * z^2)) jeffreys (likewise): qbeta(c(a/2, 1 - a/2), x + .5, n - x + .5) agresti-coull: N <- n +
 * z^2; f <- (x + z^2/2)/N; f + c(-1, 1)*z*sqrt(f*(1 - f)/N) mean(sapply((1:200 - .5)/200,
 * function(p) sum(dbinom(0:n, n, p)[L[1,] <= p & p <= L[2,]]))) */
static void shares_cover_as_computed_in_r(void **state)
{
    (void)state;
    enum { METHODS = 5, POINTS = 200, MOST = 50 };
    static const struct {
        size_t n;
        double level, mean[METHODS];
    } rows[] = {{5, 0.9,
                    {0.915220127084951, 0.976268245375679, 0.973540338347184, 0.911840697148749,
                        0.933775747570879}},
        {5, 0.95,
            {0.955353531284483, 0.990229424911781, 0.987015668989942, 0.957229017685009,
                0.966692284541529}},
        {5, 0.99,
            {0.985850131255673, 0.998747788136723, 0.996833518037124, 0.992098574374805,
                0.991284497259067}},
        {20, 0.9,
            {0.90781523136555, 0.950242514699367, 0.950627511430178, 0.901747638068237,
                0.920356546195257}},
        {20, 0.95,
            {0.952610793621763, 0.977471424200916, 0.97558926812284, 0.951593013310967,
                0.961335030517978}},
        {20, 0.99,
            {0.988732987607416, 0.996112530642145, 0.994955287249468, 0.990633662658141,
                0.992239708930634}},
        {50, 0.9,
            {0.901064988563843, 0.935691248704151, 0.936358574137074, 0.900290996321744,
                0.911588434501791}},
        {50, 0.95,
            {0.951363372758977, 0.969139977900579, 0.969779295300986, 0.950028839462385,
                0.958627249853955}},
        {50, 0.99,
            {0.989197262292428, 0.994561106270015, 0.993715547479862, 0.989977020471595,
                0.991823687644191}}};
    struct interval intervals[MOST + 1];
    double weights[MOST + 1];
    assert_null(mig_proportion_methods[METHODS]);
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        for (int method = 0; method < METHODS; method++) {
            double sum = 0;
            share_intervals(method, rows[i].n, rows[i].level, intervals);
            for (size_t j = 0; j < POINTS; j++) {
                double p = ((double)j + 0.5) / POINTS;
                binomial_weights(rows[i].n, p, weights);
                sum += actual_of(intervals, weights, rows[i].n, p).coverage;
            }
            assert_close(mig_proportion_methods[method], sum / POINTS, rows[i].mean[method], 1e-12);
        }
}

/* The same of rates, over expected events of 0.05, 0.15, .. 19.95, in the order of
 * mig_rate_methods: exact: poisson.test(x, conf.level = level)$conf.int; byar: x*(1 - 1/(9*x) -
 * z/(3*sqrt(x)))^3 (0 at x = 0) and, with y <- x + 1, y*(1 - 1/(9*y) + z/(3*sqrt(y)))^3; midp:
 * uniroot() of ppois(x, m, lower = FALSE) + dpois(x, m)/2 - a/2 and of ppois(x - 1, m) + dpois(x,
 * m)/2 - a/2; byar-exact: exact for x < 10. mean(sapply((1:200 - .5)/10, function(m)
 * sum(dpois(0:120, m)[L[1,] <= m & m <= L[2,]]))) */
static void rates_cover_as_computed_in_r(void **state)
{
    (void)state;
    enum { METHODS = 4, POINTS = 200, PER_EVENT = 10, MOST = 120 };
    static const struct {
        double level, mean[METHODS];
    } rows[] = {{0.9, {0.934722618546415, 0.934854036873828, 0.909308443871594, 0.934722618546415}},
        {0.95, {0.96951230352892, 0.969655504529984, 0.955683918753913, 0.969576493762771}},
        {0.99, {0.994568451890564, 0.994731000800842, 0.991839573404826, 0.994621666098314}}};
    struct interval intervals[MOST + 1];
    double weights[MOST + 1];
    assert_null(mig_rate_methods[METHODS]);
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        for (int method = 0; method < METHODS; method++) {
            double sum = 0;
            rate_intervals((enum mig_rate_method)method, MOST, rows[i].level, intervals);
            for (size_t j = 0; j < POINTS; j++) {
                double mean = ((double)j + 0.5) / PER_EVENT;
                poisson_weights(MOST, mean, weights);
                sum += actual_of(intervals, weights, MOST, mean).coverage;
            }
            assert_close(mig_rate_methods[method], sum / POINTS, rows[i].mean[method], 1e-12);
        }
}

static const double levels[] = {0.5, 0.8, 0.9, 0.95, 0.99, 0.998};

/* The coverage has its minima beside the limits, where one more count stops covering: it is looked
 * at there too. */
static void check_share(const struct interval *intervals, size_t n, double p, double level)
{
    double weights[201];
    if (!(p > 0 && p < 1))
        return;
    binomial_weights(n, p, weights);
    double actual = actual_of(intervals, weights, n, p).coverage;
    if (!(actual >= level - 1e-9))
        fail_msg("n %zu, p %.17g: %.12f is below %g", n, p, actual, level);
}

static void clopper_pearson_never_falls_below_the_level(void **state)
{
    (void)state;
    static const size_t sizes[] = {1, 2, 3, 5, 10, 17, 40, 100, 200};
    struct interval intervals[201];
    for (size_t i = 0; i < COUNT_OF(sizes); i++)
        for (size_t j = 0; j < COUNT_OF(levels); j++) {
            size_t n = sizes[i];
            share_intervals(MIG_PROPORTION_EXACT, n, levels[j], intervals);
            for (size_t x = 0; x <= n; x++) {
                check_share(intervals, n, intervals[x].low * (1 - 1e-9), levels[j]);
                check_share(intervals, n, intervals[x].high * (1 + 1e-9), levels[j]);
            }
            for (size_t k = 1; k < 100; k++)
                check_share(intervals, n, (double)k / 100, levels[j]);
        }
}

static void check_rate(const struct interval *intervals, size_t most, double mean, double level)
{
    double weights[400];
    if (!(mean > 0) || poisson_most(mean) > most)
        return;
    poisson_weights(most, mean, weights);
    double actual = actual_of(intervals, weights, most, mean).coverage;
    if (!(actual >= level - 1e-9))
        fail_msg("mean %.17g: %.12f is below %g", mean, actual, level);
}

static void garwood_never_falls_below_the_level(void **state)
{
    (void)state;
    struct interval intervals[400];
    const size_t most = COUNT_OF(intervals) - 1;
    for (size_t j = 0; j < COUNT_OF(levels); j++) {
        rate_intervals(MIG_RATE_EXACT, most, levels[j], intervals);
        for (size_t x = 0; x <= 200; x++) {
            check_rate(intervals, most, intervals[x].low * (1 - 1e-9), levels[j]);
            check_rate(intervals, most, intervals[x].high * (1 + 1e-9), levels[j]);
        }
        for (size_t k = 1; k < 100; k++)
            check_rate(intervals, most, (double)k / 10, levels[j]);
    }
}

static void exact_ratio_never_falls_below_the_level(void **state)
{
    (void)state;
    static const double ratios[] = {0.1, 0.5, 1, 1.7, 6}, means[] = {0.3, 1, 4, 11};
    double weights_x[200], weights_y[200];
    struct pairs pairs = pairs_new(199, 199);
    for (size_t l = 2; l < COUNT_OF(levels); l += 2) {
        ratio_intervals(MIG_RATIO_EXACT, levels[l], &pairs);
        for (size_t i = 0; i < COUNT_OF(ratios); i++)
            for (size_t j = 0; j < COUNT_OF(means); j++) {
                poisson_weights(199, means[j] * ratios[i], weights_x);
                poisson_weights(199, means[j], weights_y);
                double actual = pairs_actual(&pairs, weights_x, weights_y, ratios[i]).coverage;
                assert_true(actual >= levels[l] - 1e-9);
            }
    }
    free(pairs.intervals);
}

/* Given all margins the interval covers the odds ratio at least as often as the level says; so it
 * does on average. */
static void exact_odds_ratio_never_falls_below_the_level(void **state)
{
    (void)state;
    enum { N1 = 7, N2 = 12 };
    struct pairs pairs = pairs_new(N1, N2);
    double weights_x[N1 + 1], weights_y[N2 + 1];
    for (size_t x = 0; x <= N1; x++)
        for (size_t y = 0; y <= N2; y++) {
            const struct mig_pair pair = {(double)x, N1, (double)y, N2};
            struct mig_estimate out;
            must(mig_share_odds_ratio(MIG_ODDS_RATIO_EXACT, &pair, 0.95, &out, NULL));
            pairs.intervals[x * (N2 + 1) + y] = interval_of(&out);
        }
    for (double p1 = 0.05; p1 < 1; p1 += 0.05)
        for (double p2 = 0.05; p2 < 1; p2 += 0.05) {
            binomial_weights(N1, p1, weights_x);
            binomial_weights(N2, p2, weights_y);
            double odds = p1 / (1 - p1) / (p2 / (1 - p2));
            assert_true(pairs_actual(&pairs, weights_x, weights_y, odds).coverage >= 0.95 - 1e-9);
        }
    free(pairs.intervals);
}

/* Clopper & Pearson at n = 1, by hand: limits 0 to 1 - a/2 and a/2 to 1, so at p = 1/2 both cover;
 * at p = a/4 only x = 0. */
static void by_hand(void **state)
{
    (void)state;
    assert_close("both", share_actual(MIG_PROPORTION_EXACT, 1, 0.5, 0.95).coverage, 1, 1e-14);
    assert_close(
        "one", share_actual(MIG_PROPORTION_EXACT, 1, 0.0125, 0.95).coverage, 0.9875, 1e-14);
    assert_close("length", share_actual(MIG_PROPORTION_EXACT, 1, 0.3, 0.95).length, 0.975, 1e-14);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(textbook_interval_covers_as_published),
        cmocka_unit_test(wilson_sinks_as_published),
        cmocka_unit_test(mean_coverage_is_newcombes),
        cmocka_unit_test(shares_cover_as_computed_in_r),
        cmocka_unit_test(rates_cover_as_computed_in_r),
        cmocka_unit_test(clopper_pearson_never_falls_below_the_level),
        cmocka_unit_test(garwood_never_falls_below_the_level),
        cmocka_unit_test(exact_ratio_never_falls_below_the_level),
        cmocka_unit_test(exact_odds_ratio_never_falls_below_the_level),
        cmocka_unit_test(by_hand),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
