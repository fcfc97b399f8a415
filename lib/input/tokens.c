#include "input/tokens.h"

#include <string.h>

#include "input/propose-internal.h"

enum { LONGEST_TOKEN = 16 };

size_t mig_token_count(void)
{
    return MIG_TOKENS;
}

const char *mig_token_text(size_t token)
{
    return mig_tokens[token];
}

/* Their first bytes: most cells are told by theirs to be none. */
static const bool begins_token[256] = {['#'] = true,
    ['-'] = true,
    ['.'] = true,
    ['?'] = true,
    ['N'] = true,
    ['n'] = true,
    [0xE2] = true};

size_t mig_token_find(struct mig_text text)
{
    if (text.length == 0 || text.length > LONGEST_TOKEN ||
        !begins_token[(unsigned char)text.data[0]])
        return SIZE_MAX;
    for (size_t i = 0; i < MIG_TOKENS; i++)
        if (mig_tokens[i][0] == text.data[0] && mig_text_equal(text, mig_text_of(mig_tokens[i])))
            return i;
    return SIZE_MAX;
}
