/* Modified z-scores and Tukey's fences, against R. */
#include "close.h"

#include "stats/outliers.h"

/* R 4.2.2, datasets::Nile. */
static const double nile[100] = {1120, 1160, 963, 1210, 1160, 1160, 813, 1230, 1370, 1140, 995, 935,
    1110, 994, 1020, 960, 1180, 799, 958, 1140, 1100, 1210, 1150, 1250, 1260, 1220, 1030, 1100, 774,
    840, 874, 694, 940, 833, 701, 916, 692, 1020, 1050, 969, 831, 726, 456, 824, 702, 1120, 1100,
    832, 764, 821, 768, 845, 864, 862, 698, 845, 744, 796, 1040, 759, 781, 865, 845, 944, 984, 897,
    822, 1010, 771, 676, 649, 846, 812, 742, 801, 1040, 860, 874, 848, 890, 744, 749, 838, 1050,
    918, 986, 797, 923, 975, 815, 1020, 906, 901, 1170, 912, 746, 919, 718, 714, 740};

/* R 4.2.2: median(Nile) 893.5; mad(Nile, constant = 1) 121; range(0.6745 * (Nile - 893.5) / 121);
 * fivenum(Nile) 456 798 893.5 1035 1370 */
static void agrees_with_r(void **state)
{
    double scores[100], low = 0, high = 0;
    struct mig_modified_z z;
    struct mig_fences fences;
    (void)state;
    assert_int_equal(mig_modified_z(nile, 100, scores, &z, NULL), MIG_OK);
    assert_close("median", z.median, 893.5, 0);
    assert_close("mad", z.mad, 121, 0);
    assert_null(z.note);
    for (size_t i = 0; i < 100; i++) {
        low = scores[i] < low ? scores[i] : low;
        high = scores[i] > high ? scores[i] : high;
    }
    assert_close("lowest", low, -2.438791322314049, 1e-15);
    assert_close("highest", high, 2.656192148760331, 1e-15);
    assert_close("the first", scores[0], 0.6745 * 226.5 / 121, 1e-15);
    assert_int_equal(mig_tukey_fences(nile, 100, 1.5, &fences, NULL), MIG_OK);
    assert_close("low hinge", fences.low_hinge, 798, 0);
    assert_close("high hinge", fences.high_hinge, 1035, 0);
    assert_close("low", fences.low, 798 - 355.5, 0);
    assert_close("high", fences.high, 1035 + 355.5, 0);
}

/* By hand. 1 2 3 4 100: median 3, deviations 2 1 0 1 97, MAD 1; hinges are medians of 1 2 3 and of
 * 3 4 100 (the median is in both halves): 2 and 4; R: fivenum(c(1, 2, 3, 4, 100)) is 1 2 3 4 100.
 * Of 1 2 3 4 the hinges are 1.5 and 3.5. */
static void has_known_values(void **state)
{
    static const double odd[] = {100, 1, 4, 2, 3}, even[] = {4, 1, 3, 2}, one[] = {7};
    double scores[5];
    struct mig_modified_z z;
    struct mig_fences fences;
    (void)state;
    assert_int_equal(mig_modified_z(odd, 5, scores, &z, NULL), MIG_OK);
    assert_close("outlier", scores[0], 0.6745 * 97, 1e-15);
    assert_close("order of the input", scores[1], -2 * 0.6745, 1e-15);
    assert_close("median", scores[4], 0, 0);
    assert_true(scores[0] > MIG_MODIFIED_Z_LIMIT);
    assert_int_equal(mig_tukey_fences(odd, 5, 3, &fences, NULL), MIG_OK);
    assert_close("low", fences.low, 2 - 6, 0);
    assert_close("high", fences.high, 4 + 6, 0);
    assert_int_equal(mig_tukey_fences(even, 4, 1, &fences, NULL), MIG_OK);
    assert_close("low hinge", fences.low_hinge, 1.5, 0);
    assert_close("high hinge", fences.high_hinge, 3.5, 0);
    assert_int_equal(mig_tukey_fences(one, 1, 1.5, &fences, NULL), MIG_OK);
    assert_close("low", fences.low, 7, 0);
    assert_close("high", fences.high, 7, 0);
}

/* MAD 0: R: d <- mean(abs(x - median(x))); (x - median(x)) / (1.253314 * d). */
static void falls_back_on_the_mean_deviation(void **state)
{
    static const double flat[] = {100, 100, 100, 100, 100, 100, 1000}, both[] = {5, 5, 5, 5, 7, 1};
    double scores[7];
    struct mig_modified_z z;
    (void)state;
    assert_int_equal(mig_modified_z(flat, 7, scores, &z, NULL), MIG_OK);
    assert_true(z.by_mean && z.note == NULL);
    assert_close("mean deviation", z.mean_deviation, 900.0 / 7, 1e-15);
    assert_close("outlier", scores[6], 5.5851925375444615, 1e-14);
    assert_close("the rest", scores[0], 0, 0);
    assert_int_equal(mig_modified_z(both, 6, scores, &z, NULL), MIG_OK);
    assert_close("above", scores[4], 1.5957692964412749, 1e-14);
    assert_close("below", scores[5], -3.1915385928825497, 1e-14);
}

static void says_what_is_undefined(void **state)
{
    static const double flat[] = {5, 5, 5, 5, 5};
    double scores[5];
    struct mig_modified_z z;
    struct mig_fences fences;
    (void)state;
    assert_int_equal(mig_modified_z(flat, 5, scores, &z, NULL), MIG_OK);
    assert_true(isnan(scores[0]) && isnan(scores[4]));
    assert_close("mad", z.mad, 0, 0);
    assert_string_equal(z.note, "all values are equal");
    assert_int_equal(mig_modified_z(NULL, 0, scores, &z, NULL), MIG_OK);
    assert_string_equal(z.note, "no values");
    assert_int_equal(mig_tukey_fences(NULL, 0, 1.5, &fences, NULL), MIG_OK);
    assert_true(isnan(fences.low));
    assert_string_equal(fences.note, "no values");
}

static void refuses_invalid_arguments(void **state)
{
    static const double bad[] = {1, NAN}, good[] = {1, 2};
    double scores[2];
    struct mig_modified_z z;
    struct mig_fences fences;
    (void)state;
    assert_int_equal(mig_modified_z(bad, 2, scores, &z, NULL), MIG_ARGUMENT);
    assert_int_equal(mig_tukey_fences(bad, 2, 1.5, &fences, NULL), MIG_ARGUMENT);
    assert_int_equal(mig_tukey_fences(good, 2, -1, &fences, NULL), MIG_ARGUMENT);
    assert_int_equal(mig_tukey_fences(good, 2, NAN, &fences, NULL), MIG_ARGUMENT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_r),
        cmocka_unit_test(has_known_values),
        cmocka_unit_test(falls_back_on_the_mean_deviation),
        cmocka_unit_test(says_what_is_undefined),
        cmocka_unit_test(refuses_invalid_arguments),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
