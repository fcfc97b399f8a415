/* Footer, private: what a record behind a blank one is, a footer or a row. */
#ifndef MIGSTAT_INPUT_FOOTER_INTERNAL_H
#define MIGSTAT_INPUT_FOOTER_INTERNAL_H

#include "share-internal.h"

enum mig_footer {
    MIG_FOOTER_ROW,      /* by its cells */
    MIG_FOOTER_LABEL,    /* a row whose one filled cell is a label like those above; below a footer it belongs to it */
    MIG_FOOTER_DOUBTFUL, /* may be either */
    MIG_FOOTER_IS,
};

/* By words: too few cells for a row, or one filled cell that begins as sources and notes do, or is a sentence. */
enum mig_footer mig_footer_judge(const struct mig_input *input, const struct mig_record *record);

#endif
