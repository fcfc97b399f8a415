#include "input/mend-internal.h"

/* The bytes that the character which is not valid at the beginning of `rest` takes: the longest
 * that could have become one, as Unicode recommends (chapter 3, "U+FFFD substitution of maximal
 * subparts"). */
static size_t invalid_length(const struct mig_mending *mending, struct mig_text rest)
{
    size_t undecoded = mig_source_undecoded_length(mending->source, rest);
    return undecoded > 0 ? undecoded : mig_text_invalid_utf8(rest);
}

/* Appends what stands for bytes that are not valid: U+FFFD, or \xE9 for each where a record is
 * handed out to be refused, so that none is lost. */
static enum mig_status append_substitute(const struct mig_mending *mending, struct mig_text bytes,
    struct mig_buffer *out, struct mig_error *error)
{
    enum mig_status status = MIG_OK;
    if (!mending->escape)
        return mig_buffer_append(out, "\xef\xbf\xbd", 3, error);
    while (bytes.length > 0 && status == MIG_OK) {
        int undecoded = mig_source_undecoded(mending->source, bytes);
        size_t length = undecoded >= 0 ? MIG_UNDECODED_LENGTH : 1;
        unsigned byte = undecoded >= 0 ? (unsigned)undecoded : (unsigned char)bytes.data[0];
        status = mig_buffer_print(out, error, "\\x%02X", byte);
        bytes.data += length;
        bytes.length -= length;
    }
    return status;
}

static enum mig_status append_valid(const struct mig_mending *mending, struct mig_text text,
    struct mig_buffer *out, struct mig_error *error)
{
    enum mig_status status = MIG_OK;
    struct mig_text piece;
    if (!mending->escape)
        return mig_buffer_append(out, text.data, text.length, error);
    for (bool first = true; status == MIG_OK && mig_text_cut(&text, '\\', &piece); first = false) {
        if (!first)
            status = mig_buffer_append(out, "\\\\", 2, error);
        if (status == MIG_OK)
            status = mig_buffer_append(out, piece.data, piece.length, error);
    }
    return status;
}

/* Writes the record anew, with substitutes for what is not valid. */
enum mig_status mig_mend(const struct mig_mending *mending, const struct mig_cells *cells,
    struct mig_buffer *out, size_t *count, struct mig_error *error)
{
    enum mig_status status = MIG_OK;
    mig_buffer_clear(out);
    for (size_t i = 0; i < cells->count && status == MIG_OK; i++) {
        struct mig_text rest = cells->cells[i].text;
        size_t begin = out->length;
        while (status == MIG_OK && rest.length > 0) {
            size_t valid = mig_text_valid_utf8(rest);
            status = append_valid(mending, (struct mig_text){rest.data, valid}, out, error);
            rest.data += valid;
            rest.length -= valid;
            if (status != MIG_OK || rest.length == 0)
                break;
            size_t invalid = invalid_length(mending, rest);
            status = append_substitute(mending, (struct mig_text){rest.data, invalid}, out, error);
            rest.data += invalid;
            rest.length -= invalid;
            (*count)++;
        }
        cells->cells[i].text.length = out->length - begin;
        if (status == MIG_OK)
            status = mig_buffer_append(out, "", 1, error);
    }
    return status;
}
