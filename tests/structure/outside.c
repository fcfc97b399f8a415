/* A program outside migstat, for install.sh: reads a file, tallies it by region, prints the shares.
 */
#include <stdio.h>

#include <migstat/input/input.h>
#include <migstat/stats/proportion.h>
#include <migstat/table/tally.h>

static enum mig_status print_group(const struct mig_tally *tally, size_t i, struct mig_error *error)
{
    struct mig_group group = mig_tally_group(tally, i);
    struct mig_text name = mig_tally_key(tally, &group, 0);
    struct mig_estimate share;
    double reintegrated;
    enum mig_status status = mig_sum_to_double(&group.sums[0], &reintegrated, error);
    if (status == MIG_OK)
        status = mig_proportion_wilson(reintegrated, (double)group.n, 0.95, &share, error);
    if (status == MIG_OK)
        printf("%.*s %g of %g: %.6f (%.6f to %.6f)\n", MIG_TEXT_ARG(name), reintegrated,
            (double)group.n, share.estimate, share.conf_low, share.conf_high);
    return status;
}

int main(int argc, char **argv)
{
    struct mig_input *input = NULL;
    struct mig_tally *tally = NULL;
    struct mig_keys keys = {0};
    struct mig_error error;
    struct mig_error_list errors = {0};
    size_t column = 0;
    struct mig_tally_spec spec = {.keys = &keys, .sums = &column, .n_sums = 1};
    const struct mig_input_options options = {0};
    enum mig_status status = mig_input_open(&input, argv + 1, (size_t)argc - 1, &options, &error);
    if (status == MIG_OK)
        status = mig_header_find(mig_input_header(input), "reintegrated", &column, &error);
    if (status == MIG_OK)
        status = mig_keys_parse(&keys, "region", &error);
    if (status == MIG_OK)
        status = mig_keys_bind(&keys, mig_input_header(input), &errors);
    if (status == MIG_OK)
        status = mig_tally_read(&tally, input, &spec, &error);
    for (size_t i = 0; status == MIG_OK && i < mig_tally_count(tally); i++)
        status = print_group(tally, i, &error);
    if (status != MIG_OK)
        fprintf(stderr, "%s\n", error.text);
    mig_tally_free(tally);
    mig_keys_release(&keys);
    mig_error_list_release(&errors);
    mig_input_free(input);
    return status != MIG_OK;
}
