/* Comparisons of two groups against R and published tables. */
#include "close.h"

#include <string.h>

#include "stats/comparison.h"
#include "stats/distribution.h"

struct limits {
    double low, high;
};

/* R 4.2.2; counts: admissions of men and women (R: UCBAdmissions), Newcombe 1998 (Stat Med
 * 17:873-890) table II a, b, d, and zeros. With z <- qnorm(1 - (1 - level)/2), wilson(x, n) <-
 * prop.test(x, n, conf.level=level, correct=F)$conf.int: newcombe: p1 - p2 - sqrt((p1 - l1)^2 + (u2
 * - p2)^2), p1 - p2 + sqrt((u1 - p1)^2 + (p2 - l2)^2). score: A <- n1 + n2; B <- -(R*(n1 + x2) + x1
 * + n2); q2 <- (-B - sqrt(B^2 - 4*A*R*(x1 + x2)))/(2*A*R); q1 <- R*q2; s(R) <- (x1/n1 -
 * R*x2/n2)/sqrt(q1*(1 - q1)/n1 + R^2*q2*(1 - q2)/n2); uniroot(s(exp(t)) -+ z, ..., tol=1e-15). z,
 * p: p <- (x1 + x2)/(n1 + n2); (p1 - p2)/sqrt(p*(1 - p)*(1/n1 + 1/n2)); 2*pnorm(-abs(z)). fisher:
 * fisher.test(matrix(c(x1, n1 - x1, x2, n2 - x2), 2))$p.value. std_error: sqrt(p1*(1 - p1)/n1 +
 * p2*(1 - p2)/n2). */
static const struct {
    struct mig_pair pair;
    double level;
    struct limits newcombe, score;
    double z, p, fisher, std_error;
} share_rows[] = {
    {{512, 825, 89, 108}, 0.95, {-0.27250278042064457, -0.11473991714662607},
        {0.68695039439547356, 0.84588320616014978}, -4.1530727709547195, 3.280403617116599e-05,
        1.6691893283891193e-05, 0.040345623348479},
    {{353, 560, 17, 25}, 0.95, {-0.20309801547418346, 0.15009202506220584},
        {0.75093541580527845, 1.3085423248016446}, -0.50370774405897367, 0.61446676566877756,
        0.67708991372297744, 0.095499130655225278},
    {{22, 373, 24, 341}, 0.95, {-0.049157736984922526, 0.025152451138495346},
        {0.48223377268022605, 1.4562572545596184}, -0.61975259748597211, 0.53542068130807752,
        0.54584082690055735, 0.018457254826584082},
    {{56, 70, 48, 80}, 0.95, {0.052431472402364898, 0.33387265403690591},
        {1.0798215063618983, 1.6708055780191116}, 2.6501719512585336, 0.0080450813681965626,
        0.012521129749209175, 0.072702917999996994},
    {{9, 10, 3, 10}, 0.95, {0.17052272393450302, 0.80901797353548799},
        {1.3532371938667289, 8.4676686867097715}, 2.738612787525831, 0.0061698993205441532,
        0.019766611097880426, 0.1732050807568877},
    {{5, 56, 0, 29}, 0.95, {-0.038137147903536853, 0.19256001385511157}, {NAN, NAN},
        1.6586488692392285, 0.097186568170579732, 0.16062144320947105, 0.038105533791555242},
    {{0, 10, 3, 20}, 0.95, {-0.36041886474075696, 0.14420454921297868}, {0, 2.1792222756778017},
        -1.2909944487358054, 0.19670560245894694, 0.53201970443349755, 0.079843597113356563},
    {{512, 825, 89, 108}, 0.998, {-0.304091941870335, -0.056503191048168089},
        {0.65571696272862945, 0.9175321628621842}, -4.1530727709547195, 3.280403617116599e-05,
        1.6691893283891193e-05, 0.040345623348479},
    {{353, 560, 17, 25}, 0.998, {-0.26032080629282917, 0.25636115721015001},
        {0.69482069604743368, 1.6704330844143829}, -0.50370774405897367, 0.61446676566877756,
        0.67708991372297744, 0.095499130655225278},
    {{22, 373, 24, 341}, 0.998, {-0.07348867082005317, 0.047873945779532433},
        {0.35596087382258829, 1.9727725969508076}, -0.61975259748597211, 0.53542068130807752,
        0.54584082690055735, 0.018457254826584082},
    {{56, 70, 48, 80}, 0.998, {-0.033487253642442288, 0.40181176460263518},
        {0.95053411625271711, 1.9265480745718351}, 2.6501719512585336, 0.0080450813681965626,
        0.012521129749209175, 0.072702917999996994},
    {{9, 10, 3, 10}, 0.998, {-0.047622371921410389, 0.85409036307885133},
        {0.86761594796592378, 14.583959638672928}, 2.738612787525831, 0.0061698993205441532,
        0.019766611097880426, 0.1732050807568877},
    {{5, 56, 0, 29}, 0.998, {-0.16666160074963826, 0.27332304949935232}, {NAN, NAN},
        1.6586488692392285, 0.097186568170579732, 0.16062144320947105, 0.038105533791555242},
    {{0, 10, 3, 20}, 0.998, {-0.49548438488886382, 0.35282780252346824}, {0, 5.1554534966137844},
        -1.2909944487358054, 0.19670560245894694, 0.53201970443349755, 0.079843597113356563},
};

static void compares_shares_like_r(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(share_rows); i++) {
        const struct mig_pair *pair = &share_rows[i].pair;
        struct mig_estimate newcombe, score, fisher;
        double level = share_rows[i].level;
        assert_int_equal(mig_share_difference(pair, level, &newcombe, NULL), MIG_OK);
        assert_int_equal(mig_share_ratio(pair, level, &score, NULL), MIG_OK);
        assert_int_equal(mig_share_fisher(pair, level, &fisher, NULL), MIG_OK);
        assert_close("difference low", newcombe.conf_low, share_rows[i].newcombe.low, 1e-12);
        assert_close("difference high", newcombe.conf_high, share_rows[i].newcombe.high, 1e-12);
        assert_close("std_error", newcombe.std_error, share_rows[i].std_error, 1e-12);
        assert_close("z", newcombe.statistic, share_rows[i].z, 1e-12);
        assert_close("p", newcombe.p_value, share_rows[i].p, 1e-11);
        assert_close("p of ratio", score.p_value, share_rows[i].p, 1e-11);
        assert_close("fisher", fisher.p_value, share_rows[i].fisher, 1e-10);
        if (pair->x2 > 0) {
            assert_close("ratio low", score.conf_low, share_rows[i].score.low, 1e-10);
            assert_close("ratio high", score.conf_high, share_rows[i].score.high, 1e-10);
            assert_close(
                "ratio", score.estimate, pair->x1 / pair->n1 / (pair->x2 / pair->n2), 1e-15);
        } else {
            assert_close("ratio", score.estimate, NAN, 0);
            assert_close("ratio high", score.conf_high, INFINITY, 0);
            assert_true(score.conf_low > 0);
            assert_string_equal(score.note, "the share compared with is 0");
        }
    }
}

/* Newcombe 1998, Stat Med 17:873-890, table II, method 10, contrasts (a) to (h), to the four
 * decimals printed. */
static void agrees_with_newcombe(void **state)
{
    (void)state;
    static const struct {
        struct mig_pair pair;
        struct limits printed;
    } rows[] = {
        {{56, 70, 48, 80}, {0.0524, 0.3339}},
        {{9, 10, 3, 10}, {0.1705, 0.8090}},
        {{6, 7, 2, 7}, {0.0582, 0.8062}},
        {{5, 56, 0, 29}, {-0.0381, 0.1926}},
        {{0, 10, 0, 20}, {-0.1611, 0.2775}},
        {{0, 10, 0, 10}, {-0.2775, 0.2775}},
        {{10, 10, 0, 20}, {0.6791, 1}},
        {{10, 10, 0, 10}, {0.6075, 1}},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct mig_estimate out;
        assert_int_equal(mig_share_difference(&rows[i].pair, 0.95, &out, NULL), MIG_OK);
        assert_true(fabs(out.conf_low - rows[i].printed.low) <= 0.00005);
        assert_true(fabs(out.conf_high - rows[i].printed.high) <= 0.00005);
    }
}

/* Fisher's published p-values, as printed in R's help page of fisher.test: tea tasting 0.4857,
 * convictions of twins 0.0005367; and tables that hold nothing to test. */
static void tests_like_fisher(void **state)
{
    (void)state;
    assert_true(fabs(mig_fisher_two_sided(3, 4, 1, 4) - 0.4857) <= 0.00005);
    assert_true(fabs(mig_fisher_two_sided(2, 17, 10, 13) - 0.0005367) <= 0.00000005);
    assert_close("nobody", mig_fisher_two_sided(0, 5, 0, 9), 1, 0);
    assert_close("everybody", mig_fisher_two_sided(5, 5, 9, 9), 1, 0);
    assert_close("same", mig_fisher_two_sided(5, 10, 5, 10), 1, 0);
    assert_close("no such table", mig_fisher_two_sided(6, 5, 9, 9), NAN, 0);
}

/* A comparison turned over is the comparison turned over; at the level 1 - p the score interval
 * ends at 1. */
static void has_the_shape_of_a_comparison(void **state)
{
    (void)state;
    static const struct mig_pair pairs[] = {{30, 100, 20, 120}, {1, 9, 7, 8},
        {123456, 1000000, 120000, 1000000}, {4e8, 1e9, 3e8, 1e9}, {3, 3, 1, 7}};
    for (size_t i = 0; i < COUNT_OF(pairs); i++) {
        struct mig_pair turned = {pairs[i].x2, pairs[i].n2, pairs[i].x1, pairs[i].n1};
        struct mig_estimate a, b;
        assert_int_equal(mig_share_difference(&pairs[i], 0.95, &a, NULL), MIG_OK);
        assert_int_equal(mig_share_difference(&turned, 0.95, &b, NULL), MIG_OK);
        assert_close("difference", -b.conf_high, a.conf_low, 1e-12);
        assert_int_equal(mig_share_ratio(&pairs[i], 0.95, &a, NULL), MIG_OK);
        assert_int_equal(mig_share_ratio(&turned, 0.95, &b, NULL), MIG_OK);
        assert_close("low", 1 / b.conf_high, a.conf_low, 1e-10);
        assert_close("high", 1 / b.conf_low, a.conf_high, 1e-10);
        assert_true(a.conf_low < a.estimate && a.estimate < a.conf_high);
        if (a.p_value < 1e-12)
            continue;
        assert_int_equal(mig_share_ratio(&pairs[i], 1 - a.p_value, &b, NULL), MIG_OK);
        assert_close("end", a.estimate > 1 ? b.conf_low : b.conf_high, 1, 1e-9);
    }
}

/* R 4.2.2: district rates of MASS::Insurance; x1/t1 - x2/t2 -+ qnorm(.975)*sqrt(x1/t1^2 + x2/t2^2).
 */
static void compares_rates_like_r(void **state)
{
    (void)state;
    static const struct {
        struct mig_pair pair;
        double level, estimate, low, high;
    } rows[] = {
        {{891, 6653, 1381, 10545}, 0.95, 0.00296200382904444, -0.00821998925084702,
            0.0141439969089359},
        {{891, 6653, 1381, 10545}, 0.9, 0.00296200382904444, -0.00642222058481486,
            0.0123462282429037},
        {{326, 1994, 1381, 10545}, 0.95, 0.0325279299253854, 0.0134839162591891,
            0.0515719435915818},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct mig_estimate out;
        assert_int_equal(mig_rate_difference(&rows[i].pair, rows[i].level, &out, NULL), MIG_OK);
        assert_close("estimate", out.estimate, rows[i].estimate, 1e-12);
        assert_close("low", out.conf_low, rows[i].low, 1e-12);
        assert_close("high", out.conf_high, rows[i].high, 1e-12);
    }
}

static void names_what_is_undefined(void **state)
{
    (void)state;
    static const struct mig_pair none = {0, 0, 3, 9}, nobody = {0, 4, 0, 9}, all = {4, 4, 9, 9};
    struct mig_estimate out;
    assert_int_equal(mig_share_difference(&none, 0.95, &out, NULL), MIG_OK);
    assert_string_equal(out.note, "denominator is 0");
    assert_close("difference", out.estimate, NAN, 0);
    assert_int_equal(mig_share_difference(&nobody, 0.95, &out, NULL), MIG_OK);
    assert_string_equal(out.note, "no test: the groups hold nobody else");
    assert_close("p", out.p_value, NAN, 0);
    assert_int_equal(mig_share_ratio(&nobody, 0.95, &out, NULL), MIG_OK);
    assert_string_equal(out.note, "both counts are 0");
    assert_int_equal(mig_share_ratio(&all, 0.95, &out, NULL), MIG_OK);
    assert_close("ratio", out.estimate, 1, 0);
    assert_true(out.conf_low < 1 && out.conf_high > 1);
    assert_int_equal(mig_rate_difference(&none, 0.95, &out, NULL), MIG_OK);
    assert_string_equal(out.note, "exposure is 0");
    assert_int_equal(mig_rate_difference(&nobody, 0.95, &out, NULL), MIG_OK);
    assert_string_equal(out.note, "both counts are 0");
    assert_close("low", out.conf_low, NAN, 0);
}

static void refuses_invalid_arguments(void **state)
{
    (void)state;
    static const struct mig_pair over = {5, 4, 1, 2}, part = {1, 4, 1.5, 2}, good = {1, 4, 1, 2};
    struct mig_estimate out = mig_estimate_empty("untouched");
    struct mig_error error;
    assert_int_equal(mig_share_difference(&over, 0.95, &out, &error), MIG_ARGUMENT);
    assert_non_null(strstr(error.text, "'5'"));
    assert_int_equal(mig_share_ratio(&part, 0.95, &out, &error), MIG_ARGUMENT);
    assert_non_null(strstr(error.text, "'1.5'"));
    assert_int_equal(mig_share_fisher(&good, 7, &out, &error), MIG_ARGUMENT);
    assert_int_equal(mig_rate_difference(&part, 0.95, &out, &error), MIG_ARGUMENT);
    assert_string_equal(out.method, "untouched");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(compares_shares_like_r),
        cmocka_unit_test(agrees_with_newcombe),
        cmocka_unit_test(tests_like_fisher),
        cmocka_unit_test(has_the_shape_of_a_comparison),
        cmocka_unit_test(compares_rates_like_r),
        cmocka_unit_test(names_what_is_undefined),
        cmocka_unit_test(refuses_invalid_arguments),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
