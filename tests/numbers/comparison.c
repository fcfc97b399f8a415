/* Comparisons of two groups against R and published tables. */
#include "close.h"

#include <string.h>

#include "stats/comparison.h"
#include "stats/distribution.h"
#include "stats/ratio.h"

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
 * p2*(1 - p2)/n2), but NaN where a share is 0 or 1, whose variance would be taken for 0. */
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
    {{5, 56, 0, 29}, 0.95, {-0.038137147903536853, 0.19256001385511157},
        {0.72568888359361894, INFINITY}, 1.6586488692392285, 0.097186568170579732,
        0.16062144320947105, NAN},
    {{0, 10, 3, 20}, 0.95, {-0.36041886474075696, 0.14420454921297868}, {0, 2.1792222756778017},
        -1.2909944487358054, 0.19670560245894694, 0.53201970443349755, NAN},
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
    {{5, 56, 0, 29}, 0.998, {-0.16666160074963826, 0.27332304949935232},
        {0.30247007799630821, INFINITY}, 1.6586488692392285, 0.097186568170579732,
        0.16062144320947105, NAN},
    {{0, 10, 3, 20}, 0.998, {-0.49548438488886382, 0.35282780252346824}, {0, 5.1554534966137844},
        -1.2909944487358054, 0.19670560245894694, 0.53201970443349755, NAN},
};

static void compares_shares_like_r(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(share_rows); i++) {
        const struct mig_pair *pair = &share_rows[i].pair;
        struct mig_estimate newcombe, score;
        double level = share_rows[i].level;
        assert_int_equal(
            mig_share_difference(MIG_DIFFERENCE_NEWCOMBE, pair, level, &newcombe, NULL), MIG_OK);
        assert_int_equal(mig_share_ratio(MIG_SHARE_RATIO_SCORE, pair, level, &score, NULL), MIG_OK);
        assert_close("difference low", newcombe.conf_low, share_rows[i].newcombe.low, 1e-12);
        assert_close("difference high", newcombe.conf_high, share_rows[i].newcombe.high, 1e-12);
        assert_close("std_error", newcombe.std_error, share_rows[i].std_error, 1e-12);
        assert_close("no test of its own", newcombe.p_value, NAN, 0);
        assert_close("z", score.statistic, share_rows[i].z, 1e-12);
        assert_close("p", score.p_value, share_rows[i].p, 1e-11);
        assert_close("fisher", mig_fisher_two_sided(pair->x1, pair->n1, pair->x2, pair->n2),
            share_rows[i].fisher, 1e-10);
        assert_close("ratio low", score.conf_low, share_rows[i].score.low, 1e-10);
        assert_close("ratio high", score.conf_high, share_rows[i].score.high, 1e-10);
        if (pair->x2 > 0) {
            assert_close(
                "ratio", score.estimate, pair->x1 / pair->n1 / (pair->x2 / pair->n2), 1e-15);
        } else {
            assert_close("ratio", score.estimate, NAN, 0);
            assert_string_equal(score.note, "the share compared with is 0");
        }
    }
}

/* R 4.2.2: the low limit is uniroot(function(r) s(r) - z, c(1e-6, 1e9), tol=1e-15)$root, s as
 * above; the high limit of the groups turned over is its inverse. */
static void bounds_the_ratio_to_a_group_without_cases(void **state)
{
    (void)state;
    static const struct {
        double x, n, none, level, low;
    } rows[] = {
        {40, 140, 100, 0.95, 7.7045729848387836},
        {40, 140, 100, 0.998, 3.2338478117075491},
        {200, 2000, 100, 0.95, 2.7014752749030007},
        {1614, 1779, 2, 0.95, 1.3793978552526172},
        {10, 10, 10, 0.95, 3.603177716270058},
        {3, 10, 1e6, 0.95, 78095.47452734843},
        {7, 1e6, 1e3, 0.95, 0.0018267440955816977},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        const struct mig_pair pair = {rows[i].x, rows[i].n, 0, rows[i].none},
                              turned = {0, rows[i].none, rows[i].x, rows[i].n};
        struct mig_estimate out;
        assert_int_equal(
            mig_share_ratio(MIG_SHARE_RATIO_SCORE, &pair, rows[i].level, &out, NULL), MIG_OK);
        assert_close("low", out.conf_low, rows[i].low, 1e-10);
        assert_close("high", out.conf_high, INFINITY, 0);
        assert_int_equal(
            mig_share_ratio(MIG_SHARE_RATIO_SCORE, &turned, rows[i].level, &out, NULL), MIG_OK);
        assert_close("high, turned over", out.conf_high, 1 / rows[i].low, 1e-10);
        assert_close("low, turned over", out.conf_low, 0, 0);
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
        assert_int_equal(
            mig_share_difference(MIG_DIFFERENCE_NEWCOMBE, &rows[i].pair, 0.95, &out, NULL), MIG_OK);
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

/* Where the most probable table has none, or all, in one cell. R 4.2.2:
 * print(fisher.test(rbind(c(3, 7), c(0, 100)))$p.value, digits = 17), and so on. */
static void tests_rare_events_like_r(void **state)
{
    (void)state;
    static const struct {
        double x1, n1, x2, n2, p;
    } rows[] = {
        {3, 10, 0, 100, 0.00055601890464275722},
        {10, 11, 1, 2, 0.29487179487179482},
        {1, 10, 0, 1000, 0.0099009900990098872},
        {2, 100, 1, 1000, 0.023105953251092645},
        {0, 50, 5, 10, 4.6141068627149486e-05},
        {100, 100, 7, 10, 0.00055601890464275722},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        assert_close("p", mig_fisher_two_sided(rows[i].x1, rows[i].n1, rows[i].x2, rows[i].n2),
            rows[i].p, 1e-11);
}

static double choose(int n, int k)
{
    double ways = 1;
    for (int i = 1; i <= k; i++)
        ways = ways * (n - k + i) / i;
    return round(ways);
}

/* The ways to a table with these margins, and to those no more likely, are whole numbers that a
 * double holds: counted one by one. */
static double counted_p(int x1, int n1, int x2, int n2)
{
    double observed = choose(n1, x1) * choose(n2, x2), rare = 0, all = 0;
    for (int x = 0; x <= n1 && x <= x1 + x2; x++) {
        if (x1 + x2 - x > n2)
            continue;
        double ways = choose(n1, x) * choose(n2, x1 + x2 - x);
        all += ways;
        rare += ways <= observed ? ways : 0;
    }
    return rare / all;
}

static void agrees_with_every_small_table(void **state)
{
    (void)state;
    enum { MOST = 13 };
    for (int n1 = 0; n1 <= MOST; n1++)
        for (int n2 = 0; n2 <= MOST; n2++)
            for (int x1 = 0; x1 <= n1; x1++)
                for (int x2 = 0; x2 <= n2; x2++)
                    assert_close("p", mig_fisher_two_sided(x1, n1, x2, n2),
                        counted_p(x1, n1, x2, n2), 1e-12);
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
        assert_int_equal(
            mig_share_difference(MIG_DIFFERENCE_NEWCOMBE, &pairs[i], 0.95, &a, NULL), MIG_OK);
        assert_int_equal(
            mig_share_difference(MIG_DIFFERENCE_NEWCOMBE, &turned, 0.95, &b, NULL), MIG_OK);
        assert_close("difference", -b.conf_high, a.conf_low, 1e-12);
        assert_int_equal(mig_share_ratio(MIG_SHARE_RATIO_SCORE, &pairs[i], 0.95, &a, NULL), MIG_OK);
        assert_int_equal(mig_share_ratio(MIG_SHARE_RATIO_SCORE, &turned, 0.95, &b, NULL), MIG_OK);
        assert_close("low", 1 / b.conf_high, a.conf_low, 1e-10);
        assert_close("high", 1 / b.conf_low, a.conf_high, 1e-10);
        assert_true(a.conf_low < a.estimate && a.estimate < a.conf_high);
        if (a.p_value < 1e-12)
            continue;
        assert_int_equal(
            mig_share_ratio(MIG_SHARE_RATIO_SCORE, &pairs[i], 1 - a.p_value, &b, NULL), MIG_OK);
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
        assert_int_equal(
            mig_rate_difference(MIG_DIFFERENCE_WALD, &rows[i].pair, rows[i].level, &out, NULL),
            MIG_OK);
        assert_close("estimate", out.estimate, rows[i].estimate, 1e-12);
        assert_close("low", out.conf_low, rows[i].low, 1e-12);
        assert_close("high", out.conf_high, rows[i].high, 1e-12);
    }
}

/* R 4.2.2, d <- x1/n1 - x2/n2. miettinen-nurminen: uniroot of (d - D)/sqrt(N/(N - 1)*(q1*(1 -
 * q1)/n1 + q2*(1 - q2)/n2)) -+ z, tol=1e-16, q2 from uniroot of the slope of dbinom(x1, n1, q2 + D,
 * log=TRUE) + dbinom(x2, n2, q2, log=TRUE), q1 <- q2 + D. wald: d + c(-1, 1)*z*sqrt(p1*(1 - p1)/n1
 * + p2*(1 - p2)/n2). delta: p1/p2*exp(c(-1, 1)*z*sqrt(1/x1 - 1/n1
 * + 1/x2 - 1/n2)), as epitools::riskratio.wald. woolf: a*d/(b*c)*exp(c(-1, 1)*z*sqrt(1/a + 1/b +
 * 1/c + 1/d)), as epitools::oddsratio.wald. */
static const struct {
    struct mig_pair pair;
    double level;
    struct limits miettinen_nurminen, wald, delta, woolf;
} other_share_rows[] = {
    {{512, 825, 89, 108}, 0.95, {-0.27360712294999412, -0.11518550253797313},
        {-0.2825439821648506, -0.12439204477117634}, {0.67994736742572071, 0.83411172467619699},
        {0.20867560215260661, 0.58439536141486703}},
    {{512, 825, 89, 108}, 0.998, {-0.3070001376318674, -0.05718087537386022},
        {-0.32814536215196166, -0.07879066478406524}, {0.64104056772874518, 0.88473662960515898},
        {0.15506591073858747, 0.7864336742846153}},
    {{22, 373, 24, 341}, 0.95, {-0.049367948569097764, 0.025168755301071606},
        {-0.047575553141169305, 0.024775556285996439}, {0.47889770252462832, 1.4664633686233806},
        {0.455205923237467, 1.5056334862182339}},
    {{22, 373, 24, 341}, 0.998, {-0.074052334649013091, 0.048047972369216714},
        {-0.068437203575868355, 0.045637206720695496}, {0.34681810879259295, 2.0249402215910557},
        {0.32241295971685263, 2.1257621956422632}},
    {{56, 70, 48, 80}, 0.95, {0.052829713245844699, 0.3381729400158684},
        {0.05750489914903717, 0.34249510085096296}, {1.076626422763193, 1.6512485112663868},
        {1.276217870536434, 5.5720196960743777}},
    {{56, 70, 48, 80}, 0.998, {-0.035065420907018023, 0.41252357140741991},
        {-0.024668905956260062, 0.42466890595626017}, {0.95171475647043613, 1.8679733246660053},
        {0.83437734744585346, 8.5226560055581828}},
    {{9, 10, 3, 10}, 0.95, {0.17002501642439899, 0.84064954394332836},
        {0.2605242797771487, 0.93947572022285142}, {1.1383503574476703, 7.9061775147847904},
        {1.7774858510064275, 248.10324073764193}},
    {{9, 10, 3, 10}, 0.998, {-0.094659370452346014, 0.90280795172248252},
        {0.064756063852660639, 1.1352439361473396}, {0.65100402440109817, 13.824799329435326},
        {0.42792629227888418, 1030.5513074494511}},
    {{5, 56, 0, 29}, 0.95, {-0.032596561743513684, 0.19333097669088067}, {NAN, NAN}, {NAN, NAN},
        {NAN, NAN}},
    {{5, 56, 0, 29}, 0.998, {-0.16927938721702898, 0.27470643422346158}, {NAN, NAN}, {NAN, NAN},
        {NAN, NAN}},
    {{0, 10, 3, 20}, 0.95, {-0.36454177883447331, 0.15036895736523562}, {NAN, NAN}, {NAN, NAN},
        {NAN, NAN}},
    {{0, 10, 3, 20}, 0.998, {-0.50140347546899333, 0.38129922665603705}, {NAN, NAN}, {NAN, NAN},
        {NAN, NAN}},
};

static void compares_shares_by_other_methods(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(other_share_rows); i++) {
        const struct mig_pair *pair = &other_share_rows[i].pair;
        double level = other_share_rows[i].level;
        struct mig_estimate mn, wald, delta, woolf;
        assert_int_equal(
            mig_share_difference(MIG_DIFFERENCE_MIETTINEN_NURMINEN, pair, level, &mn, NULL),
            MIG_OK);
        assert_int_equal(
            mig_share_difference(MIG_DIFFERENCE_WALD, pair, level, &wald, NULL), MIG_OK);
        assert_int_equal(mig_share_ratio(MIG_SHARE_RATIO_DELTA, pair, level, &delta, NULL), MIG_OK);
        assert_int_equal(
            mig_share_odds_ratio(MIG_ODDS_RATIO_WOOLF, pair, level, &woolf, NULL), MIG_OK);
        assert_close("mn low", mn.conf_low, other_share_rows[i].miettinen_nurminen.low, 1e-10);
        assert_close("mn high", mn.conf_high, other_share_rows[i].miettinen_nurminen.high, 1e-10);
        assert_close("wald low", wald.conf_low, other_share_rows[i].wald.low, 1e-12);
        assert_close("wald high", wald.conf_high, other_share_rows[i].wald.high, 1e-12);
        assert_close("delta low", delta.conf_low, other_share_rows[i].delta.low, 1e-12);
        assert_close("delta high", delta.conf_high, other_share_rows[i].delta.high, 1e-12);
        assert_close("woolf low", woolf.conf_low, other_share_rows[i].woolf.low, 1e-12);
        assert_close("woolf high", woolf.conf_high, other_share_rows[i].woolf.high, 1e-12);
        assert_true((delta.note == NULL) == !isnan(delta.conf_low));
        assert_true((wald.note == NULL) == !isnan(wald.p_value));
        assert_true((woolf.note == NULL) == !isnan(woolf.conf_low));
    }
}

/* Newcombe 1998, Stat Med 17:873-890, table II, method 6 (Miettinen and Nurminen), contrasts (a),
 * (b), (d). */
static void agrees_with_newcombe_on_miettinen_nurminen(void **state)
{
    (void)state;
    static const struct {
        struct mig_pair pair;
        struct limits printed;
    } rows[] = {{{56, 70, 48, 80}, {0.0528, 0.3382}}, {{9, 10, 3, 10}, {0.1700, 0.8406}},
        {{5, 56, 0, 29}, {-0.0326, 0.1933}}};
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct mig_estimate out;
        assert_int_equal(mig_share_difference(
                             MIG_DIFFERENCE_MIETTINEN_NURMINEN, &rows[i].pair, 0.95, &out, NULL),
            MIG_OK);
        assert_true(fabs(out.conf_low - rows[i].printed.low) <= 0.00005);
        assert_true(fabs(out.conf_high - rows[i].printed.high) <= 0.00005);
    }
}

/* R 4.2.2. midp: t2/t1*exp(uniroot(..)$root) of pbinom(x1, n, plogis(u), lower.tail=FALSE) +
 * dbinom(x1, n, plogis(u))/2 - a/2 and of pbinom(x1 - 1, n, plogis(u)) + dbinom(..)/2 - a/2,
 * tol=1e-15; epitools::rateratio.midp has 3 to 4 of these digits. miettinen-nurminen: uniroot of (d
 * - D)/sqrt(r1/t1 + r2/t2) -+ z, r2 <- (-b + sqrt(b^2 + 4*T*x2*D))/(2*T), b <- T*D - x1 - x2, T <-
 * t1 + t2, r1 <- r2 + D. */
static const struct {
    struct mig_pair pair;
    double level;
    struct limits midp, miettinen_nurminen;
} other_rate_rows[] = {
    {{891, 6653, 1381, 10545}, 0.95, {0.93982102165683146, 1.1122875064968174},
        {-0.0081208309686690208, 0.014262923652784722}},
    {{891, 6653, 1381, 10545}, 0.998, {0.89488921133697608, 1.1672490819797625},
        {-0.014436060841242424, 0.020902178461878237}},
    {{326, 1994, 1381, 10545}, 0.95, {1.1051525932068258, 1.4070278931767342},
        {0.014263395380831989, 0.052417522360874151}},
    {{326, 1994, 1381, 10545}, 0.998, {1.0284160689681057, 1.5052745407256494},
        {0.0043919503787588788, 0.064703280868383922}},
    {{3, 10.5, 9, 12}, 0.95, {0.083192902960007656, 1.3483028795395522},
        {-1.1754000660895387, 0.17247444684400459}},
    {{3, 10.5, 9, 12}, 0.998, {0.025190669721415378, 2.6419670542121905},
        {-1.7646809271399901, 0.73417972421934707}},
    {{0, 3, 9, 12}, 0.95, {0, 1.579803175849684}, {-1.4255320549087964, 0.53048627356470812}},
    {{0, 3, 9, 12}, 0.998, {0, 3.9789463951001118}, {-2.0169014981528592, 2.4331785686944145}},
    {{9, 1, 0, 4}, 0.95, {10.127843926756597, INFINITY}, {4.7350741617885648, 17.106384658905558}},
    {{9, 1, 0, 4}, 0.998, {4.0211650048121426, INFINITY}, {3.34671772824893, 24.202817977834314}},
    {{41, 28010, 15, 19017}, 0.95, {1.0410752434259321, 3.4494227604546581},
        {4.3202236664460209e-05, 0.0012900546772013654}},
    {{41, 28010, 15, 19017}, 0.998, {0.76029632021064775, 5.13963675657262},
        {-0.00038748649213269298, 0.0016840414656108266}},
};

static void compares_rates_by_other_methods(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(other_rate_rows); i++) {
        const struct mig_pair *pair = &other_rate_rows[i].pair;
        double level = other_rate_rows[i].level;
        struct mig_estimate midp, mn;
        assert_int_equal(
            mig_ratio(MIG_RATIO_MIDP, pair->x1, pair->n1, pair->x2, pair->n2, level, &midp, NULL),
            MIG_OK);
        assert_int_equal(
            mig_rate_difference(MIG_DIFFERENCE_MIETTINEN_NURMINEN, pair, level, &mn, NULL), MIG_OK);
        assert_close("midp low", midp.conf_low, other_rate_rows[i].midp.low, 1e-10);
        assert_close("midp high", midp.conf_high, other_rate_rows[i].midp.high, 1e-10);
        assert_close("mn low", mn.conf_low, other_rate_rows[i].miettinen_nurminen.low, 1e-10);
        assert_close("mn high", mn.conf_high, other_rate_rows[i].miettinen_nurminen.high, 1e-10);
    }
}

static void names_what_is_undefined(void **state)
{
    (void)state;
    static const struct mig_pair none = {0, 0, 3, 9}, nobody = {0, 4, 0, 9}, all = {4, 4, 9, 9};
    struct mig_estimate out;
    assert_int_equal(
        mig_share_difference(MIG_DIFFERENCE_NEWCOMBE, &none, 0.95, &out, NULL), MIG_OK);
    assert_string_equal(out.note, "denominator is 0");
    assert_close("difference", out.estimate, NAN, 0);
    assert_int_equal(
        mig_share_difference(MIG_DIFFERENCE_NEWCOMBE, &nobody, 0.95, &out, NULL), MIG_OK);
    assert_string_equal(out.note, "no standard error where a share is 0 or 1");
    assert_close("p", out.p_value, NAN, 0);
    assert_int_equal(
        mig_share_difference(MIG_DIFFERENCE_MIETTINEN_NURMINEN, &nobody, 0.95, &out, NULL), MIG_OK);
    assert_string_equal(out.note, "nobody is counted in either group: no test");
    assert_close("p", out.p_value, NAN, 0);
    assert_int_equal(mig_share_ratio(MIG_SHARE_RATIO_SCORE, &nobody, 0.95, &out, NULL), MIG_OK);
    assert_string_equal(out.note, "both counts are 0");
    assert_int_equal(mig_share_ratio(MIG_SHARE_RATIO_SCORE, &all, 0.95, &out, NULL), MIG_OK);
    assert_string_equal(out.note, "everybody is counted in both groups: no test");
    assert_close("ratio", out.estimate, 1, 0);
    assert_true(out.conf_low < 1 && out.conf_high > 1);
    assert_int_equal(mig_rate_difference(MIG_DIFFERENCE_WALD, &none, 0.95, &out, NULL), MIG_OK);
    assert_string_equal(out.note, "exposure is 0");
    assert_int_equal(mig_rate_difference(MIG_DIFFERENCE_WALD, &nobody, 0.95, &out, NULL), MIG_OK);
    assert_string_equal(out.note, "a count of 0: no interval by this method");
    assert_close("low", out.conf_low, NAN, 0);
}

/* Where one side has nothing to estimate a variance from, wald and the logarithms say so, and the
 * score interval holds 0 just where its test does not reject: R: x1 <- 0; x2 <- 3; t1 <- 10; t2 <-
 * 12; n <- t1 + t2; z <- (x1*t2 - x2*t1)/n/sqrt((x1 + x2)*t1*t2/n^2); 2*pnorm(-abs(z)). */
static void claims_nothing_from_a_count_of_zero(void **state)
{
    (void)state;
    static const struct mig_pair rates = {0, 10, 3, 12}, none = {0, 30, 6, 30},
                                 infinite = {5, 9, 0, 8};
    struct mig_estimate out;
    assert_int_equal(mig_rate_difference(MIG_DIFFERENCE_WALD, &rates, 0.95, &out, NULL), MIG_OK);
    assert_string_equal(out.note, "a count of 0: no interval by this method");
    assert_close("estimate", out.estimate, -0.25, 1e-15);
    assert_close("std_error", out.std_error, NAN, 0);
    assert_close("high", out.conf_high, NAN, 0);
    assert_close("p", out.p_value, NAN, 0);
    assert_int_equal(
        mig_rate_difference(MIG_DIFFERENCE_MIETTINEN_NURMINEN, &rates, 0.95, &out, NULL), MIG_OK);
    assert_close("z", out.statistic, -1.5811388300841895, 1e-13);
    assert_close("p", out.p_value, 0.11384629800665819, 1e-12);
    assert_string_equal(out.note, "no standard error where a count is 0");
    assert_close("std_error by the score", out.std_error, NAN, 0);
    assert_true(out.conf_low < 0 && out.conf_high > 0);
    assert_int_equal(mig_share_ratio(MIG_SHARE_RATIO_DELTA, &none, 0.95, &out, NULL), MIG_OK);
    assert_string_equal(out.note, "a count of 0: no interval by this method");
    assert_int_equal(mig_share_difference(MIG_DIFFERENCE_WALD, &none, 0.95, &out, NULL), MIG_OK);
    assert_string_equal(out.note, "a share of 0 or 1: no interval by this method");
    assert_close("low", out.conf_low, NAN, 0);
    assert_int_equal(
        mig_share_odds_ratio(MIG_ODDS_RATIO_WOOLF, &infinite, 0.95, &out, NULL), MIG_OK);
    assert_string_equal(
        out.note, "the odds ratio is infinite: nobody is counted in the group compared with");
}

/* One person out of one says next to nothing: R: fisher.test(matrix(c(1, 0, 30, 70), 2))$p.value is
 * 0.31, where a variance of 0 for the one person would give |z| above 4. */
static void claims_nothing_from_a_share_of_one(void **state)
{
    (void)state;
    static const struct mig_pair pairs[] = {{1, 1, 30, 100}, {30, 100, 1, 1}, {5, 5, 8, 8}};
    struct mig_estimate out;
    for (size_t i = 0; i < COUNT_OF(pairs); i++) {
        assert_int_equal(
            mig_share_ratio(MIG_SHARE_RATIO_DELTA, &pairs[i], 0.95, &out, NULL), MIG_OK);
        assert_string_equal(out.note, "a share of 0 or 1: no interval by this method");
        assert_close("estimate", out.estimate,
            pairs[i].x1 / pairs[i].n1 / (pairs[i].x2 / pairs[i].n2), 1e-15);
        assert_close("std_error", out.std_error, NAN, 0);
        assert_close("low", out.conf_low, NAN, 0);
        assert_close("high", out.conf_high, NAN, 0);
        assert_close("p", out.p_value, NAN, 0);
    }
    assert_int_equal(mig_share_ratio(MIG_SHARE_RATIO_SCORE, &pairs[0], 0.95, &out, NULL), MIG_OK);
    assert_string_equal(out.note, "no standard error where a share is 0 or 1");
    assert_close("std_error of the score", out.std_error, NAN, 0);
    assert_true(out.conf_low > 0 && out.p_value > 0.1);
    assert_int_equal(
        mig_share_odds_ratio(MIG_ODDS_RATIO_EXACT, &pairs[0], 0.95, &out, NULL), MIG_OK);
    assert_close("fisher", out.p_value, 0.3069306930693068, 1e-13);
}

/* R 4.2.2: (p1 - p2)/sqrt(p1*(1 - p1)/n1 + p2*(1 - p2)/n2); log(p1/p2)/sqrt(1/x1 - 1/n1 + 1/x2 -
 * 1/n2); log(a*d/(b*c))/sqrt(1/a + 1/b + 1/c + 1/d); 2*pnorm(-abs(z)); of rates
 * (x1/t1 - x2/t2)/sqrt(x1/t1^2 + x2/t2^2). */
static void tests_by_the_method_of_the_interval(void **state)
{
    (void)state;
    static const struct {
        struct mig_pair pair;
        double wald, delta, woolf, p_wald, p_delta, p_woolf;
    } rows[] = {
        {{512, 825, 89, 108}, -5.0431247947414368, -5.4393903037820568, -4.0047335638754573,
            4.5799033905940062e-07, 5.346321520206362e-08, 6.2087419875756481e-05},
        {{22, 373, 24, 341}, -0.61764322672551253, -0.61894952090295419, -0.61899866405672477,
            0.53681054359061986, 0.53594961381843687, 0.53591723897357679},
        {{9, 10, 3, 10}, 3.4641016151377557, 2.2220527617614017, 2.4165147693516928,
            0.00053200550513924738, 0.026279740134466972, 0.01566989051014139},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct mig_estimate out;
        const struct mig_pair *pair = &rows[i].pair;
        assert_int_equal(mig_share_difference(MIG_DIFFERENCE_WALD, pair, 0.95, &out, NULL), MIG_OK);
        assert_close("wald", out.statistic, rows[i].wald, 1e-12);
        assert_close("p of wald", out.p_value, rows[i].p_wald, 1e-10);
        assert_int_equal(mig_share_ratio(MIG_SHARE_RATIO_DELTA, pair, 0.95, &out, NULL), MIG_OK);
        assert_close("delta", out.statistic, rows[i].delta, 1e-12);
        assert_close("p of delta", out.p_value, rows[i].p_delta, 1e-10);
        assert_int_equal(
            mig_share_odds_ratio(MIG_ODDS_RATIO_WOOLF, pair, 0.95, &out, NULL), MIG_OK);
        assert_close("woolf", out.statistic, rows[i].woolf, 1e-12);
        assert_close("p of woolf", out.p_value, rows[i].p_woolf, 1e-10);
    }
    struct mig_estimate out;
    assert_int_equal(mig_rate_difference(MIG_DIFFERENCE_WALD,
                         &(struct mig_pair){891, 6653, 1381, 10545}, 0.95, &out, NULL),
        MIG_OK);
    assert_close("wald of rates", out.statistic, 0.51917585581739423, 1e-12);
    assert_close("p", out.p_value, 0.60363811428506531, 1e-12);
}

/* By hand: the shares are 1/2 + 1e-9 and 1/2, so d = 1e-9, z = d / sqrt(p (1 - p) 2e-9) with p (1 -
 * p) = 1/4 - 1/4 e-18: 2 sqrt(5) e-5 (1 + 5e-19); of the rates z = 1 /
 * sqrt(1000000001), 3.1622776585872401e-05. */
static void keeps_the_digits_of_nearly_equal_quotients(void **state)
{
    (void)state;
    static const struct mig_pair pair = {500000001, 1e9, 500000000, 1e9};
    static const double root5 = 2.23606797749978970;
    struct mig_estimate out;
    for (int i = 0; i < 2; i++) {
        enum mig_difference_method method =
            i == 0 ? MIG_DIFFERENCE_NEWCOMBE : MIG_DIFFERENCE_MIETTINEN_NURMINEN;
        assert_int_equal(mig_share_difference(method, &pair, 0.95, &out, NULL), MIG_OK);
        assert_close("difference", out.estimate, 1e-9, 1e-14);
    }
    assert_int_equal(mig_share_ratio(MIG_SHARE_RATIO_SCORE, &pair, 0.95, &out, NULL), MIG_OK);
    assert_close("z", out.statistic, 2e-5 * root5, 1e-14);
    assert_int_equal(
        mig_rate_difference(MIG_DIFFERENCE_MIETTINEN_NURMINEN, &pair, 0.95, &out, NULL), MIG_OK);
    assert_close("difference of rates", out.estimate, 1e-9, 1e-14);
    assert_close("z of rates", out.statistic, 3.1622776585872401e-05, 1e-14);
}

static void refuses_invalid_arguments(void **state)
{
    (void)state;
    static const struct mig_pair over = {5, 4, 1, 2}, part = {1, 4, 1.5, 2}, good = {1, 4, 1, 2};
    struct mig_estimate out = mig_estimate_empty("untouched");
    struct mig_error error;
    assert_int_equal(
        mig_share_difference(MIG_DIFFERENCE_NEWCOMBE, &over, 0.95, &out, &error), MIG_ARGUMENT);
    assert_non_null(strstr(error.text, "'5'"));
    assert_int_equal(
        mig_share_ratio(MIG_SHARE_RATIO_SCORE, &part, 0.95, &out, &error), MIG_ARGUMENT);
    assert_non_null(strstr(error.text, "'1.5'"));
    assert_int_equal(
        mig_share_odds_ratio(MIG_ODDS_RATIO_WOOLF, &good, 7, &out, &error), MIG_ARGUMENT);
    assert_int_equal(
        mig_rate_difference(MIG_DIFFERENCE_WALD, &part, 0.95, &out, &error), MIG_ARGUMENT);
    assert_string_equal(out.method, "untouched");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(compares_shares_like_r),
        cmocka_unit_test(bounds_the_ratio_to_a_group_without_cases),
        cmocka_unit_test(agrees_with_newcombe),
        cmocka_unit_test(tests_like_fisher),
        cmocka_unit_test(tests_rare_events_like_r),
        cmocka_unit_test(agrees_with_every_small_table),
        cmocka_unit_test(has_the_shape_of_a_comparison),
        cmocka_unit_test(compares_rates_like_r),
        cmocka_unit_test(compares_shares_by_other_methods),
        cmocka_unit_test(agrees_with_newcombe_on_miettinen_nurminen),
        cmocka_unit_test(compares_rates_by_other_methods),
        cmocka_unit_test(names_what_is_undefined),
        cmocka_unit_test(claims_nothing_from_a_count_of_zero),
        cmocka_unit_test(claims_nothing_from_a_share_of_one),
        cmocka_unit_test(tests_by_the_method_of_the_interval),
        cmocka_unit_test(keeps_the_digits_of_nearly_equal_quotients),
        cmocka_unit_test(refuses_invalid_arguments),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
