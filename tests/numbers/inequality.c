/* Indices of inequality against R, printed values, and what has to hold. */
#include "close.h"

#include <stdlib.h>
#include <string.h>

#include "base/random.h"
#include "stats/inequality.h"

static const double amounts[] = {541, 463, 435, 1020, 87, 0, 260, 33};
static const double sizes[] = {1370e3, 1420e3, 2230e3, 1800e3, 1980e3, 330e3, 410e3, 1150e3};
static const size_t groups[] = {0, 0, 1, 1, 1, 2, 2, 0};
enum { N = COUNT_OF(amounts) };
/* The example of R's packages ineq and DescTools. */
static const double example[] = {541, 1463, 2445, 3438, 4437, 5401, 6392, 8304, 11904, 22261};

static double gini(enum mig_gini_method method, const double *x, const double *w, size_t n)
{
    struct mig_estimate out;
    assert_int_equal(mig_gini(method, x, w, n, &out, NULL), MIG_OK);
    assert_string_equal(out.method, mig_gini_methods[method]);
    assert_true((out.note != NULL) == isnan(out.estimate));
    return out.estimate;
}

static double concentration(enum mig_concentration_method method, const double *x, size_t n)
{
    struct mig_estimate out;
    assert_int_equal(mig_concentration(method, x, n, &out, NULL), MIG_OK);
    assert_string_equal(out.method, mig_concentration_methods[method]);
    return out.estimate;
}

static double dissimilarity(const double *x, const double *y, size_t n)
{
    struct mig_estimate out;
    assert_int_equal(mig_dissimilarity(x, y, n, &out, NULL), MIG_OK);
    assert_string_equal(out.method, "dissimilarity");
    return out.estimate;
}

static struct mig_theil theil(
    const double *x, const double *w, const size_t *g, size_t n, size_t n_groups)
{
    struct mig_theil out;
    assert_int_equal(mig_theil(x, w, g, n, n_groups, &out, NULL, NULL, NULL), MIG_OK);
    return out;
}

/* R 4.2.2: x, w as above; s <- x/sum(x); q <- w/sum(w); r <- x/w; n <- 8; xs <- sort(x)
 * sum((2*(1:n) - n - 1)*xs)/(n*sum(xs)); that * n/(n - 1);
 * sum(outer(q,q)*abs(outer(r,r,"-")))/(2*sum(q*r)); sum(s^2); (sum(s^2) - 1/n)/(1 - 1/n); sum(abs(s
 * - q))/2 */
static void agrees_with_r(void **state)
{
    (void)state;
    assert_close("gini", gini(MIG_GINI, amounts, NULL, N), 0.48357696371961956, 1e-13);
    assert_close(
        "corrected", gini(MIG_GINI_CORRECTED, amounts, NULL, N), 0.55265938710813667, 1e-13);
    assert_close(
        "weighted", gini(MIG_GINI_WEIGHTED, amounts, sizes, N), 0.43061974878175202, 1e-13);
    assert_close("H", concentration(MIG_HERFINDAHL, amounts, N), 0.22493185727254644, 1e-13);
    assert_close("normalised", concentration(MIG_HERFINDAHL_NORMALISED, amounts, N),
        0.11420783688291022, 1e-13);
    assert_close("D", dissimilarity(amounts, sizes, N), 0.3367817822781774, 1e-13);
}

/* R: t <- function(s, q) sum(ifelse(s > 0, s*log(s/q), 0)); t(s, q); t(s, rep(1/n, n)); with gr the
 * groups, S <- tapply(s, gr, sum); Q <- tapply(q, gr, sum); Tg <- sapply(1:3, function(k)
 * t(s[gr==k]/S[k], q[gr==k]/Q[k])); t(S, Q); sum(S*Tg) */
static void splits_theil_as_r(void **state)
{
    (void)state;
    static const double of_group[] = {
        0.23674956090242794, 0.34725591354216523, 0.59049302649986202};
    static const double share[] = {0.3652694610778443, 0.54314899612539624, 0.091581542796759424};
    double indices[3], shares[3];
    struct mig_theil out;
    assert_int_equal(mig_theil(amounts, sizes, groups, N, 3, &out, indices, shares, NULL), MIG_OK);
    assert_close("T", out.total, 0.33278354654066716, 1e-13);
    assert_close("between", out.between, 0.0036161988028014565, 1e-12);
    assert_close("within", out.within, 0.32916734773786571, 1e-13);
    for (size_t g = 0; g < 3; g++) {
        assert_close("T of group", indices[g], of_group[g], 1e-13);
        assert_close("share of group", shares[g], share[g], 1e-14);
    }
    assert_close("even", theil(amounts, NULL, NULL, N, 0).total, 0.43506355876822911, 1e-13);
    assert_close("between", theil(amounts, NULL, NULL, N, 0).between, NAN, 0);
}

/* R's ineq 0.2-13: ineq(x) is 0.4620911, Herfindahl(x) 0.1840812, ineq(rep(c(10, 100), times=c(9,
 * 1))) 0.4263158; DescTools: Gini(x) is 0.5134346. Theil's T of x by the formula above:
 * 0.36234124234389492. */
static void agrees_with_printed_values(void **state)
{
    (void)state;
    static const double ten[] = {10, 10, 10, 10, 10, 10, 10, 10, 10, 100};
    assert_close("gini", gini(MIG_GINI, example, NULL, 10), 0.4620911, 1e-7);
    assert_close("corrected", gini(MIG_GINI_CORRECTED, example, NULL, 10), 0.5134346, 1e-7);
    assert_close("gini", gini(MIG_GINI, ten, NULL, 10), 0.4263158, 1e-7);
    assert_close("H", concentration(MIG_HERFINDAHL, example, 10), 0.1840812, 2e-7);
    assert_close("T", theil(example, NULL, NULL, 10, 0).total, 0.36234124234389492, 1e-13);
}

/* R: p <- prop.test(x, X, conf.level=, correct=FALSE)$conf.int / q, binom.test(x, X,
 * conf.level=)$conf.int / q; z <- (x/X - q)/sqrt(q*(1 - q)/X); 2*pnorm(-abs(z)); sqrt(x/X*(1 -
 * x/X)/X)/q, with q = w/W, X = 2839, W = 10690000. */
static void location_quotients_agree_with_r(void **state)
{
    (void)state;
    struct mig_estimate out;
    assert_int_equal(
        mig_location_quotient(MIG_PROPORTION_WILSON, 541, 2839, 1370e3, 10690e3, 0.95, &out, NULL),
        MIG_OK);
    assert_close("LQ", out.estimate, 1.4869248193179978, 1e-14);
    assert_close("error", out.std_error, 0.05751520790267705, 1e-13);
    assert_close("low", out.conf_low, 1.377488732908503, 1e-12);
    assert_close("high", out.conf_high, 1.6028863043761801, 1e-12);
    assert_close("z", out.statistic, 9.9471103397368381, 1e-12);
    assert_close("p", out.p_value, 2.5961212035888846e-23, 1e-10);
    assert_string_equal(out.method, "wilson");
    assert_int_equal(
        mig_location_quotient(MIG_PROPORTION_EXACT, 87, 2839, 1980e3, 10690e3, 0.95, &out, NULL),
        MIG_OK);
    assert_close("LQ", out.estimate, 0.16544984896517126, 1e-14);
    assert_close("low", out.conf_low, 0.13290314876730716, 1e-11);
    assert_close("high", out.conf_high, 0.203347903637702, 1e-11);
    assert_close("p", out.p_value, 9.3265261327970174e-100, 1e-10);
    assert_int_equal(
        mig_location_quotient(MIG_PROPORTION_EXACT, 0, 2839, 330e3, 10690e3, 0.9, &out, NULL),
        MIG_OK);
    assert_close("LQ", out.estimate, 0, 0);
    assert_close("error", out.std_error, NAN, 0);
    assert_close("low", out.conf_low, 0, 0);
    assert_close("high", out.conf_high, 0.034164278687590213, 1e-11);
    assert_non_null(out.note);
    assert_int_equal(mig_location_quotient_plain(541.5, 2839, 1370e3, 10690e3, &out, NULL), MIG_OK);
    assert_close("plain", out.estimate, 541.5 / 2839 * 10690 / 1370, 1e-14);
    assert_string_equal(out.method, "location-quotient");
}

static void location_quotients_say_what_is_undefined(void **state)
{
    (void)state;
    static const struct {
        double x, x_total, w, w_total;
        const char *note;
    } cases[] = {
        {0, 0, 1, 2, "there are no cases"},
        {1, 2, 0, 0, "the base is 0"},
        {1, 2, 0, 5, "cases, but no base"},
        {0, 2, 0, 5, "no base"},
    };
    struct mig_estimate out;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_int_equal(mig_location_quotient(MIG_PROPORTION_WILSON, cases[i].x, cases[i].x_total,
                             cases[i].w, cases[i].w_total, 0.95, &out, NULL),
            MIG_OK);
        assert_string_equal(out.note, cases[i].note);
        assert_close("LQ", out.estimate, NAN, 0);
        assert_close("high", out.conf_high, NAN, 0);
        assert_int_equal(mig_location_quotient_plain(cases[i].x, cases[i].x_total, cases[i].w,
                             cases[i].w_total, &out, NULL),
            MIG_OK);
        assert_string_equal(out.note, cases[i].note);
        assert_close("LQ", out.estimate, NAN, 0);
    }
    assert_int_equal(
        mig_location_quotient(MIG_PROPORTION_WILSON, 3, 4, 5, 5, 0.95, &out, NULL), MIG_OK);
    assert_close("LQ", out.estimate, 0.75, 1e-15);
    assert_close("p", out.p_value, NAN, 0);
    assert_string_equal(out.note, "the part is the whole base: no test");
}

static void names_what_is_undefined(void **state)
{
    (void)state;
    static const double nothing[3] = {0}, some[] = {1, 2, 3}, holes[] = {1, 0, 2}, one[] = {5};
    struct mig_estimate out;
    assert_int_equal(mig_gini(MIG_GINI, nothing, NULL, 3, &out, NULL), MIG_OK);
    assert_string_equal(out.note, "all amounts are 0");
    assert_int_equal(mig_gini(MIG_GINI, NULL, NULL, 0, &out, NULL), MIG_OK);
    assert_string_equal(out.note, "all amounts are 0");
    assert_int_equal(mig_gini(MIG_GINI_WEIGHTED, some, nothing, 3, &out, NULL), MIG_OK);
    assert_string_equal(out.note, "all sizes are 0");
    assert_int_equal(mig_gini(MIG_GINI_WEIGHTED, some, holes, 3, &out, NULL), MIG_OK);
    assert_string_equal(out.note, "a part of size 0 has an amount");
    assert_close("gini", out.estimate, NAN, 0);
    assert_int_equal(mig_gini(MIG_GINI_CORRECTED, one, NULL, 1, &out, NULL), MIG_OK);
    assert_string_equal(out.note, "there is one part only");
    assert_int_equal(mig_concentration(MIG_HERFINDAHL_NORMALISED, one, 1, &out, NULL), MIG_OK);
    assert_string_equal(out.note, "there is one part only");
    assert_int_equal(mig_concentration(MIG_HERFINDAHL, nothing, 3, &out, NULL), MIG_OK);
    assert_string_equal(out.note, "all amounts are 0");
    assert_int_equal(mig_dissimilarity(some, nothing, 3, &out, NULL), MIG_OK);
    assert_string_equal(out.note, "all sizes are 0");
    double indices[2] = {1, 1}, shares[2] = {1, 1};
    static const size_t two[] = {0, 1, 1};
    struct mig_theil split;
    assert_int_equal(mig_theil(some, holes, two, 3, 2, &split, indices, shares, NULL), MIG_OK);
    assert_string_equal(split.note, "a part of size 0 has an amount");
    assert_close("T", split.total, NAN, 0);
    assert_close("T of group", indices[1], NAN, 0);
    assert_close("share of group", shares[0], NAN, 0);
    /* the part of size 0 without an amount takes no part; a group without amount has no index */
    static const double empty[] = {0, 0, 4};
    assert_int_equal(mig_theil(empty, holes, two, 3, 2, &split, indices, shares, NULL), MIG_OK);
    assert_null(split.note);
    assert_close("T", split.total, log(1.5), 1e-14);
    assert_close("between", split.between, log(1.5), 1e-14);
    assert_close("within", split.within, 0, 0);
    assert_close("T of group", indices[0], NAN, 0);
    assert_close("weighted", gini(MIG_GINI_WEIGHTED, empty, holes, 3), 1.0 / 3, 1e-14);
}

static void refuses_invalid_arguments(void **state)
{
    (void)state;
    static const double some[] = {1, 2},
                        bad[][2] = {{1, -2}, {NAN, 1}, {INFINITY, 1}, {1e308, 1e308}};
    static const size_t out_of_range[] = {0, 2};
    struct mig_estimate out = mig_estimate_empty("untouched");
    struct mig_theil split = {.note = "untouched"};
    struct mig_error error;
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        assert_int_equal(mig_gini(MIG_GINI, bad[i], NULL, 2, &out, &error), MIG_ARGUMENT);
        assert_int_equal(mig_gini(MIG_GINI_WEIGHTED, some, bad[i], 2, &out, &error), MIG_ARGUMENT);
        assert_int_equal(mig_concentration(MIG_HERFINDAHL, bad[i], 2, &out, &error), MIG_ARGUMENT);
        assert_int_equal(mig_dissimilarity(some, bad[i], 2, &out, &error), MIG_ARGUMENT);
        assert_int_equal(
            mig_theil(bad[i], NULL, NULL, 2, 0, &split, NULL, NULL, &error), MIG_ARGUMENT);
    }
    assert_int_equal(
        mig_theil(some, NULL, out_of_range, 2, 2, &split, NULL, NULL, &error), MIG_ARGUMENT);
    assert_non_null(strstr(error.text, "'2'"));
    assert_int_equal(mig_gini(MIG_GINI, some, some, 2, &out, &error), MIG_ARGUMENT);
    assert_int_equal(mig_gini(MIG_GINI_WEIGHTED, some, NULL, 2, &out, &error), MIG_ARGUMENT);
    assert_int_equal(mig_gini((enum mig_gini_method)3, some, NULL, 2, &out, &error), MIG_ARGUMENT);
    assert_int_equal(
        mig_concentration((enum mig_concentration_method)2, some, 2, &out, &error), MIG_ARGUMENT);
    assert_int_equal(
        mig_location_quotient(MIG_PROPORTION_WILSON, 1, 2, 6, 5, 0.95, &out, &error), MIG_ARGUMENT);
    assert_int_equal(
        mig_location_quotient(MIG_PROPORTION_WILSON, 3, 2, 1, 5, 0.95, &out, &error), MIG_ARGUMENT);
    assert_int_equal(mig_location_quotient_plain(3, 2, 1, 5, &out, &error), MIG_ARGUMENT);
    assert_string_equal(out.method, "untouched");
    assert_string_equal(split.note, "untouched");
}

enum { MOST = 30 };

/* All alike is 0 (H: 1/n), one with all the most there is. */
static void knows_the_ends(void **state)
{
    (void)state;
    double even[MOST], alone[MOST] = {0}, uneven[MOST], scaled[MOST];
    for (size_t i = 0; i < MOST; i++) {
        even[i] = 7;
        uneven[i] = 1 + (double)i;
        scaled[i] = uneven[i] * 3;
    }
    alone[4] = 0.3;
    assert_close("even", gini(MIG_GINI, even, NULL, MOST), 0, 0);
    assert_close("proportional", gini(MIG_GINI_WEIGHTED, scaled, uneven, MOST), 0, 0);
    assert_close("alone", gini(MIG_GINI, alone, NULL, MOST), 1 - 1.0 / MOST, 1e-14);
    assert_close("alone", gini(MIG_GINI_CORRECTED, alone, NULL, MOST), 1, 1e-14);
    assert_close("even", theil(scaled, uneven, NULL, MOST, 0).total, 0, 0);
    assert_close("alone", theil(alone, NULL, NULL, MOST, 0).total, log(MOST), 1e-14);
    assert_close("even", concentration(MIG_HERFINDAHL, even, MOST), 1.0 / MOST, 1e-14);
    assert_close("even", concentration(MIG_HERFINDAHL_NORMALISED, even, MOST), 0, 0);
    assert_close("alone", concentration(MIG_HERFINDAHL, alone, MOST), 1, 1e-14);
    assert_close("alone", concentration(MIG_HERFINDAHL_NORMALISED, alone, MOST), 1, 1e-14);
    assert_close("proportional", dissimilarity(scaled, uneven, MOST), 0, 0);
    assert_close("alone", dissimilarity(alone, even, MOST), 1 - 1.0 / MOST, 1e-14);
}

struct draw {
    double x[MOST], w[MOST], reversed_x[MOST], reversed_w[MOST];
    size_t g[MOST], n;
};

static struct draw draw_parts(struct mig_random *random)
{
    struct draw draw = {.n = 2 + mig_random_below(random, MOST - 1)};
    for (size_t i = 0; i < draw.n; i++) {
        draw.x[i] = mig_random_below(random, 3) * mig_random_uniform(random) * 1e4;
        draw.w[i] = 1 + mig_random_uniform(random) * 1e6;
        draw.g[i] = mig_random_below(random, 4);
    }
    draw.x[0] = 17;
    for (size_t i = 0; i < draw.n; i++) {
        draw.reversed_x[i] = draw.x[draw.n - 1 - i] * 1e-3;
        draw.reversed_w[i] = draw.w[draw.n - 1 - i] * 1e5;
    }
    return draw;
}

/* Order and units do not matter; a transfer from the poorer to the richer part raises every index;
 * between and within add up; a measure over persons is that over parts when each part is one. */
static void has_the_properties_of_an_index(void **state)
{
    (void)state;
    struct mig_random random;
    assert_int_equal(mig_random_init(&random, 9, 0, NULL), MIG_OK);
    for (int repeat = 0; repeat < 300; repeat++) {
        struct draw d = draw_parts(&random);
        double g = gini(MIG_GINI, d.x, NULL, d.n), gw = gini(MIG_GINI_WEIGHTED, d.x, d.w, d.n);
        double h = concentration(MIG_HERFINDAHL, d.x, d.n), s = dissimilarity(d.x, d.w, d.n);
        struct mig_theil t = theil(d.x, d.w, d.g, d.n, 4);
        assert_true(g >= 0 && g < 1 && gw >= 0 && gw < 1 && s >= 0 && s <= gw + 1e-14);
        assert_true(h >= 1 / (double)d.n - 1e-15 && h <= 1 && t.total >= 0);
        assert_close("between + within", t.between + t.within, t.total, 1e-12);
        assert_close("order", gini(MIG_GINI, d.reversed_x, NULL, d.n), g, 1e-12);
        assert_close("order", gini(MIG_GINI_WEIGHTED, d.reversed_x, d.reversed_w, d.n), gw, 1e-12);
        assert_close(
            "order", theil(d.reversed_x, d.reversed_w, NULL, d.n, 0).total, t.total, 1e-11);
        assert_close("symmetric", dissimilarity(d.w, d.x, d.n), s, 1e-12);
        double ones[MOST];
        size_t least = 0, most = 0;
        for (size_t i = 0; i < d.n; i++) {
            ones[i] = 3;
            least = d.x[i] / d.w[i] < d.x[least] / d.w[least] ? i : least;
            most = d.x[i] / d.w[i] > d.x[most] / d.w[most] ? i : most;
        }
        assert_close("persons", gini(MIG_GINI_WEIGHTED, d.x, ones, d.n), g, 1e-12);
        d.x[most] += d.x[least] / 2;
        d.x[least] /= 2;
        assert_true(gini(MIG_GINI_WEIGHTED, d.x, d.w, d.n) >= gw);
        assert_true(theil(d.x, d.w, NULL, d.n, 0).total >= t.total - 1e-15);
        assert_true(dissimilarity(d.x, d.w, d.n) >= s - 1e-15);
    }
    mig_random_release(&random);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_r),
        cmocka_unit_test(splits_theil_as_r),
        cmocka_unit_test(agrees_with_printed_values),
        cmocka_unit_test(location_quotients_agree_with_r),
        cmocka_unit_test(location_quotients_say_what_is_undefined),
        cmocka_unit_test(names_what_is_undefined),
        cmocka_unit_test(refuses_invalid_arguments),
        cmocka_unit_test(knows_the_ends),
        cmocka_unit_test(has_the_properties_of_an_index),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
