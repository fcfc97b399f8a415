/* Command line, places: the tables, and what is said about places that were not found or are not exact. */
#ifndef MIGSTAT_CLI_PLACES_H
#define MIGSTAT_CLI_PLACES_H

#include "../place/variants.h"
#include "cli.h"

/* What a command that looks places up works with. */
struct mig_places {
    struct mig_gazetteer *gazetteer;
    struct mig_matcher *matcher;
    struct mig_matcher_spec spec;
    const char *suggest;           /* the file of --suggest, or NULL */
    struct mig_writer *suggestions;
    size_t spilled;                /* names written there before the end */
};

/* Reads the tables of --places, with the installed countries where the tables lack their own (a parent would be missing), or
 * else those that are installed beside the program. */
void mig_cli_open_places(struct mig_cli *cli, const struct mig_option_list *tables,
    struct mig_places *places);

/* The schemes by name; faults are complaints. Then makes the matcher, unless there was a complaint. */
void mig_cli_set_schemes(struct mig_cli *cli, struct mig_places *places, const char *from,
    const char *to, int level);

/* A row whose code and name contradict each other. */
struct mig_place_row {
    const struct mig_row *row;
    size_t column; /* of the code */
    const struct mig_place_cells *cells;
    const struct mig_place_answer *answer;
};

/* Keeps what to say about it in `list`: the first 10 pairs of a code and a name. */
void mig_cli_keep_contradiction(struct mig_cli *cli, const struct mig_places *places,
    const struct mig_place_row *row, struct mig_error_list *list);

/* Complains of those in `list`, which it releases; counts all, and names the scheme that the codes are of. */
void mig_cli_complain_of_codes(
    struct mig_cli *cli, const struct mig_places *places, struct mig_error_list *list);

/* How many rows came to what (a note), and what the user must decide or know (findings and notes). */
void mig_cli_account_places(struct mig_cli *cli, const struct mig_places *places);

/* Opens the file of --suggest; nothing to do without one. */
void mig_cli_open_suggestions(struct mig_cli *cli, struct mig_places *places, const char *path);

/* After each row: when no more names that were not found can be held, writes those beyond the first. */
void mig_cli_spill_suggestions(struct mig_cli *cli, struct mig_places *places);

/* Writes the names that were not found and stand not yet in the file, with their nearest places, and closes it. */
void mig_cli_close_suggestions(struct mig_cli *cli, struct mig_places *places);

void mig_places_release(struct mig_places *places);

#endif
