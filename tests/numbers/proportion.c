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
        mig_proportion((enum mig_proportion_method)2, 1, 2, 0.95, &out, NULL), MIG_ARGUMENT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_r),
        cmocka_unit_test(agrees_with_newcombe),
        cmocka_unit_test(gives_the_standard_error),
        cmocka_unit_test(leaves_nothing_of_nothing_undefined),
        cmocka_unit_test(has_the_shape_of_an_interval),
        cmocka_unit_test(refuses_invalid_arguments),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
