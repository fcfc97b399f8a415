#include "table/tuples.h"

#include <string.h>

#include "base/i18n.h"

enum mig_status mig_tuple_append(
    struct mig_buffer *tuple, struct mig_text text, struct mig_error *error)
{
    enum mig_status status = mig_buffer_append(tuple, text.data, text.length, error);
    return status == MIG_OK ? mig_buffer_append(tuple, "", 1, error) : status;
}

enum mig_status mig_tuple_read(struct mig_buffer *tuple, const struct mig_keys *keys,
    const struct mig_input *input, const struct mig_row *row, bool *missing,
    struct mig_error *error)
{
    enum mig_status status = MIG_OK;
    mig_buffer_clear(tuple);
    *missing = false;
    for (size_t i = 0; i < keys->count && status == MIG_OK; i++) {
        char scratch[MIG_KEY_TEXT];
        struct mig_text text;
        status = mig_keys_read(keys, i, input, row, scratch, &text, error);
        if (status == MIG_OK)
            status = mig_tuple_append(tuple, text, error);
        *missing = *missing || (status == MIG_OK && text.length == 0);
    }
    return status;
}

bool mig_tuple_cut(struct mig_text *rest, struct mig_text *text)
{
    const char *end = rest->length > 0 ? memchr(rest->data, '\0', rest->length) : NULL;
    if (end == NULL)
        return false;
    *text = (struct mig_text){rest->data, (size_t)(end - rest->data)};
    rest->data = end + 1;
    rest->length -= text->length + 1;
    return true;
}

enum mig_status mig_tuple_describe(const struct mig_keys *keys, struct mig_text tuple,
    struct mig_buffer *out, struct mig_error *error)
{
    enum mig_status status = MIG_OK;
    struct mig_text text;
    for (size_t i = 0; status == MIG_OK && mig_tuple_cut(&tuple, &text); i++) {
        if (text.length == 0)
            text = mig_text_of(_("(missing)"));
        text = mig_text_head(text, MIG_TEXT_QUOTED);
        status = mig_buffer_print(
            out, error, "%s%s=%.*s", i > 0 ? ", " : "", mig_keys_name(keys, i), MIG_TEXT_ARG(text));
    }
    return status;
}

static size_t listed(const struct mig_tuple_counts *counts)
{
    return counts->names != NULL ? mig_names_count(counts->names) : 0;
}

enum mig_status mig_tuple_count(struct mig_tuple_counts *counts, struct mig_text tuple,
    bool misses_key, struct mig_error *error)
{
    uint32_t code;
    counts->missing += misses_key;
    counts->total += !misses_key;
    if (misses_key)
        return MIG_OK;
    enum mig_status status = counts->names == NULL ? mig_names_new(&counts->names, error) : MIG_OK;
    if (status != MIG_OK)
        return status;
    if (listed(counts) < MIG_TUPLES_LISTED) {
        status = mig_names_code(counts->names, tuple, &code, error);
        if (status == MIG_OK)
            counts->counts[code]++;
        return status;
    }
    if (mig_names_find(counts->names, tuple, &code))
        counts->counts[code]++;
    else
        counts->others++;
    return MIG_OK;
}

enum mig_status mig_tuple_counts_describe(const struct mig_tuple_counts *counts,
    const struct mig_keys *keys, struct mig_buffer *out, struct mig_error *error)
{
    enum { LONGEST = 400 };
    enum mig_status status = MIG_OK;
    size_t others = counts->others;
    for (size_t i = 0; i < listed(counts) && status == MIG_OK; i++) {
        if (out->length > LONGEST) {
            others += counts->counts[i];
            continue;
        }
        struct mig_text tuple = mig_names_text(counts->names, (uint32_t)i);
        status = mig_buffer_print(out, error, "%s", i > 0 ? "; " : "");
        if (status == MIG_OK)
            status = mig_tuple_describe(keys, tuple, out, error);
        if (status == MIG_OK)
            status = mig_buffer_print(out, error, " (%zu)", counts->counts[i]);
    }
    if (others > 0 && status == MIG_OK)
        status = mig_buffer_print(out, error, _("; others (%zu)"), others);
    return status;
}

void mig_tuple_counts_release(struct mig_tuple_counts *counts)
{
    mig_names_free(counts->names);
    *counts = (struct mig_tuple_counts){0};
}
