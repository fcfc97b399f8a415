/* Matcher: the places of rows, found by name, by code, or by both, and said in the codes of one scheme.
 *
 * Names are compared after folding (fold.h), never by nearness. What is not found exactly is remembered, each
 * name once, so that the user can be shown the nearest places and decide; what he decided comes back as
 * mig_matcher_variant().
 *
 * Memory: the gazetteer, and at most twice MIG_PLACES_KEPT names that were not found, whatever the number of rows. The first
 * are kept to the end; further ones are handed out whenever there are as many again, so that none is lost.
 */
#ifndef MIGSTAT_PLACE_MATCHER_H
#define MIGSTAT_PLACE_MATCHER_H

#include "crosswalk.h"
#include "gazetteer.h"

enum mig_place_status {
    MIG_PLACE_MATCHED,      /* its name or code is the scheme's */
    MIG_PLACE_VARIANT,      /* found by another spelling */
    MIG_PLACE_ROLLED_UP,    /* lies within the place given, which is larger */
    MIG_PLACE_AMBIGUOUS,    /* several places have this name */
    MIG_PLACE_OTHER_PARENT, /* the name or code is a place's, but not in the parent of the row */
    MIG_PLACE_UNMATCHED,    /* no place has this name or code */
    MIG_PLACE_SPLIT,        /* found, but divided between several places of the scheme asked for */
    MIG_PLACE_INEXACT,      /* found, but not known to lie within the one place that it shares territory with */
    MIG_PLACE_VANISHED,     /* found, but the scheme asked for has nothing for it */
    MIG_PLACE_NO_PLACE,     /* the scheme's word for people of no place: unknown, stateless */
    MIG_PLACE_MISSING,      /* the row has neither name nor code */
    MIG_PLACE_STATUSES      /* how many there are */
};

/* "matched", "variant", ...: as it stands in the column of the output; in messages translated, as N_(). */
MIG_API const char *mig_place_status_name(enum mig_place_status status);

/* In which scheme places are looked up, and in which they are answered, at which level. */
struct mig_matcher_spec {
    const struct mig_gazetteer *gazetteer; /* borrowed until mig_matcher_free() */
    uint32_t from, to;                     /* schemes, both with places of the level */
    int level;
};

/* What a row says of its place. data NULL: the cell is missing, or there is no such column. */
struct mig_place_cells {
    struct mig_text name;
    struct mig_text code;
    struct mig_text parent; /* name or code of a place of a smaller level */
};

struct mig_place_answer {
    enum mig_place_status status;
    size_t place;   /* of scheme `to`, or MIG_NO_PLACE */
    size_t source;  /* of scheme `from`: what was found there, or MIG_NO_PLACE */
    bool contradiction; /* name and code are not those of one place; then status is UNMATCHED */
    size_t named, coded; /* the places that they are of; MIG_NO_PLACE: of none */
};

struct mig_matcher; /* opaque */

/* Errors: MIG_NO_MEMORY. */
MIG_API enum mig_status MIG_MUST_USE mig_matcher_new(struct mig_matcher **matcher,
    const struct mig_matcher_spec *spec, struct mig_error *error);
MIG_API void mig_matcher_free(struct mig_matcher *matcher);
MIG_API struct mig_matcher_spec mig_matcher_spec_of(const struct mig_matcher *matcher);

/* From now on `name` (within `parent`, unless that is empty) is `place`, a place of scheme `from` and the level.
 * Errors: MIG_VALUE when it was said to be another place before, or is the name of one other place (in the parent, when that is
 * known); those of mig_place_fold(). */
MIG_API enum mig_status MIG_MUST_USE mig_matcher_variant(struct mig_matcher *matcher,
    struct mig_text name, struct mig_text parent, size_t place, struct mig_error *error);

/* The place of a row, which must lie in the parent when that is known, in this order:
 * - a variant that was told, of the name in the parent (then wherever it lies), else of the name;
 * - with a code: the place of the code, if the name is one of its names or is missing; a name that is that of another place, and
 *   a code of no place beside a name of one, contradict each other;
 * - the place that has the name, in the parent when the parent is known; a name that tells its own level ([Admin 2]) is looked up
 *   at that level, and answered by the place of the matcher's level that it lies in.
 * Then the answer is sought in scheme `to`. Errors: those of mig_place_fold(), MIG_NO_MEMORY. */
MIG_API enum mig_status MIG_MUST_USE mig_matcher_match(struct mig_matcher *matcher,
    const struct mig_place_cells *cells, struct mig_place_answer *answer, struct mig_error *error);

/* What the rows came to. */
struct mig_matcher_account {
    size_t rows;
    size_t by_status[MIG_PLACE_STATUSES];
    size_t contradictions;  /* rows whose name and code are not those of one place */
    size_t strange_codes;   /* among these, those whose code is of no place */
    size_t both;            /* rows with a name and a code */
    size_t unknown_parents; /* rows whose parent is no place: matched without it */
    size_t told_elsewhere;  /* rows whose place lies in another parent, as the user said of the name in that parent */
    size_t coded_only;      /* rows found by code alone */
    size_t reused;          /* among these, those whose code is another territory in another scheme */
    size_t kept;            /* names not found that are kept to the end */
    size_t further;         /* names not found beyond them, since mig_matcher_forget_further() */
    size_t too_long;        /* rows with texts too long to be names */
    size_t not_kept;        /* rows with further names for which there was no room */
};
MIG_API struct mig_matcher_account mig_matcher_account(const struct mig_matcher *matcher);

/* Of the rows with a name and a code, those in which both are of one place of `scheme`, at the level. */
MIG_API size_t mig_matcher_agreeing(const struct mig_matcher *matcher, uint32_t scheme);

/* Names beyond the first MIG_PLACES_KEPT go to a second room of the same size. When it is full, take them with
 * mig_matcher_unfound(), and forget them: a name that comes again is then a further name once more. While it is full, rows
 * with other names are only counted. */
#define MIG_PLACES_KEPT 4096
MIG_API bool mig_matcher_is_full(const struct mig_matcher *matcher);
MIG_API enum mig_status MIG_MUST_USE mig_matcher_forget_further(struct mig_matcher *matcher,
    struct mig_error *error);

/* A name that was not found, in the order of first appearance: kept ones, then account.further others. Texts live until the
 * name is forgotten. */
#define MIG_PLACES_OFFERED 3
struct mig_place_unfound {
    struct mig_text name;
    struct mig_text parent; /* as the row has it, or empty */
    enum mig_place_status status;
    size_t rows;
    size_t near[MIG_PLACES_OFFERED]; /* places of scheme `from`, the nearest by name first, then that of the code;
                                        AMBIGUOUS: those of the name */
    size_t n_near;
    size_t elsewhere; /* a place of that name at another level of the scheme, else at the level of another scheme, or
                         MIG_NO_PLACE */
};
MIG_API enum mig_status MIG_MUST_USE mig_matcher_unfound(struct mig_matcher *matcher, size_t i,
    struct mig_place_unfound *unfound, struct mig_error *error);

/* How many of the names that were not found, and are kept to the end, are names of places of `scheme` at the level: when they are many, the
 * rows may be of that scheme. */
MIG_API enum mig_status MIG_MUST_USE mig_matcher_named_in(struct mig_matcher *matcher,
    uint32_t scheme, size_t *names, struct mig_error *error);

/* The rows found at `source`, a place of scheme `from` and the level, whatever their answer. */
MIG_API size_t mig_matcher_rows_at(const struct mig_matcher *matcher, size_t source);

/* What `source` is in scheme `to`, as mig_place_cross() says. */
MIG_API enum mig_crossing mig_matcher_crossing(
    const struct mig_matcher *matcher, size_t source, size_t *counterpart);

#endif
