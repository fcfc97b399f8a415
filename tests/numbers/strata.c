/* Comparisons within strata against R. */
#include "close.h"

#include <string.h>

#include "stats/strata.h"

/* Admissions of men and of women by department (R: UCBAdmissions). */
static const struct mig_pair admissions[] = {{512, 825, 89, 108}, {353, 560, 17, 25},
    {120, 325, 202, 593}, {138, 417, 131, 375}, {53, 191, 94, 393}, {22, 373, 24, 341}};

/* R 4.2.2: mantelhaen.test(tables, correct=FALSE); epiR 2.0.57: epi.2by2(tables,
 * method="cohort.count"), its massoc.detail$RR.mh.wald and $bOR.homog (its $wOR.homog, 17.644, is
 * Woolf's test). */
static void agrees_with_r_on_shares(void **state)
{
    (void)state;
    struct mig_estimate odds, risk, same;
    assert_int_equal(
        mig_strata_odds_ratio(MIG_STRATA_MANTEL_HAENSZEL, admissions, 6, 0.95, &odds, NULL),
        MIG_OK);
    assert_close("odds ratio", odds.estimate, 0.90469682825862308, 1e-12);
    assert_close("low", odds.conf_low, 0.77190736175935049, 1e-12);
    assert_close("high", odds.conf_high, 1.0603297644366556, 1e-12);
    assert_close("chi-squared", odds.statistic, 1.5246066604434356, 1e-12);
    assert_close("p", odds.p_value, 0.21692369705551837, 1e-12);
    assert_int_equal(
        mig_strata_share_ratio(MIG_STRATA_MANTEL_HAENSZEL, admissions, 6, 0.95, &risk, NULL),
        MIG_OK);
    assert_close("ratio", risk.estimate, 0.94490502259592901, 1e-12);
    assert_close("low", risk.conf_low, 0.86645223268300386, 1e-12);
    assert_close("high", risk.conf_high, 1.0304613088274717, 1e-12);
    assert_close("chi-squared", risk.statistic, odds.statistic, 1e-15);
    assert_int_equal(mig_strata_odds_homogeneity(admissions, 6, &same, NULL), MIG_OK);
    assert_close("breslow-day", same.statistic, 18.82551370523651, 1e-11);
    assert_close("df", same.df, 5, 0);
    assert_close("p", same.p_value, 0.0020713903499175457, 1e-10);
    assert_string_equal(same.method, "breslow-day");
}

/* R 4.2.2, and epiR 2.0.57's epi.2by2(method="cohort.time")$massoc.detail$IRR.mh.wald:
 * N <- t1 + t2; R <- sum(x1*t2/N)/sum(x2*t1/N); v <- sum((x1 +
 * x2)*t1*t2/N^2)/(sum(x1*t2/N)*sum(x2*t1/N)); exp(log(R) + c(-1, 1)*qnorm(.975)*sqrt(v)); sum(x1 -
 * (x1 + x2)*t1/N)^2/sum((x1 + x2)*t1*t2/N^2); q <- R*t1/(R*t1 + t2); sum((x1 - (x1 + x2)*q)^2/((x1
 * + x2)*q*(1 - q))). */
static void agrees_with_r_on_rates(void **state)
{
    (void)state;
    static const struct mig_pair strata[] = {
        {10, 120.5, 5, 100}, {25, 200, 30, 260.25}, {40, 310, 22, 300}, {7, 50, 9, 75}};
    struct mig_estimate out;
    assert_int_equal(
        mig_strata_rate_ratio(MIG_STRATA_MANTEL_HAENSZEL, strata, 4, 0.95, &out, NULL), MIG_OK);
    assert_close("ratio", out.estimate, 1.3926286346766632, 1e-12);
    assert_close("low", out.conf_low, 1.0024347122441557, 1e-12);
    assert_close("high", out.conf_high, 1.934704066442003, 1e-12);
    assert_close("chi-squared", out.statistic, 3.9342630181221545, 1e-12);
    assert_close("p", out.p_value, 0.047311866756693473, 1e-12);
    assert_int_equal(mig_strata_rate_homogeneity(strata, 4, &out, NULL), MIG_OK);
    assert_close("homogeneity", out.statistic, 1.8644236014851145, 1e-12);
    assert_close("p", out.p_value, 0.60101696719624775, 1e-12);
    assert_close("df", out.df, 3, 0);
}

/* Penicillin and rabbits (R: ?mantelhaen.test; two of the five strata say nothing). */
static const struct mig_pair rabbits[] = {
    {0, 6, 0, 5}, {3, 6, 0, 6}, {6, 6, 2, 6}, {5, 6, 6, 6}, {2, 2, 5, 5}};

/* R 4.2.2: m <- mantelhaen.test(tables, correct=TRUE); the rates by
 * (abs(sum(x1 - (x1 + x2)*t1/N)) - 1/2)^2/sum((x1 + x2)*t1*t2/N^2). */
static void corrects_for_continuity_as_r_does(void **state)
{
    (void)state;
    static const struct mig_pair strata[] = {
        {10, 120.5, 5, 100}, {25, 200, 30, 260.25}, {40, 310, 22, 300}, {7, 50, 9, 75}};
    const enum mig_strata_method corrected = MIG_STRATA_MANTEL_HAENSZEL_CC;
    struct mig_estimate out, plain;
    assert_int_equal(mig_strata_odds_ratio(corrected, admissions, 6, 0.95, &out, NULL), MIG_OK);
    assert_close("chi-squared", out.statistic, 1.4269462285866883, 1e-12);
    assert_close("p", out.p_value, 0.23226346281704827, 1e-12);
    assert_close("low", out.conf_low, 0.77190736175935049, 1e-12);
    assert_close("df", out.df, 1, 0);
    assert_string_equal(out.method, "mantel-haenszel-cc");
    assert_int_equal(mig_strata_share_ratio(corrected, admissions, 6, 0.95, &out, NULL), MIG_OK);
    assert_close("chi-squared", out.statistic, 1.4269462285866883, 1e-12);
    assert_int_equal(mig_strata_odds_ratio(corrected, rabbits, 5, 0.95, &out, NULL), MIG_OK);
    assert_close("rabbits", out.statistic, 3.9285714285714288, 1e-12);
    assert_close("p", out.p_value, 0.047472255142918106, 1e-12);
    assert_close("odds ratio", out.estimate, 7, 1e-14);
    assert_int_equal(
        mig_strata_odds_ratio(MIG_STRATA_MANTEL_HAENSZEL, rabbits, 5, 0.95, &plain, NULL), MIG_OK);
    assert_close("uncorrected", plain.statistic, 5.6571428571428575, 1e-12);
    assert_close("low", plain.conf_low, 1.026712688461668, 1e-12);
    assert_close("high", plain.conf_high, 47.725133380222566, 1e-12);
    assert_int_equal(mig_strata_rate_ratio(corrected, strata, 4, 0.95, &out, NULL), MIG_OK);
    assert_close("rates", out.statistic, 3.6130932289753459, 1e-12);
    assert_close("p", out.p_value, 0.057326401499324567, 1e-12);
}

/* By hand: 5 of 10 and 5 of 11 cases, 10 * 10/21 of them expected; the excess is 5/21, less than
 * 1/2. */
static void corrects_to_no_excess_at_most(void **state)
{
    (void)state;
    static const struct mig_pair near = {5, 10, 5, 11};
    struct mig_estimate out;
    assert_int_equal(
        mig_strata_odds_ratio(MIG_STRATA_MANTEL_HAENSZEL_CC, &near, 1, 0.95, &out, NULL), MIG_OK);
    assert_close("chi-squared", out.statistic, 0, 0);
    assert_close("p", out.p_value, 1, 0);
}

/* Strata that say nothing change nothing; the groups turned over turn the ratio over. */
static void has_the_shape_of_a_comparison(void **state)
{
    (void)state;
    struct mig_pair more[9], turned[6];
    struct mig_estimate out, other;
    memcpy(more, admissions, sizeof admissions);
    more[6] = (struct mig_pair){3, 7, 0, 0};
    more[7] = (struct mig_pair){0, 5, 0, 6};
    more[8] = (struct mig_pair){5, 5, 6, 6};
    for (size_t i = 0; i < 6; i++)
        turned[i] = (struct mig_pair){
            admissions[i].x2, admissions[i].n2, admissions[i].x1, admissions[i].n1};
    assert_int_equal(
        mig_strata_odds_ratio(MIG_STRATA_MANTEL_HAENSZEL, more, 9, 0.95, &out, NULL), MIG_OK);
    assert_close("odds ratio", out.estimate, 0.90469682825862308, 1e-12);
    assert_close("chi-squared", out.statistic, 1.5246066604434356, 1e-12);
    assert_int_equal(mig_strata_odds_homogeneity(more, 9, &out, NULL), MIG_OK);
    assert_close("df", out.df, 5, 0);
    assert_int_equal(
        mig_strata_share_ratio(MIG_STRATA_MANTEL_HAENSZEL, turned, 6, 0.95, &other, NULL), MIG_OK);
    assert_close("ratio", 1 / other.estimate, 0.94490502259592901, 1e-12);
    assert_close("low", 1 / other.conf_high, 0.86645223268300386, 1e-12);
}

/* One table of its own: a d / (b c); and the pooled ratio of one stratum is the crude one. */
static void one_stratum_is_the_crude_comparison(void **state)
{
    (void)state;
    static const struct mig_pair one = {30, 100, 20, 120};
    struct mig_estimate out;
    assert_int_equal(
        mig_strata_odds_ratio(MIG_STRATA_MANTEL_HAENSZEL, &one, 1, 0.95, &out, NULL), MIG_OK);
    assert_close("odds ratio", out.estimate, 30.0 * 100 / (70 * 20), 1e-14);
    assert_int_equal(
        mig_strata_share_ratio(MIG_STRATA_MANTEL_HAENSZEL, &one, 1, 0.95, &out, NULL), MIG_OK);
    assert_close("ratio", out.estimate, 0.3 * 6, 1e-14);
    assert_int_equal(mig_strata_odds_homogeneity(&one, 1, &out, NULL), MIG_OK);
    assert_string_equal(out.note, "fewer than 2 strata that can be compared");
}

static void names_what_is_undefined(void **state)
{
    (void)state;
    static const struct mig_pair apart = {3, 7, 0, 0}, side[] = {{3, 7, 0, 5}, {1, 4, 0, 3}};
    struct mig_estimate out;
    assert_int_equal(
        mig_strata_odds_ratio(MIG_STRATA_MANTEL_HAENSZEL, &apart, 1, 0.95, &out, NULL), MIG_OK);
    assert_string_equal(out.note, "no stratum in which both groups have cases to compare");
    assert_close("estimate", out.estimate, NAN, 0);
    assert_int_equal(
        mig_strata_share_ratio(MIG_STRATA_MANTEL_HAENSZEL, side, 2, 0.95, &out, NULL), MIG_OK);
    assert_string_equal(out.note, "the cases are all on one side: no interval");
    assert_close("estimate", out.estimate, NAN, 0);
    assert_true(out.p_value < 1);
    static const struct mig_pair everybody[] = {{3, 3, 4, 4}, {7, 7, 5, 5}, {49, 49, 11, 11}};
    assert_int_equal(
        mig_strata_share_ratio(MIG_STRATA_MANTEL_HAENSZEL, everybody, 3, 0.95, &out, NULL), MIG_OK);
    assert_string_equal(out.note, "no variance within the strata: no interval");
    assert_close("estimate", out.estimate, 1, 1e-15);
    assert_close("std_error", out.std_error, NAN, 0);
    assert_close("low", out.conf_low, NAN, 0);
    assert_int_equal(mig_strata_odds_homogeneity(side, 2, &out, NULL), MIG_OK);
    assert_string_equal(out.note, "no common ratio to compare the strata with");
}

/* Everybody counted in one group: its variance would be taken for 0. R 4.2.2: t <- array(c(3, 0, 4,
 * 6, 2, 0, 5, 5), c(2, 2, 2)); mantelhaen.test(t, correct=FALSE) for the test, which stands; x1 <-
 * n1 <- c(3, 2); x2 <- c(4, 5); n2 <- c(10, 10); N <- n1 + n2; sum(x1*n2/N)/sum(x2*n1/N). */
static void claims_nothing_from_a_group_without_variance(void **state)
{
    (void)state;
    static const struct mig_pair rows[] = {{3, 3, 4, 10}, {2, 2, 5, 10}};
    struct mig_estimate out;
    assert_int_equal(
        mig_strata_share_ratio(MIG_STRATA_MANTEL_HAENSZEL, rows, 2, 0.95, &out, NULL), MIG_OK);
    assert_string_equal(out.note, "no variance within the strata: no interval");
    assert_close("estimate", out.estimate, 2.2627737226277373, 1e-14);
    assert_close("std_error", out.std_error, NAN, 0);
    assert_close("low", out.conf_low, NAN, 0);
    assert_close("statistic", out.statistic, 4.6267865926498501, 1e-13);
    assert_close("p", out.p_value, 0.031476464021236383, 1e-12);
}

/* Pairs of one and one: each share is 0 or 1, and the variance is that of all pairs together.
 * R 4.2.2: x1 <- rep(c(1, 0, 1, 0), c(9, 4, 5, 2)); x2 <- rep(c(0, 1, 1, 0), c(9, 4, 5, 2)); n1 <-
 * n2 <- rep(1, 20); N <- 2; R <- sum(x1*n2/N)/sum(x2*n1/N); v <- sum((n1*n2*(x1 + x2) -
 * x1*x2*N)/N^2)/(sum(x1*n2/N)*sum(x2*n1/N)); c(R, R*sqrt(v), R*exp(c(-1, 1)*qnorm(.975)*sqrt(v))).
 */
static void matched_pairs_have_a_variance(void **state)
{
    (void)state;
    struct mig_pair pairs[20];
    struct mig_estimate out;
    for (size_t i = 0; i < 20; i++)
        pairs[i] = (struct mig_pair){i < 9 || (i >= 13 && i < 18), 1, i >= 9 && i < 18, 1};
    assert_int_equal(
        mig_strata_share_ratio(MIG_STRATA_MANTEL_HAENSZEL, pairs, 20, 0.95, &out, NULL), MIG_OK);
    assert_close("ratio", out.estimate, 1.5555555555555556, 1e-14);
    assert_close("std_error", out.std_error, 0.4996569467863719, 1e-13);
    assert_close("low", out.conf_low, 0.82884390705874356, 1e-13);
    assert_close("high", out.conf_high, 2.9194315911744471, 1e-13);
}

static void refuses_invalid_arguments(void **state)
{
    (void)state;
    static const struct mig_pair bad[] = {{1, 2, 1, 2}, {3, 2, 1, 2}};
    struct mig_estimate out = mig_estimate_empty("untouched");
    struct mig_error error;
    assert_int_equal(mig_strata_odds_ratio(MIG_STRATA_MANTEL_HAENSZEL, bad, 2, 0.95, &out, &error),
        MIG_ARGUMENT);
    assert_non_null(strstr(error.text, "'3'"));
    assert_int_equal(
        mig_strata_rate_ratio(MIG_STRATA_MANTEL_HAENSZEL, bad, 2, 1.5, &out, &error), MIG_ARGUMENT);
    assert_string_equal(out.method, "untouched");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_r_on_shares),
        cmocka_unit_test(agrees_with_r_on_rates),
        cmocka_unit_test(corrects_for_continuity_as_r_does),
        cmocka_unit_test(corrects_to_no_excess_at_most),
        cmocka_unit_test(has_the_shape_of_a_comparison),
        cmocka_unit_test(one_stratum_is_the_crude_comparison),
        cmocka_unit_test(names_what_is_undefined),
        cmocka_unit_test(claims_nothing_from_a_group_without_variance),
        cmocka_unit_test(matched_pairs_have_a_variance),
        cmocka_unit_test(refuses_invalid_arguments),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
