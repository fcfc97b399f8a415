/* Numbers as people read them, in the tables and sentences that no program reads: digits in groups, a fixed number of decimals,
 * the decimal sign of the language that was chosen ("1,234.5", "1 234,5"). */
#ifndef MIGSTAT_CLI_PEOPLE_H
#define MIGSTAT_CLI_PEOPLE_H

#include "cli.h"

/* Appends `value` with `decimals` digits (0 to 17) behind the decimal sign; nothing for NaN and infinities. */
void mig_people_real(struct mig_cli *cli, struct mig_buffer *out, double value, int decimals);

/* The same with `digits` significant digits (1 to 17), none of those before the decimal sign rounded away. */
void mig_people_significant(struct mig_cli *cli, struct mig_buffer *out, double value, int digits);

/* Appends a sum in full. */
void mig_people_sum(struct mig_cli *cli, struct mig_buffer *out, const struct mig_sum *sum);

/* The number of terminal cells that a line of standard output has: the terminal's, else those of the variable COLUMNS,
 * else 80. */
size_t mig_people_width(void);

/* Whether a table of text is to be folded at that width: standard output is a terminal, or the variable COLUMNS says how wide it is
 * read. */
bool mig_people_fold(void);

#endif
