/* Standardised rates against R, on the test data of PHEindicatormethods. */
#include "close.h"

#include <string.h>

#include "stats/standardisation.h"

/* PHEindicatormethods (UK Health Security Agency), test data: an area of 19 age bands with many,
 * few and very few events, the European standard population of 2013, and a reference population. */
enum { BANDS = 19, AREAS = 3 };
static const struct {
    double population, standard, reference_events, reference_population, events[AREAS];
} bands[BANDS] = {
    {636, 5000, 10303, 50520, {127, 12, 0}},
    {558, 5500, 2824, 57173, {25, 4, 0}},
    {609, 5500, 0, 60213, {18, 3, 0}},
    {543, 5500, 3615, 54659, {21, 2, 0}},
    {384, 6000, 3641, 44345, {12, 3, 0}},
    {594, 6000, 3490, 50128, {27, 4, 0}},
    {669, 6500, 3789, 62163, {48, 8, 1}},
    {843, 7000, 3213, 67423, {27, 2, 0}},
    {660, 7000, 3031, 62899, {29, 2, 0}},
    {576, 7000, 2771, 55463, {32, 3, 0}},
    {606, 7000, 3089, 60479, {32, 4, 0}},
    {522, 6500, 3490, 49974, {34, 5, 0}},
    {426, 6000, 3595, 44140, {45, 6, 1}},
    {273, 5500, 4745, 40888, {65, 8, 0}},
    {300, 5000, 5514, 37239, {38, 5, 0}},
    {288, 4000, 7125, 30819, {68, 6, 1}},
    {153, 2500, 5694, 18136, {74, 5, 1}},
    {123, 1500, 6210, 15325, {82, 5, 2}},
    {207, 1000, 5757, 13918, {91, 4, 3}},
};

struct limits {
    double low, high;
};

/* R 4.2.2, with x events, n population, w standard: D <- sum(w*x/n)/sum(w); v <-
 * sum(w^2*x/n^2)/sum(w)^2; O <- sum(x). dobson: D + sqrt(v/O)*(c(qgamma(a/2, O), qgamma(1 - a/2, O
 * + 1)) - O). dobson-byar: the same with O*(1 - 1/(9*O) - z/(3*sqrt(O)))^3 and (O + 1)*(1 - 1/(9*(O
 * + 1)) + z/(3*sqrt(O + 1)))^3, as PHEindicatormethods' calculate_dsr(). fay-feuer: epitools
 * 0.5-10.1's ageadjust.direct(x, n, stdpop=w, conf.level=level). */
static const struct {
    size_t area;
    double level, estimate, std_error;
    struct limits limits[3];
} direct_rows[] = {
    {0, 0.95, 0.10430247991469425, 0.0036954863002245436,
        {{0.09717715880792567, 0.11178935130094311}, {0.097177090679856859, 0.11178940915479253},
            {0.097184259611385257, 0.11188105351221815}}},
    {0, 0.998, 0.10430247991469425, 0.0036954863002245436,
        {{0.093233640144671365, 0.11620517591429445}, {0.093232878802199062, 0.11620595999522063},
            {0.093254624650715101, 0.11631529109803221}}},
    {1, 0.95, 0.01103212025300104, 0.0012143454882502338,
        {{0.0087748115267067828, 0.0136707321031816}, {0.0087745576753670909, 0.013670882227251796},
            {0.0087810634909063576, 0.013771300293620177}}},
    {1, 0.998, 0.01103212025300104, 0.0012143454882502338,
        {{0.0076387750250726093, 0.015297751298131917},
            {0.0076364203579398771, 0.015300328948244762},
            {0.0076565314259347461, 0.015424509106018613}}},
};

static void gather(size_t area, struct mig_stratum strata[BANDS])
{
    for (size_t i = 0; i < BANDS; i++)
        strata[i] = (struct mig_stratum){
            bands[i].standard, bands[i].population, bands[i].events[area], bands[i].events[area]};
}

static void standardises_directly_like_r(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(direct_rows); i++) {
        struct mig_stratum strata[BANDS];
        gather(direct_rows[i].area, strata);
        for (int method = 0; mig_direct_methods[method] != NULL; method++) {
            struct mig_estimate out;
            assert_int_equal(mig_direct_rate((enum mig_direct_method)method, strata, BANDS, 10,
                                 direct_rows[i].level, &out, NULL),
                MIG_OK);
            const char *name = mig_direct_methods[method];
            assert_string_equal(out.method, name);
            assert_close(name, out.estimate, direct_rows[i].estimate, 1e-13);
            assert_close(name, out.std_error, direct_rows[i].std_error, 1e-13);
            assert_close(name, out.conf_low, direct_rows[i].limits[method].low, 1e-11);
            assert_close(name, out.conf_high, direct_rows[i].limits[method].high, 1e-11);
        }
    }
}

/* The rule of public health offices: nothing below 10 events. The area has 9. */
static void leaves_few_events_empty(void **state)
{
    (void)state;
    struct mig_stratum strata[BANDS];
    struct mig_estimate out;
    gather(2, strata);
    assert_int_equal(
        mig_direct_rate(MIG_DIRECT_DOBSON, strata, BANDS, 10, 0.95, &out, NULL), MIG_OK);
    assert_close("estimate", out.estimate, NAN, 0);
    assert_close("low", out.conf_low, NAN, 0);
    assert_string_equal(out.note, "too few events to standardise");
    assert_int_equal(
        mig_direct_rate(MIG_DIRECT_DOBSON, strata, BANDS, 9, 0.95, &out, NULL), MIG_OK);
    assert_close("estimate of 9", out.estimate, 0.00092912256758742346, 1e-13);
    assert_close("low of 9", out.conf_low, 0.00038419001009634072, 1e-11);
}

/* R 4.2.2: E <- sum(n*ref_events/ref_pop); sum(x)/E; c(qgamma(a/2, O), qgamma(1 - a/2, O + 1))/E;
 * Byar's limits / E. */
static const struct {
    size_t area;
    double level, ratio;
    struct limits exact, byar;
} indirect_rows[] = {
    {0, 0.95, 1.0707232939020275, {1.0017154310674072, 1.1432327269424445},
        {1.0017147712553991, 1.1432332872498951}},
    {0, 0.998, 1.0707232939020275, {0.9635229354701057, 1.1859994478598244},
        {0.96351556196144383, 1.1860070415876289}},
    {1, 0.95, 0.10886683770400504, {0.087652786697844876, 0.13366435242724906},
        {0.087650401018294063, 0.13366576328418911}},
    {1, 0.998, 0.10886683770400504, {0.076976384303347842, 0.14895498050466793},
        {0.076954255283921094, 0.14897920510466747}},
};

static void standardises_indirectly_like_r(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(indirect_rows); i++) {
        struct mig_reference strata[BANDS];
        struct mig_estimate exact, byar;
        double expected;
        for (size_t j = 0; j < BANDS; j++)
            strata[j] = (struct mig_reference){bands[j].events[indirect_rows[i].area],
                bands[j].population, bands[j].reference_events, bands[j].reference_population};
        assert_int_equal(mig_indirect_ratio(MIG_RATE_EXACT, strata, BANDS, indirect_rows[i].level,
                             &exact, &expected, NULL),
            MIG_OK);
        assert_int_equal(mig_indirect_ratio(MIG_RATE_BYAR, strata, BANDS, indirect_rows[i].level,
                             &byar, &expected, NULL),
            MIG_OK);
        assert_close("expected", expected, 835.88356123117421, 1e-13);
        assert_close("ratio", exact.estimate, indirect_rows[i].ratio, 1e-13);
        assert_close("exact low", exact.conf_low, indirect_rows[i].exact.low, 1e-12);
        assert_close("exact high", exact.conf_high, indirect_rows[i].exact.high, 1e-12);
        assert_close("byar low", byar.conf_low, indirect_rows[i].byar.low, 1e-12);
        assert_close("byar high", byar.conf_high, indirect_rows[i].byar.high, 1e-12);
    }
}

/* PHEindicatormethods, R/isr_sheet.csv: events expected in the bands 0-4, 5-9 and 15-19, as
 * published there. */
static void agrees_with_published_expectations(void **state)
{
    (void)state;
    static const struct {
        size_t band;
        double expected;
    } rows[] = {{0, 129.7052257}, {1, 27.56182114}, {3, 35.91256701}, {18, 85.62286248}};
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        const struct mig_reference one = {0, bands[rows[i].band].population,
            bands[rows[i].band].reference_events, bands[rows[i].band].reference_population};
        struct mig_estimate out;
        double expected;
        assert_int_equal(
            mig_indirect_ratio(MIG_RATE_EXACT, &one, 1, 0.95, &out, &expected, NULL), MIG_OK);
        assert_close("expected", expected, rows[i].expected, 1e-9);
    }
}

/* With one stratum, or the same rate in all, the standard does not matter; families of f persons
 * have f times the variance. */
static void has_the_shape_of_a_standardised_rate(void **state)
{
    (void)state;
    static const struct mig_stratum one = {7, 50, 20, 20}, families = {7, 50, 20, 80};
    struct mig_estimate out, crude, wide;
    assert_int_equal(mig_direct_rate(MIG_DIRECT_DOBSON, &one, 1, 10, 0.95, &out, NULL), MIG_OK);
    assert_int_equal(mig_rate_exact(20, 50, 0.95, &crude, NULL), MIG_OK);
    assert_close("estimate", out.estimate, crude.estimate, 1e-15);
    assert_close("low", out.conf_low, crude.conf_low, 1e-14);
    assert_close("high", out.conf_high, crude.conf_high, 1e-14);
    assert_int_equal(mig_direct_rate(MIG_DIRECT_FAY_FEUER, &one, 1, 10, 0.95, &out, NULL), MIG_OK);
    assert_close("low", out.conf_low, crude.conf_low, 1e-12);
    assert_close("high", out.conf_high, crude.conf_high, 1e-12);
    assert_int_equal(
        mig_direct_rate(MIG_DIRECT_DOBSON, &families, 1, 10, 0.95, &wide, NULL), MIG_OK);
    assert_close("std_error", wide.std_error, 2 * crude.std_error, 1e-14);
    assert_int_equal(
        mig_direct_rate(MIG_DIRECT_FAY_FEUER, &families, 1, 10, 0.95, &wide, NULL), MIG_OK);
    assert_string_equal(wide.note, "events are not independent: no interval by this method");
    assert_close("high", wide.conf_high, NAN, 0);
}

/* A stratum that does not count: its 4 events enter neither the interval nor the rule of few
 * events. R 4.2.2: w <- c(3, 7); n <- c(100, 200); x <- c(12, 9); and the formulas above. */
static void strata_of_weight_0_take_no_part(void **state)
{
    (void)state;
    static const struct mig_stratum strata[] = {
        {3, 100, 12, 12}, {7, 200, 9, 9}, {0, 50, 4, 4}, {0, 0, 90, 900}};
    struct mig_estimate out;
    assert_int_equal(mig_direct_rate(MIG_DIRECT_DOBSON, strata, 4, 21, 0.95, &out, NULL), MIG_OK);
    assert_close("estimate", out.estimate, 0.067500000000000004, 1e-14);
    assert_close("std_error", out.std_error, 0.014773286702694158, 1e-13);
    assert_close("low", out.conf_low, 0.041707479580597881, 1e-12);
    assert_close("high", out.conf_high, 0.10328648530284842, 1e-12);
    assert_int_equal(
        mig_direct_rate(MIG_DIRECT_DOBSON_BYAR, strata, 4, 21, 0.95, &out, NULL), MIG_OK);
    assert_close("byar low", out.conf_low, 0.041691571838325323, 1e-12);
    assert_close("byar high", out.conf_high, 0.1032913517643667, 1e-12);
    assert_int_equal(
        mig_direct_rate(MIG_DIRECT_FAY_FEUER, strata, 4, 21, 0.95, &out, NULL), MIG_OK);
    assert_true(out.conf_high > out.estimate);
    assert_int_equal(mig_direct_rate(MIG_DIRECT_DOBSON, strata, 4, 22, 0.95, &out, NULL), MIG_OK);
    assert_string_equal(out.note, "too few events to standardise");
}

static void names_what_is_undefined(void **state)
{
    (void)state;
    static const struct mig_stratum gap[] = {{1, 10, 20, 20}, {1, 0, 0, 0}}, none = {0, 10, 20, 20};
    static const struct mig_reference hole = {1, 10, 0, 0}, nothing = {1, 10, 0, 5};
    struct mig_estimate out;
    double expected;
    assert_int_equal(mig_direct_rate(MIG_DIRECT_DOBSON, gap, 2, 10, 0.95, &out, NULL), MIG_OK);
    assert_string_equal(out.note, "a stratum of the standard has no exposure");
    assert_close("estimate", out.estimate, NAN, 0);
    assert_int_equal(mig_direct_rate(MIG_DIRECT_DOBSON, &none, 1, 10, 0.95, &out, NULL), MIG_OK);
    assert_string_equal(out.note, "the standard has no weight");
    static const struct mig_stratum quiet = {1, 10, 0, 0};
    assert_int_equal(mig_direct_rate(MIG_DIRECT_DOBSON, &quiet, 1, 0, 0.95, &out, NULL), MIG_OK);
    assert_string_equal(out.note, "0 events have no variance: no interval by this method");
    assert_close("high", out.conf_high, NAN, 0);
    assert_int_equal(
        mig_indirect_ratio(MIG_RATE_EXACT, &hole, 1, 0.95, &out, &expected, NULL), MIG_OK);
    assert_string_equal(out.note, "a stratum has no exposure in the reference");
    assert_close("expected", expected, NAN, 0);
    static const struct mig_reference nobody[] = {{3, 10, 1, 5}, {2, 0, 1, 5}},
                                      empty[] = {{3, 10, 1, 5}, {0, 0, 1, 5}};
    assert_int_equal(
        mig_indirect_ratio(MIG_RATE_EXACT, nobody, 2, 0.95, &out, &expected, NULL), MIG_OK);
    assert_string_equal(out.note, "events in a stratum without exposure");
    assert_close("ratio", out.estimate, NAN, 0);
    assert_int_equal(
        mig_indirect_ratio(MIG_RATE_EXACT, empty, 2, 0.95, &out, &expected, NULL), MIG_OK);
    assert_close("ratio", out.estimate, 1.5, 1e-15);
    assert_int_equal(
        mig_indirect_ratio(MIG_RATE_EXACT, &nothing, 1, 0.95, &out, &expected, NULL), MIG_OK);
    assert_string_equal(out.note, "no events are expected");
    assert_close("ratio", out.estimate, NAN, 0);
}

static void refuses_invalid_arguments(void **state)
{
    (void)state;
    static const struct mig_stratum part = {1, 10, 2.5, 2.5}, below = {-1, 10, 2, 2};
    static const struct mig_reference bad = {1, -10, 1, 5};
    struct mig_estimate out = mig_estimate_empty("untouched");
    struct mig_error error;
    double expected = 7;
    assert_int_equal(
        mig_direct_rate(MIG_DIRECT_DOBSON, &part, 1, 10, 0.95, &out, &error), MIG_ARGUMENT);
    assert_non_null(strstr(error.text, "'2.5'"));
    assert_int_equal(
        mig_direct_rate(MIG_DIRECT_DOBSON, &below, 1, 10, 0.95, &out, &error), MIG_ARGUMENT);
    assert_int_equal(mig_direct_rate((enum mig_direct_method)9, &below, 1, 10, 0.95, &out, &error),
        MIG_ARGUMENT);
    assert_int_equal(
        mig_indirect_ratio(MIG_RATE_EXACT, &bad, 1, 0.95, &out, &expected, &error), MIG_ARGUMENT);
    assert_close("expected", expected, 7, 0);
    assert_string_equal(out.method, "untouched");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(standardises_directly_like_r),
        cmocka_unit_test(leaves_few_events_empty),
        cmocka_unit_test(standardises_indirectly_like_r),
        cmocka_unit_test(agrees_with_published_expectations),
        cmocka_unit_test(has_the_shape_of_a_standardised_rate),
        cmocka_unit_test(strata_of_weight_0_take_no_part),
        cmocka_unit_test(names_what_is_undefined),
        cmocka_unit_test(refuses_invalid_arguments),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
