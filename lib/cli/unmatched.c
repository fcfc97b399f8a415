#include <stdlib.h>

#include "base/i18n.h"
#include "cli/cli.h"

struct mig_writer *mig_cli_open_unmatched(
    struct mig_cli *cli, const char *path, const struct mig_keys *keys)
{
    enum { BEFORE_KEYS = 3 };
    struct mig_writer *writer;
    const char **names = calloc(BEFORE_KEYS + keys->count, sizeof *names);
    if (names == NULL)
        mig_cli_require(cli, mig_fail_memory(&cli->error));
    names[0] = "file";
    names[1] = "line";
    names[2] = "reason";
    for (size_t i = 0; i < keys->count; i++)
        names[BEFORE_KEYS + i] = mig_keys_name(keys, i);
    mig_cli_require_distinct(cli, names, BEFORE_KEYS + keys->count);
    mig_cli_require(cli, mig_writer_open(&writer, mig_cli_open_file(cli, path), MIG_CSV,
                             cli->precision, names, BEFORE_KEYS + keys->count, &cli->error));
    free(names);
    return writer;
}

void mig_cli_unmatched(struct mig_cli *cli, struct mig_writer *writer,
    struct mig_tuple_counts *counts, const struct mig_position *position, struct mig_text tuple,
    bool misses_key)
{
    struct mig_text key;
    mig_cli_require(cli, mig_tuple_count(counts, tuple, misses_key, &cli->error));
    if (writer == NULL)
        return;
    mig_writer_string(writer, position->file);
    mig_writer_count(writer, position->line);
    mig_writer_words(writer, misses_key ? N_("missing key") : N_("unmatched"));
    while (mig_tuple_cut(&tuple, &key))
        mig_writer_text(writer, key);
    mig_cli_require(cli, mig_writer_end_row(writer, &cli->error));
}
