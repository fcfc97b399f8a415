/* Mid-p intervals and tests of odds ratios against R. */
#include "close.h"

#include <stdbool.h>

#include "stats/fisher.h"

/* R 4.2.2, independent of the code here, from R's dhyper and uniroot: with s, x, dn, u and a as
 * above, p by d <- dhyper(s,m,n,k); 2*min(sum(d[s>x]), sum(d[s<x])) + d[s==x]; low by u(function(l)
 * {d <- dn(l); sum(d[s>x]) + d[s==x]/2 - a}); high with s<x. epitools 0.5-10.1's oddsratio.midp
 * gives the same p-values (its limits are solved to about 1e-5: for {3, 1, 1, 3} 0.31005 and
 * 306.6). */
static const struct {
    double table[4];
    double level, p, odds_ratio, low, high;
} midp_odds[] = {
    {{3, 1, 1, 3}, 0.95, 0.25714285714285717, 6.4083196581996678, 0.31005488171908002,
        308.55677158115412},
    {{3, 1, 1, 3}, 0.998, 0.25714285714285717, 6.4083196581996678, 0.064774336722859829,
        7988.5022208039954},
    {{2, 15, 10, 3}, 0.95, 0.00048066192467675965, 0.046936639049680005, 0.0048246116690190896,
        0.29586620459150109},
    {{0, 7, 5, 4}, 0.95, 0.028846153846153848, 0, 0, 0.76647597009846169},
    {{6, 3, 0, 9}, 0.95, 0.0045248868778280495, INFINITY, 2.6166337160274731, INFINITY},
    {{1198, 557, 1493, 1278}, 0.95, 4.3943262416175102e-22, 1.8408323042942736, 1.624540693151906,
        2.0870675028676673},
    {{120, 95, 80, 130}, 0.99, 0.00026110947192352471, 2.0490879837718845, 1.2338558540649847,
        3.425979117409248},
    {{12345, 11111, 6789, 7000}, 0.95, 2.4477859874654889e-10, 1.1455883576631705, 1.09837340982419,
        1.1948398366229265},
    {{300000, 200000, 299000, 201000}, 0.95, 0.041311288927021121, 1.0083611956172949,
        1.0003282645953995, 1.0164586520940664},
    {{1, 300000, 20, 200000}, 0.999, 1.4742167407139462e-07, 0.033333486771302719,
        3.17474425184856e-05, 0.38406577241050111},
};

static void midp_odds_ratios_agree_with_r(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(midp_odds); i++) {
        struct mig_estimate out;
        assert_int_equal(
            mig_fisher_midp(midp_odds[i].table, midp_odds[i].level, &out, NULL), MIG_OK);
        assert_close("p", out.p_value, midp_odds[i].p, 1e-11);
        assert_close("odds ratio", out.estimate, midp_odds[i].odds_ratio, 1e-11);
        assert_close("low", out.conf_low, midp_odds[i].low, 1e-11);
        assert_close("high", out.conf_high, midp_odds[i].high, 1e-11);
        assert_string_equal(out.method, "fisher-midp");
        assert_true((out.note != NULL) == isinf(out.estimate));
    }
}

/* The p-value is the level at which an end of the interval is 1. */
static void midp_tests_as_its_interval_does(void **state)
{
    (void)state;
    static const double tables[][4] = {{2, 15, 10, 3}, {120, 95, 80, 130}, {9, 6, 4, 8}};
    for (size_t i = 0; i < COUNT_OF(tables); i++) {
        struct mig_estimate out;
        assert_int_equal(mig_fisher_midp(tables[i], 0.95, &out, NULL), MIG_OK);
        assert_int_equal(mig_fisher_midp(tables[i], 1 - out.p_value, &out, NULL), MIG_OK);
        assert_close("end", out.estimate > 1 ? out.conf_low : out.conf_high, 1, 1e-9);
    }
}

/* The four orders of rows and columns; `turned` where the odds ratio is turned over. */
static const struct {
    size_t cell[4];
    bool turned;
} orders[] = {
    {{0, 1, 2, 3}, false}, {{1, 0, 3, 2}, true}, {{2, 3, 0, 1}, true}, {{3, 2, 1, 0}, false}};

/* Few events out of many. R 4.2.2, from the ratios of neighbouring tables alone: t <- x1 + x2;
 * k <- 0:(t - 1); w <- cumprod(c(1, (n1 - k)/(k + 1)*((t - k)/(n2 - t + k + 1)))); w <- w/sum(w);
 * i <- x1 + 1; mid-p: 2*min(sum(w[seq_len(x1)]), sum(w[-(1:i)])) + w[i]; fisher: sum(w[w
 * <= w[i]*(1 + 1e-7)]); less: sum(w[1:i]); greater: sum(w[i:(t + 1)]). */
static void does_not_depend_on_the_corner(void **state)
{
    (void)state;
    static const struct {
        double x1, n1, x2, n2, midp, fisher, less, greater;
    } rows[] = {
        {4, 34393923, 115, 803576234, 0.73355085899456662, 1, 0.45769877298750039,
            0.72414791399293377},
        {12, 2e7, 3, 1e9, 1.3975560123832657e-18, 1.3911466365598073e-18, 1,
            1.3911466365598073e-18},
        {3, 5e7, 60, 9e8, 0.92415648245545201, 1, 0.57499392966600182, 0.65083744721054992},
        {250, 1e8, 1400, 6e8, 0.31516112708545685, 0.30783052088690549, 0.85075010217872638,
            0.16591122926418325},
        {20, 27, 1000, 100000001000, 1.0939877452498418e-154, 1.093987741603216e-154, 1,
            1.093987741603216e-154},
        {1, 7, 40, 1e12, 2.8699999999799103e-10, 2.86999999963551e-10, 1, 2.86999999963551e-10},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        const double counts[] = {
            rows[i].x1, rows[i].n1 - rows[i].x1, rows[i].x2, rows[i].n2 - rows[i].x2};
        for (size_t j = 0; j < COUNT_OF(orders); j++) {
            double t[4];
            for (size_t k = 0; k < 4; k++)
                t[k] = counts[orders[j].cell[k]];
            struct mig_estimate out;
            assert_int_equal(mig_fisher_midp(t, 0.95, &out, NULL), MIG_OK);
            assert_close("mid-p", out.p_value, rows[i].midp, 1e-11);
            assert_int_equal(mig_fisher_odds_ratio(t, MIG_TWO_SIDED, 0.95, &out, NULL), MIG_OK);
            assert_close("fisher", out.p_value, rows[i].fisher, 1e-11);
            assert_int_equal(mig_fisher_odds_ratio(
                                 t, orders[j].turned ? MIG_GREATER : MIG_LESS, 0.95, &out, NULL),
                MIG_OK);
            assert_close("less", out.p_value, rows[i].less, 1e-11);
            assert_int_equal(mig_fisher_odds_ratio(
                                 t, orders[j].turned ? MIG_LESS : MIG_GREATER, 0.95, &out, NULL),
                MIG_OK);
            assert_close("greater", out.p_value, rows[i].greater, 1e-11);
        }
    }
}

static void names_what_is_undefined(void **state)
{
    (void)state;
    static const double row[] = {5, 3, 0, 0}, vast[] = {4e11, 3e11, 2e11, 2e11},
                        bad[] = {1, 2, 3, -4};
    struct mig_estimate out = mig_estimate_empty("untouched");
    struct mig_error error;
    assert_int_equal(mig_fisher_midp(bad, 0.95, &out, &error), MIG_ARGUMENT);
    assert_int_equal(mig_fisher_midp(row, 0, &out, &error), MIG_ARGUMENT);
    assert_string_equal(out.method, "untouched");
    assert_int_equal(mig_fisher_midp(row, 0.95, &out, NULL), MIG_OK);
    assert_string_equal(out.note, "fewer than 2 rows or columns hold cases");
    assert_close("p", out.p_value, NAN, 0);
    assert_int_equal(mig_fisher_midp(vast, 0.95, &out, NULL), MIG_OK);
    assert_string_equal(out.note, "too many cases for the exact interval");
    assert_true(out.p_value >= 0 && isnan(out.conf_low));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(midp_odds_ratios_agree_with_r),
        cmocka_unit_test(midp_tests_as_its_interval_does),
        cmocka_unit_test(does_not_depend_on_the_corner),
        cmocka_unit_test(names_what_is_undefined),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
