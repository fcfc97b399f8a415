/* Intervals of one proportion against R and published tables. */
#include "close.h"

#include <string.h>

#include "stats/proportion.h"

struct limits {
    double low, high;
};

struct row {
    double x, n, level;
    struct limits wilson, exact;
};

/* R 4.2.2: prop.test(x, n, conf.level=level, correct=FALSE)$conf.int; binom.test(x, n,
 * conf.level=level)$conf.int. The counts: admissions at Berkeley (R: UCBAdmissions), and the four
 * of Newcombe 1998, Table I. */
static const struct row r_rows[] = {
    {89, 108, 0.95, {0.7415045937948217, 0.8843813767398172},
        {0.73898242142027348, 0.89062914657970016}},
    {512, 825, 0.95, {0.58700802058306922, 0.65308614686258981},
        {0.58650536580294654, 0.65384169591577157}},
    {22, 373, 0.95, {0.039269597424041056, 0.087684212197680231},
        {0.037328652014715677, 0.087939260363257166}},
    {202, 593, 0.95, {0.30363127475206064, 0.37970171559775978},
        {0.30252883021870075, 0.38034953745467992}},
    {89, 108, 0.9, {0.75610559986106052, 0.87620239318018978},
        {0.75263524589201436, 0.88162388058923669}},
    {512, 825, 0.9, {0.59246672745055184, 0.64795693718935587},
        {0.59192337211038715, 0.64864766426648546}},
    {22, 373, 0.9, {0.041914278983303112, 0.082399945993795201},
        {0.040263534451004265, 0.083153216560197585}},
    {202, 593, 0.9, {0.30941741622689278, 0.37331174069161394},
        {0.30842789122606157, 0.3740380492671892}},
    {89, 108, 0.998, {0.68607434092456321, 0.90941929143673816},
        {0.68772478830935857, 0.91936011213362412}},
    {512, 825, 0.998, {0.56730156885878713, 0.67115042408568559},
        {0.5669692210186521, 0.67225991838913912}},
    {22, 373, 0.998, {0.031174085376602281, 0.10880657257203499},
        {0.027988251983239756, 0.10638684631028295}},
    {202, 593, 0.998, {0.28345012172576795, 0.402882720969854},
        {0.28174329853279534, 0.40318973557203275}},
    {81, 263, 0.95, {0.25528851987827428, 0.36620957698280016},
        {0.25273674558527121, 0.3676219226013514}},
    {15, 148, 0.95, {0.062386399530736283, 0.160487241723308},
        {0.057844010083448555, 0.16165049034947898}},
    {0, 20, 0.95, {0, 0.1611251580528193}, {0, 0.16843347098308536}},
    {1, 29, 0.95, {0.006113214292762661, 0.17175521879320282},
        {0.0008726468835799228, 0.17764429548872285}},
    {29, 29, 0.95, {0.88303020150025935, 1}, {0.88055513093049731, 1}},
    {123456, 1000000, 0.95, {0.12281269653142285, 0.12410219641400438},
        {0.12281184162962973, 0.12410234027680267}},
};

static void agrees_with_r(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(r_rows); i++) {
        const struct row *row = &r_rows[i];
        struct mig_estimate wilson, exact;
        assert_int_equal(mig_proportion_wilson(row->x, row->n, row->level, &wilson, NULL), MIG_OK);
        assert_int_equal(mig_proportion_exact(row->x, row->n, row->level, &exact, NULL), MIG_OK);
        assert_close("wilson low", wilson.conf_low, row->wilson.low, 1e-12);
        assert_close("wilson high", wilson.conf_high, row->wilson.high, 1e-12);
        assert_close("exact low", exact.conf_low, row->exact.low, 1e-12);
        assert_close("exact high", exact.conf_high, row->exact.high, 1e-12);
        assert_close("estimate", exact.estimate, row->x / row->n, 0);
        assert_string_equal(wilson.method, "wilson");
        assert_string_equal(exact.method, "clopper-pearson");
    }
}

/* R 4.2.2, with z <- qnorm(1 - (1 - level)/2), p <- x/n, q <- 1 - p, a <- 1 - level:
 * wilson-cc: (2*n*p + z^2 - 1 - z*sqrt(z^2 - 2 - 1/n + 4*p*(n*q + 1)))/(2*(n + z^2)),
 *   (2*n*p + z^2 + 1 + z*sqrt(z^2 + 2 - 1/n + 4*p*(n*q - 1)))/(2*(n + z^2)), 0 and 1 at the ends;
 * the same as prop.test(x, n, conf.level=level)$conf.int. jeffreys: qbeta(c(a/2, 1 - a/2), x + .5,
 * n - x + .5), 0 and 1 at the ends. agresti-coull: N <- n + z^2; P <- (x + z^2/2)/N; P + c(-1,
 * 1)*z*sqrt(P*(1 - P)/N), cut at 0 and 1. The counts as above. */
static const struct {
    double x, n, level;
    struct limits limits[3];
} more_rows[] = {
    {89, 108, 0.95,
        {{0.73634568761666541, 0.88814695268042032}, {0.74420456947871483, 0.88685278158442915},
            {0.74067204202426384, 0.88521392851037506}}},
    {512, 825, 0.95,
        {{0.58639458990404536, 0.65367916509719248}, {0.58711952446345261, 0.65324803195139092},
            {0.58700331426226626, 0.65309085318339266}}},
    {17, 25, 0.95,
        {{0.46449828253880615, 0.84271319499347752}, {0.48538767522772269, 0.83556522850678228},
            {0.48265976754901008, 0.82939102211293259}}},
    {22, 373, 0.95,
        {{0.038190835542838066, 0.089255828479016003}, {0.038405857059381647, 0.086359249715114328},
            {0.03885986263349487, 0.088093946988226424}}},
    {81, 263, 0.95,
        {{0.25350868229518519, 0.36817620104300353}, {0.25452193499102344, 0.36564749917408246},
            {0.25522066518999675, 0.36627743167107751}}},
    {15, 148, 0.95,
        {{0.059778208428498118, 0.164449779364836929}, {0.060448517009296439, 0.157643143478741199},
            {0.061385974928797285, 0.161487666325247026}}},
    {0, 20, 0.95, {{0, 0.20045334501348699}, {0, 0.1166389829048754}, {0, 0.18980956054248876}}},
    {1, 29, 0.95,
        {{0.0018026402132796649, 0.1962817510097595031},
            {0.0037461736490570774, 0.1500776860022317027}, {0, 0.18628650856170603}}},
    {29, 29, 0.95, {{0.85438352442042664, 1}, {0.91771351707617621, 1}, {0.86126004719114702, 1}}},
    {89, 108, 0.9,
        {{0.75100055214476658, 0.88011589491674613}, {0.75777740865349819, 0.87770220574144719},
            {0.75559819941353412, 0.87670979362771639}}},
    {512, 825, 0.9,
        {{0.59185408745301504, 0.64855241052293544}, {0.59253644779006831, 0.64805179963252812},
            {0.59246393596467328, 0.64795972867523455}}},
    {17, 25, 0.9,
        {{0.49552123636748879, 0.82499848114852026}, {0.51692595445243217, 0.8138070479240711},
            {0.51464829532046996, 0.81019644251735168}}},
    {22, 373, 0.9,
        {{0.040793650804135502, 0.083938188115289608}, {0.04138346645425682, 0.081610194843363626},
            {0.04166843551446428, 0.082645789462634067}}},
    {81, 263, 0.9,
        {{0.26151120218134272, 0.3585265844571276}, {0.26286147970777451, 0.35621361358829251},
            {0.26327305851193661, 0.35660690828503305}}},
    {15, 148, 0.9,
        {{0.064710359607506346, 0.153462439911247306}, {0.066250367208857616, 0.147853020909540112},
            {0.066835322295773825, 0.150180871697497886}}},
    {0, 20, 0.9, {{0, 0.15975385429160788}, {0, 0.090476426537872245}, {0, 0.14128771121031997}}},
    {1, 29, 0.9,
        {{0.0023746801736916992, 0.1651354681343479291},
            {0.0061007932373478594, 0.1270964930098071877}, {0, 0.15077347165914759}}},
    {29, 29, 0.9, {{0.88550100287935829, 1}, {0.93644873952322527, 1}, {0.89829469591170674, 1}}},
    {89, 108, 0.998,
        {{0.68082959017132172, 0.9126582592129322}, {0.69317289903625823, 0.91612469526886597},
            {0.68325857261440659, 0.91223505974689478}}},
    {512, 825, 0.998,
        {{0.56668656193336164, 0.6717335834788194}, {0.56758644085061083, 0.67167490505824357},
            {0.56728344198737435, 0.67116855095709826}}},
    {17, 25, 0.998,
        {{0.36283266760468363, 0.89190423943662966}, {0.37521692006727014, 0.9005367900113892},
            {0.37645392849691134, 0.88404161264621739}}},
    {22, 373, 0.998,
        {{0.030240119334095903, 0.11048197957758002}, {0.028912231363162837, 0.104680701384952002},
            {0.029680585104581492, 0.110300072844055769}}},
    {81, 263, 0.998,
        {{0.22634442931966411, 0.40336552499706235}, {0.22564253851958618, 0.39998220535411777},
            {0.22778415087943144, 0.4016410112719429}}},
    {15, 148, 0.998,
        {{0.045202019918065134, 0.20779042849696186}, {0.042429406841815356, 0.195357850800290667},
            {0.043949204297890024, 0.207080007110672482}}},
    {0, 20, 0.998, {{0, 0.35582304878485671}, {0, 0.23452104984225852}, {0, 0.37082585887668557}}},
    {1, 29, 0.998,
        {{0.00081961770072931271, 0.31923861927233970759},
            {0.00042250418660044395, 0.24645523243864597696}, {0, 0.32742434305082335}}},
    {29, 29, 0.998, {{0.72715780795762297, 1}, {0.83105818693101541, 1}, {0.71218062498036694, 1}}},
};

static void agrees_with_r_by_other_methods(void **state)
{
    (void)state;
    static const enum mig_proportion_method methods[] = {
        MIG_PROPORTION_WILSON_CC, MIG_PROPORTION_JEFFREYS, MIG_PROPORTION_AGRESTI_COULL};
    for (size_t i = 0; i < COUNT_OF(more_rows); i++) {
        for (size_t j = 0; j < COUNT_OF(methods); j++) {
            struct mig_estimate out;
            assert_int_equal(mig_proportion(methods[j], more_rows[i].x, more_rows[i].n,
                                 more_rows[i].level, &out, NULL),
                MIG_OK);
            const char *name = mig_proportion_methods[methods[j]];
            assert_string_equal(out.method, name);
            assert_close(name, out.conf_low, more_rows[i].limits[j].low, 1e-10);
            assert_close(name, out.conf_high, more_rows[i].limits[j].high, 1e-10);
        }
    }
}

/* Every method: limits within [0, 1] that hold the share, widen with the level, and are turned over
 * with the events. */
static void all_methods_have_the_shape_of_an_interval(void **state)
{
    (void)state;
    static const double sizes[] = {1, 2, 7, 30, 1000, 1e6, 1e9};
    for (int method = 0; mig_proportion_methods[method] != NULL; method++) {
        for (size_t i = 0; i < COUNT_OF(sizes) * 5; i++) {
            double n = sizes[i / 5], x = floor(n * (double)(i % 5) / 4);
            struct mig_estimate out, wide, rest;
            assert_int_equal(
                mig_proportion((enum mig_proportion_method)method, x, n, 0.9, &out, NULL), MIG_OK);
            assert_int_equal(
                mig_proportion((enum mig_proportion_method)method, x, n, 0.999, &wide, NULL),
                MIG_OK);
            assert_int_equal(
                mig_proportion((enum mig_proportion_method)method, n - x, n, 0.9, &rest, NULL),
                MIG_OK);
            assert_true(0 <= wide.conf_low && wide.conf_low <= out.conf_low);
            assert_true(out.conf_low <= out.estimate && out.estimate <= out.conf_high);
            assert_true(out.conf_high <= wide.conf_high && wide.conf_high <= 1);
            assert_true(fabs(1 - rest.conf_high - out.conf_low) <= 1e-12);
            assert_true(fabs(1 - rest.conf_low - out.conf_high) <= 1e-12);
        }
    }
}

/* Newcombe 1998, Stat Med 17:857-872, Table I, 95 %, to the four decimals printed there: methods 3
 * and 5. */
static const struct row newcombe_rows[] = {
    {81, 263, 0.95, {0.2553, 0.3662}, {0.2527, 0.3676}},
    {15, 148, 0.95, {0.0624, 0.1605}, {0.0578, 0.1617}},
    {0, 20, 0.95, {0, 0.1611}, {0, 0.1684}},
    {1, 29, 0.95, {0.0061, 0.1718}, {0.0009, 0.1776}},
};

static void assert_four_decimals(double actual, double printed)
{
    assert_true(fabs(actual - printed) <= 0.00005);
}

static void agrees_with_newcombe(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(newcombe_rows); i++) {
        const struct row *row = &newcombe_rows[i];
        struct mig_estimate wilson, exact;
        assert_int_equal(mig_proportion_wilson(row->x, row->n, row->level, &wilson, NULL), MIG_OK);
        assert_int_equal(mig_proportion_exact(row->x, row->n, row->level, &exact, NULL), MIG_OK);
        assert_four_decimals(wilson.conf_low, row->wilson.low);
        assert_four_decimals(wilson.conf_high, row->wilson.high);
        assert_four_decimals(exact.conf_low, row->exact.low);
        assert_four_decimals(exact.conf_high, row->exact.high);
    }
}

/* R 4.2.2: sqrt(81/263 * 182/263 / 263) */
static void gives_the_standard_error(void **state)
{
    (void)state;
    struct mig_estimate out;
    assert_int_equal(mig_proportion_wilson(81, 263, 0.95, &out, NULL), MIG_OK);
    assert_close("std_error", out.std_error, 0.028467188734853668, 1e-14);
    assert_null(out.note);
    assert_int_equal(mig_proportion_wilson(0, 263, 0.95, &out, NULL), MIG_OK);
    assert_close("std_error at 0", out.std_error, NAN, 0);
    assert_non_null(out.note);
    assert_int_equal(mig_proportion_exact(263, 263, 0.95, &out, NULL), MIG_OK);
    assert_close("std_error at 1", out.std_error, NAN, 0);
    assert_non_null(out.note);
}

static void leaves_nothing_of_nothing_undefined(void **state)
{
    (void)state;
    struct mig_estimate out;
    assert_int_equal(mig_proportion_exact(0, 0, 0.95, &out, NULL), MIG_OK);
    assert_close("estimate", out.estimate, NAN, 0);
    assert_close("std_error", out.std_error, NAN, 0);
    assert_close("conf_low", out.conf_low, NAN, 0);
    assert_close("conf_high", out.conf_high, NAN, 0);
    assert_string_equal(out.note, "denominator is 0");
    assert_string_equal(out.method, "clopper-pearson");
}

static void check_shape(enum mig_proportion_method method, double x, double n)
{
    struct mig_estimate narrow, wide, mirror;
    assert_int_equal(mig_proportion(method, x, n, 0.9, &narrow, NULL), MIG_OK);
    assert_int_equal(mig_proportion(method, x, n, 0.99, &wide, NULL), MIG_OK);
    assert_int_equal(mig_proportion(method, n - x, n, 0.9, &mirror, NULL), MIG_OK);
    assert_true(0 <= wide.conf_low && wide.conf_high <= 1);
    assert_true(narrow.conf_low <= narrow.estimate && narrow.estimate <= narrow.conf_high);
    assert_true(
        x > 0 ? wide.conf_low < narrow.conf_low : wide.conf_low == 0 && narrow.conf_low == 0);
    assert_true(
        x < n ? wide.conf_high > narrow.conf_high : wide.conf_high == 1 && narrow.conf_high == 1);
    assert_close(
        "mirror", 1 - mirror.conf_high, narrow.conf_low, narrow.conf_low > 1e-3 ? 1e-12 : 1);
    assert_true(fabs(1 - mirror.conf_low - narrow.conf_high) <= 1e-15);
}

/* The interval holds the estimate, stays in [0, 1], widens with the level, and mirrors x -> n - x.
 */
static void has_the_shape_of_an_interval(void **state)
{
    (void)state;
    static const double ns[] = {1, 2, 7, 100, 12345, 1e9};
    static const double shares[] = {0, 0.001, 0.25, 0.5, 0.9, 1};
    for (size_t i = 0; i < COUNT_OF(ns); i++) {
        for (size_t j = 0; j < COUNT_OF(shares); j++) {
            check_shape(MIG_PROPORTION_WILSON, floor(ns[i] * shares[j]), ns[i]);
            check_shape(MIG_PROPORTION_EXACT, floor(ns[i] * shares[j]), ns[i]);
        }
    }
}

static void refuses_invalid_arguments(void **state)
{
    (void)state;
    static const struct {
        double x, n, level;
        const char *quoted;
    } rows[] = {
        {1, 2, 0, "'0'"},
        {1, 2, 1, "'1'"},
        {1, 2, NAN, "nan'"},
        {-1, 2, 0.95, "'-1'"},
        {1.5, 2, 0.95, "'1.5'"},
        {1, 2.5, 0.95, "'2.5'"},
        {1, 1e16, 0.95, "'1e+16'"},
        {1, INFINITY, 0.95, "'inf'"},
        {NAN, 2, 0.95, "nan'"},
        {3, 2, 0.95, "'3'"},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct mig_estimate out = mig_estimate_empty("untouched");
        struct mig_error error;
        assert_int_equal(
            mig_proportion_wilson(rows[i].x, rows[i].n, rows[i].level, &out, &error), MIG_ARGUMENT);
        assert_int_equal(error.status, MIG_ARGUMENT);
        assert_non_null(strstr(error.text, rows[i].quoted));
        assert_string_equal(out.method, "untouched");
    }
    struct mig_estimate out;
    assert_int_equal(
        mig_proportion((enum mig_proportion_method)99, 1, 2, 0.95, &out, NULL), MIG_ARGUMENT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_r),
        cmocka_unit_test(agrees_with_r_by_other_methods),
        cmocka_unit_test(all_methods_have_the_shape_of_an_interval),
        cmocka_unit_test(agrees_with_newcombe),
        cmocka_unit_test(gives_the_standard_error),
        cmocka_unit_test(leaves_nothing_of_nothing_undefined),
        cmocka_unit_test(has_the_shape_of_an_interval),
        cmocka_unit_test(refuses_invalid_arguments),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
