/* generate SHAPE ROWS SEED: writes synthetic cases of return for the benchmarks, the same bytes for
 * the same seed. Shapes: plain (11 columns); keys (a household out of a million in place of the
 * case); quoted5 (5 in 100 rows hold a quoted comma); quoted100 (every cell is quoted); sums20 (a
 * region and 20 amounts); semicolon (';' and decimal commas); groups (10,000 communes, a row each).
 */
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/random.h"

#define COUNT(list) ((uint32_t)(sizeof(list) / sizeof *(list)))

static const char *const regions[] = {
    "Kayes", "Koulikoro", "Sikasso", "Segou", "Mopti", "Tombouctou", "Gao", "Kidal", "Bamako"};
static const char *const countries[] = {"Algeria", "Libya", "Niger", "Morocco", "Tunisia"};
static const char *const routes[] = {"by air", "by road", "by sea"};
static const char *const needs[] = {"none", "medical", "single parent", "unaccompanied"};

struct shape {
    char separator; /* of cells */
    char point;     /* of decimals */
    bool households, quoted;
    uint32_t quoted_rows; /* of 100 */
};

static uint32_t below(struct mig_random *random, uint32_t limit)
{
    return mig_random_below(random, limit);
}

static void write_row(struct mig_random *random, const struct shape *shape, uint64_t row)
{
    const char *quote = shape->quoted ? "\"" : "";
    char between[4];
    snprintf(between, sizeof between, "%s%c%s", quote, shape->separator, quote);
    uint64_t id = shape->households ? below(random, 1000000) : row;
    bool comma = !shape->quoted && below(random, 100) < shape->quoted_rows;
    printf("%s%07" PRIu64 "%s20%02" PRIu32 "-%02" PRIu32 "-%02" PRIu32, quote, id, between,
        18 + below(random, 8), 1 + below(random, 12), 1 + below(random, 28));
    printf("%s%s%s%s%s%" PRIu32, between, regions[below(random, COUNT(regions))], between,
        below(random, 5) == 0 ? "F" : "M", between, 16 + below(random, 45));
    printf("%s%s%s%s%s%s", between, countries[below(random, COUNT(countries))], between,
        comma ? "\"by road, by sea\"" : routes[below(random, COUNT(routes))], between,
        needs[below(random, COUNT(needs))]);
    printf("%s%" PRIu32 "%c%02" PRIu32 "%s%d%s%" PRIu32 "%s\n", between, below(random, 2000),
        shape->point, below(random, 100), between, below(random, 3) == 0, between,
        below(random, 36), quote);
}

static void write_cases(struct mig_random *random, const struct shape *shape, uint64_t rows)
{
    static const char *const names[] = {"return_date", "region", "sex", "age", "country", "route",
        "vulnerability", "amount", "reintegrated", "months"};
    printf("%s", shape->households ? "household" : "synthetic_case");
    for (size_t i = 0; i < COUNT(names); i++)
        printf("%c%s", shape->separator, names[i]);
    putchar('\n');
    for (uint64_t row = 0; row < rows; row++)
        write_row(random, shape, row);
}

static void write_sums(struct mig_random *random, uint64_t rows)
{
    printf("synthetic_region");
    for (int i = 1; i <= 20; i++)
        printf(",x%d", i);
    putchar('\n');
    for (uint64_t row = 0; row < rows; row++) {
        printf("%s", regions[below(random, COUNT(regions))]);
        for (int i = 0; i < 20; i++)
            printf(",%" PRIu32, below(random, 1000));
        putchar('\n');
    }
}

static void write_groups(struct mig_random *random, uint64_t rows)
{
    puts("synthetic_commune,returns,reintegrated");
    for (uint64_t row = 0; row < rows; row++) {
        uint32_t returns = 1 + below(random, 5000);
        printf("%05" PRIu64 ",%" PRIu32 ",%" PRIu32 "\n", row, returns, below(random, returns + 1));
    }
}

static int usage(void)
{
    fputs(
        "usage: generate plain|keys|quoted5|quoted100|sums20|semicolon|groups ROWS SEED\n", stderr);
    return 2;
}

int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        struct shape shape;
    } shapes[] = {
        {"plain", {',', '.', false, false, 0}},
        {"keys", {',', '.', true, false, 0}},
        {"quoted5", {',', '.', false, false, 5}},
        {"quoted100", {',', '.', false, true, 0}},
        {"semicolon", {';', ',', false, false, 0}},
    };
    if (argc != 4)
        return usage();
    uint64_t rows = strtoull(argv[2], NULL, 10);
    struct mig_random random = {0};
    if (mig_random_init(&random, strtoull(argv[3], NULL, 10), 0, NULL) != MIG_OK)
        return 2;
    size_t i = 0;
    while (i < COUNT(shapes) && strcmp(shapes[i].name, argv[1]) != 0)
        i++;
    if (i < COUNT(shapes))
        write_cases(&random, &shapes[i].shape, rows);
    else if (strcmp(argv[1], "sums20") == 0)
        write_sums(&random, rows);
    else if (strcmp(argv[1], "groups") == 0)
        write_groups(&random, rows);
    else
        return usage();
    mig_random_release(&random);
    return fflush(stdout) == 0 ? 0 : 2;
}
