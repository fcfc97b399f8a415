#include "evidence/events.h"

#include "base/fold.h"

static const char *const date_words[] = {"date", "dates", "day", "jour", "on", "le", NULL};
static const char *const not_dates[] = {"type", "source", "accuracy", "format", "status", NULL};
static const char *const event_words[][12] = {
    [MIG_EVENT_RETURN] = {"return", "returns", "returned", "retour", "retours", "retourne",
        "retournee", "rapatriement", "rapatrie", "repatriation", "repatriated", NULL},
    [MIG_EVENT_REINTEGRATION] = {"reintegration", "reintegrations", "reintegrated", "reintegre",
        "reintegree", "reinsertion", "reinsere", "reinseree", NULL}};

static bool has_any(const struct mig_buffer *folded, const char *const *words)
{
    for (size_t i = 0; words[i] != NULL; i++)
        if (mig_fold_has(folded, words[i]))
            return true;
    return false;
}

static bool is_date_of(
    const struct mig_buffer *name, const struct mig_buffer *tag, enum mig_event event)
{
    bool date = has_any(name, date_words) || mig_fold_has(tag, "date");
    bool spoken_of = has_any(name, event_words[event]) || has_any(tag, event_words[event]);
    return date && spoken_of && !has_any(name, not_dates);
}

enum mig_status mig_event_date(
    const struct mig_header *header, enum mig_event event, size_t *column, struct mig_error *error)
{
    struct mig_buffer name = {0}, tag = {0};
    enum mig_status status = MIG_OK;
    bool found = false;
    size_t i = 0;
    while (i < header->count && !found && status == MIG_OK) {
        const char *text = header->tags != NULL ? header->tags[i] : "";
        status = mig_fold_name(mig_text_of(header->names[i]), &name, error);
        if (status == MIG_OK)
            status = mig_fold_name(mig_text_of(text), &tag, error);
        found = status == MIG_OK && is_date_of(&name, &tag, event);
        i += !found;
    }
    *column = i;
    mig_buffer_release(&name);
    mig_buffer_release(&tag);
    return status;
}
