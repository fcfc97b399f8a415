/* The network of Mehta and Patel. A stage is a number of columns filled; a node of it is what the
 * filled columns leave of the row totals, in descending order, since the order of rows does not
 * matter to what can follow. The ways that lead to a node are told apart by their sum of log(x!)
 * alone. */
#include "stats/fisher-internal.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define MATHLIB_STANDALONE
#include <Rmath.h>

#include "base/i18n.h"
#include "base/memory.h"

/* Logarithms of factorials are whole multiples of 2^-40, so that equal sums are equal in any order.
 */
static const double unit = 1099511627776.0;

/* Sums nearer than this are one: products of factorials that are equal, but for rounding. */
enum { SAME = 256 };

/* Effort, in steps of some 20 nanoseconds; and how much of it there has to be for each entry kept.
 */
enum { STEPS_OF_NODE = 8, STEPS_OF_WAY = 8, STEPS_OF_WEIGHT = 4, STEPS_OF_MEMORY = 250 };

/* The ways to `node` with one sum of log(x!). */
struct way {
    int64_t sum;
    double probability;
    uint32_t node;
};

/* Bounds of the sum of log(x!) over the columns not filled yet. */
struct ends {
    int64_t least, most;
};

/* Open addressing: 0 is free, else the number of an entry + 1. */
struct slots {
    uint32_t *entries;
    size_t size; /* a power of 2, or 0 */
};

struct stage {
    uint32_t *left; /* of n_rows totals a node */
    struct ends *ends;
    struct way *ways;
    size_t n_nodes, n_ways;
    size_t left_capacity, ends_capacity, ways_capacity;
    struct slots node_slots, way_slots;
};

/* A row while a column is filled. */
struct row {
    uint32_t left;         /* of its total, before */
    uint32_t others;       /* what is left of the rows after it that have another total left */
    uint32_t alike;        /* it and the rows after it that have the same left */
    uint32_t filled;       /* in the column */
    const double *weights; /* of 0, 1, .. in the column: binomial probabilities */
};

struct network {
    size_t n_rows, n_columns;
    const uint32_t *columns; /* in descending order; the last is filled first */
    size_t n_filled;         /* columns, at the next stage */
    double *log_factorial;
    int64_t *fixed;   /* the same in units */
    int64_t observed; /* the sum, less the slack */
    double p_value;
    uint64_t steps, effort;
    uint64_t steps_told; /* to `watch` */
    const struct mig_fisher_watch *watch;
    size_t most_kept;
    struct stage now, next;
    struct row *rows;
    double *weights;
    uint32_t *rest;         /* what the filled column leaves of the rows, in descending order */
    const struct way *ways; /* to the node that is being followed, by sum */
    double *beyond;         /* of each of them: the probability of it and those after it */
    size_t n_ways, beyond_capacity;
    struct mig_error *error;
};

static uint64_t mix(uint64_t hash, uint64_t value)
{
    hash = (hash ^ value) * UINT64_C(0xBF58476D1CE4E5B9);
    hash = (hash ^ (hash >> 32)) * UINT64_C(0x94D049BB133111EB);
    return hash ^ (hash >> 29);
}

static uint64_t hash_left(const uint32_t *left, size_t n)
{
    uint64_t hash = 0;
    for (size_t i = 0; i < n; i++)
        hash = mix(hash, left[i]);
    return hash;
}

static uint64_t hash_way(uint32_t node, int64_t sum)
{
    return mix(mix(0, node), (uint64_t)sum);
}

static uint64_t hash_entry(const struct stage *stage, size_t n_rows, bool nodes, size_t entry)
{
    return nodes ? hash_left(&stage->left[entry * n_rows], n_rows)
                 : hash_way(stage->ways[entry].node, stage->ways[entry].sum);
}

/* Makes room for one more of `count` entries. */
static enum mig_status widen(struct network *network, struct slots *slots, bool nodes, size_t count)
{
    if (2 * (count + 1) <= slots->size)
        return MIG_OK;
    size_t size = slots->size > 0 ? 2 * slots->size : 1024;
    uint32_t *entries = calloc(size, sizeof *entries);
    if (entries == NULL)
        return mig_fail_memory(network->error);
    for (size_t entry = 0; entry < count; entry++) {
        size_t slot = hash_entry(&network->next, network->n_rows, nodes, entry) & (size - 1);
        while (entries[slot] != 0)
            slot = (slot + 1) & (size - 1);
        entries[slot] = (uint32_t)entry + 1;
    }
    free(slots->entries);
    *slots = (struct slots){entries, size};
    return MIG_OK;
}

static enum mig_status out_of_effort(struct network *network)
{
    return mig_fail(network->error, MIG_LIMIT, "%s",
        _("too many tables have the same margins for an exact test"));
}

static void tell(struct network *network)
{
    network->steps_told = network->steps;
    network->watch->progress(
        network->watch->context, fmin(1, (double)network->steps / (double)network->effort));
}

static enum mig_status spend(struct network *network, uint64_t steps)
{
    network->steps += steps;
    if (network->watch != NULL && network->steps - network->steps_told >= MIG_STEPS_PER_PROGRESS)
        tell(network);
    return network->steps > network->effort ? out_of_effort(network) : MIG_OK;
}

/* A lower bound of the sum of log(x!). For any u > 0 and v > 0, one for each row and column, it is
 * sum (log(x!) - x log(u v)) + sum R log u + sum C log v, whose first sum is least in each cell at
 * x = floor(u v). The nearer u v is to x + 1/2 at the most probable table, the sharper the bound.
 */
static double least_sum(
    const struct network *network, const uint32_t *left, const uint32_t *columns, size_t n_columns)
{
    double half_row = (double)n_columns / 2, half_column = 0, scale = 0, sum = 0;
    size_t n_rows = 0;
    for (; n_rows < network->n_rows && left[n_rows] > 0; n_rows++)
        scale += left[n_rows] + half_row;
    half_column = (double)n_rows / 2;
    for (size_t j = 0; j < n_columns; j++)
        sum += columns[j] * log(columns[j] + half_column);
    for (size_t i = 0; i < n_rows; i++) {
        sum += left[i] * log((left[i] + half_row) / scale);
        for (size_t j = 0; j < n_columns; j++) {
            uint32_t most = left[i] < columns[j] ? left[i] : columns[j];
            double target = (left[i] + half_row) * (columns[j] + half_column) / scale;
            uint32_t cell = target < most ? (uint32_t)target : most;
            sum += network->log_factorial[cell] - cell * log(target);
        }
    }
    return sum;
}

/* The largest sum of log(x!) that one total can have in the cells of others, which are in
 * descending order: as much as fits in each in turn. */
static int64_t greedy(
    const struct network *network, uint32_t total, const uint32_t *others, size_t n)
{
    int64_t sum = 0;
    for (size_t i = 0; i < n && total > 0; i++) {
        uint32_t cell = total < others[i] ? total : others[i];
        sum += network->fixed[cell];
        total -= cell;
    }
    return sum;
}

static int64_t most_sum(
    const struct network *network, const uint32_t *left, const uint32_t *columns, size_t n_columns)
{
    int64_t by_column = 0, by_row = 0;
    for (size_t j = 0; j < n_columns; j++)
        by_column += greedy(network, columns[j], left, network->n_rows);
    for (size_t i = 0; i < network->n_rows; i++)
        by_row += greedy(network, left[i], columns, n_columns);
    return by_column < by_row ? by_column : by_row;
}

static struct ends ends_of(const struct network *network, const uint32_t *left)
{
    const double safety = 1e-8;
    size_t n_columns = network->n_columns - network->n_filled;
    double least = least_sum(network, left, network->columns, n_columns) - safety;
    return (struct ends){
        (int64_t)(least * unit), most_sum(network, left, network->columns, n_columns)};
}

/* The node of the next stage with `left`; made where it is new. */
static enum mig_status find_node(struct network *network, const uint32_t *left, uint32_t *node)
{
    struct stage *stage = &network->next;
    size_t n_rows = network->n_rows, size = n_rows * sizeof *left;
    enum mig_status status = widen(network, &stage->node_slots, true, stage->n_nodes);
    if (status)
        return status;
    size_t mask = stage->node_slots.size - 1, slot = hash_left(left, n_rows) & mask;
    uint32_t *entries = stage->node_slots.entries;
    for (; entries[slot] != 0; slot = (slot + 1) & mask) {
        *node = entries[slot] - 1;
        if (memcmp(&stage->left[*node * n_rows], left, size) == 0)
            return MIG_OK;
    }
    if (stage->n_nodes >= network->most_kept)
        return out_of_effort(network);
    uint32_t *lefts =
        mig_grow(stage->left, &stage->left_capacity, (stage->n_nodes + 1) * n_rows, sizeof *lefts);
    if (lefts == NULL)
        return mig_fail_memory(network->error);
    stage->left = lefts;
    struct ends *ends =
        mig_grow(stage->ends, &stage->ends_capacity, stage->n_nodes + 1, sizeof *ends);
    if (ends == NULL)
        return mig_fail_memory(network->error);
    stage->ends = ends;
    *node = (uint32_t)stage->n_nodes++;
    memcpy(&lefts[*node * n_rows], left, size);
    ends[*node] = ends_of(network, left);
    entries[slot] = *node + 1;
    return spend(network, n_rows * network->n_columns);
}

static enum mig_status add_way(
    struct network *network, uint32_t node, int64_t sum, double probability)
{
    struct stage *stage = &network->next;
    enum mig_status status = widen(network, &stage->way_slots, false, stage->n_ways);
    if (status)
        return status;
    size_t mask = stage->way_slots.size - 1, slot = hash_way(node, sum) & mask;
    uint32_t *entries = stage->way_slots.entries;
    for (; entries[slot] != 0; slot = (slot + 1) & mask) {
        struct way *way = &stage->ways[entries[slot] - 1];
        if (way->node == node && way->sum == sum) {
            way->probability += probability;
            return MIG_OK;
        }
    }
    if (stage->n_ways >= network->most_kept)
        return out_of_effort(network);
    struct way *ways =
        mig_grow(stage->ways, &stage->ways_capacity, stage->n_ways + 1, sizeof *ways);
    if (ways == NULL)
        return mig_fail_memory(network->error);
    stage->ways = ways;
    ways[stage->n_ways++] = (struct way){sum, probability, node};
    entries[slot] = (uint32_t)stage->n_ways;
    return MIG_OK;
}

/* The first of the ways whose sum is at least `sum`. */
static size_t first_from(const struct network *network, int64_t sum)
{
    size_t low = 0, high = network->n_ways;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (network->ways[middle].sum < sum)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void sort_rest(struct network *network)
{
    for (size_t i = 0; i < network->n_rows; i++) {
        uint32_t rest = network->rows[i].left - network->rows[i].filled;
        size_t at = i;
        for (; at > 0 && network->rest[at - 1] < rest; at--)
            network->rest[at] = network->rest[at - 1];
        network->rest[at] = rest;
    }
}

/* Where one column is left it has to take what the rows have left. */
static bool is_last(const struct network *network)
{
    return network->n_filled + 1 == network->n_columns;
}

/* The column is filled: its cells have this sum and probability. Ways whose ends all lie on one
 * side of the observed table are settled, the others go on from the node reached. */
static enum mig_status arrive(struct network *network, int64_t sum, double probability)
{
    uint32_t node = 0;
    struct ends ends = {0, 0};
    enum mig_status status = MIG_OK;
    if (!is_last(network)) {
        sort_rest(network);
        status = find_node(network, network->rest, &node);
        if (!status)
            status = spend(network, STEPS_OF_NODE + network->n_rows);
        if (status)
            return status;
        ends = network->next.ends[node];
    }
    size_t sure = first_from(network, network->observed - sum - ends.least);
    size_t open =
        ends.least < ends.most ? first_from(network, network->observed - sum - ends.most) : sure;
    if (sure < network->n_ways)
        network->p_value += network->beyond[sure] * probability;
    status = spend(network, 1 + network->n_rows / 4 + STEPS_OF_WAY * (sure - open));
    for (size_t i = open; i < sure && !status; i++)
        status = add_way(
            network, node, network->ways[i].sum + sum, network->ways[i].probability * probability);
    return status;
}

/* A column filled as far as some row. */
struct filling {
    uint32_t total; /* still to be placed */
    int64_t sum;
    double probability;
    size_t run, same; /* rows before this one and after another total; those of them filled alike */
};

/* Fills the column from `row` on. Of rows with the same total left each order has the same
 * probability: only the descending one is filled, and counts for all. */
static enum mig_status fill(struct network *network, size_t row, struct filling filling)
{
    if (row == network->n_rows)
        return arrive(network, filling.sum, filling.probability);
    struct row *at = &network->rows[row];
    const struct row *before = row > 0 && at[-1].left == at->left ? at - 1 : NULL;
    uint32_t most = filling.total < at->left ? filling.total : at->left;
    uint32_t own = filling.total > at->others ? filling.total - at->others : 0;
    uint32_t least =
        own / at->alike + (own % at->alike > 0); /* for those alike hold no more each */
    enum mig_status status = MIG_OK;
    if (before != NULL && before->filled < most)
        most = before->filled;
    for (uint32_t cell = least; cell <= most && !status; cell++) {
        struct filling next = {.total = filling.total - cell, .run = 1, .same = 1};
        next.sum = filling.sum + network->fixed[cell];
        if (is_last(network))
            next.sum += network->fixed[at->left - cell];
        if (before != NULL)
            next.run = filling.run + 1;
        if (before != NULL && before->filled == cell)
            next.same = filling.same + 1;
        next.probability =
            filling.probability * at->weights[cell] * (double)next.run / (double)next.same;
        at->filled = cell;
        status = fill(network, row + 1, next);
    }
    return status;
}

/* Prepares the rows of a node for a column with this total: given the sum, binomial counts of the
 * rows are distributed as the cells of the column are. Returns the probability of the sum. */
static double prepare_rows(struct network *network, const uint32_t *left, uint32_t column)
{
    uint32_t total = 0;
    for (size_t i = network->n_rows; i-- > 0;) {
        struct row *row = &network->rows[i];
        *row = (struct row){.left = left[i], .others = total, .alike = 1};
        if (i + 1 < network->n_rows && row[1].left == left[i]) {
            row->others = row[1].others;
            row->alike = row[1].alike + 1;
        }
        total += left[i];
    }
    double share = (double)column / total, *weights = network->weights;
    for (size_t i = 0; i < network->n_rows; i++) {
        struct row *row = &network->rows[i];
        row->weights = weights;
        if (i > 0 && row[-1].left == left[i]) {
            row->weights = row[-1].weights;
            continue;
        }
        for (uint32_t cell = 0; cell <= left[i] && cell <= column; cell++)
            *weights++ = dbinom(cell, left[i], share, false);
    }
    network->steps += STEPS_OF_WEIGHT * (uint64_t)(weights - network->weights);
    return dbinom(column, total, share, false);
}

/* Follows all ways from one node, first .. end - 1, through the next column. */
static enum mig_status follow(struct network *network, size_t first, size_t end)
{
    const struct stage *stage = &network->now;
    const struct way *ways = &stage->ways[first];
    uint32_t column = network->columns[network->n_columns - network->n_filled];
    network->ways = ways;
    network->n_ways = end - first;
    double *beyond =
        mig_grow(network->beyond, &network->beyond_capacity, network->n_ways, sizeof *beyond);
    if (beyond == NULL)
        return mig_fail_memory(network->error);
    network->beyond = beyond;
    double sum = 0;
    for (size_t i = network->n_ways; i-- > 0;)
        beyond[i] = sum += ways[i].probability;
    struct filling start = {.total = column};
    start.probability =
        1 / prepare_rows(network, &stage->left[ways->node * network->n_rows], column);
    return fill(network, 0, start);
}

static int by_node_and_sum(const void *left, const void *right)
{
    const struct way *a = left, *b = right;
    if (a->node != b->node)
        return a->node < b->node ? -1 : 1;
    return (a->sum > b->sum) - (a->sum < b->sum);
}

/* The next stage becomes the one to go on from. */
static void advance(struct network *network)
{
    struct stage *stage = &network->next, old = network->now;
    size_t kept = 0;
    if (stage->n_ways > 0)
        qsort(stage->ways, stage->n_ways, sizeof *stage->ways, by_node_and_sum);
    for (size_t i = 0; i < stage->n_ways; i++) {
        struct way *last = kept > 0 ? &stage->ways[kept - 1] : NULL, way = stage->ways[i];
        if (last != NULL && last->node == way.node && way.sum - last->sum < SAME)
            last->probability += way.probability;
        else
            stage->ways[kept++] = way;
    }
    stage->n_ways = kept;
    network->now = *stage;
    network->next = old;
    network->next.n_nodes = network->next.n_ways = 0;
    struct slots *slots[] = {&network->next.node_slots, &network->next.way_slots};
    for (size_t i = 0; i < 2; i++) {
        if (slots[i]->size > 0)
            memset(slots[i]->entries, 0, slots[i]->size * sizeof *slots[i]->entries);
        network->steps += slots[i]->size / 64;
    }
}

static enum mig_status walk(struct network *network, const uint32_t *rows)
{
    uint32_t node;
    enum mig_status status = find_node(network, rows, &node);
    if (!status)
        status = add_way(network, node, 0, 1);
    while (!status && ++network->n_filled < network->n_columns) {
        advance(network);
        const struct stage *stage = &network->now;
        for (size_t i = 0, end; i < stage->n_ways && !status; i = end) {
            end = i + 1;
            while (end < stage->n_ways && stage->ways[end].node == stage->ways[i].node)
                end++;
            status = follow(network, i, end);
        }
    }
    return status;
}

static void stage_release(struct stage *stage)
{
    free(stage->left);
    free(stage->ends);
    free(stage->ways);
    free(stage->node_slots.entries);
    free(stage->way_slots.entries);
}

static void release(struct network *network)
{
    stage_release(&network->now);
    stage_release(&network->next);
    free(network->log_factorial);
    free(network->fixed);
    free(network->rows);
    free(network->weights);
    free(network->rest);
    free(network->beyond);
}

static enum mig_status init(struct network *network, size_t total)
{
    network->log_factorial = malloc((total + 1) * sizeof *network->log_factorial);
    network->fixed = malloc((total + 1) * sizeof *network->fixed);
    network->rows = malloc(network->n_rows * sizeof *network->rows);
    network->weights = malloc((total + network->n_rows) * sizeof *network->weights);
    network->rest = malloc(network->n_rows * sizeof *network->rest);
    if (network->log_factorial == NULL || network->fixed == NULL || network->rows == NULL ||
        network->weights == NULL || network->rest == NULL)
        return mig_fail_memory(network->error);
    for (size_t i = 0; i <= total; i++) {
        long double log_factorial = lgammal((long double)i + 1);
        network->log_factorial[i] = (double)log_factorial;
        network->fixed[i] = llroundl(log_factorial * unit);
    }
    return MIG_OK;
}

static int descending(const void *left, const void *right)
{
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    return (a < b) - (a > b);
}

enum mig_status mig_fisher_network(const struct mig_network_margins *margins, const double *counts,
    size_t n, uint64_t effort, const struct mig_fisher_watch *watch, double *p_value,
    struct mig_error *error)
{
    struct network network = {.n_rows = margins->n_rows,
        .n_columns = margins->n_columns,
        .columns = margins->columns,
        .effort = effort,
        .watch = watch,
        .most_kept = (size_t)(effort / STEPS_OF_MEMORY < UINT32_MAX / 4 ? effort / STEPS_OF_MEMORY
                                                                        : UINT32_MAX / 4),
        .error = error};
    size_t total = 0;
    for (size_t i = 0; i < margins->n_rows; i++)
        total += margins->rows[i];
    qsort(margins->rows, margins->n_rows, sizeof *margins->rows, descending);
    qsort(margins->columns, margins->n_columns, sizeof *margins->columns, descending);
    enum mig_status status = init(&network, total);
    if (!status) {
        network.observed = -(int64_t)(MIG_FISHER_SLACK * unit);
        for (size_t i = 0; i < n; i++)
            network.observed += network.fixed[(size_t)counts[i]];
        status = walk(&network, margins->rows);
    }
    if (!status)
        *p_value = fmin(1, network.p_value);
    release(&network);
    return status;
}
