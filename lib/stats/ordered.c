#include "stats/ordered.h"

#include <math.h>
#include <stdbool.h>

#include "base/i18n.h"
#include "stats/check-internal.h"
#include "stats/distribution.h"

static enum mig_status check(const double *x, const double *n, const double *scores, size_t groups,
    bool shares, struct mig_error *error)
{
    enum mig_status status = mig_check_finite(scores, groups, error);
    for (size_t i = 0; i < groups && !status; i++) {
        status = mig_check_count(x[i], error);
        if (!status)
            status = shares ? mig_check_count(n[i], error) : mig_check_exposure(n[i], error);
        if (!status && shares && x[i] > n[i])
            status = mig_fail(
                error, MIG_ARGUMENT, _("'%.15g' is more than its denominator %.15g"), x[i], n[i]);
    }
    return status;
}

/* A power of 2 of the size of the largest score with cases: in units of it no square overflows or
 * vanishes, and no digit is lost. */
static double unit_of(const double *n, const double *scores, size_t groups)
{
    double largest = 0;
    for (size_t i = 0; i < groups; i++)
        if (n[i] > 0)
            largest = fmax(largest, fabs(scores[i]));
    return largest > 0 ? ldexp(1, ilogb(largest)) : 1;
}

static void test(const double *x, const double *n, const double *scores, size_t groups, bool shares,
    struct mig_estimate *out)
{
    double cases = 0, total = 0, mean = 0, around = 0, square = 0;
    double unit = unit_of(n, scores, groups);
    for (size_t i = 0; i < groups; i++) {
        cases += n[i] > 0 ? x[i] : 0;
        total += n[i];
        mean += n[i] > 0 ? n[i] * (scores[i] / unit) : 0;
    }
    mean /= total;
    for (size_t i = 0; i < groups; i++) {
        double distance = n[i] > 0 ? scores[i] / unit - mean : 0;
        around += n[i] > 0 ? distance * (x[i] - n[i] * (cases / total)) : 0;
        square += n[i] * distance * distance;
    }
    double level = cases / total, variance = shares ? level * ((total - cases) / total) : level;
    if (!(total > 0))
        out->note = N_("denominator is 0");
    else if (!(variance > 0))
        out->note = N_("no test: the groups hold nobody else");
    else if (!(square > 0))
        out->note = N_("fewer than 2 groups with cases");
    if (out->note != NULL)
        return;
    double error = sqrt(variance / square);
    out->estimate = around / square / unit;
    out->std_error = error / unit;
    out->statistic = around / square / error;
    out->p_value = mig_normal_two_sided(out->statistic);
    out->note = mig_p_value_note(out->p_value);
}

enum mig_status mig_trend_of_shares(const double *x, const double *n, const double *scores,
    size_t groups, struct mig_estimate *out, struct mig_error *error)
{
    enum mig_status status = check(x, n, scores, groups, true, error);
    if (status)
        return status;
    *out = mig_estimate_empty("cochran-armitage");
    test(x, n, scores, groups, true, out);
    return MIG_OK;
}

enum mig_status mig_trend_of_rates(const double *x, const double *n, const double *scores,
    size_t groups, struct mig_estimate *out, struct mig_error *error)
{
    enum mig_status status = check(x, n, scores, groups, false, error);
    if (status)
        return status;
    *out = mig_estimate_empty("poisson-trend");
    test(x, n, scores, groups, false, out);
    return MIG_OK;
}
