#include "stats/fisher.h"

#include <math.h>
#include <stdbool.h>

#define MATHLIB_STANDALONE
#include <Rmath.h>

#include "base/i18n.h"
#include "stats/check-internal.h"
#include "stats/contingency-internal.h"
#include "stats/distribution.h"

/* The first cell of a 2 x 2 table with given margins: `drawn` cases out of `good` and `bad` ones.
 */
struct draw {
    double cell, good, bad, drawn;
    double least, most; /* the values that the cell can take */
};

static struct draw draw_of(const double counts[4])
{
    struct draw draw = {.cell = counts[0],
        .good = counts[0] + counts[1],
        .bad = counts[2] + counts[3],
        .drawn = counts[0] + counts[2]};
    draw.least = fmax(0, draw.drawn - draw.bad);
    draw.most = fmin(draw.good, draw.drawn);
    return draw;
}

/* Weight of x + 1 over weight of x at the odds ratio `odds`; falls as x rises. */
static double step_up(const struct draw *draw, double odds, double x)
{
    return (draw->good - x) / (x + 1) * ((draw->drawn - x) / (draw->bad - draw->drawn + x + 1)) *
           odds;
}

static double mode_of(const struct draw *draw, double odds)
{
    double low = draw->least, high = draw->most;
    while (low < high) {
        double middle = floor((low + high) / 2);
        if (step_up(draw, odds, middle) > 1)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Sums of weights, and of weights times the distance from the observed cell: over all values, and
 * over the tail that holds the observed value and what is above or below it. */
struct sums {
    double weight, first, second;
    double tail, tail_first;
};

static void add_weight(struct sums *sums, double weight, double distance, bool upper)
{
    sums->weight += weight;
    sums->first += weight * distance;
    sums->second += weight * distance * distance;
    if (upper ? distance >= 0 : distance <= 0) {
        sums->tail += weight;
        sums->tail_first += weight * distance;
    }
}

/* From the mode outwards, for as long as a weight matters. */
static struct sums sums_at(const struct draw *draw, double odds, bool upper)
{
    const double negligible = 1e-30;
    struct sums sums = {0};
    double mode = mode_of(draw, odds), weight = 1;
    for (double x = mode; weight > negligible; x++) {
        add_weight(&sums, weight, x - draw->cell, upper);
        if (!(x < draw->most))
            break;
        weight *= step_up(draw, odds, x);
    }
    weight = 1;
    for (double x = mode; x > draw->least; x--) {
        weight /= step_up(draw, odds, x - 1);
        if (!(weight > negligible))
            break;
        add_weight(&sums, weight, x - 1 - draw->cell, upper);
    }
    return sums;
}

enum goal { MEAN, UPPER_TAIL, LOWER_TAIL };

/* What is to become 0 at the logarithm of the odds ratio that is looked for, and its slope: the
 * distance of the mean from the observed cell, or of the logarithm of a tail from that of `p`. */
static double distance_at(
    const struct draw *draw, double log_odds, enum goal goal, double p, double *slope)
{
    struct sums sums = sums_at(draw, exp(log_odds), goal != LOWER_TAIL);
    double mean = sums.first / sums.weight;
    if (goal == MEAN) {
        *slope = sums.second / sums.weight - mean * mean;
        return mean;
    }
    *slope = sums.tail_first / sums.tail - mean;
    return log(sums.tail / sums.weight) - log(p);
}

/* Newton's method between bounds that close in. */
static double solve(const struct draw *draw, enum goal goal, double p, double start)
{
    enum { ENOUGH = 300 };
    const double enough = 1e-10; /* the error after such a step is about its square */
    double low = -INFINITY, high = INFINITY, at = start, reach = 1;
    for (int i = 0; i < ENOUGH; i++) {
        double slope, distance = distance_at(draw, at, goal, p, &slope);
        if ((distance > 0) == (goal != LOWER_TAIL))
            high = at;
        else
            low = at;
        double next = at - distance / slope;
        bool inside = next > low && next < high && fabs(next - at) <= 4 * reach;
        if (!inside && isfinite(low) && isfinite(high))
            next = (low + high) / 2;
        else if (!inside)
            next = isfinite(low) ? low + (reach *= 2) : high - (reach *= 2);
        if (fabs(next - at) <= (inside ? enough : 1e-15) * fmax(1, fabs(at)))
            return exp(next);
        at = next;
    }
    return exp(at);
}

/* Estimate and limits, where `tail` is the probability beyond each limit. */
static void estimate_odds(const struct draw *draw, enum mig_alternative alternative, double tail,
    struct mig_estimate *out)
{
    double a = draw->cell, b = draw->good - a, c = draw->drawn - a, d = draw->bad - c;
    double start = log((a + 0.5) / (b + 0.5)) + log((d + 0.5) / (c + 0.5));
    double spread = sqrt(1 / (a + 0.5) + 1 / (b + 0.5) + 1 / (c + 0.5) + 1 / (d + 0.5));
    double reach = spread * mig_normal_quantile(tail, MIG_UPPER);
    bool at_least = !(a > draw->least), at_most = !(a < draw->most);
    out->estimate = at_least ? 0 : at_most ? INFINITY : solve(draw, MEAN, 0, start);
    out->conf_low =
        at_least || alternative == MIG_LESS ? 0 : solve(draw, UPPER_TAIL, tail, start - reach);
    out->conf_high = at_most || alternative == MIG_GREATER
                         ? INFINITY
                         : solve(draw, LOWER_TAIL, tail, start + reach);
    if (at_most)
        out->note = N_("the odds ratio is infinite: one of the counts is 0");
}

static double p_value_of(const double counts[4], enum mig_alternative alternative)
{
    struct draw draw = draw_of(counts);
    switch (alternative) {
    case MIG_LESS:
        return phyper(draw.cell, draw.good, draw.bad, draw.drawn, true, false);
    case MIG_GREATER:
        return phyper(draw.cell - 1, draw.good, draw.bad, draw.drawn, false, false);
    case MIG_TWO_SIDED:
        break;
    }
    return mig_fisher_two_sided(counts[0], draw.good, counts[2], draw.bad);
}

enum mig_status mig_fisher_odds_ratio(const double counts[4], enum mig_alternative alternative,
    double level, struct mig_estimate *out, struct mig_error *error)
{
    const double most = 1e12;
    const struct mig_crosstab table = {counts, 2, 2};
    double rows[2], columns[2], total;
    if (alternative != MIG_TWO_SIDED && alternative != MIG_LESS && alternative != MIG_GREATER)
        return mig_fail(error, MIG_ARGUMENT, _("'%d' is not an alternative"), (int)alternative);
    enum mig_status status = mig_check_level(level, error);
    if (!status)
        status = mig_crosstab_margins(&table, rows, columns, &total, error);
    if (status)
        return status;
    *out = mig_estimate_empty("fisher-exact");
    struct draw draw = draw_of(counts);
    if (!(draw.least < draw.most)) {
        out->note =
            total > 0 ? N_("fewer than 2 rows or columns hold cases") : N_("the table is empty");
        return MIG_OK;
    }
    out->p_value = p_value_of(counts, alternative);
    double beyond = alternative == MIG_TWO_SIDED ? (1 - level) / 2 : 1 - level;
    if (total > most)
        out->note = N_("too many cases for the exact interval");
    else
        estimate_odds(&draw, alternative, beyond, out);
    if (out->note == NULL)
        out->note = mig_p_value_note(out->p_value);
    return MIG_OK;
}
