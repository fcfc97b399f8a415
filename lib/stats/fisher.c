#include "stats/fisher.h"

#include <math.h>
#include <stdbool.h>

#define MATHLIB_STANDALONE
#include <Rmath.h>

#include "base/i18n.h"
#include "stats/check-internal.h"
#include "stats/contingency-internal.h"
#include "stats/distribution.h"
#include "stats/fisher-internal.h"

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

/* How a tail counts the observed value: whole, or by half (mid-p). */
enum tails { EXACT, MIDP };

static void add_weight(
    struct sums *sums, double weight, double distance, bool upper, enum tails tails)
{
    sums->weight += weight;
    sums->first += weight * distance;
    sums->second += weight * distance * distance;
    if (upper ? distance >= 0 : distance <= 0) {
        sums->tail += distance == 0 && tails == MIDP ? weight / 2 : weight;
        sums->tail_first += weight * distance;
    }
}

/* From the mode outwards, for as long as a weight matters. */
static struct sums sums_at(const struct draw *draw, double odds, bool upper, enum tails tails)
{
    const double negligible = 1e-30;
    struct sums sums = {0};
    double mode = mode_of(draw, odds), weight = 1;
    for (double x = mode; weight > negligible; x++) {
        add_weight(&sums, weight, x - draw->cell, upper, tails);
        if (!(x < draw->most))
            break;
        weight *= step_up(draw, odds, x);
    }
    weight = 1;
    for (double x = mode; x > draw->least; x--) {
        weight /= step_up(draw, odds, x - 1);
        if (!(weight > negligible))
            break;
        add_weight(&sums, weight, x - 1 - draw->cell, upper, tails);
    }
    return sums;
}

/* What an odds ratio is looked for: that the mean is the observed cell, or that a tail has a
 * probability. */
enum goal { MEAN, UPPER_TAIL, LOWER_TAIL };
struct search {
    const struct draw *draw;
    enum tails tails;
    enum goal goal;
    double p;
};

/* What is to become 0 at the logarithm of the odds ratio that is looked for, and its slope: the
 * distance of the mean from the observed cell, or of the logarithm of a tail from that of `p`. */
static double distance_at(const struct search *search, double log_odds, double *slope)
{
    struct sums sums =
        sums_at(search->draw, exp(log_odds), search->goal != LOWER_TAIL, search->tails);
    double mean = sums.first / sums.weight;
    if (search->goal == MEAN) {
        *slope = sums.second / sums.weight - mean * mean;
        return mean;
    }
    *slope = sums.tail_first / sums.tail - mean;
    return log(sums.tail / sums.weight) - log(search->p);
}

/* Newton's method between bounds that close in. */
static double solve(const struct search *search, double start)
{
    enum { ENOUGH = 300 };
    const double enough = 1e-10; /* the error after such a step is about its square */
    double low = -INFINITY, high = INFINITY, at = start, reach = 1;
    for (int i = 0; i < ENOUGH; i++) {
        double slope, distance = distance_at(search, at, &slope);
        if ((distance > 0) == (search->goal != LOWER_TAIL))
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

/* Which count makes the odds ratio infinite. */
static const char *infinite_note(const struct draw *draw)
{
    bool second = !(draw->cell < draw->good), third = !(draw->cell < draw->drawn);
    if (second && third)
        return N_("the odds ratio is infinite: both counts off the diagonal are 0");
    return second ? N_("the odds ratio is infinite: the second count of the first row is 0")
                  : N_("the odds ratio is infinite: the first count of the second row is 0");
}

/* What is wanted of a table: `tail` is the probability beyond each limit. */
struct limits {
    enum tails tails;
    enum mig_alternative alternative;
    double tail;
};

static void estimate_odds(
    const struct draw *draw, const struct limits *limits, struct mig_estimate *out)
{
    double a = draw->cell, b = draw->good - a, c = draw->drawn - a, d = draw->bad - c;
    double start = log((a + 0.5) / (b + 0.5)) + log((d + 0.5) / (c + 0.5));
    double spread = sqrt(1 / (a + 0.5) + 1 / (b + 0.5) + 1 / (c + 0.5) + 1 / (d + 0.5));
    double reach = spread * mig_normal_quantile(limits->tail, MIG_UPPER);
    bool at_least = !(a > draw->least), at_most = !(a < draw->most);
    const struct search mean = {draw, EXACT, MEAN, 0},
                        low = {draw, limits->tails, UPPER_TAIL, limits->tail},
                        high = {draw, limits->tails, LOWER_TAIL, limits->tail};
    out->estimate = at_least ? 0 : at_most ? INFINITY : solve(&mean, start);
    out->conf_low = at_least || limits->alternative == MIG_LESS ? 0 : solve(&low, start - reach);
    out->conf_high =
        at_most || limits->alternative == MIG_GREATER ? INFINITY : solve(&high, start + reach);
    if (at_most)
        out->note = infinite_note(draw);
}

static double p_value_of(const double counts[4], enum mig_alternative alternative)
{
    double first[4];
    bool turned = mig_smaller_margins_first(counts, first);
    struct draw draw = draw_of(first);
    if (alternative == MIG_TWO_SIDED)
        return mig_fisher_two_sided(first[0], draw.good, first[2], draw.bad);
    return (alternative == MIG_LESS) != turned
               ? phyper(draw.cell, draw.good, draw.bad, draw.drawn, true, false)
               : mig_hypergeometric_at_least(draw.cell, draw.good, draw.bad, draw.drawn);
}

/* Twice the smaller tail, so that it tests as the interval does. */
static double midp_value_of(const double counts[4])
{
    double first[4];
    (void)mig_smaller_margins_first(counts, first);
    struct draw draw = draw_of(first);
    double half = dhyper(draw.cell, draw.good, draw.bad, draw.drawn, false) / 2;
    double below = phyper(draw.cell - 1, draw.good, draw.bad, draw.drawn, true, false);
    double above = phyper(draw.cell, draw.good, draw.bad, draw.drawn, false, false);
    return fmin(1, 2 * (half + fmin(below, above)));
}

/* The table, checked, as a draw. */
static enum mig_status begin(
    const double counts[4], double level, struct draw *draw, double *total, struct mig_error *error)
{
    const struct mig_crosstab table = {counts, 2, 2};
    double rows[2], columns[2];
    enum mig_status status = mig_check_level(level, error);
    if (!status)
        status = mig_crosstab_margins(&table, rows, columns, total, error);
    *draw = draw_of(counts);
    return status;
}

/* Estimate, interval and the note on them. */
static void finish(
    const struct draw *draw, double total, const struct limits *limits, struct mig_estimate *out)
{
    const double most = 1e12;
    if (total > most)
        out->note = N_("too many cases for the exact interval");
    else
        estimate_odds(draw, limits, out);
    if (out->note == NULL)
        out->note = mig_p_value_note(out->p_value);
}

/* Whether the margins leave the cell more than one value. */
static bool is_open(const struct draw *draw, double total, struct mig_estimate *out)
{
    if (draw->least < draw->most)
        return true;
    out->note =
        total > 0 ? N_("fewer than 2 rows or columns hold cases") : N_("the table is empty");
    return false;
}

enum mig_status mig_fisher_odds_ratio(const double counts[4], enum mig_alternative alternative,
    double level, struct mig_estimate *out, struct mig_error *error)
{
    struct draw draw;
    double total;
    if (alternative != MIG_TWO_SIDED && alternative != MIG_LESS && alternative != MIG_GREATER)
        return mig_fail(error, MIG_ARGUMENT, _("'%d' is not an alternative"), (int)alternative);
    enum mig_status status = begin(counts, level, &draw, &total, error);
    if (status)
        return status;
    *out = mig_estimate_empty("fisher-exact");
    if (!is_open(&draw, total, out))
        return MIG_OK;
    out->p_value = p_value_of(counts, alternative);
    double tail = (alternative == MIG_TWO_SIDED ? 1 : 2) * mig_tail(level);
    finish(&draw, total, &(struct limits){EXACT, alternative, tail}, out);
    return MIG_OK;
}

enum mig_status mig_fisher_midp(
    const double counts[4], double level, struct mig_estimate *out, struct mig_error *error)
{
    struct draw draw;
    double total;
    enum mig_status status = begin(counts, level, &draw, &total, error);
    if (status)
        return status;
    *out = mig_estimate_empty("fisher-midp");
    if (!is_open(&draw, total, out))
        return MIG_OK;
    out->p_value = midp_value_of(counts);
    finish(&draw, total, &(struct limits){MIDP, MIG_TWO_SIDED, mig_tail(level)}, out);
    return MIG_OK;
}
