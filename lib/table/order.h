/* Order: how groups are sorted wherever they are printed. */
#ifndef MIGSTAT_TABLE_ORDER_H
#define MIGSTAT_TABLE_ORDER_H

#include <stdint.h>

#include "../base/text.h"

/* A total order of key texts that depends on nothing but the two texts: <0, 0, >0.
 *
 * Texts that begin with a number come first, by the number's exact value; then the other texts, by bytes;
 * last the empty text (missing). Among texts that begin with the same number, "<18" stands before "18", then bytes
 * decide. So years, dates and the classes of band() stand in their natural order, and 9 before 10. */
MIG_API int mig_key_compare(struct mig_text a, struct mig_text b);

/* A number for sorting many: where those of two texts differ, the smaller one belongs to the text that comes first. */
MIG_API uint64_t mig_key_prefix(struct mig_text text);

#endif
