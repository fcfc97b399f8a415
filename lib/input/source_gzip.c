#include "input/source-internal.h"

#include <stdlib.h>

#include "base/i18n.h"

enum mig_status mig_source_begin_gzip(struct mig_source *source, struct mig_error *error)
{
    source->unpacked = malloc(MIG_SOURCE_BLOCK);
    if (!source->unpacked || inflateInit2(&source->packed, 16 + MAX_WBITS) != Z_OK)
        return mig_fail_memory(error);
    source->gzip = true;
    source->in_member = true;
    source->packed.next_in = (Bytef *)source->raw;
    source->packed.avail_in = (uInt)source->raw_length;
    return MIG_OK;
}

static enum mig_status fail_gzip(const struct mig_source *source, int code, struct mig_error *error)
{
    if (code == Z_MEM_ERROR)
        return mig_fail_memory(error);
    if (source->after_member && source->packed.total_out == 0)
        return mig_source_fail(source, 0, error, _("gzip data are followed by other data"));
    return mig_source_fail(source, 0, error, _("gzip data are damaged"));
}

/* Gives inflate() more to work on; *ended at the end of the file. */
static enum mig_status feed_gzip(struct mig_source *source, bool *ended, struct mig_error *error)
{
    if (source->packed.avail_in == 0) {
        enum mig_status status = mig_source_read_raw(source, error);
        if (status != MIG_OK)
            return status;
        source->packed.next_in = (Bytef *)source->raw;
        source->packed.avail_in = (uInt)source->raw_length;
    }
    *ended = source->packed.avail_in == 0;
    if (*ended && source->in_member)
        return mig_source_fail(source, 0, error, _("gzip data end too early"));
    if (!*ended && !source->in_member) {
        inflateReset(&source->packed);
        source->in_member = true;
    }
    return MIG_OK;
}

enum mig_status mig_source_unpack_gzip(
    struct mig_source *source, const char **data, size_t *length, struct mig_error *error)
{
    bool ended = false;
    *data = source->unpacked;
    *length = 0;
    source->packed.next_out = (Bytef *)source->unpacked;
    source->packed.avail_out = (uInt)MIG_SOURCE_BLOCK;
    while (*length == 0 && !ended) {
        if (source->in_member) {
            int code = inflate(&source->packed, Z_NO_FLUSH);
            *length = MIG_SOURCE_BLOCK - source->packed.avail_out;
            source->in_member = code != Z_STREAM_END;
            source->after_member = source->after_member || code == Z_STREAM_END;
            if (*length == 0 && code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR)
                return fail_gzip(source, code, error);
        }
        if (*length == 0) {
            enum mig_status status = feed_gzip(source, &ended, error);
            if (status != MIG_OK)
                return status;
        }
    }
    return MIG_OK;
}
