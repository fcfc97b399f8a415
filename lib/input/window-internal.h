/* Window, private: the run of a text's bytes that a reader has at hand, and where in the text it stands. */
#ifndef MIGSTAT_INPUT_WINDOW_INTERNAL_H
#define MIGSTAT_INPUT_WINDOW_INTERNAL_H

#include "batch.h"
#include "source.h"

/* bytes[0 .. position-1] are done with and may hold anything; bytes[position .. length-1] are still to be read. */
struct mig_window {
    struct mig_source *source; /* borrowed; NULL: nothing comes after what is there */
    char *bytes;
    size_t capacity; /* MIG_BATCH_SLACK less than there is room for */
    size_t length;
    size_t position;
    size_t line;    /* of the byte at `position`, from 1 */
    char newline;   /* the byte that counts lines: LF, or CR in a file of an old Macintosh */
    size_t fetches; /* refills so far: what was a place before is none now */
    bool ended;     /* nothing comes after what is there */
    enum mig_status failed;
    struct mig_error fault; /* met while more was fetched than was asked for */
};

/* Allocates. Errors: MIG_NO_MEMORY. */
enum mig_status MIG_MUST_USE mig_window_init(struct mig_window *window, struct mig_source *source,
    size_t capacity, struct mig_error *error);

/* Moves what is still to be read to the front and reads on behind it, when there is room. `ended` says that nothing came.
 * Errors: those of the source. */
enum mig_status MIG_MUST_USE mig_window_refill(struct mig_window *window, struct mig_error *error);

/* The same, with an error kept for the next mig_window_refill(): what stands before it is read first. Whether anything
 * came. */
bool mig_window_extend(struct mig_window *window);

void mig_window_release(struct mig_window *window);

#endif
