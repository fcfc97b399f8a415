/* Tokens: texts that exports write where a value is missing, such as NA, nan, "-" and "not available". None is read as
 * missing unless the user says so (--missing): NA may be Namibia.
 */
#ifndef MIGSTAT_INPUT_TOKENS_H
#define MIGSTAT_INPUT_TOKENS_H

#include "../base/text.h"

/* How many there are, and each of them. */
MIG_API size_t mig_token_count(void);
MIG_API const char *mig_token_text(size_t token);

/* The number of the token that `text`, without blanks around it, is: bytes equal. SIZE_MAX: none. */
MIG_API size_t mig_token_find(struct mig_text text);

#endif
