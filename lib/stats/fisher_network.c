/* The network of Mehta and Patel. A stage is a number of columns filled; a node of it is what the
 * filled columns leave of the row totals, in descending order, since the order of rows does not
 * matter to what can follow. The ways that lead to a node are told apart by their sum of log(x!)
 * alone. */
#include "stats/fisher-internal.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/memory.h"

/* Logarithms of factorials are whole multiples of 2^-40, so that equal sums are equal in any order.
 */
static const double unit = 1099511627776.0;

/* Sums nearer than this are one: products of factorials that are equal, but for rounding. */
enum { SAME = 256 };

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

struct network {
    size_t n_rows, n_columns;
    const uint32_t *columns; /* in the order in which they are filled */
    long double *log_factorial;
    int64_t *fixed; /* the same in units */
    int64_t observed;
    double p_value;
    uint64_t steps, effort;
    size_t most_kept;
    struct stage now, next;
    size_t n_filled;                /* columns, at the next stage */
    uint32_t *left, *filled, *rest; /* of each row: before the column, in it, after it and sorted */
    uint32_t *others;               /* of each row: what is left of the rows after it */
    const struct way *ways;         /* to the node that is being followed, by sum */
    double *beyond;                 /* of each of them: the probability of it and those after it */
    size_t n_ways, beyond_capacity;
    struct mig_error *error;
};

static uint64_t mix(uint64_t hash, uint64_t value)
{
    hash = (hash ^ value) * UINT64_C(0x9E3779B97F4A7C15);
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
        _("the table has too many tables of its margins for an exact test"));
}

/* Any table's probability is lowered by moving ... the least sum of log(x!): for any u and v, sum
 * log(x!) = sum (log(x!) - x log(u v)) + sum R log u + sum C log v, whose first term is least in
 * each cell at x = floor(u v). The nearer u v to x + 1/2 at the most probable table, the sharper.
 */
static double least_sum(const struct network *network, const uint32_t *left, size_t column)
{
    double rows = 0, total = 0, sum = 0, columns = (double)(network->n_columns - column);
    for (size_t i = 0; i < network->n_rows && left[i] > 0; i++, rows++)
        total += left[i];
    double scale = total + rows * columns / 2;
    for (size_t j = column; j < network->n_columns; j++)
        sum += network->columns[j] * log(network->columns[j] + rows / 2);
    for (size_t i = 0; i < network->n_rows && left[i] > 0; i++)
        sum += left[i] * log((left[i] + columns / 2) / scale);
    for (size_t i = 0; i < network->n_rows && left[i] > 0; i++) {
        for (size_t j = column; j < network->n_columns; j++) {
            uint32_t limit = left[i] < network->columns[j] ? left[i] : network->columns[j];
            double mean = (left[i] + columns / 2) * (network->columns[j] + rows / 2) / scale;
            uint32_t cell = mean < limit ? (uint32_t)mean : limit;
            sum += (double)network->log_factorial[cell] - cell * log(mean);
        }
    }
    return sum;
}

/* The largest sum of log(x!) that one total can have in the cells of others: as much as fits in
 * each in turn. */
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

static int64_t most_sum(const struct network *network, const uint32_t *left, size_t column)
{
    int64_t by_column = 0, by_row = 0;
    for (size_t j = column; j < network->n_columns; j++)
        by_column += greedy(network, network->columns[j], left, network->n_rows);
    for (size_t i = 0; i < network->n_rows; i++)
        by_row += greedy(network, left[i], network->columns + column, network->n_columns - column);
    return by_column < by_row ? by_column : by_row;
}

static struct ends ends_of(const struct network *network, const uint32_t *left, size_t column)
{
    const double safety = 1e-9;
    struct ends ends = {0, 0};
    if (column + 1 == network->n_columns) {
        for (size_t i = 0; i < network->n_rows; i++)
            ends.least += network->fixed[left[i]];
        ends.most = ends.least;
        return ends;
    }
    ends.least = (int64_t)((least_sum(network, left, column) - safety) * unit);
    ends.most = most_sum(network, left, column);
    return ends;
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
    ends[*node] = ends_of(network, left, network->n_filled);
    entries[slot] = *node + 1;
    return MIG_OK;
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
        uint32_t rest = network->left[i] - network->filled[i];
        size_t at = i;
        for (; at > 0 && network->rest[at - 1] < rest; at--)
            network->rest[at] = network->rest[at - 1];
        network->rest[at] = rest;
    }
}

/* The column is filled: its cells have this sum and probability. Ways whose ends all lie on one
 * side of the observed table are settled, the others go on from the node reached. */
static enum mig_status arrive(struct network *network, int64_t sum, double probability)
{
    uint32_t node = 0;
    struct ends ends;
    enum mig_status status = MIG_OK;
    sort_rest(network);
    if (network->n_filled + 1 < network->n_columns) {
        status = find_node(network, network->rest, &node);
        if (status)
            return status;
        ends = network->next.ends[node];
    } else {
        ends = ends_of(network, network->rest, network->n_filled);
    }
    size_t open = first_from(network, network->observed - sum - ends.most);
    size_t sure = first_from(network, network->observed - sum - ends.least);
    if (sure < network->n_ways)
        network->p_value += network->beyond[sure] * probability;
    network->steps += 1 + sure - open;
    if (network->steps > network->effort)
        return out_of_effort(network);
    for (size_t i = open; i < sure && !status; i++)
        status = add_way(
            network, node, network->ways[i].sum + sum, network->ways[i].probability * probability);
    return status;
}

/* Fills the cells of the column from `row` on with `total`. Rows with the same total left are
 * alike: of the ways to fill them only the descending one is taken, `alike` times. `run` counts
 * rows alike up to this one, `same` those of them filled alike. */
struct filling {
    uint32_t total;
    int64_t sum;
    long double log_probability;
    double alike;
    size_t run, same;
};

static enum mig_status fill(struct network *network, size_t row, struct filling so_far)
{
    if (row == network->n_rows)
        return so_far.total > 0 ? MIG_OK
                                : arrive(network, so_far.sum,
                                      so_far.alike * exp((double)so_far.log_probability));
    uint32_t left = network->left[row];
    bool is_alike = row > 0 && left == network->left[row - 1];
    uint32_t most = so_far.total < left ? so_far.total : left;
    if (is_alike && network->filled[row - 1] < most)
        most = network->filled[row - 1];
    uint32_t others = network->others[row];
    uint32_t least = so_far.total > others ? so_far.total - others : 0;
    enum mig_status status = MIG_OK;
    for (uint32_t cell = least; cell <= most && !status; cell++) {
        struct filling next = so_far;
        next.total -= cell;
        next.sum += network->fixed[cell];
        next.log_probability -= network->log_factorial[cell] + network->log_factorial[left - cell];
        next.run = is_alike ? so_far.run + 1 : 1;
        next.same = is_alike && network->filled[row - 1] == cell ? so_far.same + 1 : 1;
        next.alike *= (double)next.run / (double)next.same;
        network->filled[row] = cell;
        status = fill(network, row + 1, next);
    }
    return status;
}

/* Follows all ways from one node, first .. end - 1, through the next column. */
static enum mig_status follow(struct network *network, size_t first, size_t end)
{
    const struct stage *stage = &network->now;
    uint32_t column = network->columns[network->n_filled - 1];
    uint32_t total = 0;
    network->ways = &stage->ways[first];
    network->n_ways = end - first;
    double *beyond =
        mig_grow(network->beyond, &network->beyond_capacity, network->n_ways, sizeof *beyond);
    if (beyond == NULL)
        return mig_fail_memory(network->error);
    network->beyond = beyond;
    for (size_t i = network->n_ways; i > 0; i--)
        beyond[i - 1] = network->ways[i - 1].probability + (i < network->n_ways ? beyond[i] : 0);
    memcpy(network->left, &stage->left[network->ways[0].node * network->n_rows],
        network->n_rows * sizeof *network->left);
    struct filling start = {.total = column, .alike = 1};
    for (size_t i = network->n_rows; i-- > 0;) {
        network->others[i] = total;
        total += network->left[i];
        start.log_probability += network->log_factorial[network->left[i]];
    }
    start.log_probability += network->log_factorial[column] +
                             network->log_factorial[total - column] - network->log_factorial[total];
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
    free(network->left);
    free(network->beyond);
}

static enum mig_status init(struct network *network, size_t total)
{
    network->log_factorial = malloc((total + 1) * sizeof *network->log_factorial);
    network->fixed = malloc((total + 1) * sizeof *network->fixed);
    network->left = calloc(network->n_rows, 4 * sizeof *network->left);
    if (network->log_factorial == NULL || network->fixed == NULL || network->left == NULL)
        return mig_fail_memory(network->error);
    network->filled = network->left + network->n_rows;
    network->rest = network->filled + network->n_rows;
    network->others = network->rest + network->n_rows;
    for (size_t i = 0; i <= total; i++) {
        network->log_factorial[i] = lgammal((long double)i + 1);
        network->fixed[i] = llroundl(network->log_factorial[i] * unit);
    }
    return MIG_OK;
}

static int descending(const void *left, const void *right)
{
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    return (a < b) - (a > b);
}

enum mig_status mig_fisher_network(const struct mig_network_margins *margins, const double *counts,
    size_t n, uint64_t effort, double *p_value, struct mig_error *error)
{
    const uint64_t effort_per_entry = 50;
    struct network network = {.n_rows = margins->n_rows,
        .n_columns = margins->n_columns,
        .columns = margins->columns,
        .effort = effort,
        .most_kept = (size_t)(effort / effort_per_entry < UINT32_MAX / 4 ? effort / effort_per_entry
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
