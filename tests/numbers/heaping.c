/* Indices of age heaping, against the spreadsheet SINGAGE of the US Census Bureau's PAS and against
 * R. */
#include "close.h"

#include "stats/heaping.h"

/* Males by single year of age, 0 to 99: the example of SINGAGE (US Census Bureau, Population
 * Analysis Spreadsheets), also pop1m_pasex of the R package DemoTools. */
static const double males[100] = {80626, 95823, 104315, 115813, 100796, 105086, 97266, 116328,
    75984, 89982, 95525, 56973, 78767, 65672, 53438, 85014, 47600, 64363, 42195, 42262, 73221,
    30080, 34391, 29072, 20531, 66171, 24029, 44227, 24128, 23599, 82088, 16454, 22628, 17108,
    12531, 57325, 17220, 28425, 16206, 17532, 65976, 11593, 15828, 13541, 8133, 44696, 11165, 18543,
    12614, 12041, 55798, 9324, 10772, 10453, 6773, 28358, 9916, 13348, 8039, 7583, 42470, 5288,
    5317, 6582, 3361, 17949, 3650, 5873, 3279, 3336, 27368, 1965, 2495, 2319, 1335, 12022, 1401,
    1668, 1360, 1185, 9167, 424, 568, 462, 282, 6206, 343, 409, 333, 291, 4137, 133, 169, 157, 89,
    2068, 68, 81, 66, 57};

/* SINGAGE prints 2.34 and 47.46 (DemoTools cites both for these data); the longer numbers are
 * R 4.2.2, P and a being the counts and the ages: 500 * sum(P[a %in% seq(25, 60, 5)]) / sum(P[a >=
 * 23 & a <= 62]) d <- sapply(0:9, function(k) (k + 1) * sum(P[a >= 10 & a <= 89 & a %% 10 == k]) +
 *                                (9 - k) * sum(P[a >= 20 & a <= 89 & a %% 10 == k]))
 *   m <- 100 * d / sum(d); sum(abs(m - 10)) / 2 */
static void agrees_with_singage(void **state)
{
    static const double digits[10] = {24.153988933598619, 5.715630306014186, 7.638387984378011,
        6.989466763967746, 5.262621422941753, 18.743387867783184, 6.674905153577186,
        10.832643618236698, 6.865849824675072, 7.123118124827544};
    struct mig_heaping out;
    (void)state;
    assert_int_equal(mig_whipple(males, 100, &out, NULL), MIG_OK);
    assert_close("whipple, as printed", out.index / 100, 2.34, 0.002);
    assert_close("whipple", out.index, 233.8729863345877, 1e-14);
    assert_null(out.note);
    assert_int_equal(mig_myers(males, 100, &out, NULL), MIG_OK);
    assert_close("myers, as printed", 2 * out.index, 47.46, 1e-5);
    assert_close("myers", out.index, 23.7300204196185, 1e-13);
    for (size_t d = 0; d < 10; d++)
        assert_close("digit of myers", out.digits[d], digits[d], 1e-13);
}

/* R 4.2.2: b <- sapply(0:9, function(k) { l <- (23:27)[(23:27 - k) %% 5 == 0]
 *     I <- a >= l & a <= l + 49; J <- a > l & a <= l + 50
 *     100 * (sum(P[I & a %% 10 == k]) + sum(P[J & a %% 10 == k])) / (sum(P[I]) + sum(P[J])) });
 * sum(abs(b - 10)) / 2 */
static void bachi_agrees_with_r(void **state)
{
    static const double digits[10] = {28.820310052623128, 4.896800027214199, 6.491441005445004,
        6.279397755627650, 4.230851117757388, 19.735594451800743, 5.998755608813450,
        10.144185329275045, 6.367228775284857, 6.497794900390328};
    struct mig_heaping out;
    (void)state;
    assert_int_equal(mig_bachi(males, 100, &out, NULL), MIG_OK);
    assert_close("bachi", out.index, 28.96891032158302, 1e-13);
    for (size_t d = 0; d < 10; d++)
        assert_close("digit of bachi", out.digits[d], digits[d], 1e-13);
}

/* The help of DemoTools' check_heaping_bachi: 0 for a population that falls on a line, 90 when all
 * ages end in 0. The other values follow from the definitions. Where all ages have k persons,
 * Myers' digit d has 7k(d + 71) of 7k * 755, since the second range is shorter: half of the sum of
 * |d - 4.5| is 12.5. */
static void has_known_extremes(void **state)
{
    double line[100], even[100], zeros[100];
    struct mig_heaping out;
    (void)state;
    for (size_t age = 0; age < 100; age++) {
        line[age] = (double)(100 - age) * 1000;
        even[age] = 7;
        zeros[age] = age % 10 == 0 ? 100 : 0;
    }
    assert_int_equal(mig_bachi(line, 100, &out, NULL), MIG_OK);
    assert_true(out.index < 1e-12);
    assert_int_equal(mig_bachi(zeros, 100, &out, NULL), MIG_OK);
    assert_close("bachi", out.index, 90, 1e-15);
    assert_int_equal(mig_myers(zeros, 90, &out, NULL), MIG_OK);
    assert_close("myers", out.index, 90, 1e-15);
    assert_int_equal(mig_whipple(zeros, 63, &out, NULL), MIG_OK);
    assert_close("whipple", out.index, 500, 0);
    assert_int_equal(mig_whipple(even, 63, &out, NULL), MIG_OK);
    assert_close("whipple", out.index, 100, 1e-15);
    assert_close("digit of whipple", out.digits[3], 10, 1e-15);
    assert_int_equal(mig_myers(even, 90, &out, NULL), MIG_OK);
    assert_close("myers", out.index, 1250 / 755.0, 1e-13);
    assert_int_equal(mig_bachi(even, 78, &out, NULL), MIG_OK);
    assert_true(out.index < 1e-12);
}

/* R 4.2.2: chisq.test(c(93, 38, 33, 15, 20, 18, 15, 20, 20, 28)) gives
 * X-squared = 164.66666666667, df = 9 (hand: sum (o - 30)^2 / 30 = 4940 / 30). */
static void tests_final_digits(void **state)
{
    static const double observed[10] = {93, 38, 33, 15, 20, 18, 15, 20, 20, 28};
    static const double even[10] = {4, 4, 4, 4, 4, 4, 4, 4, 4, 4};
    struct mig_final_digits out;
    (void)state;
    assert_int_equal(mig_final_digits(observed, &out, NULL), MIG_OK);
    assert_close("total", out.total, 300, 0);
    assert_close("chi-squared", out.chi_squared, 4940 / 30.0, 1e-14);
    assert_close("p", out.p_value, 7.954005103145889e-31, 1e-10);
    assert_close("0 and 5", out.zero_five, 0.37, 1e-15);
    assert_int_equal(mig_final_digits(even, &out, NULL), MIG_OK);
    assert_close("chi-squared", out.chi_squared, 0, 0);
    assert_close("p", out.p_value, 1, 0);
    assert_close("0 and 5", out.zero_five, 0.2, 1e-15);
}

static void says_what_is_undefined(void **state)
{
    const double none[100] = {0};
    struct mig_heaping out;
    struct mig_final_digits digits;
    (void)state;
    assert_int_equal(mig_whipple(none, 100, &out, NULL), MIG_OK);
    assert_true(isnan(out.index) && isnan(out.digits[0]));
    assert_string_equal(out.note, "nobody is aged 23 to 62");
    assert_int_equal(mig_myers(none, 100, &out, NULL), MIG_OK);
    assert_string_equal(out.note, "nobody is aged 10 to 89");
    assert_int_equal(mig_bachi(none, 100, &out, NULL), MIG_OK);
    assert_true(isnan(out.index));
    assert_string_equal(out.note, "nobody is aged 23 to 77");
    assert_int_equal(mig_final_digits(none, &digits, NULL), MIG_OK);
    assert_true(isnan(digits.chi_squared));
    assert_string_equal(digits.note, "no values");
}

static void refuses_invalid_arguments(void **state)
{
    double counts[100] = {0};
    struct mig_heaping out;
    struct mig_final_digits digits;
    struct mig_error error;
    (void)state;
    assert_int_equal(mig_whipple(males, 62, &out, &error), MIG_ARGUMENT);
    assert_string_equal(error.text, "'62' ages are given, 63 are wanted");
    assert_int_equal(mig_myers(males, 89, &out, NULL), MIG_ARGUMENT);
    assert_int_equal(mig_bachi(males, 77, &out, NULL), MIG_ARGUMENT);
    counts[99] = -1;
    assert_int_equal(mig_whipple(counts, 100, &out, NULL), MIG_ARGUMENT);
    counts[99] = NAN;
    assert_int_equal(mig_bachi(counts, 100, &out, NULL), MIG_ARGUMENT);
    counts[9] = INFINITY;
    assert_int_equal(mig_final_digits(counts, &digits, NULL), MIG_ARGUMENT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_singage),
        cmocka_unit_test(bachi_agrees_with_r),
        cmocka_unit_test(has_known_extremes),
        cmocka_unit_test(tests_final_digits),
        cmocka_unit_test(says_what_is_undefined),
        cmocka_unit_test(refuses_invalid_arguments),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
