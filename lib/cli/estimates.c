#include "cli/estimates.h"

#include <math.h>

#include "base/i18n.h"
#include "stats/rate.h"
#include "stats/ratio.h"

static struct mig_estimate quotient(double x, double y, const char *note)
{
    struct mig_estimate out = mig_estimate_empty("quotient");
    if (y > 0)
        out.estimate = x / y;
    out.note = y > 0 ? note : N_("denominator is 0");
    return out;
}

/* Why there can be no interval, or NULL. */
static const char *obstacle(enum mig_estimate_kind kind, const struct mig_sum *numerator,
    const struct mig_sum *denominator, double x, double y)
{
    if (kind == MIG_PLAIN)
        return N_("a sum: no interval");
    if (!mig_sum_is_integer(numerator))
        return N_("numerator is not a whole number: no interval");
    if (kind != MIG_RATE && !mig_sum_is_integer(denominator))
        return N_("denominator is not a whole number: no interval");
    if (x > MIG_LARGEST_COUNT || (kind != MIG_RATE && y > MIG_LARGEST_COUNT))
        return N_("count above 10^15: no interval");
    return NULL;
}

const char *mig_cli_counts(struct mig_cli *cli, enum mig_estimate_kind kind,
    const struct mig_sum *numerator, const struct mig_sum *denominator, double *x, double *y)
{
    mig_cli_require(cli, mig_sum_to_double(numerator, x, &cli->error));
    mig_cli_require(cli, mig_sum_to_double(denominator, y, &cli->error));
    return obstacle(kind, numerator, denominator, *x, *y);
}

struct mig_estimate mig_cli_estimate(struct mig_cli *cli, enum mig_estimate_kind kind, int method,
    const struct mig_sum *numerator, const struct mig_sum *denominator)
{
    struct mig_estimate out;
    double x, y;
    const char *note = mig_cli_counts(cli, kind, numerator, denominator, &x, &y);
    if (note != NULL)
        return quotient(x, y, note);
    if (kind == MIG_SHARE)
        mig_cli_require(cli, mig_proportion((enum mig_proportion_method)method, x, y, cli->level,
                                 &out, &cli->error));
    else if (kind == MIG_RATIO)
        mig_cli_require(cli,
            mig_ratio((enum mig_ratio_method)method, x, 1, y, 1, cli->level, &out, &cli->error));
    else
        mig_cli_require(
            cli, mig_rate((enum mig_rate_method)method, x, y, cli->level, &out, &cli->error));
    return out;
}

struct mig_estimate mig_cli_estimate_missing(void)
{
    struct mig_estimate out = mig_estimate_empty("quotient");
    out.note = N_("every value is missing");
    return out;
}

void mig_cli_write_estimate(struct mig_cli *cli, const struct mig_estimate *estimate)
{
    mig_cli_write_estimate_per(cli, estimate, cli->unit);
}

void mig_cli_write_estimate_per(
    struct mig_cli *cli, const struct mig_estimate *estimate, double unit)
{
    mig_writer_double(cli->writer, estimate->estimate * unit);
    mig_writer_double(cli->writer, estimate->std_error * unit);
    mig_writer_double(cli->writer, estimate->conf_low * unit);
    mig_writer_double(cli->writer, estimate->conf_high * unit);
    mig_cli_write_level(cli, !isnan(estimate->conf_low) || !isnan(estimate->conf_high));
}
