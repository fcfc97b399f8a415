/* Keys, private: what is known of a key before any row is read. */
#ifndef MIGSTAT_TABLE_KEYS_INTERNAL_H
#define MIGSTAT_TABLE_KEYS_INTERNAL_H

#include "keys.h"

/* How many bytes at the beginning of a day are the text of key `i`: those of its year, or of its year and month; 0: the key
 * is another one. */
size_t mig_keys_beginning(const struct mig_keys *keys, size_t i);

#endif
