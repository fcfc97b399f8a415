/* Cross-tables against R, and by exact arithmetic. */
#include "close.h"

#include <string.h>

#include "base/random.h"
#include "stats/contingency.h"

/* R's HairEyeColor summed over sex: hair by eye. */
static const double hair_eye[] = {68, 20, 15, 5, 119, 84, 54, 29, 26, 17, 14, 14, 7, 94, 10, 16};
/* R's Titanic: class by survival (no, yes). */
static const double titanic[] = {122, 203, 167, 118, 528, 178, 673, 212};
/* Fisher's tea tasting; convictions of twins (Fisher 1970, p. 48); job satisfaction by income
 * (Agresti 2002, p. 57). */
static const double tea[] = {3, 1, 1, 3};
static const double convictions[] = {2, 15, 10, 3};
static const double job[] = {1, 3, 10, 6, 2, 3, 10, 7, 1, 6, 14, 12, 0, 1, 9, 11};
/* R's UCBAdmissions: admitted and rejected by sex, and sex by department. */
static const double berkeley[] = {1198, 557, 1493, 1278};
static const double departments[] = {825, 108, 560, 25, 325, 593, 417, 375, 191, 393, 373, 341};
static const double large[] = {41234567, 21234567, 50000000, 31234567, 11234567, 30000000};

/* R 4.2.2: w <- chisq.test(t, correct=FALSE); w$statistic; w$p.value; G2 <-
 * 2*sum(t*log(t/w$expected)) over t > 0; pchisq(G2, df, lower=FALSE); V <-
 * vcd::assocstats(t)$cramer; corrected, by Bergsma's formula: ph <- max(0, X2/n -
 * (r-1)*(c-1)/(n-1)); sqrt(ph/min(r - (r-1)^2/(n-1) - 1, c - (c-1)^2/(n-1) - 1)). */
static const struct {
    const char *name;
    struct mig_crosstab table;
    double chi_squared, df, p, g2, p_of_g2, v, corrected_v;
} cases[] = {
    {"hair and eyes", {hair_eye, 4, 4}, 138.28984162600827, 9, 2.325286787098808e-25,
        146.44357846451612, 4.8055836698169551e-27, 0.27904462334265839, 0.27048315291231567},
    {"titanic", {titanic, 4, 2}, 190.40110361683327, 3, 4.9999275298680221e-41, 180.90136137510285,
        5.6339190317548737e-39, 0.29412010300512637, 0.29185907145513051},
    {"tea", {tea, 2, 2}, 2, 1, 0.15729920705028447, 2.0929925750581915, 0.14797595938502583, 0.5,
        0.35355339059327379},
    {"job", {job, 4, 4}, 5.9655145887704029, 9, 0.7433647250525508, 6.7640532013041748,
        0.6616695831553181, 0.14392217453234737, 0},
    {"convictions", {convictions, 2, 2}, 13.031674208144796, 1, 0.00030626663018354985,
        14.020233375839739, 0.00018085403546125179, 0.65908204365730771, 0.64357497809039044},
    {"berkeley", {berkeley, 2, 2}, 92.205280411527639, 1, 7.8136003889946405e-22,
        93.449407195730601, 4.1671745567019988e-22, 0.14273176020608103, 0.14197117742765133},
    {"departments", {departments, 6, 2}, 1068.3716760692341, 5, 9.4440769769099673e-229,
        1220.6147991972946, 1.0060459209951222e-261, 0.48585190295159564, 0.48476698806115986},
};

static struct mig_estimate test_of(
    enum mig_crosstab_method method, const double *counts, size_t n_rows, size_t n_columns)
{
    const struct mig_crosstab table = {counts, n_rows, n_columns};
    struct mig_estimate out;
    assert_int_equal(mig_crosstab_test(method, &table, &out, NULL), MIG_OK);
    assert_string_equal(out.method, mig_crosstab_methods[method]);
    return out;
}

static struct mig_estimate cramer_of(
    enum mig_cramer_method method, const double *counts, size_t n_rows, size_t n_columns)
{
    const struct mig_crosstab table = {counts, n_rows, n_columns};
    struct mig_estimate out;
    assert_int_equal(mig_crosstab_cramer(method, &table, &out, NULL), MIG_OK);
    assert_string_equal(out.method, mig_cramer_methods[method]);
    return out;
}

static void agrees_with_r(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const struct mig_crosstab *t = &cases[i].table;
        struct mig_estimate out = test_of(MIG_CROSSTAB_PEARSON, t->counts, t->n_rows, t->n_columns);
        assert_close(cases[i].name, out.statistic, cases[i].chi_squared, 1e-13);
        assert_close(cases[i].name, out.df, cases[i].df, 0);
        assert_close(cases[i].name, out.p_value, cases[i].p, 1e-11);
        out = test_of(MIG_CROSSTAB_LIKELIHOOD_RATIO, t->counts, t->n_rows, t->n_columns);
        assert_close(cases[i].name, out.statistic, cases[i].g2, 1e-12);
        assert_close(cases[i].name, out.p_value, cases[i].p_of_g2, 1e-10);
        out = cramer_of(MIG_CRAMER_V, t->counts, t->n_rows, t->n_columns);
        assert_close(cases[i].name, out.estimate, cases[i].v, 1e-13);
        assert_null(out.note);
        out = cramer_of(MIG_CRAMER_CORRECTED, t->counts, t->n_rows, t->n_columns);
        assert_close(cases[i].name, out.estimate, cases[i].corrected_v, 1e-12);
    }
}

/* R: chisq.test(t)$statistic and $p.value of the three 2 x 2 tables. */
static void corrects_for_continuity(void **state)
{
    (void)state;
    struct mig_estimate out = test_of(MIG_CROSSTAB_YATES, tea, 2, 2);
    assert_close("tea", out.statistic, 0.5, 1e-14);
    assert_close("tea", out.p_value, 0.47950012218695348, 1e-12);
    out = test_of(MIG_CROSSTAB_YATES, convictions, 2, 2);
    assert_close("convictions", out.statistic, 10.45814479638009, 1e-13);
    assert_close("convictions", out.p_value, 0.0012210985163115088, 1e-12);
    out = test_of(MIG_CROSSTAB_YATES, berkeley, 2, 2);
    assert_close("berkeley", out.statistic, 91.609597858121248, 1e-13);
    assert_close("berkeley", out.p_value, 1.0557968087828389e-21, 1e-11);
    out = test_of(MIG_CROSSTAB_YATES, titanic, 4, 2);
    assert_close("4 x 2", out.statistic, NAN, 0);
    assert_string_equal(out.note, "Yates' correction is for tables of 2 rows and 2 columns");
    /* a distance under 1/2 is taken off, not more: R gives 0 and p-value 1 */
    static const double near[] = {1000001, 1000000, 2000000, 2000001};
    out = test_of(MIG_CROSSTAB_YATES, near, 2, 2);
    assert_close("near", out.statistic, 0, 0);
    assert_close("near", out.p_value, 1, 0);
}

/* Python's fractions and decimal (60 digits): X2 = sum((x - r*c/n)^2/(r*c/n)), G2 =
 * 2*sum(x*log(x*n/(r*c))). */
static void keeps_digits_where_counts_are_large(void **state)
{
    (void)state;
    static const double near[] = {1000001, 1000000, 2000000, 2000001};
    static const double vast[] = {30000000000001, 20000000000000, 30000000000000, 20000000000007};
    assert_close(
        "large X2", test_of(MIG_CROSSTAB_PEARSON, large, 2, 3).statistic, 847874.4842276948, 1e-14);
    assert_close("large G2", test_of(MIG_CROSSTAB_LIKELIHOOD_RATIO, large, 2, 3).statistic,
        847941.89927316795, 1e-14);
    assert_close("near X2", test_of(MIG_CROSSTAB_PEARSON, near, 2, 2).statistic,
        7.499996875001406e-07, 1e-13);
    assert_close("near G2", test_of(MIG_CROSSTAB_LIKELIHOOD_RATIO, near, 2, 2).statistic,
        7.4999968750016411e-07, 1e-13);
    assert_close("vast X2", test_of(MIG_CROSSTAB_PEARSON, vast, 2, 2).statistic,
        8.8166666666648079e-13, 1e-13);
    assert_close("vast G2", test_of(MIG_CROSSTAB_LIKELIHOOD_RATIO, vast, 2, 2).statistic,
        8.8166666666648079e-13, 1e-13);
}

/* R: pchisq(1390, 1, lower=FALSE); Python: math.erfc(math.sqrt(695)) gives the same to 13 digits.
 * The second p-value is 10^-326. */
static void says_where_a_p_value_has_no_digits(void **state)
{
    (void)state;
    static const double apart[] = {700, 0, 0, 690}, far[] = {750, 0, 0, 745};
    struct mig_estimate out = test_of(MIG_CROSSTAB_PEARSON, apart, 2, 2);
    assert_close("statistic", out.statistic, 1390, 1e-14);
    assert_close("p", out.p_value, 3.1293623738747273e-304, 1e-10);
    assert_null(out.note);
    out = test_of(MIG_CROSSTAB_PEARSON, far, 2, 2);
    assert_close("p", out.p_value, 0, 0);
    assert_string_equal(out.note, "the p-value is below 1e-307");
    assert_close("V", cramer_of(MIG_CRAMER_V, far, 2, 2).estimate, 1, 0);
}

/* R: chisq.test(t)$expected, $residuals and $stdres. */
static void residuals_agree_with_r(void **state)
{
    (void)state;
    static const struct {
        double cell[4], expected, residual, adjusted;
    } wanted[] = {
        {{68, 108, 220, 592}, 40.135135135135137, 4.3983985205878682, 6.1365196945769176},
        {{16, 71 + 56, 64, 592}, 13.72972972972973, 0.61269814841266845, 0.73202318572785763},
        {{122, 325, 1490, 2201}, 220.01363016810541, -6.6078729046506792, -12.59303778275966},
        {{3, 4, 4, 8}, 2, 0.70710678118654746, 1.4142135623730949},
        {{11, 21, 36, 96}, 7.875, 1.1135885079684349, 1.5936381457791915},
        {{2, 17, 12, 30}, 6.7999999999999998, -1.8407159732336891, -3.6099410255771209},
        {{825, 933, 2691, 4526}, 554.72889969067614, 11.475172262096718, 20.226797217307055},
    };
    for (size_t i = 0; i < COUNT_OF(wanted); i++) {
        const double *cell = wanted[i].cell;
        struct mig_expected_cell out = mig_crosstab_cell(cell[0], cell[1], cell[2], cell[3]);
        assert_close("expected", out.expected, wanted[i].expected, 1e-14);
        assert_close("residual", out.residual, wanted[i].residual, 1e-13);
        assert_close("adjusted", out.adjusted, wanted[i].adjusted, 1e-13);
        assert_null(out.note);
    }
}

static void cells_without_residuals_say_so(void **state)
{
    (void)state;
    struct mig_expected_cell out = mig_crosstab_cell(0, 0, 5, 9);
    assert_close("expected", out.expected, 0, 0);
    assert_close("residual", out.residual, NAN, 0);
    assert_string_equal(out.note, "the row or column holds no cases");
    out = mig_crosstab_cell(4, 9, 4, 9);
    assert_close("expected", out.expected, 4, 0);
    assert_close("residual", out.residual, 0, 0);
    assert_close("adjusted", out.adjusted, NAN, 0);
    assert_string_equal(out.note, "the row or column holds all cases");
    out = mig_crosstab_cell(0, 0, 0, 0);
    assert_close("expected", out.expected, NAN, 0);
    assert_string_equal(out.note, "the table is empty");
}

/* Empty rows and columns change nothing; Cochran's rule. */
static void looks_at_what_holds_cases(void **state)
{
    (void)state;
    static const double padded[] = {0, 0, 0, 0, 3, 0, 1, 0, 0, 0, 0, 0, 1, 0, 3, 0};
    const struct mig_crosstab table = {padded, 4, 4}, eyes = {hair_eye, 4, 4}, work = {job, 4, 4};
    struct mig_crosstab_look look;
    assert_int_equal(mig_crosstab_look(&table, &look, NULL), MIG_OK);
    assert_int_equal(look.n_rows, 2);
    assert_int_equal(look.n_columns, 2);
    assert_int_equal(look.n_small, 4);
    assert_close("least", look.least_expected, 2, 0);
    assert_null(look.note);
    assert_non_null(look.warning);
    struct mig_estimate out = test_of(MIG_CROSSTAB_PEARSON, padded, 4, 4);
    assert_close("X2", out.statistic, 2, 1e-14);
    assert_close("df", out.df, 1, 0);
    assert_string_equal(out.note, look.warning);
    assert_close("yates", test_of(MIG_CROSSTAB_YATES, padded, 4, 4).statistic, 0.5, 1e-14);
    assert_close("V", cramer_of(MIG_CRAMER_V, padded, 4, 4).estimate, 0.5, 1e-14);
    assert_int_equal(mig_crosstab_look(&eyes, &look, NULL), MIG_OK);
    assert_close("least", look.least_expected, 7.6756756756756754, 1e-14);
    assert_int_equal(look.n_small, 0);
    assert_null(look.warning);
    assert_int_equal(mig_crosstab_look(&work, &look, NULL), MIG_OK);
    assert_int_equal(look.n_small, 8);
    assert_non_null(look.warning);
    /* of 10 expected counts 2 are 4, which is 20 %; then 4 are; then one is 4/5 */
    static const double two[] = {4, 30, 30, 30, 30, 4, 30, 30, 30, 30};
    static const double four[] = {4, 4, 30, 30, 30, 4, 4, 30, 30, 30};
    static const double tiny[] = {1, 40, 40, 40, 40, 0, 10, 10, 10, 10};
    const struct mig_crosstab right = {two, 2, 5}, small = {four, 2, 5}, one = {tiny, 2, 5};
    assert_int_equal(mig_crosstab_look(&right, &look, NULL), MIG_OK);
    assert_int_equal(look.n_small, 2);
    assert_null(look.warning);
    assert_int_equal(mig_crosstab_look(&small, &look, NULL), MIG_OK);
    assert_int_equal(look.n_small, 4);
    assert_non_null(look.warning);
    assert_int_equal(mig_crosstab_look(&one, &look, NULL), MIG_OK);
    assert_int_equal(look.n_small, 2);
    assert_non_null(look.warning);
}

static void names_what_is_undefined(void **state)
{
    (void)state;
    static const double nothing[4] = {0}, row[] = {5, 3, 0, 0}, single[] = {7};
    static const double few[] = {1, 0, 0, 1};
    struct mig_estimate out = test_of(MIG_CROSSTAB_PEARSON, nothing, 2, 2);
    assert_string_equal(out.note, "the table is empty");
    assert_close("p", out.p_value, NAN, 0);
    out = test_of(MIG_CROSSTAB_LIKELIHOOD_RATIO, row, 2, 2);
    assert_string_equal(out.note, "fewer than 2 rows or columns hold cases");
    assert_close("df", out.df, NAN, 0);
    out = cramer_of(MIG_CRAMER_V, single, 1, 1);
    assert_string_equal(out.note, "fewer than 2 rows or columns hold cases");
    out = test_of(MIG_CROSSTAB_PEARSON, NULL, 0, 0);
    assert_string_equal(out.note, "the table is empty");
    out = cramer_of(MIG_CRAMER_CORRECTED, few, 2, 2);
    assert_string_equal(out.note, "too few cases to correct the bias");
    assert_close("corrected", out.estimate, NAN, 0);
}

static void refuses_invalid_arguments(void **state)
{
    (void)state;
    static const double bad[][4] = {
        {1, 2, -3, 4}, {1, 2, 2.5, 4}, {1, NAN, 3, 4}, {6e14, 5e14, 1, 1}};
    struct mig_estimate out = mig_estimate_empty("untouched");
    struct mig_error error;
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        const struct mig_crosstab table = {bad[i], 2, 2};
        struct mig_crosstab_look look;
        assert_int_equal(
            mig_crosstab_test(MIG_CROSSTAB_PEARSON, &table, &out, &error), MIG_ARGUMENT);
        assert_int_equal(mig_crosstab_cramer(MIG_CRAMER_V, &table, &out, &error), MIG_ARGUMENT);
        assert_int_equal(mig_crosstab_look(&table, &look, &error), MIG_ARGUMENT);
        assert_string_equal(out.method, "untouched");
    }
    const struct mig_crosstab table = {tea, 2, 2};
    assert_int_equal(
        mig_crosstab_test((enum mig_crosstab_method)3, &table, &out, &error), MIG_ARGUMENT);
    assert_non_null(strstr(error.text, "'3'"));
    assert_int_equal(
        mig_crosstab_cramer((enum mig_cramer_method)2, &table, &out, &error), MIG_ARGUMENT);
}

enum { MOST = 7 };

/* Turned over and with its columns in the other order, a table gives the same numbers. */
static void turn(const double *counts, size_t n_rows, size_t n_columns, double *out)
{
    for (size_t i = 0; i < n_rows; i++) {
        for (size_t j = 0; j < n_columns; j++)
            out[(n_columns - 1 - j) * n_rows + i] = counts[i * n_columns + j];
    }
}

/* Residuals, times the root of what is expected, add up to 0 in every row and column; the squares
 * of Pearson's to chi-squared. */
static void check_residuals(
    const double *counts, size_t n_rows, size_t n_columns, double chi_squared)
{
    double rows[MOST], columns[MOST], total, squares = 0;
    const struct mig_crosstab table = {counts, n_rows, n_columns};
    assert_int_equal(mig_crosstab_margins(&table, rows, columns, &total, NULL), MIG_OK);
    double by_column[MOST] = {0};
    for (size_t i = 0; i < n_rows; i++) {
        double by_row = 0;
        for (size_t j = 0; j < n_columns; j++) {
            struct mig_expected_cell cell =
                mig_crosstab_cell(counts[i * n_columns + j], rows[i], columns[j], total);
            if (!(cell.expected > 0))
                continue;
            by_row += cell.residual * sqrt(cell.expected);
            by_column[j] += cell.residual * sqrt(cell.expected);
            squares += cell.residual * cell.residual;
            assert_true(isnan(cell.adjusted) || fabs(cell.adjusted) >= fabs(cell.residual));
        }
        assert_true(fabs(by_row) < 1e-11 * total);
    }
    for (size_t j = 0; j < n_columns; j++)
        assert_true(fabs(by_column[j]) < 1e-11 * total);
    assert_true(fabs(squares - chi_squared) <= 1e-12 * chi_squared);
}

static void does_not_depend_on_order(void **state)
{
    (void)state;
    struct mig_random random;
    assert_int_equal(mig_random_init(&random, 7, 0, NULL), MIG_OK);
    for (int repeat = 0; repeat < 300; repeat++) {
        size_t n_rows = 2 + mig_random_below(&random, MOST - 1);
        size_t n_columns = 2 + mig_random_below(&random, MOST - 1);
        double counts[MOST * MOST], turned[MOST * MOST];
        for (size_t i = 0; i < n_rows * n_columns; i++)
            counts[i] = mig_random_below(&random, repeat % 3 == 0 ? 4 : 1000);
        turn(counts, n_rows, n_columns, turned);
        for (int method = MIG_CROSSTAB_PEARSON; method <= MIG_CROSSTAB_LIKELIHOOD_RATIO; method++) {
            struct mig_estimate one =
                test_of((enum mig_crosstab_method)method, counts, n_rows, n_columns);
            struct mig_estimate other =
                test_of((enum mig_crosstab_method)method, turned, n_columns, n_rows);
            assert_close("statistic", one.statistic, other.statistic, 1e-12);
            assert_close("df", one.df, other.df, 0);
            assert_true(isnan(one.p_value) || (one.p_value >= 0 && one.p_value <= 1));
            if (method == MIG_CROSSTAB_PEARSON && one.statistic > 0)
                check_residuals(counts, n_rows, n_columns, one.statistic);
        }
        double v = cramer_of(MIG_CRAMER_V, counts, n_rows, n_columns).estimate;
        double corrected = cramer_of(MIG_CRAMER_CORRECTED, counts, n_rows, n_columns).estimate;
        assert_close("V", cramer_of(MIG_CRAMER_V, turned, n_columns, n_rows).estimate, v, 1e-12);
        assert_true(isnan(v) || (v >= 0 && v <= 1));
        assert_true(isnan(corrected) || (corrected >= 0 && corrected <= 1));
    }
    mig_random_release(&random);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_r),
        cmocka_unit_test(corrects_for_continuity),
        cmocka_unit_test(keeps_digits_where_counts_are_large),
        cmocka_unit_test(says_where_a_p_value_has_no_digits),
        cmocka_unit_test(residuals_agree_with_r),
        cmocka_unit_test(cells_without_residuals_say_so),
        cmocka_unit_test(looks_at_what_holds_cases),
        cmocka_unit_test(names_what_is_undefined),
        cmocka_unit_test(refuses_invalid_arguments),
        cmocka_unit_test(does_not_depend_on_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
