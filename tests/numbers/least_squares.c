/* Least squares against the certified values of NIST and against R. */
#include "close.h"

#include <stdlib.h>
#include <string.h>

#include "stats/least_squares.h"

/* Data and certified values: NIST Statistical Reference Datasets, Linear Regression,
 * https://www.itl.nist.gov/div898/strd/lls/lls.shtml. Public domain. */

static const double norris_y[] = {0.1, 338.8, 118.1, 888.0, 9.2, 228.1, 668.5, 998.5, 449.1, 778.9,
    559.2, 0.3, 0.1, 778.1, 668.8, 339.3, 448.9, 10.8, 557.7, 228.3, 998.0, 888.8, 119.6, 0.3, 0.6,
    557.6, 339.3, 888.0, 998.5, 778.9, 10.2, 117.6, 228.9, 668.4, 449.2, 0.2};

static const double norris_x[] = {0.2, 337.4, 118.2, 884.6, 10.1, 226.5, 666.3, 996.3, 448.6, 777.0,
    558.2, 0.4, 0.6, 775.5, 666.9, 338.0, 447.5, 11.6, 556.0, 228.1, 995.8, 887.6, 120.2, 0.3, 0.3,
    556.8, 339.1, 887.2, 999.0, 779.0, 11.1, 118.3, 229.2, 669.1, 448.9, 0.5};

static const double pontius_y[] = {0.11019, 0.21956, 0.32949, 0.43899, 0.54803, 0.65694, 0.76562,
    0.87487, 0.98292, 1.09146, 1.20001, 1.30822, 1.41599, 1.52399, 1.63194, 1.73947, 1.84646,
    1.95392, 2.06128, 2.16844, 0.11052, 0.22018, 0.32939, 0.43886, 0.54798, 0.65739, 0.76596,
    0.87474, 0.98300, 1.09150, 1.20004, 1.30818, 1.41613, 1.52408, 1.63159, 1.73965, 1.84696,
    1.95445, 2.06177, 2.16829};

static const double pontius_x[] = {150000, 300000, 450000, 600000, 750000, 900000, 1050000, 1200000,
    1350000, 1500000, 1650000, 1800000, 1950000, 2100000, 2250000, 2400000, 2550000, 2700000,
    2850000, 3000000, 150000, 300000, 450000, 600000, 750000, 900000, 1050000, 1200000, 1350000,
    1500000, 1650000, 1800000, 1950000, 2100000, 2250000, 2400000, 2550000, 2700000, 2850000,
    3000000};

static const double noint1_y[] = {130, 131, 132, 133, 134, 135, 136, 137, 138, 139, 140};

static const double noint1_x[] = {60, 61, 62, 63, 64, 65, 66, 67, 68, 69, 70};

static const double noint2_y[] = {3, 4, 4};

static const double noint2_x[] = {4, 5, 6};

static const double longley_y[] = {60323, 61122, 60171, 61187, 63221, 63639, 64989, 63761, 66019,
    67857, 68169, 66513, 68655, 69564, 69331, 70551};

static const double longley_x[][6] = {{83.0, 234289, 2356, 1590, 107608, 1947},
    {88.5, 259426, 2325, 1456, 108632, 1948}, {88.2, 258054, 3682, 1616, 109773, 1949},
    {89.5, 284599, 3351, 1650, 110929, 1950}, {96.2, 328975, 2099, 3099, 112075, 1951},
    {98.1, 346999, 1932, 3594, 113270, 1952}, {99.0, 365385, 1870, 3547, 115094, 1953},
    {100.0, 363112, 3578, 3350, 116219, 1954}, {101.2, 397469, 2904, 3048, 117388, 1955},
    {104.6, 419180, 2822, 2857, 118734, 1956}, {108.4, 442769, 2936, 2798, 120445, 1957},
    {110.8, 444546, 4681, 2637, 121950, 1958}, {112.6, 482704, 3813, 2552, 123366, 1959},
    {114.2, 502601, 3931, 2514, 125368, 1960}, {115.7, 518173, 4806, 2572, 127852, 1961},
    {116.9, 554894, 4007, 2827, 130081, 1962}};

static const double wampler1_y[] = {1, 6, 63, 364, 1365, 3906, 9331, 19608, 37449, 66430, 111111,
    177156, 271453, 402234, 579195, 813616, 1118481, 1508598, 2000719, 2613660, 3368421};

static const double wampler2_y[] = {1.00000, 1.11111, 1.24992, 1.42753, 1.65984, 1.96875, 2.38336,
    2.94117, 3.68928, 4.68559, 6.00000, 7.71561, 9.92992, 12.75603, 16.32384, 20.78125, 26.29536,
    33.05367, 41.26528, 51.16209, 63.00000};

static const double wampler3_y[] = {760, -2042, 2111, -1684, 3888, 1858, 11379, 17560, 39287, 64382,
    113159, 175108, 273291, 400186, 581243, 811568, 1121004, 1506550, 2002767, 2611612, 3369180};

static const double wampler4_y[] = {75901, -204794, 204863, -204436, 253665, -200894, 214131,
    -185192, 221249, -138370, 315911, -27644, 455253, 197434, 783995, 608816, 1370781, 1303798,
    2205519, 2408860, 3444321};

static const double wampler5_y[] = {7590001, -20479994, 20480063, -20479636, 25231365, -20476094,
    20489331, -20460392, 18417449, -20413570, 20591111, -20302844, 18651453, -20077766, 21059195,
    -19666384, 26348481, -18971402, 22480719, -17866340, 10958421};

#define TERMS 7

struct certified {
    double estimate, std_error;
};

/* `digits`: how many leading digits of every coefficient must agree. QR on ill-conditioned columns
 * with large residuals cannot give all 15 that are certified. Where the polynomial is of degree 5
 * we ask for the whole digits that R gets. R 4.2.2: min(-log10(abs(coef(lm(y ~ x + I(x^2) + I(x^3)
 * + I(x^4) + I(x^5), tol = 1e-14)) / certified - 1))) is 9.8, 13.5, 9.3, 7.5 and 5.5 for Wampler1
 * to 5. Longley: 11, where normal equations give 7. Standard errors, sigma and R squared do not
 * suffer from the residuals: SPREAD_DIGITS on every set. */
#define SPREAD_DIGITS 11

struct set {
    const char *name;
    const double *y, *x;
    size_t n, k;
    double power; /* the columns are x^power, x^(power+1), .. */
    struct certified b[TERMS];
    double sigma, r_squared;
    double digits;
};

static double wampler_x[21];

static const struct set polynomials[] = {
    {"Norris", norris_y, norris_x, COUNT_OF(norris_y), 2, 0,
        {{-0.262323073774029, 0.232818234301152}, {1.00211681802045, 0.429796848199937e-03}},
        0.884796396144373, 0.999993745883712, 11},
    {"Pontius", pontius_y, pontius_x, COUNT_OF(pontius_y), 3, 0,
        {{0.673565789473684e-03, 0.107938612033077e-03},
            {0.732059160401003e-06, 0.157817399981659e-09},
            {-0.316081871345029e-14, 0.486652849992036e-16}},
        0.205177424076185e-03, 0.999999900178537, 11},
    {"NoInt1", noint1_y, noint1_x, COUNT_OF(noint1_y), 1, 1,
        {{2.07438016528926, 0.165289256198347e-01}}, 3.56753034006338, 0.999365492298663, 14},
    {"NoInt2", noint2_y, noint2_x, COUNT_OF(noint2_y), 1, 1,
        {{0.727272727272727, 0.420827318078432e-01}}, 0.369274472937998, 0.993348115299335, 14},
    {"Wampler1", wampler1_y, wampler_x, 21, 6, 0, {{1, 0}, {1, 0}, {1, 0}, {1, 0}, {1, 0}, {1, 0}},
        0, 1, 9},
    {"Wampler2", wampler2_y, wampler_x, 21, 6, 0,
        {{1, 0}, {0.1, 0}, {0.01, 0}, {0.001, 0}, {0.0001, 0}, {0.00001, 0}}, 0, 1, 13},
    {"Wampler3", wampler3_y, wampler_x, 21, 6, 0,
        {{1, 2152.32624678170}, {1, 2363.55173469681}, {1, 779.343524331583}, {1, 101.475507550350},
            {1, 5.64566512170752}, {1, 0.112324854679312}},
        2360.14502379268, 0.999995559025820, 9},
    {"Wampler4", wampler4_y, wampler_x, 21, 6, 0,
        {{1, 215232.624678170}, {1, 236355.173469681}, {1, 77934.3524331583}, {1, 10147.5507550350},
            {1, 564.566512170752}, {1, 11.2324854679312}},
        236014.502379268, 0.957478440825662, 7},
    {"Wampler5", wampler5_y, wampler_x, 21, 6, 0,
        {{1, 21523262.4678170}, {1, 23635517.3469681}, {1, 7793435.24331583}, {1, 1014755.07550350},
            {1, 56456.6512170752}, {1, 1123.24854679312}},
        23601450.2379268, 0.224668921574940e-02, 5}};

static int fill_wampler_x(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(wampler_x); i++)
        wampler_x[i] = (double)i;
    return 0;
}

static void check_set(const struct set *set, const double *design)
{
    struct mig_estimate b[TERMS];
    struct mig_fit fit;
    double tolerance = pow(10, -set->digits);
    double spread = pow(10, -SPREAD_DIGITS);
    assert_int_equal(
        mig_least_squares(set->y, set->n, design, set->k, 0.95, b, &fit, NULL), MIG_OK);
    for (size_t j = 0; j < set->k; j++) {
        assert_close(set->name, b[j].estimate, set->b[j].estimate, tolerance);
        assert_close(set->name, b[j].std_error, set->b[j].std_error, spread);
        assert_string_equal(b[j].method, "least-squares");
    }
    assert_close(set->name, fit.sigma, set->sigma, spread);
    assert_close(set->name, fit.r_squared, set->r_squared, spread);
    assert_close(set->name, fit.df, (double)(set->n - set->k), 0);
}

static void agrees_with_nist_polynomials(void **state)
{
    (void)state;
    for (size_t s = 0; s < COUNT_OF(polynomials); s++) {
        const struct set *set = &polynomials[s];
        double design[40 * 6];
        assert_true(set->n * set->k <= COUNT_OF(design));
        for (size_t i = 0; i < set->n; i++)
            for (size_t j = 0; j < set->k; j++)
                design[i * set->k + j] = pow(set->x[i], set->power + (double)j);
        check_set(set, design);
    }
}

static const struct set longley = {"Longley", longley_y, NULL, COUNT_OF(longley_y), 7, 0,
    {{-3482258.63459582, 890420.383607373}, {15.0618722713733, 84.9149257747669},
        {-0.358191792925910e-01, 0.334910077722432e-01}, {-2.02022980381683, 0.488399681651699},
        {-1.03322686717359, 0.214274163161675}, {-0.511041056535807e-01, 0.226073200069370},
        {1829.15146461355, 455.478499142212}},
    304.854073561965, 0.995479004577296, 11};

static void agrees_with_nist_longley(void **state)
{
    (void)state;
    double design[COUNT_OF(longley_y)][TERMS];
    for (size_t i = 0; i < COUNT_OF(longley_y); i++) {
        design[i][0] = 1;
        memcpy(&design[i][1], longley_x[i], sizeof longley_x[i]);
    }
    check_set(&longley, &design[0][0]);
}

static void fits_the_line_of_norris(void **state)
{
    (void)state;
    struct mig_estimate slope, intercept;
    assert_int_equal(
        mig_line_fit(norris_x, norris_y, COUNT_OF(norris_y), 0.95, &slope, &intercept, NULL),
        MIG_OK);
    assert_close("slope", slope.estimate, 1.00211681802045, 1e-13);
    assert_close("slope", slope.std_error, 0.429796848199937e-03, 1e-12);
    assert_close("intercept", intercept.estimate, -0.262323073774029, 1e-12);
    assert_close("intercept", intercept.std_error, 0.232818234301152, 1e-12);
}

/* R 4.2.2: s <- lm(dist ~ speed, cars); summary(s)$coef; confint(s, level = 0.9); R's data set
 * `cars`. */
static const double speed[] = {4, 4, 7, 7, 8, 9, 10, 10, 10, 11, 11, 12, 12, 12, 12, 13, 13, 13, 13,
    14, 14, 14, 14, 15, 15, 15, 16, 16, 17, 17, 17, 18, 18, 18, 18, 19, 19, 19, 20, 20, 20, 20, 20,
    22, 23, 24, 24, 24, 24, 25};
static const double distance[] = {2, 10, 4, 22, 16, 10, 18, 26, 34, 17, 28, 14, 20, 24, 28, 26, 34,
    34, 46, 26, 36, 60, 80, 20, 26, 54, 32, 40, 32, 40, 50, 42, 56, 76, 84, 36, 46, 68, 32, 48, 52,
    56, 64, 66, 54, 70, 92, 93, 120, 85};

static void agrees_with_r(void **state)
{
    (void)state;
    struct mig_estimate slope, intercept;
    assert_int_equal(
        mig_line_fit(speed, distance, COUNT_OF(speed), 0.9, &slope, &intercept, NULL), MIG_OK);
    assert_close("intercept", intercept.estimate, -17.579094890510895, 1e-12);
    assert_close("std_error", intercept.std_error, 6.7584401693792335, 1e-12);
    assert_close("t", intercept.statistic, -2.6010580030222483, 1e-12);
    assert_close("p", intercept.p_value, 0.012318816153809031, 1e-11);
    assert_close("low", intercept.conf_low, -28.914514270652425, 1e-12);
    assert_close("high", intercept.conf_high, -6.2436755103693695, 1e-12);
    assert_close("slope", slope.estimate, 3.9324087591240855, 1e-12);
    assert_close("std_error", slope.std_error, 0.41551277665712222, 1e-12);
    assert_close("t", slope.statistic, 9.4639899902983675, 1e-12);
    assert_close("p", slope.p_value, 1.4898364962950928e-12, 1e-11);
    assert_close("low", slope.conf_low, 3.2355006763159517, 1e-12);
    assert_close("high", slope.conf_high, 4.6293168419322193, 1e-12);
    assert_close("df", slope.df, 48, 0);
    assert_null(slope.note);
}

static void undefined(const struct mig_estimate *b, const char *note)
{
    assert_close("std_error", b->std_error, NAN, 0);
    assert_close("statistic", b->statistic, NAN, 0);
    assert_close("p_value", b->p_value, NAN, 0);
    assert_close("conf_low", b->conf_low, NAN, 0);
    assert_close("conf_high", b->conf_high, NAN, 0);
    assert_string_equal(b->note, note);
}

static void notes_what_a_short_line_lacks(void **state)
{
    (void)state;
    static const double x[] = {2020, 2022};
    static const double y[] = {10, 16};
    static const double same[] = {2020, 2020};
    struct mig_estimate slope, intercept;
    assert_int_equal(mig_line_fit(x, y, 2, 0.95, &slope, &intercept, NULL), MIG_OK);
    assert_close("slope", slope.estimate, 3, 1e-14);
    assert_close("intercept", intercept.estimate, -6050, 1e-13);
    undefined(&slope, "no degrees of freedom are left");
    undefined(&intercept, "no degrees of freedom are left");
    assert_int_equal(mig_line_fit(same, y, 2, 0.95, &slope, &intercept, NULL), MIG_OK);
    assert_close("slope", slope.estimate, NAN, 0);
    undefined(&slope, "explaining values are all equal");
    assert_int_equal(mig_line_fit(x, y, 1, 0.95, &slope, &intercept, NULL), MIG_OK);
    undefined(&slope, "fewer than 2 observations");
    assert_int_equal(mig_line_fit(x, y, 0, 0.95, &slope, &intercept, NULL), MIG_OK);
    undefined(&intercept, "fewer than 2 observations");
}

static void tests_nothing_on_an_exact_line(void **state)
{
    (void)state;
    static const double x[] = {2018, 2019, 2020, 2021.5, 2023};
    static const double flat[] = {1.1, 1.1, 1.1, 1.1, 1.1};
    struct mig_estimate slope, intercept;
    assert_int_equal(mig_line_fit(x, flat, 5, 0.95, &slope, &intercept, NULL), MIG_OK);
    assert_true(fabs(slope.estimate) < 1e-15);
    assert_close("intercept", intercept.estimate, 1.1, 1e-12);
    assert_close("std_error", slope.std_error, 0, 0);
    assert_close("p_value", slope.p_value, NAN, 0);
    assert_string_equal(slope.note, "the fit is exact and leaves nothing to test");
}

/* R 4.2.2: x <- 1:4; s <- summary(lm(c(1, 3, 2, 5) ~ x)); s$coef; s$sigma; s$r.squared;
 * confint(lm(c(1, 3, 2, 5) ~ x)). An offset of y moves the intercept alone, which is 0 here; a
 * factor of y is one of the coefficients and their errors. */
#define SLOPE 1.1
#define SLOPE_ERROR 0.51961524227066302
#define SLOPE_T 2.1169509870286283
#define SLOPE_P 0.16847815937969998
#define SLOPE_LOW -1.1357239405752970
#define INTERCEPT_ERROR 1.4230249470757705
#define SIGMA 1.1618950038622249
#define R_SQUARED 0.69142857142857161

static void keeps_its_digits_beside_a_large_offset(void **state)
{
    (void)state;
    static const double x[] = {1, 2, 3, 4};
    static const double years[] = {2018, 2019, 2020, 2021};
    static const double y[] = {
        1000000000000001, 1000000000000003, 1000000000000002, 1000000000000005};
    static const double far[] = {
        1000000000000001, 1000000000000002, 1000000000000003, 1000000000000004};
    static const double *const times[] = {x, years, far};
    struct mig_estimate slope, intercept;
    for (size_t i = 0; i < COUNT_OF(times); i++) {
        assert_int_equal(mig_line_fit(times[i], y, 4, 0.95, &slope, &intercept, NULL), MIG_OK);
        assert_close("slope", slope.estimate, SLOPE, 1e-14);
        assert_close("std_error", slope.std_error, SLOPE_ERROR, 1e-14);
        assert_close("t", slope.statistic, SLOPE_T, 1e-13);
        assert_close("p", slope.p_value, SLOPE_P, 1e-13);
        assert_close("low", slope.conf_low, SLOPE_LOW, 1e-13);
        assert_null(slope.note);
    }
    assert_int_equal(mig_line_fit(x, y, 4, 0.95, &slope, &intercept, NULL), MIG_OK);
    assert_close("intercept", intercept.estimate, 1e15, 0);
    assert_close("std_error", intercept.std_error, INTERCEPT_ERROR, 1e-14);
}

static void fits_huge_and_tiny_values(void **state)
{
    (void)state;
    static const double x[] = {1, 2, 3, 4};
    static const double design[] = {1, 1, 1, 2, 1, 3, 1, 4};
    static const double units[] = {1e-300, 1e-160, 1e154, 1e300, 3e307};
    for (size_t i = 0; i < COUNT_OF(units); i++) {
        double unit = units[i];
        const double y[] = {unit, 3 * unit, 2 * unit, 5 * unit};
        struct mig_estimate b[4];
        struct mig_fit fit;
        assert_int_equal(mig_line_fit(x, y, 4, 0.95, &b[1], &b[0], NULL), MIG_OK);
        assert_int_equal(mig_least_squares(y, 4, design, 2, 0.95, b + 2, &fit, NULL), MIG_OK);
        for (int j = 0; j < 4; j += 2) {
            assert_close("slope", b[j + 1].estimate / unit, SLOPE, 1e-14);
            assert_close("std_error", b[j + 1].std_error / unit, SLOPE_ERROR, 1e-14);
            assert_close("p", b[j + 1].p_value, SLOPE_P, 1e-13);
            assert_true(fabs(b[j].estimate / unit) < 1e-14);
            assert_close("std_error", b[j].std_error / unit, INTERCEPT_ERROR, 1e-14);
        }
        assert_close("sigma", fit.sigma / unit, SIGMA, 1e-14);
        assert_close("r_squared", fit.r_squared, R_SQUARED, 1e-14);
    }
}

/* The same line over times that are as far apart, or as near, as numbers are. */
static void fits_huge_and_tiny_times(void **state)
{
    (void)state;
    static const double y[] = {1, 3, 2, 5};
    static const double units[] = {1e-300, 1e-160, 1e154, 1e300};
    for (size_t i = 0; i < COUNT_OF(units); i++) {
        double unit = units[i];
        const double x[] = {unit, 2 * unit, 3 * unit, 4 * unit};
        struct mig_estimate slope, intercept;
        assert_int_equal(mig_line_fit(x, y, 4, 0.95, &slope, &intercept, NULL), MIG_OK);
        assert_close("slope", slope.estimate * unit, SLOPE, 1e-14);
        assert_close("std_error", slope.std_error * unit, SLOPE_ERROR, 1e-14);
        assert_close("std_error", intercept.std_error, INTERCEPT_ERROR, 1e-14);
    }
}

static void notes_collinear_columns(void **state)
{
    (void)state;
    /* The third column is the sum of the others, with decimals that no double holds. */
    static const double x[] = {1, 0.1, 1.1, 1, 0.2, 1.2, 1, 0.7, 1.7, 1, 0.4, 1.4, 1, 0.9, 1.9};
    static const double y[] = {1, 2, 4, 3, 5};
    struct mig_estimate b[3];
    struct mig_fit fit;
    assert_int_equal(mig_least_squares(y, 5, x, 3, 0.95, b, &fit, NULL), MIG_OK);
    for (int j = 0; j < 3; j++) {
        assert_close("estimate", b[j].estimate, NAN, 0);
        undefined(&b[j], "explaining columns are collinear");
    }
    assert_close("sigma", fit.sigma, NAN, 0);
    assert_close("r_squared", fit.r_squared, NAN, 0);
    assert_int_equal(mig_least_squares(y, 2, x, 3, 0.95, b, &fit, NULL), MIG_OK);
    undefined(&b[2], "fewer observations than coefficients");
}

/* R 4.2.2: g <- factor(c("a", "a", "b", "b", "b")); y <- c(1, 2, 4, 3, 5); summary(lm(y ~
 * g))$r.squared. The two columns of g span the constant, so this is also the fit without intercept
 * (where R itself reports 0.955). */
static void centres_r_squared_when_columns_span_a_constant(void **state)
{
    (void)state;
    static const double x[] = {1, 0, 1, 0, 0, 1, 0, 1, 0, 1};
    static const double y[] = {1, 2, 4, 3, 5};
    struct mig_estimate b[2];
    struct mig_fit fit;
    assert_int_equal(mig_least_squares(y, 5, x, 2, 0.95, b, &fit, NULL), MIG_OK);
    assert_close("mean of a", b[0].estimate, 1.5, 1e-15);
    assert_close("mean of b", b[1].estimate, 4, 1e-15);
    assert_close("r_squared", fit.r_squared, 0.75, 1e-14);
}

static void refuses_invalid_arguments(void **state)
{
    (void)state;
    static const double x[] = {1, 2, 4, 7};
    static const double y[] = {3, 4, 4, 9};
    static const double holed[] = {3, NAN, 4, 9};
    struct mig_estimate b, a;
    struct mig_error error;
    assert_int_equal(mig_line_fit(x, y, 4, 1, &b, &a, &error), MIG_ARGUMENT);
    assert_non_null(strstr(error.text, "'1'"));
    assert_int_equal(mig_line_fit(x, holed, 4, 0.95, &b, &a, NULL), MIG_ARGUMENT);
    assert_int_equal(mig_line_fit(holed, y, 4, 0.95, &b, &a, NULL), MIG_ARGUMENT);
    assert_int_equal(mig_least_squares(y, 4, x, 0, 0.95, &b, NULL, NULL), MIG_ARGUMENT);
    assert_int_equal(mig_least_squares(y, 0, x, 1, 0.95, &b, NULL, NULL), MIG_ARGUMENT);
    assert_int_equal(mig_least_squares(y, 4, holed, 1, 0.95, &b, NULL, NULL), MIG_ARGUMENT);
    assert_int_equal(mig_least_squares(y, 4, x, 1, 0, &b, NULL, NULL), MIG_ARGUMENT);
}

/* Adding c to y moves the intercept alone; scaling x scales the slope; a higher level widens. */
static void moves_with_its_data(void **state)
{
    (void)state;
    double shifted[COUNT_OF(distance)], scaled[COUNT_OF(speed)];
    struct mig_estimate b, a, b2, a2;
    for (size_t i = 0; i < COUNT_OF(speed); i++) {
        shifted[i] = distance[i] + 1000;
        scaled[i] = speed[i] * 1e6;
    }
    assert_int_equal(mig_line_fit(speed, distance, COUNT_OF(speed), 0.9, &b, &a, NULL), MIG_OK);
    assert_int_equal(mig_line_fit(scaled, shifted, COUNT_OF(speed), 0.99, &b2, &a2, NULL), MIG_OK);
    assert_close("slope", b2.estimate, b.estimate / 1e6, 1e-12);
    assert_close("intercept", a2.estimate, a.estimate + 1000, 1e-12);
    assert_true(b2.conf_low * 1e6 < b.conf_low && b.conf_high < b2.conf_high * 1e6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(agrees_with_nist_polynomials, fill_wampler_x),
        cmocka_unit_test(agrees_with_nist_longley),
        cmocka_unit_test(fits_the_line_of_norris),
        cmocka_unit_test(agrees_with_r),
        cmocka_unit_test(notes_what_a_short_line_lacks),
        cmocka_unit_test(tests_nothing_on_an_exact_line),
        cmocka_unit_test(keeps_its_digits_beside_a_large_offset),
        cmocka_unit_test(fits_huge_and_tiny_values),
        cmocka_unit_test(fits_huge_and_tiny_times),
        cmocka_unit_test(notes_collinear_columns),
        cmocka_unit_test(centres_r_squared_when_columns_span_a_constant),
        cmocka_unit_test(refuses_invalid_arguments),
        cmocka_unit_test(moves_with_its_data),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
