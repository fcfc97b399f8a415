/* Quality: checks of a table, one pass over its rows. What is wrong is handed out as findings; nothing is
 * changed. Every check says on which columns it looked and at how many rows, so that "no finding" is not
 * taken for "looked and found nothing" when it could not look.
 *
 * A further check is one entry in checks.c, with its functions in a file check-NAME.c, and a paragraph in docs/man/mig-quality.roff.
 */
#ifndef MIGSTAT_EVIDENCE_QUALITY_H
#define MIGSTAT_EVIDENCE_QUALITY_H

#include "../base/period.h"
#include "../input/input.h"
#include "roles.h"

enum mig_severity {
    MIG_SEVERITY_NOTE,  /* worth knowing */
    MIG_SEVERITY_WARN,  /* probably wrong, or easily misread */
    MIG_SEVERITY_ERROR, /* wrong as it stands */
    MIG_N_SEVERITIES
};
MIG_API const char *mig_severity_name(enum mig_severity severity); /* "note", "warn", "error" */

/* Texts are borrowed until the callback returns. */
struct mig_finding {
    const char *check;
    enum mig_severity severity;
    const char *file; /* NULL when the finding is about the whole table */
    size_t line;      /* 0: the same */
    const char *column; /* names, separated by commas; "" when it is about rows */
    const char *value;  /* the cells, separated by "; ", cut when very long */
    const char *message;
};

/* A box on the map, degrees. */
struct mig_bounds {
    double west, south, east, north;
};

/* Mali: -12.3 to 4.3 east, 10.1 to 25.1 north: the extent of the country in Natural Earth's 1:110m map (-12.171 to
 * 4.270, 10.096 to 24.975) and of the COD cercle boundaries (-12.245 to 4.253, 10.14 to 25.00), widened outward. */
MIG_API extern const struct mig_bounds mig_bounds_mali;

/* Reads "mali" or "WEST,SOUTH,EAST,NORTH". Errors: MIG_SYNTAX. */
MIG_API enum mig_status MIG_MUST_USE mig_bounds_parse(const char *text, struct mig_bounds *bounds,
    struct mig_error *error);

struct mig_quality_options {
    const struct mig_roles *roles;   /* borrowed */
    const bool *chosen;              /* by number of the check; NULL: all */
    const struct mig_bounds *bounds; /* where places lie; NULL: anywhere on earth */
    struct mig_period today;         /* a day; what begins later is in the future */
    bool translate;                  /* messages in the user's language */
    /* Called for each finding. A failure ends the reading. */
    enum mig_status (*found)(void *context, const struct mig_finding *finding, struct mig_error *error);
    void *context;
};

struct mig_quality; /* opaque */

/* How many checks there are, what they are called and look for, and the number of one. Errors: MIG_NAME with
 * the nearest. */
MIG_API size_t mig_quality_count(void);
MIG_API const char *mig_quality_name(size_t check);
MIG_API const char *mig_quality_purpose(size_t check); /* N_() */
MIG_API enum mig_status MIG_MUST_USE mig_quality_find_check(struct mig_text name, size_t *check,
    struct mig_error *error);

/* Reads `input`, opened with pass_ragged, to its end. `options` and what it points to are borrowed.
 * Memory: see struct mig_check in quality-internal.h; the rows are not kept.
 * Errors: those of the input and of `found`; MIG_NO_MEMORY. */
MIG_API enum mig_status MIG_MUST_USE mig_quality_read(struct mig_quality **quality,
    struct mig_input *input, const struct mig_quality_options *options, struct mig_error *error);

/* NULL when the columns that a check looks at are among `roles`, else what it needs, N_(): "needs --key". */
MIG_API const char *mig_quality_needs(size_t check, const struct mig_roles *roles);

/* Sets chosen[check] to `value` for each check in a list of names separated by commas (NULL: none). Every unknown
 * name is appended to `errors`. Errors: MIG_NAME; MIG_NO_MEMORY. */
MIG_API enum mig_status MIG_MUST_USE mig_quality_choose(const char *list, bool value, bool *chosen,
    struct mig_error_list *errors);

/* What one check did. Texts live as long as `quality` or for good. */
struct mig_check_account {
    const char *name;
    bool chosen;
    bool checked;                          /* it had its columns */
    const char *note;                      /* N_(): what it lacked, or why it could not judge; or NULL */
    size_t rows;                           /* that had something to look at */
    size_t findings[MIG_N_SEVERITIES];
    size_t total;                          /* of all severities */
    const char *worst;                     /* name of the highest severity found; NULL without findings */
    bool assumed;                          /* the columns were assumed, not told */
    const char *columns;                   /* as mig_role_describe() gives them; "" for all columns */
};
MIG_API struct mig_check_account mig_quality_account(const struct mig_quality *quality, size_t check);

/* Rows read, and those of them with too few or too many cells, at which only the check row-length looked. */
MIG_API void mig_quality_rows(const struct mig_quality *quality, size_t *read, size_t *ragged);

MIG_API void mig_quality_free(struct mig_quality *quality);

#endif
