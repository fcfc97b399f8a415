/* Quantiles against values of 40 digits, and round trips through the probabilities, up to counts of
 * 1e15. */
#include "close.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define MATHLIB_STANDALONE
#include <Rmath.h>

#include "stats/comparison.h"
#include "stats/distribution.h"

/* mpmath 1.3.0, 40 digits: roots of erfc(z / sqrt(2)) / 2 = p. */
static void normal_quantiles(void **state)
{
    (void)state;
    assert_close("0.025", mig_normal_quantile(0.025, MIG_UPPER), 1.9599639845400542355, 1e-15);
    assert_close("0.05", mig_normal_quantile(0.05, MIG_UPPER), 1.6448536269514727149, 1e-15);
    assert_close("0.001", mig_normal_quantile(0.001, MIG_LOWER), -3.0902323061678135415, 1e-15);
    assert_close("1e-12", mig_normal_quantile(1e-12, MIG_UPPER), 7.0344838253011319298, 1e-15);
    assert_close("0.5", mig_normal_quantile(0.5, MIG_UPPER), 0, 0);
    assert_close("|Z| >= 1.5", mig_normal_two_sided(-1.5), 0.13361440253771613201, 1e-14);
    assert_close("|Z| >= 8", mig_normal_two_sided(8), 1.2441921148543568247e-15, 1e-14);
}

/* mpmath 1.3.0, 40 digits: betainc(df/2, 1/2, 0, df/(df + t^2), regularized=True), and its roots at
 * 0.05. */
static void t_quantiles(void **state)
{
    (void)state;
    static const struct {
        double df, quantile, beyond_2_5;
    } rows[] = {
        {1, 12.706204736174704646, 0.24223788318168679745},
        {2, 4.3026527297494638523, 0.12961172022151080911},
        {3, 3.1824463052837095927, 0.08770664700806554725},
        {5, 2.5705818356363155147, 0.054490099342376241116},
        {30, 2.04227245630123831, 0.018115649068066694102},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        assert_close(
            "upper", mig_t_quantile(0.025, rows[i].df, MIG_UPPER), rows[i].quantile, 1e-13);
        assert_close(
            "lower", mig_t_quantile(0.025, rows[i].df, MIG_LOWER), -rows[i].quantile, 1e-13);
        assert_close("p", mig_t_two_sided(-2.5, rows[i].df), rows[i].beyond_2_5, 1e-13);
    }
}

/* mpmath 1.3.0, 40 digits: Newton's root of the integral of the gamma density. */
static void gamma_quantiles(void **state)
{
    (void)state;
    static const struct {
        double p, shape, quantile;
        enum mig_tail tail;
    } rows[] = {
        {0.025, 1, 0.025317807984289876827, MIG_LOWER},
        {0.025, 2, 5.5716433909388985318, MIG_UPPER},
        {0.025, 9, 4.1153730973783324744, MIG_LOWER},
        {0.025, 10, 17.084803451419170206, MIG_UPPER},
        {0.025, 1e6, 998040.98334029390302, MIG_LOWER},
        {0.025, 1000001, 1001961.9119454321939, MIG_UPPER},
        {0.025, 1e9, 999938021.44392792191, MIG_LOWER},
        {0.025, 1000000001, 1000061981.4504089482, MIG_UPPER},
        {1e-14, 13, 61.981646381116645259, MIG_UPPER},
        {2e-14, 61, 139.93768404061921828, MIG_UPPER},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        assert_close("gamma", mig_gamma_quantile(rows[i].p, rows[i].shape, rows[i].tail),
            rows[i].quantile, 1e-13);
}

/* mpmath 1.3.0, 40 digits: Newton's root of the integral of the beta density; `rest` is 1 -
 * quantile. */
static const struct {
    double a, b, quantile, rest;
    enum mig_tail tail;
} beta_rows[] = {
    {1, 100, 0.00025314603297742064807, 0.99974685396702257935, MIG_LOWER},
    {2, 99, 0.054459385392080656764, 0.94554061460791934324, MIG_UPPER},
    {100, 1, 0.99974685396702257935, 0.00025314603297742064807, MIG_UPPER},
    {10, 9991, 0.00047963972377107690222, 0.9995203602762289231, MIG_LOWER},
    {11, 9990, 0.001838264134210620154, 0.99816173586578937985, MIG_UPPER},
    {5000, 5001, 0.49015138058998048775, 0.50984861941001951225, MIG_LOWER},
    {1000, 999001, 0.00093900120795007216784, 0.99906099879204992783, MIG_LOWER},
    {1001, 999000, 0.0010639181073152278242, 0.99893608189268477218, MIG_UPPER},
    {999999, 2, 0.99999442836934482776, 5.5716306551722442664e-6, MIG_LOWER},
    {1, 1000000000, 2.5317807983969381127e-11, 0.99999999997468219202, MIG_LOWER},
    {1000000, 999000001, 0.00099804196067584595606, 0.99900195803932415404, MIG_LOWER},
    {500000001, 500000000, 0.50003099025157771773, 0.49996900974842228227, MIG_UPPER},
    {999999999, 2, 0.9999999944283566218, 5.571643378203115206e-9, MIG_LOWER},
    {1000000000, 1, 0.99999999997468219202, 2.5317807983969381127e-11, MIG_UPPER},
    {1000000000000, 999000000000001, 0.0009999980410171868291, 0.99900000195898281317, MIG_LOWER},
    {999999999999999, 2, 0.99999999999999442836, 5.571643390938885796e-15, MIG_LOWER},
};

static void beta_quantiles(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(beta_rows); i++) {
        double a = beta_rows[i].a;
        double b = beta_rows[i].b;
        double odds = beta_rows[i].quantile / beta_rows[i].rest;
        assert_close("beta", mig_beta_quantile(0.025, a, b, beta_rows[i].tail),
            beta_rows[i].quantile, 1e-14);
        assert_close(
            "beta prime", mig_beta_prime_quantile(0.025, a, b, beta_rows[i].tail), odds, 1e-14);
    }
}

static const double tails[] = {1e-12, 1e-6, 0.0005, 0.005, 0.025, 0.1, 0.4};

/* The probability of a quantile is the probability asked for. One unit in the last place of the
 * quantile moves the probability by density * quantile * 2^-52: that much, and 1e-11 of p, is
 * allowed. */
static void check_gamma(double shape, double p, enum mig_tail tail)
{
    double q = mig_gamma_quantile(p, shape, tail);
    double back = pgamma(q, shape, 1, tail == MIG_LOWER, 0);
    assert_true(fabs(back - p) <= 1e-11 * p + dgamma(q, shape, 1, 0) * q * 0x1p-52);
}

static void check_beta(double a, double b, double p, enum mig_tail tail)
{
    double odds = mig_beta_prime_quantile(p, a, b, tail);
    double small = odds <= 1 ? odds / (1 + odds) : 1 / (1 + odds);
    double back = odds <= 1 ? pbeta(small, a, b, tail == MIG_LOWER, 0)
                            : pbeta(small, b, a, tail != MIG_LOWER, 0);
    double density = odds <= 1 ? dbeta(small, a, b, 0) : dbeta(small, b, a, 0);
    assert_true(fabs(back - p) <= 1e-11 * p + density * small * 0x1p-50);
}

static void round_trips(void)
{
    static const double counts[] = {1, 2, 10, 333, 1e4, 3e5, 1e7, 1e9, 1e12};
    for (size_t i = 0; i < COUNT_OF(counts); i++) {
        for (size_t t = 0; t < COUNT_OF(tails); t++) {
            check_gamma(counts[i], tails[t], MIG_LOWER);
            check_gamma(counts[i] + 1, tails[t], MIG_UPPER);
            for (size_t j = 0; j < COUNT_OF(counts); j++) {
                check_beta(counts[i], counts[j] + 1, tails[t], MIG_LOWER);
                check_beta(counts[i] + 1, counts[j], tails[t], MIG_UPPER);
            }
        }
    }
}

/* The standalone library of R warns on stdout; a library must not print. */
static void round_trips_in_silence(void **state)
{
    (void)state;
    FILE *captured = tmpfile();
    assert_non_null(captured);
    fflush(stdout);
    int real = dup(STDOUT_FILENO);
    assert_true(real >= 0);
    assert_true(dup2(fileno(captured), STDOUT_FILENO) >= 0);
    mig_beta_quantile(0.025, 1e15, 1, MIG_LOWER); /* qbeta() asked plainly warns here */
    mig_beta_quantile(-1, 1, 1, MIG_LOWER);
    mig_gamma_quantile(0.5, -1, MIG_LOWER);
    fflush(stdout);
    assert_true(dup2(real, STDOUT_FILENO) >= 0);
    struct stat info;
    int known = fstat(fileno(captured), &info);
    close(real);
    fclose(captured);
    assert_int_equal(known, 0);
    assert_int_equal(info.st_size, 0);
}

static void returns_to_the_probability(void **state)
{
    (void)state;
    round_trips();
}

/* R 4.2.2: pchisq(c(1, 9, 30, 200), 9, lower.tail = FALSE). With 2 degrees of freedom it is exp(-x
 * / 2). */
static void chi_squared_tails(void **state)
{
    (void)state;
    assert_close("1", mig_chi_squared_upper(1, 9), 9.994375026978325e-01, 1e-14);
    assert_close("9", mig_chi_squared_upper(9, 9), 4.372741889138670e-01, 1e-14);
    assert_close("30", mig_chi_squared_upper(30, 9), 4.387217709794795e-04, 1e-14);
    assert_close("200", mig_chi_squared_upper(200, 9), 3.312992393909553e-38, 1e-13);
    assert_close("0.5", mig_chi_squared_upper(0.5, 2), 0.77880078307140486825, 1e-14);
    assert_close("below 0", mig_chi_squared_upper(-1, 9), 1, 0);
    assert_close("no df", mig_chi_squared_upper(1, 0), NAN, 0);
    assert_close("NaN", mig_chi_squared_upper(NAN, 9), NAN, 0);
}

static void is_nan_outside_the_domain(void **state)
{
    (void)state;
    static const double wrong[] = {0, 1, -0.5, 2, NAN};
    for (size_t i = 0; i < COUNT_OF(wrong); i++) {
        assert_close("normal", mig_normal_quantile(wrong[i], MIG_LOWER), NAN, 0);
        assert_close("t", mig_t_quantile(wrong[i], 3, MIG_LOWER), NAN, 0);
        assert_close("gamma", mig_gamma_quantile(wrong[i], 3, MIG_LOWER), NAN, 0);
        assert_close("beta", mig_beta_quantile(wrong[i], 3, 4, MIG_LOWER), NAN, 0);
        assert_close("beta prime", mig_beta_prime_quantile(wrong[i], 3, 4, MIG_LOWER), NAN, 0);
    }
    assert_close("t", mig_t_quantile(0.5, 0, MIG_LOWER), NAN, 0);
    assert_close("t", mig_t_two_sided(1, -1), NAN, 0);
    assert_close("gamma", mig_gamma_quantile(0.5, INFINITY, MIG_LOWER), NAN, 0);
    assert_close("beta", mig_beta_quantile(0.5, 0, 1, MIG_LOWER), NAN, 0);
    assert_close("beta prime", mig_beta_prime_quantile(0.5, 1, NAN, MIG_LOWER), NAN, 0);
    assert_close("normal", mig_normal_two_sided(NAN), NAN, 0);
}

/* A level leaves what its decimals say: 1 - 0.9999999 is off by 5e-10 of itself. R: qnorm(c(.025,
 * 5e-4, 5e-8, 5e-11), lower=FALSE) */
static void levels_are_decimal_numbers(void **state)
{
    (void)state;
    static const struct {
        double level, z;
    } rows[] = {{0.95, 1.9599639845400538}, {0.999, 3.2905267314918945},
        {0.9999999, 5.3267238863844968}, {0.9999999999, 6.4669510872405152}};
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        const struct mig_pair pair = {1, 1, 1, 1};
        struct mig_estimate out;
        assert_int_equal(
            mig_rate_difference(MIG_DIFFERENCE_WALD, &pair, rows[i].level, &out, NULL), MIG_OK);
        assert_close("z", out.conf_high / out.std_error, rows[i].z, 1e-14);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(normal_quantiles),
        cmocka_unit_test(t_quantiles),
        cmocka_unit_test(gamma_quantiles),
        cmocka_unit_test(beta_quantiles),
        cmocka_unit_test(returns_to_the_probability),
        cmocka_unit_test(round_trips_in_silence),
        cmocka_unit_test(chi_squared_tails),
        cmocka_unit_test(is_nan_outside_the_domain),
        cmocka_unit_test(levels_are_decimal_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
