#include "cli/places.h"

#include <limits.h>
#include <string.h>

#include "base/i18n.h"
#include "cli/cli-internal.h"

enum { LISTED_NAMES = 10, LISTED_CONTRADICTIONS = 10 };

void mig_places_release(struct mig_places *places)
{
    mig_writer_free(places->suggestions);
    mig_matcher_free(places->matcher);
    mig_gazetteer_free(places->gazetteer);
    *places = (struct mig_places){0};
}

static struct mig_text scheme_name(const struct mig_places *places, uint32_t scheme)
{
    return mig_gazetteer_scheme_name(places->gazetteer, scheme);
}

/* Appends "ML0405 San". */
static void print_place(
    struct mig_cli *cli, const struct mig_places *places, size_t place, struct mig_buffer *out)
{
    const struct mig_place *of = mig_gazetteer_place(places->gazetteer, place);
    mig_cli_require(cli, mig_buffer_print(out, &cli->error, "%.*s %.*s", MIG_TEXT_ARG(of->code),
                             MIG_TEXT_ARG(of->name)));
}

static void print_comma(struct mig_cli *cli, struct mig_buffer *out)
{
    if (out->length > 0)
        mig_cli_require(cli, mig_buffer_append(out, ", ", 2, &cli->error));
}

/* ---- tables and schemes ---- */

/* A table may name countries as parents that stand in the installed table of countries. */
static enum mig_status read_with_countries(
    struct mig_cli *cli, struct mig_places *places, char **files, size_t count)
{
    enum mig_status status = mig_gazetteer_read(&places->gazetteer, files, count, &cli->error);
    char countries[PATH_MAX];
    if (status != MIG_VALUE ||
        !mig_beside_program("migstat/countries.csv", countries, sizeof countries))
        return status;
    files[count] = countries;
    struct mig_error first = cli->error;
    status = mig_gazetteer_read(&places->gazetteer, files, count + 1, &cli->error);
    if (status != MIG_OK)
        cli->error = first;
    return status;
}

void mig_cli_open_places(
    struct mig_cli *cli, const struct mig_option_list *tables, struct mig_places *places)
{
    enum { TABLES = 16 };
    char shipped[2][PATH_MAX];
    char *files[TABLES + 1] = {shipped[0], shipped[1]};
    size_t count = tables->count;
    *places = (struct mig_places){0};
    if (count > TABLES) {
        mig_cli_complain(cli, "%s", _("more than 16 tables (option --places)"));
        mig_cli_settle(cli);
    }
    for (size_t i = 0; i < count; i++)
        files[i] = (char *)tables->items[i].value;
    if (count == 0) {
        count = 2;
        if (!mig_beside_program("migstat/places.csv", shipped[0], sizeof shipped[0]) ||
            !mig_beside_program("migstat/countries.csv", shipped[1], sizeof shipped[1]))
            mig_cli_complain(
                cli, "%s", _("the tables of places are not found; --places FILE names them"));
        mig_cli_settle(cli);
    }
    for (size_t i = 0; i < count; i++)
        mig_cli_protect(cli, files[i]);
    mig_cli_require(cli, read_with_countries(cli, places, files, count));
}

void mig_cli_set_schemes(
    struct mig_cli *cli, struct mig_places *places, const char *from, const char *to, int level)
{
    places->spec = (struct mig_matcher_spec){.gazetteer = places->gazetteer, .level = level};
    bool known = true;
    if (mig_gazetteer_scheme(places->gazetteer, from, level, &places->spec.from, &cli->error) !=
        MIG_OK) {
        mig_cli_complain_error(cli, &cli->error);
        known = false;
    }
    if (from == to)
        places->spec.to = places->spec.from;
    else if (mig_gazetteer_scheme(places->gazetteer, to, level, &places->spec.to, &cli->error) !=
             MIG_OK) {
        mig_cli_complain_error(cli, &cli->error);
        known = false;
    }
    if (known)
        mig_cli_require(cli, mig_matcher_new(&places->matcher, &places->spec, &cli->error));
}

/* ---- codes and names that contradict each other ---- */

/* A code that the scheme does not have at the level, beside a name that it has. */
static void describe_strange_code(const struct mig_places *places,
    const struct mig_place_cells *cells, const struct mig_place_answer *answer,
    struct mig_error *fault)
{
    struct mig_text name = mig_text_head(cells->name, MIG_TEXT_QUOTED);
    struct mig_text code = mig_text_head(cells->code, MIG_TEXT_QUOTED);
    struct mig_text scheme = scheme_name(places, places->spec.from);
    for (int level = 0; level < MIG_PLACE_LEVELS; level++)
        if (mig_gazetteer_by_code(places->gazetteer, places->spec.from, level, code) !=
            MIG_NO_PLACE) {
            (void)mig_fail(fault, MIG_VALUE, _("'%.*s' is a code of level %d in scheme %.*s"),
                MIG_TEXT_ARG(code), level, MIG_TEXT_ARG(scheme));
            return;
        }
    if (answer->named == MIG_NO_PLACE)
        (void)mig_fail(fault, MIG_VALUE,
            _("'%.*s' is no code of scheme %.*s, but '%.*s' is a name"), MIG_TEXT_ARG(code),
            MIG_TEXT_ARG(scheme), MIG_TEXT_ARG(name));
    else
        (void)mig_fail(fault, MIG_VALUE,
            _("'%.*s' is no code of scheme %.*s, where '%.*s' has the code '%.*s'"),
            MIG_TEXT_ARG(code), MIG_TEXT_ARG(scheme), MIG_TEXT_ARG(name),
            MIG_TEXT_ARG(mig_gazetteer_place(places->gazetteer, answer->named)->code));
}

static void describe_contradiction(const struct mig_places *places,
    const struct mig_place_cells *cells, const struct mig_place_answer *answer,
    struct mig_error *fault)
{
    struct mig_text name = mig_text_head(cells->name, MIG_TEXT_QUOTED);
    struct mig_text code = mig_text_head(cells->code, MIG_TEXT_QUOTED);
    if (answer->coded == MIG_NO_PLACE) {
        describe_strange_code(places, cells, answer, fault);
        return;
    }
    (void)mig_fail(fault, MIG_VALUE,
        _("'%.*s' is the code of '%.*s' in scheme %.*s, but the name is '%.*s'"),
        MIG_TEXT_ARG(code),
        MIG_TEXT_ARG(mig_gazetteer_place(places->gazetteer, answer->coded)->name),
        MIG_TEXT_ARG(scheme_name(places, places->spec.from)), MIG_TEXT_ARG(name));
}

void mig_cli_keep_contradiction(struct mig_cli *cli, const struct mig_places *places,
    const struct mig_place_row *row, struct mig_error_list *list)
{
    struct mig_error fault;
    struct mig_position position = mig_row_position(row->row, row->column);
    if (list->count >= LISTED_CONTRADICTIONS)
        return;
    describe_contradiction(places, row->cells, row->answer, &fault);
    mig_error_locate(&fault, &position, mig_input_header(cli->table)->names[row->column]);
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->items[i].text, fault.text) == 0)
            return;
    if (mig_error_list_add(list, &fault) != MIG_OK)
        mig_cli_require(cli, mig_fail_memory(&cli->error));
}

/* The scheme in which most rows agree, if that is more than in the one looked up. */
static bool find_better_scheme(const struct mig_places *places, uint32_t *better)
{
    *better = places->spec.from;
    for (uint32_t i = 0; i < mig_gazetteer_schemes(places->gazetteer); i++)
        if (mig_matcher_agreeing(places->matcher, i) >
            mig_matcher_agreeing(places->matcher, *better))
            *better = i;
    return *better != places->spec.from;
}

void mig_cli_complain_of_codes(
    struct mig_cli *cli, const struct mig_places *places, struct mig_error_list *list)
{
    struct mig_matcher_account account = mig_matcher_account(places->matcher);
    uint32_t better;
    mig_cli_complain_all(cli, list);
    mig_cli_complain(cli,
        _("codes and names contradict each other: of %zu rows with both, %zu have the code of "
          "another place than their name, %zu a code that scheme %.*s does not have"),
        account.both, account.contradictions - account.strange_codes, account.strange_codes,
        MIG_TEXT_ARG(scheme_name(places, places->spec.from)));
    if (find_better_scheme(places, &better))
        mig_cli_complain(cli,
            _("in scheme %.*s codes and names agree in %zu of %zu rows: --from %.*s --to %.*s "
              "translates them"),
            MIG_TEXT_ARG(scheme_name(places, better)),
            mig_matcher_agreeing(places->matcher, better), account.both,
            MIG_TEXT_ARG(scheme_name(places, better)),
            MIG_TEXT_ARG(scheme_name(places, places->spec.to)));
}

/* ---- the account ---- */

static void note_counts(struct mig_cli *cli, const struct mig_matcher_account *account)
{
    struct mig_buffer list = {0};
    for (enum mig_place_status status = 0; status < MIG_PLACE_STATUSES; status++)
        if (account->by_status[status] > 0) {
            print_comma(cli, &list);
            mig_cli_require(cli, mig_buffer_print(&list, &cli->error, _("%zu %s"),
                                     account->by_status[status], _(mig_place_status_name(status))));
        }
    if (list.length > 0)
        mig_cli_note(cli, _("rows: %zu read: %s"), account->rows, list.data);
    else
        mig_cli_note(cli, _("rows: %zu read"), account->rows);
    mig_buffer_release(&list);
}

static void print_near(struct mig_cli *cli, const struct mig_places *places,
    const struct mig_place_unfound *unfound, struct mig_buffer *out)
{
    mig_buffer_clear(out);
    for (size_t i = 0; i < unfound->n_near; i++) {
        print_comma(cli, out);
        print_place(cli, places, unfound->near[i], out);
    }
}

/* What has this code in another scheme, or MIG_NO_PLACE. */
static size_t find_code_elsewhere(const struct mig_places *places, struct mig_text code)
{
    size_t place = MIG_NO_PLACE;
    for (uint32_t i = 0; i < mig_gazetteer_schemes(places->gazetteer) && place == MIG_NO_PLACE; i++)
        place = mig_gazetteer_by_code(places->gazetteer, i, places->spec.level, code);
    return place;
}

/* The name is that of a place of another level, or of another scheme. */
static void say_elsewhere(struct mig_cli *cli, const struct mig_places *places,
    const struct mig_place_unfound *unfound, const char *line, const char *near)
{
    const struct mig_place *place = mig_gazetteer_place(places->gazetteer, unfound->elsewhere);
    struct mig_text scheme = scheme_name(places, place->scheme);
    struct mig_buffer there = {0};
    print_place(cli, places, unfound->elsewhere, &there);
    if (place->scheme == places->spec.from)
        mig_cli_finding(cli, _("%s; at level %d it is %s"), line, place->level, there.data);
    else if (place->no_place)
        mig_cli_finding(cli, _("%s; in scheme %.*s it is %s, which is no place"), line,
            MIG_TEXT_ARG(scheme), there.data);
    else if (near != NULL && *near != '\0')
        mig_cli_finding(cli, _("%s; in scheme %.*s it is %s; nearest: %s"), line,
            MIG_TEXT_ARG(scheme), there.data, near);
    else
        mig_cli_finding(
            cli, _("%s; in scheme %.*s it is %s"), line, MIG_TEXT_ARG(scheme), there.data);
    mig_buffer_release(&there);
}

/* "'Kouliko' (rows: 3): unmatched; nearest: ML02 Koulikoro". */
static void say_unfound(
    struct mig_cli *cli, const struct mig_places *places, const struct mig_place_unfound *unfound)
{
    struct mig_buffer line = {0}, near = {0};
    struct mig_text name = mig_text_head(unfound->name, MIG_TEXT_QUOTED);
    struct mig_text parent = mig_text_head(unfound->parent, MIG_TEXT_QUOTED);
    const char *status = _(mig_place_status_name(unfound->status));
    if (parent.length > 0)
        mig_cli_require(
            cli, mig_buffer_print(&line, &cli->error, _("'%.*s' in '%.*s' (rows: %zu): %s"),
                     MIG_TEXT_ARG(name), MIG_TEXT_ARG(parent), unfound->rows, status));
    else
        mig_cli_require(cli, mig_buffer_print(&line, &cli->error, _("'%.*s' (rows: %zu): %s"),
                                 MIG_TEXT_ARG(name), unfound->rows, status));
    print_near(cli, places, unfound, &near);
    size_t coded = mig_gazetteer_by_code(
        places->gazetteer, places->spec.from, places->spec.level, unfound->name);
    size_t elsewhere = find_code_elsewhere(places, unfound->name);
    if (coded != MIG_NO_PLACE && unfound->status == MIG_PLACE_UNMATCHED) {
        mig_buffer_clear(&near);
        print_place(cli, places, coded, &near);
        mig_cli_finding(
            cli, _("%s; it is the code of %s: --code COL looks codes up"), line.data, near.data);
    } else if (unfound->elsewhere != MIG_NO_PLACE && unfound->status == MIG_PLACE_UNMATCHED) {
        say_elsewhere(cli, places, unfound, line.data, near.data);
    } else if (elsewhere != MIG_NO_PLACE && unfound->status == MIG_PLACE_UNMATCHED) {
        const struct mig_place *place = mig_gazetteer_place(places->gazetteer, elsewhere);
        mig_buffer_clear(&near);
        print_place(cli, places, elsewhere, &near);
        mig_cli_finding(cli,
            place->no_place ? _("%s; in scheme %.*s it is %s, which is no place")
                            : _("%s; in scheme %.*s it is the code of %s"),
            line.data, MIG_TEXT_ARG(scheme_name(places, place->scheme)), near.data);
    } else if (near.length > 0) {
        mig_cli_finding(cli, _("%s; nearest: %s"), line.data, near.data);
    } else {
        mig_cli_finding(cli, "%s", line.data);
    }
    mig_buffer_release(&line);
    mig_buffer_release(&near);
}

/* Names that are not found may be those of another scheme. */
static void note_other_scheme(struct mig_cli *cli, const struct mig_places *places, size_t unfound)
{
    size_t most = 0;
    uint32_t best = 0;
    for (uint32_t i = 0; i < mig_gazetteer_schemes(places->gazetteer); i++) {
        size_t names;
        mig_cli_require(cli, mig_matcher_named_in(places->matcher, i, &names, &cli->error));
        if (i != places->spec.from && names > most) {
            most = names;
            best = i;
        }
    }
    if (most > 0)
        mig_cli_note(cli,
            _("names not found that are places of scheme %.*s: %zu of %zu; are the rows of that "
              "scheme?"),
            MIG_TEXT_ARG(scheme_name(places, best)), most, unfound);
}

static void say_all_unfound(
    struct mig_cli *cli, const struct mig_places *places, const struct mig_matcher_account *account)
{
    const char *suggest = places->suggest;
    size_t further = places->spilled + account->further;
    size_t listed = account->kept < LISTED_NAMES ? account->kept : LISTED_NAMES;
    for (size_t i = 0; i < listed; i++) {
        struct mig_place_unfound unfound;
        mig_cli_require(cli, mig_matcher_unfound(places->matcher, i, &unfound, &cli->error));
        say_unfound(cli, places, &unfound);
    }
    if (account->kept + further > listed)
        mig_cli_finding(cli,
            places->spilled > 0 ? _("and up to %zu names more") : _("and %zu names more"),
            account->kept + further - listed);
    if (account->too_long > 0)
        mig_cli_finding(
            cli, _("rows with a text that is too long for a name: %zu"), account->too_long);
    if (account->not_kept > 0)
        mig_cli_finding(cli, _("rows with names beyond the first %d: %zu"), 2 * MIG_PLACES_KEPT,
            account->not_kept);
    if (account->kept == 0)
        return;
    note_other_scheme(cli, places, account->kept);
    if (places->spilled > 0)
        mig_cli_note(cli,
            _("names beyond the first %d were written to '%s' as they came: one may stand in "
              "several "
              "rows, whose numbers add up"),
            MIG_PLACES_KEPT, suggest);
    if (suggest != NULL)
        mig_cli_note(cli,
            _("fill in place_code in '%s' where you are sure, and give it back: "
              "--variants %s"),
            suggest, suggest);
    else
        mig_cli_note(cli, "%s",
            _("--suggest FILE writes them all with their nearest places, to "
              "decide on"));
}

/* The places of scheme `to` that share territory with `source`. */
static void print_shares(
    struct mig_cli *cli, const struct mig_places *places, size_t source, struct mig_buffer *out)
{
    mig_buffer_clear(out);
    for (size_t i = 0; i < mig_gazetteer_count(places->gazetteer); i++) {
        const struct mig_place *place = mig_gazetteer_place(places->gazetteer, i);
        if (place->scheme != places->spec.to || place->level != places->spec.level ||
            mig_place_shared(places->gazetteer, source, i) == 0)
            continue;
        print_comma(cli, out);
        print_place(cli, places, i, out);
    }
}

static void say_inexact(struct mig_cli *cli, const struct mig_places *places, size_t source)
{
    size_t rows = mig_matcher_rows_at(places->matcher, source), counterpart;
    if (rows == 0)
        return;
    enum mig_crossing crossing = mig_matcher_crossing(places->matcher, source, &counterpart);
    struct mig_text to = scheme_name(places, places->spec.to);
    struct mig_buffer place = {0}, shares = {0};
    print_place(cli, places, source, &place);
    print_shares(cli, places, source, &shares);
    if (crossing == MIG_CROSS_SPLIT)
        mig_cli_finding(cli, _("'%s' (rows: %zu): split in scheme %.*s between %s"), place.data,
            rows, MIG_TEXT_ARG(to), shares.data);
    else if (crossing == MIG_CROSS_INEXACT)
        mig_cli_finding(cli,
            _("'%s' (rows: %zu): not known to lie wholly within %s of scheme %.*s"), place.data,
            rows, shares.data, MIG_TEXT_ARG(to));
    else if (crossing == MIG_CROSS_NONE)
        mig_cli_finding(cli, _("'%s' (rows: %zu): has no counterpart in scheme %.*s"), place.data,
            rows, MIG_TEXT_ARG(to));
    mig_buffer_release(&place);
    mig_buffer_release(&shares);
}

/* A place of scheme `to` that some rows were rolled up to is whole only when no other place of
 * scheme `from` has a part of it. */
static void note_missing_parts(struct mig_cli *cli, const struct mig_places *places, size_t target)
{
    struct mig_buffer absent = {0}, place = {0};
    bool reached = false;
    for (size_t i = 0; i < mig_gazetteer_count(places->gazetteer); i++) {
        const struct mig_place *part = mig_gazetteer_place(places->gazetteer, i);
        size_t counterpart;
        if (part->scheme != places->spec.from || part->level != places->spec.level ||
            mig_place_shared(places->gazetteer, i, target) == 0)
            continue;
        (void)mig_matcher_crossing(places->matcher, i, &counterpart);
        if (counterpart == target && mig_matcher_rows_at(places->matcher, i) > 0) {
            reached = true;
            continue;
        }
        print_comma(cli, &absent);
        print_place(cli, places, i, &absent);
    }
    if (reached && absent.length > 0) {
        print_place(cli, places, target, &place);
        mig_cli_note(cli, _("'%s' is not whole: no rows were rolled up to it from %s"), place.data,
            absent.data);
    }
    mig_buffer_release(&absent);
    mig_buffer_release(&place);
}

static void say_crossings(struct mig_cli *cli, const struct mig_places *places)
{
    if (places->spec.from == places->spec.to)
        return;
    for (size_t i = 0; i < mig_gazetteer_count(places->gazetteer); i++) {
        const struct mig_place *place = mig_gazetteer_place(places->gazetteer, i);
        if (place->scheme == places->spec.from)
            say_inexact(cli, places, i);
    }
    for (size_t i = 0; i < mig_gazetteer_count(places->gazetteer); i++) {
        const struct mig_place *place = mig_gazetteer_place(places->gazetteer, i);
        if (place->scheme == places->spec.to && place->level == places->spec.level)
            note_missing_parts(cli, places, i);
    }
}

void mig_cli_account_places(struct mig_cli *cli, const struct mig_places *places)
{
    struct mig_matcher_account account = mig_matcher_account(places->matcher);
    size_t placed = account.by_status[MIG_PLACE_MATCHED] + account.by_status[MIG_PLACE_VARIANT] +
                    account.by_status[MIG_PLACE_ROLLED_UP];
    size_t left = account.rows - placed - account.by_status[MIG_PLACE_MISSING] -
                  account.by_status[MIG_PLACE_NO_PLACE];
    note_counts(cli, &account);
    say_all_unfound(cli, places, &account);
    say_crossings(cli, places);
    if (account.unknown_parents > 0)
        mig_cli_note(cli,
            _("rows whose parent is no place of scheme %.*s, looked up without it: "
              "%zu"),
            MIG_TEXT_ARG(scheme_name(places, places->spec.from)), account.unknown_parents);
    if (account.told_elsewhere > 0)
        mig_cli_note(cli,
            _("rows whose place, as --variants says of that name in that parent, lies in another "
              "parent: %zu"),
            account.told_elsewhere);
    if (account.reused > 0)
        mig_cli_note(cli,
            _("rows whose code is that of another place in another scheme: %zu; codes alone can't "
              "show which scheme they are of, names can (--column)"),
            account.reused);
    if (left > 0)
        mig_cli_finding(cli, _("rows left without a place: %zu"), left);
}

/* ---- suggestions ---- */

/* Where else the name or code is known: at another level, or in another scheme. */
static void print_elsewhere(struct mig_cli *cli, const struct mig_places *places,
    const struct mig_place_unfound *unfound, struct mig_buffer *text)
{
    size_t coded = find_code_elsewhere(places, unfound->name);
    if (unfound->elsewhere != MIG_NO_PLACE) {
        const struct mig_place *place = mig_gazetteer_place(places->gazetteer, unfound->elsewhere);
        struct mig_text scheme = scheme_name(places, place->scheme);
        mig_cli_require(
            cli, place->scheme == places->spec.from
                     ? mig_buffer_print(text, &cli->error, "level %d: ", place->level)
                     : mig_buffer_print(text, &cli->error, "%.*s: ", MIG_TEXT_ARG(scheme)));
        print_place(cli, places, unfound->elsewhere, text);
    } else if (coded != MIG_NO_PLACE) {
        const struct mig_place *place = mig_gazetteer_place(places->gazetteer, coded);
        mig_cli_require(cli, mig_buffer_print(text, &cli->error,
                                 "%.*s: ", MIG_TEXT_ARG(scheme_name(places, place->scheme))));
        print_place(cli, places, coded, text);
    }
}

static void write_suggestion(struct mig_cli *cli, const struct mig_places *places,
    const struct mig_place_unfound *unfound, struct mig_buffer *text)
{
    struct mig_writer *writer = places->suggestions;
    mig_writer_text(writer, scheme_name(places, places->spec.from));
    mig_writer_count(writer, (uint64_t)places->spec.level);
    mig_writer_text(writer, unfound->name);
    mig_writer_text(writer, unfound->parent);
    mig_writer_string(writer, mig_place_status_name(unfound->status));
    mig_writer_count(writer, unfound->rows);
    mig_writer_empty(writer);
    for (size_t i = 0; i < MIG_PLACES_OFFERED; i++) {
        mig_buffer_clear(text);
        if (i < unfound->n_near)
            print_place(cli, places, unfound->near[i], text);
        mig_writer_text(writer, mig_buffer_text(text));
    }
    mig_buffer_clear(text);
    print_elsewhere(cli, places, unfound, text);
    mig_writer_text(writer, mig_buffer_text(text));
    mig_cli_require(cli, mig_writer_end_row(writer, &cli->error));
}

static void write_suggestions(
    struct mig_cli *cli, const struct mig_places *places, size_t first, size_t end)
{
    struct mig_buffer text = {0};
    for (size_t i = first; i < end; i++) {
        struct mig_place_unfound unfound;
        mig_cli_require(cli, mig_matcher_unfound(places->matcher, i, &unfound, &cli->error));
        write_suggestion(cli, places, &unfound, &text);
    }
    mig_buffer_release(&text);
}

void mig_cli_open_suggestions(struct mig_cli *cli, struct mig_places *places, const char *path)
{
    static const char *const names[] = {"scheme", "level", "name", "parent", "status", "rows",
        "place_code", "candidate_1", "candidate_2", "candidate_3", "elsewhere"};
    places->suggest = path;
    if (path != NULL)
        mig_cli_require(
            cli, mig_writer_open(&places->suggestions, mig_cli_open_file(cli, path), MIG_CSV,
                     cli->precision, names, sizeof names / sizeof *names, &cli->error));
}

void mig_cli_spill_suggestions(struct mig_cli *cli, struct mig_places *places)
{
    if (places->suggest == NULL || !mig_matcher_is_full(places->matcher))
        return;
    struct mig_matcher_account account = mig_matcher_account(places->matcher);
    write_suggestions(cli, places, account.kept, account.kept + account.further);
    places->spilled += account.further;
    mig_cli_require(cli, mig_matcher_forget_further(places->matcher, &cli->error));
}

void mig_cli_close_suggestions(struct mig_cli *cli, struct mig_places *places)
{
    struct mig_matcher_account account = mig_matcher_account(places->matcher);
    if (places->suggest == NULL)
        return;
    write_suggestions(cli, places, 0, account.kept + account.further);
    mig_cli_require(cli, mig_writer_close(places->suggestions, &cli->error));
}
