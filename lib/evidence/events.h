/* Events of a case: which column holds the date of its return, and which that of its reintegration, in English or French,
 * by the names of the columns and their HXL tags together.
 */
#ifndef MIGSTAT_EVIDENCE_EVENTS_H
#define MIGSTAT_EVIDENCE_EVENTS_H

#include "../input/header.h"

enum mig_event { MIG_EVENT_RETURN, MIG_EVENT_REINTEGRATION };

/* The first column that is a date and speaks of the event: "return_date", "Date de retour", "reintegrated_on", and any name
 * over "#date+reintegration". `*column` is header->count when there is none. Nothing is computed from the answer: it is
 * for hints. Errors: MIG_NO_MEMORY; MIG_SYNTAX for a name that is not UTF-8. */
MIG_API enum mig_status MIG_MUST_USE mig_event_date(const struct mig_header *header,
    enum mig_event event, size_t *column, struct mig_error *error);

#endif
