/* Folding of place names: it never ends in blanks or capitals, and folding what was folded changes
 * nothing. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "place/fold.h"

static void require(bool holds)
{
    if (!holds)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mig_buffer folded = {0}, again = {0};
    struct mig_text name = {(const char *)data, size};
    int told = 99;
    enum mig_status status = mig_place_fold(name, 1, &folded, &told, NULL);
    require(status == MIG_OK || mig_text_valid_utf8(name) < name.length);
    if (status == MIG_OK) {
        struct mig_text text = mig_buffer_text(&folded);
        require(told >= MIG_NO_LEVEL && told <= 9);
        require(mig_text_valid_utf8(text) == text.length);
        require(text.length == 0 || strpbrk(text.data, " -'[]ABCDEFGHIJKLMNOPQRSTUVWXYZ") == NULL);
        require(mig_place_fold(text, 1, &again, &told, NULL) == MIG_OK);
        require(mig_text_equal(text, mig_buffer_text(&again)));
        require(told == MIG_NO_LEVEL);
    }
    mig_buffer_release(&folded);
    mig_buffer_release(&again);
    return 0;
}
