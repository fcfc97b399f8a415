/* Quotients of clustered cases against R. */
#include "close.h"

#include <string.h>

#include "stats/cluster.h"

static const double y[] = {2, 3, 0, 4, 1, 0, 2, 1}, x[] = {3, 3, 2, 5, 1, 4, 2, 2};
enum { CLUSTERS = 8 };

/* R 4.2.2: r <- sum(y)/sum(x); m <- length(y); se <- sqrt(m/(m-1)*sum((y-r*x)^2))/sum(x); t <-
 * qt(.975, m-1); plogis(qlogis(r)+c(-1,1)*t*se/(r*(1-r))); exp(log(r)+c(-1,1)*t*se/r);
 * r+c(-1,1)*t*se. The first two are also survey 4.1's: d <- svydesign(ids=~h, data=cases,
 * weights=~w); SE(svymean(~y, d)), svyciprop(~y, d, method="logit"). */
static void agrees_with_r(void **state)
{
    (void)state;
    static const struct {
        enum mig_cluster_scale scale;
        double low, high;
    } rows[] = {
        {MIG_CLUSTER_LOGIT, 0.23634518918095587, 0.87082489455477829},
        {MIG_CLUSTER_LOG, 0.31464288884709002, 1.10974557536782403},
        {MIG_CLUSTER_PLAIN, 0.21850407470997180, 0.96331410710821008},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct mig_estimate out;
        assert_int_equal(
            mig_cluster_quotient(rows[i].scale, y, x, CLUSTERS, CLUSTERS, 0.95, &out, NULL),
            MIG_OK);
        assert_close("estimate", out.estimate, 0.59090909090909094, 1e-15);
        assert_close("std_error", out.std_error, 0.15749014497684835, 1e-14);
        assert_close("low", out.conf_low, rows[i].low, 1e-12);
        assert_close("high", out.conf_high, rows[i].high, 1e-12);
        assert_close("df", out.df, CLUSTERS - 1, 0);
        assert_string_equal(out.method, "cluster-robust");
    }
}

static void names_what_is_undefined(void **state)
{
    (void)state;
    static const struct {
        enum mig_cluster_scale scale;
        double y[2], x[2];
        size_t n;
        double estimate;
        const char *note;
    } rows[] = {
        {MIG_CLUSTER_LOGIT, {1, 1}, {0, 0}, 2, NAN, "denominator is 0"},
        {MIG_CLUSTER_LOGIT, {1, 1}, {2, 3}, 1, 0.5, "fewer than 2 clusters: no interval"},
        {MIG_CLUSTER_LOGIT, {2, 3}, {2, 3}, 2, 1, "no interval for a share of 0 or 1 in clusters"},
        {MIG_CLUSTER_LOG, {0, 0}, {2, 3}, 2, 0, "no interval for a quotient of 0 in clusters"},
        {MIG_CLUSTER_LOG, {2, 4}, {1, 2}, 2, 2, "all clusters have the same quotient: no interval"},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct mig_estimate out;
        assert_int_equal(mig_cluster_quotient(rows[i].scale, rows[i].y, rows[i].x, rows[i].n,
                             rows[i].n, 0.95, &out, NULL),
            MIG_OK);
        assert_close("estimate", out.estimate, rows[i].estimate, 0);
        assert_close("std_error", out.std_error, NAN, 0);
        assert_close("low", out.conf_low, NAN, 0);
        assert_string_equal(out.note, rows[i].note);
    }
}

/* Clusters that are alike have no variance, also where sums or decimals are rounded: the 40
 * households with 1 of 49 each, R: y <- rep(1, 40); x <- rep(49, 40); sum((y*sum(x) - x*sum(y))^2)
 * is 0; and 0.1 a head in 6 of them. */
static void claims_nothing_from_clusters_that_are_alike(void **state)
{
    (void)state;
    enum { MOST = 40 };
    static const double sizes[] = {3, 7, 10, 49, 93, 1e9};
    double counted[MOST], all[MOST];
    struct mig_estimate out;
    for (size_t i = 0; i < COUNT_OF(sizes); i++)
        for (size_t n = 2; n <= MOST; n++) {
            for (size_t j = 0; j < n; j++) {
                counted[j] = (double)(1 + j % 3);
                all[j] = sizes[i] * counted[j];
            }
            for (int scale = MIG_CLUSTER_PLAIN; scale <= MIG_CLUSTER_LOGIT; scale++) {
                assert_int_equal(mig_cluster_quotient((enum mig_cluster_scale)scale, counted, all,
                                     n, n, 0.95, &out, NULL),
                    MIG_OK);
                assert_non_null(out.note);
                assert_string_equal(out.note, "all clusters have the same quotient: no interval");
                assert_close("std_error", out.std_error, NAN, 0);
                assert_close("low", out.conf_low, NAN, 0);
            }
        }
    static const double tenths[] = {0.1, 0.2, 0.3, 0.4, 0.6, 0.7}, heads[] = {1, 2, 3, 4, 6, 7};
    assert_int_equal(
        mig_cluster_quotient(MIG_CLUSTER_PLAIN, tenths, heads, 6, 6, 0.95, &out, NULL), MIG_OK);
    assert_string_equal(out.note, "all clusters have the same quotient: no interval");
    assert_close("estimate", out.estimate, 0.1, 1e-15);
}

/* One case more in one of 40 clusters of a million is a difference. R 4.2.2: y <- c(500001,
 * rep(500000, 39)); x <- rep(1e6, 40); sqrt(40/39*sum((y - mean(y))^2))/sum(x) */
static void sees_a_small_difference(void **state)
{
    (void)state;
    enum { MANY = 40 };
    double counted[MANY], all[MANY];
    for (size_t i = 0; i < MANY; i++) {
        counted[i] = i == 0 ? 500001 : 500000;
        all[i] = 1e6;
    }
    struct mig_estimate out;
    assert_int_equal(
        mig_cluster_quotient(MIG_CLUSTER_LOGIT, counted, all, MANY, MANY, 0.95, &out, NULL),
        MIG_OK);
    assert_close("std_error", out.std_error, 2.4999999999999999e-08, 1e-8);
    assert_null(out.note);
}

static void refuses_invalid_arguments(void **state)
{
    (void)state;
    static const double bad[] = {-1, 1};
    struct mig_estimate out = mig_estimate_empty("untouched");
    struct mig_error error;
    assert_int_equal(
        mig_cluster_quotient(MIG_CLUSTER_LOG, y, bad, 2, 2, 0.95, &out, &error), MIG_ARGUMENT);
    assert_non_null(strstr(error.text, "'-1'"));
    assert_int_equal(
        mig_cluster_quotient(MIG_CLUSTER_LOG, y, x, 2, 2, 0, &out, &error), MIG_ARGUMENT);
    assert_int_equal(
        mig_cluster_quotient(MIG_CLUSTER_LOG, y, x, 3, 2, 0.95, &out, &error), MIG_ARGUMENT);
    assert_string_equal(out.method, "untouched");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_r),
        cmocka_unit_test(names_what_is_undefined),
        cmocka_unit_test(claims_nothing_from_clusters_that_are_alike),
        cmocka_unit_test(sees_a_small_difference),
        cmocka_unit_test(refuses_invalid_arguments),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
