/* Exact Poisson intervals of a rate against R. */
#include "close.h"

#include <string.h>

#include "stats/rate.h"

/* R 4.2.2: poisson.test(events, exposure, conf.level=level)$conf.int
 * 137 in 24.19893: the first example of R's help page of poisson.test. */
static const struct {
    double events, exposure, level, low, high;
} r_rows[] = {
    {0, 10, 0.95, 0, 0.36888794541139353},
    {1, 1, 0.95, 0.025317807984289897, 5.5716433909388989},
    {9, 100, 0.95, 0.041153730973783331, 0.1708480345141917},
    {9, 100, 0.99, 0.031324023422532307, 0.19998423156469322},
    {137, 24.19893, 0.95, 4.7531248048487482, 6.6927093341760706},
    {1381, 10545, 0.9, 0.12522029746095625, 0.13690953784764134},
    {250000, 38247690, 0.95, 0.0065107452372763228, 0.0065620153991254671},
};

static void agrees_with_r(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(r_rows); i++) {
        struct mig_estimate out;
        assert_int_equal(
            mig_rate_exact(r_rows[i].events, r_rows[i].exposure, r_rows[i].level, &out, NULL),
            MIG_OK);
        assert_close("low", out.conf_low, r_rows[i].low, 1e-12);
        assert_close("high", out.conf_high, r_rows[i].high, 1e-12);
        assert_close("estimate", out.estimate, r_rows[i].events / r_rows[i].exposure, 0);
        assert_string_equal(out.method, "poisson-exact");
    }
}

/* R 4.2.2, z <- qnorm(1 - (1 - level)/2), a <- (1 - level)/2:
 * byar: c(x*max(0, 1 - 1/(9*x) - z/(3*sqrt(x)))^3, (x + 1)*(1 - 1/(9*(x + 1)) + z/(3*sqrt(x +
 * 1)))^3), 0 at 0. midp: uniroot(function(m) .5*(ppois(x - 1, m, lower=F) + ppois(x, m, lower=F)) -
 * a, ..., tol=1e-15*x)$root and uniroot(function(m) .5*(ppois(x, m) + ppois(x - 1, m)) - a,
 * ...)$root. */
static const struct {
    double events, level;
    struct {
        double low, high;
    } byar, midp;
} more_rows[] = {
    {0, 0.95, {0, 3.6680118321737507}, {0, 2.99573227355399}},
    {1, 0.95, {0.013072132901504351, 5.563755582475260475},
        {0.050020344835335538, 4.931860524706772608}},
    {2, 0.95, {0.22462521134998287, 7.22086900085779071},
        {0.33532905550929892, 6.60795974745360049}},
    {9, 0.95, {4.1068850240131347, 17.0857806885366834}, {4.3890684345690891, 16.5164254690417849}},
    {10, 0.95, {4.7874499139675644, 18.3914586057564726},
        {5.0795218472173413, 17.8248536965696758}},
    {57, 0.95, {43.168600665113289, 73.851459279721354}, {43.576306775073157, 73.319764470441697}},
    {1381, 0.95, {1309.1154867508567, 1455.805034201883}, {1309.5962348610442, 1455.2981438585207}},
    {0, 0.9, {0, 2.9684349728654795}, {0, 2.3025850929940459}},
    {1, 0.9, {0.039513960151279268, 4.728024969301872105},
        {0.10015932447826438, 4.1130032807196395}},
    {2, 0.9, {0.34514985296121925, 6.28430990864358741},
        {0.48778217435594107, 5.68902619926069697}},
    {9, 0.9, {4.693065851582972, 15.700843078362842}, {5.000770976162153, 15.145197025469766}},
    {10, 0.9, {5.4235248009763293, 16.9581661924763516}, {5.740227019138942, 16.40484886374967}},
    {57, 0.9, {45.175569464073149, 71.0679497614327}, {45.59530044599196, 70.543142817110436}},
    {1381, 0.9, {1320.4481338000244, 1443.7109326366799}, {1320.9314915921923, 1443.2055957760726}},
    {0, 0.998, {0, 7.0664625268290253}, {0, 6.2146080984221914}},
    {1, 0.998, {0, 9.362180217908362}, {0.0020000013320034594, 8.5729024541956242444}},
    {2, 0.998, {0.02017491116187831, 11.33847606260864715},
        {0.063930124123863369, 10.586750314542088702}},
    {9, 0.998, {2.4071167127010376, 22.7200147670650949},
        {2.6269162283472198, 22.0637933611977459}},
    {10, 0.998, {2.916318374695686, 24.193724927880549}, {3.1478374616503983, 23.5437326865110705}},
    {57, 0.998, {36.459648814752271, 84.432323731145999}, {36.836633591200062, 83.86153529651304}},
    {1381, 0.998, {1269.0000624142147, 1499.740736227129},
        {1269.4741262987495, 1499.2255000789332}},
};

static void agrees_with_r_by_other_methods(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(more_rows); i++) {
        struct mig_estimate byar, midp;
        double events = more_rows[i].events, level = more_rows[i].level;
        assert_int_equal(mig_rate(MIG_RATE_BYAR, events, 1, level, &byar, NULL), MIG_OK);
        assert_int_equal(mig_rate(MIG_RATE_MIDP, events, 1, level, &midp, NULL), MIG_OK);
        assert_string_equal(byar.method, "byar");
        assert_string_equal(midp.method, "poisson-midp");
        assert_close("byar low", byar.conf_low, more_rows[i].byar.low, 1e-12);
        assert_close("byar high", byar.conf_high, more_rows[i].byar.high, 1e-12);
        assert_close("midp low", midp.conf_low, more_rows[i].midp.low, 1e-12);
        assert_close("midp high", midp.conf_high, more_rows[i].midp.high, 1e-12);
    }
}

/* Public Health England, Technical Guide: Confidence Intervals (25 May 2018), appendix 1: Byar's 95
 * % limits are within 0.2 % of the exact ones from 10 events on. */
static void byar_is_as_near_as_published(void **state)
{
    (void)state;
    for (double events = 10; events < 2000; events++) {
        struct mig_estimate byar, exact;
        assert_int_equal(mig_rate(MIG_RATE_BYAR, events, 1, 0.95, &byar, NULL), MIG_OK);
        assert_int_equal(mig_rate(MIG_RATE_EXACT, events, 1, 0.95, &exact, NULL), MIG_OK);
        assert_close("low", byar.conf_low, exact.conf_low, 0.002);
        assert_close("high", byar.conf_high, exact.conf_high, 0.002);
    }
}

/* The exact limits below 10 events, Byar's from 10 on. */
static void byar_exact_changes_at_10(void **state)
{
    (void)state;
    for (double events = 0; events < 20; events++) {
        struct mig_estimate out, wanted;
        assert_int_equal(mig_rate(MIG_RATE_BYAR_EXACT, events, 7, 0.95, &out, NULL), MIG_OK);
        assert_int_equal(
            mig_rate(events < 10 ? MIG_RATE_EXACT : MIG_RATE_BYAR, events, 7, 0.95, &wanted, NULL),
            MIG_OK);
        assert_string_equal(out.method, "byar-exact");
        assert_close("low", out.conf_low, wanted.conf_low, 0);
        assert_close("high", out.conf_high, wanted.conf_high, 0);
    }
}

/* The mid-p limits lie inside Garwood's, at any count. */
static void midp_is_shorter_than_exact(void **state)
{
    (void)state;
    static const double counts[] = {1, 5, 1000, 1e6, 1e9, 1e12, 1e15};
    for (size_t i = 0; i < COUNT_OF(counts); i++) {
        struct mig_estimate exact, midp;
        assert_int_equal(mig_rate_exact(counts[i], 1, 0.998, &exact, NULL), MIG_OK);
        assert_int_equal(mig_rate(MIG_RATE_MIDP, counts[i], 1, 0.998, &midp, NULL), MIG_OK);
        assert_true(exact.conf_low < midp.conf_low && midp.conf_low < counts[i]);
        assert_true(counts[i] < midp.conf_high && midp.conf_high < exact.conf_high);
    }
}

/* Garwood's limits at counts where other libraries fail. mpmath 1.3.0, 40 digits: the root of the
 * integral of the gamma density, lower tail 0.025 of shape x and upper tail 0.025 of shape x + 1.
 */
static const struct {
    double events, low, high;
} large_rows[] = {
    {10000, 9804.9524672601831491, 10197.951624661472973},
    {1000000, 998040.98334029390302, 1001961.9119454321939},
    {1e9, 999938021.44392792191, 1000061981.4504089482},
    {1e15, 999999938020497.7167, 1000000061979505.1776},
};

static void agrees_with_mpmath_at_large_counts(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(large_rows); i++) {
        struct mig_estimate out;
        assert_int_equal(mig_rate_exact(large_rows[i].events, 1, 0.95, &out, NULL), MIG_OK);
        assert_close("low", out.conf_low, large_rows[i].low, 1e-15);
        assert_close("high", out.conf_high, large_rows[i].high, 1e-15);
    }
}

/* R 4.2.2: sqrt(137) / 24.19893 */
static void gives_the_standard_error(void **state)
{
    (void)state;
    struct mig_estimate out;
    assert_int_equal(mig_rate_exact(137, 24.19893, 0.95, &out, NULL), MIG_OK);
    assert_close("std_error", out.std_error, 0.48368667171315533, 1e-14);
    assert_null(out.note);
    assert_int_equal(mig_rate_exact(0, 24.19893, 0.95, &out, NULL), MIG_OK);
    assert_close("std_error of none", out.std_error, NAN, 0);
    assert_close("estimate of none", out.estimate, 0, 0);
    assert_non_null(out.note);
}

static void leaves_no_exposure_undefined(void **state)
{
    (void)state;
    struct mig_estimate out;
    assert_int_equal(mig_rate_exact(3, 0, 0.95, &out, NULL), MIG_OK);
    assert_close("estimate", out.estimate, NAN, 0);
    assert_close("std_error", out.std_error, NAN, 0);
    assert_close("conf_low", out.conf_low, NAN, 0);
    assert_close("conf_high", out.conf_high, NAN, 0);
    assert_string_equal(out.note, "exposure is 0");
}

/* The interval holds the rate, widens with the level, and scales with the unit of exposure. */
static void has_the_shape_of_an_interval(void **state)
{
    (void)state;
    static const double counts[] = {0, 1, 2, 17, 300, 1e5, 1e9};
    for (size_t i = 0; i < COUNT_OF(counts); i++) {
        struct mig_estimate narrow, wide, scaled;
        assert_int_equal(mig_rate_exact(counts[i], 2.5, 0.9, &narrow, NULL), MIG_OK);
        assert_int_equal(mig_rate_exact(counts[i], 2.5, 0.99, &wide, NULL), MIG_OK);
        assert_int_equal(mig_rate_exact(counts[i], 5, 0.9, &scaled, NULL), MIG_OK);
        assert_true(narrow.conf_low <= narrow.estimate && narrow.estimate < narrow.conf_high);
        assert_true(counts[i] > 0 ? 0 < wide.conf_low && wide.conf_low < narrow.conf_low
                                  : wide.conf_low == 0);
        assert_true(wide.conf_high > narrow.conf_high);
        assert_close("scaled", scaled.conf_high, narrow.conf_high / 2, 1e-15);
    }
}

static void refuses_invalid_arguments(void **state)
{
    (void)state;
    static const struct {
        double events, exposure, level;
        const char *quoted;
    } rows[] = {
        {1, 2, 1.5, "'1.5'"},
        {1, 2, -0.1, "'-0.1'"},
        {-1, 2, 0.95, "'-1'"},
        {0.5, 2, 0.95, "'0.5'"},
        {1, -2, 0.95, "'-2'"},
        {1, INFINITY, 0.95, "'inf'"},
        {1, NAN, 0.95, "nan'"},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct mig_estimate out = mig_estimate_empty("untouched");
        struct mig_error error;
        assert_int_equal(
            mig_rate_exact(rows[i].events, rows[i].exposure, rows[i].level, &out, &error),
            MIG_ARGUMENT);
        assert_non_null(strstr(error.text, rows[i].quoted));
        assert_string_equal(out.method, "untouched");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_r),
        cmocka_unit_test(agrees_with_r_by_other_methods),
        cmocka_unit_test(byar_is_as_near_as_published),
        cmocka_unit_test(byar_exact_changes_at_10),
        cmocka_unit_test(midp_is_shorter_than_exact),
        cmocka_unit_test(agrees_with_mpmath_at_large_counts),
        cmocka_unit_test(gives_the_standard_error),
        cmocka_unit_test(leaves_no_exposure_undefined),
        cmocka_unit_test(has_the_shape_of_an_interval),
        cmocka_unit_test(refuses_invalid_arguments),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
